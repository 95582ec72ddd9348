//! A number with a bound on its error.

/// A computed value and a bound on its absolute error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Bound on `|value - truth|`.
    pub error: f64,
}

impl Estimate {
    /// A value with its error bound.
    pub fn new(value: f64, error: f64) -> Estimate {
        Estimate { value, error }
    }
}
