//! Random primes with a root of unity, kept from one identity to the next.
//!
//! Which prime a seed gives depends on the order of its roots of unity alone, and most identities ask for the same few
//! orders; finding the primes would take longer than evaluating both sides modulo them.

use std::cell::RefCell;
use std::collections::HashMap;

use super::field::{Field, Stream, prime};
use super::residue::Plan;

/// A prime field in which a root of unity is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Modulus {
    /// The field.
    pub field: Field,
    /// An element of the order that the plan asks for.
    pub zeta: u64,
    /// What the points in this field are drawn from.
    pub seed: u64,
}

/// Most fields that are kept on a thread.
const KEPT_MAX: usize = 4096;

thread_local! {
    static KEPT: RefCell<HashMap<(u64, u64), Modulus>> = RefCell::new(HashMap::new());
}

impl Modulus {
    /// The field that a seed gives under a plan.
    pub fn of(plan: &Plan, seed: u64) -> Modulus {
        let key = (plan.order, seed);
        if let Some(modulus) = KEPT.with_borrow(|kept| kept.get(&key).copied()) {
            return modulus;
        }
        let modulus = Modulus::drawn(plan, seed);
        KEPT.with_borrow_mut(|kept| {
            if kept.len() >= KEPT_MAX {
                kept.clear();
            }
            kept.insert(key, modulus);
        });
        modulus
    }

    fn drawn(plan: &Plan, seed: u64) -> Modulus {
        let mut stream = Stream(seed);
        let field = Field::new(prime(plan.order, &mut stream));
        Modulus { field, zeta: field.root_of_unity(plan.order, &plan.order_primes), seed: stream.draw() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::hypotheses::Hypotheses;
    use super::super::surface::parse_term;
    use super::*;

    #[test]
    fn a_field_that_is_kept_is_the_one_drawn_anew() {
        for text in ["x^(1/3)", "x/7 + 1/4", "sin(x)"] {
            let term = parse_term(text).unwrap();
            let plan = Plan::new(&[&term], &Hypotheses::default()).unwrap();
            for seed in 0..40 {
                let first = Modulus::of(&plan, seed);
                assert_eq!(Modulus::of(&plan, seed), first);
                assert_eq!(Modulus::drawn(&plan, seed), first);
                assert_eq!(first.field.pow(first.zeta, plan.order), 1);
                assert_ne!(Modulus::of(&plan, seed + 1).field, first.field);
            }
        }
    }
}
