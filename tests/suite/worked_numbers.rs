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
