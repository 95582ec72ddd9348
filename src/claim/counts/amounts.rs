//! Amounts that many readers make: quotients, differences, shares of the dev questions.

use super::Amount;
use super::figures::{ITEMS, QUESTIONS};

/// All of them.
pub fn one() -> Amount {
    Amount::Is(1.0, 0.0)
}

/// A difference.
pub fn less(a: Amount, b: Amount) -> Amount {
    Amount::Less(Box::new(a), Box::new(b))
}

/// A quotient.
pub fn over(a: Amount, b: Amount) -> Amount {
    Amount::Over(Box::new(a), Box::new(b))
}

/// The dev questions.
pub fn items() -> Amount {
    Amount::Fact(ITEMS.into())
}

/// Whether a number is that of the dev questions.
pub fn is_all(count: f64) -> bool {
    (count - QUESTIONS).abs() < 0.5
}

/// One of the dev questions, as a share of them.
pub fn question() -> Amount {
    over(one(), items())
}

/// So many of the dev questions, in percent.
pub fn in_percent(count: f64) -> Amount {
    over(Amount::Is(100.0 * count, 0.0), items())
}
