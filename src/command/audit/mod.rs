//! `attest audit`: the program's statistical promises, measured.

mod claims;
mod picture;
mod show;

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use miette::{Diagnostic, IntoDiagnostic};
use thiserror::Error;

use self::claims::ClaimRow;
use super::Outcome;
use super::options::broken_pipe;
use crate::montecarlo::audit::{Measured, audit};
use crate::report::{self, Bundle, plot};
use crate::world::Library;

/// Measure false-alarm rates, coverage and power of every statistical test, with exact intervals
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  attest audit --short                a few seconds, as CI does
  attest audit --out audit            ten thousand runs a test, CSV and plots into audit/

Tests are run at error 0.05, where keeping it can be seen. Then every claim that a question lists with wrong
versions is sampled in the question's limit: the claim must stand, its wrong versions must fall.
Exit code 2 when a promise is broken.")]
pub struct AuditArgs {
    /// 1,000 runs a test in place of 10,000
    #[arg(long)]
    short: bool,
    /// Seed of the runs
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Leave rates.csv, claims.csv and plots (SVG and PNG) in this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Folder of world files that add to the built-in ones or replace them
    #[arg(long, value_name = "DIR")]
    worlds: Option<PathBuf>,
}

/// A measured rate contradicts what is promised of it, or a wrong claim survives.
#[derive(Debug, Error, Diagnostic)]
#[error("{count} promises are broken: {list}")]
#[diagnostic(code(attest::audit), help("this is a defect of attest; the tables have the measured rates"))]
struct Broken {
    count: usize,
    list: String,
}

/// Runs the audit, writes its tables and plots, and fails where a promise is broken.
pub fn run(args: &AuditArgs, out: &mut dyn Write) -> miette::Result<Outcome> {
    let library = match &args.worlds {
        Some(folder) => Library::with_folder(folder)?,
        None => Library::embedded()?,
    };
    let rates = audit(args.seed, if args.short { 1_000 } else { 10_000 });
    let claims = claims::sample(&library, args.seed)?;
    if let Some(folder) = &args.out {
        report::write(folder, &bundle(&rates, &claims)?)?;
    }
    out.write_all(show::text(&rates, &claims).as_bytes()).map_err(broken_pipe)?;
    let broken: Vec<String> = rates
        .iter()
        .filter(|m| m.broken())
        .map(|m| format!("{} ({}): {} in {} of {}", m.test, m.truth, m.event, m.events, m.runs))
        .chain(claims.iter().filter(|c| !c.kept()).map(|c| format!("{}: {} `{}`", c.question, c.version(), c.claim)))
        .collect();
    if broken.is_empty() { Ok(Outcome::Done) } else { Err(Broken { count: broken.len(), list: broken.join("; ") }.into()) }
}

/// Everything that `--out` leaves. The same for the same seed.
fn bundle(rates: &[Measured], claims: &[ClaimRow]) -> miette::Result<Bundle> {
    let mut bundle = Bundle::new();
    bundle.add("rates.csv", show::rates(rates).into_diagnostic()?).into_diagnostic()?;
    bundle.add("claims.csv", show::claims(claims).into_diagnostic()?).into_diagnostic()?;
    for (name, picture) in [("rates", picture::rates(rates)), ("claims", picture::claims(claims))] {
        bundle.add(format!("{name}.svg"), plot::svg(&picture).into_diagnostic()?).into_diagnostic()?;
        bundle.add(format!("{name}.png"), plot::png(&picture).into_diagnostic()?).into_diagnostic()?;
    }
    Ok(bundle)
}
