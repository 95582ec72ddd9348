//! Expectations, variances, covariances and probabilities of jointly Gaussian variables, exactly.
//!
//! A polynomial times an exponential of an affine form has its expectation in closed form: the exponential shifts the
//! means (`E[g(X) e^{τ·X}] = e^{τ·μ + τ'Στ/2} E[g(X + Στ)]`), and powers come down by Stein's identity
//! `E[X_a g(X)] = μ_a E[g(X)] + Σ_b Σ_ab E[∂_b g(X)]` (Isserlis 1918). An affine form is above zero with probability
//! `(1 + erf(μ / √(2σ²))) / 2`.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::ToPrimitive;

use super::hypotheses::Hypotheses;
use super::term::{Func, Term};
use crate::language::{Relation, Symbol};

/// Which symbols are Gaussian variables, and how they depend on each other.
#[derive(Debug, Clone, Default)]
pub struct Laws {
    /// Mean and variance by variable.
    pub normal: BTreeMap<Symbol, (Term, Term)>,
    /// Covariances that are given, by pair in order of name.
    pub covariances: BTreeMap<(Symbol, Symbol), Term>,
    /// Variables that are independent of each other.
    pub independent: BTreeSet<Symbol>,
}

/// Largest total power of variables in a product.
const POWER_MAX: u32 = 12;

/// Most summands of an expansion.
const SUMMANDS_MAX: usize = 400;

/// Whether an expectation, variance, covariance or probability occurs.
pub(super) fn has_moments(t: &Term) -> bool {
    let mut found = false;
    t.walk(&mut |t| found |= matches!(t, Term::Call(Func::Mean | Func::Variance | Func::Covariance | Func::Above, _)));
    found
}

/// A coefficient times powers of variables times the exponential of a linear form in them.
#[derive(Debug, Clone)]
struct Summand {
    coefficient: Term,
    powers: BTreeMap<Symbol, u32>,
    tilt: BTreeMap<Symbol, Term>,
}

impl Summand {
    fn constant(coefficient: Term) -> Summand {
        Summand { coefficient, powers: BTreeMap::new(), tilt: BTreeMap::new() }
    }

    fn times(&self, other: &Summand) -> Option<Summand> {
        let mut out = self.clone();
        out.coefficient = product(&self.coefficient, &other.coefficient);
        for (s, p) in &other.powers {
            *out.powers.entry(s.clone()).or_insert(0) += p;
        }
        for (s, t) in &other.tilt {
            let sum = out.tilt.remove(s).map_or_else(|| t.clone(), |u| sum(&u, t));
            out.tilt.insert(s.clone(), sum);
        }
        (out.powers.values().sum::<u32>() <= POWER_MAX).then_some(out)
    }
}

fn product(a: &Term, b: &Term) -> Term {
    match (a.is_int(0) || b.is_int(0), a.is_int(1), b.is_int(1)) {
        (true, ..) => Term::int(0),
        (_, true, _) => b.clone(),
        (_, _, true) => a.clone(),
        _ => Term::mul(vec![a.clone(), b.clone()]),
    }
}

fn sum(a: &Term, b: &Term) -> Term {
    match (a.is_int(0), b.is_int(0)) {
        (true, _) => b.clone(),
        (_, true) => a.clone(),
        _ => Term::add(vec![a.clone(), b.clone()]),
    }
}

impl Laws {
    /// The covariance of two variables: given, zero where independent, else a symbol of its own.
    fn covariance(&self, a: &Symbol, b: &Symbol) -> Term {
        if a == b {
            return self.normal.get(a).map_or_else(|| Term::int(0), |l| l.1.clone());
        }
        let pair = if a < b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) };
        if let Some(t) = self.covariances.get(&pair) {
            return t.clone();
        }
        if self.independent.contains(a) && self.independent.contains(b) {
            return Term::int(0);
        }
        Term::var(&format!("Cov({}, {})", pair.0.name, pair.1.name))
    }

    /// What follows for the symbols: variances are positive, covariances bounded by them.
    pub fn suppositions(&self, h: &Hypotheses) -> Hypotheses {
        let mut h = h.clone();
        for (_, variance) in self.normal.values() {
            let root = match variance {
                Term::Pow(base, e) if e.is_int(2) => (**base).clone(),
                other => other.clone(),
            };
            if matches!(root, Term::Var(_)) {
                h.suppose(root, Relation::Greater, Term::int(0));
            }
        }
        let names: Vec<&Symbol> = self.normal.keys().collect();
        for (k, a) in names.iter().enumerate() {
            for b in &names[k + 1..] {
                let c = self.covariance(a, b);
                if !c.is_int(0) {
                    let most = product(&self.covariance(a, a), &self.covariance(b, b));
                    h.suppose(c.pow(Term::int(2)), Relation::Less, most);
                }
            }
        }
        h
    }

    /// The term with every moment and probability worked out.
    ///
    /// # Errors
    ///
    /// The part that is no polynomial, exponential or affine form of Gaussian variables.
    pub fn settled(&self, t: &Term) -> Result<Term, String> {
        match t {
            Term::Call(Func::Mean, v) => self.mean(&self.settled(first(v)?)?),
            Term::Call(Func::Variance, v) => {
                let x = self.settled(first(v)?)?;
                self.covary(&x, &x)
            }
            Term::Call(Func::Covariance, v) => match &v[..] {
                [x, y] => self.covary(&self.settled(x)?, &self.settled(y)?),
                _ => Err("a covariance is one of two".into()),
            },
            Term::Call(Func::Above, v) => self.above(&self.settled(first(v)?)?),
            _ => {
                let mut failed = None;
                let out = t.map(&mut |c| {
                    self.settled(c).unwrap_or_else(|e| {
                        failed = Some(e);
                        Term::int(0)
                    })
                });
                failed.map_or(Ok(out), Err)
            }
        }
    }

    fn covary(&self, x: &Term, y: &Term) -> Result<Term, String> {
        let both = self.mean(&Term::mul(vec![x.clone(), y.clone()]))?;
        Ok(both.minus(Term::mul(vec![self.mean(x)?, self.mean(y)?])))
    }

    fn mean(&self, t: &Term) -> Result<Term, String> {
        let parts = self.expanded(t)?.iter().map(|s| self.expectation(s)).collect();
        Ok(Term::add(parts))
    }

    fn expectation(&self, s: &Summand) -> Term {
        let mut shift: BTreeMap<Symbol, Term> = BTreeMap::new();
        let mut exponent = Vec::new();
        for (a, x) in &s.tilt {
            exponent.push(product(x, &self.normal[a].0));
            for (b, y) in &s.tilt {
                exponent.push(product(&Term::ratio(1, 2), &product(&product(x, y), &self.covariance(a, b))));
            }
        }
        for a in s.powers.keys() {
            let moved = s.tilt.iter().map(|(b, x)| product(x, &self.covariance(a, b))).fold(Term::int(0), |u, v| sum(&u, &v));
            shift.insert(a.clone(), sum(&self.normal[a].0, &moved));
        }
        let moment = self.moment(&s.powers, &shift);
        let factor = if exponent.is_empty() { Term::int(1) } else { Term::call(Func::Exp, Term::add(exponent)) };
        product(&s.coefficient, &product(&factor, &moment))
    }

    /// `E[Π X_i^{k_i}]` for these means, by Stein's identity.
    fn moment(&self, powers: &BTreeMap<Symbol, u32>, means: &BTreeMap<Symbol, Term>) -> Term {
        let Some((a, _)) = powers.iter().find(|(_, p)| **p > 0) else { return Term::int(1) };
        let mut rest = powers.clone();
        rest.insert(a.clone(), powers[a] - 1);
        let mut out = product(&means[a], &self.moment(&rest, means));
        for (b, p) in rest.iter().filter(|(_, p)| **p > 0) {
            let covariance = self.covariance(a, b);
            if covariance.is_int(0) {
                continue;
            }
            let mut less = rest.clone();
            less.insert(b.clone(), p - 1);
            let factor = product(&Term::int(i64::from(*p)), &covariance);
            out = sum(&out, &product(&factor, &self.moment(&less, means)));
        }
        out
    }

    fn expanded(&self, t: &Term) -> Result<Vec<Summand>, String> {
        if !t.symbols().iter().any(|s| self.normal.contains_key(s)) {
            return Ok(vec![Summand::constant(t.clone())]);
        }
        let outside = || Err(format!("the expectation of {}", super::print::show(t)));
        match t {
            Term::Var(s) => {
                let one = Summand::constant(Term::int(1));
                Ok(vec![Summand { powers: BTreeMap::from([(s.clone(), 1)]), ..one }])
            }
            Term::Add(v) => Ok(v.iter().map(|x| self.expanded(x)).collect::<Result<Vec<_>, _>>()?.concat()),
            Term::Mul(v) => {
                v.iter().try_fold(vec![Summand::constant(Term::int(1))], |acc, x| multiplied(&acc, &self.expanded(x)?))
            }
            Term::Pow(b, e) => {
                let Some(n) = e.rational().filter(num_rational::BigRational::is_integer).and_then(|n| n.to_u32()) else {
                    return outside();
                };
                if n > POWER_MAX {
                    return outside();
                }
                let base = self.expanded(b)?;
                (0..n).try_fold(vec![Summand::constant(Term::int(1))], |acc, _| multiplied(&acc, &base))
            }
            Term::Call(Func::Exp, v) => {
                let (constant, linear) = self.affine(first(v)?)?;
                let coefficient = if constant.is_int(0) { Term::int(1) } else { Term::call(Func::Exp, constant) };
                Ok(vec![Summand { tilt: linear, ..Summand::constant(coefficient) }])
            }
            _ => outside(),
        }
    }

    /// The constant and the coefficients of an affine form.
    fn affine(&self, t: &Term) -> Result<(Term, BTreeMap<Symbol, Term>), String> {
        let (mut constant, mut linear) = (Term::int(0), BTreeMap::new());
        for s in self.expanded(t)? {
            let powers: Vec<(Symbol, u32)> = s.powers.into_iter().collect();
            match (&powers[..], s.tilt.is_empty()) {
                ([], true) => constant = sum(&constant, &s.coefficient),
                ([(x, 1)], true) => {
                    let before = linear.remove(x).unwrap_or_else(|| Term::int(0));
                    linear.insert(x.clone(), sum(&before, &s.coefficient));
                }
                _ => return Err(format!("{} is not affine in the Gaussian variables", super::print::show(t))),
            }
        }
        Ok((constant, linear))
    }

    /// `P(t > 0)`
    fn above(&self, t: &Term) -> Result<Term, String> {
        let (_, linear) = self.affine(t)?;
        if linear.is_empty() {
            return Err(format!("the probability of a statement about {}, which is not random", super::print::show(t)));
        }
        let (mean, variance) = (self.mean(t)?, self.covary(t, t)?);
        let argument = mean.over(Term::mul(vec![Term::int(2), super::simplify::simplify(&variance)]).sqrt());
        Ok(Term::mul(vec![Term::ratio(1, 2), Term::add(vec![Term::int(1), Term::call(Func::Erf, argument)])]))
    }
}

fn first(v: &[Term]) -> Result<&Term, String> {
    v.first().ok_or_else(|| "a moment of nothing".into())
}

fn multiplied(a: &[Summand], b: &[Summand]) -> Result<Vec<Summand>, String> {
    if a.len() * b.len() > SUMMANDS_MAX {
        return Err("a product of too many terms".into());
    }
    let all: Option<Vec<Summand>> = a.iter().flat_map(|x| b.iter().map(|y| x.times(y))).collect();
    all.ok_or_else(|| format!("a power above {POWER_MAX}"))
}
