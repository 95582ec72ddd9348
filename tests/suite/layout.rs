//! How answers are laid out: ends of lines without full stops, labels, arrows that conclude, tables, definitions by cases,
//! cases and examples that no word announces. Right answers hold so laid out, and their wrong twins do not.

use super::support::{FALSE, OPEN, TRUE, all};

#[test]
fn a_condition_that_opens_a_line_is_of_that_line() {
    all(
        "1c.ii) k_a ≈ Xμ_a\n",
        &[
            ("X > 1: c ≈ v_a\nX < 1: c ≈ v_b", "c ≈ v_a", TRUE),
            ("X > 1: c ≈ v_a\nX < 1: c ≈ v_b", "c ≈ v_b", TRUE),
            ("X > 1 ⇒ c ≈ v_a\nX < 1 ⇒ c ≈ v_b", "c ≈ v_b", TRUE),
            ("X > 1 → c ≈ v_a\nX < 1 → c ≈ v_b", "c ≈ v_a", TRUE),
            ("X > 1: c ≈ v_b\nX < 1: c ≈ v_a", "c ≈ v_b", FALSE),
            ("X > 1 → c ≈ v_b", "c ≈ v_b", FALSE),
        ],
    );
    all(
        "1b.ii) q = β(k_a + k_b), β ≫ 1\n",
        &[("Therefore c ≈ ½(v_a + v_b)\n(With β = 1 and n = 10 it would be only α_a = 0.2023.)", "c ≈ ½(v_a + v_b)", TRUE)],
    );
}

#[test]
fn labels_multiply_nothing() {
    all(
        "1b.ii) q = β(k_a + k_b), β ≫ 1\n",
        &[
            ("α_b = e^β/(2e^β+n−2)     (2)\nα_b → 1/2  (3)", "α_b = e^β/(2e^β+n−2)", TRUE),
            ("(2) α_b = e^β/(2e^β+n−2)\n(3) α_b → 1/2", "α_b → 1/2", TRUE),
            ("Step 2 – α_a = e^β/(2e^β+n−2)", "α_a = e^β/(2e^β+n−2)", TRUE),
            ("– α_a = e^β/(2e^β+n−2) [3]", "α_a = e^β/(2e^β+n−2)", TRUE),
            ("(2) α_b = e^β/(e^β+n−2)", "α_b = e^β/(e^β+n−2)", FALSE),
        ],
    );
    all(
        "1d.i) ",
        &[
            ("(1) $q_1=\\beta\\mu_a$, $q_2=\\beta\\mu_b$\n(2) $c_1\\approx v_a$, $c_2\\approx v_b$", "c_2\\approx v_b", TRUE),
            ("(1) $q_1=\\beta\\mu_a$, $q_2=\\beta\\mu_b$\n(2) $c_1\\approx v_b$, $c_2\\approx v_b$", "c_1\\approx v_b", FALSE),
            ("q_1, q_2 = βμ_a, βμ_b", "q_2 = βμ_a, βμ_b", TRUE),
            ("q_1, q_2 = βμ_a, βμ_a", "q_2 = βμ_a, βμ_a", FALSE),
        ],
    );
    all(
        "1a.i) ",
        &[("(1) α_i ≥ 0 (2) Σ_i α_i = 1.", "Σ_i α_i = 1", TRUE), ("(1) α_i ≥ 0 (2) Σ_i α_i = 2.", "Σ_i α_i = 2", FALSE)],
    );
}

#[test]
fn an_arrow_between_relations_concludes() {
    all(
        "1b.i) ",
        &[
            ("M = AA^T → M v_a = v_a", "M v_a = v_a", TRUE),
            ("M = AA^T → M v_b = v_b", "M v_b = v_b", FALSE),
            ("A^T A = I → M v_a = A c", "A^T A = I", TRUE),
            ("M v_b = AA^T Bd = 0\n→ M = AA^T", "M = AA^T", TRUE),
        ],
    );
    all("1c.ii) ", &[("k_a = 2μ_a → k_a^T q = 2β → c ≈ v_a", "c ≈ v_a", TRUE)]);
    all("1b.ii) q = β(k_a + k_b), β ≫ 1. ", &[("α_a = e^β/(2e^β+n−2) → 1/2", "→ 1/2", TRUE), ("α_a → 1/3", "α_a → 1/3", FALSE)]);
}

#[test]
fn letters_behind_an_operand_belong_to_it() {
    all(
        "1b.i) v_a = Ac, v_b = Bd. ",
        &[
            ("M(v_a+v_b) = AA^T Ac + AA^T Bd = Ac = v_a", "Ac = v_a", TRUE),
            ("A A^T A c = A I c = A c", "A I c = A c", TRUE),
            ("M = A^T is m × d, so M(v_a+v_b) ∈ R^m.", "A^T is m × d", TRUE),
            ("M = A^T is d × m.", "A^T is d × m", FALSE),
        ],
    );
    all("1c.ii) ", &[("k_a^T q ≈ β(1 ± 0.7)", "k_a^T q ≈ β", OPEN), ("k_a^T q = β ± 0.71β", "k_a^T q = β", OPEN)]);
}

#[test]
fn cases_without_an_announcement() {
    all(
        "1c.ii) Let k_a = Xμ_a.\n",
        &[
            ("Case 1: X > 1. Then c ≈ v_a.\nCase 2: X < 1. Then c ≈ v_b.", "c ≈ v_a", TRUE),
            ("Case 1: X > 1. Then c ≈ v_a.\nCase 2: X < 1. Then c ≈ v_b.", "c ≈ v_b", TRUE),
            ("Case 1: X > 1. Then c ≈ v_b.", "c ≈ v_b", FALSE),
            ("If X > 1, c ≈ v_a, otherwise c ≈ v_b.", "c ≈ v_b", TRUE),
            ("If X > 1, c ≈ v_b, otherwise c ≈ v_a.", "c ≈ v_a", FALSE),
            ("In i), k_a ≈ μ_a, but now k_a ≈ Xμ_a.", "k_a ≈ μ_a", OPEN),
        ],
    );
    all(
        "1a.i) ",
        &[
            ("q = 0: all α_i = 1/n.", "all α_i = 1/n", TRUE),
            ("q = 0 → α_i = 1/n", "α_i = 1/n", TRUE),
            ("Special case: q = 0. Then α_i = 1/n.", "α_i = 1/n", TRUE),
            ("Extreme case: all k_i equal; α_i = 1/n.", "α_i = 1/n", OPEN),
            ("α_i = 1/n.", "α_i = 1/n", FALSE),
        ],
    );
    all(
        "1a.ii) ",
        &[
            ("For instance, $k_j^\\top q = 20$ and $k_i^\\top q = 0$.", "k_i^\\top q = 0", OPEN),
            ("If q = k_j then α_j ≈ 1.", "α_j ≈ 1", OPEN),
        ],
    );
}

#[test]
fn definitions_by_cases_and_tables_are_read_row_by_row() {
    let right = r"$$\alpha_a \to \begin{cases} 1, & X > 1\\ 1/2, & X = 1\\ 0, & X<1\end{cases}$$";
    let wrong = r"$$\alpha_a \to \begin{cases} 0, & X > 1\\ 1/2, & X = 1\\ 1, & X<1\end{cases}$$";
    all("1c.ii) ", &[(right, r"\alpha_a \to \begin{cases} 1", TRUE), (wrong, r"\alpha_a \to \begin{cases} 0", FALSE)]);
    let table = "\n\n| X | α_a | c |\n|---|---|---|\n| 0.5 | ≈0 | ≈ v_b |\n| 2 | ≈1 | ≈ v_b |\n";
    all("1c.ii) k_a = Xμ_a.", &[(table, "≈0", TRUE), (table, "≈1", TRUE)]);
    let numbers = "\n\n| β | α_a |\n|---|---|\n| 1 | 0.2023 |\n| 5 | 0.4769 |\n";
    all("1b.ii) q = β(k_a + k_b). Let n = 10.", &[(numbers, "0.2023", TRUE), (numbers, "0.4769", FALSE)]);
}

#[test]
fn numbers_that_are_rounded_and_numbers_that_are_not() {
    all(
        "1b.ii) q = β(k_a + k_b). ",
        &[
            ("For n = 10 and β = 10: α_a = 22026/(44053+8) ≈ 0.4999.", "α_a =", TRUE),
            ("For n = 10 and β = 10: α_a = 22026/(44053+800) ≈ 0.4911.", "α_a =", FALSE),
            ("e^10 = 22026", "e^10 = 22026", TRUE),
            ("e^5 = 149", "e^5 = 149", FALSE),
            ("With β = 3, n = 4: α_a ≈ 47.6 %, the other α_i ≈ 2.4 %", "α_i ≈ 2.4 %", TRUE),
            ("With β = 3, n = 4: α_a ≈ 47.6 %, the other α_i ≈ 4.2 %", "α_i ≈ 4.2 %", FALSE),
        ],
    );
    all("1c.ii) ", &[("β/√2 = 0.707β", "β/√2 = 0.707β", TRUE), ("β/√2 = 0.807β", "β/√2 = 0.807β", FALSE)]);
    all(
        "1a.i) ",
        &[
            ("Scores of -1 and 1 give weights of 0.12 and 0.88.", "Scores of -1 and 1 give weights of 0.12 and 0.88", TRUE),
            ("Scores of -1 and 1 give weights of 0.88 and 0.12.", "Scores of -1 and 1 give weights of 0.88 and 0.12", FALSE),
        ],
    );
    all(
        "2f) ",
        &[
            ("23.0% - 1.8% = 21.2 percentage points", "23.0% - 1.8% = 21.2 percentage", TRUE),
            ("23.0% - 1.8% = 22.2 percentage points", "23.0% - 1.8% = 22.2 percentage", FALSE),
        ],
    );
}

#[test]
fn the_size_of_an_answer_has_to_be_large() {
    all(
        "1b.ii) ",
        &[
            ("q = γ(k_a + k_b), where γ is a small positive number.", "q = γ(k_a + k_b)", OPEN),
            ("q = s(k_a + k_b), s negative.", "q = s(k_a + k_b)", OPEN),
            ("q = β(k_a + k_b), where β is a positive number that is large enough.", "q = β(k_a + k_b)", TRUE),
            ("To copy only v_a we'd take q = βk_a; for both q = β(k_a+k_b).", "q = βk_a", OPEN),
            ("q = βk_a, β ≫ 1.", "q = βk_a", FALSE),
        ],
    );
}
