//! Whose count it is that stands behind a constant answer: `always London: 25 hits, 5 %`, `saying London each time gives 20/500`.
//!
//! The data say how often a constant answer is right. Every word between the beginning of the clause and the number is known.

use std::ops::Range;

use super::amounts::{in_percent, is_all, items, over};
use super::figures::{Memory, RIGHT, Who, named};
use super::shares::{bound, percent, total};
use super::words::{Word, is, parts_clause, sentences};
use super::wrong::is_wrong;
use super::{Amount, Counted};
use crate::span::Span;

/// Words that say that the same is always answered.
const ALWAYS: &[&str] = &[
    "always",
    "constant",
    "constantly",
    "saying",
    "answering",
    "predicting",
    "guessing",
    "baseline",
    "everyone",
    "everybody",
    "everywhere",
];
/// Words beside them that add nothing.
const FILL: &[&str] = &[
    "the",
    "a",
    "for",
    "of",
    "by",
    "with",
    "in",
    "on",
    "all",
    "dev",
    "set",
    "answer",
    "guess",
    "strategy",
    "would",
    "gives",
    "give",
    "gave",
    "get",
    "gets",
    "got",
    "yields",
    "scores",
    "makes",
    "be",
    "is",
    "are",
    "right",
    "correct",
    "only",
    "just",
    "exactly",
    "then",
    "so",
    "and",
    "but",
    "each",
    "every",
    "time",
    "times",
    "question",
    "name",
    "to",
    "simply",
    "one",
    ":",
    "\"",
    "“",
    "”",
    "'",
    "has",
    "=",
    "names",
    "people",
    "questions",
    "we",
    "you",
];

/// Words of who always answers the same.
const WHO: &[&str] = &[
    "program",
    "script",
    "machine",
    "predictor",
    "somebody",
    "someone",
    "which",
    "that",
    "who",
    "prints",
    "printing",
    "says",
    "outputs",
    "answers",
];

/// A constant answer and how sure it is that the number behind it is how often it is right.
pub struct Strategy {
    /// The place that is always answered.
    pub place: Span,
    name: String,
    /// Whether a word says that it is always answered; a bare label may be of something else.
    pub certain: bool,
    /// The words that say so.
    pub words: Range<usize>,
}

impl Strategy {
    /// How often it is right in dev.
    pub fn hits(&self) -> Amount {
        Amount::Fact(format!("place dev {}", self.name))
    }
}

/// The constant answer whose count stands at a place.
pub fn strategy(s: &[Word], at: usize) -> Option<Strategy> {
    let cut = |w: &Word| parts_clause(w) && !w.is(&[":"]);
    let start = s[..at].iter().rposition(cut).map_or(0, |i| i + 1);
    // "a model that always says …", not "the model always says …".
    let any = |i: usize| s[i].is(&["model", "network"]) && is(s, i + 1, &["that", "which"]);
    let known = |i: usize| s[i].is(ALWAYS) || s[i].is(FILL) || s[i].is(WHO) || any(i);
    let mut names = (start..at).filter(|i| !known(*i));
    let place = names.next().filter(|i| names.next().is_none() && name(&s[*i]))?;
    // "Perceiver: 34 of 500", "baseline perceiver": a model.
    let model = named(std::slice::from_ref(&s[place])).is_some_and(|who| who != Who::Constant);
    let said = |i: usize| s[i].is(ALWAYS) || s[i].is(&["each", "every"]) && is(s, i + 1, &["time"]);
    let constant = named(std::slice::from_ref(&s[place])) == Some(Who::Constant);
    let label =
        constant && (start..at).all(|i| i == place || s[i].is(&[":", "\"", "“", "”", "'", "gets", "has", "gives", "=", "the"]));
    let certain = (start..at).any(said);
    (!model && (certain || label)).then(|| Strategy {
        place: s[place].span,
        name: s[place].text.clone(),
        certain,
        words: start..at,
    })
}

/// Whether a word may be a place: the one that everybody takes may be written small.
fn name(w: &Word) -> bool {
    (w.capital || w.is(&["london"])) && w.text.chars().all(char::is_alphabetic)
}

/// Counts of all dev questions that a constant answer is said to have right: their places, whose they are, and the words before.
pub fn counts(words: &[Word]) -> Vec<(Span, Span, Strategy)> {
    let mut out = Vec::new();
    for s in sentences(words) {
        for at in (0..s.len()).filter(|i| total(s, *i).is_some_and(|(_, t)| is_all(t))) {
            let Some(found) = strategy(s, at) else { continue };
            let behind = s[at..].iter().take_while(|w| !w.is(&[",", ";", ")"])).any(is_wrong);
            let first = found.words.start;
            if !behind && first < at {
                out.push((s[at].span, s[first].span.to(s[at - 1].span), found));
            }
        }
    }
    out
}

/// `always London: 25 hits, 5 %`: the count and its share.
pub fn find(s: &[Word], _memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    (0..s.len()).flat_map(|at| hits(s, at).unwrap_or_default()).collect()
}

fn hits(s: &[Word], at: usize) -> Option<Vec<(Range<usize>, Counted)>> {
    let count = s[at].count().filter(|n| *n >= 2.0 && !percent(s, at) && s[at].text.starts_with(|c: char| c.is_ascii_digit()))?;
    let found = strategy(s, at)?;
    let end = (at + 1..s.len()).find(|i| !(s[*i].is(RIGHT) || s[*i].is(&["answers", "names", "ones"]))).unwrap_or(s.len());
    let right = s[at + 1..end].iter().any(|w| w.is(RIGHT));
    let place = (end + 1..s.len()).find(|i| !s[*i].is(&["i.e", "that", "is", "=", "or", "so"]));
    let place = place.filter(|i| percent(s, *i) && is(s, end, &[",", "(", "="]) && s.get(i + 2).is_none_or(parts_clause));
    if !right || place.is_none() && !s.get(end).is_none_or(parts_clause) {
        return None;
    }
    let what = "answers for which the constant answer is counted in the data".to_string();
    let of = vec![found.hits()];
    let first = found.words.start;
    let said = Counted { value: count, slack: 0.5, bound: bound(s, at), of, certain: found.certain, what };
    let mut out = vec![(first..end, said)];
    if let Some(i) = place {
        let of = vec![Amount::Times(100.0, Box::new(over(found.hits(), items())))];
        let what = "the share of dev questions for which it is right, counted in the data".to_string();
        let value = s[i].value.map_or(0.0, |v| v.0);
        // Not the share of the count before it either.
        let own = in_percent(count);
        let of = if found.certain { of } else { vec![Amount::Given(count, vec![found.hits()], Box::new(own))] };
        out.push((end..i + 2, Counted { value, slack: s[i].slack(), bound: bound(s, i), of, certain: true, what }));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::words_of;
    use super::*;

    #[test]
    fn a_constant_answer_has_its_count() {
        for (text, sure) in [
            ("Saying Ulm each time gives 20/500 = 4 %", true),
            ("Always answering Ulm would be right for 20 of 500", true),
            ("Ulm for everyone: 20/500", true),
            ("London: 20/500", false),
        ] {
            let found = counts(&words_of(text));
            assert!(found.len() == 1 && found[0].2.certain == sure, "{text}");
        }
        for text in ["Our model says Ulm for 20 of 500", "Always Ulm is wrong for 480 of 500", "Ulm: 20/500", "Perceiver: 20/500"]
        {
            assert!(counts(&words_of(text)).is_empty(), "{text}");
        }
    }
}
