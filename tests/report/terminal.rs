//! Diagnostics, tables and the line that counts everything.

use attest::record::Verdict;
use attest::report::terminal::{Style, render, summary};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use crate::sample::{empty, finding, record};

const PLAIN: Style = Style { colour: false, width: 90, unicode: true };

#[test]
fn a_record_reads_like_a_compilers_output() {
    insta::assert_snapshot!(render(&record(), &PLAIN));
}

#[test]
fn a_terminal_without_unicode_gets_an_ascii_frame() {
    let text = render(&record(), &Style { unicode: false, ..PLAIN });
    assert!(!text.contains(['╭', '│', '×', '☞', '…']), "{text}");
    assert!(text.contains("重みは β ≫ 0"), "the writer's own words stay");
}

#[test]
fn colours_only_add_to_the_words() {
    let coloured = render(&record(), &Style { colour: true, ..PLAIN });
    assert!(coloured.contains("\u{1b}["));
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some(start) = rest.find("\u{1b}[") {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        rest = &rest[rest.find('m').expect("a sequence ends") + 1..];
    }
    plain.push_str(rest);
    let words = |text: &str| text.split_whitespace().map(String::from).collect::<Vec<_>>();
    assert_eq!(words(&plain), words(&render(&record(), &PLAIN)));
}

#[test]
fn only_what_needs_an_eye_gets_a_block() {
    let text = render(&record(), &PLAIN);
    let place = |line: usize, column: usize| text.contains(&format!("answers.md:{line}:{column}"));
    assert!(place(8, 17) && place(9, 4) && place(5, 7), "refuted, undecided and holds-if-read are shown");
    assert!(place(6, 10), "what holds in the limit has a line of its own");
    assert!(!place(3, 9), "what holds is in the table only");
}

#[test]
fn the_summary_counts_every_statement_and_says_one_of_one() {
    assert_eq!(
        summary(&record()),
        "6 statements: 1 holds, 1 holds in the limit, 1 holds if read with a change, 1 refuted, 1 undecided, 1 not checked; 3 words outside any question"
    );
    assert_eq!(summary(&empty()), "0 statements; 0 words outside any question");
    let mut one = empty();
    one.findings = record().findings.split_off(5);
    one.tally.words_outside = 1;
    assert_eq!(summary(&one), "1 statement: 1 undecided; 1 word outside any question");
}

#[test]
fn an_empty_record_is_one_line() {
    assert_eq!(render(&empty(), &PLAIN), "0 statements; 0 words outside any question\n");
}

#[test]
fn the_underline_is_under_the_statement_also_after_wide_letters() {
    let text = render(&record(), &PLAIN);
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|l| l.contains("重みは")).expect("the line is shown");
    let start = lines[at][..lines[at].find("q = β(").expect("the statement is shown")].width();
    let marks = lines[at + 1];
    assert_eq!(marks[..marks.find('─').expect("it is underlined")].width(), start, "{text}");
}

#[test]
fn lines_longer_than_the_terminal_are_cut_around_the_statement() {
    let mut long = empty();
    long.source = format!("{} c = v_a {}", "before ".repeat(60), "after ".repeat(60));
    long.findings = vec![finding(&long.source, "c = v_a", "1a.i", Verdict::Refuted)];
    let text = render(&long, &PLAIN);
    assert!(text.contains("before  c = v_a after"), "{text}");
    assert!(text.lines().all(|l| l.width() <= 90), "{text}");
}

#[test]
fn a_sheet_cannot_steer_the_terminal() {
    let mut evil = empty();
    evil.source = "c \u{1b}[2J\u{202E}= v_a".into();
    evil.findings = vec![finding(&evil.source.clone(), "c \u{1b}[2J\u{202E}= v_a", "1a.i", Verdict::Refuted)];
    evil.file = "\u{1b}]0;x\u{7}.md".into();
    let text = render(&evil, &PLAIN);
    assert!(!text.contains(['\u{1b}', '\u{202E}', '\u{7}']), "{text:?}");
}

#[test]
fn spans_that_do_not_fit_the_source_are_still_reported() {
    let mut odd = empty();
    odd.source = "ä".into();
    let mut broken = finding("c = v_a", "c = v_a", "1a.i", Verdict::Refuted);
    (broken.span.start, broken.span.end) = (1, 4000);
    (broken.place.line, broken.place.end_line) = (3, 1_000_000);
    odd.findings = vec![broken];
    let text = render(&odd, &PLAIN);
    assert!(text.contains("because it is refuted"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_and_no_span_breaks_the_report(source in any::<String>(), text in any::<String>(), start in 0usize..200, length in 0usize..200, width in 0usize..300) {
        let mut odd = empty();
        let mut one = finding("c", "c", "1a.i", Verdict::Refuted);
        one.span = attest::span::Span::new(start, start + length);
        one.place = attest::span::Lines::of(&source).place(&source, one.span);
        (one.text, one.message, one.reading, one.reading_latex) = (text.clone(), text.clone(), Some(text.clone()), Some(text.clone()));
        (odd.source, odd.file, odd.findings) = (source, text, vec![one]);
        let shown = render(&odd, &Style { width, ..PLAIN });
        prop_assert!(shown.ends_with("1 statement: 1 refuted; 0 words outside any question\n"));
        prop_assert!(attest::report::page::render(&odd).is_ok());
        prop_assert!(serde_json::from_str::<serde_json::Value>(&attest::report::json::render(&odd)).is_ok());
    }
}

#[test]
fn a_sheet_of_five_thousand_findings_loses_none() {
    let mut large = empty();
    for i in 0..5000 {
        large.source.push_str(&format!("claim {i}: $c = v_{i}$\n"));
    }
    let lines = attest::span::Lines::of(&large.source);
    let template = finding("c = v_", "c = v_", "1a.i", Verdict::Refuted);
    for line in 1..=5000 {
        let start = lines.start_of(line).expect("the line is there");
        let end = lines.start_of(line + 1).expect("the next too");
        let mut one = template.clone();
        one.span = attest::span::Span::new(start + 7, end - 1);
        one.place = lines.place(&large.source, one.span);
        one.text = one.span.of(&large.source).into();
        large.findings.push(one);
    }
    let text = render(&large, &PLAIN);
    assert_eq!(text.matches("[answers.md").count() + text.matches("[empty.md").count(), 5000);
    let page = attest::report::page::render(&large).expect("it has no plots");
    assert_eq!(page.matches("<mark").count(), 5000);
}
