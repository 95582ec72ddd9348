//! `attest check`: diagnostics only.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Outcome;
use super::options::{Judging, broken_pipe, coloured_output, output_width, read_sheet};
use crate::record::{SheetRecord, Verdict};
use crate::report::{json, terminal};

/// Check an answer sheet and print what was found; no file is written
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  attest check answers.md
  attest check answers.tex --data cs224n/ --strict
  attest check answers.md --format json | jq '.statements[] | select(.verdict == \"refuted\")'")]
pub struct CheckArgs {
    /// Answer sheet: Markdown, LaTeX or plain text
    file: PathBuf,
    /// For people, or for machines (docs/json-schema.md)
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    judging: Judging,
}

/// For whom the output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Diagnostics on the writer's own lines, a table a question, a summary.
    Human,
    /// One JSON object.
    Json,
}

/// Reads, judges, prints.
pub fn run(args: &CheckArgs, out: &mut dyn Write) -> miette::Result<Outcome> {
    args.judging.set_threads()?;
    let document = read_sheet(&args.file)?;
    let record = args.judging.judge(&document)?;
    let text = match args.format {
        Format::Json => json::render(&record),
        Format::Human if args.judging.quiet => terminal::summary(&record),
        Format::Human => terminal::render(&record, &style()),
    };
    writeln!(out, "{}", text.trim_end()).map_err(broken_pipe)?;
    Ok(outcome(&args.judging, &record))
}

/// How diagnostics are drawn on this output.
pub fn style() -> terminal::Style {
    terminal::Style { colour: coloured_output(), width: output_width(), unicode: true }
}

/// What the exit code says of a record.
pub fn outcome(judging: &Judging, record: &SheetRecord) -> Outcome {
    let refuted = record.findings.iter().any(|f| f.verdict == Verdict::Refuted);
    if judging.strict && refuted { Outcome::Refuted } else { Outcome::Done }
}
