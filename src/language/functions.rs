//! Functions with their arguments, moments, events and growth orders.

use super::expr::{Expr, Moment, Order};
use super::parser::{Parser, Result, closing, product_of};
use super::token::{Bracket, Tok};

impl Parser<'_> {
    /// A function's value: `exp(x)`, `\exp x y`, `Var[c]`.
    pub(super) fn call(&mut self, f: &'static str) -> Result<Expr> {
        match f {
            "E" => return self.moment(Moment::Mean),
            "Var" => return self.moment(Moment::Variance),
            "Std" => return self.moment(Moment::Deviation),
            "P" => return self.probability(),
            _ => {}
        }
        if let ("max" | "min", Some(Tok::Sub)) = (f, self.peek()) {
            // `\max_i x_i`: the range reads as that of a sum.
            let Expr::Sum(range, body) = self.big_sum()? else {
                return Err(self.error("an index and what is compared over it"));
            };
            return Ok(Expr::Call(if f == "max" { "max over" } else { "min over" }, vec![Expr::Sum(range, body)]));
        }
        if matches!(self.peek(), Some(Tok::Sub | Tok::Sup)) {
            return Err(self.error("the function's argument"));
        }
        let args = match self.peek() {
            Some(Tok::Open(_)) => match self.factor_group()? {
                Expr::Tuple(list) => list,
                one => vec![one],
            },
            _ => {
                let mut factors = vec![self.factor()?];
                while self.starts_factor() && !matches!(self.peek(), Some(Tok::Function(_) | Tok::Open(_))) {
                    // `\ln 3\; k_a`: a number times a vector has no logarithm.
                    let member = matches!(self.peek(), Some(Tok::Name(n)) if self.lexicon.is_family(n));
                    if member && factors.iter().all(Expr::is_closed) {
                        break;
                    }
                    factors.push(self.factor()?);
                }
                vec![product_of(factors)]
            }
        };
        Ok(Expr::extreme(f, args))
    }

    fn factor_group(&mut self) -> Result<Expr> {
        match self.peek() {
            Some(Tok::Open(bracket)) => {
                let bracket = *bracket;
                self.bracketed(bracket)
            }
            _ => self.factor(),
        }
    }

    fn moment(&mut self, moment: Moment) -> Result<Expr> {
        let inner = match self.peek() {
            Some(Tok::Open(_)) => self.factor_group()?,
            _ => self.factor()?,
        };
        Ok(Expr::Moment(moment, Box::new(inner)))
    }

    pub(super) fn probability(&mut self) -> Result<Expr> {
        let Some(Tok::Open(bracket @ (Bracket::Round | Bracket::Square | Bracket::Set))) = self.peek().cloned() else {
            return Err(self.error("an event in brackets"));
        };
        self.at += 1;
        let chain = self.chain()?;
        self.expect(&Tok::Close(bracket), closing(bracket))?;
        if chain.relations.is_empty() {
            return Err(self.error("a relation inside the probability"));
        }
        Ok(Expr::Probability(Box::new(chain)))
    }

    /// The growth order's bracket; superscripts may be lost inside.
    pub(super) fn growth(&mut self, order: Order) -> Result<Expr> {
        let before = std::mem::replace(&mut self.options.lost_powers, true);
        let inner = self.bracketed(Bracket::Round);
        self.options.lost_powers = before;
        Ok(Expr::Order(order, Box::new(inner?)))
    }
}
