//! Every check has a negative control: beside each true statement a wrong one that must not pass.

use attest::record::Verdict;

use super::support::{finding, record};

/// (question, a true statement, a wrong one near it)
const PAIRS: &[(&str, &str, &str)] = &[
    // Weights of a softmax.
    ("1a)i)", "$\\alpha_i > 0$", "$\\alpha_i > 1$"),
    ("1a)i)", "$\\sum_{i=1}^n \\alpha_i = 1$", "$\\sum_{i=1}^n \\alpha_i = n$"),
    ("1a)ii)", "$k_j^T q \\gg k_i^T q$ for $i \\neq j$", "$k_j^T q \\ll k_i^T q$ for $i \\neq j$"),
    ("1a)iii)", "$c \\approx v_j$", "$c \\approx 2 v_j$"),
    ("1a)iii)", "$\\alpha_j \\approx 1$", "$\\alpha_j \\approx 0$"),
    ("1a)iii)", "$\\|c\\| \\le \\max_i \\|v_i\\|$", "$\\|c\\| \\ge \\max_i \\|v_i\\|$"),
    (
        "1a)ii)",
        "$\\alpha_j = \\frac{1}{1+\\sum_{i\\neq j}\\exp(-(k_j-k_i)\\cdot q)}$",
        "$\\alpha_j = \\frac{1}{\\sum_{i\\neq j}\\exp(-(k_j-k_i)\\cdot q)}$",
    ),
    // A matrix that extracts.
    ("1b)i)", "(I − BBᵀ)s = va", "(I − AAᵀ)s = va"),
    ("1b)i)", "$M = A A^T$", "$M = B B^T$"),
    ("1b)i)", "$M = A (A^T A)^{-1} A^T$", "$M = I$"),
    ("1b)i)", "$M = \\sum_{i=1}^m a_i a_i^T$", "$M = \\sum_{i=1}^m a_i^T a_i$"),
    ("1b)i)", "$M = I - B B^T$", "$M = I - A A^T$"),
    ("1b)i)", "$A^T B = 0$", "$A^T A = 0$"),
    ("1b)i)", "$a_i^T a_j = 0$ for $i \\neq j$", "$a_i^T a_i = 0$"),
    ("1b)i)", "$A^T v_a = c$", "$A v_a = c$"),
    // A query that averages.
    ("1b)ii)", "$q = \\beta (k_a + k_b)$", "$q = k_a + k_b$"),
    ("1b)ii)", "$q = \\beta (k_a + k_b)$", "$q = \\beta (k_a - k_b)$"),
    ("1b)ii)", "$q = \\beta (k_a + k_b)$", "$q = \\beta k_a$"),
    ("1b)ii)", "$q = \\beta (k_a + k_b)$", "$q = \\beta (k_a + 2 k_b)$"),
    ("1b)ii)", "$\\alpha_a = \\frac{e^\\beta}{2 e^\\beta + n - 2}$", "$\\alpha_a = \\frac{e^\\beta}{2 e^\\beta + n - 1}$"),
    ("1b)ii)", "$k_a^T q = \\beta$", "$k_a^T q = 2 \\beta$"),
    ("1b)ii)", "$\\frac12 - \\alpha_a = \\frac{n-2}{2(n-2+2e^\\beta)}$", "$\\frac12 - \\alpha_a = \\frac{n}{2(n-2+2e^\\beta)}$"),
    ("1b)ii)", "$\\alpha_a < \\frac12$", "$\\alpha_a > \\frac12$"),
    // Noisy keys.
    ("1c)i)", "$q = \\beta (\\mu_a + \\mu_b)$", "$q = \\beta (\\mu_a - \\mu_b)$"),
    ("1c)i)", "$k_a^T q \\sim N(\\beta, 2 \\alpha \\beta^2)$", "$k_a^T q \\sim N(\\beta, \\alpha \\beta^2)$"),
    ("1c)i)", "$E\\|k_i - \\mu_i\\|^2 = \\alpha d$", "$E\\|k_i - \\mu_i\\|^2 = \\alpha$"),
    (
        "1c)ii)",
        "$\\alpha_b \\approx \\frac{1}{1 + \\exp(\\beta(X - 1))}$",
        "$\\alpha_b \\approx \\frac{1}{1 + \\exp(\\beta(1 - X))}$",
    ),
    ("1c)ii)", "$X \\sim N(1, \\frac12 + \\alpha)$", "$X \\sim N(1, 2)$"),
    ("1c)ii)", "$\\mathrm{Var}(X) = \\frac12 + \\alpha$", "$\\mathrm{Var}(X) = \\frac14 + \\alpha$"),
    ("1c)ii)", "$c \\approx v_a$ if $X = 1.5$", "$c \\approx v_b$ if $X = 1.5$"),
    (
        "1c)ii)",
        "For $X > 1$ we get $c \\approx v_a$ and for $X < 1$ we get $c \\approx v_b$",
        "For $X < 1$ we get $c \\approx v_a$",
    ),
    ("1c)ii)", "$P(X < 0) \\approx 0.0786$", "$P(X < 0) \\approx 0.1786$"),
    (
        "1c)i)",
        "$E[\\exp(k_a^T q)] = \\exp(\\beta + \\alpha \\beta^2)$",
        "$E[\\exp(k_a^T q)] = \\exp(\\beta + 3 \\alpha \\beta^2 + 1)$",
    ),
    (
        "1c)i)",
        "$P(|k_a^T q - \\beta| > 2 \\beta \\sqrt{\\alpha}) \\approx 0.157$",
        "$P(|k_a^T q - \\beta| > 2 \\beta \\sqrt{\\alpha}) \\approx 0.05$",
    ),
    ("1c)i)", "$\\mathrm{Cov}(k_a^T q, k_b^T q) = 0$", "$\\mathrm{Cov}(k_a^T q, k_a^T q) = 1$"),
    // Two heads.
    ("1d)i)", "$q_1 = \\beta \\mu_a$ and $q_2 = \\beta \\mu_b$", "$q_1 = \\beta \\mu_a$ and $q_2 = \\beta \\mu_a$"),
    (
        "1d)i)",
        "$q_1 = \\beta \\mu_a$, $q_2 = \\beta \\mu_b$, so $c_1 \\approx v_a$",
        "$q_1 = \\beta \\mu_a$, $q_2 = \\beta \\mu_b$, so $c_1 \\approx v_b$",
    ),
    // Accuracies and growth orders.
    ("2d)", "Accuracy: 10 out of 500: 2.0%", "Accuracy: 10 out of 500: 2.5%"),
    ("2g)i)", "43/500 = 8.6%", "43/500 = 8.5%"),
    ("2g)ii)", "The vanilla model takes $O(L \\ell^2 d + L \\ell d^2)$", "The vanilla model takes $O(L \\ell d)$"),
    ("2g)ii)", "With d constant the perceiver takes $O(\\ell m + L m^2)$", "With d constant the perceiver takes $O(m + L m^2)$"),
    // Numbers.
    ("1b)ii)", "$1 + 1 = 2$", "$1 + 1 = 3$"),
    ("1b)ii)", "$e^{-5} \\approx 0.0067$", "$e^{-5} \\approx 0.067$"),
    // Words.
    ("1c)ii)", "The output swings between $v_a$ and $v_b$", "The length X stays between 0.5 and 1.5"),
    ("1c)ii)", "The variance of $X$ is $\\frac12 + \\alpha$", "The variance of $X$ is $\\alpha$"),
];

fn gravest(question: &str, statement: &str) -> Verdict {
    let sheet = record("sheet.md", &format!("{question} {statement}.\n"));
    finding(&sheet, "").verdict
}

#[test]
fn true_statements_hold_and_their_neighbours_do_not() {
    for (question, right, wrong) in PAIRS {
        let verdict = gravest(question, right);
        assert!(matches!(verdict, Verdict::Holds | Verdict::HoldsInLimit), "{question} {right}: {}", verdict.name());
        let verdict = gravest(question, wrong);
        assert!(matches!(verdict, Verdict::Refuted | Verdict::HoldsIfRead), "{question} {wrong}: {}", verdict.name());
    }
}

#[test]
fn what_cannot_fail_fills_no_slot() {
    let sheet = record("sheet.md", "1b)ii) $q = q$ and $1 = 1$.\n");
    assert!(sheet.findings.iter().all(|f| f.slot.is_none() || f.verdict == Verdict::NotChecked), "{:#?}", sheet.findings);
    let grade = sheet.grades.iter().find(|g| g.question == "1b.ii").unwrap();
    assert_eq!(grade.points, None, "{grade:?}");
}

#[test]
fn a_partial_parse_gets_no_verdict() {
    for statement in
        ["$c = \\frac12 (v_a + v_b) \\wibble 7$", "$q = \\beta (k_a + k_b) + )$", "$\\alpha_a = \\frac{1}{2} \\int x$"]
    {
        let sheet = record("sheet.md", &format!("1b)ii) {statement}.\n"));
        assert!(sheet.findings.iter().all(|f| f.verdict == Verdict::NotChecked), "{statement}: {:#?}", sheet.findings);
    }
}

#[test]
fn a_shape_error_is_a_verdict_with_a_message() {
    let sheet = record("sheet.md", "1b)i) $A^T (v_a + v_b) = v_a$.\n");
    let found = finding(&sheet, "v_a");
    assert_eq!(found.verdict, Verdict::Refuted);
    assert!(found.message.contains("R^m") && found.message.contains("R^d"), "{}", found.message);
}

#[test]
fn a_proposition_about_draws_stands_on_sampling_and_quadrature_that_agree() {
    let sheet = record("sheet.md", "1c)ii) The output swings between $v_a$ and $v_b$.\n");
    let found = finding(&sheet, "swings");
    let [sampled, exact] = found.evidence.as_slice() else { panic!("{:#?}", found.evidence) };
    assert!(sampled.samples.is_some_and(|n| n >= 10_000) && sampled.method.contains("keys in full"));
    assert!(sampled.low < Some(exact.estimate) && Some(exact.estimate) < sampled.high, "{sampled:?} {exact:?}");
    // The negative control: the variance of another setting lies outside.
    assert!(Some(0.25) > sampled.high);
    assert!(found.error_probability.is_some_and(|p| p > 0.0 && p < 1e-7));
}
