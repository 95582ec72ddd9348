//! What more right answers would make, and sums of counts.

use std::ops::Range;

use super::super::amounts::{items, less, over};
use super::super::figures::Memory;
use super::super::shares::percent;
use super::super::words::Word;
use super::super::{Amount, Bound, Counted};
use super::clause::{Clause, bounded, cuts, is_right};

/// `26 more right answers would make 12.8 %`, `if it had 26 more right answers it would be at 12.8 %`.
pub fn supposed(s: &[Word], memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let more = (1..s.len())
        .find(|i| s[*i].is(&["more", "additional", "extra", "further", "fewer", "less"]) && s[*i - 1].count().is_some())?;
    let at = more - 1;
    let from = s[..at].iter().rposition(|w| w.is(&[",", ";", ":", "and", "but", "so"])).map_or(0, |i| i + 1);
    let place = (more + 1..s.len()).find(|i| percent(s, *i))?;
    let end = place + 2;
    let would = s[from..end]
        .iter()
        .any(|w| w.is(&["would", "we'd", "we’d", "it'd", "gives", "give", "makes", "make", "yields", "is", "means"]));
    let known = [
        "if",
        "would",
        "make",
        "makes",
        "give",
        "gives",
        "yield",
        "yields",
        "mean",
        "additional",
        "extra",
        "further",
        "lead",
        "bring",
        "%",
        "percent",
        "had",
        ",",
        "reach",
        "raise",
        "lift",
        "we'd",
        "we’d",
        "it'd",
    ];
    let range: Vec<usize> = (from..end).collect();
    let clause = Clause { s, own: range, figure: None };
    let right =
        s[more + 1..place].iter().any(|w| is_right(w) || w.is(&["hits", "hit", "answers", "people", "questions", "names"]));
    let ends = s.get(end).is_none_or(|w| cuts(w) || w.is(&["of", "accuracy", "instead"]));
    let others = (from..end).any(|i| s[i].value.is_some() && i != at && i != place && !s[i].is(&["one"]));
    if !would
        || !right
        || !ends
        || others
        || s[place..].iter().any(|w| w.is(&["points", "point"]))
        || !clause.whole(&[at, place], &known)
    {
        return None;
    }
    let up = !s[more].is(&["fewer", "less"]);
    let n = over(Amount::Is(s[at].count()?, 0.0), items());
    let (shares, certain) = clause.accuracies(memory);
    let of: Vec<Amount> = shares
        .into_iter()
        .map(|a| Amount::Times(100.0, Box::new(if up { Amount::Sum(vec![a, n.clone()]) } else { less(a, n.clone()) })))
        .collect();
    let value = s[place].value?.0;
    let said = Counted {
        value,
        slack: s[place].slack(),
        bound: bounded(s, place),
        of,
        certain,
        what: "the accuracy then, in percent".into(),
    };
    (!said.of.is_empty()).then_some((from..end, said))
}

/// `with 1000 questions you get about 760 wrong ones`: an accuracy carried over to a number of questions that nobody asked.
pub fn extrapolated(s: &[Word], memory: &Memory) -> Option<(Range<usize>, Counted)> {
    const NOUN: &[&str] = &["questions", "names", "people", "answers", "cases", "persons"];
    const KNOWN: &[&str] = &[
        "you", "would", "get", "gets", "expect", "means", "about", "from", "out", "make", "makes", "give", "gives", "then",
        "will", "user", "users", "asks", "ask", "who", "sees", "see", "given", "asked", "there", "roughly", "%", "percent", "if",
        "accuracy",
    ];
    for range in super::clauses(s) {
        let clause = Clause { s, own: range.clone().collect(), figure: None };
        let numbers: Vec<usize> =
            range.clone().filter(|i| s[*i].value.is_some() && !s[*i].is(&["one"]) && !percent(s, *i)).collect();
        let [n, k] = numbers[..] else { continue };
        let taken: Vec<usize> = range.clone().filter(|i| percent(s, *i)).chain([n, k]).collect();
        let noun = |i: usize| s.get(i + 1).is_some_and(|w| w.is(NOUN));
        let whole = s[n]
            .count()
            .filter(|t| *t >= 20.0 && (*t - 500.0).abs() > 0.5 && (*t - 437.0).abs() > 0.5 && (*t - 2000.0).abs() > 0.5);
        let linked = n > range.start && s[n - 1].is(&["with", "of", "for", "from", "in", "asks", "ask", "on"]);
        let near = &s[k + 1..(k + 3).min(range.end)];
        let (right, wrong) = (near.iter().any(|w| is_right(w) || w.is(&["hits"])), near.iter().any(super::is_wrong));
        let (Some(whole), Some(value)) = (whole, s[k].count()) else { continue };
        if !noun(n) || !linked || right == wrong || value > whole || !clause.whole(&taken, KNOWN) {
            continue;
        }
        let here = (0..range.end).find(|i| percent(s, *i) && !super::is_wrong(&s[(*i + 2).min(s.len() - 1)]));
        let share = match (here, memory.own) {
            (Some(i), _) => memory.exact(Amount::Is(s[i].value?.0 / 100.0, s[i].slack() / 100.0)),
            (None, Some(own)) => match memory.single(own) {
                Some(share) => share,
                None => continue,
            },
            _ => continue,
        };
        let share = if wrong { Amount::Less(Box::new(Amount::Is(1.0, 0.0)), Box::new(share)) } else { share };
        let bound = match bounded(s, k) {
            Bound::Exactly => Bound::About,
            b => b,
        };
        let what = format!("that share of {whole} questions");
        let of = vec![Amount::Times(whole, Box::new(share))];
        return Some((range, Counted { value, slack: 0.5, bound, of, certain: true, what }));
    }
    None
}

/// `2,937 lines = 2,000 + 500 + 437`.
pub fn sum(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    let equal = s.iter().position(|w| w.is(&["="]))?;
    let (mut at, mut terms) = (equal + 1, Vec::new());
    while let Some(n) = s.get(at).and_then(Word::count) {
        terms.push(Amount::Is(n, 0.0));
        at += 1;
        if !s.get(at).is_some_and(|w| w.is(&["+"])) {
            break;
        }
        at += 1;
    }
    // A noun between says what is counted; without one it is mathematics.
    let place = equal.checked_sub(2).filter(|i| s[*i].count().is_some() && s[equal - 1].text.chars().all(char::is_alphabetic))?;
    let ends = s.get(at).is_none_or(|w| cuts(w) || w.is(&["and", "people", "names", "pairs"]));
    let said = Counted {
        value: s[place].count()?,
        slack: 0.0,
        bound: Bound::Exactly,
        of: vec![Amount::Sum(terms.clone())],
        certain: true,
        what: "the sum".into(),
    };
    (terms.len() >= 2 && ends).then_some((equal..at, said))
}
