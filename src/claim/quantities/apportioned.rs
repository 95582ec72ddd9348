//! Values that follow their noun key by key, and what noise or an average does to all: "the mean of the score is β for the keys a
//! and b, and zero for the others", "the noise adds to each score a Gaussian with mean 0 and variance 2αβ²", "if one averages over
//! many draws one still finds ½ (v_a + v_b)".

use super::Reader;
use super::noun::{DETERMINERS, Noun, Of, minus, moment};
use super::predicate::BE;
use super::value::Links;
use crate::claim::example::items::ByItems;
use crate::claim::statement::Link;
use crate::language::{Expr, Moment, Symbol};

impl Reader<'_> {
    /// A clause of one of these kinds; where it ends.
    pub(super) fn apportioned(&self, at: usize) -> Option<(usize, Links)> {
        self.by_keys(at).or_else(|| self.added(at)).or_else(|| self.averaged(at))
    }

    /// "the (mean of the) score is β for a and b (and it is 0 for the others)".
    fn by_keys(&self, at: usize) -> Option<(usize, Links)> {
        let moment = self.moment_noun(self.skip(at, DETERMINERS)).filter(|(end, _)| self.is(*end, &["of"]));
        let (start, m) = moment.map_or((at, None), |(end, m)| (end + 1, Some(m)));
        let start = self.skip(start, DETERMINERS);
        let mean = m.is_none() && self.is(start, &["mean", "average", "expected"]);
        let start = start + usize::from(mean);
        let m = if mean { Some(Moment::Mean) } else { m };
        let of = self.of_a_key(start).filter(|of| *of != Of::Length)?;
        let behind = |at: usize| self.for_keys(at + usize::from(self.is(at, BE)), of, m);
        let (mut at, mut links) = self.is(start + 1, BE).then(|| behind(start + 1))??;
        loop {
            let next = self.skip(at + usize::from(self.comma(at)), &["and", "but", "while", "it", "they"]);
            let Some((end, more)) = (next > at).then(|| behind(next)).flatten() else { return Some((at, links)) };
            links.extend(more);
            at = end;
        }
    }

    /// "β for the keys a and b".
    fn for_keys(&self, at: usize, of: Of, m: Option<Moment>) -> Option<(usize, Links)> {
        let value = self.value(at)?;
        let (end, keys) = self.is(value.end, &["for", "on"]).then(|| self.keys(value.end + 1))??;
        let noun = self.having(of, &keys)?;
        let noun = match m {
            Some(m) => noun.map(|e| moment(m, e)),
            None => noun,
        };
        Some((end, self.links(&noun, value.relation(), &value)?))
    }

    /// "the noise adds to each score a Gaussian with mean 0 and variance 2αβ²": of what each is away from its mean.
    fn added(&self, at: usize) -> Option<(usize, Links)> {
        const NOISE: &[&str] = &["noise", "wobble", "fluctuation", "fluctuations", "randomness", "jitter"];
        let start = self.skip(at, DETERMINERS);
        self.world.draws().then_some(())?;
        let verb = self.is(start, NOISE).then_some(start + 1)?;
        let verb = self.is(verb, &["adds", "add", "contributes", "brings"]).then_some(verb + 1)?;
        if self.is(verb, &["to"]) {
            let (end, noun) = self.term(verb + 1)?;
            return self.normal(end, &self.away(noun)?);
        }
        // "adds a Gaussian with … to each score"
        let probe = |noun: &Noun| self.normal(verb, noun);
        let (end, _) = probe(&Noun::one(Expr::Symbol(Symbol::plain("q"))))?;
        let (after, noun) = self.is(end, &["to"]).then(|| self.term(end + 1))??;
        probe(&self.away(noun)?).map(|(_, links)| (after, links))
    }

    /// Numbers less their means.
    fn away(&self, noun: Noun) -> Option<Noun> {
        let whole = noun.keys.is_none() && self.scalar(&noun);
        whole.then(|| noun.map(|e| minus(e.clone(), moment(Moment::Mean, e))))
    }

    /// "if you average over many draws you still find about ½ (v_a + v_b)": of the output.
    fn averaged(&self, at: usize) -> Option<(usize, Links)> {
        const ONE: &[&str] = &["you", "we", "one", "i"];
        let start = self.skip(at, &["if", "when"]);
        let average = (start > at && self.is(start, ONE) && self.is(start + 1, &["average", "averages"])).then_some(start + 2)?;
        let over = self
            .is(average, &["over"])
            .then(|| self.skip(average + 1, &["many", "lots", "of", "and", "all", "the", "a", "lot"]))?;
        let end = self.is(over, &["draws", "samples", "keys"]).then_some(over + 1)?;
        let comma = self.comma(end);
        let end = self.skip(end + usize::from(comma), &["then"]);
        let end = self.skip(self.is(end, ONE).then_some(end + 1)?, &["still", "again", "also", "just"]);
        let found = self.is(end, &["find", "finds", "get", "gets", "obtain", "obtains", "see", "sees", "recover", "recovers"]);
        let value = found.then(|| self.value(end + 1))??;
        let output = Expr::Symbol(Symbol::plain("c"));
        let attends = self.world.attends() && self.world.draws() && self.world.is_vector(&value.expr);
        let link = Link { left: moment(Moment::Mean, output), relation: value.relation(), right: value.expr.clone() };
        attends.then(|| (value.end, vec![(link, vec![])]))
    }
}
