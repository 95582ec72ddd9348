//! Layers of a panel as marks.

use super::PlotError;
use super::axis::{Ruler, clip};
use super::colour::{INK, NO_VALUE, PAPER, SHADES, palette, shade, viridis};
use super::font::{Fonts, WIDER};
use super::scene::{Anchor, Colour, Mark, Pen, Point, Rect};
use crate::record::Layer;

/// Groups a see-through cloud is split into, so that dense places still look dense where one
/// group is one path.
const CLOUD_GROUPS: usize = 8;
/// Half the width of a whisker's cap in pixels.
const CAP: f64 = 3.0;
/// Size of notes in pixels.
const NOTE: f64 = 11.5;

/// The frame of a panel: its axes and its rectangle on the canvas.
pub(super) struct Frame {
    pub x: Ruler,
    pub y: Ruler,
    pub area: Rect,
}

impl Frame {
    /// Where a pair of shares stands.
    fn at(&self, (x, y): Point) -> Point {
        (self.area.x + x * self.area.width, self.area.bottom() - y * self.area.height)
    }

    fn shares(&self, (x, y): Point) -> Option<Point> {
        Some((self.x.share(x)?, self.y.share(y)?))
    }

    fn place(&self, point: Point) -> Option<Point> {
        self.shares(point).map(|s| self.at(s))
    }

    /// The rectangle between two corners in the axes' units, cut at the frame.
    fn cell(&self, a: Point, b: Point) -> Option<Rect> {
        let (a, b) = (self.shares(a)?, self.shares(b)?);
        self.between(a, b)
    }

    fn between(&self, a: Point, b: Point) -> Option<Rect> {
        let cut = |(x, y): Point| self.at((x.clamp(0.0, 1.0), y.clamp(0.0, 1.0)));
        let (a, b) = (cut(a), cut(b));
        let rect = Rect { x: a.0.min(b.0), y: a.1.min(b.1), width: (a.0 - b.0).abs(), height: (a.1 - b.1).abs() };
        (rect.width > 0.0 && rect.height > 0.0).then_some(rect)
    }
}

/// What a layer leaves on the canvas.
#[derive(Default)]
pub(super) struct Drawn {
    pub marks: Vec<Mark>,
    /// Points with finite numbers that the axes do not show.
    pub outside: usize,
    /// Whether anything of the data is seen.
    pub data: bool,
}

/// Draws a layer.
///
/// # Errors
/// [`PlotError::Lengths`] where lists that belong together differ in length.
pub(super) fn draw(layer: &Layer, frame: &Frame, fonts: &Fonts) -> Result<Drawn, PlotError> {
    match layer {
        Layer::Line { name: _, points, dashed, colour } => {
            Ok(line(points, Pen { colour: palette(*colour), width: 2.0, dashed: *dashed }, frame))
        }
        Layer::Points { name, points, intervals, colour, radius } => {
            if !intervals.is_empty() && intervals.len() != points.len() {
                return Err(PlotError::Lengths { layer: name.clone(), what: "intervals and points" });
            }
            Ok(cloud(points, intervals, palette(*colour), f64::from(*radius), frame))
        }
        Layer::Bars { name, edges, heights, colour } => {
            if edges.len() != heights.len() + 1 {
                return Err(PlotError::Lengths { layer: name.clone(), what: "edges and heights" });
            }
            Ok(bars(edges, heights, palette(*colour), frame))
        }
        Layer::Heat { name, x_edges, y_edges, values, low, high } => {
            if y_edges.len() != values.len() + 1 || values.iter().any(|row| x_edges.len() != row.len() + 1) {
                return Err(PlotError::Lengths { layer: name.clone(), what: "edges and values" });
            }
            Ok(heat(x_edges, y_edges, values, (*low, *high), frame))
        }
        Layer::Note { text, at } => Ok(note(text, *at, frame, fonts)),
    }
}

/// Stretches of the line inside the frame; a point that is no number breaks it.
fn line(points: &[Point], pen: Pen, frame: &Frame) -> Drawn {
    let mut drawn = Drawn::default();
    let mut path: Vec<Point> = Vec::new();
    let mut finish = |path: &mut Vec<Point>| {
        if path.len() > 1 {
            drawn.marks.push(Mark::Path { points: std::mem::take(path), pen });
        }
        path.clear();
    };
    for pair in points.windows(2) {
        let cut = frame.shares(pair[0]).zip(frame.shares(pair[1])).and_then(|(a, b)| clip(a, b));
        let Some((a, b)) = cut.map(|(a, b)| (frame.at(a), frame.at(b))) else {
            finish(&mut path);
            continue;
        };
        if path.last() != Some(&a) {
            finish(&mut path);
            path.push(a);
        }
        path.push(b);
    }
    finish(&mut path);
    drawn.data = !drawn.marks.is_empty();
    drawn
}

fn cloud(points: &[Point], intervals: &[(f64, f64)], colour: Colour, radius: f64, frame: &Frame) -> Drawn {
    let mut drawn = Drawn::default();
    let mut centres = Vec::new();
    for (i, point) in points.iter().enumerate() {
        let inside = frame.place(*point).filter(|p| frame.area.contains(*p));
        if inside.is_none() && point.0.is_finite() && point.1.is_finite() {
            drawn.outside += 1;
        }
        // An interval is shown also where its point lies outside: it may reach in.
        if let Some(&(low, high)) = intervals.get(i) {
            drawn.marks.extend(whisker(point.0, low, high, colour, frame));
        }
        centres.extend(inside);
    }
    drawn.data = !centres.is_empty() || !drawn.marks.is_empty();
    let dense = radius <= 2.0 && centres.len() > 200;
    let groups = if dense { CLOUD_GROUPS } else { 1 };
    for group in 0..groups {
        let centres: Vec<Point> = centres.iter().skip(group).step_by(groups).copied().collect();
        if !centres.is_empty() {
            drawn.marks.push(Mark::Discs {
                centres,
                radius: radius.max(0.5),
                fill: colour,
                alpha: if dense { 0.45 } else { 1.0 },
            });
        }
    }
    drawn
}

fn whisker(x: f64, low: f64, high: f64, colour: Colour, frame: &Frame) -> Vec<Mark> {
    let pen = Pen { colour, width: 1.4, dashed: false };
    let Some(across) = frame.x.share(x).filter(|s| (0.0..=1.0).contains(s)) else { return vec![] };
    // On a log axis the lower end may be zero: the whisker then runs to the frame.
    let bottom = if low.is_nan() { None } else { Some(frame.y.share(low).unwrap_or(f64::NEG_INFINITY)) };
    let (Some(bottom), Some(top)) = (bottom, frame.y.share(high)) else { return vec![] };
    if top < 0.0 || bottom > 1.0 || bottom > top {
        return vec![];
    }
    let (from, to) = (frame.at((across, bottom.max(0.0))), frame.at((across, top.min(1.0))));
    let mut marks = vec![Mark::Path { points: vec![from, to], pen }];
    for (end, shown) in [(from, bottom >= 0.0), (to, top <= 1.0)] {
        if shown {
            marks.push(Mark::Path { points: vec![(end.0 - CAP, end.1), (end.0 + CAP, end.1)], pen });
        }
    }
    marks
}

/// Filled bars under a stepped outline, so that two histograms can lie over each other.
fn bars(edges: &[f64], heights: &[f64], colour: Colour, frame: &Frame) -> Drawn {
    let base = frame.y.base();
    let (mut rects, mut outline) = (Vec::new(), Vec::new());
    let pen = Pen { colour, width: 1.4, dashed: false };
    let mut marks = Vec::new();
    for (edge, height) in edges.windows(2).zip(heights) {
        let shares = frame.x.share(edge[0]).zip(frame.x.share(edge[1]));
        // A height of zero on a log axis is an empty bar.
        let top = if height.is_finite() { Some(frame.y.share(*height).unwrap_or(base)) } else { None };
        let Some(((left, right), top)) = shares.zip(top) else { continue };
        rects.extend(frame.between((left, base), (right, top)));
        let cut = |x: f64| frame.at((x.clamp(0.0, 1.0), top.clamp(0.0, 1.0)));
        if left < 1.0 && right > 0.0 {
            outline.extend([cut(left), cut(right)]);
        }
    }
    let data = !rects.is_empty();
    if data {
        marks.push(Mark::Rects { rects, fill: colour, alpha: 0.35 });
        marks.push(Mark::Path { points: outline, pen });
    }
    Drawn { marks, outside: 0, data }
}

/// One mark a shade; cells without a value are grey.
fn heat(x_edges: &[f64], y_edges: &[f64], values: &[Vec<f64>], (low, high): (f64, f64), frame: &Frame) -> Drawn {
    let mut by_shade: Vec<Vec<Rect>> = vec![Vec::new(); SHADES + 1];
    for (row, y) in values.iter().zip(y_edges.windows(2)) {
        for (value, x) in row.iter().zip(x_edges.windows(2)) {
            let share = (value - low) / (high - low);
            let slot = if share.is_nan() { SHADES } else { shade(share) };
            by_shade[slot].extend(frame.cell((x[0], y[0]), (x[1], y[1])));
        }
    }
    let data = by_shade[..SHADES].iter().any(|cells| !cells.is_empty());
    let marks = by_shade.into_iter().enumerate().filter(|(_, rects)| !rects.is_empty());
    let marks =
        marks.map(|(slot, rects)| Mark::Rects { rects, fill: if slot == SHADES { NO_VALUE } else { viridis(slot) }, alpha: 1.0 });
    Drawn { marks: marks.collect(), outside: 0, data }
}

/// A text at a place, moved as far as needed to lie inside the frame, on a veil of paper.
fn note(text: &str, at: Point, frame: &Frame, fonts: &Fonts) -> Drawn {
    let Some((x, y)) = frame.place(at) else { return Drawn::default() };
    let area = frame.area;
    let lines = fonts.lines(text, NOTE, area.width - 16.0);
    let width = lines.iter().map(|l| fonts.width(l, NOTE)).fold(0.0, f64::max);
    let step = NOTE * 1.25;
    let height = step * lines.len() as f64;
    let left = x.clamp(area.x + 6.0, (area.right() - width * WIDER - 6.0).max(area.x + 6.0));
    let top = (y - height / 2.0).clamp(area.y + 4.0, (area.bottom() - height - 4.0).max(area.y + 4.0));
    let veil = Rect { x: left - 3.0, y: top - 1.0, width: width * 1.05 + 6.0, height: height + 2.0 };
    let mut marks = vec![Mark::Rects { rects: vec![veil], fill: PAPER, alpha: 0.8 }];
    marks.extend(lines.into_iter().enumerate().map(|(i, text)| Mark::Text {
        at: (left, top + step * i as f64 + NOTE * 0.92),
        text,
        size: NOTE,
        anchor: Anchor::Start,
        upwards: false,
        colour: INK,
    }));
    Drawn { marks, outside: 0, data: false }
}
