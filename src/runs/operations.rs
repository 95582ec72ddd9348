//! What one forward pass of a model costs, counted at the trainer's layers.

use super::Variant;
use crate::trainer::{Config, config, flops};

/// Sizes of a model and its input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Vanilla or perceiver.
    pub variant: Variant,
    /// Blocks `L`.
    pub layers: usize,
    /// Tokens `l`.
    pub length: usize,
    /// Latents `m` of a perceiver.
    pub bottleneck: usize,
    /// Width `d`.
    pub width: usize,
}

/// Floating-point operations of one forward pass without the head, whose cost is the vocabulary's; `None` for
/// a shape that no model has.
pub fn forward_operations(shape: &Shape) -> Option<u64> {
    let head = 2 * shape.width as u64 * shape.length as u64;
    flops::count(&config(shape), shape.length).ok().map(|all| all - head)
}

/// Scores that one head's layers form in a forward pass, masked or not; `None` for a shape that no model has.
pub fn scores(shape: &Shape) -> Option<u64> {
    flops::scores(&config(shape), shape.length).ok()
}

fn config(shape: &Shape) -> Config {
    Config {
        // One character: the head is 2 d l operations, taken off below.
        vocabulary: 1,
        block: shape.length,
        layers: shape.layers,
        heads: 1,
        width: shape.width,
        variant: match shape.variant {
            Variant::Vanilla => config::Variant::Vanilla,
            Variant::Perceiver => config::Variant::Perceiver,
        },
        positions: config::Positions::Learned,
        bottleneck: shape.bottleneck,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vanilla_layer_costs_its_products_and_a_shape_of_no_model_nothing() {
        let shape = Shape { variant: Variant::Vanilla, layers: 3, length: 10, bottleneck: 1, width: 8 };
        assert_eq!(forward_operations(&shape), Some(3 * (24 * 10 * 64 + 2 * 8 * 10 * 11)));
        assert_eq!(forward_operations(&Shape { layers: 0, ..shape }), None);
    }
}
