//! What the engines found of one statement, before it becomes a finding.

use crate::record::{Fix, Measurement, Tier, Verdict};
use crate::tolerance;

/// The outcome of judging one statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruling {
    /// The verdict.
    pub verdict: Verdict,
    /// Its ground.
    pub tier: Option<Tier>,
    /// Bound on the probability that it is wrong, where numbers were drawn.
    pub error_probability: Option<f64>,
    /// How fast a limit is reached.
    pub rate: Option<String>,
    /// A counterexample.
    pub witness: Option<String>,
    /// What would be right.
    pub correction: Option<String>,
    /// The change after which it holds.
    pub fix: Option<Fix>,
    /// Why, in one sentence.
    pub message: String,
    /// Numbers.
    pub evidence: Vec<Measurement>,
    /// A plot that shows it.
    pub plot: Option<String>,
    /// Whether it holds in the limit and sampling cannot tell whether it does at finite values too.
    pub blunt: bool,
}

impl Ruling {
    /// A ruling with a verdict, a tier and a message.
    pub fn new(verdict: Verdict, tier: Option<Tier>, message: impl Into<String>) -> Self {
        Ruling {
            verdict,
            tier,
            error_probability: None,
            rate: None,
            witness: None,
            correction: None,
            fix: None,
            message: message.into(),
            evidence: vec![],
            plot: None,
            blunt: false,
        }
    }

    /// Held at every instance that was drawn.
    pub fn held_everywhere(message: impl Into<String>) -> Self {
        let error_probability = Some(tolerance::IDENTITY_ERROR);
        Ruling { error_probability, ..Ruling::new(Verdict::Holds, Some(Tier::Sampled), message) }
    }

    /// Refuted by what was computed, with the place where it fails.
    pub fn contradicted(message: impl Into<String>, witness: impl Into<String>) -> Self {
        Ruling { witness: Some(witness.into()), ..Ruling::new(Verdict::Refuted, Some(Tier::Certified), message) }
    }

    /// Not checked, with the reason.
    pub fn not_checked(message: impl Into<String>) -> Self {
        Ruling::new(Verdict::NotChecked, None, message)
    }

    /// Undecided, with the budget that ran out.
    pub fn undecided(message: impl Into<String>) -> Self {
        Ruling::new(Verdict::Undecided, None, message)
    }

    /// Whether the statement came out true, as written or in the limit.
    pub fn is_true(&self) -> bool {
        matches!(self.verdict, Verdict::Holds | Verdict::HoldsInLimit)
    }
}
