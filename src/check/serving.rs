//! Whether another expression would fill a slot, under the bases that are supposed: put in the slot's place of the requirement at
//! instances whose bases are mixed or leaned against each other.

use nalgebra::DMatrix;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::draw::normal_matrix;
use super::observe::Bindings;
use super::ruling::Ruling;
use super::scene::Scene;
use crate::claim::serving::{Bases, Serving};
use crate::language::{Expr, Style, print};
use crate::numeric::{Evaluator, Instance};
use crate::record::{Tier, Verdict};
use crate::tolerance;
use crate::world::Slot;

/// Judges whether an expression serves.
pub fn judge(scene: &Scene, said: &Serving) -> Ruling {
    let [slot] = scene.world.slots.as_slice() else { return Ruling::not_checked("this question asks for no one expression") };
    let (mut so, mut not) = (0, 0);
    for seed in 0..tolerance::IDENTITY_INSTANCES {
        let Some(instance) = scene.finite(seed) else { continue };
        match gap(slot, &changed(scene, &instance, said, seed), said) {
            Some(gap) if gap <= tolerance::ROUNDING => so += 1,
            Some(gap) if gap > tolerance::COUNTEREXAMPLE => not += 1,
            _ => return Ruling::not_checked("the expression has no value here, or is of another shape"),
        }
    }
    let text = print(&said.candidate, Style::Plain);
    let ruling = |serves: bool, message: String| {
        let verdict = if serves == said.serves { Verdict::Holds } else { Verdict::Refuted };
        let tier = if serves { Tier::Sampled } else { Tier::Certified };
        let mut ruling = Ruling::new(verdict, Some(tier), message);
        ruling.error_probability = serves.then_some(tolerance::IDENTITY_ERROR);
        ruling
    };
    match (so, not) {
        (0, 0) => Ruling::not_checked("no instance meets the conditions"),
        (_, 0) => ruling(true, format!("{text} meets the requirement at {so} instances")),
        (0, _) => ruling(false, format!("{text} does not meet the requirement")),
        _ => Ruling::undecided("it meets the requirement at some instances and not at others"),
    }
}

/// The instance with its bases as they are supposed, and a matrix that may be any.
fn changed(scene: &Scene, instance: &Instance, said: &Serving, seed: u64) -> Instance {
    let mut own = instance.clone();
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let names: Vec<&String> = scene.world.columns.keys().collect();
    if let [first, second] = names.as_slice() {
        let (a, b) = (own.matrices[*first].clone(), own.matrices[*second].clone());
        match said.bases {
            Bases::Own => {}
            Bases::NotOrthonormal => {
                let mixed = &a * normal_matrix(a.ncols(), a.ncols(), &mut rng);
                put(scene, &mut own, first, mixed);
            }
            Bases::NotPerpendicular => {
                let leaned = (&b + &a * normal_matrix(a.ncols(), b.ncols(), &mut rng)).qr().q();
                put(scene, &mut own, second, leaned);
            }
        }
    }
    if let Some((name, gone)) = &said.free {
        let columns: Vec<_> =
            gone.iter().filter_map(|s| own.matrices.get(&s.name)).flat_map(|m| m.column_iter().map(|c| c.into_owned())).collect();
        let d = own.matrices.values().map(DMatrix::nrows).max().unwrap_or_default();
        let rest = match columns.is_empty() {
            true => DMatrix::identity(d, d),
            false => {
                let basis = DMatrix::from_columns(&columns).qr().q();
                DMatrix::identity(d, d) - &basis * basis.transpose()
            }
        };
        own.matrices.insert(name.name.clone(), normal_matrix(d, d, &mut rng) * rest);
    }
    own
}

/// Puts a matrix with its columns in the place of another.
fn put(scene: &Scene, instance: &mut Instance, name: &str, matrix: DMatrix<f64>) {
    if let Some(family) = scene.world.columns.get(name) {
        let columns = matrix.column_iter().map(|c| DMatrix::from_column_slice(c.len(), 1, c.as_slice())).collect();
        instance.families.insert(family.clone(), columns);
    }
    instance.matrices.insert(name.to_string(), matrix);
}

/// How far the requirement is from met with the expression in the slot's place, beside the size of its sides.
fn gap(slot: &Slot, instance: &Instance, said: &Serving) -> Option<f64> {
    let [left, right] = slot.requirement.operands.as_slice() else { return None };
    let filled = |e: &Expr| e.substitute(&|s| (*s == slot.symbol).then(|| said.candidate.clone()));
    let evaluator = Evaluator::new(instance);
    let value = |e: &Expr| evaluator.eval(&filled(e), &Bindings::new()).ok();
    let (left, right) = (value(&left.expr)?, value(&right.expr)?);
    let (gap, _) = left.gap(&right)?;
    Some(gap / right.value.magnitude().max(1.0))
}
