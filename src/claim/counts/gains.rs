//! By how much one accuracy is above another, where one noun or verb says it: `a plus of 21.8 points`, `a factor of 13`,
//! `doubles the accuracy`.

use std::ops::Range;

use super::amounts::{less, over, question};
use super::figures::{Figure, Memory, Who, named};
use super::fractions::{clause, multiplies};
use super::ordered::{PLAIN, denies, parties, way};
use super::shares::bound;
use super::words::Word;
use super::{Amount, Bound, Counted};
use crate::tolerance::FACTOR_CUT;

fn points(a: &Amount, b: &Amount) -> Amount {
    Amount::Times(100.0, Box::new(Amount::Less(Box::new(a.clone()), Box::new(b.clone()))))
}

/// By how many points one is above another.
pub fn differences(memory: &Memory, subject: Who, object: Who) -> Vec<Amount> {
    let objects = memory.of(object);
    memory.of(subject).iter().flat_map(|a| objects.iter().map(|b| points(a, b)).collect::<Vec<_>>()).collect()
}

const GAIN: &[&str] = &[
    "plus",
    "gain",
    "improvement",
    "increase",
    "rise",
    "jump",
    "boost",
    "advantage",
    "lead",
    "drop",
    "loss",
    "fall",
    "decrease",
    "minus",
    "decline",
    "gap",
    "difference",
    "distance",
    "margin",
    "lift",
    "growth",
    "gains",
    "loses",
    "lost",
    "gained",
    "up",
    "down",
    "rises",
    "drops",
    "falls",
    "improves",
    "differ",
    "apart",
    "lose",
    "give",
    "gives",
    "sacrifice",
    "sacrifices",
    "costs",
    "cost",
    "gain",
    "behind",
    "pay",
    "pays",
];

/// `a plus of 21.8 percentage points`.
pub fn gain(s: &[Word], at: usize, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let (value, _) = s[at].value?;
    let unit = at + 1 + usize::from(s.get(at + 1).is_some_and(|w| w.is(&["percentage", "percent", "%"])));
    let named_points =
        s.get(unit).is_some_and(|w| w.is(&["points", "point"])) || s.get(at + 1).is_some_and(|w| w.is(&["pp", "pts"]));
    // "In percentage points this is a loss of 15".
    let before = s[..at].windows(2).any(|p| p[0].is(&["in"]) && p[1].is(&["points"]))
        || s[..at].windows(3).any(|p| p[0].is(&["in"]) && p[1].is(&["percentage", "percent"]) && p[2].is(&["points"]));
    let bare = before && s.get(at + 1).is_none_or(super::words::parts_clause);
    let (named_points, unit) = if bare { (true, at) } else { (named_points, unit) };
    let noun = (at.saturating_sub(5)..at).find(|i| s[*i].is(GAIN)).filter(|i| !s[*i..at].iter().any(|w| w.value.is_some()))?;
    let lost = named_points.then_some(()).is_none() && s[noun].is(&["loses", "lose", "lost", "gains", "gained", "gain"]);
    if lost {
        return fewer(s, at, noun, memory);
    }
    // "rises to 12 points" says where it ends.
    if !named_points || s[noun..at].iter().any(|w| w.is(&["to", "from", "at"])) || value <= 0.0 {
        return None;
    }
    let of = pairs(memory, points);
    // "a gain of 18.6 points over London" compares with what no figure may say.
    let end = (unit + 1).min(s.len());
    let object = named(&s[end..clause(s, &(noun..end)).end]);
    let of = match (object, memory.own) {
        (Some(object), Some(own)) if object != own => {
            differences(memory, own, object).into_iter().chain(differences(memory, object, own)).collect()
        }
        (Some(_), _) => return None,
        _ => of,
    };
    // Of few figures, each somebody's, it is none of the differences.
    let few = (2..=4).contains(&memory.figures.len()) && memory.figures.iter().all(|f| f.who.is_some());
    let other = s[..noun].iter().chain(&s[end..]).any(|w| w.is(&["test", "train", "training", "than", "runs", "run"]));
    let certain = memory.figures.len() == 2 || object.is_some() || few && !other;
    let what = "percentage points between the two".into();
    (!of.is_empty()).then(|| (noun..end, Counted { value, slack: s[at].slack(), bound: bound(s, at), of, certain, what }))
}

/// Whether the second of two figures is the larger one.
fn rises(memory: &Memory) -> bool {
    matches!(memory.figures.as_slice(), [a, b] if b.value() > a.value())
}

/// `The perceiver loses 77 right answers`.
fn fewer(s: &[Word], at: usize, noun: usize, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let right = usize::from(s.get(at + 1).is_some_and(|w| w.is(&["right", "correct"])));
    let counted = s.get(at + 1 + right).is_some_and(|w| w.is(&["answers", "hits", "names", "people", "questions"]));
    let end = at + 2 + right;
    let value = s[at].count().filter(|n| counted && *n >= 2.0 && s[noun + 1..at].is_empty())?;
    let items = |a: &Amount, b: &Amount| over(less(a.clone(), b.clone()), question());
    let of = pairs(memory, items);
    let ends = s.get(end).is_none_or(|w| super::words::parts_clause(w) || w.is(&["against", "to", "compared", "than"]));
    let what = "right answers between the two".into();
    let certain = memory.figures.len() == 2;
    (ends && !of.is_empty()).then(|| (noun..end, Counted { value, slack: 0.5, bound: bound(s, at), of, certain, what }))
}

/// What two figures of a part give, in either order.
fn pairs(memory: &Memory, of: fn(&Amount, &Amount) -> Amount) -> Vec<Amount> {
    let all: &[Figure] = &memory.figures;
    let ordered = |i: usize, j: usize| (i != j).then(|| of(&all[i].share, &all[j].share));
    (0..all.len()).flat_map(|i| (0..all.len()).filter_map(move |j| ordered(i, j))).collect()
}

/// Words before a factor that say nothing of what it is the factor of.
const CHANGES: &[&str] = &[
    "by",
    "percentage",
    "points",
    "point",
    "improved",
    "improve",
    "increases",
    "increased",
    "raises",
    "raised",
    "roughly",
    "about",
    "around",
    "almost",
    "nearly",
    "approximately",
    "more",
    "less",
    "than",
    "over",
    "to",
    "which",
    "means",
    "has",
    "have",
    "now",
    "than",
    "better",
    "higher",
    "us",
    "gives",
    "brings",
    "makes",
    "helps",
    "helped",
    "these",
    "those",
    "hits",
    "right",
    "answers",
    "correct",
    "number",
    "performance",
    "at",
    "least",
    "most",
    "therefore",
    "because",
    "vanilla",
    "perceiver",
    "from",
    "dev",
    "on",
    "set",
    "i.e",
    "e.g",
    "or",
    "pre-training",
    "finetuning",
    "bottleneck",
    "factor",
    "became",
    "grew",
    "grows",
    "goes",
    "went",
    "been",
    "gets",
    "got",
    "get",
    "exactly",
];

/// A factor of an accuracy at a place: its number, its value and its end.
fn multiple(s: &[Word], at: usize) -> Option<(usize, f64, usize)> {
    let word = |i: usize, list: &[&str]| s.get(i).is_some_and(|w| w.is(list));
    if word(at, &["factor"]) && word(at + 1, &["of"]) {
        let i = at + 2 + usize::from(word(at + 2, &["about", "around", "roughly", "almost", "nearly", "approximately"]));
        Some((i, s.get(i)?.value?.0, i + 1))
    } else if word(at, &["multiplies", "multiplied"]) {
        let by = (at + 1..(at + 5).min(s.len())).find(|i| s[*i].is(&["by"]))?;
        s[at..by].iter().chain(&s[..at]).any(|w| w.is(&["accuracy", "score", "hits", "result"])).then_some(())?;
        let i = by + 1 + usize::from(word(by + 1, &["about", "around", "roughly", "almost", "nearly", "approximately"]));
        Some((i, s.get(i)?.value?.0, i + 1))
    } else {
        let value = multiplies(&s[at])?;
        let near = &s[at + 1..(at + 6).min(s.len())];
        let accuracy = near.iter().any(|w| w.is(&["accuracy", "score", "hits", "answers", "result"]));
        let noun = s[..at].iter().any(|w| w.is(&["accuracy", "score", "result", "increase", "improvement"]));
        (accuracy || noun).then_some(())?;
        Some((at, value, at + 1))
    }
}

/// `roughly a factor of 13`, `doubles the accuracy`.
pub fn factor(s: &[Word], at: usize, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let (place, value, end) = multiple(s, at)?;
    let word = |i: usize, list: &[&str]| s.get(i).is_some_and(|w| w.is(list));
    let first = at.saturating_sub(usize::from(word(at.wrapping_sub(1), &["a"])));
    let said = match (bound(s, place), bound(s, first)) {
        (Bound::Exactly, Bound::Exactly) if word(first.wrapping_sub(1), &["exactly"]) => Bound::Exactly,
        // A decimal says how near it is meant to be.
        (Bound::Exactly, Bound::Exactly) if s[place].value.is_some_and(|v| v.1 > 0) => Bound::Exactly,
        (Bound::Exactly, Bound::Exactly) => Bound::About,
        (Bound::Exactly, b) => b,
        (b, _) => b,
    };
    let quotient = |a: &Amount, b: &Amount| over(a.clone(), b.clone());
    let slack = s[place].slack().min(0.5).max(FACTOR_CUT * value * f64::from(u8::from(said == Bound::Exactly)));
    let counted = |of: Vec<Amount>, certain: bool| Counted {
        value,
        slack,
        bound: said,
        of,
        certain,
        what: "the quotient of the two".into(),
    };
    let clause = clause(s, &(at..end));
    let object = named(&s[end..clause.end]);
    // "we beat it by a factor of 4": who is ahead has the larger one.
    let ahead = (clause.start..at).find_map(|i| Some((i, way(s, i)?)));
    if let Some((verb, (bound, after))) = ahead {
        let denied = s[clause.start..verb].iter().any(denies);
        let (subject, object) = parties(&s[..verb], clause.start, &s[after..at], memory).filter(|_| !denied)?;
        let (large, small) = if bound == Bound::Above { (subject, object) } else { (object, subject) };
        let (a, b) = (memory.of(large), memory.of(small));
        let of: Vec<Amount> = a.iter().flat_map(|x| b.iter().map(|y| quotient(x, y)).collect::<Vec<_>>()).collect();
        let certain = of.len() == 1 && s[place].text != "one";
        return (!of.is_empty() && matches!(bound, Bound::Above | Bound::Below)).then(|| (verb..end, counted(of, certain)));
    }
    let of: Vec<Amount> = match (object, memory.own) {
        (Some(object), Some(own)) if object != own => {
            let (a, b) = (memory.of(own), memory.of(object));
            a.iter().flat_map(|x| b.iter().flat_map(move |y| [quotient(x, y), quotient(y, x)])).collect()
        }
        (Some(_), _) => return None,
        // Of two the larger is the multiple.
        _ if memory.figures.len() == 2 => pairs(memory, quotient)
            .into_iter()
            .enumerate()
            .filter(|(i, _)| (*i == usize::from(rises(memory))) == (value >= 1.0))
            .map(|(_, a)| a)
            .collect(),
        // Of many, which two is left open.
        _ => return None,
    };
    // "The accuracy on long names is halved" is of other names than the figures are.
    let known = |w: &Word| {
        w.is(PLAIN)
            || w.comments()
            || w.is(GAIN)
            || w.is(CHANGES)
            || w.value.is_some()
            || named(std::slice::from_ref(w)).is_some()
    };
    let head = s[clause.start..at].iter().all(|w| known(w) || w.is(&["%", "percent", "/", "(", ")"]));
    let certain = head && (memory.figures.len() == 2 || object.is_some());
    let start = if said == Bound::About && first > 0 && s[first - 1].is(&["roughly", "about", "around", "almost", "nearly"]) {
        first - 1
    } else {
        first
    };
    (!of.is_empty()).then(|| (start..end, counted(of, certain)))
}
