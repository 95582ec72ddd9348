//! Laws and sets: `X ~ N(1, 1/2)`, `k_a ∈ [0.5 μ_a, 1.5 μ_a]`, `c ∈ R^m`.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::describe::show_number;
use super::ruling::Ruling;
use super::scene::Scene;
use crate::claim::Link;
use crate::language::{Expr, Number, Relation, Style, Symbol, print};
use crate::numeric::{Ball, Evaluator, Instance, Shape, Value, affine_law};
use crate::record::{Fix, Tier, Verdict};
use crate::tolerance;
use crate::world::LimitPoint;

/// Judges relations whose right side is a law, a set or a space; `None` for every other.
pub fn judge(scene: &Scene, link: &Link) -> Option<Ruling> {
    if let Some(ends) = open_interval(scene, link) {
        return Some(between(scene, &link.left, ends, Relation::Less));
    }
    match (&link.right, link.relation) {
        (Expr::Normal(mean, variance), Relation::Tilde | Relation::Equal | Relation::In | Relation::Approx) => {
            Some(normal(scene, link, mean, variance))
        }
        (Expr::Interval(low, high), Relation::In) if drawn(scene, &link.left) => Some(interval(scene, &link.left, low, high)),
        (Expr::Interval(low, high), Relation::In) => Some(between(scene, &link.left, (low, high), Relation::LessEqual)),
        (Expr::Space(dims), Relation::In) => Some(space(scene, &link.left, dims)),
        (Expr::Normal(..) | Expr::Interval(..) | Expr::Space(_) | Expr::Tuple(_) | Expr::Order(..), _) => {
            Some(Ruling::not_checked("this relation with a set or law on its right is not read"))
        }
        _ => None,
    }
}

/// The ends where a pair in brackets is an open interval: `α_i ∈ (0, 1)`, of numbers.
fn open_interval<'l>(scene: &Scene, link: &'l Link) -> Option<(&'l Expr, &'l Expr)> {
    let Expr::Tuple(ends) = &link.right else { return None };
    let [low, high] = ends.as_slice() else { return None };
    let numbers = [&link.left, low, high].into_iter().all(|e| is_scalar(scene, e));
    (link.relation == Relation::In && numbers).then_some((low, high))
}

/// Letters of the world and one position for every other index.
fn bindings(scene: &Scene, instance: &Instance, e: &Expr) -> Vec<BTreeMap<String, usize>> {
    let free: Vec<String> = e
        .free_indices()
        .into_iter()
        .filter(|l| !scene.world.letters.contains(l) && !scene.world.dimensions.contains_key(l))
        .collect();
    let [letter] = free.as_slice() else {
        return if free.is_empty() { vec![BTreeMap::new()] } else { vec![] };
    };
    let count = Evaluator::new(instance).count_for(letter, e).unwrap_or(0);
    (0..count).map(|i| BTreeMap::from([(letter.clone(), i)])).filter(|b| scene.admits(instance, b)).collect()
}

/// How mean and covariance of the left side compare with the law's.
enum Match {
    Both,
    Mean,
    Neither(String),
    Failed(String),
}

fn normal(scene: &Scene, link: &Link, mean: &Expr, variance: &Expr) -> Ruling {
    let squared = Expr::Pow(Box::new(variance.clone()), Box::new(Expr::int(2)));
    let finite = |v: &Expr| compare(scene, &scene.finite(1), &link.left, mean, v);
    match finite(variance) {
        Match::Both => {
            return Ruling::new(
                Verdict::Holds,
                Some(Tier::Exact),
                "mean and variance are those of the world, and an affine function of a Gaussian is Gaussian",
            );
        }
        Match::Failed(reason) => return Ruling::not_checked(reason),
        _ => {}
    }
    // With β given the noise alone vanishes, and a law is compared where it has vanished, not on the way.
    let vanishes = scene.open_limits().iter().all(|(_, point)| *point == LimitPoint::Zero);
    let limit = if vanishes { scene.vanished(1) } else { scene.on_path(1, tolerance::PATH[5]) };
    let deviation_note = "the second argument read as a variance";
    match compare(scene, &limit, &link.left, mean, variance) {
        Match::Both if vanishes_otherwise(scene, &link.left, variance) => {
            let mut ruling = Ruling::new(
                Verdict::Refuted,
                Some(Tier::Exact),
                "the mean is right; both variances vanish, but one is a multiple of the other",
            );
            if let Match::Mean = finite(variance) {
                ruling.witness = Some(variances(scene, &link.left, variance, scene.finite(1)));
            }
            ruling
        }
        Match::Both if link.relation != Relation::Approx && corrected_otherwise(scene, &link.left, variance) => {
            let message =
                "the mean is right; the variance is only as the noise vanishes, and what it adds for it is another amount";
            Ruling::new(Verdict::Refuted, Some(Tier::Exact), message)
        }
        Match::Both => {
            let mut ruling = Ruling::new(
                Verdict::HoldsInLimit,
                Some(Tier::Exact),
                format!(
                    "{}, {deviation_note}; read as a standard deviation it would be false",
                    super::follow::limit_words(scene)
                ),
            );
            ruling.rate = scene.open_limits().first().map(|(n, _)| crate::language::print_name(n, Style::Plain));
            ruling
        }
        Match::Failed(reason) => Ruling::not_checked(reason),
        found => {
            if let Match::Both = compare(scene, &limit, &link.left, mean, &squared) {
                let mut ruling = Ruling::new(
                    Verdict::HoldsIfRead,
                    Some(Tier::Exact),
                    "true when the second argument is read as a standard deviation",
                );
                let becomes = format!(
                    "{} ~ N({}, ({})^{{2}})",
                    print(&link.left, Style::Plain),
                    print(mean, Style::Plain),
                    print(variance, Style::Plain)
                );
                ruling.fix = Some(Fix { change: "the second argument of N is a variance".into(), becomes });
                return ruling;
            }
            if matches!(found, Match::Mean) && is_rounded(scene, &link.left, variance, limit.clone()) {
                let message = format!("{}, with the variance rounded as it is written", super::follow::limit_words(scene));
                return Ruling::new(Verdict::HoldsInLimit, Some(Tier::Exact), message);
            }
            let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Exact), "the law has another mean or variance");
            if let Match::Neither(text) = found {
                ruling.witness = Some(text);
            } else {
                ruling.message = "the mean is right, the variance is not".into();
            }
            ruling
        }
    }
}

/// Whether a claimed variance is the true one but for the rounding of its decimals: `0.707²` for 1/2.
fn is_rounded(scene: &Scene, left: &Expr, variance: &Expr, instance: Option<Rc<Instance>>) -> bool {
    let half = |n: &Number| n.decimals.map(|d| 0.5 * 10f64.powi(-(d as i32)));
    let slack = match variance {
        Expr::Number(n) => half(n),
        Expr::Pow(base, exponent) => match (&**base, &**exponent) {
            (Expr::Number(n), Expr::Number(two)) if two.value == 2.0 => half(n).map(|h| 2.0 * n.value * h),
            _ => None,
        },
        _ => None,
    };
    let Some((slack, (own, claimed))) = slack.zip(instance.and_then(|i| both_variances(scene, left, variance, &i))) else {
        return false;
    };
    own.gap(&claimed).is_some_and(|(gap, error)| gap <= slack + error)
}

/// The variance of the left side and the one that is claimed, at an instance, at the first index.
fn both_variances(scene: &Scene, left: &Expr, variance: &Expr, instance: &Instance) -> Option<(Ball, Ball)> {
    let evaluator = Evaluator::new(instance);
    let bound = bindings(scene, instance, left).into_iter().next()?;
    let (_, own) = affine_law(&evaluator, left, &bound).ok()??;
    Some((own, evaluator.eval(variance, &bound).ok()?))
}

/// Whether a claimed variance vanishes in the limit as the true one does, but not like it: `α β²` for
/// `2 α β²`. At `α = 0` the two look the same.
fn vanishes_otherwise(scene: &Scene, left: &Expr, variance: &Expr) -> bool {
    let near = scene
        .open_limits()
        .iter()
        .find(|(_, p)| *p == LimitPoint::Zero)
        .and_then(|(name, _)| scene.with_scalar(1, name, tolerance::NEAR_ZERO));
    let Some((own, claimed)) = near.and_then(|i| both_variances(scene, left, variance, &i)) else { return false };
    let size = own.value.magnitude().max(claimed.value.magnitude());
    let gap = own.gap(&claimed).map_or(0.0, |(gap, _)| gap);
    claimed.value.magnitude() > 0.0 && gap > tolerance::NEAR_ZERO.sqrt() * size
}

/// Whether a claimed variance has a term of its own for what vanishes, and a wrong one: `(½ + 2α) β²` for `(½ + α) β²`.
/// A variance without such a term is that of the limit.
fn corrected_otherwise(scene: &Scene, left: &Expr, variance: &Expr) -> bool {
    let Some((name, _)) = scene.open_limits().into_iter().find(|(_, p)| *p == LimitPoint::Zero) else { return false };
    let at = |value: f64| {
        let instance = scene.with_scalar(1, name, value)?;
        let (own, claimed) = both_variances(scene, left, variance, &instance)?;
        Some((own.value.scalar()?, claimed.value.scalar()?))
    };
    let (Some(gone), Some(near)) = (at(0.0), at(tolerance::NEAR_ZERO)) else { return false };
    let (own, claimed) = (near.0 - gone.0, near.1 - gone.1);
    let rounding = tolerance::ROUNDING * near.0.abs().max(near.1.abs());
    claimed.abs() > rounding && (own - claimed).abs() >= tolerance::SAME_ORDER.start() * own.abs().max(claimed.abs())
}

fn variances(scene: &Scene, left: &Expr, variance: &Expr, instance: Option<Rc<Instance>>) -> String {
    let shown = instance.and_then(|i| both_variances(scene, left, variance, &i));
    shown.map_or_else(String::new, |(own, claimed)| {
        format!("variance {}, claimed {}", super::describe::plain_value(&own.value), super::describe::plain_value(&claimed.value))
    })
}

fn compare(scene: &Scene, instance: &Option<Rc<Instance>>, left: &Expr, mean: &Expr, variance: &Expr) -> Match {
    let Some(instance) = instance else {
        return Match::Failed("no instance meets the conditions".into());
    };
    let evaluator = Evaluator::new(instance);
    let all = bindings(scene, instance, left);
    if all.is_empty() {
        return Match::Failed("more than one index letter before a law".into());
    }
    for bound in all {
        let law = match affine_law(&evaluator, left, &bound) {
            Ok(Some(law)) => law,
            Ok(None) => {
                return Match::Failed("the left side is no affine function of the Gaussian keys".into());
            }
            Err(e) => return Match::Failed(e.to_string()),
        };
        let (m, v) = match (evaluator.eval(mean, &bound), evaluator.eval(variance, &bound)) {
            (Ok(m), Ok(v)) => (m, v),
            (Err(e), _) | (_, Err(e)) => return Match::Failed(e.to_string()),
        };
        let shown = format!(
            "mean {}, variance {}",
            super::describe::plain_value(&law.0.value),
            super::describe::plain_value(&law.1.value)
        );
        match (same(&law.0, &m), same(&law.1, &v)) {
            (true, true) => {}
            (true, false) => return Match::Mean,
            _ => return Match::Neither(shown),
        }
    }
    Match::Both
}

fn same(a: &Ball, b: &Ball) -> bool {
    a.gap(b).is_some_and(|(gap, error)| {
        gap <= tolerance::ERROR_MARGIN * error + tolerance::ROUNDING * a.value.magnitude().max(b.value.magnitude())
    })
}

/// Whether an expression is an affine function of drawn vectors, whose law is known.
pub(super) fn drawn(scene: &Scene, e: &Expr) -> bool {
    let Some(instance) = scene.finite(1) else { return false };
    let evaluator = Evaluator::new(&instance);
    let bound = bindings(scene, &instance, e).into_iter().next().unwrap_or_default();
    matches!(affine_law(&evaluator, e, &bound), Ok(Some((_, variance))) if variance.value.magnitude() > 0.0)
}

fn is_scalar(scene: &Scene, e: &Expr) -> bool {
    matches!(scene.world.shape_of(e, scene.definitions()), Ok(Shape::Scalar))
}

/// A number between two others: both inequalities, of which the worse one counts.
fn between(scene: &Scene, left: &Expr, (low, high): (&Expr, &Expr), relation: Relation) -> Ruling {
    let below = Link { left: low.clone(), relation, right: left.clone() };
    let above = Link { left: left.clone(), relation, right: high.clone() };
    let (first, second) = (super::relation::judge(scene, &below), super::relation::judge(scene, &above));
    let all_draws = |r: &Ruling| matches!(r.verdict, Verdict::Holds | Verdict::NotChecked);
    if scene.world.has_draws() && !(all_draws(&first) && all_draws(&second)) {
        return Ruling::not_checked("the bounds of a number that varies from draw to draw");
    }
    match (first.verdict, second.verdict) {
        (Verdict::Refuted, _) => first,
        (_, Verdict::Refuted) => second,
        (Verdict::Holds, _) => second,
        _ => first,
    }
}

fn interval(scene: &Scene, left: &Expr, low: &Expr, high: &Expr) -> Ruling {
    let Some(instance) = scene.on_path(1, tolerance::PATH[5]).or_else(|| scene.finite(1)) else {
        return Ruling::not_checked("no instance meets the conditions");
    };
    let evaluator = Evaluator::new(&instance);
    let none = BTreeMap::new();
    let (Ok(l), Ok(h)) = (evaluator.eval(low, &none), evaluator.eval(high, &none)) else {
        return Ruling::not_checked("the ends of the interval are not numbers or vectors of this question");
    };
    let law = match affine_law(&evaluator, left, &none) {
        Ok(Some(law)) => law,
        Ok(None) => {
            return Ruling::not_checked("the left side is no affine function of the Gaussian keys");
        }
        Err(e) => return Ruling::not_checked(e.to_string()),
    };
    let Some((mean, variance, low, high)) = along(&law, &l, &h) else {
        return Ruling::not_checked("an interval between two vectors is read along one direction only");
    };
    let outside = crate::quadrature::probability_outside(mean, variance, low, high);
    let text = print(left, Style::Plain);
    if outside <= tolerance::OUTSIDE_MAX {
        return Ruling::new(
            Verdict::Holds,
            Some(Tier::Certified),
            format!("{text} leaves the interval with probability {}", show_number(outside)),
        );
    }
    let mut ruling = Ruling::new(
        Verdict::Refuted,
        Some(Tier::Certified),
        format!(
            "{text} is Gaussian there with mean {} and variance {} (standard deviation {}), in units of the direction: it leaves the interval with probability {}",
            show_number(mean),
            show_number(variance),
            show_number(variance.sqrt()),
            show_number(outside)
        ),
    );
    let spread = 1.959_963_984_540_054 * variance.sqrt();
    ruling.witness = Some(format!("P(outside) = {}", show_number(outside)));
    ruling.correction =
        Some(format!("95 % of the draws lie in [{}, {}]", show_number(mean - spread), show_number(mean + spread)));
    ruling.evidence.push(crate::record::Measurement {
        quantity: format!("P({text} outside the interval)"),
        estimate: outside,
        unit: "1".into(),
        low: None,
        high: None,
        samples: None,
        seed: None,
        method: "quadrature".into(),
    });
    ruling
}

/// Mean, variance and ends in units of the common direction.
fn along(law: &(Ball, Ball), low: &Ball, high: &Ball) -> Option<(f64, f64, f64, f64)> {
    match (&law.0.value, &law.1.value, &low.value, &high.value) {
        (Value::Scalar(m), Value::Scalar(v), Value::Scalar(l), Value::Scalar(h)) => Some((*m, *v, *l, *h)),
        (Value::Matrix(m), Value::Matrix(v), Value::Matrix(l), Value::Matrix(h))
            if m.ncols() == 1 && l.shape() == m.shape() && h.shape() == m.shape() =>
        {
            let direction = h - l;
            let size = direction.norm();
            let unit = &direction / size;
            let parallel =
                |x: &nalgebra::DMatrix<f64>| (x - &unit * unit.dot(x)).norm() <= tolerance::ROUNDING * x.norm().max(size);
            let mean = unit.dot(m);
            let variance = (unit.transpose() * v * &unit)[(0, 0)];
            (size > 0.0 && parallel(l) && parallel(h)).then(|| (mean, variance, unit.dot(l), unit.dot(h)))
        }
        _ => None,
    }
}

/// `c ∈ R^m`: the shapes agree, or they do not.
fn space(scene: &Scene, left: &Expr, dims: &[Expr]) -> Ruling {
    let names: Option<Vec<String>> = dims
        .iter()
        .map(|d| if let Expr::Symbol(Symbol { name, indices }) = d { indices.is_empty().then(|| name.clone()) } else { None })
        .collect();
    let Some(names) = names.filter(|n| n.iter().all(|d| scene.world.dimensions.contains_key(d))) else {
        return Ruling::not_checked("a space is read when its dimensions are those of the question");
    };
    let shape = match scene.world.shape_of(left, scene.definitions()) {
        Ok(shape) => shape,
        Err(reason) => return Ruling::new(Verdict::Refuted, Some(Tier::Exact), reason),
    };
    let want = match names.as_slice() {
        [] => Shape::Scalar,
        [d] => Shape::vector(d),
        [r, c] => Shape::Matrix(r.clone(), c.clone()),
        _ => return Ruling::not_checked("a space has one or two dimensions"),
    };
    if shape == Shape::Any {
        return Ruling::not_checked("the shape of the left side is not known");
    }
    if shape.fits(&want) {
        return Ruling::new(Verdict::Holds, Some(Tier::Exact), format!("it lies in {}", shape.space()));
    }
    let mut ruling = Ruling::new(
        Verdict::Refuted,
        Some(Tier::Exact),
        format!("`{}` lies in {}, not in {}", print(left, Style::Plain), shape.space(), want.space()),
    );
    ruling.correction = Some(format!("{} ∈ {}", print(left, Style::Plain), shape.space()));
    ruling
}
