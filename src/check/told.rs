//! Values that the part gives and the statement does not: what holds under them, and what they refute.

use super::relation;
use super::ruling::Ruling;
use super::scene::Scene;
use super::scopes::in_scopes;
use super::statement::{Context, softened};
use crate::claim::{Condition, Link, Statement, negated};
use crate::language::{Expr, Relation, Symbol};
use crate::record::Verdict;
use crate::world::{LimitPoint, World};

/// A number that is wrong under the statement's own conditions may be meant under values that the
/// part gives elsewhere: with them it may hold, and it is never refuted.
pub fn nearby_values(context: &Context, statement: &Statement, link: &Link) -> Ruling {
    let mut widened = statement.clone();
    widened.scope.conditions.extend(statement.scope.elsewhere.iter().cloned());
    let ruling = in_scopes(context, &widened, &|scene| relation::judge(scene, link));
    if ruling.verdict == Verdict::Refuted && of_one_key(context.world, link) {
        return ruling;
    }
    if ruling.is_true() {
        return Ruling { message: format!("{}, under the values that the part gives elsewhere", ruling.message), ..ruling };
    }
    let mut told = statement.clone();
    told.scope.conditions.extend(statement.scope.told.iter().cloned());
    let same = told.scope.conditions == widened.scope.conditions;
    let there = if same { ruling.clone() } else { in_scopes(context, &told, &|scene| relation::judge(scene, link)) };
    if there.is_true() {
        return Ruling { message: format!("{}, under the values that were told before", there.message), ..there };
    }
    // A weight of one draw may be meant ("at one sigma α_b = 0.4"); a number of the law is the same in all of them.
    let of_the_law = (link.left.is_of_the_law() || link.right.is_of_the_law()) && every_limit_told(context, statement, false);
    let wrong = of_the_law
        && ruling.verdict == Verdict::Refuted
        && for_every_number(context, &widened, &|scene| relation::judge(scene, link));
    // At a draw that is given, of so many keys, a weight is one number.
    let counted = |c: &Condition| matches!(c, Condition::Value(s, _) if s.name == "n" && s.indices.is_empty());
    let sized = !context.world.dimensions.contains_key("n") || told.scope.conditions.iter().any(counted);
    let at_a_draw = sized && gives_the_draw(context, statement) && every_limit_told(context, statement, true);
    if wrong || at_a_draw && there.verdict == Verdict::Refuted {
        let ruling = if wrong { ruling } else { there };
        let message = format!("{}, under the values that were told before", ruling.message);
        return softened(context, statement, Ruling { message, ..ruling }, false);
    }
    if let Some(wrong) = at_no_value(context, statement, link) {
        return softened(context, statement, wrong, false);
    }
    Ruling::not_checked("a number that depends on values which the sentence does not give")
}

/// "For β > ln n we even have α_a > ½": an order whose contrary is true at every instance is wrong whatever the values are.
fn at_no_value(context: &Context, statement: &Statement, link: &Link) -> Option<Ruling> {
    let contrary = negated(link.clone()).filter(|_| link.relation.is_order())?;
    let ruling = in_scopes(context, statement, &|scene| relation::judge(scene, &contrary));
    let message = "the contrary is true at every instance drawn";
    (ruling.verdict == Verdict::Holds).then(|| Ruling::contradicted(message, message))
}

/// "Let n = 2 and α = 0. … α_a = σ(β (X - 1))": an equation that holds in a limit only may hold at every instance of the case that was
/// told before: without noise, with so many keys. What fails in general may be meant of that case, too.
pub fn at_told_values(context: &Context, statement: &Statement, link: &Link, ruling: Ruling) -> Ruling {
    let zero = |e: &Expr| e.is_zero();
    let noise = |s: &Symbol| context.world.scalars.get(&s.name).is_some_and(|s| s.limit == Some(LimitPoint::Zero));
    let case = |c: &&Condition| match c {
        Condition::Value(s, value) => context.world.dimensions.contains_key(&s.name) || noise(s) && zero(value),
        _ => false,
    };
    let told: Vec<Condition> = statement.scope.told.iter().filter(case).cloned().collect();
    let limited = ruling.verdict == Verdict::HoldsInLimit && link.relation == Relation::Equal;
    if !(limited || ruling.verdict == Verdict::Refuted) || told.is_empty() {
        return ruling;
    }
    let mut within = statement.clone();
    within.scope.conditions.extend(told);
    let there = in_scopes(context, &within, &|scene| relation::judge(scene, link));
    if there.verdict != Verdict::Holds && (limited || !there.is_true()) {
        return ruling;
    }
    Ruling { message: format!("{}, in the case that was told before", there.message), ..there }
}

/// Whether a judge refutes whatever number of keys there is, where nothing tells it.
fn for_every_number(context: &Context, statement: &Statement, judge: &dyn Fn(&Scene) -> Ruling) -> bool {
    const NUMBERS: [i64; 3] = [2, 3, 10];
    let count = Symbol::plain("n");
    let told = |c: &Condition| matches!(c, Condition::Value(s, _) if *s == count);
    statement.scope.conditions.iter().any(told)
        || !context.world.dimensions.contains_key(&count.name)
        || NUMBERS.iter().all(|n| {
            let mut sized = statement.clone();
            sized.scope.conditions.push(Condition::Value(count.clone(), Expr::int(*n)));
            in_scopes(context, &sized, judge).verdict == Verdict::Refuted
        })
}

/// Whether nothing is drawn, or the statement's own conditions say how long the drawn key is.
fn gives_the_draw(context: &Context, statement: &Statement) -> bool {
    let world = context.world;
    let of_the_draw = |s: &Symbol| !world.dimensions.contains_key(&s.name) && !world.scalars.contains_key(&s.name);
    let given = |c: &Condition| matches!(c, Condition::Value(s, _) if s.indices.is_empty() && of_the_draw(s));
    !world.draws() || statement.scope.conditions.iter().any(given)
}

/// Whether each scalar that the question takes to a limit was told one value before a statement, by the part and by nothing else;
/// with `large`, each that grows: the others are followed to their limits.
fn every_limit_told(context: &Context, statement: &Statement, large: bool) -> bool {
    let told = |name: &String| {
        let about = |c: &Condition| matches!(c, Condition::Value(s, _) if s.name == *name);
        statement.scope.conditions.iter().any(about)
            || statement.scope.told.iter().any(about) && statement.scope.elsewhere.iter().filter(|c| about(c)).count() == 1
    };
    let grows = |name: &&String| context.world.grows(name);
    context.world.limits.iter().filter(|name| !large || grows(name)).all(told)
}

/// Whether a relation is about the law of numbers in which no query occurs: of the values that a part gives elsewhere
/// only those of the noise matter to it.
fn of_one_key(world: &World, link: &Link) -> bool {
    let drawn = Expr::is_of_the_law;
    let queryless = |s: &Symbol| {
        let name = world.synonyms.get(&s.name).unwrap_or(&s.name);
        let mut own = world.definitions.iter().filter(|d| d.name == *name && d.parameters.is_empty());
        own.next().is_some_and(|d| d.body.symbols().iter().all(|s| matches!(s.name.as_str(), "k" | "mu")))
    };
    let (law, number) = if drawn(&link.left) { (&link.left, &link.right) } else { (&link.right, &link.left) };
    drawn(law) && number.is_closed() && law.symbols().iter().all(queryless)
}
