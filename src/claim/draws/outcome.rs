//! What comes out, in words: "head 1 takes v_a", "each head returns about ½ (v_a + v_b)", "c_1 is the mean of the other
//! values", "c lands close to v_a or close to v_b", "the output keeps jumping between v_a and v_b".
//!
//! WHO VERB WHAT: who is one of the outputs or both of them, what is an expression, a mean, or one of two values.

use super::said::{Clause, Said, applied, plain};
use crate::language::{Relation, Tok, Token};

/// Verbs after which the thing that comes out stands.
const RETURNS: &[&str] = &[
    "returns", "return", "outputs", "output", "gives", "give", "yields", "yield", "produces", "produce", "takes", "take", "copies",
    "copy", "picks", "pick", "selects", "select", "shows", "show", "delivers", "deliver", "emits", "emit", "reports", "report",
    "resembles", "resemble", "hands", "hand", "passes", "pass", "sends", "send", "reads", "chooses", "choose", "puts", "put",
];

/// Words that belong to such a verb.
const PARTICLES: &[&str] = &["out", "on", "over", "back"];

/// Verbs that end at a place, with the preposition behind them.
const ENDS: &[&str] = &[
    "is", "are", "was", "be", "becomes", "become", "stays", "stay", "remains", "remain", "lies", "lie", "lands", "land", "ends",
    "end", "sits", "sit", "settles", "settle", "comes", "come", "falls", "fall", "equals", "equal", "gets", "get", "goes", "go",
    "tends", "tend", "converges", "converge", "moves", "move", "approaches", "approach", "reaches", "reach", "always",
];

/// Of these, the ones of what comes closer and closer.
const MOVES: &[&str] = &[
    "goes", "go", "tends", "tend", "converges", "converge", "moves", "move", "approaches", "approach", "reaches", "reach", "comes",
    "come",
];

/// Words between such a verb and the place.
const PLACES: &[&str] = &["up", "at", "near", "close", "to", "on", "in", "around", "next", "closer", "beside", "with", "by", "identical"];

/// Adverbs that change nothing.
const ADVERBS: &[&str] = &[
    "only", "just", "already", "then", "also", "still", "now", "always", "even", "again", "therefore", "thus", "hence", "simply",
    "instead", "essentially", "basically", "ever", "consistently", "here", "too", "either", "steadily", "mostly",
];

/// Who gives something out.
struct Who {
    end: usize,
    outputs: Vec<Vec<Token>>,
    /// Whether words say it, and no sign that other readers know.
    worded: bool,
    sure: bool,
}

/// What comes out.
enum What {
    One(Vec<Token>),
    Either(Vec<Token>, Vec<Token>),
}

/// Reads a clause that says what comes out.
pub fn read(c: &Clause) -> Option<Vec<Said>> {
    let who = c.who(0)?;
    swings(c, &who).or_else(|| comes_out(c, &who))
}

/// An output that a clause is near to, as an event: "head 1 returns v_a", "c lands close to v_b".
pub fn event(c: &Clause, at: usize) -> Option<(usize, Vec<Token>, Vec<Token>)> {
    let who = c.who(at)?;
    let (start, _, _) = c.gives(who.end, &who)?;
    let (end, what, _) = c.what(start, &who)?;
    match (what, who.outputs.as_slice()) {
        (What::One(value), [one]) => Some((end, one.clone(), value)),
        _ => None,
    }
}

/// "head 1", "the second head" from a word on.
pub fn head(c: &Clause, at: usize) -> Option<(usize, String)> {
    c.one_head(at)
}

/// The head that the sentence named last before the clause.
pub fn head_before(c: &Clause) -> Option<String> {
    c.last_head().filter(|(_, sure)| *sure).map(|(n, _)| n)
}

/// The letters that "the other values" at a place leave out, after a head; and whether that is sure.
pub fn others(c: &Clause, head: Option<&str>) -> Option<(Vec<String>, bool)> {
    c.others(0, usize::from(head == Some("2"))).map(|(_, out, sure)| (out, sure))
}

fn comes_out(c: &Clause, who: &Who) -> Option<Vec<Said>> {
    let (start, relation, copies) = c.gives(who.end, who)?;
    let (end, what, known) = c.what(start, who)?;
    let (tail, chances) = c.tail(end);
    if !c.over(tail) {
        return None;
    }
    let sure = who.sure && known;
    match what {
        // `c_1 → v_a` in signs and one verb: the reader of verbs knows it.
        What::One(_) if !who.worded && !copies && c.signs(start, end) && !c.wordy(who.end, start) => None,
        What::One(value) if chances.is_none() => Some(vec![c.close(who, relation, value, sure)]),
        What::One(_) => None,
        What::Either(one, other) => {
            let [output] = who.outputs.as_slice() else { return None };
            let at = |value: &[Token]| applied("P", &c.near(output, value).chain);
            Some(vec![match chances {
                Some(share) => Said {
                    third: Some((Relation::Approx, at(&other))),
                    ..Said::of(at(&one), Relation::Approx, plain(share, c.world), sure)
                },
                None => {
                    let mut sum = at(&one);
                    sum.extend(plain("+", c.world));
                    sum.extend(at(&other));
                    Said::of(sum, Relation::Approx, plain("1", c.world), sure)
                }
            }])
        }
    }
}

/// "jumps between v_a and v_b", "keeps switching from v_a to v_b": both come out, again and again.
fn swings(c: &Clause, who: &Who) -> Option<Vec<Said>> {
    let [output] = who.outputs.as_slice() else { return None };
    let start = c.skip(who.end, ADVERBS);
    let start = c.skip(start, &["keeps", "keep", "continues", "continue", "to", "on", "will", "would"]);
    let stems = ["jump", "switch", "flip", "swing", "alternat", "oscillat", "hop", "fluctuat", "toggl", "bounc"];
    c.word(start).filter(|w| stems.iter().any(|s| w.starts_with(s)))?;
    let start = c.skip(start + 1, &["back", "and", "forth", "wildly", "strongly", "randomly"]);
    let between = c.phrase(start, "between");
    let (middle, one) = c.value_of(between.or_else(|| c.phrase(start, "from"))?)?;
    let joint = if between.is_some() { "and" } else { "to" };
    let (end, other) = c.value_of(c.phrase(middle, joint)?)?;
    if !c.over(c.tail(end).0) || !one.iter().chain(&other).any(|t| t.is_name("v")) {
        return None;
    }
    // With one query the question has its own proposition for its own two values.
    let own = |v: &[Token], letter: &str| v.len() == 3 && matches!(&v[2].kind, Tok::Name(n) if n == letter);
    let [a, b] = c.world.letters.as_slice() else { return None };
    if c.world.slots.len() == 1 && (own(&one, a) && own(&other, b) || own(&one, b) && own(&other, a)) {
        return None;
    }
    // Each must come out in some share of the draws: of all of them, and so of the half of them that a writer may keep.
    let mut product = applied("P", &c.near(output, &one).chain);
    product.extend(applied("P", &c.near(output, &other).chain));
    let mut said = Said::of(product, Relation::Greater, plain("0.005", c.world), who.sure);
    said.quantity = Some(output.clone());
    Some(vec![said])
}

impl Clause<'_> {
    /// Who: a head, both heads, the output.
    fn who(&self, at: usize) -> Option<Who> {
        let two = self.world.slots.len() == 2;
        let head = |n: &str| vec![plain(&format!("c_{n}"), self.world)];
        let all = || ["1", "2"].iter().map(|n| plain(&format!("c_{n}"), self.world)).collect::<Vec<_>>();
        let said = |end: usize, outputs: Vec<Vec<Token>>, sure: bool| Some(Who { end, outputs, worded: true, sure });
        let of = ["the output of", "the result of", "the vector of", "output of", "the output vector of"];
        let start = of.iter().filter_map(|w| self.phrase(at, w)).max().unwrap_or(at);
        let start = self.skip(start, &["the"]);
        if two {
            if let Some((end, n)) = self.one_head(start) {
                return said(self.own_output(end), head(&n), true);
            }
            if let Some(end) = self.longest_phrase(start, &["this head", "that head", "it"])
                && let Some((n, sure)) = self.last_head()
            {
                return said(self.own_output(end), head(&n), sure && !self.is(start, &["it"]));
            }
            if let Some(end) = self.longest_phrase(start, &["other head", "other one", "other"])
                && let Some((n, sure)) = self.last_head()
            {
                return said(self.own_output(end), head(if n == "1" { "2" } else { "1" }), sure && self.is(end - 1, &["head"]));
            }
            let both = [
                "each head", "both heads", "every head", "each of the heads", "each of the two heads", "each of them", "two heads",
                "both of the heads", "both of them", "each of both heads", "both outputs", "each output", "either head", "both queries",
                "each query", "heads",
            ];
            if let Some(end) = self.longest_phrase(start, &both) {
                return said(self.own_output(end), all(), true);
            }
        }
        let output = [
            "output", "result", "final output", "attention output", "final result", "average of both heads", "mean of both heads",
            "average of the two heads", "mean of the two heads", "average of both outputs", "mean of both outputs", "average of both",
            "combined output", "averaged output", "total output", "overall output", "average output", "output of the layer",
            "output of the attention", "layer", "attention layer", "attention",
        ];
        let draws = ["every draw", "each draw", "every sample", "each sample", "nearly every draw", "almost every draw",
            "nearly every sample", "almost every sample", "almost each draw", "practically every draw", "nearly all draws",
            "almost all draws", "nearly all samples", "almost all samples", "all draws", "all samples"];
        let end = self.longest_phrase(start, &output).map(|e| self.named_output(e));
        let end = end.or_else(|| self.longest_phrase(start, &draws));
        if let Some(end) = end {
            let name = self.world.definitions.iter().any(|d| d.name == "c");
            return if name { said(end, vec![plain("c", self.world)], true) } else { None };
        }
        // "c", "c_1", "the average c", "c_1 and c_2".
        let start = self.longest_phrase(start, &["average", "mean", "vector", "output vector"]).unwrap_or(start);
        let (end, first) = self.output_sign(start)?;
        if let Some((after, second)) = self.phrase(end, "and").and_then(|e| self.output_sign(e)) {
            let after = self.skip(after, &["both"]);
            return Some(Who { end: after, outputs: vec![first, second], worded: true, sure: true });
        }
        Some(Who { end, outputs: vec![first], worded: false, sure: true })
    }

    /// `c`, `c_1`.
    fn output_sign(&self, at: usize) -> Option<(usize, Vec<Token>)> {
        let (end, text) = self.operand(at)?;
        let known = match text.as_slice() {
            [c] => c.is_name("c"),
            [c, _, Token { kind: Tok::Number(n), .. }] => c.is_name("c") && (n == "1" || n == "2") && self.world.slots.len() == 2,
            _ => false,
        };
        known.then_some((end, text))
    }

    fn own_output(&self, at: usize) -> usize {
        let end = self.skip(at, &["output", "outputs"]);
        self.output_sign(end).filter(|_| end > at).map_or(end, |(e, _)| e)
    }

    /// "the output c": the sign behind its name.
    fn named_output(&self, at: usize) -> usize {
        self.output_sign(at).map_or(at, |(end, _)| end)
    }

    fn longest_phrase(&self, at: usize, list: &[&str]) -> Option<usize> {
        list.iter().filter_map(|w| self.phrase(at, w)).max()
    }

    /// "head 1", "the first head", "head two", "the first query".
    fn one_head(&self, at: usize) -> Option<(usize, String)> {
        let named = |w: &str| match w {
            "first" | "one" | "1" => Some("1"),
            "second" | "two" | "2" => Some("2"),
            _ => None,
        };
        let text = |i: usize| match &self.tokens.get(i)?.kind {
            Tok::Number(n) => Some(n.clone()),
            _ => self.word(i),
        };
        let (head, which) = if self.is(at, &["head", "query"]) {
            (at, at + 1)
        } else if self.is(at + 1, &["head", "query"]) && self.is(at, &["first", "second"]) {
            (at + 1, at)
        } else {
            return None;
        };
        Some((head.max(which) + 1, named(&text(which)?)?.to_string()))
    }

    /// The verb: where what comes out begins, the relation, and whether it is a verb of giving.
    fn gives(&self, at: usize, who: &Who) -> Option<(usize, Relation, bool)> {
        let start = self.skip(at, ADVERBS);
        let start = self.skip(start, &["will", "would", "can", "must", "should", "do", "does", "more", "or", "less"]);
        if self.is(start, &["not", "never", "no"]) {
            return None;
        }
        let start = self.skip(start, ADVERBS);
        if self.is(start, RETURNS) && (who.worded || !self.is(start, &["is", "are"])) {
            let end = self.skip(start + 1, PARTICLES);
            let (end, _) = self.about(self.skip(end, ADVERBS));
            return Some((self.skip(end, ADVERBS), Relation::Approx, true));
        }
        if !self.is(start, ENDS) {
            return None;
        }
        let moves = self.is(start, MOVES);
        let mut end = start + 1;
        let mut place = false;
        loop {
            let after = self.skip(self.about(self.skip(end, ADVERBS)).0, ADVERBS);
            let after = if self.phrase(after, "the same as").is_some() { after + 3 } else { after };
            let on = self.is(after, PLACES);
            place |= on || after > end;
            let next = after + usize::from(on);
            if next == end {
                break;
            }
            end = next;
        }
        if self.is(end, &["not", "never", "no", "longer"]) {
            return None;
        }
        let rests = self.is(start, &["is", "are", "equals", "equal", "becomes", "become"]) && !place;
        let relation = match (moves, rests) {
            (true, _) => Relation::Tends,
            (false, true) => Relation::Equal,
            (false, false) => Relation::Approx,
        };
        Some((end, relation, false))
    }

    /// Whether words other than one plain verb stand between two places.
    fn wordy(&self, start: usize, end: usize) -> bool {
        self.is(start, &["lands", "ends", "sits", "settles", "lies", "falls", "comes", "moves"])
            || (start..end).any(|i| self.is(i, &["near", "closer", "around", "beside", "at", "next"]))
    }

    /// Whether what stands between two places is mathematics alone.
    fn signs(&self, start: usize, end: usize) -> bool {
        self.tokens[start..end].iter().all(|t| !matches!(t.kind, Tok::Word(_)))
    }

    fn close(&self, who: &Who, relation: Relation, value: Vec<Token>, sure: bool) -> Said {
        let mut said = Said::of(who.outputs[0].clone(), relation, value, sure);
        said.third = who.outputs.get(1).map(|other| (Relation::Approx, other.clone()));
        said.in_limit = false;
        said
    }

    /// What comes out: an expression of values, a mean, or one of two.
    fn what(&self, at: usize, who: &Who) -> Option<(usize, What, bool)> {
        let start = self.skip(at, &["either"]);
        if let Some((end, one)) = self.value_of(start) {
            let joint = self.phrase(end, "or");
            let next = joint.map(|e| self.skip(self.longest_phrase(e, &["close to", "near", "at", "to"]).unwrap_or(e), &["close", "to"]));
            return match next.and_then(|e| self.value_of(e)) {
                Some((last, other)) => Some((last, What::Either(one, other), true)),
                None if joint.is_some() => None,
                None => Some((end, What::One(one), true)),
            };
        }
        let (end, mean, sure) = self.mean(start, who)?;
        Some((end, What::One(mean), sure))
    }

    /// An expression of the question's values, "the value v_a", "the value of key a".
    fn value_of(&self, at: usize) -> Option<(usize, Vec<Token>)> {
        let start = self.skip(at, &["the", "pure", "plain"]);
        if let Some(of) = self.longest_phrase(start, &["value of", "value vector of", "value at"]) {
            let named = self.skip(of, &["the", "key", "token", "position"]);
            let (end, text) = self.operand(named)?;
            let letter = match text.as_slice() {
                [Token { kind: Tok::Name(n), .. }] => n.clone(),
                [k, _, Token { kind: Tok::Name(n), .. }] if k.is_name("k") => n.clone(),
                _ => return None,
            };
            return self.world.letters.contains(&letter).then(|| (end, plain(&format!("v_{letter}"), self.world)));
        }
        let named = self.skip(start, &["value", "vector", "values"]);
        let (end, text) = self.operand(named)?;
        text.iter().any(|t| t.is_name("v")).then_some((end, text))
    }

    /// "the mean of v_a and v_b", "the mean of the n - 2 other values", "their mean": where it ends, and whether that is sure.
    fn mean(&self, at: usize, who: &Who) -> Option<(usize, Vec<Token>, bool)> {
        let start = self.skip(at, &["the", "a", "an", "that", "this", "their", "plain", "simple", "uniform", "equal", "even", "unweighted", "exact"]);
        let theirs = (at..start).any(|i| self.is(i, &["their"]));
        let noun = self.longest_phrase(
            start,
            &["mean", "average", "mean value", "average value", "mix", "mixture", "blend", "midpoint", "middle", "half and half mixture"],
        )?;
        let halves = |letters: &[String]| match letters {
            [a, b] => Some(plain(&format!("1/2 (v_{a} + v_{b})"), self.world)),
            _ => None,
        };
        let Some(of) = self.longest_phrase(noun, &["of", "between", "over"]) else {
            let listed = if theirs { self.memory.others.clone() } else { None };
            return match listed {
                Some((out, sure)) => Some((noun, self.mean_without(&out), sure)),
                None => halves(&self.world.letters).map(|m| (noun, m, !theirs)),
            };
        };
        let both = ["both values", "both", "the two values", "the two", "both of them", "the two value vectors", "both value vectors"];
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
        let own = usize::from(who.outputs.first().is_some_and(|o| matches!(o.last().map(|t| &t.kind), Some(Tok::Number(n)) if n == "2")));
        let (end, out, sure) = self.others(of, own)?;
        Some((end, self.mean_without(&out), sure))
    }

    /// "the n - 2 other values", "all values but v_a": which letters are left out, and whether that is sure.
    fn others(&self, at: usize, own: usize) -> Option<(usize, Vec<String>, bool)> {
        let mut at = self.skip(at, &["the", "all", "those", "of"]);
        let whole = self.is(at.saturating_sub(1), &["all"]);
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
        let noun = self.longest_phrase(at, &["values", "value vectors", "vectors", "keys", "v_i", "ones", "others", "rest", "of the values", "of them"]);
        others |= self.is(at, &["others", "rest"]);
        let mut end = noun.or(others.then_some(at))?;
        if let Some(but) = self.longest_phrase(end, &["other than", "except", "but", "without", "besides", "except for", "different from"]) {
            let mut out = Vec::new();
            let mut next = Some(but);
            while let Some(place) = next {
                let (after, text) = self.operand(place)?;
                let [v, _, Token { kind: Tok::Name(letter), .. }] = text.as_slice() else { return None };
                if !v.is_name("v") {
                    return None;
                }
                out.push(letter.clone());
                end = after;
                next = self.longest_phrase(after, &["and", "or", "nor"]);
            }
            return Some((end, out, true));
        }
        let less = |text: &[Token]| match text.iter().filter(|t| !matches!(t.kind, Tok::Open(_) | Tok::Close(_))).collect::<Vec<_>>().as_slice() {
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
    fn tail(&self, at: usize) -> (usize, Option<&'static str>) {
        let mut end = at;
        let mut share = None;
        let neutral = [
            "in every draw", "in each draw", "for every draw", "for each draw", "in all draws", "for all draws", "every time",
            "in every sample", "in each sample", "from draw to draw", "from one draw to the next", "from sample to sample",
            "on its own", "on their own", "already on its own", "already on their own", "by itself", "itself", "instead", "again",
            "too", "as well", "as before", "as in part", "as it did in", "as in", "alone", "only", "there", "then", "in the limit",
            "respectively", "in this case", "from one draw to another", "from one sample to the next", "each time", "already", "now",
        ];
        let even = [
            "with even chances", "with equal chances", "with equal probability", "with equal probabilities", "with the same probability",
            "with probability 1/2 each", "with a chance of one half each", "each in half of the draws", "in half of the draws each",
            "each with probability 1/2", "with even odds", "at random", "each half of the time", "equally often",
        ];
        loop {
            if let Some(next) = self.longest_phrase(end, &even) {
                (end, share) = (next, Some("1/2"));
            } else if let Some(next) = self.longest_phrase(end, &neutral) {
                let part = (next > 0 && self.is(next - 1, &["part", "in"])).then(|| self.part(next)).flatten();
                if self.is(next - 1, &["in"]) && part.is_none() && !self.is(next - 2, &["as", "did"]) {
                    return (end, share);
                }
                end = part.unwrap_or(next);
            } else {
                return (end, share);
            }
        }
    }

    /// "(c)(ii)", "part c", "c.ii", "part i" behind "as in".
    fn part(&self, at: usize) -> Option<usize> {
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

    /// The head that was named last before the clause, and whether the sentence itself names it.
    fn last_head(&self) -> Option<(String, bool)> {
        let start = self.tokens.first()?.span.start;
        let mut sure = true;
        for (place, head) in self.memory.heads.iter().rev().filter(|(place, _)| *place < start) {
            match head {
                Some(n) => return Some((n.clone(), sure)),
                None if sure => sure = false,
                None => break,
            }
            let _ = place;
        }
        None
    }
}
