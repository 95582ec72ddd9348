//! Characters and their numbers, by the course's rule.

use std::collections::HashMap;

use crate::trainer::error::TrainError;

/// Id of the pad.
pub const PAD: u32 = 0;
/// Id of the mask, written ⁇.
pub const MASK: u32 = 1;

/// 0 is the pad (□), 1 the mask (⁇), then every character of the text in code point order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    characters: Vec<char>,
    ids: HashMap<char, u32>,
}

impl Vocabulary {
    /// The vocabulary of a text.
    pub fn of(text: &str) -> Vocabulary {
        let sorted: std::collections::BTreeSet<char> = text.chars().collect();
        let characters: Vec<char> = ['\u{25a1}', '\u{2047}'].into_iter().chain(sorted).collect();
        // Later entries win, as in the course's dictionary, should the text hold a □ or ⁇ itself.
        let ids = characters.iter().zip(0..).map(|(c, i)| (*c, i)).collect();
        Vocabulary { characters, ids }
    }

    /// Number of ids.
    pub fn len(&self) -> usize {
        self.characters.len()
    }

    /// Never true: pad and mask are always there.
    pub fn is_empty(&self) -> bool {
        self.characters.is_empty()
    }

    /// The ids of a text; `place` (a file and line) is for the error.
    ///
    /// # Errors
    /// A character that the vocabulary has not.
    pub fn encode(&self, text: &str, place: &dyn Fn() -> String) -> Result<Vec<u32>, TrainError> {
        text.chars()
            .map(|c| {
                self.ids.get(&c).copied().ok_or_else(|| TrainError::Character { place: place(), character: c, known: self.len() })
            })
            .collect()
    }

    /// The text of ids; an id beyond the vocabulary reads as U+FFFD.
    pub fn decode(&self, ids: &[u32]) -> String {
        ids.iter().map(|i| self.characters.get(*i as usize).copied().unwrap_or('\u{fffd}')).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_numbered_in_order_after_pad_and_mask_and_others_are_an_error() {
        let v = Vocabulary::of("banana\n");
        assert_eq!(v.len(), 6);
        assert_eq!(v.encode("ban\n", &String::new).expect("known"), [4, 3, 5, 2]);
        assert_eq!(v.decode(&[4, 3, 99]), "ba\u{fffd}");
        let error = v.encode("bäh", &|| "x.tsv, line 3".into()).expect_err("ä is unknown");
        assert!(error.to_string().contains("'ä'") && error.to_string().contains("line 3"), "{error}");
    }
}
