//! Where rational functions of one symbol are positive, negative or zero.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::reals::{Piece, RealSet, minus_infinity, order};
use super::simplify::simplify;
use super::term::Term;
use crate::language::{Relation, Symbol};

/// Coefficients by rising power; the last is not zero.
type Coefficients = Vec<BigRational>;

/// Highest degree of numerator and denominator.
const DEGREE_MAX: usize = 24;

/// Largest end coefficient whose divisors are tried as roots.
const DIVISORS_MAX: u64 = 1 << 20;

/// The solutions of `t relation 0` for the symbol, `t` a rational function of it with rational coefficients whose
/// real roots are rational or those of a quadratic; `None` for others.
pub(super) fn rational_solutions(t: &Term, relation: Relation, s: &Symbol) -> Option<RealSet> {
    let (over, under) = quotient(t, s)?;
    let mut ends: Vec<End> = Vec::new();
    for (p, pole) in [(&over, false), (&under, true)] {
        for (at, times) in roots(p)? {
            match position(&ends, &at)? {
                Ok(k) => {
                    ends[k].odd ^= times.is_odd();
                    ends[k].pole |= pole;
                }
                Err(k) => ends.insert(k, End { at, odd: times.is_odd(), pole }),
            }
        }
    }
    let lead = |p: &Coefficients| p.last().is_some_and(Signed::is_positive);
    // From the right: the sign beyond the last end is that of the leading coefficients.
    let mut positive = lead(&over) == lead(&under);
    let (strict, wanted) = match relation {
        Relation::Greater => (true, Some(true)),
        Relation::GreaterEqual => (false, Some(true)),
        Relation::Less => (true, Some(false)),
        Relation::LessEqual => (false, Some(false)),
        Relation::Equal => (false, None),
        _ => return None,
    };
    let mut pieces = Vec::new();
    let mut high = Term::Infinity;
    for end in ends.iter().rev() {
        if wanted == Some(positive) {
            pieces.push(Piece { low: end.at.clone(), low_open: true, high: high.clone(), high_open: true });
        }
        if !strict && !end.pole {
            pieces.push(Piece { low: end.at.clone(), low_open: false, high: end.at.clone(), high_open: false });
        }
        positive ^= end.odd;
        high = end.at.clone();
    }
    if wanted == Some(positive) {
        pieces.push(Piece { low: minus_infinity(), low_open: true, high, high_open: true });
    }
    RealSet { pieces }.merged()
}

/// A root or pole.
struct End {
    at: Term,
    /// Whether the sign changes there.
    odd: bool,
    pole: bool,
}

/// Where the root stands among the ends, or where it belongs.
fn position(ends: &[End], at: &Term) -> Option<Result<usize, usize>> {
    for (k, e) in ends.iter().enumerate() {
        match order(at, &e.at)? {
            Ordering::Less => return Some(Err(k)),
            Ordering::Equal => return Some(Ok(k)),
            Ordering::Greater => {}
        }
    }
    Some(Err(ends.len()))
}

fn trimmed(mut p: Coefficients) -> Coefficients {
    while p.last().is_some_and(Zero::is_zero) {
        p.pop();
    }
    p
}

fn times(a: &[BigRational], b: &[BigRational]) -> Option<Coefficients> {
    if a.is_empty() || b.is_empty() {
        return Some(vec![]);
    }
    let mut out = vec![BigRational::zero(); a.len() + b.len() - 1];
    (out.len() <= DEGREE_MAX + 1).then_some(())?;
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            out[i + j] += x * y;
        }
    }
    Some(out)
}

fn plus(a: &[BigRational], b: &[BigRational]) -> Coefficients {
    let at = |p: &[BigRational], k: usize| p.get(k).cloned().unwrap_or_else(BigRational::zero);
    trimmed((0..a.len().max(b.len())).map(|k| at(a, k) + at(b, k)).collect())
}

/// Numerator and denominator as polynomials in the symbol.
fn quotient(t: &Term, s: &Symbol) -> Option<(Coefficients, Coefficients)> {
    let one = || vec![BigRational::one()];
    if let Some(n) = t.rational() {
        return Some((trimmed(vec![n]), one()));
    }
    match t {
        Term::Var(v) if v == s => Some((vec![BigRational::zero(), BigRational::one()], one())),
        Term::Add(v) => v.iter().try_fold((vec![], one()), |acc, x| {
            let (a, b) = quotient(x, s)?;
            if b == acc.1 {
                return Some((plus(&acc.0, &a), b));
            }
            Some((plus(&times(&acc.0, &b)?, &times(&a, &acc.1)?), times(&acc.1, &b)?))
        }),
        Term::Mul(v) => v.iter().try_fold((one(), one()), |acc, x| {
            let (a, b) = quotient(x, s)?;
            Some((times(&acc.0, &a)?, times(&acc.1, &b)?))
        }),
        Term::Pow(b, e) => {
            let e = e.rational().filter(BigRational::is_integer).and_then(|e| e.to_i64())?;
            let (over, under) = quotient(b, s)?;
            (e.unsigned_abs() <= DEGREE_MAX as u64).then_some(())?;
            let raised = |p: &Coefficients| (0..e.unsigned_abs()).try_fold(one(), |acc, _| times(&acc, p));
            let (a, b) = (raised(&over)?, raised(&under)?);
            let (a, b) = if e < 0 { (b, a) } else { (a, b) };
            (!b.is_empty()).then_some((a, b))
        }
        _ => None,
    }
}

/// The real roots with how often each occurs; `None` where one is not found, or all numbers are.
fn roots(p: &Coefficients) -> Option<Vec<(Term, usize)>> {
    let mut rest = p.clone();
    let mut out: Vec<(Term, usize)> = Vec::new();
    (!rest.is_empty()).then_some(())?;
    for root in rational_candidates(p)? {
        let mut count = 0;
        while let Some(q) = divided(&rest, &root) {
            rest = q;
            count += 1;
        }
        if count > 0 {
            out.push((Term::Num(root), count));
        }
    }
    match &rest[..] {
        [_] => Some(out),
        [c, b, a] => {
            let four = BigRational::from_integer(BigInt::from(4));
            let d = b * b - four * a * c;
            if d.is_negative() {
                return Some(out);
            }
            let half = |sign: i64| {
                let root = Term::mul(vec![Term::int(sign), Term::Num(d.clone()).sqrt()]);
                let top = Term::add(vec![Term::Num(-b.clone()), root]);
                simplify(&Term::mul(vec![top, Term::Num((a + a).recip())]))
            };
            out.extend([(half(-1), 1), (half(1), 1)]);
            Some(out)
        }
        _ => (real_roots(&rest) == 0).then_some(out),
    }
}

/// Fractions of divisors of the end coefficients, and zero.
fn rational_candidates(p: &Coefficients) -> Option<Vec<BigRational>> {
    let scale = p.iter().fold(BigInt::one(), |acc, c| acc.lcm(c.denom()));
    let whole: Vec<BigInt> = p.iter().map(|c| (c * BigRational::from_integer(scale.clone())).to_integer()).collect();
    let content = whole.iter().fold(BigInt::zero(), |acc, c| acc.gcd(c));
    let mut ends = whole.iter().filter(|c| !c.is_zero());
    let (first, last) = (ends.next()?, whole.last()?);
    let divisors = |n: &BigInt| -> Option<Vec<u64>> {
        let n = (n / &content).magnitude().to_u64().filter(|n| *n <= DIVISORS_MAX)?;
        let small = (1..=n.isqrt()).filter(|k| n.is_multiple_of(*k));
        Some(small.flat_map(|k| [k, n / k]).collect())
    };
    let mut out = vec![BigRational::zero()];
    let (over, under) = (divisors(first)?, divisors(last)?);
    (over.len() * under.len() <= 4096).then_some(())?;
    for a in &over {
        for b in &under {
            let r = BigRational::new(BigInt::from(*a), BigInt::from(*b));
            out.extend([r.clone(), -r]);
        }
    }
    out.sort();
    out.dedup();
    Some(out)
}

/// `p / (x - root)`, where that is a root.
fn divided(p: &[BigRational], root: &BigRational) -> Option<Coefficients> {
    let mut carry = BigRational::zero();
    let mut out: Coefficients = Vec::with_capacity(p.len());
    for c in p.iter().rev() {
        carry = carry * root + c;
        out.push(carry.clone());
    }
    (out.pop().is_some_and(|r| r.is_zero()) && !out.is_empty()).then(|| {
        out.reverse();
        out
    })
}

/// How many real roots the polynomial has (Sturm 1829).
fn real_roots(p: &Coefficients) -> usize {
    let derivative: Coefficients =
        p.iter().enumerate().skip(1).map(|(k, c)| c * BigRational::from_integer(BigInt::from(k))).collect();
    let mut chain = vec![p.clone(), derivative];
    while let [.., a, b] = &chain[..]
        && b.len() > 1
    {
        let r: Coefficients = remainder(a, b).into_iter().map(|c| -c).collect();
        if r.is_empty() {
            break;
        }
        chain.push(r);
    }
    let changes = |at_infinity: bool| {
        let signs: Vec<bool> =
            chain.iter().filter_map(|p| Some(p.last()?.is_positive() ^ (!at_infinity && p.len().is_multiple_of(2)))).collect();
        signs.windows(2).filter(|w| w[0] != w[1]).count()
    };
    changes(false).saturating_sub(changes(true))
}

fn remainder(a: &[BigRational], b: &[BigRational]) -> Coefficients {
    let mut rest = a.to_vec();
    while rest.len() >= b.len() {
        let factor = &rest[rest.len() - 1] / &b[b.len() - 1];
        let shift = rest.len() - b.len();
        for (k, c) in b.iter().enumerate() {
            let taken = &factor * c;
            rest[shift + k] -= taken;
        }
        rest.pop();
        rest = trimmed(rest);
        if rest.is_empty() {
            break;
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::super::surface::parse_term;
    use super::*;

    fn pieces(t: &str, relation: Relation) -> Option<usize> {
        rational_solutions(&parse_term(t).expect(t), relation, &Symbol::plain("x")).map(|s| s.pieces.len())
    }

    #[test]
    fn signs_change_at_odd_roots_and_poles_alone() {
        assert_eq!(pieces("x^3 - x", Relation::Greater), Some(2));
        assert_eq!(pieces("x^2 (x-1)", Relation::Less), Some(2));
        assert_eq!(pieces("x^2 (x-1)", Relation::LessEqual), Some(1));
        assert_eq!(pieces("(x-1)/(x+2)", Relation::GreaterEqual), Some(2));
        assert_eq!(pieces("x^6 - 1", Relation::Less), Some(1));
        assert_eq!(pieces("x^4 + x^2 + 1", Relation::Greater), Some(1));
        assert_eq!(pieces("(x^2-2)(x-5)", Relation::Equal), Some(3));
        assert_eq!(pieces("x^5 - x - 1", Relation::Greater), None);
        assert_eq!(real_roots(&[-1, 0, 0, 0, 0, 1].map(|n| BigRational::from_integer(BigInt::from(n))).to_vec()), 1);
    }
}
