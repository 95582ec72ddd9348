//! Sets of reals as pieces of the line, and the relations that describe them.

use std::cmp::Ordering;

use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::answer::{all, terms};
use super::decide::{Decision, Ground, Outcome, decide};
use super::evaluate::Evaluation;
use super::given::Given;
use super::hypotheses::{Hypotheses, mirrored};
use super::modular::{Identity, identical};
use super::point::points;
use super::surface::Answer;
use super::term::Term;
use crate::language::{Relation, Symbol};
use crate::tolerance::BALL_BITS;

/// An interval; an end is left out where its flag is set. Infinite ends are always left out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    low: Term,
    low_open: bool,
    high: Term,
    high_open: bool,
}

/// A union of intervals in increasing order, none touching the next.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RealSet {
    pieces: Vec<Piece>,
}

fn minus_infinity() -> Term {
    Term::Infinity.negated()
}

/// Minus one, zero or one for `-∞`, a finite term, `∞`.
fn infinite(t: &Term) -> i32 {
    match t {
        Term::Infinity => 1,
        Term::Mul(v) if matches!(&v[..], [Term::Num(n), Term::Infinity] if n.is_negative()) => -1,
        _ => 0,
    }
}

impl RealSet {
    /// The set that an answer is; `None` if it is none with ends that can be compared.
    pub(super) fn of(answer: &Answer) -> Option<RealSet> {
        let pieces = match answer {
            Answer::Interval(low, low_open, high, high_open) => {
                vec![Piece { low: low.clone(), low_open: *low_open, high: high.clone(), high_open: *high_open }]
            }
            Answer::Tuple(v) => match &v[..] {
                [Answer::Value(low), Answer::Value(high)] => {
                    vec![Piece { low: low.clone(), low_open: true, high: high.clone(), high_open: true }]
                }
                _ => return None,
            },
            Answer::Reals => vec![Piece { low: minus_infinity(), low_open: true, high: Term::Infinity, high_open: true }],
            Answer::Set(v) => v.iter().map(point).collect::<Option<Vec<_>>>()?,
            Answer::Union(v) => {
                v.iter().map(RealSet::of).collect::<Option<Vec<_>>>()?.into_iter().flat_map(|s| s.pieces).collect()
            }
            Answer::Relation(sides, relations) => RealSet::of_relation(sides, relations)?.pieces,
            Answer::Several(v) => v
                .iter()
                .map(|a| match a {
                    Answer::Relation(s, r) => RealSet::of_relation(s, r),
                    _ => None,
                })
                .collect::<Option<Vec<_>>>()?
                .into_iter()
                .flat_map(|s| s.pieces)
                .collect(),
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
        let mut set =
            RealSet { pieces: vec![Piece { low: minus_infinity(), low_open: true, high: Term::Infinity, high_open: true }] };
        for (pair, relation) in values.windows(2).zip(relations) {
            let half = half_line(pair[0], *relation, pair[1], &symbol)?;
            set = set.met(&half)?;
        }
        Some(set)
    }

    /// The part that lies in an interval too.
    fn met(self, other: &Piece) -> Option<RealSet> {
        let mut pieces = Vec::new();
        for p in self.pieces {
            let (low, low_open) = match order(&p.low, &other.low)? {
                Ordering::Less => (other.low.clone(), other.low_open),
                Ordering::Equal => (p.low, p.low_open || other.low_open),
                Ordering::Greater => (p.low, p.low_open),
            };
            let (high, high_open) = match order(&p.high, &other.high)? {
                Ordering::Less => (p.high, p.high_open),
                Ordering::Equal => (p.high, p.high_open || other.high_open),
                Ordering::Greater => (other.high.clone(), other.high_open),
            };
            pieces.push(Piece { low, low_open, high, high_open });
        }
        RealSet { pieces }.merged()
    }

    /// In increasing order, empty pieces dropped, touching ones joined.
    fn merged(mut self) -> Option<RealSet> {
        for p in &mut self.pieces {
            p.low_open |= infinite(&p.low) != 0;
            p.high_open |= infinite(&p.high) != 0;
        }
        let mut kept: Vec<Piece> = Vec::new();
        for p in self.pieces {
            let o = order(&p.low, &p.high)?;
            if o == Ordering::Less || o == Ordering::Equal && !p.low_open && !p.high_open {
                let at = kept.iter().map(|k| order(&k.low, &p.low)).collect::<Option<Vec<_>>>()?;
                let at = at.iter().take_while(|o| **o != Ordering::Greater).count();
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

/// How two ends compare; `None` where a symbol keeps it open.
fn order(a: &Term, b: &Term) -> Option<Ordering> {
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
    let at = points(&[a, b], &none).into_iter().next()?;
    let mut evaluation = Evaluation::new(&at, &none, 3 * BALL_BITS);
    let (x, y) = (evaluation.value(a).ok()?, evaluation.value(b).ok()?);
    match x.minus(&y, 3 * BALL_BITS).ok()?.sign() {
        Some(s) => Some(s.cmp(&0)),
        None => (decide(a, b, &none).outcome == Outcome::Holds).then_some(Ordering::Equal),
    }
}

fn the_symbol(values: &[&Term]) -> Option<Symbol> {
    let mut symbols: Vec<Symbol> = values.iter().flat_map(|t| t.symbols()).collect();
    symbols.sort();
    symbols.dedup();
    (symbols.len() == 1).then(|| symbols.remove(0)).filter(|s| s.indices.is_empty())
}

/// `left relation right` solved for the symbol, where the difference is linear in it.
fn half_line(left: &Term, relation: Relation, right: &Term, s: &Symbol) -> Option<Piece> {
    let none = Hypotheses::default();
    let difference = left.clone().minus(right.clone());
    let at = |n: i64| difference.substitute(&s.name, &Term::int(n));
    let (start, slope) = (at(0), at(1).minus(at(0)));
    let line = Term::add(vec![start.clone(), Term::mul(vec![slope.clone(), Term::Var(s.clone())])]);
    if !matches!(identical(&difference, &line, &none), Ok(Identity::Same { .. })) {
        return None;
    }
    let sign = order(&slope, &Term::int(0))?;
    let root = match super::simplify::simplify(&start.negated().over(slope)) {
        t if t.has_infinity() => return None,
        t => t,
    };
    let relation = match sign {
        Ordering::Equal => return None,
        Ordering::Greater => relation,
        Ordering::Less => mirrored(relation),
    };
    let (low, high) = (minus_infinity(), Term::Infinity);
    Some(match relation {
        Relation::Less => Piece { low, low_open: true, high: root, high_open: true },
        Relation::LessEqual => Piece { low, low_open: true, high: root, high_open: false },
        Relation::Greater => Piece { low: root, low_open: true, high, high_open: true },
        Relation::GreaterEqual => Piece { low: root, low_open: false, high, high_open: true },
        Relation::Equal => Piece { low: root.clone(), low_open: false, high: root, high_open: false },
        _ => return None,
    })
}

/// Whether two sets of reals are equal.
pub(super) fn sets(a: &RealSet, b: &RealSet, h: &Hypotheses) -> Decision {
    let refuted = |reason: &str| Decision::new(Outcome::Refuted, Some(Ground::Exact), reason);
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

type Chain<'a> = (&'a [Answer], &'a [Relation]);

/// Whether two relations say the same.
pub(super) fn relations(a: (&Vec<Answer>, &Vec<Relation>), b: (&Vec<Answer>, &Vec<Relation>), given: &Given) -> Decision {
    let (a, b): (Chain, Chain) = ((a.0, a.1), (b.0, b.1));
    let same_letter = {
        let letters = |c: Chain| {
            c.0.iter()
                .filter_map(|x| if let Answer::Value(t) = x { Some(t.symbols()) } else { None })
                .flatten()
                .collect::<std::collections::BTreeSet<_>>()
        };
        letters(a) == letters(b)
    };
    if same_letter && let (Some(x), Some(y)) = (RealSet::of_relation(a.0, a.1), RealSet::of_relation(b.0, b.1)) {
        return sets(&x, &y, &given.hypotheses);
    }
    if let (
        [Answer::Value(Term::Var(s)), x],
        [Relation::Equal | Relation::In],
        [Answer::Value(Term::Var(t)), y],
        [Relation::Equal | Relation::In],
    ) = (a.0, a.1, b.0, b.1)
        && s == t
        && a.1 == b.1
        && ![x, y].iter().any(|v| matches!(v, Answer::Value(v) if v.symbols().contains(s)))
    {
        return super::answer::compare(x, y, given);
    }
    pairwise(a, b, given)
}

/// Relations that are no sets of one symbol: the same sides, or proportional differences.
fn pairwise(a: Chain, b: Chain, given: &Given) -> Decision {
    let flip = |c: Chain| -> (Vec<Answer>, Vec<Relation>) {
        (c.0.iter().rev().cloned().collect(), c.1.iter().rev().map(|r| mirrored(*r)).collect())
    };
    let (back_sides, back_relations) = flip(b);
    for (sides, relations) in [(b.0.to_vec(), b.1.to_vec()), (back_sides, back_relations)] {
        if sides.len() == a.0.len() && relations == a.1 {
            let d = all(a.0.iter().zip(&sides).map(|(x, y)| super::answer::compare(x, y, given)));
            if d.outcome == Outcome::Holds {
                return d;
            }
        }
    }
    let (Some((f, r)), Some((g, s))) = (difference(a), difference(b)) else {
        return Decision::undecided("the relations are written differently");
    };
    let (g, s) = if r == s { (g, s) } else { (g.negated(), mirrored(s)) };
    if r != s {
        return Decision::undecided("the relations are of different kinds");
    }
    let Some(factor) = ratio(&f, &g, given) else { return Decision::undecided("the relations are written differently") };
    if factor.is_zero() || r != Relation::Equal && !factor.is_positive() {
        return Decision::undecided("the relations are written differently");
    }
    let scaled = Term::mul(vec![Term::Num(factor.clone()), g]);
    let d = terms(&f, &scaled, given);
    match d.outcome {
        Outcome::Holds if factor.is_one() => d,
        Outcome::Holds => Decision { reason: format!("one is the other times {}", super::term::show_rational(&factor)), ..d },
        _ => Decision::undecided("the relations are not multiples of each other"),
    }
}

/// `left - right` of a single relation.
fn difference(c: Chain) -> Option<(Term, Relation)> {
    match (c.0, c.1) {
        ([Answer::Value(l), Answer::Value(r)], [relation]) => Some((l.clone().minus(r.clone()), *relation)),
        _ => None,
    }
}

/// The quotient at a point where both are rational and not zero.
fn ratio(f: &Term, g: &Term, given: &Given) -> Option<BigRational> {
    points(&[f, g], &given.hypotheses).iter().find_map(|p| {
        let (x, y) = (p.applied(f).rational()?, p.applied(g).rational()?);
        (!x.is_zero() && !y.is_zero()).then(|| x / y)
    })
}
