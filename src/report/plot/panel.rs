//! One panel: frame, ticks, labels, layers, legend.

use super::PlotError;
use super::axis::Ruler;
use super::colour::{GRID, INK, SHADES, SOFT_INK, palette, viridis};
use super::font::{Fonts, WIDER};
use super::layers::{Drawn, Frame, draw};
use super::scene::{Anchor, Colour, Mark, Pen, Rect};
use crate::record::{Axis, Layer, Panel, Scale};

/// Width and height of a panel with its labels, without its legend, in pixels.
pub(super) const WIDTH: f64 = 520.0;
pub(super) const HEIGHT: f64 = 390.0;
/// Sizes of text in pixels.
const TITLE: f64 = 14.0;
const LABEL: f64 = 13.0;
const TICK: f64 = 11.5;
const LEGEND: f64 = 12.0;
/// Height of a legend's row.
const ROW: f64 = 19.0;
/// Width of a legend's sample and the gap after it.
const SAMPLE: f64 = 30.0;
/// Width of a colour bar.
const BAR: f64 = 14.0;

/// A panel laid out with its upper left corner at the origin, and the height of its legend.
pub(super) struct Laid {
    pub marks: Vec<Mark>,
    pub legend: Vec<Mark>,
    pub legend_height: f64,
}

/// What stands before a legend's words.
#[derive(Clone, Copy, PartialEq)]
enum Sample {
    Line(Colour, bool),
    Disc(Colour, f64, bool),
    Bar(Colour),
}

/// Lays out a panel.
///
/// # Errors
/// [`PlotError`] for axes that mean nothing and lists of different lengths.
pub(super) fn lay(panel: &Panel, fonts: &Fonts) -> Result<Laid, PlotError> {
    let Panel { title, x, y, layers } = panel;
    let (across, up) = (Ruler::of(x)?, Ruler::of(y)?);
    let bar =
        layers.iter().find_map(|l| if let Layer::Heat { name, low, high, .. } = l { Some((name, *low, *high)) } else { None });
    let titles = if title.is_empty() { vec![] } else { fonts.lines(title, TITLE, WIDTH - 40.0) };
    let x_lines = fonts.lines(&x.label, LABEL, WIDTH - 120.0);
    let y_lines = fonts.lines(&y.label, LABEL, HEIGHT - 110.0);
    let widest = up.ticks().iter().filter_map(|t| t.label.as_ref()).map(|l| fonts.width(l, TICK)).fold(0.0, f64::max);
    let left = 12.0 + 17.0 * y_lines.len() as f64 + widest * WIDER + 8.0;
    let top = 12.0 + 18.0 * titles.len() as f64;
    let below = 24.0 + 17.0 * x_lines.len() as f64 + 6.0;
    let scale = bar.map(|(name, low, high)| ColourBar::of(name, low, high, fonts)).transpose()?;
    let right = scale.as_ref().map_or(24.0, |s| s.width);
    let area = Rect { x: left, y: top, width: (WIDTH - left - right).max(80.0), height: (HEIGHT - top - below).max(80.0) };
    let frame = Frame { x: across, y: up, area };

    let mut marks = grid(&frame, layers);
    let mut entries = Vec::new();
    let mut seen = false;
    for layer in layers {
        let drawn = draw(layer, &frame, fonts)?;
        seen |= drawn.data;
        entries.extend(entry(layer, &drawn).filter(|e| !entries.contains(e)));
        marks.extend(drawn.marks);
    }
    if !seen {
        marks.push(text((area.x + area.width / 2.0, area.y + area.height / 2.0), "no data", 15.0, Anchor::Middle, SOFT_INK));
    }
    marks.extend(border(&frame));
    for (i, line) in titles.iter().enumerate() {
        marks.push(text((area.x + area.width / 2.0, 16.0 + 18.0 * i as f64), line, TITLE, Anchor::Middle, INK));
    }
    for (i, line) in x_lines.iter().enumerate() {
        marks.push(text((area.x + area.width / 2.0, area.bottom() + 36.0 + 17.0 * i as f64), line, LABEL, Anchor::Middle, INK));
    }
    for (i, line) in y_lines.iter().enumerate() {
        marks.push(upwards((18.0 + 17.0 * i as f64, area.y + area.height / 2.0), line, LABEL));
    }
    if let Some(scale) = scale {
        marks.extend(scale.marks(&area));
    }
    let (legend, rows) = legend(&entries, &area, fonts);
    Ok(Laid { marks, legend, legend_height: rows as f64 * ROW })
}

fn text(at: (f64, f64), text: &str, size: f64, anchor: Anchor, colour: Colour) -> Mark {
    Mark::Text { at, text: text.into(), size, anchor, upwards: false, colour }
}

fn upwards(at: (f64, f64), text: &str, size: f64) -> Mark {
    Mark::Text { at, text: text.into(), size, anchor: Anchor::Middle, upwards: true, colour: INK }
}

fn stroke(points: [(f64, f64); 2], colour: Colour, width: f64) -> Mark {
    Mark::Path { points: points.to_vec(), pen: Pen { colour, width, dashed: false } }
}

/// Grid lines at labelled ticks; a map covers the frame, so there they would only be in its way.
fn grid(frame: &Frame, layers: &[Layer]) -> Vec<Mark> {
    if layers.iter().any(|l| matches!(l, Layer::Heat { .. })) {
        return vec![];
    }
    let area = frame.area;
    let across = frame.x.ticks().into_iter().filter(|t| t.label.is_some()).map(|t| area.x + t.share * area.width);
    let up = frame.y.ticks().into_iter().filter(|t| t.label.is_some()).map(|t| area.bottom() - t.share * area.height);
    let vertical = across.map(|x| stroke([(x, area.y), (x, area.bottom())], GRID, 1.0));
    vertical.chain(up.map(|y| stroke([(area.x, y), (area.right(), y)], GRID, 1.0))).collect()
}

/// The frame itself, its ticks and their labels.
fn border(frame: &Frame) -> Vec<Mark> {
    let area = frame.area;
    let corners =
        vec![(area.x, area.y), (area.right(), area.y), (area.right(), area.bottom()), (area.x, area.bottom()), (area.x, area.y)];
    let mut marks = vec![Mark::Path { points: corners, pen: Pen { colour: INK, width: 1.0, dashed: false } }];
    for tick in frame.x.ticks() {
        let x = area.x + tick.share * area.width;
        let length = if tick.label.is_some() { 5.0 } else { 3.0 };
        marks.push(stroke([(x, area.bottom()), (x, area.bottom() + length)], INK, 1.0));
        marks.extend(tick.label.map(|l| text((x, area.bottom() + 18.0), &l, TICK, Anchor::Middle, INK)));
    }
    for tick in frame.y.ticks() {
        let y = area.bottom() - tick.share * area.height;
        let length = if tick.label.is_some() { 5.0 } else { 3.0 };
        marks.push(stroke([(area.x - length, y), (area.x, y)], INK, 1.0));
        marks.extend(tick.label.map(|l| text((area.x - 8.0, y + TICK * 0.36), &l, TICK, Anchor::End, INK)));
    }
    marks
}

/// The scale of a map's colours, to the right of the frame.
struct ColourBar {
    ruler: Ruler,
    lines: Vec<String>,
    labels: f64,
    width: f64,
}

impl ColourBar {
    fn of(name: &str, low: f64, high: f64, fonts: &Fonts) -> Result<ColourBar, PlotError> {
        let ruler = Ruler::of(&Axis { label: name.into(), low, high, scale: Scale::Linear })?;
        let labels =
            ruler.ticks().iter().filter_map(|t| t.label.as_ref()).map(|l| fonts.width(l, TICK)).fold(0.0, f64::max) * WIDER;
        let lines = if name.is_empty() { vec![] } else { fonts.lines(name, LABEL, HEIGHT - 110.0) };
        let width = 14.0 + BAR + 8.0 + labels + 17.0 * lines.len() as f64 + 10.0;
        Ok(ColourBar { ruler, lines, labels, width })
    }

    fn marks(&self, area: &Rect) -> Vec<Mark> {
        let x = area.right() + 14.0;
        let step = area.height / SHADES as f64;
        let shade = |i: usize| Mark::Rects {
            rects: vec![Rect { x, y: area.bottom() - step * (i + 1) as f64, width: BAR, height: step + 0.2 }],
            fill: viridis(i),
            alpha: 1.0,
        };
        let mut marks: Vec<Mark> = (0..SHADES).map(shade).collect();
        let corners = vec![(x, area.y), (x + BAR, area.y), (x + BAR, area.bottom()), (x, area.bottom()), (x, area.y)];
        marks.push(Mark::Path { points: corners, pen: Pen { colour: INK, width: 1.0, dashed: false } });
        for tick in self.ruler.ticks() {
            let y = area.bottom() - tick.share * area.height;
            marks.push(stroke([(x + BAR, y), (x + BAR + 4.0, y)], INK, 1.0));
            marks.extend(tick.label.map(|l| text((x + BAR + 7.0, y + TICK * 0.36), &l, TICK, Anchor::Start, INK)));
        }
        for (i, line) in self.lines.iter().enumerate() {
            marks.push(upwards((x + BAR + 8.0 + self.labels + 14.0 + 17.0 * i as f64, area.y + area.height / 2.0), line, LABEL));
        }
        marks
    }
}

/// A layer's entry; none for a map, whose bar is labelled, for a note, and without a name.
fn entry(layer: &Layer, drawn: &Drawn) -> Option<(Sample, String)> {
    let (sample, name) = match layer {
        Layer::Line { name, dashed, colour, .. } => (Sample::Line(palette(*colour), *dashed), name),
        Layer::Points { name, intervals, colour, radius, .. } => {
            (Sample::Disc(palette(*colour), f64::from(*radius), !intervals.is_empty()), name)
        }
        Layer::Bars { name, colour, .. } => (Sample::Bar(palette(*colour)), name),
        Layer::Heat { .. } | Layer::Note { .. } => return None,
    };
    let outside = if drawn.outside > 0 { format!(" ({} outside the axes)", drawn.outside) } else { String::new() };
    (!name.is_empty()).then(|| (sample, format!("{name}{outside}")))
}

/// Entries in rows under the frame, and how many rows they take.
fn legend(entries: &[(Sample, String)], area: &Rect, fonts: &Fonts) -> (Vec<Mark>, usize) {
    let (mut marks, mut x, mut row) = (Vec::new(), 0.0, 0_usize);
    let room = WIDTH - area.x - 8.0;
    for (sample, name) in entries {
        let lines = fonts.lines(name, LEGEND, room - SAMPLE);
        let width = SAMPLE + lines.iter().map(|l| fonts.width(l, LEGEND)).fold(0.0, f64::max) * WIDER + 12.0;
        if x > 0.0 && x + width > room {
            (x, row) = (0.0, row + 1);
        }
        let (left, middle) = (area.x + x, row as f64 * ROW + ROW / 2.0);
        marks.extend(sampled(*sample, left, middle));
        for (i, line) in lines.iter().enumerate() {
            marks.push(text((left + SAMPLE, middle + LEGEND * 0.36 + ROW * i as f64), line, LEGEND, Anchor::Start, INK));
        }
        x += width;
        if lines.len() > 1 {
            (x, row) = (0.0, row + lines.len());
        }
    }
    (marks, if entries.is_empty() { 0 } else { row + usize::from(x > 0.0) })
}

fn sampled(sample: Sample, left: f64, middle: f64) -> Vec<Mark> {
    let (from, to, centre) = ((left, middle), (left + 24.0, middle), (left + 12.0, middle));
    match sample {
        Sample::Line(colour, dashed) => vec![Mark::Path { points: vec![from, to], pen: Pen { colour, width: 2.0, dashed } }],
        Sample::Disc(colour, radius, whiskers) => {
            // The points of a cloud are too small to show their colour.
            let mut marks = vec![Mark::Discs { centres: vec![centre], radius: radius.clamp(3.0, 5.0), fill: colour, alpha: 1.0 }];
            if whiskers {
                marks.push(stroke([(centre.0, middle - 7.0), (centre.0, middle + 7.0)], colour, 1.4));
            }
            marks
        }
        Sample::Bar(colour) => {
            let box_of = Rect { x: left + 2.0, y: middle - 6.0, width: 20.0, height: 12.0 };
            let corners = vec![
                (box_of.x, box_of.y),
                (box_of.right(), box_of.y),
                (box_of.right(), box_of.bottom()),
                (box_of.x, box_of.bottom()),
                (box_of.x, box_of.y),
            ];
            vec![
                Mark::Rects { rects: vec![box_of], fill: colour, alpha: 0.35 },
                Mark::Path { points: corners, pen: Pen { colour, width: 1.4, dashed: false } },
            ]
        }
    }
}
