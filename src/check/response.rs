//! What a change of a scalar does to a quantity: the quantity at instances that differ in that scalar alone, and at the far end of
//! its limit.

use std::rc::Rc;

use super::apart::same_factor;
use super::describe::show_number;
use super::follow::limit_words;
use super::ruling::Ruling;
use super::scene::Scene;
use crate::claim::{By, Link, Outcome, Response};
use crate::language::{Expr, Relation, Symbol};
use crate::numeric::Instance;
use crate::record::{Tier, Verdict};
use crate::tolerance;
use crate::world::LimitPoint;

/// A number before and after the change, each with the bound on its error.
#[derive(Debug, Clone, Copy)]
struct Pair {
    before: (f64, f64),
    after: (f64, f64),
}

/// How the number after the change stands to what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Agrees,
    Differs,
    Unclear,
}

/// Judges what a change is said to do.
pub fn judge(scene: &Scene, said: &Response) -> Ruling {
    let Some(name) = scalar(scene, &said.scalar) else {
        return Ruling::not_checked(format!("`{}` is no scalar of this question", said.scalar.name));
    };
    let link = Link { left: said.quantity.clone(), relation: Relation::Equal, right: law(said) };
    if let Some(unknown) = super::relation::unknown_symbol(scene, &link) {
        return Ruling::not_checked(format!("`{}` is not defined in this question", unknown.name));
    }
    match seen(scene, &link, &name, said) {
        Ok((all, Some(numbers))) => decide(scene, &link, &name, said, &all, &numbers),
        Ok((_, None)) => Ruling::not_checked("no instance meets the conditions"),
        Err(reason) => Ruling::not_checked(reason),
    }
}

/// What the instances show, and one of them in numbers.
fn seen(scene: &Scene, link: &Link, name: &str, said: &Response) -> Result<(Vec<Found>, Option<String>), String> {
    let mut all = Vec::new();
    let mut example = None;
    for seed in 0..tolerance::SAMPLED_INSTANCES {
        let Some(pairs) = at_instance(scene, link, name, said, seed)? else { continue };
        example = example.or_else(|| pairs.first().map(|p| (p.0.before.0, p.0.after.0)));
        all.extend(pairs.into_iter().map(|(pair, law)| compare(said, pair, law)));
    }
    let show = |(before, after)| {
        let (before, after) = (show_number(before), show_number(after));
        match said.by {
            By::Factor(f) => format!("it goes from {before} to {after} where {name} is multiplied by {f}"),
            By::Step(s) => format!("it goes from {before} to {after} where {} is added to {name}", show_number(s)),
        }
    };
    Ok((all, example.map(show)))
}

/// The scene in which everything else that vanishes in its limit is gone.
fn without_noise<'w>(scene: &Scene<'w>, name: &str) -> Option<Scene<'w>> {
    let vanishing = |(n, p): &(&str, LimitPoint)| *p == LimitPoint::Zero && *n != name;
    let gone: Vec<&str> = scene.open_limits().into_iter().filter(vanishing).map(|(n, _)| n).collect();
    let mut other = scene.clone();
    other.settings.scalars.extend(gone.iter().map(|n| ((*n).to_string(), 0.0)));
    (!gone.is_empty()).then_some(other)
}

fn decide(scene: &Scene, link: &Link, name: &str, said: &Response, all: &[Found], numbers: &str) -> Ruling {
    // What is so about is so where the limit is near.
    let near = matches!(said.outcome, Outcome::About(_) | Outcome::AboutPower(_));
    if near && let Some(found) = far(scene, link, name, said) {
        return match found {
            Found::Agrees => {
                Ruling::new(Verdict::HoldsInLimit, Some(Tier::Sampled), format!("near the limit, {}", limit_words(scene)))
            }
            Found::Differs => refuted(numbers),
            Found::Unclear => Ruling::undecided("the factor is neither near nor clearly another"),
        };
    }
    if all.iter().all(|f| *f == Found::Agrees) {
        return Ruling::held_everywhere(format!("at every instance drawn: {numbers}"));
    }
    // What goes one way here and another there is neither, unless noise that is to vanish does it.
    if !all.iter().all(|f| *f == Found::Differs) {
        let clean = without_noise(scene, name).and_then(|other| seen(&other, link, name, said).ok());
        let one = |f: Found| clean.as_ref().is_some_and(|(all, _)| !all.is_empty() && all.iter().all(|x| *x == f));
        let numbers = clean.as_ref().and_then(|(_, n)| n.clone()).unwrap_or_default();
        return match () {
            () if one(Found::Agrees) => {
                Ruling::new(Verdict::HoldsInLimit, Some(Tier::Sampled), format!("without the noise that vanishes {numbers}"))
            }
            () if one(Found::Differs) => refuted(&numbers),
            () => Ruling::undecided("at some of the instances drawn it is so, at others not"),
        };
    }
    match far(scene, link, name, said) {
        Some(Found::Differs) | None => refuted(numbers),
        Some(Found::Agrees) => {
            Ruling::new(Verdict::HoldsInLimit, Some(Tier::Sampled), format!("not at finite values, but {}", limit_words(scene)))
        }
        Some(Found::Unclear) => Ruling::undecided("the limit could not be told from the points followed"),
    }
}

fn refuted(numbers: &str) -> Ruling {
    Ruling::contradicted(format!("not so: {numbers}"), numbers)
}

/// The law that a quantity is said to follow, 1 where none is.
fn law(said: &Response) -> Expr {
    match &said.outcome {
        Outcome::Like(e) => e.clone(),
        _ => Expr::int(1),
    }
}

/// The world's scalar that a symbol stands for.
fn scalar(scene: &Scene, symbol: &Symbol) -> Option<String> {
    let world = scene.world;
    let name = world.synonyms.get(&symbol.name).unwrap_or(&symbol.name);
    if world.scalars.contains_key(name) {
        return Some(name.clone());
    }
    match scene.own_meaning(symbol) {
        Some(Expr::Symbol(s)) if world.scalars.contains_key(&s.name) => Some(s.name.clone()),
        _ => None,
    }
}

type Pairs = Vec<(Pair, f64)>;

/// The quantity and its law before and after, at one instance and every assignment of free letters.
fn at_instance(scene: &Scene, link: &Link, name: &str, said: &Response, seed: u64) -> Result<Option<Pairs>, String> {
    let Some(before) = scene.finite(seed) else { return Ok(None) };
    let Some(value) = before.scalars.get(name) else { return Ok(None) };
    let Some(after) = scene.with_scalar(seed, name, said.by.of(*value)) else { return Ok(None) };
    pairs(scene, link, &before, &after).map(Some)
}

fn pairs(scene: &Scene, link: &Link, before: &Rc<Instance>, after: &Rc<Instance>) -> Result<Pairs, String> {
    let at = |instance| scene.observed(instance, link, false).map_err(|e| e.to_string());
    let (first, second) = (at(before)?, at(after)?);
    let number = |ball: &crate::numeric::Ball| Some((ball.value.scalar()?, ball.error));
    let pair = |(a, b): (&super::observe::Observation, &super::observe::Observation)| {
        let law = number(&b.right)?.0 / number(&a.right)?.0;
        Some((Pair { before: number(&a.left)?, after: number(&b.left)? }, law))
    };
    first.iter().zip(second.iter()).map(pair).collect::<Option<_>>().ok_or_else(|| "the quantity is no number".into())
}

/// What was said, held against one pair.
fn compare(said: &Response, pair: Pair, law: f64) -> Found {
    let ((x, e), (y, f)) = (pair.before, pair.after);
    let lost = |(v, error): (f64, f64)| v <= tolerance::ERROR_MARGIN * error;
    if matches!(said.outcome, Outcome::About(_) | Outcome::AboutPower(_)) && (lost(pair.before) || lost(pair.after)) {
        return Found::Unclear;
    }
    let expected = match said.outcome {
        Outcome::Larger | Outcome::Smaller | Outcome::Same => x,
        Outcome::Times(factor) => factor * x,
        Outcome::Power(power) => x.powf(power),
        Outcome::About(factor) => return rounded(y / x, factor, tolerance::ROUNDED_FACTOR, tolerance::OTHER_FACTOR),
        // A constant in front still counts where the limit is followed.
        Outcome::AboutPower(power) => {
            return rounded(y.ln() / x.ln(), power, tolerance::OTHER_FACTOR, tolerance::OTHER_POWER);
        }
        Outcome::Like(_) => law * x,
    };
    if zero(pair.before) && zero(pair.after) {
        return if matches!(said.outcome, Outcome::Larger | Outcome::Smaller) { Found::Differs } else { Found::Agrees };
    }
    let scaled = e * (expected / x).abs().max(1.0);
    let (gap, error, size) = (y - expected, scaled + f, y.abs().max(expected.abs()));
    if !(gap.is_finite() && size > 0.0) {
        return Found::Unclear;
    }
    let clear = gap.abs() > tolerance::ERROR_MARGIN * error && gap.abs() > tolerance::COUNTEREXAMPLE * size;
    let blunt = tolerance::ERROR_MARGIN * error > tolerance::BLUNT * size;
    match (&said.outcome, clear) {
        (Outcome::Larger, true) if gap > 0.0 => Found::Agrees,
        (Outcome::Smaller, true) if gap < 0.0 => Found::Agrees,
        (_, true) => Found::Differs,
        (_, false) if blunt => Found::Unclear,
        // So little that a larger one may be saturated, or none.
        (Outcome::Larger | Outcome::Smaller, false) if gap.abs() > tolerance::ERROR_MARGIN * error => Found::Unclear,
        (Outcome::Larger | Outcome::Smaller, false) => Found::Differs,
        (_, false) => Found::Agrees,
    }
}

/// Whether a number is another as far as people round, as what is found.
fn rounded(x: f64, said: f64, near: f64, other: f64) -> Found {
    match same_factor(x, said, near, other) {
        Some(true) => Found::Agrees,
        Some(false) => Found::Differs,
        None => Found::Unclear,
    }
}

/// Whether a number is 0 but for rounding.
fn zero((x, error): (f64, f64)) -> bool {
    error <= tolerance::ROUNDING && x.abs() <= tolerance::ERROR_MARGIN * error
}

/// The same far along the limit of the scalar, where it is followed last; `None` where it isn't.
fn far(scene: &Scene, link: &Link, name: &str, said: &Response) -> Option<Found> {
    let (last, point) = scene.open_limits().into_iter().next_back()?;
    if last != name || point != LimitPoint::Infinity || matches!(said.outcome, Outcome::Larger | Outcome::Smaller) {
        return None;
    }
    tolerance::PATH.iter().rev().map(|end| along(scene, link, said, *end)).find(|found| *found != Some(Found::Unclear))?
}

/// The same at one point of the limit.
fn along(scene: &Scene, link: &Link, said: &Response, end: f64) -> Option<Found> {
    let (from, to) = said.by.up_to(end);
    let (before, after) = (scene.on_path(1, from)?, scene.on_path(1, to)?);
    let close = |(pair, law): (Pair, f64)| {
        // What is gone at the limit says nothing there.
        let found = if zero(pair.before) && zero(pair.after) { Found::Unclear } else { compare(said, pair, law) };
        let near = (pair.after.0 - pair.before.0).abs() <= tolerance::APPROX_CLOSE * pair.before.0.abs();
        if found == Found::Differs && said.outcome == Outcome::Same && near { Found::Agrees } else { found }
    };
    let all: Vec<Found> = pairs(scene, link, &before, &after).ok()?.into_iter().map(close).collect();
    match () {
        () if all.iter().all(|f| *f == Found::Agrees) => Some(Found::Agrees),
        () if all.contains(&Found::Differs) => Some(Found::Differs),
        () => Some(Found::Unclear),
    }
}
