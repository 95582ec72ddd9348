//! What a writer says that does not agree with what the writer said before.

use super::support::record;

/// The remark that has all of some words.
fn remark(text: &str, words: &[&str]) -> Option<String> {
    let record = record("answers.md", text);
    record.remarks.into_iter().find(|r| words.iter().all(|w| r.contains(w)))
}

#[test]
fn a_later_question_takes_another_query() {
    let given = "1d) i) $q_1 = \\beta \\mu_a$ and $q_2 = \\beta \\mu_b$.\n\n";
    let other = format!("{given}1d) ii) With $q_1 = \\beta \\mu_b$ and $q_2 = \\beta \\mu_b$ head one is steady.\n");
    assert!(remark(&other, &["1d.ii takes q_1", "the answer to 1d.i", "line 1"]).is_some());
    let same = format!("{given}1d) ii) With $q_1 = 2\\beta \\mu_a$ and $q_2 = \\beta \\mu_b$ head one is shaky.\n");
    assert!(remark(&same, &["the answer to 1d.i"]).is_none(), "another length is no other answer");
}

#[test]
fn two_values_of_one_quantity() {
    let text = "1b) ii) $q = \\beta(k_a + k_b)$. Then $\\alpha_a \\approx 1/2$. So $\\alpha_a = 1/4$.\n";
    assert!(remark(text, &["two values of α_a", "1/2", "1/4"]).is_some());
    let rounded = "1b) ii) $q = \\beta(k_a + k_b)$. Then $\\alpha_a \\approx 1/2$. So $\\alpha_a \\approx 0.499$.\n";
    assert!(remark(rounded, &["two values"]).is_none());
    let conditions = "1b) ii) $q = \\beta(k_a + k_b)$. For $n = 2$ we have $\\alpha_a = 1/2$. For $\\beta = 0$ and $n = 4$ we have $\\alpha_a = 1/4$.\n";
    assert!(remark(conditions, &["two values"]).is_none());
    let designs = "1b) ii) $q = \\beta(k_a + k_b)$ gives $\\alpha_a \\approx 1/2$. But $q = 0$ gives $\\alpha_a \\approx 1/n$.\n";
    assert!(remark(designs, &["two values"]).is_none());
}

#[test]
fn one_question_with_two_accuracies() {
    let text = "2f) Accuracy: 117 out of 500: 23.4%.\n\nAs said, our accuracy is 112 out of 500: 22.4%.\n";
    assert!(remark(text, &["2f reports", "117/500", "112/500"]).is_some());
    let baseline = "2d) Accuracy: 10 out of 500: 2.0%.\n\nLondon always: 25 out of 500: 5.0%.\n";
    assert!(remark(baseline, &["reports"]).is_none());
}
