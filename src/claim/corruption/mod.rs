//! What is said of span corruption: the order of its pieces, the lengths, the average span, an example, and whether
//! the loss sees pads.
//!
//! A clause is read where each of its words is known; an order needs its masks, so that a list of what a document is
//! cut into is none.

mod amounts;
mod lengths;
mod quotes;
mod shift;

use super::counts::{Bound, Word, bound, fraction, percent, sentences, words};
use super::segment::Stretch;
use crate::claim::negations::contracted;
use crate::span::Span;
use crate::world::CorruptionFile;

use lengths::length;
use quotes::{characters, example};

/// A piece of a corrupted document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// What stands before the span.
    Prefix,
    /// What stands behind it.
    Suffix,
    /// What is cut out.
    Span,
    /// The sign in its place.
    Mask,
    /// What fills the block.
    Pads,
}

/// What is said of corruption.
#[derive(Debug, Clone, PartialEq)]
pub enum Corrupted {
    /// The pieces stand in this order.
    Order(Vec<Piece>),
    /// A piece stands behind the mask with this number, or between the two (0).
    Behind(Piece, u32),
    /// A document is cut to a length between these, each in characters, for this block.
    Length {
        /// The shortest.
        least: Option<f64>,
        /// The longest; as a share of the block where it is not above 1.
        most: Option<f64>,
        /// The block's length.
        block: Option<f64>,
    },
    /// The share of the document that the span is on average, its rounding, and whether it is only about that.
    Average(f64, f64, bool),
    /// A document, the span where it is named, and what comes out.
    Example(String, Option<String>, String),
    /// Whether the loss ignores pads.
    Ignored(bool),
    /// The span is said to have this share every time.
    Always(f64),
    /// Every document is said to be cut to one length.
    SameLength,
    /// So many masks stand in an example.
    Masks(f64),
    /// The input (or the target) is the string without its first (or its last) character.
    Without {
        /// Whether it is said of the input.
        input: bool,
        /// Whether the first character is missing.
        first: bool,
    },
    /// The targets are the inputs one place on.
    Shifted,
    /// A quoted text has so many characters: what is said, and the text.
    Characters(f64, String),
}

const MASKS: &[&str] = &["⁇", "mask", "mask_char", "masks"];
const PADS: &[&str] = &["pad", "pads", "padding", "pad_char", "□", "paddings"];
const PREFIX: &[&str] = &["prefix"];
const SUFFIX: &[&str] = &["suffix"];
const SPAN: &[&str] = &["span", "masked_content", "masked-content", "middle"];
/// Adjectives of what is cut out, before a noun.
const CUT: &[&str] = &["removed", "masked", "missing", "deleted", "hidden", "cut-out"];
const NOUNS: &[&str] = &["text", "content", "part", "span", "piece", "characters", "substring"];
/// Words that add nothing.
const PLAIN: &[&str] = &[
    "the",
    "a",
    "an",
    "of",
    "is",
    "are",
    "was",
    "be",
    "to",
    "it",
    "its",
    "has",
    "have",
    "first",
    "random",
    "randomly",
    "length",
    "lengths",
    "text",
    "document",
    "documents",
    "string",
    "example",
    "characters",
    "chars",
    "character",
    "each",
    "every",
    "we",
    "i",
    "then",
    "so",
    "that",
    "which",
    "this",
    "and",
    "for",
    "on",
    "in",
    "by",
    "at",
    "with",
    "whole",
    "original",
    "truncated",
    "kept",
    "shortened",
    "cut",
    "chosen",
    "drawn",
    "lies",
    "lie",
    "ranges",
    "truncation",
    "inserted",
    "contains",
    "uniformly",
    "uniform",
    "new",
    "model",
    "predict",
    "target",
    "targets",
    "therefore",
    "thus",
    "also",
    "just",
    "only",
    "training",
    "from",
    "as",
    "my",
    "our",
    "code",
    "beginning",
    "does",
    "do",
    "remains",
    "trimmed",
    "down",
    "one",
    "truncation",
];

fn one_of(w: &Word, lists: &[&[&str]]) -> bool {
    lists.iter().any(|l| w.is(l))
}

/// The piece that words at a place name, and how many they are.
fn piece(s: &[Word], at: usize) -> Option<(Piece, usize)> {
    let w = s.get(at)?;
    let next = |list: &[&str]| s.get(at + 1).is_some_and(|n| n.is(list));
    match () {
        () if w.is(&["?"]) && next(&["?"]) => Some((Piece::Mask, 2)),
        () if w.is(MASKS) => Some((Piece::Mask, 1 + usize::from(next(&["token", "character", "char", "symbol", "sign"])))),
        () if w.is(PADS) => Some((Piece::Pads, 1 + usize::from(next(&["characters", "tokens", "token", "symbols"])))),
        () if w.is(CUT) && next(NOUNS) => Some((Piece::Span, 2)),
        () if w.is(PREFIX) => Some((Piece::Prefix, 1)),
        () if w.is(SUFFIX) => Some((Piece::Suffix, 1)),
        () if w.is(SPAN) => Some((Piece::Span, 1)),
        () => None,
    }
}

/// What a part says of corruption.
pub fn find(file: &CorruptionFile, stretches: &[Stretch], text: &str) -> Vec<(Span, Corrupted)> {
    let all = words(stretches, text);
    let mut out = Vec::new();
    let block = named_block(&all);
    out.extend(characters(&all, stretches, text));
    for s in sentences(&all) {
        let Some(span) = s.first().zip(s.last()).map(|(a, b)| a.span.to(b.span)) else { continue };
        if let Some((at, said)) = example(span, text) {
            out.push((at, said));
        }
        if let Some(said) = amounts::masked(s) {
            out.push((span, said));
            continue;
        }
        if s.iter().any(|w| w.is(&["if", "would", "instead", "wrong", "unlike"])) {
            continue;
        }
        out.extend(order(s));
        for side in s.split(|w| w.is(&[",", ";", "(", ")", "so"])).flat_map(shift::halves) {
            if let (Some(said), Some((a, b))) = (shift::without(side), side.first().zip(side.last())) {
                out.push((a.span.to(b.span), said));
            }
        }
        for clause in clauses(s) {
            let said = ignored(clause)
                .or_else(|| amounts::always(clause))
                .or_else(|| average(clause))
                .or_else(|| amounts::masked(clause))
                .or_else(|| amounts::masked_share(clause))
                .or_else(|| amounts::same_length(clause))
                .or_else(|| amounts::masks(clause))
                .or_else(|| lengths::longest(clause, block.unwrap_or(file.block)))
                .or_else(|| shift::shifted(clause))
                .or_else(|| length(clause, block.unwrap_or(file.block)))
                .or_else(|| behind(clause));
            if let (Some(said), Some((a, b))) = (said, clause.first().zip(clause.last())) {
                out.push((a.span.to(b.span), said));
            }
        }
    }
    let mut kept: Vec<(Span, Corrupted)> = Vec::new();
    for (span, said) in out {
        if kept.iter().all(|(k, _)| k.end <= span.start || span.end <= k.start) {
            kept.push((span, said));
        }
    }
    kept
}

/// The one length of a block that a part names.
fn named_block(s: &[Word]) -> Option<f64> {
    let near = |i: usize| s[i.saturating_sub(4)..(i + 2).min(s.len())].iter().any(|w| w.is(&["block", "block_size", "blocks"]));
    let mut all = (0..s.len()).filter(|i| near(*i)).filter_map(|i| s[i].count().filter(|n| *n >= 16.0));
    let first = all.next()?;
    all.all(|n| (n - first).abs() < 0.5).then_some(first)
}

/// Clauses: between commas, colons and brackets. A clause of a relative pronoun stands for itself.
fn clauses(s: &[Word]) -> Vec<&[Word]> {
    s.split(|w| w.is(&[",", ";", ":", "(", ")", "so", "but", "because", "where"])).filter(|c| !c.is_empty()).collect()
}

/// Pieces one behind the other, with nothing but joints between them.
fn order(s: &[Word]) -> Vec<(Span, Corrupted)> {
    const JOINTS: &[&str] = &[
        "+", "then", ",", "and", "the", "a", "by", "followed", "-", ">", "→", "|", "finally", "another", "second", "again", "\"",
        "'",
    ];
    let mut out = Vec::new();
    let mut at = 0;
    while at < s.len() {
        let (start, mut pieces, mut end) = (at, Vec::new(), at);
        while at < s.len() {
            if let Some((p, used)) = piece(s, at) {
                pieces.push(p);
                at += used;
                end = at;
            } else if !pieces.is_empty() && s[at].is(JOINTS) {
                at += 1;
            } else {
                break;
            }
        }
        let has = |p: Piece| pieces.contains(&p);
        let denied = s[..start].iter().any(|w| w.is(&["not", "never"]));
        if has(Piece::Prefix) && has(Piece::Suffix) && has(Piece::Span) && has(Piece::Mask) && !denied {
            out.push((s[start].span.to(s[end - 1].span), Corrupted::Order(pieces)));
        }
        at = at.max(start + 1);
    }
    out
}

/// `the removed text comes behind the second ⁇`, `the suffix stands between the two masks`.
fn behind(s: &[Word]) -> Option<Corrupted> {
    let (what, used) = (0..s.len()).find_map(|i| piece(s, i).map(|(p, n)| (p, i + n)))?;
    let verb = (used..s.len()).find(|i| {
        s[*i].is(&[
            "comes", "stands", "is", "follows", "goes", "appended", "placed", "put", "stays", "remains", "moves", "moved",
            "lands",
        ])
    })?;
    let place = (verb..s.len()).find(|i| s[*i].is(&["behind", "after", "between", "follows"]))?;
    let mask = (place + 1..s.len()).find(|i| s[*i].is(MASKS))?;
    let inner = &s[place + 1..mask];
    let number = match () {
        () if s[place].is(&["between"]) => 0,
        () if inner.iter().any(|w| w.is(&["second", "last"])) => 2,
        () if inner.iter().any(|w| w.is(&["first"])) => 1,
        () => return None,
    };
    let known =
        |w: &Word| w.is(PLAIN) || w.is(&["second", "last", "two", "both", "behind", "after", "between", "follows", "placed"]);
    let verbs = ["comes", "stands", "goes", "appended", "put", "stays", "moves", "moved", "lands", "place", "end"];
    let whole =
        (0..s.len()).all(|i| known(&s[i]) || s[i].is(&verbs) || one_of(&s[i], &[MASKS, PREFIX, SUFFIX, SPAN, CUT, NOUNS]));
    let pieces =
        (0..s.len()).filter(|i| piece(s, *i).is_some_and(|p| p.0 != Piece::Mask) && !(*i > 0 && s[*i - 1].is(CUT))).count();
    (whole && pieces == 1 && what != Piece::Mask).then_some(Corrupted::Behind(what, number))
}

/// `the span has on average a quarter of the length of the document`.
fn average(s: &[Word]) -> Option<Corrupted> {
    let mean = |w: &Word| w.is(&["average", "averages", "mean", "expected", "averaging"]);
    let spans: Vec<usize> = (0..s.len()).filter(|i| piece(s, *i).is_some()).collect();
    let of_span = spans.iter().all(|i| piece(s, *i).is_some_and(|p| p.0 == Piece::Span)) && !spans.is_empty();
    if !s.iter().any(mean) || !of_span || s.iter().any(|w| w.is(&["not"])) {
        return None;
    }
    let mut shares = Vec::new();
    let mut taken: Vec<usize> = Vec::new();
    for at in 0..s.len() {
        if taken.contains(&at) {
            continue;
        }
        let found = if percent(s, at) {
            Some((s[at].value?.0 / 100.0, s[at].slack() / 100.0, bound(s, at), at..at + 2))
        } else if let Some(under) = s.get(at + 2).and_then(|w| w.value).filter(|_| s[at].value.is_some() && s[at + 1].is(&["/"]))
        {
            Some((s[at].value?.0 / under.0, 0.0, bound(s, at), at..at + 3))
        } else {
            fraction(s, at).map(|(v, b, r)| (v, 0.0, b, r))
        };
        if let Some((value, slack, b, range)) = found {
            // "a quarter of the span" is a share of it.
            if s[range.end..].iter().take(3).enumerate().any(|(i, _)| piece(s, range.end + i).is_some()) {
                return None;
            }
            let said = s[..at].last().is_some_and(|w| w.is(&["about", "roughly", "around", "approximately", "nearly", "almost"]));
            shares.push((value, slack, said, b));
            taken.extend(range);
        }
    }
    let [(value, slack, about, b)] = shares.as_slice() else { return None };
    let bounds = [
        "about",
        "roughly",
        "around",
        "approximately",
        "almost",
        "nearly",
        "exactly",
        "long",
        "takes",
        "makes",
        "up",
        "covers",
        "amounts",
        "size",
        "n",
    ];
    let whole = (0..s.len())
        .all(|i| taken.contains(&i) || mean(&s[i]) || s[i].is(PLAIN) || s[i].is(&bounds) || one_of(&s[i], &[SPAN, CUT, NOUNS]));
    let bounded = matches!(b, Bound::Above | Bound::Below | Bound::AtLeast | Bound::AtMost);
    (whole && !bounded).then_some(Corrupted::Average(*value, *slack, *about))
}

/// `the loss ignores pads`, `the pads count in the loss like any other character`.
fn ignored(s: &[Word]) -> Option<Corrupted> {
    let pads = s.iter().any(|w| w.is(PADS));
    let loss = s.iter().any(|w| w.is(&["loss", "cross-entropy", "losses"]));
    let out = |w: &Word| w.is(&["ignores", "ignored", "ignore", "skips", "skipped", "excluded", "excludes", "without"]);
    let inside =
        |w: &Word| w.is(&["count", "counts", "contribute", "contributes", "included", "includes", "enter", "enters", "counted"]);
    let not = s.iter().filter(|w| w.is(&["not", "never", "no", "n't"]) || contracted(&w.text)).count();
    let (gone, mut there) = (s.iter().filter(|w| out(w)).count(), s.iter().filter(|w| inside(w)).count());
    // "The loss is not computed on the pads": with no other verb.
    let on = |i: usize| {
        s[i].is(&["computed", "calculated", "evaluated"]) && s.get(i + 1).is_some_and(|w| w.is(&["on", "over", "for", "at"]))
    };
    there += usize::from(gone + there == 0 && (0..s.len()).any(on));
    let known = [
        "like",
        "any",
        "other",
        "all",
        "also",
        "too",
        "not",
        "never",
        "no",
        "into",
        "towards",
        "normally",
        "positions",
        "computing",
        "function",
        "when",
        "computed",
        "calculated",
        "evaluated",
        "over",
        "index",
        "loss",
        "losses",
        "cross-entropy",
        "tokens",
        "don't",
        "doesn't",
        "aren't",
        "isn't",
        "don’t",
        "aren’t",
    ];
    let whole = s.iter().all(|w| w.is(PLAIN) || w.is(PADS) || w.is(&known) || out(w) || inside(w));
    if !(pads && loss && whole) || gone + there != 1 || not > 1 {
        return None;
    }
    Some(Corrupted::Ignored((gone == 1) != (not == 1)))
}

#[cfg(test)]
mod tests {
    use super::super::segment::Begins;
    use super::*;

    fn said(text: &str) -> Vec<Corrupted> {
        let file = CorruptionFile {
            block: 128.0,
            shortest: 4.0,
            longest: [7.0, 8.0],
            average: [1.0, 4.0],
            order: vec![],
            ignored: vec![],
        };
        let stretch = Stretch { span: Span::new(0, text.len()), math: false, begins: Begins::Sentence };
        find(&file, &[stretch], text).into_iter().map(|(_, c)| c).collect()
    }

    #[test]
    fn orders_need_masks() {
        use Piece::{Mask, Pads, Prefix, Span, Suffix};
        let right = vec![Prefix, Mask, Suffix, Mask, Span, Pads];
        assert_eq!(said("The example is prefix ⁇ suffix ⁇ span and then pads"), [Corrupted::Order(right.clone())]);
        assert_eq!(said("We emit prefix + MASK_CHAR + suffix + MASK_CHAR + masked_content + pads."), [Corrupted::Order(right)]);
        assert_eq!(
            said("prefix, the mask, the removed text, a mask and the suffix"),
            [Corrupted::Order(vec![Prefix, Mask, Span, Mask, Suffix])]
        );
        assert!(said("The document is cut into prefix, span and suffix.").is_empty());
        assert_eq!(said("so the removed text comes behind the second ⁇"), [Corrupted::Behind(Span, 2)]);
    }

    #[test]
    fn lengths_averages_and_pads() {
        let cut = |least, most| Corrupted::Length { least, most, block: Some(128.0) };
        assert_eq!(said("The document is cut to a random length between 4 and 112 characters."), [cut(Some(4.0), Some(112.0))]);
        assert_eq!(said("It is truncated to a length from 4 to 7/8 of the block size"), [cut(Some(4.0), Some(0.875))]);
        assert_eq!(said("which is at most 112 characters for a block of 128"), [cut(None, Some(112.0))]);
        assert_eq!(
            said("The span has on average half of the length of the truncated document"),
            [Corrupted::Average(0.5, 0.0, false)]
        );
        assert_eq!(said("On average 25 % of the text is the span"), [Corrupted::Average(0.25, 0.005, false)]);
        assert_eq!(said("The pads count in the loss like any other character."), [Corrupted::Ignored(false)]);
        assert_eq!(said("Pads are ignored in the loss"), [Corrupted::Ignored(true)]);
        assert_eq!(said("The pads do not count in the loss"), [Corrupted::Ignored(true)]);
        assert!(said("The pads are 16 characters and the names have at most 20 characters").is_empty());
    }

    #[test]
    fn an_example_is_quoted() {
        let one = said("Toy example: from \"Eva sat here\" with the span \"sat\" one gets \"Eva ⁇ here⁇sat\".");
        assert_eq!(one, [Corrupted::Example("Eva sat here".into(), Some("sat".into()), "Eva ⁇ here⁇sat".into())]);
    }
}
