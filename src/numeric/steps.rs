//! Work counted in steps, so that a limit on it is the same on every machine.
//!
//! A step is one node of an expression evaluated, or [`NUMBERS`] numbers that an operation on matrices or draws goes
//! through.

use std::cell::Cell;
use std::rc::Rc;

use super::eval::EvalError;

/// Numbers of a matrix, or of a value at many draws, that take about as long as one node: a node costs a visit, look-ups
/// and an allocation, a number a few operations in a tight loop.
const NUMBERS: usize = 64;

/// A count of steps and the most that may be taken; copies share the count.
#[derive(Debug, Clone)]
pub struct Steps {
    taken: Rc<Cell<u64>>,
    most: u64,
}

impl Default for Steps {
    /// Steps without an end.
    fn default() -> Self {
        Steps::up_to(u64::MAX)
    }
}

impl Steps {
    /// Steps of which no more than `most` may be taken.
    pub fn up_to(most: u64) -> Self {
        Steps { taken: Rc::default(), most }
    }

    /// How many were taken.
    pub fn taken(&self) -> u64 {
        self.taken.get()
    }

    /// Whether more were asked for than may be taken: what was computed since then is unfinished.
    pub fn spent(&self) -> bool {
        self.taken.get() > self.most
    }

    /// Takes the step of a node and those of the numbers that it goes through; an error where none are left.
    pub fn take(&self, numbers: usize) -> Result<(), EvalError> {
        self.taken.set(self.taken.get().saturating_add(1 + (numbers / NUMBERS) as u64));
        if self.spent() { Err(EvalError::Budget(SPENT)) } else { Ok(()) }
    }
}

/// What is said where no steps are left.
pub const SPENT: &str = "it takes more work to evaluate than one statement may take";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_share_the_count_and_the_end() {
        let steps = Steps::up_to(3);
        let copy = steps.clone();
        assert!(steps.take(0).is_ok() && copy.take(NUMBERS).is_ok());
        assert_eq!(steps.taken(), 3);
        assert!(!copy.spent());
        assert!(copy.take(0).is_err() && steps.spent());
    }
}
