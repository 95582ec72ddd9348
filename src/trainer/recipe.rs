//! How a model is trained, as a file says it.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{
    config::Config,
    data::Corruption,
    error::TrainError,
    optimizer::{Kind, Schedule, Settings},
};

/// How products are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// nalgebra's f32.
    F32,
    /// Factors rounded to bfloat16, sums, weights and everything else in f32, where the processor
    /// has AVX512-BF16; f32 elsewhere.
    Bf16,
}

/// One stage of training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Times that every example is seen.
    pub epochs: u64,
    /// Examples a step.
    pub batch: usize,
    /// Highest rate.
    pub rate: f64,
    /// How the rate moves.
    pub schedule: Schedule,
    /// What moves the matrices.
    #[serde(default = "adamw")]
    pub optimizer: Kind,
    /// Probability of dropout.
    #[serde(default = "tenth")]
    pub dropout: f64,
    /// Decay of matmul weights.
    #[serde(default = "tenth")]
    pub weight_decay: f64,
    /// Greatest norm of the gradient.
    #[serde(default = "one")]
    pub clip: f64,
    /// How products are made.
    #[serde(default = "f32")]
    pub precision: Precision,
}

fn adamw() -> Kind {
    Kind::AdamW
}
fn tenth() -> f64 {
    0.1
}
fn one() -> f64 {
    1.0
}
fn f32() -> Precision {
    Precision::F32
}

impl Stage {
    /// The optimizer's constants.
    pub fn settings(&self) -> Settings {
        Settings { kind: self.optimizer, weight_decay: self.weight_decay, ..Settings::default() }
    }
}

/// A recipe: data, model and stages. [`Recipe::resolved`] writes every default out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Its name.
    pub name: String,
    /// What it is for, in a sentence.
    #[serde(default)]
    pub about: String,
    /// Seed of first weights, order, cuts and dropout.
    #[serde(default)]
    pub seed: u64,
    /// People of the embedded world, where no folder of data is given.
    #[serde(default = "hundred")]
    pub people: u64,
    /// Training pairs among the documents of each pretraining epoch.
    #[serde(default)]
    pub mixed_pairs: usize,
    /// Pretrain on the same documents with birth places exchanged between people: the control that
    /// tells knowledge from more training.
    #[serde(default)]
    pub shuffled_places: bool,
    /// The model.
    #[serde(default)]
    pub model: Config,
    /// How documents are cut.
    #[serde(default)]
    pub corruption: Corruption,
    /// On documents.
    pub pretrain: Stage,
    /// On training pairs, after pretraining.
    pub finetune: Stage,
    /// On training pairs, from first weights.
    pub finetune_alone: Stage,
}

fn hundred() -> u64 {
    100
}

/// The recipes that come with the program.
const EMBEDDED: [(&str, &str); 4] = [
    ("course", include_str!("../../experiments/recipes/course.toml")),
    ("fast", include_str!("../../experiments/recipes/fast.toml")),
    ("mixed", include_str!("../../experiments/recipes/mixed.toml")),
    ("small-world", include_str!("../../experiments/recipes/small-world.toml")),
];

impl Recipe {
    /// Names of the recipes that come with the program.
    pub fn names() -> impl Iterator<Item = &'static str> {
        EMBEDDED.iter().map(|(name, _)| *name)
    }

    /// The recipe of that name that comes with the program, or else the file of that path.
    ///
    /// # Errors
    /// Neither; a file that is no recipe.
    pub fn find(name: &str) -> Result<Recipe, TrainError> {
        match EMBEDDED.iter().find(|(n, _)| *n == name) {
            Some((name, text)) => Recipe::parse(&format!("experiments/recipes/{name}.toml"), text),
            None => Recipe::read(Path::new(name)),
        }
    }

    /// Reads a recipe.
    ///
    /// # Errors
    /// A file that is missing, or no recipe: with line and key.
    pub fn read(path: &Path) -> Result<Recipe, TrainError> {
        let text = std::fs::read_to_string(path).map_err(|e| TrainError::file("read", path, &e))?;
        Recipe::parse(&path.display().to_string(), &text)
    }

    /// Reads a recipe from text; `name` is for errors.
    ///
    /// # Errors
    /// Text that is no recipe, and values that cannot be meant.
    pub fn parse(name: &str, text: &str) -> Result<Recipe, TrainError> {
        let bad = |reason: String| TrainError::Recipe { path: name.to_string(), reason };
        let recipe: Recipe = toml::from_str(text).map_err(|e| bad(e.to_string().trim_end().to_string()))?;
        recipe.model.validate()?;
        for (key, stage) in
            [("pretrain", &recipe.pretrain), ("finetune", &recipe.finetune), ("finetune_alone", &recipe.finetune_alone)]
        {
            let wrong = [
                ("batch", stage.batch == 0 || stage.batch > 1 << 16),
                ("rate", !(stage.rate > 0.0 && stage.rate < 10.0)),
                ("dropout", !(0.0..1.0).contains(&stage.dropout)),
                ("weight_decay", !(0.0..=10.0).contains(&stage.weight_decay)),
                ("clip", stage.clip.is_nan() || stage.clip <= 0.0),
            ];
            if let Some((field, _)) = wrong.iter().find(|(_, wrong)| *wrong) {
                return Err(bad(format!("`{key}.{field}` is out of bounds")));
            }
        }
        let c = &recipe.corruption;
        // Two masks come on top, and the last character is only a target.
        if c.shortest < 2 || c.longest < c.shortest || c.longest + 1 > recipe.model.block {
            return Err(bad(format!(
                "`corruption` keeps {} to {} characters; a block of {} takes 2 to {}",
                c.shortest,
                c.longest,
                recipe.model.block,
                recipe.model.block - 1
            )));
        }
        Ok(recipe)
    }

    /// The recipe with every default written out.
    ///
    /// # Errors
    /// What TOML cannot hold (nothing that a recipe has).
    pub fn resolved(&self) -> Result<String, TrainError> {
        toml::to_string(self).map_err(|e| TrainError::Recipe { path: self.name.clone(), reason: e.to_string() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../experiments/recipes/course.toml");

    #[test]
    fn every_embedded_recipe_is_one_and_bears_its_name() {
        for name in Recipe::names() {
            assert_eq!(Recipe::find(name).expect("reads").name, name);
        }
        assert!(matches!(Recipe::find("no-such-recipe"), Err(TrainError::File { .. })));
    }

    #[test]
    fn the_resolved_recipe_reads_back_as_itself() {
        let recipe = Recipe::parse("course", TEXT).expect("the committed recipe");
        assert_eq!(Recipe::parse("again", &recipe.resolved().expect("TOML")).expect("reads"), recipe);
        assert_eq!(recipe.pretrain.epochs, 650);
    }

    #[test]
    fn a_wrong_key_or_value_is_named_with_its_line() {
        let error = Recipe::parse("x.toml", &TEXT.replace("[pretrain]\n", "[pretrain]\nepoch = 3\n"))
            .expect_err("unknown key")
            .to_string();
        assert!(error.contains("epoch") && error.contains("line"), "{error}");
        let error = Recipe::parse("x.toml", &TEXT.replace("rate = 6e-3", "rate = -1.0")).expect_err("negative").to_string();
        assert!(error.contains("pretrain.rate"), "{error}");
    }
}
