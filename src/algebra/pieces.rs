//! Agreement on every piece of the line, or in every orthant, on which both sides are analytic.
//!
//! Agreement at points speaks for agreement everywhere only where nothing can change between them. Roots, logarithms,
//! absolute values and poles change where their argument is zero; between these places each side is one analytic function.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};

use super::ball::Undefined;
use super::decide::{Decision, Ground, Outcome, admits, decimal};
use super::evaluate::Evaluation;
use super::hypotheses::Hypotheses;
use super::point::{Point, points};
use super::reals::{RealSet, infinite, order};
use super::solve::solutions;
use super::term::{Func, Term};
use crate::language::{Relation, Symbol};
use crate::tolerance::{AGREEMENT_BITS, BALL_BITS};

/// Most places at which something changes.
const ENDS_MAX: usize = 12;

/// Most terms whose zeros are such places.
const TURNING_MAX: usize = 48;

/// Narrowest piece: points on it are written with six decimals.
const NARROWEST: f64 = 0.001;

/// Most symbols whose signs are tried together.
const SYMBOLS_MAX: usize = 4;

/// Holds by sampling where the sides agree at three points of every piece, refuted where they differ at one; `None`
/// where the pieces are not known.
pub(super) fn agree_on_pieces(left: &Term, right: &Term, h: &Hypotheses) -> Option<Decision> {
    let mut symbols: Vec<Symbol> = [left, right].iter().flat_map(|t| t.symbols()).collect();
    symbols.sort();
    symbols.dedup();
    if symbols.iter().any(|s| !s.indices.is_empty()) || ![left, right].iter().all(|t| t.free_letters().is_empty()) {
        return None;
    }
    let mut turning = Vec::new();
    [left, right].iter().try_for_each(|t| turning_points(t, &mut turning))?;
    turning.retain(|t| !t.is_closed());
    turning.sort();
    turning.dedup();
    if turning.len() > TURNING_MAX {
        return None;
    }
    let samples = match &symbols[..] {
        [x] => on_line(&turning, x).or_else(|| in_orthants(&turning, &symbols))?,
        [] => return None,
        _ => in_orthants(&turning, &symbols)?,
    };
    let start = points(&[left, right], h).next()?;
    let (mut pieces, mut count) = (0, 0);
    for piece in samples {
        let here: Vec<Point> = piece.into_iter().map(|values| with_values(&start, &symbols, values)).collect();
        let inside = |p: &Point| symbols.iter().all(|s| p.values.get(s).is_none_or(|v| h.range(s).contains(v)));
        if !here.iter().all(|p| inside(p) && admits(p, h)) {
            continue;
        }
        let mut defined = 0;
        for p in &here {
            match both(left, right, p, h) {
                There::Agree => defined += 1,
                There::Undefined => {}
                There::Differ(witness) => {
                    let mut d = Decision::new(Outcome::Refuted, Some(Ground::Certified), "the sides differ at a point");
                    d.witness = Some(format!("{}: {witness}", p.show()));
                    return Some(d);
                }
                There::Open => return None,
            }
        }
        match defined {
            0 => {}
            n if n == here.len() => (pieces, count) = (pieces + 1, count + n),
            _ => return None,
        }
    }
    (pieces > 0).then(|| {
        let reason = format!("equal to {AGREEMENT_BITS} bits at {count} points of {pieces} pieces; no proof was found");
        let mut d = Decision::new(Outcome::Holds, Some(Ground::Sampled), reason);
        d.log2_error = Some(-f64::from(AGREEMENT_BITS));
        d
    })
}

fn with_values(start: &Point, symbols: &[Symbol], values: Vec<BigRational>) -> Point {
    let mut p = start.clone();
    symbols.iter().zip(values).for_each(|(s, v)| drop(p.values.insert(s.clone(), v)));
    p
}

/// How two sides compare at a point.
enum There {
    Agree,
    Differ(String),
    /// A side has no value there.
    Undefined,
    /// Too large, or not known precisely enough.
    Open,
}

fn both(left: &Term, right: &Term, p: &Point, h: &Hypotheses) -> There {
    let mut evaluation = Evaluation::new(p, h, 3 * BALL_BITS);
    match (evaluation.value(left), evaluation.value(right)) {
        (Ok(l), Ok(r)) if l.differs(&r) => There::Differ(format!("left {}, right {}", decimal(l.to_f64()), decimal(r.to_f64()))),
        (Ok(l), Ok(r)) => {
            let fine = [&l, &r].iter().any(|b| b.log2_relative_error() < -i64::from(AGREEMENT_BITS));
            if fine { There::Agree } else { There::Open }
        }
        (Err(Undefined::Budget), _) | (_, Err(Undefined::Budget)) => There::Open,
        _ => There::Undefined,
    }
}

/// What vanishes where a side may stop being one analytic function; `None` where that is not known.
fn turning_points(t: &Term, out: &mut Vec<Term>) -> Option<()> {
    match t {
        Term::Sum(_) | Term::Transpose(_) | Term::Infinity => return None,
        Term::Pow(b, e) => match e.rational() {
            Some(e) if e.is_integer() && e.is_positive() => {}
            _ => out.push((**b).clone()),
        },
        Term::Call(Func::Abs | Func::Ln, v) => out.extend(v.iter().cloned()),
        Term::Call(Func::Asin | Func::Acos, v) => {
            for u in v {
                out.extend([u.clone().minus(Term::int(1)), Term::add(vec![u.clone(), Term::int(1)])]);
            }
        }
        Term::Call(Func::Max | Func::Min, v) => {
            for (k, a) in v.iter().enumerate() {
                out.extend(v[..k].iter().map(|b| a.clone().minus(b.clone())));
            }
        }
        Term::Call(Func::Exp | Func::Sin | Func::Cos | Func::Sinh | Func::Cosh | Func::Tanh | Func::Atan | Func::Erf, _) => {}
        // Its poles are many: nothing may turn on them.
        Term::Call(Func::Tan, v) if v.iter().all(Term::is_closed) => {}
        Term::Call(..) => return None,
        _ => {}
    }
    t.children().into_iter().try_for_each(|c| turning_points(c, out))
}

/// Three points between any two neighbours of the places where a turning term vanishes.
fn on_line(turning: &[Term], x: &Symbol) -> Option<Vec<Vec<Vec<BigRational>>>> {
    let mut ends: Vec<Term> = Vec::new();
    for t in turning {
        let found: RealSet = solutions(t, Relation::NotEqual, &Term::int(0), x).or_else(|| {
            // An equation without real solutions.
            let one_sided = |r| solutions(t, r, &Term::int(0), x).is_some_and(|s| s == RealSet::line());
            (one_sided(Relation::Greater) || one_sided(Relation::Less)).then(RealSet::line)
        })?;
        for end in found.pieces.iter().flat_map(|p| [&p.low, &p.high]).filter(|t| infinite(t) == 0) {
            let before = ends.iter().map(|e| order(e, end)).collect::<Option<Vec<_>>>()?;
            if !before.contains(&Ordering::Equal) {
                ends.insert(before.iter().filter(|o| **o == Ordering::Less).count(), end.clone());
            }
        }
    }
    let none = Hypotheses::default();
    let value = |t: &Term| {
        let at = points(&[t], &none).next()?;
        Some(Evaluation::new(&at, &none, BALL_BITS).value(t).ok()?.to_f64())
    };
    let ends: Vec<f64> = ends.iter().map(value).collect::<Option<_>>()?;
    if ends.len() > ENDS_MAX || ends.windows(2).any(|w| w[1] - w[0] < NARROWEST) {
        return None;
    }
    let fraction = |v: f64| Some(BigRational::new(BigInt::from((v * 1e6).round().to_i64()?), BigInt::from(1_000_000)));
    let piece = |values: [f64; 3]| values.into_iter().map(|v| Some(vec![fraction(v)?])).collect::<Option<Vec<_>>>();
    let mut out = Vec::new();
    let (Some(first), Some(last)) = (ends.first(), ends.last()) else { return Some(vec![piece([-3.7, 0.6, 5.3])?]) };
    out.push(piece([0.7, 2.3, 7.1].map(|d| first - d))?);
    for w in ends.windows(2) {
        out.push(piece([0.23, 0.52, 0.81].map(|s| w[0] + (w[1] - w[0]) * s))?);
    }
    out.push(piece([0.7, 2.3, 7.1].map(|d| last + d))?);
    Some(out)
}

/// Three points for every choice of signs, where every turning term has a sign that these determine.
fn in_orthants(turning: &[Term], symbols: &[Symbol]) -> Option<Vec<Vec<Vec<BigRational>>>> {
    if symbols.len() > SYMBOLS_MAX || !turning.iter().all(monomial) {
        return None;
    }
    let sizes = [[(7, 3), (5, 4), (11, 5), (3, 7)], [(2, 5), (13, 4), (9, 7), (17, 6)], [(19, 8), (4, 9), (6, 11), (23, 10)]];
    let signed = |row: &[(i64, i64); 4], signs: usize| -> Vec<BigRational> {
        let one = |k: usize| {
            let v = BigRational::new(row[k].0.into(), row[k].1.into());
            if signs >> k & 1 == 1 { -v } else { v }
        };
        (0..symbols.len()).map(one).collect()
    };
    Some((0..1usize << symbols.len()).map(|signs| sizes.iter().map(|row| signed(row, signs)).collect()).collect())
}

/// A product of numbers and powers of symbols, or a sum of such that cannot vanish where none of them does.
fn monomial(t: &Term) -> bool {
    match t {
        Term::Num(_) | Term::Var(_) | Term::Pi => true,
        Term::Mul(v) => v.iter().all(monomial),
        Term::Pow(b, e) => monomial(b) && (e.rational().is_some() || b.rational().is_some()),
        Term::Call(Func::Exp, _) => true,
        Term::Call(Func::Abs, v) => v.iter().all(monomial),
        Term::Add(v) => v.iter().all(at_least_zero) && v.iter().all(monomial),
        t => t.is_closed(),
    }
}

/// Whether a term is at least zero whatever its symbols are.
fn at_least_zero(t: &Term) -> bool {
    match t {
        Term::Num(n) => !n.is_negative(),
        Term::Pi => true,
        Term::Mul(v) => v.iter().all(at_least_zero),
        Term::Pow(b, e) => match e.rational() {
            Some(e) if e.is_integer() => e.numer().is_even() || at_least_zero(b),
            _ => b.rational().is_some_and(|b| b.is_positive()) || at_least_zero(b),
        },
        Term::Call(Func::Exp | Func::Abs, _) => true,
        _ => false,
    }
}
