//! Expressions and statements as they were written, before anything is known of their meaning.

use std::collections::HashSet;

use super::token::Relation;
use crate::span::Span;

/// A number with the digits it was written with.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Its value.
    pub value: f64,
    /// Its exact value as a fraction, where numerator and denominator fit.
    pub exact: Option<(i128, i128)>,
    /// Digits after the decimal point as written; `None` for a whole number.
    pub decimals: Option<u32>,
    /// The power of ten that is written behind it (`1.0e-7`), 0 where none is.
    pub exponent: i32,
}

impl Number {
    /// A whole number.
    pub fn integer(n: i64) -> Self {
        Number { value: n as f64, exact: Some((i128::from(n), 1)), decimals: None, exponent: 0 }
    }

    /// A number that nobody wrote: no digits of it are known to be rounded.
    pub fn computed(value: f64) -> Self {
        Number { value, exact: None, decimals: None, exponent: 0 }
    }

    /// Reads decimal notation (`12`, `0.5`, `1e-6`).
    pub fn parse(text: &str) -> Option<Self> {
        let value: f64 = text.parse().ok()?;
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((m, e)) => (m, e.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let decimals = mantissa.split_once('.').map(|(_, f)| f.len() as u32);
        let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
        let power = exponent - decimals.unwrap_or(0) as i32;
        let exact = (digits.len() <= 18 && power.abs() <= 18).then(|| {
            let n: i128 = digits.parse().unwrap_or(0);
            let ten = 10i128.pow(power.unsigned_abs());
            if power >= 0 { (n * ten, 1) } else { (n, ten) }
        });
        Some(Number { value, exact, decimals, exponent })
    }

    /// One unit of the last digit that is written; none of a whole number, which is not rounded.
    pub fn unit(&self) -> Option<f64> {
        let rounded = self.decimals.is_some() || self.exponent != 0;
        rounded.then(|| 10f64.powi(self.exponent - self.decimals.unwrap_or(0) as i32))
    }
}

/// An index of a symbol: a letter (`i`, `a`) or a number (`1`). Indices are atomic.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Index {
    /// A letter.
    Letter(String),
    /// A number, counted from 1.
    Number(u32),
}

/// A symbol with its indices: `k_a`, `q_1`, `beta`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol {
    /// Its letter; Greek letters by their English names.
    pub name: String,
    /// Its indices, in order.
    pub indices: Vec<Index>,
}

impl Symbol {
    /// A symbol without an index.
    pub fn plain(name: &str) -> Self {
        Symbol { name: name.to_string(), indices: Vec::new() }
    }

    /// A symbol with one letter as its index.
    pub fn indexed(name: &str, index: &str) -> Self {
        Symbol { name: name.to_string(), indices: vec![Index::Letter(index.to_string())] }
    }
}

/// The range of a sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// The letter that runs.
    pub index: String,
    /// Where it begins; `None` for 1.
    pub from: Option<Expr>,
    /// Where it ends; `None` for the end of the family that it indexes.
    pub to: Option<Expr>,
    /// Indices left out.
    pub except: Vec<Index>,
}

/// A functional of the law of a random quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// Expectation.
    Mean,
    /// Variance; of a vector the trace of its covariance.
    Variance,
    /// Standard deviation.
    Deviation,
}

/// The kind of a growth order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// `O`: at most.
    Big,
    /// `Θ`: exactly.
    Theta,
    /// `Ω`: at least.
    Omega,
    /// `o`: less.
    Little,
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A number.
    Number(Number),
    /// `∞`
    Infinity,
    /// A symbol.
    Symbol(Symbol),
    /// A sum of two or more terms.
    Add(Vec<Expr>),
    /// A product of two or more factors, in order.
    Mul(Vec<Expr>),
    /// A negated term.
    Neg(Box<Expr>),
    /// A quotient.
    Div(Box<Expr>, Box<Expr>),
    /// A power; exponent −1 on a matrix is its inverse.
    Pow(Box<Expr>, Box<Expr>),
    /// A transpose.
    Transpose(Box<Expr>),
    /// A Moore-Penrose inverse.
    PseudoInverse(Box<Expr>),
    /// A Euclidean norm.
    Norm(Box<Expr>),
    /// An absolute value.
    Abs(Box<Expr>),
    /// A function of its arguments.
    Call(&'static str, Vec<Expr>),
    /// A sum over an index.
    Sum(Box<Range>, Box<Expr>),
    /// A moment of a random quantity.
    Moment(Moment, Box<Expr>),
    /// Probability of an event.
    Probability(Box<Chain>),
    /// The normal law with a mean and a variance (or covariance).
    Normal(Box<Expr>, Box<Expr>),
    /// A closed interval.
    Interval(Box<Expr>, Box<Expr>),
    /// A list in round brackets.
    Tuple(Vec<Expr>),
    /// `R^d` or `R^{d x m}`.
    Space(Vec<Expr>),
    /// A growth order.
    Order(Order, Box<Expr>),
}

/// One side of a chain with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Operand {
    /// The expression.
    pub expr: Expr,
    /// Where it stands.
    pub span: Span,
}

/// `a = b ≈ c`: operands with the relations between them (one fewer).
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    /// The operands, in order.
    pub operands: Vec<Operand>,
    /// The relations between neighbours.
    pub relations: Vec<Relation>,
}

impl Expr {
    /// A whole number.
    pub fn int(n: i64) -> Expr {
        Expr::Number(Number::integer(n))
    }

    /// `1/2`
    pub fn half() -> Expr {
        Expr::Div(Box::new(Expr::int(1)), Box::new(Expr::int(2)))
    }

    /// Whether it is the number 0 as written.
    pub fn is_zero(&self) -> bool {
        match self {
            Expr::Number(n) => n.value == 0.0,
            // `v_b - 0`
            Expr::Neg(inner) => inner.is_zero(),
            _ => false,
        }
    }

    /// The expressions directly below this one.
    pub fn children(&self) -> Vec<&Expr> {
        match self {
            Expr::Number(_) | Expr::Infinity | Expr::Symbol(_) => vec![],
            Expr::Add(v) | Expr::Mul(v) | Expr::Call(_, v) | Expr::Tuple(v) | Expr::Space(v) => v.iter().collect(),
            Expr::Neg(a) | Expr::Transpose(a) | Expr::PseudoInverse(a) | Expr::Norm(a) | Expr::Abs(a) => vec![a],
            Expr::Moment(_, a) | Expr::Order(_, a) => vec![a],
            Expr::Div(a, b) | Expr::Pow(a, b) | Expr::Normal(a, b) | Expr::Interval(a, b) => {
                vec![a, b]
            }
            Expr::Sum(range, body) => {
                let ends = [&range.from, &range.to];
                ends.into_iter().flatten().chain([&**body]).collect()
            }
            Expr::Probability(chain) => chain.operands.iter().map(|o| &o.expr).collect(),
        }
    }

    /// Rebuilds the expression with every direct child replaced by `f(child)`.
    pub fn map_children(&self, f: &mut dyn FnMut(&Expr) -> Expr) -> Expr {
        let mut list = |v: &[Expr]| v.iter().map(&mut *f).collect::<Vec<_>>();
        match self {
            Expr::Number(_) | Expr::Infinity | Expr::Symbol(_) => self.clone(),
            Expr::Add(v) => Expr::Add(list(v)),
            Expr::Mul(v) => Expr::Mul(list(v)),
            Expr::Call(n, v) => Expr::Call(n, list(v)),
            Expr::Tuple(v) => Expr::Tuple(list(v)),
            Expr::Space(v) => Expr::Space(list(v)),
            Expr::Neg(a) => Expr::Neg(Box::new(f(a))),
            Expr::Transpose(a) => Expr::Transpose(Box::new(f(a))),
            Expr::PseudoInverse(a) => Expr::PseudoInverse(Box::new(f(a))),
            Expr::Norm(a) => Expr::Norm(Box::new(f(a))),
            Expr::Abs(a) => Expr::Abs(Box::new(f(a))),
            Expr::Moment(m, a) => Expr::Moment(*m, Box::new(f(a))),
            Expr::Order(o, a) => Expr::Order(*o, Box::new(f(a))),
            Expr::Div(a, b) => Expr::Div(Box::new(f(a)), Box::new(f(b))),
            Expr::Pow(a, b) => Expr::Pow(Box::new(f(a)), Box::new(f(b))),
            Expr::Normal(a, b) => Expr::Normal(Box::new(f(a)), Box::new(f(b))),
            Expr::Interval(a, b) => Expr::Interval(Box::new(f(a)), Box::new(f(b))),
            Expr::Sum(range, body) => {
                let range = Range {
                    index: range.index.clone(),
                    from: range.from.as_ref().map(&mut *f),
                    to: range.to.as_ref().map(&mut *f),
                    except: range.except.clone(),
                };
                Expr::Sum(Box::new(range), Box::new(f(body)))
            }
            Expr::Probability(chain) => {
                let operands = chain.operands.iter().map(|o| Operand { expr: f(&o.expr), span: o.span }).collect();
                Expr::Probability(Box::new(Chain { operands, relations: chain.relations.clone() }))
            }
        }
    }

    /// Calls `visit` on this expression and everything below it.
    pub fn walk(&self, visit: &mut dyn FnMut(&Expr)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }

    /// Every symbol that occurs, in order of first occurrence.
    pub fn symbols(&self) -> Vec<Symbol> {
        fn go<'e>(e: &'e Expr, seen: &mut HashSet<&'e Symbol>, out: &mut Vec<Symbol>) {
            if let Expr::Symbol(s) = e
                && seen.insert(s)
            {
                out.push(s.clone());
            }
            e.children().into_iter().for_each(|child| go(child, seen, out));
        }
        let mut out = Vec::new();
        go(self, &mut HashSet::new(), &mut out);
        out
    }

    /// How many expressions it is made of, itself included.
    pub fn size(&self) -> usize {
        1 + self.children().into_iter().map(Expr::size).sum::<usize>()
    }

    /// Whether a symbol of that name occurs.
    pub fn mentions(&self, name: &str) -> bool {
        let mut found = false;
        self.walk(&mut |e| found |= matches!(e, Expr::Symbol(s) if s.name == name));
        found
    }

    /// Whether it is a probability or a moment: a number of the law of the draws, the same in each of them.
    pub fn is_of_the_law(&self) -> bool {
        matches!(self, Expr::Probability(_) | Expr::Moment(..))
    }

    /// Whether no symbol occurs: its value is one number.
    pub fn is_closed(&self) -> bool {
        let mut closed = true;
        self.walk(&mut |e| {
            closed &= !matches!(
                e,
                Expr::Symbol(_) | Expr::Moment(..) | Expr::Probability(_) | Expr::Order(..) | Expr::Space(_) | Expr::Normal(..)
            );
        });
        closed
    }

    /// Letters used as indices and bound by no sum, in order of first occurrence.
    pub fn free_indices(&self) -> Vec<String> {
        fn go(e: &Expr, bound: &mut Vec<String>, out: &mut Vec<String>) {
            if let Expr::Symbol(s) = e {
                for i in &s.indices {
                    if let Index::Letter(l) = i
                        && !bound.contains(l)
                        && !out.contains(l)
                    {
                        out.push(l.clone());
                    }
                }
            }
            if let Expr::Sum(range, body) = e {
                for l in &range.except {
                    if let Index::Letter(l) = l
                        && !bound.contains(l)
                        && !out.contains(l)
                    {
                        out.push(l.clone());
                    }
                }
                bound.push(range.index.clone());
                go(body, bound, out);
                bound.pop();
                return;
            }
            for child in e.children() {
                go(child, bound, out);
            }
        }
        let mut out = Vec::new();
        go(self, &mut Vec::new(), &mut out);
        out
    }

    /// Replaces every free occurrence of the index letter `from` by `to`.
    pub fn with_index(&self, from: &str, to: &Index) -> Expr {
        let swap = |i: &Index| {
            if *i == Index::Letter(from.to_string()) { to.clone() } else { i.clone() }
        };
        match self {
            Expr::Symbol(s) => Expr::Symbol(Symbol { name: s.name.clone(), indices: s.indices.iter().map(swap).collect() }),
            Expr::Sum(range, _) if range.index == from => self.clone(),
            Expr::Sum(range, body) => {
                let mut range = (**range).clone();
                range.except = range.except.iter().map(swap).collect();
                Expr::Sum(Box::new(range), Box::new(body.with_index(from, to)))
            }
            _ => self.map_children(&mut |c| c.with_index(from, to)),
        }
    }

    /// A function's value, where `max ‖v_i - v_j‖` without a range runs over the one running letter inside.
    pub fn extreme(f: &'static str, args: Vec<Expr>) -> Expr {
        const RUNNING: [&str; 5] = ["i", "k", "l", "r", "s"];
        let over = match f {
            "max" => "max over",
            "min" => "min over",
            _ => return Expr::Call(f, args),
        };
        let [arg] = args.as_slice() else { return Expr::Call(f, args) };
        let free = arg.free_indices();
        let mut running = RUNNING.iter().filter(|l| free.iter().any(|x| x == *l));
        match (running.next(), running.next()) {
            (Some(letter), None) => {
                let range = Range { index: (*letter).to_string(), from: None, to: None, except: vec![] };
                Expr::Call(over, vec![Expr::Sum(Box::new(range), Box::new(arg.clone()))])
            }
            _ => Expr::Call(f, args),
        }
    }

    /// Replaces every symbol for which `f` gives an expression.
    pub fn substitute(&self, f: &dyn Fn(&Symbol) -> Option<Expr>) -> Expr {
        match self {
            Expr::Symbol(s) => f(s).unwrap_or_else(|| self.clone()),
            _ => self.map_children(&mut |c| c.substitute(f)),
        }
    }
}
