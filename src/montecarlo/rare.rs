//! Events too rare to be met: how often another key beats the one that a head asks for.
//!
//! Key `j` beats key `i` on the half-space `x_j >= x_i` of a head's scores. The union of these
//! half-spaces is sampled by ALOE (Owen, Maximov and Chertkov, *Importance sampling the union of rare
//! events with an application to power systems analysis*, Electronic Journal of Statistics 2019): draw `j`
//! with probability `P_j / P`, `P = Σ_j P_j`; draw the scores given that `j` beats `i`; count the number
//! `S >= 1` of keys that do. Then `P E[1/S]` is the union's probability, and `1/S` lies in `(0, 1]`, so the
//! relative error is the same for a probability of 1e-3 and of 1e-300.

use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

use super::model::Model;
use super::sequence::{BoundedSequence, Interval};
use super::stream::Stream;
use crate::quadrature::survival;

/// The probability of a rare event, by importance sampling.
#[derive(Debug, Clone, PartialEq)]
pub struct Rare {
    /// Estimate of the probability.
    pub estimate: f64,
    /// Confidence sequence.
    pub interval: Interval,
    /// `Σ_j P_j`, which the probability never exceeds.
    pub union_bound: f64,
    /// Draws made.
    pub draws: u64,
}

/// How often some key scores at least as high as `key` under query `head` (conditions are left aside).
///
/// `error` is the error probability of the interval. `None` where no key can (every rival is certainly
/// below) or no other key exists.
pub fn beaten(model: &Model, head: usize, key: usize, stream: &Stream, draws: u64, error: f64) -> Option<Rare> {
    let query = model.queries().get(head)?;
    let scores: Vec<(f64, f64)> =
        (0..model.keys().len()).map(|i| (model.mean(i, query), model.covariance(i, query, query).sqrt())).collect();
    let own = *scores.get(key)?;
    // P_j = P(N(m_j - m_i, s_i^2 + s_j^2) >= 0), with the bound in deviations.
    let rivals: Vec<Rival> = (0..scores.len()).filter(|j| *j != key).map(|j| Rival::new(own, scores[j], j)).collect();
    let union_bound: f64 = rivals.iter().map(|r| r.probability).sum();
    if union_bound <= 0.0 {
        return None;
    }
    let mut rng = stream.reference(0);
    let mut sequence = BoundedSequence::new(0.0, 1.0, error);
    let (mut total, mut made, mut block) = (0.0, 0, draws.min(256));
    while block > 0 {
        let shares: Vec<f64> = (0..block).map(|_| share(&rivals, &scores, key, union_bound, &mut rng)).collect();
        let sum: f64 = shares.iter().sum();
        let mean = sum / block as f64;
        sequence.update(block, mean, shares.iter().map(|x| (x - mean).powi(2)).sum());
        total += sum;
        made += block;
        block = made.min(draws - made);
    }
    let Interval { low, high } = sequence.interval();
    let interval = Interval { low: union_bound * low, high: union_bound * high };
    Some(Rare { estimate: union_bound * total / made.max(1) as f64, interval, union_bound, draws: made })
}

/// A key that may beat the one asked for.
struct Rival {
    at: usize,
    /// Standard deviation of the difference of scores.
    deviation: f64,
    /// The difference of means in deviations.
    bound: f64,
    probability: f64,
}

impl Rival {
    fn new(own: (f64, f64), other: (f64, f64), at: usize) -> Rival {
        let (gap, deviation) = (own.0 - other.0, own.1.hypot(other.1));
        let bound = if deviation > 0.0 { gap / deviation } else { gap.signum() * f64::INFINITY };
        // Two constants that are equal tie.
        let probability = if deviation == 0.0 && gap == 0.0 { 1.0 } else { survival(bound) };
        Rival { at, deviation, bound, probability }
    }
}

/// `1 / S` for one draw of the scores given that a rival, chosen by its probability, beats the key.
fn share(rivals: &[Rival], scores: &[(f64, f64)], key: usize, total: f64, rng: &mut rand_chacha::ChaCha8Rng) -> f64 {
    let mut left = rng.random::<f64>() * total;
    let chosen = rivals.iter().find(|r| {
        left -= r.probability;
        left < 0.0
    });
    let Some(chosen) = chosen.or(rivals.iter().rfind(|r| r.probability > 0.0)) else { return 1.0 };
    let mut z: Vec<f64> = scores.iter().map(|_| StandardNormal.sample(rng)).collect();
    if chosen.deviation > 0.0 {
        // Move along the half-space's normal until its coordinate follows the normal law beyond the bound.
        let (up, down) = (scores[chosen.at].1 / chosen.deviation, -scores[key].1 / chosen.deviation);
        let along = up * z[chosen.at] + down * z[key];
        let wanted = beyond(chosen.bound, rng.random::<f64>());
        z[chosen.at] += up * (wanted - along);
        z[key] += down * (wanted - along);
    }
    let score = |i: usize| scores[i].0 + scores[i].1 * z[i];
    // The chosen one counts whatever rounding says.
    let beating = rivals.iter().filter(|r| r.at == chosen.at || (r.probability > 0.0 && score(r.at) >= score(key)));
    1.0 / beating.count() as f64
}

/// The normal law beyond `bound` at share `1 - u` of its mass: `P(Z > x) = (1 - u) P(Z > bound)`.
fn beyond(bound: f64, u: f64) -> f64 {
    let target = (1.0 - u) * survival(bound);
    let (mut low, mut high) = (bound.max(-40.0), bound.max(0.0) + 12.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if survival(middle) > target { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::super::model::KeyLaw;
    use super::*;
    use crate::quadrature::Attention;

    fn model(alpha: f64, n: usize) -> Model {
        Model::new(n, vec![KeyLaw { isotropic: alpha, spikes: vec![] }; n], vec![vec![(0, 1.0)]], f64::INFINITY).unwrap()
    }

    #[test]
    fn misses_of_one_in_a_hundred_thousand_million_are_measured_to_a_percent() {
        // α = 0.01, n = 10: at most 9 Φ(-1/√0.02) = 6.9e-12.
        for (alpha, n) in [(0.01, 10), (0.05, 5), (0.3, 3)] {
            let model = model(alpha, n);
            let found = beaten(&model, 0, 0, &Stream::new(1, 2), 20_000, 1e-6).unwrap();
            let exact = Attention::of(&model).unwrap().miss(0, 0).value;
            assert!(found.interval.contains(exact), "alpha {alpha}: {found:?} for {exact:e}");
            assert!(found.interval.width() < 0.05 * exact, "alpha {alpha}: {found:?} for {exact:e}");
            assert!(!found.interval.contains(1.1 * exact) && found.union_bound >= exact);
        }
    }

    #[test]
    fn what_cannot_happen_is_no_estimate_and_a_tie_counts() {
        assert_eq!(beaten(&model(0.0, 4), 0, 0, &Stream::new(1, 2), 100, 1e-6), None);
        assert_eq!(beaten(&model(0.0, 4), 0, 1, &Stream::new(1, 2), 1000, 1e-6).map(|r| r.estimate), Some(1.0));
    }
}
