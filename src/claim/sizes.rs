//! Sentences that put numbers, equal sizes or great depth into a cost: "24576 entries against 65536", "19.2 times
//! fewer scores", "inserting m = ℓ returns Lℓ²", "as L → ∞ the factor approaches 64".

use std::collections::BTreeMap;

use super::atoms::{Atom, text_at};
use crate::language::Expr;
use crate::span::Span;
use crate::world::GrowthFile;

/// What a sentence says of sizes.
#[derive(Debug, Clone, PartialEq)]
pub struct Sizes {
    /// The sizes that the part gives.
    pub values: BTreeMap<String, f64>,
    /// What is said of them.
    pub said: Said,
}

/// What is said of the scores of two models.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// "24576 entries against 65536".
    Pair(f64, f64),
    /// "19.2 times fewer": a quotient, with half a unit of its last digit.
    Times(f64, f64),
    /// "62.5 % fewer": one minus the quotient, in percent.
    Saved(f64, f64),
    /// What the quotient tends to as there are ever more layers; and whether only the scores can be meant.
    Deep(Box<Expr>, bool),
    /// One variable in place of another, and what comes out.
    Inserted(String, String, Box<Expr>),
    /// One variable is a part of another, and a part's scores are a part of the other model's.
    Part {
        /// How many times smaller the variable is.
        factor: f64,
        /// The smaller and the larger variable.
        variables: (String, String),
        /// The part of the scores.
        part: f64,
    },
}

/// A number in digits, with half a unit of its last one.
pub fn number(list: &[Atom], i: usize) -> Option<(f64, f64)> {
    let text = text_at(list, i);
    let value: f64 = text.parse().ok().filter(|_| text.starts_with(|c: char| c.is_ascii_digit()))?;
    let decimals = text.split_once('.').map_or(0, |(_, f)| f.len());
    Some((value, 0.5 * 10f64.powi(-(decimals as i32))))
}

/// Sizes that a part gives to the variables; none that it gives twice.
pub fn values(growth: &GrowthFile, part: &[Atom]) -> BTreeMap<String, f64> {
    let mut found: BTreeMap<String, Option<f64>> = BTreeMap::new();
    for i in 1..part.len().saturating_sub(1) {
        let variable = text_at(part, i - 1);
        // "m = 64", not "m = 2l" or "x_m = 64".
        let ends =
            !growth.variables.contains_key(text_at(part, i + 2)) && !matches!(text_at(part, i + 2), "*" | "/" | "^" | "+" | "-");
        // The last factor of a product is given no size: "l^2 d = 4194304".
        let factor = |i: usize| {
            let a = &part[i];
            // A bracket around words is no factor.
            let closed = a.text == ")" && i > 0 && (factor_inside(growth, &part[i - 1]) || part[i - 1].text == ")");
            closed || factor_inside(growth, a)
        };
        let begins = i < 2 || !matches!(text_at(part, i - 2), "*" | "/" | "^" | "+" | "-" | "_") && !factor(i - 2);
        if let (true, true, true, "=", Some((n, _))) =
            (growth.variables.contains_key(variable), ends, begins, text_at(part, i), number(part, i + 1))
        {
            let entry = found.entry(variable.to_string()).or_insert(Some(n));
            if *entry != Some(n) {
                *entry = None;
            }
        }
    }
    found.into_iter().filter_map(|(k, v)| Some((k, v?))).collect()
}

/// Whether an atom is a variable or a number, and so a factor.
fn factor_inside(growth: &GrowthFile, a: &Atom) -> bool {
    growth.variables.contains_key(&a.text) || a.text.starts_with(|c: char| c.is_ascii_digit())
}

/// Sizes that hold at the end of a stretch of a part: those given last.
pub fn in_force(growth: &GrowthFile, before: &[Atom]) -> BTreeMap<String, f64> {
    let mut all = values(growth, before);
    all.extend(latest(growth, before));
    all
}

/// All sizes that a stretch of a part gives.
pub fn all(growth: &GrowthFile, part: &[Atom]) -> Vec<(String, f64)> {
    let starts = (0..part.len()).filter(|i| text_at(part, i + 1) == "=" && growth.variables.contains_key(text_at(part, *i)));
    let mut out: Vec<(String, f64)> = Vec::new();
    for (name, size) in starts.flat_map(|i| values(growth, &part[i.saturating_sub(1)..part.len().min(i + 4)])) {
        if !out.contains(&(name.clone(), size)) {
            out.push((name, size));
        }
    }
    out
}

/// Sizes of which the last one counts.
fn latest(growth: &GrowthFile, part: &[Atom]) -> BTreeMap<String, f64> {
    let cut = |n: usize| values(growth, &part[n..]);
    let starts = (0..part.len()).filter(|i| text_at(part, i + 1) == "=" && growth.variables.contains_key(text_at(part, *i)));
    starts.map(|i| i.saturating_sub(1)).flat_map(|i| cut(i).into_iter().collect::<Vec<_>>()).collect()
}

/// What a sentence says of sizes. `own` are its atoms, `part` those of the whole part, in the world's letters.
pub fn find(growth: &GrowthFile, own: &[Atom], part: &[Atom], expression: &dyn Fn(&str) -> Option<Expr>) -> Vec<(Span, Sizes)> {
    let denied = |w: &str| matches!(w, "not" | "never" | "if" | "would" | "cannot");
    // Sizes in force are those given last; others may follow later.
    let end = own.last().map_or(0, |a| a.span.end);
    let before: Vec<Atom> = part.iter().filter(|a| a.span.end <= end).cloned().collect();
    let mut values = values(growth, part);
    values.extend(latest(growth, &before));
    let units = |list: &[Atom]| list.iter().any(|a| growth.units.contains(&a.text));
    // Orders without the width compare what scores cost.
    let order = |i: usize| matches!(text_at(part, i), "O" | "Θ") && text_at(part, i + 1) == "(";
    let width = (0..part.len()).any(|i| growth.constant.contains(&part[i].text) && text_at(part, i + 1) != "=");
    let ordered = (0..part.len()).any(order) && !width;
    let others = || part.iter().any(|a| matches!(a.text.as_str(), "flops" | "operations" | "multiplications"));
    let scores = ordered || units(part) && !others();
    let supposed = |s: Option<(Span, Said)>| s.map(|(span, said)| (span, Sizes { values: values.clone(), said }));
    // "If L tends to infinity" is a limit, and supposes nothing else.
    let limit = deep(growth, own, scores, expression)
        .filter(|_| !own.iter().any(|a| matches!(a.text.as_str(), "not" | "never" | "cannot")));
    if own.iter().any(|a| denied(&a.text)) {
        return supposed(limit).into_iter().collect();
    }
    let mut out: Vec<(Span, Said)> = Vec::new();
    for i in 0..own.len() {
        out.extend(pair(growth, own, i));
        out.extend(compared(growth, own, i).filter(|_| scores));
    }
    out.extend(inserted(growth, own, expression));
    out.extend(limit);
    out.extend(part_of_entries(growth, own));
    out.into_iter().map(|(span, said)| (span, Sizes { values: values.clone(), said })).collect()
}

/// "24576 entries against 65536", "24576 against 65536 scores".
fn pair(growth: &GrowthFile, own: &[Atom], i: usize) -> Option<(Span, Said)> {
    let (first, _) = number(own, i)?;
    let unit = |k: usize| growth.units.contains(&own.get(k)?.text).then_some(());
    let score = usize::from(text_at(own, i + 1) == "score" && unit(i + 2).is_some());
    let link = i + 1 + score + usize::from(unit(i + 1 + score).is_some());
    let words = match (text_at(own, link), text_at(own, link + 1)) {
        ("against" | "versus" | "vs", ".") => 2,
        ("against" | "versus" | "vs", _) => 1,
        ("instead" | "compared", "of" | "to" | "with") => 2,
        _ => return None,
    };
    let (second, _) = number(own, link + words)?;
    let last = link + words + usize::from(unit(link + words + 1).is_some());
    (link > i + 1 || last > link + words).then(|| (own[i].span.to(own[last].span), Said::Pair(first, second)))
}

/// "19.2 times fewer scores", "a saving of 62.5 %".
fn compared(growth: &GrowthFile, own: &[Atom], i: usize) -> Option<(Span, Said)> {
    let (value, slack) = number(own, i)?;
    // Of a block and not of a model.
    if own.iter().any(|a| matches!(a.text.as_str(), "block" | "blocks" | "layer" | "layers" | "matrix" | "cross")) {
        return None;
    }
    let fewer = |k: usize| matches!(text_at(own, k), "fewer" | "less");
    let unit = |k: usize| own.get(k).is_some_and(|a| growth.units.contains(&a.text));
    let score = |k: usize| usize::from(matches!(text_at(own, k), "score" | "attention"));
    if text_at(own, i + 1) == "times" && fewer(i + 2) && unit(i + 3 + score(i + 3)) {
        return Some((own[i].span.to(own[i + 3 + score(i + 3)].span), Said::Times(value, slack)));
    }
    let percent = matches!(text_at(own, i + 1), "%" | "percent");
    if percent && fewer(i + 2) && unit(i + 3 + score(i + 3)) {
        return Some((own[i].span.to(own[i + 3 + score(i + 3)].span), Said::Saved(value, slack)));
    }
    let saving = i >= 2 && text_at(own, i - 1) == "of" && matches!(text_at(own, i - 2), "saving" | "savings" | "reduction");
    (percent && saving).then(|| (own[i - 2].span.to(own[i + 1].span), Said::Saved(value, slack)))
}

/// The longest run of atoms of an expression from a place.
fn run<'a>(growth: &GrowthFile, own: &'a [Atom], from: usize) -> &'a [Atom] {
    let rest = own.get(from..).unwrap_or_default();
    let term = |a: &&Atom| {
        growth.variables.contains_key(&a.text)
            || matches!(a.text.as_str(), "*" | "^" | "/" | "(" | ")" | "+" | "-")
            || a.text.starts_with(|c: char| c.is_ascii_digit())
    };
    &rest[..rest.iter().take_while(term).count()]
}

fn spelled(list: &[Atom], expression: &dyn Fn(&str) -> Option<Expr>) -> Option<Expr> {
    let words: Vec<&str> = list.iter().map(|a| a.text.as_str()).collect();
    // A bracket that closes more than the run has opened belongs to the sentence.
    (0..=1).filter(|cut| words.len() > *cut).find_map(|cut| expression(&words[..words.len() - cut].join(" ")))
}

/// "inserting m = ℓ returns Lℓ²".
fn inserted(growth: &GrowthFile, own: &[Atom], expression: &dyn Fn(&str) -> Option<Expr>) -> Option<(Span, Said)> {
    let puts = |a: &Atom| {
        matches!(
            a.text.as_str(),
            "inserting" | "insert" | "with" | "for" | "plugging" | "putting" | "setting" | "set" | "at" | "substituting"
        )
    };
    let at = own.iter().position(puts)?;
    let equal = (at + 1..(at + 5).min(own.len())).find(|i| text_at(own, *i) == "=")?;
    let (a, b) = (text_at(own, equal - 1), text_at(own, equal + 1));
    let verb = (equal + 2..(equal + 8).min(own.len())).find(|i| {
        matches!(
            text_at(own, *i),
            "returns" | "gives" | "yields" | "get" | "becomes" | "recovers" | "reproduces" | "obtain" | "to"
        )
    })?;
    let known = |v: &str| growth.variables.contains_key(v);
    let between = &own[equal + 2..verb];
    let filler = |a: &Atom| {
        matches!(
            a.text.as_str(),
            "," | "we" | "this" | "it" | "the" | "formula" | "expression" | "count" | "sum" | "reduces" | "one"
        )
    };
    let from = verb + 1 + usize::from(matches!(text_at(own, verb + 1), "us" | "back" | "exactly"));
    let list = run(growth, own, from);
    if !known(a) || !known(b) || !between.iter().all(filler) || list.is_empty() {
        return None;
    }
    let result = spelled(list, expression)?;
    let span = own[at].span.to(list[list.len() - 1].span);
    Some((span, Said::Inserted(a.into(), b.into(), Box::new(result))))
}

/// "As L → ∞ the factor approaches 64", "deep limit L → ∞: perceiver/vanilla → (m/ℓ)²".
fn deep(growth: &GrowthFile, own: &[Atom], scores: bool, expression: &dyn Fn(&str) -> Option<Expr>) -> Option<(Span, Said)> {
    let depth = growth.deepened.as_deref()?;
    let infinite = |i: usize| {
        let words = matches!(text_at(own, i), "goes" | "tends" | "grows")
            && text_at(own, i + 1) == "to"
            && text_at(own, i + 2).starts_with("infinit");
        words || text_at(own, i) == "->" && matches!(text_at(own, i + 1), "∞" | "infinity")
    };
    let limit = (0..own.len()).find(|i| text_at(own, *i) == depth && infinite(i + 1))?;
    let ordered = |i: usize| {
        text_at(own, i) == "is"
            && text_at(own, i + 1) == "of"
            && (text_at(own, i + 2) == "order" || text_at(own, i + 3) == "order")
    };
    let tends = |i: usize| matches!(text_at(own, i), "approaches" | "tends" | "converges" | "goes" | "->") || ordered(i);
    let verb = (0..own.len()).find(|i| tends(*i) && *i != limit + 1)?;
    // "T_van / T_perc" is written in many letters.
    let noun = (limit.min(verb)..verb).rev().find(|i| matches!(text_at(own, *i), "ratio" | "quotient"));
    let subject = &own[noun.unwrap_or(verb.saturating_sub(6)).min(verb.saturating_sub(6))..verb];
    let named = |w: &str| subject.iter().any(|a| a.text == w || a.text.starts_with(w));
    let models = growth
        .models
        .values()
        .filter(|cues| subject.iter().any(|a| cues.iter().any(|c| c.trim_end_matches('*') == a.text)))
        .count();
    let quotient = named("factor") || named("ratio") || named("quotient") || named("share") || models == 2 && named("/");
    let from = verb + 1 + usize::from(text_at(own, verb + 1) == "to") + usize::from(text_at(own, verb + 2) == "towards");
    let from = if ordered(verb) { verb + 3 + usize::from(text_at(own, verb + 2) != "order") } else { from };
    let list = run(growth, own, from);
    if !quotient || list.is_empty() {
        return None;
    }
    let said = spelled(list, expression)?;
    let start = if limit < verb { own[limit].span } else { own[verb.saturating_sub(3)].span };
    let first = if models == 2 { own[verb.saturating_sub(3)].span } else { start };
    Some((first.to(list[list.len() - 1].span), Said::Deep(Box::new(said), scores)))
}

/// "With m = ℓ/4 the score matrix of a middle block has 1/16 of the entries of a vanilla one".
fn part_of_entries(growth: &GrowthFile, own: &[Atom]) -> Option<(Span, Said)> {
    let equal = (1..own.len()).find(|i| text_at(own, *i) == "=" && growth.variables.contains_key(text_at(own, i - 1)))?;
    let (small, large, slash) = (text_at(own, equal - 1), text_at(own, equal + 1), text_at(own, equal + 2));
    let (factor, _) = number(own, equal + 3).filter(|_| slash == "/" && growth.variables.contains_key(large))?;
    let has =
        (equal + 4..own.len()).find(|i| matches!(text_at(own, *i), "has" | "have" | "is" | "needs" | "contains" | "computes"))?;
    let (over, _) = number(own, has + 1)?;
    let (under, _) = number(own, has + 3).filter(|_| text_at(own, has + 2) == "/")?;
    let after = &own[has + 4..];
    let of = text_at(after, 0) == "of" && after.iter().take(4).any(|a| growth.units.contains(&a.text));
    let subject = &own[equal + 4..has];
    let middle = subject.iter().any(|a| matches!(a.text.as_str(), "middle" | "latent" | "inner" | "intermediate"));
    let vanilla = after.iter().any(|a| matches!(a.text.as_str(), "vanilla" | "original" | "standard"));
    (of && middle && vanilla && under > 0.0).then(|| {
        let end = after.iter().position(|a| matches!(a.text.as_str(), "," | "." | ";")).unwrap_or(after.len());
        let last = after.get(end.saturating_sub(1)).map_or(own[has + 3].span, |a| a.span);
        let said = Said::Part { factor, variables: (small.into(), large.into()), part: over / under };
        (own[has].span.to(last), said)
    })
}
