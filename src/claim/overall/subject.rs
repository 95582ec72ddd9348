//! The weights that a clause is about: all of them, the largest, those of other keys, that of a key in words.

use super::super::phrases::{ByWords, word};
use super::super::statement::Condition;
use super::predicate::Predicate;
use super::{Mode, Reader};
use crate::language::{Expr, Index, Tok};

/// What a clause is about.
pub(super) struct Subject {
    /// A weight of any key, the largest, the sum.
    pub(super) expr: Expr,
    /// Whether it is their sum that is meant by "sum to".
    pub(super) all: bool,
    /// "no weight", "none of the weights".
    pub(super) none: bool,
    /// "some weights": one case is meant.
    pub(super) some: bool,
    /// Of which keys.
    pub(super) conditions: Vec<Condition>,
}

const WEIGHT: &[&str] = &["weight", "weights", "alphas", "probability", "probabilities"];
const ENTRY: &[&str] =
    &["entry", "entries", "component", "components", "output", "outputs", "values", "value", "element", "elements"];
const LARGEST: &[&str] = &["largest", "biggest", "greatest", "highest", "maximal", "maximum"];
const SMALLEST: &[&str] = &["smallest", "least", "lowest", "minimal", "minimum"];

impl Reader<'_> {
    pub(super) fn subject(&self, at: usize) -> Option<(usize, Subject)> {
        let start = at;
        let none = self.is(at, &["no", "none"]);
        let some = self.is(at, &["some"]);
        let at = match none || some {
            true => self.skip(at + 1, &["of", "the", "single", "one"]),
            false => self.determiners(at),
        };
        // "the weight of the winning key": the largest.
        let ordered = self.is(at, LARGEST) || self.is(at, SMALLEST);
        let bottom = self.is(at, SMALLEST);
        let others = self.is(at, &["other", "remaining"]);
        let at = if ordered || others { at + 1 } else { at };
        let at = self.skip(at, &["attention", "softmax", "individual", "single"]);
        let (end, plural) = self.noun(at).or_else(|| self.symbol(at).filter(|_| !ordered && !others))?;
        let winner = self.skip(end, &["of", "the"]);
        let of_winner = winner > end && self.is(winner, &["winner", "winning"]);
        let end = if of_winner { self.skip(winner + 1, &["key", "token"]) } else { end };
        let text = match (ordered || of_winner, bottom) {
            (true, false) => "\\max_{i} \\alpha_i",
            (true, true) => "\\min_{i} \\alpha_i",
            (false, _) => "\\alpha_i",
        };
        let conditions = if others { self.others()? } else { vec![] };
        let single = self.is(start, &["a", "the"]) && !plural && !ordered && !of_winner && !self.is(start, &["a"]);
        let expr = self.parsed(text)?;
        (!single).then_some((end, Subject { expr, all: plural && !none && !some && !others, none, some, conditions }))
    }

    /// The keys other than the one that the question singles out.
    fn others(&self) -> Option<Vec<Condition>> {
        let [letter] = self.world.letters.as_slice() else { return None };
        Some(vec![Condition::Differ(Index::Letter("i".into()), Index::Letter(letter.clone()))])
    }

    /// "every other token keeps a weight above zero", "no key gets a negative weight".
    pub(super) fn owner(&self, at: usize) -> Option<(Subject, Predicate)> {
        let none = self.is(at, &["no"]);
        let noun = if none { at + 1 } else { self.determiners(at) };
        let others = self.is(noun, &["other", "remaining"]);
        let noun = noun + usize::from(others);
        if noun == at
            || !self.is(noun, &["key", "keys", "token", "tokens", "value", "values", "word", "words", "position", "positions"])
        {
            return None;
        }
        let mut exact = false;
        let verb = self.adverbs(noun + 1, &mut exact);
        if !self.is(verb, &["keeps", "keep", "gets", "get", "has", "have", "receives", "receive"]) {
            return None;
        }
        let x = self.parsed("\\alpha_i")?;
        let start = self.skip(verb + 1, &["a", "an", "some", "strictly", "always"]);
        let (end, links) = match self.is(start, &["positive", "negative", "nonnegative", "zero"]) {
            true => self
                .compared(start, &x)
                .filter(|(end, _)| self.is(*end, &["weight", "weights", "probability"]))
                .map(|(e, l)| (e + 1, l))?,
            false if self.is(start, &["weight", "weights", "probability"]) => {
                self.compared(self.skip(start + 1, &["of", "exactly"]), &x)?
            }
            false => return None,
        };
        let conditions = if others { self.others()? } else { vec![] };
        Some((Subject { expr: x, all: false, none, some: false, conditions }, (end, links, Mode::Always, exact)))
    }

    fn determiners(&self, at: usize) -> usize {
        let first = self.skip(at, &["all", "each", "every", "any", "the", "a", "our", "both"]);
        let of =
            if first > at && self.is(first, &["of"]) { self.skip(first + 1, &["the", "these", "our", "all"]) } else { first };
        self.skip(of, &["the", "these", "of", "n"])
    }

    /// "weights", "entries of α", "softmax outputs": where it ends, and whether there are several.
    fn noun(&self, at: usize) -> Option<(usize, bool)> {
        let noun = word(self.tokens, at)?;
        let plural = noun.ends_with('s');
        if WEIGHT.contains(&noun.as_str()) {
            let of = self.skip(at + 1, &["of"]);
            return match of > at + 1 {
                true if self.is(self.skip(of, &["the", "a"]), &["softmax"]) => {
                    Some((self.skip(of, &["the", "a", "softmax"]), plural))
                }
                true => self.symbol(of).filter(|_| plural).map(|(end, _)| (end, plural)).or(Some((at + 1, plural))),
                false => Some((at + 1, plural)),
            };
        }
        if !ENTRY.contains(&noun.as_str()) {
            return None;
        }
        if at > 0 && self.is(at - 1, &["softmax"]) {
            return Some((at + 1, plural));
        }
        let of = self.is(at + 1, &["of"]).then(|| self.skip(at + 2, &["the", "a", "vector"]))?;
        if self.is(of, &["softmax"]) {
            return Some((self.skip(of + 1, &["vector", "output"]), plural));
        }
        self.symbol(of).map(|(end, _)| (end, plural))
    }

    /// `α`, `α_i`, `p_i`: the weights by their letter, with no index or with a running one.
    fn symbol(&self, at: usize) -> Option<(usize, bool)> {
        let Tok::Name(name) = &self.tokens.get(at)?.kind else { return None };
        if !self.world.calls(name, "alpha") {
            return None;
        }
        let sub = usize::from(self.tokens.get(at + 1).is_some_and(|t| t.kind == Tok::Sub));
        let braces = usize::from(sub == 1 && matches!(self.tokens.get(at + 2).map(|t| &t.kind), Some(Tok::Open(_))));
        let place = at + 1 + sub + braces;
        match self.tokens.get(place).map(|t| &t.kind) {
            Some(Tok::Name(l)) if (sub == 1 || !self.tokens[place].spaced) && matches!(l.as_str(), "i" | "k" | "l" | "r") => {
                Some((place + 1 + braces, true))
            }
            // A letter that stands alone means all of the weights; some writers call α a scale.
            Some(Tok::Name(_) | Tok::Sub | Tok::Number(_)) if sub == 1 => None,
            _ => None,
        }
    }
}
