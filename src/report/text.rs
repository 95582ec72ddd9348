//! Small things that every output does to text and numbers.

use crate::record::Measurement;

/// Significant digits of a number in a table: fewer than `f64` has, so that the last roundings of
/// another processor's `exp` do not change a committed file.
const DIGITS: usize = 10;

/// A number with at most ten significant digits, in its shortest form: `0.25`, `1e-6`, `12000`.
///
/// Plain between `1e-4` and `1e15`, scientific outside. `NaN`, `inf` and `-inf` as they are.
pub(super) fn number(x: f64) -> String {
    if x == 0.0 {
        return "0".into();
    }
    let rounded: f64 = format!("{x:.*e}", DIGITS - 1).parse().unwrap_or(x);
    if !rounded.is_finite() || (1e-4..1e15).contains(&rounded.abs()) { format!("{rounded}") } else { format!("{rounded:e}") }
}

/// A number for reading: at most `digits` significant digits, in its shortest form.
pub(super) fn short(x: f64, digits: usize) -> String {
    number(format!("{x:.*e}", digits.max(1) - 1).parse().unwrap_or(x))
}

/// Text that is safe as content and as a double-quoted attribute of HTML, SVG and XML.
///
/// Characters that XML cannot hold, and those that turn the direction of writing around, become
/// the replacement character.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(harmless(c)),
        }
    }
    out
}

/// The character itself, or U+FFFD for one that steers a terminal, breaks XML or reorders text.
pub(super) fn harmless(c: char) -> char {
    let control = c.is_control() && c != '\n' && c != '\t';
    let turns = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let no_character = matches!(c, '\u{FFFE}' | '\u{FFFF}');
    if control || turns || no_character { '\u{FFFD}' } else { c }
}

/// One line: runs of white space become one space, harmful characters are replaced.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(harmless));
    }
    out
}

/// Breaks `text` at spaces into lines whose `measure` is at most `room`; a word longer than
/// `room` is cut. At least one line, which is empty for an empty text.
pub(super) fn wrap(text: &str, room: f64, measure: impl Fn(&str) -> f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut rest = word;
        loop {
            let line = lines.last().cloned().unwrap_or_default();
            let joined = if line.is_empty() { rest.to_string() } else { format!("{line} {rest}") };
            if measure(&joined) <= room {
                lines.pop();
                lines.push(joined);
                break;
            }
            if !line.is_empty() {
                lines.push(String::new());
                continue;
            }
            // A first character always goes in, so that the loop ends however narrow the room is.
            let fits = rest.char_indices().map(|(i, c)| i + c.len_utf8()).take_while(|end| measure(&rest[..*end]) <= room).last();
            let cut = fits.unwrap_or_else(|| rest.chars().next().map_or(0, char::len_utf8));
            lines.pop();
            lines.push(rest[..cut].to_string());
            rest = &rest[cut..];
            if rest.is_empty() {
                break;
            }
            lines.push(String::new());
        }
    }
    lines
}

/// A measurement on one line: `Var(c) = 0.249 [0.241, 0.257], 10000 draws, monte carlo`.
pub(super) fn measured(m: &Measurement) -> String {
    let unit = if m.unit == "1" || m.unit.is_empty() { String::new() } else { format!(" {}", one_line(&m.unit)) };
    let mut out = format!("{} = {}{unit}", one_line(&m.quantity), short(m.estimate, 6));
    if let (Some(low), Some(high)) = (m.low, m.high) {
        out.push_str(&format!(" [{}, {}]", short(low, 6), short(high, 6)));
    }
    if let Some(samples) = m.samples {
        out.push_str(&format!(", {}", count(usize::try_from(samples).unwrap_or(usize::MAX), "draw", "draws")));
    }
    if !m.method.is_empty() {
        out.push_str(&format!(", {}", one_line(&m.method)));
    }
    out
}

/// `1 statement`, `2 statements`.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_stable_to_ten_digits() {
        let cases = [
            (0.1 + 0.2, "0.3"),
            (-0.0, "0"),
            (1.0 / 3.0, "0.3333333333"),
            (1e-6, "1e-6"),
            (2.0e20, "2e20"),
            (-12000.0, "-12000"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-inf"),
        ];
        for (x, text) in cases {
            assert_eq!(number(x), text);
        }
        assert_ne!(number(0.333_333_333_3), number(0.333_333_334), "ten digits are kept");
        assert_eq!(short(0.012_345, 2), "0.012");
    }

    #[test]
    fn escaping_leaves_no_markup_and_no_steering_character() {
        assert_eq!(escape("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
        assert_eq!(escape("a\u{1b}[31m\u{202E}b\u{0}"), "a\u{FFFD}[31m\u{FFFD}b\u{FFFD}");
        assert_eq!(escape("β ≫ 0"), "β ≫ 0", "what needs no escape stays");
    }

    #[test]
    fn wrapping_keeps_every_character_and_the_room() {
        let measure = |s: &str| s.chars().count() as f64;
        assert_eq!(wrap("one two three", 7.0, measure), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh ij", 3.0, measure), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("αβ", 0.5, measure), ["α", "β"], "a room too narrow for anything still ends");
        assert_eq!(wrap("", 5.0, measure), [""]);
    }
}
