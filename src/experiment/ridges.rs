//! The distribution of the output over draws as `β` grows, one ridge a `β`, for the three designs.
//!
//! In the limit `α → 0` the share of `v_a` in the output depends on `X = k_a^T μ_a ~ N(1, 1/2)` alone:
//! `α_a = σ(βX - ln(e^β + n - 2))` for `q = β(μ_a + μ_b)`, and `½ (σ(βX - ln(n - 1)) + 1/(e^β + n - 1))` for two
//! heads that ask for one key each. Both rise with `X`, so that every bin's probability is exact.

use serde::Deserialize;

use super::axes::{cell, columns, linear, logarithmic};
use super::design::{A, Design, Setting, model};
use super::{Entry, ExperimentError};
use crate::montecarlo::{CHUNK_DRAWS, Form, HistogramGather, Output, Sampler, Stream, gather};
use crate::quadrature::survival;
use crate::record::{Cell, Experiment, Layer, Panel, Plot};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    /// Keys n.
    keys: usize,
    /// One ridge each, in rising order.
    betas: Vec<f64>,
    /// Bins over [0, 1]: an odd number, so that ½, where draws gather, lies inside of one.
    bins: usize,
    /// Draws of a ridge.
    draws: u64,
}

/// Variance of `X`.
const LENGTH_VARIANCE: f64 = 0.5;

/// Share of the gap to the next ridge that the highest bin takes.
const HEIGHT: f64 = 0.85;

/// `P(share of v_a < t)`, exactly.
fn below(design: Design, keys: usize, beta: f64, t: f64) -> f64 {
    let others = keys as f64 - 1.0;
    // The weight that is reached at t, and the log of what it competes with.
    let (weight, rivals) = match design {
        Design::One | Design::Twin => (t, beta + ((others - 1.0) * (-beta).exp()).ln_1p()),
        Design::Separate => (2.0 * t - 1.0 / (beta.exp() + others), others.ln()),
    };
    if weight <= 0.0 {
        return 0.0;
    }
    if weight >= 1.0 {
        return 1.0;
    }
    let x = ((weight / (1.0 - weight)).ln() + rivals) / beta;
    survival((1.0 - x) / LENGTH_VARIANCE.sqrt())
}

/// Probabilities of equal bins over [0, 1].
fn exact_shares(design: Design, keys: usize, beta: f64, bins: usize) -> Vec<f64> {
    let at = |i: usize| if i == bins { 1.0 } else { below(design, keys, beta, i as f64 / bins as f64) };
    (0..bins).map(|i| (at(i + 1) - if i == 0 { 0.0 } else { at(i) }).max(0.0)).collect()
}

/// One ridge: shares of the draws by bin, exact and sampled.
struct Ridge {
    beta: f64,
    exact: Vec<f64>,
    sampled: Vec<f64>,
}

impl Ridge {
    /// Where a share is drawn on the logarithmic axis: up to [`HEIGHT`] of the way to the next ridge. The square
    /// root keeps a bin with a hundredth of the draws visible beside one with all.
    fn place(&self, share: f64, step: f64) -> f64 {
        let top = self.exact.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        self.beta * step.powf(HEIGHT * (share / top).sqrt())
    }

    fn layers(&self, step: f64, named: bool) -> [Layer; 3] {
        let bins = self.exact.len() as f64;
        let edge = |i: usize| i as f64 / bins;
        let outline = self.exact.iter().enumerate().flat_map(|(i, s)| {
            let y = self.place(*s, step);
            [(edge(i), y), (edge(i + 1), y)]
        });
        let name = |text: &str| if named { text.to_string() } else { String::new() };
        let middles = self.sampled.iter().enumerate().filter(|(_, s)| **s > 0.0);
        let points = middles.map(|(i, s)| (edge(i) + 0.5 / bins, self.place(*s, step))).collect();
        [
            Layer::Line { name: String::new(), points: vec![(0.0, self.beta), (1.0, self.beta)], dashed: false, colour: 5 },
            Layer::Line { name: name("exact share of the draws"), points: outline.collect(), dashed: false, colour: 0 },
            Layer::Points { name: name("sampled"), points, intervals: vec![], colour: 1, radius: 2 },
        ]
    }
}

pub(super) fn run(entry: &Entry, seed: u64) -> Result<Experiment, ExperimentError> {
    let numbers: Numbers = entry.numbers()?;
    let rising = numbers.betas.windows(2).all(|w| w[0] < w[1]) && numbers.betas.iter().all(|b| *b > 0.0 && *b <= 600.0);
    if !rising || !(2..=12).contains(&numbers.betas.len()) {
        return Err(entry.fail("expected 2 to 12 rising values of beta, above 0 and up to 600"));
    }
    if numbers.keys < 3 || !(5..=201).contains(&numbers.bins) || numbers.bins.is_multiple_of(2) || numbers.draws == 0 {
        return Err(entry.fail("expected at least 3 keys, an odd number of bins from 5 to 201 and at least 1 draw"));
    }
    let (low, high) = (numbers.betas[0], numbers.betas[numbers.betas.len() - 1]);
    let step = numbers.betas.windows(2).map(|w| w[1] / w[0]).fold(f64::INFINITY, f64::min);
    let (mut rows, mut panels) = (Vec::new(), Vec::new());
    for (d, design) in Design::ALL.into_iter().enumerate() {
        let mut layers = Vec::new();
        for (b, beta) in numbers.betas.iter().enumerate() {
            let stream = Stream::new(seed, 30_000 + 100 * d as u64 + b as u64);
            let ridge = ridge(entry, &numbers, design, *beta, &stream)?;
            rows.extend(table(design, &ridge));
            layers.extend(ridge.layers(step, b == 0));
        }
        panels.push(Panel {
            title: design.title().into(),
            x: linear("share of v_a in c", 0.0, 1.0),
            y: logarithmic("β; height of a ridge: root of the share of draws", low * 0.9, high * step),
            layers,
        });
    }
    let away = survival(2f64.sqrt());
    Ok(Experiment {
        id: entry.id.clone(),
        questions: vec!["1c.ii".into(), entry.question.into()],
        columns: columns(&["design", "beta", "share_a_low", "share_a_high", "exact", "sampled"]),
        rows,
        plot: Plot {
            title: "What the output becomes as β grows".into(),
            caption: format!(
                "Each ridge is the distribution over draws of the share of v_a in c, α → 0, n = {}, k_a with variance ½ along μ_a; dots: {} draws. One head goes \
                 from a mixture to a coin toss between v_b (left) and v_a (right), and so do two heads with equal queries. With separate queries c settles \
                 on the middle, ½(v_a+v_b), but for the {:.1} % of draws in which k_a points away from μ_a (left).",
                numbers.keys,
                numbers.draws.div_ceil(CHUNK_DRAWS) * CHUNK_DRAWS,
                100.0 * away
            ),
            panels,
        },
    })
}

fn ridge(entry: &Entry, numbers: &Numbers, design: Design, beta: f64, stream: &Stream) -> Result<Ridge, ExperimentError> {
    let at = Setting { keys: numbers.keys, dimension: numbers.keys, beta, alpha: 0.0, length_variance: LENGTH_VARIANCE };
    let model = model(design, at).map_err(|e| entry.model(e))?;
    let sampler = Sampler::new(&model, Form::Reduced);
    let share_of_a = Output::new(vec![vec![(A, 1.0)]]);
    let chunks = numbers.draws.div_ceil(CHUNK_DRAWS);
    let made = gather(&sampler, stream, 0, chunks, || HistogramGather::new(share_of_a.clone(), 0.0, 1.0, numbers.bins));
    let counts = made.result.histograms.first().map_or(&[][..], |h| &h.counts);
    let sampled: Vec<f64> = counts.iter().map(|c| *c as f64 / made.draws as f64).collect();
    let exact = exact_shares(design, numbers.keys, beta, numbers.bins);
    for (bin, (s, e)) in sampled.iter().zip(&exact).enumerate() {
        let what = format!("{} at β = {beta}, share of the draws in bin {bin}", design.id());
        entry.agree(&what, *s, *e, (e * (1.0 - e) / made.draws as f64).sqrt(), made.draws)?;
    }
    Ok(Ridge { beta, exact, sampled })
}

fn table(design: Design, ridge: &Ridge) -> Vec<Vec<Cell>> {
    let bins = ridge.exact.len() as f64;
    let both = ridge.exact.iter().zip(&ridge.sampled).enumerate();
    both.map(|(i, (exact, sampled))| {
        let ends = [cell(i as f64 / bins), cell((i + 1) as f64 / bins)];
        let [low, high] = ends;
        vec![Cell::Text(design.id().into()), cell(ridge.beta), low, high, cell(*exact), cell(*sampled)]
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_every_ridge_sum_to_one() {
        for design in Design::ALL {
            for beta in [0.5, 10.0, 300.0] {
                let total: f64 = exact_shares(design, 10, beta, 41).iter().sum();
                assert!((total - 1.0).abs() < 1e-12, "{design:?} at {beta}: {total}");
            }
        }
    }

    #[test]
    fn one_head_becomes_a_fair_coin_and_separate_heads_settle_on_the_middle() {
        let one = exact_shares(Design::One, 10, 500.0, 41);
        assert!((one[0] - 0.5).abs() < 0.01 && (one[40] - 0.5).abs() < 0.01, "{one:?}");
        let separate = exact_shares(Design::Separate, 10, 500.0, 41);
        // Φ(√2) = 0.92135 of the draws.
        assert!((separate[20] - 0.921_35).abs() < 0.01 && separate[30..].iter().all(|s| *s == 0.0), "{separate:?}");
    }
}
