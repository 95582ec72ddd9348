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
    let (share, count) = (answer.budget / answer.entries.len() as f64, answer.entries.len());
    let _ = match answer.replicates {
        None => {
            let budget = answer.budget;
            writeln!(text, "error probability {budget:.0e} for all intervals together, {share:.1e} for each of {count}")
        }
        Some((replicates, points)) => writeln!(
            text,
            "{replicates} independent randomisations of {points} quasi-random points; standard errors over these, not valid at every \
             stopping time"
        ),
    };
    let width = answer.entries.iter().map(|e| e.name.chars().count()).max().unwrap_or(0);
    let known = if answer.replicates.is_some() { "standard error" } else { "confidence sequence" };
    let _ = writeln!(text, "\n{:width$}  {:>12}  {known:>28}  {:>20}  error bound", "", "sampled", "quadrature");
    for entry in &answer.entries {
        let _ = writeln!(text, "{:width$}  {:>12}  {:>28}  {}", entry.name, estimate(answer, entry), spread(entry), exact(entry));
    }
    text
}

fn estimate(answer: &Answer, entry: &Entry) -> String {
    let digits = if answer.replicates.is_some() { fine } else { short };
    entry.estimate.map_or("no draws".into(), digits)
}

fn spread(entry: &Entry) -> String {
    match (&entry.sequence, entry.standard_error) {
        (Some((interval, _)), _) => format!("[{}, {}]", short(interval.low), short(interval.high)),
        (None, Some(error)) => format!("± {error:.1e}"),
        (None, None) => String::new(),
    }
}

/// Ten digits: quasi-random points know more than six.
fn fine(x: f64) -> String {
    if x == 0.0 || (1e-4..1e6).contains(&x.abs()) { format!("{x:.10}") } else { format!("{x:.8e}") }
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
        "replicates": answer.replicates.map(|(replicates, _)| replicates),
        "points_a_replicate": answer.replicates.map(|(_, points)| points),
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
    let sequence = entry.sequence.as_ref();
    json!({
        "name": entry.name,
        "estimate": entry.estimate,
        "standard_error": entry.standard_error,
        "low": sequence.map(|(interval, _)| interval.low),
        "high": sequence.map(|(interval, _)| interval.high),
        "error_probability": sequence.map(|(_, error)| error),
        "quadrature": value,
        "quadrature_error": error,
        "quadrature_missing": reason,
    })
}
