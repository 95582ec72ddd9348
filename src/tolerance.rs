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

/// Largest dimension that a condition may ask for: an instance stays small enough to be drawn in
/// milliseconds.
pub const DIMENSION_MAX: usize = 64;

/// Draws tried for an instance that meets the writer's conditions (`X > 1` holds in half of them).
pub const REJECTIONS_MAX: u64 = 40;

/// Instances at which an identity is evaluated. A false identity of degree D at most 6 in the
/// drawn coordinates agrees to 1e-13 at one of them with probability at most `4 D 1e-13^(1/D)`
/// (Carbery and Wright), about 0.16; at all of them with less than 1e-12.
pub const IDENTITY_INSTANCES: u64 = 16;

/// The bound of [`IDENTITY_INSTANCES`].
pub const IDENTITY_ERROR: f64 = 1e-12;

/// Instances that are followed along a limit.
pub const PATH_INSTANCES: u64 = 5;

/// Parameters at which a limit is followed: each doubles the one before; `exp` of a score stays
/// within `f64` at the last.
pub const PATH: [f64; 6] = [5.0, 10.0, 20.0, 40.0, 80.0, 160.0];

/// A constant error below this share under `≈` counts as rounding by the writer.
pub const APPROX_CLOSE: f64 = 0.01;

/// A constant error under `≈` up to this share is nobody's to refute.
pub const APPROX_FAR: f64 = 0.25;

/// Probability above which leaving a set counts against "lies in".
pub const OUTSIDE_MAX: f64 = 1e-6;

/// Margin, in units of the error bound, by which two numbers must differ to be told apart.
pub const ERROR_MARGIN: f64 = 8.0;

/// Statements of one sheet that are judged; an answer sheet has a few hundred.
pub const STATEMENTS_MAX: usize = 10_000;

// Monte Carlo and quadrature.

/// Largest difference between a quadrature and an exact value (relative where the value exceeds 1).
/// The methods reach 1e-13; ten thousand times that is left for cancellation in variances.
pub const QUADRATURE_TRUTH: f64 = 1e-10;

/// A residual below this share of its row's length depends on the rows before: a hundred roundings.
pub const DEPENDENT_ROW: f64 = 1e-14;

/// Deviation of a score (times `β`) below which its noise moves no weight by more than a rounding.
pub const NEGLIGIBLE_NOISE: f64 = 1e-17;

/// Bound on the error that adding two scores' densities makes in an integral: a hundred times what
/// interpolation through 12 points makes at the steps used (2e-15).
pub const LOG_SUM_ERROR: f64 = 2e-13;

/// Error probability at which the audit runs the tests: large enough that its keeping can be seen.
pub const AUDIT_ERROR: f64 = 0.05;

/// Level of the interval by which an audited promise counts as broken: with fifteen rates an audit
/// raises a false alarm less than once in 1e8.
pub const AUDIT_BROKEN: f64 = 1e-10;
