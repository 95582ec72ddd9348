//! Claims of a world about its draws, decided by sampling in the world's limit.
//!
//! `Var[α_a] ≈ 1/4` speaks of the limit that the world names: `α` vanishes, then `β` grows. There the statistic
//! *is* 1/4, so that the claim needs no margin of taste: it is an equality, a value off by more than the
//! confidence sequence's width is refuted, and that width is what the claim detects.

use thiserror::Error;

use super::evidence::{SIZES, model};
use super::ruling::Ruling;
use super::scene::Scene;
use super::statistic::{Statistic, number, statistic};
use crate::language::{Chain, Expr, Relation};
use crate::montecarlo::{Direction, Form, Interval, Model, Run, Sampler, Stream};
use crate::numeric::Definition;
use crate::quadrature::Attention;
use crate::record::{Tier, Verdict};
use crate::tolerance;
use crate::world::{LimitPoint, World};

/// What sampling in the limit says of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitRuling {
    /// `holds` (for an equality: not told apart from one), `refuted`, or `undecided`.
    pub verdict: Verdict,
    /// Left side less right side, as estimated.
    pub difference: f64,
    /// Confidence sequence of the difference.
    pub interval: Interval,
    /// The difference by quadrature, where it has an integral.
    pub exact: Option<f64>,
    /// Deviations of at least this are told apart: the width of the interval.
    pub detects: f64,
    /// Draws made.
    pub draws: u64,
}

/// Sampling and quadrature say different things of a difference: a defect of attest.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("sampling says [{low}, {high}], quadrature says {exact}")]
pub struct LimitDisagreement {
    /// Lower end of the confidence sequence.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// The integral.
    pub exact: f64,
}

/// One side of a claim.
enum Side {
    Number(f64),
    /// A positive multiple of a statistic.
    Statistic(f64, Model, Statistic),
}

/// Samples a claim that compares a statistic of the draws with a number or another statistic, `budget` draws a
/// side, with error probability `error` in all. `None` for claims of another kind.
///
/// # Errors
/// [`LimitDisagreement`] where the integral lies outside the confidence sequence.
pub fn judge_in_limit(
    world: &World,
    given: &[Definition],
    claim: &Chain,
    seed: u64,
    error: f64,
    budget: u64,
) -> Result<Option<LimitRuling>, LimitDisagreement> {
    sampled(&Scene::new(world, given.to_vec()), claim, seed, error, budget)
}

/// A ruling on a world's claim; where the check of instances could not decide, sampling in the limit does.
pub(super) fn settled(scene: &Scene, claim: &Chain, ruling: Ruling, seed: u64) -> Ruling {
    if ruling.verdict != Verdict::Undecided {
        return ruling;
    }
    let found = match sampled(scene, claim, seed, tolerance::EVIDENCE_ERROR, tolerance::EVIDENCE_DRAWS) {
        Ok(Some(found)) if found.verdict != Verdict::Undecided => found,
        Ok(_) => return ruling,
        Err(both) => return Ruling::undecided(format!("sampling and quadrature disagree, which is a defect of attest: {both}")),
    };
    // An inequality between limits holds strictly, an equality as the limits are taken.
    let equality = matches!(claim.relations.as_slice(), [Relation::Equal | Relation::Approx]);
    let verdict = if found.verdict == Verdict::Holds && equality { Verdict::HoldsInLimit } else { found.verdict };
    let Interval { low, high } = found.interval;
    let message = format!("in the limit, left - right lies in [{low:.4}, {high:.4}] ({} draws)", found.draws);
    let error_probability = Some(ruling.error_probability.unwrap_or(0.0) + tolerance::EVIDENCE_ERROR);
    let witness = (verdict == Verdict::Refuted).then(|| message.clone());
    Ruling { error_probability, witness, ..Ruling::new(verdict, Some(Tier::Sampled), message) }
}

fn sampled(scene: &Scene, claim: &Chain, seed: u64, error: f64, budget: u64) -> Result<Option<LimitRuling>, LimitDisagreement> {
    let ([left, right], [relation]) = (claim.operands.as_slice(), claim.relations.as_slice()) else { return Ok(None) };
    let Some(scene) = in_limit(scene) else { return Ok(None) };
    let (Some(left), Some(right)) = (side(&scene, &left.expr), side(&scene, &right.expr)) else { return Ok(None) };
    if let (Side::Number(_), Side::Number(_)) = (&left, &right) {
        return Ok(None);
    }
    // The same stream for both: they see the same keys.
    let (l, r) = (known(&left, seed, 0.5 * error, budget), known(&right, seed, 0.5 * error, budget));
    let interval = Interval { low: l.interval.low - r.interval.high, high: l.interval.high - r.interval.low };
    let exact = l.exact.zip(r.exact).map(|(x, y)| x - y);
    if let Some(exact) = exact.filter(|x| *x < interval.low - tolerance::ROUNDING || *x > interval.high + tolerance::ROUNDING) {
        return Err(LimitDisagreement { low: interval.low, high: interval.high, exact });
    }
    let verdict = match relation {
        Relation::Equal | Relation::Approx if interval.contains(0.0) => Verdict::Holds,
        Relation::Equal | Relation::Approx => Verdict::Refuted,
        Relation::Less | Relation::LessEqual => sign(interval.low, interval.high),
        Relation::Greater | Relation::GreaterEqual => sign(-interval.high, -interval.low),
        _ => return Ok(None),
    };
    let detects = interval.width();
    Ok(Some(LimitRuling { verdict, difference: l.value - r.value, interval, exact, detects, draws: l.draws.max(r.draws) }))
}

/// Whether a difference is negative.
fn sign(low: f64, high: f64) -> Verdict {
    match (high < 0.0, low > 0.0) {
        (true, _) => Verdict::Holds,
        (_, true) => Verdict::Refuted,
        _ => Verdict::Undecided,
    }
}

/// The scene in its limit, but for what grows: that is 1, and the model has it as infinite. `None` where conditions
/// fix a scalar or bind the draws.
fn in_limit<'w>(scene: &Scene<'w>) -> Option<Scene<'w>> {
    let world = scene.world;
    if scene.required() || !scene.settings.scalars.is_empty() || scene.takes_other_limits() {
        return None;
    }
    let mut scene = scene.clone();
    for name in &world.limits {
        let value = match world.scalars.get(name)?.limit? {
            LimitPoint::Zero => 0.0,
            LimitPoint::Infinity | LimitPoint::MinusInfinity => 1.0,
        };
        scene.settings.scalars.insert(name.clone(), value);
    }
    let sizes = SIZES.iter().filter(|(n, _)| world.dimensions.contains_key(*n));
    scene.settings.dimensions.extend(sizes.map(|(n, v)| ((*n).to_string(), *v)));
    Some(scene)
}

fn side(scene: &Scene, expr: &Expr) -> Option<Side> {
    if let Some(value) = number(expr) {
        return Some(Side::Number(value));
    }
    let (factor, statistic) = multiple(scene.world, expr)?;
    let queries: Vec<Expr> = scene.world.slots.iter().map(|s| Expr::Symbol(s.symbol.clone())).collect();
    let heads = statistic.head.map_or(queries.as_slice(), |h| &queries[h..=h]);
    let grows = scene.world.limits.iter().find(|name| scene.world.grows(name))?;
    let at = |value: f64| {
        let mut scene = scene.clone();
        scene.settings.scalars.insert(grows.clone(), value);
        model(&*scene.finite(0)?, heads)
    };
    // Only what is a multiple of the growing scalar has scores that grow with it.
    let (one, two) = (at(1.0)?, at(2.0)?);
    let twice = |x: &f64, y: &f64| (y - 2.0 * x).abs() <= tolerance::ROUNDING * x.abs();
    let alike = one
        .queries()
        .iter()
        .zip(two.queries())
        .all(|(q, r)| q.len() == r.len() && q.iter().zip(r).all(|((i, x), (j, y))| i == j && twice(x, y)));
    let queries = one.queries().iter().map(tied).collect();
    let limit = Model::new(one.dimension(), one.keys().to_vec(), queries, f64::INFINITY).ok()?;
    alike.then_some(Side::Statistic(factor, limit, statistic))
}

/// The direction with coordinates that differ by roundings made equal: in the limit a rounding would break a tie.
fn tied(direction: &Direction) -> Direction {
    let same = |x: f64, y: f64| (x - y).abs() <= tolerance::ROUNDING * x.abs();
    direction.iter().map(|(i, x)| (*i, direction.iter().map(|(_, y)| *y).find(|y| same(*x, *y)).unwrap_or(*x))).collect()
}

/// `x S` or `S / x` with a positive number `x` and a statistic `S`.
fn multiple(world: &World, expr: &Expr) -> Option<(f64, Statistic)> {
    let (factor, inner) = match expr {
        Expr::Mul(factors) => match factors.as_slice() {
            [x, inner] => (number(x)?, inner),
            _ => return None,
        },
        Expr::Div(inner, x) => (1.0 / number(x)?, &**inner),
        _ => (1.0, expr),
    };
    let positive = factor > 0.0 && factor.is_finite();
    Some((factor, statistic(world, inner)?)).filter(|_| positive)
}

/// What is known of a side.
struct Known {
    value: f64,
    interval: Interval,
    exact: Option<f64>,
    draws: u64,
}

fn known(side: &Side, seed: u64, error: f64, budget: u64) -> Known {
    let (factor, model, statistic) = match side {
        Side::Number(x) => return Known { value: *x, interval: Interval { low: *x, high: *x }, exact: Some(*x), draws: 0 },
        Side::Statistic(factor, model, statistic) => (*factor, model, statistic),
    };
    let sampler = Sampler::new(model, Form::Reduced);
    let stream = Stream::new(seed, 20_000);
    let mut run = Run::new(&sampler, &stream, &[(statistic.quantity, error)]);
    while run.advance(budget) {}
    let (low, high) = statistic.quantity.range();
    let found = run.results().pop();
    let (value, interval) = found.map_or((f64::NAN, Interval { low, high }), |f| (f.estimate.unwrap_or(f64::NAN), f.interval));
    let exact = Attention::of(model).and_then(|a| a.quantity(&statistic.quantity)).ok().map(|e| e.value);
    let interval = Interval { low: factor * interval.low, high: factor * interval.high };
    Known { value: factor * value, interval, exact: exact.map(|x| factor * x), draws: run.draws }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::parse_statement;
    use crate::world::Library;

    fn ruled(world: &str, claim: &str) -> Option<LimitRuling> {
        let library = Library::embedded().unwrap();
        let world = library.get(world).unwrap();
        judge_in_limit(world, &[], &parse_statement(claim, &world.lexicon).unwrap(), 1, 1e-8, 1 << 20).unwrap()
    }

    #[test]
    fn limits_are_told_from_values_a_little_off() {
        let right = ruled("1c.ii", "Var[alpha_a] ≈ 1/4").unwrap();
        assert_eq!((right.verdict, right.exact.map(|x| x.abs() < 1e-9)), (Verdict::Holds, Some(true)));
        assert!(right.detects < 0.006, "{right:?}");
        for wrong in ["Var[alpha_a] ≈ 0.243", "Var[alpha_a] < 0.24", "0.26 < Var[alpha_a]", "P(alpha_a > 1/2) = 0.49"] {
            assert_eq!(ruled("1c.ii", wrong).unwrap().verdict, Verdict::Refuted, "{wrong}");
        }
        // Closer than what is detected, an inequality stays open.
        assert_eq!(ruled("1c.ii", "Var[alpha_a] < 0.25").unwrap().verdict, Verdict::Undecided);
    }

    #[test]
    fn a_tie_in_the_limit_is_not_broken_by_a_rounding() {
        assert_eq!(ruled("1c.i", "E[alpha_a] ≈ 1/2").unwrap().verdict, Verdict::Holds);
        assert_eq!(ruled("1c.i", "Var[alpha_a] ≈ 1/4").unwrap().verdict, Verdict::Refuted);
        let rounded = tied(&vec![(0, 0.1 + 0.2), (1, 0.3), (2, 0.31)]);
        assert!(rounded[0].1 == rounded[1].1 && rounded[2].1 == 0.31, "{rounded:?}");
    }

    #[test]
    fn two_statistics_are_compared_and_other_claims_are_left_alone() {
        assert_eq!(ruled("1d.ii", "Var[c] < Var[c_1]").unwrap().verdict, Verdict::Holds);
        assert_eq!(ruled("1d.ii", "Var[c_2] > Var[c_1]").unwrap().verdict, Verdict::Refuted);
        assert_eq!(ruled("1d.ii", "Var[c] = 1/2 Var[c_1]").unwrap().verdict, Verdict::Refuted);
        assert_eq!(ruled("1d.ii", "Var[c] = Var[c_1] / 4").unwrap().verdict, Verdict::Holds);
        assert_eq!(ruled("1c.ii", "c ≈ v_a"), None);
        assert_eq!(ruled("1c.ii", "1 < 2"), None);
    }
}
