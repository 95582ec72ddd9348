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

/// A count of steps and the most that may be taken, in all and by one evaluation; copies share the count.
#[derive(Debug, Clone)]
pub struct Steps {
    count: Rc<Count>,
    most: u64,
    each: u64,
}

#[derive(Debug, Default)]
struct Count {
    taken: Cell<u64>,
    /// Where the evaluation that goes on must end.
    end: Cell<u64>,
    spent: Cell<bool>,
}

impl Default for Steps {
    /// Steps without an end.
    fn default() -> Self {
        Steps::up_to(u64::MAX, u64::MAX)
    }
}

impl Steps {
    /// Steps of which no more than `most` may be taken, and no more than `each` by one evaluation.
    pub fn up_to(most: u64, each: u64) -> Self {
        let steps = Steps { count: Rc::default(), most, each };
        steps.begin();
        steps
    }

    /// An evaluation begins.
    pub fn begin(&self) {
        self.count.end.set(self.taken().saturating_add(self.each).min(self.most));
    }

    /// How many were taken.
    pub fn taken(&self) -> u64 {
        self.count.taken.get()
    }
    /// Whether more were asked for than may be taken: what was computed since then is unfinished.
    pub fn spent(&self) -> bool {
        self.count.spent.get()
    }

    /// Takes the step of a node and those of the numbers that it goes through; an error where none are left.
    pub fn take(&self, numbers: usize) -> Result<(), EvalError> {
        self.count.taken.set(self.taken().saturating_add(1 + (numbers / NUMBERS) as u64));
        if self.taken() <= self.count.end.get() {
            return Ok(());
        }
        self.count.spent.set(true);
        Err(EvalError::Budget(SPENT))
    }
}

/// What is said where no steps are left.
pub const SPENT: &str = "it takes more work to evaluate than one statement may take";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_share_the_count_and_the_end() {
        let steps = Steps::up_to(3, 3);
        let copy = steps.clone();
        assert!(steps.take(0).is_ok() && copy.take(NUMBERS).is_ok());
        assert_eq!(steps.taken(), 3);
        assert!(!copy.spent());
        assert!(copy.take(0).is_err() && steps.spent());
    }

    #[test]
    fn every_evaluation_has_its_own_end_and_none_goes_beyond_the_last() {
        let steps = Steps::up_to(5, 2);
        assert!((0..2).all(|_| steps.take(0).is_ok()));
        steps.begin();
        assert!((0..2).all(|_| steps.take(0).is_ok()) && !steps.spent());
        steps.begin();
        assert!(steps.take(0).is_ok());
        assert!(steps.take(0).is_err() && steps.spent());
        let steps = Steps::up_to(5, 2);
        assert!((0..3).map(|_| steps.take(0)).filter(Result::is_err).count() == 1);
    }
}
