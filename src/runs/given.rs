//! A writer's own predictions, counted.

use std::path::Path;

use miette::Diagnostic;
use thiserror::Error;

use super::{Count, Dataset};

/// What a file of predictions scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The question whose accuracy it decides; where there is none, it can only confirm.
    pub question: Option<String>,
    /// The file's name.
    pub file: String,
    /// Its right answers.
    pub count: Count,
}

/// A file of predictions that cannot be counted.
#[derive(Debug, Error, Diagnostic)]
pub enum GivenError {
    /// Missing or unreadable.
    #[error("cannot read {path}: {reason}")]
    #[diagnostic(code(attest::predictions))]
    Io {
        /// The path.
        path: String,
        /// The operating system's words, or the line and what is wrong.
        reason: String,
    },
    /// One answer a line needs the right ones beside it.
    #[error("{path} has no columns `gold` and `predicted`")]
    #[diagnostic(
        code(attest::predictions_gold),
        help("a file of one answer a line is counted against birth_dev.tsv: give its folder by --data")
    )]
    NoGold {
        /// The path.
        path: String,
    },
    /// Not as many answers as questions.
    #[error("{path} has {found} answers; birth_dev.tsv has {expected} questions")]
    #[diagnostic(code(attest::predictions_length))]
    Length {
        /// The path.
        path: String,
        /// Answers.
        found: usize,
        /// Questions.
        expected: usize,
    },
}

impl Given {
    /// Counts a file: a CSV with columns `gold` and `predicted`, or one answer a line in the order of the data's
    /// questions. Blanks around an answer do not count.
    ///
    /// # Errors
    /// See [`GivenError`].
    pub fn read(question: Option<String>, path: &Path, data: Option<&Dataset>) -> Result<Given, GivenError> {
        let file = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|e| GivenError::Io { path: file.clone(), reason: e.to_string() })?;
        let count = count(&file, text.trim_start_matches('\u{feff}'), data)?;
        Ok(Given { question, file, count })
    }
}

fn count(path: &str, text: &str, data: Option<&Dataset>) -> Result<Count, GivenError> {
    if let Some((gold, predicted)) = columns(text) {
        return table(text, gold, predicted).map_err(|e| GivenError::Io { path: path.into(), reason: e.to_string() });
    }
    let Some(data) = data else { return Err(GivenError::NoGold { path: path.into() }) };
    let said: Vec<&str> = text.lines().map(str::trim).collect();
    // An empty answer is one; only blank lines at the end are none.
    let said = &said[..said.iter().rposition(|l| !l.is_empty()).map_or(0, |i| i + 1)];
    let wanted: Vec<&str> = data.answers().collect();
    if said.len() > wanted.len() || said.is_empty() {
        return Err(GivenError::Length { path: path.into(), found: said.len(), expected: wanted.len() });
    }
    let right = said.iter().zip(&wanted).filter(|(a, b)| a == b).count() as u64;
    // Blank lines at the end may be answers left empty: wrong ones.
    if said.len() < wanted.len() && text.lines().count() != wanted.len() {
        return Err(GivenError::Length { path: path.into(), found: said.len(), expected: wanted.len() });
    }
    Ok(Count { right, total: wanted.len() as u64 })
}

/// Where a table's columns `gold` and `predicted` are.
fn columns(text: &str) -> Option<(usize, usize)> {
    let header: Vec<String> = text.lines().next()?.split(',').map(|c| c.trim().trim_matches('"').to_lowercase()).collect();
    let at = |name: &str| header.iter().position(|h| h == name);
    Some((at("gold")?, at("predicted")?))
}

fn table(text: &str, gold: usize, predicted: usize) -> Result<Count, csv::Error> {
    let mut count = Count { right: 0, total: 0 };
    for row in csv::Reader::from_reader(text.as_bytes()).records() {
        let row = row?;
        count.total += 1;
        count.right += u64::from(row.get(gold).map(str::trim) == row.get(predicted).map(str::trim));
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> Dataset {
        Dataset::parse("x", "Where was A born?\tParis\nWhere was B born?\tLondon\nWhere was C born?\tUlm\n").expect("three rows")
    }

    #[test]
    fn a_table_is_counted_by_its_columns_and_quotes_are_understood() {
        let text = "name,predicted,gold\nA,\"Paris, France\",\"Paris, France\"\nB,London,Ulm\nC, Ulm ,Ulm\n";
        assert_eq!(count("x", text, None).expect("a table"), Count { right: 2, total: 3 });
        assert!(count("x", "name,predicted,gold\nA,B\n", None).is_err());
    }

    #[test]
    fn one_answer_a_line_is_counted_against_the_data_and_needs_them() {
        assert_eq!(count("x", "Paris\r\nParis\r\nUlm\r\n", Some(&data())).expect("three"), Count { right: 2, total: 3 });
        assert_eq!(count("x", "Paris\n\nUlm\n", Some(&data())).expect("three"), Count { right: 2, total: 3 });
        assert_eq!(count("x", "Paris\n\n\n", Some(&data())).expect("three"), Count { right: 1, total: 3 });
        assert!(matches!(count("x", "Paris\n", None), Err(GivenError::NoGold { .. })));
        assert!(matches!(count("x", "Paris\nUlm\n", Some(&data())), Err(GivenError::Length { found: 2, expected: 3, .. })));
    }
}
