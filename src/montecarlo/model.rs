//! What is sampled: keys, queries, inverse temperature and conditions, with no question attached.
//!
//! `n` keys in `d` dimensions around orthonormal means `μ_1 … μ_n`:
//! `k_i = μ_i + sqrt(α_i) z + Σ_s u_{is} ξ_s` with `z ~ N(0, I_d)` and `ξ_s ~ N(0, 1)`, all
//! independent, so `Cov(k_i) = α_i I + Σ_s u_{is} u_{is}^T`. Head `h` asks with `β q_h` and weighs
//! `α_{hi} = exp(β k_i^T q_h) / Σ_j exp(β k_j^T q_h)`. Directions `q_h`, `u_{is}` are given by their
//! coordinates on the means (a sparse list). `β = ∞` and `α_i = 0` are the limits, not errors: the
//! weights are then shared by the keys of the greatest score.

use thiserror::Error;

/// A vector in the span of the means: (index of the mean, coordinate), every index at most once.
pub type Direction = Vec<(usize, f64)>;

/// The law of one key around its mean.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyLaw {
    /// `α_i >= 0`, variance along every direction.
    pub isotropic: f64,
    /// `u_{is}`: extra directions, each adding `u u^T` to the covariance.
    pub spikes: Vec<Direction>,
}

/// A condition on the draws: `k_key^T direction >= at_least`.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// Index of the key.
    pub key: usize,
    /// The direction, in units where the queries have no `β`.
    pub direction: Direction,
    /// The bound.
    pub at_least: f64,
}

/// Keys, queries, inverse temperature and conditions.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    dimension: usize,
    keys: Vec<KeyLaw>,
    queries: Vec<Direction>,
    beta: f64,
    given: Vec<Given>,
}

/// Why a model cannot be.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ModelError {
    /// Fewer than one key or query.
    #[error("a model needs at least one key and one query")]
    Empty,
    /// Orthonormal means do not fit.
    #[error("{keys} orthonormal means do not fit into {dimension} dimensions")]
    Dimension {
        /// Number of keys.
        keys: usize,
        /// Dimension of the space.
        dimension: usize,
    },
    /// A number that is not finite where it must be, or negative where it must not.
    #[error("{what} = {value} is not allowed")]
    Value {
        /// What the number is.
        what: &'static str,
        /// The number.
        value: f64,
    },
    /// An index beyond the keys, or one named twice.
    #[error("{what} names mean {index} of {keys} (counted from 0), or names it twice")]
    Index {
        /// Where the index stands.
        what: &'static str,
        /// The index.
        index: usize,
        /// Number of keys.
        keys: usize,
    },
}

impl Model {
    /// A model without conditions.
    ///
    /// `dimension` is `d`, `keys` the laws of `k_1 … k_n`, `queries` the `q_h`, `beta` is `β`
    /// (`f64::INFINITY` for the limit).
    ///
    /// # Errors
    /// [`ModelError`] where a number, an index or a size is not allowed.
    pub fn new(dimension: usize, keys: Vec<KeyLaw>, queries: Vec<Direction>, beta: f64) -> Result<Model, ModelError> {
        if keys.is_empty() || queries.is_empty() {
            return Err(ModelError::Empty);
        }
        if dimension < keys.len() {
            return Err(ModelError::Dimension { keys: keys.len(), dimension });
        }
        if beta.is_nan() || beta < 0.0 {
            return Err(ModelError::Value { what: "beta", value: beta });
        }
        for key in &keys {
            if !(key.isotropic >= 0.0 && key.isotropic.is_finite()) {
                return Err(ModelError::Value { what: "alpha", value: key.isotropic });
            }
            for spike in &key.spikes {
                check("a covariance", spike, keys.len())?;
            }
        }
        for query in &queries {
            check("a query", query, keys.len())?;
        }
        Ok(Model { dimension, keys, queries, beta, given: Vec::new() })
    }

    /// The same model under one more condition.
    ///
    /// # Errors
    /// [`ModelError`] where the condition names a key or mean that is not there, or a number that is not finite.
    pub fn given(mut self, given: Given) -> Result<Model, ModelError> {
        check("a condition", &given.direction, self.keys.len())?;
        if given.key >= self.keys.len() {
            return Err(ModelError::Index { what: "a condition", index: given.key, keys: self.keys.len() });
        }
        if !given.at_least.is_finite() {
            return Err(ModelError::Value { what: "a condition's bound", value: given.at_least });
        }
        self.given.push(given);
        Ok(self)
    }

    /// `d`.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// The laws of the keys.
    pub fn keys(&self) -> &[KeyLaw] {
        &self.keys
    }

    /// The queries, without `β`.
    pub fn queries(&self) -> &[Direction] {
        &self.queries
    }

    /// `β`, possibly infinite.
    pub fn beta(&self) -> f64 {
        self.beta
    }

    /// The conditions.
    pub fn conditions(&self) -> &[Given] {
        &self.given
    }

    /// `k_i`'s mean along a direction: its coordinate on `μ_i`.
    pub fn mean(&self, key: usize, direction: &Direction) -> f64 {
        direction.iter().find(|(at, _)| *at == key).map_or(0.0, |(_, x)| *x)
    }

    /// `Cov(k_i^T x, k_i^T y) = α_i x^T y + Σ_s (u_{is}^T x)(u_{is}^T y)`.
    pub fn covariance(&self, key: usize, x: &Direction, y: &Direction) -> f64 {
        let law = &self.keys[key];
        law.isotropic * dot(x, y) + law.spikes.iter().map(|u| dot(u, x) * dot(u, y)).sum::<f64>()
    }
}

/// `x^T y` for directions on orthonormal means.
pub fn dot(x: &Direction, y: &Direction) -> f64 {
    x.iter().map(|(i, a)| y.iter().filter(|(j, _)| i == j).map(|(_, b)| a * b).sum::<f64>()).sum()
}

fn check(what: &'static str, direction: &Direction, keys: usize) -> Result<(), ModelError> {
    for (at, (index, x)) in direction.iter().enumerate() {
        if *index >= keys || direction[..at].iter().any(|(earlier, _)| earlier == index) {
            return Err(ModelError::Index { what, index: *index, keys });
        }
        if !x.is_finite() {
            return Err(ModelError::Value { what, value: *x });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(isotropic: f64) -> KeyLaw {
        KeyLaw { isotropic, spikes: vec![] }
    }

    #[test]
    fn a_model_refuses_what_cannot_be() {
        let query = || vec![vec![(0, 1.0)]];
        assert_eq!(Model::new(1, vec![], query(), 1.0), Err(ModelError::Empty));
        assert_eq!(Model::new(1, vec![plain(0.0); 2], query(), 1.0), Err(ModelError::Dimension { keys: 2, dimension: 1 }));
        assert!(matches!(Model::new(2, vec![plain(-1.0)], query(), 1.0), Err(ModelError::Value { what: "alpha", .. })));
        assert!(matches!(Model::new(2, vec![plain(1.0)], query(), f64::NAN), Err(ModelError::Value { what: "beta", .. })));
        assert!(matches!(Model::new(2, vec![plain(1.0)], vec![vec![(1, 1.0)]], 1.0), Err(ModelError::Index { index: 1, .. })));
        assert!(matches!(
            Model::new(2, vec![plain(1.0); 2], vec![vec![(1, 1.0), (1, 2.0)]], 1.0),
            Err(ModelError::Index { index: 1, .. })
        ));
        assert!(Model::new(2, vec![plain(1.0)], query(), f64::INFINITY).is_ok());
    }

    #[test]
    fn covariances_add_the_isotropic_part_and_the_spikes() {
        let spiked = KeyLaw { isotropic: 0.25, spikes: vec![vec![(0, 2.0)]] };
        let model = Model::new(2, vec![spiked, plain(0.25)], vec![vec![(0, 1.0), (1, 1.0)], vec![(1, 3.0)]], 1.0).unwrap();
        let (q, r) = (&model.queries()[0], &model.queries()[1]);
        assert_eq!(model.covariance(0, q, q), 0.5 + 4.0);
        assert_eq!(model.covariance(0, q, r), 0.75);
        assert_eq!(model.covariance(1, q, q), 0.5);
        assert_eq!((model.mean(0, r), model.mean(1, r)), (0.0, 3.0));
    }
}
