//! Shapes of matrices of scores: "the down block has an m × l score matrix", "the score matrix of an inner block is m × m", "in every
//! block it shrinks from l × l to m × m".

use super::super::atoms::{Atom, is, text_at};
use super::super::scaling::{View, model_of};
use super::{HAS, IS, Much, Portion, exactly};
use crate::language::Expr;
use crate::span::Span;

const NOUNS: &[&str] = &["matrix", "matrices", "table", "tables", "map", "maps", "grid", "array"];
const OF_SCORES: &[&str] = &["score", "scores", "attention", "similarity", "logits"];
/// Words of a sentence about other matrices, or about what is not so.
const OTHER: &[&str] = &[
    "weight",
    "weights",
    "parameter",
    "parameters",
    "projections",
    "w",
    "not",
    "never",
    "no",
    "cannot",
    "would",
    "could",
    "if",
    "without",
    "value",
    "values",
    "output",
    "outputs",
    "gradient",
    "mask",
    "memory",
];
/// Words that say nothing of whose matrix it is.
const FILL: &[&str] = &[
    "a",
    "an",
    "the",
    "thus",
    "so",
    "hence",
    "therefore",
    "then",
    ",",
    ":",
    "-",
    "(",
    ")",
    "there",
    "this",
    "that",
    "its",
    "it",
    "of",
    "has",
    "have",
    "is",
    "are",
    "with",
    "size",
    "shape",
    "computes",
    "compute",
    "builds",
    "build",
    "forms",
    "form",
    "makes",
    "gives",
    "produces",
    "needs",
    "uses",
    "fills",
    "only",
    "full",
    "whole",
    "in",
    "by",
    "for",
    "and",
    "shrinks",
    "becomes",
    "goes",
    "drops",
    "from",
    "to",
    "down-projection",
];

impl View<'_> {
    /// What a sentence, in the world's letters, says of shapes of matrices of scores.
    pub(in super::super) fn shapes(&self, own: &[Atom]) -> Vec<(Span, Portion)> {
        if own.iter().any(|a| OTHER.contains(&a.text.as_str())) {
            return vec![];
        }
        let mut out = Vec::new();
        let mut start = 0;
        for at in 0..own.len().saturating_sub(2) {
            if is(own, at, &[".", ";", "while", "whereas", "but"]) {
                start = at + 1;
            }
            // What belongs to the shape before.
            if at < start {
                continue;
            }
            let (Some(product), false) = (self.shape_at(own, at), is(own, at + 3, &["*", "^", "/", "+"])) else { continue };
            // "From l × l to m × m": the first is what it would be without the bottleneck.
            let shrinks = is(own, at + 3, &["to"]) && at > 0 && is(own, at - 1, &["from"]);
            if shrinks {
                continue;
            }
            let head: Vec<Atom> = own[start..at].to_vec();
            let tail: Vec<Atom> = own[at + 3..].iter().take_while(|a| !ends(a)).cloned().collect();
            if let Some((words, pair, sure)) = self.shaped(&head, product, &tail) {
                let first = own[start..at].iter().find(|a| !leads(a)).unwrap_or(&own[at]);
                let last = own.get(at + 2 + words).unwrap_or(&own[at + 2]);
                let much = Much { strict: true, ..exactly(1.0) };
                let mut said = self.in_force(last.span.end, vec![pair], much, vec![]);
                said.certain |= sure;
                out.push((first.span.to(last.span), said));
            }
            start = at + 3 + tail.len();
        }
        out
    }

    /// `m × l` at a place, of two variables of the regime.
    fn shape_at(&self, own: &[Atom], at: usize) -> Option<Expr> {
        let regime = self.growth.regimes.first()?.split_once("<=")?;
        let side = |i: usize| [regime.0.trim(), regime.1.trim()].contains(&text_at(own, i));
        let begins = at == 0 || !is(own, at - 1, &["*", "^", "/", "+", "-"]);
        (side(at) && is(own, at + 1, &["*", "x", "by"]) && side(at + 2) && begins)
            .then(|| self.expression(&format!("{} * {}", text_at(own, at), text_at(own, at + 2))))?
    }

    /// Whose matrix it is: how many words of the tail belong to it, the numbers of entries, and whether scores are named.
    fn shaped(&self, head: &[Atom], product: Expr, tail: &[Atom]) -> Option<(usize, (Expr, Expr), bool)> {
        let noun = |list: &[Atom]| list.iter().any(|a| NOUNS.contains(&a.text.as_str()));
        let scores = |list: &[Atom]| list.iter().any(|a| OF_SCORES.contains(&a.text.as_str()));
        let words: Vec<Atom> = self.without_sides(head);
        // "The score matrix is m × m": a verb, or a noun behind.
        let verb =
            words.iter().any(|a| [IS, HAS].iter().any(|l| l.contains(&a.text.as_str())) || FILL.contains(&a.text.as_str()));
        let known = |a: &Atom| NOUNS.contains(&a.text.as_str()) || OF_SCORES.contains(&a.text.as_str()) || a.text == "of";
        let n = tail.iter().take_while(|a| known(a)).count();
        if !(noun(&words) && verb || noun(&tail[..n])) {
            return None;
        }
        let sure = scores(&words) || scores(&tail[..n]);
        // "An m × l table in the down block".
        let behind = &tail[n..];
        let named = |list: &[Atom]| -> Vec<Atom> {
            let says = |a: &&Atom| {
                let t = a.text.as_str();
                !(FILL.contains(&t) || NOUNS.contains(&t) || OF_SCORES.contains(&t) && t != "attention")
            };
            list.iter().filter(says).cloned().collect()
        };
        let (before, after) = (named(&words), named(behind));
        let list = if before.is_empty() { after.clone() } else { before.clone() };
        if !before.is_empty() && !after.is_empty() {
            return None;
        }
        let count = self.per_block(&list)?;
        let used = n + if before.is_empty() { behind.len() } else { 0 };
        Some((used, (product, count), sure))
    }

    /// The number of scores of one block of those that words name.
    fn per_block(&self, list: &[Atom]) -> Option<Expr> {
        let text: Vec<String> = list.iter().map(|a| a.text.clone()).collect();
        let has = |words: &[&str]| text.iter().any(|t| words.contains(&t.as_str()));
        let blocks = has(&["blocks", "layers", "block", "layer"]);
        let part =
            has(&["middle", "inner", "latent", "intermediate", "first", "last", "outer", "cross", "down", "up", "between"]);
        if has(&["every", "each", "all"]) && blocks && !part {
            const EVERY: &[&str] =
                &["every", "each", "all", "one", "blocks", "layers", "block", "layer", "attention", "single", "of"];
            let deep = self.growth.deepened.clone()?;
            let model = model_of(self.growth, &text).or_else(|| self.spoken_before(list))?;
            let plain = |a: &Atom| {
                EVERY.contains(&a.text.as_str())
                    || a.text == deep
                    || model_of(self.growth, std::slice::from_ref(&a.text)).is_some()
            };
            let whole = self.whole_scores(&model).filter(|_| list.iter().all(plain))?;
            let all = whole.any.first()?.clone();
            return Some(Expr::Div(Box::new(all), Box::new(self.expression(&deep)?)));
        }
        // "The last block": one of a kind, with the block's noun where "down" or "up" stands alone.
        let mut list = list.to_vec();
        if has(&["down", "up"]) && !has(&["projection", "attention"]) && !blocks {
            let mut noun = list.last()?.clone();
            noun.text = "block".into();
            list.push(noun);
        }
        for a in &mut list {
            a.text = match a.text.as_str() {
                "blocks" => "block".into(),
                "layers" | "ones" => "layer".into(),
                other => other.into(),
            };
        }
        let found = self.counted(&list)?;
        (!found.whole && found.any.len() == 1).then(|| found.any[0].clone())
    }

    /// The model that was named last before some words.
    fn spoken_before(&self, list: &[Atom]) -> Option<String> {
        let at = list.first()?.span.start;
        let before: Vec<String> = self.part.iter().filter(|a| a.span.end <= at).map(|a| a.text.clone()).collect();
        model_of(self.growth, &before)
    }

    /// Words without the numbers of queries and keys that make the sides: "m queries, l keys".
    fn without_sides(&self, list: &[Atom]) -> Vec<Atom> {
        let mut out: Vec<Atom> = Vec::new();
        let mut at = 0;
        while at < list.len() {
            let side = self.growth.variables.contains_key(text_at(list, at));
            let noun = is(list, at + 1, &["queries", "keys", "latents", "positions", "rows", "columns"]);
            // "from l × l to": what it would be without the bottleneck.
            let from = self.shape_at(list, at).is_some();
            if side && (noun || from) {
                at += if noun { 2 } else { 3 };
                continue;
            }
            out.push(list[at].clone());
            at += 1;
        }
        out
    }
}

fn ends(a: &Atom) -> bool {
    matches!(
        a.text.as_str(),
        "." | "," | ";" | ":" | "and" | "while" | "whereas" | "but" | "because" | "since" | "so" | "thus" | ")" | "("
    )
}

fn leads(a: &Atom) -> bool {
    matches!(a.text.as_str(), "," | "and" | "so" | "thus" | "hence" | "then" | ":" | "therefore" | "that")
}
