//! How often the constant answer is right: `saying London every time gives 25 right ones`, `with London 19 of 20 dev
//! answers would be false`, `on the training pairs it would be right 91 times`.
//!
//! The data say it. Every word of a clause is known, or the clause is left alone.

use std::ops::Range;

use super::figures::{ITEMS, Memory};
use super::shares::{bound, percent};
use super::words::Word;
use super::wrong::is_wrong;
use super::{Amount, Bound, Counted};

const KNOWN: &[&str] = &[
    "the",
    "a",
    "of",
    "in",
    "on",
    "for",
    "with",
    "and",
    "by",
    "or",
    "so",
    "then",
    "out",
    "all",
    "our",
    "from",
    "that",
    "this",
    "it",
    "it's",
    "we",
    "one",
    "you",
    "would",
    "will",
    "is",
    "are",
    "was",
    "were",
    "be",
    "get",
    "gets",
    "got",
    "gives",
    "give",
    "yields",
    "makes",
    "has",
    "have",
    "had",
    "answer",
    "answers",
    "answering",
    "saying",
    "say",
    "predicting",
    "guessing",
    "guess",
    "always",
    "every",
    "time",
    "everywhere",
    "constantly",
    "constant",
    "baseline",
    "ones",
    "times",
    "names",
    "name",
    "questions",
    "question",
    "people",
    "persons",
    "dev",
    "development",
    "set",
    "pairs",
    "examples",
    "cases",
    "only",
    "just",
    "exactly",
    "right",
    "correct",
    "correctly",
    "rightly",
    "hits",
    "alone",
    "about",
    "roughly",
    "around",
    "nearly",
    "almost",
    "to",
    "each",
    "i.e",
    "which",
    "strategy",
    "trick",
    "score",
    "scores",
    "training",
    "train",
    "also",
    "even",
    "simply",
    "hit",
    "birth",
    "places",
    "place",
    "true",
    "prior",
    "\"",
    "“",
    "”",
    "person",
];

/// Statements of a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    let cuts = |i: usize| {
        s[i].is(&[",", ";", ":", "(", ")", "but", "while", "whereas", "because", "="])
            || s[i].is(&["and"]) && s.get(i + 1).is_some_and(|w| w.is(&["it", "it's", "this", "that", "would"]))
    };
    let mut out: Vec<(Range<usize>, Counted)> = any(s).into_iter().collect();
    let (mut start, mut constant) = (0, None::<String>);
    let before = s.first().is_some_and(|w| memory.constant.is_some_and(|place| place < w.span.start));
    for end in (0..=s.len()).filter(|i| *i == s.len() || cuts(*i)) {
        let clause = &s[start..end];
        let named = place(clause);
        let pronoun = clause.iter().any(|w| w.is(&["it", "it's", "this", "that"]));
        // "… London, which is right for …", "this guess is right for …".
        let relative = clause.first().is_some_and(|w| w.is(&["which"])) && start > 1 && s[start - 2].is(&["london", "\"", "”"]);
        let noun =
            clause.windows(2).any(|w| w[0].is(&["this", "that", "the", "such"]) && w[1].is(&["guess", "answer", "strategy"]));
        if named.is_some() || relative || noun && (constant.is_some() || before) || constant.is_some() && pronoun {
            // What a pronoun stands for is not certain.
            let certain = named.is_some() || relative || noun;
            let who = named.as_ref().or(constant.as_ref()).map_or("london", String::as_str);
            out.extend(said(clause, who).map(|c| (start..end, Counted { certain, ..c })));
        }
        constant = named.or(constant);
        start = (end + 1).min(s.len());
    }
    out
}

/// `no constant answer gets above 5 %`, `a constant answer could reach 10 %`: the best of them is London.
fn any(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    const PLAIN: &[&str] = &[
        "a",
        "an",
        "no",
        "any",
        "constant",
        "fixed",
        "answer",
        "answers",
        "guess",
        "prediction",
        "single",
        "gets",
        "get",
        "reaches",
        "reach",
        "can",
        "could",
        "is",
        "right",
        "would",
        "has",
        "have",
        "scores",
        "score",
        "the",
        "dev",
        "set",
        "on",
        "of",
        "questions",
        "names",
        "at",
        "most",
        "least",
        "above",
        "over",
        "more",
        "than",
        "below",
        "under",
        "%",
        "percent",
        "accuracy",
        "best",
        "one",
        "even",
        "always",
        "same",
        "giving",
        "beat",
        "beats",
        "exceed",
        "exceeds",
        "stays",
        "correct",
        "in",
        "cases",
        "ever",
        "better",
        "cannot",
        "not",
    ];
    let at = (1..s.len()).find(|i| s[*i - 1].is(&["constant", "fixed"]) && s[*i].is(&["answer", "guess", "prediction"]))?;
    let start = s[..at].iter().rposition(super::words::parts_clause).map_or(0, |i| i + 1);
    let end = (at..s.len()).find(|i| super::words::parts_clause(&s[*i])).unwrap_or(s.len());
    let place = (at..end).find(|i| percent(s, *i))?;
    let clause = &s[start..end];
    let known = (start..end).all(|i| i == place || s[i].is(PLAIN) && (s[i].value.is_none() || s[i].is(&["one"])));
    let no = clause.first().is_some_and(|w| w.is(&["no"]));
    let some = clause.first().is_some_and(|w| w.is(&["a", "the", "any"]));
    let has = |list: &[&str]| s[at..place].iter().any(|w| w.is(list));
    let denied = has(&["not", "cannot"]);
    let above = has(&["above", "over", "exceed", "exceeds", "beat", "beats"]) || has(&["more", "better"]) && has(&["than"]);
    let most = has(&["most"]) || has(&["below", "under"]);
    let reach = has(&["reach", "reaches", "get", "gets"]);
    // Of one of them "gets 3 %" may be said.
    let bound = match (no, above, most, denied) {
        (true, true, false, false) | (false, true, false, true) => Bound::AtMost,
        (false, false, true, false) if some => Bound::AtMost,
        (false, true, false, false) if some => Bound::Above,
        (false, false, false, false) if some && reach && has(&["can", "could"]) => Bound::AtLeast,
        (false, false, false, true) | (true, false, false, false) if reach => Bound::Below,
        _ => return None,
    };
    let share = Amount::Over(Box::new(Amount::Fact("place dev london".into())), Box::new(Amount::Fact(ITEMS.into())));
    let of = vec![Amount::Times(100.0, Box::new(share))];
    let what = "the best constant answer, in percent".to_string();
    known
        .then(|| (start..end, Counted { value: s[place].value.map_or(0.0, |v| v.0), slack: 0.0, bound, of, certain: true, what }))
}

/// The place that a clause names: its one word with a capital that is no other word, in quotes or beside a word of always
/// answering the same, where it is not the one that everybody takes.
fn place(clause: &[Word]) -> Option<String> {
    const ALWAYS: &[&str] = &["always", "saying", "answering", "predicting", "guessing", "constant", "constantly", "everywhere"];
    let quoted = |i: usize| i > 0 && clause[i - 1].is(&["\"", "“"]);
    let said = |i: usize| clause[i].is(&["london"]) || quoted(i) || clause.iter().any(|w| w.is(ALWAYS));
    let name = |w: &Word| {
        (w.capital || w.is(&["london"])) && !w.is(KNOWN) && w.text.chars().count() > 2 && w.text.chars().all(char::is_alphabetic)
    };
    let mut all = (0..clause.len()).filter(|i| name(&clause[*i]));
    all.next().filter(|i| all.next().is_none() && said(*i)).map(|i| clause[i].text.clone())
}

fn said(clause: &[Word], name: &str) -> Option<Counted> {
    // "one of 25 cases"
    let one_of =
        |i: usize| clause.get(i + 1).is_some_and(|w| w.is(&["of", "in"])) && clause.get(i + 2).is_some_and(|w| w.value.is_some());
    let numbers: Vec<usize> =
        (0..clause.len()).filter(|i| clause[*i].value.is_some() && (!clause[*i].is(&["one"]) || one_of(*i))).collect();
    let right = clause.iter().any(|w| w.is(&["right", "correct", "correctly", "rightly", "hits"]));
    let wrong = clause.iter().any(is_wrong);
    let part = (0..clause.len()).find_map(|i| super::fractions::fraction(clause, i)).filter(|_| numbers.is_empty());
    let plain = |i: usize| {
        clause[i].is(KNOWN)
            || part.as_ref().is_some_and(|p| p.2.contains(&i))
            || clause[i].is(&["such"])
            || clause[i].is(&[name])
            || is_wrong(&clause[i])
            || numbers.contains(&i)
    };
    if right == wrong || !(0..clause.len()).all(plain) || numbers.iter().any(|i| percent(clause, *i)) {
        return None;
    }
    let train = clause.iter().any(|w| w.is(&["training", "train"]));
    let dev = clause.iter().any(|w| w.is(&["dev", "development"]));
    let size = || Amount::Fact(if train { "size train".into() } else { ITEMS.into() });
    let hits = Amount::Fact(format!("place {} {name}", if train { "train" } else { "dev" }));
    let count = if wrong { Amount::Less(Box::new(size()), Box::new(hits)) } else { hits };
    let share = |c: Amount| Amount::Over(Box::new(c), Box::new(size()));
    let what = "answers for which the constant answer is counted in the data".to_string();
    let n = |i: usize| clause[i].count();
    match numbers.as_slice() {
        _ if train && dev => None,
        [] => part.map(|(value, bound, _)| super::fractions::said(value, bound, vec![share(count)], what)),
        [at] => {
            // "right ones", "right answers", "times", "names" say what is counted.
            let value = n(*at).filter(|v| *v >= 2.0)?;
            Some(Counted { value, slack: 0.5, bound: bound(clause, *at), of: vec![count], certain: true, what })
        }
        [at, of] => {
            let linked = clause[at + 1..*of].iter().all(|w| w.is(&["of", "in", "out", "the", "all", "our", "from", "times"]))
                && *of > at + 1;
            let (value, whole) = (n(*at)?, n(*of)?);
            // "On the 2000 training pairs … 91 times": the set with its size first.
            let sized = (whole_set(train) - value).abs() < 0.5 && clause[*of + 1..].iter().any(|w| w.is(&["times"]));
            if sized && !linked {
                let bound = bound(clause, *of);
                return Some(Counted { value: whole, slack: 0.5, bound, of: vec![count], certain: true, what });
            }
            if !linked || whole < 2.0 || value > whole {
                return None;
            }
            let bound = match bound(clause, *at) {
                Bound::Exactly if whole < 20.0 => Bound::About,
                b => b,
            };
            if (value - 1.0).abs() < 1e-9 {
                return Some(super::fractions::said(1.0 / whole, bound, vec![share(count)], what));
            }
            // "wrong 9 times out of 10": a large share is rounded by how much it lacks.
            if bound == Bound::About && 2.0 * value > whole {
                let slack = crate::tolerance::COMPARISON_ABOUT * (1.0 - value / whole);
                let bound = Bound::Exactly;
                return Some(Counted { value: value / whole, slack, bound, of: vec![share(count)], certain: false, what });
            }
            Some(Counted { value: value / whole, slack: 0.0, bound, of: vec![share(count)], certain: true, what })
        }
        _ => None,
    }
}

/// How many there are in a set.
pub(super) fn whole_set(train: bool) -> f64 {
    if train { 2000.0 } else { 500.0 }
}

#[cfg(test)]
mod tests {
    use super::super::figures::Who;
    use super::super::tests_support::words_of;
    use super::*;

    fn said(text: &str) -> Vec<(f64, String)> {
        let words = words_of(text);
        let memory = Memory::read(&words, Some(Who::Alone));
        let all = super::super::words::sentences(&words).flat_map(|s| find(s, &memory));
        all.map(|(_, c)| (c.value, format!("{:?}", c.of))).collect()
    }

    #[test]
    fn how_often_a_constant_answer_is_right() {
        for (text, value, of) in [
            ("Saying London every time gives 30 right ones.", 30.0, "place dev london"),
            ("On the 2000 training pairs London would be right 80 times.", 80.0, "place train london"),
            ("On the training pairs London would be right 80 times.", 80.0, "place train london"),
            ("With London 9 of 10 dev answers would be false.", 0.9, "Less"),
            ("London is the commonest town, and it's right for 1 in 10 dev names.", 0.1, "place dev london"),
        ] {
            let found = said(text);
            let same = found.len() == 1 && (found[0].0 - value).abs() < 1e-9 && found[0].1.contains(of);
            assert!(same, "{text}: {found:?}");
        }
        for text in [
            "London has 9 million people.",
            "Saying London every time gives 3 % right ones.",
            "The model says London for 30 names and is right with 4.",
            "It is right 30 times.",
        ] {
            assert!(said(text).is_empty(), "{text}: {:?}", said(text));
        }
    }
}
