//! `½ − α_a` against `β` for orthonormal keys and `q = β(k_a + k_b)`, with its rate.

use serde::Deserialize;

use super::axes::{cell, columns, linear, logarithmic};
use super::{Entry, ExperimentError};
use crate::record::{Experiment, Layer, Panel, Plot};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    /// Numbers of keys, one curve each.
    keys: Vec<usize>,
    /// Largest β.
    beta_max: f64,
    /// Points on the axis.
    points: usize,
}

/// `½ − α_a = (n−2) / (2 (n−2+2e^β))`.
fn leak(keys: usize, beta: f64) -> f64 {
    let others = keys as f64 - 2.0;
    0.5 * others / (others + 2.0 * beta.exp())
}

/// The same from the softmax of the scores `β, β, 0, …, 0`: the second way.
fn leak_of_softmax(keys: usize, beta: f64) -> f64 {
    let scores: Vec<f64> = (0..keys).map(|i| if i < 2 { beta } else { 0.0 }).collect();
    let total: f64 = scores.iter().map(|s| (s - beta).exp()).sum();
    let others: f64 = scores[2..].iter().map(|s| (s - beta).exp()).sum();
    0.5 * others / total
}

pub(super) fn run(entry: &Entry) -> Result<Experiment, ExperimentError> {
    let numbers: Numbers = entry.numbers()?;
    let beta_max = entry.positive("beta_max", numbers.beta_max)?;
    if numbers.keys.iter().any(|n| *n < 3) || numbers.points < 2 {
        return Err(entry.fail("expected at least 3 keys and 2 points"));
    }
    let betas: Vec<f64> = (0..numbers.points).map(|i| beta_max * i as f64 / (numbers.points - 1) as f64).collect();
    let mut layers = Vec::new();
    let mut rows = Vec::new();
    for (colour, keys) in numbers.keys.iter().enumerate() {
        let exact: Vec<(f64, f64)> = betas.iter().map(|b| (*b, leak(*keys, *b))).collect();
        let rate = |b: f64| (*keys as f64 - 2.0) / 4.0 * (-b).exp();
        for (beta, value) in &exact {
            rows.push(vec![
                cell(*keys as f64),
                cell(*beta),
                cell(*value),
                cell(leak_of_softmax(*keys, *beta)),
                cell(rate(*beta)),
            ]);
        }
        let rates = betas.iter().map(|b| (*b, rate(*b))).filter(|(_, r)| *r <= 0.5).collect();
        let every = (numbers.points / 12).max(1);
        let points = betas.iter().step_by(every).map(|b| (*b, leak_of_softmax(*keys, *b))).collect();
        layers.push(Layer::Line { name: format!("n = {keys}"), points: exact, dashed: false, colour });
        layers.push(Layer::Line { name: format!("(n−2)/4 · e^{{−β}}, n = {keys}"), points: rates, dashed: true, colour });
        layers.push(Layer::Points { name: String::new(), points, intervals: vec![], colour, radius: 3 });
    }
    let low = leak(*numbers.keys.iter().min().unwrap_or(&3), beta_max) / 2.0;
    let panel = Panel {
        title: String::new(),
        x: linear("β", 0.0, beta_max),
        y: logarithmic("½ − α_a", low.max(f64::MIN_POSITIVE), 1.0),
        layers,
    };
    Ok(Experiment {
        id: entry.id.clone(),
        questions: vec![entry.question.into()],
        columns: columns(&["n", "beta", "leak", "leak_of_softmax", "rate"]),
        rows,
        plot: Plot {
            title: "How far the two weights stay below one half".into(),
            caption: "Orthonormal keys, q = β(k_a + k_b). Curves: the exact leak (n−2)/(2(n−2+2e^β)); dots: the softmax itself; dashed: its \
                      leading term (n−2)/4 · e^{−β}. The average is close once β is well above ln n, and never exact for n > 2."
                .into(),
            panels: vec![panel],
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closed_form_is_the_softmax_and_not_the_leak_of_another_n() {
        for keys in [3, 10, 100] {
            for beta in [0.0, 1.0, 7.5, 30.0] {
                let (closed, softmax) = (leak(keys, beta), leak_of_softmax(keys, beta));
                assert!((closed / softmax - 1.0).abs() < 1e-12);
                assert!((leak(keys + 1, beta) / softmax - 1.0).abs() > 1e-5);
            }
        }
    }
}
