//! Products with factors rounded to bfloat16 and sums kept in f32, on processors with AVX512-BF16.
//!
//! The instruction multiplies pairs: `c += a_0 b_0 + a_1 b_1`. Along the summed index, two
//! neighbours therefore share one 32-bit word, the earlier in its low half. The left factor is laid
//! out in panels of 32 rows, the right factor is read word by word.
//!
//! Measured beside nalgebra's f32 product (`cargo bench --bench trainer -- products`), which is why
//! this file may use `unsafe`. Where the instruction is missing, [`Bfloat16::new`] answers `None`
//! and training stays in f32.

use std::cell::RefCell;

use nalgebra::DMatrix;

use super::{
    layer::Linear,
    network::Network,
    product::{Exact, Products},
    real::vectorised,
};

/// Rows of a panel: two vectors of 16.
const ROWS: usize = 32;
/// Columns that one pass over a panel sums.
const COLUMNS: usize = 8;

/// The weights of one linear layer, as each product wants them.
#[derive(Debug, Clone)]
struct Packed {
    weight: usize,
    /// Panels of outputs, pairs of inputs.
    forward: Vec<u32>,
    /// Panels of inputs, pairs of outputs.
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

/// True where the processor has the instruction.
pub fn is_available() -> bool {
    #[cfg(target_arch = "x86_64")]
    return is_x86_feature_detected!("avx512bf16") && is_x86_feature_detected!("avx512f");
    #[cfg(not(target_arch = "x86_64"))]
    return false;
}

/// Two numbers in one word.
#[inline(always)]
fn pair(low: f32, high: f32) -> u32 {
    round(low) >> 16 | round(high) & 0xffff_0000
}

/// Nearest bfloat16, in the upper half; ties to even. NaN stays NaN: its payload's upper bits are
/// never all zero after an arithmetic operation.
#[inline(always)]
fn round(x: f32) -> u32 {
    let bits = x.to_bits();
    bits.wrapping_add(0x7fff + ((bits >> 16) & 1))
}

impl Bfloat16 {
    /// Packs the weights of `network`; `None` where the processor lacks the instruction.
    pub fn new(network: &Network, parameters: &[f32]) -> Option<Bfloat16> {
        is_available().then(|| {
            let fits = |l: &Linear| l.inputs.is_multiple_of(ROWS) && l.outputs.is_multiple_of(ROWS);
            let empty = |l: Linear| Packed { weight: l.weight, forward: Vec::new(), backward: Vec::new() };
            let mut this = Bfloat16 { packed: network.linears().into_iter().filter(fits).map(empty).collect() };
            this.refresh(network, parameters);
            this
        })
    }

    /// Packs the weights again, after a step.
    pub fn refresh(&mut self, network: &Network, parameters: &[f32]) {
        use rayon::prelude::*;
        let linears = network.linears();
        self.packed.par_iter_mut().for_each(|packed| {
            if let Some(l) = linears.iter().find(|l| l.weight == packed.weight) {
                pack_rows(&parameters[l.range()], l.inputs, &mut packed.backward);
                pack_columns(&parameters[l.range()], l.inputs, &mut packed.forward);
            }
        });
    }

    fn find(&self, linear: &Linear) -> Option<&Packed> {
        self.packed.iter().find(|p| p.weight == linear.weight)
    }
}

/// Panels of the rows of a matrix (`rows` a column), pairs of neighbouring columns: word
/// `[panel][column / 2][row % 32]`. An odd last column is paired with zeros.
fn pack_rows(matrix: &[f32], rows: usize, out: &mut Vec<u32>) {
    let columns = matrix.len() / rows;
    let pairs = columns.div_ceil(2);
    out.resize(rows * pairs, 0);
    for p in 0..pairs {
        let low = &matrix[2 * p * rows..][..rows];
        let high = (2 * p + 1 < columns).then(|| &matrix[(2 * p + 1) * rows..][..rows]);
        join_columns(low, high.unwrap_or(&[]), &mut out[p * ROWS..], pairs);
    }
}

vectorised! {
    /// Words of two columns, into the same row of every panel of `pairs` rows; without `high`, zeros.
    fn join_columns(low: &[f32], high: &[f32], out: &mut [u32], pairs: usize) {
        for (panel, low) in low.chunks_exact(ROWS).enumerate() {
            let words = &mut out[panel * pairs * ROWS..][..ROWS];
            if high.is_empty() {
                words.iter_mut().zip(low).for_each(|(w, l)| *w = pair(*l, 0.0));
            } else {
                let high = &high[panel * ROWS..][..ROWS];
                words.iter_mut().zip(low.iter().zip(high)).for_each(|(w, (l, h))| *w = pair(*l, *h));
            }
        }
    }
}

/// Panels of the columns of a matrix, pairs of neighbouring rows: word `[panel][row / 2][column % 32]`.
fn pack_columns(matrix: &[f32], rows: usize, out: &mut Vec<u32>) {
    out.resize(matrix.len() / 2, 0);
    for (panel, columns) in matrix.chunks_exact(rows * ROWS).enumerate() {
        let words = &mut out[panel * rows / 2 * ROWS..][..rows / 2 * ROWS];
        for (lane, column) in columns.chunks_exact(rows).enumerate() {
            column.chunks_exact(2).enumerate().for_each(|(p, v)| words[p * ROWS + lane] = pair(v[0], v[1]));
        }
    }
}

/// Columns in bfloat16, pairs of neighbouring rows, columns contiguous; zeros up to whole blocks.
fn words(matrix: &DMatrix<f32>, out: &mut Vec<u32>) {
    let per = matrix.nrows() / 2;
    out.resize(per * matrix.ncols().next_multiple_of(COLUMNS), 0);
    let (filled, rest) = out.split_at_mut(per * matrix.ncols());
    join_rows(matrix.as_slice(), filled);
    rest.fill(0);
}

vectorised! {
    fn join_rows(values: &[f32], out: &mut [u32]) {
        out.iter_mut().zip(values.chunks_exact(2)).for_each(|(w, v)| *w = pair(v[0], v[1]));
    }
}

/// Where the words of the right factor lie.
#[derive(Clone, Copy)]
struct Right<'a> {
    data: &'a [u32],
    /// Distance of neighbouring pairs.
    down: usize,
    /// Distance of neighbouring columns.
    across: usize,
}

/// `C (+)= A B` for one panel of 32 rows and up to 8 columns.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bf16")]
fn block(a: &[u32], b: Right, c: &mut [f32], stride: usize, columns: usize, add: bool) {
    use std::arch::x86_64::{
        __m512, __m512bh, _mm512_add_ps, _mm512_dpbf16_ps, _mm512_loadu_ps, _mm512_loadu_si512, _mm512_set1_epi32,
        _mm512_setzero_ps, _mm512_storeu_ps,
    };
    let as_pairs = |v| -> __m512bh {
        // SAFETY: both are 512 plain bits.
        unsafe { std::mem::transmute::<std::arch::x86_64::__m512i, __m512bh>(v) }
    };
    let mut sums: [[__m512; 2]; COLUMNS] = [[_mm512_setzero_ps(); 2]; COLUMNS];
    for (p, words) in a.chunks_exact(ROWS).enumerate() {
        let (low, high) = words.split_at(16);
        // SAFETY: each half holds 16 words, and the load asks for no alignment.
        let left =
            unsafe { [as_pairs(_mm512_loadu_si512(low.as_ptr().cast())), as_pairs(_mm512_loadu_si512(high.as_ptr().cast()))] };
        for (j, sums) in sums.iter_mut().enumerate() {
            let right = as_pairs(_mm512_set1_epi32(b.data[p * b.down + j * b.across].cast_signed()));
            sums[0] = _mm512_dpbf16_ps(sums[0], left[0], right);
            sums[1] = _mm512_dpbf16_ps(sums[1], left[1], right);
        }
    }
    for (j, sums) in sums.iter().enumerate().take(columns) {
        for (half, sum) in c[j * stride..][..ROWS].chunks_exact_mut(16).zip(sums) {
            // SAFETY: `half` holds 16 numbers; neither access asks for alignment.
            unsafe {
                let before = if add { _mm512_loadu_ps(half.as_ptr()) } else { _mm512_setzero_ps() };
                _mm512_storeu_ps(half.as_mut_ptr(), _mm512_add_ps(before, *sum));
            }
        }
    }
}

/// All columns against one panel after another: the panel stays in the first cache.
#[allow(clippy::too_many_arguments)] // Two factors, a target, and how they lie.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bf16")]
fn panels(
    a: &[u32],
    pairs: usize,
    columns: usize,
    right_at: impl Fn(usize) -> usize,
    b: Right,
    c: &mut [f32],
    stride: usize,
    add: bool,
) {
    for (panel, a) in a.chunks_exact(pairs * ROWS).enumerate() {
        for j in (0..columns).step_by(COLUMNS) {
            let b = Right { data: &b.data[right_at(j)..], ..b };
            block(a, b, &mut c[j * stride + panel * ROWS..], stride, (columns - j).min(COLUMNS), add);
        }
    }
}

/// `C (+)= A B` over all panels of `A`; `right_at(j)` is where column `j` of `B` begins.
#[allow(clippy::too_many_arguments)] // Two factors, a target, and how they lie.
fn product(
    a: &[u32],
    pairs: usize,
    columns: usize,
    right_at: impl Fn(usize) -> usize,
    b: Right,
    c: &mut [f32],
    stride: usize,
    add: bool,
) {
    #[cfg(target_arch = "x86_64")]
    if is_available() && pairs > 0 {
        // SAFETY: the processor was just asked for every feature that `panels` is compiled for.
        unsafe { panels(a, pairs, columns, right_at, b, c, stride, add) }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (a, pairs, columns, right_at(0), b.data, c, stride, add);
}

impl Products<f32> for Bfloat16 {
    fn forward(&self, linear: &Linear, weight: &[f32], x: &DMatrix<f32>, y: &mut DMatrix<f32>) {
        let Some(packed) = self.find(linear) else { return Exact.forward(linear, weight, x, y) };
        SCRATCH.with_borrow_mut(|(right, _)| {
            words(x, right);
            let pairs = linear.inputs / 2;
            let b = Right { data: right, down: 1, across: pairs };
            product(&packed.forward, pairs, x.ncols(), |j| j * pairs, b, y.as_mut_slice(), linear.outputs, true);
        });
    }

    fn input_gradient(&self, linear: &Linear, weight: &[f32], dy: &DMatrix<f32>, dx: &mut DMatrix<f32>) {
        let Some(packed) = self.find(linear) else { return Exact.input_gradient(linear, weight, dy, dx) };
        SCRATCH.with_borrow_mut(|(right, _)| {
            words(dy, right);
            let pairs = linear.outputs / 2;
            let b = Right { data: right, down: 1, across: pairs };
            product(&packed.backward, pairs, dy.ncols(), |j| j * pairs, b, dx.as_mut_slice(), linear.inputs, false);
        });
    }

    fn weight_gradient(&self, linear: &Linear, x: &DMatrix<f32>, dy: &DMatrix<f32>, gradient: &mut [f32]) {
        if self.find(linear).is_none() {
            return Exact.weight_gradient(linear, x, dy, gradient);
        }
        SCRATCH.with_borrow_mut(|(left, right)| {
            pack_rows(x.as_slice(), linear.inputs, left);
            pack_rows(dy.as_slice(), linear.outputs, right);
            let pairs = x.ncols().div_ceil(2);
            let at = |j: usize| j / ROWS * pairs * ROWS + j % ROWS;
            let b = Right { data: right, down: ROWS, across: 1 };
            product(left, pairs, linear.outputs, at, b, gradient, linear.inputs, true);
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
        // Where the instruction is missing there is nothing to compare.
        let Some(packed) = Bfloat16::new(&model.network, &model.parameters) else { return };
        for linear in model.network.linears() {
            for columns in [1, 7, 8, 21] {
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

    #[test]
    fn words_hold_the_nearest_bfloat16_of_both() {
        for x in [0.0f32, 1.0, -1.004, 3.9e-3, 1.003_906_2, f32::MAX, 1e-30] {
            let word = pair(x, -x);
            assert_eq!(word as u16, to_bfloat16(x));
            assert_eq!((word >> 16) as u16, to_bfloat16(-x));
        }
    }
}
