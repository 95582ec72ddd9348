//! Residues of exponentials, logarithms, circular and hyperbolic functions, factorials.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::field::factor;
use super::modular::{Stop, out};
use super::poly::{Monomial, Poly};
use super::residue::{Generator, Key, Residue, Result, Sample};
use super::term::{Func, Term};

/// Largest factorial that is multiplied out.
const FACTORIAL_MAX: u64 = 5_000;

/// Largest shift `c` for which `(x + c)!` is written over `x!`.
const SHIFT_MAX: i64 = 64;

impl Sample<'_> {
    /// `ln t` as a polynomial in logarithms of primes and of what is no product.
    pub(super) fn logarithm(&mut self, t: &Term) -> Result<Poly> {
        if let Some(n) = t.rational() {
            return self.number_logarithm(&n);
        }
        match t {
            Term::Call(Func::Exp, v) if v.len() == 1 => self.poly(&v[0]),
            Term::Mul(v) => {
                let (inside, rest): (Vec<&Term>, Vec<&Term>) = v.iter().partition(|f| self.sign(f).at_least_zero());
                let mut sum = Poly::default();
                for f in inside {
                    let p = self.logarithm(f)?;
                    sum = sum.plus(&p);
                }
                if rest.is_empty() {
                    return Ok(sum);
                }
                let rest = Term::mul(rest.into_iter().cloned().collect());
                let p = if matches!(rest, Term::Mul(_)) { self.plain_logarithm(&rest)? } else { self.logarithm(&rest)? };
                Ok(sum.plus(&p))
            }
            Term::Pow(base, e) => {
                let even = e.rational().is_some_and(|e| e.is_integer() && e.numer().is_even());
                let inner = if self.sign(base).at_least_zero() || !even && e.rational().is_none_or(|e| !e.is_integer()) {
                    self.logarithm(base)?
                } else if even {
                    self.logarithm(&Term::call(Func::Abs, (**base).clone()))?
                } else {
                    // An odd power is positive only where its base is.
                    self.logarithm(base)?
                };
                let e = self.poly(e)?;
                e.times(&inner).ok_or(Stop::Out("a logarithm has too many terms".into()))
            }
            _ => self.plain_logarithm(t),
        }
    }

    fn plain_logarithm(&mut self, t: &Term) -> Result<Poly> {
        let residue = self.value(t)?.residue;
        Ok(Poly::generator(self.generator(Generator::Ln(t.clone()), residue)))
    }

    fn number_logarithm(&mut self, n: &BigRational) -> Result<Poly> {
        if !n.is_positive() {
            return out("a logarithm of a number that is not positive");
        }
        let mut sum = Poly::default();
        for (part, sign) in [(n.numer(), 1i64), (n.denom(), -1)] {
            let Some(factors) = part.to_u64().and_then(factor) else {
                return self.plain_logarithm(&Term::Num(n.clone()));
            };
            for (q, power) in factors {
                let prime = Term::Num(BigRational::from_integer(BigInt::from(q)));
                let g = self.generator(Generator::Ln(prime), q);
                sum.push(vec![(g, 1)], BigRational::from_integer(BigInt::from(sign * i64::from(power))));
            }
        }
        Ok(sum)
    }

    /// `e^p`, one factor for each monomial.
    pub(super) fn exponential(&mut self, p: &Poly) -> Result<Residue> {
        let mut value = Residue { residue: 1, degree: 0.0 };
        for (m, c) in &p.terms {
            let logarithm = match m[..] {
                [(g, 1)] => match &self.generators[g as usize].0 {
                    Generator::Ln(inside) => Some(inside.clone()),
                    Generator::Plain(_) => None,
                },
                _ => None,
            };
            let factor = match logarithm {
                Some(inside) => self.value(&inside.pow(Term::Num(c.clone())))?,
                None => self.unit(Key::Exponential(m.clone()), c)?,
            };
            value = Residue { residue: self.field.mul(value.residue, factor.residue), degree: value.degree + factor.degree };
        }
        Ok(value)
    }

    /// The generator of the key to the power `c` times the common denominator.
    fn unit(&mut self, key: Key, c: &BigRational) -> Result<Residue> {
        let e = c * BigRational::from_integer(BigInt::from(self.plan.denominator));
        if !e.is_integer() {
            let (over, under) = (self.number(c)?.residue, self.plan.denominator);
            let (name, m) = match key {
                Key::Circular(m) => ("circular", m),
                Key::Exponential(m) => ("exponential", m),
                Key::Symbol(_) | Key::Atom(..) => return out("an exponent of this kind"),
            };
            let id = m.iter().flat_map(|(g, k)| [u64::from(*g), k.cast_unsigned()]).chain([over, under]).collect();
            return Ok(self.random(Key::Atom(name, id)));
        }
        let base = self.random(key);
        self.whole_power(base, e.numer())
    }

    /// `e^{ix}` for `x = p`.
    fn circle(&mut self, p: &Poly) -> Result<Residue> {
        let pi = self.value(&Term::Pi)?.residue;
        let pi = self.generator(Generator::Plain(Term::Pi), pi);
        let mut value = Residue { residue: 1, degree: 0.0 };
        for (m, c) in &p.terms {
            let factor = if *m == vec![(pi, 1)] {
                self.turn(c)?
            } else if let Some(odd) = self.half_turns(m, c, pi) {
                let sign = if odd? == 1 { self.field.p - 1 } else { 1 };
                Residue { residue: sign, degree: 1.0 }
            } else {
                self.unit(Key::Circular(m.clone()), c)?
            };
            value = Residue { residue: self.field.mul(value.residue, factor.residue), degree: value.degree + factor.degree };
        }
        Ok(value)
    }

    /// `e^{i π c}`, a root of unity.
    fn turn(&mut self, c: &BigRational) -> Result<Residue> {
        let under = c.denom().to_u64().filter(|b| self.plan.order.is_multiple_of(2 * b));
        let Some(under) = under else { return out("an angle of this denominator") };
        let full = BigInt::from(2 * under);
        let over = c.numer().mod_floor(&full).to_u64().unwrap_or(0);
        let e = self.plan.order / (2 * under) * over;
        Ok(Residue { residue: self.field.pow(self.zeta, e), degree: 0.0 })
    }

    /// Whether a whole multiple of `π` is an odd one; `None` where it is none.
    fn half_turns(&mut self, m: &Monomial, c: &BigRational, pi: u32) -> Option<Result<u32>> {
        let rest: Monomial = m.iter().copied().filter(|(g, _)| *g != pi).collect();
        if rest.len() == m.len() || !m.contains(&(pi, 1)) || !c.is_integer() {
            return None;
        }
        let factors: Option<Vec<Term>> = rest
            .iter()
            .map(|(g, k)| match &self.generators[*g as usize].0 {
                Generator::Plain(t @ Term::Var(s)) if *k > 0 && self.hypotheses.is_whole(s) => Some(t.clone()),
                _ => None,
            })
            .collect();
        let whole = Term::mul([vec![Term::Num(c.clone())], factors?].concat());
        Some(self.parity(&whole))
    }

    pub(super) fn circular(&mut self, f: Func, x: &Term) -> Result<Residue> {
        let p = self.poly(x)?;
        let z = self.circle(&p)?;
        let inverse = self.field.inv(z.residue).ok_or(Stop::Zero)?;
        let i = self.field.pow(self.zeta, self.plan.order / 4);
        let cosine = self.field.mul(self.field.add(z.residue, inverse), self.half());
        let twice_i = self.field.add(i, i);
        let sine = self.field.mul(self.field.sub(z.residue, inverse), self.field.inv(twice_i).ok_or(Stop::Zero)?);
        self.quotient(f == Func::Tan, f == Func::Sin, sine, cosine, z.degree)
    }

    pub(super) fn hyperbolic(&mut self, f: Func, x: &Term) -> Result<Residue> {
        let p = self.poly(x)?;
        let z = self.exponential(&p)?;
        let inverse = self.field.inv(z.residue).ok_or(Stop::Zero)?;
        let cosine = self.field.mul(self.field.add(z.residue, inverse), self.half());
        let sine = self.field.mul(self.field.sub(z.residue, inverse), self.half());
        self.quotient(f == Func::Tanh, f == Func::Sinh, sine, cosine, z.degree)
    }

    fn quotient(&self, tangent: bool, first: bool, sine: u64, cosine: u64, degree: f64) -> Result<Residue> {
        let residue = match (tangent, first) {
            (true, _) => self.field.mul(sine, self.field.inv(cosine).ok_or(Stop::Zero)?),
            (false, true) => sine,
            (false, false) => cosine,
        };
        Ok(Residue { residue, degree: 2.0 * degree })
    }

    /// Known values at arguments such as `1/2` and `√3`; elsewhere an atom.
    pub(super) fn inverse_circular(&mut self, f: Func, x: &Term) -> Result<Residue> {
        if f == Func::Acos {
            let sine = Term::call(Func::Asin, x.clone());
            return self.value(&Term::mul(vec![Term::ratio(1, 2), Term::Pi]).minus(sine));
        }
        let root = |n: i64| Term::int(n).sqrt();
        let half = Term::ratio(1, 2);
        let table: Vec<(Term, Term)> = match f {
            Func::Asin => vec![
                (Term::int(0), Term::int(0)),
                (half.clone(), Term::ratio(1, 6)),
                (Term::mul(vec![half.clone(), root(2)]), Term::ratio(1, 4)),
                (Term::mul(vec![half.clone(), root(3)]), Term::ratio(1, 3)),
                (Term::int(1), half),
            ],
            _ => vec![
                (Term::int(0), Term::int(0)),
                (root(3).inverse(), Term::ratio(1, 6)),
                (Term::int(1), Term::ratio(1, 4)),
                (root(3), Term::ratio(1, 3)),
            ],
        };
        let argument = self.value(x)?;
        for (at, share) in table {
            // Without roots among the terms their residues are not to be had.
            let Ok(known) = self.value(&at) else { continue };
            for sign in [1, -1] {
                let signed = if sign == 1 { known.residue } else { self.field.neg(known.residue) };
                if argument.residue == signed {
                    return self.value(&Term::mul(vec![Term::int(sign), share, Term::Pi]));
                }
            }
        }
        Ok(self.odd_atom(f.name(), argument))
    }

    /// A random residue for an odd function: the atom of the smaller of ±x serves for both.
    pub(super) fn odd_atom(&mut self, name: &'static str, argument: Residue) -> Residue {
        if argument.residue == 0 {
            return argument;
        }
        let opposite = self.field.neg(argument.residue);
        let atom = self.random(Key::Atom(name, vec![argument.residue.min(opposite)]));
        let residue = if argument.residue <= opposite { atom.residue } else { self.field.neg(atom.residue) };
        Residue { residue, degree: argument.degree + 1.0 }
    }

    /// `n!`; `(x + c)!` over the atom `x!` where `x` has no constant part.
    pub(super) fn factorial(&mut self, x: &Term) -> Result<Residue> {
        let p = self.poly(x)?;
        if let Some(n) = p.as_constant() {
            let whole = n.to_integer().to_u64().filter(|_| n.is_integer());
            let Some(n) = whole.filter(|n| *n <= FACTORIAL_MAX) else { return out("a factorial of this number") };
            let residue = (1..=n).fold(1, |acc, k| self.field.mul(acc, k));
            return Ok(Residue { residue, degree: 0.0 });
        }
        let c = p.terms.get(&Vec::new()).cloned().unwrap_or_else(BigRational::zero);
        let Some(c) = c.to_integer().to_i64().filter(|k| c.is_integer() && k.abs() <= SHIFT_MAX) else {
            return self.atom("factorial", std::slice::from_ref(x));
        };
        let all = self.value(x)?;
        let shift = self.number(&BigRational::from_integer(BigInt::from(c)))?.residue;
        let base = self.field.sub(all.residue, shift);
        let mut value = self.random(Key::Atom("factorial", vec![base])).residue;
        for k in 1..=c.abs() {
            let step = if c > 0 { self.field.add(base, k as u64) } else { self.field.sub(base, (k - 1) as u64) };
            let factor = if c > 0 { step } else { self.field.inv(step).ok_or(Stop::Zero)? };
            value = self.field.mul(value, factor);
        }
        Ok(Residue { residue: value, degree: 1.0 + (1.0 + all.degree) * c.unsigned_abs() as f64 })
    }

    pub(super) fn binomial(&mut self, n: &Term, k: &Term) -> Result<Residue> {
        if let Some(few) =
            k.rational().filter(|k| k.is_integer() && !k.is_negative()).and_then(|k| k.to_i64()).filter(|k| *k <= SHIFT_MAX)
        {
            let falling = (0..few).map(|j| n.clone().minus(Term::int(j)));
            let under = (1..=few).map(|j| Term::ratio(1, j));
            return self.value(&Term::mul(falling.chain(under).chain([Term::Num(BigRational::one())]).collect()));
        }
        let factorial = |t: Term| Term::call(Func::Factorial, t);
        let under = Term::mul(vec![factorial(k.clone()), factorial(n.clone().minus(k.clone()))]);
        self.value(&factorial(n.clone()).over(under))
    }
}
