//! What a trained model, or a constant answer, really scored: counts from data.
//!
//! A leaf engine: it counts rows and knows no question.

mod dataset;

pub use dataset::{DataError, Dataset};
