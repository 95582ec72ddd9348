//! What a change is said to do, held against what it did.

use nalgebra::DVector;

use super::head::{Done, Head};
use crate::check::apart::same_factor;
use crate::claim::interventions::{Observable, Outcome, Who};
use crate::tolerance;

/// How what was seen stands to what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// It is so.
    Agrees,
    /// It is not.
    Differs,
    /// It cannot be told.
    Unclear,
}

/// Where the keys of the question are, and which letters the clause has bound.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The question's own keys.
    pub fixed: Vec<usize>,
    /// Letters with their positions.
    pub letters: Vec<(String, usize)>,
}

impl Places {
    /// The position of a letter.
    pub fn of(&self, letter: &str) -> Option<usize> {
        self.letters.iter().find(|(l, _)| l == letter).map(|(_, at)| *at)
    }
}

/// A change at one instance.
pub struct Seen<'a> {
    /// Before it.
    pub before: &'a Head,
    /// After it.
    pub done: &'a Done,
    /// Where which key is.
    pub places: &'a Places,
    /// What is said to be added to the output.
    pub moved: Option<DVector<f64>>,
}

impl Seen<'_> {
    /// Holds what is said against what is seen.
    pub fn compare(&self, observable: &Observable, outcome: &Outcome) -> Found {
        self.found(observable, outcome).unwrap_or(Found::Unclear)
    }

    fn found(&self, observable: &Observable, outcome: &Outcome) -> Option<Found> {
        match (observable, outcome) {
            (Observable::All, _) => {
                let (weights, output) =
                    (self.compare(&Observable::Weights(Who::All), outcome), self.compare(&Observable::Output, outcome));
                (weights == output).then_some(weights)
            }
            (Observable::Copy, Outcome::Same) => self.copy(),
            (Observable::Copy, Outcome::Changes) => self.copy().map(opposite),
            (Observable::Copy, _) => None,
            (Observable::Order, Outcome::Same) => Some(truth(self.order(1.0))),
            (Observable::Order, Outcome::Changes) => Some(truth(!self.order(1.0))),
            (Observable::Order, Outcome::Reversed) => Some(truth(self.order(-1.0))),
            (Observable::Order, _) => None,
            (Observable::Winner, Outcome::Same | Outcome::Changes) => {
                let same = self.before.winner()? == self.done.after.winner()?;
                Some(truth(same == (*outcome == Outcome::Same)))
            }
            (Observable::Winner, _) => None,
            // A small leak is nearly the power of another.
            (Observable::Leak, Outcome::Power(_)) => None,
            (Observable::Leak, Outcome::Times(factor)) => self.times(*factor),
            (Observable::Output, Outcome::Hardly | Outcome::NearlyTheAmount) => self.nearly(outcome),
            (Observable::Weights(who), Outcome::Largest | Outcome::Smallest) => self.extreme(who, *outcome == Outcome::Largest),
            (Observable::Weights(Who::All | Who::Changed | Who::TheTwo), Outcome::Swapped) => self.swapped(),
            _ => self.numbers(observable, outcome),
        }
    }

    /// Numbers before and after.
    fn numbers(&self, observable: &Observable, outcome: &Outcome) -> Option<Found> {
        let (x, y) = (self.look(self.before, observable)?, self.look(&self.done.after, observable)?);
        if x.is_empty() || x.len() != y.len() {
            return None;
        }
        let expected = match outcome {
            Outcome::Same | Outcome::Changes | Outcome::Larger | Outcome::Smaller => x.clone(),
            Outcome::Times(factor) => &x * *factor,
            Outcome::TimesTheFactor => &x * self.done.factor?,
            Outcome::Power(power) => x.map(|v| v.powf(*power)),
            Outcome::MovesBy(_) => &x + self.moved.as_ref().filter(|m| m.len() == x.len())?,
            Outcome::MovesByItsShare if *observable == Observable::Output => {
                let [one] = self.done.changed[..] else { return None };
                &x + self.step(one)? * self.before.weights()[one]
            }
            Outcome::MovesByTheAmount if *observable == Observable::Output && self.own_step().is_some() => {
                &x + self.own_step()?
            }
            Outcome::MovesByTheAmount => match (&self.done.vector, self.done.number) {
                (Some(u), _) if u.len() == x.len() => &x + u,
                (None, Some(t)) if *observable != Observable::Output => x.add_scalar(t),
                _ => return None,
            },
            _ => return None,
        };
        // A larger gap is one farther from 0.
        let sized = *observable == Observable::Gaps && matches!(outcome, Outcome::Larger | Outcome::Smaller);
        let gap = if sized { y.abs() - expected.abs() } else { &y - &expected };
        let size = y.amax().max(expected.amax());
        match outcome {
            Outcome::Larger => Some(one_way(&gap, size)),
            Outcome::Smaller => Some(one_way(&-gap, size)),
            Outcome::Changes => Some(opposite(equal(gap.amax(), size))),
            _ => Some(equal(gap.amax(), size)),
        }
    }

    /// By what one value has changed.
    fn step(&self, one: usize) -> Option<DVector<f64>> {
        let (x, y) = (self.before.values.column(one), self.done.after.values.column(one));
        (x.len() == y.len()).then(|| y - x)
    }

    /// The same where one value was changed and nothing else.
    fn own_step(&self) -> Option<DVector<f64>> {
        let [one] = self.done.changed[..] else { return None };
        self.step(one).filter(|s| s.norm() > tolerance::COUNTEREXAMPLE)
    }

    /// The logarithms of a small leak before and after.
    fn leaks(&self) -> Option<(f64, f64)> {
        let (x, y) = (self.look(self.before, &Observable::Leak)?[0], self.look(&self.done.after, &Observable::Leak)?[0]);
        (x > 0.0 && y > 0.0).then(|| (x.ln(), y.ln()))
    }

    /// Whether a small leak is multiplied by a factor.
    fn times(&self, factor: f64) -> Option<Found> {
        let (x, y) = self.leaks()?;
        same_factor((y - x).exp(), factor, tolerance::ROUNDED_FACTOR, tolerance::OTHER_FACTOR).map(truth)
    }

    /// Whether the output hardly moves, or nearly as much as a value.
    fn nearly(&self, outcome: &Outcome) -> Option<Found> {
        let [one] = self.done.changed[..] else { return None };
        let step = self.step(one).filter(|s| s.norm() > tolerance::COUNTEREXAMPLE)?;
        let moved = self.done.after.output() - self.before.output();
        let gap = if *outcome == Outcome::Hardly { moved.norm() } else { (moved - &step).norm() };
        Some(truth(gap <= tolerance::APPROX_CLOSE * step.norm()))
    }

    /// What is looked at, as numbers.
    fn look(&self, head: &Head, observable: &Observable) -> Option<DVector<f64>> {
        let weights = head.weights();
        let rows =
            |all: &DVector<f64>, who: &Who| Some(DVector::from_vec(self.whose(who)?.into_iter().map(|i| all[i]).collect()));
        match observable {
            Observable::Weights(who) => rows(&weights, who),
            Observable::Scores(who) => rows(&head.scores, who),
            Observable::Output => Some(head.output()),
            Observable::Peak => Some(DVector::from_element(1, weights.max())),
            Observable::Gaps => Some(pairs(&head.scores, |a, b| a - b)),
            Observable::Ratios => Some(pairs(&head.scores, |a, b| (a - b).exp())),
            Observable::Leak => {
                let kept = if self.places.fixed.is_empty() { vec![self.before.winner()?] } else { self.places.fixed.clone() };
                let lost: f64 = (0..head.keys()).filter(|i| !kept.contains(i)).map(|i| weights[i]).sum();
                Some(DVector::from_element(1, lost))
            }
            _ => None,
        }
    }

    /// Which keys are meant.
    fn whose(&self, who: &Who) -> Option<Vec<usize>> {
        let all = 0..self.before.keys();
        match who {
            Who::All => Some(all.collect()),
            Who::Letter(letter) => match self.places.of(letter) {
                Some(at) => Some(vec![at]),
                None => self.any_other(),
            },
            Who::Both(a, b) => Some(vec![self.places.of(a)?, self.places.of(b)?]),
            Who::Winner => Some(vec![self.before.winner()?]),
            Who::TheTwo => [&self.done.changed, &self.places.fixed].into_iter().find(|set| set.len() == 2).cloned(),
            Who::Changed => Some(self.done.changed.clone()),
            Who::Unchanged => Some(all.filter(|i| !self.done.changed.contains(i)).collect()),
            Who::Others => Some(all.filter(|i| !self.places.fixed.contains(i)).collect()),
            Who::One | Who::OneOther | Who::Two => None,
        }
    }

    /// The keys that a letter of no place may be: all where all were changed, and others than one that has a letter itself.
    fn any_other(&self) -> Option<Vec<usize>> {
        let changed = &self.done.changed;
        let free = (0..self.before.keys()).filter(|i| changed.len() == self.before.keys() || !changed.contains(i));
        let named = changed.iter().all(|i| self.places.letters.iter().any(|(_, at)| at == i));
        (named || changed.len() == self.before.keys()).then(|| free.collect())
    }

    /// Whether what is copied still is: the winner keeps its place and its weight.
    fn copy(&self) -> Option<Found> {
        let winner = match self.places.fixed.as_slice() {
            [one] => *one,
            _ => self.before.winner()?,
        };
        if self.done.after.winner()? != winner {
            return Some(Found::Differs);
        }
        let kept = self.done.after.weights()[winner] >= self.before.weights()[winner] * (1.0 - tolerance::ROUNDING);
        kept.then_some(Found::Agrees)
    }

    /// Whether the scores stand in the same order, or in the order turned round.
    fn order(&self, way: f64) -> bool {
        let sign = |v: f64| if v.abs() <= tolerance::ROUNDING { 0.0 } else { v.signum() };
        let (x, y) = (pairs(&self.before.scores, |a, b| sign(a - b)), pairs(&self.done.after.scores, |a, b| sign(a - b)));
        x * way == y
    }

    fn extreme(&self, who: &Who, largest: bool) -> Option<Found> {
        let [one] = self.whose(who)?[..] else { return None };
        let scores = if largest { self.done.after.scores.clone() } else { -self.done.after.scores.clone() };
        let others = (0..scores.len()).filter(|i| *i != one).map(|i| scores[one] - scores[i]).fold(f64::INFINITY, f64::min);
        if others.abs() <= tolerance::COUNTEREXAMPLE { None } else { Some(truth(others > 0.0)) }
    }

    fn swapped(&self) -> Option<Found> {
        let [i, k] = self.done.changed[..] else { return None };
        let (x, y) = (self.before.weights(), self.done.after.weights());
        let gap = (x[i] - y[k]).abs().max((x[k] - y[i]).abs());
        // Two equal weights may have changed places or not.
        if (x[i] - x[k]).abs() <= tolerance::COUNTEREXAMPLE { None } else { Some(equal(gap, x[i].max(x[k]))) }
    }
}

fn pairs(all: &DVector<f64>, of: impl Fn(f64, f64) -> f64) -> DVector<f64> {
    let n = all.len();
    DVector::from_vec((0..n).flat_map(|i| (i + 1..n).map(move |k| (i, k))).map(|(i, k)| of(all[i], all[k])).collect())
}

fn truth(so: bool) -> Found {
    if so { Found::Agrees } else { Found::Differs }
}

fn opposite(found: Found) -> Found {
    match found {
        Found::Agrees => Found::Differs,
        Found::Differs => Found::Agrees,
        Found::Unclear => Found::Unclear,
    }
}

/// Whether a gap is none beside a size.
fn equal(gap: f64, size: f64) -> Found {
    match () {
        () if !gap.is_finite() => Found::Unclear,
        () if gap <= tolerance::ROUNDING * size.max(1.0) => Found::Agrees,
        () if gap > tolerance::COUNTEREXAMPLE * size.max(tolerance::COUNTEREXAMPLE) => Found::Differs,
        () => Found::Unclear,
    }
}

/// Whether all numbers have grown.
fn one_way(gap: &DVector<f64>, size: f64) -> Found {
    let clear = tolerance::COUNTEREXAMPLE * size;
    match () {
        () if gap.iter().all(|g| *g > clear) => Found::Agrees,
        () if gap.iter().any(|g| *g < -clear) || gap.amax() <= tolerance::ROUNDING * size => Found::Differs,
        () => Found::Unclear,
    }
}
