//! Bounds that are said not to be tight: "one can also write the coarser bound", "not wrong either, only loose".

use super::super::atoms::Atom;

/// Words of a bound that is larger than it has to be.
const LOOSE: &[&str] = &[
    "coarser",
    "coarse",
    "looser",
    "loose",
    "cruder",
    "crude",
    "weaker",
    "rougher",
    "generous",
    "pessimistic",
    "overestimate",
    "overestimates",
    "wasteful",
];

/// Whether the words around an order call it such a bound.
pub fn called(own: &[Atom], at: usize) -> bool {
    let t = |i: usize| own.get(i).map_or("", |a| a.text.as_str());
    let order = |a: &Atom| a.text.starts_with('@');
    let stop = |a: &Atom| matches!(a.text.as_str(), ";" | "." | ":" | "but" | "while" | "whereas") || order(a);
    let start = own[..at].iter().rposition(stop).map_or(0, |i| i + 1);
    let end = own[at + 1..].iter().position(stop).map_or(own.len(), |i| at + 1 + i);
    let range = || (start..end).filter(|i| *i != at);
    let denied =
        |i: usize| i > 0 && matches!(t(i - 1), "not" | "no" | "never") || i > 1 && matches!(t(i - 2), "not" | "no" | "never");
    let word = range().any(|i| LOOSE.contains(&t(i)) && !denied(i));
    let tight = range().any(|i| matches!(t(i), "tight" | "sharp" | "optimal" | "exact") && !denied(i));
    let untight = range().any(|i| matches!(t(i), "tight" | "sharp" | "wrong" | "false" | "incorrect") && denied(i));
    let upper = range().any(|i| t(i) == "upper" && matches!(t(i + 1), "bound" | "bounds" | "limit"));
    !tight && (word || untight || upper)
}

#[cfg(test)]
mod tests {
    use super::super::super::atoms::atoms;
    use super::*;
    use crate::span::Span;

    fn of(text: &str) -> bool {
        let mut own = atoms(text, Span::new(0, text.len()));
        let at = own.iter().position(|a| a.text == "X").expect("the order");
        own[at].text = "@0".into();
        called(&own, at)
    }

    #[test]
    fn a_bound_that_is_called_loose() {
        for text in
            ["one can also write the coarser bound X", "The bound X is not wrong either, only loose", "X is an upper bound too"]
        {
            assert!(of(text), "{text}");
        }
        for text in [
            "the tight bound is X",
            "the cost is X",
            "X is tight, no loose bound",
            "the looser one is Y; the cost is X",
            "X would be correct but it is not tight",
        ] {
            assert!(!of(text), "{text}");
        }
    }
}
