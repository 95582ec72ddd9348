//! Measurements that bear on a proposition about draws of the keys: Monte Carlo over keys drawn in full,
//! and the same number by quadrature.
//!
//! The model is that of the scene at one readable setting: the means are orthonormal, and every key's law
//! and every query is written in their basis.

use std::collections::BTreeMap;

use nalgebra::DVector;

use super::scene::Scene;
use super::statistic::{Statistic, statistic};
use crate::language::{Expr, Style, print};
use crate::montecarlo::{Direction, Form, KeyLaw, Model, Run, Sampler, Stream};
use crate::numeric::{Evaluator, Instance};
use crate::quadrature::Attention;
use crate::record::Measurement;
use crate::tolerance;
use crate::world::Proposition;

/// What was measured, and whether the two ways agree.
pub struct Evidence {
    /// One number a way.
    pub measurements: Vec<Measurement>,
    /// Both numbers, where they disagree beyond their errors: a defect of attest.
    pub disagreement: Option<String>,
}

/// Measures every statistic of the draws that a proposition's claims speak of; empty where the scene has no Gaussian keys.
pub fn measure(scene: &Scene, proposition: &Proposition, seed: u64) -> Evidence {
    let mut evidence = Evidence { measurements: vec![], disagreement: None };
    let statistics = statistics(scene, proposition);
    if statistics.is_empty() || scene.required() {
        return evidence;
    }
    for (name, statistic) in statistics {
        let Some((sampled, exact)) = both_ways(scene, &statistic, seed) else { continue };
        let quantity = format!("{name} at {}, orthonormal values", SETTING_WORDS);
        evidence.disagreement = evidence.disagreement.or_else(|| disagreement(&quantity, &sampled, &exact));
        evidence.measurements.push(Measurement { quantity: quantity.clone(), ..sampled });
        evidence.measurements.push(Measurement { quantity, ..exact });
    }
    evidence
}

/// The setting of every measurement.
const SETTING_WORDS: &str = "β = 10, n = 10, d = 64, α = 1e-4";
const SETTING: [(&str, f64); 2] = [("beta", 10.0), ("alpha", 1e-4)];
pub(super) const SIZES: [(&str, usize); 2] = [("n", 10), ("d", 64)];

/// Both numbers, where their intervals have nothing in common.
fn disagreement(quantity: &str, sampled: &Measurement, exact: &Measurement) -> Option<String> {
    let apart = exact.high? < sampled.low? || sampled.high? < exact.low?;
    apart.then(|| format!("{quantity}: sampled {} but integrated {}", sampled.estimate, exact.estimate))
}

/// The statistics in a proposition's claims, each with how it is written.
fn statistics(scene: &Scene, proposition: &Proposition) -> Vec<(String, Statistic)> {
    let mut out: Vec<(String, Statistic)> = Vec::new();
    for operand in proposition.claims.iter().flat_map(|c| &c.operands) {
        operand.expr.walk(&mut |e| {
            if let Some(found) = statistic(scene.world, e).filter(|f| !out.iter().any(|(_, known)| known == f)) {
                out.push((print(e, Style::Plain), found));
            }
        });
    }
    out
}

fn both_ways(scene: &Scene, statistic: &Statistic, seed: u64) -> Option<(Measurement, Measurement)> {
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
    let queries: Vec<Expr> = scene.world.slots.iter().map(|s| Expr::Symbol(s.symbol.clone())).collect();
    let heads = statistic.head.map_or(queries.as_slice(), |h| &queries[h..=h]);
    let quantity = statistic.quantity;
    let model = model(&instance, heads)?;
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

/// Keys and queries in the basis of the means, at `β = 1` with the scale in the queries.
pub(super) fn model(instance: &Instance, heads: &[Expr]) -> Option<Model> {
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
    scene.world.has_draws()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(estimate: f64, low: f64, high: f64, method: &str) -> Measurement {
        Measurement {
            quantity: String::new(),
            estimate,
            unit: "1".into(),
            low: Some(low),
            high: Some(high),
            samples: None,
            seed: None,
            method: method.into(),
        }
    }

    #[test]
    fn an_injected_fault_names_both_numbers_and_agreement_says_nothing() {
        let sampled = measured(0.2051, 0.2, 0.21, "monte carlo");
        let said = disagreement("Var[alpha_a]", &sampled, &measured(0.2153, 0.2153, 0.2153, "quadrature")).unwrap();
        assert!(said.contains("0.2051") && said.contains("0.2153"), "{said}");
        assert_eq!(disagreement("Var[alpha_a]", &sampled, &measured(0.2031, 0.2031, 0.2031, "quadrature")), None);
    }

    #[test]
    fn every_statistic_of_the_worlds_propositions_is_measured_both_ways_and_agrees() {
        let library = crate::world::Library::embedded().unwrap();
        let mut count = 0;
        for world in library.iter() {
            let scene = Scene::new(world, vec![]);
            for proposition in world.propositions.iter().filter(|_| applies(&scene)) {
                let asked = statistics(&scene, proposition).len();
                let found = measure(&scene, proposition, 1);
                assert_eq!(found.disagreement, None, "{} {}", world.id, proposition.entry.id);
                assert_eq!(found.measurements.len(), 2 * asked, "{} {}", world.id, proposition.entry.id);
                count += asked;
            }
        }
        assert!(count >= 5, "{count}");
    }
}
