//! The training loop, one step at a time. It knows no task: a [`Source`] gives examples, a [`Stage`]
//! says how to learn from them, and whoever calls [`Training::step`] watches, saves and stops.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    batch::{Example, Strip, lanes},
    bfloat16::Bfloat16,
    data::{Source, shuffled},
    error::TrainError,
    layer::{Scored, mix64},
    model::{Model, Workspace},
    optimizer::{Optimizer, clip},
    product::{Exact, Products},
    recipe::{Precision, Stage},
};

/// Where a run stands: all that a resumed run needs beside weights and moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// Epochs done.
    pub epoch: u64,
    /// Batches of this epoch done.
    pub batch: u64,
    /// Steps done.
    pub step: u64,
    /// Target positions seen, pads counted, as the course's schedule wants them.
    pub positions: u64,
    /// Real tokens seen.
    pub tokens: u64,
    /// Loss since the last point of the curve.
    pub since_point: Since,
}

/// A sum of losses that survives a checkpoint to the bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Since {
    /// Bits of the sum in nats: decimal digits would round it.
    nats_bits: u64,
    targets: u64,
}

impl Since {
    /// With one more batch.
    #[must_use]
    pub fn plus(self, scored: Scored) -> Since {
        let nats = f64::from_bits(self.nats_bits) + scored.nats;
        Since { nats_bits: nats.to_bits(), targets: self.targets + scored.targets as u64 }
    }

    /// Nats a target.
    pub fn mean(self) -> f64 {
        f64::from_bits(self.nats_bits) / self.targets as f64
    }
}

/// What one step did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Where the run stands after it.
    pub place: Place,
    /// Steps of the whole run.
    pub steps: u64,
    /// Epochs of the whole run.
    pub epochs: u64,
    /// Loss and targets of the batch, before the step.
    pub scored: Scored,
    /// The rate.
    pub rate: f64,
    /// Norm of the gradient before clipping.
    pub norm: f64,
    /// Real tokens of the batch.
    pub tokens: usize,
}

/// A run in progress.
pub struct Training<'a> {
    /// The model that learns.
    pub model: Model<f32>,
    /// Its optimizer.
    pub optimizer: Optimizer<f32>,
    /// Where the run stands.
    pub place: Place,
    stage: &'a Stage,
    source: &'a dyn Source,
    seed: u64,
    workspace: Workspace<f32>,
    packed: Option<Bfloat16>,
    order: (u64, Vec<usize>),
}

/// Loss, times that of a blind guess, above which a run has diverged: far beyond where the first
/// steps of a high rate take it.
const DIVERGED: f64 = 4.0;

impl<'a> Training<'a> {
    /// A run from these weights.
    pub fn new(model: Model<f32>, stage: &'a Stage, source: &'a dyn Source, seed: u64) -> Training<'a> {
        let optimizer = Optimizer::new(stage.settings(), model.parameters.len());
        Training::resumed(model, optimizer, Place::default(), stage, source, seed)
    }

    /// A run that goes on from a checkpoint.
    pub fn resumed(
        model: Model<f32>,
        optimizer: Optimizer<f32>,
        place: Place,
        stage: &'a Stage,
        source: &'a dyn Source,
        seed: u64,
    ) -> Training<'a> {
        let packed = match stage.precision {
            Precision::F32 => None,
            Precision::Bf16 => Bfloat16::new(&model.network, &model.parameters),
        };
        let order = (place.epoch, shuffled(source.len(), seed, place.epoch));
        Training { model, optimizer, place, stage, source, seed, workspace: Workspace::new(), packed, order }
    }

    /// How products are really made on this machine.
    pub fn precision(&self) -> Precision {
        if self.packed.is_some() { Precision::Bf16 } else { Precision::F32 }
    }

    /// Batches of an epoch; the last may be smaller.
    fn batches(&self) -> u64 {
        self.source.len().div_ceil(self.stage.batch) as u64
    }

    /// Steps of the whole run.
    pub fn steps(&self) -> u64 {
        self.stage.epochs * self.batches()
    }

    /// The examples of the next batch.
    fn batch(&mut self) -> Vec<Example> {
        if self.order.0 != self.place.epoch {
            self.order = (self.place.epoch, shuffled(self.source.len(), self.seed, self.place.epoch));
        }
        let from = self.place.batch as usize * self.stage.batch;
        let to = (from + self.stage.batch).min(self.source.len());
        let (source, epoch) = (self.source, self.place.epoch);
        self.order.1[from..to].par_iter().map(|i| source.example(epoch, *i)).collect()
    }

    /// Takes one step; `None` when the run is done.
    ///
    /// # Errors
    /// A loss or gradient that is no number, or far above a blind guess: the weights are those
    /// before the step.
    pub fn step(&mut self) -> Result<Option<Step>, TrainError> {
        if self.place.epoch >= self.stage.epochs || self.source.is_empty() {
            return Ok(None);
        }
        let examples = self.batch();
        let tokens: usize = examples.iter().map(Example::len).sum();
        let lanes = lanes(&examples);
        let scored = self.gradients(&lanes);
        let norm = clip(self.workspace.gradient_mut(), self.stage.clip);
        let rate = self.stage.rate * self.stage.schedule.factor(self.place.positions, self.place.step, self.steps());
        let blind = (self.model.network.config().vocabulary as f64).ln();
        if !norm.is_finite() || scored.mean().is_nan() || scored.mean() > DIVERGED * blind {
            return Err(self.diverged(&scored, rate, norm));
        }
        self.optimizer.step(self.model.network.layout(), &mut self.model.parameters, self.workspace.gradient(), rate);
        if let Some(packed) = &mut self.packed {
            packed.refresh(&self.model.network, &self.model.parameters);
        }
        self.advance(examples.len(), tokens);
        Ok(Some(Step { place: self.place, steps: self.steps(), epochs: self.stage.epochs, scored, rate, norm, tokens }))
    }

    fn gradients(&mut self, lanes: &[Vec<Strip>]) -> Scored {
        let products: &dyn Products<f32> = match &self.packed {
            Some(packed) => packed,
            None => &Exact,
        };
        let key = mix64(self.seed ^ mix64(0xD70 ^ self.place.step));
        self.model.gradients(products, lanes, self.stage.dropout, key, &mut self.workspace)
    }

    fn advance(&mut self, examples: usize, tokens: usize) {
        let padded = self.model.network.config().block as u64 - 1;
        self.place.step += 1;
        self.place.positions += examples as u64 * padded;
        self.place.tokens += tokens as u64;
        self.place.batch += 1;
        if self.place.batch >= self.batches() {
            self.place.batch = 0;
            self.place.epoch += 1;
        }
    }

    fn diverged(&self, scored: &Scored, rate: f64, norm: f64) -> TrainError {
        let gradient = self.workspace.gradient();
        // NaN counts as larger than any number, so that it is named.
        let size = |i: &usize| if gradient[*i].is_nan() { f32::INFINITY } else { gradient[*i].abs() };
        let largest = (0..gradient.len()).max_by(|i, j| size(i).total_cmp(&size(j))).unwrap_or(0);
        let tensor = self.model.network.layout().tensors().iter().find(|t| t.range().contains(&largest));
        TrainError::Diverged {
            step: self.place.step + 1,
            loss: scored.mean(),
            rate,
            norm,
            largest: gradient.get(largest).copied().map_or(f64::NAN, f64::from),
            tensor: tensor.map_or_else(String::new, |t| t.name.clone()),
        }
    }
}
