//! The distribution of the weights of a and b with and without an uncertain key.

use serde::Deserialize;

use super::axes::{cell, columns, linear, power};
use super::design::{A, B, Design, Setting, model};
use super::{Entry, ExperimentError};
use crate::montecarlo::{CHUNK_DRAWS, Form, HistogramGather, Output, Sampler, Stream, gather};
use crate::record::{Cell, Experiment, Layer, Panel, Plot};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    /// Keys n.
    keys: usize,
    /// Dimension d.
    dimension: usize,
    /// Isotropic variance α.
    alpha: f64,
    /// Inverse temperature β.
    beta: f64,
    /// Bins over [0, 1].
    bins: usize,
    /// Draws of all keys, in full.
    draws: u64,
}

pub(super) fn run(entry: &Entry, seed: u64) -> Result<Experiment, ExperimentError> {
    let numbers: Numbers = entry.numbers()?;
    entry.positive("beta", numbers.beta)?;
    if !(2..=1000).contains(&numbers.bins) || numbers.draws == 0 {
        return Err(entry.fail("expected 2 to 1000 bins and at least 1 draw"));
    }
    let cases = [("1c.i", "all keys certain, 1c.i", 0.0), ("1c.ii", "length of k_a uncertain, 1c.ii", 0.5)];
    let (mut rows, mut panels) = (Vec::new(), Vec::new());
    for (index, (question, title, length_variance)) in cases.into_iter().enumerate() {
        let at = Setting {
            keys: numbers.keys,
            dimension: numbers.dimension,
            beta: numbers.beta,
            alpha: numbers.alpha,
            length_variance,
        };
        let model = model(Design::One, at).map_err(|e| entry.model(e))?;
        let sampler = Sampler::new(&model, Form::Full { rotation: Some(seed) });
        let stream = Stream::new(seed, 100 + index as u64);
        let observed = Output::new(vec![vec![(A, 1.0)], vec![(B, 1.0)]]);
        let chunks = numbers.draws.div_ceil(CHUNK_DRAWS);
        let made = gather(&sampler, &stream, 0, chunks, || HistogramGather::new(observed.clone(), 0.0, 1.0, numbers.bins));
        let edges: Vec<f64> = (0..=numbers.bins).map(|i| i as f64 / numbers.bins as f64).collect();
        let share = |key: usize| -> Vec<f64> {
            made.result.histograms[key].counts.iter().map(|c| *c as f64 / made.draws as f64).collect()
        };
        let (of_a, of_b) = (share(0), share(1));
        for bin in 0..numbers.bins {
            rows.push(vec![
                Cell::Text(question.into()),
                cell(edges[bin]),
                cell(edges[bin + 1]),
                cell(of_a[bin]),
                cell(of_b[bin]),
            ]);
        }
        let steps = of_b.iter().enumerate().flat_map(|(i, h)| [(edges[i], *h), (edges[i + 1], *h)]).collect();
        let top = of_a.iter().chain(&of_b).fold(0.0f64, |m, h| m.max(*h));
        panels.push(Panel {
            title: title.into(),
            x: linear("weight", 0.0, 1.0),
            y: linear("share of the draws in a bin", 0.0, top * 1.1),
            layers: vec![
                Layer::Bars { name: "α_a".into(), edges, heights: of_a, colour: 0 },
                Layer::Line { name: "α_b".into(), points: steps, dashed: false, colour: 1 },
            ],
        });
    }
    Ok(Experiment {
        id: entry.id.clone(),
        questions: vec!["1c.i".into(), "1c.ii".into()],
        columns: columns(&["question", "bin_low", "bin_high", "share_alpha_a", "share_alpha_b"]),
        rows,
        plot: Plot {
            title: "The weights over draws of the keys".into(),
            caption: format!(
                "q = β(μ_a + μ_b), β = {}, n = {}, d = {}, α = {}, {} draws of all keys in full. Left: every covariance is αI and both weights stay near one half. \
                 Right: k_a has variance ½ along μ_a, and the weights are near 0 or 1.",
                numbers.beta,
                numbers.keys,
                numbers.dimension,
                power(numbers.alpha),
                numbers.draws.div_ceil(CHUNK_DRAWS) * CHUNK_DRAWS
            ),
            panels,
        },
    })
}
