//! Spaces of an example that are spanned by unit vectors: "in R³ let A be spanned by e_1 and e_2 and B by e_3", `A = span(e_1)`, and
//! the unit vectors by their entries where the dimension is said.

use super::items::{ByItems, Kind};
use super::vectors::{Given, concrete, plain};
use super::view::View;
use crate::claim::segment::closes_at;
use crate::language::{Bracket, Expr, Index, Relation, Symbol, Tok, Token};
use crate::world::World;

/// The largest dimension whose unit vectors are written out.
const DIMENSION_MAX: u32 = 8;

/// The dimension that a part's example has: "in R³", `d = 3`.
fn dimension(tokens: &[Token]) -> Option<u32> {
    let number = |at: usize| match tokens.get(at).map(|t| &t.kind) {
        Some(Tok::Number(n)) => n.parse::<u32>().ok(),
        _ => None,
    };
    let braced = |at: usize| at + usize::from(matches!(tokens.get(at).map(|t| &t.kind), Some(Tok::Open(_))));
    let real = |t: &Token| t.is_name("R") || t.is_name("ℝ") || matches!(&t.kind, Tok::Word(w) if matches!(w.as_str(), "R" | "ℝ"));
    let said = |at: usize| match &tokens.get(at + 1)?.kind {
        Tok::Sup if real(&tokens[at]) => number(braced(at + 2)),
        Tok::Rel(Relation::Equal) if tokens[at].is_name("d") => number(at + 2),
        _ => None,
    };
    let mut all: Vec<u32> = (0..tokens.len()).filter_map(said).collect();
    all.dedup();
    // Two examples of different dimensions are not told apart.
    all.first().copied().filter(|d| all.len() == 1 && (1..=DIMENSION_MAX).contains(d))
}

/// The tokens with `e_k` by its entries where the dimension is said, and `span(…)` in words, in a question that has spaces.
pub fn spelled_out(world: &World, tokens: Vec<Token>) -> Vec<Token> {
    let Some(d) = dimension(&tokens).filter(|_| !world.columns.is_empty()) else { return tokens };
    let mut out: Vec<Token> = Vec::new();
    let mut closing: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let of = |kind: Tok| Token { kind, ..token.clone() };
        if let Some((next, k)) = unit(&tokens, at).filter(|(_, k)| (1..=d).contains(k)) {
            out.push(of(Tok::Open(Bracket::Round)));
            for i in 1..=d {
                out.extend((i > 1).then(|| Token { spaced: false, ..of(Tok::Comma) }));
                out.push(Token { spaced: false, ..of(Tok::Number(u32::from(i == k).to_string())) });
            }
            let last = Token { spaced: false, ..of(Tok::Close(Bracket::Round)) };
            out.push(Token { span: tokens[next - 1].span, ..last });
            at = next;
            continue;
        }
        let span = token.word().is_some_and(|w| w == "span") || token.is_name("span");
        let opens = matches!(tokens.get(at + 1).map(|t| &t.kind), Some(Tok::Open(_)));
        if span
            && opens
            && let Some(close) = closes_at(&tokens, at + 1..tokens.len())
        {
            out.extend(["spanned", "by"].map(|w| of(Tok::Word(w.into()))));
            closing.push(close);
            at += 2;
            continue;
        }
        if !closing.contains(&at) {
            out.push(token.clone());
        }
        at += 1;
    }
    out
}

/// `e_2`, `e_{2}`: where it ends, and its number.
fn unit(tokens: &[Token], at: usize) -> Option<(usize, u32)> {
    let sub = tokens[at].is_name("e") && tokens.get(at + 1)?.kind == Tok::Sub;
    let open = usize::from(sub && matches!(tokens.get(at + 2)?.kind, Tok::Open(_)));
    match &tokens.get(at + 2 + open)?.kind {
        Tok::Number(n) if sub => Some((at + 3 + 2 * open, n.parse().ok()?)).filter(|(end, _)| *end <= tokens.len()),
        _ => None,
    }
}

/// The members of a space that a sentence says is spanned by vectors with entries.
pub fn spanned(view: &View) -> Vec<Given> {
    let mut out = Vec::new();
    for at in 0..view.items.len() {
        // "A be spanned by", "A = span of"; "and B by" goes on.
        let by = view.is(at, &["spanned"]) && view.is(at + 1, &["by"]) || view.is(at, &["span"]) && view.is(at + 1, &["of"]);
        if !by {
            continue;
        }
        let Some(first) = space_before(view, at) else { continue };
        let Some(mut end) = members(view, at + 2, &first, &mut out) else { continue };
        while view.is(end, &["and", "while"]) || view.comma(end) {
            let next = end + 1 + usize::from(view.comma(end) && view.is(end + 1, &["and"]));
            let Some(space) = space(view, next) else { break };
            let verb = next + 1 + usize::from(view.relation(next + 1) == Some(Relation::Equal));
            let verb = view.skip(verb, &["be", "is", "spanned"]);
            let Some(after) = view.is(verb, &["by"]).then(|| members(view, verb + 1, &space, &mut out)).flatten() else { break };
            end = after;
        }
    }
    out
}

/// The family whose members span a space: `a` for `A`.
fn space(view: &View, at: usize) -> Option<String> {
    let name = match &view.items.get(at)?.kind {
        Kind::Math(Expr::Symbol(s)) if s.indices.is_empty() => s.name.clone(),
        Kind::Word(w) if w.chars().count() == 1 => w.to_uppercase(),
        _ => return None,
    };
    view.world.columns.get(&name).cloned()
}

fn space_before(view: &View, at: usize) -> Option<String> {
    let place = (0..at).rev().find(|i| !view.is(*i, &["be", "is", "are", "the"]) && view.relation(*i).is_none())?;
    space(view, place)
}

/// Vectors in a list; where it ends.
fn members(view: &View, at: usize, family: &str, out: &mut Vec<Given>) -> Option<usize> {
    let vector = |i: usize| view.math(i).filter(|e| concrete(e) && !plain(e));
    let mut place = view.skip(at, &["the", "vectors", "vector", "unit"]);
    let mut number = 0;
    while let Some(value) = vector(place) {
        number += 1;
        out.push(Given {
            span: view.items[place].span,
            symbol: Symbol { name: family.into(), indices: vec![Index::Number(number)] },
            value: Some(value.clone()),
            relation: Relation::Equal,
            taken: true,
        });
        place += 1;
        let joint = place + usize::from(view.comma(place) || view.is(place, &["and"]));
        let joint = joint + usize::from(joint > place && view.is(joint, &["and"]));
        if joint == place || vector(joint).is_none() {
            break;
        }
        place = joint;
    }
    (number > 0).then_some(place)
}
