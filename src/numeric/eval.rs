//! The value of an expression at an instance, or at many points of its noise at once.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use nalgebra::DMatrix;

use super::ball::Ball;
use super::instance::{Instance, Parameter, SIZE};
use super::many::{Kind, Many};
use super::site::{Shared, Site};
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

pub(super) type Result<T> = std::result::Result<T, EvalError>;
pub(super) type Bindings = BTreeMap<String, usize>;

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
    /// Where its noise is put: as it was drawn, or at many points.
    site: Rc<Site>,
    /// What the evaluators at this instance share.
    pub(super) shared: Rc<Shared>,
    /// How deep in definitions the expression stands.
    depth: Cell<usize>,
    /// Whether it belongs to a definition, which lives as long as the instance: its place in memory then names it.
    lasting: Cell<bool>,
}

impl<'a> Evaluator<'a> {
    /// An evaluator at `instance`.
    pub fn new(instance: &'a Instance) -> Self {
        let site = Rc::new(Site { points: 1, ..Site::default() });
        Evaluator { instance, site, shared: Rc::default(), depth: Cell::new(0), lasting: Cell::new(false) }
    }

    /// The evaluator of the same instance with its noise at other points.
    pub(super) fn at(&self, site: &Rc<Site>) -> Self {
        let (site, shared) = (site.clone(), self.shared.clone());
        Evaluator { instance: self.instance, site, shared, depth: self.depth.clone(), lasting: Cell::new(false) }
    }

    /// Whether some moment was estimated by sampling.
    pub fn sampled(&self) -> bool {
        self.shared.sampled.get()
    }

    /// The expression's value with the given letters bound to positions (from 0).
    pub fn eval(&self, expr: &Expr, bound: &Bindings) -> Result<Ball> {
        self.instance.steps.begin();
        self.many(expr, bound).map(|value| value.ball(0))
    }

    /// The value at every point of the evaluator's site.
    pub(super) fn many(&self, expr: &Expr, bound: &Bindings) -> Result<Many> {
        let value = self.node(expr, bound)?;
        self.instance.steps.take(value.size())?;
        Ok(value)
    }

    fn node(&self, expr: &Expr, bound: &Bindings) -> Result<Many> {
        match expr {
            Expr::Number(n) => Ok(Many::Same(Ball::rounded(Value::Scalar(n.value)))),
            Expr::Infinity => Ok(Many::Same(Ball::exact(Value::Scalar(f64::INFINITY)))),
            Expr::Symbol(s) => self.symbol(s, bound),
            Expr::Add(terms) => {
                let mut sum = self.many(&terms[0], bound)?;
                for term in &terms[1..] {
                    let next = self.many(term, bound)?;
                    sum = sum.add(&next).ok_or_else(|| misfit("add", &sum, &next))?;
                }
                Ok(sum)
            }
            Expr::Mul(factors) => {
                let mut product = self.many(&factors[0], bound)?;
                for factor in &factors[1..] {
                    let next = self.many(factor, bound)?;
                    product = self.product(&product, &next)?;
                }
                Ok(product)
            }
            Expr::Neg(a) => Ok(self.many(a, bound)?.scale(-1.0)),
            Expr::Div(a, b) => {
                let (over, under) = (self.many(a, bound)?, self.many(b, bound)?);
                over.divide(&under).ok_or_else(|| EvalError::Shape(format!("divides by {}", under.shape())))
            }
            Expr::Pow(a, b) => self.power(a, b, bound),
            Expr::Transpose(a) => Ok(self.many(a, bound)?.transpose()),
            Expr::PseudoInverse(a) => self.many(a, bound)?.map(uneven, |ball| match &ball.value {
                Value::Matrix(m) => m
                    .clone()
                    .pseudo_inverse(1e-12)
                    .map(|p| ball.derived(Value::from_matrix(p)))
                    .map_err(|e| EvalError::Unsupported(e.to_string())),
                _ => Ok(ball.clone()),
            }),
            Expr::Norm(a) | Expr::Abs(a) => {
                let value = self.many(a, bound)?;
                match value.kind() {
                    Kind::Scalar => Ok(value.of_scalar(|x, error| (x.abs(), error)).unwrap_or(value)),
                    Kind::Matrix(_, columns) if matches!(expr, Expr::Norm(_)) || columns == 1 => Ok(value.norm()),
                    _ => Err(EvalError::Shape(format!("bars around {}", value.shape()))),
                }
            }
            Expr::Call(f, args) => self.call(f, args, bound),
            Expr::Sum(range, body) => self.remembered_sum(expr, range, body, bound),
            Expr::Moment(moment, inner) => super::moments::moment(self, *moment, inner, bound).map(Many::Same),
            Expr::Probability(event) => super::moments::probability(self, event, bound).map(Many::Same),
            Expr::Normal(..) | Expr::Interval(..) | Expr::Tuple(_) | Expr::Space(_) | Expr::Order(..) => {
                Err(EvalError::Unsupported(format!("`{}` is no number, vector or matrix", print(expr, Style::Plain))))
            }
        }
    }

    fn product(&self, a: &Many, b: &Many) -> Result<Many> {
        if let (Kind::Matrix(rows, inner), Kind::Matrix(_, columns)) = (a.kind(), b.kind()) {
            self.instance.steps.take(rows * inner * columns * a.points().or(b.points()).unwrap_or(1))?;
        }
        a.mul(b).ok_or_else(|| misfit("multiply", a, b))
    }

    fn symbol(&self, s: &Symbol, bound: &Bindings) -> Result<Many> {
        if s.indices.is_empty()
            && let Some(position) = bound.get(&s.name)
        {
            return Ok(Many::Same(Ball::exact(Value::Scalar(*position as f64 + 1.0))));
        }
        let Some((number, definition)) = self.instance.definitions.find(&s.name, &s.indices) else {
            return self.primary(s, bound);
        };
        if self.depth.get() >= DEPTH_MAX {
            return Err(EvalError::Budget("the definitions go in a circle"));
        }
        let mut letters = Vec::with_capacity(s.indices.len());
        for (parameter, index) in definition.parameters.iter().zip(&s.indices) {
            if let Parameter::Bind(letter) = parameter {
                letters.push((letter, self.position(index, bound)?));
            }
        }
        let key = (number, letters.iter().map(|(_, at)| *at).collect::<Vec<usize>>());
        if let Some(known) = self.site.defined.borrow().get(&key) {
            return Ok(known.clone());
        }
        let inner: Bindings = letters.into_iter().map(|(letter, at)| (letter.clone(), at)).collect();
        let lasting = self.lasting.replace(true);
        self.depth.set(self.depth.get() + 1);
        let value = self.many(&definition.body, &inner);
        self.depth.set(self.depth.get() - 1);
        self.lasting.set(lasting);
        if let Ok(value) = &value {
            self.site.defined.borrow_mut().insert(key, value.clone());
        }
        value
    }

    fn primary(&self, s: &Symbol, bound: &Bindings) -> Result<Many> {
        let instance = self.instance;
        let unknown = || EvalError::Unknown(print(&Expr::Symbol(s.clone()), Style::Plain));
        let matrix = |m: &DMatrix<f64>| Value::from_matrix(m.clone());
        let value = match s.indices.as_slice() {
            [] if instance.matrices.contains_key(&s.name) => matrix(&instance.matrices[&s.name]),
            [] if instance.scalars.contains_key(&s.name) => Value::Scalar(instance.scalars[&s.name]),
            [] if instance.dimensions.contains_key(&s.name) => Value::Scalar(instance.dimensions[&s.name] as f64),
            [] if s.name == "I" => Value::Identity(1.0),
            [] if s.name.starts_with(SIZE) => {
                Value::Scalar(*instance.dimensions.get(&s.name[SIZE.len()..]).ok_or_else(unknown)? as f64)
            }
            [_] if s.name == "I" => Value::Identity(1.0),
            [index] => {
                let at = self.position(index, bound)?;
                if let Some(members) = self.site.noise.get(&s.name) {
                    return members.get(at).cloned().ok_or_else(unknown);
                }
                if let Some(members) = instance.families.get(&s.name) {
                    members.get(at).map(matrix).ok_or_else(unknown)?
                } else {
                    let vector = instance.matrices.get(&s.name).filter(|m| m.ncols() == 1).ok_or_else(unknown)?;
                    Value::Scalar(*vector.get(at).ok_or_else(unknown)?)
                }
            }
            _ => return Err(unknown()),
        };
        Ok(Many::Same(Ball::exact(value)))
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

    /// The positions that a range leaves out.
    pub(super) fn left_out(&self, range: &Range, bound: &Bindings) -> Result<Vec<usize>> {
        range.except.iter().map(|i| self.position(i, bound)).collect()
    }

    /// A sum, remembered where it stands inside a definition: definitions live as long as the instance,
    /// so their places in memory name them.
    fn remembered_sum(&self, sum: &Expr, range: &Range, body: &Expr, bound: &Bindings) -> Result<Many> {
        if !self.lasting.get() {
            return self.sum(range, body, bound);
        }
        let place = std::ptr::from_ref(sum) as usize;
        let letters = self.shared.letters.borrow_mut().entry(place).or_insert_with(|| Rc::new(letters_of(sum))).clone();
        let key = (place, letters.iter().filter_map(|l| bound.get(l).copied()).collect::<Vec<_>>());
        if let Some(known) = self.site.sums.borrow().get(&key) {
            return Ok(known.clone());
        }
        let value = self.sum(range, body, bound)?;
        self.site.sums.borrow_mut().insert(key, value.clone());
        Ok(value)
    }

    fn sum(&self, range: &Range, body: &Expr, bound: &Bindings) -> Result<Many> {
        let end = |e: &Expr| -> Result<usize> {
            let x = match self.many(e, bound)? {
                Many::Same(ball) => ball.value.scalar(),
                Many::Each(_) => None,
            };
            let x = x.filter(|x| x.fract() == 0.0 && (0.0..=TERMS_MAX as f64).contains(x));
            x.map(|x| x as usize).ok_or(EvalError::Budget("a sum's ends are whole numbers up to 10,000"))
        };
        let from = range.from.as_ref().map_or(Ok(1), end)?;
        let to = match &range.to {
            Some(to) => end(to)?,
            None => self
                .count_for(&range.index, body)
                .ok_or_else(|| EvalError::Unknown(format!("where the sum over {} ends", range.index)))?,
        };
        let skip = self.left_out(range, bound)?;
        let mut inner = bound.clone();
        let mut total = Many::Same(Ball::exact(Value::Scalar(0.0)));
        for at in from.max(1)..=to {
            if skip.contains(&(at - 1)) {
                continue;
            }
            bind(&mut inner, &range.index, at - 1);
            let term = self.many(body, &inner)?;
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
        if let (Some((_, d)), true) = (self.instance.definitions.find(&s.name, &s.indices), depth < 4) {
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

/// Binds a letter, anew where it is bound already.
pub(super) fn bind(bound: &mut Bindings, letter: &str, at: usize) {
    match bound.get_mut(letter) {
        Some(position) => *position = at,
        None => drop(bound.insert(letter.to_string(), at)),
    }
}

/// What no expression of the language does: change its shape from draw to draw.
pub(super) fn uneven() -> EvalError {
    EvalError::Shape("shapes differ between draws".into())
}

fn misfit(verb: &str, a: &Many, b: &Many) -> EvalError {
    EvalError::Shape(format!("cannot {verb} {} and {}", a.shape(), b.shape()))
}
