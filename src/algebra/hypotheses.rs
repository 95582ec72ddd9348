//! What may be supposed of the symbols: ranges, whole numbers, relations.

use std::collections::{BTreeMap, BTreeSet};

use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::term::{Func, Term};
use crate::language::{Relation, Symbol};

/// An interval of the real line, open or closed at each end; `None` is infinite.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Range {
    /// Lower end.
    pub low: Option<BigRational>,
    /// Whether the lower end is left out.
    pub low_open: bool,
    /// Upper end.
    pub high: Option<BigRational>,
    /// Whether the upper end is left out.
    pub high_open: bool,
}

impl Range {
    fn point(x: &BigRational) -> Range {
        Range { low: Some(x.clone()), low_open: false, high: Some(x.clone()), high_open: false }
    }

    fn above(x: BigRational, open: bool) -> Range {
        Range { low: Some(x), low_open: open, high: None, high_open: true }
    }

    fn negated(&self) -> Range {
        Range {
            low: self.high.as_ref().map(|x| -x),
            low_open: self.high_open,
            high: self.low.as_ref().map(|x| -x),
            high_open: self.low_open,
        }
    }

    fn plus(&self, other: &Range) -> Range {
        let sum = |a: &Option<BigRational>, b: &Option<BigRational>| Some(a.as_ref()? + b.as_ref()?);
        Range {
            low: sum(&self.low, &other.low),
            low_open: self.low_open || other.low_open,
            high: sum(&self.high, &other.high),
            high_open: self.high_open || other.high_open,
        }
    }

    /// The product of two ranges of non-negative numbers.
    fn times_non_negative(&self, other: &Range) -> Range {
        let product = |a: &Option<BigRational>, b: &Option<BigRational>| Some(a.as_ref()? * b.as_ref()?);
        let zero_reached = |r: &Range| r.low.as_ref().is_some_and(Zero::is_zero) && !r.low_open;
        Range {
            low: product(&self.low, &other.low),
            low_open: (self.low_open || other.low_open) && !zero_reached(self) && !zero_reached(other),
            high: product(&self.high, &other.high),
            high_open: self.high_open || other.high_open,
        }
    }

    fn meet(&mut self, other: &Range) {
        if let Some(x) = &other.low
            && self.low.as_ref().is_none_or(|l| x > l || x == l && other.low_open)
        {
            (self.low, self.low_open) = (Some(x.clone()), other.low_open);
        }
        if let Some(x) = &other.high
            && self.high.as_ref().is_none_or(|h| x < h || x == h && other.high_open)
        {
            (self.high, self.high_open) = (Some(x.clone()), other.high_open);
        }
    }

    /// Whether `x` lies inside.
    pub fn contains(&self, x: &BigRational) -> bool {
        self.low.as_ref().is_none_or(|l| x > l || x == l && !self.low_open)
            && self.high.as_ref().is_none_or(|h| x < h || x == h && !self.high_open)
    }

    /// What is known of the sign of every number inside.
    pub fn sign(&self) -> Sign {
        if let Some(l) = &self.low {
            if l.is_positive() || l.is_zero() && self.low_open {
                return Sign::Positive;
            }
            if l.is_zero() {
                return if self.high.as_ref().is_some_and(Zero::is_zero) { Sign::Zero } else { Sign::NonNegative };
            }
        }
        match &self.high {
            Some(h) if h.is_negative() || h.is_zero() && self.high_open => Sign::Negative,
            Some(h) if h.is_zero() => Sign::NonPositive,
            _ => Sign::Unknown,
        }
    }
}

/// What is known of a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// `> 0`
    Positive,
    /// `>= 0`
    NonNegative,
    /// `= 0`
    Zero,
    /// `<= 0`
    NonPositive,
    /// `< 0`
    Negative,
    /// Nothing.
    Unknown,
}

impl Sign {
    /// Whether the number is known to be at least zero.
    pub fn at_least_zero(self) -> bool {
        matches!(self, Sign::Positive | Sign::NonNegative | Sign::Zero)
    }
}

/// Letters that stand for whole numbers from 1 on by custom; a counterexample never gives them
/// other values.
pub const WHOLE_LETTERS: &[&str] = &["n", "m", "k", "i", "j", "l", "N", "M", "K", "ell"];

/// What may be supposed of the symbols of an expression.
#[derive(Debug, Clone, Default)]
pub struct Hypotheses {
    ranges: BTreeMap<Symbol, Range>,
    whole: BTreeSet<Symbol>,
    /// Relations that a point must satisfy, in the order given.
    pub facts: Vec<(Term, Relation, Term)>,
}

impl Hypotheses {
    /// Adds a relation; one between a symbol and a number becomes part of the symbol's range.
    pub fn suppose(&mut self, left: Term, relation: Relation, right: Term) {
        match (&left, right.rational()) {
            (Term::Var(s), Some(x)) => self.bound(s, relation, &x),
            _ => {
                if let (Some(x), Term::Var(s)) = (left.rational(), &right) {
                    self.bound(s, mirrored(relation), &x);
                }
            }
        }
        self.facts.push((left, relation, right));
    }

    /// Supposes that the symbol is a whole number.
    pub fn suppose_whole(&mut self, symbol: &Symbol) {
        self.whole.insert(symbol.clone());
    }

    /// Supposes that the symbol lies in the range, besides what is known already.
    pub fn suppose_in(&mut self, symbol: &Symbol, range: &Range) {
        self.ranges.entry(symbol.clone()).or_default().meet(range);
    }

    fn bound(&mut self, s: &Symbol, relation: Relation, x: &BigRational) {
        let low = |open| Range::above(x.clone(), open);
        let high = |open| Range { low: None, low_open: true, high: Some(x.clone()), high_open: open };
        let range = match relation {
            Relation::Greater | Relation::MuchGreater => low(true),
            Relation::GreaterEqual => low(false),
            Relation::Less | Relation::MuchLess => high(true),
            Relation::LessEqual => high(false),
            Relation::Equal => Range::point(x),
            _ => return,
        };
        self.suppose_in(s, &range);
    }

    /// What is known of the symbol's range.
    pub fn range(&self, s: &Symbol) -> Range {
        self.ranges.get(s).cloned().unwrap_or_default()
    }

    /// Whether the symbol is supposed to be a whole number.
    pub fn is_whole(&self, s: &Symbol) -> bool {
        self.whole.contains(s)
    }

    /// What is known of the sign of `t`'s value, wherever it has one.
    pub fn sign(&self, t: &Term) -> Sign {
        self.range_of(t).sign()
    }

    /// A range that holds every value of `t`.
    pub fn range_of(&self, t: &Term) -> Range {
        let non_negative = |open| Range::above(BigRational::zero(), open);
        match t {
            Term::Num(n) => Range::point(n),
            Term::Pi => Range { low: Some(int(3)), low_open: true, high: Some(int(4)), high_open: true },
            Term::Var(s) => self.range(s),
            Term::Add(v) => v.iter().map(|x| self.range_of(x)).reduce(|a, b| a.plus(&b)).unwrap_or_default(),
            Term::Mul(v) => self.product_range(v),
            Term::Pow(base, e) => self.power_range(base, e),
            Term::Call(Func::Exp | Func::Cosh, _) => non_negative(true),
            Term::Call(Func::Factorial | Func::Binomial, _) => Range::above(int(1), false),
            Term::Call(Func::Abs, v) => {
                let strict = v.iter().all(|x| matches!(self.sign(x), Sign::Positive | Sign::Negative));
                non_negative(strict)
            }
            Term::Call(Func::Sin | Func::Cos | Func::Tanh | Func::Erf, _) => {
                Range { low: Some(int(-1)), low_open: false, high: Some(int(1)), high_open: false }
            }
            Term::Call(Func::Ln, v) => match v.first().map(|x| self.range_of(x)) {
                Some(r) if r.low.as_ref().is_some_and(|l| *l >= int(1)) => {
                    let open = r.low_open || r.low.as_ref().is_some_and(|l| *l > int(1));
                    non_negative(open)
                }
                _ => Range::default(),
            },
            Term::Transpose(a) => self.range_of(a),
            _ => Range::default(),
        }
    }

    fn product_range(&self, factors: &[Term]) -> Range {
        let mut flip = false;
        let mut out = Range::point(&int(1));
        for f in factors {
            let mut range = self.range_of(f);
            if matches!(range.sign(), Sign::Negative | Sign::NonPositive) {
                flip = !flip;
                range = range.negated();
            }
            if !range.sign().at_least_zero() {
                return Range::default();
            }
            out = out.times_non_negative(&range);
        }
        if flip { out.negated() } else { out }
    }

    fn power_range(&self, base: &Term, exponent: &Term) -> Range {
        let inside = self.range_of(base);
        let Some(e) = exponent.rational() else {
            let positive = inside.sign() == Sign::Positive;
            return if positive { Range::above(BigRational::zero(), true) } else { Range::default() };
        };
        let two = int(2);
        let even = e.is_integer() && (&e % &two).is_zero();
        match inside.sign() {
            Sign::Positive if e == int(-1) => Range {
                low: Some(inside.high.map_or_else(BigRational::zero, |h| h.recip())),
                low_open: true,
                high: inside.low.filter(|l| !l.is_zero()).map(|l| l.recip()),
                high_open: inside.low_open,
            },
            Sign::Positive => Range::above(BigRational::zero(), true),
            Sign::Negative if even => Range::above(BigRational::zero(), true),
            Sign::Negative if e.is_integer() => Range::above(BigRational::zero(), true).negated(),
            Sign::NonNegative => Range::above(BigRational::zero(), e.is_negative()),
            _ if even => Range::above(BigRational::zero(), e.is_negative()),
            _ if (e.denom() % num_bigint::BigInt::from(2)).is_zero() => Range::above(BigRational::zero(), false),
            _ => Range::default(),
        }
    }
}

fn int(n: i64) -> BigRational {
    BigRational::from_integer(n.into())
}

/// The relation read from right to left.
pub fn mirrored(relation: Relation) -> Relation {
    match relation {
        Relation::Less => Relation::Greater,
        Relation::Greater => Relation::Less,
        Relation::LessEqual => Relation::GreaterEqual,
        Relation::GreaterEqual => Relation::LessEqual,
        Relation::MuchGreater => Relation::MuchLess,
        Relation::MuchLess => Relation::MuchGreater,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn above(name: &str, x: i64) -> Hypotheses {
        let mut h = Hypotheses::default();
        h.suppose(Term::var(name), Relation::Greater, Term::int(x));
        h
    }

    #[test]
    fn signs_follow_from_ranges_and_stay_unknown_otherwise() {
        let h = above("X", 1);
        let x = Term::var("X");
        assert_eq!(h.sign(&Term::int(1).minus(x.clone())), Sign::Negative);
        assert_eq!(h.sign(&x.clone().minus(Term::int(2))), Sign::Unknown);
        assert_eq!(h.sign(&Term::var("y").pow(Term::int(2))), Sign::NonNegative);
        assert_eq!(h.sign(&Term::var("y").pow(Term::int(3))), Sign::Unknown);
        assert_eq!(h.sign(&Term::var("y")), Sign::Unknown);
        assert_eq!(h.sign(&x.negated()), Sign::Negative);
    }
}
