//! Floating-point operations of one forward pass, counted at the layers that make them.
//!
//! The real network runs with a way to multiply that multiplies nothing: every linear layer and every
//! attention reports its shape to it, so a layer that is added, or that sees fewer columns, is counted
//! as it is. A multiplication and the addition that follows are two operations; softmax, LayerNorm,
//! GELU and residual sums, which grow like `l d` and `l²`, are not counted.

use std::sync::atomic::{AtomicU64, Ordering};

use nalgebra::DMatrix;

use super::{
    batch::Ragged,
    config::{Config, ConfigError},
    layer::{Attention, Dropout, Linear, Pass, Span},
    network::Network,
    pool::Pool,
    product::Products,
};

/// Counts products and makes none.
#[derive(Debug, Default)]
struct Counting {
    operations: AtomicU64,
    /// Pairs of a query and a key of one head, whether the mask lets them through or not.
    pairs: AtomicU64,
}

impl Counting {
    fn add(&self, multiplications: usize) {
        self.operations.fetch_add(2 * multiplications as u64, Ordering::Relaxed);
    }
}

impl Products<f32> for Counting {
    fn forward(&self, linear: &Linear, _: &[f32], x: &DMatrix<f32>, _: &mut DMatrix<f32>) {
        self.add(linear.inputs * linear.outputs * x.ncols());
    }
    fn input_gradient(&self, linear: &Linear, _: &[f32], dy: &DMatrix<f32>, _: &mut DMatrix<f32>) {
        self.add(linear.inputs * linear.outputs * dy.ncols());
    }
    fn weight_gradient(&self, linear: &Linear, x: &DMatrix<f32>, _: &DMatrix<f32>, _: &mut [f32]) {
        self.add(linear.inputs * linear.outputs * x.ncols());
    }
    fn attends(&self, attention: &Attention, spans: &[Span]) -> bool {
        // Scores and context: one product over the features each, a query against each key it sees.
        let seen: usize = spans.iter().map(|s| (0..s.queries).map(|i| s.visible(i)).sum::<usize>()).sum();
        self.add(2 * attention.heads * attention.head * seen);
        let formed: usize = spans.iter().map(|s| s.queries * s.keys).sum();
        self.pairs.fetch_add(formed as u64, Ordering::Relaxed);
        false
    }
}

/// Operations of one forward pass over a sequence of `tokens` positions, logits of every position
/// included. Causal attention counts the pairs that its mask lets through.
///
/// # Errors
/// A shape that no model has; more tokens than its block.
pub fn count(config: &Config, tokens: usize) -> Result<u64, ConfigError> {
    Ok(run(config, tokens)?.operations.into_inner())
}

/// Scores of one head over all layers: a query against each key of its layer. The mask works on them when they
/// are formed, so it takes none away.
///
/// # Errors
/// As [`count`].
pub fn scores(config: &Config, tokens: usize) -> Result<u64, ConfigError> {
    Ok(run(config, tokens)?.pairs.into_inner())
}

fn run(config: &Config, tokens: usize) -> Result<Counting, ConfigError> {
    let network = Network::new(config)?;
    if tokens == 0 || tokens > config.block {
        return Err(ConfigError::Size { key: "tokens", value: tokens, most: config.block });
    }
    let counting = Counting::default();
    let parameters = vec![0.0f32; network.layout().count()];
    let (rotary, mut pool) = (network.rotary(), Pool::default());
    let mut pass =
        Pass { parameters: &parameters, products: &counting, dropout: Dropout::OFF, rotary: rotary.as_ref(), pool: &mut pool };
    let every: Vec<usize> = (0..tokens).collect();
    network.logits(&mut pass, &vec![0; tokens], &Ragged::new(vec![tokens], vec![0]), &every, None);
    Ok(counting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trainer::config::{Positions, Variant};

    /// The documented polynomials: `l` tokens, `m` latents (of which `k = min(l, m)` are reached), `d`
    /// width, `v` vocabulary, `layers` blocks. Heads do not appear.
    fn polynomial(c: &Config, l: u64) -> u64 {
        let (d, v, layers, m) = (c.width as u64, c.vocabulary as u64, c.layers as u64, c.bottleneck as u64);
        let block = |n: u64| 24 * n * d * d + 2 * d * n * (n + 1);
        let head = 2 * v * d * l;
        match c.variant {
            Variant::Vanilla => layers * block(l) + head,
            Variant::Perceiver => {
                let k = l.min(m);
                let down = 2 * m * d * d + 4 * l * d * d + 18 * k * d * d + 2 * d * k * (k + 1);
                let up = 20 * l * d * d + 4 * k * d * d + 2 * d * k * (k + 1) + 4 * d * (l - k) * k;
                down + (layers - 2) * block(k) + up + head
            }
        }
    }

    #[test]
    fn what_the_layers_do_is_the_documented_polynomial() {
        for variant in [Variant::Vanilla, Variant::Perceiver] {
            for (d, h) in [(8, 1), (8, 4), (24, 2)] {
                for layers in [2, 3, 5] {
                    for m in [1, 5, 16] {
                        for l in [1u64, 4, 16, 33] {
                            let config = Config {
                                vocabulary: 11,
                                block: 40,
                                layers,
                                heads: h,
                                width: d,
                                variant,
                                positions: Positions::Learned,
                                bottleneck: m,
                            };
                            let counted = count(&config, l as usize).expect("a valid shape");
                            assert_eq!(counted, polynomial(&config, l), "{config:?}, {l} tokens");
                            // The negative control: one layer more is another polynomial.
                            let deeper = Config { layers: layers + 1, ..config };
                            assert_ne!(counted, polynomial(&deeper, l));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn rotary_positions_and_heads_add_no_products() {
        let count = |heads, positions| count(&Config { heads, positions, ..Config::default() }, 100).expect("valid");
        assert_eq!(count(8, Positions::Learned), count(2, Positions::Rotary));
    }

    #[test]
    fn too_many_tokens_are_an_error() {
        assert!(count(&Config::default(), 129).is_err() && count(&Config::default(), 0).is_err());
    }
}
