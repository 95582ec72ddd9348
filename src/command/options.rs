//! Options that several commands share, and what they stand for.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::Args;
use miette::{Diagnostic, IntoDiagnostic, Report};
use thiserror::Error;

use crate::check::{self, Settings};
use crate::document::{self, Document};
use crate::record::SheetRecord;
use crate::runs::{Dataset, Given, Runs};
use crate::world::Library;

use super::progress::Progress;

/// What a sheet is judged with.
#[derive(Debug, Args)]
pub struct Judging {
    /// Folder with the course's files (birth_dev.tsv, birth_places_train.tsv, wiki.txt)
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The writer's own predictions, as [QUESTION=]FILE: a CSV with columns gold and predicted, or one answer
    /// a line beside --data; may be repeated
    #[arg(long, value_name = "[QUESTION=]FILE")]
    pub predictions: Vec<String>,
    /// Folder of world files that add to the built-in ones or replace them
    #[arg(long, value_name = "DIR")]
    pub worlds: Option<PathBuf>,
    /// Seed of every random number
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// Threads to use [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Exit with code 1 when a statement is refuted
    #[arg(long)]
    pub strict: bool,
    /// Say only the summary, without a progress bar
    #[arg(long, short)]
    pub quiet: bool,
}

/// The reader of our output went away (`attest check … | head`): no error of ours.
#[derive(Debug, Error, Diagnostic)]
#[error("the output was closed")]
pub struct Closed;

/// A failed write to the output as a report.
pub fn broken_pipe(error: std::io::Error) -> Report {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        Report::new(Closed)
    } else {
        Report::msg(format!("cannot write the output: {error}"))
    }
}

/// Whether the environment allows colours (`NO_COLOR` and `TERM=dumb` forbid them).
pub fn colours_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()) && std::env::var_os("TERM").is_none_or(|t| t != "dumb")
}

/// Whether the standard output is a terminal that shows colours.
pub fn coloured_output() -> bool {
    std::io::stdout().is_terminal() && colours_wanted()
}

/// Columns of the terminal; 100 where there is none.
pub fn output_width() -> usize {
    const FILE_WIDTH: usize = 100;
    if !std::io::stdout().is_terminal() {
        return FILE_WIDTH;
    }
    terminal_size::terminal_size().map_or(FILE_WIDTH, |(w, _)| usize::from(w.0).clamp(60, 160))
}

impl Judging {
    /// The worlds: built-in, or with a folder's put in their place.
    pub fn library(&self) -> miette::Result<Library> {
        Ok(match &self.worlds {
            Some(folder) => Library::with_folder(folder)?,
            None => Library::embedded()?,
        })
    }

    /// Reads and judges a sheet.
    pub fn judge(&self, document: &Document) -> miette::Result<SheetRecord> {
        let library = self.library()?;
        let data = self.data.as_deref().map(Dataset::read).transpose()?;
        let predictions = self.predictions.iter().map(|p| given(p, &library, data.as_ref())).collect::<Result<_, _>>()?;
        let settings = Settings { seed: self.seed, data, predictions, runs: Runs::embedded()? };
        let progress = Progress::new("statements", self.quiet);
        let record = check::check(document, &library, &settings, &|done, total| progress.set(done, total))?;
        progress.finish();
        Ok(record)
    }

    /// Sets the number of threads of the whole program.
    pub fn set_threads(&self) -> miette::Result<()> {
        let Some(threads) = self.threads else { return Ok(()) };
        rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build_global().into_diagnostic()
    }
}

/// A `[QUESTION=]FILE`, counted. What stands before `=` must be a question: else it belongs to the path.
fn given(argument: &str, library: &Library, data: Option<&Dataset>) -> miette::Result<Given> {
    let split = argument.split_once('=').filter(|(question, _)| library.get(question).is_some());
    let (question, path) = split.map_or((None, argument), |(question, path)| (Some(question.to_string()), path));
    Ok(Given::read(question, Path::new(path), data)?)
}

/// Reads a sheet from a file.
pub fn read_sheet(path: &Path) -> miette::Result<Document> {
    Ok(document::read(path)?)
}
