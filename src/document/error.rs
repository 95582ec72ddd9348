//! What can be wrong with a sheet: each error says what was expected, what was found, what to do.

use std::sync::Arc;

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

use super::limits::{BYTES_MAX, NESTING_MAX};

/// A sheet that cannot be read.
#[derive(Debug, Error, Diagnostic)]
pub enum DocumentError {
    /// There is no such file, or it cannot be opened.
    #[error("cannot read {path}: {reason}")]
    #[diagnostic(code(attest::missing), help("give the path of a Markdown, LaTeX or text file"))]
    Missing {
        /// The path.
        path: String,
        /// The operating system's words.
        reason: String,
    },
    /// The path is a folder.
    #[error("{path} is a directory; expected a file")]
    #[diagnostic(code(attest::directory), help("give one answer sheet, e.g. {path}/answers.md"))]
    Directory {
        /// The path.
        path: String,
    },
    /// Nothing but white space.
    #[error("{path} is empty; expected an answer sheet")]
    #[diagnostic(code(attest::empty), help("write the answers under question labels such as `1.a)i)`"))]
    Empty {
        /// The path.
        path: String,
    },
    /// Too many bytes.
    #[error("{path} has {bytes} bytes; at most {BYTES_MAX} are read")]
    #[diagnostic(code(attest::too_long), help("split the sheet, or remove pasted data"))]
    TooLong {
        /// The path.
        path: String,
        /// Its size.
        bytes: u64,
    },
    /// Bytes that are no UTF-8.
    #[error("{path}, line {line}: byte {offset} (0x{byte:02x}) is not UTF-8")]
    #[diagnostic(code(attest::not_utf8), help("save the file as UTF-8, e.g. with `iconv -f latin1 -t utf8`"))]
    NotUtf8 {
        /// The path.
        path: String,
        /// Line, from 1.
        line: usize,
        /// Offset of the byte.
        offset: usize,
        /// The byte.
        byte: u8,
    },
    /// Something that no text has, or brackets nested too deep.
    #[error("{path}, line {line}, column {column}: {reason}")]
    #[diagnostic(code(attest::limits), help("{help}"))]
    At {
        /// The path.
        path: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What was found and what is allowed.
        reason: String,
        /// What to do.
        help: String,
        /// The source.
        #[source_code]
        source_code: Arc<NamedSource<String>>,
        /// The place.
        #[label("here")]
        at: SourceSpan,
    },
}

impl DocumentError {
    pub(super) fn not_utf8(file: &str, bytes: &[u8], offset: usize) -> Self {
        let line = bytes[..offset].iter().filter(|b| **b == b'\n').count() + 1;
        DocumentError::NotUtf8 { path: file.into(), line, offset, byte: bytes.get(offset).copied().unwrap_or(0) }
    }

    /// An error at a byte offset of a text.
    pub fn at(file: &str, text: &str, offset: usize, reason: String, help: &str) -> Self {
        let (line, column) = crate::span::Lines::of(text).position(text, offset);
        DocumentError::At {
            path: file.into(),
            line,
            column,
            reason,
            help: help.into(),
            source_code: Arc::new(NamedSource::new(file, text.to_string())),
            at: (offset, 1).into(),
        }
    }

    pub(super) fn nested(file: &str, text: &str, offset: usize) -> Self {
        let reason = format!("brackets are nested more than {NESTING_MAX} deep");
        DocumentError::at(file, text, offset, reason, "close brackets, or split the expression")
    }
}
