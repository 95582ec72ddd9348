//! A variance that is said of a key, a vector, as one number: "k_a has variance α".

use super::relation;
use super::ruling::Ruling;
use super::scene::Scene;
use crate::claim::Link;
use crate::language::{Expr, Moment, Relation, Symbol};

/// Whether a mean or a variance occurs.
fn moments(e: &Expr) -> bool {
    matches!(e, Expr::Moment(..)) || e.children().into_iter().any(moments)
}

/// What is said of "k_a has variance α", where in which direction is not said: it may be right in all of them.
pub fn in_no_direction(scene: &Scene, link: &Link) -> Option<Ruling> {
    let Expr::Moment(moment @ (Moment::Variance | Moment::Deviation), vector) = &link.left else { return None };
    let plain = scene.world.is_number(&link.right) && !moments(&link.right);
    let key = matches!(&**vector, Expr::Symbol(s) if scene.world.is_drawn(&s.name));
    if !matches!(link.relation, Relation::Equal | Relation::Approx) || !plain || !key || !scene.world.is_vector(vector) {
        return None;
    }
    let size = if *moment == Moment::Variance { link.right.clone() } else { Expr::Mul(vec![link.right.clone(); 2]) };
    let right = Expr::Mul(vec![size, Expr::Symbol(Symbol::plain("I"))]);
    let left = Expr::Call("Cov", vec![(**vector).clone()]);
    let mut ruling = relation::judge(scene, &Link { left, relation: Relation::Equal, right });
    if !ruling.is_true() {
        return Some(Ruling::not_checked("in which direction the variance is meant is not said"));
    }
    ruling.message = format!("the variance in every direction: {}", ruling.message);
    Some(ruling)
}
