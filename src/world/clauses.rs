//! Clauses that are known word for word, with optional words and sets of words.
//!
//! `(the) key with (the) @largest @score gets (the) @largest @weight`: a word in brackets may be left out, `|` parts
//! alternatives, `~` joins the words of one alternative, `@name` is a set of the world's `words`, `#` stands for a number (the
//! same one wherever it stands), and `*` at a word's end for any ending.

use std::collections::BTreeMap;

/// A clause that is known word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    /// Each a row of words.
    alternatives: Vec<Vec<String>>,
    optional: bool,
}

impl Clause {
    /// Reads a clause; an error names a set of words that is not known.
    pub fn new(text: &str, sets: &BTreeMap<String, String>) -> Result<Clause, String> {
        let step = |word: &str| {
            let bare = word.strip_prefix('(').and_then(|w| w.strip_suffix(')'));
            let mut alternatives = Vec::new();
            for part in bare.unwrap_or(word).split('|') {
                let list = match part.strip_prefix('@') {
                    Some(name) => sets.get(name).ok_or_else(|| format!("no set of words `{name}`"))?.as_str(),
                    None => part,
                };
                alternatives.extend(list.split('|').map(|a| a.split('~').map(str::to_string).collect()));
            }
            Ok(Step { alternatives, optional: bare.is_some() })
        };
        Ok(Clause { steps: text.split_whitespace().map(step).collect::<Result<_, String>>()? })
    }

    /// Whether a row of words is the clause and nothing else.
    pub fn is(&self, words: &[String]) -> bool {
        rest_is(&self.steps, words, None)
    }
}

fn rest_is(steps: &[Step], words: &[String], number: Option<&str>) -> bool {
    let Some((step, further)) = steps.split_first() else { return words.is_empty() };
    if step.optional && rest_is(further, words, number) {
        return true;
    }
    step.alternatives.iter().any(|row| {
        if row.len() > words.len() {
            return false;
        }
        let (own, after) = words.split_at(row.len());
        let mut number = number;
        let fit = row.iter().zip(own).all(|(pattern, word)| match pattern.as_str() {
            "#" => {
                let known = number.is_none_or(|n| n == word);
                number = Some(word);
                known && word.parse::<f64>().is_ok()
            }
            _ => fits(pattern, word),
        });
        fit && rest_is(further, after, number)
    })
}

/// Whether a word is that of a pattern, `*` at the end for any ending; a single letter keeps its case.
pub fn fits(pattern: &str, word: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => pattern.eq_ignore_ascii_case(word) && (pattern.chars().count() > 1 || pattern == word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(clause: &str, said: &str) -> bool {
        let sets = BTreeMap::from([("weight".to_string(), "weight|share~of~attention".to_string())]);
        let words: Vec<String> = said.split_whitespace().map(str::to_string).collect();
        Clause::new(clause, &sets).unwrap().is(&words)
    }

    #[test]
    fn a_clause_is_matched_whole() {
        assert!(is("(the) largest score gets (the) largest @weight", "the largest score gets the largest share of attention"));
        assert!(is("(the) largest score gets (the) largest @weight", "largest score gets largest weight"));
        assert!(!is("(the) largest score gets (the) largest @weight", "the largest score gets the largest weight if q is long"));
        assert!(!is("(the) largest score gets (the) largest @weight", "the largest score gets the weight"));
    }

    #[test]
    fn numbers_agree() {
        assert!(is("multiplying q by # multiplies gaps by #", "multiplying q by 10 multiplies gaps by 10"));
        assert!(!is("multiplying q by # multiplies gaps by #", "multiplying q by 10 multiplies gaps by 100"));
    }

    #[test]
    fn an_unknown_set_is_an_error() {
        assert!(Clause::new("@nothing", &BTreeMap::new()).is_err());
    }
}
