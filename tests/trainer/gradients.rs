use attest::tolerance::GRADIENT_DIFFERENCES;
use attest::trainer::{
    Config, Model,
    batch::Strip,
    config::{Positions, Variant},
};

use crate::support::{examples, gradient, kinds, relative, shaken, small};

/// Central differences of a few elements of every tensor, the largest gradients among them.
fn worst_tensor(config: &Config, rate: f64) -> (String, f64) {
    let mut model: Model<f64> = shaken(config, 1);
    let strip = Strip::pack(&examples(config, &[1, 24, 7, 3], 2));
    let (_, exact) = gradient(&model, &strip, rate);
    let mut worst = (String::new(), 0.0);
    for tensor in model.network.layout().tensors().to_vec() {
        let step = tensor.count().div_ceil(6);
        let largest = tensor.range().max_by(|i, j| exact[*i].abs().total_cmp(&exact[*j].abs())).expect("a tensor has elements");
        let chosen: Vec<usize> = tensor.range().step_by(step).chain([largest]).collect();
        let differences: Vec<f64> = chosen
            .iter()
            .map(|i| {
                let (at, h) = (model.parameters[*i], 1e-4);
                // Five points: the error is h^4 / 30 of the fifth derivative, and 1e-12 of rounding.
                let mut loss = |x: f64| {
                    model.parameters[*i] = at + x;
                    gradient(&model, &strip, rate).0
                };
                let d = (8.0 * (loss(h) - loss(-h)) - (loss(2.0 * h) - loss(-2.0 * h))) / (12.0 * h);
                model.parameters[*i] = at;
                d
            })
            .collect();
        let ours: Vec<f64> = chosen.iter().map(|i| exact[*i]).collect();
        let gap = relative(&ours, &differences);
        if gap > worst.1 && differences.iter().any(|d| d.abs() > 1e-9) {
            worst = (tensor.name, gap);
        }
    }
    worst
}

#[test]
fn every_gradient_is_the_central_difference() {
    for (variant, positions) in kinds() {
        let worst = worst_tensor(&small(variant, positions), 0.0);
        assert!(worst.1 < GRADIENT_DIFFERENCES, "{variant:?} {positions:?}: {worst:?}");
    }
}

#[test]
fn gradients_under_dropout_are_those_of_the_same_masks() {
    for (variant, positions) in kinds() {
        let worst = worst_tensor(&small(variant, positions), 0.2);
        assert!(worst.1 < GRADIENT_DIFFERENCES, "{variant:?} {positions:?}: {worst:?}");
    }
}

#[test]
fn dropout_changes_the_loss() {
    let config = small(Variant::Vanilla, Positions::Learned);
    let model: Model<f64> = shaken(&config, 1);
    let strip = Strip::pack(&examples(&config, &[9, 4], 2));
    assert_ne!(gradient(&model, &strip, 0.2).0, gradient(&model, &strip, 0.0).0);
}

#[test]
fn the_course_shapes_have_the_course_numbers_of_parameters() {
    let vanilla = Config::default();
    let perceiver = Config { variant: Variant::Perceiver, ..Config::default() };
    let count = |c: &Config| Model::<f32>::new(c, 0).expect("valid").parameters.len();
    assert_eq!(count(&vanilla), 3_323_392);
    assert_eq!(count(&perceiver), 3_339_776);
}
