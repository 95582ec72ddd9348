//! Counted things in words: numbers of people, answers and lines, their shares, differences, ratios and complements,
//! and what the writer said of them earlier in the part.
//!
//! Every finder turns a phrase into a number that is said and the amounts that it may be of; whether they agree is
//! decided elsewhere.

mod compare;
mod facts;
mod figures;
mod shares;
mod words;
mod wrong;

use super::segment::Stretch;
use crate::span::Span;

use figures::{Memory, Who};
use words::Word;

/// An amount that is computed and not written.
#[derive(Debug, Clone, PartialEq)]
pub enum Amount {
    /// A number of the sheet, with half a unit of its last digit where it was rounded.
    Is(f64, f64),
    /// A count of the course's data, by its key.
    Fact(String),
    /// A difference.
    Less(Box<Amount>, Box<Amount>),
    /// A quotient.
    Over(Box<Amount>, Box<Amount>),
    /// A multiple.
    Times(f64, Box<Amount>),
}

/// How a number is bounded by the words before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// As it stands.
    Exactly,
    /// "about", "nearly".
    About,
    /// "more than", "above".
    Above,
    /// "at least".
    AtLeast,
    /// "less than", "below".
    Below,
    /// "at most".
    AtMost,
}

/// A number in words and what it may be of.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// The number.
    pub value: f64,
    /// Half a unit of its last digit; 0 for a count.
    pub slack: f64,
    /// Its bound.
    pub bound: Bound,
    /// What it may be of: it holds where one agrees.
    pub of: Vec<Amount>,
    /// Whether it must be one of these.
    pub certain: bool,
    /// What is compared, in words.
    pub what: String,
}

/// Where a part says something of counted things, and what. `own` is the model that the question asks about.
pub fn find(stretches: &[Stretch], text: &str, own: Option<&str>) -> Vec<(Span, Counted)> {
    let words = words::words(stretches, text);
    let own = own.and_then(Who::of_setting);
    let memory = Memory::read(&words, own);
    let mut found: Vec<(Span, Counted)> = Vec::new();
    for sentence in words::sentences(&words) {
        let finders: [fn(&[Word], &Memory) -> Vec<(std::ops::Range<usize>, Counted)>; 4] =
            [shares::find, facts::find, wrong::find, compare::find];
        for finder in finders {
            for (range, counted) in finder(sentence, &memory) {
                let span = sentence[range.start].span.to(sentence[range.end - 1].span);
                if found.iter().all(|(s, _)| s.end <= span.start || span.end <= s.start) {
                    found.push((span, counted));
                }
            }
        }
    }
    found
}
