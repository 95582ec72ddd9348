//! `attest limit`: what an expression tends to, and how fast.

use std::io::Write;

use clap::Args;
use miette::{IntoDiagnostic, Result, miette};
use serde_json::json;

use super::equal::Format;
use crate::algebra::given::Given;
use crate::algebra::limit::{Toward, Value, limit, suppose_toward};
use crate::algebra::surface::parse_term;
use crate::algebra::{Term, show};

/// Says what an expression tends to, with the leading term of the difference.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  attest limit 'exp(β)/(n-2+2exp(β))' β inf --where 'n > 2'
  attest limit '1/(1+exp(β(1-X)))' β inf --where 'X > 1'
  attest limit 'sin(x)/x' x 0
  attest limit 'x ln x' x 0+")]
pub struct LimitArgs {
    /// The expression.
    #[arg(allow_hyphen_values = true)]
    pub expression: String,
    /// The variable that moves.
    pub variable: String,
    /// Where it goes: `inf`, `-inf`, a number, or a number with `+` or `-` behind for one side.
    #[arg(allow_hyphen_values = true)]
    pub point: String,
    /// What may be supposed of the other symbols.
    #[arg(long = "where", value_name = "SUPPOSITIONS", default_value = "")]
    pub given: String,
    /// How to write the limit.
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

/// Finds the limit and writes it.
///
/// # Errors
///
/// An argument that was not read, or an output that cannot be written.
pub fn run(args: &LimitArgs, out: &mut dyn Write) -> Result<()> {
    let mut given = Given::parse(&args.given).map_err(|e| miette!("--where was not read {e}"))?;
    let expression = parse_term(&args.expression).map_err(|e| miette!("the expression was not read {e}"))?;
    let variable = match parse_term(&args.variable) {
        Ok(Term::Var(s)) if s.indices.is_empty() => s.name,
        _ => return Err(miette!("`{}` is no variable", args.variable)),
    };
    let toward = toward(&args.point)?;
    suppose_toward(&mut given.hypotheses, &variable, &toward);
    let found = limit(&expression, &variable, &toward, &given.hypotheses);
    if args.format == Format::Json {
        let value = match &found {
            Ok(l) => json!({
                "limit": match &l.value { Value::Finite(t) => show(t), Value::PlusInfinity => "inf".into(), Value::MinusInfinity => "-inf".into() },
                "tier": l.ground.name(),
                "leading": l.leading.as_ref().map(show),
            }),
            Err(reason) => json!({"limit": null, "reason": reason}),
        };
        return writeln!(out, "{value}").into_diagnostic();
    }
    match found {
        Ok(l) => writeln!(out, "{} ({})", l.text(), l.ground.name()),
        Err(reason) => writeln!(out, "no limit was found: {reason}"),
    }
    .into_diagnostic()
}

fn toward(text: &str) -> Result<Toward> {
    let text = text.trim();
    let number = |t: &str| parse_term(t).map_err(|e| miette!("the point was not read {e}"));
    match text {
        "inf" | "+inf" | "oo" | "∞" | "+∞" | "\\infty" | "infinity" => Ok(Toward::Infinity),
        "-inf" | "-oo" | "-∞" | "−∞" | "-\\infty" | "-infinity" => Ok(Toward::MinusInfinity),
        _ => match (text.strip_suffix('+'), text.strip_suffix('-')) {
            (Some(t), _) => Ok(Toward::Above(number(t)?)),
            (_, Some(t)) => Ok(Toward::Below(number(t)?)),
            _ => Ok(Toward::Both(number(text)?)),
        },
    }
}
