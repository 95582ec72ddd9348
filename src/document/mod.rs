//! Reading a sheet: what stands where, before anything is understood.
//!
//! Markdown (by pulldown-cmark), LaTeX, and plain text become parts (one a question label) of
//! blocks of pieces (words, mathematics, code). All spans are byte offsets into the text as given.

mod error;
mod label;
mod limits;
mod math;
mod structure;
mod tex;

use std::path::Path;

pub use error::DocumentError;
pub use label::Label;
pub use limits::{BYTES_MAX, NESTING_MAX};

use crate::span::{Lines, Span};

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// Running text.
    Words,
    /// Mathematics in a line.
    InlineMath,
    /// Displayed mathematics.
    DisplayMath,
    /// A code span.
    Code,
}

/// A stretch of text of one kind; its span leaves the delimiters out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its kind.
    pub kind: PieceKind,
    /// Where it stands.
    pub span: Span,
}

/// A paragraph, heading, list item, table cell or code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
}

/// What stands under one question label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The label with what it inherits; empty where a sheet has none.
    pub label: Label,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
}

/// A sheet as read.
#[derive(Debug, Clone)]
pub struct Document {
    /// File name as given.
    pub file: String,
    /// The whole text.
    pub text: String,
    /// Its lines.
    pub lines: Lines,
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// Words before the first label.
    pub outside: Vec<Span>,
}

/// Reads a file.
pub fn read(path: &Path) -> Result<Document, DocumentError> {
    let name = path.display().to_string();
    let meta = std::fs::metadata(path).map_err(|e| DocumentError::Missing { path: name.clone(), reason: e.to_string() })?;
    if meta.is_dir() {
        return Err(DocumentError::Directory { path: name });
    }
    if meta.len() > BYTES_MAX as u64 {
        return Err(DocumentError::TooLong { path: name, bytes: meta.len() });
    }
    let bytes = std::fs::read(path).map_err(|e| DocumentError::Missing { path: name.clone(), reason: e.to_string() })?;
    read_text(&name, &bytes)
}

/// Reads a sheet from bytes; `file` is the name for messages and, by its ending, for the format.
pub fn read_text(file: &str, bytes: &[u8]) -> Result<Document, DocumentError> {
    if bytes.len() > BYTES_MAX {
        return Err(DocumentError::TooLong { path: file.into(), bytes: bytes.len() as u64 });
    }
    let text = std::str::from_utf8(bytes).map_err(|e| DocumentError::not_utf8(file, bytes, e.valid_up_to()))?;
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(DocumentError::Empty { path: file.into() });
    }
    limits::check(file, text)?;
    let text = text.to_string();
    let lines = Lines::of(&text);
    let latex = file.ends_with(".tex") || text.contains("\\begin{document}");
    let regions = math::regions(&text, latex);
    let (masked, labels) = if latex { tex::mask(&text, &regions) } else { label::mask(&text, &regions) };
    let blocks = structure::blocks(&text, &masked, &regions, &labels);
    let (parts, outside) = split(blocks, labels);
    Ok(Document { file: file.into(), text, lines, parts, outside })
}

/// Gives each piece to the label that stands last before it.
fn split(blocks: Vec<Block>, labels: Vec<Label>) -> (Vec<Part>, Vec<Span>) {
    let mut outside = Vec::new();
    if labels.is_empty() {
        return (vec![Part { label: Label::default(), blocks }], outside);
    }
    let mut parts: Vec<Part> = labels.into_iter().map(|label| Part { label, blocks: vec![] }).collect();
    let starts: Vec<(usize, usize)> = parts.iter().map(|p| p.label.span.map_or((0, 0), |s| (s.start, s.end))).collect();
    for block in blocks {
        let mut by_part: Vec<(Option<usize>, Vec<Piece>)> = Vec::new();
        for piece in block.pieces {
            let owner = starts.partition_point(|(start, _)| *start <= piece.span.start).checked_sub(1);
            match by_part.last_mut() {
                Some((last, list)) if *last == owner => list.push(piece),
                _ => by_part.push((owner, vec![piece])),
            }
        }
        for (owner, pieces) in by_part {
            match owner {
                Some(i) => parts[i].blocks.push(Block { pieces }),
                None => outside.extend(pieces.iter().map(|p| p.span)),
            }
        }
    }
    (parts, outside)
}

/// The label forms that are understood, for messages.
pub fn looked_for() -> &'static str {
    "a question label at the beginning of a line, such as `1.a)i)`, `b) ii)`, `(c)(i)`, `### Q1b.ii`, `**1 (b) (ii)**`, `Question 2 d)` or `\\section*{1 (a)}`"
}
