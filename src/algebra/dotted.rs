//! Sums that go on: `1 + x + x^2 + ⋯` beside another, term by term, and infinite sums of powers by their coefficients.

use std::collections::BTreeMap;

use num_rational::BigRational;

use super::answer::all;
use super::decide::{Decision, Ground, Outcome, decide};
use super::given::Given;
use super::hypotheses::Hypotheses;
use super::simplify::simplify;
use super::term::{Sum, Term};
use crate::language::Index;

/// The name of what dots stand for.
pub(super) const DOTS: &str = "…";

/// Whether dots end a sum in the term.
pub(super) fn goes_on(t: &Term) -> bool {
    t.mentions(DOTS)
}

/// Sums that end in dots: the same number of terms, equal around the dots and before them.
pub(super) fn compare(left: &Term, right: &Term, given: &Given) -> Decision {
    if left == right {
        return Decision::new(Outcome::Holds, Some(Ground::Exact), "the same terms before the dots");
    }
    let (Some((outer, first)), Some((around, second))) = (taken_apart(left), taken_apart(right)) else {
        return Decision::undecided("dots stand for terms that are not written");
    };
    let sides = decide(&outer, &around, &given.hypotheses);
    if first.len() != second.len() || sides.outcome != Outcome::Holds {
        return Decision::undecided("dots may stand for different terms");
    }
    let written = decide(&Term::add(first), &Term::add(second), &given.hypotheses);
    match written.outcome {
        Outcome::Holds => all([sides, written].into_iter()),
        Outcome::Refuted => Decision { reason: "the terms before the dots differ".into(), ..written },
        _ => written,
    }
}

/// The term with the one sum that dots end as a symbol, and the terms of that sum before the dots.
fn taken_apart(t: &Term) -> Option<(Term, Vec<Term>)> {
    let mut sums = Vec::new();
    t.walk(&mut |t| {
        if let Term::Add(v) = t
            && v.contains(&Term::var(DOTS))
        {
            sums.push(v.clone());
        }
    });
    let [sum] = &sums[..] else { return None };
    fn without(t: &Term, sum: &Term) -> Term {
        if t == sum { Term::var(DOTS) } else { t.map(&mut |c| without(c, sum)) }
    }
    let terms: Vec<Term> = sum.iter().filter(|t| **t != Term::var(DOTS)).cloned().collect();
    (!terms.iter().any(goes_on)).then(|| (without(t, &Term::Add(sum.clone())), terms))
}

/// Terms of an infinite sum that are compared.
const TERMS: i64 = 12;

/// Infinite sums of powers of one letter, refuted where a coefficient differs; `None` for anything else.
pub(super) fn power_series(left: &Term, right: &Term) -> Option<Decision> {
    let ((outer, a), (around, b)) = (infinite_sum(left)?, infinite_sum(right)?);
    let h = Hypotheses::default();
    if decide(&outer, &around, &h).outcome != Outcome::Holds {
        return None;
    }
    let ((x, mut first, reach), (y, mut second, other)) = (coefficients(&a)?, coefficients(&b)?);
    if x != y {
        return None;
    }
    let end = reach.min(other);
    first.retain(|e, _| *e < end);
    second.retain(|e, _| *e < end);
    let powers: std::collections::BTreeSet<&BigRational> = first.keys().chain(second.keys()).collect();
    let zero = Term::int(0);
    for e in powers {
        let (c, d) = (first.get(e).unwrap_or(&zero), second.get(e).unwrap_or(&zero));
        let decision = decide(c, d, &h);
        match decision.outcome {
            Outcome::Holds => {}
            Outcome::Refuted => {
                let mut d = Decision::new(Outcome::Refuted, Some(Ground::Certified), "power series with different coefficients");
                d.witness = Some(format!("of the power {e}: {}", decision.witness.unwrap_or_default()));
                return Some(d);
            }
            _ => return None,
        }
    }
    None
}

/// The term with its one infinite sum as a symbol, and that sum.
fn infinite_sum(t: &Term) -> Option<(Term, Sum)> {
    let mut sums = Vec::new();
    t.walk(&mut |t| {
        if let Term::Sum(s) = t {
            sums.push(s.clone());
        }
    });
    let [sum] = &sums[..] else { return None };
    fn without(t: &Term) -> Term {
        if matches!(t, Term::Sum(_)) { Term::var("Σ") } else { t.map(&mut |c| without(c)) }
    }
    (matches!(sum.to, Some(Term::Infinity)) && sum.except.is_empty()).then(|| (without(t), (**sum).clone()))
}

/// The base whose powers are summed, the coefficients of the first powers, and the power from which some may be missing.
fn coefficients(s: &Sum) -> Option<(Term, BTreeMap<BigRational, Term>, BigRational)> {
    let from = s.from.rational().filter(BigRational::is_integer)?.to_integer();
    let from: i64 = (&from).try_into().ok()?;
    let mut base: Option<Term> = None;
    let mut out: BTreeMap<BigRational, Term> = BTreeMap::new();
    let mut last: Option<BigRational> = None;
    for k in from..from + TERMS {
        let body = s.body.with_letter(&s.index, &Term::int(k), &Index::Number(u32::try_from(k).ok()?));
        let factors = match body {
            Term::Mul(v) => v,
            one => vec![one],
        };
        let (closed, open): (Vec<Term>, Vec<Term>) = factors.into_iter().partition(Term::is_closed);
        let mut exponent = BigRational::from_integer(0.into());
        for f in open {
            let (b, e) = match f {
                Term::Pow(b, e) => (*b, simplify(&e).rational()?),
                b => (b, BigRational::from_integer(1.into())),
            };
            if base.as_ref().is_some_and(|known| *known != b) {
                return None;
            }
            base = Some(b);
            exponent += e;
        }
        if last.as_ref().is_some_and(|l| *l >= exponent) {
            return None;
        }
        last = Some(exponent.clone());
        out.insert(exponent, Term::mul(closed));
    }
    Some((base?, out, last?))
}
