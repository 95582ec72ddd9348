//! The part of the parser that reads whole answers: relations, sets, tuples, matrices, units, words.

use num_integer::Integer;
use num_rational::BigRational;
use num_traits::One;

use super::Answer;
use super::collections::flat;
use super::lexer::Tok;
use super::parser::{Parser, Result};
use super::units::{Unit, known};
use crate::algebra::term::{Func, Term};
use crate::language::{Order, Relation};

/// What stands between two answers.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Separator {
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
        if let Some(condition) = conditions(&list, &separators) {
            return Ok(condition);
        }
        Ok(Answer::Several(flat(list)))
    }

    /// A comma, a semicolon, `and`, `or`, or a comma with one of these words.
    pub(super) fn separator(&mut self) -> Option<Separator> {
        if self.peek() == Some(&Tok::Comma) && matches!(self.ahead(1), Some(Tok::Row | Tok::End)) {
            return None;
        }
        // `y = x^2 (x > 0)`
        if self.peek() == Some(&Tok::Open('(')) && self.holds_relation() {
            return Some(Separator::Comma);
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
        let said = words.join(" ");
        let lead = ["the answer is ", "answer is ", "the final answer is ", "answer "].iter().find_map(|l| said.strip_prefix(l));
        Some(lead.map_or(said.clone(), String::from))
    }

    pub(super) fn entry(&mut self) -> Result<Answer> {
        if let Some(quantity) = self.compound() {
            return Ok(quantity);
        }
        // `≈ 2.5`: of a quantity that is not named.
        if self.peek() == Some(&Tok::Rel(Relation::Approx)) && self.ahead(1).is_some() {
            self.at += 1;
            let sides = vec![Answer::Value(Term::var("≈")), self.united()?];
            return Ok(self.with_unit(Answer::Relation(sides, vec![Relation::Approx])));
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
                return Ok(self.with_unit(first));
            }
            let second = self.sum()?;
            let second = match self.ratio(Answer::Value(second))? {
                Answer::Ratio(parts) if parts.len() == 1 => Answer::Value(parts[0].clone()),
                ratio => ratio,
            };
            return Ok(Answer::Relation(vec![first, second], vec![Relation::Equal]));
        }
        let answer = if relations.is_empty() { sides.remove(0) } else { Answer::Relation(sides, relations) };
        Ok(self.with_unit(both_signs(answer)))
    }

    /// The answer with the unit that stands at hand, consumed.
    fn with_unit(&mut self, answer: Answer) -> Answer {
        match self.unit() {
            Some((unit, end)) => {
                self.at = end;
                multiplied(answer, unit)
            }
            None => answer,
        }
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
    pub(super) fn compound(&mut self) -> Option<Answer> {
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
        // `g^{-1}(x) =`
        if self.ahead(k) == Some(&Tok::Sup) {
            let braced = usize::from(self.ahead(k + 1) == Some(&Tok::Open('{')));
            let one = matches!(self.ahead(k + 2 + braced), Some(Tok::Number(n)) if n.is_one());
            if self.ahead(k + 1 + braced) != Some(&Tok::Minus) || !one {
                return None;
            }
            k += 3 + 2 * braced;
            name.push_str("^{-1}");
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
        let (mut text, mut words, mut end, mut depth) = (String::new(), true, self.at, 0usize);
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
                Tok::Open('{') => depth += 1,
                Tok::Close('{') if depth > 0 => depth -= 1,
                Tok::Reciprocal(Func::Cos) => text.push_str(" sec"),
                Tok::Number(n) if n.is_integer() && text.ends_with(['^', '-']) => text.push_str(&n.to_string()),
                Tok::Comma | Tok::Semicolon | Tok::And | Tok::Or | Tok::Close(_) => break,
                _ => return None,
            }
            // `beats/minute`: a quotient of things that are counted is a unit too.
            let quotient = t.kind == Tok::Slash && matches!(self.tokens.get(end + 1).map(|t| &t.kind), Some(Tok::Word(_)));
            words &= quotient || !matches!(t.kind, Tok::Sup | Tok::Minus | Tok::Slash | Tok::Times | Tok::Number(_));
            end += 1;
        }
        let text = text.trim().to_string();
        (words || known(&text)).then_some((text, end))
    }

    pub(super) fn united(&mut self) -> Result<Answer> {
        let mut left = self.collection()?;
        if matches!(self.peek(), Some(Tok::Union | Tok::Meet | Tok::Without)) {
            left = as_set(left);
        }
        loop {
            if self.take(&Tok::Union) {
                let right = as_set(self.collection()?);
                left = match left {
                    Answer::Union(mut parts) => {
                        parts.push(right);
                        Answer::Union(parts)
                    }
                    left => Answer::Union(vec![left, right]),
                };
            } else if self.take(&Tok::Meet) {
                left = Answer::Meet(Box::new(left), Box::new(as_set(self.collection()?)));
            } else if self.take(&Tok::Without) {
                left = Answer::Without(Box::new(left), Box::new(as_set(self.collection()?)));
            } else {
                return Ok(left);
            }
        }
    }

    /// Values by cases, or the relations of a system: `\begin{cases} x = 1 \\ y = 2 \end{cases}`.
    pub(super) fn cases_or_system(&mut self) -> Result<Answer> {
        let start = self.at;
        let cases = self.cases();
        if cases.is_ok() {
            return cases;
        }
        let stopped = std::mem::replace(&mut self.at, start + 1);
        let mut list = Vec::new();
        loop {
            match self.deeper(Parser::several) {
                Ok(a @ Answer::Relation(..)) => list.push(a),
                Ok(Answer::Several(v)) => list.extend(v),
                _ => break,
            }
            while matches!(self.peek(), Some(Tok::Row | Tok::Comma | Tok::Semicolon)) {
                self.at += 1;
            }
            if self.take(&Tok::End) {
                return Ok(Answer::Several(list));
            }
        }
        self.at = stopped;
        cases
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
                    let passed = |t: &Tok| match t {
                        Tok::Word(w) => matches!(w.to_lowercase().as_str(), "if" | "for" | "when" | "where"),
                        t => *t == Tok::Amp,
                    };
                    while self.peek().is_some_and(passed) {
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

    pub(super) fn order(&mut self, order: Order) -> Result<Answer> {
        self.at += 2;
        let inner = self.deeper(Parser::sum)?;
        self.expect(&Tok::Close('('), "`)`")?;
        Ok(Answer::Order(order, inner))
    }
}

/// `1.5 million`, `2 dozen eggs`: a word that counts belongs to the number.
fn multiplied(answer: Answer, unit: String) -> Answer {
    let (first, rest) = unit.split_once(' ').unwrap_or((&unit, ""));
    let times = match first.to_lowercase().as_str() {
        "dozen" => 12,
        "thousand" => 1000,
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        "trillion" => 1_000_000_000_000,
        _ => return Answer::Unit(Box::new(answer), unit),
    };
    match answer {
        Answer::Value(t) => {
            let value = Answer::Value(Term::mul(vec![t, Term::int(times)]));
            if rest.is_empty() { value } else { Answer::Unit(Box::new(value), rest.to_string()) }
        }
        other => Answer::Unit(Box::new(other), unit),
    }
}

/// `{1, 2}` beside a sign for sets is one.
fn as_set(a: Answer) -> Answer {
    match a {
        Answer::Several(list) => Answer::Set(list),
        a => a,
    }
}

/// Longest chain of relations.
const RELATIONS_MAX: usize = 64;

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

/// `x > 1 and x < 3`, `x < 1 or (x > 2 and x < 3)`: one condition; `and` binds closer than `or`.
fn conditions(list: &[Answer], separators: &[Separator]) -> Option<Answer> {
    let inequality = |a: &Answer| is_inequality(a) || matches!(a, Answer::All(_) | Answer::Either(_));
    let condition = |a: &Answer| matches!(a, Answer::Relation(..) | Answer::All(_) | Answer::Either(_));
    let worded = separators.iter().all(|s| matches!(s, Separator::And | Separator::Or));
    if !worded || !list.iter().all(condition) || !list.iter().any(inequality) {
        return None;
    }
    let mut groups: Vec<Vec<Answer>> = vec![vec![list[0].clone()]];
    for (a, separator) in list[1..].iter().zip(separators) {
        match groups.last_mut() {
            Some(group) if *separator == Separator::And => group.push(a.clone()),
            _ => groups.push(vec![a.clone()]),
        }
    }
    let one = |mut v: Vec<Answer>| if v.len() == 1 { v.remove(0) } else { Answer::All(v) };
    let mut groups: Vec<Answer> = groups.into_iter().map(one).collect();
    Some(if groups.len() == 1 { groups.remove(0) } else { Answer::Either(groups) })
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
