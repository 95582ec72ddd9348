//! `ln`, `exp`, sine and cosine without branches and without fused operations.
//!
//! Written with `+ - * / sqrt` and bit operations only, each of which IEEE 754 fixes to the last bit:
//! the same bits on every machine, whatever its vector width, its `libm` or its fused multiply-add.
//! Loops over them vectorise. Reductions and polynomials follow FreeBSD's msun (`e_log.c`, `e_exp.c`,
//! `k_sin.c`, `k_cos.c`; Sun Microsystems, 1993), whose errors stay below 1 ulp.

#![allow(clippy::excessive_precision, reason = "constants are written as published")]

const LN2_HIGH: f64 = 6.931_471_803_691_238_164_90e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_700_02e-10;

/// Adding it rounds to the nearest integer, which then stands in the lowest bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// Natural logarithm of a positive normal number.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    // x = 2^k (1 + f) with sqrt(1/2) < 1 + f < sqrt 2.
    const SQRT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;
    let shifted = x.to_bits().wrapping_sub(SQRT_HALF);
    let exponent = shifted & 0xfff0_0000_0000_0000;
    let f = f64::from_bits(x.to_bits().wrapping_sub(exponent)) - 1.0;
    // The exponent as a number, without a conversion: biased so that it is never negative.
    let biased = (exponent >> 52).wrapping_add(2048) & 0xfff;
    let k = f64::from_bits(biased | 0x4330_0000_0000_0000) - (4_503_599_627_370_496.0 + 2048.0);
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let odd = 6.666_666_666_666_735_130e-1
        + w * (2.857_142_874_366_239_149e-1 + w * (1.818_357_216_161_805_012e-1 + w * 1.479_819_860_511_658_591e-1));
    let even = 3.999_999_999_940_941_908e-1 + w * (2.222_219_843_214_978_396e-1 + w * 1.531_383_769_920_937_332e-1);
    let r = z * odd + w * even;
    let half_square = 0.5 * f * f;
    k * LN2_HIGH - ((half_square - (s * (half_square + r) + k * LN2_LOW)) - f)
}

/// `e^x` for `x <= 0`; 0 below -708.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    let clamped = if x < -708.0 { -708.0 } else { x };
    let rounded = clamped * std::f64::consts::LOG2_E + ROUNDER;
    let k = rounded - ROUNDER;
    let high = clamped - k * LN2_HIGH;
    let low = k * LN2_LOW;
    let r = high - low;
    let t = r * r;
    let c = r - t
        * (1.666_666_666_666_660_190_37e-1
            + t * (-2.777_777_777_701_559_338_42e-3
                + t * (6.613_756_321_437_934_361_17e-5
                    + t * (-1.653_390_220_546_525_153_90e-6 + t * 4.138_136_797_057_238_460_39e-8))));
    let y = 1.0 - ((low - (r * c) / (2.0 - c)) - high);
    let scaled = f64::from_bits(y.to_bits().wrapping_add(rounded.to_bits() << 52));
    if x < -708.0 { 0.0 } else { scaled }
}

/// `(sin(π x / 2), cos(π x / 2))` for `|x| <= 1/2`.
#[inline(always)]
pub fn sincos_quarter(x: f64) -> (f64, f64) {
    let a = x * std::f64::consts::FRAC_PI_2;
    let z = a * a;
    let s = 8.333_333_333_322_489_461_24e-3
        + z * (-1.984_126_982_985_794_931_34e-4
            + z * (2.755_731_370_707_006_767_89e-6
                + z * (-2.505_076_025_340_686_341_95e-8 + z * 1.589_690_995_211_550_102_21e-10)));
    let sine = a + a * z * (-1.666_666_666_666_663_243_48e-1 + z * s);
    let c = 4.166_666_666_666_660_190_37e-2
        + z * (-1.388_888_888_887_410_957_49e-3
            + z * (2.480_158_728_947_672_941_78e-5
                + z * (-2.755_731_435_139_066_330_35e-7
                    + z * (2.087_572_321_298_174_827_90e-9 + z * -1.135_964_755_778_819_482_65e-11))));
    let cosine = 1.0 - (0.5 * z - z * z * c);
    (sine, cosine)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Largest relative error against the platform's functions, over a sweep.
    fn worst(points: impl Iterator<Item = f64>, ours: impl Fn(f64) -> f64, theirs: impl Fn(f64) -> f64) -> f64 {
        points.map(|x| ((ours(x) - theirs(x)) / theirs(x).abs().max(f64::MIN_POSITIVE)).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn the_functions_agree_with_the_platforms_to_two_roundings() {
        let unit = (1..200_000).map(|i| i as f64 / 200_000.0);
        assert!(worst(unit, ln, f64::ln) < 4e-16);
        let tiny = (0..1000).map(|i| 2.0_f64.powi(-i));
        assert!(worst(tiny.filter(|x| *x < 1.0), ln, f64::ln) < 4e-16);
        let negative = (0..200_000).map(|i| -i as f64 * 0.0035);
        assert!(worst(negative, exp, f64::exp) < 4e-16);
        let quarter: Vec<f64> = (1..100_000).map(|i| i as f64 / 100_000.0 - 0.5).filter(|x| *x != 0.0).collect();
        let angle = |x: f64| x * std::f64::consts::FRAC_PI_2;
        assert!(worst(quarter.iter().copied(), |x| sincos_quarter(x).0, |x| angle(x).sin()) < 4e-16);
        assert!(worst(quarter.iter().copied(), |x| sincos_quarter(x).1, |x| angle(x).cos()) < 4e-16);
    }

    #[test]
    fn exp_is_one_at_zero_and_zero_at_minus_infinity() {
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(-0.0), 1.0);
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
        assert_eq!(exp(-1e300), 0.0);
        assert!(exp(-707.9) > 0.0);
    }
}
