//! Noun phrases that name numbers, vectors and matrices, as the expressions that they stand for.

use super::Reader;
use super::keys::Keys;
use crate::claim::example::items::{ByItems, Kind};
use crate::claim::statement::Condition;
use crate::language::{Expr, Index, Moment, Symbol};

/// What a noun phrase stands for.
#[derive(Debug, Clone)]
pub(super) struct Noun {
    /// One expression for each thing that it names, with the keys that it leaves out.
    pub(super) things: Vec<(Expr, Vec<Condition>)>,
    /// What each is of a key, where a verb may leave the noun out ("that of b", "a has score …").
    pub(super) of_keys: Option<Of>,
    /// The keys, where nothing but keys is named.
    pub(super) keys: Option<Keys>,
    /// Whether what it means is not certain.
    pub(super) tentative: bool,
}

/// What a key has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Score,
    Weight,
    Length,
}

impl Noun {
    pub(super) fn one(expr: Expr) -> Noun {
        Noun { things: vec![(expr, vec![])], of_keys: None, keys: None, tentative: false }
    }

    /// The keys that are named, by words or as vectors.
    pub(super) fn named_keys(&self) -> Option<Keys> {
        let letter = |(e, out): &(Expr, Vec<Condition>)| match e {
            Expr::Symbol(Symbol { name, indices }) if matches!(name.as_str(), "k" | "v") && out.is_empty() => {
                match indices.as_slice() {
                    [Index::Letter(l)] => Some(l.clone()),
                    _ => None,
                }
            }
            _ => None,
        };
        let letters: Option<Vec<String>> = self.things.iter().map(letter).collect();
        self.keys.clone().or_else(|| letters.filter(|l| !l.is_empty()).map(Keys::Letters))
    }

    /// The same of each thing.
    pub(super) fn map(mut self, f: impl Fn(Expr) -> Expr) -> Noun {
        self.things = self.things.into_iter().map(|(e, c)| (f(e), c)).collect();
        self.keys = None;
        self
    }
}

pub(super) const DETERMINERS: &[&str] =
    &["the", "a", "an", "this", "these", "its", "their", "corresponding", "resulting", "respective", "own"];
pub(super) const SCORES: &[&str] = &["score", "scores", "logit", "logits"];
const WEIGHTS: &[&str] = &["weight", "weights", "alphas"];
/// The weight of all others together.
const LEAKS: &[&str] = &["leak", "leakage"];
pub(super) const LENGTHS: &[&str] = &["length", "lengths", "norm", "norms", "magnitude", "magnitudes"];

pub(super) fn norm(e: Expr) -> Expr {
    Expr::Norm(Box::new(e))
}

pub(super) fn dot(a: Expr, b: Expr) -> Expr {
    Expr::Mul(vec![Expr::Transpose(Box::new(a)), b])
}

pub(super) fn minus(a: Expr, b: Expr) -> Expr {
    Expr::Add(vec![a, Expr::Neg(Box::new(b))])
}

pub(super) fn squared(e: Expr) -> Expr {
    Expr::Pow(Box::new(e), Box::new(Expr::int(2)))
}

pub(super) fn moment(m: Moment, e: Expr) -> Expr {
    Expr::Moment(m, Box::new(e))
}

impl Reader<'_> {
    /// A noun phrase; where it ends.
    pub(super) fn noun_phrase(&self, at: usize) -> Option<(usize, Noun)> {
        let (end, first) = self.term(at)?;
        // "the score of a minus the score of b"
        if self.is(end, &["minus"]) {
            let (end, second) = self.term(end + 1)?;
            let ([(a, _)], [(b, _)]) = (first.things.as_slice(), second.things.as_slice()) else { return None };
            return Some((end, Noun::one(minus(a.clone(), b.clone()))));
        }
        Some((end, first))
    }

    pub(super) fn term(&self, at: usize) -> Option<(usize, Noun)> {
        self.moment_of(at)
            .or_else(|| self.possessive(at))
            .or_else(|| self.total_of_keys(at))
            .or_else(|| self.of_keys(at))
            .or_else(|| self.measure(at))
            .or_else(|| self.combination(at))
            .or_else(|| self.pronoun(at))
            .or_else(|| self.vectors(at))
            .or_else(|| self.only_keys(at))
    }

    /// "the variance of …", "the mean score of …", "the mean squared distance …", "the noise in …".
    fn moment_of(&self, at: usize) -> Option<(usize, Noun)> {
        let start = self.skip(self.skip(at, DETERMINERS), &["exact", "total"]);
        let rms = match () {
            () if self.is(start, &["rms"]) => Some(start + 1),
            () if self.is(start, &["typical"]) && self.is(start + 1, &["distance"]) => Some(start + 1),
            () if self.are(start, &["root", "mean"]) && self.is(start + 2, &["square", "squared"]) => Some(start + 3),
            () if self.is(start, &["root-mean-square"]) => Some(start + 1),
            () => None,
        };
        if let Some(from) = rms {
            let (end, noun) = self.term(from)?;
            let root = |e| Expr::Pow(Box::new(moment(Moment::Mean, squared(e))), Box::new(Expr::half()));
            return Some((end, noun.map(root)));
        }
        if let Some((end, m)) = self.moment_noun(start)
            && self.is(end, &["of", "in"])
        {
            let inner = self.skip(end + 1, &["both"]);
            let (end, noun) = self.noun_phrase(inner).or_else(|| self.bare_difference(inner))?;
            let whole = noun.keys.is_none();
            return whole.then(|| (end, noun.map(|e| moment(m, e))));
        }
        if self.is(start, &["mean", "average", "expected"]) && !self.is(start + 1, &["of", "value", "values"]) {
            let (end, noun) = self.term(start + 1)?;
            let whole = noun.keys.is_none() && !noun.things.iter().any(|(e, _)| matches!(e, Expr::Symbol(_)));
            let mean = |e| moment(Moment::Mean, e);
            return whole.then(|| (end, noun.map(mean)));
        }
        if self.is(start, &["squared", "square"]) {
            let (end, noun) = self.term(start + 1)?;
            let number = noun.things.iter().all(|(e, _)| matches!(e, Expr::Norm(_)));
            return number.then(|| (end, noun.map(squared)));
        }
        if self.is(start, &["noise", "fluctuation", "fluctuations"]) && self.is(start + 1, &["of", "in", "on"]) {
            let (end, noun) = self.term(start + 2)?;
            let number = noun.things.iter().all(|(e, _)| matches!(e, Expr::Mul(_)));
            return (number && noun.keys.is_none()).then(|| (end, noun.map(|e| minus(e.clone(), moment(Moment::Mean, e)))));
        }
        None
    }

    /// "variance", "standard deviation", "mean".
    pub(super) fn moment_noun(&self, at: usize) -> Option<(usize, Moment)> {
        const NOUNS: &[(&[&str], Moment)] = &[
            (&["standard", "deviation"], Moment::Deviation),
            (&["standard", "deviations"], Moment::Deviation),
            (&["expected", "value"], Moment::Mean),
            (&["variance"], Moment::Variance),
            (&["variances"], Moment::Variance),
            (&["deviation"], Moment::Deviation),
            (&["std"], Moment::Deviation),
            (&["sd"], Moment::Deviation),
            (&["s.d"], Moment::Deviation),
            (&["stdev"], Moment::Deviation),
            (&["expectation"], Moment::Mean),
            (&["mean"], Moment::Mean),
            (&["average"], Moment::Mean),
        ];
        // Where nothing is drawn a mean is one of several things.
        if !self.world.draws() {
            return None;
        }
        NOUNS.iter().find(|(words, _)| self.are(at, words)).map(|(words, m)| (at + words.len(), *m))
    }

    /// What keys have, as expressions.
    pub(super) fn having(&self, of: Of, keys: &Keys) -> Option<Noun> {
        let things = keys
            .indices(self.world)
            .into_iter()
            .map(|(index, out)| {
                let key = Expr::Symbol(Symbol { name: "k".into(), indices: vec![index.clone()] });
                let e = match of {
                    Of::Length => norm(key),
                    Of::Score => dot(key, Expr::Symbol(self.query()?.0)),
                    Of::Weight => {
                        let head = self.query()?.1.map(Index::Number);
                        let indices = head.into_iter().chain([index]).collect();
                        Expr::Symbol(Symbol { name: "alpha".into(), indices })
                    }
                };
                Some((e, out))
            })
            .collect::<Option<_>>()?;
        Some(Noun { things, of_keys: Some(of), keys: None, tentative: false })
    }

    /// "the total weight of the others", "the sum of the other weights", "the weights of a and b together": one number.
    fn total_of_keys(&self, at: usize) -> Option<(usize, Noun)> {
        let start = self.skip(at, &["the", "a", "an"]);
        if self.is(start, LEAKS) && !self.world.letters.is_empty() && self.world.attends() {
            return Some((start + 1, Noun::one(super::total(&self.having(Of::Weight, &Keys::Others)?.things)?)));
        }
        // "what is left for the other keys", "what remains for the others"
        let left = self.are(start, &["what", "is", "left"]).then_some(start + 3);
        let left = left.or_else(|| self.are(start, &["what", "remains"]).then_some(start + 2));
        if let Some(from) = left {
            let (end, keys) = self.is(from, &["for", "to"]).then(|| self.keys(from + 1))?.filter(|(_, k)| *k == Keys::Others)?;
            return Some((end, Noun::one(super::total(&self.having(Of::Weight, &keys)?.things)?)));
        }
        let summed = self.is(start, &["sum"]) && self.is(start + 1, &["of"]);
        let from = if summed { start + 2 } else { start };
        let whole = self.is(from, &["total", "combined", "summed", "joint", "whole"]);
        (summed || whole).then_some(())?;
        let (end, noun) = self.of_keys(from + usize::from(whole))?;
        Some((end, Noun::one(super::total(&noun.things)?)))
    }

    /// "score", "weights": what a key has.
    pub(super) fn of_a_key(&self, at: usize) -> Option<Of> {
        match () {
            () if self.is(at, SCORES) => Some(Of::Score),
            () if self.is(at, WEIGHTS) => Some(Of::Weight),
            () => None,
        }
    }

    /// "the score of a", "the weights of the other keys", "each score", "the other weights".
    fn of_keys(&self, at: usize) -> Option<(usize, Noun)> {
        if !self.world.attends() {
            return None;
        }
        let noun = |i: usize| self.of_a_key(i);
        // "the other scores", "every other weight", "all scores", "both weights"
        if let Some((end, keys)) = self.others(at)
            && let Some(of) = noun(end)
        {
            // "the remaining weight" is what all of them have.
            let whole = of == Of::Weight && self.is(end, &["weight"]) && !self.each(at, end);
            let having = self.having(of, &keys)?;
            let rest = whole && (at..end).any(|i| self.is(i, &["remaining", "rest"]));
            return match rest.then(|| super::total(&having.things)).flatten() {
                Some(total) => Some((end + 1, Noun::one(total))),
                None => Some((end + 1, Noun { tentative: whole, ..having })),
            };
        }
        let quantified = self.skip(at, &["the", "all", "of", "each", "every", "both", "two"]);
        let start = self.skip(at, DETERMINERS);
        let start = if quantified > start && noun(quantified).is_some() { quantified } else { start };
        let start = start + usize::from(self.is(start, &["attention"]) && noun(start + 1).is_some());
        let of = noun(start)?;
        // "the score k_a^T q", "the weight α_a"
        if let Some(e) = self.math(start + 1).filter(|e| !matches!(e, Expr::Number(_))) {
            let fits = match of {
                Of::Weight => matches!(e, Expr::Symbol(s) if s.name == "alpha"),
                _ => matches!(e, Expr::Mul(_)),
            };
            return fits.then(|| (start + 2, Noun { of_keys: Some(of), ..Noun::one(e.clone()) }));
        }
        let preposition = self.is(start + 1, &["of", "for", "on"]) && !self.is(start + 2, &["head"]);
        if preposition && let Some((end, keys)) = self.keys(start + 2) {
            // "the weight of the others": of each, or of all together.
            let either = of == Of::Weight && keys == Keys::Others && self.is(start, &["weight"]) && !self.each(start + 2, end);
            return Some((end, Noun { tentative: either, ..self.having(of, &keys)? }));
        }
        let words: Vec<&str> = (at..start).filter_map(|i| self.word(i)).collect();
        let both = words.iter().any(|w| matches!(*w, "both" | "two")) && self.world.letters.len() == 2;
        // "the scores fluctuate with …": what is said of noise is said of each.
        let noisy =
            self.world.draws() && self.is(start, &["scores", "logits"]) && self.is(start + 1, &["fluctuate", "vary", "scatter"]);
        // "the score has standard deviation …": of any, where no key differs from the others.
        let alike = self.world.draws() && !self.world.definitions.iter().any(|d| d.name == "X");
        let behind = self.skip(start + 1, &["has", "with", "a", "the"]);
        let spread = self.moment_noun(behind).is_some_and(|(_, m)| m != Moment::Mean);
        let noisy = noisy || alike && self.is(start, &["score"]) && behind > start + 1 && spread;
        let all = noisy || words.iter().any(|w| matches!(*w, "all" | "each" | "every"));
        let keys = if both {
            Keys::Letters(self.world.letters.clone())
        } else if all {
            Keys::All
        } else {
            return None;
        };
        // What comes behind says of which it is.
        let more = self.is(start + 1, &["of", "for", "on"]) && self.in_head(start + 1).is_none();
        (!more).then_some(())?;
        Some((start + 1, self.having(of, &keys)?))
    }

    /// Whether words say that each is meant for itself.
    fn each(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| self.is(i, &["each", "every", "any", "a", "another", "third"]))
    }

    /// "a's score", "key b's weight".
    fn possessive(&self, at: usize) -> Option<(usize, Noun)> {
        let start = self.skip(at, &["the"]);
        let (end, letter) = self.letter(start)?;
        let apostrophe = matches!(self.items.get(end).map(|i| &i.kind), Some(Kind::Other));
        let s = matches!(self.math(end + 1), Some(Expr::Symbol(s)) if s.name == "s" && s.indices.is_empty());
        let end = if self.is(end, &["'s", "’s"]) { end + 1 } else { (apostrophe && s).then_some(end + 2)? };
        let end = self.skip(end, &["own", "attention", "total"]);
        let of = self.of_a_key(end).or_else(|| self.is(end, LENGTHS).then_some(Of::Length))?;
        self.world.attends().then_some(())?;
        Some((end + 1, self.having(of, &Keys::Letters(vec![letter]))?))
    }

    /// "that of b", "those of the others".
    pub(super) fn that_of(&self, at: usize, of: Of) -> Option<(usize, Noun)> {
        let start = self.skip(at, &["to", "as"]);
        let (end, keys) =
            (self.is(start, &["that", "those"]) && self.is(start + 1, &["of", "for"])).then(|| self.keys(start + 2))??;
        Some((end, self.having(of, &keys)?))
    }

    /// "its length", "their lengths": of what was spoken of last.
    fn pronoun(&self, at: usize) -> Option<(usize, Noun)> {
        if !self.is(at, &["its"]) {
            return None;
        }
        if let Some((end, m)) = self.moment_noun(at + 1) {
            let (number, out) = self.measured.clone()?;
            return Some((end, Noun { things: vec![(moment(m, number.clone()), out)], ..Noun::one(number) }));
        }
        let spoken = Expr::Symbol(self.spoken?.clone());
        let vector = self.world.is_vector(&spoken);
        let matrix = !vector && !self.world.is_number(&spoken);
        let start = self.skip(at + 1, &["euclidean"]);
        let e = match self.word(start)? {
            w if vector && LENGTHS.contains(&w) => norm(spoken),
            "rank" if matrix => Expr::Call("rank", vec![spoken]),
            "trace" if matrix => Expr::Call("tr", vec![spoken]),
            "determinant" if matrix => Expr::Call("det", vec![spoken]),
            _ => return None,
        };
        Some((start + 1, Noun::one(e)))
    }

    fn only_keys(&self, at: usize) -> Option<(usize, Noun)> {
        let (end, keys) = self.keys(at)?;
        self.world.attends().then_some((end, Noun { things: vec![], of_keys: None, keys: Some(keys), tentative: false }))
    }

    /// Expressions in a list, each maybe behind its noun: "v_a and v_b", "the two queries".
    pub(super) fn vectors(&self, at: usize) -> Option<(usize, Noun)> {
        let start = self.skip(at, &["the", "both", "two", "of", "our"]);
        let queries: Vec<Expr> = self.world.slots.iter().map(|s| Expr::Symbol(s.symbol.clone())).collect();
        if self.is(start, &["queries"]) && queries.len() == 2 {
            let things = queries.into_iter().map(|q| (q, vec![])).collect();
            return Some((start + 1, Noun { things, of_keys: None, keys: None, tentative: false }));
        }
        let (mut end, first) = self.vector(at)?;
        let mut things = vec![(first, vec![])];
        while self.is(end, &["and"])
            && let Some((next, more)) = self.vector(end + 1)
        {
            things.push((more, vec![]));
            end = next;
        }
        Some((end, Noun { things, of_keys: None, keys: None, tentative: false }))
    }

    /// One expression, maybe behind its noun.
    pub(super) fn vector(&self, at: usize) -> Option<(usize, Expr)> {
        const NOUNS: &[&str] = &[
            "vector",
            "matrix",
            "query",
            "output",
            "product",
            "projector",
            "value",
            "key",
            "noise",
            "score",
            "each",
            "both",
            "variable",
            "factor",
            "coefficient",
            "orthogonal",
            "projection",
            "random",
            "sum",
            "quantity",
            "number",
            "vectors",
            "difference",
            "gap",
            "margin",
            "error",
            "remainder",
            "expression",
            "term",
        ];
        let start = self.skip(at, DETERMINERS);
        if self.is(start, &["transpose"]) && self.is(start + 1, &["of"]) {
            let (end, e) = self.vector(start + 2)?;
            return Some((end, Expr::Transpose(Box::new(e))));
        }
        let named = self.skip(start, NOUNS);
        if let Some(e) = self.math(named) {
            let letter = |l: &String| self.world.letters.contains(l);
            return match e {
                // "key b": the letter is the key's.
                Expr::Symbol(s) if s.indices.is_empty() && letter(&s.name) => {
                    let name = if self.is(named.checked_sub(1)?, &["key"]) { "k" } else { "v" };
                    let after = self.is(named - 1, &["key", "value"]);
                    let index = Index::Letter(s.name.clone());
                    after.then(|| (named + 1, Expr::Symbol(Symbol { name: name.into(), indices: vec![index] })))
                }
                e => (!e.is_closed()).then(|| (named + 1, e.clone())),
            };
        }
        // "A has size d × m": no article where a verb follows.
        let capital = |i: usize| self.items.get(i).is_some_and(|item| item.span.of(self.text) == "A");
        if capital(at) && self.is(at + 1, super::predicate::VERBS) {
            let symbol = Symbol::plain("A");
            return self.world.is_matrix(&symbol).then(|| (at + 1, Expr::Symbol(symbol)));
        }
        if self.is(start, &["query"]) {
            return Some((start + 1, Expr::Symbol(self.query()?.0)));
        }
        if self.is(start, &["output"]) && self.world.attends() {
            return self.output(start + 1);
        }
        if self.is(start, &["key", "value"]) {
            let (end, letter) = self.letter(start)?;
            let name = if self.is(start, &["key"]) { "k" } else { "v" };
            return Some((end, Expr::Symbol(Symbol { name: name.into(), indices: vec![Index::Letter(letter)] })));
        }
        None
    }

    /// "the output (of head 1)": of one head where one is named.
    fn output(&self, at: usize) -> Option<(usize, Expr)> {
        let all = Symbol::plain("c");
        if self.heads.is_empty() {
            return Some((at, Expr::Symbol(all)));
        }
        let head = self.head()?;
        let end = self.in_head(at).unwrap_or(at);
        let own = Symbol { name: "c".into(), indices: vec![Index::Number(head)] };
        self.world.knows(&own, &[]).then_some((end, Expr::Symbol(own)))
    }
}
