//! Sentences in words with what is to come out, `question<TAB>verdict<TAB>sentence` under `tests/clauses`: those that say something of
//! the question, each with the opposite, another subject or a condition beside it. `safe` is anything but refuted; what stands before `@@` was said before.

use attest::record::Verdict;

use super::support::{gravity, record, root};

fn name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "holds",
        Verdict::HoldsInLimit => "holds-in-limit",
        Verdict::HoldsIfRead => "holds-if-read",
        Verdict::Refuted => "refuted",
        Verdict::Undecided | Verdict::NotChecked => "not-checked",
    }
}

/// The sentences of a file that come out otherwise, all of them on one sheet.
fn otherwise(file: &str) -> Vec<String> {
    among(&std::fs::read_to_string(root().join("tests/clauses").join(file)).unwrap())
}

/// The same of a list of rows.
fn among(list: &str) -> Vec<String> {
    let rows: Vec<Vec<&str>> = list.lines().map(|l| l.split('\t').collect()).collect();
    let mut sheet = String::new();
    let mut lines = Vec::new();
    for row in &rows {
        sheet.push_str(&format!("{})\n\n", row[0]));
        let (before, said) = row[2].split_once("@@ ").unwrap_or(("", row[2]));
        if !before.is_empty() {
            sheet.push_str(&format!("{before}\n\n"));
        }
        lines.push(sheet.lines().count() + 1);
        sheet.push_str(&format!("{said}\n\n"));
    }
    let found = record("clauses.md", &sheet);
    let mut wrong = Vec::new();
    for (row, line) in rows.iter().zip(lines) {
        let here = found.findings.iter().filter(|f| sheet[..f.span.start].matches('\n').count() + 1 == line);
        let gravest = here.map(|f| f.verdict).max_by_key(|v| gravity(*v)).unwrap_or(Verdict::NotChecked);
        let fits = if row[1] == "safe" { gravest != Verdict::Refuted } else { name(gravest) == row[1] };
        if !fits {
            wrong.push(format!("{} wants {}, is {}: {}", row[0], row[1], name(gravest), row[2]));
        }
    }
    wrong
}

fn all_as_said(file: &str, at_least: usize) {
    let list = std::fs::read_to_string(root().join("tests/clauses").join(file)).unwrap();
    assert!(list.lines().count() >= at_least, "{file} lost its sentences");
    let wrong = otherwise(file);
    assert!(wrong.is_empty(), "{file}:\n{}", wrong.join("\n"));
}

/// Each sentence on a sheet of its own: a query that is given holds for what follows.
fn each_alone(file: &str, at_least: usize) {
    let list = std::fs::read_to_string(root().join("tests/clauses").join(file)).unwrap();
    assert!(list.lines().count() >= at_least, "{file} lost its sentences");
    let wrong: Vec<String> = list.lines().flat_map(among).collect();
    assert!(wrong.is_empty(), "{file}:\n{}", wrong.join("\n"));
}

#[test]
fn of_figures() {
    all_as_said("figures.tsv", 80);
}

#[test]
fn of_weights() {
    all_as_said("1a_i.tsv", 250);
    all_as_said("1a_iii.tsv", 180);
    all_as_said("1a_more.tsv", 550);
    all_as_said("1a_turns.tsv", 50);
}

#[test]
fn of_projections_and_averages() {
    all_as_said("1b.tsv", 180);
    all_as_said("1b_more.tsv", 700);
}

#[test]
fn of_noise() {
    all_as_said("1c.tsv", 300);
    all_as_said("1c_more.tsv", 300);
    all_as_said("noise.tsv", 30);
    all_as_said("outcomes.tsv", 80);
}

#[test]
fn of_facts_and_trends() {
    each_alone("facts.tsv", 85);
}

#[test]
fn of_cases_lists_and_whose() {
    each_alone("cases.tsv", 146);
    each_alone("choices.tsv", 140);
    each_alone("wordings.tsv", 39);
}

#[test]
fn of_matrices_and_costs() {
    each_alone("matrices.tsv", 60);
    each_alone("costs.tsv", 50);
}

#[test]
fn of_numbers_in_answers() {
    each_alone("letters.tsv", 40);
}

#[test]
fn of_other_answers() {
    each_alone("instead.tsv", 80);
    each_alone("told.tsv", 12);
}

#[test]
fn of_costs_and_trained_models() {
    all_as_said("2_3.tsv", 450);
    all_as_said("2_3_more.tsv", 800);
    all_as_said("growth.tsv", 80);
    all_as_said("shapes.tsv", 30);
}

#[test]
fn of_counts_and_their_errors() {
    all_as_said("counts.tsv", 150);
    all_as_said("versus.tsv", 8);
    each_alone("tallies.tsv", 300);
}

#[test]
fn of_quantities() {
    all_as_said("quantities.tsv", 280);
    all_as_said("responses.tsv", 60);
}

#[test]
fn of_limits() {
    all_as_said("limits.tsv", 30);
}

#[test]
fn of_changes_and_of_what_can_be() {
    all_as_said("changes.tsv", 280);
}
