//! Golden diagnostics of our own submissions.

use attest::report::terminal::{Style, render};

use super::support::{record, root};

fn shown(name: &str) -> String {
    let text = std::fs::read_to_string(root().join("answers").join(name)).unwrap();
    render(&record(&format!("answers/{name}"), &text), &Style { colour: false, width: 100, unicode: true })
}

#[test]
fn the_submission_with_mistakes() {
    insta::assert_snapshot!(shown("with-mistakes.md"));
}

#[test]
fn the_submission_that_is_right_throughout() {
    let shown = shown("right.md");
    assert!(!shown.contains("refuted"), "{shown}");
    insta::assert_snapshot!(shown);
}
