//! Which conditions hold for a clause where a sentence takes one thing to several places: "for β → ∞ both go to one half; for
//! β → −∞ they go to zero", "α_a → 1/2 for β → ∞ and α_a → 0 for β → −∞".

use super::links::same_subject;
use super::read::Reader;
use super::statement::{Condition, Scope};
use crate::span::Span;

/// A condition of the sentence that is read, with where it stands.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    pub(super) place: usize,
    pub(super) condition: Condition,
}

impl Reader<'_> {
    /// What holds for a clause, of all that its sentence supposes by its end.
    ///
    /// Of several conditions on one thing the clause has the last one before it where the sentence opens with one, else the first
    /// one behind it.
    pub(super) fn in_force(&self, forward: &Scope, sentence: Span, clause: Span) -> Scope {
        let mut scope = forward.clone();
        for condition in &mut scope.conditions {
            let rivals: Vec<&Bound> = self.bound.iter().filter(|b| same_subject(&b.condition, condition)).collect();
            let (Some(first), true) = (rivals.first(), rivals.iter().any(|b| b.condition != *condition)) else { continue };
            let leading =
                self.tokens.iter().filter(|t| sentence.start <= t.span.start && t.span.end <= first.place).count() <= LEAD_MAX;
            let before = rivals.iter().rfind(|b| b.place <= clause.start);
            let behind = rivals.iter().find(|b| clause.end <= b.place);
            let own = if leading { before.or(behind) } else { behind.or(before) };
            if let Some(own) = own {
                *condition = own.condition.clone();
            }
        }
        scope
    }
}

/// Most tokens before a condition that opens its sentence: "and now for".
const LEAD_MAX: usize = 3;
