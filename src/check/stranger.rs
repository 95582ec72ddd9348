//! Letters that nobody defined: what holds for every number in their place holds.

use super::observe::speaks_of_draws;
use super::relation;
use super::scene::Scene;
use super::statement::Context;
use crate::claim::Link;
use crate::language::{Expr, Style, Symbol, print};
use crate::tolerance;
use crate::world::{Scalar, World};

/// The context's world with the link's unknown plain letters as numbers of either sign, and those
/// letters in words; `None` where none is unknown, or too much is.
pub fn admitted(context: &Context, link: &Link) -> Option<(World, String)> {
    // A letter in a moment may be random: no number stands for it.
    if [&link.left, &link.right].into_iter().any(speaks_of_draws) {
        return None;
    }
    let mut world = context.world.clone();
    let known = [context.before, context.after].concat();
    let mut names: Vec<String> = Vec::new();
    while let Some(stranger) = relation::unknown_symbol(&Scene::new(&world, known.clone()), link) {
        if !stranger.indices.is_empty() || names.len() >= tolerance::STRANGERS_MAX {
            return None;
        }
        world.scalars.insert(stranger.name.clone(), Scalar { range: tolerance::STRANGER_RANGE, limit: None });
        names.push(stranger.name);
    }
    let shown: Vec<String> = names.iter().map(|n| print(&Expr::Symbol(Symbol::plain(n)), Style::Plain)).collect();
    (!names.is_empty()).then(|| (world, format!("for every number in the place of {}", shown.join(", "))))
}
