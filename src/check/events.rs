//! Events about weights, as events about scores: where one softmax makes the weights, the larger score has the larger one.

use crate::language::{Chain, Expr, Index, Operand};
use crate::numeric::{Definition, Parameter};
use crate::world::World;

/// An expression in which `P(α_x > α_y)` speaks of scores; then the noise enters through an affine number.
pub fn by_scores(world: &World, expr: &Expr) -> Expr {
    match expr {
        Expr::Probability(chain) => scores(world, chain).map_or_else(|| expr.clone(), |c| Expr::Probability(Box::new(c))),
        _ => expr.map_children(&mut |c| by_scores(world, c)),
    }
}

/// The event with every side's score in the place of the side, if every side is a weight.
fn scores(world: &World, chain: &Chain) -> Option<Chain> {
    let score = |e: &Expr| {
        let Expr::Symbol(symbol) = e else { return None };
        let [index] = symbol.indices.as_slice() else { return None };
        world.definitions.iter().find(|d| d.name == symbol.name).and_then(|d| score_of(d, index))
    };
    let operands = chain.operands.iter().map(|o| Some(Operand { expr: score(&o.expr)?, span: o.span }));
    Some(Chain { operands: operands.collect::<Option<Vec<Operand>>>()?, relations: chain.relations.clone() })
}

/// `s_x` of `exp(s_i) / sum_r exp(s_r)`.
fn score_of(definition: &Definition, index: &Index) -> Option<Expr> {
    let [Parameter::Bind(letter)] = definition.parameters.as_slice() else { return None };
    let Expr::Div(over, under) = &definition.body else { return None };
    let (Expr::Call("exp", score), Expr::Sum(_, body)) = (&**over, &**under) else { return None };
    let positive = matches!(&**body, Expr::Call("exp", _)) && !under.free_indices().contains(letter);
    positive.then(|| score.first().map(|s| s.with_index(letter, index))).flatten()
}
