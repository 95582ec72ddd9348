//! Clauses that are known word for word: each right one with a wrong twin, and near misses that are left alone.

use super::support::{FALSE, OPEN, TRUE, all};

#[test]
fn weights_and_scores_in_words() {
    all(
        "1a i)\n\n",
        &[
            ("The largest score always gets the largest weight.", "largest score", TRUE),
            ("The largest score gets the smallest weight.", "largest score", FALSE),
            ("The largest score gets the largest weight of its row of values.", "largest score", OPEN),
            ("If a key is orthogonal to the query its weight is 0.", "weight is 0", FALSE),
            ("A key that is orthogonal to q still gets a positive weight.", "positive weight", TRUE),
            ("If I add the same number to every score the weights do not change.", "add the same number", TRUE),
            ("If I multiply every score by 2 the weights do not change.", "multiply every score", FALSE),
            ("If I multiply every score by 2 the largest weight stays where it is.", "multiply every score", TRUE),
            ("The weights add up to 1 only if the keys are normalized.", "only if", FALSE),
            ("If q = 0 then all the weights are uniform.", "uniform", TRUE),
        ],
    );
}

#[test]
fn what_a_longer_query_does() {
    all(
        "1a iv)\n\n",
        &[
            ("Multiplying q by 10 multiplies all score differences by 10.", "Multiplying q", TRUE),
            ("Multiplying q by 10 multiplies all score differences by 100.", "Multiplying q", OPEN),
            ("Multiplying q by a big positive number makes the weights sharper.", "sharper", TRUE),
            ("Multiplying q by a big positive number makes the weights more and more uniform.", "uniform", FALSE),
            ("Attention always looks at just one word of the sentence.", "one word", FALSE),
            ("All other values get weight 0.", "weight 0", FALSE),
            ("As the gap grows all other values get weight 0.", "weight 0", &[TRUE, OPEN].concat()),
        ],
    );
}

#[test]
fn one_score_is_no_gap() {
    all(
        "1a ii)\n\n",
        &[
            ("It is enough that $k_j^T q \\gg 0$.", "\\gg 0", &[FALSE, OPEN].concat()),
            ("$k_j^T q \\gg k_i^T q$ for all $i \\ne j$.", "\\gg", TRUE),
            ("It happens as soon as k_j has the largest dot product with q.", "as soon as", FALSE),
            ("$e^{-1000} = 0$.", "e^{-1000}", OPEN),
        ],
    );
}

#[test]
fn projections_in_words() {
    all(
        "1b i)\n\n$M = A A^T$. ",
        &[
            ("The eigenvalues of M are 0 and 1.", "eigenvalues", TRUE),
            ("The eigenvalues of M are 1 and -1.", "eigenvalues", FALSE),
            ("M leaves every vector in A unchanged.", "unchanged", TRUE),
            ("M leaves every vector in B unchanged.", "unchanged", FALSE),
            ("Projections keep the length.", "length", FALSE),
            ("The solution is not unique.", "unique", TRUE),
        ],
    );
}

#[test]
fn two_keys_in_words() {
    all(
        "1b ii)\n\n$q = \\beta (k_a + k_b)$. ",
        &[
            ("β = ln n is enough.", "enough", FALSE),
            ("To keep the same accuracy β has to grow in proportion to n.", "proportion", FALSE),
            ("To keep the same accuracy β has to grow like ln n.", "ln n", TRUE),
            ("No other query approximates the average.", "No other", FALSE),
            ("With C = 100 we get alpha_a = 0.5 exactly.", "0.5", &[FALSE, OPEN].concat()),
        ],
    );
}
