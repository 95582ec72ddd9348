//! Comparisons of reported accuracies in words: "2.5 times as good", "3 percentage points below the
//! baseline", "150 % better".

use super::statement::{Body, Degree, Figure, Measure};
use crate::language::{Tok, Token};
use crate::span::Span;
use crate::tolerance;

/// Words that raise what they are said of.
const UP: &[&str] = &["as", "better", "higher", "more", "above", "greater", "larger", "over", "ahead", "bigger"];

/// Words that lower it.
const DOWN: &[&str] = &["worse", "lower", "less", "below", "smaller", "under", "behind", "fewer"];

/// Words for a constant answer.
const BASELINE: &[&str] = &["baseline", "london", "always", "constant", "majority", "frequent", "trivial"];

/// How far from a figure the word for a constant answer may stand, in tokens.
const NEAR: usize = 8;

/// The accuracies that a part reports, equal ones once, in their order.
pub fn figures(tokens: &[Token]) -> Vec<Figure> {
    let mut all: Vec<Figure> = Vec::new();
    for at in 0..tokens.len() {
        let share = percentage(tokens, at).or_else(|| count(tokens, at));
        let Some((value, slack)) = share.filter(|(v, _)| (0.0..=1.0).contains(v)) else { continue };
        if let Some(counted) = counted_before(tokens, at) {
            // `20/400 = 0.5 %`: the count stands where data tell it; else nothing is compared.
            let wrong = slack > 0.0 && (counted - value).abs() > slack * (1.0 + tolerance::COUNTED_ROUNDING);
            if wrong && !clause(tokens, at).iter().any(|t| is_one_of(t, BASELINE)) {
                return Vec::new();
            }
            if wrong {
                continue;
            }
        }
        let baseline = clause(tokens, at).iter().any(|t| is_one_of(t, BASELINE));
        match all.iter_mut().find(|f| (f.value - value).abs() <= f.slack.max(slack)) {
            Some(known) => {
                known.baseline |= baseline;
                if slack < known.slack {
                    (known.value, known.slack) = (value, slack);
                }
            }
            None => all.push(Figure { value, slack, baseline }),
        }
    }
    all
}

/// `2.0 %`, no comparison itself ("150 % better") and no bound ("more than 90 %").
fn percentage(tokens: &[Token], at: usize) -> Option<(f64, f64)> {
    let (value, decimals) = number(tokens.get(at)?)?;
    let percent = tokens.get(at + 1).is_some_and(|t| t.kind == Tok::Percent || is_one_of(t, &["percent"]));
    let compares = measure(tokens, at).is_some() || at > 0 && is_one_of(&tokens[at - 1], &["than", "least", "most"]);
    (percent && !compares).then(|| (value / 100.0, 0.5 * 10f64.powi(-(decimals as i32) - 2)))
}

/// `10/500`, `10 out of 500`, `10 of 500`.
fn count(tokens: &[Token], at: usize) -> Option<(f64, f64)> {
    let (correct, 0) = number(tokens.get(at)?)? else { return None };
    let between = tokens[at + 1..].iter().take(3).take_while(|t| number(t).is_none());
    let joined = between.clone().count();
    let joins = |t: &Token| t.kind == Tok::Slash || is_one_of(t, &["out", "of", "from"]);
    let (total, _) = number(tokens.get(at + 1 + joined)?)?;
    (joined > 0 && between.clone().all(joins) && total >= 20.0).then(|| (correct / total, 0.0))
}

/// The share of a count and a total that stand right before a percentage: `20/400 = `.
fn counted_before(tokens: &[Token], at: usize) -> Option<f64> {
    let joint = |t: &Token| matches!(t.kind, Tok::Rel(_) | Tok::Colon | Tok::Open(_)) || is_one_of(t, &["correct", "right"]);
    let gap = tokens[..at].iter().rev().take(3).take_while(|t| joint(t)).count();
    let from = (at.checked_sub(gap + 4)?..at - gap).find(|i| count(tokens, *i).is_some()).filter(|_| gap > 0)?;
    count(tokens, from).map(|c| c.0)
}

/// Comparisons in a sentence: where, and what they say of the part's figures.
pub fn find(tokens: &[Token], figures: &[Figure]) -> Vec<(Span, Body)> {
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let Some((measure, degree, end)) = measure(tokens, at) else { continue };
        let Some((value, decimals)) = number(&tokens[at]) else { continue };
        let before = clause_before(tokens, at);
        let after = &tokens[end..(end + NEAR).min(tokens.len())];
        let of_baseline = before.iter().any(|t| is_one_of(t, BASELINE));
        let to_baseline = !of_baseline && after.iter().take_while(|t| !ends(t)).any(|t| is_one_of(t, BASELINE));
        let about = at > 0 && is_one_of(&tokens[at - 1], &["about", "roughly", "around", "almost", "nearly", "approximately"]);
        let body =
            Body::Comparison { value, decimals, about, measure, degree, of_baseline, to_baseline, figures: figures.to_vec() };
        found.push((tokens[at].span.to(tokens[end - 1].span), body));
    }
    found
}

/// What a number at `at` compares by, with the end of its words.
fn measure(tokens: &[Token], at: usize) -> Option<(Measure, Degree, usize)> {
    number(tokens.get(at)?)?;
    let is = |i: usize, words: &[&str]| tokens.get(i).is_some_and(|t| is_one_of(t, words));
    let degree = |i: usize| {
        let up = is(i, UP).then_some(Degree::Up);
        up.or_else(|| is(i, DOWN).then_some(Degree::Down))
    };
    if is(at + 1, &["times"]) {
        let degree = degree(at + 2)?;
        let end = if is(at + 2, &["as"]) { at + 4 } else { at + 3 };
        return Some((if is(at + 2, &["as"]) { Measure::Times } else { Measure::TimesMore }, degree, end.min(tokens.len())));
    }
    let percent = tokens.get(at + 1).is_some_and(|t| t.kind == Tok::Percent) || is(at + 1, &["percent", "percentage"]);
    let next = if percent { at + 2 } else { at + 1 };
    if is(next, &["points", "point"]) {
        return Some((Measure::Points, degree(next + 1)?, next + 2));
    }
    (percent && !is(next, &["as", "over", "under", "above", "below"])).then_some(())?;
    Some((Measure::Percent, degree(next)?, next + 1))
}

/// The clause around a token, some words to either side.
fn clause(tokens: &[Token], at: usize) -> &[Token] {
    let start = at - clause_before(tokens, at).len();
    let end = tokens[at..].iter().take(NEAR).position(ends).map_or((at + NEAR).min(tokens.len()), |n| at + n);
    &tokens[start..end]
}

fn clause_before(tokens: &[Token], at: usize) -> &[Token] {
    let far = at.saturating_sub(NEAR);
    let start = tokens[far..at].iter().rposition(ends).map_or(far, |i| far + i + 1);
    &tokens[start..at]
}

fn ends(token: &Token) -> bool {
    matches!(token.kind, Tok::Comma | Tok::Stop | Tok::Semicolon | Tok::Open(_) | Tok::Close(_) | Tok::Implies)
        || is_one_of(token, &["and", "so", "but", "while", "where", "which", "whereas"])
}

fn is_one_of(token: &Token, words: &[&str]) -> bool {
    token.word().is_some_and(|w| words.contains(&w.as_str()))
}

fn number(token: &Token) -> Option<(f64, u32)> {
    match &token.kind {
        Tok::Number(n) => Some((n.parse().ok()?, n.split_once('.').map_or(0, |(_, f)| f.len() as u32))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Lexicon, lex};

    fn said(text: &str) -> (Vec<f64>, usize) {
        let tokens = lex(text, 0, false, &Lexicon::default());
        let known = figures(&tokens);
        (known.iter().map(|f| f.value).collect(), find(&tokens, &known).len())
    }

    #[test]
    fn equal_figures_are_one_and_comparisons_are_none() {
        let (figures, comparisons) = said("London gives 25/500 = 5 %. We get 10 of 500, 2.0 %, 3 percentage points below it.");
        assert_eq!(figures, [0.05, 0.02]);
        assert_eq!(comparisons, 1);
    }

    #[test]
    fn a_bound_is_no_figure() {
        assert_eq!(said("more than 90 % of the answers are wrong").0, Vec::<f64>::new());
    }
}
