//! Inequalities, and sides of which one is much larger.

use super::describe::{show_number, show_witness};
use super::follow::limit_words;
use super::observe::{Observation, enough};
use super::relation::{Finite, everywhere, finite_equality};
use super::ruling::Ruling;
use super::scene::Scene;
use crate::claim::Link;
use crate::language::Relation;
use crate::numeric::{Limit, judge_sequence};
use crate::record::{Tier, Verdict};
use crate::tolerance;
use crate::world::LimitPoint;

/// `l ≫ r`: the difference or the quotient grows without bound.
pub fn dominance(scene: &Scene, link: &Link, others_only: bool, reversed: bool) -> Ruling {
    if scene.open_limits().is_empty() {
        return Ruling::not_checked("`≫` speaks of a limit, and this question takes none");
    }
    let mut checked = false;
    for seed in 0..tolerance::PATH_INSTANCES {
        let (mut differences, mut quotients): (Vec<Vec<f64>>, Vec<Vec<f64>>) = (vec![], vec![]);
        for t in tolerance::PATH {
            let Some(instance) = scene.on_path(seed, t) else {
                continue;
            };
            let list = match scene.observed(&instance, link, others_only) {
                Ok(list) => list,
                Err(e) => return Ruling::not_checked(e.to_string()),
            };
            differences.resize(list.len(), vec![]);
            quotients.resize(list.len(), vec![]);
            for (i, o) in list.iter().enumerate() {
                let (Some(mut l), Some(mut r)) = (o.left.value.scalar(), o.right.value.scalar()) else {
                    return Ruling::not_checked("`≫` compares numbers");
                };
                if reversed {
                    std::mem::swap(&mut l, &mut r);
                }
                differences[i].push(if l > r { 1.0 / (l - r) } else { f64::INFINITY });
                quotients[i].push(if l > 0.0 { (r / l).abs() } else { f64::INFINITY });
            }
        }
        for (d, q) in differences.iter().zip(&quotients) {
            checked = true;
            let grows = |s: &Vec<f64>| matches!(judge_sequence(&tolerance::PATH[..s.len()], s), Limit::Vanishes(_));
            if !(grows(d) || grows(q)) {
                let mut ruling = Ruling::new(
                    Verdict::Refuted,
                    Some(Tier::Certified),
                    format!("neither the difference nor the quotient grows {}", limit_words(scene)),
                );
                ruling.witness = Some(format!("instance {seed}: left - right along the path: {}", gaps(d)));
                return ruling;
            }
        }
    }
    if !checked {
        return Ruling::not_checked("no instance meets the conditions");
    }
    Ruling::new(
        Verdict::HoldsInLimit,
        Some(Tier::Sampled),
        format!("the difference or the quotient grows without bound {}", limit_words(scene)),
    )
}

/// Differences from their inverses, as a list; none below 0 is told from 0.
fn gaps(inverses: &[f64]) -> String {
    if inverses.iter().all(|x| !x.is_finite()) {
        return "never above 0".into();
    }
    let shown = |x: &f64| if x.is_finite() { show_number(1.0 / x) } else { "not above 0".into() };
    inverses.iter().map(shown).collect::<Vec<_>>().join(", ")
}

pub fn comparison(scene: &Scene, link: &Link, others_only: bool) -> Ruling {
    let mut witness = None;
    let mut seen = 0;
    // Where equality is allowed, sides that rounding cannot tell apart contradict nothing.
    let strict = matches!(link.relation, Relation::Less | Relation::Greater);
    let mut ties = 0;
    for seed in 0..tolerance::IDENTITY_INSTANCES {
        let Some(instance) = scene.finite(seed) else {
            continue;
        };
        let list = match scene.observed(&instance, link, others_only) {
            Ok(list) => list,
            Err(e) => return Ruling::not_checked(e.to_string()),
        };
        for o in list.iter() {
            seen += 1;
            match compare(o, link.relation) {
                Some(true) => {}
                Some(false) => witness = witness.or_else(|| Some(show_witness(&instance, seed, o))),
                None => ties += 1,
            }
        }
        if enough(seed, &list) {
            break;
        }
    }
    if witness.is_none() && ties > 0 && (strict || ties == seen) {
        return too_close(scene, link, others_only);
    }
    let Some(witness) = witness else {
        if seen == 0 {
            return Ruling::not_checked("no instance meets the conditions");
        }
        if fails_for_many(scene, link, others_only) {
            return Ruling::undecided(format!("true for the few keys drawn, and not for {} of them", tolerance::MANY_KEYS));
        }
        return everywhere(scene, link, "true at every instance drawn");
    };
    let eventually = (0..tolerance::PATH_INSTANCES).all(|seed| {
        let at = |t: &f64| {
            let instance = scene.on_path(seed, *t)?;
            let list = scene.observed(&instance, link, others_only).ok()?;
            Some(list.iter().all(|o| compare(o, link.relation) == Some(true)))
        };
        // Followed back from the end only where nothing contradicts it there.
        let contradicted = || {
            let told = |t: &f64| apart_on_path(scene, link, others_only, seed, *t);
            tolerance::PATH.iter().rev().find_map(told) == Some(false)
        };
        tolerance::PATH[3..].iter().all(|t| at(t) == Some(true)) && !contradicted()
    });
    // Sides that come together, `‖c‖ ≤ ‖v_j‖`: which is the larger may be luck of the few instances that were followed.
    let later = |seed: u64| tolerance::PATH.iter().rev().find_map(|t| apart_on_path(scene, link, others_only, seed, *t));
    let lucky = || (tolerance::PATH_INSTANCES..tolerance::IDENTITY_INSTANCES).any(|seed| later(seed) == Some(false));
    if eventually && !scene.open_limits().is_empty() {
        if lucky() {
            return apart_or_open(scene, link, witness);
        }
        return Ruling::new(
            Verdict::HoldsInLimit,
            Some(Tier::Sampled),
            format!("not at every finite value, but {}", limit_words(scene)),
        );
    }
    contradicted_by(witness)
}

fn contradicted_by(witness: String) -> Ruling {
    Ruling::contradicted("an instance contradicts it", witness)
}

/// What is said of an order that most instances come to and some do not: of a drawn number it may be said of most draws.
fn apart_or_open(scene: &Scene, link: &Link, witness: String) -> Ruling {
    if [&link.left, &link.right].into_iter().any(|e| super::law::drawn(scene, e)) {
        return Ruling::not_checked("not in every draw");
    }
    contradicted_by(witness)
}

/// Whether a comparison with a number fails where there are many keys, of a large factor that has one value.
fn fails_for_many(scene: &Scene, link: &Link, others_only: bool) -> bool {
    let grows = |(_, point): &(&str, LimitPoint)| *point == LimitPoint::Infinity;
    let factor = scene.world.factor().is_some();
    let number = link.left.is_closed() != link.right.is_closed();
    if !factor || !number || scene.open_limits().iter().any(grows) || !scene.world.dimensions.contains_key("n") {
        return false;
    }
    let fails = |instance| {
        let list = scene.observed(&instance, link, others_only).ok()?;
        Some(list.iter().any(|o| compare(o, link.relation) == Some(false)))
    };
    scene.with_size(1, "n", tolerance::MANY_KEYS).and_then(fails) == Some(true)
}

/// Whether a comparison is true at a point of the path, of sides that rounding can tell apart; `None` where all are alike.
fn apart_on_path(scene: &Scene, link: &Link, others_only: bool, seed: u64, t: f64) -> Option<bool> {
    let list = scene.observed(&scene.on_path(seed, t)?, link, others_only).ok()?;
    let apart = |o: &&Observation| o.gap().is_some_and(|(gap, error, _)| gap > error * tolerance::ERROR_MARGIN);
    let told: Vec<bool> = list.iter().filter(apart).filter_map(|o| compare(o, link.relation)).collect();
    (!told.is_empty()).then(|| told.iter().all(|t| *t))
}

/// Sides that rounding cannot tell apart: equal ones contradict `<` and `>`.
fn too_close(scene: &Scene, link: &Link, others_only: bool) -> Ruling {
    let strict = matches!(link.relation, Relation::Less | Relation::Greater);
    match finite_equality(scene, link, others_only) {
        Finite::Equal if strict => {
            let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Sampled), "both sides are equal at every instance drawn");
            ruling.error_probability = Some(tolerance::IDENTITY_ERROR);
            ruling.witness = Some("the difference is 0 at every instance".into());
            ruling
        }
        Finite::Equal => Ruling::new(Verdict::Holds, Some(Tier::Sampled), "both sides are equal at every instance drawn"),
        _ => Ruling::undecided("the sides are too close to tell which is larger"),
    }
}

/// Whether a comparison is true; `None` where rounding hides it.
fn compare(o: &Observation, relation: Relation) -> Option<bool> {
    if relation == Relation::NotEqual {
        let (gap, error, _) = o.gap()?;
        return Some(gap > error * tolerance::ERROR_MARGIN);
    }
    let (l, r) = (o.left.value.scalar()?, o.right.value.scalar()?);
    let error = (o.left.error + o.right.error) * tolerance::ERROR_MARGIN;
    let strict = matches!(relation, Relation::Less | Relation::Greater);
    let close = (l - r).abs() <= error;
    if close && error > 0.0 {
        return if l == r { Some(!strict) } else { None };
    }
    Some(match relation {
        Relation::Less => l < r,
        Relation::LessEqual => l <= r,
        Relation::Greater => l > r,
        _ => l >= r,
    })
}
