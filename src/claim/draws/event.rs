//! Events in words: "X is negative", "γ ∈ [0.5, 1.5]", "X lies between −0.39 and 2.39", "c ≈ v_a", "v_a wins".

use super::super::phrases::made;
use super::outcome;
use super::said::{Clause, plain, said_index};
use crate::language::{Bracket, Relation, Tok, Token};
use crate::span::Span;

/// An event as a chain of comparisons.
pub struct Event {
    pub chain: Vec<Token>,
    /// Whether it says that something is close to something, which has a meaning in the limit only.
    pub in_limit: bool,
    /// Whether the reading is not certain.
    pub tentative: bool,
}

impl Event {
    fn of(chain: Vec<Token>) -> Self {
        Event { chain, in_limit: false, tentative: false }
    }
}

fn sign(relation: Relation) -> Token {
    made(Tok::Rel(relation), Span::default())
}

fn compared(left: &[Token], relation: Relation, right: &[Token]) -> Vec<Token> {
    let mut out = left.to_vec();
    out.push(sign(relation));
    out.extend_from_slice(right);
    out
}

fn number(text: &str) -> Vec<Token> {
    vec![made(Tok::Number(text.into()), Span::default())]
}

/// Verbs between a quantity and what is said of it.
const BE: &[&str] = &[
    "is", "are", "was", "were", "lies", "lie", "stays", "stay", "falls", "fall", "becomes", "become", "gets", "get", "goes",
    "go", "turns", "turn", "remains", "remain", "be", "being", "comes", "come", "lands", "land", "ends", "end", "up", "out",
    "has", "have", "lying",
];

impl Clause<'_> {
    /// An event from `at`, and where it ends.
    pub fn event(&self, at: usize) -> Option<(usize, Event)> {
        let at = self.skip(at, &["that", "we", "have", "has", "get", "one", "the"]);
        self.fenced(at)
            .or_else(|| self.chain(at))
            .or_else(|| self.turned(at))
            .or_else(|| self.winner(at))
            .or_else(|| self.described(at))
            .or_else(|| self.signed(at))
    }

    /// "fall between X = 0.9 and X = 1.1".
    fn fenced(&self, at: usize) -> Option<(usize, Event)> {
        let value = |at: usize| {
            let (middle, quantity) = self.operand(at)?;
            let equal = matches!(self.tokens.get(middle)?.kind, Tok::Rel(Relation::Equal));
            let (end, value) = equal.then(|| self.operand(middle + 1))??;
            Some((end, quantity, value))
        };
        let (middle, quantity, low) = value(self.phrase(self.skip(at, BE), "between")?)?;
        let (end, again, high) = value(self.phrase(middle, "and")?)?;
        let kinds = |tokens: &[Token]| tokens.iter().map(|t| t.kind.clone()).collect::<Vec<_>>();
        (kinds(&quantity) == kinds(&again)).then(|| (end, Event::of(between(&low, &quantity, &high))))
    }

    /// "k_a points away from μ_a", "the sign of k_a flips": a key against its own mean.
    fn turned(&self, at: usize) -> Option<(usize, Event)> {
        let sign = self.longest_phrase(at, &["sign of", "direction of", "orientation of"]);
        let start = self.skip(sign.unwrap_or(at), &["the", "key", "vector"]);
        // "the key a"
        let letter = self
            .tokens
            .get(start)
            .and_then(|t| self.world.letters.iter().find(|l| t.word().is_some_and(|w| w == **l) || t.is_name(l)));
        let named = letter.filter(|_| start > at && self.is(start - 1, &["key", "vector"]));
        let (after, key) = match named {
            Some(letter) => (start + 1, letter.clone()),
            None => {
                let (after, text) = self.operand(start)?;
                (after, said_index(&text).filter(|_| text[0].is_name("k"))?)
            }
        };
        let after = self.skip(after, &["even", "then", "actually", "also", "just", "now"]);
        let ways: &[&str] = if sign.is_some() {
            &[
                "flips",
                "changes",
                "is flipped",
                "turns round",
                "turns around",
                "is reversed",
                "reverses",
                "is negative",
                "is opposite",
            ]
        } else {
            &[
                "points away from",
                "points backwards",
                "points in the opposite direction",
                "points in the opposite direction of",
                "points in the opposite direction to",
                "points into the opposite direction",
                "points into the opposite direction of",
                "points opposite to",
                "points the other way",
                "points the wrong way",
                "points in the wrong direction",
                "points to the other side",
                "points against",
                "flips its sign",
                "changes its sign",
                "changes sign",
                "flips sign",
                "flips over",
                "flips",
                "has the opposite sign",
                "is flipped",
                "is reversed",
                "turns around",
                "turns round",
            ]
        };
        let end = self.longest_phrase(after, ways)?;
        let end = match self.operand(self.skip(end, &["its", "the", "mean", "vector"])) {
            Some((end, mean)) => said_index(&mean).filter(|l| mean[0].is_name("mu") && *l == key).map(|_| end)?,
            None => self.skip(end, &["its", "the", "own", "mean", "vector"]),
        };
        let along = plain(&format!("mu_{key}^T k_{key}"), self.world);
        Some((end, Event::of(compared(&along, Relation::Less, &number("0")))))
    }

    /// "a negative k_a^T q_1".
    fn signed(&self, at: usize) -> Option<(usize, Event)> {
        let start = self.skip(at, &["a", "an"]);
        let relation = if self.is(start, &["negative"]) {
            Relation::Less
        } else if self.is(start, &["positive"]) {
            Relation::Greater
        } else {
            return None;
        };
        let (end, quantity) = self.quantity(start + 1)?;
        Some((end, Event::of(compared(&quantity, relation, &number("0")))))
    }

    /// A chain of signs.
    fn chain(&self, at: usize) -> Option<(usize, Event)> {
        let (middle, left) = self.operand(at)?;
        let Some(Tok::Rel(relation)) = self.tokens.get(middle).map(|t| &t.kind) else { return None };
        let (end, right) = self.operand(middle + 1)?;
        match relation {
            Relation::Less | Relation::Greater | Relation::LessEqual | Relation::GreaterEqual => {
                if let Some(Tok::Rel(Relation::Less | Relation::Greater | Relation::LessEqual | Relation::GreaterEqual)) =
                    self.tokens.get(end).map(|t| &t.kind)
                {
                    let (last, _) = self.operand(end + 1)?;
                    return Some((last, Event::of(self.tokens[at..last].to_vec())));
                }
                Some((end, Event::of(self.tokens[at..end].to_vec())))
            }
            Relation::In => Some((end, Event::of(self.inside(&left, &right)?))),
            Relation::Approx | Relation::Tends => Some((end, self.near(&left, &right))),
            _ => None,
        }
    }

    /// `γ ∈ [0.5, 1.5]` as `0.5 ≤ γ ≤ 1.5`.
    fn inside(&self, left: &[Token], right: &[Token]) -> Option<Vec<Token>> {
        ends_of(right).map(|(low, high)| between(low, left, high))
    }

    /// `x ∉ [low, high]`: further from its middle than its ends, `|x - (low + high)/2| > (high - low)/2`.
    fn outside(&self, left: &[Token], right: &[Token]) -> Option<Vec<Token>> {
        let (low, high) = ends_of(right)?;
        let number = |t: &[Token]| matches!(t, [Token { kind: Tok::Number(_), .. }]);
        (number(low) && number(high)).then_some(())?;
        let kind = |kind| made(kind, Span::default());
        let half = |sign| {
            let mut out = vec![kind(Tok::Open(Bracket::Round)), kind(Tok::Open(Bracket::Round))];
            out.extend_from_slice(high);
            out.push(kind(sign));
            out.extend_from_slice(low);
            out.extend([kind(Tok::Close(Bracket::Round)), kind(Tok::Slash)]);
            out.extend(self::number("2"));
            out.push(kind(Tok::Close(Bracket::Round)));
            out
        };
        let mut distance = vec![kind(Tok::Bar)];
        distance.extend_from_slice(left);
        distance.push(kind(Tok::Minus));
        distance.extend(half(Tok::Plus));
        distance.push(kind(Tok::Bar));
        Some(compared(&distance, Relation::Greater, &half(Tok::Minus)))
    }

    /// `c ≈ v_a`: nearer than a tenth of the way between the question's values; of numbers, than a tenth.
    pub fn near(&self, left: &[Token], right: &[Token]) -> Event {
        let vector = left.iter().chain(right).any(|t| t.is_name("c") || t.is_name("v"));
        let bar = || made(if vector { Tok::DoubleBar } else { Tok::Bar }, Span::default());
        let mut chain = vec![bar()];
        chain.extend_from_slice(left);
        chain.push(made(Tok::Minus, Span::default()));
        chain.push(made(Tok::Open(Bracket::Round), Span::default()));
        chain.extend_from_slice(right);
        chain.push(made(Tok::Close(Bracket::Round), Span::default()));
        chain.push(bar());
        chain.push(sign(Relation::Less));
        chain.extend(match (vector, self.world.letters.as_slice()) {
            (true, [a, b, ..]) => plain(&format!("0.1 ‖v_{a} - v_{b}‖"), self.world),
            _ => number("0.1"),
        });
        Event { chain, in_limit: true, tentative: false }
    }

    /// "v_a wins", "key a gets most of the weight", "head 1 returns v_a".
    fn winner(&self, at: usize) -> Option<(usize, Event)> {
        let heads = self.world.slots.len();
        if let Some((end, output, value)) = outcome::event(self, at) {
            return Some((end, self.near(&output, &value)));
        }
        if let Some(found) = self.beats(at) {
            return Some(found);
        }
        let start = self.skip(at, &["the", "key", "value", "token"]);
        let (after, text) = self.operand(start)?;
        let letter = match text.as_slice() {
            [Token { kind: Tok::Name(n), .. }] if start > at => n.clone(),
            [Token { kind: Tok::Name(n), .. }, ..] if n == "v" || n == "k" => said_index(&text)?,
            _ => return None,
        };
        if heads != 1 || !self.world.letters.contains(&letter) {
            return None;
        }
        let ways = [
            "wins",
            "wins the race",
            "dominates",
            "prevails",
            "gets most of the weight",
            "gets more weight",
            "gets the larger weight",
            "has the larger weight",
            "gets almost all the weight",
            "gets nearly all the weight",
            "takes over",
            "is chosen",
            "is picked",
            "is selected",
            "comes out",
            "comes out on top",
        ];
        let end = ways.iter().filter_map(|w| self.phrase(after, w)).max()?;
        let weight = plain(&format!("alpha_{letter}"), self.world);
        Some((end, Event::of(compared(&weight, Relation::Greater, &plain("1/2", self.world)))))
    }

    /// "k_a beats k_b", "a has a larger score than b": of one query's scores, or of the head that is named.
    fn beats(&self, at: usize) -> Option<(usize, Event)> {
        let (middle, one) = self.letter(at)?;
        let verbs = [
            "beats",
            "outscores",
            "overtakes",
            "wins over",
            "wins against",
            "has a larger score than",
            "has a higher score than",
            "has the larger score than",
            "gets a larger score than",
            "has more weight than",
            "gets more weight than",
            "is ahead of",
            "has a larger weight than",
            "gets a larger weight than",
            "scores higher than",
            "scores more than",
        ];
        let end = verbs.iter().filter_map(|w| self.phrase(middle, w)).max()?;
        let (end, other) = self.letter(self.skip(end, &["that", "of"]))?;
        let (end, query) = self.query_named(end)?;
        let score = |letter: &str| plain(&format!("k_{letter}^T {query}"), self.world);
        Some((end, Event::of(compared(&score(&one), Relation::Greater, &score(&other)))))
    }

    /// A key by its letter: "k_a", "key a", "v_a".
    pub fn letter(&self, at: usize) -> Option<(usize, String)> {
        let start = self.skip(at, &["the", "key", "value", "token"]);
        let (end, text) = self.operand(start).or_else(|| {
            let token = self.tokens.get(start).filter(|t| t.word().is_some_and(|w| self.world.letters.contains(&w)))?;
            Some((start + 1, vec![made(Tok::Name(token.word()?), token.span)]))
        })?;
        let letter = match text.as_slice() {
            [Token { kind: Tok::Name(n), .. }] => n.clone(),
            [Token { kind: Tok::Name(n), .. }, ..] if n == "v" || n == "k" => said_index(&text)?,
            _ => return None,
        };
        self.world.letters.contains(&letter).then_some((end, letter))
    }

    /// The query of "in head 1", or the question's only one.
    pub fn query_named(&self, at: usize) -> Option<(usize, String)> {
        if self.world.slots.len() == 1 {
            return Some((at, "q".into()));
        }
        let head = self.phrase(at, "in").map(|e| self.skip(e, &["the"])).and_then(|e| outcome::head(self, e));
        let (end, head) = head.or_else(|| outcome::head_before(self).map(|h| (at, h)))?;
        Some((end, format!("q_{head}")))
    }

    /// "X is negative", "the weight of v_a lies between 0.1 and 0.9".
    fn described(&self, at: usize) -> Option<(usize, Event)> {
        let (after, quantity) = self.quantity(at)?;
        self.predicate(after, &quantity)
    }

    /// What is said of a quantity after it.
    pub fn predicate(&self, at: usize, quantity: &[Token]) -> Option<(usize, Event)> {
        if let Some(end) = self.phrase(at, "exceeds|exceed|beats|beat|outweighs|outweigh|surpasses") {
            let (end, value) = self.value(end)?;
            return Some((end, Event::of(compared(quantity, Relation::Greater, &value))));
        }
        let start = self.skip(at, BE);
        if start == at && !self.is(at, &["between", "below", "above", "outside", "in", "inside", "within"]) {
            return None;
        }
        let start = self.skip(start, &["even", "still", "actually", "somewhere"]);
        let signed = |relation| Event::of(compared(quantity, relation, &number("0")));
        for (words, relation) in [("negative", Relation::Less), ("positive", Relation::Greater)] {
            if let Some(end) = self.phrase(start, words) {
                return Some((end, signed(relation)));
            }
        }
        if let Some(end) = self.phrase(start, "between") {
            let (middle, low) = self.value(end)?;
            let (end, high) = self.value(self.phrase(middle, "and")?)?;
            return Some((end, Event::of(between(&low, quantity, &high))));
        }
        if let Some(end) = self.phrase(start, "in|inside|within") {
            let end = self.skip(end, &["the", "interval", "range"]);
            let (end, right) = self.operand(end)?;
            return Some((end, Event::of(self.inside(quantity, &right)?)));
        }
        if let Some(end) = self.phrase(start, "outside").map(|end| self.phrase(end, "of").unwrap_or(end)) {
            let end = self.skip(end, &["the", "interval", "range"]);
            let (end, right) = self.operand(end)?;
            return Some((end, Event::of(self.outside(quantity, &right)?)));
        }
        if let Some(end) =
            ["close to", "near", "nearly", "almost", "approximately", "about"].iter().filter_map(|w| self.phrase(start, w)).max()
        {
            let (end, value) = self.value(end)?;
            return Some((end, self.near(quantity, &value)));
        }
        let comparisons = [
            ("below|under", Relation::Less),
            ("above|over", Relation::Greater),
            ("smaller|less|lower|shorter than", Relation::Less),
            ("larger|greater|bigger|more|higher|longer than", Relation::Greater),
            ("exactly|precisely", Relation::Equal),
            ("exactly|precisely equal to", Relation::Equal),
            ("at least", Relation::GreaterEqual),
            ("at most", Relation::LessEqual),
        ];
        let (end, relation) = comparisons.iter().find_map(|(w, r)| Some((self.phrase(start, w)?, *r)))?;
        let (end, value) = self.value(end)?;
        Some((end, Event::of(compared(quantity, relation, &value))))
    }

    /// A value: mathematics, a number in words, a quantity in words.
    pub fn value(&self, at: usize) -> Option<(usize, Vec<Token>)> {
        for (words, text) in
            [("zero", "0"), ("one half", "1/2"), ("a half", "1/2"), ("half", "1/2"), ("one", "1"), ("a quarter", "1/4")]
        {
            if let Some(end) = self.phrase(at, words) {
                return Some((end, plain(text, self.world)));
            }
        }
        self.operand(at).or_else(|| self.quantity(at))
    }
}

/// `low ≤ x ≤ high`.
/// The ends of `[low, high]`.
fn ends_of(interval: &[Token]) -> Option<(&[Token], &[Token])> {
    let [Token { kind: Tok::Open(Bracket::Square | Bracket::Round), .. }, inner @ .., Token { kind: Tok::Close(_), .. }] =
        interval
    else {
        return None;
    };
    let comma = inner.iter().position(|t| t.kind == Tok::Comma)?;
    let (low, high) = (&inner[..comma], &inner[comma + 1..]);
    let whole = !low.is_empty() && !high.is_empty() && !high.iter().any(|t| matches!(t.kind, Tok::Comma | Tok::Word(_)));
    whole.then_some((low, high))
}

fn between(low: &[Token], x: &[Token], high: &[Token]) -> Vec<Token> {
    compared(&compared(low, Relation::LessEqual, x), Relation::LessEqual, high)
}
