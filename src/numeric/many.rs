//! Values of one expression at many points of noise at once.
//!
//! The arithmetic is that of [`Ball`], bound by bound, with the points in the innermost loop: a tree of an expression is
//! walked once for all draws. What no loop below knows goes through `Ball`, point by point.

use std::rc::Rc;

use super::ball::{Ball, EPSILON, finite};
use super::value::Value;

/// A value that may differ from point to point.
#[derive(Debug, Clone)]
pub enum Many {
    /// The same everywhere: no noise reaches it.
    Same(Ball),
    /// One value a point.
    Each(Rc<Points>),
}

/// What every point's value is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// A number.
    Scalar,
    /// A multiple of the identity.
    Identity,
    /// A matrix with rows and columns.
    Matrix(usize, usize),
}

/// Values of one kind at every point, with the bounds on their errors.
#[derive(Debug)]
pub struct Points {
    kind: Kind,
    /// Entry by entry (columns of a matrix after each other), the points of one entry side by side.
    values: Vec<f64>,
    /// One bound a point.
    errors: Vec<f64>,
}

/// What the squares of a value's entries come to.
pub struct Squares {
    /// Their sum.
    pub sum: f64,
    /// The largest absolute entry.
    pub largest: f64,
    /// How many there are.
    pub entries: f64,
    /// The bound on the error of each entry.
    pub error: f64,
}

/// One entry at every point.
#[derive(Clone, Copy)]
pub(super) enum Row<'a> {
    One(f64),
    All(&'a [f64]),
}

impl Row<'_> {
    /// The entry at one point.
    pub fn at(&self, point: usize) -> f64 {
        match self {
            Row::One(x) => *x,
            Row::All(list) => list[point],
        }
    }
}

/// A value as rows, whether it differs from point to point or not.
pub(super) struct View<'a> {
    /// What every value is.
    pub kind: Kind,
    values: &'a [f64],
    /// The bounds on the errors.
    pub errors: Row<'a>,
    /// How many points lie side by side; `None` for a value that is the same everywhere.
    points: Option<usize>,
}

impl<'a> View<'a> {
    /// One entry at every point.
    pub fn row(&self, entry: usize) -> Row<'a> {
        match self.points {
            None => Row::One(self.values[entry]),
            Some(n) => Row::All(&self.values[entry * n..(entry + 1) * n]),
        }
    }

    /// The largest absolute entry of every point.
    fn magnitudes(&self, points: usize) -> Vec<f64> {
        magnitudes(self.values, self.points.unwrap_or(1), points)
    }
}

/// The largest absolute entry of every point, without infinite ones; as [`Value::magnitude`] has it.
fn magnitudes(values: &[f64], side: usize, points: usize) -> Vec<f64> {
    let mut out = vec![0.0f64; side];
    for row in values.chunks_exact(side.max(1)) {
        for (most, x) in out.iter_mut().zip(row) {
            *most = if x.is_nan() { f64::NAN } else { most.max(x.abs()) };
        }
    }
    out.iter_mut().for_each(|x| *x = finite(*x));
    if side == points { out } else { vec![out.first().copied().unwrap_or(0.0); points] }
}

/// Writes `f` of two rows.
fn combine(out: &mut [f64], a: Row, b: Row, f: impl Fn(f64, f64) -> f64) {
    match (a, b) {
        (Row::All(a), Row::All(b)) => out.iter_mut().zip(a.iter().zip(b)).for_each(|(o, (x, y))| *o = f(*x, *y)),
        (Row::All(a), Row::One(y)) => out.iter_mut().zip(a).for_each(|(o, x)| *o = f(*x, y)),
        (Row::One(x), Row::All(b)) => out.iter_mut().zip(b).for_each(|(o, y)| *o = f(x, *y)),
        (Row::One(x), Row::One(y)) => out.fill(f(x, y)),
    }
}

impl Kind {
    fn of(value: &Value) -> Kind {
        match value {
            Value::Scalar(_) => Kind::Scalar,
            Value::Identity(_) => Kind::Identity,
            Value::Matrix(m) => Kind::Matrix(m.nrows(), m.ncols()),
        }
    }

    /// How many numbers make one value.
    pub fn entries(self) -> usize {
        match self {
            Kind::Scalar | Kind::Identity => 1,
            Kind::Matrix(rows, columns) => rows * columns,
        }
    }
}

impl Points {
    /// Values at points from their rows, without error.
    pub fn exact(kind: Kind, values: Vec<f64>, points: usize) -> Points {
        // A matrix of one entry is a number.
        let kind = if kind == Kind::Matrix(1, 1) { Kind::Scalar } else { kind };
        Points { kind, values, errors: vec![0.0; points] }
    }

    /// How many points there are.
    pub fn count(&self) -> usize {
        self.errors.len()
    }

    /// The value at one point.
    pub fn ball(&self, point: usize) -> Ball {
        let n = self.count();
        let value = match self.kind {
            Kind::Scalar => Value::Scalar(self.values[point]),
            Kind::Identity => Value::Identity(self.values[point]),
            Kind::Matrix(rows, columns) => {
                let entries = (0..rows * columns).map(|e| self.values[e * n + point]);
                Value::Matrix(nalgebra::DMatrix::from_iterator(rows, columns, entries))
            }
        };
        Ball { value, error: self.errors[point] }
    }

    /// Balls of one kind as points; `None` where their kinds differ.
    fn gathered(balls: &[Ball]) -> Option<Points> {
        let kind = Kind::of(&balls.first()?.value);
        let n = balls.len();
        let mut values = vec![0.0; kind.entries() * n];
        for (point, ball) in balls.iter().enumerate() {
            if Kind::of(&ball.value) != kind {
                return None;
            }
            match &ball.value {
                Value::Scalar(x) | Value::Identity(x) => values[point] = *x,
                Value::Matrix(m) => m.iter().enumerate().for_each(|(e, x)| values[e * n + point] = *x),
            }
        }
        Some(Points { kind, values, errors: balls.iter().map(|b| b.error).collect() })
    }
}

impl Many {
    /// How many numbers an operation on it goes through: the measure of its work.
    pub fn size(&self) -> usize {
        match self {
            Many::Same(ball) => Kind::of(&ball.value).entries(),
            Many::Each(points) => points.values.len(),
        }
    }

    /// How many points there are; `None` where the value is the same everywhere.
    pub fn points(&self) -> Option<usize> {
        if let Many::Each(points) = self { Some(points.count()) } else { None }
    }

    /// The value at one point.
    pub fn ball(&self, point: usize) -> Ball {
        match self {
            Many::Same(ball) => ball.clone(),
            Many::Each(points) => points.ball(point),
        }
    }

    /// What every point's value is.
    pub fn kind(&self) -> Kind {
        match self {
            Many::Same(ball) => Kind::of(&ball.value),
            Many::Each(points) => points.kind,
        }
    }

    /// The shape in words, for messages.
    pub fn shape(&self) -> String {
        self.ball(0).value.shape()
    }

    /// The value as rows.
    pub(super) fn view(&self) -> View<'_> {
        match self {
            Many::Same(ball) => {
                let values = match &ball.value {
                    Value::Scalar(x) | Value::Identity(x) => std::slice::from_ref(x),
                    Value::Matrix(m) => m.as_slice(),
                };
                View { kind: Kind::of(&ball.value), values, errors: Row::One(ball.error), points: None }
            }
            Many::Each(p) => View { kind: p.kind, values: &p.values, errors: Row::All(&p.errors), points: Some(p.count()) },
        }
    }

    /// `f` of the value at every point.
    pub fn map<E>(&self, unlike: impl FnOnce() -> E, f: impl Fn(&Ball) -> Result<Ball, E>) -> Result<Many, E> {
        match self {
            Many::Same(ball) => f(ball).map(Many::Same),
            Many::Each(points) => Many::gathered(self.points(), unlike, |p| f(&points.ball(p))),
        }
    }

    /// What `f` gives at every point of so many, or the same everywhere.
    pub fn gathered<E>(
        points: Option<usize>,
        unlike: impl FnOnce() -> E,
        f: impl Fn(usize) -> Result<Ball, E>,
    ) -> Result<Many, E> {
        let Some(n) = points else { return f(0).map(Many::Same) };
        let all = (0..n).map(f).collect::<Result<Vec<Ball>, E>>()?;
        Points::gathered(&all).map(|p| Many::Each(Rc::new(p))).ok_or_else(unlike)
    }

    /// `f` of two values at every point, where it has one of the same kind everywhere.
    fn zip(&self, other: &Many, f: impl Fn(&Ball, &Ball) -> Option<Ball>) -> Option<Many> {
        match (self, other) {
            (Many::Same(a), Many::Same(b)) => f(a, b).map(Many::Same),
            _ => {
                let points = self.points().or(other.points());
                Many::gathered(points, || (), |p| f(&self.ball(p), &other.ball(p)).ok_or(())).ok()
            }
        }
    }

    /// A function of a number and the bound on its error, at every point; `None` where the value is no number.
    pub fn of_scalar(&self, f: impl Fn(f64, f64) -> (f64, f64)) -> Option<Many> {
        match self {
            Many::Same(ball) => {
                let (x, error) = f(ball.value.scalar()?, ball.error);
                Some(Many::Same(Ball { value: Value::Scalar(x), error }))
            }
            Many::Each(points) => {
                let all = points.values.iter().zip(&points.errors).map(|(x, e)| f(*x, *e));
                let (values, errors) = (points.kind == Kind::Scalar).then(|| all.unzip())?;
                Some(Many::Each(Rc::new(Points { kind: Kind::Scalar, values, errors })))
            }
        }
    }

    /// The same of two numbers.
    pub fn of_scalars(&self, other: &Many, f: impl Fn((f64, f64), (f64, f64)) -> (f64, f64)) -> Option<Many> {
        let (a, b) = (self.view(), other.view());
        let n = self.points().or(other.points()).unwrap_or(1);
        let (x, y) = (a.row(0), b.row(0));
        let all = (0..n).map(|p| f((x.at(p), a.errors.at(p)), (y.at(p), b.errors.at(p))));
        let (values, errors) = (a.kind == Kind::Scalar && b.kind == Kind::Scalar).then(|| all.unzip())?;
        let found = Points { kind: Kind::Scalar, values, errors };
        Some(if self.points().or(other.points()).is_some() { Many::Each(Rc::new(found)) } else { Many::Same(found.ball(0)) })
    }

    /// Sum, if the shapes agree.
    pub fn add(&self, other: &Many) -> Option<Many> {
        if let (Many::Same(a), Many::Same(b)) = (self, other) {
            return a.add(b).map(Many::Same);
        }
        let n = self.points().or(other.points())?;
        let zero = |m: &Many| matches!(m, Many::Same(Ball { value: Value::Scalar(z), .. }) if *z == 0.0);
        let (a, b) = (self.view(), other.view());
        // Adding 0 is harmless whatever its shape.
        let (kind, alone) = match (zero(self), zero(other)) {
            _ if a.kind == b.kind => (a.kind, None),
            (true, _) => (b.kind, Some(&b)),
            (_, true) => (a.kind, Some(&a)),
            _ => return self.zip(other, Ball::add),
        };
        let mut values = vec![0.0; kind.entries() * n];
        for (entry, out) in values.chunks_exact_mut(n).enumerate() {
            match alone {
                None => combine(out, a.row(entry), b.row(entry), |x, y| x + y),
                Some(one) => combine(out, one.row(entry), Row::One(0.0), |x, _| x),
            }
        }
        let mut errors = magnitudes(&values, n, n);
        errors.iter_mut().enumerate().for_each(|(p, e)| *e = a.errors.at(p) + b.errors.at(p) + *e * EPSILON);
        Some(Many::Each(Rc::new(Points { kind, values, errors })))
    }

    /// Product, if the shapes agree.
    pub fn mul(&self, other: &Many) -> Option<Many> {
        if let (Many::Same(a), Many::Same(b)) = (self, other) {
            return a.mul(b).map(Many::Same);
        }
        let n = self.points().or(other.points())?;
        let (a, b) = (self.view(), other.view());
        let (kind, values) = match (a.kind, b.kind) {
            (Kind::Matrix(rows, inner), Kind::Matrix(below, columns)) => {
                let values = (inner == below).then(|| matrix_product(&a, &b, (rows, inner, columns), n))?;
                (if rows * columns == 1 { Kind::Scalar } else { Kind::Matrix(rows, columns) }, values)
            }
            (Kind::Scalar, kind) | (Kind::Identity, kind @ Kind::Matrix(..)) => (kind, scaled(&b, &a, n)),
            (kind, Kind::Scalar | Kind::Identity) => (kind, scaled(&a, &b, n)),
        };
        let inner = if let (Kind::Matrix(_, inner), Kind::Matrix(..)) = (a.kind, b.kind) { inner as f64 } else { 1.0 };
        let mut errors = a.magnitudes(n);
        for (p, (error, right)) in errors.iter_mut().zip(b.magnitudes(n)).enumerate() {
            let (left, ea, eb) = (*error, a.errors.at(p), b.errors.at(p));
            *error = inner * (left * eb + right * ea + ea * eb + left * right * EPSILON * inner);
        }
        Some(Many::Each(Rc::new(Points { kind, values, errors })))
    }

    /// The value times a number without error.
    pub fn scale(&self, s: f64) -> Many {
        match self {
            Many::Same(ball) => Many::Same(ball.scale(s)),
            Many::Each(p) => Many::Each(Rc::new(Points {
                kind: p.kind,
                values: p.values.iter().map(|x| x * s).collect(),
                errors: p.errors.iter().map(|e| e * s.abs() * (1.0 + EPSILON)).collect(),
            })),
        }
    }

    /// Quotient by a number; `None` where the divisor is none.
    pub fn divide(&self, other: &Many) -> Option<Many> {
        if let (Many::Same(a), Many::Same(b)) = (self, other) {
            return a.divide(b).map(Many::Same);
        }
        let n = self.points().or(other.points())?;
        let (a, b) = (self.view(), other.view());
        if b.kind != Kind::Scalar {
            return None;
        }
        let under = b.row(0);
        let mut values = vec![0.0; a.kind.entries() * n];
        for (entry, out) in values.chunks_exact_mut(n).enumerate() {
            if a.kind == Kind::Scalar {
                combine(out, a.row(entry), under, |x, y| x / y);
            } else {
                combine(out, a.row(entry), under, |x, y| x * (1.0 / y));
            }
        }
        let mut errors = magnitudes(&values, n, n);
        for (p, error) in errors.iter_mut().enumerate() {
            let (size, under) = (*error, under.at(p));
            let carried = (a.errors.at(p) + size * b.errors.at(p)) / under.abs() + size * 2.0 * EPSILON;
            *error = if under.is_infinite() { 0.0 } else { carried };
        }
        Some(Many::Each(Rc::new(Points { kind: a.kind, values, errors })))
    }

    /// The Euclidean norm.
    pub fn norm(&self) -> Many {
        self.of_squares(|of| {
            let norm = of.sum.sqrt();
            (norm, of.error * of.entries.sqrt() + norm * EPSILON * of.entries)
        })
    }

    /// A function of the squares of all entries.
    pub fn of_squares(&self, f: impl Fn(Squares) -> (f64, f64)) -> Many {
        let n = self.points().unwrap_or(1);
        let view = self.view();
        let entries = view.kind.entries();
        let (mut sums, mut largest) = (vec![0.0; n], vec![0.0f64; n]);
        for entry in 0..entries {
            let row = view.row(entry);
            for (p, (sum, most)) in sums.iter_mut().zip(&mut largest).enumerate() {
                let x = row.at(p);
                *sum += x * x;
                *most = if x.is_nan() { f64::NAN } else { most.max(x.abs()) };
            }
        }
        let all = sums.into_iter().zip(largest).enumerate();
        let of = |(p, (sum, largest))| f(Squares { sum, largest, entries: entries as f64, error: view.errors.at(p) });
        let (values, errors) = all.map(of).unzip();
        let found = Points { kind: Kind::Scalar, values, errors };
        if self.points().is_some() { Many::Each(Rc::new(found)) } else { Many::Same(found.ball(0)) }
    }

    /// The transpose.
    pub fn transpose(&self) -> Many {
        match self {
            Many::Same(ball) => Many::Same(ball.transpose()),
            Many::Each(p) => {
                let Kind::Matrix(rows, columns) = p.kind else { return self.clone() };
                let n = p.count();
                let mut values = Vec::with_capacity(p.values.len());
                for (i, j) in (0..rows).flat_map(|i| (0..columns).map(move |j| (i, j))) {
                    let entry = i + j * rows;
                    values.extend_from_slice(&p.values[entry * n..(entry + 1) * n]);
                }
                Many::Each(Rc::new(Points { kind: Kind::Matrix(columns, rows), values, errors: p.errors.clone() }))
            }
        }
    }
}

/// A value times a number that may differ from point to point.
fn scaled(value: &View, by: &View, n: usize) -> Vec<f64> {
    let mut out = vec![0.0; value.kind.entries() * n];
    for (entry, out) in out.chunks_exact_mut(n).enumerate() {
        combine(out, value.row(entry), by.row(0), |x, s| x * s);
    }
    out
}

/// The product of two matrices at every point.
fn matrix_product(a: &View, b: &View, (rows, inner, columns): (usize, usize, usize), n: usize) -> Vec<f64> {
    let mut out = vec![0.0; rows * columns * n];
    for (entry, out) in out.chunks_exact_mut(n).enumerate() {
        let (i, j) = (entry % rows, entry / rows);
        for k in 0..inner {
            let (x, y) = (a.row(i + k * rows), b.row(k + j * inner));
            match (x, y) {
                (Row::All(x), Row::All(y)) => out.iter_mut().zip(x.iter().zip(y)).for_each(|(o, (x, y))| *o += x * y),
                (Row::All(x), Row::One(y)) | (Row::One(y), Row::All(x)) => {
                    out.iter_mut().zip(x).for_each(|(o, x)| *o += x * y);
                }
                (Row::One(x), Row::One(y)) => out.iter_mut().for_each(|o| *o += x * y),
            }
        }
    }
    out
}
