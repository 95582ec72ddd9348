//! A relation followed along the limits that its world names.

use super::describe::show_number;
use super::observe::Observation;
use super::scene::Scene;
use crate::claim::Link;
use crate::language::{Expr, Relation, Style, print_name};
use crate::numeric::{Limit, Rate, judge_sequence};
use crate::tolerance;
use crate::world::LimitPoint;

/// Follows the relative difference along the limits at several instances; the worst one counts.
pub fn limit_equality(scene: &Scene, link: &Link, others_only: bool) -> Limit {
    if scene.open_limits().is_empty() {
        return Limit::Stays(f64::INFINITY);
    }
    let mut worst: Option<Limit> = None;
    for seed in 0..tolerance::PATH_INSTANCES {
        let Some((paths, sampled)) = path_errors(scene, link, others_only, seed) else {
            continue;
        };
        for errors in paths {
            let limit = judge_sequence(&tolerance::PATH, &errors);
            worst = Some(match worst.take() {
                None => limit,
                Some(other) => worse(other, limit),
            });
        }
        if sampled && seed + 1 >= tolerance::SAMPLED_INSTANCES {
            break;
        }
    }
    worst.unwrap_or(Limit::Unclear)
}

/// The relative differences along one path, one list an assignment of index letters, and whether a side was sampled.
fn path_errors(scene: &Scene, link: &Link, others_only: bool, seed: u64) -> Option<(Vec<Vec<f64>>, bool)> {
    let mut sampled = false;
    let mut paths: Vec<Vec<f64>> = Vec::new();
    let mut noise: Vec<bool> = Vec::new();
    for t in tolerance::PATH {
        let instance = scene.on_path(seed, t)?;
        let observed = scene.observed(&instance, link, others_only).ok()?;
        if paths.is_empty() {
            paths = vec![Vec::new(); observed.len()];
            noise = vec![true; observed.len()];
        }
        if paths.len() != observed.len() {
            return None;
        }
        for (at, o) in observed.iter().enumerate() {
            paths[at].push(o.relative());
            noise[at] &= o.noise();
            sampled |= o.sampled;
        }
    }
    // Sides that never differ by more than rounding are equal, however small they are.
    for (path, noise) in paths.iter_mut().zip(noise) {
        if noise {
            path.iter_mut().filter(|e| e.is_nan()).for_each(|e| *e = 0.0);
        }
    }
    Some((paths, sampled))
}

/// The less favourable of two limits; of two that vanish, the slower.
fn worse(a: Limit, b: Limit) -> Limit {
    let rank = |l: &Limit| match l {
        Limit::Vanishes(_) => 0,
        Limit::Unclear => 1,
        Limit::Stays(_) => 2,
        Limit::Diverges => 3,
    };
    let speed = |l: &Limit| match l {
        Limit::Vanishes(Rate::Zero) => f64::INFINITY,
        Limit::Vanishes(Rate::Fast) => 1e9,
        Limit::Vanishes(Rate::Exponential(c)) => 1e3 + c,
        Limit::Vanishes(Rate::Power(p)) => *p,
        Limit::Stays(x) => -x,
        _ => 0.0,
    };
    match rank(&a).cmp(&rank(&b)) {
        std::cmp::Ordering::Less => b,
        std::cmp::Ordering::Greater => a,
        std::cmp::Ordering::Equal => {
            if speed(&b) < speed(&a) {
                b
            } else {
                a
            }
        }
    }
}

/// The rate in words; where the last limit shows none, that of the limit taken first.
pub fn describe_rate(scene: &Scene, link: &Link, others_only: bool, rate: &Rate) -> Option<String> {
    let limits = scene.open_limits();
    let (last, point) = limits.last()?;
    let name = print_name(last, Style::Plain);
    let grows = *point == LimitPoint::Infinity;
    match rate {
        Rate::Exponential(c) if grows => Some(format!("exp(-{} {name})", show_number(*c))),
        // A scalar that vanishes is followed by its root.
        Rate::Power(p) if grows => Some(format!("{name}^(-{})", show_number(*p))),
        Rate::Power(p) if *point == LimitPoint::Zero => Some(format!("{name}^({})", show_number(p / 2.0))),
        Rate::Zero if limits.len() > 1 => first_limit_rate(scene, link, others_only, limits[0].0),
        _ => Some(format!("faster than exp(-{name}) can be followed")),
    }
}

/// How the difference falls in the limit that is taken first, the others held finite.
fn first_limit_rate(scene: &Scene, link: &Link, others_only: bool, name: &str) -> Option<String> {
    let t = [1e2, 4e2, 1.6e3, 6.4e3];
    let mut errors = Vec::new();
    for x in t {
        let instance = scene.with_scalar(1, name, 1.0 / x)?;
        let list = scene.observed(&instance, link, others_only).ok()?;
        errors.push(list.iter().map(Observation::relative).fold(0.0, f64::max));
    }
    let symbol = print_name(name, Style::Plain);
    match judge_sequence(&t, &errors) {
        Limit::Vanishes(Rate::Power(p)) => Some(format!("{symbol}^{}", show_number((p * 2.0).round() / 2.0))),
        _ => None,
    }
}

/// "as beta grows", "as alpha vanishes and then beta grows".
pub fn limit_words(scene: &Scene) -> String {
    let words: Vec<String> = scene
        .open_limits()
        .iter()
        .map(|(name, point)| {
            let goes = match point {
                LimitPoint::Infinity => "grows",
                LimitPoint::Zero => "vanishes",
                LimitPoint::MinusInfinity => "falls without bound",
            };
            format!("{} {goes}", print_name(name, Style::Plain))
        })
        .collect();
    if words.is_empty() { "at every instance".into() } else { format!("as {}", words.join(" and then ")) }
}
/// Whether both sides go to zero along the limit.
pub fn both_vanish(scene: &Scene, link: &Link, others_only: bool) -> bool {
    let zero = |e: &Expr| Link { left: e.clone(), relation: Relation::Tends, right: Expr::int(0) };
    let constant = |e: &Expr| e.is_closed();
    if constant(&link.left) || constant(&link.right) {
        return false;
    }
    [&link.left, &link.right].into_iter().all(|e| matches!(limit_equality(scene, &zero(e), others_only), Limit::Vanishes(_)))
}
