//! Quoted texts of span corruption: an example of what comes out, and how long a text is.

use super::super::counts::{Bound, Word, bound, sentences};
use super::super::segment::Stretch;
use super::{Corrupted, PLAIN};
use crate::span::Span;

/// `from "Ada was born" with the span "was" one gets "Ada ⁇ born⁇was"`.
pub fn example(sentence: Span, text: &str) -> Option<(Span, Corrupted)> {
    let source = sentence.of(text);
    // A quotation that ends the sentence may end behind its full stop.
    let quotes = quoted(source);
    let masked: Vec<&(usize, &str)> = quotes.iter().filter(|(_, q)| masks(q) > 0).collect();
    let plain: Vec<&(usize, &str)> = quotes.iter().filter(|(_, q)| masks(q) == 0 && !q.is_empty()).collect();
    let [(at, out)] = masked.as_slice() else { return None };
    let document = plain.iter().max_by_key(|(_, q)| q.len())?.1;
    let span = match plain.as_slice() {
        [_] => None,
        [_, _] => Some(plain.iter().min_by_key(|(_, q)| q.len())?.1).filter(|s| document.contains(s)),
        _ => return None,
    };
    if plain.len() == 2 && span.is_none() {
        return None;
    }
    let start = sentence.start + at;
    let said = Corrupted::Example(document.into(), span.map(String::from), (*out).into());
    Some((Span::new(start, start + out.len()), said))
}

fn masks(q: &str) -> usize {
    q.matches('⁇').count()
}

/// What stands in quotation marks or as code, with its place.
fn quoted(source: &str) -> Vec<(usize, &str)> {
    const PAIRS: &[(char, char)] = &[('"', '"'), ('“', '”'), ('`', '`'), ('„', '“'), ('«', '»')];
    let mut out = Vec::new();
    let mut at = 0;
    while let Some((i, open)) = source[at..].char_indices().find(|(_, c)| PAIRS.iter().any(|p| p.0 == *c)) {
        let from = at + i + open.len_utf8();
        let close = PAIRS.iter().find(|p| p.0 == open).map_or('"', |p| p.1);
        let Some(end) = source[from..].find(close) else { break };
        out.push((from, &source[from..from + end]));
        at = from + end + close.len_utf8();
    }
    out
}

/// `the whole text has 19 characters`, where the part quotes one text that may be meant.
pub fn characters(all: &[Word], stretches: &[Stretch], text: &str) -> Vec<(Span, Corrupted)> {
    let whole = match (stretches.first(), stretches.last()) {
        (Some(a), Some(b)) => a.span.to(b.span),
        _ => return Vec::new(),
    };
    let mut documents: Vec<&str> =
        quoted(whole.of(text)).into_iter().map(|(_, q)| q).filter(|q| masks(q) == 0 && q.contains(' ')).collect();
    documents.dedup();
    // Of several texts the longest is the document; its pieces stand in it.
    let Some(document) = documents.iter().copied().max_by_key(|q| q.chars().count()) else { return Vec::new() };
    if !documents.iter().all(|q| document.contains(q)) {
        return Vec::new();
    }
    // Words of the quoted text say nothing of it; in their place stands a noun.
    let places: Vec<Span> =
        quoted(whole.of(text)).into_iter().map(|(at, q)| Span::new(whole.start + at, whole.start + at + q.len())).collect();
    let named = |w: &Word| places.iter().any(|p| p.start <= w.span.start && w.span.end <= p.end);
    let is_document = |w: &Word| places.iter().any(|p| p.start == w.span.start && p.of(text) == document);
    let mut out = Vec::new();
    for s in sentences(all) {
        let words = s
            .iter()
            .filter(|w| !named(w) || is_document(w))
            .map(|w| if named(w) { Word { text: "text".into(), ..w.clone() } } else { w.clone() });
        let words: Vec<Word> = words.filter(|w| !w.is(&["\"", "“", "”"])).collect();
        out.extend(words.split(|w| w.is(&[",", ";", ":", "(", ")", "so", "and", "but"])).filter_map(|s| said(s, document)));
    }
    out
}

/// A clause that says how long the document is.
fn said(s: &[Word], document: &str) -> Option<(Span, Corrupted)> {
    const NOUNS: &[&str] = &["text", "document", "sentence", "string", "example", "original", "input"];
    const KNOWN: &[&str] = &[
        "has",
        "have",
        "is",
        "contains",
        "consists",
        "long",
        "whole",
        "in",
        "with",
        "our",
        "this",
        "total",
        "exactly",
        "full",
        "length",
        "letters",
        "including",
        "spaces",
        "counting",
        "altogether",
        "here",
        "toy",
        "comprises",
        "above",
        "untruncated",
    ];
    let at = s.iter().position(|w| w.value.is_some() && !w.is(&["one"]))?;
    let value = s[at].count().filter(|n| *n >= 4.0)?;
    let unit = s.get(at + 1).is_some_and(|w| w.is(&["characters", "chars"]));
    let noun = s[..at].iter().any(|w| w.is(NOUNS));
    let others = s.iter().enumerate().any(|(i, w)| i != at && w.value.is_some());
    let plain = |w: &Word| {
        (w.is(PLAIN) || w.is(NOUNS) || w.is(KNOWN))
            && !w.is(&["truncated", "kept", "cut", "first", "each", "every", "model", "trimmed", "shortened"])
    };
    let known = s.iter().enumerate().all(|(i, w)| i == at || plain(w));
    let verb = s[..at].iter().any(|w| w.is(&["has", "have", "is", "contains", "consists", "comprises"]));
    let exact = bound(s, at) == Bound::Exactly;
    let span = s.first()?.span.to(s.last()?.span);
    (unit && noun && verb && exact && !others && known).then(|| (span, Corrupted::Characters(value, document.into())))
}
