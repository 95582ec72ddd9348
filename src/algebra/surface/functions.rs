//! Functions with their arguments: `sin^2 x`, `log_2 8`, `gcd(12, 18)`, and functions defined by others.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed};

use super::lexer::Tok;
use super::parser::{Parser, Result};
use crate::algebra::term::{Func, Term};
use crate::language::Symbol;

impl Parser<'_> {
    pub(super) fn logarithm(&mut self) -> Result<Term> {
        let base = if self.take(&Tok::Sub) { Some(self.script()?) } else { None };
        let argument = self.function_argument()?;
        let ln = |t: Term| Term::call(Func::Ln, t);
        Ok(match base {
            Some(b) => ln(argument).over(ln(b)),
            None if self.decimal => ln(argument).over(ln(Term::int(10))),
            None => ln(argument),
        })
    }

    pub(super) fn call(&mut self, f: Func) -> Result<Term> {
        let mut power = None;
        if self.take(&Tok::Sup) {
            power = Some(self.script()?);
        }
        if matches!(f, Func::Max | Func::Min | Func::Binomial | Func::Covariance) {
            let bracket = match self.peek() {
                Some(Tok::Open(b @ ('(' | '[' | '{' | 'S'))) => *b,
                _ => return self.error("`(`"),
            };
            self.at += 1;
            let mut list = vec![self.deeper(Parser::sum)?];
            while self.take(&Tok::Comma) {
                list.push(self.deeper(Parser::sum)?);
            }
            self.expect(&Tok::Close(bracket), "the closing bracket")?;
            if matches!(f, Func::Binomial | Func::Covariance) && list.len() != 2 {
                return self.error("two arguments");
            }
            return Ok(Term::Call(f, list));
        }
        let argument = self.function_argument()?;
        let inverse = match f {
            Func::Sin => Some(Func::Asin),
            Func::Cos => Some(Func::Acos),
            Func::Tan => Some(Func::Atan),
            _ => None,
        };
        Ok(match (power, inverse) {
            (Some(p), Some(inverse)) if p.is_int(-1) => Term::call(inverse, argument),
            (Some(p), None) if p.is_int(-1) && matches!(f, Func::Sinh | Func::Cosh | Func::Tanh) => area(f, argument),
            (Some(p), _) => Term::call(f, argument).pow(p),
            (None, _) => Term::call(f, argument),
        })
    }

    /// Secant, cosecant and their like; `sec^{-1} x` is the angle whose secant is `x`.
    pub(super) fn reciprocal(&mut self, f: Func) -> Result<Term> {
        let value = self.call(f)?;
        Ok(match value {
            Term::Call(Func::Acos | Func::Asin, ref v) if matches!((f, &v[..]), (Func::Cos | Func::Sin, [_])) => match value {
                Term::Call(g, v) => Term::Call(g, v.into_iter().map(Term::inverse).collect()),
                other => other,
            },
            // Where the angle whose cotangent is negative lies is not agreed upon.
            Term::Call(Func::Atan, _) if f == Func::Tan => return self.error("a cotangent that is not inverted"),
            value => value.inverse(),
        })
    }

    /// `arcsec x`; of a cotangent only where all agree on the angle.
    pub(super) fn inverted(&mut self, f: Func) -> Result<Term> {
        let x = self.function_argument()?;
        if f == Func::Atan && !x.rational().is_some_and(|n| n.is_positive()) {
            return self.error("the cotangent of an acute angle");
        }
        Ok(Term::call(f, x.inverse()))
    }

    /// The real or imaginary part of a number that is written with `i` alone.
    pub(super) fn part(&mut self, real: bool) -> Result<Term> {
        let z = self.function_argument()?;
        if z.symbols().iter().any(|s| *s != Symbol::plain("i")) {
            return self.error("the part of a number");
        }
        let conjugate = z.substitute("i", &Term::var("i").negated());
        let half = Term::ratio(1, 2);
        Ok(if real {
            Term::mul(vec![half, Term::add(vec![z, conjugate])])
        } else {
            Term::mul(vec![half, Term::var("i").negated(), z.minus(conjugate)])
        })
    }

    /// `{}_5C_2` and `^5P_2`, the first sign taken: combinations and permutations.
    pub(super) fn combinations(&mut self, raised: bool) -> Result<Term> {
        let n = self.script()?;
        let ordered = match self.peek() {
            Some(Tok::Name(c)) if c == "C" => false,
            Some(Tok::Name(p)) if p == "P" => true,
            _ => return self.error(if raised { "a base" } else { "`C` or `P`" }),
        };
        self.at += 1;
        self.expect(&Tok::Sub, "`_`")?;
        let k = self.script()?;
        if !ordered {
            return Ok(Term::Call(Func::Binomial, vec![n, k]));
        }
        let rest = Term::call(Func::Factorial, n.clone().minus(k));
        Ok(Term::call(Func::Factorial, n).over(rest))
    }

    /// `gcd(12, 18)` of whole numbers.
    pub(super) fn divisor(&mut self, common: bool) -> Result<Term> {
        self.expect(&Tok::Open('('), "`(`")?;
        let mut total: Option<BigInt> = None;
        loop {
            let part = self.deeper(Parser::sum)?;
            let Some(n) = part.rational().filter(BigRational::is_integer) else { return self.error("whole numbers") };
            let n = n.to_integer();
            total = Some(match total {
                None => n,
                Some(t) if common => t.gcd(&n),
                Some(t) => t.lcm(&n),
            });
            if !self.take(&Tok::Comma) {
                break;
            }
        }
        self.expect(&Tok::Close('('), "`)`")?;
        Ok(Term::Num(BigRational::from_integer(total.unwrap_or_else(BigInt::one))))
    }

    /// A bracket, or the factors up to the next function: `sin 2x cos y`.
    pub(super) fn function_argument(&mut self) -> Result<Term> {
        self.deeper(|p| {
            if matches!(p.peek(), Some(Tok::Open(_))) {
                let inner = p.primary()?;
                return Ok(inner);
            }
            let mut factors = vec![p.signed()?];
            while p.starts_factor()
                && !matches!(
                    p.peek(),
                    Some(Tok::Function(_) | Tok::Log | Tok::Reciprocal(_) | Tok::Open(_) | Tok::Sum | Tok::Prod | Tok::Bar)
                )
            {
                factors.push(p.power()?);
            }
            Ok(Term::mul(factors))
        })
    }
}

/// The inverse of a hyperbolic function, by its logarithm.
pub(super) fn area(f: Func, x: Term) -> Term {
    let square = |sign: i64| Term::add(vec![x.clone().pow(Term::int(2)), Term::int(sign)]).sqrt();
    let ln = |t: Term| Term::call(Func::Ln, t);
    match f {
        Func::Sinh => ln(Term::add(vec![x.clone(), square(1)])),
        Func::Cosh => ln(Term::add(vec![x.clone(), square(-1)])),
        _ => {
            let (above, below) = (Term::add(vec![Term::int(1), x.clone()]), Term::int(1).minus(x));
            Term::mul(vec![Term::ratio(1, 2), ln(above.over(below))])
        }
    }
}
