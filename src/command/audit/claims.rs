//! The worlds' claims about draws and their wrong versions, sampled in each world's limit.

use miette::Diagnostic;
use rayon::prelude::*;
use thiserror::Error;

use crate::check::limit_claim::{LimitDisagreement, LimitRuling, judge_in_limit};
use crate::language::{Chain, Style, print_chain};
use crate::record::Verdict;
use crate::tolerance;
use crate::world::{Library, Mutants, World};

/// A claim, or a wrong version of one, and what sampling says of it.
pub struct ClaimRow {
    /// The question.
    pub question: String,
    /// The claim in normal notation.
    pub claim: String,
    /// Whether it is a wrong version.
    pub wrong: bool,
    /// What sampling says.
    pub ruling: LimitRuling,
}

impl ClaimRow {
    /// `claim` or `mutant`, as the tables word it.
    pub fn version(&self) -> &'static str {
        if self.wrong { "mutant" } else { "claim" }
    }

    /// Whether sampling says nothing false: a wrong version that is an inequality between equal numbers stays
    /// undecided, and the check refutes it exactly.
    pub fn kept(&self) -> bool {
        match self.ruling.verdict {
            Verdict::Holds => !self.wrong,
            Verdict::Refuted => self.wrong,
            _ => self.wrong && self.ruling.exact.is_some_and(|x| x.abs() <= self.ruling.detects),
        }
    }
}

/// Sampling and quadrature disagree on a claim.
#[derive(Debug, Error, Diagnostic)]
#[error("question {question}, `{claim}`: {source}")]
#[diagnostic(code(attest::internal), help("this is a defect of attest; please report it with the command line"))]
pub struct ClaimDisagreement {
    question: String,
    claim: String,
    source: LimitDisagreement,
}

/// Samples every claim about a statistic, and its wrong versions; claims of another kind have no row. One run's
/// error budget is split over all of them.
///
/// # Errors
/// [`ClaimDisagreement`] where sampling and quadrature disagree.
pub fn sample(library: &Library, seed: u64) -> Result<Vec<ClaimRow>, ClaimDisagreement> {
    let all: Vec<(&World, &Mutants, &Chain, bool)> = library
        .iter()
        .flat_map(|w| w.mutants.iter().map(move |m| (w, m)))
        .flat_map(|(w, m)| std::iter::once((w, m, &m.claim, false)).chain(m.wrong.iter().map(move |x| (w, m, x, true))))
        .collect();
    let share = tolerance::RUN_ERROR_BUDGET / all.len().max(1) as f64;
    let sampled = all.par_iter().enumerate().map(|(at, (world, mutants, chain, wrong))| {
        let claim = print_chain(chain, Style::Plain);
        let seed = seed.wrapping_add(at as u64);
        match judge_in_limit(world, &mutants.given, chain, seed, share, tolerance::CLAIM_DRAWS) {
            Ok(found) => Ok(found.map(|ruling| ClaimRow { question: world.id.clone(), claim, wrong: *wrong, ruling })),
            Err(source) => Err(ClaimDisagreement { question: world.id.clone(), claim, source }),
        }
    });
    let rows: Vec<Option<ClaimRow>> = sampled.collect::<Result<_, _>>()?;
    Ok(rows.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::montecarlo::Interval;

    fn row(wrong: bool, verdict: Verdict, exact: f64) -> ClaimRow {
        let ruling = LimitRuling {
            verdict,
            difference: exact,
            interval: Interval { low: exact - 0.001, high: exact + 0.001 },
            exact: Some(exact),
            detects: 0.002,
            draws: 1,
        };
        ClaimRow { question: "1c.ii".into(), claim: "x = 1".into(), wrong, ruling }
    }

    #[test]
    fn a_mutant_that_survives_breaks_the_audit_and_so_does_a_claim_that_falls() {
        assert!(row(false, Verdict::Holds, 0.0).kept() && row(true, Verdict::Refuted, 0.1).kept());
        assert!(!row(true, Verdict::Holds, 0.0).kept() && !row(false, Verdict::Refuted, 0.1).kept());
        assert!(row(true, Verdict::Undecided, 0.0).kept(), "`x < y` of equal numbers is left to the check");
        assert!(!row(false, Verdict::Undecided, 0.0).kept() && !row(true, Verdict::Undecided, 0.1).kept());
    }
}
