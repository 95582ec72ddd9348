//! Relations of matrices with entries that stand in words, or that the reader of relations made nothing of.

use super::items::{ByItems, Item, Kind};
use super::vectors::{concrete, plain};
use super::view::View;
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
pub fn maps(view: &View) -> Vec<Claim> {
    let one = |at: usize| {
        let matrix = view.math(at)?;
        let verb = at + 1 + usize::from(view.is(at + 1, &["also", "then", "indeed", "correctly", "really"]));
        let applied = view.is(verb, &["applied"]) && view.is(verb + 1, &["to"]) || view.is(verb, &["times"]);
        let from = match applied {
            true => verb + if view.is(verb, &["times"]) { 1 } else { 2 },
            false => {
                view.is(verb, &["maps", "sends", "takes", "turns", "projects", "carries", "transforms"]).then_some(verb + 1)?
            }
        };
        let from = from + usize::from(view.is(from, &["the"])) + usize::from(view.is(from + 1, &["vector", "point"]));
        let vector = view.math(from)?;
        let joint = match applied {
            true => view.is(from + 1, &["gives", "is", "yields", "equals"]),
            false => view.is(from + 1, &["to", "into", "onto", "on"]),
        };
        let image = view.math(from + 2).filter(|e| joint && concrete(e) && !plain(e))?;
        let ends = !matches!(view.items.get(from + 3).map(|i| &i.kind), Some(Kind::Rel(_) | Kind::Math(_) | Kind::Other));
        let left = Expr::Mul(vec![matrix.clone(), vector.clone()]);
        let span = view.items[at].span.to(view.items[from + 2].span);
        ends.then(|| Claim::certain(span, Link { left, relation: Relation::Equal, right: image.clone() }))
    };
    (0..view.items.len()).filter_map(|at| one(at).or_else(|| mapped(view, at))).collect()
}

/// "(2, 0, 5) is mapped to (1, 1, 0)", "the vector (1, 2) goes to (1, 0)": by the matrix that the question asks for.
fn mapped(view: &View, at: usize) -> Option<Claim> {
    let vector = view.math(at).filter(|e| concrete(e) && !plain(e))?;
    // Not behind a relation or another vector, and not what another matrix does.
    if at > 0 && !matches!(view.items[at - 1].kind, Kind::Word(_) | Kind::Comma | Kind::Colon | Kind::End) {
        return None;
    }
    let passive = view.is(at + 1, &["is", "gets"]);
    let verb = view.skip(at + 1 + usize::from(passive), &["then", "thus", "indeed", "correctly", "also", "therefore"]);
    let done = passive && view.is(verb, &["mapped", "sent", "taken", "turned", "projected", "carried", "transformed"]);
    let goes = !passive && view.is(verb, &["goes", "maps", "becomes", "moves"]);
    let joint = if view.is(verb, &["becomes"]) { verb } else { verb + 1 };
    let image =
        ((done || goes) && (joint == verb || view.is(joint, &["to", "into", "onto", "on"]))).then(|| view.math(joint + 1))?;
    let image = image.filter(|e| concrete(e) && !plain(e))?;
    let ends = !matches!(view.items.get(joint + 2).map(|i| &i.kind), Some(Kind::Rel(_) | Kind::Math(_) | Kind::Other))
        && !view.is(joint + 2, &["by", "under", "if"]);
    let slot = view.world.slots.iter().map(|s| &s.symbol).find(|s| view.world.is_matrix(s))?;
    let left = Expr::Mul(vec![Expr::Symbol(slot.clone()), vector.clone()]);
    let span = view.items[at].span.to(view.items[joint + 1].span);
    ends.then(|| Claim::certain(span, Link { left, relation: Relation::Equal, right: image.clone() }))
}
