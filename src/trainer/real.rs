//! The two floating-point types of the trainer, and code compiled for the processor at hand.

use std::fmt::Debug;

use nalgebra::RealField;

/// A scalar that the model computes with: `f32` to train, `f64` to test gradients.
pub trait Real: RealField + Copy + Default + Debug {
    /// Name of the type in a safetensors file.
    const DTYPE: safetensors::Dtype;

    /// The nearest value to `x`.
    fn of(x: f64) -> Self;

    /// The value as `f64`.
    fn get(self) -> f64;

    /// `self * a + b` with one rounding.
    fn fma(self, a: Self, b: Self) -> Self;

    /// `e^self` for `self <= 0`, the only side that a softmax needs.
    fn exp_nonpositive(self) -> Self;

    /// `(Φ(x), φ(x))`: distribution and density of the standard normal at `x = self`.
    ///
    /// `GELU(x) = x Φ(x)` and `GELU'(x) = Φ(x) + x φ(x)` share both.
    fn normal(self) -> (Self, Self);

    /// The bytes of a slice, little endian.
    fn to_le(values: &[Self]) -> Vec<u8>;

    /// The value of one element's little-endian bytes; `None` when the length is wrong.
    fn from_le(bytes: &[u8]) -> Option<Self>;
}

impl Real for f64 {
    const DTYPE: safetensors::Dtype = safetensors::Dtype::F64;

    fn of(x: f64) -> f64 {
        x
    }
    fn get(self) -> f64 {
        self
    }
    #[inline(always)]
    fn fma(self, a: f64, b: f64) -> f64 {
        f64::mul_add(self, a, b)
    }
    fn exp_nonpositive(self) -> f64 {
        f64::exp(self)
    }
    fn normal(self) -> (f64, f64) {
        let tail = 0.5 * statrs::function::erf::erfc(f64::abs(self) * std::f64::consts::FRAC_1_SQRT_2);
        let density = f64::exp(-0.5 * self * self) * INV_SQRT_TAU;
        (if self < 0.0 { tail } else { 1.0 - tail }, density)
    }
    fn to_le(values: &[f64]) -> Vec<u8> {
        values.iter().flat_map(|v| v.to_le_bytes()).collect()
    }
    fn from_le(bytes: &[u8]) -> Option<f64> {
        Some(f64::from_le_bytes(bytes.try_into().ok()?))
    }
}

/// `1 / sqrt(2 pi)`.
const INV_SQRT_TAU: f64 = 0.398_942_280_401_432_7;

impl Real for f32 {
    const DTYPE: safetensors::Dtype = safetensors::Dtype::F32;

    fn of(x: f64) -> f32 {
        x as f32
    }
    fn get(self) -> f64 {
        f64::from(self)
    }
    #[inline(always)]
    fn fma(self, a: f32, b: f32) -> f32 {
        f32::mul_add(self, a, b)
    }
    /// Cephes `expf`: `e^x = 2^n e^r` with `|r| <= ln 2 / 2` and a polynomial of degree 6; branch
    /// free, so that a loop over it becomes vector code. Below -87 it answers `e^-87`'s 1.6e-38.
    #[inline(always)]
    fn exp_nonpositive(self) -> f32 {
        let x = f32::max(self, -87.0);
        // Adding 1.5 * 2^23 rounds to the nearest integer and leaves it in the low bits.
        let shifted = f32::mul_add(x, std::f32::consts::LOG2_E, 12_582_912.0);
        let n = shifted - 12_582_912.0;
        let r = f32::mul_add(n, -0.693_359_4, x);
        let r = f32::mul_add(n, 2.121_944_4e-4, r);
        let p = f32::mul_add(r, 1.987_569_1e-4, 1.398_199_9e-3);
        let p = f32::mul_add(p, r, 8.333_452e-3);
        let p = f32::mul_add(p, r, 4.166_579_6e-2);
        let p = f32::mul_add(p, r, 1.666_666_5e-1);
        let p = f32::mul_add(p, r, 0.5);
        let p = f32::mul_add(p, r * r, r) + 1.0;
        let scale = f32::from_bits((shifted.to_bits() << 23).wrapping_add(127 << 23));
        p * scale
    }
    /// `erfc` by Abramowitz and Stegun 7.1.26 (absolute error 1.5e-7, one rounding of `f32` near
    /// 1), whose exponential is the density's.
    #[inline(always)]
    fn normal(self) -> (f32, f32) {
        let z = f32::abs(self) * std::f32::consts::FRAC_1_SQRT_2;
        let e = (-0.5 * self * self).exp_nonpositive();
        let t = 1.0 / f32::mul_add(z, 0.327_591_1, 1.0);
        let p = f32::mul_add(t, 1.061_405_4, -1.453_152_1);
        let p = f32::mul_add(p, t, 1.421_413_8);
        let p = f32::mul_add(p, t, -0.284_496_72);
        let p = f32::mul_add(p, t, 0.254_829_6);
        let tail = 0.5 * p * t * e;
        (if self < 0.0 { tail } else { 1.0 - tail }, e * INV_SQRT_TAU as f32)
    }
    fn to_le(values: &[f32]) -> Vec<u8> {
        values.iter().flat_map(|v| v.to_le_bytes()).collect()
    }
    fn from_le(bytes: &[u8]) -> Option<f32> {
        Some(f32::from_le_bytes(bytes.try_into().ok()?))
    }
}

/// Vectors that this processor has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vectors {
    /// AVX-512.
    Widest,
    /// AVX2 with fused multiply-add.
    Wide,
    /// What every processor of the target has.
    Plain,
}

/// What was detected; the standard library asks the processor once.
#[inline(always)]
pub(crate) fn vectors() -> Vectors {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            let widest = is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl");
            return if widest { Vectors::Widest } else { Vectors::Wide };
        }
    }
    Vectors::Plain
}

/// Defines a function whose body is compiled for AVX-512, for AVX2 and for any processor, and that
/// calls the widest version that this one runs. The result does not depend on which: nothing is
/// reassociated, and fused multiply-adds are fused everywhere.
///
/// A macro, because a closure is not reliably inlined into code of other features, and a loop that
/// is not calls `fmaf` for each number: measured, ten times slower.
macro_rules! vectorised {
    ($(#[$meta:meta])* $vis:vis fn $name:ident $(<$t:ident>)? ($($arg:ident: $ty:ty),* $(,)?) $(-> $ret:ty)? $body:block) => {
        $(#[$meta])*
        $vis fn $name $(<$t: $crate::trainer::real::Real>)? ($($arg: $ty),*) $(-> $ret)? {
            #[inline(always)]
            fn body $(<$t: $crate::trainer::real::Real>)? ($($arg: $ty),*) $(-> $ret)? $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
                fn widest $(<$t: $crate::trainer::real::Real>)? ($($arg: $ty),*) $(-> $ret)? { body($($arg),*) }
                #[target_feature(enable = "avx2,fma")]
                fn wide $(<$t: $crate::trainer::real::Real>)? ($($arg: $ty),*) $(-> $ret)? { body($($arg),*) }
                match $crate::trainer::real::vectors() {
                    // SAFETY: `vectors` detected every feature that the callee is compiled for.
                    $crate::trainer::real::Vectors::Widest => return unsafe { widest($($arg),*) },
                    // SAFETY: as above.
                    $crate::trainer::real::Vectors::Wide => return unsafe { wide($($arg),*) },
                    $crate::trainer::real::Vectors::Plain => {}
                }
            }
            body($($arg),*)
        }
    };
}
pub(crate) use vectorised;

vectorised! {
    /// `a += b`, element by element.
    pub fn add_to<T>(a: &mut [T], b: &[T]) {
        a.iter_mut().zip(b).for_each(|(a, b)| *a += *b);
    }
}

vectorised! {
    /// `a *= b`, element by element.
    pub fn multiply_by<T>(a: &mut [T], b: &[T]) {
        a.iter_mut().zip(b).for_each(|(a, b)| *a *= *b);
    }
}

vectorised! {
    /// `Σ x²` in the order of [`dot`].
    pub fn square_sum<T>(x: &[T]) -> T {
        dot(x, x)
    }
}

/// Sum of a slice in 16 running parts, so that it becomes vector code with one fixed order.
#[inline(always)]
pub fn sum<T: Real>(x: &[T]) -> T {
    let mut parts = [T::zero(); 16];
    let chunks = x.chunks_exact(16);
    let rest = chunks.remainder();
    for chunk in chunks {
        for (p, v) in parts.iter_mut().zip(chunk) {
            *p += *v;
        }
    }
    fold(parts, rest.iter().copied())
}

/// `Σ x_i y_i` in the order of [`sum`].
#[inline(always)]
pub fn dot<T: Real>(x: &[T], y: &[T]) -> T {
    let mut parts = [T::zero(); 16];
    let (xs, ys) = (x.chunks_exact(16), y.chunks_exact(16));
    let rest = xs.remainder().iter().zip(ys.remainder()).map(|(a, b)| *a * *b);
    let tail: T = rest.fold(T::zero(), |s, v| s + v);
    for (a, b) in xs.zip(ys) {
        for (p, (u, v)) in parts.iter_mut().zip(a.iter().zip(b)) {
            *p = u.fma(*v, *p);
        }
    }
    fold(parts, std::iter::once(tail))
}

/// Adds 16 parts pairwise, then the rest in order.
#[inline(always)]
fn fold<T: Real>(mut parts: [T; 16], rest: impl Iterator<Item = T>) -> T {
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            parts[i] += parts[i + half];
        }
    }
    rest.fold(parts[0], |s, v| s + v)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tolerance::F32_ELEMENTARY;

    #[test]
    fn the_quick_exponential_is_the_exponential_to_single_precision() {
        let worst = (0..100_000)
            .map(|i| -87.0 * i as f32 / 100_000.0)
            .map(|x| (x.exp_nonpositive().get() / x.get().exp() - 1.0).abs())
            .fold(0.0, f64::max);
        assert!(worst < F32_ELEMENTARY, "{worst:e}");
        assert_eq!(0f32.exp_nonpositive(), 1.0);
        assert!((-1e10f32).exp_nonpositive() < 1e-37);
    }

    #[test]
    fn the_quick_normal_is_the_normal_to_single_precision() {
        for i in -8_000..=8_000 {
            let x = i as f32 / 1_000.0;
            let ((cdf, pdf), (cdf64, pdf64)) = (x.normal(), x.get().normal());
            assert!((cdf.get() - cdf64).abs() < F32_ELEMENTARY, "Phi({x}) = {cdf}, not {cdf64}");
            assert!((pdf.get() - pdf64).abs() < F32_ELEMENTARY, "phi({x}) = {pdf}, not {pdf64}");
        }
    }

    vectorised! {
        fn vector_sums(x: &[f32]) -> (f32, f32) {
            (sum(x), dot(x, x))
        }
    }

    #[test]
    fn sums_do_not_depend_on_the_vector_width() {
        let x: Vec<f32> = (0..1_003).map(|i| (i as f32 * 0.37).sin()).collect();
        assert_eq!((sum(&x), dot(&x, &x)), vector_sums(&x));
        assert!((sum(&x).get() - x.iter().map(|v| v.get()).sum::<f64>()).abs() < 1e-4);
    }
}
