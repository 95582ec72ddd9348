//! `The improvement over (d), which was 1.8 %, is 22.8 points`: a difference whose other side has its share in a clause between.

use std::ops::Range;

use super::super::amounts::less;
use super::super::figures::{Memory, named};
use super::super::shares::percent;
use super::super::words::{Word, is};
use super::super::{Amount, Counted};
use super::clause::{BOUNDS, bounded, cuts, plain};

const RISES: &[&str] = &["improvement", "gain", "increase", "rise", "plus", "jump", "advantage", "lead"];
const FALLS: &[&str] = &["loss", "drop", "decrease", "decline", "fall"];
const AGAINST: &[&str] = &["over", "from", "on", "to", "against", "compared", "relative", "with"];

/// Such a sentence: noun, who is compared with, its share between commas, and the difference.
pub fn find(s: &[Word], memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let noun = (0..s.len()).find(|i| s[*i].is(RISES) || s[*i].is(FALLS))?;
    let comma = (noun + 1..s.len()).find(|i| is(s, *i, &[","]))?;
    let share = (comma + 1..s.len()).find(|i| percent(s, *i)).filter(|i| s[comma + 1..*i].iter().all(tells))?;
    let close = share + 2;
    let at = (close + 1..s.len()).find(|i| s[*i].value.is_some())?;
    let unit = at + 1 + usize::from(is(s, at + 1, &["percentage", "%", "percent"]));
    let verb = s[close..at].iter().any(|w| w.is(&["is", "are", "was", "amounts", "equals", "makes"]));
    let links =
        s[close + 1..at].iter().all(|w| w.is(BOUNDS) || w.is(&["is", "are", "was", "amounts", "to", "equals", "makes", "thus"]));
    let points = is(s, unit, &["points", "point", "pp"]) && s.get(unit + 1).is_none_or(cuts);
    let start = s[..noun].iter().rposition(cuts).map_or(0, |i| i + 1);
    let known = |w: &Word| plain(w) || w.is(AGAINST) || w.is(RISES) || w.is(FALLS) || w.is(&["(", ")", "relative"]);
    let asked = s[noun + 1..comma].iter().any(|w| w.is(AGAINST)) && is(s, comma + 1, &["which", "where", "that", "with"]);
    let whole = verb && links && points && asked && is(s, close, &[","]) && s[start..comma].iter().all(known);
    if !whole {
        return None;
    }
    let (other, own) = (named(&s[noun..comma])?, memory.own?);
    let theirs = Amount::Is(s[share].value?.0 / 100.0, s[share].slack() / 100.0);
    let ours = memory.single(own).filter(|_| other != own)?;
    let theirs = memory.exact(theirs);
    let difference = if s[noun].is(RISES) { less(ours, theirs) } else { less(theirs, ours) };
    let of = vec![Amount::Times(100.0, Box::new(difference))];
    let what = "percentage points between the two".to_string();
    Some((
        start..unit + 1,
        Counted { value: s[at].value?.0, slack: s[at].slack(), bound: bounded(s, at), of, certain: true, what },
    ))
}

/// Words between the comma and the share of the other: "which was", "where we had".
fn tells(w: &Word) -> bool {
    w.is(&[
        "which", "where", "that", "with", "was", "is", "had", "has", "it", "we", "got", "only", "an", "accuracy", "of", "the",
        "a",
    ])
}
