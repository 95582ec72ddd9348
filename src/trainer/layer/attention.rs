//! Causal attention of every head, sequence by sequence: self-attention, cross-attention, and
//! decoding against cached keys are the same code on different spans.
//!
//! For a query at position `p` of its sequence, with keys `k_0..k_(n-1)` and `D` features a head:
//! `s_j = k_j^T q / sqrt(D)` for `j <= p`, `α = softmax(s)`, `c = Σ α_j v_j`. Dropout acts on `α`.

use std::ops::Range;

use nalgebra::DMatrix;

use super::{
    Mask, Pass,
    tile::{Left, Right, product},
};
use crate::trainer::real::{Real, dot, sum, vectorised};

/// One sequence: which columns ask, which answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First column of the queries.
    pub query: usize,
    /// Number of queries.
    pub queries: usize,
    /// First column of the output.
    pub out: usize,
    /// First column of keys and values.
    pub key: usize,
    /// Number of keys.
    pub keys: usize,
    /// Position of the first query.
    pub past: usize,
}

impl Span {
    /// Keys that query `i` sees: those at its position and before.
    pub fn visible(&self, i: usize) -> usize {
        (self.past + i + 1).min(self.keys)
    }

    /// Distance of columns of weights: keys rounded up to whole vectors.
    fn stride(&self) -> usize {
        self.keys.next_multiple_of(16)
    }

    /// Numbers that hold the weights of all heads.
    fn weights(&self, heads: usize) -> usize {
        heads * self.queries * self.stride()
    }
}

/// Rows of a matrix from `row` on.
#[derive(Clone, Copy)]
pub struct Rows<'a, T> {
    /// The matrix's numbers.
    pub data: &'a [T],
    /// Rows of the whole matrix.
    pub stride: usize,
    /// First row.
    pub row: usize,
}

impl<'a, T: Real> Rows<'a, T> {
    /// Rows of `matrix` from `row` on.
    pub fn of(matrix: &'a DMatrix<T>, row: usize) -> Rows<'a, T> {
        Rows { data: matrix.as_slice(), stride: matrix.nrows(), row }
    }

    /// From row `row` of this view in column `column` on.
    #[inline(always)]
    fn from(&self, column: usize, row: usize) -> &'a [T] {
        &self.data[column * self.stride + self.row + row..]
    }
}

/// Where gradients are added: a matrix of the list, and its first row.
pub type Place = (usize, usize);

/// The shape of an attention layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attention {
    /// Heads `H`.
    pub heads: usize,
    /// Features of a head `D`.
    pub head: usize,
    /// Where its dropout masks come from.
    pub site: u64,
}

/// Buffers of one sequence and head.
struct Scratch<'a, T> {
    /// `keys x D`, transposed so that rows are contiguous.
    turned: &'a mut [T],
    /// Weights with dropout, `keys x queries`.
    dropped: &'a mut [T],
    /// Gradients of scores, `keys x queries`.
    scores: &'a mut [T],
}

impl Attention {
    /// The context `c` of every query (`C x N`), and the weights α of every span and head.
    pub fn forward<T: Real>(
        &self,
        pass: &mut Pass<T>,
        q: Rows<T>,
        k: Rows<T>,
        v: Rows<T>,
        spans: &[Span],
    ) -> (DMatrix<T>, Vec<T>) {
        let columns = spans.iter().map(|s| s.out + s.queries).max().unwrap_or(0);
        let mut out = pass.pool.zeros(self.heads * self.head, columns);
        if !pass.products.attends(self, spans) {
            return (out, Vec::new());
        }
        let mut weights = pass.pool.buffer(spans.iter().map(|s| s.weights(self.heads)).sum());
        let mut scratch = pass.pool.buffer(self.scratch(spans));
        let mask = pass.dropout.site(self.site);
        attend(*self, [q, k, v], spans, mask, out.as_mut_slice(), &mut weights, &mut scratch);
        pass.pool.give_buffer(scratch);
        (out, weights)
    }

    /// Numbers of scratch that the longest span needs.
    fn scratch(&self, spans: &[Span]) -> usize {
        spans.iter().map(|s| s.stride() * (self.head + 2 * s.queries)).max().unwrap_or(0)
    }

    /// α of one head: scores as a product with the keys turned, then softmax column by column.
    #[inline(always)]
    fn weigh<T: Real>(&self, q: Rows<T>, k: Rows<T>, span: &Span, head: usize, turned: &mut [T], p: &mut [T]) {
        let (stride, row) = (span.stride(), head * self.head);
        turn(k, span, row, self.head, turned);
        p.fill(T::zero());
        let keys = Left { data: turned, stride };
        let queries = Right { data: q.from(span.query, row), down: 1, across: q.stride };
        product(span.queries, |j| span.visible(j.end - 1).next_multiple_of(16), |_| 0..self.head, keys, queries, p, stride);
        let scale = T::of(1.0 / (self.head as f64).sqrt());
        for (i, column) in p.chunks_exact_mut(stride).enumerate() {
            softmax(column, span.visible(i), scale);
        }
    }

    /// Adds to the gradients of queries, keys and values (at `places` of `targets`) what `dc`
    /// (`C x N`) says; for spans without a past.
    #[allow(clippy::too_many_arguments)] // Three inputs and their three gradients: a struct would only rename them.
    pub fn backward<T: Real>(
        &self,
        pass: &mut Pass<T>,
        [q, k, v]: [Rows<T>; 3],
        weights: &[T],
        spans: &[Span],
        dc: &DMatrix<T>,
        targets: &mut [DMatrix<T>],
        places: [Place; 3],
    ) {
        let mut scratch = pass.pool.buffer(self.scratch(spans));
        let mask = pass.dropout.site(self.site);
        attend_backward(*self, [q, k, v, Rows::of(dc, 0)], weights, spans, mask, targets, places, &mut scratch);
        pass.pool.give_buffer(scratch);
    }

    /// `ds = α ∘ (dα - Σ α dα) / sqrt(D)` with `dα_ij = v_j^T dc_i`, zero where dropped.
    #[inline(always)]
    #[allow(clippy::too_many_arguments)] // An inner step of `backward`, split off to be read alone.
    fn score_gradients<T: Real>(
        &self,
        v: Rows<T>,
        dc: Rows<T>,
        span: &Span,
        row: usize,
        p: &[T],
        (mask, at): (&Mask, usize),
        turned: &mut [T],
        ds: &mut [T],
    ) {
        let stride = span.stride();
        turn(v, span, row, self.head, turned);
        ds.fill(T::zero());
        let values = Left { data: turned, stride };
        let upstream = Right { data: dc.from(span.out, row), down: 1, across: dc.stride };
        product(span.queries, |j| span.visible(j.end - 1).next_multiple_of(16), |_| 0..self.head, values, upstream, ds, stride);
        let scale = T::of(1.0 / (self.head as f64).sqrt());
        let kept = mask.scale();
        for (i, (ds, p)) in ds.chunks_exact_mut(stride).zip(p.chunks_exact(stride)).enumerate() {
            let n = span.visible(i).next_multiple_of(16);
            let (ds, p) = (&mut ds[..n], &p[..n]);
            if !mask.is_off() {
                for (j, d) in ds.iter_mut().enumerate() {
                    *d *= mask.factor((at + i * stride + j) as u32, kept);
                }
            }
            let mean = dot(ds, p);
            ds.iter_mut().zip(p).for_each(|(d, p)| *d = *p * (*d - mean) * scale);
        }
    }
}

vectorised! {
    fn attend<T>(shape: Attention, inputs: [Rows<T>; 3], spans: &[Span], mask: Mask, out: &mut [T], weights: &mut [T], scratch: &mut [T]) {
        let [q, k, v] = inputs;
        let width = shape.heads * shape.head;
        let mut at = 0;
        for span in spans.iter().filter(|s| s.queries > 0 && s.keys > 0) {
            let size = span.queries * span.stride();
            for head in 0..shape.heads {
                let p = &mut weights[at..at + size];
                let s = split(scratch, span, shape.head);
                shape.weigh(q, k, span, head, s.turned, p);
                let used = if mask.is_off() { &*p } else { drop_weights(&mask, span, at, p, s.dropped) };
                let values = Left { data: v.from(span.key, head * shape.head), stride: v.stride };
                let factors = Right { data: used, down: 1, across: span.stride() };
                let target = &mut out[span.out * width + head * shape.head..];
                product(span.queries, |_| shape.head, |j| 0..span.visible(j.end - 1), values, factors, target, width);
                at += size;
            }
        }
    }
}

vectorised! {
    #[allow(clippy::too_many_arguments)] // See `Attention::backward`.
    fn attend_backward<T>(shape: Attention, inputs: [Rows<T>; 4], weights: &[T], spans: &[Span], mask: Mask, targets: &mut [DMatrix<T>], places: [Place; 3], scratch: &mut [T]) {
        let [q, k, v, dc] = inputs;
        let mut at = 0;
        for span in spans.iter().filter(|s| s.queries > 0 && s.keys > 0) {
            let (stride, size) = (span.stride(), span.queries * span.stride());
            for head in 0..shape.heads {
                let row = head * shape.head;
                let s = split(scratch, span, shape.head);
                let p = &weights[at..at + size];
                let used: &[T] = if mask.is_off() { p } else { drop_weights(&mask, span, at, p, s.dropped) };
                shape.score_gradients(v, dc, span, row, p, (&mask, at), s.turned, s.scores);
                let ds = &*s.scores;
                // dq_i += Σ_j ds_ij k_j over the keys that i sees.
                let keys = Left { data: k.from(span.key, row), stride: k.stride };
                let (c, c_stride) = target(targets, places[0], span.query, row);
                product(span.queries, |_| shape.head, |i| 0..span.visible(i.end - 1), keys, Right { data: ds, down: 1, across: stride }, c, c_stride);
                // dk_j += Σ_i ds_ij q_i and dv_j += Σ_i α_ij dc_i over the queries that see j.
                let seen = |j: Range<usize>| j.start.min(span.queries)..span.queries;
                let queries = Left { data: q.from(span.query, row), stride: q.stride };
                let (c, c_stride) = target(targets, places[1], span.key, row);
                product(span.keys, |_| shape.head, seen, queries, Right { data: ds, down: stride, across: 1 }, c, c_stride);
                let upstream = Left { data: dc.from(span.out, row), stride: dc.stride };
                let (c, c_stride) = target(targets, places[2], span.key, row);
                product(span.keys, |_| shape.head, seen, upstream, Right { data: used, down: stride, across: 1 }, c, c_stride);
                at += size;
            }
        }
    }
}

/// From a head's first row in a column of a place on, and the distance of columns.
#[inline(always)]
fn target<T: Real>(targets: &mut [DMatrix<T>], place: Place, column: usize, row: usize) -> (&mut [T], usize) {
    let matrix = &mut targets[place.0];
    let stride = matrix.nrows();
    (&mut matrix.as_mut_slice()[column * stride + place.1 + row..], stride)
}

/// Cuts the scratch of one span.
#[inline(always)]
fn split<'a, T>(scratch: &'a mut [T], span: &Span, head: usize) -> Scratch<'a, T> {
    let size = span.queries * span.stride();
    let (turned, rest) = scratch.split_at_mut(span.stride() * head);
    let (dropped, rest) = rest.split_at_mut(size);
    Scratch { turned, dropped, scores: &mut rest[..size] }
}

/// The rows of one head, transposed: `keys` of each feature side by side, zeros after them.
#[inline(always)]
fn turn<T: Real>(source: Rows<T>, span: &Span, row: usize, head: usize, turned: &mut [T]) {
    let stride = span.stride();
    for j in 0..stride {
        if j < span.keys {
            let column = &source.from(span.key + j, row)[..head];
            column.iter().enumerate().for_each(|(d, v)| turned[d * stride + j] = *v);
        } else {
            (0..head).for_each(|d| turned[d * stride + j] = T::zero());
        }
    }
}

/// Weights times their dropout factors.
#[inline(always)]
fn drop_weights<'a, T: Real>(mask: &Mask, span: &Span, at: usize, p: &[T], dropped: &'a mut [T]) -> &'a [T] {
    let (stride, kept) = (span.stride(), mask.scale());
    for (i, (d, p)) in dropped.chunks_exact_mut(stride).zip(p.chunks_exact(stride)).enumerate() {
        let n = span.visible(i).next_multiple_of(16);
        for (j, (d, p)) in d[..n].iter_mut().zip(p).enumerate() {
            *d = *p * mask.factor((at + i * stride + j) as u32, kept);
        }
        d[n..].fill(T::zero());
    }
    dropped
}

/// Softmax of the first `n` scores, times `scale` before; zeros after them.
#[inline(always)]
fn softmax<T: Real>(column: &mut [T], n: usize, scale: T) {
    let mut greatest = column[0];
    column[..n].iter().for_each(|v| greatest = if *v > greatest { *v } else { greatest });
    let (seen, unseen) = column.split_at_mut(n.next_multiple_of(16));
    unseen.fill(T::zero());
    seen.iter_mut().for_each(|v| *v = T::min((*v - greatest) * scale, T::zero()).exp_nonpositive());
    seen[n..].fill(T::zero());
    let inverse = T::one() / sum(seen);
    seen.iter_mut().for_each(|v| *v *= inverse);
}
