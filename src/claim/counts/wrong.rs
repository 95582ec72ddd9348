//! Wrong answers: the complement of an accuracy, how it falls, and how it compares with the right ones.

use std::ops::Range;

use super::amounts::{items, less, one, over, question};
use super::figures::{Memory, named};
use super::shares::{bound, percent, unsure};
use super::words::Word;
use super::{Amount, Bound, Counted};

/// Whether a word says that an answer is wrong.
pub fn is_wrong(word: &Word) -> bool {
    word.is(&["wrong", "wrongly", "false", "incorrect", "incorrectly", "errors", "mistakes", "mistaken"])
}

fn complement(share: &Amount) -> Amount {
    less(one(), share.clone())
}

/// Statements about wrong answers in a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    if unsure(s) {
        return Vec::new();
    }
    let mut found = Vec::new();
    if let Some(said) = fall(s) {
        found.push(said);
        return found;
    }
    for at in 0..s.len() {
        let Some((value, _)) = s[at].value else { continue };
        let said = for_each(s, at, value, memory).or_else(|| number(s, at, value, memory));
        let share =
            said.as_ref().filter(|(r, _)| !percent(s, at) && r.contains(&at)).and_then(|(r, _)| share_behind(s, r.end, memory));
        found.extend(said);
        found.extend(share);
    }
    found
}

/// The accuracies that a sentence speaks of: its own, else the part's; and whether it must be one of them.
fn accuracies(s: &[Word], at: usize, memory: &Memory) -> (Vec<Amount>, bool) {
    let here = (0..at).rev().find(|i| {
        percent(s, *i) && s[..*i + 5.min(s.len() - i)].iter().any(|w| w.is(&["accuracy", "right", "correct", "score"]))
    });
    if let Some(i) = here.filter(|i| !s[*i..at].iter().any(is_wrong)) {
        return (vec![Amount::Is(s[i].value.map_or(0.0, |v| v.0) / 100.0, s[i].slack() / 100.0)], true);
    }
    let all: Vec<Amount> = memory.figures.iter().map(|f| f.share.clone()).collect();
    match named(s) {
        Some(who) if !memory.of(who).is_empty() => (memory.of(who), memory.of(who).len() == 1),
        _ => {
            let certain = all.len() == 1;
            (all, certain)
        }
    }
}

/// `385 of our 500 dev answers are false`, `more than 90 % are wrong`.
fn number(s: &[Word], at: usize, value: f64, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let end = (at + 1..(at + 16).min(s.len())).find(|i| is_wrong(&s[*i]))?;
    // "20 mistakes fewer" compares.
    if s.get(end + 1).is_some_and(|w| w.is(&["fewer", "more", "less"])) {
        return None;
    }
    let between = &s[at + 1..end];
    let total = between.iter().find_map(|w| w.count().filter(|t| *t >= 20.0));
    let totals = between.iter().filter(|w| w.value.is_some()).count();
    let blocks = between
        .iter()
        .any(|w| w.is(&[",", ";", "and", "but", "than", "times", "right", "correct", "rightly", "correctly", "half"]));
    // "The model (24 %) is wrong in …": the bracket closes before what is said.
    let open = between.iter().position(|w| w.is(&["("]));
    if between.iter().position(|w| w.is(&[")"])).is_some_and(|close| open.is_none_or(|o| close < o)) {
        return None;
    }
    // Inside brackets stands an aside, as the right answers do.
    let aside = between.iter().position(|w| w.is(&["("])).zip(between.iter().position(|w| w.is(&[")"])));
    let plain = match aside {
        Some((a, b)) if a < b => !between[..a].iter().chain(&between[b..]).any(|w| w.is(&[",", "and", "but", "than"])),
        _ => !blocks && totals <= 1,
    };
    // "With 24% accuracy 76% of the answers are wrong": the share that stands nearer is the one of the wrong ones.
    // "… 500 leave 380 wrong ones": the number beside the word is the count.
    let count = |i: usize| s[i].value.is_some() && !(at + 1..i).any(|k| s[k].is(&["of", "from", "in", "/", "among", "out"]));
    let nearer = (at + 1..end).any(|i| percent(s, i) || count(i));
    if !plain || nearer || at > 0 && s[at - 1].is(&["by", "from"]) {
        return None;
    }
    let share = percent(s, at);
    if !share && s[at].count().is_none_or(|c| c < 2.0) {
        return None;
    }
    let total = total.filter(|_| !share).or_else(|| {
        s[end..]
            .iter()
            .skip_while(|w| !w.is(&["among", "of", "in", "out"]))
            .take(4)
            .find_map(|w| w.count().filter(|t| *t >= 20.0 && *t >= value))
    });
    let (shares, certain) = accuracies(s, at, memory);
    let of = shares
        .iter()
        .map(|a| match (share, total) {
            (true, _) => Amount::Times(100.0, Box::new(complement(a))),
            (false, Some(t)) => Amount::Times(t, Box::new(complement(a))),
            (false, None) => less(items(), over(a.clone(), question())),
        })
        .collect::<Vec<_>>();
    let certain = certain && (share || total.is_some());
    (!of.is_empty()).then(|| {
        let what = "the answers that are not right".to_string();
        (
            from(s, at)..end + 1,
            Counted { value, slack: if share { s[at].slack() } else { 0.5 }, bound: bound(s, at), of, certain, what },
        )
    })
}

/// `380 wrong ones, 76 %`: the same answers as a share, behind their count.
fn share_behind(s: &[Word], end: usize, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let noun = (end..s.len()).find(|i| !s[*i].is(&["ones", "answers", "predictions", "places"]))?;
    let links =
        ["(", ",", "=", "or", "i.e", "that", "is", "so", "these", "are", "this", "which", "about", "almost", "nearly", "roughly"];
    let at = (noun..s.len()).find(|i| !s[*i].is(&links)).filter(|i| *i > noun && percent(s, *i))?;
    let ends = s.get(at + 2).is_none_or(|w| super::words::parts_clause(w) || w.is(&[")", "of"]));
    let (shares, certain) = accuracies(s, noun, memory);
    let of: Vec<Amount> = shares.iter().map(|a| Amount::Times(100.0, Box::new(complement(a)))).collect();
    let (what, value) = ("the share of answers that are not right".to_string(), s[at].value?.0);
    (ends && !of.is_empty())
        .then(|| (noun..at + 2, Counted { value, slack: s[at].slack(), bound: bound(s, at), of, certain, what }))
}

/// Where a number begins with the words of its bound.
fn from(s: &[Word], at: usize) -> usize {
    match bound(s, at) {
        Bound::Exactly => at,
        _ if at >= 2 && s[at - 1].is(&["than"]) => at - 2,
        _ => at.saturating_sub(1),
    }
}

/// `for every right answer there are more than ten false ones`.
fn for_each(s: &[Word], at: usize, value: f64, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let end = (at + 1..(at + 4).min(s.len())).find(|i| is_wrong(&s[*i]))?;
    if let Some(said) = behind_each(s, at, end, value, memory) {
        return Some(said);
    }
    let start = (0..at).rev().find(|i| s[*i].is(&["for", "per", "each", "every"]))?;
    let start = if start > 0 && s[start - 1].is(&["for"]) { start - 1 } else { start };
    // "For the dev set this gives 25 right and 475 wrong": no ratio is meant.
    if s[start].is(&["for"]) && !s[start + 1].is(&["each", "every", "one", "a", "any"]) {
        return None;
    }
    if !s[start..at].iter().any(|w| w.is(&["right", "correct", "true"])) || percent(s, at) {
        return None;
    }
    let (shares, certain) = accuracies(s, at, memory);
    let of: Vec<Amount> = shares.iter().map(|a| over(complement(a), a.clone())).collect();
    (!of.is_empty()).then(|| {
        let what = "wrong answers for each right one".to_string();
        (start..end + 1, Counted { value, slack: s[at].slack(), bound: bound(s, at), of, certain, what })
    })
}

/// `three wrong answers for each right one`.
fn behind_each(s: &[Word], at: usize, end: usize, value: f64, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let noun = (end + 1..s.len()).find(|i| !s[*i].is(&["answers", "ones", "predictions"]))?;
    let every = noun + usize::from(super::words::is(s, noun, &["for"]));
    let right = every + 1;
    let last = right + 1 + usize::from(super::words::is(s, right + 1, &["one", "answer"]));
    let said = super::words::is(s, every, &["each", "every", "per"]) && super::words::is(s, right, &["right", "correct", "true"]);
    if !said || percent(s, at) || !s.get(last).is_none_or(super::words::parts_clause) {
        return None;
    }
    let (shares, certain) = accuracies(s, at, memory);
    let of: Vec<Amount> = shares.iter().map(|a| over(complement(a), a.clone())).collect();
    let what = "wrong answers for each right one".to_string();
    let bound = match bound(s, at) {
        Bound::Exactly if s[at].slack() >= 0.5 => Bound::About,
        b => b,
    };
    (!of.is_empty()).then_some((at..last, Counted { value, slack: s[at].slack(), bound, of, certain, what }))
}

/// `falls from 491 to 378, i.e. by 113`.
fn fall(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    let at = s.iter().position(|w| w.is(&["from"]))?;
    let unit = usize::from(percent(s, at + 1));
    let (a, to, b) = (s.get(at + 1)?.value?, s.get(at + 2 + unit)?, s.get(at + 3 + unit)?.value?);
    let by = (at + 4 + unit..(at + 9 + unit).min(s.len())).find(|i| s[*i].is(&["by"]))?;
    let place = by + 1 + usize::from(s.get(by + 1)?.is(&["exactly", "about", "around"]));
    let (value, _) = s.get(place)?.value?;
    let points = s[place + 1..].iter().take(2).any(|w| w.is(&["points", "point"]));
    // From one percentage to another it is points.
    if !to.is(&["to"]) || unit == 1 && !(points && percent(s, at + 3 + unit)) || unit == 0 && points {
        return None;
    }
    let (a, b) = (Amount::Is(a.0, 0.0), Amount::Is(b.0, 0.0));
    let ordered = |x: &Amount, y: &Amount| matches!((x, y), (Amount::Is(x, _), Amount::Is(y, _)) if x > y);
    let (large, small) = if ordered(&a, &b) { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) };
    let difference = Amount::Less(Box::new(large), Box::new(small));
    let share = percent(s, place) && unit == 0;
    let of = if share { Amount::Times(100.0, Box::new(over(difference, a))) } else { difference };
    let what = "the difference of the two".to_string();
    let counted = Counted { value, slack: s[place].slack(), bound: bound(s, place), of: vec![of], certain: true, what };
    Some((at.saturating_sub(5)..place + 1 + usize::from(share), counted))
}
