//! Comparisons of what a part reports: `16 more hits than`, `36 % as many`, `four times the accuracy of`, `above 6 %`.

use std::ops::Range;

use super::amounts::{less, over, question};
use super::figures::{Figure, Memory, Who, named};
use super::shares::{bound, percent, unsure};
use super::words::{Word, parts_clause};
use super::wrong::is_wrong;
use super::{Amount, Bound, Counted};

const MORE: &[&str] = &["more", "better", "higher", "above", "additional", "ahead", "over"];
const LESS: &[&str] = &["fewer", "less", "worse", "lower", "below", "behind", "under"];
const NOUN: &[&str] = &[
    "people",
    "persons",
    "hits",
    "answers",
    "names",
    "questions",
    "right",
    "correct",
    "dev",
    "points",
    "point",
    "percentage",
    "%",
    "percent",
    "of",
    "them",
    "places",
    "birth",
];
/// Things that are no right answers: a number of them compares something else.
const OTHER: &[&str] = &[
    "parameters",
    "steps",
    "epochs",
    "layers",
    "heads",
    "lines",
    "characters",
    "memory",
    "time",
    "hours",
    "minutes",
    "operations",
    "faster",
    "slower",
    "cheaper",
    "longer",
    "seconds",
    "data",
    "tokens",
    "train",
    "training",
    "wiki",
    "loss",
];

/// Answers that are not right: who makes more of them has fewer right ones.
const MISTAKES: &[&str] = &["mistakes", "errors", "mistake", "error"];

/// What a number compares by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    /// A difference of counts.
    Count,
    /// A difference in percentage points.
    Points,
    /// A quotient.
    Times,
    /// A quotient in percent.
    Part,
}

/// Comparisons of a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    if s.iter().any(|w| w.is(&["if", "suppose", "assume"])) {
        return Vec::new();
    }
    let found = (0..s.len()).filter_map(|i| compared(s, i, memory).or_else(|| threshold(s, i, memory)));
    let clear = |said: &(Range<usize>, Counted)| {
        let around = clause(s, said.0.start, said.0.start);
        // Mistakes that are not what is compared.
        let elsewhere = |k: usize| is_wrong(&s[k]) && !(s[k].is(MISTAKES) && said.0.contains(&k));
        !unsure(&s[around.clone()]) && !around.clone().any(elsewhere)
    };
    found.filter(clear).collect()
}

/// The clause from before `at` to where it ends behind `end`.
fn clause(s: &[Word], at: usize, end: usize) -> Range<usize> {
    let from = s[..at].iter().rposition(parts_clause).map_or(0, |i| i + 1);
    from..(end..s.len()).find(|i| parts_clause(&s[*i])).unwrap_or(s.len())
}

/// Whether a comparison that ends at `end` counts mistakes, and its end with that word: `20 mistakes fewer`, `20 fewer
/// mistakes`.
fn of_mistakes(s: &[Word], at: usize, end: usize) -> (bool, usize) {
    if s[at..end.min(s.len())].iter().any(|w| w.is(MISTAKES)) {
        return (true, end);
    }
    let next = s.get(end).is_some_and(|w| w.is(MISTAKES));
    (next, end + usize::from(next))
}

/// A number with the words that make it a comparison: by what, upwards or not, and their end.
fn measure(s: &[Word], at: usize) -> Option<(f64, Measure, bool, usize)> {
    let word = |i: usize, list: &[&str]| s.get(i).is_some_and(|w| w.is(list));
    if word(at, &["twice", "double", "thrice"]) && (word(at + 1, &["as", "the"])) {
        let value = if s[at].is(&["thrice"]) { 3.0 } else { 2.0 };
        return Some((value, Measure::Times, true, at + 3));
    }
    if word(at, &["half", "third", "quarter"]) && word(at + 1, &["as"]) {
        let value = [("half", 0.5), ("third", 1.0 / 3.0)].iter().find(|(n, _)| s[at].is(&[n])).map_or(0.25, |x| x.1);
        return Some((value, Measure::Times, true, at + 3));
    }
    let (value, _) = s[at].value?;
    if word(at + 1, &["times"]) && (word(at + 2, &["as", "the", "so"]) || word(at + 2, MORE)) {
        return Some((value, Measure::Times, true, at + 4));
    }
    let unit = if percent(s, at) { at + 2 } else { at + 1 };
    if percent(s, at) && word(unit, &["as"]) && word(unit + 1, &["many", "good", "much", "high", "often"]) {
        return Some((value, Measure::Part, true, unit + 3));
    }
    let way = (at + 1..(at + 6).min(s.len())).find(|i| !s[*i].is(NOUN) && !s[*i].is(MISTAKES))?;
    let up = s[way].is(MORE);
    if !(up || s[way].is(LESS)) {
        return None;
    }
    let points = s[at + 1..way].iter().any(|w| w.is(&["points", "point"]));
    let percents = percent(s, at);
    match (points, percents) {
        (true, _) => Some((value, Measure::Points, up, way + 1)),
        (false, true) => None,
        (false, false) => s[at].count().map(|c| (c, Measure::Count, up, way + 1)),
    }
}

fn compared(s: &[Word], at: usize, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let (value, measure, up, end) = measure(s, at)?;
    let (mistakes, end) = of_mistakes(s, at, end);
    let (up, end) = (up != mistakes, end.min(s.len()));
    if mistakes && measure != Measure::Count {
        return None;
    }
    // "we'd need 12 more": who needs more has fewer.
    if s[clause(s, at, end)].iter().any(needs) {
        return None;
    }
    if s[at..(end + 2).min(s.len())].iter().any(|w| w.is(OTHER)) {
        return None;
    }
    // "7 people more" with no object compares with what was said before.
    let clause_end = (end..s.len()).find(|i| parts_clause(&s[*i]) && !s[*i].is(&["(", ")"])).unwrap_or(s.len());
    let than =
        (end.saturating_sub(1)..clause_end).find(|i| s[*i].is(&["than", "as", "of", "to", "over", "saying"])).unwrap_or(end);
    let tail = &s[than.min(clause_end)..clause_end];
    let ours = tail.iter().any(|w| w.is(&["us", "ours", "our", "we"]));
    let object = named(tail).or_else(|| memory.own.filter(|_| ours));
    let head = &s[..at];
    let compared_with = head.iter().position(|w| w.is(&["compared", "comparison", "against", "relative"]));
    let (subject, object) = match compared_with {
        Some(i) if object.is_none() => (None, named(&head[i..])),
        _ => (named(head).filter(|w| Some(*w) != object), object),
    };
    let alone = object.is_none();
    // "The perceiver gives 77 fewer right answers": than the only other one.
    let fewer = memory.own.filter(|own| subject == Some(*own) && alone && matches!(measure, Measure::Count | Measure::Points));
    let object = object.or_else(|| fewer.and_then(|own| memory.other(own)));
    let (subject, object) = turned(head, subject, object, memory);
    let own = speaks_of_own(s, head, memory).filter(|own| object.is_some_and(|o| o != *own));
    let subject = own.or(subject);
    let named_subject = subject.is_some();
    let subject = subject.or_else(|| memory.own.filter(|w| Some(*w) != object));
    let others = |not: Option<Who>| -> Vec<Amount> {
        memory.figures.iter().filter(|f: &&Figure| f.who != not).map(|f| f.share.clone()).collect()
    };
    let subjects = subject.map_or_else(|| others(object), |w| memory.of(w));
    let objects = object.map_or_else(|| others(subject), |w| memory.of(w));
    let of: Vec<Amount> = subjects.iter().flat_map(|a| objects.iter().map(move |b| amount(measure, up, a, b))).collect();
    let clear = object.is_some() && subject.is_some() && (named_subject || memory.figures.len() <= 2);
    // "London: 25 of 500, that is three times as much": which of the two the pronoun stands for is not certain.
    let pronoun = refers(head);
    // Whatever a pronoun stands for, of two accuracies the larger one is above the other, and its multiple.
    let sized = matches!(measure, Measure::Points | Measure::Count) || measure == Measure::Times && value > 1.0;
    let two = sized && memory.figures.len() == 2 && pronoun && alone;
    let of = if two { vec![of_the_larger(measure, memory)?] } else { of };
    // What it is compared with is named: whatever the pronoun stands for is one of the others that the part reports.
    let others_known = object.is_some() && pronoun && named(head).is_none() && memory.figures.iter().all(|f| f.who.is_some());
    let of = if others_known { from_any(measure, up, object, memory).unwrap_or(of) } else { of };
    let certain =
        clear && (own.is_some() || !pronoun) || two || others_known && matches!(measure, Measure::Count | Measure::Points);
    let slack = if measure == Measure::Count {
        0.5
    } else if s[at].value.is_some() {
        s[at].slack()
    } else {
        0.05
    };
    let what = match measure {
        Measure::Count => "right answers between the two",
        Measure::Points => "percentage points between the two",
        Measure::Times => "the quotient of the two",
        Measure::Part => "the quotient of the two, in percent",
    };
    // "82 right answers less = 16.4 points less": what is set equal is another comparison.
    let equal = (end..clause_end).find(|i| s[*i].is(&["=", "≈", "→"]));
    let clause_end = equal.unwrap_or(clause_end);
    let last = if object.is_some() { clause_end.max(end) } else { end };
    // "a bit more than three times" is about three times.
    let little = at >= 3 && s[at - 1].is(&["than"]) && s[at - 3].is(&["bit", "little", "slightly", "somewhat", "just"]);
    let bound = if little { Bound::About } else { bound(s, at) };
    (!of.is_empty()).then(|| (at..last, Counted { value, slack, bound, of, certain, what: what.into() }))
}

/// Words that turn the direction of "more": what is needed is not there.
pub fn needs(w: &Word) -> bool {
    const STEMS: &[&str] = &["need", "lack", "miss", "requir"];
    STEMS.iter().any(|stem| w.text.starts_with(stem))
        || w.is(&[
            "take", "takes", "took", "short", "until", "till", "reach", "match", "catch", "tie", "equal", "become", "want",
            "must",
        ])
}

/// Whether what a number says is said of a pronoun; "this is 3 points more and 17 mistakes fewer" says both of it.
fn refers(head: &[Word]) -> bool {
    let listed = head.last().is_some_and(|w| w.is(&["and"])).then(|| &head[..head.len() - 1]);
    let clause = |s: &[Word]| s.iter().rev().take_while(|w| !parts_clause(w)).any(|w| w.is(&["that", "this", "it", "which"]));
    clause(head) || listed.is_some_and(clause)
}

/// `That's half of the vanilla one and 6 answers more than …`: the question's own model, where its accuracy was the last one
/// before the sentence and whoever the sentence names is only compared with.
fn speaks_of_own(s: &[Word], head: &[Word], memory: &Memory) -> Option<Who> {
    let own = memory.own?;
    let opens = head.first().is_some_and(|w| w.is(&["that's", "that", "this", "it", "these", "it's"]));
    let compares = head.iter().position(|w| w.is(&["of", "than", "as"])).unwrap_or(head.len());
    let start = s.first()?.span.start;
    let last = memory.said.iter().rev().find(|(at, f, _)| *at < start && f.who.is_some())?;
    (opens && named(&head[..compares]).is_none() && last.1.who == Some(own)).then_some(own)
}

/// What each of the others that the part reports gives, compared with one.
fn from_any(measure: Measure, up: bool, object: Option<Who>, memory: &Memory) -> Option<Vec<Amount>> {
    let objects = memory.of(object?);
    let all = memory.figures.iter().filter(|f| f.who != object);
    let of: Vec<Amount> =
        all.flat_map(|f| objects.iter().map(|b| amount(measure, up, &f.share, b)).collect::<Vec<_>>()).collect();
    (!of.is_empty()).then_some(of)
}

/// How the larger of a part's two accuracies compares with the other.
fn of_the_larger(measure: Measure, memory: &Memory) -> Option<Amount> {
    let [a, b] = memory.figures.as_slice() else { return None };
    let (a, b) = if a.value() > b.value() { (a, b) } else { (b, a) };
    Some(amount(measure, true, &a.share, &b.share))
}

/// "Part (d) had 9 right, so that's 106 more": what an earlier clause names is compared with, where "that" is the
/// question's own model.
fn turned(head: &[Word], subject: Option<Who>, object: Option<Who>, memory: &Memory) -> (Option<Who>, Option<Who>) {
    let clause = &head[head.iter().rposition(parts_clause).map_or(0, |i| i + 1)..];
    let relative = head.len() > clause.len() && head[head.len() - clause.len() - 1].is(&["which"]);
    // "In (d) it was 1.8 %, so the accuracy became 13 times as high, or 21.6 points higher."
    let goes_on = !clause.is_empty()
        && clause
            .iter()
            .all(|w| w.is(&["the", "accuracy", "score", "result", "became", "is", "now", "or", "so", "became", "i.e"]))
        && head.iter().any(|w| w.is(&["was", "were", "had"]));
    let pronoun = goes_on || clause.iter().any(|w| w.is(&["that's", "that", "it", "we", "these", "this", "ours"]));
    match (subject, memory.own) {
        (Some(who), Some(own)) if object.is_none() && pronoun && !relative && own != who && named(clause).is_none() => {
            (Some(own), Some(who))
        }
        _ => (subject, object),
    }
}

fn amount(measure: Measure, up: bool, a: &Amount, b: &Amount) -> Amount {
    let (a, b) = if up { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) };
    match measure {
        Measure::Times => over(a, b),
        Measure::Part => Amount::Times(100.0, Box::new(over(a, b))),
        Measure::Points => Amount::Times(100.0, Box::new(less(a, b))),
        Measure::Count => over(less(a, b), question()),
    }
}

/// `It is above 6 %`: the model that the sentence names, or the question's own.
fn threshold(s: &[Word], at: usize, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let bound = bound(s, at);
    let subject = named(&s[..at]);
    let short = subject.is_some() || s[..at].iter().take(3).any(|w| w.is(&["it", "this", "that", "we"]));
    let plain = matches!(bound, Bound::Above | Bound::Below) && percent(s, at) && short && at <= 8;
    let verb = s[..at].iter().any(|w| w.is(&["is", "are", "lies", "was", "stays", "got", "reaches", "have", "exceeds", "has"]));
    if !(plain && verb) || s[..at].iter().any(|w| w.value.is_some() || w.is(&["hidden", "test", "answers", "people"])) {
        return None;
    }
    let of: Vec<Amount> = memory.of(subject.or(memory.own)?).into_iter().map(|a| Amount::Times(100.0, Box::new(a))).collect();
    let certain = of.len() == 1;
    let (value, _) = s[at].value?;
    (!of.is_empty())
        .then(|| (0..at + 2, Counted { value, slack: 0.0, bound, of, certain, what: "the accuracy, in percent".into() }))
}
