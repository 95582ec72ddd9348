//! A network with its numbers, and the gradient of a batch on any number of threads.

use std::sync::{Mutex, PoisonError};

use nalgebra::DMatrix;
use rayon::prelude::*;

use super::{
    batch::{Ragged, Strip},
    config::{Config, ConfigError},
    layer::{Dropout, Pass, Rotary, Scored},
    network::{Cache, Network},
    pool::Pool,
    product::{Exact, Products},
    real::{Real, add_to},
};

/// A network with its parameters.
#[derive(Debug, Clone)]
pub struct Model<T: Real> {
    /// The wiring.
    pub network: Network,
    /// Every parameter, in the layout's order.
    pub parameters: Vec<T>,
    rotary: Option<Rotary<T>>,
}

/// Buffers that outlive a step: gradients of each lane, and the pools of the threads.
#[derive(Debug, Default)]
pub struct Workspace<T> {
    lanes: Vec<Vec<T>>,
    pools: Mutex<Vec<Pool<T>>>,
}

impl<T: Real> Workspace<T> {
    /// An empty workspace.
    pub fn new() -> Workspace<T> {
        Workspace { lanes: Vec::new(), pools: Mutex::new(Vec::new()) }
    }

    /// Runs `work` with a pool of its own.
    fn with_pool<R>(pools: &Mutex<Vec<Pool<T>>>, work: impl FnOnce(&mut Pool<T>) -> R) -> R {
        let mut pool = pools.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let result = work(&mut pool);
        pools.lock().unwrap_or_else(PoisonError::into_inner).push(pool);
        result
    }

    /// The gradient that the last [`Model::gradients`] left, in the layout's order.
    pub fn gradient(&self) -> &[T] {
        self.lanes.first().map_or(&[], Vec::as_slice)
    }

    /// The same, to be clipped.
    pub fn gradient_mut(&mut self) -> &mut [T] {
        self.lanes.first_mut().map_or(&mut [], Vec::as_mut_slice)
    }
}

/// Elements of a gradient that one task adds up or moves.
pub(crate) const CHUNK: usize = 1 << 16;

impl<T: Real> Model<T> {
    /// A model with first values drawn by `seed`.
    ///
    /// # Errors
    /// A shape that no model has.
    pub fn new(config: &Config, seed: u64) -> Result<Model<T>, ConfigError> {
        let network = Network::new(config)?;
        let parameters = network.layout().initial(seed);
        Ok(Model { rotary: network.rotary(), network, parameters })
    }

    /// What layers need to run, with `pool`'s buffers.
    pub fn pass<'a>(&'a self, products: &'a dyn Products<T>, dropout: Dropout, pool: &'a mut Pool<T>) -> Pass<'a, T> {
        Pass { parameters: &self.parameters, products, dropout, rotary: self.rotary.as_ref(), pool }
    }

    /// Mean-loss gradient of a batch into `workspace`, and the batch's score.
    ///
    /// `key` names seed and step for dropout. Lanes run side by side; each adds its strips in
    /// order, and the lanes are added in order: the bits do not depend on the number of threads.
    pub fn gradients(
        &self,
        products: &dyn Products<T>,
        lanes: &[Vec<Strip>],
        rate: f64,
        key: u64,
        workspace: &mut Workspace<T>,
    ) -> Scored {
        let targets: usize = lanes.iter().flatten().map(Strip::targets_counted).sum();
        let scale = T::of(1.0 / targets.max(1) as f64);
        let count = self.parameters.len();
        workspace.lanes.resize_with(workspace.lanes.len().max(lanes.len()).max(1), Vec::new);
        let pools = &workspace.pools;
        let scores: Vec<Scored> = workspace.lanes[..lanes.len()]
            .par_iter_mut()
            .zip(lanes)
            .enumerate()
            .map(|(lane, (gradient, strips))| {
                gradient.clear();
                gradient.resize(count, T::zero());
                Workspace::with_pool(pools, |pool| {
                    let mut scored = Scored::default();
                    for (i, strip) in strips.iter().enumerate() {
                        let dropout = Dropout::new(rate, super::layer::mix64(key ^ ((lane as u64) << 32 | i as u64)));
                        let mut pass = self.pass(products, dropout, pool);
                        let s = self.network.loss_and_gradients(&mut pass, strip, scale, gradient);
                        scored = Scored { nats: scored.nats + s.nats, targets: scored.targets + s.targets };
                    }
                    scored
                })
            })
            .collect();
        add_lanes(&mut workspace.lanes[..lanes.len()]);
        scores.iter().fold(Scored::default(), |a, s| Scored { nats: a.nats + s.nats, targets: a.targets + s.targets })
    }

    /// The loss of a batch, without dropout or gradients.
    pub fn loss(&self, products: &dyn Products<T>, lanes: &[Vec<Strip>]) -> Scored {
        let pools = Mutex::new(Vec::new());
        let strips: Vec<&Strip> = lanes.iter().flatten().collect();
        let scores: Vec<Scored> = strips
            .par_iter()
            .map(|strip| {
                Workspace::with_pool(&pools, |pool| self.network.loss(&mut self.pass(products, Dropout::OFF, pool), strip))
            })
            .collect();
        scores.iter().fold(Scored::default(), |a, s| Scored { nats: a.nats + s.nats, targets: a.targets + s.targets })
    }

    /// Logits of some columns, in the type's own precision; see [`Network::logits`].
    pub fn logits(&self, tokens: &[u32], ragged: &Ragged, columns: &[usize], cache: Option<&mut Cache<T>>) -> DMatrix<T> {
        self.logits_by(&Exact, tokens, ragged, columns, cache)
    }

    /// The same with another way to multiply.
    pub fn logits_by(
        &self,
        products: &dyn Products<T>,
        tokens: &[u32],
        ragged: &Ragged,
        columns: &[usize],
        cache: Option<&mut Cache<T>>,
    ) -> DMatrix<T> {
        let mut pool = Pool::default();
        self.network.logits(&mut self.pass(products, Dropout::OFF, &mut pool), tokens, ragged, columns, cache)
    }
}

/// Adds every lane to the first, element by element in the order of the lanes.
fn add_lanes<T: Real>(lanes: &mut [Vec<T>]) {
    let Some((first, rest)) = lanes.split_first_mut() else { return };
    first.par_chunks_mut(CHUNK).enumerate().for_each(|(i, sum)| {
        let from = i * CHUNK;
        rest.iter().for_each(|lane| add_to(sum, &lane[from..]));
    });
}
