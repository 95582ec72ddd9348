//! The Monte Carlo engine against exact laws, against itself in another form, and against quadrature.

use attest::montecarlo::sequence::{band, distance};
use attest::montecarlo::{
    BinarySequence, Claim, Decision, Direction, Evidence, Form, Gather, Given, Interval, KeyLaw, Model, Observe, Output,
    Quantity, Run, Sampler, Samples, Stream, Weights, decide, gather,
};
use attest::quadrature::Attention;
use attest::tolerance;

/// Keys of variance `alpha`, key 0 with half of `μ_0 μ_0^T` more.
fn model(n: usize, d: usize, alpha: f64, beta: f64, queries: &[&[(usize, f64)]]) -> Model {
    let mut keys = vec![KeyLaw { isotropic: alpha, spikes: vec![] }; n];
    keys[0].spikes.push(vec![(0, 0.5_f64.sqrt())]);
    let queries: Vec<Direction> = queries.iter().map(|q| q.to_vec()).collect();
    Model::new(d, keys, queries, beta).unwrap()
}

const BOTH: &[(usize, f64)] = &[(0, 1.0), (1, 1.0)];
const A: &[(usize, f64)] = &[(0, 1.0)];
const B: &[(usize, f64)] = &[(1, 1.0)];

fn outputs(model: &Model, form: Form, experiment: u64, chunks: u64) -> Vec<Vec<f64>> {
    let n = model.keys().len();
    let sampler = Sampler::new(model, form);
    gather(&sampler, &Stream::new(20, experiment), 0, chunks, || Samples::new(Output::orthonormal(n))).result.values
}

#[test]
fn full_and_reduced_draws_have_the_same_law() {
    for (at, queries) in [[BOTH, BOTH], [A, B], [&[(0, 1.0), (1, -1.0)], &[(1, 2.0), (2, 0.5)]]].iter().enumerate() {
        let model = model(5, 9, 0.02, 3.0, queries);
        let full = outputs(&model, Form::Full { rotation: Some(5) }, at as u64, 6);
        let reduced = outputs(&model, Form::Reduced, 100 + at as u64, 6);
        for (x, y) in full.iter().zip(&reduced) {
            let allowed = band(x.len(), 1, 1e-9) + band(y.len(), 1, 1e-9);
            assert!(distance(x, y) < allowed, "design {at}: {} over {allowed}", distance(x, y));
        }
    }
}

#[test]
fn another_alpha_is_another_law() {
    // The negative control of the test above: half of the variance is told apart.
    let full = outputs(&model(5, 9, 0.02, 3.0, &[A, B]), Form::Full { rotation: Some(5) }, 0, 6);
    let wrong = outputs(&model(5, 9, 0.01, 3.0, &[A, B]), Form::Reduced, 1, 6);
    let told_apart = full.iter().zip(&wrong).any(|(x, y)| distance(x, y) > band(x.len(), 1, 1e-9) + band(y.len(), 1, 1e-9));
    assert!(told_apart);
}

/// Every quantity of a model with two heads or one.
fn quantities(heads: usize) -> Vec<Quantity> {
    let mut list = vec![Quantity::OutputVariance, Quantity::OutputError { keys: (0, 1) }];
    for head in 0..heads {
        list.extend((0..3).flat_map(|key| [Quantity::Mean { head, key }, Quantity::Variance { head, key }]));
        list.extend([
            Quantity::Covariance { head, keys: (0, 1) },
            Quantity::Above { head, key: 0, threshold: 0.99 },
            Quantity::Below { head, key: 0, threshold: 0.01 },
            Quantity::Above { head, key: 1, threshold: 0.3 },
        ]);
    }
    list
}

#[test]
fn every_quadrature_lies_in_the_confidence_sequence() {
    let condition = Given { key: 0, direction: A.to_vec(), at_least: 0.0 };
    let mut checked = 0;
    for beta in [1.0, 10.0, f64::INFINITY] {
        for alpha in [0.0, 1e-4, 0.05] {
            for queries in [[BOTH, BOTH], [A, B]] {
                for given in [false, true] {
                    let mut model = model(4, 6, alpha, beta, &queries);
                    if given {
                        let on = if queries[0] == BOTH { BOTH.to_vec() } else { A.to_vec() };
                        model = model.given(Given { direction: on, ..condition.clone() }).unwrap();
                    }
                    let attention = Attention::of(&model).unwrap();
                    let list: Vec<(Quantity, f64)> = quantities(2).into_iter().map(|q| (q, 1e-9)).collect();
                    let sampler = Sampler::new(&model, Form::Reduced);
                    let stream = Stream::new(77, checked);
                    let mut run = Run::new(&sampler, &stream, &list);
                    while run.advance(1 << 16) {}
                    for found in run.results() {
                        let exact = attention.quantity(&found.quantity).unwrap();
                        let Interval { low, high } = found.interval;
                        let room = exact.error + tolerance::ROUNDING;
                        assert!(
                            low - room <= exact.value && exact.value <= high + room,
                            "beta {beta}, alpha {alpha}, {queries:?}, given {given}: {exact:?} outside {found:?}"
                        );
                        checked += 1;
                    }
                }
            }
        }
    }
    assert!(checked > 700);
}

#[test]
fn mutants_of_the_true_values_are_refuted() {
    let model = model(10, 64, 0.0, f64::INFINITY, &[BOTH, BOTH]);
    let near = |quantity, value: f64| Claim { quantity, within: Interval { low: value - 0.01, high: value + 0.01 } };
    let mean = Quantity::Mean { head: 0, key: 0 };
    let swing = Quantity::Variance { head: 0, key: 0 };
    let together = Quantity::Covariance { head: 0, keys: (0, 1) };
    let above = Quantity::Above { head: 1, key: 0, threshold: 0.99 };
    let right =
        [near(mean, 0.5), near(swing, 0.25), near(together, -0.25), near(above, 0.5), near(Quantity::OutputVariance, 0.5)];
    let wrong = [
        near(mean, 0.4),
        near(swing, 0.5),
        near(together, 0.25),
        near(above, 0.25),
        near(Quantity::OutputVariance, 0.25),
        near(Quantity::OutputError { keys: (0, 1) }, 0.5),
    ];
    let sampler = Sampler::new(&model, Form::Reduced);
    let judge = |claims: &[Claim]| -> Vec<Decision> {
        decide(&sampler, &Stream::new(1, 3), claims, tolerance::RUN_ERROR_BUDGET, 1 << 22)
            .into_iter()
            .map(|d| d.decision)
            .collect()
    };
    assert!(judge(&right).iter().all(|d| *d == Decision::Holds));
    assert!(judge(&wrong).iter().all(|d| *d == Decision::Refuted));
}

/// `½ (w_0 - w_0')^2` of head 0 less `ratio` times that of head 1: two designs on the same draws.
#[derive(Clone)]
struct Difference {
    ratio: f64,
}

impl Observe for Difference {
    fn count(&self) -> usize {
        1
    }

    fn lanes(&self) -> usize {
        64
    }

    #[inline(always)]
    fn observe(&self, weights: &Weights, out: &mut [attest::montecarlo::normal::Row]) {
        let (x, y) = (weights.weight(0, 0), weights.weight(1, 0));
        for l in 0..64 {
            out[0].0[l] = 0.5 * (x.0[l] - x.0[l + 64]).powi(2) - self.ratio * 0.5 * (y.0[l] - y.0[l + 64]).powi(2);
        }
    }
}

fn evidence(ratio: f64) -> Evidence {
    // Head 0 asks for both keys, head 1 for key a alone: α_a swings more in the first.
    let sampler = Sampler::new(&model(10, 64, 1e-4, 30.0, &[BOTH, A]), Form::Reduced);
    let mut evidence = Evidence::new(-0.5 * ratio, 0.5, 0.0);
    for chunk in 0..40 {
        let mut made = gather(&sampler, &Stream::new(2, 2), chunk, 1, || {
            attest::montecarlo::MomentGather::new(Difference { ratio }, vec![])
        });
        made.result.merge(attest::montecarlo::MomentGather::new(Difference { ratio }, vec![]));
        let moments = made.result.into_moments();
        evidence.update(moments.count, moments.means[0], moments.squares[0]);
    }
    evidence
}

#[test]
fn a_larger_variance_gathers_evidence_and_a_smaller_one_does_not() {
    let exact = |head| {
        Attention::of(&model(10, 64, 1e-4, 30.0, &[BOTH, A]))
            .unwrap()
            .quantity(&Quantity::Variance { head, key: 0 })
            .unwrap()
            .value
    };
    let ratio = exact(0) / exact(1);
    assert!(ratio > 2.0, "{ratio}");
    assert!(evidence(0.9 * ratio).rejects(1e-6));
    assert!(!evidence(1.1 * ratio).rejects(1e-2));
}

#[test]
fn containment_is_a_success_probability() {
    // X ~ N(1, 1/2) lies in [1/2, 3/2] with probability 0.5205; that it always does is refuted at once.
    let sampler = Sampler::new(&model(2, 2, 0.0, 1.0, &[A]), Form::Reduced);
    let values = gather(&sampler, &Stream::new(4, 4), 0, 10, || Samples::new(Output::orthonormal(2))).result.values;
    let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
    let inside = values[0].iter().filter(|w| (logistic(0.5)..=logistic(1.5)).contains(*w)).count() as u64;
    let mut sequence = BinarySequence::new(1e-6);
    sequence.update(inside, values[0].len() as u64 - inside);
    assert!(sequence.interval().contains(1.0 - 0.479_500_122_186_953) && sequence.interval().high < 0.6);
}
