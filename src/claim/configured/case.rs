//! Configurations in words: "all keys are identical", "q is orthogonal to all keys", "k_j appears twice", "the zero query".

use super::Case;
use crate::claim::interventions::words::Words;

const ALIKE: &[&str] = &[
    "identical",
    "the same",
    "equal",
    "alike",
    "all equal",
    "all identical",
    "all the same",
    "the same vector",
    "one and the same",
];
const KEYS: &[&str] = &["keys", "key vectors", "k_i", "keys k_i"];
const VALUES: &[&str] = &["values", "value vectors", "v_i", "values v_i"];
const SCORES: &[&str] = &["scores", "dot products", "logits", "s_i", "scores s_i", "products", "inner products"];
const AMONG: &[&str] = &["among the keys", "in the list", "in the list of keys", "in the set of keys", "as a key", "among them"];
const ZERO: &[&str] = &["0", "zero", "the zero vector", "the null vector"];
const PERPENDICULAR: &[&str] = &["orthogonal to", "perpendicular to", "normal to"];

impl Words {
    /// A configuration as a clause: where it ends.
    pub(super) fn case(&self, at: usize) -> Option<(usize, Case)> {
        self.all_alike(at)
            .or_else(|| self.of_the_query(at))
            .or_else(|| self.tied(at))
            .or_else(|| self.doubled(at))
            .or_else(|| self.sized(at))
    }

    fn things(&self, at: usize) -> Option<(usize, Case)> {
        let start = self.row(at, &["all of the", "all the", "all", "the"]).unwrap_or(at);
        [(KEYS, Case::KeysAlike), (VALUES, Case::ValuesAlike), (SCORES, Case::ScoresAlike)]
            .into_iter()
            .find_map(|(rows, case)| Some((self.longest(start, rows)?, case)))
    }

    /// "all keys are identical", "all values coincide", "every key is the same"
    fn all_alike(&self, at: usize) -> Option<(usize, Case)> {
        let (next, case) = match self.row(at, &["every key", "each key"]) {
            Some(next) => (next, Case::KeysAlike),
            None => self.things(at)?,
        };
        if self.is(next, &["coincide", "agree"]) {
            return Some((next + 1, case));
        }
        let start = self.is(next, &["are", "is", "were"]).then(|| self.skip(next + 1, &["all", "exactly"]))?;
        Some((self.longest(start, ALIKE)?, case))
    }

    /// "q = 0", "the query is the zero vector", "q is orthogonal to all keys", "q = k_j"
    fn of_the_query(&self, at: usize) -> Option<(usize, Case)> {
        let next = self.row(at, &["the query q", "the query vector", "the query", "q"])?;
        let verb = self.is(next, &["is", "=", "were", "equals"]).then(|| self.skip(next + 1, &["exactly"]))?;
        if let Some(end) = self.longest(verb, ZERO) {
            return Some((end, Case::ZeroQuery));
        }
        if self.letter(verb, &["k"]).is_some() && !self.is(verb + 1, &["transpose", "plus", "times"]) {
            return Some((verb + 1, Case::QueryIsKey));
        }
        self.query_perpendicular(verb)
    }

    /// "orthogonal to all keys", "perpendicular to all differences of keys"
    fn query_perpendicular(&self, at: usize) -> Option<(usize, Case)> {
        let to = self.row(at, PERPENDICULAR)?;
        let start = self.row(to, &["all of the", "all the", "all", "every", "each", "any", "the"])?;
        const DIFFERENCES: &[&str] = &[
            "differences of keys",
            "differences of the keys",
            "differences between keys",
            "differences between the keys",
            "difference of keys",
            "difference of two keys",
            "difference between two keys",
            "key differences",
        ];
        if let Some(end) = self.row(start, DIFFERENCES) {
            return Some((end, Case::PerpendicularToDifferences));
        }
        Some((self.row(start, &["keys", "key", "k_i"])?, Case::Perpendicular))
    }

    /// "two scores are tied at the top", "two keys have the same largest score", "the two largest scores are equal"
    fn tied(&self, at: usize) -> Option<(usize, Case)> {
        const COUNTS: &[(&str, usize)] = &[("two", 2), ("three", 3), ("2", 2), ("3", 3), ("both", 2), ("four", 4)];
        let start = self.skip(at, &["the", "exactly"]);
        let count = COUNTS.iter().find(|(w, _)| self.is(start, &[w]))?.1;
        let next = self.skip(start + 1, &["of", "the"]);
        if let Some(end) =
            self.row(next, &["largest scores", "highest scores", "top scores", "best scores", "top keys", "best keys"])
        {
            let verb = self.row(end, &["are equal", "are the same", "coincide", "are tied", "are identical", "agree", "tie"])?;
            return Some((verb, Case::TiedTop(count)));
        }
        let things = self.row(next, &["scores", "keys", "dot products"])?;
        const TIE: &[&str] = &[
            "are tied at the top",
            "tie at the top",
            "tie for the top",
            "tie for the largest score",
            "are tied for the top score",
            "are tied for the largest score",
            "share the largest score",
            "share the top score",
            "share the highest score",
            "have the same largest score",
            "are equal and larger than the others",
            "are equal and larger than all others",
            "are equal and above all the others",
            "have the same top score",
            "tie for first place",
        ];
        Some((self.row(things, TIE)?, Case::TiedTop(count)))
    }

    /// "k_j appears twice among the keys", "another key equals k_j", "a second key has nearly the same score as k_j"
    fn doubled(&self, at: usize) -> Option<(usize, Case)> {
        if self.letter(at, &["k"]).is_some() {
            const TWICE: &[&str] = &[
                "appears twice",
                "occurs twice",
                "is there twice",
                "has a twin",
                "has an identical twin",
                "has a duplicate",
                "has a copy",
                "has an exact copy",
                "is duplicated",
                "shows up twice",
                "stands there twice",
            ];
            let end = self.row(at + 1, TWICE)?;
            return Some((self.row(end, AMONG).unwrap_or(end), Case::Twin));
        }
        let start = self.row(at, &["there is", "there exists", "we have"]).unwrap_or(at);
        let start = self.skip(start, &["some", "a", "an", "one", "also"]);
        let next = self.row(start, &["second key", "another key", "other key", "further key", "different key", "twin key"])?;
        if let Some(as_) = self.row(next, &["scores the same as", "scores exactly the same as", "scores as much as"]) {
            let named = self.skip(as_, &["key"]);
            let is = self.letter(named, &["k"]).is_some() || self.is(named, &["j"]);
            return is.then_some((named + 1, Case::Twin));
        }
        if let Some(equal) =
            self.row(next, &["is equal to", "equals", "is identical to", "is the same as", "with the same vector as"])
        {
            return self.letter(equal, &["k"]).map(|_| (equal + 1, Case::Twin));
        }
        let has = self.is(next, &["has", "with", "gets", "having"]).then_some(next + 1)?;
        const NEARLY: &[&str] = &["nearly", "almost", "practically", "about", "roughly", "approximately"];
        let near = self.is(has, NEARLY);
        let start = self.skip(has, &["exactly", "nearly", "almost", "practically", "about", "roughly", "approximately"]);
        let end = self.row(start, &["the same score", "an equal score", "the same dot product", "the same product with q"])?;
        let behind = self.is(end, &["as"]).then(|| self.skip(end + 1, &["key"]));
        let named = behind.filter(|b| self.letter(*b, &["k"]).is_some() || self.is(*b, &["j"])).map(|b| b + 1);
        Some((named.unwrap_or(end), if near { Case::NearTwin } else { Case::Twin }))
    }

    /// "all values have norm 1", "there is only one key", "n = 2", "there are two values"
    fn sized(&self, at: usize) -> Option<(usize, Case)> {
        let start = self.row(at, &["all the", "all", "the"]).unwrap_or(at);
        if let Some(next) = self.longest(start, VALUES)
            && self.is(next, &["have", "has"])
        {
            let unit = self.row(next + 1, &["norm 1", "length 1", "unit length", "unit norm", "norm one", "length one"]);
            return unit.map(|end| (end, Case::ValuesOfLength(1.0)));
        }
        if let Some(end) = self.row(
            start,
            &[
                "values are unit vectors",
                "values are normalised",
                "values are normalized",
                "v_i are unit vectors",
                "value vectors are unit vectors",
            ],
        ) {
            return Some((end, Case::ValuesOfLength(1.0)));
        }
        if self.is(at, &["n"]) && self.is(at + 1, &["="]) {
            let (end, n) = self.number(at + 2)?;
            let whole = n.fract() == 0.0 && (1.0..=9.0).contains(&n);
            return whole.then_some((end, Case::Keys(n as usize)));
        }
        let there = self.row(at, &["there is", "there are", "we have"])?;
        self.counted(self.skip(there, &["only", "just"]))
    }

    /// "one key", "two values"
    fn counted(&self, at: usize) -> Option<(usize, Case)> {
        let start = self.skip(at, &["only", "just", "a", "exactly"]);
        let (next, n) = match self.row(start, &["one", "single"]) {
            Some(next) => (next, 1),
            None => (self.row(start, &["two", "2"])?, 2),
        };
        let next = self.skip(next, &["single"]);
        self.is(next, &["key", "keys", "value", "values", "token", "tokens"]).then_some((next + 1, Case::Keys(n)))
    }

    /// A configuration as a noun: "identical keys", "the zero query", "a query orthogonal to all keys".
    pub(super) fn case_noun(&self, at: usize) -> Option<(usize, Case)> {
        let start = self.row(at, &["the", "a"]).unwrap_or(at);
        if let Some(end) = self.row(start, &["zero query", "null query", "zero vector as query", "zero vector as the query"]) {
            return Some((end, Case::ZeroQuery));
        }
        if self.is(start, &["q"]) && self.is(start + 1, &["="]) {
            return self.of_the_query(start);
        }
        if let Some(next) = self.row(start, &["query"]) {
            return self.query_perpendicular(self.row(next, &["that is", "which is"]).unwrap_or(next));
        }
        if let Some(next) = self.row(start, &["identical", "equal", "coinciding"]) {
            return self.things(next);
        }
        self.counted(at)
    }
}
