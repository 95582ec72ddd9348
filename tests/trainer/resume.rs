//! Checkpoints: the same bits as a run that never stopped, and nothing half-written.

use std::path::Path;

use attest::trainer::{
    Config, Model, checkpoint,
    config::Positions,
    data::{Corruption, Documents},
    error::TrainError,
    optimizer::{Kind, Schedule},
    recipe::{Precision, Stage},
    session::{Control, Outcome, Session},
};

fn stage() -> Stage {
    Stage {
        epochs: 3,
        batch: 5,
        rate: 3e-3,
        schedule: Schedule::OneCycle { warmup: 0.2, cooldown: 0.5, last: 0.1 },
        optimizer: Kind::Muon,
        dropout: 0.1,
        weight_decay: 0.1,
        clip: 1.0,
        precision: Precision::F32,
    }
}

fn config() -> Config {
    Config { vocabulary: 40, block: 32, layers: 2, heads: 2, width: 16, positions: Positions::Rotary, ..Config::default() }
}

fn documents() -> Documents {
    let documents = (0..17u32).map(|i| (0..20 + i).map(|j| 2 + (i * 7 + j * 3) % 38).collect()).collect();
    Documents { documents, corruption: Corruption { shortest: 4, longest: 28 }, seed: 1 }
}

fn first() -> Model<f32> {
    Model::new(&config(), 4).expect("a valid shape")
}

/// Runs in `folder`, stopping after step `stop`; `None` when stopped.
fn run(folder: &Path, resume: bool, stop: Option<u64>, name: &str) -> Result<Option<Vec<f32>>, TrainError> {
    let (stage, source) = (stage(), documents());
    let session = Session {
        name: "pretrain",
        folder: folder.to_path_buf(),
        stage: &stage,
        source: &source,
        seed: 9,
        run: name.into(),
        resume,
    };
    let outcome = session.run(first(), &mut |s| if Some(s.place.step) == stop { Control::Stop } else { Control::Continue })?;
    Ok(match outcome {
        Outcome::Finished(model, _) => Some(model.parameters),
        Outcome::Stopped(place) => {
            assert_eq!(Some(place.step), stop);
            None
        }
    })
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[test]
fn a_resumed_run_ends_with_the_bits_and_the_curve_of_an_uninterrupted_one() {
    let (whole, cut) = (folder(), folder());
    let straight = run(whole.path(), false, None, "run").expect("trains").expect("finishes");
    for stop in [1, 4, 7, 11] {
        assert_eq!(run(cut.path(), true, Some(stop), "run").expect("trains"), None);
    }
    let resumed = run(cut.path(), true, None, "run").expect("trains").expect("finishes");
    assert!(straight == resumed, "weights differ");
    let curve = |f: &tempfile::TempDir| std::fs::read(f.path().join("curve.csv")).expect("a curve");
    assert_eq!(curve(&whole), curve(&cut));
    // What is finished is not trained again.
    assert!(run(cut.path(), true, Some(1), "run").expect("loads").expect("finished") == straight);
}

#[test]
fn a_checkpoint_of_another_run_is_refused() {
    let f = folder();
    run(f.path(), false, Some(2), "run").expect("trains");
    assert!(matches!(run(f.path(), true, None, "another"), Err(TrainError::OtherRun { .. })));
}

#[test]
fn a_run_killed_while_it_writes_leaves_the_checkpoint_before() {
    let (whole, cut) = (folder(), folder());
    let straight = run(whole.path(), false, None, "run").expect("trains").expect("finishes");
    run(cut.path(), false, Some(5), "run").expect("trains");
    // Killed between the two files, and killed inside one of them.
    let partial = cut.path().join("checkpoint-000000008.partial");
    std::fs::create_dir_all(&partial).expect("a folder");
    std::fs::write(partial.join(checkpoint::WEIGHTS), b"half of it").expect("written");
    let resumed = run(cut.path(), true, None, "run").expect("trains").expect("finishes");
    assert!(straight == resumed);
}

#[test]
fn a_cut_off_file_and_a_missing_folder_are_errors_that_name_the_file() {
    let f = folder();
    run(f.path(), false, Some(5), "run").expect("trains");
    let state = f.path().join("checkpoint-000000005").join(checkpoint::STATE);
    let bytes = std::fs::read(&state).expect("a state");
    std::fs::write(&state, &bytes[..bytes.len() / 2]).expect("written");
    let error = run(f.path(), true, None, "run").expect_err("cut off");
    assert!(matches!(&error, TrainError::Weights { path, .. } if path.ends_with(checkpoint::STATE)), "{error}");
    let file = f.path().join("a file");
    std::fs::write(&file, b"").expect("written");
    assert!(matches!(run(&file, false, None, "run"), Err(TrainError::File { .. })));
}

#[test]
fn weights_that_diverge_stop_the_run_with_step_rate_and_tensor() {
    let f = folder();
    let stage = Stage { rate: 9.0, clip: 1e9, optimizer: Kind::AdamW, schedule: Schedule::Constant, epochs: 200, ..stage() };
    let source = documents();
    let session = Session {
        name: "pretrain",
        folder: f.path().to_path_buf(),
        stage: &stage,
        source: &source,
        seed: 9,
        run: "run".into(),
        resume: false,
    };
    let error = session.run(first(), &mut |_| Control::Save).expect_err("a rate of 9 diverges");
    let TrainError::Diverged { step, tensor, .. } = &error else { panic!("{error}") };
    assert!(*step > 1 && !tensor.is_empty(), "{error}");
    // The checkpoint of the step before is there and whole.
    let network = first().network;
    let kept = checkpoint::latest(f.path(), "run", network.layout(), stage.settings()).expect("readable").expect("one");
    assert_eq!(kept.place.step, step - 1);
}
