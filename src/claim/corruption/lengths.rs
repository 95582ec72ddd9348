//! Lengths that a document is cut to: `between 4 and 7/8 of the block`, `the longest has 112 characters`.

use super::super::counts::{Bound, Word, bound, percent};
use super::{Corrupted, PLAIN, piece};

/// A number of characters, or a share of the block: `112`, `7/8 of the block`; and the end of its words.
fn size(s: &[Word], at: usize) -> Option<(f64, usize)> {
    let value = s.get(at)?.value?.0;
    let Some(under) = s.get(at + 2).filter(|_| s[at + 1].is(&["/"])).and_then(|w| w.value) else {
        return (!percent(s, at)).then_some((value, at + 1));
    };
    let mut end = at + 3;
    let of = s.get(end).is_some_and(|w| w.is(&["of", "*", "×", "·"]));
    while s
        .get(end)
        .is_some_and(|w| w.is(&["of", "the", "block", "block_size", "size", "length", "*", "×", "·", "self.block_size", "whole"]))
    {
        end += 1;
    }
    (of && under.0 > 0.0).then_some((value / under.0, end))
}

/// `cut to a random length between 4 and 112 characters`, `at most 112 characters for a block of 128`.
pub fn length(s: &[Word], block: f64) -> Option<Corrupted> {
    let spoken = s.iter().any(|w| w.is(&["length", "characters", "cut", "truncated", "chars", "shortened", "long"]));
    let other = s.iter().enumerate().any(|(i, _)| piece(s, i).is_some());
    let is_block = |w: &Word| w.is(&["block", "block_size", "blocks"]);
    // "a document has at most 516 characters" says nothing of cutting, "the block has 128 characters" of no document.
    let cuts = |w: &Word| is_block(w) || w.is(&["cut", "truncated", "shortened", "kept", "trimmed", "random", "randomly"]);
    let of_block = |i: usize| s[i.saturating_sub(3)..i].iter().any(|w| w.is(&["of", "for", "with", "in", "*", "×", "/"]));
    if !s.iter().any(cuts) || (0..s.len()).any(|i| is_block(&s[i]) && !of_block(i)) {
        return None;
    }
    if !spoken || other || s.iter().any(|w| w.is(&["not", "average", "mean", "total", "vocabulary"])) {
        return None;
    }
    let word = |i: usize, list: &[&str]| s.get(i).is_some_and(|w| w.is(list));
    let (mut least, mut most, mut taken, mut at) = (None, None, Vec::new(), 0);
    while at < s.len() {
        let step = if word(at, &["between", "from", "in"]) || word(at, &["of"]) {
            size(s, at + 1).and_then(|(a, mid)| {
                let joint = mid + usize::from(word(mid, &["characters", "chars"]));
                let (b, end) = size(s, joint + 1).filter(|_| word(joint, &["and", "to"]))?;
                Some((Some(a), Some(b), end))
            })
        } else if word(at, &["most", "maximum", "maximally"]) {
            size(s, at + 1).map(|(b, end)| (None, Some(b), end))
        } else if word(at, &["least", "minimum"]) {
            size(s, at + 1).map(|(a, end)| (Some(a), None, end))
        } else {
            None
        };
        match step {
            Some((a, b, end)) => {
                if least.is_some() && a.is_some() || most.is_some() && b.is_some() {
                    return None;
                }
                (least, most) = (least.or(a), most.or(b));
                taken.extend(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    // "for a block of 128": what the share is of.
    let sizes: Vec<usize> = (0..s.len()).filter(|i| !taken.contains(i) && s[*i].value.is_some() && !s[*i].is(&["one"])).collect();
    let blocks = sizes.iter().all(|i| s[i.saturating_sub(3)..*i].iter().any(|w| w.is(&["block", "blocks", "block_size"])));
    let known = |i: usize| {
        taken.contains(&i)
            || sizes.contains(&i)
            || s[i].is(PLAIN)
            || s[i].is(&["block", "blocks", "block_size", "size", "between", "most", "least"])
    };
    let own = sizes.first().and_then(|i| s[*i].count()).unwrap_or(block);
    let whole = (0..s.len()).all(known) && blocks && sizes.len() <= 1;
    (whole && (least.is_some() || most.is_some())).then_some(Corrupted::Length { least, most, block: Some(own) })
}

/// `The longest truncated document has 112 characters`.
pub fn longest(s: &[Word], block: f64) -> Option<Corrupted> {
    let up = ["longest", "maximum", "maximal"];
    let down = ["shortest", "minimum", "minimal"];
    let way = s.iter().position(|w| w.is(&up) || w.is(&down))?;
    let of_block = |i: usize| s[i.saturating_sub(3)..i].iter().any(|w| w.is(&["block", "block_size", "blocks"]));
    let mut numbers = (0..s.len()).filter(|i| s[*i].value.is_some() && !s[*i].is(&["one"]) && !of_block(*i));
    let at = numbers.next().filter(|_| numbers.next().is_none())?;
    let own = (0..s.len()).find(|i| of_block(*i) && s[*i].value.is_some());
    let block = own.and_then(|i| s[i].count()).unwrap_or(block);
    let value = s[at].count().filter(|_| at > way && !percent(s, at))?;
    let cut = s.iter().any(|w| w.is(&["truncated", "truncation", "kept", "shortened", "trimmed"]));
    let known = [
        "length",
        "characters",
        "possible",
        "allowed",
        "has",
        "is",
        "therefore",
        "long",
        "exactly",
        "truncation",
        "with",
        "block",
        "block_size",
        "size",
        "=",
    ];
    let whole = (0..s.len()).all(|i| i == at || i == way || own == Some(i) || s[i].is(PLAIN) || s[i].is(&known));
    let exact = bound(s, at) == Bound::Exactly;
    let (least, most) = if s[way].is(&up) { (None, Some(value)) } else { (Some(value), None) };
    (cut && whole && exact && value > 1.0).then_some(Corrupted::Length { least, most, block: Some(block) })
}
