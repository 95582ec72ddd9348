//! The course's files: `wiki.txt`, `birth_places_train.tsv`, `birth_dev.tsv`, `birth_test_inputs.tsv`.

use std::path::Path;

use super::vocabulary::{MASK, Vocabulary};
use crate::trainer::{
    batch::{Example, IGNORED},
    error::TrainError,
};

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// `Where was Khatchig Mouradian born?`
    pub question: String,
    /// `Lebanon`
    pub answer: String,
}

/// All that the course gives.
#[derive(Debug, Clone)]
pub struct Course {
    /// One document a line.
    pub documents: Vec<String>,
    /// Training pairs.
    pub train: Vec<Pair>,
    /// Dev pairs: for measuring only.
    pub dev: Vec<Pair>,
    /// Characters of `wiki.txt`.
    pub vocabulary: Vocabulary,
}

impl Course {
    /// Reads a folder.
    ///
    /// # Errors
    /// A file that is missing, not UTF-8 or empty; a line without a tab.
    pub fn read(folder: &Path) -> Result<Course, TrainError> {
        let path = folder.join("wiki.txt");
        let wiki = read_text(&path)?;
        let documents: Vec<String> =
            wiki.lines().map(|l| l.trim_end_matches('\r').to_string()).filter(|l| !l.trim().is_empty()).collect();
        if documents.is_empty() {
            return Err(TrainError::Empty { place: path.display().to_string() });
        }
        Ok(Course {
            documents,
            vocabulary: Vocabulary::of(&wiki),
            train: read_pairs(&folder.join("birth_places_train.tsv"))?,
            dev: read_pairs(&folder.join("birth_dev.tsv"))?,
        })
    }
}

/// A text file without its byte-order mark; CRLF becomes LF.
fn read_text(path: &Path) -> Result<String, TrainError> {
    let text = std::fs::read_to_string(path).map_err(|e| TrainError::file("read", path, &e))?;
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
}

/// `question<TAB>answer` lines; blank ones are passed over.
///
/// # Errors
/// A file that is missing, not UTF-8 or without a pair; a line without a tab.
pub fn read_pairs(path: &Path) -> Result<Vec<Pair>, TrainError> {
    Ok(read_lines(path)?.into_iter().map(|(_, pair)| pair).collect())
}

/// The same with the line, from 1, on which each stands.
///
/// # Errors
/// See [`read_pairs`].
pub fn read_lines(path: &Path) -> Result<Vec<(usize, Pair)>, TrainError> {
    let place = path.display().to_string();
    let mut pairs = Vec::new();
    for (line, text) in (1..).zip(read_text(path)?.lines()).filter(|(_, t)| !t.trim().is_empty()) {
        let (question, answer) = text.split_once('\t').ok_or_else(|| TrainError::NoTab { path: place.clone(), line })?;
        pairs.push((line, Pair { question: question.trim().to_string(), answer: answer.trim().to_string() }));
    }
    if pairs.is_empty() {
        return Err(TrainError::Empty { place });
    }
    Ok(pairs)
}

/// One question a line; what follows a tab is passed over.
///
/// # Errors
/// A file that is missing, not UTF-8 or empty.
pub fn read_questions(path: &Path) -> Result<Vec<String>, TrainError> {
    let text = read_text(path)?;
    let questions: Vec<String> =
        text.lines().map(|l| l.split('\t').next().unwrap_or("").trim().to_string()).filter(|q| !q.is_empty()).collect();
    if questions.is_empty() {
        return Err(TrainError::Empty { place: path.display().to_string() });
    }
    Ok(questions)
}

impl Pair {
    /// `question ⁇ answer ⁇`, where the loss asks for the first mask, the answer and the last mask.
    ///
    /// # Errors
    /// An unknown character; a pair longer than `block`.
    pub fn example(&self, vocabulary: &Vocabulary, block: usize, place: &dyn Fn() -> String) -> Result<Example, TrainError> {
        let mut s = vocabulary.encode(&self.question, place)?;
        let asked = s.len().saturating_sub(1);
        s.push(MASK);
        s.extend(vocabulary.encode(&self.answer, place)?);
        s.push(MASK);
        if s.len() > block {
            return Err(TrainError::TooLong { place: place(), length: s.len(), most: block });
        }
        let targets = s[1..].iter().enumerate().map(|(i, t)| if i < asked { IGNORED } else { *t }).collect();
        s.pop();
        Ok(Example { tokens: s, targets })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        std::fs::write(file.path(), text).expect("written");
        file
    }

    #[test]
    fn marks_line_ends_and_blank_lines_are_tolerated_and_a_missing_tab_is_named() {
        let file = write("\u{feff}Where was A born?\tPâris \r\n\r\nWhere was B born?\tLondon");
        let pairs = read_pairs(file.path()).expect("two pairs");
        assert_eq!(pairs.len(), 2);
        assert_eq!(pairs[0], Pair { question: "Where was A born?".into(), answer: "Pâris".into() });
        let error = read_pairs(write("a\tb\n\nno tab\n").path()).expect_err("no tab");
        assert!(error.to_string().contains("line 3"), "{error}");
        assert!(matches!(read_pairs(write("\n").path()), Err(TrainError::Empty { .. })));
        assert!(matches!(read_pairs(Path::new("/nowhere")), Err(TrainError::File { .. })));
    }

    #[test]
    fn the_loss_asks_for_the_answer_between_its_masks() {
        let v = Vocabulary::of("Qa?");
        let e = Pair { question: "Q?".into(), answer: "aa".into() }.example(&v, 9, &String::new).expect("known");
        assert_eq!(e.tokens, [3, 2, MASK, 4, 4]);
        assert_eq!(e.targets, [IGNORED, MASK, 4, 4, MASK]);
        assert!(matches!(
            Pair { question: "Q?".into(), answer: "aa".into() }.example(&v, 5, &String::new),
            Err(TrainError::TooLong { length: 6, most: 5, .. })
        ));
    }
}
