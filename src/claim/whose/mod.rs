//! Whose cost an order bounds: by name, by ordinal, by a pronoun, or by the order in which models were introduced.
//!
//! A clause is read whole: each of its words names a model or a part, or is known to say nothing of its own. What it
//! leaves open (which model "it" is, which the second one is) is taken from the clauses before it.

mod earlier;
mod held;
mod loose;
mod other;
mod pair;
mod phrases;
mod row;
mod shared;
mod symbol;
mod words;

use super::atoms::{Atom, atoms};
use super::cues::Cue;
use super::scaling::{View, model_of, part_of, told};
use super::statement::Body;
use crate::span::Span;
use crate::world::GrowthFile;

pub use held::Held;
use held::declared;
pub(super) use held::held;
pub(super) use other::of_something_else;
use words::{BESIDE, ENDS, KNOWN, MULTIPLIED, NOUNS, PARTS, STEP_NOUNS, STEPS, WHOLE};

/// Whose cost it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Whose {
    /// The sentence does not say.
    Unknown,
    /// One of these may be meant; the first is the plainest.
    Any(Vec<usize>),
    /// Each of these.
    Every(Vec<usize>),
}

/// What a sentence says around an order.
#[derive(Debug, Clone, PartialEq)]
pub struct Around {
    /// Whose cost.
    pub whose: Whose,
    /// Under what.
    pub held: Held,
    /// Whether nothing else can be meant.
    pub certain: bool,
    /// Whether it is called a bound that need not be tight.
    pub loose: bool,
}

impl Around {
    /// The plain case: one subject or none, nothing held.
    pub fn of(subject: Option<usize>) -> Around {
        let whose = subject.map_or(Whose::Unknown, |s| Whose::Any(vec![s]));
        Around { whose, held: Held::default(), certain: true, loose: false }
    }
}

impl View<'_> {
    /// Gives the orders of a sentence to those whose they are, where its words are understood whole.
    pub fn attribute(&self, sentence: Span, orders: &mut [(Span, Body)]) {
        let places: Vec<Span> = orders.iter().map(|(span, _)| *span).collect();
        for (((_, body), place), read) in orders.iter_mut().zip(&places).zip(self.around(sentence, &places)) {
            let Body::Growth { around, .. } = body else { continue };
            match read {
                Some(read) => *around = read,
                // Words about a part that were not understood: the whole is not what is meant.
                None if self.is_whole(&around.whose) && self.speaks_of_parts(sentence, &places, *place) => {
                    around.whose = Whose::Unknown;
                }
                None => around.loose = self.called_loose(sentence, &places, *place),
            }
        }
    }

    /// Whether an order of a sentence is called a bound that need not be tight.
    fn called_loose(&self, sentence: Span, orders: &[Span], place: Span) -> bool {
        let own = self.collapsed(sentence, orders);
        own.iter().position(|a| a.span.start == place.start).is_some_and(|at| loose::called(&own, at))
    }

    /// Whether what ends before an atom is the label of what follows, with a colon.
    fn labels(&self, own: &[Atom], end: usize) -> bool {
        let behind = || own.last().and_then(|a| self.text.get(a.span.end..)).is_some_and(|t| t.trim_start().starts_with(':'));
        own.get(end).map_or_else(behind, |a| a.text == ":")
    }

    fn is_whole(&self, whose: &Whose) -> bool {
        matches!(whose, Whose::Any(list) if list.iter().all(|i| self.growth.models.contains_key(&self.growth.subjects[*i].id)))
    }

    /// Whether the clause of an order names parts and no whole.
    fn speaks_of_parts(&self, sentence: Span, orders: &[Span], place: Span) -> bool {
        let own = self.collapsed(sentence, orders);
        let Some(at) = own.iter().position(|a| a.span.start == place.start) else { return false };
        let ends = |a: &Atom| {
            matches!(a.text.as_str(), "," | ";" | ":" | "." | "(" | ")" | "because" | "since" | "as") || a.text.starts_with('@')
        };
        let start = own[..at].iter().rposition(ends).map_or(0, |i| i + 1);
        let end = own[at + 1..].iter().position(ends).map_or(own.len(), |i| at + 1 + i);
        let end = if self.labels(&own, end) { at } else { end };
        let clause = texts(&own[start..end]);
        let has = |list: &[&str]| list.iter().any(|c| Cue::new(c).find(&clause).is_some());
        has(STEPS) && !has(WHOLE)
    }

    /// What a sentence says around its orders, each a place in the text.
    fn around(&self, sentence: Span, orders: &[Span]) -> Vec<Option<Around>> {
        if orders.is_empty() {
            return vec![];
        }
        if let Some(read) = self.of_row(sentence, orders) {
            return read;
        }
        let all = self.collapsed(sentence, orders);
        let (mut held, mut used) = held(self.growth, &all);
        let (absent, gone) = held::absent(self.growth, &all);
        held.absent.extend(absent.into_iter().filter(|v| !declared(&self.part, v)));
        used.extend(gone);
        let (shared, told) = shared::shared(self.growth, &all);
        held.shared = shared;
        used.extend(told);
        let other = |k: usize| all.iter().position(|a| a.text == mark(k)).is_some_and(|at| of_something_else(&all, at, &used));
        let own: Vec<Atom> =
            all.iter().enumerate().filter(|(i, _)| !used.iter().any(|r| r.contains(i))).map(|(_, a)| a.clone()).collect();
        let at = |k: usize| all.iter().position(|a| a.text == mark(k));
        let with = |k: usize, (whose, certain)| {
            let held = at(k).map_or_else(|| held.clone(), |at| self.held_near(&all, at, &held));
            Around { whose, held, certain, loose: at(k).is_some_and(|at| loose::called(&all, at)) }
        };
        let read: Vec<Option<Around>> = match self.pair(&own, orders) {
            Some([first, second]) => vec![Some(with(0, first)), Some(with(1, second))],
            None => (0..orders.len())
                .map(|k| self.symbol(&own, k, orders[k]).or_else(|| self.single(&own, k, sentence.start)).map(|w| with(k, w)))
                .collect(),
        };
        let nobody = |k: usize| Some(with(k, (Whose::Unknown, true)));
        let shared = |k: usize| held.shared.iter().any(|h| orders[k].of(self.text).contains(h.as_str()));
        let read = read.into_iter().enumerate();
        read.map(|(k, r)| if other(k) || r.is_none() && shared(k) { nobody(k) } else { r }).collect()
    }

    /// What is held in the piece of a sentence between semicolons that a place is in; with none there, what the sentence holds.
    /// What is concluded from an order, "…, so with m = l/2 …", is not said of it.
    fn held_near(&self, all: &[Atom], at: usize, sentence: &Held) -> Held {
        let start = all[..at].iter().rposition(|a| a.text == ";").map_or(0, |i| i + 1);
        let end = all[at..].iter().position(|a| a.text == ";").map_or(all.len(), |i| at + i);
        let concludes =
            |i: usize| all[i - 1].text == "," && matches!(all[i].text.as_str(), "so" | "hence" | "thus" | "therefore");
        let conclusion = (at + 1..end).find(|i| concludes(*i));
        let (own, used) = held(self.growth, &all[start..conclusion.unwrap_or(end)]);
        if used.is_empty() {
            let before =
                || Held { absent: sentence.absent.clone(), shared: sentence.shared.clone(), ..held(self.growth, &all[..at]).0 };
            if conclusion.is_some() { before() } else { sentence.clone() }
        } else {
            Held { absent: sentence.absent.clone(), shared: sentence.shared.clone(), ..own }
        }
    }

    /// A sentence's atoms, each order as one.
    fn collapsed(&self, sentence: Span, orders: &[Span]) -> Vec<Atom> {
        let mut out: Vec<Atom> = Vec::new();
        for mut atom in atoms(self.text, sentence) {
            let inside = orders.iter().position(|o| o.start <= atom.span.start && atom.span.end <= o.end);
            match inside {
                Some(k) if out.last().is_some_and(|a| a.text == mark(k)) => {
                    if let Some(last) = out.last_mut() {
                        last.span = last.span.to(atom.span);
                    }
                    continue;
                }
                Some(k) => atom.text = mark(k),
                // The article that opens a sentence is no letter.
                None if out.is_empty() && matches!(atom.text.as_str(), "A" | "I") => atom.text = atom.text.to_lowercase(),
                None => {
                    if let Some(to) = self.letters.get(&atom.text) {
                        atom.text = to.clone();
                    }
                }
            }
            out.push(atom);
        }
        let out = super::atoms::dashes(self.text, out);
        let plain = phrases::without_ways(phrases::plain(out), &|t| self.growth.variables.contains_key(t));
        with_line_ends(self.text, plain)
    }

    fn known(&self, atom: &Atom) -> bool {
        let t = atom.text.as_str();
        let number = || t.chars().all(|c| c.is_ascii_digit());
        [KNOWN, WHOLE, NOUNS, PARTS].iter().any(|l| l.contains(&t))
            || self.growth.variables.contains_key(t)
            || number()
            || self.model(std::slice::from_ref(atom)).is_some()
    }

    fn model(&self, list: &[Atom]) -> Option<String> {
        model_of(self.growth, &texts(list))
    }

    fn whole(&self, model: &str) -> Option<usize> {
        self.growth.subjects.iter().position(|s| s.id == model)
    }

    /// The models that a few atoms name, each where it is named last; one that is only compared with is none.
    fn named(&self, list: &[Atom]) -> Vec<(usize, String)> {
        let mut found: Vec<(usize, String)> = Vec::new();
        for i in 0..list.len() {
            let Some(model) = self.model(&list[i..=i]) else { continue };
            let before = list[..i].iter().rev().find(|a| !matches!(a.text.as_str(), "the" | "a" | "our" | "that" | "of"));
            let beside = before.is_some_and(|a| BESIDE.contains(&a.text.as_str()));
            let compared = before.is_some_and(|a| matches!(a.text.as_str(), "than" | "like" | "unlike"))
                || beside
                    && list[..i]
                        .iter()
                        .any(|a| matches!(a.text.as_str(), "compared" | "contrast" | "unlike" | "opposed" | "same"));
            if !compared && found.iter().all(|(_, m)| *m != model) {
                found.push((i, model));
            }
        }
        found
    }

    /// Whose the order at a place is, by its own clause and what stands before that.
    pub(in super::super) fn single(&self, own: &[Atom], k: usize, from: usize) -> Option<(Whose, bool)> {
        let at = own.iter().position(|a| a.text == mark(k))?;
        let start = self.begins(own, at);
        // "sum: O(…)": the label says whose it is.
        let labelled = start == at && at > 1 && own[at - 1].text == ":";
        let start = if labelled { self.begins(own, at - 1) } else { start };
        let order = |a: &Atom| a.text.starts_with('@');
        let ends = |a: &Atom| ENDS.contains(&a.text.as_str()) || a.text == "and" || order(a);
        let end = own[at + 1..].iter().position(ends).map_or(own.len(), |i| at + 1 + i);
        // A colon behind makes the words after an order the label of the next one.
        // So does another order that follows with a verb of its own.
        let verb = |a: &Atom| matches!(a.text.as_str(), "is" | "are" | "has" | "have" | "costs" | "cost" | "needs" | "takes");
        let next = own.get(end).is_some_and(order) && own[at + 1..end].iter().any(verb);
        let end = if next || self.labels(own, end) { at + 1 } else { end };
        let mut clause: Vec<Atom> = own[start..at].iter().chain(&own[at + 1..end]).cloned().collect();
        clause.retain(|a| a.text != ":");
        self.join(&mut clause);
        if clause.is_empty() || !clause.iter().all(|a| self.known(a)) {
            return None;
        }
        let before = &own[..start];
        let words = self.with_parts_before(&clause, before);
        let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
        let named = self.named(&clause);
        if named.len() > 1 {
            return None;
        }
        let ordinal = ordinal(&clause);
        let model = named.first().map(|(_, m)| m.clone()).or_else(|| told(self.growth, &words));
        if let Some((n, i)) = ordinal {
            // "the second one": of two models in the order of their introduction.
            let rest = clause.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, a)| a.text.as_str());
            let parts = rest.clone().any(|w| PARTS.contains(&w));
            let model = self.introduced(clause.first()?.span.start, n).filter(|_| !parts && model.is_none())?;
            return Some((Whose::Any(vec![self.whole(&model)?]), true));
        }
        if has(&["both"]) && !has(&["layer", "layers", "block", "blocks"]) {
            let all: Option<Vec<usize>> = self.growth.models.keys().map(|m| self.whole(m)).collect();
            return Some((Whose::Every(all?), true));
        }
        if has(&["ours", "our"]) || clause.iter().any(|a| a.text == "other") && named.is_empty() && !has(STEP_NOUNS) {
            let model = named.first().map(|(_, m)| m.clone()).or_else(|| self.second(&clause, before))?;
            return Some((Whose::Any(vec![self.whole(&model)?]), true));
        }
        let parts = has(PARTS);
        let deep = clause.iter().any(|a| self.growth.deepened.as_ref() == Some(&a.text));
        let all = has(WHOLE) || has(&["together", "all"]) || deep && has(MULTIPLIED);
        if parts {
            let model = model.or_else(|| self.current(before, from, false).map(|(m, _)| m))?;
            let of_blocks = ![
                "middle",
                "inner",
                "intermediate",
                "latent",
                "first",
                "last",
                "cross",
                "scores",
                "attention",
                "mlp",
                "linear",
                "between",
                "remaining",
                "other",
                "outer",
                "-",
            ]
            .iter()
            .any(|p| words.iter().any(|w| w == p));
            if all && of_blocks && has(&["layers", "blocks"]) {
                return Some((Whose::Any(vec![self.whole(&model)?]), true));
            }
            let words = meant(&words, before);
            let part = part_of(self.growth, &words, Some(&model)).filter(|i| {
                let s = &self.growth.subjects[*i];
                (s.model.is_some() || s.id == model) && !(s.truths.is_empty() && s.each.is_empty())
            })?;
            return Some(self.together(part, &words, own[at].span));
        }
        if let Some(model) = named.first().map(|(_, m)| m.clone()) {
            return Some((Whose::Any(vec![self.whole(&model)?]), true));
        }
        let said = has(KNOWN) || all || has(NOUNS);
        let plain = all || has(NOUNS);
        let (model, part) = self.current(before, from, plain).filter(|_| said)?;
        let whole = self.whole(&model)?;
        let others = part.filter(|_| !plain).map_or(vec![], |p| self.members(p));
        Some((Whose::Any([vec![whole], others].concat()), true))
    }

    /// "Vanilla needs @, ours @", "…, the other one @": of two models the one that the sentence has not named yet.
    fn second(&self, clause: &[Atom], before: &[Atom]) -> Option<String> {
        let plain = |a: &Atom| a.text == "other" || !PARTS.contains(&a.text.as_str());
        let named = self.named(before);
        let [(_, first)] = named.as_slice() else { return None };
        clause.iter().all(plain).then(|| self.other(first))?
    }

    /// "…, but only @ in the perceiver": a clause without a verb and a part goes on about the part of the order before it.
    fn with_parts_before(&self, clause: &[Atom], before: &[Atom]) -> Vec<String> {
        const VERBS: &[&str] = &[
            "is", "are", "costs", "cost", "needs", "need", "takes", "take", "has", "have", "requires", "becomes", "runs",
            "grows", "scales",
        ];
        let own = texts(clause);
        let has = |list: &[&str], words: &[String]| words.iter().any(|w| list.contains(&w.as_str()));
        let whole = has(WHOLE, &own) || has(&["together", "all"], &own);
        if has(VERBS, &own) || has(PARTS, &own) || whole || !before.iter().any(|a| a.text.starts_with('@')) {
            return own;
        }
        let parts = before.iter().filter(|a| PARTS.contains(&a.text.as_str())).map(|a| a.text.clone());
        parts.chain(own.iter().cloned()).collect()
    }

    /// Drops an `and` that joins two verbs of one subject, or the first and the last block.
    fn join(&self, clause: &mut Vec<Atom>) {
        let Some(at) = clause.iter().position(|a| a.text == "and") else { return };
        let names = |a: &Atom| PARTS.contains(&a.text.as_str()) || self.model(std::slice::from_ref(a)).is_some();
        let near = |i: usize, list: &[&str]| clause.get(i).is_some_and(|a| list.contains(&a.text.as_str()));
        let next = at + 1 + usize::from(near(at + 1, &["the"]));
        let ends = at > 0 && near(at - 1, &["first", "down"]) && near(next, &["last", "up"]);
        if ends || !clause[at + 1..].iter().any(names) {
            clause.remove(at);
        }
    }

    /// "The L - 2 layers between cost O(L m^2)": an order with the number of layers may be that of all blocks of the kind.
    fn together(&self, part: usize, words: &[String], order: Span) -> (Whose, bool) {
        let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
        let all = self.growth.subjects.iter().position(|s| s.all.as_ref() == Some(&self.growth.subjects[part].id));
        let deep = self.growth.deepened.as_ref().is_some_and(|v| order.of(self.text).contains(v.as_str()));
        let summed = has(&["together", "altogether", "total", "overall"]);
        match all.filter(|_| (deep || summed) && has(&["layers", "blocks"]) && !has(&["each", "every", "per", "single"])) {
            Some(all) => (Whose::Any(vec![all]), true),
            None => self.expanded(part),
        }
    }

    /// A part that stands for several, each of which is meant.
    fn expanded(&self, part: usize) -> (Whose, bool) {
        let members = self.members(part);
        if members == [part] { (Whose::Any(members), true) } else { (Whose::Every(members), true) }
    }

    fn members(&self, part: usize) -> Vec<usize> {
        let each = &self.growth.subjects[part].each;
        if each.is_empty() {
            return vec![part];
        }
        (0..self.growth.subjects.len()).filter(|i| each.contains(&self.growth.subjects[*i].id)).collect()
    }

    /// Where the clause of an order begins: behind a sign, a conjunction or another order; `and` only where a subject follows it.
    fn begins(&self, own: &[Atom], at: usize) -> usize {
        let order = |a: &Atom| a.text.starts_with('@');
        let hard = own[..at].iter().rposition(|a| ENDS.contains(&a.text.as_str()) || order(a)).map_or(0, |i| i + 1);
        let Some(and) = own[hard..at].iter().rposition(|a| a.text == "and").map(|i| hard + i) else { return hard };
        let after = &own[and + 1..at];
        let subject = after.iter().any(|a| PARTS.contains(&a.text.as_str()) || self.model(std::slice::from_ref(a)).is_some());
        let whole = own[hard..and].iter().all(|a| self.known(a));
        if hard > 0 && order(&own[hard - 1]) || subject && !whole { and + 1 } else { hard }
    }
}

/// "the last one", "the other layers": words in full, by what stood before.
fn meant(words: &[String], before: &[Atom]) -> Vec<String> {
    let has = |w: &str| words.iter().any(|x| x == w);
    let spoken = |list: &[&str]| before.iter().any(|a| list.contains(&a.text.as_str()));
    let blocks = || spoken(&["layer", "layers", "block", "blocks"]);
    if has("one") && (has("first") || has("last")) && blocks() {
        return words.iter().cloned().chain(["layer".to_string()]).collect();
    }
    // "each of the inner ones": the blocks that were spoken of, with the noun behind what tells them.
    let tells = |w: &String| {
        matches!(w.as_str(), "inner" | "middle" | "outer" | "intermediate" | "latent" | "remaining" | "first" | "last")
    };
    if let Some(at) = words.windows(2).position(|p| tells(&p[0]) && p[1] == "ones").filter(|_| blocks()) {
        let mut full = words.to_vec();
        full[at + 1] = "layers".into();
        return meant(&full, before);
    }
    // "the ones between", "those in between": the blocks that no end is.
    let gap = words.windows(2).position(|p| matches!(p[0].as_str(), "ones" | "those") && p[1] == "between");
    if let Some(at) = gap.filter(|_| blocks()) {
        let mut full = words.to_vec();
        full[at] = "layers".into();
        return full;
    }
    // "For one middle block: attention …, MLP …": a component of the block that heads the sentence.
    let component = words.iter().any(|w| ["mlp", "feed", "ffn", "projection", "linear"].iter().any(|stem| w.starts_with(stem)))
        && !words
            .iter()
            .any(|w| tells(w) || matches!(w.as_str(), "layer" | "layers" | "block" | "blocks" | "down" | "up" | "cross"));
    if let Some(colon) = before.iter().position(|a| a.text == ":").filter(|_| component) {
        let heading = texts(&before[..colon]);
        if let Some(told) = heading.iter().position(tells).filter(|_| !heading.iter().any(|w| w.starts_with('@'))) {
            return [&heading[told..], &["mlp".to_string()]].concat();
        }
    }
    let others = (has("other") || has("remaining")) && (has("layers") || has("blocks"));
    let (ends, middle) =
        (spoken(&["first", "last", "down", "up", "cross"]), spoken(&["middle", "inner", "latent", "intermediate"]));
    let said: &[&str] = match (others, ends, middle) {
        (true, true, false) => &["middle", "layers"],
        (true, false, true) => &["first", "layer"],
        _ => return words.to_vec(),
    };
    said.iter().map(|w| (*w).to_string()).collect()
}

/// Atoms with a full stop where a line ends without one and the next begins with a capital or a label: notes have a statement a line.
fn with_line_ends(text: &str, list: Vec<Atom>) -> Vec<Atom> {
    // "down projection: O(l m)", with no capital.
    const LABEL_MAX: usize = 4;
    let labels: Vec<bool> = (0..list.len())
        .map(|i| {
            let colon = list[i..].iter().take(LABEL_MAX + 1).position(|a| a.text == ":");
            let plain = |a: &Atom| a.text.chars().all(|c| c.is_alphabetic() || c == '-');
            colon.is_some_and(|n| n > 0 && list[i..i + n].iter().all(plain))
        })
        .collect();
    const GOES_ON: &[&str] =
        &[",", ":", "and", "or", "of", "the", "a", "an", "to", "in", "for", "with", "than", "is", "are", "."];
    let mut out: Vec<Atom> = Vec::new();
    for (atom, label) in list.into_iter().zip(labels) {
        let before = out.last().filter(|b| !GOES_ON.contains(&b.text.as_str()));
        let gap = before.and_then(|b| text.get(b.span.end..atom.span.start));
        let begins = label || text.get(atom.span.start..).is_some_and(|t| t.starts_with(char::is_uppercase));
        if let Some(line) = gap.and_then(|g| g.find('\n')).filter(|_| begins) {
            let at = before.map_or(0, |b| b.span.end) + line;
            out.push(Atom { text: ".".into(), span: Span::new(at, at) });
        }
        out.push(atom);
    }
    out
}

fn mark(k: usize) -> String {
    format!("@{k}")
}

fn texts(list: &[Atom]) -> Vec<String> {
    list.iter().map(|a| a.text.clone()).collect()
}

/// "the second one", "the former": which of two, and where the word stands; "the first layer" is a part.
fn ordinal(clause: &[Atom]) -> Option<(usize, usize)> {
    let which = |a: &Atom| match a.text.as_str() {
        "first" | "former" => Some(0),
        "second" | "latter" => Some(1),
        _ => None,
    };
    let (at, n) = clause.iter().enumerate().find_map(|(i, a)| which(a).map(|n| (i, n)))?;
    let part = clause.get(at + 1).is_some_and(|a| PARTS.contains(&a.text.as_str()) || matches!(a.text.as_str(), "and" | "or"));
    (!part).then_some((n, at))
}

/// Whether an order with these variables cannot be a model's: one of them is not in any of its counts.
pub(super) fn foreign(growth: &GrowthFile, model: &str, mentions: &dyn Fn(&str) -> bool) -> bool {
    let whole = growth.subjects.iter().find(|s| s.id == model);
    let counts =
        |v: &str| whole.is_some_and(|s| s.truths.iter().any(|t| t.get_ref().split(|c: char| !c.is_alphabetic()).any(|w| w == v)));
    growth.variables.keys().any(|v| mentions(v) && !counts(v))
}
