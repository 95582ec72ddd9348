//! Expansions for a variable that grows without bound.
//!
//! A series is a finite sum of `c t^p (ln t)^r exp(a_1 t^{k_1} + …)` with coefficients free of
//! `t`, largest term first, and the order of what was cut off. These scales are closed under
//! the field operations, and under exponentials and logarithms as long as no iterated one arises
//! (a part of the transseries of van der Hoeven, Transseries and Real Differential Algebra, 2006).

use std::cmp::Ordering;

use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::decide::{Outcome, decide};
use super::hypotheses::{Hypotheses, Sign};
use super::limit::sign_of;
use super::print::show;
use super::scale::Scale;
use super::simplify::simplify;
use super::term::{Func, Term};

pub(super) type Result<T> = std::result::Result<T, String>;

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
    /// What oscillates, where something does: of it only that it is bounded is known.
    pub oscillates: Option<String>,
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
            // `(-1)^n` is bounded.
            Term::Pow(b, e) if b.rational().is_some_and(|b| b.is_negative()) => {
                let size = Term::Num(b.rational().unwrap_or_else(BigRational::one).abs()).pow((**e).clone());
                let (size, sign) = (self.series(&size)?, self.bounded(t));
                self.product(&size, &sign)
            }
            Term::Pow(b, e) => {
                self.series(&Term::call(Func::Exp, Term::mul(vec![(**e).clone(), Term::call(Func::Ln, (**b).clone())])))
            }
            Term::Call(f, v) if v.len() == 1 => self.call(*f, &v[0]),
            Term::Call(f @ (Func::Max | Func::Min), v) => self.extreme(*f == Func::Max, v),
            Term::Sum(s) => self.finite_sum(s),
            other => Err(format!("{} has no expansion here", show(other))),
        }
    }

    /// A part of which nothing is known but that it is bounded.
    pub(super) fn bounded(&mut self, t: &Term) -> Series {
        self.oscillates.get_or_insert_with(|| show(t));
        Series { terms: Vec::new(), cut: Some(Scale::one()) }
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

    pub(super) fn sum(&mut self, a: Series, b: Series) -> Result<Series> {
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

    pub(super) fn product(&mut self, a: &Series, b: &Series) -> Result<Series> {
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
    pub(super) fn split(&mut self, x: &Series) -> Result<(Term, Scale, Series)> {
        let Some((c, s)) = x.terms.first().cloned() else {
            return Err(if x.cut.is_some() { CANCELLED.into() } else { "a division by zero".into() });
        };
        let inverse = single(c.clone().inverse(), s.raised(&Term::int(-1))?);
        let rest = Series { terms: x.terms[1..].to_vec(), cut: x.cut.clone() };
        let rest = self.product(&rest, &inverse)?;
        Ok((c, s, rest))
    }

    /// `sum_k f_k ε^k` for an `ε` that goes to zero.
    pub(super) fn composed(&mut self, epsilon: &Series, coefficients: &mut dyn FnMut(usize) -> Term) -> Result<Series> {
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
    pub(super) fn parts(&self, x: &Series) -> Result<Parts> {
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
}

/// The message where more places are needed.
pub(super) const CANCELLED: &str = "every known term cancels";

pub(super) fn constant(c: Term) -> Series {
    if c.rational().is_some_and(|n| n.is_zero()) {
        return Series { terms: Vec::new(), cut: None };
    }
    single(c, Scale::one())
}

pub(super) fn single(c: Term, s: Scale) -> Series {
    if c.is_int(0) { Series { terms: Vec::new(), cut: None } } else { Series { terms: vec![(c, s)], cut: None } }
}
