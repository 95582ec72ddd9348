//! Two shares in standard errors: `2.8 σ`, `closer than two standard errors`, `the error bars do not overlap`,
//! `significant at the 5 % level`.

use std::ops::Range;

use super::super::amounts::is_all;
use super::{
    Bound, Counted, DISTANCES, Memory, QUESTIONS, Said, Who, Word, around, bound, bracketed, computed, deviation, error_at, far,
    is, named, only_of, percent, total, two, understood,
};
use crate::tolerance::DISTANCE_UNCLEAR;

/// Statements of a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Said {
    distance(s, memory).into_iter().chain(overlap(s, memory)).chain(significant(s, memory)).collect()
}

/// The two shares that are compared: counts that stand there, the ones that are named, or the only two.
fn pair(s: &[Word], memory: &Memory) -> Option<(f64, f64)> {
    let counted: Vec<f64> = (0..s.len())
        .filter_map(|i| Some((s[i].count()?, total(s, i).filter(|(_, t)| is_all(*t))?)))
        .map(|(n, _)| n / QUESTIONS)
        .collect();
    if let [a, b] = counted.as_slice() {
        return Some((*a, *b));
    }
    // "of 41 against 25"
    let facing = (1..s.len().saturating_sub(1)).find_map(|i| {
        let counts = s[i].is(&["against", "versus", "vs"]).then(|| s[i - 1].count().zip(s[i + 1].count()))??;
        (!percent(s, i + 1) && counts.0 >= 2.0 && counts.1 >= 2.0).then_some((counts.0 / QUESTIONS, counts.1 / QUESTIONS))
    });
    if facing.is_some() {
        return facing;
    }
    let mut whos: Vec<Who> = Vec::new();
    for w in (0..s.len()).filter_map(|i| named(&s[i..=i])) {
        if !whos.contains(&w) {
            whos.push(w);
        }
    }
    match (whos.as_slice(), memory.own, two(s, memory)) {
        ([a, b], _, _) => only_of(*a, memory).zip(only_of(*b, memory)),
        ([a], Some(own), _) if *a != own => only_of(own, memory).zip(only_of(*a, memory)),
        (_, _, both) => both,
    }
}

/// The distance of two shares in standard errors: of their difference, pooled and not, and of each of them.
fn distances((a, b): (f64, f64)) -> [f64; 4] {
    let gap = (a - b).abs();
    let middle = f64::midpoint(a, b);
    let apart = deviation(a).hypot(deviation(b));
    [gap / apart, gap / (std::f64::consts::SQRT_2 * deviation(middle)), gap / deviation(a), gap / deviation(b)]
}

/// `it amounts to 2.8 σ`, `roughly a 7 σ effect`, `closer than two such standard errors`, `within one standard deviation`.
fn distance(s: &[Word], memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let (at, end) = (0..s.len()).find_map(|i| {
        s[i].value?;
        let after = i + 1 + usize::from(is(s, i + 1, &["such", "-", "–"]));
        Some((i, error_at(s, after)?))
    })?;
    let clause = around(s, at);
    let (value, decimals) = s[at].value?;
    // "Dividing by 0.0114 it amounts to 2.8 σ": what was computed before is not said by this.
    let start = (clause.start..at).rev().find(|i| s[*i].value.is_some()).map_or(clause.start, |i| i + 1);
    let named_here = named(&s[clause.start..start]).is_some();
    let within = (clause.start..at).any(|i| s[i].is(&["within", "closer"]));
    let spoken = s[clause.clone()].iter().any(|w| w.is(DISTANCES) || w.is(&["differ", "more", "less"]));
    let plus = at > 0 && s[at - 1].is(&["±"]);
    let band = s[clause.clone()].iter().any(|w| w.is(&["band", "interval", "intervals", "bars"]));
    let denied = s[clause.clone()].iter().any(|w| w.is(&["not", "don't", "doesn't", "isn't", "no"]));
    if !spoken || plus || band || denied || !understood(&s[if named_here { clause.start } else { start }..clause.end]) {
        return None;
    }
    let all = distances(pair(s, memory)?);
    let said = match bound(s, at) {
        Bound::Exactly if within => Bound::Below,
        Bound::Exactly if decimals == 0 => Bound::About,
        _ if (clause.start..at).any(|i| s[i].is(&["closer"])) => Bound::Below,
        b => b,
    };
    let certain = far(value, &all, DISTANCE_UNCLEAR);
    let what = "the distance in standard errors".into();
    let of = computed(&all);
    Some((
        clause.start..end.max(clause.end.min(end + 1)),
        Counted { value, slack: s[at].slack(), bound: said, of, certain, what },
    ))
}

/// `z ≈ 2.04`: the statistic of two shares.
pub fn statistic(s: &[Word], memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let at = (0..s.len()).find(|i| s[*i].is(&["z"]) && (is(s, i + 1, &["≈", "="]) || is(s, i + 1, &["approx"])))?;
    let place = at + 2;
    let (value, _) = s.get(place)?.value?;
    let all = &distances(pair(s, memory)?)[..2];
    let certain = far(value, all, DISTANCE_UNCLEAR);
    let what = "the statistic of two shares".into();
    let of = computed(all);
    Some((at..place + 1, Counted { value, slack: s[place].slack(), bound: Bound::Exactly, of, certain, what }))
}

/// `the error bars do not overlap`: those of one standard error and of 95 %, or the ones that are named.
fn overlap(s: &[Word], memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let verb = s.iter().position(|w| w.is(&["overlap", "overlaps"]))?;
    let clause = around(s, verb);
    let noun = s[clause.clone()].iter().any(|w| w.is(&["bars", "intervals", "bands", "ranges"]));
    let denials = s[clause.clone()].iter().filter(|w| w.is(&["not", "don't", "don’t", "never"])).count();
    let numbers: Vec<usize> =
        clause.clone().filter(|i| s[*i].value.is_some() && !s[*i].is(&["one", "two"]) && !bracketed(s, *i)).collect();
    if !noun || denials > 1 || !understood(&s[clause.clone()]) {
        return None;
    }
    let widths = match numbers.as_slice() {
        [] => vec![1.0, 1.96],
        [i] if error_at(s, i + 1).is_some() => vec![s[*i].value?.0],
        [i] if percent(s, *i) && s[*i].count() == Some(95.0) => vec![1.96],
        _ => return None,
    };
    let (a, b) = pair(s, memory)?;
    let gap = (a - b).abs();
    let ends: Vec<f64> = widths.iter().map(|z| 100.0 * (gap - z * (deviation(a) + deviation(b)))).collect();
    let of = computed(&ends);
    let said = if denials == 1 { Bound::Above } else { Bound::Below };
    let what = "percentage points between the ends of the two".into();
    Some((clause, Counted { value: 0.0, slack: 0.0, bound: said, of, certain: true, what }))
}

/// `the difference is significant at the level 1 %`, `not significant`.
fn significant(s: &[Word], memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let at = s.iter().position(|w| w.is(&["significant", "significantly"]))?;
    let clause = around(s, at);
    let denials = s[clause.clone()].iter().filter(|w| w.is(&["not", "isn't", "isn’t", "no"])).count();
    let numbers: Vec<usize> =
        clause.clone().filter(|i| s[*i].value.is_some() && !s[*i].is(&["one", "two"]) && !bracketed(s, *i)).collect();
    let statistics = s[clause.clone()].iter().any(|w| w.is(&["difference", "gap", "statistically", "level", "effect"]));
    if denials > 1 || !statistics || !understood(&s[clause.clone()]) {
        return None;
    }
    // Two-sided levels, in percent, with their quantiles.
    const LEVELS: [(f64, f64); 5] = [(10.0, 1.645), (5.0, 1.96), (1.0, 2.576), (0.1, 3.29), (95.0, 1.96)];
    let quantile = match numbers.as_slice() {
        [] => 1.96,
        [i] => {
            let level = s[*i].value?.0 * if percent(s, *i) { 1.0 } else { 100.0 };
            LEVELS.iter().find(|(l, _)| (l - level).abs() < 1e-6)?.1
        }
        _ => return None,
    };
    let all = &distances(pair(s, memory)?)[..2];
    // Near the bound the test that is used decides.
    if !far(quantile, all, DISTANCE_UNCLEAR) && numbers.is_empty() || !far(quantile, all, DISTANCE_UNCLEAR / 5.0) {
        return None;
    }
    let said = if denials == 1 { Bound::Below } else { Bound::Above };
    let certain = far(quantile, all, DISTANCE_UNCLEAR);
    let of = computed(all);
    let what = "the distance in standard errors".into();
    Some((clause, Counted { value: quantile, slack: 0.0, bound: said, of, certain, what }))
}
