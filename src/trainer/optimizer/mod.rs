//! What moves the parameters: AdamW, or Muon for the matrices inside blocks and AdamW for the rest.

mod adamw;
mod clip;
mod muon;
mod schedule;

pub use adamw::adamw;
pub use clip::{clip, norm};
pub use muon::orthogonal;
pub use schedule::Schedule;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    layout::{Layout, Role, Tensor},
    model::CHUNK,
    real::Real,
};

/// Which optimizer moves the matrices inside blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// AdamW everywhere (Loshchilov and Hutter 2019).
    AdamW,
    /// Muon (Jordan 2024) for matrices inside blocks, AdamW for the rest.
    Muon,
}

/// The constants of a run; the rate comes with each step.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// What moves the matrices.
    pub kind: Kind,
    /// Decay of the first moment.
    pub beta1: f64,
    /// Decay of the second moment.
    pub beta2: f64,
    /// Decay of matrices, times the rate, a step.
    pub weight_decay: f64,
    /// Muon's momentum.
    pub momentum: f64,
}

impl Default for Settings {
    /// The course's: AdamW (0.9, 0.95), decay 0.1 on matmul weights only.
    fn default() -> Self {
        Settings { kind: Kind::AdamW, beta1: 0.9, beta2: 0.95, weight_decay: 0.1, momentum: 0.95 }
    }
}

/// Added to AdamW's denominator, PyTorch's default.
const EPSILON: f64 = 1e-8;

/// The moments of every parameter, and how many steps made them.
#[derive(Debug, Clone, PartialEq)]
pub struct Optimizer<T> {
    /// The constants.
    pub settings: Settings,
    /// Steps taken.
    pub steps: u64,
    /// First moments, or Muon's momentum.
    pub first: Vec<T>,
    /// Second moments; Muon leaves its own at zero.
    pub second: Vec<T>,
}

impl<T: Real> Optimizer<T> {
    /// Moments at zero for `count` parameters.
    pub fn new(settings: Settings, count: usize) -> Optimizer<T> {
        Optimizer { settings, steps: 0, first: vec![T::zero(); count], second: vec![T::zero(); count] }
    }

    /// Moves `parameters` one step of size `rate` against `gradient`. Tensors move side by side
    /// and each by itself, so the bits do not depend on the number of threads.
    pub fn step(&mut self, layout: &Layout, parameters: &mut [T], gradient: &[T], rate: f64) {
        self.steps += 1;
        let (settings, steps) = (self.settings, self.steps);
        let mut work = Vec::with_capacity(layout.tensors().len());
        let mut rest = (parameters, &mut self.first[..], &mut self.second[..]);
        for tensor in layout.tensors() {
            let n = tensor.count();
            let (p, p_rest) = rest.0.split_at_mut(n);
            let (m, m_rest) = rest.1.split_at_mut(n);
            let (v, v_rest) = rest.2.split_at_mut(n);
            rest = (p_rest, m_rest, v_rest);
            work.push((tensor, p, m, v, &gradient[tensor.range()]));
        }
        work.into_par_iter().for_each(|(tensor, p, m, v, g)| {
            let decay = 1.0 - if decays(tensor.role) { rate * settings.weight_decay } else { 0.0 };
            if settings.kind == Kind::Muon && tensor.role == Role::Hidden {
                muon::muon(&settings, tensor, p, m, g, rate, decay);
                return;
            }
            let chunks =
                p.par_chunks_mut(CHUNK).zip(m.par_chunks_mut(CHUNK)).zip(v.par_chunks_mut(CHUNK)).zip(g.par_chunks(CHUNK));
            chunks.for_each(|(((p, m), v), g)| adamw(&settings, steps, p, m, v, g, rate, decay));
        });
    }
}

/// Decay is for the weights of matrix products alone.
fn decays(role: Role) -> bool {
    matches!(role, Role::Hidden | Role::Head)
}

/// Rows and columns of a matrix in memory: inputs, outputs.
fn sides(tensor: &Tensor) -> (usize, usize) {
    (tensor.shape.get(1).copied().unwrap_or(1), tensor.shape.first().copied().unwrap_or(1))
}
