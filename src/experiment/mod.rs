//! Experiments: the numbers behind the plots, from the worlds' `[[plots]]` entries.
//!
//! An entry names a kind and its numbers (β, n, α, draws); the kind's file here runs the engines and
//! gives back plain records: a table and a picture as data. Nothing is drawn or written here, and no
//! claim is seen. Sampled points and exact curves are always shown together.

mod axes;
mod design;
mod error_map;
mod extraction;
mod flops;
mod heads;
mod ignored;
mod leak;
mod output_plane;
mod ridges;
mod runs;
mod variance;
mod weights;

use miette::Diagnostic;
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::montecarlo::ModelError;
use crate::record::Experiment;
use crate::tolerance;
use crate::world::Library;

/// Why an experiment cannot be run.
#[derive(Debug, Error, Diagnostic)]
pub enum ExperimentError {
    /// The entry in the world's file is not understood.
    #[error("question {question}, plot `{id}`: {reason}")]
    #[diagnostic(code(attest::plot_entry), help("see `[[plots]]` in docs/worlds.md"))]
    Entry {
        /// Question id.
        question: String,
        /// The plot's id.
        id: String,
        /// What is wrong.
        reason: String,
    },
    /// The entry's numbers make no model.
    #[error("question {question}, plot `{id}`: {source}")]
    #[diagnostic(code(attest::plot_model), help("change the numbers of the `[[plots]]` entry"))]
    Model {
        /// Question id.
        question: String,
        /// The plot's id.
        id: String,
        /// What is wrong.
        source: ModelError,
    },
    /// A sampled point lies off its exact curve: one of them is wrong.
    #[error("question {question}, plot `{id}`: {what}: sampled {sampled} ± {standard_error}, but exactly {exact}")]
    #[diagnostic(code(attest::internal), help("this is a defect of attest; please report it with the command line"))]
    Disagreement {
        /// Question id.
        question: String,
        /// The plot's id.
        id: String,
        /// Which point.
        what: String,
        /// The sampled number.
        sampled: f64,
        /// Its standard error.
        standard_error: f64,
        /// The exact number.
        exact: f64,
    },
}

/// One entry of a world and how its errors are named.
struct Entry<'a> {
    question: &'a str,
    id: String,
    kind: String,
    table: toml::Table,
}

impl Entry<'_> {
    fn fail(&self, reason: impl Into<String>) -> ExperimentError {
        ExperimentError::Entry { question: self.question.into(), id: self.id.clone(), reason: reason.into() }
    }

    fn model(&self, source: ModelError) -> ExperimentError {
        ExperimentError::Model { question: self.question.into(), id: self.id.clone(), source }
    }

    /// The entry's numbers.
    fn numbers<T: DeserializeOwned>(&self) -> Result<T, ExperimentError> {
        self.table.clone().try_into().map_err(|e: toml::de::Error| self.fail(e.message().to_string()))
    }

    /// Checks a sampled point against its exact curve, where that is known.
    fn agree(&self, what: &str, sampled: f64, exact: f64, standard_error: f64, draws: u64) -> Result<(), ExperimentError> {
        // What is met less than a score of times may not be met at all, and then shows no spread.
        let margin = tolerance::PLOT_STANDARD_ERRORS * standard_error + tolerance::QUASI_UNMET / draws.max(1) as f64;
        if (sampled - exact).abs() > margin {
            let (question, id, what) = (self.question.into(), self.id.clone(), what.into());
            return Err(ExperimentError::Disagreement { question, id, what, sampled, standard_error, exact });
        }
        Ok(())
    }

    /// A number that must be positive and finite.
    fn positive(&self, key: &str, value: f64) -> Result<f64, ExperimentError> {
        if value > 0.0 && value.is_finite() {
            Ok(value)
        } else {
            Err(self.fail(format!("{key} = {value}; expected a positive number")))
        }
    }
}

/// Runs every experiment of the worlds. The same library and seed give the same records on any
/// number of threads. `progress` is told how many are done and how many there are.
///
/// # Errors
/// [`ExperimentError`] where an entry names no known kind, lacks a number, or makes no model.
pub fn run(library: &Library, seed: u64, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Vec<Experiment>, ExperimentError> {
    let mut entries = Vec::new();
    for world in library.iter() {
        for table in &world.plots {
            entries.push(entry(&world.id, table)?);
        }
    }
    let done = std::sync::atomic::AtomicUsize::new(0);
    entries
        .par_iter()
        .map(|e| {
            let made = one(e, seed);
            progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, entries.len());
            made
        })
        .collect()
}

fn entry<'a>(question: &'a str, table: &toml::Table) -> Result<Entry<'a>, ExperimentError> {
    let mut table = table.clone();
    let mut text = |key: &str| match table.remove(key) {
        Some(toml::Value::String(s)) => Some(s),
        _ => None,
    };
    let (id, kind) = (text("id"), text("kind"));
    let missing = |reason: &str| ExperimentError::Entry {
        question: question.into(),
        id: id.clone().unwrap_or_default(),
        reason: reason.into(),
    };
    let kind = kind.ok_or_else(|| missing("it has no `kind`"))?;
    let id = id.clone().ok_or_else(|| missing("it has no `id`"))?;
    Ok(Entry { question, id, kind, table })
}

fn one(entry: &Entry, seed: u64) -> Result<Experiment, ExperimentError> {
    match entry.kind.as_str() {
        "extraction-error" => extraction::run(entry, seed),
        "leak-against-beta" => leak::run(entry),
        "error-map" => error_map::run(entry),
        "weight-distribution" => weights::run(entry, seed),
        "output-plane" => output_plane::run(entry, seed),
        "variance-against-beta" => variance::run(entry, seed),
        "output-ridges" => ridges::run(entry, seed),
        "variance-against-heads" => heads::run(entry, seed),
        "ignored-cases" => ignored::run(entry, seed),
        "forward-operations" => flops::run(entry),
        "training-curves" => runs::curves(entry),
        "accuracy-of-settings" => runs::accuracies(entry),
        "answer-confidence" => runs::confidence(entry),
        other => Err(entry.fail(format!(
            "no plot of kind `{other}`; there are extraction-error, leak-against-beta, error-map, weight-distribution, output-plane, \
             variance-against-beta, output-ridges, variance-against-heads, ignored-cases, forward-operations, training-curves, accuracy-of-settings, answer-confidence"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sampled_point_off_its_exact_curve_is_an_error_that_names_both_numbers() {
        let entry = Entry { question: "1d.ii", id: "x".into(), kind: "heads".into(), table: toml::Table::new() };
        assert!(entry.agree("H = 2", 0.0312, 0.0311, 1e-4, 100_000).is_ok());
        assert!(entry.agree("H = 2", 0.0, 1e-5, 0.0, 100_000).is_ok(), "too rare to be met");
        assert!(entry.agree("H = 2", f64::NAN, 0.5, 1e-4, 100_000).is_ok(), "no number is no disagreement");
        let said = entry.agree("H = 2", 0.0312, 0.0411, 1e-4, 100_000).unwrap_err().to_string();
        assert!(said.contains("0.0312") && said.contains("0.0411"), "{said}");
    }
}
