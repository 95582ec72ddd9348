//! How far `M (v_a + v_b)` is from `v_a`, for several M, against the dimension of A.

use nalgebra::{DMatrix, DVector};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use serde::Deserialize;

use super::axes::{cell, columns, linear};
use super::{Entry, ExperimentError};
use crate::record::{Cell, Experiment, Layer, Panel, Plot};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    /// Dimension d of the space.
    dimension: usize,
    /// Largest m; A and B have m dimensions each.
    dimension_a: usize,
    /// Draws of the bases and coordinates for each m.
    draws: usize,
}

const KINDS: [(&str, &str); 4] = [
    ("outer", "A A^T"),
    ("coordinates", "A^T, read as the coordinates of v_a"),
    ("literal", "A^T, read as v_a itself"),
    ("random", "a random M"),
];

/// Relative errors of the four candidates in one draw.
fn errors(d: usize, m: usize, rng: &mut ChaCha8Rng) -> [f64; 4] {
    let mut normal = |rows: usize, cols: usize| DMatrix::from_fn(rows, cols, |_, _| -> f64 { StandardNormal.sample(rng) });
    let frame = normal(d, d).qr().q();
    let (a, b) = (frame.columns(0, m).into_owned(), frame.columns(m, m).into_owned());
    let (c, e) = (normal(m, 1), normal(m, 1));
    let random = normal(d, d) / (d as f64).sqrt();
    let (v_a, v_b) = (&a * &c, &b * &e);
    let sum = &v_a + &v_b;
    let scale = v_a.norm();
    let coordinates = a.transpose() * &sum;
    // Aᵀ s has m entries and v_a has d: literally, the missing ones count as 0.
    let padded = DVector::from_fn(d, |i, _| if i < m { coordinates[i] } else { 0.0 });
    [
        (&a * &coordinates - &v_a).norm() / scale,
        (&coordinates - &c).norm() / scale,
        (padded - v_a.column(0)).norm() / scale,
        (random * sum - &v_a).norm() / scale,
    ]
}

pub(super) fn run(entry: &Entry, seed: u64) -> Result<Experiment, ExperimentError> {
    let numbers: Numbers = entry.numbers()?;
    let (d, most) = (numbers.dimension, numbers.dimension_a);
    if most == 0 || 2 * most > d || d > 256 || !(1..=100_000).contains(&numbers.draws) {
        return Err(entry.fail("expected 1 <= dimension_a <= dimension / 2, dimension up to 256 and at least 1 draw"));
    }
    let mut rows = Vec::new();
    let mut points: Vec<Vec<(f64, f64)>> = vec![vec![]; KINDS.len()];
    let mut intervals: Vec<Vec<(f64, f64)>> = vec![vec![]; KINDS.len()];
    for m in 1..=most {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(300 + m as u64);
        let drawn: Vec<[f64; 4]> = (0..numbers.draws).map(|_| errors(d, m, &mut rng)).collect();
        for (k, (id, _)) in KINDS.iter().enumerate() {
            let mut list: Vec<f64> = drawn.iter().map(|e| e[k].max(f64::EPSILON)).collect();
            list.sort_by(f64::total_cmp);
            let at = |share: f64| list[((list.len() - 1) as f64 * share).round() as usize];
            let (low, middle, high) = (at(0.05), at(0.5), at(0.95));
            points[k].push((m as f64, middle));
            intervals[k].push((low, high));
            // Errors of rounding differ between machines: they are shown as what they are, zero.
            let shown = |x: f64| if x < 1e-12 { cell(0.0) } else { cell(x) };
            rows.push(vec![Cell::Text((*id).into()), cell(m as f64), shown(middle), shown(low), shown(high)]);
        }
    }
    // Candidates stand side by side at each m, so that none hides another.
    let aside = |k: usize| (k as f64 - 1.5) * 0.18;
    let layers = KINDS
        .iter()
        .enumerate()
        .map(|(k, (_, name))| Layer::Points {
            name: (*name).into(),
            points: points[k].iter().map(|(m, e)| (m + aside(k), *e)).collect(),
            intervals: intervals[k].clone(),
            colour: k,
            radius: 4,
        })
        .collect();
    let top = intervals.iter().flatten().map(|(_, high)| *high).fold(1.0, f64::max);
    let panel = Panel {
        title: String::new(),
        x: linear("m, dimension of A and of B", 0.0, most as f64 + 1.0),
        y: linear("|M(v_a+v_b) − v_a| / |v_a|", -0.02 * top, 1.05 * top),
        layers,
    };
    Ok(Experiment {
        id: entry.id.clone(),
        questions: vec![entry.question.into()],
        columns: columns(&["matrix", "m", "median", "low_05", "high_95"]),
        rows,
        plot: Plot {
            title: "Which M extracts v_a".into(),
            caption: format!(
                "Relative error over {} random orthogonal spaces of R^{d}: medians with the middle 90 %. A A^T gives v_a itself and A^T its m coordinates, both \
                 without error; taken literally as a vector of R^d, A^T gives something as wrong as a random matrix does.",
                numbers.draws
            ),
            panels: vec![panel],
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_projection_extracts_v_a_its_transpose_the_coordinates_and_nothing_else_does() {
        let mut rng = ChaCha8Rng::seed_from_u64(5);
        for m in [1, 3, 8] {
            let [outer, coordinates, literal, random] = errors(16, m, &mut rng);
            assert!(outer < 1e-13 && coordinates < 1e-13, "{outer} {coordinates}");
            assert!(literal > 0.1 && random > 0.1, "{literal} {random}");
        }
    }
}
