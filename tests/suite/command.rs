//! The command line as a person and a script see it.

use std::path::Path;
use std::process::{Command, Output};

use super::support::root;

fn attest(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_attest")).args(arguments).current_dir(root()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn check_prints_diagnostics_and_ends_with_code_0() {
    let ran = attest(&["check", "answers/with-mistakes.md"]);
    assert_eq!(ran.status.code(), Some(0), "{}", text(&ran.stderr));
    let said = text(&ran.stdout);
    assert!(said.contains("refuted") && said.contains("statements:"), "{said}");
    assert!(!said.contains('\u{1b}'), "colour outside a terminal");
    assert!(ran.stderr.is_empty(), "a progress bar outside a terminal: {}", text(&ran.stderr));
}

#[test]
fn strict_ends_with_code_1_only_where_something_is_refuted() {
    assert_eq!(attest(&["check", "answers/with-mistakes.md", "--strict", "--quiet"]).status.code(), Some(1));
    assert_eq!(attest(&["check", "answers/right.md", "--strict", "--quiet"]).status.code(), Some(0));
}

#[test]
fn json_has_a_schema_and_columns_that_find_the_text() {
    let ran = attest(&["check", "answers/right.md", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(value["schema"], 1);
    let source = std::fs::read_to_string(root().join("answers/right.md")).unwrap();
    let lines: Vec<Vec<char>> = source.lines().map(|l| l.chars().collect()).collect();
    for s in value["statements"].as_array().unwrap() {
        let at = |key: &str| s[key].as_u64().unwrap() as usize;
        if at("line") == at("end_line") {
            let found: String = lines[at("line") - 1][at("column") - 1..at("end_column") - 1].iter().collect();
            assert_eq!(found, s["text"].as_str().unwrap());
        }
    }
}

#[test]
fn bad_input_ends_with_code_2_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let long = vec![b'x'; (1 << 20) + 1];
    let nested = format!("1a) i) ${}x{}$", "(".repeat(70), ")".repeat(70));
    let cases = [
        (write("latin.md", b"1a)i) caf\xe9"), "UTF-8"),
        (write("empty.md", b" \n\n"), "empty"),
        (write("none.md", b"Nothing that any question asks for."), "question label"),
        (write("long.md", &long), "bytes"),
        (write("nested.md", nested.as_bytes()), "nested"),
        (folder.path().display().to_string(), "directory"),
        (folder.path().join("missing.md").display().to_string(), "cannot read"),
    ];
    for (path, word) in cases {
        let out = folder.path().join("out");
        let ran = attest(&["verify", &path, "--out", &out.display().to_string()]);
        let said = text(&ran.stderr);
        assert_eq!(ran.status.code(), Some(2), "{path}: {said}");
        assert!(said.contains(word), "{path}: no `{word}` in {said}");
        assert!(!out.exists(), "{path}: reports were touched");
    }
}

#[test]
fn too_many_statements_are_an_error_that_counts_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many.md");
    std::fs::write(&path, format!("1b)ii)\n\n{}", "$1 = 1$.\n".repeat(10_001))).unwrap();
    let ran = attest(&["check", &path.display().to_string()]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(text(&ran.stderr).contains("10001 statements"), "{}", text(&ran.stderr));
}

#[test]
fn usage_errors_end_with_code_2() {
    for arguments in [&["check"][..], &["nonsense"], &["check", "answers/right.md", "--threads", "0"], &["worlds", "9z"]] {
        assert_eq!(attest(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn worlds_lists_the_questions_and_shows_one() {
    let list = text(&attest(&["worlds"]).stdout);
    assert!(["1a.i", "1b.i", "1c.ii", "1d.ii", "2g.ii", "3c"].iter().all(|id| list.contains(id)), "{list}");
    let one = text(&attest(&["worlds", "1c.ii"]).stdout);
    assert!(one.contains("1/2 μ_a μ_a^T") && one.contains("limits") && one.contains("β → ∞"), "{one}");
}

#[test]
fn help_shows_examples() {
    for arguments in [&["--help"][..], &["verify", "--help"], &["check", "--help"], &["worlds", "--help"]] {
        assert!(text(&attest(arguments).stdout).contains("Examples:"), "{arguments:?}");
    }
}

fn files(folder: &Path, under: &Path, out: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(under).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(folder, &path, out);
        } else {
            let name = path.strip_prefix(folder).unwrap().display().to_string();
            out.push((name, std::fs::read(&path).unwrap()));
        }
    }
}

#[test]
fn one_and_two_threads_leave_the_same_bytes() {
    let run = |threads: &str| {
        let folder = tempfile::tempdir().unwrap();
        let ran = attest(&["verify", "--quiet", "--threads", threads, "--out", &folder.path().display().to_string()]);
        assert_eq!(ran.status.code(), Some(0), "{}", text(&ran.stderr));
        let mut out = Vec::new();
        files(folder.path(), folder.path(), &mut out);
        out.retain(|(name, _)| name != "run.json");
        out.sort();
        out
    };
    let (one, two) = (run("1"), run("2"));
    assert!(one.len() >= 20, "{:?}", one.iter().map(|(n, _)| n).collect::<Vec<_>>());
    for (a, b) in one.iter().zip(&two) {
        assert_eq!(a.0, b.0);
        assert!(a.1 == b.1, "{} differs between 1 and 2 threads", a.0);
    }
    assert_eq!(one.len(), two.len());
}
