//! A concrete case of what a world supposes.

use std::collections::BTreeMap;
use std::sync::Arc;

use nalgebra::{DMatrix, DVector};

use super::steps::Steps;
use crate::language::{Chain, Expr, Index};

/// The name of an indexed definition's parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parameter {
    /// The index must be exactly this.
    Literal(Index),
    /// The index is bound to this letter in the body.
    Bind(String),
}

/// A symbol defined through others, e.g. `alpha_i := exp(k_i^T q) / …`.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// The symbol's name.
    pub name: String,
    /// Its indices.
    pub parameters: Vec<Parameter>,
    /// What it stands for.
    pub body: Expr,
}

impl Definition {
    /// Whether the definition is for a symbol with these indices.
    pub fn matches(&self, name: &str, indices: &[Index]) -> bool {
        self.name == name
            && self.parameters.len() == indices.len()
            && self.parameters.iter().zip(indices).all(|(p, i)| match p {
                Parameter::Literal(l) => l == i,
                Parameter::Bind(_) => true,
            })
    }
}

/// Definitions, the later ones of one symbol win; found by name.
#[derive(Debug, Clone, Default)]
pub struct Definitions {
    all: Vec<Definition>,
    named: BTreeMap<String, Vec<usize>>,
}

impl Definitions {
    /// The definition that a symbol has, and its number.
    pub fn find(&self, name: &str, indices: &[Index]) -> Option<(usize, &Definition)> {
        let own = self.named.get(name)?.iter().rev().map(|at| (*at, &self.all[*at]));
        own.into_iter().find(|(_, d)| d.matches(name, indices))
    }
}

impl FromIterator<Definition> for Definitions {
    fn from_iter<I: IntoIterator<Item = Definition>>(list: I) -> Self {
        let all: Vec<Definition> = list.into_iter().collect();
        let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, definition) in all.iter().enumerate() {
            named.entry(definition.name.clone()).or_default().push(at);
        }
        Definitions { all, named }
    }
}

impl std::ops::Deref for Definitions {
    type Target = [Definition];

    fn deref(&self) -> &[Definition] {
        &self.all
    }
}

/// One Gaussian key: mean, isotropic noise and low-rank noise.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// Mean.
    pub mean: DVector<f64>,
    /// Columns `sqrt(s_r) u_r` of the low-rank part of the covariance.
    pub spikes: Vec<DVector<f64>>,
    /// Standard deviation of the isotropic part.
    pub deviation: f64,
}

/// Marks a symbol as a size where its letter names a vector too: `dim d`.
pub const SIZE: &str = "dim ";

/// Dimensions, vectors, matrices and scalars that satisfy the hypotheses of a world.
#[derive(Debug, Clone, Default)]
pub struct Instance {
    /// Dimensions by name (`n`, `d`).
    pub dimensions: BTreeMap<String, usize>,
    /// Positions (from 0) of the index letters that stand for a fixed index (`a`, `b`, `j`).
    pub letters: BTreeMap<String, usize>,
    /// Scalars by name.
    pub scalars: BTreeMap<String, f64>,
    /// Vectors and matrices by name.
    pub matrices: BTreeMap<String, DMatrix<f64>>,
    /// Indexed vectors by name.
    pub families: BTreeMap<String, Vec<DMatrix<f64>>>,
    /// The family that is random, its law, its standard-normal coordinates.
    pub random: Option<Random>,
    /// Symbols defined through others; later ones win.
    pub definitions: Arc<Definitions>,
    /// Events: moments are taken over the draws in which all of them happen.
    pub given: Arc<Vec<Chain>>,
    /// The work that is done at the instance.
    pub steps: Steps,
}

/// A family of Gaussian vectors: its law and the coordinates drawn.
#[derive(Debug, Clone)]
pub struct Random {
    /// The family's name.
    pub family: String,
    /// Name under which the isotropic standard-normal part is known.
    pub noise: Option<String>,
    /// The law of each member.
    pub keys: Vec<Key>,
    /// Isotropic coordinates, one vector a member.
    pub isotropic: Vec<DVector<f64>>,
    /// Coordinates along the spikes, one list a member.
    pub along: Vec<Vec<f64>>,
}

impl Random {
    /// How many standard-normal coordinates matter.
    pub fn rank(&self) -> usize {
        let spikes: usize = self.keys.iter().map(|k| k.spikes.len()).sum();
        let isotropic: usize = self.keys.iter().filter(|k| k.deviation > 0.0).map(|k| k.mean.len()).sum();
        spikes + isotropic
    }

    /// The members at the present coordinates.
    pub fn members(&self) -> Vec<DMatrix<f64>> {
        self.keys
            .iter()
            .enumerate()
            .map(|(i, key)| {
                let mut x = &key.mean + &self.isotropic[i] * key.deviation;
                for (u, s) in key.spikes.iter().zip(&self.along[i]) {
                    x += u * *s;
                }
                DMatrix::from_column_slice(x.len(), 1, x.as_slice())
            })
            .collect()
    }

    /// Sets every coordinate that matters, in a fixed order, from one list.
    pub fn set_coordinates(&mut self, list: &[f64]) {
        let mut next = list.iter().copied();
        for (i, key) in self.keys.iter().enumerate() {
            for s in &mut self.along[i] {
                *s = next.next().unwrap_or(0.0);
            }
            if key.deviation > 0.0 {
                for z in self.isotropic[i].iter_mut() {
                    *z = next.next().unwrap_or(0.0);
                }
            }
        }
    }
}

impl Instance {
    /// Writes the random family's members after its coordinates changed.
    pub fn refresh(&mut self) {
        if let Some(random) = &self.random {
            self.families.insert(random.family.clone(), random.members());
            if let Some(noise) = &random.noise {
                let z = random.isotropic.iter().map(|z| DMatrix::from_column_slice(z.len(), 1, z.as_slice())).collect();
                self.families.insert(noise.clone(), z);
            }
        }
    }

    /// Adds definitions that win over the ones there are.
    pub fn define(&mut self, more: &[Definition]) {
        if !more.is_empty() {
            self.definitions = Arc::new(self.definitions.iter().chain(more).cloned().collect());
        }
    }
}
