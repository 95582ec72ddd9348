//! Tokens that stand for others, once their neighbours are seen: `]0, 1[`, `90 degrees`, `7.8 x 10^2`, `0.333…`.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;

use super::lexer::{Tok, Token};
use crate::algebra::term::Func;
use crate::language::Relation;

/// The tokens with each of these read as what it stands for.
pub(super) fn reread(tokens: Vec<Token>) -> Vec<Token> {
    repeating(intervals(angles(cases(bare_matrices(without_notes(currency(whole_numbers(signs_in_words(tokens)))))))))
}

/// `…, for any integer n` says what `…, n ∈ ℤ` does.
fn whole_numbers(mut tokens: Vec<Token>) -> Vec<Token> {
    let known = |w: &str| {
        w.split_whitespace().all(|w| {
            let w = w.to_lowercase();
            matches!(
                w.as_str(),
                "for" | "any" | "all" | "every" | "some" | "where" | "is" | "an" | "are" | "integer" | "integers" | "each"
            )
        })
    };
    let start = tokens.iter().rposition(|t| !matches!(&t.kind, Tok::Word(w) if known(w)) && !matches!(t.kind, Tok::Name(_)));
    // The words begin behind a comma, or the first word does.
    let from = match start {
        Some(k) => tokens[k + 1..].iter().position(|t| matches!(t.kind, Tok::Word(_))).map(|w| k + 1 + w),
        None => None,
    };
    let Some(from) = from else { return tokens };
    let from = if from > 0 && matches!(tokens[from - 1].kind, Tok::Name(_)) && from > 1 && tokens[from - 2].kind == Tok::Comma {
        from - 1
    } else {
        from
    };
    let tail = &tokens[from..];
    let said = tail.iter().any(|t| matches!(&t.kind, Tok::Word(w) if w.to_lowercase().contains("integer")));
    let names: Vec<&Token> = tail.iter().filter(|t| matches!(t.kind, Tok::Name(_))).collect();
    let [name] = names[..] else { return tokens };
    if !said || from == 0 {
        return tokens;
    }
    let sign = |kind| Token { kind, spaced: true, digits: 0, upright: false, at: name.at };
    let said = [sign(name.kind.clone()), sign(Tok::Rel(Relation::In)), sign(Tok::Name("ℤ".into()))];
    let comma = (tokens[from - 1].kind != Tok::Comma).then(|| sign(Tok::Comma));
    tokens.truncate(from);
    tokens.extend(comma.into_iter().chain(said));
    tokens
}

/// A sign of money stands behind its number: `£5` as `5 £`.
fn currency(mut tokens: Vec<Token>) -> Vec<Token> {
    for k in 1..tokens.len() {
        let money = matches!(&tokens[k - 1].kind, Tok::Word(w) if matches!(w.as_str(), "€" | "£" | "¥" | "₹"));
        if money && matches!(tokens[k].kind, Tok::Number(_)) && (k < 2 || !matches!(tokens[k - 2].kind, Tok::Number(_))) {
            tokens.swap(k - 1, k);
        }
    }
    tokens
}

/// `x = 2 (double root)`: how often a root counts is no part of its value.
fn without_notes(mut tokens: Vec<Token>) -> Vec<Token> {
    let counts = |w: &str| {
        matches!(w.to_lowercase().as_str(), "double" | "repeated" | "twice" | "multiplicity" | "double root" | "repeated root")
    };
    let mut k = 0;
    while k < tokens.len() {
        let words = tokens[k + 1..].iter().take_while(|t| matches!(t.kind, Tok::Word(_))).count();
        let note = tokens[k + 1..k + 1 + words].iter().any(|t| matches!(&t.kind, Tok::Word(w) if w.split(' ').any(counts)));
        if tokens[k].kind == Tok::Open('(') && note && tokens.get(k + 1 + words).is_some_and(|t| t.kind == Tok::Close('(')) {
            tokens.drain(k..=k + 1 + words);
        }
        k += 1;
    }
    tokens
}

/// Where the matrix that begins at `from` ends.
fn end_of_matrix(tokens: &[Token], from: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (k, t) in tokens.iter().enumerate().skip(from) {
        match t.kind {
            Tok::Begin | Tok::Determinant | Tok::Cases => depth += 1,
            Tok::End => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(k);
        }
    }
    None
}

/// Brackets that only set a matrix: `\left[\begin{array}…\end{array}\right]`.
fn bare_matrices(mut tokens: Vec<Token>) -> Vec<Token> {
    let mut k = 0;
    while k + 1 < tokens.len() {
        if let (Tok::Open(b @ ('(' | '[')), Tok::Begin) = (&tokens[k].kind, &tokens[k + 1].kind)
            && let Some(end) = end_of_matrix(&tokens, k + 1)
            && tokens.get(end + 1).is_some_and(|t| t.kind == Tok::Close(*b))
            && (k == 0 || tokens[k - 1].kind != Tok::Det)
        {
            tokens.remove(end + 1);
            tokens.remove(k);
        }
        k += 1;
    }
    tokens
}

/// A brace that nothing closes before an array opens cases or a system: `\left\{\begin{array}…\right.`.
fn cases(mut tokens: Vec<Token>) -> Vec<Token> {
    let mut k = 0;
    while k + 1 < tokens.len() {
        if tokens[k].kind == Tok::Open('S')
            && tokens[k + 1].kind == Tok::Begin
            && let Some(end) = end_of_matrix(&tokens, k + 1)
            && tokens.get(end + 1).is_none_or(|t| t.kind != Tok::Close('S'))
        {
            tokens[k + 1].kind = Tok::Cases;
            tokens.remove(k);
        }
        k += 1;
    }
    tokens
}

/// `179° 59' 56''`: minutes and seconds of arc behind degrees.
fn angles(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut rest = tokens.into_iter().filter(|t| !matches!(t.kind, Tok::Word(ref w) if w.is_empty())).peekable();
    let mut degrees = false;
    while let Some(t) = rest.next() {
        let Tok::Number(n) = &t.kind else {
            degrees = t.kind == Tok::Degree || degrees && matches!(t.kind, Tok::Close('{'));
            out.push(t);
            continue;
        };
        let mut taken = 0;
        let mut primes = 0;
        for next in rest.clone() {
            match next.kind {
                Tok::Prime => primes += 1,
                Tok::Sup | Tok::Open('{') if primes == 0 => {}
                Tok::Close('{') if primes > 0 => {}
                _ => break,
            }
            taken += 1;
        }
        if !degrees || !(1..=2).contains(&primes) {
            degrees = false;
            out.push(t);
            continue;
        }
        (0..taken).for_each(|_| drop(rest.next()));
        let parts = BigRational::from_integer(BigInt::from(if primes == 1 { 60 } else { 3600 }));
        let sign = |kind| Token { kind, ..t.clone() };
        out.extend([sign(Tok::Plus), sign(Tok::Number(n / parts)), sign(Tok::Degree)]);
    }
    out
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
            // `10 min`, `5 ft/sec`: no functions, where nothing follows that they could be of.
            Tok::Function(Func::Min) | Tok::Reciprocal(Func::Cos) if ends_value(tokens.get(k + 1)) => {
                let unit_before = matches!(out.last().map(|t| &t.kind), Some(Tok::Slash))
                    && matches!(out.iter().rev().nth(1).map(|t| &t.kind), Some(Tok::Word(_)));
                let name = if t.kind == Tok::Function(Func::Min) { "min" } else { "sec" };
                (after_value || unit_before).then(|| Tok::Word(name.into()))
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

/// Whether a value ends before the token.
fn ends_value(next: Option<&Token>) -> bool {
    next.is_none_or(|t| matches!(t.kind, Tok::Comma | Tok::Semicolon | Tok::And | Tok::Or | Tok::Slash | Tok::Close(_)))
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
