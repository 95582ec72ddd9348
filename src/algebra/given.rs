//! What a user supposes on the command line: `beta > 0, A'A = I, c in R^m, k orthonormal`.

use super::hypotheses::Hypotheses;
use super::rewrite::orthonormal_families;
use super::surface::{ReadError, parse_relations, parse_term};
use super::term::Term;
use super::words::Kinds;
use crate::language::Symbol;

/// Suppositions of all kinds.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Relations and ranges.
    pub hypotheses: Hypotheses,
    /// Symbols declared vectors or matrices.
    pub kinds: Kinds,
    /// Families declared orthonormal.
    pub orthonormal: Vec<String>,
}

impl Given {
    /// Reads suppositions separated by commas or semicolons.
    ///
    /// # Errors
    ///
    /// The part that is neither a relation nor `X in R^d`, `X in R^{d x m}`, `n in N`, nor
    /// `k orthonormal`.
    pub fn parse(text: &str) -> Result<Given, ReadError> {
        let mut given = Given::default();
        for part in text.split([',', ';']).map(str::trim).filter(|p| !p.is_empty()) {
            if let Some(name) = part.strip_suffix("orthonormal") {
                let symbol = symbol(name)?;
                given.kinds.vectors.insert((symbol.name.clone(), 1));
                given.orthonormal.push(symbol.name);
            } else if let Some((name, space)) = [" in ", "∈", "\\in "].iter().find_map(|s| part.split_once(s)) {
                given.lies_in(&symbol(name)?, space.trim())?;
            } else {
                for (l, r, m) in parse_relations(part)? {
                    given.hypotheses.suppose(l, r, m);
                }
            }
        }
        given.orthonormal.extend(orthonormal_families(&given.hypotheses));
        Ok(given)
    }

    fn lies_in(&mut self, s: &Symbol, space: &str) -> Result<(), ReadError> {
        let bare: String = space.chars().filter(|c| !matches!(c, '\\' | '{' | '}' | ' ')).collect();
        let bare = bare.replace("mathbb", "").replace('ℝ', "R").replace("times", "×");
        let key = (s.name.clone(), s.indices.len());
        match bare.strip_prefix("R^") {
            Some(d) => {
                let (rows, columns) = d.split_once(['×', 'x']).unwrap_or((d, "1"));
                self.kinds.dimensions.insert(key.clone(), (rows.into(), columns.into()));
                if columns == "1" { self.kinds.vectors.insert(key) } else { self.kinds.matrices.insert(key) }
            }
            None if matches!(bare.as_str(), "N" | "Z" | "ℕ" | "ℤ") => {
                self.hypotheses.suppose_whole(s);
                true
            }
            None if bare == "R" => self.kinds.scalars.insert(key),
            None => return Err(ReadError { at: 0, message: format!("expected R^d, R^{{d x m}}, N or Z, found `{space}`") }),
        };
        Ok(())
    }

    /// The kinds that hold for these terms: those declared, and those by custom.
    pub fn kinds_for(&self, terms: &[&Term]) -> Kinds {
        let facts: Vec<&Term> = self.hypotheses.facts.iter().flat_map(|(l, _, r)| [l, r]).collect();
        // What a hypothesis says of letters is said, not assumed.
        let mut said = Kinds::by_custom(&facts);
        said.assumed.clear();
        let custom = Kinds::by_custom(&facts.iter().chain(terms).copied().collect::<Vec<_>>());
        let mut kinds = self.kinds.with_custom(said).with_custom(custom);
        if !kinds.is_scalar() {
            kinds.matrices.insert(("I".into(), 0));
        }
        kinds
    }
}

fn symbol(text: &str) -> Result<Symbol, ReadError> {
    match parse_term(text)? {
        Term::Var(s) => Ok(s),
        _ => Err(ReadError { at: 0, message: format!("expected a symbol, found `{}`", text.trim()) }),
    }
}
