//! Functions of series: exponentials, logarithms, circular functions, and sums over a range that does not grow.

use num_rational::BigRational;
use num_traits::{One, Zero};

use super::hypotheses::Sign;
use super::limit::sign_of;
use super::print::show;
use super::scale::Scale;
use super::series::{Expansion, Result, Series, constant, single};
use super::simplify::simplify;
use super::term::{Func, Sum, Term};

impl Expansion<'_> {
    pub(super) fn call(&mut self, f: Func, x: &Term) -> Result<Series> {
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
            Func::Erf => self.error_function(x),
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
            return Ok(self.bounded(&Term::call(f, x.clone())));
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

    /// The largest or smallest of terms, by the sign of what leads their differences.
    pub(super) fn extreme(&mut self, largest: bool, list: &[Term]) -> Result<Series> {
        let mut best: Option<(&Term, Series)> = None;
        for t in list {
            let next = self.series(t)?;
            best = Some(match best {
                None => (t, next),
                Some((held, series)) => {
                    let difference = self.series(&t.clone().minus(held.clone()))?;
                    let sign = match difference.terms.first() {
                        Some((c, _)) => sign_of(c, self.hypotheses),
                        None if difference.cut.is_none() => Sign::Zero,
                        None => Sign::Unknown,
                    };
                    match sign {
                        Sign::Zero => (held, series),
                        Sign::Positive if largest => (t, next),
                        Sign::Negative if !largest => (t, next),
                        Sign::Positive | Sign::Negative => (held, series),
                        _ => return Err(format!("which of {} and {} is larger is not known", show(held), show(t))),
                    }
                }
            });
        }
        best.map(|b| b.1).ok_or_else(|| "the largest of nothing".into())
    }

    /// The error function where its argument grows: it goes to one or minus one, faster than any power.
    fn error_function(&mut self, x: &Term) -> Result<Series> {
        let inner = self.series(x)?;
        let (large, ..) = self.parts(&inner)?;
        let Some((c, scale)) = large.first() else {
            return Err(format!("{} has no expansion here", show(&Term::call(Func::Erf, x.clone()))));
        };
        let end = match sign_of(c, self.hypotheses) {
            Sign::Positive => Term::int(1),
            Sign::Negative => Term::int(-1),
            _ => return Err(format!("the sign of {} is not known", show(c))),
        };
        Ok(Series { cut: Some(scale.raised(&Term::int(-1))?), ..constant(end) })
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
    pub(super) fn finite_sum(&mut self, s: &Sum) -> Result<Series> {
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
