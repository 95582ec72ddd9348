//! Letters for the number of things that share the work, as heads do: "h heads make this O(h l^2 d)", "with h heads of width d/h".

use std::ops::Range;

use super::super::atoms::Atom;
use super::super::cues::Cue;
use crate::world::GrowthFile;

/// Words before such a letter that open a condition or a reason.
const OPENS: &[&str] = &[
    "with", "for", "since", "because", "as", "there", "are", "over", "the", "of", "all", "having", "if", "we", "use", "uses",
    "has",
];

/// The letters of a sentence for numbers of things that share the work, and the atoms that say so.
pub fn shared(growth: &GrowthFile, list: &[Atom]) -> (Vec<String>, Vec<Range<usize>>) {
    let t = |i: usize| list.get(i).map_or("", |a| a.text.as_str());
    let (mut letters, mut used) = (Vec::new(), Vec::new());
    for at in 0..list.len() {
        let letter =
            t(at).chars().count() == 1 && t(at).chars().all(char::is_alphabetic) && !growth.variables.contains_key(t(at));
        let words = [t(at + 1).to_string()];
        let named = growth.absent.values().flatten().any(|c| Cue::new(c).find(&words).is_some());
        if !letter || !named || matches!(t(at), "a" | "A" | "I") {
            continue;
        }
        // "h heads of width d" each: then they do not share it.
        let width = matches!(t(at + 2), "of" | "with") && matches!(t(at + 3), "width" | "size" | "dimension");
        let split = width && t(at + 5) == "/" && t(at + 6) == t(at);
        if (width || matches!(t(at + 2), "each")) && !split {
            return (vec![], vec![]);
        }
        let begin = (0..at).rev().take_while(|i| OPENS.contains(&t(*i))).last().unwrap_or(at);
        let end = if split { at + 7 + usize::from(t(at + 7) == "each") } else { at + 2 };
        letters.push(t(at).to_string());
        used.push(begin..end + usize::from(begin < at && t(end) == ","));
    }
    (letters, used)
}
