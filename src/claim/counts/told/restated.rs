//! The same share said again in another way: `accuracy 0.08, so 40 of 500 places were right`, `for 450 of 500 people …, so
//! at best 90 % can be known`.

use std::ops::Range;

use super::super::amounts::{is_all, over};
use super::super::figures::{Memory, QUESTIONS, named};
use super::super::shares::{percent, total, unsure};
use super::super::words::{Word, is};
use super::super::{Amount, Bound, Counted};
use super::clause::{Clause, bounded, clauses, is_right};
use super::is_wrong;

/// Restatements in a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    let all = clauses(s);
    let mut out: Vec<(Range<usize>, Counted)> = all.iter().filter_map(|range| counted(s, range, memory)).collect();
    out.extend(all.iter().filter_map(|range| ceiling(s, range, false)));
    out.extend(all.iter().filter_map(|range| shared(s, range)));
    out
}

/// `…, a rate of 5 %`, `…, that is 90 %`, behind the one count of a total in the sentence, which says more than a count.
pub fn shares(s: &[Word], _memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    clauses(s).iter().filter_map(|range| ceiling(s, range, true)).collect()
}

/// `So 40 of 500 places were right`, where the share was said before.
fn counted(s: &[Word], range: &Range<usize>, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let clause = Clause { s, own: range.clone().collect(), figure: None };
    let at = range.clone().find(|i| s[*i].value.is_some() && !s[*i].is(&["one"]))?;
    let (end, total) = total(s, at).filter(|(end, t)| *end < range.end && *t >= 20.0)?;
    let right = range.clone().any(|i| is_right(&s[i]));
    let wrong = range.clone().any(|i| is_wrong(&s[i]));
    let others = range.clone().any(|i| s[i].value.is_some() && i != at && i != end);
    // Another set than dev, or a share beside it: judged elsewhere.
    let known = ["rightly", "these", "answered", "predicted", "i.e", "exactly"];
    let who = named(&s[range.clone()]).or(memory.own)?;
    if !right || wrong || others || unsure(&s[range.clone()]) || !clause.whole(&[at, end], &known) {
        return None;
    }
    let start = s[range.start].span.start;
    let mut before = memory.said.iter().filter(|(place, f, share)| *place < start && *share && f.who == Some(who));
    let (_, share, _) = before.next()?;
    if before.any(|(_, f, _)| (f.value() - share.value()).abs() > 0.0) {
        return None;
    }
    let count = s[at].count()?;
    let slack = 0.5;
    let concludes = s[..at].iter().rev().take(4).any(|w| w.is(&["so", "i.e", "thus", "hence", "means", "these", "that's"]));
    let of = vec![over(share.share.clone(), over(Amount::Is(1.0, 0.0), Amount::Is(total, 0.0)))];
    let said = Counted { value: count, slack, bound: bounded(s, at), of, certain: concludes, what: "right answers".into() };
    Some((range.clone(), said))
}

/// `Since it has 120 of 500 right, it is right in 24 % of the cases`: the share of the one count before it in the sentence.
fn shared(s: &[Word], range: &Range<usize>) -> Option<(Range<usize>, Counted)> {
    let clause = Clause { s, own: range.clone().collect(), figure: None };
    let at = range.clone().find(|i| percent(s, *i))?;
    let right = range.clone().any(|i| is_right(&s[i])) && !range.clone().any(|i| is_wrong(&s[i]));
    let others = range.clone().any(|i| s[i].value.is_some() && i != at && !s[i].is(&["one"]));
    let before = &s[..range.start];
    let counts: Vec<(f64, f64)> = (0..before.len())
        .filter_map(|i| Some((s[i].count()?, total(s, i).filter(|(e, t)| *e < range.start && *t >= 20.0)?.1)))
        .filter(|(n, t)| n <= t)
        .collect();
    let [(n, t)] = counts[..] else { return None };
    let shares = (0..before.len()).any(|i| percent(before, i));
    let concludes = before.iter().any(|w| w.is(&["since", "because", "so", "as", "thus", "hence", "i.e"]));
    let (who, whose) = (named(&s[range.clone()]), named(before));
    let same = who.is_none() || who == whose;
    let later = s[..range.end].iter().any(|w| w.is(&["now", "before", "earlier", "later", "after", "then", "first", "still"]));
    let doubted = unsure(s) || before.iter().any(is_wrong) || !concludes || shares || !same || later;
    if !right || others || doubted || !clause.whole(&[at], &["%", "percent", "it", "answers", "rightly"]) {
        return None;
    }
    let of = vec![Amount::Times(100.0, Box::new(over(Amount::Is(n, 0.0), Amount::Is(t, 0.0))))];
    let what = format!("{n} of {t}, in percent");
    let said = Counted { value: s[at].value?.0, slack: s[at].slack(), bound: bounded(s, at), of, certain: who == whose, what };
    Some((range.clone(), said))
}

/// Words of what is possible at best.
const POSSIBLE: &[&str] = &[
    "best",
    "most",
    "would",
    "be",
    "possible",
    "memory",
    "alone",
    "reachable",
    "could",
    "can",
    "known",
    "ceiling",
    "upper",
    "bound",
    "limit",
    "maximum",
    "maximal",
    "perfect",
    "memorising",
    "memorizing",
    "memorisation",
    "memorization",
    "recall",
    "remembering",
    "reached",
    "reach",
    "achieved",
    "achievable",
    "attainable",
    "accuracy",
    "maximally",
    "everything",
    "%",
    "percent",
    "more",
    "that's",
    "cannot",
    "know",
    "remembers",
    "reading",
    "pretraining",
    "purely",
    "from",
    "not",
    "no",
    "knowledge",
    "exceed",
    "get",
    "than",
    "i.e",
    "theoretical",
    "about",
    "answerable",
    "get",
    "pure",
    "looking",
    "capped",
    "cap",
    "bounded",
    "remembered",
    "recalled",
    "memorised",
    "memorized",
    "learned",
    "learnt",
    "looked",
    "read",
    "off",
    "up",
    "such",
    "rate",
    "share",
    "fraction",
];

/// `All 500 dev names occur there, and for 462 of them the answer can be read`: a count whose total stands before it.
fn of_them(s: &[Word], at: usize) -> Option<(usize, f64, f64)> {
    let n = s[at].count()?;
    let pronoun = s.get(at + 1)?.is(&["of"]) && s.get(at + 2)?.is(&["them", "these", "those"]);
    let whole = s[..at].iter().rev().find_map(Word::count).filter(|t| pronoun && is_all(*t))?;
    Some((at, n, whole))
}

/// `462 of the dev people`: of all of them.
fn of_dev(s: &[Word], at: usize) -> Option<(usize, f64, f64)> {
    let n = s[at].count().filter(|n| *n >= 2.0 && *n <= QUESTIONS && !percent(s, at))?;
    let noun = |i: usize| s.get(i).is_some_and(|w| w.is(&["people", "names", "questions", "persons", "answers"]));
    let of = is(s, at + 1, &["of"]) && is(s, at + 2, &["the", "our", "these"]) && is(s, at + 3, &["dev"]) && noun(at + 4);
    of.then_some((at, n, QUESTIONS))
}

/// `so at most 90 % can be known`, behind the one count of a total in the sentence.
fn ceiling(s: &[Word], range: &Range<usize>, plain: bool) -> Option<(Range<usize>, Counted)> {
    let clause = Clause { s, own: range.clone().collect(), figure: None };
    let at = range.clone().find(|i| percent(s, *i))?;
    let limits = [
        "capped",
        "cap",
        "best",
        "most",
        "ceiling",
        "upper",
        "limit",
        "maximum",
        "maximal",
        "maximally",
        "perfect",
        "possible",
        "exceed",
    ];
    let links = |i: usize| {
        s[i].is(&[
            "a", "rate", "share", "of", "that", "is", "which", "these", "are", "i.e", "or", "that's", "about", "%", "percent",
            "fraction", "this", "the",
        ])
    };
    let spoken = if plain { range.clone().all(|i| i == at || links(i)) } else { range.clone().any(|i| s[i].is(&limits)) };
    // "25.5 % of the ceiling": a part of it.
    if is(s, at + 2, &["of"]) && (at + 3..range.end).any(|i| s[i].is(&limits)) {
        return None;
    }
    let others = range.clone().any(|i| s[i].value.is_some() && i != at && !s[i].is(&["one"]));
    let outside = |i: usize| i < range.start || i >= range.end;
    let counts: Vec<(usize, f64, f64)> = (0..s.len())
        .filter(|i| outside(*i) && (!plain || *i < range.start))
        .filter_map(|i| {
            of_them(s, i)
                .or_else(|| of_dev(s, i))
                .or_else(|| Some((i, s[i].count()?, total(s, i).filter(|(e, t)| outside(*e) && *t >= 20.0)?.1)))
        })
        .filter(|(_, n, t)| n <= t)
        .collect();
    let [(place, n, t)] = counts.as_slice() else { return None };
    // "9 of 500, 1.8 %, below London (5 %)": the share has been said, and a name before the bracket says whose this one is.
    let between = s.get(*place..range.start).unwrap_or_default();
    if plain && ((0..between.len()).any(|i| percent(between, i)) || named(between).is_some()) {
        return None;
    }
    if !spoken || others || s.iter().any(|w| w.is(&["if"]) || is_wrong(w)) || !clause.whole(&[at], POSSIBLE) {
        return None;
    }
    let share = over(Amount::Is(*n, 0.0), Amount::Is(*t, 0.0));
    let of = vec![Amount::Times(100.0, Box::new(share))];
    // "at most" and "at best" belong to what is possible, not to the number.
    let bound = match bounded(s, at) {
        Bound::AtMost | Bound::AtLeast => Bound::Exactly,
        b => b,
    };
    let what = format!("{n} of {t}, in percent");
    Some((range.clone(), Counted { value: s[at].value?.0, slack: s[at].slack(), bound, of, certain: true, what }))
}
