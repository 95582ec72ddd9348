//! Examples by numbers: "take n = 3 and scores (3, 2, 2): α_j = 0.576", "with β = ln 2 the weights of a and b are 2/5
//! each, and the third key has only 1/5".
//!
//! What a part gives by numbers (sizes, letters, queries, scores, gaps) becomes an [`Example`]; what is then said of
//! weights is computed from it, so that a statement is arithmetic, true or false by itself. A clause is read where every
//! one of its words is understood. Where something is supposed that is not, the example is a riddle, and nothing is read.

mod given;
mod items;
mod said;
mod scores;
mod vectors;
mod view;

use super::segment::{Stretch, plain_tokens, sentences};
use super::statement::{Body, Condition, Link, Scope, Statement};
use crate::language::{Expr, Relation, Symbol, Tok, Token};
use crate::span::Span;
use crate::world::World;
use given::Part;
use items::{Kind, items};
use said::Said;
use scores::{Example, Keys, Scores};
use view::View;

/// Words that say nothing of their own between numbers of an example.
const NEUTRAL: &[&str] = &[
    "so",
    "then",
    "thus",
    "hence",
    "therefore",
    "here",
    "with",
    "for",
    "at",
    "and",
    "now",
    "eg",
    "e.g",
    "example",
    "instance",
    "take",
    "say",
    "if",
    "when",
    "in",
    "this",
    "that",
    "draw",
    "case",
    "we",
    "it",
    "which",
    "while",
    "whereas",
    "also",
    "already",
    "still",
    "the",
    "let",
    "put",
    "suppose",
    "set",
    "numbers",
    "only",
    "just",
    "there",
    "are",
    "is",
    "find",
    "get",
    "e",
    "g",
    "i",
    "where",
    "have",
    "be",
    "means",
    "because",
    "since",
    "but",
    "q",
    "query",
    "instead",
    "as",
    "well",
    "exactly",
    "out",
    "works",
    "keys",
    "orthonormal",
    "of",
    "even",
    "these",
    "both",
    "values",
    "key",
    "to",
    "two",
    "softmax",
    "guarantees",
    "guarantee",
    "gives",
    "give",
    "yields",
    "concretely",
    "small",
    "numerically",
    "a",
];

/// Words by which something is supposed; of what follows every word has to be understood.
const SUPPOSING: &[&str] = &[
    "suppose",
    "assume",
    "assuming",
    "imagine",
    "let",
    "instead",
    "replace",
    "replaced",
    "replacing",
    "unless",
    "had",
    "were",
    "would",
    "scaled",
    "doubled",
    "shifted",
    "changed",
    "double",
    "doubling",
    "halve",
    "halving",
    "swap",
    "negative",
];

/// Words that begin a condition.
const CONDITIONAL: &[&str] = &["if", "when", "with", "given", "once", "provided", "whenever", "for", "at"];

/// Words of sentences that are not about the example, or not about it alone.
const GENERAL: &[&str] = &[
    "large",
    "larger",
    "big",
    "bigger",
    "grows",
    "growing",
    "grow",
    "limit",
    "infinity",
    "always",
    "any",
    "never",
    "whatever",
    "general",
    "arbitrary",
    "tends",
    "huge",
    "not",
    "n't",
    "cannot",
    "no",
    "without",
    "regardless",
    "wrong",
    "would",
    "should",
    "want",
    "might",
    "may",
    "could",
    "must",
    "need",
    "needs",
    "every",
    "neither",
    "nor",
    "unless",
];

/// For how many sentences without a number of its own an example goes on.
const AGE_MAX: usize = 3;

/// Adds what examples by numbers say to the statements of a part.
pub fn read(world: &World, stretches: &[Stretch], text: &str, out: Vec<Statement>) -> Vec<Statement> {
    if !world.definitions.iter().any(|d| d.name == "alpha") {
        return out;
    }
    let tokens = plain_tokens(stretches, text, world);
    let mut reader =
        Reader { world, text, part: part(world, &tokens), example: Example::default(), age: AGE_MAX + 1, found: vec![], out };
    if world.definitions.iter().any(|d| d.name == "X") {
        reader.example.lengths.push(("a".into(), Expr::Symbol(Symbol::plain("X"))));
    }
    for range in sentences(&tokens) {
        reader.sentence(&tokens[range]);
    }
    reader.merged()
}

pub use vectors::read as with_entries;

/// What the words of the whole part say.
fn part(world: &World, tokens: &[Token]) -> Part {
    let words: Vec<String> = tokens.iter().filter_map(Token::word).collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    Part {
        orthonormal: world.letters.len() == 2 || has(&["orthonormal"]),
        gaps: has(&["gap", "gaps", "margin", "lead", "min", "minimum", "behind"]),
    }
}

struct Reader<'a> {
    world: &'a World,
    text: &'a str,
    part: Part,
    example: Example,
    /// How many sentences ago the example was given something.
    age: usize,
    found: Vec<Statement>,
    out: Vec<Statement>,
}

/// How far a sentence has been read.
struct Clause {
    /// Whether every word since it began was understood.
    clean: bool,
    /// Whether it supposes something.
    supposes: bool,
    /// Whether it is a condition, and an earlier one of the sentence was not understood.
    conditional: bool,
    murky: bool,
    /// Its head of the question.
    head: Option<u32>,
    /// What was said last, where a list may go on.
    last: Option<Said>,
}

impl Reader<'_> {
    fn sentence(&mut self, tokens: &[Token]) {
        let all = items(self.world, tokens, self.text);
        let general = tokens.iter().any(|t| t.kind == Tok::Infinity || t.word().is_some_and(|w| GENERAL.contains(&w.as_str())));
        let view = View { world: self.world, items: &all };
        let mut log: Vec<(usize, Example)> = vec![(0, self.example.clone())];
        let mut clause = Clause { clean: true, supposes: false, conditional: false, murky: false, head: None, last: None };
        self.age += 1;
        let mut at = 0;
        while at < all.len() {
            let place = at;
            if let Some(end) = self.given(&view, at, &clause) {
                self.age = 0;
                log.push((all[end - 1].span.end, self.example.clone()));
                at = end;
            } else if let Some(end) = self.claimed(&view, at, &mut clause, general) {
                at = end;
            } else if let Some((head, end)) = view.head(at) {
                clause.head = Some(head);
                at = end;
            } else {
                self.passed(&view, at, &mut clause);
                if clause.murky {
                    log.push((all[at].span.end, Example::default()));
                }
                at += 1;
            }
            if at > place + 1 && view.ends(at) && view.items.get(at).is_some_and(|i| i.kind == Kind::End) {
                clause.clean = true;
            }
        }
        if let (Some(first), Some(last)) = (all.first(), all.last()) {
            self.formulas(first.span.to(last.span), &log, general);
        }
    }

    /// Takes what is given; words of an unclear clause give nothing.
    fn given(&mut self, view: &View, at: usize, clause: &Clause) -> Option<usize> {
        let equation = view.relation(at + 1) == Some(Relation::Equal);
        if !clause.clean && !equation {
            return None;
        }
        let mut next = self.example.clone();
        let end = view.give(at, self.part, &mut next)?;
        self.example = next;
        Some(end)
    }

    fn claimed(&mut self, view: &View, at: usize, clause: &mut Clause, general: bool) -> Option<usize> {
        let listed = clause.last.take();
        if !clause.clean || clause.murky || general || self.example.riddle {
            return None;
        }
        let first = view.weights_said(at).or_else(|| view.outcome(at));
        let (said, end) = first.or_else(|| {
            let before = at.checked_sub(1)?;
            let joined = view.is(before, &["and"]) || view.items[before].kind == Kind::Comma;
            view.goes_on(at, listed.as_ref().filter(|_| joined)?)
        })?;
        let mut example = self.example.clone();
        let mut after = end;
        if view.is(end, &["for", "at", "if", "when", "with"]) {
            after = end + 1;
            while let Some(next) = view.give(after, self.part, &mut example) {
                after = next;
                let comma = usize::from(view.items.get(after).is_some_and(|i| i.kind == Kind::Comma));
                after = view.skip(after + comma, &["and"]);
            }
            if after == end + 1 {
                return None;
            }
        }
        let head = said.head.or(clause.head);
        clause.last = Some(Said { head, ..said.clone() });
        let scores = example.scores(head.unwrap_or(0))?;
        let links = said.links(&example, &scores)?;
        let other = said.otherwise(&example, &scores);
        let span = view.items[at].span.to(view.items[end - 1].span);
        for link in links {
            let alternatives = other.iter().filter(|o| **o != link).cloned().collect();
            self.state(span, link, alternatives, &scores);
        }
        Some(after)
    }

    /// Pushes arithmetic; a margin bounds a weight from below only.
    fn state(&mut self, span: Span, link: Link, alternatives: Vec<Link>, scores: &Scores) {
        let bound = matches!(link.relation, Relation::Greater | Relation::GreaterEqual);
        let tentative = self.age > AGE_MAX || scores.margin && !bound;
        self.age = self.age.min(1);
        let scope = Scope { tentative, ..Scope::default() };
        self.found.push(Statement { span, body: Body::Relation { link, alternatives }, scope, remarks: vec![] });
    }

    /// What is neither given nor claimed.
    fn passed(&mut self, view: &View, at: usize, clause: &mut Clause) {
        match &view.items[at].kind {
            Kind::Comma | Kind::End | Kind::Colon => {
                clause.clean = true;
                clause.supposes = false;
            }
            Kind::Word(w) => {
                if matches!(w.as_str(), "so" | "while" | "whereas" | "but" | "because" | "hence" | "thus" | "therefore") {
                    clause.clean = true;
                    clause.supposes = false;
                }
                clause.supposes |= SUPPOSING.contains(&w.as_str());
                clause.conditional = CONDITIONAL.contains(&w.as_str()) || clause.conditional && !view.ends(at);
                clause.clean &= NEUTRAL.contains(&w.as_str());
            }
            _ => clause.clean = false,
        }
        self.example.riddle |= clause.supposes && !clause.clean;
        clause.murky |= clause.conditional && !clause.clean;
    }

    /// Formulas with weights of the example: they are arithmetic, too.
    fn formulas(&mut self, sentence: Span, log: &[(usize, Example)], general: bool) {
        let old = self.age > AGE_MAX;
        let mut replaced = Vec::new();
        for (i, statement) in self.out.iter().enumerate() {
            let inside = sentence.start <= statement.span.start && statement.span.end <= sentence.end;
            let Body::Relation { link, .. } = &statement.body else { continue };
            let Some((_, known)) = log.iter().rev().find(|(end, _)| *end <= statement.span.start).filter(|_| inside) else {
                continue;
            };
            let mut example = known.clone();
            for condition in &statement.scope.conditions {
                if let Condition::Value(symbol, value) = condition
                    && symbol.indices.is_empty()
                {
                    match symbol.name.as_str() {
                        "n" => example.size = Some(value.clone()),
                        "alpha" => example.noisy |= scores::value(value) != Some(0.0),
                        _ => example.give(symbol, value),
                    }
                }
            }
            if !statement.scope.premises.is_empty() {
                continue;
            }
            let limit = statement.scope.conditions.iter().any(|c| matches!(c, Condition::Limit(..)));
            let certain = example.told.is_some() || !example.queries.is_empty();
            if limit || general || !certain {
                continue;
            }
            if let Some((link, margin)) = self.arithmetic(&example, link) {
                replaced.push((i, link, margin));
            }
        }
        for (i, link, margin) in replaced {
            let bound = matches!(link.relation, Relation::Greater | Relation::GreaterEqual);
            let tentative = old || margin && !bound;
            self.age = self.age.min(1);
            self.out[i].body = Body::Relation { link, alternatives: vec![] };
            self.out[i].scope = Scope { tentative, ..Scope::default() };
        }
    }

    /// A relation with the example's weights in it, where nothing else is left.
    fn arithmetic(&self, example: &Example, link: &Link) -> Option<(Link, bool)> {
        let scores = example.scores(0)?;
        let view = View { world: self.world, items: &[] };
        let weight = |s: &Symbol| {
            let key = view.weight_of(&Expr::Symbol(s.clone()))?;
            let [one] = <[Expr; 1]>::try_from(example.weight(&scores, &Keys::Named(vec![key]), false)?).ok()?;
            Some(one)
        };
        let spoken = [link.left.symbols(), link.right.symbols()].concat();
        let about = spoken.iter().any(|s| weight(s).is_some());
        let size = |s: &Symbol| if s.name == "n" && s.indices.is_empty() { example.size.clone() } else { None };
        let side = |e: &Expr| example.filled(&e.substitute(&weight)).substitute(&size);
        let filled = Link { left: side(&link.left), relation: link.relation, right: side(&link.right) };
        (about && filled.left.is_closed() && filled.right.is_closed()).then_some((filled, scores.margin))
    }

    /// All statements, those of examples in place of what was not read of the same words.
    fn merged(self) -> Vec<Statement> {
        let apart = |a: Span, b: Span| a.end <= b.start || b.end <= a.start;
        let mut out = self.out;
        for new in self.found {
            if out.iter().any(|s| s.body == new.body && !apart(s.span, new.span)) {
                continue;
            }
            let certain = |s: &Statement| {
                matches!(s.body, Body::Relation { .. }) && s.scope.unread.is_empty() && !s.scope.tentative
                    || matches!(s.body, Body::Softmax { .. } | Body::Filling { .. })
            };
            if new.scope.tentative && out.iter().any(|s| certain(s) && !apart(s.span, new.span)) {
                continue;
            }
            let replaced = |s: &Statement| matches!(s.body, Body::Prose | Body::Unread { .. } | Body::Relation { .. });
            out.retain(|s| apart(s.span, new.span) || !replaced(s) || s.span == new.span && s.scope == new.scope);
            out.push(new);
        }
        out
    }
}

#[cfg(test)]
mod tests;
