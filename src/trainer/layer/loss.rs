//! Cross entropy of the positions that have a target.

use nalgebra::DMatrix;

use crate::trainer::real::{Real, sum, vectorised};

/// What a batch scored.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Scored {
    /// Sum of `-ln p(target)`, in nats.
    pub nats: f64,
    /// Number of targets.
    pub targets: usize,
}

impl Scored {
    /// Nats a target.
    pub fn mean(&self) -> f64 {
        self.nats / self.targets as f64
    }
}

/// The loss `Σ_t (ln Σ_v e^{z_vt} - z_{y_t t})`; `logits` (`V x N`, one column a target) become
/// its gradient times `scale`: `(softmax(z) - onehot(y)) scale`.
pub fn cross_entropy<T: Real>(logits: &mut DMatrix<T>, targets: &[u32], scale: T) -> Scored {
    let rows = logits.nrows();
    Scored { nats: column_losses(logits.as_mut_slice(), rows, targets, scale), targets: targets.len() }
}

vectorised! {
    fn column_losses<T>(logits: &mut [T], rows: usize, targets: &[u32], scale: T) -> f64 {
        let mut nats = 0.0;
        for (z, target) in logits.chunks_exact_mut(rows).zip(targets) {
            let greatest = max(z);
            let wanted = z[*target as usize] - greatest;
            z.iter_mut().for_each(|v| *v = (*v - greatest).exp_nonpositive());
            let total = sum(z);
            nats += total.get().ln() - wanted.get();
            let factor = scale / total;
            z.iter_mut().for_each(|v| *v *= factor);
            z[*target as usize] -= scale;
        }
        nats
    }
}

/// `z_i - ln Σ_v e^{z_v}`: the log-probability of choice `i`.
pub fn log_softmax_at<T: Real>(z: &[T], i: usize) -> f64 {
    let greatest = max(z);
    let total: f64 = z.iter().map(|v| (*v - greatest).get().exp()).sum();
    (z[i] - greatest).get() - total.ln()
}

#[inline(always)]
fn max<T: Real>(z: &[T]) -> T {
    let mut greatest = z[0];
    z.iter().for_each(|v| greatest = if *v > greatest { *v } else { greatest });
    greatest
}
