//! "For a fixed α a larger β only makes the average better", "raising β at this α makes it worse": what a larger factor does to the
//! average while the noise stays as it is. The noise of the scores grows with the factor, and one key takes everything.
//!
//! A clause is read where every one of its words is understood; it then says how the difference of the two scores scatters.

use super::statement::{Condition, LimitSense, Link};
use crate::language::{Expr, Relation, Symbol, Tok, Token, parse_statement};
use crate::span::Span;
use crate::world::{LimitPoint, World};

/// Words that say the noise stays as it is.
const FIXED: &[&str] = &["fixed", "given", "same", "constant", "unchanged"];

/// Words for a larger factor.
const LARGER: &[&str] = &["larger", "bigger", "greater", "raising", "increasing", "raise", "increase", "higher"];

/// Words for a good end, and for a bad one.
const BETTER: &[&str] = &["better", "closer", "improves", "improve", "sharper"];
const WORSE: &[&str] = &["worse", "worsens", "spoils"];

/// Words that change nothing.
const NEUTRAL: &[&str] = &[
    "for",
    "a",
    "an",
    "any",
    "every",
    "each",
    "at",
    "the",
    "this",
    "that",
    "is",
    "always",
    "only",
    "even",
    "further",
    "makes",
    "make",
    "gets",
    "get",
    "becomes",
    "become",
    "and",
    "also",
    "with",
    "when",
    "stays",
    "it",
    "average",
    "mean",
    "result",
    "approximation",
    "we",
    "can",
    "as",
    "like",
    "one",
    "takes",
    "choose",
    "still",
    "more",
    "in",
    "general",
    "output",
    "value",
    "of",
    "but",
    "so",
    "then",
    "if",
    "held",
    "kept",
    "particular",
    "to",
    "big",
    "large",
    "want",
    "please",
    "chosen",
    "be",
    "taking",
    "taken",
];

/// A clause about what a larger factor does, with what it says of the scores.
pub struct Larger {
    /// Where.
    pub span: Span,
    /// The deviation of the difference of the two scores goes to 0, or grows.
    pub link: Link,
    /// The noise stays, the factor grows.
    pub conditions: Vec<Condition>,
    /// Whether it may only be confirmed: how far it gets worse is not said.
    pub tentative: bool,
}

/// What a sentence says so, where it is nothing but that up to a reason.
pub fn find(world: &World, tokens: &[Token]) -> Option<Larger> {
    let scalar = |point: LimitPoint| world.scalars.iter().find(|(_, s)| s.limit == Some(point)).map(|(name, _)| name.clone());
    let (noise, factor) = (scalar(LimitPoint::Zero)?, scalar(LimitPoint::Infinity)?);
    let weights = world.attends();
    if !weights || world.slots.len() != 1 {
        return None;
    }
    let reason = |t: &Token| {
        t.word().is_some_and(|w| matches!(w.as_str(), "because" | "since")) || matches!(t.kind, Tok::Colon | Tok::Semicolon)
    };
    let end = tokens.iter().position(reason).unwrap_or(tokens.len());
    let clause = &tokens[..end];
    let (mut fixed, mut larger, mut named, mut outcome) = (false, false, (false, false), None);
    for (i, token) in clause.iter().enumerate() {
        match &token.kind {
            Tok::Name(n) if *n == noise => named.0 = true,
            Tok::Name(n) if *n == factor => named.1 = true,
            // "α > 0"
            Tok::Rel(Relation::Greater) => {}
            Tok::Number(n) if n == "0" && i > 0 && matches!(clause[i - 1].kind, Tok::Rel(Relation::Greater)) => {}
            Tok::Comma => {}
            _ => {
                let word = token.word()?;
                let word = word.as_str();
                fixed |= FIXED.contains(&word) || word == "this";
                larger |= LARGER.contains(&word);
                let good = BETTER.contains(&word);
                if good || WORSE.contains(&word) {
                    if outcome.is_some_and(|before| before != good) {
                        return None;
                    }
                    outcome = Some(good);
                } else if !(FIXED.contains(&word) || LARGER.contains(&word) || NEUTRAL.contains(&word)) {
                    return None;
                }
            }
        }
    }
    let grows = larger || clause.iter().any(|t| t.word().is_some_and(|w| w == "like" || w == "want"));
    let good = outcome.filter(|_| fixed && grows && named == (true, true))?;
    let [one, other] = world.letters.as_slice() else { return None };
    let gap = format!("Std(k_{one}^T q - k_{other}^T q) = 0");
    let left = parse_statement(&gap, &world.lexicon).ok()?.operands.first()?.expr.clone();
    let right = if good { Expr::int(0) } else { Expr::Infinity };
    let conditions = vec![
        Condition::Limit(Symbol::plain(&noise), LimitSense::Fixed),
        Condition::Limit(Symbol::plain(&factor), LimitSense::Large),
    ];
    let span = clause.first()?.span.to(clause.last()?.span);
    Some(Larger { span, link: Link { left, relation: Relation::Tends, right }, conditions, tentative: !good })
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::claim::segment::{Begins, Stretch, plain_tokens};
    use crate::language::Expr;
    use crate::span::Span;
    use crate::world::Library;

    /// Whether a sentence is said to make it better; `None` where it is not read.
    fn better(text: &str) -> Option<bool> {
        let library = Library::embedded().expect("the worlds");
        let world = library.get("1c.i").expect("the question");
        let stretch = Stretch { span: Span::new(0, text.len()), math: false, begins: Begins::Sentence };
        find(world, &plain_tokens(&[stretch], text, world)).map(|said| said.link.right != Expr::Infinity)
    }

    #[test]
    fn a_larger_factor_at_fixed_noise() {
        assert_eq!(better("For a fixed α > 0 a larger β is always better"), Some(true));
        assert_eq!(better("Raising β further at this α makes the average better and better"), Some(true));
        assert_eq!(better("At fixed α a larger β makes it worse"), Some(false));
        assert_eq!(better("For a fixed α > 0 a larger β is not always better"), None, "denied");
        assert_eq!(better("A larger β is better as long as α vanishes"), None, "the noise does not stay");
        assert_eq!(better("For a fixed α a larger query is better"), None, "of another thing");
    }
}
