//! How sentences open: those of conditions that head what follows, and those that let something be.

use super::read::Reader;
use crate::language::{Tok, Token};

/// How many tokens a label before a sentence may have.
const LABEL_MAX: usize = 3;

impl Reader<'_> {
    /// Whether a sentence begins with a word, its label aside.
    pub(super) fn sentence_opens_with(&self, range: &std::ops::Range<usize>, word: &str) -> bool {
        let label = |t: &&Token| t.word().is_none_or(|w| w != word);
        let before: Vec<&Token> = self.tokens[range.clone()].iter().take_while(label).collect();
        before.len() <= LABEL_MAX
            && before.len() < range.len()
            && !before.iter().any(|t| matches!(t.kind, Tok::Rel(_) | Tok::Comma))
    }

    /// Whether a sentence of conditions only heads what follows. One that goes on with words ("when X < 0 the key …") says
    /// something under its conditions, which was not understood.
    pub(super) fn is_heading(&self, range: &std::ops::Range<usize>) -> bool {
        /// Words that only name or announce values.
        const WORDS: &[&str] = &[
            "for",
            "with",
            "at",
            "in",
            "set",
            "take",
            "let",
            "put",
            "now",
            "then",
            "and",
            "the",
            "of",
            "a",
            "an",
            "case",
            "example",
            "e.g",
            "say",
            "first",
            "second",
            "consider",
            "here",
            "values",
            "value",
            "numbers",
            "table",
            "weights",
            "scores",
            "keys",
            "tokens",
            "fix",
            "choose",
            "pick",
            "use",
            "again",
            "also",
            "so",
            "suppose",
            "assume",
            "we",
            "i",
            "only",
            "large",
            "small",
            "work",
            "working",
            "throughout",
            "everything",
            "below",
            "always",
        ];
        let tokens = &self.tokens[range.clone()];
        let words: Vec<String> = tokens.iter().filter_map(Token::word).collect();
        tokens.last().is_some_and(|t| t.kind == Tok::Colon) || words.iter().all(|w| WORDS.contains(&w.as_str()))
    }
}
