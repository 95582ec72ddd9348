//! How large and how deep a sheet may be.

use super::error::DocumentError;

/// Largest sheet that is read, in bytes.
pub const BYTES_MAX: usize = 1 << 20;

/// Deepest nesting of brackets that is read.
pub const NESTING_MAX: usize = 64;

/// NUL characters and deep nesting are errors with their place. Brackets are counted within a
/// paragraph: an unmatched one does not add up over a sheet.
pub fn check(file: &str, text: &str) -> Result<(), DocumentError> {
    let mut depth = 0usize;
    let mut blank = false;
    for (at, c) in text.char_indices() {
        match c {
            '\0' => {
                return Err(DocumentError::at(
                    file,
                    text,
                    at,
                    "a NUL character; expected text".into(),
                    "save the sheet as plain UTF-8 text",
                ));
            }
            '\n' if blank => depth = 0,
            '\n' => blank = true,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        blank = blank && c.is_whitespace();
        if depth > NESTING_MAX {
            return Err(DocumentError::nested(file, text, at));
        }
    }
    Ok(())
}
