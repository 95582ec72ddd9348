//! Noun phrases of two things, or of what one measures: lengths, distances, products, angles, differences, ratios and sums.

use super::Reader;
use super::keys::Keys;
use super::noun::{DETERMINERS, LENGTHS, Noun, Of, SCORES, dot, minus, moment, norm, squared};
use super::value::Links;
use crate::claim::example::items::ByItems;
use crate::claim::statement::Link;
use crate::language::{Expr, Moment, Range, Relation, Symbol};

impl Reader<'_> {
    /// "the length of q", "the distance between k_a and μ_a", "the inner product of v_a and v_b", "the rank of M".
    pub(super) fn measure(&self, at: usize) -> Option<(usize, Noun)> {
        let start = self.skip(at, DETERMINERS);
        let start = self.skip(start, &["euclidean"]);
        if self.is(start, LENGTHS) && self.is(start + 1, &["of"]) {
            let (end, vectors) = self.vectors(start + 2)?;
            return Some((end, vectors.map(norm)));
        }
        if self.is(start, &["distance"]) && self.is(start + 1, &["of", "between", "from"]) {
            if let Some(found) = self.key_and_its_mean(start + 2) {
                return Some(found);
            }
            let (end, a) = self.vector(start + 2)?;
            let (end, b) = self.is(end, &["from", "and", "to"]).then(|| self.vector(end + 1))??;
            return Some((end, Noun::one(norm(minus(a, b)))));
        }
        if let Some(found) = self.denominator(start) {
            return Some(found);
        }
        if self.is(start, &["covariance"]) && self.is(start + 1, &["of", "between"]) {
            let (end, noun) = self.pair_of_terms(start + 2)?;
            return Some((end, self.covariance(&noun)?));
        }
        if self.is(start, &["log", "logarithm", "log-odds"]) {
            return self.logarithm(start);
        }
        let product = ["dot", "inner", "scalar"].iter().any(|w| self.are(start, &[w, "product"]));
        if product && self.is(start + 2, &["of", "between"]) {
            let (end, a) = self.vector(start + 3)?;
            let (end, b) = self.is(end, &["and", "with"]).then(|| self.vector(end + 1))??;
            return Some((end, Noun::one(dot(a, b))));
        }
        let angle = self.is(start, &["cosine", "cos"]);
        if angle && (self.is(start + 1, &["between"]) || self.are(start + 1, &["of", "the", "angle", "between"])) {
            let from = start + if self.is(start + 1, &["between"]) { 2 } else { 5 };
            let (end, a) = self.vector(from)?;
            let (end, b) = self.is(end, &["and"]).then(|| self.vector(end + 1))??;
            let lengths = Expr::Mul(vec![norm(a.clone()), norm(b.clone())]);
            return Some((end, Noun::one(Expr::Div(Box::new(dot(a, b)), Box::new(lengths)))));
        }
        let f = ["rank", "trace", "determinant"].into_iter().find(|w| self.is(start, &[w]) && self.is(start + 1, &["of"]))?;
        let (end, e) = self.vector(start + 2)?;
        let f = match f {
            "rank" => "rank",
            "trace" => "tr",
            _ => "det",
        };
        Some((end, Noun::one(Expr::Call(f, vec![e]))))
    }

    /// "the (softmax) denominator (of every weight)", "the normalising constant": the sum of the exponentials of all scores.
    fn denominator(&self, at: usize) -> Option<(usize, Noun)> {
        let start = self.skip(at, &["softmax", "common"]);
        let noun = self.is(start, &["denominator", "denominators", "normaliser", "normalizer"]).then_some(start + 1);
        let constant = self.is(start, &["normalising", "normalizing", "normalisation", "normalization"])
            && self.is(start + 1, &["constant", "factor", "sum"]);
        let end = noun.or_else(|| (constant || self.are(start, &["partition", "function"])).then_some(start + 2))?;
        self.world.attends().then_some(())?;
        let of =
            self.is(end, &["of", "in"]).then(|| self.skip(end + 1, &["the", "every", "each", "all", "a", "both", "attention"]));
        let softmax = of.filter(|at| self.is(*at, &["softmax", "weight", "weights"])).map(|at| at + 1);
        let weight = of.filter(|at| matches!(self.math(*at), Some(Expr::Symbol(s)) if s.name == "alpha")).map(|at| at + 1);
        let end = if of.is_some() { softmax.or(weight)? } else { end };
        let range = Range { index: "r".into(), from: None, to: None, except: vec![] };
        let score = dot(Expr::Symbol(Symbol::indexed("k", "r")), Expr::Symbol(self.query()?.0));
        let sum = Expr::Sum(Box::new(range), Box::new(Expr::Call("exp", vec![score])));
        Some((end, Noun::one(sum)))
    }

    /// "the log of the odds α_a/α_b", "the logarithm of the ratio of the weights of a and b", "the log-odds of a against b".
    fn logarithm(&self, start: usize) -> Option<(usize, Noun)> {
        let odds = self.is(start, &["log-odds"]) || self.is(start, &["log"]) && self.is(start + 1, &["odds"]);
        let from = start + 1 + usize::from(odds && self.is(start, &["log"]));
        let ln = |e: Expr| Expr::Call("ln", vec![e]);
        let (end, e) = if odds {
            let from = self.skip(from, &["of"]);
            if let Some(e @ Expr::Div(..)) = self.math(from) {
                return Some((from + 1, Noun::one(ln(e.clone()))));
            }
            let letters = &self.world.letters;
            let [a, b] = letters.as_slice() else { return None };
            let weight = |l: &str| Expr::Symbol(Symbol::indexed("alpha", l));
            let named = self.letter(from).filter(|(_, l)| l == a);
            let named = named.and_then(|(end, _)| self.letter(self.skip(end, &["against", "and", "over", "versus", "to"])));
            let end = named.filter(|(_, l)| l == b).map_or(from, |(end, _)| end);
            (end, Expr::Div(Box::new(weight(a)), Box::new(weight(b))))
        } else {
            let of = self.is(from, &["of"]).then(|| self.skip(from + 1, &["the", "odds", "ratio", "quotient"]))?;
            match self.math(of) {
                Some(e) => (of + 1, e.clone()),
                None => {
                    let (end, noun) = self.combination(from + 1)?;
                    let [(e, out)] = noun.things.as_slice() else { return None };
                    out.is_empty().then(|| (end, e.clone()))?
                }
            }
        };
        let attends = self.world.attends() && self.world.is_number(&e);
        attends.then(|| (end, Noun::one(ln(e))))
    }

    /// "the scores of a and b", "the score of a and that of b", "α_a and α_b": two numbers.
    fn pair_of_terms(&self, at: usize) -> Option<(usize, Noun)> {
        let (end, first) = self.term(self.skip(at, &["the", "two"]))?;
        if first.things.len() == 2 {
            return Some((end, first));
        }
        let [one] = first.things.as_slice() else { return None };
        let and = self.is(end, &["and"]).then_some(end + 1)?;
        let (end, second) = first.of_keys.and_then(|of| self.that_of(and, of)).or_else(|| self.term(and))?;
        let [two] = second.things.as_slice() else { return None };
        Some((end, Noun { things: vec![one.clone(), two.clone()], of_keys: None, keys: None, tentative: false }))
    }

    /// "the difference of …", "the gap between …", "the ratio of …", "the sum of …".
    pub(super) fn combination(&self, at: usize) -> Option<(usize, Noun)> {
        let start = self.skip(at, DETERMINERS);
        let of_scores = self.is(start, &["score"]);
        let of_weights = self.is(start, &["weight"]);
        let start = start + usize::from(of_scores || of_weights);
        let kind = self.word(start)?;
        if of_weights && matches!(kind, "ratio" | "quotient") {
            return self.weight_ratio(start + 1);
        }
        if of_scores
            && matches!(kind, "difference" | "gap")
            && let Some(found) = self.score_difference(start + 1)
        {
            return Some(found);
        }
        if matches!(kind, "gap" | "lead" | "margin")
            && self.is(start + 1, &["to", "over"])
            && let Some(found) = self.gap(start + 2)
        {
            return Some(found);
        }
        let minus_ = matches!(kind, "difference" | "gap");
        if !(minus_ || matches!(kind, "ratio" | "quotient" | "sum")) || !self.is(start + 1, &["of", "between"]) {
            return None;
        }
        let sum = kind == "sum";
        // "the ratio of the weights": of any two.
        let pair = self.skip(start + 2, &["the", "any", "all", "two", "attention", "between"]);
        if kind == "ratio" && self.is(pair, &["weights"]) && !self.is(pair + 1, &["of"]) && self.world.attends() {
            let weight = |l: &str| Expr::Symbol(Symbol::indexed("alpha", l));
            let own = self.query()?.1.is_none();
            // "the two weights" are those that the question names.
            let named = (start + 2..pair).any(|i| self.is(i, &["two"])) && !(start + 2..pair).any(|i| self.is(i, &["any"]));
            let (over, under) = match self.world.letters.as_slice() {
                [a, b] if named => (a.as_str(), b.as_str()),
                _ => ("i", "j"),
            };
            let ratio = Expr::Div(Box::new(weight(over)), Box::new(weight(under)));
            // Of two keys with letters theirs may be meant.
            let tentative = !named && self.world.letters.len() == 2;
            return own.then(|| (pair + 1, Noun { tentative, ..Noun::one(ratio) }));
        }
        let (end, first) = self.term(start + 2)?;
        let (end, things) = match first.things.as_slice() {
            [_, _] => (end, first.things.clone()),
            [one] if self.is(end, &["and", "to", "over", "minus"]) => {
                let (end, second) = self.term(self.skip(end + 1, &["the"])).or_else(|| self.that_of(end + 1, first.of_keys?))?;
                let [two] = second.things.as_slice() else { return None };
                (end, vec![one.clone(), two.clone()])
            }
            _ => return None,
        };
        let [(a, out_a), (b, out_b)] = things.as_slice() else { return None };
        let conditions = out_a.iter().chain(out_b).cloned().collect();
        let e = match () {
            () if sum => Expr::Add(vec![a.clone(), b.clone()]),
            () if minus_ => minus(a.clone(), b.clone()),
            () => Expr::Div(Box::new(a.clone()), Box::new(b.clone())),
        };
        // A difference may be meant without its sign.
        let tentative = minus_ && out_a.len() + out_b.len() > 0;
        Some((end, Noun { things: vec![(e, conditions)], of_keys: None, keys: None, tentative }))
    }

    /// "(the weight ratio) between a and any other key", "of a and b": where it ends.
    fn weight_ratio(&self, at: usize) -> Option<(usize, Noun)> {
        let start = self.is(at, &["of", "between"]).then_some(at + 1)?;
        let (end, first) = self.letter(self.skip(start, &["the"]))?;
        let (end, second) = self.is(end, &["and", "to", "over"]).then(|| self.keys(end + 1))??;
        let above = self.having(Of::Weight, &Keys::Letters(vec![first]))?;
        let below = self.having(Of::Weight, &second)?;
        let ([(a, _)], [(b, out)]) = (above.things.as_slice(), below.things.as_slice()) else { return None };
        let ratio = Expr::Div(Box::new(a.clone()), Box::new(b.clone()));
        Some((end, Noun { things: vec![(ratio, out.clone())], of_keys: None, keys: None, tentative: false }))
    }

    /// "(the score difference) of a and b", "a minus b", "between a and b": where it ends.
    fn score_difference(&self, at: usize) -> Option<(usize, Noun)> {
        let start = self.skip(at, &["of", "between"]);
        let (end, first) = self.letter(start)?;
        let (end, second) = self.is(end, &["and", "minus"]).then(|| self.letter(end + 1))??;
        let noun = self.having(Of::Score, &Keys::Letters(vec![first, second]))?;
        let [(a, _), (b, _)] = noun.things.as_slice() else { return None };
        Some((end, Noun::one(minus(a.clone(), b.clone()))))
    }

    /// "(the variance of) the difference", "the score difference": of the two keys that have letters.
    pub(super) fn bare_difference(&self, at: usize) -> Option<(usize, Noun)> {
        let start = self.skip(at, &["the", "this", "score"]);
        let said = start > at && self.is(start, &["difference", "gap"]) && self.world.draws();
        let end = start + 1;
        let whole = said && self.world.letters.len() == 2 && !self.is(end, &["of", "between", "to", "from", "in"]);
        let scores = whole.then(|| self.having(Of::Score, &Keys::Letters(self.world.letters.clone())))??;
        let [(a, _), (b, _)] = scores.things.as_slice() else { return None };
        Some((end, Noun::one(minus(a.clone(), b.clone()))))
    }

    /// "(β = 10 and α = 10⁻⁶) give a standard deviation of 0.02 for the difference of the two scores"; where it ends.
    pub(super) fn spread_given(&self, at: usize) -> Option<(usize, Links)> {
        let start = self.is(at, super::words::GIVING).then(|| self.skip(at + 1, &["to", "in", "a", "an", "the"]))?;
        let (of, m) = self.moment_noun(start)?;
        let value = self.value(self.skip(of, &["of"]))?;
        let inner = self.is(value.end, &["for", "of", "in"]).then_some(value.end + 1)?;
        let (end, noun) = self.noun_phrase(inner).or_else(|| self.bare_difference(inner))?;
        let plain = noun.keys.is_none() && self.scalar(&noun);
        plain.then(|| Some((end, self.links(&noun.map(|e| moment(m, e)), value.relation(), &value)?)))?
    }

    /// "a key is typically 0.1 away from its mean": the root of the mean squared distance; where it ends.
    pub(super) fn far_from_mean(&self, at: usize) -> Option<(usize, Links)> {
        let start = self.skip(at, &["a", "each", "any", "every", "the"]);
        let any = start > at && self.is(start, &["key"]);
        let (verb, key) = if any { (start + 1, Expr::Symbol(Symbol::indexed("k", "i"))) } else { self.vector(at)? };
        let start =
            self.is(verb, &["is", "lies", "sits"]).then(|| self.skip(verb + 1, &["typically", "usually", "then", "only"]))?;
        let value = self.value(start).filter(|v| v.expr.is_closed())?;
        let from = self.skip(value.end, &["away", "off", "apart"]);
        let behind = self.is(from, &["from"]).then(|| self.skip(from + 1, &["its", "own"]))?;
        let mean = self.is(behind, &["mean", "centre", "center", "expectation"]) && behind > from + 1;
        let Expr::Symbol(symbol) = &key else { return None };
        (mean && self.world.is_drawn(&symbol.name)).then_some(())?;
        let gap = norm(minus(key.clone(), moment(Moment::Mean, key.clone())));
        let left = Expr::Pow(Box::new(moment(Moment::Mean, squared(gap))), Box::new(Expr::half()));
        Some((behind + 1, vec![(Link { left, relation: Relation::Approx, right: value.expr }, vec![])]))
    }

    /// "(the distance of) a key from its mean": of any key, or of one that is named.
    fn key_and_its_mean(&self, at: usize) -> Option<(usize, Noun)> {
        let start = self.skip(at, &["a", "each", "any", "every", "the"]);
        let any = self.is(start, &["key", "keys"]) && self.is(start + 1, &["from", "to", "and"]);
        let (end, key) = if any { (start + 1, Expr::Symbol(Symbol::indexed("k", "i"))) } else { self.vector(at)? };
        let Expr::Symbol(symbol) = &key else { return None };
        let behind = self.is(end, &["from", "to", "and"]).then(|| self.skip(end + 1, &["its", "their", "own"]))?;
        let mean = self.is(behind, &["mean", "means", "centre", "center", "expectation"]) && behind > end + 1;
        (mean && self.world.is_drawn(&symbol.name)).then_some(())?;
        let gap = minus(key.clone(), moment(Moment::Mean, key.clone()));
        Some((behind + 1, Noun::one(norm(gap))))
    }

    /// "the gap to the other scores": of the keys that have letters, over each other one.
    fn gap(&self, at: usize) -> Option<(usize, Noun)> {
        let (end, others) = self.others(at)?;
        let end = self.skip(end, SCORES);
        let ahead = self.having(Of::Score, &Keys::Letters(self.world.letters.clone()))?;
        let behind = self.having(Of::Score, &others)?;
        let [(rest, out)] = behind.things.as_slice() else { return None };
        let things = ahead.things.into_iter().map(|(e, _)| (minus(e, rest.clone()), out.clone())).collect();
        Some((end, Noun { things, of_keys: None, keys: None, tentative: true }))
    }
}
