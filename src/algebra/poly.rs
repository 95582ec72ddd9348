//! Sparse Laurent polynomials over generators with exact coefficients.

use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::{One, Zero};

/// A product of powers of generators, by generator number; no power is zero.
pub type Monomial = Vec<(u32, i64)>;

/// A sum of monomials with coefficients that are not zero.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Poly {
    /// Coefficients by monomial.
    pub terms: BTreeMap<Monomial, BigRational>,
}

/// Most monomials of a polynomial; beyond, the term is left unexpanded.
pub const MONOMIALS_MAX: usize = 400;

impl Poly {
    /// A constant.
    pub fn constant(c: BigRational) -> Poly {
        let mut p = Poly::default();
        p.push(Vec::new(), c);
        p
    }

    /// A generator.
    pub fn generator(g: u32) -> Poly {
        Poly { terms: BTreeMap::from([(vec![(g, 1)], BigRational::one())]) }
    }

    /// Adds `c m`.
    pub fn push(&mut self, m: Monomial, c: BigRational) {
        let entry = self.terms.entry(m);
        let value = entry.or_insert_with(BigRational::zero);
        *value += c;
        if value.is_zero() {
            self.terms.retain(|_, c| !c.is_zero());
        }
    }

    /// Sum.
    pub fn plus(mut self, other: &Poly) -> Poly {
        for (m, c) in &other.terms {
            self.push(m.clone(), c.clone());
        }
        self
    }

    /// Product; `None` where it has too many monomials.
    pub fn times(&self, other: &Poly) -> Option<Poly> {
        if self.terms.len() * other.terms.len() > 4 * MONOMIALS_MAX {
            return None;
        }
        let mut out = Poly::default();
        for (a, x) in &self.terms {
            for (b, y) in &other.terms {
                out.push(product(a, b), x * y);
            }
        }
        (out.terms.len() <= MONOMIALS_MAX).then_some(out)
    }

    /// Power with a whole exponent; a negative one only of a single monomial.
    pub fn power(&self, e: i64) -> Option<Poly> {
        if e < 0 {
            let (m, c) = self.terms.iter().next().filter(|_| self.terms.len() == 1)?;
            let inverse: Monomial = m.iter().map(|(g, k)| (*g, -k)).collect();
            return Poly { terms: BTreeMap::from([(inverse, c.recip())]) }.power(-e);
        }
        if e > 24 && self.terms.len() > 1 || e > 4096 {
            return None;
        }
        (0..e).try_fold(Poly::constant(BigRational::one()), |acc, _| acc.times(self))
    }

    /// The value where the polynomial is a constant.
    pub fn as_constant(&self) -> Option<BigRational> {
        match self.terms.len() {
            0 => Some(BigRational::zero()),
            1 => self.terms.get(&Vec::new()).cloned(),
            _ => None,
        }
    }
}

fn product(a: &Monomial, b: &Monomial) -> Monomial {
    let mut all: BTreeMap<u32, i64> = a.iter().copied().collect();
    for (g, k) in b {
        *all.entry(*g).or_default() += k;
    }
    all.into_iter().filter(|(_, k)| *k != 0).collect()
}
