//! A recipe from first weights to predictions, in one folder.

use std::path::{Path, PathBuf};

use super::{
    config::Variant,
    data::{Corpus, Source},
    error::TrainError,
    evaluate::{Prediction, predict},
    model::Model,
    recipe::{Recipe, Stage},
    record::{RunRecord, write_predictions},
    session::{Control, Outcome, Session, Summary, fingerprint},
    training::Step,
    weights::write_whole,
};

/// A recipe, its data and its folder.
pub struct Pipeline<'a> {
    /// What to do.
    pub recipe: &'a Recipe,
    /// With what.
    pub corpus: &'a Corpus,
    /// Where everything goes.
    pub out: PathBuf,
    /// Go on from what the folder holds.
    pub resume: bool,
}

/// Watches the steps of the stage of that name.
pub type Watch<'a> = dyn FnMut(&str, &Step) -> Control + 'a;

impl Pipeline<'_> {
    /// Saves the resolved recipe: the first thing that a run does.
    ///
    /// # Errors
    /// A folder that cannot be made or written.
    pub fn begin(&self) -> Result<(), TrainError> {
        std::fs::create_dir_all(&self.out).map_err(|e| TrainError::file("make", &self.out, &e))?;
        write_whole(&self.out.join("recipe.toml"), self.recipe.resolved()?.as_bytes())
    }

    /// First weights.
    ///
    /// # Errors
    /// A shape that no model has.
    pub fn first(&self) -> Result<Model<f32>, TrainError> {
        Ok(Model::new(&self.recipe.model, self.recipe.seed)?)
    }

    /// Learns from the documents.
    ///
    /// # Errors
    /// See [`Session::run`].
    pub fn pretrain(&self, watch: &mut Watch) -> Result<Outcome, TrainError> {
        let source = self.corpus.documents(self.recipe)?;
        let extra = format!("{:?} {}", self.recipe.corruption, self.recipe.mixed_pairs);
        self.stage(("pretrain", &self.recipe.pretrain), &*source, self.first()?, &extra, watch)
    }

    /// Learns from the pairs, after pretraining.
    ///
    /// # Errors
    /// See [`Session::run`].
    pub fn finetune(&self, pretrained: Model<f32>, before: &str, watch: &mut Watch) -> Result<Outcome, TrainError> {
        let source = self.corpus.pairs(self.recipe)?;
        self.stage(("finetune", &self.recipe.finetune), &source, pretrained, before, watch)
    }

    /// Learns from the pairs alone.
    ///
    /// # Errors
    /// See [`Session::run`].
    pub fn finetune_alone(&self, watch: &mut Watch) -> Result<Outcome, TrainError> {
        let source = self.corpus.pairs(self.recipe)?;
        self.stage(("alone", &self.recipe.finetune_alone), &source, self.first()?, "", watch)
    }

    fn stage(
        &self,
        (name, stage): (&str, &Stage),
        source: &dyn Source,
        first: Model<f32>,
        extra: &str,
        watch: &mut Watch,
    ) -> Result<Outcome, TrainError> {
        // The course's cosine is lowest after 200 epochs of documents as long as the block.
        let mut stage = stage.clone();
        if let super::optimizer::Schedule::Course { end, .. } = &mut stage.schedule
            && *end == 0.0
        {
            *end = 200.0 * self.corpus.documents.len() as f64 * self.recipe.model.block as f64;
        }
        let run = fingerprint(&self.recipe.model, &stage, self.corpus, self.recipe.seed, extra);
        let session = Session {
            name,
            folder: self.out.join(name),
            stage: &stage,
            source,
            seed: self.recipe.seed,
            run,
            resume: self.resume,
        };
        session.run(first, &mut |step| watch(name, step))
    }

    /// Asks the dev questions, keeps the answers as `predictions.csv`, and records the run.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn evaluate(
        &self,
        model: &Model<f32>,
        stages: Vec<Summary>,
        commit: Option<String>,
        held_out: bool,
    ) -> Result<Vec<Prediction>, TrainError> {
        let predictions = predict(model, &self.corpus.vocabulary, &self.corpus.dev)?;
        write_predictions(&self.out.join("predictions.csv"), &predictions)?;
        if !self.corpus.unheard.is_empty() {
            let invented = predict(model, &self.corpus.vocabulary, &self.corpus.unheard)?;
            write_predictions(&self.out.join("unheard.csv"), &invented)?;
        }
        let variant = match self.recipe.model.variant {
            Variant::Vanilla => "vanilla",
            Variant::Perceiver => "perceiver",
        };
        let record = RunRecord {
            schema: 1,
            recipe: self.recipe.name.clone(),
            variant: variant.into(),
            seed: self.recipe.seed,
            commit,
            data: self.corpus.hashes.clone(),
            held_out,
            baseline: self.corpus.baseline.clone(),
            baseline_right: None,
            weights: None,
            stages,
        };
        record.write(&self.out)?;
        Ok(predictions)
    }

    /// Where the pretrained weights lie.
    pub fn pretrained(&self) -> PathBuf {
        Path::new(&self.out).join("pretrain").join(super::checkpoint::WEIGHTS)
    }
}
