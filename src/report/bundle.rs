//! The files of a report, in memory.

use std::collections::{BTreeMap, BTreeSet};

use miette::Diagnostic;
use rayon::prelude::*;
use serde::Serialize;
use thiserror::Error;

use super::plot::{self, PlotError};
use super::{page, table};
use crate::record::{Experiment, SheetRecord};

/// Files by their relative names, in the order of the names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bundle {
    files: BTreeMap<String, Vec<u8>>,
}

impl Bundle {
    /// An empty bundle.
    pub fn new() -> Self {
        Bundle::default()
    }

    /// Adds a file under a relative name with `/` between folders.
    ///
    /// # Errors
    /// [`BundleError::Twice`] where the name is taken.
    pub fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Result<(), BundleError> {
        let name = name.into();
        if self.files.contains_key(&name) {
            return Err(BundleError::Twice { name });
        }
        self.files.insert(name, bytes.into());
        Ok(())
    }

    /// The bytes of a file.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// Names and bytes in the order of the names.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }
}

/// Why the files could not be made.
#[derive(Debug, Error, Diagnostic)]
pub enum BundleError {
    /// Two files of one name.
    #[error("two files of the report would be called {name}")]
    #[diagnostic(code(attest::report::twice), help("give the experiments different ids"))]
    Twice {
        /// The name.
        name: String,
    },
    /// The page could not be made.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Page(#[from] page::PageError),
    /// A picture could not be drawn.
    #[error("plot {id} cannot be drawn")]
    #[diagnostic(code(attest::report::plot))]
    Plot {
        /// Id of the experiment.
        id: String,
        /// What went wrong.
        source: PlotError,
    },
    /// A table could not be written.
    #[error("table {name} cannot be written")]
    #[diagnostic(code(attest::report::table))]
    Table {
        /// Name of the file.
        name: String,
        /// What the CSV writer said.
        source: csv::Error,
    },
    /// The account of the run could not be written.
    #[error("run.json cannot be written")]
    #[diagnostic(code(attest::report::run))]
    Run(#[from] serde_json::Error),
}

/// How long a stage of the run took.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timing {
    /// The stage, e.g. `check`.
    pub stage: String,
    /// Wall-clock time in seconds.
    pub seconds: f64,
}

/// What a run was allowed to spend of something, and what it spent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Budget {
    /// Of what, e.g. `error probability`.
    pub name: String,
    /// Its unit; `1` for a pure number.
    pub unit: String,
    /// The most it may be.
    pub granted: f64,
    /// What was used; `None` where nobody counted.
    pub spent: Option<f64>,
}

/// The account of a run: everything that may differ between two runs stands here and nowhere else.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunInfo {
    /// Version of the program.
    pub version: String,
    /// The command as it was given, word by word.
    pub arguments: Vec<String>,
    /// Seed of every random number.
    pub seed: u64,
    /// Threads that worked.
    pub threads: usize,
    /// Times by stage, in the order of the stages.
    pub timings: Vec<Timing>,
    /// Budgets and what was spent of them.
    pub budgets: Vec<Budget>,
}

/// Makes every file of a report: `verdicts.csv`, `grades.csv`, `experiments/*.csv`,
/// `plots/*.svg`, `plots/*.png`, `index.html` and `run.json`.
///
/// Pictures are drawn on rayon's current thread pool; the result does not depend on how many
/// threads it has.
///
/// # Errors
/// [`BundleError`]: two experiments whose ids give the same file name, or a picture that cannot
/// be drawn.
pub fn bundle(record: &SheetRecord, run: &RunInfo) -> Result<Bundle, BundleError> {
    let stems = stems(&record.experiments)?;
    let drawn: Vec<(String, Vec<u8>)> = record.experiments.par_iter().map(draw).collect::<Result<_, _>>()?;
    let mut bundle = Bundle::new();
    let tables = [("verdicts.csv", table::verdicts(record)), ("grades.csv", table::grades(record))];
    for (name, bytes) in tables {
        bundle.add(name, bytes.map_err(|source| BundleError::Table { name: name.into(), source })?)?;
    }
    for (experiment, stem) in record.experiments.iter().zip(&stems) {
        let name = format!("experiments/{stem}.csv");
        let bytes = table::experiment(experiment).map_err(|source| BundleError::Table { name: name.clone(), source })?;
        bundle.add(name, bytes)?;
    }
    bundle.add("index.html", page::render(record)?)?;
    for ((svg, png), stem) in drawn.into_iter().zip(&stems) {
        bundle.add(format!("plots/{stem}.svg"), svg)?;
        bundle.add(format!("plots/{stem}.png"), png)?;
    }
    let mut account = serde_json::to_vec_pretty(run)?;
    account.push(b'\n');
    bundle.add("run.json", account)?;
    Ok(bundle)
}

fn draw(experiment: &Experiment) -> Result<(String, Vec<u8>), BundleError> {
    let name = |source| BundleError::Plot { id: experiment.id.clone(), source };
    Ok((plot::svg(&experiment.plot).map_err(name)?, plot::png(&experiment.plot).map_err(name)?))
}

/// File stems of the experiments, each a name on every file system.
fn stems(experiments: &[Experiment]) -> Result<Vec<String>, BundleError> {
    let stems: Vec<String> = experiments.iter().map(|e| stem(&e.id)).collect();
    let mut seen = BTreeSet::new();
    match stems.iter().find(|s| !seen.insert(s.to_lowercase())) {
        Some(twice) => Err(BundleError::Twice { name: format!("experiments/{twice}.csv") }),
        None => Ok(stems),
    }
}

/// An id as a file stem: letters, digits, `-`, `_` and inner dots stay, all else becomes `_`.
pub(super) fn stem(id: &str) -> String {
    let plain: String =
        id.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' }).collect();
    let trimmed = plain.trim_matches('.');
    if trimmed.is_empty() { "experiment".into() } else { trimmed.into() }
}
