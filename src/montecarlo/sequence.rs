//! Confidence sequences and e-values: statements that hold at every stopping time.
//!
//! A confidence sequence with error `ε` covers its target at all times together with probability at
//! least `1 - ε`, so sampling may stop whenever it likes. Sources:
//!
//! * bounded variables: the empirical-Bernstein supermartingale of Howard, Ramdas, McAuliffe and Sekhon
//!   (*Time-uniform, nonparametric, nonasymptotic confidence sequences*, Annals of Statistics 2021,
//!   Theorem 4) and of Waudby-Smith and Ramdas (*Estimating means of bounded random variables by
//!   betting*, JRSS B 2024, Theorem 2), mixed over a grid of stakes;
//! * success probabilities: Robbins' mixture, *Statistical methods related to the law of the iterated
//!   logarithm* (1970), with a Beta(1/2, 1/2) prior;
//! * Gaussian variances: the same mixture with a conjugate prior on the precision;
//! * distribution functions: Dvoretzky, Kiefer and Wolfowitz with Massart's constant (1990), at sample
//!   sizes that double, with error `6 ε / (π^2 k^2)` at the `k`-th look;
//! * a nonnegative supermartingale that starts at 1 exceeds `1/ε` at any time with probability at most
//!   `ε` (Ville, 1939).

use libm::lgamma;

/// Largest stake: beyond it `-ln(1 - λ) - λ` grows too fast to pay.
const STAKE_MAX: f64 = 0.8;

/// Stakes `STAKE_MAX 2^{-j/2}`: the best stake for `t` observations is near `t^{-1/2}`, so these serve up
/// to 1e18 of them and cost `ln 61` together.
const STAKES: i32 = 61;

/// An interval of a confidence sequence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Whether `x` lies in it, ends included.
    pub fn contains(&self, x: f64) -> bool {
        self.low <= x && x <= self.high
    }

    /// `high - low`.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }
}

/// The supermartingale behind [`BoundedSequence`] and [`Evidence`], for `X` in `[0, 1]`:
/// `Σ_j w_j exp(± λ_j (Σ X - t m) - ψ(λ_j) V)` with `V = Σ (X_i - μ_i)^2`, `ψ(λ) = -ln(1 - λ) - λ`, `m` the
/// mean and `μ_i` guessed from earlier blocks.
#[derive(Debug, Clone, Default, PartialEq)]
struct Mixture {
    /// Observations seen, and their mean: for the guesses.
    seen: f64,
    seen_mean: f64,
    /// Observations bet on, their sum and `V`.
    count: f64,
    sum: f64,
    variation: f64,
}

impl Mixture {
    /// The first block only shows where the mean lies: a guess made without it would cost more.
    fn update(&mut self, count: u64, mean: f64, squares: f64) {
        let n = count as f64;
        if self.seen > 0.0 {
            self.count += n;
            self.sum += n * mean;
            self.variation += squares + n * (mean - self.seen_mean).powi(2);
        }
        self.seen += n;
        self.seen_mean += (mean - self.seen_mean) * n / self.seen;
    }

    /// Logarithm of the mixture at excess `Σ X - t m` (or its negative).
    fn log_value(&self, excess: f64) -> f64 {
        let terms = (0..STAKES).map(|j| {
            let stake = STAKE_MAX * 2.0_f64.powf(-0.5 * f64::from(j));
            stake * excess - (-(-stake).ln_1p() - stake) * self.variation
        });
        let terms: Vec<f64> = terms.collect();
        let top = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        top + (terms.iter().map(|t| (t - top).exp()).sum::<f64>() / f64::from(STAKES)).ln()
    }

    /// All `m` in `[0, 1]` whose mixtures stay below `2/ε` on both sides.
    fn interval(&self, error: f64) -> Interval {
        if self.count == 0.0 {
            return Interval { low: 0.0, high: 1.0 };
        }
        let limit = (2.0 / error).ln();
        let mean = (self.sum / self.count).clamp(0.0, 1.0);
        let low = bisect(0.0, mean, |m| self.log_value(self.sum - self.count * m) >= limit);
        let high = bisect(mean, 1.0, |m| self.log_value(self.count * m - self.sum) < limit);
        Interval { low, high }
    }
}

/// Confidence sequence for the mean of independent variables in `[low, high]`.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundedSequence {
    range: Interval,
    error: f64,
    mixture: Mixture,
    interval: Interval,
}

impl BoundedSequence {
    /// Before any observation: the interval is the range.
    pub fn new(low: f64, high: f64, error: f64) -> BoundedSequence {
        let range = Interval { low, high };
        BoundedSequence { range, error, mixture: Mixture::default(), interval: range }
    }

    /// Takes in a block: `count` observations (a number not chosen by looking at them) with this mean
    /// and sum of squares about it. The first block, best a small one, only shows where the mean lies.
    pub fn update(&mut self, count: u64, mean: f64, squares: f64) {
        if count == 0 {
            return;
        }
        let (low, width) = (self.range.low, self.range.width());
        self.mixture.update(count, (mean - low) / width, squares.max(0.0) / (width * width));
        let found = self.mixture.interval(self.error);
        self.interval = Interval {
            low: self.interval.low.max(low + width * found.low),
            high: self.interval.high.min(low + width * found.high),
        };
    }

    /// The intersection of all intervals so far.
    pub fn interval(&self) -> Interval {
        self.interval
    }
}

/// Confidence sequence for a success probability: all `p` with
/// `B(s + 1/2, f + 1/2) / (B(1/2, 1/2) p^s (1 - p)^f) < 1 / ε` after `s` successes and `f` failures.
#[derive(Debug, Clone, PartialEq)]
pub struct BinarySequence {
    error: f64,
    successes: u64,
    failures: u64,
    interval: Interval,
}

impl BinarySequence {
    /// Before any observation: `[0, 1]`.
    pub fn new(error: f64) -> BinarySequence {
        BinarySequence { error, successes: 0, failures: 0, interval: Interval { low: 0.0, high: 1.0 } }
    }

    /// Takes in a block.
    pub fn update(&mut self, successes: u64, failures: u64) {
        self.successes += successes;
        self.failures += failures;
        let (s, f) = (self.successes as f64, self.failures as f64);
        if s + f == 0.0 {
            return;
        }
        let limit = -self.error.ln();
        let mixture = lgamma(s + 0.5) + lgamma(f + 0.5) - lgamma(s + f + 1.0) - std::f64::consts::PI.ln();
        let log_of = |count: f64, p: f64| if count == 0.0 { 0.0 } else { count * p.ln() };
        let covered = |p: f64| mixture - log_of(s, p) - log_of(f, 1.0 - p) < limit;
        let best = s / (s + f);
        let low = if self.successes == 0 { 0.0 } else { bisect(0.0, best, |p| !covered(p)) };
        let high = if self.failures == 0 { 1.0 } else { bisect(best, 1.0, covered) };
        self.interval = Interval { low: self.interval.low.max(low), high: self.interval.high.min(high) };
    }

    /// The intersection of all intervals so far.
    pub fn interval(&self) -> Interval {
        self.interval
    }

    /// Share of successes; `None` before the first observation.
    pub fn mean(&self) -> Option<f64> {
        let total = self.successes + self.failures;
        (total > 0).then(|| self.successes as f64 / total as f64)
    }
}

/// Where a condition that is true at `low` and false at `high` ends.
fn bisect(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if holds(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// Confidence sequence for `σ^2` of independent `N(0, σ^2)` variables (a difference of two independent
/// equal Gaussians over `sqrt 2` is one).
///
/// With a Gamma(a, b) prior on `1/σ^2` the mixture's likelihood ratio against `σ^2` after `t`
/// observations with sum of squares `S` is
/// `Γ(a + t/2) b^a σ^t e^{S/(2 σ^2)} / (Γ(a) (b + S/2)^{a + t/2})`; all `σ^2` where it is below `1/ε`.
#[derive(Debug, Clone, PartialEq)]
pub struct VarianceSequence {
    error: f64,
    scale: f64,
    count: f64,
    squares: f64,
    interval: Interval,
}

impl VarianceSequence {
    /// `scale` is a guess at `σ^2`, made before looking, rather too small than too large; it costs width
    /// where it is wrong, never coverage.
    pub fn new(scale: f64, error: f64) -> VarianceSequence {
        VarianceSequence { error, scale, count: 0.0, squares: 0.0, interval: Interval { low: 0.0, high: f64::INFINITY } }
    }

    /// Takes in a block of `count` observations with this sum of squares.
    pub fn update(&mut self, count: u64, squares: f64) {
        self.count += count as f64;
        self.squares += squares;
        let (a, b, t, s) = (0.5, 0.005 * self.scale, self.count, self.squares);
        if t == 0.0 || s <= 0.0 {
            return;
        }
        let fixed = lgamma(a + 0.5 * t) - lgamma(a) + a * b.ln() - (a + 0.5 * t) * (b + 0.5 * s).ln();
        let covered = |log_variance: f64| fixed + 0.5 * t * log_variance + 0.5 * s * (-log_variance).exp() < -self.error.ln();
        let best = (s / t).ln();
        let reach = 700.0;
        let low = bisect(best - reach, best, |v| !covered(v)).exp();
        let high = bisect(best, best + reach, covered).exp();
        self.interval = Interval { low: self.interval.low.max(low), high: self.interval.high.min(high) };
    }

    /// The intersection of all intervals so far.
    pub fn interval(&self) -> Interval {
        self.interval
    }
}

/// Evidence against "the mean is at most `bound`" for variables in `[low, high]`: an e-process, whose
/// value exceeds `1/ε` at any time with probability at most `ε` while the statement is true.
///
/// The mixture of [`BoundedSequence`] on one side. Comparing two designs under common random numbers is
/// this with `X = ½(x - x')^2 - r ½(y - y')^2` and bound 0: evidence that `Var x > r Var y`.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    range: Interval,
    bound: f64,
    mixture: Mixture,
}

impl Evidence {
    /// No evidence yet.
    pub fn new(low: f64, high: f64, bound: f64) -> Evidence {
        Evidence { range: Interval { low, high }, bound: (bound - low) / (high - low), mixture: Mixture::default() }
    }

    /// Takes in a block, as [`BoundedSequence::update`] does.
    pub fn update(&mut self, count: u64, mean: f64, squares: f64) {
        if count > 0 {
            let width = self.range.width();
            self.mixture.update(count, (mean - self.range.low) / width, squares.max(0.0) / (width * width));
        }
    }

    /// Natural logarithm of the e-value.
    pub fn log_value(&self) -> f64 {
        self.mixture.log_value(self.mixture.sum - self.mixture.count * self.bound)
    }

    /// Whether the statement is rejected at error `error`.
    pub fn rejects(&self, error: f64) -> bool {
        self.log_value() >= -error.ln()
    }
}

/// Half-width of a band around an empirical distribution function of `count` values that covers the
/// true one at look `look = 1, 2, …` with error `6 ε / (π^2 look^2)`: over all looks together `ε`.
pub fn band(count: usize, look: u32, error: f64) -> f64 {
    let share = 6.0 * error / (std::f64::consts::PI * f64::from(look.max(1))).powi(2);
    ((2.0 / share).ln() / (2.0 * count.max(1) as f64)).sqrt()
}

/// Largest distance between the empirical distribution functions of two samples (Kolmogorov, Smirnov).
pub fn distance(x: &[f64], y: &[f64]) -> f64 {
    let sorted = |v: &[f64]| {
        let mut v = v.to_vec();
        v.sort_by(f64::total_cmp);
        v
    };
    let (x, y) = (sorted(x), sorted(y));
    let (mut i, mut j, mut worst) = (0, 0, 0.0_f64);
    while i < x.len() && j < y.len() {
        let at = x[i].min(y[j]);
        while i < x.len() && x[i] <= at {
            i += 1;
        }
        while j < y.len() && y[j] <= at {
            j += 1;
        }
        worst = worst.max((i as f64 / x.len() as f64 - j as f64 / y.len() as f64).abs());
    }
    worst
}

/// The error probability of one run, split over its claims.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorBudget {
    total: f64,
    shares: Vec<(String, f64)>,
}

impl ErrorBudget {
    /// The same share for every claim.
    pub fn equal(total: f64, claims: impl IntoIterator<Item = String>) -> ErrorBudget {
        let names: Vec<String> = claims.into_iter().collect();
        let share = total / names.len().max(1) as f64;
        ErrorBudget { total, shares: names.into_iter().map(|n| (n, share)).collect() }
    }

    /// What the whole run may spend.
    pub fn total(&self) -> f64 {
        self.total
    }

    /// Claims with their shares; they sum to the total.
    pub fn shares(&self) -> &[(String, f64)] {
        &self.shares
    }

    /// The split in words.
    pub fn describe(&self) -> String {
        let each = self.shares.first().map_or(self.total, |s| s.1);
        format!("error probability {:.1e} for the run: {each:.1e} for each of {}", self.total, self.shares.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_is_pinned_down_at_rate_one_over_n() {
        let mut sequence = BoundedSequence::new(0.0, 1.0, 1e-6);
        for _ in 0..10 {
            sequence.update(10_000, 0.3, 0.0);
        }
        let interval = sequence.interval();
        assert!(interval.contains(0.3) && interval.width() < 1e-3, "{interval:?}");
    }

    #[test]
    fn four_tenths_is_excluded_for_a_half_and_a_half_is_not() {
        // A fair coin's blocks, exactly balanced.
        let mut bounded = BoundedSequence::new(0.0, 1.0, 1e-6);
        let mut binary = BinarySequence::new(1e-6);
        for _ in 0..8 {
            bounded.update(1000, 0.5, 250.0);
            binary.update(500, 500);
        }
        for interval in [bounded.interval(), binary.interval()] {
            assert!(interval.contains(0.5) && !interval.contains(0.4) && !interval.contains(0.6), "{interval:?}");
        }
    }

    #[test]
    fn never_a_success_bounds_the_probability_by_about_the_inverse_count() {
        let mut sequence = BinarySequence::new(1e-6);
        sequence.update(0, 1_000_000);
        let interval = sequence.interval();
        assert!(interval.low == 0.0 && interval.high < 3e-5 && interval.high > 1e-5, "{interval:?}");
    }

    #[test]
    fn a_variance_is_bracketed_whatever_the_guess() {
        for guess in [1e-3, 1.0, 100.0] {
            let mut sequence = VarianceSequence::new(guess, 1e-6);
            sequence.update(10_000, 5_000.0);
            let interval = sequence.interval();
            assert!(interval.contains(0.5) && interval.low > 0.4 && interval.high < 0.6, "{guess}: {interval:?}");
        }
    }

    #[test]
    fn evidence_grows_against_a_false_bound_and_not_against_a_true_one() {
        let (mut wrong, mut right) = (Evidence::new(-1.0, 1.0, 0.0), Evidence::new(-1.0, 1.0, 0.2));
        for _ in 0..10 {
            wrong.update(1000, 0.1, 100.0);
            right.update(1000, 0.1, 100.0);
        }
        assert!(wrong.rejects(1e-6) && !right.rejects(0.5), "{} {}", wrong.log_value(), right.log_value());
    }

    #[test]
    fn the_distance_of_two_samples_counts_ties_once() {
        assert_eq!(distance(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]), 0.0);
        assert_eq!(distance(&[0.0; 4], &[1.0; 9]), 1.0);
        assert!((distance(&[1.0, 2.0], &[2.0, 3.0]) - 0.5).abs() < 1e-15);
    }
}
