//! Two accuracies in a clause: by how much one is ahead, and how many times the other it is.

use std::ops::Range;

use super::super::amounts::{items, less, one, over};
use super::super::figures::{Memory, Who, named};
use super::super::words::Word;
use super::super::{Amount, Bound, Counted};
use super::clause::{BOUNDS, Clause, bounded};

/// Who is meant by words before a comparison and after it. A pronoun is the one spoken of before that is not the other.
fn sides(clause: &Clause, range: &Range<usize>, at: usize, memory: &Memory) -> Option<(Who, Who)> {
    let s = clause.s;
    let words = |keep: &dyn Fn(usize) -> bool| -> Vec<Word> {
        clause.own.iter().copied().filter(|i| keep(*i)).map(|i| s[i].clone()).collect()
    };
    let (before, after) = (words(&|i| i < at), words(&|i| i > at));
    let ours = |w: &[Word]| w.iter().any(|w| w.is(&["us", "our", "ours", "we"]));
    let object = named(&after).or_else(|| memory.own.filter(|_| ours(&after)));
    // "The vanilla model is better by 15.4 points": than the only other one.
    let Some(object) = object else {
        let subject = named(&before)?;
        return memory.other(subject).map(|other| (subject, other));
    };
    let spoken = || named(&s[..range.start]).filter(|w| *w != object);
    let own = memory.own.filter(|w| *w != object);
    let subject = named(&before)
        .filter(|w| *w != object)
        .or_else(|| if ours(&before) { own } else { None })
        .or_else(|| if Some(object) == memory.own { spoken() } else { own })?;
    Some((subject, object))
}

/// `it beats us by 17 people`, `better than always London by 16 questions`.
pub fn ahead(clause: &Clause, range: &Range<usize>, memory: &Memory) -> Option<Counted> {
    const UP: &[&str] =
        &["beats", "beat", "better", "ahead", "above", "higher", "outperforms", "surpasses", "exceeds", "leads", "wins"];
    const DOWN: &[&str] = &["worse", "behind", "below", "lower", "loses", "lose", "lost", "underperforms", "trails"];
    const NOUN: &[&str] =
        &["people", "persons", "questions", "answers", "names", "hits", "points", "percentage", "point", "right", "correct"];
    let (s, own) = (clause.s, &clause.own);
    let way = own.iter().copied().find(|i| s[*i].is(UP) || s[*i].is(DOWN))?;
    let by = own.iter().copied().find(|i| *i > way && s[*i].is(&["by"]))?;
    let mut at = by + 1;
    while s.get(at).is_some_and(|w| w.is(BOUNDS) || w.is(&["exactly", "just", "only"])) {
        at += 1;
    }
    let (value, _) = s.get(at).filter(|_| own.contains(&at))?.value?;
    let points = s[at..range.end].iter().any(|w| w.is(&["points", "point"]));
    let noun = s.get(at + 1).is_some_and(|w| w.is(NOUN) || w.is(&["%", "percent", "dev"]) && points);
    let supposed = s.iter().any(|w| w.is(&["if", "would", "could", "might", "should", "not"]));
    let mut words: Vec<usize> = (at..range.end).filter(|i| s[*i].is(NOUN) || s[*i].is(&["%", "percent"]) || *i == at).collect();
    words.push(way);
    if !noun || supposed || !clause.whole(&words, &["to", "against"]) {
        return None;
    }
    let (subject, object) = sides(clause, range, way, memory)?;
    let (a, b) = (memory.of(subject), memory.of(object));
    let (a, b) = if s[way].is(UP) { (a, b) } else { (b, a) };
    let scale = |x: Amount| if points { Amount::Times(100.0, Box::new(x)) } else { over(x, over(one(), items())) };
    let of: Vec<Amount> =
        a.iter().flat_map(|x| b.iter().map(|y| scale(less(x.clone(), y.clone()))).collect::<Vec<_>>()).collect();
    let slack = if points { s[at].slack() } else { 0.5 };
    let certain = of.len() == 1;
    let what = if points { "percentage points between the two" } else { "right answers between the two" }.into();
    (!of.is_empty()).then(|| Counted { value, slack, bound: bounded(s, at), of, certain, what })
}

/// `the bottleneck costs us 16.2 points`: what the question's own model has less than the other.
pub fn cost(clause: &Clause, _range: &Range<usize>, memory: &Memory) -> Option<Counted> {
    let (s, own) = (clause.s, &clause.own);
    let verb = own.iter().copied().find(|i| s[*i].is(&["costs", "cost"]))?;
    let mut numbers = own.iter().copied().filter(|i| s[*i].value.is_some() && !s[*i].is(&["one"]));
    let at = numbers.next().filter(|i| numbers.next().is_none() && *i > verb)?;
    let points = own.iter().any(|i| s[*i].is(&["points", "point"]));
    let hits = own.iter().any(|i| s[*i].is(&["hits", "answers", "people", "names"]));
    let more = ["costs", "cost", "bottleneck", "%", "percent", "percentage", "points", "point"];
    let me = memory.own?;
    let other = memory.other(me).filter(|w| *w != Who::Constant)?;
    let subject: Vec<Word> = own.iter().filter(|i| **i < verb).map(|i| s[*i].clone()).collect();
    let ours = named(&subject).is_none_or(|w| w == me) && !subject.is_empty();
    if points == hits || !ours || !clause.whole(&[at], &more) {
        return None;
    }
    let (a, b) = (memory.of(other), memory.of(me));
    let ([a], [b]) = (a.as_slice(), b.as_slice()) else { return None };
    let lost = less(a.clone(), b.clone());
    let of = vec![if points { Amount::Times(100.0, Box::new(lost)) } else { over(lost, over(one(), items())) }];
    let slack = if points { s[at].slack() } else { 0.5 };
    let what = if points { "percentage points between the two" } else { "right answers between the two" }.into();
    Some(Counted { value: s[at].value?.0, slack, bound: bounded(s, at), of, certain: true, what })
}

/// `roughly three times our score`, `twice the accuracy of the constant answer`.
pub fn multiple(clause: &Clause, range: &Range<usize>, memory: &Memory) -> Option<Counted> {
    let (s, own) = (clause.s, &clause.own);
    let word = |i: usize, list: &[&str]| i < range.end && s[i].is(list);
    let (at, value, end) = own.iter().copied().find_map(|i| {
        let plain = [("twice", 2.0), ("double", 2.0), ("thrice", 3.0), ("half", 0.5)];
        if let Some((_, v)) = plain.iter().find(|(n, _)| s[i].is(&[n])) {
            return Some((i, *v, i + 1));
        }
        let value = s[i].value?.0;
        word(i + 1, &["times"]).then_some((i, value, i + 2))
    })?;
    let end = end + usize::from(word(end, &["of"]));
    let what =
        word(end, &["our", "the", "its", "that"]) && (end..range.end).any(|i| s[i].is(&["score", "accuracy", "result", "hits"]));
    let supposed = s.iter().any(|w| w.is(&["if", "would", "could", "might", "should", "not"]));
    let taken: Vec<usize> = (at..end).collect();
    let others = own.iter().any(|i| s[*i].value.is_some() && !taken.contains(i));
    if !what || supposed || others || !clause.whole(&taken, &[]) {
        return None;
    }
    let (subject, object) = sides(clause, range, at, memory)?;
    let (a, b) = (memory.of(subject), memory.of(object));
    let of: Vec<Amount> = a.iter().flat_map(|x| b.iter().map(|y| over(x.clone(), y.clone())).collect::<Vec<_>>()).collect();
    let (slack, bound) = match bounded(s, at) {
        Bound::Exactly if s[at].text.contains('.') => (s[at].slack(), Bound::Exactly),
        Bound::Exactly => (0.0, Bound::About),
        b => (0.0, b),
    };
    let certain = of.len() == 1;
    (!of.is_empty()).then(|| Counted { value, slack, bound, of, certain, what: "the quotient of the two".into() })
}
