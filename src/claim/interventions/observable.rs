//! What is looked at, in words: "the weights", "α_j", "the order of the weights", "anything about c".

use super::kinds::{Observable, Who};
use super::words::Words;

impl Words {
    /// A key by what it is or was: "the former winner", "key j", "the winning key", "the changed key".
    pub(super) fn who(&self, at: usize) -> Option<(usize, Who)> {
        const FORMER: &[&str] = &[
            "the former winner",
            "the old winner",
            "the previous winner",
            "the former best key",
            "the winner",
            "the winning key",
            "the former largest",
            "the best key",
            "the key that won before",
            "what was the winner",
            "the key with the largest weight before",
            "the former favourite",
        ];
        if let Some(end) = self.row(at, FORMER) {
            return Some((end, Who::Winner));
        }
        let start = self.skip(at, &["the", "key", "position", "token"]);
        if let Some(letter) = self.letter(start, &["k"]) {
            return Some((start + 1, Who::Letter(letter)));
        }
        let one = start > at && self.at(start).chars().count() == 1 && matches!(self.at(start), "a" | "b" | "i" | "j");
        one.then(|| (start + 1, Who::Letter(self.at(start).to_string())))
    }

    /// What is looked at: "no weight" without its "no", "α", "the order of the weights", "anything about c".
    pub(super) fn observable(&self, at: usize) -> Option<(usize, Observable)> {
        let at = self.skip(at, &["exactly", "even"]);
        self.order(at)
            .or_else(|| self.quotients(at))
            .or_else(|| self.leak(at))
            .or_else(|| self.copied(at))
            .or_else(|| self.output(at))
            .or_else(|| self.of_keys(at))
    }

    fn order(&self, at: usize) -> Option<(usize, Observable)> {
        const BEHIND: &[&str] = &[
            "of the weights",
            "among the weights",
            "of the keys",
            "of the scores",
            "of weights",
            "between the weights",
            "by weight",
            "of alpha",
        ];
        if let Some(next) =
            self.row(at, &["the order", "the ranking", "the ordering", "their order", "their ranking", "the sequence"])
        {
            return Some((self.row(next, BEHIND).unwrap_or(next), Observable::Order));
        }
        const WINNER: &[&str] = &[
            "which key wins",
            "the argmax",
            "the winner",
            "which weight is the largest",
            "which weight is largest",
            "which key has the largest weight",
            "which key gets the largest weight",
            "which position wins",
            "the winning key",
            "the position of the largest weight",
            "which one wins",
            "which key is selected",
            "the identity of the winner",
        ];
        let end = self.row(at, WINNER)?;
        Some((self.row(end, &["of the weights", "of the scores"]).unwrap_or(end), Observable::Winner))
    }

    fn quotients(&self, at: usize) -> Option<(usize, Observable)> {
        let start = self.skip(at, &["the", "every", "each", "all", "any", "of"]);
        let start = self.is(start, &["ratio", "ratios", "quotient", "quotients", "odds"]).then_some(start + 1)?;
        const OF: &[&str] = &[
            "of the weights",
            "of any two weights",
            "of two weights",
            "between two weights",
            "between the weights",
            "between any two weights",
            "of weights",
            "of all weights",
            "between any two keys",
            "between two keys",
        ];
        if let Some(end) = self.row(start, OF) {
            return Some((end, Observable::Ratios));
        }
        // "each ratio α_j/α_i"
        let weight = |i: usize| self.letter(i, &["alpha", "w", "p"]).is_some();
        let quotient = weight(start) && self.is(start + 1, &["slash"]) && weight(start + 2);
        quotient.then_some((start + 3, Observable::Ratios))
    }

    fn leak(&self, at: usize) -> Option<(usize, Observable)> {
        const LEAK: &[&str] = &[
            "the copying error",
            "the copy error",
            "the leak",
            "the leftover weight",
            "the leaked weight",
            "the weight of all others together",
            "the error",
            "the total weight of the others",
            "the missing weight",
            "the error of the copy",
            "the rest",
            "the remainder",
            "the leftover",
            "the remaining weight",
            "the weight that is left",
            "the rest of the weight",
            "what is left for the others",
            "the weight of the others",
            "the weight of all others",
            "the distance between c and v_j",
            "the distance of c from v_j",
            "the distance from c to v_j",
            "the deviation",
            "the deviation of c from v_j",
        ];
        if let Some(end) = self.longest(at, LEAK) {
            return Some((end, Observable::Leak));
        }
        let lost = self.is(at, &["1"]) && self.is(at + 1, &["minus"]) && self.at(at + 2) == "alpha_j";
        lost.then_some((at + 3, Observable::Leak))
    }

    fn copied(&self, at: usize) -> Option<(usize, Observable)> {
        let end = self.row(at, &["the copy", "the copying", "copying"])?;
        (!self.is(end, &["error", "errors"])).then_some((end, Observable::Copy))
    }

    fn output(&self, at: usize) -> Option<(usize, Observable)> {
        let start = self.skip(at, &["the", "a", "an", "attention", "vector", "head's", "final", "whole"]);
        let noun = self.is(start, &["output", "result", "outcome", "outputs"]);
        let end = self.skip(start + usize::from(noun), &["vector"]);
        let end = end + usize::from(self.is(end, &["c"]));
        // "the output of the softmax" is none.
        let of = self.is(end, &["of"]);
        let end = if of { self.row(end, &["of the head", "of attention", "of the layer", "of the attention"])? } else { end };
        (end > start).then_some((end, Observable::Output))
    }

    /// Weights, scores or gaps of some keys.
    fn of_keys(&self, at: usize) -> Option<(usize, Observable)> {
        const WEIGHTS: &[&str] = &["weights", "probabilities", "alphas", "alpha", "softmax", "distribution", "shares"];
        const WEIGHT: &[&str] = &["weight", "probability", "share"];
        const BEFORE: &[&str] = &["attention", "own", "vector", "of", "single", "individual", "the", "resulting", "its", "n"];
        if let Some(letter) = self.letter(at, &["alpha", "w", "p"]) {
            return Some((at + 1, Observable::Weights(Who::Letter(letter))));
        }
        let changed = [("its", 1), ("their", 1)].iter().find(|(w, _)| self.is(at, &[w])).map(|(_, n)| at + n);
        let (start, who) = match changed {
            Some(next) => (next, Some(Who::Changed)),
            None => match self.row(at, &["the two", "these two", "both"]) {
                Some(next) => (next, Some(Who::TheTwo)),
                None => self.quantifier(at),
            },
        };
        let start = self.skip(start, BEFORE);
        let start = if self.is(start, &["softmax"]) && (self.is(start + 1, WEIGHTS) || self.is(start + 1, WEIGHT)) {
            start + 1
        } else {
            start
        };
        if self.is(start, &["gaps", "gap", "differences"]) {
            let end = self.row(start + 1, &["of the scores", "between the scores", "between scores"]).unwrap_or(start + 1);
            return Some((end, Observable::Gaps));
        }
        let scores = self.is(start, &["score", "scores", "logits"]);
        let plural = self.is(start, WEIGHTS) || self.is(start, &["scores", "logits"]);
        if !(plural || self.is(start, WEIGHT) || scores) {
            return None;
        }
        let mut end = self.skip(start + 1, &["vector", "distribution", "weights", "alpha", "output"]);
        let mut who = match who {
            Some(Who::Others) => Who::Unchanged,
            Some(Who::OneOther) => Who::Unchanged,
            Some(who) => who,
            None => Who::All,
        };
        if let Some(letter) = self.letter(end, &["alpha", "w", "p", "s"]) {
            who = if plural || who == Who::All { who } else { Who::Letter(letter) };
            end += 1;
        } else if self.is(end, &["of", "on"]) && !matches!(who, Who::Unchanged | Who::Changed) {
            (end, who) = self.whose(end + 1)?;
        } else if !plural
            && who == Who::All
            && !self.is(at, &["every", "each", "any", "all"])
            && !self.is(at.saturating_sub(1), &["no", "single"])
        {
            // "the weight": of whom?
            return None;
        }
        Some((end, if scores { Observable::Scores(who) } else { Observable::Weights(who) }))
    }

    /// "(the weight of) key j", "the other keys", "that key", "all keys"
    fn whose(&self, at: usize) -> Option<(usize, Who)> {
        const CHANGED: &[&str] = &[
            "that key",
            "this key",
            "the key",
            "it",
            "the changed key",
            "the two keys",
            "the two",
            "these keys",
            "these two",
            "that position",
        ];
        const UNCHANGED: &[&str] = &[
            "the other keys",
            "all other keys",
            "all the other keys",
            "the others",
            "every other key",
            "each other key",
            "all others",
            "the rest",
        ];
        const ALL: &[&str] = &["all keys", "all the keys", "every key", "each key", "the keys", "the softmax"];
        let letter = |i: usize| {
            self.letter(i, &["k"])
                .or_else(|| Some(self.at(i).to_string()).filter(|w| matches!(w.as_str(), "a" | "b" | "i" | "j")))
        };
        let first = self.skip(at, &["keys", "the", "key"]);
        if self.is(first + 1, &["and"])
            && let (Some(a), Some(b)) = (letter(first), letter(self.skip(first + 2, &["key"])))
        {
            return Some((self.skip(first + 2, &["key"]) + 1, Who::Both(a, b)));
        }
        let all = [(UNCHANGED, Who::Unchanged), (ALL, Who::All)];
        if let Some(found) = self.who(at) {
            return Some(found);
        }
        if let Some(found) = all.iter().find_map(|(rows, who)| Some((self.row(at, rows)?, who.clone()))) {
            return Some(found);
        }
        Some((self.row(at, CHANGED)?, Who::Changed))
    }
}
