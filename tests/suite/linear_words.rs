//! Linear algebra and weights in words, each right sentence with a wrong twin.

use attest::record::Verdict;

use super::support::{finding, record};

fn verdict(name: &str, text: &str, part: &str) -> Verdict {
    finding(&record(name, text), part).verdict
}

#[test]
fn letters_of_the_writers_own() {
    let text = "Stack the $a_i$ as columns of $U$ and the $b_k$ as columns of $W$. Then $U^\\top U = I_m$ and $U^\\top W = 0_{m\\times p}$, \
                but $UU^\\top = I$.\n";
    assert_eq!(verdict("1b_i.md", text, "U^\\top U"), Verdict::Holds);
    assert_eq!(verdict("1b_i.md", text, "U^\\top W"), Verdict::Holds);
    assert_eq!(verdict("1b_i.md", text, "UU^\\top"), Verdict::Refuted);
    let text = "Let $Q = [a_1 \\dots a_m]$. Then $Q^T Q = I_m$, and $Q Q^T v_b = v_b$.\n";
    assert_eq!(verdict("1b_i.md", text, "Q^T Q"), Verdict::Holds);
    assert_eq!(verdict("1b_i.md", text, "v_b = v_b"), Verdict::Refuted);
}

#[test]
fn a_projector_called_p_is_no_probability() {
    let text = "Let $P = AA^\\top$. Then $P(v_a + v_b) = v_a$, and $P(v_b) = v_b$.\n";
    assert_eq!(verdict("1b_i.md", text, "= v_a"), Verdict::Holds);
    assert_eq!(verdict("1b_i.md", text, "= v_b"), Verdict::Refuted);
}

#[test]
fn coordinates_and_sums_of_a_basis() {
    let text = "Let g be the sum of the basis vectors and $v_a = x_1 a_1 + \\dots + x_m a_m$. Then $g^T v_a = x_1 + \\dots + x_m$. So \
                $g(g^T v_a) = v_a$.\n";
    assert_eq!(verdict("1b_i.md", text, "g^T v_a = x_1"), Verdict::Holds);
    assert_eq!(verdict("1b_i.md", text, "g(g^T"), Verdict::Refuted);
}

#[test]
fn shapes_in_words_are_no_products() {
    assert_eq!(verdict("1b_i.md", "$A^\\top A$ is m × m.\n", "is m"), Verdict::Holds);
    assert_eq!(verdict("1b_i.md", "$A^\\top$ is d × m.\n", "is d"), Verdict::Refuted);
}

#[test]
fn indices_that_run_over_a_set() {
    let of = |set: &str| format!("$q = \\beta(k_a + k_b)$. Then $k_r^\\top q = 0$ for $r{set}\\{{a,b\\}}$.\n");
    assert_eq!(verdict("1b_ii.md", &of("\\in"), "k_r"), Verdict::Refuted);
    assert_eq!(verdict("1b_ii.md", &of("\\notin"), "k_r"), Verdict::Holds);
}

#[test]
fn another_query_with_the_same_weights() {
    let of = |other: &str| format!("$q = \\beta(k_a + k_b)$. The query {other} has the same weights.\n");
    let found = |other: &str| verdict("1b_ii.md", &of(other), "same weights");
    assert_eq!(found("$2\\beta(k_a + k_b)$"), Verdict::Refuted);
    assert_eq!(found("$\\beta k_a + \\beta k_b$"), Verdict::Holds);
}

#[test]
fn what_is_swept_in_is_not_held_in_a_limit() {
    let found = |words: &str| verdict("1a_iii.md", &format!("$c \\approx v_j${words}.\n"), "c");
    assert_eq!(found(""), Verdict::HoldsInLimit);
    assert_eq!(found(", no matter how small the gap is"), Verdict::NotChecked);
}

#[test]
fn a_bound_with_a_maximum() {
    let of = |sign: &str| format!("‖c − vⱼ‖ {sign} (1 − αⱼ)·max‖vᵢ − vⱼ‖\n");
    assert_eq!(verdict("1a_iii.md", &of("≤"), "c"), Verdict::Holds);
    assert_eq!(verdict("1a_iii.md", &of("="), "c"), Verdict::Refuted);
}

#[test]
fn what_is_false_of_every_choice_is_refuted_and_the_rest_waits_for_the_choice() {
    let text = "We have $M v_b = v_b$. M is symmetric.\n";
    assert_eq!(verdict("1b_i.md", text, "M v_b"), Verdict::Refuted);
    assert_eq!(verdict("1b_i.md", text, "symmetric"), Verdict::NotChecked);
    let chosen = "$M = AA^\\top$. M is symmetric and has rank m. M is invertible.\n";
    assert_eq!(verdict("1b_i.md", chosen, "symmetric"), Verdict::Holds);
    assert_eq!(verdict("1b_i.md", chosen, "invertible"), Verdict::Refuted);
}

#[test]
fn a_sentence_ends_before_mathematics() {
    let text = "$A^\\top v_a$ is the vector of coordinates of $v_a$ in the basis of A. $A A^\\top v_a = v_a$.\n";
    assert_eq!(verdict("1b_i.md", text, "coordinates"), Verdict::Holds);
    assert_eq!(verdict("1b_i.md", text, "= v_a"), Verdict::Holds);
}
