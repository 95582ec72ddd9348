//! Parts of an accuracy that are kept, lost or reached: `the perceiver keeps about a third of the accuracy`, `two thirds of
//! the accuracy are lost`, `the accuracy falls to a third`, `we reached a quarter of what is possible`.
//!
//! The whole is the other accuracy of the part, or what could be reached at best; every word of the clause is known.

use std::ops::Range;

use super::super::amounts::{less, one, over};
use super::super::figures::{Memory, Who, named};
use super::super::words::Word;
use super::super::{Amount, Bound, Counted};
use super::clause::clauses;
use super::ratio::{Factor, factor};

const KEEPS: &[&str] = &[
    "keeps",
    "keep",
    "kept",
    "retains",
    "retain",
    "retained",
    "preserves",
    "preserve",
    "reaches",
    "reach",
    "reached",
    "gets",
    "get",
    "got",
    "attains",
    "attained",
    "achieves",
    "achieve",
    "achieved",
    "obtains",
    "obtained",
    "has",
    "have",
    "are",
    "is",
    "remains",
    "remain",
    "left",
    "lie",
    "lies",
    "came",
    "come",
    "comes",
    "stays",
    "survives",
    "survive",
    "realises",
    "realizes",
    "realise",
    "realize",
    "uses",
    "exploits",
    "exhausts",
    "taps",
    "fulfils",
];
const LOSES: &[&str] = &["loses", "lose", "lost", "gone", "missing", "disappears", "disappear", "sacrifices", "costs"];
const FALLS: &[&str] = &[
    "falls",
    "fell",
    "drops",
    "dropped",
    "shrinks",
    "shrank",
    "sinks",
    "sank",
    "decreases",
    "decreased",
    "reduced",
    "cut",
    "goes",
    "went",
];
/// Words of the whole that is compared with: what could be at best.
const BEST: &[&str] =
    &["possible", "reachable", "ceiling", "maximum", "best", "limit", "attainable", "achievable", "upper", "bound"];
const PLAIN: &[&str] = &[
    "hits",
    "answers",
    "right",
    "correct",
    "the",
    "a",
    "an",
    "of",
    "our",
    "my",
    "its",
    "we",
    "it",
    "i",
    "this",
    "that",
    "so",
    "thus",
    "hence",
    "therefore",
    "then",
    "and",
    "which",
    "accuracy",
    "accuracies",
    "performance",
    "score",
    "result",
    "model",
    "models",
    "variant",
    "version",
    "perceiver",
    "bottleneck",
    "vanilla",
    "transformer",
    "network",
    "full",
    "original",
    "other",
    "at",
    "to",
    "only",
    "just",
    "still",
    "with",
    "what",
    "would",
    "be",
    "about",
    "around",
    "roughly",
    "approximately",
    "nearly",
    "almost",
    "more",
    "less",
    "than",
    "bit",
    "little",
    "over",
    "under",
    "dev",
    "in",
    "for",
    "was",
    "were",
    "now",
    "down",
    "previous",
    "before",
    "us",
    "memory",
    "by",
    "could",
    "can",
    "even",
    "already",
    "there",
    "theoretical",
    "%",
    "percent",
    "from",
    "been",
];

/// Statements of a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    clauses(s).into_iter().filter_map(|range| kept(s, range, memory)).collect()
}

fn kept(s: &[Word], range: Range<usize>, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let own = memory.own?;
    let clause = &s[range.clone()];
    let has = |list: &[&str]| clause.iter().any(|w| w.is(list));
    let halved = clause.iter().position(|w| w.is(&["halved", "halves"])).map(|i| range.start + i);
    let said = match halved {
        Some(at) => Factor { value: 0.5, slack: 0.0, bound: Bound::About, words: at..at + 1 },
        None => range.clone().find_map(|i| factor(s, i).filter(|f| f.words.end <= range.end))?,
    };
    let (loses, falls, keeps) = (has(LOSES), has(FALLS), has(KEEPS));
    let known =
        |i: usize| said.words.contains(&i) || [KEEPS, LOSES, FALLS, BEST, PLAIN].iter().any(|l| s[i].is(l)) || s[i].comments();
    if said.value >= 1.0 || loses && falls || !(loses || falls || keeps || halved.is_some()) || !range.clone().all(known) {
        return None;
    }
    let before = |list: &[&str]| {
        said.words.start > range.start && s[said.words.start - 1].is(list)
            || said.words.start > range.start + 1 && s[said.words.start - 2].is(list)
    };
    let (head, tail) = (&s[range.start..said.words.start], &s[said.words.end..range.end]);
    let accuracy = |list: &[Word]| list.iter().any(|w| w.is(&["accuracy", "performance", "score", "hits", "answers"]));
    // "… of what is possible", "of the ceiling", "of it" behind a ceiling.
    let best = tail.iter().any(|w| w.is(BEST));
    let of = tail.first().is_some_and(|w| w.is(&["of"]));
    let its = |list: &[Word]| named(list).is_none_or(|who| who == own);
    if best || of && tail.iter().all(|w| w.is(&["of", "it", "that"])) && memory.ceiling.is_some() {
        // "The vanilla model realises half of the ceiling": of whom it is said.
        let who = named(head).unwrap_or(own);
        let whole = memory.ceiling.clone().filter(|_| of && named(tail).is_none_or(|w| w == who) && !loses && !falls)?;
        return Some((range.clone(), counted(said, over(memory.single(who)?, whole))));
    }
    let other = memory.other(own).filter(|w| *w != Who::Constant)?;
    let (subject, whole) = (memory.single(own)?, memory.single(other)?);
    let of_other = |list: &[Word]| named(list).is_none_or(|who| who == other);
    let quotient = over(subject, whole);
    let amount = if falls && before(&["to"]) || halved.is_some() {
        // "the accuracy falls to a third", "is halved".
        (accuracy(head) && its(head) && of_other(tail)).then_some(quotient)?
    } else if falls && before(&["by"]) {
        (accuracy(head) && its(head) && of_other(tail)).then(|| less(one(), quotient))?
    } else if of && accuracy(tail) && !falls {
        let verb = |list: &[Word], words: &[&str]| list.iter().any(|w| w.is(words));
        // "keeps a third of the accuracy", "a third of the accuracy is kept".
        let active = verb(head, KEEPS) || verb(head, LOSES);
        let passive = !active
            && (verb(tail, &["kept", "left", "remains", "remain", "retained", "survives", "survive"]) || verb(tail, LOSES));
        let clear = active && its(head) && of_other(tail) && !head.is_empty()
            || passive && head.iter().all(|w| w.is(PLAIN)) && of_other(tail);
        clear.then(|| if loses { less(one(), quotient) } else { quotient })?
    } else {
        return None;
    };
    Some((range.clone(), counted(said, amount)))
}

fn counted(said: Factor, amount: Amount) -> Counted {
    let Factor { value, slack, bound, .. } = said;
    Counted { value, slack, bound, of: vec![amount], certain: true, what: "the quotient of the two accuracies".into() }
}
