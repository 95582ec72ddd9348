//! How many keys can hold how much weight: "two keys cannot both have a weight above 1/2", "out of n keys at least one has a weight of at
//! least 1/n", "a negative score gives a negative weight".
//!
//! A clause is a number of keys (or the keys with such a score), a modal and a bound on weights, each of its words understood. It is
//! judged over the weights that there are. What each key holds is read by `bound`.

mod bound;

use super::interventions::words::Words;
use super::phrases::inside;
use super::read::Reader;
use super::statement::{Body, Scope, Statement};
use crate::language::{Relation, Token};
use crate::span::Span;

/// How many keys hold so much.
#[derive(Debug, Clone, PartialEq)]
pub struct Holding {
    /// How many.
    pub count: Count,
    /// Of the keys with such a score, of all where nothing is said.
    pub scored: Option<Relation>,
    /// What each of them holds.
    pub bounds: Vec<(Relation, Share)>,
    /// In which cases.
    pub modal: Modal,
    /// How many keys there are, where it is said.
    pub keys: Option<usize>,
    /// Whether a condition stands before it that is not looked at.
    pub conditional: bool,
}

/// A number of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// All of them.
    All,
    /// None.
    None,
    /// So many or more.
    AtLeast(usize),
    /// So many or fewer.
    AtMost(usize),
}

/// A share of the weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Share {
    /// A number.
    Number(f64),
    /// So much over the number of keys.
    OverKeys(f64),
}

/// In which cases something is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modal {
    /// In every case.
    Always,
    /// In some.
    Possible,
    /// In none.
    Never,
}

/// Words of another normalisation than the softmax, under which nothing is judged.
const ELSEWHERE: &[&str] = &[
    "without",
    "instead",
    "would",
    "were",
    "linear",
    "linearly",
    "exp",
    "exponential",
    "exponentials",
    "normalised",
    "normalized",
    "replaced",
    "relu",
    "plain",
    "raw",
    "wrong",
    "false",
    "not",
    "argue",
    "think",
    "thinks",
    "imagine",
    "could",
    "n't",
    "unless",
    "gradient",
    "before",
    "limit",
];
const NOUNS: &[&str] = &[
    "key",
    "keys",
    "position",
    "positions",
    "token",
    "tokens",
    "index",
    "indices",
    "pair",
    "pairs",
    "entry",
    "entries",
    "value",
    "values",
];
const WEIGHTS: &[&str] = &["weight", "weights", "probability", "probabilities", "alphas"];

/// A subject, and what is said of how many of it.
struct Subject {
    count: Count,
    scored: Option<Relation>,
    /// Whether it says so of all cases without a modal.
    whole: bool,
    /// Whether "no two" denies it.
    denied: bool,
    kind: Kind,
}

/// Where a clause ends, of whom, in which cases, and what they hold.
type Existing = (usize, Subject, Option<Modal>, Vec<(Relation, Share)>);

/// What a subject is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Keys,
    Weights,
    Scores,
}

/// What the clauses of a sentence say of how many keys hold how much.
pub fn find(tokens: &[Token]) -> Vec<(Span, Holding)> {
    let words = Words::of(tokens);
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let joints = ["and", "so", "but", "because", "since", "that", "then", "hence", "therefore", "thus", "while"];
        let begins = at == 0 || words.parts(at - 1) || words.is(at - 1, &joints) || words.at(at - 1).starts_with("close(");
        // "When X is negative the softmax gives …": no comma parts them.
        let begins = begins || words.row(at, &["the softmax gives", "the softmax assigns"]).is_some();
        match begins.then(|| words.clause(at)).flatten() {
            Some((end, holding)) => {
                out.push((words.span(at, end), holding));
                at = end;
            }
            None => at += 1,
        }
    }
    out
}

impl Words {
    fn clause(&self, at: usize) -> Option<(usize, Holding)> {
        let at = self.skip(at, &["even", "yet", "still"]);
        let (start, keys) = self.setting(at).unwrap_or((at, None));
        let conditional = self.behind_a_condition(start)?;
        let bare = start > at;
        let found = self.existing(start).or_else(|| {
            let (next, subject) =
                self.given_weight(start).or_else(|| self.holders(start)).or_else(|| self.of_them(start, bare))?;
            let (next, modal) = self.modal(next);
            let (next, bounds) = self.held(next, subject.kind)?;
            Some((next, subject, modal, bounds))
        });
        let (next, subject, modal, bounds) = found?;
        let end = self.tail(next);
        let (count, modal) = said(&subject, modal)?;
        let open = self.ends(end) && !(self.is(end, &["for", "if", "when", "only", "unless", "as"]));
        open.then_some((end, Holding { count, scored: subject.scored, bounds, modal, keys, conditional }))
    }

    /// "there cannot be two keys with more than half of the weight", "it is impossible that two keys have …"
    fn existing(&self, at: usize) -> Option<Existing> {
        let of = |rows| self.row(at, rows);
        if let Some(start) = of(&[
            "it is impossible that",
            "it cannot be that",
            "it cannot happen that",
            "it can't happen that",
            "it never happens that",
        ]) {
            let (next, subject) = self.holders(start)?;
            let (next, bounds) = self.held(self.skip(next, &["both", "all", "each"]), subject.kind)?;
            return (!subject.denied).then_some((next, subject, Some(Modal::Never), bounds));
        }
        let start = self.is(at, &["there"]).then_some(at + 1)?;
        // "There is always a key with …"
        let always =
            self.row(start, &["is always", "are always", "must be", "must always be"]).map(|next| (next, Some(Modal::Always)));
        let can = || {
            let (next, modal) = self.modal(start);
            self.is(next, &["be", "exist"]).then_some((next + 1, modal))
        };
        let (next, modal) = always.or_else(can)?;
        let (next, subject) = self.holders(next)?;
        let next = self.is(next, &["with", "having"]).then(|| self.skip(next + 1, &["a", "an"]))?;
        let (next, relation) = self.comparison(self.skip(next, &["weight", "weights"]))?;
        let (end, share) = self.share(next)?;
        Some((end, subject, modal, vec![(relation, share)]))
    }

    /// "at least one (of them) has …" behind "out of n keys".
    fn of_them(&self, at: usize, bare: bool) -> Option<(usize, Subject)> {
        let (next, count, whole, denied) = self.how_many(at)?;
        let end = self.row(next, &["of them"]).unwrap_or(next);
        bare.then_some((end, Subject { count, scored: None, whole, denied, kind: Kind::Keys }))
    }

    /// "with three keys", "out of n keys", "for n = 3"
    fn setting(&self, at: usize) -> Option<(usize, Option<usize>)> {
        let start = self.row(at, &["with", "for", "given", "out of", "among", "of", "if there are"])?;
        let (next, keys) = match self.row(start, &["two or more", "at least two", "n", "all n", "the n", "several", "all", "the"])
        {
            Some(next) => (next, None),
            None => {
                let (next, number) = self.number(start)?;
                (next, (number >= 2.0 && number.fract() == 0.0).then_some(number as usize))
            }
        };
        let end = self.is(next, &["keys", "positions", "tokens", "entries", "weights"]).then_some(next + 1)?;
        Some((self.skip(end, &["comma"]), keys))
    }

    /// Whether a condition stands before the clause in its sentence; nothing where it may be about something else than the softmax.
    fn behind_a_condition(&self, at: usize) -> Option<bool> {
        let from = (0..at).rev().find(|i| self.is(*i, &["stop", "gap", "semicolon"])).map_or(0, |i| i + 1);
        if (from..at).any(|i| self.is(i, ELSEWHERE)) || (0..self.len()).any(|i| self.is(i, &["would", "without", "instead"])) {
            return None;
        }
        Some((from..at).any(|i| {
            self.is(i, &["if", "when", "whenever", "once", "for", "with", "in", "suppose", "where", "as", "given", "under"])
        }))
    }

    /// "the softmax gives v_a": whose weight does not matter where no weight can be so.
    fn given_weight(&self, at: usize) -> Option<(usize, Subject)> {
        let start = self.row(at, &["the softmax", "softmax", "attention", "the head"])?;
        let verb = self.is(start, &["gives", "assigns"]).then_some(start + 1)?;
        let who = self.skip(verb, &["to", "the", "a", "key", "it", "every"]);
        let named = ["v", "k"].iter().any(|n| self.letter(who, &[n]).is_some());
        let end = who + usize::from(named);
        (end > verb).then_some((
            end - usize::from(!named && self.at(end - 1) == "a"),
            Subject { count: Count::All, scored: None, whole: true, denied: false, kind: Kind::Scores },
        ))
    }

    /// "two different keys", "at most one of the weights", "a key with a negative score", "a negative score"
    fn holders(&self, at: usize) -> Option<(usize, Subject)> {
        let (next, count, whole, denied) = self.how_many(at)?;
        let next = self.skip(next, &["different", "of", "the", "n", "single", "these", "very", "strongly"]);
        if let Some(scored) = self.sign(next)
            && self.is(next + 1, &["score", "scores", "dot", "logit", "logits"])
        {
            let end = self.skip(next + 1, &["dot", "score", "scores", "product", "products", "logit", "logits"]);
            return Some((end, Subject { count, scored: Some(scored), whole: true, denied, kind: Kind::Scores }));
        }
        if self.is(next, &["score"])
            && let Some((end, scored)) = self.of_score(next + 1)
        {
            return Some((end, Subject { count, scored: Some(scored), whole: true, denied, kind: Kind::Scores }));
        }
        if self.is(next, WEIGHTS) {
            return Some((next + 1, Subject { count, scored: None, whole, denied, kind: Kind::Weights }));
        }
        let end = self.is(next, NOUNS).then_some(next + 1)?;
        match self.with_score(end) {
            Some((end, scored)) => Some((end, Subject { count, scored: Some(scored), whole: true, denied, kind: Kind::Keys })),
            None => Some((end, Subject { count, scored: None, whole, denied, kind: Kind::Keys })),
        }
    }

    /// How many: the count, whether it is meant of every case as it stands, and whether it is denied.
    fn how_many(&self, at: usize) -> Option<(usize, Count, bool, bool)> {
        if self.is(at, &["no", "never"])
            && let Some((next, k)) = self.number(at + 1)
        {
            return (k >= 2.0 && k.fract() == 0.0).then_some((next, Count::AtLeast(k as usize), true, true));
        }
        if let Some(next) = self.row(at, &["more than one", "two or more", "several"]) {
            return Some((next, Count::AtLeast(2), false, false));
        }
        if let Some(next) = self.row(at, &["only one", "at most one", "no more than one", "not more than one"]) {
            return Some((next, Count::AtMost(1), !self.is(at, &["only"]), false));
        }
        let bound = [("at most", true), ("at least", false)].into_iter().find_map(|(w, most)| Some((self.row(at, &[w])?, most)));
        if let Some((next, most)) = bound {
            let (next, k) = if self.is(next, &["one"]) { (next + 1, 1.0) } else { self.number(next)? };
            let count = if most { Count::AtMost(k as usize) } else { Count::AtLeast(k as usize) };
            return (k >= 1.0 && k.fract() == 0.0).then_some((next, count, true, false));
        }
        if let Some(next) = self.row(at, &["no", "none of"]) {
            return Some((next, Count::None, true, false));
        }
        if let Some(next) = self.row(at, &["every single", "every", "each of", "each", "all of", "all", "any"]) {
            return Some((next, Count::All, true, false));
        }
        if let Some(next) = self.row(at, &["a", "an"]) {
            return Some((next, Count::AtLeast(1), false, false));
        }
        let (next, k) = self.number(at)?;
        (k >= 2.0 && k.fract() == 0.0).then_some((next, Count::AtLeast(k as usize), false, false))
    }

    /// "(a score) of zero", "(a score) below 0"
    fn of_score(&self, at: usize) -> Option<(usize, Relation)> {
        let (next, relation) = self.comparison(at)?;
        let zero = self.is(next, &["0", "zero"]);
        zero.then_some((next + 1, relation))
    }

    /// "(a key) with a negative score", "(a key) whose score is zero"
    fn with_score(&self, at: usize) -> Option<(usize, Relation)> {
        if let Some(next) = self.row(at, &["whose score is", "whose scores are", "whose dot product is", "whose logit is"]) {
            return match self.sign(next) {
                Some(relation) => Some((next + 1, relation)),
                None => self.of_score(next),
            };
        }
        let start = self.row(at, &["with a", "with", "of"])?;
        if let Some(relation) = self.sign(start) {
            let end = self.skip(start + 1, &["score", "scores", "dot", "product", "logit"]);
            return (end > start + 1).then_some((end, relation));
        }
        let next = self.is(start, &["score", "scores"]).then_some(start + 1)?;
        self.of_score(next).or_else(|| self.is(next, &["0", "zero"]).then_some((next + 1, Relation::Equal)))
    }

    /// "cannot both", "can", "must always", "never"; nothing where none stands there.
    fn modal(&self, at: usize) -> (usize, Option<Modal>) {
        const BESIDE: &[&str] = &[
            "both",
            "all",
            "each",
            "ever",
            "at",
            "the",
            "same",
            "time",
            "still",
            "simultaneously",
            "together",
            "also",
            "even",
            "therefore",
        ];
        let at = self.skip(at, &["therefore", "thus", "still", "also", "both", "all", "each"]);
        if let Some(next) = self.denial(at) {
            return (self.skip(next, BESIDE), Some(Modal::Never));
        }
        if self.is(at, &["can", "could", "may", "might"]) {
            let next = self.skip(at + 1, BESIDE);
            return match self.is(next, &["not", "never"]) {
                true => (self.skip(next + 1, BESIDE), Some(Modal::Never)),
                false => (next, Some(Modal::Possible)),
            };
        }
        if self.is(at, &["must", "always", "necessarily"]) {
            return (self.skip(at + 1, &["always", "necessarily"]), Some(Modal::Always));
        }
        (at, None)
    }
}

/// What a subject and a modal say of how many in which cases.
fn said(subject: &Subject, modal: Option<Modal>) -> Option<(Count, Modal)> {
    let count = subject.count;
    match (count, modal) {
        // "no two keys (can) have …"
        (_, None | Some(Modal::Possible)) if subject.denied => Some((count, Modal::Never)),
        (_, Some(_)) if subject.denied => None,
        // "A key with a negative score gets …", of every one of them.
        (Count::AtLeast(1), None | Some(Modal::Always)) if subject.scored.is_some() => Some((Count::All, Modal::Always)),
        (Count::AtLeast(1), Some(Modal::Never)) => Some((Count::None, Modal::Always)),
        (Count::AtMost(_) | Count::None, None | Some(Modal::Possible)) if subject.whole || modal.is_some() => {
            Some((count, Modal::Always))
        }
        (Count::AtMost(_) | Count::None, _) => None,
        // "every key cannot" may mean either.
        (Count::All, Some(Modal::Never)) => None,
        (_, Some(modal)) => Some((count, modal)),
        (_, None) => subject.whole.then_some((count, Modal::Always)),
    }
}

impl Reader<'_> {
    /// What the sentence says of how many keys hold how much, where nothing else was read of it.
    pub(super) fn of_holders(&mut self, range: &std::ops::Range<usize>, first: usize) {
        if !self.world.attends() {
            return;
        }
        let place = self.span(range);
        let sentence = inside(self.plain, place);
        for (span, holding) in find(&sentence) {
            let meets = |s: &Statement| s.span.start < span.end && span.start < s.span.end;
            let open = |s: &Statement| matches!(s.body, Body::Prose | Body::Unread { .. } | Body::Supposition { .. });
            let beyond = |s: &Statement| s.span.start < span.start || span.end < s.span.end;
            if self.denied(span) || self.out[first..].iter().any(|s| meets(s) && !open(s) && beyond(s)) {
                continue;
            }
            self.keep_from(first, |s| !meets(s) || beyond(s));
            self.push(span, Body::Holding(holding), Scope::default());
        }
    }
}
