//! From a world's file to a world: names resolved, expressions parsed, hypotheses checked.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::clauses::Clause;
use super::error::WorldError;
use super::file::{FamilyFile, MutantsFile, PropositionFile, SCHEMA, SlotFile, SuppositionFile, VectorFile, WorldFile};
use super::frames::{Frame, Vocabulary};
use super::model::{
    Covariance, Family, Law, LimitPoint, Mutants, Proposition, Quantity, Reading, Scalar, Slot, Supposition, VectorLaw,
    VectorSpec, World,
};
use crate::language::{Chain, Expr, Index, Lexicon, RUNNING_LETTERS, Relation, Symbol, parse_statement, parse_text};
use crate::numeric::{Definition, Parameter};

/// Reads a file's text; inherits from `parents`.
pub fn load(file: &str, source: &str, parents: &BTreeMap<String, WorldFile>) -> Result<World, WorldError> {
    let raw = parse(file, source)?;
    let (merged, lineage) = inherit(file, source, raw, parents)?;
    Loader { file, source, lexicon: lexicon_of(&merged) }.world(merged, lineage)
}

/// Reads a file's TOML alone.
pub fn parse(file: &str, source: &str) -> Result<WorldFile, WorldError> {
    let raw: WorldFile = toml::from_str(source).map_err(|e| {
        let span = e.span().unwrap_or(0..0);
        WorldError::at(file, source, span.clone(), format!("{}{}", key_before(source, span.start), e.message()))
    })?;
    if raw.schema != SCHEMA {
        let at = source.find("schema").unwrap_or(0);
        return Err(WorldError::at(
            file,
            source,
            at..at + 6,
            format!("schema is {}, this attest reads schema {SCHEMA}", raw.schema),
        ));
    }
    Ok(raw)
}

/// Where a world's parts come from.
struct Lineage {
    /// The worlds it extends, nearest first.
    ancestors: Vec<String>,
    /// The world that asks for the slots.
    asked_in: String,
}

/// `points: ` for an offset in the value of `points = …`; empty where no key stands on its line.
fn key_before(source: &str, offset: usize) -> String {
    let before = source.get(..offset).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    line.split_once('=').map_or_else(String::new, |(key, _)| format!("{}: ", key.trim()))
}

/// The file with everything that it inherits: maps merge, its own entries win; slots, letters and
/// limits are replaced where it has any.
fn inherit(
    file: &str,
    source: &str,
    own: WorldFile,
    parents: &BTreeMap<String, WorldFile>,
) -> Result<(WorldFile, Lineage), WorldError> {
    let mut chain = vec![own];
    while let Some(parent) = chain.last().and_then(|w| w.extends.clone()) {
        let found = parents.get(parent.get_ref()).filter(|_| chain.len() < 8);
        let Some(found) = found else {
            let range = if chain.len() == 1 { parent.span() } else { 0..0 };
            let known: Vec<&str> = parents.keys().map(String::as_str).collect();
            return Err(WorldError::at(
                file,
                source,
                range,
                format!("extends: no world `{}`; there are {}", parent.get_ref(), known.join(", ")),
            ));
        };
        chain.push(found.clone());
    }
    let mut merged = chain.remove(0);
    let mut asked_in = merged.id.clone();
    let ancestors = chain.iter().map(|w| w.id.clone()).collect();
    for base in chain {
        merge_map(&mut merged.dimensions, base.dimensions);
        merge_map(&mut merged.scalars, base.scalars);
        merge_map(&mut merged.vectors, base.vectors);
        merge_map(&mut merged.families, base.families);
        merge_map(&mut merged.columns, base.columns);
        merge_map(&mut merged.definitions, base.definitions);
        merge_map(&mut merged.synonyms, base.synonyms);
        merge_map(&mut merged.quantities, base.quantities);
        merge_map(&mut merged.words, base.words);
        merged.suppositions.extend(base.suppositions);
        merged.propositions.extend(base.propositions.into_iter().filter(|p| p.inherited));
        if merged.letters.is_empty() {
            merged.letters = base.letters;
        }
        if merged.limits.is_empty() {
            merged.limits = base.limits;
        }
        if merged.slots.is_empty() && !base.slots.is_empty() {
            merged.slots = base.slots;
            asked_in = base.id;
        }
    }
    borrow(file, source, &mut merged, parents)?;
    Ok((merged, Lineage { ancestors, asked_in }))
}

/// Takes over what another world's writers say in clauses that are known word for word.
fn borrow(file: &str, source: &str, merged: &mut WorldFile, parents: &BTreeMap<String, WorldFile>) -> Result<(), WorldError> {
    let Some(from) = merged.borrows.clone() else { return Ok(()) };
    let Some(found) = parents.get(from.get_ref()) else {
        let range = from.span();
        return Err(WorldError::at(file, source, range, format!("borrows: no world `{}`", from.get_ref())));
    };
    merge_map(&mut merged.words, found.words.clone());
    // What the world says of its own under one id stands for what the other one says.
    let own: Vec<String> = merged.propositions.iter().map(|p| p.id.clone()).collect();
    let lent = found.propositions.iter().filter(|p| p.inherited && p.cues.is_empty() && !own.contains(&p.id)).cloned();
    merged.propositions.extend(lent);
    Ok(())
}

fn merge_map<V>(own: &mut BTreeMap<String, V>, base: BTreeMap<String, V>) {
    for (key, value) in base {
        own.entry(key).or_insert(value);
    }
}

/// The names of a file: what takes an index, what stands alone, which letters are indices.
fn lexicon_of(file: &WorldFile) -> Lexicon {
    let mut lexicon = Lexicon::default();
    for (name, family) in &file.families {
        lexicon.families.insert(name.clone());
        lexicon.families.extend(family.noise.clone());
        lexicon.families.extend(family.covariance_name.clone());
    }
    let plain = file.scalars.keys().chain(file.vectors.keys()).chain(file.columns.keys()).chain(file.dimensions.keys());
    lexicon.plain.extend(plain.cloned());
    for (name, spec) in &file.vectors {
        if spec.shape.len() == 1 && matches!(spec.law.get_ref().as_str(), "generic") {
            lexicon.families.insert(name.clone());
        }
    }
    for key in file.definitions.keys() {
        match key.split_once('_') {
            Some((name, _)) => lexicon.families.insert(name.to_string()),
            None => lexicon.plain.insert(key.clone()),
        };
    }
    for slot in &file.slots {
        match slot.symbol.get_ref().split_once('_') {
            Some((name, _)) => lexicon.families.insert(name.to_string()),
            None => lexicon.plain.insert(slot.symbol.get_ref().clone()),
        };
    }
    for name in file.synonyms.keys() {
        lexicon.plain.insert(name.clone());
    }
    lexicon.indices.extend(file.letters.iter().cloned());
    lexicon.indices.extend(RUNNING_LETTERS.iter().filter(|l| !file.dimensions.contains_key(**l)).map(|l| (*l).to_string()));
    lexicon
}

struct Loader<'a> {
    file: &'a str,
    source: &'a str,
    lexicon: Lexicon,
}

type Result_<T> = Result<T, WorldError>;

impl Loader<'_> {
    fn fail<T>(&self, at: std::ops::Range<usize>, reason: String) -> Result_<T> {
        Err(WorldError::at(self.file, self.source, at, reason))
    }

    fn expr(&self, key: &str, text: &Spanned<String>) -> Result_<Expr> {
        parse_text(text.get_ref(), &self.lexicon).or_else(|e| self.fail(text.span(), format!("{key}: `{}`: {e}", text.get_ref())))
    }

    fn relation(&self, key: &str, text: &Spanned<String>) -> Result_<Chain> {
        let chain = parse_statement(text.get_ref(), &self.lexicon)
            .or_else(|e| self.fail(text.span(), format!("{key}: `{}`: {e}", text.get_ref())))?;
        if chain.relations.is_empty() {
            return self.fail(text.span(), format!("{key}: `{}` is no relation", text.get_ref()));
        }
        Ok(chain)
    }

    fn symbol(&self, key: &str, text: &str, at: std::ops::Range<usize>) -> Result_<Symbol> {
        match parse_text(text, &self.lexicon) {
            Ok(Expr::Symbol(s)) => Ok(s),
            _ => self.fail(at, format!("{key}: `{text}` is no symbol")),
        }
    }

    fn world(self, file: WorldFile, lineage: Lineage) -> Result_<World> {
        let mut definitions = Vec::new();
        for (key, body) in &file.definitions {
            definitions.push(self.definition(key, body, &file.letters)?);
        }
        let mut families = BTreeMap::new();
        for (name, family) in &file.families {
            families.insert(name.clone(), self.family(name, family)?);
            definitions.extend(self.covariances(name, family)?);
        }
        let mut vectors = BTreeMap::new();
        for (name, spec) in &file.vectors {
            vectors.insert(name.clone(), self.vector(name, spec)?);
        }
        let mut scalars = BTreeMap::new();
        for (name, scalar) in &file.scalars {
            let limit = match scalar.limit.as_ref().map(|l| (l.get_ref().as_str(), l.span())) {
                None => None,
                Some(("infinity", _)) => Some(LimitPoint::Infinity),
                Some(("0", _)) => Some(LimitPoint::Zero),
                Some((other, at)) => {
                    return self.fail(at, format!("scalars.{name}.limit: `{other}`; expected `infinity` or `0`"));
                }
            };
            scalars.insert(name.clone(), Scalar { range: (scalar.range[0], scalar.range[1]), limit });
        }
        let mut limits = Vec::new();
        for name in &file.limits {
            if scalars.get(name.get_ref()).is_none_or(|s| s.limit.is_none()) {
                return self.fail(name.span(), format!("limits: `{}` is no scalar with a limit", name.get_ref()));
            }
            limits.push(name.get_ref().clone());
        }
        self.check_dimensions(&file)?;
        let slots = file.slots.iter().map(|s| self.slot(s)).collect::<Result_<Vec<_>>>()?;
        let mut vocabulary = Vocabulary::new(&file.words);
        let propositions =
            file.propositions.iter().map(|p| self.proposition(p, &file, &mut vocabulary)).collect::<Result_<Vec<_>>>()?;
        let mutants = file.mutants.iter().map(|m| self.mutants(m, &file.letters)).collect::<Result_<Vec<_>>>()?;
        let suppositions = file.suppositions.iter().map(|s| self.supposition(s)).collect::<Result_<Vec<_>>>()?;
        let quantities = file.quantities.iter().map(|(k, v)| self.quantity(k, v, &file)).collect::<Result_<Vec<_>>>()?;
        Ok(World {
            id: file.id,
            parents: lineage.ancestors,
            asked_in: lineage.asked_in,
            title: file.title,
            asks: file.asks,
            points: file.points,
            signals: file.signals,
            dimensions: file.dimensions.into_iter().map(|(k, [low, high])| (k, (low, high))).collect(),
            letters: file.letters,
            scalars,
            limits,
            vectors,
            families,
            columns: file.columns.into_iter().map(|(k, v)| (k, v.into_inner())).collect(),
            definitions,
            synonyms: file.synonyms,
            slots,
            vocabulary,
            propositions,
            suppositions,
            quantities,
            may_keep_to: file.may_keep_to.iter().map(|t| self.relation("may_keep_to", t)).collect::<Result_<_>>()?,
            accuracy: file.accuracy,
            counts: file.counts,
            growth: file.growth,
            corruption: file.corruption,
            plots: file.plots,
            mutants,
            lexicon: self.lexicon,
        })
    }

    /// Every dimension that something names must be listed.
    fn check_dimensions(&self, file: &WorldFile) -> Result_<()> {
        let named: BTreeSet<&String> = file
            .families
            .values()
            .flat_map(|f| [&f.count, &f.dimension])
            .chain(file.vectors.values().flat_map(|v| v.shape.iter()))
            .collect();
        for name in named {
            if !file.dimensions.contains_key(name) {
                let at = self.source.find(&format!("\"{name}\"")).unwrap_or(0);
                return self.fail(
                    at..at + name.len() + 2,
                    format!("dimensions: `{name}` is used but has no range; add `{name} = [2, 6]` under [dimensions]"),
                );
            }
        }
        for (name, [low, high]) in &file.dimensions {
            if *low == 0 || low > high || *high > 64 {
                let at = self.source.find(name.as_str()).unwrap_or(0);
                return self.fail(
                    at..at + name.len(),
                    format!("dimensions.{name}: expected 1 <= low <= high <= 64, found [{low}, {high}]"),
                );
            }
        }
        for (matrix, family) in &file.columns {
            if !file.families.contains_key(family.get_ref()) {
                return self.fail(family.span(), format!("columns.{matrix}: no family `{}`", family.get_ref()));
            }
        }
        Ok(())
    }

    fn definition(&self, key: &str, body: &Spanned<String>, letters: &[String]) -> Result_<Definition> {
        let symbol = self.symbol("definitions", key, body.span())?;
        let parameters = symbol.indices.iter().map(|i| parameter(i, letters)).collect();
        Ok(Definition { name: symbol.name, parameters, body: self.expr(&format!("definitions.{key}"), body)? })
    }

    fn family(&self, name: &str, family: &FamilyFile) -> Result_<Family> {
        let law = match family.law.get_ref().as_str() {
            "generic" => Law::Generic,
            "orthonormal" => Law::Orthonormal { frame: family.frame.clone().unwrap_or_else(|| name.to_string()) },
            "gaussian" => {
                let (Some(mean), Some(general)) = (&family.mean, &family.covariance) else {
                    return self
                        .fail(family.law.span(), format!("families.{name}: a gaussian family needs `mean` and `covariance`"));
                };
                let key = format!("families.{name}");
                let except = family.except.iter().map(|(l, e)| Ok((l.clone(), self.expr(&key, e)?))).collect::<Result_<_>>()?;
                Law::Gaussian {
                    mean: Box::new(self.expr(&key, mean)?),
                    covariance: Box::new(Covariance { general: self.expr(&key, general)?, except }),
                    noise: family.noise.clone(),
                    covariance_name: family.covariance_name.clone(),
                }
            }
            other => {
                return self.fail(
                    family.law.span(),
                    format!("families.{name}.law: `{other}`; expected `generic`, `orthonormal` or `gaussian`"),
                );
            }
        };
        Ok(Family { count: family.count.clone(), dimension: family.dimension.clone(), law })
    }

    /// `Sigma_i` and its exceptions, where the family names its covariance.
    fn covariances(&self, name: &str, family: &FamilyFile) -> Result_<Vec<Definition>> {
        let (Some(symbol), Some(general)) = (&family.covariance_name, &family.covariance) else {
            return Ok(vec![]);
        };
        let key = format!("families.{name}.covariance");
        let mut all = vec![Definition {
            name: symbol.clone(),
            parameters: vec![Parameter::Bind("i".into())],
            body: self.expr(&key, general)?,
        }];
        for (letter, body) in &family.except {
            all.push(Definition {
                name: symbol.clone(),
                parameters: vec![Parameter::Literal(Index::Letter(letter.clone()))],
                body: self.expr(&key, body)?,
            });
        }
        Ok(all)
    }

    fn vector(&self, name: &str, spec: &VectorFile) -> Result_<VectorSpec> {
        let shape = match spec.shape.as_slice() {
            [d] => (d.clone(), "1".to_string()),
            [r, c] => (r.clone(), c.clone()),
            _ => {
                return self.fail(spec.law.span(), format!("vectors.{name}.shape: expected one or two dimensions"));
            }
        };
        let law = match spec.law.get_ref().as_str() {
            "generic" => VectorLaw::Generic,
            "separates" => match (&spec.family, &spec.letter, &spec.gap) {
                (Some(family), Some(letter), Some(gap)) => {
                    VectorLaw::Separates { family: family.clone(), letter: letter.clone(), gap: gap.clone() }
                }
                _ => {
                    return self.fail(spec.law.span(), format!("vectors.{name}: `separates` needs `family`, `letter` and `gap`"));
                }
            },
            other => {
                return self.fail(spec.law.span(), format!("vectors.{name}.law: `{other}`; expected `generic` or `separates`"));
            }
        };
        Ok(VectorSpec { shape, law })
    }

    /// A named quantity; its expression must parse for the first of the world's letters.
    fn quantity(&self, words: &str, expression: &Spanned<String>, file: &WorldFile) -> Result_<Quantity> {
        let letter = file.letters.first().map_or("a", String::as_str);
        let filled = expression.get_ref().replace('?', letter);
        let tried = Spanned::new(expression.span(), filled.trim_end().trim_end_matches('=').to_string());
        self.expr(&format!("quantities.{words}"), &tried)?;
        Ok(Quantity { words: words.to_string(), expression: expression.get_ref().clone() })
    }

    fn slot(&self, slot: &SlotFile) -> Result_<Slot> {
        let symbol = self.symbol("slots.symbol", slot.symbol.get_ref(), slot.symbol.span())?;
        let differs_from =
            slot.differs_from.iter().map(|s| self.symbol("slots.differs_from", s, slot.symbol.span())).collect::<Result_<_>>()?;
        let readings = slot
            .readings
            .iter()
            .map(|r| {
                let requirement = self.relation("slots.readings.requirement", &r.requirement)?;
                Ok(Reading { requirement, change: r.change.clone(), becomes: r.becomes.clone() })
            })
            .collect::<Result_<_>>()?;
        Ok(Slot {
            symbol,
            requirement: self.relation("slots.requirement", &slot.requirement)?,
            reference: self.expr("slots.reference", &slot.reference)?,
            correct: slot.correct.clone(),
            differs_from,
            cues: slot.cues.clone(),
            readings,
            because: slot.because.clone(),
        })
    }

    fn mutants(&self, entry: &MutantsFile, letters: &[String]) -> Result_<Mutants> {
        if entry.wrong.is_empty() {
            return self.fail(entry.claim.span(), format!("mutants: `{}` has no wrong version", entry.claim.get_ref()));
        }
        let claim = self.relation("mutants.claim", &entry.claim)?;
        let wrong = entry.wrong.iter().map(|w| self.relation("mutants.wrong", w)).collect::<Result_<_>>()?;
        let given = entry.given.iter().map(|(k, v)| self.definition(k, v, letters)).collect::<Result_<_>>()?;
        Ok(Mutants { claim, wrong, given })
    }

    fn supposition(&self, entry: &SuppositionFile) -> Result_<Supposition> {
        for text in &entry.supposes {
            let tried = Spanned::new(text.span(), text.get_ref().replace('#', "2"));
            let chain = self.relation("suppositions.supposes", &tried)?;
            if chain.relations.iter().any(|r| *r != Relation::Equal) {
                return self.fail(text.span(), format!("suppositions.supposes: `{}`: expected an equality", text.get_ref()));
            }
        }
        let claims = entry.supposes.iter().map(|t| t.get_ref().clone()).collect();
        Ok(Supposition { cues: entry.cues.clone(), unless: entry.unless.clone(), claims, others: entry.others, bare: entry.bare })
    }

    fn proposition(&self, entry: &PropositionFile, file: &WorldFile, vocabulary: &mut Vocabulary) -> Result_<Proposition> {
        let claims =
            entry.claims.iter().map(|c| self.relation(&format!("propositions.{}", entry.id), c)).collect::<Result_<_>>()?;
        let given = entry.given.iter().map(|(k, v)| self.definition(k, v, &file.letters)).collect::<Result_<_>>()?;
        let fail = |reason: String| self.fail(0..0, format!("propositions.{}: {reason}", entry.id));
        let clauses = entry.clauses.iter().map(|c| Clause::new(c, &file.words)).collect::<Result<_, _>>().or_else(fail)?;
        let frames = entry.frames.iter().map(|f| Frame::new(f, vocabulary)).collect::<Result<_, _>>();
        let frames = frames.or_else(|reason| self.fail(0..0, format!("propositions.{}: {reason}", entry.id)))?;
        Ok(Proposition { entry: entry.clone(), clauses, frames, claims, given })
    }
}

/// A world's fixed letters and numbers are literal, every other index letter is a parameter.
fn parameter(index: &Index, letters: &[String]) -> Parameter {
    match index {
        Index::Letter(l) if !letters.contains(l) => Parameter::Bind(l.clone()),
        fixed => Parameter::Literal(fixed.clone()),
    }
}
