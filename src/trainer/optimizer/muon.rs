//! Muon (Jordan 2024): the momentum of a matrix, made nearly orthogonal, is the step.

use nalgebra::{DMatrix, DMatrixView};

use super::{Settings, sides};
use crate::trainer::{layout::Tensor, real::Real};

/// `m = μ m + g`; the step is `rate * 0.2 sqrt(max(rows, columns)) * orthogonal(g + μ m)`, whose
/// root mean square is AdamW's 0.2, so that both share one rate (Liu et al. 2025).
pub(super) fn muon<T: Real>(settings: &Settings, tensor: &Tensor, p: &mut [T], m: &mut [T], g: &[T], rate: f64, decay: f64) {
    let (rows, columns) = sides(tensor);
    let momentum = T::of(settings.momentum);
    m.iter_mut().zip(g).for_each(|(m, g)| *m = momentum * *m + *g);
    let nesterov = m.iter().zip(g).map(|(m, g)| *g + momentum * *m);
    let update = orthogonal(DMatrix::from_iterator(rows, columns, nesterov));
    let step = T::of(rate * 0.2 * (rows.max(columns) as f64).sqrt());
    let decay = T::of(decay);
    p.iter_mut().zip(update.as_slice()).for_each(|(p, u)| *p = *p * decay - step * *u);
}

/// A matrix of nearly the same singular vectors whose singular values lie near 1: five steps of
/// `X <- a X + (b A + c A²) X` with `A = X X^T`, the quintic of Jordan 2024.
pub fn orthogonal<T: Real>(g: DMatrix<T>) -> DMatrix<T> {
    // The gram matrix is made on the shorter side.
    let tall = g.nrows() > g.ncols();
    let mut x = if tall { g.transpose() } else { g };
    let length = x.norm() + T::of(1e-7);
    x /= length;
    let (rows, columns) = x.shape();
    let (a, b, c) = (T::of(3.4445), T::of(-4.7750), T::of(2.0315));
    let (mut gram, mut poly, mut next) = (DMatrix::zeros(rows, rows), DMatrix::zeros(rows, rows), DMatrix::zeros(rows, columns));
    for _ in 0..5 {
        let turned = x.transpose();
        gram.gemm(T::one(), &x, &turned, T::zero());
        poly.copy_from(&gram);
        let view = DMatrixView::from_slice(gram.as_slice(), rows, rows);
        poly.gemm(c, &view, &view, b);
        next.copy_from(&x);
        next.gemm(T::one(), &poly, &x, a);
        std::mem::swap(&mut x, &mut next);
    }
    if tall { x.transpose() } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singular_values_come_near_one_and_a_zero_gradient_stays_zero() {
        for (rows, columns) in [(12, 12), (8, 24), (24, 8)] {
            let g = DMatrix::from_fn(rows, columns, |i, j| ((i * 7 + j * 13) as f64).sin() + f64::from(u8::from(i == j)));
            let values = orthogonal(g).singular_values();
            assert!(values.iter().all(|s| (0.6..1.3).contains(s)), "{rows} x {columns}: {values}");
        }
        assert_eq!(orthogonal(DMatrix::<f64>::zeros(3, 4)), DMatrix::zeros(3, 4));
    }
}
