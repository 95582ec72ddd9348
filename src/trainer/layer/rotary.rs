//! Rotary positions: the pair of features `(2i, 2i+1)` of every head is turned by
//! `position * 10000^(-2i/D)` (Su et al. 2021), so that a score depends on the distance alone.

use crate::trainer::real::{Real, vectorised};

/// Cosines and sines of every position.
#[derive(Debug, Clone)]
pub struct Rotary<T> {
    /// `D` numbers a position: cosine and sine of each pair.
    table: Vec<T>,
    head: usize,
}

impl<T: Real> Rotary<T> {
    /// The table for positions below `block` and heads of `head` features.
    pub fn new(block: usize, head: usize) -> Rotary<T> {
        let mut table = Vec::with_capacity(block * head);
        for position in 0..block {
            for pair in 0..head / 2 {
                let angle = position as f64 * 10_000f64.powf(-2.0 * pair as f64 / head as f64);
                table.extend([T::of(angle.cos()), T::of(angle.sin())]);
            }
        }
        Rotary { table, head }
    }

    /// Turns the rows `rows` (whole heads) of columns of `stride` features, one position a column.
    pub fn forward(&self, data: &mut [T], stride: usize, rows: std::ops::Range<usize>, positions: impl Iterator<Item = usize>) {
        self.turn(data, stride, rows, positions, T::one());
    }

    /// Turns gradients back: the inverse of a rotation is its transpose.
    pub fn backward(&self, data: &mut [T], stride: usize, rows: std::ops::Range<usize>, positions: impl Iterator<Item = usize>) {
        self.turn(data, stride, rows, positions, -T::one());
    }

    fn turn(&self, data: &mut [T], stride: usize, rows: std::ops::Range<usize>, positions: impl Iterator<Item = usize>, sign: T) {
        for (column, position) in data.chunks_exact_mut(stride).zip(positions) {
            turn(&mut column[rows.clone()], &self.table[position * self.head..][..self.head], sign);
        }
    }
}

vectorised! {
    /// Turns whole heads by the angles of one position.
    fn turn<T>(heads: &mut [T], angles: &[T], sign: T) {
        for head in heads.chunks_exact_mut(angles.len()) {
            for (pair, angle) in head.chunks_exact_mut(2).zip(angles.chunks_exact(2)) {
                let (x, y, cos, sin) = (pair[0], pair[1], angle[0], sign * angle[1]);
                pair[0] = x * cos - y * sin;
                pair[1] = x * sin + y * cos;
            }
        }
    }
}
