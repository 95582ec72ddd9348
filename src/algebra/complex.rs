//! Terms in which `i` may be the imaginary unit: rational operations on pairs of balls.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

use super::ball::{Ball, Undefined};
use super::decide::{Decision, Ground, Outcome, admits, decimal, real_only};
use super::evaluate::Evaluation;
use super::hypotheses::Hypotheses;
use super::point::{Point, points};
use super::term::Term;
use crate::language::Symbol;
use crate::tolerance::{AGREEMENT_BITS, BALL_BITS};

type Pair = (Ball, Ball);

/// Decides `left = right` where `i` is the imaginary unit; never refutes what another reading of
/// `i` would make true, because that reading was tried before.
pub(super) fn decide(left: &Term, right: &Term, hypotheses: &Hypotheses) -> Decision {
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
            let e = e.rational().filter(num_rational::BigRational::is_integer).ok_or(Undefined::Domain)?;
            let n = e.numer().magnitude().to_u64().filter(|n| *n <= 64).ok_or(Undefined::Budget)?;
            let base = value(b, point, h, bits)?;
            let power = (0..n).try_fold((Ball::int(1), Ball::int(0)), |acc, _| times(&acc, &base, bits))?;
            if e.is_negative() { inverse(&power, bits) } else { Ok(power) }
        }
        _ => Err(Undefined::Domain),
    }
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
