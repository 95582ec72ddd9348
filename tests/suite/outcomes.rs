//! What comes out, in words, over draws and heads: right statements hold, their wrong twins are refuted, and what is not quite
//! that stays unread.

use attest::record::Verdict;

use super::support::{finding, record};

const SINGLE: &str = "1c)ii) $q = \\beta(\\mu_a + \\mu_b)$, $k_a \\approx X\\mu_a$.\n\n";
const HEADS: &str = "1d)ii) $q_1 = \\beta\\mu_a$ and $q_2 = \\beta\\mu_b$, $k_a \\approx X\\mu_a$.\n\n";
const SAME: &str = "1d)ii) Both queries equal to $\\beta(\\mu_a+\\mu_b)$, $k_a \\approx X\\mu_a$.\n\n";
const SMALL: &str = "1c)i) $q = T(\\mu_a + \\mu_b)$.\n\n";

/// The verdict on the last of the texts, which all stand in one paragraph.
fn verdict(head: &str, before: &str, claim: &str) -> Verdict {
    let sheet = record("sheet.md", &format!("{head}{before}{claim}.\n"));
    finding(&sheet, claim).verdict
}

fn holds(head: &str, claims: &[(&str, &str)]) {
    for (before, claim) in claims {
        let found = verdict(head, before, claim);
        assert!(matches!(found, Verdict::Holds | Verdict::HoldsInLimit), "{before}{claim}: {found:?}");
    }
}

fn refuted(head: &str, claims: &[(&str, &str)]) {
    for (before, claim) in claims {
        assert_eq!(verdict(head, before, claim), Verdict::Refuted, "{before}{claim}");
    }
}

#[test]
fn heads_give_values() {
    holds(
        HEADS,
        &[
            ("For X > 0 ", "head 1 hands out v_a"),
            ("For X < 0 ", "the first head returns the mean of the other n - 1 values"),
            ("Here ", "the second head copies v_b"),
        ],
    );
    refuted(HEADS, &[("For X < 0 ", "head 1 takes v_b"), ("So ", "the second head copies v_a")]);
    refuted(HEADS, &[("So ", "each head outputs about (v_a + v_b)/2")]);
    holds(SAME, &[("For X > 1 ", "both heads return v_a")]);
}

#[test]
fn one_query_gives_one_of_two_values() {
    holds(
        SINGLE,
        &[
            ("For large β ", "nearly every draw lands close to v_a or close to v_b"),
            ("For X < 1 ", "the output ends up near v_b"),
            ("", "k_a beats k_b in half of the draws"),
        ],
    );
    refuted(
        SINGLE,
        &[
            ("For X < 1 ", "the output ends up near v_a"),
            ("As β grows ", "the mean of c tends to v_a"),
            ("", "k_a beats k_b in 92 % of the draws"),
        ],
    );
}

#[test]
fn draws_that_are_left_out_or_spoken_of_again() {
    let named = "X < 0 happens in 7.9 % of the draws. ";
    holds(SINGLE, &[("X < 0 happens in 7.9 % of the draws; there ", "c ≈ v_b")]);
    refuted(SINGLE, &[("X < 0 happens in 7.9 % of the draws; there ", "c ≈ v_a")]);
    holds(
        HEADS,
        &[
            ("Ignoring the draws with X < 0, ", "c ≈ (v_a+v_b)/2"),
            (&format!("{named}If these draws are left out, "), "c_1 ≈ v_a"),
        ],
    );
    refuted(HEADS, &[("Ignoring the draws with X < 0, ", "c ≈ v_a")]);
}

#[test]
fn what_jumps_between_two_values() {
    refuted(HEADS, &[("", "c still jumps between v_a and v_b")]);
    // Two values in turn are told from sampled draws, which may leave it open and never contradict it.
    assert_ne!(verdict(SAME, "", "c still jumps between v_a and v_b"), Verdict::Refuted);
}

#[test]
fn variances_that_are_compared_in_words() {
    assert_ne!(verdict(HEADS, "", "Head 2 fluctuates less strongly than head 1"), Verdict::Refuted);
    refuted(HEADS, &[("", "The second head fluctuates just as strongly as the first one")]);
    refuted(SAME, &[("", "The variance of c becomes half")]);
    refuted(
        SINGLE,
        &[
            ("", "The variance of c is the same as in part i"),
            ("", "The variance of c dies out like 1/β"),
            ("", "The variance of c explodes without bound"),
            ("", "The score of a has standard deviation β/2"),
        ],
    );
    holds(SINGLE, &[("", "Perpendicular to μ_a the variance of k_a stays α per direction")]);
}

#[test]
fn limits_in_words_and_their_order() {
    let small = "provided T is big but T√α is small, ";
    holds(SMALL, &[(small, "c ≈ ½(v_a + v_b)")]);
    refuted(SMALL, &[(small, "c ≈ v_a")]);
    assert!(!matches!(verdict(SMALL, "If α is large, ", "c ≈ ½(v_a + v_b)"), Verdict::Holds | Verdict::HoldsInLimit));
}

#[test]
fn a_variance_that_vanishes_has_the_right_order() {
    holds(SMALL, &[("", "Var(k_a^T q) ≈ 0"), ("As α → 0, ", "Var(k_a^T q) = 0"), ("", "Var(k_a^T q) = 2αT²")]);
    refuted(SMALL, &[("", "Var(k_a^T q) = 2α²T²"), ("", "Var(k_a^T q) = 0")]);
}

#[test]
fn what_is_not_quite_that_stays_unread() {
    let unread = |head: &str, sentence: &str| {
        let sheet = record("sheet.md", &format!("{head}{sentence}.\n"));
        let judged = sheet.findings.iter().filter(|f| sentence.contains(f.text.as_str()) && f.text.len() * 2 > sentence.len());
        for finding in judged {
            assert!(matches!(finding.verdict, Verdict::NotChecked | Verdict::Undecided), "{sentence}: {finding:?}");
        }
    };
    unread(HEADS, "Head 1 does not return v_b");
    unread(HEADS, "Head 1 returns v_b plus the noise of the rest");
    unread(HEADS, "A third head would return v_b");
    unread(SINGLE, "The output is a mixture of v_a and v_b");
}
