//! Other answers in the place of the one that a question asks for, and what comes out with them: "q = β(k_a − k_b) would give the same
//! output", "instead of AAᵀ one could use BBᵀ", "with q_1 = βμ_a and q_2 = 2βμ_b we would get ⅓v_a + ⅔v_b", "a large negative β
//! does the job too".
//!
//! A clause is read only where each of its words is understood.

mod clause;
mod comes;
mod words;

use super::interventions::words::{OPENERS, Words};
use super::phrases::inside;
use super::read::Reader;
use super::statement::{Body, Condition, Link, Scope, Statement};
use crate::language::{Expr, Symbol, Tok};
use crate::span::Span;
use clause::Clause;

/// Another answer and what is said to come out with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Instead {
    /// What stands in the place of each slot; none where the question's own answer is meant under a condition.
    pub answers: Vec<(Symbol, Expr)>,
    /// What is said to come out.
    pub outcome: Outcome,
    /// Whether it is said to come out, or not to.
    pub so: bool,
}

/// What is said to come out with another answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// What the question asks for, as an answer to it.
    Serves,
    /// The output that the question asks for, whether or not it would be accepted as an answer.
    Same,
    /// Relations, all of them.
    Relations(Vec<Link>),
}

/// A clause of this kind.
struct Said {
    instead: Instead,
    /// Under what.
    conditions: Vec<Condition>,
    /// Whether its words alone say that it is another answer ("would", "instead", "also").
    marked: bool,
}

impl Reader<'_> {
    /// What the sentence says of other answers, in the place of what else was read of the same words.
    pub(super) fn of_answers_instead(&mut self, range: &std::ops::Range<usize>, first: usize, forward: &Scope) {
        if self.world.slots.is_empty() {
            return;
        }
        let place = self.span(range);
        // The stop that parts it from what stands before is none of its words.
        let mut sentence = inside(self.plain, place);
        sentence.retain(|t| t.kind != Tok::Stop);
        let clause = Clause { world: self.world, tokens: &sentence, text: self.text, words: Words::of(&sentence) };
        for (span, said) in clause.all() {
            if !(said.marked || self.answered_before(first)) || self.denied(span) {
                continue;
            }
            let inside = |s: &Statement| span.start <= s.span.start && s.span.end <= span.end;
            let apart = |s: &Statement| s.span.end <= span.start || span.end <= s.span.start;
            let decided = |s: &Statement| matches!(s.body, Body::Serving(_) | Body::Intervention(_));
            if self.out[first..].iter().any(|s| !inside(s) && !apart(s) || !apart(s) && decided(s)) {
                continue;
            }
            let Some(scope) = self.scope_beside(&said, forward, span) else { continue };
            self.keep_from(first, apart);
            self.push(span, Body::Instead(said.instead), scope);
        }
    }

    /// Whether the part gave an answer before this sentence.
    fn answered_before(&self, first: usize) -> bool {
        let fills = |s: &Statement| match &s.body {
            Body::Filling { .. } => true,
            Body::Relation { link, .. } => self.fills_slot(link),
            _ => false,
        };
        self.out[..first].iter().any(fills)
    }

    /// What is in force beside the clause: not what was taken from its own words.
    fn scope_beside(&self, said: &Said, forward: &Scope, span: Span) -> Option<Scope> {
        let own = span.of(self.text);
        if forward.unread.iter().any(|u| !own.contains(u.trim())) || !forward.premises.is_empty() {
            return None;
        }
        let of_slot = |c: &Condition| {
            let filled = |s: &Symbol| self.world.slot(s).is_some();
            matches!(c, Condition::Define(s, _) | Condition::Value(s, _) if filled(s))
                || matches!(c, Condition::Holds(link) if self.world.is_slot(&link.left))
        };
        let of_own = |c: &Condition| said.conditions.iter().any(|own| super::links::same_subject(own, c));
        let mut conditions: Vec<Condition> = forward.conditions.iter().filter(|c| !of_slot(c) && !of_own(c)).cloned().collect();
        conditions.extend(said.conditions.clone());
        Some(Scope { conditions, ..Scope::default() })
    }
}

/// Words with which a clause may begin here.
fn opening(words: &Words, at: usize) -> usize {
    words.skip(at, OPENERS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::lex;
    use crate::world::Library;

    /// What is said of other answers in a sentence: how many slots it fills, of what kind the outcome is, and whether it is said to be so.
    fn said(world: &str, text: &str) -> Vec<(usize, char, bool)> {
        let library = Library::embedded().unwrap();
        let world = library.get(world).unwrap();
        let tokens = lex(text, 0, false, &world.lexicon);
        let clause = Clause { world, tokens: &tokens, text, words: Words::of(&tokens) };
        let kind = |o: &Outcome| match o {
            Outcome::Serves => 's',
            Outcome::Same => '=',
            Outcome::Relations(_) => 'r',
        };
        clause.all().iter().map(|(_, s)| (s.instead.answers.len(), kind(&s.instead.outcome), s.instead.so)).collect()
    }

    #[test]
    fn which_answer_and_what_comes_out() {
        for (world, text, want) in [
            ("1b.ii", "with q = β (k_a - k_b) we would get the same output", (1, '=', true)),
            ("1b.ii", "q = β k_a would not do the job", (1, 's', false)),
            ("1b.ii", "using 2 k_a + k_b instead of k_a + k_b leads to v_a", (1, 'r', true)),
            ("1b.ii", "a large negative β does the job too", (0, 's', true)),
            ("1d.i", "one could also take q_1 = q_2 = β (μ_a + μ_b)", (2, 's', true)),
            ("1d.i", "swapping the two queries changes nothing", (2, '=', true)),
            ("1b.i", "instead of A A^T one could use B B^T", (1, 's', true)),
        ] {
            assert_eq!(said(world, text), [want], "{text}");
        }
    }

    #[test]
    fn words_that_are_not_understood_leave_it_unread() {
        for text in [
            "with q = β (k_a - k_b) we would get the same norm",
            "q = β k_a would do the job if v_a = v_b",
            "q = β k_a would do the job better than β k_b",
            "with q = β k_a the keys would be the same",
        ] {
            assert_eq!(said("1b.ii", text), [], "{text}");
        }
        assert_eq!(said("1d.i", "q_1 = β μ_a would do the job"), [], "the other query is not given");
    }
}
