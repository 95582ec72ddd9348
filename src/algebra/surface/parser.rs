//! From tokens to one answer; every token is consumed.

use num_rational::BigRational;
use num_traits::{One, Signed};

use super::lexer::{Tok, Token};
use super::{Answer, ReadError};
use crate::algebra::term::{Func, Sum, Term};
use crate::language::{Index, Order, Relation, Symbol};

/// Deepest nesting that is read.
const NESTING_MAX: usize = 100;

pub(super) type Result<T> = std::result::Result<T, ReadError>;

/// Reads the tokens; `greedy` reads `a/b c` as `a/(b c)`.
pub(super) fn parse(tokens: &[Token], greedy: bool) -> Result<Answer> {
    let mut parser = Parser { tokens, at: 0, depth: 0, bars: Vec::new(), greedy, running: Vec::new() };
    let answer = parser.several()?;
    match parser.peek() {
        None => Ok(answer),
        Some(_) => parser.error("an operator"),
    }
}

pub(super) struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    depth: usize,
    /// Bars that are open, to tell an opening one from a closing one.
    bars: Vec<Tok>,
    greedy: bool,
    /// Letters bound by sums around the place.
    running: Vec<String>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Tok> {
        self.tokens.get(self.at).map(|t| &t.kind)
    }

    fn ahead(&self, n: usize) -> Option<&Tok> {
        self.tokens.get(self.at + n).map(|t| &t.kind)
    }

    fn take(&mut self, kind: &Tok) -> bool {
        let hit = self.peek() == Some(kind);
        self.at += usize::from(hit);
        hit
    }

    fn expect(&mut self, kind: &Tok, name: &str) -> Result<()> {
        if self.take(kind) { Ok(()) } else { self.error(name) }
    }

    fn error<T>(&self, expected: &str) -> Result<T> {
        let (at, found) = match self.tokens.get(self.at) {
            Some(t) => (t.at, format!("{:?}", t.kind)),
            None => (self.tokens.last().map_or(0, |t| t.at), "the end".into()),
        };
        Err(ReadError { at, message: format!("expected {expected}, found {found}") })
    }

    fn deeper<T>(&mut self, f: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
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

    fn sum(&mut self) -> Result<Term> {
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

    fn product(&mut self) -> Result<Term> {
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

    fn signed(&mut self) -> Result<Term> {
        if self.take(&Tok::Minus) {
            return self.deeper(|p| Ok(p.signed()?.negated()));
        }
        if self.take(&Tok::Plus) {
            return self.deeper(Parser::signed);
        }
        self.power()
    }

    fn starts_factor(&self) -> bool {
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
    fn power(&mut self) -> Result<Term> {
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

    fn superscript(&mut self, base: Term) -> Result<Term> {
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
    fn script(&mut self) -> Result<Term> {
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

    fn primary(&mut self) -> Result<Term> {
        let Some(kind) = self.peek().cloned() else { return self.error("an expression") };
        self.at += 1;
        match kind {
            Tok::Number(n) => Ok(self.repeating(n)),
            Tok::Infinity => Ok(Term::Infinity),
            Tok::Name(n) => self.name(n),
            Tok::Function(f) => self.call(f),
            Tok::Reciprocal(f) => Ok(self.call(f)?.inverse()),
            Tok::Log => self.logarithm(),
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
            Tok::Open('f') => self.group('f').map(|t| Term::call(Func::Floor, t)),
            Tok::Open('c') => self.group('c').map(|t| Term::call(Func::Ceil, t)),
            Tok::Open(b @ ('(' | '[' | '{')) => self.group(b),
            Tok::Bar | Tok::DoubleBar => self.between_bars(kind),
            Tok::Overline if matches!(self.peek(), Some(Tok::Open('{'))) => {
                self.at -= 1;
                self.error("an expression")
            }
            _ => {
                self.at -= 1;
                self.error("an expression")
            }
        }
    }

    /// `0.1\overline{6}`: the decimals under the line repeat.
    fn repeating(&mut self, n: BigRational) -> Term {
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

    fn between_bars(&mut self, bar: Tok) -> Result<Term> {
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

    fn group(&mut self, bracket: char) -> Result<Term> {
        let bars = std::mem::take(&mut self.bars);
        let inner = self.deeper(Parser::sum)?;
        self.bars = bars;
        self.expect(&Tok::Close(bracket), "the closing bracket")?;
        Ok(inner)
    }

    fn pair(&mut self) -> Result<(Term, Term)> {
        self.at += 1;
        let first = self.deeper(Parser::sum)?;
        self.expect(&Tok::Comma, "`,`")?;
        let second = self.deeper(Parser::sum)?;
        self.expect(&Tok::Close('('), "`)`")?;
        Ok((first, second))
    }

    /// `\frac12`, `\frac{a}{b}`: a group, or one digit, or one primary.
    fn argument(&mut self) -> Result<Term> {
        if let Some(Tok::Number(n)) = self.peek().cloned()
            && n.is_integer()
            && n > BigRational::from_integer(9.into())
        {
            return self.error("`{` (the digits after \\frac have two readings)");
        }
        self.deeper(Parser::primary)
    }

    fn root(&mut self) -> Result<Term> {
        let mut order = Term::int(2);
        if self.peek() == Some(&Tok::Open('[')) {
            self.at += 1;
            order = self.group('[')?;
        }
        let inside = self.deeper(Parser::primary)?;
        Ok(inside.pow(order.inverse()))
    }

    fn logarithm(&mut self) -> Result<Term> {
        let base = if self.take(&Tok::Sub) { Some(self.script()?) } else { None };
        let argument = self.function_argument()?;
        let ln = |t: Term| Term::call(Func::Ln, t);
        Ok(match base {
            Some(b) => ln(argument).over(ln(b)),
            None => ln(argument),
        })
    }

    fn call(&mut self, f: Func) -> Result<Term> {
        let mut power = None;
        if self.take(&Tok::Sup) {
            power = Some(self.script()?);
        }
        if matches!(f, Func::Max | Func::Min | Func::Binomial) {
            let bracket = match self.peek() {
                Some(Tok::Open(b @ ('(' | '{' | 'S'))) => *b,
                _ => return self.error("`(`"),
            };
            self.at += 1;
            let mut list = vec![self.deeper(Parser::sum)?];
            while self.take(&Tok::Comma) {
                list.push(self.deeper(Parser::sum)?);
            }
            self.expect(&Tok::Close(bracket), "the closing bracket")?;
            if f == Func::Binomial && list.len() != 2 {
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
            (Some(p), _) => Term::call(f, argument).pow(p),
            (None, _) => Term::call(f, argument),
        })
    }

    /// A bracket, or the factors up to the next function: `sin 2x cos y`.
    fn function_argument(&mut self) -> Result<Term> {
        self.deeper(|p| {
            if matches!(p.peek(), Some(Tok::Open(_))) {
                let inner = p.primary()?;
                return Ok(inner);
            }
            let mut factors = vec![p.signed()?];
            while p.starts_factor()
                && !matches!(
                    p.peek(),
                    Some(Tok::Function(_) | Tok::Log | Tok::Reciprocal(_) | Tok::Open(_) | Tok::Sum | Tok::Bar)
                )
            {
                factors.push(p.power()?);
            }
            Ok(Term::mul(factors))
        })
    }

    /// A symbol with its index; `e` and `π` are numbers.
    fn name(&mut self, n: String) -> Result<Term> {
        let indexed = self.peek() == Some(&Tok::Sub);
        match n.as_str() {
            "e" if !indexed => return Ok(Term::call(Func::Exp, Term::int(1))),
            "pi" if !indexed => return Ok(Term::Pi),
            "f" | "g" | "h" if self.peek() == Some(&Tok::Open('(')) && !self.tokens[self.at].spaced => {
                return self.error("an expression without values of unknown functions");
            }
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
        Ok(Term::Var(Symbol { name: n, indices }))
    }

    fn index(&mut self) -> Result<Index> {
        let index = match self.peek() {
            Some(Tok::Name(n) | Tok::Word(n)) => Index::Letter(n.clone()),
            Some(Tok::Number(n)) if n.is_integer() => match n.to_integer().try_into() {
                Ok(n) => Index::Number(n),
                Err(_) => return self.error("an index"),
            },
            _ => return self.error("an index"),
        };
        self.at += 1;
        Ok(index)
    }

    /// `\sum_{i=1}^{n}`, `\sum_{i=1, i \ne a}^n`, `\sum_{i \ne a, b}`, `\sum_i`.
    fn big_sum(&mut self) -> Result<Term> {
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
        self.running.push(index.clone());
        let body = self.product()?;
        self.running.pop();
        Ok(Term::Sum(Box::new(Sum { index, from: from.unwrap_or_else(|| Term::int(1)), to, except, body })))
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
