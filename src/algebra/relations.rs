//! Relations compared: as sets of solutions, as multiples of each other, at points.

use std::collections::BTreeSet;

use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::answer::{all, refuted, terms};
use super::ball::Ball;
use super::decide::{Decision, Ground, Outcome, admits, decimal};
use super::evaluate::Evaluation;
use super::given::Given;
use super::hypotheses::mirrored;
use super::meaning;
use super::modular::{Identity, identical};
use super::point::{Point, points};
use super::reals::{self, RealSet};
use super::solve::{linear_in, nonzero, roots_in};
use super::surface::Answer;
use super::term::Term;
use crate::language::{Relation, Symbol};
use crate::tolerance::BALL_BITS;

type Chain<'a> = (&'a [Answer], &'a [Relation]);

fn letters(c: Chain) -> BTreeSet<Symbol> {
    c.0.iter().filter_map(|x| if let Answer::Value(t) = x { Some(t.symbols()) } else { None }).flatten().collect()
}

/// `y = …` where one side writes `f(x) = …` and the other `y = …`.
fn renamed(sides: &[Answer], other: &[Answer]) -> Option<Vec<Answer>> {
    let name = |a: Option<&Answer>| match a {
        Some(Answer::Value(Term::Var(s))) => Some(s.name.clone()),
        _ => None,
    };
    let y = Answer::Value(Term::var("y"));
    let function = name(sides.first()).is_some_and(|n| n.ends_with(')'));
    (function && other.contains(&y)).then(|| std::iter::once(y).chain(sides.iter().skip(1).cloned()).collect())
}

/// What the form of two relations tells before they are settled: one alone is true of numbers, or what begins alike ends in
/// another value.
pub(super) fn by_form(a: &Answer, b: &Answer, given: &Given) -> Option<Decision> {
    let (Answer::Relation(x, r), Answer::Relation(y, s)) = (a, b) else { return None };
    let apart = |l: Option<bool>, r: Option<bool>| matches!((l, r), (Some(l), Some(r)) if l != r);
    if apart(meaning::truth(x, r, given), meaning::truth(y, s, given)) {
        return Some(refuted("one of the equations alone is true"));
    }
    if apart(meaning::roughly_true(x, r, given), meaning::roughly_true(y, s, given)) {
        return Some(refuted("one of the equations alone is true, as its figures are rounded"));
    }
    let false_alone = |sides: &[Answer], r: &[Relation]| meaning::truth(sides, r, given) == Some(false);
    if false_alone(x, r) && false_alone(y, s) && x != y {
        let parts = || x.iter().zip(y).all(|(a, b)| super::answer::compare(a, b, given).outcome == Outcome::Holds);
        if x.len() != y.len() || !parts() {
            return Some(Decision::undecided("both equations are false"));
        }
    }
    let (last, other) = (x.last()?, y.last()?);
    let begun = &x[..x.len() - 1];
    let named = begun.iter().all(meaning::has_letter) || begun.iter().any(meaning::has_letter) && begun.len() > 1;
    let alike = r == s && r.iter().all(|r| *r == Relation::Equal) && x.len() == y.len() && begun == &y[..y.len() - 1];
    if alike && named && meaning::is_closed_answer(last) && meaning::is_closed_answer(other) {
        let d = super::answer::compare(last, other, given);
        if d.outcome == Outcome::Refuted {
            return Some(Decision { reason: "the same quantity has another value".into(), ..d });
        }
    }
    None
}

/// Whether two relations say the same.
pub(super) fn relations(a: (&Vec<Answer>, &Vec<Relation>), b: (&Vec<Answer>, &Vec<Relation>), given: &Given) -> Decision {
    if let Some(sides) = renamed(a.0, b.0) {
        return relations((&sides, a.1), b, given);
    }
    if let Some(sides) = renamed(b.0, a.0) {
        return relations(a, (&sides, b.1), given);
    }
    let (a, b): (Chain, Chain) = ((a.0, a.1), (b.0, b.1));
    if let (Some(x), Some(y)) = (meaning::truth(a.0, a.1, given), meaning::truth(b.0, b.1, given))
        && x != y
    {
        return refuted("one of the equations alone is true");
    }
    if let ([l, x], [m, y]) = (a.0, b.0)
        && l == m
        && a.1 == b.1
    {
        if *a.1 == [Relation::Approx] && meaning::apart_beyond_rounding(x, y) && meaning::apart_beyond_rounding(y, x) {
            return refuted("decimals of different numbers");
        }
        let closed = |a: &Answer| matches!(a, Answer::Value(t) if t.is_closed());
        if *a.1 == [Relation::Equal] && !closed(l) && closed(x) && closed(y) {
            let d = super::answer::compare(x, y, given);
            if d.outcome == Outcome::Refuted {
                return Decision { reason: "the same quantity has another value".into(), ..d };
            }
        }
    }
    if let ([l, x], [m, y]) = (a.0, b.0)
        && l == m
        && matches!(
            (a.1, b.1),
            ([Relation::Approx], [Relation::Approx | Relation::Equal]) | ([Relation::Equal], [Relation::Approx])
        )
        && meaning::figures_apart(x, y)
    {
        return refuted("decimals of different numbers");
    }
    if letters(a) == letters(b)
        && let (Some(x), Some(y)) = (RealSet::of_relation(a.0, a.1), RealSet::of_relation(b.0, b.1))
    {
        return reals::sets(&x, &y, &given.hypotheses);
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
    let decision = pairwise(a, b, given);
    if decision.outcome == Outcome::Undecided && letters(a) == letters(b) {
        return solved_alike(a, b, given).or_else(|| told_apart(a, b, given)).unwrap_or(decision);
    }
    decision
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
    points(&[f, g], &given.hypotheses).find_map(|p| {
        let (x, y) = (p.applied(f).rational()?, p.applied(g).rational()?);
        (!x.is_zero() && !y.is_zero()).then(|| x / y)
    })
}

/// Equations linear in one symbol, whose solutions for it are the same function.
fn solved_alike(a: Chain, b: Chain, given: &Given) -> Option<Decision> {
    let ((f, Relation::Equal), (g, Relation::Equal)) = (difference(a)?, difference(b)?) else { return None };
    letters(a).iter().filter(|v| v.indices.is_empty()).find_map(|v| {
        let ((p, q), (r, s)) = (linear_in(&f, v)?, linear_in(&g, v)?);
        // Where the slope vanishes there must be no solution on either side.
        if !(nonzero(&q) || nonzero(&p)) || !(nonzero(&s) || nonzero(&r)) {
            return None;
        }
        let (left, right) = (Term::mul(vec![p, s]), Term::mul(vec![r, q]));
        match identical(&left, &right, &given.hypotheses) {
            Ok(Identity::Same { log2_error }) => {
                let mut d = Decision::new(Outcome::Holds, Some(Ground::Exact), format!("the same solution for {}", v.name));
                d.log2_error = Some(log2_error);
                Some(d)
            }
            _ => None,
        }
    })
}

/// Refuted by a point that meets one relation and not the other, or by curves that cannot meet.
fn told_apart(a: Chain, b: Chain, given: &Given) -> Option<Decision> {
    // The imaginary unit has no place on a real curve.
    if [a, b].iter().flat_map(|c| c.0).any(|x| matches!(x, Answer::Value(t) if t.mentions("i"))) {
        return None;
    }
    let (f, g) = (difference(a), difference(b));
    if let (Some((f, Relation::Equal)), Some((g, Relation::Equal))) = (&f, &g) {
        return on_one_curve(f, g, given)
            .or_else(|| on_one_curve(g, f, given))
            .or_else(|| on_one_conic(f, g, given))
            .or_else(|| on_one_conic(g, f, given))
            .or_else(|| parallel(f, g, given));
    }
    if [a, b].iter().any(|c| c.1.iter().any(|r| !Relation::is_order(*r))) {
        return None;
    }
    let terms: Vec<&Term> =
        [a, b].iter().flat_map(|c| c.0).filter_map(|x| if let Answer::Value(t) = x { Some(t) } else { None }).collect();
    points(&terms, &given.hypotheses).filter(|p| admits(p, &given.hypotheses)).find_map(|p| {
        let (x, y) = (met(a, &p, given)?, met(b, &p, given)?);
        (x != y).then(|| apart(&p, if x { "the first relation alone holds" } else { "the second relation alone holds" }))
    })
}

fn apart(p: &Point, what: &str) -> Decision {
    let mut d = Decision::new(Outcome::Refuted, Some(Ground::Certified), "a point meets one relation and not the other");
    d.witness = Some(format!("{}: {what}", p.show()));
    d
}

fn value(t: &Term, p: &Point, given: &Given) -> Option<Ball> {
    Evaluation::new(p, &given.hypotheses, BALL_BITS).value(t).ok()
}

/// Whether a chain of inequalities holds at a point; `None` where that is not certain.
fn met(c: Chain, p: &Point, given: &Given) -> Option<bool> {
    let mut all = true;
    for (pair, relation) in c.0.windows(2).zip(c.1) {
        let [Answer::Value(l), Answer::Value(r)] = pair else { return None };
        let sign = value(&l.clone().minus(r.clone()), p, given)?.sign()?;
        all &= match relation {
            Relation::Less => sign < 0,
            Relation::LessEqual => sign <= 0,
            Relation::Greater => sign > 0,
            _ => sign >= 0,
        };
    }
    Some(all)
}

/// A point on `f = 0`, found by solving for a symbol in which it is linear, that is not on `g = 0`.
fn on_one_curve(f: &Term, g: &Term, given: &Given) -> Option<Decision> {
    f.symbols()
        .iter()
        .filter(|v| v.indices.is_empty())
        .find_map(|v| {
            let (start, slope) = linear_in(f, v)?;
            let solved = start.negated().over(slope);
            points(&[&solved, g], &given.hypotheses).find_map(|mut p| {
                let at = p.applied(&solved).rational()?;
                p.values.insert(v.clone(), at);
                let on = admits(&p, &given.hypotheses) && value(f, &p, given)?.sign() == Some(0);
                let off = matches!(value(g, &p, given)?.sign(), Some(1 | -1));
                (on && off).then(|| apart(&p, "on one of the curves alone"))
            })
        })
        .or_else(|| beside_one_curve(f, g, given))
}

/// A point of any coordinates on `f = 0`, linear in a symbol, that is not on `g = 0`.
fn beside_one_curve(f: &Term, g: &Term, given: &Given) -> Option<Decision> {
    if !given.hypotheses.facts.is_empty() {
        return None;
    }
    f.symbols().iter().filter(|v| v.indices.is_empty()).find_map(|v| {
        let (start, slope) = linear_in(f, v)?;
        let there = g.substitute(&v.name, &start.negated().over(slope.clone()));
        points(&[&there], &given.hypotheses).find_map(|p| {
            let sign = |t: &Term| Some(value(t, &p, given)?.sign()? != 0);
            (sign(&slope)? && sign(&there)?).then(|| apart(&p, "on one of the curves alone"))
        })
    })
}

/// A point on `f = 0`, quadratic in a symbol, that is not on `g = 0`.
fn on_one_conic(f: &Term, g: &Term, given: &Given) -> Option<Decision> {
    if !given.hypotheses.facts.is_empty() {
        return None;
    }
    f.symbols().iter().filter(|v| v.indices.is_empty()).find_map(|v| {
        roots_in(f, v)?.into_iter().find_map(|root| {
            let there = g.substitute(&v.name, &root);
            points(&[&there], &given.hypotheses).find_map(|p| {
                let at = value(&root, &p, given)?;
                let off = matches!(value(&there, &p, given)?.sign(), Some(1 | -1));
                let mut d = apart(&p, "on one of the curves alone");
                d.witness = d.witness.map(|w| format!("{} = {}, {w}", v.name, decimal(at.to_f64())));
                off.then_some(d)
            })
        })
    })
}

/// Curves `f = 0` and `g = 0` of polynomials with `f = λ g + c`, `c` not zero, of which one is not empty.
fn parallel(f: &Term, g: &Term, given: &Given) -> Option<Decision> {
    if !polynomial(f) || !polynomial(g) {
        return None;
    }
    let known: Vec<(BigRational, BigRational)> =
        points(&[f, g], &given.hypotheses).filter_map(|p| Some((p.applied(f).rational()?, p.applied(g).rational()?))).collect();
    let (first, second) = (known.first()?, known.iter().find(|k| k.1 != known[0].1)?);
    let slope = (&second.0 - &first.0) / (&second.1 - &first.1);
    let slope_is_one = slope.is_one();
    let constant = &first.0 - &slope * &first.1;
    let line = Term::add(vec![Term::mul(vec![Term::Num(slope), g.clone()]), Term::Num(constant.clone())]);
    let same = matches!(identical(f, &line, &given.hypotheses), Ok(Identity::Same { .. }));
    // What differs by a number alone has no common solutions, real or not, and a polynomial has some.
    let crosses = slope_is_one || known.iter().any(|k| k.0.is_positive()) && known.iter().any(|k| k.0.is_negative());
    (same && crosses && !constant.is_zero())
        .then(|| Decision::new(Outcome::Refuted, Some(Ground::Exact), "the curves do not meet, and one of them has points"))
}

fn polynomial(t: &Term) -> bool {
    let mut plain = true;
    t.walk(&mut |t| {
        plain &= match t {
            Term::Pow(_, e) => e.rational().is_some_and(|e| e.is_integer() && e.is_positive()),
            Term::Call(..) | Term::Sum(_) | Term::Transpose(_) | Term::Infinity => false,
            _ => true,
        }
    });
    plain
}
