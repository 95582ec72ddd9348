//! Shares written as decimals, beside the counts that they are: `25 of 500, i.e. 0.05 as a fraction`, `acc = 0.072, which is 36
//! correct answers`.

use std::ops::Range;

use super::amounts::{is_all, over, question};
use super::figures::{Memory, RIGHT};
use super::labelled::strategy;
use super::shares::{bound, percent, total};
use super::words::{Word, is, parts_clause};
use super::wrong::is_wrong;
use super::{Amount, Bound, Counted};

/// Words that say that a number is said again.
const AGAIN: &[&str] = &["i.e", "which", "that", "that's", "these", "this", "or", "is", "are", "makes", "means", "=", "equals"];
const FILL: &[&str] =
    &[",", "(", "so", "a", "an", "the", "share", "rate", "of", "fraction", "accuracy", "to", "corresponds", "about"];
const NOUNS: &[&str] = &["answers", "names", "people", "questions", "predictions", "dev", "of", "the", "out", "places"];

/// Statements of a sentence.
pub fn find(s: &[Word], _memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    (0..s.len()).filter_map(|at| as_fraction(s, at).or_else(|| of_decimal(s, at))).collect()
}

/// A number between 0 and 1 that is written with digits after the point, and no percentage.
fn decimal(s: &[Word], at: usize) -> Option<f64> {
    s.get(at)?.value.filter(|(v, digits)| *digits > 0 && *v > 0.0 && *v < 1.0 && !percent(s, at)).map(|v| v.0)
}

/// Where the number stands that says again what ends before a place.
fn said_again(s: &[Word], from: usize) -> Option<usize> {
    let at = (from..s.len()).find(|i| !s[*i].is(AGAIN) && !s[*i].is(FILL))?;
    s[from..at].iter().any(|w| w.is(AGAIN)).then_some(at)
}

/// `25 of 500, i.e. 0.05 as a fraction`.
fn as_fraction(s: &[Word], at: usize) -> Option<(Range<usize>, Counted)> {
    let (last, whole) = total(s, at).filter(|(_, t)| *t >= 20.0)?;
    let count = s[at].count().filter(|n| *n <= whole)?;
    let place = said_again(s, last + 1)?;
    let value = decimal(s, place)?;
    let article = place + 2 + usize::from(is(s, place + 2, &["a"]));
    let called = is(s, place + 1, &["as"]) && is(s, article, &["fraction", "decimal", "share", "proportion", "number", "ratio"]);
    let end = if called { article + 1 } else { place + 1 };
    if !s.get(end).is_none_or(parts_clause) || s[at..place].iter().any(is_wrong) {
        return None;
    }
    let share = Amount::Is(count / whole, 0.0);
    // "London: 25 of 500": the count itself may be wrong, which its share does not mend.
    let of = match strategy(s, at).filter(|_| is_all(whole)) {
        Some(found) => Amount::Given(count, vec![found.hits()], Box::new(share)),
        None => share,
    };
    let what = format!("{count} of {whole}");
    let said = Counted { value, slack: s[place].slack(), bound: bound(s, place), of: vec![of], certain: true, what };
    Some((last + 1..end, said))
}

/// `acc = 0.072, which is 36 correct answers`.
fn of_decimal(s: &[Word], at: usize) -> Option<(Range<usize>, Counted)> {
    const NAMES: &[&str] = &["acc", "accuracy", "score", "acc."];
    const BETWEEN: &[&str] = &["=", ":", "of", "is", "was", "on", "dev", "the", "about", "≈", "our"];
    let share = decimal(s, at)?;
    let name = (0..at).rev().find(|i| !s[*i].is(BETWEEN)).filter(|i| s[*i].is(NAMES))?;
    let place = said_again(s, at + 1)?;
    let count = s[place].count().filter(|_| s[place].text.starts_with(|c: char| c.is_ascii_digit()) && !percent(s, place))?;
    let all = total(s, place).map(|(_, t)| t);
    let end = (place + 1..s.len()).find(|i| !(s[*i].is(RIGHT) || s[*i].is(NOUNS) || s[*i].value.is_some())).unwrap_or(s.len());
    let right = s[place + 1..end].iter().any(|w| w.is(RIGHT));
    let others = s[place + 1..end].iter().filter(|w| w.value.is_some()).count() > usize::from(all.is_some());
    let elsewhere = s[name..].iter().any(|w| w.is(&["test", "train", "training", "not"]));
    if !right || others || elsewhere || !all.is_none_or(is_all) || !s.get(end).is_none_or(parts_clause) {
        return None;
    }
    let of = vec![over(Amount::Is(share, s[at].slack()), question())];
    let what = "that share of the dev questions".to_string();
    let bound = match bound(s, place) {
        Bound::Exactly if count.fract() > 0.0 => Bound::About,
        b => b,
    };
    Some((at + 1..end, Counted { value: count, slack: 0.5, bound, of, certain: true, what }))
}

#[cfg(test)]
mod tests {
    use super::super::figures::Who;
    use super::super::tests_support::words_of;
    use super::*;

    fn said(text: &str) -> Vec<f64> {
        let words = words_of(text);
        let memory = Memory::read(&words, Some(Who::Perceiver));
        super::super::words::sentences(&words).flat_map(|s| find(s, &memory)).map(|(_, c)| c.value).collect()
    }

    #[test]
    fn decimals_are_set_beside_their_counts() {
        for (text, value) in [
            ("We got 30 of 500, i.e. 0.06 as a fraction.", 0.06),
            ("That is 30 of 500, which is 0.06.", 0.06),
            ("acc = 0.072, which is 36 correct answers.", 36.0),
            ("The accuracy is 0.082 (that is 41 of 500 names right).", 41.0),
        ] {
            assert_eq!(said(text), [value], "{text}");
        }
        for text in
            ["We got 30 of 500 with a dropout of 0.1.", "acc = 0.072, which is 36 epochs.", "lr = 0.006, which is 3 right"]
        {
            assert!(said(text).is_empty(), "{text}: {:?}", said(text));
        }
    }
}
