//! Fractions in words: `more than a quarter of the questions are right`, `half of what the other model has`.

use std::ops::Range;

use super::figures::{Memory, Who, named};
use super::shares::{bound, percent, unsure};
use super::words::{Word, named_number};
use super::wrong::is_wrong;
use super::{Amount, Bound, Counted};
use crate::tolerance;

/// Parts of a whole by name.
const PARTS: &[(&str, f64)] = &[
    ("half", 2.0),
    ("third", 3.0),
    ("quarter", 4.0),
    ("fourth", 4.0),
    ("fifth", 5.0),
    ("sixth", 6.0),
    ("seventh", 7.0),
    ("eighth", 8.0),
    ("ninth", 9.0),
    ("tenth", 10.0),
    ("twelfth", 12.0),
    ("fifteenth", 15.0),
    ("twentieth", 20.0),
];

/// Words of a sentence about right answers that do not change what share they are.
const PLAIN: &[&str] = &[
    "of",
    "the",
    "our",
    "all",
    "dev",
    "development",
    "questions",
    "question",
    "answers",
    "answer",
    "outputs",
    "output",
    "names",
    "name",
    "people",
    "person",
    "persons",
    "birth",
    "places",
    "predictions",
    "is",
    "are",
    "were",
    "was",
    "answered",
    "right",
    "correct",
    "correctly",
    "rightly",
    "so",
    "we",
    "it",
    "model",
    "network",
    "this",
    "that",
    "now",
    "then",
    "get",
    "gets",
    "got",
    "for",
    "in",
    "on",
    "set",
    "times",
    "time",
    "a",
    "an",
    "and",
    "only",
    "still",
    "thus",
    "hence",
    "means",
    "which",
    "has",
    "have",
    "its",
    "found",
    "finds",
    "predicted",
    "be",
    "them",
    "cases",
    "case",
    "as",
    "even",
    "to",
    "these",
    "pairs",
    "by",
    "too",
    "also",
    "pretrained",
    "vanilla",
    "perceiver",
    "with",
    "pretraining",
    "without",
    "variant",
    "finetuning",
    "after",
    "altogether",
    "knows",
    "answering",
    "places",
    "at",
    "there",
];

/// Words between a share of another's accuracy and whose it is.
const OTHERS: &[&str] = &[
    "of",
    "what",
    "the",
    "that",
    "has",
    "have",
    "had",
    "got",
    "gets",
    "reached",
    "reaches",
    "scored",
    "scores",
    "model",
    "model's",
    "accuracy",
    "score",
    "result",
    "value",
    "variant",
    "from",
    "in",
    "hits",
    "one",
    "vanilla",
    "perceiver",
    "pretrained",
    "unpretrained",
    "baseline",
    "baseline's",
    "constant",
    "answer",
    "london",
    "always",
    "without",
    "pretraining",
    "with",
    "full",
    "achieves",
    "achieved",
    "gave",
    "gives",
    "can",
    "do",
    "does",
    "only",
    "would",
    "be",
    "on",
    "london",
    "baseline",
    "about",
    "roughly",
    "always",
    "constant",
];

/// A fraction at a place: its value, its bound, its first word and the end of its words.
pub fn fraction(s: &[Word], at: usize) -> Option<(f64, Bound, Range<usize>)> {
    let part = |i: usize| {
        let word = s.get(i)?;
        let singular = word.text.strip_suffix('s').unwrap_or(&word.text);
        let singular = if singular == "halve" { "half" } else { singular };
        PARTS.iter().find(|(n, _)| *n == singular).map(|(_, v)| (*v, word.text != singular))
    };
    let number = |i: usize| s.get(i).and_then(Word::count).filter(|n| (1.0..=20.0).contains(n));
    let word = |i: usize, list: &[&str]| s.get(i).is_some_and(|w| w.is(list));
    let (value, end) = if word(at, &["half"]) {
        (0.5, at + 1)
    } else if word(at, &["every", "each"]) && part(at + 1).is_some_and(|p| !p.1)
        || word(at, &["every"]) && word(at + 1, &["second"])
    {
        (1.0 / part(at + 1).map_or(2.0, |p| p.0), at + 2)
    } else if let Some(n) = word(at, &["every", "each"]).then(|| ordinal(s, at + 1)).flatten() {
        (1.0 / n, at + 3)
    } else if word(at, &["a", "one"]) && part(at + 1).is_some_and(|p| !p.1) {
        (1.0 / part(at + 1)?.0, at + 2)
    } else if let (Some(n), Some((parts, true))) = (number(at), part(at + 1)) {
        (n / parts, at + 2)
    } else if let Some(n) = number(at) {
        let out = usize::from(word(at + 1, &["out"]));
        let noun =
            usize::from(word(at + 1, &["question", "answer", "person", "name", "questions", "answers", "people", "names"]));
        let right = usize::from(n == 1.0 && word(at + 1, &["correct", "right"]) && word(at + 2, &["answer", "name", "question"]));
        let noun = if right == 1 { 2 } else { noun };
        let late = usize::from(noun > 0 && word(at + 1 + noun, &["out"]));
        let of = at + 1 + out + noun + late;
        let about = usize::from(word(of + 1, &["about", "roughly", "around", "every", "almost", "nearly"]));
        // "one name in 55": of a larger number only one is said to be.
        let large = s.get(of + 1 + about).and_then(Word::count).filter(|t| n == 1.0 && (20.0..=250.0).contains(t));
        let cases = word(of + 2 + about, &["cases", "names", "people", "questions", "answers", "times"]) && large.is_some();
        // "three of four answers", both of them in words.
        let letters = |i: usize| s.get(i).is_some_and(|w| w.text.chars().all(char::is_alphabetic));
        let items = &["cases", "names", "people", "questions", "answers", "outputs", "predictions"];
        let spelled = letters(at) && letters(of + 1 + about) && word(of + 2 + about, items);
        let total = number(of + 1 + about)
            .or(large)
            .filter(|t| *t > n && word(of, &["in", "of"]) && (out + late == 1 || word(of, &["in"]) || cases || spelled))?;
        // "one in four" is no part of a longer number or a layer's.
        (n / total, of + 2 + about)
    } else {
        return None;
    };
    if at > 0 && (s[at - 1].is(&["and", "first", "second", "last", "other", "-"]) || number(at - 1).is_some()) {
        return None;
    }
    const OTHER: &[&str] = &[
        "%", "percent", "as", "hours", "an", "layer", "layers", "block", "epoch", "epochs", "step", "steps", "batch", "batches",
    ];
    if word(end, OTHER) {
        return None;
    }
    // In words a fraction is a round number, unless it is said to be exact.
    let bound = match bound(s, at) {
        Bound::Exactly if at > 0 && s[at - 1].is(&["exactly", "precisely"]) => Bound::Exactly,
        Bound::Exactly => Bound::About,
        bound => bound,
    };
    Some((value, bound, at..end))
}

/// `20th`: which one of a row.
fn ordinal(s: &[Word], at: usize) -> Option<f64> {
    let digits = s.get(at)?;
    let glued = s.get(at + 1).is_some_and(|w| w.is(&["th", "st", "nd", "rd"]) && w.span.start == digits.span.end);
    digits.text.parse().ok().filter(|n: &f64| glued && (2.0..=250.0).contains(n) && n.fract() == 0.0)
}

/// A fraction as it is said: "one in 45" by its denominator, which has two digits and is not round.
pub fn said(value: f64, bound: Bound, of: Vec<Amount>, what: String) -> Counted {
    let of_one = (1.0 / value).round();
    let large = of_one >= 20.0 && (1.0 / value - of_one).abs() < 1e-6 && matches!(bound, Bound::About | Bound::Exactly);
    if !large {
        return Counted { value, slack: 0.0, bound, of, certain: true, what };
    }
    let slack = of_one * if of_one % 10.0 == 0.0 { tolerance::ONE_IN_ROUND } else { tolerance::ONE_IN };
    let of = of.into_iter().map(|a| Amount::Over(Box::new(Amount::Is(1.0, 0.0)), Box::new(a))).collect();
    Counted { value: of_one, slack, bound: Bound::Exactly, of, certain: true, what: format!("one in so many is {what}") }
}

/// Fractions of right answers in a sentence, and of another's accuracy.
pub fn find(s: &[Word], memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    if unsure(s) {
        return Vec::new();
    }
    let mut found: Vec<(Range<usize>, Counted)> = Vec::new();
    for at in 0..s.len() {
        if found.last().is_some_and(|(r, _)| at < r.end) {
            continue;
        }
        if let Some((value, bound, range)) = fraction(s, at) {
            let said = answered(s, &range, value, bound, memory).or_else(|| of_another(s, &range, value, bound, memory));
            found.extend(said);
        }
    }
    found
}

fn cuts(w: &Word) -> bool {
    w.is(&[",", ";", ":", "(", ")", "|", "but", "while", "whereas", "because", "=", "–", "—"])
}

/// The clause around some words.
pub fn clause(s: &[Word], range: &Range<usize>) -> Range<usize> {
    let start = s[..range.start].iter().rposition(cuts).map_or(0, |i| i + 1);
    let end = s[range.end..].iter().position(cuts).map_or(s.len(), |i| range.end + i);
    start..end
}

/// The first word of the bound that belongs to a fraction.
fn from(s: &[Word], at: usize, start: usize) -> usize {
    let bounds = |w: &Word| {
        w.is(&[
            "more",
            "less",
            "fewer",
            "than",
            "over",
            "above",
            "below",
            "under",
            "about",
            "around",
            "roughly",
            "nearly",
            "almost",
            "at",
            "least",
            "most",
            "only",
            "approximately",
            "just",
            "exactly",
        ])
    };
    (start..at).rev().take_while(|i| bounds(&s[*i])).last().unwrap_or(at)
}

/// `more than a quarter of the dev questions are right`, `it is right for one in four`.
fn answered(s: &[Word], range: &Range<usize>, value: f64, bound: Bound, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let clause = clause(s, range);
    let first = from(s, range.start, clause.start);
    let around: Vec<&Word> = s[clause.start..first].iter().chain(&s[range.end..clause.end]).collect();
    let wrong = around.iter().filter(|w| is_wrong(w)).count();
    let right = around.iter().filter(|w| w.is(&["right", "correct", "correctly", "rightly"])).count();
    let total = |w: &Word| w.count().is_some_and(|n| n >= 20.0);
    // "1.8 % means about one in 56 names is right".
    let equal = clause.start..clause.start + 3;
    let again = percent(s, clause.start) && first >= equal.end && s[clause.start + 2].is(&["means", "is", "are", "says"]);
    let known = around.iter().enumerate().all(|(i, w)| again && i < 3 || w.is(PLAIN) || is_wrong(w) || total(w));
    if !known || wrong + right != 1 || around.iter().filter(|w| w.value.is_some()).count() > 1 {
        return None;
    }
    let who = named(&s[clause.clone()]).or(memory.own);
    let shares: Vec<Amount> = match who {
        _ if again => vec![memory.exact(Amount::Is(s[clause.start].value?.0 / 100.0, s[clause.start].slack() / 100.0))],
        Some(who) => memory.of(who),
        None => memory.figures.iter().map(|f| f.share.clone()).collect(),
    };
    let certain = again || who.is_some() || shares.len() == 1;
    let one = || Amount::Is(1.0, 0.0);
    let of: Vec<Amount> =
        shares.into_iter().map(|a| if wrong == 1 { Amount::Less(Box::new(one()), Box::new(a)) } else { a }).collect();
    let what = if wrong == 1 { "the share of wrong answers" } else { "the share of right answers" };
    let read = said(value, bound, of.clone(), what.into());
    let start = s[clause.start..first]
        .iter()
        .position(|w| !w.is(&["so", "thus", "hence", "and", "then"]))
        .map_or(first, |i| clause.start + i);
    (!of.is_empty()).then_some((start..clause.end, Counted { certain, ..read }))
}

/// `almost half of what the vanilla model has`.
fn of_another(s: &[Word], range: &Range<usize>, value: f64, bound: Bound, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let clause = clause(s, range);
    let rest = &s[range.end..clause.end];
    let object = named(rest)?;
    if !(rest.first()?.is(&["of", "the"]) && rest.iter().all(|w| w.is(OTHERS))) {
        return None;
    }
    let before = &s[clause.start..range.start];
    let subject: Who = named(before).or(memory.own).filter(|w| *w != object)?;
    // "half of the vanilla model's parameters", "with half of": only an accuracy or "it" may be what is compared.
    let plain = before.iter().all(|w| {
        w.is(PLAIN)
            || w.is(OTHERS)
            || w.value.is_some()
            || w.is(&["%", "percent", "reach", "reaches"])
            || from(s, range.start, clause.start) <= clause.start + before.len()
                && w.is(&[
                    "almost",
                    "nearly",
                    "about",
                    "roughly",
                    "around",
                    "just",
                    "more",
                    "less",
                    "than",
                    "over",
                    "under",
                    "at",
                    "least",
                    "most",
                    "approximately",
                ])
    });
    let (subjects, objects) = (memory.of(subject), memory.of(object));
    let of: Vec<Amount> = subjects
        .iter()
        .flat_map(|a| objects.iter().map(move |b| Amount::Over(Box::new(a.clone()), Box::new(b.clone()))))
        .collect();
    let first = from(s, range.start, clause.start);
    (plain && !of.is_empty()).then(|| {
        let what = "the quotient of the two".into();
        (first..clause.end, Counted { value, slack: 0.0, bound, of, certain: true, what })
    })
}

/// How often a word multiplies: `doubles`, `halved`, `13-fold`.
pub fn multiplies(word: &Word) -> Option<f64> {
    let plain = [
        ("doubles", 2.0),
        ("doubled", 2.0),
        ("triples", 3.0),
        ("tripled", 3.0),
        ("quadruples", 4.0),
        ("quadrupled", 4.0),
        ("halves", 0.5),
        ("halved", 0.5),
        ("twofold", 2.0),
        ("threefold", 3.0),
        ("fourfold", 4.0),
        ("fivefold", 5.0),
        ("tenfold", 10.0),
    ];
    let fold = || word.text.strip_suffix("-fold").and_then(named_number);
    plain.iter().find(|(n, _)| word.is(&[n])).map(|(_, v)| *v).or_else(fold)
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::words_of;
    use super::*;

    fn read(text: &str) -> Option<(f64, Bound)> {
        let words = words_of(text);
        (0..words.len()).find_map(|i| fraction(&words, i)).map(|(v, b, _)| ((v * 1e4).round() / 1e4, b))
    }

    #[test]
    fn fractions_in_words() {
        assert_eq!(read("more than a quarter"), Some((0.25, Bound::Above)));
        assert_eq!(read("three in four"), Some((0.75, Bound::About)));
        assert_eq!(read("one out of eight"), Some((0.125, Bound::About)));
        assert_eq!(read("two fifths of them"), Some((0.4, Bound::About)));
        assert_eq!(read("every fourth answer"), Some((0.25, Bound::About)));
        assert_eq!(read("exactly half"), Some((0.5, Bound::Exactly)));
        assert_eq!(read("the third run and 5 of 500"), None);
        assert_eq!(read("one and a half hours"), None);
    }

    fn said(text: &str, own: Who) -> Vec<Counted> {
        let words = words_of(text);
        let memory = Memory::read(&words, Some(own));
        super::super::words::sentences(&words).flat_map(|s| find(s, &memory)).map(|(_, c)| c).collect()
    }

    #[test]
    fn a_fraction_is_of_the_answers_of_the_one_that_is_named() {
        for text in [
            "We have 23.6 %. So more than a quarter of the dev questions are right.",
            "We have 23.6 %. The model gets more than a quarter of the questions right.",
            "We have 23.6 %, it is right for more than a quarter of the people.",
        ] {
            let found = said(text, Who::Pretrained);
            assert!(found.len() == 1 && found[0].certain && found[0].bound == Bound::Above, "{text}: {found:?}");
        }
        assert_eq!(
            said("31 of 500 = 6.2 %. This is almost half of what the vanilla model has (23.6 %).", Who::Perceiver).len(),
            1
        );
        for text in
            ["We have 23 %. A quarter of the layers are right.", "We have 23 %. Half of the parameters of the vanilla model."]
        {
            assert!(said(text, Who::Pretrained).is_empty(), "{text}");
        }
    }
}
