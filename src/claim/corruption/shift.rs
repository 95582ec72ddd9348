//! Inputs and targets: `x is everything but the last character`, `y = s[1:]`, `the targets are the inputs shifted by one`.

use super::super::counts::Word;
use super::{Corrupted, PLAIN};

const INPUT: &[&str] = &["x", "input", "inputs"];
const TARGET: &[&str] = &["y", "target", "targets", "label", "labels", "output"];

fn side(w: &Word) -> Option<bool> {
    if w.is(INPUT) {
        Some(true)
    } else if w.is(TARGET) {
        Some(false)
    } else {
        None
    }
}

/// A clause in two where an `and` goes over to the other side: `x is all but the last character and y all but the first`.
pub fn halves(s: &[Word]) -> Vec<&[Word]> {
    let other = |i: usize| {
        let next = i + 1 + usize::from(s.get(i + 1).is_some_and(|w| w.is(&["the"])));
        i > 0 && s[i].is(&["and"]) && s.get(next).and_then(side).is_some() && s[..i].iter().any(|w| side(w).is_some())
    };
    match (0..s.len()).find(|i| other(*i)) {
        Some(i) => vec![&s[..i], &s[i + 1..]],
        None => vec![s],
    }
}

/// `y (is) everything but the first character`.
pub fn without(s: &[Word]) -> Option<Corrupted> {
    let leads = |w: &Word| w.is(&["and", "then", "the", "our", "where", "here", "with"]);
    let at = s.iter().position(|w| !leads(w))?;
    let input = side(&s[at])?;
    if let Some(first) = slice(&s[at + 1..]) {
        return Some(Corrupted::Without { input, first });
    }
    const OMITS: &[&str] =
        &["without", "but", "except", "minus", "lacks", "lacking", "drops", "omits", "dropping", "misses", "skips", "removed"];
    let omits = s.iter().filter(|w| w.is(OMITS)).count();
    let ends: Vec<bool> = s.iter().filter(|w| w.is(&["first", "last", "final"])).map(|w| w.is(&["first"])).collect();
    let known = [
        "character",
        "characters",
        "one",
        "token",
        "position",
        "symbol",
        "everything",
        "all",
        "string",
        "sequence",
        "masked",
        "result",
        "last",
        "first",
        "final",
        "letter",
        "its",
        "single",
        "for",
        "corrupted",
        "padded",
        "itself",
        "whole",
        "char",
        "same",
        "equals",
        "=",
        "contains",
        "consists",
    ];
    let whole = s[at + 1..].iter().all(|w| w.is(PLAIN) || w.is(&known) || w.is(OMITS) || side(w).is_some());
    let plain = !s.iter().any(|w| w.is(&["not", "shifted", "span", "document"]));
    match ends.as_slice() {
        [first] if omits == 1 && whole && plain => Some(Corrupted::Without { input, first: *first }),
        _ => None,
    }
}

/// `= s[:-1]`, `= masked[1:]`: whether the first is missing.
fn slice(s: &[Word]) -> Option<bool> {
    let text: Vec<&str> = s.iter().map(|w| w.text.as_str()).collect();
    match text.as_slice() {
        ["=", name, "[", ":", "-", "1", "]"] if name.chars().all(|c| c.is_alphanumeric() || c == '_') => Some(false),
        ["=", name, "[", "1", ":", "]"] if name.chars().all(|c| c.is_alphanumeric() || c == '_') => Some(true),
        _ => None,
    }
}

/// `the targets are the inputs shifted by one (position to the left)`.
pub fn shifted(s: &[Word]) -> Option<Corrupted> {
    let shift = s.iter().position(|w| w.is(&["shifted", "moved"]))?;
    let mut sides: Vec<bool> = s.iter().filter_map(side).collect();
    // "The target y" is named twice.
    sides.dedup();
    let known = [
        "shifted",
        "moved",
        "position",
        "positions",
        "place",
        "places",
        "character",
        "one",
        "step",
        "left",
        "token",
        "just",
        "simply",
        "only",
        "exactly",
        "same",
        "sequence",
        "but",
        "are",
        "relative",
        "version",
        "one-position",
    ];
    let whole = s.iter().all(|w| w.is(PLAIN) || w.is(&known) || side(w).is_some());
    let one = s[shift..].iter().any(|w| w.is(&["one", "1"]));
    let denied = s.iter().any(|w| w.is(&["not", "right", "two"]));
    (sides == [false, true] && whole && one && !denied).then_some(Corrupted::Shifted)
}
