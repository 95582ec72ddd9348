//! `attest growth`: whether an order of growth is true and tight.

use std::io::Write;

use clap::Args;
use miette::{IntoDiagnostic, Result, miette};
use serde_json::json;

use super::equal::Format;
use crate::algebra::order::{Regimes, compare};
use crate::algebra::show;
use crate::algebra::surface::{Answer, parse_answer, parse_relations};
use crate::language::Order;

/// Compares a claimed order of growth with a quantity, in several variables under regimes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  attest growth 'O(d m + L m^2)' 'l m + L m^2' --where 'm <= l'
  attest growth 'Theta(n log n)' 'n log n + n'
  attest growth 'o(l d)' 'd^2' --where 'l >> d'")]
pub struct GrowthArgs {
    /// The claim: `O(…)`, `Theta(…)`, `Omega(…)` or `o(…)`; a bare expression is read as `O`.
    pub claim: String,
    /// The quantity that the claim is about, up to constants.
    pub truth: String,
    /// Regimes: `m <= l, l >> d, h = 8` (a number makes a variable constant).
    #[arg(long = "where", value_name = "REGIMES", default_value = "")]
    pub given: String,
    /// How to write the verdict.
    #[arg(long, value_enum, default_value = "human")]
    pub format: Format,
}

/// Compares and writes the verdict.
///
/// # Errors
///
/// An argument that was not read, or an output that cannot be written.
pub fn run(args: &GrowthArgs, out: &mut dyn Write) -> Result<()> {
    let read = |text: &str| parse_answer(text).map(|r| r.answer).map_err(|e| miette!("`{text}` was not read {e}"));
    let (order, claim) = match read(&args.claim)? {
        Answer::Order(order, t) => (order, t),
        Answer::Value(t) => (Order::Big, t),
        _ => return Err(miette!("`{}` is no order of growth", args.claim)),
    };
    let truth = match read(&args.truth)? {
        Answer::Order(_, t) | Answer::Value(t) => t,
        _ => return Err(miette!("`{}` is no expression", args.truth)),
    };
    let mut regimes = Regimes::default();
    for (l, relation, r) in parse_relations(&args.given).map_err(|e| miette!("--where was not read {e}"))? {
        regimes.suppose(&l, relation, &r).map_err(|e| miette!("--where: {e}"))?;
    }
    let compared = compare(order, &claim, &truth, &regimes);
    if args.format == Format::Json {
        let value = match &compared {
            Ok(c) => json!({
                "verdict": if c.holds { "holds" } else { "refuted" }, "tier": "exact", "score": c.score(),
                "exceeds": c.exceeds.as_ref().map(|p| json!({"term": p.size.show(), "along": p.show()})),
                "loose": c.loose.as_ref().map(|p| json!({"term": p.size.show(), "along": p.show()})),
                "lower_order": c.lower_order, "constants": c.constants, "missing": c.missing,
            }),
            Err(reason) => json!({"verdict": "undecided", "tier": null, "reason": reason}),
        };
        return writeln!(out, "{value}").into_diagnostic();
    }
    let mut lines = Vec::new();
    match compared {
        Err(reason) => lines.push(format!("undecided: {reason}")),
        Ok(c) => {
            lines.push(format!("{} (exact), score {}", if c.holds { "holds" } else { "refuted" }, c.score()));
            if let Some(p) = &c.exceeds {
                lines.push(format!("  along {}, {} of the quantity outgrows {}", p.show(), p.size.show(), show(&claim)));
            }
            if let Some(p) = c.loose.as_ref().filter(|_| c.holds || order == Order::Theta) {
                lines.push(format!("  not tight: along {}, {} of the claim outgrows the quantity", p.show(), p.size.show()));
            }
            if !c.missing.is_empty() {
                lines.push(format!("  missing in the claim: {}", c.missing.join(", ")));
            }
            if !c.lower_order.is_empty() {
                lines.push(format!("  of lower order: {}", c.lower_order.join(", ")));
            }
            if c.constants {
                lines.push("  constant factors say nothing in an order of growth".into());
            }
        }
    }
    lines.iter().try_for_each(|l| writeln!(out, "{l}").into_diagnostic())
}
