//! Variance of the output against the number of heads, for equal and for separate queries.

use serde::Deserialize;

use super::axes::{cell, columns, logarithmic, power};
use super::design::{A, B, Setting, model_of, sampled_variance};
use super::{Entry, ExperimentError};
use crate::montecarlo::{CHUNK_DRAWS, Direction, Form, Model, Quantity, Stream};
use crate::quadrature::Attention;
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
    /// Largest number of heads.
    heads_max: usize,
    /// Draws at each sampled point.
    draws: u64,
}

/// How the heads' queries are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Queries {
    /// All `β (μ_a + μ_b)`.
    Equal,
    /// `β μ_a` and `β μ_b` in turns.
    InTurns,
}

impl Queries {
    fn id(self) -> &'static str {
        match self {
            Queries::Equal => "equal",
            Queries::InTurns => "in-turns",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Queries::Equal => "equal queries, each β(μ_a+μ_b)",
            Queries::InTurns => "separate queries, βμ_a and βμ_b in turns",
        }
    }

    fn list(self, heads: usize) -> Vec<Direction> {
        let one = |h: usize| match self {
            Queries::Equal => vec![(A, 1.0), (B, 1.0)],
            Queries::InTurns => vec![(if h.is_multiple_of(2) { A } else { B }, 1.0)],
        };
        (0..heads).map(one).collect()
    }
}

fn exact(model: &Model) -> Option<f64> {
    Attention::of(model).and_then(|a| a.quantity(&Quantity::OutputVariance)).ok().map(|e| e.value)
}

/// Numbers of heads that are sampled: all up to 4, then three an octave.
fn sampled_heads(most: usize) -> Vec<usize> {
    (1..=most).filter(|h| *h <= 4 || h.is_power_of_two() || (h % 3 == 0 && (h / 3).is_power_of_two())).collect()
}

pub(super) fn run(entry: &Entry, seed: u64) -> Result<Experiment, ExperimentError> {
    let numbers: Numbers = entry.numbers()?;
    entry.positive("beta", numbers.beta)?;
    if !(2..=256).contains(&numbers.heads_max) || numbers.draws == 0 {
        return Err(entry.fail("expected 2 to 256 heads and at least 1 draw"));
    }
    let at = Setting {
        keys: numbers.keys,
        dimension: numbers.dimension,
        beta: numbers.beta,
        alpha: numbers.alpha,
        length_variance: 0.5,
    };
    let chunks = numbers.draws.div_ceil(CHUNK_DRAWS);
    let made = |queries: Queries, heads: usize| model_of(queries.list(heads), at).map_err(|e| entry.model(e));
    let (mut rows, mut layers, mut starts) = (Vec::new(), Vec::new(), Vec::new());
    for (colour, queries) in [Queries::Equal, Queries::InTurns].into_iter().enumerate() {
        // One head cannot ask for both keys in turns.
        let least = if queries == Queries::Equal { 1 } else { 2 };
        let mut curve = Vec::new();
        for heads in least..=numbers.heads_max {
            curve.push((heads as f64, exact(&made(queries, heads)?).unwrap_or(f64::NAN)));
        }
        let (mut points, mut intervals) = (Vec::new(), Vec::new());
        for heads in sampled_heads(numbers.heads_max).into_iter().filter(|h| *h >= least) {
            let stream = Stream::new(seed, 40_000 + 1000 * colour as u64 + heads as u64);
            let found = sampled_variance(&made(queries, heads)?, Form::Reduced, &stream, chunks);
            let value = curve[heads - least].1;
            entry.agree(&format!("{} at H = {heads}", queries.id()), found.value, value, found.standard_error(), found.draws)?;
            points.push((heads as f64, found.value));
            intervals.push((found.low, found.high));
            rows.push(vec![
                Cell::Text(queries.id().into()),
                cell(heads as f64),
                cell(found.value),
                cell(found.low),
                cell(found.high),
                cell(value),
                cell(found.draws as f64),
            ]);
        }
        starts.push(curve[0].1);
        layers.push(Layer::Line { name: queries.title().into(), points: curve, dashed: false, colour });
        layers.push(Layer::Points { name: String::new(), points, intervals, colour, radius: 3 });
    }
    let (one, two) = (starts[0], starts[1]);
    let own = (1..=numbers.heads_max).map(|h| (h as f64, one / h as f64)).collect();
    layers.push(Layer::Line { name: "if every head drew keys of its own: 1/H".into(), points: own, dashed: true, colour: 6 });
    let panel = Panel {
        title: String::new(),
        x: logarithmic("number of heads H", 1.0, numbers.heads_max as f64),
        y: logarithmic("trace of Cov(c)", one / numbers.heads_max as f64 * 0.8, one * 1.6),
        layers,
    };
    Ok(Experiment {
        id: entry.id.clone(),
        questions: vec![entry.question.into()],
        columns: columns(&["queries", "heads", "variance", "low", "high", "exact", "draws"]),
        rows,
        plot: Plot {
            title: "More heads do not help by themselves".into(),
            caption: format!(
                "Variance of c over draws of the keys against the number of heads, orthonormal values, n = {}, α = {}, β = {}. Curves: quadrature; dots: {} draws \
                 with five standard errors. All heads see the same keys, so heads with equal queries save nothing, however many. Separate queries save all \
                 there is to save with the second head ({:.3} in place of {:.3}); more of them add nothing, and with an odd number c leans to v_a.",
                numbers.keys,
                power(numbers.alpha),
                numbers.beta,
                chunks * CHUNK_DRAWS,
                two,
                one
            ),
            panels: vec![panel],
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_heads_save_nothing_and_an_even_number_in_turns_is_as_good_as_two() {
        let at = Setting { keys: 10, dimension: 10, beta: 20.0, alpha: 1e-6, length_variance: 0.5 };
        let variance = |queries: Queries, heads| exact(&model_of(queries.list(heads), at).unwrap()).unwrap();
        let near = |x: f64, y: f64| (x / y - 1.0).abs() < 1e-9;
        assert!(near(variance(Queries::Equal, 64), variance(Queries::Equal, 1)));
        let two = variance(Queries::InTurns, 2);
        assert!(near(variance(Queries::InTurns, 64), two) && variance(Queries::InTurns, 3) > 1.5 * two);
        assert!(two < 0.1 * variance(Queries::Equal, 1));
    }

    #[test]
    fn sampled_numbers_of_heads_thin_out() {
        assert_eq!(sampled_heads(64), [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64]);
    }
}
