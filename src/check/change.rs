//! What a change does to the weights or the output: attention computed before and after it, at keys, values and
//! queries drawn at random.

use nalgebra::{DMatrix, DVector};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::ruling::Ruling;
use crate::claim::{Change, Effect};
use crate::record::{Tier, Verdict};
use crate::tolerance;
use crate::world::World;

/// Attention of one query.
#[derive(Clone)]
struct Attention {
    /// Keys as columns.
    keys: DMatrix<f64>,
    /// Values as columns.
    values: DMatrix<f64>,
    query: DVector<f64>,
    /// Added to every score.
    shift: f64,
}

impl Attention {
    fn draw(rng: &mut ChaCha8Rng) -> Attention {
        const KEYS: usize = 4;
        const DIMENSION: usize = 3;
        let mut normal = |rows, columns| DMatrix::from_fn(rows, columns, |_, _| StandardNormal.sample(&mut *rng));
        let (keys, values) = (normal(DIMENSION, KEYS), normal(DIMENSION, KEYS));
        let query = normal(DIMENSION, 1).column(0).into_owned();
        Attention { keys, values, query, shift: 0.0 }
    }

    fn weights(&self) -> DVector<f64> {
        let scores = (self.keys.transpose() * &self.query).add_scalar(self.shift);
        softmax(&scores)
    }

    /// The same after a change.
    fn after(&self, change: Change) -> Attention {
        let mut other = self.clone();
        match change {
            Change::ScoresShifted => other.shift += 2.0,
            Change::ScoresScaled => other.query *= 2.0,
            Change::KeysShifted => other.keys.column_iter_mut().for_each(|mut k| k.add_scalar_mut(1.5)),
            Change::Values => other.values *= -2.0,
            Change::OneValue => {
                let last = other.values.ncols() - 1;
                other.values.column_mut(last).add_scalar_mut(1.5);
            }
            Change::OtherKeys => {
                let last = other.keys.ncols() - 1;
                other.keys.column_mut(last).add_scalar_mut(1.5);
            }
        }
        other
    }

    fn effect(&self, effect: Effect, change: Change) -> DVector<f64> {
        let weights = self.weights();
        match effect {
            Effect::Output => &self.values * weights,
            // The weight of a key that stays as it is.
            Effect::Weights if change == Change::OtherKeys => weights.rows(0, 1).into_owned(),
            Effect::Weights => weights,
        }
    }
}

/// The softmax of scores.
pub fn softmax(scores: &DVector<f64>) -> DVector<f64> {
    let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers = scores.map(|s| (s - top).exp());
    let sum = powers.sum();
    powers / sum
}

/// Judges what a change is said to do, in a question about attention.
pub fn judge(world: &World, change: Change, effect: Effect, stays: bool, seed: u64) -> Ruling {
    if !world.attends() {
        return Ruling::not_checked("this question is not about attention weights");
    }
    const DRAWS: usize = 8;
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut moved: f64 = 0.0;
    for _ in 0..DRAWS {
        let before = Attention::draw(&mut rng);
        let gap = before.effect(effect, change) - before.after(change).effect(effect, change);
        moved = moved.max(gap.amax());
    }
    let what = match effect {
        Effect::Weights => "the weights",
        Effect::Output => "the output",
    };
    let cause = match change {
        Change::ScoresShifted => "adding one number to every score",
        Change::ScoresScaled => "multiplying every score by one factor",
        Change::KeysShifted => "adding one vector to every key",
        Change::Values => "taking other values",
        Change::OneValue => "taking another value in the place of one",
        Change::OtherKeys => "taking another key in the place of one",
    };
    let unchanged = moved <= tolerance::ROUNDING;
    if !unchanged && moved < tolerance::COUNTEREXAMPLE {
        return Ruling::undecided(format!("{cause} moves {what} by {moved:e}, neither nothing nor much"));
    }
    let found = if unchanged { "leaves as they were" } else { "changes" };
    let message = format!("at {DRAWS} instances {cause} {found} {what}");
    let verdict = if unchanged == stays { Verdict::Holds } else { Verdict::Refuted };
    // One instance where it moves is enough; that it never does is sampled.
    let tier = if unchanged { Tier::Sampled } else { Tier::Certified };
    let mut ruling = Ruling::new(verdict, Some(tier), message);
    ruling.error_probability = unchanged.then_some(tolerance::IDENTITY_ERROR);
    ruling.witness = (!unchanged).then(|| format!("an instance where it moves an entry by {moved:.3}"));
    ruling
}

/// Judges weights that are said to come out of scores, all of them numbers with so many decimals.
pub fn numbers(scores: &[f64], weights: &[(f64, u32)]) -> Ruling {
    let true_weights = softmax(&DVector::from_column_slice(scores));
    let shown: Vec<String> = true_weights.iter().map(|w| format!("{w:.4}")).collect();
    let message = format!("the softmax of these scores is ({})", shown.join(", "));
    let units = |(w, (said, decimals)): (&f64, &(f64, u32))| (w - said).abs() * 10f64.powi(*decimals as i32);
    let off = true_weights.iter().zip(weights).map(units).fold(0.0, f64::max);
    if scores.len() != weights.len() || !off.is_finite() {
        return Ruling::not_checked("as many weights as scores are compared, not these");
    }
    if off <= 0.5 + tolerance::ROUNDING {
        return Ruling::new(Verdict::Holds, Some(Tier::Exact), message);
    }
    if off <= 1.0 {
        return Ruling::not_checked(format!("{message}; the last digit is not rounded so"));
    }
    let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Exact), message);
    ruling.correction = Some(format!("({})", shown.join(", ")));
    ruling
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Library;

    #[test]
    fn shifts_leave_the_weights_and_factors_do_not() {
        let library = Library::embedded().unwrap();
        let world = library.get("1a.i").unwrap();
        let verdict = |change, effect, stays| judge(world, change, effect, stays, 1).verdict;
        assert_eq!(verdict(Change::ScoresShifted, Effect::Weights, true), Verdict::Holds);
        assert_eq!(verdict(Change::ScoresShifted, Effect::Weights, false), Verdict::Refuted);
        assert_eq!(verdict(Change::KeysShifted, Effect::Weights, true), Verdict::Holds);
        assert_eq!(verdict(Change::ScoresScaled, Effect::Weights, true), Verdict::Refuted);
        assert_eq!(verdict(Change::Values, Effect::Weights, true), Verdict::Holds);
        assert_eq!(verdict(Change::Values, Effect::Output, true), Verdict::Refuted);
        assert_eq!(verdict(Change::OtherKeys, Effect::Weights, true), Verdict::Refuted);
        assert_eq!(verdict(Change::OneValue, Effect::Output, true), Verdict::Refuted);
        assert_eq!(verdict(Change::OneValue, Effect::Weights, true), Verdict::Holds);
    }

    #[test]
    fn weights_of_given_scores() {
        let three = [(0.665, 3), (0.245, 3), (0.09, 3)];
        assert_eq!(numbers(&[2.0, 1.0, 0.0], &three).verdict, Verdict::Holds);
        assert_eq!(numbers(&[2.0, 1.0, 0.0], &[(0.5, 3), (0.3, 3), (0.2, 3)]).verdict, Verdict::Refuted);
        assert_eq!(numbers(&[2.0, 1.0], &three).verdict, Verdict::NotChecked);
        assert_eq!(numbers(&[], &[]).verdict, Verdict::Holds);
    }
}
