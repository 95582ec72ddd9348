//! The three matrix products of a linear layer.

use nalgebra::{DMatrix, DMatrixView, DMatrixViewMut, Dyn};

use super::{
    layer::{Attention, Linear, Span},
    real::{Real, dot, vectorised},
};

/// How a linear layer multiplies. `weight` is `inputs x outputs`, column by column.
pub trait Products<T: Real>: Sync {
    /// `y += W^T x` with `x: inputs x N`, `y: outputs x N`.
    fn forward(&self, linear: &Linear, weight: &[T], x: &DMatrix<T>, y: &mut DMatrix<T>);

    /// `dx = W dy` with `dy: outputs x N`, `dx: inputs x N`.
    fn input_gradient(&self, linear: &Linear, weight: &[T], dy: &DMatrix<T>, dx: &mut DMatrix<T>);

    /// `dW += x dy^T` with `dW: inputs x outputs`.
    fn weight_gradient(&self, linear: &Linear, x: &DMatrix<T>, dy: &DMatrix<T>, gradient: &mut [T]);

    /// Told of every forward pass of attention; whether its products are to be made.
    fn attends(&self, attention: &Attention, spans: &[Span]) -> bool {
        let _ = (attention, spans);
        true
    }
}

/// nalgebra's product in the type's own precision.
#[derive(Debug, Clone, Copy, Default)]
pub struct Exact;

/// The transpose of a matrix that lies column by column: the same numbers, strides exchanged.
fn transposed<T: Real>(data: &[T], rows: usize, columns: usize) -> DMatrixView<'_, T, Dyn, Dyn> {
    DMatrixView::from_slice_with_strides_generic(data, Dyn(columns), Dyn(rows), Dyn(rows), Dyn(1))
}

/// nalgebra hands a product with a side of at most 5 to a matrix-vector routine that does not keep
/// to the bounds of a transposed view (0.35, `array_axcpy`); such products are made here.
fn is_thin(linear: &Linear, columns: usize) -> bool {
    linear.inputs.min(linear.outputs).min(columns) <= 5
}

vectorised! {
    fn thin_forward<T>(weight: &[T], x: &[T], y: &mut [T], inputs: usize) {
        let outputs = weight.len() / inputs;
        for (x, y) in x.chunks_exact(inputs).zip(y.chunks_exact_mut(outputs)) {
            for (w, y) in weight.chunks_exact(inputs).zip(y) {
                *y += dot(w, x);
            }
        }
    }
}

vectorised! {
    fn thin_weight_gradient<T>(x: &[T], dy: &[T], gradient: &mut [T], inputs: usize) {
        let outputs = gradient.len() / inputs;
        for (x, dy) in x.chunks_exact(inputs).zip(dy.chunks_exact(outputs)) {
            for (dw, d) in gradient.chunks_exact_mut(inputs).zip(dy) {
                dw.iter_mut().zip(x).for_each(|(w, x)| *w = x.fma(*d, *w));
            }
        }
    }
}

impl<T: Real> Products<T> for Exact {
    fn forward(&self, linear: &Linear, weight: &[T], x: &DMatrix<T>, y: &mut DMatrix<T>) {
        if !is_thin(linear, x.ncols()) {
            y.gemm(T::one(), &transposed(weight, linear.inputs, linear.outputs), x, T::one());
            return;
        }
        thin_forward(weight, x.as_slice(), y.as_mut_slice(), linear.inputs);
    }

    fn input_gradient(&self, linear: &Linear, weight: &[T], dy: &DMatrix<T>, dx: &mut DMatrix<T>) {
        dx.gemm(T::one(), &DMatrixView::from_slice(weight, linear.inputs, linear.outputs), dy, T::zero());
    }

    fn weight_gradient(&self, linear: &Linear, x: &DMatrix<T>, dy: &DMatrix<T>, gradient: &mut [T]) {
        if !is_thin(linear, x.ncols()) {
            let mut dw = DMatrixViewMut::from_slice(gradient, linear.inputs, linear.outputs);
            dw.gemm(T::one(), x, &transposed(dy.as_slice(), dy.nrows(), dy.ncols()), T::one());
            return;
        }
        thin_weight_gradient(x.as_slice(), dy.as_slice(), gradient, linear.inputs);
    }
}
