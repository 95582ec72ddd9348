//! Numbers of an example whose values were not all understood.
//!
//! "Everybody else lies 8 behind: α_j = 1/(1 + 49 e⁻⁸)": the number belongs to an example. Where the question leaves the
//! quantity free, and no condition fixes it, the number cannot be wrong of the question.

use super::numbers;
use super::scene::Scene;
use super::statement::Context;
use crate::claim::{Condition, Link, Statement};
use crate::language::{Expr, Index, Relation, Symbol};
use crate::numeric::{Parameter, Shape};
use crate::world::World;

/// What is said of such a number.
pub const NOT_UNDERSTOOD: &str = "a number for what the question leaves free; the example that it belongs to was not understood";

/// Whether a relation gives a number of an example to a quantity that is free under the statement's conditions.
pub fn of_an_example(context: &Context, statement: &Statement, link: &Link) -> bool {
    let limit = statement.scope.conditions.iter().any(|c| matches!(c, Condition::Limit(..)));
    if limit || !matches!(link.relation, Relation::Equal | Relation::Approx) {
        return false;
    }
    if numbered_weight(context.world, link) {
        return true;
    }
    let (number, quantity) = if link.right.is_closed() { (&link.right, &link.left) } else { (&link.left, &link.right) };
    let scene = Scene::new(context.world, context.before.to_vec()).counted(context.steps);
    let Ok(scene) = scene.under(&statement.scope.conditions) else { return false };
    if number.is_closed() {
        return !quantity.is_closed() && computed(number) && numbers::varies(&scene, quantity);
    }
    // `c = 0.73 v_a + 0.27 v_b`
    let output = matches!(&link.left, Expr::Symbol(s) if context.world.definitions.iter().any(|d| d.name == s.name))
        && matches!(context.world.shape_of(&link.left, context.before), Ok(Shape::Matrix(..)));
    output && coefficients(&link.right)
}

/// `p_1 = p_2 ≈ ½` of scores (20, 20, 0): the question numbers no key, so a weight with a number is one of an example.
fn numbered_weight(world: &World, link: &Link) -> bool {
    let exponential = |e: &Expr| {
        let mut found = false;
        e.walk(&mut |e| found |= matches!(e, Expr::Call("exp", _)));
        found
    };
    let weight = |s: &Symbol| {
        let name = world.synonyms.get(&s.name).unwrap_or(&s.name);
        let mut named = world.definitions.iter().filter(|d| d.name == *name);
        named.any(|d| matches!(d.parameters.as_slice(), [Parameter::Bind(_)]) && exponential(&d.body))
    };
    let all = [link.left.symbols(), link.right.symbols()].concat();
    all.iter().any(|s| matches!(s.indices.as_slice(), [Index::Number(_)]) && weight(s))
}

/// Whether a closed number looks computed from values: it has decimals, an exponential, or larger whole numbers. Whole
/// numbers, halves, thirds and quarters are said of limits.
fn computed(e: &Expr) -> bool {
    const PLAIN_MAX: f64 = 4.0;
    let plain = |v: f64| (v * PLAIN_MAX).fract() == 0.0 && v.abs() <= PLAIN_MAX;
    let mut found = false;
    e.walk(&mut |e| match e {
        Expr::Number(n) => found |= !plain(n.value),
        Expr::Call(..) => found = true,
        _ => {}
    });
    found
}

/// Whether an expression has a number with decimals that is no simple share.
fn coefficients(e: &Expr) -> bool {
    let mut found = false;
    e.walk(&mut |e| found |= matches!(e, Expr::Number(n) if n.decimals.is_some()) && computed(e));
    found
}
