//! The part of the parser that reads whole answers: relations, sets, tuples, matrices, units, words.

use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive};

use super::Answer;
use super::lexer::Tok;
use super::parser::{Parser, Result};
use super::primary::determinant;
use super::units::{Unit, known};
use crate::algebra::simplify::simplify;
use crate::algebra::term::{Func, Term};
use crate::language::{Order, Relation};

/// What stands between two answers.
#[derive(Clone, Copy, PartialEq)]
enum Separator {
    Comma,
    Semicolon,
    And,
    Or,
}

impl Parser<'_> {
    /// `2, 3` and `2 or 3`: several answers; `x > 1 and x < 3`: one condition.
    pub(super) fn several(&mut self) -> Result<Answer> {
        if let Some(words) = self.only_words() {
            return Ok(said_in_words(words));
        }
        let mut list = vec![self.entry()?];
        let mut separators = Vec::new();
        while let Some(separator) = self.separator() {
            separators.push(separator);
            list.push(self.entry()?);
        }
        if list.len() == 1 {
            return Ok(list.remove(0));
        }
        if let Some(tuples) = groups(&list, &separators) {
            return Ok(Answer::Several(tuples));
        }
        list = distributed(list);
        if list.iter().all(|a| matches!(a, Answer::Relation(..))) && list.iter().any(is_inequality) {
            if separators.iter().all(|s| *s == Separator::And) {
                return Ok(Answer::All(list));
            }
            if separators.iter().all(|s| *s == Separator::Or) {
                return Ok(Answer::Either(list));
            }
        }
        Ok(Answer::Several(flat(list)))
    }

    /// A comma, a semicolon, `and`, `or`, or a comma with one of these words.
    fn separator(&mut self) -> Option<Separator> {
        if self.peek() == Some(&Tok::Comma) && matches!(self.ahead(1), Some(Tok::Row | Tok::End)) {
            return None;
        }
        let comma = self.take(&Tok::Comma);
        if !comma && self.take(&Tok::Semicolon) {
            return Some(Separator::Semicolon);
        }
        if self.take(&Tok::And) {
            Some(Separator::And)
        } else if self.take(&Tok::Or) {
            Some(Separator::Or)
        } else {
            comma.then_some(Separator::Comma)
        }
    }

    /// An answer that is words alone.
    fn only_words(&mut self) -> Option<String> {
        if !matches!(self.peek(), Some(Tok::Word(_))) {
            return None;
        }
        let word = |t: &Tok| match t {
            Tok::Word(w) | Tok::Name(w) => Some(w.to_lowercase()),
            _ => None,
        };
        // Up to the end, or the brace of a box around them.
        let braces = self.tokens[self.at..].iter().rev().take_while(|t| t.kind == Tok::Close('{')).count();
        let end = self.tokens.len() - braces;
        let words: Option<Vec<String>> = self.tokens[self.at..end].iter().map(|t| word(&t.kind)).collect();
        let words = words.filter(|w| !w.is_empty())?;
        self.at = end;
        Some(words.join(" "))
    }

    fn entry(&mut self) -> Result<Answer> {
        if let Some(quantity) = self.compound() {
            return Ok(quantity);
        }
        let mut sides = vec![match self.function_name() {
            Some(name) => Answer::Value(Term::var(&name)),
            None => self.united()?,
        }];
        let mut relations = Vec::new();
        while let Some(Tok::Rel(r)) = self.peek() {
            if relations.len() > RELATIONS_MAX {
                return self.error("a shorter chain");
            }
            relations.push(*r);
            self.at += 1;
            sides.push(self.united()?);
        }
        if let Some(Tok::Modulo) = self.peek() {
            return self.congruence(&sides, &relations);
        }
        if relations.is_empty() && self.peek() == Some(&Tok::Colon) {
            let first = self.ratio(sides.remove(0))?;
            if !self.take(&Tok::Rel(Relation::Equal)) {
                return Ok(first);
            }
            let second = self.sum()?;
            let second = self.ratio(Answer::Value(second))?;
            return Ok(Answer::Relation(vec![first, second], vec![Relation::Equal]));
        }
        let answer = if relations.is_empty() { sides.remove(0) } else { Answer::Relation(sides, relations) };
        let answer = both_signs(answer);
        Ok(match self.unit() {
            Some((unit, end)) => {
                self.at = end;
                Answer::Unit(Box::new(answer), unit)
            }
            None => answer,
        })
    }

    /// `x ≡ 10 (mod 7)`, a letter or nothing before a number: the number by its residue, with the modulus as a unit.
    fn congruence(&mut self, sides: &[Answer], relations: &[Relation]) -> Result<Answer> {
        self.at += 1;
        let modulus = self.deeper(Parser::primary)?.rational().filter(|m| m.is_integer() && m > &BigRational::one());
        let number = |a: &Answer| match a {
            Answer::Value(t) => t.rational().filter(BigRational::is_integer),
            _ => None,
        };
        let (Some(modulus), Some(value)) = (modulus, sides.last().and_then(number)) else {
            return self.error("a number and a whole modulus");
        };
        let residue = Answer::Value(Term::Num(BigRational::from_integer(value.to_integer().mod_floor(&modulus.to_integer()))));
        let said = match (sides, relations) {
            ([_], []) => residue,
            ([name @ Answer::Value(Term::Var(_)), _], [Relation::Equal]) => {
                Answer::Relation(vec![name.clone(), residue], vec![Relation::Equal])
            }
            _ => return self.error("a letter before the congruence"),
        };
        Ok(Answer::Unit(Box::new(said), format!("modulo {modulus}")))
    }

    /// `1 hour 30 minutes`, consumed: quantities of one kind side by side, as one in the last unit.
    fn compound(&mut self) -> Option<Answer> {
        let (mut k, mut parts) = (0, Vec::new());
        while let Some(Tok::Number(n)) = self.ahead(k) {
            let t = self.tokens.get(self.at + k + 1)?;
            let name = match &t.kind {
                Tok::Word(w) => w.clone(),
                Tok::Name(w) if t.upright => w.clone(),
                Tok::Function(Func::Min) => "min".to_string(),
                _ => return None,
            };
            parts.push((n.clone(), Unit::parse(&name)?, name));
            k += 2;
        }
        let ends = matches!(self.ahead(k), None | Some(Tok::Comma | Tok::Semicolon | Tok::And | Tok::Or | Tok::Close(_)));
        let (_, last, name) = parts.last().filter(|_| ends && parts.len() > 1)?.clone();
        if parts.iter().any(|(_, u, _)| u.powers != last.powers) {
            return None;
        }
        self.at += k;
        let total: BigRational = parts.into_iter().map(|(n, u, _)| n * u.factor / &last.factor).sum();
        Some(Answer::Unit(Box::new(Answer::Value(Term::Num(total))), name))
    }

    /// `f(x) =`, of which the relation is left.
    fn function_name(&mut self) -> Option<String> {
        let Some(Tok::Name(f)) = self.peek() else { return None };
        let (mut name, mut k) = (f.clone(), 1);
        if self.ahead(k) == Some(&Tok::Sub) {
            let braced = self.ahead(k + 1) == Some(&Tok::Open('{'));
            k += 1 + usize::from(braced);
            name = format!("{name}_{}", plain_argument(self.ahead(k)?)?);
            k += 1 + usize::from(braced);
        }
        if self.ahead(k) != Some(&Tok::Open('(')) || self.tokens.get(self.at + k)?.spaced {
            return None;
        }
        let mut arguments = vec![plain_argument(self.ahead(k + 1)?)?];
        k += 2;
        while self.ahead(k) == Some(&Tok::Comma) {
            arguments.push(plain_argument(self.ahead(k + 1)?)?);
            k += 2;
        }
        (self.ahead(k) == Some(&Tok::Close('(')) && self.ahead(k + 1) == Some(&Tok::Rel(Relation::Equal))).then(|| {
            self.at += k + 1;
            format!("{name}({})", arguments.join(","))
        })
    }

    /// `3:4`
    fn ratio(&mut self, first: Answer) -> Result<Answer> {
        let Answer::Value(first) = first else { return self.error("a number before `:`") };
        let mut parts = vec![first];
        while self.take(&Tok::Colon) {
            parts.push(self.sum()?);
        }
        Ok(Answer::Ratio(parts))
    }

    /// Whether the letter at hand begins a unit that ends the answer: `5\text{ m}`.
    pub(super) fn symbol_of_unit(&self) -> bool {
        self.tokens.get(self.at).is_some_and(|t| t.upright) && self.unit().is_some()
    }

    /// The unit at hand and the place after it: words, or known symbols with powers and quotients.
    fn unit(&self) -> Option<(String, usize)> {
        let first = self.tokens.get(self.at)?;
        if !(matches!(first.kind, Tok::Word(_)) || matches!(first.kind, Tok::Name(_)) && first.upright) {
            return None;
        }
        let (mut text, mut words, mut end) = (String::new(), true, self.at);
        while let Some(t) = self.tokens.get(end) {
            match &t.kind {
                Tok::Word(w) => text = format!("{text} {w}"),
                // Behind a unit in words letters are units too: `km/h`.
                Tok::Name(n) if t.upright || matches!(first.kind, Tok::Word(_)) => {
                    words = false;
                    text = format!("{text} {n}");
                }
                Tok::Sup => text.push('^'),
                Tok::Minus => text.push('-'),
                Tok::Slash => text.push('/'),
                Tok::Times => text.push(' '),
                Tok::Open('{') | Tok::Close('{') => {}
                Tok::Number(n) if n.is_integer() && text.ends_with(['^', '-']) => text.push_str(&n.to_string()),
                Tok::Comma | Tok::Semicolon | Tok::And | Tok::Or | Tok::Close(_) => break,
                _ => return None,
            }
            words &= !matches!(t.kind, Tok::Sup | Tok::Minus | Tok::Slash | Tok::Times | Tok::Number(_));
            end += 1;
        }
        let text = text.trim().to_string();
        (words || known(&text)).then_some((text, end))
    }

    fn united(&mut self) -> Result<Answer> {
        let mut left = self.collection()?;
        loop {
            if self.take(&Tok::Union) {
                let right = self.collection()?;
                left = match left {
                    Answer::Union(mut parts) => {
                        parts.push(right);
                        Answer::Union(parts)
                    }
                    left => Answer::Union(vec![left, right]),
                };
            } else if self.take(&Tok::Meet) {
                left = Answer::Meet(Box::new(left), Box::new(self.collection()?));
            } else if self.take(&Tok::Without) {
                left = Answer::Without(Box::new(left), Box::new(self.collection()?));
            } else {
                return Ok(left);
            }
        }
    }

    /// A set, an interval, a tuple, a matrix or an expression.
    fn collection(&mut self) -> Result<Answer> {
        match self.peek() {
            Some(Tok::Open('S')) => self.deeper(Parser::set),
            Some(Tok::Empty) => {
                self.at += 1;
                Ok(Answer::Set(vec![]))
            }
            Some(Tok::Reals) => {
                self.at += 1;
                Ok(Answer::Reals)
            }
            Some(Tok::Cases) => self.cases(),
            Some(Tok::Open(b @ ('(' | '[' | '{' | '<'))) if self.holds_comma() => {
                let b = *b;
                self.listed(b)
            }
            Some(Tok::Open(b @ ('(' | '['))) if matches!(self.ahead(1), Some(Tok::Begin)) => {
                let b = *b;
                self.at += 1;
                let m = self.matrix().map(Answer::Matrix)?;
                self.expect(&Tok::Close(b), "the bracket that closes this one")?;
                Ok(m)
            }
            Some(Tok::Open('{')) if self.wraps_collection() => {
                self.at += 1;
                let inner = self.deeper(Parser::several)?;
                self.expect(&Tok::Close('{'), "`}`")?;
                Ok(inner)
            }
            _ if self.holds_matrix() => self.matrices(),
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

    /// `\{1, 2\}` and `\{x \mid x > 3\}`.
    fn set(&mut self) -> Result<Answer> {
        self.at += 1;
        if self.take(&Tok::Close('S')) {
            return Ok(Answer::Set(vec![]));
        }
        let Some(divider) = self.divider_ahead() else {
            let list = self.members()?;
            self.expect(&Tok::Close('S'), "`\\}`")?;
            return Ok(Answer::Set(list));
        };
        let outer = self.divider.replace(divider);
        let head = self.united()?;
        if !matches!(head, Answer::Value(Term::Var(_))) || self.take(&Tok::Rel(Relation::In)) && self.united()? != Answer::Reals {
            return self.error("a set of real numbers by its condition");
        }
        self.at += usize::from(self.at == divider);
        self.divider = outer;
        if self.at != divider + 1 {
            return self.error("a condition");
        }
        let condition = match self.several()? {
            Answer::Several(list) => Answer::All(list),
            one => one,
        };
        self.expect(&Tok::Close('S'), "`\\}`")?;
        Ok(condition)
    }

    /// The colon, or the first of an odd number of bars, of the set whose brace was taken.
    fn divider_ahead(&self) -> Option<usize> {
        let (mut depth, mut bars) = (0usize, Vec::new());
        for (k, t) in self.tokens.iter().enumerate().skip(self.at) {
            match &t.kind {
                Tok::Close(_) if depth == 0 => break,
                Tok::Open(_) => depth += 1,
                Tok::Close(_) => depth -= 1,
                Tok::Colon if depth == 0 => return Some(k),
                Tok::Bar if depth == 0 => bars.push(k),
                _ => {}
            }
        }
        bars.first().copied().filter(|_| bars.len() % 2 == 1)
    }

    /// Whether a matrix stands in this answer outside brackets.
    fn holds_matrix(&self) -> bool {
        let mut depth = 0usize;
        for t in &self.tokens[self.at..] {
            match &t.kind {
                Tok::Begin if depth == 0 => return true,
                Tok::Bar if depth == 0 => return false,
                Tok::Open(_) => depth += 1,
                Tok::Close(_) if depth == 0 => return false,
                Tok::Close(_) => depth -= 1,
                Tok::Det | Tok::Determinant | Tok::Cases => return false,
                Tok::Comma | Tok::Semicolon | Tok::Rel(_) | Tok::Union | Tok::Amp | Tok::End if depth == 0 => return false,
                _ => {}
            }
        }
        false
    }

    /// A sum of matrices with numbers before them.
    fn matrices(&mut self) -> Result<Answer> {
        let mut total: Option<Vec<Vec<Term>>> = None;
        loop {
            let sign = match self.peek() {
                Some(Tok::Minus) => Term::int(-1),
                Some(Tok::Plus) => Term::int(1),
                _ if total.is_some() => break,
                _ => Term::int(1),
            };
            self.at += usize::from(matches!(self.peek(), Some(Tok::Minus | Tok::Plus)));
            let factor = if self.peek() == Some(&Tok::Begin) { None } else { Some(self.product()?) };
            if self.peek() != Some(&Tok::Begin) {
                return self.error("a matrix");
            }
            let mut rows = self.matrix_power()?;
            loop {
                self.take(&Tok::Times);
                if self.peek() != Some(&Tok::Begin) {
                    break;
                }
                let next = self.matrix_power()?;
                let Some(product) = times(&rows, &next) else { return self.error("matrices whose product exists") };
                rows = product;
            }
            if factor.is_some() || !sign.is_int(1) {
                let scale = Term::mul([vec![sign], factor.into_iter().collect()].concat());
                rows.iter_mut().flatten().for_each(|x| *x = Term::mul(vec![scale.clone(), x.clone()]));
            }
            let shape = |m: &[Vec<Term>]| (m.len(), m.first().map_or(0, Vec::len));
            total = Some(match total {
                None => rows,
                Some(before) if shape(&before) == shape(&rows) => {
                    let sum = |(a, b): (Vec<Term>, Vec<Term>)| a.into_iter().zip(b).map(|(x, y)| Term::add(vec![x, y])).collect();
                    before.into_iter().zip(rows).map(sum).collect()
                }
                Some(_) => return self.error("matrices of one shape"),
            });
        }
        Ok(Answer::Matrix(total.unwrap_or_default()))
    }

    /// A matrix with its transposition, inverse or small power.
    fn matrix_power(&mut self) -> Result<Vec<Vec<Term>>> {
        let rows = self.matrix()?;
        if matches!(self.peek(), Some(Tok::Transpose | Tok::Prime)) {
            self.at += 1;
            return Ok(transposed(&rows));
        }
        if !self.take(&Tok::Sup) {
            return Ok(rows);
        }
        let braced = usize::from(self.peek() == Some(&Tok::Open('{')));
        let upright = matches!(self.ahead(braced), Some(Tok::Transpose | Tok::Prime))
            || matches!(self.ahead(braced), Some(Tok::Name(t)) if t == "T");
        if upright && (braced == 0 || self.ahead(2) == Some(&Tok::Close('{'))) {
            self.at += 1 + 2 * braced;
            return Ok(transposed(&rows));
        }
        let exponent = self.script()?.rational().filter(BigRational::is_integer).and_then(|e| e.to_i64());
        let square = rows.len() == rows[0].len() && rows.len() <= super::primary::DETERMINANT_MAX;
        match exponent.filter(|_| square) {
            Some(-1) => Ok(inverse(&rows)),
            Some(e @ 1..=POWER_MAX) => {
                (1..e).try_fold(rows.clone(), |p, _| times(&p, &rows)).map_or_else(|| self.error("a square matrix"), Ok)
            }
            _ => self.error("a small power of a square matrix"),
        }
    }

    /// The rows of a matrix, whose first token is at hand.
    pub(super) fn matrix(&mut self) -> Result<Vec<Vec<Term>>> {
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
        Ok(rows)
    }

    /// `\begin{cases} x & x \ge 0 \\ -x & \text{otherwise} \end{cases}`
    fn cases(&mut self) -> Result<Answer> {
        self.at += 1;
        let mut pieces = Vec::new();
        while !self.take(&Tok::End) {
            let value = self.deeper(Parser::sum)?;
            self.take(&Tok::Comma);
            self.take(&Tok::Amp);
            let mut condition = None;
            match self.peek() {
                Some(Tok::Word(w)) if matches!(w.to_lowercase().as_str(), "otherwise" | "else") => self.at += 1,
                _ => {
                    while matches!(self.peek(), Some(Tok::Word(w)) if matches!(w.to_lowercase().as_str(), "if" | "for" | "when"))
                    {
                        self.at += 1;
                    }
                    condition = Some(self.deeper(Parser::several)?);
                }
            }
            self.take(&Tok::Comma);
            pieces.push((value, condition));
            if !self.take(&Tok::Row) && self.peek() != Some(&Tok::End) {
                return self.error("the end of a case");
            }
        }
        Ok(Answer::Cases(pieces))
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
        let mut list = vec![self.entry()?];
        while self.separator().is_some() {
            list.push(self.entry()?);
        }
        Ok(flat(list))
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
        if open == '['
            && !mixed
            && let Some(rows) = list.iter().map(row_of).collect::<Option<Vec<_>>>()
        {
            return Ok(Answer::Matrix(rows));
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
}

/// Longest chain of relations.
const RELATIONS_MAX: usize = 64;

/// Largest power of a matrix that is written out.
const POWER_MAX: i64 = 10;

fn transposed(rows: &[Vec<Term>]) -> Vec<Vec<Term>> {
    (0..rows[0].len()).map(|j| rows.iter().map(|r| r[j].clone()).collect()).collect()
}

fn times(a: &[Vec<Term>], b: &[Vec<Term>]) -> Option<Vec<Vec<Term>>> {
    let term = |x: &Term, y: &Term| Term::mul(vec![x.clone(), y.clone()]);
    let entry =
        |row: &Vec<Term>, j: usize| simplify(&Term::add(row.iter().zip(b).map(|(x, r)| term(x, &r[j])).collect::<Vec<_>>()));
    (a[0].len() == b.len()).then(|| a.iter().map(|row| (0..b[0].len()).map(|j| entry(row, j)).collect()).collect())
}

/// The inverse of a square matrix by its cofactors; where there is none its entries are undefined.
fn inverse(rows: &[Vec<Term>]) -> Vec<Vec<Term>> {
    let n = rows.len();
    let minor = |i: usize, j: usize| -> Vec<Vec<Term>> {
        let other = |k: &usize, at: usize| *k != at;
        (0..n).filter(|k| other(k, j)).map(|k| (0..n).filter(|l| other(l, i)).map(|l| rows[k][l].clone()).collect()).collect()
    };
    let whole = determinant(rows);
    let entry = |i: usize, j: usize| {
        let sign = Term::int(if (i + j).is_multiple_of(2) { 1 } else { -1 });
        Term::mul(vec![sign, determinant(&minor(i, j))]).over(whole.clone())
    };
    (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect()
}

/// A letter or a number, as an argument is written.
fn plain_argument(t: &Tok) -> Option<String> {
    match t {
        Tok::Name(n) => Some(n.clone()),
        Tok::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

/// `p = 5, q = 2; p = 7, q = 2` as `(p, q) = (5, 2), (p, q) = (7, 2)`.
fn groups(list: &[Answer], separators: &[Separator]) -> Option<Vec<Answer>> {
    let mixed = [Separator::Semicolon, Separator::Comma].iter().all(|s| separators.contains(s));
    if !mixed || separators.iter().any(|s| matches!(s, Separator::And | Separator::Or)) {
        return None;
    }
    let mut pairs: Vec<(Vec<Answer>, Vec<Answer>)> = vec![Default::default()];
    for (k, entry) in list.iter().enumerate() {
        let Answer::Relation(sides, relations) = entry else { return None };
        let ([name @ Answer::Value(Term::Var(_)), value], [Relation::Equal]) = (&sides[..], &relations[..]) else { return None };
        if k > 0 && separators[k - 1] == Separator::Semicolon {
            pairs.push(Default::default());
        }
        let (names, values) = pairs.last_mut()?;
        names.push(name.clone());
        values.push(value.clone());
    }
    pairs.windows(2).all(|w| w[0].0 == w[1].0).then(|| {
        let said = |(n, v)| Answer::Relation(vec![Answer::Tuple(n), Answer::Tuple(v)], vec![Relation::Equal]);
        pairs.into_iter().map(said).collect()
    })
}

/// `[1, 2]` as the row of a matrix.
fn row_of(a: &Answer) -> Option<Vec<Term>> {
    match a {
        Answer::Interval(x, false, y, false) => Some(vec![x.clone(), y.clone()]),
        Answer::List(list) => {
            list.iter().map(|x| if let Answer::Value(t) = x { Some(t.clone()) } else { None }).collect::<Option<Vec<_>>>()
        }
        _ => None,
    }
}

/// `x = 1, 2` as `x = 1, x = 2`; everything else as it is.
fn distributed(list: Vec<Answer>) -> Vec<Answer> {
    let Some((Answer::Relation(sides, relations), rest)) = list.split_first() else { return list };
    let plain =
        matches!(&relations[..], [Relation::Equal | Relation::NotEqual]) && matches!(&sides[0], Answer::Value(Term::Var(_)));
    let tuples = matches!((&relations[..], &sides[..]), ([Relation::Equal], [Answer::Tuple(_), Answer::Tuple(_)]))
        && rest.iter().all(|a| matches!(a, Answer::Tuple(_)));
    if !tuples && (!plain || !rest.iter().all(|a| matches!(a, Answer::Value(_)))) {
        return list;
    }
    let said = |a: &Answer| Answer::Relation(vec![sides[0].clone(), a.clone()], relations.clone());
    std::iter::once(list[0].clone()).chain(rest.iter().map(said)).collect()
}

/// Words that name a set, as that set.
fn said_in_words(words: String) -> Answer {
    match words.as_str() {
        "all real numbers" | "all reals" | "any real number" | "every real number" | "the real numbers" => Answer::Reals,
        _ => Answer::Text(words),
    }
}

/// Answers of which each may be several.
fn flat(list: Vec<Answer>) -> Vec<Answer> {
    list.into_iter()
        .flat_map(|a| match a {
            Answer::Several(inner) => inner,
            a => vec![a],
        })
        .collect()
}

/// Whether an answer says something else of its sides than that they are equal.
fn is_inequality(a: &Answer) -> bool {
    matches!(a, Answer::Relation(_, r) if r.iter().any(|r| *r != Relation::Equal))
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
