//! What the words around a statement make of it: heads, circumstances that were not understood, pronouns, cases in words, narrowed
//! claims. Right statements hold, their wrong twins are refuted, near misses stay open.

use attest::record::Verdict::{Holds, NotChecked, Refuted};

use super::support::{FALSE, OPEN, TRUE, all, record, said};

const ONE: &str = "1c)ii) $q = \\beta(\\mu_a + \\mu_b)$, $k_a \\approx X\\mu_a$.\n\n";
const SMALL: &str = "1c)i) $q = \\beta(\\mu_a + \\mu_b)$.\n\n";
const TWO: &str = "1d)i) $q_1 = \\beta\\mu_a$ and $q_2 = \\beta\\mu_b$.\n\n";
const SUBSPACES: &str = "1b)i) ";

#[test]
fn heads_have_weights_of_their_own() {
    all(
        TWO,
        &[
            ("$\\alpha^{(1)}_a \\approx 1$.", "\\alpha^{(1)}_a \\approx 1", TRUE),
            ("$\\alpha_a^{(2)} \\approx 1$.", "\\alpha_a^{(2)} \\approx 1", FALSE),
            ("$\\alpha_{b,2} \\approx 1$.", "\\alpha_{b,2} \\approx 1", TRUE),
            ("$c^{(2)} \\approx v_b$.", "c^{(2)} \\approx v_b", TRUE),
            ("$c^{(2)} \\approx v_a$.", "c^{(2)} \\approx v_a", FALSE),
            ("In head 2 we get $\\alpha_b \\approx 1$.", "\\alpha_b \\approx 1", TRUE),
            ("In head 1 we get $\\alpha_b \\approx 1$.", "\\alpha_b \\approx 1", FALSE),
            ("Head 2 works as head 1 does: $\\alpha_a \\approx 1$.", "\\alpha_a \\approx 1", OPEN),
        ],
    );
}

#[test]
fn what_is_said_under_words_that_were_not_understood_is_not_refuted() {
    all(
        TWO,
        &[
            ("With the shuffled keys of the lecture, $c_1 \\approx v_b$.", "c_1 \\approx v_b", OPEN),
            ("A short key gives $c_1 \\approx v_b$.", "c_1 \\approx v_b", OPEN),
            ("The extreme outcomes are $c_1 \\approx v_b$ and others.", "c_1 \\approx v_b", OPEN),
            ("Unlucky draw: $c_1 \\approx v_b$.", "c_1 \\approx v_b", OPEN),
            ("With this query we get $c_1 \\approx v_b$.", "c_1 \\approx v_b", FALSE),
            ("With the shuffled keys of the lecture, $c_1 \\approx v_a$.", "c_1 \\approx v_a", TRUE),
        ],
    );
}

#[test]
fn pronouns_stand_for_the_number_that_was_spoken_of() {
    all(
        ONE,
        &[
            ("αa is like a coin: its standard deviation tends to 1/2.", "its standard deviation tends to 1/2", TRUE),
            ("αa is like a coin: its standard deviation tends to 1/4.", "its standard deviation tends to 1/4", OPEN),
            (
                "$\\ln(\\alpha_a/\\alpha_b)\\approx\\beta(X-1)$, whose standard deviation is $\\beta/\\sqrt2$.",
                "whose standard deviation is $\\beta/\\sqrt2",
                TRUE,
            ),
            ("The length of ka along μa is random, and in 52 % of the draws it is between 0.5 and 1.5.", "in 52 % of", TRUE),
            ("The length of ka along μa is random, and in 68 % of the draws it is between 0.5 and 1.5.", "in 68 % of", OPEN),
        ],
    );
    let given =
        "$(k_a-k_b)^\\top q\\sim N(0, 4\\alpha\\beta^2)$. For $\\alpha=10^{-4}$, $\\beta=8$ its standard deviation is $0.16$.";
    all(SMALL, &[(given, "its standard deviation is $0.16", TRUE)]);
}

#[test]
fn laws_in_words_are_laws() {
    all(
        ONE,
        &[
            ("X is normal with mean 1 and variance 1/2.", "X is normal with mean 1 and variance 1/2", TRUE),
            ("X is normally distributed with mean 1 and standard deviation 0.5.", "X is normally distributed", FALSE),
            ("X is rarely negative (8 %).", "X is rarely negative (8 %", TRUE),
            ("X is practically never negative (2.3 %).", "X is practically never negative (2.3 %", FALSE),
        ],
    );
}

#[test]
fn cases_in_words_are_conditions() {
    all(
        ONE,
        &[
            ("When k_a is shorter than its mean, $c\\approx v_b$.", "c\\approx v_b", TRUE),
            ("When k_a is longer than its mean, $c\\approx v_b$.", "c\\approx v_b", FALSE),
            ("X > 1: $c\\approx v_a$.", "c\\approx v_a", TRUE),
            ("On average over many draws $c$ is close to $\\frac12(v_a+v_b)$.", "c$ is close to $\\frac12(v_a+v_b)", TRUE),
        ],
    );
    let own = "1c)ii) Write $k_a\\approx(1+\\varepsilon)\\mu_a$ with $\\varepsilon\\sim N(0,\\tfrac12)$. With $q=\\beta(\\mu_a+\\mu_b)$:\n\n";
    all(
        own,
        &[
            ("$\\varepsilon$ negative: $c\\approx v_b$.", "c\\approx v_b", TRUE),
            ("$\\varepsilon$ negative: $c\\approx v_a$.", "c\\approx v_a", FALSE),
            ("If $\\varepsilon$ is clearly above 0, $c\\approx v_a$.", "c\\approx v_a", TRUE),
            ("If $\\varepsilon$ is clearly above 0, $c\\approx v_b$.", "c\\approx v_b", FALSE),
        ],
    );
    let table = "Table for beta = 4, n = 2, alpha = 0 (weight of v_a):\n\nX = 0.75 -> 0.269\n\nX = 2 -> 0.882";
    all(ONE, &[(table, "X = 0.75 -> 0.269", TRUE), (table, "X = 2 -> 0.882", FALSE)]);
}

#[test]
fn narrowed_claims_are_known_or_left_open_as_other_models_are() {
    all(
        "1a)i) ",
        &[
            ("The weights sum to one.", "weights sum to one", TRUE),
            ("The weights sum to one only if the keys are normalised.", "sum to one only if", FALSE),
            ("If we replaced the softmax by a sigmoid, the weights would form a categorical distribution.", "categorical", OPEN),
        ],
    );
    all("1a)iv) ", &[("All other values get weight 0.", "All other values get weight 0", FALSE)]);
}

#[test]
fn brackets_of_words_and_sizes_are_no_factors() {
    all(SUBSPACES, &[("AᵀA = I (m×m).", "AᵀA = I", TRUE), ("AAᵀ = I (d×d).", "AAᵀ = I", FALSE)]);
    let one = "M = AAᵀ. For m = 1, M = a_1 a_1^T. ";
    all(SUBSPACES, &[(&format!("{one}M s = s."), "M s = s", FALSE), (&format!("{one}M s = v_a."), "M s = v_a", TRUE)]);
    let sheet = record("sheet.md", "1d)i) q1 = b mu_a and q2 = -b mu_b. For head 2: score(b) = -b.\n");
    let refuted = sheet.findings.iter().filter(|s| s.verdict == Refuted && s.text.contains("(b) = -b")).count();
    assert_eq!(refuted, 0);
    assert_eq!(said("", "1.d.i  q1 = beta (mu_a - mu_b), q2 = beta (mu_b - mu_a) = -q1", "beta (mu_b - mu_a) = -q1"), Holds);
}

#[test]
fn what_is_left_of_a_sign_is_read_with_its_words() {
    all(
        ONE,
        &[
            ("At α = 0, n = 2, the weight of v_a = 1/(1 + exp(β(1 - X))).", "1/(1 + exp(β(1 - X)))", TRUE),
            ("At α = 0, n = 2, the weight of v_b = 1/(1 + exp(β(1 - X))).", "1/(1 + exp(β(1 - X)))", FALSE),
            ("The share of v_a = 1/(1 + exp(β(1 - X))).", "1/(1 + exp(β(1 - X)))", OPEN),
        ],
    );
    all(TWO, &[("Then for big β c_1 ≈ v_a.", "c_1 ≈ v_a", TRUE), ("Then for big β c_1 ≈ v_b.", "c_1 ≈ v_b", FALSE)]);
}

#[test]
fn another_value_takes_the_place_of_the_one_before() {
    let query = "1b)ii) $q=\\beta(k_a+k_b)$. With $\\beta=0$ all weights are $1/n$; ";
    all(
        query,
        &[
            ("with $\\beta\\to\\infty$ we get $c\\to\\frac{v_a+v_b}{2}$.", "c\\to\\frac{v_a+v_b}{2}", TRUE),
            ("with $\\beta\\to\\infty$ we get $c\\to v_a$.", "c\\to v_a", FALSE),
        ],
    );
    all(
        "3b) ",
        &[
            ("With 120 of 500 right, 76% of the answers are wrong.", "120 of 500 right, 76%", &[Holds]),
            ("With 120 of 500 right, 74% of the answers are wrong.", "120 of 500 right, 74%", FALSE),
            ("With 120 of 500 wrong, 24% of the answers are wrong.", "of 500", &[Holds, NotChecked]),
        ],
    );
}
