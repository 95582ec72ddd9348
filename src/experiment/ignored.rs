//! What the ignored cases cost: variance of the output with and without the draws in which `k_a^T q < 0`.

use serde::Deserialize;

use super::axes::{cell, columns, log_grid, logarithmic, power};
use super::design::{A, Design, Setting, model, sampled_variance};
use super::{Entry, ExperimentError};
use crate::montecarlo::{CHUNK_DRAWS, Form, Given, Model, Quantity, Stream};
use crate::quadrature::{Attention, survival};
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
    /// Smallest and largest β.
    beta: [f64; 2],
    /// Points of the exact curves.
    curve: usize,
    /// Sampled points on each curve.
    points: usize,
    /// Draws at each sampled point, before the condition.
    draws: u64,
}

/// The designs that are compared (twin queries are one head), and whether `k_a^T q_1 >= 0` is asked for.
const CASES: [(Design, bool); 4] =
    [(Design::One, false), (Design::One, true), (Design::Separate, false), (Design::Separate, true)];

fn title(design: Design, kept: bool) -> String {
    let heads = if design == Design::One { "one head" } else { "two heads, separate queries" };
    format!("{heads}, {}", if kept { "draws with k_a^T q₁ ≥ 0 only" } else { "all draws" })
}

fn made(entry: &Entry, design: Design, kept: bool, at: Setting) -> Result<Model, ExperimentError> {
    let whole = model(design, at).map_err(|e| entry.model(e))?;
    if !kept {
        return Ok(whole);
    }
    let given = Given { key: A, direction: whole.queries()[0].clone(), at_least: 0.0 };
    whole.given(given).map_err(|e| entry.model(e))
}

fn exact(model: &Model) -> f64 {
    Attention::of(model).and_then(|a| a.quantity(&Quantity::OutputVariance)).map_or(f64::NAN, |e| e.value)
}

pub(super) fn run(entry: &Entry, seed: u64) -> Result<Experiment, ExperimentError> {
    let numbers: Numbers = entry.numbers()?;
    let (low, high) = (entry.positive("beta", numbers.beta[0])?, numbers.beta[1]);
    entry.positive("beta", high - low)?;
    if numbers.curve < 2 || numbers.points < 2 || numbers.draws == 0 {
        return Err(entry.fail("expected at least 2 points on the curves and 1 draw"));
    }
    let at = |beta: f64| Setting {
        keys: numbers.keys,
        dimension: numbers.dimension,
        beta,
        alpha: numbers.alpha,
        length_variance: 0.5,
    };
    let chunks = numbers.draws.div_ceil(CHUNK_DRAWS);
    let (mut rows, mut layers, mut last) = (Vec::new(), Vec::new(), Vec::new());
    for (index, (design, kept)) in CASES.into_iter().enumerate() {
        let mut curve = Vec::new();
        for beta in log_grid(low, high, numbers.curve) {
            curve.push((beta, exact(&made(entry, design, kept, at(beta))?)));
        }
        let (mut points, mut intervals) = (Vec::new(), Vec::new());
        for (i, beta) in log_grid(low, high, numbers.points).into_iter().enumerate() {
            let model = made(entry, design, kept, at(beta))?;
            let stream = Stream::new(seed, 50_000 + 100 * index as u64 + i as u64);
            let (found, value) = (sampled_variance(&model, Form::Reduced, &stream, chunks), exact(&model));
            let what = format!("{} at β = {beta}", title(design, kept));
            entry.agree(&what, found.value, value, found.standard_error(), found.draws)?;
            points.push((beta, found.value));
            intervals.push((found.low, found.high));
            let draws = if kept { "kept" } else { "all" };
            let numbers = [beta, found.value, found.low, found.high, value, found.draws as f64];
            rows.push([Cell::Text(design.id().into()), Cell::Text(draws.into())].into_iter().chain(numbers.map(cell)).collect());
        }
        last.extend(curve.last().map(|(_, v)| *v));
        let colour = if design == Design::One { 0 } else { 2 };
        layers.push(Layer::Line { name: title(design, kept), points: curve, dashed: kept, colour });
        layers.push(Layer::Points { name: String::new(), points, intervals, colour, radius: 3 });
    }
    let [one, one_kept, two, two_kept] = last[..] else { return Err(entry.fail("no curves")) };
    let panel = Panel {
        title: String::new(),
        x: logarithmic("β", low, high),
        y: logarithmic("trace of Cov(c)", two_kept * 0.5, 1.0),
        layers,
    };
    Ok(Experiment {
        id: entry.id.clone(),
        questions: vec![entry.question.into()],
        columns: columns(&["design", "draws_counted", "beta", "variance", "low", "high", "exact", "draws"]),
        rows,
        plot: Plot {
            title: "What the ignored cases cost".into(),
            caption: format!(
                "Variance of c over all draws (solid) and over those with k_a^T q₁ ≥ 0 (dashed), orthonormal values, n = {}, α = {}; curves: quadrature, dots: {} draws. \
                 The question lets one ignore the {:.1} % of draws with k_a^T q₁ < 0. For one head that changes nothing ({one:.2} and {one_kept:.2} at β = {high}); for separate \
                 queries it takes away nearly all that is left: {two:.3} against {two_kept:.4}, and the dashed curve goes on falling like 1/β.",
                numbers.keys,
                power(numbers.alpha),
                chunks * CHUNK_DRAWS,
                100.0 * survival(2f64.sqrt()),
            ),
            panels: vec![panel],
        },
    })
}
