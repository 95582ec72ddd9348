//! What a writer supposes in words or equalities is imposed, and what follows from it holds; what does
//! not follow is never called true, and never refuted.

use attest::record::Verdict;

use super::support::{FALSE, OPEN, TRUE, all, finding, record};

/// (question, supposition, what follows, what does not)
const FOLLOWS: &[(&str, &str, &str, &str)] = &[
    (
        "1a)ii)",
        "Choose q perpendicular to every key except $k_j$. Then",
        "$\\alpha_j = \\frac{\\exp(k_j^T q)}{\\exp(k_j^T q) + n - 1}$",
        "$\\alpha_j = \\frac{\\exp(k_j^T q)}{\\exp(k_j^T q) + n}$",
    ),
    ("1a)iv)", "If all weights are equal then", "$c = \\frac1n \\sum_i v_i$", "$c = \\sum_i v_i$"),
    ("1a)iv)", "If all scores are equal then", "$\\alpha_i = 1/n$", "$\\alpha_i = 1/(n+1)$"),
    ("1a)iv)", "If all values are the same then", "$c = v_j$", "$c = 2 v_j$"),
    ("1a)ii)", "If $k_i^T q = 0$ for all $i$, then", "$\\alpha_i = 1/n$", "$\\alpha_i = 0$"),
    ("1a)ii)", "With orthonormal keys", "$k_i^T k_i = 1$", "$k_i^T k_i = 2$"),
];

#[test]
fn what_follows_holds_and_what_does_not_is_left_open() {
    for (question, supposition, follows, other) in FOLLOWS {
        let verdict = |claim: &str| {
            let sheet = record("sheet.md", &format!("{question} {supposition} {claim}.\n"));
            finding(&sheet, claim.trim_matches('$')).clone()
        };
        let found = verdict(follows);
        assert_eq!(found.verdict, Verdict::Holds, "{supposition} {follows}: {}", found.message);
        // Either imposed on the question's instances, or set up as a configuration.
        let imposed = ["supposing", "configuration"].iter().any(|w| found.message.contains(w));
        assert!(imposed, "{}", found.message);
        let found = verdict(other);
        assert_eq!(found.verdict, Verdict::NotChecked, "{supposition} {other}: {}", found.message);
    }
}

#[test]
fn without_the_supposition_the_same_statement_is_refuted() {
    let sheet = record("sheet.md", "1a)iv) $\\alpha_i = 1/n$.\n");
    assert_eq!(finding(&sheet, "alpha").verdict, Verdict::Refuted);
}

#[test]
fn an_undefined_letter_may_stand_for_any_number() {
    let verdict = |claim: &str| finding(&record("sheet.md", &format!("1a)i) For every real x, ${claim}$.\n")), "x").verdict;
    assert_eq!(verdict("\\exp(x) > 0"), Verdict::Holds);
    assert_eq!(verdict("\\frac{e^x}{1 + e^x} = \\frac{1}{1 + e^{-x}}"), Verdict::Holds);
    assert_eq!(verdict("\\exp(x) > 1"), Verdict::NotChecked);
}

#[test]
fn a_pronoun_stands_for_what_was_spoken_of() {
    let text = |value: &str| {
        format!(
            "1b)ii) $q = \\beta(k_a + k_b)$. $\\alpha_a = \\frac{{e^\\beta}}{{2e^\\beta + n - 2}}$, which tends to {value}.\n"
        )
    };
    assert_eq!(finding(&record("sheet.md", &text("1/2")), "which").verdict, Verdict::HoldsInLimit);
    // Its reading is a guess: a wrong value is not held, and not refuted.
    assert_eq!(finding(&record("sheet.md", &text("1/3")), "which").verdict, Verdict::NotChecked);
}

#[test]
fn coordinates_that_an_equation_introduces_are_known_after_it() {
    let sheet = record("sheet.md", "1b)i) We have $v_a = A x$ and $v_b = B y$, so $A^T (v_a + v_b) = x$.\n");
    assert_eq!(finding(&sheet, "v_a = A x").verdict, Verdict::Holds);
    assert_eq!(finding(&sheet, "v_b = B y").verdict, Verdict::Holds);
    assert_eq!(finding(&sheet, "A^T (v_a + v_b)").verdict, Verdict::Holds);
    // No y makes this true.
    let sheet = record("sheet.md", "1b)i) We have $v_a = B y$.\n");
    assert_eq!(finding(&sheet, "v_a = B y").verdict, Verdict::Refuted);
}

#[test]
fn different_letters_stand_for_different_indices() {
    let sheet = record("sheet.md", "1b)i) $a_i^T a_l = 0$ and $a_i^T a_l = 1$.\n");
    let found = finding(&sheet, "a_i^T a_l = 0");
    assert_eq!(found.verdict, Verdict::Holds);
    assert!(found.message.contains("different indices"), "{}", found.message);
    assert_eq!(finding(&sheet, "a_i^T a_l = 1").verdict, Verdict::Refuted);
}

#[test]
fn comparisons_are_held_against_the_accuracies_of_the_part() {
    let verdict = |claim: &str, cue: &str| {
        let text = format!("2d) London baseline = 25/500 = 5 %. Our model gets 10/500 = 2.0 %, so {claim}.\n");
        finding(&record("sheet.md", &text), cue).verdict
    };
    assert_eq!(verdict("it is 3 percentage points below the baseline", "points"), Verdict::Holds);
    assert_eq!(verdict("it is 3 percentage points above the baseline", "points"), Verdict::Refuted);
    assert_eq!(verdict("the baseline is 2.5 times as good", "times"), Verdict::Holds);
    assert_eq!(verdict("the baseline is 3.5 times as good", "times"), Verdict::Refuted);
    assert_eq!(verdict("the baseline is 150 % better", "better"), Verdict::Holds);
}

#[test]
fn a_subscript_that_is_put_back_is_said() {
    let sheet = record("sheet.md", "1a)i) α i > 0.\n");
    let found = finding(&sheet, ">");
    assert_eq!(found.verdict, Verdict::Holds);
    assert!(found.message.contains("read as α_i"), "{}", found.message);
}

#[test]
fn a_case_may_have_two_bounds() {
    let head = "1d.ii) q1 = β(μa − μb), q2 = β(μb − μa), ka ≈ γ μa.\n";
    all(
        head,
        &[
            ("If γ < 0 and γ > −1 then c_2 ≈ v_b.", "c_2 ≈ v_b", TRUE),
            ("c_2 ≈ v_b if γ < 0 and γ > −1.", "c_2 ≈ v_b", TRUE),
            ("c_2 ≈ v_a if γ < 0 and γ > −1.", "c_2 ≈ v_a", FALSE),
            ("c_2 ≈ v_b provided that γ < 0 but γ > −1.", "c_2 ≈ v_b", TRUE),
            ("Head 2 still returns vb if γ is negative but above −1.", "Head 2 still returns vb", TRUE),
            ("Head 2 returns va if γ is negative and below −1.", "Head 2 returns va", TRUE),
            ("Head 2 still returns vb if γ is negative but below −1.", "Head 2 still returns vb", FALSE),
            // A case of its own takes the other's place.
            ("c_1 ≈ v_a for γ > 0 and c_2 ≈ v_a for γ < -1.", "c_2 ≈ v_a", TRUE),
        ],
    );
}

#[test]
fn draws_whose_share_was_given_are_meant_by_then() {
    all(
        "1c.ii) ",
        &[
            ("In about 7.9 % of the draws k_aᵀq is below zero; then v_a is almost absent from c and c ≈ v_b.", "c ≈ v_b", TRUE),
            ("In about 7.9 % of the draws k_aᵀq is below zero; then v_b is almost absent from c and c ≈ v_a.", "c ≈ v_a", FALSE),
            ("In 7.9 % of the cases X is negative. Then c ≈ v_b.", "c ≈ v_b", TRUE),
            ("In 7.9 % of the cases X is negative. Then c ≈ v_a.", "c ≈ v_a", FALSE),
            ("X > 1 in half of the draws. c ≈ v_a then.", "c ≈ v_a", TRUE),
            ("X > 1 in half of the draws. c ≈ v_b then.", "c ≈ v_b", FALSE),
        ],
    );
}

#[test]
fn a_law_in_the_limit_of_the_noise_beside_a_given_factor() {
    all(
        "1c.ii) ",
        &[
            ("k_a = X mu_a with X ~ N(1, 1/2), two keys only, beta = 10:", "X ~ N(1, 1/2)", TRUE),
            ("k_a = X mu_a with X ~ N(1, 1/4), two keys only, beta = 10:", "X ~ N(1, 1/4)", FALSE),
        ],
    );
}

#[test]
fn a_query_with_a_key_of_no_name_is_not_the_one_before_it() {
    let third = "q = β(k_a+k_b). With a third key k_r the query q = β(k_a+k_b) + (β/2) k_r does it too: α_r/α_a = e^{-β/2}.";
    all("1b.ii) ", &[(third, "α_r/α_a = e^{-β/2}", OPEN)]);
}

#[test]
fn moments_over_the_draws_that_are_kept() {
    let head = "1d.ii) q_1 = βμ_a, q_2 = βμ_b.\n";
    all(
        head,
        &[
            ("Ignoring k_a^T q_1 < 0, Var(c_1) → 0.", "Var(c_1) → 0", TRUE),
            ("If only k_a^T q_1 > 0 is considered, Var(c_1) ≈ 0.", "Var(c_1) ≈ 0", TRUE),
            ("Ignoring k_a^T q_1 < 0, Var(c_1) → ¼‖v_a‖².", "Var(c_1) → ¼‖v_a‖²", &[Verdict::Refuted, Verdict::NotChecked]),
            // The question allows to keep to them, so that the bare number is not refuted, nor is it confirmed.
            ("Var(c_1) ≈ 0 and Var(c_2) ≈ 0.", "Var(c_1) ≈ 0", OPEN),
        ],
    );
    // Where the question allows nothing of the kind, it is.
    all("1c.ii) q = β(μ_a + μ_b).\n", &[("Var(c) ≈ 0.", "Var(c) ≈ 0", FALSE)]);
}
