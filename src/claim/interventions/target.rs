//! Whose scores, keys and values are spoken of: "every score", "v_j", "some other value v_i", "the keys and values".

use super::kinds::{Thing, Who};
use super::words::Words;

const SCORES: &[&str] = &["scores", "logits", "products"];
const SCORE: &[&str] = &["score", "logit", "product"];
const KEYS: &[&str] = &["keys"];
const KEY: &[&str] = &["key"];
const VALUES: &[&str] = &["values", "contents"];
const VALUE: &[&str] = &["value"];
const PAIRS: &[&str] = &["pairs", "tokens", "positions", "entries"];
const PAIR: &[&str] = &["pair", "token", "position"];
const QUERY: &[&str] = &["q", "query"];

/// Words before a noun that tell nothing more of it.
const BEFORE: &[&str] = &[
    "the",
    "of",
    "attention",
    "raw",
    "dot",
    "inner",
    "scalar",
    "single",
    "individual",
    "vector",
    "vectors",
    "whole",
    "n",
    "key-value",
    "kv",
    "our",
    "its",
    "query-key",
    "these",
    "value-key",
    "input",
];

/// What a phrase names and which of them; where it ends.
pub(super) type Named = (usize, Thing, Who);

impl Words {
    /// What may be changed, or changes something.
    pub(super) fn target(&self, at: usize) -> Option<Named> {
        let at = self.skip(at, &["only", "just"]);
        let one = || self.gap(at).or_else(|| self.gaps(at)).or_else(|| self.symbol_target(at)).or_else(|| self.noun_target(at));
        self.pronoun(at).or_else(|| self.joined(at)).or_else(one)
    }

    /// "all of them": what was spoken of last.
    fn pronoun(&self, at: usize) -> Option<Named> {
        let end =
            self.row(at, &["all of them", "each of them", "all of these", "every one of them", "them all", "them", "they"])?;
        Some((end, self.antecedent?, Who::All))
    }

    /// The last of what a row of words speaks of that may be meant by "them".
    pub(super) fn last_spoken_of(&self, before: usize) -> Option<Thing> {
        (0..before.min(self.len())).rev().find_map(|i| match self.noun(i) {
            Some((_, Thing::Pairs)) => None,
            Some((true, thing)) => Some(thing),
            _ => None,
        })
    }

    /// "the keys and values", "key and value", "v_a and v_b", "the values of a and b".
    fn joined(&self, at: usize) -> Option<Named> {
        let (first, a, one) = self.symbol_target(at).or_else(|| self.noun_target(at))?;
        if !self.is(first, &["and", "with"]) {
            return self.of_two(first, a, &one);
        }
        let start = self.skip(first + 1, &["the", "their"]);
        let (end, b, other) = self.symbol_target(start).or_else(|| self.noun_target(start))?;
        match (one, other) {
            (Who::Letter(x), Who::Letter(y)) if a == b => Some((end, a, Who::Both(x, y))),
            (Who::All, Who::All) if matches!((a, b), (Thing::Keys, Thing::Values) | (Thing::Values, Thing::Keys)) => {
                Some((end, Thing::Pairs, Who::All))
            }
            _ => None,
        }
    }

    /// "the values (of a and b)".
    fn of_two(&self, at: usize, thing: Thing, who: &Who) -> Option<Named> {
        let start = (*who == Who::All && self.is(at, &["of", "at"]))
            .then(|| self.skip(at + 1, &["keys", "key", "positions", "tokens", "the"]))?;
        let letter = |i: usize| self.letter_alone(i);
        let (x, y) = (letter(start)?, self.is(start + 1, &["and"]).then(|| letter(start + 2)).flatten()?);
        Some((start + 3, thing, Who::Both(x, y)))
    }

    /// A letter that names a key: `j`, or `k_j`.
    fn letter_alone(&self, at: usize) -> Option<String> {
        let word = self.at(at);
        if let Some(letter) = self.letter(at, &["k"]) {
            return Some(letter);
        }
        let one = word.chars().count() == 1 && matches!(word, "a" | "b" | "i" | "j" | "l" | "m" | "r");
        one.then(|| word.to_string())
    }

    /// "the gap", "the lead of the winner", "the margin over the others", "its distance to the other scores"
    fn gap(&self, at: usize) -> Option<Named> {
        const NOUNS: &[&str] = &["gap", "lead", "margin", "advantage"];
        const BEHIND: &[&str] = &[
            "to the other scores",
            "to the others",
            "to all others",
            "to all other scores",
            "to the rest",
            "over the others",
            "over the other keys",
            "over all others",
            "over the other scores",
            "over the rest",
            "of the winner",
            "of the winning key",
            "of the winning score",
            "of key j",
            "of j",
            "of k_j",
            "between the winner and the others",
            "between the winner and the rest",
            "in the scores",
            "in score",
        ];
        let start = self.skip(at, &["the", "this", "its", "that"]);
        let start = self.skip(start, &["score"]);
        let end = self.is(start, NOUNS).then_some(start + 1)?;
        let end = self.longest(end, BEHIND).unwrap_or(end);
        Some((end, Thing::Gap, Who::Winner))
    }

    /// "all score gaps", "the differences of the scores": they are multiplied as the scores are.
    fn gaps(&self, at: usize) -> Option<Named> {
        let start = self.skip(at, &["the", "all", "every", "each", "of", "score", "scores"]);
        let end = self.is(start, &["gaps", "gap", "differences", "difference"]).then_some(start + 1)?;
        let end =
            self.row(end, &["of the scores", "between the scores", "between scores", "of scores", "in score"]).unwrap_or(end);
        Some((end, Thing::Scores, Who::All))
    }

    /// `q`, `v_j`, `s_i`, `k_j^T q`.
    fn symbol_target(&self, at: usize) -> Option<Named> {
        let at = self.skip(at, &["the"]);
        if self.is(at, &["V", "K"]) {
            return Some((at + 1, if self.at(at) == "V" { Thing::Values } else { Thing::Keys }, Who::All));
        }
        if self.is(at, QUERY) {
            let end = self.skip(at + 1, &["vector"]);
            return Some((end + usize::from(end > at && self.at(at) == "query" && self.is(end, &["q"])), Thing::Query, Who::All));
        }
        if let Some((end, letter)) = self.product(at) {
            return Some((end, Thing::Scores, Who::Letter(letter)));
        }
        for (name, thing) in [("v", Thing::Values), ("k", Thing::Keys), ("s", Thing::Scores)] {
            if let Some(letter) = self.letter(at, &[name]) {
                return Some((at + 1, thing, Who::Letter(letter)));
            }
        }
        None
    }

    /// "every score", "the other keys", "some other value v_i", "the score of key j", "the winning key".
    fn noun_target(&self, at: usize) -> Option<Named> {
        let (start, who) = self.quantifier(at);
        // "every v_i", "some other v_i"
        if let Some(who) = who.clone().filter(|w| !matches!(w, Who::Two | Who::Winner))
            && let Some((end, thing, Who::Letter(_))) = self.symbol_target(start)
        {
            return Some((end, thing, who));
        }
        let start = self.skip(start, BEFORE);
        let (plural, thing) = self.noun(start)?;
        let mut end = self.skip(start + 1, &["vectors", "vector", "products"]);
        let who = who.unwrap_or(if plural { Who::All } else { Who::One });
        let name = match thing {
            Thing::Values => "v",
            Thing::Keys => "k",
            Thing::Scores => "s",
            _ => "",
        };
        // "all scores s_i", "some other value v_i", "the value v_j".
        let named =
            self.letter(end, &[name]).map(|l| (end + 1, l)).or_else(|| self.product(end).filter(|_| thing == Thing::Scores));
        if let Some((after, letter)) = named {
            // "the values v_j and v_i"
            if plural
                && self.is(after, &["and"])
                && let Some(second) = self.letter(after + 1, &[name])
            {
                return Some((after + 2, thing, Who::Both(letter, second)));
            }
            let who = if plural || matches!(who, Who::OneOther) { who } else { Who::Letter(letter) };
            return Some((after, thing, who));
        }
        if !plural && matches!(who, Who::One) {
            // "key j", "the score of key j", "the value at position j".
            let place = self.is(end, &["of", "at", "for"]).then(|| self.skip(end + 1, &["the", "key", "position", "token"]));
            if let Some((place, letter)) = place.into_iter().chain([end]).find_map(|p| Some((p, self.letter_alone(p)?))) {
                return Some((place + 1, thing, Who::Letter(letter)));
            }
            let winner = self.row(end, &["of the winner", "of the winning key", "of the best key", "of the selected key"]);
            if let Some(after) = winner {
                return Some((after, thing, Who::Winner));
            }
            const ANOTHER: &[&str] = &[
                "of another key",
                "of some other key",
                "at another position",
                "of a different key",
                "at some other position",
                "of another position",
                "of any other key",
            ];
            if let Some(after) = self.row(end, ANOTHER) {
                return Some((after, thing, Who::OneOther));
            }
            if self.is(end, &["of"]) {
                end = self.row(end, &["of one key", "of a key", "of one position", "of a single key"])?;
            }
        }
        if plural && self.is(end, &["of", "at"]) && who == Who::All {
            let after = self.row(end, &["of all keys", "of the keys", "of all the keys", "of every key", "of each key"]);
            let others = self.row(end, &["of the other keys", "of all other keys", "of the others"]);
            return match (after, others) {
                (Some(after), _) => Some((after, thing, Who::All)),
                (_, Some(after)) => Some((after, thing, Who::Others)),
                // "the values of a and b".
                _ => Some((end, thing, Who::All)),
            };
        }
        Some((end, thing, who))
    }

    /// The noun at a place: whether it is a plural, and of what.
    fn noun(&self, at: usize) -> Option<(bool, Thing)> {
        let all = [
            (SCORES, true, Thing::Scores),
            (SCORE, false, Thing::Scores),
            (KEYS, true, Thing::Keys),
            (KEY, false, Thing::Keys),
            (VALUES, true, Thing::Values),
            (VALUE, false, Thing::Values),
            (PAIRS, true, Thing::Pairs),
            (PAIR, false, Thing::Pairs),
        ];
        all.iter().find(|(words, ..)| self.is(at, words)).map(|(_, plural, thing)| (*plural, *thing))
    }

    /// Which ones: "every", "one of the other", "the largest".
    pub(super) fn quantifier(&self, at: usize) -> (usize, Option<Who>) {
        const ALL: &[&str] =
            &["every single one of", "each and every", "every single", "each of", "all of", "all", "every", "each"];
        const ONE_OTHER: &[&str] = &[
            "one of the other",
            "any of the other",
            "some of the other",
            "any one of the other",
            "some other",
            "any other",
            "another",
            "one other",
            "a different",
            "an other",
        ];
        const OTHERS: &[&str] = &[
            "all the other",
            "all other",
            "all of the other",
            "every other",
            "each other",
            "the other",
            "the remaining",
            "all remaining",
            "the losing",
        ];
        const WINNER: &[&str] =
            &["the winning", "the largest", "the best", "the top", "the highest", "the biggest", "the maximal"];
        const TWO: &[&str] = &["any two", "two of the", "two", "both"];
        const ONE: &[&str] = &["one of the", "any one", "a single", "only one", "just one", "one", "a", "any", "some"];
        for (rows, who) in [
            (OTHERS, Who::Others),
            (ONE_OTHER, Who::OneOther),
            (WINNER, Who::Winner),
            (ALL, Who::All),
            (TWO, Who::Two),
            (ONE, Who::One),
        ] {
            if let Some(end) = self.row(at, rows) {
                return (end, Some(who));
            }
        }
        (self.skip(at, &["the"]), None)
    }
}
