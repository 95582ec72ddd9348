//! Residues of sums over an index.

use num_rational::BigRational;
use num_traits::{One, ToPrimitive};

use super::modular::{Stop, out};
use super::poly::Poly;
use super::residue::{Generator, Key, Residue, Result, Sample};
use super::term::{Func, Sum, Term};
use crate::language::{Index, Symbol};

/// Longest range that is written out term by term.
const RANGE_MAX: i64 = 400;

/// Highest power of the index that is summed in closed form.
const POWER_MAX: i64 = 12;

impl Sample<'_> {
    /// A sum: written out where its ends are numbers; otherwise term by term of its body, with
    /// the factors free of the index in front, in closed form for powers and geometric terms.
    pub(super) fn sum(&mut self, s: &Sum) -> Result<Residue> {
        if let (Some(from), Some(to)) = (whole(&s.from), s.to.as_ref().and_then(whole)) {
            return self.written_out(s, from, to);
        }
        self.depth += 1;
        let value = self.symbolic(s);
        self.depth -= 1;
        value
    }

    fn written_out(&mut self, s: &Sum, from: i64, to: i64) -> Result<Residue> {
        if to - from >= RANGE_MAX || from < 0 {
            return out("a sum over a range of this length");
        }
        if s.except.iter().any(|i| matches!(i, Index::Letter(_))) {
            return out("a sum that leaves out an index of unknown place");
        }
        let mut total = Residue { residue: 0, degree: 0.0 };
        for at in from..=to {
            let index = Index::Number(at as u32);
            if s.except.contains(&index) {
                continue;
            }
            let term = self.value(&s.body.with_index(&s.index, &index))?;
            total = Residue { residue: self.field.add(total.residue, term.residue), degree: total.degree + term.degree };
        }
        Ok(total)
    }

    fn symbolic(&mut self, s: &Sum) -> Result<Residue> {
        // One name for all bound letters of this depth: equal sums have equal residues.
        let letter = format!("#{}", self.depth);
        let body = s.body.with_index(&s.index, &Index::Letter(letter.clone()));
        let mut total = Residue { residue: 0, degree: 1.0 };
        for part in distributed(&body) {
            let value = self.part(s, &part, &letter)?;
            total = Residue { residue: self.field.add(total.residue, value.residue), degree: total.degree + value.degree };
        }
        for left_out in &s.except {
            let value = self.value(&s.body.with_index(&s.index, left_out))?;
            total = Residue { residue: self.field.sub(total.residue, value.residue), degree: total.degree + value.degree };
        }
        Ok(total)
    }

    /// One term of the body over the whole range.
    fn part(&mut self, s: &Sum, part: &Term, letter: &str) -> Result<Residue> {
        let factors = match part {
            Term::Mul(v) => v.clone(),
            one => vec![one.clone()],
        };
        let (inside, outside): (Vec<Term>, Vec<Term>) = factors.into_iter().partition(|f| f.mentions(letter));
        let front = self.value(&Term::mul(outside))?;
        let inside = Term::mul(inside);
        let sum = match &s.to {
            Some(to) => self.closed_form(s, to, &inside, letter)?,
            None => None,
        };
        let sum = match sum {
            Some(value) => value,
            None if s.to.is_none() && !inside.mentions(letter) => return out("a sum without an end"),
            None => self.opaque(s, &inside)?,
        };
        Ok(Residue { residue: self.field.mul(front.residue, sum.residue), degree: front.degree + sum.degree })
    }

    fn closed_form(&mut self, s: &Sum, to: &Term, inside: &Term, letter: &str) -> Result<Option<Residue>> {
        if inside.is_int(1) {
            let count = to.clone().minus(s.from.clone());
            return self.value(&Term::add(vec![count, Term::int(1)])).map(Some);
        }
        let index = Symbol::plain(letter);
        if let Some(k) = power_of(inside, &index) {
            let upper = self.value(to)?;
            let lower = self.value(&s.from)?;
            let below = Residue { residue: self.field.sub(lower.residue, 1), ..lower };
            let (a, b) = (self.power_sum(upper, k)?, self.power_sum(below, k)?);
            return Ok(Some(Residue { residue: self.field.sub(a.residue, b.residue), degree: a.degree + b.degree }));
        }
        self.geometric(s, to, inside, &index)
    }

    /// `1^k + … + x^k`, the polynomial of degree `k + 1` through its first `k + 2` values.
    fn power_sum(&mut self, x: Residue, k: i64) -> Result<Residue> {
        let field = self.field;
        let points = (k + 2) as u64;
        let mut value = 0;
        let mut partial = 0;
        for j in 0..points {
            partial = field.add(partial, if j == 0 { 0 } else { field.pow(j, k as u64) });
            let mut weight = partial;
            for l in (0..points).filter(|l| *l != j) {
                let under = field.inv(field.sub(j, l)).ok_or(Stop::Redraw)?;
                weight = field.mul(weight, field.mul(field.sub(x.residue, l), under));
            }
            value = field.add(value, weight);
        }
        Ok(Residue { residue: value, degree: x.degree * (k + 1) as f64 })
    }

    /// `sum r^i = (r^{to+1} - r^{from}) / (r - 1)` for a body `r^i` or `e^{c i}`.
    fn geometric(&mut self, s: &Sum, to: &Term, inside: &Term, index: &Symbol) -> Result<Option<Residue>> {
        let i = Term::Var(index.clone());
        let at = |x: &Term| inside.with_letter(&index.name, x, &Index::Letter(index.name.clone()));
        let shape = match inside {
            Term::Pow(b, e) if !b.mentions(&index.name) => Some(&**e),
            Term::Call(Func::Exp, v) => v.first(),
            _ => None,
        };
        let Some(exponent) = shape else { return Ok(None) };
        // Linear in the index: the step from one term to the next is free of it.
        let next =
            exponent.with_letter(&index.name, &Term::add(vec![i.clone(), Term::int(1)]), &Index::Letter(index.name.clone()));
        let step = self.poly(&next.minus(exponent.clone()))?;
        let zero = exponent.with_letter(&index.name, &Term::int(0), &Index::Number(0));
        let one = exponent.with_letter(&index.name, &Term::int(1), &Index::Number(1));
        let difference = self.poly(&one.minus(zero))?;
        if step != difference || self.holds_letter(&step, index) || indexed(exponent, &index.name) {
            return Ok(None);
        }
        let ratio = at(&Term::int(1)).over(at(&Term::int(0)));
        let last = at(&Term::add(vec![to.clone(), Term::int(1)]));
        let sum = last.minus(at(&s.from)).over(ratio.minus(Term::int(1)));
        self.value(&sum).map(Some)
    }

    fn holds_letter(&self, p: &Poly, index: &Symbol) -> bool {
        p.terms.keys().flatten().any(|(g, _)| match &self.generators[*g as usize].0 {
            Generator::Plain(t) | Generator::Ln(t) => t.mentions(&index.name),
        })
    }

    /// A sum without a closed form: the same for equal bodies and ends.
    fn opaque(&mut self, s: &Sum, inside: &Term) -> Result<Residue> {
        let body = self.value(inside)?;
        let from = self.value(&s.from)?;
        let to = match &s.to {
            Some(to) => self.value(to)?,
            None => Residue { residue: 0, degree: 0.0 },
        };
        let family = u64::from(s.to.is_none());
        let key = vec![body.residue, from.residue, to.residue, family];
        let value = self.random(Key::Atom("sum", key));
        Ok(Residue { degree: 1.0 + body.degree + from.degree + to.degree, ..value })
    }
}

fn whole(t: &Term) -> Option<i64> {
    t.rational().filter(BigRational::is_integer).and_then(|n| n.to_i64())
}

/// `k` where the term is `i^k` with `1 <= k`.
fn power_of(t: &Term, index: &Symbol) -> Option<i64> {
    let is_index = |t: &Term| matches!(t, Term::Var(s) if s == index);
    match t {
        t if is_index(t) => Some(1),
        Term::Pow(b, e) if is_index(b) => whole(e).filter(|k| (1..=POWER_MAX).contains(k)),
        Term::Mul(v) => {
            let parts: Option<Vec<i64>> = v.iter().map(|f| power_of(f, index)).collect();
            parts.map(|p| p.iter().sum()).filter(|k| *k <= POWER_MAX)
        }
        _ => None,
    }
}

/// Whether a symbol carries the letter as an index.
fn indexed(t: &Term, letter: &str) -> bool {
    let mut found = false;
    t.walk(&mut |t| found |= matches!(t, Term::Var(s) if s.indices.contains(&Index::Letter(letter.to_string()))));
    found
}

/// The terms of a body, with products of sums multiplied out where that stays small.
fn distributed(t: &Term) -> Vec<Term> {
    match t {
        Term::Add(v) => v.iter().flat_map(distributed).collect(),
        Term::Mul(v) => {
            let mut out = vec![Term::Num(BigRational::one())];
            for f in v {
                let parts = distributed(f);
                if out.len() * parts.len() > 64 {
                    return vec![t.clone()];
                }
                out = out.iter().flat_map(|a| parts.iter().map(move |b| Term::mul(vec![a.clone(), b.clone()]))).collect();
            }
            out
        }
        Term::Pow(b, e) if matches!(**b, Term::Add(_)) => match whole(e) {
            Some(k @ 2..=4) => distributed(&Term::Mul(vec![(**b).clone(); k as usize])),
            _ => vec![t.clone()],
        },
        // e^{x+y} is a product, of which a factor may leave the sum.
        Term::Call(Func::Exp, v) => match v.first() {
            Some(Term::Add(parts)) => vec![Term::mul(parts.iter().map(|p| Term::call(Func::Exp, p.clone())).collect())],
            _ => vec![t.clone()],
        },
        t => vec![t.clone()],
    }
}
