//! A reader for answers of any subject: LaTeX as people and machines write it, Unicode, plain text.
//!
//! The language of statements ([`crate::language`]) knows attention's letters and running text;
//! this reader knows neither. It reads one answer (a number, an expression, a relation, a set, an
//! interval, a tuple, a matrix) whole, or says which token stopped it.

mod answers;
mod calculus;
mod collections;
mod dress;
mod functions;
mod geometry;
mod lexer;
mod matrices;
mod numbers;
mod parser;
mod primary;
mod progression;
mod sentence;
mod signs;
mod sums;
mod symbols;
mod tokens;
pub(super) mod units;

use super::term::Term;
use crate::language::{Order, Relation};

pub use tokens::TEXT_MAX;

/// Why a text was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// The byte at which reading stopped.
    pub at: usize,
    /// What was expected and what was found.
    pub message: String,
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at byte {}: {}", self.at, self.message)
    }
}

impl std::error::Error for ReadError {}

/// What an answer is.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// An expression.
    Value(Term),
    /// Terms with relations between neighbours (one fewer).
    Relation(Vec<Answer>, Vec<Relation>),
    /// Members in round brackets, in order; two of them may be the ends of an open interval.
    Tuple(Vec<Answer>),
    /// Members in square brackets, in order, other than two.
    List(Vec<Answer>),
    /// Members in no order, each once.
    Set(Vec<Answer>),
    /// Several answers separated by commas or `or`, in no order.
    Several(Vec<Answer>),
    /// The numbers between two ends; `true` where an end is left out.
    Interval(Term, bool, Term, bool),
    /// A union of intervals and sets.
    Union(Vec<Answer>),
    /// All real numbers.
    Reals,
    /// Rows of a matrix.
    Matrix(Vec<Vec<Term>>),
    /// A value with a word behind it, such as a unit.
    Unit(Box<Answer>, String),
    /// A growth order.
    Order(Order, Term),
    /// Conditions that hold together: `x > 1 and x < 3`.
    All(Vec<Answer>),
    /// Conditions of which one holds: `x < 1 or x > 3`.
    Either(Vec<Answer>),
    /// What two sets share.
    Meet(Box<Answer>, Box<Answer>),
    /// What is in the first set and not in the second.
    Without(Box<Answer>, Box<Answer>),
    /// `3:4`
    Ratio(Vec<Term>),
    /// Values with their conditions; `None` is every other place.
    Cases(Vec<(Term, Option<Answer>)>),
    /// Words, in small letters.
    Text(String),
}

/// An answer with what its reading had to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The answer.
    pub answer: Answer,
    /// The answer where `a/b c` is read as `a/(b c)` and `x1` as `x_1`, if that differs.
    pub greedy: Option<Answer>,
}

/// Reads one answer; every token is consumed.
///
/// # Errors
///
/// [`ReadError`] with the place and what was expected there.
pub fn parse_answer(text: &str) -> Result<Reading, ReadError> {
    parse_answer_with(text, false)
}

/// Reads one answer, a `log` without a base as natural or (`decimal`) to the base 10.
///
/// # Errors
///
/// [`ReadError`] with the place and what was expected there.
pub fn parse_answer_with(text: &str, decimal: bool) -> Result<Reading, ReadError> {
    let in_sentence = || sentence::answer(text).and_then(|t| read(&tokens::prepared(&t).ok()?, decimal).ok());
    if sentence::answers_in_boxes(text)
        && let Some(reading) = in_sentence()
    {
        return Ok(reading);
    }
    let whole = tokens::prepared(text).and_then(|t| read(&t, decimal));
    whole.or_else(|e| in_sentence().ok_or(e))
}

/// Reads a quantity whose unit is written like symbols: `9.8 m/s^2`.
///
/// # Errors
///
/// [`ReadError`] with the place and what was expected there.
pub(super) fn parse_quantity(text: &str) -> Result<Reading, ReadError> {
    let mut tokens = tokens::prepared(text)?;
    tokens.iter_mut().filter(|t| matches!(t.kind, lexer::Tok::Name(_))).for_each(|t| t.upright = true);
    read(&tokens, false)
}

fn read(tokens: &[lexer::Token], decimal: bool) -> Result<Reading, ReadError> {
    let answer = match parser::parse(tokens, false, decimal) {
        Ok(answer) => answer,
        // `|x||y|` is no norm.
        Err(e) if tokens.iter().any(|t| t.kind == lexer::Tok::DoubleBar) => {
            let single: Vec<lexer::Token> = tokens.iter().flat_map(|t| t.halves()).collect();
            return Ok(Reading { answer: parser::parse(&single, false, decimal).map_err(|_| e)?, greedy: None });
        }
        Err(e) => return Err(e),
    };
    let greedy = parser::parse(tokens, true, decimal).ok().filter(|g| *g != answer);
    Ok(Reading { answer, greedy })
}

/// Reads one expression.
///
/// # Errors
///
/// [`ReadError`], also where the text is more than one expression.
pub fn parse_term(text: &str) -> Result<Term, ReadError> {
    match parse_answer(text)?.answer {
        Answer::Value(t) => Ok(t),
        _ => Err(ReadError { at: 0, message: "expected one expression".into() }),
    }
}

/// Reads relations separated by commas or semicolons: `beta > 0, m <= l, A'A = I`.
///
/// # Errors
///
/// [`ReadError`], also where a part is no relation.
pub fn parse_relations(text: &str) -> Result<Vec<(Term, Relation, Term)>, ReadError> {
    let mut out = Vec::new();
    for part in text.split([',', ';']).filter(|p| !p.trim().is_empty()) {
        out.extend(parse_relations_whole(part)?);
    }
    Ok(out)
}

/// Reads one relation or chain of relations, pair by pair.
pub(super) fn parse_relations_whole(part: &str) -> Result<Vec<(Term, Relation, Term)>, ReadError> {
    let mut out = Vec::new();
    {
        let Answer::Relation(sides, relations) = parse_answer(part)?.answer else {
            return Err(ReadError { at: 0, message: format!("expected a relation, found `{}`", part.trim()) });
        };
        for (pair, relation) in sides.windows(2).zip(relations) {
            let [Answer::Value(l), Answer::Value(r)] = pair else {
                return Err(ReadError {
                    at: 0,
                    message: format!("expected expressions around the relation in `{}`", part.trim()),
                });
            };
            out.push((l.clone(), relation, r.clone()));
        }
    }
    Ok(out)
}
