//! Quasi-random normals: a rank-1 lattice, shifted at random and folded, through the inverse normal law.
//!
//! Point `k` of `2^m` has the coordinates `frac(k z_j / 2^m + s_j)` with a generating vector `z` and a
//! uniform shift `s`. The shift makes every point uniform, so that a mean over the points has no bias, and
//! means under independent shifts are independent. The tent map `u -> 1 - |2u - 1|` keeps the uniform law and
//! makes any smooth integrand periodic, which lifts the error's order from `N^-1` to nearly `N^-2` (Hickernell,
//! *Obtaining O(N^{-2+ε}) convergence for lattice quadrature rules*, 2002).

#![allow(clippy::excessive_precision, reason = "constants are written as published")]

use super::elementary::ln;
use super::normal::{LANES, Row, fraction};
use super::sampler::Normals;

/// Generating vector for any `2^m` points up to `m = 20`: Cools, Kuo and Nuyens, *Constructing embedded lattice
/// rules for multivariate integration*, SIAM Journal on Scientific Computing 28 (2006), order-2 weights, for
/// which all weights give the same vector; the first 128 of its 250 coordinates.
#[rustfmt::skip]
const GENERATOR: [u32; DIMENSIONS_MAX] = [
    1, 182667, 469891, 498753, 110745, 446247, 250185, 118627, 245333, 283199, 408519, 391023, 246327, 126539, 399185,
    461527, 300343, 69681, 516695, 436179, 106383, 238523, 413283, 70841, 47719, 300129, 113029, 123925, 410745, 211325,
    17489, 511893, 40767, 186077, 519471, 255369, 101819, 243573, 66189, 152143, 503455, 113217, 132603, 463967, 297717,
    157383, 224015, 502917, 36237, 94049, 170665, 79397, 123963, 223451, 323871, 303633, 98567, 318855, 494245, 477137,
    177975, 64483, 26695, 88779, 94497, 239429, 381007, 110205, 339157, 73397, 407559, 181791, 442675, 301397, 32569,
    147737, 189949, 138655, 350241, 63371, 511925, 515861, 434045, 383435, 249187, 492723, 479195, 84589, 99703, 239831,
    269423, 182241, 61063, 130789, 143095, 471209, 139019, 172565, 487045, 304803, 45669, 380427, 19547, 425593, 337729,
    237863, 428453, 291699, 238587, 110653, 196113, 465711, 141583, 224183, 266671, 169063, 317617, 68143, 291637, 263355,
    427191, 200211, 365773, 254701, 368663, 248047, 209221, 279201
];

/// Most coordinates of a point.
pub const DIMENSIONS_MAX: usize = 128;

/// Largest base-2 logarithm of the number of points.
pub const LOG2_POINTS_MAX: u32 = 20;

/// Points of a shifted lattice as rows of normals, 128 points side by side.
pub(super) struct Lattice<'a> {
    log2_points: u32,
    /// The shift as fractions of `2^64`, one a coordinate.
    shift: &'a [u64],
    first: u64,
    coordinate: usize,
    row: Row,
}

impl<'a> Lattice<'a> {
    /// Starts at point `first`, a multiple of 128.
    #[inline(always)]
    pub(super) fn at(log2_points: u32, shift: &'a [u64], first: u64) -> Lattice<'a> {
        Lattice { log2_points, shift, first, coordinate: 0, row: Row::splat(0.0) }
    }
}

impl Normals for Lattice<'_> {
    #[inline(always)]
    fn next(&mut self) -> &Row {
        let (z, shift) = (u64::from(GENERATOR[self.coordinate]), self.shift[self.coordinate]);
        let up = 64 - self.log2_points;
        for lane in 0..LANES {
            // Fixed point modulo 1: whole turns leave the word at its upper end.
            let place = (((self.first + lane as u64) * z) << up).wrapping_add(shift);
            self.row.0[lane] = inverse_normal(fraction(fold(place)));
        }
        self.coordinate += 1;
        if self.coordinate == self.shift.len() {
            self.coordinate = 0;
            self.first += LANES as u64;
        }
        &self.row
    }
}

/// The tent map on fractions of `2^64`.
#[inline(always)]
fn fold(place: u64) -> u64 {
    let upper = ((place as i64) >> 63) as u64;
    (place << 1) ^ upper
}

/// The number that a standard normal stays below with probability `p`, `0 < p < 1`: algorithm AS 241, PPND16
/// (Wichura, *The percentage points of the normal distribution*, Applied Statistics 37, 1988), error 1e-16.
/// All three pieces are computed and one is chosen, so that loops over it vectorise.
#[inline(always)]
pub(super) fn inverse_normal(p: f64) -> f64 {
    let q = p - 0.5;
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = (-ln(tail)).sqrt();
    let middle = q * ratio(&A, &B, 0.180_625 - q * q);
    let near = ratio(&C, &D, r - 1.6);
    let far = ratio(&E, &F, r - 5.0);
    let outer = if r <= 5.0 { near } else { far };
    let signed = if q < 0.0 { -outer } else { outer };
    if q.abs() <= 0.425 { middle } else { signed }
}

#[inline(always)]
fn ratio(top: &[f64; 8], bottom: &[f64; 8], r: f64) -> f64 {
    let value = |c: &[f64; 8]| ((((((c[7] * r + c[6]) * r + c[5]) * r + c[4]) * r + c[3]) * r + c[2]) * r + c[1]) * r + c[0];
    value(top) / value(bottom)
}

const A: [f64; 8] = [
    3.387_132_872_796_366_608_0,
    1.331_416_678_917_843_774_5e2,
    1.971_590_950_306_551_442_7e3,
    1.373_169_376_550_946_112_5e4,
    4.592_195_393_154_987_145_7e4,
    6.726_577_092_700_870_085_3e4,
    3.343_057_558_358_812_810_5e4,
    2.509_080_928_730_122_672_7e3,
];
const B: [f64; 8] = [
    1.0,
    4.231_333_070_160_091_125_2e1,
    6.871_870_074_920_579_083_0e2,
    5.394_196_021_424_751_107_7e3,
    2.121_379_430_158_659_586_7e4,
    3.930_789_580_009_271_061_0e4,
    2.872_908_573_572_194_267_4e4,
    5.226_495_278_852_854_561_0e3,
];
const C: [f64; 8] = [
    1.423_437_110_749_683_577_34,
    4.630_337_846_156_545_295_90,
    5.769_497_221_460_691_405_50,
    3.647_848_324_763_204_605_04,
    1.270_458_252_452_368_382_58,
    2.417_807_251_774_506_117_70e-1,
    2.272_384_498_926_918_458_33e-2,
    7.745_450_142_783_414_076_40e-4,
];
const D: [f64; 8] = [
    1.0,
    2.053_191_626_637_758_821_87,
    1.676_384_830_183_803_849_40,
    6.897_673_349_851_000_045_50e-1,
    1.481_039_764_274_800_745_90e-1,
    1.519_866_656_361_645_719_66e-2,
    5.475_938_084_995_344_946_00e-4,
    1.050_750_071_644_416_843_24e-9,
];
const E: [f64; 8] = [
    6.657_904_643_501_103_777_20,
    5.463_784_911_164_114_369_90,
    1.784_826_539_917_291_335_80,
    2.965_605_718_285_048_912_30e-1,
    2.653_218_952_657_612_309_30e-2,
    1.242_660_947_388_078_438_60e-3,
    2.711_555_568_743_487_578_15e-5,
    2.010_334_399_292_288_132_65e-7,
];
const F: [f64; 8] = [
    1.0,
    5.998_322_065_558_879_376_90e-1,
    1.369_298_809_227_358_053_10e-1,
    1.487_536_129_085_061_485_25e-2,
    7.868_691_311_456_132_591_00e-4,
    1.846_318_317_510_054_681_80e-5,
    1.421_511_758_316_445_888_70e-7,
    2.044_263_103_389_939_785_64e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_normal_law_undoes_the_law() {
        for i in 1..4000 {
            for p in [f64::from(i) / 4000.0, 2f64.powf(-f64::from(i) / 76.0)] {
                let x = inverse_normal(p);
                let back = crate::quadrature::survival(-x);
                // A relative error of 1e-16 in x is one of x^2 1e-16 in the tail.
                assert!((back / p - 1.0).abs() < 1e-14 * (1.0 + x * x), "p = {p:e}: {x} gives {back:e}");
            }
        }
        assert_eq!(inverse_normal(0.5), 0.0);
        assert!((inverse_normal(0.975) - 1.959_963_984_540_054).abs() < 1e-15);
    }

    #[test]
    fn folding_goes_up_and_comes_back() {
        let share = |x: u64| x as f64 / 2f64.powi(64);
        for i in 0..1000 {
            let u = f64::from(i) / 1000.0;
            let folded = share(fold((u * 2f64.powi(64)) as u64));
            assert!((folded - (1.0 - (2.0 * u - 1.0).abs())).abs() < 1e-15, "{u}: {folded}");
        }
    }

    #[test]
    fn pairs_of_coordinates_fill_the_square_and_a_bad_vector_does_not() {
        // P_2 of two coordinates: (1/N) Σ_k Π_j (1 + 2π² B_2(k z_j / N)) - 1, which is 2.6 for z = (1, 1).
        let points = 1_u64 << 12;
        let worst = |z: u64, y: u64| {
            let term = |k: u64, z: u64| {
                let x = (k * z % points) as f64 / points as f64;
                1.0 + 2.0 * std::f64::consts::PI.powi(2) * (x * x - x + 1.0 / 6.0)
            };
            (0..points).map(|k| term(k, z) * term(k, y)).sum::<f64>() / points as f64 - 1.0
        };
        for (i, z) in GENERATOR.iter().enumerate() {
            for y in &GENERATOR[..i] {
                let found = worst(u64::from(*z), u64::from(*y));
                assert!(found < 0.2, "coordinates {z} and {y}: {found}");
            }
        }
        assert!(worst(1, 1) > 2.0);
    }
}
