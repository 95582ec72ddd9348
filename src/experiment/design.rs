//! The designs that the questions compare: which keys are uncertain, and which queries look at them.

use crate::montecarlo::{Direction, KeyLaw, Model, ModelError, Quantity, Reduced, Sampler, Stream};
use crate::montecarlo::{Form, MomentGather, Quantities, gather};
use crate::quadrature::{Group, Score, WeightMoments, moments};

/// Key `a`, whose length is uncertain under the covariances of 1c.ii, and key `b`.
pub const A: usize = 0;
/// Key `b`.
pub const B: usize = 1;

/// A way to average two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Design {
    /// One head, `q = β (μ_a + μ_b)`.
    One,
    /// Two heads with that query each.
    Twin,
    /// Two heads, `q_1 = β μ_a` and `q_2 = β μ_b`.
    Separate,
}

impl Design {
    /// All, in the order of the plots.
    pub const ALL: [Design; 3] = [Design::One, Design::Twin, Design::Separate];

    /// Its name in tables.
    pub fn id(self) -> &'static str {
        match self {
            Design::One => "one-head",
            Design::Twin => "twin-queries",
            Design::Separate => "separate-queries",
        }
    }

    /// Its name in legends.
    pub fn title(self) -> &'static str {
        match self {
            Design::One => "one head, q = β(μ_a+μ_b)",
            Design::Twin => "two heads, both q = β(μ_a+μ_b)",
            Design::Separate => "two heads, q₁ = βμ_a, q₂ = βμ_b",
        }
    }

    /// The queries without `β`, in the basis of the means.
    fn queries(self) -> Vec<Direction> {
        let both = vec![(A, 1.0), (B, 1.0)];
        match self {
            Design::One => vec![both],
            Design::Twin => vec![both.clone(), both],
            Design::Separate => vec![vec![(A, 1.0)], vec![(B, 1.0)]],
        }
    }
}

/// Sizes and scales of a model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// Keys `n`.
    pub keys: usize,
    /// Dimension `d` of the keys.
    pub dimension: usize,
    /// Inverse temperature `β`.
    pub beta: f64,
    /// Isotropic variance `α`.
    pub alpha: f64,
    /// Extra variance of `k_a` along `μ_a`: 1/2 in 1c.ii, 0 in 1c.i.
    pub length_variance: f64,
}

/// The model of a design.
pub fn model(design: Design, at: Setting) -> Result<Model, ModelError> {
    model_of(design.queries(), at)
}

/// The model of heads with given queries.
pub fn model_of(queries: Vec<Direction>, at: Setting) -> Result<Model, ModelError> {
    let mut keys = vec![KeyLaw { isotropic: at.alpha, spikes: vec![] }; at.keys];
    if let Some(key) = keys.get_mut(A).filter(|_| at.length_variance > 0.0) {
        key.spikes.push(vec![(A, at.length_variance.sqrt())]);
    }
    Model::new(at.dimension, keys, queries, at.beta)
}

/// Moments of each head's weights without sampling, the laws of equal keys grouped.
fn head_moments(model: &Model) -> Option<Vec<(Vec<Group>, WeightMoments)>> {
    let reduced = Reduced::of(model);
    let heads = model.queries().len();
    (0..heads)
        .map(|h| {
            let mut groups: Vec<Group> = Vec::new();
            for scores in &reduced.keys {
                let deviation = scores.factor.get(h).map_or(0.0, |row| row.iter().map(|x| x * x).sum::<f64>().sqrt());
                let score = Score::normal(model.beta() * scores.mean[h], model.beta() * deviation);
                match groups.iter_mut().find(|g| g.score == score) {
                    Some(group) => group.count += 1,
                    None => groups.push(Group { score, count: 1 }),
                }
            }
            let found = moments(&groups)?;
            Some((groups, found))
        })
        .collect()
}

/// `Σ_i Var α_i` of one head's weights.
fn spread(groups: &[Group], moments: &WeightMoments) -> f64 {
    groups.iter().zip(&moments.squares).zip(&moments.means).map(|((g, s), m)| g.count as f64 * (s - m * m)).sum()
}

/// `tr Cov(c)` for orthonormal values, by quadrature. Equal heads count once; the heads of the separate
/// design see independent scores, `Cov(k^T μ_a, k^T μ_b) = 0`, so their variances add up.
pub fn exact_variance(design: Design, at: Setting) -> Option<f64> {
    let model = model(design, at).ok()?;
    let heads = head_moments(&model)?;
    let each: Vec<f64> = heads.iter().map(|(g, m)| spread(g, m)).collect();
    Some(match design {
        Design::One | Design::Twin => each[0],
        Design::Separate => each.iter().sum::<f64>() / (each.len() * each.len()) as f64,
    })
}

/// `sqrt(E |c - ½ (v_a + v_b)|^2)` of one head for orthonormal values, by quadrature:
/// `Σ_i E (α_i - t_i)^2` with `t_a = t_b = ½` and 0 elsewhere.
pub fn exact_error(at: Setting) -> Option<f64> {
    let model = model(Design::One, at).ok()?;
    let (groups, found) = head_moments(&model)?.pop()?;
    let squares: f64 = groups.iter().zip(&found.squares).map(|(g, s)| g.count as f64 * s).sum();
    let aimed = aimed_mean(&model, &groups, &found);
    Some((squares - aimed + 0.5).max(0.0).sqrt())
}

/// `E α_a + E α_b`.
fn aimed_mean(model: &Model, groups: &[Group], found: &WeightMoments) -> f64 {
    let reduced = Reduced::of(model);
    [A, B]
        .iter()
        .map(|key| {
            let deviation = reduced.keys[*key].factor[0].iter().map(|x| x * x).sum::<f64>().sqrt();
            let score = Score::normal(model.beta() * reduced.keys[*key].mean[0], model.beta() * deviation);
            groups.iter().position(|g| g.score == score).map_or(f64::NAN, |g| found.means[g])
        })
        .sum()
}

/// A sampled number: its estimate, an interval of five standard errors on either side, and the draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sampled {
    /// The estimate.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Draws of the keys.
    pub draws: u64,
}

impl Sampled {
    /// Standard error of the estimate.
    pub fn standard_error(&self) -> f64 {
        0.5 * (self.high - self.low) / STANDARD_ERRORS
    }
}

/// Standard errors on either side of a sampled point: a true value lies outside once in two million.
const STANDARD_ERRORS: f64 = 5.0;

/// `tr Cov(c)` by Monte Carlo, keys drawn in the given form.
pub fn sampled_variance(model: &Model, form: Form, stream: &Stream, chunks: u64) -> Sampled {
    let observer = Quantities::of(&[Quantity::OutputVariance], true);
    let made = gather(&Sampler::new(model, form), stream, 0, chunks, || MomentGather::new(observer.clone(), vec![]));
    let moments = made.result.into_moments();
    let margin = STANDARD_ERRORS * moments.standard_error(0).unwrap_or(f64::NAN);
    Sampled { value: moments.means[0], low: moments.means[0] - margin, high: moments.means[0] + margin, draws: made.draws }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(beta: f64, alpha: f64, length_variance: f64) -> Setting {
        Setting { keys: 10, dimension: 64, beta, alpha, length_variance }
    }

    #[test]
    fn quadrature_and_sampling_of_full_keys_agree_for_every_design() {
        for (stream, design) in Design::ALL.into_iter().enumerate() {
            let at = at(6.0, 1e-3, 0.5);
            let exact = exact_variance(design, at).unwrap();
            let model = model(design, at).unwrap();
            let full = sampled_variance(&model, Form::Full { rotation: Some(3) }, &Stream::new(2, stream as u64), 12);
            assert!(full.low < exact && exact < full.high, "{design:?}: {exact} outside [{}, {}]", full.low, full.high);
        }
    }

    #[test]
    fn twin_queries_save_no_variance_and_separate_ones_do() {
        let at = at(50.0, 0.0, 0.5);
        let one = exact_variance(Design::One, at).unwrap();
        assert_eq!(exact_variance(Design::Twin, at).unwrap(), one);
        // 0.04026 in the limit at n = 10.
        assert!(exact_variance(Design::Separate, at).unwrap() < 0.1 * one);
    }

    #[test]
    fn without_noise_the_error_of_the_average_is_the_leak() {
        // ε √(½ + 1/(n-2)) with ε = (n-2)/(n-2+2e^β).
        let error = exact_error(at(5.0, 0.0, 0.0)).unwrap();
        let leak = 8.0 / (8.0 + 2.0 * 5f64.exp());
        assert!((error - leak * (0.5 + 1.0 / 8.0f64).sqrt()).abs() < 1e-9, "{error}");
    }
}
