//! Whose cost an order bounds, and how costs grow, in words: by name, by ordinal, by a pronoun, in pairs, with what is held
//! fixed; each with its wrong twin and what only looks like it.

use attest::record::Verdict;

use super::counted_words::twins;
use super::support::{finding, record};

/// The verdict of the order `order` in a sheet.
fn of(text: &str, order: &str) -> Verdict {
    finding(&record("sheet.md", &format!("2g)ii) {text}\n")), order).verdict
}

const BOTH: &str = "Vanilla: O(L (l^2 d + l d^2)).\n\nPerceiver: O(l m d + l d^2 + L (m^2 d + m d^2)).\n\n";

#[test]
fn two_orders_set_against_each_other() {
    for text in [
        "In general it is O(L l^2) against O(l m + L m^2).",
        "The complexity drops from O(L l^2) to O(l m + L m^2).",
        "The perceiver reduces the cost from O(L l^2) to O(l m + L m^2).",
        "Vanilla and perceiver have time complexity O(L l^2) and O(l m + L m^2), respectively.",
        "Compared with vanilla, the perceiver is cheaper, O(l m + L m^2) instead of O(L l^2).",
    ] {
        assert_eq!(of(text, "O(L l^2)"), Verdict::Holds, "{text}");
        assert_eq!(of(text, "O(l m + L m^2)"), Verdict::Holds, "{text}");
    }
    let text = "The perceiver reduces the cost from O(L l) to O(L m^2).";
    assert_eq!(of(text, "O(L l)"), Verdict::Refuted);
    assert_eq!(of(text, "O(L m^2)"), Verdict::Refuted);
    assert_eq!(of("Perceiver and vanilla have O(L l^2) and O(L m + m^2), respectively.", "O(L m + m^2)"), Verdict::Refuted);
    // Parts, and letters that tell nothing.
    assert_eq!(of("The softmax drops from O(L l^2) to O(L m^2).", "O(L m^2)"), Verdict::NotChecked);
    assert_eq!(of("It is O(L l) against O(L l^3).", "O(L l)"), Verdict::NotChecked);
}

#[test]
fn ordinals_and_pronouns() {
    for (words, wrong) in [
        ("If d counts as a constant the second one becomes", "O(L m^2)"),
        ("Ignoring d, the latter is", "O(L l)"),
        ("For constant d the perceiver simplifies to", "O(m + L)"),
    ] {
        assert_eq!(of(&format!("{BOTH}{words} O(l m + L m^2)."), "O(l m + L m^2)"), Verdict::Holds, "{words}");
        assert_eq!(of(&format!("{BOTH}{words} {wrong}."), wrong), Verdict::Refuted, "{words}");
    }
    let before = "The vanilla transformer is slow. In the perceiver all the attention happens in the latent space, so it is";
    assert_eq!(of(&format!("{before} O(L m^2)."), "O(L m^2)"), Verdict::Refuted);
    assert_eq!(of(&format!("{before} O(l m + L m^2)."), "O(l m + L m^2)"), Verdict::Holds);
    // Two models spoken of: "it" is neither.
    let both = "Both the vanilla model and the perceiver attend. Then it is O(L m^2).";
    assert_eq!(of(both, "O(L m^2)"), Verdict::NotChecked);
}

#[test]
fn one_layer_is_no_whole_model() {
    for text in ["each of the L layers does O(l^2) attention.", "a single layer is O(l^2).", "we pay O(l^2) per layer."] {
        assert_eq!(of(&format!("In the vanilla model {text}"), "O(l^2)"), Verdict::Holds, "{text}");
    }
    assert_eq!(of("In the vanilla model each of the L layers does O(l) attention.", "O(l)"), Verdict::Refuted);
    assert_eq!(of("Vanilla, one layer: the scores cost O(l^2 d), the linear maps O(l d^2).", "O(l d^2)"), Verdict::Holds);
    assert_eq!(of("Vanilla, one layer: the scores cost O(l^2 d), the linear maps O(l d).", "O(l d)"), Verdict::Refuted);
    let each = "Each additional layer costs O(l^2) in the vanilla model but only O(m^2) in the perceiver.";
    assert_eq!(of(each, "O(m^2)"), Verdict::Holds);
    assert_ne!(of("The MLPs of the vanilla model add O(L l^2 d).", "O(L l^2 d)"), Verdict::Holds);
}

#[test]
fn what_is_held_fixed_or_equal() {
    assert_eq!(of("The perceiver has O(l m + L m^2). For m = l it becomes O(L l^2).", "O(L l^2)"), Verdict::Holds);
    assert_eq!(of("The perceiver has O(l m + L m^2). For m = l it becomes O(L l).", "O(L l)"), Verdict::Refuted);
    assert_eq!(of("As a function of l alone the perceiver is O(l).", "O(l)"), Verdict::Holds);
    assert_eq!(of("When m is a constant, the perceiver is O(l + L).", "O(l + L)"), Verdict::Holds);
    assert_eq!(of("When m is a constant, the perceiver is O(L).", "O(L)"), Verdict::Refuted);
}

#[test]
fn powers_and_factors() {
    let before = "O(L l^2) versus O(l m + L m^2).";
    twins(
        "2g.ii",
        before,
        &[
            (
                "The perceiver grows only linearly in l if m and L are fixed.",
                "The perceiver grows quadratically in l if m and L are fixed.",
            ),
            ("Both models are linear in L.", "Both models are linear in l."),
            (
                "Doubling m quadruples the attention cost of the middle layers.",
                "Doubling m only doubles the attention cost of the middle layers.",
            ),
            ("The perceiver is cheaper as long as m < l.", "The perceiver is cheaper as long as m > l."),
            ("As long as m < l the perceiver is cheaper.", "As long as m < l the perceiver is slower."),
            ("The cost of the vanilla model depends on l.", "Every block of the perceiver depends on l."),
            ("The middle layers cost the same for every length.", "The perceiver costs the same for every length."),
        ],
    );
    assert_eq!(of("With m = l nothing is gained.", "nothing is gained"), Verdict::Holds);
    assert_eq!(of("The perceiver is not linear in the length.", "The perceiver is not linear in the length"), Verdict::Refuted);
    for text in [
        "Only the first block of the perceiver depends on the length.",
        "With m = l nothing is gained but the accuracy.",
        "The perceiver is cheaper to train on my laptop as long as m < l.",
    ] {
        let sheet = record("sheet.md", &format!("2g)ii) {text}\n"));
        assert!(sheet.findings.iter().all(|f| f.verdict == Verdict::NotChecked), "{text}");
    }
}

#[test]
fn orders_of_something_else_stay_unread() {
    for (text, order) in [
        ("The perceiver would be O(L m^2) if the cross attention were free.", "O(L m^2)"),
        ("Without the first and the last block the perceiver would be O(L m^2).", "O(L m^2)"),
        ("The vanilla model has O(L d^2) parameters.", "O(L d^2)"),
        ("Each new token costs the vanilla model O(L l).", "O(L l)"),
        ("In the vanilla model, one query costs O(l d).", "O(l d)"),
        ("The vanilla model computes l outputs, each of which costs O(L l).", "O(L l)"),
    ] {
        assert_eq!(of(text, order), Verdict::NotChecked, "{text}");
    }
    // The memory is known as what it is, and no order of operations.
    let memory = record("sheet.md", "2g)ii) The memory of the perceiver is linear in l.\n");
    assert!(memory.findings.iter().all(|f| f.verdict == Verdict::Holds));
    let accuracy = record("sheet.md", "2g)ii) The accuracy of the perceiver does not depend on l.\n");
    assert!(accuracy.findings.iter().all(|f| f.verdict == Verdict::NotChecked));
}
