//! `attest verify`: check a sheet, run the experiments of its questions, leave reports.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::Outcome;
use super::check::{outcome, style};
use super::options::{Judging, broken_pipe, read_sheet};
use super::progress::Progress;
use crate::document::{self, Document};
use crate::experiment;
use crate::record::SheetRecord;
use crate::report::{self, Budget, RunInfo, Timing, terminal};
use crate::tolerance;

/// The submission that is checked where none is given.
const SAMPLE: (&str, &str) = ("answers/with-mistakes.md", include_str!("../../answers/with-mistakes.md"));

/// Check an answer sheet and leave CSV, plots and a page
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  attest verify                                 the built-in sample, into reports/
  attest verify answers.md --out out/alice
  attest verify answers.md --data cs224n/       recount what the data decide
  attest verify answers.md --predictions 2d=mine.csv
  attest verify --train                         train the small world anew too, in a minute

It leaves verdicts.csv, grades.csv, experiments/*.csv, plots/*.svg and *.png, index.html and run.json.
Everything but run.json is the same bytes for the same sheet and seed.")]
pub struct VerifyArgs {
    /// Answer sheet: Markdown, LaTeX or plain text [default: the built-in sample]
    file: Option<PathBuf>,
    /// Folder for the reports
    #[arg(long, value_name = "DIR", default_value = "reports")]
    out: PathBuf,
    /// Train the small world anew, both models with and without pretraining, and say what they score
    #[arg(long)]
    train: bool,
    #[command(flatten)]
    judging: Judging,
}

/// Reads, judges, runs the experiments, writes, prints.
pub fn run(args: &VerifyArgs, out: &mut dyn Write) -> miette::Result<Outcome> {
    let mut clock = Clock::new();
    args.judging.set_threads()?;
    let document = sheet(args)?;
    let mut record = args.judging.judge(&document)?;
    clock.lap("check");
    let progress = Progress::new("experiments", args.judging.quiet);
    record.experiments = experiment::run(&args.judging.library()?, args.judging.seed, &|done, total| progress.set(done, total))?;
    progress.finish();
    clock.lap("experiments");
    if args.train {
        record.remarks.extend(super::train::small_world(args.judging.quiet)?);
        clock.lap("train");
    }
    let info = account(&record, clock.laps);
    report::write(&args.out, &report::bundle(&record, &info)?)?;
    let text = if args.judging.quiet { terminal::summary(&record) } else { terminal::render(&record, &style()) };
    writeln!(out, "{}\nreports written to {}", text.trim_end(), args.out.display()).map_err(broken_pipe)?;
    Ok(outcome(&args.judging, &record))
}

fn sheet(args: &VerifyArgs) -> miette::Result<Document> {
    match &args.file {
        Some(path) => read_sheet(path),
        None => Ok(document::read_text(SAMPLE.0, SAMPLE.1.as_bytes())?),
    }
}

/// The account of the run: all that may differ between two runs.
fn account(record: &SheetRecord, timings: Vec<Timing>) -> RunInfo {
    let spent: f64 = record.findings.iter().filter_map(|f| f.error_probability).sum();
    RunInfo {
        version: env!("CARGO_PKG_VERSION").into(),
        arguments: std::env::args().skip(1).collect(),
        seed: record.seed,
        threads: rayon::current_num_threads(),
        timings,
        budgets: vec![Budget {
            name: "error probability".into(),
            unit: "1".into(),
            granted: tolerance::RUN_ERROR_BUDGET,
            spent: Some(spent),
        }],
    }
}

/// Seconds that each stage took.
struct Clock {
    last: Instant,
    laps: Vec<Timing>,
}

impl Clock {
    fn new() -> Clock {
        Clock { last: Instant::now(), laps: Vec::new() }
    }

    fn lap(&mut self, stage: &str) {
        let now = Instant::now();
        self.laps.push(Timing { stage: stage.to_string(), seconds: (now - self.last).as_secs_f64() });
        self.last = now;
    }
}
