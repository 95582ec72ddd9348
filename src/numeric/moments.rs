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
pub fn moment(outer: &Evaluator, moment: Moment, inner: &Expr, bound: &Bindings) -> Result<Value> {
    let degree = degree(outer.instance, inner, 0);
    let needed = degree.map(|d| if moment == Moment::Mean { d } else { 2 * d });
    let rule = rule(outer, needed);
    let (mut mean, mut square, mut total) = (None::<Value>, 0.0, 0.0);
    for (weight, coordinates) in rule {
        let value = at(outer, &coordinates, inner, bound)?;
        square += weight * frobenius_squared(&value);
        total += weight;
        let weighted = value.scale(weight);
        mean = Some(match mean {
            None => weighted,
            Some(sum) => sum.add(&weighted).ok_or_else(|| EvalError::Shape("shapes differ between draws".into()))?,
        });
    }
    let mean = mean.ok_or(EvalError::Budget("no draws"))?.scale(1.0 / total);
    let variance = (square / total - frobenius_squared(&mean)).max(0.0);
    Ok(match moment {
        Moment::Mean => mean,
        Moment::Variance => Value::Scalar(variance),
        Moment::Deviation => Value::Scalar(variance.sqrt()),
    })
}

/// Probability of an event given by a chain of relations.
pub fn probability(outer: &Evaluator, event: &Chain, bound: &Bindings) -> Result<Value> {
    let (mut hits, mut total) = (0.0, 0.0);
    for (weight, coordinates) in rule(outer, None) {
        let mut all = true;
        for (i, relation) in event.relations.iter().enumerate() {
            let left = at(outer, &coordinates, &event.operands[i].expr, bound)?;
            let right = at(outer, &coordinates, &event.operands[i + 1].expr, bound)?;
            let (Some(l), Some(r)) = (left.scalar(), right.scalar()) else {
                return Err(EvalError::Shape("an event compares numbers".into()));
            };
            all &= match relation {
                Relation::Less | Relation::LessEqual => l < r,
                Relation::Greater | Relation::GreaterEqual => l > r,
                Relation::Equal => l == r,
                _ => return Err(EvalError::Unsupported("this relation inside a probability".into())),
            };
        }
        hits += if all { weight } else { 0.0 };
        total += weight;
    }
    Ok(Value::Scalar(hits / total))
}

/// Mean and covariance of an affine expression of the noise, if it is affine.
pub fn affine_law(outer: &Evaluator, inner: &Expr, bound: &Bindings) -> Result<Option<(Value, Value)>> {
    if !matches!(degree(outer.instance, inner, 0), Some(0 | 1)) {
        return Ok(None);
    }
    let mean = moment(outer, Moment::Mean, inner, bound)?;
    let centred = Expr::Add(vec![inner.clone(), Expr::Neg(Box::new(Expr::Moment(Moment::Mean, Box::new(inner.clone()))))]);
    let outer_product = Expr::Mul(vec![centred.clone(), Expr::Transpose(Box::new(centred))]);
    let covariance = moment(outer, Moment::Mean, &outer_product, bound)?;
    Ok(Some((mean, covariance)))
}

fn frobenius_squared(v: &Value) -> f64 {
    match v {
        Value::Scalar(x) | Value::Identity(x) => x * x,
        Value::Matrix(m) => m.norm_squared(),
    }
}

fn at(outer: &Evaluator, coordinates: &[f64], inner: &Expr, bound: &Bindings) -> Result<Value> {
    let mut instance = outer.instance.clone();
    if let Some(random) = &mut instance.random {
        random.set_coordinates(coordinates);
    }
    instance.refresh();
    Evaluator::new(&instance).eval(inner, bound)
}

/// Weighted points of noise.
fn rule(outer: &Evaluator, degree: Option<u32>) -> Vec<(f64, Vec<f64>)> {
    let rank = outer.instance.random.as_ref().map_or(0, |r| r.rank());
    if rank == 0 || degree == Some(0) {
        return vec![(1.0, vec![0.0; rank])];
    }
    if degree.is_some_and(|d| d <= 3) {
        return (0..2 * rank)
            .map(|i| {
                let mut point = vec![0.0; rank];
                point[i / 2] = if i % 2 == 0 { 1.0 } else { -1.0 } * (rank as f64).sqrt();
                (1.0, point)
            })
            .collect();
    }
    if rank == 1 {
        let Ok(normal) = Normal::new(0.0, 1.0) else { return vec![] };
        let nodes = tolerance::QUANTILE_NODES;
        return (0..nodes).map(|i| (1.0, vec![normal.inverse_cdf((i as f64 + 0.5) / nodes as f64)])).collect();
    }
    outer.sampled.set(true);
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    (0..tolerance::INSTANCE_DRAWS).map(|_| (1.0, (0..rank).map(|_| StandardNormal.sample(&mut rng)).collect())).collect()
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
            (Expr::Norm(inner) | Expr::Abs(inner), Expr::Number(n)) if n.value == 2.0 => Some(2 * degree(instance, inner, depth)?),
            (base, Expr::Number(n)) if n.value.fract() == 0.0 && n.value >= 0.0 => Some(degree(instance, base, depth)? * n.value as u32),
            (base, _) => (degree(instance, base, depth)? == 0).then_some(0),
        },
        Expr::Moment(..) | Expr::Probability(_) => Some(0),
        other => {
            let children: Option<Vec<u32>> = other.children().into_iter().map(|c| degree(instance, c, depth)).collect();
            children?.into_iter().all(|d| d == 0).then_some(0)
        }
    }
}
