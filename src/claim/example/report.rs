//! Numbers that an example reports of what was spoken of last: "for n = 5, β = 6 this is 0.990", "X = 2 gives 0.982 for
//! v_a", "γ = 40 pushes this below 1e-5", "the standard deviation is 0.2".

use super::items::{ByItems, Kind};
use super::scores::{Keys, value};
use super::topic::{DEVIATION, VARIANCE};
use super::view::{ABOUT, KEY_NOUNS, Named, View};
use crate::language::{Expr, Relation};

/// What a number is reported of.
#[derive(Debug, Clone, PartialEq)]
pub enum Noun {
    /// A pronoun, or no word at all.
    Last,
    /// A noun for any number, "the ratio".
    Named,
    /// A standard deviation.
    Deviation,
    /// A variance.
    Variance,
    /// The weight, of some keys where they are named.
    Weight(Option<Named>),
}

/// A report.
#[derive(Debug, Clone)]
pub struct Report {
    /// Of what.
    pub noun: Noun,
    /// For which keys, named behind the number.
    pub keys: Option<Named>,
    /// Whether the number is said to be of all those keys together.
    pub together: Option<bool>,
    /// The numbers, each with how it is said.
    pub numbers: Vec<(Relation, Expr)>,
}

const PERSONS: &[&str] = &["one", "we", "i", "you", "they"];
const OBTAINS: &[&str] = &["get", "gets", "got", "obtain", "obtains", "find", "finds", "reach", "reaches", "have", "has", "read"];
const STATES: &[&str] = &[
    "is",
    "becomes",
    "equals",
    "gives",
    "yields",
    "reads",
    "reaches",
    "makes",
    "gets",
    "stays",
    "drops",
    "falls",
    "rises",
    "grows",
    "shrinks",
    "goes",
    "sinks",
    "climbs",
    "jumps",
    "comes",
    "amounts",
    "evaluates",
    "exceeds",
    "remains",
    "leaves",
    "was",
    "be",
    "give",
    "become",
    "amount",
];
const YIELDS: &[&str] = &[
    "gives", "give", "yields", "yield", "leads", "lead", "means", "mean", "result", "imply", "implies", "produces", "gave",
    "makes", "results", "reaches", "leaves", "leave",
];
const PUSHES: &[&str] = &[
    "pushes",
    "push",
    "brings",
    "bring",
    "drives",
    "drive",
    "lowers",
    "reduces",
    "raises",
    "makes",
    "gets",
    "takes",
    "turns",
    "puts",
    "shrinks",
    "increases",
    "decreases",
    "lifts",
    "pulls",
];
const CONTRACTED: &[&str] = &["that's", "it's", "that’s", "it’s"];
const NUMBERS: &[&str] = &[
    "result",
    "value",
    "expression",
    "formula",
    "fraction",
    "quotient",
    "bound",
    "number",
    "sum",
    "term",
    "ratio",
    "remainder",
    "total",
    "estimate",
    "share",
    "figure",
];
/// Words that change nothing between values and a number.
pub const ADVERBS: &[&str] =
    &["already", "then", "now", "only", "just", "still", "even", "thus", "here", "therefore", "also", "hence", "instead"];

impl View<'_> {
    /// A report at a place, and where it ends; `led` says that values stand directly before it.
    pub fn report(&self, at: usize, led: bool) -> Option<(Report, usize)> {
        if let Some(found) = self.bare_report(at, led) {
            return Some(found);
        }
        let (noun, verb) = self.reported_of(at)?;
        let start = if self.is(at, CONTRACTED) { verb } else { self.report_verb(at, verb, led)? };
        self.report_numbers(noun, verb, start)
    }

    /// A report whose verb stands behind the values: "which for β = 10 is 1.4".
    pub fn report_behind(&self, verb: usize) -> Option<(Report, usize)> {
        let state = self.is(verb, STATES);
        let start = self.skip(verb + 1, ADVERBS);
        if state { self.report_numbers(Noun::Last, verb, start) } else { None }
    }

    /// "n = 50, β = 5: 0.43", ", e.g. 0.43 for n = 50": a number alone, behind values or before them.
    fn bare_report(&self, at: usize, led: bool) -> Option<(Report, usize)> {
        let before = self.items.get(at.checked_sub(1)?)?;
        let headed = led && (before.kind == Kind::Colon || matches!(before.kind, Kind::Rel(Relation::Tends | Relation::Approx)));
        // "with β = 1 still above one half"
        if led && self.is(at, &["still", "only", "already", "just"]) {
            let (report, end) = self.report_numbers(Noun::Last, at, self.skip(at, ADVERBS))?;
            return self.ends(end).then_some((report, end));
        }
        let aside = self.is(at - 1, &["e.g", "eg", "i.e", "ie", "about", "say"]);
        let start = if aside && self.is(at - 1, ABOUT) { at - 1 } else { at };
        if !headed && !aside || self.math(at).is_none() {
            return None;
        }
        let (report, end) = self.report_numbers(Noun::Last, at, start)?;
        let values = self.is(end, &["for", "at", "with", "if", "when"]);
        (headed || values).then_some((report, end))
    }

    /// The numbers from a place on, and what stands behind them.
    fn report_numbers(&self, noun: Noun, verb: usize, start: usize) -> Option<(Report, usize)> {
        let (relation, first, mut end) = self.amount(start)?;
        let exceeds = (verb..start).any(|i| self.is(i, &["exceeds"]));
        let mut numbers = vec![(if exceeds { Relation::Greater } else { relation }, first)];
        while let Some(relation @ (Relation::Equal | Relation::Approx)) = self.relation(end) {
            let (next, after) = self.number(end + 1)?;
            numbers.push((relation, next));
            end = after;
        }
        // "gives a weight of 0.95", "gets 95 % of the weight"
        let weight = (start..end).any(|i| self.is(i, &["weight"])) || self.of_weight_behind(end);
        let noun = if weight && noun == Noun::Last { Noun::Weight(None) } else { noun };
        let mut report = Report { noun, keys: None, together: None, numbers };
        end = self.behind_report(end, &mut report)?;
        Some((report, end))
    }

    /// The subject, "this", "one", "the standard deviation"; nothing where the verb stands there.
    fn reported_of(&self, at: usize) -> Option<(Noun, usize)> {
        if self.is(at, CONTRACTED) {
            return Some((Noun::Last, at + 1));
        }
        if self.is(at, PERSONS) || self.is(at, &["this", "it", "that", "which"]) && !self.is(at + 1, NUMBERS) {
            return Some((Noun::Last, at + 1));
        }
        let noun = self.skip(at, &["the", "its", "their", "this", "that"]);
        if noun == at {
            return Some((Noun::Last, at));
        }
        let noun = self.skip(noun, &["resulting", "corresponding", "whole"]);
        let squared = self.is(noun, &["mean", "expected", "average"]) && self.is(noun + 1, &["squared"]);
        if squared && self.is(noun + 2, &["distance", "deviation", "error", "length", "norm"]) {
            return Some((Noun::Named, noun + 3));
        }
        let deviation = noun + usize::from(self.is(noun, &["standard"]));
        if self.is(deviation, DEVIATION) && (deviation > noun || !self.is(noun, &["deviation"])) {
            return Some((Noun::Deviation, deviation + 1));
        }
        if self.is(noun, VARIANCE) {
            return Some((Noun::Variance, noun + 1));
        }
        if self.is(noun, NUMBERS) {
            return Some((Noun::Named, noun + 1));
        }
        let top = ["largest", "biggest", "top", "highest", "maximal", "winning"];
        if self.is(noun, &top) && self.is(noun + 1, &["weight"]) && self.world.letters == ["j"] {
            let named = Named { keys: Keys::Named(vec!["j".into()]), each: false, count: None };
            return Some((Noun::Weight(Some(named)), noun + 2));
        }
        if self.is(noun, &["weight"]) {
            let named = self.is(noun + 1, &["of", "on", "for"]).then(|| self.keys(noun + 2)).flatten();
            let bare = !self.is(noun + 1, &["of", "on", "for"]);
            return (bare || named.is_some())
                .then(|| named.map_or((Noun::Weight(None), noun + 1), |(n, end)| (Noun::Weight(Some(n)), end)));
        }
        None
    }

    /// Where the number begins, behind the verb.
    fn report_verb(&self, at: usize, verb: usize, led: bool) -> Option<usize> {
        // "that would be 2"
        let modal = self.is(verb, &["would", "will"]) && self.is(verb + 1, &["be", "give", "become", "amount"]);
        let verb = self.skip(verb + usize::from(modal), ADVERBS);
        let behind = |place: usize| {
            let mut place = self.skip(place, ADVERBS);
            place = self.skip(place, &["down", "up", "out", "be", "close"]);
            let least = self.is(place, &["at"]) && self.is(place + 1, &["least", "most"]);
            if least { place } else { self.skip(place, &["to", "as", "at", "into", "in"]) }
        };
        let person = self.is(at, PERSONS);
        if person {
            // "we are at 0.471", "one ends up at 0.12"
            let lands = self.is(verb, &["are", "land", "lands", "end", "ends", "arrive", "come", "is"])
                && (self.is(verb + 1, &["at"]) || self.is(verb + 1, &["up", "out"]) && self.is(verb + 2, &["at", "with"]));
            return (lands || self.is(verb, OBTAINS)).then(|| self.skip(behind(verb + 1), &["with"]));
        }
        if verb > at && self.skip(at, ADVERBS) != verb {
            return self.is(verb, STATES).then(|| behind(verb + 1));
        }
        if !led {
            return None;
        }
        if self.is(verb, PUSHES) {
            let object = self.skip(verb + 1, &["this", "it", "that"]);
            let named = self.is(verb + 1, &["the"]) && self.is(verb + 2, NUMBERS);
            let object = if named { verb + 3 } else { object };
            if object > verb + 1 {
                return Some(behind(object));
            }
        }
        self.is(verb, YIELDS).then(|| behind(verb + 1))
    }

    /// How a number is said and the number, of any size.
    pub fn amount(&self, at: usize) -> Option<(Relation, Expr, usize)> {
        let mut relation = Relation::Equal;
        let mut place = at;
        if let Some(sign) = self.relation(place) {
            relation = sign;
            place += 1;
        }
        loop {
            let than = self.is(place + 1, &["than"]);
            let bound = self.is(place, &["at"]) && self.is(place + 1, &["least", "most"]);
            relation = match self.word(place) {
                Some(w) if ABOUT.contains(&w) => Relation::Approx,
                Some("more" | "greater" | "larger") if than => Relation::Greater,
                Some("less" | "smaller") if than => Relation::Less,
                Some("over" | "above" | "beyond") => Relation::Greater,
                Some("below" | "under") => Relation::Less,
                Some("at") if bound && self.is(place + 1, &["least"]) => Relation::GreaterEqual,
                Some("at") if bound => Relation::LessEqual,
                Some("only" | "just" | "already" | "still" | "even" | "a" | "the" | "exactly" | "mere" | "weight" | "of")
                    if self.number(place).is_none() =>
                {
                    relation
                }
                _ => break,
            };
            place += if than || bound { 2 } else { 1 };
        }
        let (number, end) = self.number(place)?;
        let unit = self.is(end, KEY_NOUNS) && !self.is(end, &["weight", "weights"])
            || self.is(end, &["times", "of"]) && !self.of_weight_behind(end);
        (!unit).then_some((relation, number, end))
    }

    fn of_weight_behind(&self, at: usize) -> bool {
        let noun = self.skip(at + 1, &["the", "all", "total"]);
        self.is(at, &["of"]) && self.is(noun, &["weight", "attention", "mass", "probability"])
    }

    /// "of the weight", "for v_a", "each": what may stand behind the number, up to the end of the clause or a condition.
    fn behind_report(&self, mut end: usize, report: &mut Report) -> Option<usize> {
        loop {
            if self.of_weight_behind(end) {
                end = self.skip(end + 1, &["the", "all", "total", "weight", "attention", "mass", "probability"]);
            } else if self.is(end, &["for", "on", "to"])
                && let Some((named, after)) = self.keys(end + 1)
                && report.keys.is_none()
            {
                report.together = named.each.then_some(false);
                report.keys = Some(named);
                end = after;
            } else if self.is(end, &["together"]) && report.keys.is_some() {
                report.together = Some(true);
                end += 1;
            } else if self.is(end, &["each", "apiece"]) {
                report.together = Some(false);
                end += 1;
            } else if self.is(end, &["already", "too", "now", "then", "here", "only", "instead", "also"]) {
                end += 1;
            } else if self.is(end, &["in"]) && self.is(end + 1, &["total"]) {
                report.together = Some(true);
                end += 2;
            } else if self.is(end, &["as"]) && self.is(end + 1, &["well"]) {
                end += 2;
            } else {
                break;
            }
        }
        let conditioned = self.is(end, &["for", "at", "if", "when", "with"]) && self.math(end + 1).is_some();
        (self.ends(end) || conditioned).then_some(end)
    }

    /// "get (1/3, 1/3, 1/3)", "the weights are about 0.73 and 0.27", up to the end of the clause.
    pub fn row_of_weights(&self, at: usize) -> Option<(Relation, Vec<Expr>, usize)> {
        let subject = self.skip(at, &["the", "softmax", "they", "this", "it", "we", "i", "you", "one", "alpha", "resulting"]);
        let noun = self.skip(subject, &["weights", "probabilities", "output"]);
        let verb = self.skip(
            noun,
            &[
                "are", "is", "get", "gets", "give", "gives", "yield", "yields", "become", "receive", "have", "has", "come",
                "lead", "leads",
            ],
        );
        let verb = self.skip(verb, &["out", "as", "to"]);
        let colon = self.colon(verb);
        let said = verb > noun || noun > subject;
        let start = self
            .skip(verb + usize::from(colon && noun > subject), &["the", "weights", "attention", "alpha", "of", "roughly", "as"]);
        let about = self.skip(start, ABOUT);
        let relation = if about > start { Relation::Approx } else { Relation::Equal };
        let (list, end) = match self.math(about)? {
            Expr::Tuple(list) => (list.clone(), about + 1),
            _ => self.listed(about)?,
        };
        let shares = list.iter().all(|e| value(e).is_some_and(|v| (0.0..=1.0).contains(&v)));
        let end = self.skip(end, &["as", "weights", "respectively", "for", "of"]);
        (said && shares && self.ends(end)).then_some((relation, list, end))
    }
}
