//! Measurements that bear on a proposition about draws of the keys: Monte Carlo over keys drawn in full,
//! and the same number by quadrature.
//!
//! The model is that of the scene at one readable setting: the means are orthonormal, and every key's law
//! and every query is written in their basis.

use std::collections::BTreeMap;

use nalgebra::DVector;

use super::scene::Scene;
use crate::language::{Expr, Index, Moment, Symbol};
use crate::montecarlo::{Direction, Form, KeyLaw, Model, Quantity, Run, Sampler, Stream};
use crate::numeric::{Evaluator, Instance};
use crate::quadrature::Attention;
use crate::record::Measurement;
use crate::tolerance;
use crate::world::{Law, Proposition};

/// What was measured, and whether the two ways agree.
pub struct Evidence {
    /// One number a way.
    pub measurements: Vec<Measurement>,
    /// Both numbers, where they disagree beyond their errors: a defect of attest.
    pub disagreement: Option<String>,
}

/// Measures every variance that a proposition's claims speak of; empty where the scene has no Gaussian keys.
pub fn measure(scene: &Scene, proposition: &Proposition, seed: u64) -> Evidence {
    let mut evidence = Evidence { measurements: vec![], disagreement: None };
    let moments = variances(proposition);
    if moments.is_empty() || scene.required() {
        return evidence;
    }
    for (name, symbol) in moments {
        let Some(found) = both_ways(scene, &symbol, seed) else { continue };
        let quantity = format!("{name} at {}, orthonormal values", SETTING_WORDS);
        let (sampled, exact) = found;
        if exact.low.zip(sampled.low).is_some() && disagree(&sampled, &exact) {
            evidence.disagreement = Some(format!("{quantity}: sampled {} but integrated {}", sampled.estimate, exact.estimate));
        }
        evidence.measurements.push(Measurement { quantity: quantity.clone(), ..sampled });
        evidence.measurements.push(Measurement { quantity, ..exact });
    }
    evidence
}

/// The setting of every measurement.
const SETTING_WORDS: &str = "β = 10, n = 10, d = 64, α = 1e-4";
const SETTING: [(&str, f64); 2] = [("beta", 10.0), ("alpha", 1e-4)];
const SIZES: [(&str, usize); 2] = [("n", 10), ("d", 64)];

fn disagree(sampled: &Measurement, exact: &Measurement) -> bool {
    let (Some(a), Some(b), Some(c), Some(d)) = (sampled.low, sampled.high, exact.low, exact.high) else { return false };
    d < a || b < c
}

/// The variances in a proposition's claims: how each is written, and of what.
fn variances(proposition: &Proposition) -> Vec<(String, Symbol)> {
    let mut out: Vec<(String, Symbol)> = Vec::new();
    for operand in proposition.claims.iter().flat_map(|c| &c.operands) {
        operand.expr.walk(&mut |e| {
            if let Expr::Moment(Moment::Variance, inner) = e
                && let Expr::Symbol(symbol) = &**inner
                && !out.iter().any(|(_, s)| s == symbol)
            {
                out.push((crate::language::print(e, crate::language::Style::Plain), symbol.clone()));
            }
        });
    }
    out
}

fn both_ways(scene: &Scene, symbol: &Symbol, seed: u64) -> Option<(Measurement, Measurement)> {
    let mut settled = scene.clone();
    settled
        .settings
        .scalars
        .extend(SETTING.iter().filter(|(n, _)| scene.world.scalars.contains_key(*n)).map(|(n, v)| ((*n).to_string(), *v)));
    settled
        .settings
        .dimensions
        .extend(SIZES.iter().filter(|(n, _)| scene.world.dimensions.contains_key(*n)).map(|(n, v)| ((*n).to_string(), *v)));
    let instance = settled.finite(0)?;
    let (heads, quantity) = asked(scene, &instance, symbol)?;
    let model = model(&instance, &heads)?;
    let exact = Attention::of(&model).ok()?.quantity(&quantity).ok()?;
    let sampler = Sampler::new(&model, Form::Full { rotation: Some(seed) });
    let stream = Stream::new(seed, 10_000);
    let mut run = Run::new(&sampler, &stream, &[(quantity, tolerance::EVIDENCE_ERROR)]);
    while run.draws < tolerance::EVIDENCE_DRAWS && run.advance(tolerance::EVIDENCE_DRAWS) {}
    let found = run.results().pop()?;
    let sampled = Measurement {
        quantity: String::new(),
        estimate: found.estimate?,
        unit: "1".into(),
        low: Some(found.interval.low),
        high: Some(found.interval.high),
        samples: Some(run.draws),
        seed: Some(seed),
        method: "monte carlo, keys in full".into(),
    };
    let integrated = Measurement {
        quantity: String::new(),
        estimate: exact.value,
        unit: "1".into(),
        low: Some(exact.value - exact.error),
        high: Some(exact.value + exact.error),
        samples: None,
        seed: None,
        method: "quadrature".into(),
    };
    Some((sampled, integrated))
}

/// The queries of the heads that a symbol is about, and the quantity: a weight `α_a`, the output `c`, or
/// the output of one head `c_h`.
fn asked(scene: &Scene, instance: &Instance, symbol: &Symbol) -> Option<(Vec<Expr>, Quantity)> {
    let queries: Vec<&Symbol> = scene.world.slots.iter().map(|s| &s.symbol).collect();
    let all: Vec<Expr> = queries.iter().map(|s| Expr::Symbol((*s).clone())).collect();
    match (symbol.name.as_str(), symbol.indices.as_slice()) {
        ("alpha", [Index::Letter(letter)]) if all.len() == 1 => {
            Some((all, Quantity::Variance { head: 0, key: *instance.letters.get(letter)? }))
        }
        ("c", []) if !all.is_empty() => Some((all, Quantity::OutputVariance)),
        ("c", [head]) => {
            let own = queries.iter().position(|s| s.indices.as_slice() == std::slice::from_ref(head))?;
            Some((vec![all[own].clone()], Quantity::OutputVariance))
        }
        _ => None,
    }
}

/// Keys and queries in the basis of the means.
fn model(instance: &Instance, heads: &[Expr]) -> Option<Model> {
    let random = instance.random.as_ref()?;
    let means: Vec<&DVector<f64>> = random.keys.iter().map(|k| &k.mean).collect();
    let keys = random
        .keys
        .iter()
        .map(|k| {
            let spikes = k.spikes.iter().map(|s| direction(&means, s)).collect::<Option<Vec<_>>>()?;
            Some(KeyLaw { isotropic: k.deviation * k.deviation, spikes })
        })
        .collect::<Option<Vec<_>>>()?;
    let evaluator = Evaluator::new(instance);
    let queries = heads
        .iter()
        .map(|q| match evaluator.eval(q, &BTreeMap::new()).ok()?.value {
            crate::numeric::Value::Matrix(m) if m.ncols() == 1 => direction(&means, &m.column(0).into_owned()),
            _ => None,
        })
        .collect::<Option<Vec<_>>>()?;
    Model::new(means.first()?.len(), keys, queries, 1.0).ok()
}

/// Coordinates of a vector on the means; `None` where it does not lie in their span, or where they are
/// not orthonormal.
fn direction(means: &[&DVector<f64>], x: &DVector<f64>) -> Option<Direction> {
    let coordinates: Vec<f64> = means.iter().map(|m| m.dot(x)).collect();
    let rest = means.iter().zip(&coordinates).fold(x.clone(), |rest, (m, c)| rest - *m * *c);
    if rest.norm() > tolerance::ROUNDING * x.norm().max(1.0) {
        return None;
    }
    // A coordinate that is rounding alone is none.
    let kept = |c: &f64| c.abs() > tolerance::ROUNDING * x.norm();
    Some(coordinates.into_iter().enumerate().filter(|(_, c)| kept(c)).collect())
}

/// Whether the world draws keys at all.
pub fn applies(scene: &Scene) -> bool {
    scene.world.families.values().any(|f| matches!(f.law, Law::Gaussian { .. }))
}
