//! Terms at a point, as balls.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive};

use super::ball::{Ball, Undefined};
use super::elementary;
use super::hypotheses::Hypotheses;
use super::point::Point;
use super::term::{Func, Sum, Term};
use crate::language::{Index, Symbol};

type Result<T> = std::result::Result<T, Undefined>;

/// Most terms of a sum and steps of an evaluation.
const STEPS_MAX: usize = 20_000;

/// Largest factorial that is multiplied out.
const FACTORIAL_MAX: u64 = 5_000;

/// Evaluates terms at one point to one precision.
pub struct Evaluation<'a> {
    point: &'a Point,
    hypotheses: &'a Hypotheses,
    bits: u64,
    steps: usize,
}

impl<'a> Evaluation<'a> {
    /// An evaluation with about `bits` correct bits.
    pub fn new(point: &'a Point, hypotheses: &'a Hypotheses, bits: u64) -> Self {
        Evaluation { point, hypotheses, bits, steps: 0 }
    }

    /// A ball that holds the term's value.
    ///
    /// # Errors
    ///
    /// [`Undefined`] where the value may not exist or is too large.
    pub fn value(&mut self, t: &Term) -> Result<Ball> {
        self.eval(t, &BTreeMap::new())
    }

    /// A function's value at balls.
    pub(super) fn function(&mut self, f: Func, args: &[Ball]) -> Result<Ball> {
        self.call(f, args)
    }

    /// `x^e` for a rational exponent.
    pub(super) fn rational_power(&self, x: &Ball, e: &BigRational) -> Result<Ball> {
        if e.is_integer() { x.power(e.numer(), self.bits) } else { self.root(x, e) }
    }

    fn eval(&mut self, t: &Term, bound: &BTreeMap<String, u32>) -> Result<Ball> {
        self.steps += 1;
        if self.steps > STEPS_MAX {
            return Err(Undefined::Budget);
        }
        match t {
            Term::Num(n) => Ball::rational(n, self.bits),
            Term::Pi => Ok(elementary::pi(self.bits)),
            Term::Infinity => Err(Undefined::Domain),
            Term::Var(s) => self.symbol(s, bound),
            Term::Add(v) => v.iter().try_fold(Ball::int(0), |acc, x| acc.plus(&self.eval(x, bound)?, self.bits)),
            Term::Mul(v) => v.iter().try_fold(Ball::int(1), |acc, x| acc.times(&self.eval(x, bound)?, self.bits)),
            Term::Pow(b, e) => self.power(b, e, bound),
            Term::Call(f, v) => {
                let list = v.iter().map(|a| self.eval(a, bound)).collect::<Result<Vec<Ball>>>()?;
                self.call(*f, &list)
            }
            Term::Transpose(a) => self.eval(a, bound),
            Term::Sum(s) => self.sum(s, bound),
        }
    }

    fn symbol(&mut self, s: &Symbol, bound: &BTreeMap<String, u32>) -> Result<Ball> {
        if s.indices.is_empty() {
            if let Some(n) = bound.get(&s.name) {
                return Ok(Ball::int(i64::from(*n)));
            }
            return Ball::rational(&self.point.value(s, self.hypotheses), self.bits);
        }
        let indices = s.indices.iter().map(|i| self.place(i, bound).map(Index::Number)).collect::<Result<Vec<_>>>()?;
        let member = Symbol { name: s.name.clone(), indices };
        Ball::rational(&self.point.value(&member, self.hypotheses), self.bits)
    }

    fn place(&self, i: &Index, bound: &BTreeMap<String, u32>) -> Result<u32> {
        match i {
            Index::Number(n) => Ok(*n),
            Index::Letter(l) => bound.get(l).or_else(|| self.point.letters.get(l)).copied().ok_or(Undefined::Domain),
        }
    }

    fn power(&mut self, base: &Term, exponent: &Term, bound: &BTreeMap<String, u32>) -> Result<Ball> {
        let x = self.eval(base, bound)?;
        let known = exponent.rational();
        let whole = match &known {
            Some(e) if e.is_integer() => Some(e.numer().clone()),
            Some(_) => None,
            None => {
                let e = self.eval(exponent, bound)?;
                match e.whole() {
                    Some(n) => Some(n),
                    None => {
                        let scaled = x.ln(self.bits + 32)?.times(&e, self.bits + 32)?;
                        return scaled.exp(self.bits);
                    }
                }
            }
        };
        if let Some(n) = whole {
            if x.sign() == Some(0) && !n.is_positive() {
                return Err(Undefined::Domain);
            }
            return x.power(&n, self.bits);
        }
        let e = known.unwrap_or_else(BigRational::one);
        self.root(&x, &e)
    }

    /// `x^{p/q}`: of a negative number only the real root of odd order.
    fn root(&self, x: &Ball, e: &BigRational) -> Result<Ball> {
        match x.sign() {
            Some(0) if e.is_positive() => Ok(Ball::int(0)),
            Some(1) if *e.denom() == BigInt::from(2) && exact_root(x).is_some() => {
                let root = exact_root(x).map(BigRational::from_integer).unwrap_or_else(BigRational::one);
                Ball::rational(&root, self.bits)?.power(e.numer(), self.bits)
            }
            Some(1) if *e.denom() == BigInt::from(2) => x.sqrt(self.bits + 16)?.power(e.numer(), self.bits),
            Some(1) => {
                let exponent = Ball::rational(e, self.bits + 32)?;
                x.ln(self.bits + 32)?.times(&exponent, self.bits + 32)?.exp(self.bits)
            }
            Some(-1) if e.denom().is_odd() => {
                let size = self.root(&x.negated(), e)?;
                Ok(if e.numer().is_odd() { size.negated() } else { size })
            }
            _ => Err(Undefined::Domain),
        }
    }

    fn call(&mut self, f: Func, args: &[Ball]) -> Result<Ball> {
        let bits = self.bits;
        let one = Ball::int(1);
        match (f, args) {
            (Func::Exp, [x]) => x.exp(bits),
            (Func::Ln, [x]) => x.ln(bits),
            (Func::Sin, [x]) => Ok(x.sin_cos(bits)?.0),
            (Func::Cos, [x]) => Ok(x.sin_cos(bits)?.1),
            (Func::Tan, [x]) => {
                let (s, c) = x.sin_cos(bits)?;
                s.divide(&c, bits)
            }
            (Func::Atan, [x]) => x.atan(bits),
            (Func::Erf, [x]) => x.erf(bits),
            (Func::Asin, [x]) => self.arc_sine(x),
            (Func::Acos, [x]) => {
                let quarter = elementary::pi(bits).divide(&Ball::int(2), bits)?;
                quarter.minus(&self.arc_sine(x)?, bits)
            }
            (Func::Sinh | Func::Cosh | Func::Tanh, [x]) => {
                let up = x.exp(bits + 16)?;
                let down = one.divide(&up, bits + 16)?;
                let (s, c) = (up.minus(&down, bits)?, up.plus(&down, bits)?);
                match f {
                    Func::Sinh => s.divide(&Ball::int(2), bits),
                    Func::Cosh => c.divide(&Ball::int(2), bits),
                    _ => s.divide(&c, bits),
                }
            }
            (Func::Abs, [x]) => Ok(x.abs()),
            (Func::Max | Func::Min, [first, rest @ ..]) => rest.iter().try_fold(first.clone(), |a, b| self.extreme(f, &a, b)),
            (Func::Floor, [x]) => Ball::rational(&BigRational::from_integer(x.floor()?), bits),
            (Func::Ceil, [x]) => Ball::rational(&BigRational::from_integer(-x.negated().floor()?), bits),
            (Func::Factorial, [x]) => self.factorial(x),
            (Func::Binomial, [n, k]) => {
                let under = self.factorial(k)?.times(&self.factorial(&n.minus(k, bits)?)?, bits)?;
                self.factorial(n)?.divide(&under, bits)
            }
            _ => Err(Undefined::Domain),
        }
    }

    /// `max(a, b) = (a + b + |a - b|) / 2`, and with a minus sign `min`.
    fn extreme(&self, f: Func, a: &Ball, b: &Ball) -> Result<Ball> {
        let gap = a.minus(b, self.bits)?.abs();
        let gap = if f == Func::Max { gap } else { gap.negated() };
        a.plus(b, self.bits)?.plus(&gap, self.bits)?.divide(&Ball::int(2), self.bits)
    }

    /// `asin x = atan(x / sqrt(1 - x^2))` inside, `± π/2` at the ends.
    fn arc_sine(&self, x: &Ball) -> Result<Ball> {
        let bits = self.bits + 16;
        let rest = Ball::int(1).minus(&x.times(x, bits)?, bits)?;
        if rest.sign() == Some(0) {
            let sign = Ball::int(i64::from(x.sign().unwrap_or(0)));
            return elementary::pi(bits).times(&sign, bits)?.divide(&Ball::int(2), self.bits);
        }
        x.divide(&rest.sqrt(bits)?, bits)?.atan(self.bits)
    }

    fn factorial(&mut self, x: &Ball) -> Result<Ball> {
        let n = x.whole().and_then(|n| n.to_u64()).ok_or(Undefined::Domain)?;
        self.steps += n as usize;
        if n > FACTORIAL_MAX || self.steps > STEPS_MAX {
            return Err(Undefined::Budget);
        }
        let product: BigInt = (1..=n).map(BigInt::from).product();
        Ball::rational(&BigRational::from_integer(product), self.bits)
    }

    fn sum(&mut self, s: &Sum, bound: &BTreeMap<String, u32>) -> Result<Ball> {
        let end = |b: Ball| b.whole().and_then(|n| n.to_u32()).ok_or(Undefined::Domain);
        let from = end(self.eval(&s.from, bound)?)?;
        let to = match &s.to {
            Some(to) => end(self.eval(to, bound)?)?,
            None => self.point.family,
        };
        let except = s.except.iter().map(|i| self.place(i, bound)).collect::<Result<Vec<u32>>>()?;
        if except.iter().any(|i| !(from..=to).contains(i)) {
            return Err(Undefined::Domain);
        }
        let mut inner = bound.clone();
        let mut total = Ball::int(0);
        for at in from..=to {
            if except.contains(&at) {
                continue;
            }
            inner.insert(s.index.clone(), at);
            total = total.plus(&self.eval(&s.body, &inner)?, self.bits)?;
        }
        Ok(total)
    }
}

/// The whole square root of a whole number, where it has one: `⌊√4⌋` needs it exactly.
fn exact_root(x: &Ball) -> Option<BigInt> {
    let n = x.whole()?;
    let root = n.sqrt();
    (&root * &root == n).then_some(root)
}
