//! Rows of scores or weights in the order of the keys that have letters, then the others: "the scores are β, β, 0, …, 0".

use super::keys::Keys;
use super::noun::Of;
use super::value::Links;
use super::words::CASES;
use super::{Context, Reader};
use crate::claim::example::items::{ByItems, Kind};
use crate::claim::statement::Link;
use crate::language::{Expr, Relation};

impl Reader<'_> {
    /// "the scores are β, β, 0, …, 0", "scores: β, −β and 0 for the others": where it ends.
    pub(super) fn row(&self, at: usize) -> Option<(usize, Links)> {
        let start = self.skip(at, &["the", "all", "our", "its", "this", "gives"]);
        let of = self.of_a_key(start).filter(|of| *of != Of::Length)?;
        let plural = self.is(start, &["scores", "logits", "weights"]);
        let start = start + 1;
        let verb =
            self.is(start, &["are", "become", "read"]) || self.relation(start) == Some(Relation::Equal) || self.colon(start);
        (plural && verb && self.world.attends()).then_some(())?;
        if let Some(found) = self.of_letters(start + 1, of) {
            return Some(found);
        }
        let (end, values) = self.values(start + 1)?;
        let letters = self.world.letters.len();
        let (named, others) = values.split_at_checked(letters)?;
        let same = others.windows(2).all(|w| w[0] == w[1]);
        (letters >= 2 && !others.is_empty() && same && self.ends(end)).then_some(())?;
        let mut links: Links = Vec::new();
        let of_letters = self.having(of, &Keys::Letters(self.world.letters.clone()))?;
        let of_others = self.having(of, &Keys::Others)?;
        let rows = of_letters.things.into_iter().zip(named).chain(of_others.things.into_iter().zip(others));
        for ((left, out), right) in rows {
            links.push((Link { left, relation: Relation::Equal, right: right.clone() }, out));
        }
        Some((end, links))
    }

    /// "the scores are β + ln 3 and β": as many values as the question names keys, and the clause is over.
    fn of_letters(&self, at: usize, of: Of) -> Option<(usize, Links)> {
        let [_, _] = self.world.letters.as_slice() else { return None };
        let first = self.value(at)?;
        let second = self.is(first.end, &["and"]).then(|| self.value(first.end + 1))??;
        let ends = self.ends(second.end) && !self.is(second.end, CASES);
        // "β and 0" may be said of a key that is asked for and of one that is not.
        let told = first.expr != second.expr && !first.expr.is_closed() && !second.expr.is_zero();
        let noun = (ends && told).then(|| self.having(of, &Keys::Letters(self.world.letters.clone())))??;
        let links = noun.things.into_iter().zip([&first, &second]);
        let links = links.map(|((left, out), v)| (Link { left, relation: v.relation(), right: v.expr.clone() }, out));
        Some((second.end, links.collect()))
    }

    /// "the scores of a and b in head 1 are β and −β": to each thing its value; where it ends.
    pub(super) fn paired(&self, at: usize) -> Option<(usize, Links)> {
        let mut context = Context::default();
        let start = self.context(at, &mut context);
        let (end, noun) = self.noun_phrase(start)?;
        let verb = self.context(end, &mut context);
        let several = noun.things.len() > 1 && noun.keys.is_none() && !context.average && !context.together;
        let mut at = (several && self.is(verb, &["are", "become", "were"])).then_some(verb + 1)?;
        let mut links: Links = Vec::new();
        for (left, out) in noun.things {
            if !links.is_empty() {
                let comma = at + usize::from(self.comma(at));
                let and = comma + usize::from(self.is(comma, &["and"]));
                at = (and > at).then_some(and)?;
            }
            let value = self.value(at)?;
            links.push((Link { left, relation: value.relation(), right: value.expr.clone() }, out));
            at = value.end;
        }
        let comma = at + usize::from(self.comma(at));
        let end = if self.is(comma, &["respectively"]) { comma + 1 } else { at };
        // "β and 0 for the others" is said of other keys.
        (self.ends(end) && !self.is(end, CASES)).then_some((end, links))
    }

    /// Values apart by commas, of which dots leave some out: at least two of them different in form from a single number.
    fn values(&self, at: usize) -> Option<(usize, Vec<Expr>)> {
        let mut out = Vec::new();
        let mut at = at;
        loop {
            match self.items.get(at).map(|i| &i.kind) {
                Some(Kind::Math(Expr::Tuple(list))) if out.is_empty() => {
                    return self.free(list).then(|| (at + 1, list.clone()));
                }
                Some(Kind::Math(e)) => out.push(e.clone()),
                Some(Kind::Other) if self.dots(at) => {}
                _ => return None,
            }
            at += 1;
            let comma = self.comma(at);
            let and = self.is(at, &["and"]);
            match (comma, and) {
                (true, _) if self.is(at + 1, &["and"]) => at += 2,
                (true, _) | (_, true) => at += 1,
                _ => break,
            }
        }
        // "and 0 for the others"
        if self.is(at, &["for"])
            && let Some((end, Keys::Others)) = self.keys(at + 1)
        {
            at = end;
        }
        self.free(&out).then_some((at, out))
    }

    /// Whether values need no example, and name no keys as "(a, b, others)" does.
    fn free(&self, values: &[Expr]) -> bool {
        let named = |l: &String| values.iter().any(|e| matches!(e, Expr::Symbol(s) if s.indices.is_empty() && s.name == *l));
        values.len() > 2 && values.iter().any(|e| !e.is_closed()) && !self.world.letters.iter().all(named)
    }

    fn dots(&self, at: usize) -> bool {
        let text = self.items[at].span.of(self.text).trim();
        text.chars().all(|c| matches!(c, '.' | '…')) || matches!(text, "\\dots" | "\\ldots" | "\\cdots")
    }
}
