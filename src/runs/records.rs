//! The runs that are recorded with the program, each recounted from its rows.

use std::collections::BTreeMap;

use miette::Diagnostic;
use thiserror::Error;

use super::Count;
use crate::trainer::{config, recipe::Recipe, record::RunRecord, session::Point};

/// The records under `experiments/runs/`, embedded so that the binary needs no files.
const EMBEDDED: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/runs.rs"));

/// Whose people a model is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Data {
    /// The course's files.
    Course,
    /// The world that comes with the program.
    SmallWorld,
}

/// What stands between embedding and head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variant {
    /// Causal blocks over the tokens.
    Vanilla,
    /// Latents between.
    Perceiver,
}

/// What a model learned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Training {
    /// Question and answer pairs alone.
    Alone,
    /// Documents in which birth places are exchanged between people, then pairs: the control.
    Shuffled,
    /// Documents, then pairs.
    Pretrained,
}

/// What runs have in common that differ by their seed alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Setting {
    /// The data.
    pub data: Data,
    /// Name of the recipe.
    pub recipe: String,
    /// The model.
    pub variant: Variant,
    /// The training.
    pub training: Training,
}

impl Setting {
    /// The setting in a few words.
    pub fn title(&self) -> String {
        let data = match self.data {
            Data::Course => format!("course data ({})", self.recipe),
            Data::SmallWorld => "small world".into(),
        };
        let variant = match self.variant {
            Variant::Vanilla => "vanilla",
            Variant::Perceiver => "perceiver",
        };
        let training = match self.training {
            Training::Alone => "no pretraining",
            Training::Shuffled => "pretrained on exchanged places",
            Training::Pretrained => "pretrained",
        };
        format!("{data}, {variant}, {training}")
    }
}

/// One question, answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Whether the answer is right; of people whom no document names nobody can know it.
    pub right: bool,
    /// Log-probability of the answer, in nats.
    pub log_probability: f64,
}

/// The loss over one stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// `pretrain`, `finetune` or `alone`.
    pub stage: String,
    /// Points: real tokens seen, nats a target.
    pub points: Vec<(f64, f64)>,
}

/// A recorded run.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Name of its folder.
    pub name: String,
    /// What it shares with runs of other seeds.
    pub setting: Setting,
    /// Its seed.
    pub seed: u64,
    /// Answers to the dev questions.
    pub rows: Vec<Row>,
    /// Answers about people whom no document names.
    pub unheard: Vec<Row>,
    /// How often the constant answer is right.
    pub baseline: Count,
    /// Losses, stage after stage.
    pub curves: Vec<Curve>,
}

impl Run {
    /// Right answers, recounted.
    pub fn count(&self) -> Count {
        Count { right: self.rows.iter().filter(|r| r.right).count() as u64, total: self.rows.len() as u64 }
    }
}

/// A record that cannot be read.
#[derive(Debug, Error, Diagnostic)]
#[error("recorded run {run}: {reason}")]
#[diagnostic(code(attest::recorded_run), help("`attest train record` makes a record anew"))]
pub struct RunsError {
    /// Name of its folder.
    pub run: String,
    /// What is wrong.
    pub reason: String,
}

/// Recorded runs, by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Runs {
    runs: Vec<Run>,
}

impl Runs {
    /// The runs that come with the program.
    ///
    /// # Errors
    /// A record that is damaged.
    pub fn embedded() -> Result<Runs, RunsError> {
        Runs::from_files(EMBEDDED.iter().copied())
    }

    /// Runs from (`NAME/file`, text) pairs.
    ///
    /// # Errors
    /// A record that lacks a file, or whose rows are not understood.
    pub fn from_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Runs, RunsError> {
        let mut folders: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        for (path, text) in files {
            let (run, file) = path.split_once('/').unwrap_or(("", path));
            folders.entry(run).or_default().insert(file, text);
        }
        let read = |(name, files): (&str, BTreeMap<&str, &str>)| {
            run(name, &files).map_err(|reason| RunsError { run: name.to_string(), reason })
        };
        Ok(Runs { runs: folders.into_iter().map(read).collect::<Result<_, _>>()? })
    }

    /// Every run, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter()
    }

    /// Every setting with its runs, in order.
    pub fn settings(&self) -> BTreeMap<&Setting, Vec<&Run>> {
        let mut settings: BTreeMap<&Setting, Vec<&Run>> = BTreeMap::new();
        self.runs.iter().for_each(|r| settings.entry(&r.setting).or_default().push(r));
        settings
    }

    /// The runs of a setting.
    pub fn of(&self, setting: &Setting) -> Vec<&Run> {
        self.runs.iter().filter(|r| r.setting == *setting).collect()
    }
}

fn run(name: &str, files: &BTreeMap<&str, &str>) -> Result<Run, String> {
    let file = |name: &str| files.get(name).copied().ok_or_else(|| format!("no {name}"));
    let record: RunRecord = serde_json::from_str(file("record.json")?).map_err(|e| format!("record.json: {e}"))?;
    let recipe = Recipe::parse(&format!("{name}/recipe.toml"), file("recipe.toml")?).map_err(|e| e.to_string())?;
    let alone = record.stages.iter().all(|s| s.stage == "alone");
    let setting = Setting {
        data: if record.data.contains_key("wiki.txt") { Data::Course } else { Data::SmallWorld },
        recipe: record.recipe.clone(),
        variant: match recipe.model.variant {
            config::Variant::Vanilla => Variant::Vanilla,
            config::Variant::Perceiver => Variant::Perceiver,
        },
        training: match (alone, recipe.shuffled_places) {
            (true, _) => Training::Alone,
            (false, true) => Training::Shuffled,
            (false, false) => Training::Pretrained,
        },
    };
    let (rows, told) = rows(file("predictions.csv")?, &record.baseline).map_err(|e| format!("predictions.csv: {e}"))?;
    let unheard = files.get("unheard.csv").map_or(Ok(Vec::new()), |t| rows_only(t).map_err(|e| format!("unheard.csv: {e}")))?;
    let right = told.or(record.baseline_right).ok_or("record.json: no `baseline_right`, and the rows do not tell it")?;
    let baseline = Count { right, total: rows.len() as u64 };
    let curves = record
        .stages
        .iter()
        .map(|s| curve(&s.stage, file(&format!("curve-{}.csv", s.stage))?).map_err(|e| format!("curve of {}: {e}", s.stage)))
        .collect::<Result<_, _>>()?;
    Ok(Run { name: name.into(), setting, seed: record.seed, rows, unheard, baseline, curves })
}

fn rows_only(text: &str) -> Result<Vec<Row>, String> {
    rows(text, "").map(|(rows, _)| rows)
}

/// Rows of `name,gold,predicted,log_probability`, or of a record without texts; and how often `baseline` is
/// the right answer, where the rows tell.
fn rows(text: &str, baseline: &str) -> Result<(Vec<Row>, Option<u64>), String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| e.to_string())?.clone();
    let at = |name: &str| header.iter().position(|h| h == name);
    let probability = at("log_probability").ok_or("no column `log_probability`")?;
    let (right, gold, predicted) = (at("right"), at("gold"), at("predicted"));
    let (mut rows, mut told) = (Vec::new(), 0);
    for record in reader.records() {
        let record = record.map_err(|e| e.to_string())?;
        let cell = |i: usize| record.get(i).unwrap_or_default();
        let is_right = match (right, gold, predicted) {
            (Some(i), ..) => match cell(i) {
                "0" => false,
                "1" => true,
                other => return Err(format!("`right` is {other:?}")),
            },
            (None, Some(g), Some(p)) => cell(g) == cell(p),
            _ => return Err("neither `right` nor `gold` and `predicted`".into()),
        };
        told += u64::from(gold.is_some_and(|g| cell(g) == baseline));
        let log_probability = cell(probability).parse().map_err(|e| format!("`log_probability`: {e}"))?;
        rows.push(Row { right: is_right, log_probability });
    }
    Ok((rows, gold.map(|_| told)))
}

fn curve(stage: &str, text: &str) -> Result<Curve, String> {
    let points: Vec<Point> =
        csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>().map_err(|e| e.to_string())?;
    Ok(Curve { stage: stage.into(), points: points.iter().map(|p| (p.tokens as f64, p.loss_nats)).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = r#"{"schema":1,"recipe":"course","variant":"vanilla","seed":3,"commit":null,"data":{"wiki.txt":"00"},
        "held_out":false,"baseline":"London","baseline_right":1,"stages":[{"stage":"alone","run":"r","steps":1,"tokens":2,
        "last_loss_nats":0.5,"precision":"f32"}]}"#;
    const CURVE: &str = "step,epoch,tokens,loss_nats,rate,gradient_norm\n1,1.0,2,0.5,0.1,1.0\n";

    fn files(predictions: &str) -> Result<Runs, RunsError> {
        let recipe = include_str!("../../experiments/recipes/course.toml");
        Runs::from_files([
            ("x/record.json", RECORD),
            ("x/recipe.toml", recipe),
            ("x/predictions.csv", predictions),
            ("x/curve-alone.csv", CURVE),
        ])
    }

    #[test]
    fn rows_without_texts_are_recounted() {
        let runs =
            files("line,sha256_16,predicted_sha256_16,right,log_probability\n1,aa,bb,1,-0.5\n3,cc,dd,0,-1.5\n").expect("a run");
        let run = runs.iter().next().expect("one");
        assert_eq!(run.count(), Count { right: 1, total: 2 });
        assert_eq!(run.baseline, Count { right: 1, total: 2 });
        assert_eq!((run.setting.data, run.setting.training), (Data::Course, Training::Alone));
        assert_eq!(run.curves[0].points, [(2.0, 0.5)]);
        assert_eq!(runs.of(&run.setting).len(), 1);
    }

    #[test]
    fn damaged_rows_and_missing_files_name_the_run() {
        let error = files("line,right,log_probability\n1,yes,-0.5\n").expect_err("no number").to_string();
        assert!(error.contains("run x") && error.contains("yes"), "{error}");
        assert!(files("line,log_probability\n1,-0.5\n").is_err());
        assert!(Runs::from_files([("y/recipe.toml", "")]).is_err_and(|e| e.to_string().contains("record.json")));
    }

    #[test]
    fn every_run_that_comes_with_the_program_can_be_read() {
        let runs = Runs::embedded().expect("whole records");
        assert!(runs.iter().all(|r| !r.rows.is_empty() && r.rows.iter().all(|row| row.log_probability <= 0.0)));
    }
}
