//! Systems of linear inequalities over the rationals, solved exactly (Fourier and Motzkin).

use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// `coefficients · x + constant >= 0`, or `> 0` where strict.
#[derive(Debug, Clone, PartialEq)]
pub struct Inequality {
    /// One coefficient a variable.
    pub coefficients: Vec<BigRational>,
    /// The constant.
    pub constant: BigRational,
    /// Whether zero is left out.
    pub strict: bool,
}

impl Inequality {
    /// The inequality, not strict.
    pub fn at_least(coefficients: Vec<BigRational>, constant: BigRational) -> Inequality {
        Inequality { coefficients, constant, strict: false }
    }

    fn value(&self, x: &[BigRational]) -> BigRational {
        self.coefficients.iter().zip(x).fold(self.constant.clone(), |sum, (c, x)| sum + c * x)
    }

    fn combined(&self, a: &BigRational, other: &Inequality, b: &BigRational) -> Inequality {
        let coefficients = self.coefficients.iter().zip(&other.coefficients).map(|(x, y)| x * a + y * b).collect();
        Inequality { coefficients, constant: &self.constant * a + &other.constant * b, strict: self.strict || other.strict }
    }

    /// Scaled so that the first coefficient that is not zero has size 1.
    fn scaled(self) -> Inequality {
        let Some(size) = self.coefficients.iter().find(|c| !c.is_zero()).map(Signed::abs) else { return self };
        Inequality {
            coefficients: self.coefficients.iter().map(|c| c / &size).collect(),
            constant: self.constant / &size,
            strict: self.strict,
        }
    }
}

/// Most inequalities at any stage.
const INEQUALITIES_MAX: usize = 4000;

/// A point that satisfies all inequalities: `Ok(None)` if there is none.
///
/// # Errors
///
/// Where elimination makes too many inequalities.
pub fn solve(system: &[Inequality], variables: usize) -> Result<Option<Vec<BigRational>>, String> {
    let mut stages: Vec<Vec<Inequality>> = vec![system.to_vec()];
    for k in (0..variables).rev() {
        let last = stages.last().cloned().unwrap_or_default();
        let (mut lower, mut upper, mut next) = (Vec::new(), Vec::new(), Vec::new());
        for i in last {
            match &i.coefficients[k] {
                c if c.is_positive() => lower.push(i),
                c if c.is_negative() => upper.push(i),
                _ => next.push(i),
            }
        }
        for l in &lower {
            for u in &upper {
                let joined = l.combined(&-&u.coefficients[k], u, &l.coefficients[k]).scaled();
                if !next.contains(&joined) {
                    next.push(joined);
                }
            }
        }
        if next.len() > INEQUALITIES_MAX {
            return Err("too many inequalities".into());
        }
        stages.push(next);
    }
    let constants = stages.pop().unwrap_or_default();
    if constants.iter().any(|i| i.constant.is_negative() || i.strict && i.constant.is_zero()) {
        return Ok(None);
    }
    let mut x = vec![BigRational::zero(); variables];
    for (k, stage) in stages.iter().rev().enumerate() {
        x[k] = between(stage, k, &x);
    }
    debug_assert!(system.iter().all(|i| !i.value(&x).is_negative()));
    Ok(Some(x))
}

/// A value for the `k`-th variable, those before it set and those after it absent.
fn between(stage: &[Inequality], k: usize, x: &[BigRational]) -> BigRational {
    let mut low: Option<(BigRational, bool)> = None;
    let mut high: Option<(BigRational, bool)> = None;
    for i in stage {
        let c = &i.coefficients[k];
        if c.is_zero() {
            continue;
        }
        let mut rest = x.to_vec();
        rest[k] = BigRational::zero();
        let bound = -i.value(&rest) / c;
        let slot = if c.is_positive() { &mut low } else { &mut high };
        let tighter = slot.as_ref().is_none_or(|(b, strict)| {
            if c.is_positive() {
                bound > *b || bound == *b && i.strict && !strict
            } else {
                bound < *b || bound == *b && i.strict && !strict
            }
        });
        if tighter {
            *slot = Some((bound, i.strict));
        }
    }
    match (low, high) {
        (None, None) => BigRational::zero(),
        (Some((l, false)), None) => l,
        (Some((l, true)), None) => l.floor() + BigRational::one(),
        (None, Some((h, strict))) => {
            let zero = BigRational::zero();
            if zero < h || zero == h && !strict { zero } else { h.ceil() - BigRational::one() }
        }
        (Some((l, false)), Some(_)) => l,
        (Some((l, true)), Some((h, _))) => (l + h) / BigRational::from_integer(2.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(coefficients: &[i64], constant: i64, strict: bool) -> Inequality {
        let q = |n: i64| BigRational::from_integer(n.into());
        Inequality { coefficients: coefficients.iter().map(|c| q(*c)).collect(), constant: q(constant), strict }
    }

    #[test]
    fn a_solution_satisfies_every_inequality_and_an_empty_set_has_none() {
        let open = [row(&[1, 0], 0, true), row(&[0, 1], 0, true), row(&[-1, -1], 1, true), row(&[1, -2], 0, true)];
        let x = solve(&open, 2).expect("small").expect("a triangle");
        assert!(open.iter().all(|i| i.value(&x).is_positive()), "{x:?}");
        let empty = [row(&[1, -1], 0, true), row(&[-1, 1], 0, false)];
        assert_eq!(solve(&empty, 2), Ok(None));
        let edge = [row(&[1, -1], 0, false), row(&[-1, 1], 0, false), row(&[1, 0], -3, false)];
        assert!(solve(&edge, 2).expect("small").is_some());
    }
}
