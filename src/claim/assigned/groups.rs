//! To which keys something is given: "a and b", "both of them", "the other n - 2 keys together".

use super::Reader;
use crate::claim::phrases::ByWords;
use crate::language::Tok;

/// To whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Group {
    /// Keys with letters of the world.
    Letters(Vec<String>),
    /// Every key without one.
    Others,
    /// All of those together.
    OthersTogether,
}

impl Reader<'_> {
    /// One letter of the world: `a`, `k_a`, `v_a`, "key a".
    pub(super) fn letter(&self, at: usize) -> Option<(usize, String)> {
        let at = self.skip(at, &["key", "token", "value", "keys", "row", "rows"]);
        let token = self.tokens.get(at)?;
        let known = |name: &str| self.world.letters.iter().any(|l| l == name);
        match &token.kind {
            Tok::Name(n) | Tok::Word(n) if known(n) => {
                let alone = !self.tokens.get(at + 1).is_some_and(|t| matches!(t.kind, Tok::Sub | Tok::Sup | Tok::Transpose));
                alone.then(|| (at + 1, n.clone()))
            }
            Tok::Name(n) if n == "k" || n == "v" => {
                let sub = usize::from(self.tokens.get(at + 1).is_some_and(|t| t.kind == Tok::Sub));
                match &self.tokens.get(at + 1 + sub)?.kind {
                    Tok::Name(l) if known(l) => {
                        let ends = !self
                            .tokens
                            .get(at + 2 + sub)
                            .is_some_and(|t| matches!(t.kind, Tok::Sub | Tok::Sup | Tok::Transpose));
                        ends.then(|| (at + 2 + sub, l.clone()))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Letters of the world in a list, "a and b (both)".
    pub(super) fn letters(&self, at: usize) -> Option<(usize, Group)> {
        let (mut end, first) = self.letter(at)?;
        let mut letters = vec![first];
        while self.is(end, &["and"])
            && let Some((next, more)) = self.letter(end + 1)
        {
            letters.push(more);
            end = next;
        }
        let end = if letters.len() > 1 { self.skip(end, &["both", "each"]) } else { end };
        Some((end, Group::Letters(letters)))
    }

    pub(super) fn group(&self, at: usize) -> Option<(usize, Group)> {
        if let Some(list) = self.letters(at) {
            return Some(list);
        }
        if self.is(at, &["both"]) && self.world.letters.len() == 2 {
            let end = self.skip(at + 1, &["of", "them", "keys", "key"]);
            if let Some((after, Group::Letters(letters))) = self.letters(end) {
                return Some((after, Group::Letters(letters)));
            }
            return Some((end, Group::Letters(self.world.letters.clone())));
        }
        let start = self.skip(at, &["the", "all", "every", "each", "those", "of", "two", "three", "four"]);
        if !self.is(start, &["other", "others", "rest", "remaining"]) {
            return None;
        }
        let mut end = start + 1;
        if self.count(end) > end && !self.is(start, &["others", "rest"]) {
            end = self.count(end);
        }
        let things = [
            "keys",
            "key",
            "ones",
            "tokens",
            "positions",
            "rows",
            "entries",
            "of",
            "them",
            "weights",
            "weight",
            "alphas",
            "scores",
            "score",
        ];
        end = self.skip(end, &things);
        // "the other 18 together"
        let counted = matches!(self.tokens.get(end).map(|t| &t.kind), Some(Tok::Number(_))) && end == start + 1;
        if counted && self.is(end + 1, &["together", "combined", "jointly"]) {
            return Some((end + 2, Group::OthersTogether));
        }
        if self.is(end, &["together", "combined", "jointly"]) || self.is(end, &["share", "shares"]) {
            let sharing = self.is(end, &["share", "shares"]);
            return Some((end + usize::from(!sharing), Group::OthersTogether));
        }
        Some((end, Group::Others))
    }

    /// "n - 2", "(n-2)", "eight" before "keys".
    pub(super) fn count(&self, at: usize) -> usize {
        const COUNT_MAX: usize = 6;
        let keys = (at..self.tokens.len().min(at + COUNT_MAX))
            .find(|i| self.is(*i, &["keys", "tokens", "ones", "rows", "positions", "entries"]));
        keys.filter(|k| (at..*k).all(|i| !matches!(self.tokens[i].kind, Tok::Comma | Tok::Rel(_)))).unwrap_or(at)
    }
}
