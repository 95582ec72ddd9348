//! Growth orders of sums of monomials in several variables, under regimes such as `m <= l`.
//!
//! The common case of [`super::order`]: whole powers, no logarithms, regimes between variables.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive};

use super::order::{Path, Regimes, outgrown};
use super::size::Size;
use super::term::Term;
use crate::language::{Expr, Relation};

/// A product of powers of variables; the coefficient does not matter.
pub type Monomial = BTreeMap<String, u32>;

/// Largest entry of the integer rays that are tried.
const RAY_MAX: u32 = 6;

/// The monomials of a sum of products of variables with whole exponents; `None` for anything else.
pub fn monomials(e: &Expr) -> Option<Vec<Monomial>> {
    powers(e, 1)
}

/// The monomials of a sum of products whose exponents are multiples of a half, each exponent doubled.
pub fn half_powers(e: &Expr) -> Option<Vec<Monomial>> {
    powers(e, 2)
}

/// The monomials with every exponent multiplied by `unit`.
fn powers(e: &Expr, unit: u32) -> Option<Vec<Monomial>> {
    match e {
        Expr::Number(n) if n.value > 0.0 => Some(vec![Monomial::new()]),
        Expr::Symbol(s) if s.indices.is_empty() => Some(vec![Monomial::from([(s.name.clone(), unit)])]),
        Expr::Add(terms) => {
            let parts: Option<Vec<_>> =
                terms.iter().map(|t| if let Expr::Neg(_) = t { Some(vec![]) } else { powers(t, unit) }).collect();
            Some(parts?.concat()).filter(|list| !list.is_empty())
        }
        Expr::Mul(factors) => {
            let mut product = vec![Monomial::new()];
            for factor in factors {
                let next = powers(factor, unit)?;
                product = product.iter().flat_map(|a| next.iter().map(|b| times(a, b))).collect();
                if product.len() > 1000 {
                    return None;
                }
            }
            Some(product)
        }
        Expr::Pow(base, exponent) => {
            let n = quotient(exponent)?;
            let base = powers(base, unit)?;
            if n.fract() != 0.0 {
                return rooted(&base, n);
            }
            if !(1.0..=8.0).contains(&n) {
                return None;
            }
            (1..n as u32).try_fold(base.clone(), |acc, _| {
                let next: Vec<Monomial> = acc.iter().flat_map(|a| base.iter().map(|b| times(a, b))).collect();
                (next.len() <= 1000).then_some(next)
            })
        }
        Expr::Call("sqrt", inside) => match &inside[..] {
            [one] => rooted(&powers(one, unit)?, 0.5),
            _ => None,
        },
        _ => None,
    }
}

/// A number, or a quotient of two.
fn quotient(e: &Expr) -> Option<f64> {
    match e {
        Expr::Number(n) => Some(n.value),
        Expr::Div(a, b) => match (&**a, &**b) {
            (Expr::Number(a), Expr::Number(b)) if b.value > 0.0 => Some(a.value / b.value),
            _ => None,
        },
        _ => None,
    }
}

/// One monomial to a broken power, where its exponents stay whole.
fn rooted(base: &[Monomial], power: f64) -> Option<Vec<Monomial>> {
    let [one] = base else { return None };
    let whole = |p: u32| {
        let raised = f64::from(p) * power;
        (raised.fract() == 0.0 && (0.0..=64.0).contains(&raised)).then_some(raised as u32)
    };
    let all: Option<Monomial> = one.iter().map(|(n, p)| Some((n.clone(), whole(*p)?))).collect();
    Some(vec![all?])
}

fn times(a: &Monomial, b: &Monomial) -> Monomial {
    let mut out = a.clone();
    for (name, power) in b {
        *out.entry(name.clone()).or_default() += power;
    }
    out
}

/// A monomial of `f` that `g` does not bound in some allowed direction, with that direction;
/// `None` when `f` is `O(g)`. Each regime `(small, large)` says `small <= large`.
///
/// Decided by linear programmes ([`outgrown`]); where these are too many, by the integer rays
/// with entries up to `RAY_MAX`.
pub fn dominated(f: &[Monomial], g: &[Monomial], regimes: &[(String, String)]) -> Option<(Monomial, BTreeMap<String, u32>)> {
    let sizes = |list: &[Monomial]| list.iter().map(size).collect::<Vec<Size>>();
    let mut allowed = Regimes::default();
    let known = |n: &String| f.iter().chain(g).any(|m| m.contains_key(n));
    for (small, large) in regimes.iter().filter(|(s, l)| known(s) && known(l)) {
        if allowed.suppose(&Term::var(small), Relation::LessEqual, &Term::var(large)).is_err() {
            return on_rays(f, g, regimes);
        }
    }
    match outgrown(&sizes(f), &sizes(g), &allowed, true) {
        Ok(path) => path.and_then(|p| {
            let monomial = f.iter().find(|m| size(m) == p.size)?.clone();
            Some((monomial, direction(&p)))
        }),
        Err(_) => on_rays(f, g, regimes),
    }
}

fn size(m: &Monomial) -> Size {
    let powers = m.iter().filter(|(_, p)| **p > 0).map(|(n, p)| (n.clone(), BigRational::from_integer(BigInt::from(*p))));
    Size { powers: powers.collect(), logs: BTreeMap::new() }
}

/// The path's rates as whole numbers.
fn direction(path: &Path) -> BTreeMap<String, u32> {
    let scale = path.rates.values().fold(BigInt::one(), |acc, (y, _)| acc.lcm(y.denom()));
    path.rates.iter().map(|(n, (y, _))| (n.clone(), (y * &scale).to_integer().to_u32().unwrap_or(u32::MAX))).collect()
}

/// The same question, asked of every ray with small whole entries.
fn on_rays(f: &[Monomial], g: &[Monomial], regimes: &[(String, String)]) -> Option<(Monomial, BTreeMap<String, u32>)> {
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
        let i = ray.iter().position(|y| *y < RAY_MAX)?;
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

    #[test]
    fn roots_have_half_powers() {
        let doubled = |text: &str| half_powers(&parse_text(text, &Lexicon::default()).expect(text));
        let power = |p: u32| Some(vec![Monomial::from([("l".to_string(), p)])]);
        assert_eq!(
            (doubled("l^{3/2}"), doubled("l \\sqrt{l}"), doubled("l^{1.5}"), doubled("l")),
            (power(3), power(3), power(3), power(2))
        );
        assert_eq!(monomials(&parse_text("\\sqrt{l}", &Lexicon::default()).expect("a root")), None);
        assert_eq!(doubled("l^{1/3}"), None);
    }

    #[test]
    fn linear_programmes_and_rays_agree() {
        let regimes = [("m".to_string(), "l".to_string())];
        let bounds = ["l", "l m", "m^2", "l + m d", "l m + L m^2", "d l + d^2", "l^2 d + l d^2", "L m", "1 + l"];
        for f in bounds {
            for g in bounds {
                for r in [&regimes[..], &[]] {
                    let (fast, slow) = (dominated(&of(f), &of(g), r), on_rays(&of(f), &of(g), r));
                    assert_eq!(fast.is_some(), slow.is_some(), "{f} in O({g}): {fast:?} {slow:?}");
                }
            }
        }
    }
}
