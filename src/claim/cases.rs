//! Cases and examples that no word announces: `q = 0: α_i = 1/n`, `Case 1: X > 1. Then c ≈ v_a.`, `For instance,
//! k_j^T q = 20 and k_i^T q = 0.`
//!
//! Nobody claims a value of what the question leaves free; such a relation supposes one.

use super::condition::is_parameter;
use super::read::{Flow, Reader};
use super::segment::{Before, Run};
use super::statement::{Body, Link, Scope};
use crate::language::{Expr, Relation, Symbol, Tok, Token};
use crate::world::Law;

/// Words that may stand before a case and only name it.
const HEADS: &[&str] = &[
    "case",
    "cases",
    "first",
    "second",
    "third",
    "special",
    "extreme",
    "example",
    "e.g",
    "eg",
    "for",
    "instance",
    "i",
    "ii",
    "iii",
    "a",
    "an",
    "b",
    "one",
    "two",
    "other",
    "another",
    "scenario",
    "limit",
    "limiting",
    "edge",
    "trivial",
    "degenerate",
    "now",
    "next",
    "simplest",
    "say",
    "the",
    "test",
    "check",
    "as",
    "1",
    "2",
    "3",
    "4",
];

/// Of these, the ones that say that it is one.
const NAMES: &[&str] = &[
    "case",
    "cases",
    "special",
    "extreme",
    "example",
    "e.g",
    "eg",
    "instance",
    "scenario",
    "limiting",
    "edge",
    "trivial",
    "degenerate",
];

/// Words with which a sentence goes on from the case before it.
const THEN: &[&str] = &["then", "here", "so", "now", "hence", "thus"];

impl Reader<'_> {
    /// Whether a relation opens a case: one of what the question leaves free, or of a number that is drawn where a
    /// heading or what follows says that it is a case.
    pub(super) fn opens_case(&self, run: &Run, chain_of_one: bool, link: &Link, flow: &Flow) -> bool {
        let concluded = matches!(&run.before, Before::Implies)
            || matches!(&run.before, Before::Words(w)
                if w.iter().any(|w| matches!(w.as_str(), "then" | "so" | "hence" | "thus" | "gives" | "means" | "implies" | "makes" | "therefore" | "get" | "because" | "since")));
        if concluded {
            return false;
        }
        let free = self.of_inputs(link)
            && (flow.forward.conditions.is_empty() && flow.forward.premises.is_empty() || flow.in_conditions);
        let drawn = chain_of_one && self.of_a_drawn_number(link) && self.headed_as_case(run);
        free || drawn
    }

    /// "Either k_a^T q ≫ k_b^T q, so c ≈ v_a, or …": one of two cases, with what comes of it.
    pub(super) fn alternative(&self, run: &Run) -> bool {
        let Before::Words(words) = &run.before else { return false };
        let either = || self.sentence_before(run).iter().any(|t| t.word().is_some_and(|w| w == "either"));
        let offered = words.last().is_some_and(|w| matches!(w.as_str(), "either" | "or")) && either();
        let after = self.tokens.get(run.range.end..).unwrap_or_default();
        let comma = usize::from(after.first().is_some_and(|t| t.kind == Tok::Comma));
        let goes_on = after.get(comma).is_some_and(|t| {
            t.kind == Tok::Implies
                || t.word().is_some_and(|w| THEN.contains(&w.as_str()) || matches!(w.as_str(), "and" | "giving" | "which"))
        });
        offered && goes_on
    }

    /// A value of scores, of the query or of keys, where the question leaves them free.
    fn of_inputs(&self, link: &Link) -> bool {
        let equal = matches!(link.relation, Relation::Equal | Relation::Approx);
        let left = link.left.symbols();
        let input = |s: &Symbol| self.is_input(s);
        let valued = link.right.is_closed() || matches!(&link.right, Expr::Symbol(s) if input(s));
        let bare = matches!(&link.left, Expr::Symbol(_));
        let vectors = matches!(&link.right, Expr::Symbol(_)) || link.right.is_zero();
        // A bare letter is a vector here, or the score of the world's own letter.
        equal && valued && !left.is_empty() && left.iter().all(input) && (!bare || vectors || self.is_score(&link.left))
    }

    /// Whether the question leaves a letter free: keys of no special law, and the query that goes with them.
    fn is_input(&self, symbol: &Symbol) -> bool {
        let generic = |name: &str| self.world.families.get(name).is_some_and(|f| matches!(f.law, Law::Generic));
        let query = self.world.vectors.contains_key(&symbol.name)
            && self.world.slot(symbol).is_none()
            && self.world.families.contains_key("k")
            && generic("k");
        query || symbol.name != "v" && generic(&symbol.name) || self.is_score(&Expr::Symbol(symbol.clone()))
    }

    /// Whether a letter is the world's own for a score, a product of inputs.
    fn is_score(&self, e: &Expr) -> bool {
        let Expr::Symbol(symbol) = e else { return false };
        let definition = self.world.definitions.iter().find(|d| d.matches(&symbol.name, &symbol.indices));
        definition.is_some_and(|d| {
            let mut product = true;
            d.body.walk(&mut |e| product &= matches!(e, Expr::Mul(_) | Expr::Transpose(_) | Expr::Symbol(_)));
            product && d.body.symbols().iter().all(|s| s.name != symbol.name && self.is_input(s))
        })
    }

    /// `X > 1`, of a number that the question draws.
    fn of_a_drawn_number(&self, link: &Link) -> bool {
        let compares = !matches!(link.relation, Relation::Tends | Relation::MuchGreater | Relation::MuchLess);
        compares && matches!(&link.left, Expr::Symbol(s) if is_parameter(s, self.world)) && link.right.is_closed()
    }

    /// "Case 1: X > 1, …", "X < 1. In this case …".
    fn headed_as_case(&self, run: &Run) -> bool {
        let head = self.sentence_before(run);
        let fits = |t: &Token| match &t.kind {
            Tok::Word(_) => t.word().is_some_and(|w| HEADS.contains(&w.as_str())),
            Tok::Number(_) | Tok::Colon | Tok::Comma | Tok::Gap | Tok::Open(_) | Tok::Close(_) | Tok::Unknown(_) => true,
            Tok::Name(n) => HEADS.contains(&n.as_str()),
            _ => false,
        };
        let named = head.iter().any(|t| t.word().is_some_and(|w| NAMES.contains(&w.as_str())));
        head.iter().all(fits) && (named || self.goes_on_from(run))
    }

    /// What stands before a run in its sentence.
    pub(super) fn sentence_before(&self, run: &Run) -> &[Token] {
        &self.tokens[self.sentence_start(run.range.start)..run.range.start]
    }

    /// Where the sentence begins that a token before `at` ends or goes on with.
    pub(super) fn sentence_start(&self, at: usize) -> usize {
        self.tokens[..at].iter().rposition(|t| t.kind == Tok::Stop).map_or(0, |i| i + 1)
    }

    /// "Then c ≈ v_j.", "This alone makes α_j ≈ 1.": the relations of a sentence that opens so are said to follow from the one before.
    pub(super) fn note_consequence(&mut self, range: &std::ops::Range<usize>, first: usize) {
        const MAKES: &[&str] = &["makes", "gives", "ensures", "guarantees", "forces", "yields", "leads", "means", "implies"];
        let place = self.span(range);
        let former = self.former.replace(place);
        let word = |i: usize| self.tokens.get(range.start + i).and_then(Token::word);
        let makes = || (1..4).filter_map(word).any(|w| MAKES.contains(&w.as_str()));
        let follows = word(0).is_some_and(|w| match w.as_str() {
            "then" | "hence" | "thus" | "therefore" => true,
            "this" | "that" => makes(),
            _ => false,
        });
        for statement in self.out[first..].iter_mut().filter(|s| follows && matches!(s.body, Body::Relation { .. })) {
            statement.scope.follows = former;
        }
    }

    /// What the sentences before chose for themselves, for a sentence after them: one that opens with "then" is said of it, another one may
    /// be.
    pub(super) fn recall_choices(&self, range: &std::ops::Range<usize>, scope: &mut Scope) {
        let then = THEN.iter().any(|w| self.sentence_opens_with(range, w));
        for (text, choice) in &self.choices {
            if then {
                scope.conditions.push(choice.clone());
            } else {
                scope.unread.push(text.clone());
            }
        }
    }

    /// "X < 1. In this case …", "X > 1. Then …": the sentence is over and the next one rests on it.
    fn goes_on_from(&self, run: &Run) -> bool {
        let after = self.tokens.get(run.range.end..).unwrap_or_default();
        let word = |i: usize| after.get(i).and_then(Token::word);
        after.first().is_some_and(|t| t.kind == Tok::Stop)
            && (word(1).is_some_and(|w| THEN.contains(&w.as_str()))
                || word(1).is_some_and(|w| w == "in") && word(2).is_some_and(|w| matches!(w.as_str(), "this" | "that" | "such")))
    }

    /// A sentence that only opened a case: what it supposes goes on to the next case.
    pub(super) fn keep_case(&mut self, first: usize, flow: &Flow) {
        let claims = self.out[first..].iter().any(|s| !matches!(s.body, Body::Supposition { .. }));
        if claims || !flow.case {
            return;
        }
        self.lasting.premises.retain(|p| !self.case.contains(p));
        let new: Vec<_> = flow.forward.premises.iter().filter(|p| !self.lasting.premises.contains(p)).cloned().collect();
        self.lasting.premises.extend(new.iter().cloned());
        self.lasting.conditions = flow.forward.conditions.clone();
        self.case = new;
    }
}
