//! Scores with the weights that come out of them, all in numbers: "scores 2, 1, 0 give 0.665, 0.245, 0.090".

use super::statement::Body;
use crate::language::{Tok, Token};
use crate::span::Span;

/// Nouns for what goes into a softmax.
const SCORES: &[&str] = &["scores", "logits", "products"];

/// Other words that may stand between the two rows of numbers.
const BETWEEN: &[&str] = &[
    "roughly",
    "about",
    "approximately",
    "the",
    "are",
    "is",
    "we",
    "lead",
    "leads",
    "to",
    "come",
    "out",
    "as",
    "then",
    "attention",
    "softmax",
    "has",
    "have",
    "of",
    "into",
    "result",
    "in",
    "alpha",
];

/// Words of which one at least says that the second row comes out of the first.
const OUTCOME: &[&str] = &[
    "become",
    "becomes",
    "give",
    "gives",
    "giving",
    "yield",
    "yields",
    "weights",
    "weight",
    "probabilities",
    "distribution",
    "turn",
    "turns",
    "get",
];

/// Where a sentence gives scores and their weights, and what it says.
pub fn find(tokens: &[Token]) -> Option<(Span, Body)> {
    const BETWEEN_MAX: usize = 14;
    let noun = tokens.iter().position(|t| t.word().is_some_and(|w| SCORES.contains(&w.as_str())))?;
    let opens = |t: &Token| {
        matches!(t.kind, Tok::Open(_)) || t.word().is_some_and(|w| matches!(w.as_str(), "are" | "of" | "is" | "the" | "be"))
    };
    let first = noun + 1 + tokens[noun + 1..].iter().take_while(|t| opens(t)).count();
    let (scores, after) = row(tokens, first)?;
    let second = (after..tokens.len().min(after + BETWEEN_MAX)).find(|i| number(tokens, *i).is_some())?;
    let between = &tokens[after..second];
    let fits = |t: &Token| match &t.kind {
        Tok::Word(_) => t.word().is_some_and(|w| BETWEEN.contains(&w.as_str()) || OUTCOME.contains(&w.as_str())),
        Tok::Name(n) => matches!(n.as_str(), "alpha" | "i" | "j"),
        Tok::Sub => true,
        Tok::Rel(_) | Tok::Colon | Tok::Comma | Tok::Implies | Tok::Open(_) | Tok::Close(_) | Tok::Unknown(_) | Tok::Gap => true,
        _ => false,
    };
    let says = between.iter().any(|t| t.kind == Tok::Implies || t.word().is_some_and(|w| OUTCOME.contains(&w.as_str())));
    let (weights, end) = row(tokens, second)?;
    let shares = weights.iter().all(|w| (0.0..=1.0).contains(&w.0));
    let known = between.iter().all(fits) && says && shares && weights.len() == scores.len();
    let scores = scores.into_iter().map(|s| s.0).collect();
    known.then(|| (tokens[noun].span.to(tokens[end - 1].span), Body::Softmax { scores, weights }))
}

/// Two numbers at least, apart by commas or "and": the numbers, and where they end.
fn row(tokens: &[Token], start: usize) -> Option<(Vec<(f64, u32)>, usize)> {
    let mut all = Vec::new();
    let mut end = start;
    let mut at = start;
    while let Some((value, next)) = number(tokens, at) {
        all.push(value);
        end = next;
        at = next;
        while tokens.get(at).is_some_and(|t| t.kind == Tok::Comma || t.word().is_some_and(|w| w == "and")) {
            at += 1;
        }
        if at == end {
            break;
        }
    }
    if tokens.get(end).is_some_and(|t| matches!(t.kind, Tok::Close(_))) {
        end += 1;
    }
    // `2, 1, 0.5 β` is no row of numbers.
    let factor =
        tokens.get(end).is_some_and(|t| matches!(t.kind, Tok::Name(_) | Tok::Percent | Tok::Slash | Tok::Times | Tok::Sup));
    (all.len() >= 2 && !factor).then_some((all, end))
}

/// A number with its sign: its value, its digits after the point, where it ends.
fn number(tokens: &[Token], at: usize) -> Option<((f64, u32), usize)> {
    /// Digits of a number that is not rounded.
    const EXACT: u32 = 9;
    let minus = tokens.get(at)?.kind == Tok::Minus;
    let logarithm = matches!(&tokens.get(at + usize::from(minus))?.kind, Tok::Function("ln" | "log"));
    let place = at + usize::from(minus) + usize::from(logarithm);
    let plain = |i: usize| match tokens.get(i).map(|t| &t.kind) {
        Some(Tok::Number(text)) => text.parse::<f64>().ok().map(|v| (v, text.split_once('.').map_or(0, |(_, f)| f.len() as u32))),
        _ => None,
    };
    let (value, decimals) = plain(place)?;
    let quotient = tokens.get(place + 1).is_some_and(|t| t.kind == Tok::Slash).then(|| plain(place + 2)).flatten();
    let (value, decimals, end) = match quotient {
        Some((below, _)) if below > 0.0 && !logarithm => (value / below, EXACT, place + 3),
        Some(_) => return None,
        None if logarithm => (value.ln(), EXACT, place + 1),
        None => (value, decimals, place + 1),
    };
    value.is_finite().then_some(((if minus { -value } else { value }, decimals), end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Lexicon, lex};

    fn said(text: &str) -> Option<(Vec<f64>, usize)> {
        match find(&lex(text, 0, false, &Lexicon::default()))?.1 {
            Body::Softmax { scores, weights } => Some((scores, weights.len())),
            _ => None,
        }
    }

    #[test]
    fn rows_of_scores_and_weights() {
        assert_eq!(said("the scores (2, 1, 0) become roughly (0.665, 0.245, 0.090)"), Some((vec![2.0, 1.0, 0.0], 3)));
        assert_eq!(said("With n = 4 and scores 6, 6, 0, 0 the weights come out as 0.499, 0.499, 0.001, 0.001").unwrap().1, 4);
        assert_eq!(said("Scores of -1 and 1 give the weights 0.119 and 0.881"), Some((vec![-1.0, 1.0], 2)));
        assert_eq!(said("Scores 0 and ln 3 give the weights 1/4 and 3/4"), Some((vec![0.0, 3f64.ln()], 2)));
    }

    #[test]
    fn other_rows_are_left_alone() {
        assert_eq!(said("scores 2 and 1 are larger than 0.5 and 0.1"), None);
        assert_eq!(said("the scores 2, 1 and 0 give 0.5 and 0.5"), None);
        assert_eq!(said("we reached 2, 1, 0 and then weights 0.5, 0.3, 0.2"), None);
        assert_eq!(said("scores 0.1 and 0.2 times"), None);
    }
}
