//! Exact algebra.
//!
//! A leaf engine over expressions of the language; it knows no question.

mod growth;

pub use growth::{Monomial, dominated, monomials};
