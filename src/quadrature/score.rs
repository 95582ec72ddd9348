//! The law of one score: a Gaussian, cut off from below where a condition says so.

use super::normal::survival;
use super::rule::Rule;

/// Deviations beyond which a Gaussian has less than 1e-32 of its mass.
pub const REACH: f64 = 12.0;

/// `N(mean, deviation^2)`, given that it is at least `at_least`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Mean before the condition.
    pub mean: f64,
    /// Standard deviation before the condition; 0 is a constant.
    pub deviation: f64,
    /// The condition.
    pub at_least: Option<f64>,
}

impl Score {
    /// A Gaussian without condition.
    pub fn normal(mean: f64, deviation: f64) -> Score {
        Score { mean, deviation, at_least: None }
    }

    /// Whether the score is a constant.
    pub fn constant(&self) -> bool {
        self.deviation == 0.0
    }

    /// The smallest and largest value that matter.
    pub fn reach(&self) -> (f64, f64) {
        let low = self.mean - REACH * self.deviation;
        match self.at_least {
            Some(bound) if bound > low => (bound, self.mean.max(bound) + REACH * self.deviation),
            _ => (low, self.mean + REACH * self.deviation),
        }
    }

    /// `P(score > x)`.
    pub fn survival(&self, x: f64) -> f64 {
        if self.constant() {
            return if self.mean > x { 1.0 } else { 0.0 };
        }
        let beyond = |x: f64| survival((x - self.mean) / self.deviation);
        match self.at_least {
            Some(bound) if x <= bound => 1.0,
            Some(bound) => beyond(x) / beyond(bound),
            None => beyond(x),
        }
    }

    /// `P(score <= x)`, with small probabilities to full relative precision.
    pub fn cumulative(&self, x: f64) -> f64 {
        if self.constant() {
            return if self.mean <= x { 1.0 } else { 0.0 };
        }
        match self.at_least {
            Some(bound) if x <= bound => 0.0,
            Some(bound) => {
                let z = |x: f64| (x - self.mean) / self.deviation;
                // From whichever side loses no digits.
                let mass =
                    if z(bound) > 0.0 { survival(z(bound)) - survival(z(x)) } else { survival(-z(x)) - survival(-z(bound)) };
                mass / survival(z(bound))
            }
            None => survival((self.mean - x) / self.deviation),
        }
    }

    /// Density at `x` (for a score that is not constant).
    pub fn density(&self, x: f64) -> f64 {
        let z = (x - self.mean) / self.deviation;
        let plain = (-0.5 * z * z).exp() / (self.deviation * (2.0 * std::f64::consts::PI).sqrt());
        match self.at_least {
            Some(bound) if x < bound => 0.0,
            Some(bound) => plain / survival((bound - self.mean) / self.deviation),
            None => plain,
        }
    }

    /// Nodes and weights of the law on panels of `width`, counted from the left end of its reach: the
    /// panels' left ends are `start + k width`. The weights sum to 1.
    pub fn panels(&self, rule: &Rule, width: f64) -> Panels {
        let (start, end) = self.reach();
        let count = (((end - start) / width).ceil() as usize).max(1);
        let at = |x: f64| (-0.5 * ((x - self.mean) / self.deviation).powi(2)).exp();
        // Relative to the density's peak on the reach, so that a far condition does not underflow.
        let peak = self.mean.clamp(start, end);
        let shift = 0.5 * ((peak - self.mean) / self.deviation).powi(2);
        let mut weights: Vec<f64> = Vec::with_capacity(count * rule.points.len());
        for panel in 0..count {
            let low = start + panel as f64 * width;
            weights.extend(rule.on(low, low + width).map(|(x, w)| {
                if shift < 300.0 {
                    w * at(x) * shift.exp()
                } else {
                    w * (shift - 0.5 * ((x - self.mean) / self.deviation).powi(2)).exp()
                }
            }));
        }
        let total: f64 = weights.iter().sum();
        weights.iter_mut().for_each(|w| *w /= total);
        Panels { start, width, offsets: rule.on(0.0, width).map(|(x, _)| x).collect(), weights }
    }
}

/// A law as weighted nodes on equal panels.
#[derive(Debug, Clone, PartialEq)]
pub struct Panels {
    /// Left end of the first panel.
    pub start: f64,
    /// Width of a panel.
    pub width: f64,
    /// Offsets of the nodes from their panel's left end.
    pub offsets: Vec<f64>,
    /// Weights, panel by panel.
    pub weights: Vec<f64>,
}

impl Panels {
    /// `(node, weight)` in order.
    pub fn nodes(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let size = self.offsets.len();
        self.weights
            .iter()
            .enumerate()
            .map(move |(k, w)| (self.start + (k / size) as f64 * self.width + self.offsets[k % size], *w))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_reproduce_mean_and_variance_with_and_without_a_condition() {
        let rule = Rule::new(16);
        for (score, mean, variance) in [
            (Score::normal(3.0, 0.5), 3.0, 0.25),
            // Given >= its mean: mean + s sqrt(2/π), variance s^2 (1 - 2/π).
            (
                Score { mean: 1.0, deviation: 2.0, at_least: Some(1.0) },
                1.0 + 2.0 * 0.797_884_560_802_865_4,
                4.0 * (1.0 - 0.636_619_772_367_581_3),
            ),
        ] {
            let nodes: Vec<(f64, f64)> = score.panels(&rule, score.deviation).nodes().collect();
            let m: f64 = nodes.iter().map(|(x, w)| x * w).sum();
            let v: f64 = nodes.iter().map(|(x, w)| (x - m).powi(2) * w).sum();
            assert!((m - mean).abs() < 1e-13 && (v - variance).abs() < 1e-13, "{score:?}: {m} {v}");
        }
    }

    #[test]
    fn both_tails_add_up_under_a_condition_however_far() {
        for bound in [-30.0, -1.0, 0.0, 2.0, 8.0] {
            let score = Score { mean: 0.0, deviation: 1.0, at_least: Some(bound) };
            for x in [bound, bound + 0.01, bound + 1.0, bound + 30.0] {
                assert!((score.survival(x) + score.cumulative(x) - 1.0).abs() < 1e-12, "{bound} {x}");
            }
        }
    }
}
