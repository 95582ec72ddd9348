//! A scene as SVG.
//!
//! Written here and not by a drawing library: lines keep tenths of a pixel, a cloud of points or a
//! map is one path a colour, and sub- and superscripts stay text that can be searched and copied.

use std::fmt::Write as _;

use super::font::{Level, runs};
use super::scene::{Anchor, Colour, DASH, Mark, Pen, Point, Rect, Scene};
use crate::report::text::escape;

/// First choice is the font that the layout was measured with.
const FAMILY: &str = "Ubuntu, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif";

/// The scene as one `<svg>` element that ends with a newline.
pub(super) fn render(scene: &Scene) -> String {
    let Scene { width, height, title, description, marks } = scene;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"{FAMILY}\">\n<title>{}</title>\n<desc>{}</desc>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#FFFFFF\"/>\n",
        escape(title),
        escape(description)
    );
    let is_text = |mark: &&Mark| matches!(mark, Mark::Text { .. });
    for mark in marks.iter().filter(|m| !is_text(m)).chain(marks.iter().filter(is_text)) {
        push(&mut out, mark);
        out.push('\n');
    }
    out.push_str("</svg>\n");
    out
}

fn push(out: &mut String, mark: &Mark) {
    match mark {
        Mark::Path { points, pen } => path(out, points, pen),
        Mark::Rects { rects, fill, alpha } => {
            let data: String = rects.iter().map(rect).collect();
            // Neighbouring cells must meet without a seam.
            let crisp = if rects.len() > 1 { " shape-rendering=\"crispEdges\"" } else { "" };
            out.push_str(&format!("<path fill=\"{}\"{}{crisp} d=\"{data}\"/>", hex(*fill), opacity("fill", *alpha)));
        }
        Mark::Discs { centres, radius, fill, alpha } => {
            // A line of no length with round ends is a disc: one element for a whole cloud. Discs
            // of one path share its opacity where they overlap, so opaque and few ones stay apart.
            let data: String = centres.iter().map(|p| format!("M{}h0", pair(*p))).collect();
            out.push_str(&format!(
                "<path fill=\"none\" stroke-linecap=\"round\" stroke=\"{}\" stroke-width=\"{}\"{} d=\"{data}\"/>",
                hex(*fill),
                tenths(2.0 * radius),
                opacity("stroke", *alpha)
            ));
        }
        Mark::Text { at, text, size, anchor, upwards, colour } => {
            let anchor = match anchor {
                Anchor::Start => "",
                Anchor::Middle => " text-anchor=\"middle\"",
                Anchor::End => " text-anchor=\"end\"",
            };
            let place = if *upwards {
                format!("transform=\"translate({} {}) rotate(-90)\"", tenths(at.0), tenths(at.1))
            } else {
                format!("x=\"{}\" y=\"{}\"", tenths(at.0), tenths(at.1))
            };
            out.push_str(&format!(
                "<text {place} font-size=\"{}\"{anchor} fill=\"{}\">{}</text>",
                tenths(*size),
                hex(*colour),
                spans(text, *size)
            ));
        }
    }
}

/// Runs of a line; each shift of the baseline is undone by the next run.
fn spans(text: &str, size: f64) -> String {
    let (mut out, mut dropped) = (String::new(), 0.0);
    for (level, run) in runs(text) {
        let drop = level.drop() * size;
        let shift = drop - dropped;
        dropped = drop;
        if level == Level::Base && shift == 0.0 {
            out.push_str(&escape(&run));
        } else {
            let small =
                if level == Level::Base { String::new() } else { format!(" font-size=\"{}\"", tenths(size * level.size())) };
            out.push_str(&format!("<tspan dy=\"{}\"{small}>{}</tspan>", tenths(shift), escape(&run)));
        }
    }
    out
}

fn path(out: &mut String, points: &[Point], pen: &Pen) {
    let mut data = String::new();
    let mut last = String::new();
    for (i, point) in points.iter().enumerate() {
        let here = pair(*point);
        if here != last {
            data.push(if i == 0 { 'M' } else { 'L' });
            data.push_str(&here);
        }
        last = here;
    }
    let dashes = if pen.dashed { format!(" stroke-dasharray=\"{} {}\"", DASH.0, DASH.1) } else { String::new() };
    out.push_str(&format!(
        "<path fill=\"none\" stroke-linejoin=\"round\" stroke=\"{}\" stroke-width=\"{}\"{dashes} d=\"{data}\"/>",
        hex(pen.colour),
        tenths(pen.width)
    ));
}

fn rect(r: &Rect) -> String {
    // Both corners are rounded, not the sizes: neighbours share their edge.
    let (x0, y0, x1, y1) = (tenths(r.x), tenths(r.y), tenths(r.right()), tenths(r.bottom()));
    format!("M{x0} {y0}H{x1}V{y1}H{x0}z")
}

fn opacity(of: &str, alpha: f64) -> String {
    if alpha >= 1.0 { String::new() } else { format!(" {of}-opacity=\"{alpha}\"") }
}

fn hex(Colour(r, g, b): Colour) -> String {
    format!("#{r:02X}{g:02X}{b:02X}")
}

fn pair((x, y): Point) -> String {
    let mut out = tenths(x);
    // Writing to a string has no way to fail.
    let _ = write!(out, " {}", tenths(y));
    out
}

/// A coordinate to a tenth of a pixel, without a needless `.0` or `-0`.
fn tenths(x: f64) -> String {
    let rounded = (x * 10.0).round() / 10.0;
    if rounded == 0.0 { "0".into() } else { format!("{rounded}") }
}
