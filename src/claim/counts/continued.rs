//! A clause that goes on about the count before it: `9 of the 500 answers were right, which is 1.8 %`, `the rest, 381
//! names, is wrong`, `from 98 % to 76.6 %, a relative reduction of 21.8 %`.

use std::ops::Range;

use super::amounts::{items, less, one, over, question};
use super::figures::{Memory, QUESTIONS};
use super::shares::{bound, percent, total};
use super::words::{Word, is};
use super::wrong::is_wrong;
use super::{Amount, Bound, Counted};

/// Words between a comma and the share that says again what stands before it.
const LINK: &[&str] = &[
    "which",
    "that",
    "that's",
    "this",
    "these",
    "is",
    "are",
    "makes",
    "make",
    "means",
    "mean",
    "i.e",
    "so",
    "or",
    "corresponds",
    "to",
    "about",
    "roughly",
    "almost",
    "nearly",
    "just",
    "only",
    "exactly",
    "equals",
    "≈",
    "was",
    "were",
    "thus",
    "gives",
];
/// Those of them that say that it is said again.
const AGAIN: &[&str] = &["which", "that", "that's", "this", "these", "i.e", "or", "equals", "makes", "corresponds"];
/// Words with which a share is of something else than of the count before it.
const OTHER: &[&str] = &[
    "than",
    "more",
    "fewer",
    "less",
    "points",
    "if",
    "twice",
    "half",
    "double",
    "third",
    "quarter",
    "increase",
    "difference",
    "gain",
    "better",
    "worse",
    "from",
    "%",
    "percent",
    "not",
    "instead",
    "without",
    "would've",
    "epochs",
    "layers",
    "parameters",
    "loss",
];
/// What questions and answers are called.
const ITEM: &[&str] =
    &["names", "name", "people", "persons", "questions", "answers", "predictions", "cases", "pairs", "examples", "times"];

/// Statements of a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    let mut out: Vec<(Range<usize>, Counted)> = (0..s.len()).filter_map(|at| again(s, at)).collect();
    out.extend((0..s.len()).filter_map(|at| rest(s, at, memory)));
    out.extend((0..s.len()).filter_map(|at| relative(s, at)));
    out
}

fn closes(s: &[Word], at: usize) -> bool {
    at >= s.len() || is(s, at, &[",", ";", ")", "(", "but", "and"])
}

/// Words behind a total that say what it counts.
fn what(w: &Word) -> bool {
    w.is(ITEM) || w.is(&["training", "train", "dev", "rows", "row", "lines", "right", "correct"])
}

/// `9 of the 500 dev answers were right, which is 1.8 %`, `On the 2000 pairs it would be right 91 times, that is 4.55 %`.
fn again(s: &[Word], comma: usize) -> Option<(Range<usize>, Counted)> {
    is(s, comma, &[","]).then_some(())?;
    let at = (comma + 1..s.len()).find(|i| !s[*i].is(LINK))?;
    let said = s[comma + 1..at].iter().any(|w| w.is(AGAIN));
    if !said || !percent(s, at) || !closes(s, at + 2) {
        return None;
    }
    let start = s[..comma].iter().rposition(|w| w.is(&[";", ":", "(", ")"])).map_or(0, |i| i + 1);
    let head = &s[start..comma];
    if head.iter().any(|w| w.is(OTHER)) {
        return None;
    }
    let numbers: Vec<usize> = (start..comma).filter(|i| s[*i].value.is_some() && !s[*i].is(&["one"])).collect();
    let noun = |i: usize| s[i + 1..comma.min(i + 4)].iter().any(|w| w.is(ITEM));
    // "…, 25/500, which is what you expect as London makes up 91 of the 2000 training rows, i.e. …": of the last count.
    let numbers = match numbers.as_slice() {
        [.., n, m] if total(s, *n).is_some_and(|(end, _)| end == *m) && s[m + 1..comma].iter().all(what) => vec![*n, *m],
        _ => numbers,
    };
    let of = match numbers.as_slice() {
        [n, m] => {
            let pair = total(s, *n).filter(|(end, _)| end == m).map(|(_, of)| (s[*n].count(), Some(of)));
            let apart = || (noun(*m) && is(s, *m + 1, &["times"])).then(|| (s[*m].count(), s[*n].count())).filter(|_| noun(*n));
            let (count, whole) = pair.or_else(apart)?;
            let (count, whole) = (count?, whole?);
            (whole >= 20.0 && count <= whole).then_some(Amount::Is(count / whole, 0.0))?
        }
        [n] if noun(*n) && head.iter().any(|w| is_wrong(w) || w.is(&["right", "correct"])) => {
            let count = Amount::Is(s[*n].count().filter(|c| *c >= 2.0 && *c <= QUESTIONS)?, 0.0);
            over(count, items())
        }
        _ => return None,
    };
    let (value, _) = s[at].value?;
    let what = "the count before it as a share, in percent".to_string();
    let of = vec![Amount::Times(100.0, Box::new(of))];
    Some((comma + 1..at + 2, Counted { value, slack: s[at].slack(), bound: bound(s, at), of, certain: true, what }))
}

/// `The rest, 381 names, is wrong`: all that are not right.
fn rest(s: &[Word], at: usize, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let begins = at == 0 || is(s, at - 1, &["the", "all"]) && (at == 1 || is(s, at - 2, &[",", ";", "and", "but", "so"]));
    if !(begins && is(s, at, &["rest", "others", "remaining"])) {
        return None;
    }
    let place = at + 1 + usize::from(is(s, at + 1, &[","]));
    let count = s.get(place)?.count()?;
    let noun = place + 1 + usize::from(is(s, place + 1, &["dev"]));
    let after = noun + usize::from(is(s, noun, ITEM));
    let verb = after + usize::from(is(s, after, &[","]));
    let wrong = is(s, verb, &["is", "are", "was", "were"]) && s.get(verb + 1).is_some_and(is_wrong) && closes(s, verb + 2);
    let shares = memory.of(memory.own?);
    let [share] = shares.as_slice() else { return None };
    let of = vec![over(less(one(), share.clone()), question())];
    let what = "the answers that are not right".to_string();
    (wrong && after > noun)
        .then(|| (at..verb + 2, Counted { value: count, slack: 0.5, bound: Bound::Exactly, of, certain: true, what }))
}

/// `went from 98 % to 76.6 %, a relative reduction of 21.8 %`.
fn relative(s: &[Word], at: usize) -> Option<(Range<usize>, Counted)> {
    let noun = ["reduction", "decrease", "drop", "decline", "increase", "gain", "improvement", "growth"];
    if !(is(s, at, &["relative"]) && is(s, at + 1, &noun) && is(s, at + 2, &["of"]) && percent(s, at + 3) && closes(s, at + 5)) {
        return None;
    }
    let from = s[..at]
        .iter()
        .rposition(|w| w.is(&["from"]))
        .filter(|i| percent(s, i + 1) && is(s, i + 3, &["to"]) && percent(s, i + 4))?;
    let between = &s[from + 6..at];
    let plain =
        between.iter().all(|w| w.is(&[",", "a", "the", "which", "that", "is", "this", "or", "i.e", "an", "so", "that's"]));
    let (value, _) = s[at + 3].value?;
    // Where it is the plain difference, that of the numbers as they stand is not meant to be rounded into it.
    let number = |i: usize| s[i].value.map_or(0.0, |v| v.0);
    let plain_difference = ((number(from + 1) - number(from + 4)).abs() - value).abs() <= s[at + 3].slack();
    let amount = |i: usize| Amount::Is(number(i), if plain_difference { 0.0 } else { s[i].slack() });
    let (a, b) = (amount(from + 1), amount(from + 4));
    let (large, small) = if s[from + 1].value?.0 >= s[from + 4].value?.0 { (a.clone(), b) } else { (b, a.clone()) };
    let change = Amount::Over(Box::new(Amount::Less(Box::new(large), Box::new(small))), Box::new(a));
    let of = vec![Amount::Times(100.0, Box::new(change))];
    let what = "the change as a part of where it began, in percent".to_string();
    plain.then(|| (at..at + 5, Counted { value, slack: s[at + 3].slack(), bound: bound(s, at + 3), of, certain: true, what }))
}

#[cfg(test)]
mod tests {
    use super::super::figures::Who;
    use super::super::tests_support::words_of;
    use super::*;

    fn said(text: &str) -> Vec<f64> {
        let words = words_of(text);
        let memory = Memory::read(&words, Some(Who::Pretrained));
        super::super::words::sentences(&words).flat_map(|s| find(s, &memory)).map(|(_, c)| c.value).collect()
    }

    #[test]
    fn a_clause_that_says_the_count_again() {
        for (text, value) in [
            ("7 of the 500 dev answers were right, which is 1.4 %.", 1.4),
            ("On the 2000 training pairs London would be right 50 times, that is 2.5%.", 2.5),
            ("380 names are wrong, that makes 76 %.", 76.0),
            ("Only 7 out of 500 were right, i.e. about 1.4 %.", 1.4),
        ] {
            assert_eq!(said(text), [value], "{text}");
        }
        for text in [
            "7 of the 500 dev answers were right, which is 1.4 % better.",
            "7 more of the 500 answers were right, which is 1.4 %.",
            "7 of 500 epochs and 3 layers are wrong, which is 1.4 %.",
            "It rose from 7 to 9 of 500, which is 28 %.",
        ] {
            assert!(said(text).is_empty(), "{text}: {:?}", said(text));
        }
    }

    #[test]
    fn the_rest_and_relative_changes() {
        assert_eq!(said("119/500. The rest, 381 names, is wrong."), [381.0]);
        assert_eq!(said("The error rate went from 98 % to 76.6 %, a relative reduction of 21.8 %."), [21.8]);
        assert!(said("119/500. The rest, 381 names, is from Asia.").is_empty());
        assert!(said("from 98 % to 76.6 % after 3 epochs, a relative reduction of 21.8 %.").is_empty());
    }
}
