//! Shares and numbers of characters that are cut out of a document.

use super::super::counts::{Bound, Word, bound, fraction, percent};
use super::{CUT, Corrupted, MASKS, NOUNS, PLAIN, Piece, SPAN, one_of, piece};

/// A share in a clause with its words: `25 %`, `a quarter`, `1/4`.
fn share(s: &[Word]) -> Option<(f64, std::ops::Range<usize>)> {
    (0..s.len()).find_map(|at| {
        if percent(s, at) {
            return Some((s[at].value?.0 / 100.0, at..at + 2));
        }
        if let Some(under) = s.get(at + 2).and_then(|w| w.value).filter(|_| s[at].value.is_some() && s[at + 1].is(&["/"])) {
            return (under.0 > 0.0).then(|| Some((s[at].value?.0 / under.0, at..at + 3)))?;
        }
        fraction(s, at).map(|(v, _, r)| (v, r))
    })
}

/// `The span always takes a quarter of the text`.
pub fn always(s: &[Word]) -> Option<Corrupted> {
    let every = |w: &Word| w.is(&["always", "constant", "constantly", "fixed", "invariably"]);
    let spans: Vec<Piece> = (0..s.len()).filter_map(|i| piece(s, i).map(|p| p.0)).collect();
    let of_span = !spans.is_empty() && spans.iter().all(|p| *p == Piece::Span);
    let (value, range) = share(s)?;
    let known =
        ["exactly", "precisely", "length", "takes", "makes", "up", "covers", "size", "share", "truncated", "long", "same"];
    let whole = (0..s.len())
        .all(|i| range.contains(&i) || every(&s[i]) || s[i].is(PLAIN) || s[i].is(&known) || one_of(&s[i], &[SPAN, CUT, NOUNS]));
    let denied = s.iter().any(|w| w.is(&["not", "never", "average", "mean"]));
    (s.iter().any(every) && of_span && whole && !denied).then_some(Corrupted::Always(value))
}

/// `A document of 100 characters loses 25 of them on average`.
pub fn masked(s: &[Word]) -> Option<Corrupted> {
    let mean = |w: &Word| w.is(&["average", "averages", "mean", "expected", "averaging", "expectation"]);
    let cut = |w: &Word| w.is(&["masked", "removed", "cut", "hidden", "deleted", "span", "masks", "loses", "lose"]);
    let mut numbers = (0..s.len()).filter(|i| s[*i].value.is_some() && !s[*i].is(&["one"]));
    let (first, second) = (numbers.next()?, numbers.next()?);
    let count = |i: usize| s[i].count().filter(|n| *n >= 2.0 && !percent(s, i));
    let (a, b) = (count(first)?, count(second)?);
    // The document's length is told by its noun or by "from", "of", "for" before it.
    let noun = |i: usize| s[i.saturating_sub(4)..i].iter().any(|w| w.is(&["document", "text", "string", "length"]));
    let has = |i: usize| s[i.saturating_sub(1)..i].iter().any(|w| w.is(&["has", "contains", "is"])) && noun(i);
    let of = |i: usize| s[i.saturating_sub(2)..i].iter().any(|w| w.is(&["of", "from", "with", "for", "to"])) || has(i);
    let document = s.iter().any(|w| w.is(&["document", "documents", "text", "string", "characters", "chars"]));
    let (length, said, at) = match (of(first), of(second)) {
        _ if a > b && of(first) => (a, b, second),
        _ if b > a && of(second) => (b, a, first),
        _ => return None,
    };
    let known = [
        ":",
        "about",
        "roughly",
        "around",
        "approximately",
        "long",
        "out",
        "there",
        "these",
        "exactly",
        "are",
        "when",
        "if",
        "has",
        "have",
        "us",
        "get",
        "gives",
        "masked",
        "removed",
        ",",
        "(",
        ")",
        "so",
        "then",
        "contains",
        "thus",
        "hence",
    ];
    let whole = (0..s.len()).all(|i| {
        i == first
            || i == second
            || mean(&s[i])
            || cut(&s[i])
            || s[i].is(PLAIN)
            || s[i].is(&known)
            || one_of(&s[i], &[SPAN, CUT, NOUNS])
    });
    let bounded = bound(s, at);
    let exact = matches!(bounded, Bound::Exactly | Bound::About);
    let ok = numbers.next().is_none() && document && s.iter().any(mean) && s.iter().any(cut) && whole && exact;
    // Half a character more or less is rounding.
    ok.then_some(Corrupted::Average(said / length, 0.5 / length, bounded == Bound::About))
}

/// `Each example has two mask characters`, `the mask occurs twice`.
pub fn masks(s: &[Word]) -> Option<Corrupted> {
    let mask = |w: &Word| w.is(MASKS) || w.is(&["⁇"]);
    let times = [("once", 1.0), ("twice", 2.0), ("thrice", 3.0)];
    let said =
        s.iter().position(|w| times.iter().any(|(n, _)| w.is(&[n])) || w.count().is_some_and(|n| (1.0..=4.0).contains(&n)))?;
    let value = times.iter().find(|(n, _)| s[said].is(&[n])).map(|t| t.1).or_else(|| s[said].count())?;
    let counted = s[said].count().is_some();
    let behind = s.get(said + 1).is_some_and(mask) || s.get(said + 1).is_some_and(|w| w.is(&["times"]));
    let verb = s
        .iter()
        .any(|w| w.is(&["has", "have", "contains", "contain", "occurs", "appears", "are", "used", "stands", "emit", "emits"]));
    let known = [
        "token",
        "tokens",
        "symbol",
        "symbols",
        "sign",
        "signs",
        "times",
        "always",
        "exactly",
        "contains",
        "contain",
        "occurs",
        "appears",
        "used",
        "stands",
        "there",
        "emit",
        "emits",
        "input",
        "output",
        "result",
        "per",
        "sequence",
        "corrupted",
        "masked",
    ];
    let whole = (0..s.len()).all(|i| i == said || mask(&s[i]) || s[i].is(PLAIN) || s[i].is(&known));
    (s.iter().any(mask) && (behind || !counted) && verb && whole).then_some(Corrupted::Masks(value))
}

/// `On average a quarter of the truncated document is masked out`.
pub fn masked_share(s: &[Word]) -> Option<Corrupted> {
    let mean = |w: &Word| w.is(&["average", "mean", "expectation"]);
    let cut = |w: &Word| w.is(&["masked", "removed", "hidden", "deleted", "replaced"]);
    let document = |w: &Word| w.is(&["document", "text", "string", "characters", "documents"]);
    let (value, range) = share(s)?;
    let about = range.start > 0 && bound(s, range.start) == Bound::About;
    let exact = matches!(bound(s, range.start), Bound::Exactly | Bound::About);
    let others = (0..s.len()).any(|i| !range.contains(&i) && s[i].value.is_some() && !s[i].is(&["one"]));
    let known = ["about", "roughly", "around", "approximately", "out", "are", "gets", "get", "remaining", "exactly", "input"];
    let whole = (0..s.len())
        .all(|i| range.contains(&i) || mean(&s[i]) || cut(&s[i]) || document(&s[i]) || s[i].is(PLAIN) || s[i].is(&known));
    let of = s.get(range.end).is_some_and(|w| w.is(&["of"]));
    let ok = of && exact && !others && whole && s.iter().any(mean) && s.iter().any(cut) && s.iter().any(document);
    ok.then_some(Corrupted::Average(value, 0.0, about))
}

/// `The document is always cut to the same length`.
pub fn same_length(s: &[Word]) -> Option<Corrupted> {
    let cut = |w: &Word| w.is(&["cut", "truncated", "shortened", "trimmed"]);
    let length = s.iter().position(|w| w.is(&["length"]))?;
    let same = s[..length].iter().rev().take(2).any(|w| w.is(&["same", "fixed", "constant"]));
    let known = ["always", "same", "fixed", "constant", "length", "all"];
    let whole = s.iter().all(|w| cut(w) || w.is(PLAIN) || w.is(&known)) && !s.iter().any(|w| w.is(&["random", "randomly"]));
    (same && s.iter().any(cut) && whole).then_some(Corrupted::SameLength)
}
