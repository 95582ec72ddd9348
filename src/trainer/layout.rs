//! Where every tensor lies in the one vector of parameters.
//!
//! A tensor of PyTorch's shape `[out, in]`, row by row, is the same memory as a nalgebra matrix of
//! `in` rows and `out` columns; nothing is ever transposed to be read or written.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal, Uniform};

use super::real::Real;

/// What a tensor is, which decides its first values and how it is optimised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A matrix inside a block: decayed, and Muon's to move.
    Hidden,
    /// The head: decayed, but AdamW's.
    Head,
    /// Token embedding.
    Embedding,
    /// Learned positions, first zero.
    Positions,
    /// Latents of a perceiver, Xavier uniform.
    Latents,
    /// A bias, first zero.
    Bias,
    /// A LayerNorm's gain, first one.
    Gain,
}

/// One named tensor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tensor {
    /// minGPT's name, `blocks.0.attn.key.weight`.
    pub name: String,
    /// PyTorch's shape, rows first.
    pub shape: Vec<usize>,
    /// First element in the vector of parameters.
    pub offset: usize,
    /// What it is.
    pub role: Role,
}

impl Tensor {
    /// Number of elements.
    pub fn count(&self) -> usize {
        self.shape.iter().product()
    }

    /// The tensor's elements in the vector of parameters.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.offset..self.offset + self.count()
    }
}

/// All tensors of a model, in the order of the vector.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    tensors: Vec<Tensor>,
    count: usize,
}

impl Layout {
    /// Appends a tensor and returns its offset.
    pub(crate) fn add(&mut self, name: String, shape: &[usize], role: Role) -> usize {
        let tensor = Tensor { name, shape: shape.to_vec(), offset: self.count, role };
        self.count += tensor.count();
        self.tensors.push(tensor);
        self.count - shape.iter().product::<usize>()
    }

    /// The tensors.
    pub fn tensors(&self) -> &[Tensor] {
        &self.tensors
    }

    /// Number of parameters.
    pub fn count(&self) -> usize {
        self.count
    }

    /// First values: N(0, 0.02) for matrices and embeddings (0.02 is the deviation), Xavier uniform
    /// for latents, ones for gains, zeros for the rest. Each tensor draws from its own stream.
    pub fn initial<T: Real>(&self, seed: u64) -> Vec<T> {
        let mut values = vec![T::zero(); self.count];
        for (i, tensor) in self.tensors.iter().enumerate() {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            rng.set_stream(i as u64);
            let out = &mut values[tensor.range()];
            match tensor.role {
                Role::Hidden | Role::Head | Role::Embedding => {
                    let mut draw = || T::of(0.02 * <StandardNormal as Distribution<f64>>::sample(&StandardNormal, &mut rng));
                    out.iter_mut().for_each(|v| *v = draw());
                }
                Role::Latents => {
                    // Xavier: fans are the last two sizes of [1, m, width].
                    let fans: usize = tensor.shape.iter().rev().take(2).sum();
                    let bound = (6.0 / fans as f64).sqrt();
                    if let Ok(uniform) = Uniform::new(-bound, bound) {
                        out.iter_mut().for_each(|v| *v = T::of(uniform.sample(&mut rng)));
                    }
                }
                Role::Gain => out.fill(T::one()),
                Role::Positions | Role::Bias => {}
            }
        }
        values
    }
}
