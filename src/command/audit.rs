//! `attest audit`: the program's statistical promises, measured.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use miette::{Diagnostic, IntoDiagnostic, WrapErr};
use thiserror::Error;

use super::Outcome;
use super::options::broken_pipe;
use crate::montecarlo::audit::{Measured, Promise, audit};

/// Measure false-alarm rates, coverage and power of every statistical test, with exact intervals
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  attest audit --short                a few seconds, as CI does
  attest audit --out audit.csv        ten thousand runs a test

Tests are run at error 0.05, where keeping it can be seen. Exit code 2 when a promise is broken.")]
pub struct AuditArgs {
    /// 1,000 runs a test in place of 10,000
    #[arg(long)]
    short: bool,
    /// Seed of the runs
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Write the CSV to this file in place of the screen
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// A measured rate contradicts what is promised of it.
#[derive(Debug, Error, Diagnostic)]
#[error("{count} promises are broken: {list}")]
#[diagnostic(code(attest::audit), help("this is a defect of attest; the CSV has the measured rates"))]
struct Broken {
    count: usize,
    list: String,
}

/// Runs the audit and writes its table.
pub fn run(args: &AuditArgs, out: &mut dyn Write) -> miette::Result<Outcome> {
    let measured = audit(args.seed, if args.short { 1_000 } else { 10_000 });
    let table = csv(&measured)?;
    match &args.out {
        Some(path) => std::fs::write(path, table).into_diagnostic().wrap_err_with(|| path.display().to_string())?,
        None => out.write_all(&table).map_err(broken_pipe)?,
    }
    let broken: Vec<&Measured> = measured.iter().filter(|m| m.broken()).collect();
    if broken.is_empty() {
        return Ok(Outcome::Done);
    }
    let list = broken
        .iter()
        .map(|m| format!("{} ({}): {} in {} of {}", m.test, m.truth, m.event, m.events, m.runs))
        .collect::<Vec<_>>()
        .join("; ");
    Err(Broken { count: broken.len(), list }.into())
}

fn csv(measured: &[Measured]) -> miette::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(["test", "truth", "event", "promise", "bound", "runs", "events", "rate", "low_95", "high_95", "kept"])
        .into_diagnostic()?;
    for m in measured {
        let (promise, bound) = match m.promise {
            Promise::AtMost(x) => ("at most", x),
            Promise::AtLeast(x) => ("at least", x),
        };
        let interval = m.interval();
        let numbers = [m.rate(), interval.low, interval.high].map(|x| format!("{x:.6}"));
        let [rate, low, high] = &numbers;
        let kept = if m.broken() { "no" } else { "yes" };
        writer
            .write_record([
                m.test,
                m.truth,
                m.event,
                promise,
                &bound.to_string(),
                &m.runs.to_string(),
                &m.events.to_string(),
                rate,
                low,
                high,
                kept,
            ])
            .into_diagnostic()?;
    }
    writer.into_inner().into_diagnostic()
}
