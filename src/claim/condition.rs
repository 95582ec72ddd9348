//! Conditions: which words announce them, and what a relation means as one.

use super::phrases::{boundary, made};
use super::statement::{Condition, LimitSense, Link};
use crate::language::{Expr, Index, Relation, Symbol, Tok, Token};
use crate::span::Span;
use crate::world::World;

/// Words directly before a relation that make it a condition.
pub const ANNOUNCE: &[&str] = &[
    "if",
    "when",
    "whenever",
    "for",
    "at",
    "with",
    "given",
    "provided",
    "under",
    "suppose",
    "assume",
    "assuming",
    "let",
    "put",
    "set",
    "take",
    "choose",
    "unless",
    "until",
    "needs",
    "need",
    "require",
    "requires",
    "having",
    "iff",
    "only",
    "condition",
    "where",
    "say",
    "fix",
    "pick",
    "consider",
    "large",
    "all",
    "every",
    "fixed",
    "any",
    "each",
    "some",
    "finite",
    "small",
    "setting",
    "once",
    "case",
    "from",
    "whatever",
];

/// Words that lead in a condition by a relation, "for n = 3": the ones of which nobody means anything else.
pub const LEADS: &[&str] = &["for", "if", "when", "with", "at", "once", "whenever"];

/// Whether tokens end with values that are given, "for n = 10 and β = 5": what follows them is the clause itself.
pub fn behind_given(out: &[Token]) -> bool {
    const LETTER_MAX: usize = 4;
    let mut end = out.len();
    loop {
        let Some(sign) = out[..end].iter().rposition(boundary) else { return false };
        let start = out[..sign].iter().rposition(boundary).map_or(0, |i| i + 1);
        let given = out[sign].kind == Tok::Rel(Relation::Equal) && sign + 1 < end && (1..=LETTER_MAX).contains(&(sign - start));
        let Some(before) = start.checked_sub(1).filter(|_| given) else { return false };
        match out[before].word() {
            Some(w) if LEADS.contains(&w.as_str()) => return true,
            Some(w) if w == "and" => end = before - usize::from(before > 0 && out[before - 1].kind == Tok::Comma),
            None if out[before].kind == Tok::Comma => end = before,
            _ => return false,
        }
    }
}

/// Whether the value of a letter ends before a name that begins something else, `β = 6 v_a`: with a vector it would be no number.
pub fn value_before(before: &[Token], name: &Token) -> bool {
    let [.., lead, letter, sign, number] = before else { return false };
    let apart = name.spaced && (!name.math || !number.math);
    let indexed = ["v", "k", "alpha"].iter().any(|n| name.is_name(n));
    let plain = matches!(&letter.kind, Tok::Name(n) if !matches!(n.as_str(), "q" | "k" | "c" | "v" | "mu"))
        && (lead.word().is_some() || boundary(lead));
    apart && indexed && plain && sign.kind == Tok::Rel(Relation::Equal) && matches!(number.kind, Tok::Number(_))
}

/// Parts a value that was given from what begins behind it, by a comma of no width: "for n = 50 α_a is 0.43", "α = 10^{-5} every score
/// has …" say no factor. `named` is said of a quantity in words.
pub fn part_from_value(out: &mut Vec<Token>, rest: &[Token], named: bool) {
    let Some(first) = rest.first() else { return };
    let indexed = rest.get(1).is_some_and(|t| t.kind == Tok::Sub) && matches!(first.kind, Tok::Name(_));
    if named && behind_given(out) || indexed && value_before(out, first) {
        out.push(made(Tok::Comma, Span::new(first.span.start, first.span.start)));
    }
}

/// Of these, the ones after which a relation explains and is judged, gently.
pub const EXPLAIN: &[&str] = &["where", "with"];

/// Of these, the ones whose condition lasts to the end of the part.
pub const LASTING: &[&str] = &["let", "put", "set", "suppose", "assume", "assuming", "take", "fix", "consider", "choose", "pick"];

/// Words that announce a supposition even where no relation follows.
pub const SUPPOSE: &[&str] = &[
    "if", "when", "suppose", "assume", "assuming", "imagine", "consider", "unless", "instead", "choose", "pick", "without", "say",
];

/// Of these, the ones that say in words what a relation behind a colon makes precise: "Suppose the factors differ: q = …".
pub const AHEAD: &[&str] = &["suppose", "assume", "imagine", "consider"];

/// What a relation means as a condition, if it is one that can be imposed.
pub fn as_condition(link: &Link, world: &World) -> Option<Condition> {
    if let Some(c) = exponential_value(link, world) {
        return Some(c);
    }
    if link.left.is_of_the_law() {
        // A number of the law: no draw can be chosen so that it has a value.
        return None;
    }
    let Expr::Symbol(symbol) = &link.left else {
        return link.relation.is_order().then(|| Condition::Holds(link.clone()));
    };
    if let Some(c) = index_condition(symbol, link, world) {
        return Some(c);
    }
    if let Some(c) = along_the_mean(symbol, link, world) {
        return Some(c);
    }
    let huge = matches!(&link.right, Expr::Infinity) && matches!(link.relation, Relation::Tends | Relation::Equal);
    let far = matches!(link.relation, Relation::MuchGreater)
        && matches!(&link.right, Expr::Number(n) if n.value == 0.0 || n.value == 1.0);
    let tiny = matches!(link.relation, Relation::Tends | Relation::Approx) && link.right.is_zero()
        || matches!(link.relation, Relation::MuchLess) && link.right.is_closed();
    let negative = matches!(&link.right, Expr::Neg(inner) if matches!(**inner, Expr::Infinity))
        && matches!(link.relation, Relation::Tends | Relation::Equal);
    // `α_a ≈ 0` is said of a weight, `α ≈ 0` supposes.
    let limited = symbol.indices.is_empty() && world.scalars.get(&symbol.name).is_some_and(|s| s.limit.is_some());
    if limited && negative {
        return Some(Condition::Limit(symbol.clone(), LimitSense::Negative));
    }
    if huge && symbol.indices.is_empty() && world.dimensions.contains_key(&symbol.name) {
        return Some(Condition::Limit(symbol.clone(), LimitSense::Large));
    }
    if limited && matches!(link.relation, Relation::MuchGreater | Relation::MuchLess) {
        return Some(Condition::Limit(
            symbol.clone(),
            if link.relation == Relation::MuchLess { LimitSense::Small } else { LimitSense::Large },
        ));
    }
    if (huge || far || tiny) && (limited || !world.knows(symbol, &[])) {
        return Some(Condition::Limit(symbol.clone(), if tiny { LimitSense::Small } else { LimitSense::Large }));
    }
    match link.relation {
        Relation::Equal if link.right.is_closed() && (imposable(symbol, world) || unknown(symbol, world)) => {
            Some(Condition::Value(symbol.clone(), link.right.clone()))
        }
        // `q = 0` of a query that the question gives.
        Relation::Equal if link.right.is_zero() && symbol.indices.is_empty() && world.vectors.contains_key(&symbol.name) => {
            Some(Condition::Define(symbol.clone(), link.right.clone()))
        }
        Relation::Equal if world.slot(symbol).is_some() || chosen(symbol, &link.right, world) => {
            Some(Condition::Define(symbol.clone(), link.right.clone()))
        }
        Relation::Less | Relation::LessEqual | Relation::Greater | Relation::GreaterEqual | Relation::NotEqual
            if imposable(symbol, world) =>
        {
            Some(Condition::Holds(link.clone()))
        }
        _ => None,
    }
}

/// Whether a supposition chooses what the question leaves free by a formula: `q = 5 k_j` of a query that it gives, `β = ln n`. Nothing that
/// the formula names may rest on what is chosen.
pub fn chosen(symbol: &Symbol, body: &Expr, world: &World) -> bool {
    if !symbol.indices.is_empty() {
        return false;
    }
    let of_sizes = |s: &Symbol| s.indices.is_empty() && world.dimensions.contains_key(&s.name);
    let symbols = body.symbols();
    if world.scalars.contains_key(&symbol.name) {
        return !symbols.is_empty() && symbols.iter().all(of_sizes);
    }
    let shape = |e: &Expr| world.shape_of(e, &[]).ok();
    world.vectors.contains_key(&symbol.name)
        && symbols.iter().all(|s| !rests_on(s, symbol, world))
        && shape(&numbered(body, world)).is_some_and(|s| Some(s) == shape(&Expr::Symbol(symbol.clone())))
}

/// Whether what a symbol is defined as names another one, at whatever depth.
fn rests_on(symbol: &Symbol, other: &Symbol, world: &World) -> bool {
    let (mut open, mut seen) = (vec![symbol.clone()], Vec::new());
    while let Some(next) = open.pop() {
        if next == *other {
            return true;
        }
        if seen.contains(&next) {
            continue;
        }
        let defined = world.definitions.iter().filter(|d| d.name == next.name);
        open.extend(defined.flat_map(|d| d.body.symbols()));
        seen.push(next);
    }
    false
}

/// `exp(β) = 9`: a parameter's value, told by its exponential.
fn exponential_value(link: &Link, world: &World) -> Option<Condition> {
    let Expr::Call("exp", arguments) = &link.left else { return None };
    let [Expr::Symbol(symbol)] = arguments.as_slice() else { return None };
    let positive = matches!(&link.right, Expr::Number(n) if n.value > 0.0);
    let value = || Condition::Value(symbol.clone(), Expr::Call("ln", vec![link.right.clone()]));
    (link.relation == Relation::Equal && positive && is_parameter(symbol, world)).then(value)
}

/// `k_a = 0.8 μ_a`: a draw in which the world's number for the length along the mean has this value.
fn along_the_mean(key: &Symbol, link: &Link, world: &World) -> Option<Condition> {
    let Expr::Mul(factors) = &link.right else { return None };
    let [factor, Expr::Symbol(mean)] = factors.as_slice() else { return None };
    let same = world.is_drawn(&key.name) && mean.name == "mu" && key.indices.len() == 1 && mean.indices == key.indices;
    if !same || !factor.is_closed() || !matches!(link.relation, Relation::Equal | Relation::Approx) {
        return None;
    }
    let length = world.definitions.iter().find(|d| {
        let symbols = d.body.symbols();
        d.parameters.is_empty() && symbols.len() == 2 && symbols.contains(key) && symbols.contains(mean)
    })?;
    Some(Condition::Value(Symbol::plain(&length.name), factor.clone()))
}

/// A plain letter that the question does not know: the writer's own, which gets a value.
fn unknown(symbol: &Symbol, world: &World) -> bool {
    symbol.indices.is_empty() && !world.knows(symbol, &[]) && !world.synonyms.contains_key(&symbol.name)
}

/// An expression with a number in the place of each letter that the question does not know.
pub fn numbered(e: &Expr, world: &World) -> Expr {
    e.substitute(&|s| unknown(s, world).then(|| Expr::int(2)))
}

/// A parameter of the world: that it has a value is supposed, never claimed.
pub fn is_parameter(symbol: &Symbol, world: &World) -> bool {
    imposable(symbol, world)
}

/// Whether a value can be imposed on the symbol: a dimension, a scalar, or a number that is
/// defined through one random vector (the length of a key along its mean).
fn imposable(symbol: &Symbol, world: &World) -> bool {
    let name = world.synonyms.get(&symbol.name).unwrap_or(&symbol.name);
    symbol.indices.is_empty()
        && (world.dimensions.contains_key(name)
            || world.scalars.contains_key(name)
            || world
                .definitions
                .iter()
                .any(|d| d.name == *name && d.parameters.is_empty() && d.body.symbols().iter().any(|s| world.is_drawn(&s.name))))
}

/// `i = j`, `i ≠ a`: a bare letter against a bare letter.
fn index_condition(left: &Symbol, link: &Link, world: &World) -> Option<Condition> {
    let letter = |s: &Symbol| {
        let name = s.name.to_lowercase();
        (s.indices.is_empty() && world.lexicon.is_index(&name)).then_some(Index::Letter(name))
    };
    let l = letter(left)?;
    let r = match &link.right {
        Expr::Symbol(s) => letter(s)?,
        Expr::Number(n) if n.decimals.is_none() && n.value >= 1.0 => Index::Number(n.value as u32),
        _ => return None,
    };
    match link.relation {
        Relation::Equal => Some(Condition::Same(l, r)),
        Relation::NotEqual => Some(Condition::Differ(l, r)),
        _ => None,
    }
}

/// The negation of a list of conditions, where there is one to negate ("otherwise").
pub fn otherwise(conditions: &[Condition]) -> Option<Vec<Condition>> {
    match conditions {
        [Condition::Same(a, b)] => Some(vec![Condition::Differ(a.clone(), b.clone())]),
        [Condition::Differ(a, b)] => Some(vec![Condition::Same(a.clone(), b.clone())]),
        [Condition::Among(i, list)] => Some(list.iter().map(|l| Condition::Differ(i.clone(), l.clone())).collect()),
        [Condition::Holds(link)] => Some(vec![Condition::Holds(super::links::negated(link.clone())?)]),
        _ => None,
    }
}
