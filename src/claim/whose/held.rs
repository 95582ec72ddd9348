//! What a sentence about orders holds fixed or sets equal: "for fixed m and L", "if d counts as a constant", "with m = l".

use std::ops::Range;

use super::super::atoms::Atom;
use super::super::letters::variable_of;
use crate::world::GrowthFile;

/// Variables that a statement holds constant, and such as it sets equal up to a factor.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Held {
    /// Constant ones.
    pub constant: Vec<String>,
    /// Equal ones.
    pub equal: Vec<(String, String)>,
}

const OPENS: &[&str] = &[
    "for",
    "with",
    "at",
    "if",
    "when",
    "once",
    "while",
    "given",
    "treating",
    "holding",
    "keeping",
    "regarding",
    "taking",
    "setting",
    "putting",
    "choosing",
    "inserting",
    "considering",
    "provided",
    "as",
    "(",
    "counting",
    "where",
    "and",
    "but",
];
const FIXED: &[&str] = &["fixed", "constant", "constants", "given"];
const BETWEEN: &[&str] = &[
    "is",
    "are",
    "be",
    "being",
    "kept",
    "held",
    "counts",
    "count",
    "as",
    "a",
    "an",
    "regarded",
    "treated",
    "taken",
    "considered",
    "stay",
    "stays",
    "remain",
    "remains",
    "assumed",
    "to",
    "both",
    "all",
    "just",
];
const FILLS: &[&str] = &[
    "the", "a", "an", "we", "i", "one", "you", "any", "set", "put", "choose", "take", "both", "case", "special", "of", "consider",
];
const DROPS: &[&str] = &["ignoring", "neglecting", "dropping", "omitting", "leaving", "disregarding", "without", "suppressing"];

/// What a sentence holds, and the atoms that say so.
pub fn held(growth: &GrowthFile, list: &[Atom]) -> (Held, Vec<Range<usize>>) {
    let mut held = Held::default();
    let mut used: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < list.len() {
        let found = alone(growth, list, at)
            .or_else(|| fixed(growth, list, at))
            .or_else(|| dropped(growth, list, at))
            .or_else(|| equal(growth, list, at));
        match found {
            Some((Held { constant, equal }, end)) => {
                held.constant.extend(constant);
                held.equal.extend(equal);
                used.push(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    (held, used)
}

fn is(list: &[Atom], i: usize, words: &[&str]) -> bool {
    list.get(i).is_some_and(|a| words.contains(&a.text.as_str()))
}

/// Passes words that say nothing.
fn skip(list: &[Atom], mut at: usize, words: &[&str]) -> usize {
    while is(list, at, words) {
        at += 1;
    }
    at
}

/// The variable that stands at a place, by its letter or in words, and where it ends.
fn variable(growth: &GrowthFile, list: &[Atom], at: usize) -> Option<(String, usize)> {
    let at = skip(list, at, &["the", "a", "an", "our"]);
    let letter = list.get(at).filter(|a| growth.variables.contains_key(&a.text));
    if let Some(atom) = letter {
        return Some((atom.text.clone(), at + 1));
    }
    // "the number of layers", "the embedding dimension d".
    let plain = |a: &Atom| a.text.len() > 1 && a.text.chars().all(char::is_alphabetic) && !BETWEEN.contains(&a.text.as_str());
    let most = list[at..].iter().take(4).take_while(|a| plain(a) && !FIXED.contains(&a.text.as_str()) && a.text != "and").count();
    let names = |n: usize| {
        let words: Vec<String> = list[at..at + n].iter().map(|a| a.text.clone()).collect();
        variable_of(growth, &words).map(|v| (v.to_string(), at + n))
    };
    let (name, end) = (1..=most).rev().find_map(names)?;
    let end = skip(list, end, &["size", "width"]);
    Some((name.clone(), end + usize::from(is(list, end, &[name.as_str()]))))
}

/// One variable or several: "m", "m and L", "d, m and L".
fn variables(growth: &GrowthFile, list: &[Atom], at: usize) -> Option<(Vec<String>, usize)> {
    let (first, mut end) = variable(growth, list, at)?;
    let mut all = vec![first];
    loop {
        let joined = skip(list, end, &[",", "and"]);
        match variable(growth, list, joined).filter(|_| joined > end) {
            Some((next, after)) => {
                all.push(next);
                end = after;
            }
            None => return Some((all, end)),
        }
    }
}

/// "for fixed m and L", "if d counts as a constant", "with m held fixed".
fn fixed(growth: &GrowthFile, list: &[Atom], at: usize) -> Option<(Held, usize)> {
    if !is(list, at, OPENS) {
        return None;
    }
    let begin = skip(list, at + 1, FILLS);
    let begin = skip(list, begin, &["regard", "treat", "keep", "hold", "fix", "count"]);
    let only = |constant: Vec<String>| Held { constant, equal: vec![] };
    if is(list, begin, FIXED) {
        return variables(growth, list, begin + 1).map(|(all, end)| (only(all), end));
    }
    let (all, end) = variables(growth, list, begin)?;
    let end = skip(list, end, BETWEEN);
    if is(list, begin.saturating_sub(1), &["fix"]) {
        return Some((only(all), end));
    }
    let kept = end > 0 && is(list, end - 1, &["kept", "held", "stays", "stay", "remains", "remain"]);
    if is(list, end, FIXED) { Some((only(all), end + 1)) } else { kept.then(|| (only(all), end)) }
}

/// "as a function of l alone", "in terms of l": all others are constant.
fn alone(growth: &GrowthFile, list: &[Atom], at: usize) -> Option<(Held, usize)> {
    let begin = match (is(list, at, &["as"]), is(list, at, &["in"]) && is(list, at + 1, &["terms"])) {
        (true, _) if is(list, at + 1, &["a"]) && is(list, at + 2, &["function"]) => at + 3,
        (_, true) => at + 2,
        _ => return None,
    };
    let begin = begin + usize::from(is(list, begin, &["of"]));
    let (variable, end) = variable(growth, list, begin)?;
    let alone = is(list, end, &["alone", "only"]);
    let constant = growth.variables.keys().filter(|v| alone && **v != variable).cloned().collect();
    Some((Held { constant, equal: vec![] }, end + usize::from(alone)))
}

/// "ignoring d", "leaving d out", "up to factors of d".
fn dropped(growth: &GrowthFile, list: &[Atom], at: usize) -> Option<(Held, usize)> {
    let begin = match (is(list, at, DROPS), is(list, at, &["up"]) && is(list, at + 1, &["to"])) {
        (true, _) => at + 1,
        (_, true) => at + 2,
        _ => return None,
    };
    let begin = skip(list, begin, &["out", "the", "factor", "factors", "of", "dependence", "on"]);
    let (constant, end) = variables(growth, list, begin)?;
    Some((Held { constant, equal: vec![] }, skip(list, end, &["out", "away", "aside", "factor", "factors"])))
}

/// "with m = l", "if m equals l / 2", "setting m equal to l", "for m = 64".
fn equal(growth: &GrowthFile, list: &[Atom], at: usize) -> Option<(Held, usize)> {
    if !is(list, at, OPENS) {
        return None;
    }
    let (one, end) = variable(growth, list, skip(list, at + 1, FILLS))?;
    let sign = match (is(list, end, &["=", "equals"]), is(list, end, &["equal", "is", "were", "was"])) {
        (true, _) => end + 1,
        (_, true) => {
            let past = skip(list, end, &["is", "were", "was", "equal", "as", "large", "big", "long", "to"]);
            past.checked_sub(1).filter(|last| *last > end && is(list, *last, &["to", "as"]))? + 1
        }
        _ => return None,
    };
    let number = |i: usize| list.get(i).is_some_and(|a| a.text.parse::<f64>().is_ok());
    let begin = sign + usize::from(number(sign)) + usize::from(number(sign) && is(list, sign + 1, &["*"]));
    if let Some((other, end)) = variable(growth, list, begin) {
        let end = end + if is(list, end, &["/"]) && number(end + 1) { 2 } else { 0 };
        return Some((Held { constant: vec![], equal: vec![(one, other)] }, end));
    }
    (begin == sign + 1).then(|| (Held { constant: vec![one], equal: vec![] }, begin))
}
