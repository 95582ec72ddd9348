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
    let y = if count == 0.0 { axis(label, 0.0, 1.0) } else { axis(label, (low - room).max(0.0), (high + room).min(1.0)) };
    Panel { title: title.into(), x: axis("test (numbers below)", 0.0, count + 1.0), y, layers }
}

/// The smallest deviation that each claim detects, and how far off its wrong versions are.
pub fn claims(rows: &[ClaimRow]) -> Plot {
    let mut number = 0;
    let (mut detects, mut off, mut names) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        if !row.wrong {
            number += 1;
            detects.push((f64::from(number), row.ruling.detects));
            names.push((row, number));
        } else if row.ruling.difference.abs() > row.ruling.detects {
            off.push((f64::from(number), row.ruling.difference.abs()));
        }
    }
    let mut layers = vec![
        Layer::Points {
            name: "wrong versions: how far off".into(),
            points: off.clone(),
            intervals: vec![],
            colour: 1,
            radius: 3,
        },
        Layer::Points { name: "detected from here on".into(), points: detects.clone(), intervals: vec![], colour: 0, radius: 5 },
    ];
    // Names without marks: the legend says which claim a number is.
    layers.extend(names.iter().map(|(row, number)| Layer::Line {
        name: format!("{number}: {} {}", row.question, row.claim),
        points: vec![],
        dashed: false,
        colour: 6,
    }));
    let all = detects.iter().chain(&off).map(|(_, y)| *y).filter(|y| *y > 0.0);
    let (low, high) = all.fold((1.0_f64, 1e-3_f64), |(l, h), y| (l.min(y), h.max(y)));
    let x = Axis { label: "claim (numbers below)".into(), low: 0.0, high: f64::from(number + 1), scale: Scale::Linear };
    let y = Axis { label: "deviation |Δ|".into(), low: low / 2.0, high: high * 2.0, scale: Scale::Log };
    let draws = rows.iter().map(|r| r.ruling.draws).max().unwrap_or(0);
    Plot {
        title: "The smallest deviation that each claim detects".into(),
        caption: format!(
            "Claims of the questions, sampled in the question's limit with {draws} draws, all intervals together valid but for 1e-6. A claim that is off by a blue dot \
             or more is refuted; every wrong version that the questions list (red) lies above its blue dot."
        ),
        panels: vec![Panel { title: String::new(), x, y, layers }],
    }
}
