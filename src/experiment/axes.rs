//! Grids and axes that several experiments share.

use crate::record::{Axis, Cell, Column, Scale};

/// `count` numbers from `low` to `high`, evenly apart in their logarithms.
pub fn log_grid(low: f64, high: f64, count: usize) -> Vec<f64> {
    let steps = count.saturating_sub(1).max(1) as f64;
    (0..count).map(|i| low * (high / low).powf(i as f64 / steps)).collect()
}

/// A linear axis.
pub fn linear(label: &str, low: f64, high: f64) -> Axis {
    Axis { label: label.into(), low, high, scale: Scale::Linear }
}

/// A logarithmic axis.
pub fn logarithmic(label: &str, low: f64, high: f64) -> Axis {
    Axis { label: label.into(), low, high, scale: Scale::Log }
}

/// Columns of pure numbers.
pub fn columns(names: &[&str]) -> Vec<Column> {
    names.iter().map(|n| Column { name: (*n).into(), unit: "1".into() }).collect()
}

/// A cell for a number; missing where it is none.
pub fn cell(x: f64) -> Cell {
    if x.is_finite() { Cell::Number(x) } else { Cell::Missing }
}

/// A number for a caption: `10^{-4}` for a power of ten far from 1, else as it is.
pub fn power(x: f64) -> String {
    let exponent = x.log10().round();
    let whole = x > 0.0 && exponent.abs() >= 3.0 && (x / 10f64.powf(exponent) - 1.0).abs() < 1e-12;
    if whole { format!("10^{{{exponent}}}") } else { format!("{x}") }
}
