//! Sentences about how a cost changes: "ℓ→2ℓ: the first block costs twice as much", "linear in l", "75 % less".
//!
//! Each is a part of a model, a change of a variable, and an effect; nothing is judged here.

mod compared;
mod degree;
mod effects;
mod passing;
mod terms;

use std::collections::BTreeMap;

use super::atoms::{Atom, atoms};
use super::cues::Cue;
use super::letters::{defined, renamed, variable_of};
use super::portions::Portion;
use super::quantify::{Ratio, effect, factor_of};
use super::sizes::{self, Sizes};
use super::statement::Body;
use super::tally::{self, Tally};
use super::whose::{Held, Whose, foreign, held, of_something_else};
use crate::language::{Expr, Options, lex, parse_chain};
use crate::span::Span;
use crate::world::{GrowthFile, World};

pub use compared::Cheaper;

/// What a sentence says about growth without an order sign.
#[derive(Debug, Clone, PartialEq)]
pub enum Scaling {
    /// A variable is multiplied by a number, and the cost of a part by another.
    Ratio {
        /// The part, an index into the world's subjects.
        subject: usize,
        /// The variable that changes.
        variable: String,
        /// By what it is multiplied.
        factor: Ratio,
        /// By what the cost is said to be multiplied.
        ratio: Ratio,
        /// Whether part, change and effect are said in one sentence and exactly.
        certain: bool,
        /// Whether the part speaks of scores, so that these alone may be meant.
        scores: bool,
        /// Whether the clause itself does, so that nothing else is meant.
        counted: bool,
        /// Whether it is said to be exactly so.
        exactly: bool,
        /// Whether it is said to be so much at most (`Less`) or at least (`Greater`).
        bound: std::cmp::Ordering,
        /// Sizes at which the part counts, where it gives all of them.
        sizes: BTreeMap<String, f64>,
    },
    /// A cost does not depend on something that is no variable.
    Absent(String),
    /// A part works on as many positions.
    Positions {
        /// The part.
        subject: usize,
        /// Their number.
        variable: String,
    },
    /// Numbers of scores at given sizes.
    Sizes(Sizes),
    /// The scores of a part at given sizes.
    Tally(Tally),
    /// A quotient of two numbers of scores at the sizes in force.
    Portion(Portion),
    /// The cost of a part grows as a power of a variable; 0 is independence.
    Degree {
        /// The parts.
        whose: Whose,
        /// The variable.
        variable: String,
        /// The power.
        degree: u32,
        /// Whether a higher one is meant too: "depends on l".
        least: bool,
        /// Whether that is denied: "no longer quadratic in l".
        denied: bool,
        /// What the sentence puts in the place of variables.
        held: Held,
    },
    /// The number of scores of a part.
    Count {
        /// The part.
        subject: usize,
        /// The number in the world's letters.
        count: Expr,
    },
    /// A term becomes another when variables are multiplied.
    Becomes {
        /// The term.
        before: Expr,
        /// What it becomes.
        after: Expr,
        /// The changes that may be meant.
        changes: Vec<(String, Ratio)>,
        /// Whether the sentence itself names the change.
        certain: bool,
    },
    /// One model costs less than the other under a condition.
    Cheaper(Cheaper),
    /// Two models have one order where two variables are equal.
    SameOrder {
        /// Variables that are equal.
        equal: (String, String),
    },
}

/// A part as a reader of growth sees it: its atoms and the letters that it defines.
pub struct View<'a> {
    world: &'a World,
    pub(super) growth: &'a GrowthFile,
    pub(super) text: &'a str,
    pub(super) letters: BTreeMap<String, String>,
    pub(super) part: Vec<Atom>,
    tallies: Vec<(Span, Tally)>,
}

/// Ends of clauses.
fn breaks(a: &Atom) -> bool {
    matches!(a.text.as_str(), "," | ";" | ":" | "." | "and" | "but" | "while" | "whereas" | "(" | ")")
}

/// Clauses of a sentence. "The first and the last block" is one: `and` parts only where both sides have a verb's worth of words.
fn clauses(own: &[Atom]) -> Vec<&[Atom]> {
    let hard = |a: &Atom| breaks(a) && a.text != "and";
    let mut out = Vec::new();
    for piece in own.split(|a| hard(a)).filter(|p| !p.is_empty()) {
        let halves: Vec<&[Atom]> = piece.splitn(2, |a| a.text == "and").collect();
        const TIMES: &[&str] = &["doubling", "halving", "tripling", "doubles", "halves", "triples", "quadruples"];
        let times = |p: &[Atom]| p.iter().any(|a| TIMES.contains(&a.text.as_str()));
        let whole = |p: &[Atom]| effect(p).is_some() || change(p, None).is_some() || times(p);
        match halves.as_slice() {
            [a, b] if whole(a) && whole(b) => out.extend([*a, *b]),
            _ => out.push(piece),
        }
    }
    out
}

fn words(list: &[Atom]) -> Vec<String> {
    list.iter().map(|a| a.text.clone()).collect()
}

/// A change of a variable: which, by what factor, and the atoms that say so.
pub(super) fn change(list: &[Atom], growth: Option<&GrowthFile>) -> Option<(String, Ratio, std::ops::Range<usize>)> {
    let t = |i: usize| list.get(i).map_or("", |a| a.text.as_str());
    for i in (1..list.len()).filter(|i| matches!(t(*i), "->" | "to" | "by" | "becomes")) {
        let v = t(i - 1);
        let known = growth.is_none_or(|g| g.variables.contains_key(v));
        if known && v.chars().count() == 1 {
            let star = usize::from(t(i + 2) == "*");
            if let (Ok(k), true) = (t(i + 1).parse::<i64>(), t(i + 2 + star) == v) {
                return Some((v.into(), Ratio::new(k, 1)?, i - 1..i + 3 + star));
            }
            if let (true, "/", Ok(k)) = (t(i + 1) == v, t(i + 2), t(i + 3).parse::<i64>()) {
                return Some((v.into(), Ratio::new(1, k)?, i - 1..i + 4));
            }
        }
    }
    let growth = growth?;
    for i in 0..list.len() {
        let Some((factor, used)) = factor_of(&list[i..]) else { continue };
        let near = i + used;
        let after = &list[near..(near + 4).min(list.len())];
        let stop = after
            .iter()
            .position(|a| matches!(a.text.as_str(), "," | "makes" | "make" | "means" | "mean" | "the"))
            .unwrap_or(after.len());
        // "twice the length", "doubling the bottleneck": an article is no end.
        let stop = if after.first().is_some_and(|a| a.text == "the") { after.len() } else { stop };
        if let Some((v, n)) = variable_in(growth, &after[..stop]) {
            return Some((v, factor, i..near + n));
        }
        let gerund = t(i).starts_with("doubl") || t(i).starts_with("halv") || t(i).starts_with("tripl");
        if gerund && t(i) != "double" && t(i) != "doubling" && i > 0 {
            let before = &list[i.saturating_sub(4)..i];
            if let Some((v, _)) = variable_in(growth, before) {
                return Some((v, factor, i.saturating_sub(4)..near));
            }
        }
    }
    None
}

/// The variable that a few atoms name, and how many of them it takes.
fn variable_in(growth: &GrowthFile, list: &[Atom]) -> Option<(String, usize)> {
    (1..=list.len()).find_map(|n| {
        let last = &list[n - 1].text;
        if growth.variables.contains_key(last) {
            return Some((last.clone(), n));
        }
        if matches!(last.as_str(), "long" | "longer" | "short") {
            return Some((growth.lengthened.clone()?, n));
        }
        variable_of(growth, &words(&list[n - 1..n])).map(|v| (v.to_string(), n))
    })
}

/// Whether a change stands as one: "if …", "when …", "making …", or as a sign.
fn announced(clause: &[Atom], range: &std::ops::Range<usize>) -> bool {
    let sign = clause[range.clone()].iter().any(|a| a.text == "->");
    let opens = |w: &str| {
        matches!(
            w,
            "if" | "when"
                | "whenever"
                | "making"
                | "doubling"
                | "halving"
                | "tripling"
                | "for"
                | "with"
                | "by"
                | "at"
                | "suppose"
        )
    };
    // "a sequence of double length makes …": what is doubled does something.
    let does = |a: &Atom| {
        matches!(a.text.as_str(), "makes" | "make" | "costs" | "needs" | "gives" | "leads" | "mean" | "means" | "need" | "cost")
    };
    sign || clause[..=range.start].iter().any(|a| opens(&a.text)) || clause.get(range.end).is_some_and(does)
}

impl<'a> View<'a> {
    /// A part as the world of its question reads it; none where that asks for no growth order.
    pub fn of_part(world: &'a World, text: &'a str, part: Span) -> Option<View<'a>> {
        let growth = world.growth.as_ref()?;
        let part = atoms(text, part);
        let mut view = View { world, growth, text, letters: defined(growth, &part), part, tallies: vec![] };
        view.tallies = tally::find(growth, &view.renamed_part(), text, &|spelled| view.expression(spelled));
        Some(view)
    }

    /// What a sentence, a stretch of the part, says about change.
    pub fn find(&self, sentence: Span) -> Vec<(Span, Body)> {
        let mut own: Vec<Atom> = super::atoms::dashes(self.text, atoms(self.text, sentence));
        for atom in &mut own {
            if let Some(to) = self.letters.get(&atom.text) {
                atom.text = to.clone();
            }
        }
        let negated = own.iter().any(|a| matches!(a.text.as_str(), "not" | "never" | "cannot" | "neither"));
        if let Some(body) = self.same_order(&own).filter(|_| !negated) {
            return vec![(sentence, Body::Scaling(body))];
        }
        // What is held fixed is no other variable of the effect.
        let (given, used) = held(self.growth, &own);
        let put = !given.put.is_empty();
        let sized = |r: &std::ops::Range<usize>| !put && own[r.clone()].iter().any(|a| a.text == "=");
        let used: Vec<_> = used.into_iter().filter(|r| given.equal.is_empty() && !sized(r)).collect();
        let free: Vec<Atom> =
            own.iter().enumerate().filter(|(i, _)| !used.iter().any(|r| r.contains(i))).map(|(_, a)| a.clone()).collect();
        let mut found = self.powers(&free, sentence.start);
        if model_of(self.growth, &words(&own)).is_none() {
            for (_, body) in &mut found {
                if let Body::Scaling(Scaling::Degree { whose, .. }) = body {
                    self.of_what_has(&given.constant, whose);
                }
            }
        }
        // A power of memory, of one token, of what would be.
        let other = |span: &Span| {
            let at = own.iter().position(|a| a.span.end >= span.end).unwrap_or(0);
            of_something_else(&own, at, &used)
        };
        found.retain(|(span, _)| !other(span));
        // "For fixed length it depends on m only": of what is not fixed nothing is said.
        let nothing = |b: &Body| matches!(b, Body::Scaling(Scaling::Degree { degree: 0, least: false, .. }));
        let listed: Vec<Span> = found.iter().filter(|(_, b)| !nothing(b)).map(|(s, _)| *s).collect();
        found.retain(|(s, b)| given.constant.is_empty() || !nothing(b) || !listed.contains(s));
        let apart = |s: &Span, all: &[(Span, Body)]| all.iter().all(|(o, _)| s.end <= o.start || o.end <= s.start);
        // What a change does where something is put in the place of a variable is not followed.
        let others = if put { vec![] } else { self.effects(&free) };
        let power = |b: &Body| matches!(b, Body::Scaling(Scaling::Degree { .. }));
        let others: Vec<_> = others.into_iter().filter(|(s, b)| apart(s, &found) && !(power(b) && other(s))).collect();
        found.extend(others);
        for (_, body) in &mut found {
            if let Body::Scaling(Scaling::Degree { held, .. }) = body {
                held.clone_from(&given);
            }
        }
        for (span, _) in &mut found {
            for r in &used {
                let behind = r.start > 0 && own[r.start - 1].span.end == span.end;
                *span = if behind { span.to(own[r.end - 1].span) } else { *span };
            }
        }
        found.extend(self.nothing_gained(&own).filter(|_| !own.iter().any(|a| matches!(a.text.as_str(), "never" | "neither"))));
        found.extend(self.cheaper(&own).filter(|_| !negated));
        found.extend(self.counts(&own));
        found.extend(self.becomes(&own));
        found.extend(self.absent(&own).filter(|_| !own.iter().any(|a| a.text == "if")));
        found.extend(self.positions(&own).filter(|_| !negated));
        found.extend(self.passing(&own).filter(|_| !negated));
        let said = sizes::find(self.growth, &own, &self.renamed_part(), &|spelled| self.expression(spelled));
        found.extend(said.into_iter().map(|(span, s)| (span, Body::Scaling(Scaling::Sizes(s)))));
        // What is counted at sizes is not read a second time.
        let inside = |s: &Span| sentence.start <= s.start && s.start < sentence.end;
        for (span, tally) in self.tallies.iter().filter(|(s, _)| inside(s)) {
            let apart = |s: &Span| s.end <= span.start || span.end <= s.start;
            // A sentence about a change compares with what was before.
            let changes = |b: &Body| matches!(b, Body::Scaling(Scaling::Ratio { .. } | Scaling::Degree { .. }));
            if matches!(tally.said, tally::Told::Quotient { .. }) && found.iter().any(|(s, b)| !apart(s) && changes(b)) {
                continue;
            }
            found.retain(|(s, _)| apart(s));
            found.push((*span, Body::Scaling(Scaling::Tally(tally.clone()))));
        }
        let own = tally::thousands(&own);
        for (span, portion) in self.symbols(&own).into_iter().chain(self.shapes(&own)) {
            found.retain(|(s, _)| s.end <= span.start || span.end <= s.start);
            found.push((span, Body::Scaling(Scaling::Portion(portion))));
        }
        for (span, portion) in self.evaluated(&own).into_iter().chain(self.wholes(&own)) {
            if found.iter().all(|(s, _)| s.end <= span.start || span.end <= s.start) {
                found.push((span, Body::Scaling(Scaling::Portion(portion))));
            }
        }
        // A clause that was read whole says more than pieces of it.
        for (span, portion) in self.portions(&own) {
            found.retain(|(s, _)| s.end <= span.start || span.end <= s.start);
            found.push((span, Body::Scaling(Scaling::Portion(portion))));
        }
        found
    }

    /// "For fixed m and L the growth in l is linear": where no model is named, of the one that has what is held fixed.
    fn of_what_has(&self, fixed: &[String], whose: &mut Whose) {
        let lacks = |model: &String| foreign(self.growth, model, &|v| fixed.iter().any(|f| f == v));
        let whole = |i: &usize| self.growth.models.keys().find(|m| **m == self.growth.subjects[*i].id);
        let Whose::Any(list) = &*whose else { return };
        if !list.first().and_then(whole).is_some_and(lacks) {
            return;
        }
        let mut others = self.growth.models.keys().filter(|m| !lacks(m));
        let other = others.next().and_then(|m| self.growth.subjects.iter().position(|s| s.id == *m));
        *whose = other.map_or(Whose::Unknown, |i| Whose::Any(vec![i]));
    }

    /// The part that a clause speaks of, by its words and the model mentioned last before its end.
    fn subject(&self, clause: &[Atom], own: &[Atom]) -> Option<usize> {
        let end = clause.last()?.span.end;
        let inside = words(clause);
        let before = self.part.iter().filter(|a| a.span.end <= end).cloned().collect::<Vec<_>>();
        let model = model_of(self.growth, &inside).or_else(|| told(self.growth, &inside)).or_else(|| {
            let sentence: Vec<Atom> = own.iter().filter(|a| a.span.end <= end).cloned().collect();
            model_of(self.growth, &words(&sentence)).or_else(|| model_of(self.growth, &words(&before)))
        });
        part_of(self.growth, &inside, model.as_deref()).or_else(|| whole_of(self.growth, &inside, model.as_deref()))
    }

    /// "Halving m halves the number of scores": of the only model that has the variable, where no part and no model is named.
    fn owner(&self, clause: &[Atom], stated: &[(String, Ratio)]) -> Option<usize> {
        const PLAIN: &[&str] = &[
            "so",
            "the",
            "number",
            "of",
            "scores",
            "entries",
            "thus",
            "therefore",
            "hence",
            "only",
            "exactly",
            "always",
            "attention",
            "also",
        ];
        let [(variable, _)] = stated else { return None };
        let counted = clause.iter().any(|a| self.growth.units.contains(&a.text));
        let plain = clause.iter().enumerate().all(|(i, a)| {
            PLAIN.contains(&a.text.as_str())
                || factor_of(&clause[i..]).is_some()
                || matches!(a.text.as_str(), "times" | "as" | "many")
        });
        let mut has = self.growth.models.keys().filter(|m| !foreign(self.growth, m, &|v| v == variable));
        let model = has.next().filter(|_| has.next().is_none() && counted && plain)?;
        self.growth.subjects.iter().position(|s| s.id == *model)
    }

    /// The part with the world's letters.
    pub(super) fn renamed_part(&self) -> Vec<Atom> {
        let mut all = self.part.clone();
        for atom in &mut all {
            if let Some(to) = self.letters.get(&atom.text) {
                atom.text = to.clone();
            }
        }
        all
    }

    /// "If m = l, both have the same order."
    fn same_order(&self, own: &[Atom]) -> Option<Scaling> {
        let text = words(own);
        const SAME: &[&str] = &[
            "same asymptotic* order|complexity|cost",
            "same order|complexity",
            "= cost|costs the same",
            "as expensive as",
            "equally expensive",
            "no cheaper than",
        ];
        SAME.iter().find(|c| Cue::new(c).find(&text).is_some())?;
        let both = self.growth.models.values().all(|w| w.iter().any(|w| Cue::new(w).find(&text).is_some()));
        if !both && Cue::new("both|two").find(&text).is_none() {
            return None;
        }
        let variable = |i: usize| own.get(i).map(|a| a.text.clone()).filter(|t| self.growth.variables.contains_key(t));
        let mut equal = (1..own.len()).filter(|i| matches!(own[*i].text.as_str(), "=" | "equals"));
        let at = equal.next()?;
        if equal.next().is_some() {
            return None;
        }
        Some(Scaling::SameOrder { equal: (variable(at - 1)?, variable(at + 1)?) })
    }

    pub(super) fn expression(&self, spelled: &str) -> Option<Expr> {
        let tokens = lex(spelled, 0, true, &self.world.lexicon);
        let mut chain = parse_chain(&tokens, spelled, &self.world.lexicon, Options::default()).ok()?;
        let alone = chain.relations.is_empty() && chain.operands.len() == 1 && !self.text.is_empty();
        alone.then(|| renamed(&chain.operands.remove(0).expr, &BTreeMap::new()))
    }
}

/// The whole of a model that is at hand, where words name the cost and no part.
fn whole_of(growth: &GrowthFile, words: &[String], model: Option<&str>) -> Option<usize> {
    let cost = words.iter().any(|w| growth.whole.contains(w));
    let parts = ["block*", "layer*", "attention", "mlp", "projection*", "softmax", "scores"];
    let part = parts.iter().any(|c| Cue::new(c).find(words).is_some());
    growth.subjects.iter().position(|s| cost && !part && Some(s.id.as_str()) == model)
}

/// The one model that has the parts that words name.
pub fn told(growth: &GrowthFile, words: &[String]) -> Option<String> {
    let named = |cues: &Vec<String>| cues.iter().any(|c| Cue::new(c).find(words).is_some());
    let mut all = growth.telling.iter().filter(|(_, cues)| named(cues)).map(|(m, _)| m.clone());
    all.next().filter(|_| all.next().is_none())
}

/// The model that words mention last.
pub fn model_of(growth: &GrowthFile, words: &[String]) -> Option<String> {
    let last =
        |cues: &Vec<String>| (0..words.len()).rev().find(|i| cues.iter().any(|c| Cue::new(c).find(&words[*i..=*i]).is_some()));
    growth.models.iter().filter_map(|(m, cues)| Some((last(cues)?, m))).max().map(|(_, m)| m.clone())
}

/// The subject that words name, of the model at hand; none where two models could be meant.
pub fn part_of(growth: &GrowthFile, words: &[String], model: Option<&str>) -> Option<usize> {
    let fits = |i: &usize| {
        let s = &growth.subjects[*i];
        let found = |list: &Vec<String>| list.iter().any(|c| Cue::new(c).find(words).is_some());
        found(&s.cues) && !found(&s.unless) && (s.model.is_none() || model.is_none() || s.model.as_deref() == model)
    };
    let first = (0..growth.subjects.len()).find(fits)?;
    let owner = |i: usize| growth.subjects[i].model.as_deref();
    let rival = (first + 1..growth.subjects.len())
        .filter(fits)
        .any(|i| owner(i).is_some() && owner(first).is_some() && owner(i) != owner(first));
    // With no model mentioned, words that fit parts of two models name neither.
    (model.is_some() || !rival).then_some(first)
}
