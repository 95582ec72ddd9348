//! Standard errors by their numbers, expected counts with theirs, and intervals of shares.

use std::ops::Range;

use super::super::amounts::is_all;
use super::{
    Bound, Counted, Memory, POINTS, QUESTIONS, Said, Word, around, bound, bracketed, computed, deviation, error_at, far, is,
    percent, share_of, sigma, two, understood,
};
use crate::tolerance::{ERROR_ROUNDED, ERROR_UNCLEAR};

/// Statements of a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Said {
    let band = band(s, memory);
    if !band.is_empty() {
        return band;
    }
    expected(s).into_iter().chain(half_width(s, memory)).chain(told(s, memory)).collect()
}

/// `the half-width of a 95 % interval is about 2.5 points`.
fn half_width(s: &[Word], memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let at = s.iter().position(|w| w.is(&["half-width", "halfwidth"]))?;
    let clause = around(s, at);
    let numbers: Vec<usize> = (at..clause.end).filter(|i| s[*i].value.is_some() && !s[*i].is(&["one"])).collect();
    let [level, n] = numbers[..] else { return None };
    let quantile = quantile(s[level].value?.0).filter(|_| percent(s, level))?;
    let points = unit(s, n, &clause)? == Unit::Percent;
    if !points || !understood(&s[clause.clone()]) || s[clause.clone()].iter().any(|w| w.is(&["not"])) {
        return None;
    }
    let half = 100.0 * quantile * deviation(share_of(s, &clause, memory)?);
    let (value, _) = s[n].value?;
    let certain = far(value, &[half], ERROR_UNCLEAR);
    let slack = s[n].slack() + half * ERROR_ROUNDED;
    let what = "half of the interval, in percent".into();
    Some((clause, Counted { value, slack, bound: bound(s, n), of: computed(&[half]), certain, what }))
}

/// What the number of an error counts.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Percent,
    Share,
    Count,
}

fn unit(s: &[Word], at: usize, clause: &Range<usize>) -> Option<Unit> {
    if is(s, at + 1, POINTS) {
        return Some(Unit::Percent);
    }
    let (value, decimals) = s[at].value?;
    if decimals >= 2 && value < 0.2 {
        return Some(Unit::Share);
    }
    let counts = |w: &Word| w.is(&["hits", "names", "answers", "counts", "people", "count", "number"]);
    s[clause.clone()].iter().any(counts).then_some(Unit::Count)
}

/// `the standard error is 1.9 points`, `standard errors are 1.9 and 1.2 points`, `the σ of the count is about 3`.
fn told(s: &[Word], memory: &Memory) -> Said {
    let Some((first, end)) = (0..s.len()).find_map(|i| Some((i, error_at(s, i)?))) else { return Vec::new() };
    let clause = around(s, first);
    // "2.8 σ", "two standard errors": a distance.
    let counted = first > clause.start && (s[first - 1].value.is_some() || is(s, first - 1, &["such", "few", "±"]));
    let numbers: Vec<usize> = (end..clause.end)
        .filter(|i| s[*i].value.is_some() && !s[*i].is(&["one"]) && !percent_of(s, *i) && !bracketed(s, *i) && !sample(s, *i))
        .collect();
    let linked =
        numbers.first().is_some_and(|n| (end..*n).any(|i| is(s, i, &["is", "are", "was", "=", "≈", "of", ":", "amounts"])));
    if counted || !linked || !understood(&s[clause.clone()]) || s[clause.clone()].iter().any(|w| w.is(&["not", "within"])) {
        return Vec::new();
    }
    let last = |n: usize| (n + 1..clause.end).find(|i| !s[*i].is(POINTS)).unwrap_or(clause.end);
    match numbers.as_slice() {
        [n] => {
            let own = (end..*n).find(|i| percent_of(s, *i)).and_then(|i| s[i].value).map(|v| v.0 / 100.0);
            let share = own.or_else(|| share_of(s, &clause, memory));
            let Some((share, unit)) = share.zip(unit(s, *n, &clause)) else { return Vec::new() };
            one(s, *n, clause.start..last(*n), &[share], unit).into_iter().collect()
        }
        // In the order of the accuracies, or in the other.
        [a, b] => {
            let Some((x, y)) = two(s, memory) else { return Vec::new() };
            let shares = [x, y];
            let Some(unit) = unit(s, *b, &clause) else { return Vec::new() };
            let all = [one(s, *a, clause.start..*a + 1, &shares, unit), one(s, *b, *b..last(*b), &shares, unit)];
            all.into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}

/// "on 500 names": how many are asked.
fn sample(s: &[Word], at: usize) -> bool {
    let noun = (at + 1..at + 3).any(|i| is(s, i, &["names", "questions", "people", "answers", "examples", "persons", "samples"]));
    let all = s[at].count().is_some_and(is_all);
    all && (noun || at > 0 && s[at - 1].is(&["=", "on", "with", "for"]))
}

/// "of 23.6 %", "for the 5 %": whose error it is.
fn percent_of(s: &[Word], at: usize) -> bool {
    let article = usize::from(at > 0 && s[at - 1].is(&["the", "our"]));
    percent(s, at) && at > article && s[at - 1 - article].is(&["of", "for"])
}

fn one(s: &[Word], at: usize, range: Range<usize>, shares: &[f64], unit: Unit) -> Option<(Range<usize>, Counted)> {
    let (value, decimals) = s[at].value?;
    let scale = match unit {
        Unit::Percent => 100.0,
        Unit::Share => 1.0,
        Unit::Count => QUESTIONS,
    };
    let all: Vec<f64> = shares.iter().map(|p| scale * deviation(*p)).collect();
    let said = match bound(s, at) {
        Bound::Exactly if decimals == 0 => Bound::About,
        b => b,
    };
    let certain = far(value, &all, ERROR_UNCLEAR);
    let of = computed(&all);
    // Two digits of it are rounded before they are used.
    let slack = s[at].slack() * (1.0 + ERROR_ROUNDED);
    let what = "the standard error of a share of the dev questions".into();
    Some((range, Counted { value, slack, bound: said, of, certain, what }))
}

/// `one expects 10 ± 3.1 hits`, `9 ± 3 of 500`.
fn expected(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    let sign = s.iter().position(|w| w.is(&["±"]))?;
    let place = sign + 1;
    let mean = sign.checked_sub(1)?;
    let (n, (value, _)) = (s[mean].value?.0, s.get(place)?.value?);
    let unit = is(s, place + 1, &["hits", "names", "right", "correct", "answers", "people"])
        || is(s, place + 1, &["of"]) && s.get(place + 2).is_some_and(|w| w.value.is_some_and(|v| is_all(v.0)));
    let clause = around(s, sign);
    if !unit || percent(s, place) || !(1.0..QUESTIONS).contains(&n) || !understood(&s[clause.clone()]) {
        return None;
    }
    // "At a true rate of 2 %".
    let rate = (clause.start..mean).find(|i| percent(s, *i)).and_then(|i| s[i].value).map(|v| v.0 / 100.0);
    let share = rate.unwrap_or(n / QUESTIONS);
    if (share * QUESTIONS - n).abs() > 0.5 {
        return None;
    }
    // One standard error, and the widths of the usual intervals.
    const WIDTHS: [f64; 5] = [1.0, 1.645, 1.96, 2.0, 2.576];
    let all: Vec<f64> = WIDTHS.iter().map(|z| z * QUESTIONS * deviation(share)).collect();
    let certain = far(value, &all, ERROR_UNCLEAR / 2.0);
    let end = (place + 1..clause.end)
        .find(|i| !s[*i].is(&["hits", "right", "correct", "answers", "names", "people"]))
        .unwrap_or(clause.end);
    let of = computed(&all);
    let what = "the standard error of a count of right answers".into();
    Some((clause.start..end, Counted { value, slack: s[place].slack(), bound: Bound::Exactly, of, certain, what }))
}

/// `the ±2σ band of our result is about 0.6 % to 3 %`, `a 95 % confidence interval is [20.1 %, 27.5 %]`.
fn band(s: &[Word], memory: &Memory) -> Said {
    let noun = |w: &Word| w.is(&["band", "interval", "range"]);
    let Some(at) = s.iter().position(noun) else { return Vec::new() };
    let clause = {
        let around = around(s, at);
        around.start
            ..(around.end..s.len())
                .take_while(|i| s[around.end..*i].iter().all(|w| w.value.is_some() || w.is(LIMITS)))
                .last()
                .map_or(around.end, |i| i + 1)
    };
    let plus = |i: usize| i > 0 && s[i - 1].is(&["±"]);
    let (mut widths, mut limits) = (Vec::new(), Vec::new());
    for i in clause.clone().filter(|i| s[*i].value.is_some() && (!s[*i].is(&["one"]) || error_at(s, i + 1).is_some())) {
        let (v, _) = s[i].value.unwrap_or_default();
        let after = i + 1 + usize::from(is(s, i + 1, &["-", "–"]));
        if error_at(s, after).is_some() || plus(i) && s.get(after).is_some_and(sigma) {
            widths.push(v);
        } else if let Some(z) = quantile(v).filter(|_| percent(s, i) && i < at) {
            widths.push(z);
        } else {
            limits.push(i);
        }
    }
    let ([width], [low, high], Some(share)) = (widths.as_slice(), limits.as_slice(), share_of(s, &clause, memory)) else {
        return Vec::new();
    };
    let known = s[clause.clone()].iter().all(|w| understood(std::slice::from_ref(w)) || w.is(LIMITS));
    let joined = s[*low + 1..*high].iter().all(|w| w.is(LIMITS)) && *low > at;
    let shares = percent(s, *high);
    if !known || !joined || !shares || s[clause.clone()].iter().any(|w| w.is(&["not"])) {
        return Vec::new();
    }
    let ends = limits_of(share, *width);
    let made = |n: usize, range: Range<usize>, upper: bool| -> Option<(Range<usize>, Counted)> {
        let (value, _) = s[n].value?;
        let all: Vec<f64> = ends.iter().map(|e| 100.0 * if upper { e.1 } else { e.0 }).collect();
        let half = 100.0 * width * deviation(share);
        let certain = all.iter().all(|x| (value - x).abs() > ERROR_UNCLEAR * half);
        let slack = s[n].slack() + half * ERROR_ROUNDED;
        let of = computed(&all);
        let what = if upper { "the upper end, in percent" } else { "the lower end, in percent" }.into();
        Some((range, Counted { value, slack, bound: Bound::Exactly, of, certain, what }))
    };
    let tail = (*high + 2).min(s.len());
    [made(*low, clause.start..*low + 1, false), made(*high, *high..tail, true)].into_iter().flatten().collect()
}

/// Words between the ends of an interval.
const LIMITS: &[&str] = &["%", "percent", "to", "and", "-", "–", ",", "[", "]", "(", ")", "…", "about", "."];

/// Levels of confidence with their quantiles.
const LEVELS: [(f64, f64); 4] = [(95.0, 1.96), (90.0, 1.645), (99.0, 2.576), (68.0, 1.0)];

/// The quantile of a level of confidence in percent.
pub fn quantile(level: f64) -> Option<f64> {
    LEVELS.iter().find(|(l, _)| (l - level).abs() < 0.01).map(|(_, z)| *z)
}

/// The interval of a share by the normal law, by Wilson, and one near the exact one.
fn limits_of(p: f64, z: f64) -> Vec<(f64, f64)> {
    let n = QUESTIONS;
    let normal = (p - z * deviation(p), p + z * deviation(p));
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / (1.0 + z * z / n);
    let wilson = (middle - half, middle + half);
    // The exact one reaches about half a question farther than Wilson's.
    let exact = (wilson.0 - 0.5 / n, wilson.1 + 0.5 / n);
    vec![normal, wilson, exact]
}
