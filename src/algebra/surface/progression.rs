//! Sums that dots abbreviate: `1 + 2 + … + n`, `1^2 + 2^2 + \dots + 10^2`.

use num_rational::BigRational;
use num_traits::{One, ToPrimitive};

use crate::algebra::hypotheses::Hypotheses;
use crate::algebra::modular::{Identity, identical};
use crate::algebra::term::{Sum, Term};

/// Longest sum between numbers.
const TERMS_MAX: i64 = 1_000_000;

/// The sum that the terms before the dots and the last one determine; `None` where they fit no pattern.
pub(super) fn continued(before: &[Term], last: &Term) -> Option<Term> {
    if before.len() < 2 {
        return None;
    }
    symbolic(before, last).or_else(|| numeric(before, last))
}

fn same(a: &Term, b: &Term) -> bool {
    matches!(identical(a, b, &Hypotheses::default()), Ok(Identity::Same { .. }))
}

/// The last term is a function of a letter that gives those before at 1, 2, … or at 0, 1, ….
fn symbolic(before: &[Term], last: &Term) -> Option<Term> {
    let letters = last.symbols().into_iter().filter(|s| s.indices.is_empty() && !before.iter().any(|t| t.mentions(&s.name)));
    for n in letters {
        for start in [1, 0] {
            let at = |k: usize| last.substitute(&n.name, &Term::int(start + k as i64));
            if before.iter().enumerate().all(|(k, t)| same(&at(k), t)) {
                let index = ["k", "j", "i", "l"].into_iter().find(|l| !last.mentions(l) && *l != n.name)?;
                let body = last.substitute(&n.name, &Term::var(index));
                let to = Some(Term::Var(n.clone()));
                return Some(Term::Sum(Box::new(Sum { index: index.into(), from: Term::int(start), to, except: vec![], body })));
            }
        }
    }
    None
}

/// All terms have one shape, whose numbers rise by equal steps.
fn numeric(before: &[Term], last: &Term) -> Option<Term> {
    let mut count = None;
    let index = "k";
    if last.mentions(index) {
        return None;
    }
    let body = shape(&before[0], &before[1], last, index, &mut count)?;
    let count = count?;
    let at = |j: i64| body.substitute(index, &Term::int(j));
    let fits = before.iter().enumerate().all(|(j, t)| same(&at(j as i64), t));
    let to = Some(Term::int(count - 1));
    (fits && count as usize > before.len() && count <= TERMS_MAX)
        .then(|| Term::Sum(Box::new(Sum { index: index.into(), from: Term::int(0), to, except: vec![], body })))
}

fn shape(a: &Term, b: &Term, last: &Term, index: &str, count: &mut Option<i64>) -> Option<Term> {
    if let (Term::Num(x), Term::Num(y), Term::Num(z)) = (a, b, last) {
        if x == y {
            return (y == z).then(|| a.clone());
        }
        let steps = (z - x) / (y - x);
        let n = steps.is_integer().then(|| (steps + BigRational::one()).to_integer().to_i64())??;
        if count.is_some_and(|c| c != n) || n < 2 {
            return None;
        }
        *count = Some(n);
        return Some(Term::add(vec![a.clone(), Term::mul(vec![Term::Num(y - x), Term::var(index)])]));
    }
    let (p, q, r) = (a.children(), b.children(), last.children());
    let alike =
        std::mem::discriminant(a) == std::mem::discriminant(b) && std::mem::discriminant(a) == std::mem::discriminant(last);
    if p.is_empty() {
        return (a == b && b == last).then(|| a.clone());
    }
    if !alike || p.len() != q.len() || p.len() != r.len() || matches!(a, Term::Sum(_)) {
        return None;
    }
    if let (Term::Call(f, _), Term::Call(g, _), Term::Call(h, _)) = (a, b, last)
        && (f != g || g != h)
    {
        return None;
    }
    let parts: Option<Vec<Term>> = p.iter().zip(&q).zip(&r).map(|((x, y), z)| shape(x, y, z, index, count)).collect();
    let mut parts = parts?.into_iter();
    Some(a.map(&mut |c| parts.next().unwrap_or_else(|| c.clone())))
}
