//! Expectations and probabilities without sampling.
//!
//! A leaf engine: numbers in, numbers with an error bound out; it knows no question.

mod argmax;
mod attention;
mod estimate;
mod logsum;
mod moments;
mod normal;
mod rule;
mod score;
mod tail;

pub use argmax::greatest;
pub use attention::{Attention, Unsupported};
pub use estimate::Estimate;
pub use moments::{Group, WeightMoments, moments};
pub use normal::{probability_outside, survival};
pub use rule::{Rule, Sum};
pub use score::Score;
pub use tail::{Side, tail};
