//! What something is said to have: "has mean β", "has size d × m", "a and b get the weight ½".

use super::keys::Keys;
use super::noun::{Noun, Of, norm};
use super::value::{ABOUT, Links, PLAIN, Value};
use super::{Context, Reader};
use crate::claim::statement::{Condition, Link};
use crate::language::{Expr, Moment, Relation};

/// What is had.
pub(super) enum Attribute {
    Length,
    SquaredLength,
    MeanSquaredLength,
    Moment(Moment),
    Rank,
    Trace,
}

impl Reader<'_> {
    /// "has mean β", "have length √2 β", "has rank m", "has size d × m", "has the same length as v_a".
    pub(super) fn having_one(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let start = self
            .is(at, &["has", "have", "having", "keep", "keeps", "kept"])
            .then(|| self.skip(at + 1, &["the", "a", "an", "both", "each", "also", "exactly", "always"]))?;
        if self.is(start, &["size", "shape", "dimension", "dimensions", "format"]) {
            return self.sized(self.skip(start, &["size", "shape", "dimension", "dimensions", "format", "of"]), noun);
        }
        if let Some(found) = self.entries(start, noun) {
            return Some(found);
        }
        let same = self.is(start, &["same"]);
        let degree = [
            ("larger", Relation::Greater),
            ("smaller", Relation::Less),
            ("bigger", Relation::Greater),
            ("higher", Relation::Greater),
            ("greater", Relation::Greater),
            ("lower", Relation::Less),
        ];
        let compared = degree.iter().find(|(w, _)| self.is(start, &[w])).map(|(_, r)| *r);
        let from = start + usize::from(same || compared.is_some());
        let (end, of) = self.attribute(from)?;
        let having = Noun { things: self.mapped(noun, &of)?, ..noun.clone() };
        if same || compared.is_some() {
            let joint = if same { "as" } else { "than" };
            // "k_a and k_b have the same variance"
            if let [(a, own), (b, out)] = having.things.as_slice()
                && same
                && !self.is(end, &[joint])
            {
                let link = Link { left: a.clone(), relation: Relation::Equal, right: b.clone() };
                return Some((end, vec![(link, own.iter().chain(out).cloned().collect())]));
            }
            let (end, other) = self.is(end, &[joint]).then(|| self.noun_phrase(end + 1))??;
            let other = Noun { things: self.mapped(&other, &of)?, ..other };
            let relation = compared.unwrap_or(Relation::Equal);
            return self.against(&having, relation, &other, &Expr::clone).map(|l| (end, l));
        }
        let value = self.value(end)?;
        let relation = if value.about { Relation::Approx } else { Relation::Equal };
        self.links(&having, relation, &value).map(|l| (value.end, l))
    }

    /// What is had, "standard deviation", "length": where it ends.
    pub(super) fn attribute(&self, at: usize) -> Option<(usize, Attribute)> {
        let squared = self.is(at, &["squared"]);
        let expected = self.is(at, &["expected", "mean", "average"]) && self.is(at + 1, &["squared"]);
        let from = at + usize::from(squared) + 2 * usize::from(expected);
        if self.is(from, &["length", "norm", "magnitude", "lengths", "norms"]) {
            let kind = match (squared, expected) {
                (_, true) => Attribute::MeanSquaredLength,
                (true, _) => Attribute::SquaredLength,
                _ => Attribute::Length,
            };
            return Some((from + 1, kind));
        }
        if squared || expected {
            return None;
        }
        if let Some((end, m)) = self.moment_noun(at) {
            return Some((end, Attribute::Moment(m)));
        }
        match self.word(at)? {
            "rank" => Some((at + 1, Attribute::Rank)),
            "trace" => Some((at + 1, Attribute::Trace)),
            _ => None,
        }
    }

    pub(super) fn mapped(&self, noun: &Noun, attribute: &Attribute) -> Option<Vec<(Expr, Vec<Condition>)>> {
        noun.keys.is_none().then_some(())?;
        let vector = |e: &Expr| self.world.is_vector(e);
        let fits = noun.things.iter().all(|(e, _)| match attribute {
            Attribute::Length | Attribute::SquaredLength | Attribute::MeanSquaredLength => vector(e),
            _ => true,
        });
        let square = |e| Expr::Pow(Box::new(e), Box::new(Expr::int(2)));
        let apply = |e: Expr| match attribute {
            Attribute::Length => norm(e),
            Attribute::SquaredLength => square(norm(e)),
            Attribute::MeanSquaredLength => Expr::Moment(Moment::Mean, Box::new(square(norm(e)))),
            Attribute::Moment(m) => Expr::Moment(*m, Box::new(e)),
            Attribute::Rank => Expr::Call("rank", vec![e]),
            Attribute::Trace => Expr::Call("tr", vec![e]),
        };
        fits.then(|| noun.things.iter().map(|(e, out)| (apply(e.clone()), out.clone())).collect())
    }

    /// "m entries", "d components".
    pub(super) fn entries(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let count = self.math(at).filter(|e| self.dimension(e))?;
        self.is(at + 1, &["entries", "components", "coordinates", "dimensions", "elements"]).then_some(())?;
        let value = Value { end: at + 2, expr: Expr::Space(vec![count.clone()]), about: false };
        self.links(noun, Relation::In, &value).map(|l| (value.end, l))
    }

    /// "key a scores β", "a and b get the weight ½", "the other keys have mean score 0", "b has e^(-β) of the weight of a".
    pub(super) fn said_of_keys(&self, at: usize, keys: &Keys, context: &mut Context) -> Option<(usize, Links)> {
        if self.is(at, &["score", "scores"]) {
            let things = self.having(Of::Score, keys)?;
            return self.given(at + 1, &things, false);
        }
        let verb = ["has", "have", "gets", "get", "receives", "receive", "takes", "take", "with", "carries", "carry"];
        let start = self.is(at, &verb).then_some(at + 1)?;
        let start = self.skip(start, &["the", "a", "an", "both", "each", "all"]);
        context.together |= self.is(start, &["total", "combined"]);
        let start = self.skip(start, &["total", "combined"]);
        let about = self.skip(start, ABOUT) > start;
        let start = self.skip(start, ABOUT);
        let mean = self.is(start, &["mean", "average", "expected"]);
        let start = start + usize::from(mean);
        let of = match self.word(start) {
            Some("score" | "scores" | "logit" | "logits") => Of::Score,
            Some("weight" | "weights") => Of::Weight,
            _ if mean => return None,
            _ => return self.share_of(at + 1, keys, context),
        };
        let mut things = self.having(of, keys)?;
        if mean {
            let wrap = |e: Expr| Expr::Moment(Moment::Mean, Box::new(e));
            things.things = things.things.into_iter().map(|(e, c)| (wrap(e), c)).collect();
        }
        self.given(start + 1, &things, about)
    }

    /// The value that keys' scores or weights are given.
    pub(super) fn given(&self, at: usize, things: &Noun, about: bool) -> Option<(usize, Links)> {
        let value = self.value(at)?;
        let relation = match &value.expr {
            Expr::Normal(..) => Relation::Tilde,
            _ if value.about || about => Relation::Approx,
            _ => Relation::Equal,
        };
        self.links(things, relation, &value).map(|l| (value.end, l))
    }

    /// "(b has) only about e^(-2β) of the weight of a"; where no noun follows it is weight that a sum of keys gets.
    pub(super) fn share_of(&self, at: usize, keys: &Keys, context: &Context) -> Option<(usize, Links)> {
        let things = self.having(Of::Weight, keys)?;
        // "a gets twice the weight of b"
        let times = self.skip(at, PLAIN);
        if self.is(times, &["twice"])
            && let Some((end, other)) = self.noun_phrase(times + 1)
            && other.of_keys == Some(Of::Weight)
        {
            let doubled = |e: &Expr| Expr::Mul(vec![Expr::int(2), e.clone()]);
            return self.against(&things, Relation::Equal, &other, &doubled).map(|l| (end, l));
        }
        let value = self.value(at)?;
        let relation = if value.about { Relation::Approx } else { Relation::Equal };
        if self.is(value.end, &["of"])
            && let Some((end, other)) = self.noun_phrase(value.end + 1)
            && other.of_keys == Some(Of::Weight)
        {
            let scaled = |e: &Expr| Expr::Mul(vec![value.expr.clone(), e.clone()]);
            return self.against(&things, relation, &other, &scaled).map(|l| (end, l));
        }
        // "a and b get 2/3 in total"
        let gets = self.is(at - 1, &["get", "gets", "receive", "receives", "take", "takes"]);
        (gets && context.together).then_some(())?;
        self.links(&things, relation, &value).map(|l| (value.end, l))
    }
}
