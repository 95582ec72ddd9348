//! Deciding: the only room that sees claims and engines together.

mod accuracy;
mod apart;
mod broken;
mod change;
mod comparison;
mod concrete;
mod configured;
mod consistency;
mod corruption;
mod counted;
mod defines;
mod describe;
mod directed;
mod draw;
mod events;
mod every_draw;
mod evidence;
mod exact;
mod examples;
mod follow;
mod given_draws;
mod grade;
mod growth;
mod guarded;
mod holders;
mod independent;
mod infer;
mod instead;
mod intervention;
mod law;
pub mod limit_claim;
mod log_odds;
mod measured;
mod memory;
mod neighbours;
mod numbers;
mod observe;
mod ordering;
mod overall;
mod portions;
mod proposition;
mod relation;
mod repair;
mod response;
mod ruling;
mod scaling;
mod scene;
mod scopes;
mod serving;
mod sheet;
mod sizes;
mod slot;
mod solve;
mod statement;
pub mod statistic;
mod steps;
mod stranger;
mod sweeping;
mod symmetric;
mod tally;
mod told;
#[cfg(test)]
mod work;

pub use ruling::Ruling;
pub use sheet::{CheckError, Settings, check};

use crate::language::Chain;
use crate::numeric::Definition;
use crate::world::World;

/// Judges one claim of a world under definitions, as claims of propositions are judged.
pub fn judge(world: &World, given: &[Definition], claim: &Chain) -> Ruling {
    let scene = scene::Scene::new(world, given.to_vec());
    limit_claim::settled(&scene, claim, slot::requirement(&scene, claim), 0)
}
