//! How much of the weight is held, in words: "a weight above 1/2", "at least 1/n", "a negative weight", "more than half".

use super::{Kind, Share, WEIGHTS};
use crate::claim::interventions::words::Words;
use crate::language::Relation;

const HAVE: &[&str] = &[
    "has",
    "have",
    "gets",
    "get",
    "receives",
    "receive",
    "takes",
    "take",
    "carries",
    "carry",
    "hold",
    "holds",
    "attract",
    "attracts",
    "obtain",
    "obtains",
    "end up with",
    "ends up with",
];
const BE: &[&str] = &["is", "are", "be", "lies", "lie", "sits", "sit", "stays", "stay"];
const GIVE: &[&str] = &[
    "gives",
    "give",
    "yields",
    "yield",
    "means",
    "mean",
    "leads to",
    "lead to",
    "results in",
    "result in",
    "produces",
    "produce",
    "implies",
    "imply",
    "turns into",
    "becomes",
    "lead",
    "comes with",
];

impl Words {
    /// "negative": below 0.
    pub(super) fn sign(&self, at: usize) -> Option<Relation> {
        match self.at(at) {
            "negative" => Some(Relation::Less),
            "positive" => Some(Relation::Greater),
            "zero" | "vanishing" => Some(Relation::Equal),
            _ => None,
        }
    }

    /// What is held: "have a weight above 1/2", "is at least 1/n", "gives a negative weight", "exceeds 1/2".
    pub(super) fn held(&self, at: usize, kind: Kind) -> Option<(usize, Vec<(Relation, Share)>)> {
        let at = self.skip(at, &["always", "strictly"]);
        for (words, relation) in [(&["exceed", "exceeds"], Relation::Greater), (&["reach", "reaches"], Relation::GreaterEqual)] {
            if self.is(at, words) && kind == Kind::Weights {
                let (end, share) = self.share(at + 1)?;
                return Some((end, vec![(relation, share)]));
            }
        }
        let verb = match kind {
            Kind::Keys => self.row(at, HAVE)?,
            Kind::Weights => self.row(at, BE)?,
            // "(the softmax gives v_a) a negative weight"
            Kind::Scores => self.row(at, GIVE).unwrap_or(at),
        };
        let start = self.skip(verb, &["always", "still", "exactly", "strictly", "a", "an", "the", "to", "also"]);
        if kind == Kind::Weights && self.is(start, &["between"]) {
            return self.between(start + 1);
        }
        if let Some(relation) = self.sign(start) {
            let noun = self.is(start + 1, WEIGHTS) || kind == Kind::Weights;
            let end = self.skip(start + 1, WEIGHTS);
            return noun.then_some((end, vec![(relation, Share::Number(0.0))]));
        }
        let weight = self.skip(start, WEIGHTS);
        // "a weight (of) 0"
        if weight > start && self.is(weight, &["0", "zero"]) {
            return Some((weight + 1, vec![(Relation::Equal, Share::Number(0.0))]));
        }
        let named = weight > start || kind != Kind::Scores;
        let (next, relation) = self.comparison(self.skip(weight, &["that", "is", "which", "strictly"])).filter(|_| named)?;
        let (end, share) = self.share(next)?;
        Some((end, vec![(relation, share)]))
    }

    /// "between 0 and 1"
    pub(super) fn between(&self, at: usize) -> Option<(usize, Vec<(Relation, Share)>)> {
        let (next, low) = self.share(at)?;
        let next = self.is(next, &["and"]).then_some(next + 1)?;
        let (end, high) = self.share(next)?;
        Some((end, vec![(Relation::Greater, low), (Relation::Less, high)]))
    }

    pub(super) fn comparison(&self, at: usize) -> Option<(usize, Relation)> {
        const ALL: &[(&[&str], Relation)] = &[
            (&["of at least", "at least", "not below", "≥", "no less than"], Relation::GreaterEqual),
            (&["of at most", "at most", "not above", "≤", "no more than", "not more than"], Relation::LessEqual),
            (
                &[
                    "of more than",
                    "above",
                    "over",
                    "more than",
                    "larger than",
                    "greater than",
                    "bigger than",
                    ">",
                    "exceeding",
                    "higher than",
                ],
                Relation::Greater,
            ),
            (&["of less than", "below", "under", "less than", "smaller than", "lower than", "<"], Relation::Less),
            (&["of exactly", "exactly", "equal to", "of", "="], Relation::Equal),
        ];
        ALL.iter().find_map(|(rows, relation)| Some((self.row(at, rows)?, *relation)))
    }

    /// "1/2", "half", "1/n", "50 %"
    pub(super) fn share(&self, at: usize) -> Option<(usize, Share)> {
        let number = |end, n| Some((end, Share::Number(n)));
        if let Some(end) =
            self.row(at, &["half of the weight", "half of it", "one half", "a half", "half", "½", "half of the total", "0.5"])
        {
            return number(end, 0.5);
        }
        if let Some(end) = self.row(at, &["a third", "one third"]) {
            return number(end, 1.0 / 3.0);
        }
        if let Some(end) = self.row(at, &["a quarter", "one quarter"]) {
            return number(end, 0.25);
        }
        if let Some(end) = self.row(at, &["zero"]) {
            return number(end, 0.0);
        }
        if let Some(end) = self.row(at, &["1 slash n", "one over n", "1 over n", "one nth"]) {
            return Some((end, Share::OverKeys(1.0)));
        }
        let (end, value) = if self.is(at, &["one"]) { (at + 1, 1.0) } else { self.number(at)? };
        if self.is(end, &["%", "percent"]) {
            return number(end + 1, value / 100.0);
        }
        (!self.is(end, &["times", "slash"])).then_some((end, Share::Number(value)))
    }

    pub(super) fn tail(&self, at: usize) -> usize {
        const TAILS: &[&str] = &[
            "at the same time",
            "at once",
            "simultaneously",
            "together",
            "of the weight",
            "of the total weight",
            "of the attention",
            "of the mass",
            "of it",
            "whatever the scores are",
            "whatever happens",
            "always",
            "each",
            "in total",
            "too",
            "either",
            "no matter what the scores are",
            "for any scores",
            "for all scores",
            "of the total",
            "weight",
            "in any case",
            "at any time",
        ];
        let mut at = at;
        while let Some(next) = self.row(at, TAILS) {
            at = next;
        }
        at
    }
}
