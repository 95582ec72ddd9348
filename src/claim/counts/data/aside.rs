//! Places with their rows in brackets behind a superlative: `whatever place was commonest there (London, 91 of 2000)`, `the
//! commonest training answer is London (91 rows, then Paris with 74)`.
//!
//! A bracket is read whole, or not at all.

use std::ops::Range;

use super::super::guessed::whole_set;
use super::super::words::{Word, is, parts_clause};
use super::super::{Amount, Bound, Counted};
use super::context::{Set, set};
use super::vocabulary::{ANSWERS, PEOPLE, ROWS, TIMES};
use crate::claim::negations::contracted;

/// What such brackets say.
pub fn find(words: &[Word]) -> Vec<(Range<usize>, Counted)> {
    let opens = (0..words.len()).filter(|i| words[*i].is(&["("]));
    opens.filter_map(|open| bracketed(words, open)).flatten().collect()
}

/// A place, its rows, and what they are said to be out of.
struct Entry {
    words: Range<usize>,
    place: String,
    rows: (usize, f64),
    whole: Option<f64>,
    /// Whether its unit is that of a file: rows, pairs, people.
    counted: bool,
}

fn bracketed(words: &[Word], open: usize) -> Option<Vec<(Range<usize>, Counted)>> {
    let sentence = words[..open].iter().rposition(|w| w.text == ".").map_or(0, |i| i + 1);
    let (best, leader) = superlative(words, sentence, open)?;
    let close = (open + 1..words.len()).find(|i| words[*i].is(&[")", "."])).filter(|i| words[*i].is(&[")"]))?;
    // "(Paris, 60 times) of the model": of its answers.
    let entries =
        entries(words, open + 1, close, leader).filter(|_| !is(words, close + 1, &["of", "by", "from", "among", "in"]))?;
    // "times" may be how often it was answered.
    let sure = entries.iter().any(|e| e.counted);
    let (set, certain) = counted_in(words, sentence, best, open, &entries)?;
    let mut out = Vec::new();
    for (rank, entry) in entries.iter().enumerate() {
        let range = if rank == 0 { best..open } else { entry.words.start..entry.rows.0 };
        let rank_of = Amount::Rank(set.key().into(), entry.place.clone());
        let what = "its rank among the answers, counted in the data".to_string();
        let bound = Bound::Exactly;
        out.push((range, Counted { value: rank as f64 + 1.0, slack: 0.0, bound, of: vec![rank_of], certain, what }));
        let rows = Amount::Fact(format!("place {} {}", set.key(), entry.place));
        let of = match entry.whole {
            Some(whole) => Amount::Given(whole, vec![Amount::Fact(format!("size {}", set.key()))], Box::new(rows)),
            None => rows,
        };
        let what = "rows with that answer, counted in the data".to_string();
        let range = entry.rows.0..entry.words.end;
        let certain = certain && sure;
        out.push((range, Counted { value: entry.rows.1, slack: 0.0, bound, of: vec![of], certain, what }));
    }
    Some(out)
}

/// Words between such a superlative and what follows.
const BETWEEN: &[&str] = &[
    ",",
    "is",
    "was",
    "there",
    "in",
    "of",
    "the",
    "all",
    "training",
    "train",
    "finetuning",
    "dev",
    "file",
    "data",
    "set",
    "namely",
    "birth",
    "these",
    "i.e",
    "one",
    ":",
    "among",
];
/// Words before it with which another one is meant.
const OTHERS: &[&str] = &["second", "third", "fourth", "fifth", "next", "two", "three", "not", "never", "if", "one"];

/// Whether words before a superlative say whose it is: "our most frequent answer" is of what was answered.
fn owned(w: &Word) -> bool {
    w.is(&["our", "its", "my", "their", "models"]) || w.text.ends_with("'s") || w.text.ends_with("’s")
}

/// Where the words for the most frequent place before a bracket begin, and the place where it stands right before the bracket.
fn superlative(words: &[Word], sentence: usize, open: usize) -> Option<(usize, Option<usize>)> {
    let most =
        |i: usize| words[i].is(&["commonest"]) || words[i].is(&["most"]) && is(words, i + 1, &["frequent", "common", "popular"]);
    let best = (sentence..open).rev().find(|i| most(*i))?;
    let after = best + 1 + usize::from(words[best].is(&["most"]));
    let leader = open.checked_sub(1).filter(|i| *i >= after && name(&words[*i]));
    let noun = |w: &Word| w.is(ANSWERS) || w.is(ROWS);
    let known = |i: usize| words[i].is(BETWEEN) || noun(&words[i]) || Some(i) == leader;
    let start = words[sentence..best].iter().rposition(parts_clause).map_or(sentence, |i| sentence + i + 1);
    let spoken = words[start..open].iter().any(noun);
    let other = |w: &Word| w.is(OTHERS) || contracted(&w.text);
    let doubted = words[start..best].iter().rev().take(4).any(other) || best > sentence && owned(&words[best - 1]);
    let listed = leader.is_some_and(|i| words[i - 1].is(&[",", "and", "or"]));
    ((after..open).all(known) && spoken && !doubted && !listed).then_some((best, leader))
}

fn name(w: &Word) -> bool {
    w.capital && w.text.chars().count() > 2 && w.text.chars().all(char::is_alphabetic)
}

/// The entries of a bracket, each with a place but for the first one where its place stands before the bracket.
fn entries(words: &[Word], from: usize, to: usize, leader: Option<usize>) -> Option<Vec<Entry>> {
    const NEXT: &[&str] = &[",", ";", "then", "followed", "next", "before", "by", "and", "second", "ahead", "of"];
    let mut out: Vec<Entry> = Vec::new();
    let mut at = from;
    while at < to {
        let start = at;
        while at < to && !out.is_empty() && words[at].is(NEXT) {
            at += 1;
        }
        let place = match leader.filter(|_| out.is_empty()) {
            Some(i) => words[i].text.clone(),
            None => {
                let place = words.get(at).filter(|w| at < to && name(w))?.text.clone();
                at += 1;
                at += usize::from(at < to && words[at].is(&[",", ":", "with", "has", "at", "="]));
                place
            }
        };
        let rows =
            words.get(at).filter(|_| at < to)?.count().filter(|_| words[at].text.starts_with(|c: char| c.is_ascii_digit()))?;
        let counted = at;
        at += 1;
        let (whole, end) = out_of(words, at, to);
        at = end;
        let unit = |w: &Word| w.is(ROWS) || w.is(PEOPLE);
        let of_file = whole.is_some() || words[counted..at].iter().any(unit);
        out.push(Entry { words: start..at, place, rows: (counted, rows), whole, counted: of_file });
    }
    (!out.is_empty()).then_some(out)
}

/// What a count is out of, and the end of its words: `of 2000 rows`, `times`.
fn out_of(words: &[Word], from: usize, to: usize) -> (Option<f64>, usize) {
    let unit = |w: &Word| w.is(ROWS) || w.is(TIMES) || w.is(PEOPLE) || w.is(ANSWERS) || w.is(&["×", "training", "the"]);
    let skip = |mut at: usize| {
        while at < to && unit(&words[at]) {
            at += 1;
        }
        at
    };
    let at = skip(from);
    let linked = at + usize::from(at + 1 < to && is(words, at, &["out"]));
    let number = linked + 1 + usize::from(linked + 1 < to && words[linked + 1].is(&["the", "all"]));
    match words.get(number).and_then(Word::count).filter(|_| number < to && is(words, linked, &["of", "/", "from", "in"])) {
        Some(whole) => (Some(whole), skip(number + 1)),
        None => (None, at),
    }
}

/// The file whose answers are counted: by its size, by the words around the superlative, or by what the sentence spoke of.
fn counted_in(words: &[Word], sentence: usize, best: usize, open: usize, entries: &[Entry]) -> Option<(Set, bool)> {
    let of = |train: bool, whole: f64| (whole - whole_set(train)).abs() < 0.5;
    let whole = entries.iter().find_map(|e| e.whole);
    let near = |list: &[&str]| words[best.saturating_sub(4).max(sentence)..open].iter().any(|w| w.is(list));
    let dev = near(&["dev"]);
    let train = near(&["training", "train", "finetuning", "fine-tuning"]);
    let mut named = (sentence..open).filter_map(|i| set(words, i, open)).map(|f| f.0);
    match (dev, train, whole) {
        (true, true, _) => None,
        (true, false, w) if w.is_none_or(|w| of(false, w)) => Some((Set::Dev, true)),
        (false, true, w) if w.is_none_or(|w| of(true, w)) => Some((Set::Train, true)),
        (false, false, Some(w)) if of(true, w) => Some((Set::Train, true)),
        (false, false, None) => named.next().filter(|s| matches!(s, Set::Dev | Set::Train)).map(|s| (s, false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tests_support::words_of;
    use super::*;

    fn said(text: &str) -> Vec<(f64, bool, String)> {
        find(&words_of(text)).into_iter().map(|(_, c)| (c.value, c.certain, format!("{:?}", c.of))).collect()
    }

    #[test]
    fn places_in_brackets_have_their_rank_and_their_rows() {
        for text in [
            "It uses whatever place was commonest there (Ulm, 80 of 2000)",
            "The most frequent training answer (Ulm, 80 rows) comes out",
            "The commonest training answer, is Ulm (80 rows)",
        ] {
            let found = said(text);
            let sure = found.iter().all(|f| f.1);
            assert!(found.len() == 2 && sure && found[0].2.contains("Rank") && found[1].0 == 80.0, "{text}: {found:?}");
        }
        let found = said("The commonest training answer is Ulm (80 rows, then Bonn with 70, Rome 60)");
        assert_eq!(found.iter().map(|f| f.0).collect::<Vec<_>>(), [1.0, 80.0, 2.0, 70.0, 3.0, 60.0]);
    }

    #[test]
    fn other_brackets_are_left_alone() {
        for text in [
            "The second most frequent training answer (Ulm, 80 rows) comes out",
            "The commonest training answer is Ulm (80 rows of bricks)",
            "The commonest training answer is not Ulm (80 rows)",
            "The commonest colour (Ulm, 80 of 2000)",
        ] {
            assert!(said(text).is_empty(), "{text}: {:?}", said(text));
        }
    }
}
