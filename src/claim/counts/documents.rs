//! What the documents are good for and how many they are: `a model that remembers all of wiki.txt would reach 92.4 %`, `about 5.9
//! lines for each dev person`, `the text is 0.42 million characters long`.
//!
//! Every word of a sentence is known, or it is left alone.

use std::ops::Range;

use super::amounts::{is_all, items, over};
use super::shares::{bound, percent, total};
use super::told::{BOUNDS, plain};
use super::words::{Word, is};
use super::{Amount, Bound, Counted};

/// What a sentence says.
pub fn find(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    recalled(s).or_else(|| per_person(s)).or_else(|| characters(s)).or_else(|| on_training(s))
}

/// Whether all words but some are known.
fn known(s: &[Word], taken: &[usize], more: &[&str]) -> bool {
    s.iter().enumerate().all(|(i, w)| taken.contains(&i) || plain(w) || w.is(BOUNDS) || w.is(more) || w.is(&[","]) || wiki(w))
}

fn wiki(w: &Word) -> bool {
    w.text.starts_with("wiki")
}

fn fact(key: &str) -> Amount {
    Amount::Fact(key.into())
}

/// `A model that remembers every sentence of wiki.txt would reach 92.4 % on the dev set`.
fn recalled(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    const KNOWN: &[&str] = &[
        "a",
        "model",
        "that",
        "which",
        "who",
        "someone",
        "somebody",
        "one",
        "everything",
        "every",
        "sentence",
        "line",
        "lines",
        "sentences",
        "all",
        "whole",
        "word",
        "of",
        "in",
        "by",
        "heart",
        "would",
        "could",
        "can",
        "reach",
        "get",
        "score",
        "have",
        "at",
        "most",
        "best",
        "perfect",
        "perfectly",
        "recall",
        "memory",
        "with",
        "on",
        "the",
        "dev",
        "set",
        "right",
        "answers",
        "names",
        "questions",
        "people",
        "text",
        "completely",
        "exactly",
        "accuracy",
        "an",
        "of",
        "it",
        "read",
        "be",
        "if",
        "file",
        "out",
        "%",
        "percent",
    ];
    const RECALLS: &[&str] = &[
        "remembers",
        "remember",
        "remembered",
        "memorises",
        "memorizes",
        "memorised",
        "memorized",
        "memorising",
        "memorizing",
        "knows",
        "recalls",
    ];
    let recall = s.iter().any(|w| w.is(RECALLS));
    let would = s.iter().any(|w| w.is(&["would", "could", "can"]));
    let mut numbers = (0..s.len()).filter(|i| s[*i].value.is_some() && !s[*i].is(&["one"]));
    let (at, second) = (numbers.next()?, numbers.next());
    let counted = total(s, at).is_some_and(|(end, t)| Some(end) == second && is_all(t));
    if !recall || !would || !s.iter().any(wiki) || !(percent(s, at) && second.is_none() || counted) {
        return None;
    }
    let taken: Vec<usize> = std::iter::once(at).chain(second).collect();
    let of = |key: &str| match counted {
        true => fact(key),
        false => Amount::Times(100.0, Box::new(over(fact(key), items()))),
    };
    let of = vec![of("read dev wiki"), of("together dev wiki")];
    let what = "what stands in one line with the name, counted in the data".into();
    let said = Counted { value: s[at].value?.0, slack: s[at].slack().min(0.5), bound: bound(s, at), of, certain: true, what };
    known(s, &taken, &[KNOWN, RECALLS].concat()).then_some((0..s.len(), said))
}

/// `wiki.txt holds about 5.9 lines for each dev person on average`.
fn per_person(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    const KNOWN: &[&str] = &[
        "lines",
        "biographies",
        "documents",
        "per",
        "for",
        "each",
        "every",
        "dev",
        "person",
        "name",
        "on",
        "average",
        "holds",
        "has",
        "have",
        "contains",
        "there",
        "are",
        "the",
        "that",
        "makes",
        "since",
        "it",
        "mean",
        "in",
        "i.e",
        "text",
        "file",
        "of",
    ];
    let noun = (0..s.len()).find(|i| s[*i].is(&["lines", "biographies", "documents"]) && *i > 0 && s[*i - 1].value.is_some())?;
    let at = noun - 1;
    let each = (noun + 1..s.len()).any(|i| s[i].is(&["per", "each", "every"]));
    let dev = (noun + 1..s.len()).any(|i| is(s, i, &["dev"]) && is(s, i + 1, &["person", "name"]));
    // "Since it has 2937 lines, …": what is known stands before a comma.
    let from = s[..at].iter().rposition(|w| w.is(&[","])).map_or(0, |i| i + 1);
    let alone = s[from..].iter().filter(|w| w.value.is_some() && !w.is(&["one"])).count() == 1;
    let of = vec![over(fact("lines wiki"), fact("size dev"))];
    let what = "lines for each dev person, counted in the data".into();
    let said = Counted { value: s[at].value?.0, slack: s[at].slack(), bound: bound(s, at), of, certain: true, what };
    (each && dev && alone && known(&s[from..], &[at - from], KNOWN)).then_some((from..s.len(), said))
}

/// `The text is around 0.42 million characters long`.
fn characters(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    const KNOWN: &[&str] = &[
        "characters",
        "million",
        "thousand",
        "long",
        "text",
        "file",
        "pretraining",
        "the",
        "is",
        "has",
        "contains",
        "holds",
        "in",
        "total",
        "altogether",
        "of",
        "whole",
        "letters",
        "consists",
        "comprises",
        "it",
        "all",
    ];
    let noun = (2..s.len()).find(|i| s[*i].is(&["characters"]) && s[*i - 1].is(&["million", "thousand"]))?;
    let at = noun - 2;
    let power = if s[noun - 1].is(&["million"]) { 1e6 } else { 1e3 };
    let (value, _) = s[at].value?;
    let subject = s[..at].iter().any(|w| wiki(w) || w.is(&["text", "file"]));
    let alone = s.iter().filter(|w| w.value.is_some()).count() == 1;
    let of = vec![fact("characters wiki")];
    let said = match bound(s, at) {
        Bound::Exactly => Bound::About,
        b => b,
    };
    let what = "characters, counted in the data".into();
    let said = Counted { value: power * value, slack: power * s[at].slack(), bound: said, of, certain: true, what };
    (subject && alone && known(s, &[at], KNOWN)).then_some((0..s.len(), said))
}

/// `The London trick would score 4.6 % on the training set`.
fn on_training(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    const KNOWN: &[&str] = &[
        "london",
        "always",
        "trick",
        "rule",
        "strategy",
        "answer",
        "answering",
        "saying",
        "constant",
        "baseline",
        "would",
        "score",
        "scores",
        "get",
        "gets",
        "reach",
        "reaches",
        "have",
        "has",
        "be",
        "on",
        "of",
        "in",
        "the",
        "training",
        "train",
        "set",
        "pairs",
        "data",
        "questions",
        "rows",
        "accuracy",
        "an",
        "right",
        "correct",
        "%",
        "percent",
        "for",
        "itself",
        "same",
        "so",
        "it",
    ];
    let london = s.iter().position(|w| w.is(&["london", "london's"]))?;
    let at = (london + 1..s.len()).find(|i| percent(s, *i))?;
    let start = s[..at].iter().rposition(|w| w.is(&[",", "so", ":", ";"])).map_or(0, |i| i + 1);
    let end = (at + 2..s.len()).find(|i| super::words::parts_clause(&s[*i])).unwrap_or(s.len());
    let own = &s[start..end];
    let named = own.iter().any(|w| w.is(&["london", "london's"])) && own.iter().any(|w| w.is(&["training", "train"]));
    let alone = own.iter().filter(|w| w.value.is_some() && !w.is(&["one"])).count() == 1;
    let of = vec![Amount::Times(100.0, Box::new(over(fact("place train london"), fact("size train"))))];
    let what = "the training pairs with that place, in percent, counted in the data".into();
    let said = Counted { value: s[at].value?.0, slack: s[at].slack(), bound: bound(s, at), of, certain: true, what };
    (named && alone && known(own, &[at - start], KNOWN)).then_some((start..end, said))
}
