//! How much something grows or shrinks, and how much weights stand out, in words: "ten times smaller", "by a factor of e", "flatter".

use super::effect::{ABOUT, Effect};
use super::kinds::{Observable, Outcome, Who};
use super::words::Words;

impl Words {
    /// "ten times smaller", "about 2.7 times as large"
    pub(super) fn multiple(&self, at: usize) -> Option<(usize, Outcome)> {
        let start = self.skip(self.skip(at, ABOUT), &["a", "factor", "of", "by"]);
        let (next, x) = self.number(start)?;
        let times = self.is(next, &["times"]).then_some(next + 1)?;
        if let Some(end) = self.row(times, &["smaller", "less", "lower"]) {
            return Some((end, Outcome::Times(1.0 / x)));
        }
        // "two times bigger" may mean three times as big.
        let more = if x > 2.0 { self.row(times, &["larger", "bigger", "greater"]) } else { None };
        let end = more.or_else(|| self.row(times, &["as large", "as big", "as much"]))?;
        Some((end, Outcome::Times(x)))
    }

    /// "(the distribution) more peaked", "flatter": whether the largest weight grows.
    pub(super) fn peaked(&self, at: usize) -> Option<(usize, Outcome)> {
        const SHARP: &[&str] = &[
            "more peaked",
            "peakier",
            "sharper",
            "more concentrated",
            "more pointed",
            "less uniform",
            "less flat",
            "more uneven",
            "more extreme",
            "more decided",
            "harder",
            "closer to one-hot",
        ];
        const FLAT: &[&str] = &[
            "flatter",
            "more uniform",
            "less peaked",
            "less concentrated",
            "more even",
            "softer",
            "smoother",
            "closer to uniform",
            "closer to the uniform distribution",
            "less sharp",
            "more equal",
        ];
        let end = self.row(at, SHARP).map(|end| (end, Outcome::Larger));
        end.or_else(|| self.row(at, FLAT).map(|end| (end, Outcome::Smaller)))
    }

    /// "(…) brings the weights closer to each other", "(…) pushes the weights apart"
    pub(super) fn evened(&self, at: usize) -> Option<Effect> {
        let verb = self
            .is(at, &["brings", "bring", "moves", "move", "pulls", "pushes", "push", "drives", "spreads"])
            .then_some(at + 1)?;
        let (next, observable) = self.observable(verb)?;
        const TOGETHER: &[&str] = &[
            "closer to each other",
            "closer together",
            "nearer together",
            "nearer to each other",
            "together",
            "closer to 1 slash n",
            "towards uniform",
            "towards each other",
            "closer to the uniform distribution",
        ];
        const APART: &[&str] =
            &["apart", "further apart", "farther apart", "away from each other", "further away from each other"];
        let outcome = match (self.row(next, TOGETHER), self.row(next, APART)) {
            (Some(end), _) => (end, Outcome::Smaller),
            (_, Some(end)) => (end, Outcome::Larger),
            _ => return None,
        };
        matches!(observable, Observable::Weights(Who::All)).then_some((outcome.0, Observable::Peak, outcome.1))
    }

    /// "(…) divides the error by 10", "(…) shrinks the rest by a factor of about e", "(…) makes the rest e times smaller"
    pub(super) fn by_a_factor(&self, at: usize) -> Option<Effect> {
        let at = self.skip(at, ABOUT);
        let down = self.is(
            at,
            &["shrinks", "shrink", "reduces", "reduce", "lowers", "lower", "decreases", "cuts", "cut", "divides", "divide"],
        );
        let up = self.is(at, &["raises", "increases", "increase", "enlarges", "blows"]);
        if !(down || up) {
            return None;
        }
        let (next, observable) = self.observable(at + 1)?;
        let by = self.is(self.skip(next, ABOUT), &["by", "to"]).then(|| self.skip(next, ABOUT) + 1)?;
        let divides = self.is(at, &["divides", "divide"]);
        if let Some(end) = self.row(by, &["a tenth"]).filter(|_| self.is(by - 1, &["to"])) {
            return Some((end, observable, Outcome::Times(0.1)));
        }
        let start = self.row(self.skip(by, ABOUT), &["a factor of", "a factor", "the factor"]);
        let start = start.or_else(|| divides.then_some(by))?;
        let (end, x) = self.number(self.skip(start, ABOUT))?;
        (x > 0.0).then_some((end, observable, Outcome::Times(if down { 1.0 / x } else { x })))
    }

    /// "larger", "smaller", "twice as large", "half as large"
    pub(super) fn state(&self, at: usize) -> Option<(usize, Outcome)> {
        if let Some(found) = self.multiple(at) {
            return Some(found);
        }
        if let Some(end) = self.row(at, &["twice as large", "twice as big", "two times as large"]) {
            return Some((end, Outcome::Times(2.0)));
        }
        if let Some(end) = self.row(at, &["half as large", "half as big"]) {
            return Some((end, Outcome::Times(0.5)));
        }
        match self.at(at) {
            "larger" | "bigger" | "greater" | "higher" => Some((at + 1, Outcome::Larger)),
            "smaller" | "lower" => Some((at + 1, Outcome::Smaller)),
            _ => None,
        }
    }

    /// "the smallest weight", "the largest one"
    pub(super) fn extreme(&self, at: usize) -> Option<(usize, Outcome)> {
        let start = self.skip(at, &["now", "the", "then"]);
        let outcome = match self.at(start) {
            "smallest" | "lowest" => Outcome::Smallest,
            "largest" | "biggest" | "highest" => Outcome::Largest,
            _ => return None,
        };
        let end = self.skip(start + 1, &["weight", "one", "of", "all"]);
        let of_weights = self.at(at.saturating_sub(1)) != "is" || end > start + 1;
        of_weights.then_some((end, outcome))
    }
}
