//! The dev set of question and answer pairs: `birth_dev.tsv`.

use std::path::Path;

use miette::Diagnostic;
use thiserror::Error;

use super::facts::Facts;

/// Question and answer pairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    rows: Vec<(String, String)>,
    facts: Facts,
}

/// Data that cannot be read.
#[derive(Debug, Error, Diagnostic)]
pub enum DataError {
    /// The file is missing or unreadable.
    #[error("cannot read {path}: {reason}")]
    #[diagnostic(code(attest::data), help("--data takes the folder that holds birth_dev.tsv"))]
    Io {
        /// The path.
        path: String,
        /// The operating system's words.
        reason: String,
    },
    /// A line without a tab.
    #[error("{path}, line {line}: expected `question<TAB>answer`, found no tab")]
    #[diagnostic(code(attest::data_line), help("separate question and answer with one tab character"))]
    NoTab {
        /// The path.
        path: String,
        /// Line, from 1.
        line: usize,
    },
}

impl Dataset {
    /// Reads `birth_dev.tsv` of a folder. CRLF, a byte-order mark and blank lines are tolerated.
    pub fn read(folder: &Path) -> Result<Dataset, DataError> {
        let path = folder.join("birth_dev.tsv");
        let name = path.display().to_string();
        let text = std::fs::read_to_string(&path).map_err(|e| DataError::Io { path: name.clone(), reason: e.to_string() })?;
        let parsed = Dataset::parse(&name, &text)?;
        let facts = Facts::read(folder, &parsed.rows);
        Ok(Dataset { facts, ..parsed })
    }

    /// Reads pairs from text.
    pub fn parse(name: &str, text: &str) -> Result<Dataset, DataError> {
        let mut rows = Vec::new();
        for (i, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let (question, answer) = line.split_once('\t').ok_or_else(|| DataError::NoTab { path: name.into(), line: i + 1 })?;
            rows.push((question.trim().to_string(), answer.trim().to_string()));
        }
        Ok(Dataset { rows, facts: Facts::default() })
    }

    /// Counts of this and the other files of its folder.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The answers, in the file's order.
    pub fn answers(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|(_, a)| a.as_str())
    }

    /// How many answers equal `answer`, and how many there are.
    pub fn count(&self, answer: &str) -> (u64, u64) {
        let hits = self.rows.iter().filter(|(_, a)| a == answer.trim()).count();
        (hits as u64, self.rows.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_exactly_and_a_line_without_a_tab_is_an_error_with_its_line() {
        let data =
            Dataset::parse("x.tsv", "\u{feff}Where was A born?\tParis\r\n\r\nWhere was B born?\tLondon\r\n").expect("two rows");
        assert_eq!(data.count("London"), (1, 2));
        assert_eq!(data.count("Lond"), (0, 2));
        assert!(Dataset::parse("x.tsv", "a\tb\nno tab").is_err_and(|e| e.to_string().contains("line 2")));
    }
}
