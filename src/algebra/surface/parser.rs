//! From tokens to expressions; every token is consumed.

use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed};

use super::lexer::{Tok, Token};
use super::progression::continued;
use super::{Answer, ReadError};
use crate::algebra::dotted::DOTS;
use crate::algebra::term::{Func, Term};

/// Deepest nesting that is read.
const NESTING_MAX: usize = 100;

pub(super) type Result<T> = std::result::Result<T, ReadError>;

/// Reads the tokens; `greedy` reads `a/b c` as `a/(b c)` and `x1` as `x_1`, `decimal` a `log` without a base as
/// that to the base 10.
pub(super) fn parse(tokens: &[Token], greedy: bool, decimal: bool) -> Result<Answer> {
    let mut parser = Parser { tokens, at: 0, depth: 0, bars: Vec::new(), divider: None, greedy, decimal };
    let answer = parser.several()?;
    match parser.peek() {
        None => Ok(answer),
        Some(_) => parser.error("an operator"),
    }
}

pub(super) struct Parser<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) at: usize,
    depth: usize,
    /// Bars that are open, to tell an opening one from a closing one.
    pub(super) bars: Vec<Tok>,
    /// The bar of `{x | x > 3}`, which opens nothing.
    pub(super) divider: Option<usize>,
    pub(super) greedy: bool,
    pub(super) decimal: bool,
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<&Tok> {
        self.tokens.get(self.at).map(|t| &t.kind)
    }

    pub(super) fn ahead(&self, n: usize) -> Option<&Tok> {
        self.tokens.get(self.at + n).map(|t| &t.kind)
    }

    pub(super) fn take(&mut self, kind: &Tok) -> bool {
        let hit = self.peek() == Some(kind);
        self.at += usize::from(hit);
        hit
    }

    pub(super) fn expect(&mut self, kind: &Tok, name: &str) -> Result<()> {
        if self.take(kind) { Ok(()) } else { self.error(name) }
    }

    pub(super) fn error<T>(&self, expected: &str) -> Result<T> {
        let (at, found) = match self.tokens.get(self.at) {
            Some(t) => (t.at, format!("{:?}", t.kind)),
            None => (self.tokens.last().map_or(0, |t| t.at), "the end".into()),
        };
        Err(ReadError { at, message: format!("expected {expected}, found {found}") })
    }

    pub(super) fn deeper<T>(&mut self, f: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.depth += 1;
        if self.depth > NESTING_MAX {
            return self.error("brackets nested at most 100 deep");
        }
        let out = f(self);
        self.depth -= 1;
        out
    }

    pub(super) fn sum(&mut self) -> Result<Term> {
        self.deeper(|p| {
            let mut terms = Vec::new();
            loop {
                let sign = match p.peek() {
                    Some(Tok::Minus) => Some(Term::int(-1)),
                    Some(Tok::PlusMinus) => Some(Term::var("±")),
                    Some(Tok::MinusPlus) => Some(Term::var("∓")),
                    Some(Tok::Plus) => None,
                    _ if terms.is_empty() => {
                        terms.push(p.product()?);
                        continue;
                    }
                    _ => return Ok(Term::add(terms)),
                };
                p.at += 1;
                // `1 + 2 + … + n`
                if sign.is_none() && p.peek() == Some(&Tok::Dots) && p.ahead(1) == Some(&Tok::Plus) {
                    p.at += 2;
                    let last = p.product()?;
                    match continued(&terms, &last) {
                        Some(sum) => terms = vec![sum],
                        None => return p.error("terms that fit one pattern"),
                    }
                    continue;
                }
                // `1 + x + x^2 + …`, whatever follows.
                if p.peek() == Some(&Tok::Dots) && terms.len() > 1 && p.ends_sum(1) {
                    p.at += 1;
                    terms.push(Term::var(DOTS));
                    continue;
                }
                let term = p.product()?;
                terms.push(match sign {
                    None => term,
                    Some(Term::Num(_)) => term.negated(),
                    Some(s) => Term::mul(vec![s, term]),
                });
            }
        })
    }

    /// Whether a sum ends before the token so far ahead.
    fn ends_sum(&self, n: usize) -> bool {
        let ends = |t: &Tok| matches!(t, Tok::Close(_) | Tok::Comma | Tok::Semicolon | Tok::Rel(_) | Tok::And | Tok::Or);
        self.ahead(n).is_none_or(ends)
    }

    pub(super) fn product(&mut self) -> Result<Term> {
        let mut factors = vec![self.signed()?];
        loop {
            match self.peek() {
                Some(Tok::Times) => {
                    self.at += 1;
                    factors.push(self.signed()?);
                }
                Some(Tok::Remainder) => {
                    self.at += 1;
                    let modulus = self.signed()?;
                    let whole = |t: &Term| t.rational().filter(BigRational::is_integer).map(|n| n.to_integer());
                    match (whole(&Term::mul(std::mem::take(&mut factors))), whole(&modulus)) {
                        (Some(n), Some(m)) if m.is_positive() => {
                            factors.push(Term::Num(BigRational::from_integer(n.mod_floor(&m))));
                        }
                        _ => return self.error("whole numbers around `mod`"),
                    }
                }
                Some(Tok::Slash) => {
                    self.at += 1;
                    let mut under = vec![self.signed()?];
                    while self.greedy && self.starts_factor() {
                        under.push(self.power()?);
                    }
                    factors.push(Term::mul(under).inverse());
                }
                Some(_) if self.starts_factor() => {
                    if self.symbol_of_unit() {
                        return Ok(Term::mul(factors));
                    }
                    if let Some(fraction) = self.fraction_of_mixed(factors.last())? {
                        let whole = factors.pop().unwrap_or_else(|| Term::int(0));
                        // `-1\frac12` is -(1 + 1/2).
                        let below = matches!(&whole, Term::Num(n) if n.is_negative());
                        let sum = Term::add(vec![whole, if below { fraction.negated() } else { fraction }]);
                        factors.push(self.postfixed(sum)?);
                        continue;
                    }
                    factors.push(self.power()?);
                }
                _ => return Ok(Term::mul(factors)),
            }
        }
    }

    /// The fraction of a mixed number, consumed: `5\frac{1}{2}`, `5\frac12`, `5½`, `5 1/2`.
    fn fraction_of_mixed(&mut self, before: Option<&Term>) -> Result<Option<Term>> {
        let after_number = matches!(self.tokens[self.at - 1].kind, Tok::Number(_));
        if !after_number {
            return Ok(None);
        }
        let whole = matches!(before, Some(Term::Num(n)) if n.is_integer());
        match self.peek() {
            // `5½`: only a sign for a fraction stands directly behind a number.
            Some(Tok::Number(n)) if whole && !n.is_integer() && self.tokens[self.at].digits == 1 && n < &BigRational::one() => {
                let n = n.clone();
                self.at += 1;
                Ok(Some(Term::Num(n)))
            }
            Some(Tok::Number(_)) => self.spaced_fraction(),
            Some(Tok::Frac) if whole => Ok(self.proper_fraction()),
            _ => Ok(None),
        }
    }

    /// `\frac{1}{2}` or `\frac12` of whole numbers, below one.
    fn proper_fraction(&mut self) -> Option<Term> {
        let part = |from: usize| match (self.ahead(from)?, self.ahead(from + 1), self.ahead(from + 2)) {
            (Tok::Number(n), ..) if n.is_integer() => Some((n.clone(), from + 1)),
            (Tok::Open('{'), Some(Tok::Number(n)), Some(Tok::Close('{'))) if n.is_integer() => Some((n.clone(), from + 3)),
            _ => None,
        };
        let (over, next) = part(1)?;
        let (under, end) = part(next)?;
        (over < under).then(|| {
            self.at += end;
            Term::Num(over / under)
        })
    }

    /// `5 1/2` is a mixed number; two numbers side by side are nothing else.
    fn spaced_fraction(&mut self) -> Result<Option<Term>> {
        let number = |t: Option<&Tok>| match t {
            Some(Tok::Number(n)) if n.is_integer() => Some(n.clone()),
            _ => None,
        };
        let before = |n: usize| self.at.checked_sub(n).and_then(|i| self.tokens.get(i)).map(|t| &t.kind);
        // `x^2 3y`: a number set apart from a superscript before it; `\sqrt23`: a root of one digit.
        let spaced = self.tokens[self.at].spaced;
        if spaced && before(2) == Some(&Tok::Sup) || !spaced && before(2) == Some(&Tok::Sqrt) {
            return Ok(None);
        }
        let parts = number(self.peek())
            .zip(number(self.ahead(2)))
            .filter(|(n, d)| self.ahead(1) == Some(&Tok::Slash) && n < d && n.is_positive());
        let first = !matches!(before(2), Some(Tok::Slash | Tok::Sup | Tok::Times));
        match parts.filter(|_| first) {
            Some((n, d)) => {
                self.at += 3;
                Ok(Some(Term::Num(n / d)))
            }
            None => self.error("one number"),
        }
    }

    pub(super) fn signed(&mut self) -> Result<Term> {
        if self.take(&Tok::Minus) {
            return self.deeper(|p| Ok(p.signed()?.negated()));
        }
        if self.take(&Tok::Plus) {
            return self.deeper(Parser::signed);
        }
        self.power()
    }

    pub(super) fn starts_factor(&self) -> bool {
        match self.peek() {
            // `(x > 0)` behind an answer is a condition on it.
            Some(Tok::Open('(')) => !self.holds_relation(),
            Some(
                Tok::Number(_)
                | Tok::Name(_)
                | Tok::Limit
                | Tok::Diff
                | Tok::Function(_)
                | Tok::Log
                | Tok::Erfc
                | Tok::Reciprocal(_)
                | Tok::Area(_)
                | Tok::Inverted(_)
                | Tok::Signum
                | Tok::Part { .. }
                | Tok::CubeRoot
                | Tok::Cis
                | Tok::Divisor { .. }
                | Tok::Frac
                | Tok::Sqrt
                | Tok::Binom
                | Tok::Sum
                | Tok::Prod
                | Tok::Det
                | Tok::Determinant
                | Tok::Open(_)
                | Tok::Infinity
                | Tok::Overline,
            ) => true,
            Some(bar @ (Tok::Bar | Tok::DoubleBar)) => self.bars.last() != Some(bar) && self.divider != Some(self.at),
            _ => false,
        }
    }

    /// A primary with its scripts, factorials, percent signs and transposes.
    pub(super) fn power(&mut self) -> Result<Term> {
        let base = self.primary()?;
        self.postfixed(base)
    }

    fn postfixed(&mut self, mut base: Term) -> Result<Term> {
        loop {
            match self.peek() {
                Some(Tok::Bang) => {
                    self.at += 1;
                    // Every other factor, or the factorial of a factorial: two readings.
                    if self.peek() == Some(&Tok::Bang) {
                        return self.error("one `!`");
                    }
                    base = Term::call(Func::Factorial, base);
                }
                Some(Tok::Percent) => {
                    self.at += 1;
                    base = Term::mul(vec![base, Term::ratio(1, 100)]);
                }
                Some(Tok::Degree) => {
                    self.at += 1;
                    base = Term::mul(vec![base, Term::ratio(1, 180), Term::Pi]);
                }
                Some(Tok::Prime | Tok::Transpose) => {
                    self.at += 1;
                    base = Term::Transpose(Box::new(base));
                }
                Some(Tok::Sup) => {
                    self.at += 1;
                    base = self.superscript(base)?;
                }
                _ => return Ok(base),
            }
        }
    }

    pub(super) fn superscript(&mut self, base: Term) -> Result<Term> {
        let braced = self.peek() == Some(&Tok::Open('{'));
        let inside = usize::from(braced);
        let closes = |p: &Self| !braced || p.ahead(inside + 1) == Some(&Tok::Close('{'));
        let transposed = match self.ahead(inside) {
            Some(Tok::Transpose | Tok::Prime) => true,
            Some(Tok::Name(t)) => t == "T" && !matches!(base, Term::Num(_)),
            _ => false,
        };
        if transposed && closes(self) {
            self.at += 1 + 2 * inside;
            return Ok(Term::Transpose(Box::new(base)));
        }
        if self.ahead(inside) == Some(&Tok::Degree) && closes(self) {
            self.at += 1 + 2 * inside;
            return Ok(Term::mul(vec![base, Term::ratio(1, 180), Term::Pi]));
        }
        let exponent = self.script()?;
        Ok(match base {
            Term::Call(Func::Exp, v) if v.len() == 1 && v[0].is_int(1) => Term::call(Func::Exp, exponent),
            base => base.pow(exponent),
        })
    }

    /// What stands in a superscript: a group, or one primary with a sign.
    pub(super) fn script(&mut self) -> Result<Term> {
        if self.take(&Tok::Open('{')) {
            let inner = self.deeper(Parser::sum)?;
            self.expect(&Tok::Close('{'), "`}`")?;
            return Ok(inner);
        }
        self.deeper(|p| {
            let negative = p.take(&Tok::Minus);
            // `x^12` in plain text, `x^y^z` from the right.
            let mut inner = p.primary()?;
            if p.take(&Tok::Sup) {
                inner = p.superscript(inner)?;
            }
            Ok(if negative { inner.negated() } else { inner })
        })
    }
}
