//! The part of the parser that reads names: symbols with their indices, sums, laws, orders.

use super::expr::{Expr, Index, Order, Range, Symbol};
use super::parser::{ParseError, Parser, index_of, symbol};
use super::token::{Bracket, Relation, Tok};

type Result<T> = std::result::Result<T, ParseError>;

/// Letters that run over indices when nothing says otherwise.
pub const RUNNING_LETTERS: &[&str] = &["i", "j", "k", "l", "r", "s"];

impl Parser<'_> {
    /// Whether the token before belongs to one expression with this one and none that is an index follows: `β√π`, where
    /// the weights are called π too.
    fn amid_arithmetic(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|i| self.tokens.get(i)).map(|t| &t.kind);
        let alone = matches!(before, None | Some(Tok::Rel(_) | Tok::Sum | Tok::Comma | Tok::Implies | Tok::Sub | Tok::Bar));
        let index = matches!(self.ahead(1), Some(Tok::Name(n)) if self.lexicon.is_index(n));
        !alone && !index
    }

    /// A name and what belongs to it.
    pub(super) fn name(&mut self) -> Result<Expr> {
        let Some(Tok::Name(raw)) = self.peek().cloned() else {
            return Err(self.error("a name"));
        };
        let opens = self.ahead(1) == Some(&Tok::Open(Bracket::Round));
        let known = self.lexicon.knows_exactly(&raw);
        let order = match raw.as_str() {
            "O" => Some(Order::Big),
            "Theta" => Some(Order::Theta),
            "Omega" => Some(Order::Omega),
            "o" => Some(Order::Little),
            _ => None,
        };
        if let (Some(order), true, false) = (order, opens, known) {
            self.at += 1;
            return self.growth(order);
        }
        match raw.as_str() {
            "Reals" => return self.space(),
            "R" if !known && self.ahead(1) == Some(&Tok::Sup) => return self.space(),
            "N" | "Normal" if opens && !known => return self.normal(),
            "E" if !known && self.opens_moment() => {
                self.at += 1;
                return self.call("E");
            }
            "P" if !known && opens => {
                self.at += 1;
                return self.probability();
            }
            "e" if !known => {
                self.at += 1;
                return Ok(if self.peek() == Some(&Tok::Sup) {
                    Expr::Call("e", vec![])
                } else {
                    Expr::Call("exp", vec![Expr::int(1)])
                });
            }
            "pi" if self.ahead(1) != Some(&Tok::Sub) && (!known || self.amid_arithmetic()) => {
                self.at += 1;
                return Ok(Expr::Call("pi", vec![]));
            }
            "sigma" if opens && !known => {
                self.at += 1;
                return self.call("sigmoid");
            }
            "Phi" if opens && !known => {
                self.at += 1;
                return self.call("Phi");
            }
            "Sigma" if self.sigma_is_sum() => {
                self.at += 1;
                return self.big_sum();
            }
            _ => {}
        }
        self.symbol_with_index(&raw)
    }

    fn opens_moment(&self) -> bool {
        match self.ahead(1) {
            Some(Tok::Open(Bracket::Square | Bracket::Round) | Tok::DoubleBar | Tok::Bar) => true,
            // `E α_a`, `E c`: one symbol of the question.
            Some(Tok::Name(n)) => {
                let below = self.ahead(2) == Some(&Tok::Sub);
                self.lexicon.knows_exactly(n) && (!self.lexicon.is_index(n) || below && self.lexicon.is_family(n))
            }
            _ => false,
        }
    }

    fn space(&mut self) -> Result<Expr> {
        self.at += 1;
        if self.peek() != Some(&Tok::Sup) {
            return Ok(Expr::Space(vec![]));
        }
        self.at += 1;
        let braced = self.take(&Tok::Open(Bracket::Brace));
        let mut dims = vec![self.factor()?];
        while braced && self.take(&Tok::Times) {
            dims.push(self.factor()?);
        }
        if braced {
            self.expect(&Tok::Close(Bracket::Brace), "`}`")?;
        }
        Ok(Expr::Space(dims))
    }

    fn normal(&mut self) -> Result<Expr> {
        self.at += 2;
        let mean = self.sum()?;
        if !(self.take(&Tok::Comma) || self.take(&Tok::Semicolon)) {
            return Err(self.error("`,` and the variance"));
        }
        let variance = self.sum()?;
        self.expect(&Tok::Close(Bracket::Round), "`)`")?;
        Ok(Expr::Normal(Box::new(mean), Box::new(variance)))
    }

    /// `Σ_i α_i` and `Σ v_i` are sums, `Σ_i` alone is a covariance.
    fn sigma_is_sum(&self) -> bool {
        match self.ahead(1) {
            Some(Tok::Sub) => {
                let braced = self.ahead(2) == Some(&Tok::Open(Bracket::Brace));
                let letter = self.ahead(2 + usize::from(braced));
                let after = if braced { self.ahead(4) } else { self.ahead(3) };
                if braced && after != Some(&Tok::Close(Bracket::Brace)) {
                    return true;
                }
                let Some(Tok::Name(letter)) = letter else {
                    return false;
                };
                let rest = if braced { 5 } else { 4 } - 1 + usize::from(braced);
                RUNNING_LETTERS.contains(&letter.as_str())
                    && self.tokens[(self.at + rest).min(self.tokens.len())..].iter().take(8).any(|t| t.is_name(letter))
            }
            Some(Tok::Name(n)) => {
                !self.lexicon.is_index(n) || self.lexicon.is_family(n) && matches!(self.ahead(2), Some(Tok::Sub | Tok::Name(_)))
            }
            Some(Tok::Open(_) | Tok::Frac | Tok::Function(_)) => true,
            _ => false,
        }
    }

    fn symbol_with_index(&mut self, raw: &str) -> Result<Expr> {
        let name = self.lexicon.resolve(raw).unwrap_or(raw).to_string();
        let spelled = self.at;
        self.at += 1;
        if self.options.lost_powers {
            return Ok(self.with_lost_power(&name));
        }
        if self.take(&Tok::Sub) {
            return self.subscript(&name);
        }
        let Some(next) = self.tokens.get(self.at) else {
            return Ok(symbol(&name, vec![]));
        };
        let scripted = self.ahead(1) == Some(&Tok::Sub);
        let glued = !next.spaced;
        let index = match &next.kind {
            Tok::Number(n) if glued && n.len() <= 2 && !n.contains('.') => index_of(&next.kind),
            Tok::Number(n) if n.len() == 1 && self.lexicon.is_family(&name) && !self.lexicon.plain.contains(&name) => {
                index_of(&next.kind)
            }
            Tok::Name(l) if self.lexicon.is_family(&name) && self.lexicon.is_index(l) && !scripted => index_of(&next.kind),
            Tok::Name(l)
                if glued
                    && !self.lexicon.knows(&name)
                    && self.lexicon.is_index(l)
                    && self.tokens[spelled].kind != Tok::Name("T".into())
                    && !scripted =>
            {
                index_of(&next.kind)
            }
            _ => None,
        };
        match index {
            Some(index) => {
                self.at += 1;
                Ok(symbol(&name, vec![index]))
            }
            None => Ok(symbol(&name, vec![])),
        }
    }

    /// `m2` in a growth order whose superscript was lost.
    fn with_lost_power(&mut self, name: &str) -> Expr {
        if self.take(&Tok::Sub) {
            self.at += 1;
        }
        match self.peek() {
            Some(Tok::Number(n)) if n == "2" || n == "3" => {
                let power = Expr::int(if n == "2" { 2 } else { 3 });
                self.at += 1;
                Expr::Pow(Box::new(symbol(name, vec![])), Box::new(power))
            }
            _ => symbol(name, vec![]),
        }
    }

    /// The index group after `_`. A matrix with a symbol below it (`A_c`) is a product whose
    /// second factor slipped.
    fn subscript(&mut self, name: &str) -> Result<Expr> {
        let start = self.at;
        let braced = self.take(&Tok::Open(Bracket::Brace));
        let mut indices = Vec::new();
        while let Some(index) = self.peek().and_then(index_of) {
            self.at += 1;
            indices.push(index);
            if !(braced && self.take(&Tok::Comma)) {
                break;
            }
        }
        let closed = !indices.is_empty() && (!braced || self.take(&Tok::Close(Bracket::Brace)));
        let slipped =
            !self.lexicon.is_family(name) && self.lexicon.knows(name) && name.starts_with(|c: char| c.is_ascii_uppercase());
        if closed && !(slipped && self.slipped_factor(&indices)) {
            return Ok(symbol(name, indices));
        }
        self.at = start;
        if slipped && braced {
            self.at += 1;
            let below = self.sum()?;
            self.expect(&Tok::Close(Bracket::Brace), "`}`")?;
            return Ok(Expr::Mul(vec![symbol(name, vec![]), below]));
        }
        if slipped {
            let below = self.name()?;
            return Ok(Expr::Mul(vec![symbol(name, vec![]), below]));
        }
        Err(self.error("an index"))
    }

    fn slipped_factor(&self, indices: &[Index]) -> bool {
        matches!(indices, [Index::Letter(l)] if self.lexicon.knows(l) && !(self.lexicon.is_index(l) && !self.lexicon.plain.contains(l) && !self.lexicon.plain.contains(&l.to_lowercase())))
    }

    /// What follows `∑`: its range and its body. A missing range is read off the body.
    pub(super) fn big_sum(&mut self) -> Result<Expr> {
        let mut range = Range { index: String::new(), from: None, to: None, except: Vec::new() };
        for _ in 0..2 {
            if self.take(&Tok::Sub) {
                self.lower(&mut range)?;
            } else if self.take(&Tok::Sup) {
                let braced = self.take(&Tok::Open(Bracket::Brace));
                range.to = Some(if braced { self.sum()? } else { self.factor_without_scripts()? });
                if braced {
                    self.expect(&Tok::Close(Bracket::Brace), "`}`")?;
                }
            }
        }
        let body = self.product()?;
        if range.index.is_empty() {
            let free = body.free_indices();
            let mut running = free.iter().filter(|l| RUNNING_LETTERS.contains(&l.as_str()));
            match (running.next(), running.next()) {
                (Some(one), None) => range.index = one.clone(),
                _ => return Err(self.error("the index that the sum runs over")),
            }
        }
        Ok(Expr::Sum(Box::new(range), Box::new(body)))
    }

    fn factor_without_scripts(&mut self) -> Result<Expr> {
        match self.peek().cloned() {
            Some(Tok::Name(n)) => {
                self.at += 1;
                Ok(Expr::Symbol(Symbol::plain(self.lexicon.resolve(&n).unwrap_or(&n))))
            }
            _ => self.factor(),
        }
    }

    /// `i`, `i=1`, `i≠j`, `i=1, i≠j`, `i≠a,b`, in braces or bare.
    fn lower(&mut self, range: &mut Range) -> Result<()> {
        let braced = self.take(&Tok::Open(Bracket::Brace));
        let Some(Tok::Name(letter)) = self.peek().cloned() else {
            return Err(self.error("the letter that the sum runs over"));
        };
        range.index = letter.clone();
        self.at += 1;
        if !braced {
            return Ok(());
        }
        loop {
            match self.peek().cloned() {
                Some(Tok::Rel(Relation::Equal)) => {
                    self.at += 1;
                    range.from = Some(self.sum()?);
                }
                Some(Tok::Rel(Relation::NotEqual)) => {
                    self.at += 1;
                    self.exceptions(range)?;
                }
                // `i ∉ {a, b}`
                Some(Tok::Unknown(sign)) if matches!(sign.trim_start_matches('\\'), "notin" | "∉") => {
                    self.at += 1;
                    self.exceptions(range)?;
                }
                Some(Tok::Comma) => {
                    self.at += 1;
                    if self.peek() == Some(&Tok::Name(letter.clone())) {
                        self.at += 1;
                    }
                }
                _ => break,
            }
        }
        self.expect(&Tok::Close(Bracket::Brace), "`}` after the sum's range")
    }

    fn exceptions(&mut self, range: &mut Range) -> Result<()> {
        let grouped = self.take(&Tok::Open(Bracket::Set));
        loop {
            let index = self.peek().and_then(index_of).ok_or_else(|| self.error("an index"))?;
            range.except.push(index);
            self.at += 1;
            let more = self.peek() == Some(&Tok::Comma) && !matches!(self.ahead(2), Some(Tok::Rel(_)));
            if !more {
                break;
            }
            self.at += 1;
        }
        if grouped {
            self.expect(&Tok::Close(Bracket::Set), "`\\}`")?;
        }
        Ok(())
    }
}
