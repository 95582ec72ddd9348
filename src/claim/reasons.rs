//! Clauses beside another that limit nothing: reasons, and words that go over everything that there may be.

use super::prose::Piece;

/// "…, as every weight has its own exponential": a reason, which limits nothing; "as β grows" is a limit.
pub(super) fn gives_a_reason(clause: &[Piece]) -> bool {
    const OF_LIMITS: &[&str] = &[
        "long",
        "soon",
        "far",
        "grows",
        "grow",
        "goes",
        "go",
        "tends",
        "tend",
        "increases",
        "increase",
        "becomes",
        "become",
        "gets",
        "get",
        "vanishes",
        "vanish",
        "shrinks",
        "decreases",
        "rises",
        "approaches",
        "large",
        "small",
        "larger",
        "smaller",
        "in",
        "above",
        "before",
        "β",
        "α",
        "n",
        "well",
        "if",
        "though",
        "when",
    ];
    clause.first().is_some_and(|p| p.text == "as")
        && clause.len() > 2
        && !clause.iter().any(|p| OF_LIMITS.contains(&p.text.as_str()))
}

/// "for all d, m and p", "for any query": of everything that there may be, so no limit. A clause that says which ("for all keys that …",
/// "for every large β") is one.
pub(super) fn of_all(clause: &[Piece]) -> bool {
    const PLAIN: &[&str] = &[
        "dimensions",
        "dimension",
        "sizes",
        "d",
        "m",
        "p",
        "n",
        "and",
        "of",
        "the",
        "values",
        "value",
        "v_a",
        "v_b",
        "keys",
        "key",
        "queries",
        "query",
        "scores",
        "weights",
        "inputs",
        "vectors",
        "choices",
        "q",
        "possible",
        "such",
        "all",
        "every",
        "any",
    ];
    let words: Vec<&str> = clause.iter().map(|p| p.text.as_str()).collect();
    matches!(words.as_slice(), ["for", "all" | "any" | "every", rest @ ..] if !rest.is_empty() && rest.iter().all(|w| PLAIN.contains(w)))
}
