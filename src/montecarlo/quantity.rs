//! The numbers that are asked for, each as the mean of a bounded variable.
//!
//! A confidence sequence needs a bounded variable whose mean is the number wanted. Variances and
//! covariances have one too, over two independent draws `x, x'`: `Var x = E ½ (x - x')^2` and
//! `Cov(x, y) = E ½ (x - x')(y - y')`.

use super::accumulate::Observe;
use super::model::Direction;
use super::normal::{LANES, Row};
use super::weights::Weights;

/// A number asked of a model. Heads and keys are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Quantity {
    /// `E α_{hi}`.
    Mean {
        /// `h`.
        head: usize,
        /// `i`.
        key: usize,
    },
    /// `Var α_{hi}`.
    Variance {
        /// `h`.
        head: usize,
        /// `i`.
        key: usize,
    },
    /// `Cov(α_{hi}, α_{hj})`.
    Covariance {
        /// `h`.
        head: usize,
        /// `i` and `j`.
        keys: (usize, usize),
    },
    /// `P(α_{hi} > t)`.
    Above {
        /// `h`.
        head: usize,
        /// `i`.
        key: usize,
        /// `t`.
        threshold: f64,
    },
    /// `P(α_{hi} < t)`.
    Below {
        /// `h`.
        head: usize,
        /// `i`.
        key: usize,
        /// `t`.
        threshold: f64,
    },
    /// `tr Cov(c)` for orthonormal values: `Σ_i Var w_i`, `w_i` the mean of the heads' weights.
    OutputVariance,
    /// `sqrt(E |c - ½ (v_i + v_j)|^2)` for orthonormal values.
    OutputError {
        /// `i` and `j`.
        keys: (usize, usize),
    },
}

impl Quantity {
    /// Whether two independent draws make one observation.
    pub fn paired(&self) -> bool {
        matches!(self, Quantity::Variance { .. } | Quantity::Covariance { .. } | Quantity::OutputVariance)
    }

    /// Bounds of the variable whose mean is observed.
    pub fn range(&self) -> (f64, f64) {
        match self {
            Quantity::Mean { .. } | Quantity::Above { .. } | Quantity::Below { .. } | Quantity::OutputVariance => (0.0, 1.0),
            Quantity::Variance { .. } => (0.0, 0.5),
            // α_i + α_j <= 1: the product of differences is least at -1 and greatest where both
            // rise together, from 0 to a half each.
            Quantity::Covariance { .. } => (-0.5, 0.125),
            // |w - ½(e_i + e_j)|^2 <= 3/2, at a third key.
            Quantity::OutputError { .. } => (0.0, 1.5),
        }
    }

    /// From the observed variable's mean to the quantity: a square root for the root mean square.
    pub fn from_mean(&self, mean: f64) -> f64 {
        if matches!(self, Quantity::OutputError { .. }) { mean.max(0.0).sqrt() } else { mean }
    }

    /// Whether the observed variable is 0 or 1.
    pub fn binary(&self) -> bool {
        matches!(self, Quantity::Above { .. } | Quantity::Below { .. })
    }

    /// Fills the row of the observed variable.
    #[inline(always)]
    pub(super) fn observe(&self, weights: &Weights, out: &mut Row) {
        match *self {
            Quantity::Mean { head, key } => *out = *weights.weight(head, key),
            Quantity::Above { head, key, threshold } => {
                for (o, w) in out.0.iter_mut().zip(&weights.weight(head, key).0) {
                    *o = if *w > threshold { 1.0 } else { 0.0 };
                }
            }
            Quantity::Below { head, key, threshold } => {
                for (o, w) in out.0.iter_mut().zip(&weights.weight(head, key).0) {
                    *o = if *w < threshold { 1.0 } else { 0.0 };
                }
            }
            Quantity::Variance { head, key } => half_product(weights.weight(head, key), weights.weight(head, key), out),
            Quantity::Covariance { head, keys: (i, j) } => half_product(weights.weight(head, i), weights.weight(head, j), out),
            Quantity::OutputVariance => output_variance(weights, out),
            Quantity::OutputError { keys } => output_error(weights, keys, out),
        }
    }
}

const HALF: usize = LANES / 2;

#[inline(always)]
fn half_product(x: &Row, y: &Row, out: &mut Row) {
    for l in 0..HALF {
        out.0[l] = 0.5 * (x.0[l] - x.0[l + HALF]) * (y.0[l] - y.0[l + HALF]);
    }
}

#[inline(always)]
fn output_variance(weights: &Weights, out: &mut Row) {
    *out = Row::splat(0.0);
    let mut w = Row::splat(0.0);
    for key in 0..weights.keys() {
        weights.combined(key, &mut w);
        for l in 0..HALF {
            let difference = w.0[l] - w.0[l + HALF];
            out.0[l] += 0.5 * difference * difference;
        }
    }
}

#[inline(always)]
fn output_error(weights: &Weights, (i, j): (usize, usize), out: &mut Row) {
    *out = Row::splat(0.0);
    let mut w = Row::splat(0.0);
    for key in 0..weights.keys() {
        weights.combined(key, &mut w);
        let aim = if key == i || key == j { 0.5 } else { 0.0 };
        for (o, w) in out.0.iter_mut().zip(&w.0) {
            *o += (w - aim) * (w - aim);
        }
    }
}

/// Observes several quantities, all paired or all not.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantities {
    list: Vec<Quantity>,
    lanes: usize,
}

impl Quantities {
    /// Those of `list` that take two draws (`paired`), or those that take one.
    pub fn of(list: &[Quantity], paired: bool) -> Quantities {
        let list = list.iter().copied().filter(|q| q.paired() == paired).collect();
        Quantities { list, lanes: if paired { HALF } else { LANES } }
    }

    /// The quantities, in the order of the rows.
    pub fn list(&self) -> &[Quantity] {
        &self.list
    }
}

impl Observe for Quantities {
    fn count(&self) -> usize {
        self.list.len()
    }

    fn lanes(&self) -> usize {
        self.lanes
    }

    #[inline(always)]
    fn observe(&self, weights: &Weights, out: &mut [Row]) {
        for (quantity, row) in self.list.iter().zip(out) {
            quantity.observe(weights, row);
        }
    }
}

/// Observes the coordinates of the output `c = Σ_i w_i v_i` for any values.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// Coordinate `m` of the value of key `i` stands in `values[m]` as `(i, v_i[m])`.
    values: Vec<Direction>,
}

impl Output {
    /// `coordinates[m]` lists `(i, v_i[m])` for the keys whose value has a coordinate `m`.
    pub fn new(coordinates: Vec<Direction>) -> Output {
        Output { values: coordinates }
    }

    /// Orthonormal values: coordinate `i` of `c` is `w_i`.
    pub fn orthonormal(keys: usize) -> Output {
        Output { values: (0..keys).map(|i| vec![(i, 1.0)]).collect() }
    }
}

impl Observe for Output {
    fn count(&self) -> usize {
        self.values.len()
    }

    #[inline(always)]
    fn observe(&self, weights: &Weights, out: &mut [Row]) {
        let mut w = Row::splat(0.0);
        for (row, coordinates) in out.iter_mut().zip(&self.values) {
            // The first value is written, not added: one pass less over the row.
            let Some(((key, value), others)) = coordinates.split_first() else {
                *row = Row::splat(0.0);
                continue;
            };
            weights.combined(*key, row);
            for o in &mut row.0 {
                *o *= value;
            }
            for (key, value) in others {
                weights.combined(*key, &mut w);
                for (o, w) in row.0.iter_mut().zip(&w.0) {
                    *o += value * w;
                }
            }
        }
    }
}
