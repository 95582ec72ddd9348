//! What comes out: an expression of the question's values, a mean of some of them, or one of two; and the words behind it that
//! change nothing.

use super::said::{Clause, plain, said_index};
use super::who::Who;
use crate::language::{Tok, Token};

/// What comes out.
pub enum What {
    One(Vec<Token>),
    Either(Vec<Token>, Vec<Token>),
}

impl Clause<'_> {
    /// What comes out: an expression of values, a mean, or one of two.
    pub fn what(&self, at: usize, who: &Who) -> Option<(usize, What, bool)> {
        let start = self.skip(at, &["either"]);
        if let Some((end, one, other)) = self.one_of_two(start) {
            return Some((end, What::Either(one, other), true));
        }
        if let Some((end, one)) = self.value_of(start) {
            let joint = self.phrase(end, "or");
            let next = joint
                .map(|e| self.skip(self.longest_phrase(e, &["close to", "near", "at", "to"]).unwrap_or(e), &["close", "to"]));
            return match next.and_then(|e| self.value_of(e)) {
                Some((last, other)) => Some((last, What::Either(one, other), true)),
                None if joint.is_some() => None,
                None => Some((end, What::One(one), true)),
            };
        }
        let (end, mean, sure) = self.mean(start, who)?;
        Some((end, What::One(mean), sure))
    }

    /// "one of the two values (almost purely)", "only one of v_a and v_b": where it ends, and both.
    fn one_of_two(&self, at: usize) -> Option<(usize, Vec<Token>, Vec<Token>)> {
        let [a, b] = self.world.letters.as_slice() else { return None };
        let start =
            self.skip(at, &["almost", "nearly", "only", "just", "exactly", "basically", "practically", "essentially", "about"]);
        let words =
            ["one of the two values", "one of the two", "one of both values", "one of the two value vectors", "one of both"];
        let value = |letter: &str| plain(&format!("v_{letter}"), self.world);
        let end = self.longest_phrase(start, &words).or_else(|| {
            let (middle, one) = self.value_of(self.phrase(start, "one of")?)?;
            let (end, other) = self.value_of(self.phrase(middle, "and|or")?)?;
            let own = |t: &[Token], letter: &str| said_index(t).is_some_and(|l| l == letter);
            (own(&one, a) && own(&other, b) || own(&one, b) && own(&other, a)).then_some(end)
        })?;
        Some((self.skip(end, &["almost", "purely", "nearly", "alone", "only", "completely"]), value(a), value(b)))
    }

    /// An expression of the question's values, "the value v_a", "the value of key a".
    pub fn value_of(&self, at: usize) -> Option<(usize, Vec<Token>)> {
        let start =
            self.skip(at, &["the", "pure", "plain", "almost", "nearly", "only", "just", "purely", "practically", "essentially"]);
        if let Some(of) = self.longest_phrase(start, &["value of", "value vector of", "value at"]) {
            let named = self.skip(of, &["the", "key", "token", "position"]);
            let (end, text) = self.operand(named)?;
            let letter = match text.as_slice() {
                [Token { kind: Tok::Name(n), .. }] => n.clone(),
                [k, ..] if k.is_name("k") => said_index(&text)?,
                _ => return None,
            };
            return self.world.letters.contains(&letter).then(|| (end, plain(&format!("v_{letter}"), self.world)));
        }
        let named = self.skip(start, &["value", "vector", "values", "key"]);
        let (end, text) = self.operand(named)?;
        let key = self.is(named.saturating_sub(1), &["key"]) && text.first().is_some_and(|t| t.is_name("k"));
        (key || text.iter().any(|t| t.is_name("v"))).then_some((end, text))
    }

    /// "the mean of v_a and v_b", "the mean of the n - 2 other values", "their mean": where it ends, and whether that is sure.
    pub fn mean(&self, at: usize, who: &Who) -> Option<(usize, Vec<Token>, bool)> {
        let start = self.skip(
            at,
            &["the", "a", "an", "that", "this", "their", "plain", "simple", "uniform", "equal", "even", "unweighted", "exact"],
        );
        let theirs = (at..start).any(|i| self.is(i, &["their"]));
        let noun = self.longest_phrase(
            start,
            &["mean", "average", "mean value", "average value", "midpoint", "middle", "mix", "mixture", "blend"],
        )?;
        // "a mixture of v_a and v_b" may be any.
        let even = (at..start).any(|i| self.is(i, &["equal", "even", "uniform"]));
        if self.is(noun - 1, &["mix", "mixture", "blend"]) && !even {
            return None;
        }
        let halves = |letters: &[String]| match letters {
            [a, b] => Some(plain(&format!("1/2 (v_{a} + v_{b})"), self.world)),
            _ => None,
        };
        let Some(of) = self.longest_phrase(noun, &["of", "between", "over"]) else {
            let listed = if theirs { self.memory.others.clone() } else { None };
            return match listed {
                Some((out, sure)) => Some((noun, self.mean_without(&out), sure)),
                // "c is the average" is a proposition of the question.
                None if who.outputs[0].len() == 1 => None,
                None => halves(&self.world.letters).map(|m| (noun, m, !theirs)),
            };
        };
        let both =
            ["both values", "both", "the two values", "the two", "both of them", "the two value vectors", "both value vectors"];
        if let Some(end) = self.longest_phrase(of, &both) {
            return halves(&self.world.letters).map(|m| (end, m, true));
        }
        if let Some((middle, one)) = self.value_of(of)
            && let Some((end, other)) = self.phrase(middle, "and").and_then(|e| self.value_of(e))
        {
            let mut sum = plain("1/2 (", self.world);
            sum.extend(one);
            sum.extend(plain("+", self.world));
            sum.extend(other);
            sum.extend(plain(")", self.world));
            return Some((end, sum, true));
        }
        let own =
            usize::from(who.outputs.first().is_some_and(|o| o.iter().any(|t| matches!(&t.kind, Tok::Number(n) if n == "2"))));
        let (end, out, sure) = self.others(of, own)?;
        Some((end, self.mean_without(&out), sure))
    }

    /// "the n - 2 other values", "all values but v_a": which letters are left out, and whether that is sure.
    pub fn others(&self, at: usize, own: usize) -> Option<(usize, Vec<String>, bool)> {
        let from = at;
        let mut at = self.skip(at, &["the", "all", "those", "of"]);
        let whole = (from..at).any(|i| self.is(i, &["all"]));
        let mut others = false;
        let mut count = None;
        loop {
            if self.is(at, &["other", "remaining", "unrelated", "rest"]) {
                others = true;
                at += 1;
            } else if count.is_none()
                && let Some((end, text)) = self.operand(at)
            {
                count = Some(text);
                at = end;
            } else {
                break;
            }
        }
        let noun = self.longest_phrase(
            at,
            &["values", "value vectors", "vectors", "keys", "v_i", "ones", "others", "rest", "of the values", "of them"],
        );
        others |= self.is(at, &["others", "rest"]);
        let mut end = noun.or(others.then_some(at))?;
        if let Some(but) =
            self.longest_phrase(end, &["other than", "except", "but", "without", "besides", "except for", "different from"])
        {
            let mut out = Vec::new();
            let mut next = Some(but);
            while let Some(place) = next {
                let (after, text) = self.operand(place)?;
                let letter = said_index(&text).filter(|_| text[0].is_name("v"))?;
                out.push(letter);
                end = after;
                next = self.longest_phrase(after, &["and", "or", "nor"]);
            }
            return Some((end, out, true));
        }
        let less = |text: &[Token]| match text
            .iter()
            .filter(|t| !matches!(t.kind, Tok::Open(_) | Tok::Close(_)))
            .collect::<Vec<_>>()
            .as_slice()
        {
            [n, Token { kind: Tok::Minus, .. }, Token { kind: Tok::Number(m), .. }] if n.is_name("n") => m.parse::<usize>().ok(),
            [n] if n.is_name("n") => Some(0),
            _ => None,
        };
        let letters = &self.world.letters;
        match count.as_deref().map(less) {
            Some(Some(0)) if !others => Some((end, vec![], true)),
            Some(Some(1)) => Some((end, vec![letters.get(own)?.clone()], false)),
            Some(Some(2)) if letters.len() == 2 => Some((end, letters.clone(), true)),
            Some(_) => None,
            None if others => Some((end, vec![letters.get(own)?.clone()], false)),
            None if whole => Some((end, vec![], true)),
            None => None,
        }
    }

    fn mean_without(&self, out: &[String]) -> Vec<Token> {
        let left: String = out.iter().map(|l| format!(" - v_{l}")).collect();
        let count = if out.is_empty() { "n".to_string() } else { format!("(n - {})", out.len()) };
        plain(&format!("(sum_{{i=1}}^{{n}} v_i{left}) / {count}"), self.world)
    }

    /// Words behind what comes out that change nothing; a share that they give to each of two.
    pub fn tail(&self, at: usize) -> (usize, Option<&'static str>) {
        let mut end = at;
        let mut share = None;
        let neutral = [
            "in every draw",
            "in each draw",
            "for every draw",
            "for each draw",
            "in all draws",
            "for all draws",
            "every time",
            "in every sample",
            "in each sample",
            "from draw to draw",
            "from one draw to the next",
            "from sample to sample",
            "on its own",
            "on their own",
            "already on its own",
            "already on their own",
            "by itself",
            "itself",
            "instead",
            "again",
            "too",
            "as well",
            "as before",
            "as in part",
            "as it did in",
            "as in",
            "like in",
            "just as in",
            "just like in",
            "exactly as in",
            "alone",
            "only",
            "there",
            "then",
            "in the limit",
            "respectively",
            "in this case",
            "from one draw to another",
            "from one sample to the next",
            "each time",
            "already",
            "now",
        ];
        let even = [
            "with even chances",
            "with equal chances",
            "with equal probability",
            "with equal probabilities",
            "with the same probability",
            "with probability 1/2 each",
            "with a chance of one half each",
            "each in half of the draws",
            "in half of the draws each",
            "each with probability 1/2",
            "with even odds",
            "each with 50 percent",
            "each with probability 50 percent",
            "each with a chance of 50 percent",
            "each with the same probability",
            "with the same chance",
            "each with probability one half",
            "at random",
            "each half of the time",
            "equally often",
        ];
        loop {
            if let Some(next) = self.longest_phrase(end, &even) {
                (end, share) = (next, Some("1/2"));
            } else if self.is(end, &["only"]) && self.is(end + 1, &["if", "when", "for", "in", "where"]) {
                return (end, share);
            } else if let Some(next) = self.longest_phrase(end, &neutral) {
                let part = (next > 0 && self.is(next - 1, &["part", "in"])).then(|| self.part(next)).flatten();
                if self.is(next - 1, &["in"]) && part.is_none() && !self.is(next - 2, &["as", "did", "like"]) {
                    return (end, share);
                }
                end = part.unwrap_or(next);
            } else {
                return (end, share);
            }
        }
    }

    /// "(c)(ii)", "part c", "c.ii", "part i" behind "as in".
    pub fn part(&self, at: usize) -> Option<usize> {
        let mut end = self.skip(at, &["part", "question", "the"]);
        let start = end;
        while let Some(token) = self.tokens.get(end) {
            let label = match &token.kind {
                Tok::Name(n) | Tok::Word(n) => matches!(n.as_str(), "c" | "d" | "i" | "ii" | "iii" | "b" | "a"),
                Tok::Open(_) | Tok::Close(_) | Tok::Number(_) | Tok::Dots => true,
                _ => false,
            };
            if !label {
                break;
            }
            end += 1;
        }
        (end > start).then_some(end)
    }
}
