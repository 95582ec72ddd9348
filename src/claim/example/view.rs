//! What stands at a place of a sentence: words, numbers in words, keys, heads.

use super::items::{ByItems, Item, Kind};
use super::scores::{Keys, factors, key_of};
use super::words::{OTHERWISE, among};
use crate::claim::phrases::NUMERALS;
use crate::language::{Expr, Index, Relation};
use crate::world::World;

/// A sentence of a part.
pub struct View<'a> {
    /// The question's world.
    pub world: &'a World,
    /// The sentence.
    pub items: &'a [Item],
}

/// Nouns for a key.
pub const KEY_NOUNS: &[&str] = &[
    "key",
    "keys",
    "token",
    "tokens",
    "value",
    "values",
    "vector",
    "vectors",
    "position",
    "positions",
    "one",
    "ones",
    "row",
    "rows",
    "entry",
    "entries",
    "weight",
    "weights",
    "rival",
    "rivals",
    "competitor",
    "competitors",
    "level",
    "levels",
    "score",
    "scores",
];

/// Words for "about".
pub const ABOUT: &[&str] = &["about", "roughly", "approximately", "around", "approx", "circa", "ca", "some"];

/// A whole number in words, from one on.
fn numeral(word: &str) -> Option<i64> {
    NUMERALS.iter().position(|n| *n == word).filter(|n| *n > 0).map(|n| n as i64)
}

const PLACES: [&str; 7] = ["", "first", "second", "third", "fourth", "fifth", "sixth"];

const PARTS: [(&str, i64); 20] = [
    ("half", 2),
    ("halves", 2),
    ("third", 3),
    ("thirds", 3),
    ("quarter", 4),
    ("quarters", 4),
    ("fourth", 4),
    ("fourths", 4),
    ("fifth", 5),
    ("fifths", 5),
    ("sixth", 6),
    ("sixths", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("tenths", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("twentieth", 20),
];

/// Keys that a phrase names.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Which.
    pub keys: Keys,
    /// Whether each is meant by itself.
    pub each: bool,
    /// How many there are said to be.
    pub count: Option<Expr>,
}

impl ByItems for View<'_> {
    fn items(&self) -> &[Item] {
        self.items
    }
}

impl<'a> View<'a> {
    /// Whether the sentence speaks of a query that may not be the question's own: a combination of keys, or one that was changed.
    pub fn of_another_query(&self) -> bool {
        let own = |e: &Expr| self.world.slots.iter().any(|s| s.reference == *e);
        let combined = |e: &Expr| {
            let vectors = e.symbols().iter().any(|s| matches!(s.name.as_str(), "k" | "mu") && !s.indices.is_empty());
            vectors && !matches!(e, Expr::Symbol(_)) && factors(e, &self.world.letters).is_some() && !own(e)
        };
        let given = |at: usize| at > 1 && self.relation(at - 1) == Some(Relation::Equal);
        (0..self.items.len())
            .any(|i| self.word(i).is_some_and(|w| among(OTHERWISE, w)) || self.math(i).is_some_and(combined) && !given(i))
    }

    /// Where the clause of a place begins.
    pub fn clause(&self, at: usize) -> usize {
        (0..at).rev().find(|i| self.parts(*i)).map_or(0, |i| i + 1)
    }

    /// Whether a clause may end here.
    pub fn ends(&self, at: usize) -> bool {
        match self.items.get(at).map(|i| &i.kind) {
            None => true,
            _ if self.parts(at) => true,
            Some(Kind::Word(w)) => matches!(
                w.as_str(),
                "and"
                    | "while"
                    | "whereas"
                    | "so"
                    | "but"
                    | "because"
                    | "although"
                    | "though"
                    | "since"
                    | "hence"
                    | "which"
                    | "that"
            ),
            _ => false,
        }
    }

    /// A whole number in words or digits, "four".
    pub fn count(&self, at: usize) -> Option<(Expr, usize)> {
        if self.is(at, &["no"]) {
            return None;
        }
        if let Some(n) = self.word(at).and_then(numeral) {
            return Some((Expr::int(n), at + 1));
        }
        let many = [("thirty", 30), ("forty", 40), ("fifty", 50), ("hundred", 100), ("thousand", 1000)];
        if let Some((_, many)) = many.iter().find(|(w, _)| self.is(at, &[w])) {
            return Some((Expr::int(*many), at + 1));
        }
        match self.math(at)? {
            Expr::Number(n) if n.decimals.is_none() && n.value >= 1.0 => Some((Expr::Number(n.clone()), at + 1)),
            e @ Expr::Add(_) if e.symbols().iter().all(|s| s.name == "n" && s.indices.is_empty()) => Some((e.clone(), at + 1)),
            _ => None,
        }
    }

    /// A number: closed mathematics, a percentage, "three quarters".
    pub fn number(&self, at: usize) -> Option<(Expr, usize)> {
        let part = |i: usize| self.word(i).and_then(|w| PARTS.iter().find(|(p, _)| *p == w)).map(|(_, n)| *n);
        let above = match self.word(at) {
            Some("a" | "an") => Some(1),
            Some("half") => return Some((Expr::half(), at + 1)),
            Some(w) => numeral(w),
            None => None,
        };
        if let Some(above) = above {
            let below = part(at + 1)?;
            return Some((Expr::Div(Box::new(Expr::int(above)), Box::new(Expr::int(below))), at + 2));
        }
        let e = self.math(at).filter(|e| e.is_closed() && !matches!(e, Expr::Tuple(_)))?;
        let hundred = |e: &Expr| Expr::Div(Box::new(e.clone()), Box::new(Expr::int(100)));
        if matches!(self.items.get(at + 1).map(|i| &i.kind), Some(Kind::Percent)) || self.is(at + 1, &["percent"]) {
            return Some((hundred(e), at + 2));
        }
        if self.is(at + 1, &["per"]) && self.is(at + 2, &["cent"]) {
            return Some((hundred(e), at + 3));
        }
        Some((e.clone(), at + 1))
    }

    /// A head of the question, "head 1", "the first head", and where it ends.
    pub fn head(&self, at: usize) -> Option<(u32, usize)> {
        let at = self.skip(at, &["in", "of", "for", "the"]);
        let number = |i: usize| match (self.word(i), self.math(i)) {
            (Some("one" | "first"), _) => Some(1),
            (Some("two" | "second"), _) => Some(2),
            (_, Some(Expr::Number(n))) if n.value == 1.0 || n.value == 2.0 => Some(n.value as u32),
            _ => None,
        };
        if self.is(at, &["head"]) {
            return number(at + 1).map(|n| (n, at + 2));
        }
        (self.is(at + 1, &["head"]) && self.word(at).is_some()).then(|| number(at)).flatten().map(|n| (n, at + 2))
    }

    /// One key by its name.
    fn key(&self, at: usize) -> Option<(String, usize)> {
        let noun = self.skip(at, &["the"]);
        let place = self.word(noun).and_then(|w| PLACES.iter().position(|p| *p == w));
        if let Some(n) = place.filter(|_| noun > at) {
            let end = self.skip(noun + 1, KEY_NOUNS);
            // "the weight of the first is", "the second gets"
            let verbs = ["is", "gets", "has", "takes", "receives", "becomes", "already", "then"];
            let alone =
                self.is(end, &verbs) || at.checked_sub(1).is_some_and(|b| self.is(b, &["of", "for", "on"])) && self.ends(end);
            return (end > noun + 1 || alone).then(|| (n.to_string(), end));
        }
        if self.is(noun, &["winner"]) || self.is(noun, &["winning", "leading"]) && self.is(noun + 1, KEY_NOUNS) {
            return Some(("j".into(), noun + 1 + usize::from(!self.is(noun, &["winner"]))));
        }
        let start = self.skip(noun, KEY_NOUNS);
        let known = |l: &str| self.world.letters.iter().any(|x| x == l);
        if let Some(w) = self.word(start).filter(|w| known(w)) {
            // "a" may be an article.
            let listed =
                start > noun || self.is(start + 1, &["and", "gets", "has", "receives", "takes", "is"]) || self.ends(start + 1);
            let after = at.checked_sub(1).is_some_and(|b| self.is(b, &["of", "for", "on", "and", "give", "gives", "each"]));
            return (listed || after).then(|| (w.to_string(), start + 1));
        }
        match self.math(start)? {
            Expr::Symbol(s) if s.indices.is_empty() && known(&s.name) => Some((s.name.clone(), start + 1)),
            e @ Expr::Symbol(s) => {
                let weight = || self.weight_of(e).filter(|k| known(k));
                key_of(s, &self.world.letters).or_else(weight).map(|k| (k, start + 1))
            }
            Expr::Number(n) if start > noun && n.decimals.is_none() => Some((n.value.to_string(), start + 1)),
            _ => None,
        }
    }

    /// Keys in a phrase: "a and b", "each of the three other keys", "the rest".
    pub fn keys(&self, at: usize) -> Option<(Named, usize)> {
        if let Some(found) = self.others(at).or_else(|| self.each_of_two(at)) {
            return Some(found);
        }
        let single = self.is(at, &["each"]) && self.is(at + 1, &["of"]);
        let both = self.is(at, &["both"]) || single;
        let first = if both { self.skip(at + 1, &["of", "them", "the", "two"]) } else { self.pair_noun(at) };
        if let Some((name, mut end)) = self.key(first) {
            let mut names = vec![name];
            loop {
                let comma = usize::from(self.comma(end));
                let joined = end + comma;
                // "the pair a, b"
                let listed = (comma == 1 && first > at && !both).then(|| self.key(joined)).flatten();
                let next = self.is(joined, &["and"]).then(|| self.key(joined + 1)).flatten().or(listed);
                let Some((name, after)) = next else { break };
                names.push(name);
                end = after;
            }
            let each = names.len() > 1 && self.is(end, &["both", "each"]);
            return Some((Named { keys: Keys::Named(names), each: each || both, count: None }, end + usize::from(each)));
        }
        let pair = self.world.letters.len() == 2;
        let end = self.skip(first, KEY_NOUNS);
        (both && !single && pair).then(|| (Named { keys: Keys::Named(self.world.letters.clone()), each: true, count: None }, end))
    }

    /// After "the pair", "the two keys" before the keys' letters.
    fn pair_noun(&self, at: usize) -> usize {
        let start = self.skip(at, &["the", "our", "two"]);
        let end = self.skip(start, &["pair", "couple", "keys", "values"]);
        let named = end > start && start > at && self.named_behind(end);
        if named { end } else { at }
    }

    /// "each of the two weights", "the two wanted keys", "the pair", of a question with two keys of its own.
    fn each_of_two(&self, at: usize) -> Option<(Named, usize)> {
        let single = self.is(at, &["each"]) && self.is(at + 1, &["of"]);
        let from = if single { at + 2 } else { at };
        let start = self.skip(from, &["the", "these", "those", "our", "both", "all", "of"]);
        let named = ["wanted", "relevant", "chosen", "matching", "target", "desired", "interesting", "good", "useful"];
        let two = self.is(start, &["two"]) || start > from && self.is(start - 1, &["both"]);
        let pair = self.is(start, &["pair", "couple"]) && start > from;
        let noun = self.skip(start + usize::from(self.is(start, &["two"])), &named);
        let end = if pair { start + 1 } else { self.skip(noun, &["weights", "keys", "values", "them", "tokens", "vectors"]) };
        // "the two" alone needs a word that says what they are, or stands where each is meant.
        let said = pair || two && (single || end > noun || noun > start + 1 && start > from);
        let own = self.world.letters.len() == 2 && said && !self.named_behind(end);
        let each = single || (from..start).any(|i| self.is(i, &["both"]));
        own.then(|| (Named { keys: Keys::Named(self.world.letters.clone()), each, count: None }, end))
    }

    /// Whether letters of keys stand at a place, behind their noun.
    fn named_behind(&self, at: usize) -> bool {
        let letter = self.word(at).is_some_and(|w| self.world.letters.iter().any(|l| l == w));
        letter || self.math(at).is_some_and(|e| matches!(e, Expr::Symbol(_)))
    }

    fn others(&self, at: usize) -> Option<(Named, usize)> {
        let each = self.is(at, &["each", "every", "any"]);
        let mut place = self.skip(at, &["each", "every", "any", "all", "of", "the", "those", "these"]);
        let mut count = self.count(place);
        place = count.as_ref().map_or(place, |(_, end)| *end);
        let rivals = self.is(place, &["rivals", "competitors", "losers"])
            || self.is(place, &["useless", "unwanted", "irrelevant", "losing", "wrong", "uninteresting", "unneeded"])
                && self.is(place + 1, KEY_NOUNS);
        if !rivals && !self.is(place, &["other", "others", "rest", "remaining", "everybody", "everyone"]) {
            return None;
        }
        let everybody = self.is(place, &["everybody", "everyone"]);
        place += 1;
        if everybody {
            place = self.is(place, &["else"]).then_some(place + 1)?;
        }
        if count.is_none() {
            // "all the others 6 behind": no number of keys.
            count = self.count(place).filter(|(_, e)| !self.is(*e, &["behind", "below", "lower", "smaller", "less"]));
            place = count.as_ref().map_or(place, |(_, end)| *end);
        }
        let end = self.skip(place, KEY_NOUNS);
        Some((Named { keys: Keys::Others, each: each || everybody, count: count.map(|(n, _)| n) }, end))
    }

    /// The key that an index of a weight names.
    pub fn weight_of(&self, e: &Expr) -> Option<String> {
        let Expr::Symbol(s) = e else { return None };
        let name = self.world.synonyms.get(&s.name).unwrap_or(&s.name);
        match s.indices.as_slice() {
            [Index::Letter(l)] if name == "alpha" => Some(l.clone()),
            [Index::Number(n)] if name == "alpha" => Some(n.to_string()),
            _ => None,
        }
    }
}
