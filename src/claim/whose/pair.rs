//! Two orders set against each other: "O(L l^2) against O(l m + L m^2)", "drops from … to …", "vanilla and perceiver have
//! O(…) and O(…)".

use super::super::atoms::{Atom, atoms};
use super::super::scaling::View;
use super::words::{ENDS, KNOWN, NOUNS, PARTS, WHOLE};
use super::{Whose, foreign, mark};
use crate::span::Span;

/// Words of a sentence that only compares.
const COMPARES: &[&str] = &[
    "compared",
    "contrast",
    "than",
    "cheaper",
    "faster",
    "slower",
    "more",
    "less",
    "fewer",
    "better",
    "lower",
    "smaller",
    "higher",
    "much",
    "drops",
    "drop",
    "falls",
    "goes",
    "improves",
    "improve",
    "lowers",
    "cuts",
    "brings",
    "down",
    "both",
    "two",
    "respectively",
    "asymptotically",
    "it's",
    "scores",
    "and",
    ",",
    ":",
    "(",
    ")",
    "'",
    "changes",
    "decreases",
    "saves",
    "from",
    "against",
    "versus",
    "vs",
    "compare",
    "comparison",
    "comparing",
];

/// How two orders stand to each other.
#[derive(Clone, Copy, PartialEq)]
enum Stand {
    /// The second in place of the first.
    FromTo,
    /// One beside the other; the sentence's own stands first.
    Against,
    /// As they were named.
    Listed,
}

impl View<'_> {
    /// Whose two orders are that are set against each other. Parts of models are left to the readers of single orders.
    pub(super) fn pair(&self, own: &[Atom], orders: &[Span]) -> Option<[(Whose, bool); 2]> {
        let [at, second] = [0, 1].map(|k| own.iter().position(|a| a.text == mark(k)));
        let ([first, second], true) = ([at?, second?], orders.len() == 2) else { return None };
        let stand = stand(own, first, second)?;
        let stop = |a: &Atom| matches!(a.text.as_str(), "." | ";" | "," | "because" | "since" | ")");
        let end = own[second + 1..].iter().position(stop).map_or(own.len(), |i| second + 1 + i);
        let around: Vec<Atom> = own[..first].iter().chain(&own[second + 1..end]).cloned().collect();
        let plain = |a: &Atom| {
            let t = a.text.as_str();
            [KNOWN, WHOLE, NOUNS, COMPARES].iter().any(|l| l.contains(&t)) || self.model(std::slice::from_ref(a)).is_some()
        };
        let part = |a: &Atom| {
            let t = a.text.as_str();
            PARTS.contains(&t) && !COMPARES.contains(&t)
        };
        if !around.iter().all(plain) || around.iter().any(part) {
            return None;
        }
        let named = self.named(&around);
        let places = match (named.as_slice(), stand) {
            ([(_, model)], Stand::Against) => [model.clone(), self.other(model)?],
            ([(_, model)], Stand::FromTo) => [self.other(model)?, model.clone()],
            ([(_, one), (_, other)], _) => [one.clone(), other.clone()],
            ([], Stand::Against | Stand::FromTo) => return self.by_letters(orders),
            // "… so O(L l^2) and O(l m + L m^2)": of both models whole, each with the number of layers.
            ([], Stand::Listed) => return self.by_letters(orders).filter(|[one, other]| one.1 && other.1),
            _ => return None,
        };
        let [one, other] = [self.whole(&places[0])?, self.whole(&places[1])?];
        Some([(Whose::Any(vec![one]), true), (Whose::Any(vec![other]), true)])
    }

    /// The other one of two models.
    pub(super) fn other(&self, model: &str) -> Option<String> {
        let mut others = self.growth.models.keys().filter(|m| *m != model);
        others.next().filter(|_| self.growth.models.len() == 2).cloned()
    }

    /// Nobody is named: a letter that only one model has tells whose its order is, and the other is the other's.
    fn by_letters(&self, orders: &[Span]) -> Option<[(Whose, bool); 2]> {
        let letters: Vec<Vec<String>> = orders
            .iter()
            .map(|o| {
                let rename = |a: Atom| self.letters.get(&a.text).cloned().unwrap_or(a.text);
                atoms(self.text, *o).into_iter().map(rename).collect()
            })
            .collect();
        // `ℓm` in one atom is a product of letters.
        let mentions = |k: usize| {
            let list = letters[k].clone();
            move |v: &str| list.iter().skip(1).any(|t| t == v || t.chars().count() <= 4 && v.len() == 1 && t.contains(v))
        };
        let lacks = |k: usize| self.growth.models.keys().find(|m| foreign(self.growth, m, &mentions(k))).cloned();
        let places = match (lacks(0), lacks(1)) {
            (None, Some(not)) => [not.clone(), self.other(&not)?],
            (Some(not), None) => [self.other(&not)?, not.clone()],
            _ => return None,
        };
        // Without the number of layers one layer may be meant.
        let deep = self.growth.deepened.clone().unwrap_or_default();
        // In running text `Lm` is one word, in small letters.
        let certain = |k: usize| mentions(k)(&deep) || deep.len() == 1 && orders[k].of(self.text).contains(&deep);
        let [one, other] = [self.whole(&places[0])?, self.whole(&places[1])?];
        Some([(Whose::Any(vec![one]), certain(0)), (Whose::Any(vec![other]), certain(1))])
    }
}

/// The words between two orders that set one against the other.
fn stand(own: &[Atom], first: usize, second: usize) -> Option<Stand> {
    let words: Vec<&str> = own[first + 1..second].iter().map(|a| a.text.as_str()).filter(|w| *w != "," && *w != ".").collect();
    let from = own[..first].iter().rev().take_while(|a| !ENDS.contains(&a.text.as_str())).any(|a| a.text == "from");
    match words.as_slice() {
        ["to"] | ["down", "to"] | ["to", "only"] | ["to", "just"] if from => Some(Stand::FromTo),
        ["against"] | ["versus"] | ["vs"] | ["instead", "of"] | ["rather", "than"] | ["not"] | ["as", "opposed", "to"] => {
            Some(Stand::Against)
        }
        ["compared", "to" | "with"] | ["in", "contrast", "to"] | ["in", "comparison", "to" | "with"] => Some(Stand::Against),
        ["and"] => Some(Stand::Listed),
        _ => None,
    }
}
