//! The tables under the diagnostics, and what was left out.

use std::collections::BTreeMap;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Style, colour_of};
use crate::record::{Finding, GradeStatus, Kind, SheetRecord, Verdict};
use crate::report::text::{count, one_line, short, wrap};

/// Widths of the columns that do not grow with the terminal.
const LINE: usize = 5;
const VERDICT: usize = 14;
const TIER: usize = 9;
/// Blanks between columns.
const GAP: usize = 2;
/// Terminals narrower than this show no readings in the tables.
const READINGS_FROM: usize = 76;

/// A table for each question that has findings: of the grades in their order, then of the others.
pub(super) fn questions(out: &mut String, record: &SheetRecord, style: &Style) {
    let mut order: Vec<&str> = record.grades.iter().map(|g| g.question.as_str()).collect();
    for finding in &record.findings {
        if !order.contains(&finding.question.as_str()) {
            order.push(&finding.question);
        }
    }
    let mut by_question: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &record.findings {
        by_question.entry(&finding.question).or_default().push(finding);
    }
    for id in order {
        let Some(findings) = by_question.get(id) else { continue };
        let title = record.grades.iter().find(|g| g.question == id).map_or("", |g| &g.title);
        out.push_str(&style.bold(&one_line(&format!("{id}  {title}"))));
        out.push('\n');
        table(out, findings, style);
        out.push('\n');
    }
}

fn table(out: &mut String, findings: &[&Finding], style: &Style) {
    let room = style.columns() - LINE - VERDICT - TIER - 3 * GAP - 2;
    let (text, reading) = if style.columns() < READINGS_FROM { (room, 0) } else { ((room - GAP) / 2, (room - GAP).div_ceil(2)) };
    let gap = " ".repeat(GAP);
    let row = |line: &str, said: &str, read: &str, verdict: String, tier: &str| {
        let mut cells = vec![format!("{line:>LINE$}"), fit(said, text, style)];
        if reading > 0 {
            cells.push(fit(read, reading, style));
        }
        cells.extend([verdict, tier.to_string()]);
        format!("  {}", cells.join(&gap)).trim_end().to_string()
    };
    out.push_str(&style.dim(&row("line", "statement", "read as", fit("verdict", VERDICT, style), "tier")));
    out.push('\n');
    for finding in findings {
        let verdict = style.paint(colour_of(finding.verdict), &fit(finding.verdict.name(), VERDICT, style));
        let read = finding.reading.as_deref().unwrap_or(if style.unicode { "–" } else { "-" });
        out.push_str(&row(&finding.place.line.to_string(), &finding.text, read, verdict, finding.tier.map_or("", |t| t.name())));
        out.push('\n');
    }
}

/// Text in exactly `columns` columns: cut with an ellipsis or filled with blanks.
fn fit(text: &str, columns: usize, style: &Style) -> String {
    let text = one_line(text);
    if text.width() <= columns {
        return format!("{text}{}", " ".repeat(columns - text.width()));
    }
    let room = columns.saturating_sub(style.ellipsis().width());
    let (mut out, mut used) = (String::new(), 0);
    for c in text.chars() {
        let width = c.width().unwrap_or(0);
        if used + width > room {
            break;
        }
        used += width;
        out.push(c);
    }
    out.push_str(style.ellipsis());
    let filled = out.width();
    out + &" ".repeat(columns.saturating_sub(filled))
}

/// Points a question, with the reason.
pub(super) fn grades(out: &mut String, record: &SheetRecord, style: &Style) {
    if record.grades.is_empty() {
        return;
    }
    let widest = record.grades.iter().map(|g| g.question.width()).max().unwrap_or(0).clamp(4, 16);
    out.push_str(&style.bold("grades"));
    out.push('\n');
    for grade in &record.grades {
        let points = grade.points.map_or_else(|| "-".to_string(), |p| short(p, 6));
        let points = format!("{points:>5} of {:<5}", short(grade.max, 6));
        let colour = match grade.status {
            GradeStatus::Decided => colour_of(Verdict::Holds),
            GradeStatus::NeedsReview => colour_of(Verdict::Undecided),
            GradeStatus::Unanswered => colour_of(Verdict::NotChecked),
        };
        let status = style.paint(colour, &format!("{:<12}", grade.status.name()));
        let indent = 2 + widest + GAP + 14 + GAP + 12 + GAP;
        let room = style.columns().saturating_sub(indent).max(16);
        let reason = wrap(&one_line(&grade.reason), room as f64, |s| s.width() as f64).join(&format!("\n{}", " ".repeat(indent)));
        out.push_str(format!("  {}  {points}  {status}  {reason}", fit(&grade.question, widest, style)).trim_end());
        out.push('\n');
    }
    out.push('\n');
}

/// Remarks, what was not checked and why, and every stretch of words outside any question.
pub(super) fn left_out(out: &mut String, record: &SheetRecord, style: &Style) {
    for remark in &record.remarks {
        paragraph(out, "note: ", remark, style);
    }
    let unchecked: Vec<&Finding> = record.findings.iter().filter(|f| f.verdict == Verdict::NotChecked).collect();
    if !unchecked.is_empty() {
        let conditions = unchecked.iter().filter(|f| f.kind == Kind::Supposition).count();
        let mut head = format!("not checked: {}", count(unchecked.len(), "statement", "statements"));
        if conditions > 0 {
            head.push_str(&format!(", {conditions} of them conditions of others"));
        }
        out.push_str(&style.bold(&head));
        out.push('\n');
        let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
        for finding in unchecked {
            let line = finding.place.line.to_string();
            match reasons.iter_mut().find(|(reason, _)| *reason == finding.message) {
                Some((_, lines)) => lines.push(line),
                None => reasons.push((&finding.message, vec![line])),
            }
        }
        for (reason, lines) in reasons {
            let at = if lines.len() == 1 { "line" } else { "lines" };
            paragraph(out, &format!("{:>4}  ", lines.len()), &format!("{reason} ({at} {})", lines.join(", ")), style);
        }
    }
    if !record.tally.outside.is_empty() {
        out.push_str(&style.bold(&format!("outside any question: {}", count(record.tally.words_outside, "word", "words"))));
        out.push('\n');
        for stray in &record.tally.outside {
            paragraph(out, "      ", &format!("line {}: {}", stray.place.line, stray.text), style);
        }
    }
    if !record.remarks.is_empty()
        || !record.tally.outside.is_empty()
        || record.findings.iter().any(|f| f.verdict == Verdict::NotChecked)
    {
        out.push('\n');
    }
}

/// `text` wrapped to the terminal behind `head`.
fn paragraph(out: &mut String, head: &str, text: &str, style: &Style) {
    let indent = " ".repeat(head.width());
    let room = style.columns().saturating_sub(head.width()).max(16);
    for (i, line) in wrap(&one_line(text), room as f64, |s| s.width() as f64).into_iter().enumerate() {
        out.push_str(if i == 0 { head } else { &indent });
        out.push_str(&line);
        out.push('\n');
    }
}
