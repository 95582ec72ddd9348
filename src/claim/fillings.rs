//! Expressions without a relation: a slot's filling, the second case of a relation, or a name.

use super::condition::otherwise;
use super::read::{Flow, Reader};
use super::segment::{Before, Run};
use super::statement::{Body, Condition, LimitSense, Link};
use crate::language::{Chain, Expr, Relation, Symbol};

impl Reader<'_> {
    /// An expression without a relation: a slot's filling, the second case of a relation, or a name.
    pub(super) fn bare(&mut self, run: &Run, mut chain: Chain, flow: &mut Flow) {
        let operand = chain.operands.remove(0);
        if self.followed_by_otherwise(run)
            && let Some((left, negated)) = self.first_case(flow)
        {
            let link = Link { left, relation: Relation::Equal, right: operand.expr };
            let mut scope = flow.forward.clone();
            scope.conditions.extend(negated);
            self.push(operand.span, Body::Relation { link, alternatives: vec![] }, scope);
            return;
        }
        if let Expr::Symbol(symbol) = &operand.expr {
            if self.fixed(run, symbol) {
                self.bind(vec![Condition::Limit(symbol.clone(), LimitSense::Fixed)], false, true, flow);
                return;
            }
            match self.further_exception(symbol, flow) {
                Some(condition) => {
                    self.bind(vec![condition], false, false, flow);
                }
                None => flow.alone.push(symbol.clone()),
            }
            return;
        }
        if let Some(slot) = self.listed_slot(run, &operand.expr, flow) {
            flow.listed += 1;
            return self.push(operand.span, Body::Filling { slot, expr: operand.expr }, flow.forward.clone());
        }
        if let Some(slot) = self.announced_slot(run, &operand.expr, flow) {
            self.push(operand.span, Body::Filling { slot, expr: operand.expr }, flow.forward.clone());
        }
    }

    /// The `b` of `i ≠ a, b`.
    fn further_exception(&self, symbol: &Symbol, flow: &Flow) -> Option<Condition> {
        let name = symbol.name.to_lowercase();
        if !flow.in_conditions || !symbol.indices.is_empty() || !self.world.lexicon.is_index(&name) {
            return None;
        }
        let scopes = flow.recent.iter().map(|i| &self.out[*i].scope.conditions).chain([&flow.forward.conditions]);
        scopes.flatten().rev().find_map(|c| match c {
            Condition::Differ(letter, _) => Some(Condition::Differ(letter.clone(), crate::language::Index::Letter(name.clone()))),
            _ => None,
        })
    }

    fn first_case(&self, flow: &Flow) -> Option<(Expr, Vec<Condition>)> {
        let last = &self.out[*flow.recent.last()?];
        match &last.body {
            Body::Relation { link, .. } => Some((link.left.clone(), otherwise(&last.scope.conditions)?)),
            _ => None,
        }
    }

    /// "the queries were β μ_a and β μ_b": in the order of the question's slots.
    fn listed_slot(&self, run: &Run, expr: &Expr, flow: &Flow) -> Option<Symbol> {
        if self.world.slots.len() < 2 {
            return None;
        }
        let Before::Words(words) = &run.before else { return None };
        let verb = |w: &String| matches!(w.as_str(), "were" | "are" | "queries" | "with" | "use" | "used");
        let opens = flow.listed == 0 && words.iter().any(|w| w == "queries") && words.last().is_some_and(verb);
        let goes_on = flow.listed > 0 && matches!(words.as_slice(), [and] if and == "and");
        let slot = self.world.slots.get(flow.listed).filter(|_| opens || goes_on)?;
        let want = self.world.shape_of(expr, &[]).ok()?;
        self.world.shape_of(&slot.reference, &[]).is_ok_and(|shape| shape == want).then(|| slot.symbol.clone())
    }

    /// "choose q as β(k_a+k_b)", "the expression for q, which is …".
    fn announced_slot(&self, run: &Run, expr: &Expr, flow: &Flow) -> Option<Symbol> {
        let linked = match &run.before {
            Before::Words(w) => w.last().is_some_and(|w| {
                matches!(w.as_str(), "as" | "is" | "be" | "to" | "with" | "query" | "choose" | "take" | "use" | "namely")
            }),
            Before::Colon => true,
            _ => false,
        };
        let want = self.world.shape_of(expr, &[]).ok()?;
        let slot = self.world.slots.iter().find(|s| {
            let named = flow.alone.contains(&s.symbol)
                || s.cues.iter().any(|c| matches!(&run.before, Before::Words(w) if super::cues::Cue::new(c).find(w).is_some()));
            named && self.world.shape_of(&s.reference, &[]).is_ok_and(|shape| shape == want)
        })?;
        linked.then(|| slot.symbol.clone())
    }
}
