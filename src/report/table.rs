//! The record as CSV; `docs/csv-schema.md` is its contract.

use super::text::number;
use crate::record::{Cell, Column, Experiment, Finding, Grade, SheetRecord};

/// Columns of `verdicts.csv`.
pub const VERDICT_COLUMNS: [&str; 27] = [
    "question",
    "line",
    "column",
    "end_line",
    "end_column",
    "text",
    "reading",
    "kind",
    "slot",
    "verdict",
    "tier",
    "error_probability",
    "rate",
    "witness",
    "correction",
    "fix",
    "fix_becomes",
    "message",
    "measured",
    "estimate",
    "unit",
    "low",
    "high",
    "samples",
    "seed",
    "method",
    "plot",
];

/// Columns of `grades.csv`.
pub const GRADE_COLUMNS: [&str; 6] = ["question", "title", "points", "max", "status", "reason"];

/// `verdicts.csv`: one row a finding, in source order, with its first measurement.
///
/// The error is the CSV writer's; writing to memory gives it no cause.
pub fn verdicts(record: &SheetRecord) -> Result<Vec<u8>, csv::Error> {
    let mut rows = vec![VERDICT_COLUMNS.map(String::from).to_vec()];
    rows.extend(record.findings.iter().map(verdict_row));
    csv(&rows)
}

/// `grades.csv`: one row a question.
pub fn grades(record: &SheetRecord) -> Result<Vec<u8>, csv::Error> {
    let mut rows = vec![GRADE_COLUMNS.map(String::from).to_vec()];
    rows.extend(record.grades.iter().map(|grade| {
        let Grade { question, title, points, max, status, reason } = grade;
        vec![safe(question), safe(title), optional(*points), number(*max), safe(status.name()), safe(reason)]
    }));
    csv(&rows)
}

/// The table of an experiment. A row shorter than the header is filled with empty cells.
pub fn experiment(experiment: &Experiment) -> Result<Vec<u8>, csv::Error> {
    let mut rows = vec![experiment.columns.iter().map(heading).collect::<Vec<_>>()];
    for cells in &experiment.rows {
        let mut row: Vec<String> = cells.iter().map(cell).collect();
        row.resize(row.len().max(experiment.columns.len()), String::new());
        rows.push(row);
    }
    csv(&rows)
}

fn heading(column: &Column) -> String {
    let Column { name, unit } = column;
    safe(&if unit == "1" || unit.is_empty() { name.clone() } else { format!("{name} [{unit}]") })
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Number(x) => number(*x),
        Cell::Text(text) => safe(text),
        Cell::Missing => String::new(),
    }
}

fn verdict_row(finding: &Finding) -> Vec<String> {
    let Finding {
        question,
        place,
        span: _,
        text,
        reading,
        reading_latex: _,
        kind,
        slot,
        verdict,
        tier,
        error_probability,
        rate,
        witness,
        correction,
        fix,
        message,
        evidence,
        plot,
    } = finding;
    let maybe = |t: &Option<String>| t.as_deref().map_or_else(String::new, safe);
    let first = evidence.first();
    let whole = |n: Option<u64>| n.map_or_else(String::new, |n| n.to_string());
    vec![
        safe(question),
        place.line.to_string(),
        place.column.to_string(),
        place.end_line.to_string(),
        place.end_column.to_string(),
        safe(text),
        maybe(reading),
        kind.name().into(),
        maybe(slot),
        verdict.name().into(),
        tier.map_or("", |t| t.name()).into(),
        optional(*error_probability),
        maybe(rate),
        maybe(witness),
        maybe(correction),
        fix.as_ref().map_or_else(String::new, |f| safe(&f.change)),
        fix.as_ref().map_or_else(String::new, |f| safe(&f.becomes)),
        safe(message),
        first.map_or_else(String::new, |m| safe(&m.quantity)),
        optional(first.map(|m| m.estimate)),
        first.map_or_else(String::new, |m| safe(&m.unit)),
        optional(first.and_then(|m| m.low)),
        optional(first.and_then(|m| m.high)),
        whole(first.and_then(|m| m.samples)),
        whole(first.and_then(|m| m.seed)),
        first.map_or_else(String::new, |m| safe(&m.method)),
        maybe(plot),
    ]
}

/// An absent number is an empty cell, never 0.
fn optional(x: Option<f64>) -> String {
    x.map_or_else(String::new, number)
}

/// A text cell that no spreadsheet takes for a formula: one that begins with a character that
/// starts a formula, or is dropped before one, gets a leading quote.
///
/// Source: OWASP Application Security Verification Standard, requirement 1.2.10, and OWASP's page
/// "CSV Injection", which also names the full-width forms.
fn safe(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠') => format!("'{text}"),
        _ => text.to_string(),
    }
}

/// Rows as RFC 4180 text in UTF-8, lines ended by `\n`.
fn csv(rows: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|e| csv::Error::from(e.into_error()))
}
