//! Probabilities of normal variables, by `erfc` on both tails (never `1 - cdf`).

// `statrs` 0.19 has an `erfc` too, but beyond 1/2 it is right to 1e-10 only.
use libm::erfc;

/// `P(Z > x)` for a standard normal `Z`: `erfc(x / sqrt 2) / 2`.
pub fn survival(x: f64) -> f64 {
    0.5 * erfc(x / std::f64::consts::SQRT_2)
}

/// `P(X < low) + P(X > high)` for `X ~ N(mean, variance)`; a point mass where the variance is 0.
pub fn probability_outside(mean: f64, variance: f64, low: f64, high: f64) -> f64 {
    if variance <= 0.0 {
        return if (low..=high).contains(&mean) { 0.0 } else { 1.0 };
    }
    let deviation = variance.sqrt();
    survival((mean - low) / deviation) + survival((high - mean) / deviation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaving_half_to_three_halves_with_variance_one_half_has_probability_erfc_of_one_half() {
        let p = probability_outside(1.0, 0.5, 0.5, 1.5);
        assert!((p - 0.479_500_122_186_953).abs() < 1e-12, "{p}");
        // Read as a standard deviation it would be another number.
        assert!((probability_outside(1.0, 0.25, 0.5, 1.5) - 0.317_310_507_862_914).abs() < 1e-12);
    }

    #[test]
    fn tails_far_out_do_not_round_to_zero() {
        assert!(survival(10.0) > 7.6e-24 && survival(10.0) < 7.7e-24);
    }
}
