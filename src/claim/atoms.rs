//! A sentence as bare atoms: words, letters, numbers and signs, with notation of formulas levelled.
//!
//! Sentences about growth mix words and formulas freely (`ℓ→2ℓ: twice as much`), and a reader of them needs
//! neither brackets nor fonts.

use crate::span::Span;

/// An atom with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Atom {
    /// A word in lower case, a letter as written, a number, or a sign.
    pub text: String,
    /// Its place in the whole text.
    pub span: Span,
}

/// The text of the atom at a place; nothing behind the last.
pub fn text_at(list: &[Atom], at: usize) -> &str {
    list.get(at).map_or("", |a| a.text.as_str())
}

/// Whether one of some words stands at a place.
pub fn is(list: &[Atom], at: usize, words: &[&str]) -> bool {
    list.get(at).is_some_and(|a| words.contains(&a.text.as_str()))
}

/// The atoms of a stretch of the text.
pub fn atoms(text: &str, within: Span) -> Vec<Atom> {
    let source = within.of(text);
    let mut out: Vec<Atom> = Vec::new();
    // A stretch may begin behind the sign that opens its first formula.
    let above = text[..within.start].rsplit("\n\n").next().unwrap_or_default();
    let opened = above.matches("\\(").count() > above.matches("\\)").count();
    let mut math = opened || above.matches('$').count() % 2 == 1;
    let mut rest = source.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let mut end = at + c.len_utf8();
        let mut take = |keep: &dyn Fn(char) -> bool| {
            while let Some((i, d)) = rest.next_if(|(_, d)| keep(*d)) {
                end = i + d.len_utf8();
            }
            end
        };
        let (from, to) = match c {
            '$' => {
                math = !math;
                continue;
            }
            '\\' => (at + 1, take(&|d| d.is_ascii_alphabetic())),
            _ if c.is_ascii_digit() => (at, take(&|d| d.is_ascii_digit())),
            _ if c.is_alphabetic() && !math => (at, take(&char::is_alphabetic)),
            _ => (at, end),
        };
        // `\(` and `\[` open a formula as `$` does.
        if c == '\\'
            && from == to
            && let Some((_, bracket)) = rest.next_if(|(_, d)| matches!(d, '(' | ')' | '[' | ']'))
        {
            math = matches!(bracket, '(' | '[');
            continue;
        }
        let span = Span::new(within.start + at, within.start + to);
        let piece = source.get(from..to).unwrap_or_default();
        for text in levelled(piece, c == '\\') {
            out.push(Atom { text, span });
        }
    }
    decimals(contracted(denials(grouped(text, out))))
}

/// "… O(l m) – the first layer stays linear": a dash with white space around it, before a word, parts clauses as a comma does.
pub fn dashes(text: &str, list: Vec<Atom>) -> Vec<Atom> {
    let mut out = list;
    for at in 1..out.len().saturating_sub(1) {
        let white = |from: usize, to: usize| text.get(from..to).is_some_and(|gap| gap.starts_with(char::is_whitespace));
        let apart = white(out[at - 1].span.end, out[at].span.start) && white(out[at].span.end, out[at + 1].span.start);
        let word = out[at + 1].text.chars().count() > 1 && out[at + 1].text.chars().all(char::is_alphabetic);
        // Behind a letter or a number it may take something away.
        let operand = out[at - 1].text.chars().count() == 1 && out[at - 1].text != ")" || out[at - 1].text.parse::<f64>().is_ok();
        if matches!(out[at].span.of(text), "–" | "—") && apart && word && !operand {
            out[at].text = ",".into();
        }
    }
    out
}

/// `isn't` as `is`, `not`.
fn denials(mut atoms: Vec<Atom>) -> Vec<Atom> {
    const VERBS: &[(&str, &str)] = &[
        ("isn", "is"),
        ("aren", "are"),
        ("wasn", "was"),
        ("won", "will"),
        ("hasn", "has"),
        ("couldn", "could"),
        ("wouldn", "would"),
    ];
    for at in 2..atoms.len() {
        let [verb, mark, t] = [at - 2, at - 1, at].map(|i| atoms[i].text.clone());
        let Some((_, plain)) = VERBS.iter().find(|(v, _)| *v == verb && matches!(mark.as_str(), "'" | "’") && t == "t") else {
            continue;
        };
        atoms[at - 2].text = (*plain).into();
        atoms[at].text = "not".into();
    }
    atoms
}

/// `4{,}194{,}304` and `4\,194\,304` as one number.
fn grouped(text: &str, atoms: Vec<Atom>) -> Vec<Atom> {
    const SIGNS: &[&str] = &["{,}", "\\,", "\u{2009}", "\u{202f}"];
    let digits = |a: &Atom| a.text.chars().all(|c| c.is_ascii_digit());
    let mut out: Vec<Atom> = Vec::with_capacity(atoms.len());
    for atom in atoms {
        let comma = out.last().is_some_and(|a| a.text == ",");
        let head = out.len().checked_sub(1 + usize::from(comma)).map(|i| &out[i]);
        let joins = |h: &Atom| {
            let gap = text.get(h.span.end..atom.span.start).unwrap_or_default();
            let begins = h.span.len() <= 3 || SIGNS.iter().any(|s| h.span.of(text).contains(s));
            digits(h) && digits(&atom) && atom.text.len() == 3 && begins && SIGNS.contains(&gap)
        };
        match head.is_some_and(joins) {
            true => {
                if comma {
                    out.pop();
                }
                if let Some(last) = out.last_mut() {
                    last.text.push_str(&atom.text);
                    last.span = last.span.to(atom.span);
                }
            }
            false => out.push(atom),
        }
    }
    out
}

/// `we'd` as `we`, `would`: behind an apostrophe a letter of a contraction is no letter of mathematics.
fn contracted(atoms: Vec<Atom>) -> Vec<Atom> {
    const ENDS: &[(&str, &str)] = &[("d", "would"), ("ll", "will"), ("re", "are"), ("ve", "have"), ("m", "am")];
    const WHO: &[&str] = &["i", "I", "we", "you", "it", "that", "this", "they", "one", "there", "he", "she"];
    let mut out: Vec<Atom> = Vec::with_capacity(atoms.len());
    for mut atom in atoms {
        let n = out.len();
        let full = ENDS.iter().find(|(end, _)| *end == atom.text);
        let glued = n >= 2
            && matches!(out[n - 1].text.as_str(), "'" | "’")
            && out[n - 1].span.end == atom.span.start
            && out[n - 2].span.end == out[n - 1].span.start
            && WHO.contains(&out[n - 2].text.as_str());
        if let (Some((_, word)), true) = (full, glued) {
            out.pop();
            atom.text = (*word).into();
        }
        out.push(atom);
    }
    out
}

/// A piece as one atom, or as the letters of a product; nothing for white space and fonts.
fn levelled(piece: &str, command: bool) -> Vec<String> {
    let one = |s: &str| vec![s.to_string()];
    match piece {
        "ell" | "ℓ" => one("l"),
        "to" | "rightarrow" | "mapsto" | "longrightarrow" if command => one("->"),
        "→" | "↦" | "⟶" => one("->"),
        "cdot" | "times" if command => one("*"),
        "·" | "×" | "⋅" => one("*"),
        "−" | "–" => one("-"),
        "infty" if command => one("∞"),
        "sqrt" if command => one("√"),
        "le" | "leq" | "leqslant" if command => one("≤"),
        "ge" | "geq" | "geqslant" if command => one("≥"),
        "ll" if command => one("≪"),
        "gg" if command => one("≫"),
        "Theta" if command => one("Θ"),
        "²" => vec!["^".into(), "2".into()],
        "³" => vec!["^".into(), "3".into()],
        "½" => one("half"),
        "" | "{" | "}" => vec![],
        _ if command && piece.len() > 1 => vec![],
        _ if piece.chars().all(char::is_whitespace) => vec![],
        _ if piece.contains('ℓ') && piece.chars().count() <= 4 => {
            piece.chars().map(|c| if c == 'ℓ' { "l".into() } else { c.to_string() }).collect()
        }
        _ if piece.chars().count() == 1 => one(piece),
        _ => one(&piece.to_lowercase()),
    }
}

/// `1`, `.`, `5` without space between them is one number; so is `->` from its two signs.
fn decimals(atoms: Vec<Atom>) -> Vec<Atom> {
    let mut out: Vec<Atom> = Vec::new();
    let digit = |a: &Atom| a.text.starts_with(|c: char| c.is_ascii_digit());
    for atom in atoms {
        let n = out.len();
        let joins = |a: &Atom, b: &Atom| a.span.end == b.span.start;
        if n >= 2
            && digit(&atom)
            && out[n - 1].text == "."
            && digit(&out[n - 2])
            && joins(&out[n - 1], &atom)
            && joins(&out[n - 2], &out[n - 1])
        {
            out.pop();
            if let Some(last) = out.last_mut() {
                last.text = format!("{}.{}", last.text, atom.text);
                last.span = last.span.to(atom.span);
            }
        } else if atom.text == ">" && out.last().is_some_and(|a| a.text == "-" && joins(a, &atom)) {
            if let Some(last) = out.last_mut() {
                last.text = "->".into();
                last.span = last.span.to(atom.span);
            }
        } else {
            out.push(atom);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        atoms(text, Span::new(0, text.len())).into_iter().map(|a| a.text).collect()
    }

    #[test]
    fn notation_is_levelled() {
        assert_eq!(of(r"$\ell\to2\ell$, Lℓ² by 62.5 %."), ["l", "->", "2", "l", ",", "L", "l", "^", "2", "by", "62.5", "%", "."]);
        assert_eq!(of("m -> 2m"), ["m", "->", "2", "m"]);
        assert_eq!(of(r"$l^2=4{,}194{,}304, 12$"), ["l", "^", "2", "=", "4194304", ",", "12"]);
        assert_eq!(of("we'd get l d"), ["we", "would", "get", "l", "d"]);
        assert_eq!(of("I'm sure of m"), ["I", "am", "sure", "of", "m"]);
    }
}
