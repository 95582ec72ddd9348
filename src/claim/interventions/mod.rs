//! What changes of scores, keys, queries and values do to weights and output: "adding 5 to every score changes no weight", "if v_j is
//! replaced by v_j + u, c moves by α_j u", "with −q the former winner gets the smallest weight".
//!
//! A clause is a change (`change`, of a `target`) and what comes of it (`effect`, at something that is looked at, `observable`), or what
//! depends on what (`depends`). It is read where every one of its words is understood; what it says is judged by doing the change.

mod change;
mod depends;
mod effect;
mod kinds;
mod multiples;
mod observable;
mod size;
mod target;
#[cfg(test)]
mod tests;
pub(super) mod words;

use super::circumstance;
use super::links::chain_inside;
use super::phrases::inside;
use super::read::Reader;
use super::statement::{Body, Scope, Statement};
use crate::language::{Expr, Token};
use crate::span::Span;
use crate::world::World;
use effect::Parse;
pub use kinds::{Amount, Claim, Factor, Intervention, Observable, Operation, Outcome, Sign, Thing, Who};
use words::{OPENERS, Words};

/// What a clause says.
#[derive(Debug)]
pub struct Said {
    /// Where.
    pub span: Span,
    /// What it says.
    pub claim: Claim,
    /// Whether it may only be confirmed.
    pub tentative: bool,
}

/// What the clauses of a sentence say of changes in attention; `before` is what stands before it.
pub fn find(world: &World, before: &[Token], sentence: &[Token], text: &str) -> Vec<Said> {
    if !world.attends() {
        return vec![];
    }
    let words = Words::of(sentence);
    let former = Words::of(before);
    let earlier = former.last_spoken_of(former.len());
    let parse = |from: usize, to: usize| expression(world, sentence, text, words.span(from, to));
    let reader =
        |at: usize| Clause { words: Words::of(sentence).speaking_of(words.last_spoken_of(at).or(earlier)), parse: &parse };
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        // What hardly changes is told of the output only: of what does not change at all, "hardly" says too little.
        let told = |claim: &Claim| !matches!(claim, Claim::Does { observable, outcome: Outcome::Hardly, .. } if *observable != Observable::Output);
        let found = begins(&words, at).then(|| reader(at).read(at, &former)).flatten().filter(|(_, _, claim, _)| told(claim));
        match found {
            Some((start, end, claim, tentative)) => {
                let tentative = tentative || limited(&words, end) || led_in(&words, start);
                out.push(Said { span: words.span(start, end), claim, tentative });
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    out
}

/// One expression at a place.
fn expression(world: &World, tokens: &[Token], text: &str, place: Span) -> Option<Expr> {
    let chain = chain_inside(world, tokens, text, place)?;
    let [operand] = chain.operands.as_slice() else { return None };
    Some(operand.expr.clone())
}

/// Whether a clause may begin at a place.
fn begins(words: &Words, at: usize) -> bool {
    const JOINTS: &[&str] = &[
        "and",
        "so",
        "but",
        "because",
        "since",
        "while",
        "whereas",
        "hence",
        "thus",
        "therefore",
        "that",
        "then",
        "although",
        "though",
    ];
    at == 0 || words.parts(at - 1) || words.is(at - 1, JOINTS) || words.at(at - 1).starts_with("close(")
}

/// Whether words before a clause put it under a condition, or tell what others think.
fn led_in(words: &Words, start: usize) -> bool {
    const CASES: &[&str] = &[
        "if", "when", "whenever", "once", "unless", "suppose", "limit", "infinite", "large", "would", "might", "tempting",
        "wrong", "mistake", "without", "were",
    ];
    const FACTIVE: &[&str] = &[
        "note", "notice", "so", "know", "see", "means", "follows", "fact", "shows", "is", "clear", "follow", "conclude",
        "remark", "such",
    ];
    let from = (0..start).rev().find(|i| words.is(*i, &["stop", "gap", "semicolon"])).map_or(0, |i| i + 1);
    let reported =
        start > from && words.is(start - 1, &["that"]) && !words.is(start.wrapping_sub(2), FACTIVE) && start - 1 > from;
    reported || (from..start).any(|i| words.is(i, CASES))
}

/// Whether a case follows that narrows what was said.
fn limited(words: &Words, end: usize) -> bool {
    let end = words.row(end, &["comma at least"]).unwrap_or(end + usize::from(words.is(end, &["comma"])));
    words.is(end, &["if", "when", "unless", "only", "provided", "once", "until", "where", "except", "for"])
        || words.are(end, &["as", "long"])
}

struct Clause<'a> {
    words: Words,
    parse: Parse<'a>,
}

impl Clause<'_> {
    /// What the clause at a place says: where it begins and ends, what, and whether it may only be confirmed.
    fn read(&self, at: usize, former: &Words) -> Option<(usize, usize, Claim, bool)> {
        let words = &self.words;
        let last = words.skip(at, OPENERS);
        // "that", "the", "it" open a clause and may belong to it.
        let starts = (at..=last).rev();
        // "as they are" points to nothing else.
        let pronoun = |from: usize, to: usize| {
            (from..to).any(|i| {
                words.is(i, &["them", "these"]) || words.is(i, &["they"]) && !words.is(i.wrapping_sub(1), &["as", "what"])
            })
        };
        for start in starts {
            let found = self.change_first(start).or_else(|| self.effect_first(start)).or_else(|| self.depends(start));
            if let Some((end, claim, tentative)) = found.filter(|(end, ..)| words.ends(*end)) {
                return Some((start, end, claim, tentative || pronoun(start, end)));
            }
        }
        let start = (at..last).find(|i| words.is(*i, &["then"])).map(|i| i + 1)?;
        self.after_sentence(start, former)
    }

    /// "adding 5 to every score changes no weight", "if q is doubled, the weights change"
    fn change_first(&self, at: usize) -> Option<(usize, Claim, bool)> {
        let words = &self.words;
        let (next, change) = words.change(at)?;
        let does = |(end, observable, outcome)| (end, Claim::Does { change: change.clone(), observable, outcome }, false);
        let supposed = words.is(at, &["if", "when", "whenever", "once", "suppose", "as", "should"]);
        if !supposed && let Some(effect) = words.acts(next, self.parse).filter(|(end, ..)| words.ends(*end)) {
            return Some(does(effect));
        }
        let joint = words.skip(next, &["comma", "then", "and", "so", "stop", "also", "instead"]);
        if let Some(effect) = words.happens(joint, self.parse).filter(|(end, ..)| words.ends(*end)) {
            return Some(does(effect));
        }
        // "if you add t to all scores you get e^t above and below, so α does not change": by way of a reason.
        let after = (next..words.len()).find(|i| words.is(*i, &["so", "hence", "therefore", "thus"])).filter(|_| supposed)?;
        let again = (next..after).any(|i| words.is(i, &["if", "when", "but", "then", "unless", "only", "not"]));
        let effect = words.happens(after + 1, self.parse).filter(|(end, ..)| words.ends(*end) && !again)?;
        let (end, claim, _) = does(effect);
        Some((end, claim, true))
    }

    /// "no weight changes if 5 is added to every score", "α is invariant under a common shift of the scores"
    fn effect_first(&self, at: usize) -> Option<(usize, Claim, bool)> {
        let words = &self.words;
        let does = |end, change, observable, outcome| (end, Claim::Does { change, observable, outcome }, false);
        if let Some((next, observable)) = words.observable(at) {
            const UNDER: &[&str] = &[
                "is invariant under",
                "are invariant under",
                "is insensitive to",
                "are insensitive to",
                "is unaffected by",
                "are unaffected by",
                "is not affected by",
                "are not affected by",
                "is not changed by",
                "are not changed by",
                "is not altered by",
                "do not react to",
                "does not react to",
                "survives",
                "is unchanged by",
            ];
            if let Some(under) = words.row(next, UNDER) {
                let (end, change) = words.change(under)?;
                return Some(does(end, change, observable, Outcome::Same));
            }
        }
        // "it makes no difference for the weights whether we add 3 to every score"
        if words.is(at, &["it", "this"]) {
            let (next, observable, outcome) = words.acts(at + 1, self.parse)?;
            let led = words.is(next, &["whether", "if", "when"]) && outcome == Outcome::Same;
            let (end, change) = led.then(|| words.supposed(next)).flatten()?;
            return Some(does(end, change, observable, outcome));
        }
        let (next, observable, outcome) = words.happens(at, self.parse)?;
        let led = words.is(next, &["if", "when", "whenever", "once", "under", "by", "with"]);
        let (end, change) = led.then(|| words.change(next)).flatten()?;
        Some(does(end, change, observable, outcome))
    }

    fn depends(&self, at: usize) -> Option<(usize, Claim, bool)> {
        let (end, claim) = self.words.cause(at, self.parse).or_else(|| self.words.dependent(at))?;
        Some((end, claim, false))
    }

    /// "Replace v_j by v_j + u. Then c moves by α_j u."
    fn after_sentence(&self, at: usize, former: &Words) -> Option<(usize, usize, Claim, bool)> {
        let words = &self.words;
        let (end, observable, outcome) = words.happens(at, self.parse).filter(|(end, ..)| words.ends(*end))?;
        let stop = (0..former.len()).rev().find(|i| !former.parts(*i))? + 1;
        let start = (0..stop).rev().find(|i| former.at(*i) == "stop" || former.at(*i) == "gap").map_or(0, |i| i + 1);
        let opened = former.skip(
            start,
            &[
                "now", "suppose", "say", "let", "us", "next", "also", "instead", "then", "if", "imagine", "we", "first", "and",
                "but", "let's",
            ],
        );
        let (close, change) = former.change(opened)?;
        (former.skip(close, &["instead", "now", "only", "for", "example"]) >= stop).then_some((
            at,
            end,
            Claim::Does { change, observable, outcome },
            false,
        ))
    }
}

impl Reader<'_> {
    /// What the sentence says of changes in attention, in the place of what was read of pieces of it.
    pub(super) fn of_interventions(&mut self, range: &std::ops::Range<usize>, first: usize, forward: &Scope) {
        let place = self.span(range);
        let sentence = inside(self.plain, place);
        const REACH: usize = 80;
        let before: Vec<Token> = self.plain.iter().filter(|t| t.span.end <= place.start).cloned().collect();
        let before = &before[before.len().saturating_sub(REACH)..];
        for said in find(self.world, before, &sentence, self.text) {
            if self.denied(said.span) {
                continue;
            }
            let inside = |s: &Statement| said.span.start <= s.span.start && s.span.end <= said.span.end;
            let piece = |b: &Body| !matches!(b, Body::Supposition { .. });
            self.keep_from(first, |s| !(inside(s) && piece(&s.body)));
            // What the sentence supposes before it counts; its own words are understood.
            let opens = sentence
                .iter()
                .filter(|t| t.span.end <= said.span.start)
                .all(|t| t.word().is_some_and(|w| OPENERS.contains(&w.as_str())));
            let mut scope = if opens { self.lasting.clone() } else { self.in_force(forward, place, said.span) };
            scope.tentative |= said.tentative;
            let open = |w: &String| !w.split_whitespace().all(|w| OPENERS.contains(&w.to_lowercase().as_str()));
            scope.circumstance = circumstance::around_place(self.tokens, said.span, self.text).filter(open);
            self.push(said.span, Body::Intervention(said.claim), scope);
        }
    }
}
