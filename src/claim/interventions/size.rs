//! By how much something is changed, in words: "5", "the same constant t", "a positive factor", "any vector perpendicular to all keys".

use super::kinds::{Amount, Factor, Sign};
use super::words::Words;

const PERPENDICULAR: &[&str] = &["perpendicular", "orthogonal", "⊥"];

impl Words {
    /// "2", "a factor of 2", "a positive number t", "t > 0", "−1"
    pub(super) fn factor(&self, at: usize) -> Option<(usize, Factor)> {
        let start = self.skip(at, &["a", "an", "any", "the", "some", "same", "common", "fixed", "constant"]);
        let positive = self.is(start, &["positive"]);
        let negative = self.is(start, &["negative"]);
        let start = self.skip(start, &["positive", "negative", "large", "real"]);
        let start = self.skip(start, &["factor", "number", "constant", "scalar"]);
        let start = self.skip(start, &["of"]);
        if let Some((end, number)) = self.number(start) {
            return (number != 0.0 && number != 1.0).then_some((end, Factor::Number(number)));
        }
        let letter = self.open_name(start);
        let end = start + usize::from(letter.is_some());
        let (end, sign) = self.sign_behind(end);
        let above = self.row(end, &["> 1", "larger than 1", "greater than 1", "above 1", "bigger than 1"]);
        match (sign, above) {
            _ if negative => Some((end, Factor::Negative)),
            (_, Some(end)) => Some((end, Factor::Up)),
            (Some(Sign::Positive), _) => Some((end, Factor::Positive)),
            (Some(Sign::Negative), _) => Some((end, Factor::Negative)),
            _ if positive => Some((end, Factor::Positive)),
            // Something has to be named.
            _ => (end > at).then_some((end, Factor::Any)),
        }
    }

    /// "> 0"
    pub(super) fn sign_behind(&self, at: usize) -> (usize, Option<Sign>) {
        match (self.at(at), self.at(at + 1)) {
            (">", "0") => (at + 2, Some(Sign::Positive)),
            ("<", "0") => (at + 2, Some(Sign::Negative)),
            _ => (at, None),
        }
    }

    /// "5", "the same constant t", "any vector that is perpendicular to all keys", "some δ"
    pub(super) fn amount(&self, at: usize) -> Option<(usize, Amount)> {
        if let Some((end, number)) = self.number(at) {
            return (number != 0.0).then(|| (end, Amount { number: Some(number), ..Amount::open() }));
        }
        const BEFORE: &[&str] = &[
            "a",
            "an",
            "the",
            "one",
            "any",
            "some",
            "same",
            "common",
            "fixed",
            "arbitrary",
            "small",
            "constant",
            "single",
            "little",
            "global",
            "equal",
            "and",
            "real",
            "nonzero",
        ];
        let start = self.skip(at, BEFORE);
        let signs = [("positive", Sign::Positive), ("negative", Sign::Negative)];
        let sign = signs.iter().find(|(w, _)| self.is(start, &[w])).map(|(_, s)| *s);
        let start = self.skip(start, &["positive", "negative"]);
        let perpendicular = self.is(start, PERPENDICULAR);
        let start = self.skip(start, PERPENDICULAR);
        let noun = self.skip(
            start,
            &[
                "constant",
                "number",
                "amount",
                "offset",
                "vector",
                "shift",
                "scalar",
                "term",
                "component",
                "value",
                "quantity",
                "noise",
                "something",
            ],
        );
        let name = self.open_name(noun);
        let end = noun + usize::from(name.is_some());
        let constant = (at..start).any(|i| self.is(i, &["constant"]));
        if end == start && !constant {
            return None;
        }
        let (end, signed) = self.sign_behind(end);
        let behind = self.perpendicular(end);
        let perpendicular = perpendicular || behind.is_some();
        Some((behind.unwrap_or(end), Amount { number: None, name, sign: sign.or(signed), perpendicular }))
    }

    /// "that is perpendicular to all keys"
    pub(super) fn perpendicular(&self, at: usize) -> Option<usize> {
        let start = self.skip(at, &["that", "which", "is", "stands", "lies"]);
        let next = self.is(start, PERPENDICULAR).then_some(start + 1)?;
        let to = self.is(next, &["to"]).then_some(next + 1).or_else(|| (self.at(start) == "⊥").then_some(next))?;
        self.row(
            to,
            &[
                "all the keys",
                "all keys",
                "every key",
                "each key",
                "the keys",
                "all of the keys",
                "every k_i",
                "all k_i",
                "each k_i",
            ],
        )
    }

    /// A name of the writer's own for a number or a vector.
    pub(super) fn open_name(&self, at: usize) -> Option<String> {
        let word = self.at(at);
        let known = ["v", "k", "q", "s", "n", "d", "a", "i", "j", "alpha"];
        let single = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        ((single || matches!(word, "delta" | "eps" | "epsilon" | "lambda" | "gamma")) && !known.contains(&word))
            .then(|| word.to_string())
    }
}

impl Amount {
    /// An amount of which nothing is said.
    pub(super) fn open() -> Amount {
        Amount { number: None, name: None, sign: None, perpendicular: false }
    }
}

/// The amount, taken away where it isn't added.
pub(super) fn signed(amount: Amount, up: bool) -> Amount {
    if up {
        return amount;
    }
    let sign = match amount.sign {
        Some(Sign::Negative) => Sign::Positive,
        _ => Sign::Negative,
    };
    Amount { number: amount.number.map(|n| -n), sign: Some(sign), ..amount }
}
