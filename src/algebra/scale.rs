//! Scales of growth: `t^p (ln t)^r exp(a_1 t^{k_1} + …)`.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::{One, Zero};

use super::hypotheses::{Hypotheses, Sign};
use super::limit::sign_of;
use super::print::show;
use super::series::Result;
use super::simplify::simplify;
use super::term::{Func, Term};

/// `t^power (ln t)^log exp(sum a_k t^k)`
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// Coefficients `a_k` of the exponent by the power `k > 0`.
    pub exponent: BTreeMap<BigRational, Term>,
    /// Power of `t`.
    pub power: BigRational,
    /// Power of `ln t`.
    pub log: BigRational,
}

impl Scale {
    pub(super) fn one() -> Scale {
        Scale { exponent: BTreeMap::new(), power: BigRational::zero(), log: BigRational::zero() }
    }

    pub(super) fn times(&self, other: &Scale) -> Scale {
        let mut exponent = self.exponent.clone();
        for (k, a) in &other.exponent {
            let sum = match exponent.remove(k) {
                Some(b) => simplify(&Term::add(vec![b, a.clone()])),
                None => a.clone(),
            };
            if !sum.is_int(0) {
                exponent.insert(k.clone(), sum);
            }
        }
        Scale { exponent, power: &self.power + &other.power, log: &self.log + &other.log }
    }

    pub(super) fn raised(&self, e: &Term) -> Result<Scale> {
        let exponent = self.exponent.iter().map(|(k, a)| (k.clone(), simplify(&Term::mul(vec![a.clone(), e.clone()])))).collect();
        if self.power.is_zero() && self.log.is_zero() {
            return Ok(Scale { exponent, ..Scale::one() });
        }
        let r = e.rational().ok_or_else(|| format!("a power with the exponent {}", show(e)))?;
        Ok(Scale { exponent, power: &self.power * &r, log: &self.log * &r })
    }

    fn is_one(&self) -> bool {
        *self == Scale::one()
    }

    /// How the scale compares with 1 as `t` grows.
    pub(super) fn against_one(&self, h: &Hypotheses) -> Result<Ordering> {
        for a in self.exponent.values().rev() {
            return match sign_of(a, h) {
                Sign::Positive => Ok(Ordering::Greater),
                Sign::Negative => Ok(Ordering::Less),
                Sign::Zero => continue,
                _ => Err(format!("the sign of {} is not known", show(a))),
            };
        }
        Ok(self.power.cmp(&BigRational::zero()).then(self.log.cmp(&BigRational::zero())))
    }

    pub(super) fn compare(&self, other: &Scale, h: &Hypotheses) -> Result<Ordering> {
        self.times(&other.raised(&Term::int(-1))?).against_one(h)
    }

    /// The scale as a term of `t`.
    pub fn term(&self, t: &Term) -> Term {
        let mut factors = Vec::new();
        let power = |base: Term, e: &BigRational| if e.is_one() { base } else { base.pow(Term::Num(e.clone())) };
        if !self.log.is_zero() {
            factors.push(power(Term::call(Func::Ln, t.clone()), &self.log));
        }
        if !self.power.is_zero() {
            factors.push(power(t.clone(), &self.power));
        }
        if !self.exponent.is_empty() {
            let sum =
                self.exponent.iter().rev().map(|(k, a)| simplify(&Term::mul(vec![a.clone(), power(t.clone(), k)]))).collect();
            factors.push(Term::call(Func::Exp, Term::add(sum)));
        }
        Term::mul(factors)
    }
}

/// Whether the scale tends to zero, stays, or grows.
pub(super) fn growth_of(s: &Scale, h: &Hypotheses) -> Result<Ordering> {
    if s.is_one() {
        return Ok(Ordering::Equal);
    }
    s.against_one(h)
}
