//! The audit's tables, as text and as CSV.

use std::fmt::Write as _;

use super::claims::ClaimRow;
use crate::montecarlo::audit::{Measured, Promise};

/// Both tables for a reader.
pub fn text(rates: &[Measured], claims: &[ClaimRow]) -> String {
    let mut text = String::from("Rates of the statistical tests, with exact 95 % intervals\n\n");
    for m in rates {
        let name = format!("{} ({}): {}", m.test, m.truth, m.event);
        let interval = m.interval();
        let (promise, bound) = promise(m);
        let kept = if m.broken() { "BROKEN" } else { "kept" };
        let _ = writeln!(
            text,
            "  {name:<66} {:.4} [{:.4}, {:.4}]  promised {promise} {bound}: {kept}",
            m.rate(),
            interval.low,
            interval.high
        );
    }
    text.push_str("\nClaims of the questions and wrong versions, sampled in the question's limit\n\n");
    for c in claims {
        let name = format!("{} {} {}", c.question, c.version(), c.claim);
        let kept = if c.kept() { "" } else { "  BROKEN" };
        let _ = writeln!(text, "  {name:<66} {:<9}  detects |Δ| >= {:.2e}{kept}", c.ruling.verdict.name(), c.ruling.detects);
    }
    text
}

fn promise(m: &Measured) -> (&'static str, f64) {
    match m.promise {
        Promise::AtMost(x) => ("at most", x),
        Promise::AtLeast(x) => ("at least", x),
    }
}

/// `rates.csv`.
pub fn rates(measured: &[Measured]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["test", "truth", "event", "promise", "bound", "runs", "events", "rate", "low_95", "high_95", "kept"])?;
    for m in measured {
        let (promise, bound) = promise(m);
        let interval = m.interval();
        let [rate, low, high] = [m.rate(), interval.low, interval.high].map(|x| format!("{x:.6}"));
        let (bound, runs, events) = (bound.to_string(), m.runs.to_string(), m.events.to_string());
        let kept = if m.broken() { "no" } else { "yes" };
        writer.write_record([m.test, m.truth, m.event, promise, &bound, &runs, &events, &rate, &low, &high, kept])?;
    }
    done(writer)
}

/// `claims.csv`: `difference` is left side less right side, `detects` the smallest deviation told apart.
pub fn claims(rows: &[ClaimRow]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header =
        ["question", "version", "claim", "verdict", "difference", "low", "high", "quadrature", "detects", "draws", "kept"];
    writer.write_record(header)?;
    for c in rows {
        let r = &c.ruling;
        let [difference, low, high, detects] =
            [r.difference, r.interval.low, r.interval.high, r.detects].map(|x| format!("{x:.6}"));
        let quadrature = r.exact.map_or(String::new(), |x| format!("{:.6}", if x.abs() < 5e-7 { 0.0 } else { x }));
        let (draws, kept) = (r.draws.to_string(), if c.kept() { "yes" } else { "no" });
        let fields =
            [&c.question, c.version(), &c.claim, r.verdict.name(), &difference, &low, &high, &quadrature, &detects, &draws, kept];
        writer.write_record(fields)?;
    }
    done(writer)
}

fn done(writer: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, csv::Error> {
    writer.into_inner().map_err(|e| csv::Error::from(e.into_error()))
}
