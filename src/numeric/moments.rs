//! Expectations, variances and probabilities over the random family, at one instance.
//!
//! * No noise left: the value itself.
//! * A polynomial of degree at most 2 in the noise (3 with odd symmetry): the cubature with points
//!   `± sqrt(D) e_r`, weights `1/(2D)` (D standard-normal coordinates), which is exact up to degree 3
//!   (Stroud, *Approximate Calculation of Multiple Integrals*, E_n^{r^2} 3-1).
//! * One coordinate of noise: quantile midpoints of the normal law.
//! * Otherwise: plain Monte Carlo, and the evaluator notes that it sampled.

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use statrs::distribution::{ContinuousCDF, Normal};

use super::ball::{Ball, EPSILON};
use super::eval::{EvalError, Evaluator};
use super::instance::Instance;
use super::value::Value;
use crate::language::{Chain, Expr, Moment, Relation};
use crate::tolerance;

type Result<T> = std::result::Result<T, EvalError>;
type Bindings = BTreeMap<String, usize>;

/// Seed of the plain Monte Carlo below; fixed, so that two sides of a relation see the same draws.
const SEED: u64 = 0x6174_7465_7374;

/// A moment of `inner` over the random family's noise.
pub fn moment(outer: &Evaluator, moment: Moment, inner: &Expr, bound: &Bindings) -> Result<Ball> {
    let degree = degree(outer.instance, inner, 0);
    let needed = degree.map(|d| if moment == Moment::Mean { d } else { 2 * d });
    let values = draws(outer, needed, inner, bound)?;
    let count = values.len() as f64;
    let mut mean = Ball::exact(Value::Scalar(0.0));
    for value in &values {
        mean = mean.add(value).ok_or_else(|| EvalError::Shape("shapes differ between draws".into()))?;
    }
    let mean = mean.scale(1.0 / count);
    if moment == Moment::Mean {
        return Ok(mean);
    }
    let mut variance = Ball::exact(Value::Scalar(0.0));
    for value in &values {
        let deviation = value.add(&mean.scale(-1.0)).ok_or_else(|| EvalError::Shape("shapes differ between draws".into()))?;
        let square = frobenius_squared(&deviation.value);
        let entries = match &deviation.value {
            Value::Matrix(m) => m.len() as f64,
            _ => 1.0,
        };
        let error = 2.0 * entries * deviation.value.magnitude() * deviation.error + square * EPSILON * entries;
        variance = variance.add(&Ball { value: Value::Scalar(square), error }).unwrap_or(variance);
    }
    let variance = variance.scale(1.0 / count);
    Ok(match (moment, variance.value.scalar()) {
        (Moment::Deviation, Some(v)) => variance.raised(v, 0.5, 0.0),
        _ => variance,
    })
}

/// Probability of an event given by a chain of relations.
pub fn probability(outer: &Evaluator, event: &Chain, bound: &Bindings) -> Result<Ball> {
    let points = rule(outer, None);
    let (mut hits, mut tied) = (0.0, false);
    for coordinates in &points {
        let mut all = true;
        for (i, relation) in event.relations.iter().enumerate() {
            let left = at(outer, coordinates, &event.operands[i].expr, bound)?;
            let right = at(outer, coordinates, &event.operands[i + 1].expr, bound)?;
            let (Some(l), Some(r)) = (left.value.scalar(), right.value.scalar()) else {
                return Err(EvalError::Shape("an event compares numbers".into()));
            };
            tied |= (l - r).abs() <= tolerance::ROUNDING * l.abs().max(r.abs());
            all &= match relation {
                Relation::Less | Relation::LessEqual => l < r,
                Relation::Greater | Relation::GreaterEqual => l > r,
                Relation::Equal => l == r,
                _ => {
                    return Err(EvalError::Unsupported("this relation inside a probability".into()));
                }
            };
        }
        hits += if all { 1.0 } else { 0.0 };
    }
    let error = match points.len() {
        // Without noise an event is certain or impossible; where its sides tie, noise that vanishes would decide.
        1 if !tied => 0.0,
        // A quantile rule misses at most one node at each end of the event; sampling notes itself.
        count => 2.0 / count.max(1) as f64,
    };
    Ok(Ball { value: Value::Scalar(hits / points.len().max(1) as f64), error })
}

/// Mean and covariance of an affine expression of the noise, if it is affine.
pub fn affine_law(outer: &Evaluator, inner: &Expr, bound: &Bindings) -> Result<Option<(Ball, Ball)>> {
    if !matches!(degree(outer.instance, inner, 0), Some(0 | 1)) {
        return Ok(None);
    }
    let mean = moment(outer, Moment::Mean, inner, bound)?;
    let mut covariance = Ball::exact(Value::Scalar(0.0));
    let values = draws(outer, Some(2), inner, bound)?;
    for value in &values {
        let centred = value.add(&mean.scale(-1.0)).ok_or_else(|| EvalError::Shape("shapes differ between draws".into()))?;
        let square = centred.mul(&centred.transpose()).ok_or_else(|| EvalError::Shape("no covariance of this shape".into()))?;
        covariance = covariance.add(&square).ok_or_else(|| EvalError::Shape("no covariance of this shape".into()))?;
    }
    Ok(Some((mean, covariance.scale(1.0 / values.len() as f64))))
}

fn draws(outer: &Evaluator, degree: Option<u32>, inner: &Expr, bound: &Bindings) -> Result<Vec<Ball>> {
    let points = rule(outer, degree);
    if points.is_empty() {
        return Err(EvalError::Budget("no draws"));
    }
    points.iter().map(|p| at(outer, p, inner, bound)).collect()
}

fn frobenius_squared(v: &Value) -> f64 {
    match v {
        Value::Scalar(x) | Value::Identity(x) => x * x,
        Value::Matrix(m) => m.norm_squared(),
    }
}

fn at(outer: &Evaluator, coordinates: &[f64], inner: &Expr, bound: &Bindings) -> Result<Ball> {
    let mut instance = outer.instance.clone();
    if let Some(random) = &mut instance.random {
        random.set_coordinates(coordinates);
    }
    instance.refresh();
    Evaluator::new(&instance).eval(inner, bound)
}

/// Equally weighted points of noise.
fn rule(outer: &Evaluator, degree: Option<u32>) -> Vec<Vec<f64>> {
    let rank = outer.instance.random.as_ref().map_or(0, |r| r.rank());
    if rank == 0 || degree == Some(0) {
        return vec![vec![0.0; rank]];
    }
    if degree.is_some_and(|d| d <= 3) {
        return (0..2 * rank)
            .map(|i| {
                let mut point = vec![0.0; rank];
                point[i / 2] = if i % 2 == 0 { 1.0 } else { -1.0 } * (rank as f64).sqrt();
                point
            })
            .collect();
    }
    if rank == 1 {
        let Ok(normal) = Normal::new(0.0, 1.0) else {
            return vec![];
        };
        let nodes = tolerance::QUANTILE_NODES;
        return (0..nodes).map(|i| vec![normal.inverse_cdf((i as f64 + 0.5) / nodes as f64)]).collect();
    }
    outer.sampled.set(true);
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    (0..tolerance::INSTANCE_DRAWS).map(|_| (0..rank).map(|_| StandardNormal.sample(&mut rng)).collect()).collect()
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
