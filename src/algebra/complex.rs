//! Terms in which `i` may be the imaginary unit: rational operations on pairs of balls.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};

use super::ball::{Ball, Undefined};
use super::decide::{Decision, Ground, Outcome, admits, decimal, real_only};
use super::elementary;
use super::evaluate::Evaluation;
use super::hypotheses::Hypotheses;
use super::point::{Point, points};
use super::term::{Func, Term};
use crate::language::Symbol;
use crate::tolerance::{AGREEMENT_BITS, BALL_BITS};

type Pair = (Ball, Ball);

/// Decides `left = right` where `i` is the imaginary unit; never refutes what another reading of
/// `i` would make true, because that reading was tried before.
pub(super) fn decide(left: &Term, right: &Term, hypotheses: &Hypotheses) -> Decision {
    if let (Some(l), Some(r)) = (split(left), split(right)) {
        let parts = [(l.0, r.0), (l.1, r.1)];
        let d = super::answer::all(parts.iter().map(|(l, r)| super::decide::decide(l, r, hypotheses)));
        if matches!(d.outcome, Outcome::Holds | Outcome::Refuted) {
            return Decision { reason: format!("real and imaginary parts: {}", d.reason), ..d };
        }
    }
    if real_only(left) || real_only(right) {
        return Decision::undecided("`i` may be the imaginary unit");
    }
    let mut agreed = 0;
    let bits = 3 * BALL_BITS;
    for point in points(&[left, right], hypotheses) {
        if !admits(&point, hypotheses) {
            continue;
        }
        let (Ok(l), Ok(r)) = (value(left, &point, hypotheses, bits), value(right, &point, hypotheses, bits)) else { continue };
        if l.0.differs(&r.0) || l.1.differs(&r.1) {
            let mut point = point;
            point.values.remove(&Symbol::plain("i"));
            let show = |p: &Pair| format!("{} + {} i", decimal(p.0.to_f64()), decimal(p.1.to_f64()));
            let mut d =
                Decision::new(Outcome::Refuted, Some(Ground::Certified), "the sides differ at a point, i the imaginary unit");
            d.witness = Some(format!("{} left {}, right {}", point.show(), show(&l), show(&r)).trim().to_string());
            return d;
        }
        agreed += 1;
    }
    if agreed == 0 {
        return Decision::undecided("`i` may be the imaginary unit, and the sides are no rational functions of it");
    }
    let mut d = Decision::new(Outcome::Holds, Some(Ground::Sampled), format!("equal at {agreed} points, i the imaginary unit"));
    d.log2_error = Some(-f64::from(AGREEMENT_BITS));
    d
}

fn value(t: &Term, point: &Point, h: &Hypotheses, bits: u64) -> Result<Pair, Undefined> {
    let unit = Symbol::plain("i");
    if !t.symbols().contains(&unit) {
        return Ok((Evaluation::new(point, h, bits).value(t)?, Ball::int(0)));
    }
    match t {
        Term::Var(_) => Ok((Ball::int(0), Ball::int(1))),
        Term::Add(v) => v.iter().try_fold((Ball::int(0), Ball::int(0)), |acc, x| {
            let x = value(x, point, h, bits)?;
            Ok((acc.0.plus(&x.0, bits)?, acc.1.plus(&x.1, bits)?))
        }),
        Term::Mul(v) => v.iter().try_fold((Ball::int(1), Ball::int(0)), |acc, x| times(&acc, &value(x, point, h, bits)?, bits)),
        Term::Pow(b, e) => {
            let e = e.rational().ok_or(Undefined::Domain)?;
            if !e.is_integer() {
                return principal_power(&value(b, point, h, bits)?, &e, bits);
            }
            let n = e.numer().magnitude().to_u64().filter(|n| *n <= 64).ok_or(Undefined::Budget)?;
            let base = value(b, point, h, bits)?;
            let power = (0..n).try_fold((Ball::int(1), Ball::int(0)), |acc, _| times(&acc, &base, bits))?;
            if e.is_negative() { inverse(&power, bits) } else { Ok(power) }
        }
        Term::Call(Func::Exp, v) if v.len() == 1 => exponential(&value(&v[0], point, h, bits)?, bits),
        Term::Call(Func::Ln, v) if v.len() == 1 => logarithm(&value(&v[0], point, h, bits)?, bits),
        _ => Err(Undefined::Domain),
    }
}

fn exponential(x: &Pair, bits: u64) -> Result<Pair, Undefined> {
    let size = x.0.exp(bits)?;
    let (sine, cosine) = x.1.sin_cos(bits)?;
    Ok((size.times(&cosine, bits)?, size.times(&sine, bits)?))
}

/// The principal logarithm, of a number off the negative half of the real line.
fn logarithm(x: &Pair, bits: u64) -> Result<Pair, Undefined> {
    let two = BigInt::from(2);
    let quarter = || elementary::pi(bits).divide(&Ball::int(2), bits);
    let angle = match (x.0.sign(), x.1.sign()) {
        (Some(1), _) => x.1.divide(&x.0, bits)?.atan(bits)?,
        (_, Some(1)) => quarter()?.minus(&x.0.divide(&x.1, bits)?.atan(bits)?, bits)?,
        (_, Some(-1)) => quarter()?.negated().minus(&x.0.divide(&x.1, bits)?.atan(bits)?, bits)?,
        _ => return Err(Undefined::Domain),
    };
    let square = x.0.power(&two, bits)?.plus(&x.1.power(&two, bits)?, bits)?;
    Ok((square.ln(bits)?.divide(&Ball::int(2), bits)?, angle))
}

fn principal_power(x: &Pair, e: &BigRational, bits: u64) -> Result<Pair, Undefined> {
    let (size, angle) = logarithm(x, bits)?;
    let e = Ball::rational(e, bits)?;
    exponential(&(size.times(&e, bits)?, angle.times(&e, bits)?), bits)
}

fn times(a: &Pair, b: &Pair, bits: u64) -> Result<Pair, Undefined> {
    let real = a.0.times(&b.0, bits)?.minus(&a.1.times(&b.1, bits)?, bits)?;
    let imaginary = a.0.times(&b.1, bits)?.plus(&a.1.times(&b.0, bits)?, bits)?;
    Ok((real, imaginary))
}

fn inverse(a: &Pair, bits: u64) -> Result<Pair, Undefined> {
    let two = BigInt::from(2);
    let size = a.0.power(&two, bits)?.plus(&a.1.power(&two, bits)?, bits)?;
    Ok((a.0.divide(&size, bits)?, a.1.negated().divide(&size, bits)?))
}

/// Largest size of a part.
const PARTS_MAX: usize = 4_000;

fn size(t: &Term) -> usize {
    let mut n = 0;
    t.walk(&mut |_| n += 1);
    n
}

/// Real and imaginary part, the other symbols real; `None` where a part is not written by the functions of the reals.
fn split(t: &Term) -> Option<(Term, Term)> {
    let zero = || Term::int(0);
    let out = match t {
        Term::Var(s) if *s == Symbol::plain("i") => (zero(), Term::int(1)),
        Term::Num(_) | Term::Var(_) | Term::Pi => (t.clone(), zero()),
        Term::Add(v) => {
            let parts = v.iter().map(split).collect::<Option<Vec<_>>>()?;
            let (re, im): (Vec<Term>, Vec<Term>) = parts.into_iter().unzip();
            (tidy(Term::add(re)), tidy(Term::add(im)))
        }
        Term::Mul(v) => v.iter().try_fold((Term::int(1), zero()), |acc, x| Some(product(&acc, &split(x)?)))?,
        Term::Pow(b, e) => power(b, e)?,
        Term::Call(Func::Exp, v) => {
            let (re, im) = split(v.first()?)?;
            let size = Term::call(Func::Exp, re);
            let turn = |f| Term::mul(vec![size.clone(), Term::call(f, im.clone())]);
            if im.is_int(0) { (size, im) } else { (turn(Func::Cos), turn(Func::Sin)) }
        }
        Term::Call(Func::Abs, v) => {
            let (re, im) = split(v.first()?)?;
            let square = |t: &Term| t.clone().pow(Term::int(2));
            if im.is_int(0) {
                (Term::call(Func::Abs, re), im)
            } else {
                (Term::add(vec![square(&re), square(&im)]).sqrt(), zero())
            }
        }
        Term::Call(f, v) => {
            let parts = v.iter().map(split).collect::<Option<Vec<_>>>()?;
            if !parts.iter().all(|p| p.1.is_int(0)) {
                return None;
            }
            (Term::Call(*f, parts.into_iter().map(|p| p.0).collect()), zero())
        }
        _ => return None,
    };
    (size(&out.0) + size(&out.1) <= PARTS_MAX).then_some(out)
}

/// A number where the term is one.
fn tidy(t: Term) -> Term {
    t.rational().map_or(t, Term::Num)
}

fn product(a: &(Term, Term), b: &(Term, Term)) -> (Term, Term) {
    let times = |x: &Term, y: &Term| match (x.is_int(0) || y.is_int(0), x.is_int(1), y.is_int(1)) {
        (true, ..) => Term::int(0),
        (_, true, _) => y.clone(),
        (_, _, true) => x.clone(),
        _ => tidy(Term::mul(vec![x.clone(), y.clone()])),
    };
    let sum = |x: Term, y: Term| match (x.is_int(0), y.is_int(0)) {
        (true, _) => y,
        (_, true) => x,
        _ => tidy(Term::add(vec![x, y])),
    };
    (sum(times(&a.0, &b.0), tidy(times(&a.1, &b.1).negated())), sum(times(&a.0, &b.1), times(&a.1, &b.0)))
}

/// Whole powers, and roots of numbers below zero by the principal value.
fn power(base: &Term, exponent: &Term) -> Option<(Term, Term)> {
    let (re, im) = split(base)?;
    let (power, none) = split(exponent)?;
    if !none.is_int(0) {
        return None;
    }
    if im.is_int(0) {
        let below = re.rational().filter(|n| n.is_negative());
        return Some(match below {
            Some(n) if power == Term::ratio(1, 2) => (Term::int(0), Term::Num(-n).sqrt()),
            // Whether the root is real is not known.
            _ if !re.is_closed() && power.rational().is_none_or(|e| e.denom().is_even()) => return None,
            _ => (re.pow(power), im),
        });
    }
    let e = power.rational().filter(BigRational::is_integer)?;
    let n = e.numer().magnitude().to_u64().filter(|n| *n <= 64)?;
    let raised = (0..n).try_fold((Term::int(1), Term::int(0)), |acc, _| {
        let next = product(&acc, &(re.clone(), im.clone()));
        (size(&next.0) + size(&next.1) <= PARTS_MAX).then_some(next)
    })?;
    if !e.is_negative() {
        return Some(raised);
    }
    let square = |t: &Term| t.clone().pow(Term::int(2));
    let length = tidy(Term::add(vec![square(&raised.0), square(&raised.1)]));
    Some((tidy(raised.0.over(length.clone())), tidy(raised.1.negated().over(length))))
}
