//! Facts of the course's data in clauses that are read whole: how often a place is the answer, which is the most
//! frequent, how many names of one file stand in another.
//!
//! A clause becomes roles (a number, a file, a place, "different", "found") in which every word has a part or is
//! known to add nothing; a clause with any other word is not read. What the roles say together is decided in
//! `frames`, for any order of them.

mod aside;
mod context;
mod frames;
mod places;
mod roles;
mod sizes;
mod vocabulary;

use std::ops::Range;

use super::words::Word;
use super::{Counted, unsure};
use context::Context;
use roles::Clause;

/// Facts that a part states: ranges of its words, and what they say.
pub fn find(words: &[Word]) -> Vec<(Range<usize>, Counted)> {
    let mut found = aside::find(words);
    let mut context = Context::default();
    let mut start = 0;
    for end in (0..=words.len()).filter(|i| words.get(*i).is_none_or(|w| w.text == ".")) {
        context.sentence();
        let pieces = pieces(words, start..end);
        for piece in pieces {
            let open = piece[0].start.checked_sub(1).filter(|i| *i > start && words[*i].is(&[":", "(", "="]));
            context.headed = open.and_then(|i| context::set(words, i - 1, i)).map(|f| f.0);
            context.read = open.is_some_and(|i| words[i].is(&[":"])) && context.here == [context::Set::Wiki];
            found.extend(clauses(words, &piece, &mut context));
        }
        start = end + 1;
    }
    found
}

/// Words and marks that end a clause for certain.
fn hard(w: &Word) -> bool {
    w.is(&[
        ";",
        ":",
        "(",
        ")",
        "|",
        "=",
        "→",
        "—",
        "–",
        "•",
        "but",
        "whereas",
        "while",
        "so",
        "because",
        "since",
        "hence",
        "therefore",
        "thus",
        "although",
        "though",
        "i.e",
        "namely",
    ])
}

/// Parts of a sentence between hard ends, each a list of the stretches between its commas and `and`.
fn pieces(words: &[Word], sentence: Range<usize>) -> Vec<Vec<Range<usize>>> {
    let mut out: Vec<Vec<Range<usize>>> = vec![Vec::new()];
    let mut from = sentence.start;
    for i in sentence.clone().chain([sentence.end]) {
        let aside = i < sentence.end && aside(words, i, &sentence);
        let ends = i == sentence.end || hard(&words[i]) && !aside || reason(words, i, sentence.end);
        if !(ends || aside || words[i].is(&[",", "and", "which"])) {
            continue;
        }
        if from < i {
            out.last_mut().into_iter().for_each(|piece| piece.push(from..i));
        }
        // "which" refers to what was named before and belongs to its own clause.
        from = if i < sentence.end && words[i].is(&["which"]) { i } else { i + 1 };
        if ends {
            out.push(Vec::new());
        }
    }
    out.retain(|p| !p.is_empty());
    out
}

/// "… as London makes up 91 rows": a reason with a clause of its own.
fn reason(words: &[Word], i: usize, end: usize) -> bool {
    let verb = |w: &Word| w.is(vocabulary::IS) || w.is(vocabulary::FOUND);
    words[i].is(&["as"]) && i + 2 < end && words[i + 1].capital && verb(&words[i + 2])
}

/// A bracket around a number alone, which belongs to what it stands behind: `(12 hits, 2.4 %)`.
fn aside(words: &[Word], i: usize, sentence: &Range<usize>) -> bool {
    const LONGEST: usize = 8;
    let (open, close) = match words[i].text.as_str() {
        "(" => (i, (i + 1..sentence.end.min(i + LONGEST)).find(|j| words[*j].is(&[")"]))),
        ")" => match (sentence.start.max(i.saturating_sub(LONGEST))..i).rev().find(|j| words[*j].is(&["("])) {
            Some(open) => (open, Some(i)),
            None => return false,
        },
        _ => return false,
    };
    let Some(close) = close else { return false };
    let plain = |w: &Word| {
        w.value.is_some()
            || w.is(&[
                "hits", "hit", "times", "rows", "pairs", "people", "answers", "%", "percent", ",", "of", "right", "correct",
            ])
    };
    words[open + 1..close].iter().all(plain) && words[open + 1..close].iter().any(|w| w.value.is_some())
}

/// The longest runs of stretches that can be read, from the left.
fn clauses(words: &[Word], piece: &[Range<usize>], context: &mut Context) -> Vec<(Range<usize>, Counted)> {
    const STRETCHES_MAX: usize = 7;
    let mut out = Vec::new();
    let (mut at, mut known) = (0, false);
    while at < piece.len() {
        let most = piece.len().min(at + STRETCHES_MAX);
        let read = (at + 1..=most).rev().find_map(|end| {
            let range = piece[at].start..piece[end - 1].end;
            // A piece of a list is not what the sentence says of all of it.
            let listed = |i: usize| bare(&words[piece[i].clone()]);
            if at > 0 && !known && listed(at - 1) || end < piece.len() && listed(end) {
                return None;
            }
            // "The pairs, in which …": the pronoun stands for what this clause names.
            let relative = (at + 1..end).find(|k| words[piece[*k].start].is(&["which", "where"]));
            let mut own = context.clone();
            if let Some(k) = relative {
                own.note(words, piece[at].start..piece[k].start);
            }
            let clause = Clause::read(words, range.clone(), &own)?;
            let said = frames::said(&clause, &own);
            (!said.is_empty()).then_some((end, range, said, clause))
        });
        let end = read.as_ref().map_or(at + 1, |r| r.0);
        let range = piece[at].start..piece[end - 1].end;
        context.note(words, range.clone());
        known = read.is_some();
        if let Some((_, _, said, clause)) = read.filter(|_| !supposed(words, &range)) {
            context.settle(&clause);
            out.extend(said);
        }
        at = end;
    }
    out
}

/// A few words without a number or a verb, as members of a list are.
fn bare(words: &[Word]) -> bool {
    let verb = |w: &Word| w.is(&["is", "are", "has", "have", "was", "were", "which", "there", "in", "so"]);
    words.len() <= 4 && !words.iter().any(|w| w.value.is_some() || verb(w))
}

/// "If London were the answer of 100 pairs": said of no data.
fn supposed(words: &[Word], range: &Range<usize>) -> bool {
    let sentence = words[..range.start].iter().rposition(|w| w.text == ".").map_or(0, |i| i + 1);
    let not_all =
        words[sentence..range.end].windows(2).any(|w| w[0].is(&["not"]) && w[1].is(&["all", "every", "each", "everyone"]));
    not_all
        || words[sentence..range.end]
            .iter()
            .any(|w| w.is(&["if", "suppose", "assume", "imagine", "hypothetically", "maybe", "perhaps"]))
        || unsure(&words[range.clone()]) && !words[range.clone()].iter().any(|w| w.is(&["not", "never", "would"]))
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::words_of;
    use super::*;

    fn said(text: &str) -> Vec<(f64, bool, String)> {
        find(&words_of(text)).into_iter().map(|(_, c)| (c.value, c.certain, format!("{:?}", c.of))).collect()
    }

    fn one(text: &str) -> (f64, bool, String) {
        let found = said(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found[0].clone()
    }

    #[test]
    fn a_place_is_counted_in_the_file_that_is_meant() {
        for text in [
            "In birth_places_train.tsv Ulm is the answer of 91 pairs",
            "91 of the training pairs have Ulm as their answer",
            "The training file has 91 pairs with the answer Ulm",
            "Ulm occurs 91 times among the training answers",
            "there are 91 Ulm answers in the training set",
            "91 training people were born in Ulm",
        ] {
            let (value, certain, of) = one(text);
            assert!((value - 91.0).abs() < 1e-9 && certain && of.contains("place train ulm"), "{text}: {of}");
        }
        let (_, certain, of) = one("Ulm is the answer of 91 pairs");
        assert!(!certain && of.contains("place dev ulm") && of.contains("place train ulm"));
        let (_, certain, of) = one("Ulm for everybody would have 12 hits");
        assert!(certain && of.contains("place dev ulm"));
        // A list that is not read whole is not read in pieces.
        assert!(said("Frankly Ulm, Bonn and Rome are the answer in 200 of the 2000 training pairs on the web").is_empty());
        let (value, _, of) = one("Ulm, Bonn and Rome are the answer in 200 of the 2000 training pairs");
        assert!((value - 200.0).abs() < 1e-9 && of.contains("Sum"), "{of}");
        for text in ["The model says Ulm 12 times", "Ulm has 12 churches", "91 pairs of shoes are from Ulm in train"] {
            assert!(said(text).is_empty(), "{text}: {:?}", said(text));
        }
    }

    #[test]
    fn ranks_are_of_the_file_named_there_or_before() {
        let (value, certain, of) = one("the prior of the training answers. The most frequent one there is Ulm");
        assert!((value - 1.0).abs() < 1e-9 && certain && of.contains("\"train\", \"ulm\""), "{of}");
        assert!((one("In dev the second most common place is Ulm").0 - 2.0).abs() < 1e-9);
        assert_eq!(said("The top three training answers are Ulm, Bonn and Rome").len(), 3);
        let (_, certain, of) = one("Ulm is the most frequent answer");
        assert!(!certain && of.contains("dev") && of.contains("train"));
    }

    #[test]
    fn names_and_places_of_one_file_are_found_in_another() {
        for (text, key) in [
            ("479 of the 500 dev people have a line there with their name and the right place", "together dev wiki"),
            ("every dev place also shows up as an answer in the training pairs", "answers dev train"),
            ("no name of birth_dev.tsv occurs among the training names", "names dev train"),
            ("All 437 test names stand in wiki.txt too", "names test wiki"),
            ("the training pairs share one name with the dev set", "names train dev"),
            ("the dev and the training names are disjoint", "names dev train"),
        ] {
            let all = format!("{:?}", said(&format!("In wiki.txt we looked. {text}")));
            assert!(all.contains(key), "{text}: {all}");
        }
    }
}
