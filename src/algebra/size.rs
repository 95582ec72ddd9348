//! Sizes: products of powers of variables and of their logarithms, and sums of them.

use std::collections::{BTreeMap, BTreeSet};

use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::order::{Regimes, outgrown};
use super::print::show;
use super::term::{Func, Term, show_rational};

/// A product of powers of variables and of their logarithms.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Size {
    /// Powers of variables; none is zero.
    pub powers: BTreeMap<String, BigRational>,
    /// Powers of logarithms of variables; none is zero.
    pub logs: BTreeMap<String, BigRational>,
}

impl Size {
    fn times(&self, other: &Size) -> Size {
        let joined = |a: &BTreeMap<String, BigRational>, b: &BTreeMap<String, BigRational>| {
            let mut out = a.clone();
            for (n, p) in b {
                *out.entry(n.clone()).or_insert_with(BigRational::zero) += p;
            }
            out.retain(|_, p| !p.is_zero());
            out
        };
        Size { powers: joined(&self.powers, &other.powers), logs: joined(&self.logs, &other.logs) }
    }

    fn raised(&self, e: &BigRational) -> Size {
        let each =
            |m: &BTreeMap<String, BigRational>| m.iter().map(|(n, p)| (n.clone(), p * e)).filter(|(_, p)| !p.is_zero()).collect();
        Size { powers: each(&self.powers), logs: each(&self.logs) }
    }

    /// The size in plain notation: `l d^2 log n`.
    pub fn show(&self) -> String {
        let power = |base: String, p: &BigRational| {
            if p.is_one() {
                base
            } else {
                format!("{base}^{}", if p.is_integer() { show_rational(p) } else { format!("({})", show_rational(p)) })
            }
        };
        let parts: Vec<String> = self
            .powers
            .iter()
            .map(|(n, p)| power(n.clone(), p))
            .chain(self.logs.iter().map(|(n, p)| power(format!("log({n})"), p)))
            .collect();
        if parts.is_empty() { "1".into() } else { parts.join(" ") }
    }
}

/// A term of a sum with its sign.
struct Summand {
    size: Size,
    negative: bool,
    coefficient_is_one: bool,
}

/// The sizes of a sum of products; the flag says whether constant factors were written.
///
/// # Errors
///
/// The part that is no size, in words.
pub fn sizes(t: &Term) -> Result<(Vec<Size>, bool), String> {
    let terms = summands(t)?;
    let constants = terms.iter().any(|x| !x.coefficient_is_one);
    let (negative, positive): (Vec<_>, Vec<_>) = terms.into_iter().partition(|x| x.negative);
    let mut list: Vec<Size> = Vec::new();
    for x in positive {
        if !list.contains(&x.size) {
            list.push(x.size);
        }
    }
    if list.is_empty() {
        return Err("nothing positive is left".into());
    }
    for x in negative {
        // What is taken away must be of lower order than what stays, or it could cancel it.
        let single = [x.size.clone()];
        if outgrown(&list, &single, &Regimes::default(), false)?.is_none()
            || outgrown(&single, &list, &Regimes::default(), false)?.is_some()
        {
            return Err(format!("{} is taken away", x.size.show()));
        }
    }
    Ok((list, constants))
}

const SUMMANDS_MAX: usize = 400;

fn summands(t: &Term) -> Result<Vec<Summand>, String> {
    let one = |size: Size| vec![Summand { size, negative: false, coefficient_is_one: true }];
    match t {
        Term::Num(n) if n.is_zero() => Ok(vec![]),
        Term::Num(n) => Ok(vec![Summand { size: Size::default(), negative: n.is_negative(), coefficient_is_one: n.is_one() }]),
        Term::Pi => Ok(vec![Summand { size: Size::default(), negative: false, coefficient_is_one: false }]),
        Term::Var(s) => {
            Ok(one(Size { powers: BTreeMap::from([(super::print::show_symbol(s), BigRational::one())]), ..Size::default() }))
        }
        Term::Add(v) => Ok(v.iter().map(summands).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect()),
        Term::Mul(v) => v.iter().try_fold(one(Size::default()), |acc, f| {
            let next = summands(f)?;
            if acc.len() * next.len() > SUMMANDS_MAX {
                return Err("too many terms".into());
            }
            Ok(acc
                .iter()
                .flat_map(|a| {
                    next.iter().map(|b| Summand {
                        size: a.size.times(&b.size),
                        negative: a.negative != b.negative,
                        coefficient_is_one: a.coefficient_is_one && b.coefficient_is_one,
                    })
                })
                .collect())
        }),
        Term::Pow(b, e) => {
            let e = e.rational().ok_or_else(|| format!("{} has a variable exponent", show(t)))?;
            let base = summands(b)?;
            if let Some(n) = e.to_integer().to_usize().filter(|n| e.is_integer() && (1..=6).contains(n)) {
                return summands(&Term::Mul(vec![(**b).clone(); n]));
            }
            if base.iter().any(|x| x.negative) || e.is_negative() && base.len() > 1 {
                return Err(format!("{} is no sum of products", show(t)));
            }
            // (a + b)^e lies between constant multiples of a^e + b^e for e > 0.
            Ok(base.into_iter().map(|x| Summand { size: x.size.raised(&e), ..x }).collect())
        }
        Term::Call(Func::Ln, v) if v.len() == 1 => logarithm(&v[0]),
        other => Err(format!("{} is no sum of products", show(other))),
    }
}

/// `ln` of a product of powers, of order the sum of the logarithms of its variables.
fn logarithm(t: &Term) -> Result<Vec<Summand>, String> {
    let mut names = BTreeSet::new();
    for x in summands(t)? {
        if x.negative || !x.size.logs.is_empty() || x.size.powers.values().any(Signed::is_negative) {
            return Err(format!("the logarithm of {}", show(t)));
        }
        names.extend(x.size.powers.into_keys());
    }
    if names.is_empty() {
        return summands(&Term::int(2));
    }
    Ok(names
        .into_iter()
        .map(|n| Summand {
            size: Size { logs: BTreeMap::from([(n, BigRational::one())]), ..Size::default() },
            negative: false,
            coefficient_is_one: true,
        })
        .collect())
}
