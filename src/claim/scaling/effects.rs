//! What changes of a variable do to costs: "twice the length makes the first block four times as expensive".

use std::collections::BTreeMap;

use super::{Scaling, View, announced, change, clauses};
use crate::claim::atoms::Atom;
use crate::claim::quantify::{Ratio, effect};
use crate::claim::sizes;
use crate::claim::statement::Body;
use crate::claim::whose::{Held, Whose};
use crate::span::Span;

impl View<'_> {
    /// What a sentence says that changes do to costs.
    pub(super) fn effects(&self, own: &[Atom]) -> Vec<(Span, Body)> {
        let list = clauses(own);
        let change_of = |c: &[Atom]| change(c, Some(self.growth)).filter(|(_, _, r)| announced(c, r));
        let changes: Vec<_> = list.iter().map(|c| change_of(c)).collect();
        let mut stated = changes.iter().flatten().map(|(v, k, _)| (v.clone(), *k)).collect::<Vec<_>>();
        stated.dedup();
        let here = stated.len() == 1;
        if stated.is_empty() {
            stated = self.last_change(own);
        }
        let mut out = Vec::new();
        for (clause, changed) in list.iter().zip(&changes) {
            // The words of the change are not those of the effect.
            let mut rest = clause.to_vec();
            if let Some((_, _, range)) = changed {
                rest.drain(range.clone());
            }
            let (Some(first), Some(last)) = (rest.first(), rest.last()) else { continue };
            let span = first.span.to(last.span);
            if let Some((subject, variable, degree)) = self.degree(&rest, own) {
                out.push((
                    span,
                    Body::Scaling(Scaling::Degree {
                        whose: Whose::Any(vec![subject]),
                        variable,
                        degree,
                        least: false,
                        denied: false,
                        held: Held::default(),
                    }),
                ));
                continue;
            }
            let ([(variable, factor)], Some((ratio, exact)), Some(subject)) =
                (stated.as_slice(), effect(&rest), self.subject(&rest, own).or_else(|| self.owner(&rest, &stated)))
            else {
                continue;
            };
            let bound = bound_of(&rest);
            let certain = here && (exact || bound.is_ne());
            let (variable, factor) = (variable.clone(), *factor);
            let sizes = self.sizes_before(span.end);
            let scores = self.part.iter().filter(|a| a.span.end <= span.end).any(|a| self.of_attention(a));
            let counted = self.counts_scores(&rest, scores && !sizes.is_empty());
            // With a regime or a leading term in mind it need not be exact.
            let leading = |a: &Atom| {
                matches!(a.text.as_str(), "large" | "small" | "dominates" | "dominate" | "dominant" | "deep" | "limit")
            };
            let strict = |a: &Atom| matches!(a.text.as_str(), "exactly" | "precisely" | "always");
            // "Doubling the number of layers doubles the cost": the blocks at the ends are not more of them.
            let hedged = |a: &Atom| {
                matches!(
                    a.text.as_str(),
                    "essentially" | "basically" | "asymptotically" | "practically" | "order" | "term" | "linear" | "linearly"
                )
            };
            let deeper = self.growth.deepened.as_ref() == Some(&variable) && exact && !own.iter().any(hedged);
            let exactly = bound.is_eq() && (rest.iter().any(strict) || deeper) && !own.iter().any(leading);
            out.push((
                span,
                Body::Scaling(Scaling::Ratio {
                    subject,
                    variable,
                    factor,
                    ratio,
                    certain,
                    scores,
                    counted,
                    exactly,
                    bound,
                    sizes,
                }),
            ));
        }
        out
    }

    /// The change that the part named last before a sentence.
    fn last_change(&self, own: &[Atom]) -> Vec<(String, Ratio)> {
        let start = own.first().map_or(0, |a| a.span.start);
        let before: Vec<Atom> = self.part.iter().filter(|a| a.span.end <= start).cloned().collect();
        let sentences: Vec<&[Atom]> = before.split(|a| a.text == ".").filter(|s| !s.is_empty()).collect();
        let last = sentences
            .last()
            .and_then(|s| clauses(s).into_iter().find_map(|c| change(c, Some(self.growth)).filter(|(_, _, r)| announced(c, r))));
        last.map(|(v, k, _)| (v, k)).into_iter().collect()
    }

    /// Sizes that hold where a clause ends.
    fn sizes_before(&self, end: usize) -> BTreeMap<String, f64> {
        let before: Vec<Atom> = self.renamed_part().into_iter().filter(|a| a.span.end <= end).collect();
        sizes::in_force(self.growth, &before)
    }

    fn of_attention(&self, a: &Atom) -> bool {
        a.text.starts_with("attention") || self.growth.units.contains(&a.text)
    }

    /// Whether a clause speaks of numbers of scores and of nothing else; where such numbers were given at sizes, "the vanilla number" does.
    fn counts_scores(&self, rest: &[Atom], numbered: bool) -> bool {
        // "the attention cost": that of scores, not of the projections beside them.
        let work =
            |a: &Atom| matches!(a.text.as_str(), "cost" | "costs" | "work" | "time" | "part" | "operations" | "computation");
        let number = |p: &[Atom]| {
            let other = p.get(1).is_some_and(|a| a.text == "of") && p.get(2).is_none_or(|a| !self.growth.units.contains(&a.text));
            p[0].text == "number" && !other
        };
        rest.iter().any(|a| matches!(a.text.as_str(), "scores" | "entries"))
            || numbered && (0..rest.len()).any(|i| number(&rest[i..]))
            || rest.windows(2).any(|p| p[0].text == "attention" && work(&p[1]))
    }
}

/// Whether a clause says "at most" or "at least".
fn bound_of(clause: &[Atom]) -> std::cmp::Ordering {
    let pair = |a: &str, b: &str| clause.windows(2).any(|p| p[0].text == a && p[1].text == b);
    let triple = clause.windows(3).any(|p| p[0].text == "no" && p[1].text == "more" && p[2].text == "than");
    match (pair("at", "most") || triple || pair("up", "to"), pair("at", "least")) {
        (true, false) => std::cmp::Ordering::Less,
        (false, true) => std::cmp::Ordering::Greater,
        _ => std::cmp::Ordering::Equal,
    }
}
