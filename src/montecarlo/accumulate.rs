//! What is gathered over draws: moments, covariances, histograms. One pass, mergeable, stable.

use super::engine::Gather;
use super::normal::{LANES, Row};
use super::weights::Weights;

/// Numbers computed from the weights of a draw, or from two independent draws together.
pub trait Observe: Clone + Send + Sync {
    /// How many numbers.
    fn count(&self) -> usize;

    /// How many lanes are filled: 128, or 64 where lanes `l` and `64 + l` (independent draws) are
    /// compared.
    fn lanes(&self) -> usize {
        LANES
    }

    /// Fills one row a number. Implementations are `#[inline(always)]`.
    fn observe(&self, weights: &Weights, out: &mut [Row]);
}

/// Count, means, and sums of squares and products about the means.
///
/// Merged by the formulas of Chan, Golub and LeVeque (*Algorithms for computing the sample variance*,
/// 1983).
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    /// Number of observations `N`.
    pub count: u64,
    /// `x̄_k`.
    pub means: Vec<f64>,
    /// `Σ (x_k - x̄_k)^2`.
    pub squares: Vec<f64>,
    /// Pairs `(j, k)` whose products are gathered.
    pub pairs: Vec<(usize, usize)>,
    /// `Σ (x_j - x̄_j)(x_k - x̄_k)`, one a pair.
    pub products: Vec<f64>,
}

impl Moments {
    /// No observations of `numbers` numbers.
    pub fn empty(numbers: usize, pairs: Vec<(usize, usize)>) -> Moments {
        let products = vec![0.0; pairs.len()];
        Moments { count: 0, means: vec![0.0; numbers], squares: vec![0.0; numbers], pairs, products }
    }

    /// Adds the observations of `later`, which gathered the same numbers.
    pub fn merge(&mut self, later: &Moments) {
        if later.count == 0 {
            return;
        }
        let (m, n) = (self.count as f64, later.count as f64);
        let share = n / (m + n);
        let deltas: Vec<f64> = self.means.iter().zip(&later.means).map(|(a, b)| b - a).collect();
        for (k, delta) in deltas.iter().enumerate() {
            self.squares[k] += later.squares[k] + delta * delta * m * share;
            self.means[k] += delta * share;
        }
        for (at, (j, k)) in self.pairs.iter().enumerate() {
            self.products[at] += later.products[at] + deltas[*j] * deltas[*k] * m * share;
        }
        self.count += later.count;
    }

    /// Unbiased sample variance of number `k`; `None` below two observations.
    pub fn variance(&self, k: usize) -> Option<f64> {
        (self.count > 1).then(|| self.squares[k] / (self.count - 1) as f64)
    }

    /// Unbiased sample covariance of the pair at position `at` of [`Moments::pairs`].
    pub fn covariance(&self, at: usize) -> Option<f64> {
        (self.count > 1).then(|| self.products[at] / (self.count - 1) as f64)
    }

    /// Standard error of the mean of number `k`.
    pub fn standard_error(&self, k: usize) -> Option<f64> {
        self.variance(k).map(|v| (v / self.count as f64).sqrt())
    }
}

/// Gathers [`Moments`] of what an observer sees.
#[derive(Debug, Clone)]
pub struct MomentGather<O> {
    observer: O,
    moments: Moments,
    open: Option<Open>,
    seen: Vec<Row>,
}

/// Sums about a pivot near the means, lane by lane; folded into [`Moments`] when merged.
#[derive(Debug, Clone)]
struct Open {
    batches: u64,
    pivots: Vec<f64>,
    sums: Vec<Row>,
    squares: Vec<Row>,
    products: Vec<Row>,
}

impl<O: Observe> MomentGather<O> {
    /// Gathers means and variances, and covariances of `pairs`.
    pub fn new(observer: O, pairs: Vec<(usize, usize)>) -> MomentGather<O> {
        let count = observer.count();
        MomentGather { moments: Moments::empty(count, pairs), observer, open: None, seen: vec![Row::splat(0.0); count] }
    }

    /// What was gathered.
    pub fn into_moments(mut self) -> Moments {
        self.close();
        self.moments
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let lanes = self.observer.lanes();
        let count = open.batches * lanes as u64;
        let n = count as f64;
        let total = |rows: &[Row]| -> Vec<f64> { rows.iter().map(|r| sum(r, lanes)).collect() };
        let (sums, squares, products) = (total(&open.sums), total(&open.squares), total(&open.products));
        let pairs = self.moments.pairs.clone();
        let part = Moments {
            count,
            means: open.pivots.iter().zip(&sums).map(|(p, s)| p + s / n).collect(),
            squares: squares.iter().zip(&sums).map(|(q, s)| (q - s * s / n).max(0.0)).collect(),
            products: products.iter().zip(&pairs).map(|(q, (j, k))| q - sums[*j] * sums[*k] / n).collect(),
            pairs,
        };
        self.moments.merge(&part);
    }
}

impl<O: Observe> Gather for MomentGather<O> {
    #[inline(always)]
    fn take(&mut self, weights: &Weights) {
        self.observer.observe(weights, &mut self.seen);
        let lanes = self.observer.lanes();
        let MomentGather { moments, open, seen, .. } = self;
        let open = open.get_or_insert_with(|| Open {
            batches: 0,
            // The first batch's means: close enough that the squares below do not cancel.
            pivots: seen.iter().map(|row| sum(row, lanes) / lanes as f64).collect(),
            sums: vec![Row::splat(0.0); seen.len()],
            squares: vec![Row::splat(0.0); seen.len()],
            products: vec![Row::splat(0.0); moments.pairs.len()],
        });
        open.batches += 1;
        for (k, row) in seen.iter_mut().enumerate() {
            for ((x, s), q) in row.0[..lanes].iter_mut().zip(&mut open.sums[k].0).zip(&mut open.squares[k].0) {
                *x -= open.pivots[k];
                *s += *x;
                *q += *x * *x;
            }
        }
        for (products, (j, k)) in open.products.iter_mut().zip(&moments.pairs) {
            for ((p, x), y) in products.0[..lanes].iter_mut().zip(&seen[*j].0).zip(&seen[*k].0) {
                *p += x * y;
            }
        }
    }

    fn merge(&mut self, mut later: MomentGather<O>) {
        self.close();
        later.close();
        self.moments.merge(&later.moments);
    }
}

/// Sum of the first lanes, halves onto halves: fixed order, error that grows with `log` of the count.
#[inline(always)]
fn sum(row: &Row, lanes: usize) -> f64 {
    let mut rest = *row;
    let mut width = lanes;
    while width > 1 {
        width /= 2;
        for l in 0..width {
            rest.0[l] += rest.0[l + width];
        }
    }
    rest.0[0]
}

/// Counts in equal bins over `[low, high]`; what lies outside counts in the end bins.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// Left end of the first bin.
    pub low: f64,
    /// Right end of the last bin.
    pub high: f64,
    /// Observations in each bin.
    pub counts: Vec<u64>,
}

impl Histogram {
    /// An empty histogram with `bins` bins (at least one).
    pub fn empty(low: f64, high: f64, bins: usize) -> Histogram {
        Histogram { low, high, counts: vec![0; bins.max(1)] }
    }

    /// Takes in one observation.
    #[inline(always)]
    pub fn add(&mut self, x: f64) {
        let bins = self.counts.len();
        let place = (x - self.low) / (self.high - self.low) * bins as f64;
        // The conversion saturates: below the range is bin 0.
        self.counts[(place as usize).min(bins - 1)] += 1;
    }

    /// Adds the counts of a histogram with the same bins.
    pub fn merge(&mut self, later: &Histogram) {
        for (a, b) in self.counts.iter_mut().zip(&later.counts) {
            *a += b;
        }
    }

    /// Number of observations.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Ends of the bin that holds the `p`-quantile; `None` while empty.
    pub fn quantile(&self, p: f64) -> Option<(f64, f64)> {
        let total = self.total();
        let target = (p.clamp(0.0, 1.0) * total as f64).ceil().max(1.0) as u64;
        let width = (self.high - self.low) / self.counts.len() as f64;
        let mut below = 0;
        let bin = self.counts.iter().position(|c| {
            below += c;
            below >= target
        })?;
        Some((self.low + width * bin as f64, self.low + width * (bin + 1) as f64))
    }
}

/// Gathers a [`Histogram`] of every number that an observer sees.
#[derive(Debug, Clone)]
pub struct HistogramGather<O> {
    observer: O,
    /// One histogram a number.
    pub histograms: Vec<Histogram>,
    seen: Vec<Row>,
}

impl<O: Observe> HistogramGather<O> {
    /// Gathers over `[low, high]` in `bins` bins.
    pub fn new(observer: O, low: f64, high: f64, bins: usize) -> HistogramGather<O> {
        let count = observer.count();
        HistogramGather {
            observer,
            histograms: vec![Histogram::empty(low, high, bins); count],
            seen: vec![Row::splat(0.0); count],
        }
    }
}

impl<O: Observe> Gather for HistogramGather<O> {
    #[inline(always)]
    fn take(&mut self, weights: &Weights) {
        self.observer.observe(weights, &mut self.seen);
        let lanes = self.observer.lanes();
        for (histogram, row) in self.histograms.iter_mut().zip(&self.seen) {
            for x in &row.0[..lanes] {
                histogram.add(*x);
            }
        }
    }

    fn merge(&mut self, later: HistogramGather<O>) {
        for (a, b) in self.histograms.iter_mut().zip(&later.histograms) {
            a.merge(b);
        }
    }
}

/// Keeps every number that an observer sees, in the order of the draws.
#[derive(Debug, Clone)]
pub struct Samples<O> {
    observer: O,
    /// One list a number.
    pub values: Vec<Vec<f64>>,
    seen: Vec<Row>,
}

impl<O: Observe> Samples<O> {
    /// Keeps what `observer` sees.
    pub fn new(observer: O) -> Samples<O> {
        let count = observer.count();
        Samples { observer, values: vec![Vec::new(); count], seen: vec![Row::splat(0.0); count] }
    }
}

impl<O: Observe> Gather for Samples<O> {
    #[inline(always)]
    fn take(&mut self, weights: &Weights) {
        self.observer.observe(weights, &mut self.seen);
        let lanes = self.observer.lanes();
        for (values, row) in self.values.iter_mut().zip(&self.seen) {
            values.extend_from_slice(&row.0[..lanes]);
        }
    }

    fn merge(&mut self, later: Samples<O>) {
        for (a, b) in self.values.iter_mut().zip(later.values) {
            a.extend(b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64]) -> Moments {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let square: f64 = values.iter().map(|x| (x - mean).powi(2)).sum();
        Moments {
            count: values.len() as u64,
            means: vec![mean; 2],
            squares: vec![square; 2],
            pairs: vec![(0, 1)],
            products: vec![square],
        }
    }

    #[test]
    fn merged_moments_are_those_of_all_the_values() {
        // Values near 1e9 whose naive sum of squares has no correct digit of the variance.
        let values: Vec<f64> = (0..1000).map(|i| 1e9 + f64::from(i % 7)).collect();
        let mut merged = Moments::empty(2, vec![(0, 1)]);
        for part in values.chunks(93) {
            merged.merge(&of(part));
        }
        let whole = of(&values);
        assert_eq!(merged.count, 1000);
        assert!((merged.means[0] - whole.means[0]).abs() < 1e-6);
        assert!((merged.squares[0] / whole.squares[0] - 1.0).abs() < 1e-9);
        assert!((merged.products[0] / whole.products[0] - 1.0).abs() < 1e-9);
    }

    #[test]
    fn quantiles_of_a_histogram_lie_in_the_bin_that_is_named() {
        let mut histogram = Histogram::empty(0.0, 1.0, 100);
        assert_eq!(histogram.quantile(0.5), None);
        for i in 0..1000 {
            histogram.add(f64::from(i) / 1000.0);
        }
        let (low, high) = histogram.quantile(0.25).unwrap();
        assert!(low <= 0.2495 && 0.2495 <= high && high - low < 0.011, "{low} {high}");
        histogram.add(-5.0);
        histogram.add(7.0);
        assert_eq!(histogram.total(), 1002);
    }
}
