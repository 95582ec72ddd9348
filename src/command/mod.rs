//! The command line: what a person types, and nothing else.
//!
//! Each subcommand has a file with its arguments and a `run` that writes to the stream it is given.
//! This is the only room that prints.

pub mod ask;
pub mod audit;
pub mod check;
pub mod equal;
pub mod growth;
pub mod limit;
pub mod model;
mod options;
mod progress;
pub mod sample;
pub mod train;
pub mod verify;
pub mod worlds;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use miette::{GraphicalReportHandler, GraphicalTheme, Report};

/// Checks written answers about attention: every statement, how it is known, and what would be right.
#[derive(Debug, Parser)]
#[command(name = "attest", version, max_term_width = 100, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "Examples:
  attest verify                       check the built-in sample and write reports/
  attest verify answers.md            check a submission, write CSV, plots and a page
  attest check answers.md             diagnostics only
  attest check answers.md --format json
  attest worlds 1c.ii                 what a question supposes and asks for
  attest sample 1c.ii --query \"beta(mu_a+mu_b)\" --set beta=10,n=10,d=64,alpha=1e-4
  attest equal \"(x+1)^2\" \"x^2+2x+1\"

Exit code: 0 when it ran, 1 under --strict when a statement is refuted, 2 for a usage or input error.";

#[derive(Debug, Subcommand)]
enum Command {
    Verify(verify::VerifyArgs),
    Check(check::CheckArgs),
    Worlds(worlds::WorldsArgs),
    Sample(sample::SampleArgs),
    Equal(equal::EqualArgs),
    Limit(limit::LimitArgs),
    Growth(growth::GrowthArgs),
    Train(train::TrainArgs),
    Model(model::ModelArgs),
    Ask(ask::AskArgs),
    Audit(audit::AuditArgs),
}

/// How a command ended, where it ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It ran.
    Done,
    /// It ran under `--strict` and something is refuted.
    Refuted,
}

/// Reads the command line, runs the command, and turns its outcome into an exit code.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = std::io::stdout().lock();
    let ended = run(&cli.command, &mut out).and_then(|o| out.flush().map(|()| o).map_err(options::broken_pipe));
    match ended {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Refuted) => ExitCode::from(1),
        Err(report) if report.downcast_ref::<options::Closed>().is_some() => ExitCode::SUCCESS,
        Err(report) => {
            eprintln!("{}", show(&report));
            ExitCode::from(2)
        }
    }
}

/// Runs one command; everything that it says goes to `out`.
fn run(command: &Command, out: &mut dyn Write) -> miette::Result<Outcome> {
    match command {
        Command::Verify(args) => verify::run(args, out),
        Command::Check(args) => check::run(args, out),
        Command::Worlds(args) => worlds::run(args, out),
        Command::Sample(args) => sample::run(args, out),
        Command::Equal(args) => done(equal::run(args, out)),
        Command::Limit(args) => done(limit::run(args, out)),
        Command::Growth(args) => done(growth::run(args, out)),
        Command::Train(args) => done(train::run(args, out)),
        Command::Model(args) => done(model::run(args, out)),
        Command::Ask(args) => done(ask::run(args, out)),
        Command::Audit(args) => audit::run(args, out),
    }
}

fn done(ended: miette::Result<()>) -> miette::Result<Outcome> {
    ended.map(|()| Outcome::Done)
}

/// An error with its place, its reason and what to do; in colour only on a terminal.
fn show(report: &Report) -> String {
    let coloured = std::io::stderr().is_terminal() && options::colours_wanted();
    let theme = if coloured { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let mut text = String::new();
    match GraphicalReportHandler::new_themed(theme).with_width(100).render_report(&mut text, report.as_ref()) {
        Ok(()) => text,
        Err(_) => format!("{report:?}"),
    }
}
