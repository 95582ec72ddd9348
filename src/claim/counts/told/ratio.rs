//! One accuracy as a multiple or a part of another: `11 times our result of (d), 2 %`, `compared to the vanilla
//! model (30 %) it is about one half`, `the vanilla model with 30 % is almost twice as good`.
//!
//! Both sides may be named or stand there as a percentage; every word between has to be known.

use crate::claim::negations::contracted;
use std::ops::Range;

use super::super::amounts::{less, one, over};
use super::super::figures::{Memory, Who, goal, named};
use super::super::fractions::fraction;
use super::super::shares::{bound, percent, unsure};
use super::super::words::Word;
use super::super::{Amount, Bound, Counted};
use super::clause::{BOUNDS, bounded, cuts, plain};

/// Words of a comparison of accuracies, beside those that any clause about answers may have.
pub const KNOWN: &[&str] = &[
    "compared",
    "comparison",
    "against",
    "relative",
    "versus",
    "vs",
    "good",
    "high",
    "large",
    "much",
    "many",
    "accurate",
    "accuracies",
    "value",
    "number",
    "what",
    "achieved",
    "reached",
    "reaches",
    "scored",
    "scores",
    "obtained",
    "found",
    "question",
    "earlier",
    "previous",
    "percentage",
    "rate",
    "dev",
    "from",
    "that's",
    "it's",
    "'s",
    "’s",
    "s",
    "(",
    ")",
    ",",
    "%",
    "percent",
    "i",
    "performs",
    "perform",
    "does",
    "works",
    "model's",
    "london's",
    "baseline's",
    "better",
    "higher",
    "larger",
    "greater",
    "worse",
    "lower",
    "smaller",
    "more",
    "less",
    "results",
    "beats",
    "beat",
    "outperforms",
    "trivial",
    "untrained",
    "initial",
    "first",
    "second",
    "random",
    "before",
    "i.e",
    "only",
    "e",
    "corresponds",
    "amounts",
    "equals",
    "makes",
    "bottleneck",
    "version",
    "full",
    "normal",
    "standard",
    "original",
    "plain",
    "would",
    "be",
    "possible",
    "reachable",
    "everywhere",
    "required",
    "expected",
    "asked",
    "demanded",
    "needed",
    "keeps",
    "keep",
    "retains",
    "reach",
    "get",
    "gets",
    "even",
    "performance",
    "not",
    "/",
    "doesn't",
    "doesn’t",
    "don't",
    "don’t",
];

/// How the number compares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// "3 times as good", "a third of".
    Plain,
    /// "3 times better", which is said for three times and for four times as good.
    More,
    /// "3 times worse".
    Worse,
}

/// A number that multiplies.
pub struct Factor {
    /// Its value.
    pub value: f64,
    /// Half a unit of its last digit.
    pub slack: f64,
    /// Its bound.
    pub bound: Bound,
    /// Its words.
    pub words: Range<usize>,
}

/// A factor at a place: `twice`, `2.8 times`, `a third`, `30 % of`.
pub fn factor(s: &[Word], at: usize) -> Option<Factor> {
    let made = |value: f64, slack: f64, bound: Bound, words: Range<usize>| Some(Factor { value, slack, bound, words });
    let word = |i: usize, list: &[&str]| s.get(i).is_some_and(|w| w.is(list));
    let rounded = |b: Bound| if b == Bound::Exactly { Bound::About } else { b };
    let plain = [("twice", 2.0), ("double", 2.0), ("thrice", 3.0), ("triple", 3.0)];
    if let Some((_, v)) = plain.iter().find(|(n, _)| word(at, &[n])) {
        return made(*v, 0.0, rounded(bounded(s, at)), at..at + 1);
    }
    // "beats us by a factor of more than 3"
    if word(at, &["factor"]) {
        let of = usize::from(word(at + 1, &["of"]));
        let number = (at + 1 + of..s.len()).find(|i| !s[*i].is(BOUNDS)).filter(|i| s[*i].value.is_some() && !percent(s, *i))?;
        let (value, decimals) = s[number].value?;
        let bound = if decimals == 0 { rounded(bounded(s, number)) } else { bounded(s, number) };
        return made(value, s[number].slack(), bound, at..number + 1);
    }
    if let Some((v, decimals)) = s[at].value.filter(|v| v.0 > 0.0 && word(at + 1, &["times", "×"])) {
        let bound = bounded(s, at);
        return match (decimals, bound) {
            (0, b) => made(v, 0.0, rounded(b), at..at + 2),
            (_, b) => made(v, s[at].slack(), b, at..at + 2),
        };
    }
    if percent(s, at) {
        return made(s[at].value?.0 / 100.0, s[at].slack() / 100.0, bounded(s, at), at..at + 2);
    }
    // "every 20th person" is no multiple.
    fraction(s, at).filter(|_| !word(at, &["every", "each"])).and_then(|(v, b, r)| made(v, 0.0, b, r))
}

/// Comparisons in a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    let mut out: Vec<(Range<usize>, Counted)> = Vec::new();
    for at in 0..s.len() {
        if out.last().is_none_or(|(r, _)| at >= r.end) {
            if let Some(said) = owned(s, at, memory) {
                out.push(said);
                continue;
            }
            let of = |f: &Factor| !percent(s, at) || s.get(f.words.end).is_some_and(|w| w.is(&["of"]));
            out.extend(factor(s, at).filter(of).and_then(|f| compared(s, f, memory)));
        }
    }
    out
}

/// `more than the 5 % of London`: the share that another has, no part of it.
fn owned(s: &[Word], at: usize, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let the = at.checked_sub(1).filter(|i| percent(s, at) && s[*i].is(&["the"]))?;
    let bound = match bound(s, the) {
        bound @ (Bound::Above | Bound::Below | Bound::AtLeast | Bound::AtMost) => bound,
        _ => return None,
    };
    let end = s[at..].iter().position(|w| cuts(w) || w.is(&["but", "and"])).map_or(s.len(), |i| at + i);
    let behind = s.get(at + 2).is_some_and(|w| w.is(&["of", "that", "which", "from", "for"])) && at + 2 < end;
    let object = behind.then(|| named(&s[at + 2..end]))??;
    let (value, slack) = (s[at].value?.0, s[at].slack());
    let theirs = memory.of(object).iter().any(|a| match memory.exact(a.clone()) {
        Amount::Is(share, _) => (100.0 * share - value).abs() <= slack,
        // What the data say of the constant answer.
        _ => true,
    });
    let start = s[..the].iter().rposition(cuts).map_or(0, |i| i + 1);
    let who = named(&s[start..the]).or(memory.own).filter(|who| *who != object && theirs)?;
    let share = memory.single(who)?;
    if unsure(&s[start..end]) || s[start..end].iter().any(super::is_wrong) {
        return None;
    }
    let of = vec![Amount::Times(100.0, Box::new(share))];
    let what = "the accuracy, in percent".to_string();
    Some((start..end, Counted { value, slack: 0.0, bound, of, certain: true, what }))
}

/// A bracket around a share: its end.
fn aside(s: &[Word], open: usize, end: usize) -> Option<usize> {
    const LONGEST: usize = 8;
    let close = (open + 1..end.min(open + LONGEST)).find(|i| s[*i].is(&[")"]))?;
    let share =
        |w: &Word| w.value.is_some() || w.is(&["%", "percent", "/", "of", "=", ",", "the", "in", "part", "d", "f", "(", "i.e"]);
    s[open + 1..close].iter().all(share).then_some(close + 1)
}

/// The clause around a factor: with the share in brackets or behind a comma that belongs to what is compared.
fn around(s: &[Word], factor: &Range<usize>) -> Range<usize> {
    let mut start = factor.start;
    while start > 0 {
        let w = &s[start - 1];
        if w.is(&[")"]) {
            let open = (start.saturating_sub(8)..start - 1).rev().find(|i| s[*i].is(&["("]));
            match open.filter(|o| aside(s, *o, s.len()) == Some(start)) {
                Some(open) => start = open,
                None => break,
            }
        } else if w.is(&[","]) {
            // "Compared with the vanilla model, it is …".
            let before = s[..start - 1].iter().rposition(cuts).map_or(0, |i| i + 1);
            let compares = s.get(before).is_some_and(|w| w.is(&["compared", "relative", "against", "in"]));
            if !(compares && s[before..start - 1].iter().any(|w| w.is(&["compared", "comparison", "relative", "against"]))) {
                break;
            }
            start = before;
        } else if cuts(w) || w.is(&["and"]) {
            break;
        } else {
            start -= 1;
        }
    }
    let mut end = factor.end;
    while end < s.len() {
        let w = &s[end];
        let bracketed = w.is(&["("]).then(|| aside(s, end, s.len())).flatten();
        let apposed = w.is(&[","]) && percent(s, end + 1) && s.get(end + 3).is_none_or(cuts);
        match bracketed {
            Some(close) => end = close,
            None if apposed => end += 3,
            None if cuts(w) || w.is(&["and"]) => break,
            None => end += 1,
        }
    }
    start..end
}

/// The share that stands among some words.
fn explicit(s: &[Word], range: &Range<usize>, asked: bool) -> Result<Option<Amount>, ()> {
    // "13 times the 9 correct ones".
    if let Some(i) = range.clone().find(|i| right_count(s, *i)) {
        return Ok(s[i].count().map(|n| over(Amount::Is(n, 0.0), super::super::amounts::items())));
    }
    let mut all = range.clone().filter(|i| percent(s, *i) && *i + 1 < range.end);
    match (all.next(), all.next()) {
        (None, _) => Ok(None),
        // What was asked for may be what is compared with.
        (Some(i), None) if !goal(s, i) || asked => Ok(s[i].value.map(|v| Amount::Is(v.0 / 100.0, s[i].slack() / 100.0))),
        _ => Err(()),
    }
}

/// What a side of the comparison is.
struct Side {
    who: Option<Who>,
    share: Option<Amount>,
}

fn side(s: &[Word], range: &Range<usize>, memory: &Memory, asked: bool) -> Option<Side> {
    let share = explicit(s, range, asked).ok()?.map(|a| memory.exact(a));
    let ours = s[range.clone()].iter().any(|w| w.is(&["our", "ours", "us", "we", "my", "i"]));
    let words = &s[range.clone()];
    // "What we had before": without pretraining.
    let before = words.iter().any(|w| w.is(&["before", "earlier", "previously"]));
    let who = match (named(words), memory.own) {
        (None, Some(Who::Pretrained)) if before => Some(Who::Alone),
        (None, own) => own.filter(|_| ours),
        (who, _) => who,
    };
    Some(Side { who, share })
}

fn compared(
    s: &[Word],
    Factor { value, slack, bound, words: factor }: Factor,
    memory: &Memory,
) -> Option<(Range<usize>, Counted)> {
    let range = around(s, &factor);
    let mut after = factor.end;
    let word = |i: usize, list: &[&str]| i < range.end && s[i].is(list);
    let kind = if word(after, &["better", "higher", "larger", "greater", "more"]) {
        after += 1 + usize::from(word(after + 1, &["accurate"]));
        Kind::More
    } else if word(after, &["worse", "lower", "smaller", "less"]) {
        after += 1 + usize::from(word(after + 1, &["accurate"]));
        Kind::Worse
    } else {
        Kind::Plain
    };
    let known = |i: usize| factor.contains(&i) || s[i].is(KNOWN) || s[i].is(BOUNDS) || plain(&s[i]) || s[i].value.is_some();
    let own = memory.own?;
    // Other numbers than a share on each side are not understood.
    let numbers = range.clone().filter(|i| {
        !quotient_in_brackets(s, *i)
            && !right_count(s, *i)
            && !factor.contains(i)
            && s[*i].value.is_some()
            && !percent(s, *i)
            && !s[*i].is(&["one"])
    });
    let wrong = range.clone().any(|i| super::is_wrong(&s[i]));
    // What a constant answer would have it has; "doesn't reach half of" is less than it.
    let constant = named(&s[range.start..factor.start]) == Some(Who::Constant);
    let denies = |w: &Word| w.is(&["not"]) || contracted(&w.text);
    let denials = range.clone().filter(|i| denies(&s[*i])).count();
    let short = denials == 1 && range.clone().any(|i| s[i].is(&["reach", "get", "have", "even"]));
    let open: Vec<Word> = s[range.clone()]
        .iter()
        .filter(|w| !(constant && w.is(&["would"]) || short && denies(w) || w.is(&["expected"])))
        .cloned()
        .collect();
    if numbers.count() > 0 || wrong || !range.clone().all(known) || unsure(&open) {
        return None;
    }
    let bound = match bound {
        Bound::Exactly | Bound::About if short => Bound::Below,
        _ if short => return None,
        b => b,
    };
    let compares =
        (range.start..factor.start).find(|i| s[*i].is(&["compared", "comparison", "against", "relative", "versus", "vs"]));
    let (left, right) = (range.start..factor.start, after.min(range.end)..range.end);
    // "Compared to the vanilla model (24 %) it is": the subject stands behind the object.
    let (left, right) = match compares {
        Some(i) => {
            let pronoun = (i..factor.start).find(|k| s[*k].is(&["it", "this", "that", "we", "our", "its", "it's", "that's"]))?;
            if right.clone().any(|k| s[k].value.is_some() || s[k].is(&["than", "of"])) {
                return None;
            }
            (pronoun..factor.start, i..pronoun)
        }
        None => by_factor(s, &factor, &left).unwrap_or((left, right)),
    };
    let behind =
        s[factor.start].is(&["factor"]) && s[range.start..factor.start].iter().any(|w| w.is(&["worse", "lower", "smaller"]));
    let kind = if behind { Kind::Worse } else { kind };
    let (subject, object) = (side(s, &left, memory, false)?, side(s, &right, memory, compares.is_none())?);
    let (subject, object) = own_bracket(s, &right, subject, object);
    let (subject, object) = resolve(s, range.start, &left, &right, (subject, object), own, memory)?;
    let (a, b) = match kind {
        Kind::Worse => (object, subject),
        _ => (subject, object),
    };
    let quotient = over(a, b);
    let of = match kind {
        Kind::Plain => vec![quotient],
        _ => vec![quotient.clone(), less(quotient, one())],
    };
    let said = Counted { value, slack, bound, of, certain: true, what: "the quotient of the two".into() };
    let first = range.clone().find(|i| !leads(&s[*i])).unwrap_or(range.start);
    Some((first..range.end, said))
}

/// "We beat London by a factor of 5", "ours is better than London's by a factor of 5": both sides stand before the factor.
fn by_factor(s: &[Word], factor: &Range<usize>, left: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    const PARTS: &[&str] = &["beat", "beats", "outperforms", "than"];
    let middle = left.clone().find(|i| s[factor.start].is(&["factor"]) && s[*i].is(PARTS))?;
    Some((left.start..middle, middle..factor.start))
}

/// "London is about three times as good (5 %)": the share in brackets is that of who is spoken of.
fn own_bracket(s: &[Word], right: &Range<usize>, subject: Side, object: Side) -> (Side, Side) {
    let words = &s[right.clone()];
    let compared =
        words.iter().filter(|w| w.is(&["as"])).count() > 1 || words.iter().any(|w| w.is(&["than", "of", "the", "our"]));
    let bracket = words.iter().any(|w| w.is(&["("])) && words.first().is_some_and(|w| w.is(&["as"]));
    if compared || !bracket || object.who.is_some() || subject.share.is_some() || subject.who.is_none() {
        return (subject, object);
    }
    (Side { share: object.share, ..subject }, Side { who: None, share: None })
}

/// `(47/118)`: the counts of which a multiple was taken.
fn quotient_in_brackets(s: &[Word], at: usize) -> bool {
    let word = |i: usize, w: &str| s.get(i).is_some_and(|x| x.is(&[w]));
    let pair = |open: usize| word(open, "(") && word(open + 2, "/") && word(open + 4, ")");
    at > 0 && pair(at - 1) || at > 2 && pair(at - 3)
}

/// `the 9 correct ones`: a count of right answers.
fn right_count(s: &[Word], at: usize) -> bool {
    let right = s.get(at + 1).is_some_and(|w| w.is(&["right", "correct"]));
    let noun = s.get(at + 2).is_some_and(|w| w.is(&["ones", "answers", "names"]));
    right && noun && s[at].count().is_some_and(|n| n >= 2.0) && !s[at].is(&["one"])
}

fn leads(w: &Word) -> bool {
    w.is(&["so", "and", "thus", "hence", "then", "therefore", "i.e"])
}

/// "This is twice the baseline and ten times …": what stands before the `and` is a multiple too, of nothing named.
fn goes_on(s: &[Word], start: usize) -> bool {
    let Some(and) = start.checked_sub(1).filter(|i| s[*i].is(&["and"])) else { return false };
    let from = s[..and].iter().rposition(cuts).map_or(0, |i| i + 1);
    let before = (from..and).find(|i| factor(s, *i).is_some());
    before.is_some_and(|i| named(&s[from..i]).is_none())
}

/// The two shares; a pronoun is the question's own model, or the one spoken of before where that is the other side.
fn resolve(
    s: &[Word],
    start: usize,
    left: &Range<usize>,
    right: &Range<usize>,
    (subject, object): (Side, Side),
    own: Who,
    memory: &Memory,
) -> Option<(Amount, Amount)> {
    let single = |who: Who| memory.single(who);
    let of = |side: &Side| side.share.clone().or_else(|| side.who.and_then(single));
    let pronoun =
        |r: &Range<usize>| s[r.clone()].iter().any(|w| w.is(&["it", "this", "that", "which", "that's", "these", "it's"]));
    let accuracy =
        |r: &Range<usize>| s[r.clone()].iter().any(|w| w.is(&["accuracy", "score", "result", "model", "perceiver", "we"]));
    let same = |a: &Side, b: &Side| a.who.is_some() && a.who == b.who && (a.share.is_none() || b.share.is_none());
    if same(&subject, &object) {
        return None;
    }
    let known = (subject.who.is_some() || subject.share.is_some(), object.who.is_some() || object.share.is_some());
    match known {
        (true, true) => of(&subject).zip(of(&object)),
        (false, true)
            if pronoun(left)
                || accuracy(left)
                || s[left.clone()].iter().all(|w| w.is(BOUNDS) || leads(w) || w.is(&["only", "just"])) =>
        {
            let spoken = named(&s[..start]).filter(|w| *w != own);
            let who = match object.who {
                Some(who) if who == own => spoken.or_else(|| memory.other(own))?,
                _ => own,
            };
            // "London has 5 %, that is twice the 2 % of …": what was spoken of last is no less likely.
            let clear = object.who == Some(own)
                || spoken.is_none()
                || left.clone().any(|i| s[i].is(&["our", "we", "accuracy"]))
                || goes_on(s, start);
            single(who).filter(|_| clear).zip(of(&object))
        }
        // "It keeps a third of the accuracy": of the other one's.
        (false, false) if s[right.clone()].first().is_some_and(|w| w.is(&["of"])) && accuracy(right) && pronoun(left) => {
            single(own).zip(memory.other(own).and_then(single))
        }
        // "Our accuracy is about a third of it": of the only other one.
        (true, false)
            if subject.who == Some(own) && s[right.clone()].iter().all(|w| w.is(&["of", "it", "that"])) && pronoun(right) =>
        {
            single(own).zip(memory.other(own).and_then(single))
        }
        (true, false) if right.is_empty() || !pronoun(right) => {
            let who = subject.who.filter(|w| *w != own)?;
            of(&subject).filter(|_| who != own).zip(single(own))
        }
        _ => None,
    }
}
