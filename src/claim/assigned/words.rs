//! Words of clauses that give scores and weights to keys.

/// Words after which nothing is said of the question's own keys.
pub(super) const SUPPOSING: &[&str] = &[
    "suppose", "imagine", "if", "let", "would", "should", "must", "want", "wanted", "need", "needs", "say", "ideally", "not",
    "never", "no", "n't", "unless", "or", "could", "assume", "example", "instead", "might", "than",
];

/// Verbs that give a number of something.
pub(super) const VERBS: &[&str] = &[
    "is", "are", "has", "have", "get", "gets", "receive", "receives", "equal", "equals", "take", "takes", "carry", "carries",
    "share", "shares", "keep", "keeps", "sum", "add", "become", "becomes",
];

/// Of these, the ones that give weight where no noun is named.
pub(super) const TAKES: &[&str] =
    &["get", "gets", "receive", "receives", "take", "takes", "carry", "carries", "share", "shares", "keep", "keeps"];

/// Verbs that hold a weight which is named behind them, "carry a total weight of".
pub(super) const HOLDS: &[&str] = &["carry", "carries", "hold", "holds", "share", "keep", "keeps"];

/// What names it.
pub(super) const A_WEIGHT: &[&str] = &["a", "the", "total", "combined", "weight", "mass"];

/// What is made of several scores or weights: what follows is said of it.
pub(super) const COMBINED: &[&str] = &[
    "ratio",
    "quotient",
    "difference",
    "gap",
    "lead",
    "margin",
    "distance",
    "sum",
    "cosine",
    "angle",
    "between",
    "minus",
    "total",
    "together",
    "respect",
    "gradient",
    "derivative",
];

/// Verbs that give a score.
pub(super) const SCORES: &[&str] = &["score", "scores"];
