//! Question labels as people write them, and what each inherits from the one before.

use super::math::Region;
use crate::span::Span;

/// A question label.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Label {
    /// Number, letter, roman numeral, as far as known: `["1", "b", "ii"]`, `["ii"]`.
    pub path: Vec<String>,
    /// Where it is written; `None` where a sheet has no label.
    pub span: Option<Span>,
}

const ROMAN: &[&str] = &["i", "ii", "iii", "iv", "v", "vi"];

/// The level of a component: 0 for numbers, 1 for letters, 2 for roman numerals.
fn level(component: &str) -> Option<usize> {
    if component.len() == 1 && component.as_bytes()[0].is_ascii_digit() && component != "0" {
        Some(0)
    } else if ROMAN.contains(&component) {
        Some(2)
    } else if component.len() == 1 && ('a'..='h').contains(&component.chars().next()?) {
        Some(1)
    } else {
        None
    }
}

/// The text with mathematics and labels masked (same length), and the labels found.
pub fn mask(text: &str, regions: &[Region]) -> (String, Vec<Label>) {
    let mut masked = text.as_bytes().to_vec();
    for region in regions {
        fill(&mut masked, region.outer, b'M');
    }
    let mut labels: Vec<Label> = Vec::new();
    let mut state = State::default();
    let found = candidates(text, regions);
    for (i, candidate) in found.iter().enumerate() {
        // "(2) α_b = …" inside a question numbers a formula.
        let bracketed = candidate.span.of(text).starts_with('(');
        let item = candidate.plain_number && (state.path[0].is_none() || bracketed) && {
            let told = !state.path.iter().all(Option::is_none) || !text[..candidate.span.start].trim().is_empty();
            let headed = found.get(i + 1).is_some_and(|next| next.components.first().and_then(|c| level(c)) == Some(1));
            told && !headed
        };
        if !item && let Some(path) = state.accept(&candidate.components, candidate.alone) {
            fill(&mut masked, candidate.span, b'L');
            labels.push(Label { path, span: Some(candidate.span) });
        }
    }
    protect(&mut masked);
    (String::from_utf8_lossy(&masked).into_owned(), labels)
}

/// What may be a label, or the number of a list's item.
struct Candidate {
    span: Span,
    components: Vec<String>,
    /// Whether nothing else stands on its line.
    alone: bool,
    /// Whether it is a bare number with text after it. Where no question's number was told before, it begins
    /// an item of a list, unless a lettered label follows: "1. Attention", "(a) …".
    plain_number: bool,
}

fn candidates(text: &str, regions: &[Region]) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut fenced = false;
    for line in text.split_inclusive('\n') {
        fenced ^= line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        let taken = regions.iter().any(|r| r.outer.start < start && start < r.outer.end);
        // In a program `# A: (d, m)` is a remark; a whole label is one there too.
        let label = at_line_start(line, start).filter(|(_, components)| !fenced || components.len() > 1);
        if !taken && let Some((span, components)) = label {
            let rest = text[span.end..start + line.len()].trim_matches(|c: char| c.is_whitespace() || c == '*');
            let alone = rest.is_empty();
            let marked = line.trim_start().starts_with(['#', '*'])
                || span.of(text).starts_with(['Q', 'P', 'E', 'A', 'T', 'q', 'p', 'e', 'a', 't']);
            let plain_number = !alone && !marked && components.len() == 1 && level(&components[0]) == Some(0);
            found.push(Candidate { span, components, alone, plain_number });
        }
        start += line.len();
    }
    found
}

/// What the labels before have set.
#[derive(Default)]
pub(super) struct State {
    path: [Option<String>; 3],
    /// Numbers of an ordered list that runs inside the present part.
    listed: Option<u32>,
}

impl State {
    /// The whole path of a label, or `None` where it is an item of a list.
    pub(super) fn accept(&mut self, components: &[String], alone: bool) -> Option<Vec<String>> {
        let first = level(components.first()?)?;
        if components.len() == 1 && first == 0 {
            let number: u32 = components[0].parse().ok()?;
            let current: u32 = self.path[0].as_deref().and_then(|n| n.parse().ok()).unwrap_or(0);
            let advances = number == current + 1 || current == 0;
            let continues_list = self.listed == Some(number.wrapping_sub(1));
            if !alone && (!advances || continues_list || current != 0 && number == 1) {
                self.listed = Some(number);
                return None;
            }
        }
        self.listed = None;
        for slot in &mut self.path[first..] {
            *slot = None;
        }
        for component in components {
            self.path[level(component)?] = Some(component.clone());
        }
        Some(self.path.iter().flatten().cloned().collect())
    }
}

/// A label at the beginning of a line: its span and components.
fn at_line_start(line: &str, offset: usize) -> Option<(Span, Vec<String>)> {
    let body = line.trim_start_matches([' ', '\t', '\u{feff}']);
    let mut at = line.len() - body.len();
    let mut body = body;
    for marker in ["- ", "* ", "+ ", "• "] {
        if let Some(rest) = body.strip_prefix(marker) {
            at += body.len() - rest.trim_start().len();
            body = rest.trim_start();
        }
    }
    let hashes = body.trim_start_matches('#');
    let heading = hashes.len() < body.len();
    if heading {
        at += body.len() - hashes.trim_start().len();
        body = hashes.trim_start();
    }
    let bold = body.trim_start_matches('*');
    let emphasised = body.len() - bold.len() >= 2;
    if emphasised {
        at += body.len() - bold.len();
        body = bold;
    }
    let (length, components) = parse(body, heading || emphasised)?;
    Some((Span::new(offset + at, offset + at + length), components))
}

/// The components of a label at the beginning of `text` and how long it is.
///
/// The last component must be closed (`)`, `.`, `:`, `-`) unless the label stands in a heading,
/// in bold, or after a word such as `Question`.
pub(super) fn parse(text: &str, marked: bool) -> Option<(usize, Vec<String>)> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() || ["i.e", "e.g", "a.k.a", "i. e"].iter().any(|x| lower.starts_with(x)) {
        return None;
    }
    let (mut at, named) = introduction(&lower, text);
    let mut components: Vec<String> = Vec::new();
    let mut closed = false;
    let mut end = at;
    while let Some((next, component, is_closed, glued_on)) = component(&lower, at) {
        if glued_on || level(&component).is_none() || components.last().is_some_and(|c| level(c) >= level(&component)) {
            break;
        }
        components.push(component);
        closed = is_closed;
        end = next;
        at = next + lower[next..].len() - lower[next..].trim_start_matches([' ', '-', ',']).len();
        if lower[at..].starts_with("part ") {
            at += 5;
        }
    }
    if components.is_empty() {
        return None;
    }
    let rest = &lower[end..];
    let ends_line = rest.trim_matches(|c: char| c.is_whitespace() || c == '*' || c == ':').is_empty();
    // `1.d.i q = …`: number, letter and numeral together are a label without a mark behind them.
    let whole = components.len() == 3 && rest.starts_with(' ');
    let good = closed || whole || (marked || named) && (ends_line || rest.starts_with(['*', ':', ' ', '.']));
    if rest.trim_start().starts_with(['=', '≈', '∈', '~', '<', '>', '→', '·', '*', '+']) && !rest.trim_start().starts_with("**")
    {
        return None;
    }
    if !good || closed && rest.starts_with(|c: char| c.is_ascii_digit() || c == '=') {
        return None;
    }
    // `A.T`, `A.shape`: what belongs to a name.
    if lower[..end].ends_with('.') && rest.starts_with(char::is_alphabetic) {
        return None;
    }
    let tail = rest.len() - rest.trim_start_matches([':', ')', '.']).len();
    Some((end + tail, components))
}

/// `Question `, `Q`, `Problem `, `Part `: where the components begin and whether there was such a word.
fn introduction(lower: &str, text: &str) -> (usize, bool) {
    for word in ["question", "problem", "exercise", "answer to", "answer", "task", "part", "ex."] {
        if let Some(rest) = lower.strip_prefix(word)
            && rest.starts_with([' ', '(', ':'])
        {
            return (lower.len() - rest.trim_start_matches([' ', ':']).len(), true);
        }
    }
    match lower.strip_prefix('q') {
        // `q1 = …` is mathematics.
        Some(rest) if text.starts_with('Q') && rest.starts_with(|c: char| c.is_ascii_digit()) => (1, true),
        _ => (0, false),
    }
}

/// One component at `at`: where it ends, its text, whether it is closed, and whether it runs on
/// into a word.
fn component(lower: &str, at: usize) -> Option<(usize, String, bool, bool)> {
    let rest = &lower[at..];
    let inner = rest.strip_prefix('(');
    let body = inner.unwrap_or(rest).trim_start_matches(' ');
    let first = body.chars().next()?;
    let text: String = if first.is_ascii_digit() {
        body.chars().take_while(char::is_ascii_digit).collect()
    } else {
        let run: String = body.chars().take_while(char::is_ascii_alphabetic).collect();
        // `1bii` and `b.ii`: a letter and a numeral may be glued after a number.
        match ROMAN.iter().rev().find(|r| run == **r) {
            Some(r) => (*r).to_string(),
            None if run.len() > 1 && at > 0 && ROMAN.contains(&&run[1..]) => run[..1].to_string(),
            None => run,
        }
    };
    if text.is_empty() {
        return None;
    }
    let mut end = at + (rest.len() - body.len()) + text.len();
    let after = &lower[end..];
    let mut closed = false;
    if inner.is_some() {
        let close = after.trim_start_matches(' ').strip_prefix(')')?;
        end = lower.len() - close.len();
        closed = true;
    }
    let marks = lower[end..].len() - lower[end..].trim_start_matches([')', '.', ':', ']']).len();
    let dash = lower[end..].starts_with('-') && lower[end + 1..].starts_with(['i', 'v']);
    closed |= marks > 0;
    end += marks + usize::from(dash);
    let glued_on = marks == 0
        && inner.is_none()
        && !dash
        && lower[end..].starts_with(|c: char| c.is_ascii_digit() || !c.is_ascii() || c == '_' || c == '/' || c == '^');
    Some((end, text, closed, glued_on))
}

pub(super) fn fill(masked: &mut [u8], span: Span, with: u8) {
    for b in &mut masked[span.start..span.end] {
        if *b != b'\n' {
            *b = with;
        }
    }
}

/// Characters of plain mathematics that Markdown would read as markup are masked.
fn protect(masked: &mut [u8]) {
    let word = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80 || matches!(b, b')' | b'(' | b'}'));
    for i in 0..masked.len() {
        let (before, after) = (i.checked_sub(1).and_then(|j| masked.get(j)).copied(), masked.get(i + 1).copied());
        let inside = match masked[i] {
            b'_' | b'*' => word(before.as_ref()) && word(after.as_ref()) || after == Some(b' ') && before == Some(b' '),
            b'<' | b'[' | b']' | b'\\' | b'&' | b'~' | b'!' => true,
            _ => false,
        };
        if inside {
            masked[i] = b'M';
        }
    }
}
