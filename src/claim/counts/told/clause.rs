//! A clause about answers with the part of each of its words.

use std::ops::Range;

use super::super::figures::{Memory, named};
use super::super::fractions::fraction;
use super::super::shares::{bound, percent, total};
use super::super::words::Word;
use super::super::wrong::is_wrong;
use super::super::{Amount, Bound};

/// Words that add nothing to what is said of answers.
const PLAIN: &[&str] = &[
    "the",
    "a",
    "an",
    "of",
    "our",
    "all",
    "dev",
    "development",
    "questions",
    "question",
    "answers",
    "answer",
    "names",
    "people",
    "persons",
    "birth",
    "places",
    "predictions",
    "prediction",
    "is",
    "are",
    "were",
    "was",
    "be",
    "so",
    "we",
    "it",
    "it's",
    "it’s",
    "model",
    "network",
    "net",
    "this",
    "that",
    "these",
    "those",
    "now",
    "then",
    "get",
    "gets",
    "got",
    "for",
    "in",
    "on",
    "set",
    "only",
    "still",
    "thus",
    "hence",
    "means",
    "which",
    "has",
    "have",
    "had",
    "its",
    "them",
    "cases",
    "case",
    "to",
    "too",
    "also",
    "and",
    "as",
    "one",
    "ones",
    "us",
    "ours",
    "me",
    "my",
    "their",
    "perceiver",
    "vanilla",
    "pretrained",
    "unpretrained",
    "finetuned",
    "pretraining",
    "without",
    "with",
    "after",
    "transformer",
    "variant",
    "baseline",
    "constant",
    "always",
    "london",
    "everybody",
    "everyone",
    "part",
    "there",
    "here",
    "at",
    "by",
    "than",
    "therefore",
    "however",
    "just",
    "even",
    "result",
    "score",
    "accuracy",
    "hits",
    "hit",
    "itself",
    "who",
    "d",
    "f",
    "already",
    "others",
    "rest",
    "remaining",
    "other",
    "whole",
    "saying",
    "answering",
    "strategy",
    "guess",
    "file",
    "examples",
    "test-free",
    "out",
    "right",
    "correct",
    "correctly",
    "rightly",
    "course",
    "he",
    "she",
    "someone",
    "system",
    "given",
    "any",
    "single",
    "random",
    "altogether",
    "exactly",
    "precisely",
    "\"",
    "“",
    "”",
    "'",
    "—",
    "–",
    "does",
    "do",
    "times",
    "time",
    "every",
    "each",
    "city",
    "best",
    "i.e",
    "namely",
];
/// Words of bounds, before numbers.
pub const BOUNDS: &[&str] = &[
    "about",
    "around",
    "roughly",
    "approximately",
    "approx",
    "nearly",
    "almost",
    "ca",
    "circa",
    "≈",
    "~",
    "more",
    "less",
    "over",
    "above",
    "below",
    "under",
    "least",
    "most",
    "than",
    "fewer",
    "bit",
    "little",
    "slightly",
    "somewhat",
];

/// Whether a word says that an answer is right.
pub fn is_right(w: &Word) -> bool {
    w.is(&["right", "correct", "correctly", "rightly"])
}

/// Whether a word adds nothing to what is said of answers.
pub fn plain(w: &Word) -> bool {
    w.is(PLAIN) || w.comments()
}

/// Whether a word ends a clause.
pub fn cuts(w: &Word) -> bool {
    w.is(&[
        ",", ";", ":", "(", ")", "|", "but", "while", "whereas", "because", "=", "→", "so", "thus", "hence", "or", "where",
        "since",
    ])
}

/// Clauses of a sentence; an `and` parts where what follows it has a number or a verb of its own.
pub fn clauses(s: &[Word]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    for i in 0..=s.len() {
        let and = || {
            let verb = |w: &Word| w.is(&["is", "are", "was", "were", "has"]);
            s[i].is(&["and"]) && (s[i + 1..].iter().take_while(|w| !cuts(w)).any(verb) || opposed(s, i))
        };
        if i == s.len() || cuts(&s[i]) || and() {
            if from < i {
                out.push(from..i);
            }
            from = i + 1;
        }
    }
    out
}

/// "right in 24 % of cases and wrong in 76 %": both sides of the `and` have their share and what it is of.
fn opposed(s: &[Word], and: usize) -> bool {
    let start = s[..and].iter().rposition(cuts).map_or(0, |i| i + 1);
    let end = s[and..].iter().position(cuts).map_or(s.len(), |i| and + i);
    let shared = |r: Range<usize>| r.clone().filter(|i| percent(s, *i)).count() == 1;
    let wrong =
        |r: Range<usize>| s[r.clone()].iter().any(is_wrong).then_some(true).xor(s[r].iter().any(is_right).then_some(false));
    let (a, b) = (start..and, and + 1..end);
    shared(a.clone()) && shared(b.clone()) && wrong(a).zip(wrong(b)).is_some_and(|(a, b)| a != b)
}

/// A clause without the accuracy that it names aside (`with 119 of 500 right`, `that has 115 of 500 right`), and that.
pub struct Clause<'a> {
    /// The sentence.
    pub s: &'a [Word],
    /// Places of its words, but for the aside.
    pub own: Vec<usize>,
    /// The accuracy of the aside.
    pub figure: Option<Amount>,
}

impl<'a> Clause<'a> {
    /// Reads a range of a sentence.
    pub fn read(s: &'a [Word], range: &Range<usize>) -> Clause<'a> {
        let plain = Clause { s, own: range.clone().collect(), figure: None };
        let opens = |i: usize| s[i].is(&["with", "at", "has", "having", "gets", "got", "had"]);
        let Some(open) = range.clone().find(|i| opens(*i)) else { return plain };
        let lead = |i: &usize| !s[*i].is(&["an", "a", "its", "our", "only"]);
        let mut at = (open + 1..s.len()).find(lead).unwrap_or(s.len());
        // "with an accuracy of 24 %"
        if s.get(at).is_some_and(|w| w.is(&["accuracy", "score"])) && s.get(at + 1).is_some_and(|w| w.is(&["of"])) {
            at += 2;
        }
        if at >= range.end || s[at].value.is_none() {
            return plain;
        }
        let (figure, end) = match total(s, at) {
            Some((end, of)) if end < range.end && of >= 20.0 => (Amount::Is(s[at].value.map_or(0.0, |v| v.0) / of, 0.0), end + 1),
            _ if percent(s, at) => (Amount::Is(s[at].value.map_or(0.0, |v| v.0) / 100.0, s[at].slack() / 100.0), at + 2),
            _ => return plain,
        };
        let mut end = end.min(range.end);
        let noun = |w: &Word| is_right(w) || w.is(&["accuracy", "questions", "answers", "names", "people", "dev", "hits"]);
        while end < range.end && noun(&s[end]) {
            end += 1;
        }
        // What is left has to say something.
        let own: Vec<usize> = range.clone().filter(|i| *i < open || *i >= end).collect();
        if own.iter().any(|i| s[*i].value.is_some() || s[*i].is(&["likely", "often", "misses", "reaches", "most"])) {
            return Clause { s, own, figure: Some(figure) };
        }
        plain
    }

    /// Whether all words but those at `taken` are known.
    pub fn whole(&self, taken: &[usize], more: &[&str]) -> bool {
        self.own.iter().all(|i| {
            let w = &self.s[*i];
            let possessive = w.text.strip_suffix("'s").or(w.text.strip_suffix("’s")).is_some_and(|w| PLAIN.contains(&w));
            taken.contains(i) || possessive || plain(w) || w.is(more) || w.is(BOUNDS) || is_wrong(w)
        })
    }

    /// The accuracies that it may speak of, and whether it can only be that.
    pub fn accuracies(&self, memory: &Memory) -> (Vec<Amount>, bool) {
        if let Some(figure) = &self.figure {
            return (vec![figure.clone()], true);
        }
        let words: Vec<Word> = self.own.iter().map(|i| self.s[*i].clone()).collect();
        let of = match named(&words).or(memory.own) {
            Some(who) => memory.of(who),
            None => memory.figures.iter().map(|f| f.share.clone()).collect(),
        };
        let certain = of.len() == 1;
        (of, certain)
    }
}

/// The bound of a number; a little more than it is about it.
pub fn bounded(s: &[Word], at: usize) -> Bound {
    let little = at >= 3 && s[at - 1].is(&["than"]) && s[at - 3].is(&["bit", "little", "slightly", "somewhat", "just"]);
    if little { Bound::About } else { bound(s, at) }
}

/// A share said in a clause: its value in percent, slack, bound and words.
pub fn share(s: &[Word], own: &[usize]) -> Option<(f64, f64, Bound, Vec<usize>)> {
    let mut found = None;
    let mut n = 0;
    while n < own.len() {
        let at = own[n];
        let inside = |r: &Range<usize>| r.clone().all(|i| own.contains(&i));
        let here = if percent(s, at) {
            Some((s[at].value?.0, s[at].slack(), bounded(s, at), at..at + 2))
        } else if let Some((v, b, r)) = fraction(s, at).or_else(|| of_them(s, at)) {
            Some((100.0 * v, 0.0, b, r))
        } else if s[at].is(&["most"]) && !(at > 0 && s[at - 1].is(&["at", "the"])) || s[at].is(&["majority"]) {
            Some((50.0, 0.0, Bound::Above, at..at + 1))
        } else {
            None
        };
        match here.filter(|h| inside(&h.3)) {
            Some(_) if found.is_some() => return None,
            Some(h) => {
                n += h.3.len();
                found = Some((h.0, h.1, h.2, h.3.collect()));
            }
            None => n += 1,
        }
    }
    found
}

/// `three of four answers`: with a noun of what is answered behind.
fn of_them(s: &[Word], at: usize) -> Option<(f64, Bound, Range<usize>)> {
    let small = |i: usize| s.get(i).and_then(Word::count).filter(|n| (1.0..=20.0).contains(n));
    let between = match s.get(at + 1)?.text.as_str() {
        "of" | "in" => 1,
        "out" if s.get(at + 2).is_some_and(|w| w.is(&["of"])) => 2,
        // "three answers in four are wrong"
        "answers" | "predictions" | "names" | "questions" | "people" if s.get(at + 2).is_some_and(|w| w.is(&["in", "of"])) => {
            let (n, of) = (small(at)?, small(at + 3)?);
            let verb = s.get(at + 4).is_some_and(|w| w.is(&["is", "are", "will", "would", "were"]) || cuts(w));
            let bound = if bounded(s, at) == Bound::Exactly { Bound::About } else { bounded(s, at) };
            return (verb && n < of).then_some((n / of, bound, at..at + 4));
        }
        _ => return None,
    };
    let (n, of) = (small(at)?, small(at + 1 + between)?);
    let noun = s
        .get(at + 2 + between)
        .is_some_and(|w| w.is(&["answers", "predictions", "questions", "people", "names", "times", "cases"]));
    let bound = if bounded(s, at) == Bound::Exactly { Bound::About } else { bounded(s, at) };
    (noun && n < of).then_some((n / of, bound, at..at + 2 + between))
}
