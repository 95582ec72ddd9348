//! Moments in words: "the variance of X" as `Var(X)`.

use super::phrases::{boundary, clean_before, made, word, words_are};
use super::verbs::{operand_start, relation};
use crate::language::{Bracket, Tok, Token};
use crate::span::Span;

/// Nouns for moments, with the function that each is.
const MOMENTS: &[(&[&str], &str)] = &[
    (&["variance"], "Var"),
    (&["standard", "deviation"], "Std"),
    (&["std"], "Std"),
    (&["sd"], "Std"),
    (&["stdev"], "Std"),
    (&["expected", "value"], "E"),
    (&["expectation"], "E"),
    (&["trace", "of", "the", "covariance"], "Var"),
    (&["trace", "of", "the", "covariance", "matrix"], "Var"),
];

pub(super) fn moment_noun(tokens: &[Token], at: usize) -> Option<(usize, &'static str)> {
    MOMENTS
        .iter()
        .filter(|(words, _)| words_are(tokens, at, words))
        .map(|(words, f)| (at + words.len(), *f))
        .max_by_key(|(end, _)| *end)
}

/// Behind the noun of "(the variance of) the weight α_a".
fn past_apposition(tokens: &[Token], at: usize) -> usize {
    const NOUNS: &[&str] = &["the", "our", "this", "weight", "score", "output", "factor", "key", "vector", "random", "variable"];
    let end = (at..tokens.len()).find(|i| !word(tokens, *i).is_some_and(|w| NOUNS.contains(&w.as_str()))).unwrap_or(at);
    // "the variance of the score a": a letter that only names a key is no operand.
    let named = matches!(tokens.get(end).map(|t| &t.kind), Some(Tok::Name(_)))
        && !tokens.get(end + 1).is_some_and(|t| t.kind == Tok::Sub);
    if end > at && named { at } else { end }
}

/// "the variance of X" as `Var(X)`.
pub(super) fn moments(tokens: Vec<Token>, loose: &mut Vec<Span>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let found =
            moment_noun(&tokens, at).filter(|(end, _)| word(&tokens, *end).as_deref() == Some("of")).and_then(|(end, f)| {
                let start = past_apposition(&tokens, end + 1);
                let stop = tokens[start..].iter().position(boundary).map_or(tokens.len(), |n| start + n);
                (stop > start && operand_start(&tokens[start]) && relation(&tokens, stop).is_some()).then_some((f, start, stop))
            });
        let Some((f, start, stop)) = found else {
            out.push(tokens[at].clone());
            at += 1;
            continue;
        };
        let head = tokens[at].span.to(tokens[start - 1].span);
        if !clean_before(&out) {
            loose.push(head);
        }
        let end = Span::new(tokens[stop - 1].span.end, tokens[stop - 1].span.end);
        out.push(made(Tok::Function(f), head));
        out.push(made(Tok::Open(Bracket::Round), Span::new(head.end, head.end)));
        out.extend_from_slice(&tokens[start..stop]);
        out.push(made(Tok::Close(Bracket::Round), end));
        at = stop;
    }
    out
}
