//! What the writer's statements define for the ones around them.

use super::relation;
use super::scene::{Scene, definition};
use super::slot::{in_known_terms, own_scalar};
use super::statement::slot_of;
use super::stranger;
use crate::claim::{Body, Condition, Link, Statement};
use crate::language::{Expr, Index, Relation, Symbol, parse_statement};
use crate::numeric::{Definition, Parameter, Shape};
use crate::tolerance;
use crate::world::World;

/// A definition of the writer's.
#[derive(Debug, Clone)]
pub struct Own {
    /// What is defined.
    pub definition: Definition,
    /// Whether the statement that defines it is itself judged with it: `v_a = A x` says what x is and
    /// that there is one, `Z = 2 e^β + n - 2` says what the known sum Z comes to.
    pub judges_itself: bool,
}

/// What each statement of a chapter defines, in order; `inherited` are the definitions of earlier chapters.
pub fn of_chapter(world: &World, statements: &[Statement], inherited: &[Definition]) -> Vec<Vec<Own>> {
    let mut known: Vec<Definition> = inherited.to_vec();
    let mut out = Vec::with_capacity(statements.len());
    for statement in statements {
        let enough = known.len() >= tolerance::DEFINITIONS_MAX;
        let own = if enough { Vec::new() } else { of_statement(world, statement, &known) };
        known.extend(own.iter().map(|o| o.definition.clone()));
        out.push(own);
    }
    out
}

/// The statements, where those after a query that was not understood depend on it: "q = B (k_1 + … " cannot be read,
/// so nothing is refuted with the query before it.
pub fn after_open_choices(world: &World, statements: &[Statement], own: &[Vec<Own>], text: &str) -> Vec<Statement> {
    let mut open: Vec<(Symbol, String)> = Vec::new();
    let mut known: Vec<Definition> = Vec::new();
    // Letters of the world that stand for numbers of the writer's own in an answer.
    let mut taken: Vec<Symbol> = Vec::new();
    // Numbers of the writer's own in the definitions so far.
    let mut letters: Vec<Symbol> = Vec::new();
    let mut out = Vec::with_capacity(statements.len());
    for (statement, own) in statements.iter().zip(own) {
        let mut statement = statement.clone();
        if let Some(symbol) = chosen(world, &statement, text) {
            taken
                .extend(answered(world, &statement).into_iter().flat_map(|expr| stranger::taken_as_numbers(world, expr, &known)));
            open.retain(|(s, _)| *s != symbol);
            let defined = own.iter().any(|o| o.definition.matches(&symbol.name, &symbol.indices));
            if !defined && !understood(world, &statement, &known) {
                open.push((symbol, statement.span.of(text).to_string()));
            }
        } else {
            statement.scope.unread.extend(open.iter().map(|(_, text)| text.clone()));
            statement.scope.tentative |=
                !letters.is_empty() && !stranger::named_by(&statement, &letters) || stranger::named_by(&statement, &taken);
        }
        if !own.is_empty() {
            known.extend(own.iter().map(|o| o.definition.clone()));
            letters = stranger::of_definitions(world, &known);
        }
        out.push(statement);
    }
    out
}

/// The statements, with the answer that a writer gives under a letter of the writer's own ("my matrix is P = …") said to
/// fill the question's one slot, where nothing else does. It may be confirmed only: the letter may be a mere help.
pub fn with_own_answers(world: &World, mut statements: Vec<Statement>) -> Vec<Statement> {
    let [slot] = world.slots.as_slice() else { return statements };
    let fills = |s: &Statement| match &s.body {
        Body::Relation { link, .. } => slot_of(world, link).is_some(),
        Body::Filling { .. } => true,
        Body::Unread { .. } => true,
        _ => false,
    };
    let Ok(shape) = world.shape_of(&slot.reference, &[]) else { return statements };
    if statements.iter().any(fills) {
        return statements;
    }
    let answer = |s: &Statement| {
        let Body::Relation { link, .. } = &s.body else { return None };
        let symbol = stranger(world, link, &[])?;
        let plain = symbol.indices.is_empty() && s.scope.conditions.is_empty() && link.right.free_indices().is_empty();
        let fits = plain && world.shape_of(&link.right, &[]).is_ok_and(|found| found == shape);
        fits.then(|| Body::Filling { slot: slot.symbol.clone(), expr: link.right.clone() })
    };
    let Some((at, body)) = statements.iter().enumerate().find_map(|(i, s)| Some((i, answer(s)?))) else { return statements };
    let mut filling = Statement { body, ..statements[at].clone() };
    filling.scope.tentative = true;
    statements.insert(at + 1, filling);
    statements
}

/// Whether a statement gives a letter that others use for the weights (`w = k_b^T q`) a meaning of the writer's own.
pub fn takes_a_letter(world: &World, statement: &Statement, own: &[Own]) -> bool {
    let Body::Relation { link, .. } = &statement.body else { return false };
    let Expr::Symbol(symbol) = &link.left else { return false };
    let defined = own.iter().any(|o| o.definition.matches(&symbol.name, &symbol.indices));
    symbol.indices.is_empty() && world.synonyms.contains_key(&symbol.name) && link.relation == Relation::Equal && defined
}

/// A letter that others use for a number of the world (`t` for the length X), where nothing that the writer says is true of that number or
/// gives it a value: it may as well be a letter of the writer's own.
pub fn unplaced_letter(world: &World, statement: &Statement, holds: impl Fn(&Symbol) -> bool) -> Option<Symbol> {
    let Body::Relation { link, .. } = &statement.body else { return None };
    // Of a length alone nothing else may be meant; a factor of a vector may be any share.
    let of_vectors = world.is_vector(&link.left) && !link.left.symbols().iter().any(|s| world.is_drawn(&s.name));
    let number = |s: &Symbol| {
        let own = world.synonyms.get(&s.name).map(|own| Symbol::plain(own));
        s.indices.is_empty() && own.is_some_and(|own| !world.lexicon.is_family(&own.name) && world.knows(&own, &[]))
    };
    let all = [link.left.symbols(), link.right.symbols()].concat();
    all.into_iter().find(|s| of_vectors && number(s) && !holds(s))
}

/// Whether every symbol of a filling means something: then it is right or wrong, but no riddle.
fn understood(world: &World, statement: &Statement, known: &[Definition]) -> bool {
    let all = |e: &Expr| {
        // "β (k_a + k_b + k_r)": the world has no key r, and which one is meant was not read.
        let placed = e.free_indices().iter().all(|i| world.letters.contains(i));
        placed && e.symbols().iter().all(|s| world.knows(s, known) || world.synonyms.contains_key(&s.name))
    };
    answered(world, statement).is_some_and(all)
}

/// What a statement gives for a slot.
fn answered<'s>(world: &World, statement: &'s Statement) -> Option<&'s Expr> {
    match &statement.body {
        Body::Relation { link, .. } => slot_of(world, link).map(|_| &link.right),
        Body::Filling { expr, .. } => Some(expr),
        _ => None,
    }
}

/// The slot that a statement fills, or begins to fill before what could not be read.
fn chosen(world: &World, statement: &Statement, text: &str) -> Option<Symbol> {
    match &statement.body {
        Body::Relation { link, .. } => slot_of(world, link).map(|slot| slot.symbol.clone()),
        Body::Filling { slot, .. } => Some(slot.clone()),
        Body::Unread { .. } => {
            let (left, _) = statement.span.of(text).split_once('=')?;
            let chain = parse_statement(left, &world.lexicon).ok()?;
            let Expr::Symbol(symbol) = &chain.operands.first()?.expr else { return None };
            world.slot(symbol).map(|slot| slot.symbol.clone())
        }
        _ => None,
    }
}

/// A symbol, and the writer's own letter for a scalar of the world where its filling of a slot has one.
fn of_statement(world: &World, statement: &Statement, known: &[Definition]) -> Vec<Own> {
    let mut all: Vec<Own> = Vec::new();
    // "It is around 0" after "q = …" may be said of a score: what may be misread takes no filling's place.
    let refilled = |link: &Link| {
        statement.scope.tentative
            && slot_of(world, link).is_some_and(|slot| known.iter().any(|d| d.matches(&slot.symbol.name, &slot.symbol.indices)))
    };
    if matches!(&statement.body, Body::Relation { link, .. } if refilled(link)) {
        return all;
    }
    if let Some((stranger, scalar)) = answered(world, statement).and_then(|expr| own_scalar(world, expr, known))
        && !known.iter().any(|d| d.matches(&stranger.name, &stranger.indices))
    {
        // The other query may be written with the letter too, and is part of the same answer.
        all.push(Own { definition: definition(&stranger, &scalar), judges_itself: true });
    }
    let of_right = |d: Definition| Own { definition: d, judges_itself: true };
    let whole = match &statement.body {
        Body::Relation { link, .. } => match slot_of(world, link) {
            Some(slot) if is_zero(&link.right) => {
                let nothing = Expr::Mul(vec![Expr::int(0), slot.reference.clone()]);
                Some(definition(&slot.symbol, &nothing))
            }
            Some(slot) => given(world, &slot.symbol, &link.right, known),
            None => {
                all.extend(root(world, link, known).map(of_right));
                let spread = spread(world, link, known);
                let solved = if spread.is_empty() { solved_for(world, link, known) } else { spread };
                let found = if solved.is_empty() {
                    let other = expanded(world, link, known).map(of_right);
                    other.or_else(|| named(world, statement, link, known)).into_iter().collect()
                } else {
                    solved.into_iter().map(of_right).collect::<Vec<Own>>()
                };
                all.extend(found.clone());
                if found.is_empty() { fresh(world, statement, link, known) } else { None }
            }
        },
        Body::Filling { slot, expr } => given(world, slot, expr, known),
        _ => None,
    };
    all.extend(whole.map(|definition| Own { definition, judges_itself: false }));
    all
}

/// `w_i = …` for a letter that nothing defines yet: it means its right side from here on, at every index
/// where the letter below is a running one and nothing restricts it.
fn fresh(world: &World, statement: &Statement, link: &Link, known: &[Definition]) -> Option<Definition> {
    let symbol = stranger(world, link, known)?;
    if world.synonyms.contains_key(&symbol.name) && as_synonym(world, statement, link, known) {
        return None;
    }
    let restricted = |letter: &str| {
        statement.scope.conditions.iter().any(|c| match c {
            // `δ_i = s_j - s_i` for i ≠ j: the formula goes on to j, where it is 0.
            Condition::Differ(a, b) | Condition::Differ(b, a)
                if *a == Index::Letter(letter.into()) && vanishes(&link.right.with_index(letter, b)) =>
            {
                false
            }
            Condition::Same(a, b) | Condition::Differ(a, b) => [a, b].contains(&&Index::Letter(letter.into())),
            Condition::Among(l, _) => *l == Index::Letter(letter.into()),
            _ => false,
        })
    };
    Some(running(world, in_terms(world, symbol, &link.right, known)?, restricted))
}

/// Whether an expression is a difference of one thing with itself, or a product with one.
fn vanishes(e: &Expr) -> bool {
    let less = |a: &Expr, b: &Expr| matches!(b, Expr::Neg(inner) if **inner == *a);
    match e {
        Expr::Add(terms) => matches!(terms.as_slice(), [a, b] if less(a, b) || less(b, a)),
        Expr::Mul(factors) => factors.iter().any(vanishes),
        Expr::Transpose(inner) => vanishes(inner),
        _ => false,
    }
}

/// The definition at every index where it was written with a running letter that nothing restricts.
fn running(world: &World, mut definition: Definition, restricted: impl Fn(&str) -> bool) -> Definition {
    for parameter in &mut definition.parameters {
        if let Parameter::Literal(Index::Letter(letter)) = parameter
            && !world.letters.contains(letter)
            && !restricted(letter)
        {
            *parameter = Parameter::Bind(letter.clone());
        }
    }
    definition
}

/// Whether the equation is true of what the letter usually stands for: then it defines nothing new.
fn as_synonym(world: &World, statement: &Statement, link: &Link, known: &[Definition]) -> bool {
    let scene = Scene::new(world, known.to_vec()).under(&statement.scope.conditions);
    scene.is_ok_and(|scene| relation::judge(&scene, link).is_true())
}

/// The left side of an equation that defines it: a symbol without a meaning, over known symbols.
fn stranger<'l>(world: &World, link: &'l Link, known: &[Definition]) -> Option<&'l Symbol> {
    let Expr::Symbol(symbol) = &link.left else { return None };
    // "a = βX" in a table of scores: the letter is the name of a key.
    let key = symbol.indices.is_empty() && world.letters.contains(&symbol.name);
    let fresh = link.relation == Relation::Equal && !world.knows(symbol, known) && !key;
    let understood = |s: &Symbol| world.knows(s, known) || world.synonyms.contains_key(&s.name);
    let plain = !link.right.is_closed() && link.right.symbols().iter().all(understood);
    (fresh && plain).then_some(symbol)
}

/// `σ² = ½` or `α = τ²` for a letter that nothing defines: it is the root of the number or of the question's scalar.
fn root(world: &World, link: &Link, known: &[Definition]) -> Option<Definition> {
    let square = |e: &Expr| match e {
        Expr::Pow(base, two) => match (&**base, &**two) {
            (Expr::Symbol(symbol), Expr::Number(n)) if n.value == 2.0 => Some(symbol.clone()),
            _ => None,
        },
        _ => None,
    };
    let scalar = |e: &Expr| matches!(e, Expr::Symbol(s) if s.indices.is_empty() && world.scalars.contains_key(&s.name));
    let (symbol, of) = match (square(&link.left), square(&link.right)) {
        (Some(symbol), _) => (symbol, &link.right),
        (None, Some(symbol)) if scalar(&link.left) => (symbol, &link.left),
        _ => return None,
    };
    let fresh = link.relation == Relation::Equal && !world.knows(&symbol, known) && !world.synonyms.contains_key(&symbol.name);
    (fresh && (of.is_closed() || scalar(of))).then(|| definition(&symbol, &Expr::Call("sqrt", vec![of.clone()])))
}

/// `k_i = μ_i + τ z_i` with a letter that nothing defines before the noise: the root of the noise's variance.
fn spread(world: &World, link: &Link, known: &[Definition]) -> Vec<Definition> {
    let (Expr::Symbol(key), Expr::Add(terms)) = (&link.left, &link.right) else { return vec![] };
    let Some(family) = world.families.get(&key.name) else { return vec![] };
    let crate::world::Law::Gaussian { noise: Some(name), mean, .. } = &family.law else { return vec![] };
    let [Index::Letter(letter)] = key.indices.as_slice() else { return vec![] };
    let [Expr::Symbol(at), Expr::Mul(factors)] = terms.as_slice() else { return vec![] };
    let [Expr::Symbol(scale), Expr::Symbol(drawn)] = factors.as_slice() else { return vec![] };
    let running = !world.letters.contains(letter) && at.indices == key.indices && drawn.indices == key.indices;
    let centred = mean.symbols().iter().any(|s| s.name == at.name);
    let fresh = |s: &Symbol| !world.knows(s, known) && !world.synonyms.contains_key(&s.name);
    let noise = drawn.name == *name || fresh(drawn);
    if !running || !centred || !noise || !scale.indices.is_empty() || !fresh(scale) || !world.scalars.contains_key("alpha") {
        return vec![];
    }
    let root = Expr::Call("sqrt", vec![Expr::Symbol(Symbol::plain("alpha"))]);
    let mut all = vec![definition(scale, &root)];
    if drawn.name != *name {
        let own = Expr::Symbol(Symbol { name: name.clone(), indices: key.indices.clone() });
        let named = definition(drawn, &own);
        all.push(Definition { parameters: vec![Parameter::Bind(letter.clone())], ..named });
    }
    all
}

fn in_terms(world: &World, symbol: &Symbol, body: &Expr, known: &[Definition]) -> Option<Definition> {
    let body = in_known_terms(world, &in_own_names(world, body, known), known);
    let usable = world.shape_of(&body, known).is_ok()
        && body.symbols().iter().all(|s| world.knows(s, known))
        && !body.symbols().contains(symbol);
    usable.then(|| definition(symbol, &body))
}

/// An expression with the world's own names in the place of the other ones, `t = σ(β (x - 1))` with x for the length X.
fn in_own_names(world: &World, body: &Expr, known: &[Definition]) -> Expr {
    body.substitute(&|s| world.own_name(s).filter(|_| !world.knows(s, known)))
}

/// An answer in known terms, or with letters of the writer's own as numbers: `q = x k_a + y k_b`.
fn given(world: &World, slot: &Symbol, expr: &Expr, known: &[Definition]) -> Option<Definition> {
    let in_own_letters = || {
        let letters = stranger::of_answer(world, world.slot(slot)?, expr, known);
        (!letters.is_empty()).then(|| definition(slot, expr))
    };
    in_terms(world, slot, expr, known).or_else(in_own_letters)
}

/// A letter of the writer's own for what the world calls otherwise: its right side equals one of the world's
/// definitions, or the sum that one divides by.
fn named(world: &World, statement: &Statement, link: &Link, known: &[Definition]) -> Option<Own> {
    let symbol = stranger(world, link, known).filter(|s| !world.synonyms.contains_key(&s.name))?;
    let scene = Scene::new(world, known.to_vec()).under(&statement.scope.conditions).ok()?;
    candidates(world, symbol).into_iter().find_map(|(parameters, body)| {
        let at = parameters.iter().zip(&symbol.indices).fold(body.clone(), |e, (p, i)| match p {
            Parameter::Bind(letter) => e.with_index(letter, i),
            Parameter::Literal(_) => e,
        });
        let agrees = relation::judge(&scene, &Link { left: at, ..link.clone() }).is_true();
        let definition = Definition { name: symbol.name.clone(), parameters, body };
        agrees.then_some(Own { definition, judges_itself: true })
    })
}

/// What a symbol with these indices may be another name of.
fn candidates(world: &World, symbol: &Symbol) -> Vec<(Vec<Parameter>, Expr)> {
    let alike = world.definitions.iter().filter(|d| d.parameters.len() == symbol.indices.len());
    let alike = alike.filter(|d| {
        d.parameters
            .iter()
            .zip(&symbol.indices)
            .all(|(p, i)| matches!(p, Parameter::Bind(_)) || *p == Parameter::Literal(i.clone()))
    });
    let mut out: Vec<(Vec<Parameter>, Expr)> = alike.map(|d| (d.parameters.clone(), d.body.clone())).collect();
    if symbol.indices.is_empty() {
        let below = world.definitions.iter().filter_map(|d| if let Expr::Div(_, below) = &d.body { Some(below) } else { None });
        out.extend(below.filter(|e| e.free_indices().is_empty()).map(|e| (Vec::new(), (**e).clone())));
    }
    out
}

/// `v_a = A x` with an x that nothing defines: x is what solves it best, `A⁺ v_a`; the κ of `k_a ≈ κ μ_a` is
/// `μ_a⁺ k_a`, the ε of `k_i = μ_i + √α ε_i` is `(k_i - μ_i) / √α`, whatever ε stands for otherwise.
fn solved_for(world: &World, link: &Link, known: &[Definition]) -> Vec<Definition> {
    if !matches!(link.relation, Relation::Equal | Relation::Approx) {
        return vec![];
    }
    let (left, right) = without_known_terms(world, link, known);
    match without_noise(world, &left, &right, known) {
        Some((left, right, noise)) => solved(world, left, &right, known).into_iter().chain([noise]).collect(),
        None => solved(world, left, &right, known).into_iter().collect(),
    }
}

/// `k_a = (1 + η) μ_a + √α ξ` without its noise, where another letter is to be found: both sides, and ξ as the world's own noise.
fn without_noise(world: &World, left: &Expr, right: &Expr, known: &[Definition]) -> Option<(Expr, Expr, Definition)> {
    let (Expr::Symbol(key), Expr::Add(terms)) = (left, right) else { return None };
    let family = world.families.get(&key.name)?;
    let crate::world::Law::Gaussian { noise: Some(name), .. } = &family.law else { return None };
    let fresh = |s: &Symbol| !world.synonyms.contains_key(&s.name) && (!world.knows(s, known) || s.name == *name);
    let scale =
        |e: &Expr| matches!(e, Expr::Call("sqrt", of) if matches!(of.as_slice(), [Expr::Symbol(s)] if s.indices.is_empty()));
    let noise = |e: &Expr| match e {
        Expr::Mul(factors) => match factors.as_slice() {
            [root, Expr::Symbol(s)] if scale(root) && fresh(s) => Some((root.clone(), s.clone())),
            _ => None,
        },
        _ => None,
    };
    let at = terms.iter().position(|t| noise(t).is_some())?;
    let (root, symbol) = noise(&terms[at])?;
    let others: Vec<Expr> = terms.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, t)| t.clone()).collect();
    others.iter().any(|t| factor_of_unknown(world, t, known).is_some()).then_some(())?;
    let own = Expr::Symbol(Symbol { name: name.clone(), indices: key.indices.clone() });
    let rest = if others.len() == 1 { others[0].clone() } else { Expr::Add(others) };
    let drawn = Expr::Neg(Box::new(Expr::Mul(vec![root, own.clone()])));
    Some((Expr::Add(vec![left.clone(), drawn]), rest, definition(&symbol, &own)))
}

/// The letter that an equation brings in, solved for.
fn solved(world: &World, left: Expr, right: &Expr, known: &[Definition]) -> Option<Definition> {
    let Factor { unknown, beside, scale, rest, last } = factor_of_unknown(world, right, known)?;
    let understood = |e: &Expr| !e.is_closed() && e.symbols().iter().all(|s| world.knows(s, known));
    let scalar = matches!(world.shape_of(&rest, known), Ok(Shape::Scalar));
    if !understood(&left) || !(understood(&rest) || scalar) {
        return None;
    }
    let vector = matches!(world.shape_of(&left, known), Ok(Shape::Matrix(_, columns)) if columns == "1");
    let fits = match world.shape_of(&rest, known) {
        Ok(Shape::Matrix(_, columns)) => columns == "1" || last,
        Ok(Shape::Scalar) => true,
        _ => false,
    };
    let body = if scalar {
        Expr::Div(Box::new(left), Box::new(rest))
    } else {
        Expr::Mul(vec![Expr::PseudoInverse(Box::new(rest)), left])
    };
    let body = if beside.is_empty() { body } else { Expr::Add(std::iter::once(body).chain(beside).collect()) };
    let body = scale.map_or(body.clone(), |scale| Expr::Div(Box::new(body), Box::new(scale)));
    let found = (vector && fits && world.shape_of(&body, known).is_ok()).then(|| definition(&unknown, &body))?;
    Some(running(world, found, |_| false))
}

/// `v_a = ∑ x_i a_i` over an orthonormal family with an x that nothing defines: its members are the coordinates.
fn expanded(world: &World, link: &Link, known: &[Definition]) -> Option<Definition> {
    let Expr::Sum(range, body) = &link.right else { return None };
    let Expr::Mul(factors) = &**body else { return None };
    let [Expr::Symbol(x), Expr::Symbol(member)] = factors.as_slice() else { return None };
    let family = world.families.get(&member.name).filter(|f| matches!(f.law, crate::world::Law::Orthonormal { .. }))?;
    let runs = [Index::Letter(range.index.clone())];
    let whole = range.except.is_empty() && range.to.as_ref().is_none_or(|e| *e == Expr::Symbol(Symbol::plain(&family.count)));
    let fresh = link.relation == Relation::Equal && !world.knows(x, known) && x.indices == runs && member.indices == runs;
    let understood = link.left.symbols().iter().all(|s| world.knows(s, known));
    let vector = matches!(world.shape_of(&link.left, known), Ok(Shape::Matrix(_, columns)) if columns == "1");
    let turned = Expr::Transpose(Box::new(Expr::Symbol(member.clone())));
    let body = Expr::Mul(vec![turned, link.left.clone()]);
    (whole && fresh && understood && vector).then(|| Definition {
        name: x.name.clone(),
        parameters: vec![Parameter::Bind(range.index.clone())],
        body,
    })
}

/// The sides with the terms of the right that are known brought to the left, where one term is not.
fn without_known_terms(world: &World, link: &Link, known: &[Definition]) -> (Expr, Expr) {
    let Expr::Add(terms) = &link.right else { return (link.left.clone(), link.right.clone()) };
    let (own, rest): (Vec<&Expr>, Vec<&Expr>) = terms.iter().partition(|t| factor_of_unknown(world, t, known).is_some());
    let [term] = own.as_slice() else { return (link.left.clone(), link.right.clone()) };
    let negative = rest.into_iter().map(|t| Expr::Neg(Box::new(t.clone())));
    (Expr::Add(std::iter::once(link.left.clone()).chain(negative).collect()), (*term).clone())
}

/// A product with one factor that nothing defines, or that is a sum with one such term.
struct Factor {
    unknown: Symbol,
    /// The other terms of the factor, negated: `-1` for `1 + ξ`.
    beside: Vec<Expr>,
    /// The number in front of it, `1/√2` for `1 + g/√2`.
    scale: Option<Expr>,
    /// The product of the other factors.
    rest: Expr,
    /// Whether the factor stands last.
    last: bool,
}

/// A letter for the noise of a key counts as unknown: the writer scales it at will.
fn factor_of_unknown(world: &World, product: &Expr, known: &[Definition]) -> Option<Factor> {
    let Expr::Mul(factors) = product else { return None };
    let own = |e: &Expr| match e {
        Expr::Symbol(s) if !world.synonyms.contains_key(&s.name) && (!world.knows(s, known) || world.is_noise(s)) => {
            Some(s.clone())
        }
        _ => None,
    };
    // `g / √2`, `0.7 g`: the letter with a number beside it.
    let scaled = |e: &Expr| match e {
        Expr::Div(over, under) if under.is_closed() => own(over).map(|s| (s, Expr::Div(Box::new(Expr::int(1)), under.clone()))),
        Expr::Mul(list) => {
            let at = list.iter().position(|f| own(f).is_some())?;
            let numbers: Vec<Expr> = list.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, f)| f.clone()).collect();
            let closed = !numbers.is_empty() && numbers.iter().all(Expr::is_closed);
            closed.then(|| own(&list[at]).map(|s| (s, Expr::Mul(numbers)))).flatten()
        }
        _ => None,
    };
    let split = |e: &Expr| match e {
        Expr::Add(terms) => {
            let at = terms.iter().position(|t| own(t).is_some() || scaled(t).is_some())?;
            let (symbol, scale) = own(&terms[at]).map(|s| (s, None)).or_else(|| scaled(&terms[at]).map(|(s, k)| (s, Some(k))))?;
            let others = terms.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, t)| Expr::Neg(Box::new(t.clone())));
            Some((symbol, others.collect::<Vec<Expr>>(), scale))
        }
        _ => own(e).map(|s| (s, Vec::new(), None)).or_else(|| scaled(e).map(|(s, k)| (s, Vec::new(), Some(k)))),
    };
    let (at, (unknown, beside, scale)) = factors.iter().enumerate().find_map(|(i, f)| Some((i, split(f)?)))?;
    let mut rest = factors.clone();
    rest.remove(at);
    let last = at + 1 == factors.len();
    let rest = if rest.len() == 1 { rest.remove(0) } else { Expr::Mul(rest) };
    Some(Factor { unknown, beside, scale, rest, last })
}

fn is_zero(e: &Expr) -> bool {
    e.is_zero()
}
