//! The rules of the house: which room may see which.

use std::path::{Path, PathBuf};

use super::support::root;

/// A room and the rooms that it may see. Everything may see itself.
const RULES: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("tolerance", &[]),
    ("record", &["span"]),
    ("document", &["span"]),
    ("language", &["span"]),
    ("numeric", &["language", "tolerance"]),
    ("algebra", &["language", "numeric", "tolerance", "span"]),
    ("quadrature", &["montecarlo", "tolerance"]),
    ("montecarlo", &["quadrature", "tolerance"]),
    ("runs", &["trainer", "tolerance"]),
    ("trainer", &["tolerance"]),
    ("world", &["language", "numeric", "tolerance", "algebra"]),
    ("claim", &["language", "world", "span", "tolerance", "document"]),
    (
        "check",
        &[
            "claim",
            "world",
            "document",
            "language",
            "numeric",
            "algebra",
            "quadrature",
            "montecarlo",
            "runs",
            "record",
            "span",
            "tolerance",
        ],
    ),
    ("experiment", &["world", "montecarlo", "quadrature", "numeric", "record", "tolerance", "runs"]),
    ("report", &["record", "span", "tolerance"]),
];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|x| x == "rs") {
            out.push(path);
        }
    }
}

/// The room of a source file: the first part of its path under `src`.
fn room(path: &Path) -> String {
    let under = path.strip_prefix(root().join("src")).unwrap();
    under.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_string()
}

/// The rooms that a text names as `crate::room`, tests included.
fn seen(text: &str) -> Vec<String> {
    let names = text.split("crate::").skip(1).map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
    names.filter(|n: &String| RULES.iter().any(|(r, _)| r == n) || n == "command").collect()
}

fn breaches(room: &str, text: &str) -> Vec<String> {
    let Some((_, allowed)) = RULES.iter().find(|(r, _)| *r == room) else { return vec![] };
    seen(text).into_iter().filter(|n| n != room && !allowed.contains(&n.as_str())).collect()
}

#[test]
fn rooms_see_only_what_the_flow_allows() {
    let mut paths = Vec::new();
    sources(&root().join("src"), &mut paths);
    assert!(paths.len() > 40);
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let found = breaches(&room(&path), &text);
        assert!(found.is_empty(), "{} sees {found:?}", path.display());
    }
}

#[test]
fn a_report_that_saw_an_engine_would_be_noticed() {
    assert_eq!(breaches("report", "use crate::montecarlo::Model; use crate::record::Plot;"), ["montecarlo"]);
    assert_eq!(breaches("montecarlo", "use crate::claim::Link;"), ["claim"]);
}

#[test]
fn nothing_below_the_command_line_prints() {
    let mut paths = Vec::new();
    sources(&root().join("src"), &mut paths);
    for path in paths.iter().filter(|p| room(p) != "command" && room(p) != "main") {
        let text = std::fs::read_to_string(path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let printing = code
            .lines()
            .any(|l| ["println!", "eprintln!", "print!(", "eprint!(", "dbg!"].iter().any(|m| l.trim_start().starts_with(m)));
        assert!(!printing, "{} prints", path.display());
    }
}

#[test]
fn no_example_of_the_shared_sheets_is_named_in_the_sources() {
    let mut paths = Vec::new();
    sources(&root().join("src"), &mut paths);
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("seed.md") && !text.contains("labels.csv"), "{}", path.display());
    }
}
