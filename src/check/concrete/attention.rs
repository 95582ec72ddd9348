//! What follows from keys, a query, scores, weights and values in numbers: weights and the output.

use nalgebra::DVector;

use super::super::change::softmax;
use super::{Example, Matrix, number_of, scalar};
use crate::claim::Link;
use crate::language::{Expr, Index, Symbol};
use crate::tolerance;

/// A number for each key.
type ByKey = Vec<(Index, f64)>;

/// The keys whose values stay letters: of a relation of the output where no value is given.
pub fn unvalued(example: &Example, link: &Link) -> Vec<Index> {
    let spoken = [link.left.symbols(), link.right.symbols()].concat();
    let output = spoken.iter().any(|s| s.name == "c" && s.indices.is_empty());
    if !output || !example.labels("v").is_empty() {
        return vec![];
    }
    example.weights(0).unwrap_or_default().into_iter().map(|(label, _)| label).collect()
}

impl Example<'_> {
    /// A weight, the scores, the output, or a value that stays a letter.
    pub(super) fn attention(&self, s: &Symbol, depth: usize) -> Option<Matrix> {
        let column = |all: ByKey| Matrix::from_iterator(all.len(), 1, all.into_iter().map(|(_, x)| x));
        match (s.name.as_str(), s.indices.as_slice()) {
            ("alpha", []) => self.weights(depth).map(column),
            ("alpha", [label]) => self.weights(depth)?.iter().find(|(l, _)| l == label).map(|(_, x)| scalar(*x)),
            ("score", []) => self.scores(depth).map(column),
            ("c", []) => self.output(depth),
            ("v", [label]) => {
                let place = self.units.iter().position(|u| u == label)?;
                Some(Matrix::from_fn(self.units.len(), 1, |r, _| if r == place { 1.0 } else { 0.0 }))
            }
            _ => None,
        }
    }

    /// The keys for which a family of symbols is given, in order.
    fn labels(&self, family: &str) -> Vec<Index> {
        let mut found = Vec::new();
        for (symbol, _) in self.given.iter().filter(|(s, _)| s.name == family) {
            if let [one] = symbol.indices.as_slice() {
                found.push(one.clone());
            }
        }
        found
    }

    fn numbers(&self, family: &str, depth: usize) -> Option<ByKey> {
        if let Some((_, Expr::Tuple(list))) = self.given.iter().find(|(s, _)| *s == Symbol::plain(family)) {
            let of = |(i, e): (usize, &Expr)| Some((Index::Number(i as u32 + 1), number_of(&self.value(e, depth)?)?));
            return list.iter().enumerate().map(of).collect();
        }
        let of = |label: Index| {
            let symbol = Symbol { name: family.to_string(), indices: vec![label.clone()] };
            Some((label, number_of(&self.symbol(&symbol, depth)?)?))
        };
        // Only what was given: a weight that follows is no ground for others.
        self.labels(family).into_iter().map(of).collect()
    }

    /// The scores of all keys.
    fn scores(&self, depth: usize) -> Option<ByKey> {
        let told = self.numbers("score", depth)?;
        let found = if told.is_empty() {
            let query = self.symbol(&Symbol::plain("q"), depth)?;
            let of = |label: Index| {
                let key = self.symbol(&Symbol { name: "k".into(), indices: vec![label.clone()] }, depth)?;
                (key.shape() == query.shape()).then(|| (label, key.dot(&query)))
            };
            self.labels("k").into_iter().map(of).collect::<Option<ByKey>>()?
        } else {
            told
        };
        self.whole(found, depth)
    }

    /// Numbers of all keys, where as many are given as the example says that there are, two at least.
    fn whole(&self, found: ByKey, depth: usize) -> Option<ByKey> {
        let size = self.given.iter().find(|(s, _)| *s == Symbol::plain("n"));
        let fits = size.is_none_or(|(_, e)| self.value(e, depth).as_ref().and_then(number_of) == Some(found.len() as f64));
        (found.len() > 1 && fits).then_some(found)
    }

    /// The weights of all keys: given, given but for one, or from the scores.
    fn weights(&self, depth: usize) -> Option<ByKey> {
        let mut told = self.numbers("alpha", depth)?;
        if told.is_empty() {
            let scores = self.scores(depth)?;
            let column = DVector::from_iterator(scores.len(), scores.iter().map(|(_, x)| *x));
            return Some(scores.into_iter().map(|(l, _)| l).zip(softmax(&column).iter().copied()).collect());
        }
        let sum: f64 = told.iter().map(|(_, x)| x).sum();
        let values = self.labels("v");
        if told.len() + 1 == values.len() && sum <= 1.0 {
            let rest = values.into_iter().find(|v| told.iter().all(|(l, _)| l != v))?;
            told.push((rest, 1.0 - sum));
        } else if (sum - 1.0).abs() > tolerance::COUNTEREXAMPLE {
            return None;
        }
        self.whole(told, depth)
    }

    fn output(&self, depth: usize) -> Option<Matrix> {
        let weights = self.weights(depth)?;
        let given = self.labels("v");
        let fits = self.units.len() == weights.len() || given.len() == weights.len();
        let term = |(label, weight): &(Index, f64)| {
            Some(self.symbol(&Symbol { name: "v".into(), indices: vec![label.clone()] }, depth)? * *weight)
        };
        let terms = weights.iter().map(term).collect::<Option<Vec<Matrix>>>().filter(|_| fits)?;
        let same = terms.iter().all(|t| t.shape() == terms[0].shape());
        same.then(|| terms.into_iter().reduce(|a, b| a + b)).flatten()
    }
}
