//! Worlds: what each question supposes, and what it asks for.
//!
//! One TOML file a question under `experiments/`, embedded in the binary; `--worlds DIR` overrides.
//! A question about attention that nobody thought of needs a new file only.

mod clauses;
mod error;
mod file;
mod frames;
mod general;
mod library;
mod load;
mod model;
mod shapes;

pub use clauses::{Clause, fits};
pub use error::WorldError;
pub use file::{
    AccuracyFile, CorruptionFile, GrowthFile, MeasuredFile, PortionFile, PropositionFile, SettingFile, SubjectFile, TallyFile,
};
pub use frames::{Frame, Reading as Notions, Vocabulary};
pub use general::contracted;
pub use library::Library;
pub use model::{
    Covariance, Family, Law, LimitPoint, Mutants, Proposition, Quantity, Reading, Scalar, Slot, Supposition, VectorLaw,
    VectorSpec, World,
};
