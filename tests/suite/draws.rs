//! Shares of the draws and moments in words: right ones hold, their wrong twins are refuted, and what is not quite that stays
//! unread. The numbers are held against the normal distribution by hand.

use attest::record::Verdict;
use statrs::distribution::{ContinuousCDF, Normal};

use super::support::{finding, record};

const SINGLE: &str = "1c)ii) $q = \\beta(\\mu_a + \\mu_b)$.\n\n";
const HEADS: &str = "1d)ii) $q_1 = \\beta\\mu_a$ and $q_2 = \\beta\\mu_b$.\n\n";

fn verdict(head: &str, claim: &str) -> Verdict {
    let sheet = record("sheet.md", &format!("{head}{claim}.\n"));
    finding(&sheet, claim).verdict
}

fn holds(head: &str, claims: &[&str]) {
    for claim in claims {
        let found = verdict(head, claim);
        assert!(matches!(found, Verdict::Holds | Verdict::HoldsInLimit), "{claim}: {found:?}");
    }
}

fn is(head: &str, expected: Verdict, claims: &[&str]) {
    for claim in claims {
        assert_eq!(verdict(head, claim), expected, "{claim}");
    }
}

#[test]
fn the_numbers_below_are_those_of_the_normal_distribution() {
    let x = Normal::new(1.0, 0.5f64.sqrt()).unwrap();
    let near = |p: f64, said: f64, half: f64| assert!((p - said).abs() <= half, "{p} {said}");
    near(x.cdf(0.0), 0.08, 0.005);
    near(x.cdf(-1.0), 0.0023, 0.00005);
    near(x.cdf(1.5) - x.cdf(0.5), 0.52, 0.005);
    near(x.cdf(2.39) - x.cdf(-0.39), 0.95, 0.005);
}

#[test]
fn shares_of_the_draws() {
    holds(
        SINGLE,
        &[
            "X is negative in about 8 % of the draws",
            "In 8 % of the samples X < 0",
            "95 % of the X lie between −0.39 and 2.39",
            "About 52 % of the keys have X ∈ [0.5, 1.5]",
            "The probability that X is negative is about 7.9 %",
            "X < −1 has probability about 0.2 %",
            "X > 1 happens half of the time",
            "X exceeds 1 with probability 1/2",
            "v_a wins in half of the draws",
        ],
    );
    is(SINGLE, Verdict::Refuted, &["X is negative in 16 % of the draws", "In 32 % of the samples X < 0"]);
}

#[test]
fn what_is_close_in_a_share_of_the_draws() {
    holds(HEADS, &["In roughly 92 % of the draws c ≈ ½v_a + ½v_b", "c₁ ≈ v_a in about 92 % of the draws"]);
}

#[test]
fn an_event_that_was_named_before() {
    let head = format!("{SINGLE}Sometimes X < 0 and the weight of a is tiny. ");
    holds(&head, &["This happens in about 8 % of the draws"]);
    is(&head, Verdict::Refuted, &["This happens in about 31 % of the draws"]);
}

#[test]
fn variances_of_heads() {
    holds(HEADS, &["Var(c) = ¼Var(c₁)", "Var(c) is a quarter of Var(c₁)"]);
    is(HEADS, Verdict::Refuted, &["Var(c) = ½Var(c₁)", "Var(c₂) = Var(c₁)", "Var(c) is half of Var(c₁)"]);
}

#[test]
fn probabilities_of_scores_are_exact_ones() {
    is(SINGLE, Verdict::Holds, &["P(α_a > α_b) = ½", "P(X < 0) ≈ 0.0786"]);
    is(SINGLE, Verdict::Refuted, &["P(α_a > α_b) = 0.92"]);
    // Rounding of a quadrature is no counterexample.
    let fixed = format!("{SINGLE}Let α = 0. ");
    assert_ne!(verdict(&fixed, "P(X < 0) = Φ(−√2)"), Verdict::Refuted);
}
