//! Identities of functions inside functions, used before residues are taken.
//!
//! `cos(asin u) = √(1 - u²)` and its like, by the ranges of the inverse functions; whole numbers are taken out of
//! `⌊u + n⌋`.

use num_rational::BigRational;
use num_traits::Zero;

use super::term::{Func, Term};

/// The term with these identities used from the inside out.
pub(super) fn unfolded(t: &Term) -> Term {
    let t = t.map(&mut |c| unfolded(c));
    match &t {
        Term::Call(f @ (Func::Sin | Func::Cos | Func::Tan), v) => match &v[..] {
            [Term::Call(g @ (Func::Asin | Func::Acos | Func::Atan), u)] => match &u[..] {
                [u] => circular(*f, *g, u),
                _ => t,
            },
            _ => t,
        },
        Term::Call(f @ (Func::Floor | Func::Ceil), v) => match &v[..] {
            [Term::Add(parts)] => shifted(*f, parts).unwrap_or(t),
            _ => t,
        },
        Term::Sum(s) => super::infinite::binomial_sum(s).unwrap_or(t),
        _ => t,
    }
}

fn circular(f: Func, g: Func, u: &Term) -> Term {
    let square = u.clone().pow(Term::int(2));
    let (sine, cosine) = match g {
        Func::Asin => (u.clone(), Term::int(1).minus(square).sqrt()),
        Func::Acos => (Term::int(1).minus(square).sqrt(), u.clone()),
        _ => {
            let length = Term::add(vec![Term::int(1), square]).sqrt();
            (u.clone().over(length.clone()), length.inverse())
        }
    };
    match (f, g) {
        (Func::Sin, _) => sine,
        (Func::Cos, _) => cosine,
        (_, Func::Atan) => u.clone(),
        _ => sine.over(cosine),
    }
}

fn shifted(f: Func, parts: &[Term]) -> Option<Term> {
    let (numbers, mut rest): (Vec<&Term>, Vec<&Term>) = parts.iter().partition(|p| matches!(p, Term::Num(_)));
    let number: BigRational = numbers.into_iter().filter_map(Term::rational).sum();
    let (whole, left) = (number.floor(), &number - number.floor());
    if whole.is_zero() || rest.is_empty() {
        return None;
    }
    let left = Term::Num(left);
    if !left.is_int(0) {
        rest.push(&left);
    }
    let inner = Term::call(f, Term::add(rest.into_iter().cloned().collect()));
    Some(Term::add(vec![inner, Term::Num(whole)]))
}
