//! The reduced form: only the scores that the weights and the conditions need.
//!
//! Key `i` enters through the scores `x_{ih} = k_i^T q_h` and the inner products of its conditions.
//! They are jointly Gaussian with mean `q_h^T μ_i` and covariance `α_i q_g^T q_h + Σ_s (u_s^T q_g)(u_s^T q_h)`,
//! of rank `r_i`, usually far below `d`. With `x = m + L z`, `z ~ N(0, I_{r_i})`, a draw costs
//! `Σ_i r_i` normals in place of `n d + Σ_i (number of spikes)`.
//!
//! `L` comes from Gram and Schmidt on the rows `[sqrt(α) q_h, u_1^T q_h, …]`, whose inner products are
//! the covariances: the covariance matrix itself, with its squared condition number, is never formed.

use super::model::{Direction, KeyLaw, Model, dot};
use crate::tolerance::DEPENDENT_ROW;

/// One Gaussian vector of scores: `x = mean + factor z`.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// Mean of each score: the heads' first, less the head's greatest mean (weights do not see a shift,
    /// and noise of 1e-150 around 0 survives where around 1 it would not); then one for every condition
    /// on this key.
    pub mean: Vec<f64>,
    /// Row `h` holds the coefficients of `z` in score `h`; all rows have length `rank`.
    pub factor: Vec<Vec<f64>>,
    /// Number of normals that this key costs.
    pub rank: usize,
    /// Bounds of the conditions on this key, in the order of their scores.
    pub bounds: Vec<f64>,
}

/// The reduced form of a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Reduced {
    /// One Gaussian vector for every key; keys with equal laws stay separate, because they are
    /// independent.
    pub keys: Vec<Scores>,
    /// Normals that a draw costs here: `Σ_i r_i`.
    pub normals: usize,
    /// Normals that a draw of the full keys costs: `n d + Σ_i (number of spikes)`.
    pub normals_full: usize,
}

impl Reduced {
    /// Derives the reduced form.
    pub fn of(model: &Model) -> Reduced {
        let mut known: Vec<Known> = Vec::new();
        let mut keys = Vec::with_capacity(model.keys().len());
        for (i, law) in model.keys().iter().enumerate() {
            let conditions = model.conditions().iter().filter(|g| g.key == i);
            let directions: Vec<&Direction> = model.queries().iter().chain(conditions.clone().map(|g| &g.direction)).collect();
            let found = known.iter().find(|(l, d, _)| *l == law && *d == directions);
            let factor = match found {
                Some((_, _, factor)) => factor.clone(),
                None => {
                    let factor = factor(law, &directions, model.keys().len());
                    known.push((law, directions.clone(), factor.clone()));
                    factor
                }
            };
            keys.push(Scores {
                mean: directions.iter().map(|d| model.mean(i, d)).collect(),
                rank: factor.first().map_or(0, Vec::len),
                factor,
                bounds: conditions.map(|g| g.at_least).collect(),
            });
        }
        for head in 0..model.queries().len() {
            let top = keys.iter().map(|k: &Scores| k.mean[head]).fold(f64::NEG_INFINITY, f64::max);
            keys.iter_mut().for_each(|k| k.mean[head] -= top);
        }
        let spikes: usize = model.keys().iter().map(|k| k.spikes.len()).sum();
        Reduced {
            normals: keys.iter().map(|k| k.rank).sum(),
            normals_full: model.keys().len() * model.dimension() + spikes,
            keys,
        }
    }

    /// The reduction in words, as reports show it.
    pub fn describe(&self) -> String {
        format!("{} normals a draw become {}", self.normals_full, self.normals)
    }
}

/// A law, the directions it is looked at along, and the factor that they have.
type Known<'a> = (&'a KeyLaw, Vec<&'a Direction>, Vec<Vec<f64>>);

/// `L` with `L L^T` the covariance of a key's inner products with `directions`.
fn factor(law: &KeyLaw, directions: &[&Direction], means: usize) -> Vec<Vec<f64>> {
    let deviation = law.isotropic.sqrt();
    let rows = directions.iter().map(|direction| {
        let mut row = vec![0.0; means];
        for (at, x) in direction.iter() {
            row[*at] = deviation * x;
        }
        row.extend(law.spikes.iter().map(|u| dot(u, direction)));
        row
    });
    let mut basis: Vec<Vec<f64>> = Vec::new();
    let mut factor: Vec<Vec<f64>> = Vec::new();
    for row in rows {
        let scale = length(&row);
        let mut rest = row;
        let mut coefficients = vec![0.0; basis.len()];
        // Twice is enough (Kahan, in Parlett, *The Symmetric Eigenvalue Problem*, 6-9).
        for _ in 0..2 {
            for (coefficient, unit) in coefficients.iter_mut().zip(&basis) {
                let along: f64 = unit.iter().zip(&rest).map(|(u, r)| u * r).sum();
                *coefficient += along;
                rest.iter_mut().zip(unit).for_each(|(r, u)| *r -= along * u);
            }
        }
        let left = length(&rest);
        if left > DEPENDENT_ROW * scale {
            basis.push(rest.iter().map(|r| r / left).collect());
            coefficients.push(left);
        }
        factor.push(coefficients);
    }
    for row in &mut factor {
        row.resize(basis.len(), 0.0);
    }
    factor
}

/// Euclidean length, safe for entries whose squares underflow (`α = 1e-300`).
fn length(x: &[f64]) -> f64 {
    let largest = x.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
    if largest == 0.0 {
        return 0.0;
    }
    largest * x.iter().map(|v| (v / largest).powi(2)).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::super::model::Given;
    use super::*;

    /// Ten keys in 64 dimensions, key 0 with the spike of one half.
    fn model(alpha: f64, queries: Vec<Direction>) -> Model {
        let mut keys = vec![KeyLaw { isotropic: alpha, spikes: vec![] }; 10];
        keys[0].spikes.push(vec![(0, 0.5_f64.sqrt())]);
        Model::new(64, keys, queries, 10.0).unwrap()
    }

    #[test]
    fn six_hundred_and_forty_one_normals_become_ten() {
        let reduced = Reduced::of(&model(1e-4, vec![vec![(0, 1.0), (1, 1.0)]]));
        assert_eq!(reduced.describe(), "641 normals a draw become 10");
        // Two equal heads cost no more, two different ones twice as much.
        assert_eq!(Reduced::of(&model(1e-4, vec![vec![(0, 1.0), (1, 1.0)]; 2])).normals, 10);
        assert_eq!(Reduced::of(&model(1e-4, vec![vec![(0, 1.0)], vec![(1, 1.0)]])).normals, 20);
        // Without isotropic noise only the spike is left.
        assert_eq!(Reduced::of(&model(0.0, vec![vec![(0, 1.0)], vec![(1, 1.0)]])).normals, 1);
    }

    #[test]
    fn the_factor_reproduces_every_covariance_also_of_dependent_queries_and_conditions() {
        let queries = vec![vec![(0, 1.0), (1, 1.0)], vec![(0, 2.0), (1, -1.0)], vec![(0, 3.0)], vec![(4, 0.0)]];
        let given = Given { key: 0, direction: vec![(0, 1.0), (2, 5.0)], at_least: -1.0 };
        for alpha in [0.0, 1e-300, 1e-8, 0.3] {
            let model = model(alpha, queries.clone()).given(given.clone()).unwrap();
            let reduced = Reduced::of(&model);
            for (i, scores) in reduced.keys.iter().enumerate() {
                let mut directions = queries.clone();
                if i == 0 {
                    directions.push(given.direction.clone());
                }
                for (x, row) in directions.iter().zip(&scores.factor) {
                    for (y, other) in directions.iter().zip(&scores.factor) {
                        let product: f64 = row.iter().zip(other).map(|(a, b)| a * b).sum();
                        let exact = model.covariance(i, x, y);
                        let scale = model.covariance(i, x, x).sqrt() * model.covariance(i, y, y).sqrt();
                        assert!((product - exact).abs() <= 1e-14 * scale, "alpha {alpha:e}, key {i}: {product:e} for {exact:e}");
                    }
                }
            }
        }
    }
}
