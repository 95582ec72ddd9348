//! Means that a symmetry gives: noise and its opposite are equally likely, so where `f(z) + f(-z)` is the same at every point, half of it
//! is the mean of `f`. No sampling tells such an equality; two values side by side do.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::StandardNormal;

use super::average::averaged;
use super::eval::Evaluator;
use super::moments::{Bindings, Rule, RuleKind, values};
use super::site::sites;
use crate::language::Expr;
use crate::tolerance;

/// Seed of the points that are looked at.
const SEED: u64 = 0x6d69_7272_6f72;

/// Whether an expression's values at a point of noise and at the opposite one have `mean` in their middle, at every point drawn. False
/// where there is no noise, or it cannot be told.
pub fn mirrored(outer: &Evaluator, inner: &Expr, mean: &Expr, bound: &Bindings) -> bool {
    let rank = outer.instance.random.as_ref().map_or(0, super::instance::Random::rank);
    let Ok(mean) = outer.eval(mean, bound) else { return false };
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    rank > 0
        && (0..tolerance::MIRRORED_POINTS).all(|_| {
            let point: Vec<f64> = (0..rank).map(|_| rng.sample(StandardNormal)).collect();
            let opposite = point.iter().map(|x| -x).collect();
            let rule = Rule { sites: sites(outer.instance, &[point, opposite]), weights: vec![0.5, 0.5], kind: RuleKind::Exact };
            let middle = values(outer, &rule.sites, inner, bound).and_then(|list| averaged(&rule, &list));
            middle.is_ok_and(|middle| {
                let size = middle.value.magnitude().max(mean.value.magnitude());
                middle.gap(&mean).is_some_and(|(gap, error)| gap <= tolerance::ERROR_MARGIN * error + tolerance::ROUNDING * size)
            })
        })
}
