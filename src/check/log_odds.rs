//! Log-odds of two weights of one softmax are the difference of their scores: `ln(α_a/α_b) = k_a^T q - k_b^T q`. Written so, their
//! moments and laws are those of a Gaussian number, whatever the other keys do.

use crate::claim::Link;
use crate::language::{Expr, Symbol};
use crate::numeric::{Definition, Parameter};
use crate::world::World;

/// A link with the log-odds in it as differences of scores.
pub fn as_scores(world: &World, own: &[Definition], link: &Link) -> Link {
    let side = |e: &Expr| rewritten(world, own, e);
    Link { left: side(&link.left), relation: link.relation, right: side(&link.right) }
}

fn rewritten(world: &World, own: &[Definition], e: &Expr) -> Expr {
    let score = |e: &Expr| if let Expr::Symbol(s) = e { score_of(world, own, s) } else { None };
    if let Expr::Call("ln", arguments) = e
        && let [Expr::Div(over, under)] = arguments.as_slice()
        && let (Some(one), Some(other)) = (score(over), score(under))
    {
        return Expr::Add(vec![one, Expr::Neg(Box::new(other))]);
    }
    e.map_children(&mut |c| rewritten(world, own, c))
}

/// The score of which a weight is the softmax.
fn score_of(world: &World, own: &[Definition], weight: &Symbol) -> Option<Expr> {
    if own.iter().any(|d| d.name == weight.name) {
        return None;
    }
    let name = world.synonyms.get(&weight.name).unwrap_or(&weight.name);
    let found = world.definitions.iter().find(|d| d.matches(name, &weight.indices))?;
    let Expr::Div(over, _) = &found.body else { return None };
    let Expr::Call("exp", arguments) = &**over else { return None };
    let [score] = arguments.as_slice() else { return None };
    let bound = found.parameters.iter().zip(&weight.indices);
    Some(bound.fold(score.clone(), |e, (parameter, index)| match parameter {
        Parameter::Bind(letter) => e.with_index(letter, index),
        Parameter::Literal(_) => e,
    }))
}
