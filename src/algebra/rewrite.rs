//! Vector and matrix identities for any dimension, proved by rewriting words.
//!
//! Hypotheses become rules (`AᵀA = I` takes `AᵀA` out of a word, `AᵀB = 0` removes the word);
//! both sides are rewritten until no rule applies, and the words that remain are compared, their
//! coefficients by the scalar engine. Every rewriting is a [`Step`] that [`super::replay`] walks
//! again by itself.

use super::hypotheses::Hypotheses;
use super::modular::{Identity, identical};
use super::print::show;
use super::term::Term;
use super::words::{
    Expander, Item, Kinds, Letter, as_scalar, bound_around, contracted, covers_family, same_index, show_letter, times,
    with_letter,
};
use crate::language::{Index, Relation, Symbol};

/// What a rule does.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A stretch of letters becomes a sum of items.
    Word(Vec<Letter>, Vec<Item>),
    /// `f_iᵀ f_j` of the family becomes 1 where `i = j` and 0 elsewhere.
    Orthonormal(String),
}

/// A rule with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The rule as it is shown: `AᵀA = I`.
    pub name: String,
    /// What it does.
    pub action: Action,
}

/// One rewriting of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Number of the rule.
    pub rule: usize,
    /// The item before.
    pub before: Item,
    /// Where in its word the rule applies.
    pub at: usize,
    /// What takes its place.
    pub after: Vec<Item>,
}

/// Items, the steps that rewrite them, and what they lead to.
#[derive(Debug, Clone, PartialEq)]
pub struct Derivation {
    /// The items before any rule.
    pub start: Vec<Item>,
    /// The rewritings, in order.
    pub steps: Vec<Step>,
    /// What is left when no rule applies.
    pub end: Vec<Item>,
}

/// A proof that a difference vanishes.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// The rules.
    pub rules: Vec<Rule>,
    /// Rewritings of the arguments of functions.
    pub lemmas: Vec<Derivation>,
    /// From the difference of the sides to items that cancel.
    pub main: Derivation,
}

impl Proof {
    /// The steps in words, one a line.
    pub fn lines(&self) -> Vec<String> {
        let steps = self.lemmas.iter().chain([&self.main]).flat_map(|d| &d.steps);
        steps
            .map(|s| {
                let after: Vec<String> = s.after.iter().map(Item::show).collect();
                let after = if after.is_empty() { "0".to_string() } else { after.join(" + ") };
                format!("{} = {after}    by {}", s.before.show(), self.rules[s.rule].name)
            })
            .collect()
    }
}

/// What rewriting says.
#[derive(Debug, Clone, PartialEq)]
pub enum Rewriting {
    /// The sides are equal.
    Proved(Box<Proof>),
    /// Words remain whose coefficients are not known to vanish.
    Open(String),
}

/// Most steps of a proof.
const STEPS_MAX: usize = 2_000;

/// The rules that the hypotheses give, each with its transpose.
///
/// `Err` names a hypothesis between matrices that gives none.
pub fn rules(hypotheses: &Hypotheses, kinds: &Kinds, orthonormal: &[String]) -> Result<Vec<Rule>, String> {
    let mut out: Vec<Rule> =
        orthonormal.iter().map(|f| Rule { name: format!("{f}ᵢᵀ{f}ⱼ = δᵢⱼ"), action: Action::Orthonormal(f.clone()) }).collect();
    for (left, relation, right) in &hypotheses.facts {
        if *relation != Relation::Equal {
            continue;
        }
        // A norm is written as the root of the inner product.
        let square = |t: &Term| if let Term::Pow(b, e) = t { (**e == Term::ratio(1, 2)).then(|| (**b).clone()) } else { None };
        let (left, right) = match square(left) {
            Some(inner) => (inner, right.clone().pow(Term::int(2))),
            None => (left.clone(), right.clone()),
        };
        let mut expander = Expander::new(kinds, None);
        let (l, r) = (expander.expand(&left)?, expander.expand(&right)?);
        let [Item { coefficient, bound, word }] = &l[..] else { continue };
        if word.is_empty() || !bound.is_empty() || !coefficient.is_int(1) {
            continue;
        }
        let zero = |i: &Item| i.coefficient.rational().is_some_and(|c| c == num_rational::BigRational::from_integer(0.into()));
        let r: Vec<Item> = r.into_iter().filter(|i| !zero(i)).collect();
        let name = |w: &[Letter]| format!("{} = {}", w.iter().map(show_letter).collect::<Vec<_>>().join(""), show(&right));
        let flipped: Vec<Letter> = word.iter().rev().map(Letter::flipped).collect();
        out.push(Rule { name: name(word), action: Action::Word(word.clone(), r.clone()) });
        if flipped != *word {
            let back = r.iter().map(|i| Item { word: i.word.iter().rev().map(Letter::flipped).collect(), ..i.clone() }).collect();
            out.push(Rule { name: format!("transpose of {}", name(word)), action: Action::Word(flipped, back) });
        }
    }
    Ok(out)
}

/// Tries to prove `left = right` by rewriting.
///
/// # Errors
///
/// The part that is no word, in words.
pub fn prove(
    left: &Term,
    right: &Term,
    hypotheses: &Hypotheses,
    kinds: &Kinds,
    orthonormal: &[String],
) -> Result<Rewriting, String> {
    let rules = rules(hypotheses, kinds, orthonormal)?;
    let reduce = |items: Vec<Item>| derive(items, &rules, hypotheses);
    let mut expander = Expander::new(kinds, Some(&reduce));
    let start = expander.expand(&left.clone().minus(right.clone()))?;
    let lemmas = std::mem::take(&mut expander.lemmas);
    let main = derive(start, &rules, hypotheses)?;
    match leftover(&main.end, hypotheses) {
        None => Ok(Rewriting::Proved(Box::new(Proof { rules, lemmas, main }))),
        Some(rest) => Ok(Rewriting::Open(format!("{rest} is left"))),
    }
}

/// Rewrites the items until no rule applies; scalars leave the words only then.
fn derive(start: Vec<Item>, rules: &[Rule], hypotheses: &Hypotheses) -> Result<Derivation, String> {
    let mut steps = Vec::new();
    let mut end = Vec::new();
    let mut open: Vec<Item> = start.iter().rev().cloned().collect();
    while let Some(item) = open.pop() {
        match first_rewriting(&item, rules, hypotheses) {
            Some(step) => {
                open.extend(step.after.iter().rev().cloned());
                steps.push(step);
                if steps.len() > STEPS_MAX {
                    return Err("the budget of rewriting steps is spent".into());
                }
            }
            None => {
                let shorter = contracted(vec![item.clone()]).remove(0);
                if shorter == item { end.push(item) } else { open.push(shorter) }
            }
        }
    }
    Ok(Derivation { start, steps, end })
}

fn first_rewriting(item: &Item, rules: &[Rule], hypotheses: &Hypotheses) -> Option<Step> {
    for at in 0..item.word.len() {
        for (k, rule) in rules.iter().enumerate() {
            if let Some(after) = rewritten(item, rule, at, hypotheses) {
                return Some(Step { rule: k, before: item.clone(), at, after });
            }
        }
    }
    None
}

/// What the rule makes of the item at that place, if it applies.
fn rewritten(item: &Item, rule: &Rule, at: usize, hypotheses: &Hypotheses) -> Option<Vec<Item>> {
    match &rule.action {
        Action::Word(from, to) => {
            let stretch = item.word.get(at..at + from.len())?;
            (stretch == &from[..]).then(|| {
                to.iter()
                    .map(|r| Item {
                        coefficient: times(&item.coefficient, &r.coefficient),
                        bound: [item.bound.clone(), r.bound.clone()].concat(),
                        word: [&item.word[..at], &r.word[..], &item.word[at + from.len()..]].concat(),
                    })
                    .collect()
            })
        }
        Action::Orthonormal(family) => {
            let (row, column) = (item.word.get(at)?, item.word.get(at + 1)?);
            let fits = row.transposed && !column.transposed && row.symbol.name == *family && column.symbol.name == *family;
            let ([i], [j]) = (&row.symbol.indices[..], &column.symbol.indices[..]) else { return None };
            if !fits { None } else { contraction(item, at, i, j, hypotheses) }
        }
    }
}

/// `f_iᵀ f_j` taken out: 1, 0, or a sum that loses its index.
fn contraction(item: &Item, at: usize, i: &Index, j: &Index, hypotheses: &Hypotheses) -> Option<Vec<Item>> {
    let mut rest = item.clone();
    rest.word.drain(at..at + 2);
    match same_index(i, j, hypotheses) {
        Some(true) => return Some(vec![rest]),
        Some(false) => return Some(vec![]),
        None => {}
    }
    for (bound, other) in [(i, j), (j, i)] {
        let Index::Letter(letter) = bound else { continue };
        let Some(k) = rest.bound.iter().position(|b| b.index == *letter && covers_family(b)) else { continue };
        let binding = rest.bound.remove(k);
        let left_out: Option<Vec<bool>> = binding.except.iter().map(|e| same_index(e, other, hypotheses)).collect();
        return match left_out {
            // The other index is known to lie inside the range, or to be left out.
            Some(list) if !list.contains(&true) => {
                rest.coefficient = rest.coefficient.with_index(letter, other);
                rest.word = with_letter(&rest.word, letter, other);
                Some(vec![rest])
            }
            Some(_) => Some(vec![]),
            None => None,
        };
    }
    None
}

/// A word whose coefficients do not vanish together; `None` if all do.
pub(super) fn leftover(items: &[Item], hypotheses: &Hypotheses) -> Option<String> {
    let mut groups: Vec<(Vec<Letter>, Vec<super::words::Binding>, Vec<Term>)> = Vec::new();
    for item in items {
        let (word, outer, coefficient) = canonical(item);
        match groups.iter_mut().find(|g| g.0 == word && g.1 == outer) {
            Some(g) => g.2.push(coefficient),
            None => groups.push((word, outer, vec![coefficient])),
        }
    }
    groups.into_iter().find_map(|(word, _, coefficients)| {
        let sum = Term::add(coefficients);
        let vanishes = matches!(identical(&sum, &Term::int(0), hypotheses), Ok(Identity::Same { .. }));
        (!vanishes).then(|| {
            let word: Vec<String> = word.iter().map(show_letter).collect();
            format!("({}){}", show(&sum), word.join("·"))
        })
    })
}

/// The item with bound letters named by their first place in the word; sums over letters that
/// the word does not carry go around the coefficient.
fn canonical(item: &Item) -> (Vec<Letter>, Vec<super::words::Binding>, Term) {
    let mut item = item.clone();
    let mut outer = Vec::new();
    let in_word: Vec<String> = item
        .word
        .iter()
        .flat_map(|l| l.symbol.indices.clone())
        .filter_map(|i| if let Index::Letter(l) = i { Some(l) } else { None })
        .collect();
    for letter in in_word {
        let Some(k) = item.bound.iter().position(|b| b.index == letter) else { continue };
        let mut binding = item.bound.remove(k);
        let name = format!("w{}", outer.len() + 1);
        let index = Index::Letter(name.clone());
        item.coefficient = item.coefficient.with_index(&letter, &index);
        item.word = with_letter(&item.word, &letter, &index);
        binding.index = name;
        outer.push(binding);
    }
    let coefficient = bound_around(item.coefficient, &item.bound);
    (item.word, outer, coefficient)
}

/// The scalar that a term is under the rules, if no word is left.
pub fn scalar_value(t: &Term, hypotheses: &Hypotheses, kinds: &Kinds, orthonormal: &[String]) -> Result<Term, String> {
    let rules = rules(hypotheses, kinds, orthonormal)?;
    let reduce = |items: Vec<Item>| derive(items, &rules, hypotheses);
    let start = Expander::new(kinds, Some(&reduce)).expand(t)?;
    let end = derive(start, &rules, hypotheses)?.end;
    if end.iter().all(|i| i.word.is_empty()) { Ok(as_scalar(end)) } else { Err(format!("{} is no scalar", show(t))) }
}

/// A family that hypotheses call orthonormal by `f_i^T f_j = δ_{ij}`.
pub fn orthonormal_families(hypotheses: &Hypotheses) -> Vec<String> {
    let delta = |s: &Symbol| s.name == "delta" && s.indices.len() == 2;
    hypotheses
        .facts
        .iter()
        .filter_map(|(l, r, m)| match (l, m) {
            (Term::Mul(v), Term::Var(d)) if *r == Relation::Equal && delta(d) => match &v[..] {
                [Term::Transpose(x), Term::Var(y)] => match &**x {
                    Term::Var(x) if x.name == y.name => Some(y.name.clone()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        })
        .collect()
}
