//! Every tolerance of the program, each with its reason. Nothing else may hold one.
//!
//! Use a relative tolerance where both sides have a scale of their own, and compare with a scale
//! computed from the operands where one of them may vanish.

/// Error probability that one run may spend on all its sampled verdicts together.
///
/// Small enough that a class of 1,000 sheets a term meets a wrong sampled verdict less than once
/// in a thousand terms.
pub const RUN_ERROR_BUDGET: f64 = 1e-6;

/// Relative error below which two numbers count as equal after a few hundred roundings of `f64`
/// (unit roundoff 1.1e-16), with dimensions up to 10 and exponents up to a few hundred.
pub const ROUNDING: f64 = 1e-11;

/// Relative difference above which a counterexample stands: a million times what rounding makes.
pub const COUNTEREXAMPLE: f64 = 1e-5;

/// An error goes to zero when it falls at least by this factor at each of the last doublings;
/// `t^{-1/2}`, the slowest rate met in a world, falls by 0.71.
pub const FALLING_RATIO: f64 = 0.76;

/// A sequence has settled when its last two steps change it by less than this share.
pub const SETTLED_RATIO: f64 = 0.1;

/// Midpoint quantiles for expectations over one normal coordinate: errors near 1e-5 for a kink,
/// far below what separates a true constant from its mutants.
pub const QUANTILE_NODES: usize = 4001;

/// Draws for an expectation over many coordinates at one instance; both sides of a relation see
/// the same draws, so that equal quantities agree to rounding.
pub const INSTANCE_DRAWS: usize = 2000;
