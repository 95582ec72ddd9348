//! `attest limit`: what an expression tends to, and how fast.

use std::io::Write;

use clap::Args;
use miette::{IntoDiagnostic, Result, miette};
use serde_json::json;

use super::equal::Format;
use crate::algebra::given::Given;
use crate::algebra::iterated::{Iterated, limits};
use crate::algebra::limit::{Limit, Toward, Value, suppose_toward};
use crate::algebra::surface::parse_term;
use crate::algebra::{Term, show};

/// Says what an expression tends to, with the leading term of the difference.
///
/// With several variables the limits are taken one after the other in the order given, and where another order
/// gives another limit, that is said.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  attest limit 'exp(β)/(n-2+2exp(β))' β inf --where 'n > 2'
  attest limit '1/(1+exp(β(1-X)))' β inf --where 'X > 1'
  attest limit 'sin(x)/x' x 0
  attest limit 'x ln x' x 0+
  attest limit 'exp(-β sqrt(α))' α 0+ β inf")]
pub struct LimitArgs {
    /// The expression.
    #[arg(allow_hyphen_values = true)]
    pub expression: String,
    /// The variable that moves.
    pub variable: String,
    /// Where it goes: `inf`, `-inf`, a number, or a number with `+` or `-` behind for one side.
    #[arg(allow_hyphen_values = true)]
    pub point: String,
    /// Further variables, each with its place, in the order in which the limits are taken.
    #[arg(allow_hyphen_values = true, value_name = "VARIABLE POINT")]
    pub rest: Vec<String>,
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
    if !args.rest.len().is_multiple_of(2) {
        return Err(miette!("`{}` has no place to go to", args.rest[args.rest.len() - 1]));
    }
    let rest = args.rest.chunks(2).map(|p| (&p[0], &p[1]));
    let steps: Vec<(String, Toward)> = std::iter::once((&args.variable, &args.point))
        .chain(rest)
        .map(|(name, point)| Ok((variable(name)?, toward(point)?)))
        .collect::<Result<_>>()?;
    for (name, place) in &steps {
        suppose_toward(&mut given.hypotheses, name, place);
    }
    let found = limits(&expression, &steps, &given.hypotheses);
    if args.format == Format::Json {
        return writeln!(out, "{}", as_json(&found)).into_diagnostic();
    }
    match found {
        Err(reason) => writeln!(out, "no limit was found: {reason}").into_diagnostic(),
        Ok(found) => {
            writeln!(out, "{} ({})", found.limit.text(), found.limit.ground.name()).into_diagnostic()?;
            if steps.len() > 1 {
                for (name, limit) in &found.steps {
                    writeln!(out, "  {name}: {}", limit.text()).into_diagnostic()?;
                }
            }
            if let Some((order, limit)) = &found.other {
                let first = order.join(", then ");
                writeln!(out, "  the order matters: first {first} gives {}", value(limit)).into_diagnostic()?;
            }
            found.open.iter().try_for_each(|o| writeln!(out, "  not decided: first {}", o.join(", then ")).into_diagnostic())
        }
    }
}

fn value(l: &Limit) -> String {
    match &l.value {
        Value::Finite(t) => show(t),
        Value::PlusInfinity => "inf".into(),
        Value::MinusInfinity => "-inf".into(),
    }
}

fn as_json(found: &std::result::Result<Iterated, String>) -> serde_json::Value {
    match found {
        Err(reason) => json!({"limit": null, "reason": reason}),
        Ok(found) => json!({
            "limit": value(&found.limit),
            "tier": found.limit.ground.name(),
            "leading": found.limit.leading.as_ref().map(show),
            "steps": found.steps.iter().map(|(n, l)| json!({"variable": n, "limit": value(l), "leading": l.leading.as_ref().map(show)})).collect::<Vec<_>>(),
            "order_matters": found.other.as_ref().map(|(order, l)| json!({"order": order, "limit": value(l)})),
            "orders_open": found.open,
        }),
    }
}

fn variable(text: &str) -> Result<String> {
    match parse_term(text) {
        Ok(Term::Var(s)) if s.indices.is_empty() => Ok(s.name),
        _ => Err(miette!("`{text}` is no variable")),
    }
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
