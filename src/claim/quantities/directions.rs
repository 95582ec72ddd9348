//! How keys spread in directions: "each coordinate of a key has variance α", "in every direction orthogonal to μ_a the key k_a has
//! variance α", "the variance of k_i along any unit vector is α".
//!
//! All of them are statements about the covariance of a key: it is a multiple of the identity, on the whole space or beside a vector,
//! or has a value along one.

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
    /// Along each of these vectors of length one.
    Along(Vec<Expr>),
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
        let from = end + usize::from(self.comma(end));
        let (end, key) = self.drawn(from).filter(|_| !self.unnamed(from, &directions))?;
        let (m, value) = self.spreads(end)?;
        Some((value.end, self.isotropic(&key, m, &value, &directions)?))
    }

    /// "k_a has variance α in every direction", "the variance of k_a (along any unit vector) is α (in each of the d directions)".
    fn along_directions(&self, at: usize) -> Option<(usize, Links)> {
        if let Some((end, key)) = self.drawn(at) {
            let (m, value) = self.spreads(end)?;
            let (end, directions) = self.directions(value.end).filter(|(_, d)| !self.unnamed(at, d))?;
            return Some((self.too(end), self.isotropic(&key, m, &value, &directions)?));
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

    /// "Along μ_a the key has …": which key is said elsewhere, and along one vector they differ.
    fn unnamed(&self, at: usize, directions: &Directions) -> bool {
        let one = self.is(at, &["the", "this", "that", "its"]) && self.is(at + 1, &["key"]) && self.math(at + 2).is_none();
        one && self.letter(at + 1).is_none() && !matches!(directions, Directions::All)
    }

    /// "In all directions but μ_a, k_a has …": a clause behind directions is said of them alone.
    pub(super) fn behind_directions(&self, at: usize) -> bool {
        let end = if at > 0 && self.comma(at - 1) { at - 1 } else { at };
        self.world.draws() && (0..at).any(|i| self.directions(i).is_some_and(|(to, _)| to == end))
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
        let value = self.value(self.skip(end, &["of", "only", "just"])).filter(|v| !v.about)?;
        Some((m, value))
    }

    /// "as well", "too": where the clause goes on.
    fn too(&self, at: usize) -> usize {
        if self.is(at, &["as"]) && self.is(at + 1, &["well"]) { at + 2 } else { self.skip(at, &["too", "also"]) }
    }

    /// Which directions are spoken of.
    fn directions(&self, at: usize) -> Option<(usize, Directions)> {
        self.named_directions(at).or_else(|| self.beside(at)).or_else(|| self.all_directions(at))
    }

    /// "along μ_b", "in the direction of μ_a", "along μ_a as well as along μ_b", "along both μ_a and μ_b".
    fn named_directions(&self, at: usize) -> Option<(usize, Directions)> {
        let (mut end, first) = self.one_direction(at)?;
        let mut all = vec![first];
        loop {
            let joined = if self.is(end, &["and"]) {
                end + 1
            } else if self.is(end, &["as"]) && self.is(end + 1, &["well"]) && self.is(end + 2, &["as"]) {
                end + 3
            } else {
                return Some((end, Directions::Along(all)));
            };
            let next = self.one_direction(joined).or_else(|| self.unit(joined))?;
            end = next.0;
            all.push(next.1);
        }
    }

    fn one_direction(&self, at: usize) -> Option<(usize, Expr)> {
        let start = self.is(at, &["along", "in", "into"]).then(|| self.skip(at + 1, &["the", "both"]))?;
        let noun = self.is(start, &["direction", "directions", "axis"]);
        let (end, unit) = self.unit(self.skip(start + usize::from(noun), &["of"]))?;
        // "in the μ_a direction"; "in μ_a" alone is no direction.
        let behind = self.is(end, &["direction", "axis"]);
        (noun || behind || self.is(at, &["along"])).then_some((end + usize::from(behind), unit))
    }

    /// "orthogonally to μ_a", "perpendicular to μ_a".
    fn beside(&self, at: usize) -> Option<(usize, Directions)> {
        let words = ["orthogonally", "orthogonal", "perpendicular", "perpendicularly"];
        let (end, unit) = (self.is(at, &words) && self.is(at + 1, &["to"])).then(|| self.unit(at + 2))??;
        Some((end, Directions::Beside(unit)))
    }

    /// A vector of which the question says that its length is one.
    fn unit(&self, at: usize) -> Option<(usize, Expr)> {
        self.vector(at).filter(|(_, v)| matches!(v, Expr::Symbol(s) if s.name == "mu" && s.indices.len() == 1))
    }

    /// "in every direction (orthogonal to μ_a)", "in all directions but μ_a", "along any unit vector", "in each of the d directions".
    fn all_directions(&self, at: usize) -> Option<(usize, Directions)> {
        let start = self.is(at, &["in", "along", "into"]).then(|| self.skip(at + 1, ALL))?;
        let quantified = (at..start).any(|i| self.is(i, &["every", "each", "any", "all"]));
        let counted = start + usize::from(self.math(start).is_some_and(|e| self.dimension(e)));
        let noun =
            self.is(counted, &["direction", "directions", "vector", "vectors", "axis", "axes", "coordinate", "coordinates"]);
        (quantified && noun).then_some(())?;
        let end = counted + 1;
        if self.is(end, &["orthogonal", "perpendicular"]) {
            return self.beside(end);
        }
        // All of which the others are orthogonal to the one that is left out.
        let but =
            if self.is(end, &["other"]) && self.is(end + 1, &["than"]) { end + 2 } else { self.skip(end, &["but", "except"]) };
        if but == end { Some((end, Directions::All)) } else { self.unit(but).map(|(end, u)| (end, Directions::Beside(u))) }
    }

    /// The covariance of a key in some directions: a multiple of the identity, or a number along a vector.
    fn isotropic(&self, key: &Symbol, m: Moment, value: &Value, directions: &Directions) -> Option<Links> {
        let covariance = Symbol { name: "Sigma".into(), indices: key.indices.clone() };
        self.world.knows(&covariance, &[]).then_some(())?;
        let variance = if m == Moment::Deviation { squared(value.expr.clone()) } else { value.expr.clone() };
        let identity = Expr::Symbol(Symbol::plain("I"));
        let times = |a: Expr, b: Expr| Expr::Mul(vec![a, b]);
        let equal = |left, right| vec![(Link { left, relation: Relation::Equal, right }, vec![])];
        Some(match directions {
            Directions::All => equal(Expr::Symbol(covariance), times(variance, identity)),
            Directions::Along(all) => {
                let along =
                    |u: &Expr| Expr::Mul(vec![Expr::Transpose(Box::new(u.clone())), Expr::Symbol(covariance.clone()), u.clone()]);
                all.iter().flat_map(|u| equal(along(u), variance.clone())).collect()
            }
            Directions::Beside(u) => {
                let outer = times(u.clone(), Expr::Transpose(Box::new(u.clone())));
                let beside = minus(identity, outer);
                let left = Expr::Mul(vec![beside.clone(), Expr::Symbol(covariance), beside.clone()]);
                equal(left, times(variance, beside))
            }
        })
    }
}
