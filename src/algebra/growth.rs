//! Growth orders of sums of monomials in several variables, under regimes such as `m <= l`.
//!
//! With `x_i = e^{y_i}` a monomial is a linear form in `y >= 0`, and `f` is `O(g)` when every
//! monomial of `f` stays below the largest of `g` in every direction `y` that the regimes allow.
//! `max_g` is convex and the forms are linear with small integer coefficients, so the largest
//! excess over the cone sits on a ray with small integer entries: a grid of such rays decides.

use std::collections::{BTreeMap, BTreeSet};

use crate::language::Expr;

/// A product of powers of variables; the coefficient does not matter.
pub type Monomial = BTreeMap<String, u32>;

/// Largest entry of the integer rays that are tried.
const RAY_MAX: u32 = 6;

/// The monomials of a sum of products of variables with whole exponents; `None` for anything else.
pub fn monomials(e: &Expr) -> Option<Vec<Monomial>> {
    match e {
        Expr::Number(n) if n.value > 0.0 => Some(vec![Monomial::new()]),
        Expr::Symbol(s) if s.indices.is_empty() => Some(vec![Monomial::from([(s.name.clone(), 1)])]),
        Expr::Add(terms) => {
            let parts: Option<Vec<_>> =
                terms.iter().map(|t| if let Expr::Neg(_) = t { Some(vec![]) } else { monomials(t) }).collect();
            Some(parts?.concat()).filter(|list| !list.is_empty())
        }
        Expr::Mul(factors) => {
            let mut product = vec![Monomial::new()];
            for factor in factors {
                let next = monomials(factor)?;
                product = product.iter().flat_map(|a| next.iter().map(|b| times(a, b))).collect();
                if product.len() > 1000 {
                    return None;
                }
            }
            Some(product)
        }
        Expr::Pow(base, exponent) => {
            let Expr::Number(n) = &**exponent else {
                return None;
            };
            if n.value.fract() != 0.0 || !(1.0..=8.0).contains(&n.value) {
                return None;
            }
            let base = monomials(base)?;
            (1..n.value as u32).try_fold(base.clone(), |acc, _| {
                let next: Vec<Monomial> = acc.iter().flat_map(|a| base.iter().map(|b| times(a, b))).collect();
                (next.len() <= 1000).then_some(next)
            })
        }
        _ => None,
    }
}

fn times(a: &Monomial, b: &Monomial) -> Monomial {
    let mut out = a.clone();
    for (name, power) in b {
        *out.entry(name.clone()).or_default() += power;
    }
    out
}

/// The first monomial of `f` that `g` does not bound in some allowed direction, with that
/// direction; `None` when `f` is `O(g)`. Each regime `(small, large)` says `small <= large`.
pub fn dominated(f: &[Monomial], g: &[Monomial], regimes: &[(String, String)]) -> Option<(Monomial, BTreeMap<String, u32>)> {
    let names: BTreeSet<&String> = f.iter().chain(g).flat_map(|m| m.keys()).collect();
    let names: Vec<&String> = names.into_iter().collect();
    let mut ray = vec![0u32; names.len()];
    loop {
        let at = |m: &Monomial| names.iter().zip(&ray).map(|(n, y)| m.get(*n).copied().unwrap_or(0) * y).sum::<u32>();
        let value = |name: &String| names.iter().position(|n| *n == name).map(|i| ray[i]);
        let allowed = regimes.iter().all(|(small, large)| match (value(small), value(large)) {
            (Some(s), Some(l)) => s <= l,
            _ => true,
        });
        if allowed {
            let most = g.iter().map(at).max().unwrap_or(0);
            if let Some(monomial) = f.iter().find(|m| at(m) > most) {
                let direction = names.iter().zip(&ray).map(|(n, y)| ((*n).clone(), *y)).collect();
                return Some((monomial.clone(), direction));
            }
        }
        let Some(i) = ray.iter().position(|y| *y < RAY_MAX) else {
            return None;
        };
        ray[..i].fill(0);
        ray[i] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Lexicon, parse_text};

    fn of(text: &str) -> Vec<Monomial> {
        monomials(&parse_text(text, &Lexicon::default()).expect(text)).expect(text)
    }

    #[test]
    fn a_missing_length_is_found_and_a_regime_is_used() {
        let regimes = [("m".to_string(), "l".to_string())];
        assert!(dominated(&of("l m + L m^2"), &of("d m + L m^2"), &regimes).is_some());
        assert!(dominated(&of("l m + L m^2"), &of("l m + L m^2"), &regimes).is_none());
        assert!(dominated(&of("m^2"), &of("l m"), &regimes).is_none(), "m <= l bounds m^2 by l m");
        assert!(dominated(&of("m^2"), &of("l m"), &[]).is_some(), "without the regime it does not");
        assert!(dominated(&of("L l m"), &of("l m + L m^2"), &regimes).is_some());
    }
}
