//! Keys drawn from stated Gaussians: weights, outputs and their laws by sampling.
//!
//! A leaf engine: a [`Model`] in, estimates with confidence sequences out; it knows no question.
//! In reading order: the [`model`], its [`reduced`] form, counter-based random words ([`stream`]),
//! [`normal`]s, scores ([`sampler`]), [`weights`], the [`engine`] that runs them on all threads, what it
//! gathers ([`accumulate`]), the numbers that are asked for ([`quantity`]), what may be said of them at any
//! stopping time ([`sequence`]), and sampling until claims are decided ([`decide()`]).
//! Quasi-random points ([`quasi`]: a [`lattice`] with random shifts) serve where draws are few-dimensional.
//! Events too rare to be met are in [`rare`]; [`audit`] puts every promise of these to the test.

pub mod accumulate;
pub mod audit;
pub mod decide;
pub mod elementary;
pub mod engine;
pub mod lattice;
pub mod model;
pub mod normal;
pub mod quantity;
pub mod quasi;
pub mod rare;
pub mod reduced;
pub mod sampler;
pub mod sequence;
pub mod stream;
pub mod weights;

pub use accumulate::{Histogram, HistogramGather, MomentGather, Moments, Observe, Samples};
pub use decide::{Claim, Decided, Decision, Run, Sampled, decide};
pub use engine::{CHUNK_DRAWS, Gather, Gathered, gather};
pub use model::{Direction, Given, KeyLaw, Model, ModelError};
pub use quantity::{Output, Quantities, Quantity};
pub use quasi::{Quasi, QuasiError, QuasiEstimate};
pub use rare::{Rare, beaten};
pub use reduced::Reduced;
pub use sampler::{Form, Sampler};
pub use sequence::{BinarySequence, BoundedSequence, ErrorBudget, Evidence, Interval, VarianceSequence};
pub use stream::Stream;
pub use weights::Weights;
