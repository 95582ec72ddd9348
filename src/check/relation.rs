//! Judging one relation in its scene: at finite instances, then along the limits.

use std::rc::Rc;

use super::apart::{close_at_given_values, refuted_equality};
use super::describe::{show_limit_values, show_number, show_witness};
use super::events::by_scores;
use super::follow::{both_vanish, describe_rate, limit_equality, limit_words};
use super::observe::{Bindings, enough, free_letters, parts_members};
use super::ordering::{comparison, dominance};
use super::ruling::Ruling;
use super::scene::Scene;
use super::{directed, law, numbers};
use crate::claim::Link;
use crate::language::{Expr, Moment, Relation, Style, Symbol, print};
use crate::numeric::{Evaluator, Instance, Limit, SPENT, Shape, affine_law};
use crate::record::{Tier, Verdict};
use crate::tolerance;
use crate::world::LimitPoint;

/// Judges a relation; not where its work runs out, since what was found by then may rest on less than was looked for.
pub fn judge(scene: &Scene, link: &Link) -> Ruling {
    let ruling = judged(scene, link);
    let ruling =
        if ruling.verdict == Verdict::Refuted { directed::in_no_direction(scene, link).unwrap_or(ruling) } else { ruling };
    if scene.steps().spent() { Ruling::undecided(SPENT) } else { ruling }
}

fn judged(scene: &Scene, link: &Link) -> Ruling {
    if let Some((a, b)) = two_names(scene, link) {
        let (a, b) = (print(&Expr::Symbol(a), Style::Plain), print(&Expr::Symbol(b), Style::Plain));
        return Ruling::not_checked(format!(
            "`{a}` and `{b}` are names of the same number here; one of them is the writer's own"
        ));
    }
    // Plain arithmetic is true or false whatever is supposed.
    let bare;
    let scene = if scene.required() && link.left.is_closed() && link.right.is_closed() {
        bare = Scene::new(scene.world, scene.definitions().to_vec()).counted(scene.steps());
        &bare
    } else {
        scene
    };
    let link = &with_meanings(scene, link);
    if let Some(unknown) = unknown_symbol(scene, link) {
        let name = print(&Expr::Symbol(unknown.clone()), Style::Plain);
        let meant = super::repair::meant(scene, &unknown)
            .map_or(String::new(), |s| format!("; did you mean `{}`?", print(&Expr::Symbol(s), Style::Plain)));
        return Ruling::not_checked(format!("`{name}` is not defined in this question{meant}"));
    }
    if [&link.left, &link.right].into_iter().any(random_index) {
        return Ruling::not_checked("an index that is drawn at random is not read");
    }
    if [&link.left, &link.right].into_iter().any(|e| moment_of_a_matrix(scene, e)) {
        return Ruling::not_checked("a matrix has no variance here; something else may be meant");
    }
    if let Some(ruling) = law::judge(scene, link) {
        return ruling;
    }
    let dotted = shape_error(scene, link).and_then(|_| dotted(scene, link)).filter(|l| shape_error(scene, l).is_none());
    let link = dotted.as_ref().unwrap_or(link);
    let sized = Link { left: scene.world.sized(&link.left), relation: link.relation, right: scene.world.sized(&link.right) };
    let mends = sized != *link && shape_error(scene, link).is_some() && shape_error(scene, &sized).is_none();
    let link = if mends { &sized } else { link };
    if let Some(reason) = shape_error(scene, link) {
        if link.relation == Relation::NotEqual {
            return Ruling::new(Verdict::Holds, Some(Tier::Exact), reason);
        }
        // One letter for a matrix and the space that its columns span.
        // `c ≫ 1`, `c > 1` of a factor that the writer calls c.
        if !matches!(link.relation, Relation::Equal | Relation::Approx | Relation::Tends) {
            return Ruling::not_checked(reason);
        }
        if [&link.left, &link.right].into_iter().any(bare_e) {
            return Ruling::not_checked(format!("{reason}; or `e` is a letter of the writer's own"));
        }
        let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Exact), reason.clone());
        ruling.witness = Some(reason);
        return ruling;
    }
    // "e = (n - 2)/(n - 2 + 2e^β)": a letter of the writer's own beside the number that is raised to powers.
    let own = link.relation == Relation::Equal && (lone_e(&link.left) || lone_e(&link.right));
    if let Some(ruling) = numbers::judge(scene, link).filter(|_| !own) {
        return ruling;
    }
    if own {
        return Ruling::not_checked("`e` is a letter of the writer's own here, or the number 2.718");
    }
    let first = quantified(scene, link, false);
    let letters = free_letters(scene, link);
    // `Var((k_a - k_i)^T q_1) = 2 α β²`: of keys that differ, where the sentence with equal ones is true as a limit only.
    let differ = first.verdict == Verdict::HoldsInLimit
        && link.relation == Relation::Equal
        && parts_members(link, &letters, &scene.world.letters);
    if differ || first.verdict == Verdict::Refuted && names_free_letter(scene, link) {
        let distinct = scene.with_distinct(&letters);
        let mut second = quantified(distinct.as_ref().map_or(scene, |(scene, _)| scene), link, true);
        if second.is_true() && !(differ && second.verdict == Verdict::HoldsInLimit) {
            let letters = scene.world.letters.join(", ");
            second.message = format!("{}; for indices other than {letters}, which the statement leaves unsaid", second.message);
            return second;
        }
        if differ && second.verdict == Verdict::Refuted {
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

/// Whether the variance or the deviation of a matrix is taken: a pronoun was given to the wrong noun.
fn moment_of_a_matrix(scene: &Scene, e: &Expr) -> bool {
    let mut found = false;
    e.walk(&mut |e| {
        if let Expr::Moment(Moment::Variance | Moment::Deviation, of) = e {
            found |= match scene.world.shape_of(of, scene.definitions()) {
                Ok(Shape::Matrix(_, columns)) => columns != "1",
                Ok(Shape::Identity) => true,
                _ => false,
            };
        }
    });
    found
}

/// Two other names of one symbol in one relation.
fn two_names(scene: &Scene, link: &Link) -> Option<(Symbol, Symbol)> {
    let all = [link.left.symbols(), link.right.symbols()].concat();
    let renamed: Vec<(&Symbol, Expr)> =
        all.iter().filter(|s| !scene.world.knows(s, scene.definitions())).filter_map(|s| Some((s, scene.meaning(s)?))).collect();
    renamed.iter().enumerate().find_map(|(i, (a, x))| {
        let (b, _) = renamed[i + 1..].iter().find(|(b, y)| a.name != b.name && x == y)?;
        Some(((*a).clone(), (*b).clone()))
    })
}

/// Puts known symbols in the place of their other names.
fn with_meanings(scene: &Scene, link: &Link) -> Link {
    let f = |s: &Symbol| {
        if scene.world.knows(s, scene.definitions()) { None } else { scene.meaning(s) }
    };
    let own = scene.definitions().iter().any(|d| scene.world.definitions.iter().any(|w| w.name == d.name));
    let read = |e: &Expr| if own { e.substitute(&f) } else { by_scores(scene.world, &e.substitute(&f)) };
    Link { left: read(&link.left), relation: link.relation, right: read(&link.right) }
}

/// The first symbol that nothing defines, bound letters of sums aside.
pub fn unknown_symbol(scene: &Scene, link: &Link) -> Option<Symbol> {
    fn search(e: &Expr, scene: &Scene, bound: &mut Vec<String>) -> Option<Symbol> {
        match e {
            Expr::Symbol(s) => {
                let letter = s.indices.is_empty() && bound.contains(&s.name);
                (!letter && !scene.world.knows(s, scene.definitions())).then(|| s.clone())
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

/// `E[v_I]`: a capital letter for an index inside a moment is a random one.
fn random_index(e: &Expr) -> bool {
    let capital = |e: &Expr| e.free_indices().iter().any(|l| l.starts_with(|c: char| c.is_ascii_uppercase()));
    matches!(e, Expr::Moment(_, inner) if capital(inner)) || e.children().into_iter().any(random_index)
}

/// Whether an `e` without an exponent stands as a factor: perhaps no number, but a vector of the writer's.
fn bare_e(e: &Expr) -> bool {
    matches!(e, Expr::Mul(factors) if factors.iter().any(lone_e)) || e.children().into_iter().any(bare_e)
}

/// Whether it is an `e` alone.
fn lone_e(e: &Expr) -> bool {
    matches!(e, Expr::Call("exp", args) if args == &[Expr::int(1)])
}

fn shape_error(scene: &Scene, link: &Link) -> Option<String> {
    let left = match scene.world.shape_of(&link.left, scene.definitions()) {
        Ok(shape) => shape,
        Err(reason) => return Some(reason),
    };
    let right = match scene.world.shape_of(&link.right, scene.definitions()) {
        Ok(shape) => shape,
        Err(reason) => return Some(reason),
    };
    let zero = |e: &Expr| e.is_zero();
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

/// The link with products of two column vectors read as inner products: `(k_j - k_i) · q`.
fn dotted(scene: &Scene, link: &Link) -> Option<Link> {
    fn go(scene: &Scene, e: &Expr) -> Expr {
        let e = e.map_children(&mut |c| go(scene, c));
        let Expr::Mul(factors) = &e else { return e };
        let column = |e: &Expr| match scene.world.shape_of(e, scene.definitions()) {
            Ok(Shape::Matrix(rows, columns)) if columns == "1" => Some(rows),
            _ => None,
        };
        let mut out: Vec<Expr> = Vec::new();
        for factor in factors {
            let pair = out.last().and_then(column).filter(|rows| column(factor).as_ref() == Some(rows)).and_then(|_| out.pop());
            match pair {
                Some(left) => out.push(Expr::Mul(vec![Expr::Transpose(Box::new(left)), factor.clone()])),
                None => out.push(factor.clone()),
            }
        }
        if out.len() == 1 { out.remove(0) } else { Expr::Mul(out) }
    }
    let read = Link { left: go(scene, &link.left), relation: link.relation, right: go(scene, &link.right) };
    (read != *link).then_some(read)
}

fn names_free_letter(scene: &Scene, link: &Link) -> bool {
    let conditioned = scene.letters();
    !scene.world.letters.is_empty() && free_letters(scene, link).iter().any(|l| !conditioned.contains(l))
}

fn quantified(scene: &Scene, link: &Link, others_only: bool) -> Ruling {
    match link.relation {
        Relation::Equal | Relation::Approx | Relation::Tends => equality(scene, link, others_only),
        // Over what the two sides are proportional is not written.
        Relation::Proportional => match equality(scene, link, others_only) {
            ruling if ruling.verdict == Verdict::Refuted => {
                Ruling::undecided("proportional in which letter is not written; the two sides are not equal")
            }
            ruling => ruling,
        },
        Relation::MuchGreater => dominance(scene, link, others_only, false),
        Relation::MuchLess => dominance(scene, link, others_only, true),
        Relation::NotEqual | Relation::Less | Relation::LessEqual | Relation::Greater | Relation::GreaterEqual => {
            comparison(scene, link, others_only)
        }
        // People type `~` for `≈`: laws are judged before.
        Relation::Tilde => equality(scene, &Link { relation: Relation::Approx, ..link.clone() }, others_only),
        Relation::In => Ruling::not_checked(format!("`{}` with this right side is not read", link.relation.plain())),
    }
}

/// What equality came to at finite instances.
pub enum Finite {
    Equal,
    Differs(String, f64),
    Unclear(String),
    /// They may agree: sampling is too blunt to tell.
    Blunt,
    Failed(String),
}

pub fn finite_equality(scene: &Scene, link: &Link, others_only: bool) -> Finite {
    let mut seen = 0;
    let mut witness: Option<(usize, String)> = None;
    let mut largest = 0.0f64;
    let mut blunt = false;
    for seed in 0..tolerance::IDENTITY_INSTANCES {
        let Some(instance) = scene.finite(seed) else {
            continue;
        };
        let observations = match scene.observed(&instance, link, others_only) {
            Ok(list) => list,
            Err(e) => return Finite::Failed(e.to_string()),
        };
        for o in observations.iter() {
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
                    witness = Some((weight, show_witness(&instance, seed, o)));
                }
            } else if gap > tolerance::BLUNT * size && o.blunt() {
                blunt = true;
            }
        }
        if enough(seed, &observations) {
            break;
        }
    }
    match (seen, witness) {
        (0, _) => Finite::Failed("no instance meets the conditions".into()),
        (_, Some((_, witness))) => Finite::Differs(witness, largest),
        (_, None) if largest > 0.0 => Finite::Unclear(format!(
            "the sides differ by {} of their size, too little to tell from rounding",
            show_number(largest)
        )),
        _ if blunt => Finite::Blunt,
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
        Finite::Blunt => return blunt_equality(scene, link, others_only),
        Finite::Differs(witness, largest) => {
            if scene.open_limits().is_empty() && link.relation == Relation::Approx && !scene.world.limits.is_empty() {
                return close_at_given_values(link, &witness, largest);
            }
            witness
        }
    };
    match limit_equality(scene, link, others_only) {
        Limit::Vanishes(_)
            if link.relation == Relation::Equal
                && (wrong_correction(scene, link, others_only) || wrong_vanishing(scene, link) || no_variance(scene, link)) =>
        {
            let message =
                "equal only as a limit: both sides approach one value, and they differ by as much as they are away from it";
            Ruling::contradicted(message, witness)
        }
        // "If q = k_j then α_j ≈ 1": the condition that the question is after stands in the sentence, and it is another one.
        Limit::Vanishes(_) if scene.supposes_another_condition() => {
            Ruling::undecided("true where the question's own condition holds too, which the sentence does not suppose")
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

/// Where sampling cannot tell at finite values, the limit may.
fn blunt_equality(scene: &Scene, link: &Link, others_only: bool) -> Ruling {
    if link.relation == Relation::Equal && !scene.keeps_draws() && super::independent::proved(scene, link) {
        let message =
            "by the rule for sums of independent parts: what the parts see of the noise is uncorrelated at every instance drawn";
        return Ruling::held_everywhere(message);
    }
    if link.relation == Relation::Equal && !scene.keeps_draws() && super::symmetric::proved(scene, link) {
        let message = "by symmetry: noise and its opposite have it in their middle at every point drawn";
        return Ruling::held_everywhere(message);
    }
    match limit_equality(scene, link, others_only) {
        // "Var(c) = ½ Var(c_1)" of two variances that vanish says nothing in the limit.
        Limit::Vanishes(_)
            if link.relation == Relation::Equal
                && !link.right.is_zero()
                && !link.left.is_zero()
                && both_vanish(scene, link, others_only) =>
        {
            Ruling::undecided("both sides vanish in the limit, and sampling cannot tell them apart before")
        }
        Limit::Vanishes(rate) => {
            let message = format!("too close to tell by sampling at finite values, equal {}", limit_words(scene));
            let mut ruling = Ruling::new(Verdict::HoldsInLimit, Some(Tier::Sampled), message);
            ruling.rate = describe_rate(scene, link, others_only, &rate);
            ruling.blunt = true;
            ruling
        }
        Limit::Stays(share) if share > tolerance::APPROX_FAR && told_apart(scene, link, others_only) => {
            let mut ruling = Ruling::new(
                Verdict::Refuted,
                Some(Tier::Certified),
                format!("the sides stay apart by {} of their size {}", show_number(share), limit_words(scene)),
            );
            ruling.witness = Some(format!("{}{}", limit_words(scene), show_limit_values(scene, link)));
            ruling
        }
        _ => Ruling::undecided("the sides are too close to tell by sampling"),
    }
}

/// Whether the sides differ at the far end of the path by more than their errors, sampling included, at every instance.
fn told_apart(scene: &Scene, link: &Link, others_only: bool) -> bool {
    let end = tolerance::PATH[tolerance::PATH.len() - 1];
    (0..tolerance::PATH_INSTANCES).all(|seed| {
        let list = scene.on_path(seed, end).and_then(|instance| scene.observed(&instance, link, others_only).ok());
        let clear =
            |(gap, error, size): (f64, f64, f64)| gap > tolerance::ERROR_MARGIN * error && gap > tolerance::APPROX_FAR * size;
        list.is_some_and(|l| l.iter().any(|o| o.gap().is_some_and(clear)))
    })
}

/// What every instance shows: exact where algebra proves it, sampled otherwise.
pub fn everywhere(scene: &Scene, link: &Link, message: &str) -> Ruling {
    if !scene.keeps_draws()
        && let Some(reason) = super::exact::proved(scene, link)
    {
        return Ruling::new(Verdict::Holds, Some(Tier::Exact), format!("{message}; by algebra: {reason}"));
    }
    Ruling::held_everywhere(message)
}

/// Whether `=` puts one finite correction for another: `e^β/(2e^β + n - 1)` for
/// `e^β/(2e^β + n - 2)`. Both sides go to one limit, and their difference is of the order of either
/// side's distance from it. A side without a correction of its own (`= 1/2`) claims the limit only, as do numbers with noise in them.
fn wrong_correction(scene: &Scene, link: &Link, others_only: bool) -> bool {
    let scalars = |seed: u64, t: f64| -> Option<Vec<(f64, f64)>> {
        let list = scene.observed(&scene.on_path(seed, t)?, link, others_only).ok()?;
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
    let noise = scene.world.draws() && scene.open_limits().iter().all(|(_, point)| *point == LimitPoint::Zero);
    (link.left.is_of_the_law() || link.right.is_of_the_law() || !noise)
        && (0..tolerance::PATH_INSTANCES).all(|seed| shows(seed) == Some(true))
}

/// The same for what vanishes with a scalar: `E|k_i - μ_i|² = α` for `α d`. Only for numbers that do not
/// vary from draw to draw: noise that is left out under `=` is of the order of the noise that stays.
fn wrong_vanishing(scene: &Scene, link: &Link) -> bool {
    let Some((name, _)) = scene.open_limits().into_iter().find(|(_, p)| *p == LimitPoint::Zero) else { return false };
    let values = |instance: Option<Rc<Instance>>| -> Option<(f64, f64)> {
        let instance = instance?;
        let evaluator = Evaluator::new(&instance);
        let bound: Bindings = free_letters(scene, link).into_iter().map(|l| (l, 0)).collect();
        let fixed = |e: &Expr| {
            let (mean, covariance) = affine_law(&evaluator, e, &bound).ok()??;
            mean.value.scalar().filter(|_| covariance.value.magnitude() == 0.0)
        };
        Some((fixed(&link.left)?, fixed(&link.right)?))
    };
    let [gone, small] = [0.0, tolerance::NEAR_ZERO].map(|value| scene.with_scalar(1, name, value));
    let (Some(at), Some(near)) = (values(gone.clone()), values(small.clone())) else {
        return matrices_apart(scene, link, gone, small) == Some(true);
    };
    let corrections = [near.0 - at.0, near.1 - at.1];
    let difference = (corrections[0] - corrections[1]).abs();
    // `2 α² β²` for `2 α β²`: a correction of another order is as wrong as one with another factor.
    let rounding = tolerance::ROUNDING * near.0.abs().max(near.1.abs());
    let own = corrections.iter().all(|c| c.abs() > rounding);
    own && difference >= tolerance::SAME_ORDER.start() * corrections[0].abs().max(corrections[1].abs())
}

/// The same of two matrices that do not vary from draw to draw: `Σ_i = α² I`.
fn matrices_apart(scene: &Scene, link: &Link, gone: Option<Rc<Instance>>, small: Option<Rc<Instance>>) -> Option<bool> {
    let drawn = |e: &Expr| e.symbols().iter().any(|s| scene.world.is_drawn(&s.name) || scene.world.is_noise(s));
    (!drawn(&link.left) && !drawn(&link.right)).then_some(())?;
    let bound: Bindings = free_letters(scene, link).into_iter().map(|l| (l, 0)).collect();
    let at = |instance: &Instance, e: &Expr| Some(Evaluator::new(instance).eval(e, &bound).ok()?.value);
    let (gone, small) = (gone?, small?);
    let correction = |e: &Expr| at(&small, e)?.minus(&at(&gone, e)?);
    let (left, right) = (correction(&link.left)?, correction(&link.right)?);
    let own = left.magnitude().min(right.magnitude());
    let difference = left.minus(&right)?.magnitude();
    let same = at(&gone, &link.left)?.minus(&at(&gone, &link.right)?)?.magnitude() == 0.0;
    Some(same && own > 0.0 && difference >= tolerance::SAME_ORDER.start() * left.magnitude().max(right.magnitude()))
}

/// `Var(k_a^T q) = 0`, of a number that is Gaussian with a variance that vanishes only in a limit which nobody named: the
/// variance is known to the last term, and it is not 0.
fn no_variance(scene: &Scene, link: &Link) -> bool {
    let zero = |e: &Expr| e.is_zero();
    let inner = match (&link.left, &link.right) {
        (Expr::Moment(Moment::Variance | Moment::Deviation, inner), right) if zero(right) => inner,
        _ => return false,
    };
    let vanishing = scene.open_limits().into_iter().find(|(_, p)| *p == LimitPoint::Zero);
    let named = vanishing.is_none_or(|(name, _)| scene.names_limit(name));
    let random = |instance: Rc<Instance>| {
        let evaluator = Evaluator::new(&instance);
        let bound: Bindings = free_letters(scene, link).into_iter().map(|l| (l, 0)).collect();
        matches!(affine_law(&evaluator, inner, &bound), Ok(Some((_, variance))) if variance.value.magnitude() > variance.error)
    };
    !named && scene.finite(1).is_some_and(random)
}
