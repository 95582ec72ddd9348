//! Places at which an instance's noise is put, and what was evaluated there.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::instance::{Instance, Random};
use super::many::{Kind, Many, Points};
use super::moments::{Rule, RuleKey};

/// Numbers that the largest square matrix of a block of points may have: a few operands fit into a processor's cache
/// and a sample of a large instance into memory.
const BLOCK_NUMBERS: usize = 1 << 18;

/// A definition's number, or a sum's place in memory, and the positions that its letters are bound to.
pub type Key = (usize, Vec<usize>);

/// Points of noise; what was evaluated there is remembered.
#[derive(Debug, Default)]
pub struct Site {
    /// Members of the random families at these points.
    pub noise: BTreeMap<String, Vec<Many>>,
    /// How many points there are.
    pub points: usize,
    /// Values of definitions at bound positions: a softmax is asked for its every weight, and every weight
    /// for the same denominator.
    pub defined: RefCell<HashMap<Key, Many>>,
    /// Values of the sums inside definitions, by their place in memory and what their letters are bound to.
    pub sums: RefCell<HashMap<Key, Many>>,
}

/// What all sites of one instance share.
#[derive(Debug, Default)]
pub struct Shared {
    /// Whether some moment was estimated by sampling.
    pub sampled: Cell<bool>,
    /// The letters that a sum inside a definition depends on, by the sum's place in memory.
    pub letters: RefCell<HashMap<usize, Rc<Vec<String>>>>,
    /// Degrees in the noise of definitions, by their number; that of one which is being looked into is not known.
    pub degrees: RefCell<HashMap<usize, Option<u32>>>,
    /// Points of noise with weights: moments at one instance share their draws and what was evaluated at them.
    pub rules: RefCell<Vec<(RuleKey, Rc<Rule>)>>,
}

/// How many points one block may have: all operands of an operation lie side by side in memory.
pub fn block(instance: &Instance) -> usize {
    let largest = instance.dimensions.values().copied().max().unwrap_or(1).max(1);
    (BLOCK_NUMBERS / (largest * largest)).clamp(16, 512)
}

/// The sites of points of noise (lists of standard-normal coordinates), block by block.
pub fn sites(instance: &Instance, points: &[Vec<f64>]) -> Vec<Rc<Site>> {
    let Some(random) = &instance.random else {
        return vec![Rc::new(Site { points: points.len(), ..Site::default() })];
    };
    points.chunks(block(instance)).map(|points| Rc::new(site(random, points))).collect()
}

fn site(random: &Random, points: &[Vec<f64>]) -> Site {
    let (mut members, mut normals) = (Vec::new(), Vec::new());
    let mut next = 0;
    for (i, key) in random.keys.iter().enumerate() {
        let coordinate = |c: usize, p: usize| points[p].get(c).copied().unwrap_or(0.0);
        let (along, d) = (next, key.mean.len());
        next += key.spikes.len();
        // What has no part in the member keeps its coordinates.
        let isotropic = |e: usize, p: usize| if key.deviation > 0.0 { coordinate(next + e, p) } else { random.isotropic[i][e] };
        let rows = |f: &dyn Fn(usize, usize) -> f64| {
            let values = (0..d).flat_map(|e| (0..points.len()).map(move |p| (e, p))).map(|(e, p)| f(e, p)).collect();
            Many::Each(Rc::new(Points::exact(Kind::Matrix(d, 1), values, points.len())))
        };
        members.push(rows(&|e, p| {
            let own = key.mean[e] + isotropic(e, p) * key.deviation;
            key.spikes.iter().enumerate().fold(own, |sum, (s, u)| sum + u[e] * coordinate(along + s, p))
        }));
        if random.noise.is_some() {
            normals.push(rows(&isotropic));
        }
        next += if key.deviation > 0.0 { d } else { 0 };
    }
    let mut noise = BTreeMap::from([(random.family.clone(), members)]);
    noise.extend(random.noise.clone().map(|name| (name, normals)));
    Site { noise, points: points.len(), ..Site::default() }
}
