//! Variance of the output against `β` for one head, twin queries and separate queries.

use serde::Deserialize;

use super::axes::{cell, columns, log_grid, logarithmic, power};
use super::design::{Design, Setting, exact_variance, model, sampled_variance};
use super::{Entry, ExperimentError};
use crate::montecarlo::{CHUNK_DRAWS, Form, Stream};
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
    /// Draws of all keys, in full, at each sampled point.
    draws: u64,
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
    let (mut rows, mut layers) = (Vec::new(), Vec::new());
    for (index, design) in Design::ALL.into_iter().enumerate() {
        let curve: Vec<(f64, f64)> = log_grid(low, high, numbers.curve)
            .into_iter()
            .map(|b| (b, exact_variance(design, at(b)).unwrap_or(f64::NAN)))
            .collect();
        let (mut points, mut intervals) = (Vec::new(), Vec::new());
        for (i, beta) in log_grid(low, high, numbers.points).into_iter().enumerate() {
            let model = model(design, at(beta)).map_err(|e| entry.model(e))?;
            let stream = Stream::new(seed, 1000 * (index as u64 + 1) + i as u64);
            let found = sampled_variance(&model, Form::Full { rotation: Some(seed) }, &stream, chunks);
            points.push((beta, found.value));
            intervals.push((found.low, found.high));
            let exact = exact_variance(design, at(beta)).unwrap_or(f64::NAN);
            let what = format!("{} at β = {beta}", design.id());
            entry.agree(&what, found.value, exact, found.standard_error(), found.draws)?;
            rows.push(vec![
                Cell::Text(design.id().into()),
                cell(beta),
                cell(found.value),
                cell(found.low),
                cell(found.high),
                cell(exact),
                cell(found.draws as f64),
            ]);
        }
        // Twin queries lie on the curve of one head: dashed, so that both are seen.
        layers.push(Layer::Line { name: design.title().into(), points: curve, dashed: design == Design::Twin, colour: index });
        layers.push(Layer::Points { name: String::new(), points, intervals, colour: index, radius: 3 });
    }
    let mut columns = columns(&["design", "beta", "variance", "low", "high", "exact", "draws"]);
    columns[0].unit = "1".into();
    let panel =
        Panel { title: String::new(), x: logarithmic("β", low, high), y: logarithmic("trace of Cov(c)", 1e-4, 1.0), layers };
    Ok(Experiment {
        id: entry.id.clone(),
        questions: vec!["1c.ii".into(), entry.question.into()],
        columns,
        rows,
        plot: Plot {
            title: "What a second head saves".into(),
            caption: format!(
                "Variance of the output over draws of the keys, orthonormal values, n = {}, d = {}, α = {}. Curves: quadrature; dots: {} draws of all keys in full, \
                 with five standard errors. Twin queries lie exactly on one head; separate queries keep about a twenty-fifth of it.",
                numbers.keys,
                numbers.dimension,
                power(numbers.alpha),
                chunks * CHUNK_DRAWS
            ),
            panels: vec![panel],
        },
    })
}
