//! What something is said to have: "has mean β", "has size d × m", "a and b get the weight ½".

use super::keys::Keys;
use super::noun::{Noun, Of, moment, norm, squared};
use super::value::{ABOUT, Links, PLAIN, Value};
use super::{Context, Reader};
use crate::claim::example::items::ByItems;
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
        if let Some(found) = self.sized(start, noun).filter(|(end, _)| self.is(end - 1, &["columns", "column"])) {
            return Some(found);
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
        if same || compared.is_some() {
            let (end, of) = self.attribute(from)?;
            let having = self.mapped(noun, &of)?;
            let joint = if same { "as" } else { "than" };
            // "k_a and k_b have the same variance"
            if same
                && !self.is(end, &[joint])
                && let Some(links) = self.each_other(&having)
            {
                return Some((end, links));
            }
            let (end, other) = self.is(end, &[joint]).then(|| self.noun_phrase(end + 1))??;
            let other = self.mapped(&other, &of)?;
            let relation = compared.unwrap_or(Relation::Equal);
            return self.against(&having, relation, &other, &Expr::clone).map(|l| (end, l));
        }
        self.attributes(from, noun)
    }

    /// "mean 0 and variance 2αβ²", "mean β, standard deviation β √(2α)": where it ends.
    pub(super) fn attributes(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let (mut end, mut links) = self.attribute_and_value(at, noun)?;
        loop {
            let comma = self.comma(end);
            let next = self.skip(end + usize::from(comma), &["and", "with", "a", "the"]);
            match (next > end).then(|| self.attribute_and_value(next, noun)).flatten() {
                Some((after, more)) => {
                    links.extend(more);
                    end = after;
                }
                None => return Some((end, links)),
            }
        }
    }

    /// "(a) variance (of) 2αβ²", "covariance 0" of two things.
    fn attribute_and_value(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let zero = self.is(at, &["zero", "no"]);
        let at = at + usize::from(zero);
        let (end, having) = match self.word(at)? {
            "covariance" => (at + 1, self.covariance(noun)?),
            _ => {
                let (end, of) = self.attribute(at)?;
                (end, self.mapped(noun, &of)?)
            }
        };
        if zero {
            return self.say(&having, Relation::Equal, &Value::exactly(end, Expr::int(0)));
        }
        let value = self.value(end)?;
        self.say(&having, value.relation(), &value)
    }

    /// The covariance of the two numbers that a noun phrase names.
    pub(super) fn covariance(&self, noun: &Noun) -> Option<Noun> {
        let [(a, out), (b, more)] = noun.things.as_slice() else { return None };
        let numbers = self.world.draws() && self.scalar(noun);
        let out = out.iter().chain(more).cloned().collect();
        numbers.then(|| Noun { things: vec![(Expr::Call("Cov", vec![a.clone(), b.clone()]), out)], ..noun.clone() })
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

    /// What each thing has, as a noun phrase.
    pub(super) fn mapped(&self, noun: &Noun, attribute: &Attribute) -> Option<Noun> {
        let of_vectors = matches!(attribute, Attribute::Length | Attribute::SquaredLength | Attribute::MeanSquaredLength);
        let fits = noun.keys.is_none() && (!of_vectors || noun.things.iter().all(|(e, _)| self.world.is_vector(e)));
        let apply = |e: Expr| match attribute {
            Attribute::Length => norm(e),
            Attribute::SquaredLength => squared(norm(e)),
            Attribute::MeanSquaredLength => moment(Moment::Mean, squared(norm(e))),
            Attribute::Moment(m) => moment(*m, e),
            Attribute::Rank => Expr::Call("rank", vec![e]),
            Attribute::Trace => Expr::Call("tr", vec![e]),
        };
        fits.then(|| noun.clone().map(apply))
    }

    /// "m entries", "d components".
    pub(super) fn entries(&self, at: usize, noun: &Noun) -> Option<(usize, Links)> {
        let count = self.math(at).filter(|e| self.dimension(e))?;
        self.is(at + 1, &["entries", "components", "coordinates", "dimensions", "elements"]).then_some(())?;
        let value = Value::exactly(at + 2, Expr::Space(vec![count.clone()]));
        self.say(noun, Relation::In, &value)
    }

    /// "key a scores β", "a and b get the weight ½", "the other keys have mean score 0", "b has e^(-β) of the weight of a".
    pub(super) fn said_of_keys(&self, at: usize, keys: &Keys, context: &mut Context) -> Option<(usize, Links)> {
        if self.is(at, &["score", "scores"]) {
            let things = self.having(Of::Score, keys)?;
            return self.given(at + 1, &things, false);
        }
        let verb = [
            "has", "have", "gets", "get", "receives", "receive", "takes", "take", "with", "carries", "carry", "share", "hold",
            "holds", "keep", "keeps",
        ];
        let start = self.is(at, &verb).then_some(at + 1)?;
        let start = self.skip(start, &["the", "a", "an", "both", "each", "all"]);
        context.together |= self.is(start, &["total", "combined"]);
        let start = self.skip(start, &["total", "combined"]);
        let about = self.skip(start, ABOUT) > start;
        let start = self.skip(start, ABOUT);
        let mean = self.is(start, &["mean", "average", "expected"]);
        let start = start + usize::from(mean);
        let of = match self.of_a_key(start) {
            Some(of) => of,
            None if mean => return None,
            None if self.is(start, &["same", "more", "less", "larger", "smaller", "higher", "lower"]) => {
                return self.compared_keys(start, keys);
            }
            None => return self.share_of(at + 1, keys, context),
        };
        let things = self.having(of, keys)?;
        let things = if mean { things.map(|e| moment(Moment::Mean, e)) } else { things };
        self.given(start + 1, &things, about)
    }

    /// "head 1 puts the weight e^β/(e^β + n − 1) on v_a", "head 2 gives v_b the weight …": where it ends.
    pub(super) fn head_giving(&self, at: usize) -> Option<(usize, Links)> {
        let start = self.skip(at, &["the"]);
        let place = [start, start + 1].into_iter().find(|i| self.is(*i, &["head"]))?;
        let subject = self.heads.iter().any(|(i, _)| *i == place).then_some(start + 2)?;
        let verb = ["puts", "gives", "assigns", "places", "has", "spends"];
        let start = self.is(subject, &verb).then(|| self.skip(subject + 1, &["the", "a", "an"]))?;
        let to = ["on", "to", "for"];
        if let Some(of) = self.of_a_key(start).filter(|of| *of != Of::Length) {
            // "the weight V on v_a"
            let value = self.value(self.skip(start + 1, &["of"]))?;
            let (end, keys) = self.is(value.end, &to).then(|| self.keys(value.end + 1))??;
            let (_, links) = self.say(&self.having(of, &keys)?, value.relation(), &value)?;
            return Some((end, links));
        }
        // "v_a the weight V"
        let (end, keys) = self.keys(start)?;
        let place = self.skip(end, &["the", "a", "an"]);
        let of = self.of_a_key(place)?;
        self.given(self.skip(place + 1, &["of"]), &self.having(of, &keys)?, false)
    }

    /// "q gives k_a and k_b the same score", "q gives a larger score to k_a than to k_b": where it ends.
    pub(super) fn giving(&self, at: usize) -> Option<(usize, Links)> {
        let (end, query) = self.vector(at)?;
        let own = self.query().is_some_and(|(q, _)| query == Expr::Symbol(q));
        let start = (own && self.is(end, &["gives", "assigns", "give", "puts"])).then_some(end + 1)?;
        let place = self.skip(start, &["the", "a", "an"]);
        let relation = match self.word(place)? {
            "same" | "equal" => Relation::Equal,
            "larger" | "higher" | "bigger" => Relation::Greater,
            "smaller" | "lower" => Relation::Less,
            _ => {
                let (end, keys) = self.keys(start)?;
                let place = self.skip(end, &["the", "an"]);
                return self.is(place, &["same", "equal"]).then(|| self.compared_keys(place, &keys))?;
            }
        };
        let of = self.of_a_key(place + 1)?;
        let (end, keys) = self.is(place + 2, &["to", "on"]).then(|| self.keys(place + 3))??;
        let first = self.having(of, &keys)?;
        if relation == Relation::Equal {
            return self.each_other(&first).map(|links| (end, links));
        }
        let (end, other) = (self.is(end, &["than"])).then(|| self.keys(self.skip(end + 1, &["to", "on"])))??;
        self.against(&first, relation, &self.having(of, &other)?, &Expr::clone).map(|links| (end, links))
    }

    /// "(a and b get) less weight than the others", "the same score as b", "the same weight": where it ends.
    fn compared_keys(&self, at: usize, keys: &Keys) -> Option<(usize, Links)> {
        let relation = match self.word(at)? {
            "same" | "equal" => Relation::Equal,
            "more" | "larger" | "higher" => Relation::Greater,
            _ => Relation::Less,
        };
        let place = self.skip(at + 1, &["attention"]);
        let of = self.of_a_key(place)?;
        let own = self.having(of, keys)?;
        let joint = if relation == Relation::Equal { "as" } else { "than" };
        if !self.is(place + 1, &[joint]) {
            // "the same weight 1/n"
            if relation == Relation::Equal
                && let Some(value) = self.value(place + 1)
            {
                return self.say(&own, value.relation(), &value);
            }
            let both = relation == Relation::Equal && self.ends(place + 1);
            return both.then(|| self.each_other(&own)).flatten().map(|links| (place + 1, links));
        }
        let (end, other) = self.keys(place + 2)?;
        let other = self.having(of, &other)?;
        self.against(&own, relation, &other, &Expr::clone).map(|links| (end, links))
    }

    /// The value that keys' scores or weights are given.
    pub(super) fn given(&self, at: usize, things: &Noun, about: bool) -> Option<(usize, Links)> {
        let mut value = self.value(at)?;
        value.about |= about;
        self.say(things, value.relation_or_law(), &value)
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
        let relation = value.relation();
        if self.is(value.end, &["of"])
            && let Some((end, other)) = self.noun_phrase(value.end + 1)
            && other.of_keys == Some(Of::Weight)
        {
            let scaled = |e: &Expr| Expr::Mul(vec![value.expr.clone(), e.clone()]);
            return self.against(&things, relation, &other, &scaled).map(|l| (end, l));
        }
        // "a and b get 2/3 in total", "every key gets 1/n", "each gets half of the weight"
        let gets = self.is(
            at - 1,
            &["get", "gets", "receive", "receives", "take", "takes", "hold", "holds", "keep", "keeps", "carry", "carries"],
        );
        let weight = context.together || self.share(&value.expr);
        (gets && weight).then_some(())?;
        let of_all = self.is(value.end, &["of"]).then(|| self.skip(value.end + 1, &["the", "all", "total", "attention"]));
        if let Some(end) = of_all.filter(|end| self.is(*end, &["weight", "attention", "mass"])) {
            let value = super::value::Value { end: end + 1, ..value };
            return self.say(&things, relation, &value);
        }
        self.say(&things, relation, &value)
    }

    /// Whether a value is a share of all the weight by its form: a fraction of numbers and sizes, or made of exponentials.
    fn share(&self, e: &Expr) -> bool {
        let mut exponential = false;
        e.walk(&mut |e| exponential |= matches!(e, Expr::Call("exp", _)));
        let sizes = e.symbols().iter().all(|s| self.world.dimensions.contains_key(&s.name));
        let part = matches!(e, Expr::Number(n) if n.value > 0.0 && n.value < 1.0);
        exponential || part || sizes && matches!(e, Expr::Div(..))
    }
}
