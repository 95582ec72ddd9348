//! Links of chains, and what two conditions have to do with each other.

use super::condition::{as_condition, numbered};
use super::phrases::inside;
use super::prose;
use super::statement::{Condition, LimitSense, Link, Premise, Scope};
use crate::language::{Chain, Expr, Options, Relation, Token, parse_chain, parse_statement};
use crate::span::Span;
use crate::world::World;

pub(super) fn first_link(chain: &Chain) -> Link {
    link_at(chain, 0)
}

pub(super) fn link_at(chain: &Chain, i: usize) -> Link {
    Link::at(chain, i)
}

/// `k_a ~ g μ_a`, `t ~ 0.88`: the sign of a law before a vector or a number, which is none, says that both are about equal.
pub(super) fn about_vectors(mut chain: Chain, world: &World) -> Chain {
    for i in 0..chain.relations.len() {
        // Letters that nobody defined are numbers here.
        let next = &chain.operands[i + 1].expr;
        let number = next.is_closed() && !matches!(next, Expr::Normal(..) | Expr::Call(..));
        if chain.relations[i] == Relation::Tilde && (number || world.is_vector(&numbered(next, world))) {
            chain.relations[i] = Relation::Approx;
        }
    }
    chain
}

/// The chain that the tokens inside a place of the text are, read whole.
pub(super) fn chain_inside(world: &World, tokens: &[Token], text: &str, place: Span) -> Option<Chain> {
    parse_chain(&inside(tokens, place), text, &world.lexicon, Options::default()).ok()
}

/// Adds a supposition in words: what the world knows it to say, or its text where it knows none.
pub(super) fn suppose(scope: &mut Scope, worded: &prose::Worded, world: &World) {
    let Some((known, number)) = worded.known.as_ref().and_then(|(i, n)| Some((world.suppositions.get(*i)?, n))) else {
        return scope.unread.push(worded.text.clone());
    };
    let filled = known.claims.iter().map(|c| number.as_ref().map_or_else(|| c.clone(), |n| c.replace('#', n)));
    let Ok(chains) = filled.map(|c| parse_statement(&c, &world.lexicon)).collect::<Result<Vec<Chain>, _>>() else {
        return scope.unread.push(worded.text.clone());
    };
    let mut links: Vec<Link> = chains.iter().flat_map(|c| (0..c.relations.len()).map(|i| link_at(c, i))).collect();
    let (values, others): (Vec<Link>, Vec<Link>) =
        links.drain(..).partition(|l| matches!(as_condition(l, world), Some(Condition::Value(..) | Condition::Limit(..))));
    for condition in values.iter().filter_map(|l| as_condition(l, world)) {
        scope.conditions.retain(|c| !same_subject(c, &condition));
        scope.conditions.push(condition);
    }
    if !others.is_empty() {
        scope.premises.push(Premise { text: worded.text.clone(), links: others, others: known.others });
    }
}

/// The comparison that holds where this one does not; `None` where that is none.
pub fn negated(link: Link) -> Option<Link> {
    let relation = match link.relation {
        Relation::Less => Relation::GreaterEqual,
        Relation::LessEqual => Relation::Greater,
        Relation::Greater => Relation::LessEqual,
        Relation::GreaterEqual => Relation::Less,
        _ => return None,
    };
    Some(Link { relation, ..link })
}

/// What is so where a relation is not: `≠` for `=`, else the comparison that holds then.
pub(super) fn denied(link: Link) -> Option<Link> {
    match link.relation {
        Relation::Equal => Some(Link { relation: Relation::NotEqual, ..link }),
        _ => negated(link),
    }
}

/// Whether a link is plain arithmetic, true or false whatever is supposed.
pub(super) fn closed(link: &Link) -> bool {
    link.left.is_closed() && link.right.is_closed()
}

/// Whether a condition fixes or bounds a number that varies from draw to draw, `X > 1`.
pub(super) fn about_one_draw(condition: &Condition, world: &World) -> bool {
    let symbol = match condition {
        Condition::Value(s, _) => s,
        Condition::Holds(Link { left: Expr::Symbol(s), .. }) => s,
        Condition::Holds(Link { left, right: Expr::Symbol(s), .. }) if left.is_closed() => s,
        // `k_a^T q_1 ≥ 0`
        Condition::Holds(link) => {
            return [&link.left, &link.right].into_iter().any(|e| e.symbols().iter().any(|s| world.is_drawn(&s.name)));
        }
        _ => return false,
    };
    let name = world.synonyms.get(&symbol.name).unwrap_or(&symbol.name);
    !world.dimensions.contains_key(name) && !world.scalars.contains_key(name)
}

/// Whether a relation gives a number of the law of the draws, the same in every draw: `P(X < 0) ≈ 0.08`.
pub(super) fn about_all_draws(link: &Link) -> bool {
    fn law(e: &Expr) -> bool {
        e.is_of_the_law() || matches!(e, Expr::Call("Cov", _))
    }
    fn number(e: &Expr) -> bool {
        law(e) || !matches!(e, Expr::Symbol(_)) && e.children().into_iter().all(number)
    }
    let speaks = |e: &Expr| {
        let mut found = false;
        e.walk(&mut |e| found |= law(e));
        found
    };
    (speaks(&link.left) || speaks(&link.right)) && number(&link.left) && number(&link.right)
}

/// Whether a link says that two events both have a share of the draws, `P(A) P(B) > 0.005`.
pub(super) fn both_happen(link: &Link) -> bool {
    let probability = |e: &Expr| matches!(e, Expr::Probability(_));
    matches!(&link.left, Expr::Mul(factors) if factors.len() == 2 && factors.iter().all(probability))
        && link.relation == Relation::Greater
}

/// Whether a condition keeps at least half of the draws: a number with a mean that is not negative is not negative.
pub(super) fn keeps_most(condition: &Condition) -> bool {
    let Condition::Holds(link) = condition else { return false };
    matches!(link.relation, Relation::Greater | Relation::GreaterEqual)
        && matches!((&link.left, &link.right), (Expr::Symbol(_), Expr::Number(n)) if n.value <= 0.0)
}

/// Whether two conditions are about one symbol.
pub(super) fn same_subject(a: &Condition, b: &Condition) -> bool {
    let subject = |c: &Condition| match c {
        Condition::Value(s, _) | Condition::Define(s, _) => Some(s.clone()),
        // "with β = 0 …; with β → ∞ …"
        Condition::Limit(s, LimitSense::Large | LimitSense::Small | LimitSense::Negative) => Some(s.clone()),
        Condition::Holds(link) => match (&link.left, &link.right) {
            (Expr::Symbol(s), _) => Some(s.clone()),
            (bound, Expr::Symbol(s)) if bound.is_closed() => Some(s.clone()),
            _ => None,
        },
        _ => None,
    };
    subject(a).is_some() && subject(a) == subject(b)
}

/// Whether a condition is a bound: `γ < 0`, `-1 < γ`.
pub(super) fn is_bound(c: &Condition) -> bool {
    matches!(c, Condition::Holds(link) if link.relation.is_order())
}
