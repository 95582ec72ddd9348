//! The labelled sheets beside the package: coverage, exactness, and no grave error.

use std::collections::BTreeMap;
use std::path::Path;

use attest::record::{SheetRecord, Verdict};

use super::support::{gravity, record, shared};

/// One row of a table of labels.
struct Label {
    file: String,
    question: String,
    claim: String,
    verdict: String,
    reason: String,
}

fn labels(path: &Path) -> Vec<Label> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let field = |name: &str| row[header.iter().position(|h| h == name).unwrap()].to_string();
        Label {
            file: field("file"),
            question: field("question"),
            claim: field("claim"),
            verdict: field("verdict"),
            reason: field("reason"),
        }
    });
    rows.collect()
}

#[derive(Debug, Default)]
struct Score {
    decidable: usize,
    decided: usize,
    exact: usize,
    right_refuted: Vec<String>,
    wrong_held: Vec<String>,
}

/// The gravest verdict among the findings that overlap a claim by half of the shorter of the two.
fn verdict_on(sheet: &SheetRecord, low: usize, high: usize) -> Verdict {
    let length = |a: usize, b: usize| sheet.source[a..b].chars().count();
    let overlaps = sheet.findings.iter().filter(|f| {
        let (start, end) = (f.span.start.max(low), f.span.end.min(high));
        start < end && 2 * length(start, end) >= length(low, high).min(length(f.span.start, f.span.end))
    });
    overlaps.map(|f| f.verdict).max_by_key(|v| gravity(*v)).unwrap_or(Verdict::NotChecked)
}

fn score(folder: &Path, table: &Path) -> Score {
    let mut sheets: BTreeMap<String, SheetRecord> = BTreeMap::new();
    let mut score = Score::default();
    for label in labels(table) {
        let sheet = sheets.entry(label.file.clone()).or_insert_with(|| {
            let path = folder.join(&label.file);
            record(&path.display().to_string(), &std::fs::read_to_string(&path).unwrap())
        });
        let from = label.question.strip_prefix("line ").map_or(0, |line| {
            let line: usize = line.parse().unwrap();
            sheet.source.split_inclusive('\n').take(line - 1).map(str::len).sum()
        });
        let low =
            from + sheet.source[from..].find(&label.claim).unwrap_or_else(|| panic!("{}: no `{}`", label.file, label.claim));
        let got = verdict_on(sheet, low, low + label.claim.len());
        let name = format!("{}: {} (got {})", label.file, label.claim, got.name());
        let right = matches!(label.verdict.as_str(), "holds" | "holds-in-limit");
        if got == Verdict::Refuted && (right || label.verdict == "not-checked") {
            score.right_refuted.push(name.clone());
        }
        if label.verdict == "not-checked" {
            continue;
        }
        score.decidable += 1;
        let typo = label.reason.starts_with("typo") || label.verdict == "holds-if-read";
        let exact = got.name() == label.verdict || typo && matches!(got, Verdict::Refuted | Verdict::HoldsIfRead);
        if !matches!(got, Verdict::NotChecked | Verdict::Undecided) {
            score.decided += 1;
            score.exact += usize::from(exact);
        }
        if label.verdict == "refuted" && matches!(got, Verdict::Holds | Verdict::HoldsInLimit) {
            score.wrong_held.push(name);
        }
    }
    score
}

fn demand(score: &Score, coverage: f64, exactness: f64) {
    println!("{score:?}");
    assert!(score.right_refuted.is_empty(), "right statements refuted: {:?}", score.right_refuted);
    assert!(score.wrong_held.is_empty(), "wrong statements held: {:?}", score.wrong_held);
    assert!(score.decided as f64 >= coverage * score.decidable as f64, "decided {} of {}", score.decided, score.decidable);
    assert!(score.exact as f64 >= exactness * score.decided as f64, "exact {} of {}", score.exact, score.decided);
}

#[test]
fn the_real_submission_is_decided_as_worked_out_by_hand() {
    let Some(folder) = shared("answers") else { return };
    demand(&score(&folder, &folder.join("seed_labels.csv")), 0.92, 0.98);
}

#[test]
fn the_development_sheets_are_decided_as_labelled() {
    let Some(folder) = shared("answers/dev") else { return };
    demand(&score(&folder, &folder.join("labels.csv")), 0.80, 0.97);
}

#[test]
fn a_score_notices_a_right_statement_refuted_and_a_wrong_one_held() {
    // The negative control of the score itself: labels turned round.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("1b_ii.md"), "1b)ii) With $q = \\beta k_a$ we get what is asked. $1 + 1 = 2$.\n").unwrap();
    let table = folder.path().join("labels.csv");
    std::fs::write(
        &table,
        "file,question,claim,verdict,reason\n1b_ii.md,1b.ii,q = \\beta k_a,holds,\n1b_ii.md,1b.ii,1 + 1 = 2,refuted,\n",
    )
    .unwrap();
    let score = score(folder.path(), &table);
    assert_eq!((score.right_refuted.len(), score.wrong_held.len()), (1, 1), "{score:?}");
}
