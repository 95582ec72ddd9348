//! What recorded runs scored: their losses, the accuracy of every setting, and how sure the models are.

use super::axes::{cell, columns, linear, logarithmic};
use super::{Entry, ExperimentError};
use crate::record::{Axis, Cell, Experiment, Layer, Panel, Plot};
use crate::runs::{Count, Data, Row, Run, Runs, Training, Variant};
use crate::tolerance::INTERVAL_CONFIDENCE;

/// The recorded runs, and the entry's error where there are none.
fn runs(entry: &Entry) -> Result<Runs, ExperimentError> {
    let runs = Runs::embedded().map_err(|e| entry.fail(e.to_string()))?;
    if !entry.table.is_empty() {
        return Err(entry.fail("it takes no numbers: it shows what is recorded"));
    }
    Ok(runs)
}

fn text(s: impl Into<String>) -> Cell {
    Cell::Text(s.into())
}

/// One panel a kind of data, with a line a run and a colour a setting.
pub(super) fn curves(entry: &Entry) -> Result<Experiment, ExperimentError> {
    let runs = runs(entry)?;
    let mut rows = Vec::new();
    let mut panels = Vec::new();
    for data in [Data::SmallWorld, Data::Course] {
        let mut layers = Vec::new();
        let settings = runs.settings();
        for (colour, (setting, found)) in settings.iter().filter(|(s, _)| s.data == data).enumerate() {
            for (i, run) in found.iter().enumerate() {
                let points = losses(run, &mut rows);
                let name = if i == 0 { short(&setting.title()) } else { String::new() };
                layers.push(Layer::Line { name, points, dashed: setting.training == Training::Alone, colour });
            }
        }
        if !layers.is_empty() {
            let title = if data == Data::Course { "course data" } else { "small world" };
            panels.push(Panel { title: title.into(), x: span(&layers, false), y: span(&layers, true), layers });
        }
    }
    let mut columns = columns(&["run", "stage", "tokens", "loss"]);
    columns[3].unit = "nats a target".into();
    Ok(Experiment {
        id: entry.id.clone(),
        questions: vec![entry.question.into()],
        columns,
        rows,
        plot: Plot {
            title: "Losses of the recorded runs".into(),
            caption: "Mean loss of the first stage of every recorded run against the real tokens it has read: the documents where it was \
                      pretrained, else the pairs (dashed). The two losses are of different targets; compare shapes, not heights."
                .into(),
            panels,
        },
    })
}

/// The first stage's points, and its rows.
fn losses(run: &Run, rows: &mut Vec<Vec<Cell>>) -> Vec<(f64, f64)> {
    let Some(curve) = run.curves.first() else { return vec![] };
    for (tokens, loss) in &curve.points {
        rows.push(vec![text(&run.name), text(&curve.stage), cell(*tokens), cell(*loss)]);
    }
    curve.points.clone()
}

/// The part of a setting's title that its panel does not say.
fn short(title: &str) -> String {
    title.split_once(", ").map_or(title, |(_, rest)| rest).to_string()
}

/// A logarithmic axis over all points of lines.
fn span(layers: &[Layer], vertical: bool) -> Axis {
    let all = layers.iter().flat_map(|l| match l {
        Layer::Line { points, .. } => points.as_slice(),
        _ => &[],
    });
    let values = all.map(|p| if vertical { p.1 } else { p.0 }).filter(|v| *v > 0.0);
    let (low, high) = values.fold((f64::INFINITY, f64::MIN_POSITIVE), |(a, b), v| (a.min(v), b.max(v)));
    let label = if vertical { "loss [nats a target]" } else { "real tokens" };
    logarithmic(label, low.min(high) / 1.1, high * 1.1)
}

/// Distance of the runs of one setting, where neighbouring settings are 1 apart.
const SPREAD: f64 = 0.22;

/// Every run's share of right answers, settings side by side.
pub(super) fn accuracies(entry: &Entry) -> Result<Experiment, ExperimentError> {
    let runs = runs(entry)?;
    let (mut rows, mut layers, mut baselines) = (Vec::new(), Vec::new(), Vec::new());
    let mut top = 0.0f64;
    let settings = runs.settings();
    let count_of_settings = settings.len();
    for (colour, (setting, found)) in settings.into_iter().enumerate() {
        let (mut points, mut intervals) = (Vec::new(), Vec::new());
        let middle = (colour + 1) as f64;
        let number = found.len() as f64;
        for (i, run) in found.into_iter().enumerate() {
            let place = middle + SPREAD * (i as f64 - (number - 1.0) / 2.0);
            let (count, (low, high)) = (run.count(), interval(run.count()));
            rows.push(vec![
                text(setting.title()),
                text(&run.name),
                cell(run.seed as f64),
                cell(count.right as f64),
                cell(count.total as f64),
                cell(low),
                cell(high),
                cell(run.baseline.right as f64),
            ]);
            points.push((place, count.share().unwrap_or(f64::NAN)));
            intervals.push((low, high));
            baselines.push((middle - 0.4, middle + 0.4, run.baseline.share().unwrap_or(f64::NAN)));
            top = top.max(high);
        }
        let name = format!("{middle}: {}", setting.title());
        layers.push(Layer::Points { name, points, intervals, colour, radius: 4 });
    }
    for (i, (from, to, share)) in baselines.into_iter().enumerate() {
        let name = if i == 0 { "always the most frequent place".into() } else { String::new() };
        layers.push(Layer::Line { name, points: vec![(from, share), (to, share)], dashed: true, colour: 6 });
    }
    let panel = Panel {
        title: String::new(),
        x: linear("setting, numbered below", 0.0, (count_of_settings + 1) as f64),
        y: linear("share of right answers", 0.0, (top * 1.05).clamp(0.1, 1.05)),
        layers,
    };
    Ok(Experiment {
        id: entry.id.clone(),
        questions: vec![entry.question.into()],
        columns: columns(&["setting", "run", "seed", "right", "questions", "share_low", "share_high", "constant_right"]),
        rows,
        plot: Plot {
            title: "Right answers of the recorded runs".into(),
            caption: format!(
                "One point a recorded run, recounted from its rows, with its exact (Clopper-Pearson) {:.0} % interval. Runs of one setting differ by \
                 their seed alone. Dashed: the constant answer, always the most frequent place.",
                100.0 * INTERVAL_CONFIDENCE
            ),
            panels: vec![panel],
        },
    })
}

fn interval(count: Count) -> (f64, f64) {
    count.clopper_pearson(INTERVAL_CONFIDENCE).unwrap_or((f64::NAN, f64::NAN))
}

/// A kind of answer and the probabilities given to answers of that kind.
type Kind = (&'static str, Vec<f64>);

/// Probabilities of right, wrong and unknowable answers, sorted, over all given runs.
fn kinds(found: &[&Run]) -> [Kind; 3] {
    let sorted = |rows: &dyn Fn(&Run) -> Vec<Row>| {
        let mut values: Vec<f64> = found.iter().flat_map(|r| rows(r)).map(|row| row.log_probability.exp()).collect();
        values.sort_by(f64::total_cmp);
        values
    };
    let of = |right: bool| move |r: &Run| r.rows.iter().filter(|row| row.right == right).copied().collect::<Vec<_>>();
    [
        ("right", sorted(&of(true))),
        ("wrong", sorted(&of(false))),
        ("about people whom no document names", sorted(&|r| r.unheard.clone())),
    ]
}

/// Cumulative shares of the probability that models give to what they say.
pub(super) fn confidence(entry: &Entry) -> Result<Experiment, ExperimentError> {
    let runs = runs(entry)?;
    let (mut rows, mut panels) = (Vec::new(), Vec::new());
    for (variant, title) in [(Variant::Vanilla, "vanilla"), (Variant::Perceiver, "perceiver")] {
        let wanted = |r: &&Run| {
            r.setting.data == Data::SmallWorld && r.setting.variant == variant && r.setting.training == Training::Pretrained
        };
        let found: Vec<&Run> = runs.iter().filter(wanted).collect();
        if found.is_empty() {
            continue;
        }
        let mut layers = Vec::new();
        for (colour, (kind, values)) in kinds(&found).into_iter().enumerate() {
            if values.is_empty() {
                continue;
            }
            let n = values.len() as f64;
            let steps = values.iter().enumerate().flat_map(|(i, p)| [(*p, i as f64 / n), (*p, (i + 1) as f64 / n)]);
            let points = std::iter::once((0.0, 0.0)).chain(steps).chain([(1.0, 1.0)]).collect();
            values.iter().for_each(|p| rows.push(vec![text(title), text(kind), cell(*p)]));
            layers.push(Layer::Line { name: format!("{kind} ({})", values.len()), points, dashed: false, colour });
        }
        panels.push(Panel {
            title: format!("{title}, pretrained, {} seeds", found.len()),
            x: linear("probability of the answer given", 0.0, 1.0),
            y: linear("share of answers at most as sure", 0.0, 1.0),
            layers,
        });
    }
    Ok(Experiment {
        id: entry.id.clone(),
        questions: vec![entry.question.into()],
        columns: columns(&["variant", "kind", "probability"]),
        rows,
        plot: Plot {
            title: "How sure models are of what they say".into(),
            caption: "Small world, pretrained and finetuned. The further right a curve rises, the surer the model is of its answers. What it \
                      says of people whom no document names is invented; where that curve lies near the others, the probability does not \
                      tell knowledge from invention."
                .into(),
            panels,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_are_told_apart_by_kind_and_sorted() {
        let runs = Runs::embedded().expect("whole records");
        let found: Vec<&Run> = runs.iter().collect();
        let [right, wrong, unheard] = kinds(&found);
        let rows: usize = found.iter().map(|r| r.rows.len()).sum();
        assert_eq!(right.1.len() + wrong.1.len(), rows);
        assert_eq!(unheard.1.len(), found.iter().map(|r| r.unheard.len()).sum::<usize>());
        for (_, values) in [right, wrong, unheard] {
            assert!(values.is_sorted() && values.iter().all(|p| (0.0..=1.0).contains(p)));
        }
    }
}
