//! `37 of 500 birth places rightly: 7.0 %`, `5 % (25 of 500)`, `500 - 27 = 473, these are 95.4 percent`.

use crate::claim::negations::contracted;
use std::ops::Range;

use super::amounts::in_percent;
use super::figures::ITEMS;
use super::figures::Memory;
use super::words::Word;
use super::wrong::is_wrong;
use super::{Amount, Bound, Counted};

const OF: &[&str] = &["of", "from", "in", "among", "amongst", "/", "over", "out"];

/// Words that may stand between a count and its share.
pub const FILL: &[&str] = &[
    ":",
    ",",
    "(",
    "|",
    "=",
    "≈",
    "-",
    "–",
    ">",
    "→",
    "⇒",
    "i.e",
    "ie",
    "so",
    "or",
    "is",
    "which",
    "that",
    "this",
    "these",
    "those",
    "are",
    "correct",
    "right",
    "rightly",
    "correctly",
    "gives",
    "give",
    "people",
    "names",
    "questions",
    "answers",
    "examples",
    "persons",
    "them",
    "were",
    "dev",
    "thus",
    "hence",
    "therefore",
    "accurate",
    "accuracy",
    "birth",
    "places",
    "hits",
    "makes",
    "equals",
    "means",
    "it",
    "has",
    "an",
    "of",
    "the",
    "a",
    "only",
    "just",
    "'s",
    "was",
    "pairs",
    "rows",
    "lines",
    "corresponds",
    "to",
    "approx",
    "about",
    "around",
    "roughly",
    "exactly",
    "that's",
    "thats",
    "times",
    "being",
    "cases",
    "namely",
    "share",
    "rate",
    "score",
    "set",
    "on",
    "items",
];

/// Words after a percentage that compares.
const COMPARES: &[&str] =
    &["more", "less", "fewer", "better", "worse", "higher", "lower", "points", "point", "above", "below", "as", "over", "under"];

/// Words that may link a count without a total to its share.
const LINK: &[&str] =
    &[",", "(", "=", "these", "this", "those", "that", "are", "is", "i.e", "or", "so", "it", "has", "which", "that's", "makes"];

/// Whether a number is a percentage.
pub fn percent(s: &[Word], at: usize) -> bool {
    s.get(at).is_some_and(|w| w.value.is_some()) && s.get(at + 1).is_some_and(|w| w.is(&["%", "percent"]))
        || s.get(at).is_some_and(|w| w.value.is_some())
            && s.get(at + 1).is_some_and(|w| w.is(&["per"]))
            && s.get(at + 2).is_some_and(|w| w.is(&["cent"]))
}

/// The total that a count is of, with its place.
pub fn total(s: &[Word], at: usize) -> Option<(usize, f64)> {
    s[at].count()?;
    let mut linked = None;
    for (i, word) in s.iter().enumerate().skip(at + 1).take(7) {
        if word.value.is_some() {
            let near = linked.is_some_and(|l: usize| i - l <= 3);
            return (near && !percent(s, i)).then(|| word.count().map(|t| (i, t))).flatten();
        }
        if word.is(OF) {
            linked = Some(i);
        } else if word.is(&[",", "(", ")", ":", ";", "|", "=", "%", "percent", "and", "+", "-", "–", "than"]) {
            return None;
        }
    }
    None
}

/// A share after a place: the number's place.
pub fn after(s: &[Word], from: usize, fill: &[&str]) -> Option<usize> {
    for (i, word) in s.iter().enumerate().skip(from).take(9) {
        if percent(s, i) {
            return Some(i);
        }
        if !word.is(fill) {
            return None;
        }
    }
    None
}

/// A share before a place: a percentage, or a number below 1 that is called an accuracy.
fn before(s: &[Word], at: usize) -> Option<(usize, f64)> {
    let mut i = at;
    while i > 0 && at - i < 7 {
        i -= 1;
        if percent(s, i) {
            return Some((i, 1.0));
        }
        let fraction =
            s[i].value.is_some_and(|(v, d)| v < 1.0 && d > 0) && s[..i].iter().any(|w| w.is(&["accuracy", "score", "share"]));
        if fraction {
            return Some((i, 100.0));
        }
        if s[i].value.is_some() || !(s[i].is(FILL) || s[i].is(&["%", "percent"])) {
            return None;
        }
    }
    None
}

/// The bound that the words before a number give.
pub fn bound(s: &[Word], at: usize) -> Bound {
    let is = |n: usize, words: &[&str]| at >= n && s[at - n].is(words);
    if is(1, &["about", "around", "roughly", "approximately", "approx", "nearly", "almost", "ca", "circa", "≈", "~"]) {
        Bound::About
    } else if is(1, &["than"]) && is(2, &["more", "better", "higher", "greater", "larger"])
        || is(1, &["over", "above", "exceeds"])
        // An arrow is no sign of size.
        || is(1, &[">"]) && !is(2, &["-", "=", "–"])
    {
        Bound::Above
    } else if is(1, &["than"]) && is(2, &["less", "fewer", "lower", "smaller", "worse"]) || is(1, &["under", "below", "<"]) {
        Bound::Below
    } else if is(1, &["least"]) {
        Bound::AtLeast
    } else if is(1, &["most"]) {
        Bound::AtMost
    } else {
        Bound::Exactly
    }
}

/// Whether what a number says may be meant otherwise: a negation or a plan stands before it.
pub fn unsure(s: &[Word]) -> bool {
    s.iter().any(|w| {
        w.is(&[
            "not", "if", "would", "should", "n't", "never", "instead", "could", "might", "expected", "suppose", "assume", "hope",
        ]) || contracted(&w.text)
    })
}

/// Shares of a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    let mut found: Vec<(Range<usize>, Counted)> = worth(s).into_iter().collect();
    for at in 0..s.len() {
        if s[at].count().is_none() || percent(s, at) || found.last().is_some_and(|(r, _)| at < r.end) {
            continue;
        }
        let counted = match total(s, at) {
            Some((end, total)) if total >= 20.0 => of_total(s, at, end, total, memory),
            _ => alone(s, at),
        };
        found.extend(counted);
    }
    found
}

/// `one dev person is worth 0.5 percentage points`.
fn worth(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    let verb = s.iter().position(|w| w.is(&["worth"]))?;
    let start = verb.saturating_sub(6);
    let at = (start..verb).find(|i| s[*i].count().is_some() || s[*i].is(&["a", "each", "every", "single"]))?;
    let people =
        s[at..verb].iter().any(|w| w.is(&["person", "people", "question", "questions", "answer", "answers", "name", "hit"]));
    let place = (verb + 1..s.len().min(verb + 4)).find(|i| s[*i].value.is_some())?;
    let points = percent(s, place) || s.get(place + 1).is_some_and(|w| w.is(&["percentage", "points", "pp"]));
    let other = s[at..verb].iter().any(|w| w.is(&["test", "train", "training"]));
    let (value, _) = s[place].value.filter(|_| people && points && !other)?;
    let count = s[at].count().unwrap_or(1.0);
    let of = vec![in_percent(count)];
    let what = format!("{count} of the dev questions, in percent");
    let said = Counted { value, slack: s[place].slack(), bound: bound(s, place), of, certain: !unsure(s), what };
    Some((at..(place + 3).min(s.len()), said))
}

/// What could be right at best.
pub const BEST: &[&str] =
    &["cap", "ceiling", "maximum", "limit", "possible", "reachable", "attainable", "achievable", "best", "optimum"];
const OF_BEST: &str = "the share of what could be right at best, in percent";

fn of_total(s: &[Word], at: usize, end: usize, total: f64, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let count = s[at].count()?;
    if count > total {
        return None;
    }
    let opened = at > 0 && s[at - 1].is(&["("]);
    let earlier = before(s, at).filter(|_| opened || after(s, end + 1, FILL).is_none());
    let (place, scale) = match earlier {
        Some(found) => found,
        None => (after(s, end + 1, FILL)?, 1.0),
    };
    let (value, _) = s[place].value?;
    let last = (place + 2).min(s.len());
    // "10 of 500 is 1 % better": a comparison.
    let ranged = s.get(last).is_some_and(|w| w.is(&["to", "-", "–"])) && s.get(last + 1).is_some_and(|w| w.value.is_some());
    if s.get(last).is_some_and(|w| w.is(COMPARES)) || ranged {
        return None;
    }
    // "118/500 is about 25.5 % of the cap": of what could be right at best.
    let of_best = s.get(last).is_some_and(|w| w.is(&["of"])) && s[last..(last + 4).min(s.len())].iter().any(|w| w.is(BEST));
    if of_best {
        let share = Amount::Over(Box::new(share_of(count, total)), Box::new(memory.ceiling.clone()?));
        let said = Counted {
            value,
            slack: s[place].slack(),
            bound: bound(s, place),
            of: vec![share],
            certain: true,
            what: OF_BEST.into(),
        };
        return Some((at..last, said));
    }
    let mut of = vec![share_of(count, total)];
    // "37 of 500, so 92.6 % are wrong"; "37 of 500 wrong, so 92.6 %": the share is of the others.
    const TAIL: usize = 9;
    let over = |w: &Word| w.value.is_some() || w.is(&[",", ".", ";", "("]);
    let tail = s.get(last..).unwrap_or_default();
    let tail = &tail[..tail.iter().take(TAIL).position(over).unwrap_or(TAIL.min(tail.len()))];
    let errs = |w: &[Word]| w.iter().any(is_wrong);
    let following = &s[(end + 1).min(s.len())..(end + 7).min(s.len())];
    // "With 24 % accuracy 380 of the 500 answers are wrong": the share before it is named, and the count is not of its kind.
    let rest = &s[(end + 1).min(s.len())..];
    let own = &rest[..rest.iter().position(super::words::parts_clause).unwrap_or(rest.len())];
    let named = earlier.is_some() && s[..at].iter().any(|w| w.is(&["accuracy", "right", "correct", "score"]));
    let rightly = |w: &Word| w.is(&["right", "correct", "correctly", "rightly"]);
    let wrong_ones = |list: &[Word]| errs(list) && !list.iter().any(rightly);
    let opposed = named && (wrong_ones(own) || wrong_ones(&s[at..end]));
    if opposed {
        of = vec![share_of(total - count, total)];
    } else if errs(tail) || errs(following) || errs(&s[at..place.max(at)]) {
        of.push(share_of(total - count, total));
    }
    // "382 of 500 answers are wrong": its words go on to what is counted.
    let counted =
        following.iter().position(|w| is_wrong(w) || super::words::parts_clause(w)).filter(|i| is_wrong(&following[*i]));
    let counted = if opposed { own.iter().position(is_wrong) } else { counted };
    let range = at.min(place)..last.max(end + 1 + counted.map_or(0, |i| i + 1));
    Some((
        range,
        Counted {
            value: value * scale,
            slack: s[place].slack() * scale,
            bound: bound(s, place),
            of,
            certain: true,
            what: format!("{} of {total}, in percent", if opposed { total - count } else { count }),
        },
    ))
}

/// The place of a percentage that is said of a count and its total, and is not their share.
pub fn contradicting(s: &[Word], at: usize) -> Option<usize> {
    let count = s[at].count().filter(|_| !percent(s, at))?;
    let (end, total) = total(s, at).filter(|(_, t)| *t >= 20.0 && count <= *t)?;
    let place = after(s, end + 1, FILL)?;
    let compares = s.get(place + 2).is_some_and(|w| w.is(COMPARES));
    let (value, slack) = (s[place].value?.0, s[place].slack());
    let apart = |n: f64| (100.0 * n / total - value).abs() > slack * (1.0 + 1e-9);
    let exact = bound(s, place) == Bound::Exactly;
    (exact && !compares && apart(count) && apart(total - count)).then_some(place)
}

fn share_of(count: f64, total: f64) -> Amount {
    Amount::Times(100.0, Box::new(Amount::Over(Box::new(Amount::Is(count, 0.0)), Box::new(Amount::Is(total, 0.0)))))
}

/// A count whose total is not named: of the dev questions, or of another number of the sentence.
fn alone(s: &[Word], at: usize) -> Option<(Range<usize>, Counted)> {
    let count = s[at].count().filter(|_| s[at].text.starts_with(|c: char| c.is_ascii_digit()))?;
    let link = s.get(at + 1).is_some_and(|w| w.is(LINK));
    let place = after(s, at + 1, LINK).filter(|p| link && p - at > 1)?;
    // "27, 5.4 %" may be a list; a link in words is asked for.
    s[at + 1..place].iter().any(|w| w.is(&["these", "this", "those", "that", "=", "are", "is", "i.e", "("])).then_some(())?;
    let known = |key: &str| Amount::Over(Box::new(Amount::Is(100.0 * count, 0.0)), Box::new(Amount::Fact(key.into())));
    let mut of = vec![known(ITEMS)];
    let totals = s[..at].iter().filter_map(Word::count).filter(|t| *t > count && *t >= 20.0);
    of.extend(totals.map(|t| share_of(count, t)));
    of.extend(["size train", "size test", "lines wiki"].map(known));
    if s.get(place + 2).is_some_and(|w| w.is(COMPARES)) {
        return None;
    }
    let (value, _) = s[place].value?;
    let spoken = at + 1 + usize::from(s[at + 1].is(&[",", "("]));
    let what = format!("{count} of the dev questions, in percent");
    let certain = count > 0.0 && !unsure(s);
    Some((spoken..place + 2, Counted { value, slack: s[place].slack(), bound: bound(s, place), of, certain, what }))
}
