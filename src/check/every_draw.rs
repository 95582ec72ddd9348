//! "… in every draw": a relation under draws in which the world's random number along a mean has this value or that.

use super::ruling::Ruling;
use crate::claim::Condition;
use crate::language::{Expr, Number, Symbol};
use crate::record::Verdict;
use crate::tolerance;
use crate::world::World;

/// What draws of the number come to; `None` where the world knows none, or one of them was not decided.
pub fn judged(world: &World, judge: &dyn Fn(Condition) -> Ruling) -> Option<Ruling> {
    let name = length_along_a_mean(world)?;
    let mut last = None;
    for value in tolerance::DRAWS_OF_A_LENGTH {
        let ruling = judge(Condition::Value(Symbol::plain(&name), Expr::Number(Number::computed(value))));
        match ruling.verdict {
            Verdict::Refuted => {
                let message = format!("not in draws with {name} = {value}: {}", ruling.message);
                return Some(Ruling { message, ..ruling });
            }
            Verdict::Holds | Verdict::HoldsInLimit => last = Some(ruling),
            _ => return None,
        }
    }
    last
}

/// The name of the number that one drawn vector defines: `X = μ_a^T k_a`.
fn length_along_a_mean(world: &World) -> Option<String> {
    let drawn = |s: &Symbol| world.is_drawn(&s.name);
    let found =
        world.definitions.iter().find(|d| d.parameters.is_empty() && d.body.symbols().iter().filter(|s| drawn(s)).count() == 1);
    found.map(|d| d.name.clone())
}
