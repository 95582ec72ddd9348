//! One stage of a run in a folder: checkpoints, a curve, the weights at the end; resumed to the same
//! bits as if it had never stopped.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    checkpoint,
    config::Config,
    data::{Corpus, Source},
    error::TrainError,
    model::Model,
    recipe::{Precision, Stage},
    training::{Place, Since, Step, Training},
    weights::{load, save, write_whole},
};

/// What the watcher of a step wants next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// Go on.
    Continue,
    /// Write a checkpoint, and go on.
    Save,
    /// Write a checkpoint, and stop.
    Stop,
}

/// How a stage ended.
#[derive(Debug)]
pub enum Outcome {
    /// All steps done: the model, and what the stage took.
    Finished(Box<Model<f32>>, Summary),
    /// Stopped by the watcher, after a checkpoint.
    Stopped(Place),
}

/// What a finished stage did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Its name: `pretrain`, `finetune`, `alone`.
    pub stage: String,
    /// Fingerprint of all that decides the weights.
    pub run: String,
    /// Steps taken.
    pub steps: u64,
    /// Real tokens learned from.
    pub tokens: u64,
    /// Mean loss over the last point of the curve, in nats a target.
    pub last_loss_nats: f64,
    /// How products were made.
    pub precision: Precision,
}

/// A point of a curve: means over the steps since the last point.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Steps done.
    pub step: u64,
    /// Epochs done, with the part of this one.
    pub epoch: f64,
    /// Real tokens seen.
    pub tokens: u64,
    /// Nats a target.
    pub loss_nats: f64,
    /// The rate of the last step.
    pub rate: f64,
    /// Norm of the last gradient before clipping.
    pub gradient_norm: f64,
}

/// Points of a whole curve.
const POINTS: u64 = 400;

/// A stage, its data and its folder.
pub struct Session<'a> {
    /// `pretrain`, `finetune` or `alone`.
    pub name: &'a str,
    /// Folder of checkpoints, curve and weights.
    pub folder: PathBuf,
    /// How to learn.
    pub stage: &'a Stage,
    /// From what.
    pub source: &'a dyn Source,
    /// Seed of order and dropout.
    pub seed: u64,
    /// Fingerprint of all that decides the weights; see [`fingerprint`].
    pub run: String,
    /// Go on from the folder's checkpoint, or take its finished weights.
    pub resume: bool,
}

/// SHA-256 over everything that decides the weights a stage ends with.
pub fn fingerprint(config: &Config, stage: &Stage, corpus: &Corpus, seed: u64, extra: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{config:?} {stage:?} {:?} {seed} {extra}", corpus.hashes));
    hash.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect()
}

impl Session<'_> {
    /// Runs the stage from `first` (weights before it). `watch` sees every step and steers.
    ///
    /// # Errors
    /// Divergence, files that cannot be read or written, a checkpoint of another run. The last
    /// whole checkpoint stays.
    pub fn run(&self, mut first: Model<f32>, watch: &mut dyn FnMut(&Step) -> Control) -> Result<Outcome, TrainError> {
        std::fs::create_dir_all(&self.folder).map_err(|e| TrainError::file("make", &self.folder, &e))?;
        if let Some(summary) = self.finished()? {
            first.parameters = load(&self.weights(), first.network.layout())?;
            return Ok(Outcome::Finished(Box::new(first), summary));
        }
        let (mut training, mut curve) = self.begin(first)?;
        let every = (training.steps() / POINTS).max(1);
        while let Some(step) = training.step()? {
            let since = training.place.since_point.plus(step.scored);
            training.place.since_point = since;
            if step.place.step.is_multiple_of(every) || step.place.step == step.steps {
                curve.push(point(&step, since.mean()));
                training.place.since_point = Since::default();
            }
            let wanted = watch(&step);
            if wanted != Control::Continue {
                self.save(&training, &curve)?;
            }
            if wanted == Control::Stop {
                return Ok(Outcome::Stopped(training.place));
            }
        }
        self.finish(training, &curve)
    }

    fn begin<'b>(&'b self, mut model: Model<f32>) -> Result<(Training<'b>, Vec<Point>), TrainError> {
        let found = if self.resume {
            checkpoint::latest(&self.folder, &self.run, model.network.layout(), self.stage.settings())?
        } else {
            None
        };
        let Some(c) = found else {
            checkpoint::clear(&self.folder)?;
            return Ok((Training::new(model, self.stage, self.source, self.seed), Vec::new()));
        };
        model.parameters = c.parameters;
        let mut curve = read_curve(&self.curve())?;
        curve.retain(|p| p.step <= c.place.step);
        Ok((Training::resumed(model, c.optimizer, c.place, self.stage, self.source, self.seed), curve))
    }

    fn save(&self, training: &Training, curve: &[Point]) -> Result<(), TrainError> {
        write_curve(&self.curve(), curve)?;
        let model = &training.model;
        checkpoint::save(&self.folder, &self.run, model.network.layout(), &model.parameters, &training.optimizer, training.place)
    }

    fn finish(&self, training: Training, curve: &[Point]) -> Result<Outcome, TrainError> {
        let summary = Summary {
            stage: self.name.to_string(),
            run: self.run.clone(),
            steps: training.place.step,
            tokens: training.place.tokens,
            last_loss_nats: curve.last().map_or(f64::NAN, |p| p.loss_nats),
            precision: training.precision(),
        };
        write_curve(&self.curve(), curve)?;
        save(&self.weights(), training.model.network.layout(), &training.model.parameters, false)?;
        let text = serde_json::to_string_pretty(&summary).unwrap_or_default() + "\n";
        write_whole(&self.summary(), text.as_bytes())?;
        checkpoint::clear(&self.folder)?;
        Ok(Outcome::Finished(Box::new(training.model), summary))
    }

    /// The summary of a stage that is done already, when resuming.
    fn finished(&self) -> Result<Option<Summary>, TrainError> {
        let path = self.summary();
        if !self.resume || !path.exists() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(&path).map_err(|e| TrainError::file("read", &path, &e))?;
        let bad = |reason: String| TrainError::OtherRun { path: path.display().to_string(), reason };
        let summary: Summary = serde_json::from_str(&text).map_err(|e| bad(e.to_string()))?;
        if summary.run != self.run {
            return Err(bad("recipe, data or stage differ".into()));
        }
        Ok(Some(summary))
    }

    /// Where the weights lie at the end.
    pub fn weights(&self) -> PathBuf {
        self.folder.join(checkpoint::WEIGHTS)
    }

    fn curve(&self) -> PathBuf {
        self.folder.join("curve.csv")
    }

    fn summary(&self) -> PathBuf {
        self.folder.join("stage.json")
    }
}

fn point(step: &Step, loss_nats: f64) -> Point {
    let p = &step.place;
    Point {
        step: p.step,
        epoch: p.step as f64 * step.epochs as f64 / step.steps as f64,
        tokens: p.tokens,
        loss_nats,
        rate: step.rate,
        gradient_norm: step.norm,
    }
}

fn write_curve(path: &Path, curve: &[Point]) -> Result<(), TrainError> {
    let bad =
        |e: &dyn std::fmt::Display| TrainError::File { action: "write", path: path.display().to_string(), reason: e.to_string() };
    let mut writer = csv::Writer::from_writer(Vec::new());
    curve.iter().try_for_each(|p| writer.serialize(p)).map_err(|e| bad(&e))?;
    write_whole(path, &writer.into_inner().map_err(|e| bad(&e))?)
}

/// Reads a curve back.
///
/// # Errors
/// A file that is missing or no curve.
pub fn read_curve(path: &Path) -> Result<Vec<Point>, TrainError> {
    let bad = |e: csv::Error| TrainError::File { action: "read", path: path.display().to_string(), reason: e.to_string() };
    csv::Reader::from_path(path).map_err(bad)?.deserialize().collect::<Result<_, _>>().map_err(bad)
}
