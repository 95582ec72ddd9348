//! Clipping by the global norm.

use rayon::prelude::*;

use crate::trainer::{
    model::CHUNK,
    real::{Real, square_sum},
};

/// The Euclidean norm of all gradients together, summed in fixed chunks.
pub fn norm<T: Real>(gradient: &[T]) -> f64 {
    let parts: Vec<f64> = gradient.par_chunks(CHUNK).map(|c| square_sum(c).get()).collect();
    parts.iter().sum::<f64>().sqrt()
}

/// Scales gradients to a norm of at most `most`, and returns the norm before.
pub fn clip<T: Real>(gradient: &mut [T], most: f64) -> f64 {
    let before = norm(gradient);
    // PyTorch's 1e-6 keeps the factor finite.
    let factor = most / (before + 1e-6);
    if factor < 1.0 {
        let factor = T::of(factor);
        gradient.par_chunks_mut(CHUNK).for_each(|c| c.iter_mut().for_each(|g| *g *= factor));
    }
    before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_gradients_are_cut_to_the_norm_and_short_ones_left() {
        let mut g = [3.0f64, 4.0];
        assert!((clip(&mut g, 1.0) - 5.0).abs() < 1e-12);
        assert!((norm(&g) - 1.0).abs() < 1e-6);
        let mut g = [0.3f64, 0.4];
        clip(&mut g, 1.0);
        assert_eq!(g, [0.3, 0.4]);
    }
}
