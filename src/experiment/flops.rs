//! Operations of one forward pass, counted at the trainer's layers, beside the growth orders of both models.

use serde::Deserialize;

use super::axes::{columns, logarithmic};
use super::{Entry, ExperimentError};
use crate::record::{Cell, Experiment, Layer, Panel, Plot};
use crate::runs::{Shape, Variant, forward_operations};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    /// Width d.
    width: usize,
    /// Latents m.
    bottleneck: usize,
    /// Layers L, in the panel over lengths.
    layers: usize,
    /// Lengths l, increasing.
    lengths: Vec<usize>,
    /// Length l, in the panel over layers.
    length: usize,
    /// Numbers of layers, increasing.
    depths: Vec<usize>,
}

/// A growth order as a function of (l, m, d, L).
type Order = fn(f64, f64, f64, f64) -> f64;

/// Legend, order and model: what the orders are of.
const ORDERS: [(&str, Order, Variant); 2] = [
    ("L(l²d + ld²)", |l, _, d, n| n * (l * l * d + l * d * d), Variant::Vanilla),
    ("lmd + ld² + L(m²d + md²)", |l, m, d, n| l * m * d + l * d * d + n * (m * m * d + m * d * d), Variant::Perceiver),
];

fn counted(entry: &Entry, shape: &Shape) -> Result<f64, ExperimentError> {
    let operations = forward_operations(shape).ok_or_else(|| entry.fail(format!("no model has the shape {shape:?}")))?;
    Ok(operations as f64)
}

/// One panel: shapes along one axis, for both models, with each order through the last counted point.
fn panel(
    entry: &Entry,
    (title, label): (&str, &str),
    shapes: &[Shape],
    at: fn(&Shape) -> f64,
    rows: &mut Vec<Vec<Cell>>,
) -> Result<Panel, ExperimentError> {
    let mut layers = Vec::new();
    let (mut low, mut high) = (f64::INFINITY, 0.0f64);
    for (colour, (name, order, variant)) in ORDERS.into_iter().enumerate() {
        let model = if variant == Variant::Vanilla { "vanilla" } else { "perceiver" };
        let (mut points, mut orders) = (Vec::new(), Vec::new());
        for shape in shapes {
            let shape = Shape { variant, ..*shape };
            let operations = counted(entry, &shape)?;
            let (l, m, d, n) = (shape.length as f64, shape.bottleneck as f64, shape.width as f64, shape.layers as f64);
            points.push((at(&shape), operations));
            orders.push((at(&shape), order(l, m, d, n)));
            rows.push([l, m, d, n, operations].into_iter().fold(vec![Cell::Text(model.into())], |mut row, x| {
                row.push(Cell::Number(x));
                row
            }));
            (low, high) = (low.min(operations), high.max(operations));
        }
        let scale = points.last().zip(orders.last()).map_or(1.0, |(p, o)| p.1 / o.1);
        orders.iter_mut().for_each(|o| o.1 *= scale);
        low = orders.iter().fold(low, |m, o| m.min(o.1));
        layers.push(Layer::Line { name: format!("{name}, scaled"), points: orders, dashed: true, colour });
        layers.push(Layer::Points { name: format!("{model}, counted"), points, intervals: vec![], colour, radius: 4 });
    }
    let ends = |f: fn(f64, f64) -> f64, from: f64| shapes.iter().map(at).fold(from, f);
    Ok(Panel {
        title: title.into(),
        x: logarithmic(label, ends(f64::min, f64::INFINITY) / 1.2, ends(f64::max, 0.0) * 1.2),
        y: logarithmic("operations of a forward pass", low / 2.0, high * 2.0),
        layers,
    })
}

pub(super) fn run(entry: &Entry) -> Result<Experiment, ExperimentError> {
    let n: Numbers = entry.numbers()?;
    if n.lengths.len() < 2 || n.depths.len() < 2 {
        return Err(entry.fail("expected at least 2 lengths and 2 numbers of layers"));
    }
    let shape = |length, layers| Shape { variant: Variant::Vanilla, layers, length, bottleneck: n.bottleneck, width: n.width };
    let lengths: Vec<Shape> = n.lengths.iter().map(|l| shape(*l, n.layers)).collect();
    let depths: Vec<Shape> = n.depths.iter().map(|d| shape(n.length, *d)).collect();
    let mut rows = Vec::new();
    let panels = vec![
        panel(entry, (&format!("L = {}", n.layers), "length l"), &lengths, |s| s.length as f64, &mut rows)?,
        panel(entry, (&format!("l = {}", n.length), "layers L"), &depths, |s| s.layers as f64, &mut rows)?,
    ];
    let mut columns = columns(&["model", "l", "m", "d", "layers", "operations"]);
    columns[5].unit = "flop".into();
    Ok(Experiment {
        id: entry.id.clone(),
        questions: vec![entry.question.into()],
        columns,
        rows,
        plot: Plot {
            title: "What the two models cost".into(),
            caption: format!(
                "Multiplications and additions of every product in one forward pass without the head, counted at the layers of the trainer; \
                 d = {}, m = {}. Dashed: the growth orders, each scaled to go through its last counted point. One more layer costs the \
                 perceiver a block over m latents, whatever the length.",
                n.width, n.bottleneck
            ),
            panels,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slope(variant: Variant, order: Order, from: usize, to: usize) -> (f64, f64) {
        let shape = |length| Shape { variant, layers: 6, length, bottleneck: 8, width: 16 };
        let value = |l: usize| order(l as f64, 8.0, 16.0, 6.0);
        let counted = |l| forward_operations(&shape(l)).expect("a shape") as f64;
        (counted(to) / counted(from), value(to) / value(from))
    }

    #[test]
    fn counts_grow_as_their_orders_and_not_as_each_others() {
        for (_, order, variant) in ORDERS {
            let (counted, claimed) = slope(variant, order, 1024, 2048);
            assert!((counted / claimed - 1.0).abs() < 0.1, "{variant:?}: {counted} and {claimed}");
        }
        let (counted, claimed) = slope(Variant::Vanilla, ORDERS[1].1, 1024, 2048);
        assert!(counted / claimed > 1.5, "{counted} and {claimed}");
    }
}
