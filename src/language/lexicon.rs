//! Which letters stand for something, so that scanned and running text can be told from words.

use std::collections::BTreeSet;

/// The names of a world as the reader of mathematics needs them.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Names that take an index (`k`, `v`, `mu`).
    pub families: BTreeSet<String>,
    /// Names that stand alone (`q`, `beta`, `A`).
    pub plain: BTreeSet<String>,
    /// Letters that are indices (`a`, `b`, `i`, `j`).
    pub indices: BTreeSet<String>,
}

/// Short English words that could be read as symbols and never are.
const ENGLISH: &[&str] = &[
    "a", "an", "as", "at", "am", "be", "by", "do", "go", "he", "i", "if", "in", "is", "it", "me", "my", "no", "of", "on", "or",
    "so", "to", "up", "us", "we", "via", "vs", "ie", "eg", "can", "all", "and", "are", "but", "for", "has", "the", "any", "via",
    "its", "bad", "ask", "mask", "task", "quick", "ok", "mi", "pi",
];

impl Lexicon {
    /// The name under which the world knows `name`: itself, or its other case (`V_a` for `v_a`).
    pub fn resolve(&self, name: &str) -> Option<&str> {
        let known = |n: &str| self.families.get(n).or_else(|| self.plain.get(n)).map(String::as_str);
        known(name).or_else(|| {
            let mut letters = name.chars();
            let (first, rest) = (letters.next()?, letters.as_str());
            if !rest.is_empty() || !first.is_ascii_alphabetic() || name == "I" || name == "T" {
                return None;
            }
            let other = if first.is_ascii_uppercase() { first.to_ascii_lowercase() } else { first.to_ascii_uppercase() };
            known(&other.to_string())
        })
    }

    /// Whether exactly this letter stands for something here, not its other case.
    pub fn knows_exactly(&self, name: &str) -> bool {
        self.families.contains(name) || self.plain.contains(name)
    }

    /// Whether the name takes an index here.
    pub fn is_family(&self, name: &str) -> bool {
        self.resolve(name).is_some_and(|n| self.families.contains(n))
    }

    /// Whether the name stands for something here, with or without an index.
    pub fn knows(&self, name: &str) -> bool {
        self.resolve(name).is_some()
    }

    /// Whether the letter is an index here.
    pub fn is_index(&self, name: &str) -> bool {
        self.indices.contains(name)
    }

    /// Whether a letter run of running text is mathematics (`kaTq`, `va`): every letter is a
    /// symbol with its index, or `T` between two of them, and the run is no English word.
    pub fn segments(&self, word: &str) -> bool {
        if !word.is_ascii() || word.len() > 9 || ENGLISH.contains(&word.to_lowercase().as_str()) {
            return false;
        }
        let letters: Vec<String> = word.chars().map(String::from).collect();
        let transposed = letters[1..].iter().any(|l| l == "T");
        let mut at = 0;
        let mut indexed = 0;
        while at < letters.len() {
            if self.is_family(&letters[at]) && letters.get(at + 1).is_some_and(|l| self.is_index(l)) {
                at += 2;
                indexed += 1;
            } else if transposed && at + 1 == letters.len() && self.is_family(&letters[at]) {
                // `kaTq1`: the digit that follows is the index.
                at += 1;
            } else if transposed && (letters[at] == "T" && at > 0 || self.plain.contains(&letters[at])) {
                at += 1;
            } else {
                return false;
            }
        }
        indexed > 0 || transposed
    }
}
