//! `attest worlds`: what each question supposes and asks for.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use miette::Diagnostic;
use thiserror::Error;

use super::Outcome;
use super::options::broken_pipe;
use crate::language::{Expr, Style, print, print_chain, print_name};
use crate::world::{Law, Library, LimitPoint, VectorLaw, World};

/// Show what a question supposes and asks for, or list all questions
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  attest worlds
  attest worlds 1b.i
  attest worlds --worlds mine/     with the files of a folder added")]
pub struct WorldsArgs {
    /// Question id, e.g. 1c.ii
    id: Option<String>,
    /// Folder of world files that add to the built-in ones or replace them
    #[arg(long, value_name = "DIR")]
    worlds: Option<PathBuf>,
}

/// No world has the id.
#[derive(Debug, Error, Diagnostic)]
#[error("no question `{id}`; there are {known}")]
#[diagnostic(code(attest::unknown_question), help("`attest worlds` lists them with their titles"))]
struct UnknownQuestion {
    id: String,
    known: String,
}

/// Prints the list, or one world.
pub fn run(args: &WorldsArgs, out: &mut dyn Write) -> miette::Result<Outcome> {
    let library = match &args.worlds {
        Some(folder) => Library::with_folder(folder)?,
        None => Library::embedded()?,
    };
    let text = match &args.id {
        None => list(&library),
        Some(id) => match library.get(id) {
            Some(world) => describe(world),
            None => {
                let known = library.iter().map(|w| w.id.clone()).collect::<Vec<_>>().join(", ");
                return Err(UnknownQuestion { id: id.clone(), known }.into());
            }
        },
    };
    out.write_all(text.as_bytes()).map_err(broken_pipe)?;
    Ok(Outcome::Done)
}

fn list(library: &Library) -> String {
    let width = library.iter().map(|w| w.id.len()).max().unwrap_or(0);
    library.iter().map(|w| format!("{:width$}  {:>3} points  {}\n", w.id, w.points, w.title)).collect()
}

/// A world in words: symbols, hypotheses, limits, what is asked for, what is recognised.
fn describe(world: &World) -> String {
    let mut lines = vec![format!("{}  {}  ({} points)", world.id, world.title, world.points), world.asks.clone(), String::new()];
    symbols(world, &mut lines);
    let limits: Vec<String> = world.limits.iter().filter_map(|l| Some(limit(l, world.scalars.get(l)?.limit?))).collect();
    if !limits.is_empty() {
        lines.push(format!("limits       {}", limits.join(", then ")));
    }
    for slot in &world.slots {
        let name = print(&Expr::Symbol(slot.symbol.clone()), Style::Plain);
        lines.push(format!(
            "asks for     {name} such that {}; e.g. {}",
            print_chain(&slot.requirement, Style::Plain),
            slot.correct
        ));
    }
    for p in &world.propositions {
        lines.push(format!("recognises   {}: {}", p.entry.id, p.entry.says));
    }
    for quantity in &world.quantities {
        lines.push(format!("quantity     {}: {}", quantity.words, quantity.expression));
    }
    if let Some(growth) = &world.growth {
        lines.extend(growth.subjects.iter().map(|s| format!("growth of    {}", s.says)));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn symbols(world: &World, lines: &mut Vec<String>) {
    for (name, (low, high)) in &world.dimensions {
        lines.push(format!("dimension    {name}, sampled from {low} to {high}"));
    }
    for (name, scalar) in &world.scalars {
        lines.push(format!(
            "scalar       {}, sampled from {} to {}",
            print_name(name, Style::Plain),
            scalar.range.0,
            scalar.range.1
        ));
    }
    for (name, spec) in &world.vectors {
        let law = match &spec.law {
            VectorLaw::Generic => "any".to_string(),
            VectorLaw::Separates { family, letter, gap } => {
                format!("{family}_{letter} scores at least {gap} above every other {family}_i")
            }
        };
        lines.push(format!("vector       {} in R^({} x {}), {law}", print_name(name, Style::Plain), spec.shape.0, spec.shape.1));
    }
    for (name, family) in &world.families {
        let law = match &family.law {
            Law::Generic => "any".to_string(),
            Law::Orthonormal { frame } => format!("orthonormal (frame {frame})"),
            Law::Gaussian { mean, covariance, .. } => gaussian(mean, covariance),
        };
        lines.push(format!(
            "family       {}_1..{} in R^{}, {law}",
            print_name(name, Style::Plain),
            family.count,
            family.dimension
        ));
    }
    for (matrix, family) in &world.columns {
        lines.push(format!("matrix       {matrix}, columns {}", print_name(family, Style::Plain)));
    }
    for d in &world.definitions {
        lines.push(format!("definition   {} = {}", print_name(&d.name, Style::Plain), print(&d.body, Style::Plain)));
    }
}

fn gaussian(mean: &Expr, covariance: &crate::world::Covariance) -> String {
    let mut text = format!("independent N({}, {})", print(mean, Style::Plain), print(&covariance.general, Style::Plain));
    for (letter, expr) in &covariance.except {
        let _ = write!(text, ", but {} for {letter}", print(expr, Style::Plain));
    }
    text
}

fn limit(name: &str, point: LimitPoint) -> String {
    let to = match point {
        LimitPoint::Infinity => "∞",
        LimitPoint::Zero => "0",
        LimitPoint::MinusInfinity => "−∞",
    };
    format!("{} → {to}", print_name(name, Style::Plain))
}
