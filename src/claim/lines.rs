//! Ends of lines: where one ends a sentence without a full stop, where it parts two relations, and where it is white space.

use crate::language::{Relation, Tok, Token};

/// Words and numbers before the colon of a line's heading, at most.
const HEADING_MAX: usize = 5;

/// A line break in running text parts two relations; elsewhere it is white space.
pub fn line_breaks(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        at += 1;
        if !is_line_end(token) {
            out.push(token.clone());
            continue;
        }
        let line = &tokens[at..];
        let next = line[..formula_end(line)].iter();
        // "scores head 2: …": a line with a heading of its own begins anew.
        let headed = headed_line(line);
        let relation_first = matches!(line.first().map(|t| &t.kind), Some(Tok::Rel(_)));
        let listed = headed && headed_line(last_line(&tokens[..at - 1]));
        let ended = matches!(out.last().map(|t| &t.kind), Some(Tok::Number(_))) || short_line(last_line(&tokens[..at - 1]));
        let clause = ended && new_clause(&out, line);
        if case_heading(line) && !relation_first || new_sentence(&out, line) || listed || clause {
            // "s > 1: c ≈ v_a" at the beginning of a line says nothing of the line before.
            out.push(Token { kind: Tok::Stop, ..token.clone() });
        } else if line.first().is_some_and(|t| t.kind == Tok::Rel(Relation::Tends))
            && next.clone().skip(1).any(|t| matches!(t.kind, Tok::Rel(_)))
        {
            // "→ M = A A^T": an arrow that opens a line concludes.
            out.push(Token { kind: Tok::Implies, ..line[0].clone() });
            at += 1;
        } else if headed || !relation_first && next.clone().any(|t| matches!(t.kind, Tok::Rel(_))) {
            out.push(Token { kind: Tok::Gap, ..token.clone() });
        }
    }
    out
}

/// Characters of a line that its writer ended, where running text would go on.
const SHORT_LINE: usize = 50;

fn short_line(line: &[Token]) -> bool {
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return false };
    last.span.end.saturating_sub(first.span.start) <= SHORT_LINE
}

/// "t ≈ 0.12", and in the next line "x is never …" or "weight of v_b is …": notes without full stops.
fn new_clause(before: &[Token], line: &[Token]) -> bool {
    const NOUNS: &[&str] =
        &["weight", "weights", "score", "scores", "variance", "mean", "head", "key", "keys", "output", "std", "sum", "noise"];
    const VERBS: &[&str] = &["is", "are", "has", "have", "gets", "get", "goes", "never", "always", "stays", "becomes", "lies"];
    let over = before.last().is_some_and(|t| matches!(t.kind, Tok::Name(_) | Tok::Number(_) | Tok::Close(_) | Tok::Percent));
    let verb = |t: &Token| t.word().is_some_and(|w| VERBS.contains(&w.as_str()));
    let of = |t: &Token| t.word().is_some_and(|w| w == "of");
    let named = matches!(line, [name, verb_, ..] if matches!(name.kind, Tok::Name(_)) && verb(verb_));
    let noun = line.first().and_then(Token::word).is_some_and(|w| NOUNS.contains(&w.as_str()));
    let said = line.get(1).is_some_and(|t| verb(t) || of(t));
    over && (named || noun && said)
}

/// Whether a line begins with words and a colon.
fn headed_line(line: &[Token]) -> bool {
    let heading = line.iter().take(HEADING_MAX).position(|t| t.kind == Tok::Colon);
    heading.is_some_and(|n| n > 0 && line[..n].iter().all(|t| matches!(t.kind, Tok::Word(_) | Tok::Number(_))))
}

/// The last line of tokens.
fn last_line(tokens: &[Token]) -> &[Token] {
    &tokens[tokens.iter().rposition(is_line_end).map_or(0, |i| i + 1)..]
}

/// Where the mathematics ends with which a line begins: commas in brackets belong to it.
fn formula_end(line: &[Token]) -> usize {
    let mut depth = 0usize;
    for (i, token) in line.iter().enumerate() {
        match token.kind {
            Tok::Open(_) => depth += 1,
            Tok::Close(_) => depth = depth.saturating_sub(1),
            Tok::Comma if depth > 0 => {}
            Tok::Word(_) | Tok::Comma | Tok::Colon | Tok::Stop | Tok::Unknown(_) => return i,
            _ => {}
        }
    }
    line.len()
}

fn is_line_end(token: &Token) -> bool {
    token.kind == Tok::Unknown("\n".into())
}

/// Words with which a sentence begins, and no line that goes on with the one before.
const BEGIN: &[&str] = &[
    "If",
    "At",
    "For",
    "When",
    "With",
    "Then",
    "So",
    "Hence",
    "Thus",
    "Therefore",
    "But",
    "Since",
    "Because",
    "In",
    "On",
    "The",
    "This",
    "It",
    "We",
    "Now",
    "Here",
    "Note",
    "Also",
    "And",
    "As",
    "Given",
    "Let",
    "Suppose",
    "Assume",
    "Take",
    "Case",
    "Each",
    "Every",
    "Both",
    "Some",
    "All",
    "One",
    "These",
    "That",
    "There",
    "Without",
    "Check",
    "My",
    "Our",
    "I",
];

/// Words behind which a sentence goes on in the next line.
const GOES_ON: &[&str] = &[
    "and", "or", "that", "the", "a", "an", "of", "is", "are", "for", "with", "since", "because", "to", "by", "in", "on", "at",
    "as", "if", "when", "where", "than", "so", "then", "we", "but", "which", "from", "be", "has", "have",
];

/// Whether a line of mathematics is over and the next one begins a sentence, full stop or not.
fn new_sentence(before: &[Token], line: &[Token]) -> bool {
    let start = before.iter().rposition(|t| matches!(t.kind, Tok::Stop)).map_or(0, |i| i + 1);
    let related = before[start..].iter().any(|t| matches!(t.kind, Tok::Rel(_)));
    let over = before.last().is_some_and(|t| match &t.kind {
        Tok::Name(_) | Tok::Number(_) | Tok::Close(_) | Tok::Transpose | Tok::Percent => true,
        Tok::Word(w) => !GOES_ON.contains(&w.to_lowercase().as_str()),
        _ => false,
    });
    let bracket = usize::from(line.first().is_some_and(|t| matches!(t.kind, Tok::Open(_))));
    let begins = matches!(line.get(bracket).map(|t| &t.kind), Some(Tok::Word(w)) if BEGIN.contains(&w.as_str()));
    related && over && begins
}

/// Whether a line begins with a short relation and a colon.
fn case_heading(line: &[Token]) -> bool {
    const TOKENS_MIN: usize = 3;
    const TOKENS_MAX: usize = 8;
    let ends = |t: &Token| matches!(t.kind, Tok::Colon | Tok::Implies | Tok::Rel(Relation::Tends));
    let colon = line.iter().take(TOKENS_MAX + 1).position(ends);
    let relation = |n: usize| line[..n].iter().filter(|t| matches!(t.kind, Tok::Rel(_))).count() == 1;
    let plain = |t: &Token| !matches!(t.kind, Tok::Word(_) | Tok::Comma | Tok::Stop | Tok::Semicolon | Tok::Unknown(_));
    colon.is_some_and(|n| n >= TOKENS_MIN && relation(n) && line[..n].iter().all(plain))
}
