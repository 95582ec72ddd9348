//! JSON and CSV.

use attest::record::{Cell, Column};
use attest::report::{json, table};

use crate::sample::{empty, experiment, record};

fn text(bytes: Result<Vec<u8>, csv::Error>) -> String {
    String::from_utf8(bytes.expect("it is written to memory")).expect("it is UTF-8")
}

fn rows(bytes: Result<Vec<u8>, csv::Error>) -> Vec<Vec<String>> {
    let bytes = bytes.expect("it is written to memory");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
    reader.records().map(|r| r.expect("every row is as long as the header").iter().map(String::from).collect()).collect()
}

#[test]
fn verdicts_are_one_row_a_finding() {
    insta::assert_snapshot!(text(table::verdicts(&record())));
    let rows = rows(table::verdicts(&record()));
    assert_eq!(rows.len(), 7);
    assert_eq!(rows[0], table::VERDICT_COLUMNS);
    assert_eq!(rows[3][5], "M(v_a + v_b) =\n v_a", "a cell may hold a line end");
}

#[test]
fn grades_leave_points_empty_until_they_stand() {
    insta::assert_snapshot!(text(table::grades(&record())));
}

#[test]
fn empty_records_keep_their_headers() {
    assert_eq!(rows(table::verdicts(&empty())), [table::VERDICT_COLUMNS]);
    assert_eq!(rows(table::grades(&empty())), [table::GRADE_COLUMNS]);
}

#[test]
fn tables_of_experiments_name_units_and_keep_stable_digits() {
    assert_eq!(text(table::experiment(&experiment("x"))), "group,beta,time [s]\n'=one head,-1.5,\ntwo,0.3,1e-6\n");
}

#[test]
fn text_that_a_spreadsheet_would_run_is_quoted_and_numbers_are_not() {
    for start in ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝"] {
        let mut one = experiment("x");
        one.columns =
            vec![Column { name: format!("{start}name"), unit: "1".into() }, Column { name: "n".into(), unit: "1".into() }];
        one.rows = vec![vec![Cell::Text(format!("{start}cmd()")), Cell::Number(-3.0)]];
        let rows = rows(table::experiment(&one));
        assert_eq!(rows[0][0], format!("'{start}name"));
        assert_eq!(rows[1], [format!("'{start}cmd()"), "-3".into()]);
    }
    let mut plain = experiment("x");
    plain.columns.truncate(1);
    plain.rows = vec![vec![Cell::Text("a = b".into())], vec![Cell::Text(String::new())]];
    assert_eq!(rows(table::experiment(&plain))[1..], [["a = b"], [""]], "text that begins harmlessly stays as it is");
}

#[test]
fn json_has_the_documented_fields_in_their_order() {
    insta::assert_snapshot!(json::render(&record()));
}

#[test]
fn json_survives_numbers_that_are_none() {
    let mut odd = record();
    odd.findings[4].evidence[0].estimate = f64::NAN;
    let value: serde_json::Value = serde_json::from_str(&json::render(&odd)).expect("it is JSON");
    assert!(value["statements"][4]["evidence"][0]["estimate"].is_null());
    assert_eq!(value["statements"][4]["evidence"][0]["samples"], 10_000);
}

#[test]
fn the_documentation_names_every_field_and_column() {
    let schema = include_str!("../../docs/json-schema.md");
    let value: serde_json::Value = serde_json::from_str(&json::render(&record())).expect("it is JSON");
    let statement = value["statements"][4].as_object().expect("a statement");
    for field in statement
        .keys()
        .chain(value.as_object().expect("the whole").keys())
        .chain(value["tally"].as_object().expect("the tally").keys())
    {
        assert!(schema.contains(&format!("`{field}`")), "docs/json-schema.md does not name {field}");
    }
    let tables = include_str!("../../docs/csv-schema.md");
    for column in table::VERDICT_COLUMNS.iter().chain(&table::GRADE_COLUMNS) {
        assert!(tables.contains(&format!("`{column}`")), "docs/csv-schema.md does not name {column}");
    }
}
