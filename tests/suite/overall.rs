//! What is said of all the weights, each right sentence with a wrong twin, and what is left alone.

use attest::record::Verdict;

use super::support::{finding, record};

fn verdict(text: &str, part: &str) -> Verdict {
    finding(&record("1a_i.md", text), part).verdict
}

/// The last words of a sentence.
fn ending(sentence: &str) -> &str {
    let words = sentence.trim_end_matches('.');
    words.rmatch_indices(' ').nth(2).map_or(words, |(at, _)| &words[at + 1..])
}

#[test]
fn universal_statements_and_their_twins() {
    for right in [
        "Each weight lies strictly between 0 and 1.",
        "Softmax outputs cannot be negative.",
        "No weight is negative.",
        "The weights are never zero.",
        "The weights add up to 1.",
        "The largest weight is at least 1/n.",
        "Every other token keeps a weight above zero.",
    ] {
        assert_eq!(verdict(right, ending(right)), Verdict::Holds, "{right}");
    }
    for wrong in [
        "Each weight is larger than 1.",
        "The weights can be negative.",
        "The weights add up to n.",
        "The biggest weight is always at least 1/2.",
        "With finite scores the weight of the winning key can become exactly 1.",
        "All the other weights then vanish exactly.",
    ] {
        assert_eq!(verdict(wrong, ending(wrong)), Verdict::Refuted, "{wrong}");
    }
}

#[test]
fn what_is_known_of_a_few_keys_only_is_left_open() {
    // False for many keys, and never seen so at the numbers of keys that are drawn.
    assert_eq!(verdict("The largest weight is at least 1/100.", "largest"), Verdict::NotChecked);
    assert_eq!(verdict("The largest weight can be below 1/100.", "largest"), Verdict::NotChecked);
}

#[test]
fn suppositions_of_equal_scores() {
    assert_eq!(verdict("If all scores are equal, every $\\alpha_i$ equals $1/n$.", "equals"), Verdict::Holds);
    assert_eq!(verdict("For equal scores $\\alpha_i = 1/n$.", "1/n"), Verdict::Holds);
    assert_ne!(verdict("For equal scores $\\alpha_i = 2/n$.", "2/n"), Verdict::Holds);
}

#[test]
fn item_numbers_multiply_nothing() {
    let text = "(1) $M = AA^T$ would do. (2) M = I - BB^T too.\n";
    let record = record("1b_i.md", text);
    assert_eq!(finding(&record, "AA^T").verdict, Verdict::Holds);
    assert_eq!(finding(&record, "I - BB^T").verdict, Verdict::Holds);
}

#[test]
fn letters_of_sizes_that_name_vectors_too() {
    let sized = |text: &str, part: &str| finding(&record("1b_i.md", text), part).verdict;
    assert_eq!(sized("We have $m < d$.\n", "m < d"), Verdict::Holds);
    assert_eq!(sized("We have $d < m$.\n", "d < m"), Verdict::Refuted);
    assert_eq!(sized("$AA^T$ is $d \\times d$.\n", "AA^T"), Verdict::Holds);
    assert_eq!(sized("A A^T is not the identity.\n", "A A^T"), Verdict::Holds);
    assert_eq!(sized("A A^T is the identity.\n", "A A^T"), Verdict::Refuted);
}

#[test]
fn a_full_stop_amid_white_space_is_a_product() {
    let text = "Write s_i = k_i . q for the scores.\n";
    assert_eq!(verdict(text, "s_i"), Verdict::Holds);
    assert_eq!(verdict("Write s_i = k_i . k_i for the scores.\n", "s_i"), Verdict::Refuted);
}
