//! Clauses that say a number of weights under what the example gives: which scores they are held against, and when they may be meant
//! of another query.

use super::items::{ByItems, Kind};
use super::said::Said;
use super::scores::{Example, Keys};
use super::topic;
use super::view::View;
use super::{AGE_MAX, Clause, Reader};
use crate::claim::statement::Link;

impl Reader<'_> {
    /// What is said of weights in words; where it ends.
    pub(super) fn claimed(&mut self, view: &View, at: usize, clause: &mut Clause, general: &dyn Fn() -> bool) -> Option<usize> {
        let listed = clause.last.take();
        if !clause.clean || clause.murky || self.example.riddle || general() || self.unsure(clause) {
            return None;
        }
        let first = view.weights_said(at).or_else(|| view.outcome(at)).or_else(|| {
            let before = self.topics.last().filter(|t| t.sentence == self.sentence)?;
            let topic::Of::Weight(keys @ Keys::Named(names), _) = &before.of else { return None };
            (names.len() == 1 && self.age == 0).then(|| view.granted_it(at, keys.clone())).flatten()
        });
        let first = first.or_else(|| {
            let before = self.topics.last().filter(|t| t.sentence + 1 >= self.sentence)?;
            let topic::Of::Weight(keys, together) = &before.of else { return None };
            view.they_take(at, keys.clone(), *together)
        });
        let (said, end) = first.or_else(|| {
            let before = at.checked_sub(1)?;
            let joined = view.is(before, &["and"]) || view.items[before].kind == Kind::Comma;
            // "X = 1: v_a and v_b 0.45 each"
            let headed = view.items[before].kind == Kind::Colon && self.age == 0;
            view.goes_on(at, listed.filter(|_| joined).or_else(|| headed.then(Said::heading))?)
        })?;
        let mut example = self.example.clone();
        let after = self.behind(view, end, &mut example)?;
        let head = said.head.or(clause.head);
        clause.last = Some(Said { head, ..said.clone() });
        let scores = example.scores(head.unwrap_or(0))?;
        let links = said.links(&example, &scores)?;
        let other = said.otherwise(&example, &scores);
        let span = view.items[at].span.to(view.items[end - 1].span);
        self.spoken(&said.keys, said.together, head, span);
        for link in links {
            let alternatives: Vec<Link> = other.iter().filter(|o| **o != link && o.right == link.right).cloned().collect();
            // In a head "the others" may be all keys but its own.
            let unclear = head.is_some() && said.keys == Keys::Others && said.together != Some(false);
            let mut alternatives: Vec<Link> = if said.keys == Keys::Others && scores.margin { vec![] } else { alternatives };
            if unclear {
                alternatives.extend(said.all_but_its_own(&example, &scores, head.unwrap_or(0)));
            }
            let unclear = unclear && alternatives.is_empty();
            self.state(span, link, alternatives, &scores, unclear);
        }
        Some(after)
    }

    /// What is said of each head and its own key; where it ends.
    pub(super) fn in_each_head(&mut self, view: &View, at: usize, clause: &Clause, general: &dyn Fn() -> bool) -> Option<usize> {
        if !clause.clean || clause.murky || self.example.riddle || general() || self.unsure(clause) {
            return None;
        }
        let (all, end) = view.of_own_keys(at)?;
        let mut example = self.example.clone();
        let after = self.behind(view, end, &mut example)?;
        let span = view.items[at].span.to(view.items[end - 1].span);
        for said in all {
            let scores = example.scores(said.head?)?;
            for link in said.links(&example, &scores)? {
                self.state(span, link, vec![], &scores, false);
            }
        }
        Some(after)
    }

    /// Takes what is given behind a clause; where it ends.
    fn behind(&self, view: &View, end: usize, example: &mut Example) -> Option<usize> {
        if !view.is(end, &["for", "at", "if", "when", "with"]) {
            return Some(end);
        }
        let mut after = end + 1;
        while let Some(next) = view.give(after, self.part, example) {
            after = next;
            let comma = usize::from(view.items.get(after).is_some_and(|i| i.kind == Kind::Comma));
            after = view.skip(after + comma, &["and"]);
        }
        (after > end + 1).then_some(after)
    }

    /// Whether the query is the question's own by assumption, and another one may be meant.
    fn unsure(&self, clause: &Clause) -> bool {
        let foreign = self.foreign.is_some_and(|s| s + AGE_MAX >= self.sentence);
        self.example.assumed && self.example.told.is_none() && (foreign || clause.stained)
    }
}
