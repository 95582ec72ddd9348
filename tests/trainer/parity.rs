//! Against PyTorch: `tests/parity/make_references.py` wrote the tensors.

use std::path::{Path, PathBuf};

use attest::tolerance::{PARITY_F32, PARITY_F64, PARITY_GRADIENT_F32, PARITY_LOSSES_F32};
use attest::trainer::{
    Config, Model,
    batch::{Example, IGNORED, Strip},
    config::{Positions, Variant},
    data::Source,
    optimizer::{Kind, Schedule},
    real::Real,
    recipe::{Precision, Stage},
    training::Training,
    weights::floats,
};
use safetensors::{Dtype, SafeTensors};

use crate::support::{gradient, kinds, relative};

/// One file of references.
struct Reference {
    bytes: Vec<u8>,
    config: Config,
}

impl Reference {
    fn read(variant: Variant, positions: Positions) -> Reference {
        let name = format!("{variant:?}-{positions:?}.safetensors").to_lowercase();
        let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity").join(name);
        let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let config = Config { vocabulary: 29, block: 24, layers: 3, heads: 2, width: 16, variant, positions, bottleneck: 6 };
        Reference { bytes, config }
    }

    fn file(&self) -> SafeTensors<'_> {
        SafeTensors::deserialize(&self.bytes).expect("safetensors")
    }

    fn numbers(&self, name: &str) -> Vec<f64> {
        let file = self.file();
        let view = file.tensor(name).unwrap_or_else(|e| panic!("{name}: {e}"));
        match view.dtype() {
            Dtype::I64 => {
                view.data().chunks_exact(8).map(|b| i64::from_le_bytes(b.try_into().expect("8 bytes")) as f64).collect()
            }
            Dtype::I16 => view.data().chunks_exact(2).map(|b| f64::from(i16::from_le_bytes([b[0], b[1]]))).collect(),
            other => floats(other, view.data()).expect("numbers"),
        }
    }

    /// The model with the reference's first weights.
    fn model<T: Real>(&self) -> Model<T> {
        let mut model = Model::new(&self.config, 0).expect("a valid shape");
        for tensor in model.network.layout().tensors().to_vec() {
            let values = self.numbers(&format!("w.{}", tensor.name));
            assert_eq!(values.len(), tensor.count(), "{}", tensor.name);
            model.parameters[tensor.range()].iter_mut().zip(values).for_each(|(p, v)| *p = T::of(v));
        }
        model
    }

    /// Sequences of some ids and targets, without their pads.
    fn examples(&self, ids: &[f64], targets: &[f64]) -> Vec<Example> {
        let length = self.config.block - 1;
        let rows = ids.chunks_exact(length).zip(targets.chunks_exact(length));
        rows.map(|(ids, targets)| {
            let real = targets.iter().filter(|t| **t >= 0.0).count();
            Example {
                tokens: ids[..real].iter().map(|v| *v as u32).collect(),
                targets: targets[..real].iter().map(|v| *v as u32).collect(),
            }
        })
        .collect()
    }
}

/// Compares loss, logits and every gradient; `tolerances` for values and for gradients.
fn agrees<T: Real>(tolerances: (f64, f64)) {
    for (variant, positions) in kinds() {
        let r = Reference::read(variant, positions);
        let model = r.model::<T>();
        let examples = r.examples(&r.numbers("ids"), &r.numbers("targets"));
        let strip = Strip::pack(&examples);
        let (loss, gradients) = gradient(&model, &strip, 0.0);
        let reference = r.numbers("loss")[0];
        assert!((loss / reference - 1.0).abs() < tolerances.0, "{variant:?} {positions:?}: loss {loss}, PyTorch's {reference}");
        let every: Vec<usize> = (0..strip.tokens.len()).collect();
        let ours: Vec<f64> = model.logits(&strip.tokens, &strip.ragged, &every, None).iter().map(|v| v.get()).collect();
        let (vocabulary, length) = (r.config.vocabulary, r.config.block - 1);
        let theirs: Vec<f64> = r
            .numbers("logits")
            .chunks_exact(vocabulary * length)
            .zip(&examples)
            .flat_map(|(row, e)| row[..e.len() * vocabulary].to_vec())
            .collect();
        assert!(relative(&ours, &theirs) < tolerances.0, "{variant:?} {positions:?}: logits {:e}", relative(&ours, &theirs));
        // A key's bias shifts all scores alike, so without rotations its gradient is zero but for
        // rounding: no tensor's scale counts as less than a thousandth of the largest gradient.
        let floor = 1e-3 * gradients.iter().fold(0.0f64, |m, g| m.max(g.get().abs()));
        for tensor in model.network.layout().tensors() {
            let ours: Vec<f64> = gradients[tensor.range()].iter().map(|g| g.get()).collect();
            let theirs = r.numbers(&format!("g.{}", tensor.name));
            let scale = theirs.iter().fold(floor, |m, v| m.max(v.abs()));
            let gap = ours.iter().zip(&theirs).fold(0.0f64, |m, (a, b)| m.max((a - b).abs())) / scale;
            assert!(gap < tolerances.1, "{variant:?} {positions:?}: gradient of {} differs by {gap:e}", tensor.name);
        }
    }
}

#[test]
fn logits_loss_and_every_gradient_are_those_of_pytorch() {
    agrees::<f32>((PARITY_F32, PARITY_GRADIENT_F32));
}

#[test]
fn double_precision_differs_from_pytorch_by_the_rounding_of_the_reference_alone() {
    agrees::<f64>((PARITY_F64, PARITY_GRADIENT_F32));
}

/// Batches as they were stored, one an epoch.
struct Stored(Vec<Vec<Example>>);

impl Source for Stored {
    fn len(&self) -> usize {
        self.0[0].len()
    }
    fn example(&self, epoch: u64, index: usize) -> Example {
        self.0[epoch as usize][index].clone()
    }
}

fn losses(r: &Reference, stage: &Stage) -> Vec<f64> {
    let per = 6 * (r.config.block - 1);
    let (ids, targets) = (r.numbers("steps.ids"), r.numbers("steps.targets"));
    let source = Stored(ids.chunks_exact(per).zip(targets.chunks_exact(per)).map(|(i, t)| r.examples(i, t)).collect());
    let mut training = Training::new(r.model::<f32>(), stage, &source, 0);
    let mut losses = Vec::new();
    while let Some(step) = training.step().expect("no divergence") {
        losses.push(step.scored.mean());
    }
    losses
}

#[test]
fn fifty_steps_of_the_courses_recipe_lose_what_pytorchs_lose() {
    for (variant, positions) in kinds() {
        let r = Reference::read(variant, positions);
        let stage = Stage {
            epochs: 50,
            batch: 6,
            rate: 6e-3,
            schedule: Schedule::Course { warmup: 600.0, end: 2500.0 },
            optimizer: Kind::AdamW,
            dropout: 0.0,
            weight_decay: 0.1,
            clip: 1.0,
            precision: Precision::F32,
        };
        let (ours, theirs) = (losses(&r, &stage), r.numbers("steps.losses"));
        let gap = |losses: &[f64]| losses.iter().zip(&theirs).fold(0.0f64, |m, (a, b)| m.max((a / b - 1.0).abs()));
        assert_eq!(ours.len(), 50);
        assert!(gap(&ours) < PARITY_LOSSES_F32, "{variant:?} {positions:?}: {:e}", gap(&ours));
        // Negative controls: half the decay and a longer cosine are seen.
        for other in [
            Stage { weight_decay: 0.05, ..stage.clone() },
            Stage { schedule: Schedule::Course { warmup: 600.0, end: 2600.0 }, ..stage },
        ] {
            let other = gap(&losses(&r, &other));
            assert!(other > 3.0 * PARITY_LOSSES_F32, "{variant:?} {positions:?}: {other:e}");
        }
    }
}

#[test]
fn a_target_ignored_is_no_target() {
    let r = Reference::read(Variant::Vanilla, Positions::Learned);
    let mut examples = r.examples(&r.numbers("ids"), &r.numbers("targets"));
    let before = gradient(&r.model::<f64>(), &Strip::pack(&examples), 0.0).0;
    examples[0].targets[0] = IGNORED;
    assert_ne!(gradient(&r.model::<f64>(), &Strip::pack(&examples), 0.0).0, before);
}
