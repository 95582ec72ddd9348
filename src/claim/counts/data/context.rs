//! The files of the course, and which of them earlier clauses named.

use std::ops::Range;

use super::super::words::Word;
use super::roles::{Clause, Role};
use super::vocabulary::{ANSWERS, PEOPLE, ROWS};

/// A file of the course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// Questions to measure by.
    Dev,
    /// Pairs to finetune on.
    Train,
    /// Questions without answers.
    Test,
    /// Documents.
    Wiki,
}

impl Set {
    /// As the keys of facts name it.
    pub fn key(self) -> &'static str {
        match self {
            Set::Dev => "dev",
            Set::Train => "train",
            Set::Test => "test",
            Set::Wiki => "wiki",
        }
    }
}

/// What earlier clauses named.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// Files of this sentence, so far.
    pub here: Vec<Set>,
    /// Files of the sentence before, or of the last one that named any.
    pub before: Vec<Set>,
    /// The file in which an earlier clause of the sentence counts.
    pub settled: Option<Set>,
    /// Whether the sentence has counted characters.
    pub characters: bool,
    /// The file whose name stands before a colon, of which a list tells.
    pub headed: Option<Set>,
    /// Whether a colon stands behind a clause that names the documents and no other file.
    pub read: bool,
}

impl Context {
    /// A new sentence begins.
    pub fn sentence(&mut self) {
        self.settled = None;
        self.headed = None;
        self.read = false;
        self.characters = false;
        if !self.here.is_empty() {
            self.before = std::mem::take(&mut self.here);
        }
    }

    /// Remembers the files that some words name.
    pub fn note(&mut self, words: &[Word], range: Range<usize>) {
        for at in range.clone() {
            self.characters |= words[at].is(&["characters", "chars"]);
            // The pairs are those to train on.
            let pairs = words[at].is(&["pairs"]) && !words[range.start..at].iter().any(|w| w.is(&["dev", "test"]));
            if let Some(set) = set(words, at, range.end).map(|s| s.0).or(pairs.then_some(Set::Train))
                && !self.here.contains(&set)
            {
                self.here.push(set);
            }
        }
    }

    /// Remembers in which file a clause counted.
    pub fn settle(&mut self, clause: &Clause) {
        let sets: Vec<Set> =
            clause.roles.iter().filter_map(|(_, r)| if let Role::Set(s) = r { Some(*s) } else { None }).collect();
        self.settled = match (sets.as_slice(), clause.has(&Role::There), self.there()) {
            ([s], ..) | ([], true, [s]) => Some(*s),
            _ => self.settled,
        };
    }

    /// The files that "there" may be, the nearest named last.
    pub fn there(&self) -> &[Set] {
        if self.here.is_empty() { &self.before } else { &self.here }
    }
}

/// A file named at a word, and how many words name it.
pub fn set(s: &[Word], at: usize, end: usize) -> Option<(Set, usize)> {
    let word = &s[at];
    let next = |words: &[&str]| at + 1 < end && s[at + 1].is(words);
    let nouns = next(&["set", "file", "data", "dataset", "text", "corpus", "documents"]);
    let asked = nouns || next(ROWS) || next(PEOPLE) || next(ANSWERS);
    let has = |part: &str| word.text.contains(part);
    let sized = at > 0 && s[at - 1].count().is_some_and(|n| (n - 2000.0).abs() < 0.5);
    if sized && word.is(&["pairs"]) {
        Some((Set::Train, 1))
    } else if word.is(&["dev", "development", "validation", "dev.tsv"]) || has("birth_dev") {
        Some((Set::Dev, 1))
    } else if word.is(&["test"]) || has("test_inputs") {
        Some((Set::Test, 1))
    } else if has("wiki") {
        Some((Set::Wiki, 1))
    } else if word.is(&["pretraining", "pre-training"]) && nouns {
        Some((Set::Wiki, 2))
    } else if word.is(&["corpus", "encyclopedia"]) {
        Some((Set::Wiki, 1))
    } else if word.is(&["train", "train.tsv"])
        || has("places_train")
        || word.is(&["training", "finetuning", "fine-tuning"]) && asked
    {
        Some((Set::Train, 1))
    } else {
        None
    }
}
