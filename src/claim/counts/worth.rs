//! What one answer is worth, what a rule would do elsewhere, and what chance does: `each additional right answer lifts the accuracy
//! by 0.2 points`, `for 1000 people like these one expects about 950 wrong answers`, `guessing among 100 candidates gives 1 %`.
//!
//! Every word of a clause is known, or it is left alone.

use std::ops::Range;

use super::amounts::{in_percent, less, one, over};
use super::figures::{Memory, named};
use super::shares::{bound, percent};
use super::told::{BOUNDS, plain};
use super::words::{Word, is, parts_clause};
use super::wrong::is_wrong;
use super::{Amount, Bound, Counted};
use crate::tolerance::{COUNTED_FRACTION as FRACTION, COUNTED_ROUNDED as ROUNDED};

const ANSWERS: &[&str] =
    &["answer", "answers", "name", "names", "hit", "hits", "question", "questions", "person", "people", "prediction", "place"];

/// Statements of a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    let mut out: Vec<(Range<usize>, Counted)> = Vec::new();
    let mut from = 0;
    for i in 0..=s.len() {
        if i == s.len() || parts_clause(&s[i]) {
            if from < i {
                out.extend(single(s, from..i));
            }
            from = i + 1;
        }
    }
    out.extend(concluded(s));
    out.extend(one_in(s, memory).filter(|_| out.is_empty()));
    out.extend(quotient(s, memory).filter(|_| out.is_empty()));
    out.extend(best_rule(s));
    out.extend(super::documents::find(s).filter(|_| out.is_empty()));
    out.extend(chance(s));
    out.extend(elsewhere(s, memory).filter(|_| out.is_empty()));
    out
}

/// Whether all words but some are known.
fn known(s: &[Word], range: &Range<usize>, taken: &[usize], more: &[&str]) -> bool {
    range.clone().all(|i| taken.contains(&i) || plain(&s[i]) || s[i].is(BOUNDS) || s[i].is(more))
}

/// `Each additional right answer lifts the accuracy by 0.2 points`, `one name is worth 0.2 %`.
fn single(s: &[Word], range: Range<usize>) -> Option<(Range<usize>, Counted)> {
    const KNOWN: &[&str] = &[
        "each",
        "every",
        "single",
        "additional",
        "further",
        "extra",
        "more",
        "right",
        "correct",
        "correctly",
        "answered",
        "lifts",
        "raises",
        "changes",
        "moves",
        "shifts",
        "worth",
        "adds",
        "makes",
        "is",
        "corresponds",
        "counts",
        "for",
        "accuracy",
        "score",
        "percentage",
        "points",
        "point",
        "%",
        "percent",
        "dev",
        "up",
        "down",
        "improves",
        "increases",
        "would",
        "by",
        "means",
        "brings",
        "pp",
        "change",
        "lift",
        "raise",
        "move",
        "add",
        "of",
        "an",
        "exactly",
        "result",
    ];
    const WORTH: &[&str] = &[
        "lifts",
        "raises",
        "changes",
        "moves",
        "shifts",
        "worth",
        "adds",
        "makes",
        "corresponds",
        "counts",
        "improves",
        "increases",
        "brings",
        "means",
        "change",
        "lift",
        "raise",
        "move",
        "add",
    ];
    let noun = range.clone().find(|i| s[*i].is(ANSWERS))?;
    let verb = (noun + 1..range.end).find(|i| s[*i].is(WORTH))?;
    let head = range.start..noun;
    let each = head.clone().any(|i| s[i].is(&["each", "every", "single", "one", "an", "a"]));
    let many = head.clone().find(|i| s[*i].value.is_some());
    let count = match many {
        Some(i) if s[i].is(&["one"]) => 1.0,
        Some(i) => s[i].count()?,
        None if each => 1.0,
        None => return None,
    };
    // "Ten more right answers": of those that are right.
    let right =
        head.clone().any(|i| s[i].is(&["right", "correct", "correctly", "more", "additional", "further", "extra", "single"]));
    let right = right || s[noun].is(&["hit", "hits"]) || count < 1.5;
    let unit = |i: usize| (i + 1..i + 3).any(|k| is(s, k, &["points", "point"]));
    let mut numbers = (verb..range.end).filter(|i| s[*i].value.is_some() && (!s[*i].is(&["one"]) || unit(*i)));
    let at = numbers.next().filter(|_| numbers.next().is_none())?;
    let points = percent(s, at) || (at + 1..at + 3).any(|i| is(s, i, &["points", "point", "pp"]));
    let taken: Vec<usize> = many.into_iter().chain([noun, verb, at]).collect();
    if !points || !right || !known(s, &range, &taken, KNOWN) {
        return None;
    }
    let what = if count < 1.5 { "one answer, in percent".into() } else { format!("{count} answers, in percent") };
    let said = Counted {
        value: s[at].value?.0,
        slack: s[at].slack(),
        bound: bound(s, at),
        of: vec![in_percent(count)],
        certain: true,
        what,
    };
    Some((range, said))
}

/// `Guessing uniformly among 100 candidates has an expected accuracy of 1 %`.
fn chance(s: &[Word]) -> Option<(Range<usize>, Counted)> {
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
fn elsewhere(s: &[Word], memory: &Memory) -> Option<(Range<usize>, Counted)> {
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
    let dev = s[size].count().is_some_and(|n| (n - 500.0).abs() < 0.5);
    if !conditional || wrong == right || !known || dev || percent(s, at) || percent(s, size) {
        return None;
    }
    // "For 2000 such people": of whom was spoken last.
    let start = s.first()?.span.start;
    let last = || memory.said.iter().rev().find(|(place, ..)| *place < start).and_then(|(_, f, _)| f.who);
    let such = s.iter().any(|w| w.is(&["such", "it", "these", "those", "users"]));
    let who = named(s).or_else(|| last().filter(|_| such)).or(memory.own)?;
    let [share] = <[Amount; 1]>::try_from(memory.of(who)).ok()?;
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

/// `118 of the 500 dev names, so its accuracy is 23.6 %`, `for 462 of the dev people …, which is 92.4 %`: the share of a count behind
/// a comma.
fn concluded(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    const LINKS: &[&str] = &[
        "so",
        "its",
        "the",
        "our",
        "their",
        "accuracy",
        "score",
        "rate",
        "share",
        "is",
        "was",
        "which",
        "that",
        "are",
        "i.e",
        "this",
        "these",
        "makes",
        "gives",
        "corresponds",
        "to",
        "a",
        "of",
        "an",
        "thus",
        "hence",
        "therefore",
        "about",
        "roughly",
        "means",
        "e",
        "i",
        "or",
        "equals",
        "dev",
        "in",
        "percent",
        "resulting",
        "exactly",
    ];
    let (at, end) = (0..s.len()).find_map(|i| {
        let count = s[i].count().filter(|n| *n >= 2.0 && *n < 500.0)?;
        let _ = count;
        let article = usize::from(is(s, i + 2, &["the", "our", "all"]));
        let from = i + 2 + article;
        let of = is(s, i + 1, &["of"]) || is(s, i + 1, &["out"]) && is(s, i + 2, &["of"]);
        let from = if is(s, i + 1, &["out"]) { i + 3 + usize::from(is(s, i + 3, &["the", "our", "all"])) } else { from };
        let total = s.get(from).is_some_and(|w| w.count().is_some_and(|n| (n - 500.0).abs() < 0.5));
        let dev = is(s, from, &["dev"]) && is(s, from + 1, ANSWERS);
        (of && (total || dev)).then_some((i, from + 1))
    })?;
    let comma = (end..s.len()).find(|i| s[*i].is(&[","]))?;
    let share = (comma + 1..s.len()).find(|i| s[*i].value.is_some() && !s[*i].is(&["one"]))?;
    let linked = s[comma + 1..share].iter().all(|w| w.is(LINKS)) && share > comma + 1;
    // Nothing else is counted between, and the percentage is not one of something else.
    let between = s[end..comma].iter().any(|w| w.value.is_some());
    let ends = s.get(share + 2).is_none_or(|w| parts_clause(w) || w.is(&["of"]) && is(s, share + 3, &["all", "them", "the"]));
    let wrong = s[at..share].iter().any(is_wrong);
    if !percent(s, share) || !linked || between || !ends || wrong {
        return None;
    }
    let of = vec![in_percent(s[at].count()?)];
    let what = "the share of the dev questions, in percent".into();
    let said = Counted { value: s[share].value?.0, slack: s[share].slack(), bound: bound(s, share), of, certain: true, what };
    Some((at..share + 2, said))
}

/// `The perceiver knows about one name out of eight`, `which is correct for one dev person in twenty`.
fn one_in(s: &[Word], memory: &Memory) -> Option<(Range<usize>, Counted)> {
    const RIGHT: &[&str] = &["right", "correct", "correctly", "knows", "know", "answers", "gets", "finds", "hits", "rightly"];
    let at = (0..s.len()).find(|i| s[*i].is(&["one"]))?;
    let noun = at + 1 + usize::from(is(s, at + 1, &["dev"]));
    let link = noun + usize::from(is(s, noun, ANSWERS));
    let of = match () {
        () if is(s, link, &["out"]) && is(s, link + 1, &["of"]) => link + 2,
        () if is(s, link, &["in", "of"]) => link + 1,
        () => return None,
    };
    let value = s.get(of)?.count().filter(|n| (3.0..=100.0).contains(n))?;
    let ends = s.get(of + 1).is_none_or(|w| parts_clause(w) || w.is(ANSWERS) || w.is(&["cases", "times", "correctly", "right"]));
    let start = s[..at].iter().rposition(parts_clause).map_or(0, |i| i + 1);
    let right = s[start..at].iter().chain(s.get(of + 1)).any(|w| w.is(RIGHT));
    let denied = s.iter().any(|w| w.is(&["not", "if", "would", "wrong", "false", "never", "test", "train", "training"]));
    let others = s[start..at].iter().any(|w| w.value.is_some());
    if !ends || !right || denied || others {
        return None;
    }
    let who = named(&s[..at]).or(memory.own)?;
    let [share] = <[Amount; 1]>::try_from(memory.of(who)).ok()?;
    let bound = match bound(s, at) {
        Bound::Exactly => Bound::About,
        b => b,
    };
    let what = "one of so many answers is right".into();
    Some((start..of + 1, Counted { value, slack: 0.5, bound, of: vec![over(one(), share)], certain: true, what }))
}

/// `As a fraction the London accuracy is 1/25`.
fn quotient(s: &[Word], memory: &Memory) -> Option<(Range<usize>, Counted)> {
    const KNOWN: &[&str] = &[
        "as",
        "a",
        "fraction",
        "the",
        "accuracy",
        "is",
        "of",
        "about",
        "roughly",
        "exactly",
        "that",
        "this",
        "its",
        "our",
        "score",
        "written",
        "one",
        "can",
        "be",
        "also",
        "always",
        "answer",
        "baseline",
        "london's",
        "expressed",
    ];
    let at = (0..s.len()).find(|i| s[*i].value.is_some() && is(s, i + 1, &["/"]))?;
    let (a, b) = (s[at].count()?, s.get(at + 2)?.count()?);
    let alone = s.iter().filter(|w| w.value.is_some() && !w.is(&["one"])).count() == 2;
    let noun = s[..at].iter().any(|w| w.is(&["accuracy", "fraction"]));
    let known = s
        .iter()
        .enumerate()
        .all(|(i, w)| (at..at + 3).contains(&i) || plain(w) || w.is(KNOWN) || named(std::slice::from_ref(w)).is_some());
    if !alone || !noun || !known || b < 2.0 || a >= b || (b - 500.0).abs() < 0.5 || at + 3 != s.len() {
        return None;
    }
    let who = named(s).or(memory.own)?;
    let of = memory.of(who);
    let certain = of.len() == 1;
    let what = "the accuracy as a fraction".into();
    // A fraction with few digits is rounded.
    let slack = FRACTION * a / b;
    (!of.is_empty()).then(|| (0..s.len(), Counted { value: a / b, slack, bound: bound(s, at), of, certain, what }))
}

/// `So London is the best rule`: the place that is the most frequent answer.
fn best_rule(s: &[Word]) -> Option<(Range<usize>, Counted)> {
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
