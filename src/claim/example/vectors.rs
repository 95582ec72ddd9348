//! Vectors and matrices that an example gives by their entries: `a_1 = (0.6, 0.8, 0)`, `s = (1, 0, 0)`, and what is then
//! said of them.

use super::items::{Item, Kind, items};
use crate::claim::segment::{Stretch, plain_tokens, sentences};
use crate::claim::statement::{Body, Concrete, Link, Scope, Statement};
use crate::language::{Expr, Index, Relation, Symbol};
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
    for range in sentences(&tokens) {
        given.extend(equations(world, &items(world, &tokens[range], text)));
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
