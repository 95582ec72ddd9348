//! Bounds of a quantity in words: "cannot be more than 1/4", "is bounded by 1", "grows without bound".

use super::Reader;
use super::noun::Noun;
use super::predicate::BE;
use super::value::{Links, Value};
use crate::claim::example::items::ByItems;
use crate::claim::statement::{Condition, LimitSense};
use crate::language::{Expr, Relation, Symbol};

impl Reader<'_> {
    /// "cannot be more than 1/4", "never exceeds 1/2", "is bounded by 1".
    pub(super) fn bounded(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let denied = match () {
            () if self.is(at, &["cannot", "can't", "never"]) => Some(at + 1),
            () if self.is(at, &["can"]) && self.is(at + 1, &["not", "never"]) => Some(at + 2),
            () => None,
        };
        let (relation, from) = match denied {
            Some(next) if self.is(next, &["exceeds", "exceed", "exceeded"]) => (Relation::LessEqual, next + 1),
            Some(next) if self.is(next, &["reaches", "reach", "attains", "attain", "equals"]) => (Relation::NotEqual, next + 1),
            Some(next) => {
                let next = self.skip(next, &["be", "become", "get", "gets", "is"]);
                let above = self.is(next, &["more", "larger", "greater", "bigger", "higher"]);
                let below = self.is(next, &["less", "smaller", "lower"]);
                (above || below).then_some(())?;
                let from = self.is(next + 1, &["than"]).then_some(next + 2)?;
                (if above { Relation::LessEqual } else { Relation::GreaterEqual }, from)
            }
            None if self.is(at, BE) && self.is(at + 1, &["bounded"]) => {
                let from = self.skip(at + 2, &["from", "above"]);
                (Relation::LessEqual, self.is(from, &["by"]).then_some(from + 1)?)
            }
            None => return None,
        };
        self.scalar(noun).then_some(())?;
        let value = self.value(from).filter(|v| !v.about)?;
        self.bare_links(noun, relation, &value).map(|links| (value.end, links))
    }

    /// "grows without bound", "diverges", "is unbounded (in β)": beyond every number as the factor grows and all else stays as it is.
    pub(super) fn unbounded(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        const WAYS: &[&[&str]] = &[
            &["grows", "without", "bound"],
            &["grows", "without", "any", "bound"],
            &["grows", "without", "limit"],
            &["grows", "beyond", "all", "bounds"],
            &["increases", "without", "bound"],
            &["increases", "without", "limit"],
            &["rises", "without", "bound"],
            &["diverges"],
            &["blows", "up"],
            &["explodes"],
            &["is", "unbounded"],
            &["becomes", "unbounded"],
            &["is", "not", "bounded"],
            &["can", "get", "arbitrarily", "large"],
            &["can", "become", "arbitrarily", "large"],
            &["becomes", "arbitrarily", "large"],
            &["gets", "arbitrarily", "large"],
            &["goes", "to", "infinity"],
        ];
        let way = WAYS.iter().filter(|way| self.are(at, way)).max_by_key(|way| way.len())?;
        // A covariance of one vector is a matrix, of which no size is meant here.
        let plain = |e: &Expr| {
            let mut plain = true;
            e.walk(&mut |e| plain &= !matches!(e, Expr::Call(..)));
            plain
        };
        (self.scalar(noun) && noun.things.iter().all(|(e, _)| plain(e))).then_some(())?;
        let factor = self.world.factor()?;
        let symbol = Symbol::plain(factor);
        let end = at + way.len();
        let named = |i: usize| self.math(i) == Some(&Expr::Symbol(symbol.clone()));
        let end = if self.is(end, &["with", "in", "for"]) {
            let start = self.skip(end + 1, &["large", "growing", "larger", "the", "factor"]);
            named(start).then_some(start + 1)?
        } else {
            end
        };
        let fixed = self.world.scalars.iter().filter(|(name, s)| s.limit.is_some() && *name != factor);
        let mut under = vec![Condition::Limit(symbol, LimitSense::Large)];
        under.extend(fixed.map(|(name, _)| Condition::Limit(Symbol::plain(name), LimitSense::Fixed)));
        let links = self.bare_links(noun, Relation::Tends, &Value::exactly(end, Expr::Infinity))?;
        Some((end, links.into_iter().map(|(link, out)| (link, [out, under.clone()].concat())).collect()))
    }
}
