//! Running text as words and numbers, markup aside.

use crate::claim::segment::{Begins, Stretch};
use crate::span::Span;

/// A word, a number or a sign.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// In lower case.
    pub text: String,
    /// The number it is, with its digits after the point.
    pub value: Option<(f64, u32)>,
    /// Whether it is written with a capital, as names are.
    pub capital: bool,
    /// Where it stands.
    pub span: Span,
}

/// Numbers in words, with those that a compound ends in first.
const NAMED: &[(&str, f64)] = &[
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("hundred", 100.0),
];

/// The number that a word is: `seven`, `twenty-five`.
pub fn named_number(word: &str) -> Option<f64> {
    let plain = |w: &str| NAMED.iter().find(|(n, _)| *n == w).map(|(_, v)| *v);
    match word.split_once('-') {
        Some((tens, ones)) => {
            let (tens, ones) = (plain(tens)?, plain(ones)?);
            ((20.0..100.0).contains(&tens) && ones < 10.0).then_some(tens + ones)
        }
        None => plain(word),
    }
}

/// Words by which a writer comments on what a clause says; they add nothing to it.
pub const COMMENTS: &[&str] = &[
    "unfortunately",
    "sadly",
    "surprisingly",
    "actually",
    "indeed",
    "obviously",
    "interestingly",
    "luckily",
    "fortunately",
    "however",
    "naturally",
    "clearly",
    "regrettably",
    "evidently",
];

/// Words that a full stop does not end a sentence after.
const SHORT: &[&str] = &["e.g", "i.e", "ie", "eg", "approx", "ca", "resp", "cf", "vs", "no"];

impl Word {
    /// Whether it is one of these words.
    pub fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.text.as_str())
    }

    /// Whether it only comments on what is said.
    pub fn comments(&self) -> bool {
        self.is(COMMENTS)
    }

    /// Whether it is a count: a number without decimals, not a share.
    pub fn count(&self) -> Option<f64> {
        self.value.filter(|v| v.1 == 0 || v.0.fract() == 0.0).map(|v| v.0)
    }

    /// Half a unit of the number's last digit.
    pub fn slack(&self) -> f64 {
        self.value.map_or(0.0, |v| 0.5 * 10f64.powi(-(v.1 as i32)))
    }

    fn stops(&self) -> bool {
        self.text == "."
    }
}

/// The words of a part, with a full stop where a block ends.
pub fn words(stretches: &[Stretch], text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut end = None;
    for stretch in stretches {
        if let Some(end) = end
            && stretch.begins == Begins::Sentence
        {
            // The cells of one row of a table belong together.
            let between = text.get(end..stretch.span.start).unwrap_or("\n");
            let row = between.contains('|') && !between.contains('\n');
            let span = Span::new(stretch.span.start, stretch.span.start);
            out.push(Word { text: if row { "|" } else { "." }.into(), value: None, capital: false, span });
        }
        split(stretch.span.of(text), stretch.span.start, stretch.math, &mut out);
        end = Some(stretch.span.end);
    }
    drop_phrases(&mut out);
    drop_remarks(&mut out);
    same_words(&mut out);
    // "Standard errors are …": no wrong answers.
    for at in 1..out.len() {
        if out[at].is(&["errors"]) && out[at - 1].is(&["standard", "std"]) {
            out[at].text = "error".into();
        }
    }
    out
}

/// Sentences: between full stops.
pub fn sentences(words: &[Word]) -> impl Iterator<Item = &[Word]> {
    placed_sentences(words).map(|(_, s)| s)
}

/// The same, each with the place of its first word.
pub fn placed_sentences(words: &[Word]) -> impl Iterator<Item = (usize, &[Word])> {
    let mut next = 0;
    let placed = words.split(Word::stops).map(move |s| {
        let at = next;
        next += s.len() + 1;
        (at, s)
    });
    placed.filter(|(_, s)| !s.is_empty())
}

/// Whether one of some words stands at a place.
pub fn is(s: &[Word], at: usize, list: &[&str]) -> bool {
    s.get(at).is_some_and(|w| w.is(list))
}

fn split(text: &str, offset: usize, math: bool, out: &mut Vec<Word>) {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = if c.is_ascii_digit() {
            number(rest)
        } else if c.is_alphabetic() {
            letters(rest)
        } else {
            c.len_utf8()
        };
        let span = Span::new(offset + at, offset + at + length);
        let piece = &rest[..length];
        if c.is_ascii_digit() {
            // `3a` is a label, no number; `2.95x` is a multiple.
            let multiple = !math && times(&rest[length..]);
            let glued = !multiple && rest[length..].starts_with(|c: char| c.is_alphabetic() && c != 'σ');
            out.push(Word { text: piece.into(), value: value(piece).filter(|_| !glued), capital: false, span });
            if multiple {
                let span = Span::new(span.end, span.end + 1);
                out.push(Word { text: "times".into(), value: None, capital: false, span });
                at += 1;
            }
        } else if c == '&' && !math && rest[1..].starts_with(' ') {
            out.push(Word { text: "and".into(), value: None, capital: false, span });
        } else if c.is_alphabetic() {
            let text = piece.to_lowercase();
            let value = named_number(&text).map(|v| (v, 0));
            out.push(Word { text, value, capital: c.is_uppercase(), span });
        } else if matches!(c, '.' | '!' | '?') {
            if ends_sentence(out.last(), &rest[1..]) {
                out.push(Word { text: ".".into(), value: None, capital: false, span });
            }
        } else if let Some((sign, name)) = SIGNS.iter().find(|(_, name)| command(rest, name)) {
            let span = Span::new(offset + at, offset + at + name.len());
            out.push(Word { text: (*sign).into(), value: None, capital: false, span });
            at += name.len() - 1;
        } else if !(c.is_whitespace() || matches!(c, '*' | '`' | '$' | '\\' | '_' | '{' | '}')) {
            out.push(Word { text: c.to_string(), value: None, capital: false, span });
        } else if rest.starts_with("\\,") || rest.starts_with("\\;") || rest.starts_with("\\ ") {
            at += 1;
        } else if rest.starts_with("\n\n") || rest.starts_with('\n') && ends_line(out.last(), &rest[1..]) {
            out.push(Word { text: ".".into(), value: None, capital: false, span });
        }
        at += length;
    }
}

/// Whether the `x` of a multiple begins here, and no word or size (`64x64`).
fn times(rest: &str) -> bool {
    rest.strip_prefix('x').is_some_and(|tail| !tail.starts_with(|c: char| c.is_alphanumeric()))
}

/// "… = 8.2 %⏎The difference …": behind a share a line that begins with a capital or a label begins a sentence.
fn ends_line(last: Option<&Word>, rest: &str) -> bool {
    const LABEL: usize = 4;
    let line = rest.trim_start_matches(' ').lines().next().unwrap_or("");
    let plain = |label: &str| label.split(' ').count() <= LABEL && label.chars().all(|c| c.is_alphabetic() || c == ' ');
    let labelled = line.split_once(':').is_some_and(|(label, _)| plain(label));
    last.is_some_and(|w| w.is(&["%", "percent"])) && (line.starts_with(char::is_uppercase) || labelled)
}

/// Words that lead to what is said and are no part of it.
const LEADS: &[&[&str]] = &[
    &["on", "the", "other", "hand"],
    &["on", "the", "one", "hand"],
    &["in", "other", "words"],
    &["by", "the", "way"],
    &["that", "is", "to", "say"],
];

/// Leaves out such words where a clause begins with them, with the comma behind.
fn drop_phrases(words: &mut Vec<Word>) {
    let mut at = 0;
    while at < words.len() {
        let begins = at == 0 || words[at - 1].is(&[".", ",", ";", ":", "and", "so", "but"]);
        let here =
            |lead: &&&[&str]| begins && lead.iter().enumerate().all(|(k, w)| words.get(at + k).is_some_and(|x| x.is(&[w])));
        if let Some(lead) = LEADS.iter().find(here) {
            let comma = usize::from(words.get(at + lead.len()).is_some_and(|w| w.is(&[","])));
            words.drain(at..at + lead.len() + comma);
        }
        at += 1;
    }
}

/// Leaves out brackets that only say how a number was made: `2.8 (rounded)`.
fn drop_remarks(words: &mut Vec<Word>) {
    const REMARKS: &[&str] = &["rounded", "up", "down", "approximately", "approx", "roughly", "about", "exactly", "sic"];
    let mut at = 0;
    while at < words.len() {
        let inside = words[at + 1..].iter().take_while(|w| w.is(REMARKS)).count();
        let closes = words.get(at + 1 + inside).is_some_and(|w| w.is(&[")"]));
        if words[at].is(&["("]) && inside > 0 && closes {
            words.drain(at..at + inside + 2);
        } else {
            at += 1;
        }
    }
}

/// `once in 20` as `one in 20`.
fn same_words(words: &mut [Word]) {
    for at in 0..words.len() {
        let next = |k: usize| words.get(at + k);
        let number = |k: usize| next(k).is_some_and(|w| w.count().is_some_and(|n| n >= 2.0));
        let every = usize::from(next(2).is_some_and(|w| w.is(&["every"])));
        if words[at].is(&["once"]) && next(1).is_some_and(|w| w.is(&["in"])) && number(2 + every) {
            words[at].text = "one".into();
            words[at].value = Some((1.0, 0));
        }
    }
}

/// Signs that TeX has names for.
const SIGNS: &[(&str, &str)] = &[("≈", "\\approx"), ("±", "\\pm"), ("σ", "\\sigma")];

/// Whether a command of TeX begins here: no longer name does.
fn command(rest: &str, name: &str) -> bool {
    rest.strip_prefix(name).is_some_and(|tail| !tail.starts_with(|c: char| c.is_ascii_alphabetic()))
}

fn ends_sentence(last: Option<&Word>, rest: &str) -> bool {
    let gap = rest.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '"' | '”' | ')'));
    gap && !last.is_some_and(|w| w.is(SHORT))
}

/// The length of a word: letters, and what may stand inside one.
fn letters(text: &str) -> usize {
    let mut end = 0;
    for (i, c) in text.char_indices() {
        let next = text[i + c.len_utf8()..].chars().next();
        let inside = matches!(c, '_' | '\'' | '’' | '-' | '.') && next.is_some_and(char::is_alphabetic);
        if !(c.is_alphanumeric() || inside) {
            break;
        }
        end = i + c.len_utf8();
    }
    end
}

/// The length of a number: digits, points and commas inside it, a thousands mark of TeX.
fn number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    loop {
        if digit(end) || matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1) {
            end += 1;
        } else if text[end..].starts_with("{,}") && digit(end + 3) {
            end += 3;
        } else {
            return end + power_of_ten(&text[end..]);
        }
    }
}

/// The length of `e8`, `e-7` behind a number.
fn power_of_ten(rest: &str) -> usize {
    let Some(all) = rest.strip_prefix(['e', 'E']) else { return 0 };
    let unsigned = all.strip_prefix(['-', '+', '−']).unwrap_or(all);
    let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    let ends = !unsigned[digits..].starts_with(|c: char| c.is_alphanumeric());
    if digits > 0 && ends { rest.len() - unsigned.len() + digits } else { 0 }
}

/// `2,937` is a thousand and more, `11,6` a decimal comma, `0,036` too.
fn value(text: &str) -> Option<(f64, u32)> {
    let text = text.replace("{,}", ",").replace('−', "-");
    if text.contains(['e', 'E']) {
        return Some((text.parse().ok()?, 0));
    }
    let groups: Vec<&str> = text.split(',').collect();
    let thousands = groups.len() > 1
        && groups[1..].iter().all(|g| g.split('.').next().is_some_and(|w| w.len() == 3))
        && (1..=3).contains(&groups[0].len())
        && groups[0] != "0";
    let plain = match groups.len() {
        1 => text,
        _ if thousands => groups.concat(),
        2 if !text.contains('.') => groups.join("."),
        _ => return None,
    };
    let decimals = plain.split_once('.').map_or(0, |(_, f)| f.len().min(12) as u32);
    Some((plain.parse().ok()?, decimals))
}

/// Words with which a clause begins or ends.
pub fn parts_clause(word: &Word) -> bool {
    word.is(&[",", ";", ":", "(", ")", "|", "and", "but", "whereas", "while", "so", "because", "hence", "which"])
}
