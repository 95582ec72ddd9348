//! The record as one JSON object; `docs/json-schema.md` is its contract.

use serde::Serialize;

use crate::record::{Finding, Fix, Kind, Measurement, SheetRecord, Stray, Tier, Verdict};

/// Version of the schema: raised when a field changes its name, its type or its meaning. A new
/// field does not raise it.
pub const SCHEMA: u32 = 1;

/// The whole answer.
#[derive(Serialize)]
struct Sheet<'a> {
    schema: u32,
    file: &'a str,
    statements: Vec<Statement<'a>>,
    tally: Counts<'a>,
    remarks: &'a [String],
}

/// One statement, its fields in the order of the documentation.
#[derive(Serialize)]
struct Statement<'a> {
    question: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
    reading: Option<&'a str>,
    kind: Kind,
    slot: Option<&'a str>,
    verdict: Verdict,
    tier: Option<Tier>,
    error_probability: Option<f64>,
    rate: Option<&'a str>,
    witness: Option<&'a str>,
    correction: Option<&'a str>,
    fix: Option<&'a Fix>,
    message: &'a str,
    evidence: &'a [Measurement],
}

/// How many statements came to each verdict, and what lies outside any question.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Verdicts {
    holds: usize,
    holds_in_limit: usize,
    holds_if_read: usize,
    refuted: usize,
    undecided: usize,
    not_checked: usize,
}

#[derive(Serialize)]
struct Counts<'a> {
    statements: usize,
    verdicts: Verdicts,
    words_outside: usize,
    outside: &'a [Stray],
}

/// The record as pretty-printed JSON that ends with a newline.
///
/// Numbers that are not finite become `null`, as JSON has no other word for them.
pub fn render(record: &SheetRecord) -> String {
    let of = |v: Verdict| record.findings.iter().filter(|f| f.verdict == v).count();
    let sheet = Sheet {
        schema: SCHEMA,
        file: &record.file,
        statements: record.findings.iter().map(statement).collect(),
        tally: Counts {
            statements: record.findings.len(),
            verdicts: Verdicts {
                holds: of(Verdict::Holds),
                holds_in_limit: of(Verdict::HoldsInLimit),
                holds_if_read: of(Verdict::HoldsIfRead),
                refuted: of(Verdict::Refuted),
                undecided: of(Verdict::Undecided),
                not_checked: of(Verdict::NotChecked),
            },
            words_outside: record.tally.words_outside,
            outside: &record.tally.outside,
        },
        remarks: &record.remarks,
    };
    // Strings, numbers and derived structures only: writing them to memory has no way to fail.
    let mut text = serde_json::to_string_pretty(&sheet).unwrap_or_default();
    text.push('\n');
    text
}

/// Takes a finding apart by name, so that a new field cannot be forgotten here.
fn statement(finding: &Finding) -> Statement<'_> {
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
        plot: _,
    } = finding;
    Statement {
        question,
        line: place.line,
        column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        text,
        reading: reading.as_deref(),
        kind: *kind,
        slot: slot.as_deref(),
        verdict: *verdict,
        tier: *tier,
        error_probability: *error_probability,
        rate: rate.as_deref(),
        witness: witness.as_deref(),
        correction: correction.as_deref(),
        fix: fix.as_ref(),
        message,
        evidence,
    }
}
