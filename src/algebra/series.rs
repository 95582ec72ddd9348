//! Expansions for a variable that grows without bound.
//!
//! A series is a finite sum of `c t^p (ln t)^r exp(a_1 t^{k_1} + …)` with coefficients free of
//! `t`, largest term first, and the order of what was cut off. These scales are closed under
//! the field operations, and under exponentials and logarithms as long as no iterated one arises
//! (a part of the transseries of van der Hoeven, Transseries and Real Differential Algebra, 2006).

use std::cmp::Ordering;
use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::{One, Zero};

use super::decide::{Outcome, decide};
use super::hypotheses::{Hypotheses, Sign};
use super::limit::sign_of;
use super::print::show;
use super::simplify::simplify;
use super::term::{Func, Sum, Term};

pub(super) type Result<T> = std::result::Result<T, String>;

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
    fn one() -> Scale {
        Scale { exponent: BTreeMap::new(), power: BigRational::zero(), log: BigRational::zero() }
    }

    fn times(&self, other: &Scale) -> Scale {
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

    fn raised(&self, e: &Term) -> Result<Scale> {
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
    fn against_one(&self, h: &Hypotheses) -> Result<Ordering> {
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

    fn compare(&self, other: &Scale, h: &Hypotheses) -> Result<Ordering> {
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

/// Bits of a number that count as one step.
const WORD: u64 = 64;

/// Bits of the numbers in one coefficient above which the expansion ends: some five thousand digits.
const BITS_MAX: u64 = 1 << 14;

/// Steps that each part of a coefficient costs when it is held against zero, modulo several primes.
const DECISION: usize = 10;

/// Terms with falling scales, and the scale below which nothing is known.
#[derive(Debug, Clone)]
pub struct Series {
    /// Coefficients with their scales, the largest first.
    pub terms: Vec<(Term, Scale)>,
    /// Scale of the first term cut off; `None` where the series is whole.
    pub cut: Option<Scale>,
}

/// The terms that grow, the constant, and the rest, which vanishes.
type Parts = (Vec<(Term, Scale)>, Term, Series);

/// Expands terms to a number of places.
pub struct Expansion<'a> {
    /// The variable that grows.
    pub variable: &'a str,
    /// What may be supposed of the other symbols.
    pub hypotheses: &'a Hypotheses,
    /// Terms that are kept.
    pub places: usize,
    /// Steps left: parts of expressions and of coefficients that are worked on.
    pub steps: usize,
}

impl Expansion<'_> {
    /// The series of `t`.
    pub fn series(&mut self, t: &Term) -> Result<Series> {
        self.charge(1)?;
        if !t.mentions(self.variable) {
            return Ok(constant(t.clone()));
        }
        match t {
            Term::Var(s) if s.indices.is_empty() => Ok(single(Term::int(1), Scale { power: BigRational::one(), ..Scale::one() })),
            Term::Add(v) => v.iter().try_fold(constant(Term::int(0)), |acc, x| {
                let x = self.series(x)?;
                self.sum(acc, x)
            }),
            Term::Mul(v) => v.iter().try_fold(constant(Term::int(1)), |acc, x| {
                let x = self.series(x)?;
                self.product(&acc, &x)
            }),
            Term::Pow(b, e) if !e.mentions(self.variable) => {
                let base = self.series(b)?;
                self.power(base, e)
            }
            Term::Pow(b, e) => {
                self.series(&Term::call(Func::Exp, Term::mul(vec![(**e).clone(), Term::call(Func::Ln, (**b).clone())])))
            }
            Term::Call(f, v) if v.len() == 1 => self.call(*f, &v[0]),
            Term::Sum(s) => self.finite_sum(s),
            other => Err(format!("{} has no expansion here", show(other))),
        }
    }

    /// Takes so many steps.
    fn charge(&mut self, steps: usize) -> Result<()> {
        self.steps = self.steps.checked_sub(steps).ok_or("the budget of steps is spent")?;
        Ok(())
    }

    /// Takes the steps that work on a coefficient costs: it is simplified, and held against zero, as a whole.
    fn charge_for(&mut self, c: &Term) -> Result<()> {
        let mut bits = 0;
        c.walk(&mut |part| {
            if let Term::Num(n) = part {
                bits += n.numer().bits() + n.denom().bits();
            }
        });
        if bits > BITS_MAX {
            return Err("the numbers are too large".into());
        }
        self.charge(c.size() + (bits / WORD) as usize)
    }

    fn sum(&mut self, a: Series, b: Series) -> Result<Series> {
        let mut terms: Vec<(Term, Scale)> = a.terms;
        for (c, scale) in b.terms {
            let mut at = terms.len();
            let mut same = false;
            for (k, (_, s)) in terms.iter().enumerate() {
                match scale.compare(s, self.hypotheses)? {
                    Ordering::Greater => {
                        at = k;
                        break;
                    }
                    Ordering::Equal => {
                        (at, same) = (k, true);
                        break;
                    }
                    Ordering::Less => {}
                }
            }
            if same {
                let sum = Term::add(vec![terms[at].0.clone(), c]);
                self.charge_for(&sum)?;
                let sum = simplify(&sum);
                if self.is_zero(&sum)? {
                    terms.remove(at);
                } else {
                    terms[at].0 = sum;
                }
            } else {
                terms.insert(at, (c, scale));
            }
        }
        let cut = self.larger(a.cut, b.cut)?;
        self.tidied(terms, cut)
    }

    fn larger(&self, a: Option<Scale>, b: Option<Scale>) -> Result<Option<Scale>> {
        Ok(match (a, b) {
            (Some(a), Some(b)) => Some(if a.compare(&b, self.hypotheses)? == Ordering::Less { b } else { a }),
            (a, b) => a.or(b),
        })
    }

    /// Drops what lies below the cut and beyond the places.
    fn tidied(&self, mut terms: Vec<(Term, Scale)>, mut cut: Option<Scale>) -> Result<Series> {
        if let Some(c) = &cut {
            let mut keep = 0;
            while keep < terms.len() && terms[keep].1.compare(c, self.hypotheses)? == Ordering::Greater {
                keep += 1;
            }
            terms.truncate(keep);
        }
        if terms.len() > self.places {
            cut = Some(terms[self.places].1.clone());
            terms.truncate(self.places);
        }
        Ok(Series { terms, cut })
    }

    fn product(&mut self, a: &Series, b: &Series) -> Result<Series> {
        let mut total = constant(Term::int(0));
        for (c, s) in &a.terms {
            for (d, r) in &b.terms {
                let both = Term::mul(vec![c.clone(), d.clone()]);
                self.charge_for(&both)?;
                total = self.sum(total, single(simplify(&both), s.times(r)))?;
            }
        }
        // The cut of a product: each cut against the largest term of the other.
        let lead = |x: &Series| x.terms.first().map(|t| t.1.clone()).or(x.cut.clone());
        let against = |cut: &Option<Scale>, other: &Series| cut.as_ref().zip(lead(other)).map(|(c, l)| c.times(&l));
        let cut = self.larger(against(&a.cut, b), against(&b.cut, a))?;
        let cut = self.larger(cut, total.cut)?;
        self.tidied(total.terms, cut)
    }

    /// Whether a coefficient is zero; generic values of its symbols decide.
    fn is_zero(&mut self, c: &Term) -> Result<bool> {
        if let Some(n) = c.rational() {
            return Ok(n.is_zero());
        }
        self.charge(DECISION * c.size())?;
        match decide(c, &Term::int(0), self.hypotheses).outcome {
            Outcome::Holds => Ok(true),
            Outcome::Refuted => Ok(false),
            _ => Err(format!("whether {} is zero is not known", show(c))),
        }
    }

    /// Largest term and the series divided by it, less 1.
    fn split(&mut self, x: &Series) -> Result<(Term, Scale, Series)> {
        let Some((c, s)) = x.terms.first().cloned() else {
            return Err(if x.cut.is_some() { CANCELLED.into() } else { "a division by zero".into() });
        };
        let inverse = single(c.clone().inverse(), s.raised(&Term::int(-1))?);
        let rest = Series { terms: x.terms[1..].to_vec(), cut: x.cut.clone() };
        let rest = self.product(&rest, &inverse)?;
        Ok((c, s, rest))
    }

    /// `sum_k f_k ε^k` for an `ε` that goes to zero.
    fn composed(&mut self, epsilon: &Series, coefficients: &mut dyn FnMut(usize) -> Term) -> Result<Series> {
        let mut total = constant(coefficients(0));
        if epsilon.terms.is_empty() && epsilon.cut.is_none() {
            return Ok(total);
        }
        let mut power = constant(Term::int(1));
        for k in 1..=self.places {
            power = self.product(&power, epsilon)?;
            let c = simplify(&coefficients(k));
            let term = self.product(&power, &constant(c))?;
            total = self.sum(total, term)?;
            // Everything that follows is at most of this size.
            let next = power.terms.first().map(|t| t.1.clone()).or(power.cut.clone());
            let lead = epsilon.terms.first().map(|t| t.1.clone()).or(epsilon.cut.clone());
            if k == self.places {
                let cut = next.zip(lead).map(|(a, b)| a.times(&b));
                let cut = self.larger(cut, total.cut.clone())?;
                total = self.tidied(total.terms, cut)?;
            }
        }
        Ok(total)
    }

    fn power(&mut self, base: Series, e: &Term) -> Result<Series> {
        let (c, s, epsilon) = self.split(&base)?;
        let whole = e.rational().is_some_and(|r| r.is_integer());
        if !whole && sign_of(&c, self.hypotheses) != Sign::Positive {
            return Err(format!("the sign of {} under a root is not known", show(&c)));
        }
        let front = c.pow(e.clone());
        self.charge_for(&front)?;
        let front = single(simplify(&front), s.raised(e)?);
        // Binomial series of (1 + ε)^e.
        let mut binomial = Term::int(1);
        let series = self.composed(&epsilon, &mut |k| {
            if k > 0 {
                let step = e.clone().minus(Term::int(k as i64 - 1));
                binomial = simplify(&Term::mul(vec![binomial.clone(), step, Term::ratio(1, k as i64)]));
            }
            binomial.clone()
        })?;
        self.product(&front, &series)
    }

    /// What grows, the constant, and what vanishes.
    fn parts(&self, x: &Series) -> Result<Parts> {
        let (mut large, mut middle, mut small) = (Vec::new(), Term::int(0), Vec::new());
        for (c, s) in &x.terms {
            match s.against_one(self.hypotheses)? {
                Ordering::Greater => large.push((c.clone(), s.clone())),
                Ordering::Equal => middle = c.clone(),
                Ordering::Less => small.push((c.clone(), s.clone())),
            }
        }
        if let Some(cut) = &x.cut
            && cut.against_one(self.hypotheses)? != Ordering::Less
        {
            return Err(CANCELLED.into());
        }
        Ok((large, middle, Series { terms: small, cut: x.cut.clone() }))
    }

    fn call(&mut self, f: Func, x: &Term) -> Result<Series> {
        match f {
            Func::Exp => {
                let inner = self.series(x)?;
                self.exponential(&inner)
            }
            Func::Ln => {
                let inner = self.series(x)?;
                self.logarithm(&inner)
            }
            Func::Sin | Func::Cos => self.circular(f, x),
            Func::Tan => {
                let sine = Term::call(Func::Sin, x.clone());
                self.series(&sine.over(Term::call(Func::Cos, x.clone())))
            }
            Func::Sinh | Func::Cosh | Func::Tanh => self.series(&hyperbolic(f, x)),
            Func::Abs => {
                let inner = self.series(x)?;
                let Some((c, _)) = inner.terms.first() else { return Ok(inner) };
                match sign_of(c, self.hypotheses) {
                    Sign::Positive => Ok(inner),
                    Sign::Negative => self.product(&inner, &constant(Term::int(-1))),
                    _ => Err(format!("the sign of {} is not known", show(c))),
                }
            }
            Func::Atan => self.arc_tangent(x),
            _ => Err(format!("{} has no expansion here", show(&Term::call(f, x.clone())))),
        }
    }

    fn exponential(&mut self, inner: &Series) -> Result<Series> {
        let (large, middle, small) = self.parts(inner)?;
        let mut scale = Scale::one();
        for (c, s) in large {
            if !s.exponent.is_empty() {
                return Err("an exponential of an exponential".into());
            }
            match (s.log.is_zero(), s.power.is_zero(), c.rational()) {
                (true, false, _) => {
                    scale.exponent.insert(s.power, c);
                }
                (false, true, Some(k)) if s.log.is_one() => scale.power += k,
                _ => return Err("an exponential of this growth".into()),
            }
        }
        let front = if middle.is_int(0) { Term::int(1) } else { Term::call(Func::Exp, middle) };
        let mut factorial = Term::int(1);
        let series = self.composed(&small, &mut |k| {
            if k > 0 {
                factorial = simplify(&Term::mul(vec![factorial.clone(), Term::ratio(1, k as i64)]));
            }
            factorial.clone()
        })?;
        self.product(&single(front, scale), &series)
    }

    fn logarithm(&mut self, inner: &Series) -> Result<Series> {
        let (c, s, epsilon) = self.split(inner)?;
        if !s.log.is_zero() {
            return Err("a logarithm of a logarithm".into());
        }
        if !matches!(sign_of(&c, self.hypotheses), Sign::Positive) {
            return Err(format!("the sign of {} in a logarithm is not known", show(&c)));
        }
        let mut total = constant(if c.is_int(1) { Term::int(0) } else { Term::call(Func::Ln, c) });
        for (k, a) in s.exponent {
            total = self.sum(total, single(a, Scale { power: k, ..Scale::one() }))?;
        }
        if !s.power.is_zero() {
            total = self.sum(total, single(Term::Num(s.power), Scale { log: BigRational::one(), ..Scale::one() }))?;
        }
        let series = self.composed(&epsilon, &mut |k| match k {
            0 => Term::int(0),
            k => Term::ratio(if k % 2 == 1 { 1 } else { -1 }, k as i64),
        })?;
        self.sum(total, series)
    }

    fn circular(&mut self, f: Func, x: &Term) -> Result<Series> {
        let inner = self.series(x)?;
        let (large, middle, small) = self.parts(&inner)?;
        if !large.is_empty() {
            return Err(format!("{} oscillates", show(&Term::call(f, x.clone()))));
        }
        let (s, c) = (Term::call(Func::Sin, middle.clone()), Term::call(Func::Cos, middle));
        // Derivatives of the sine at the constant: sin, cos, -sin, -cos, …
        let cycle = [s.clone(), c.clone(), s.negated(), c.negated()];
        let shift = usize::from(f == Func::Cos);
        let mut factorial = Term::int(1);
        self.composed(&small, &mut |k| {
            if k > 0 {
                factorial = simplify(&Term::mul(vec![factorial.clone(), Term::ratio(1, k as i64)]));
            }
            Term::mul(vec![factorial.clone(), cycle[(k + shift) % 4].clone()])
        })
    }

    fn arc_tangent(&mut self, x: &Term) -> Result<Series> {
        let inner = self.series(x)?;
        let (large, middle, small) = self.parts(&inner)?;
        if let Some((c, _)) = large.first() {
            let quarter = Term::mul(vec![Term::ratio(1, 2), Term::Pi]);
            let quarter = match sign_of(c, self.hypotheses) {
                Sign::Positive => quarter,
                Sign::Negative => quarter.negated(),
                _ => return Err(format!("the sign of {} is not known", show(c))),
            };
            return self.series(&quarter.minus(Term::call(Func::Atan, x.clone().inverse())));
        }
        if !middle.is_int(0) {
            return Err(format!("{} has no expansion here", show(&Term::call(Func::Atan, x.clone()))));
        }
        self.composed(&small, &mut |k| match k % 4 {
            1 => Term::ratio(1, k as i64),
            3 => Term::ratio(-1, k as i64),
            _ => Term::int(0),
        })
    }

    /// A sum over a range that does not grow: term by term.
    fn finite_sum(&mut self, s: &Sum) -> Result<Series> {
        if s.from.mentions(self.variable) || s.to.as_ref().is_some_and(|t| t.mentions(self.variable)) {
            return Err("a sum whose range grows".into());
        }
        let body = self.series(&s.body)?;
        let around = |c: Term| match (&s.to, c.mentions(&s.index)) {
            (Some(to), false) => {
                let count = Term::add(vec![to.clone(), s.from.clone().negated(), Term::int(1 - s.except.len() as i64)]);
                simplify(&Term::mul(vec![count, c]))
            }
            _ => Term::Sum(Box::new(Sum { body: c, ..s.clone() })),
        };
        let indexed = |scale: &Scale| scale.exponent.values().any(|a| a.mentions(&s.index));
        if body.terms.iter().any(|t| indexed(&t.1)) {
            return Err("a sum of terms that grow at different rates".into());
        }
        Ok(Series { terms: body.terms.into_iter().map(|(c, scale)| (around(c), scale)).collect(), cut: body.cut })
    }
}

/// The message where more places are needed.
pub(super) const CANCELLED: &str = "every known term cancels";

fn constant(c: Term) -> Series {
    if c.rational().is_some_and(|n| n.is_zero()) {
        return Series { terms: Vec::new(), cut: None };
    }
    single(c, Scale::one())
}

fn single(c: Term, s: Scale) -> Series {
    if c.is_int(0) { Series { terms: Vec::new(), cut: None } } else { Series { terms: vec![(c, s)], cut: None } }
}

fn hyperbolic(f: Func, x: &Term) -> Term {
    let up = Term::call(Func::Exp, x.clone());
    let down = Term::call(Func::Exp, x.clone().negated());
    let (s, c) = (up.clone().minus(down.clone()), Term::add(vec![up, down]));
    match f {
        Func::Sinh => s.over(Term::int(2)),
        Func::Cosh => c.over(Term::int(2)),
        _ => s.over(c),
    }
}

/// Whether the scale tends to zero, stays, or grows.
pub(super) fn growth_of(s: &Scale, h: &Hypotheses) -> Result<Ordering> {
    if s.is_one() {
        return Ok(Ordering::Equal);
    }
    s.against_one(h)
}
