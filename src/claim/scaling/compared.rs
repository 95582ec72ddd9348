//! Models against each other without an order sign: "with m = l nothing is gained", "cheaper as long as m < l".

use std::ops::Range;

use super::super::atoms::Atom;
use super::super::cues::Cue;
use super::super::statement::Body;
use super::super::whose::held;
use super::{Scaling, View, words};
use crate::span::Span;

/// That nothing is won, of two models that are at hand.
const NOTHING: &[&str] = &[
    "= nothing is|was|would gained|won|saved",
    "= nothing would be gained|won|saved",
    "= gain|gains|save|saves|win nothing",
    "= no gain|advantage|benefit|saving|savings|difference",
    "= gain|advantage|benefit|saving is lost|gone",
    "= gain|advantage|benefit|saving disappears|vanishes",
    "= loses its advantage",
    "= not|no cheaper",
    "coincide|agree",
    "= are|become equal|identical|same",
    "= are|become the same",
];
/// Words beside it.
const PLAIN: &[&str] = &[
    "the",
    "there",
    "is",
    "would",
    "be",
    "we",
    "of",
    "course",
    "then",
    "at",
    "all",
    "any",
    "more",
    "longer",
    "anymore",
    "by",
    "using",
    "a",
    "in",
    "cost",
    "complexity",
    "perceiver",
    "time",
    "asymptotically",
    "it",
    "this",
    "compared",
    "to",
    "with",
    "vanilla",
    "model",
    "over",
    "and",
    "so",
    "has",
    "have",
    "for",
    "architecture",
    "bottleneck",
    "from",
    "order",
    "between",
    "both",
    "two",
    "them",
    "models",
    "complexities",
    "costs",
    "orders",
    "asymptotic",
    "times",
];

/// Words of a comparison of whole models.
const BESIDE: &[&str] = &[
    "the",
    "is",
    "it",
    "a",
    "always",
    "still",
    "model",
    "models",
    "transformer",
    "variant",
    "version",
    "architecture",
    "than",
    "one",
    "so",
    "therefore",
    "thus",
    "hence",
    "then",
    "also",
    "only",
    "much",
    "clearly",
    "asymptotically",
    "of",
    "needs",
    "has",
    "computes",
    "scores",
    "attention",
    "original",
    "standard",
    "network",
    "operations",
    "time",
    "does",
    "work",
    "in",
    "terms",
    "this",
    "that",
];

/// Whether one model is said to cost less than the other under a condition on two variables.
#[derive(Debug, Clone, PartialEq)]
pub struct Cheaper {
    /// The model that is said to cost less.
    pub less: usize,
    /// The other.
    pub more: usize,
    /// The variable that is smaller.
    pub small: String,
    /// The variable that is larger.
    pub large: String,
    /// Whether it is said to be so only under the condition.
    pub only: bool,
}

impl View<'_> {
    /// "With m = l nothing is gained", "if m = l, both cost the same": the two models have one order there.
    pub(super) fn nothing_gained(&self, own: &[Atom]) -> Option<(Span, Body)> {
        let (given, used) = held(self.growth, own);
        let [equal] = given.equal.as_slice() else { return None };
        let at = used
            .iter()
            .find(|r| own[(*r).clone()].iter().any(|a| matches!(a.text.as_str(), "=" | "equals" | "equal" | "large")))?;
        let stop = |a: &Atom| matches!(a.text.as_str(), "," | ";" | "." | ":" | "(" | ")");
        // The clause that the condition opens or ends.
        let next = at.end + usize::from(own.get(at.end).is_some_and(|a| a.text == ","));
        let after = next..own[next..].iter().position(stop).map_or(own.len(), |i| next + i);
        let before = own[..at.start].iter().rposition(stop).map_or(0, |i| i + 1)..at.start;
        let says = |range: &Range<usize>| {
            let text = words(&own[range.clone()]);
            let found = NOTHING.iter().find_map(|c| Cue::new(c).find(&text))?;
            let rest = text[..found.start].iter().chain(&text[found.end..]);
            rest.clone().all(|w| PLAIN.contains(&w.as_str())).then_some(())
        };
        // "ℓ²d (scores) and ℓd² (projections) are equal": the subject stands before the brackets.
        let subject = |r: &Range<usize>| r.start.checked_sub(1).is_none_or(|i| own[i].text != ")");
        let range = [after, before].into_iter().find(|r| subject(r) && says(r).is_some())?;
        let all = at.start.min(range.start)..at.end.max(range.end);
        let span = own[all.start].span.to(own[all.end - 1].span);
        Some((span, Body::Scaling(Scaling::SameOrder { equal: equal.clone() })))
    }

    /// "The perceiver is cheaper as long as m < l."
    pub(super) fn cheaper(&self, own: &[Atom]) -> Option<(Span, Body)> {
        const CONDITIONS: &[&str] =
            &["= as|so long as", "= if and only if", "= only if|when", "= if|when|whenever|because|since|provided|for"];
        let text = words(own);
        let t = |i: usize| text.get(i).map_or("", String::as_str);
        let at = text.iter().position(|w| {
            matches!(w.as_str(), "cheaper" | "faster" | "less" | "fewer" | "slower" | "dearer") || w == "expensive"
        })?;
        let upward = matches!(t(at), "slower" | "dearer") || t(at) == "expensive" && t(at.wrapping_sub(1)) == "more";
        if t(at) == "expensive" && !matches!(t(at.wrapping_sub(1)), "more" | "less") {
            return None;
        }
        let found = (0..text.len()).find_map(|i| {
            let cue = CONDITIONS.iter().find_map(|c| Cue::new(c).find(&text[i..]).filter(|r| r.start == 0))?;
            let (small, large, end) = self.smaller(own, i + cue.end)?;
            Some((i..end, small, large))
        });
        let (condition, small, large) = found?;
        let only = text[condition.clone()].iter().any(|w| w == "only") || condition.start > 0 && t(condition.start - 1) == "only";
        let stop = |w: &String| matches!(w.as_str(), "," | ";" | "." | ":" | "(" | ")" | "but");
        // The condition stands at the end of the clause, or at its beginning.
        let range = if condition.end <= at {
            let start = condition.end + usize::from(t(condition.end) == ",");
            start..text[start..].iter().position(stop).map_or(text.len(), |i| start + i)
        } else {
            text[..at].iter().rposition(stop).map_or(0, |i| i + 1)..condition.start
        };
        // "…, otherwise dearer": what follows is another clause.
        let ends =
            own.get(condition.end).is_none_or(|_| condition.end <= at || stop(&text[condition.end]) || t(condition.end) == "and");
        let plain = |i: usize| BESIDE.contains(&t(i)) || i == at || t(i) == "more" || self.names(&own[i..=i]).is_some();
        if !ends || !range.contains(&at) || !range.clone().all(plain) {
            return None;
        }
        let (start, end) = (range.start.min(condition.start), range.end.max(condition.end));
        let than = (at..range.end).find(|i| t(*i) == "than").unwrap_or(range.end);
        let subject = (range.start..than).find_map(|i| self.names(&own[i..=i]))?;
        let models: Vec<&String> = self.growth.models.keys().collect();
        let rival = models.iter().find(|m| ***m != subject).map(|m| m.to_string()).filter(|_| models.len() == 2)?;
        let place = |m: &str| self.growth.subjects.iter().position(|s| s.id == m);
        let (less, more) = if upward { (place(&rival)?, place(&subject)?) } else { (place(&subject)?, place(&rival)?) };
        let span = own[start].span.to(own[end - 1].span);
        Some((span, Body::Scaling(Scaling::Cheaper(Cheaper { less, more, small, large, only }))))
    }

    fn names(&self, one: &[Atom]) -> Option<String> {
        super::model_of(self.growth, &words(one))
    }

    /// "m < l", "m is smaller than l", "l > m": the smaller variable, the larger, and the end.
    fn smaller(&self, own: &[Atom], at: usize) -> Option<(String, String, usize)> {
        let t = |i: usize| own.get(i).map_or("", |a| a.text.as_str());
        let at = at + usize::from(t(at) == "the");
        let variable = |i: usize| self.growth.variables.contains_key(t(i)).then(|| t(i).to_string());
        let one = variable(at)?;
        let (less, next) = match t(at + 1) {
            "<" | "≪" => (true, at + 2),
            ">" | "≫" => (false, at + 2),
            "is" | "stays" | "remains" => match (t(at + 2), t(at + 3)) {
                ("smaller" | "less" | "below", "than") => (true, at + 4),
                ("larger" | "greater" | "bigger", "than") => (false, at + 4),
                _ => return None,
            },
            _ => return None,
        };
        let other = variable(next)?;
        Some(if less { (one, other, next + 1) } else { (other, one, next + 1) })
    }
}
