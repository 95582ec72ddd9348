//! Statistics of the draws that expressions speak of: what sampling and quadrature can measure.

use std::collections::BTreeMap;

use crate::language::{Chain, Expr, Index, Moment, Relation, Symbol};
use crate::montecarlo::Quantity;
use crate::numeric::{Evaluator, Instance, Steps};
use crate::tolerance;
use crate::world::World;

/// A number of an attention model, for orthonormal values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Statistic {
    /// The one head that it is about, counted from 0; `None` for all heads.
    pub head: Option<usize>,
    /// The number.
    pub quantity: Quantity,
}

/// The statistic that an expression stands for: `E[α_a]`, `Var[α_a]`, `P(α_a > t)` of a question with one head;
/// `Var[c]`, `Var[c_h]`, the traces of the covariances of the output and of one head's output.
pub fn statistic(world: &World, expr: &Expr) -> Option<Statistic> {
    match expr {
        Expr::Moment(Moment::Mean, inner) => of_weight(world, inner, |key| Quantity::Mean { head: 0, key }),
        Expr::Moment(Moment::Variance, inner) => of_weight(world, inner, |key| Quantity::Variance { head: 0, key })
            .or_else(|| of_output(world, symbol(inner)?).map(|head| Statistic { head, quantity: Quantity::OutputVariance })),
        Expr::Probability(event) => tail(world, event),
        _ => None,
    }
}

fn symbol(expr: &Expr) -> Option<&Symbol> {
    if let Expr::Symbol(symbol) = expr { Some(symbol) } else { None }
}

/// A quantity of the weight `α_x`, where one head alone makes it.
fn of_weight(world: &World, expr: &Expr, quantity: impl Fn(usize) -> Quantity) -> Option<Statistic> {
    let symbol = symbol(expr)?;
    match (symbol.name.as_str(), symbol.indices.as_slice(), world.slots.len()) {
        ("alpha", [Index::Letter(letter)], 1) => {
            let key = world.letters.iter().position(|l| l == letter)?;
            Some(Statistic { head: None, quantity: quantity(key) })
        }
        _ => None,
    }
}

/// The output of all heads, `Some(None)`, or of one of them.
fn of_output(world: &World, symbol: &Symbol) -> Option<Option<usize>> {
    match (symbol.name.as_str(), symbol.indices.as_slice()) {
        ("c", []) if !world.slots.is_empty() => Some(None),
        ("c", [head]) => {
            let own = world.slots.iter().position(|s| s.symbol.indices.as_slice() == std::slice::from_ref(head))?;
            Some(Some(own))
        }
        _ => None,
    }
}

/// `P(α_x > t)` or `P(α_x < t)`, sides in either order.
fn tail(world: &World, event: &Chain) -> Option<Statistic> {
    let ([left, right], [relation]) = (event.operands.as_slice(), event.relations.as_slice()) else { return None };
    let above = match relation {
        Relation::Greater => true,
        Relation::Less => false,
        _ => return None,
    };
    let (weight, threshold, above) = match (number(&left.expr), number(&right.expr)) {
        (None, Some(threshold)) => (&left.expr, threshold, above),
        (Some(threshold), None) => (&right.expr, threshold, !above),
        _ => return None,
    };
    of_weight(world, weight, |key| {
        if above { Quantity::Above { head: 0, key, threshold } } else { Quantity::Below { head: 0, key, threshold } }
    })
}

/// The value of an expression without symbols.
pub fn number(expr: &Expr) -> Option<f64> {
    let instance = Instance { steps: Steps::up_to(tolerance::STEPS_MAX, tolerance::STEPS_EACH_MAX), ..Instance::default() };
    Evaluator::new(&instance).eval(expr, &BTreeMap::new()).ok()?.value.scalar()
}
