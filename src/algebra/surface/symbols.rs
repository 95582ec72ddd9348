//! Symbols with their indices, and values of functions that nobody defined.

use super::lexer::Tok;
use super::parser::{Parser, Result};
use crate::algebra::print::show;
use crate::algebra::simplify::simplify;
use crate::algebra::term::{Func, Term};
use crate::language::{Index, Relation, Symbol};

impl Parser<'_> {
    /// A symbol with its index; `e` and `π` are numbers.
    pub(super) fn name(&mut self, n: String) -> Result<Term> {
        let indexed = self.peek() == Some(&Tok::Sub);
        match n.as_str() {
            "E" if self.peek() == Some(&Tok::Open('[')) => {
                self.at += 1;
                return Ok(Term::call(Func::Mean, self.group('[')?));
            }
            "P" if self.peek() == Some(&Tok::Open('(')) && self.holds_relation() => {
                return if self.holds_equation() { self.probability_of_value() } else { self.probability() };
            }
            "e" if !indexed => return Ok(Term::call(Func::Exp, Term::int(1))),
            "pi" if !indexed => return Ok(Term::Pi),
            "f" | "g" | "h" => {
                if let Some(value) = self.unknown_value(&n)? {
                    return Ok(value);
                }
            }
            "d" => {
                if let Some(value) = self.inline_derivative()? {
                    return Ok(value);
                }
            }
            _ => {}
        }
        let indices = self.indices()?;
        // `C_5^2` is a power of a letter or a number of combinations.
        if n == "C" && matches!(indices[..], [Index::Number(_)]) && self.peek() == Some(&Tok::Sup) {
            return self.error("`C_n` without an exponent (it has two readings)");
        }
        Ok(Term::Var(Symbol { name: n, indices }))
    }

    /// The indices of the symbol that was taken: `x_1`, `a_{ij}`, `a_{n+1}`, `x[1]`, and by one of two conventions `x1`.
    fn indices(&mut self) -> Result<Vec<Index>> {
        let mut indices = Vec::new();
        if self.take(&Tok::Sub) {
            let braced = self.take(&Tok::Open('{'));
            if braced && self.computes() {
                let index = simplify(&ordered(&self.deeper(Parser::sum)?));
                self.expect(&Tok::Close('{'), "`}`")?;
                return Ok(vec![Index::Letter(show(&index))]);
            }
            loop {
                indices.push(self.index()?);
                if !(braced && (self.take(&Tok::Comma) || matches!(self.peek(), Some(Tok::Name(_) | Tok::Number(_))))) {
                    break;
                }
            }
            if braced {
                self.expect(&Tok::Close('{'), "`}`")?;
            }
            return Ok(indices);
        }
        let near = |k: usize| self.tokens.get(self.at + k).is_some_and(|t| !t.spaced);
        let whole = |t: Option<&Tok>| matches!(t, Some(Tok::Number(n)) if n.is_integer());
        if self.peek() == Some(&Tok::Open('[')) && near(0) && whole(self.ahead(1)) && self.ahead(2) == Some(&Tok::Close('[')) {
            self.at += 1;
            indices.push(self.index()?);
            self.at += 1;
        } else if self.greedy && near(0) && whole(self.peek()) && self.tokens[self.at].digits == 0 {
            indices.push(self.index()?);
        }
        Ok(indices)
    }

    /// Whether the braces that were opened hold an operation: `n+1`.
    fn computes(&self) -> bool {
        let inside = self.tokens[self.at..].iter().map(|t| &t.kind).take_while(|t| **t != Tok::Close('{'));
        let mut operations = inside.clone().skip(1).filter(|t| matches!(t, Tok::Plus | Tok::Minus | Tok::Times | Tok::Slash));
        operations.next().is_some() && !inside.clone().any(|t| matches!(t, Tok::Comma | Tok::Rel(_)))
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

    /// `f(x)`, `f'(x)` or `f(x+1)` of a function nobody defined: a number with that name.
    fn unknown_value(&mut self, f: &str) -> Result<Option<Term>> {
        let primes = self.tokens[self.at..].iter().take_while(|t| t.kind == Tok::Prime).count();
        if self.ahead(primes) != Some(&Tok::Open('(')) || self.tokens[self.at + primes].spaced {
            return Ok(None);
        }
        self.at += primes + 1;
        let mut arguments = Vec::new();
        loop {
            arguments.push(show(&simplify(&ordered(&self.deeper(Parser::sum)?))));
            if !self.take(&Tok::Comma) {
                break;
            }
        }
        self.expect(&Tok::Close('('), "`)`")?;
        Ok(Some(Term::var(&format!("{f}{}({})", "'".repeat(primes), arguments.join(",")))))
    }

    /// Words where a quantity has to stand, as in `area = 12`: a number with that name.
    pub(super) fn quantity_in_words(&mut self, first: String) -> Result<Term> {
        let mut words = vec![first];
        while let Some(Tok::Word(w)) = self.peek() {
            words.push(w.clone());
            self.at += 1;
        }
        let stands_alone = match self.peek() {
            Some(t) => matches!(t, Tok::Rel(_) | Tok::Plus | Tok::Minus | Tok::Times | Tok::Slash | Tok::Close(_)),
            None => true,
        };
        if !stands_alone || words.len() > QUANTITY_WORDS_MAX {
            self.at -= words.len();
            return self.error("an expression");
        }
        Ok(Term::var(&format!("({})", words.join(" "))))
    }

    /// Whether the bracket at hand holds an inequality of its own.
    pub(super) fn holds_relation(&self) -> bool {
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

    /// Whether the bracket at hand holds one equation and no other relation: `(X = 2)`.
    fn holds_equation(&self) -> bool {
        let inside = self.tokens[self.at..].iter().map(|t| &t.kind).take_while(|t| **t != Tok::Close('('));
        inside.filter(|t| matches!(t, Tok::Rel(_))).eq([&Tok::Rel(Relation::Equal)])
    }

    /// `P(X = 2)`: a number with that name.
    fn probability_of_value(&mut self) -> Result<Term> {
        self.at += 1;
        let variable = self.deeper(Parser::sum)?;
        self.expect(&Tok::Rel(Relation::Equal), "`=`")?;
        let value = self.deeper(Parser::sum)?;
        self.expect(&Tok::Close('('), "`)`")?;
        Ok(Term::var(&format!("P({}={})", show(&simplify(&variable)), show(&simplify(&value)))))
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
}

/// Most words of a quantity in words.
const QUANTITY_WORDS_MAX: usize = 4;

/// Terms and factors in one order: `x + h` and `h + x` are one argument.
fn ordered(t: &Term) -> Term {
    match t.map(&mut |c| ordered(c)) {
        Term::Add(mut v) => {
            v.sort();
            Term::Add(v)
        }
        Term::Mul(mut v) => {
            v.sort();
            Term::Mul(v)
        }
        t => t,
    }
}

/// Whether a name in the term speaks of the letter without showing it as a symbol: `f(k)`, `a_{n-k}`.
pub(super) fn hides(t: &Term, letter: &str) -> bool {
    let mut found = false;
    t.walk(&mut |t| {
        if let Term::Var(s) = t {
            found |= s.name.ends_with(')') && s.name.contains(letter);
            found |= s.indices.iter().any(|i| matches!(i, Index::Letter(l) if l != letter && l.contains(letter)));
        }
    });
    found
}
