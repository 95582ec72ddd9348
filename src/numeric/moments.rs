//! Expectations, variances and probabilities over the random family, at one instance.
//!
//! * No noise left: the value itself.
//! * A polynomial of degree at most 2 in the noise (3 with odd symmetry): the cubature with points
//!   `± sqrt(D) e_r`, weights `1/(2D)` (D standard-normal coordinates), which is exact up to degree 3
//!   (Stroud, *Approximate Calculation of Multiple Integrals*, E_n^{r^2} 3-1).
//! * One coordinate of noise, or a function of one affine number of it: the trapezoidal rule, whose error is bounded by
//!   the difference from half its points; events by the ends of their intervals.
//! * Otherwise: plain Monte Carlo, with six standard errors as its error.

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use statrs::distribution::{ContinuousCDF, Normal};

use super::ball::{Ball, EPSILON};
use super::eval::{EvalError, Evaluator};
use super::instance::Instance;
use super::line::direction;
use super::value::Value;
use crate::language::{Chain, Expr, Moment, Relation};
use crate::tolerance;

type Result<T> = std::result::Result<T, EvalError>;
pub(super) type Bindings = BTreeMap<String, usize>;

/// Seed of the plain Monte Carlo below; fixed, so that two sides of a relation see the same draws.
const SEED: u64 = 0x6174_7465_7374;

/// Points of noise with their weights.
struct Rule {
    points: Vec<Vec<f64>>,
    weights: Vec<f64>,
    kind: RuleKind,
}

/// How far a rule can be trusted.
#[derive(Clone, Copy, PartialEq)]
enum RuleKind {
    /// Exact for what it is used for.
    Exact,
    /// Trapezoidal along a line: points with odd numbers can be left out.
    Line,
    /// Random draws.
    Sampled,
}

/// A moment of `inner` over the random family's noise.
pub fn moment(outer: &Evaluator, moment: Moment, inner: &Expr, bound: &Bindings) -> Result<Ball> {
    let degree = degree(outer.instance, inner, 0);
    let needed = degree.map(|d| if moment == Moment::Mean { d } else { 2 * d });
    let rule = rule(outer, needed, &[inner], bound);
    let values = values(outer, &rule.points, inner, bound)?;
    let mean = averaged(&rule, &values)?;
    if moment == Moment::Mean {
        return Ok(mean);
    }
    let squares = values.iter().map(|value| squared_deviation(value, &mean)).collect::<Result<Vec<Ball>>>()?;
    let variance = averaged(&rule, &squares)?;
    Ok(match (moment, variance.value.scalar()) {
        (Moment::Deviation, Some(v)) => variance.raised(v, 0.5, 0.0),
        _ => variance,
    })
}

fn squared_deviation(value: &Ball, mean: &Ball) -> Result<Ball> {
    let centre = Ball { value: mean.value.clone(), error: mean.value.magnitude() * EPSILON };
    let deviation = value.add(&centre.scale(-1.0)).ok_or_else(|| EvalError::Shape("shapes differ between draws".into()))?;
    let square = frobenius_squared(&deviation.value);
    let entries = if let Value::Matrix(m) = &deviation.value { m.len() as f64 } else { 1.0 };
    let error = 2.0 * entries * deviation.value.magnitude() * deviation.error + square * EPSILON * entries;
    Ok(Ball { value: Value::Scalar(square), error })
}

/// Whether a value overflowed on its way.
fn lost(value: &Ball) -> bool {
    !(value.value.magnitude().is_finite() && value.error.is_finite())
}

/// The weighted mean of values at a rule's points, with the rule's own error. Values along a line that overflowed,
/// where scores are greatest, are left out, and may be as large as any that is kept.
fn averaged(rule: &Rule, values: &[Ball]) -> Result<Ball> {
    let kept = |i: usize| rule.kind != RuleKind::Line || !lost(&values[i]);
    let sum = |of: &dyn Fn(usize) -> f64| -> Result<Ball> {
        let mut total = Ball::exact(Value::Scalar(0.0));
        for (i, value) in values.iter().enumerate().filter(|(i, _)| of(*i) > 0.0 && kept(*i)) {
            total = total.add(&value.scale(of(i))).ok_or_else(|| EvalError::Shape("shapes differ between draws".into()))?;
        }
        Ok(total)
    };
    let mut mean = sum(&|i| rule.weights[i])?;
    match rule.kind {
        RuleKind::Exact => {}
        RuleKind::Line => {
            let coarse = sum(&|i| if i % 2 == 0 { 2.0 * rule.weights[i] } else { 0.0 })?;
            mean.error += mean.gap(&coarse).map_or(f64::INFINITY, |(gap, _)| gap);
            let missing: f64 = (0..values.len()).filter(|i| !kept(*i)).map(|i| rule.weights[i]).sum();
            let largest = (0..values.len()).filter(|i| kept(*i)).map(|i| values[i].value.magnitude()).fold(0.0, f64::max);
            mean.error += if missing < 0.5 { missing * largest } else { f64::INFINITY };
        }
        RuleKind::Sampled => {
            let spread = values.iter().filter_map(|v| v.gap(&mean)).map(|(gap, _)| gap * gap).sum::<f64>() / values.len() as f64;
            mean.error += tolerance::SAMPLED_ERRORS * (spread / values.len() as f64).sqrt();
        }
    }
    Ok(mean)
}

/// Probability of an event given by a chain of relations.
pub fn probability(outer: &Evaluator, event: &Chain, bound: &Bindings) -> Result<Ball> {
    let sides: Vec<&Expr> = event.operands.iter().map(|o| &o.expr).collect();
    // `k_a^T q > k_b^T q` sees the noise through the difference of its sides.
    let difference = match sides.as_slice() {
        [left, right] => Some(Expr::Add(vec![(*left).clone(), Expr::Neg(Box::new((*right).clone()))])),
        _ => None,
    };
    let rank = outer.instance.random.as_ref().map_or(0, |r| r.rank());
    if rank > 0
        && let Some(unit) = direction(outer, &sides, bound)
            .or_else(|| direction(outer, &[difference.as_ref().filter(|e| degree(outer.instance, e, 0) == Some(1))?], bound))
    {
        let at = |t: f64| unit.iter().map(|x| x * t).collect::<Vec<f64>>();
        return on_line(&|t| Ok(happens(outer, event, &at(t), bound)?.0));
    }
    let rule = rule(outer, None, &sides, bound);
    let count = rule.points.len().max(1) as f64;
    let (mut hits, mut tied) = (0.0, false);
    for coordinates in &rule.points {
        let (happens, ties) = happens(outer, event, coordinates, bound)?;
        hits += f64::from(u8::from(happens == Some(true)));
        tied |= ties || happens.is_none();
    }
    let share = hits / count;
    let spread = (share * (1.0 - share)).max(1.0 / count);
    let error = match rule.kind {
        RuleKind::Sampled => tolerance::SAMPLED_ERRORS * (spread / count).sqrt(),
        // Without noise an event is certain or impossible; where its sides tie, noise that vanishes would decide.
        _ => f64::from(u8::from(tied)),
    };
    Ok(Ball { value: Value::Scalar(share), error })
}

/// Whether an event happens at coordinates of noise (`None` where its sides overflow), and whether two sides of it
/// tie there.
fn happens(outer: &Evaluator, event: &Chain, coordinates: &[f64], bound: &Bindings) -> Result<(Option<bool>, bool)> {
    let (mut all, mut tied) = (Some(true), false);
    for (i, relation) in event.relations.iter().enumerate() {
        let left = at(outer, coordinates, &event.operands[i].expr, bound)?;
        let right = at(outer, coordinates, &event.operands[i + 1].expr, bound)?;
        let (Some(l), Some(r)) = (left.value.scalar(), right.value.scalar()) else {
            return Err(EvalError::Shape("an event compares numbers".into()));
        };
        tied |= (l - r).abs() <= tolerance::ROUNDING * l.abs().max(r.abs());
        let holds = match relation {
            Relation::Less | Relation::LessEqual => l < r,
            Relation::Greater | Relation::GreaterEqual => l > r,
            Relation::Equal => l == r,
            _ => return Err(EvalError::Unsupported("this relation inside a probability".into())),
        };
        all = if l.is_nan() || r.is_nan() { None } else { all.map(|a| a && holds) };
    }
    Ok((all, tied))
}

/// The probability of an event of one standard normal: its intervals, their ends by bisection. Where the event
/// cannot be told, its probability is error.
fn on_line(event: &dyn Fn(f64) -> Result<Option<bool>>) -> Result<Ball> {
    let normal = Normal::new(0.0, 1.0).map_err(|e| EvalError::Unsupported(e.to_string()))?;
    let node = |i: usize| tolerance::LINE_REACH * (2.0 * i as f64 / tolerance::EVENT_NODES as f64 - 1.0);
    let (mut total, mut unknown) = (0.0, 0.0);
    let mut count = |state: Option<bool>, mass: f64| match state {
        Some(true) => total += mass,
        Some(false) => {}
        None => unknown += mass,
    };
    let (mut state, mut begin) = (event(node(0))?, f64::NEG_INFINITY);
    for i in 1..=tolerance::EVENT_NODES {
        let next = event(node(i))?;
        if next == state {
            continue;
        }
        let (mut low, mut high) = (node(i - 1), node(i));
        for _ in 0..tolerance::BISECTIONS {
            let middle = 0.5 * (low + high);
            if event(middle)? == state { low = middle } else { high = middle }
        }
        count(state, normal.cdf(high) - normal.cdf(begin));
        (state, begin) = (next, high);
    }
    count(state, normal.sf(begin));
    Ok(Ball { value: Value::Scalar(total), error: tolerance::EVENT_ERROR + unknown })
}

/// Mean and covariance of an affine expression of the noise, if it is affine.
pub fn affine_law(outer: &Evaluator, inner: &Expr, bound: &Bindings) -> Result<Option<(Ball, Ball)>> {
    if !matches!(degree(outer.instance, inner, 0), Some(0 | 1)) {
        return Ok(None);
    }
    let mean = moment(outer, Moment::Mean, inner, bound)?;
    let mut covariance = Ball::exact(Value::Scalar(0.0));
    let rule = rule(outer, Some(2), &[inner], bound);
    let values = values(outer, &rule.points, inner, bound)?;
    for value in &values {
        let centred = value.add(&mean.scale(-1.0)).ok_or_else(|| EvalError::Shape("shapes differ between draws".into()))?;
        let square = centred.mul(&centred.transpose()).ok_or_else(|| EvalError::Shape("no covariance of this shape".into()))?;
        covariance = covariance.add(&square).ok_or_else(|| EvalError::Shape("no covariance of this shape".into()))?;
    }
    Ok(Some((mean, covariance.scale(1.0 / values.len() as f64))))
}

fn frobenius_squared(v: &Value) -> f64 {
    match v {
        Value::Scalar(x) | Value::Identity(x) => x * x,
        Value::Matrix(m) => m.norm_squared(),
    }
}

/// The values at points of noise; one copy of the instance serves them all.
fn values(outer: &Evaluator, points: &[Vec<f64>], inner: &Expr, bound: &Bindings) -> Result<Vec<Ball>> {
    let mut instance = outer.instance.clone();
    let value = |coordinates: &Vec<f64>| {
        if let Some(random) = &mut instance.random {
            random.set_coordinates(coordinates);
        }
        instance.refresh();
        Evaluator::new(&instance).eval(inner, bound)
    };
    points.iter().map(value).collect()
}

pub(super) fn at(outer: &Evaluator, coordinates: &[f64], inner: &Expr, bound: &Bindings) -> Result<Ball> {
    let mut instance = outer.instance.clone();
    if let Some(random) = &mut instance.random {
        random.set_coordinates(coordinates);
    }
    instance.refresh();
    Evaluator::new(&instance).eval(inner, bound)
}

/// Points of noise for expressions of a known degree in it, or of none.
fn rule(outer: &Evaluator, degree: Option<u32>, expressions: &[&Expr], bound: &Bindings) -> Rule {
    let rank = outer.instance.random.as_ref().map_or(0, |r| r.rank());
    let equal = |points: Vec<Vec<f64>>, kind| {
        let weights = vec![1.0 / points.len() as f64; points.len()];
        Rule { points, weights, kind }
    };
    if rank == 0 || degree == Some(0) {
        return equal(vec![vec![0.0; rank]], RuleKind::Exact);
    }
    if degree.is_some_and(|d| d <= 3) {
        let point = |i: usize| {
            let mut point = vec![0.0; rank];
            point[i / 2] = if i.is_multiple_of(2) { 1.0 } else { -1.0 } * (rank as f64).sqrt();
            point
        };
        return equal((0..2 * rank).map(point).collect(), RuleKind::Exact);
    }
    if let Some(unit) = direction(outer, expressions, bound) {
        return trapezoidal(&unit);
    }
    outer.sampled.set(true);
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    let draws = (0..tolerance::INSTANCE_DRAWS).map(|_| (0..rank).map(|_| StandardNormal.sample(&mut rng)).collect());
    equal(draws.collect(), RuleKind::Sampled)
}

/// Points along a direction with the normal density as weights.
fn trapezoidal(unit: &[f64]) -> Rule {
    // Equidistant in u with t = R sinh(a u)/sinh(a): closer in the middle, where steep weights turn over.
    let (nodes, a) = (tolerance::LINE_NODES, tolerance::LINE_CLUSTER);
    let u = |i: usize| a * (2.0 * i as f64 / nodes as f64 - 1.0);
    let at: Vec<f64> = (0..=nodes).map(|i| tolerance::LINE_REACH * u(i).sinh() / a.sinh()).collect();
    let density: Vec<f64> = at.iter().enumerate().map(|(i, t)| (-0.5 * t * t).exp() * u(i).cosh()).collect();
    let total: f64 = density.iter().sum();
    Rule {
        points: at.iter().map(|t| unit.iter().map(|x| x * t).collect()).collect(),
        weights: density.iter().map(|d| d / total).collect(),
        kind: RuleKind::Line,
    }
}

/// Degree of the expression as a polynomial in the noise, `None` where it is none.
pub fn degree(instance: &Instance, e: &Expr, depth: usize) -> Option<u32> {
    let all = |list: &[Expr]| list.iter().map(|x| degree(instance, x, depth)).collect::<Option<Vec<u32>>>();
    match e {
        Expr::Number(_) | Expr::Infinity => Some(0),
        Expr::Symbol(s) => {
            if let Some(d) = instance.definitions.iter().rev().find(|d| d.matches(&s.name, &s.indices)) {
                return if depth > 12 { None } else { degree(instance, &d.body, depth + 1) };
            }
            let random = instance.random.as_ref().is_some_and(|r| r.family == s.name || r.noise.as_deref() == Some(&s.name));
            Some(u32::from(random))
        }
        Expr::Add(v) => all(v)?.into_iter().max(),
        Expr::Mul(v) => Some(all(v)?.into_iter().sum()),
        Expr::Neg(a) | Expr::Transpose(a) => degree(instance, a, depth),
        Expr::Sum(_, body) => degree(instance, body, depth),
        Expr::Div(a, b) => (degree(instance, b, depth)? == 0).then(|| degree(instance, a, depth)).flatten(),
        Expr::Pow(a, b) => match (&**a, &**b) {
            (Expr::Norm(inner) | Expr::Abs(inner), Expr::Number(n)) if n.value == 2.0 => {
                Some(2 * degree(instance, inner, depth)?)
            }
            (base, Expr::Number(n)) if n.value.fract() == 0.0 && n.value >= 0.0 => {
                Some(degree(instance, base, depth)? * n.value as u32)
            }
            (base, _) => (degree(instance, base, depth)? == 0).then_some(0),
        },
        Expr::Moment(..) | Expr::Probability(_) => Some(0),
        other => {
            let children: Option<Vec<u32>> = other.children().into_iter().map(|c| degree(instance, c, depth)).collect();
            children?.into_iter().all(|d| d == 0).then_some(0)
        }
    }
}
