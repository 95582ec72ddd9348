//! Other answers that are said to serve: "the matrix I − BBᵀ does the job as well", "for any N with NA = 0 and NB = 0 the matrix
//! AAᵀ + N works too", "if the basis were not orthonormal, A(AᵀA)⁻¹Aᵀ would be the right choice".
//!
//! A clause is an expression, that it serves or does not, and what is supposed otherwise than in the question, each word understood.

use super::interventions::words::{OPENERS, Words};
use super::links::chain_inside;
use super::phrases::{all_from, inside};
use super::read::Reader;
use super::statement::{Body, Scope, Statement};
use crate::language::{Expr, Relation, Symbol, Token};
use crate::span::Span;
use crate::world::World;

/// An expression that is said to serve.
#[derive(Debug, Clone, PartialEq)]
pub struct Serving {
    /// The expression in the place of the slot's symbol.
    pub candidate: Expr,
    /// Whether it is said to serve.
    pub serves: bool,
    /// What is supposed of the bases.
    pub bases: Bases,
    /// A matrix that may be any with so many products that vanish: its name, and what it takes to 0.
    pub free: Option<(Symbol, Vec<Symbol>)>,
}

/// What the bases are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bases {
    /// As the question has them.
    Own,
    /// Not orthonormal, each still perpendicular to the other.
    NotOrthonormal,
    /// Orthonormal, but not perpendicular to each other.
    NotPerpendicular,
}

const SERVES: &[&str] = &[
    "does the job",
    "do the job",
    "would do the job",
    "does the same job",
    "works",
    "work",
    "would work",
    "also works",
    "does it",
    "would do",
    "serves",
    "serves the purpose",
    "has the required property",
    "has the property",
    "has this property",
    "has the same property",
    "is right",
    "is correct",
    "is also correct",
    "is valid",
    "stays correct",
    "remains correct",
    "is still correct",
    "stays right",
    "stays valid",
    "fulfils the requirement",
    "fulfills the requirement",
    "satisfies the requirement",
    "meets the requirement",
    "is a solution",
    "is another solution",
    "is also a solution",
    "is a valid answer",
    "is a valid choice",
    "is another valid choice",
    "is another answer",
    "is an answer",
    "would be the right replacement",
    "would be the right choice",
    "would be the right matrix",
    "would be the right answer",
    "would be right",
    "would be correct",
    "would still be the right choice",
    "would still be right",
    "would still be correct",
    "would still work",
    "still works",
    "is the right replacement",
    "is the right choice",
    "is the right matrix",
    "is the right one",
    "would be the right one",
    "solves the problem",
    "solves it",
    "is fine",
    "is possible",
    "would serve",
    "would be the replacement",
    "does what is asked",
    "does what we want",
    "extracts v_a",
    "also extracts v_a",
];
const FAILS: &[&str] = &[
    "does not do the job",
    "doesn't do the job",
    "does not work",
    "doesn't work",
    "would not work",
    "wouldn't work",
    "fails",
    "is wrong",
    "would be wrong",
    "is not correct",
    "is not right",
    "would not be right",
    "is no solution",
    "is not a solution",
    "no longer works",
    "would fail",
    "does not have the property",
    "does not serve",
    "would no longer work",
    "would no longer be right",
    "does not extract v_a",
    "is not valid",
];
const TAILS: &[&str] = &[
    "as well",
    "too",
    "equally well",
    "just as well",
    "again",
    "also",
    "for every n",
    "for any n",
    "here",
    "in general",
    "for all c and d",
    "anyway",
    "then",
];

/// What the clauses of a sentence say of other answers.
pub fn find(world: &World, tokens: &[Token], text: &str) -> Vec<(Span, Serving)> {
    if world.columns.is_empty() {
        return vec![];
    }
    let reader = Clause { world, tokens, text, words: Words::of(tokens) };
    let words = &reader.words;
    let begins = |at: usize| {
        at == 0 || words.parts(at - 1) || words.is(at - 1, &["and", "so", "but", "because", "since", "that", "then", "hence"])
    };
    all_from(words.len(), |at| {
        let (end, serving) = begins(at).then(|| reader.read(at))??;
        Some((end, (words.span(at, end), serving)))
    })
}

struct Clause<'a> {
    world: &'a World,
    tokens: &'a [Token],
    text: &'a str,
    words: Words,
}

impl Clause<'_> {
    fn read(&self, at: usize) -> Option<(usize, Serving)> {
        let last = self.words.skip(at, OPENERS);
        // "for", "the", "that" open a clause and may belong to it.
        (at..=last).rev().find_map(|start| self.whole(start))
    }

    fn whole(&self, at: usize) -> Option<(usize, Serving)> {
        let words = &self.words;
        let (start, before) =
            self.premise(at).map_or((at, None), |(end, bases)| (words.skip(end, &["comma", "then"]), Some(bases)));
        let (start, free) = self.any_with(start).map_or((start, None), |(end, free)| (words.skip(end, &["comma"]), Some(free)));
        let from = words.skip(start, &["the", "matrix", "choice", "taking", "also", "projector", "other"]);
        let (verb, end, serves) = self.serving(from)?;
        let (end, free) = match (free, self.whatever(end)) {
            (None, Some((end, free))) => (end, Some(free)),
            (free, _) => (end, free),
        };
        let candidate = self.candidate(from, verb, free.as_ref())?;
        let mut end = words.past(end, TAILS);
        let behind = self.premise(end);
        let bases = match (before, behind) {
            (Some(_), Some(_)) => return None,
            (Some(bases), None) => bases,
            (None, Some((next, bases))) => {
                end = next;
                bases
            }
            (None, None) => Bases::Own,
        };
        (words.ends(end) && !words.is(end, &["for", "as"])).then_some((end, Serving { candidate, serves, bases, free }))
    }

    /// Where the verb stands that says whether something serves, and where what it says ends.
    fn serving(&self, from: usize) -> Option<(usize, usize, bool)> {
        let words = &self.words;
        (from + 1..words.len())
            .take_while(|i| *i == from + 1 || !words.parts(i - 1) || words.at(i - 1).starts_with("open("))
            .find_map(|i| {
                let fails = words.row(i, FAILS).map(|end| (i, end, false));
                fails.or_else(|| words.row(i, SERVES).map(|end| (i, end, true)))
            })
    }

    /// An expression that could stand in the place of the slot: of its shape, with nothing unknown in it.
    fn candidate(&self, from: usize, to: usize, free: Option<&(Symbol, Vec<Symbol>)>) -> Option<Expr> {
        let chain = chain_inside(self.world, self.tokens, self.text, self.words.span(from, to))?;
        let [operand] = chain.operands.as_slice() else { return None };
        let own = |s: &Symbol| self.world.slots.iter().any(|slot| slot.symbol == *s);
        let known =
            |s: &Symbol| self.world.columns.contains_key(&s.name) || s.name == "I" || free.is_some_and(|(n, _)| n == s || own(s));
        let mentioned = operand.expr.symbols();
        (!mentioned.is_empty() && mentioned.iter().all(known)).then(|| operand.expr.clone())
    }

    /// "for any N with N A = 0 and N B = 0"
    fn any_with(&self, at: usize) -> Option<(usize, (Symbol, Vec<Symbol>))> {
        let words = &self.words;
        let start = words.row(at, &["for any", "for every", "for each", "for all", "with any", "if"])?;
        let start = words.skip(start, &["matrix"]);
        let name = words.at(start).to_string();
        if name.chars().count() != 1 || !name.chars().all(char::is_uppercase) || self.world.columns.contains_key(&name) {
            return None;
        }
        let mut end = words.skip(start + 1, &["with", "such", "that", "satisfying"]);
        let mut gone = Vec::new();
        loop {
            // `N A = 0`, `NA = N B = 0`
            let product = if words.at(end) == name { end + 1 } else { break };
            let other = words.skip(product, &["times"]);
            let column = self.world.columns.keys().find(|c| c.as_str() == words.at(other))?;
            gone.push(Symbol::plain(column));
            end = words.is(other + 1, &["="]).then_some(other + 2)?;
            if words.is(end, &["0"]) {
                end += 1;
                end = if words.is(end, &["and", "comma"]) && words.at(end + 1) == name { end + 1 } else { end };
            }
        }
        (!gone.is_empty()).then(|| (end, (Symbol::plain(&name), gone)))
    }

    /// "(works) for every N", "(works) whatever N is"
    fn whatever(&self, at: usize) -> Option<(usize, (Symbol, Vec<Symbol>))> {
        let words = &self.words;
        let start =
            words.row(at, &["for every matrix", "for any matrix", "for every", "for any", "for all", "for each", "whatever"])?;
        let name = words.at(start);
        let free = name.chars().count() == 1 && name.chars().all(char::is_uppercase) && !self.world.columns.contains_key(name);
        free.then(|| (words.skip(start + 1, &["is"]), (Symbol::plain(name), vec![])))
    }

    /// "if the basis were not orthonormal", "if the a_i are only independent", "without A ⊥ B".
    fn premise(&self, at: usize) -> Option<(usize, Bases)> {
        const LEADS: &[&str] = &["if", "when", "for", "even", "without", "were", "with", "once"];
        const OF: &[&str] = &[
            "if",
            "when",
            "for",
            "even",
            "once",
            "the",
            "a",
            "basis",
            "bases",
            "of",
            "A",
            "were",
            "are",
            "was",
            "is",
            "a_i",
            "a_1",
            "columns",
            "vectors",
            "only",
            "just",
            "merely",
            "linearly",
            "that",
            "which",
            "any",
            "general",
            "an",
            "arbitrary",
            "with",
            "same",
            "subspace",
            "had",
            "been",
            "n't",
        ];
        let words = &self.words;
        if !words.is(at, LEADS) {
            return None;
        }
        let mut end = at;
        let (mut denied, mut loose, mut normal, mut across) = (false, false, false, false);
        while end < words.len() {
            match words.at(end) {
                "not" | "weren't" | "aren't" | "isn't" | "without" | "wasn't" => denied = true,
                "orthonormal" | "orthonormality" => normal = true,
                "independent" => loose = true,
                "open(round)" | "close(round)" => {}
                "orthogonality" | "orthogonal" | "perpendicular" if end > at => across = true,
                "two" | "both" | "subspaces" | "spaces" | "B" | "and" if end > at => across = across || words.at(end) != "and",
                w if OF.contains(&w) => loose |= matches!(w, "general" | "arbitrary"),
                _ => break,
            }
            end += 1;
        }
        let bases = match () {
            () if across && denied && !normal && !loose => Bases::NotPerpendicular,
            () if !across && (if normal { denied } else { loose }) => Bases::NotOrthonormal,
            () => return None,
        };
        Some((end, bases))
    }
}

/// "The orthogonality of the two subspaces is not needed for AAᵀ": where it ends, of what, and whether it is needed.
fn needed(clause: &Clause, at: usize) -> Option<(usize, Serving)> {
    let words = &clause.words;
    let start = words.row(
        words.skip(at, &["the"]),
        &[
            "orthogonality of the two subspaces",
            "orthogonality of the subspaces",
            "orthogonality of A and B",
            "orthogonality of both subspaces",
        ],
    )?;
    let denied = words.row(
        start,
        &[
            "is not needed",
            "isn't needed",
            "is not necessary",
            "isn't necessary",
            "is not required",
            "is unnecessary",
            "is superfluous",
        ],
    );
    let (next, serves) = match denied {
        Some(next) => (next, true),
        None => (words.row(start, &["is needed", "is necessary", "is required", "is essential"])?, false),
    };
    let from = words.is(next, &["for"]).then_some(next + 1)?;
    let end = (from..words.len())
        .find(|i| words.parts(*i) && !words.at(*i).starts_with("open(") || words.is(*i, &["because", "since", "so", "and"]))
        .unwrap_or(words.len());
    let candidate = clause.candidate(from, end, None)?;
    Some((end, Serving { candidate, serves, bases: Bases::NotPerpendicular, free: None }))
}

impl Reader<'_> {
    /// What the sentence says of other answers, where nothing else was read of it.
    pub(super) fn of_other_answers(&mut self, range: &std::ops::Range<usize>, first: usize) {
        let place = self.span(range);
        let sentence = inside(self.plain, place);
        let clause = Clause { world: self.world, tokens: &sentence, text: self.text, words: Words::of(&sentence) };
        let of_need =
            (!self.world.columns.is_empty()).then(|| needed(&clause, clause.words.skip(0, OPENERS.split_at(4).0))).flatten();
        let whole = of_need.map(|(end, serving)| (clause.words.span(0, end), serving));
        for (span, serving) in whole.into_iter().chain(find(self.world, &sentence, self.text)) {
            let meets = |s: &Statement| s.span.start < span.end && span.start < s.span.end;
            let open = |s: &Statement| match &s.body {
                Body::Prose | Body::Unread { .. } | Body::Supposition { .. } => true,
                // "N A = 0" behind "for any N with"
                Body::Relation { link, .. } => serving.free.is_some() && link.relation == Relation::Equal,
                _ => false,
            };
            if self.denied(span) || self.out[first..].iter().any(|s| meets(s) && !open(s)) {
                continue;
            }
            self.keep_from(first, |s| !meets(s));
            self.push(span, Body::Serving(serving), Scope::default());
        }
    }
}
