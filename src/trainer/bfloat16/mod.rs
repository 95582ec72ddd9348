//! Products with factors rounded to bfloat16 and sums kept in f32, on processors with matrix tiles.
//!
//! `tiles` multiplies, `pack` lays factors out for it. Where the tiles are missing, [`Bfloat16::new`]
//! answers `None` and training stays in f32.

mod pack;
mod tiles;

use std::cell::RefCell;

use nalgebra::DMatrix;
use rayon::prelude::*;
pub use tiles::is_available;
use tiles::{BLOCK, Factors, product};

use super::{
    layer::Linear,
    network::Network,
    product::{Exact, Products},
};

/// The weights of one linear layer, as each product wants them.
#[derive(Debug, Clone)]
struct Packed {
    weight: usize,
    /// A column an output; sums over inputs.
    forward: Vec<u32>,
    /// A column an input; sums over outputs.
    backward: Vec<u32>,
}

/// bfloat16 copies of a network's weights.
#[derive(Debug, Clone)]
pub struct Bfloat16 {
    packed: Vec<Packed>,
}

thread_local! {
    static SCRATCH: RefCell<(Vec<u32>, Vec<u32>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

impl Bfloat16 {
    /// Packs the weights of `network`; `None` where the processor lacks the tiles.
    pub fn new(network: &Network, parameters: &[f32]) -> Option<Bfloat16> {
        is_available().then(|| {
            let fits = |l: &Linear| l.inputs.is_multiple_of(BLOCK) && l.outputs.is_multiple_of(BLOCK);
            let empty = |l: Linear| Packed { weight: l.weight, forward: Vec::new(), backward: Vec::new() };
            let mut this = Bfloat16 { packed: network.linears().into_iter().filter(fits).map(empty).collect() };
            this.refresh(network, parameters);
            this
        })
    }

    /// Packs the weights again, after a step.
    pub fn refresh(&mut self, network: &Network, parameters: &[f32]) {
        let linears = network.linears();
        self.packed.par_iter_mut().for_each(|packed| {
            if let Some(l) = linears.iter().find(|l| l.weight == packed.weight) {
                pack::rows_right(&parameters[l.range()], l.inputs, &mut packed.backward);
                pack::columns_right(&parameters[l.range()], l.inputs, &mut packed.forward);
            }
        });
    }

    fn find(&self, linear: &Linear) -> Option<&Packed> {
        self.packed.iter().find(|p| p.weight == linear.weight)
    }
}

impl Products<f32> for Bfloat16 {
    fn forward(&self, linear: &Linear, weight: &[f32], x: &DMatrix<f32>, y: &mut DMatrix<f32>) {
        let Some(packed) = self.find(linear) else { return Exact.forward(linear, weight, x, y) };
        SCRATCH.with_borrow_mut(|(left, _)| {
            pack::columns_left(x.as_slice(), linear.inputs, left);
            let factors = Factors { left, right: &packed.forward, steps: linear.inputs / BLOCK };
            product(factors, y.as_mut_slice(), x.ncols(), linear.outputs, true);
        });
    }

    fn input_gradient(&self, linear: &Linear, weight: &[f32], dy: &DMatrix<f32>, dx: &mut DMatrix<f32>) {
        let Some(packed) = self.find(linear) else { return Exact.input_gradient(linear, weight, dy, dx) };
        SCRATCH.with_borrow_mut(|(left, _)| {
            pack::columns_left(dy.as_slice(), linear.outputs, left);
            let factors = Factors { left, right: &packed.backward, steps: linear.outputs / BLOCK };
            product(factors, dx.as_mut_slice(), dy.ncols(), linear.inputs, false);
        });
    }

    fn weight_gradient(&self, linear: &Linear, x: &DMatrix<f32>, dy: &DMatrix<f32>, gradient: &mut [f32]) {
        if self.find(linear).is_none() {
            return Exact.weight_gradient(linear, x, dy, gradient);
        }
        SCRATCH.with_borrow_mut(|(left, right)| {
            pack::rows_left(dy.as_slice(), linear.outputs, left);
            pack::rows_right(x.as_slice(), linear.inputs, right);
            let factors = Factors { left, right, steps: x.ncols().div_ceil(BLOCK) };
            product(factors, gradient, linear.outputs, linear.inputs, true);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        tolerance::BFLOAT16_SUMS,
        trainer::{
            Config, Model,
            weights::{from_bfloat16, to_bfloat16},
        },
    };

    fn rounded(m: &DMatrix<f32>) -> DMatrix<f64> {
        m.map(|v| f64::from(from_bfloat16(to_bfloat16(v))))
    }

    fn gap(a: &[f32], b: &DMatrix<f64>) -> f64 {
        let scale = b.amax();
        a.iter().zip(b.as_slice()).fold(0.0f64, |m, (x, y)| m.max((f64::from(*x) - y).abs())) / scale
    }

    #[test]
    fn products_are_those_of_rounded_factors() {
        let config = Config { width: 64, heads: 2, layers: 1, vocabulary: 96, ..Config::default() };
        let model = Model::<f32>::new(&config, 1).expect("a valid shape");
        // Where the tiles are missing there is nothing to compare.
        let Some(packed) = Bfloat16::new(&model.network, &model.parameters) else { return };
        for linear in model.network.linears() {
            for columns in [1, 7, 32, 53, 64] {
                let weight = &model.parameters[linear.range()];
                let w = DMatrix::from_column_slice(linear.inputs, linear.outputs, weight);
                let x = DMatrix::from_fn(linear.inputs, columns, |i, j| ((i * 31 + j * 17) as f32).sin());
                let dy = DMatrix::from_fn(linear.outputs, columns, |i, j| ((i * 13 + j * 29) as f32).cos());
                let mut y = DMatrix::from_element(linear.outputs, columns, 1.0);
                packed.forward(&linear, weight, &x, &mut y);
                assert!(gap(y.as_slice(), &(rounded(&w).transpose() * rounded(&x)).add_scalar(1.0)) < BFLOAT16_SUMS);
                let mut dx = DMatrix::from_element(linear.inputs, columns, 9.0);
                packed.input_gradient(&linear, weight, &dy, &mut dx);
                assert!(gap(dx.as_slice(), &(rounded(&w) * rounded(&dy))) < BFLOAT16_SUMS);
                let mut dw = vec![0.5; linear.inputs * linear.outputs];
                packed.weight_gradient(&linear, &x, &dy, &mut dw);
                assert!(gap(&dw, &(rounded(&x) * rounded(&dy).transpose()).add_scalar(0.5)) < BFLOAT16_SUMS);
            }
        }
    }
}
