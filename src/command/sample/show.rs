//! The answer of `attest sample`, as a table or as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Answer, Entry};

/// A table: every quantity with its estimate, its confidence sequence and its integral.
pub fn text(answer: &Answer) -> String {
    let mut text = String::new();
    let form =
        if answer.full { format!("every coordinate drawn: {} normals a draw", answer.normals) } else { answer.reduction.clone() };
    let _ = writeln!(text, "question {}, {form}, seed {}", answer.question, answer.seed);
    let rate = answer.proposed as f64 / answer.seconds.max(1e-9);
    let kept =
        if answer.accepted == answer.proposed { String::new() } else { format!(", {} met the conditions", answer.accepted) };
    let _ = writeln!(text, "{} draws{kept}, {:.2e} draws/s", answer.proposed, rate);
    let _ = writeln!(
        text,
        "error probability {:.0e} for all intervals together, {:.1e} for each of {}",
        answer.budget,
        answer.budget / answer.entries.len() as f64,
        answer.entries.len()
    );
    let width = answer.entries.iter().map(|e| e.name.chars().count()).max().unwrap_or(0);
    let _ =
        writeln!(text, "\n{:width$}  {:>12}  {:>28}  {:>20}  error bound", "", "sampled", "confidence sequence", "quadrature");
    for entry in &answer.entries {
        let _ = writeln!(text, "{:width$}  {:>12}  {:>28}  {}", entry.name, estimate(entry), interval(entry), exact(entry));
    }
    text
}

fn estimate(entry: &Entry) -> String {
    entry.sampled.estimate.map_or("no draws".into(), short)
}

fn interval(entry: &Entry) -> String {
    format!("[{}, {}]", short(entry.sampled.interval.low), short(entry.sampled.interval.high))
}

fn exact(entry: &Entry) -> String {
    match &entry.exact {
        Ok(e) => format!("{:>20}  {:.0e}", long(e.value), e.error),
        Err(reason) => format!("not available: {reason}"),
    }
}

/// Six digits, without an exponent where none is needed.
fn short(x: f64) -> String {
    if x == 0.0 || (1e-4..1e6).contains(&x.abs()) { format!("{x:.6}") } else { format!("{x:.4e}") }
}

fn long(x: f64) -> String {
    if x == 0.0 || (1e-4..1e6).contains(&x.abs()) { format!("{x:.14}") } else { format!("{x:.11e}") }
}

/// One JSON object, a line.
pub fn json(answer: &Answer) -> String {
    let quantities: Vec<Value> = answer.entries.iter().map(quantity).collect();
    let object = json!({
        "schema": 1,
        "question": answer.question,
        "reduction": answer.reduction,
        "full": answer.full,
        "normals_a_draw": answer.normals,
        "seed": answer.seed,
        "error_budget": answer.budget,
        "draws": answer.proposed,
        "draws_accepted": answer.accepted,
        "draws_used": answer.draws,
        "seconds": answer.seconds,
        "draws_per_second": answer.proposed as f64 / answer.seconds.max(1e-9),
        "quantities": quantities,
    });
    format!("{object}\n")
}

fn quantity(entry: &Entry) -> Value {
    let (value, error, reason) = match &entry.exact {
        Ok(e) => (Some(e.value), Some(e.error), None),
        Err(reason) => (None, None, Some(reason.to_string())),
    };
    json!({
        "name": entry.name,
        "estimate": entry.sampled.estimate,
        "standard_error": entry.sampled.standard_error,
        "low": entry.sampled.interval.low,
        "high": entry.sampled.interval.high,
        "error_probability": entry.sampled.error,
        "quadrature": value,
        "quadrature_error": error,
        "quadrature_missing": reason,
    })
}
