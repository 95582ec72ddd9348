//! Small products inside one head, where a general product's packing costs more than its work.

use std::ops::Range;

use crate::trainer::real::Real;

/// The left factor, `m x k`: rows are contiguous, columns `stride` apart.
#[derive(Clone, Copy)]
pub struct Left<'a, T> {
    /// From the first element on.
    pub data: &'a [T],
    /// Distance of columns.
    pub stride: usize,
}

/// The right factor, `k x n`, with any strides: its elements are read one by one.
#[derive(Clone, Copy)]
pub struct Right<'a, T> {
    /// From the first element on.
    pub data: &'a [T],
    /// Distance of neighbours along `k`.
    pub down: usize,
    /// Distance of neighbours along `n`.
    pub across: usize,
}

/// Columns taken together: a column of the left factor is loaded once for all of them.
pub const COLUMNS: usize = 4;

/// `C += A B` for the first `m(j)` rows and over the indices `k(j)` of each block of columns
/// `j..j+4` (the last block may be narrower): the ranges are where causal masks save their half.
#[inline(always)]
pub fn product<T: Real>(
    n: usize,
    m: impl Fn(Range<usize>) -> usize,
    k: impl Fn(Range<usize>) -> Range<usize>,
    a: Left<T>,
    b: Right<T>,
    c: &mut [T],
    c_stride: usize,
) {
    let mut j = 0;
    while j < n {
        let end = (j + COLUMNS).min(n);
        let (rows, terms) = (m(j..end), k(j..end));
        let b = Right { data: &b.data[j * b.across..], ..b };
        let c = &mut c[j * c_stride..];
        if end - j == COLUMNS {
            columns::<T, COLUMNS>(rows, terms, a, b, c, c_stride);
        } else {
            for (i, _) in (j..end).enumerate() {
                let b = Right { data: &b.data[i * b.across..], ..b };
                columns::<T, 1>(rows, terms.clone(), a, b, &mut c[i * c_stride..], c_stride);
            }
        }
        j = end;
    }
}

#[inline(always)]
fn columns<T: Real, const N: usize>(m: usize, k: Range<usize>, a: Left<T>, b: Right<T>, c: &mut [T], c_stride: usize) {
    let mut row = 0;
    while row + 32 <= m {
        tile::<T, 32, N>(row, k.clone(), a, b, c, c_stride);
        row += 32;
    }
    if row + 16 <= m {
        tile::<T, 16, N>(row, k.clone(), a, b, c, c_stride);
        row += 16;
    }
    while row < m {
        tile::<T, 1, N>(row, k.clone(), a, b, c, c_stride);
        row += 1;
    }
}

/// `M x N` sums in registers.
#[inline(always)]
fn tile<T: Real, const M: usize, const N: usize>(
    row: usize,
    k: Range<usize>,
    a: Left<T>,
    b: Right<T>,
    c: &mut [T],
    c_stride: usize,
) {
    let mut sums = [[T::zero(); M]; N];
    for p in k {
        let left = &a.data[p * a.stride + row..][..M];
        for (j, sums) in sums.iter_mut().enumerate() {
            let right = b.data[p * b.down + j * b.across];
            for (s, l) in sums.iter_mut().zip(left) {
                *s = l.fma(right, *s);
            }
        }
    }
    for (j, sums) in sums.iter().enumerate() {
        c[j * c_stride + row..][..M].iter_mut().zip(sums).for_each(|(c, s)| *c += *s);
    }
}
