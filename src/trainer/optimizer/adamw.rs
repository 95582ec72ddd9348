//! AdamW (Loshchilov and Hutter 2019), in PyTorch's order of operations.

use super::{EPSILON, Settings};
use crate::trainer::real::{Real, vectorised};

/// With `g` the gradient and `t` the step: `p *= decay`, `m = β1 m + (1 - β1) g`,
/// `v = β2 v + (1 - β2) g²`, `p -= rate m̂ / (sqrt(v̂) + 1e-8)` with `m̂ = m / (1 - β1^t)` and
/// `v̂ = v / (1 - β2^t)`.
#[allow(clippy::too_many_arguments)] // The formula's own symbols.
pub fn adamw<T: Real>(settings: &Settings, t: u64, p: &mut [T], m: &mut [T], v: &mut [T], g: &[T], rate: f64, decay: f64) {
    let (beta1, beta2) = (settings.beta1, settings.beta2);
    let exponent = i32::try_from(t).unwrap_or(i32::MAX);
    let (b1, b2) = (T::of(beta1), T::of(beta2));
    let (c1, c2) = (T::of(1.0 - beta1), T::of(1.0 - beta2));
    let step = T::of(rate / (1.0 - beta1.powi(exponent)));
    let root = T::of(1.0 / (1.0 - beta2.powi(exponent)).sqrt());
    let (decay, epsilon) = (T::of(decay), T::of(EPSILON));
    moves(p, m, v, g, [b1, b2, c1, c2, step, root, decay, epsilon]);
}

vectorised! {
    fn moves<T>(p: &mut [T], m: &mut [T], v: &mut [T], g: &[T], constants: [T; 8]) {
        let [b1, b2, c1, c2, step, root, decay, epsilon] = constants;
        for (((p, m), v), g) in p.iter_mut().zip(m).zip(v).zip(g) {
            *m = b1 * *m + c1 * *g;
            *v = b2 * *v + c2 * *g * *g;
            *p = *p * decay - step * *m / ((*v).sqrt() * root + epsilon);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tolerance::ROUNDING;

    #[test]
    fn the_first_step_is_the_rate_against_the_sign_and_decay_shrinks() {
        let (mut p, mut m, mut v) = ([1.0f64, 1.0], [0.0; 2], [0.0; 2]);
        adamw(&Settings::default(), 1, &mut p, &mut m, &mut v, &[3.0, -0.5], 0.01, 0.9);
        assert!((p[0] - (0.9 - 0.01)).abs() < 1e-9 && (p[1] - (0.9 + 0.01)).abs() < 1e-9, "{p:?}");
        assert!((m[0] - 0.3).abs() < ROUNDING && (v[1] - 0.05 * 0.25).abs() < ROUNDING);
    }
}
