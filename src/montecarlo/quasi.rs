//! Quasi-random points for the reduced form, with an error estimated from independent replicates.
//!
//! [`REPLICATES`] lattices of the same points, each with a shift of its own, give as many independent and
//! unbiased results; their spread is the standard error. This is an error bar at a sample size that was fixed
//! beforehand, not a confidence sequence: nothing here may be looked at until it pleases.
//!
//! Variances and covariances are `E x y - E x E y`; the second term is averaged over pairs of *different*
//! replicates, which keeps it unbiased, and the standard error of every number is the jackknife's over
//! replicates (Efron and Stein, 1981), which for a mean is the usual one.

use pulp::{Arch, Simd, WithSimd};
use rand::RngExt;
use rayon::prelude::*;
use thiserror::Error;

use super::accumulate::{MomentGather, Moments, Observe};
use super::engine::Gather;
use super::lattice::{DIMENSIONS_MAX, LOG2_POINTS_MAX, Lattice};
use super::normal::{LANES, Row};
use super::quantity::Quantity;
use super::sampler::Sampler;
use super::stream::Stream;
use super::weights::Weights;

/// Independent randomisations of the points: enough that their spread is known to a fifth.
pub const REPLICATES: usize = 16;

/// Fewest points of a replicate, as a base-2 logarithm: one batch.
const LOG2_POINTS_MIN: u32 = LANES.ilog2();

/// Batches that one task works on.
const TASK_BATCHES: u64 = 64;

/// Why there are no quasi-random points for a sampler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum QuasiError {
    /// A draw costs more normals than a lattice point has coordinates.
    #[error("a draw costs {normals} normals; quasi-random points serve up to {DIMENSIONS_MAX}")]
    Normals {
        /// Normals of a draw.
        normals: usize,
    },
    /// Rejected points would leave gaps in the lattice.
    #[error("quasi-random points serve only draws without conditions")]
    Conditions,
}

/// Estimates from quasi-random points.
#[derive(Debug, Clone, PartialEq)]
pub struct Quasi {
    /// One a quantity, in the order asked.
    pub estimates: Vec<QuasiEstimate>,
    /// Independent randomisations.
    pub replicates: usize,
    /// Points in each.
    pub points: u64,
}

/// A quantity and how well it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuasiEstimate {
    /// The quantity.
    pub quantity: Quantity,
    /// Its estimate.
    pub estimate: f64,
    /// Jackknife standard error over the replicates.
    pub standard_error: f64,
}

/// Estimates quantities from at most `draws` points in all, or from the fewest that there can be (2,048).
/// The same bits on any number of threads.
///
/// # Errors
/// [`QuasiError`] where a draw costs too many normals or is under conditions.
pub fn quasi(sampler: &Sampler, stream: &Stream, list: &[Quantity], draws: u64) -> Result<Quasi, QuasiError> {
    let normals = sampler.normals();
    if normals > DIMENSIONS_MAX {
        return Err(QuasiError::Normals { normals });
    }
    if !sampler.model().conditions().is_empty() {
        return Err(QuasiError::Conditions);
    }
    let each = (draws / REPLICATES as u64).max(1);
    let log2_points = each.ilog2().clamp(LOG2_POINTS_MIN, LOG2_POINTS_MAX);
    let mut rng = stream.reference(0);
    let shifts: Vec<Vec<u64>> = (0..REPLICATES).map(|_| (0..normals.max(1)).map(|_| rng.random()).collect()).collect();
    Ok(with_shifts(sampler, list, log2_points, &shifts))
}

/// Estimates from lattices with given shifts, one a replicate.
fn with_shifts(sampler: &Sampler, list: &[Quantity], log2_points: u32, shifts: &[Vec<u64>]) -> Quasi {
    let (plan, uses) = plan(list, sampler.keys());
    let tasks: Vec<(usize, u64)> = {
        let starts = (0..1_u64 << log2_points).step_by(LANES * TASK_BATCHES as usize);
        (0..shifts.len()).flat_map(|r| starts.clone().map(move |first| (r, first))).collect()
    };
    let batches = TASK_BATCHES.min(1 << (log2_points - LOG2_POINTS_MIN));
    let arch = Arch::new();
    let done: Vec<(usize, MomentGather<Plan>)> = tasks
        .into_par_iter()
        .map(|(replicate, first)| {
            let into = MomentGather::new(plan.clone(), plan.pairs.clone());
            let points = Lattice::at(log2_points, &shifts[replicate], first);
            (replicate, arch.dispatch(Work { sampler, points, batches, into }))
        })
        .collect();
    let mut replicates = vec![Moments::empty(plan.rows.len(), plan.pairs.clone()); shifts.len()];
    for (replicate, part) in done {
        replicates[replicate].merge(&part.into_moments());
    }
    let estimates = list.iter().zip(&uses).map(|(quantity, uses)| estimate(*quantity, uses, &replicates)).collect();
    Quasi { estimates, replicates: shifts.len(), points: 1 << log2_points }
}

/// The work on some batches of a lattice; see `engine` for why it is a struct.
struct Work<'a> {
    sampler: &'a Sampler,
    points: Lattice<'a>,
    batches: u64,
    into: MomentGather<Plan>,
}

impl WithSimd for Work<'_> {
    type Output = MomentGather<Plan>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> MomentGather<Plan> {
        let Work { sampler, mut points, batches, mut into } = self;
        let mut scores = vec![Row::splat(0.0); sampler.heads() * sampler.keys()];
        let mut scratch = vec![Row::splat(0.0); sampler.scratch_rows()];
        let mut weights = Weights::new(sampler.heads(), sampler.keys());
        let mut accepted = [true; LANES];
        for _ in 0..batches {
            sampler.draw(&mut points, &mut scores, &mut scratch, &mut accepted);
            weights.fill(&scores, sampler.model().beta());
            into.take(&weights);
        }
        into
    }
}

/// A number seen at every point.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Seen {
    /// The variable whose mean is the quantity.
    Observed(Quantity),
    /// `α_{hi}`.
    Weight(usize, usize),
    /// `w_i`.
    Combined(usize),
}

/// The numbers to be seen, and the pairs whose products are needed.
#[derive(Debug, Clone, PartialEq)]
struct Plan {
    rows: Vec<Seen>,
    pairs: Vec<(usize, usize)>,
}

/// What a quantity is made of.
#[derive(Debug, Clone, PartialEq)]
enum Uses {
    /// The mean of a row.
    Mean(usize),
    /// The sum of the covariances of some pairs, by their places.
    Covariances(Vec<usize>),
}

fn plan(list: &[Quantity], keys: usize) -> (Plan, Vec<Uses>) {
    let mut plan = Plan { rows: vec![], pairs: vec![] };
    let mut uses = Vec::with_capacity(list.len());
    for quantity in list {
        let pairs: Vec<(Seen, Seen)> = match *quantity {
            Quantity::Variance { head, key } => vec![(Seen::Weight(head, key), Seen::Weight(head, key))],
            Quantity::Covariance { head, keys: (i, j) } => vec![(Seen::Weight(head, i), Seen::Weight(head, j))],
            Quantity::OutputVariance => (0..keys).map(|i| (Seen::Combined(i), Seen::Combined(i))).collect(),
            _ => {
                uses.push(Uses::Mean(plan.row(Seen::Observed(*quantity))));
                continue;
            }
        };
        uses.push(Uses::Covariances(pairs.into_iter().map(|(x, y)| plan.pair(x, y)).collect()));
    }
    (plan, uses)
}

impl Plan {
    fn row(&mut self, seen: Seen) -> usize {
        place(&mut self.rows, seen)
    }

    fn pair(&mut self, x: Seen, y: Seen) -> usize {
        let pair = (self.row(x), self.row(y));
        place(&mut self.pairs, pair)
    }
}

/// Where an entry stands in a list, at its end if it is new.
fn place<T: PartialEq>(list: &mut Vec<T>, entry: T) -> usize {
    list.iter().position(|x| *x == entry).unwrap_or_else(|| {
        list.push(entry);
        list.len() - 1
    })
}

impl Observe for Plan {
    fn count(&self) -> usize {
        self.rows.len()
    }

    #[inline(always)]
    fn observe(&self, weights: &Weights, out: &mut [Row]) {
        for (seen, row) in self.rows.iter().zip(out) {
            match seen {
                Seen::Observed(quantity) => quantity.observe(weights, row),
                Seen::Weight(head, key) => *row = *weights.weight(*head, *key),
                Seen::Combined(key) => weights.combined(*key, row),
            }
        }
    }
}

/// A quantity's estimate over all replicates, and the jackknife over them.
fn estimate(quantity: Quantity, uses: &Uses, replicates: &[Moments]) -> QuasiEstimate {
    let all: Vec<&Moments> = replicates.iter().collect();
    let estimate = value(&quantity, uses, &all);
    let without: Vec<f64> = (0..all.len())
        .map(|left_out| {
            let others: Vec<&Moments> = all.iter().enumerate().filter(|(r, _)| *r != left_out).map(|(_, m)| *m).collect();
            value(&quantity, uses, &others)
        })
        .collect();
    let count = without.len() as f64;
    let mean = without.iter().sum::<f64>() / count;
    let spread: f64 = without.iter().map(|x| (x - mean).powi(2)).sum();
    QuasiEstimate { quantity, estimate, standard_error: ((count - 1.0) / count * spread).sqrt() }
}

fn value(quantity: &Quantity, uses: &Uses, replicates: &[&Moments]) -> f64 {
    let count = replicates.len() as f64;
    match uses {
        Uses::Mean(row) => quantity.from_mean(replicates.iter().map(|m| m.means[*row]).sum::<f64>() / count),
        Uses::Covariances(pairs) => pairs.iter().map(|at| covariance(replicates, *at)).sum(),
    }
}

/// `E x y - E x E y`, the products of means over different replicates only. Everything about pivots near the
/// means: the result does not depend on them, its roundings do.
fn covariance(replicates: &[&Moments], at: usize) -> f64 {
    let count = replicates.len() as f64;
    let (i, j) = replicates[0].pairs[at];
    let (pivot_i, pivot_j) = (replicates[0].means[i], replicates[0].means[j]);
    let (mut products, mut same, mut sum_i, mut sum_j) = (0.0, 0.0, 0.0, 0.0);
    for m in replicates {
        let (x, y) = (m.means[i] - pivot_i, m.means[j] - pivot_j);
        products += m.products[at] / m.count as f64 + x * y;
        same += x * y;
        sum_i += x;
        sum_j += y;
    }
    products / count - (sum_i * sum_j - same) / (count * (count - 1.0))
}

#[cfg(test)]
mod tests {
    use super::super::model::{Given, KeyLaw, Model};
    use super::super::sampler::Form;
    use super::*;
    use crate::quadrature::Attention;

    /// Six keys, key 0 of uncertain length, at a noise that all keys feel.
    fn model(heads: usize) -> Model {
        let mut keys = vec![KeyLaw { isotropic: 0.02, spikes: vec![] }; 6];
        keys[0].spikes.push(vec![(0, 0.5_f64.sqrt())]);
        let queries = if heads == 1 { vec![vec![(0, 1.0), (1, 1.0)]] } else { vec![vec![(0, 1.0)], vec![(1, 1.0)]] };
        Model::new(6, keys, queries, 4.0).unwrap()
    }

    fn list() -> Vec<Quantity> {
        vec![
            Quantity::Mean { head: 0, key: 0 },
            Quantity::Variance { head: 0, key: 0 },
            Quantity::Covariance { head: 0, keys: (0, 1) },
            Quantity::Above { head: 0, key: 0, threshold: 0.9 },
            Quantity::OutputVariance,
            Quantity::OutputError { keys: (0, 1) },
        ]
    }

    /// Root mean square of `(estimate - truth) / standard error` over independent runs, a quantity.
    fn scores(model: &Model, runs: u64, equal_shifts: bool) -> Vec<f64> {
        let sampler = Sampler::new(model, Form::Reduced);
        let attention = Attention::of(model).unwrap();
        let mut squares = vec![0.0; list().len()];
        for run in 0..runs {
            let mut rng = Stream::new(3, run).reference(0);
            let mut shifts: Vec<Vec<u64>> =
                (0..REPLICATES).map(|_| (0..sampler.normals()).map(|_| rng.random()).collect()).collect();
            if equal_shifts {
                // Nearly one shift for all: what replicates that are not independent look like.
                let first = shifts[0].clone();
                shifts.iter_mut().for_each(|s| s.iter_mut().zip(&first).for_each(|(x, f)| *x = f.wrapping_add(*x >> 12)));
            }
            let found = with_shifts(&sampler, &list(), 9, &shifts);
            for (sum, e) in squares.iter_mut().zip(&found.estimates) {
                let exact = attention.quantity(&e.quantity).unwrap().value;
                *sum += ((e.estimate - exact) / e.standard_error).powi(2) / runs as f64;
            }
        }
        squares.into_iter().map(f64::sqrt).collect()
    }

    #[test]
    fn the_error_is_of_the_size_that_the_replicates_say() {
        // Student's t with 15 degrees of freedom has deviation sqrt(15/13) = 1.07; with 200 runs the root mean
        // square is known to about 6 %.
        for heads in [1, 2] {
            for (quantity, score) in list().iter().zip(scores(&model(heads), 200, false)) {
                assert!((0.85..1.35).contains(&score), "{heads} heads, {quantity:?}: {score}");
            }
        }
    }

    #[test]
    fn replicates_that_are_not_independent_are_noticed() {
        // The negative control: with nearly equal shifts the replicates agree and are wrong together.
        let scores = scores(&model(1), 40, true);
        assert!(scores.iter().all(|s| *s > 5.0), "{scores:?}");
    }

    #[test]
    fn the_points_beat_random_ones_of_the_same_number() {
        let sampler = Sampler::new(&model(1), Form::Reduced);
        let found = quasi(&sampler, &Stream::new(1, 1), &list(), 1 << 18).unwrap();
        assert_eq!((found.replicates, found.points), (16, 1 << 14));
        let total = (found.points * found.replicates as u64) as f64;
        let exact = Attention::of(sampler.model()).unwrap();
        let variance = exact.quantity(&Quantity::Variance { head: 0, key: 0 }).unwrap().value;
        let random = (variance / total).sqrt();
        assert!(found.estimates[0].standard_error < 0.05 * random, "{:?} against {random:e}", found.estimates[0]);
    }

    #[test]
    fn any_number_of_threads_gives_the_same_bits() {
        let sampler = Sampler::new(&model(2), Form::Reduced);
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| quasi(&sampler, &Stream::new(5, 0), &list(), 1 << 19).unwrap())
        };
        assert_eq!(on(1), on(3));
    }

    #[test]
    fn what_the_points_do_not_serve_is_refused() {
        let sampler = Sampler::new(&model(1), Form::Full { rotation: None });
        assert!(quasi(&sampler, &Stream::new(1, 1), &list(), 1 << 12).is_ok(), "6 keys in 6 dimensions are few normals");
        let wide = Model::new(200, vec![KeyLaw { isotropic: 1.0, spikes: vec![] }; 200], vec![vec![(0, 1.0)]], 1.0).unwrap();
        let refused = quasi(&Sampler::new(&wide, Form::Reduced), &Stream::new(1, 1), &list(), 1 << 12);
        assert_eq!(refused, Err(QuasiError::Normals { normals: 200 }));
        let cut = model(1).given(Given { key: 0, direction: vec![(0, 1.0)], at_least: 0.0 }).unwrap();
        let refused = quasi(&Sampler::new(&cut, Form::Reduced), &Stream::new(1, 1), &list(), 1 << 12);
        assert_eq!(refused, Err(QuasiError::Conditions));
    }
}
