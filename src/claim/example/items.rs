//! A sentence as words and whole expressions: what a reader of examples looks at.

use crate::claim::condition::value_before;
use crate::language::{Bracket, Expr, Options, Relation, Tok, Token, parse_chain};
use crate::span::Span;
use crate::world::World;

/// What stands at a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A word in lower case.
    Word(String),
    /// An expression.
    Math(Expr),
    /// A relation sign.
    Rel(Relation),
    /// `,` or a bracket around a remark.
    Comma,
    /// `:`
    Colon,
    /// `%`
    Percent,
    /// A semicolon, an arrow, a line's end.
    End,
    /// What is none of these.
    Other,
}

/// One of them with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub span: Span,
}

/// A reader that goes through a sentence item by item.
pub trait ByItems {
    /// The sentence.
    fn items(&self) -> &[Item];

    /// The word at a place.
    fn word(&self, at: usize) -> Option<&str> {
        match &self.items().get(at)?.kind {
            Kind::Word(w) => Some(w),
            _ => None,
        }
    }

    /// Whether one of these words stands there.
    fn is(&self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|w| words.contains(&w))
    }

    /// Whether these words stand there, one behind the other.
    fn are(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(k, w)| self.word(at + k) == Some(w))
    }

    /// After any of these words.
    fn skip(&self, mut at: usize, words: &[&str]) -> usize {
        while self.is(at, words) {
            at += 1;
        }
        at
    }

    /// The expression at a place.
    fn math(&self, at: usize) -> Option<&Expr> {
        match &self.items().get(at)?.kind {
            Kind::Math(e) => Some(e),
            _ => None,
        }
    }

    /// The relation sign at a place.
    fn relation(&self, at: usize) -> Option<Relation> {
        match self.items().get(at)?.kind {
            Kind::Rel(r) => Some(r),
            _ => None,
        }
    }

    /// Whether a comma stands there.
    fn comma(&self, at: usize) -> bool {
        matches!(self.items().get(at).map(|i| &i.kind), Some(Kind::Comma))
    }

    /// Whether a colon stands there.
    fn colon(&self, at: usize) -> bool {
        matches!(self.items().get(at).map(|i| &i.kind), Some(Kind::Colon))
    }

    /// Whether a sign parts clauses at a place.
    fn parts(&self, at: usize) -> bool {
        matches!(self.items().get(at).map(|i| &i.kind), Some(Kind::Comma | Kind::End | Kind::Colon))
    }
}

/// The items of a sentence.
pub fn items(world: &World, tokens: &[Token], text: &str) -> Vec<Item> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let kind = match &token.kind {
            Tok::Word(w) => Some(Kind::Word(w.to_lowercase())),
            _ if writer(tokens, at) => Some(Kind::Word("i".into())),
            Tok::Rel(r) => Some(Kind::Rel(*r)),
            Tok::Comma => Some(Kind::Comma),
            Tok::Colon => Some(Kind::Colon),
            Tok::Percent => Some(Kind::Percent),
            Tok::Semicolon | Tok::Gap | Tok::Stop | Tok::Implies => Some(Kind::End),
            Tok::Unknown(_) => Some(Kind::Other),
            Tok::Close(_) => Some(Kind::Comma),
            Tok::Open(Bracket::Round | Bracket::Square) if remark(&tokens[at..]) => Some(Kind::Comma),
            _ => None,
        };
        if let Some(kind) = kind {
            out.push(Item { kind, span: token.span });
            at += 1;
            continue;
        }
        let end = run(tokens, at);
        let (next, kind) = parsed(world, tokens, at..end, text).unwrap_or((end, Kind::Other));
        out.push(Item { kind, span: token.span.to(tokens[next - 1].span) });
        at = next;
    }
    out
}

/// Where a run of mathematics ends that begins at `start`.
fn run(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0usize;
    let mut at = start;
    while at < tokens.len() {
        match tokens[at].kind {
            Tok::Word(_) | Tok::Rel(_) | Tok::Stop | Tok::Semicolon | Tok::Implies | Tok::Unknown(_) => break,
            Tok::Comma | Tok::Colon | Tok::Gap | Tok::Percent if depth == 0 => break,
            // "weight of v_a 0.119": nobody writes a factor behind its vector.
            Tok::Number(_) if depth == 0 && at > start && tokens[at].spaced && !tokens[at].math && name_before(tokens, at) => {
                break;
            }
            _ if depth == 0 && at > start && writer(tokens, at) => break,
            // "n = 20, β = 6 v_a has": the number is the value of the letter before it.
            Tok::Name(_) if depth == 0 && at == start + 1 && value_before(&tokens[..at], &tokens[at]) => break,
            Tok::Open(_) => depth += 1,
            Tok::Close(_) if depth == 0 => break,
            Tok::Close(_) => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    at.max(start + 1)
}

/// "scores 2 and 1.5 I get": the writer, no identity matrix.
fn writer(tokens: &[Token], at: usize) -> bool {
    let verb = tokens.get(at + 1).and_then(Token::word);
    tokens[at].is_name("I")
        && !tokens[at].math
        && verb.is_some_and(|w| matches!(w.as_str(), "get" | "got" | "find" | "obtain" | "have"))
}

fn name_before(tokens: &[Token], at: usize) -> bool {
    matches!(tokens[at - 1].kind, Tok::Name(_))
}

/// Whether a bracket holds words or a relation: a remark, no factor.
fn remark(tokens: &[Token]) -> bool {
    let mut depth = 0usize;
    for token in tokens {
        match token.kind {
            Tok::Open(_) => depth += 1,
            Tok::Close(_) => {
                depth -= 1;
                if depth == 0 {
                    return false;
                }
            }
            Tok::Rel(_) | Tok::Word(_) => return true,
            _ => {}
        }
    }
    true
}

/// The longest beginning of a run that is one expression; it may end only where space was left.
fn parsed(world: &World, tokens: &[Token], range: std::ops::Range<usize>, text: &str) -> Option<(usize, Kind)> {
    let parts = |end: &usize| *end == range.end || tokens[*end].spaced || tokens[*end].math != tokens[*end - 1].math;
    (range.start + 1..=range.end).rev().filter(parts).find_map(|end| {
        let chain = parse_chain(&tokens[range.start..end], text, &world.lexicon, Options::default()).ok()?;
        let [operand] = chain.operands.as_slice() else { return None };
        Some((end, Kind::Math(operand.expr.clone())))
    })
}
