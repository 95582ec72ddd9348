//! Values with a bound on their rounding error.
//!
//! Every entry of `value` is within `error` of what exact arithmetic would give from the same
//! instance. Two expressions are told apart only when they differ by more than both bounds.

use super::value::Value;

/// Unit roundoff of `f64`, doubled to cover the rounding of the bound itself.
pub const EPSILON: f64 = f64::EPSILON;

/// A value and a bound on the error of each entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Ball {
    /// The value computed.
    pub value: Value,
    /// Bound on the absolute error of each entry.
    pub error: f64,
}

impl Ball {
    /// A value taken as it is.
    pub fn exact(value: Value) -> Ball {
        Ball { value, error: 0.0 }
    }

    /// A value rounded once or a few times.
    pub fn rounded(value: Value) -> Ball {
        let error = finite(value.magnitude()) * 4.0 * EPSILON;
        Ball { value, error }
    }

    /// A value computed from this one by a stable algorithm of matrices (inverse, pseudo-inverse).
    pub fn derived(&self, value: Value) -> Ball {
        let size = finite(value.magnitude()).max(1.0);
        let condition = size * finite(self.value.magnitude()).max(1.0);
        Ball { error: (self.error * size + 64.0 * EPSILON * size) * condition, value }
    }

    /// Sum, if the shapes agree.
    pub fn add(&self, other: &Ball) -> Option<Ball> {
        let value = self.value.add(&other.value)?;
        let error = self.error + other.error + finite(value.magnitude()) * EPSILON;
        Some(Ball { value, error })
    }

    /// Product, if the shapes agree.
    pub fn mul(&self, other: &Ball) -> Option<Ball> {
        let value = self.value.mul(&other.value)?;
        let inner = match (&self.value, &other.value) {
            (Value::Matrix(a), Value::Matrix(_)) => a.ncols() as f64,
            _ => 1.0,
        };
        let (a, b) = (finite(self.value.magnitude()), finite(other.value.magnitude()));
        let error = inner * (a * other.error + b * self.error + self.error * other.error + a * b * EPSILON * inner);
        Some(Ball { value, error })
    }

    /// The value times a number without error.
    pub fn scale(&self, s: f64) -> Ball {
        Ball { value: self.value.scale(s), error: self.error * s.abs() * (1.0 + EPSILON) }
    }

    /// Quotient by a scalar.
    pub fn divide(&self, other: &Ball) -> Option<Ball> {
        let under = other.value.scalar()?;
        let value = match &self.value {
            Value::Scalar(x) => Value::Scalar(x / under),
            over => over.scale(1.0 / under),
        };
        let size = finite(value.magnitude());
        let error =
            if under.is_infinite() { 0.0 } else { (self.error + size * other.error) / under.abs() + size * 2.0 * EPSILON };
        Some(Ball { value, error })
    }

    /// A scalar power `x^p`.
    pub fn raised(&self, x: f64, p: f64, exponent_error: f64) -> Ball {
        let value = x.powf(p);
        let slope = if x == 0.0 { 0.0 } else { (p * value / x).abs() };
        let error =
            slope * self.error + value.abs() * (x.abs().max(f64::MIN_POSITIVE).ln().abs() * exponent_error + 4.0 * EPSILON);
        Ball { value: Value::Scalar(value), error: finite(error) }
    }

    /// The transpose.
    pub fn transpose(&self) -> Ball {
        Ball { value: self.value.transpose(), error: self.error }
    }

    /// The largest difference of entries, and the bound on the error of that difference.
    pub fn gap(&self, other: &Ball) -> Option<(f64, f64)> {
        if let (Value::Scalar(a), Value::Scalar(b)) = (&self.value, &other.value)
            && a.is_infinite()
            && a == b
        {
            return Some((0.0, 0.0));
        }
        let difference = self.value.minus(&other.value)?;
        Some((difference.magnitude(), self.error + other.error + EPSILON * finite(difference.magnitude())))
    }
}

/// Infinite magnitudes carry no rounding error of their own.
pub(super) fn finite(x: f64) -> f64 {
    if x.is_finite() { x } else { 0.0 }
}
