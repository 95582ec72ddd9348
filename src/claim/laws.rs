//! Laws in words: "X is normal with mean 1 and standard deviation 0.7" as `X ~ N(1, 0.7^2)`, "X is practically never negative (8 %)" as
//! a probability, "X comes out as 0.3" as `X is 0.3`.

use super::phrases::{boundary, made, word, words_are};
use super::verbs::operand_start;
use crate::language::{Bracket, Relation, Tok, Token};
use crate::span::Span;

/// Replaces such words.
pub fn laws(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        if let Some((end, law)) = normal(&tokens, at) {
            out.extend(law);
            at = end;
        } else if let Some(end) = comes_out(&tokens, at) {
            let span = tokens[at].span.to(tokens[end - 1].span);
            out.push(Token { kind: Tok::Word("is".into()), span, ..tokens[at].clone() });
            at = end;
        } else if let Some((end, event)) = rarely(&tokens, at, &out) {
            let start = out.iter().rposition(boundary).map_or(0, |i| i + 1);
            let subject = out.split_off(start);
            let first = subject.first().map_or(0, |t| t.span.start);
            out.push(made(Tok::Function("P"), Span::new(first, first)));
            out.push(made(Tok::Open(Bracket::Round), Span::new(first, first)));
            out.extend(subject);
            out.extend(event);
            at = end;
        } else {
            out.push(tokens[at].clone());
            at += 1;
        }
    }
    out
}

/// "is normally distributed with mean A and variance B", from the verb on: where it ends, and `~ N(A, B)`.
fn normal(tokens: &[Token], at: usize) -> Option<(usize, Vec<Token>)> {
    let mut next = at;
    let skip = |words: &[&str], next: &mut usize| {
        let found = word(tokens, *next).is_some_and(|w| words.contains(&w.as_str()));
        *next += usize::from(found);
        found
    };
    if !skip(&["is", "are", "was"], &mut next) {
        return None;
    }
    while skip(&["distributed", "approximately", "then", "a", "still", "now", "also"], &mut next) {}
    if !skip(&["normal", "normally", "gaussian"], &mut next) {
        return None;
    }
    while skip(&["distributed", "variable", "number", "with", "a", "an"], &mut next) {}
    if !skip(&["mean", "expectation"], &mut next) {
        return None;
    }
    skip(&["of"], &mut next);
    let (mean, after) = value(tokens, next)?;
    next = after;
    if !skip(&["and"], &mut next) {
        return None;
    }
    skip(&["a"], &mut next);
    let squared = match () {
        () if words_are(tokens, next, &["standard", "deviation"]) => {
            next += 2;
            true
        }
        () if skip(&["variance"], &mut next) => false,
        () if skip(&["std", "sd", "deviation"], &mut next) => true,
        () => return None,
    };
    skip(&["of"], &mut next);
    let (spread, end) = value(tokens, next)?;
    let verb = tokens[at].span.to(tokens[at + 1].span);
    let here = Span::new(verb.end, verb.end);
    let close = Span::new(tokens[end - 1].span.end, tokens[end - 1].span.end);
    let mut law =
        vec![made(Tok::Rel(Relation::Tilde), verb), made(Tok::Name("N".into()), here), made(Tok::Open(Bracket::Round), here)];
    law.extend_from_slice(mean);
    law.push(made(Tok::Comma, Span::new(spread[0].span.start, spread[0].span.start)));
    if squared {
        law.push(made(Tok::Open(Bracket::Round), Span::new(spread[0].span.start, spread[0].span.start)));
    }
    law.extend_from_slice(spread);
    if squared {
        law.extend([Tok::Close(Bracket::Round), Tok::Sup, Tok::Number("2".into())].map(|k| made(k, close)));
    }
    law.push(made(Tok::Close(Bracket::Round), close));
    Some((end, law))
}

/// A value: mathematics to the next word or pause.
fn value(tokens: &[Token], start: usize) -> Option<(&[Token], usize)> {
    let end = tokens[start..].iter().position(boundary).map_or(tokens.len(), |i| start + i);
    (end > start && operand_start(&tokens[start])).then(|| (&tokens[start..end], end))
}

/// "comes out as", "turns out to be" before a value.
fn comes_out(tokens: &[Token], at: usize) -> Option<usize> {
    const VERBS: &[&[&str]] =
        &[&["comes", "out", "as"], &["comes", "out", "at"], &["turns", "out", "to", "be"], &["happens", "to", "be"]];
    let verb = VERBS.iter().find(|v| words_are(tokens, at, v))?;
    let end = at + verb.len();
    tokens.get(end).is_some_and(operand_start).then_some(end)
}

/// "is practically never negative (2.3 %)" behind a number: where it ends, and the rest of `P(X < 0) ≈ 2.3 %`.
fn rarely(tokens: &[Token], at: usize, out: &[Token]) -> Option<(usize, Vec<Token>)> {
    const HOW: &[&str] =
        &["practically", "almost", "never", "hardly", "rarely", "seldom", "ever", "only", "sometimes", "very", "nearly"];
    if !matches!(word(tokens, at)?.as_str(), "is" | "gets" | "becomes")
        || !matches!(out.last()?.kind, Tok::Name(_) | Tok::Close(_))
    {
        return None;
    }
    let start = (at + 1..tokens.len()).find(|i| !word(tokens, *i).is_some_and(|w| HOW.contains(&w.as_str())))?;
    let relation = match word(tokens, start)?.as_str() {
        "negative" => Relation::Less,
        "positive" => Relation::Greater,
        _ => return None,
    };
    let [open, number, percent, close, ..] = tokens.get(start + 1..)? else { return None };
    let share = open.kind == Tok::Open(Bracket::Round)
        && matches!(number.kind, Tok::Number(_))
        && percent.kind == Tok::Percent
        && close.kind == Tok::Close(Bracket::Round);
    if !share || start == at + 1 {
        return None;
    }
    let sign = made(Tok::Rel(relation), tokens[at].span.to(tokens[start].span));
    let zero = made(Tok::Number("0".into()), Span::new(sign.span.end, sign.span.end));
    let end = made(Tok::Close(Bracket::Round), zero.span);
    let about = made(Tok::Rel(Relation::Approx), open.span);
    Some((start + 5, vec![sign, zero, end, about, number.clone(), percent.clone()]))
}
