//! Vectors and matrices that an example gives by their entries: `a_1 = (0.6, 0.8, 0)`, `s = (1, 0, 0)`, `α = (0.9, 0.1)`,
//! and what is then said of them and of what follows from them.

use super::applied::{maps, unread_relations};
use super::facts::{Facts, OTHER, as_vectors};
use super::items::{ByItems, Item, Kind, items};
use super::spanned::{spanned, spelled_out};
use super::view::View;
use super::words::{GIVING, among};
use super::worked::{self, Claim};
use crate::claim::segment::{Stretch, plain_tokens, sentences};
use crate::claim::statement::{Body, Concrete, Condition, Link, Scope, Statement};
use crate::language::{Expr, Relation, Symbol};
use crate::span::Span;
use crate::world::World;

/// What is given, and where.
pub struct Given {
    /// The whole equation.
    pub span: Span,
    /// What it is given to.
    pub symbol: Symbol,
    /// `None` where it was not understood.
    pub value: Option<Expr>,
    /// How it is said.
    pub relation: Relation,
    /// Whether it is announced as given ("take α = …") and follows from nothing.
    pub taken: bool,
}

/// Makes statements with entries ones of the vectors and matrices that the part gives.
pub fn read(world: &World, stretches: &[Stretch], text: &str, mut out: Vec<Statement>) -> Vec<Statement> {
    let tokens = spelled_out(world, plain_tokens(stretches, text, world));
    let mut given = Vec::new();
    let mut claims = Vec::new();
    let mut changes = Vec::new();
    for range in sentences(&tokens) {
        let items = items(world, &tokens[range], text);
        let items = lines(world, items, text);
        given.extend(equations(world, &items));
        claims.extend(unread_relations(&items, &out));
        let view = View { world, items: &items };
        claims.extend(maps(&view));
        given.extend(spanned(&view));
        let (rows, said) = worked::read(&view);
        given.extend(rows);
        claims.extend(said);
        changes.extend(view.changed_row());
    }
    if !given.iter().any(|g| g.value.is_some()) {
        return out;
    }
    given.extend(own_matrices(world, &out));
    given.sort_by_key(|g| g.span.end);
    let (log, derived) = timeline(world, given);
    let at = |place: usize| log.iter().rev().find(|(from, ..)| *from <= place).map(|(_, _, f)| f);
    let row = |facts: &Facts| facts.known.iter().find(|(s, _)| *s == Symbol::plain("score")).map(|(_, e)| e.clone());
    for (change, span) in changes {
        let Some(Expr::Tuple(list)) = at(span.start).and_then(row) else { continue };
        let of = |row: Vec<Expr>| Expr::Call("softmax", vec![Expr::Tuple(row)]);
        let link = Link { left: of(change.of(&list)), relation: Relation::Equal, right: of(list) };
        add(Facts::default(), Claim::certain(span, link), &mut out);
    }
    for claim in claims.into_iter().filter_map(|c| Some((at(c.span.end)?.clone(), c))).chain(derived) {
        add(claim.0, claim.1, &mut out);
    }
    for statement in &mut out {
        let Some(facts) = at(statement.span.end) else { continue };
        let Body::Relation { link, .. } = &statement.body else { continue };
        let side = |e: &Expr| named(world, &as_vectors(e));
        let link = Link { left: side(&link.left), relation: link.relation, right: side(&link.right) };
        let inside = |from: &usize| (statement.span.start..=statement.span.end).contains(from);
        let gives = matches!(&link.left, Expr::Symbol(s) if log.iter().any(|(from, given, _)| given == s && inside(from)));
        if gives || !facts.entries() || !facts.resolve(&link) {
            continue;
        }
        let attention = attention(&link);
        let limit = statement.scope.conditions.iter().any(|c| matches!(c, Condition::Limit(..)));
        if attention && (limit || !computed(&link)) {
            continue;
        }
        if entries(&link) || known_coefficients(&link) {
            // What limits a statement about weights still does.
            let circumstance = statement.scope.circumstance.take().filter(|_| attention);
            statement.scope = Scope { circumstance, ..Scope::default() };
            statement.body = Body::Concrete(Concrete { given: facts.known.clone(), link });
        } else if compared(&link) && !attention && !statement.scope.premises.is_empty() | !statement.scope.unread.is_empty() {
            statement.scope = Scope { tentative: statement.scope.tentative, ..Scope::default() };
            statement.body = Body::Concrete(Concrete { given: facts.known.clone(), link });
        }
    }
    out
}

/// The items with intervals as vectors, and with an end where a line of words ends.
fn lines(world: &World, items: Vec<Item>, text: &str) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    for item in items {
        let joint = out.last().map_or(item.span, |last| Span::new(last.span.end, item.span.start.max(last.span.end)));
        let related = |i: &Item| matches!(i.kind, Kind::Rel(_));
        let goes_on = related(&item) || out.last().is_some_and(related);
        // The end of a line has no text of its own.
        let mark = item.kind == Kind::Other && item.span.start == item.span.end;
        if (mark || joint.of(text).contains('\n')) && !goes_on {
            out.push(Item { kind: Kind::End, span: Span::new(joint.start, joint.start) });
        }
        if mark {
            continue;
        }
        let kind = match item.kind {
            Kind::Math(e) => Kind::Math(named(world, &as_vectors(&e))),
            other => other,
        };
        out.push(Item { kind, span: item.span });
    }
    out
}

/// An expression with the question's own names: `p` for the weights, `s` for the row of scores where `s_i` is one of them.
fn named(world: &World, e: &Expr) -> Expr {
    let scores = world.definitions.iter().any(|d| d.name == "s" && d.parameters.len() == 1);
    let name = |s: &Symbol| match world.synonyms.get(&s.name) {
        Some(name) if !world.knows(s, &[]) => Some(name.as_str()),
        _ if scores && s.name == "s" => Some("score"),
        _ => None,
    };
    e.substitute(&|s| name(s).map(|name| Expr::Symbol(Symbol { name: name.into(), indices: s.indices.clone() })))
}

/// From where on something is known: the symbol that was given last, and all that is known.
type Known = (usize, Symbol, Facts);

/// What is known from where on, and what is said of quantities that follow from it.
fn timeline(world: &World, given: Vec<Given>) -> (Vec<Known>, Vec<(Facts, Claim)>) {
    let mut facts = Facts::default();
    let mut log = Vec::new();
    let mut derived = Vec::new();
    for one in given {
        let output = matches!(one.symbol.name.as_str(), "c" | "s");
        if let Some(value) = one.value.clone().filter(|_| facts.follows(&one.symbol) && (output || !one.taken)) {
            let link = Link { left: Expr::Symbol(one.symbol), relation: one.relation, right: value };
            derived.push((facts.clone(), Claim { span: one.span, link, tentative: false }));
            continue;
        }
        // `M = ½ [[1, 1], [1, 1]]` of a matrix that the members of its space make.
        if let Some(claim) = facts.made_of_members(world, &one) {
            derived.push((facts.clone(), claim));
            continue;
        }
        facts.give(&one.symbol, one.value.as_ref());
        facts.projector(world);
        log.push((one.span.end, one.symbol, facts.clone()));
    }
    (log, derived)
}

/// Puts a claim in the place of what was not read of the same words.
fn add(facts: Facts, claim: Claim, out: &mut Vec<Statement>) {
    let rows = matches!(&claim.link.left, Expr::Call("softmax", _));
    if !rows && (!facts.entries() || !facts.resolve(&claim.link)) {
        return;
    }
    let apart = |s: &Statement| s.span.end <= claim.span.start || claim.span.end <= s.span.start;
    let open = |s: &Statement| match &s.body {
        Body::Prose | Body::Unread { .. } | Body::Supposition { .. } => true,
        Body::Change { .. } | Body::Proposition { .. } => !s.scope.unread.is_empty(),
        Body::Relation { .. } => !s.scope.unread.is_empty() || !s.scope.premises.is_empty() || s.scope.tentative,
        _ => false,
    };
    if out.iter().any(|s| !apart(s) && !open(s)) {
        return;
    }
    out.retain(|s| apart(s));
    let body = Body::Concrete(Concrete { given: facts.known, link: claim.link });
    let scope = Scope { tentative: claim.tentative, ..Scope::default() };
    out.push(Statement { span: claim.span, body, scope, remarks: vec![] });
}

/// Matrices that the part's own statements define.
fn own_matrices(world: &World, out: &[Statement]) -> Vec<Given> {
    let given =
        |span, symbol, value: &Expr| Given { span, symbol, value: Some(value.clone()), relation: Relation::Equal, taken: true };
    let one = |statement: &Statement| match &statement.body {
        Body::Relation { link, .. } => Some(given(statement.span, matrix_of_its_own(world, link)?, &link.right)),
        Body::Filling { slot, expr } => Some(given(statement.span, slot.clone(), expr)),
        _ => None,
    };
    out.iter().filter_map(one).collect()
}

/// `s = (1, 2)`: a vector by its entries, or one that could not be read.
fn equations(world: &World, items: &[Item]) -> Vec<Given> {
    let mut found = Vec::new();
    for (i, pair) in items.windows(3).enumerate() {
        let (Kind::Math(Expr::Symbol(symbol)), Kind::Rel(relation @ (Relation::Equal | Relation::Approx))) =
            (&pair[0].kind, &pair[1].kind)
        else {
            continue;
        };
        // `A^T s = v = (1, 2)` says what v is; `v = A x = …` is a statement.
        let first = i == 0 || !matches!(items[i - 1].kind, Kind::Rel(r) if r != Relation::Tends);
        let goes_on = matches!(items.get(i + 3).map(|n| &n.kind), Some(Kind::Rel(_)));
        if !first {
            continue;
        }
        let before = i.checked_sub(1).map(|b| &items[b].kind);
        let taken = matches!(before, Some(Kind::Word(w)) if among(GIVING, w));
        let mut give = |end: Span, value: Option<Expr>| {
            let span = pair[0].span.to(end);
            found.push(Given { span, symbol: symbol.clone(), value, relation: *relation, taken });
        };
        // `v_a = 2 a_1 = (√2, √2, 0)`
        if let Some((end, value)) = goes_on.then(|| ending(items, i)).flatten() {
            give(end, Some(value));
            continue;
        }
        let value = match &pair[2].kind {
            Kind::Math(e) if concrete(e) => Some(e.clone()),
            Kind::Math(_) => continue,
            _ => None,
        };
        let vector = |e: &Expr| !plain(e);
        let weight = symbol.name == "alpha" && world.definitions.iter().any(|d| d.name == "alpha" && !d.parameters.is_empty());
        let listed = matches!(items.get(i + 3).map(|n| &n.kind), Some(Kind::Comma)) && value.as_ref().is_some_and(plain);
        // `α ≈ 0.09, 0.24, 0.67` is read as a row.
        if *relation == Relation::Approx && (listed || !value.as_ref().is_some_and(vector))
            || weight && symbol.indices.is_empty() && listed
        {
            continue;
        }
        let shaped = world.is_matrix(symbol) || value.as_ref().is_some_and(vector) || symbol.name == "s" || weight;
        if (shaped || symbol.indices.is_empty()) && !goes_on {
            give(pair[2].span, value);
        }
    }
    found.extend(others(&View { world, items }));
    found
}

/// "other value (0, 1)", "the other key is (0, 1)": of the key that is not named.
fn others(view: &View) -> Vec<Given> {
    let one = |at: usize| {
        let family = match (view.word(at)?, view.word(at + 1)?) {
            ("other", "value") => "v",
            ("other", "key") => "k",
            _ => return None,
        };
        let sign = view.relation(at + 2) == Some(Relation::Equal) || view.word(at + 2) == Some("is");
        let place = at + 2 + usize::from(sign);
        let value = view.math(place).filter(|e| concrete(e) && !plain(e))?.clone();
        let span = view.items[at].span.to(view.items[place].span);
        Some(Given { span, symbol: Symbol::indexed(family, OTHER), value: Some(value), relation: Relation::Equal, taken: true })
    };
    if view.world.letters == ["j"] { (0..view.items.len()).filter_map(one).collect() } else { vec![] }
}

/// The entries that a chain of equations ends with, and where.
fn ending(items: &[Item], start: usize) -> Option<(Span, Expr)> {
    let mut at = start;
    while matches!(items.get(at + 1).map(|i| &i.kind), Some(Kind::Rel(Relation::Equal))) && items.get(at + 2).is_some() {
        at += 2;
    }
    let Kind::Math(e) = &items[at].kind else { return None };
    let last = !matches!(items.get(at + 1).map(|i| &i.kind), Some(Kind::Rel(_)));
    (last && concrete(e) && !plain(e)).then(|| (items[at].span, e.clone()))
}

/// Whether an expression is made of numbers alone.
pub(super) fn concrete(e: &Expr) -> bool {
    e.is_closed()
}

/// Whether a closed expression is no vector.
pub(super) fn plain(e: &Expr) -> bool {
    let mut tuple = false;
    e.walk(&mut |e| tuple |= matches!(e, Expr::Tuple(_)));
    !tuple
}

/// `M = a_1 a_1^T`: the writer's own matrix.
fn matrix_of_its_own(world: &World, link: &Link) -> Option<Symbol> {
    let Expr::Symbol(symbol) = &link.left else { return None };
    let own = world.slot(symbol).is_some() && symbol.name != "c" && link.relation == Relation::Equal && !link.right.is_closed();
    own.then(|| symbol.clone())
}

/// Whether a relation has numbers to compare.
fn entries(link: &Link) -> bool {
    compared(link) && link.left.is_closed() != link.right.is_closed()
}

/// Whether a relation is one of sizes.
fn compared(link: &Link) -> bool {
    matches!(link.relation, Relation::Equal | Relation::Approx)
}

/// Whether a relation speaks of weights, scores or the output.
fn attention(link: &Link) -> bool {
    let named = |s: &Symbol| matches!(s.name.as_str(), "alpha" | "c" | "k" | "q" | "score");
    link.left.symbols().iter().chain(link.right.symbols().iter()).any(named)
}

/// Whether a relation of weights is one of an example: it has digits of a number, or entries.
fn computed(link: &Link) -> bool {
    let mut found = false;
    for side in [&link.left, &link.right] {
        side.walk(&mut |e| found |= matches!(e, Expr::Number(n) if n.unit().is_some()) || matches!(e, Expr::Tuple(_)));
    }
    let scores = link.left.symbols().iter().any(|s| s.name == "k");
    found || scores
}

/// `c = 0.98 v_1 + 0.02 v_2`: a mixture of values with numbers.
fn known_coefficients(link: &Link) -> bool {
    let output = matches!(&link.left, Expr::Symbol(s) if s.name == "c" && s.indices.is_empty());
    let mut numbers = 0;
    link.right.walk(&mut |e| numbers += usize::from(matches!(e, Expr::Number(_))));
    let of_values = |s: &Symbol| s.name == "v" && s.indices.len() == 1;
    compared(link) && output && numbers > 0 && link.right.symbols().iter().all(of_values)
}
