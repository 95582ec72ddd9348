//! Standard normals, 128 at a time, by the method of Box and Muller.
//!
//! A block of ChaCha holds four pairs of 64-bit words. Pair `(r, t)` gives
//! `ρ = sqrt(-2 ln u)`, `u = (⌊r / 2^12⌋ + 1/2) / 2^52`, and a point `(cos, sin)` uniform on the
//! circle from `t`; `ρ cos` and `ρ sin` are two independent normals (Box and Muller, *A note on the
//! generation of random normal deviates*, 1958). Every normal costs a fixed number of words, so that
//! normal `j` of draw `i` has a fixed address; a ziggurat would read a random number of words.
//!
//! The largest value is `sqrt(2 · 53 ln 2) = 8.57`; beyond it lies 1e-17 of the law.

use super::elementary::{ln, sincos_quarter};
use super::stream::{BLOCKS, Group, Stream};

/// Draws that are computed side by side.
pub const LANES: usize = 128;

/// One number for each of the draws side by side.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(align(64))]
pub struct Row(pub [f64; LANES]);

impl Row {
    /// The same number in every lane.
    pub const fn splat(x: f64) -> Row {
        Row([x; LANES])
    }
}

/// Rows that one group of blocks fills.
pub const ROWS: usize = 4;

/// Rows `4 group .. 4 group + 4` of a stream. Lanes `b` and `64 + b` of row `p` come from words
/// `4 p .. 4 p + 4` of block `64 group + b`.
#[inline(always)]
pub fn normals(stream: &Stream, group: u64, words: &mut Group, out: &mut [Row; ROWS]) {
    stream.group(group, words);
    for (row, four) in out.iter_mut().zip(words.chunks_exact(4)) {
        let (first, second) = row.0.split_at_mut(BLOCKS);
        for b in 0..BLOCKS {
            let r = u64::from(four[0][b]) | u64::from(four[1][b]) << 32;
            let t = u64::from(four[2][b]) | u64::from(four[3][b]) << 32;
            (first[b], second[b]) = pair(r, t);
        }
    }
}

/// Two independent standard normals from 128 random bits.
#[inline(always)]
pub fn pair(r: u64, t: u64) -> (f64, f64) {
    let radius = (-2.0 * ln(fraction(r))).sqrt();
    // The two lowest bits choose the quarter of the circle, the highest 52 the place in it.
    let (sine, cosine) = sincos_quarter(fraction(t) - 0.5);
    let (x, y) = if t & 1 == 0 { (cosine, sine) } else { (sine, cosine) };
    let sign = (t & 2) << 62;
    (f64::from_bits((radius * x).to_bits() ^ sign), f64::from_bits((radius * y).to_bits() ^ sign))
}

/// `(⌊word / 2^12⌋ + 1/2) / 2^52`: uniform in (0, 1), never an end.
#[inline(always)]
fn fraction(word: u64) -> f64 {
    const HALF_ULP: f64 = 1.0 / (1_u64 << 53) as f64;
    f64::from_bits(word >> 12 | 0x3ff0_0000_0000_0000) - (1.0 - HALF_ULP)
}
