//! The feed-forward part of a block: `down(GELU(up(x)))` with four times the width between.
//!
//! `GELU(x) = x Φ(x)` with Φ the standard normal distribution: the exact one, by `erf`
//! (Hendrycks and Gimpel 2016), not the `tanh` fit.

use nalgebra::DMatrix;

use super::{Linear, Pass};
use crate::trainer::real::{Real, multiply_by, vectorised};

/// The two linear layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mlp {
    /// `mlp.0`, width to four widths.
    pub up: Linear,
    /// `mlp.2`, four widths to width.
    pub down: Linear,
}

/// What backward needs of [`Mlp::forward`].
#[derive(Debug)]
pub struct MlpTrace<T: Real> {
    /// `GELU(up(x))`, `4C x N`.
    pub active: DMatrix<T>,
    /// `GELU'(up(x))`, `4C x N`.
    pub slope: DMatrix<T>,
}

impl Mlp {
    /// `C x N` to `C x N`.
    pub fn forward<T: Real>(&self, pass: &mut Pass<T>, x: &DMatrix<T>) -> (DMatrix<T>, MlpTrace<T>) {
        let mut active = self.up.forward(pass, x);
        let mut slope = pass.pool.take(active.nrows(), active.ncols());
        gelu(active.as_mut_slice(), slope.as_mut_slice());
        (self.down.forward(pass, &active), MlpTrace { active, slope })
    }

    /// The gradient of the input from that of the output; consumes the trace.
    pub fn backward<T: Real>(
        &self,
        pass: &mut Pass<T>,
        x: &DMatrix<T>,
        trace: MlpTrace<T>,
        dy: &DMatrix<T>,
        gradients: &mut [T],
    ) -> DMatrix<T> {
        let mut dh = self.down.backward(pass, &trace.active, dy, gradients);
        multiply_by(dh.as_mut_slice(), trace.slope.as_slice());
        let dx = self.up.backward(pass, x, &dh, gradients);
        pass.pool.give(dh);
        trace.release(pass);
        dx
    }
}

impl<T: Real> MlpTrace<T> {
    /// Gives the buffers back.
    pub fn release(self, pass: &mut Pass<T>) {
        pass.pool.give(self.active);
        pass.pool.give(self.slope);
    }
}

vectorised! {
    /// `x` becomes `GELU(x)`, `slope` its derivative.
    fn gelu<T>(x: &mut [T], slope: &mut [T]) {
        for (x, s) in x.iter_mut().zip(slope) {
            let (cdf, density) = x.normal();
            *s = x.fma(density, cdf);
            *x *= cdf;
        }
    }
}
