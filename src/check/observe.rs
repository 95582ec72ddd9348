//! Both sides of a relation at instances, and how far they are apart.

use std::collections::BTreeMap;

use super::scene::Scene;
use crate::claim::Link;
use crate::language::{Expr, Index};
use crate::numeric::{Ball, EvalError, Evaluator, Instance};
use crate::tolerance;

/// Positions of index letters.
pub type Bindings = BTreeMap<String, usize>;

/// Both sides at one instance and one assignment of the free index letters.
#[derive(Debug)]
pub struct Observation {
    /// Left side.
    pub left: Ball,
    /// Right side.
    pub right: Ball,
    /// Whether the relation speaks of draws, so that a side may carry the error of sampling.
    pub drawn: bool,
    /// Whether a side was sampled.
    pub sampled: bool,
}

/// Whether enough instances were seen of a relation: sampled moments are dear, and a few instances tell what they can.
pub fn enough(seed: u64, observations: &[Observation]) -> bool {
    seed + 1 >= tolerance::SAMPLED_INSTANCES && observations.iter().any(|o| o.sampled)
}

impl Observation {
    /// Largest difference, the bound on its error, and the size of what is compared.
    pub fn gap(&self) -> Option<(f64, f64, f64)> {
        let (gap, error) = self.left.gap(&self.right)?;
        Some((gap, error, self.left.value.magnitude().max(self.right.value.magnitude())))
    }

    /// Whether the error is so large that agreement within it says nothing.
    pub fn blunt(&self) -> bool {
        let margin = |(_, error, size): (f64, f64, f64)| {
            error * tolerance::ERROR_MARGIN > (tolerance::BLUNT * size).max(tolerance::BLUNT_LEAST)
        };
        self.drawn && self.gap().is_some_and(margin)
    }

    /// Whether both sides are the same but for rounding of numbers of size 1.
    pub fn noise(&self) -> bool {
        self.gap().is_some_and(|(gap, error, _)| gap <= error * tolerance::ERROR_MARGIN) && !self.blunt()
    }

    /// Difference relative to the larger side; absolute where one side is the constant zero; no number where the error
    /// hides it.
    pub fn relative(&self) -> f64 {
        let (l, r) = (self.left.value.magnitude(), self.right.value.magnitude());
        // `β → -∞` of a β that grows comes no closer.
        let sign = |b: &Ball| b.value.scalar().map(f64::is_sign_negative);
        if (l.is_infinite() || r.is_infinite()) && l > 0.0 && r > 0.0 && sign(&self.left) != sign(&self.right) {
            return 1.0;
        }
        if l.is_infinite() && r.is_infinite() {
            return 0.0;
        }
        if l.is_infinite() || r.is_infinite() {
            return 1.0 / l.min(r).max(f64::MIN_POSITIVE);
        }
        let Some((gap, error, size)) = self.gap() else {
            return f64::NAN;
        };
        if gap <= error * tolerance::ERROR_MARGIN {
            let zero = |b: &Ball| b.value.magnitude() == 0.0 && b.error == 0.0;
            let tells = zero(&self.left) || zero(&self.right) || error * tolerance::ERROR_MARGIN <= tolerance::BLUNT * size;
            return if tells { 0.0 } else { f64::NAN };
        }
        let exact_zero = |b: &Ball| b.value.magnitude() == 0.0 && b.error == 0.0;
        if exact_zero(&self.left) || exact_zero(&self.right) { gap } else { gap / size }
    }
}

/// The index letters that a relation leaves to run over everything.
pub fn free_letters(scene: &Scene, link: &Link) -> Vec<String> {
    let mut letters = link.left.free_indices();
    letters.extend(link.right.free_indices());
    letters.sort();
    letters.dedup();
    letters.retain(|l| !scene.world.letters.contains(l) && !scene.world.dimensions.contains_key(l));
    letters
}

/// Both sides at every admissible assignment of the free letters.
pub fn observe(scene: &Scene, instance: &Instance, link: &Link, others_only: bool) -> Result<Vec<Observation>, EvalError> {
    let evaluator = Evaluator::new(instance);
    let letters = free_letters(scene, link);
    let whole = Expr::Add(vec![link.left.clone(), link.right.clone()]);
    let mut assignments: Vec<Bindings> = vec![Bindings::new()];
    for letter in &letters {
        let count = evaluator.count_for(letter, &whole).ok_or_else(|| EvalError::Unknown(format!("the index {letter}")))?;
        let taken: Vec<usize> = scene.world.letters.iter().filter_map(|l| instance.letters.get(l).copied()).collect();
        let mut next = Vec::new();
        for bound in &assignments {
            for at in (0..count).filter(|at| !(others_only && taken.contains(at))) {
                let mut more = bound.clone();
                more.insert(letter.clone(), at);
                next.push(more);
            }
        }
        assignments = next;
        if assignments.len() > 2000 {
            return Err(EvalError::Budget("too many index letters at once"));
        }
    }
    assignments.retain(|b| scene.admits(instance, b));
    let drawn = [&link.left, &link.right].into_iter().any(speaks_of_draws);
    assignments
        .iter()
        .map(|b| {
            let (left, right) = (evaluator.eval(&link.left, b)?, evaluator.eval(&link.right, b)?);
            Ok(Observation { left, right, drawn, sampled: evaluator.sampled() })
        })
        .collect()
}

/// Whether a moment or a probability occurs.
pub(super) fn speaks_of_draws(e: &Expr) -> bool {
    let mut found = false;
    e.walk(&mut |e| found |= e.is_of_the_law() || matches!(e, Expr::Call("Cov", _)));
    found
}

/// Whether a difference of two members of a family stands there, one at a running letter and one at a letter of the question.
pub fn parts_members(link: &Link, running: &[String], own: &[String]) -> bool {
    let at = |e: &Expr, letters: &[String]| match e {
        Expr::Symbol(s) => match s.indices.as_slice() {
            [Index::Letter(l)] if letters.contains(l) => Some(s.name.clone()),
            _ => None,
        },
        _ => None,
    };
    let mut found = false;
    link.left.walk(&mut |e| {
        if let Expr::Add(terms) = e
            && let [one, Expr::Neg(two)] = terms.as_slice()
        {
            let pair = |a: &Expr, b: &Expr| at(a, own).is_some_and(|name| at(b, running) == Some(name));
            found |= pair(one, two) || pair(two, one);
        }
    });
    found
}
