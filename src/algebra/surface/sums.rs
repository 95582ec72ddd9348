//! Sums and products over a range.

use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::lexer::Tok;
use super::parser::{Parser, Result};
use super::symbols::hides;
use crate::algebra::term::{Func, Sum, Term};
use crate::language::{Index, Relation};

impl Parser<'_> {
    /// `\sum_{i=1}^{n}`, `\sum_{i=1, i \ne a}^n`, `\sum_{i \ne a, b}`, `\sum_i`.
    pub(super) fn big_sum(&mut self) -> Result<Term> {
        Ok(Term::Sum(Box::new(self.ranged()?)))
    }

    /// `\prod_{k=1}^{4} k` between numbers, and `\prod_{k=1}^{n} k`.
    pub(super) fn big_product(&mut self) -> Result<Term> {
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

    /// `sum(k^2, k, 1, n)` and `Sum(k^2, (k, 1, n))`, as programs write them.
    fn program_range(&mut self) -> Result<Sum> {
        self.at += 1;
        let body = self.deeper(Parser::sum)?;
        self.expect(&Tok::Comma, "`,`")?;
        let bracket = self.take(&Tok::Open('('));
        let Index::Letter(index) = self.index()? else { return self.error("a letter") };
        self.expect(&Tok::Comma, "`,`")?;
        let from = self.deeper(Parser::sum)?;
        self.expect(&Tok::Comma, "`,`")?;
        let to = self.deeper(Parser::sum)?;
        if bracket {
            self.expect(&Tok::Close('('), "`)`")?;
        }
        self.expect(&Tok::Close('('), "`)`")?;
        if hides(&body, &index) {
            return self.error("a body whose dependence on the sum's letter is known");
        }
        Ok(Sum { index, from, to: Some(to), except: Vec::new(), body })
    }

    /// Whether the bracket at hand holds the range of a sum as programs write it.
    fn is_program_range(&self) -> bool {
        self.peek() == Some(&Tok::Open('(')) && self.holds_comma()
    }

    fn ranged(&mut self) -> Result<Sum> {
        if self.is_program_range() {
            return self.program_range();
        }
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
        if hides(&body, &index) {
            return self.error("a body whose dependence on the sum's letter is known");
        }
        Ok(Sum { index, from: from.unwrap_or_else(|| Term::int(1)), to, except, body })
    }
}

/// Most factors of a product that is written out.
const PRODUCT_MAX: i64 = 65;
