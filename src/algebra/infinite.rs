//! Infinite sums with closed forms: geometric ones times small powers, exponential ones, and a few of powers alone.

use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive};

use super::term::{Func, Sum, Term};
use crate::language::Index;

/// Most first terms that a sum may leave out.
const START_MAX: i64 = 32;

/// The term with its infinite sums in closed form; `None` where one has none here, or does not converge.
pub(super) fn summed(t: &Term) -> Option<Term> {
    match t {
        Term::Infinity => None,
        Term::Sum(s) if matches!(s.to, Some(Term::Infinity)) => closed(s),
        t => {
            let mut whole = true;
            let out = t.map(&mut |c| {
                summed(c).unwrap_or_else(|| {
                    whole = false;
                    Term::int(0)
                })
            });
            whole.then_some(out)
        }
    }
}

/// What a body is made of: a factor free of the index, the ratio of a geometric part, and what is left.
struct Parts {
    outer: Vec<Term>,
    ratio: Vec<Term>,
    rest: Vec<Term>,
}

fn closed(s: &Sum) -> Option<Term> {
    let from =
        s.from.rational().filter(BigRational::is_integer)?.to_integer().to_i64().filter(|a| (0..=START_MAX).contains(a))?;
    if !s.except.is_empty() || s.body.has_infinity() {
        return None;
    }
    let mut parts = Parts { outer: vec![], ratio: vec![], rest: vec![] };
    let factors = match &s.body {
        Term::Mul(v) => v.clone(),
        one => vec![one.clone()],
    };
    factors.iter().try_for_each(|f| sort(f, &s.index, &mut parts))?;
    let r = Term::mul(parts.ratio);
    let k = Term::var(&s.index);
    let inside = Term::mul(parts.rest);
    let small = match r.rational() {
        Some(r) => r.abs() < BigRational::one(),
        None => !r.is_closed(),
    };
    let one_minus = || Term::int(1).minus(r.clone());
    let power = |t: &Term, n: i64| t.clone().pow(Term::int(n));
    let first = |n: i64| {
        let at = |j: i64| Term::mul(vec![inside.with_letter(&s.index, &Term::int(j), &Index::Number(j as u32)), power(&r, j)]);
        Term::add((n..from).map(at).collect())
    };
    // Each whole sum begins at `n`; the first terms are taken off.
    let (whole, n) = if inside.is_int(1) && small {
        (one_minus().inverse(), 0)
    } else if inside == k && small {
        (r.clone().over(power(&one_minus(), 2)), 0)
    } else if inside == k.clone().pow(Term::int(2)) && small {
        (Term::mul(vec![r.clone(), Term::add(vec![Term::int(1), r.clone()])]).over(power(&one_minus(), 3)), 0)
    } else if inside == Term::call(Func::Factorial, k.clone()).inverse() {
        (Term::call(Func::Exp, r.clone()), 0)
    } else if let Some(wave) = even_or_odd(&inside, &r, &k) {
        (wave, 0)
    } else if inside == k.clone().inverse() && (small || r.is_int(-1)) && from > 0 {
        (Term::call(Func::Ln, one_minus()).negated(), 1)
    } else if inside == k.clone().pow(Term::int(2)).inverse() && r.is_int(1) && from > 0 {
        (power(&Term::Pi, 2).over(Term::int(6)), 1)
    } else if inside == k.clone().pow(Term::int(4)).inverse() && r.is_int(1) && from > 0 {
        (power(&Term::Pi, 4).over(Term::int(90)), 1)
    } else {
        return telescoping(&inside, &r, &k, from).map(|t| Term::mul([parts.outer, vec![t]].concat()));
    };
    let sum = if from > n { whole.minus(first(n)) } else { whole };
    Some(Term::mul([parts.outer, vec![sum]].concat()))
}

/// `r^k/(2k)!` and `r^k/(2k+1)!` for negative `r`: a cosine, and a sine over its angle.
fn even_or_odd(inside: &Term, r: &Term, k: &Term) -> Option<Term> {
    let square = super::simplify::simplify(&r.clone().negated());
    let angle = match &square {
        Term::Pow(b, e) if e.is_int(2) => (**b).clone(),
        Term::Num(n) if n.is_positive() => square.clone().sqrt(),
        _ => return None,
    };
    let of = |n: i64| {
        let twice = Term::mul(vec![Term::int(2), k.clone()]);
        let size = if n == 0 { twice } else { Term::add(vec![twice, Term::int(n)]) };
        Term::call(Func::Factorial, size).inverse()
    };
    if *inside == of(0) {
        return Some(Term::call(Func::Cos, angle));
    }
    (*inside == of(1)).then(|| Term::call(Func::Sin, angle.clone()).over(angle))
}

/// `Σ_{k=0}^{n} (n over k) r^k = (1 + r)^n`
pub(super) fn binomial_sum(s: &Sum) -> Option<Term> {
    let n = s.to.clone().filter(|_| s.from.is_int(0) && s.except.is_empty())?;
    let mut parts = Parts { outer: vec![], ratio: vec![], rest: vec![] };
    let factors = match &s.body {
        Term::Mul(v) => v.clone(),
        one => vec![one.clone()],
    };
    factors.iter().try_for_each(|f| sort(f, &s.index, &mut parts))?;
    let row = Term::Call(Func::Binomial, vec![n.clone(), Term::var(&s.index)]);
    (parts.rest == [row] && !n.mentions(&s.index)).then(|| {
        let sum = Term::add(vec![Term::int(1), Term::mul(parts.ratio)]).pow(n);
        Term::mul([parts.outer, vec![sum]].concat())
    })
}

/// `1/(k(k+1))`, from `from` on.
fn telescoping(inside: &Term, r: &Term, k: &Term, from: i64) -> Option<Term> {
    let next = Term::add(vec![k.clone(), Term::int(1)]);
    let bodies = [Term::mul(vec![k.clone(), next.clone()]).inverse(), Term::mul(vec![k.clone().inverse(), next.inverse()])];
    (r.is_int(1) && from > 0 && bodies.contains(inside)).then(|| Term::ratio(1, from))
}

/// Puts a factor where it belongs.
fn sort(f: &Term, index: &str, parts: &mut Parts) -> Option<()> {
    if !f.mentions(index) {
        parts.outer.push(f.clone());
        return Some(());
    }
    let linear = |e: &Term| {
        let at = |j: i64| e.substitute(index, &Term::int(j));
        let (zero, step, twice) = (at(0).rational()?, at(1).rational()?, at(2).rational()?);
        (twice - &step == &step - &zero).then(|| (step - &zero, zero))
    };
    match f {
        // `(3^k)^{-1}`, `(2·3^k)^{-1}`
        Term::Pow(b, e) if e.is_int(-1) => match &**b {
            Term::Mul(v) if v.iter().any(|x| matches!(x, Term::Pow(..)) || !x.mentions(index)) => {
                v.iter().try_for_each(|x| sort(&x.clone().inverse(), index, parts))?;
            }
            Term::Pow(base, e) if !base.mentions(index) => {
                sort(&(**base).clone().pow((**e).clone().negated()), index, parts)?;
            }
            _ => parts.rest.push(f.clone()),
        },
        Term::Pow(b, e) if !b.mentions(index) => {
            let (step, zero) = linear(e)?;
            let plain = |n: BigRational| if n.is_one() { (**b).clone() } else { (**b).clone().pow(Term::Num(n)) };
            let ratio = plain(step);
            parts.ratio.push(ratio.rational().map_or(ratio, Term::Num));
            parts.outer.push(plain(zero));
        }
        // `(x/2)^k` inside out: `x^k` over `2^k` were factors of their own.
        Term::Call(Func::Exp, v) if v.len() == 1 => {
            let at = |j: i64| v[0].substitute(index, &Term::int(j));
            let (step, zero) = (at(1).minus(at(0)), at(0));
            parts.ratio.push(Term::call(Func::Exp, step));
            parts.outer.push(Term::call(Func::Exp, zero));
            let straight = super::modular::identical(&at(2).minus(at(1)), &at(1).minus(at(0)), &Default::default());
            matches!(straight, Ok(super::modular::Identity::Same { .. })).then_some(())?;
        }
        _ => parts.rest.push(f.clone()),
    }
    Some(())
}
