//! What trained models, and constant answers, really scored: counts from data and from recorded runs.
//!
//! A leaf engine: it counts rows and knows no question. Accuracies are recounted from the rows of the
//! records; none is stored.

mod corruption;
mod dataset;
mod facts;
mod given;
mod operations;
mod predict;
mod records;

pub use crate::trainer::statistics::Count;
pub use corruption::{corrupted, corruption_lengths, corruption_order};
pub use dataset::{DataError, Dataset};
pub use facts::Facts;
pub use given::{Given, GivenError};
pub use operations::{Shape, forward_operations, scores};
pub use predict::predictive;
pub use records::{Curve, Data, Row, Run, Runs, RunsError, Setting, Training, Variant};
