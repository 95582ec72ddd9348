//! What an example is said to give: weights of keys, by numbers.

use super::items::ByItems;
use super::scores::{Example, Keys, Scores};
use super::view::{ABOUT, KEY_NOUNS, View};
use crate::claim::statement::Link;
use crate::language::{Expr, Index, Relation};

/// A number that is said of weights.
#[derive(Debug, Clone)]
pub struct Said {
    /// Of which keys.
    pub keys: Keys,
    /// Whether of each, or of all together; `None` where the words leave it open.
    pub together: Option<bool>,
    /// In which head, where one is named.
    pub head: Option<u32>,
    /// Compared with the weights of other keys.
    pub against: Option<Keys>,
    /// How.
    pub relation: Relation,
    /// The number.
    pub value: Expr,
    /// Its value as it was worked out in the end, "1/(1+exp(-2)) = 0.881".
    pub last: Option<(Relation, Expr)>,
}

const TAKES: &[&str] = &[
    "get", "gets", "got", "receive", "receives", "take", "takes", "has", "have", "carry", "carries", "hold", "holds", "keep",
    "keeps", "share", "shares", "ends", "end", "is", "are", "becomes", "become", "obtains", "obtain", "grab", "grabs", "eat",
    "eats", "absorb", "absorbs", "collect", "collects", "attract", "attracts", "retain", "retains", "steal", "steals", "swallow",
    "swallows", "make", "makes", "claim", "claims", "own", "owns", "soak",
];

const GIVES: &[&str] =
    &["give", "gives", "gave", "giving", "assign", "assigns", "leave", "leaves", "put", "puts", "grants", "hands"];

const WEIGHT: &[&str] = &["weight", "weights", "attention", "share", "shares", "mass", "probability", "portion"];

const FILLERS: &[&str] =
    &["only", "just", "still", "even", "now", "then", "exactly", "up", "with", "a", "an", "the", "each", "here"];

/// Trailing words that change nothing.
const TRAILING: &[&str] = &[
    "already",
    "too",
    "as",
    "well",
    "in",
    "this",
    "that",
    "draw",
    "case",
    "example",
    "now",
    "then",
    "there",
    "here",
    "only",
    "altogether",
    "alone",
    "also",
];

impl View<'_> {
    /// What is said of weights at a place, and where it ends.
    pub fn weights_said(&self, at: usize) -> Option<(Said, usize)> {
        let said = self.of_weight(at).or_else(|| self.taken(at)).or_else(|| self.granted(at)).or_else(|| self.signed(at));
        let said = said.or_else(|| self.left_over(at)).or_else(|| self.named_weight(at));
        let (said, end) = said.or_else(|| self.own_letter(at))?;
        self.finished(said, end)
    }

    /// `a_j = 0.62`: a letter that the question does not know, with the index of a key.
    fn own_letter(&self, at: usize) -> Option<(Said, usize)> {
        let Expr::Symbol(s) = self.math(at)? else { return None };
        let [Index::Letter(l)] = s.indices.as_slice() else { return None };
        let own = matches!(s.name.as_str(), "a" | "w" | "p") && self.world.letters.contains(l) && !self.world.knows(s, &[]);
        self.relation(at + 1).filter(|_| own)?;
        let (relation, value, end) = self.value(at + 1)?;
        let keys = Keys::Named(vec![l.clone()]);
        Some((Said { keys, together: None, head: None, against: None, relation, value, last: None }, end))
    }

    /// `α_j` "is only about 0.83": a weight by its sign, and a number in words.
    fn named_weight(&self, at: usize) -> Option<(Said, usize)> {
        let key = self.weight_of(self.math(at)?)?;
        let verb = self.skip(at + 1, &["then", "now", "still"]);
        let state =
            self.is(verb, &["is", "becomes", "equals", "stays", "gets", "reaches", "comes", "drops", "falls", "rises", "sits"]);
        let start = self.skip(verb + 1, &["out", "at", "to", "as", "down", "up", "already"]);
        let (relation, value, end) = self.value(if self.is(start - 1, &["at"]) { start - 1 } else { start }).filter(|_| state)?;
        let keys = Keys::Named(vec![key]);
        Some((Said { keys, together: None, head: None, against: None, relation, value, last: None }, end))
    }

    /// "weights of a and b: 2/5 each".
    fn of_weight(&self, at: usize) -> Option<(Said, usize)> {
        let noun = self.skip(at, &["the", "a", "attention", "total", "joint", "combined"]);
        if !self.is(noun, &["weight", "weights"]) {
            return None;
        }
        let (head, start) = self.maybe_head(noun + 1);
        if !self.is(start, &["of", "on", "for", "at"]) {
            return None;
        }
        let (named, after) = self.keys(start + 1)?;
        let (later, verb) = self.maybe_head(after);
        let sign = self.relation(verb).is_some() || self.colon(verb);
        let start = if sign && self.relation(verb).is_none() {
            verb + 1
        } else {
            self.skip(verb, &["is", "are", "becomes", "of", "being"])
        };
        let (relation, value, end) = self.value(start)?;
        let together = (at..noun).any(|i| self.is(i, &["total", "joint", "combined"])).then_some(true);
        let together = together.or(named.each.then_some(false));
        Some((Said { keys: named.keys, together, head: head.or(later), against: None, relation, value, last: None }, end))
    }

    /// "v_a has 73 % of the weight", "the third key has only 1/201", "va has nine times the weight of vb".
    fn taken(&self, at: usize) -> Option<(Said, usize)> {
        let (named, after) = self.keys(at)?;
        let (head, after) = self.maybe_head(after);
        let verb =
            self.skip(after, &["together", "jointly", "then", "already", "still", "now", "only", "just", "combined", "all"]);
        let joined = (after..verb).any(|i| self.is(i, &["together", "jointly", "combined"]));
        // "the weight of a is …" is read as a whole; "key a is …" says nothing of weights.
        let own = (at..after).any(|i| self.is(i, &["weight", "weights"]));
        if !self.is(verb, TAKES) || self.is(verb, &["is", "are"]) && !own {
            return None;
        }
        let shared = self.is(verb, &["share", "shares"]);
        if let Some((said, end)) = self.times(&named.keys, head, verb + 1) {
            return Some((said, end));
        }
        let (relation, value, end) = self.value(verb + 1)?;
        let together = if shared || joined { Some(true) } else { named.each.then_some(false) };
        Some((Said { keys: named.keys, together, head, against: None, relation, value, last: None }, end))
    }

    /// "the four others together ≈ 0.018", "each of the others 0.0003": without a verb, where no scores are spoken of.
    fn signed(&self, at: usize) -> Option<(Said, usize)> {
        let (named, after) = self.keys(at).filter(|(n, _)| n.keys == Keys::Others)?;
        let joined = self.is(after, &["together", "jointly"]);
        let start = self.skip(after, &["together", "jointly", "only", "just"]);
        let clear = named.each || joined;
        // What was spoken of last are weights, or nothing was.
        let score = |i: usize| self.is(i, &["score", "scores", "logit", "logits", "product", "products"]);
        let weight = |i: usize| self.is(i, WEIGHT) || self.math(i).is_some_and(|e| self.weight_of(e).is_some());
        let scores = (0..at).rev().find(|i| score(*i) || weight(*i)).is_some_and(score);
        let (relation, value, end) = self.value(start).filter(|_| clear && !scores)?;
        let together = Some(joined);
        Some((Said { keys: named.keys, together, head: None, against: None, relation, value, last: None }, end))
    }

    /// "about 2.7 times as much weight as vb", "nine times the weight of vb".
    fn times(&self, keys: &Keys, head: Option<u32>, at: usize) -> Option<(Said, usize)> {
        let start = self.skip(at, FILLERS);
        let about = self.skip(start, ABOUT);
        let (factor, after) = self.number(about).or_else(|| self.count(about))?;
        if !self.is(after, &["times"]) {
            return None;
        }
        let much = self.skip(after + 1, &["as", "much", "the", "more"]);
        if (after + 1..much).any(|i| self.is(i, &["more"])) {
            return None;
        }
        let noun = self.skip(much, WEIGHT);
        let of = self.skip(noun, &["of", "as", "that"]);
        let named_noun = noun > much || self.is(much, &["that"]);
        let (other, end) = self.keys(of).filter(|_| named_noun && of > noun)?;
        let rounded = about > start || matches!(&factor, Expr::Number(n) if n.decimals.is_some());
        let relation = if rounded { Relation::Approx } else { Relation::Equal };
        let said =
            Said { keys: keys.clone(), together: None, head, against: Some(other.keys), relation, value: factor, last: None };
        Some((said, end))
    }

    /// "… give the first key a weight of about 0.99995", "head one gives v_a the weight 0.993".
    fn granted(&self, at: usize) -> Option<(Said, usize)> {
        if !self.is(at, GIVES) {
            return None;
        }
        let Some((named, after)) = self.keys(at + 1) else { return self.put_on(at) };
        let noun = self.skip(after, &["a", "the", "an", "only"]);
        let says = self.is(noun, WEIGHT);
        let (relation, value, end) = self.value(if says { self.skip(noun + 1, &["of"]) } else { noun })?;
        let of = self.skip(end + 1, &["the", "its", "all", "total", "attention"]);
        let after_value = (noun..end).any(|i| self.is(i, WEIGHT)) || self.is(end, &["of"]) && self.is(of, WEIGHT);
        if !says && !after_value {
            return None;
        }
        let together = named.each.then_some(false);
        Some((Said { keys: named.keys, together, head: None, against: None, relation, value, last: None }, end))
    }

    /// "puts only 0.7 % on v_a", "leaves 0.1 of the weight for the others".
    fn put_on(&self, at: usize) -> Option<(Said, usize)> {
        let (relation, value, end) = self.value(at + 1)?;
        let of = self.skip(end + 1, &["the", "its", "all", "total", "attention"]);
        let end = if self.is(end, &["of"]) && self.is(of, WEIGHT) { self.skip(of, WEIGHT) } else { end };
        let (named, end) = self.is(end, &["on", "to", "for"]).then(|| self.keys(end + 1)).flatten()?;
        let together = named.each.then_some(false);
        Some((Said { keys: named.keys, together, head: None, against: None, relation, value, last: None }, end))
    }

    /// "q = 5 k_j gives more than 0.9": the weight of the key that stands out.
    pub fn outcome(&self, at: usize) -> Option<(Said, usize)> {
        if !self.is(at, &["gives", "yields", "give", "reaches", "have", "get", "reach", "guarantees", "ensures", "guarantee"])
            || self.world.letters != ["j"]
        {
            return None;
        }
        let (relation, value, end) = self.value(at + 1)?;
        let share = super::scores::value(&value).is_some_and(|v| (0.0..=1.0).contains(&v));
        let said =
            Said { keys: Keys::Named(vec!["j".into()]), together: None, head: None, against: None, relation, value, last: None };
        if share { self.finished(said, end) } else { None }
    }

    /// "at most 1.7 % of the weight is left for the others", "0.3 % of the weight remains for the rest".
    fn left_over(&self, at: usize) -> Option<(Said, usize)> {
        let (relation, value, after) = self.value(at)?;
        let of = self.skip(after + 1, &["the", "its", "all", "total", "attention"]);
        let noun = (self.is(after, &["of"]) && self.is(of, WEIGHT)).then_some(of + 1)?;
        let verb = self.skip(noun, &["is", "are", "then", "only"]);
        let left = self.skip(verb, &["left", "remains", "remain", "over", "goes", "go", "stays"]);
        let (named, end) = (left > verb && self.is(left, &["for", "to", "on", "with"])).then(|| self.keys(left + 1)).flatten()?;
        let together = Some(named.keys == Keys::Others && !named.each);
        Some((Said { keys: named.keys, together, head: None, against: None, relation, value, last: None }, end))
    }

    /// "gives it only 0.0067", of the keys that were spoken of last.
    pub fn granted_it(&self, at: usize, keys: Keys) -> Option<(Said, usize)> {
        let start = (self.is(at, GIVES) && self.is(at + 1, &["it"])).then_some(at + 2)?;
        let (relation, value, end) = self.value(start)?;
        self.finished(Said { keys, together: None, head: None, against: None, relation, value, last: None }, end)
    }

    /// "they hold about 0.23 %", of the keys that were spoken of last.
    pub fn they_take(&self, at: usize, keys: Keys, together: Option<bool>) -> Option<(Said, usize)> {
        let verb = self.skip(at + 1, &["together", "jointly", "then", "already", "still", "now", "only", "just", "all"]);
        let joined = (at..verb).any(|i| self.is(i, &["together", "jointly"])).then_some(true);
        let takes = self.is(at, &["they"]) && self.is(verb, TAKES) && !self.is(verb, &["is", "are", "end", "ends", "become"]);
        let (relation, value, end) = self.value(verb + 1).filter(|_| takes)?;
        let together = joined.or(together);
        self.finished(Said { keys, together, head: None, against: None, relation, value, last: None }, end)
    }

    /// In a list: "… and v_b 27 %", after what was said of another key.
    pub fn goes_on(&self, at: usize, before: Said) -> Option<(Said, usize)> {
        if before.against.is_some() {
            return None;
        }
        let (named, after) = self.keys(at)?;
        let (relation, value, end) = self.value(after)?;
        let together = named.each.then_some(false);
        self.finished(Said { keys: named.keys, together, head: before.head, against: None, relation, value, last: None }, end)
    }

    /// Reads what stands behind the number, up to the end of the clause.
    fn finished(&self, mut said: Said, mut end: usize) -> Option<(Said, usize)> {
        while let Some(relation @ (Relation::Equal | Relation::Approx)) = self.relation(end) {
            let (value, after) = self.number(end + 1)?;
            said.last = Some((relation, value));
            end = after;
        }
        loop {
            if self.is(end, &["each", "apiece", "both"]) {
                said.together = Some(false);
                end += 1;
            } else if self.is(end, &["together", "altogether", "jointly"]) {
                said.together = Some(true);
                end += 1;
            } else if self.is(end, &["of"]) && self.is(self.skip(end + 1, &["the", "its", "all", "total", "attention"]), WEIGHT) {
                end = self.skip(self.skip(end + 1, &["the", "its", "all", "total", "attention"]), WEIGHT);
            } else if let Some((head, after)) = self.head(end) {
                said.head = Some(head);
                end = after;
            } else if self.is(end, TRAILING) {
                end += 1;
            } else {
                break;
            }
        }
        let conditioned = self.is(end, &["for", "at", "if", "when"]) && self.math(end + 1).is_some();
        (self.ends(end) || conditioned).then_some((said, end))
    }

    fn maybe_head(&self, at: usize) -> (Option<u32>, usize) {
        self.head(at).map_or((None, at), |(h, end)| (Some(h), end))
    }

    /// How a number is said and the number: "only about 0.42", "more than half".
    fn value(&self, at: usize) -> Option<(Relation, Expr, usize)> {
        let mut relation = Relation::Equal;
        let mut place = at;
        if let Some(sign) = self.relation(place) {
            relation = sign;
            place += 1;
        }
        loop {
            let two = |w: &str, next: &[&str]| self.is(place, &[w]) && self.is(place + 1, next);
            if self.is(place, ABOUT) {
                relation = Relation::Approx;
                place += 1;
            } else if self.is(place, &["more", "less", "greater", "larger", "smaller"]) && self.is(place + 1, &["than"]) {
                relation = if self.is(place, &["less", "smaller"]) { Relation::Less } else { Relation::Greater };
                place += 2;
            } else if self.is(place, &["over", "above", "below", "under"]) {
                relation = if self.is(place, &["over", "above"]) { Relation::Greater } else { Relation::Less };
                place += 1;
            } else if two("at", &["least", "most"]) {
                relation = if self.is(place + 1, &["least"]) { Relation::GreaterEqual } else { Relation::LessEqual };
                place += 2;
            } else if self.number(place).is_none()
                && (self.is(place, FILLERS) || self.is(place, WEIGHT) || self.is(place, &["of"]))
            {
                place += 1;
            } else {
                break;
            }
        }
        let (value, end) = self.number(place)?;
        let share = super::scores::value(&value)?;
        let end = self.skip(end, &["percent"]);
        // "key 1 has 3 neighbours": a share is none above 1, and a noun behind makes it another number.
        ((0.0..=1.0).contains(&share) && !self.is(end, KEY_NOUNS) && !self.is(end, &["times"])).then_some((relation, value, end))
    }
}

impl Said {
    /// What a heading says before its list: nothing yet.
    pub fn heading() -> Said {
        let (keys, value) = (Keys::Others, Expr::int(0));
        Said { keys, together: None, head: None, against: None, relation: Relation::Equal, value, last: None }
    }

    /// What is said, in numbers, with other readings; nothing where the example does not say all of it.
    pub fn links(&self, example: &Example, scores: &Scores) -> Option<Vec<Link>> {
        let link = |left: Expr| Link { left, relation: self.relation, right: self.value.clone() };
        if let Some(other) = &self.against {
            let [above] = <[Expr; 1]>::try_from(example.weight(scores, &self.keys, false)?).ok()?;
            let [below] = <[Expr; 1]>::try_from(example.weight(scores, other, false)?).ok()?;
            return Some(vec![link(Expr::Div(Box::new(above), Box::new(below)))]);
        }
        let together = self.together.unwrap_or(false);
        let each = example.weight(scores, &self.keys, together)?;
        let last = |left: &Expr| {
            self.last.as_ref().map(|(relation, e)| Link { left: left.clone(), relation: *relation, right: e.clone() })
        };
        Some(each.into_iter().flat_map(|e| last(&e).into_iter().chain([link(e)]).collect::<Vec<Link>>()).collect())
    }

    /// The same read of all keys together, where the words leave it open.
    pub fn otherwise(&self, example: &Example, scores: &Scores) -> Option<Link> {
        if self.together.is_some() || self.against.is_some() {
            return None;
        }
        let sum = example.weight(scores, &self.keys, true)?;
        Some(Link { left: sum.first()?.clone(), relation: self.relation, right: self.value.clone() })
    }
}
