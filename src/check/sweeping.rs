//! What words that claim more than a limit gives leave of a ruling: "exactly", "for every β", "in every draw".

use super::every_draw;
use super::relation;
use super::ruling::Ruling;
use super::scopes::in_scopes;
use super::statement::Context;
use crate::claim::{Condition, Link, PLAIN_WEIGHT, Statement};
use crate::language::{Expr, Number, Relation, Symbol};
use crate::numeric::Definition;
use crate::record::Verdict;
use crate::tolerance;
use crate::world::World;

/// Whether the paragraph says that numbers are meant nearly.
fn hedged(text: &str, statement: &Statement) -> bool {
    const NEARLY: &[&str] = &[
        "almost",
        "nearly",
        "practically",
        "essentially",
        "basically",
        "virtually",
        "roughly",
        "approximat",
        "close to",
        "near ",
        "about",
        "effectively",
        "≈",
        "~",
        "\\approx",
        "suppose",
        "assume",
        "ideal",
        "would",
    ];
    let start = text[..statement.span.start].rfind("\n\n").map_or(0, |i| i + 2);
    let end = text[statement.span.end..].find("\n\n").map_or(text.len(), |i| statement.span.end + i);
    let lower = text[start..end].to_lowercase();
    NEARLY.iter().any(|w| lower.contains(w))
}

/// What words that claim more than a limit gives leave of a ruling: "for every β", "in every draw".
pub fn swept(context: &Context, statement: &Statement, link: &Link, ruling: Ruling) -> Ruling {
    if ruling.verdict != Verdict::HoldsInLimit {
        return ruling;
    }
    let judge = |given: Condition| {
        let mut drawn = statement.clone();
        drawn.scope.conditions.push(given);
        in_scopes(context, &drawn, &|scene| relation::judge(scene, link))
    };
    let Some(more) = &statement.scope.sweeping else {
        // "k_a^T q ≥ 0" of a number that is drawn says it of every draw.
        let bound = link.relation.is_order();
        let plain = bound && statement.scope.conditions.is_empty();
        return match plain.then(|| every_draw::judged(context.world, &judge)).flatten() {
            Some(found) if found.verdict == Verdict::Refuted => Ruling::not_checked(found.message),
            _ => ruling,
        };
    };
    let named = |c: &Condition| matches!(c, Condition::Limit(s, _) if more.letter.as_ref().is_some_and(|l| *l != s.name));
    if statement.scope.conditions.iter().any(named) {
        return ruling;
    }
    if more.over_draws
        && let Some(found) = every_draw::judged(context.world, &judge)
    {
        return found;
    }
    // "If k_a^T q_1 > 0 then …, and c_2 ≈ v_b in every draw": of the draws that the sentence leaves.
    if more.over_draws && !statement.scope.conditions.is_empty() {
        return ruling;
    }
    // "All other tokens get weight 0", where nothing in the part is said to grow or to be nearly so.
    if more.words == PLAIN_WEIGHT && statement.scope.circumstance.is_none() && !hedged(context.text, statement) {
        return not_exact(statement, ruling);
    }
    Ruling::not_checked(format!("true in a limit, and \"{}\" claims more: {}", more.words, ruling.message))
}

/// What "if and only if X > 0" leaves of a ruling: beyond the bound the relation has to fail. Where it does not, the condition is not
/// needed; where that cannot be told, nothing is said.
pub fn conversely(context: &Context, statement: &Statement, link: &Link, ruling: Ruling) -> Ruling {
    // A probability is the same in every draw: "only for X < -1, P(X < -1) = 0.0023".
    if !ruling.is_true() || link.left.is_of_the_law() || link.right.is_of_the_law() {
        return ruling;
    }
    for condition in &statement.scope.converse {
        let Some((symbol, value)) = beyond(condition) else {
            return Ruling::not_checked("whether it needs the condition was not understood");
        };
        let mut outside = statement.clone();
        outside.scope.conditions.retain(|c| c != condition);
        outside.scope.conditions.push(Condition::Value(symbol.clone(), Expr::Number(Number::computed(value))));
        let there = in_scopes(context, &outside, &|scene| relation::judge(scene, link));
        let at = format!("{} = {}", symbol.name, value);
        if there.is_true() {
            let message = format!("it does not need the condition: it holds at {at} too");
            return Ruling::contradicted(message, at);
        }
        if there.verdict != Verdict::Refuted {
            return Ruling::not_checked(format!("whether it fails at {at} could not be told"));
        }
    }
    ruling
}

/// A point beyond the bound that a condition sets to a plain number.
fn beyond(condition: &Condition) -> Option<(&Symbol, f64)> {
    let Condition::Holds(Link { left: Expr::Symbol(symbol), relation, right }) = condition else { return None };
    let bound = match right {
        Expr::Number(n) => n.value,
        Expr::Neg(inner) => match &**inner {
            Expr::Number(n) => -n.value,
            _ => return None,
        },
        _ => return None,
    };
    let step = match relation {
        Relation::Greater | Relation::GreaterEqual => -tolerance::CONVERSE_STEP,
        Relation::Less | Relation::LessEqual => tolerance::CONVERSE_STEP,
        _ => return None,
    };
    Some((symbol, bound + step))
}

/// Whether a relation under the values of an example holds in a limit only once these are free again: `1/(2 + 8 e^{-100})` is 1/2
/// to all digits of a double.
pub fn exact_to_digits(context: &Context, statement: &Statement, link: &Link) -> Option<Ruling> {
    let grows = |s: &Symbol| context.world.limits.contains(&s.name) || !context.world.knows(s, &[]);
    let mut free = statement.clone();
    // Noise that is put to 0 is gone exactly.
    free.scope.conditions.retain(|c| !matches!(c, Condition::Value(s, value) if grows(s) && !value.is_zero()));
    let before: Vec<Definition> = context.before.iter().map(|d| grown(context.world, d).unwrap_or_else(|| d.clone())).collect();
    let freed = free.scope.conditions.len() < statement.scope.conditions.len() || before != context.before;
    let context = &Context { before: &before, ..*context };
    let ruling = freed.then(|| in_scopes(context, &free, &|scene| relation::judge(scene, link)));
    ruling.filter(|r| r.verdict == Verdict::HoldsInLimit)
}

/// A query with a large number in it, `100 (k_a + k_b)`, with the world's factor in the number's place.
fn grown(world: &World, own: &Definition) -> Option<Definition> {
    let slot = world.slots.iter().any(|s| own.matches(&s.symbol.name, &s.symbol.indices));
    let factor = world.factor().filter(|_| slot)?;
    let size = largest(&own.body).filter(|size| *size >= tolerance::LARGE_FACTOR)?;
    let share = Expr::Div(Box::new(Expr::Symbol(Symbol::plain(factor))), Box::new(Expr::Number(Number::computed(size))));
    Some(Definition { body: Expr::Mul(vec![share, own.body.clone()]), ..own.clone() })
}

/// The largest number that is written in an expression.
fn largest(e: &Expr) -> Option<f64> {
    let own = if let Expr::Number(n) = e { Some(n.value) } else { None };
    e.children().into_iter().filter_map(largest).chain(own).reduce(f64::max)
}

/// What was said to hold exactly, and only does in a limit: wrong, unless something supposed may make it exact.
pub fn not_exact(statement: &Statement, ruling: Ruling) -> Ruling {
    let scope = &statement.scope;
    let limit = scope.conditions.iter().any(|c| matches!(c, Condition::Limit(..)));
    if limit || !scope.premises.is_empty() || !scope.unread.is_empty() || scope.tentative {
        return Ruling::not_checked(format!("said to be exact, under suppositions that may make it so: {}", ruling.message));
    }
    Ruling { verdict: Verdict::Refuted, message: format!("said to be exact: {}", ruling.message), ..ruling }
}
