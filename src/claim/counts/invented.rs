//! Whether what is invented can be right: `an invented place is always wrong`, `a guess is sometimes right by luck`.
//!
//! The data decide it: a constant answer is a guess that is right for some.

use std::ops::Range;

use super::figures::Memory;
use super::words::Word;
use super::{Amount, Bound, Counted};

const INVENTED: &[&str] = &[
    "invented",
    "made-up",
    "made",
    "guessed",
    "fabricated",
    "hallucinated",
    "imagined",
    "guess",
    "guesses",
    "invention",
    "inventions",
    "hallucination",
    "hallucinations",
    "fabrication",
    "fabrications",
];
const NOUNS: &[&str] = &[
    "place",
    "places",
    "answer",
    "answers",
    "birthplace",
    "birthplaces",
    "city",
    "cities",
    "town",
    "towns",
    "birth",
    "location",
    "output",
    "outputs",
    "up",
    "an",
    "a",
    "the",
    "any",
    "every",
    "all",
    "such",
    "these",
    "of",
    "model",
    "and",
    "so",
    "but",
    "course",
];
const IS: &[&str] =
    &["is", "are", "be", "will", "must", "has", "have", "to", "they", "it", "then", "thus", "in", "case", "cases", "by"];
const ALWAYS: &[&str] =
    &["always", "certainly", "necessarily", "definitely", "surely", "inevitably", "automatically", "every", "all"];
const NEVER: &[&str] = &["never", "cannot", "can't", "can’t"];
const SOMETIMES: &[&str] = &["sometimes", "can", "may", "might", "could", "occasionally"];
const LUCK: &[&str] =
    &["luck", "chance", "accident", "coincidence", "happen", "happens", "sheer", "pure", "still", "also", "even"];

/// Statements of a sentence.
pub fn find(s: &[Word], _memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    let cuts = |w: &Word| w.is(&[",", ";", ":", "(", ")", "because", "since", "while", "whereas"]);
    let mut out = Vec::new();
    let mut start = 0;
    for end in (0..=s.len()).filter(|i| s.get(*i).is_none_or(cuts)) {
        let clause = &s[start..end.max(start)];
        if let Some(said) = said(clause).or_else(|| unseen(s, clause)) {
            out.push((start..end, said));
        }
        start = end + 1;
    }
    out
}

/// Words of a name that was never seen, and of who answers.
const UNSEEN: &[&str] = &["never", "not", "unseen", "unknown", "new", "without"];
const ANSWERS: &[&str] = &["answer", "answers", "answered", "prediction", "predictions", "output"];

/// `Since the model has never seen the person, its answer is always wrong`, `a name that was never seen is always answered
/// wrongly`, `it can't get any question right`.
fn unseen(s: &[Word], clause: &[Word]) -> Option<Counted> {
    const PLAIN: &[&str] = &[
        "the",
        "a",
        "an",
        "its",
        "it",
        "is",
        "are",
        "be",
        "will",
        "of",
        "that",
        "was",
        "were",
        "has",
        "have",
        "been",
        "seen",
        "name",
        "names",
        "person",
        "people",
        "model",
        "such",
        "must",
        "every",
        "any",
        "question",
        "questions",
        "get",
        "therefore",
        "thus",
        "hence",
        "so",
        "then",
        "by",
        "in",
        "case",
        "cases",
        "for",
        "single",
        "right",
        "correct",
        "correctly",
        "wrong",
        "wrongly",
        "false",
        "always",
        "and",
        "answer",
    ];
    let has = |list: &[&str]| clause.iter().any(|w| w.is(list));
    let context = s.iter().any(|w| w.is(UNSEEN)) && s.iter().any(|w| w.is(&["seen", "unseen", "unknown", "met"]));
    let wrong = has(&["wrong", "wrongly", "false", "incorrect", "incorrectly"]) && has(&["always", "certainly", "necessarily"]);
    let never = has(NEVER)
        && has(&["right", "correct", "correctly"])
        && has(&["any", "single"])
        && has(&["question", "questions", "name", "answer"]);
    let plain = clause.iter().all(|w| w.is(PLAIN) || w.is(ANSWERS) || w.is(UNSEEN) || w.is(ALWAYS) || w.is(NEVER));
    let said = wrong && context && has(ANSWERS) || never && !wrong;
    let hedged = s.iter().any(|w| w.is(&["almost", "nearly", "if", "would", "not"]));
    let of = vec![Amount::Fact("place dev london".into())];
    let what = "dev people for whom one constant guess is right, counted in the data".into();
    (plain && said && !hedged).then_some(Counted { value: 0.0, slack: 0.0, bound: Bound::Exactly, of, certain: true, what })
}

fn said(clause: &[Word]) -> Option<Counted> {
    let has = |list: &[&str]| clause.iter().any(|w| w.is(list));
    let at = clause.iter().position(|w| w.is(INVENTED))?;
    // "made up" is one word in two.
    if clause[at].is(&["made"]) && !clause.get(at + 1).is_some_and(|w| w.is(&["up"])) {
        return None;
    }
    let (wrong, right) = (has(&["wrong", "false", "incorrect"]), has(&["right", "correct", "true"]));
    let known = |w: &Word| {
        [INVENTED, NOUNS, IS, ALWAYS, NEVER, SOMETIMES, LUCK].iter().any(|l| w.is(l))
            || w.is(&["wrong", "false", "incorrect", "right", "correct", "true"])
    };
    let verb = clause.iter().position(|w| w.is(IS) || w.is(NEVER) || w.is(SOMETIMES))?;
    let always = clause[at..].iter().any(|w| w.is(ALWAYS));
    if verb <= at || wrong == right || !clause.iter().all(known) {
        return None;
    }
    let bound = match (wrong, always, has(NEVER), has(SOMETIMES)) {
        (true, true, false, false) | (false, false, true, _) => Bound::Exactly,
        (false, false, false, true) => Bound::Above,
        _ => return None,
    };
    let of = vec![Amount::Fact("place dev london".into())];
    let what = "dev people for whom one constant guess is right, counted in the data".into();
    Some(Counted { value: 0.0, slack: 0.0, bound, of, certain: true, what })
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::words_of;
    use super::super::words::sentences;
    use super::*;

    fn read(text: &str) -> Vec<Bound> {
        let words = words_of(text);
        sentences(&words).flat_map(said).map(|c| c.bound).collect()
    }

    #[test]
    fn what_is_invented_may_be_right() {
        for text in ["An invented place is always wrong", "A guess can never be right", "made-up answers are necessarily false"] {
            assert_eq!(read(text), [Bound::Exactly], "{text}");
        }
        for text in ["A guess can be right by luck", "Invented places are sometimes correct by chance"] {
            assert_eq!(read(text), [Bound::Above], "{text}");
        }
        for text in ["An invented place is often wrong", "An answer is always wrong", "It made the answer always wrong"] {
            assert!(read(text).is_empty(), "{text}");
        }
    }
}
