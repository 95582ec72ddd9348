//! Vectors and matrices that an example gives by their entries: `a_1 = (0.6, 0.8, 0)`, `s = (1, 0, 0)`, and what is then
//! said of them.

use super::items::{Item, Kind, items};
use crate::claim::segment::{Stretch, plain_tokens, sentences};
use crate::claim::statement::{Body, Concrete, Link, Scope, Statement};
use crate::language::{Expr, Index, Relation, Symbol};
use crate::span::Span;
use crate::world::World;

/// What is given, and where from.
struct Given {
    from: usize,
    symbol: Symbol,
    /// `None` where it was not understood.
    value: Option<Expr>,
}

/// Makes statements with entries ones of the vectors and matrices that the part gives.
pub fn read(world: &World, stretches: &[Stretch], text: &str, mut out: Vec<Statement>) -> Vec<Statement> {
    let tokens = plain_tokens(stretches, text, world);
    let mut given = Vec::new();
    let mut mapped = Vec::new();
    for range in sentences(&tokens) {
        let items = items(world, &tokens[range], text);
        given.extend(equations(world, &items));
        mapped.extend(unread_relations(&items, &out));
        mapped.extend(maps(&items));
    }
    if !given.iter().any(|g| g.value.is_some()) {
        return out;
    }
    for statement in &out {
        if let Body::Relation { link, .. } = &statement.body
            && let Some(symbol) = matrix_of_its_own(world, link)
        {
            given.push(Given { from: statement.span.end, symbol, value: Some(link.right.clone()) });
        }
        if let Body::Filling { slot, expr } = &statement.body {
            given.push(Given { from: statement.span.end, symbol: slot.clone(), value: Some(expr.clone()) });
        }
    }
    given.sort_by_key(|g| g.from);
    let apart = |a: Span, b: Span| a.end <= b.start || b.end <= a.start;
    for (span, link) in mapped {
        let known = known(&given, span.end);
        if entries(&link) && known.iter().any(|(_, e)| !plain(e)) && resolved(world, &link, &known) {
            out.retain(|s| apart(s.span, span) || !matches!(s.body, Body::Prose | Body::Unread { .. }));
            let body = Body::Concrete(Concrete { given: known, link });
            out.push(Statement { span, body, scope: Scope::default(), remarks: vec![] });
        }
    }
    for statement in &mut out {
        let Body::Relation { link, .. } = &statement.body else { continue };
        let known = known(&given, statement.span.end);
        let gives = matches!(&link.left, Expr::Symbol(s) if given.iter().any(|g| g.symbol == *s && (statement.span.start..=statement.span.end).contains(&g.from)));
        if !gives && entries(link) && known.iter().any(|(_, e)| !plain(e)) && resolved(world, link, &known) {
            let concrete = Concrete { given: known, link: link.clone() };
            statement.body = Body::Concrete(concrete);
            statement.scope = Scope::default();
        }
    }
    out
}

/// `s = (1, 2)`: a vector by its entries, or one that could not be read.
fn equations(world: &World, items: &[Item]) -> Vec<Given> {
    let mut found = Vec::new();
    for (i, pair) in items.windows(3).enumerate() {
        let (Kind::Math(Expr::Symbol(symbol)), Kind::Rel(Relation::Equal)) = (&pair[0].kind, &pair[1].kind) else { continue };
        // `A^T s = v = (1, 2)` says what v is; `v = A x = …` is a statement.
        let first = i == 0 || !matches!(items[i - 1].kind, Kind::Rel(_));
        let goes_on = matches!(items.get(i + 3).map(|n| &n.kind), Some(Kind::Rel(_)));
        if !first {
            continue;
        }
        // `v_a = 2 a_1 = (√2, √2, 0)`
        if let Some((from, value)) = goes_on.then(|| ending(items, i)).flatten() {
            found.push(Given { from, symbol: symbol.clone(), value: Some(value) });
            continue;
        }
        let value = match &pair[2].kind {
            Kind::Math(e) if concrete(e) => Some(e.clone()),
            Kind::Math(_) => continue,
            _ => None,
        };
        let vector = |e: &Expr| !plain(e);
        let shaped = world.is_matrix(symbol) || value.as_ref().is_some_and(vector) || symbol.name == "s";
        if (shaped || symbol.indices.is_empty()) && !goes_on {
            found.push(Given { from: pair[2].span.end, symbol: symbol.clone(), value });
        }
    }
    found
}

/// The entries that a chain of equations ends with, and where.
fn ending(items: &[Item], start: usize) -> Option<(usize, Expr)> {
    let mut at = start;
    while matches!(items.get(at + 1).map(|i| &i.kind), Some(Kind::Rel(Relation::Equal))) && items.get(at + 2).is_some() {
        at += 2;
    }
    let Kind::Math(e) = &items[at].kind else { return None };
    let last = !matches!(items.get(at + 1).map(|i| &i.kind), Some(Kind::Rel(_)));
    (last && concrete(e) && !plain(e)).then(|| (items[at].span.end, e.clone()))
}

/// `M (v_a + v_b) = (√2, √2, 0)`, where the reader of relations made nothing of it.
fn unread_relations(items: &[Item], out: &[Statement]) -> Vec<(Span, Link)> {
    let unread = |span: Span| {
        let here = |s: &&Statement| s.span.start < span.end && span.start < s.span.end;
        out.iter().filter(here).all(|s| matches!(s.body, Body::Unread { .. } | Body::Prose))
    };
    let relation = |three: &[Item]| {
        let [left, sign, right] = three else { return None };
        let (Kind::Math(l), Kind::Rel(relation), Kind::Math(r)) = (&left.kind, &sign.kind, &right.kind) else { return None };
        let span = left.span.to(right.span);
        let written = !matches!(l, Expr::Symbol(_)) && concrete(r) && !plain(r);
        (written && unread(span)).then(|| (span, Link { left: l.clone(), relation: *relation, right: r.clone() }))
    };
    items.windows(3).filter_map(relation).collect()
}

/// "I − b_1 b_1ᵀ also maps (2, 2, 5) to (2, 2, 0)", "M applied to (1, 2) gives (1, 0)".
fn maps(items: &[Item]) -> Vec<(Span, Link)> {
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
        ends.then(|| (span, Link { left, relation: Relation::Equal, right: image.clone() }))
    };
    (0..items.len()).filter_map(one).collect()
}

/// Whether an expression is made of numbers alone.
fn concrete(e: &Expr) -> bool {
    e.is_closed()
}

/// Whether a closed expression is no vector.
fn plain(e: &Expr) -> bool {
    let mut tuple = false;
    e.walk(&mut |e| tuple |= matches!(e, Expr::Tuple(_)));
    !tuple
}

/// `M = a_1 a_1^T`: the writer's own matrix.
fn matrix_of_its_own(world: &World, link: &Link) -> Option<Symbol> {
    let Expr::Symbol(symbol) = &link.left else { return None };
    let own = world.slot(symbol).is_some() && link.relation == Relation::Equal && !link.right.is_closed();
    own.then(|| symbol.clone())
}

/// What is known at a place, the later values in place of the earlier ones; nothing of what was not understood.
fn known(given: &[Given], place: usize) -> Vec<(Symbol, Expr)> {
    let mut known: Vec<(Symbol, Expr)> = Vec::new();
    for one in given.iter().filter(|g| g.from <= place) {
        known.retain(|(s, _)| *s != one.symbol);
        if let Some(value) = &one.value {
            known.push((one.symbol.clone(), value.clone()));
        }
    }
    known
}

/// Whether a relation has numbers to compare.
fn entries(link: &Link) -> bool {
    let compares = matches!(link.relation, Relation::Equal | Relation::Approx);
    compares && link.left.is_closed() != link.right.is_closed()
}

/// Whether every symbol of a relation has a value, or gets one from those that have.
fn resolved(world: &World, link: &Link, known: &[(Symbol, Expr)]) -> bool {
    let has = |s: &Symbol| known.iter().any(|(k, _)| k == s);
    let member = |family: &str| known.iter().any(|(k, e)| k.name == family && !plain(e) && index_or_none(k));
    let mut open = [link.left.symbols(), link.right.symbols()].concat();
    open.extend(known.iter().filter(|(k, _)| world.slot(k).is_some()).flat_map(|(_, e)| e.symbols()));
    let running = |s: &Symbol| matches!(s.indices.as_slice(), [Index::Letter(_)]) && member(&s.name);
    open.iter().all(|s| match s.name.as_str() {
        _ if has(s) || running(s) => true,
        "A" => member("a"),
        "B" => member("b"),
        "m" | "p" | "d" | "I" => s.indices.is_empty(),
        "v" => has(&Symbol::plain("s")) && member("a") && member("b"),
        "s" => known.iter().filter(|(k, _)| k.name == "v").count() >= 2,
        _ => false,
    })
}

fn index_or_none(symbol: &Symbol) -> bool {
    !matches!(symbol.indices.as_slice(), [Index::Letter(_)])
}
