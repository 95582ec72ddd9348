//! LayerNorm: `y = gain ∘ (x - mean) / sqrt(variance + 1e-5) + bias`, over the features of a token.

use nalgebra::DMatrix;

use super::Pass;
use crate::trainer::real::{Real, dot, sum, vectorised};

/// Added to the variance, PyTorch's default.
const EPSILON: f64 = 1e-5;

/// Where a LayerNorm's numbers lie among the parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Norm {
    /// Offset of the gain; the bias follows it.
    pub gain: usize,
    /// Features.
    pub width: usize,
}

impl Norm {
    /// `C x N` to `C x N`, and the mean and inverse deviation of each token (`2 x N`).
    pub fn forward<T: Real>(&self, pass: &mut Pass<T>, x: &DMatrix<T>) -> (DMatrix<T>, DMatrix<T>) {
        let width = self.width;
        let mut y = pass.pool.take(width, x.ncols());
        let mut moments = pass.pool.take(2, x.ncols());
        let (gain, bias) = pass.parameters[self.gain..self.gain + 2 * width].split_at(width);
        normalise(x.as_slice(), y.as_mut_slice(), moments.as_mut_slice(), gain, bias);
        (y, moments)
    }

    /// With `h = (x - mean) r` and `g = gain ∘ dy`: `dx = r (g - mean(g) - h mean(g ∘ h))`.
    pub fn backward<T: Real>(
        &self,
        pass: &mut Pass<T>,
        x: &DMatrix<T>,
        moments: &DMatrix<T>,
        dy: &DMatrix<T>,
        gradients: &mut [T],
    ) -> DMatrix<T> {
        let width = self.width;
        let mut dx = pass.pool.take(width, x.ncols());
        let mut scratch = pass.pool.buffer(2 * width);
        let gain = &pass.parameters[self.gain..self.gain + width];
        let slopes = &mut gradients[self.gain..self.gain + 2 * width];
        normalise_backward([x.as_slice(), moments.as_slice(), dy.as_slice(), gain], dx.as_mut_slice(), slopes, &mut scratch);
        pass.pool.give_buffer(scratch);
        dx
    }
}

vectorised! {
    fn normalise<T>(x: &[T], y: &mut [T], moments: &mut [T], gain: &[T], bias: &[T]) {
        let width = gain.len();
        let (inverse, epsilon) = (T::of(1.0 / width as f64), T::of(EPSILON));
        let columns = x.chunks_exact(width).zip(y.chunks_exact_mut(width));
        for ((x, y), m) in columns.zip(moments.chunks_exact_mut(2)) {
            let mean = sum(x) * inverse;
            y.iter_mut().zip(x).for_each(|(y, x)| *y = *x - mean);
            let deviation = T::one() / (dot(y, y) * inverse + epsilon).sqrt();
            for (y, (g, b)) in y.iter_mut().zip(gain.iter().zip(bias)) {
                *y = (*y * deviation).fma(*g, *b);
            }
            m[0] = mean;
            m[1] = deviation;
        }
    }
}

vectorised! {
    /// `inputs`: x, moments, dy, gain. `slopes`: gradients of gain, then of bias. `scratch`: two columns.
    fn normalise_backward<T>(inputs: [&[T]; 4], dx: &mut [T], slopes: &mut [T], scratch: &mut [T]) {
        let [x, moments, dy, gain] = inputs;
        let width = gain.len();
        let (h, g) = scratch.split_at_mut(width);
        let (d_gain, d_bias) = slopes.split_at_mut(width);
        let inverse = T::of(1.0 / width as f64);
        let columns = x.chunks_exact(width).zip(dy.chunks_exact(width)).zip(dx.chunks_exact_mut(width));
        for (((x, dy), dx), m) in columns.zip(moments.chunks_exact(2)) {
            let (mean, r) = (m[0], m[1]);
            h.iter_mut().zip(x).for_each(|(h, x)| *h = (*x - mean) * r);
            g.iter_mut().zip(dy.iter().zip(gain)).for_each(|(g, (d, w))| *g = *d * *w);
            d_gain.iter_mut().zip(dy.iter().zip(h.iter())).for_each(|(s, (d, h))| *s = d.fma(*h, *s));
            d_bias.iter_mut().zip(dy).for_each(|(s, d)| *s += *d);
            let (a, b) = (sum(g) * inverse, dot(g, h) * inverse);
            for (dx, (g, h)) in dx.iter_mut().zip(g.iter().zip(h.iter())) {
                *dx = r * (*g - a - *h * b);
            }
        }
    }
}
