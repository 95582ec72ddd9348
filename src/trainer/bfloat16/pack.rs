//! Matrices as tiles of bfloat16 pairs: two neighbours along the summed index share one 32-bit word,
//! the earlier in its low half. Matrices lie column by column.

use super::tiles::{BLOCK, SIDE};
use crate::trainer::real::vectorised;

/// Two numbers in one word.
#[inline(always)]
pub fn pair(low: f32, high: f32) -> u32 {
    round(low) >> 16 | round(high) & 0xffff_0000
}

/// Nearest bfloat16, in the upper half; ties to even. NaN stays NaN: its payload's upper bits are
/// never all zero after an arithmetic operation.
#[inline(always)]
fn round(x: f32) -> u32 {
    let bits = x.to_bits();
    bits.wrapping_add(0x7fff + ((bits >> 16) & 1))
}

/// A left factor whose rows are the matrix's columns; the sum runs down them. `rows` is a multiple of
/// 32; columns are padded with zeros to whole blocks.
pub fn columns_left(matrix: &[f32], rows: usize, out: &mut Vec<u32>) {
    let columns = matrix.len() / rows;
    out.resize(rows / 2 * columns.next_multiple_of(BLOCK), 0);
    for (j, column) in matrix.chunks_exact(rows).enumerate() {
        join_rows(column, &mut out[j / SIDE * SIDE * (rows / 2) + j % SIDE * SIDE..]);
    }
    for j in columns..columns.next_multiple_of(BLOCK) {
        for step in 0..rows / BLOCK {
            out[j / SIDE * SIDE * (rows / 2) + step * SIDE * SIDE + j % SIDE * SIDE..][..SIDE].fill(0);
        }
    }
}

vectorised! {
    /// One row of every tile along the sum: 32 values become 16 words, tiles lie 256 words apart.
    fn join_rows(values: &[f32], out: &mut [u32]) {
        for (values, words) in values.chunks_exact(BLOCK).zip(out.chunks_mut(SIDE * SIDE)) {
            words.iter_mut().zip(values.chunks_exact(2)).for_each(|(w, v)| *w = pair(v[0], v[1]));
        }
    }
}

/// A left factor whose rows are the matrix's rows, `rows` a multiple of 32; the sum runs over columns,
/// padded with zeros to whole tiles.
pub fn rows_left(matrix: &[f32], rows: usize, out: &mut Vec<u32>) {
    let steps = (matrix.len() / rows).div_ceil(BLOCK);
    out.resize(rows * SIDE * steps, 0);
    for (step, columns) in matrix.chunks(BLOCK * rows).enumerate() {
        for block in 0..rows / SIDE {
            turn(&columns[block * SIDE..], rows, &mut out[(block * steps + step) * SIDE * SIDE..][..SIDE * SIDE]);
        }
    }
}

vectorised! {
    /// 16 rows of at most 32 columns as one tile: pairs of columns are joined, then the square of words
    /// is transposed by exchanging halves, quarters, eighths and sixteenths.
    fn turn(columns: &[f32], rows: usize, out: &mut [u32]) {
        let mut square = [[0u32; SIDE]; SIDE];
        for (words, columns) in square.iter_mut().zip(columns.chunks(2 * rows)) {
            let low = &columns[..SIDE];
            if let Some(high) = columns.get(rows..rows + SIDE) {
                for (word, (l, h)) in words.iter_mut().zip(low.iter().zip(high)) {
                    *word = pair(*l, *h);
                }
            } else {
                words.iter_mut().zip(low).for_each(|(w, l)| *w = pair(*l, 0.0));
            }
        }
        exchange::<8>(&mut square);
        exchange::<4>(&mut square);
        exchange::<2>(&mut square);
        exchange::<1>(&mut square);
        out.copy_from_slice(square.as_flattened());
    }
}

/// Exchanges the blocks beside the diagonal of every square of `2 N` rows.
#[inline(always)]
fn exchange<const N: usize>(square: &mut [[u32; SIDE]; SIDE]) {
    for i in (0..SIDE).filter(|i| i & N == 0) {
        let (a, b) = (square[i], square[i + N]);
        for l in 0..SIDE {
            square[i][l] = if l & N == 0 { a[l] } else { b[l - N] };
            square[i + N][l] = if l & N == 0 { a[l + N] } else { b[l] };
        }
    }
}

/// A right factor whose columns are the matrix's rows, a multiple of 32; the sum runs over columns, padded
/// with zeros to whole tiles.
pub fn rows_right(matrix: &[f32], rows: usize, out: &mut Vec<u32>) {
    let columns = matrix.len() / rows;
    let pairs = columns.div_ceil(BLOCK) * SIDE;
    out.resize(rows * pairs, 0);
    for p in 0..pairs {
        let column = |j: usize| matrix.get(j * rows..(j + 1) * rows).unwrap_or(&[]);
        join_columns(column(2 * p), column(2 * p + 1), &mut out[p * BLOCK..], pairs);
    }
}

vectorised! {
    /// Words of two columns, into the same row of every panel of `pairs` rows; where a column is missing, zeros.
    fn join_columns(low: &[f32], high: &[f32], out: &mut [u32], pairs: usize) {
        for (panel, words) in out.chunks_mut(pairs * BLOCK).enumerate() {
            let words = &mut words[..BLOCK];
            match (low.get(panel * BLOCK..), high.get(panel * BLOCK..)) {
                (Some(low), Some(high)) if !high.is_empty() => {
                    words.iter_mut().zip(low.iter().zip(high)).for_each(|(w, (l, h))| *w = pair(*l, *h));
                }
                (Some(low), _) if !low.is_empty() => words.iter_mut().zip(low).for_each(|(w, l)| *w = pair(*l, 0.0)),
                _ => words.fill(0),
            }
        }
    }
}

/// A right factor whose columns are the matrix's columns, a multiple of 32; the sum runs over `rows`, a
/// multiple of 32.
pub fn columns_right(matrix: &[f32], rows: usize, out: &mut Vec<u32>) {
    out.resize(matrix.len() / 2, 0);
    for (columns, words) in matrix.chunks_exact(rows * BLOCK).zip(out.chunks_exact_mut(rows / 2 * BLOCK)) {
        for (lane, column) in columns.chunks_exact(rows).enumerate() {
            column.chunks_exact(2).enumerate().for_each(|(p, v)| words[p * BLOCK + lane] = pair(v[0], v[1]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trainer::weights::to_bfloat16;

    /// The word of rows `2 p`, `2 p + 1` (or columns) by its definition.
    fn word(at: impl Fn(usize) -> f32, p: usize) -> u32 {
        u32::from(to_bfloat16(at(2 * p))) | u32::from(to_bfloat16(at(2 * p + 1))) << 16
    }

    #[test]
    fn words_hold_the_nearest_bfloat16_of_both() {
        for x in [0.0f32, 1.0, -1.004, 3.9e-3, 1.003_906_2, f32::MAX, 1e-30] {
            let word = pair(x, -x);
            assert_eq!(word as u16, to_bfloat16(x));
            assert_eq!((word >> 16) as u16, to_bfloat16(-x));
        }
    }

    #[test]
    fn every_word_lies_where_the_kernel_reads_it() {
        for (rows, columns) in [(32, 32), (64, 1), (96, 7), (64, 33), (32, 64)] {
            let matrix: Vec<f32> = (0..rows * columns).map(|i| (i as f32 * 0.37).sin()).collect();
            let at = |i: usize, j: usize| if i < rows && j < columns { matrix[j * rows + i] } else { 0.0 };
            // What was there before must not shine through.
            let mut out = vec![u32::MAX; 7];
            columns_left(&matrix, rows, &mut out);
            let steps = rows / BLOCK;
            for (i, w) in out.iter().enumerate() {
                let (block, step, row, p) = (i / 256 / steps, i / 256 % steps, i / 16 % 16, i % 16);
                assert_eq!(*w, word(|k| at(k, block * 16 + row), step * 16 + p));
            }
            out.fill(u32::MAX);
            rows_left(&matrix, rows, &mut out);
            let steps = columns.div_ceil(BLOCK);
            for (i, w) in out.iter().enumerate() {
                let (block, step, row, p) = (i / 256 / steps, i / 256 % steps, i / 16 % 16, i % 16);
                assert_eq!(*w, word(|k| at(block * 16 + row, k), step * 16 + p));
            }
            out.fill(u32::MAX);
            rows_right(&matrix, rows, &mut out);
            for (i, w) in out.iter().enumerate() {
                let (panel, p, lane) = (i / 512 / steps, i / 32 % (16 * steps), i % 32);
                assert_eq!(*w, word(|k| at(panel * 32 + lane, k), p));
            }
            if columns % BLOCK == 0 {
                columns_right(&matrix, rows, &mut out);
                for (i, w) in out.iter().enumerate() {
                    let (panel, p, lane) = (i / 16 / rows, i / 32 % (rows / 2), i % 32);
                    assert_eq!(*w, word(|k| at(k, panel * 32 + lane), p));
                }
            }
        }
    }
}
