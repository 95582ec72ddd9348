//! Concrete instances of a world: dimensions, vectors and scalars that satisfy its hypotheses.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use nalgebra::{DMatrix, DVector};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use crate::language::{Expr, Index};
use crate::numeric::{Definition, Definitions, Evaluator, Instance, Key, Parameter, Random, Value};
use crate::tolerance;
use crate::world::{Covariance, Law, VectorLaw, World};

/// What is fixed before the rest is drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// Scalars by name.
    pub scalars: BTreeMap<String, f64>,
    /// Dimensions by name.
    pub dimensions: BTreeMap<String, usize>,
    /// Between what scalars and dimensions are drawn, where conditions bound them.
    pub ranges: BTreeMap<String, (f64, f64)>,
    /// Vectors of the world that are zero.
    pub zero: BTreeSet<String>,
}

/// Draws an instance in which the symbols of `definitions` are defined. The same seed and settings give the same instance, and settings of scalars
/// do not move the vectors.
pub fn draw(world: &World, definitions: &Arc<Definitions>, seed: u64, settings: &Settings) -> Result<Instance, String> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut instance = Instance { definitions: definitions.clone(), ..Instance::default() };
    dimensions(world, settings, &mut rng, &mut instance)?;
    for (name, scalar) in &world.scalars {
        let (low, high) = settings.ranges.get(name).copied().unwrap_or(scalar.range);
        let drawn = low + (high - low) * rng.random::<f64>();
        instance.scalars.insert(name.clone(), settings.scalars.get(name).copied().unwrap_or(drawn));
    }
    for (i, letter) in world.letters.iter().enumerate() {
        instance.letters.insert(letter.clone(), i);
    }
    frames(world, &mut rng, &mut instance)?;
    for (name, family) in &world.families {
        if matches!(family.law, Law::Generic) {
            let (count, d) = (instance.dimensions[&family.count], instance.dimensions[&family.dimension]);
            let members = (0..count).map(|_| normal_matrix(d, 1, &mut rng)).collect();
            instance.families.insert(name.clone(), members);
        }
    }
    for (matrix, family) in &world.columns {
        let members = instance.families.get(family).ok_or_else(|| format!("columns {matrix}: no members of {family}"))?;
        let columns: Vec<DVector<f64>> = members.iter().map(|m| m.column(0).into_owned()).collect();
        instance.matrices.insert(matrix.clone(), DMatrix::from_columns(&columns));
    }
    for (name, spec) in &world.vectors {
        let size = |d: &String| if d == "1" { 1 } else { instance.dimensions[d] };
        let (rows, columns) = (size(&spec.shape.0), size(&spec.shape.1));
        let drawn = normal_matrix(rows, columns, &mut rng);
        instance.matrices.insert(name.clone(), drawn);
    }
    gaussians(world, &mut rng, &mut instance)?;
    separate(world, &mut rng, &mut instance)?;
    for name in &settings.zero {
        instance.matrices.entry(name.clone()).and_modify(|m| m.fill(0.0));
    }
    Ok(instance)
}

/// The world's definitions; slots come first, so that everything else wins over their references.
pub fn definitions(world: &World) -> Vec<Definition> {
    let slots = world.slots.iter().map(|s| Definition {
        name: s.symbol.name.clone(),
        parameters: s.symbol.indices.iter().map(|i| Parameter::Literal(i.clone())).collect(),
        body: s.reference.clone(),
    });
    slots.chain(world.definitions.iter().cloned()).collect()
}

fn dimensions(world: &World, settings: &Settings, rng: &mut ChaCha8Rng, instance: &mut Instance) -> Result<(), String> {
    for (name, (low, high)) in &world.dimensions {
        let (low, high) = settings.ranges.get(name).map_or((*low, *high), |r| (r.0 as usize, r.1 as usize));
        let drawn = rng.random_range(low..=high);
        let size = settings.dimensions.get(name).copied().unwrap_or(drawn);
        if size == 0 || size > tolerance::DIMENSION_MAX {
            return Err(format!("{name} = {size} is not between 1 and {}", tolerance::DIMENSION_MAX));
        }
        instance.dimensions.insert(name.clone(), size);
    }
    // Orthonormal families must fit into their space.
    let mut needed: BTreeMap<&str, usize> = BTreeMap::new();
    for family in world.families.values() {
        if let Law::Orthonormal { .. } = family.law {
            *needed.entry(&family.dimension).or_default() += instance.dimensions[&family.count];
        }
    }
    for (dimension, least) in needed {
        let size = instance.dimensions[dimension];
        if size < least {
            if settings.dimensions.contains_key(dimension) {
                return Err(format!("{dimension} = {size} is too small for {least} orthonormal vectors"));
            }
            instance.dimensions.insert(dimension.to_string(), least);
        }
    }
    if let Some(family) = world
        .families
        .values()
        .find(|f| instance.dimensions[&f.count] < world.letters.len() && !matches!(f.law, Law::Orthonormal { .. }))
    {
        return Err(format!(
            "{} = {} leaves no room for {}",
            family.count,
            instance.dimensions[&family.count],
            world.letters.join(", ")
        ));
    }
    Ok(())
}

/// Orthonormal families, those of one frame from one orthogonal matrix.
fn frames(world: &World, rng: &mut ChaCha8Rng, instance: &mut Instance) -> Result<(), String> {
    let mut by_frame: BTreeMap<&String, Vec<(&String, usize, usize)>> = BTreeMap::new();
    for (name, family) in &world.families {
        if let Law::Orthonormal { frame } = &family.law {
            by_frame.entry(frame).or_default().push((
                name,
                instance.dimensions[&family.count],
                instance.dimensions[&family.dimension],
            ));
        }
    }
    for (frame, members) in by_frame {
        let d = members[0].2;
        let total: usize = members.iter().map(|m| m.1).sum();
        if total > d || members.iter().any(|m| m.2 != d) {
            return Err(format!("frame {frame}: {total} orthonormal vectors do not fit into one space of dimension {d}"));
        }
        let q = normal_matrix(d, d, rng).qr().q();
        let mut next = 0;
        for (name, count, _) in members {
            let list = (next..next + count).map(|c| DMatrix::from_column_slice(d, 1, q.column(c).as_slice())).collect();
            instance.families.insert(name.clone(), list);
            next += count;
        }
    }
    Ok(())
}

fn gaussians(world: &World, rng: &mut ChaCha8Rng, instance: &mut Instance) -> Result<(), String> {
    for (name, family) in &world.families {
        let Law::Gaussian { mean, covariance, noise, covariance_name } = &family.law else {
            continue;
        };
        let (count, d) = (instance.dimensions[&family.count], instance.dimensions[&family.dimension]);
        let mut random = Random { family: name.clone(), noise: noise.clone(), keys: vec![], isotropic: vec![], along: vec![] };
        for i in 0..count {
            let key = key(instance, mean, covariance, i, d).map_err(|e| format!("{name}: {e}"))?;
            random.along.push(key.spikes.iter().map(|_| StandardNormal.sample(&mut *rng)).collect());
            random.isotropic.push(DVector::from_fn(d, |_, _| StandardNormal.sample(&mut *rng)));
            random.keys.push(key);
        }
        instance.random = Some(random);
        instance.refresh();
        if let Some(symbol) = covariance_name {
            let members = instance.random.iter().flat_map(|r| &r.keys).map(|k| {
                let low_rank = k.spikes.iter().fold(DMatrix::zeros(d, d), |sum, u| sum + u * u.transpose());
                low_rank + DMatrix::identity(d, d) * k.deviation.powi(2)
            });
            let members = members.collect();
            instance.families.insert(symbol.clone(), members);
        }
    }
    Ok(())
}

/// Mean and covariance of member `i`; the covariance is split into its isotropic part (the least
/// eigenvalue) and the directions that stand out.
fn key(instance: &Instance, mean: &Expr, covariance: &Covariance, i: usize, d: usize) -> Result<Key, String> {
    let evaluator = Evaluator::new(instance);
    let bound = BTreeMap::from([("i".to_string(), i)]);
    let letter = instance.letters.iter().find(|(_, at)| **at == i).map(|(l, _)| l);
    let expr = letter.and_then(|l| covariance.except.get(l)).unwrap_or(&covariance.general);
    let mean = match evaluator.eval(mean, &bound).map_err(|e| e.to_string())?.value {
        Value::Matrix(m) if m.shape() == (d, 1) => m.column(0).into_owned(),
        other => {
            return Err(format!("the mean is {}, not a vector of length {d}", other.shape()));
        }
    };
    let (deviation, spikes) = match evaluator.eval(expr, &bound).map_err(|e| e.to_string())?.value {
        Value::Identity(s) if s >= 0.0 => (s.sqrt(), vec![]),
        Value::Matrix(m) if m.shape() == (d, d) => {
            let eigen = m.symmetric_eigen();
            let least = eigen.eigenvalues.min();
            let top = eigen.eigenvalues.max().abs().max(f64::MIN_POSITIVE);
            if least < -tolerance::ROUNDING * top {
                return Err("the covariance has a negative eigenvalue".into());
            }
            // Rounding leaves a least eigenvalue of 1e-17 where the isotropic part is 0.
            let least = if least <= tolerance::ROUNDING * top { 0.0 } else { least };
            let spikes = eigen.eigenvalues.iter().enumerate().filter(|(_, l)| **l - least > tolerance::ROUNDING * top);
            let spikes = spikes.map(|(c, l)| eigen.eigenvectors.column(c).into_owned() * (l - least).sqrt()).collect();
            (least.sqrt(), spikes)
        }
        other => return Err(format!("the covariance is {}", other.shape())),
    };
    Ok(Key { mean, spikes, deviation })
}

/// Queries that one score stands out for: scaled so that it exceeds every other by the gap.
fn separate(world: &World, rng: &mut ChaCha8Rng, instance: &mut Instance) -> Result<(), String> {
    for (name, spec) in &world.vectors {
        let VectorLaw::Separates { family, letter, gap } = &spec.law else {
            continue;
        };
        let members = instance.families.get(family).ok_or_else(|| format!("vectors.{name}: no family {family}"))?;
        let size = instance.scalars.get(gap).copied().ok_or_else(|| format!("vectors.{name}: no scalar {gap}"))?;
        let mut best = Separation::of(members, instance.matrices[name].clone());
        for _ in 0..tolerance::SEPARATIONS_MAX {
            if best.share >= tolerance::SEPARATION_SHARE {
                break;
            }
            let next = Separation::of(members, normal_matrix(best.direction.nrows(), 1, rng));
            if next.share > best.share {
                best = next;
            }
        }
        instance.letters.insert(letter.clone(), best.greatest);
        instance.matrices.insert(name.clone(), best.direction * (size / best.gap));
    }
    Ok(())
}

/// A direction and how far its greatest score stands out.
struct Separation {
    direction: DMatrix<f64>,
    /// Which member has the greatest score.
    greatest: usize,
    /// How far it is above the second.
    gap: f64,
    /// That gap as a share of the largest score: where it is small, scores grow far beyond the gap and
    /// their exponentials overflow.
    share: f64,
}

impl Separation {
    fn of(members: &[DMatrix<f64>], direction: DMatrix<f64>) -> Separation {
        let mut scores: Vec<(f64, usize)> = members.iter().enumerate().map(|(i, k)| (k.dot(&direction), i)).collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0));
        let gap = if scores.len() > 1 { scores[0].0 - scores[1].0 } else { 1.0 };
        let largest = scores.iter().map(|s| s.0.abs()).fold(f64::MIN_POSITIVE, f64::max);
        Separation { direction, greatest: scores.first().map_or(0, |s| s.1), gap, share: gap / largest }
    }
}

/// A matrix of independent standard normal entries.
pub fn normal_matrix(rows: usize, columns: usize, rng: &mut ChaCha8Rng) -> DMatrix<f64> {
    DMatrix::from_fn(rows, columns, |_, _| StandardNormal.sample(&mut *rng))
}

/// Moves the random coordinates along the spikes so that a scalar definition takes a value.
/// The definition must be affine in them.
pub fn impose(instance: &mut Instance, symbol: &crate::language::Symbol, value: f64) -> Result<(), String> {
    let expr = Expr::Symbol(symbol.clone());
    let read = |instance: &Instance| {
        Evaluator::new(instance)
            .eval(&expr, &BTreeMap::new())
            .map_err(|e| e.to_string())?
            .value
            .scalar()
            .ok_or_else(|| "no scalar".to_string())
    };
    let base = read(instance)?;
    let members = instance.random.as_ref().map_or(0, |r| r.along.len());
    for member in 0..members {
        let spikes = instance.random.as_ref().map_or(0, |r| r.along[member].len());
        for spike in 0..spikes {
            let mut moved = instance.clone();
            shift(&mut moved, member, spike, 1.0);
            let slope = read(&moved)? - base;
            if slope.abs() > tolerance::COUNTEREXAMPLE {
                shift(instance, member, spike, (value - base) / slope);
                return Ok(());
            }
        }
    }
    Err(format!("nothing random moves {}", symbol.name))
}

fn shift(instance: &mut Instance, member: usize, spike: usize, by: f64) {
    if let Some(random) = &mut instance.random {
        random.along[member][spike] += by;
    }
    instance.refresh();
}

/// The position a letter or number stands for, in an instance.
pub fn position(instance: &Instance, index: &Index) -> Option<usize> {
    Evaluator::new(instance).position(index, &BTreeMap::new()).ok()
}
