//! Dropout by counter: a mask is a function of (seed, step, strip, site, element), so that backward
//! makes it again instead of reading it, and no thread's speed can change it.

use crate::trainer::real::{Real, add_to, vectorised};

/// What a pass drops.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dropout {
    rate: f64,
    key: u64,
}

impl Dropout {
    /// Nothing is dropped.
    pub const OFF: Dropout = Dropout { rate: 0.0, key: 0 };

    /// Drops with probability `rate` in `[0, 1)`; `key` names seed, step and strip.
    pub fn new(rate: f64, key: u64) -> Dropout {
        Dropout { rate: rate.clamp(0.0, 0.999), key }
    }

    /// The mask of one place in the model.
    pub fn site(&self, site: u64) -> Mask {
        let k = mix64(self.key ^ mix64(site.wrapping_add(0x9E37_79B9_7F4A_7C15)));
        Mask { first: k as u32, second: (k >> 32) as u32, threshold: (self.rate * 4_294_967_296.0) as u32, rate: self.rate }
    }
}

/// Bernoulli factors of one place: 0, or `1 / (1 - rate)` so that the mean stays.
#[derive(Debug, Clone, Copy)]
pub struct Mask {
    first: u32,
    second: u32,
    threshold: u32,
    rate: f64,
}

impl Mask {
    /// True when nothing is dropped.
    pub fn is_off(&self) -> bool {
        self.threshold == 0
    }

    /// `1 / (1 - rate)`.
    pub fn scale<T: Real>(&self) -> T {
        T::of(1.0 / (1.0 - self.rate))
    }

    /// The factor of element `index`, given [`Mask::scale`].
    #[inline(always)]
    pub fn factor<T: Real>(&self, index: u32, scale: T) -> T {
        let h = mix32(mix32(index ^ self.first).wrapping_add(self.second));
        if h < self.threshold { T::zero() } else { scale }
    }

    /// Multiplies elements `from..` of the site by their factors.
    pub fn apply<T: Real>(&self, values: &mut [T], from: usize) {
        if self.is_off() {
            return;
        }
        drop(*self, values, from);
    }

    /// `values = base + factor * values`: dropout of a residual branch and the sum, in one sweep.
    pub fn apply_and_add<T: Real>(&self, values: &mut [T], base: &[T]) {
        if self.is_off() {
            add_to(values, base);
        } else {
            drop_and_add(*self, values, base);
        }
    }
}

vectorised! {
    fn drop<T>(mask: Mask, values: &mut [T], from: usize) {
        let scale = mask.scale();
        for (i, v) in values.iter_mut().enumerate() {
            *v *= mask.factor(from.wrapping_add(i) as u32, scale);
        }
    }
}

vectorised! {
    fn drop_and_add<T>(mask: Mask, values: &mut [T], base: &[T]) {
        let scale = mask.scale();
        for (i, (v, b)) in values.iter_mut().zip(base).enumerate() {
            *v = v.fma(mask.factor(i as u32, scale), *b);
        }
    }
}

/// The 32-bit finaliser of Prospector's search ("lowbias32", bias 0.17): every input bit reaches
/// every output bit.
#[inline(always)]
fn mix32(mut x: u32) -> u32 {
    x = (x ^ (x >> 16)).wrapping_mul(0x7feb_352d);
    x = (x ^ (x >> 15)).wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}

/// SplitMix64's finaliser.
pub(crate) fn mix64(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_is_dropped_the_mean_stays_and_sites_are_unlike() {
        let dropout = Dropout::new(0.1, 7);
        let (a, b) = (dropout.site(0), dropout.site(1));
        let n = 1 << 20;
        let factors = |m: &Mask| (0..n).map(|i| m.factor::<f64>(i, m.scale())).collect::<Vec<f64>>();
        let (x, y) = (factors(&a), factors(&b));
        // Deviations below are five standard errors: n p (1-p) and n p^2 (1-p^2) draws.
        let dropped = x.iter().filter(|v| **v == 0.0).count() as f64;
        assert!((dropped - 0.1 * n as f64).abs() < 5.0 * (n as f64 * 0.09).sqrt(), "{dropped}");
        for shift in [0, 1, 16, 256] {
            let both = x.iter().zip(y.iter().skip(shift)).filter(|(u, v)| **u == 0.0 && **v == 0.0).count() as f64;
            assert!((both - 0.01 * n as f64).abs() < 5.0 * (n as f64 * 0.0099).sqrt() + shift as f64, "shift {shift}: {both}");
        }
    }

    #[test]
    fn neighbours_are_dropped_independently() {
        let mask = Dropout::new(0.1, 3).site(5);
        let n = 1u32 << 20;
        for lag in [1, 2, 16, 32, 256] {
            let both =
                (0..n).filter(|i| mask.factor::<f32>(*i, 1.0) == 0.0 && mask.factor::<f32>(i + lag, 1.0) == 0.0).count() as f64;
            assert!((both - 0.01 * f64::from(n)).abs() < 5.0 * (f64::from(n) * 0.0099).sqrt(), "lag {lag}: {both}");
        }
    }

    #[test]
    fn no_rate_changes_nothing() {
        let mut v = vec![1.0f32, -2.0];
        Dropout::OFF.site(1).apply(&mut v, 0);
        assert_eq!(v, [1.0, -2.0]);
    }
}
