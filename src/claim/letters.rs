//! Letters of the writer's own for the variables of growth orders: "let T be the number of characters".

use std::collections::BTreeMap;

use super::atoms::Atom;
use super::cues::Cue;
use crate::language::{Expr, Symbol};
use crate::world::GrowthFile;

/// Words between a letter and what it stands for.
const MEANS: &[&str] = &["be", "is", "are", "denotes", "denote", "for", "the", "means", "stands", "=", "number"];

/// How many words may name what a letter stands for.
const NAME_MAX: usize = 7;

/// What the writer's letters stand for; none that stands for two things.
pub fn defined(growth: &GrowthFile, atoms: &[Atom]) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut note = |letter: &str, variable: &str| {
        let entry = found.entry(letter.to_string()).or_insert_with(|| Some(variable.to_string()));
        if entry.as_deref() != Some(variable) {
            *entry = None;
        }
    };
    let compared = |i: usize| i > 0 && matches!(atoms[i - 1].text.as_str(), "<" | "≤" | "≪");
    for (i, atom) in atoms.iter().enumerate().filter(|(i, a)| is_letter(&a.text) && !compared(*i)) {
        // "r < T the number of latents": what it is less than says no name.
        let bounded = atoms.get(i + 1).is_some_and(|a| matches!(a.text.as_str(), "<" | "≤" | "≪"))
            && atoms.get(i + 2).is_some_and(|a| is_letter(&a.text));
        let after = if bounded { i + 3 } else { i + 1 };
        if let Some(variable) = named_after(growth, growth.variables.contains_key(&atom.text), &atoms[after..]) {
            note(&atom.text, variable);
        } else if !growth.variables.contains_key(&atom.text)
            && !bounded
            && let Some(variable) = named_before(growth, &atoms[..i])
        {
            note(&atom.text, variable);
        }
    }
    found.into_iter().filter_map(|(k, v)| Some((k, v?))).collect()
}

/// The expression with the world's letters in place of the writer's.
pub fn renamed(e: &Expr, letters: &BTreeMap<String, String>) -> Expr {
    e.substitute(&|s| match letters.get(&s.name) {
        Some(to) if s.indices.is_empty() => Some(Expr::Symbol(Symbol::plain(to))),
        _ => (s.name == "ell").then(|| Expr::Symbol(Symbol::plain("l"))),
    })
}

fn is_letter(text: &str) -> bool {
    text.chars().count() == 1 && text.chars().all(char::is_alphabetic) && !matches!(text, "a" | "A" | "I" | "O" | "Q" | "K" | "V")
}

/// "T be the number of characters", "B the bottleneck".
///
/// A letter of the question's own changes its meaning only in plain words ("let m be", "m is the number of").
fn named_after<'g>(growth: &'g GrowthFile, known: bool, after: &[Atom]) -> Option<&'g str> {
    let ends = |a: &&Atom| is_word(&a.text) || a.text == "=";
    let words: Vec<String> = after.iter().take_while(ends).take(NAME_MAX).map(|a| a.text.clone()).collect();
    let words: Vec<String> = words.into_iter().take_while(|w| w != "and").collect();
    let first = words.first()?;
    // "let n = l": another name for a letter of the question.
    if let (false, "=", Some(other)) = (known, first.as_str(), after.get(1)) {
        let ends = after.get(2).is_none_or(|a| is_word(&a.text) || matches!(a.text.as_str(), "," | "." | ";" | ")"));
        if let Some((name, _)) = growth.variables.get_key_value(&other.text).filter(|_| ends) {
            return Some(name);
        }
    }
    let plainly = matches!(first.as_str(), "be" | "denotes" | "denote") || words.iter().any(|w| w == "number");
    if MEANS.contains(&first.as_str()) && (plainly || !known) {
        return variable_of(growth, &words);
    }
    // "N layers", where N is nothing else.
    if known { None } else { variable_of(growth, &words[..1]) }
}

/// "sequences of length T", "a bottleneck of size B", "with N layers" does not: the noun stands after it.
fn named_before<'g>(growth: &'g GrowthFile, before: &[Atom]) -> Option<&'g str> {
    let tail = &before[before.len().saturating_sub(4)..];
    let from = tail.iter().rposition(|a| !is_word(&a.text)).map_or(0, |i| i + 1);
    let words: Vec<String> = tail[from..].iter().map(|a| a.text.clone()).collect();
    let noun = |w: &String| !matches!(w.as_str(), "of" | "the" | "in" | "on" | "has" | "with" | "and" | "for" | "is");
    variable_of(growth, &words).filter(|_| words.last().is_some_and(noun))
}

fn is_word(text: &str) -> bool {
    text.chars().count() > 1 && text.chars().all(char::is_alphabetic)
}

/// The one variable that words name.
pub fn variable_of<'g>(growth: &'g GrowthFile, words: &[String]) -> Option<&'g str> {
    let named = |cues: &Vec<String>| cues.iter().any(|c| Cue::new(c).find(words).is_some());
    let mut hits = growth.names.iter().filter(|(_, cues)| named(cues)).map(|(v, _)| v.as_str());
    hits.next().filter(|_| hits.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::super::atoms::atoms;
    use super::*;
    use crate::span::Span;
    use crate::world::Library;

    fn of(text: &str) -> Vec<(String, String)> {
        let library = Library::embedded().expect("the worlds load");
        let growth = library.iter().find_map(|w| w.growth.clone()).expect("a world of growth orders");
        defined(&growth, &atoms(text, Span::new(0, text.len()))).into_iter().collect()
    }

    #[test]
    fn own_letters_are_understood_and_the_questions_letters_stay() {
        let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
        assert_eq!(
            of("Let T be the number of characters, B the bottleneck, N the layers."),
            [pair("B", "m"), pair("N", "L"), pair("T", "l")]
        );
        assert_eq!(of("sequences of length $n$ and $N$ layers"), [pair("N", "L"), pair("n", "l")]);
        assert_eq!(of("linear in l for the bottleneck model"), []);
        assert_eq!(of("m is much smaller than the length"), []);
        assert_eq!(of("T is the length. T is the number of layers"), [], "a letter with two meanings has none");
    }
}
