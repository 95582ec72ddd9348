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
use super::stream::{BLOCKS, Group, Stream, WORDS};

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

/// Sum of `4 · 128 · groups` normals of a stream: what random normals cost when nothing is done with them.
pub fn sum_of(stream: &Stream, groups: u64) -> f64 {
    pulp::Arch::new().dispatch(SumWork { stream, groups })
}

struct SumWork<'a> {
    stream: &'a Stream,
    groups: u64,
}

impl pulp::WithSimd for SumWork<'_> {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) -> f64 {
        let (mut words, mut rows) = ([[0; BLOCKS]; WORDS], [Row::splat(0.0); ROWS]);
        let mut sum = Row::splat(0.0);
        for group in 0..self.groups {
            normals(self.stream, group, &mut words, &mut rows);
            for row in &rows {
                for (s, x) in sum.0.iter_mut().zip(&row.0) {
                    *s += x;
                }
            }
        }
        sum.0.iter().sum()
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
pub(super) fn fraction(word: u64) -> f64 {
    const HALF_ULP: f64 = 1.0 / (1_u64 << 53) as f64;
    f64::from_bits(word >> 12 | 0x3ff0_0000_0000_0000) - (1.0 - HALF_ULP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moments_and_tails_are_those_of_the_normal_law() {
        let stream = Stream::new(3, 9);
        let (mut words, mut rows) = ([[0; BLOCKS]; WORDS], [Row::splat(0.0); ROWS]);
        let mut values = Vec::new();
        for group in 0..2000 {
            normals(&stream, group, &mut words, &mut rows);
            values.extend(rows.iter().flat_map(|r| r.0));
        }
        let n = values.len() as f64;
        // E z^k and the variance of z^k, for k = 1 .. 6; six standard errors.
        for (k, mean, variance) in
            [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0), (5, 0.0, 945.0), (6, 15.0, 10_170.0)]
        {
            let found = values.iter().map(|z: &f64| z.powi(k)).sum::<f64>() / n;
            assert!((found - mean).abs() < 6.0 * f64::sqrt(variance / n), "moment {k}: {found}");
        }
        for x in [-4.0, -2.0, -0.5, 0.0, 1.0, 3.0] {
            let exact = crate::quadrature::survival(x);
            let found = values.iter().filter(|z| **z > x).count() as f64 / n;
            assert!((found - exact).abs() < 6.0 * (exact * (1.0 - exact) / n).sqrt(), "P(Z > {x}) = {found}");
        }
        // Partners from the same words are independent: no correlation of values or of squares.
        let partners = |f: fn(f64) -> f64| {
            values.chunks_exact(LANES).flat_map(|r| (0..64).map(move |l| f(r[l]) * f(r[l + 64]))).sum::<f64>() / (n / 2.0)
        };
        assert!(partners(|z| z).abs() < 6.0 / (n / 2.0).sqrt());
        assert!((partners(|z| z * z) - 1.0).abs() < 6.0 * (8.0 / (n / 2.0)).sqrt());
    }

    #[test]
    fn the_extreme_words_give_finite_normals() {
        for r in [0, u64::MAX] {
            for t in [0, 1, 2, 3, u64::MAX] {
                let (x, y) = pair(r, t);
                assert!(x.is_finite() && y.is_finite() && x.hypot(y) < 8.6, "{r} {t}: {x} {y}");
            }
        }
    }
}
