//! Judging one relation in its scene: at finite instances, then along the limits.

use std::collections::BTreeMap;

use super::describe::{show_limit_values, show_number, show_witness};
use super::ruling::Ruling;
use super::scene::Scene;
use super::{law, numbers};
use crate::claim::Link;
use crate::language::{Expr, Relation, Style, Symbol, print, print_name};
use crate::numeric::{Ball, EvalError, Evaluator, Instance, Limit, Rate, Shape, Value, affine_law, judge_sequence};
use crate::record::{Tier, Verdict};
use crate::tolerance;
use crate::world::LimitPoint;

type Bindings = BTreeMap<String, usize>;

/// Both sides at one instance and one assignment of the free index letters.
pub struct Observation {
    /// Left side.
    pub left: Ball,
    /// Right side.
    pub right: Ball,
}

impl Observation {
    /// Largest difference, the bound on its error, and the size of what is compared.
    fn gap(&self) -> Option<(f64, f64, f64)> {
        let (gap, error) = self.left.gap(&self.right)?;
        Some((gap, error, self.left.value.magnitude().max(self.right.value.magnitude())))
    }

    /// Difference relative to the larger side; absolute where one side is the constant zero.
    fn relative(&self) -> f64 {
        let (l, r) = (self.left.value.magnitude(), self.right.value.magnitude());
        if l.is_infinite() && r.is_infinite() {
            return 0.0;
        }
        if l.is_infinite() || r.is_infinite() {
            return 1.0 / l.min(r).max(f64::MIN_POSITIVE);
        }
        let Some((gap, error, size)) = self.gap() else {
            return f64::NAN;
        };
        if gap <= error * tolerance::ERROR_MARGIN {
            return 0.0;
        }
        let exact_zero = |b: &Ball| b.value.magnitude() == 0.0 && b.error == 0.0;
        if exact_zero(&self.left) || exact_zero(&self.right) { gap } else { gap / size }
    }
}

/// Judges a relation.
pub fn judge(scene: &Scene, link: &Link) -> Ruling {
    let link = &with_meanings(scene, link);
    if let Some(unknown) = unknown_symbol(scene, link) {
        let name = print(&Expr::Symbol(unknown), Style::Plain);
        return Ruling::not_checked(format!("`{name}` is not defined in this question"));
    }
    if let Some(ruling) = law::judge(scene, link) {
        return ruling;
    }
    if let Some(reason) = shape_error(scene, link) {
        let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Exact), reason.clone());
        ruling.witness = Some(reason);
        return ruling;
    }
    if let Some(ruling) = numbers::judge(scene, link) {
        return ruling;
    }
    let first = quantified(scene, link, false);
    let others_only = first.verdict == Verdict::Refuted && names_free_letter(scene, link);
    if others_only {
        let mut second = quantified(scene, link, true);
        if second.is_true() {
            let letters = scene.world.letters.join(", ");
            second.message = format!("{}; for indices other than {letters}, which the statement leaves unsaid", second.message);
            return second;
        }
    }
    if first.verdict == Verdict::Refuted
        && let Some((scene, pair)) = scene.with_distinct(&free_letters(scene, link))
    {
        let mut second = quantified(&scene, link, false);
        if second.is_true() {
            second.message = format!("{}; {pair} read as different indices", second.message);
            return second;
        }
    }
    first
}

/// Puts known symbols in the place of their other names.
fn with_meanings(scene: &Scene, link: &Link) -> Link {
    let f = |s: &Symbol| {
        if scene.world.knows(s, &scene.definitions) { None } else { scene.meaning(s) }
    };
    Link { left: link.left.substitute(&f), relation: link.relation, right: link.right.substitute(&f) }
}

/// The first symbol that nothing defines, bound letters of sums aside.
pub fn unknown_symbol(scene: &Scene, link: &Link) -> Option<Symbol> {
    fn search(e: &Expr, scene: &Scene, bound: &mut Vec<String>) -> Option<Symbol> {
        match e {
            Expr::Symbol(s) => {
                let letter = s.indices.is_empty() && bound.contains(&s.name);
                (!letter && !scene.world.knows(s, &scene.definitions)).then(|| s.clone())
            }
            Expr::Sum(range, _) => {
                bound.push(range.index.clone());
                let found = e.children().into_iter().find_map(|c| search(c, scene, bound));
                bound.pop();
                found
            }
            _ => e.children().into_iter().find_map(|c| search(c, scene, bound)),
        }
    }
    [&link.left, &link.right].into_iter().find_map(|e| search(e, scene, &mut Vec::new()))
}

fn shape_error(scene: &Scene, link: &Link) -> Option<String> {
    let left = match scene.world.shape_of(&link.left, &scene.definitions) {
        Ok(shape) => shape,
        Err(reason) => return Some(reason),
    };
    let right = match scene.world.shape_of(&link.right, &scene.definitions) {
        Ok(shape) => shape,
        Err(reason) => return Some(reason),
    };
    let zero = |e: &Expr| matches!(e, Expr::Number(n) if n.value == 0.0);
    if left.fits(&right) || zero(&link.left) || zero(&link.right) {
        return None;
    }
    if left == Shape::Any || right == Shape::Any {
        return None;
    }
    Some(format!(
        "`{}` lies in {}, `{}` in {}",
        print(&link.left, Style::Plain),
        left.space(),
        print(&link.right, Style::Plain),
        right.space()
    ))
}

fn names_free_letter(scene: &Scene, link: &Link) -> bool {
    let conditioned = scene.letters();
    !scene.world.letters.is_empty() && free_letters(scene, link).iter().any(|l| !conditioned.contains(l))
}

/// The index letters that a relation leaves to run over everything.
pub fn free_letters(scene: &Scene, link: &Link) -> Vec<String> {
    let mut letters = link.left.free_indices();
    letters.extend(link.right.free_indices());
    letters.sort();
    letters.dedup();
    letters.retain(|l| !scene.world.letters.contains(l) && !scene.world.dimensions.contains_key(l));
    letters
}

/// Both sides at every admissible assignment of the free letters.
pub fn observe(scene: &Scene, instance: &Instance, link: &Link, others_only: bool) -> Result<Vec<Observation>, EvalError> {
    let evaluator = Evaluator::new(instance);
    let letters = free_letters(scene, link);
    let whole = Expr::Add(vec![link.left.clone(), link.right.clone()]);
    let mut assignments: Vec<Bindings> = vec![Bindings::new()];
    for letter in &letters {
        let count = evaluator.count_for(letter, &whole).ok_or_else(|| EvalError::Unknown(format!("the index {letter}")))?;
        let taken: Vec<usize> = scene.world.letters.iter().filter_map(|l| instance.letters.get(l).copied()).collect();
        let mut next = Vec::new();
        for bound in &assignments {
            for at in (0..count).filter(|at| !(others_only && taken.contains(at))) {
                let mut more = bound.clone();
                more.insert(letter.clone(), at);
                next.push(more);
            }
        }
        assignments = next;
        if assignments.len() > 2000 {
            return Err(EvalError::Budget("too many index letters at once"));
        }
    }
    assignments.retain(|b| scene.admits(instance, b));
    assignments
        .iter()
        .map(|b| Ok(Observation { left: evaluator.eval(&link.left, b)?, right: evaluator.eval(&link.right, b)? }))
        .collect()
}

fn quantified(scene: &Scene, link: &Link, others_only: bool) -> Ruling {
    match link.relation {
        Relation::Equal | Relation::Approx | Relation::Tends | Relation::Proportional => equality(scene, link, others_only),
        Relation::MuchGreater => dominance(scene, link, others_only, false),
        Relation::MuchLess => dominance(scene, link, others_only, true),
        Relation::NotEqual | Relation::Less | Relation::LessEqual | Relation::Greater | Relation::GreaterEqual => {
            comparison(scene, link, others_only)
        }
        Relation::In | Relation::Tilde => {
            Ruling::not_checked(format!("`{}` with this right side is not read", link.relation.plain()))
        }
    }
}

/// What equality came to at finite instances.
enum Finite {
    Equal,
    Differs(String, f64),
    Unclear(String),
    Failed(String),
}

fn finite_equality(scene: &Scene, link: &Link, others_only: bool) -> Finite {
    let mut seen = 0;
    let mut witness: Option<(usize, String)> = None;
    let mut largest = 0.0f64;
    for seed in 0..tolerance::IDENTITY_INSTANCES {
        let Some(instance) = scene.finite(seed) else {
            continue;
        };
        let observations = match observe(scene, &instance, link, others_only) {
            Ok(list) => list,
            Err(e) => return Finite::Failed(e.to_string()),
        };
        for o in &observations {
            let Some((gap, error, size)) = o.gap() else {
                return Finite::Failed("the sides have different shapes".into());
            };
            if gap.is_nan() {
                continue;
            }
            let (gap, size) = if gap.is_infinite() { (1.0, 1.0) } else { (gap, size) };
            seen += 1;
            if gap > tolerance::ERROR_MARGIN * error && gap > scene.slack() * size {
                largest = largest.max(gap / size);
                let weight = instance.dimensions.values().sum();
                if witness.as_ref().is_none_or(|(w, _)| weight < *w) && gap / size > tolerance::COUNTEREXAMPLE {
                    witness = Some((weight, show_witness(&instance, scene, seed, o)));
                }
            }
        }
    }
    match (seen, witness) {
        (0, _) => Finite::Failed("no instance meets the conditions".into()),
        (_, Some((_, witness))) => Finite::Differs(witness, largest),
        (_, None) if largest > 0.0 => Finite::Unclear(format!(
            "the sides differ by {} of their size, too little to tell from rounding",
            show_number(largest)
        )),
        _ => Finite::Equal,
    }
}

fn equality(scene: &Scene, link: &Link, others_only: bool) -> Ruling {
    let finite = finite_equality(scene, link, others_only);
    let witness = match finite {
        Finite::Equal => {
            let mut ruling = everywhere(scene, link, "both sides agree at every instance drawn");
            if link.relation == Relation::Tends {
                ruling.verdict = Verdict::HoldsInLimit;
            }
            return ruling;
        }
        Finite::Failed(reason) => return Ruling::not_checked(reason),
        Finite::Unclear(reason) => return Ruling::undecided(reason),
        Finite::Differs(witness, largest) => {
            if scene.open_limits().is_empty() && link.relation == Relation::Approx && !scene.world.limits.is_empty() {
                return close_at_given_values(&witness, largest);
            }
            witness
        }
    };
    match limit_equality(scene, link, others_only) {
        Limit::Vanishes(_)
            if link.relation == Relation::Equal
                && (wrong_correction(scene, link, others_only) || wrong_vanishing(scene, link)) =>
        {
            let message =
                "equal only as a limit: both sides approach one value, and they differ by as much as they are away from it";
            let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Certified), message);
            ruling.witness = Some(witness);
            ruling
        }
        Limit::Vanishes(rate) => {
            let rate = describe_rate(scene, link, others_only, &rate);
            let mut ruling = Ruling::new(
                Verdict::HoldsInLimit,
                Some(Tier::Sampled),
                format!("not equal at finite values, equal {}", limit_words(scene)),
            );
            ruling.rate = rate;
            ruling
        }
        Limit::Unclear => Ruling::undecided("the limit could not be told from the points followed"),
        stays => refuted_equality(scene, link, others_only, witness, &stays),
    }
}

/// What every instance shows: exact where algebra proves it, sampled otherwise.
fn everywhere(scene: &Scene, link: &Link, message: &str) -> Ruling {
    if let Some(reason) = super::exact::proved(scene, link) {
        return Ruling::new(Verdict::Holds, Some(Tier::Exact), format!("{message}; by algebra: {reason}"));
    }
    let mut ruling = Ruling::new(Verdict::Holds, Some(Tier::Sampled), message);
    ruling.error_probability = Some(tolerance::IDENTITY_ERROR);
    ruling
}

/// Whether `=` puts one finite correction for another: `e^β/(2e^β + n - 1)` for
/// `e^β/(2e^β + n - 2)`. Both sides go to one limit, and their difference is of the order of either
/// side's distance from it. A side without a correction of its own (`= 1/2`) claims the limit only.
fn wrong_correction(scene: &Scene, link: &Link, others_only: bool) -> bool {
    let scalars = |seed: u64, t: f64| -> Option<Vec<(f64, f64)>> {
        let list = observe(scene, &scene.on_path(seed, t)?, link, others_only).ok()?;
        list.iter().map(|o| Some((o.left.value.scalar()?, o.right.value.scalar()?))).collect()
    };
    let shows = |seed: u64| -> Option<bool> {
        let far = scalars(seed, tolerance::PATH[tolerance::PATH.len() - 1])?;
        let [near, nearer] = [scalars(seed, tolerance::PATH[1])?, scalars(seed, tolerance::PATH[2])?];
        let shares = |at: &[(f64, f64)], i: usize| {
            let (difference, own) = (at[i].0 - at[i].1, (at[i].0 - far[i].0, at[i].1 - far[i].1));
            [(difference / own.0).abs(), (difference / own.1).abs()]
        };
        let steady = |i: usize| {
            let (a, b) = (shares(&near, i), shares(&nearer, i));
            (0..2).all(|k| tolerance::SAME_ORDER.contains(&b[k]) && (a[k] / b[k] - 1.0).abs() < tolerance::SETTLED_RATIO)
        };
        Some(!far.is_empty() && near.len() == far.len() && nearer.len() == far.len() && (0..far.len()).all(steady))
    };
    (0..tolerance::PATH_INSTANCES).all(|seed| shows(seed) == Some(true))
}

/// The same for what vanishes with a scalar: `E|k_i - μ_i|² = α` for `α d`. Only for numbers that do not
/// vary from draw to draw: noise that is left out under `=` is of the order of the noise that stays.
fn wrong_vanishing(scene: &Scene, link: &Link) -> bool {
    let Some((name, _)) = scene.open_limits().into_iter().find(|(_, p)| *p == LimitPoint::Zero) else { return false };
    let values = |instance: Option<Instance>| -> Option<(f64, f64)> {
        let instance = instance?;
        let evaluator = Evaluator::new(&instance);
        let bound: Bindings = free_letters(scene, link).into_iter().map(|l| (l, 0)).collect();
        let fixed = |e: &Expr| {
            let (mean, covariance) = affine_law(&evaluator, e, &bound).ok()??;
            mean.value.scalar().filter(|_| covariance.value.magnitude() == 0.0)
        };
        Some((fixed(&link.left)?, fixed(&link.right)?))
    };
    let (Some(at), Some(near)) =
        (values(scene.with_scalar(1, name, 0.0)), values(scene.with_scalar(1, name, tolerance::NEAR_ZERO)))
    else {
        return false;
    };
    let difference = (near.0 - near.1) - (at.0 - at.1);
    let shares = [(difference / (near.0 - at.0)).abs(), (difference / (near.1 - at.1)).abs()];
    shares.iter().all(|s| tolerance::SAME_ORDER.contains(s))
}

/// `≈` where the conditions fix every parameter: what counts is how close the sides are there.
fn close_at_given_values(witness: &str, largest: f64) -> Ruling {
    let share = show_number(largest);
    if largest <= tolerance::APPROX_CLOSE {
        return Ruling::new(
            Verdict::HoldsInLimit,
            Some(Tier::Sampled),
            format!("at the values given the sides differ by {share} of their size"),
        );
    }
    if largest <= tolerance::APPROX_FAR {
        return Ruling::undecided(format!("at the values given the sides differ by {share} of their size"));
    }
    let mut ruling = Ruling::new(
        Verdict::Refuted,
        Some(Tier::Certified),
        format!("at the values given the sides differ by {share} of their size"),
    );
    ruling.witness = Some(witness.to_string());
    ruling
}

fn refuted_equality(scene: &Scene, link: &Link, others_only: bool, witness: String, limit: &Limit) -> Ruling {
    let approximate = matches!(link.relation, Relation::Approx | Relation::Tends | Relation::Proportional);
    if approximate {
        if let Limit::Stays(share) = limit
            && *share <= tolerance::APPROX_FAR
        {
            return Ruling::undecided(format!(
                "the sides stay apart by {} of their size: close, but no limit brings them together",
                show_number(*share)
            ));
        }
        if both_vanish(scene, link, others_only) {
            return Ruling::undecided("both sides vanish, at different rates");
        }
    }
    let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Certified), "the two sides differ");
    if !scene.open_limits().is_empty() {
        ruling.message = format!("the two sides differ, also {}{}", limit_words(scene), show_limit_values(scene, link));
    }
    ruling.witness = Some(witness);
    ruling
}

/// Whether both sides go to zero along the limit.
fn both_vanish(scene: &Scene, link: &Link, others_only: bool) -> bool {
    let zero = |e: &Expr| Link { left: e.clone(), relation: Relation::Tends, right: Expr::int(0) };
    let constant = |e: &Expr| e.is_closed();
    if constant(&link.left) || constant(&link.right) {
        return false;
    }
    [&link.left, &link.right].into_iter().all(|e| matches!(limit_equality(scene, &zero(e), others_only), Limit::Vanishes(_)))
}

/// Follows the relative difference along the limits at several instances; the worst one counts.
pub fn limit_equality(scene: &Scene, link: &Link, others_only: bool) -> Limit {
    if scene.open_limits().is_empty() {
        return Limit::Stays(f64::INFINITY);
    }
    let mut worst: Option<Limit> = None;
    for seed in 0..tolerance::PATH_INSTANCES {
        let Some(paths) = path_errors(scene, link, others_only, seed) else {
            continue;
        };
        for errors in paths {
            let limit = judge_sequence(&tolerance::PATH, &errors);
            worst = Some(match worst.take() {
                None => limit,
                Some(other) => worse(other, limit),
            });
        }
    }
    worst.unwrap_or(Limit::Unclear)
}

/// The relative differences along one path, one list an assignment of index letters.
fn path_errors(scene: &Scene, link: &Link, others_only: bool, seed: u64) -> Option<Vec<Vec<f64>>> {
    let mut paths: Vec<Vec<f64>> = Vec::new();
    for t in tolerance::PATH {
        let instance = scene.on_path(seed, t)?;
        let errors: Vec<f64> = observe(scene, &instance, link, others_only).ok()?.iter().map(Observation::relative).collect();
        if paths.is_empty() {
            paths = vec![Vec::new(); errors.len()];
        }
        if paths.len() != errors.len() {
            return None;
        }
        for (path, error) in paths.iter_mut().zip(errors) {
            path.push(error);
        }
    }
    Some(paths)
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
fn describe_rate(scene: &Scene, link: &Link, others_only: bool, rate: &Rate) -> Option<String> {
    let limits = scene.open_limits();
    let (last, point) = limits.last()?;
    let name = print_name(last, Style::Plain);
    let grows = *point == LimitPoint::Infinity;
    match rate {
        Rate::Exponential(c) if grows => Some(format!("exp(-{} {name})", show_number(*c))),
        Rate::Power(p) => Some(format!("{name}^({}{})", if grows { "-" } else { "" }, show_number(*p))),
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
        let list = observe(scene, &instance, link, others_only).ok()?;
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
            format!("{} {}", print_name(name, Style::Plain), if *point == LimitPoint::Infinity { "grows" } else { "vanishes" })
        })
        .collect();
    if words.is_empty() { "at every instance".into() } else { format!("as {}", words.join(" and then ")) }
}

/// `l ≫ r`: the difference or the quotient grows without bound.
fn dominance(scene: &Scene, link: &Link, others_only: bool, reversed: bool) -> Ruling {
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
            let list = match observe(scene, &instance, link, others_only) {
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

fn comparison(scene: &Scene, link: &Link, others_only: bool) -> Ruling {
    let mut witness = None;
    let mut seen = 0;
    for seed in 0..tolerance::IDENTITY_INSTANCES {
        let Some(instance) = scene.finite(seed) else {
            continue;
        };
        let list = match observe(scene, &instance, link, others_only) {
            Ok(list) => list,
            Err(e) => return Ruling::not_checked(e.to_string()),
        };
        for o in &list {
            seen += 1;
            match compare(o, link.relation) {
                Some(true) => {}
                Some(false) => witness = witness.or_else(|| Some(show_witness(&instance, scene, seed, o))),
                None => return too_close(scene, link, others_only),
            }
        }
    }
    let Some(witness) = witness else {
        if seen == 0 {
            return Ruling::not_checked("no instance meets the conditions");
        }
        return everywhere(scene, link, "true at every instance drawn");
    };
    let eventually = (0..tolerance::PATH_INSTANCES).all(|seed| {
        let at = |t: &f64| {
            let instance = scene.on_path(seed, *t)?;
            let list = observe(scene, &instance, link, others_only).ok()?;
            Some(list.iter().all(|o| compare(o, link.relation) == Some(true)))
        };
        tolerance::PATH[3..].iter().all(|t| at(t) == Some(true))
    });
    if eventually && !scene.open_limits().is_empty() {
        return Ruling::new(
            Verdict::HoldsInLimit,
            Some(Tier::Sampled),
            format!("not at every finite value, but {}", limit_words(scene)),
        );
    }
    let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Certified), "an instance contradicts it");
    ruling.witness = Some(witness);
    ruling
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

/// The value of both sides at an instance, for messages.
pub fn plain_value(value: &Value) -> String {
    match value {
        Value::Scalar(x) => show_number(*x),
        Value::Identity(s) => format!("{} I", show_number(*s)),
        Value::Matrix(m) if m.ncols() == 1 && m.nrows() <= 4 => {
            format!("({})", m.iter().map(|x| show_number(*x)).collect::<Vec<_>>().join(", "))
        }
        Value::Matrix(m) => format!("{} of norm {}", Value::Matrix(m.clone()).shape(), show_number(m.norm())),
    }
}
