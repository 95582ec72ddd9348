//! Buffers that are used again: fresh pages cost more than the arithmetic of a small layer.

use nalgebra::DMatrix;

use super::real::Real;

/// Matrices given back, by no order but the last given first.
#[derive(Debug, Default)]
pub struct Pool<T> {
    free: Vec<Vec<T>>,
}

impl<T: Real> Pool<T> {
    /// A matrix with values left from before: for whoever writes every element.
    pub fn take(&mut self, rows: usize, columns: usize) -> DMatrix<T> {
        DMatrix::from_vec(rows, columns, self.buffer(rows * columns))
    }

    /// A matrix of zeros.
    pub fn zeros(&mut self, rows: usize, columns: usize) -> DMatrix<T> {
        let mut m = self.take(rows, columns);
        m.as_mut_slice().fill(T::zero());
        m
    }

    /// A buffer with values left from before: the smallest that holds `count`.
    pub fn buffer(&mut self, count: usize) -> Vec<T> {
        let fit = self.free.iter().enumerate().filter(|(_, b)| b.capacity() >= count).min_by_key(|(_, b)| b.capacity());
        let mut buffer = match fit {
            Some((i, _)) => self.free.swap_remove(i),
            None => Vec::with_capacity(count + count / 8),
        };
        buffer.resize(count, T::zero());
        buffer
    }

    /// Takes a matrix back.
    pub fn give(&mut self, matrix: DMatrix<T>) {
        self.free.push(matrix.data.into());
    }

    /// Takes a buffer back.
    pub fn give_buffer(&mut self, buffer: Vec<T>) {
        self.free.push(buffer);
    }
}
