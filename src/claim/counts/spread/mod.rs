//! How sure shares of right answers are: `the standard error is 1.9 points`, `the ±2σ band is 0.6 % to 3 %`, `one expects
//! 10 ± 3.1 hits`, `the difference is 2.8 σ`, `the error bars do not overlap`, `significant at the 5 % level`.
//!
//! What an error is of depends on the model of it: a claim holds where one of the usual models bears it out, and is refuted
//! where all of them are clearly elsewhere.

mod apart;
mod errors;
mod limits;

use std::ops::Range;

use super::figures::{Memory, QUESTIONS, Who, named};
use super::shares::{bound, percent, total};
use super::told::{BOUNDS, plain};
use super::words::{Word, is, parts_clause};
use super::{Amount, Bound, Counted};

/// Places of a sentence, and what is said there.
type Said = Vec<(Range<usize>, Counted)>;

/// Statements of a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Said {
    if s.iter().any(|w| w.is(OTHER)) {
        return Vec::new();
    }
    let limits = limits::find(s, memory);
    if !limits.is_empty() {
        return limits;
    }
    let errors = errors::find(s, memory);
    let mut out = if errors.is_empty() { apart::find(s, memory) } else { errors };
    out.retain(|(range, _)| range.end <= s.len());
    out
}

/// `z ≈ 2.04`: with a letter for the distance.
pub fn statistic(s: &[Word], memory: &Memory) -> Said {
    if s.iter().any(|w| w.is(OTHER)) { Vec::new() } else { apart::statistic(s, memory).into_iter().collect() }
}

/// Things with errors of their own.
const OTHER: &[&str] = &[
    "loss",
    "losses",
    "seeds",
    "seed",
    "runs",
    "weights",
    "keys",
    "scores",
    "parameters",
    "epochs",
    "steps",
    "test",
    "train",
    "training",
    "noise",
    "if",
    "would",
    "could",
    "might",
    "should",
    "bytes",
    "layers",
];

/// Words for one standard error.
fn sigma(w: &Word) -> bool {
    w.is(&["σ", "sigma", "sigmas", "sd", "se", "stderr"])
}

/// The words of a standard error at a place: `σ`, `standard errors`.
fn error_at(s: &[Word], at: usize) -> Option<usize> {
    if sigma(s.get(at)?) {
        return Some(at + 1);
    }
    let noun = at + 1 + usize::from(is(s, at + 1, &["binomial"]));
    (is(s, at, &["standard", "std"]) && is(s, noun, &["error", "errors", "deviation", "deviations", "err", "dev"]))
        .then_some(noun + 1)
}

/// Words for how far two shares are apart.
const DISTANCES: &[&str] =
    &["difference", "gap", "distance", "effect", "amounts", "apart", "away", "above", "below", "within", "closer"];

/// Words for percentage points.
const POINTS: &[&str] = &["%", "percent", "percentage", "points", "point", "pp"];

/// Words of such sentences beside those that any clause about answers may have.
const KNOWN: &[&str] = &[
    "standard",
    "error",
    "errors",
    "deviation",
    "deviations",
    "std",
    "binomial",
    "bars",
    "bar",
    "band",
    "bands",
    "interval",
    "intervals",
    "confidence",
    "range",
    "ranges",
    "from",
    "between",
    "differences",
    "rates",
    "rate",
    "two",
    "both",
    "such",
    "each",
    "other",
    "accuracies",
    "shares",
    "count",
    "counts",
    "number",
    "right",
    "correct",
    "hits",
    "true",
    "expects",
    "expect",
    "expected",
    "significant",
    "significantly",
    "level",
    "statistic",
    "pooled",
    "sample",
    "two-sample",
    "not",
    "don't",
    "doesn't",
    "don’t",
    "doesn’t",
    "overlap",
    "overlaps",
    "agree",
    "agrees",
    "statistically",
    "share",
    "proportion",
    "proportions",
    "±",
    "+",
    "-",
    "–",
    "≈",
    "=",
    "~",
    "[",
    "]",
    "wilson",
    "(",
    ")",
    "terms",
    "normal",
    "approximation",
    "estimate",
    "uncertainty",
    "half-width",
    "width",
    "roughly",
    "ie",
    "would",
    "corresponds",
    "half",
    "against",
    "versus",
    "vs",
    "test",
    "p",
    "<",
    ">",
    "z",
    "value",
    "it's",
    "that's",
    "differ",
    "differs",
    "our",
    "sigma",
    "σ",
    "se",
    "sd",
    "stderr",
    "answering",
    "says",
    "lies",
    "lie",
    "goes",
    "clearly",
    "highly",
    "per",
    "cent",
    "names",
    "dev",
    "far",
    "more",
    "less",
    "than",
    "compared",
    "where",
    "/",
    "using",
    "formula",
    "outside",
    "inside",
    "beyond",
];

/// Whether every word of some is understood.
fn understood(s: &[Word]) -> bool {
    s.iter().all(|w| {
        let known = [KNOWN, DISTANCES, POINTS, BOUNDS].iter().any(|list| w.is(list));
        w.value.is_some() || plain(w) || known || named(std::slice::from_ref(w)).is_some() || sigma(w)
    })
}

/// The clause around a place: to the next sign that parts one, brackets and commas between numbers aside.
fn around(s: &[Word], at: usize) -> Range<usize> {
    let cuts = |i: usize| {
        let numbers = s[i].is(&[",", "and"]) && i > 0 && s.get(i + 1).is_some_and(|w| w.value.is_some() || w.is(&["±", "about"]));
        // "(Wilson)", "(41 against 25)"
        const LONGEST: usize = 7;
        let open = (i.saturating_sub(LONGEST)..=i).rev().find(|k| s[*k].is(&["("]));
        let close = open.and_then(|o| (o..s.len().min(o + LONGEST + 1)).find(|k| s[*k].is(&[")"])));
        let aside = close.is_some_and(|c| c >= i);
        let joins = s[i].is(&["and"]) || aside;
        parts_clause(&s[i]) && !numbers && !joins
    };
    let start = (0..at).rev().find(|i| cuts(*i)).map_or(0, |i| i + 1);
    let end = (at..s.len()).find(|i| cuts(*i)).unwrap_or(s.len());
    start..end
}

/// Whether a word stands in brackets.
fn bracketed(s: &[Word], at: usize) -> bool {
    s[..at].iter().rev().find(|w| w.is(&["(", ")"])).is_some_and(|w| w.is(&["("]))
}

/// The share of a model of which the part reports one alone.
fn only_of(who: Who, memory: &Memory) -> Option<f64> {
    let mut all = memory.figures.iter().filter(|f| f.who == Some(who));
    let first = all.next()?.value();
    all.next().is_none().then_some(first)
}

/// The one share that a clause speaks of.
fn share_of(s: &[Word], clause: &Range<usize>, memory: &Memory) -> Option<f64> {
    let who = named(&s[clause.clone()]).or_else(|| named(&s[..clause.start])).or(memory.own);
    who.and_then(|who| only_of(who, memory)).or(match memory.figures.as_slice() {
        [one] => Some(one.value()),
        _ => None,
    })
}

/// The two shares that a part has reported when a sentence begins, or with it.
fn two(s: &[Word], memory: &Memory) -> Option<(f64, f64)> {
    let start = s.first()?.span.start;
    let mut known: Vec<(Option<Who>, f64)> = Vec::new();
    for (_, f, _) in memory.said.iter().filter(|(place, ..)| *place < start) {
        if !known.iter().any(|(who, v)| *who == f.who && (v - f.value()).abs() < 0.001) {
            known.push((f.who, f.value()));
        }
    }
    match (known.as_slice(), memory.figures.as_slice()) {
        ([a, b], _) => Some((a.1, b.1)),
        (_, [a, b]) => Some((a.value(), b.value())),
        _ => None,
    }
}

/// The standard error of a share.
fn deviation(share: f64) -> f64 {
    (share * (1.0 - share) / QUESTIONS).sqrt()
}

/// Numbers computed here.
fn computed(all: &[f64]) -> Vec<Amount> {
    all.iter().map(|x| Amount::Is(*x, 0.0)).collect()
}

/// Whether a number is near none of others: farther than a part of it.
fn far(value: f64, all: &[f64], part: f64) -> bool {
    all.iter().all(|x| (value - x).abs() > part * x.abs())
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::words_of;
    use super::*;

    fn said(text: &str, own: Who) -> Vec<(f64, Bound, bool)> {
        let words = words_of(text);
        let memory = Memory::read(&words, Some(own));
        let all = super::super::words::sentences(&words).flat_map(|s| find(s, &memory));
        all.map(|(_, c)| (c.value, c.bound, c.certain)).collect()
    }

    #[test]
    fn errors_and_bands_are_of_a_share() {
        let alone = |text: &str| said(&format!("9/500 = 1.8 %. {text}"), Who::Alone);
        assert_eq!(alone("The standard deviation of the count is about 9."), [(9.0, Bound::About, true)]);
        assert_eq!(alone("Its standard error is 0.6 points."), [(0.6, Bound::Exactly, false)]);
        assert_eq!(alone("The ±2σ band of our result is about 1.2 % to 2.4 %.").len(), 2);
        assert_eq!(alone("A 95 % interval is [0.6 %, 3.0 %].").len(), 2);
        assert_eq!(alone("At a true rate of 2 % one expects 10 ± 3.1 hits."), [(3.1, Bound::Exactly, false)]);
        for text in ["The standard error of the loss is 0.6.", "The error of the model is 0.6 points.", "It prints 10 ± 3 lines."]
        {
            assert!(alone(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn two_shares_are_so_many_errors_apart() {
        let two = |text: &str| said(&format!("9/500 = 1.8 %, always London 25/500 = 5 %. {text}"), Who::Alone);
        assert_eq!(two("The difference amounts to 2.8 σ."), [(2.8, Bound::Exactly, false)]);
        assert_eq!(two("The two rates are closer than two standard errors."), [(2.0, Bound::Below, true)]);
        assert_eq!(two("The error bars do not overlap."), [(0.0, Bound::Above, true)]);
        assert_eq!(two("The error bars overlap."), [(0.0, Bound::Below, true)]);
        assert!(two("The error bars of the loss overlap.").is_empty());
    }
}
