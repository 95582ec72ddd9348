//! Facts of the course's data: how large a set is, how much of one is found in another, how often a place is the
//! answer.

use std::ops::Range;

use super::figures::{Memory, QUESTIONS};
use super::shares::{bound, percent, total, unsure};
use super::words::Word;
use super::{Amount, Bound, Counted};

/// The sets, by the names that their counts have.
pub fn set(s: &[Word], at: usize) -> Option<&'static str> {
    let word = &s[at];
    let has = |part: &str| word.text.contains(part);
    let questions = |w: &Word| w.text.starts_with("pair") || w.text.starts_with("question");
    if word.is(&["dev", "development", "birth_dev.tsv"]) {
        Some("dev")
    } else if word.is(&["test", "birth_test_inputs.tsv"]) {
        Some("test")
    } else if has("wiki") || word.is(&["biographies", "corpus"]) {
        Some("wiki")
    } else if word.is(&["train", "birth_places_train.tsv", "training"])
        || has("finetuning") && s.get(at + 1).is_some_and(questions)
    {
        Some("train")
    } else {
        None
    }
}

/// Facts in a sentence, clause by clause.
pub fn find(s: &[Word], _memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    let mut found: Vec<(Range<usize>, Counted)> = Vec::new();
    for at in 0..s.len() {
        if found.last().is_some_and(|(r, _)| at < r.end) {
            continue;
        }
        let start = clause_start(s, at);
        let end = clause_end(s, at);
        if unsure_besides_one(&s[start..end])
            || s[start..end].iter().any(|w| w.is(&["model", "accuracy", "predicts", "perceiver", "random"]))
        {
            continue;
        }
        found.extend(said(s, start, at, end));
    }
    found
}

fn cuts(w: &Word) -> bool {
    w.is(&[",", ";", ":", "whereas", "while", "but", "because", "so", "hence", "therefore", "("]) || w.is(&["and"])
}

fn clause_start(s: &[Word], at: usize) -> usize {
    (0..at).rev().find(|i| cuts(&s[*i])).map_or(0, |i| i + 1)
}

fn clause_end(s: &[Word], at: usize) -> usize {
    (at + 1..s.len()).find(|i| cuts(&s[*i])).unwrap_or(s.len())
}

/// `not one of` and `not a single` count; another negation is not understood.
fn unsure_besides_one(s: &[Word]) -> bool {
    let words: Vec<Word> = s
        .iter()
        .enumerate()
        .filter(|(i, w)| !(w.is(&["not"]) && s.get(i + 1).is_some_and(|n| n.is(&["one", "a", "any"]))))
        .map(|(_, w)| w.clone())
        .collect();
    unsure(&words)
}

/// How many are said to be: a number, or the whole set, or none; with the words it takes.
fn quantity(s: &[Word], at: usize) -> Option<(Option<f64>, usize)> {
    let next = |n: usize, words: &[&str]| s.get(at + n).is_some_and(|w| w.is(words));
    let article = |n: usize| usize::from(next(n, &["of"])) + usize::from(next(n + 1, &["the", "our", "these", "them"]));
    if s[at].is(&["all", "each", "every"]) {
        let one = usize::from(next(1, &["one", "single"]));
        return Some((None, at + 1 + one + article(1 + one)));
    }
    if s[at].is(&["none", "no", "zero"]) {
        return Some((Some(0.0), at + 1 + article(1)));
    }
    if s[at].is(&["not"]) && next(1, &["one", "a", "any"]) {
        let single = usize::from(next(2, &["single"]));
        return Some((Some(0.0), at + 2 + single + article(2 + single)));
    }
    let count = s[at].count().filter(|_| !percent(s, at))?;
    Some((Some(count), at + 1 + article(1)))
}

fn said(s: &[Word], start: usize, at: usize, end: usize) -> Option<(Range<usize>, Counted)> {
    size(s, at, end)
        .or_else(|| place(s, start, at, end))
        .or_else(|| distinct(s, at, end))
        .or_else(|| repeated(s, at, end))
        .or_else(|| inside(s, start, at, end))
}

fn fact(value: f64, bound: Bound, key: String, what: &str) -> Counted {
    Counted { value, slack: 0.0, bound, of: vec![Amount::Fact(key)], certain: true, what: what.into() }
}

/// `the file has 2,937 lines` (a file that was named), `wiki.txt has 418,352 characters`.
fn size(s: &[Word], at: usize, end: usize) -> Option<(Range<usize>, Counted)> {
    let value = s[at].count().filter(|_| !totals(s, at))?;
    // An average, or one line's.
    if s.iter().any(|w| w.is(&["average", "mean", "per", "longest", "shortest", "typically", "each"])) {
        return None;
    }
    let unit = s.get(at + 1).filter(|_| at + 1 < end)?;
    // "2 lines about …": some of them.
    if s.get(at + 2).is_some_and(|w| {
        w.is(&[
            "about",
            "with",
            "of",
            "from",
            "that",
            "containing",
            "mentioning",
            "for",
            "on",
            "where",
            "longer",
            "before",
            "between",
        ])
    }) {
        return None;
    }
    let has = (at.saturating_sub(3)..at).find(|i| s[*i].is(&["has", "contains", "have", "consists", "comprises", "of"]))?;
    let subject = (0..has).rev().find_map(|i| set(s, i))?;
    let key = match unit.text.as_str() {
        "lines" | "biographies" if subject == "wiki" => "lines wiki",
        "characters" | "chars" if subject == "wiki" => "characters wiki",
        "pairs" | "questions" | "rows" | "lines" | "people" | "names" | "examples" if subject != "wiki" => {
            &format!("size {subject}")
        }
        _ => return None,
    };
    Some((has..at + 2, fact(value, bound(s, at), key.into(), "counted in the data")))
}

/// Whether a number is the total of a count before it: `50 of the 500 people`.
fn totals(s: &[Word], at: usize) -> bool {
    let article = usize::from(at > 0 && s[at - 1].is(&["the", "our", "all", "these"]));
    let of = at.checked_sub(1 + article).filter(|i| s[*i].is(&["of", "in", "from", "among", "/"]));
    of.and_then(|i| i.checked_sub(1)).is_some_and(|i| s[i].value.is_some() || s[i].is(&["out", "all", "none", "most"]))
}

/// `London is the answer 91 times out of 2,000`, `London stands 20 times`.
fn place(s: &[Word], start: usize, at: usize, end: usize) -> Option<(Range<usize>, Counted)> {
    let value = s[at].count()?;
    let times = s.get(at + 1).is_some_and(|w| w.is(&["times", "rows", "times."]));
    let verb = (start..at).find(|i| {
        s[*i].is(&["stands", "occurs", "appears", "comes"])
            || s[*i].is(&["is"]) && s.get(i + 2).is_some_and(|w| w.is(&["answer", "place"]))
    })?;
    let name = s.get(verb.checked_sub(1)?).filter(|w| verb > start && w.value.is_none() && w.text.len() > 2)?;
    let within = total(s, at).map(|(_, t)| t);
    let named = (0..end).rev().find_map(|i| set(s, i));
    let of = match (named, within) {
        (Some("dev"), _) => "dev",
        (Some("train"), _) => "train",
        (None, Some(QUESTIONS)) => "dev",
        (None, Some(2000.0)) => "train",
        _ => return None,
    };
    let common = s[verb - 1].is(&["it", "name", "place", "city", "one", "this", "that", "answer", "which"]);
    if !times || common {
        return None;
    }
    let last = total(s, at).map_or(at + 2, |(i, _)| i + 1);
    let key = format!("place {of} {}", name.text.trim_matches('"'));
    Some((verb - 1..last, fact(value, bound(s, at), key, "rows with that place, counted in the data")))
}

/// `500 different places among the 2,000 training answers`.
fn distinct(s: &[Word], at: usize, end: usize) -> Option<(Range<usize>, Counted)> {
    let value = s[at].count()?;
    s.get(at + 1).filter(|w| w.is(&["different", "distinct", "unique"]))?;
    let noun = s[at + 2..end].iter().take(3).find_map(|w| match w.text.as_str() {
        "places" | "answers" | "cities" => Some("places"),
        "names" | "people" | "persons" => Some("names"),
        _ => None,
    })?;
    let (last, of) = (at + 2..end).find_map(|i| set(s, i).filter(|k| *k != "wiki").map(|k| (i, k)))?;
    Some((
        at..(last + 2).min(end),
        fact(value, bound(s, at), format!("distinct {noun} {of}"), "different ones, counted in the data"),
    ))
}

/// `no name occurs twice in the training questions`.
fn repeated(s: &[Word], at: usize, end: usize) -> Option<(Range<usize>, Counted)> {
    let none = s[at].is(&["no"]) && s.get(at + 1).is_some_and(|w| w.is(&["name", "person", "people"]));
    let twice = (at + 1..end).find(|i| s[*i].is(&["twice", "repeated", "duplicated"]))?;
    let (last, of) = (twice..end).find_map(|i| set(s, i).filter(|k| *k != "wiki").map(|k| (i, k)))?;
    let size = Amount::Less(Box::new(Amount::Fact(format!("size {of}"))), Box::new(Amount::Fact(format!("distinct names {of}"))));
    let what = "names that stand there before, counted in the data".into();
    let counted = Counted { value: 0.0, slack: 0.0, bound: Bound::Exactly, of: vec![size], certain: true, what };
    none.then(|| (at..(last + 2).min(end), counted))
}

const FOUND: &[&str] = &[
    "occur",
    "occurs",
    "stand",
    "stands",
    "appear",
    "appears",
    "found",
    "contained",
    "contain",
    "contains",
    "mentioned",
    "named",
    "begins",
    "begin",
    "start",
    "starts",
    "present",
    "listed",
    "included",
    "include",
    "includes",
];

/// Words that ask for more than to be found.
const NARROWS: &[&str] = &[
    "with",
    "together",
    "along",
    "twice",
    "once",
    "same",
    "beside",
    "next",
    "without",
    "both",
    "several",
    "often",
    "whose",
    "where",
    "except",
    "least",
    "most",
    "almost",
    "nearly",
    "or",
    "different",
    "distinct",
    "unique",
    "chance",
    "last",
    "first",
    "middle",
];

/// `461 of the 500 dev answers also occur as an answer in the training pairs`.
fn inside(s: &[Word], start: usize, at: usize, end: usize) -> Option<(Range<usize>, Counted)> {
    let (said, after) = quantity(s, at)?;
    let lies = |i: usize| s[i].is(&["are", "is"]) && s.get(i + 1).is_some_and(|w| w.is(&["in", "also"]));
    let verb = (start..end).find(|i| s[*i].is(FOUND) || lies(*i))?;
    // With what, how often, where in a line: other counts than these.
    if s[start..end].iter().any(|w| w.is(NARROWS)) {
        return None;
    }
    let (who_at, who) = (after..(after + 7).min(end)).find_map(|i| set(s, i).map(|k| (i, k)))?;
    // "every name of the dev set", "all 500 dev names": what is counted stands around the set's name.
    let around = &s[after.saturating_sub(1)..(who_at + 3).min(end)];
    let answers = around.iter().any(|w| w.is(&["answers", "places", "cities", "answer"]));
    let names = around.iter().any(|w| w.is(&["names", "name", "people", "persons", "person", "string", "questions"]));
    let elsewhere = s[after..who_at].iter().any(|w| w.is(&["in", "for", "with", "from", "by", "at", "on", "a", "is", "are"]));
    if elsewhere || verb > after && verb < who_at || who == "wiki" || answers == names {
        return None;
    }
    let container = (start..end).filter(|i| *i != who_at).find_map(|i| set(s, i).filter(|k| *k != who).map(|k| (i, k)));
    let there = (verb..end).find(|i| s[*i].is(&["there"])).and_then(|i| {
        let before = (0..start).rev().find_map(|j| set(s, j).filter(|k| *k != who))?;
        Some((i, before))
    });
    let (container_at, container) = container.or(there)?;
    let starts = s[start..end]
        .windows(2)
        .any(|w| w[0].is(&["beginning", "start", "starts", "begin", "begins"]) && w[1].is(&["of", "a", "the", "with", "one"]));
    let part = match (answers, starts) {
        (true, false) => "answers",
        (false, true) => "starting",
        (false, false) => "names",
        _ => return None,
    };
    let key = format!("{part} {who} {container}");
    let size = format!("size {who}");
    let mut counted = fact(said.unwrap_or(0.0), bound(s, at), key.clone(), "found there, counted in the data");
    // "10 dev names occur in …": more may, unless it is said of how many or that there are no others.
    let rest = s[at + 1..after].iter().any(|w| w.is(&["of"])) || at > 0 && s[at - 1].is(&["only", "just", "exactly"]);
    counted.certain = said.is_none_or(|n| n == 0.0) || rest;
    if said.is_none() {
        // All of them: none is missing.
        counted.value = 0.0;
        counted.bound = Bound::Exactly;
        counted.of = vec![Amount::Less(Box::new(Amount::Fact(size)), Box::new(Amount::Fact(key)))];
        counted.what = "missing there, counted in the data".into();
    }
    let first = at.min(verb).min(if container_at >= start { container_at } else { at });
    Some((first..(container_at.max(who_at).max(verb) + 1).min(end), counted))
}
