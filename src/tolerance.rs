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

/// Singular values below this share of the norm count as zero where a rank is counted: far above rounding, far below the
/// singular values of matrices drawn at random.
pub const RANK: f64 = 1e-9;

/// Relative difference between two numbers that a writer gives one quantity, below which rounding may explain it.
pub const SAME_VALUE: f64 = 0.05;

/// Relative difference above which a counterexample stands: a million times what rounding makes.
pub const COUNTEREXAMPLE: f64 = 1e-5;

/// An error goes to zero when it falls at least by this factor at each of the last doublings;
/// `t^{-1/2}`, the slowest rate met in a world, falls by 0.71.
pub const FALLING_RATIO: f64 = 0.76;

/// A sequence has settled when its last two steps change it by less than this share.
pub const SETTLED_RATIO: f64 = 0.1;

/// Points, but one, of the trapezoidal rule for an expectation over one normal coordinate, an even number: it is exact to
/// rounding for a weight's slope up to 100, and its error is bounded by the difference from half the points.
pub const LINE_NODES: usize = 4000;

/// How much closer the points lie in the middle than at the ends: by the hyperbolic cosine of this.
pub const LINE_CLUSTER: f64 = 4.0;

/// How far it reaches, in standard deviations: what lies beyond has probability 1e-32, which leaves room for
/// exponentials of the coordinate.
pub const LINE_REACH: f64 = 12.0;

/// Intervals in which an event of one normal coordinate is looked for; it may not begin and end within one.
pub const EVENT_NODES: usize = 2400;

/// Halvings that bring the end of such an interval to rounding.
pub const BISECTIONS: usize = 50;

/// Error of such a probability: that of the normal distribution function at ends that are known to rounding.
pub const EVENT_ERROR: f64 = 1e-12;

/// Standard errors that bound what a sampled expectation misses; more is rarer than 1e-8.
pub const SAMPLED_ERRORS: f64 = 6.0;

/// Error of a side, relative to what is compared, above which agreement within the error says nothing.
pub const BLUNT: f64 = 1e-6;

/// Smaller errors are rounding of numbers of size 1, not sampling: two sides that are 0 but for rounding agree.
pub const BLUNT_LEAST: f64 = 1e-11;

/// Draws for an expectation over many coordinates at one instance; both sides of a relation see
/// the same draws, so that equal quantities agree to rounding.
pub const INSTANCE_DRAWS: usize = 2000;

/// How many times as many draws are made where a moment is over those in which an event happens: some are left out.
pub const GIVEN_DRAWS: usize = 2;

/// The smallest share of the draws over which a moment is taken: of fewer, too few points are left to trust the sampling error.
pub const GIVEN_MASS: f64 = 0.02;

/// Largest dimension that a condition may ask for: an instance stays small enough to be drawn in
/// milliseconds.
pub const DIMENSION_MAX: usize = 128;

/// How many keys are many: a bound that a few instances of a handful of keys meet is looked at there too.
pub const MANY_KEYS: usize = 100;

/// A query that one score stands out for: the gap to the second is at least this share of the largest
/// score, so that at the end of [`PATH`] scores stay below 160 / 0.25 = 640 and `exp` within `f64`.
pub const SEPARATION_SHARE: f64 = 0.25;

/// Directions tried for such a query; a random one serves in about one of five.
pub const SEPARATIONS_MAX: usize = 100;

/// Draws tried for an instance that meets the writer's conditions (`X > 1` holds in half of them).
pub const REJECTIONS_MAX: u64 = 40;

/// Instances at which an identity is evaluated. A false identity of degree D at most 6 in the
/// drawn coordinates agrees to 1e-13 at one of them with probability at most `4 D 1e-13^(1/D)`
/// (Carbery and Wright), about 0.16; at all of them with less than 1e-12.
pub const IDENTITY_INSTANCES: u64 = 16;

/// Instances of a relation whose sides are sampled: their errors are those of sampling, which more instances do not mend.
pub const SAMPLED_INSTANCES: u64 = 3;

/// The bound of [`IDENTITY_INSTANCES`].
pub const IDENTITY_ERROR: f64 = 1e-12;

/// Instances that are followed along a limit.
pub const PATH_INSTANCES: u64 = 5;

/// Parameters at which a limit is followed: each doubles the one before; `exp` of a score stays
/// within `f64` at the last.
pub const PATH: [f64; 6] = [5.0, 10.0, 20.0, 40.0, 80.0, 160.0];

/// A size that grows without bound, as a share of [`PATH`]: the last stays at [`DIMENSION_MAX`].
pub const SIZE_ON_PATH: f64 = 0.8;

/// A vanishing scalar close to its limit: what it adds to a variance that stays is below its square
/// root, what separates two variances that vanish is not.
pub const NEAR_ZERO: f64 = 1e-9;

/// A difference is of the order of a correction when it is this share of it: smaller ones are dropped
/// terms of higher order, which people drop under `=`.
pub const SAME_ORDER: std::ops::RangeInclusive<f64> = 0.02..=50.0;

/// Share of a value up to which the rounding of the numbers it was computed from may explain a difference
/// (`20.09/42.17`); with coarser numbers nothing would be shown.
pub const ROUNDED_OPERANDS: f64 = 0.01;

/// A whole number from here on that stands for an irrational one (`22026` for e^10) is rounded; a smaller one is counted.
pub const WHOLE_ROUNDED: f64 = 100.0;

/// A constant error below this share under `≈` counts as rounding by the writer.
pub const APPROX_CLOSE: f64 = 0.01;

/// A factor that people give for what a change does is this share off at most ("2.7 times" for e).
pub const ROUNDED_FACTOR: f64 = 0.03;

/// A factor that is off by more than this share is another one.
pub const OTHER_FACTOR: f64 = 0.1;

/// A power that is off by more than this share is another one.
pub const OTHER_POWER: f64 = 0.25;

/// A gap between scores at which the other weights are as good as gone, and still no zero in doubles when it is doubled.
pub const FAR_GAP: f64 = 200.0;

/// A number from here on in an answer's query may hide in the digits of a weight that the other keys have some (e^-8 is 3e-4).
pub const LARGE_FACTOR: f64 = 8.0;

/// By more units of its last digit than these a number under `≈` that is written with digits is another one, where what it
/// leaves of 1 is off by more than [`REST_OFF`], too.
pub const DIGITS_OFF: f64 = 5.0;

/// The factor by which the rest of a share has to differ.
pub const REST_OFF: f64 = 2.0;

/// A number of one digit without a word for "about" that is off by more than this share of itself is no rounding: nobody
/// writes 0.1 for 0.14 where 0.14 is meant.
pub const ONE_DIGIT_OFF: f64 = 0.2;

/// A last digit of at most this share of the size may be cut off where it should be rounded; a coarser one is meant.
pub const CUT_OFF: f64 = 0.05;

/// Up to this share a whole number under `≈` ("c ≈ (1, 0)" of 0.93) is neither confirmed nor refuted: how near is near
/// enough the writer does not say.
pub const NEAR_WHOLE: f64 = 0.15;

/// A constant error under `≈` up to this share is nobody's to refute.
pub const APPROX_FAR: f64 = 0.25;

/// Of a share of the draws that is said to be "about" so large, the share of the rest by which the rest may be another: half,
/// so that "about 95 %" may be 91 % and not 84 %.
pub const REST_FAR: f64 = 0.5;

/// The same for a share that is written with two digits or more ("about 68 %"): its digits say more than "about".
pub const APPROX_DIGITS: f64 = 0.15;

/// A unit of the last digit written that is more than this share of the number: a single digit.
pub const COARSE_DIGIT: f64 = 0.2;

/// The largest last digit, as a share of the number, of a threshold that was rounded: it has three digits.
pub const DIGITS_OF_THRESHOLD: f64 = 0.01;

/// The largest share of a number that its last digit may be and still say something: half of it.
pub const SINGLE_DIGIT: f64 = 0.5;

/// A probability that is given by digits which are no round number ("about 68 %") is wrong where it is further off than
/// this: nobody rounds 52 to 68.
pub const SHARE_FAR: f64 = 0.12;

/// What round percentages are multiples of.
pub const ROUND_SHARE: f64 = 5.0;

/// Probability above which leaving a set counts against "lies in".
pub const OUTSIDE_MAX: f64 = 1e-6;

/// Margin, in units of the error bound, by which two numbers must differ to be told apart.
pub const ERROR_MARGIN: f64 = 8.0;

/// Statements of one sheet that are judged; an answer sheet has a few hundred.
pub const STATEMENTS_MAX: usize = 10_000;

/// Definitions that a statement is judged with; an answer to one question has some twenty. What comes after more is not
/// judged, since every statement is held against all that stands before it.
pub const DEFINITIONS_MAX: usize = 300;

/// Steps of evaluation (`numeric::Steps`, some hundred nanoseconds each) that judging one statement may take: forty times
/// what an equality of sampled covariances followed along a limit takes. Moving vectors of a hundred entries towards a
/// supposed equality takes more than a quarter of it.
pub const STEPS_MAX: u64 = 100_000_000;

/// Steps that evaluating one side at one instance may take: ten times the most that a covariance takes, and a hundred
/// times what a sum of 3,000 terms does.
pub const STEPS_EACH_MAX: u64 = 1_000_000;

// Exact algebra.

/// Base-2 logarithm of the largest error of an identity decided by residues. A run judges fewer
/// than 2^30 identities, so that none of them is wrong with probability above 2^-70.
pub const IDENTITY_LOG2_ERROR_MAX: f64 = -100.0;

/// Bits of the enclosures with which a counterexample is sought first; three times as many where
/// these do not tell the sides apart.
pub const BALL_BITS: u64 = 128;

/// Bits to which two sides must agree at every point to be called equal without a proof. Numbers
/// that people write down and that differ at all differ within the first 100 bits; agreement by
/// chance in 200 has probability 2^-200.
pub const AGREEMENT_BITS: u32 = 200;
// Monte Carlo and quadrature.

/// Draws of all keys behind a number that stands beside a proposition: five standard errors are then about
/// a hundredth of it.
pub const EVIDENCE_DRAWS: u64 = 65_536;

/// Error probability of such a number's confidence sequence; a sheet has some ten of them, which leaves
/// most of [`RUN_ERROR_BUDGET`].
pub const EVIDENCE_ERROR: f64 = 1e-8;

/// Largest difference between a quadrature and an exact value (relative where the value exceeds 1).
/// The methods reach 1e-13; ten thousand times that is left for cancellation in variances.
pub const QUADRATURE_TRUTH: f64 = 1e-10;
/// Standard errors over 16 randomisations by which a quasi-random estimate may miss an integral: Student's t
/// with 15 degrees of freedom lies beyond with probability 4e-9.
pub const QUASI_STANDARD_ERRORS: f64 = 12.0;

/// Times that something must be met among quasi-random points before its spread is trusted: what is expected
/// 20 times is never met with probability 2e-9 by independent points.
pub const QUASI_UNMET: f64 = 20.0;

/// Draws behind a claim of a world that the audit samples: its width is then about 0.002 for a variance of 1/4.
pub const CLAIM_DRAWS: u64 = 1 << 22;

/// Standard errors by which a plot's sampled point may miss its exact curve before that is an error: a normal
/// variable lies beyond with probability 1e-15.
pub const PLOT_STANDARD_ERRORS: f64 = 8.0;
// The trainer.

/// Error of the trainer's `f32` exponential (relative) and normal distribution (absolute): a few
/// roundings of `f32` (unit roundoff 6e-8), and the 1.5e-7 of Abramowitz and Stegun 7.1.26.
pub const F32_ELEMENTARY: f64 = 3e-7;

/// Relative difference, a tensor, between `f64` gradients and five-point central differences with
/// a step of 1e-4: 1e-12 of rounding over gradients down to 1e-5.
pub const GRADIENT_DIFFERENCES: f64 = 1e-7;

/// Relative difference of a bfloat16 product's f32 sums, a thousand terms at most, from exact sums
/// of the same rounded factors.
pub const BFLOAT16_SUMS: f64 = 2e-6;

/// Relative difference of a loss whose products round their factors to bfloat16 (8 bits, 4e-3
/// each), averaged over thousands of tokens.
pub const BFLOAT16_LOSS: f64 = 1e-2;

/// Relative difference, a tensor, of the trainer's `f32` values from PyTorch's.
pub const PARITY_F32: f64 = 1e-5;

/// The same for gradients, which sum over all tokens.
pub const PARITY_GRADIENT_F32: f64 = 1e-4;

/// The trainer's `f64` values against PyTorch's `f32`: the reference's own rounding.
pub const PARITY_F64: f64 = 2e-6;

/// Losses of 50 steps: roundings of the first are carried through the steps after it, which moves
/// them by some 2e-7; half the weight decay moves them by 1e-4.
pub const PARITY_LOSSES_F32: f64 = 1e-5;

/// A residual below this share of its row's length depends on the rows before: a hundred roundings.
pub const DEPENDENT_ROW: f64 = 1e-14;

/// Deviation of a score (times `β`) below which its noise moves no weight by more than a rounding.
pub const NEGLIGIBLE_NOISE: f64 = 1e-17;

/// Bound on the error that adding two scores' densities makes in an integral: a hundred times what
/// interpolation through 12 points makes at the steps used (2e-15).
pub const LOG_SUM_ERROR: f64 = 2e-13;

/// Error probability at which the audit runs the tests: large enough that its keeping can be seen.
pub const AUDIT_ERROR: f64 = 0.05;

/// Level of the interval by which an audited promise counts as broken. Each of its sides errs with probability
/// at most 5e-11, and a promise has one side: with 15 rates an audit of kept promises fails with probability
/// at most 15 × 5e-11 = 7.5e-10, even if every rate lay exactly at its bound.
pub const AUDIT_BROKEN: f64 = 1e-10;

// Suppositions and letters of the writer's own.

/// Letters that nobody defined, in one statement, that may stand for any number: more are slips of reading.
pub const STRANGERS_MAX: usize = 3;

/// Numbers tried for such a letter: either sign, beyond 1 in size.
pub const STRANGER_RANGE: (f64, f64) = (-2.0, 3.0);

/// Gauss-Newton steps towards a supposed equality; from a random draw ten are the rule.
pub const SOLVE_STEPS: usize = 40;

/// A step that leaves more than this share of the difference brings it no nearer.
pub const SOLVE_STUCK: f64 = 0.7;

/// So many such steps in a row: what is supposed contradicts itself.
pub const SOLVE_STUCK_STEPS: usize = 5;

/// So many draws of which none can be made to fulfil what is supposed: others will not either.
pub const SOLVE_REFUSALS: u32 = 6;

/// Largest difference of the two sides of an equality that counts as imposed: some roundings of scores of
/// size 1.
pub const SOLVED: f64 = 1e-12;

/// Difference over which its slopes are taken: the cube root of the unit roundoff, which balances
/// truncation and rounding of central differences.
pub const SOLVE_DIFFERENCE: f64 = 6e-6;

/// Singular values of its slopes below this are none: the error of such a difference is some 1e-10.
pub const SOLVE_RANK: f64 = 1e-7;

/// Points of noise at which a mean is held against the middle of a value and its opposite. Two functions that are no mirror
/// images agree at none of them.
pub const MIRRORED_POINTS: usize = 8;

/// How far beyond its bound a condition is looked at that is said to be needed (`X > 1`: at 0.7). Lengths along a mean have a
/// standard deviation of 0.7; no other bound that an answer names stands so near.
pub const CONVERSE_STEP: f64 = 0.3;

/// Relative difference that an imposed equality leaves in what follows from it.
pub const SOLVED_SLACK: f64 = 1e-9;

// Comparisons of reported accuracies.

/// Share of itself by which "about 6 times" may miss: people round to a handy number.
pub const COMPARISON_ABOUT: f64 = 0.1;

/// Share of itself by which a comparison may miss without being refuted: another rounding of the figures.
pub const COMPARISON_UNCLEAR: f64 = 0.1;

/// How many times a multiple has to miss every size that a grid has to be called wrong where sizes are not given: twice is no rounding
/// of what at most doubles, and four times is.
pub const PORTION_BEYOND: f64 = 1.5;

/// Share of itself by which a number that is only about right may miss by more than that without being refuted: how
/// generously people round is no matter of truth.
pub const COUNTED_UNCLEAR: f64 = 0.15;

/// Share of N by which "one in N" may miss where N has two digits and is round, and where it is not: 1.8 % is one in 50 and one in
/// 56, and not one in 45.
pub const ONE_IN_ROUND: f64 = 0.12;
/// The same where N is not round.
pub const ONE_IN: f64 = 0.1;

/// Share of itself by which a factor with a decimal may miss: it may have been cut off, or be of rounded shares.
pub const FACTOR_CUT: f64 = 0.05;

/// Share of a standard error by which the numbers made of it may miss: it was rounded to two digits before.
pub const ERROR_ROUNDED: f64 = 0.05;

/// Share of itself by which a standard error may miss without being refuted: other models of it give others.
pub const ERROR_UNCLEAR: f64 = 0.2;

/// Share of a distance in standard errors by which it may miss all of the usual ones without being refuted.
pub const DISTANCE_UNCLEAR: f64 = 0.15;

/// Share of itself by which a limit in depth may be missed at the depth that stands for infinity: what remains there is
/// about 1e-12 times the quotient of two sizes.
pub const DEEP_LIMIT: f64 = 1e-6;

/// Share of itself by which a count that is said to be about so many may miss what a share makes of it.
pub const COUNTED_ROUNDED: f64 = 0.02;

/// Share of itself by which an accuracy may miss a fraction of small numbers that it is said to be.
pub const COUNTED_FRACTION: f64 = 0.02;

/// Whole numbers below this are rounded too far to be called true where the real one differs: "2 times" for 1.9.
pub const COUNTED_WHOLE: f64 = 10.0;

/// Share of itself by which a counted number's own double may be off: rounding of a few operations.
pub const COUNTED_ROUNDING: f64 = 1e-9;

/// Distance from a whole number below which a quotient of two exact terms is looked at exactly; beyond it the quotient is none.
pub const PERIODS_WHOLE: f64 = 1e-9;

// Recorded runs.

/// Probability that the interval for another run's count holds it: one report in a hundred by a run like ours
/// is remarked upon, and none is refuted for it.
pub const PREDICTIVE_CONFIDENCE: f64 = 0.99;

/// Runs that a predictive interval stands on: fewer do not tell how much seeds differ.
pub const RUNS_MIN: usize = 3;

/// Confidence of the exact intervals shown beside counts, and of those that must not overlap where two settings
/// are said to differ.
pub const INTERVAL_CONFIDENCE: f64 = 0.99;

/// Lengths of a key along its mean that stand for its draws, in a normal law with mean 1 and variance 1/2: between them nearly all
/// draws lie, on either side of 0 and of 1.
pub const DRAWS_OF_A_LENGTH: [f64; 4] = [-1.0, 0.5, 1.5, 3.0];
