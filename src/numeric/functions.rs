//! Powers and functions of values, one after the other or over an index.

use nalgebra::DMatrix;

use super::ball::{Ball, EPSILON};
use super::eval::{Bindings, EvalError, Evaluator, Result, bind, uneven};
use super::many::{Kind, Many};
use super::value::Value;
use crate::language::{Expr, Range};

impl Evaluator<'_> {
    pub(super) fn power(&self, a: &Expr, b: &Expr, bound: &Bindings) -> Result<Many> {
        let power = self.many(b, bound)?;
        if power.kind() != Kind::Scalar {
            return Err(EvalError::Shape("the exponent is no number".into()));
        }
        let base = self.many(a, bound)?;
        match (base.kind(), &power) {
            (Kind::Scalar, _) => base.of_scalars(&power, |(x, ex), (p, ep)| raised(x, ex, p, ep)).ok_or_else(uneven),
            (Kind::Matrix(_, columns), Many::Same(exponent)) => {
                let exponent = exponent.value.scalar().unwrap_or(f64::NAN);
                let whole = exponent.fract() == 0.0 && (2.0..=64.0).contains(&exponent);
                if let (Kind::Matrix(rows, _), true) = (base.kind(), whole) {
                    self.instance.steps.take(rows * columns * columns * exponent as usize * base.points().unwrap_or(1))?;
                }
                base.map(uneven, |base| matrix_power(base, exponent))
            }
            (Kind::Identity, Many::Same(exponent)) => {
                let exponent = exponent.value.scalar().unwrap_or(f64::NAN);
                base.map(uneven, |base| match &base.value {
                    Value::Identity(x) => Ok(Ball::rounded(Value::Identity(x.powf(exponent)))),
                    _ => Err(uneven()),
                })
            }
            _ => Err(EvalError::Unsupported("a matrix to a random power".into())),
        }
    }

    pub(super) fn call(&self, f: &str, args: &[Expr], bound: &Bindings) -> Result<Many> {
        match (f, args) {
            ("Cov", [a, b]) => return self.covariance(a, b, bound).map(Many::Same),
            ("Cov", [a]) => return self.covariance(a, a, bound).map(Many::Same),
            _ => {}
        }
        let [arg] = args else {
            return self.call_many(f, args, bound);
        };
        if let ("max over" | "min over", Expr::Sum(range, body)) = (f, arg) {
            return self.extreme(f == "max over", range, body, bound);
        }
        let value = self.many(arg, bound)?;
        if let ("tr" | "rank" | "det" | "size" | "rows" | "columns", Kind::Matrix(..)) = (f, value.kind()) {
            return value.map(uneven, |ball| of_matrix(f, ball));
        }
        let slope: fn(f64) -> (f64, f64) = match f {
            "exp" => |x: f64| (x.exp(), x.exp()),
            "ln" => |x: f64| (x.ln(), 1.0 / x),
            "sqrt" => |x: f64| (x.sqrt(), 0.5 / x.sqrt().max(f64::MIN_POSITIVE)),
            "sigmoid" => |x: f64| (1.0 / (1.0 + (-x).exp()), 0.25),
            "Phi" => |x: f64| (0.5 * libm::erfc(-x / std::f64::consts::SQRT_2), 0.4),
            "erf" => |x: f64| (libm::erf(x), 1.13),
            "erfc" => |x: f64| (libm::erfc(x), 1.13),
            "sin" => |x: f64| (x.sin(), 1.0),
            "cos" => |x: f64| (x.cos(), 1.0),
            "tan" => |x: f64| (x.tan(), 1.0 + x.tan().powi(2)),
            "max" | "min" => |x: f64| (x, 1.0),
            _ if value.kind() == Kind::Scalar => return Err(EvalError::Unsupported(format!("the function {f}"))),
            _ => |x: f64| (x, 1.0),
        };
        // (value, derivative's bound near x): the error of the argument travels through the slope.
        let found = value.of_scalar(|x, error| {
            let (y, slope) = slope(x);
            (y, slope.abs() * error + y.abs() * 4.0 * EPSILON)
        });
        found.ok_or_else(|| EvalError::Shape(format!("{f} of {}", value.shape())))
    }

    fn call_many(&self, f: &str, args: &[Expr], bound: &Bindings) -> Result<Many> {
        if f == "pi" && args.is_empty() {
            return Ok(Many::Same(Ball::rounded(Value::Scalar(std::f64::consts::PI))));
        }
        let mut values = Vec::with_capacity(args.len());
        for arg in args {
            let value = self.many(arg, bound)?;
            if value.kind() != Kind::Scalar {
                return Err(EvalError::Shape(format!("{f} of something that is no number")));
            }
            values.push(value);
        }
        let unsupported = || EvalError::Unsupported(format!("the function {f} of {} arguments", args.len()));
        let at = |point: usize| -> Vec<f64> { values.iter().filter_map(|v| v.ball(point).value.scalar()).collect() };
        let of = |list: Vec<f64>| match f {
            "max" if !list.is_empty() => Ok(Value::Scalar(list.into_iter().fold(f64::NEG_INFINITY, f64::max))),
            "min" if !list.is_empty() => Ok(Value::Scalar(list.into_iter().fold(f64::INFINITY, f64::min))),
            "diag" => Ok(Value::Matrix(DMatrix::from_diagonal(&nalgebra::DVector::from_vec(list)))),
            _ => Err(unsupported()),
        };
        Many::gathered(values.iter().find_map(Many::points), uneven, |point| of(at(point)).map(Ball::rounded))
    }

    /// `Cov(x, y) = E[x y^T] - E[x] E[y]^T` of two numbers or two column vectors.
    fn covariance(&self, a: &Expr, b: &Expr, bound: &Bindings) -> Result<Ball> {
        let mean = |e: Expr| super::moments::moment(self, crate::language::Moment::Mean, &e, bound);
        let first = mean(a.clone())?;
        let b = if first.value.scalar().is_some() { b.clone() } else { Expr::Transpose(Box::new(b.clone())) };
        let (second, both) = (mean(b.clone())?, mean(Expr::Mul(vec![a.clone(), b]))?);
        let unlike = || EvalError::Shape("a covariance of things of different shapes".into());
        let separate = first.mul(&second).ok_or_else(unlike)?;
        // Both are rounded at their own size, which cancellation does not lessen.
        let size = both.value.magnitude() + separate.value.magnitude();
        let difference = both.add(&separate.scale(-1.0)).ok_or_else(unlike)?;
        Ok(Ball { error: difference.error + 16.0 * EPSILON * size, ..difference })
    }

    /// The largest or smallest of numbers over an index.
    fn extreme(&self, largest: bool, range: &Range, body: &Expr, bound: &Bindings) -> Result<Many> {
        let count =
            self.count_for(&range.index, body).ok_or_else(|| EvalError::Unknown(format!("where {} ends", range.index)))?;
        let skip = self.left_out(range, bound)?;
        let mut inner = bound.clone();
        let mut found: Option<Many> = None;
        for at in (0..count).filter(|at| !skip.contains(at)) {
            bind(&mut inner, &range.index, at);
            let next = self.many(body, &inner)?;
            let numbers = || EvalError::Shape("max and min compare numbers".into());
            if next.kind() != Kind::Scalar {
                return Err(numbers());
            }
            found = Some(match found {
                None => next,
                Some(best) => best.of_scalars(&next, |b, x| better(largest, b, x)).ok_or_else(numbers)?,
            });
        }
        found.ok_or_else(|| EvalError::Unsupported("the largest of nothing".into()))
    }
}

/// The better of two numbers with the bounds on their errors: what was left behind may have been the better one by as
/// much as both are uncertain.
fn better(largest: bool, best: (f64, f64), next: (f64, f64)) -> (f64, f64) {
    let wins = if largest { next.0 > best.0 } else { next.0 < best.0 };
    if wins { (next.0, best.1.max(next.1)) } else { best }
}

/// A number raised to a power, with its error.
fn raised(x: f64, error: f64, p: f64, exponent_error: f64) -> (f64, f64) {
    let power = Ball { value: Value::Scalar(x), error }.raised(x, p, exponent_error);
    (power.value.scalar().unwrap_or(f64::NAN), power.error)
}

fn matrix_power(base: &Ball, exponent: f64) -> Result<Ball> {
    match &base.value {
        Value::Matrix(m) if m.nrows() != m.ncols() => {
            if exponent == 2.0 && m.ncols() == 1 {
                return Err(EvalError::Shape("a vector is squared".into()));
            }
            Err(EvalError::Shape(format!("a {} x {} matrix is not square and has no power", m.nrows(), m.ncols())))
        }
        Value::Matrix(m) if exponent == -1.0 => m
            .clone()
            .try_inverse()
            .map(|i| base.derived(Value::Matrix(i)))
            .ok_or_else(|| EvalError::Unsupported("the matrix has no inverse".into())),
        Value::Matrix(m) if exponent.fract() == 0.0 && (0.0..=64.0).contains(&exponent) => {
            let mut product = Ball::exact(Value::Matrix(DMatrix::identity(m.nrows(), m.ncols())));
            for _ in 0..exponent as usize {
                product = product.mul(base).unwrap_or(product);
            }
            Ok(product)
        }
        _ => Err(EvalError::Unsupported("this power of a matrix".into())),
    }
}

/// A number that belongs to a matrix.
fn of_matrix(f: &str, ball: &Ball) -> Result<Ball> {
    let Value::Matrix(m) = &ball.value else { return Err(uneven()) };
    let count = match f {
        "tr" if m.nrows() == m.ncols() => {
            return Ok(Ball { value: Value::Scalar(m.trace()), error: ball.error * m.nrows() as f64 });
        }
        "det" if m.nrows() == m.ncols() => {
            // Of n factors, each known to within the ball's error.
            let n = m.nrows() as f64;
            let size = m.norm().max(1.0).powi(m.nrows() as i32);
            return Ok(Ball { value: Value::Scalar(m.determinant()), error: n * n * size * ball.error.max(f64::EPSILON) });
        }
        "tr" | "det" => return Err(EvalError::Shape("trace or determinant of a matrix that is not square".into())),
        // What rounding leaves of a zero has no rank.
        "rank" => m.rank((crate::tolerance::RANK * m.norm()).max(ball.error * m.len() as f64).max(f64::MIN_POSITIVE)),
        "size" => m.nrows().max(m.ncols()),
        "rows" => m.nrows(),
        _ => m.ncols(),
    };
    Ok(Ball::exact(Value::Scalar(count as f64)))
}
