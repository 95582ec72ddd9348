//! A part cut into items, and the sizes that an item gives.

use std::collections::BTreeMap;

use super::super::atoms::Atom;
use super::Size;
use crate::world::GrowthFile;

const LEADS: &[&str] = &["with", "for", "at", "where", "if", "when", "having", "using", "set", "take", "and", "let", "e.g"];

/// Whether an atom is a number.
pub fn digit(a: &Atom) -> bool {
    a.text.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether an atom is one of these.
pub fn is(a: Option<&Atom>, words: &[&str]) -> bool {
    a.is_some_and(|a| words.contains(&a.text.as_str()))
}

/// A number with half a unit of its last digit.
pub fn number(a: Option<&Atom>) -> Option<(f64, f64)> {
    let text = &a.filter(|a| digit(a))?.text;
    let decimals = text.split_once('.').map_or(0, |(_, f)| f.len());
    Some((text.parse().ok()?, 0.5 * 10f64.powi(-(decimals as i32))))
}

/// A part's atoms cut at commas, ends of lines and sentences, and at an `and` between two numbers.
pub fn items(part: &[Atom], text: &str) -> Vec<Vec<Atom>> {
    let part = without_that_is(without_asides(&thousands(part)));
    let mut out: Vec<Vec<Atom>> = vec![Vec::new()];
    let mut end = None;
    for (i, atom) in part.iter().enumerate() {
        let line = end.is_some_and(|e: usize| text.get(e..atom.span.start).is_some_and(|gap| gap.contains('\n')));
        let numbers = |list: &[Atom]| list.iter().any(digit);
        let ahead = || part[i + 1..].iter().take_while(|a| !is(Some(a), &[",", ";", "."])).any(digit);
        // "… has 8192 scores and an inner block has half as many": a part of its own.
        let part = || {
            let rest = part[i + 1..].iter().take_while(|a| !is(Some(a), &[",", ";", ".", "and"])).collect::<Vec<_>>();
            rest.windows(3)
                .any(|w| is(Some(w[0]), &["half", "twice", "third", "quarter"]) && w[1].text == "as" && w[2].text == "many")
        };
        let joint = atom.text == "and" && out.last().is_some_and(|o| numbers(o)) && (ahead() || part());
        let cut = is(Some(atom), &[",", ";", ".", "->", "|", "•"]) || joint;
        if line || cut {
            out.push(Vec::new());
        }
        end = Some(atom.span.end);
        if let Some(last) = out.last_mut().filter(|_| !cut) {
            // A bullet is no sign.
            if !(last.is_empty() && is(Some(atom), &["-", "*", "+"])) {
                last.push(atom.clone());
            }
        }
    }
    out
}

/// "i.e." parts as a comma does.
fn without_that_is(part: Vec<Atom>) -> Vec<Atom> {
    let mut out: Vec<Atom> = Vec::with_capacity(part.len());
    let mut at = 0;
    while at < part.len() {
        let abbreviated = ["i", ".", "e", "."].iter().enumerate().all(|(k, w)| is(part.get(at + k), &[w]));
        out.push(if abbreviated { Atom { text: ",".into(), span: part[at].span } } else { part[at].clone() });
        at += if abbreviated { 4 } else { 1 };
    }
    out
}

/// `65,536` is one number.
pub fn thousands(part: &[Atom]) -> Vec<Atom> {
    let mut out: Vec<Atom> = Vec::new();
    let mut at = 0;
    while at < part.len() {
        let mut atom = part[at].clone();
        let glued = |i: usize, end: usize| {
            part.get(i).is_some_and(|c| c.text == "," && c.span.start == end)
                && part.get(i + 1).is_some_and(|n| digit(n) && n.text.len() == 3 && n.span.start == part[i].span.end)
        };
        // "= 12 582 912", "2·50 000": behind a sign one space parts groups.
        let equals = out.last().is_some_and(|a| matches!(a.text.as_str(), "=" | "≈" | "·" | "*" | "×" | "+"));
        let spaced = |n: &Atom, end: usize| digit(n) && n.text.len() == 3 && n.span.start == end + 1;
        let short = atom.text.len() <= 3;
        while equals && short && digit(&atom) && part.get(at + 1).is_some_and(|n| spaced(n, atom.span.end)) {
            atom.text.push_str(&part[at + 1].text);
            atom.span = atom.span.to(part[at + 1].span);
            at += 1;
        }
        while digit(&atom) && glued(at + 1, atom.span.end) {
            atom.text.push_str(&part[at + 2].text);
            atom.span = atom.span.to(part[at + 2].span);
            at += 2;
        }
        out.push(atom);
        at += 1;
    }
    out
}

/// Without brackets around words: a single word stays, more of them say how the number is made up.
fn without_asides(part: &[Atom]) -> Vec<Atom> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < part.len() {
        let close = (part[at].text == "(").then(|| (at + 1..part.len()).find(|i| is(part.get(*i), &["(", ")"]))).flatten();
        let inside = close.filter(|c| part[*c].text == ")").map(|c| &part[at + 1..c]);
        let word = |a: &Atom| a.text.chars().count() > 1 && a.text.chars().all(char::is_alphabetic);
        match inside {
            Some([one]) if word(one) => {
                out.push(one.clone());
                at += 3;
            }
            Some(list) if list.iter().any(word) => at += list.len() + 2,
            _ => {
                out.push(part[at].clone());
                at += 1;
            }
        }
    }
    out
}

/// Takes the sizes out of an item.
pub fn assign(growth: &GrowthFile, item: &mut Vec<Atom>, sizes: &mut BTreeMap<String, Size>) {
    let known = |a: Option<&Atom>| a.is_some_and(|a| growth.variables.contains_key(&a.text));
    let mut at = 0;
    while at + 2 < item.len() {
        let operator = |i: usize| is(item.get(i), &["*", "/", "^", "+", "-", "("]) || known(item.get(i));
        // "sizes (L = 5, …": a bracket that begins a list of sizes.
        let opens = at > 0 && is(item.get(at - 1), &["("]) && (at < 2 || !operator(at - 2) && !digit(&item[at - 2]));
        let begins = at == 0 || opens || !operator(at - 1) && !digit(&item[at - 1]);
        let other = |i: usize| item.get(i).filter(|a| growth.variables.contains_key(&a.text)).map(|a| a.text.clone());
        let size = match (known(item.get(at)) && begins && item[at + 1].text == "=", number(item.get(at + 2)), other(at + 2)) {
            (true, Some((n, _)), _) if !operator(at + 3) => Some((Size::Is(n), 3)),
            (true, Some((n, _)), _) => other(at + 3).filter(|_| !operator(at + 4)).map(|v| (Size::Of(n, v), 4)),
            (true, None, Some(v)) if is(item.get(at + 3), &["/"]) && !operator(at + 5) => {
                number(item.get(at + 4)).filter(|(k, _)| *k > 0.0).map(|(k, _)| (Size::Of(1.0 / k, v), 5))
            }
            (true, None, Some(v)) if !operator(at + 3) => Some((Size::Of(1.0, v), 3)),
            _ => None,
        };
        match size {
            Some((size, used)) => {
                sizes.insert(item[at].text.clone(), size);
                let from = if at > 0 && is(item.get(at - 1), LEADS) { at - 1 } else { at };
                item.drain(from..at + used);
                at = from;
            }
            None => at += 1,
        }
    }
}
