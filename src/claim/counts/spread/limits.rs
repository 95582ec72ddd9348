//! Intervals and what lies in them: `the interval 1.8 % ± 1.2 % does not contain the 5 % of London`, `5 % lies outside of it`,
//! `a 95 % interval is about 1.8 % ± 1.2 %`.

use super::errors::quantile;
use super::{Bound, Counted, Memory, Range, Said, Word, bound, computed, deviation, far, named, percent, plain, understood};
use crate::claim::counts::Amount;
use crate::claim::counts::told::BOUNDS;
use crate::claim::counts::words::is;
use crate::tolerance::{ERROR_ROUNDED, ERROR_UNCLEAR};

/// An interval in percent: where it stands, and its ends.
struct Interval {
    words: Range<usize>,
    low: f64,
    high: f64,
    /// Half of it where that is said, with half a unit of its last digit.
    half: Option<(f64, f64)>,
}

const HOLDS: &[&str] = &["contains", "contain", "includes", "include", "covers", "cover", "comprises", "containing", "encloses"];
const LACKS: &[&str] = &["excludes", "exclude", "misses", "miss"];
const INSIDE: &[&str] = &["inside", "within", "in"];
const OUTSIDE: &[&str] = &["outside", "beyond", "above", "below"];
/// Words of such sentences beside those of all sentences about errors.
const KNOWN: &[&str] = &[
    "interval",
    "still",
    "therefore",
    "even",
    "of",
    "it",
    "well",
    "range",
    "value",
    "result",
    "baseline's",
    "london's",
    "also",
    "easily",
    "does",
    "falls",
    "fall",
    "reported",
    "its",
    "that",
    "too",
    "comfortably",
];

/// Statements of a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Said {
    let Some(interval) = interval(s) else { return Vec::new() };
    let known = |w: &Word| {
        w.value.is_some()
            || understood(std::slice::from_ref(w))
            || w.is(KNOWN)
            || [HOLDS, LACKS, INSIDE, OUTSIDE].iter().any(|l| w.is(l))
            || plain(w)
            || w.is(BOUNDS)
    };
    // The clause: to the signs that part one, but for those of the interval.
    let cuts = |i: usize| !interval.words.contains(&i) && super::parts_clause(&s[i]);
    let start = (0..interval.words.start).rev().find(|i| cuts(*i)).map_or(0, |i| i + 1);
    let end = (interval.words.end..s.len()).find(|i| cuts(*i)).unwrap_or(s.len());
    if !s[start..end].iter().all(known) {
        return Vec::new();
    }
    member(s, start..end, &interval, memory).or_else(|| width(s, start..end, &interval)).into_iter().collect()
}

/// `1.8 % ± 1.2 %`, `from 0.6 % to 3 %`, `[0.6 %, 3.0 %]`.
fn interval(s: &[Word]) -> Option<Interval> {
    let after = |i: usize| i + 1 + usize::from(percent(s, i));
    for i in (0..s.len()).filter(|i| s[*i].value.is_some()) {
        let (center, _) = s[i].value?;
        let next = after(i);
        let sign = if is(s, next, &["±", "+/-", "\\pm", "pm"]) {
            1
        } else if is(s, next, &["+"]) && is(s, next + 1, &["-", "−"])
            || is(s, next, &["+"]) && is(s, next + 1, &["/"]) && is(s, next + 2, &["-"])
        {
            if is(s, next + 1, &["/"]) { 3 } else { 2 }
        } else {
            0
        };
        if let Some((half, _)) = s.get(next + sign).and_then(|w| w.value).filter(|_| sign > 0) {
            let end = after(next + sign);
            let unit = percent(s, i) || percent(s, next + sign) || is(s, end, &["points", "percentage"]);
            let end = end + usize::from(is(s, end, &["percentage"]));
            let end = end + usize::from(is(s, end, &["points"]));
            let slack = s[next + sign].slack();
            return unit.then_some(Interval {
                words: i..end,
                low: center - half,
                high: center + half,
                half: Some((half, slack)),
            });
        }
        // Two ends.
        let opens = i > 0 && is(s, i - 1, &["from", "between", "["]);
        let joined = is(s, next, &["to", "and", ",", "–", "-"]);
        let second = s.get(next + 1).and_then(|w| w.value).filter(|_| opens && joined && percent(s, next + 1));
        if let Some((high, _)) = second.filter(|h| h.0 > center) {
            let end = next + 3;
            let end = end + usize::from(is(s, end, &["]"]));
            return Some(Interval { words: i - 1..end, low: center, high, half: None });
        }
    }
    None
}

/// Whether a percentage lies in the interval.
fn member(s: &[Word], clause: Range<usize>, interval: &Interval, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let free = |i: &usize| clause.contains(i) && !interval.words.contains(i);
    let places: Vec<usize> = clause.clone().filter(free).collect();
    let verb = |list: &[&str]| places.iter().any(|i| s[*i].is(list));
    let denied = places.iter().any(|i| s[*i].is(&["not", "doesn't", "doesn’t", "no"]));
    let inside = match (verb(HOLDS), verb(LACKS), verb(OUTSIDE), verb(INSIDE)) {
        (true, false, _, _) | (false, false, false, true) => !denied,
        (false, true, _, _) | (false, false, true, _) => denied,
        _ => return None,
    };
    // Beside the level of the interval there is one percentage, or who is meant.
    let numbers: Vec<usize> = places.iter().copied().filter(|i| percent(s, *i)).collect();
    let level = |i: &usize| {
        quantile(s[*i].value.map_or(0.0, |v| v.0)).is_some() && is(s, i + 2, &["interval", "confidence", "band", "range"])
    };
    let others: Vec<usize> = numbers.into_iter().filter(|i| !level(i)).collect();
    let value = match others.as_slice() {
        [one] => s[*one].value?.0,
        [] => {
            let words: Vec<Word> = places.iter().map(|i| s[*i].clone()).collect();
            let who = named(&words)?;
            100.0 * super::only_of(who, memory)?
        }
        _ => return None,
    };
    let (middle, half) = (f64::midpoint(interval.low, interval.high), (interval.high - interval.low) / 2.0);
    let distance = (value - middle).abs();
    let bound = if inside { Bound::AtMost } else { Bound::Above };
    let what = "how far it lies from the middle of the interval".into();
    Some((clause, Counted { value: half, slack: 0.0, bound, of: vec![Amount::Is(distance, 0.0)], certain: true, what }))
}

/// `A 95 % interval is about 1.8 % ± 1.2 %`: half of it, by the level.
fn width(s: &[Word], clause: Range<usize>, interval: &Interval) -> Option<(Range<usize>, Counted)> {
    let (value, slack) = interval.half?;
    let noun = |i: usize| is(s, i, &["interval", "confidence"]);
    let level = clause.clone().find_map(|i| {
        let near = noun(i + 2) || noun(i + 3);
        quantile(s[i].value?.0).filter(|_| percent(s, i) && near && !interval.words.contains(&i))
    })?;
    let verb = (clause.start..interval.words.start)
        .any(|i| s[i].is(&["is", "of", "=", ":", "would", "amounts", "gives", "are", "reads"]));
    let center = f64::midpoint(interval.low, interval.high) / 100.0;
    let half = 100.0 * level * deviation(center);
    let certain = verb && far(value, &[half], ERROR_UNCLEAR);
    let slack = slack + half * ERROR_ROUNDED;
    let what = "half of the interval, in percent".into();
    let bound = bound(s, interval.words.start);
    verb.then(|| (clause, Counted { value, slack, bound, of: computed(&[half]), certain, what }))
}
