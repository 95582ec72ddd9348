//! What another run of a setting may score, given those that were made.
//!
//! Each run has its own chance `p_i ~ Beta(μ s, (1-μ) s)` of a right answer, and `x_i ~ Binomial(n_i, p_i)`: runs of
//! one setting differ by more than their questions do. `μ` has Jeffreys' prior, Beta(½, ½), and `s^{-1/2}` is
//! uniform on (0, 1/3): the hierarchical model of Gelman et al., Bayesian Data Analysis (3rd ed. 2013), 5.3, cut
//! off where seeds alone would move the chance by a standard deviation of `sqrt(μ (1-μ) / 10)`, 13 percent points at
//! `μ = 0.2`; without a cut three runs say nothing at all. A new count is beta-binomial given `(μ, s)`, and
//! summed over their posterior on a grid.

use statrs::function::gamma::ln_gamma;

use super::Count;

/// Nodes of `μ`, at equal shares of its prior.
const MEANS: usize = 200;
/// Nodes of `s^{-1/2}`.
const SPREADS: usize = 24;
/// The least `s^{1/2}`.
const ROOT_MIN: f64 = 3.0;
/// Nodes whose posterior is below this share of the greatest change no count by a visible amount.
const NEGLIGIBLE: f64 = 1e-9;

/// `(ln B(a + x, b + n - x) - ln B(a, b))`, the beta-binomial without its binomial coefficient.
fn likelihood(c: Count, a: f64, b: f64) -> f64 {
    let ln_beta = |a: f64, b: f64| ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    ln_beta(a + c.right as f64, b + (c.total - c.right) as f64) - ln_beta(a, b)
}

/// The grid's nodes `(a, b)` with their posterior, up to one factor.
fn posterior(observed: &[Count]) -> Vec<(f64, f64, f64)> {
    let mut nodes = Vec::with_capacity(MEANS * SPREADS);
    for j in 0..MEANS {
        // The arcsine law's quantiles: equal weights stand for Beta(1/2, 1/2).
        let mu = (std::f64::consts::FRAC_PI_2 * (j as f64 + 0.5) / MEANS as f64).sin().powi(2);
        for k in 0..SPREADS {
            let s = (ROOT_MIN * SPREADS as f64 / (k as f64 + 0.5)).powi(2);
            let (a, b) = (mu * s, (1.0 - mu) * s);
            nodes.push((a, b, observed.iter().map(|c| likelihood(*c, a, b)).sum::<f64>()));
        }
    }
    let greatest = nodes.iter().fold(f64::NEG_INFINITY, |m, n| m.max(n.2));
    nodes.iter_mut().for_each(|n| n.2 = (n.2 - greatest).exp());
    nodes.retain(|n| n.2 > NEGLIGIBLE);
    nodes
}

/// Adds `weight` times the beta-binomial of `total` questions to `out`.
fn add(out: &mut [f64], a: f64, b: f64, weight: f64) {
    let n = (out.len() - 1) as f64;
    let mut ln_p = likelihood(Count { right: 0, total: out.len() as u64 - 1 }, a, b);
    for (x, p) in out.iter_mut().enumerate() {
        *p += weight * ln_p.exp();
        let x = x as f64;
        ln_p += ((n - x) / (x + 1.0) * (a + x) / (b + n - x - 1.0)).ln();
    }
}

/// The central interval that holds the count of right answers of another run over `total` questions with
/// probability `confidence` at least; `None` without runs.
pub fn predictive(observed: &[Count], total: u64, confidence: f64) -> Option<(u64, u64)> {
    if observed.is_empty() || total == 0 {
        return None;
    }
    let mut law = vec![0.0; usize::try_from(total).ok()? + 1];
    posterior(observed).into_iter().for_each(|(a, b, w)| add(&mut law, a, b, w));
    let all: f64 = law.iter().sum();
    let tail = (1.0 - confidence) / 2.0 * all;
    let low = passes(law.iter().enumerate(), tail)?;
    Some((low, passes(law.iter().enumerate().rev(), tail)?))
}

/// Where the running sum first passes `tail`.
fn passes<'a>(law: impl Iterator<Item = (usize, &'a f64)>, tail: f64) -> Option<u64> {
    let mut sum = 0.0;
    for (x, p) in law {
        sum += p;
        if sum > tail {
            return Some(x as u64);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_distr::{Beta, Binomial, Distribution};

    fn counts(right: &[u64], total: u64) -> Vec<Count> {
        right.iter().map(|r| Count { right: *r, total }).collect()
    }

    #[test]
    fn runs_that_agree_predict_their_like_and_not_another_level() {
        let (low, high) = predictive(&counts(&[8, 9, 12], 500), 500, 0.99).expect("runs");
        assert!(low < 8 && (18..100).contains(&high), "{low} to {high}");
        // More runs that agree say more.
        let more = predictive(&counts(&[8, 9, 12, 8, 9, 12, 10, 9, 11], 500), 500, 0.99).expect("runs");
        assert!(more.0 >= low && more.1 < high, "{more:?}");
        assert_eq!(predictive(&[], 500, 0.99), None);
    }

    #[test]
    fn runs_that_differ_predict_widely() {
        let same = predictive(&counts(&[100, 100, 100], 500), 500, 0.99).expect("runs");
        let apart = predictive(&counts(&[40, 100, 160], 500), 500, 0.99).expect("runs");
        assert!(apart.0 < same.0 && apart.1 > same.1, "{same:?} {apart:?}");
    }

    #[test]
    fn the_interval_covers_a_fourth_run_as_often_as_it_says() {
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(1);
        let trials = 200;
        let mut covered = 0;
        for _ in 0..trials {
            let s = (1.0 / rng.random_range(0.02..0.33f64)).powi(2);
            let mu = rng.random_range(0.05..0.95);
            let law = Beta::new(mu * s, (1.0 - mu) * s).expect("positive");
            let mut draw = || Binomial::new(40, law.sample(&mut rng)).expect("a share").sample(&mut rng);
            let three = [draw(), draw(), draw()];
            let (low, high) = predictive(&counts(&three, 40), 40, 0.9).expect("runs");
            covered += u32::from((low..=high).contains(&draw()));
        }
        // 0.9 less three standard errors of 200 trials.
        assert!(f64::from(covered) / f64::from(trials) > 0.83, "{covered} of {trials}");
    }
}
