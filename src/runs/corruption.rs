//! Span corruption as the trainer does it, on text.

use crate::trainer::data::{Corruption, MASK, arranged};

/// The shortest and the longest beginning of a document that is kept.
pub fn corruption_lengths() -> (usize, usize) {
    let settings = Corruption::default();
    (settings.shortest, settings.longest)
}

/// What comes out of the three pieces of a document.
pub fn corruption_order(prefix: &str, span: &str, suffix: &str) -> String {
    let document = [prefix, span, suffix].concat();
    // Ids beyond pad and mask: the trainer's own vocabulary begins there too.
    const FIRST: u32 = MASK + 1;
    let ids: Vec<u32> = document.chars().map(|c| u32::from(c) + FIRST).collect();
    let out = arranged(&ids, prefix.chars().count(), span.chars().count());
    out.into_iter().map(|id| if id == MASK { '⁇' } else { char::from_u32(id - FIRST).unwrap_or('\u{fffd}') }).collect()
}

/// What the trainer emits for a document that is kept whole, for each place of the span.
pub fn corrupted(document: &str, span: &str) -> Vec<String> {
    let places = if span.is_empty() { vec![] } else { document.match_indices(span).collect() };
    places.into_iter().map(|(at, s)| corruption_order(&document[..at], s, &document[at + s.len()..])).collect()
}
