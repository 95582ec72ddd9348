//! Identities decided by evaluation modulo random primes.
//!
//! Both sides are mapped to a field of residues: symbols to random residues, `e^m` for each
//! monomial `m` of an exponent to a residue of its own (so that `e^{a+b} = e^a e^b` and
//! `e^{2b} = (e^b)^2` hold by construction), sine and cosine to `(z + 1/z)/2` and
//! `(z - 1/z)/2i` with `z = e^{ix}`, roots to roots modulo the prime, absolute values and roots
//! of sums to every choice of sign. Whatever else occurs (`ln`, `atan`, a sum over a family) is
//! an atom, the same for the same arguments. Each of these maps respects the identities of the
//! reals, so that equal residues at random points prove the identity up to the chance of a
//! coincidence; different residues prove nothing, because atoms may be related in other ways.
//!
//! A difference of degree `D` that is not zero vanishes at one random point modulo a prime
//! `p > 2^61` with probability at most `D / 2^61` (Schwartz 1980, Zippel 1979), and its
//! coefficients all vanish modulo a random prime of that size with much less; [`SAMPLES`]
//! independent pairs of prime and point multiply these chances.

use super::field::{PRIME_BITS, Stream};
use super::hypotheses::Hypotheses;
use super::modulus::Modulus;
use super::residue::{Plan, Sample};
use super::term::Term;
use super::unfold::unfolded;
use crate::tolerance::IDENTITY_LOG2_ERROR_MAX;

/// Independent pairs of prime and point.
pub const SAMPLES: u64 = 4;

/// Draws of prime and point tried until every root that is asked for exists.
const DRAWS_MAX: u64 = 512;

/// Combinations of signs that are tried at one point.
const BRANCHES_MAX: usize = 64;

/// What evaluation modulo primes says.
#[derive(Debug, Clone, PartialEq)]
pub enum Identity {
    /// The sides agree wherever both are defined.
    Same {
        /// Base-2 logarithm of a bound on the probability that they differ after all.
        log2_error: f64,
    },
    /// The residues differ: no proof of equality was found.
    Different,
}

/// Why a term cannot be mapped to residues, with the part that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutOfFragment {
    /// What was met.
    pub reason: String,
}

impl std::fmt::Display for OutOfFragment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for OutOfFragment {}

/// Why an evaluation stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stop {
    /// Something that has no residue.
    Out(String),
    /// A denominator is zero at this point.
    Zero,
    /// A root does not exist modulo this prime; another draw may have it.
    Redraw,
}

pub(super) fn out<T>(reason: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Out(reason.into()))
}

/// Whether `left = right` wherever both are defined under the hypotheses.
///
/// `Same` is sound up to the stated error; `Different` is no refutation.
///
/// # Errors
///
/// [`OutOfFragment`] where a part has no residue: an infinite or unevaluated size, too many signs,
/// a denominator that is zero everywhere.
pub fn identical(left: &Term, right: &Term, hypotheses: &Hypotheses) -> Result<Identity, OutOfFragment> {
    let (left, right) = (&unfolded(left), &unfolded(right));
    let plan = Plan::new(&[left, right], hypotheses).map_err(|reason| OutOfFragment { reason })?;
    let mut seeds = Stream(0xA77E_57A1_6EB2_A001);
    let mut degree = 1.0f64;
    for _ in 0..SAMPLES {
        match at_random_point(left, right, hypotheses, &plan, &mut seeds)? {
            Some(d) => degree = degree.max(d),
            None => return Ok(Identity::Different),
        }
    }
    let log2_error = SAMPLES as f64 * (degree.log2() + 1.0 - f64::from(PRIME_BITS));
    if log2_error > IDENTITY_LOG2_ERROR_MAX {
        return Err(OutOfFragment { reason: format!("the degree 2^{:.0} is too large", degree.log2()) });
    }
    Ok(Identity::Same { log2_error })
}

/// The degree of the difference if the sides agree at one random point for every choice of
/// signs; `None` if they differ.
fn at_random_point(
    left: &Term,
    right: &Term,
    hypotheses: &Hypotheses,
    plan: &Plan,
    seeds: &mut Stream,
) -> Result<Option<f64>, OutOfFragment> {
    let mut zeros = 0;
    for _ in 0..DRAWS_MAX {
        let seed = seeds.draw();
        match every_branch(left, right, hypotheses, plan, seed) {
            Ok(found) => return Ok(found),
            Err(Stop::Redraw) => {}
            Err(Stop::Zero) => {
                zeros += 1;
                if zeros > 8 {
                    return Err(OutOfFragment { reason: "a denominator is zero".into() });
                }
            }
            Err(Stop::Out(reason)) => return Err(OutOfFragment { reason }),
        }
    }
    Err(OutOfFragment { reason: "no prime was found modulo which every root exists".into() })
}

fn every_branch(left: &Term, right: &Term, hypotheses: &Hypotheses, plan: &Plan, seed: u64) -> Result<Option<f64>, Stop> {
    let modulus = Modulus::of(plan, seed);
    let mut choices: Vec<u32> = Vec::new();
    let mut degree = 1.0f64;
    for _ in 0..BRANCHES_MAX {
        let mut sample = Sample::new(modulus, hypotheses, plan, choices);
        let l = sample.value(left)?;
        let r = sample.value(right)?;
        degree = degree.max((l.degree + r.degree) * sample.degree_factor());
        if l.residue != r.residue {
            return Ok(None);
        }
        let sizes = sample.branches;
        choices = sample.choices;
        choices.truncate(sizes.len());
        while let Some(last) = choices.pop() {
            if last + 1 < sizes[choices.len()] {
                choices.push(last + 1);
                break;
            }
        }
        if choices.is_empty() {
            return Ok(Some(degree));
        }
    }
    out("too many choices of sign")
}

#[cfg(test)]
mod tests {
    use super::super::surface::parse_term;
    use super::*;
    use crate::language::Relation;

    fn hold(text: &str) -> Hypotheses {
        let mut h = Hypotheses::default();
        h.suppose_whole(&crate::language::Symbol::plain("n"));
        for name in text.split_whitespace() {
            h.suppose(Term::var(name), Relation::Greater, Term::int(0));
        }
        h
    }

    fn same(left: &str, right: &str, positive: &str) -> bool {
        let (l, r) = (parse_term(left).expect(left), parse_term(right).expect(right));
        matches!(identical(&l, &r, &hold(positive)), Ok(Identity::Same { .. }))
    }

    const TRUE: &[(&str, &str, &str)] = &[
        ("(a+b)^2", "a^2+2 a b+b^2", ""),
        ("exp(a+b)", "exp(a) exp(b)", ""),
        ("exp(2b)", "exp(b)^2", ""),
        ("exp(b(1-X))", "exp(b)/exp(b X)", ""),
        ("exp(b)/(n-2+2exp(b))", "1/((n-2)exp(-b)+2)", ""),
        ("1/(1+exp(-x))", "exp(x)/(1+exp(x))", ""),
        ("\\sum_{i=1}^n \\exp(\\beta)", "n \\exp(\\beta)", ""),
        ("\\sum_{i=1}^n i", "n(n+1)/2", ""),
        ("\\sum_{i=1}^n (x_i + y_i)", "\\sum_{j=1}^n y_j + \\sum_{k=1}^n x_k", ""),
        ("\\sum_{i=0}^n r^i", "(r^{n+1}-1)/(r-1)", ""),
        ("\\sqrt{8}", "2\\sqrt{2}", ""),
        ("\\sqrt{x}\\sqrt{y}", "\\sqrt{xy}", ""),
        ("\\sqrt{x^2}", "x", "x"),
        ("\\sqrt{x^2}", "|x|", ""),
        ("|x|^2", "x^2", ""),
        ("\\ln(x y)", "\\ln x + \\ln y", "x y"),
        ("\\ln 12", "2\\ln 2+\\ln 3", ""),
        ("2^{x+1}", "2 \\cdot 2^x", ""),
        ("4^x", "(2^x)^2", ""),
        ("\\sin^2 x+\\cos^2 x", "1", ""),
        ("\\sin(2x)", "2\\sin x\\cos x", ""),
        ("\\cos(x+y)", "\\cos x\\cos y-\\sin x\\sin y", ""),
        ("\\cos(\\pi/4)", "\\sqrt{2}/2", ""),
        ("\\sin(\\pi/3)", "\\sqrt{3}/2", ""),
        ("\\cos(2\\pi/5)", "(\\sqrt5-1)/4", ""),
        ("\\tan(x)", "\\sin(x)/\\cos(x)", ""),
        ("\\cosh^2 x-\\sinh^2 x", "1", ""),
        ("\\frac{(n+1)!}{n!}", "n+1", ""),
        ("\\sqrt[3]{-8}", "-2", ""),
        ("\\sqrt{4x^2+4}", "2\\sqrt{x^2+1}", ""),
        ("e^{\\ln x}", "x", ""),
        ("\\log_2 8", "3", ""),
        ("(1/2)^{-3}", "8", ""),
        ("\\sin(n\\pi)", "0", ""),
        ("6^{1/2}", "\\sqrt2\\sqrt3", ""),
    ];

    const FALSE: &[(&str, &str, &str)] = &[
        ("(a+b)^2", "a^2+b^2", ""),
        ("exp(a b)", "exp(a) exp(b)", ""),
        ("\\sqrt{x^2}", "x", ""),
        ("\\sqrt{(x+1)^2}", "x+1", ""),
        ("\\sqrt{x^2+1}", "-\\sqrt{x^2+1}", ""),
        ("|x|", "x", ""),
        ("2\\cos(\\pi/4)", "-\\sqrt2", ""),
        ("\\cos(\\pi/7)", "-\\cos(\\pi/7)", ""),
        ("\\sum_{i=1}^n \\exp(\\beta)", "\\exp(\\beta)", ""),
        ("\\sum_{i=1}^n x_i^2", "(\\sum_{i=1}^n x_i)^2", ""),
        ("2^{99}", "2^{98}", ""),
        ("\\ln(x+y)", "\\ln x+\\ln y", "x y"),
        ("\\sqrt{x+y}", "\\sqrt x+\\sqrt y", "x y"),
        ("1/0", "1/0", ""),
    ];

    #[test]
    fn true_identities_are_proved() {
        for (l, r, positive) in TRUE {
            let (a, b) = (parse_term(l).expect(l), parse_term(r).expect(r));
            let verdict = identical(&a, &b, &hold(positive));
            assert!(matches!(verdict, Ok(Identity::Same { log2_error }) if log2_error < -100.0), "{l} = {r}: {verdict:?}");
        }
    }

    #[test]
    fn false_identities_are_not_proved() {
        for (l, r, positive) in FALSE {
            assert!(!same(l, r, positive), "{l} = {r}");
        }
    }
}
