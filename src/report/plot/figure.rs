//! A whole figure: title, panels side by side, legends, caption.

use super::PlotError;
use super::colour::{INK, SOFT_INK};
use super::font::Fonts;
use super::panel::{self, HEIGHT, WIDTH};
use super::scene::{Anchor, Colour, Mark, Scene};
use crate::record::Plot;

/// Panels that a figure can hold: more would be unreadable, and their pixels would not fit memory.
const PANELS_MAX: usize = 8;
const TITLE: f64 = 17.0;
const CAPTION: f64 = 12.5;
/// Blank border around everything.
const EDGE: f64 = 12.0;

/// Lays out a plot.
///
/// # Errors
/// As [`super::svg`].
pub(super) fn lay(plot: &Plot) -> Result<Scene, PlotError> {
    let Plot { title, caption, panels } = plot;
    if panels.len() > PANELS_MAX {
        return Err(PlotError::Panels { panels: panels.len(), max: PANELS_MAX });
    }
    let fonts = Fonts::shipped()?;
    let width = WIDTH * panels.len().max(1) as f64 + 2.0 * EDGE;
    let mut marks = Vec::new();
    let mut y = EDGE;
    y = paragraph(&mut marks, &fonts.lines(title, TITLE, width - 2.0 * EDGE - 8.0), y, TITLE, INK);
    y += 6.0;
    let laid = panels.iter().map(|p| panel::lay(p, fonts)).collect::<Result<Vec<_>, _>>()?;
    let legends = laid.iter().map(|l| l.legend_height).fold(0.0, f64::max);
    let body = if panels.is_empty() { 0.0 } else { HEIGHT };
    for (i, panel) in laid.into_iter().enumerate() {
        let x = EDGE + WIDTH * i as f64;
        marks.extend(panel.marks.into_iter().map(|m| moved(m, x, y)));
        marks.extend(panel.legend.into_iter().map(|m| moved(m, x, y + body + 2.0)));
    }
    y += body + legends + 10.0;
    y = paragraph(&mut marks, &fonts.lines(caption, CAPTION, width - 2.0 * EDGE - 8.0), y, CAPTION, SOFT_INK);
    Ok(Scene { width: width as u32, height: (y + EDGE).ceil() as u32, title: title.clone(), description: caption.clone(), marks })
}

/// Lays out each panel of a plot as a scene of its own.
///
/// # Errors
/// As [`super::svg`].
pub(super) fn lay_panels(plot: &Plot) -> Result<Vec<Scene>, PlotError> {
    let Plot { title, caption, panels } = plot;
    let fonts = Fonts::shipped()?;
    let laid = panels.iter().map(|p| panel::lay(p, fonts)).collect::<Result<Vec<_>, _>>()?;
    let legends = laid.iter().map(|l| l.legend_height).fold(0.0, f64::max);
    let scene = |(panel, data): (panel::Laid, &crate::record::Panel)| {
        let mut marks = panel.marks;
        marks.extend(panel.legend.into_iter().map(|m| moved(m, 0.0, HEIGHT + 2.0)));
        let title = if data.title.is_empty() { title.clone() } else { format!("{title}: {}", data.title) };
        Scene { width: WIDTH as u32, height: (HEIGHT + legends + 8.0) as u32, title, description: caption.clone(), marks }
    };
    Ok(laid.into_iter().zip(panels).map(scene).collect())
}

/// Lines under each other from `y` on; where the next thing can begin.
fn paragraph(marks: &mut Vec<Mark>, lines: &[String], y: f64, size: f64, colour: Colour) -> f64 {
    let step = size * 1.35;
    let shown = lines.iter().filter(|l| !l.is_empty());
    let mut bottom = y;
    for line in shown {
        bottom += step;
        marks.push(Mark::Text {
            at: (EDGE + 4.0, bottom - step * 0.25),
            text: line.clone(),
            size,
            anchor: Anchor::Start,
            upwards: false,
            colour,
        });
    }
    bottom
}

fn moved(mark: Mark, dx: f64, dy: f64) -> Mark {
    let at = |(x, y): (f64, f64)| (x + dx, y + dy);
    match mark {
        Mark::Path { points, pen } => Mark::Path { points: points.into_iter().map(at).collect(), pen },
        Mark::Discs { centres, radius, fill, alpha } => {
            Mark::Discs { centres: centres.into_iter().map(at).collect(), radius, fill, alpha }
        }
        Mark::Rects { rects, fill, alpha } => {
            let rects = rects.into_iter().map(|mut r| {
                (r.x, r.y) = at((r.x, r.y));
                r
            });
            Mark::Rects { rects: rects.collect(), fill, alpha }
        }
        Mark::Text { at: place, text, size, anchor, upwards, colour } => {
            Mark::Text { at: at(place), text, size, anchor, upwards, colour }
        }
    }
}
