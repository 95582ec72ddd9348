//! Worked examples with vectors, scores and weights in numbers: right, wrong, and not understood.

use super::support::{FALSE, OPEN, TRUE, all};

#[test]
fn the_output_of_weights_and_values() {
    let head = "1a)iii) Take α = (0.7, 0.3), v_1 = [1, 0] and v_2 = (0, 2)^T. ";
    all(
        head,
        &[
            ("Then c = (0.7, 0.6).", "c = (0.7, 0.6)", TRUE),
            ("Then c = (0.7, 0.3).", "c = (0.7, 0.3)", FALSE),
            ("Then ‖c‖ ≈ 0.92.", "‖c‖", TRUE),
            ("The norm of c is 0.92.", "The norm of c", TRUE),
            ("The norm of c is 1.", "The norm of c", FALSE),
            ("The length of the output is 0.85.", "The length", FALSE),
            ("The distance to v_1 is 0.67.", "The distance", TRUE),
            ("The distance to v_1 is 0.3.", "The distance", FALSE),
            ("c is 0.67 away from v_1.", "away from", TRUE),
            ("The distance between c and v_2 is 1.57.", "The distance", TRUE),
            ("The dot product of v_1 and v_2 is 0.", "The dot product", TRUE),
            ("The cosine between c and v_1 is 0.76.", "The cosine", TRUE),
            ("c points in the direction of v_1.", "direction", FALSE),
            ("v_1 is orthogonal to v_2.", "orthogonal", TRUE),
        ],
    );
}

#[test]
fn an_example_that_is_not_understood_refutes_nothing() {
    let head = "1a)iii) Take α = (0.7, 0.3) and v_1 = (1, 0). ";
    all(
        head,
        &[
            ("Then c = (0.7, 0.6).", "c = (0.7, 0.6)", OPEN),
            ("The norm of c is 1.", "The norm of c", OPEN),
            ("v_2 = (0, 2). The norm of c is not 1.", "The norm of c", OPEN),
            ("v_2 = (0, 2). If the values are swapped the norm of c is 1.42.", "norm of c", OPEN),
            ("n = 3, v_2 = (0, 2). Then c = (0.7, 0.1).", "c = (0.7, 0.1)", OPEN),
        ],
    );
}

#[test]
fn another_key_that_has_no_letter() {
    let head = "1a)iii) Example, n = 2: α_j = 0.9, v_j = (1, 0), other value (0, 1). ";
    all(
        head,
        &[
            ("c = (0.9, 0.1).", "c = (0.9, 0.1)", TRUE),
            ("c = (0.9, 0).", "c = (0.9, 0)", FALSE),
            ("The distance to v_j is 0.141.", "The distance", TRUE),
            ("The distance to v_j is 0.1.", "The distance", FALSE),
        ],
    );
}

#[test]
fn keys_and_a_query_give_scores_and_weights() {
    let head = "1a)ii) Example with two keys, k_j = (3,0), k_i = (0,1) and q = (2,0): ";
    all(
        head,
        &[
            ("the scores are 6 and 0.", "scores are", TRUE),
            ("the scores are 5 and 0.", "scores are", FALSE),
            ("α_j = 0.9975.", "0.9975", TRUE),
            ("α_j = 0.98.", "0.98", FALSE),
        ],
    );
}

#[test]
fn rows_of_scores_and_what_changes_them() {
    let head = "1a)i) Three keys with scores 2, 1 and 0. ";
    all(
        head,
        &[
            ("Weights .665, .245 and .090.", "eights .665", TRUE),
            ("Weights .5, .3 and .2.", "eights .5", FALSE),
            ("If I double them nothing changes.", "double", FALSE),
            ("If I add 3 to all three scores nothing changes.", "add 3", TRUE),
            ("The scores (100, 94) and (6, 0) give the same weights.", "same weights", TRUE),
            ("The scores (100, 94) and (50, 47) give the same weights.", "same weights", FALSE),
        ],
    );
    all("1a)iv) For the scores (2, 1) ", &[("the output is v_1.", "output", FALSE)]);
}

#[test]
fn a_matrix_by_its_entries() {
    let head =
        "1b)i) Let d = 2, a_1 = (0.6, 0.8), b_1 = (-0.8, 0.6). M = a_1 a_1^T. v_a = 5 a_1 = (3, 4), v_b = 10 b_1 = (-8, 6). ";
    all(
        head,
        &[
            ("So s = (-5, 10).", "s = (-5, 10)", TRUE),
            ("So s = (-5, 2).", "s = (-5, 2)", FALSE),
            ("M is invertible, so s can be found.", "M is invertible", FALSE),
            ("M is singular.", "M is singular", TRUE),
            ("M is a diagonal matrix.", "diagonal", FALSE),
            ("The eigenvalues of M are 1 and 0.", "eigenvalues", TRUE),
            ("The eigenvalues of M are 0.36 and 0.64.", "eigenvalues", FALSE),
            ("M b_1 = 0.", "M b_1", TRUE),
        ],
    );
    let entries = "1b)i) With a_1 = (0.6, 0.8) we get a_1 a_1^T = ";
    all(entries, &[("[[0.36, 0.48], [0.48, 0.64]].", "a_1 a_1^T", TRUE), ("[[0.36, 0.48], [0.48, 0.6]].", "a_1 a_1^T", FALSE)]);
}
