//! What another size makes of a number of scores: "doubling l multiplies the vanilla count by 4 and the perceiver's by 1.89", "with
//! m = 32 the number drops to a quarter of that", "going from l = 1024 to 2048".

use std::ops::Range;

use super::super::atoms::{Atom, is, text_at};
use super::super::scaling::{View, change};
use super::super::sizes;
use super::nouns::Counted;
use super::values::{Much, bare, factor, number, share};
use super::{FEWER, Portion, trimmed};
use crate::language::{Expr, Symbol};
use crate::span::Span;

/// So few are no scores.
const FEWEST: f64 = 50.0;

/// A variable before and after.
struct Step {
    variable: String,
    before: Expr,
    after: Expr,
    used: Range<usize>,
}

impl View<'_> {
    /// What a sentence says that another size does.
    pub(super) fn altered(&self, own: &[Atom]) -> Vec<(Span, Portion)> {
        let Some(step) = self.resized(own).or_else(|| self.resized_before(own)) else { return vec![] };
        let put = |e: &Expr, to: &Expr| {
            e.substitute(&|s: &Symbol| (s.name == step.variable && s.indices.is_empty()).then(|| to.clone()))
        };
        let rest: Vec<Atom> = own.iter().enumerate().filter(|(i, _)| !step.used.contains(i)).map(|(_, a)| a.clone()).collect();
        let mut out = Vec::new();
        for clause in super::clauses(&rest) {
            for (list, counted, said) in self.outcomes(trimmed(clause)) {
                let Some(span) = list.first().zip(list.last()).map(|(a, b)| a.span.to(b.span)) else { continue };
                let after = |e: &Expr| put(e, &step.after);
                let pairs: Vec<(Expr, Expr)> = match &said {
                    Outcome::Times(_) => counted.any.iter().map(|e| (after(e), put(e, &step.before))).collect(),
                    Outcome::Number(n) => counted.any.iter().map(|e| (n.clone(), after(e))).collect(),
                };
                let much = match said {
                    Outcome::Times(much) => much,
                    Outcome::Number(_) => super::exactly(1.0),
                };
                // Sizes that were in force before the sentence.
                let start = own.first().map_or(0, |a| a.span.start);
                let mut portion = self.in_force(span.end, pairs, much, vec![]);
                portion.sizes = sizes::in_force(self.growth, &self.given_before(start));
                portion.others.retain(|(v, n)| *v != step.variable && portion.sizes.get(v) != Some(n));
                out.push((span, portion));
            }
        }
        out
    }

    /// "Doubling l gives … . The perceiver then has …": the change that the sentence before names.
    fn resized_before(&self, own: &[Atom]) -> Option<Step> {
        let then = own.iter().any(|a| a.text == "then")
            && own.windows(2).any(|p| p[0].text == "as" && matches!(p[1].text.as_str(), "many" | "large"));
        let start = own.first()?.span.start;
        let before: Vec<Atom> = self.renamed_part().into_iter().filter(|a| then && a.span.end <= start).collect();
        let last = before.split(|a| a.text == ".").rfind(|s| !s.is_empty())?;
        self.resized(last).map(|step| Step { used: 0..0, ..step })
    }

    /// The change that a sentence names.
    fn resized(&self, own: &[Atom]) -> Option<Step> {
        let variable = |i: usize| own.get(i).map(|a| a.text.clone()).filter(|v| self.growth.variables.contains_key(v));
        let digits = |i: usize| number(own, i).filter(|_| text_at(own, i).starts_with(|c: char| c.is_ascii_digit())).map(|n| n.0);
        let constant = |n: f64| self.expression(&n.to_string());
        // "from l = 1024 to 2048", "l = 2048 instead of 1024".
        for i in 0..own.len() {
            let Some(v) = variable(i) else { continue };
            if let ("=", Some(a)) = (text_at(own, i + 1), digits(i + 2)) {
                let second = i + 4 + if variable(i + 4).as_ref() == Some(&v) && text_at(own, i + 5) == "=" { 2 } else { 0 };
                let to = matches!(text_at(own, i + 3), "to" | "->").then(|| digits(second)).flatten();
                let instead =
                    (matches!(text_at(own, i + 3), "instead") && text_at(own, i + 4) == "of").then(|| digits(i + 5)).flatten();
                let opened = (0..i)
                    .rev()
                    .take(3)
                    .find(|k| is(own, *k, &["going", "from", "when", "if", "raising", "increasing", "with", "for", "at"]))
                    .unwrap_or(i);
                let opened = if opened > 0 && is(own, opened - 1, &["going", "moving", "passing"]) { opened - 1 } else { opened };
                let (before, after, end) = match (to, instead) {
                    (Some(b), _) => (a, b, second + 1),
                    (_, Some(b)) => (b, a, i + 6),
                    _ => {
                        // "with m = 32": another size than before.
                        let start = own.first()?.span.start;
                        let old = sizes::in_force(self.growth, &self.given_before(start)).get(&v).copied();
                        match old.filter(|o| *o != a && opened < i) {
                            Some(old) => (old, a, i + 3),
                            None => continue,
                        }
                    }
                };
                return Some(Step { variable: v, before: constant(before)?, after: constant(after)?, used: opened..end });
            }
        }
        let (v, ratio, used) = change(own, Some(self.growth))?;
        let letter = Expr::Symbol(Symbol::plain(&v));
        let after = self.expression(&format!("{} * {v} / {}", ratio.over, ratio.under))?;
        const OPENS: &[&str] =
            &["if", "when", "for", "with", "by", "at", "i", "I", "we", "you", "one", "once", "taking", "take", "using"];
        let opened = (0..used.start).rev().take_while(|k| is(own, *k, OPENS)).last().unwrap_or(used.start);
        Some(Step { variable: v, before: letter, after, used: opened..used.end })
    }

    /// The outcomes that a clause tells, each of a count.
    fn outcomes<'a>(&self, c: &'a [Atom]) -> Vec<(&'a [Atom], Counted, Outcome)> {
        if let Some(at) = c.iter().position(|a| matches!(a.text.as_str(), "multiplies" | "multiply")) {
            if at > 1 {
                return vec![];
            }
            let pieces = c[at + 1..].split(|a| a.text == "and");
            let read = |p: &'a [Atom]| {
                let by = p.iter().position(|a| a.text == "by")?;
                let (much, end) = bare(p, by + 1).filter(|(_, end)| *end == p.len())?;
                debug_assert!(end <= p.len());
                Some((p, self.counted(&p[..by])?, Outcome::Times(much)))
            };
            let all: Option<Vec<_>> = pieces.map(read).collect();
            return all.unwrap_or_default();
        }
        // "reduces the scores of a middle block to a quarter, and those of an outer block to one half".
        const BRINGS: &[&str] = &["reduces", "reduce", "lowers", "brings", "cuts", "raises", "decreases", "increases"];
        let brought = c.iter().position(|a| BRINGS.contains(&a.text.as_str())).filter(|at| *at <= 1).map(|at| at + 1);
        let from = brought.unwrap_or(usize::from(is(c, 0, &["and"])));
        let to = c.iter().position(|a| a.text == "to").filter(|to| *to > from);
        let verb = |list: &[Atom]| {
            list.iter()
                .any(|a| matches!(a.text.as_str(), "drops" | "falls" | "shrinks" | "rises" | "grows" | "goes" | "is" | "are"))
        };
        if let Some(to) = to.filter(|to| (brought.is_some() || is(c, from, &["those", "that"])) && !verb(&c[from..*to])) {
            let noun = &c[from..to - usize::from(to > from + 1 && is(c, to - 1, &["down", "up"]))];
            let read = || {
                // "… down to 4480 scores".
                if let Some((n, _)) = number(c, to + 1).filter(|n| n.0 >= FEWEST) {
                    let counts = c[to + 2..].iter().all(|a| self.growth.units.contains(&a.text));
                    return counts.then(|| Some((c, self.counted(noun)?, Outcome::Number(self.expression(&n.to_string())?))))?;
                }
                let (much, end) = share(c, to + 1)?;
                let rest = c[end..].iter().all(|a| matches!(a.text.as_str(), "of" | "that" | "it" | "what" | "was"));
                rest.then(|| Some((c, self.counted(noun)?, Outcome::Times(much))))?
            };
            return read().into_iter().collect();
        }
        self.outcome(c).map(|(counted, said)| (c, counted, said)).into_iter().collect()
    }

    /// "the perceiver's count grows by a factor of 1.89", "drops to a quarter of that", "doubles".
    fn outcome(&self, c: &[Atom]) -> Option<(Counted, Outcome)> {
        const UP: &[&str] = &["grows", "grow", "rises", "rise", "increases", "increase", "goes", "go", "climbs"];
        const DOWN: &[&str] = &["drops", "drop", "falls", "fall", "shrinks", "shrink", "decreases", "decrease", "sinks", "sink"];
        const TURNS: &[(&str, f64)] = &[
            ("doubles", 2.0),
            ("double", 2.0),
            ("triples", 3.0),
            ("triple", 3.0),
            ("quadruples", 4.0),
            ("quadruple", 4.0),
            ("halves", 0.5),
        ];
        let verb = (1..c.len()).find(|i| {
            is(c, *i, UP)
                || is(c, *i, DOWN)
                || is(c, *i, super::IS)
                || is(c, *i, super::HAS)
                || TURNS.iter().any(|(w, _)| text_at(c, *i) == *w)
        })?;
        let first = self.counted(&c[..verb])?;
        let times = |value: f64| Outcome::Times(super::exactly(value));
        if let Some((_, k)) = TURNS.iter().find(|(w, _)| text_at(c, verb) == *w) {
            return (verb + 1 == c.len()).then(|| (first, times(*k)));
        }
        let at = verb + 1 + usize::from(is(c, verb + 1, &["down", "up", "only", "just"]));
        let moves = is(c, verb, UP) || is(c, verb, DOWN);
        let that = |list: &[Atom]| {
            list.is_empty()
                || list.iter().all(|a| {
                    matches!(
                        a.text.as_str(),
                        "of" | "that"
                            | "it"
                            | "this"
                            | "the"
                            | "former"
                            | "previous"
                            | "old"
                            | "number"
                            | "value"
                            | "before"
                            | "what"
                            | "was"
                            | "scores"
                    )
                })
        };
        if moves && text_at(c, at) == "by" {
            let (much, end) = factor(c, at + 1).or_else(|| factor(c, at + 2))?;
            let much = if is(c, verb, DOWN) { inverse(&much) } else { much };
            return (end == c.len()).then_some((first, Outcome::Times(much)));
        }
        if moves && text_at(c, at) == "to" {
            if let Some((much, end)) = share(c, at + 1).filter(|(_, end)| that(&c[*end..]) && *end < c.len()) {
                debug_assert!(end <= c.len());
                return Some((first, Outcome::Times(much)));
            }
            let (n, end) = (number(c, at + 1)?.0, at + 2);
            let counts = n >= FEWEST && c[end..].iter().all(|a| self.growth.units.contains(&a.text));
            return counts.then(|| Some((first, Outcome::Number(self.expression(&n.to_string())?))))?;
        }
        // "becomes 1.89 times as large", "is 2.4 times smaller".
        if !moves {
            let (much, end) = factor(c, at)?;
            let as_large = text_at(c, end) == "as" && is(c, end + 1, &["many", "much", "large", "big", "high", "expensive"]);
            let less = is(c, end, FEWER);
            let rest = &c[(end + if as_large { 2 } else { 1 }).min(c.len())..];
            let rest = if text_at(rest, 0) == "as" { &rest[1..] } else { rest };
            return ((as_large || less) && that(rest)).then(|| (first, Outcome::Times(if less { inverse(&much) } else { much })));
        }
        None
    }
}

/// What becomes of a number.
enum Outcome {
    /// So many times what it was.
    Times(Much),
    /// A number.
    Number(Expr),
}

/// The bounds of one over a number.
fn inverse(m: &Much) -> Much {
    let high = if m.low > 0.0 { 1.0 / m.low } else { f64::INFINITY };
    let low = 1.0 / m.high;
    Much { low, high, slack: if m.low > 0.0 { m.slack / (m.low * m.low) } else { 0.0 }, loose: m.loose, strict: m.strict }
}
