//! The two blocks of a perceiver.
//!
//! Down: `x = drop(proj(attn(queries: ln1(C), keys and values: ln1(X))))` with `C` the `m` learned
//! latents; up: the same with the embedded input `X` as queries and `ln1(Y)` as keys and values.
//! Then both: `x += drop(mlp(ln2(x)))`. Masks are the leading corner of the lower triangle:
//! latent `i` sees positions up to `i`, position `t` sees latents up to `t`.

use nalgebra::DMatrix;

use super::block::{KeyValues, TailTrace, dropped, tail, tail_backward};
use super::{Attention, Linear, Mlp, Norm, Pass, Rows, Span};
use crate::trainer::{batch::Ragged, real::Real};

/// The layers of a cross-attention block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cross {
    /// Before attention: of keys and values, and of the latents where they ask.
    pub ln1: Norm,
    /// Queries, `C` to `C`.
    pub query: Linear,
    /// Keys and values side by side, `C` to `2C`.
    pub key_value: Linear,
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

/// What backward needs of a cross-attention block.
#[derive(Debug)]
pub struct CrossTrace<T: Real> {
    source_moments: DMatrix<T>,
    source: DMatrix<T>,
    q: DMatrix<T>,
    kv: DMatrix<T>,
    weights: Vec<T>,
    context: DMatrix<T>,
    spans: Vec<Span>,
    /// Latents after `ln1` and their moments; only going down.
    latents: Option<(DMatrix<T>, DMatrix<T>)>,
    tail: TailTrace<T>,
}

/// Which sequences ask and which answer.
#[derive(Debug, Clone, Copy)]
pub struct Between<'a> {
    /// Positions of the asking side.
    pub asking: &'a Ragged,
    /// Positions of the answering side.
    pub answering: &'a Ragged,
}

impl Cross {
    /// From projected queries on; `shared` says that all sequences ask with the same columns.
    fn attend<T: Real>(
        &self,
        pass: &mut Pass<T>,
        between: &Between,
        q: DMatrix<T>,
        input: &DMatrix<T>,
        shared: bool,
        cache: Option<&mut KeyValues<T>>,
    ) -> (DMatrix<T>, CrossTrace<T>) {
        let width = self.ln1.width;
        let (source, source_moments) = self.ln1.forward(pass, input);
        let mut kv = self.key_value.forward(pass, &source);
        if let Some(rotary) = pass.rotary {
            rotary.forward(kv.as_mut_slice(), 2 * width, 0..width, between.answering.positions());
        }
        let mut spans = spans(between, shared);
        let (context, weights) = match cache {
            None => self.attention.forward(pass, Rows::of(&q, 0), Rows::of(&kv, 0), Rows::of(&kv, width), &spans),
            Some(cache) => {
                for (span, cached) in spans.iter_mut().zip(cache.append(between.answering, Rows::of(&kv, 0))) {
                    (span.key, span.keys) = (cached.key, cached.keys);
                }
                self.attention.forward(pass, Rows::of(&q, 0), cache.keys(), cache.values(), &spans)
            }
        };
        let mut x = self.proj.forward(pass, &context);
        pass.dropout.site(self.site).apply(x.as_mut_slice(), 0);
        let (y, tail) = tail(pass, (&self.ln2, &self.mlp, self.site + 1), x);
        (y, CrossTrace { source_moments, source, q, kv, weights, context, spans, latents: None, tail })
    }

    /// `(dq, d input)` from the gradient of the output.
    fn attend_backward<T: Real>(
        &self,
        pass: &mut Pass<T>,
        between: &Between,
        t: CrossTrace<T>,
        input: &DMatrix<T>,
        dy: DMatrix<T>,
        gradients: &mut [T],
    ) -> (DMatrix<T>, DMatrix<T>) {
        let width = self.ln1.width;
        let dx = tail_backward(pass, (&self.ln2, &self.mlp, self.site + 1), t.tail, dy, gradients);
        let branch = dropped(pass, self.site, &dx);
        let dc = self.proj.backward(pass, &t.context, &branch, gradients);
        let mut targets = [pass.pool.zeros(width, t.q.ncols()), pass.pool.zeros(2 * width, t.kv.ncols())];
        let sources = [Rows::of(&t.q, 0), Rows::of(&t.kv, 0), Rows::of(&t.kv, width)];
        self.attention.backward(pass, sources, &t.weights, &t.spans, &dc, &mut targets, [(0, 0), (1, 0), (1, width)]);
        let [dq, mut dkv] = targets;
        if let Some(rotary) = pass.rotary {
            rotary.backward(dkv.as_mut_slice(), 2 * width, 0..width, between.answering.positions());
        }
        let dn = self.key_value.backward(pass, &t.source, &dkv, gradients);
        let d_input = self.ln1.backward(pass, input, &t.source_moments, &dn, gradients);
        [dx, branch, dc, dkv, dn, t.source, t.source_moments, t.q, t.kv, t.context].into_iter().for_each(|m| pass.pool.give(m));
        pass.pool.give_buffer(t.weights);
        (dq, d_input)
    }
}

impl<T: Real> CrossTrace<T> {
    /// Gives the buffers back, where no backward follows.
    pub fn release(self, pass: &mut Pass<T>) {
        let latents = self.latents.map(|(a, b)| [a, b]).into_iter().flatten();
        [self.source, self.source_moments, self.q, self.kv, self.context]
            .into_iter()
            .chain(latents)
            .for_each(|m| pass.pool.give(m));
        pass.pool.give_buffer(self.weights);
        self.tail.release(pass);
    }
}

/// Each asking sequence against its answering one.
fn spans(between: &Between, shared: bool) -> Vec<Span> {
    let (asking, answering) = (between.asking, between.answering);
    (0..asking.sequences())
        .map(|s| Span {
            query: if shared { asking.past[s] } else { asking.starts[s] },
            queries: asking.lengths[s],
            out: asking.starts[s],
            key: answering.starts[s],
            keys: answering.lengths[s],
            past: asking.past[s],
        })
        .collect()
}

/// Latents over positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Down {
    /// The layers.
    pub cross: Cross,
    /// Offset of `down_block.C`, `[1, m, width]`.
    pub latents: usize,
    /// Latents `m`.
    pub count: usize,
}

impl Down {
    /// `C x N` of all positions to the latents that they can reach. Queries come from parameters
    /// alone, so they are projected once for all sequences.
    pub fn forward<T: Real>(
        &self,
        pass: &mut Pass<T>,
        between: &Between,
        input: &DMatrix<T>,
        cache: Option<&mut KeyValues<T>>,
    ) -> (DMatrix<T>, CrossTrace<T>) {
        let width = self.cross.ln1.width;
        let c = self.latents(pass.parameters, width);
        let (normed, moments) = self.cross.ln1.forward(pass, &c);
        let mut q = self.cross.query.forward(pass, &normed);
        if let Some(rotary) = pass.rotary {
            rotary.forward(q.as_mut_slice(), width, 0..width, 0..self.count);
        }
        let (y, mut trace) = self.cross.attend(pass, between, q, input, true, cache);
        trace.latents = Some((normed, moments));
        (y, trace)
    }

    /// The gradient of the positions.
    pub fn backward<T: Real>(
        &self,
        pass: &mut Pass<T>,
        between: &Between,
        mut t: CrossTrace<T>,
        input: &DMatrix<T>,
        dy: DMatrix<T>,
        gradients: &mut [T],
    ) -> DMatrix<T> {
        let width = self.cross.ln1.width;
        let latents = t.latents.take();
        let (mut dq, d_input) = self.cross.attend_backward(pass, between, t, input, dy, gradients);
        if let Some(rotary) = pass.rotary {
            rotary.backward(dq.as_mut_slice(), width, 0..width, 0..self.count);
        }
        if let Some((normed, moments)) = latents {
            let c = self.latents(pass.parameters, width);
            let dn = self.cross.query.backward(pass, &normed, &dq, gradients);
            let dc = self.cross.ln1.backward(pass, &c, &moments, &dn, gradients);
            gradients[self.latents..self.latents + self.count * width].iter_mut().zip(dc.as_slice()).for_each(|(g, d)| *g += *d);
            [normed, moments, dn, dc].into_iter().for_each(|m| pass.pool.give(m));
        }
        pass.pool.give(dq);
        d_input
    }

    fn latents<T: Real>(&self, parameters: &[T], width: usize) -> DMatrix<T> {
        DMatrix::from_column_slice(width, self.count, &parameters[self.latents..self.latents + self.count * width])
    }
}

/// Positions over latents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Up {
    /// The layers.
    pub cross: Cross,
}

impl Up {
    /// `C x N` of the positions (`x`, the queries) from the latents (`y`).
    pub fn forward<T: Real>(
        &self,
        pass: &mut Pass<T>,
        between: &Between,
        x: &DMatrix<T>,
        y: &DMatrix<T>,
        cache: Option<&mut KeyValues<T>>,
    ) -> (DMatrix<T>, CrossTrace<T>) {
        let mut q = self.cross.query.forward(pass, x);
        if let Some(rotary) = pass.rotary {
            rotary.forward(q.as_mut_slice(), self.cross.ln1.width, 0..self.cross.ln1.width, between.asking.positions());
        }
        self.cross.attend(pass, between, q, y, false, cache)
    }

    /// `(dx, dy)`: the gradients of positions and latents.
    pub fn backward<T: Real>(
        &self,
        pass: &mut Pass<T>,
        between: &Between,
        t: CrossTrace<T>,
        (x, y): (&DMatrix<T>, &DMatrix<T>),
        d_out: DMatrix<T>,
        gradients: &mut [T],
    ) -> (DMatrix<T>, DMatrix<T>) {
        let (mut dq, dy) = self.cross.attend_backward(pass, between, t, y, d_out, gradients);
        if let Some(rotary) = pass.rotary {
            rotary.backward(dq.as_mut_slice(), self.cross.ln1.width, 0..self.cross.ln1.width, between.asking.positions());
        }
        let dx = self.cross.query.backward(pass, x, &dq, gradients);
        pass.pool.give(dq);
        (dx, dy)
    }
}
