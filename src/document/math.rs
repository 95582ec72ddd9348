//! Where the mathematics stands: `$..$`, `$$..$$`, `\(..\)`, `\[..\]` and display environments.

use crate::span::Span;

/// A stretch of mathematics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// With its delimiters.
    pub outer: Span,
    /// Without them.
    pub inner: Span,
    /// Whether it is displayed.
    pub display: bool,
}

/// Environments whose content is displayed mathematics.
const ENVIRONMENTS: &[&str] = &[
    "align",
    "align*",
    "equation",
    "equation*",
    "gather",
    "gather*",
    "multline",
    "multline*",
    "eqnarray",
    "eqnarray*",
    "displaymath",
    "math",
    "flalign",
    "flalign*",
    "alignat",
    "alignat*",
];

/// The mathematics of a text, in order. An opening that is never closed is plain text.
pub fn regions(text: &str, latex: bool) -> Vec<Region> {
    let bytes = text.as_bytes();
    let mut out: Vec<Region> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let found = match bytes[at] {
            b'`' => {
                at = after_code(text, at);
                continue;
            }
            b'%' if latex && (at == 0 || bytes[at - 1] != b'\\') => {
                at = text[at..].find('\n').map_or(bytes.len(), |n| at + n);
                continue;
            }
            b'$' if bytes.get(at + 1) == Some(&b'$') => delimited(text, at, "$$", "$$", true),
            b'$' => inline(text, at),
            b'\\' => match bytes.get(at + 1) {
                Some(b'(') => delimited(text, at, "\\(", "\\)", false),
                Some(b'[') => delimited(text, at, "\\[", "\\]", true),
                Some(b'b') => environment(text, at),
                Some(_) => {
                    at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8);
                    continue;
                }
                None => None,
            },
            _ => None,
        };
        match found {
            Some(region) => {
                at = region.outer.end;
                out.push(region);
            }
            None => at += 1,
        }
    }
    out
}

/// Past a code span; past the backtick where it is never closed.
fn after_code(text: &str, at: usize) -> usize {
    let ticks = text[at..].bytes().take_while(|b| *b == b'`').count();
    let fence = &text[at..at + ticks];
    text[at + ticks..].find(fence).map_or(at + ticks, |n| at + ticks + n + ticks)
}

fn delimited(text: &str, at: usize, open: &str, close: &str, display: bool) -> Option<Region> {
    let start = at + open.len();
    // A display may span lines but not two blank ones.
    let reach = text[start..].find("\n\n\n").map_or(text.len(), |n| start + n);
    let end = start + text[start..reach].find(close)?;
    (!text[start..end].trim().is_empty()).then(|| Region {
        outer: Span::new(at, end + close.len()),
        inner: Span::new(start, end),
        display,
    })
}

/// `$..$` within one paragraph, not around a price.
fn inline(text: &str, at: usize) -> Option<Region> {
    let start = at + 1;
    let reach = text[start..].find("\n\n").map_or(text.len(), |n| start + n);
    let bytes = text.as_bytes();
    let mut end = start;
    while end < reach {
        match bytes[end] {
            b'\\' => end += 1,
            b'$' => {
                let inner = text.get(start..end)?;
                let price = inner.starts_with(|c: char| c.is_ascii_digit()) && inner.ends_with(char::is_whitespace);
                return (!inner.trim().is_empty() && !price).then(|| Region {
                    outer: Span::new(at, end + 1),
                    inner: Span::new(start, end),
                    display: false,
                });
            }
            _ => {}
        }
        end += 1;
    }
    None
}

fn environment(text: &str, at: usize) -> Option<Region> {
    let rest = text[at..].strip_prefix("\\begin{")?;
    let name = &rest[..rest.find('}')?];
    if !ENVIRONMENTS.contains(&name) {
        return None;
    }
    delimited(text, at, &format!("\\begin{{{name}}}"), &format!("\\end{{{name}}}"), true)
}
