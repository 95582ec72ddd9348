//! What surrounds an answer is taken off before it is read.

use super::ReadError;
use super::lexer::{Token, lex};

/// Longest text that is read, in bytes.
pub const TEXT_MAX: usize = 1 << 15;

/// The tokens of an answer without the marks of bold, math and boxes around it.
pub(super) fn prepared(text: &str) -> Result<Vec<Token>, ReadError> {
    if text.len() > TEXT_MAX {
        return Err(ReadError { at: 0, message: format!("expected at most {TEXT_MAX} bytes, found {}", text.len()) });
    }
    let mut inner = text.trim();
    loop {
        let before = inner;
        for (open, close) in [
            ("**", "**"),
            ("__", "__"),
            ("$$", "$$"),
            ("$", "$"),
            ("\\(", "\\)"),
            ("\\[", "\\]"),
            ("`", "`"),
            ("*", "*"),
            ("“", "”"),
            ("\"", "\""),
        ] {
            let stripped = inner.strip_prefix(open).and_then(|r| r.strip_suffix(close));
            if let Some(rest) = stripped.filter(|r| !r.contains(open)) {
                inner = rest.trim();
            }
        }
        if let Some(rest) = inner.strip_suffix('.').filter(|r| !r.ends_with(['.', '\\'])) {
            inner = rest.trim();
        }
        if inner == before {
            break;
        }
    }
    let offset = text.find(inner).unwrap_or(0);
    let tokens = super::dress::reread(lex(inner).map_err(|e| ReadError { at: e.at + offset, ..e })?);
    if tokens.is_empty() {
        return Err(ReadError { at: 0, message: "expected an answer, found nothing".into() });
    }
    Ok(tokens)
}
