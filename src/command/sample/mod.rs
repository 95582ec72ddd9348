//! `attest sample`: "what if", by sampling and by quadrature side by side.

pub(super) mod design;
mod show;

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use clap::{Args, ValueEnum};
use miette::Diagnostic;
use thiserror::Error;

use self::design::{Design, DesignError, Settings};
use super::Outcome;
use super::options::broken_pipe;
use crate::montecarlo::{Form, Interval, Model, Quantity, QuasiError, Run, Sampler, Stream, quasi::quasi};
use crate::quadrature::{Attention, Estimate, Unsupported};
use crate::tolerance;
use crate::world::Library;

/// Sample keys from a question's Gaussians under any queries, beside the exact integrals
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  attest sample 1c.ii --query \"β(μ_a+μ_b)\"
  attest sample 1d.ii --query \"beta mu_a\" --query \"beta mu_b\" --set beta=100,n=5
  attest sample 1c.ii --set beta=inf,alpha=0 --given \"k_a^T q >= 0\"
  attest sample 1d.ii --draws 1e8 --format json
  attest sample 1c.ii --quasi --draws 1e6

Values are orthonormal. β = inf and α = 0 are taken as limits.
Every interval holds at all times together; their error probabilities sum to 1e-6.
With --quasi there is no such interval but a standard error over independent randomisations.")]
pub struct SampleArgs {
    /// Question id, e.g. 1c.ii
    id: String,
    /// A head's query over the means, e.g. "β(μ_a+μ_b)"; once a head. Default: the question's own
    #[arg(long, value_name = "EXPR")]
    query: Vec<String>,
    /// Numbers of the design over beta=10,n=10,d=64,alpha=1e-4; `inf` is infinity
    #[arg(long, value_name = "NAME=X,..", default_value = "", hide_default_value = true)]
    set: String,
    /// Keep only draws that meet this, e.g. "k_a^T q_1 >= 0"; may be repeated
    #[arg(long, value_name = "CONDITION")]
    given: Vec<String>,
    /// Draws to make at most, e.g. 1000000 or 1e8
    #[arg(long, value_name = "N", default_value = "4194304", value_parser = draws)]
    draws: u64,
    /// Draw every coordinate of every key, around randomly rotated means
    #[arg(long)]
    full: bool,
    /// Quasi-random points (a shifted lattice): far smaller errors, known by their standard error only
    #[arg(long, conflicts_with_all = ["full", "given"])]
    quasi: bool,
    /// Seed of the random streams
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Folder of world files that add to the built-in ones or replace them
    #[arg(long, value_name = "DIR")]
    worlds: Option<PathBuf>,
}

/// How the result is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table.
    Text,
    /// One JSON object.
    Json,
}

fn draws(text: &str) -> Result<u64, String> {
    match text.parse::<f64>() {
        Ok(x) if (1.0..=1e15).contains(&x) => Ok(x as u64),
        _ => Err("a number from 1 to 1e15".into()),
    }
}

/// Why there is no answer.
#[derive(Debug, Error, Diagnostic)]
enum SampleError {
    /// Sampling and quadrature disagree: one of them is wrong.
    #[error("{name}: sampling says [{low}, {high}], quadrature says {value} ± {error}")]
    #[diagnostic(code(attest::internal), help("this is a defect of attest; please report it with the command line"))]
    Disagreement { name: String, low: f64, high: f64, value: f64, error: f64 },
    /// Quasi-random points do not serve here.
    #[error(transparent)]
    #[diagnostic(code(attest::quasi), help("leave out --quasi"))]
    Quasi(#[from] QuasiError),
}

/// A quantity by both ways.
struct Entry {
    name: String,
    /// `None` where no draw met the conditions.
    estimate: Option<f64>,
    standard_error: Option<f64>,
    /// The confidence sequence and its error probability; quasi-random points have none.
    sequence: Option<(Interval, f64)>,
    exact: Result<Estimate, Unsupported>,
}

/// Everything that is shown.
struct Answer {
    question: String,
    reduction: String,
    full: bool,
    /// Independent randomisations and points in each, of quasi-random points.
    replicates: Option<(usize, u64)>,
    normals: usize,
    seed: u64,
    budget: f64,
    draws: u64,
    accepted: u64,
    proposed: u64,
    seconds: f64,
    entries: Vec<Entry>,
}

/// Samples, integrates, compares and prints.
pub fn run(args: &SampleArgs, out: &mut dyn Write) -> miette::Result<Outcome> {
    let library = match &args.worlds {
        Some(folder) => Library::with_folder(folder)?,
        None => Library::embedded()?,
    };
    let Some(world) = library.get(&args.id) else {
        return Err(UnknownQuestion { id: args.id.clone() }.into());
    };
    let design = Design::new(world, settings(&args.set)?, &args.query)?;
    let model = design.model(&args.given)?;
    let answer = answer(args, &model, design.heads())?;
    let text = match args.format {
        Format::Text => show::text(&answer),
        Format::Json => show::json(&answer),
    };
    out.write_all(text.as_bytes()).map_err(broken_pipe)?;
    Ok(Outcome::Done)
}

/// No world has the id.
#[derive(Debug, Error, Diagnostic)]
#[error("no question `{id}`")]
#[diagnostic(code(attest::unknown_question), help("`attest worlds` lists them with their titles"))]
struct UnknownQuestion {
    id: String,
}

fn settings(text: &str) -> Result<Settings, DesignError> {
    design::settings(text, design::settings("beta=10,n=10,d=64,alpha=1e-4", Settings::new())?)
}

fn answer(args: &SampleArgs, model: &Model, heads: usize) -> Result<Answer, SampleError> {
    let form = if args.full { Form::Full { rotation: Some(args.seed) } } else { Form::Reduced };
    let sampler = Sampler::new(model, form);
    let named = quantities(heads, model.keys().len());
    let start = Instant::now();
    let draws = if args.quasi { quasi_draws(args, &sampler, &named)? } else { random_draws(args, &sampler, &named) };
    let seconds = start.elapsed().as_secs_f64();
    let attention = Attention::of(model);
    let entries = named.into_iter().zip(draws.known).map(|((name, quantity), known)| {
        let exact = attention.as_ref().map_err(|e| *e).and_then(|a| a.quantity(&quantity));
        compare(&name, &known.range, &exact)?;
        let Known { estimate, standard_error, sequence, .. } = known;
        Ok(Entry { name, estimate, standard_error, sequence, exact })
    });
    let entries = entries.collect::<Result<_, SampleError>>()?;
    Ok(Answer {
        question: args.id.clone(),
        reduction: sampler.reduced().describe(),
        full: args.full,
        replicates: draws.replicates,
        normals: sampler.normals(),
        seed: args.seed,
        budget: tolerance::RUN_ERROR_BUDGET,
        draws: draws.used,
        accepted: draws.accepted,
        proposed: draws.proposed,
        seconds,
        entries,
    })
}

/// What sampling knows of a quantity.
struct Known {
    estimate: Option<f64>,
    standard_error: Option<f64>,
    sequence: Option<(Interval, f64)>,
    /// Where the integral must lie.
    range: Interval,
}

/// What came of the draws.
struct Draws {
    known: Vec<Known>,
    replicates: Option<(usize, u64)>,
    used: u64,
    accepted: u64,
    proposed: u64,
}

fn random_draws(args: &SampleArgs, sampler: &Sampler, named: &[(String, Quantity)]) -> Draws {
    let share = tolerance::RUN_ERROR_BUDGET / named.len() as f64;
    let list: Vec<(Quantity, f64)> = named.iter().map(|(_, q)| (*q, share)).collect();
    let stream = Stream::new(args.seed, 0);
    let mut run = Run::new(sampler, &stream, &list);
    while run.advance(args.draws.max(crate::montecarlo::CHUNK_DRAWS)) {}
    let known = run.results().into_iter().map(|s| Known {
        estimate: s.estimate,
        standard_error: s.standard_error,
        sequence: Some((s.interval, s.error)),
        range: s.interval,
    });
    Draws { known: known.collect(), replicates: None, used: run.draws, accepted: run.accepted, proposed: run.proposed }
}

fn quasi_draws(args: &SampleArgs, sampler: &Sampler, named: &[(String, Quantity)]) -> Result<Draws, QuasiError> {
    let list: Vec<Quantity> = named.iter().map(|(_, q)| *q).collect();
    let found = quasi(sampler, &Stream::new(args.seed, 0), &list, args.draws)?;
    let total = found.replicates as u64 * found.points;
    let known = found.estimates.iter().map(|e| {
        // What is met less than a score of times may not be met at all, and then has no spread.
        let (low, high) = e.quantity.range();
        let unmet = tolerance::QUASI_UNMET * e.quantity.from_mean((high - low) / total as f64);
        let margin = tolerance::QUASI_STANDARD_ERRORS * e.standard_error + unmet;
        Known {
            estimate: Some(e.estimate),
            standard_error: Some(e.standard_error),
            sequence: None,
            range: Interval { low: e.estimate - margin, high: e.estimate + margin },
        }
    });
    let known = known.collect();
    Ok(Draws { known, replicates: Some((found.replicates, found.points)), used: total, accepted: total, proposed: total })
}

fn compare(name: &str, sampled: &Interval, exact: &Result<Estimate, Unsupported>) -> Result<(), SampleError> {
    let Ok(exact) = exact else { return Ok(()) };
    if exact.value + exact.error < sampled.low - tolerance::ROUNDING
        || exact.value - exact.error > sampled.high + tolerance::ROUNDING
    {
        return Err(SampleError::Disagreement {
            name: name.to_string(),
            low: sampled.low,
            high: sampled.high,
            value: exact.value,
            error: exact.error,
        });
    }
    Ok(())
}

/// What is asked of every head, then of the output. Keys a and b are the first two.
fn quantities(heads: usize, keys: usize) -> Vec<(String, Quantity)> {
    let letters: &[(usize, char)] = if keys > 1 { &[(0, 'a'), (1, 'b')] } else { &[(0, 'a')] };
    let mut list = Vec::new();
    for head in 0..heads {
        let of = if heads > 1 { format!(" head {}", head + 1) } else { String::new() };
        for (key, letter) in letters.iter().copied() {
            list.push((format!("E[alpha_{letter}]{of}"), Quantity::Mean { head, key }));
            list.push((format!("Var[alpha_{letter}]{of}"), Quantity::Variance { head, key }));
        }
        if keys > 1 {
            list.push((format!("Cov[alpha_a, alpha_b]{of}"), Quantity::Covariance { head, keys: (0, 1) }));
        }
        for (key, letter) in letters.iter().copied() {
            list.push((format!("P(alpha_{letter} > 0.99){of}"), Quantity::Above { head, key, threshold: 0.99 }));
            list.push((format!("P(alpha_{letter} < 0.01){of}"), Quantity::Below { head, key, threshold: 0.01 }));
        }
    }
    list.push(("tr Cov(c)".into(), Quantity::OutputVariance));
    if keys > 1 {
        list.push(("RMS |c - (v_a + v_b)/2|".into(), Quantity::OutputError { keys: (0, 1) }));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::montecarlo::KeyLaw;

    /// One head at a known integral.
    fn model(alpha: f64) -> Model {
        let keys = vec![KeyLaw { isotropic: alpha, spikes: vec![] }; 4];
        Model::new(4, keys, vec![vec![(0, 1.0), (1, 1.0)]], 3.0).unwrap()
    }

    fn args(quasi: bool) -> SampleArgs {
        SampleArgs {
            id: "1c.i".into(),
            query: vec![],
            set: String::new(),
            given: vec![],
            draws: 1 << 17,
            full: false,
            quasi,
            seed: 4,
            format: Format::Text,
            worlds: None,
        }
    }

    #[test]
    fn an_injected_fault_is_an_internal_error_that_names_both_numbers() {
        // The integral of another α stands in for a wrong one, beside draws of the right one.
        for quasi in [false, true] {
            let named = quantities(1, 4);
            let sampler = Sampler::new(&model(0.02), Form::Reduced);
            let args = args(quasi);
            let draws = if quasi { quasi_draws(&args, &sampler, &named).unwrap() } else { random_draws(&args, &sampler, &named) };
            let integral = |alpha: f64| Attention::of(&model(alpha)).and_then(|a| a.quantity(&named[1].1));
            let (range, name) = (&draws.known[1].range, &named[1].0);
            assert!(compare(name, range, &integral(0.02)).is_ok());
            let wrong = integral(0.03);
            let said = compare(name, range, &wrong).unwrap_err().to_string();
            let named_numbers = [wrong.unwrap().value, range.low, range.high].iter().all(|x| said.contains(&x.to_string()));
            assert!(named_numbers && said.starts_with("Var[alpha_a]"), "{said}");
        }
    }

    #[test]
    fn every_quantity_that_has_an_integral_is_compared() {
        for quasi in [false, true] {
            let made = answer(&args(quasi), &model(0.02), 1).unwrap();
            assert!(made.entries.iter().all(|e| e.exact.is_ok() && e.estimate.is_some()));
            assert_eq!(made.entries.iter().all(|e| e.sequence.is_none()), quasi, "only random draws have sequences");
        }
    }
}
