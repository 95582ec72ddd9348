//! The error of `½ (v_a + v_b)` over (α, β): where `q = β(μ_a + μ_b)` balances two values.

use rayon::prelude::*;
use serde::Deserialize;

use super::axes::{cell, columns, log_grid, logarithmic};
use super::design::{Setting, exact_error};
use super::{Entry, ExperimentError};
use crate::record::{Experiment, Layer, Panel, Plot};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    /// Keys n.
    keys: usize,
    /// Smallest and largest α.
    alpha: [f64; 2],
    /// Smallest and largest β.
    beta: [f64; 2],
    /// Cells along either axis.
    cells: usize,
}

/// Middles of the cells whose edges are given, on a logarithmic axis.
fn middles(edges: &[f64]) -> Vec<f64> {
    edges.windows(2).map(|w| (w[0] * w[1]).sqrt()).collect()
}

pub(super) fn run(entry: &Entry) -> Result<Experiment, ExperimentError> {
    let numbers: Numbers = entry.numbers()?;
    for (key, value) in [("alpha", numbers.alpha), ("beta", numbers.beta)] {
        entry.positive(key, value[0])?;
        entry.positive(key, value[1] - value[0])?;
    }
    if numbers.keys < 3 || !(2..=200).contains(&numbers.cells) {
        return Err(entry.fail("expected at least 3 keys and 2 to 200 cells"));
    }
    let x_edges = log_grid(numbers.alpha[0], numbers.alpha[1], numbers.cells + 1);
    let y_edges = log_grid(numbers.beta[0], numbers.beta[1], numbers.cells + 1);
    let (alphas, betas) = (middles(&x_edges), middles(&y_edges));
    let at = |alpha: f64, beta: f64| {
        exact_error(Setting { keys: numbers.keys, dimension: numbers.keys, beta, alpha, length_variance: 0.0 })
            .unwrap_or(f64::NAN)
    };
    let errors: Vec<Vec<f64>> = betas.par_iter().map(|b| alphas.iter().map(|a| at(*a, *b)).collect()).collect();
    let rows = betas
        .iter()
        .zip(&errors)
        .flat_map(|(b, row)| alphas.iter().zip(row).map(move |(a, e)| vec![cell(*a), cell(*b), cell(*e)]))
        .collect();
    let values: Vec<Vec<f64>> = errors.iter().map(|row| row.iter().map(|e| e.max(1e-6).log10()).collect()).collect();
    // Straight on these axes; the drawing cuts it at the frame.
    let boundary = numbers.alpha.map(|a| (a, a.powf(-0.5))).to_vec();
    let least = (numbers.keys as f64).ln();
    let layers = vec![
        Layer::Heat { name: "log₁₀ of the RMS error of ½(v_a+v_b)".into(), x_edges, y_edges, values, low: -4.0, high: 0.0 },
        Layer::Line { name: "β√α = 1".into(), points: boundary, dashed: false, colour: 6 },
        Layer::Line {
            name: format!("β = ln n, n = {}", numbers.keys),
            points: vec![(numbers.alpha[0], least), (numbers.alpha[1], least)],
            dashed: true,
            colour: 6,
        },
    ];
    let panel = Panel {
        title: String::new(),
        x: logarithmic("α, variance of every key in every direction", numbers.alpha[0], numbers.alpha[1]),
        y: logarithmic("β", numbers.beta[0], numbers.beta[1]),
        layers,
    };
    Ok(Experiment {
        id: entry.id.clone(),
        questions: vec![entry.question.into()],
        columns: columns(&["alpha", "beta", "rms_error"]),
        rows,
        plot: Plot {
            title: "Where one query averages two noisy keys".into(),
            caption: format!(
                "Root mean square distance of c from ½(v_a + v_b) for q = β(μ_a + μ_b), n = {}, orthonormal values, by quadrature. It is small only \
                 between the lines: β well above ln n (or the other keys leak in) and β√α well below 1 (or noise picks one of the two).",
                numbers.keys
            ),
            panels: vec![panel],
        },
    })
}
