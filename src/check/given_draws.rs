//! Moments over some of the draws: "ignoring k_a^T q_1 < 0, Var(c_1) → 0".

use super::relation;
use super::ruling::Ruling;
use super::scopes::in_scopes;
use super::statement::Context;
use crate::claim::{Condition, Link, Statement};
use crate::language::{Expr, Style, print_chain};
use crate::record::Verdict;

/// A ruling on a relation with a moment in it that is not true over all the draws: over those that the sentence's bounds leave it
/// may be. Bounds in a sentence may be another clause's, so that the moment over all draws is tried first, and what neither makes true
/// keeps its ruling. What is true only over draws that the question allows to look at alone is not refuted.
pub fn over_those(context: &Context, statement: &Statement, link: &Link, ruling: Ruling) -> Ruling {
    if ruling.is_true() || !has_moment(link) || !context.world.has_draws() {
        return ruling;
    }
    let over = |bounds: &[Link]| in_scopes(context, statement, &|scene| relation::judge(&scene.of_draws(bounds), link));
    let bounds: Vec<Link> = statement.scope.conditions.iter().chain(&statement.scope.over).filter_map(bound).collect();
    if !bounds.is_empty() {
        let found = over(&bounds);
        let message = format!("{}; over the draws with {}", found.message, words(&bounds));
        return if found.is_true() { Ruling { message, ..found } } else { ruling };
    }
    if ruling.verdict != Verdict::Refuted {
        return ruling;
    }
    let allowed: Vec<Link> = context.world.may_keep_to.iter().map(|chain| Link::at(chain, 0)).collect();
    match allowed.iter().map(std::slice::from_ref).find(|kept| over(kept).is_true()) {
        Some(kept) => Ruling::not_checked(format!(
            "true over the draws with {}, to which the question allows to keep; over all of them: {}",
            words(kept),
            ruling.message
        )),
        None => ruling,
    }
}

fn has_moment(link: &Link) -> bool {
    let mut found = false;
    for side in [&link.left, &link.right] {
        side.walk(&mut |e| found |= matches!(e, Expr::Moment(..)));
    }
    found
}

/// A bound that a draw meets or not.
fn bound(condition: &Condition) -> Option<Link> {
    match condition {
        Condition::Holds(link) if link.relation.is_order() => Some(link.clone()),
        _ => None,
    }
}

fn words(bounds: &[Link]) -> String {
    let all: Vec<String> = bounds.iter().map(|l| print_chain(&l.chain(), Style::Plain)).collect();
    all.join(" and ")
}
