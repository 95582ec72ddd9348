//! Small models and small batches.

use attest::trainer::{
    Config, Model, Workspace,
    batch::{Example, IGNORED, Strip},
    config::{Positions, Variant},
    product::Exact,
    real::Real,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A model small enough for central differences.
pub fn small(variant: Variant, positions: Positions) -> Config {
    Config { vocabulary: 13, block: 24, layers: 3, heads: 2, width: 8, variant, positions, bottleneck: 6 }
}

/// The three kinds of model that the references hold.
pub fn kinds() -> [(Variant, Positions); 4] {
    [
        (Variant::Vanilla, Positions::Learned),
        (Variant::Vanilla, Positions::Rotary),
        (Variant::Perceiver, Positions::Learned),
        (Variant::Perceiver, Positions::Rotary),
    ]
}

/// A model whose every parameter is away from its special first value.
pub fn shaken<T: Real>(config: &Config, seed: u64) -> Model<T> {
    let mut model = Model::new(config, seed).expect("a valid shape");
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    model.parameters.iter_mut().for_each(|p| *p += T::of(rng.random_range(-0.3..0.3)));
    model
}

/// Ragged examples with some targets ignored.
pub fn examples(config: &Config, lengths: &[usize], seed: u64) -> Vec<Example> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut id = || rng.random_range(0..config.vocabulary as u32);
    lengths
        .iter()
        .map(|n| {
            let tokens = (0..*n).map(|_| id()).collect();
            let targets = (0..*n).map(|i| if i % 3 == 1 { IGNORED } else { id() }).collect();
            Example { tokens, targets }
        })
        .collect()
}

/// Mean loss and gradient of one strip.
pub fn gradient<T: Real>(model: &Model<T>, strip: &Strip, rate: f64) -> (f64, Vec<T>) {
    let mut workspace = Workspace::new();
    let scored = model.gradients(&Exact, &[vec![strip.clone()]], rate, 5, &mut workspace);
    (scored.mean(), workspace.gradient().to_vec())
}

/// Largest difference over the largest reference value of the tensor.
pub fn relative(a: &[f64], b: &[f64]) -> f64 {
    let scale = b.iter().fold(0.0f64, |m, v| m.max(v.abs())).max(f64::MIN_POSITIVE);
    a.iter().zip(b).fold(0.0f64, |m, (x, y)| m.max((x - y).abs())) / scale
}
