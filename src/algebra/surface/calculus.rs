//! Derivatives and limits that are written out in an answer.

use super::lexer::Tok;
use super::parser::{Parser, Result};
use super::symbols::hides;
use crate::algebra::decide::Ground;
use crate::algebra::derivative::derivative;
use crate::algebra::hypotheses::Hypotheses;
use crate::algebra::limit::{Toward, Value, limit};
use crate::algebra::term::Term;
use crate::language::Relation;

/// Highest order of a derivative that is read.
const ORDER_MAX: u32 = 4;

impl Parser<'_> {
    /// `\frac{dy}{dx}`, a number with that name, and `\frac{d}{dx} x^2`; `None`, nothing consumed, for other fractions.
    pub(super) fn derivative(&mut self) -> Result<Option<Term>> {
        let Some((over, next)) = self.differential(0) else { return Ok(None) };
        let Some((under, end)) = self.differential(next).filter(|(u, _)| u.0 == over.0) else { return Ok(None) };
        let Some(x) = under.1 else { return Ok(None) };
        self.at += end;
        self.derived(over.0, over.1, &x)
    }

    /// `dy/dx` and `d/dx (x^2)`, whose first letter was taken; `None`, nothing consumed, for a product.
    pub(super) fn inline_derivative(&mut self) -> Result<Option<Term>> {
        let near = |n: usize| self.tokens.get(self.at + n).is_some_and(|t| !t.spaced);
        let d = |n: usize| matches!(self.ahead(n), Some(Tok::Name(d)) if d == "d");
        let named = matches!(self.ahead(0), Some(Tok::Name(_))) && near(0);
        let slash = usize::from(named);
        let (Some(Tok::Slash), true, Some(Tok::Name(x))) = (self.ahead(slash), d(slash + 1), self.ahead(slash + 2)) else {
            return Ok(None);
        };
        if !near(slash + 2) {
            return Ok(None);
        }
        let x = x.clone();
        let y = match self.peek() {
            Some(Tok::Name(y)) if named => Some(y.clone()),
            _ => None,
        };
        self.at += slash + 3;
        self.derived(1, y, &x)
    }

    /// `diff(x^2, x)`, whose name was taken.
    pub(super) fn program_derivative(&mut self) -> Result<Term> {
        self.expect(&Tok::Open('('), "`(`")?;
        let inner = self.deeper(Parser::sum)?;
        self.expect(&Tok::Comma, "`,`")?;
        let Some(Tok::Name(x)) = self.peek().cloned() else { return self.error("a letter") };
        self.at += 1;
        self.expect(&Tok::Close('('), "`)`")?;
        self.derivative_of(inner, &x, 1)
    }

    fn derived(&mut self, order: u32, y: Option<String>, x: &str) -> Result<Option<Term>> {
        let Some(y) = y else {
            let inner = self.product()?;
            return self.derivative_of(inner, x, order).map(Some);
        };
        let order = if order == 1 { String::new() } else { order.to_string() };
        Ok(Some(Term::var(&format!("d{order}({y},{x})"))))
    }

    fn derivative_of(&mut self, inner: Term, x: &str, order: u32) -> Result<Term> {
        if hides(&inner, x) {
            return self.error("an expression without derivatives of unknown functions");
        }
        match (0..order).try_fold(inner, |t, _| derivative(&t, x)) {
            Some(t) => Ok(t),
            None => self.error("an expression with a derivative"),
        }
    }

    /// The order and letter of `{d^2 y}` or `{dx^2}` that begins `from` tokens ahead, and where it ends.
    fn differential(&self, from: usize) -> Option<((u32, Option<String>), usize)> {
        let mut k = from;
        let mut take = |kind: &Tok| {
            let hit = self.ahead(k) == Some(kind);
            k += usize::from(hit);
            hit
        };
        if !take(&Tok::Open('{')) || !(take(&Tok::Name("d".into())) || take(&Tok::Name("∂".into()))) {
            return None;
        }
        let mut order = None;
        let mut name = None;
        loop {
            match self.ahead(k)? {
                Tok::Sup if order.is_none() => {
                    let open = self.ahead(k + 1) == Some(&Tok::Open('{'));
                    let Some(Tok::Number(n)) = self.ahead(k + 1 + usize::from(open)) else { return None };
                    order = Some(u32::try_from(n.to_integer()).ok().filter(|n| (1..=ORDER_MAX).contains(n))?);
                    k += 2 + 2 * usize::from(open);
                }
                Tok::Name(y) if name.is_none() => {
                    name = Some(y.clone());
                    k += 1;
                }
                Tok::Close('{') => return Some(((order.unwrap_or(1), name), k + 1)),
                _ => return None,
            }
        }
    }

    /// `\lim_{x \to 0^+}` of the factors behind it, where the limit is found exactly.
    pub(super) fn limit(&mut self) -> Result<Term> {
        self.expect(&Tok::Sub, "where the limit is taken")?;
        self.expect(&Tok::Open('{'), "`{`")?;
        let Some(Tok::Name(x)) = self.peek().cloned() else { return self.error("a letter") };
        self.at += 1;
        self.expect(&Tok::Rel(Relation::Tends), "`\\to`")?;
        let negative = self.take(&Tok::Minus);
        self.take(&Tok::Plus);
        let mut place = self.deeper(Parser::primary)?;
        while self.take(&Tok::Slash) {
            place = place.over(self.deeper(Parser::primary)?);
        }
        if negative {
            place = place.negated();
        }
        let side = self.side_of_limit();
        self.expect(&Tok::Close('{'), "`}`")?;
        let body = self.product()?;
        if hides(&body, &x) || place.mentions(&x) {
            return self.error("a limit of a known expression");
        }
        let toward = match (place, side) {
            (Term::Infinity, _) => Toward::Infinity,
            (p, _) if p.has_infinity() => Toward::MinusInfinity,
            (p, Some(true)) => Toward::Above(p),
            (p, Some(false)) => Toward::Below(p),
            (p, None) => Toward::Both(p),
        };
        match limit(&body, &x, &toward, &Hypotheses::default()) {
            Ok(l) if l.ground == Ground::Exact => Ok(match l.value {
                Value::Finite(t) => t,
                Value::PlusInfinity => Term::Infinity,
                Value::MinusInfinity => Term::Infinity.negated(),
            }),
            _ => self.error("a limit that is found exactly"),
        }
    }

    /// Whether `^+` (`true`) or `^-` stands at hand, consumed.
    fn side_of_limit(&mut self) -> Option<bool> {
        if self.peek() != Some(&Tok::Sup) {
            return None;
        }
        let braced = usize::from(self.ahead(1) == Some(&Tok::Open('{')));
        let above = match self.ahead(1 + braced) {
            Some(Tok::Plus) => true,
            Some(Tok::Minus) => false,
            _ => return None,
        };
        self.at += 2 + 2 * braced;
        Some(above)
    }
}
