//! Tokens that stand for others, once their neighbours are seen: `]0, 1[`, `90 degrees`, `7.8 x 10^2`, `0.333…`.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;

use super::lexer::{Tok, Token};
use crate::language::Relation;

/// The tokens with each of these read as what it stands for.
pub(super) fn reread(tokens: Vec<Token>) -> Vec<Token> {
    repeating(intervals(signs_in_words(tokens)))
}

/// `28 percent`, `90 degrees`, `45^\text{o}`, `2 rad`, and the letter x between a number and a power of ten.
fn signs_in_words(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for (k, t) in tokens.iter().enumerate() {
        let after_value = out.last().is_some_and(|t| matches!(t.kind, Tok::Number(_) | Tok::Close(_) | Tok::Name(_) | Tok::Sup));
        let kind = match &t.kind {
            Tok::Word(w) if after_value => match w.to_lowercase().as_str() {
                "degrees" | "degree" | "deg" => Some(Tok::Degree),
                "percent" | "pct" | "per cent" => Some(Tok::Percent),
                "radians" | "radian" | "rad" => continue,
                _ => None,
            },
            Tok::Name(o) if o == "o" && t.upright && out.last().is_some_and(|t| t.kind == Tok::Sup) => {
                out.pop();
                Some(Tok::Degree)
            }
            // An ohm at the end behind a number, with its prefix: `4.7 kΩ`.
            Tok::Name(o) if o == "Omega" && k + 1 == tokens.len() => match out.last() {
                Some(Token { kind: Tok::Name(p), upright: true, .. }) if matches!(p.as_str(), "k" | "M" | "m") => {
                    let unit = format!("{p}Ω");
                    out.pop();
                    Some(Tok::Word(unit))
                }
                Some(Token { kind: Tok::Number(_), .. }) => Some(Tok::Word("Ω".into())),
                _ => None,
            },
            Tok::Name(x) if x == "x" && t.spaced => {
                let number = |t: Option<&Token>| matches!(t.map(|t| &t.kind), Some(Tok::Number(_)));
                let ten = |t: &Token| t.spaced && t.kind == Tok::Number(BigRational::from_integer(BigInt::from(10)));
                let power = tokens.get(k + 2).is_some_and(|t| t.kind == Tok::Sup);
                (number(out.last()) && tokens.get(k + 1).is_some_and(ten) && power).then_some(Tok::Times)
            }
            _ => None,
        };
        out.push(Token { kind: kind.unwrap_or_else(|| t.kind.clone()), ..t.clone() });
    }
    out
}

/// Brackets turned outwards leave an end out: `]0, 1[`, `[0, 1[`.
fn intervals(mut tokens: Vec<Token>) -> Vec<Token> {
    let mut depth = 0usize;
    for k in 0..tokens.len() {
        let ends = match tokens.get(k + 1).map(|t| &t.kind) {
            None => true,
            Some(t) => matches!(
                t,
                Tok::Union
                    | Tok::Meet
                    | Tok::Without
                    | Tok::Comma
                    | Tok::And
                    | Tok::Or
                    | Tok::Close('{')
                    | Tok::Rel(Relation::In)
            ),
        };
        match &tokens[k].kind {
            Tok::Close('[') if depth == 0 => {
                tokens[k].kind = Tok::Open('(');
                depth += 1;
            }
            Tok::Open('[') if depth > 0 && ends => {
                tokens[k].kind = Tok::Close('(');
                depth -= 1;
            }
            Tok::Open('(' | '[') => depth += 1,
            Tok::Close('(' | '[') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    tokens
}

/// Times that the last decimals must stand there before dots are taken to repeat them.
const REPEATS: usize = 3;

/// `0.333…` where the same decimals stand there three times.
fn repeating(mut tokens: Vec<Token>) -> Vec<Token> {
    let mut k = 0;
    while k + 1 < tokens.len() {
        if tokens[k + 1].kind == Tok::Dots
            && let Tok::Number(n) = &tokens[k].kind
            && let Some(value) = continued(n, tokens[k].digits)
        {
            tokens[k].kind = Tok::Number(value);
            tokens[k].digits = 0;
            tokens.remove(k + 1);
        }
        k += 1;
    }
    tokens
}

fn continued(n: &BigRational, digits: usize) -> Option<BigRational> {
    let ten = BigRational::from_integer(BigInt::from(10));
    let shifted = (n * num_traits::pow(ten.clone(), digits)).to_integer();
    let text = format!("{:0>digits$}", shifted.to_string());
    let decimals = text.get(text.len().checked_sub(digits)?..)?;
    (1..=digits / REPEATS).find_map(|block| {
        let last = decimals.get(digits - block..)?;
        let earlier = (2..=REPEATS).all(|r| decimals.get(digits - r * block..digits - (r - 1) * block) == Some(last));
        let last: BigInt = last.parse().ok().filter(|_| earlier)?;
        let nines = num_traits::pow(ten.clone(), block) - BigRational::one();
        Some(n + BigRational::from_integer(last) / (nines * num_traits::pow(ten.clone(), digits)))
    })
}
