//! The shape of a model, as recipes and weight files state it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What stands between the embedding and the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Variant {
    /// `layers` causal blocks over the tokens.
    Vanilla,
    /// Down to `bottleneck` latents, `layers - 2` causal blocks over them, and up again.
    Perceiver,
}

/// How a model knows where a token stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Positions {
    /// A learned vector a position, added to the token's embedding.
    Learned,
    /// Queries and keys turned by an angle in proportion to the position (Su et al. 2021).
    Rotary,
}

/// A model's shape. The default is the course's: 3,323,392 parameters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Characters known, the pad (0) and the mask (1) among them.
    pub vocabulary: usize,
    /// Longest sequence, in characters.
    pub block: usize,
    /// Number of blocks, the two cross-attention blocks of a perceiver included.
    pub layers: usize,
    /// Attention heads; divides `width`.
    pub heads: usize,
    /// Features of a token.
    pub width: usize,
    /// Vanilla or perceiver.
    pub variant: Variant,
    /// Learned or rotary positions.
    pub positions: Positions,
    /// Latents `m` of a perceiver; a vanilla model has none and ignores it.
    pub bottleneck: usize,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            vocabulary: 256,
            block: 128,
            layers: 4,
            heads: 8,
            width: 256,
            variant: Variant::Vanilla,
            positions: Positions::Learned,
            bottleneck: 64,
        }
    }
}

/// A shape that no model has.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ConfigError {
    /// A size that must be positive, or too large to be meant.
    #[error("`{key}` is {value}, expected 1 to {most}")]
    Size {
        /// The key.
        key: &'static str,
        /// Its value.
        value: usize,
        /// The largest value accepted.
        most: usize,
    },
    /// Heads that do not divide the width.
    #[error("{heads} heads do not divide a width of {width}")]
    Heads {
        /// Heads.
        heads: usize,
        /// Width.
        width: usize,
    },
    /// Rotary positions turn pairs of features.
    #[error("rotary positions need an even number of features a head, not {features}")]
    OddHead {
        /// Features a head.
        features: usize,
    },
    /// A perceiver with no room for its two cross-attention blocks.
    #[error("a perceiver needs at least 2 layers, not {layers}")]
    Layers {
        /// Layers.
        layers: usize,
    },
}

impl Config {
    /// Says whether a model of this shape can be built.
    ///
    /// # Errors
    /// The first key that is out of bounds.
    pub fn validate(&self) -> Result<(), ConfigError> {
        let sizes = [
            ("vocabulary", self.vocabulary, 1 << 16),
            ("block", self.block, 1 << 14),
            ("layers", self.layers, 256),
            ("heads", self.heads, 256),
            ("width", self.width, 1 << 13),
            ("bottleneck", self.bottleneck, 1 << 14),
        ];
        for (key, value, most) in sizes {
            if !(1..=most).contains(&value) {
                return Err(ConfigError::Size { key, value, most });
            }
        }
        if !self.width.is_multiple_of(self.heads) {
            return Err(ConfigError::Heads { heads: self.heads, width: self.width });
        }
        if self.positions == Positions::Rotary && !self.head_width().is_multiple_of(2) {
            return Err(ConfigError::OddHead { features: self.head_width() });
        }
        if self.variant == Variant::Perceiver && self.layers < 2 {
            return Err(ConfigError::Layers { layers: self.layers });
        }
        Ok(())
    }

    /// Features of one head.
    pub fn head_width(&self) -> usize {
        self.width / self.heads
    }
}
