//! Committed weights against the predictions recorded with them.

use std::path::{Path, PathBuf};

use attest::trainer::{Model, data::Corpus, evaluate::predict, export::sha256_16, recipe::Recipe, weights::load};

/// Lines of 500 on which another processor's rounding may turn a near tie; on one machine there are none.
const TIES_MAX: usize = 5;

/// The course's data, or a printed reason.
fn course() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/cs224n");
    if !folder.exists() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    Some(folder)
}

/// Lines on which a model says what a record has it say.
fn agreeing(run: &Path, data: &Path, shaken: bool) -> (usize, usize) {
    let recipe = Recipe::read(&run.join("recipe.toml")).expect("the recorded recipe");
    let corpus = Corpus::read(Some(data), &recipe, 0).expect("the course's data");
    let mut model = Model::<f32>::new(&recipe.model, 0).expect("the recorded shape");
    model.parameters = load(&run.join("model.safetensors"), model.network.layout()).expect("the recorded weights");
    if shaken {
        model.parameters.iter_mut().enumerate().for_each(|(i, p)| *p *= 1.0 + 0.5 * (i as f32).sin());
    }
    let predictions = predict(&model, &corpus.vocabulary, &corpus.dev).expect("predictions");
    let recorded = std::fs::read_to_string(run.join("predictions.csv")).expect("the recorded predictions");
    let said = recorded.lines().skip(1).map(|row| row.split(',').nth(2).expect("three columns"));
    let same = predictions.iter().zip(said).filter(|(p, said)| sha256_16(&p.predicted) == **said).count();
    (same, predictions.len())
}

#[test]
fn committed_weights_predict_what_was_recorded_and_shaken_ones_do_not() {
    let Some(data) = course() else { return };
    let runs = Path::new(env!("CARGO_MANIFEST_DIR")).join("experiments/runs");
    let mut seen = 0;
    for entry in std::fs::read_dir(&runs).expect("recorded runs").flatten() {
        let run = entry.path();
        if !run.join("model.safetensors").exists() || !run.join("curve-pretrain.csv").exists() {
            continue;
        }
        let (same, all) = agreeing(&run, &data, false);
        assert!(same + TIES_MAX >= all, "{}: {same} of {all}", run.display());
        if seen == 0 {
            let (same, all) = agreeing(&run, &data, true);
            assert!(same + TIES_MAX < all, "{}: shaken weights say the same {same} of {all}", run.display());
        }
        seen += 1;
    }
    assert!(seen >= 2, "the vanilla model and the perceiver are committed");
}
