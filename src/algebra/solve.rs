//! Inequalities and equations in one symbol, solved: linear, quadratic, and with one absolute value.

use std::cmp::Ordering;

use num_rational::BigRational;
use num_traits::{One, Signed};

use super::hypotheses::{Hypotheses, mirrored};
use super::modular::{Identity, identical};
use super::reals::{Piece, RealSet, infinite, minus_infinity, order};
use super::signs::rational_solutions;
use super::simplify::simplify;
use super::term::{Func, Term};
use crate::language::{Relation, Symbol};

/// The real solutions of `left relation right` for the symbol; `None` where they are not found, and for
/// an equation without real ones, which may be about others.
pub(super) fn solutions(left: &Term, relation: Relation, right: &Term, s: &Symbol) -> Option<RealSet> {
    match relation {
        Relation::NotEqual => return solutions(left, Relation::Equal, right, s)?.complement(),
        Relation::Less | Relation::LessEqual | Relation::Greater | Relation::GreaterEqual | Relation::Equal => {}
        _ => return None,
    }
    let found = absolute(left, relation, right, s)
        .or_else(|| absolute(right, mirrored(relation), left, s))
        .or_else(|| half_line(left, relation, right, s))
        .or_else(|| parabola(left, relation, right, s))
        .or_else(|| rational_solutions(&left.clone().minus(right.clone()), relation, s))
        .or_else(|| monotone(left, relation, right, s))
        .or_else(|| monotone(right, mirrored(relation), left, s))?;
    (relation != Relation::Equal || !found.pieces.is_empty()).then_some(found)
}

/// `|u| relation c` for a number `c`.
fn absolute(left: &Term, relation: Relation, right: &Term, s: &Symbol) -> Option<RealSet> {
    let Term::Call(Func::Abs, v) = left else { return None };
    let [u] = &v[..] else { return None };
    if !right.is_closed() {
        return None;
    }
    let below = right.clone().negated();
    match (relation, order(right, &Term::int(0))?) {
        (Relation::Less | Relation::Equal, Ordering::Less) | (Relation::Less, Ordering::Equal) => {
            Some(RealSet { pieces: vec![] })
        }
        (Relation::Less | Relation::LessEqual, _) => {
            solutions(u, relation, right, s)?.met(&solutions(u, mirrored(relation), &below, s)?)
        }
        (_, Ordering::Less) => Some(RealSet::line()),
        _ => {
            let (high, low) = (solutions(u, relation, right, s)?, solutions(u, mirrored(relation), &below, s)?);
            RealSet { pieces: high.pieces.into_iter().chain(low.pieces).collect() }.merged()
        }
    }
}

/// `f(u) relation c` for a number `c` and a function that rises: a square root, a logarithm, an exponential; with
/// numbers before and beside it.
fn monotone(left: &Term, relation: Relation, right: &Term, s: &Symbol) -> Option<RealSet> {
    if !right.is_closed() || left.is_closed() {
        return None;
    }
    let positive = order(right, &Term::int(0))? == Ordering::Greater;
    let nothing = || Some(RealSet { pieces: vec![] });
    let from_zero = |u: &Term, least: Relation| solutions(u, least, &Term::int(0), s);
    match left {
        Term::Add(v) | Term::Mul(v) => {
            let (inner, outer): (Vec<&Term>, Vec<&Term>) = v.iter().partition(|t| t.symbols().contains(s));
            let ([inner], false) = (&inner[..], outer.is_empty()) else { return None };
            let outer: Vec<Term> = outer.into_iter().cloned().collect();
            if matches!(left, Term::Add(_)) {
                return monotone(inner, relation, &right.clone().minus(Term::add(outer)), s);
            }
            let factor = Term::mul(outer);
            let relation = match order(&factor, &Term::int(0))? {
                Ordering::Greater => relation,
                Ordering::Less => mirrored(relation),
                Ordering::Equal => return None,
            };
            monotone(inner, relation, &right.clone().over(factor), s)
        }
        Term::Pow(u, e) if *e.as_ref() == Term::ratio(1, 2) => {
            let inside = from_zero(u, Relation::GreaterEqual)?;
            match (relation, order(right, &Term::int(0))?) {
                (Relation::Less | Relation::LessEqual | Relation::Equal, Ordering::Less) => nothing(),
                (_, Ordering::Less) => Some(inside),
                _ => inside.met(&solutions(u, relation, &simplify(&right.clone().pow(Term::int(2))), s)?),
            }
        }
        Term::Call(Func::Ln, v) => {
            let u = v.first()?;
            from_zero(u, Relation::Greater)?.met(&solutions(u, relation, &Term::call(Func::Exp, right.clone()), s)?)
        }
        Term::Call(Func::Exp, v) if positive => solutions(v.first()?, relation, &Term::call(Func::Ln, right.clone()), s),
        Term::Pow(b, u) if b.rational().is_some_and(|b| b.is_positive() && !b.is_one()) && positive => {
            let relation = if b.rational()? > BigRational::one() { relation } else { mirrored(relation) };
            let ln = |t: &Term| Term::call(Func::Ln, t.clone());
            solutions(u, relation, &ln(right).over(ln(b)), s)
        }
        _ => None,
    }
}

fn vanishes(t: &Term) -> bool {
    matches!(identical(t, &Term::int(0), &Hypotheses::default()), Ok(Identity::Same { .. }))
}

/// Where the difference of the sides is linear in the symbol.
fn half_line(left: &Term, relation: Relation, right: &Term, s: &Symbol) -> Option<RealSet> {
    let difference = left.clone().minus(right.clone());
    let at = |n: i64| difference.substitute(&s.name, &Term::int(n));
    let (start, slope) = (at(0), at(1).minus(at(0)));
    let line = Term::add(vec![start.clone(), Term::mul(vec![slope.clone(), Term::Var(s.clone())])]);
    if !vanishes(&difference.minus(line)) {
        return None;
    }
    let sign = order(&slope, &Term::int(0))?;
    let root = match simplify(&start.negated().over(slope)) {
        t if t.has_infinity() => return None,
        t => t,
    };
    let relation = match sign {
        Ordering::Equal => return None,
        Ordering::Greater => relation,
        Ordering::Less => mirrored(relation),
    };
    let (low, high) = (minus_infinity(), Term::Infinity);
    let piece = match relation {
        Relation::Less => Piece { low, low_open: true, high: root, high_open: true },
        Relation::LessEqual => Piece { low, low_open: true, high: root, high_open: false },
        Relation::Greater => Piece { low: root, low_open: true, high, high_open: true },
        Relation::GreaterEqual => Piece { low: root, low_open: false, high, high_open: true },
        _ => Piece { low: root.clone(), low_open: false, high: root, high_open: false },
    };
    Some(RealSet { pieces: vec![piece] })
}

/// Where the difference of the sides is quadratic in the symbol: outside the roots it has the sign of `x²`.
fn parabola(left: &Term, relation: Relation, right: &Term, s: &Symbol) -> Option<RealSet> {
    let difference = left.clone().minus(right.clone());
    let at = |n: i64| difference.substitute(&s.name, &Term::int(n));
    let (x, half) = (Term::Var(s.clone()), Term::ratio(1, 2));
    let c = at(0);
    let b = simplify(&Term::mul(vec![half.clone(), at(1).minus(at(-1))]));
    let a = simplify(&Term::mul(vec![half, Term::add(vec![at(1), at(-1)])]).minus(c.clone()));
    let square = Term::mul(vec![a.clone(), x.clone().pow(Term::int(2))]);
    let curve = Term::add(vec![square, Term::mul(vec![b.clone(), x]), c.clone()]);
    if !vanishes(&difference.minus(curve)) {
        return None;
    }
    let relation = match order(&a, &Term::int(0))? {
        Ordering::Equal => return None,
        Ordering::Greater => relation,
        Ordering::Less => mirrored(relation),
    };
    let discriminant = simplify(&b.clone().pow(Term::int(2)).minus(Term::mul(vec![Term::int(4), a.clone(), c])));
    let roots = match order(&discriminant, &Term::int(0))? {
        Ordering::Less => vec![],
        Ordering::Equal => vec![Term::int(0)],
        Ordering::Greater => {
            let root = discriminant.rational().map_or_else(|| discriminant.clone(), Term::Num).sqrt();
            let size = Term::call(Func::Abs, a.clone());
            vec![root.clone().over(size.clone()).negated(), root.over(size)]
        }
    };
    let shown = |t: &Term| simplify(&Term::mul(vec![Term::ratio(1, 2), t.clone().minus(b.clone().over(a.clone()))]));
    let roots: Vec<Term> = roots.iter().map(shown).collect();
    if roots.iter().any(|r| infinite(r) != 0) {
        return None;
    }
    let points = roots.iter().map(|r| Piece { low: r.clone(), low_open: false, high: r.clone(), high_open: false }).collect();
    let points = RealSet { pieces: points };
    let inside = match &roots[..] {
        [low, high] => vec![Piece { low: low.clone(), low_open: true, high: high.clone(), high_open: true }],
        _ => vec![],
    };
    let inside = RealSet { pieces: inside };
    let both = |a: RealSet, b: RealSet| RealSet { pieces: a.pieces.into_iter().chain(b.pieces).collect() }.merged();
    match relation {
        Relation::Equal => Some(points),
        Relation::Less => Some(inside),
        Relation::LessEqual => both(inside, points),
        Relation::GreaterEqual => inside.complement(),
        _ => both(inside, points)?.complement(),
    }
}

/// `a` and `b` of `t = a + b v`, free of `v`; `None` where the term is not linear in `v`.
pub(super) fn linear_in(t: &Term, v: &Symbol) -> Option<(Term, Term)> {
    let at = |n: i64| t.substitute(&v.name, &Term::int(n));
    let (start, slope) = (simplify(&at(0)), simplify(&at(1).minus(at(0))));
    let line = Term::add(vec![start.clone(), Term::mul(vec![slope.clone(), Term::Var(v.clone())])]);
    (vanishes(&t.clone().minus(line)) && !vanishes(&slope)).then_some((start, slope))
}

/// Whether a closed term is certainly not zero.
pub(super) fn nonzero(t: &Term) -> bool {
    t.rational().is_some_and(|n| n.is_positive() || n.is_negative())
        || t.is_closed() && order(t, &Term::int(0)).is_some_and(|o| o != Ordering::Equal)
}

/// Both solutions for `v` of `t = 0`, where `t` is quadratic in it.
pub(super) fn roots_in(t: &Term, v: &Symbol) -> Option<[Term; 2]> {
    let at = |n: i64| t.substitute(&v.name, &Term::int(n));
    let (x, half) = (Term::Var(v.clone()), Term::ratio(1, 2));
    let c = simplify(&at(0));
    let b = simplify(&Term::mul(vec![half.clone(), at(1).minus(at(-1))]));
    let a = simplify(&Term::mul(vec![half, Term::add(vec![at(1), at(-1)])]).minus(c.clone()));
    let square = Term::mul(vec![a.clone(), x.clone().pow(Term::int(2))]);
    if vanishes(&a) || !vanishes(&t.clone().minus(Term::add(vec![square, Term::mul(vec![b.clone(), x]), c.clone()]))) {
        return None;
    }
    let root = b.clone().pow(Term::int(2)).minus(Term::mul(vec![Term::int(4), a.clone(), c])).sqrt();
    let solved = |root: Term| root.minus(b.clone()).over(Term::mul(vec![Term::int(2), a.clone()]));
    Some([solved(root.clone()), solved(root.negated())])
}
