//! What a user supposes on the command line: `beta > 0, A'A = I, c in R^m, k orthonormal`.

use super::hypotheses::Hypotheses;
use super::moments::Laws;
use super::rewrite::orthonormal_families;
use super::surface::{ReadError, parse_relations_whole, parse_term};
use super::term::{Func, Term};
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
    /// Gaussian variables.
    pub laws: Laws,
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
        // `X, Y ~ N(0, 1)` and `X, Y independent`: names wait for what is said of them.
        let mut waiting: Vec<Symbol> = Vec::new();
        for part in parts(text) {
            if part.contains('~') || part.ends_with("independent") || part.starts_with("Cov(") {
                given.random(part, std::mem::take(&mut waiting))?;
            } else if let Ok(Term::Var(s)) = parse_term(part) {
                waiting.push(s);
            } else if let Some(name) = part.strip_suffix("orthonormal") {
                let symbol = symbol(name)?;
                given.kinds.vectors.insert((symbol.name.clone(), 1));
                given.orthonormal.push(symbol.name);
            } else if let Some((name, space)) = [" in ", "∈", "\\in "].iter().find_map(|s| part.split_once(s)) {
                given.lies_in(&symbol(name)?, space.trim())?;
            } else {
                for (l, r, m) in parse_relations_whole(part)? {
                    given.hypotheses.suppose(l, r, m);
                }
            }
        }
        if let Some(s) = waiting.first() {
            return Err(ReadError { at: 0, message: format!("expected what is said of {}", s.name) });
        }
        given.orthonormal.extend(orthonormal_families(&given.hypotheses));
        given.hypotheses = given.laws.suppositions(&given.hypotheses);
        Ok(given)
    }

    /// `X ~ N(mean, variance)`, `X independent`, `Cov(X, Y) = c`.
    fn random(&mut self, part: &str, mut names: Vec<Symbol>) -> Result<(), ReadError> {
        let error = || ReadError { at: 0, message: format!("expected `X ~ N(mean, variance)`, found `{part}`") };
        if let Some(last) = part.strip_suffix("independent") {
            for name in last.split(" and ").map(str::trim).filter(|n| !n.is_empty()) {
                names.push(symbol(name)?);
            }
            let all = self.laws.normal.keys().cloned().collect();
            self.laws.independent.extend(if names.is_empty() { all } else { names });
            return Ok(());
        }
        if part.starts_with("Cov(") {
            for (l, _, r) in parse_relations_whole(part)? {
                let Term::Call(Func::Covariance, v) = l else { return Err(error()) };
                let [Term::Var(a), Term::Var(b)] = &v[..] else { return Err(error()) };
                let pair = if a < b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) };
                self.laws.covariances.insert(pair, r);
            }
            return Ok(());
        }
        let (name, law) = part.split_once('~').ok_or_else(error)?;
        names.push(symbol(name)?);
        let inner = law.trim().trim_start_matches("\\mathcal").trim_start_matches("\\sim");
        let inner = inner.trim_start_matches(['{', ' ']).trim_start_matches('N').trim_start_matches('}').trim();
        let ends = inner.strip_prefix('(').and_then(|i| i.strip_suffix(')')).ok_or_else(error)?;
        let [mean, variance] = &parts(ends)[..] else { return Err(error()) };
        let law = (parse_term(mean)?, parse_term(variance)?);
        self.laws.normal.extend(names.into_iter().map(|n| (n, law.clone())));
        Ok(())
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

/// The parts between commas and semicolons that stand in no bracket.
fn parts(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut out) = (0i32, 0, Vec::new());
    for (k, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' | ';' if depth <= 0 => {
                out.push(text[start..k].trim());
                start = k + 1;
            }
            _ => {}
        }
    }
    out.push(text[start..].trim());
    out.retain(|p| !p.is_empty());
    out
}

fn symbol(text: &str) -> Result<Symbol, ReadError> {
    match parse_term(text)? {
        Term::Var(s) => Ok(s),
        _ => Err(ReadError { at: 0, message: format!("expected a symbol, found `{}`", text.trim()) }),
    }
}
