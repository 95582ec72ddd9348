//! What keeps a relation from being judged as it stands: a score that says nothing without the others, a value that the part gives
//! to what grows.

use crate::claim::{Condition, Link, Statement};
use crate::language::{Expr, Relation};
use crate::world::{VectorLaw, World};

/// `k_j^T q ≫ 0` where a gap to the other scores is supposed: the world's instances have it, and nothing supposes it.
pub fn one_score_alone(world: &World, link: &Link) -> bool {
    let separates = world.vectors.values().any(|v| matches!(v.law, VectorLaw::Separates { .. }));
    let grows = matches!(link.relation, Relation::MuchGreater | Relation::Greater | Relation::GreaterEqual | Relation::Tends);
    let bound = matches!(&link.right, Expr::Number(_) | Expr::Infinity);
    let score = match &link.left {
        Expr::Mul(factors) => factors.len() == 2 && factors.iter().any(|f| matches!(f, Expr::Symbol(s) if s.name == "q")),
        Expr::Symbol(s) => s.name == "s" && !s.indices.is_empty(),
        _ => false,
    };
    let of_one_key = link.left.symbols().iter().filter(|s| s.name == "k").count() <= 1;
    separates && grows && bound && score && of_one_key
}

/// "If s_j > s_i for all i ≠ j, then α_j > 1/2": an order of scores is supposed, and no gap that grows; what the question's own limit
/// brings about does not follow from it.
pub fn supposes_an_order_only(world: &World, statement: &Statement) -> bool {
    let separates = world.vectors.values().any(|v| matches!(v.law, VectorLaw::Separates { .. }));
    let limit = |c: &Condition| matches!(c, Condition::Limit(..) | Condition::Value(..));
    let score = |e: &Expr| e.symbols().iter().any(|s| matches!(s.name.as_str(), "s" | "k"));
    let order = |l: &Link| {
        matches!(l.relation, Relation::Greater | Relation::GreaterEqual | Relation::Less | Relation::LessEqual)
            && score(&l.left)
            && score(&l.right)
    };
    let scope = &statement.scope;
    let conditions = scope.conditions.iter().any(|c| matches!(c, Condition::Holds(l) if order(l)));
    separates && !scope.conditions.iter().any(limit) && (conditions || scope.premises.iter().flat_map(|p| &p.links).any(order))
}

/// Whether the part gives a value elsewhere to a scalar that the statement takes to its limit: one that is an expression,
/// `β = ln n`, with which nothing is true that holds of large β only.
pub fn elsewhere_to_a_limit(world: &World, statement: &Statement) -> bool {
    let given = |c: &Condition| matches!(c, Condition::Value(s, e) if s.indices.is_empty() && world.limits.contains(&s.name) && !e.is_closed());
    statement.scope.elsewhere.iter().any(given)
}
