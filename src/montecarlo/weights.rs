//! Weights of 128 draws side by side: a softmax of every head's scores.

use super::elementary::exp;
use super::normal::{LANES, Row};

/// The weights of 128 draws.
#[derive(Debug, Clone)]
pub struct Weights {
    heads: usize,
    keys: usize,
    rows: Vec<Row>,
}

impl Weights {
    pub(super) fn new(heads: usize, keys: usize) -> Weights {
        Weights { heads, keys, rows: vec![Row::splat(0.0); heads * keys] }
    }

    /// Number of heads.
    pub fn heads(&self) -> usize {
        self.heads
    }

    /// Number of keys.
    pub fn keys(&self) -> usize {
        self.keys
    }

    /// `α_{hi}` in every lane.
    #[inline(always)]
    pub fn weight(&self, head: usize, key: usize) -> &Row {
        &self.rows[head * self.keys + key]
    }

    /// `w_i = (1/H) Σ_h α_{hi}`, what key `i`'s value is multiplied with in the output.
    #[inline(always)]
    pub fn combined(&self, key: usize, out: &mut Row) {
        *out = *self.weight(0, key);
        if self.heads == 1 {
            return;
        }
        for head in 1..self.heads {
            for (x, w) in out.0.iter_mut().zip(&self.weight(head, key).0) {
                *x += w;
            }
        }
        let share = 1.0 / self.heads as f64;
        for x in &mut out.0 {
            *x *= share;
        }
    }

    /// Fills in the weights from scores (row `h n + i`): `exp(β (x_i - max x)) / Σ_j exp(β (x_j - max x))`.
    ///
    /// Differences are taken before `β` multiplies them, so no `β` gives `∞ - ∞`.
    #[inline(always)]
    pub(super) fn fill(&mut self, scores: &[Row], beta: f64) {
        for (scores, weights) in scores.chunks_exact(self.keys).zip(self.rows.chunks_exact_mut(self.keys)) {
            let mut top = scores[0];
            for row in &scores[1..] {
                for (t, x) in top.0.iter_mut().zip(&row.0) {
                    *t = if x > t { *x } else { *t };
                }
            }
            let mut sum = Row::splat(0.0);
            for (row, weight) in scores.iter().zip(weights.iter_mut()) {
                if beta == f64::INFINITY {
                    greatest(row, &top, weight);
                } else {
                    boltzmann(row, &top, beta, weight);
                }
                for (s, w) in sum.0.iter_mut().zip(&weight.0) {
                    *s += w;
                }
            }
            for s in &mut sum.0 {
                *s = 1.0 / *s;
            }
            for weight in weights.iter_mut() {
                for (w, s) in weight.0.iter_mut().zip(&sum.0) {
                    *w *= s;
                }
            }
        }
    }
}

#[inline(always)]
fn boltzmann(row: &Row, top: &Row, beta: f64, weight: &mut Row) {
    for ((w, x), t) in weight.0.iter_mut().zip(&row.0).zip(&top.0) {
        *w = exp(beta * (x - t));
    }
}

/// The limit of infinite `β`: keys of the greatest score share the weight.
#[inline(always)]
fn greatest(row: &Row, top: &Row, weight: &mut Row) {
    for ((w, x), t) in weight.0.iter_mut().zip(&row.0).zip(&top.0) {
        *w = if x >= t { 1.0 } else { 0.0 };
    }
}

/// What full batches of scores are handed to. A trait, not a closure: a closure's body would not be
/// compiled for the vector unit.
pub(super) trait Batches {
    /// Takes in the scores of 128 draws. Implementations are `#[inline(always)]`.
    fn batch(&mut self, scores: &[Row]);
}

/// A waiting line for accepted draws: full batches of 128 leave it.
#[derive(Debug)]
pub(super) struct Accepted {
    rows: Vec<Row>,
    filled: usize,
}

impl Accepted {
    pub(super) fn new(rows: usize) -> Accepted {
        Accepted { rows: vec![Row::splat(0.0); rows], filled: 0 }
    }

    /// Takes in the accepted lanes of a batch; hands on whenever 128 draws are together.
    #[inline(always)]
    pub(super) fn take(&mut self, scores: &[Row], accepted: &[bool; LANES], next: &mut impl Batches) {
        for (lane, _) in accepted.iter().enumerate().filter(|(_, keep)| **keep) {
            for (to, from) in self.rows.iter_mut().zip(scores) {
                to.0[self.filled] = from.0[lane];
            }
            self.filled += 1;
            if self.filled == LANES {
                next.batch(&self.rows);
                self.filled = 0;
            }
        }
    }
}
