//! What a sentence denies, rejects, wishes for, asks or only names is no claim of it: right sentences of that kind are not refuted,
//! their affirmative twins are, and what claims more than a limit gives does not hold as one.

use attest::record::Verdict::{Holds, HoldsIfRead, Refuted};

use super::support::{FALSE, OPEN, TRUE, all, said};

#[test]
fn answers_that_are_rejected_are_not_the_writers() {
    all(
        "1b.ii) ",
        &[
            ("q = k_a + k_b alone is too short.", "q = k_a + k_b", OPEN),
            ("It is tempting to take q = k_a + k_b, but its scores are too small.", "q = k_a + k_b", OPEN),
            ("q = k_a + k_b? Too weak. q = β(k_a + k_b), β ≫ 1.", "q = k_a + k_b", OPEN),
            ("q = k_a + k_b? Too weak. q = β(k_a + k_b), β ≫ 1.", "q = β(k_a + k_b)", TRUE),
            ("Not q = k_a, but q = β(k_a + k_b) with β ≫ 1.", "q = β(k_a + k_b)", TRUE),
            ("Choose q = k_a + k_b.", "q = k_a + k_b", FALSE),
            ("q = k_a + k_b is good enough.", "q = k_a + k_b", FALSE),
            ("Take q = k_a, which is not too short.", "q = k_a", FALSE),
        ],
    );
    all(
        "1b.i) ",
        &[
            ("Wrong: M = I. Right: M = AA^T.", "M = I", OPEN),
            ("Wrong: M = I. Right: M = AA^T.", "M = AA^T", TRUE),
            ("The answer: M = I.", "M = I", FALSE),
            ("M = AA^T is invertible.", "AA^T is invertible", FALSE),
        ],
    );
}

#[test]
fn what_follows_a_rejected_answer_is_said_of_it() {
    let text = "q = k_a + k_b does not suffice: α_a = e/(2e + n - 2). So q = β(k_a + k_b) with β ≫ 1.";
    assert_ne!(said("1b.ii) ", text, "α_a = e/(2e + n - 2)"), Refuted);
    assert!(TRUE.contains(&said("1b.ii) ", text, "q = β(k_a + k_b)")));
}

#[test]
fn denied_relations_are_judged_as_denied() {
    all(
        "1b.i) ",
        &[
            ("Note that A^T A = I but not A A^T = I.", "A A^T = I", TRUE),
            ("It's not the case that AA^T = I.", "AA^T = I", TRUE),
            ("It's not true that A^T A = I.", "A^T A = I", OPEN),
            ("It is the case that AA^T = I.", "AA^T = I", FALSE),
        ],
    );
    all(
        "1a.i) ",
        &[
            ("α_i < 0 can't happen.", "α_i < 0", TRUE),
            ("α_i < 0 happens.", "α_i < 0", FALSE),
            ("Is α_i = 0 possible? No, exp is positive.", "α_i = 0", OPEN),
            ("It isn't a continuous density.", "It isn't a continuous density", OPEN),
        ],
    );
    all(
        "1c.ii) ",
        &[
            ("We would like c ≈ (v_a+v_b)/2, but this fails here.", "c ≈ (v_a+v_b)/2", OPEN),
            ("c ≈ (v_a+v_b)/2 no longer holds.", "c ≈ (v_a+v_b)/2", OPEN),
            ("Still c ≈ (v_a+v_b)/2.", "c ≈ (v_a+v_b)/2", FALSE),
        ],
    );
}

#[test]
fn what_stands_before_a_consequence_is_supposed() {
    all(
        "1a.i) ",
        &[
            ("k_i^T q = k_j^T q ⟹ α_i = α_j.", "k_i^T q = k_j^T q", OPEN),
            ("k_i^T q = k_j^T q ⟹ α_i = α_j.", "α_i = α_j", TRUE),
            ("We have k_i^T q = k_j^T q.", "k_i^T q = k_j^T q", FALSE),
        ],
    );
    all(
        "1c.ii) ",
        &[("X > 1 ⟹ c ≈ v_a, where k_a = X μ_a.", "c ≈ v_a", TRUE), ("X > 1 ⟹ c ≈ v_b, where k_a = X μ_a.", "c ≈ v_b", FALSE)],
    );
    all("1b.i) ", &[("In the case m + p = d also M = I - BB^T.", "m + p = d", OPEN)]);
}

#[test]
fn words_that_claim_more_than_a_limit() {
    all(
        "1b.ii) ",
        &[
            ("α_a = 1/2 for every β.", "α_a = 1/2", OPEN),
            ("α_a = 1/2 for large β.", "α_a = 1/2", TRUE),
            ("As β → ∞, α_a → 1/2 for all n.", "α_a → 1/2", TRUE),
            ("q = β(k_a+k_b) with any β.", "q = β(k_a+k_b)", OPEN),
        ],
    );
    all(
        "1d.ii) ",
        &[
            ("q_1 = βμ_a, q_2 = βμ_b. c_1 ≈ v_a in every draw.", "c_1 ≈ v_a", FALSE),
            ("q_1 = βμ_a, q_2 = βμ_b. c_2 ≈ v_b in every draw.", "c_2 ≈ v_b", TRUE),
        ],
    );
}

#[test]
fn numbers_behind_nouns_and_what_was_not_read_beside_a_run() {
    all("1b.i) ", &[("As in equation 2 A^T A = I.", "A^T A = I", TRUE), ("Step 2 M v_b = v_b.", "M v_b = v_b", FALSE)]);
    all("1c.ii) ", &[("Φ(-√2) = ½ erfc(1) ≈ 0.0786.", "Φ(-√2) = ½", OPEN), ("Φ(-√2) = ½.", "Φ(-√2) = ½", FALSE)]);
}

#[test]
fn powers_that_are_denied_and_not_all() {
    all(
        "2g.ii) ",
        &[
            ("The perceiver isn't quadratic in ℓ.", "The perceiver isn't quadratic in ℓ", TRUE),
            ("The vanilla model isn't quadratic in ℓ.", "The vanilla model isn't quadratic in ℓ", FALSE),
            ("The vanilla model is quadratic in ℓ.", "The vanilla model is quadratic in ℓ", TRUE),
        ],
    );
}

#[test]
fn heads_that_are_independent() {
    let head = "1d.ii) $q_1 = \\beta\\mu_a$, $q_2 = \\beta\\mu_b$. ";
    all(
        head,
        &[
            ("$Cov(c_1, c_2) = 0$.", "Cov(c_1, c_2) = 0", &[Holds]),
            ("$Var(c) = \\frac14 (Var(c_1) + Var(c_2))$.", "Var(c) = \\frac14 (Var(c_1) + Var(c_2))", &[Holds]),
            ("$Var(c) = \\frac12 (Var(c_1) + Var(c_2))$.", "Var(c) = \\frac12 (Var(c_1) + Var(c_2))", FALSE),
        ],
    );
    let same = "1d.ii) $q_1 = \\beta(\\mu_a + \\mu_b)$, $q_2 = 2\\beta(\\mu_a + \\mu_b)$. ";
    assert_ne!(said(same, "$Cov(c_1, c_2) = 0$.", "Cov(c_1, c_2) = 0"), Holds);
}

#[test]
fn numbers_in_intervals() {
    all(
        "1a.i) ",
        &[
            ("α_i ∈ (0,1).", "α_i ∈ (0,1)", TRUE),
            ("α_i ∈ [0,1].", "α_i ∈ [0,1]", TRUE),
            ("α_i ∈ (0,1].", "α_i ∈ (0,1]", TRUE),
            ("α_i ∈ (1, 2).", "α_i ∈ (1, 2)", FALSE),
        ],
    );
    all("1c.ii) ", &[("k_a ∈ [0.5μ_a, 1.5μ_a].", "k_a ∈ [0.5μ_a, 1.5μ_a]", FALSE)]);
}

#[test]
fn drawn_keys_make_no_query() {
    all("1c.i) ", &[("q = β(k_a + k_b).", "q = β(k_a + k_b)", &[HoldsIfRead]), ("q = β(μ_a + μ_b).", "q = β(μ_a + μ_b)", TRUE)]);
}

#[test]
fn what_is_exact_only_to_the_digits_of_a_double() {
    all(
        "1b.ii) ",
        &[
            ("q = β(k_a + k_b). If β = 100 then α_a = 0.5 exactly.", "α_a = 0.5", FALSE),
            ("q = β(k_a + k_b). For n = 2 we get α_a = 0.5 exactly.", "α_a = 0.5", TRUE),
        ],
    );
}

#[test]
fn rounded_arguments_of_a_law() {
    all(
        "1c.ii) ",
        &[
            ("X ~ N(1, 0.707²), where k_a ≈ X μ_a.", "X ~ N(1, 0.707²)", TRUE),
            ("X ~ N(1, 0.5²), where k_a ≈ X μ_a.", "X ~ N(1, 0.5²)", FALSE),
            ("P(0.5 < X < 1.5) = erf(0.5), where k_a ≈ X μ_a.", "P(0.5 < X < 1.5) = erf(0.5)", TRUE),
        ],
    );
}
