//! What one answer is worth, counts with their share, shares as one of so many: `each additional right answer lifts the accuracy by
//! 0.2 points`, `118 of the 500, so its accuracy is 23.6 %`, `one name out of twelve`.
//!
//! Every word of a clause is known, or it is left alone.

use std::ops::Range;

use super::amounts::{in_percent, is_all, one, over};
use super::figures::{Memory, QUESTIONS, named};
use super::shares::{bound, percent};
use super::told::{BOUNDS, plain};
use super::words::{Word, is, parts_clause};
use super::wrong::is_wrong;
use super::{Bound, Counted, chance};
use crate::tolerance::COUNTED_FRACTION as FRACTION;

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
    out.extend(chance::best_rule(s));
    out.extend(super::documents::find(s).filter(|_| out.is_empty()));
    out.extend(chance::chance(s));
    out.extend(chance::elsewhere(s, memory).filter(|_| out.is_empty()));
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
        "is",
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
        "would",
        "by",
        "pp",
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
    if !points || !right || !known(s, &range, &taken, &[KNOWN, WORTH].concat()) {
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
        s[i].count().filter(|n| *n >= 2.0 && *n < QUESTIONS)?;
        let article = usize::from(is(s, i + 2, &["the", "our", "all"]));
        let from = i + 2 + article;
        let of = is(s, i + 1, &["of"]) || is(s, i + 1, &["out"]) && is(s, i + 2, &["of"]);
        let from = if is(s, i + 1, &["out"]) { i + 3 + usize::from(is(s, i + 3, &["the", "our", "all"])) } else { from };
        let total = s.get(from).is_some_and(|w| w.count().is_some_and(is_all));
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
    let share = memory.single(who)?;
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
    if !alone || !noun || !known || b < 2.0 || a >= b || is_all(b) || at + 3 != s.len() {
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
