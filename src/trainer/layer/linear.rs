//! Affine maps: `y = W x + b`.

use nalgebra::DMatrix;

use super::Pass;
use crate::trainer::real::{Real, vectorised};

/// Where a linear layer's numbers lie among the parameters.
///
/// The weight is PyTorch's `[outputs, inputs]` row by row, that is `inputs x outputs` column by
/// column. Layers with one input may lie side by side and be one `Linear` (query, key, value).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Linear {
    /// Offset of the weight.
    pub weight: usize,
    /// Offset of the bias, `outputs` numbers; the head has none.
    pub bias: Option<usize>,
    /// Rows of the input.
    pub inputs: usize,
    /// Rows of the output.
    pub outputs: usize,
}

impl Linear {
    /// The weight's elements among the parameters.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.weight..self.weight + self.inputs * self.outputs
    }

    /// `y = W x + b`: `inputs x N` to `outputs x N`.
    pub fn forward<T: Real>(&self, pass: &mut Pass<T>, x: &DMatrix<T>) -> DMatrix<T> {
        let mut y = pass.pool.take(self.outputs, x.ncols());
        match self.bias {
            Some(at) => {
                let bias = &pass.parameters[at..at + self.outputs];
                y.as_mut_slice().chunks_exact_mut(self.outputs).for_each(|column| column.copy_from_slice(bias));
            }
            None => y.as_mut_slice().fill(T::zero()),
        }
        pass.products.forward(self, &pass.parameters[self.range()], x, &mut y);
        y
    }

    /// `dx = W^T dy`; `dW += dy x^T`, `db += Σ dy` go into `gradients`.
    pub fn backward<T: Real>(&self, pass: &mut Pass<T>, x: &DMatrix<T>, dy: &DMatrix<T>, gradients: &mut [T]) -> DMatrix<T> {
        if let Some(at) = self.bias {
            let db = &mut gradients[at..at + self.outputs];
            add_columns(db, dy.as_slice());
        }
        pass.products.weight_gradient(self, x, dy, &mut gradients[self.range()]);
        let mut dx = pass.pool.take(self.inputs, dy.ncols());
        pass.products.input_gradient(self, &pass.parameters[self.range()], dy, &mut dx);
        dx
    }
}

vectorised! {
    /// Adds every column of `columns` to `sum`.
    fn add_columns<T>(sum: &mut [T], columns: &[T]) {
        for column in columns.chunks_exact(sum.len()) {
            sum.iter_mut().zip(column).for_each(|(s, c)| *s += *c);
        }
    }
}
