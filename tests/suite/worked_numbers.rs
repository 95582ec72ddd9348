//! Numbers of worked examples: formulas at values, entries of vectors, and numbers computed with a formula that is wrong.

use attest::record::Verdict;

use super::support::{finding, record};

fn verdict(text: &str, claim: &str) -> Verdict {
    finding(&record("sheet.md", text), claim).verdict
}

#[test]
fn a_formula_at_values_is_right_or_wrong() {
    let head =
        "1b)ii) $q = \\beta(k_a + k_b)$ gives $\\alpha_a = \\frac{e^\\beta}{2e^\\beta + n - 2}$. With n = 10 and beta = 3 ";
    assert_eq!(verdict(&format!("{head}one gets 0.417.\n"), "one gets 0.417"), Verdict::Holds);
    assert_eq!(verdict(&format!("{head}one gets 0.49.\n"), "one gets 0.49"), Verdict::Refuted);
}

#[test]
fn right_arithmetic_from_a_wrong_formula_is_left_open() {
    let text = "1c)i) $q = \\beta(\\mu_a + \\mu_b)$. The difference $(k_a-k_b)^\\top q$ has variance $2\\alpha\\beta^2$. For \
        $\\alpha = 10^{-4}$, $\\beta = 10$ the standard deviation is 0.141.\n";
    assert_eq!(verdict(text, "the standard deviation is 0.141"), Verdict::NotChecked);
}

#[test]
fn matrices_map_the_vectors_of_an_example() {
    let head = "1b)i) Take $a_1 = (1,1,0)/\\sqrt2$, $b_1 = (0,0,1)$, $v_a = (2,2,0)$, $v_b = (0,0,5)$. ";
    let maps = |image: &str| {
        let claim = format!("$I-b_1b_1^T$ also maps $(2,2,5)$ to ${image}$");
        verdict(&format!("{head}{claim}.\n"), "maps")
    };
    assert_eq!(maps("(2,2,0)"), Verdict::Holds);
    assert_eq!(maps("(0,0,5)"), Verdict::Refuted);
    let denied = format!("{head}$I-b_1b_1^T$ does not map $(2,2,5)$ to $(0,0,5)$.\n");
    assert_eq!(verdict(&denied, "does not map"), Verdict::NotChecked);
}

/// Each text with its claim as it is and as it is not.
fn twins(cases: &[(&str, &str, &str)]) {
    for (head, right, wrong) in cases {
        // A head may open the mathematics that the claim ends.
        let end = if head.ends_with('$') { "$." } else { "." };
        assert_eq!(verdict(&format!("{head}{right}{end}\n"), right), Verdict::Holds, "{right}");
        assert_eq!(verdict(&format!("{head}{wrong}{end}\n"), wrong), Verdict::Refuted, "{wrong}");
    }
}

#[test]
fn weights_that_gaps_and_sizes_guarantee() {
    let gap = "1a)ii) Call the smallest gap $\\Delta = \\min_{i\\ne j}(k_j-k_i)^\\top q$. With 50 keys, $\\Delta=8$ ";
    twins(&[(gap, "guarantees a weight above 0.98", "guarantees a weight above 0.99")]);
    let every = "1a)ii) If every gap is at least 5 and $n=11$, then $";
    twins(&[(every, "\\alpha_j\\ge 0.93", "\\alpha_j\\ge 0.95")]);
}

#[test]
fn deviations_and_what_they_do_to_a_ratio() {
    let head = "1c)i) Take $q=\\beta(\\mu_a+\\mu_b)$. The difference $k_a^\\top q-k_b^\\top q$ is Gaussian with mean 0 and variance \
        $4\\alpha\\beta^2$. With $\\alpha=10^{-4}$ and $\\beta=20$ its standard deviation is 0.4, so ";
    let factor = |n: &str| format!("one standard deviation changes the ratio $\\alpha_a/\\alpha_b$ by a factor of {n}");
    twins(&[(head, &factor("1.49"), &factor("1.25"))]);
    let head = "1c)i) Each key has $E\\|k_i - \\mu_i\\|^2 = \\alpha d$. For d = 100 and $\\alpha = 0.01$ ";
    twins(&[(head, "the mean squared distance is 1", "the mean squared distance is 0.1")]);
}

#[test]
fn a_threshold_may_be_rounded() {
    let head = "1c)ii) Put $\\alpha = 0$ and write $k_a=(1+\\frac{z}{\\sqrt2})\\mu_a$ with a standard normal z. Only two keys, a and b \
        (n = 2): $\\alpha_a=\\sigma(\\beta z/\\sqrt2)$. For $\\beta = 10$, $";
    twins(&[(head, "P(\\alpha_a>0.9) = P(z>0.311)", "P(\\alpha_a>0.9) = P(z>0.4)")]);
}
