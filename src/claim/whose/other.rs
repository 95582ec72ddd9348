//! Words around an order or a power that make it one of something else: of memory, of one token, of what would be.

use std::ops::Range;

use super::super::atoms::Atom;

/// What is no time: its order is another one.
const QUANTITIES: &[&str] = &[
    "memory",
    "parameter",
    "parameters",
    "accuracy",
    "accuracies",
    "loss",
    "storage",
    "disk",
    "gpu",
    "laptop",
    "gradient",
    "gradients",
    "cache",
    "cached",
    "caching",
    "sparse",
    "windowed",
    "flash",
];
/// What one of many does.
const ONES: &[&str] = &[
    "token",
    "tokens",
    "position",
    "positions",
    "query",
    "queries",
    "key",
    "keys",
    "row",
    "rows",
    "head",
    "heads",
    "character",
    "characters",
    "pair",
    "pairs",
    "output",
    "outputs",
    "word",
    "words",
    "entry",
    "vector",
    "vectors",
    "latent",
    "latents",
];
/// Words of what is not so, or not always.
const SUPPOSED: &[&str] = &[
    "if", "would", "could", "might", "were", "without", "unless", "except", "suppose", "imagine", "think", "thought", "believe",
    "hoped", "expected", "small", "short",
];

/// Whether what stands at a place is said of something else than the time that a model or a part of it takes. `given` are the
/// words of conditions that were understood.
pub fn of_something_else(own: &[Atom], at: usize, given: &[Range<usize>]) -> bool {
    let free = |i: usize| !given.iter().any(|r| r.contains(&i));
    let is = |i: usize, list: &[&str]| own.get(i).is_some_and(|a| list.contains(&a.text.as_str()));
    // "If we chose m = l we would get …": what would be, under a condition that was understood.
    let under = |i: usize| !given.is_empty() && is(i, &["would", "could"]);
    if (0..own.len()).any(|i| free(i) && is(i, SUPPOSED) && !under(i)) {
        return true;
    }
    const STOPS: &[&str] = &[
        ",",
        ";",
        ":",
        ".",
        "(",
        ")",
        "and",
        "but",
        "while",
        "whereas",
        "because",
        "since",
        "so",
        "therefore",
        "hence",
        "thus",
        "which",
    ];
    let order = |i: usize| own[i].text.starts_with('@');
    let start = (0..at).rev().find(|i| is(*i, STOPS) || order(*i)).map_or(0, |i| i + 1);
    let end = (at + 1..own.len()).find(|i| is(*i, STOPS) || order(*i)).unwrap_or(own.len());
    // "…, each of which costs": of those that were counted before.
    let each = start > 1 && is(start - 1, &["which"]) && is(start - 2, &["of"]);
    let one = |i: usize| {
        let filled = (i + 1..end).find(|j| !is(*j, &["of", "the", "new", "single", "l", "m", "other", "additional", "more"]));
        is(i, &["each", "every", "one", "per", "single", "a", "an"])
            && filled.is_some_and(|j| is(j, ONES) && !is(j + 1, &["layer", "layers", "block", "blocks", "space", "attention"]))
    };
    each || (start..end).any(|i| is(i, QUANTITIES) || one(i))
}
