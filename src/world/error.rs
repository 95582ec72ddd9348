//! What can be wrong with a world's file: file, line, key, and what to do.

use std::sync::Arc;

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

/// A world's file that cannot be used.
#[derive(Debug, Error, Diagnostic)]
pub enum WorldError {
    /// The file or folder cannot be read.
    #[error("cannot read {path}: {reason}")]
    #[diagnostic(help("give a folder of *.toml files, one a question, as under experiments/"))]
    Io {
        /// The path.
        path: String,
        /// The operating system's words.
        reason: String,
    },
    /// The file is no TOML, or a key is missing, unknown or of the wrong type.
    #[error("{file}, line {line}: {reason}")]
    #[diagnostic(help("compare with the files under experiments/; docs/worlds.md lists every key"))]
    Toml {
        /// The file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong, naming the key.
        reason: String,
        /// The source.
        #[source_code]
        source_code: Arc<NamedSource<String>>,
        /// The place.
        #[label("here")]
        at: SourceSpan,
    },
}

impl WorldError {
    /// An error at a byte range of a file.
    pub fn at(file: &str, source: &str, range: std::ops::Range<usize>, reason: impl Into<String>) -> Self {
        let start = range.start.min(source.len());
        let line = source.get(..start).map_or(1, |s| s.matches('\n').count() + 1);
        let len = range.end.min(source.len()).saturating_sub(start);
        WorldError::Toml {
            file: file.to_string(),
            line,
            reason: reason.into(),
            source_code: Arc::new(NamedSource::new(file, source.to_string())),
            at: (start, len).into(),
        }
    }
}
