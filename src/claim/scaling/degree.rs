//! Powers by which a cost grows in a variable: "linear in l", "the length plays no role", "the same for l = 128 and l = 1024".

use std::ops::Range;

use super::super::atoms::Atom;
use super::super::cues::Cue;
use super::super::statement::Body;
use super::super::whose::{Held, Whose};
use super::{Scaling, View, model_of, variable_in, words};
use crate::span::Span;
use crate::world::GrowthFile;

/// A power of a variable in words: where, which variable, and the power.
struct Power {
    range: Range<usize>,
    /// One variable, or several of which each is meant.
    variables: Vec<String>,
    degree: u32,
    /// Whether a higher one is meant too.
    least: bool,
    /// Whether the cost depends on nothing else.
    only: bool,
    /// Whether the power is denied.
    denied: bool,
}

impl View<'_> {
    /// Powers whose clauses are understood whole: "both models are linear in L", "it is quadratic in l and linear in L".
    pub(super) fn powers(&self, own: &[Atom], from: usize) -> Vec<(Span, Body)> {
        let mut found: Vec<Power> = Vec::new();
        for i in 0..own.len() {
            let power = self.power_at(own, i).filter(|p| found.last().is_none_or(|l| l.range.end <= p.range.start));
            found.extend(power);
        }
        let mut list: Vec<Atom> = Vec::new();
        for (i, atom) in own.iter().enumerate() {
            match found.iter().position(|p| p.range.contains(&i)) {
                Some(k) if found[k].range.start == i => list.push(Atom { text: format!("@{k}"), span: atom.span }),
                Some(_) => {}
                None => list.push(atom.clone()),
            }
        }
        let mut out: Vec<(Span, Body)> = Vec::new();
        let mut last: Option<(usize, Whose)> = None;
        for (k, power) in found.iter().enumerate() {
            let joined = || {
                let between = &own[found[k.checked_sub(1)?].range.end..power.range.start];
                let and = between.iter().all(|a| matches!(a.text.as_str(), "and" | "but" | "," | "only"));
                last.as_ref().filter(|(j, _)| and && *j + 1 == k).map(|(_, w)| w.clone())
            };
            let Some(whose) = joined().or_else(|| self.single(&list, k, from).filter(|r| r.1).map(|r| r.0)) else { continue };
            last = Some((k, whose.clone()));
            let stop = |a: &Atom| matches!(a.text.as_str(), "," | ";" | ":" | "." | "and" | "but" | "while" | "whereas");
            let start = own[..power.range.start].iter().rposition(stop).map_or(0, |i| i + 1);
            let span = own[start].span.to(own[power.range.end - 1].span);
            // "Only the first block depends on l" says more of the others than is read here, unless both ends are named.
            let clause = words(&own[start..power.range.start]);
            let named = |w: &str| clause.iter().any(|c| c == w);
            let ends = named("first") && named("last") || named("down") && named("up") || named("cross");
            if clause.first().is_some_and(|w| w == "only") && !ends {
                last = None;
                continue;
            }
            out.extend(self.said(power, &whose).into_iter().map(|body| (span, body)));
        }
        out
    }

    /// What a power says of the parts: of each of its variables, and that there is no other where it says so.
    fn said(&self, power: &Power, whose: &Whose) -> Vec<Body> {
        let Power { variables, degree, least, only, denied, .. } = power;
        let one = |variable: &String, degree: u32, least: bool| {
            let (whose, variable) = (whose.clone(), variable.clone());
            Body::Scaling(Scaling::Degree { whose, variable, degree, least, denied: *denied, held: Held::default() })
        };
        let named = variables.iter().map(|v| one(v, *degree, *least));
        let other = |v: &&String| *only && !variables.contains(*v) && !self.growth.constant.contains(*v);
        let others = self.growth.variables.keys().filter(other).map(|v| one(v, 0, false));
        named.chain(others).collect()
    }

    /// "linear in l", "independent of the length", "no longer depends on l", "the same for every length".
    fn power_at(&self, own: &[Atom], i: usize) -> Option<Power> {
        let t = |i: usize| own.get(i).map_or("", |a| a.text.as_str());
        if let Some(found) = self.growth_in(own, i) {
            return Some(found);
        }
        let (degree, mut at) = match t(i) {
            "linear" | "linearly" | "proportional" | "proportionally" => (1, i + 1),
            "quadratic" | "quadratically" => (2, i + 1),
            "cubic" | "cubically" => (3, i + 1),
            "independent" => (0, i + 1),
            "no" if t(i + 1) == "longer" && matches!(t(i + 2), "depends" | "depend") => (0, i + 3),
            "not" if t(i + 1) == "depend" => (0, i + 2),
            "depends" | "depend" if i == 0 || !matches!(t(i - 1), "not" | "longer" | "t" | "cannot" | "hardly" | "never") => {
                (1, i + 1)
            }
            "same" if t(i + 1) == "for" && matches!(t(i + 2), "every" | "any" | "all" | "each") => (0, i + 2),
            "constant" if matches!(t(i + 1), "in") => (0, i + 1),
            _ => return None,
        };
        // "no longer quadratic", "not linear": the power is denied. "Sub-linear", "more than linearly", "not exactly linear":
        // other statements.
        let before = |n: usize| i.checked_sub(n).map_or("", t);
        let denied = degree > 0 && matches!((before(2), before(1)), ("no", "longer") | ("not", "longer") | (_, "not" | "never"));
        let other = matches!(before(1), "-" | "than" | "nearly" | "almost" | "longer")
            || (2..4).any(|n| matches!(before(n), "not" | "never")) && !matches!(before(1), "and" | "but" | ",");
        if i > 0 && degree > 0 && !denied && other {
            return None;
        }
        let least = matches!(t(i), "depends" | "depend");
        let sole = |i: usize| matches!(t(i), "only" | "alone");
        let before_on = least && sole(at);
        at += usize::from(matches!(t(at), "function" | "dependence") || before_on);
        if !matches!(t(at), "in" | "with" | "of" | "to" | "on" | "every" | "any" | "all" | "each") {
            return None;
        }
        let after = &own[at + 1..(at + 5).min(own.len())];
        let plain =
            after.iter().take_while(|a| !matches!(a.text.as_str(), "," | "." | ";" | "and" | "but" | "(" | ")" | "if")).count();
        let (variable, used) = variable_in(self.growth, &after[..plain])?;
        let mut end = at + 1 + used;
        // "the length l", "the number of layers L".
        end += usize::from(t(end) == variable || matches!(t(end), "length" | "size"));
        end += usize::from(t(end) == variable);
        let whose =
            t(end) == "of" && t(end + 1) == "the" && matches!(t(end + 2), "sequence" | "input" | "text" | "sequences" | "model");
        end += if whose { 3 } else { 0 };
        let (variables, next) = self.listed(own, variable, end)?;
        end = next;
        let only = before_on || least && (sole(at + 1) || sole(end) || i > 0 && sole(i - 1) && before(2) != "not");
        end += usize::from(sole(end));
        let more = |w: &str| matches!(w, "*" | "+" | "/" | "^" | "-" | "log") || self.growth.variables.contains_key(w);
        if more(t(end)) {
            return None;
        }
        // "instead of quadratic", "not quadratic".
        if matches!(t(end), "instead" | "rather")
            && matches!(t(end + 1), "of" | "than")
            && matches!(t(end + 2), "quadratic" | "quadratically" | "linear" | "linearly")
        {
            end += 3;
        }
        let start = if denied { i - if before(1) == "longer" { 2 } else { 1 } } else { i };
        Some(Power { range: start..end, variables, degree, least, only, denied })
    }

    /// "the growth in l is quadratic", "its dependence on m is only linear".
    fn growth_in(&self, own: &[Atom], i: usize) -> Option<Power> {
        let t = |i: usize| own.get(i).map_or("", |a| a.text.as_str());
        let noun = matches!(t(i), "growth" | "dependence" | "scaling" | "increase") && matches!(t(i + 1), "in" | "on" | "with");
        let after = &own[(i + 2).min(own.len())..(i + 6).min(own.len())];
        let head = after.iter().take_while(|a| !matches!(a.text.as_str(), "is" | "stays" | "remains" | "becomes" | ",")).count();
        let (variable, used) = variable_in(self.growth, &after[..head]).filter(|(_, used)| noun && *used == head)?;
        let verb = i + 2 + used;
        matches!(t(verb), "is" | "stays" | "remains" | "becomes").then_some(())?;
        let at = verb + 1 + usize::from(matches!(t(verb + 1), "only" | "just" | "still" | "then" | "now"));
        let degree = match t(at) {
            "linear" => 1,
            "quadratic" => 2,
            "cubic" => 3,
            _ => return None,
        };
        let ends =
            matches!(t(at + 1), "" | "," | "." | ";" | ":" | ")" | "and" | "but" | "while" | "whereas" | "because" | "since");
        let power = Power { range: i..at + 1, variables: vec![variable], degree, least: false, only: false, denied: false };
        ends.then_some(power)
    }

    /// "L, l and m" behind a first variable; none where a list goes on with something that is no variable alone.
    fn listed(&self, own: &[Atom], first: String, end: usize) -> Option<(Vec<String>, usize)> {
        let t = |i: usize| own.get(i).map_or("", |a| a.text.as_str());
        let letter = |i: usize| self.growth.variables.contains_key(t(i));
        // "linear in l, m is fixed": another clause.
        let ends = |i: usize| {
            let after = [
                "", ",", ";", ".", ":", ")", "only", "alone", "but", "and", "while", "because", "since", "too", "as", "so", "not",
            ];
            after.contains(&t(i))
        };
        let (mut all, mut at) = (vec![first.clone()], end);
        loop {
            let joint = match (t(at), t(at + 1)) {
                (",", "and") => 2,
                ("," | "and", _) => 1,
                _ => break,
            };
            if !letter(at + joint) {
                break;
            }
            all.push(t(at + joint).to_string());
            at += joint + 1;
        }
        let listed = at > end && ends(at) && own[end..at].iter().any(|a| a.text == "and");
        match (at > end, listed) {
            (true, true) => Some((all, at)),
            (true, false) if own[end..at].iter().any(|a| a.text == "and") => None,
            _ => Some((vec![first], end)),
        }
    }

    /// "linear in l", "independent of m", "grows quadratically with the length".
    pub(super) fn degree(&self, clause: &[Atom], own: &[Atom]) -> Option<(usize, String, u32)> {
        let constant = || self.constant_when_long(clause, own);
        if let Some(found) = self.without(clause, own).or_else(|| self.at_two_sizes(clause, own)).or_else(constant) {
            return Some(found);
        }
        let t = |i: usize| clause.get(i).map_or("", |a| a.text.as_str());
        let (at, degree, reach) = (0..clause.len()).find_map(|i| match t(i) {
            "linear" | "quadratic" if matches!(t(i + 1), "function" | "dependence") => {
                Some((i + 1, if t(i) == "linear" { 1 } else { 2 }, 2))
            }
            "linear" | "linearly" | "proportional" | "proportionally" => Some((i, 1, 2)),
            "quadratic" | "quadratically" => Some((i, 2, 2)),
            "cubic" | "cubically" => Some((i, 3, 2)),
            "independent" if t(i + 1) == "of" => Some((i, 0, 2)),
            "depend" if i > 0 && (t(i - 1) == "not" || i > 2 && t(i - 1) == "t" && matches!(t(i - 3), "doesn" | "don")) => {
                Some((i, 0, 2))
            }
            _ if grows(t(i)) && matches!(t(i + usize::from(t(i + 1) == "up") + 1), "like" | "as" | "with") => {
                power_after(self.growth, &clause[i..]).map(|(n, degree)| (i + n, degree, 1))
            }
            _ => None,
        })?;
        let joined = matches!(t(at + 1), "in" | "with" | "of" | "to" | "on") || reach == 1;
        // "not linear", "sub-linear", "more than linearly": another statement.
        let denied = degree > 0
            && clause[..at].iter().any(|a| matches!(a.text.as_str(), "not" | "never" | "than" | "-" | "nearly" | "longer"));
        if !joined || denied {
            return None;
        }
        let after = &clause[at + reach..(at + reach + 5).min(clause.len())];
        let (variable, _) = variable_in(self.growth, after)?;
        // "like l^2 d": another factor says more.
        let more = |a: &Atom| matches!(a.text.as_str(), "*" | "+" | "/" | "(" | "log");
        if reach == 1 && clause[at + 1..].iter().skip(3).take(1).any(|a| more(a) || self.growth.variables.contains_key(&a.text)) {
            return None;
        }
        // One variable: "linear in m and l" says more than is read here.
        if after.iter().filter(|a| self.growth.variables.contains_key(&a.text)).count() > 1 {
            return None;
        }
        let head = &clause[..at];
        Some((self.subject(head, own).or_else(|| self.stood_for(head, own))?, variable, degree))
    }

    /// "The variant costs …, and it does not depend on …": the whole of the model that a pronoun stands for, where no part of it
    /// was named since.
    fn stood_for(&self, head: &[Atom], own: &[Atom]) -> Option<usize> {
        const PRONOUNS: &[&str] = &["it", "this", "that", "which"];
        const PLAIN: &[&str] =
            &["does", "do", "is", "not", "so", "even", "doesn", "t", "also", "therefore", "thus", "hence", "grow"];
        const PARTS: &[&str] = &["block*", "layer*", "mlp", "projection*", "softmax", "scores", "attention", "matrix", "term*"];
        let is = |a: &Atom, list: &[&str]| list.contains(&a.text.as_str());
        let start = head.first()?.span.start;
        let before: Vec<String> = own.iter().filter(|a| a.span.end <= start).map(|a| a.text.clone()).collect();
        let named = |i: usize| model_of(self.growth, &before[i..=i]).is_some();
        let last = (0..before.len()).rev().find(|i| named(*i))?;
        let parts = PARTS.iter().any(|c| Cue::new(c).find(&before[last..]).is_some());
        let pronoun = head.iter().filter(|a| is(a, PRONOUNS)).count() == 1;
        let plain = head.iter().all(|a| is(a, PRONOUNS) || is(a, PLAIN));
        let model = model_of(self.growth, &before)?;
        (pronoun && plain && !parts).then(|| self.growth.subjects.iter().position(|s| s.id == model))?
    }

    /// "the length plays no role any more", "ℓ drops out": of what the clause names, else of the model of the sentence.
    fn without(&self, clause: &[Atom], own: &[Atom]) -> Option<(usize, String, u32)> {
        const GONE: &[&str] = &[
            "= plays|has|have no role|influence|effect|impact",
            "= does|do not matter|enter|appear|occur",
            "= doesn t matter|enter|appear|occur",
            "= drops|falls|cancels out",
            "= is irrelevant",
            "= no longer matters|enters|counts|appears",
            "= disappears|vanishes",
        ];
        let text = words(clause);
        let found = GONE.iter().find_map(|c| Cue::new(c).find(&text))?;
        // "the length ℓ" and nothing else stands before.
        let head = behind_compression(&clause[..found.start])?;
        let (variable, used) = variable_in(self.growth, head)?;
        let model = |a: &Atom| self.growth.models.values().flatten().any(|c| c.trim_end_matches('*') == a.text);
        let filler = |a: &Atom| {
            let words =
                ["the", "input", "sequence", "and", "so", "then", "here", "number", "of", "in", "for", "model", "variant"];
            words.contains(&a.text.as_str()) || model(a)
        };
        let own_name =
            |a: &Atom| a.text == variable || variable_in(self.growth, std::slice::from_ref(a)).is_some_and(|v| v.0 == variable);
        if used > head.len() || !head.iter().all(|a| filler(a) || own_name(a)) {
            return None;
        }
        let tail = &text[found.end..];
        if !tail
            .iter()
            .all(|w| matches!(w.as_str(), "any" | "more" | "anymore" | "at" | "all" | "here" | "then" | "longer" | "for" | "it"))
        {
            return None;
        }
        let start = clause.first()?.span.start;
        let before: Vec<String> = own.iter().filter(|a| a.span.end <= start).map(|a| a.text.clone()).collect();
        let model = model_of(self.growth, &words(head)).or_else(|| model_of(self.growth, &before))?;
        // "after the first layer everything has length m, so l does not appear any more": of all that comes after it.
        let apart = |c: &[String]| {
            let lead = c.iter().take_while(|w| matches!(w.as_str(), "because" | "since" | "as" | "so" | "and")).count();
            let part = |w: &String| matches!(w.as_str(), "block" | "blocks" | "layer" | "layers" | "mlp" | "projection");
            c.get(lead).is_none_or(|w| w != "after") && c.iter().any(part)
        };
        let parts = before.split(|w| matches!(w.as_str(), "," | ";" | ":" | ".")).any(apart);
        let whole = self.growth.subjects.iter().position(|s| s.id == model)?;
        (!parts).then_some((whole, variable, 0))
    }

    /// "for long inputs the perceiver has a constant cost": independent of the length.
    fn constant_when_long(&self, clause: &[Atom], own: &[Atom]) -> Option<(usize, String, u32)> {
        const LONG: &[&str] = &[
            "= for|with|on long|longer inputs|sequences|texts|documents|input",
            "= for very long inputs|sequences|texts|documents",
        ];
        const FLAT: &[&str] = &[
            "= a constant cost|complexity|runtime|time",
            "= cost|complexity|runtime is|stays|remains constant",
            "= constant cost|complexity|time",
        ];
        let text = words(clause);
        let long = LONG.iter().find_map(|c| Cue::new(c).find(&text))?;
        let flat = FLAT.iter().find_map(|c| Cue::new(c).find(&text))?;
        let plain = |i: usize| {
            long.contains(&i)
                || flat.contains(&i)
                || matches!(
                    text[i].as_str(),
                    "so" | "the"
                        | "has"
                        | "have"
                        | "had"
                        | "therefore"
                        | "thus"
                        | "hence"
                        | "then"
                        | "model"
                        | "also"
                        | "even"
                        | "with"
                        | "of"
                        | "and"
                        | "variant"
                )
                || model_of(self.growth, &text[i..=i]).is_some()
        };
        let model = model_of(self.growth, &text)?;
        let whole = self.growth.subjects.iter().position(|s| s.id == model)?;
        let alone = own.iter().all(|a| !matches!(a.text.as_str(), "not" | "if" | "would" | "never"));
        let length = self.growth.lengthened.clone()?;
        (alone && (0..text.len()).all(plain)).then_some((whole, length, 0))
    }

    /// "costs the same for ℓ = 128 and for ℓ = 1024".
    fn at_two_sizes(&self, clause: &[Atom], own: &[Atom]) -> Option<(usize, String, u32)> {
        let t = |i: usize| clause.get(i).map_or("", |a| a.text.as_str());
        let at = (1..clause.len()).find(|i| t(*i) == "same")?;
        let number = |i: usize| t(i).parse::<f64>().ok();
        let size = |i: usize| {
            let i = i + usize::from(matches!(t(i), "for" | "at" | "with"));
            (t(i + 1) == "=").then(|| number(i + 2)).flatten().map(|n| (t(i).to_string(), n, i + 3))
        };
        let (variable, first, next) = size(at + 1)?;
        let (other, second, _) = size(next + usize::from(matches!(t(next), "and" | "as")))?;
        let differs = variable == other && self.growth.variables.contains_key(&variable) && (first - second).abs() > 0.0;
        let denied = clause[..at].iter().any(|a| matches!(a.text.as_str(), "not" | "never" | "almost" | "nearly"));
        if !differs || denied {
            return None;
        }
        Some((self.subject(&clause[..at], own)?, variable, 0))
    }
}

/// "since after the compression to m vectors the length l": what is spoken of, behind the words of a step that the perceiver
/// begins with; all of it where none is named. `None` where another step is.
fn behind_compression(head: &[Atom]) -> Option<&[Atom]> {
    const STEP: &[&str] = &[
        "the",
        "first",
        "layer",
        "block",
        "compression",
        "compressing",
        "down",
        "-",
        "projection",
        "downprojection",
        "projecting",
        "bottleneck",
        "to",
        "m",
        "vectors",
        "latents",
        "positions",
        "a",
        "step",
        "of",
        "it",
        "on",
    ];
    let lead = head.iter().take_while(|a| matches!(a.text.as_str(), "because" | "since" | "as" | "so")).count();
    if head.get(lead).is_none_or(|a| a.text != "after") {
        return Some(head);
    }
    let step = head[lead + 1..].iter().take_while(|a| STEP.contains(&a.text.as_str())).count();
    // The article before what is spoken of is no part of the step.
    let end = lead + 1 + step;
    let from = if head[end - 1].text == "the" { end - 1 } else { end };
    (step >= 2 && from < head.len()).then(|| &head[from..])
}

/// Verbs of growth.
fn grows(word: &str) -> bool {
    matches!(word, "grows" | "grow" | "scales" | "scale" | "blows" | "increases" | "rises" | "explodes" | "growing" | "scaling")
}

/// "like l ^ 3": how many atoms stand before the variable, and its power.
fn power_after(growth: &GrowthFile, list: &[Atom]) -> Option<(usize, u32)> {
    let t = |i: usize| list.get(i).map_or("", |a| a.text.as_str());
    let at = (1..4.min(list.len())).find(|i| growth.variables.contains_key(t(*i)))?;
    (t(at + 1) == "^").then(|| t(at + 2).parse().ok()).flatten().map(|degree| (at - 1, degree))
}
