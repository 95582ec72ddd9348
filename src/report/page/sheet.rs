//! The sheet itself with line numbers and every statement marked.

use std::collections::BTreeSet;

use crate::record::{SheetRecord, Verdict};
use crate::report::text::{escape, one_line};

/// The order in which verdicts claim a place that several statements share: what needs a reader's
/// eye comes first.
fn urgency(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Refuted => 0,
        Verdict::HoldsIfRead => 1,
        Verdict::Undecided => 2,
        Verdict::HoldsInLimit => 3,
        Verdict::Holds => 4,
        Verdict::NotChecked => 5,
    }
}

/// Adds the sheet, one row a line.
pub(super) fn push(out: &mut String, record: &SheetRecord) {
    out.push_str("<h2 id=\"sheet\">The sheet</h2>\n<div class=\"sheet source\">\n");
    let pieces = pieces(record);
    let mut next = 0;
    let mut start = 0;
    for (i, line) in record.source.split('\n').enumerate() {
        let number = i + 1;
        let end = start + line.len();
        out.push_str(&format!("<div class=\"row\" id=\"L{number}\"><a href=\"#L{number}\">{number}</a><span>"));
        while pieces.get(next).is_some_and(|p| p.end <= start) {
            next += 1;
        }
        for piece in pieces[next..].iter().take_while(|p| p.start <= end) {
            let text = record.source.get(piece.start.max(start)..piece.end.min(end)).unwrap_or("").trim_end_matches('\r');
            if text.is_empty() {
                continue;
            }
            match piece.finding {
                Some(index) => out.push_str(&marked(record, index, text)),
                None => out.push_str(&escape(text)),
            }
        }
        out.push_str("</span></div>\n");
        start = end + 1;
    }
    out.push_str("</div>\n");
}

fn marked(record: &SheetRecord, index: usize, text: &str) -> String {
    let finding = &record.findings[index];
    let name = finding.verdict.name();
    format!(
        "<mark class=\"{name}\"><a href=\"#c{index}\" title=\"{name}: {}\">{}</a></mark>",
        escape(&one_line(&finding.message)),
        escape(text)
    )
}

/// A stretch of the source under one statement, or under none.
struct Piece {
    start: usize,
    end: usize,
    finding: Option<usize>,
}

/// The whole source cut where a statement begins or ends; of statements that share a place the
/// most urgent is shown, then the one that begins later, which is the inner one.
fn pieces(record: &SheetRecord) -> Vec<Piece> {
    let length = record.source.len();
    let mut events: Vec<(usize, bool, usize)> = Vec::new();
    for (i, finding) in record.findings.iter().enumerate() {
        let (start, end) = (finding.span.start.min(length), finding.span.end.min(length));
        if start < end && record.source.is_char_boundary(start) && record.source.is_char_boundary(end) {
            events.extend([(start, true, i), (end, false, i)]);
        }
    }
    events.sort_unstable();
    let (mut pieces, mut open, mut at) = (Vec::new(), BTreeSet::new(), 0);
    for (offset, opens, index) in events {
        if offset > at {
            pieces.push(Piece { start: at, end: offset, finding: open.first().map(|(_, _, i)| *i) });
            at = offset;
        }
        let finding = &record.findings[index];
        let key = (urgency(finding.verdict), std::cmp::Reverse(finding.span.start), index);
        if opens {
            open.insert(key)
        } else {
            open.remove(&key)
        };
    }
    if at < length {
        pieces.push(Piece { start: at, end: length, finding: None });
    }
    pieces
}
