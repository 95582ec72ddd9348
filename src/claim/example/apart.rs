//! Numbers that are compared with ones said just before: "this is only 0.12 away from v_1 = 4", "which is 3.45 times as much",
//! "a shift by one standard deviation moves the weight from 0.50 to 0.54".

use super::items::{ByItems, Kind};
use super::scores::value;
use super::topic::DEVIATION;
use super::view::View;
use super::{Clause, Reader};
use crate::claim::statement::{Body, Link, Scope, Statement};
use crate::language::{Expr, Relation};
use crate::span::Span;

/// A number of the part.
#[derive(Debug, Clone)]
pub struct Figure {
    number: Expr,
    span: Span,
    sentence: usize,
    /// Whether it is said of a standard deviation.
    deviation: bool,
    /// Whether it stands behind a relation sign.
    result: bool,
}

/// How far before a number its noun may stand.
const REACH: usize = 4;

/// The numbers that a sentence says, in order.
pub fn figures(view: &View, sentence: usize) -> Vec<Figure> {
    let one = |at: usize| {
        let number = view.math(at).filter(|e| value(e).is_some())?.clone();
        let deviation = (at.saturating_sub(REACH)..at).any(|i| view.is(i, DEVIATION));
        let result = at > 0 && view.relation(at - 1).is_some();
        Some(Figure { number, span: view.items[at].span, sentence, deviation, result })
    };
    (0..view.items.len()).filter_map(one).collect()
}

/// A comparison with what was said before.
struct Apart {
    link: Link,
    alternatives: Vec<Link>,
    tentative: bool,
    end: usize,
}

impl Reader<'_> {
    /// Reads a comparison; where it ends.
    pub(super) fn apart(&mut self, view: &View, at: usize, clause: &Clause, general: &dyn Fn() -> bool) -> Option<usize> {
        if !clause.clean || general() {
            return None;
        }
        // Numbers that were just said need no example that is understood.
        let found = self.away(view, at).or_else(|| self.times_before(view, at));
        let found = found.or_else(|| if clause.murky { None } else { self.moved(view, at) })?;
        Some(self.push(view, at, found))
    }

    /// What a gap makes of the quotient of two weights, before the gap is taken as given; where it ends.
    pub(super) fn by_gap(&mut self, view: &View, at: usize, clause: &Clause, general: &dyn Fn() -> bool) -> Option<usize> {
        let clear = clause.clean && !clause.murky;
        if let Some((all, end)) = if clear { self.split(view, at) } else { None }.filter(|_| !general()) {
            all.into_iter().for_each(|found| {
                self.push(view, at, found);
            });
            return Some(end);
        }
        let found = if clear { self.multiplied(view, at) } else { None }.filter(|_| !general())?;
        Some(self.push(view, at, found))
    }

    fn push(&mut self, view: &View, at: usize, found: Apart) -> usize {
        let span = view.items[at].span.to(view.items[found.end - 1].span);
        let body = Body::Relation { link: found.link, alternatives: found.alternatives };
        let scope = Scope { tentative: found.tentative, ..Scope::default() };
        self.found.push(Statement { span, body, scope, remarks: vec![] });
        found.end
    }

    fn last(&self, place: usize) -> Option<&Figure> {
        self.figures.iter().rev().find(|f| f.span.end <= place && f.sentence + 1 >= self.sentence)
    }

    /// "this is only 0.12 away from v_1 = 4".
    fn away(&self, view: &View, at: usize) -> Option<Apart> {
        let verb = self.pronoun(view, at)?;
        let start = view.skip(verb, &["only", "just", "still", "already", "exactly"]);
        let about = view.skip(start, super::view::ABOUT);
        let (number, after) = view.number(about)?;
        let from = view.skip(after, &["away", "short", "off"]);
        let (way, start) = match view.word(from)? {
            "from" | "of" if from > after => (0, from + 1),
            "below" | "under" => (1, from + 1),
            "above" | "over" => (-1, from + 1),
            "less" | "smaller" | "lower" if view.is(from + 1, &["than"]) => (1, from + 2),
            "more" | "larger" | "higher" if view.is(from + 1, &["than"]) => (-1, from + 2),
            _ => return None,
        };
        let start = view.skip(start, &["the", "value", "target", "ideal"]);
        let (target, end) = match view.relation(start + 1) {
            Some(Relation::Equal | Relation::Approx) => view.number(start + 2)?,
            _ => view.number(start)?,
        };
        let before = self.last(view.items[at].span.start)?;
        let minus = |a: &Expr, b: &Expr| Expr::Add(vec![a.clone(), Expr::Neg(Box::new(b.clone()))]);
        let below = value(&before.number)? < value(&target)?;
        let up = way == 1 || way == 0 && below;
        let left = if up { minus(&target, &before.number) } else { minus(&before.number, &target) };
        let relation = if about > start { Relation::Approx } else { Relation::Equal };
        let tentative = !before.result || self.words_between(before.span.end, view.items[at].span.start);
        view.ends(end).then(|| Apart { link: Link { left, relation, right: number }, alternatives: vec![], tentative, end })
    }

    /// Where the verb "is" behind a pronoun ends.
    fn pronoun(&self, view: &View, at: usize) -> Option<usize> {
        let subject = view.is(at, &["this", "it", "that", "which", "c"]);
        (subject && view.is(at + 1, &["is", "lies", "was"])).then_some(at + 2)
    }

    /// "which is 3.45 times as much": the last number said, against the one before it.
    fn times_before(&self, view: &View, at: usize) -> Option<Apart> {
        let verb = self.pronoun(view, at).filter(|_| view.is(at, &["which", "this", "that"]))?;
        let start = view.skip(verb, &["only", "just", "already", "still", "more", "than"]);
        let about = view.skip(start, super::view::ABOUT);
        let (factor, after) = view.number(about)?;
        let much =
            view.skip(after + 1, &["as", "much", "large", "big", "high", "great", "that", "this", "bigger", "larger", "more"]);
        if !view.is(after, &["times"]) || much == after + 1 || !view.ends(much) {
            return None;
        }
        let place = view.items[at].span.start;
        let above = self.last(place)?;
        let below = self.last(above.span.start)?;
        let ratio = |a: &Figure, b: &Figure| Expr::Div(Box::new(a.number.clone()), Box::new(b.number.clone()));
        let than = (verb..start).any(|i| view.is(i, &["than"]));
        let relation = match (than, about > start) {
            (true, _) => Relation::Greater,
            (_, true) => Relation::Approx,
            _ => Relation::Equal,
        };
        let link = Link { left: ratio(above, below), relation, right: factor };
        Some(Apart { link, alternatives: vec![], tentative: true, end: much })
    }

    /// "a lead of 3 makes α_j about 20 times as big as α_i", "one standard deviation changes the ratio by a factor of 1.49":
    /// the quotient of two weights is the exponential of the difference of their scores.
    fn multiplied(&self, view: &View, at: usize) -> Option<Apart> {
        let noun = view.skip(at, &["a", "an", "one", "such", "the", "score"]);
        let nouns = ["lead", "gap", "difference", "margin", "advantage", "shift"];
        let place = view.items[at].span.start;
        let one = view.skip(noun, &["standard"]);
        let (shift, verb) = if one > noun && noun > at && view.is(one, DEVIATION) {
            let known = self.figures.iter().rev().find(|f| f.deviation && f.span.end <= place)?;
            (known.number.clone(), one + 1)
        } else {
            let of = view.is(noun, &nouns) && view.is(noun + 1, &["of", "by"]);
            view.number(view.skip(noun + 2, &["only", "just"])).filter(|_| of)?
        };
        let verb = view.skip(verb, &["already", "then", "only", "in", "scores", "score", "the"]);
        let (factor, about, end) = self.factor_of_weights(view, verb).or_else(|| {
            // "changes the ratio α_a/α_b by a factor of 1.49"
            let changes = ["changes", "multiplies", "moves", "shifts", "raises", "increases", "alters"];
            let ratio = view.is(verb, &changes).then(|| view.skip(verb + 1, &["the"]))?;
            let after = view.is(ratio, &["ratio", "quotient"]).then_some(ratio + 1)?;
            let of = view.skip(after, &["of", "the", "two", "weights"]);
            let quotient = matches!(view.math(of), Some(Expr::Div(a, b)) if [a, b].iter().all(|e| view.weight_of(e).is_some()));
            let by = of + usize::from(quotient);
            let by = view.is(by, &["by"]).then(|| view.skip(by + 1, &["a", "factor", "of", "only"]))?;
            let about = view.skip(by, super::view::ABOUT);
            let (factor, end) = view.number(about)?;
            Some((factor, about > by, end))
        })?;
        let left = Expr::Call("exp", vec![shift]);
        let whole = matches!(&factor, Expr::Number(n) if n.decimals.is_none());
        let relation = if about || whole { Relation::Approx } else { Relation::Equal };
        let ends = view.ends(end) || view.items.get(end).is_some_and(|i| i.kind == Kind::End);
        ends.then(|| Apart { link: Link { left, relation, right: factor }, alternatives: vec![], tentative: false, end })
    }

    /// "a score difference of 0.16 splits the weights 0.54 to 0.46": the two weights of a softmax of two scores; where it ends.
    fn split(&self, view: &View, at: usize) -> Option<(Vec<Apart>, usize)> {
        let noun = view.skip(at, &["a", "an", "such", "score", "scores"]);
        let of = view.is(noun, &["difference", "gap", "lead", "margin"]) && view.is(noun + 1, &["of"]);
        let (gap, behind) = view.number(view.skip(noun + 2, &["only", "just"])).filter(|_| of && noun > at)?;
        let mut verb = behind;
        if view.is(verb, &["between", "in", "of"]) {
            let scores = view.skip(verb + 1, &["the", "two", "these", "their", "both"]);
            verb = view.is(scores, &["scores", "score", "logits", "keys"]).then_some(scores + 1)?;
        }
        let verb = view.skip(verb, &["already", "then", "only", "still", "just", "now"]);
        let verbs = ["splits", "gives", "means", "makes", "yields", "produces", "leads", "turns", "implies", "results"];
        let object = view
            .is(verb, &verbs)
            .then(|| view.skip(verb + 1, &["to", "into", "in", "the", "weights", "weight", "of", "as", "a"]))?;
        let about = view.skip(object, super::view::ABOUT);
        let (first, between) = view.number(about)?;
        let joint = view.is(between, &["and", "to", "against", "versus", "vs", "over"]).then_some(between + 1)?;
        let (second, end) = view.number(view.skip(joint, super::view::ABOUT))?;
        let end = view.skip(end, &["split", "of", "the", "weights", "weight", "as"]);
        let share = |e: &Expr| value(e).is_some_and(|v| (0.0..=1.0).contains(&v));
        let relation = if about > object { Relation::Approx } else { Relation::Equal };
        let one = |power: Expr| {
            let odds = Expr::Add(vec![Expr::int(1), Expr::Call("exp", vec![power])]);
            Expr::Div(Box::new(Expr::int(1)), Box::new(odds))
        };
        let (up, down) = (one(Expr::Neg(Box::new(gap.clone()))), one(gap));
        let (left, right) = if value(&first)? >= value(&second)? { (up, down) } else { (down, up) };
        // More keys than two share the weight.
        let two = self.example.size.as_ref().and_then(value).is_none_or(|n| n == 2.0);
        let said =
            |left: Expr, right: Expr| Apart { link: Link { left, relation, right }, alternatives: vec![], tentative: !two, end };
        let whole = share(&first) && share(&second) && view.ends(end);
        whole.then(|| (vec![said(left, first), said(right, second)], end))
    }

    /// "makes α_j about 20 times as big as α_i": the factor, whether it is about that, and the end.
    fn factor_of_weights(&self, view: &View, verb: usize) -> Option<(Expr, bool, usize)> {
        let weight = |i: usize| view.math(i).is_some_and(|e| view.weight_of(e).is_some());
        let verbs = ["makes", "means", "gives", "implies", "make", "mean", "lets"];
        let subject = view.is(verb, &verbs).then(|| view.skip(verb + 1, &["that", "already"]))?;
        let start = weight(subject).then(|| view.skip(subject + 1, &["is", "only", "be", "already"]))?;
        let about = view.skip(start, super::view::ABOUT);
        let (factor, times) = view.number(about)?;
        let much =
            view.is(times, &["times"]).then(|| view.skip(times + 1, &["as", "big", "large", "high", "great", "much", "the"]))?;
        weight(much).then_some((factor, about > start, much + 1))
    }

    /// "a shift by one standard deviation moves the weight from 0.50 to 0.54": the odds grow by the exponential of the shift.
    fn moved(&self, view: &View, at: usize) -> Option<Apart> {
        let noun = view.skip(at, &["a", "an", "one", "such"]);
        let nouns = ["shift", "change", "difference", "step", "gap", "deviation", "error"];
        if !view.is(noun, &nouns) || !view.is(noun + 1, &["by", "of"]) {
            return None;
        }
        let place = view.items[at].span.start;
        let size = view.skip(noun + 2, &["one", "a", "standard"]);
        let (shift, verb) = if size > noun + 2 && view.is(size, DEVIATION) {
            let known = self.figures.iter().rev().find(|f| f.deviation && f.span.end <= place)?;
            (known.number.clone(), size + 1)
        } else {
            view.number(noun + 2)?
        };
        let moves = ["moves", "shifts", "changes", "brings", "takes", "turns", "raises", "lifts", "increases", "lowers"];
        let object = view.is(verb, &moves).then(|| view.skip(verb + 1, &["the", "a", "weight", "weights"]))?;
        let object = object + usize::from(view.math(object).is_some_and(|e| view.weight_of(e).is_some()));
        let (from, after) = view.number(object + 1).filter(|_| object > verb + 1 && view.is(object, &["from"]))?;
        let start = view.is(after, &["to"]).then(|| view.skip(after + 1, &["about", "roughly", "only", "just"]))?;
        let (to, end) = view.number(start)?;
        let odds = value(&from).filter(|p| 0.0 < *p && *p < 1.0).map(|p| (1.0 - p) / p)?;
        let up = value(&to)? >= value(&from)?;
        let power = Expr::Call("exp", vec![if up { Expr::Neg(Box::new(shift)) } else { shift }]);
        let other = Expr::Number(crate::language::Number::computed(odds));
        let rest = if odds == 1.0 { power } else { Expr::Mul(vec![other, power]) };
        let left = Expr::Div(Box::new(Expr::int(1)), Box::new(Expr::Add(vec![Expr::int(1), rest])));
        // With other keys a shift of both scores is none of one against the rest.
        let two = self.example.size.as_ref().and_then(value) == Some(2.0);
        let ended = view.ends(end) || view.items.get(end).is_some_and(|i| i.kind == Kind::End);
        let relation = if start > after + 1 { Relation::Approx } else { Relation::Equal };
        ended.then(|| Apart { link: Link { left, relation, right: to }, alternatives: vec![], tentative: !two, end })
    }
}
