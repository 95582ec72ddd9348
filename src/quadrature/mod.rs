//! Expectations and probabilities without sampling.
//!
//! A leaf engine: numbers in, numbers with an error bound out; it knows no question.

mod normal;

pub use normal::{probability_outside, survival};
