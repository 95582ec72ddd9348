//! Numbers: statements evaluated at concrete instances.
//!
//! A leaf engine: it evaluates expressions of the language at an [`Instance`] (dimensions,
//! vectors, matrices and scalars that satisfy a world's hypotheses) and knows no question.

mod average;
mod ball;
mod converge;
mod eval;
mod functions;
mod instance;
mod line;
mod many;
mod mirror;
mod moments;
mod shape;
mod site;
mod steps;
#[cfg(test)]
mod twins;
mod value;

pub use ball::Ball;
pub use converge::{Limit, Rate, judge_sequence};
pub use eval::{EvalError, Evaluator};
pub use instance::{Definition, Definitions, Instance, Key, Parameter, Random, SIZE};
pub use line::independent;
pub use mirror::mirrored;
pub use moments::affine_law;
pub use shape::{Shape, ShapeError, Shapes, shape_of};
pub use steps::{SPENT, Steps};
pub use value::Value;
