//! What a sentence about orders holds fixed or sets equal: "for fixed m and L", "if d counts as a constant", "with m = l",
//! "if we choose m = √l".

use std::ops::Range;

use super::super::atoms::{Atom, is};
use super::super::letters::variable_of;
use crate::world::GrowthFile;

/// Variables that a statement holds constant, and such as it sets equal up to a factor.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Held {
    /// Constant ones.
    pub constant: Vec<String>,
    /// Equal ones.
    pub equal: Vec<(String, String)>,
    /// Variables with products of powers in their place; exponents are doubled, so that roots are whole.
    pub put: Vec<(String, Vec<(String, u32)>)>,
    /// Variables that are said not to matter, which is more than leaving them out.
    pub absent: Vec<String>,
    /// Letters for numbers of things that share the work: of heads.
    pub shared: Vec<String>,
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
    "were",
    "picking",
];
const FIXED: &[&str] = &[
    "fixed",
    "constant",
    "constants",
    "const",
    "given",
    "ignored",
    "neglected",
    "dropped",
    "omitted",
    "suppressed",
    "forgotten",
];
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
    "the", "a", "an", "we", "i", "I", "one", "you", "any", "set", "put", "choose", "take", "both", "case", "special", "of",
    "consider", "chose", "chosen", "choice", "pick", "picked", "took", "let", "make", "made", "extreme", "limiting",
];
const DROPS: &[&str] = &[
    "ignoring",
    "neglecting",
    "dropping",
    "omitting",
    "leaving",
    "disregarding",
    "without",
    "suppressing",
    "forgetting",
    "forget",
    "ignore",
    "neglect",
    "drop",
    "omit",
    "disregard",
    "leave",
];

/// What a sentence holds, and the atoms that say so.
pub fn held(growth: &GrowthFile, list: &[Atom]) -> (Held, Vec<Range<usize>>) {
    let mut held = Held::default();
    let mut used: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < list.len() {
        let found = alone(growth, list, at)
            .or_else(|| fixed(growth, list, at))
            .or_else(|| dropped(growth, list, at))
            .or_else(|| equal(growth, list, at))
            .or_else(|| put(growth, list, at))
            .or_else(|| regime(growth, list, at))
            .or_else(|| written(growth, list, at));
        match found {
            Some((Held { constant, equal, put, .. }, end)) => {
                held.constant.extend(constant);
                held.equal.extend(equal);
                held.put.extend(put);
                used.push(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    (held, used)
}

/// Whether a text calls a variable constant: "d constant throughout", "(d as const)".
pub fn declared(list: &[Atom], variable: &str) -> bool {
    let near = |i: usize| list[i + 1..].iter().take(4).any(|a| FIXED[..4].contains(&a.text.as_str()));
    (0..list.len()).any(|i| list[i].text == variable && near(i))
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
    let most =
        list.get(at..)?.iter().take(4).take_while(|a| plain(a) && !FIXED.contains(&a.text.as_str()) && a.text != "and").count();
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
    // "…, d being constant": without an opening word.
    let beside = is(list, at, &[","])
        && variable(growth, list, at + 1).is_some_and(|(_, end)| is(list, end, &["being", "constant", "fixed", "held"]));
    // "d constant: …", "d fixed, so …": at the beginning of a sentence.
    let headed = (at == 0 || is(list, at - 1, &[";", ".", ")"]))
        && variables(growth, list, at).is_some_and(|(_, end)| {
            let end = skip(list, end, BETWEEN);
            is(list, end, &FIXED[..4]) && is(list, end + 1, &[":", ",", "⇒", "→"])
        });
    if !is(list, at, OPENS) && !beside && !headed {
        return None;
    }
    let begin = if headed { at } else { skip(list, at + 1, FILLS) };
    let begin = skip(list, begin, &["regard", "treat", "keep", "hold", "fix", "count"]);
    let only = |constant: Vec<String>| Held { constant, ..Held::default() };
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
    Some((Held { constant, ..Held::default() }, end + usize::from(alone)))
}

/// Variables that a sentence about an order says are not there, and the atoms that say so.
pub fn absent(growth: &GrowthFile, list: &[Atom]) -> (Vec<String>, Vec<Range<usize>>) {
    let (mut all, mut used, mut at) = (Vec::new(), Vec::new(), 0);
    while at < list.len() {
        match gone(growth, list, at) {
            Some((variable, end)) => {
                all.push(variable);
                used.push(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    (all, used)
}

/// "with no d", "with no d in it", ", and d does not enter": a variable that is said not to be there.
fn gone(growth: &GrowthFile, list: &[Atom], at: usize) -> Option<(String, usize)> {
    const GONE: &[&[&str]] = &[
        &["does", "not", "enter"],
        &["does", "not", "appear"],
        &["does", "not", "occur"],
        &["does", "not", "matter"],
        &["plays", "no", "role"],
        &["has", "no", "influence"],
        &["is", "irrelevant"],
    ];
    if is(list, at, &["with"]) && is(list, at + 1, &["no"]) {
        let (variable, end) = variable(growth, list, at + 2)?;
        let end = if is(list, end, &["in"]) && is(list, end + 1, &["it"]) { end + 2 } else { end };
        return list.get(end).is_none_or(|a| !SIGNS.contains(&a.text.as_str())).then_some((variable, end));
    }
    if is(list, at, &["independent", "independently", "regardless"]) && is(list, at + 1, &["of"]) {
        return variable(growth, list, at + 2);
    }
    let begin = skip(list, at, &[",", "and", "where", "the"]);
    let (variable, end) = variable(growth, list, begin).filter(|_| begin > at)?;
    let gone = GONE.iter().find(|words| (0..words.len()).all(|i| is(list, end + i, &words[i..=i])))?;
    let end = skip(list, end + gone.len(), &["here", "there", "at", "all", "any", "more", "in", "it"]);
    Some((variable, end))
}

/// "ignoring d", "leaving d out", "up to factors of d".
fn dropped(growth: &GrowthFile, list: &[Atom], at: usize) -> Option<(Held, usize)> {
    // "If I forget about d", "not counting d".
    let supposed = if is(list, at, &["if", "when", "once"]) { skip(list, at + 1, &["i", "I", "we", "you", "one"]) } else { at };
    let two = |first: &[&str], second: &str| is(list, at, first) && is(list, at + 1, &[second]);
    let begin =
        match (is(list, supposed, DROPS), two(&["up"], "to") || two(&["apart", "aside"], "from") || two(&["not"], "counting")) {
            (true, _) => supposed + 1,
            (_, true) => at + 2,
            _ => return None,
        };
    let begin = skip(list, begin, &["out", "about", "the", "factor", "factors", "of", "dependence", "on"]);
    let (constant, end) = variables(growth, list, begin)?;
    Some((Held { constant, ..Held::default() }, skip(list, end, &["out", "away", "aside", "factor", "factors"])))
}

/// "with m = l", "if m equals l / 2", "setting m equal to l", "for m = 64".
fn equal(growth: &GrowthFile, list: &[Atom], at: usize) -> Option<(Held, usize)> {
    // "m = l: both are …": an equation before a colon opens what follows.
    let bare = (at == 0 || is(list, at - 1, &[";", ".", ")"])) && is(list, at + 3, &[":", "⇒", "→"]);
    if !is(list, at, OPENS) && !bare {
        return None;
    }
    let (one, end) = variable(growth, list, if bare { at } else { skip(list, at + 1, FILLS) })?;
    let sign = match (is(list, end, &["=", "equals"]), is(list, end, &["equal", "is", "were", "was", "as"])) {
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
        // "l = L m", "m = l^2": another product.
        let ends = list.get(end).is_none_or(|a| !growth.variables.contains_key(&a.text) && !SIGNS.contains(&a.text.as_str()));
        return ends.then(|| (Held { equal: vec![(one, other)], ..Held::default() }, end));
    }
    let ends = list.get(begin).is_none_or(|a| !SIGNS.contains(&a.text.as_str()));
    (begin == sign + 1 && ends).then(|| (Held { constant: vec![one], ..Held::default() }, begin))
}

/// Signs by which an expression goes on.
const SIGNS: &[&str] = &["^", "*", "/", "+", "-", "√", "(", "sqrt"];

/// "if we choose m = √l", "with m = Θ(√l)", "for l = L m"; and "m = √l gives …" without an opening word.
fn put(growth: &GrowthFile, list: &[Atom], at: usize) -> Option<(Held, usize)> {
    let opened = is(list, at, OPENS);
    let first = at == 0 || is(list, at - 1, &[";", ":", ".", ",", ")"]);
    if !opened && !first {
        return None;
    }
    let (one, end) = variable(growth, list, if opened { skip(list, at + 1, FILLS) } else { skip(list, at, FILLS) })?;
    let signs: &[&[&str]] = &[
        &["=", "theta", "("],
        &["=", "Θ", "("],
        &["=", "O", "("],
        &["="],
        &["~"],
        &["∝"],
        &["∈", "Θ", "("],
        &["is", "of", "the", "order"],
        &["is", "of", "order"],
        &["of", "the", "order"],
        &["of", "order"],
        &["grows", "like"],
        &["proportional", "to"],
        &["is", "proportional", "to"],
        &["is", "always", "proportional", "to"],
        &["is", "chosen", "proportional", "to"],
        &["grows", "proportionally", "to"],
        &["grows", "proportional", "to"],
        &["grows", "in", "proportion", "to"],
        &["grows", "linearly", "with"],
        &["grows", "linearly", "in"],
        &["grows", "with"],
        &["scales", "with"],
        &["scales", "like"],
        &["scales", "linearly", "with"],
        &["is", "always"],
        &["is", "always", "half", "of"],
        &["is", "half", "of"],
        &["is", "a", "fixed", "fraction", "of"],
        &["is", "a", "constant", "fraction", "of"],
    ];
    let fits = |s: &&&[&str]| (0..s.len()).all(|i| is(list, end + i, &s[i..=i]));
    let sign = signs.iter().filter(fits).max_by_key(|s| s.len())?;
    let (product, end) = product(growth, list, end + sign.len())?;
    let bracket = sign.last() == Some(&"(");
    let end = if bracket { is(list, end, &[")"]).then_some(end + 1)? } else { end };
    // "m = √l: the perceiver costs …".
    let gives = is(list, end, &["gives", "yields", "makes", "leads", "returns", "results", "turns", ":", "⇒", "→"]);
    let itself = product.iter().any(|(n, _)| *n == one);
    (!itself && (opened || gives)).then(|| (Held { put: vec![(one, product)], ..Held::default() }, end))
}

/// A product of powers of variables, exponents doubled: "√l", "L m", "l^2", "l^{1/2}"; a number before it changes nothing.
fn product(growth: &GrowthFile, list: &[Atom], at: usize) -> Option<(Vec<(String, u32)>, usize)> {
    // "with the length".
    if let Some((name, end)) = variable(growth, list, at).filter(|(n, end)| list.get(end - 1).is_some_and(|a| a.text != *n)) {
        return Some((vec![(name, 2)], end));
    }
    let number = |i: usize| list.get(i).and_then(|a| a.text.parse::<f64>().ok());
    let mut end = at;
    let mut factors: Vec<(String, u32)> = Vec::new();
    if number(end).is_some() {
        end += 1 + usize::from(is(list, end + 1, &["*"]));
    }
    loop {
        let root = is(list, end, &["√", "sqrt"]);
        let open = root && is(list, end + 1, &["("]);
        let place = end + usize::from(root) + usize::from(open);
        let Some(name) = list.get(place).map(|a| a.text.clone()).filter(|t| growth.variables.contains_key(t)) else { break };
        let mut next = place + 1;
        let mut power = 2;
        if is(list, next, &["^"]) && !root {
            let bracket = usize::from(is(list, next + 1, &["("]));
            let base = number(next + 1 + bracket)?;
            let under = if is(list, next + 2 + bracket, &["/"]) { number(next + 3 + bracket)? } else { 1.0 };
            let doubled = 2.0 * base / under;
            power = (doubled.fract() == 0.0 && (1.0..=8.0).contains(&doubled)).then_some(doubled as u32)?;
            let over = is(list, next + 2 + bracket, &["/"]);
            next += 2 + 2 * usize::from(over) + 2 * bracket;
        }
        if open {
            is(list, next, &[")"]).then_some(())?;
            next += 1;
        }
        factors.push((name, if root { 1 } else { power }));
        end = next + usize::from(is(list, next, &["*"]));
    }
    // A number below it changes nothing either.
    if is(list, end, &["/"]) && number(end + 1).is_some_and(|n| n > 0.0) {
        end += 2;
    }
    // "√l + L", "l / m": more than a product.
    let goes_on = is(list, end, SIGNS) && !is(list, end, &["("]);
    (!factors.is_empty() && !goes_on).then_some((factors, end))
}

/// "If we also write out d", "keeping d": a variable that is not left out, which holds nothing.
fn written(growth: &GrowthFile, list: &[Atom], at: usize) -> Option<(Held, usize)> {
    const VERBS: &[&str] = &[
        "write",
        "writing",
        "keep",
        "keeping",
        "include",
        "including",
        "count",
        "counting",
        "track",
        "carry",
        "spell",
        "take",
        "taking",
    ];
    let opened = is(list, at, &["if", "when", "once"]);
    let verb = if opened { skip(list, at + 1, &["i", "I", "we", "you", "one", "also", "do"]) } else { at };
    if !is(list, verb, VERBS) {
        return None;
    }
    let begin = skip(list, verb + 1, &["out", "also", "in", "the", "factor", "factors", "of"]);
    let (_, end) = variable(growth, list, begin)?;
    let end = skip(list, end, &["in", "too", "along", "explicitly", "explicit", "out", "into", "account", "as", "well"]);
    // "counting l^2 scores", "keep l constant".
    let goes_on =
        is(list, end, SIGNS) || is(list, end, FIXED) || list.get(end).is_some_and(|a| growth.variables.contains_key(&a.text));
    let ends = list
        .get(end)
        .is_none_or(|a| matches!(a.text.as_str(), "," | ":" | ";" | ")" | "then" | "the" | "we" | "it" | "this" | "."));
    (!goes_on && ends).then(|| (Held::default(), end))
}

/// "because m ≤ l", "as m < l": the regime of the question, which holds anyway.
fn regime(growth: &GrowthFile, list: &[Atom], at: usize) -> Option<(Held, usize)> {
    if !(is(list, at, OPENS) || is(list, at, &["because", "since"])) {
        return None;
    }
    let (one, end) = variable(growth, list, at + 1)?;
    let small = is(list, end, &["<", "≤", "≪", "leq", "le", "ll"]);
    let large = is(list, end, &[">", "≥", "≫", "geq", "ge", "gg"]);
    let (other, after) = variable(growth, list, end + 1).filter(|_| small || large)?;
    let (low, high) = if small { (one, other) } else { (other, one) };
    let known = growth.regimes.iter().filter_map(|r| r.split_once("<=")).any(|(a, b)| a.trim() == low && b.trim() == high);
    let goes_on = is(list, after, SIGNS);
    (known && !goes_on).then(|| (Held::default(), after + usize::from(is(list, after, &[","]))))
}
