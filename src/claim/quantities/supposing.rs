//! Words of a sentence that suppose something, and those that only say where the question goes anyway.

use super::words::SUPPOSING;
use crate::claim::example::items::{Item, Kind};
use crate::language::Expr;

/// Whether a word supposes something that is not a relation: "if β = 0" is a condition like "for β = 0".
pub(super) fn supposes(items: &[Item], at: usize) -> bool {
    let Kind::Word(word) = &items[at].kind else { return false };
    let related = || {
        matches!(items.get(at + 1).map(|i| &i.kind), Some(Kind::Math(_)))
            && matches!(items.get(at + 2).map(|i| &i.kind), Some(Kind::Rel(_)))
    };
    let next = |w: &[&str]| matches!(items.get(at + 1).map(|i| &i.kind), Some(Kind::Word(n)) if w.contains(&n.as_str()));
    let harmless = match word.as_str() {
        "if" | "when" => related() || grown(items, at + 1).is_some(),
        // "grows without bound", "can get arbitrarily large", "large enough"
        "without" => next(&["bound", "limit", "any"]),
        "can" => next(&["get", "become", "never", "not"]),
        "enough" => at.checked_sub(1).is_some_and(|i| matches!(&items[i].kind, Kind::Word(w) if w == "large")),
        _ => false,
    };
    SUPPOSING.contains(&word.as_str()) && !harmless
}

/// "β is (taken) large (enough)": where the words end.
pub(super) fn grown(items: &[Item], at: usize) -> Option<usize> {
    const IS: &[&str] = &["is", "gets", "becomes", "grows", "are", "taken", "chosen", "made", "very", "sufficiently"];
    const LARGE: &[&str] = &["large", "big", "huge", "grows", "increases", "larger", "bigger"];
    let word = |i: usize| match items.get(i).map(|item| &item.kind) {
        Some(Kind::Word(w)) => w.as_str(),
        _ => "",
    };
    matches!(items.get(at).map(|i| &i.kind), Some(Kind::Math(Expr::Symbol(s))) if s.indices.is_empty()).then_some(())?;
    let size = (at + 1..items.len()).find(|i| !IS.contains(&word(*i)) || LARGE.contains(&word(*i)))?;
    LARGE.contains(&word(size)).then(|| size + 1 + usize::from(word(size + 1) == "enough"))
}
