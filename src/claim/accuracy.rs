//! `10.0 out of 500.0: 2.0%` as a statement.

use super::statement::Body;
use crate::language::{Tok, Token};
use crate::span::Span;

/// A count, a total and a percentage in a row of tokens: where, and what they say.
pub fn find(tokens: &[Token], text: &str) -> Vec<(Span, Body)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match pattern(tokens, at).filter(|found| !ranged(tokens, found.0)) {
            Some((end, correct, total, percent, decimals)) => {
                let span = tokens[at].span.to(tokens[end - 1].span);
                let constant = quoted(text, tokens, at);
                found.push((span, Body::Accuracy { correct, total, percent, decimals, constant }));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// "from 1.1 % to 3.6 %": a range is no share.
fn ranged(tokens: &[Token], end: usize) -> bool {
    let joint = tokens.get(end).is_some_and(|t| t.word().is_some_and(|w| w == "to") || t.kind == Tok::Minus);
    joint && tokens.get(end + 1).is_some_and(|t| number(t).is_some())
}

/// Most words between a share and what it is of.
const WORDS_MAX: usize = 9;

fn wrong(token: &Token) -> bool {
    const WRONG: &[&str] = &["wrong", "false", "incorrect", "mistaken", "missed", "errors", "mistakes", "invented", "fabricated"];
    token.word().is_some_and(|w| WRONG.contains(&w.as_str()))
}

/// number, `out of` | `of` | `/`, number, some filler, number, `%`.
fn pattern(tokens: &[Token], at: usize) -> Option<(usize, f64, f64, f64, u32)> {
    let correct = number(tokens.get(at)?)?.0;
    let mut next = at + 1;
    let word = |i: usize, w: &str| tokens.get(i).and_then(Token::word).is_some_and(|x| x == w);
    if word(next, "out") && word(next + 1, "of") {
        next += 2;
    } else if word(next, "of") {
        next += 1;
    } else if word(next, "correct") && word(next + 1, "out") && word(next + 2, "of") {
        next += 3;
    } else if tokens.get(next)?.kind == Tok::Slash {
        next += 1;
    } else {
        return None;
    }
    let total = number(tokens.get(next)?)?.0;
    next += 1;
    for _ in 0..5 {
        let token = tokens.get(next)?;
        if let Some((percent, decimals)) = number(token) {
            let sign = tokens.get(next + 1)?;
            let percent_sign = sign.kind == Tok::Percent || sign.word().is_some_and(|w| w == "percent");
            // "120 of 500 right, 76 % of the answers are wrong": the share of the others.
            let ends = |t: &&Token| !matches!(t.kind, Tok::Comma | Tok::Stop | Tok::Semicolon | Tok::Number(_));
            // "41 of 500 = 8.2 %, standard errors": of no answers.
            let standard = |i: usize| i > 0 && tokens[i - 1].word().is_some_and(|w| w == "standard");
            let tail = tokens[next + 2..].iter().take_while(ends).take(WORDS_MAX).count();
            let of_others = (next + 2..next + 2 + tail).any(|i| wrong(&tokens[i]) && !standard(i));
            if of_ceiling(&tokens[next + 2..]) {
                return None;
            }
            let percent = if of_others && !tokens[at..next].iter().any(wrong) { 100.0 - percent } else { percent };
            return percent_sign.then_some((next + 2, correct, total, percent, decimals));
        }
        let filler = matches!(token.kind, Tok::Colon | Tok::Comma | Tok::Open(_) | Tok::Gap | Tok::Implies | Tok::Rel(_))
            || token.word().is_some_and(|w| {
                matches!(
                    w.as_str(),
                    "i.e"
                        | "ie"
                        | "so"
                        | "or"
                        | "is"
                        | "which"
                        | "that"
                        | "about"
                        | "are"
                        | "correct"
                        | "right"
                        | "gives"
                        | "correctly"
                        | "people"
                        | "names"
                        | "questions"
                        | "answers"
                        | "examples"
                        | "persons"
                        | "them"
                        | "were"
                        | "dev"
                        | "thus"
                        | "hence"
                        | "therefore"
                        | "accurate"
                        | "accuracy"
                )
            });
        if !filler {
            return None;
        }
        next += 1;
    }
    None
}

/// "is about 25.5 % of the cap": a part of what could be right at best, not of the questions.
fn of_ceiling(behind: &[Token]) -> bool {
    const NEAR: usize = 5;
    let word = |t: &Token, list: &[&str]| t.word().is_some_and(|w| list.contains(&w.as_str()));
    let of = behind.first().is_some_and(|t| word(t, &["of"]));
    of && behind.iter().take(NEAR).any(|t| word(t, CEILING))
}

/// What could be right at best.
const CEILING: &[&str] =
    &["cap", "ceiling", "maximum", "limit", "possible", "reachable", "attainable", "achievable", "best", "optimum"];

fn number(token: &Token) -> Option<(f64, u32)> {
    match &token.kind {
        Tok::Number(n) => Some((n.parse().ok()?, n.split_once('.').map_or(0, |(_, f)| f.len() as u32))),
        _ => None,
    }
}

/// The last words in quotation marks before the numbers, on the same line or the one before.
fn quoted(text: &str, tokens: &[Token], at: usize) -> Option<String> {
    let end = tokens[at].span.start;
    let start = text[..end].rfind(['\n', '.']).map_or(0, |i| i + 1);
    let line = &text[start.min(end)..end];
    let line = if line.trim().is_empty() { &text[..end] } else { line };
    let close = line.rfind(['"', '”', '\''])?;
    let open = line[..close].rfind(['"', '“', '\''])?;
    let inner = line[open..close].trim_matches(['"', '“', '”', '\'']);
    (!inner.is_empty() && inner.len() < 60).then(|| inner.to_string())
}
