//! Whether a writer's statements agree with one another: answers that later questions build on, accuracies that are
//! quoted twice, two values of one quantity. What is found is a remark on the sheet; it judges no statement.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::draw::{Settings, definitions, draw};
use super::statement::slot_of;
use crate::claim::{Body, Link, Statement};
use crate::document::Document;
use crate::language::{Expr, Relation, Style, Symbol, print};
use crate::numeric::{Evaluator, Instance, Steps, Value};
use crate::tolerance;
use crate::world::World;

/// A question's statements, in its world.
pub struct Room<'a> {
    /// The question's world.
    pub world: &'a World,
    /// What is said in it.
    pub statements: &'a [Statement],
}

/// What does not agree, in words with lines.
pub fn remarks(document: &Document, rooms: &[Room]) -> Vec<String> {
    let mut out = Vec::new();
    for (at, room) in rooms.iter().enumerate() {
        out.extend(other_choice(document, &rooms[..at], room));
        out.extend(two_values(document, room));
        out.extend(two_accuracies(document, room));
    }
    out
}

fn line(document: &Document, statement: &Statement) -> usize {
    document.lines.position(&document.text, statement.span.start).0
}

/// What a statement fills a slot with.
fn filling<'s>(world: &World, statement: &'s Statement) -> Option<(Symbol, &'s Expr)> {
    match &statement.body {
        Body::Relation { link, .. } => Some((slot_of(world, link)?.symbol.clone(), &link.right)),
        Body::Filling { slot, expr } => Some((slot.clone(), expr)),
        _ => None,
    }
}

/// A query that a question inherits, taken anew as another one.
fn other_choice(document: &Document, earlier: &[Room], room: &Room) -> Vec<String> {
    let mut out = Vec::new();
    for before in earlier.iter().filter(|b| room.world.parents.contains(&b.world.id)) {
        // The last design that a question gives is the one that is built on.
        let answers: BTreeMap<String, (&Statement, &Expr)> = before
            .statements
            .iter()
            .filter_map(|s| filling(before.world, s).map(|(symbol, expr)| (name(&symbol), (s, expr))))
            .collect();
        for statement in room.statements.iter().filter(|s| s.scope.conditions.is_empty()) {
            let Some((symbol, expr)) = filling(room.world, statement) else { continue };
            let Some((answer, given)) = answers.get(&name(&symbol)) else { continue };
            if differ(room.world, expr, given) == Some(true) {
                out.push(format!(
                    "question {} takes {} = {} (line {}), the answer to {} is {} (line {})",
                    room.world.id,
                    name(&symbol),
                    print(expr, Style::Plain),
                    line(document, statement),
                    before.world.id,
                    print(given, Style::Plain),
                    line(document, answer),
                ));
            }
        }
    }
    out
}

fn name(symbol: &Symbol) -> String {
    print(&Expr::Symbol(symbol.clone()), Style::Plain)
}

/// Whether two expressions have other values at an instance, up to one factor: the size of a query is chosen anew at will.
fn differ(world: &World, a: &Expr, b: &Expr) -> Option<bool> {
    const INSTANCES: u64 = 4;
    let mut different = false;
    let definitions = Arc::new(definitions(world).into_iter().collect());
    for seed in 0..INSTANCES {
        let mut instance = draw(world, &definitions, seed, &Settings::default()).ok()?;
        instance.steps = Steps::up_to(tolerance::STEPS_MAX, tolerance::STEPS_EACH_MAX);
        let evaluator = Evaluator::new(&instance);
        let value = |e: &Expr| match evaluator.eval(e, &BTreeMap::new()).ok()?.value {
            Value::Matrix(m) => Some(m),
            _ => None,
        };
        let (x, y) = (value(a)?, value(b)?);
        if x.shape() != y.shape() {
            return None;
        }
        let (x, y) = (x.normalize(), y.normalize());
        different |= (x - y).norm() > tolerance::COUNTEREXAMPLE;
    }
    Some(different)
}

/// Two values of one quantity under the same conditions, no choice between them.
fn two_values(document: &Document, room: &Room) -> Vec<String> {
    let mut out = Vec::new();
    let mut said: Vec<(usize, &Link)> = Vec::new();
    for (at, statement) in room.statements.iter().enumerate() {
        if filling(room.world, statement).is_some() {
            said.clear();
        }
        let Some(link) = value_of(statement) else { continue };
        let same = said.iter().find(|(i, other)| {
            let scope = &room.statements[*i].scope;
            other.left == link.left
                && scope.conditions == statement.scope.conditions
                && scope.premises == statement.scope.premises
        });
        match same {
            Some((i, other)) if apart(other, link) == Some(true) => out.push(format!(
                "lines {} and {} give two values of {}: {} and {}",
                line(document, &room.statements[*i]),
                line(document, statement),
                print(&link.left, Style::Plain),
                print(&other.right, Style::Plain),
                print(&link.right, Style::Plain)
            )),
            Some(_) => {}
            None => said.push((at, link)),
        }
    }
    out
}

/// A statement that gives a quantity of the question a number.
fn value_of(statement: &Statement) -> Option<&Link> {
    let Body::Relation { link, .. } = &statement.body else { return None };
    let scope = &statement.scope;
    let plain = scope.unread.is_empty() && !scope.tentative;
    let number = link.right.is_closed() && !matches!(link.right, Expr::Infinity | Expr::Tuple(_));
    let gives = matches!(link.relation, Relation::Equal | Relation::Approx);
    (plain && number && gives && !link.left.symbols().is_empty()).then_some(link)
}

/// Whether two numbers differ by more than what `≈` and rounding leave open.
fn apart(a: &Link, b: &Link) -> Option<bool> {
    let instance = Instance { steps: Steps::up_to(tolerance::STEPS_MAX, tolerance::STEPS_EACH_MAX), ..Instance::default() };
    let evaluator = Evaluator::new(&instance);
    let number = |e: &Expr| evaluator.eval(e, &BTreeMap::new()).ok()?.value.scalar();
    let (x, y) = (number(&a.right)?, number(&b.right)?);
    Some((x - y).abs() > tolerance::SAME_VALUE * x.abs().max(y.abs()))
}

/// One question with two accuracies of its model.
fn two_accuracies(document: &Document, room: &Room) -> Vec<String> {
    if room.world.accuracy.is_none() {
        return vec![];
    }
    let mut seen: Vec<(f64, f64, &Statement)> = Vec::new();
    for statement in room.statements {
        let Body::Accuracy { correct, total, constant: None, .. } = &statement.body else { continue };
        if super::statement::of_something_else(&document.text, statement.span) {
            continue;
        }
        if !seen.iter().any(|(c, t, _)| c * total == correct * t) {
            seen.push((*correct, *total, statement));
        }
    }
    let [(a, of_a, first), (b, of_b, second), ..] = seen.as_slice() else { return vec![] };
    vec![format!(
        "question {} reports {a}/{of_a} (line {}) and {b}/{of_b} (line {})",
        room.world.id,
        line(document, first),
        line(document, second)
    )]
}
