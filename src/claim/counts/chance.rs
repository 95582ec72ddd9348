//! What chance and constant rules do: `guessing among 100 candidates gives 1 %`, `for 1000 people like these one expects about 950
//! wrong answers`, `London is the best rule`.
//!
//! Every word of a sentence is known, or it is left alone.

use std::ops::Range;

use super::amounts::{is_all, less, one, over};
use super::figures::{Memory, named};
use super::shares::{bound, percent};
use super::told::{BOUNDS, plain};
use super::words::{Word, is, parts_clause};
use super::wrong::is_wrong;
use super::{Amount, Bound, Counted};
use crate::tolerance::COUNTED_ROUNDED as ROUNDED;

/// `Guessing uniformly among 100 candidates has an expected accuracy of 1 %`.
pub fn chance(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    const KNOWN: &[&str] = &[
        "guess",
        "guesses",
        "guessing",
        "guesser",
        "random",
        "randomly",
        "uniformly",
        "uniform",
        "at",
        "among",
        "between",
        "out",
        "of",
        "candidates",
        "cities",
        "city",
        "places",
        "options",
        "choices",
        "possibilities",
        "has",
        "have",
        "an",
        "expected",
        "accuracy",
        "expectation",
        "picks",
        "picking",
        "pick",
        "picked",
        "choosing",
        "chooses",
        "chosen",
        "chance",
        "hit",
        "hits",
        "right",
        "correct",
        "would",
        "be",
        "gives",
        "give",
        "expects",
        "expect",
        "one",
        "on",
        "average",
        "equally",
        "likely",
        "blind",
        "blindly",
        "from",
        "answers",
        "answer",
        "rate",
        "yields",
        "the",
        "if",
        "a",
        "in",
        "mean",
        "always",
        "is",
        "then",
        "by",
        "%",
        "percent",
        "same",
        "share",
        "expects",
        "we",
        "list",
        "probability",
        "ones",
        "true",
        "cases",
        "of",
        "each",
        "equiprobable",
    ];
    let guess =
        s.iter().position(|w| w.text.starts_with("guess") || w.text.starts_with("pick") || w.text.starts_with("choos"))?;
    let uniform = s.iter().any(|w| w.is(&["uniformly", "uniform", "random", "randomly", "blind", "blindly"]));
    // "If the right city is always among 100 candidates, …": the number may stand before it.
    let noun =
        |i: usize| (i..i + 3).any(|k| is(s, k, &["candidates", "cities", "places", "options", "choices", "possibilities"]));
    let at = (0..s.len()).find(|i| s[*i].count().is_some_and(|n| n >= 2.0) && noun(i + 1) && !percent(s, *i))?;
    let of = s[at].count()?;
    let mut shares = (0..s.len()).filter(|i| percent(s, *i));
    let share = shares.next().filter(|_| shares.next().is_none())?;
    let others = s.iter().enumerate().any(|(i, w)| w.value.is_some() && i != at && i != share && !w.is(&["one"]));
    let known =
        s.iter().enumerate().all(|(i, w)| i == at || i == share || plain(w) || w.is(KNOWN) || w.is(BOUNDS) || w.is(&[","]));
    if !uniform || others || !known || guess == at || share < at {
        return None;
    }
    let of = vec![over(Amount::Is(100.0, 0.0), Amount::Is(of, 0.0))];
    let what = "the chance of a guess, in percent".into();
    Some((
        0..s.len(),
        Counted { value: s[share].value?.0, slack: s[share].slack(), bound: bound(s, share), of, certain: true, what },
    ))
}

/// `If the London rule served 1000 people like those in dev we'd expect about 950 wrong answers`.
pub fn elsewhere(s: &[Word], memory: &Memory) -> Option<(Range<usize>, Counted)> {
    const KNOWN: &[&str] = &[
        "if",
        "for",
        "with",
        "on",
        "among",
        "served",
        "serves",
        "asked",
        "about",
        "like",
        "those",
        "these",
        "them",
        "dev",
        "we'd",
        "we’d",
        "we",
        "one",
        "would",
        "expect",
        "expects",
        "expected",
        "give",
        "get",
        "gets",
        "make",
        "makes",
        "be",
        "rule",
        "strategy",
        "answer",
        "answers",
        "answered",
        "wrong",
        "right",
        "correct",
        "false",
        "incorrect",
        "wrongly",
        "users",
        "people",
        "names",
        "questions",
        "persons",
        "such",
        "same",
        "kind",
        "sort",
        "in",
        "the",
        "set",
        "london",
        "always",
        "constant",
        "baseline",
        "rate",
        "at",
        "of",
        "that",
        "it",
        "i",
        "i'd",
        "similar",
        "new",
        "other",
        "there",
        "a",
        "will",
        "mean",
        "means",
        "applied",
        "to",
        "were",
        "had",
        "used",
        "ones",
        "around",
        "system",
        "model",
        "guesser",
        "mistakes",
        "errors",
        "out",
        "from",
        "by",
        "us",
        "them",
        "place",
        "receive",
    ];
    const THINGS: &[&str] = &["people", "names", "questions", "users", "persons", "queries"];
    let conditional = s.iter().any(|w| w.is(&["would", "we'd", "we’d", "expect", "expects", "expected", "i'd"]));
    let numbers: Vec<usize> = (0..s.len()).filter(|i| s[*i].value.is_some() && !s[*i].is(&["one"])).collect();
    let [a, b] = numbers[..] else { return None };
    let sized = |i: usize| {
        (i + 1..i + 4).any(|k| is(s, k, THINGS))
            && !(i + 1..i + 3).any(|k| s.get(k).is_some_and(is_wrong) || is(s, k, &["right", "correct"]))
    };
    let (size, at) = match (sized(a), sized(b)) {
        (true, false) => (a, b),
        (false, true) => (b, a),
        _ => return None,
    };
    // "190 would get a wrong answer".
    let reach = if at > size { s.len() } else { at + 3 };
    let wrong = (at + 1..reach).any(|k| s.get(k).is_some_and(is_wrong) || is(s, k, &["mistakes", "errors"]));
    let right = (at + 1..reach).any(|k| is(s, k, &["right", "correct", "hits"]));
    let known = s
        .iter()
        .enumerate()
        .all(|(i, w)| numbers.contains(&i) || plain(w) || w.is(KNOWN) || w.is(BOUNDS) || w.is(&[","]) || is_wrong(w));
    let dev = s[size].count().is_some_and(is_all);
    if !conditional || wrong == right || !known || dev || percent(s, at) || percent(s, size) {
        return None;
    }
    // "For 2000 such people": of whom was spoken last.
    let start = s.first()?.span.start;
    let last = || memory.said.iter().rev().find(|(place, ..)| *place < start).and_then(|(_, f, _)| f.who);
    let such = s.iter().any(|w| w.is(&["such", "it", "these", "those", "users"]));
    let who = named(s).or_else(|| last().filter(|_| such)).or(memory.own)?;
    let share = memory.single(who)?;
    let share = if wrong { less(one(), share) } else { share };
    let of = vec![over(share, over(one(), Amount::Is(s[size].count()?, 0.0)))];
    let (value, said) = (s[at].count()?, bound(s, at));
    // "about 950": rounded, but not to another share.
    let (said, slack) = if said == Bound::About { (Bound::Exactly, 0.5 + ROUNDED * value) } else { (said, 0.5) };
    let what = "that share of so many".into();
    Some((
        0..s.len(),
        Counted { value, slack, bound: said, of, certain: named(s).is_some() || such && memory.figures.len() == 1, what },
    ))
}

/// `So London is the best rule`: the place that is the most frequent answer.
pub fn best_rule(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    const RULES: &[&str] = &["rule", "rules", "guess", "bet", "choice", "strategy", "baseline", "heuristic"];
    const KNOWN: &[&str] = &[
        "so",
        "out",
        "of",
        "these",
        "the",
        "three",
        "two",
        "is",
        "best",
        "therefore",
        "hence",
        "thus",
        "constant",
        "fixed",
        "single",
        "always",
        "answer",
        "answering",
        "saying",
        "and",
        "all",
        "them",
        "by",
        "far",
        "on",
        "dev",
        "here",
        "simple",
    ];
    let best = (0..s.len()).find(|i| s[*i].is(&["best"]) && (*i + 1..*i + 3).any(|k| is(s, k, RULES)))?;
    let place = (0..best).find(|i| s[*i].capital && !s[*i].is(KNOWN))?;
    let verb = (place + 1..best).any(|i| s[i].is(&["is"]));
    let end = (best + 1..s.len()).find(|i| parts_clause(&s[*i])).unwrap_or(s.len());
    let start = s[..place].iter().rposition(parts_clause).map_or(0, |i| i + 1);
    let known = (start..end).all(|i| i == place || plain(&s[i]) || s[i].is(KNOWN) || s[i].is(RULES));
    let among = s.iter().any(|w| w.is(&["these", "three", "two"]));
    let of = vec![Amount::Rank("dev".into(), s[place].text.trim_end_matches("'s").to_string())];
    let what = "its rank among the answers, counted in the data".into();
    let said = Counted { value: 1.0, slack: 0.0, bound: Bound::Exactly, of, certain: !among, what };
    (verb && known).then_some((start..end, said))
}
