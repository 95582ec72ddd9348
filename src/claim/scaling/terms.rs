//! Terms of a cost in words: what drops out, positions that a part works on, numbers of scores, what a term becomes.

use super::super::atoms::Atom;
use super::super::cues::Cue;
use super::super::statement::Body;
use super::{Scaling, View, change, clauses, model_of, part_of, words};
use crate::language::Expr;
use crate::span::Span;

impl View<'_> {
    /// "The number of heads drops out."
    pub(super) fn absent(&self, own: &[Atom]) -> Option<(Span, Body)> {
        const NOT: &[&str] = &[
            "drops|drop|cancels|cancel out",
            "= does not matter",
            "= plays no role",
            "cancels|cancel",
            "= is irrelevant",
            "= has no influence|effect",
        ];
        let text = words(own);
        let mentions = |at: usize| {
            let here = |(name, cues): (&'_ String, &Vec<String>)| {
                cues.iter().any(|c| Cue::new(c).find(&text[at..=at]).is_some()).then(|| name.clone())
            };
            self.growth.absent.iter().find_map(here)
        };
        let (name, range, found) = (0..text.len()).find_map(|at| {
            let name = mentions(at)?;
            let after = &text[at + 1..(at + 6).min(text.len())];
            let found = NOT.iter().find_map(|c| Cue::new(c).find(after)).filter(|f| f.start <= 1)?;
            Some((name, at..at + 1, found))
        })?;
        let number = range.start >= 2 && text[range.start - 1] == "of" && text[range.start - 2] == "number";
        let first = if number { range.start - 2 } else { range.start };
        let span = own[first].span.to(own[range.end + found.end - 1].span);
        Some((span, Body::Scaling(Scaling::Absent(name))))
    }

    /// "The blocks in the middle work on m positions."
    pub(super) fn positions(&self, own: &[Atom]) -> Option<(Span, Body)> {
        let cue = "= work|works|operate|operates|act|acts|run|runs on|over|with";
        clauses(own).into_iter().find_map(|clause| {
            let found = Cue::new(cue).find(&words(clause))?;
            let at = found.end
                + usize::from(clause.get(found.end).is_some_and(|a| matches!(a.text.as_str(), "only" | "just" | "the")));
            let variable = clause.get(at).filter(|a| self.growth.variables.contains_key(&a.text))?.text.clone();
            let noun = clause.get(at + 1)?;
            matches!(noun.text.as_str(), "positions" | "vectors" | "tokens" | "latents" | "elements").then_some(())?;
            // "… and the blocks in the middle work on m": who does it stands last.
            let head = &clause[..found.start];
            let last = head.iter().rposition(|a| a.text == "and").map_or(0, |i| i + 1);
            let subject = self.subject(&head[last..], own).or_else(|| self.subject(head, own))?;
            Some((clause[last].span.to(noun.span), Body::Scaling(Scaling::Positions { subject, variable })))
        })
    }

    /// "m·m comparisons", "B² scores".
    pub(super) fn counts(&self, own: &[Atom]) -> Vec<(Span, Body)> {
        let mut out = Vec::new();
        for (i, noun) in own.iter().enumerate().filter(|(_, a)| self.growth.units.contains(&a.text)) {
            let term = |a: &&Atom| {
                self.growth.variables.contains_key(&a.text)
                    || matches!(a.text.as_str(), "*" | "times" | "x" | "^" | "2" | "3" | "(" | ")" | "+" | "-")
            };
            let n = own[..i].iter().rev().take_while(term).count();
            // A bracket that the run does not close belongs to the sentence.
            let opened = |n: &usize| {
                let run = &own[i - n..i];
                let count = |t: &str| run.iter().filter(|a| a.text == t).count();
                count("(") == count(")")
                    && !run.first().is_some_and(|a| matches!(a.text.as_str(), ")" | "+" | "-" | "*" | "times" | "x" | "^"))
            };
            let Some(n) = (1..=n).rev().find(opened) else { continue };
            let (from, run) = (i - n, &own[i - n..i]);
            // "ℓ² entries of d products": what each of the entries is made of.
            if from >= 2 && own[from - 1].text == "of" && self.growth.units.contains(&own[from - 2].text) {
                continue;
            }
            if run.iter().filter(|a| self.growth.variables.contains_key(&a.text)).count() == 0 {
                continue;
            }
            let clause = own[..from].rsplit(|a| matches!(a.text.as_str(), "," | ";" | "." | ":")).next().unwrap_or_default();
            let spelled: Vec<String> =
                run.iter().map(|a| if matches!(a.text.as_str(), "times" | "x") { "*".into() } else { a.text.clone() }).collect();
            let Some(count) = self.expression(&spelled.join(" ")) else { continue };
            // "Perceiver: 2lm + … entries": what stands before the colon is what is counted.
            let head = own[..from].rsplit(|a| matches!(a.text.as_str(), "," | ";" | ".")).next().unwrap_or_default();
            let label = || head.iter().any(|a| a.text == ":").then(|| self.subject(head, own).or_else(|| self.labelled(head)))?;
            let Some(subject) = self.subject(clause, own).or_else(label) else { continue };
            let stop = |a: &&Atom| !matches!(a.text.as_str(), "," | ";" | "." | ":" | "and" | "so");
            let tail: Vec<Atom> = own[i + 1..].iter().take_while(stop).cloned().collect();
            let Some(subject) = self.spread(subject, clause, &tail, &count) else { continue };
            let span = clause.first().unwrap_or(&run[0]).span.to(noun.span);
            out.push((span, Body::Scaling(Scaling::Count { subject, count })));
        }
        out
    }

    /// "L layers with ℓ² scores each", "ℓ² scores per layer": of one layer, where a model is named and its layers are counted. A
    /// count with their number in it is of all of them.
    fn spread(&self, subject: usize, clause: &[Atom], tail: &[Atom], count: &Expr) -> Option<usize> {
        let id = &self.growth.subjects[subject].id;
        let around: Vec<String> = words(clause).into_iter().chain(words(tail)).collect();
        let has = |cues: &str| Cue::new(cues).find(&around).is_some();
        let each = has("each|every|per|apiece|one|single") || has("layer|layers|block|blocks");
        let total = has("total|altogether|together|overall|sum|whole|all");
        let deep = self.growth.deepened.as_ref().is_some_and(|v| count.mentions(v));
        // "…, each with ℓ² scores: Lℓ² scores": of all layers, where the clause itself names none.
        let own = Cue::new("each|every|per|block|blocks|layer|layers").find(&words(clause)).is_some();
        let layered = self.growth.subjects[subject]
            .scores
            .as_ref()
            .is_some_and(|s| self.growth.deepened.as_ref().is_some_and(|v| s.contains(v)));
        if let Some(model) = self.growth.subjects[subject].model.as_ref().filter(|_| deep && !own && !layered) {
            return self.growth.subjects.iter().position(|s| s.id == *model);
        }
        if !self.growth.models.contains_key(id) || !each || total || deep {
            return Some(subject);
        }
        let meant: Vec<String> = around.iter().cloned().chain(["scores", "per", "layer"].map(String::from)).collect();
        // "Two blocks": which of them is not said.
        let part = part_of(self.growth, &meant, Some(id)).filter(|p| self.growth.subjects[*p].each.is_empty())?;
        (!self.growth.models.contains_key(&self.growth.subjects[part].id)).then_some(part)
    }

    /// "Lℓ² becomes 4Lℓ²".
    pub(super) fn becomes(&self, own: &[Atom]) -> Vec<(Span, Body)> {
        let Some(at) = own.iter().position(|a| matches!(a.text.as_str(), "becomes" | "become")) else { return vec![] };
        let term = |a: &&Atom| {
            self.growth.variables.contains_key(&a.text)
                || matches!(a.text.as_str(), "*" | "^" | "(" | ")" | "+")
                || a.text.parse::<i64>().is_ok()
        };
        let n = own[..at].iter().rev().take_while(term).count();
        let m = own[at + 1..].iter().take_while(term).count();
        let (left, right) = (&own[at - n..at], &own[at + 1..at + 1 + m]);
        let spell = |list: &[Atom]| self.expression(&words(list).join(" "));
        let (Some(before), Some(after)) = (spell(left), spell(right)) else { return vec![] };
        let inside = |list: &[Atom]| {
            clauses(list).into_iter().filter_map(|c| change(c, Some(self.growth))).map(|(v, k, _)| (v, k)).collect::<Vec<_>>()
        };
        let here: Vec<_> = inside(own).into_iter().filter(|_| own[..at].iter().any(|a| a.text == "->")).collect();
        let certain = here.len() == 1;
        let changes = if certain { here } else { inside(&self.part) };
        if changes.is_empty() {
            return vec![];
        }
        let span = left[0].span.to(right[right.len() - 1].span);
        vec![(span, Body::Scaling(Scaling::Becomes { before, after, changes, certain }))]
    }

    /// The whole of the model that a label names alone.
    fn labelled(&self, head: &[Atom]) -> Option<usize> {
        let named: Vec<String> = words(head).into_iter().filter(|w| w != ":" && w != "the").collect();
        let model = model_of(self.growth, &named).filter(|_| named.len() == 1)?;
        self.growth.subjects.iter().position(|s| s.id == model)
    }
}
