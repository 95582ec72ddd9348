//! What a report is about, and what comes out at the values in force: the formula or the weights that were spoken of last.

use super::items::{ByItems, Kind};
use super::report::{ADVERBS, Noun, Report};
use super::scores::{Example, Keys, Scores, value};
use super::topic::{Of, Topic};
use super::view::View;
use super::words::{BETWEEN, NEUTRAL, among};
use super::{AGE_MAX, Clause, Reader};
use crate::claim::statement::{Body, Link, Scope, Statement};
use crate::language::{Expr, Relation, Symbol};
use crate::span::Span;
use crate::tolerance;

/// For how many sentences a variance is remembered where its deviation is spoken of.
const RECALLED: usize = 2;

/// A number as it was resolved.
struct Resolved {
    left: Expr,
    tentative: bool,
    /// The place of the formula that it was computed with, where nothing else tells the number.
    rests: Option<Span>,
    /// What was spoken of.
    of: Of,
    formula: Option<Expr>,
}

/// A report with the values in force.
struct Now<'a> {
    report: Option<&'a Report>,
    example: Example,
    /// Letters that got a value in this sentence.
    fresh: Vec<Symbol>,
    head: Option<u32>,
    /// Where the report begins.
    place: usize,
}

impl Now<'_> {
    /// The weights of some keys, computed from the scores that the example gives.
    fn computed(&self, keys: &Keys, together: Option<bool>, head: Option<u32>, formula: bool) -> Option<Expr> {
        let scores = self.example.scores(head.or(self.head).unwrap_or(0))?;
        let mut example = self.example.clone();
        // Where the writer's formula leaves the other keys out, there are none.
        if formula && example.size.is_none() && scores.named.len() == 2 {
            example.size = Some(Expr::int(2));
        }
        let all = example.weight(&scores, keys, together.unwrap_or(false))?;
        // "0.458 on each of the two"
        let same = all.iter().all(|e| value(e) == value(&all[0]));
        all.into_iter().next().filter(|_| same)
    }
}

impl Reader<'_> {
    /// Reads a report; where it ends.
    pub(super) fn reported(&mut self, view: &View, at: usize, clause: &Clause, general: &dyn Fn() -> bool) -> Option<usize> {
        if !clause.clean || clause.murky || self.example.riddle || general() {
            return None;
        }
        let adverb = |i: usize| view.is(i, ADVERBS) || view.items[i].kind == Kind::Colon || view.relation(i).is_some();
        let led = self.led_from <= at && (self.led_from..at).all(adverb);
        // "which for α = 0.01 and β = 10 is 1.4"
        let place = view.items[at].span.start;
        let (example, fresh) = (self.example.clone(), self.fresh.clone());
        let mut now = Now { report: None, example, fresh, head: clause.head, place };
        let valued = view.is(at, &["which", "this", "it", "that"]) && view.is(at + 1, &["for", "at", "with"]);
        let verb = if valued { self.values(view, at + 2, &mut now).filter(|v| *v > at + 2) } else { None };
        let (report, end) = verb.map_or_else(|| view.report(at, led), |verb| view.report_behind(verb))?;
        let after = self.trailing(view, end, &mut now)?;
        let span = view.items[at].span.to(view.items[end - 1].span);
        self.say(span, report.clone(), now)?;
        self.goes_on_at(view, after, report, clause.head)
    }

    /// "… and 0.12 at X = 0.8", behind a report with values of its own; where it ends.
    fn goes_on_at(&mut self, view: &View, end: usize, report: Report, head: Option<u32>) -> Option<usize> {
        let next = usize::from(view.items.get(end).is_some_and(|i| i.kind == Kind::Comma)) + end;
        let next = view.skip(next, &["and", "but"]);
        let start = view.skip(next, &["only", "already", "just"]);
        if next == end {
            return Some(end);
        }
        let Some((relation, number, after)) = view.amount(start) else { return Some(end) };
        let place = view.items[start].span.start;
        let mut now = Now { report: None, example: self.example.clone(), fresh: vec![], head, place };
        let Some(last) = self.trailing(view, after, &mut now).filter(|l| *l > after) else { return Some(end) };
        let report = Report { numbers: vec![(relation, number)], ..report };
        let span = view.items[start].span.to(view.items[after - 1].span);
        Some(self.say(span, report, now).map_or(end, |()| last))
    }

    /// Pushes what a report says at the values in force.
    fn say(&mut self, span: Span, report: Report, now: Now) -> Option<()> {
        let head = now.head;
        let now = Now { report: Some(&report), ..now };
        let resolved = self.resolved(&now)?;
        let old = self.age > AGE_MAX || self.example.rows > 1 && self.age > 0;
        let tentative = resolved.tentative || old && resolved.formula.is_none();
        for (relation, number) in &report.numbers {
            let link = Link { left: resolved.left.clone(), relation: *relation, right: number.clone() };
            let scope = Scope { tentative, rests: resolved.rests, ..Scope::default() };
            self.found.push(Statement { span, body: Body::Relation { link, alternatives: vec![] }, scope, remarks: vec![] });
        }
        self.age = self.age.min(1);
        let Resolved { of, formula, .. } = resolved;
        self.topics.push(Topic { of, formula, filled: None, head, span, sentence: self.sentence });
        Some(())
    }

    /// "… for β = 3 and n = 5": values behind what is said; where they end.
    fn trailing(&self, view: &View, end: usize, now: &mut Now) -> Option<usize> {
        if !view.is(end, &["for", "at", "if", "when", "with"]) {
            return Some(end);
        }
        let after = self.values(view, end + 1, now)?;
        (after > end + 1 && view.ends(after)).then_some(after)
    }

    /// Values from a place on; where they end.
    fn values(&self, view: &View, start: usize, now: &mut Now) -> Option<usize> {
        let mut after = start;
        while let Some(next) = view.give(after, self.part, &mut now.example) {
            if let Some(Expr::Symbol(s)) = view.math(after) {
                now.fresh.push(s.clone());
            }
            after = next;
            let comma = usize::from(view.items.get(after).is_some_and(|i| i.kind == Kind::Comma));
            let joined = view.skip(after + comma, &["and"]);
            if joined > after && view.relation(joined + 1) == Some(Relation::Equal) {
                after = joined;
            }
        }
        Some(after)
    }

    /// The quantity that is meant, at the values in force.
    fn resolved(&self, now: &Now) -> Option<Resolved> {
        let report = now.report?;
        let place = now.place;
        let recent = |sentences: usize| {
            let near = |t: &&Topic| t.span.end <= place && t.sentence + sentences >= self.sentence;
            let mut found: Vec<&Topic> = self.topics.iter().filter(near).collect();
            found.sort_by_key(|t| std::cmp::Reverse(t.span.end));
            found.into_iter()
        };
        let of_keys = |keys: &Keys| recent(1).find(|t| matches!(&t.of, Of::Weight(k, _) if k == keys));
        if let Some(named) = &report.keys {
            return self.weight(&named.keys, report.together, now, of_keys(&named.keys));
        }
        match &report.noun {
            Noun::Deviation | Noun::Variance => {
                let topic = recent(RECALLED).find(|t| matches!(t.of, Of::Variance | Of::Deviation))?;
                self.moment(topic, now)
            }
            Noun::Weight(Some(named)) => {
                let together = named.each.then_some(false);
                self.weight(&named.keys, together, now, of_keys(&named.keys))
            }
            Noun::Last if report.together == Some(false) && self.world.letters.len() == 2 => self.both(now, recent(1).next()),
            noun => match recent(1).next() {
                Some(topic) => self.of_topic(topic, noun, now),
                // The key that stands out, where scores were just given.
                None if self.world.letters == ["j"] && self.age == 0 && now.example.told.is_some() => {
                    let found = self.weight(&Keys::Named(vec!["j".into()]), None, now, None)?;
                    Some(Resolved { tentative: found.tentative || *noun == Noun::Last, ..found })
                }
                None => None,
            },
        }
    }

    /// "0.43 each": of the question's two keys, where their weights are the same.
    fn both(&self, now: &Now, topic: Option<&Topic>) -> Option<Resolved> {
        let own = |l: &String| Keys::Named(vec![l.clone()]);
        let topic = topic.filter(|t| self.world.letters.iter().any(|l| matches!(&t.of, Of::Weight(k, _) if *k == own(l))));
        let [a, b] = self.world.letters.as_slice() else { return None };
        let first = self.weight(&own(a), None, now, topic)?;
        let second = now.computed(&own(b), None, None, true)?;
        (value(&first.left)? == value(&second)?).then_some(first)
    }

    /// Whether words stand between two places that may be about something else than what was spoken of before.
    pub(super) fn words_between(&self, from: usize, to: usize) -> bool {
        let text = self.text.get(from..to).unwrap_or_default();
        let mut before = ' ';
        let mut start = 0;
        for word in text.split(|c: char| !c.is_alphabetic()) {
            let command = before == '\\';
            start += word.len();
            before = text[start..].chars().next().unwrap_or(' ');
            start += before.len_utf8();
            let lower = word.to_lowercase();
            let letter = word.chars().count() < 2 || self.world.lexicon.knows(word);
            if !command && !letter && !among(NEUTRAL, &lower) && !among(BETWEEN, &lower) && !ADVERBS.contains(&lower.as_str()) {
                return true;
            }
        }
        false
    }

    /// A variance or a deviation, from the formula of one of them.
    fn moment(&self, topic: &Topic, now: &Now) -> Option<Resolved> {
        let (formula, report) = (topic.formula.clone()?, now.report?);
        let formula = match (&topic.of, &report.noun) {
            (Of::Variance, Noun::Deviation) => Expr::Call("sqrt", vec![formula]),
            (Of::Deviation, Noun::Variance) => Expr::Pow(Box::new(formula), Box::new(Expr::int(2))),
            _ => formula,
        };
        self.at_values(&formula, topic, now)
    }

    fn of_topic(&self, topic: &Topic, noun: &Noun, now: &Now) -> Option<Resolved> {
        let report = now.report?;
        match &topic.of {
            Of::Weight(keys, together) => self.weight(keys, report.together.or(*together), now, Some(topic)),
            _ if matches!(noun, Noun::Weight(_)) => None,
            _ => {
                let filled = || self.at_values(&self.emptied(topic.filled.as_ref()?, now)?, topic, now);
                let other = topic.formula.is_none().then(filled).flatten().map(|r| Resolved { tentative: true, ..r });
                other.or_else(|| self.at_values(topic.formula.as_ref()?, topic, now))
            }
        }
    }

    /// `50 √0.0002` with the letters that were 50 and 0.0001 before, where each letter that got a new value is found.
    fn emptied(&self, filled: &Expr, now: &Now) -> Option<Expr> {
        let mut out = filled.clone();
        for letter in &now.fresh {
            let new = value(&now.example.filled(&Expr::Symbol(letter.clone())))?;
            let olds = self.seen.iter().filter(|(s, _)| s == letter).filter_map(|(_, e)| value(e)).filter(|v| *v != new);
            let found = olds.into_iter().find_map(|old| {
                [1, 2, 4].into_iter().find_map(|times| {
                    let own = Expr::Mul(vec![Expr::int(times), Expr::Symbol(letter.clone())]);
                    let swapped = swapped(&out, old * times as f64, &own);
                    (swapped != out).then_some(swapped)
                })
            });
            out = found?;
        }
        Some(out)
    }

    /// A weight: from the scores of the example, from its formula, or from both where they agree.
    fn weight(&self, keys: &Keys, together: Option<bool>, now: &Now, topic: Option<&Topic>) -> Option<Resolved> {
        let share = now.report?.numbers.iter().all(|(_, e)| value(e).is_some_and(|v| (0.0..=1.0).contains(&v)));
        if !share {
            return None;
        }
        let head = topic.and_then(|t| t.head);
        let of = Of::Weight(keys.clone(), together);
        let written = topic.and_then(|t| self.at_values(t.formula.as_ref()?, t, now));
        match (now.computed(keys, together, head, written.is_some()), written) {
            (Some(left), Some(written)) => {
                let (a, b) = (value(&written.left)?, value(&left)?);
                let same = (a - b).abs() <= tolerance::APPROX_CLOSE * b;
                same.then_some(Resolved { left, rests: None, of, ..written })
            }
            (Some(left), None) => {
                let open = *keys == Keys::Others && together.is_none();
                Some(Resolved { left, tentative: open, rests: None, of, formula: None })
            }
            (None, written) => written.map(|w| Resolved { of, ..w }),
        }
    }

    /// A formula at the values in force.
    fn at_values(&self, formula: &Expr, topic: &Topic, now: &Now) -> Option<Resolved> {
        let size = |s: &Symbol| if s.name == "n" && s.indices.is_empty() { now.example.size.clone() } else { None };
        let left = now.example.filled(&now.example.filled(formula).substitute(&size));
        let known = left.is_closed() && value(&left).is_some_and(f64::is_finite);
        let letters = formula.symbols();
        // Values that the formula knows nothing of are of another thing; of several values an older one may not be meant.
        let foreign = now.fresh.iter().any(|s| !letters.contains(s));
        let values = |letter: &Symbol| self.seen.iter().filter(|(s, _)| s == letter).count();
        let one = |s: &Symbol| if s.name == "n" { values(s) < 2 } else { values(s) == 1 };
        let stale = letters.iter().any(|s| !now.fresh.contains(s) && !one(s));
        let none = !now.fresh.iter().any(|s| letters.contains(s));
        let (of, formula) = (topic.of.clone(), topic.formula.clone());
        let tentative = foreign || stale || none;
        // Words between the formula and the number may be about another quantity.
        let tentative = tentative || now.report?.keys.is_none() && self.words_between(topic.span.end, now.place);
        known.then_some(Resolved { left, tentative, rests: Some(topic.span), of, formula })
    }

    /// "for tiny α": the letter that vanishes, where it stands; where the words end.
    pub(super) fn vanishing(&mut self, view: &View, at: usize) -> Option<usize> {
        let size = view.skip(at, &["very", "extremely"]);
        let small = view.is(size, &["tiny", "small", "vanishing", "negligible"]);
        let letter = view.math(size + 1).filter(|e| matches!(e, Expr::Symbol(s) if s.name == "alpha" && s.indices.is_empty()))?;
        let announced = at > 0 && view.is(at - 1, &["for", "with", "at"]);
        let Expr::Symbol(s) = letter else { return None };
        (small && announced).then(|| {
            self.fresh.push(s.clone());
            self.example.give(s, &Expr::int(0));
            size + 2
        })
    }

    /// Notes that a letter was given a value in this sentence.
    pub(super) fn note(&mut self, letter: Option<&Expr>, number: Option<&Expr>) {
        let (Some(Expr::Symbol(s)), Some(number)) = (letter, number.filter(|e| e.is_closed())) else { return };
        self.fresh.push(s.clone());
        if !self.seen.iter().any(|(l, e)| l == s && e == number) {
            self.seen.push((s.clone(), number.clone()));
        }
    }

    /// Remembers the weights of which something was said.
    pub(super) fn spoken(&mut self, keys: &Keys, together: Option<bool>, head: Option<u32>, span: Span) {
        let of = Of::Weight(keys.clone(), together);
        self.topics.push(Topic { of, formula: None, filled: None, head, span, sentence: self.sentence });
    }

    /// Weights in a row: "get (1/3, 1/3, 1/3)", "the weights are 0.73 and 0.27"; where it ends.
    pub(super) fn row_said(&mut self, view: &View, at: usize, clause: &Clause, general: &dyn Fn() -> bool) -> Option<usize> {
        if !clause.clean || clause.murky || self.example.riddle || self.age > 0 || general() {
            return None;
        }
        let query = self.world.letters.len() == 2 && self.example.queries.contains_key(&0) && !self.example.assumed;
        self.example.told.as_ref().map(|_| ()).or(query.then_some(()))?;
        let own = |s: &Scores| query && s.named.len() == 2 && s.named.iter().zip(&self.world.letters).all(|((n, _), l)| n == l);
        let scores = self.example.scores(0).filter(|s| s.others.is_none() || own(s))?;
        let (relation, list, end) = view.row_of_weights(at).filter(|(_, list, _)| list.len() == scores.named.len())?;
        let names = scores.named.iter().map(|(n, _)| n.clone()).collect();
        let weights = self.example.weight(&scores, &Keys::Named(names), false)?;
        let span = view.items[at].span.to(view.items[end - 1].span);
        for (left, right) in weights.into_iter().zip(list) {
            let body = Body::Relation { link: Link { left, relation, right }, alternatives: vec![] };
            self.found.push(Statement { span, body, scope: Scope::default(), remarks: vec![] });
        }
        Some(end)
    }
}

/// An expression with another in place of a number.
fn swapped(e: &Expr, number: f64, own: &Expr) -> Expr {
    let same = |v: f64| (v - number).abs() <= tolerance::ROUNDING * number.abs();
    match e {
        Expr::Number(n) if same(n.value) => own.clone(),
        _ => e.map_children(&mut |c| swapped(c, number, own)),
    }
}
