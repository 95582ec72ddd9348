//! Words around a statement by which it says something else than its own words alone: "… only if the keys are normalised", "without
//! the softmax …", "all others get weight 0" where nothing was said to grow.

use super::statement::{Condition, Link, Scope};
use crate::language::{Expr, Relation, Tok, Token};

/// "… only if the keys are normalised": claimed under a condition, and denied without it.
pub fn narrowed(words: &[String]) -> bool {
    const CONDITIONS: &[&str] = &["if", "when", "for", "under", "because", "with", "where", "as", "in", "after"];
    let conditional = |pair: &[String]| pair[0] == "only" && CONDITIONS.contains(&pair[1].as_str());
    words.windows(2).any(conditional) || words.iter().any(|w| w == "unless")
}

/// "without the softmax", "if we replaced the softmax by a sigmoid", "a linear layer instead of attention": what is said is said
/// of another model.
pub fn other_model(tokens: &[Token]) -> Option<String> {
    const PARTS: &[&str] = &["softmax", "sigmoid", "relu", "normalisation", "normalization", "exponential", "denominator"];
    let words: Vec<String> =
        tokens.iter().filter_map(|t| if let Tok::Function(f) = t.kind { Some(f.into()) } else { t.word() }).collect();
    let changed = |w: &String| {
        matches!(
            w.as_str(),
            "without" | "instead" | "dropped" | "drop" | "omitted" | "omit" | "removed" | "remove" | "skip" | "skipped"
        ) || w.starts_with("replac")
    };
    let near = |i: usize| words[i + 1..].iter().take(4).any(|w| PARTS.contains(&w.as_str()));
    let at = words.iter().enumerate().position(|(i, w)| changed(w) && near(i))?;
    Some(format!("it speaks of another model (\"{}\")", words[at]))
}

/// The words for a weight that is given as 0 or 1 outright.
pub const PLAIN: &str = "a plain 0 or 1";

/// Whether words give a weight 0 or 1 outright (`gets weight 0`), where nothing before was said to go anywhere: true in the
/// limit only, and no limit was named.
pub fn outright(link: &Link, scope: &Scope, part: &str) -> bool {
    const LIMITS: &[&str] = &[
        "→", "∞", "≫", "≪", "\\to", "\\inf", "\\gg", "\\ll", ">>", "->", "limit", "large", "big", "huge", "grow", "approach",
        "tend", "increas",
    ];
    let bound = matches!(&link.right, Expr::Number(n) if n.value == 0.0 || n.value == 1.0);
    let weight = matches!(&link.left, Expr::Symbol(s) if s.name == "alpha" && !s.indices.is_empty());
    let named = scope.conditions.iter().any(|c| matches!(c, Condition::Limit(..)));
    // "The largest score", "a bigger one": no limit.
    let lower = ["larger", "largest", "bigger", "biggest"].iter().fold(part.to_lowercase(), |text, w| text.replace(w, ""));
    link.relation == Relation::Equal && bound && weight && !named && !LIMITS.iter().any(|l| lower.contains(l))
}
