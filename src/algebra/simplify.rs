//! A short form of a scalar term, to show it: one fraction of polynomials without common content.
//!
//! Only for reading: nothing is decided on it.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::poly::{Monomial, Poly};
use super::term::{Func, Term};

/// Parts of a term that are no sums or products, by number.
#[derive(Default)]
struct Atoms {
    list: Vec<Term>,
}

/// The term as one fraction; itself where that would be long.
pub fn simplify(t: &Term) -> Term {
    let mut atoms = Atoms::default();
    match atoms.fraction(t) {
        Some((over, under)) => atoms.shown(over, under),
        None => t.clone(),
    }
}

type Fraction = (Poly, Poly);

fn one() -> Poly {
    Poly::constant(BigRational::one())
}

impl Atoms {
    fn fraction(&mut self, t: &Term) -> Option<Fraction> {
        match t {
            Term::Num(n) => Some((Poly::constant(n.clone()), one())),
            Term::Add(v) => v.iter().try_fold((Poly::default(), one()), |acc, x| {
                let (a, b) = self.fraction(x)?;
                if b == acc.1 {
                    return Some((acc.0.plus(&a), b));
                }
                Some((acc.0.times(&b)?.plus(&a.times(&acc.1)?), acc.1.times(&b)?))
            }),
            Term::Mul(v) => v.iter().try_fold((one(), one()), |acc, x| {
                let (a, b) = self.fraction(x)?;
                Some((acc.0.times(&a)?, acc.1.times(&b)?))
            }),
            Term::Pow(b, e) => {
                match e.rational().filter(BigRational::is_integer).and_then(|e| e.to_i64()).filter(|e| e.abs() <= 8) {
                    Some(e) => {
                        let (over, under) = self.fraction(b)?;
                        let (over, under) = if e < 0 { (under, over) } else { (over, under) };
                        (!under.terms.is_empty()).then_some(())?;
                        Some((over.power(e.abs())?, under.power(e.abs())?))
                    }
                    None => {
                        let (b, e) = (simplify(b), simplify(e));
                        match exact_root(&b, &e) {
                            Some(n) => Some((Poly::constant(n), one())),
                            None => Some(self.atom(b.pow(e))),
                        }
                    }
                }
            }
            Term::Call(f, v) => {
                let inner: Vec<Term> = v.iter().map(simplify).collect();
                match (f, &inner[..]) {
                    (Func::Exp, [x]) if x.is_int(0) => Some((one(), one())),
                    (Func::Ln, [x]) if x.is_int(1) => Some((Poly::default(), one())),
                    (Func::Sin, [x]) if x.is_int(0) => Some((Poly::default(), one())),
                    (Func::Cos, [x]) if x.is_int(0) => Some((one(), one())),
                    _ => Some(self.atom(Term::Call(*f, inner))),
                }
            }
            other => Some(self.atom(other.clone())),
        }
    }

    fn atom(&mut self, t: Term) -> Fraction {
        let at = self.list.iter().position(|x| *x == t).unwrap_or_else(|| {
            self.list.push(t);
            self.list.len() - 1
        });
        (Poly::generator(at as u32), one())
    }

    fn shown(&self, over: Poly, under: Poly) -> Term {
        if over.terms.is_empty() {
            return Term::int(0);
        }
        let (mut over, mut under) = match quotient(&over, &under) {
            Some(q) => (q, one()),
            None => match quotient(&under, &over) {
                Some(q) => (one(), q),
                None => (over, under),
            },
        };
        let shared = shared_monomial(&over, &under);
        (over, under) = (divided(&over, &shared), divided(&under, &shared));
        let (a, b) = (content(&over), content(&under));
        // Both polynomials begin with a positive term; the sign goes to the number in front.
        let begun =
            |p: &Poly, size: BigRational| if written(p).first().is_some_and(|t| t.1.is_negative()) { -size } else { size };
        let (a, b) = (begun(&over, a), begun(&under, b));
        let number = &a / &b;
        let scaled = |p: &Poly, by: &BigRational| Poly { terms: p.terms.iter().map(|(m, c)| (m.clone(), c / by)).collect() };
        let (over, under) = (scaled(&over, &a), scaled(&under, &b));
        let top = self.term(&over);
        let bottom = self.term(&under);
        let mut factors = Vec::new();
        if !number.is_one() {
            factors.push(Term::Num(number));
        }
        if !top.is_int(1) {
            factors.push(top);
        }
        if !bottom.is_int(1) {
            factors.push(bottom.inverse());
        }
        Term::mul(factors)
    }

    fn term(&self, p: &Poly) -> Term {
        let terms = written(p).into_iter().map(|(m, c)| {
            let mut factors = Vec::new();
            if !c.is_one() || m.is_empty() {
                factors.push(Term::Num(c.clone()));
            }
            factors.extend(m.iter().map(|(g, k)| {
                let base = self.list[*g as usize].clone();
                if *k == 1 { base } else { base.pow(Term::int(*k)) }
            }));
            Term::mul(factors)
        });
        Term::add(terms.collect())
    }
}

/// A root of a positive rational that is rational itself.
fn exact_root(b: &Term, e: &Term) -> Option<BigRational> {
    let (b, e) = (b.rational().filter(Signed::is_positive)?, e.rational()?);
    let order = e.denom().to_u32().filter(|n| *n <= 64)?;
    let root = BigRational::new(b.numer().nth_root(order), b.denom().nth_root(order));
    let power = e.numer().to_i32().filter(|p| p.abs() <= 64)?;
    (num_traits::pow(root.clone(), order as usize) == b).then(|| root.pow(power))
}

/// The terms in the order they are written: by falling degree, then by first occurrence.
fn written(p: &Poly) -> Vec<(&Monomial, &BigRational)> {
    let mut list: Vec<_> = p.terms.iter().collect();
    list.sort_by_key(|(m, _)| (-m.iter().map(|(_, k)| *k).sum::<i64>(), (*m).clone()));
    list
}

/// The greatest positive rational that leaves whole coefficients without a common factor.
fn content(p: &Poly) -> BigRational {
    let mut over = BigInt::zero();
    let mut under = BigInt::one();
    for c in p.terms.values() {
        over = over.gcd(c.numer());
        under = under.lcm(c.denom());
    }
    if over.is_zero() { BigRational::one() } else { BigRational::new(over, under) }
}

fn shared_monomial(a: &Poly, b: &Poly) -> Monomial {
    let mut generators: Vec<u32> = a.terms.keys().flatten().map(|(g, _)| *g).collect();
    generators.sort_unstable();
    generators.dedup();
    let power = |m: &Monomial, g: u32| m.iter().find(|(h, _)| *h == g).map_or(0, |(_, k)| *k);
    let least = |p: &Poly, g: u32| p.terms.keys().map(|m| power(m, g)).min().unwrap_or(0);
    generators.into_iter().map(|g| (g, least(a, g).min(least(b, g)))).filter(|(_, k)| *k != 0).collect()
}

fn divided(p: &Poly, by: &Monomial) -> Poly {
    let inverse = Poly { terms: [(by.iter().map(|(g, k)| (*g, -k)).collect(), BigRational::one())].into() };
    p.times(&inverse).unwrap_or_else(|| p.clone())
}

/// The exact quotient of polynomials, if there is one.
fn quotient(over: &Poly, under: &Poly) -> Option<Poly> {
    let (lead, c) = under.terms.iter().next_back()?;
    let mut rest = over.clone();
    let mut out = Poly::default();
    for _ in 0..200 {
        let Some((m, k)) = rest.terms.iter().next_back() else { return Some(out) };
        let mut step: std::collections::BTreeMap<u32, i64> = m.iter().copied().collect();
        for (g, e) in lead {
            *step.entry(*g).or_default() -= e;
        }
        if step.values().any(|e| *e < 0) {
            return None;
        }
        let step: Monomial = step.into_iter().filter(|(_, e)| *e != 0).collect();
        let factor = Poly { terms: [(step.clone(), k / c)].into() };
        out.push(step, k / c);
        let taken = factor.times(under)?;
        for (m, c) in taken.terms {
            rest.push(m, -c);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::print::show;
    use super::super::surface::parse_term;
    use super::*;

    #[test]
    fn fractions_become_short() {
        for (from, to) in [
            ("(n-2)*(1/2)^2", "(n - 2)/4"),
            ("x^2/x", "x"),
            ("(x^2-1)/(x-1)", "x + 1"),
            ("1/(2*x) + 1/(2*x)", "1/x"),
            ("(2 x + 4 y)/6", "(x + 2·y)/3"),
            ("a - a", "0"),
        ] {
            assert_eq!(show(&simplify(&parse_term(from).expect(from))), to, "{from}");
        }
    }
}
