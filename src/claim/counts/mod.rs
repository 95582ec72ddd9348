//! Counted things in words: numbers of people, answers and lines, their shares, differences, ratios and complements,
//! and what the writer said of them earlier in the part.
//!
//! Every finder turns a phrase into a number that is said and the amounts that it may be of; whether they agree is
//! decided elsewhere.

mod amounts;
mod apposed;
mod chance;
mod compare;
mod continued;
mod data;
mod decimals;
mod documents;
mod elsewhere;
mod facts;
mod figures;
mod fractions;
mod gains;
mod guessed;
mod invented;
mod labelled;
mod ordered;
mod parts;
mod rows;
mod shares;
mod spread;
mod told;
mod training;
mod words;
mod worth;
mod wrong;

use super::segment::Stretch;
use crate::span::Span;

use figures::{Memory, Who};
use shares::unsure;

pub(super) use fractions::fraction;
pub(super) use shares::{BEST, bound, percent};
pub(super) use words::{Word, sentences, words};

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
    /// A sum.
    Sum(Vec<Amount>),
    /// An amount that is known only where one of others is this number.
    Given(f64, Vec<Amount>, Box<Amount>),
    /// The rank of a place among the answers of a set.
    Rank(String, String),
    /// The standard error of a share of the dev questions.
    Deviation(Box<Amount>),
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

/// Finds what a sentence says of one kind: ranges of its words, and what they say.
type Finder = fn(&[Word], &Memory) -> Vec<(std::ops::Range<usize>, Counted)>;

/// Where a part says something of counted things, and what. `own` is the model that the question asks about.
pub fn find(stretches: &[Stretch], text: &str, own: Option<&str>) -> Vec<(Span, Counted)> {
    let words = words(stretches, text);
    let own = own.and_then(Who::of_setting);
    let memory = Memory::read(&words, own);
    let mut found: Vec<(Span, Counted)> = Vec::new();
    for sentence in sentences(&words) {
        for (range, counted) in continued::find(sentence, &memory) {
            found.push((sentence[range.start].span.to(sentence[range.end - 1].span), counted));
        }
    }
    for (range, counted) in rows::find(&words).into_iter().chain(data::find(&words)) {
        let span = words[range.start].span.to(words[range.end - 1].span);
        if found.iter().all(|(s, _)| s.end <= span.start || span.end <= s.start) {
            found.push((span, counted));
        }
    }
    for sentence in sentences(&words) {
        let finders: [Finder; 16] = [
            labelled::find,
            decimals::find,
            worth::find,
            spread::find,
            invented::find,
            guessed::find,
            told::sure,
            fractions::find,
            shares::find,
            told::find,
            facts::find,
            wrong::find,
            compare::find,
            ordered::find,
            told::shares,
            apposed::find,
        ];
        for finder in finders {
            let by_shares: Vec<_> = memory.disputed.iter().flat_map(|other| finder(sentence, other)).collect();
            for (range, mut counted) in finder(sentence, &memory) {
                counted.certain &= memory.disputed.is_none() || by_shares.contains(&(range.clone(), counted.clone()));
                let span = sentence[range.start].span.to(sentence[range.end - 1].span);
                if found.iter().all(|(s, _)| s.end <= span.start || span.end <= s.start) {
                    found.push((span, counted));
                }
            }
        }
    }
    found
}

/// What is read whole, with units in words between its numbers: no relation that stands inside is meant alone.
pub fn find_whole(stretches: &[Stretch], text: &str, own: Option<&str>) -> Vec<(Span, Counted)> {
    let words = words(stretches, text);
    let memory = Memory::read(&words, own.and_then(Who::of_setting));
    let all = training::find(&words).into_iter().chain(parts::find(&words));
    let place = |words: &[Word], range: &std::ops::Range<usize>| words[range.start].span.to(words[range.end - 1].span);
    let mut out: Vec<(Span, Counted)> = all.map(|(range, counted)| (place(&words, &range), counted)).collect();
    for sentence in sentences(&words) {
        let equated = apposed::equated(sentence).into_iter().chain(spread::statistic(sentence, &memory));
        out.extend(equated.map(|(range, counted)| (place(sentence, &range), counted)));
    }
    out
}

/// Counts that a constant answer is said to have right: where each stands, the words before it that say so, the place that is
/// always answered, and the count that it must be where those words leave no doubt.
pub fn constants(stretches: &[Stretch], text: &str) -> Vec<Constant> {
    let made = |(number, before, found): (Span, Span, labelled::Strategy)| Constant {
        number,
        before,
        answer: capitalised(found.place.of(text)),
        hits: found.hits(),
        certain: found.certain,
    };
    labelled::counts(&words(stretches, text)).into_iter().map(made).collect()
}

/// A name as the files write it.
fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A constant answer beside the count of what it has right.
pub struct Constant {
    /// The count.
    pub number: Span,
    /// The words before it.
    pub before: Span,
    /// What is always answered.
    pub answer: String,
    /// How often it is right.
    pub hits: Amount,
    /// Whether the words say that it is always answered.
    pub certain: bool,
}

impl Constant {
    /// Its share in percent against the data; not that share may be of something else.
    pub fn share(&self, value: f64, slack: f64) -> Counted {
        let share = amounts::over(self.hits.clone(), amounts::items());
        let of = vec![Amount::Times(100.0, Box::new(share))];
        let what = "the share of dev questions for which that answer is right, counted in the data".into();
        Counted { value, slack, bound: Bound::Exactly, of, certain: false, what }
    }

    /// Its count against the data.
    pub fn count(&self, text: &str) -> Counted {
        let value = self.number.of(text).parse().unwrap_or(f64::NAN);
        let what = "dev questions for which the constant answer is right, counted in the data".into();
        Counted { value, slack: 0.5, bound: Bound::Exactly, of: vec![self.hits.clone()], certain: value.is_finite(), what }
    }
}

#[cfg(test)]
mod tests_support {
    use super::super::segment::Begins;
    use super::*;

    /// The words of a text.
    pub fn words_of(text: &str) -> Vec<Word> {
        words::words(&[Stretch { span: Span::new(0, text.len()), math: false, begins: Begins::Sentence }], text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::segment::Begins;
    use super::*;

    fn said(text: &str, own: &str) -> Vec<Counted> {
        let stretch = Stretch { span: Span::new(0, text.len()), math: false, begins: Begins::Sentence };
        find(&[stretch], text, Some(own)).into_iter().map(|(_, c)| c).collect()
    }

    fn keys(text: &str) -> Vec<(f64, bool, String)> {
        said(text, "alone").into_iter().map(|c| (c.value, c.certain, format!("{:?}", c.of))).collect()
    }

    #[test]
    fn a_share_finds_its_count_before_it_and_after_it() {
        for text in
            ["37 of 500 people rightly: **7.0 %**", "7,0 % (37 from 500)", "an accuracy of 0.07, these are 37 out of the 500"]
        {
            let found = said(text, "perceiver");
            assert_eq!(found.len(), 1, "{text}");
            assert!((found[0].value - 7.0).abs() < 1e-9 && found[0].certain, "{text}");
        }
        // A share of something else, a comparison, too few for a share.
        for text in ["37 of 500, London 5 %", "10 of 500 is 3 % better than that", "In 2 of 3 runs we got 23 %"] {
            assert!(said(text, "perceiver").is_empty(), "{text}");
        }
    }

    #[test]
    fn wrong_answers_beside_an_accuracy_are_its_complement() {
        let found = said("With 23 % accuracy, 385 of our 500 answers are false", "pretrained");
        assert!((found[0].value - 385.0).abs() < 1e-9 && found[0].certain && found[0].of.len() == 1, "{found:?}");
    }

    #[test]
    fn facts_are_read_in_either_order_and_with_other_words_not_at_all() {
        let found = keys("All dev names are contained in wiki.txt, but the training pairs contain none of the test people.");
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|f| f.0 == 0.0 && f.1));
        assert!(found[1].2.contains("names test train"));
        for text in [
            "All dev names occur in wiki.txt together with the place.",
            "Not all dev names occur in wiki.txt.",
            "The model saw all dev names, which appear in wiki.txt.",
        ] {
            assert!(keys(text).is_empty(), "{text}");
        }
        assert!(!keys("10 dev names appear in wiki.txt.")[0].1);
    }

    #[test]
    fn comparisons_know_who_is_compared() {
        let found = said("We get 115 of 500. Part (d) had 9 right, so that's 106 more people.", "pretrained");
        assert_eq!(found.len(), 1);
        assert!(found[0].certain && format!("{:?}", found[0].of).starts_with("[Over(Less(Is(0.23, 0.0)"));
        assert!(said("The model has 3 times as many parameters as (d).", "pretrained").is_empty());
    }

    #[test]
    fn nothing_panics_on_odd_text() {
        for text in
            ["", "%", "5 %", "of 500", "1,2,3 of 5{,}00 %", "½ of 500 ≈ 3\\%", "for every 3 wrong", "from 3 to 4 by", "twice as"]
        {
            said(text, "alone");
        }
    }
}
