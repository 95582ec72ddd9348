//! Gauss-Legendre rules and sums that do not lose digits.

/// Nodes and weights of a Gauss-Legendre rule on `[-1, 1]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// `(node, weight)`, nodes ascending.
    pub points: Vec<(f64, f64)>,
}

impl Rule {
    /// The rule with `size` nodes (at least one): exact for polynomials of degree `2 size - 1`.
    ///
    /// Nodes are the zeros of the Legendre polynomial `P_size` by Newton's method from Tricomi's
    /// estimate; weights are `2 / ((1 - x^2) P'(x)^2)` (Davis and Rabinowitz, *Methods of Numerical
    /// Integration*, 2.7).
    pub fn new(size: usize) -> Rule {
        let size = size.max(1);
        let n = size as f64;
        let points = (0..size).rev().map(|i| {
            let mut x = (std::f64::consts::PI * (i as f64 + 0.75) / (n + 0.5)).cos();
            let mut slope = 1.0;
            for _ in 0..20 {
                let (value, derivative) = legendre(size, x);
                slope = derivative;
                let step = value / derivative;
                x -= step;
                if step.abs() < 1e-16 {
                    break;
                }
            }
            (x, 2.0 / ((1.0 - x * x) * slope * slope))
        });
        Rule { points: points.collect() }
    }

    /// Nodes and weights on `[low, high]`.
    pub fn on(&self, low: f64, high: f64) -> impl Iterator<Item = (f64, f64)> + '_ {
        let (centre, half) = (0.5 * (low + high), 0.5 * (high - low));
        self.points.iter().map(move |(x, w)| (centre + half * x, half * w))
    }

    /// Integral of `f` over panels between ascending `breaks`.
    pub fn integrate(&self, breaks: &[f64], mut f: impl FnMut(f64) -> f64) -> f64 {
        let mut sum = Sum::default();
        for pair in breaks.windows(2) {
            for (x, w) in self.on(pair[0], pair[1]) {
                sum.add(w * f(x));
            }
        }
        sum.value()
    }
}

/// `(P_n(x), P_n'(x))` by the three-term recurrence.
fn legendre(n: usize, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (1.0, x);
    for k in 2..=n {
        let k = k as f64;
        (before, value) = (value, ((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k);
    }
    if n == 0 {
        return (1.0, 0.0);
    }
    (value, n as f64 * (x * value - before) / (x * x - 1.0))
}

/// Ascending break points within `[low, high]`, ends included, from any finite candidates.
pub fn breaks(low: f64, high: f64, candidates: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut list: Vec<f64> = candidates.into_iter().filter(|x| *x > low && *x < high).collect();
    list.extend([low, high]);
    list.sort_by(f64::total_cmp);
    list.dedup();
    list
}

/// A compensated sum (Neumaier, *Rundungsfehleranalyse einiger Verfahren zur Summation*, 1974).
#[derive(Debug, Clone, Copy, Default)]
pub struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    /// Adds a term.
    #[inline]
    pub fn add(&mut self, x: f64) {
        let total = self.total + x;
        self.lost += if self.total.abs() >= x.abs() { (self.total - total) + x } else { (x - total) + self.total };
        self.total = total;
    }

    /// The sum.
    pub fn value(&self) -> f64 {
        self.total + self.lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_exact_up_to_its_degree_and_not_beyond() {
        let rule = Rule::new(5);
        let power = |k: i32| rule.integrate(&[-1.0, 1.0], |x| x.powi(k));
        assert!((power(8) - 2.0 / 9.0).abs() < 1e-15);
        assert!((power(10) - 2.0 / 11.0).abs() > 1e-4);
        assert!((Rule::new(16).integrate(&[0.0, 1.0, 3.0], f64::exp) - (3.0_f64.exp() - 1.0)).abs() < 1e-13);
    }

    #[test]
    fn a_compensated_sum_keeps_what_a_plain_one_loses() {
        let mut sum = Sum::default();
        for x in [1.0, 1e100, 1.0, -1e100] {
            sum.add(x);
        }
        assert_eq!(sum.value(), 2.0);
    }
}
