//! What an example is said to give: weights of keys, by numbers.

use super::items::ByItems;
use super::scores::{Example, Keys, Scores};
use super::view::{ABOUT, KEY_NOUNS, Named, View};
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

/// Most digits that a number is said to have.
const MOST_DIGITS: f64 = 9.0;

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
        let said = said.or_else(|| self.left_over(at)).or_else(|| self.named_weight(at)).or_else(|| self.leaked(at));
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
        let sum = ["sum", "total"].iter().any(|w| self.are(after, &["in", w]));
        let after = after + 2 * usize::from(sum);
        let verb =
            self.skip(after, &["together", "jointly", "then", "already", "still", "now", "only", "just", "combined", "all"]);
        let joined = sum || (after..verb).any(|i| self.is(i, &["together", "jointly", "combined"]));
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
        // "each" may stand behind the number.
        let single = (end..end + 4).any(|i| self.is(i, &["each", "apiece"]));
        let together = if shared || joined {
            Some(true)
        } else if single {
            Some(false)
        } else {
            together_by_size(&named, &value)
        };
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
        if !self.is(at, GIVES) && !self.head_has(at) {
            return None;
        }
        let Some((named, after)) = self.keys(at + 1) else { return self.put_on(at) };
        let noun = self.skip(after, &["a", "the", "an", "only"]);
        let says = self.is(noun, WEIGHT);
        let (relation, value, end) = self.value(if says { self.skip(noun + 1, &["of"]) } else { noun })?;
        let of = self.skip(end + 1, &["the", "its", "all", "total", "attention"]);
        let after_value = (noun..end).any(|i| self.is(i, WEIGHT)) || self.is(end, &["of"]) && self.is(of, WEIGHT);
        // "give each of the two 0.487": a share by its digits.
        let share = noun == after && matches!(&value, Expr::Number(n) if n.decimals.is_some_and(|d| d > 1));
        if !says && !after_value && !share {
            return None;
        }
        let together = named.each.then_some(false);
        Some((Said { keys: named.keys, together, head: None, against: None, relation, value, last: None }, end))
    }

    /// "(head 1) has the weight 0.943 on v_a", "(the softmax) has 0.487 on each of a and b": no key has it.
    fn head_has(&self, at: usize) -> bool {
        let head = (2..=4).any(|n| at.checked_sub(n).and_then(|i| self.head(i)).is_some_and(|(_, end)| end == at));
        let softmax = at > 0 && self.is(at - 1, &["softmax"]);
        self.is(at, &["has", "spends", "concentrates", "places", "lays", "gets"]) && (head || softmax)
    }

    /// "puts only 0.7 % on v_a", "leaves 0.1 of the weight for the others".
    fn put_on(&self, at: usize) -> Option<(Said, usize)> {
        let (relation, value, end) = self.value(at + 1)?;
        let of = self.skip(end + 1, &["the", "its", "all", "total", "attention"]);
        let end = if self.is(end, &["of"]) && self.is(of, WEIGHT) { self.skip(of, WEIGHT) } else { end };
        let (named, end) = self.is(end, &["on", "to", "for", "onto", "upon"]).then(|| self.keys(end + 1)).flatten()?;
        let together = together_by_size(&named, &value);
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
        let verb = self.skip(noun, &["is", "are", "then", "only", "now", "still", "already"]);
        let left = self.skip(
            verb,
            &[
                "left",
                "remains",
                "remain",
                "over",
                "goes",
                "go",
                "stays",
                "falls",
                "sits",
                "lies",
                "lands",
                "concentrated",
                "leaks",
                "flows",
                "rests",
                "belongs",
                "shared",
                "ends",
                "up",
            ],
        );
        let preposition = self.is(left, &["for", "to", "on", "with", "by", "at"]);
        // "97 % of the weight is on a and b"
        let stands = left > verb || verb > noun && self.is(left, &["on", "at", "with"]);
        let (named, end) = (stands && preposition).then(|| self.keys(left + 1)).flatten()?;
        let together = match named.keys {
            Keys::Others => Some(!named.each),
            Keys::Named(_) => together_by_size(&named, &value),
        };
        Some((Said { keys: named.keys, together, head: None, against: None, relation, value, last: None }, end))
    }

    /// "the leak is 2.6 %", "the remainder is 0.026": what all other keys have together.
    fn leaked(&self, at: usize) -> Option<(Said, usize)> {
        let noun = self.skip(at, &["the", "total", "whole"]);
        let leak = noun > at && self.is(noun, &["leak", "leakage", "spill", "residue"]);
        let verb = self.is(noun + 1, &["is", "equals", "becomes", "comes", "drops", "amounts", "stays", "falls"]);
        let start = self.skip(noun + 2, &["out", "at", "to", "down", "as"]);
        let (relation, value, end) = self.value(start).filter(|_| leak && verb)?;
        let said = Said { keys: Keys::Others, together: Some(true), head: None, against: None, relation, value, last: None };
        Some((said, end))
    }

    /// "each head gives its own key a weight of 0.943", "both heads put 0.943 on their own key": what is said of each head.
    pub fn of_own_keys(&self, at: usize) -> Option<(Vec<Said>, usize)> {
        let heads = crate::claim::heads::numbers(self.world);
        let start = self.skip(at, &["each", "both", "every", "the", "two", "either", "of"]);
        let all = start > at && self.is(start, &["head", "heads"]) && heads.len() == self.world.letters.len();
        let verb = self.skip(start + 1, &["then", "now", "still", "also"]);
        let verb = (all && (self.is(verb, GIVES) || self.is(verb, &["has", "have", "spends", "places"]))).then_some(verb + 1)?;
        let own = |at: usize| {
            let start = self.skip(at, &["to", "on", "for"]);
            let own = self.skip(start, &["its", "their", "own", "respective", "the", "matching", "target", "wanted"]);
            let named = (start..own).any(|i| self.is(i, &["own", "its", "their", "respective", "matching", "target"]));
            (named && self.is(own, KEY_NOUNS) && !self.is(own, &["weight", "score"])).then_some(own + 1)
        };
        let (relation, value, end) = match own(verb) {
            Some(after) => self.value(self.skip(after, &["a", "the", "an", "weight", "of"]))?,
            None => {
                let (relation, value, end) = self.value(verb)?;
                let of = self.skip(end + 1, &["the", "its", "all", "total", "attention"]);
                let end = if self.is(end, &["of"]) { self.skip(of, WEIGHT) } else { end };
                (relation, value, own(end)?)
            }
        };
        let one = |(letter, head): (&String, &u32)| {
            let keys = Keys::Named(vec![letter.clone()]);
            Said { keys, together: None, head: Some(*head), against: None, relation, value: value.clone(), last: None }
        };
        let all: Vec<Said> = self.world.letters.iter().zip(&heads).map(one).collect();
        let (_, end) = self.finished(all.first()?.clone(), end)?;
        Some((all, end))
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
            } else if self.is(end, &["in"]) && self.is(end + 1, &["total", "sum", "all"]) {
                said.together = Some(true);
                end += 2;
            } else if self.is(end, &["of"]) && self.is(self.skip(end + 1, &["the", "its", "all", "total", "attention"]), WEIGHT) {
                end = self.skip(self.skip(end + 1, &["the", "its", "all", "total", "attention"]), WEIGHT);
            } else if let Some((head, after)) = self.head(end) {
                said.head = Some(head);
                end = after;
            } else if let Some((count, after)) = self.to_digits(end) {
                if let Expr::Number(n) = &mut said.value {
                    n.decimals = Some(count);
                }
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

    /// "to three digits", "to two decimal places", behind a number: how many, and where it ends.
    fn to_digits(&self, at: usize) -> Option<(u32, usize)> {
        let start = self.is(at, &["to", "with"]).then_some(at + 1)?;
        let (count, after) = self.count(start)?;
        let noun = self.skip(after, &["decimal", "decimals", "digits", "digit", "places", "significant", "figures"]);
        let count = super::scores::value(&count).filter(|n| *n <= MOST_DIGITS)?;
        (noun > after).then_some((count as u32, noun))
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

/// Whether a share is meant of two named keys together: each of them cannot have more than half.
fn together_by_size(named: &Named, value: &Expr) -> Option<bool> {
    let two = matches!(&named.keys, Keys::Named(names) if names.len() > 1);
    let large = super::scores::value(value).is_some_and(|v| v > 0.5);
    if named.each { Some(false) } else { (two && large).then_some(true) }
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

    /// In a head, "the others" read as all keys but the one that its query is for, together.
    pub fn all_but_its_own(&self, example: &Example, scores: &Scores, head: u32) -> Option<Link> {
        let [(own, _)] = example.queries.get(&head)?.as_slice() else { return None };
        let [own] = <[Expr; 1]>::try_from(example.weight(scores, &Keys::Named(vec![own.clone()]), false)?).ok()?;
        let rest = Expr::Add(vec![Expr::int(1), Expr::Neg(Box::new(own))]);
        Some(Link { left: rest, relation: self.relation, right: self.value.clone() })
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
