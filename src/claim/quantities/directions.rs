//! How keys spread in directions: "each coordinate of a key has variance α", "in every direction orthogonal to μ_a the key k_a has
//! variance α", "the variance of k_i along any unit vector is α".
//!
//! All of them are statements about the covariance of a key: it is a multiple of the identity, on the whole space or beside a vector.

use super::Reader;
use super::noun::{DETERMINERS, minus, squared};
use super::predicate::BE;
use super::value::{Links, Value};
use crate::claim::example::items::ByItems;
use crate::claim::statement::Link;
use crate::language::{Expr, Index, Moment, Relation, Symbol};

/// Words for all of several things.
const ALL: &[&str] = &["every", "each", "any", "all", "of", "the", "single", "possible", "fixed", "unit", "other"];

/// In which directions.
#[derive(Debug, Clone)]
enum Directions {
    /// In all of them.
    All,
    /// In those orthogonal to a vector of length one.
    Beside(Expr),
}

impl Reader<'_> {
    /// A clause on the spread of keys in directions; where it ends.
    pub(super) fn spread(&self, at: usize) -> Option<(usize, Links)> {
        self.world.draws().then_some(())?;
        self.by_coordinates(at).or_else(|| self.led_by_directions(at)).or_else(|| self.along_directions(at))
    }

    /// "each coordinate of a key has variance α", "… wobbles around its mean with standard deviation √α".
    fn by_coordinates(&self, at: usize) -> Option<(usize, Links)> {
        let start = self.skip(at, ALL);
        let noun = self.is(start, &["coordinate", "coordinates", "component", "components", "entry", "entries"]);
        let quantified = (at..start).any(|i| self.is(i, &["every", "each", "any", "all"]));
        let (end, key) = (noun && quantified && self.is(start + 1, &["of", "in"])).then(|| self.drawn(start + 2))??;
        let (m, value) = self.spreads(end)?;
        Some((value.end, self.isotropic(&key, m, &value, &Directions::All)?))
    }

    /// "in every direction k_a has variance α".
    fn led_by_directions(&self, at: usize) -> Option<(usize, Links)> {
        let (end, directions) = self.directions(at)?;
        let (end, key) = self.drawn(end)?;
        let (m, value) = self.spreads(end)?;
        Some((value.end, self.isotropic(&key, m, &value, &directions)?))
    }

    /// "k_a has variance α in every direction", "the variance of k_a (along any unit vector) is α (in each of the d directions)".
    fn along_directions(&self, at: usize) -> Option<(usize, Links)> {
        if let Some((end, key)) = self.drawn(at) {
            let (m, value) = self.spreads(end)?;
            let (end, directions) = self.directions(value.end)?;
            return Some((end, self.isotropic(&key, m, &value, &directions)?));
        }
        let (end, m) = self.moment_noun(self.skip(at, DETERMINERS)).filter(|(_, m)| *m != Moment::Mean)?;
        let (end, key) = self.is(end, &["of"]).then(|| self.drawn(end + 1))??;
        let before = self.directions(end);
        let verb = before.as_ref().map_or(end, |(end, _)| *end);
        let value = self.is(verb, BE).then(|| self.value(verb + 1))??;
        let (end, directions) = before.map(|(_, d)| (value.end, d)).or_else(|| self.directions(value.end))?;
        Some((end, self.isotropic(&key, m, &value, &directions)?))
    }

    /// "a key", "the keys", "k_a", "the key k_a": a key that is drawn.
    fn drawn(&self, at: usize) -> Option<(usize, Symbol)> {
        let start = self.skip(at, &["a", "the", "each", "every", "any", "all", "single"]);
        let noun = self.is(start, &["key", "keys"]);
        let after = start + usize::from(noun);
        if let Some(Expr::Symbol(s)) = self.math(after) {
            let key = self.world.is_drawn(&s.name) && s.indices.len() == 1;
            return key.then(|| (after + 1, s.clone()));
        }
        if noun && let Some((end, letter)) = self.letter(start) {
            return Some((end, Symbol { name: "k".into(), indices: vec![Index::Letter(letter)] }));
        }
        noun.then(|| (after, Symbol::indexed("k", "i")))
    }

    /// "(only) has variance V", "fluctuates (around its mean) with standard deviation V".
    fn spreads(&self, at: usize) -> Option<(Moment, Value)> {
        const VERBS: &[&str] =
            &["fluctuates", "fluctuate", "varies", "vary", "scatters", "wobbles", "wobble", "spreads", "deviates", "scatter"];
        let start = self.skip(at, &["only", "still", "also", "just", "again"]);
        let from = if self.is(start, &["has", "have"]) {
            start + 1
        } else {
            let verb = self.is(start, VERBS).then_some(start + 1)?;
            let around = self.is(verb, &["around", "about", "from"]).then(|| self.skip(verb + 1, &["its", "the", "their"]));
            let verb = around.map_or(verb, |at| self.skip(at, &["mean", "means", "centre", "center"]));
            self.is(verb, &["with", "by"]).then_some(verb + 1)?
        };
        let (end, m) = self.moment_noun(self.skip(from, &["the", "a", "only"])).filter(|(_, m)| *m != Moment::Mean)?;
        let value = self.value(self.skip(end, &["of"])).filter(|v| !v.about)?;
        Some((m, value))
    }

    /// "in every direction (orthogonal to μ_a)", "along any unit vector", "in each of the d directions".
    fn directions(&self, at: usize) -> Option<(usize, Directions)> {
        let start = self.is(at, &["in", "along", "into"]).then(|| self.skip(at + 1, ALL))?;
        let quantified = (at..start).any(|i| self.is(i, &["every", "each", "any", "all"]));
        let counted = start + usize::from(self.math(start).is_some_and(|e| self.dimension(e)));
        let noun =
            self.is(counted, &["direction", "directions", "vector", "vectors", "axis", "axes", "coordinate", "coordinates"]);
        (quantified && noun).then_some(())?;
        let end = counted + 1;
        if !(self.is(end, &["orthogonal", "perpendicular"]) && self.is(end + 1, &["to"])) {
            return Some((end, Directions::All));
        }
        let (end, beside) = self.vector(end + 2)?;
        let unit = matches!(&beside, Expr::Symbol(s) if s.name == "mu");
        unit.then_some((end, Directions::Beside(beside)))
    }

    /// The covariance of a key as a multiple of the identity in some directions.
    fn isotropic(&self, key: &Symbol, m: Moment, value: &Value, directions: &Directions) -> Option<Links> {
        let covariance = Symbol { name: "Sigma".into(), indices: key.indices.clone() };
        self.world.knows(&covariance, &[]).then_some(())?;
        let variance = if m == Moment::Deviation { squared(value.expr.clone()) } else { value.expr.clone() };
        let identity = Expr::Symbol(Symbol::plain("I"));
        let times = |a: Expr, b: Expr| Expr::Mul(vec![a, b]);
        let (left, right) = match directions {
            Directions::All => (Expr::Symbol(covariance), times(variance, identity)),
            Directions::Beside(u) => {
                let outer = times(u.clone(), Expr::Transpose(Box::new(u.clone())));
                let beside = minus(identity, outer);
                let left = Expr::Mul(vec![beside.clone(), Expr::Symbol(covariance), beside.clone()]);
                (left, times(variance, beside))
            }
        };
        Some(vec![(Link { left, relation: Relation::Equal, right }, vec![])])
    }
}
