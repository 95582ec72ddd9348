//! Answers that are several: lists in order, sets and alternatives in any order.

use super::answer::{all, compare, is_letter, refuted};
use super::decide::{Decision, Outcome};
use super::evaluate::Evaluation;
use super::given::Given;
use super::hypotheses::Hypotheses;
use super::point::points;
use super::reals::{self, RealSet};
use super::surface::Answer;
use super::term::Term;
use crate::language::Relation;
use crate::tolerance::BALL_BITS;

/// Members in order.
pub(super) fn in_order(a: &[Answer], b: &[Answer], given: &Given) -> Decision {
    if a.len() != b.len() {
        return refuted(format!("{} members and {}", a.len().min(b.len()), a.len().max(b.len())));
    }
    all(a.iter().zip(b).map(|(a, b)| compare(a, b, given)))
}

/// Most members of a set.
const MEMBERS_MAX: usize = 64;

/// Members in no order; equations among them are compared by what solves any of them.
pub(super) fn alternatives(a: &[Answer], b: &[Answer], given: &Given) -> Decision {
    if !a.iter().chain(b).any(is_equation) {
        return in_any_order(a, b, given);
    }
    if let (Some(x), Some(y)) = (RealSet::listed(a), RealSet::listed(b)) {
        return reals::sets(&x, &y, &given.hypotheses);
    }
    match in_any_order(a, b, given) {
        d if d.outcome == Outcome::Refuted => Decision::undecided("equations that are written differently may have the same solutions"),
        d => d,
    }
}

/// Whether a relation says more than the value of a letter.
fn is_equation(a: &Answer) -> bool {
    match a {
        Answer::Relation(sides, relations) => {
            let value = matches!(sides.last(), Some(Answer::Value(t)) if t.is_closed());
            !(relations[..] == [Relation::Equal] && is_letter(&sides[0]) && value)
        }
        _ => false,
    }
}

/// Every member of one side is a member of the other.
pub(super) fn in_any_order(a: &[Answer], b: &[Answer], given: &Given) -> Decision {
    if a.len().max(b.len()) > MEMBERS_MAX {
        return Decision::undecided("more than 64 members");
    }
    let mut met = vec![false; b.len()];
    let mut parts = Vec::new();
    for (k, x) in a.iter().enumerate() {
        let (at, d) = member(x, b, k, given);
        if let Some(at) = at {
            met[at] = true;
        }
        parts.push(d);
    }
    for (k, y) in b.iter().enumerate().filter(|(k, _)| !met[*k]) {
        parts.push(member(y, a, k, given).1);
    }
    all(parts.into_iter())
}

/// Where a member stands in the list, the place `near` tried first; whether it is there at all.
fn member(x: &Answer, list: &[Answer], near: usize, given: &Given) -> (Option<usize>, Decision) {
    let mut open = None;
    let order = (0..list.len()).filter(|k| *k == near).chain((0..list.len()).filter(|k| *k != near));
    for k in order {
        if apart(x, &list[k]) {
            continue;
        }
        let d = compare(x, &list[k], given);
        match d.outcome {
            Outcome::Holds => return (Some(k), d),
            Outcome::Refuted => {}
            _ => open = open.or(Some(d)),
        }
    }
    (None, open.unwrap_or_else(|| refuted("a member of one side is none of the other")))
}

/// Whether enclosures tell two values apart at once.
fn apart(a: &Answer, b: &Answer) -> bool {
    match (a, b) {
        (Answer::Value(x), Answer::Value(y)) => {
            let none = Hypotheses::default();
            let value = |t: &Term| {
                let at = points(&[t], &none).into_iter().next()?;
                Evaluation::new(&at, &none, BALL_BITS).value(t).ok()
            };
            let closed = |t: &Term| t.is_closed() && t.free_letters().is_empty();
            closed(x) && closed(y) && matches!((value(x), value(y)), (Some(x), Some(y)) if x.differs(&y))
        }
        (Answer::Tuple(x), Answer::Tuple(y)) if x.len() == y.len() => x.iter().zip(y).any(|(x, y)| apart(x, y)),
        (Answer::Relation(x, r), Answer::Relation(y, s)) if r == s && r[..] == [Relation::Equal] && x[0] == y[0] && is_letter(&x[0]) => {
            apart(&x[1], &y[1])
        }
        _ => false,
    }
}
