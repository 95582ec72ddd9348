//! Intervals and tests of accuracies.

use statrs::distribution::{Beta, Binomial, ContinuousCDF, DiscreteCDF, Normal};

/// Right answers out of a number of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Right answers.
    pub right: u64,
    /// Questions.
    pub total: u64,
}

impl Count {
    /// The share of right answers; 0 of 0 has none.
    pub fn share(self) -> Option<f64> {
        (self.total > 0).then(|| self.right as f64 / self.total as f64)
    }

    /// Wilson's interval (1927): with `z` the normal quantile of `confidence`, `p` the share and
    /// `n` the total, `(p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)`.
    pub fn wilson(self, confidence: f64) -> Option<(f64, f64)> {
        let p = self.share()?;
        let z = Normal::standard().inverse_cdf(0.5 + confidence / 2.0);
        let (n, z2) = (self.total as f64, z * z);
        let middle = p + z2 / (2.0 * n);
        let half = z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        let scale = 1.0 + z2 / n;
        Some((((middle - half) / scale).max(0.0), ((middle + half) / scale).min(1.0)))
    }

    /// Clopper and Pearson's exact interval (1934): quantiles of Beta(x, n-x+1) and Beta(x+1, n-x).
    pub fn clopper_pearson(self, confidence: f64) -> Option<(f64, f64)> {
        self.share()?;
        let tail = (1.0 - confidence) / 2.0;
        let (x, rest) = (self.right as f64, self.total.saturating_sub(self.right) as f64);
        let quantile = |a, b, p| Beta::new(a, b).ok().map(|d| d.inverse_cdf(p));
        let low = if self.right == 0 { 0.0 } else { quantile(x, rest + 1.0, tail)? };
        let high = if rest == 0.0 { 1.0 } else { quantile(x + 1.0, rest, 1.0 - tail)? };
        Some((low, high))
    }
}

/// McNemar's exact test: `first` questions were answered right by the first model alone, `second`
/// by the second alone. The two-sided probability that equal models differ as much.
pub fn mcnemar(first: u64, second: u64) -> f64 {
    let n = first + second;
    let Ok(coin) = Binomial::new(0.5, n) else { return 1.0 };
    if n == 0 {
        return 1.0;
    }
    (2.0 * coin.cdf(first.min(second))).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: Option<(f64, f64)>, low: f64, high: f64) {
        let (a, b) = found.expect("an interval");
        assert!((a - low).abs() < 5e-5 && (b - high).abs() < 5e-5, "({a}, {b})");
    }

    #[test]
    fn intervals_are_those_of_the_books() {
        // 25 of 500: R's binom::binom.confint(25, 500).
        let c = Count { right: 25, total: 500 };
        near(c.wilson(0.95), 0.03410, 0.07276);
        near(c.clopper_pearson(0.95), 0.03260, 0.07294);
        // Rule of three's exact form: 1 - 0.025^(1/10).
        near(Count { right: 0, total: 10 }.clopper_pearson(0.95), 0.0, 0.30850);
        near(Count { right: 10, total: 10 }.clopper_pearson(0.95), 0.69150, 1.0);
        assert_eq!(Count { right: 0, total: 0 }.wilson(0.95), None);
    }

    #[test]
    fn the_exact_test_counts_coin_throws() {
        assert!((mcnemar(0, 5) - 2.0 / 32.0).abs() < 1e-12);
        assert!((mcnemar(5, 0) - 2.0 / 32.0).abs() < 1e-12);
        assert_eq!(mcnemar(0, 0), 1.0);
        assert_eq!(mcnemar(4, 4), 1.0);
    }
}
