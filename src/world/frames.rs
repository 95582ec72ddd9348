//! Clauses that are known by their notions: which must be said, which may be said beside them, and nothing else.
//!
//! `largest score > gets (the-whole) weight`: a notion is a set of words that stand for each other (a world's `words`, and those that
//! every world knows, `general`); `|` parts alternatives, brackets make a notion optional, `'word` is the word itself, `#` a number,
//! `!` a denial that turns the clause round. Notions stand in any order; those before `>` come before those behind it. Words that
//! say nothing (`general::NEUTRAL`) may stand anywhere; any other word that no notion of the frame covers keeps it from matching.

use std::collections::{BTreeMap, HashMap};

use super::clauses::fits;
use super::general;

/// How many notions a frame may have: one bit each.
const SLOTS_MAX: usize = 32;

/// The notions of a world: sets of words by number.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    names: BTreeMap<String, usize>,
    by_first: HashMap<String, Vec<Row>>,
    stems: Vec<Row>,
}

/// Words that stand for a notion; the first may be a stem.
#[derive(Debug, Clone)]
struct Row {
    words: Vec<String>,
    notion: usize,
}

/// The notion of words that say nothing.
const NEUTRAL: usize = 0;
/// The notion of numbers.
const NUMBER: usize = 1;

impl Vocabulary {
    /// The notions that every world knows, and a world's own sets of words; sets of one name are one.
    pub fn new(sets: &BTreeMap<String, String>) -> Vocabulary {
        let mut all = Vocabulary::default();
        all.add("neutral", general::NEUTRAL);
        all.add("#", "");
        for (name, words) in general::NOTIONS {
            all.add(name, words);
        }
        for (name, words) in sets {
            all.add(name, words);
        }
        all
    }

    fn add(&mut self, name: &str, words: &str) -> usize {
        let next = self.names.len();
        let notion = *self.names.entry(name.to_string()).or_insert(next);
        for alternative in words.split('|').filter(|w| !w.is_empty()) {
            let words: Vec<String> = alternative.split('~').map(str::to_string).collect();
            let row = Row { words, notion };
            match row.words[0].strip_suffix('*') {
                Some(stem) if !stem.is_empty() => self.stems.push(row),
                _ => self.by_first.entry(folded(&row.words[0])).or_default().push(row),
            }
        }
        notion
    }

    /// The notion of a name in a frame.
    fn notion(&mut self, name: &str) -> Result<usize, String> {
        match name.strip_prefix('\'') {
            Some(word) => Ok(self.add(name, word)),
            None => self.names.get(name).copied().ok_or_else(|| format!("no notion or set of words `{name}`")),
        }
    }

    /// What each place of a row of words may be read as.
    pub fn read(&self, words: &[String]) -> Reading {
        let mut places = Vec::with_capacity(words.len());
        let mut present = vec![false; self.names.len()];
        for at in 0..words.len() {
            let mut found: Vec<(usize, usize)> = Vec::new();
            let rows = self.by_first.get(&folded(&words[at])).into_iter().flatten().chain(&self.stems);
            for row in rows {
                let own = words.get(at..at + row.words.len());
                if own.is_some_and(|own| row.words.iter().zip(own).all(|(pattern, word)| fits(pattern, word))) {
                    found.push((row.notion, row.words.len()));
                }
            }
            // "does not have to be symmetric" is no "is not symmetric".
            if general::denied_need(words, at) {
                found.retain(|(notion, _)| *notion != NEUTRAL);
            }
            if words[at].parse::<f64>().is_ok() {
                found.push((NUMBER, 1));
            }
            if general::contracted(&words[at])
                && let Some(&not) = self.names.get(general::NOT)
            {
                found.push((not, 1));
            }
            found.iter().for_each(|(notion, _)| present[*notion] = true);
            places.push(found);
        }
        Reading { places, present }
    }
}

/// What each place of a row of words may be read as: a notion and how many words it takes.
#[derive(Debug)]
pub struct Reading {
    places: Vec<Vec<(usize, usize)>>,
    /// Whether each notion of the vocabulary is among them.
    present: Vec<bool>,
}

impl Reading {
    fn has(&self, notion: usize) -> bool {
        self.present[notion]
    }

    /// Whether some word is known to no notion at all.
    pub fn is_foreign(&self) -> bool {
        let mut reached = 0;
        self.places.iter().enumerate().any(|(at, found)| {
            reached = found.iter().map(|(_, length)| at + length).fold(reached, usize::max);
            reached <= at
        })
    }
}

/// A clause known by its notions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    slots: Vec<Slot>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Slot {
    notions: Vec<usize>,
    optional: bool,
    phase: usize,
    denies: bool,
}

impl Frame {
    /// Reads a frame; an error names what is not known.
    pub fn new(text: &str, vocabulary: &mut Vocabulary) -> Result<Frame, String> {
        let mut slots = Vec::new();
        let mut phase = 0;
        for word in text.split_whitespace() {
            if word == ">" {
                phase += 1;
                continue;
            }
            let denies = word == "!";
            let bare = word.strip_prefix('(').and_then(|w| w.strip_suffix(')'));
            let names = if denies { general::NOT } else { bare.unwrap_or(word) };
            let notions = names.split('|').map(|n| vocabulary.notion(n)).collect::<Result<_, String>>()?;
            slots.push(Slot { notions, optional: denies || bare.is_some(), phase, denies });
        }
        match slots.len() {
            0 => Err(format!("`{text}` has no notion")),
            n if n > SLOTS_MAX => Err(format!("`{text}` has {n} notions; at most {SLOTS_MAX}")),
            _ if slots.iter().all(|s| s.optional) => Err(format!("`{text}`: every notion is optional")),
            _ => Ok(Frame { slots }),
        }
    }

    /// Whether a row of words is the clause and nothing else: whether it denies it.
    pub fn says(&self, reading: &Reading) -> Option<bool> {
        let present = |s: &Slot| s.optional || s.notions.iter().any(|n| reading.has(*n));
        if !self.slots.iter().all(present) {
            return None;
        }
        let mut dead = std::collections::HashSet::new();
        self.rest(reading, State { at: 0, used: 0, phase: 0 }, &mut dead)
    }

    /// The rest of the words from a state on; `dead` keeps states that lead nowhere.
    fn rest(&self, reading: &Reading, state: State, dead: &mut std::collections::HashSet<State>) -> Option<bool> {
        let Some(found) = reading.places.get(state.at) else {
            let whole = self.slots.iter().enumerate().all(|(i, s)| s.optional || state.used & (1 << i) != 0);
            let denied = self.slots.iter().enumerate().any(|(i, s)| s.denies && state.used & (1 << i) != 0);
            return whole.then_some(denied);
        };
        if dead.contains(&state) {
            return None;
        }
        for (notion, length) in found {
            for (i, slot) in self.slots.iter().enumerate() {
                if slot.notions.contains(notion) && self.may_take(i, state) {
                    let next = State { at: state.at + length, used: state.used | (1 << i), phase: slot.phase };
                    if let Some(denied) = self.rest(reading, next, dead) {
                        return Some(denied);
                    }
                }
            }
            if *notion == NEUTRAL
                && let Some(denied) = self.rest(reading, State { at: state.at + length, ..state }, dead)
            {
                return Some(denied);
            }
        }
        dead.insert(state);
        None
    }

    /// Whether a slot is free, and none before its phase is still missing.
    fn may_take(&self, i: usize, state: State) -> bool {
        let slot = &self.slots[i];
        let free = state.used & (1 << i) == 0;
        let due = slot.phase >= state.phase;
        let missing = |(j, s): (usize, &Slot)| s.phase < slot.phase && !s.optional && state.used & (1 << j) == 0;
        free && due && !self.slots.iter().enumerate().any(missing)
    }
}

/// How far a row of words was read: the next place, the slots that are filled, and the last one's phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct State {
    at: usize,
    used: u32,
    phase: usize,
}

fn folded(word: &str) -> String {
    if word.chars().count() > 1 { word.to_lowercase() } else { word.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(frame: &str, said: &str) -> Option<bool> {
        let sets = BTreeMap::from([
            ("weight".to_string(), "weight|share~of~attention".to_string()),
            ("score".to_string(), "score|dot~product".to_string()),
            ("largest".to_string(), "largest|biggest".to_string()),
            ("smallest".to_string(), "smallest".to_string()),
            ("gets".to_string(), "gets|takes|receives".to_string()),
        ]);
        let mut vocabulary = Vocabulary::new(&sets);
        let frame = Frame::new(frame, &mut vocabulary).unwrap();
        let words: Vec<String> = said.split_whitespace().map(str::to_string).collect();
        frame.says(&vocabulary.read(&words))
    }

    #[test]
    fn notions_cover_the_clause_whole() {
        let frame = "largest score > ! gets largest weight";
        assert_eq!(says(frame, "the biggest dot product takes the largest share of attention"), Some(false));
        assert_eq!(says(frame, "the score that is largest receives the biggest weight"), Some(false));
        assert_eq!(says(frame, "the largest score gets the largest weight on Mondays"), None);
        assert_eq!(says(frame, "the largest score gets the smallest weight"), None);
        assert_eq!(says(frame, "the largest score gets the weight"), None);
        assert_eq!(says(frame, "the largest weight gets the largest score"), None, "the order of the phases");
    }

    #[test]
    fn a_denial_turns_it_round() {
        let frame = "largest score > ! gets largest weight";
        assert_eq!(says(frame, "the largest score does n't get the largest weight"), None, "`get` is not known here");
        assert_eq!(says(frame, "the largest score never gets the largest weight"), Some(true));
        assert_eq!(says("largest score > gets weight", "the largest score never gets the weight"), None);
    }

    #[test]
    fn what_need_not_be_may_be() {
        let frame = "largest score > ! gets largest weight";
        assert_eq!(says(frame, "the largest score has not gets the largest weight"), Some(true));
        assert_eq!(says(frame, "the largest score does not have to gets the largest weight"), None);
    }

    #[test]
    fn one_word_may_fill_one_slot_only() {
        assert_eq!(says("largest (largest) score", "the largest largest score"), Some(false));
        assert_eq!(says("largest score", "the largest largest score"), None);
    }

    #[test]
    fn words_and_numbers_as_they_stand() {
        assert_eq!(says("'k_j > gets # (weight)", "k_j gets 0.5"), Some(false));
        assert_eq!(says("'k_j > gets # (weight)", "k_i gets 0.5"), None);
    }

    #[test]
    fn what_is_not_known_is_an_error() {
        let mut vocabulary = Vocabulary::new(&BTreeMap::new());
        assert!(Frame::new("nothing-of-this-name", &mut vocabulary).is_err());
        assert!(Frame::new("", &mut vocabulary).is_err());
        assert!(Frame::new("(only)", &mut vocabulary).is_err(), "a frame that any words would fill");
        assert!(Frame::new(&"'a ".repeat(40), &mut vocabulary).is_err());
    }
}
