//! Words by which a statement claims more than its relation says: "no matter how small m is", "whatever the keys are",
//! "q = k_j is sufficient". What such a sentence says in a limit is then not what its relation says there.

use super::phrases::{word, words_are};
use crate::language::{Tok, Token};

/// The sweeping words around a run of mathematics, in its own sentence.
pub fn around(tokens: &[Token], run: &std::ops::Range<usize>) -> Option<String> {
    let ends = |t: &Token| matches!(t.kind, Tok::Stop | Tok::Semicolon);
    let start = tokens[..run.start].iter().rposition(ends).map_or(0, |i| i + 1);
    let end = tokens[run.end..].iter().position(ends).map_or(tokens.len(), |i| run.end + i);
    let outside = (start..run.start).chain(run.end..end);
    outside.into_iter().find_map(|at| phrase(tokens, at))
}

fn phrase(tokens: &[Token], at: usize) -> Option<String> {
    let here = word(tokens, at)?;
    let known = match here.as_str() {
        "no" => words_are(tokens, at + 1, &["matter"]),
        "whatever" | "regardless" | "irrespective" => true,
        "soon" => at > 0 && words_are(tokens, at - 1, &["as"]) && words_are(tokens, at + 1, &["as"]),
        // "is sufficient", "is already enough"; "large enough" measures, and a condition that is not enough claims less.
        "sufficient" | "enough" | "suffices" => {
            let said = at == 0
                || tokens[at - 1].word().is_none_or(|w| matches!(w.as_str(), "is" | "are" | "already" | "be" | "key" | "alone"));
            let leads =
                tokens.get(at + 1).and_then(Token::word).is_some_and(|w| matches!(w.as_str(), "that" | "to" | "for" | "if"));
            said && !leads
        }
        _ => false,
    };
    known.then(|| format!("\"{here}\""))
}
