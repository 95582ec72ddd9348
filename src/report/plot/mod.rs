//! Pictures: the plots of a record as SVG and PNG.
//!
//! A plot is laid out once as a scene, which both formats draw, so that they show the same. No
//! font of the system is read: widths are measured, and letters of a PNG drawn, with fonts that
//! are part of the program.

mod axis;
mod colour;
mod figure;
mod font;
mod layers;
mod panel;
mod png;
mod scene;
mod svg;

use thiserror::Error;

use crate::record::Plot;

/// Why a plot cannot be drawn.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum PlotError {
    /// The ends of an axis are not finite, in falling order, or not positive on a log axis.
    #[error("axis `{label}` from {low} to {high}: ends must be finite and rising, and positive on a log axis")]
    Axis {
        /// The axis's label.
        label: String,
        /// Its lower end.
        low: f64,
        /// Its upper end.
        high: f64,
    },
    /// Lists that belong together differ in length.
    #[error("layer `{layer}`: {what} do not belong together by their numbers")]
    Lengths {
        /// The layer's name.
        layer: String,
        /// Which lists.
        what: &'static str,
    },
    /// The plot is too large to be drawn.
    #[error("{panels} panels side by side; at most {max} are drawn")]
    Panels {
        /// How many it has.
        panels: usize,
        /// The most.
        max: usize,
    },
    /// The shipped fonts cannot be read.
    #[error("the shipped fonts cannot be read")]
    Font,
    /// The drawing library refused.
    #[error("drawing failed: {0}")]
    Drawing(String),
}

/// The plot as one `<svg>` element with its title and its caption for those who do not see it.
///
/// Equal plots give equal bytes. Points that are not finite are left out; points outside the axes
/// are counted in the legend; a panel in which nothing is seen says "no data".
///
/// # Errors
/// [`PlotError`] for axes that mean nothing and lists whose lengths do not fit.
pub fn svg(plot: &Plot) -> Result<String, PlotError> {
    Ok(svg::render(&figure::lay(plot)?))
}

/// The plot as the bytes of a PNG file, two pixels for one of the SVG.
///
/// # Errors
/// As [`svg()`].
pub fn png(plot: &Plot) -> Result<Vec<u8>, PlotError> {
    png::render(&figure::lay(plot)?)
}

/// Each panel as an `<svg>` element of its own, without title and caption over and under it: for a
/// page that sets these as its own text. Panels of one plot are equally high.
///
/// # Errors
/// As [`svg()`].
pub fn panels(plot: &Plot) -> Result<Vec<String>, PlotError> {
    Ok(figure::lay_panels(plot)?.iter().map(svg::render).collect())
}
