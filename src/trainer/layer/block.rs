//! The ordinary block: `x += drop(proj(attn(ln1(x))))`, then `x += drop(mlp(ln2(x)))`.

use nalgebra::DMatrix;

use super::{Attention, Linear, Mlp, MlpTrace, Norm, Pass, Rows, Span};
use crate::trainer::{batch::Ragged, real::Real};

/// One block of the stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Before attention.
    pub ln1: Norm,
    /// Query, key and value side by side: `C` to `3C`.
    pub qkv: Linear,
    /// The heads.
    pub attention: Attention,
    /// After the heads.
    pub proj: Linear,
    /// Before the feed-forward part.
    pub ln2: Norm,
    /// The feed-forward part.
    pub mlp: Mlp,
    /// First of this block's two sites of residual dropout.
    pub site: u64,
}

/// What backward needs of [`Block::forward`].
#[derive(Debug)]
pub struct BlockTrace<T: Real> {
    x: DMatrix<T>,
    moments1: DMatrix<T>,
    normed: DMatrix<T>,
    qkv: DMatrix<T>,
    weights: Vec<T>,
    context: DMatrix<T>,
    tail: TailTrace<T>,
}

/// What backward needs of the feed-forward half, which cross-attention blocks share.
#[derive(Debug)]
pub(super) struct TailTrace<T: Real> {
    x: DMatrix<T>,
    moments: DMatrix<T>,
    normed: DMatrix<T>,
    mlp: MlpTrace<T>,
}

/// `x + drop(mlp(ln2(x)))`.
pub(super) fn tail<T: Real>(
    pass: &mut Pass<T>,
    (ln2, mlp, site): (&Norm, &Mlp, u64),
    x: DMatrix<T>,
) -> (DMatrix<T>, TailTrace<T>) {
    let (normed, moments) = ln2.forward(pass, &x);
    let (mut y, trace) = mlp.forward(pass, &normed);
    pass.dropout.site(site).apply_and_add(y.as_mut_slice(), x.as_slice());
    (y, TailTrace { x, moments, normed, mlp: trace })
}

/// The gradient of [`tail`]'s input, in place of its output's.
pub(super) fn tail_backward<T: Real>(
    pass: &mut Pass<T>,
    (ln2, mlp, site): (&Norm, &Mlp, u64),
    t: TailTrace<T>,
    mut dy: DMatrix<T>,
    gradients: &mut [T],
) -> DMatrix<T> {
    let branch = dropped(pass, site, &dy);
    let dn = mlp.backward(pass, &t.normed, t.mlp, &branch, gradients);
    let dx = ln2.backward(pass, &t.x, &t.moments, &dn, gradients);
    pass.add(&mut dy, dx);
    [branch, dn, t.x, t.moments, t.normed].into_iter().for_each(|m| pass.pool.give(m));
    dy
}

/// A copy of `d` with the site's factors.
pub(super) fn dropped<T: Real>(pass: &mut Pass<T>, site: u64, d: &DMatrix<T>) -> DMatrix<T> {
    let mut branch = pass.pool.take(d.nrows(), d.ncols());
    branch.as_mut_slice().copy_from_slice(d.as_slice());
    pass.dropout.site(site).apply(branch.as_mut_slice(), 0);
    branch
}

impl<T: Real> TailTrace<T> {
    pub(super) fn release(self, pass: &mut Pass<T>) {
        [self.x, self.moments, self.normed].into_iter().for_each(|m| pass.pool.give(m));
        self.mlp.release(pass);
    }
}

impl Block {
    /// `C x N` to `C x N`. With a cache, keys and values of the columns are appended to it and
    /// the queries see all that it holds.
    pub fn forward<T: Real>(
        &self,
        pass: &mut Pass<T>,
        ragged: &Ragged,
        x: DMatrix<T>,
        cache: Option<&mut KeyValues<T>>,
    ) -> (DMatrix<T>, BlockTrace<T>) {
        let width = self.ln1.width;
        let (normed, moments1) = self.ln1.forward(pass, &x);
        let mut qkv = self.qkv.forward(pass, &normed);
        if let Some(rotary) = pass.rotary {
            rotary.forward(qkv.as_mut_slice(), 3 * width, 0..2 * width, ragged.positions());
        }
        let (context, weights) = match cache {
            None => {
                self.attention.forward(pass, Rows::of(&qkv, 0), Rows::of(&qkv, width), Rows::of(&qkv, 2 * width), &spans(ragged))
            }
            Some(cache) => {
                let spans = cache.append(ragged, Rows::of(&qkv, width));
                self.attention.forward(pass, Rows::of(&qkv, 0), cache.keys(), cache.values(), &spans)
            }
        };
        let mut y = self.proj.forward(pass, &context);
        pass.dropout.site(self.site).apply_and_add(y.as_mut_slice(), x.as_slice());
        let (y, tail) = tail(pass, (&self.ln2, &self.mlp, self.site + 1), y);
        (y, BlockTrace { x, moments1, normed, qkv, weights, context, tail })
    }

    /// The gradient of the input from that of the output; consumes the trace.
    pub fn backward<T: Real>(
        &self,
        pass: &mut Pass<T>,
        ragged: &Ragged,
        t: BlockTrace<T>,
        dy: DMatrix<T>,
        gradients: &mut [T],
    ) -> DMatrix<T> {
        let width = self.ln1.width;
        let mut dy = tail_backward(pass, (&self.ln2, &self.mlp, self.site + 1), t.tail, dy, gradients);
        let branch = dropped(pass, self.site, &dy);
        let dc = self.proj.backward(pass, &t.context, &branch, gradients);
        let mut targets = [pass.pool.zeros(3 * width, dy.ncols())];
        let sources = [0, width, 2 * width].map(|row| Rows::of(&t.qkv, row));
        self.attention.backward(
            pass,
            sources,
            &t.weights,
            &spans(ragged),
            &dc,
            &mut targets,
            [(0, 0), (0, width), (0, 2 * width)],
        );
        let [mut dqkv] = targets;
        if let Some(rotary) = pass.rotary {
            rotary.backward(dqkv.as_mut_slice(), 3 * width, 0..2 * width, ragged.positions());
        }
        let dn = self.qkv.backward(pass, &t.normed, &dqkv, gradients);
        let dx = self.ln1.backward(pass, &t.x, &t.moments1, &dn, gradients);
        pass.add(&mut dy, dx);
        [branch, dc, dqkv, dn, t.x, t.moments1, t.normed, t.qkv, t.context].into_iter().for_each(|m| pass.pool.give(m));
        pass.pool.give_buffer(t.weights);
        dy
    }
}

impl<T: Real> BlockTrace<T> {
    /// Gives the buffers back, where no backward follows.
    pub fn release(self, pass: &mut Pass<T>) {
        [self.x, self.moments1, self.normed, self.qkv, self.context].into_iter().for_each(|m| pass.pool.give(m));
        pass.pool.give_buffer(self.weights);
        self.tail.release(pass);
    }
}

/// Every sequence against itself.
fn spans(ragged: &Ragged) -> Vec<Span> {
    let each = ragged.starts.iter().zip(&ragged.lengths);
    each.map(|(start, n)| Span { query: *start, queries: *n, out: *start, key: *start, keys: *n, past: 0 }).collect()
}

/// Keys and values of all that was read, for every sequence: `2C x (sequences * capacity)`.
#[derive(Debug, Clone)]
pub struct KeyValues<T: Real> {
    matrix: DMatrix<T>,
    capacity: usize,
}

impl<T: Real> KeyValues<T> {
    /// Room for `capacity` positions of `sequences` sequences.
    pub fn new(width: usize, sequences: usize, capacity: usize) -> KeyValues<T> {
        KeyValues { matrix: DMatrix::zeros(2 * width, sequences * capacity), capacity }
    }

    /// The keys.
    pub fn keys(&self) -> Rows<'_, T> {
        Rows::of(&self.matrix, 0)
    }

    /// The values.
    pub fn values(&self) -> Rows<'_, T> {
        Rows::of(&self.matrix, self.matrix.nrows() / 2)
    }

    /// Appends keys over values, one column a new position, and returns each sequence against
    /// all that it has read.
    pub fn append(&mut self, ragged: &Ragged, new: Rows<T>) -> Vec<Span> {
        let rows = self.matrix.nrows();
        let mut spans = Vec::with_capacity(ragged.sequences());
        for (s, ((start, n), past)) in ragged.starts.iter().zip(&ragged.lengths).zip(&ragged.past).enumerate() {
            let first = s * self.capacity;
            for i in 0..*n {
                let column = &new.data[(start + i) * new.stride + new.row..][..rows];
                self.matrix.as_mut_slice()[(first + past + i) * rows..][..rows].copy_from_slice(column);
            }
            spans.push(Span { query: *start, queries: *n, out: *start, key: first, keys: past + n, past: *past });
        }
        spans
    }
}
