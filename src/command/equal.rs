//! `attest equal`: whether two answers are equal.

use std::io::Write;

use clap::{Args, ValueEnum};
use miette::{IntoDiagnostic, Result, miette};
use serde_json::json;

use crate::algebra::answer::equal;
use crate::algebra::given::Given;
use crate::algebra::recheck::proof_lines;
use crate::algebra::surface::parse_term;
use crate::algebra::{Decision, Outcome};

/// How a verdict is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Lines for people.
    Human,
    /// One JSON object.
    Json,
}

/// Says whether two answers are equal, with a proof or a counterexample.
///
/// Answers may be numbers, expressions, equations, inequalities, sets, intervals, tuples and matrices, in LaTeX,
/// Unicode or plain text. What is not read whole is not checked.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  attest equal '\\frac{\\sqrt 8}{2}' '\\sqrt2'
  attest equal 'exp(b(1-X))' 'exp(b)/exp(b X)'
  attest equal \"A'(A c + B d)\" c --where \"A'A = I, A'B = 0, c in R^m, d in R^p\"
  attest equal \"k_a'(k_a + k_b)\" 1 --where 'k orthonormal, a != b'
  attest equal 'x > 3' '(3, \\infty)'")]
pub struct EqualArgs {
    /// One answer.
    #[arg(allow_hyphen_values = true)]
    pub left: String,
    /// The other answer.
    #[arg(allow_hyphen_values = true)]
    pub right: String,
    /// What may be supposed: `beta > 0, A'A = I, c in R^m, k orthonormal, n in N`.
    #[arg(long = "where", value_name = "SUPPOSITIONS", default_value = "")]
    pub given: String,
    /// Search a proof by laws too, where the sides are scalars that are equal.
    #[arg(long)]
    pub proof: bool,
    /// How to write the verdict.
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

/// Compares and writes the verdict.
///
/// # Errors
///
/// Suppositions that were not read, or an output that cannot be written.
pub fn run(args: &EqualArgs, out: &mut dyn Write) -> Result<()> {
    let given = Given::parse(&args.given).map_err(|e| miette!("--where was not read {e}"))?;
    let mut decision = equal(&args.left, &args.right, &given);
    if args.proof && decision.outcome == Outcome::Holds && decision.proof.is_empty() {
        let terms = parse_term(&args.left).ok().zip(parse_term(&args.right).ok());
        decision.proof = terms.and_then(|(l, r)| proof_lines(&l, &r, &given.hypotheses)).unwrap_or_default();
    }
    write_decision(&decision, args.format, out)
}

/// Writes a decision in the format.
pub(super) fn write_decision(d: &Decision, format: Format, out: &mut dyn Write) -> Result<()> {
    if format == Format::Json {
        let value = json!({
            "verdict": d.outcome.name(),
            "tier": d.ground.map(|g| g.name()),
            "reason": d.reason,
            "witness": d.witness,
            "log2_error": d.log2_error,
            "proof": d.proof,
        });
        return writeln!(out, "{value}").into_diagnostic();
    }
    let tier = d.ground.map_or(String::new(), |g| format!(" ({})", g.name()));
    writeln!(out, "{}{tier}: {}", d.outcome.name(), d.reason).into_diagnostic()?;
    if let Some(w) = &d.witness {
        writeln!(out, "  {w}").into_diagnostic()?;
    }
    if let Some(e) = d.log2_error {
        writeln!(out, "  error probability below 2^{e:.0}").into_diagnostic()?;
    }
    for line in &d.proof {
        writeln!(out, "  {line}").into_diagnostic()?;
    }
    Ok(())
}
