//! Terms: what the algebra computes with.
//!
//! A [`Term`] is an expression over exact rationals. It is smaller than the language of
//! statements (no quotients, no negation: both are products and powers), so that every engine of
//! this room has few cases to get right.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

use crate::language::{Index, Symbol};

/// A function of one or more arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Func {
    /// `e^x`
    Exp,
    /// Natural logarithm, of a positive number.
    Ln,
    /// Sine.
    Sin,
    /// Cosine.
    Cos,
    /// Tangent.
    Tan,
    /// Inverse sine, in `[-π/2, π/2]`.
    Asin,
    /// Inverse cosine, in `[0, π]`.
    Acos,
    /// Inverse tangent, in `(-π/2, π/2)`.
    Atan,
    /// Hyperbolic sine.
    Sinh,
    /// Hyperbolic cosine.
    Cosh,
    /// Hyperbolic tangent.
    Tanh,
    /// Absolute value.
    Abs,
    /// Largest argument.
    Max,
    /// Smallest argument.
    Min,
    /// Largest whole number not above the argument.
    Floor,
    /// Smallest whole number not below the argument.
    Ceil,
    /// `n!` of a whole number `n >= 0`.
    Factorial,
    /// `n` over `k`, of whole numbers `n >= k >= 0`.
    Binomial,
    /// `2/√π ∫_0^x e^{-t²} dt`
    Erf,
    /// Expectation.
    Mean,
    /// Variance.
    Variance,
    /// Covariance of two.
    Covariance,
    /// Probability of being above zero.
    Above,
}

impl Func {
    /// Every function with its name in plain notation.
    pub const ALL: &'static [(&'static str, Func)] = &[
        ("exp", Func::Exp),
        ("ln", Func::Ln),
        ("sin", Func::Sin),
        ("cos", Func::Cos),
        ("tan", Func::Tan),
        ("asin", Func::Asin),
        ("acos", Func::Acos),
        ("atan", Func::Atan),
        ("sinh", Func::Sinh),
        ("cosh", Func::Cosh),
        ("tanh", Func::Tanh),
        ("abs", Func::Abs),
        ("max", Func::Max),
        ("min", Func::Min),
        ("floor", Func::Floor),
        ("ceil", Func::Ceil),
        ("factorial", Func::Factorial),
        ("binomial", Func::Binomial),
        ("erf", Func::Erf),
        ("E", Func::Mean),
        ("Var", Func::Variance),
        ("Cov", Func::Covariance),
        ("P", Func::Above),
    ];

    /// The function's name in plain notation.
    pub fn name(self) -> &'static str {
        Func::ALL.iter().find(|(_, f)| *f == self).map_or("f", |(n, _)| n)
    }
}

/// A sum over an index.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sum {
    /// The letter that runs over whole numbers.
    pub index: String,
    /// Where it begins.
    pub from: Term,
    /// Where it ends; `None` for the end of the family that it indexes.
    pub to: Option<Term>,
    /// Indices left out; distinct, and inside the range.
    pub except: Vec<Index>,
    /// What is summed.
    pub body: Term,
}

/// An expression over exact rationals.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Term {
    /// An exact number.
    Num(BigRational),
    /// The circle constant.
    Pi,
    /// `∞`
    Infinity,
    /// A symbol.
    Var(Symbol),
    /// A sum.
    Add(Vec<Term>),
    /// A product, in order.
    Mul(Vec<Term>),
    /// A power; of a negative base only with a whole exponent or an odd denominator (real root).
    Pow(Box<Term>, Box<Term>),
    /// A function's value.
    Call(Func, Vec<Term>),
    /// A transpose.
    Transpose(Box<Term>),
    /// A sum over an index.
    Sum(Box<Sum>),
}

impl Term {
    /// A whole number.
    pub fn int(n: i64) -> Term {
        Term::Num(BigRational::from_integer(BigInt::from(n)))
    }

    /// The fraction `n/d`; `d` is not zero.
    pub fn ratio(n: i64, d: i64) -> Term {
        Term::Num(BigRational::new(BigInt::from(n), BigInt::from(if d == 0 { 1 } else { d })))
    }

    /// A symbol without an index.
    pub fn var(name: &str) -> Term {
        Term::Var(Symbol::plain(name))
    }

    /// A sum, with nested sums and single terms flattened.
    pub fn add(terms: Vec<Term>) -> Term {
        let mut flat = Vec::with_capacity(terms.len());
        for t in terms {
            match t {
                Term::Add(inner) => flat.extend(inner),
                t => flat.push(t),
            }
        }
        match flat.len() {
            0 => Term::int(0),
            1 => flat.remove(0),
            _ => Term::Add(flat),
        }
    }

    /// A product, with nested products and single factors flattened.
    pub fn mul(factors: Vec<Term>) -> Term {
        let mut flat = Vec::with_capacity(factors.len());
        for t in factors {
            match t {
                Term::Mul(inner) => flat.extend(inner),
                t => flat.push(t),
            }
        }
        match flat.len() {
            0 => Term::int(1),
            1 => flat.remove(0),
            _ => Term::Mul(flat),
        }
    }

    /// The negated term.
    pub fn negated(self) -> Term {
        match self {
            Term::Num(n) => Term::Num(-n),
            t => Term::mul(vec![Term::int(-1), t]),
        }
    }

    /// `self - other`
    pub fn minus(self, other: Term) -> Term {
        Term::add(vec![self, other.negated()])
    }

    /// `1 / self`
    pub fn inverse(self) -> Term {
        match self {
            Term::Num(n) if !n.is_zero() => Term::Num(n.recip()),
            t => Term::Pow(Box::new(t), Box::new(Term::int(-1))),
        }
    }

    /// `self / other`
    pub fn over(self, other: Term) -> Term {
        Term::mul(vec![self, other.inverse()])
    }

    /// `self ^ exponent`
    pub fn pow(self, exponent: Term) -> Term {
        Term::Pow(Box::new(self), Box::new(exponent))
    }

    /// The square root.
    pub fn sqrt(self) -> Term {
        self.pow(Term::ratio(1, 2))
    }

    /// A function of one argument.
    pub fn call(f: Func, argument: Term) -> Term {
        Term::Call(f, vec![argument])
    }

    /// The terms directly below this one.
    pub fn children(&self) -> Vec<&Term> {
        match self {
            Term::Num(_) | Term::Pi | Term::Infinity | Term::Var(_) => vec![],
            Term::Add(v) | Term::Mul(v) | Term::Call(_, v) => v.iter().collect(),
            Term::Pow(a, b) => vec![a, b],
            Term::Transpose(a) => vec![a],
            Term::Sum(s) => [&s.from].into_iter().chain(&s.to).chain([&s.body]).collect(),
        }
    }

    /// Rebuilds the term with every direct child replaced by `f(child)`.
    pub fn map(&self, f: &mut dyn FnMut(&Term) -> Term) -> Term {
        match self {
            Term::Num(_) | Term::Pi | Term::Infinity | Term::Var(_) => self.clone(),
            Term::Add(v) => Term::add(v.iter().map(f).collect()),
            Term::Mul(v) => Term::mul(v.iter().map(f).collect()),
            Term::Call(g, v) => Term::Call(*g, v.iter().map(f).collect()),
            Term::Pow(a, b) => f(a).pow(f(b)),
            Term::Transpose(a) => Term::Transpose(Box::new(f(a))),
            Term::Sum(s) => Term::Sum(Box::new(Sum {
                index: s.index.clone(),
                from: f(&s.from),
                to: s.to.as_ref().map(&mut *f),
                except: s.except.clone(),
                body: f(&s.body),
            })),
        }
    }

    /// Calls `visit` on this term and everything below it.
    pub fn walk(&self, visit: &mut dyn FnMut(&Term)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }

    /// Nodes of the tree.
    pub fn size(&self) -> usize {
        let mut n = 0;
        self.walk(&mut |_| n += 1);
        n
    }

    /// Every symbol that is bound by no sum, in order of first occurrence; index letters aside.
    pub fn symbols(&self) -> Vec<Symbol> {
        let mut out = Vec::new();
        collect(self, &mut Vec::new(), &mut out);
        out
    }

    /// Letters used as indices and bound by no sum, in order of first occurrence.
    pub fn free_letters(&self) -> Vec<String> {
        let mut out = Vec::new();
        letters(self, &mut Vec::new(), &mut out);
        out
    }

    /// Whether `name` occurs free: as a symbol of its own or as an index.
    pub fn mentions(&self, name: &str) -> bool {
        match self {
            Term::Var(s) => s.indices.is_empty() && s.name == name || s.indices.contains(&Index::Letter(name.to_string())),
            Term::Sum(s) => {
                s.from.mentions(name)
                    || s.to.as_ref().is_some_and(|t| t.mentions(name))
                    || s.except.contains(&Index::Letter(name.to_string()))
                    || s.index != name && s.body.mentions(name)
            }
            _ => self.children().iter().any(|c| c.mentions(name)),
        }
    }

    /// Replaces the free letter `name`, as a symbol by `value` and as an index by `index`.
    pub fn with_letter(&self, name: &str, value: &Term, index: &Index) -> Term {
        let swap = |i: &Index| match i {
            Index::Letter(l) if l == name => index.clone(),
            _ => i.clone(),
        };
        match self {
            Term::Var(s) if s.indices.is_empty() && s.name == name => value.clone(),
            Term::Var(s) => Term::Var(Symbol { name: s.name.clone(), indices: s.indices.iter().map(swap).collect() }),
            Term::Sum(s) => {
                let body = if s.index == name { s.body.clone() } else { s.body.with_letter(name, value, index) };
                Term::Sum(Box::new(Sum {
                    index: s.index.clone(),
                    from: s.from.with_letter(name, value, index),
                    to: s.to.as_ref().map(|t| t.with_letter(name, value, index)),
                    except: s.except.iter().map(swap).collect(),
                    body,
                }))
            }
            _ => self.map(&mut |c| c.with_letter(name, value, index)),
        }
    }

    /// Replaces the index letter `name` by another index (letter or number).
    pub fn with_index(&self, name: &str, index: &Index) -> Term {
        let value = match index {
            Index::Letter(l) => Term::var(l),
            Index::Number(n) => Term::int(i64::from(*n)),
        };
        self.with_letter(name, &value, index)
    }

    /// Replaces every free occurrence of the plain symbol `name` by `value`.
    pub fn substitute(&self, name: &str, value: &Term) -> Term {
        match self {
            Term::Var(s) if s.indices.is_empty() && s.name == name => value.clone(),
            Term::Sum(s) if s.index == name => self.clone(),
            _ => self.map(&mut |c| c.substitute(name, value)),
        }
    }

    /// The exact value of a term built from numbers by the four operations and whole powers.
    pub fn rational(&self) -> Option<BigRational> {
        match self {
            Term::Num(n) => Some(n.clone()),
            Term::Add(v) => v.iter().map(Term::rational).sum(),
            Term::Mul(v) => v.iter().map(Term::rational).product(),
            Term::Pow(a, b) => {
                let exponent = b.rational()?;
                let whole = exponent.to_integer().to_i32().filter(|_| exponent.is_integer())?;
                let base = a.rational()?;
                let bits = base.numer().bits().max(base.denom().bits());
                let small = bits.saturating_mul(u64::from(whole.unsigned_abs())) <= RATIONAL_BITS_MAX;
                (small && !(base.is_zero() && whole <= 0)).then(|| base.pow(whole))
            }
            _ => None,
        }
    }

    /// Whether the term is the number `n`.
    pub fn is_int(&self, n: i64) -> bool {
        matches!(self, Term::Num(x) if x.is_integer() && *x.numer() == BigInt::from(n))
    }

    /// Whether no symbol and no `∞` occurs.
    pub fn is_closed(&self) -> bool {
        let mut closed = true;
        self.walk(&mut |t| closed &= !matches!(t, Term::Var(_) | Term::Infinity));
        closed || self.symbols().is_empty() && !self.has_infinity()
    }

    /// Whether `∞` occurs.
    pub fn has_infinity(&self) -> bool {
        let mut found = false;
        self.walk(&mut |t| found |= matches!(t, Term::Infinity));
        found
    }
}

/// Largest number of bits that [`Term::rational`] computes a power to.
const RATIONAL_BITS_MAX: u64 = 1 << 14;

fn collect(t: &Term, bound: &mut Vec<String>, out: &mut Vec<Symbol>) {
    match t {
        Term::Var(s) => {
            let running = s.indices.is_empty() && bound.contains(&s.name);
            if !running && !out.contains(s) {
                out.push(s.clone());
            }
        }
        Term::Sum(s) => {
            collect(&s.from, bound, out);
            if let Some(to) = &s.to {
                collect(to, bound, out);
            }
            bound.push(s.index.clone());
            collect(&s.body, bound, out);
            bound.pop();
        }
        _ => t.children().into_iter().for_each(|c| collect(c, bound, out)),
    }
}

fn letters(t: &Term, bound: &mut Vec<String>, out: &mut Vec<String>) {
    let mut see = |i: &Index, bound: &[String]| {
        if let Index::Letter(l) = i
            && !bound.contains(l)
            && !out.contains(l)
        {
            out.push(l.clone());
        }
    };
    match t {
        Term::Var(s) => s.indices.iter().for_each(|i| see(i, bound)),
        Term::Sum(s) => {
            s.except.iter().for_each(|i| see(i, bound));
            letters(&s.from, bound, out);
            if let Some(to) = &s.to {
                letters(to, bound, out);
            }
            bound.push(s.index.clone());
            letters(&s.body, bound, out);
            bound.pop();
        }
        _ => t.children().into_iter().for_each(|c| letters(c, bound, out)),
    }
}

/// A rational as it is printed: `-3/4`.
pub(super) fn show_rational(r: &BigRational) -> String {
    if r.is_integer() { r.numer().to_string() } else { format!("{}/{}", r.numer(), r.denom()) }
}
