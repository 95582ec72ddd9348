//! All scores of a model in letters, with no verb: "Scores: L l^2 against 2 l m + (L - 2) m^2", "count score entries: 2 l m + (L - 2) m^2".
//! Such a number may be confirmed only.

use std::ops::Range;

use super::super::atoms::{Atom, is, text_at};
use super::super::scaling::{View, model_of};
use super::{Portion, exactly};
use crate::language::Expr;
use crate::span::Span;

impl View<'_> {
    /// The numbers of a sentence that are said to be all scores of a model: of the one that is named, or of both, set against each
    /// other.
    pub(in super::super) fn wholes(&self, own: &[Atom]) -> Vec<(Span, Portion)> {
        const OTHER: &[&str] = &[
            "block", "blocks", "layer", "layers", "middle", "inner", "outer", "latent", "cross", "first", "last", "per", "each",
            "every", "if", "not", "would", "never", "one",
        ];
        let counts = own.iter().any(|a| self.growth.units.contains(&a.text) || a.text == "score");
        if !counts || own.iter().any(|a| OTHER.contains(&a.text.as_str())) {
            return vec![];
        }
        let runs = self.deep_runs(own);
        let said = |r: &Range<usize>| {
            let words: Vec<&str> = own[r.clone()].iter().map(|a| a.text.as_str()).collect();
            self.expression(&words.join(" "))
        };
        let texts: Vec<String> = own.iter().map(|a| a.text.clone()).collect();
        let named = self.growth.models.keys().filter(|m| texts.iter().any(|t| self.named_by(m, t))).count();
        let read = || match runs.as_slice() {
            [one] if named <= 1 => {
                let before =
                    || self.part.iter().filter(|a| a.span.end <= own[0].span.start).map(|a| a.text.clone()).collect::<Vec<_>>();
                let model = model_of(self.growth, &texts).or_else(|| model_of(self.growth, &before()))?;
                Some(vec![(one.clone(), said(one)?, self.whole_scores(&model)?.any)])
            }
            [one, other] if named == 0 && self.set_against(&own[one.end..other.start]) => {
                let (a, b) = (said(one)?, said(other)?);
                let small = self.growth.regimes.first()?.split_once("<=")?.0.trim();
                let of = |e: &Expr| {
                    let has = |m: &&String| {
                        self.whole_scores(m).is_some_and(|c| c.any.iter().any(|x| x.mentions(small) == e.mentions(small)))
                    };
                    self.growth.models.keys().find(has).and_then(|m| self.whole_scores(m))
                };
                let differ = a.mentions(small) != b.mentions(small);
                let (x, y) = (of(&a)?.any, of(&b)?.any);
                differ.then(|| vec![(one.clone(), a, x), (other.clone(), b, y)])
            }
            _ => None,
        };
        let portion = |(range, said, wholes): (Range<usize>, Expr, Vec<Expr>)| {
            let span = own[range.start].span.to(own[range.end - 1].span);
            let pairs = wholes.into_iter().map(|w| (said.clone(), w)).collect();
            (span, Portion { certain: false, ..self.in_force(span.end, pairs, exactly(1.0), vec![]) })
        };
        read().unwrap_or_default().into_iter().map(portion).collect()
    }

    /// Whether a word names a model.
    fn named_by(&self, model: &str, word: &str) -> bool {
        model_of(self.growth, std::slice::from_ref(&word.to_string())).as_deref() == Some(model)
    }

    fn set_against(&self, between: &[Atom]) -> bool {
        let words: Vec<&str> = between.iter().map(|a| a.text.as_str()).filter(|t| !matches!(*t, "." | ",")).collect();
        matches!(words.as_slice(), ["against" | "versus" | "vs"] | ["instead", "of"] | ["compared", "to" | "with"])
    }

    /// Runs of arithmetic in the letters of sizes with the number of layers, outside of orders.
    fn deep_runs(&self, own: &[Atom]) -> Vec<Range<usize>> {
        let variable = |a: &Atom| self.growth.variables.contains_key(&a.text);
        let arithmetic = |a: &Atom| {
            variable(a)
                || a.text.starts_with(|c: char| c.is_ascii_digit())
                || matches!(a.text.as_str(), "*" | "^" | "+" | "-" | "(" | ")")
        };
        let mut out = Vec::new();
        let mut at = 0;
        while at < own.len() {
            let end = at + own[at..].iter().take_while(|a| arithmetic(a)).count();
            let run = &own[at..end];
            let deep = run.iter().any(|a| Some(&a.text) == self.growth.deepened.as_ref());
            let others = run.iter().filter(|a| variable(a) && Some(&a.text) != self.growth.deepened.as_ref()).count();
            let order = at > 0 && is(own, at - 1, &["O", "Θ", "Ω", "o"]);
            let balanced = run.iter().filter(|a| a.text == "(").count() == run.iter().filter(|a| a.text == ")").count();
            if deep && others > 0 && !order && balanced && !is(own, end, &["=", "/"]) && text_at(own, at.wrapping_sub(1)) != "=" {
                out.push(at..end);
            }
            at = end.max(at + 1);
        }
        out
    }
}
