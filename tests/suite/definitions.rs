//! What writers define for themselves, and sentences whose relations are no claims.

use attest::record::Verdict;

use super::support::{finding, record as judged};

fn verdict(name: &str, text: &str, part: &str) -> Verdict {
    finding(&judged(name, text), part).verdict
}

#[test]
fn definitions_build_on_those_before_them_and_wrong_uses_are_refuted() {
    let text = "Let $s_i = k_i^\\top q$ and $Z = \\exp(s_1) + \\dots + \\exp(s_n)$. The shares are $w_i = \\exp(s_i)/Z$.\n\n\
                Then $\\sum_i w_i = 1$, but also $\\sum_i w_i = 2$.\n";
    assert_eq!(verdict("1a_i.md", text, "\\sum_i w_i = 1"), Verdict::Holds);
    assert_eq!(verdict("1a_i.md", text, "\\sum_i w_i = 2"), Verdict::Refuted);
}

#[test]
fn a_letter_whose_equation_is_true_of_a_weight_is_that_weight() {
    let text = "Take $q = t(k_a + k_b)$.\n\nThen $u_a = \\frac{e^t}{2e^t + n - 2}$, hence $u_b = \\frac{1}{2 + (n-2)e^{-t}}$ and not $u_b = \\frac{1}{2 + (n-2)e^{t}}$ at all.\n";
    assert_eq!(verdict("1b_ii.md", text, "u_a ="), Verdict::Holds);
    assert_eq!(verdict("1b_ii.md", text, "e^{-t}}"), Verdict::Holds);
    let wrong = text.replace("e^{-t}}$ and not", "e^{-t}}$; but").replace(" at all", "");
    assert_eq!(verdict("1b_ii.md", &wrong, "e^{t}}"), Verdict::Refuted);
}

#[test]
fn noise_may_be_scaled_at_will() {
    let text = "Let $k_i = \\mu_i + \\sqrt{\\alpha}\\,\\varepsilon_i$ and $q = \\beta(\\mu_a + \\mu_b)$. \
                Then $\\operatorname{Var}(\\varepsilon_a^\\top q) = 2\\beta^2$.\n";
    assert_eq!(verdict("1c_i.md", text, "Var"), Verdict::Holds);
    // At α = 0 the letter is 0/0, so the limit cannot be followed: the wrong one is left open, not held.
    assert_eq!(verdict("1c_i.md", &text.replace("= 2\\beta^2", "= 4\\beta^2"), "Var"), Verdict::Undecided);
}

#[test]
fn products_as_people_type_them() {
    let text = "q = T*(ka + kb) with T large\n\nka.q = T*(ka.ka) + T*(ka.kb) = T\nkb.q = 3*T as well\n\nAnd <k_a, q> = T.\n";
    assert_eq!(verdict("1b_ii.md", text, "T*(ka.ka)"), Verdict::Holds);
    assert_eq!(verdict("1b_ii.md", text, "kb.q"), Verdict::Refuted);
    assert_eq!(verdict("1b_ii.md", text, "<k_a, q>"), Verdict::Holds);
}

#[test]
fn relations_that_only_say_which_are_not_judged() {
    let sheet = judged("1c_ii.md", "With $q = \\beta(\\mu_a+\\mu_b)$ the zone in which $0.1 < \\alpha_a < 0.9$ is narrow.\n");
    assert!(sheet.findings.iter().all(|f| f.verdict != Verdict::Refuted), "{:?}", sheet.findings);
    let claimed = judged("1c_ii.md", "With $q = \\beta(\\mu_a+\\mu_b)$ we always have $0.1 < \\alpha_a < 0.9$.\n");
    assert!(claimed.findings.iter().any(|f| f.verdict == Verdict::Refuted));
}

#[test]
fn a_numbered_list_in_a_sheet_without_labels_is_a_list() {
    let text = "My queries are $q_1=\\beta\\mu_a$ and $q_2=\\beta\\mu_b$.\n\n1. Head 1 gives $c_1\\approx v_a$;\n2. Head 2 gives $c_2\\approx v_b$;\n3. so $c_1 \\approx v_b$.\n";
    let sheet = judged("1d_i.md", text);
    assert_eq!(sheet.tally.words_outside, 0);
    assert_eq!(finding(&sheet, "c_2\\approx v_b").verdict, Verdict::HoldsInLimit);
    assert_eq!(finding(&sheet, "c_1 \\approx v_b").verdict, Verdict::Refuted);
}

#[test]
fn what_is_said_to_be_exact_is_not_taken_as_a_limit() {
    let text = "With $q = \\beta(k_a + k_b)$ the weight $\\alpha_a$ is exactly $\\frac12$ for $n > 2$.\n";
    assert_eq!(verdict("1b_ii.md", text, "exactly"), Verdict::Refuted);
    assert_eq!(verdict("1b_ii.md", &text.replace("exactly ", "about "), "about"), Verdict::HoldsInLimit);
}

#[test]
fn nothing_is_refuted_with_the_query_before_one_that_cannot_be_read() {
    let text = "First try: $q = \\beta k_a$, so $c \\approx v_a$.\n\nSecond try: $q = \\beta \\cdot @ (k_a + k_b)$. Now $c \\approx \\frac12(v_a+v_b)$.\n";
    assert_eq!(verdict("1b_ii.md", text, "\\frac12(v_a+v_b)"), Verdict::NotChecked);
}

#[test]
fn a_sum_whose_last_term_ends_at_two_indices_is_read_with_one_of_them_and_says_so() {
    let text = "We have $c_1 a_1^T b_1 + c_2 a_2^T b_2 + \\cdots + c_m a_m^T b_p = 0$.\n";
    let sheet = judged("1b_i.md", text);
    let mended = finding(&sheet, "b_p = 0");
    assert_eq!(mended.verdict, Verdict::HoldsIfRead);
    assert!(mended.fix.as_ref().is_some_and(|f| f.becomes.contains("∑_{i=1}^{m}")), "{mended:?}");
    // A wrong one stays open: which sum was meant is not certain. Terms that follow no pattern are not read.
    assert_ne!(verdict("1b_i.md", &text.replace("= 0", "= 1"), "b_p = 1"), Verdict::HoldsIfRead);
    assert_eq!(verdict("1b_i.md", &text.replace("a_2^T b_2", "a_3^T b_2"), "b_p = 0"), Verdict::NotChecked);
    // A vector is no number, wherever the sum ends.
    assert_eq!(verdict("1b_i.md", &text.replace("We have $", "We have $A^T B d = "), "A^T B d ="), Verdict::Refuted);
}

#[test]
fn each_of_two_designs_is_judged_with_its_own_queries() {
    let first = "One may take $q_1 = \\beta(3\\mu_a - \\mu_b)$ and $q_2 = \\beta(3\\mu_b - \\mu_a)$.";
    let second = "Another pair is $q_1 = \\beta(\\mu_a + \\mu_b)$, $q_2 = 2\\beta(\\mu_a + \\mu_b)$.";
    let text = format!("{first}\n\n{second}\n");
    for part in ["3\\mu_a", "3\\mu_b", "q_1 = \\beta(\\mu_a", "2\\beta"] {
        assert_eq!(verdict("1d_i.md", &text, part), Verdict::HoldsInLimit, "{part}");
    }
    // The second pair is wrong whatever the first one does.
    let wrong = text.replace("2\\beta(\\mu_a + \\mu_b)", "2\\beta\\mu_a");
    assert_eq!(verdict("1d_i.md", &wrong, "2\\beta"), Verdict::Refuted);
    assert_eq!(verdict("1d_i.md", &wrong, "3\\mu_a"), Verdict::HoldsInLimit);
}

#[test]
fn pi_is_a_number_amid_arithmetic_and_a_weight_where_it_is_called_so() {
    let text = "$P(|X - 1| < 1/\\beta) \\approx 2/(\\beta\\sqrt{\\pi})$ for large $\\beta$.\n";
    assert_eq!(verdict("1c_ii.md", text, "P("), Verdict::HoldsInLimit);
    assert_ne!(verdict("1c_ii.md", &text.replace("2/(", "1/("), "P("), Verdict::HoldsInLimit);
    assert_eq!(verdict("1a_i.md", "Write $\\pi_i$ for the weights: $\\sum_i \\pi_i = 1$.\n", "\\sum"), Verdict::Holds);
}

#[test]
fn e_plus_a_number_is_a_sum() {
    let text = "$\\frac{e}{2e+8} \\approx 0.202$\n";
    assert_eq!(verdict("1b_ii.md", text, "0.202"), Verdict::Holds);
    assert_eq!(verdict("1b_ii.md", &text.replace("0.202", "0.302"), "0.302"), Verdict::Refuted);
    assert_eq!(verdict("1b_ii.md", "$2e-3 + 1e+02 = 100.002$\n", "100.002"), Verdict::Holds);
}

#[test]
fn what_heads_a_line_with_a_colon_is_a_condition() {
    let text = "With $q = \\beta(\\mu_a + \\mu_b)$:\n\nX > 1: c \u{2248} v_a\n\nX < 1: c \u{2248} v_b\n";
    assert_eq!(verdict("1c_ii.md", text, "v_a"), Verdict::HoldsInLimit);
    assert_eq!(verdict("1c_ii.md", text, "X < 1"), Verdict::NotChecked);
    let wrong = text.replace("v_a\n", "v_b\n");
    assert_eq!(verdict("1c_ii.md", &wrong, "v_b"), Verdict::Refuted);
}
