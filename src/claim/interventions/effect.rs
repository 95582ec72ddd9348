//! What comes of a change, in words: "α does not change", "(it) changes no weight", "c moves by α_j u", "(it) swaps their weights".

use super::kinds::{Observable, Outcome, Who};
use super::words::{FILLERS, Words};
use crate::claim::negations::contracted;
use crate::language::Expr;

/// What comes of something: where it ends, of what, and what.
pub(super) type Effect = (usize, Observable, Outcome);

/// Reads the mathematics between two places of the words.
pub(super) type Parse<'a> = &'a dyn Fn(usize, usize) -> Option<Expr>;

const CHANGE: &[&str] =
    &["change", "alter", "affect", "influence", "modify", "move", "touch", "shift", "disturb", "matter for", "hurt"];
const CHANGES: &[&str] = &["changes", "alters", "affects", "influences", "modifies", "moves", "touches", "disturbs"];
const CHANGING: &[&str] = &["changing", "altering", "affecting", "influencing", "moving", "touching"];
const SPOIL: &[&str] = &["break", "destroy", "spoil", "hurt", "ruin", "harm", "disturb"];
const SPOILS: &[&str] = &["breaks", "destroys", "spoils", "ruins", "kills"];
const BE: &[&str] = &["is", "are", "was", "were", "be", "gets", "get", "becomes", "become"];
const STAY: &[&str] = &["stays", "stay", "remains", "remain", "is", "are", "keeps", "keep"];
const SIZES: &[(&[&str], Outcome)] = &[
    (&["grows", "grow", "increases", "increase", "rises", "rise"], Outcome::Larger),
    (&["falls", "fall", "shrinks", "shrink", "decreases", "decrease", "drops", "drop"], Outcome::Smaller),
    (&["doubles", "double"], Outcome::Times(2.0)),
    (&["triples", "triple"], Outcome::Times(3.0)),
    (&["halves", "halve"], Outcome::Times(0.5)),
];
const ACTS: &[(&[&str], Outcome)] = &[
    (&["doubles", "double"], Outcome::Times(2.0)),
    (&["triples", "triple"], Outcome::Times(3.0)),
    (&["halves", "halve"], Outcome::Times(0.5)),
    (&["squares", "square"], Outcome::Power(2.0)),
    (&["cubes", "cube"], Outcome::Power(3.0)),
    (&["raises", "raise", "increases", "increase", "enlarges"], Outcome::Larger),
    (&["lowers", "lower", "decreases", "decrease", "reduces", "reduce", "shrinks"], Outcome::Smaller),
    (&["swaps", "swap", "exchanges", "exchange", "interchanges"], Outcome::Swapped),
    (&["reverses", "reverse"], Outcome::Reversed),
];
const HARDLY: &[&str] = &["hardly", "barely", "scarcely"];
pub(super) const ABOUT: &[&str] = &["about", "roughly", "approximately", "around", "nearly", "almost", "some", "approx"];
const AS_BEFORE: &[&str] = &[
    "exactly the same",
    "the very same",
    "the same",
    "unchanged",
    "as it is",
    "as it was",
    "as they are",
    "as they were",
    "unaffected",
    "untouched",
    "unaltered",
    "invariant",
    "identical",
    "intact",
    "what it was",
    "what they were",
    "where it is",
    "where it was",
    "put",
    "constant",
    "fixed",
    "alone",
    "in place",
    "preserved",
    "kept",
    "as before",
    "same",
];

impl Words {
    fn fill(&self, at: usize) -> usize {
        self.skip(at, FILLERS)
    }

    /// What comes of something that was the subject: "(…) changes no weight", "(…) does not break the copy".
    pub(super) fn acts(&self, at: usize, parse: Parse) -> Option<Effect> {
        let at = self.skip(self.fill(at), &["would", "will", "must", "that", "only", "merely"]);
        if let Some(next) = self.denial(at) {
            return self.denied_act(self.fill(next));
        }
        if let Some((end, observable)) = self.no_effect(at) {
            return Some((end, observable, Outcome::Same));
        }
        if self.is(at, &["leaves", "leave", "leaving", "keeps", "keep", "preserves", "preserve"]) {
            return self.left_alone(at);
        }
        if self.is(at, SPOILS) {
            let end = self.copy(at + 1)?;
            return Some((end, Observable::Copy, Outcome::Changes));
        }
        if self.is(at, CHANGES) || self.is(at, CHANGE) || self.is(at, &["shifts"]) {
            return self.changes_what(at + 1, parse);
        }
        if self.is(at, &["multiplies", "multiply", "scales", "scale", "rescales", "rescale"]) {
            let (next, observable) = self.observable(at + 1)?;
            let start = self.is(next, &["by", "with"]).then(|| self.skip(next + 1, &["a", "the", "factor", "of", "same"]))?;
            if let Some((end, number)) = self.number(start) {
                return Some((end, observable, Outcome::Times(number)));
            }
            let same = self.row(next + 1, &["the same factor", "the same number", "the same constant", "that factor", "it"])?;
            return Some((same, observable, Outcome::TimesTheFactor));
        }
        // "adds w to c"
        if self.is(at, &["adds", "add"])
            && let Some(to) = (at + 2..self.len().min(at + 6)).find(|i| self.is(*i, &["to"]))
        {
            let (end, observable) = self.observable(to + 1)?;
            let expr = parse(at + 1, to)?;
            return (!expr.is_closed()).then_some((end, observable, Outcome::MovesBy(expr)));
        }
        if self.is(at, &["flips", "flip", "changes", "reverses"])
            && let Some(of) = self.row(at + 1, &["the sign of"])
        {
            let (end, observable) = self.observable(of)?;
            return Some((end, observable, Outcome::Times(-1.0)));
        }
        if let Some(found) = self.evened(at) {
            return Some(found);
        }
        if let Some(found) = self.by_a_factor(at) {
            return Some(found);
        }
        if self.is(at, HARDLY) && (self.is(at + 1, CHANGES) || self.is(at + 1, CHANGE)) {
            let (end, observable) = self.observable(at + 2)?;
            return Some((end, observable, Outcome::Hardly));
        }
        if self.is(at, &["makes", "make"]) {
            let (next, observable) = self.observable(at + 1)?;
            if let Some((end, outcome)) = self.peaked(next).filter(|_| matches!(observable, Observable::Weights(Who::All))) {
                return Some((end, Observable::Peak, outcome));
            }
            let (end, outcome) = self.state(next)?;
            return Some((end, observable, outcome));
        }
        if self.is(at, &["gives", "give", "yields", "yield", "produces", "returns", "leads", "lead", "results", "result"]) {
            return self.gives(at + 1);
        }
        let at = self.skip(at, ABOUT);
        let (_, outcome) = ACTS.iter().find(|(words, _)| self.is(at, words))?;
        let (next, observable) = self.observable(self.skip(at + 1, &["up", "roughly", "about", "approximately"]))?;
        let swapped_values = *outcome == Outcome::Swapped && observable == Observable::Output;
        (!swapped_values).then(|| (self.fill(next), observable, outcome.clone()))
    }

    /// "(does not) change the weights", "(doesn't) break the copy", "(does not) matter for c", "(makes no) difference"
    fn denied_act(&self, at: usize) -> Option<Effect> {
        if self.is(at, SPOIL)
            && let Some(end) = self.copy(at + 1)
        {
            return Some((end, Observable::Copy, Outcome::Same));
        }
        if self.is(at, &["matter"]) {
            let next = self.skip(at + 1, &["for", "to"]);
            return match self.observable(next) {
                Some((end, observable)) if next > at + 1 => Some((end, observable, Outcome::Same)),
                _ => Some((self.fill(at + 1), Observable::All, Outcome::Same)),
            };
        }
        if self.is(at, &["make", "have"]) {
            let start = self.skip(at + 1, &["a", "any", "the"]);
            let next = self.is(start, &["difference", "effect", "influence", "impact"]).then_some(start + 1)?;
            return self.effect_on(next);
        }
        let next = (self.is(at, CHANGE) || self.is(at, CHANGES)).then_some(at + 1)?;
        if self.is(next, &["anything"]) {
            return Some(self.about(next + 1, Outcome::Same));
        }
        let (end, observable) = self.observable(next)?;
        Some((self.fill(self.at_all(end)), observable, Outcome::Same))
    }

    /// "has no effect on c", "makes no difference", "without changing the weights", "cancels"
    fn no_effect(&self, at: usize) -> Option<(usize, Observable)> {
        let of = |effect: Option<Effect>| effect.map(|(end, observable, _)| (end, observable));
        if self.is(at, &["makes", "make", "has", "have", "plays", "play"]) && self.is(at + 1, &["no", "zero"]) {
            let start = self.skip(at + 2, &["direct", "visible"]);
            let noun = self.is(start, &["difference", "effect", "influence", "impact", "bearing", "role", "part", "say"]);
            return noun.then(|| of(self.effect_on(start + 1))).flatten();
        }
        if self.is(at, &["without"]) && self.is(at + 1, CHANGING) {
            return self.observable(at + 2);
        }
        if self.is(at, &["does", "do"]) && self.is(at + 1, &["nothing"]) {
            return of(self.effect_on(at + 2));
        }
        if self.is(at, &["cancels", "cancel"]) {
            return Some((self.skip(self.fill(at + 1), &["out"]), Observable::Weights(Who::All)));
        }
        None
    }

    /// "(no effect) on c", "(no part) in computing α", and of everything where nothing is named.
    fn effect_on(&self, at: usize) -> Option<Effect> {
        const OF: &[&str] = &["on", "to", "for", "in", "over"];
        if !self.is(at, OF) {
            return Some((self.fill(at), Observable::All, Outcome::Same));
        }
        let start = self.computing(at + 1);
        let (end, observable) = self.observable(start)?;
        Some((end, observable, Outcome::Same))
    }

    /// "computing", "the computation of", "how large … is": words that lead to what is computed.
    pub(super) fn computing(&self, at: usize) -> usize {
        const LEADS: &[&str] = &[
            "computing",
            "determining",
            "the computation of",
            "the calculation of",
            "the formula for",
            "calculating",
            "setting",
            "forming",
            "the determination of",
            "what concerns",
            "deciding",
            "fixing",
            "finding",
            "the definition of",
            "the choice of",
            "the size of",
            "how large",
            "how big",
        ];
        let mut at = at;
        while let Some(next) = self.row(at, LEADS) {
            at = next;
        }
        at
    }

    /// "leaves α alone", "keeps the order of the weights", "leaves unchanged the weights"
    fn left_alone(&self, at: usize) -> Option<Effect> {
        if self.are(at + 1, &["everything"]) {
            let end = self.row(at + 2, AS_BEFORE)?;
            return Some((end, Observable::All, Outcome::Same));
        }
        let (next, observable) = self.observable(at + 1)?;
        let end = self.row(self.fill(next), AS_BEFORE);
        let keeps = !self.is(at, &["leaves", "leave", "leaving"]);
        match end {
            Some(end) => Some((end, observable, Outcome::Same)),
            None if keeps => Some((next, observable, Outcome::Same)),
            None => None,
        }
    }

    /// "(changes) no weight", "(changes) nothing about c", "(changes) c", "(moves) c by α_j u"
    fn changes_what(&self, at: usize, parse: Parse) -> Option<Effect> {
        if self.is(at, &["nothing"]) {
            return Some(self.about(at + 1, Outcome::Same));
        }
        let none = self.is(at, &["no", "none", "neither"]);
        let start = if none { self.skip(at + 1, &["of", "single"]) } else { at };
        let (next, observable) = self.observable(start)?;
        if none {
            return Some((self.fill(self.at_all(next)), observable, Outcome::Same));
        }
        match self.by(next, parse) {
            Some((end, outcome)) => Some((end, observable, outcome)),
            None => Some((next, observable, Outcome::Changes)),
        }
    }

    /// "(nothing) about c", "(nothing) at all"
    fn about(&self, at: usize, outcome: Outcome) -> Effect {
        let next = self.skip(at, &["about", "in", "with"]);
        match self.observable(next) {
            Some((end, observable)) if next > at => (end, observable, outcome),
            _ => (self.at_all(self.fill(at)), Observable::All, outcome),
        }
    }

    fn at_all(&self, at: usize) -> usize {
        self.row(at, &["at all", "in any way", "in the least", "one bit", "a bit", "whatsoever", "in the slightest"])
            .unwrap_or(at)
    }

    /// "(gives) the same weights", "(gives) the former winner the smallest weight"
    fn gives(&self, at: usize) -> Option<Effect> {
        let start = self.skip(at, &["to", "in", "you", "us", "exactly", "back"]);
        let next = self.row(start, &["the very same", "exactly the same", "the same", "the identical"]);
        if let Some(next) = next {
            let (end, observable) = self.observable(next)?;
            return Some((self.skip(end, &["back", "again", "as", "before"]), observable, Outcome::Same));
        }
        if let Some(next) = self.row(start, &["different", "other", "another"]) {
            let (end, observable) = self.observable(next)?;
            return Some((end, observable, Outcome::Changes));
        }
        let (next, who) = self.who(start)?;
        let (end, outcome) = self.extreme(next)?;
        Some((end, Observable::Weights(who), outcome))
    }

    /// What comes out, with its own subject: "α does not change", "c moves by α_j u", "every weight doubles".
    pub(super) fn happens(&self, at: usize, parse: Parse) -> Option<Effect> {
        let at = self.fill(at);
        // "no weight changes", "none of the weights changes", "nothing changes"
        if self.is(at, &["nothing"]) && self.is(at + 1, &["changes", "happens", "moves"]) {
            let next = self.skip(at + 2, &["to", "in", "about", "for", "with"]);
            return match self.observable(next) {
                Some((end, observable)) if next > at + 2 => Some((end, observable, Outcome::Same)),
                _ => Some((self.at_all(self.fill(at + 2)), Observable::All, Outcome::Same)),
            };
        }
        if self.is(at, &["no", "none", "neither"]) {
            let (next, observable) = self.observable(self.skip(at + 1, &["of"]))?;
            return self
                .is(next, &["changes", "change", "moves", "move"])
                .then(|| (self.fill(next + 1), observable, Outcome::Same));
        }
        // "the softmax returns the same weights"
        if let Some(next) = self.row(at, &["the softmax", "softmax", "the head", "attention", "the formula"])
            && self.is(next, &["returns", "gives", "yields", "outputs", "produces"])
        {
            return self.gives(next + 1);
        }
        // "you get the very same α back", "we get the same weights", "the result is the same"
        if self.is(at, &["get", "obtain", "have"]) {
            return self.gives(at + 1);
        }
        // "the former winner gets the smallest weight"
        if let Some((next, who)) = self.who(at)
            && self.is(self.fill(next), &["gets", "has", "receives", "becomes", "is", "takes", "obtains"])
            && let Some((end, outcome)) = self.extreme(self.fill(self.fill(next) + 1))
        {
            return Some((end, Observable::Weights(who), outcome));
        }
        let (next, observable) = self.observable(at)?;
        let next = self.skip(self.fill(next), &["would", "will", "only", "merely", "must"]);
        if matches!(observable, Observable::Weights(Who::All))
            && self.is(next, BE)
            && let Some((end, outcome)) = self.peaked(self.fill(next + 1))
        {
            return Some((end, Observable::Peak, outcome));
        }
        let (end, outcome) = self.becomes(next, parse)?;
        // "the largest weight stays where it is": its place is meant.
        let placed = (next..end).any(|i| self.is(i, &["where", "put", "place"]));
        let observable = match observable {
            Observable::Weights(Who::Winner) if placed => Observable::Winner,
            other => other,
        };
        Some((self.fill(end), observable, outcome))
    }

    /// "does not change", "stays the same", "moves by α_j u", "doubles", "becomes larger"
    fn becomes(&self, at: usize, parse: Parse) -> Option<(usize, Outcome)> {
        if let Some(next) = self.denial(at) {
            let next = self.fill(next);
            const STILL: &[&str] = &["change", "move", "react", "budge", "notice", "feel", "care", "shift", "matter", "vary"];
            const MOVED: &[&str] = &["changed", "affected", "altered", "moved", "touched", "influenced", "different"];
            let still = self.is(next, STILL) || self.is(next, MOVED) || contracted(self.at(at)) && self.is(next, CHANGES);
            let end = self.at_all(self.fill(next + 1));
            // "does not feel it", "doesn't notice"
            let end = self.skip(end, &["it", "this", "that"]);
            return still.then(|| (self.at_all(self.fill(end)), Outcome::Same));
        }
        if self.is(at, STAY)
            && let Some(end) = self.row(self.fill(at + 1), AS_BEFORE)
        {
            return Some((self.fill(end), Outcome::Same));
        }
        if self.is(at, &["moves", "move", "shifts", "shift", "changes", "change"]) {
            let next = self.fill(at + 1);
            if self.is(next, &["sign", "its"]) {
                let end = self.row(next, &["sign", "its sign"])?;
                return Some((end, Outcome::Times(-1.0)));
            }
            if self.is(next, &["places"]) {
                return Some((next + 1, Outcome::Swapped));
            }
            return self.by(next, parse).or_else(|| (!self.is(next, &["by"])).then_some((next, Outcome::Changes)));
        }
        if self.is(at, &["flips", "flip"]) {
            return Some((self.row(at + 1, &["sign", "its sign"])?, Outcome::Times(-1.0)));
        }
        if let Some((_, outcome)) = SIZES.iter().find(|(words, _)| self.is(at, words)) {
            let factor = self.row(self.skip(at + 1, ABOUT), &["by a factor of", "by the factor"]);
            if let Some((end, x)) = factor.and_then(|start| self.number(self.skip(start, ABOUT))) {
                let factor = if *outcome == Outcome::Smaller { 1.0 / x } else { x };
                return matches!(outcome, Outcome::Larger | Outcome::Smaller).then_some((end, Outcome::Times(factor)));
            }
            return (!self.is(at + 1, &["by"])).then(|| (at + 1, outcome.clone()));
        }
        if self.is(at, HARDLY) && (self.is(at + 1, CHANGES) || self.is(at + 1, CHANGE)) {
            return Some((at + 2, Outcome::Hardly));
        }
        let next = self.is(at, BE).then(|| self.skip(self.skip(self.fill(at + 1), &["only"]), ABOUT))?;
        self.is_what(next, parse).or_else(|| self.state(next))
    }

    /// "(is) doubled", "(are) swapped", "(is) shifted by u", "(is) turned round"
    fn is_what(&self, at: usize, parse: Parse) -> Option<(usize, Outcome)> {
        const DONE: &[(&[&str], Outcome)] = &[
            (&["doubled"], Outcome::Times(2.0)),
            (&["tripled"], Outcome::Times(3.0)),
            (&["halved"], Outcome::Times(0.5)),
            (&["squared"], Outcome::Power(2.0)),
            (&["cubed"], Outcome::Power(3.0)),
            (&["swapped", "exchanged", "interchanged"], Outcome::Swapped),
            (&["reversed", "inverted"], Outcome::Reversed),
            (&["changed", "altered", "affected", "different"], Outcome::Changes),
        ];
        if let Some((_, outcome)) = DONE.iter().find(|(words, _)| self.is(at, words)) {
            return Some((at + 1, outcome.clone()));
        }
        if self.is(at, &["turned"]) {
            return Some((self.row(at + 1, &["round", "around", "upside down"])?, Outcome::Reversed));
        }
        if self.is(at, &["shifted", "moved"]) {
            return self.by(at + 1, parse);
        }
        if self.is(at, &["multiplied", "scaled"]) {
            let next = self.is(at + 1, &["by", "with"]).then_some(at + 2)?;
            if let Some((end, number)) = self.number(self.skip(next, &["a", "factor", "of"])) {
                return Some((end, Outcome::Times(number)));
            }
            let end = self.row(next, &["the same factor", "the same number", "that factor", "it", "t"])?;
            return Some((end, Outcome::TimesTheFactor));
        }
        self.extreme(at)
    }

    /// "by α_j u", "by the same vector", "by exactly that amount"
    fn by(&self, at: usize, parse: Parse) -> Option<(usize, Outcome)> {
        let start = self.is(at, &["by"]).then(|| self.skip(at + 1, &["exactly", "just", "only", "precisely"]))?;
        if let Some(end) = self.row(
            start,
            &[
                "almost the same vector",
                "nearly the same vector",
                "almost the same amount",
                "nearly the same amount",
                "almost as much",
                "nearly as much",
            ],
        ) {
            return Some((end, Outcome::NearlyTheAmount));
        }
        if self.letter(start, &["alpha", "w", "p"]).is_some()
            && let Some(end) = self.row(
                self.skip(start + 1, &["times"]),
                &[
                    "the change",
                    "this change",
                    "that change",
                    "the change of v_i",
                    "the change of v_j",
                    "its change",
                    "that vector",
                    "the difference",
                ],
            )
        {
            return Some((end, Outcome::MovesByItsShare));
        }
        if let Some(end) = self.row(
            start,
            &["the full change", "the whole change", "the change", "the same change", "the change itself", "all of the change"],
        ) {
            return Some((end, Outcome::MovesByTheAmount));
        }
        if let Some(end) =
            self.row(start, &["the same amount", "the same vector", "that amount", "that vector", "the same number", "as much"])
        {
            return Some((end, Outcome::MovesByTheAmount));
        }
        let end = (start..self.len())
            .find(|i| self.ends(*i) && !self.at(*i).starts_with("close(") && !self.at(*i).starts_with("open("))
            .unwrap_or(self.len());
        let last = (start..end).rev().find(|i| !self.is(*i, FILLERS)).map_or(end, |i| i + 1);
        let expr = parse(start, last)?;
        (!expr.is_closed()).then_some((end, Outcome::MovesBy(expr)))
    }

    /// "the copy", "copying", "it": what may be broken.
    fn copy(&self, at: usize) -> Option<usize> {
        let start = self.skip(at, &["the", "this", "our"]);
        let noun = self.is(start, &["copy", "copying", "it", "lookup", "look-up", "retrieval", "mechanism"]);
        noun.then(|| self.fill(start + 1))
    }
}
