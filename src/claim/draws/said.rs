//! What a clause about draws says, and the small steps with which clauses are read.

use super::super::phrases::{boundary, made, word};
use super::super::verbs::APPROXIMATE;
use super::Memory;
use crate::language::{Bracket, Relation, Tok, Token, lex};
use crate::span::Span;
use crate::world::World;

/// One relation that a clause says.
pub struct Said {
    pub left: Vec<Token>,
    pub relation: Relation,
    pub right: Vec<Token>,
    /// The event whose probability it is.
    pub event: Option<Vec<Token>>,
    /// The quantity that it is about.
    pub quantity: Option<Vec<Token>>,
    /// Whether the reading is not certain.
    pub tentative: bool,
    /// Whether it means values that are close only in the limit.
    pub in_limit: bool,
    /// What the right side is compared with in its turn.
    pub third: Option<(Relation, Vec<Token>)>,
}

impl Said {
    /// A relation that names neither an event nor a quantity.
    pub fn of(left: Vec<Token>, relation: Relation, right: Vec<Token>, sure: bool) -> Self {
        Said { left, relation, right, event: None, quantity: None, tentative: !sure, in_limit: false, third: None }
    }
}

/// A clause with what came before it.
pub struct Clause<'a> {
    pub tokens: &'a [Token],
    pub world: &'a World,
    pub memory: &'a Memory,
}

/// The relations as tokens. Each left side takes a clause's place, so that the statement's span is of the clause: of several
/// relations each has its share of the clause's words.
pub fn tokens(said: Vec<Said>, clause: &[Token]) -> Vec<Token> {
    let mut out = Vec::new();
    let (Some(first), Some(last)) = (clause.first(), clause.last()) else { return out };
    let count = said.len();
    // Of fewer words than relations the last ones have none of their own.
    let begins = |i: usize| clause.get(i * clause.len() / count.max(1)).map_or(last.span.end, |t| t.span.start);
    for (i, s) in said.into_iter().enumerate() {
        let start = if i == 0 { first.span.start } else { begins(i) };
        let end = if i + 1 == count { last.span.end } else { begins(i + 1) };
        let place = |tokens: Vec<Token>, span: Span| tokens.into_iter().map(move |t| Token { span, math: true, ..t });
        if i > 0 {
            out.push(Token { kind: Tok::Comma, span: Span::new(start, start), spaced: true, math: false });
        }
        out.extend(place(s.left, Span::new(start, end)));
        out.push(made(Tok::Rel(s.relation), Span::new(end, end)));
        out.extend(place(s.right, Span::new(end, end)));
        if let Some((relation, third)) = s.third {
            out.push(made(Tok::Rel(relation), Span::new(end, end)));
            out.extend(place(third, Span::new(end, end)));
        }
    }
    out
}

/// Mathematics in plain notation as tokens.
pub fn plain(text: &str, world: &World) -> Vec<Token> {
    lex(text, 0, true, &world.lexicon)
}

/// `f(inner)`.
pub fn applied(f: &'static str, inner: &[Token]) -> Vec<Token> {
    let mut out = vec![made(Tok::Function(f), Span::default()), made(Tok::Open(Bracket::Round), Span::default())];
    out.extend_from_slice(inner);
    out.push(made(Tok::Close(Bracket::Round), Span::default()));
    out
}

fn ends_operand(token: &Token) -> bool {
    boundary(token) || token.kind == Tok::Dots
}

/// A run of mathematics without a relation, from `at`.
pub fn operand(tokens: &[Token], at: usize) -> Option<(usize, Vec<Token>)> {
    let mut depth = 0usize;
    let mut end = at;
    while let Some(token) = tokens.get(end) {
        match token.kind {
            Tok::Open(_) => depth += 1,
            Tok::Close(_) if depth == 0 => break,
            Tok::Close(_) => depth -= 1,
            _ if depth == 0 && ends_operand(token) => break,
            Tok::Word(_) | Tok::Stop | Tok::Rel(_) => return None,
            _ => {}
        }
        end += 1;
    }
    let some =
        tokens.get(at..end)?.iter().any(|t| matches!(t.kind, Tok::Name(_) | Tok::Number(_) | Tok::Function(_) | Tok::Infinity));
    (some && depth == 0).then(|| (end, tokens[at..end].to_vec()))
}

/// Where the operand before a relation begins.
pub fn operand_before(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0usize;
    let mut start = at;
    while start > 0 {
        let token = &tokens[start - 1];
        match token.kind {
            Tok::Close(_) => depth += 1,
            Tok::Open(_) if depth == 0 => break,
            Tok::Open(_) => depth -= 1,
            _ if depth == 0 && ends_operand(token) => break,
            _ => {}
        }
        start -= 1;
    }
    start
}

impl Clause<'_> {
    pub fn word(&self, at: usize) -> Option<String> {
        word(self.tokens, at)
    }

    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|w| words.contains(&w.as_str()))
    }

    /// After any of the words.
    pub fn skip(&self, mut at: usize, words: &[&str]) -> usize {
        while self.is(at, words) {
            at += 1;
        }
        at
    }

    /// After the words in their order, if they stand here.
    pub fn phrase(&self, at: usize, words: &str) -> Option<usize> {
        let mut end = at;
        for step in words.split_whitespace() {
            if !step.split('|').any(|s| self.word(end).as_deref() == Some(s)) {
                return None;
            }
            end += 1;
        }
        Some(end)
    }

    pub fn over(&self, at: usize) -> bool {
        at == self.tokens.len()
    }

    pub fn operand(&self, at: usize) -> Option<(usize, Vec<Token>)> {
        operand(self.tokens, at)
    }

    /// Adverbs before a value, and whether one makes it approximate.
    pub fn about(&self, mut at: usize) -> (usize, bool) {
        let mut about = false;
        loop {
            let approximate = self
                .word(at)
                .is_some_and(|w| APPROXIMATE.contains(&w.as_str()) || matches!(w.as_str(), "some" | "circa" | "ca" | "approx"));
            let sign = matches!(self.tokens.get(at).map(|t| &t.kind), Some(Tok::Rel(Relation::Approx | Relation::Tilde)));
            let neutral =
                self.is(at, &["only", "just", "exactly", "precisely", "still", "already", "now", "again", "even", "always"]);
            let close = self.phrase(at, "close to");
            if let Some(end) = close {
                (at, about) = (end, true);
            } else if approximate || sign {
                (at, about) = (at + 1, true);
            } else if neutral {
                at += 1;
            } else {
                return (at, about);
            }
        }
    }

    /// A quantity: mathematics, or the world's words for it.
    pub fn quantity(&self, at: usize) -> Option<(usize, Vec<Token>)> {
        let at = self.skip(at, &["the", "a", "its"]);
        let named = self.world.quantities.iter().filter(|q| !q.expression.trim_end().ends_with('='));
        let best = named
            .filter_map(|q| super::super::phrases::quantity_words(q, self.tokens, at, self.world))
            .max_by_key(|(end, _)| *end);
        let (end, text) = match best {
            Some((end, text)) => (end, plain(&text, self.world)),
            None => self.score_words(at).or_else(|| self.in_head(at)).or_else(|| self.operand(at))?,
        };
        // "k_a along μ_a": its length in that direction.
        match self.direction(end) {
            Some((after, letter)) if text.first().is_some_and(|t| t.is_name("k")) => {
                let key = said_index(&text)?;
                Some((after, plain(&format!("mu_{letter}^T k_{key}"), self.world)))
            }
            _ => Some((end, text)),
        }
    }

    /// "score of key a (in head 1)", "difference of the scores of a and b", "score k_b^T q_2".
    fn score_words(&self, at: usize) -> Option<(usize, Vec<Token>)> {
        let score = |letter: &str, query: &str| format!("k_{letter}^T {query}");
        let gap = [
            "difference of the scores of",
            "difference between the scores of",
            "difference of the two scores of",
            "score difference of",
            "score difference between",
            "difference in score between",
        ];
        if let Some(start) = gap.iter().filter_map(|w| self.phrase(at, w)).max() {
            let (middle, one) = self.letter(start)?;
            let (end, other) = self.letter(self.phrase(middle, "and")?)?;
            let (end, query) = self.query_named(end)?;
            return Some((end, plain(&format!("{} - {}", score(&one, &query), score(&other, &query)), self.world)));
        }
        let start = self.phrase(at, "score|logit|product").or_else(|| self.phrase(at, "dot product"))?;
        if let Some((end, letter)) = self.phrase(start, "of|for").and_then(|e| self.letter(e)) {
            let (end, query) = self.query_named(end)?;
            return Some((end, plain(&score(&letter, &query), self.world)));
        }
        // "the score k_b^T q_2": the noun of what follows.
        self.operand(start).filter(|(_, text)| text.iter().any(|t| t.is_name("k")) && text.iter().any(|t| t.is_name("q")))
    }

    /// "the output of the first head", "head 2".
    fn in_head(&self, at: usize) -> Option<(usize, Vec<Token>)> {
        let at = self.phrase(at, "output of").map_or(at, |e| self.skip(e, &["the"]));
        let heads = self.world.slots.len();
        let (end, head) = if self.is(at, &["first"]) && self.is(at + 1, &["head"]) {
            (at + 2, "1".to_string())
        } else if self.is(at, &["second"]) && self.is(at + 1, &["head"]) {
            (at + 2, "2".to_string())
        } else {
            match (self.is(at, &["head"]), self.tokens.get(at + 1).map(|t| &t.kind)) {
                (true, Some(Tok::Number(n))) if n == "1" || n == "2" => (at + 2, n.clone()),
                _ => return None,
            }
        };
        (heads == 2).then(|| (end, plain(&format!("c_{head}"), self.world)))
    }

    /// "along μ_a", "in the direction of μ_a".
    pub fn direction(&self, at: usize) -> Option<(usize, String)> {
        let end = ["along", "in the direction of", "in direction of", "in the direction", "in direction"]
            .iter()
            .filter_map(|w| self.phrase(at, w))
            .max()?;
        let end = self.skip(end, &["the", "mean"]);
        let (after, text) = self.operand(end)?;
        text.first().is_some_and(|t| t.is_name("mu")).then(|| said_index(&text).map(|l| (after, l))).flatten()
    }
}

/// The letter of `μ_a`.
pub fn said_index(tokens: &[Token]) -> Option<String> {
    match indexed(tokens)? {
        (_, Token { kind: Tok::Name(n), .. }) => Some(n.clone()),
        _ => None,
    }
}

/// A symbol with one index, `c_1`, `μₐ`, `ka`: the symbol's token and the index's.
pub fn indexed(tokens: &[Token]) -> Option<(&Token, &Token)> {
    match tokens {
        [head, Token { kind: Tok::Sub, .. }, index] => Some((head, index)),
        [head, Token { kind: Tok::Sub, .. }, open, index, close] => {
            let braces = matches!((&open.kind, &close.kind), (Tok::Open(_), Tok::Close(_)));
            braces.then_some((head, index))
        }
        // As people type it.
        [head, index] if !index.spaced => Some((head, index)),
        _ => None,
    }
    .filter(|(head, _)| matches!(head.kind, Tok::Name(_)))
}
