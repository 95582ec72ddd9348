//! Rows of a table with a count and its share: `| perceiver | 47 | 9.4 % |` under `| run | hits of 500 | acc |`.

use std::ops::Range;

use super::amounts::{items, over};
use super::shares::percent;
use super::words::{Word, placed_sentences};
use super::wrong::is_wrong;
use super::{Amount, Bound, Counted};

/// Words of a column that counts right answers.
const COUNTS: &[&str] = &["hits", "hit", "right", "correct", "count", "answers", "correctly"];
/// Words of a column of shares.
const SHARES: &[&str] = &["acc", "accuracy", "accuracies", "share", "percent", "percentage", "score", "rate", "%"];
/// Words of a column of something else.
const OTHER: &[&str] =
    &["loss", "test", "train", "training", "points", "gain", "difference", "vs", "against", "relative", "±", "error"];

/// The columns that a header names.
struct Columns {
    cells: usize,
    count: usize,
    share: usize,
    total: Option<f64>,
}

/// Rows in a part: places of its words, and what they say.
pub fn find(words: &[Word]) -> Vec<(Range<usize>, Counted)> {
    let mut out = Vec::new();
    let mut columns: Option<Columns> = None;
    for (offset, s) in placed_sentences(words) {
        let cells = cells(s);
        if cells.len() < 2 {
            columns = None;
        } else if let Some(found) = header(s, &cells) {
            columns = Some(found);
        } else if let Some(c) = &columns {
            // Above the labels of the rows a header may be empty.
            let labelled = s[cells[0].clone()].iter().all(|w| w.value.is_none());
            let skip = usize::from(c.cells + 1 == cells.len() && labelled);
            if c.cells + skip != cells.len() {
                continue;
            }
            out.extend(row(s, &cells[skip..], c).map(|(r, said)| (r.start + offset..r.end + offset, said)));
        }
    }
    out
}

/// The ranges between the bars of a row.
fn cells(s: &[Word]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    for i in 0..=s.len() {
        if i == s.len() || s[i].is(&["|"]) {
            out.push(from..i);
            from = i + 1;
        }
    }
    out
}

fn header(s: &[Word], cells: &[Range<usize>]) -> Option<Columns> {
    let has = |c: &Range<usize>, list: &[&str]| s[c.clone()].iter().any(|w| w.is(list));
    let plain = |c: &Range<usize>| !has(c, OTHER) && !s[c.clone()].iter().any(is_wrong);
    let only = |list: &[&str], not: &[&str]| {
        let mut all = (0..cells.len()).filter(|i| has(&cells[*i], list) && !has(&cells[*i], not) && plain(&cells[*i]));
        let first = all.next()?;
        all.next().is_none().then_some(first)
    };
    let (count, share) = (only(COUNTS, SHARES)?, only(SHARES, &[])?);
    let total = s[cells[count].clone()].iter().find_map(|w| w.count().filter(|n| *n >= 20.0));
    let numbers = cells.iter().flat_map(|c| s[c.clone()].iter()).filter(|w| w.value.is_some()).count();
    (numbers <= usize::from(total.is_some()) + 1).then_some(Columns { cells: cells.len(), count, share, total })
}

fn row(s: &[Word], cells: &[Range<usize>], columns: &Columns) -> Option<(Range<usize>, Counted)> {
    let (left, right) = (&cells[columns.count], &cells[columns.share]);
    let number = |c: &Range<usize>| {
        let mut all = c.clone().filter(|i| s[*i].value.is_some());
        let first = all.next()?;
        let plain = c.clone().all(|i| i == first || s[i].is(&["%", "percent", "(", ")"]));
        (plain && all.next().is_none()).then_some(first)
    };
    let (n, p) = (number(left)?, number(right)?);
    let count = s[n].count().filter(|_| !percent(s, n))?;
    let (value, decimals) = s[p].value?;
    let scale = if !percent(s, p) && value < 1.0 && decimals >= 2 { 100.0 } else { 1.0 };
    let total = columns.total.map_or_else(items, |t| Amount::Is(t, 0.0));
    let of = vec![over(Amount::Is(100.0 * count, 0.0), total)];
    let end = p + 1 + usize::from(percent(s, p));
    let what = format!("{count} of the questions, in percent");
    let slack = s[p].slack() * scale;
    // What stands in other cells between the two is not said by this.
    let start = if right.start == left.end + 1 { n } else { p };
    Some((start..end, Counted { value: value * scale, slack, bound: Bound::Exactly, of, certain: true, what }))
}

#[cfg(test)]
mod tests {
    use super::super::super::segment::{Begins, Stretch};
    use super::super::words::words;
    use super::*;
    use crate::span::Span;

    /// Rows of a table, cell by cell.
    fn said(text: &str) -> Vec<f64> {
        let mut stretches = Vec::new();
        let mut at = 0;
        for piece in text.split_inclusive(['|', '\n']) {
            let cell = piece.trim_end_matches(['|', '\n']);
            if !cell.trim().is_empty() {
                stretches.push(Stretch { span: Span::new(at, at + cell.len()), math: false, begins: Begins::Sentence });
            }
            at += piece.len();
        }
        find(&words(&stretches, text)).into_iter().map(|(_, c)| c.value).collect()
    }

    #[test]
    fn a_row_says_what_share_its_count_is() {
        assert_eq!(said("| run | hits of 500 | acc |\n| scratch | 8 | 1.6 % |\n| perceiver | 47 | 9.2 % |\n"), [1.6, 9.2]);
        let said_as_share = said("| model | correct | dev accuracy |\n| vanilla | 118 | 0.236 |\n");
        assert!(said_as_share.len() == 1 && (said_as_share[0] - 23.6).abs() < 1e-9, "{said_as_share:?}");
        assert!(said("| model | errors | accuracy |\n| vanilla | 118 | 23.6 % |\n").is_empty());
        assert!(said("| model | hits | gain over London in percent points |\n| vanilla | 118 | 18.6 % |\n").is_empty());
    }
}
