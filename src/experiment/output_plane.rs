//! The output over draws, in the plane of `v_a` and `v_b`, for the three designs.

use serde::Deserialize;

use super::axes::{cell, columns, linear, power};
use super::design::{A, B, Design, Setting, model};
use super::{Entry, ExperimentError};
use crate::montecarlo::{Form, Output, Sampler, Samples, Stream, gather};
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
    /// Points shown in each panel.
    draws: usize,
}

pub(super) fn run(entry: &Entry, seed: u64) -> Result<Experiment, ExperimentError> {
    let numbers: Numbers = entry.numbers()?;
    entry.positive("beta", numbers.beta)?;
    if !(1..=5000).contains(&numbers.draws) {
        return Err(entry.fail("expected 1 to 5000 draws"));
    }
    let at = Setting {
        keys: numbers.keys,
        dimension: numbers.dimension,
        beta: numbers.beta,
        alpha: numbers.alpha,
        length_variance: 0.5,
    };
    let (mut rows, mut panels) = (Vec::new(), Vec::new());
    for design in Design::ALL {
        let model = model(design, at).map_err(|e| entry.model(e))?;
        let sampler = Sampler::new(&model, Form::Full { rotation: Some(seed) });
        let plane = Output::new(vec![vec![(A, 1.0)], vec![(B, 1.0)]]);
        // The same stream for all: the panels show the same keys.
        let made = gather(&sampler, &Stream::new(seed, 200), 0, 1, || Samples::new(plane.clone()));
        let points: Vec<(f64, f64)> =
            made.result.values[0].iter().copied().zip(made.result.values[1].iter().copied()).take(numbers.draws).collect();
        rows.extend(points.iter().map(|(a, b)| vec![Cell::Text(design.id().into()), cell(*a), cell(*b)]));
        panels.push(Panel {
            title: design.title().into(),
            x: linear("share of v_a in c", -0.02, 1.02),
            y: linear("share of v_b in c", -0.02, 1.02),
            layers: vec![
                Layer::Line { name: "only v_a and v_b".into(), points: vec![(0.0, 1.0), (1.0, 0.0)], dashed: true, colour: 5 },
                Layer::Points { name: "c in one draw".into(), points, intervals: vec![], colour: 0, radius: 2 },
                Layer::Points { name: "½(v_a+v_b)".into(), points: vec![(0.5, 0.5)], intervals: vec![], colour: 1, radius: 6 },
            ],
        });
    }
    Ok(Experiment {
        id: entry.id.clone(),
        questions: vec!["1c.ii".into(), entry.question.into()],
        columns: columns(&["design", "share_a", "share_b"]),
        rows,
        plot: Plot {
            title: "Where the output lands, draw by draw".into(),
            caption: format!(
                "{} draws of the keys, the same in each panel; β = {}, n = {}, α = {}, k_a with variance ½ along μ_a. One head swings along the whole line; two heads with \
                 equal queries swing just as far; with separate queries c stays at the middle except where k_a points away (7.9 % of draws).",
                numbers.draws,
                numbers.beta,
                numbers.keys,
                power(numbers.alpha)
            ),
            panels,
        },
    })
}
