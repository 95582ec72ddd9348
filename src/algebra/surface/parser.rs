//! From tokens to one answer; every token is consumed.

use num_rational::BigRational;
use num_traits::{One, Signed};

use super::lexer::{Tok, Token};
use super::{Answer, ReadError};
use crate::algebra::term::{Func, Term};
use crate::language::Order;

/// Deepest nesting that is read.
const NESTING_MAX: usize = 100;

pub(super) type Result<T> = std::result::Result<T, ReadError>;

/// Reads the tokens; `greedy` reads `a/b c` as `a/(b c)`, `decimal` a `log` without a base as
/// that to the base 10.
pub(super) fn parse(tokens: &[Token], greedy: bool, decimal: bool) -> Result<Answer> {
    let mut parser = Parser { tokens, at: 0, depth: 0, bars: Vec::new(), greedy, decimal };
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
    greedy: bool,
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

    /// `2, 3` and `2 or 3`: several answers.
    fn several(&mut self) -> Result<Answer> {
        let mut list = vec![self.entry()?];
        while self.take(&Tok::Comma) || self.take(&Tok::Semicolon) {
            // `2, and 3`
            self.take(&Tok::Comma);
            list.push(self.entry()?);
        }
        let mut flat = Vec::new();
        for a in list {
            match a {
                Answer::Several(inner) => flat.extend(inner),
                a => flat.push(a),
            }
        }
        Ok(if flat.len() == 1 { flat.remove(0) } else { Answer::Several(flat) })
    }

    fn entry(&mut self) -> Result<Answer> {
        let mut sides = vec![self.united()?];
        let mut relations = Vec::new();
        while let Some(Tok::Rel(r)) = self.peek() {
            relations.push(*r);
            self.at += 1;
            sides.push(self.united()?);
        }
        let answer = if relations.is_empty() { sides.remove(0) } else { Answer::Relation(sides, relations) };
        let answer = both_signs(answer);
        if let Some(Tok::Word(w)) = self.peek() {
            let mut unit = w.clone();
            self.at += 1;
            while let Some(Tok::Word(w)) = self.peek() {
                unit = format!("{unit} {w}");
                self.at += 1;
            }
            return Ok(Answer::Unit(Box::new(answer), unit));
        }
        Ok(answer)
    }

    fn united(&mut self) -> Result<Answer> {
        let first = self.collection()?;
        let mut parts = vec![first];
        while self.take(&Tok::Union) {
            parts.push(self.collection()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Answer::Union(parts) })
    }

    /// A set, an interval, a tuple, a matrix or an expression.
    fn collection(&mut self) -> Result<Answer> {
        match self.peek() {
            Some(Tok::Open('S')) => self.deeper(|p| {
                p.at += 1;
                if p.take(&Tok::Close('S')) {
                    return Ok(Answer::Set(vec![]));
                }
                let list = p.members()?;
                p.expect(&Tok::Close('S'), "`\\}`")?;
                Ok(Answer::Set(list))
            }),
            Some(Tok::Empty) => {
                self.at += 1;
                Ok(Answer::Set(vec![]))
            }
            Some(Tok::Reals) => {
                self.at += 1;
                Ok(Answer::Reals)
            }
            Some(Tok::Begin) => self.matrix(),
            Some(Tok::Open(b @ ('(' | '[' | '{' | '<'))) if self.holds_comma() => {
                let b = *b;
                self.listed(b)
            }
            Some(Tok::Open('(')) if matches!(self.ahead(1), Some(Tok::Begin)) => {
                self.at += 1;
                let m = self.matrix()?;
                self.expect(&Tok::Close('('), "`)`")?;
                Ok(m)
            }
            Some(Tok::Open('{')) if self.wraps_collection() => {
                self.at += 1;
                let inner = self.deeper(Parser::several)?;
                self.expect(&Tok::Close('{'), "`}`")?;
                Ok(inner)
            }
            Some(Tok::Name(n)) if self.ahead(1) == Some(&Tok::Open('(')) => match n.as_str() {
                "O" => self.order(Order::Big),
                "o" => self.order(Order::Little),
                "Theta" => self.order(Order::Theta),
                "Omega" => self.order(Order::Omega),
                _ => self.sum().map(Answer::Value),
            },
            _ => self.sum().map(Answer::Value),
        }
    }

    /// Whether braces hold a set, a matrix, a relation or a list: `\boxed{x = 2}`.
    fn wraps_collection(&self) -> bool {
        let mut depth = 0usize;
        for (i, t) in self.tokens[self.at..].iter().enumerate() {
            match &t.kind {
                Tok::Open(_) => depth += 1,
                Tok::Close(_) => depth = depth.saturating_sub(1),
                Tok::Rel(_) | Tok::Union | Tok::PlusMinus if depth == 1 => return true,
                _ => {}
            }
            if depth == 0 {
                let whole = self.at + i + 1 == self.tokens.len();
                let starts = matches!(self.ahead(1), Some(Tok::Open('S' | '(' | '[') | Tok::Begin | Tok::Empty | Tok::Reals));
                let ends = i > 0 && matches!(self.tokens[self.at + i - 1].kind, Tok::Word(_));
                return whole && (starts || ends);
            }
        }
        false
    }

    fn order(&mut self, order: Order) -> Result<Answer> {
        self.at += 2;
        let inner = self.deeper(Parser::sum)?;
        self.expect(&Tok::Close('('), "`)`")?;
        Ok(Answer::Order(order, inner))
    }

    /// Whether the bracket at hand holds a comma of its own.
    fn holds_comma(&self) -> bool {
        let mut depth = 0usize;
        for t in &self.tokens[self.at..] {
            match &t.kind {
                Tok::Open(_) | Tok::Begin => depth += 1,
                Tok::Close(_) | Tok::End => depth = depth.saturating_sub(1),
                Tok::Comma | Tok::Semicolon if depth == 1 => return true,
                _ => {}
            }
            if depth == 0 {
                return false;
            }
        }
        false
    }

    fn members(&mut self) -> Result<Vec<Answer>> {
        let mut list = Vec::new();
        loop {
            let answer = self.entry()?;
            match answer {
                Answer::Several(inner) => list.extend(inner),
                a => list.push(a),
            }
            if !(self.take(&Tok::Comma) || self.take(&Tok::Semicolon)) {
                return Ok(list);
            }
        }
    }

    fn listed(&mut self, open: char) -> Result<Answer> {
        self.at += 1;
        let mut list = self.deeper(Parser::members)?;
        let Some(Tok::Close(close)) = self.peek().cloned() else { return self.error("a closing bracket") };
        self.at += 1;
        let mixed = open != close;
        if mixed && !(matches!((open, close), ('(', '[') | ('[', '(')) && list.len() == 2) {
            self.at -= 1;
            return self.error("the bracket that closes this one");
        }
        if (mixed || open == '[') && list.len() == 2 {
            let (high, low) = (list.pop(), list.pop());
            if let (Some(Answer::Value(low)), Some(Answer::Value(high))) = (low, high) {
                return Ok(Answer::Interval(low, open == '(', high, close == '('));
            }
            return self.error("the ends of an interval");
        }
        Ok(match open {
            '{' => Answer::Set(list),
            '[' => Answer::List(list),
            _ => Answer::Tuple(list),
        })
    }

    fn matrix(&mut self) -> Result<Answer> {
        self.at += 1;
        let mut rows = vec![Vec::new()];
        loop {
            let entry = self.deeper(Parser::sum)?;
            if let Some(row) = rows.last_mut() {
                row.push(entry);
            }
            if self.take(&Tok::Amp) {
                continue;
            }
            if self.take(&Tok::Row) && self.peek() != Some(&Tok::End) {
                rows.push(Vec::new());
                continue;
            }
            self.expect(&Tok::End, "the end of the matrix")?;
            break;
        }
        if rows.iter().any(|r| r.len() != rows[0].len()) {
            return self.error("rows of one length");
        }
        Ok(Answer::Matrix(rows))
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
                let term = p.product()?;
                terms.push(match sign {
                    None => term,
                    Some(Term::Num(_)) => term.negated(),
                    Some(s) => Term::mul(vec![s, term]),
                });
            }
        })
    }

    pub(super) fn product(&mut self) -> Result<Term> {
        let mut factors = vec![self.signed()?];
        loop {
            match self.peek() {
                Some(Tok::Times) => {
                    self.at += 1;
                    factors.push(self.signed()?);
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
                    if let Some(fraction) = self.spaced_fraction()? {
                        let whole = factors.pop().unwrap_or_else(|| Term::int(0));
                        factors.push(Term::add(vec![whole, fraction]));
                        continue;
                    }
                    let mixed = self.mixed_number(factors.last());
                    let next = self.power()?;
                    match (mixed, factors.pop()) {
                        (true, Some(whole)) => factors.push(Term::add(vec![whole, next])),
                        (_, Some(before)) => factors.extend([before, next]),
                        (_, None) => factors.push(next),
                    }
                }
                _ => return Ok(Term::mul(factors)),
            }
        }
    }

    /// `5\frac{1}{2}`: a whole number directly before a proper fraction of whole numbers.
    fn mixed_number(&self, before: Option<&Term>) -> bool {
        let whole = matches!(before, Some(Term::Num(n)) if n.is_integer() && !n.is_negative())
            && matches!(self.tokens[self.at - 1].kind, Tok::Number(_));
        if !whole {
            return false;
        }
        if let Some(Tok::Number(n)) = self.peek() {
            // `5½`, and `5 1/2` written out.
            if !n.is_integer() {
                return self.tokens[self.at].digits == 1 && n < &BigRational::one();
            }
            return false;
        }
        let number = |i: usize| match self.ahead(i) {
            Some(Tok::Number(n)) if n.is_integer() => Some(n.clone()),
            _ => None,
        };
        self.peek() == Some(&Tok::Frac)
            && self.ahead(1) == Some(&Tok::Open('{'))
            && self.ahead(3) == Some(&Tok::Close('{'))
            && self.ahead(4) == Some(&Tok::Open('{'))
            && self.ahead(6) == Some(&Tok::Close('{'))
            && number(2).zip(number(5)).is_some_and(|(n, d)| n < d)
    }

    /// `5 1/2` is a mixed number; two numbers side by side are nothing else.
    fn spaced_fraction(&mut self) -> Result<Option<Term>> {
        let number = |t: Option<&Tok>| match t {
            Some(Tok::Number(n)) if n.is_integer() => Some(n.clone()),
            _ => None,
        };
        if !matches!(self.tokens[self.at - 1].kind, Tok::Number(_)) || number(self.peek()).is_none() {
            return Ok(None);
        }
        // `x^2 3y`: a number set apart from a superscript before it.
        if self.tokens[self.at].spaced && self.at > 1 && self.tokens[self.at - 2].kind == Tok::Sup {
            return Ok(None);
        }
        let parts = number(self.peek())
            .zip(number(self.ahead(2)))
            .filter(|(n, d)| self.ahead(1) == Some(&Tok::Slash) && n < d && n.is_positive());
        let first = self.at < 2 || !matches!(self.tokens[self.at - 2].kind, Tok::Slash | Tok::Sup | Tok::Times);
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
            Some(
                Tok::Number(_)
                | Tok::Name(_)
                | Tok::Function(_)
                | Tok::Log
                | Tok::Reciprocal(_)
                | Tok::Frac
                | Tok::Sqrt
                | Tok::Binom
                | Tok::Sum
                | Tok::Open(_)
                | Tok::Infinity
                | Tok::Overline,
            ) => true,
            Some(bar @ (Tok::Bar | Tok::DoubleBar)) => self.bars.last() != Some(bar),
            _ => false,
        }
    }

    /// A primary with its scripts, factorials, percent signs and transposes.
    pub(super) fn power(&mut self) -> Result<Term> {
        let mut base = self.primary()?;
        loop {
            match self.peek() {
                Some(Tok::Bang) => {
                    self.at += 1;
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

/// `2 ± 3` is two answers.
fn both_signs(answer: Answer) -> Answer {
    let Answer::Value(t) = &answer else {
        if let Answer::Relation(sides, relations) = &answer
            && let [left, Answer::Value(right)] = &sides[..]
            && (right.mentions("±") || right.mentions("∓"))
        {
            let each = |s: i64| Answer::Relation(vec![left.clone(), Answer::Value(with_sign(right, s))], relations.clone());
            return Answer::Several(vec![each(1), each(-1)]);
        }
        return answer;
    };
    if !t.mentions("±") && !t.mentions("∓") {
        return answer;
    }
    Answer::Several(vec![Answer::Value(with_sign(t, 1)), Answer::Value(with_sign(t, -1))])
}

fn with_sign(t: &Term, sign: i64) -> Term {
    t.substitute("±", &Term::int(sign)).substitute("∓", &Term::int(-sign))
}
