//! How much of something is meant: "about 76 %", "only a quarter", "most", "less than half", "16 times".

use super::super::atoms::{Atom, text_at};
use super::super::sizes;

/// Bounds of a number that is said, with half a unit of its last digit.
#[derive(Debug, Clone, PartialEq)]
pub struct Much {
    /// At least so much.
    pub low: f64,
    /// At most so much.
    pub high: f64,
    /// Half a unit of the last digit.
    pub slack: f64,
    /// Whether it is said to be about so much.
    pub loose: bool,
    /// Whether it is said to be exactly so.
    pub strict: bool,
}

const PASSED: &[&str] =
    &["only", "just", "still", "already", "even", "exactly", "precisely", "merely", "now", "then", "thus", "a"];
const LOOSE: &[&str] = &["about", "roughly", "around", "approximately", "some", "nearly", "almost", "≈", "~", "circa", "approx"];
const PARTS: &[(&str, f64)] = &[
    ("half", 2.0),
    ("third", 3.0),
    ("thirds", 3.0),
    ("quarter", 4.0),
    ("quarters", 4.0),
    ("fourth", 4.0),
    ("fourths", 4.0),
    ("fifth", 5.0),
    ("fifths", 5.0),
    ("sixth", 6.0),
    ("seventh", 7.0),
    ("eighth", 8.0),
    ("eighths", 8.0),
    ("ninth", 9.0),
    ("tenth", 10.0),
    ("tenths", 10.0),
    ("sixteenth", 16.0),
];
const NUMBERS: &[(&str, f64)] = &[
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("twelve", 12.0),
    ("twenty", 20.0),
];

/// A number, in digits with half a unit of its last one, or in words.
pub fn number(list: &[Atom], i: usize) -> Option<(f64, f64)> {
    let text = text_at(list, i);
    if let Some((_, n)) = NUMBERS.iter().find(|(w, _)| *w == text) {
        return Some((*n, 0.0));
    }
    sizes::number(list, i)
}

/// What stands before a number and how it bounds it.
#[derive(Clone, Copy)]
struct Hedges {
    /// Where the number begins.
    begins: usize,
    loose: bool,
    strict: bool,
    /// The side on which it is open.
    side: std::cmp::Ordering,
}

/// What stands before a number.
fn hedges(list: &[Atom], at: usize) -> Hedges {
    let (mut i, mut loose, mut side) = (at, false, std::cmp::Ordering::Equal);
    loop {
        let two = (text_at(list, i), text_at(list, i + 1));
        i += match two {
            ("less" | "fewer", "than") => {
                side = std::cmp::Ordering::Less;
                2
            }
            ("more", "than") | ("at", "least") => {
                side = std::cmp::Ordering::Greater;
                2
            }
            ("at", "most") | ("not", "even") => {
                side = std::cmp::Ordering::Less;
                2
            }
            ("under" | "below", _) => {
                side = std::cmp::Ordering::Less;
                1
            }
            ("over" | "above", _) => {
                side = std::cmp::Ordering::Greater;
                1
            }
            (w, _) if LOOSE.contains(&w) => {
                loose = true;
                1
            }
            (w, _) if PASSED.contains(&w) => 1,
            _ => {
                let strict = (at..i).any(|k| matches!(text_at(list, k), "exactly" | "precisely"));
                return Hedges { begins: i, loose, strict, side };
            }
        };
    }
}

/// A share at a place, and where it ends.
pub fn share(list: &[Atom], at: usize) -> Option<(Much, usize)> {
    if let Some(found) = majority(list, at) {
        return Some(found);
    }
    let hedges = hedges(list, at);
    let i = hedges.begins;
    let percent = |k: usize| matches!(text_at(list, k), "%" | "percent");
    let ((value, slack), end) = if let Some((n, half)) = number(list, i).filter(|_| percent(i + 1)) {
        ((n / 100.0, half / 100.0), i + 2)
    } else if let (Some((a, _)), "/", Some((b, _))) = (number(list, i), text_at(list, i + 1), number(list, i + 2)) {
        ((a / b, 0.0), i + 3)
    } else {
        let over = number(list, i).filter(|n| n.0 <= 9.0);
        let place = i + usize::from(over.is_some());
        let (_, under) = PARTS.iter().find(|(w, _)| *w == text_at(list, place))?;
        ((over.map_or(1.0, |n| n.0) / under, 0.0), place + 1)
    };
    Some((bounded(value, slack, hedges), end))
}

/// A factor at a place ("16 times", "a factor of 16", "twice"), and where it ends.
pub fn factor(list: &[Atom], at: usize) -> Option<(Much, usize)> {
    let hedges = hedges(list, at);
    let i = hedges.begins;
    let plain = |v: f64, end: usize| Some((bounded(v, 0.0, hedges), end));
    match text_at(list, i) {
        "twice" | "double" => return plain(2.0, i + 1),
        "thrice" | "triple" => return plain(3.0, i + 1),
        "half" => return plain(0.5, i + 1),
        "factor" => {
            let from = i + 1 + usize::from(text_at(list, i + 1) == "of");
            let inner = self::hedges(list, from);
            let (n, half) = number(list, inner.begins)?;
            let side = if inner.side.is_eq() { hedges.side } else { inner.side };
            let both = Hedges { loose: hedges.loose || inner.loose, strict: hedges.strict || inner.strict, side, ..inner };
            return Some((bounded(n, half, both), inner.begins + 1));
        }
        _ => {}
    }
    let (n, half) = number(list, i)?;
    let end = match (text_at(list, i + 1), text_at(list, i + 2)) {
        ("times", _) => i + 2,
        ("-", "fold") => i + 3,
        ("-", "times") => i + 3,
        _ => return None,
    };
    Some((bounded(n, half, hedges), end))
}

/// A bare number with its bounds: "by 1.89".
pub fn bare(list: &[Atom], at: usize) -> Option<(Much, usize)> {
    let hedges = hedges(list, at);
    let i = hedges.begins;
    let (n, half) = number(list, i)?;
    Some((bounded(n, half, hedges), i + 1))
}

fn bounded(value: f64, slack: f64, hedges: Hedges) -> Much {
    let Hedges { loose, strict, side, .. } = hedges;
    let (low, high) = match side {
        std::cmp::Ordering::Less => (0.0, value),
        std::cmp::Ordering::Greater => (value, f64::INFINITY),
        std::cmp::Ordering::Equal => (value, value),
    };
    Much { low, high, slack: if side.is_eq() && !strict { slack } else { 0.0 }, loose, strict }
}

/// "most", "the bulk", "the larger part", "the smaller part".
fn majority(list: &[Atom], at: usize) -> Option<(Much, usize)> {
    let mut i = at;
    while matches!(text_at(list, i), "the" | "by" | "far" | "a" | "only" | "clearly") {
        i += 1;
    }
    let half = 0.5;
    let most = Much { low: half, high: f64::INFINITY, slack: 0.0, loose: false, strict: false };
    let least = Much { low: 0.0, high: half, slack: 0.0, loose: false, strict: false };
    let noun = |k: usize| matches!(text_at(list, k), "part" | "share" | "half" | "portion" | "fraction");
    match text_at(list, i) {
        "most" | "bulk" | "majority" => Some((most, i + 1)),
        "lion" if text_at(list, i + 3) == "share" => Some((most, i + 4)),
        "larger" | "greater" | "bigger" | "largest" | "biggest" | "greatest" | "main" if noun(i + 1) => Some((most, i + 2)),
        "minority" => Some((least, i + 1)),
        "smaller" | "lesser" if noun(i + 1) => Some((least, i + 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::atoms::atoms;
    use super::*;
    use crate::span::Span;

    fn of(text: &str) -> Vec<Atom> {
        atoms(text, Span::new(0, text.len()))
    }

    #[test]
    fn shares_and_factors() {
        let near = |text: &str, low: f64, high: f64| {
            let (much, _) = share(&of(text), 0).or_else(|| factor(&of(text), 0)).unwrap_or_else(|| panic!("{text}"));
            assert!((much.low - low).abs() < 1e-9 && ((much.high - high).abs() < 1e-9 || much.high == high), "{text}: {much:?}");
        };
        near("only a quarter of", 0.25, 0.25);
        near("76 %", 0.76, 0.76);
        near("less than half", 0.0, 0.5);
        near("three quarters", 0.75, 0.75);
        near("most of them", 0.5, f64::INFINITY);
        near("16 times", 16.0, 16.0);
        near("a factor of 8", 8.0, 8.0);
        assert!(share(&of("few"), 0).is_none() && factor(&of("16 scores"), 0).is_none());
    }
}
