//! Cues: which words in which order signal a proposition.

use std::ops::Range;

use crate::world::fits;

/// How many words may stand between two words of a cue.
const GAP_MAX: usize = 10;

/// A list of words that must occur in order: `swing*|jump* between`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    steps: Vec<Vec<String>>,
    /// How many words may stand between two of its own.
    gap: usize,
}

impl Cue {
    /// Reads a cue: words apart by spaces, alternatives by `|`, `*` at the end for any ending.
    ///
    /// `= ` at the beginning: nothing may stand between them.
    pub fn new(text: &str) -> Cue {
        let (text, gap) = text.strip_prefix("= ").map_or((text, GAP_MAX), |t| (t, 1));
        let steps = text.split_whitespace().map(|s| s.split('|').map(str::to_string).collect()).collect();
        Cue { steps, gap }
    }

    /// The shortest range of words that the cue matches, the first of them.
    pub fn find(&self, words: &[String]) -> Option<Range<usize>> {
        let matches = (0..words.len()).filter_map(|start| {
            let mut at = start;
            for (i, step) in self.steps.iter().enumerate() {
                let last = if i == 0 { start + 1 } else { (at + self.gap).min(words.len()) };
                at = (at..last).find(|j| step.iter().any(|s| fits(s, &words[*j])))? + 1;
            }
            Some(start..at)
        });
        matches.min_by_key(ExactSizeIterator::len)
    }
}
