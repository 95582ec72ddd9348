//! The record for a terminal: diagnostics on the writer's own lines, then tables, then one line.

mod block;
mod tables;

use anstyle::{AnsiColor, Effects};

use super::text::count;
use crate::record::{SheetRecord, Verdict};
use crate::span::Lines;

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour with ANSI sequences.
    pub colour: bool,
    /// Columns of the terminal; taken as at least 40.
    pub width: usize,
    /// Whether to draw with characters beyond ASCII. The writer's own words are never changed.
    pub unicode: bool,
}

impl Style {
    /// Columns to fill: a narrower terminal wraps by itself.
    fn columns(&self) -> usize {
        self.width.clamp(40, 400)
    }

    /// `text` in the given style, where colours are wanted.
    fn paint(&self, style: anstyle::Style, text: &str) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_string() }
    }

    fn bold(&self, text: &str) -> String {
        self.paint(anstyle::Style::new().effects(Effects::BOLD), text)
    }

    fn dim(&self, text: &str) -> String {
        self.paint(anstyle::Style::new().effects(Effects::DIMMED), text)
    }

    /// What stands for characters that are cut away.
    fn ellipsis(&self) -> &'static str {
        if self.unicode { "…" } else { "..." }
    }
}

/// The colour of a verdict. Its word always stands beside, so that nothing hangs on colour.
fn colour_of(verdict: Verdict) -> anstyle::Style {
    match verdict {
        Verdict::Holds => AnsiColor::Green.on_default(),
        Verdict::HoldsInLimit => AnsiColor::Cyan.on_default(),
        Verdict::HoldsIfRead | Verdict::Undecided => AnsiColor::Yellow.on_default(),
        Verdict::Refuted => AnsiColor::Red.on_default(),
        Verdict::NotChecked => anstyle::Style::new().effects(Effects::DIMMED),
    }
}

/// The whole record as text that ends with a newline.
///
/// A refuted statement is shown as an error on the writer's line, one that holds only if read
/// otherwise and one that is undecided as a warning, one that holds in the limit as a single line
/// with its rate. Then come a table a question, the grades, what was not checked, what lies
/// outside any question, and one line of summary.
pub fn render(record: &SheetRecord, style: &Style) -> String {
    let lines = Lines::of(&record.source);
    let mut out = String::new();
    for finding in &record.findings {
        block::push(&mut out, record, &lines, finding, style);
    }
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
    tables::questions(&mut out, record, style);
    tables::grades(&mut out, record, style);
    tables::left_out(&mut out, record, style);
    out.push_str(&style.bold(&summary(record)));
    out.push('\n');
    out
}

/// The line that counts everything: `68 statements: 30 hold, 12 hold in the limit, ...`.
pub fn summary(record: &SheetRecord) -> String {
    let parts: Vec<String> = Verdict::ALL
        .into_iter()
        .filter_map(|verdict| {
            let n = record.findings.iter().filter(|f| f.verdict == verdict).count();
            (n > 0).then(|| format!("{n} {}", words(verdict, n)))
        })
        .collect();
    let statements = count(record.findings.len(), "statement", "statements");
    let head = if parts.is_empty() { statements } else { format!("{statements}: {}", parts.join(", ")) };
    format!("{head}; {} outside any question", count(record.tally.words_outside, "word", "words"))
}

/// A verdict as it follows its count.
fn words(verdict: Verdict, n: usize) -> &'static str {
    match (verdict, n) {
        (Verdict::Holds, 1) => "holds",
        (Verdict::Holds, _) => "hold",
        (Verdict::HoldsInLimit, 1) => "holds in the limit",
        (Verdict::HoldsInLimit, _) => "hold in the limit",
        (Verdict::HoldsIfRead, 1) => "holds if read with a change",
        (Verdict::HoldsIfRead, _) => "hold if read with a change",
        (Verdict::Refuted, _) => "refuted",
        (Verdict::Undecided, _) => "undecided",
        (Verdict::NotChecked, _) => "not checked",
    }
}
