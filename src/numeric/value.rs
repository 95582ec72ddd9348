//! Values: scalars, matrices, and multiples of the identity whose size the context gives.

use nalgebra::DMatrix;

/// What an expression evaluates to. A vector is a matrix with one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number.
    Scalar(f64),
    /// A matrix; columns for vectors.
    Matrix(DMatrix<f64>),
    /// A multiple of the identity of any size.
    Identity(f64),
}

impl Value {
    /// A matrix, or a scalar where it is 1 × 1.
    pub fn from_matrix(m: DMatrix<f64>) -> Value {
        if m.nrows() == 1 && m.ncols() == 1 { Value::Scalar(m[(0, 0)]) } else { Value::Matrix(m) }
    }

    /// The shape in words, for messages.
    pub fn shape(&self) -> String {
        match self {
            Value::Scalar(_) => "a scalar".into(),
            Value::Identity(_) => "a multiple of I".into(),
            Value::Matrix(m) if m.ncols() == 1 => format!("a vector of length {}", m.nrows()),
            Value::Matrix(m) => format!("a {} x {} matrix", m.nrows(), m.ncols()),
        }
    }

    /// Sum of two values, if their shapes agree.
    pub fn add(&self, other: &Value) -> Option<Value> {
        match (self, other) {
            (Value::Scalar(a), Value::Scalar(b)) => Some(Value::Scalar(a + b)),
            (Value::Identity(a), Value::Identity(b)) => Some(Value::Identity(a + b)),
            (Value::Matrix(a), Value::Matrix(b)) => (a.shape() == b.shape()).then(|| Value::Matrix(a + b)),
            (Value::Matrix(m), Value::Identity(s)) | (Value::Identity(s), Value::Matrix(m)) => {
                (m.nrows() == m.ncols()).then(|| Value::Matrix(m + DMatrix::identity(m.nrows(), m.ncols()) * *s))
            }
            // Adding 0 is harmless whatever its shape: `c + 0`.
            (Value::Scalar(z), other) | (other, Value::Scalar(z)) if *z == 0.0 => Some(other.clone()),
            _ => None,
        }
    }

    /// Product of two values, if their shapes agree.
    pub fn mul(&self, other: &Value) -> Option<Value> {
        match (self, other) {
            (Value::Scalar(a), Value::Scalar(b)) => Some(Value::Scalar(a * b)),
            (Value::Scalar(s), other) | (other, Value::Scalar(s)) => Some(other.scale(*s)),
            (Value::Identity(s), other) | (other, Value::Identity(s)) => Some(other.scale(*s)),
            (Value::Matrix(a), Value::Matrix(b)) => (a.ncols() == b.nrows()).then(|| Value::from_matrix(a * b)),
        }
    }

    /// The value times a number.
    pub fn scale(&self, s: f64) -> Value {
        match self {
            Value::Scalar(a) => Value::Scalar(a * s),
            Value::Identity(a) => Value::Identity(a * s),
            Value::Matrix(m) => Value::Matrix(m * s),
        }
    }

    /// The transpose.
    pub fn transpose(&self) -> Value {
        match self {
            Value::Matrix(m) => Value::Matrix(m.transpose()),
            other => other.clone(),
        }
    }

    /// Largest absolute entry.
    pub fn magnitude(&self) -> f64 {
        match self {
            Value::Scalar(a) | Value::Identity(a) => a.abs(),
            Value::Matrix(m) => m.iter().fold(0.0, |acc: f64, x| if x.is_nan() { f64::NAN } else { acc.max(x.abs()) }),
        }
    }

    /// Difference to another value; `None` where the shapes differ.
    pub fn minus(&self, other: &Value) -> Option<Value> {
        self.add(&other.scale(-1.0))
    }

    /// Whether every entry is finite.
    pub fn is_finite(&self) -> bool {
        match self {
            Value::Scalar(a) | Value::Identity(a) => a.is_finite(),
            Value::Matrix(m) => m.iter().all(|x| x.is_finite()),
        }
    }

    /// The number, where it is one.
    pub fn scalar(&self) -> Option<f64> {
        match self {
            Value::Scalar(a) => Some(*a),
            _ => None,
        }
    }
}
