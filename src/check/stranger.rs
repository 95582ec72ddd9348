//! Letters that nobody defined, as numbers.
//!
//! One in a statement: what holds for every number in its place holds. One in an answer, the x and y of "let q = x k_a + y k_b": an
//! equation that names it and fails for general numbers is wrong, too; everything else may be confirmed only, since the writer may
//! choose the letters later.

use std::collections::BTreeSet;

use super::observe::speaks_of_draws;
use super::relation;
use super::scene::{Scene, definition};
use super::statement::Context;
use crate::claim::{Body, Condition, Link, Statement};
use crate::language::{Expr, Relation, Style, Symbol, print};
use crate::numeric::{Definition, Parameter};
use crate::tolerance;
use crate::world::{Scalar, Slot, World};

/// A world in which letters are numbers.
pub struct Admitted {
    /// The context's world with them.
    pub world: World,
    /// Those letters in words.
    pub words: String,
    /// Whether they are letters of an answer, none of the link's own, so that what fails for general numbers is wrong.
    pub of_answers: bool,
}

/// The context's world with the unknown plain letters of a link and of the answers that it rests on, those that its conditions choose
/// among them, as numbers of either sign; `None` where none is unknown, or too much is.
pub fn admitted(context: &Context, conditions: &[Condition], link: &Link) -> Option<Admitted> {
    let chosen: Vec<Definition> = conditions.iter().filter_map(chosen).collect();
    let known = [context.before, context.after, &chosen].concat();
    let mut letters = of_definitions(context.world, &known);
    // A letter that is sent to a limit stands for the question's scalar with that limit.
    letters.retain(|l| !conditions.iter().any(|c| matches!(c, Condition::Limit(s, _) if s == l)));
    let unknown = |world: &World| relation::unknown_symbol(&Scene::new(world, known.clone()), link);
    if letters.is_empty() && unknown(context.world).is_none() {
        return None;
    }
    let mut world = with_numbers(context.world, &letters);
    let answers = letters.len();
    while let Some(stranger) = unknown(&world) {
        if !stranger.indices.is_empty() || letters.len() >= tolerance::STRANGERS_MAX {
            return None;
        }
        admit(&mut world, &stranger);
        letters.push(stranger);
    }
    let of_answers = letters.len() == answers && (chosen.is_empty() || link.relation == Relation::Equal);
    // A letter in a moment may be random: no number stands for it.
    if !of_answers && [&link.left, &link.right].into_iter().any(speaks_of_draws) {
        return None;
    }
    let shown: Vec<String> = letters.iter().map(|s| print(&Expr::Symbol(s.clone()), Style::Plain)).collect();
    Some(Admitted { world, words: format!("for every number in the place of {}", shown.join(", ")), of_answers })
}

fn chosen(condition: &Condition) -> Option<Definition> {
    let Condition::Define(symbol, body) = condition else { return None };
    Some(definition(symbol, body))
}

/// The context's world with the letters of answers as numbers, where there are any.
pub fn under_answers(context: &Context) -> Option<World> {
    let letters = of_definitions(context.world, context.before);
    (!letters.is_empty()).then(|| with_numbers(context.world, &letters))
}

fn with_numbers(world: &World, letters: &[Symbol]) -> World {
    let mut world = world.clone();
    letters.iter().for_each(|letter| admit(&mut world, letter));
    world
}

fn admit(world: &mut World, letter: &Symbol) {
    world.scalars.insert(letter.name.clone(), Scalar { range: tolerance::STRANGER_RANGE, limit: None });
}

/// Each symbol once.
fn distinct(symbols: impl Iterator<Item = Symbol>) -> Vec<Symbol> {
    symbols.collect::<BTreeSet<Symbol>>().into_iter().collect()
}

/// The letters of an answer that nothing defines, where it has the shape of what the question asks for with numbers in their place.
pub fn of_answer(world: &World, slot: &Slot, expr: &Expr, known: &[Definition]) -> Vec<Symbol> {
    let letters = distinct(expr.symbols().into_iter().filter(|s| !world.knows(s, known)));
    let plain = |s: &Symbol| {
        let taken = world.letters.contains(&s.name) || world.synonyms.contains_key(&s.name) || world.lexicon.is_family(&s.name);
        s.indices.is_empty() && !taken
    };
    if letters.is_empty() || letters.len() > tolerance::STRANGERS_MAX || !letters.iter().all(plain) {
        return vec![];
    }
    let placed = expr.free_indices().iter().all(|i| world.letters.contains(i));
    let shape = with_numbers(world, &letters).shape_of(expr, known);
    let fits = placed && shape.is_ok_and(|s| world.shape_of(&slot.reference, &[]).is_ok_and(|r| r == s));
    if fits { letters } else { vec![] }
}

/// Vectors of the world that an answer has as factors: `s A A^T` fits only where s is a number of the writer's own.
pub fn taken_as_numbers(world: &World, expr: &Expr, known: &[Definition]) -> Vec<Symbol> {
    if world.shape_of(expr, known).is_ok() {
        return vec![];
    }
    let vector = |s: &Symbol| s.indices.is_empty() && world.is_vector(&Expr::Symbol(s.clone()));
    let mends = |s: &Symbol| {
        let without = expr.substitute(&|other| (other == s).then(|| Expr::int(2)));
        world.shape_of(&without, known).is_ok()
    };
    let letters = expr.symbols().into_iter().filter(vector);
    letters.filter(mends).collect()
}

/// The letters in definitions that nothing else defines.
pub fn of_definitions(world: &World, known: &[Definition]) -> Vec<Symbol> {
    let unknown = |d: &Definition| -> Vec<Symbol> {
        d.body.symbols().into_iter().filter(|s| s.indices.is_empty() && !world.knows(s, known)).collect()
    };
    // A body may name what its definition binds.
    let bare = |d: &&Definition| d.parameters.iter().all(|p| matches!(p, Parameter::Literal(_)));
    distinct(known.iter().filter(bare).flat_map(unknown))
}

/// Whether a statement is an equation that names one of the letters, with nothing beside it that may choose them.
pub fn named_by(statement: &Statement, letters: &[Symbol]) -> bool {
    let Body::Relation { link, .. } = &statement.body else { return false };
    let scope = &statement.scope;
    let alone = scope.conditions.is_empty() && scope.premises.is_empty() && scope.circumstance.is_none();
    let symbols = [link.left.symbols(), link.right.symbols()].concat();
    // "x = y", "t = 0", "e^s = e^t": the letters are chosen, or what a choice asks of them is worked out.
    let bare = |e: &Expr| matches!(e, Expr::Symbol(s) if letters.contains(s));
    let of_one = (bare(&link.left) || bare(&link.right)) && symbols.iter().all(|s| s.indices.is_empty());
    let chosen = of_one || symbols.iter().all(|s| letters.contains(s));
    alone && !chosen && link.relation == Relation::Equal && symbols.iter().any(|s| letters.contains(s))
}
