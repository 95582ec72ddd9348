//! Numbers that an example reports of what was spoken of last: "for n = 5, β = 6 this is 0.990", "X = 2 gives 0.982 for
//! v_a", "γ = 40 pushes this below 1e-5", "the standard deviation is 0.2".

use super::items::Kind;
use super::scores::{Example, Keys, value};
use super::topic::{DEVIATION, Of, Topic, VARIANCE};
use super::view::{ABOUT, KEY_NOUNS, Named, View};
use super::{AGE_MAX, Clause, Reader};
use crate::claim::statement::{Body, Link, Scope, Statement};
use crate::language::{Expr, Relation, Symbol};
use crate::span::Span;
use crate::tolerance;

/// For how many sentences a variance is remembered where its deviation is spoken of.
const RECALLED: usize = 2;

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
    "is", "becomes", "equals", "gives", "yields", "reads", "reaches", "makes", "gets", "stays", "drops", "falls", "rises", "grows",
    "shrinks", "goes", "sinks", "climbs", "jumps", "comes", "amounts", "evaluates", "exceeds", "remains", "leaves", "was",
];
const YIELDS: &[&str] = &["gives", "give", "yields", "yield", "leads", "means", "produces", "gave", "makes", "results", "reaches"];
const PUSHES: &[&str] = &[
    "pushes", "push", "brings", "bring", "drives", "drive", "lowers", "reduces", "raises", "makes", "gets", "takes", "turns", "puts",
    "shrinks", "increases", "decreases", "lifts", "pulls",
];
const NUMBERS: &[&str] = &[
    "result", "value", "expression", "formula", "fraction", "quotient", "bound", "number", "sum", "term", "ratio", "remainder",
    "total", "estimate", "share", "figure",
];
const ADVERBS: &[&str] = &[
    "already", "then", "now", "only", "just", "still", "even", "thus", "here", "therefore", "also", "hence", "instead",
];

impl View<'_> {
    /// A report at a place, and where it ends; `led` says that values stand directly before it.
    pub fn report(&self, at: usize, led: bool) -> Option<(Report, usize)> {
        let (noun, verb) = self.reported_of(at)?;
        let start = self.report_verb(at, verb, led)?;
        let (relation, first, mut end) = self.amount(start)?;
        let exceeds = (verb..start).any(|i| self.is(i, &["exceeds"]));
        let mut numbers = vec![(if exceeds { Relation::Greater } else { relation }, first)];
        while let Some(relation @ (Relation::Equal | Relation::Approx)) = self.relation(end) {
            let (next, after) = self.number(end + 1)?;
            numbers.push((relation, next));
            end = after;
        }
        let mut report = Report { noun, keys: None, together: None, numbers };
        end = self.behind_report(end, &mut report)?;
        Some((report, end))
    }

    /// The subject, "this", "one", "the standard deviation"; nothing where the verb stands there.
    fn reported_of(&self, at: usize) -> Option<(Noun, usize)> {
        if self.is(at, PERSONS) || self.is(at, &["this", "it", "that", "which"]) && !self.is(at + 1, NUMBERS) {
            return Some((Noun::Last, at + 1));
        }
        let noun = self.skip(at, &["the", "its", "their", "this", "that"]);
        if noun == at {
            return Some((Noun::Last, at));
        }
        let noun = self.skip(noun, &["resulting", "corresponding", "whole"]);
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
        let verb = self.skip(verb, ADVERBS);
        let behind = |place: usize| {
            let mut place = self.skip(place, ADVERBS);
            place = self.skip(place, &["down", "up", "out", "be", "close"]);
            let least = self.is(place, &["at"]) && self.is(place + 1, &["least", "most"]);
            if least { place } else { self.skip(place, &["to", "as", "at", "into", "in"]) }
        };
        let person = self.is(at, PERSONS);
        if person {
            return self.is(verb, OBTAINS).then(|| behind(verb + 1));
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
    fn amount(&self, at: usize) -> Option<(Relation, Expr, usize)> {
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
        let unit = self.is(end, KEY_NOUNS) && !self.is(end, &["weight", "weights"]) || self.is(end, &["times", "of"]) && !self.of_weight_behind(end);
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
    fn row_of_weights(&self, at: usize) -> Option<(Relation, Vec<Expr>, usize)> {
        let subject = self.skip(at, &["the", "softmax", "they", "this", "it", "we", "i", "you", "one", "alpha", "resulting"]);
        let noun = self.skip(subject, &["weights", "probabilities", "output"]);
        let verb = self.skip(noun, &["are", "is", "get", "gets", "give", "gives", "yield", "yields", "become", "receive", "have", "has"]);
        let colon = matches!(self.items.get(verb).map(|i| &i.kind), Some(Kind::Colon));
        let said = verb > noun || noun > subject;
        let start = self.skip(verb + usize::from(colon && noun > subject), &["the", "weights", "attention", "alpha", "of", "roughly", "as"]);
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

/// A number as it was resolved.
struct Resolved {
    left: Expr,
    tentative: bool,
    /// The place of the formula that it was computed with, where nothing else tells the number.
    rests: Option<Span>,
    /// What was spoken of.
    of: Of,
    formula: Option<Expr>,
}

/// A report with the values in force.
struct Now<'a> {
    report: &'a Report,
    example: Example,
    /// Letters that got a value in this sentence.
    fresh: Vec<Symbol>,
    head: Option<u32>,
}

impl Now<'_> {
    /// The weights of some keys, computed from the scores that the example gives.
    fn computed(&self, keys: &Keys, together: Option<bool>, head: Option<u32>, formula: bool) -> Option<Expr> {
        let scores = self.example.scores(head.or(self.head).unwrap_or(0))?;
        let mut example = self.example.clone();
        // Where the writer's formula leaves the other keys out, there are none.
        if formula && example.size.is_none() && scores.named.len() == 2 {
            example.size = Some(Expr::int(2));
        }
        let [one] = <[Expr; 1]>::try_from(example.weight(&scores, keys, together.unwrap_or(false))?).ok()?;
        Some(one)
    }
}

impl Reader<'_> {
    /// Reads a report; where it ends.
    pub(super) fn reported(&mut self, view: &View, at: usize, clause: &Clause, general: &dyn Fn() -> bool) -> Option<usize> {
        if !clause.clean || clause.murky || self.example.riddle || general() {
            return None;
        }
        let led = at > 0 && self.age == 0 && given_before(view, at);
        let (report, end) = view.report(at, led)?;
        let mut now = Now { report: &report, example: self.example.clone(), fresh: self.fresh.clone(), head: clause.head };
        let after = self.trailing(view, end, &mut now)?;
        let resolved = self.resolved(view.items[at].span.start, &now)?;
        let span = view.items[at].span.to(view.items[end - 1].span);
        let old = self.age > AGE_MAX || self.example.rows > 1 && self.age > 0;
        let tentative = resolved.tentative || old && resolved.formula.is_none();
        for (relation, number) in &report.numbers {
            let link = Link { left: resolved.left.clone(), relation: *relation, right: number.clone() };
            let scope = Scope { tentative, rests: resolved.rests, ..Scope::default() };
            self.found.push(Statement { span, body: Body::Relation { link, alternatives: vec![] }, scope, remarks: vec![] });
        }
        self.age = self.age.min(1);
        let Resolved { of, formula, .. } = resolved;
        self.topics.push(Topic { of, formula, head: now.head, span, sentence: self.sentence });
        Some(after)
    }

    /// "… for β = 3 and n = 5": values behind what is said; where they end.
    fn trailing(&self, view: &View, end: usize, now: &mut Now) -> Option<usize> {
        if !view.is(end, &["for", "at", "if", "when", "with"]) {
            return Some(end);
        }
        let mut after = end + 1;
        while let Some(next) = view.give(after, self.part, &mut now.example) {
            if let Some(Expr::Symbol(s)) = view.math(after) {
                now.fresh.push(s.clone());
            }
            after = next;
            let comma = usize::from(view.items.get(after).is_some_and(|i| i.kind == Kind::Comma));
            let joined = view.skip(after + comma, &["and"]);
            if joined > after && view.relation(joined + 1) == Some(Relation::Equal) {
                after = joined;
            }
        }
        (after > end + 1 && view.ends(after)).then_some(after)
    }

    /// The quantity that is meant, at the values in force.
    fn resolved(&self, place: usize, now: &Now) -> Option<Resolved> {
        let recent = |sentences: usize| {
            let near = |t: &&Topic| t.span.end <= place && t.sentence + sentences >= self.sentence;
            let mut found: Vec<&Topic> = self.topics.iter().filter(near).collect();
            found.sort_by_key(|t| std::cmp::Reverse(t.span.end));
            found.into_iter()
        };
        let of_keys = |keys: &Keys| recent(1).find(|t| matches!(&t.of, Of::Weight(k, _) if k == keys));
        if let Some(named) = &now.report.keys {
            return self.weight(&named.keys, now.report.together, now, of_keys(&named.keys));
        }
        match &now.report.noun {
            Noun::Deviation | Noun::Variance => {
                let topic = recent(RECALLED).find(|t| matches!(t.of, Of::Variance | Of::Deviation))?;
                self.moment(topic, now)
            }
            Noun::Weight(Some(named)) => {
                let together = named.each.then_some(false);
                self.weight(&named.keys, together, now, of_keys(&named.keys))
            }
            noun => match recent(1).next() {
                Some(topic) => self.of_topic(topic, noun, now),
                // The key that stands out, where scores were just given.
                None if self.world.letters == ["j"] && self.age == 0 && now.example.told.is_some() => {
                    self.weight(&Keys::Named(vec!["j".into()]), None, now, None)
                }
                None => None,
            },
        }
    }

    /// A variance or a deviation, from the formula of one of them.
    fn moment(&self, topic: &Topic, now: &Now) -> Option<Resolved> {
        let formula = topic.formula.clone()?;
        let formula = match (&topic.of, &now.report.noun) {
            (Of::Variance, Noun::Deviation) => Expr::Call("sqrt", vec![formula]),
            (Of::Deviation, Noun::Variance) => Expr::Pow(Box::new(formula), Box::new(Expr::int(2))),
            _ => formula,
        };
        self.at_values(&formula, topic, now)
    }

    fn of_topic(&self, topic: &Topic, noun: &Noun, now: &Now) -> Option<Resolved> {
        match &topic.of {
            Of::Weight(keys, together) => self.weight(keys, now.report.together.or(*together), now, Some(topic)),
            _ if matches!(noun, Noun::Weight(_)) => None,
            _ => self.at_values(topic.formula.as_ref()?, topic, now),
        }
    }

    /// A weight: from the scores of the example, from its formula, or from both where they agree.
    fn weight(&self, keys: &Keys, together: Option<bool>, now: &Now, topic: Option<&Topic>) -> Option<Resolved> {
        let share = now.report.numbers.iter().all(|(_, e)| value(e).is_some_and(|v| (0.0..=1.0).contains(&v)));
        if !share {
            return None;
        }
        let head = topic.and_then(|t| t.head);
        let of = Of::Weight(keys.clone(), together);
        let written = topic.and_then(|t| self.at_values(t.formula.as_ref()?, t, now));
        match (now.computed(keys, together, head, written.is_some()), written) {
            (Some(left), Some(written)) => {
                let (a, b) = (value(&written.left)?, value(&left)?);
                let same = (a - b).abs() <= tolerance::APPROX_CLOSE * b;
                same.then_some(Resolved { left, rests: None, of, ..written })
            }
            (Some(left), None) => {
                let open = *keys == Keys::Others && together.is_none();
                Some(Resolved { left, tentative: open, rests: None, of, formula: None })
            }
            (None, written) => written.map(|w| Resolved { of, ..w }),
        }
    }

    /// A formula at the values in force.
    fn at_values(&self, formula: &Expr, topic: &Topic, now: &Now) -> Option<Resolved> {
        let size = |s: &Symbol| if s.name == "n" && s.indices.is_empty() { now.example.size.clone() } else { None };
        let left = now.example.filled(&now.example.filled(formula).substitute(&size));
        let known = left.is_closed() && value(&left).is_some_and(f64::is_finite);
        let letters = formula.symbols();
        // Values that the formula knows nothing of are of another thing; of several values an older one may not be meant.
        let foreign = now.fresh.iter().any(|s| !letters.contains(s));
        let values = |letter: &Symbol| self.seen.iter().filter(|(s, _)| s == letter).count();
        let one = |s: &Symbol| if s.name == "n" { values(s) < 2 } else { values(s) == 1 };
        let stale = letters.iter().any(|s| !now.fresh.contains(s) && !one(s));
        let none = !now.fresh.iter().any(|s| letters.contains(s));
        let tentative = foreign || stale || none;
        let (of, formula) = (topic.of.clone(), topic.formula.clone());
        known.then(|| Resolved { left, tentative, rests: Some(topic.span), of, formula })
    }

    /// "for tiny α": the letter that vanishes, where it stands; where the words end.
    pub(super) fn vanishing(&mut self, view: &View, at: usize) -> Option<usize> {
        let size = view.skip(at, &["very", "extremely"]);
        let small = view.is(size, &["tiny", "small", "vanishing", "negligible"]);
        let letter = view.math(size + 1).filter(|e| matches!(e, Expr::Symbol(s) if s.name == "alpha" && s.indices.is_empty()))?;
        let announced = at > 0 && view.is(at - 1, &["for", "with", "at"]);
        let Expr::Symbol(s) = letter else { return None };
        (small && announced).then(|| {
            self.fresh.push(s.clone());
            self.example.give(s, &Expr::int(0));
            size + 2
        })
    }

    /// Notes that a letter was given a value in this sentence.
    pub(super) fn note(&mut self, letter: Option<&Expr>, number: Option<&Expr>) {
        let (Some(Expr::Symbol(s)), Some(number)) = (letter, number.filter(|e| e.is_closed())) else { return };
        self.fresh.push(s.clone());
        if !self.seen.iter().any(|(l, e)| l == s && e == number) {
            self.seen.push((s.clone(), number.clone()));
        }
    }

    /// Remembers the weights of which something was said.
    pub(super) fn spoken(&mut self, keys: &Keys, together: Option<bool>, head: Option<u32>, span: Span) {
        let of = Of::Weight(keys.clone(), together);
        self.topics.push(Topic { of, formula: None, head, span, sentence: self.sentence });
    }

    /// Weights in a row: "get (1/3, 1/3, 1/3)", "the weights are 0.73 and 0.27"; where it ends.
    pub(super) fn row_said(&mut self, view: &View, at: usize, clause: &Clause, general: &dyn Fn() -> bool) -> Option<usize> {
        if !clause.clean || clause.murky || self.example.riddle || self.age > 0 || general() {
            return None;
        }
        self.example.told.as_ref()?;
        let scores = self.example.scores(0).filter(|s| s.others.is_none())?;
        let (relation, list, end) = view.row_of_weights(at).filter(|(_, list, _)| list.len() == scores.named.len())?;
        let names = scores.named.iter().map(|(n, _)| n.clone()).collect();
        let weights = self.example.weight(&scores, &Keys::Named(names), false)?;
        let span = view.items[at].span.to(view.items[end - 1].span);
        for (left, right) in weights.into_iter().zip(list) {
            let body = Body::Relation { link: Link { left, relation, right }, alternatives: vec![] };
            self.found.push(Statement { span, body, scope: Scope::default(), remarks: vec![] });
        }
        Some(end)
    }
}

/// Whether what stands before a place is a value that was given, with nothing but adverbs between.
fn given_before(view: &View, at: usize) -> bool {
    let back = (0..at).rev().find(|i| !view.is(*i, ADVERBS));
    back.is_some_and(|i| i > 0 && view.math(i).is_some_and(Expr::is_closed) && view.relation(i - 1) == Some(Relation::Equal))
}
