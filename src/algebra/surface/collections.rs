//! Sets, intervals, tuples and lists in answers.

use super::Answer;
use super::lexer::Tok;
use super::parser::{Parser, Result};
use crate::algebra::term::Term;
use crate::language::{Order, Relation};

impl Parser<'_> {
    /// Whether braces hold a set, a matrix, a relation or a list: `\boxed{x = 2}`.
    pub(super) fn wraps_collection(&self) -> bool {
        let mut depth = 0usize;
        for (i, t) in self.tokens[self.at..].iter().enumerate() {
            match &t.kind {
                Tok::Open(_) => depth += 1,
                Tok::Close(_) => depth = depth.saturating_sub(1),
                Tok::Rel(_) | Tok::Union | Tok::PlusMinus | Tok::And | Tok::Or | Tok::Colon if depth == 1 => return true,
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

    /// Whether the bracket at hand holds a comma of its own.
    pub(super) fn holds_comma(&self) -> bool {
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

    pub(super) fn members(&mut self) -> Result<Vec<Answer>> {
        let mut list = vec![self.entry()?];
        while self.separator().is_some() {
            list.push(self.entry()?);
        }
        Ok(flat(list))
    }

    pub(super) fn listed(&mut self, open: char) -> Result<Answer> {
        self.at += 1;
        let list = self.deeper(Parser::members)?;
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
            if let [Answer::Value(low), Answer::Value(high)] = &list[..] {
                return Ok(Answer::Interval(low.clone(), open == '(', high.clone(), close == '('));
            }
            if mixed {
                return self.error("the ends of an interval");
            }
        }
        Ok(match open {
            // `[x = 1, y = 2]`
            '[' if list.iter().all(|a| matches!(a, Answer::Relation(..))) => Answer::Several(list),
            '[' => Answer::List(list),
            _ => Answer::Tuple(list),
        })
    }

    /// `\{1, 2\}` and `\{x \mid x > 3\}`.
    pub(super) fn set(&mut self, brace: char) -> Result<Answer> {
        self.at += 1;
        if self.take(&Tok::Close(brace)) {
            return Ok(Answer::Set(vec![]));
        }
        let Some(divider) = self.divider_ahead() else {
            let list = self.members()?;
            self.expect(&Tok::Close(brace), "`\\}`")?;
            return Ok(Answer::Set(list));
        };
        let outer = self.divider.replace(divider);
        let head = self.united()?;
        let Answer::Value(Term::Var(letter)) = head else { return self.error("a letter") };
        if self.take(&Tok::Rel(Relation::In)) && self.united()? != Answer::Reals {
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
        if !speaks_of(&condition, &letter.name) {
            return self.error("a condition on the set's letter");
        }
        self.expect(&Tok::Close(brace), "`\\}`")?;
        Ok(condition)
    }

    /// Whether the plain braces at hand hold a set by its condition: `{x | x > 3}`.
    fn divides_set(&self) -> bool {
        matches!((self.ahead(1), self.ahead(2)), (Some(Tok::Name(_)), Some(Tok::Bar | Tok::Colon | Tok::Rel(Relation::In))))
            && self.holds_relation()
    }

    /// The colon, or the first of an odd number of bars, of the set whose brace was taken.
    pub(super) fn divider_ahead(&self) -> Option<usize> {
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

    /// A set, an interval, a tuple, a matrix or an expression.
    pub(super) fn collection(&mut self) -> Result<Answer> {
        match self.peek() {
            Some(Tok::Open('S')) => self.deeper(|p| p.set('S')),
            Some(Tok::Empty) => {
                self.at += 1;
                Ok(Answer::Set(vec![]))
            }
            Some(Tok::Reals) => {
                self.at += 1;
                Ok(Answer::Reals)
            }
            Some(Tok::Cases) => self.cases_or_system(),
            Some(Tok::Open('{')) if self.divides_set() => self.deeper(|p| p.set('{')),
            // Braces that LaTeX does not show only group: `{1, 2}` is `1, 2`.
            Some(Tok::Open('{')) if self.holds_comma() => {
                self.at += 1;
                let inner = self.deeper(Parser::several)?;
                self.expect(&Tok::Close('{'), "`}`")?;
                Ok(inner)
            }
            Some(Tok::Open(b @ ('(' | '[' | '<'))) if self.holds_comma() => {
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
            Some(Tok::Open('(')) if self.holds_relation() => {
                self.at += 1;
                let inner = self.deeper(Parser::several)?;
                self.expect(&Tok::Close('('), "`)`")?;
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
}

/// Whether a condition is one on the letter.
fn speaks_of(a: &Answer, letter: &str) -> bool {
    match a {
        Answer::Value(t) => t.mentions(letter),
        Answer::Relation(v, _) | Answer::All(v) | Answer::Either(v) => v.iter().any(|x| speaks_of(x, letter)),
        _ => false,
    }
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

/// Answers of which each may be several.
pub(super) fn flat(list: Vec<Answer>) -> Vec<Answer> {
    list.into_iter()
        .flat_map(|a| match a {
            Answer::Several(inner) => inner,
            a => vec![a],
        })
        .collect()
}
