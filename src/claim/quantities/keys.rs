//! Of which keys a clause speaks: "a and b", "every other key", "the remaining n - 2 keys".

use super::Reader;
use crate::claim::example::items::ByItems;
use crate::claim::statement::Condition;
use crate::language::{Expr, Index, Symbol};

/// The keys that a noun phrase names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Keys {
    /// By their letters.
    Letters(Vec<String>),
    /// Every key without a letter, each for itself.
    Others,
    /// Every key.
    All,
}

impl Keys {
    /// The indices that stand for them, each with what it leaves out.
    pub(super) fn indices(&self, world: &crate::world::World) -> Vec<(Index, Vec<Condition>)> {
        let letter = |l: &str| Index::Letter(l.to_string());
        match self {
            Keys::Letters(letters) => letters.iter().map(|l| (letter(l), vec![])).collect(),
            Keys::All => vec![(letter("i"), vec![])],
            Keys::Others => {
                let out = world.letters.iter().map(|l| Condition::Differ(letter("i"), letter(l))).collect();
                vec![(letter("i"), out)]
            }
        }
    }
}

/// What a key may be called.
const KEY: &[&str] =
    &["key", "keys", "token", "tokens", "position", "positions", "value", "values", "item", "items", "one", "ones"];

impl Reader<'_> {
    fn known_letter(&self, letter: &str) -> bool {
        self.world.letters.iter().any(|l| l == letter)
    }

    /// One key by its letter: `a`, "key a", `k_a`, `v_a`.
    pub(super) fn letter(&self, at: usize) -> Option<(usize, String)> {
        let named = self.is(at, KEY);
        let at = at + usize::from(named);
        if let Some(w) = self.word(at) {
            return self.known_letter(w).then(|| (at + 1, w.to_string()));
        }
        let Expr::Symbol(Symbol { name, indices }) = self.math(at)? else { return None };
        match (name.as_str(), indices.as_slice()) {
            ("k" | "v", [Index::Letter(l)]) if self.known_letter(l) => Some((at + 1, l.clone())),
            (l, []) if self.known_letter(l) => Some((at + 1, l.to_string())),
            _ => None,
        }
    }

    /// A group of keys; where it ends.
    pub(super) fn keys(&self, at: usize) -> Option<(usize, Keys)> {
        if let Some(found) = self.others(at).or_else(|| self.all(at)).or_else(|| self.pair(at)) {
            return Some(found);
        }
        let start = self.skip(at, &["the", "both", "each", "of"]);
        if let Some((mut end, first)) = self.letter(start) {
            let mut letters = vec![first];
            while self.is(end, &["and", "or"])
                && let Some((next, more)) = self.letter(end + 1)
            {
                letters.push(more);
                end = next;
            }
            let both = self.is(at, &["both"]) && letters.len() < 2;
            return (!both).then_some((end, Keys::Letters(letters)));
        }
        None
    }

    /// "the other keys", "every other key", "each of the others", "the remaining n - 2 keys", "a third key", "the rest".
    pub(super) fn others(&self, at: usize) -> Option<(usize, Keys)> {
        let start = self.skip(at, &["the", "all", "every", "each", "any", "of", "those", "a", "an", "some"]);
        let said = self.is(start, &["other", "others", "rest", "remaining", "another", "third", "unwanted", "irrelevant"]);
        if !said || self.is(start, &["third"]) && !self.is(at, &["a"]) {
            return None;
        }
        let mut end = start + 1;
        // "the remaining n - 2 keys"
        if self.math(end).is_some_and(|e| e.symbols().iter().all(|s| s.name == "n")) {
            end += 1;
        }
        let end = self.skip(end, KEY);
        Some((end, Keys::Others))
    }

    /// "the two keys", "both keys", "each of the two": those that have letters.
    fn pair(&self, at: usize) -> Option<(usize, Keys)> {
        let start = self.skip(at, &["the", "each", "of", "these", "our", "those"]);
        let two = self.is(start, &["both", "two"]).then(|| self.skip(start + 1, &["of", "the", "these"]))?;
        let end = self.skip(two, &["matching", "chosen", "wanted", "relevant", "target", "selected", "named"]);
        let noun = self.is(end, &["key", "keys", "tokens", "positions"]);
        // "each of the two gets …"
        let bare = at < start && self.is(end, super::predicate::VERBS);
        let letters = &self.world.letters;
        (letters.len() == 2 && (noun || bare)).then(|| (end + usize::from(noun), Keys::Letters(letters.clone())))
    }

    fn all(&self, at: usize) -> Option<(usize, Keys)> {
        let start = self.skip(at, &["the", "all", "every", "each", "of"]);
        let quantified = (at..start).any(|i| self.is(i, &["all", "every", "each"]));
        (quantified && self.is(start, &["key", "keys", "token", "tokens"])).then_some((start + 1, Keys::All))
    }
}
