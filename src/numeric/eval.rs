//! The value of an expression at an instance.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use nalgebra::DMatrix;

use super::ball::{Ball, EPSILON};
use super::instance::{Instance, Parameter, SIZE};
use super::value::Value;
use crate::language::{Expr, Index, Range, Style, Symbol, print};

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq)]
pub enum EvalError {
    /// A symbol that nothing defines.
    Unknown(String),
    /// Shapes that do not fit, in words.
    Shape(String),
    /// Notation that has no numeric value, in words.
    Unsupported(String),
    /// Definitions that go in a circle, or sums that are too long.
    Budget(&'static str),
}

impl std::fmt::Display for EvalError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            EvalError::Unknown(s) => write!(f, "`{s}` is not defined here"),
            EvalError::Shape(s) | EvalError::Unsupported(s) => f.write_str(s),
            EvalError::Budget(s) => f.write_str(s),
        }
    }
}

type Result<T> = std::result::Result<T, EvalError>;
type Bindings = BTreeMap<String, usize>;

/// How deep definitions may nest before they count as circular.
const DEPTH_MAX: usize = 24;
/// How many terms a sum over an index may have.
const TERMS_MAX: usize = 10_000;

/// Letters that a sum may depend on: its free indices, and symbols that may stand for one (`j` in `Σ_i j x_i`).
fn letters_of(sum: &Expr) -> Vec<String> {
    let plain = sum.symbols().into_iter().filter(|s| s.indices.is_empty()).map(|s| s.name);
    sum.free_indices().into_iter().chain(plain).collect()
}

/// Evaluates expressions at one instance.
pub struct Evaluator<'a> {
    /// The instance.
    pub instance: &'a Instance,
    /// Whether some moment was estimated by sampling.
    pub sampled: Cell<bool>,
    depth: Cell<usize>,
    /// Values of definitions at bound positions: a softmax is asked for its every weight, and every weight
    /// for the same denominator.
    defined: RefCell<BTreeMap<(usize, Vec<usize>), Ball>>,
    /// Values of the sums inside definitions, by their place in memory and what their letters are bound to.
    sums: RefCell<BTreeMap<(usize, Vec<usize>), Ball>>,
    /// The letters that a sum inside a definition depends on.
    letters: RefCell<BTreeMap<usize, Vec<String>>>,
}

impl<'a> Evaluator<'a> {
    /// An evaluator at `instance`.
    pub fn new(instance: &'a Instance) -> Self {
        Evaluator {
            instance,
            sampled: Cell::new(false),
            depth: Cell::new(0),
            defined: RefCell::default(),
            sums: RefCell::default(),
            letters: RefCell::default(),
        }
    }

    /// The expression's value with the given letters bound to positions (from 0).
    pub fn eval(&self, expr: &Expr, bound: &Bindings) -> Result<Ball> {
        match expr {
            Expr::Number(n) => Ok(Ball::rounded(Value::Scalar(n.value))),
            Expr::Infinity => Ok(Ball::exact(Value::Scalar(f64::INFINITY))),
            Expr::Symbol(s) => self.symbol(s, bound),
            Expr::Add(terms) => {
                let mut sum = self.eval(&terms[0], bound)?;
                for term in &terms[1..] {
                    let next = self.eval(term, bound)?;
                    sum = sum.add(&next).ok_or_else(|| misfit("add", &sum, &next))?;
                }
                Ok(sum)
            }
            Expr::Mul(factors) => {
                let mut product = self.eval(&factors[0], bound)?;
                for factor in &factors[1..] {
                    let next = self.eval(factor, bound)?;
                    product = product.mul(&next).ok_or_else(|| misfit("multiply", &product, &next))?;
                }
                Ok(product)
            }
            Expr::Neg(a) => Ok(self.eval(a, bound)?.scale(-1.0)),
            Expr::Div(a, b) => {
                let (over, under) = (self.eval(a, bound)?, self.eval(b, bound)?);
                over.divide(&under).ok_or_else(|| EvalError::Shape(format!("divides by {}", under.value.shape())))
            }
            Expr::Pow(a, b) => self.power(a, b, bound),
            Expr::Transpose(a) => Ok(self.eval(a, bound)?.transpose()),
            Expr::PseudoInverse(a) => {
                let ball = self.eval(a, bound)?;
                match &ball.value {
                    Value::Matrix(m) => m
                        .clone()
                        .pseudo_inverse(1e-12)
                        .map(|p| ball.derived(Value::from_matrix(p)))
                        .map_err(|e| EvalError::Unsupported(e.to_string())),
                    _ => Ok(ball),
                }
            }
            Expr::Norm(a) | Expr::Abs(a) => {
                let ball = self.eval(a, bound)?;
                match &ball.value {
                    Value::Scalar(x) => Ok(Ball { value: Value::Scalar(x.abs()), error: ball.error }),
                    Value::Matrix(m) if matches!(expr, Expr::Norm(_)) || m.ncols() == 1 => {
                        let error = ball.error * (m.len() as f64).sqrt();
                        Ok(Ball { value: Value::Scalar(m.norm()), error: error + m.norm() * EPSILON * m.len() as f64 })
                    }
                    other => Err(EvalError::Shape(format!("bars around {}", other.shape()))),
                }
            }
            Expr::Call(f, args) => self.call(f, args, bound),
            Expr::Sum(range, body) => self.remembered_sum(expr, range, body, bound),
            Expr::Moment(moment, inner) => super::moments::moment(self, *moment, inner, bound),
            Expr::Probability(event) => super::moments::probability(self, event, bound),
            Expr::Normal(..) | Expr::Interval(..) | Expr::Tuple(_) | Expr::Space(_) | Expr::Order(..) => {
                Err(EvalError::Unsupported(format!("`{}` is no number, vector or matrix", print(expr, Style::Plain))))
            }
        }
    }

    fn symbol(&self, s: &Symbol, bound: &Bindings) -> Result<Ball> {
        if s.indices.is_empty()
            && let Some(position) = bound.get(&s.name)
        {
            return Ok(Ball::exact(Value::Scalar(*position as f64 + 1.0)));
        }
        let found = self.instance.definitions.iter().enumerate().rev().find(|(_, d)| d.matches(&s.name, &s.indices));
        if let Some((number, definition)) = found {
            if self.depth.get() >= DEPTH_MAX {
                return Err(EvalError::Budget("the definitions go in a circle"));
            }
            let mut inner = Bindings::new();
            for (parameter, index) in definition.parameters.iter().zip(&s.indices) {
                if let Parameter::Bind(letter) = parameter {
                    inner.insert(letter.clone(), self.position(index, bound)?);
                }
            }
            let key = (number, inner.values().copied().collect::<Vec<_>>());
            if let Some(known) = self.defined.borrow().get(&key) {
                return Ok(known.clone());
            }
            self.depth.set(self.depth.get() + 1);
            let value = self.eval(&definition.body, &inner);
            self.depth.set(self.depth.get() - 1);
            if let Ok(value) = &value {
                self.defined.borrow_mut().insert(key, value.clone());
            }
            return value;
        }
        self.primary(s, bound).map(Ball::exact)
    }

    fn primary(&self, s: &Symbol, bound: &Bindings) -> Result<Value> {
        let unknown = || EvalError::Unknown(print(&Expr::Symbol(s.clone()), Style::Plain));
        match s.indices.as_slice() {
            [] if self.instance.matrices.contains_key(&s.name) => Ok(Value::from_matrix(self.instance.matrices[&s.name].clone())),
            [] if self.instance.scalars.contains_key(&s.name) => Ok(Value::Scalar(self.instance.scalars[&s.name])),
            [] if self.instance.dimensions.contains_key(&s.name) => Ok(Value::Scalar(self.instance.dimensions[&s.name] as f64)),
            [] if s.name == "I" => Ok(Value::Identity(1.0)),
            [] if s.name.starts_with(SIZE) => {
                let size = self.instance.dimensions.get(&s.name[SIZE.len()..]).ok_or_else(unknown)?;
                Ok(Value::Scalar(*size as f64))
            }
            [_] if s.name == "I" => Ok(Value::Identity(1.0)),
            [index] => {
                let at = self.position(index, bound)?;
                if let Some(members) = self.instance.families.get(&s.name) {
                    return members.get(at).map(|m| Value::from_matrix(m.clone())).ok_or_else(unknown);
                }
                let vector = self.instance.matrices.get(&s.name).filter(|m| m.ncols() == 1).ok_or_else(unknown)?;
                vector.get(at).map(|x| Value::Scalar(*x)).ok_or_else(unknown)
            }
            _ => Err(unknown()),
        }
    }

    /// The position (from 0) that an index stands for.
    pub fn position(&self, index: &Index, bound: &Bindings) -> Result<usize> {
        match index {
            Index::Number(n) => (*n as usize).checked_sub(1).ok_or_else(|| EvalError::Unknown("index 0".into())),
            Index::Letter(l) => bound
                .get(l)
                .or_else(|| self.instance.letters.get(l))
                .copied()
                .or_else(|| self.instance.dimensions.get(l).map(|n| n - 1))
                .ok_or_else(|| EvalError::Unknown(format!("the index {l}"))),
        }
    }

    fn power(&self, a: &Expr, b: &Expr, bound: &Bindings) -> Result<Ball> {
        let power = self.eval(b, bound)?;
        let exponent = power.value.scalar().ok_or_else(|| EvalError::Shape("the exponent is no number".into()))?;
        let base = self.eval(a, bound)?;
        match &base.value {
            Value::Scalar(x) => Ok(base.raised(*x, exponent, power.error)),
            Value::Identity(x) => Ok(Ball::rounded(Value::Identity(x.powf(exponent)))),
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
                    product = product.mul(&base).unwrap_or(product);
                }
                Ok(product)
            }
            Value::Matrix(_) => Err(EvalError::Unsupported("this power of a matrix".into())),
        }
    }

    fn call(&self, f: &str, args: &[Expr], bound: &Bindings) -> Result<Ball> {
        match (f, args) {
            ("Cov", [a, b]) => return self.covariance(a, b, bound),
            ("Cov", [a]) => return self.covariance(a, a, bound),
            _ => {}
        }
        let [arg] = args else {
            return self.call_many(f, args, bound).map(Ball::rounded);
        };
        if let ("max over" | "min over", Expr::Sum(range, body)) = (f, arg) {
            return self.extreme(f == "max over", range, body, bound);
        }
        let ball = self.eval(arg, bound)?;
        if let ("tr", Value::Matrix(m)) = (f, &ball.value) {
            return if m.nrows() == m.ncols() {
                Ok(Ball { value: Value::Scalar(m.trace()), error: ball.error * m.nrows() as f64 })
            } else {
                Err(EvalError::Shape("trace of a matrix that is not square".into()))
            };
        }
        if let ("rank" | "size" | "rows" | "columns", Value::Matrix(m)) = (f, &ball.value) {
            let count = match f {
                "rank" => m.rank(crate::tolerance::RANK * m.norm().max(f64::MIN_POSITIVE)),
                "size" => m.nrows().max(m.ncols()),
                "rows" => m.nrows(),
                _ => m.ncols(),
            };
            return Ok(Ball::exact(Value::Scalar(count as f64)));
        }
        let x = ball.value.scalar().ok_or_else(|| EvalError::Shape(format!("{f} of {}", ball.value.shape())))?;
        // (value, derivative's bound near x): the error of the argument travels through the slope.
        let (value, slope) = match f {
            "exp" => (x.exp(), x.exp()),
            "ln" => (x.ln(), 1.0 / x),
            "sqrt" => (x.sqrt(), 0.5 / x.sqrt().max(f64::MIN_POSITIVE)),
            "sigmoid" => (1.0 / (1.0 + (-x).exp()), 0.25),
            "Phi" => (0.5 * libm::erfc(-x / std::f64::consts::SQRT_2), 0.4),
            "erf" => (libm::erf(x), 1.13),
            "erfc" => (libm::erfc(x), 1.13),
            "sin" => (x.sin(), 1.0),
            "cos" => (x.cos(), 1.0),
            "tan" => (x.tan(), 1.0 + x.tan().powi(2)),
            "max" | "min" => (x, 1.0),
            _ => return Err(EvalError::Unsupported(format!("the function {f}"))),
        };
        Ok(Ball { value: Value::Scalar(value), error: slope.abs() * ball.error + value.abs() * 4.0 * EPSILON })
    }

    fn call_many(&self, f: &str, args: &[Expr], bound: &Bindings) -> Result<Value> {
        if f == "pi" && args.is_empty() {
            return Ok(Value::Scalar(std::f64::consts::PI));
        }
        let values: Result<Vec<f64>> = args
            .iter()
            .map(|a| {
                self.eval(a, bound)?.value.scalar().ok_or_else(|| EvalError::Shape(format!("{f} of something that is no number")))
            })
            .collect();
        let values = values?;
        match f {
            "max" if !values.is_empty() => Ok(Value::Scalar(values.iter().copied().fold(f64::NEG_INFINITY, f64::max))),
            "min" if !values.is_empty() => Ok(Value::Scalar(values.iter().copied().fold(f64::INFINITY, f64::min))),
            "diag" => Ok(Value::Matrix(DMatrix::from_diagonal(&nalgebra::DVector::from_vec(values)))),
            _ => Err(EvalError::Unsupported(format!("the function {f} of {} arguments", args.len()))),
        }
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
    fn extreme(&self, largest: bool, range: &Range, body: &Expr, bound: &Bindings) -> Result<Ball> {
        let count =
            self.count_for(&range.index, body).ok_or_else(|| EvalError::Unknown(format!("where {} ends", range.index)))?;
        let skip: Result<Vec<usize>> = range.except.iter().map(|i| self.position(i, bound)).collect();
        let skip = skip?;
        let mut found: Option<Ball> = None;
        for at in (0..count).filter(|at| !skip.contains(at)) {
            let mut inner = bound.clone();
            inner.insert(range.index.clone(), at);
            let ball = self.eval(body, &inner)?;
            let x = ball.value.scalar().ok_or_else(|| EvalError::Shape("max and min compare numbers".into()))?;
            let best = found.as_ref().and_then(|b| b.value.scalar());
            if best.is_none_or(|b| if largest { x > b } else { x < b }) {
                let error = found.map_or(0.0, |b| b.error).max(ball.error);
                found = Some(Ball { error, ..ball });
            }
        }
        found.ok_or_else(|| EvalError::Unsupported("the largest of nothing".into()))
    }

    /// A sum, remembered where it stands inside a definition: definitions live as long as the instance,
    /// so their places in memory name them.
    fn remembered_sum(&self, sum: &Expr, range: &Range, body: &Expr, bound: &Bindings) -> Result<Ball> {
        if self.depth.get() == 0 {
            return self.sum(range, body, bound);
        }
        let place = std::ptr::from_ref(sum) as usize;
        let letters = self.letters.borrow_mut().entry(place).or_insert_with(|| letters_of(sum)).clone();
        let key = (place, letters.iter().filter_map(|l| bound.get(l).copied()).collect::<Vec<_>>());
        if let Some(known) = self.sums.borrow().get(&key) {
            return Ok(known.clone());
        }
        let value = self.sum(range, body, bound)?;
        self.sums.borrow_mut().insert(key, value.clone());
        Ok(value)
    }

    fn sum(&self, range: &Range, body: &Expr, bound: &Bindings) -> Result<Ball> {
        let end = |e: &Expr| -> Result<usize> {
            let x = self.eval(e, bound)?.value.scalar().filter(|x| x.fract() == 0.0 && (0.0..=TERMS_MAX as f64).contains(x));
            x.map(|x| x as usize).ok_or(EvalError::Budget("a sum's ends are whole numbers up to 10,000"))
        };
        let from = range.from.as_ref().map_or(Ok(1), end)?;
        let to = match &range.to {
            Some(to) => end(to)?,
            None => self
                .count_for(&range.index, body)
                .ok_or_else(|| EvalError::Unknown(format!("where the sum over {} ends", range.index)))?,
        };
        let skip: Result<Vec<usize>> = range.except.iter().map(|i| self.position(i, bound)).collect();
        let skip = skip?;
        let mut inner = bound.clone();
        let mut total = Ball::exact(Value::Scalar(0.0));
        for at in from.max(1)..=to {
            if skip.contains(&(at - 1)) {
                continue;
            }
            inner.insert(range.index.clone(), at - 1);
            let term = self.eval(body, &inner)?;
            total = total.add(&term).ok_or_else(|| misfit("add", &total, &term))?;
        }
        Ok(total)
    }

    /// How many members the families have that `letter` indexes in `body`.
    pub fn count_for(&self, letter: &str, body: &Expr) -> Option<usize> {
        let mut count = None;
        body.walk(&mut |e| {
            if let Expr::Symbol(s) = e
                && s.indices.iter().any(|i| *i == Index::Letter(letter.into()))
            {
                count = count.or_else(|| self.count_of(s, 0));
            }
        });
        count
    }

    fn count_of(&self, s: &Symbol, depth: usize) -> Option<usize> {
        if let Some(members) = self.instance.families.get(&s.name) {
            return Some(members.len());
        }
        let definition = self.instance.definitions.iter().rev().find(|d| d.matches(&s.name, &s.indices));
        if let (Some(d), true) = (definition, depth < 4) {
            let letters: Vec<&String> =
                d.parameters.iter().filter_map(|p| if let Parameter::Bind(l) = p { Some(l) } else { None }).collect();
            let mut count = None;
            d.body.walk(&mut |e| {
                if let Expr::Symbol(inner) = e
                    && inner.indices.iter().any(|i| matches!(i, Index::Letter(l) if letters.contains(&l)))
                {
                    count = count.or_else(|| self.count_of(inner, depth + 1));
                }
            });
            return count;
        }
        self.instance.matrices.get(&s.name).filter(|m| m.ncols() == 1).map(|m| m.nrows())
    }
}

fn misfit(verb: &str, a: &Ball, b: &Ball) -> EvalError {
    EvalError::Shape(format!("cannot {verb} {} and {}", a.value.shape(), b.value.shape()))
}
