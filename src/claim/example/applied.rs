//! Relations of matrices with entries that stand in words, or that the reader of relations made nothing of.

use super::items::{Item, Kind};
use super::vectors::{concrete, plain};
use super::worked::Claim;
use crate::claim::statement::{Body, Link, Statement};
use crate::language::{Expr, Relation};
use crate::span::Span;

/// `M (v_a + v_b) = (√2, √2, 0)`, where the reader of relations made nothing of it.
pub fn unread_relations(items: &[Item], out: &[Statement]) -> Vec<Claim> {
    let unread = |span: Span| {
        let here = |s: &&Statement| s.span.start < span.end && span.start < s.span.end;
        out.iter().filter(here).all(|s| matches!(s.body, Body::Unread { .. } | Body::Prose))
    };
    let relation = |three: &[Item]| {
        let [left, sign, right] = three else { return None };
        let (Kind::Math(l), Kind::Rel(relation), Kind::Math(r)) = (&left.kind, &sign.kind, &right.kind) else { return None };
        let span = left.span.to(right.span);
        let written = !matches!(l, Expr::Symbol(_)) && concrete(r) && !plain(r);
        (written && unread(span)).then(|| Claim::certain(span, Link { left: l.clone(), relation: *relation, right: r.clone() }))
    };
    items.windows(3).filter_map(relation).collect()
}

/// "I − b_1 b_1ᵀ also maps (2, 2, 5) to (2, 2, 0)", "M applied to (1, 2) gives (1, 0)".
pub fn maps(items: &[Item]) -> Vec<Claim> {
    let word = |at: usize| match items.get(at).map(|i| &i.kind) {
        Some(Kind::Word(w)) => Some(w.as_str()),
        _ => None,
    };
    let math = |at: usize| match items.get(at).map(|i| &i.kind) {
        Some(Kind::Math(e)) => Some(e),
        _ => None,
    };
    let is = |at: usize, list: &[&str]| word(at).is_some_and(|w| list.contains(&w));
    let one = |at: usize| {
        let matrix = math(at)?;
        let verb = at + 1 + usize::from(is(at + 1, &["also", "then", "indeed", "correctly", "really"]));
        let applied = is(verb, &["applied"]) && is(verb + 1, &["to"]) || is(verb, &["times"]);
        let from = match applied {
            true => verb + if is(verb, &["times"]) { 1 } else { 2 },
            false => is(verb, &["maps", "sends", "takes", "turns", "projects", "carries", "transforms"]).then_some(verb + 1)?,
        };
        let from = from + usize::from(is(from, &["the"])) + usize::from(is(from + 1, &["vector", "point"]));
        let vector = math(from)?;
        let joint = match applied {
            true => is(from + 1, &["gives", "is", "yields", "equals"]),
            false => is(from + 1, &["to", "into", "onto", "on"]),
        };
        let image = math(from + 2).filter(|e| joint && concrete(e) && !plain(e))?;
        let ends = !matches!(items.get(from + 3).map(|i| &i.kind), Some(Kind::Rel(_) | Kind::Math(_) | Kind::Other));
        let left = Expr::Mul(vec![matrix.clone(), vector.clone()]);
        let span = items[at].span.to(items[from + 2].span);
        ends.then(|| Claim::certain(span, Link { left, relation: Relation::Equal, right: image.clone() }))
    };
    (0..items.len()).filter_map(one).collect()
}
