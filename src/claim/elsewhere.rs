//! Values that a part gives elsewhere than at the statement that may need them.

use super::links::same_subject;
use super::statement::{Body, Condition, Link, Statement};
use crate::language::{Expr, Relation, Symbol};
use crate::world::World;

/// Tells each statement which numbers the part gives to symbols that its own conditions leave open.
/// `told` are all values with their places, `spoken` those that are only spoken of, `ends` the places where sentences end.
pub fn values_elsewhere(
    world: &World,
    statements: &mut [Statement],
    told: &[(usize, Condition)],
    spoken: &[Condition],
    ends: &[usize],
) {
    let mut all: Vec<Condition> = spoken.to_vec();
    // "I claim β = ln n is enough": the value is spoken of, and no condition.
    for statement in statements.iter() {
        if let Body::Relation { link, .. } = &statement.body
            && of_a_limit(world, link)
            && let Expr::Symbol(symbol) = &link.left
        {
            all.push(Condition::Value(symbol.clone(), link.right.clone()));
        }
    }
    for condition in statements.iter().flat_map(|s| &s.scope.conditions).chain(told.iter().map(|(_, c)| c)) {
        if matches!(condition, Condition::Value(..)) && !all.contains(condition) {
            all.push(condition.clone());
        }
    }
    for statement in statements {
        let own = &statement.scope.conditions;
        let open = |c: &&Condition| !own.iter().any(|o| same_subject(o, c));
        statement.scope.elsewhere = all.iter().filter(open).cloned().collect();
        let end = ends.iter().find(|e| **e >= statement.span.end).copied().unwrap_or(usize::MAX);
        let before: Vec<&Condition> = told.iter().filter(|(at, _)| *at < end).map(|(_, c)| c).filter(open).collect();
        let alone = |c: &&&Condition| before.iter().all(|o| !same_subject(o, c) || o == *c);
        let mut only: Vec<Condition> = before.iter().filter(alone).map(|c| (*c).clone()).collect();
        only.dedup();
        statement.scope.told = only;
    }
}

/// Whether a relation gives a scalar that goes to its limit a value, `β = ln n`.
pub fn of_a_limit(world: &World, link: &Link) -> bool {
    let value = |s: &Symbol| s.indices.is_empty() && world.limits.contains(&s.name) && !link.right.symbols().contains(s);
    link.relation == Relation::Equal && matches!(&link.left, Expr::Symbol(s) if value(s))
}
