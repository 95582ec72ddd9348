//! One finding on the writer's own line.

use std::fmt::{self, Write as _};

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, MietteError, MietteSpanContents, Severity,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Style, colour_of};
use crate::record::{Finding, SheetRecord, Verdict};
use crate::report::text::{count, harmless, one_line};
use crate::span::Lines;

/// Lines of a long statement that are shown.
const LINES_MAX: usize = 6;
/// Columns that line numbers, the frame and the indentation take.
const GUTTER: usize = 12;
/// Columns shown before a statement in a line that does not fit.
const LEAD: usize = 24;

/// Adds what a finding calls for: a block, a line, or nothing.
pub(super) fn push(out: &mut String, record: &SheetRecord, lines: &Lines, finding: &Finding, style: &Style) {
    let severity = match finding.verdict {
        Verdict::Refuted => Severity::Error,
        Verdict::HoldsIfRead | Verdict::Undecided => Severity::Warning,
        Verdict::HoldsInLimit => return advice(out, record, finding, style),
        Verdict::Holds | Verdict::NotChecked => return,
    };
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
    let start = out.len();
    if block(out, record, lines, finding, severity, style).is_err() {
        // The snippet could not be laid out; the finding itself must not be lost with it.
        out.truncate(start);
        plain(out, record, finding, style);
    }
    out.push('\n');
}

fn advice(out: &mut String, record: &SheetRecord, finding: &Finding, style: &Style) {
    let mark = if style.unicode { "☞" } else { ">" };
    let word = style.paint(colour_of(finding.verdict), &format!("{mark} {}", finding.verdict.name()));
    let rate = finding.rate.as_ref().map_or_else(String::new, |r| format!("   rate {}", one_line(r)));
    let said = finding.reading.as_deref().unwrap_or(&finding.text);
    out.push_str(&format!("  {word} {} {}: {}{rate}\n", one_line(&finding.question), place(record, finding), one_line(said)));
}

/// Without a snippet: the same facts as running lines.
fn plain(out: &mut String, record: &SheetRecord, finding: &Finding, style: &Style) {
    let word = style.paint(colour_of(finding.verdict), finding.verdict.name());
    out.push_str(&format!(
        "  {word} {} {}: {}\n",
        one_line(&finding.question),
        place(record, finding),
        one_line(&finding.message)
    ));
    for line in notes(finding) {
        out.push_str(&format!("    {line}\n"));
    }
}

fn place(record: &SheetRecord, finding: &Finding) -> String {
    format!("{}:{}:{}", one_line(&record.file), finding.place.line, finding.place.column)
}

fn block(
    out: &mut String,
    record: &SheetRecord,
    lines: &Lines,
    finding: &Finding,
    severity: Severity,
    style: &Style,
) -> fmt::Result {
    let excerpt = Excerpt::of(record, lines, finding, style);
    let mut notes = notes(finding);
    let more =
        if excerpt.hidden > 0 { format!(" (goes on for {})", count(excerpt.hidden, "line", "lines")) } else { String::new() };
    let read = finding.reading.as_ref().map(|r| format!("read as: {}", one_line(r)));
    let label = match read {
        Some(read) if read.width() + more.len() <= excerpt.room(style) => format!("{read}{more}"),
        // The frame does not wrap labels, so a long reading goes below.
        Some(read) => {
            notes.insert(0, read);
            format!("this{more}")
        }
        None => format!("this{more}"),
    };
    let tier = finding.tier.map_or_else(String::new, |t| format!(", {}", t.name()));
    let mut report = MietteDiagnostic::new(one_line(&finding.message))
        .with_severity(severity)
        .with_code(format!("{} (question {}{tier})", finding.verdict.name(), one_line(&finding.question)))
        .with_label(LabeledSpan::new_primary_with_span(Some(label), excerpt.label));
    if !notes.is_empty() {
        report = report.with_help(notes.join("\n"));
    }
    let handler = GraphicalReportHandler::new_themed(theme(style))
        .with_width(style.columns())
        .with_context_lines(0)
        .without_syntax_highlighting()
        .with_links(false);
    let mut text = String::new();
    handler.render_report(&mut text, &Shown { report, excerpt })?;
    // The frame pads empty lines; trailing blanks help nobody.
    for line in text.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Counterexample, correction, fix and numbers, one line each.
fn notes(finding: &Finding) -> Vec<String> {
    let mut notes = Vec::new();
    let mut note = |head: &str, text: &Option<String>| notes.extend(text.as_ref().map(|t| format!("{head}: {}", one_line(t))));
    note("counterexample", &finding.witness);
    note("rate", &finding.rate);
    // What the message or the fix says already is not said again.
    let said = |c: &String| finding.message.contains(c.as_str()) || finding.fix.as_ref().is_some_and(|f| f.becomes == *c);
    note("right would be", &finding.correction.clone().filter(|c| !said(c)));
    if let Some(fix) = &finding.fix {
        notes.push(format!("fix: {}; becomes {}", one_line(&fix.change), one_line(&fix.becomes)));
    }
    notes.extend(finding.evidence.iter().map(crate::report::text::measured));
    if let Some(p) = finding.error_probability.filter(|p| *p > 0.0) {
        notes.push(format!("wrong with probability at most {}", crate::report::text::short(p, 2)));
    }
    notes
}

fn theme(style: &Style) -> GraphicalTheme {
    GraphicalTheme {
        characters: if style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() },
        styles: if style.colour { ThemeStyles::ansi() } else { ThemeStyles::none() },
    }
}

/// A diagnostic together with the lines it is shown on.
#[derive(Debug)]
struct Shown {
    report: MietteDiagnostic,
    excerpt: Excerpt,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.report.fmt(f)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.report.code()
    }
    fn severity(&self) -> Option<Severity> {
        self.report.severity()
    }
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.report.help()
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.report.labels()
    }
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }
}

/// The lines under a finding, cut to the terminal, without characters that steer it.
///
/// A copy of these few lines instead of the whole sheet keeps a sheet of thousands of findings
/// linear: a source of text is searched from its beginning for every span.
#[derive(Debug)]
struct Excerpt {
    file: String,
    text: String,
    /// Where the statement stands in `text`, in bytes.
    label: SourceSpan,
    /// Line and column of the statement in the sheet, from 0.
    line: usize,
    column: usize,
    /// Lines of the statement that are not shown.
    hidden: usize,
}

impl Excerpt {
    fn of(record: &SheetRecord, lines: &Lines, finding: &Finding, style: &Style) -> Excerpt {
        let place = finding.place;
        let last = place.end_line.min(place.line.saturating_add(LINES_MAX - 1));
        let mut excerpt = Excerpt {
            file: one_line(&record.file),
            text: String::new(),
            label: SourceSpan::from((0, 0)),
            line: place.line.saturating_sub(1),
            column: place.column.saturating_sub(1),
            hidden: place.end_line.saturating_sub(last),
        };
        let (mut begin, mut end) = (None, 0);
        for line in place.line..=last {
            let from = lines.start_of(line).unwrap_or(record.source.len());
            let to = lines.start_of(line.saturating_add(1)).unwrap_or(record.source.len());
            let text = record.source.get(from..to).unwrap_or("").trim_end_matches(['\n', '\r']);
            // The part of this line that the statement covers, in bytes of the line.
            let inside = |offset: usize| floor(text, offset.saturating_sub(from).min(text.len()));
            let covered = (inside(finding.span.start), inside(finding.span.end.max(finding.span.start)));
            let at = excerpt.text.len();
            let (shown, (a, b)) = cut(text, covered, style);
            begin.get_or_insert(at + a);
            end = at + b;
            excerpt.text.push_str(&shown);
            excerpt.text.push('\n');
        }
        excerpt.text.pop();
        let begin = begin.unwrap_or(0).min(excerpt.text.len());
        let end = end.min(excerpt.text.len());
        excerpt.label = SourceSpan::from((begin, end.saturating_sub(begin)));
        excerpt
    }
}

impl Excerpt {
    /// Columns for a label, which the frame puts to the right of the statement's middle, or of
    /// its arrow where it covers several lines.
    fn room(&self, style: &Style) -> usize {
        let before = self.text.get(..self.label.offset()).unwrap_or("");
        let under = self.text.get(self.label.offset()..self.label.offset() + self.label.len()).unwrap_or("");
        let middle = if under.contains('\n') { 4 } else { before.width() + under.width() / 2 };
        style.columns().saturating_sub(GUTTER + middle + 4)
    }
}

/// The largest character boundary of `text` that is at most `offset`.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

/// A line as it fits the terminal, and where the covered bytes are in it.
fn cut(line: &str, (start, end): (usize, usize), style: &Style) -> (String, (usize, usize)) {
    let room = style.columns() - GUTTER;
    let width = |c: char| if c == '\t' { 4 } else { c.width().unwrap_or(1) };
    let total: usize = line.chars().map(width).sum();
    let skip: usize = line[..start].chars().map(width).sum::<usize>().saturating_sub(LEAD);
    let skip = if total <= room { 0 } else { skip };
    let (mut out, mut passed, mut used) = (String::new(), 0, 0);
    let (mut a, mut b) = (None, 0);
    if skip > 0 {
        out.push_str(style.ellipsis());
    }
    for (i, c) in line.char_indices() {
        if passed < skip {
            passed += width(c);
            continue;
        }
        if i >= start {
            a.get_or_insert(out.len());
        }
        if used + width(c) > room {
            out.push_str(style.ellipsis());
            b = if i < end { out.len() } else { b };
            return (out, (a.unwrap_or(b), b));
        }
        used += width(c);
        out.push(harmless(c));
        if i < end {
            b = out.len();
        }
    }
    let a = a.unwrap_or(out.len());
    (out, (a, b.max(a)))
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // The excerpt is the context: whatever is asked for inside it, all of it is shown.
        if span.offset() + span.len() > self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let whole = SourceSpan::from((0, self.text.len()));
        let count = self.text.lines().count();
        Ok(Box::new(MietteSpanContents::new_named(self.file.clone(), self.text.as_bytes(), whole, self.line, self.column, count)))
    }
}
