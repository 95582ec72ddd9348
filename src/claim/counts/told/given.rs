//! `If 120 of 500 are right then 76 % of the answers are wrong`: what a number of right answers means for the others.

use std::ops::Range;

use super::super::amounts::over;
use super::super::figures::named;
use super::super::shares::{percent, total};
use super::super::words::{Word, is};
use super::super::{Amount, Counted};
use super::clause::{Clause, bounded, cuts, is_right};
use super::is_wrong;

const LEADS: &[&str] = &["so", "thus", "and", "but", "hence", "therefore", "however"];
const KNOWN: &[&str] = &["would", "will", "then", "therefore", "%", "percent", "mistakes", "errors", "share", "rate"];
/// Words with which the two halves may be of different models.
const APART: &[&str] = &["now", "after", "before", "still", "already", "with", "without", "not", "no"];

/// Such a sentence.
pub fn given(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    let number = |from: usize| (from..s.len()).find(|i| s[*i].value.is_some() && !s[*i].is(&["one"]));
    let opens = s.iter().position(|w| !w.is(LEADS)).filter(|i| s[*i].is(&["if", "when"]))?;
    let at = number(opens + 1)?;
    let (end, whole) = total(s, at).filter(|(_, t)| *t >= 20.0)?;
    let turn = (end + 1..s.len()).find(|i| s[*i].is(&["then", ","]))?;
    let place = number(turn + 1)?;
    let last = (place..s.len()).find(|i| cuts(&s[*i])).unwrap_or(s.len());
    let clause = Clause { s, own: (opens + 1..last).filter(|i| *i != turn && !is(s, *i, &[","])).collect(), figure: None };
    let others = clause.own.iter().any(|i| s[*i].value.is_some() && ![at, end, place].contains(i) && !s[*i].is(&["one"]));
    let count = s[at].count().filter(|n| *n <= whole)?;
    if others || !complement(s, opens..turn, turn..last) || !clause.whole(&[at, end, place], KNOWN) {
        return None;
    }
    let rest = whole - count;
    let (value, slack, of) = if percent(s, place) {
        (s[place].value?.0, s[place].slack(), over(Amount::Is(100.0 * rest, 0.0), Amount::Is(whole, 0.0)))
    } else {
        (s[place].count()?, 0.0, Amount::Is(rest, 0.0))
    };
    let what = "what the number of answers means for the others".to_string();
    Some((opens..last, Counted { value, slack, bound: bounded(s, place), of: vec![of], certain: true, what }))
}

/// Whether the one half is of right answers and the other of wrong ones, of the same answers and all of them.
fn complement(s: &[Word], head: Range<usize>, tail: Range<usize>) -> bool {
    let wrong = |r: &Range<usize>| -> Option<bool> {
        let (right, wrong) = (s[r.clone()].iter().any(is_right), s[r.clone()].iter().any(is_wrong));
        (right != wrong).then_some(wrong)
    };
    let opposite = wrong(&head).zip(wrong(&tail)).is_some_and(|(a, b)| a != b);
    // "10 % of the wrong ones are …": of those alone.
    let polar = |i: usize| is_right(&s[i]) || is_wrong(&s[i]);
    let of_those = tail.clone().any(|i| polar(i) && is(s, i - 1, &["the", "of", "those", "these", "all"]) && i + 1 < tail.end);
    // "… then 70 fewer answers": a comparison.
    let compares = tail.clone().any(|i| s[i].is(&["more", "fewer", "less"]) && !is(s, i + 1, &["than"]));
    // "When 9 of 500 were right without pretraining, now 385 are wrong": of two models.
    let apart = s[head.start..tail.end].iter().any(|w| w.is(APART));
    opposite && !of_those && !compares && !apart && named(&s[head]).is_none() && named(&s[tail]).is_none()
}

#[cfg(test)]
mod tests {
    use super::super::super::tests_support::words_of;
    use super::*;

    #[test]
    fn the_others_are_what_is_left() {
        let said = |text: &str| given(&words_of(text)).map(|(_, c)| c.value);
        assert_eq!(said("If 120 of 500 are right then 76 % of the answers are wrong"), Some(76.0));
        assert_eq!(said("When 120 of 500 answers are right, 380 are wrong"), Some(380.0));
        for text in [
            "If 120 of 500 are right then 10 % of the wrong ones are cities",
            "If 120 of 500 were right then 70 fewer answers would be wrong",
            "When 9 of 500 were right, now 385 are wrong",
            "When 9 of 500 were right without pretraining, 385 are wrong with it",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}
