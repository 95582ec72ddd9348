//! Relations between numbers that are fixed: arithmetic, and rounding as people write it.

use std::collections::BTreeMap;

use super::describe::show_number;
use super::observe::free_letters;
use super::ruling::Ruling;
use super::scene::Scene;
use crate::claim::Link;
use crate::language::{Expr, Number, Relation};
use crate::numeric::Evaluator;
use crate::record::{Tier, Verdict};
use crate::tolerance;

/// Judges a relation whose sides are fixed numbers: closed ones, or ones that the conditions fix.
/// `None` where a side varies or the relation is none of numbers.
pub fn judge(scene: &Scene, link: &Link) -> Option<Ruling> {
    if !matches!(link.relation, Relation::Equal | Relation::Approx) {
        return None;
    }
    let rounded = rounded_for_all(scene, link).or_else(|| rounded_coefficient(scene, link));
    if let Some(found) = rounded.or_else(|| rounded_matrix(scene, link)) {
        return Some(found);
    }
    if let Some(found) = rounded_threshold(scene, link) {
        return Some(found);
    }
    let written = [&link.right, &link.left].into_iter().filter(|e| e.is_closed()).find_map(|e| last_number(e));
    let closed = link.left.is_closed() && link.right.is_closed();
    let percentage =
        link.relation == Relation::Approx && [&link.left, &link.right].into_iter().any(|e| rounding_step(e).is_some());
    let whole = [&link.left, &link.right].into_iter().any(|e| e.is_closed() && rounded_whole(e));
    let composed = || [&link.left, &link.right].into_iter().any(|e| spread(scene, e, false) > 0.0);
    let plain = !closed && !percentage && !whole && written.is_none_or(|n| n.unit().is_none()) && !closed_call(&link.right);
    if plain && !composed() {
        return None;
    }
    let both = |vanished| Some((fixed(scene, &link.left, vanished)?, fixed(scene, &link.right, vanished)?));
    // A written number leaves out what vanishes: it is compared where α is 0.
    let everywhere = both(false);
    let ((left, left_error), (right, right_error)) = everywhere.or_else(|| both(true))?;
    if !left.is_finite() || !right.is_finite() {
        return None;
    }
    let scale = left.abs().max(right.abs());
    if closed && link.relation == Relation::Equal && (lost(&link.left, left) || lost(&link.right, right)) {
        return Some(Ruling::not_checked("it is smaller than any number of a double, and not 0"));
    }
    if (left - right).abs() <= (tolerance::ROUNDING * scale).max(left_error + right_error) {
        let mut ruling = Ruling::new(
            Verdict::Holds,
            Some(if closed { Tier::Exact } else { Tier::Certified }),
            format!("both sides are {}", show_number(right)),
        );
        if closed && !rational(&link.left) {
            ruling.tier = Some(Tier::Certified);
        }
        return Some(ruling);
    }
    if let Some(step) = rounding_step(&link.right).or_else(|| rounding_step(&link.left)) {
        // One digit alone ("0.2 %") has to be the rounded one; of more, the last may be off by one under `≈`.
        let single = step > scale * tolerance::COARSE_DIGIT;
        let slack = if link.relation == Relation::Approx && !single { 1.0 } else { 0.5 };
        if (left - right).abs() <= slack * step * (1.0 + 1e-9) && step <= scale * tolerance::SINGLE_DIGIT {
            return Some(Ruling::new(
                Verdict::Holds,
                Some(Tier::Certified),
                format!("the left side is {}, rounded as written", show_number(left)),
            ));
        }
    }
    let apart = (left - right).abs() / scale;
    let (of_left, of_right) =
        (spread(scene, &link.left, !rational(&link.right)), spread(scene, &link.right, !rational(&link.left)));
    let explains = |roundings: f64| apart * scale <= roundings && roundings <= tolerance::ROUNDED_OPERANDS * scale;
    // "0.0786·0.9214 = 0.0725": what is computed from rounded numbers is rounded once more.
    let again = |of: f64, other: &Expr| of + rounding_step(other).filter(|_| of > 0.0).map_or(0.0, |step| 0.5 * step);
    let spreads = [again(of_left, &link.right), again(of_right, &link.left), of_left + of_right];
    if spreads.into_iter().any(explains) {
        let message = format!("the left side is {}, as near as the rounded numbers allow", show_number(left));
        return Some(Ruling::new(Verdict::Holds, Some(Tier::Certified), message));
    }
    // "1 - 2·0.482 = 0.036" for 0.0354: nothing left is as precise as what was taken away.
    if !closed && spreads.into_iter().any(|roundings| apart * scale <= roundings && roundings < scale) {
        let message = format!("the left side is {}: the rounded numbers say no more", show_number(left));
        return Some(Ruling::undecided(message));
    }
    let digits = closed && left.max(right) < 1.0 && rounding_step(&link.right).is_some_and(|u| wrong_digits(left, right, u));
    if link.relation == Relation::Approx && apart <= tolerance::APPROX_CLOSE && !digits {
        return Some(Ruling::new(Verdict::Holds, Some(Tier::Certified), format!("the left side is {}", show_number(left))));
    }
    let wrong_share = wrong_share(link, apart) || far_from_rest(link, left, right);
    if link.relation == Relation::Approx && apart <= tolerance::APPROX_FAR && !wrong_share && !digits {
        return Some(Ruling::undecided(format!("the left side is {}: near, but not what the digits say", show_number(left))));
    }
    if !closed && everywhere.is_none() && !scene.open_limits().is_empty() && !wrong_share {
        return None;
    }
    if !closed && apart <= tolerance::COUNTEREXAMPLE {
        return Some(Ruling::undecided("the sides differ by too little to tell from rounding"));
    }
    let mut ruling = Ruling::new(
        Verdict::Refuted,
        Some(Tier::Certified),
        format!("the left side is {}, the right side {}", show_number(left), show_number(right)),
    );
    ruling.witness = Some(format!("left {}, right {}", show_number(left), show_number(right)));
    ruling.correction = Some(show_number(left));
    Some(ruling)
}

/// `Σ_i = 0.00316² I`: a matrix whose entries are as near as the rounded numbers in it allow.
fn rounded_matrix(scene: &Scene, link: &Link) -> Option<Ruling> {
    const INSTANCES: u64 = 3;
    let mut decimals: Vec<Number> = Vec::new();
    link.right.walk(&mut |e| match e {
        Expr::Number(n) if n.unit().is_some() && !decimals.contains(n) => decimals.push(n.clone()),
        _ => {}
    });
    let bound: BTreeMap<String, usize> = free_letters(scene, link).into_iter().map(|l| (l, 0)).collect();
    for seed in 0..INSTANCES {
        let instance = scene.finite(seed).filter(|_| !decimals.is_empty())?;
        let at = |e: &Expr| Some(Evaluator::new(&instance).eval(e, &bound).ok()?.value);
        let (left, right) = (at(&link.left)?, at(&link.right)?);
        if left.scalar().is_some() || right.scalar().is_some() {
            return None;
        }
        let moved = |n: &Number| {
            let other = Number { value: n.value + 0.5 * n.unit().unwrap_or(0.0), exact: None, ..n.clone() };
            Some(at(&with_number(&link.right, n, &other))?.minus(&right)?.magnitude())
        };
        let spread: f64 = decimals.iter().map(moved).sum::<Option<f64>>()?;
        let near = left.minus(&right)?.magnitude() <= spread * (1.0 + tolerance::COUNTED_ROUNDING);
        if !near || spread > tolerance::ROUNDED_OPERANDS * right.magnitude() {
            return None;
        }
    }
    let message = "the sides are as near as the rounded numbers allow";
    Some(Ruling::new(Verdict::Holds, Some(Tier::Certified), message))
}

/// `P(α_a > 0.9) = P(z > 0.311)`: two probabilities that agree within the rounding of a threshold with several digits.
fn rounded_threshold(scene: &Scene, link: &Link) -> Option<Ruling> {
    let (Expr::Probability(_), Expr::Probability(_)) = (&link.left, &link.right) else { return None };
    let ((left, left_error), (right, right_error)) = (fixed(scene, &link.left, false)?, fixed(scene, &link.right, false)?);
    let moved = |e: &Expr, value: f64| {
        let mut numbers: Vec<Number> = Vec::new();
        let rounded = |n: &Number| n.unit().is_some_and(|u| u <= tolerance::DIGITS_OF_THRESHOLD * n.value.abs());
        e.walk(&mut |e| {
            if let Expr::Number(n) = e
                && rounded(n)
                && !numbers.contains(n)
            {
                numbers.push(n.clone());
            }
        });
        let by = |n: &Number| {
            let other = Number { value: n.value + 0.5 * n.unit().unwrap_or(0.0), exact: None, ..n.clone() };
            fixed(scene, &with_number(e, n, &other), false).map_or(0.0, |v| (v.0 - value).abs())
        };
        numbers.iter().map(by).sum::<f64>()
    };
    let spread = moved(&link.left, left) + moved(&link.right, right);
    let within = spread > 0.0 && (left - right).abs() <= spread * (1.0 + tolerance::COUNTED_ROUNDING) + left_error + right_error;
    within.then(|| {
        let message = format!("the left side is {}, as near as the rounded numbers allow", show_number(left));
        Ruling::new(Verdict::Holds, Some(Tier::Certified), message)
    })
}

/// Whether a share near 1 with digits of its own is another one: `0.998` for 0.990 leaves a fifth of the rest.
fn wrong_digits(left: f64, right: f64, unit: f64) -> bool {
    let (a, b) = (1.0 - left, 1.0 - right);
    let ratio = a.max(b) / a.min(b).max(unit / 2.0);
    (left - right).abs() > tolerance::DIGITS_OFF * unit && ratio > tolerance::REST_OFF && left.min(right) > 0.5
}

/// `α_i = 0.165` of every other key: each of the numbers that the letter runs over, rounded as written.
fn rounded_for_all(scene: &Scene, link: &Link) -> Option<Ruling> {
    let named = !scene.world.letters.is_empty();
    rounded_for(scene, link, false, false)
        .or_else(|| rounded_for(scene, link, true, false).filter(|_| named))
        .or_else(|| rounded_for(scene, link, true, true).filter(|_| named))
}

/// The same of all indices, or of those that the question does not name; with `vanished`, where what vanishes in its limit is 0.
fn rounded_for(scene: &Scene, link: &Link, others_only: bool, vanished: bool) -> Option<Ruling> {
    const INSTANCES: u64 = 3;
    let step = rounding_step(&link.right).filter(|_| !free_letters(scene, link).is_empty())?;
    let right = match &link.right {
        e if e.is_closed() => fixed(scene, e, false)?.0,
        _ => return None,
    };
    let mut left = None;
    for seed in 0..INSTANCES {
        let instance = if vanished { scene.vanished(seed)? } else { scene.finite(seed)? };
        let seen = scene.observed(&instance, link, others_only).ok()?;
        for o in seen.iter() {
            let x = o.left.value.scalar()?;
            if (x - right).abs() > 0.5 * step * (1.0 + tolerance::COUNTED_ROUNDING)
                || step > tolerance::SINGLE_DIGIT * right.abs()
            {
                return None;
            }
            left = Some(x);
        }
    }
    let unsaid = if others_only { ", of the keys that the question does not name" } else { "" };
    let message = format!("the left side is {}, rounded as written{unsaid}", show_number(left?));
    Some(Ruling::new(Verdict::Holds, Some(Tier::Certified), message))
}

/// How far a closed expression may be off because each number in it was rounded to the digits that are written
/// (`20.09/42.17`). Where the other side is no rational number, large whole ones are rounded too (`148/(2·148 + 8)`).
fn spread(scene: &Scene, e: &Expr, whole: bool) -> f64 {
    let rounded = |n: &Number| n.unit().is_some() || whole && n.value.abs() >= tolerance::WHOLE_ROUNDED;
    let mut decimals: Vec<Number> = Vec::new();
    e.walk(&mut |e| match e {
        Expr::Number(n) if rounded(n) && !decimals.contains(n) => decimals.push(n.clone()),
        _ => {}
    });
    let alone = matches!(e, Expr::Number(n) if n.unit().is_some() || !whole);
    if !e.is_closed() || alone || decimals.is_empty() {
        return 0.0;
    }
    let Some(value) = fixed(scene, e, false) else { return 0.0 };
    let moved = |n: &Number| {
        let step = 0.5 * n.unit().unwrap_or(1.0);
        let other = Number { value: n.value + step, exact: None, ..n.clone() };
        fixed(scene, &with_number(e, n, &other), false).map_or(0.0, |v| (v.0 - value.0).abs())
    };
    decimals.iter().map(moved).sum()
}

/// Whether an expression that is never 0 has come to 0: `e^{-1000}` is smaller than any double.
fn lost(e: &Expr, value: f64) -> bool {
    fn never_zero(e: &Expr) -> bool {
        match e {
            Expr::Call("exp", _) => true,
            Expr::Pow(base, _) => matches!(&**base, Expr::Number(n) if n.value > 0.0) || never_zero(base),
            Expr::Mul(factors) => factors.iter().all(|f| never_zero(f) || matches!(f, Expr::Number(n) if n.value != 0.0)),
            Expr::Div(a, _) => never_zero(a) || matches!(&**a, Expr::Number(n) if n.value != 0.0),
            Expr::Neg(a) => never_zero(a),
            _ => false,
        }
    }
    value == 0.0 && never_zero(e)
}

fn with_number(e: &Expr, from: &Number, to: &Number) -> Expr {
    match e {
        Expr::Number(n) if n == from => Expr::Number(to.clone()),
        other => other.map_children(&mut |child| with_number(child, from, to)),
    }
}

/// Whether a scalar takes different values at different instances, with all that vanishes in the question's limits gone.
pub fn varies(scene: &Scene, e: &Expr) -> bool {
    let value = |seed| {
        let instance = scene.vanished(seed)?;
        Evaluator::new(&instance).eval(e, &BTreeMap::new()).ok()?.value.scalar()
    };
    let values: Option<Vec<f64>> = (0..3).map(value).collect();
    values.is_some_and(|v| v.iter().any(|x| (x - v[0]).abs() > tolerance::ROUNDING * v[0].abs().max(x.abs())))
}

/// Whether a side is a share of the draws.
fn of_draws(link: &Link) -> bool {
    [&link.left, &link.right].into_iter().any(|e| matches!(e, Expr::Probability(_)))
}

/// Whether a probability is given by digits that are no round number, and is further from it than digits are left out.
pub fn wrong_share(link: &Link, apart: f64) -> bool {
    let written = [&link.right, &link.left].into_iter().find_map(|e| rounding_step(e).and(last_number(e)));
    // "about 0.42" of a weight has as many digits as "about 42 %".
    let hundredths = written.is_some_and(|n| n.decimals == Some(2) && n.exponent == 0 && n.value < 1.0);
    let digits = written.map(|n| if hundredths { (n.value * 100.0).round() } else { n.value });
    let round = digits.is_none_or(|d| d % tolerance::ROUND_SHARE == 0.0);
    (of_draws(link) || hundredths) && !round && apart > tolerance::SHARE_FAR
}

/// "about 95 %" of 84 %: what is left of the draws is another number altogether.
fn far_from_rest(link: &Link, left: f64, right: f64) -> bool {
    let (a, b) = (1.0 - left, 1.0 - right);
    of_draws(link) && a > 0.0 && b > 0.0 && (a - b).abs() > tolerance::REST_FAR * a.max(b)
}

/// Whether a side is a number that is written as an expression, `1/(1 + exp(-5))`.
fn closed_call(e: &Expr) -> bool {
    e.is_closed() && !matches!(e, Expr::Number(_)) && !rational(e)
}

/// The value and the bound on its error, where it is the same at every instance of the scene; with `vanished`, at those
/// where what vanishes in its limit is 0.
fn fixed(scene: &Scene, e: &Expr, vanished: bool) -> Option<(f64, f64)> {
    let e = &scene.with_given_values(e);
    let mut value: Option<f64> = None;
    let mut error = 0.0f64;
    for seed in 0..3 {
        let instance = if vanished { scene.vanished(seed)? } else { scene.finite(seed)? };
        let ball = Evaluator::new(&instance).eval(e, &BTreeMap::new()).ok()?;
        let x = ball.value.scalar()?;
        // A sampled value may be the same number at every instance because the draws are.
        if ball.error > tolerance::BLUNT * x.abs().max(f64::MIN_POSITIVE) && ball.error > tolerance::ROUNDING {
            return None;
        }
        error = error.max(ball.error);
        match value {
            Some(v) if (v - x).abs() > tolerance::ROUNDING * v.abs().max(x.abs()) => return None,
            _ => value = Some(x),
        }
    }
    Some((value?, error))
}

/// One unit in the last place of a number as written; a percentage counts in hundredths.
fn rounding_step(e: &Expr) -> Option<f64> {
    match e {
        Expr::Number(n) => n.unit(),
        Expr::Mul(factors) => match factors.as_slice() {
            [Expr::Number(n), power] => Some(n.unit()? * power_of_ten(power)?),
            _ => None,
        },
        Expr::Div(a, b) => match (&**a, &**b) {
            (Expr::Number(n), Expr::Number(h)) if h.value == 100.0 && h.decimals.is_none() => {
                Some(n.unit().unwrap_or(1.0) / 100.0)
            }
            _ => None,
        },
        Expr::Neg(a) => rounding_step(a),
        _ => None,
    }
}

/// The value of `10^{-7}`.
fn power_of_ten(e: &Expr) -> Option<f64> {
    let Expr::Pow(base, exponent) = e else { return None };
    let ten = matches!(&**base, Expr::Number(n) if n.value == 10.0 && n.decimals.is_none());
    let whole = |e: &Expr| match e {
        Expr::Number(n) if n.value.fract() == 0.0 && n.value.abs() <= 300.0 => Some(n.value as i32),
        _ => None,
    };
    let exponent = match &**exponent {
        Expr::Neg(e) => -whole(e)?,
        e => whole(e)?,
    };
    ten.then(|| 10f64.powi(exponent))
}

fn last_number(e: &Expr) -> Option<&Number> {
    match e {
        Expr::Number(n) => Some(n),
        Expr::Neg(a) | Expr::Div(a, _) => last_number(a),
        _ => None,
    }
}

/// Whether a quotient has a whole number in it that may be rounded.
fn rounded_whole(e: &Expr) -> bool {
    let mut any = false;
    e.walk(&mut |e| any |= matches!(e, Expr::Number(n) if n.value.abs() >= tolerance::WHOLE_ROUNDED));
    any && matches!(e, Expr::Div(..))
}

/// Whether it is made of numbers by rational operations only.
fn rational(e: &Expr) -> bool {
    let mut all = e.is_closed();
    e.walk(&mut |e| all &= !matches!(e, Expr::Call(..) | Expr::Norm(_) | Expr::Infinity));
    all
}

/// `β/√2 = 0.707β`, `2/(β√π) = 1.13/β`: a rounded number times or over letters, against what is as many times or parts of them; at
/// finite values, or where what vanishes in its limit is gone.
fn rounded_coefficient(scene: &Scene, link: &Link) -> Option<Ruling> {
    let sides = [(&link.right, &link.left), (&link.left, &link.right)];
    let (number, quotient) = sides.into_iter().find_map(|(e, other)| {
        let (number, letters, divides) = coefficient(e)?;
        let by = |a: Expr, b: Expr| if divides { Expr::Mul(vec![a, b]) } else { Expr::Div(Box::new(a), Box::new(b)) };
        Some((number, by(other.clone(), letters)))
    })?;
    let step = number.unit().filter(|step| *step <= tolerance::SINGLE_DIGIT * number.value.abs())?;
    let (written, _) = fixed(scene, &Expr::Number(number), false)?;
    let finite = fixed(scene, &quotient, false);
    let (value, _) = finite.or_else(|| fixed(scene, &quotient, true))?;
    let within = (value - written).abs() <= 0.5 * step * (1.0 + tolerance::COUNTED_ROUNDING);
    within.then(|| {
        let message = format!("the coefficient is {}, rounded as written", show_number(value));
        let verdict = if finite.is_some() { Verdict::Holds } else { Verdict::HoldsInLimit };
        Ruling::new(verdict, Some(Tier::Certified), message)
    })
}

/// A rounded number beside letters, the letters, and whether they divide it.
fn coefficient(e: &Expr) -> Option<(Number, Expr, bool)> {
    let plain = |e: &Expr| !e.is_closed() && matches!(e, Expr::Symbol(_) | Expr::Pow(..) | Expr::Mul(_) | Expr::Call("sqrt", _));
    let rounded = |e: &Expr| matches!(e, Expr::Number(n) if n.unit().is_some());
    match e {
        Expr::Mul(factors) => match factors.as_slice() {
            [Expr::Number(n), letters @ ..] if rounded(&factors[0]) && !letters.is_empty() && letters.iter().all(plain) => {
                Some((n.clone(), Expr::Mul(letters.to_vec()), false))
            }
            _ => None,
        },
        Expr::Div(over, under) => match &**over {
            Expr::Number(n) if rounded(over) && plain(under) => Some((n.clone(), (**under).clone(), true)),
            _ => None,
        },
        _ => None,
    }
}
