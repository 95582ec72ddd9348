//! The part of the parser that reads what stands between operators.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive};

use super::lexer::Tok;
use super::parser::{Parser, Result};
use crate::algebra::term::{Func, Sum, Term};
use crate::language::{Index, Relation, Symbol};

impl Parser<'_> {
    pub(super) fn primary(&mut self) -> Result<Term> {
        let Some(kind) = self.peek().cloned() else { return self.error("an expression") };
        self.at += 1;
        match kind {
            Tok::Number(n) if self.peek() == Some(&Tok::Sub) => self.in_base(&n),
            Tok::Number(n) => Ok(self.repeating(n)),
            Tok::Infinity => Ok(Term::Infinity),
            Tok::Name(n) => self.name(n),
            Tok::Function(f) => self.call(f),
            Tok::Reciprocal(f) => self.reciprocal(f),
            Tok::Area(f) => Ok(area(f, self.function_argument()?)),
            Tok::Cis => {
                let angle = self.function_argument()?;
                let turned = Term::mul(vec![Term::var("i"), Term::call(Func::Sin, angle.clone())]);
                Ok(Term::add(vec![Term::call(Func::Cos, angle), turned]))
            }
            Tok::Divisor { common } => self.divisor(common),
            Tok::Log => self.logarithm(),
            Tok::Erfc => Ok(Term::int(1).minus(Term::call(Func::Erf, self.function_argument()?))),
            Tok::Frac if self.is_derivative() => self.error("an expression without derivatives"),
            Tok::Frac => {
                let over = self.argument()?;
                Ok(over.over(self.argument()?))
            }
            Tok::Binom => {
                let (n, k) =
                    if self.peek() == Some(&Tok::Open('(')) { self.pair()? } else { (self.argument()?, self.argument()?) };
                Ok(Term::Call(Func::Binomial, vec![n, k]))
            }
            Tok::Sqrt => self.root(),
            Tok::Sum => self.big_sum(),
            Tok::Prod => self.big_product(),
            Tok::Determinant => {
                self.at -= 1;
                self.determinant()
            }
            Tok::Det => {
                let bracket = self.take(&Tok::Open('('));
                if self.peek() != Some(&Tok::Begin) {
                    return self.error("a matrix");
                }
                let value = self.determinant()?;
                if bracket {
                    self.expect(&Tok::Close('('), "`)`")?;
                }
                Ok(value)
            }
            Tok::Open('f') => self.group('f').map(|t| Term::call(Func::Floor, t)),
            Tok::Open('c') => self.group('c').map(|t| Term::call(Func::Ceil, t)),
            Tok::Open(b @ ('(' | '[' | '{')) => self.group(b),
            Tok::Bar if self.peek() == Some(&Tok::Begin) => {
                let value = self.determinant()?;
                self.expect(&Tok::Bar, "the closing bar")?;
                Ok(value)
            }
            Tok::Bar | Tok::DoubleBar => self.between_bars(kind),
            Tok::Overline if self.take(&Tok::Open('{')) => {
                let inner = self.group('{')?;
                let unit = Symbol::plain("i");
                if inner.symbols().iter().any(|s| *s != unit) {
                    return self.error("the conjugate of a number");
                }
                Ok(inner.substitute("i", &Term::var("i").negated()))
            }
            _ => {
                self.at -= 1;
                self.error("an expression")
            }
        }
    }

    /// `0.1\overline{6}`: the decimals under the line repeat.
    pub(super) fn repeating(&mut self, n: BigRational) -> Term {
        let digits = self.tokens[self.at - 1].digits;
        let block = match (self.peek(), self.ahead(1), self.ahead(2), self.ahead(3)) {
            (Some(Tok::Overline), Some(Tok::Open('{')), Some(Tok::Number(b)), Some(Tok::Close('{'))) if b.is_integer() => {
                Some(b.clone())
            }
            _ => None,
        };
        let Some(block) = block else { return Term::Num(n) };
        // Leading zeros of the block count: the source is not at hand, its length is that of the token.
        let width = self.tokens[self.at + 3].at - self.tokens[self.at + 2].at;
        self.at += 4;
        let ten = BigRational::from_integer(10.into());
        let scale = num_traits::pow(ten.clone(), digits);
        let nines = num_traits::pow(ten, width) - BigRational::one();
        Term::Num(n + block / (nines * scale))
    }

    /// `1011_2`: digits in a base.
    fn in_base(&mut self, digits: &BigRational) -> Result<Term> {
        self.at += 1;
        let braced = self.take(&Tok::Open('{'));
        let base = match self.peek() {
            Some(Tok::Number(b)) if b.is_integer() => b.to_integer().to_u32().filter(|b| (2..=36).contains(b)),
            _ => None,
        };
        let written = digits.to_integer().to_string();
        let value = base.filter(|_| digits.is_integer()).and_then(|b| BigInt::parse_bytes(written.as_bytes(), b));
        let Some(value) = value else { return self.error("a base from 2 to 36 for these digits") };
        self.at += 1;
        if braced {
            self.expect(&Tok::Close('{'), "`}`")?;
        }
        Ok(Term::Num(BigRational::from_integer(value)))
    }

    /// `\frac{dy}{dx}` and `\frac{d}{dx}`
    fn is_derivative(&self) -> bool {
        let d = |n: usize| matches!(self.ahead(n), Some(Tok::Name(d)) if d == "d");
        if self.peek() != Some(&Tok::Open('{')) || !d(1) {
            return false;
        }
        let second = (2..6).find(|n| self.ahead(*n) == Some(&Tok::Close('{')));
        second.is_some_and(|n| {
            self.ahead(n + 1) == Some(&Tok::Open('{')) && d(n + 2) && matches!(self.ahead(n + 3), Some(Tok::Name(_)))
        })
    }

    /// The determinant of the matrix at hand, by its first row.
    fn determinant(&mut self) -> Result<Term> {
        let rows = self.matrix()?;
        if rows.len() > DETERMINANT_MAX || rows.iter().any(|r| r.len() != rows.len()) {
            return self.error("a square matrix of at most 4 rows");
        }
        Ok(determinant(&rows))
    }

    pub(super) fn between_bars(&mut self, bar: Tok) -> Result<Term> {
        self.bars.push(bar.clone());
        let inner = self.deeper(Parser::sum);
        self.bars.pop();
        let inner = inner?;
        self.expect(&bar, "the closing bar")?;
        if bar == Tok::Bar {
            return Ok(Term::call(Func::Abs, inner));
        }
        Ok(Term::mul(vec![Term::Transpose(Box::new(inner.clone())), inner]).sqrt())
    }

    pub(super) fn group(&mut self, bracket: char) -> Result<Term> {
        let bars = std::mem::take(&mut self.bars);
        let mut inner = self.deeper(Parser::sum)?;
        if self.take(&Tok::Choose) {
            inner = Term::Call(Func::Binomial, vec![inner, self.deeper(Parser::sum)?]);
        } else if bracket == '{' && self.take(&Tok::Over) {
            inner = inner.over(self.deeper(Parser::sum)?);
        }
        self.bars = bars;
        self.expect(&Tok::Close(bracket), "the closing bracket")?;
        Ok(inner)
    }

    pub(super) fn pair(&mut self) -> Result<(Term, Term)> {
        self.at += 1;
        let first = self.deeper(Parser::sum)?;
        self.expect(&Tok::Comma, "`,`")?;
        let second = self.deeper(Parser::sum)?;
        self.expect(&Tok::Close('('), "`)`")?;
        Ok((first, second))
    }

    /// `\frac12`, `\frac{a}{b}`: a group, or one digit, or one primary.
    pub(super) fn argument(&mut self) -> Result<Term> {
        if let Some(Tok::Number(n)) = self.peek().cloned()
            && n.is_integer()
            && n > BigRational::from_integer(9.into())
        {
            return self.error("`{` (the digits after \\frac have two readings)");
        }
        self.deeper(Parser::primary)
    }

    pub(super) fn root(&mut self) -> Result<Term> {
        let mut order = Term::int(2);
        if self.peek() == Some(&Tok::Open('[')) {
            self.at += 1;
            order = self.group('[')?;
        }
        let inside = self.deeper(Parser::primary)?;
        Ok(inside.pow(order.inverse()))
    }

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
    fn reciprocal(&mut self, f: Func) -> Result<Term> {
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

    /// `gcd(12, 18)` of whole numbers.
    fn divisor(&mut self, common: bool) -> Result<Term> {
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

    /// A symbol with its index; `e` and `π` are numbers.
    pub(super) fn name(&mut self, n: String) -> Result<Term> {
        let indexed = self.peek() == Some(&Tok::Sub);
        match n.as_str() {
            "E" if self.peek() == Some(&Tok::Open('[')) => {
                self.at += 1;
                return Ok(Term::call(Func::Mean, self.group('[')?));
            }
            "P" if self.peek() == Some(&Tok::Open('(')) && self.holds_relation() => return self.probability(),
            "e" if !indexed => return Ok(Term::call(Func::Exp, Term::int(1))),
            "pi" if !indexed => return Ok(Term::Pi),
            "f" | "g" | "h" if self.peek() == Some(&Tok::Open('(')) && !self.tokens[self.at].spaced => {
                let argument = match self.ahead(1) {
                    Some(Tok::Name(x)) => Some(x.clone()),
                    Some(Tok::Number(x)) => Some(x.to_string()),
                    _ => None,
                };
                if let Some(x) = argument.filter(|_| self.ahead(2) == Some(&Tok::Close('('))) {
                    self.at += 3;
                    return Ok(Term::var(&format!("{n}({x})")));
                }
                return self.error("an expression without values of unknown functions");
            }
            "f" | "g" | "h" if self.peek() == Some(&Tok::Prime) && self.ahead(1) == Some(&Tok::Open('(')) => {
                return self.error("an expression without derivatives");
            }
            "d" if self.is_quotient_of_differentials() => return self.error("an expression without derivatives"),
            _ => {}
        }
        let mut indices = Vec::new();
        if self.take(&Tok::Sub) {
            let braced = self.take(&Tok::Open('{'));
            loop {
                indices.push(self.index()?);
                if !(braced && (self.take(&Tok::Comma) || matches!(self.peek(), Some(Tok::Name(_) | Tok::Number(_))))) {
                    break;
                }
            }
            if braced {
                self.expect(&Tok::Close('{'), "`}`")?;
            }
        }
        // `C_5^2` is a power of a letter or a number of combinations.
        if n == "C" && matches!(indices[..], [Index::Number(_)]) && self.peek() == Some(&Tok::Sup) {
            return self.error("`C_n` without an exponent (it has two readings)");
        }
        Ok(Term::Var(Symbol { name: n, indices }))
    }

    /// Whether the bracket at hand holds an inequality of its own.
    fn holds_relation(&self) -> bool {
        let mut depth = 0usize;
        for t in &self.tokens[self.at..] {
            match &t.kind {
                Tok::Open(_) => depth += 1,
                Tok::Close(_) => depth = depth.saturating_sub(1),
                Tok::Rel(_) if depth == 1 => return true,
                _ => {}
            }
            if depth == 0 {
                return false;
            }
        }
        false
    }

    /// `P(X > 1)` and `P(0 < X < 1)` between numbers, of variables with densities.
    fn probability(&mut self) -> Result<Term> {
        self.at += 1;
        let mut sides = vec![self.deeper(Parser::sum)?];
        let mut up = None;
        while let Some(Tok::Rel(r)) = self.peek().cloned() {
            let above = match r {
                Relation::Greater | Relation::GreaterEqual => true,
                Relation::Less | Relation::LessEqual => false,
                _ => return self.error("an inequality"),
            };
            if up.is_some_and(|u| u != above) {
                return self.error("inequalities in one direction");
            }
            up = Some(above);
            self.at += 1;
            sides.push(self.deeper(Parser::sum)?);
        }
        self.expect(&Tok::Close('('), "`)`")?;
        if up == Some(true) {
            sides.reverse();
        }
        let over = |x: &Term, y: &Term| Term::call(Func::Above, x.clone().minus(y.clone()));
        match &sides[..] {
            [low, high] => Ok(over(high, low)),
            [low, x, high] => match (low.rational(), high.rational()) {
                (Some(l), Some(h)) if l <= h => Ok(over(x, low).minus(over(x, high))),
                _ => self.error("numbers around the variable, the lower one first"),
            },
            _ => self.error("one or two inequalities"),
        }
    }

    pub(super) fn index(&mut self) -> Result<Index> {
        let index = match self.peek() {
            Some(Tok::Name(n) | Tok::Word(n)) => Index::Letter(n.clone()),
            Some(Tok::Function(Func::Max)) => Index::Letter("max".into()),
            Some(Tok::Function(Func::Min)) => Index::Letter("min".into()),
            Some(Tok::Number(n)) if n.is_integer() => match n.to_integer().try_into() {
                Ok(n) => Index::Number(n),
                Err(_) => return self.error("an index"),
            },
            _ => return self.error("an index"),
        };
        self.at += 1;
        Ok(index)
    }

    /// `dy/dx`, whose first letter was taken.
    fn is_quotient_of_differentials(&self) -> bool {
        let together = |n: usize| self.tokens.get(self.at + n).is_some_and(|t| !t.spaced);
        let name = |n: usize| matches!(self.ahead(n), Some(Tok::Name(_)));
        let d = matches!(self.ahead(2), Some(Tok::Name(d)) if d == "d");
        name(0) && together(0) && self.ahead(1) == Some(&Tok::Slash) && d && name(3) && together(3)
    }

    /// `\sum_{i=1}^{n}`, `\sum_{i=1, i \ne a}^n`, `\sum_{i \ne a, b}`, `\sum_i`.
    pub(super) fn big_sum(&mut self) -> Result<Term> {
        Ok(Term::Sum(Box::new(self.ranged()?)))
    }

    /// `\prod_{k=1}^{4} k` between numbers, and `\prod_{k=1}^{n} k`.
    fn big_product(&mut self) -> Result<Term> {
        let s = self.ranged()?;
        let whole = |t: &Term| t.rational().filter(BigRational::is_integer).and_then(|n| n.to_i64());
        match (whole(&s.from), s.to.as_ref()) {
            (Some(1), Some(to)) if s.body == Term::var(&s.index) && s.except.is_empty() => {
                Ok(Term::call(Func::Factorial, to.clone()))
            }
            (Some(from), Some(to)) if s.except.is_empty() => match whole(to) {
                Some(to) if (0..PRODUCT_MAX).contains(&to.saturating_sub(from).saturating_add(1)) => {
                    let at = |k: i64| s.body.with_letter(&s.index, &Term::int(k), &Index::Number(k.unsigned_abs() as u32));
                    Ok(Term::mul((from..=to).map(at).collect()))
                }
                _ => self.error("a product between numbers"),
            },
            _ => self.error("a product between numbers"),
        }
    }

    fn ranged(&mut self) -> Result<Sum> {
        self.expect(&Tok::Sub, "the sum's range")?;
        let braced = self.take(&Tok::Open('{'));
        let Index::Letter(index) = self.index()? else { return self.error("a letter") };
        let mut from = None;
        let mut except = Vec::new();
        if braced {
            if self.take(&Tok::Rel(Relation::Equal)) {
                from = Some(self.deeper(Parser::sum)?);
                if self.take(&Tok::Comma) {
                    self.expect(&Tok::Name(index.clone()), "the sum's letter")?;
                }
            }
            if self.take(&Tok::Rel(Relation::NotEqual)) {
                except.push(self.index()?);
                while self.take(&Tok::Comma) {
                    except.push(self.index()?);
                }
            }
            self.expect(&Tok::Close('{'), "`}`")?;
        }
        let to = if self.take(&Tok::Sup) { Some(self.script()?) } else { None };
        let body = self.product()?;
        Ok(Sum { index, from: from.unwrap_or_else(|| Term::int(1)), to, except, body })
    }
}

/// The inverse of a hyperbolic function, by its logarithm.
fn area(f: Func, x: Term) -> Term {
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

/// Most rows of a determinant.
pub(super) const DETERMINANT_MAX: usize = 4;

/// Most factors of a product that is written out.
const PRODUCT_MAX: i64 = 65;

pub(super) fn determinant(rows: &[Vec<Term>]) -> Term {
    let Some((first, rest)) = rows.split_first() else { return Term::int(1) };
    let minor = |k: usize| -> Vec<Vec<Term>> {
        let without = |r: &Vec<Term>| r.iter().enumerate().filter(|(j, _)| *j != k).map(|(_, x)| x.clone()).collect();
        rest.iter().map(without).collect()
    };
    let signed = |k: usize| Term::int(if k.is_multiple_of(2) { 1 } else { -1 });
    Term::add(first.iter().enumerate().map(|(k, x)| Term::mul(vec![signed(k), x.clone(), determinant(&minor(k))])).collect())
}
