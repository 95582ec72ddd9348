//! Whether a sequence of errors goes to zero, and how fast.
//!
//! No absolute tolerance decides: an error goes to zero when it falls by a steady factor at every
//! doubling of the parameter, or reaches the rounding of the numbers it was computed from.

use crate::tolerance;

/// How an error falls as the parameter grows.
#[derive(Debug, Clone, PartialEq)]
pub enum Rate {
    /// It is zero, up to rounding, at every point.
    Zero,
    /// Like `e^{-c t}` with this `c`.
    Exponential(f64),
    /// Like `t^{-p}` with this `p`.
    Power(f64),
    /// It reaches rounding too quickly to be fitted.
    Fast,
}

/// What a sequence does.
#[derive(Debug, Clone, PartialEq)]
pub enum Limit {
    /// Goes to zero.
    Vanishes(Rate),
    /// Stays away from zero: the value it settles at.
    Stays(f64),
    /// Grows without bound.
    Diverges,
    /// Cannot be told.
    Unclear,
}

/// Judges errors at parameters that double from one to the next.
///
/// `errors` are non-negative and relative to the size of what is compared; `t` are the parameters.
pub fn judge_sequence(t: &[f64], errors: &[f64]) -> Limit {
    let points: Vec<(f64, f64)> = t.iter().copied().zip(errors.iter().copied()).filter(|(_, e)| !e.is_nan()).collect();
    if points.len() < 3 {
        return Limit::Unclear;
    }
    if points.iter().all(|(_, e)| *e <= tolerance::ROUNDING) {
        return Limit::Vanishes(Rate::Zero);
    }
    let seen: Vec<(f64, f64)> = points.iter().copied().filter(|(_, e)| *e > tolerance::ROUNDING).collect();
    let last = points[points.len() - 1].1;
    if last <= tolerance::ROUNDING {
        return Limit::Vanishes(fitted(&seen));
    }
    let tail = &points[points.len().saturating_sub(4)..];
    let ratios: Vec<f64> = tail.windows(2).map(|w| w[1].1 / w[0].1).collect();
    if ratios.iter().all(|r| *r <= tolerance::FALLING_RATIO) {
        return Limit::Vanishes(fitted(&seen));
    }
    if last.is_infinite() || ratios.iter().all(|r| *r >= 1.0 / tolerance::FALLING_RATIO) {
        return Limit::Diverges;
    }
    let settled = ratios.iter().rev().take(2).all(|r| (r - 1.0).abs() < tolerance::SETTLED_RATIO);
    if settled { Limit::Stays(last) } else { Limit::Unclear }
}

/// Fits `ln error` against `t` (exponential) and against `ln t` (power); the straighter one wins.
fn fitted(points: &[(f64, f64)]) -> Rate {
    if points.len() < 2 {
        return Rate::Fast;
    }
    let y: Vec<f64> = points.iter().map(|p| p.1.ln()).collect();
    let linear: Vec<f64> = points.iter().map(|p| p.0).collect();
    let logarithmic: Vec<f64> = points.iter().map(|p| p.0.ln()).collect();
    let (slope_exp, residual_exp) = line(&linear, &y);
    let (slope_pow, residual_pow) = line(&logarithmic, &y);
    if points.len() == 2 {
        let ratio = points[1].1 / points[0].1;
        return if ratio < 0.05 { Rate::Exponential(-slope_exp) } else { Rate::Power(-slope_pow) };
    }
    if residual_exp <= residual_pow { Rate::Exponential(-slope_exp) } else { Rate::Power(-slope_pow) }
}

/// Least-squares slope and residual sum of squares.
fn line(x: &[f64], y: &[f64]) -> (f64, f64) {
    let n = x.len() as f64;
    let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let sxx: f64 = x.iter().map(|v| (v - mx).powi(2)).sum();
    let sxy: f64 = x.iter().zip(y).map(|(a, b)| (a - mx) * (b - my)).sum();
    let slope = if sxx > 0.0 { sxy / sxx } else { 0.0 };
    let residual = x.iter().zip(y).map(|(a, b)| (b - my - slope * (a - mx)).powi(2)).sum();
    (slope, residual)
}
