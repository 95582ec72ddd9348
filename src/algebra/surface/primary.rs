//! The part of the parser that reads what stands between operators.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive};

use super::functions::area;
use super::lexer::Tok;
use super::matrices::{DETERMINANT_MAX, determinant};
use super::parser::{Parser, Result};
use crate::algebra::term::{Func, Term};
use crate::language::Symbol;

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
            Tok::Inverted(f) => self.inverted(f),
            Tok::Signum => {
                let x = self.function_argument()?;
                Ok(x.clone().over(Term::call(Func::Abs, x)))
            }
            Tok::CubeRoot => Ok(self.function_argument()?.pow(Term::ratio(1, 3))),
            Tok::Part { real } => self.part(real),
            Tok::Sup | Tok::Sub => self.combinations(kind == Tok::Sup),
            Tok::Open('{') if self.peek() == Some(&Tok::Close('{')) && matches!(self.ahead(1), Some(Tok::Sup | Tok::Sub)) => {
                self.at += 1;
                self.primary()
            }
            Tok::Cis => {
                let angle = self.function_argument()?;
                let turned = Term::mul(vec![Term::var("i"), Term::call(Func::Sin, angle.clone())]);
                Ok(Term::add(vec![Term::call(Func::Cos, angle), turned]))
            }
            Tok::Divisor { common } => self.divisor(common),
            Tok::Log => self.logarithm(),
            Tok::Erfc => Ok(Term::int(1).minus(Term::call(Func::Erf, self.function_argument()?))),
            Tok::Limit => self.limit(),
            Tok::Diff => self.program_derivative(),
            Tok::Word(w) => self.quantity_in_words(w),
            Tok::Frac => {
                if let Some(derivative) = self.derivative()? {
                    return Ok(derivative);
                }
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
            // `\left(\begin{array}{c} n \\ k \end{array}\right)` as a factor counts choices.
            Tok::Begin => {
                self.at -= 1;
                match &self.matrix()?[..] {
                    [n, k] if n.len() == 1 && k.len() == 1 => Ok(Term::Call(Func::Binomial, vec![n[0].clone(), k[0].clone()])),
                    _ => self.error("an expression"),
                }
            }
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
}
