//! The audit's plots.

use super::claims::ClaimRow;
use crate::montecarlo::audit::{Measured, Promise};
use crate::record::{Axis, Layer, Panel, Plot, Scale};

/// False alarms, coverage and power, a panel each.
pub fn rates(measured: &[Measured]) -> Plot {
    let covers = |m: &&Measured| m.event == "truth excluded";
    let alarms = |m: &&Measured| matches!(m.promise, Promise::AtMost(_)) && !covers(m);
    let power = |m: &&Measured| matches!(m.promise, Promise::AtLeast(_));
    let panels = vec![
        panel("False alarms", "share of runs with a false alarm", measured.iter().filter(alarms), false),
        panel("Coverage", "share of runs that keep the truth throughout", measured.iter().filter(covers), true),
        panel("Power", "share of runs that find the deviation", measured.iter().filter(power), false),
    ];
    let runs = measured.first().map_or(0, |m| m.runs);
    Plot {
        title: "What the statistical tests promise, and what they do".into(),
        caption: format!(
            "Each test in {runs} independent runs, looked at after every doubling of the draws; whiskers are exact 95 % intervals (Clopper and Pearson). \
             Dashed: what is promised. Points lie below it at false alarms, above it at coverage and power."
        ),
        panels,
    }
}

/// A panel of rates; `flipped` shows how often the event did not happen.
fn panel<'a>(title: &str, label: &str, measured: impl Iterator<Item = &'a Measured>, flipped: bool) -> Panel {
    let flip = |x: f64| if flipped { 1.0 - x } else { x };
    let mut layers = Vec::new();
    let (mut bound, mut ends) = (0.0, vec![]);
    for (at, m) in measured.enumerate() {
        let interval = m.interval();
        let (a, b) = (flip(interval.low), flip(interval.high));
        bound = flip(match m.promise {
            Promise::AtMost(x) | Promise::AtLeast(x) => x,
        });
        ends.extend([a, b, bound]);
        layers.push(Layer::Points {
            name: format!("{}: {}, {}", at + 1, m.test, m.truth),
            points: vec![((at + 1) as f64, flip(m.rate()))],
            intervals: vec![(a.min(b), a.max(b))],
            colour: at,
            radius: 4,
        });
    }
    let count = layers.len() as f64;
    layers.push(Layer::Line {
        name: "promised".into(),
        points: vec![(0.0, bound), (count + 1.0, bound)],
        dashed: true,
        colour: 6,
    });
    let (low, high) = ends.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), x| (l.min(*x), h.max(*x)));
    let room = 0.15 * (high - low).max(1e-3);
    let axis = |label: &str, low: f64, high: f64| Axis { label: label.into(), low, high, scale: Scale::Linear };
    let y = if count == 0.0 { axis(label, 0.0, 1.0) } else { axis(label, (low - room).max(0.0), high + room) };
    Panel { title: title.into(), x: axis("test (numbers below)", 0.0, count + 1.0), y, layers }
}

/// The smallest deviation that each claim detects, and how far off its wrong versions are.
pub fn claims(rows: &[ClaimRow]) -> Plot {
    let (mut layers, mut all): (Vec<Layer>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut number: u32 = 0;
    for row in rows {
        let ruling = &row.ruling;
        let (name, deviation, radius) = if row.wrong {
            (String::new(), ruling.difference.abs(), 3)
        } else {
            number += 1;
            (format!("{number}: {} {}", row.question, row.claim), ruling.detects, 6)
        };
        // An inequality between equal numbers is off by nothing that sampling could see.
        if row.wrong && deviation <= ruling.detects {
            continue;
        }
        all.push(deviation);
        let points = vec![(f64::from(number), deviation)];
        layers.push(Layer::Points { name, points, intervals: vec![], colour: number.saturating_sub(1) as usize, radius });
    }
    let (low, high) = all.iter().filter(|y| **y > 0.0).fold((1.0_f64, 1e-3_f64), |(l, h), y| (l.min(*y), h.max(*y)));
    let x = Axis { label: "claim (numbers below)".into(), low: 0.0, high: f64::from(number + 1), scale: Scale::Linear };
    let y = Axis { label: "deviation |Δ|".into(), low: low / 2.0, high: high * 2.0, scale: Scale::Log };
    let draws = rows.iter().map(|r| r.ruling.draws).max().unwrap_or(0);
    Plot {
        title: "The smallest deviation that each claim detects".into(),
        caption: format!(
            "Claims of the questions, sampled in the question's limit with {draws} draws, all intervals together valid but for 1e-6. A claim that is off by its large \
             dot or more is refuted; the small dots are the wrong versions that the questions list, and lie above."
        ),
        panels: vec![Panel { title: String::new(), x, y, layers }],
    }
}
