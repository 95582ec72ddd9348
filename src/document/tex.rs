//! Plain LaTeX: comments, preamble and markup are masked, sections and items give the labels.

use super::label::{Label, State, fill, parse};
use super::math::Region;
use crate::span::Span;

/// Commands whose braces hold running text or a label.
const TITLES: &[&str] = &[
    "\\section*{",
    "\\section{",
    "\\subsection*{",
    "\\subsection{",
    "\\subsubsection*{",
    "\\subsubsection{",
    "\\paragraph{",
    "\\part{",
    "\\question{",
    "\\textbf{",
    "\\part ",
    "\\question ",
    "\\subpart ",
];

/// The text with mathematics, markup and labels masked (same length), and the labels found.
pub fn mask(text: &str, regions: &[Region]) -> (String, Vec<Label>) {
    let mut masked = text.as_bytes().to_vec();
    for region in regions {
        fill(&mut masked, region.outer, b'M');
    }
    let begin = text.find("\\begin{document}").map_or(0, |n| n + "\\begin{document}".len());
    let end = text.find("\\end{document}").unwrap_or(text.len()).max(begin);
    fill(&mut masked, Span::new(0, begin), b' ');
    fill(&mut masked, Span::new(end, text.len()), b' ');
    let mut labels = Vec::new();
    let mut state = State::default();
    let mut lists: Vec<usize> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let inside =
            start + line.len() > begin && start < end && !regions.iter().any(|r| r.outer.start < start && start < r.outer.end);
        if inside {
            one_line(line, start, &mut masked, &mut labels, &mut state, &mut lists);
        }
        start += line.len();
    }
    // Leading blanks must not make code blocks of paragraphs; brackets and stars are no markup here.
    for b in &mut masked {
        if matches!(*b, b'*' | b'_' | b'[' | b']' | b'<' | b'#' | b'`' | b'\\' | b'&' | b'~' | b'!') {
            *b = b'M';
        }
    }
    (String::from_utf8_lossy(&masked).into_owned(), labels)
}

fn one_line(line: &str, start: usize, masked: &mut [u8], labels: &mut Vec<Label>, state: &mut State, lists: &mut Vec<usize>) {
    let indent = line.len() - line.trim_start().len();
    let body = line.trim_start();
    let at = start + indent;
    if let Some(n) = line.find('%').filter(|n| *n == 0 || line.as_bytes()[n - 1] != b'\\') {
        fill(masked, Span::new(start + n, start + line.len()), b' ');
        if n == indent {
            return;
        }
    }
    if body.starts_with("\\begin{") || body.starts_with("\\end{") {
        let close = body.find('}').map_or(body.len(), |n| n + 1);
        let untouched = masked[at] != b'M';
        if untouched {
            fill(masked, Span::new(at, at + body.trim_end().len().min(close)), b' ');
            if body.starts_with("\\begin{enumerate}") {
                lists.push(0);
            } else if body.starts_with("\\end{enumerate}") {
                lists.pop();
            }
        }
        return;
    }
    if let Some(title) = TITLES.iter().find(|t| body.starts_with(**t)) {
        let inner = &body[title.len()..];
        if let Some((length, components)) = parse(inner, true)
            && let Some(path) = state.accept(&components, true)
        {
            let span = Span::new(at + title.len(), at + title.len() + length);
            labels.push(Label { path, span: Some(span) });
            fill(masked, span, b'L');
        }
        fill(masked, Span::new(at, at + title.len()), b' ');
        if let Some(close) = inner.find('}') {
            fill(masked, Span::new(at + title.len() + close, at + title.len() + close + 1), b' ');
        }
        return;
    }
    if let Some(rest) = body.strip_prefix("\\item") {
        item(rest, at, masked, labels, state, lists);
    } else if let Some((length, components)) = parse(body, false)
        && let Some(path) = state.accept(&components, body[length..].trim().is_empty())
    {
        let span = Span::new(at, at + length);
        labels.push(Label { path, span: Some(span) });
        fill(masked, span, b'L');
    }
}

/// `\item[(i)]` carries its label; a bare `\item` of nested enumerations counts 1, (a), i.
fn item(rest: &str, at: usize, masked: &mut [u8], labels: &mut Vec<Label>, state: &mut State, lists: &mut [usize]) {
    let length = "\\item".len();
    if let Some(inner) = rest.strip_prefix('[')
        && let Some(close) = inner.find(']')
    {
        let parsed = parse(&inner[..close], true);
        let span = Span::new(at, at + length + close + 2);
        if let Some(path) = parsed.and_then(|(_, components)| state.accept(&components, true)) {
            labels.push(Label { path, span: Some(span) });
        }
        fill(masked, span, b'L');
        return;
    }
    fill(masked, Span::new(at, at + length), b'L');
    let depth = lists.len();
    let Some(count) = lists.last_mut() else {
        return;
    };
    *count += 1;
    let component = match depth {
        1 => count.to_string(),
        2 => char::from(b'a' + (*count as u8).clamp(1, 26) - 1).to_string(),
        _ => ["i", "ii", "iii", "iv", "v", "vi"].get(*count - 1).unwrap_or(&"vi").to_string(),
    };
    if let Some(path) = state.accept(&[component], true) {
        labels.push(Label { path, span: Some(Span::new(at, at + length)) });
    }
}
