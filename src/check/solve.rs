//! Instances in which supposed equalities hold: free vectors moved until they do.
//!
//! "Choose q perpendicular to every key except k_j" or "if all weights are equal" is no value that can
//! be set. The unknowns are the entries of the vectors and families that a world leaves free; the residuals are the
//! differences of both sides at every admissible assignment of index letters. Gauss-Newton steps of
//! least length (x := x - J⁺ r, J by central differences) keep the rest of the instance as it was drawn.
//! Source: Nocedal and Wright, Numerical Optimization, 2nd ed., section 10.3.

use nalgebra::{DMatrix, DVector};

use super::observe::{free_letters, observe};
use super::scene::Scene;
use crate::claim::{Condition, Link};
use crate::language::{Expr, Index};
use crate::numeric::{Instance, Value};
use crate::tolerance;
use crate::world::{Law, World};

/// A supposed equality.
#[derive(Debug, Clone, PartialEq)]
pub struct Supposed {
    /// The equality; its free index letters run over everything.
    pub link: Link,
    /// Whether they leave out the indices that the world names (`every other key`).
    pub others: bool,
}

/// The world with a family drawn orthonormal where its products are supposed to be 1 and 0, and what else is supposed.
pub fn drawn_orthonormal(world: &World, supposed: &[Supposed]) -> Option<(World, Vec<Supposed>)> {
    let generic = world.families.iter().filter(|(_, f)| matches!(f.law, Law::Generic));
    generic.map(|(name, _)| name).find_map(|name| {
        let product = |s: &Supposed, value: f64| {
            let number = matches!(&s.link.right, Expr::Number(n) if n.value == value);
            let factors = if let Expr::Mul(f) = &s.link.left { f.as_slice() } else { &[] };
            match factors {
                [Expr::Transpose(a), b] => match (&**a, b) {
                    (Expr::Symbol(a), Expr::Symbol(b)) => {
                        let same = a.indices == b.indices;
                        number && !s.others && a.name == *name && b.name == *name && same == (value == 1.0)
                    }
                    _ => false,
                },
                _ => false,
            }
        };
        let own = |s: &Supposed| product(s, 0.0) || product(s, 1.0);
        if !(supposed.iter().any(|s| product(s, 0.0)) && supposed.iter().any(|s| product(s, 1.0))) {
            return None;
        }
        let mut world = world.clone();
        world.families.get_mut(name)?.law = Law::Orthonormal { frame: name.clone() };
        Some((world, supposed.iter().filter(|s| !own(s)).cloned().collect()))
    })
}

/// Whether conditions choose a vector that the question gives.
pub fn choose_given(world: &World, conditions: &[Condition]) -> bool {
    conditions.iter().any(|c| matches!(c, Condition::Define(s, _) if world.gives(s)))
}

/// The world with orthonormal families in the place of any.
pub fn all_orthonormal(world: &World) -> World {
    let mut world = world.clone();
    for (name, family) in world.families.iter_mut().filter(|(_, f)| matches!(f.law, Law::Generic)) {
        family.law = Law::Orthonormal { frame: name.clone() };
    }
    world
}

/// Moves the free vectors until every equality holds; `None` where they cannot be made to.
pub fn solve(scene: &Scene, instance: &mut Instance, supposed: &[Supposed]) -> Option<()> {
    let supposed: Vec<Imposed> = supposed.iter().map(|s| Imposed::new(scene, s, supposed)).collect();
    let mut at = free_entries(scene.world, instance);
    if at.is_empty() {
        return residuals(scene, instance, &supposed).filter(|r| r.amax() <= tolerance::SOLVED).map(|_| ());
    }
    let (mut last, mut stuck) = (f64::INFINITY, 0);
    for _ in 0..tolerance::SOLVE_STEPS {
        let residuals = residuals(scene, instance, &supposed)?;
        let size = residuals.amax();
        if size <= tolerance::SOLVED {
            return Some(());
        }
        // What contradicts itself comes no nearer.
        stuck = if size > tolerance::SOLVE_STUCK * last { stuck + 1 } else { 0 };
        if stuck >= tolerance::SOLVE_STUCK_STEPS {
            return None;
        }
        last = size;
        let jacobian = jacobian(scene, instance, &supposed, &at, residuals.len())?;
        let step = jacobian.pseudo_inverse(tolerance::SOLVE_RANK).ok()? * residuals;
        at -= step;
        if at.iter().any(|x| !x.is_finite()) {
            return None;
        }
        set_free_entries(scene.world, instance, &at);
    }
    None
}

/// An equality with the scene in which its letters differ.
struct Imposed<'a> {
    link: &'a Link,
    others: bool,
    distinct: Option<Scene<'a>>,
}

impl<'a> Imposed<'a> {
    fn new(scene: &Scene<'a>, s: &'a Supposed, all: &[Supposed]) -> Imposed<'a> {
        let letters = free_letters(scene, &s.link);
        // "k_j^T q = 20 and k_i^T q = 0": the one that is named has its value already.
        let named = |letter: &String| {
            let own = |l: &Index| s.link.left.with_index(letter, l);
            let all = || all.iter().filter(|other| *other != s);
            scene.world.letters.iter().any(|l| {
                let left = own(&Index::Letter(l.clone()));
                all().any(|other| other.link.left == left)
            })
        };
        let others = s.others || letters.iter().any(named);
        Imposed { link: &s.link, others, distinct: scene.with_distinct(&letters).map(|(scene, _)| scene) }
    }
}

fn jacobian(scene: &Scene, instance: &Instance, supposed: &[Imposed], at: &DVector<f64>, rows: usize) -> Option<DMatrix<f64>> {
    let mut jacobian = DMatrix::zeros(rows, at.len());
    let mut moved = instance.clone();
    for column in 0..at.len() {
        let mut side = |by: f64| {
            let mut there = at.clone();
            there[column] += by;
            set_free_entries(scene.world, &mut moved, &there);
            residuals(scene, &moved, supposed).filter(|r| r.len() == rows)
        };
        let slope =
            (side(tolerance::SOLVE_DIFFERENCE)? - side(-tolerance::SOLVE_DIFFERENCE)?) / (2.0 * tolerance::SOLVE_DIFFERENCE);
        jacobian.set_column(column, &slope);
    }
    Some(jacobian)
}

fn residuals(scene: &Scene, instance: &Instance, supposed: &[Imposed]) -> Option<DVector<f64>> {
    let mut all = Vec::new();
    for s in supposed {
        let scene = s.distinct.as_ref().unwrap_or(scene);
        for o in observe(scene, instance, s.link, s.others).ok()? {
            match (&o.left.value, &o.right.value) {
                (Value::Scalar(l), Value::Scalar(r)) => all.push(l - r),
                (Value::Matrix(l), Value::Matrix(r)) if l.shape() == r.shape() => all.extend((l - r).iter()),
                (Value::Matrix(l), Value::Scalar(r)) if *r == 0.0 => all.extend(l.iter()),
                _ => return None,
            }
        }
    }
    all.iter().all(|x| x.is_finite()).then(|| DVector::from_vec(all))
}

/// What nothing but the draw decides: generic vectors, queries, members of generic families.
fn free_names(world: &World) -> (Vec<&String>, Vec<&String>) {
    let families = world.families.iter().filter(|(_, f)| matches!(f.law, Law::Generic)).map(|(n, _)| n).collect();
    (world.vectors.keys().collect(), families)
}

fn free_entries(world: &World, instance: &Instance) -> DVector<f64> {
    let (vectors, families) = free_names(world);
    let vectors = vectors.into_iter().filter_map(|n| instance.matrices.get(n));
    let members = families.into_iter().filter_map(|n| instance.families.get(n)).flatten();
    DVector::from_vec(vectors.chain(members).flat_map(|m| m.iter().copied()).collect())
}

fn set_free_entries(world: &World, instance: &mut Instance, entries: &DVector<f64>) {
    let (vectors, families) = free_names(world);
    let mut next = entries.iter().copied();
    let mut fill = |m: &mut DMatrix<f64>| m.iter_mut().zip(next.by_ref()).for_each(|(x, y)| *x = y);
    for name in vectors {
        instance.matrices.get_mut(name).into_iter().for_each(&mut fill);
    }
    for name in families {
        instance.families.get_mut(name).into_iter().flatten().for_each(&mut fill);
    }
}
