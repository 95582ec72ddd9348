//! Sets of reals as pieces of the line.

use std::cmp::Ordering;

use num_traits::Signed;

use super::answer::all;
use super::decide::{Decision, Ground, Outcome, decide};
use super::evaluate::Evaluation;
use super::hypotheses::Hypotheses;
use super::point::points;
use super::solve::solutions;
use super::surface::Answer;
use super::term::Term;
use crate::language::{Relation, Symbol};
use crate::tolerance::BALL_BITS;

/// An interval; an end is left out where its flag is set. Infinite ends are always left out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Lower end.
    pub low: Term,
    /// Whether it is left out.
    pub low_open: bool,
    /// Upper end.
    pub high: Term,
    /// Whether it is left out.
    pub high_open: bool,
}

/// A union of intervals in increasing order, none touching the next.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RealSet {
    pub(super) pieces: Vec<Piece>,
}

pub(super) fn minus_infinity() -> Term {
    Term::Infinity.negated()
}

/// Minus one, zero or one for `-∞`, a finite term, `∞`.
pub(super) fn infinite(t: &Term) -> i32 {
    match t {
        Term::Infinity => 1,
        Term::Mul(v) if matches!(&v[..], [Term::Num(n), Term::Infinity] if n.is_negative()) => -1,
        _ => 0,
    }
}

/// A set beside one with an interval whose ends are the wrong way round: refuted where the interval is empty and then
/// the sets differ; with its ends turned it must differ too.
pub(super) fn beside_reversed(proper: &RealSet, other: &Answer, given: &super::given::Given) -> Option<super::decide::Decision> {
    fn mended(a: &Answer, turn: bool, met: &mut bool) -> Answer {
        match a {
            Answer::Interval(low, open, high, shut)
                if matches!(order(low, high), Some(Ordering::Equal)) && (*open || *shut)
                    || order(low, high) == Some(Ordering::Greater) =>
            {
                *met = true;
                if turn && order(low, high) == Some(Ordering::Greater) {
                    Answer::Interval(high.clone(), *shut, low.clone(), *open)
                } else {
                    Answer::Set(vec![])
                }
            }
            Answer::Union(v) => Answer::Union(v.iter().map(|x| mended(x, turn, met)).collect()),
            Answer::Relation(sides, r) => Answer::Relation(sides.iter().map(|x| mended(x, turn, met)).collect(), r.clone()),
            a => a.clone(),
        }
    }
    let mut met = false;
    let verdicts = [false, true].map(|turn| {
        let whole = RealSet::of(&mended(other, turn, &mut met))?;
        Some(sets(proper, &whole, &given.hypotheses))
    });
    let differ = |d: &Option<Decision>| d.as_ref().is_some_and(|d| d.outcome == super::decide::Outcome::Refuted);
    let [empty, _] = &verdicts;
    if met && verdicts.iter().all(differ) { empty.clone() } else { None }
}

impl RealSet {
    /// The set that an answer is; `None` if it is none with ends that can be compared.
    pub(super) fn of(answer: &Answer) -> Option<RealSet> {
        let pieces = match answer {
            // `[3, 2)` is written by nobody who means a set.
            Answer::Interval(low, low_open, high, high_open) => {
                // Nor does ∞ belong to one.
                if infinite(low) != 0 && !low_open || infinite(high) != 0 && !high_open {
                    return None;
                }
                match order(low, high) {
                    Some(Ordering::Greater) => return None,
                    Some(Ordering::Equal) if *low_open || *high_open => return None,
                    _ => {}
                }
                vec![Piece { low: low.clone(), low_open: *low_open, high: high.clone(), high_open: *high_open }]
            }
            Answer::Tuple(v) => match &v[..] {
                [Answer::Value(low), Answer::Value(high)] if order(low, high).is_none_or(|o| o == Ordering::Less) => {
                    vec![Piece { low: low.clone(), low_open: true, high: high.clone(), high_open: true }]
                }
                _ => return None,
            },
            Answer::Reals => RealSet::line().pieces,
            Answer::Set(v) => v.iter().map(point).collect::<Option<Vec<_>>>()?,
            Answer::Union(v) => {
                v.iter().map(RealSet::of).collect::<Option<Vec<_>>>()?.into_iter().flat_map(|s| s.pieces).collect()
            }
            Answer::Relation(sides, relations) => RealSet::of_relation(sides, relations)?.pieces,
            Answer::Several(v) => return RealSet::listed(v),
            Answer::Either(v) => RealSet::each(v)?.into_iter().flat_map(|s| s.pieces).collect(),
            Answer::All(v) => return RealSet::each(v)?.into_iter().try_fold(RealSet::line(), |a, b| a.met(&b)),
            Answer::Meet(a, b) => return RealSet::of(a)?.met(&RealSet::of(b)?),
            Answer::Without(a, b) => return RealSet::of(a)?.met(&RealSet::of(b)?.complement()?),
            _ => return None,
        };
        RealSet { pieces }.merged()
    }

    /// The solutions of `a < x`, `a < x <= b` or of an inequality linear in its one symbol.
    pub(super) fn of_relation(sides: &[Answer], relations: &[Relation]) -> Option<RealSet> {
        if let ([Answer::Value(Term::Var(_)), set], [Relation::In]) = (sides, relations) {
            return RealSet::of(set);
        }
        let values: Option<Vec<&Term>> = sides.iter().map(|a| if let Answer::Value(t) = a { Some(t) } else { None }).collect();
        let values = values?;
        let symbol = the_symbol(&values)?;
        let pairs = values.windows(2).zip(relations);
        pairs.map(|(p, r)| solutions(p[0], *r, p[1], &symbol)).try_fold(RealSet::line(), |a, b| a.met(&b?))
    }

    /// The whole line.
    pub(super) fn line() -> RealSet {
        RealSet { pieces: vec![Piece { low: minus_infinity(), low_open: true, high: Term::Infinity, high_open: true }] }
    }

    /// The sets of conditions on one and the same symbol.
    fn each(list: &[Answer]) -> Option<Vec<RealSet>> {
        fn gather(list: &[Answer], symbols: &mut Vec<Symbol>) -> Option<()> {
            list.iter().try_for_each(|a| match a {
                Answer::Relation(sides, _) => {
                    let values = sides.iter().filter_map(|s| if let Answer::Value(t) = s { Some(t.symbols()) } else { None });
                    symbols.extend(values.flatten());
                    Some(())
                }
                Answer::All(v) | Answer::Either(v) => gather(v, symbols),
                _ => None,
            })
        }
        let mut symbols: Vec<Symbol> = Vec::new();
        gather(list, &mut symbols)?;
        symbols.sort();
        symbols.dedup();
        (symbols.len() == 1).then(|| list.iter().map(RealSet::of).collect::<Option<Vec<_>>>())?
    }

    /// Relations with commas between them: solutions side by side, or conditions that hold together;
    /// `None` where both could be meant.
    pub(super) fn listed(list: &[Answer]) -> Option<RealSet> {
        let real = |a: &&Answer| !matches!(a, Answer::Relation(s, r) if matches!((&s[..], &r[..]), ([_, Answer::Reals], [Relation::In])));
        let kept: Vec<Answer> = list.iter().filter(real).cloned().collect();
        if !kept.is_empty() && kept.len() < list.len() {
            return if kept.len() == 1 { RealSet::of(&kept[0]) } else { RealSet::listed(&kept) };
        }
        let sets = RealSet::each(list)?;
        let kinds = |k: Relation| list.iter().all(|a| matches!(a, Answer::Relation(_, r) if r.iter().all(|r| *r == k)));
        if kinds(Relation::NotEqual) {
            return sets.iter().try_fold(RealSet::line(), |a, b| a.met(b));
        }
        // `x = 1, x > 1, x < 5` are no alternatives: only what excludes each other is.
        let mut apart = true;
        for (k, a) in sets.iter().enumerate() {
            for b in &sets[..k] {
                apart &= a.clone().met(b)?.pieces.is_empty();
            }
        }
        let either = RealSet { pieces: sets.into_iter().flat_map(|s| s.pieces).collect() }.merged()?;
        (kinds(Relation::Equal) || apart).then_some(either)
    }

    /// What lies in both sets.
    pub(super) fn met(self, other: &RealSet) -> Option<RealSet> {
        let mut pieces = Vec::new();
        for p in &self.pieces {
            for q in &other.pieces {
                let (low, low_open) = match order(&p.low, &q.low)? {
                    Ordering::Less => (q.low.clone(), q.low_open),
                    Ordering::Equal => (p.low.clone(), p.low_open || q.low_open),
                    Ordering::Greater => (p.low.clone(), p.low_open),
                };
                let (high, high_open) = match order(&p.high, &q.high)? {
                    Ordering::Less => (p.high.clone(), p.high_open),
                    Ordering::Equal => (p.high.clone(), p.high_open || q.high_open),
                    Ordering::Greater => (q.high.clone(), q.high_open),
                };
                pieces.push(Piece { low, low_open, high, high_open });
            }
        }
        RealSet { pieces }.merged()
    }

    /// What lies outside.
    pub(super) fn complement(&self) -> Option<RealSet> {
        let mut pieces = Vec::new();
        let (mut low, mut low_open) = (minus_infinity(), true);
        for p in &self.pieces {
            pieces.push(Piece { low, low_open, high: p.low.clone(), high_open: !p.low_open });
            (low, low_open) = (p.high.clone(), !p.high_open);
        }
        pieces.push(Piece { low, low_open, high: Term::Infinity, high_open: true });
        RealSet { pieces }.merged()
    }

    /// In increasing order, empty pieces dropped, touching ones joined.
    pub(super) fn merged(mut self) -> Option<RealSet> {
        for p in &mut self.pieces {
            p.low_open |= infinite(&p.low) != 0;
            p.high_open |= infinite(&p.high) != 0;
        }
        let mut kept: Vec<Piece> = Vec::new();
        for p in self.pieces {
            let o = order(&p.low, &p.high)?;
            if o == Ordering::Less || o == Ordering::Equal && !p.low_open && !p.high_open {
                let at = kept.iter().map(|k| order(&k.low, &p.low)).collect::<Option<Vec<_>>>()?;
                // Of two that begin at one place the one with that end comes first.
                let before = |(k, o): &(&Piece, &Ordering)| match o {
                    Ordering::Less => true,
                    Ordering::Equal => !k.low_open || p.low_open,
                    Ordering::Greater => false,
                };
                let at = kept.iter().zip(&at).take_while(before).count();
                kept.insert(at, p);
            }
        }
        let mut pieces: Vec<Piece> = Vec::new();
        for p in kept {
            let Some(last) = pieces.last_mut() else {
                pieces.push(p);
                continue;
            };
            let gap = order(&last.high, &p.low)?;
            if gap == Ordering::Less || gap == Ordering::Equal && last.high_open && p.low_open {
                pieces.push(p);
                continue;
            }
            if order(&last.low, &p.low)? == Ordering::Equal {
                last.low_open &= p.low_open;
            }
            match order(&last.high, &p.high)? {
                Ordering::Less => (last.high, last.high_open) = (p.high, p.high_open),
                Ordering::Equal => last.high_open &= p.high_open,
                Ordering::Greater => {}
            }
        }
        Some(RealSet { pieces })
    }
}

fn point(a: &Answer) -> Option<Piece> {
    let Answer::Value(t) = a else { return None };
    Some(Piece { low: t.clone(), low_open: false, high: t.clone(), high_open: false })
}

fn the_symbol(values: &[&Term]) -> Option<Symbol> {
    let mut symbols: Vec<Symbol> = values.iter().flat_map(|t| t.symbols()).collect();
    symbols.sort();
    symbols.dedup();
    (symbols.len() == 1).then(|| symbols.remove(0)).filter(|s| s.indices.is_empty())
}

/// How two ends compare; `None` where a symbol keeps it open.
pub(super) fn order(a: &Term, b: &Term) -> Option<Ordering> {
    if a == b {
        return Some(Ordering::Equal);
    }
    match (infinite(a), infinite(b)) {
        (0, 0) => {}
        (x, y) => return Some(x.cmp(&y)),
    }
    let none = Hypotheses::default();
    if !a.symbols().is_empty() || !b.symbols().is_empty() {
        return (decide(a, b, &none).outcome == Outcome::Holds).then_some(Ordering::Equal);
    }
    let at = points(&[a, b], &none).next()?;
    let mut evaluation = Evaluation::new(&at, &none, 3 * BALL_BITS);
    let (x, y) = (evaluation.value(a).ok()?, evaluation.value(b).ok()?);
    match x.minus(&y, 3 * BALL_BITS).ok()?.sign() {
        Some(s) => Some(s.cmp(&0)),
        None => (decide(a, b, &none).outcome == Outcome::Holds).then_some(Ordering::Equal),
    }
}

/// Whether two sets of reals are equal.
pub(super) fn sets(a: &RealSet, b: &RealSet, h: &Hypotheses) -> Decision {
    let refuted = |reason: &str| Decision::new(Outcome::Refuted, Some(Ground::Exact), reason);
    if a.pieces.is_empty() && b.pieces.is_empty() {
        return Decision::new(Outcome::Holds, Some(Ground::Exact), "both are empty");
    }
    if a.pieces.len() != b.pieces.len() {
        return refuted("different numbers of pieces");
    }
    let ends = |x: &Term, y: &Term| {
        if infinite(x) == infinite(y) && infinite(x) != 0 {
            Decision::new(Outcome::Holds, Some(Ground::Exact), "both are infinite")
        } else {
            decide(x, y, h)
        }
    };
    if a.pieces.iter().zip(&b.pieces).any(|(p, q)| p.low_open != q.low_open || p.high_open != q.high_open) {
        let mut d = all(a.pieces.iter().zip(&b.pieces).flat_map(|(p, q)| [ends(&p.low, &q.low), ends(&p.high, &q.high)]));
        if d.outcome == Outcome::Holds {
            d = refuted("an end is left out on one side only");
        }
        return d;
    }
    all(a.pieces.iter().zip(&b.pieces).flat_map(|(p, q)| [ends(&p.low, &q.low), ends(&p.high, &q.high)]))
}
