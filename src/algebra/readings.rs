//! Texts that hold notation with a second reading: `C_5^2` counts combinations, `2A_{16}` is a number, `1/2 ÷ 1/4` a quotient of fractions.

use super::decide::{Decision, Outcome};

/// Words that all say the same.
const SAID_SHORTER: &[(&str, &str)] = &[("dne", "does not exist"), ("the limit does not exist", "does not exist")];

/// A text as it is read where its notation has one reading only by custom.
pub(super) fn spelled_out(text: &str) -> String {
    let bare = text.trim().trim_matches('$').trim_end_matches('.').to_lowercase();
    SAID_SHORTER.iter().find(|(short, _)| *short == bare).map_or_else(|| text.to_string(), |(_, long)| (*long).to_string())
}

/// The verdict of two readings: where they differ, that of `other` if the first sees a letter beside a number, or nothing.
pub(super) fn settled(first: Decision, other: Decision, one_sided: bool) -> Decision {
    match (first.outcome, other.outcome) {
        (a, b) if a == b => first,
        (_, Outcome::NotChecked | Outcome::Undecided) => first,
        (Outcome::NotChecked, _) => other,
        (Outcome::Refuted, Outcome::Holds) if one_sided => other,
        _ => Decision::undecided("a power of a letter, or a number of combinations: the readings differ"),
    }
}

/// The text with `C_n^k`, `P_n^k` and `A_n^k` as numbers of choices and `2A_{16}` as its value; `None` where there are none.
pub(super) fn counted(text: &str) -> Option<String> {
    if let Some(value) = digits_in_base(text) {
        return Some(value);
    }
    let mut out = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some(k) = rest.find(['C', 'P', 'A']) {
        let (head, tail) = rest.split_at(k);
        out.push_str(head);
        let letter = &tail[..1];
        let inside_word =
            head.ends_with(|c: char| c.is_alphabetic() || c == '\\') || head.is_empty() && out.ends_with(char::is_alphabetic);
        match scripts(&tail[1..]).filter(|_| !inside_word) {
            Some((n, k, length)) => {
                found = true;
                out.push_str(&if letter == "C" {
                    format!("\\binom{{{n}}}{{{k}}}")
                } else {
                    format!("\\frac{{({n})!}}{{({n}-({k}))!}}")
                });
                rest = &tail[1 + length..];
            }
            None => {
                out.push_str(letter);
                rest = &tail[1..];
            }
        }
    }
    out.push_str(rest);
    found.then_some(out)
}

/// The contents of `_n^k` and their length together.
fn scripts(text: &str) -> Option<(&str, &str, usize)> {
    let (n, a) = script(text.trim_start().strip_prefix('_')?)?;
    let skip = text.find('_')? + 1 + a;
    let after = &text[skip..];
    let (k, b) = script(after.trim_start().strip_prefix('^')?)?;
    let whole = skip + after.find('^')? + 1 + b;
    let plain = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | ' '));
    (plain(n) && plain(k)).then_some((n, k, whole))
}

/// One character or a group in braces, with its length.
fn script(text: &str) -> Option<(&str, usize)> {
    let skipped = text.len() - text.trim_start().len();
    let inner = text.trim_start();
    if let Some(group) = inner.strip_prefix('{') {
        let end = group.find('}')?;
        return Some((group[..end].trim(), skipped + end + 2));
    }
    let c = inner.chars().next().filter(char::is_ascii_alphanumeric)?;
    Some((&inner[..c.len_utf8()], skipped + 1))
}

/// `2A_{16}`, the whole text: digits and letters in a base that has such digits.
fn digits_in_base(text: &str) -> Option<String> {
    let bare = text.trim().trim_matches('$').replace("\\text{", "").replace("\\mathrm{", "");
    let (digits, base) = bare.split_once('_')?;
    let digits = digits.trim().trim_matches(|c| matches!(c, '(' | ')' | '}' | '{'));
    let base: u32 = base.trim().trim_matches(|c| matches!(c, '{' | '}')).parse().ok().filter(|b| (11..=36).contains(b))?;
    let written = digits.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    let mixed = digits.bytes().any(|b| b.is_ascii_digit()) || digits.len() > 1;
    let letters = digits.bytes().any(|b| b.is_ascii_uppercase());
    if !(written && mixed && letters) {
        return None;
    }
    num_bigint::BigInt::parse_bytes(digits.as_bytes(), base).map(|n| n.to_string())
}

/// Whether a stroke stands behind the other sign of division, as in `1/2 ÷ 1/4`: which binds closer is not agreed upon.
pub(super) fn divides_twice(text: &str) -> bool {
    ["÷", "\\div"].iter().any(|sign| text.split_once(sign).is_some_and(|(_, behind)| behind.contains('/')))
}

/// Whether a sign of dollars stands in a text, other than the signs around mathematics.
pub(super) fn in_dollars(text: &str) -> bool {
    let bare = text.trim().trim_start_matches('-');
    text.contains("\\$")
        || bare.strip_prefix('$').is_some_and(|r| !r.contains('$') && r.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_and_digits_are_found_where_they_stand() {
        for (text, read) in [
            ("C_5^2", Some("\\binom{5}{2}")),
            ("C_{10}^{3} \\cdot 2", Some("\\binom{10}{3} \\cdot 2")),
            ("A_n^2", Some("\\frac{(n)!}{(n-(2))!}")),
            ("2A_{16}", Some("42")),
            ("\\text{FF}_{16}", Some("255")),
            ("C_5", None),
            ("x_5^2", None),
            ("ABC_5^2", None),
            ("1011_2", None),
            ("A_{16}", None),
        ] {
            assert_eq!(counted(text).as_deref(), read, "{text}");
        }
    }
}
