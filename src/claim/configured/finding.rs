//! What is found in a configuration, in words: "α is uniform", "each of them gets at most 1/2", "c is the plain mean of the values".

use super::{Bound, Case, Finding, Mode, On, Reacts, Whose};
use crate::claim::interventions::words::Words;
use crate::claim::negations::contracted;
use crate::language::Relation;
use crate::tolerance;

const WEIGHTS: &[&str] = &[
    "the attention weights",
    "all attention weights",
    "all the weights",
    "all weights",
    "the weights",
    "every weight",
    "each weight",
    "the attention distribution",
    "the distribution",
    "the distribution alpha",
    "alpha",
    "alpha_i",
    "attention",
];
const EVERY_KEY: &[&str] = &["every key", "each key", "all keys", "every token", "all tokens", "each position", "every position"];
const SPOKEN: &[&str] = &[
    "the weight of j",
    "the weight of key j",
    "the weight of that key",
    "the weight of this key",
    "its weight",
    "its own weight",
    "each of them",
    "each of the two",
    "each of the three",
    "each of these",
    "each",
    "both of them",
    "both",
    "they",
    "neither",
    "neither of them",
    "none of them",
    "each weight",
    "their weights",
];
pub(super) const OUTPUT: &[&str] = &["c", "the output", "the output c", "the result", "the output vector", "it"];
const UNIFORM: &[&str] = &[
    "uniform",
    "all uniform",
    "the uniform distribution",
    "all equal",
    "equal",
    "all the same",
    "the same",
    "all identical",
    "1 slash n",
    "all 1 slash n",
    "equal to 1 slash n",
    "all equal to 1 slash n",
    "1 slash n each",
    "uniformly distributed",
    "spread uniformly",
    "spread evenly",
];
const MEAN: &[&str] = &["mean", "average", "arithmetic mean"];
const OF_VALUES: &[&str] = &[
    "of the values",
    "of all values",
    "of all the values",
    "of the value vectors",
    "of the v_i",
    "of all v_i",
    "of the n values",
];
pub(super) const BE: &[&str] = &[
    "is", "are", "be", "becomes", "become", "stays", "stay", "remains", "remain", "=", "equals", "get", "gets", "has", "have",
    "equal",
];

impl Words {
    /// A finding with its subject: where it ends, and in which heads it is said to be so.
    pub(super) fn finding(&self, at: usize, cases: &[Case]) -> Option<(usize, Finding, Mode)> {
        self.of_weights(at)
            .or_else(|| self.of_spoken(at))
            .or_else(|| self.of_output(at, cases))
            .or_else(|| self.of_length(at))
            .or_else(|| self.of_coordinates(at))
    }

    /// "can never", "always", "still", "is": how a verb says in which heads it is so.
    pub(super) fn mode(&self, at: usize) -> (usize, Mode) {
        const EVEN: &[&str] = &[
            "then",
            "still",
            "also",
            "always",
            "even",
            "just",
            "simply",
            "therefore",
            "exactly",
            "all",
            "necessarily",
            "automatically",
        ];
        let start = self.skip(at, EVEN);
        if self.is(start, &["never"]) {
            return (start + 1, Mode::Never);
        }
        let modal = self.is(start, &["can", "could", "may", "might"]);
        if self.is(start, &["cannot"]) || contracted(self.at(start)) {
            return (self.skip(start + 1, EVEN), Mode::Never);
        }
        if modal {
            let next = self.skip(start + 1, EVEN);
            if self.is(next, &["never", "not"]) {
                return (self.skip(next + 1, EVEN), Mode::Never);
            }
            return (next, Mode::Possible);
        }
        (start, Mode::Always)
    }

    /// "α is uniform", "all weights vanish", "every key gets the same weight"
    fn of_weights(&self, at: usize) -> Option<(usize, Finding, Mode)> {
        // "one of them gets the whole weight"
        if let Some(next) = self.longest(at, &["one of them", "one key", "a single key", "one of the keys"]) {
            let verb = self.is(next, &["gets", "has", "takes", "receives"]).then_some(next + 1)?;
            let whole = &[
                "the whole weight",
                "all the weight",
                "all of the weight",
                "the full weight",
                "everything",
                "nearly everything",
                "nearly all the weight",
                "almost all the weight",
            ];
            return self.longest(verb, whole).map(|end| (end, Finding::Alone, Mode::Always));
        }
        if let Some(next) = self.longest(at, EVERY_KEY) {
            let (next, mode) = self.mode(next);
            let verb = self.is(next, &["gets", "get", "has", "have", "receives", "receive"]).then_some(next + 1)?;
            let (end, finding) = self.portion(verb)?;
            return Some((end, finding, mode));
        }
        let next = self.longest(at, WEIGHTS)?;
        let (next, mode) = self.mode(next);
        if self.is(next, &["vanish", "vanishes"]) {
            return Some((next + 1, Finding::Weight(Whose::Every, Relation::Equal, Bound::Number(0.0)), mode));
        }
        if let Some((end, on)) = self.reacts_to(next, mode) {
            return Some((end, Finding::Depends(Reacts::Weights, on.0), on.1));
        }
        if !self.is(next, BE) {
            return None;
        }
        let verb = self.skip(next + 1, &["then", "still", "again", "simply", "just", "exactly"]);
        let (end, finding) = self.shape(verb)?;
        // "Each weight equals 1/n" is no comparison of one with itself.
        Some((end, finding, mode))
    }

    /// "uniform", "zero", "concentrated on one of them"
    fn shape(&self, at: usize) -> Option<(usize, Finding)> {
        if let Some(end) = self.longest(at, UNIFORM) {
            return Some((end, Finding::Uniform));
        }
        if let Some(end) = self.longest(at, &["0", "zero", "all zero", "all 0", "equal to zero"]) {
            return Some((end, Finding::Weight(Whose::Every, Relation::Equal, Bound::Number(0.0))));
        }
        const ALONE: &[&str] = &[
            "concentrated on one of them",
            "concentrated on one key",
            "concentrated on a single key",
            "concentrated on one",
            "one-hot",
            "all on one key",
        ];
        self.longest(at, ALONE).map(|end| (end, Finding::Alone))
    }

    /// "the same weight", "weight 1/n", "an equal share", "no weight at all"
    fn portion(&self, at: usize) -> Option<(usize, Finding)> {
        const SAME: &[&str] = &[
            "the same weight",
            "exactly the same weight",
            "the same probability",
            "the same attention",
            "the same share",
            "an equal share",
            "equal weight",
            "equal weights",
            "the weight 1 slash n",
            "weight 1 slash n",
            "a weight of 1 slash n",
            "1 slash n",
            "the same amount of attention",
            "the same amount",
        ];
        if let Some(end) = self.longest(at, SAME) {
            return Some((end, Finding::Uniform));
        }
        const NONE: &[&str] = &[
            "the weight zero",
            "the weight 0",
            "weight zero",
            "weight 0",
            "zero weight",
            "no weight",
            "no weight at all",
            "a weight of zero",
            "a weight of 0",
        ];
        self.longest(at, NONE).map(|end| (end, Finding::Weight(Whose::Every, Relation::Equal, Bound::Number(0.0))))
    }

    /// What a configuration gives: "every key the same weight", "uniform weights", "the mean of all values".
    pub(super) fn given(&self, at: usize) -> Option<(usize, Finding)> {
        let all = self.skip(at, &["to"]);
        if let Some(next) = self.longest(all, EVERY_KEY) {
            return self.portion(next);
        }
        const FLAT: &[&str] = &[
            "uniform weights",
            "uniform attention",
            "equal weights",
            "the uniform distribution",
            "a uniform distribution",
            "a uniform alpha",
            "the same weight for every key",
            "the same weight for all keys",
        ];
        if let Some(end) = self.longest(at, FLAT) {
            return Some((end, Finding::Uniform));
        }
        if let Some(next) = self.longest(at, OUTPUT).filter(|next| self.is(*next, &["as", "="])) {
            return self.plain_mean(next + 1);
        }
        self.plain_mean(at)
    }

    /// "(make) α uniform", "(make) c independent of q"
    pub(super) fn makes_so(&self, at: usize) -> Option<(usize, Finding)> {
        if let Some(next) = self.longest(at, WEIGHTS) {
            return self.shape(next);
        }
        let next = self.longest(at, OUTPUT)?;
        self.plain_mean(next)
    }

    /// "the plain average of the values"
    pub(super) fn plain_mean(&self, at: usize) -> Option<(usize, Finding)> {
        let start = self.is(at, &["the", "a"]).then_some(at + 1)?;
        let next = self.skip(start, &["plain", "simple", "ordinary", "unweighted", "arithmetic"]);
        let mean = self.longest(next, MEAN)?;
        Some((self.longest(mean, OF_VALUES)?, Finding::PlainMean))
    }

    /// "α_j is at most 1/2", "each of them gets exactly 1/2", "α_j can't exceed one half"
    fn of_spoken(&self, at: usize) -> Option<(usize, Finding, Mode)> {
        let symbol = self.letter(at, &["alpha"]).filter(|l| l != "i").map(|_| at + 1);
        let next = symbol.or_else(|| self.longest(at, SPOKEN))?;
        let none = self.is(at, &["neither", "none"]);
        let (next, mode) = self.mode(next);
        let (end, relation, bound) = self.held_against(next)?;
        let mode = match (none, mode) {
            (false, mode) => mode,
            (true, Mode::Always | Mode::Possible) => Mode::Never,
            (true, _) => return None,
        };
        Some((end, Finding::Weight(Whose::Spoken, relation, bound), mode))
    }

    /// "is at most 1/2", "exceeds one half", "gets exactly 1/3", "come close to 1"
    fn held_against(&self, at: usize) -> Option<(usize, Relation, Bound)> {
        const VERBS: &[(&[&str], Relation)] = &[
            (
                &[
                    "exceeds",
                    "exceed",
                    "get above",
                    "gets above",
                    "rise above",
                    "go above",
                    "be larger than",
                    "be above",
                    "be more than",
                    "get more than",
                    "have more than",
                    "gets more than",
                    "is larger than",
                    "is above",
                    "gets above",
                ],
                Relation::Greater,
            ),
            (
                &[
                    "is at most",
                    "gets at most",
                    "has at most",
                    "get at most",
                    "have at most",
                    "stays at most",
                    "be at most",
                    "is no more than",
                ],
                Relation::LessEqual,
            ),
            (
                &["is below", "stays below", "is less than", "gets less than", "is smaller than", "remains below", "lies below"],
                Relation::Less,
            ),
            (
                &[
                    "is exactly",
                    "gets exactly",
                    "has exactly",
                    "get exactly",
                    "have exactly",
                    "be exactly",
                    "equals",
                    "is equal to",
                ],
                Relation::Equal,
            ),
            (
                &[
                    "come close to",
                    "comes close to",
                    "be close to",
                    "is close to",
                    "get close to",
                    "gets close to",
                    "approach",
                    "approaches",
                    "is about",
                    "is approximately",
                    "is nearly",
                    "≈",
                    "tends to",
                    "be about",
                    "be nearly",
                ],
                Relation::Approx,
            ),
            (&["≤"], Relation::LessEqual),
            (&["<"], Relation::Less),
            (&[">"], Relation::Greater),
        ];
        let found = VERBS.iter().flat_map(|(rows, r)| rows.iter().map(move |row| (row, *r)));
        let (start, relation) = found.filter_map(|(row, r)| Some((self.row(at, &[row])?, r))).max_by_key(|(end, _)| *end)?;
        let about = self.row(start, &["about", "roughly", "approximately"]);
        let (end, bound) = self.bound(self.skip(about.unwrap_or(start), &["the", "value", "a", "weight", "of"]))?;
        // "At most about one half" has room for what people round.
        let bound = match (bound, relation) {
            (Bound::Number(x), Relation::LessEqual | Relation::Less) if about.is_some() => {
                Bound::Number(x + tolerance::APPROX_CLOSE)
            }
            (bound, _) => bound,
        };
        Some((end, relation, bound))
    }

    /// "1/2", "one half", "0.5", "1", "1/n"
    pub(super) fn bound(&self, at: usize) -> Option<(usize, Bound)> {
        const NAMED: &[(&[&str], f64)] = &[
            (&["one half", "half", "a half", "half of the weight", "half the weight", "one half of the weight"], 0.5),
            (&["one third", "third", "a third"], 1.0 / 3.0),
            (&["one", "full weight", "all of it", "whole weight"], 1.0),
            (&["zero"], 0.0),
        ];
        if let Some(end) = self.row(at, &["1 slash n"]) {
            return Some((end, Bound::OverKeys));
        }
        let named = NAMED.iter().filter_map(|(rows, x)| Some((self.longest(at, rows)?, *x))).max_by_key(|(end, _)| *end);
        if let Some((end, x)) = named {
            return Some((end, Bound::Number(x)));
        }
        let (end, x) = self.number(at)?;
        let percent = self.is(end, &["%"]);
        Some((end + usize::from(percent), Bound::Number(if percent { x / 100.0 } else { x })))
    }

    /// "depends on q", "does not depend on the keys", "is independent of the query"
    pub(super) fn reacts_to(&self, at: usize, mode: Mode) -> Option<(usize, (On, Mode))> {
        const ON: &[(&[&str], On)] = &[
            (&["q", "the query", "the query q"], On::Query),
            (&["the keys", "the keys k_i", "the k_i"], On::Keys),
            (&["the weights", "alpha", "the weights alpha"], On::Weights),
        ];
        let denied = self.row(
            at,
            &[
                "does not depend on",
                "do not depend on",
                "doesn't depend on",
                "don't depend on",
                "is independent of",
                "are independent of",
                "no longer depends on",
            ],
        );
        let said = self.row(at, &["depends on", "depend on"]);
        let (start, mode) = match (denied, said, mode) {
            (Some(start), _, Mode::Always) => (start, Mode::Never),
            (_, Some(start), mode) => (start, mode),
            _ => return None,
        };
        let on = ON.iter().filter_map(|(rows, on)| Some((self.longest(start, rows)?, *on))).max_by_key(|(end, _)| *end)?;
        Some((on.0, (on.1, mode)))
    }
}
