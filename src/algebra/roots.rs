//! Residues of roots and absolute values.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive};

use super::field::factor;
use super::hypotheses::Sign;
use super::modular::{Stop, out};
use super::residue::{Key, Residue, Result, Sample};
use super::term::{Func, Term};

/// Most arguments of a maximum behind the first: the term doubles with each.
const EXTREME_MAX: usize = 5;

impl Sample<'_> {
    /// The real root of order `b >= 2` of a term, which is at least zero where `b` is even.
    pub(super) fn root(&mut self, t: &Term, b: u64) -> Result<Residue> {
        if let Some(n) = t.rational() {
            return self.number_root(&n, b);
        }
        match t {
            Term::Var(s) if b % 2 == 1 => {
                let size = self.symbol_root(s, b)?;
                Ok(if self.plan.signs && self.symbol_sign(s) == 1 { self.negated(size) } else { size })
            }
            Term::Var(s) if self.plan.positive.contains(s) => self.symbol_root(s, b),
            Term::Mul(v) => self.product_root(v, b),
            Term::Pow(base, e) => self.power_root(t, base, e, b),
            Term::Call(Func::Exp, v) if v.len() == 1 => {
                let exponent = Term::mul(vec![Term::Num(BigRational::new(BigInt::one(), BigInt::from(b))), v[0].clone()]);
                self.value(&Term::call(Func::Exp, exponent))
            }
            Term::Call(Func::Abs, v) if v.len() == 1 => self.absolute_root(&v[0], b),
            _ => self.compound_root(t, b),
        }
    }

    fn negated(&self, x: Residue) -> Residue {
        Residue { residue: self.field.neg(x.residue), ..x }
    }

    fn times(&self, a: Residue, b: Residue) -> Residue {
        Residue { residue: self.field.mul(a.residue, b.residue), degree: a.degree + b.degree }
    }

    /// Factors known to be at least zero come out of the root; the rest stays together.
    fn product_root(&mut self, factors: &[Term], b: u64) -> Result<Residue> {
        let mut value = Residue { residue: 1, degree: 0.0 };
        let mut rest = Vec::new();
        for f in factors {
            if b % 2 == 1 || self.sign(f).at_least_zero() {
                let root = self.root(f, b)?;
                value = self.times(value, root);
            } else {
                rest.push(f.clone());
            }
        }
        if rest.is_empty() {
            return Ok(value);
        }
        let rest = match Term::mul(rest) {
            Term::Mul(v) => self.compound_root(&Term::Mul(v), b)?,
            one => self.root(&one, b)?,
        };
        Ok(self.times(value, rest))
    }

    fn power_root(&mut self, whole: &Term, base: &Term, e: &Term, b: u64) -> Result<Residue> {
        let Some(e) = e.rational() else {
            if self.sign(base) == Sign::Positive || self.sign(base).at_least_zero() {
                let e = Term::mul(vec![Term::Num(BigRational::new(BigInt::one(), BigInt::from(b))), e.clone()]);
                return self.value(&base.clone().pow(e));
            }
            return self.compound_root(whole, b);
        };
        let share = &e / BigRational::from_integer(BigInt::from(b));
        if self.sign(base).at_least_zero() || !e.denom().is_one() && e.denom().is_even() {
            return self.value(&base.clone().pow(Term::Num(share)));
        }
        if b % 2 == 1 && e.denom().is_odd() {
            // (u^{p/q})^{1/b} with q and b odd: real roots of either sign.
            let root = self.root(base, b)?;
            if e.is_integer() {
                return self.whole_power(root, e.numer());
            }
            return out("a root of a root");
        }
        if e.is_integer() && e.numer().is_even() {
            let size = Term::call(Func::Abs, base.clone());
            if share.is_integer() {
                let size = self.absolute(base)?;
                return self.whole_power(size, share.numer());
            }
            let order = share.denom().to_u64().ok_or(Stop::Out("the order of a root is too large".into()))?;
            let root = self.root(&size, order)?;
            return self.whole_power(root, share.numer());
        }
        if e.is_integer() {
            // An odd power under an even root: its base is at least zero where the root exists.
            return self.value(&base.clone().pow(Term::Num(share)));
        }
        self.compound_root(whole, b)
    }

    /// A root of a positive or (odd order) negative rational, by the roots of its primes.
    fn number_root(&mut self, n: &BigRational, b: u64) -> Result<Residue> {
        if n.numer().sign() == num_bigint::Sign::NoSign {
            return Ok(self.zero());
        }
        if n.is_negative() && b.is_multiple_of(2) {
            return out("an even root of a negative number");
        }
        let over = self.whole_root(n.numer(), b)?;
        let under = self.whole_root(n.denom(), b)?;
        let under = self.field.inv(under).ok_or(Stop::Redraw)?;
        let residue = self.field.mul(over, under);
        Ok(Residue { residue: if n.is_negative() { self.field.neg(residue) } else { residue }, degree: 0.0 })
    }

    fn whole_root(&mut self, n: &BigInt, b: u64) -> Result<u64> {
        let exact = n.abs().nth_root(u32::try_from(b).unwrap_or(u32::MAX));
        if exact.pow(u32::try_from(b).unwrap_or(0)) == n.abs() {
            return Ok(self.number(&BigRational::from_integer(exact))?.residue);
        }
        let small = n.abs().to_u64().and_then(factor);
        let Some(factors) = small else { return out("a root of a large number") };
        let mut value = 1;
        for (q, power) in factors {
            let root = self.unit_root(q)?;
            let e = u64::from(power) * (self.plan.root / b);
            if !self.plan.root.is_multiple_of(b) {
                return out(format!("a root of order {b}"));
            }
            value = self.field.mul(value, self.field.pow(root, e));
        }
        Ok(value)
    }

    /// The root `q^{1/r}` of a prime, `r` the common order of all roots that occur: one residue
    /// from which every other root of `q` is a power. Its square root is the one that the roots
    /// of unity make (Gauss sum), wherever they make one.
    fn unit_root(&mut self, q: u64) -> Result<u64> {
        if let Some(r) = self.values.get(&Key::Atom("root", vec![q])) {
            return Ok(*r);
        }
        let mut order = self.plan.root;
        let mut value = q % self.field.p;
        if order.is_multiple_of(2)
            && let Some(square_root) = self.gauss(q)
        {
            value = square_root;
            order /= 2;
        }
        for (r, power) in factor(order).unwrap_or_default() {
            for _ in 0..power {
                value = self.field.prime_root(value, r).ok_or(Stop::Redraw)?;
            }
        }
        self.values.insert(Key::Atom("root", vec![q]), value);
        Ok(value)
    }

    /// The square root of the prime `q` as a sum of roots of unity, where their order allows.
    fn gauss(&self, q: u64) -> Option<u64> {
        let (field, order) = (self.field, self.plan.order);
        if q == 2 {
            let eighth = field.pow(self.zeta, order / 8);
            return Some(field.add(eighth, field.inv(eighth)?));
        }
        if !order.is_multiple_of(q) || q > 10_000 {
            return None;
        }
        let unit = field.pow(self.zeta, order / q);
        let mut sum = 0;
        let mut power = 1;
        for k in 1..q {
            power = field.mul(power, unit);
            // Legendre symbol of k modulo q by Euler's criterion.
            let residue = super::field::Field::new(q).pow(k, (q - 1) / 2) == 1;
            sum = if residue { field.add(sum, power) } else { field.sub(sum, power) };
        }
        if q % 4 == 1 {
            return Some(sum);
        }
        // i sqrt(q)
        let i = field.pow(self.zeta, order / 4);
        Some(field.mul(sum, field.inv(i)?))
    }

    /// A root of something that is no product: any root modulo the prime, all of them tried.
    fn compound_root(&mut self, t: &Term, b: u64) -> Result<Residue> {
        let (content, key) = self.without_content(t)?;
        if content.is_negative() && b.is_multiple_of(2) {
            return out("the sign under a root");
        }
        let outside = self.number_root(&content, b)?;
        let mut value = key;
        for (r, power) in factor(b).ok_or(Stop::Out("the order of a root is too large".into()))? {
            for _ in 0..power {
                let id = value.residue;
                let Some(root) = self.field.prime_root(id, r) else { return Err(Stop::Redraw) };
                let choice = self.branch(("root", vec![r, id]), u32::try_from(r).unwrap_or(u32::MAX));
                let unit = if self.plan.order.is_multiple_of(r) {
                    self.field.pow(self.zeta, self.plan.order / r)
                } else {
                    return out("a root of this order");
                };
                value.residue = self.field.mul(root, self.field.pow(unit, u64::from(choice)));
            }
        }
        Ok(self.times(outside, value))
    }

    /// Splits off the positive rational content: `4x²+4` is 4 times `x²+1`.
    fn without_content(&mut self, t: &Term) -> Result<(BigRational, Residue)> {
        let value = self.value(t)?;
        let Ok(p) = self.poly(t) else { return Ok((BigRational::one(), value)) };
        let content = p.terms.values().fold(None, |acc: Option<BigRational>, c| {
            let c = c.abs();
            Some(match acc {
                None => c,
                Some(a) => BigRational::new(a.numer().gcd(c.numer()), a.denom().lcm(c.denom())),
            })
        });
        let Some(content) = content.filter(|c| !c.is_one()) else { return Ok((BigRational::one(), value)) };
        let inverse = self.number(&content.recip())?;
        Ok((content, self.times(value, inverse)))
    }

    /// `|t|`: without a known sign, both are tried.
    pub(super) fn absolute(&mut self, t: &Term) -> Result<Residue> {
        self.absolute_root(t, 1)
    }

    fn absolute_root(&mut self, t: &Term, b: u64) -> Result<Residue> {
        let plain = |me: &mut Self, t: &Term| if b == 1 { me.value(t) } else { me.root(t, b) };
        match (self.sign(t), t) {
            (Sign::Positive | Sign::NonNegative | Sign::Zero, _) => plain(self, t),
            (Sign::Negative | Sign::NonPositive, _) => plain(self, &t.clone().negated()),
            (_, Term::Var(s)) => self.symbol_root(s, b),
            (_, Term::Mul(v)) => {
                let mut value = Residue { residue: 1, degree: 0.0 };
                for f in v {
                    let size = self.absolute_root(f, b)?;
                    value = self.times(value, size);
                }
                Ok(value)
            }
            (_, Term::Pow(base, e)) if b == 1 && e.rational().is_some_and(|e| e.is_integer()) => {
                let size = self.absolute(base)?;
                let e = e.rational().unwrap_or_else(BigRational::one);
                self.whole_power(size, e.numer())
            }
            _ if b == 1 => {
                let value = self.value(t)?;
                // |u| and |-u| are one choice.
                let id = value.residue.min(self.field.neg(value.residue));
                let negative = self.branch(("size", vec![id]), 2) == 1;
                Ok(Residue { residue: if negative { self.field.neg(id) } else { id }, ..value })
            }
            _ => self.compound_root(&Term::call(Func::Abs, t.clone()), b),
        }
    }

    /// `max(a, b) = (a + b + |a - b|) / 2`, and with a minus sign `min`.
    pub(super) fn extreme(&mut self, f: Func, first: &Term, rest: &[Term]) -> Result<Residue> {
        if rest.len() > EXTREME_MAX {
            return out("the largest or smallest of so many");
        }
        let mut so_far = first.clone();
        for next in rest {
            let gap = Term::call(Func::Abs, so_far.clone().minus(next.clone()));
            let gap = if f == Func::Max { gap } else { gap.negated() };
            so_far = Term::mul(vec![Term::ratio(1, 2), Term::add(vec![so_far, next.clone(), gap])]);
        }
        self.value(&so_far)
    }
}
