//! Comparisons of two accuracies whose words are roles, in any order: `compared with London it is 72 % better in relative terms`, `it
//! has 64 % fewer right answers`, `that's about a third (0.32) of what London gets`, `it gets about 15 % of these 462`.
//!
//! Every word is a name, a number, a direction, or known to add nothing; who is not named is found among what the part reports.

use std::ops::Range;

use super::super::amounts::{items, less, one, over};
use super::super::figures::{Memory, QUESTIONS, Who, named};
use super::super::shares::percent;
use super::super::words::Word;
use super::super::wrong::is_wrong;
use super::super::{Amount, Bound, Counted};
use super::clause::{BOUNDS, bounded, cuts, is_right, plain};
use super::ratio::{Factor, KNOWN, factor};

const UP: &[&str] =
    &["better", "higher", "more", "gain", "gains", "gained", "gaining", "wins", "won", "beats", "ahead", "improves"];
const DOWN: &[&str] = &["fewer", "less", "worse", "lower", "lost", "loses", "lose", "losing", "behind", "drops", "dropped"];
const MARKS: &[&str] = &["compared", "relative", "against", "versus", "vs", "comparison"];
/// Words that add nothing here.
const FILL: &[&str] = &[
    "in",
    "terms",
    "words",
    "other",
    "relative",
    "relatively",
    "right",
    "correct",
    "answers",
    "answer",
    "hits",
    "names",
    "people",
    "often",
    "frequently",
    "many",
    "good",
    "right",
    "by",
    "factor",
    "of",
    "what",
    "gets",
    "got",
    "has",
    "reaches",
    "reached",
    "these",
    "those",
    "terms",
    "roughly",
    "correctly",
    "with",
    "than",
    "points",
    "lost",
    "has",
    "have",
    "had",
    "one",
    "part",
    "d",
    "f",
    "(",
    ")",
    "still",
    "that’s",
];

/// Comparisons of a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    pieces(s).into_iter().filter_map(|own| compared(s, &own, memory)).collect()
}

/// Clauses as places of words, without brackets around a number, with names in brackets and what a comparison opens with.
fn pieces(s: &[Word]) -> Vec<Vec<usize>> {
    let (mut out, mut own, mut at) = (Vec::new(), Vec::new(), 0);
    while at < s.len() {
        let bracket = s[at].is(&["("]) && s.get(at + 2).is_some_and(|w| w.is(&[")"]));
        let opens = s[at].is(&[","])
            && own.first().is_some_and(|i: &usize| s[*i].is(MARKS) || s[*i].is(&["in"]))
            && own.iter().any(|i| s[*i].is(MARKS) || s[*i].is(&["words"]));
        if bracket && s[at + 1].value.is_some() {
            at += 3;
        } else if bracket && s[at + 1].is(&["d", "f"]) {
            own.extend(at..at + 3);
            at += 3;
        } else if opens {
            at += 1;
        } else if cuts(&s[at]) {
            out.push(std::mem::take(&mut own));
            at += 1;
        } else {
            own.push(at);
            at += 1;
        }
    }
    out.push(own);
    out.retain(|o| o.len() > 2);
    out
}

fn words(s: &[Word], own: &[usize]) -> Vec<Word> {
    own.iter().map(|i| s[*i].clone()).collect()
}

/// A comparison with the parts of its words.
struct Parts<'a> {
    s: &'a [Word],
    own: &'a [usize],
    said: Factor,
    up: bool,
    down: bool,
}

impl Parts<'_> {
    fn has(&self, list: &[&str]) -> bool {
        self.own.iter().any(|i| self.s[*i].is(list))
    }

    /// Whether the clause names nobody and follows the report of another than the question's own model.
    fn nobody(&self, memory: &Memory) -> bool {
        let start = self.own.first().map_or(0, |i| self.s[*i].span.start);
        let last = memory.said.iter().rev().find(|(at, f, _)| *at < start && f.who.is_some());
        let own = named(&words(self.s, self.own)).is_some() || self.has(&["it", "we", "our", "it's"]);
        !own && last.is_some_and(|(_, f, _)| f.who != memory.own)
    }

    /// Whether one of some words stands right behind the number.
    fn next(&self, k: usize, list: &[&str]) -> bool {
        let at = self.own.iter().position(|i| *i >= self.said.words.end);
        at.and_then(|at| self.own.get(at + k)).is_some_and(|i| self.s[*i].is(list))
    }
}

fn compared(s: &[Word], own: &[usize], memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let object = object_zone(s, own);
    let free = |i: &&usize| !object.contains(i);
    // The number that compares stands outside of what is compared with.
    let said = own.iter().filter(free).find_map(|i| factor(s, *i).or_else(|| by_factor(s, *i)))?;
    let share = |i: usize| percent(s, i) && object.contains(&i);
    let others = own.iter().filter(|i| s[**i].value.is_some() && !said.words.contains(i) && !share(**i) && !s[**i].is(&["one"]));
    let others: Vec<usize> = others.copied().collect();
    let known = |i: &usize| {
        let w = &s[*i];
        said.words.contains(i) || w.value.is_some() || [UP, DOWN, MARKS, FILL, KNOWN, BOUNDS].iter().any(|l| w.is(l)) || plain(w)
    };
    let doubted =
        |i: &usize| s[*i].is(&["not", "no", "never", "if", "would", "could", "should", "doesn't", "test", "training", "/"]);
    if own.iter().any(doubted) || own.iter().any(|i| is_wrong(&s[*i])) || !own.iter().all(known) {
        return None;
    }
    let near = |list: &[&str]| own.iter().filter(free).any(|i| s[*i].is(list));
    let (up, down) = (near(UP), near(DOWN));
    let parts = Parts { s, own, said, up, down };
    let counted = match others.as_slice() {
        [total] => of_total(&parts, *total, memory)?,
        [] => of_two(&parts, &object, memory)?,
        _ => return None,
    };
    let lead = |i: &&usize| !s[**i].is(&["so", "and", "thus", "hence", "then", "therefore"]);
    let first = *own.iter().find(lead)?;
    Some((first..own.last()? + 1, counted))
}

/// `by a factor of 11.8`.
fn by_factor(s: &[Word], at: usize) -> Option<Factor> {
    let word = |i: usize, w: &str| s.get(i).is_some_and(|x| x.is(&[w]));
    let of = at + 1 + usize::from(word(at + 1, "of"));
    let place = of + usize::from(s.get(of).is_some_and(|w| w.value.is_none() && w.is(BOUNDS)));
    let (value, decimals) = s.get(place)?.value.filter(|_| word(at, "factor") && !percent(s, place))?;
    let bound = match bounded(s, place) {
        Bound::Exactly if decimals == 0 => Bound::About,
        b => b,
    };
    Some(Factor { value, slack: if decimals == 0 { 0.0 } else { s[place].slack() }, bound, words: at..place + 1 })
}

/// The words of what is compared with: behind `than`, `as … as` or `of what`, or behind `compared with` up to a pronoun or another name.
fn object_zone(s: &[Word], own: &[usize]) -> Vec<usize> {
    if let Some(mark) = own.iter().position(|i| s[*i].is(MARKS)).filter(|m| *m < 3) {
        let rest = &own[mark..];
        let pronoun = rest.iter().position(|i| s[*i].is(&["it", "we", "our", "this", "that", "it's", "that's"]));
        let first = |k: &usize| named(&words(s, &rest[..*k]));
        let turn = (1..rest.len()).find(|k| first(k).is_some() && first(&(k + 1)) != first(k));
        let article = |k: usize| if k > 0 && s[rest[k - 1]].is(&["the", "our"]) { k - 1 } else { k };
        let end = match (pronoun, turn) {
            (Some(p), Some(t)) => p.min(article(t)),
            (Some(p), None) => p,
            (None, Some(t)) => article(t),
            _ => rest.len(),
        };
        return rest[..end].to_vec();
    }
    let what = own.windows(2).position(|p| s[p[0]].is(&["of"]) && s[p[1]].is(&["what"])).map(|i| i + 1);
    let than = own.iter().rposition(|i| s[*i].is(&["than", "as"]) || s[*i].is(MARKS)).filter(|i| i + 1 < own.len());
    let named_behind = than.filter(|i| named(&words(s, &own[*i..])).is_some() || own[*i..].iter().any(|k| percent(s, *k)));
    what.or(named_behind).map_or(vec![], |from| own[from..].to_vec())
}

/// `gets about 15 % of these 462`: a part of those that could be right.
fn of_total(p: &Parts, total: usize, memory: &Memory) -> Option<Counted> {
    let n = p.s[total].count().filter(|n| (100.0..QUESTIONS).contains(n))?;
    let these =
        p.next(0, &["of"]) && p.next(1, &["these", "those", "the"]) && total > 0 && p.s[total - 1].is(&["these", "those", "the"]);
    let gets = p.has(&["gets", "got", "has", "get", "reaches", "answers", "finds", "knows", "right", "correct"]);
    let who = named(&words(p.s, p.own)).or(memory.own)?;
    if !these || !gets || p.up || p.down || p.said.value >= 1.0 {
        return None;
    }
    let count = over(memory.single(who)?, over(one(), items()));
    let what = "the right answers as a part of those".to_string();
    let Factor { value, slack, bound, .. } = p.said;
    Some(Counted { value, slack, bound, of: vec![over(count, Amount::Is(n, 0.0))], certain: true, what })
}

/// The accuracies that are compared, and whether nobody else can be meant.
fn sides(p: &Parts, object: &[usize], memory: &Memory) -> Option<(Amount, Vec<Amount>, bool)> {
    let own = memory.own?;
    let subject: Vec<usize> = p.own.iter().copied().filter(|i| !object.contains(i)).collect();
    let who = named(&words(p.s, &subject)).unwrap_or(own);
    let explicit = object.iter().copied().find(|i| percent(p.s, *i));
    let share = explicit.and_then(|i| Some(memory.exact(Amount::Is(p.s[i].value?.0 / 100.0, p.s[i].slack() / 100.0))));
    let other = named(&words(p.s, object));
    if other == Some(who) {
        // "Relative to the vanilla model it has lost …": the one that was reported last.
        let start = p.s.first()?.span.start;
        let last = memory.said.iter().rev().find(|(at, f, _)| *at < start && f.who.is_some() && f.who != Some(who))?.1.who?;
        return Some((memory.single(last)?, vec![memory.single(who)?], false));
    }
    let a = memory.single(who)?;
    if let Some(b) = share.or_else(|| other.and_then(|o| memory.single(o))) {
        return Some((a, vec![b], true));
    }
    let mut all: Vec<Who> = Vec::new();
    for f in memory.figures.iter().filter_map(|f| f.who).filter(|w| *w != who) {
        if !all.contains(&f) {
            all.push(f);
        }
    }
    // "The hits of London": a comparison with nobody named is with one of those that were reported.
    let of: Vec<Amount> = all.iter().filter_map(|w| memory.single(*w)).collect();
    let certain = of.len() == 1 && object.is_empty();
    (!of.is_empty() && object.is_empty()).then_some((a, of, certain))
}

fn of_two(p: &Parts, object: &[usize], memory: &Memory) -> Option<Counted> {
    let at = p.said.words.start;
    let in_percent = percent(p.s, at);
    let relative = p.has(&["relative", "relatively"]) && !p.has(&["points"]) || p.has(&["terms"]);
    let hits = p.own.iter().any(|i| is_right(&p.s[*i]) || p.s[*i].is(&["hits"]));
    let points = p.has(&["points", "point", "pp"]);
    if points || p.up && p.down {
        return None;
    }
    let (a, others, sure) = sides(p, object, memory)?;
    let each = |f: &dyn Fn(Amount, Amount) -> Amount| -> Vec<Amount> { others.iter().map(|b| f(a.clone(), b.clone())).collect() };
    let Factor { value, slack, bound, .. } = p.said;
    // "64 % fewer right answers", "72 % better", "has lost 65 % of the right answers".
    let change = in_percent && p.next(0, &["fewer", "less", "more", "better", "higher", "worse", "lower"])
        || in_percent && p.next(0, &["of"]) && hits && p.has(&["lost", "loses", "lose", "losing"]);
    if change {
        let of = if p.up { each(&|a, b| less(over(a, b), one())) } else { each(&|a, b| less(one(), over(a, b))) };
        let certain = sure && (relative || hits);
        let slack = slack.max(0.005);
        let what = "the change relative to the other accuracy".to_string();
        return (p.up != p.down).then_some(Counted { value, slack, bound, of, certain, what });
    }
    let as_often = p.next(0, &["as"]) && p.next(1, &["often", "many", "good", "frequently", "high", "accurate", "much"]);
    let by = p.s[at].is(&["factor"]);
    let of_what = p.next(0, &["of"])
        && p.next(1, &["what"])
        && p.has(&["gets", "has", "reaches", "got", "had", "scores", "reached", "does"]);
    if in_percent && !of_what || !(as_often || by && (p.up || p.down) || of_what) {
        return None;
    }
    let mut of = if p.down { each(&|a, b| over(b, a)) } else { each(&|a, b| over(a, b)) };
    // "London: 25/500, which is three times as high": of the one that was reported last, where nobody is named.
    if p.nobody(memory) {
        of.extend(if p.down { each(&|a, b| over(a, b)) } else { each(&|a, b| over(b, a)) });
    }
    let what = "the quotient of the two accuracies".to_string();
    Some(Counted { value, slack, bound, of, certain: sure, what })
}
