//! Every tolerance of the program, each with its reason. Nothing else may hold one.
//!
//! Use a relative tolerance where both sides have a scale of their own, and compare with a scale
//! computed from the operands where one of them may vanish.

/// Error probability that one run may spend on all its sampled verdicts together.
///
/// Small enough that a class of 1,000 sheets a term meets a wrong sampled verdict less than once
/// in a thousand terms.
pub const RUN_ERROR_BUDGET: f64 = 1e-6;
