//! Quantities in words: who needs more, multiples and parts of what is named or stands there, arithmetic of a training
//! run, characters of a text, and the sums of growth orders; each with its wrong twin and what only looks like it.

use attest::record::Verdict;

use super::counted_words::{twins, unread};
use super::support::{finding, record};

#[test]
fn who_needs_more_has_fewer() {
    let before = "We have 10/500 = 2.0 %. London gets 25/500 = 5.0 %.";
    twins(
        "2d",
        before,
        &[
            (
                "We'd need 15 more right answers to be as good as London.",
                "We'd need 13 more right answers to be as good as London.",
            ),
            ("The network is 15 answers short of the baseline.", "The network is 25 answers short of the baseline."),
            ("The model lacks 15 hits to reach London.", "The model lacks 12 hits to reach London."),
            ("London has 15 right answers more than we do.", "Our model has 15 more right answers than London."),
            ("The baseline beats us by a factor of 2.5.", "We beat it by a factor of 2.5."),
            ("If we had 15 more hits we would be level with London.", "If we had 5 more hits we would be level with London."),
        ],
    );
    unread("2d", before, &["We need 15 more minutes to match London.", "We need 15 more epochs than London."]);
}

#[test]
fn a_share_that_contradicts_its_count_holds_nothing() {
    let sheet = record("sheet.md", "2d) Ours: 10/500 = 2 %. London = 25/500 = 0.5 %, so we beat it by a factor of 4.\n");
    assert_eq!(finding(&sheet, "factor").verdict, Verdict::Refuted);
    let sheet = record("sheet.md", "2f) Ours: 120/500 = 30 %. This is six times the London baseline.\n");
    assert_ne!(finding(&sheet, "baseline").verdict, Verdict::Holds);
    let sheet = record("sheet.md", "2f) Ours: 120/500 = 30 %. It beats the London baseline by 95 people.\n");
    assert_eq!(finding(&sheet, "people").verdict, Verdict::Holds);
}

#[test]
fn multiples_of_what_is_named_or_stands_there() {
    let before = "Dev accuracy 110/500 = 22 %.";
    twins(
        "2f",
        before,
        &[
            ("This is 11 times my result of (d), 2.0 %.", "This is 4 times my result of (d), 2.0 %."),
            ("That is 11.0 times what we had in part d (2 %).", "That is 21.0 times what we had in part d (2 %)."),
            ("It's more than twice the expected 10 %.", "It's more than three times the expected 10 %."),
            ("More than one answer in five is right.", "More than one answer in four is right."),
        ],
    );
    unread("2f", before, &["The test accuracy is about half of it.", "It trains 3 times faster than in (d)."]);
    let both = "Perceiver 40/500 = 8 %, vanilla 24 %.";
    twins(
        "2g.i",
        "Perceiver 40/500 = 8 %.",
        &[("Compared to the vanilla model (24 %) it is one third.", "Compared to the vanilla model (24 %) it is one half.")],
    );
    twins("2g.i", both, &[("The vanilla model is 3.0 times better.", "The vanilla model is 7.0 times better.")]);
    twins("2g.i", "Accuracy on dev: 0.08.", &[("So 40 of 500 names were right.", "So 48 of 500 names were right.")]);
}

#[test]
fn arithmetic_of_a_training_run() {
    let before = "We train on 2000 pairs with batch size 128 for 30 epochs.";
    twins(
        "2d",
        before,
        &[
            ("So one epoch has 16 batches.", "So one epoch has 18 batches."),
            ("That makes 480 updates in total.", "That makes 500 updates in total."),
            ("Thus the model sees 60000 examples.", "Thus the model sees 6000 examples."),
        ],
    );
    unread(
        "2d",
        before,
        &["So 468 steps.", "After 40 steps the loss was 1.", "If we had a batch size of 256, that makes 8 steps per epoch."],
    );
    let before = "Pretraining: 100 epochs of 23 steps = 2300 steps. Finetuning: 10 epochs of 8 steps = 80 steps,";
    twins("2f", before, &[("which is far less than in pretraining.", "which is more than in pretraining.")]);
}

#[test]
fn parts_of_counted_things() {
    let before = "The variant.";
    twins(
        "2g.i",
        before,
        &[
            ("The 32 latents are a quarter of the 128 positions.", "The 32 latents are half of the 128 positions."),
            ("A quarter of 112 is 28.", "A quarter of 112 is 26."),
        ],
    );
    let reduced = "The 128 positions become 64 latents,";
    twins("2g.i", reduced, &[("a reduction by a factor of 2.", "a reduction by a factor of 4.")]);
    twins(
        "3a",
        "wiki.txt has 2937 lines and the finetuning set 2000 pairs,",
        &[("that's about 1.5 times as many lines.", "so the pretraining has more than twice as many lines.")],
    );
    twins(
        "3a",
        "For 450 of 500 people the place stands beside the name,",
        &[("so at best 90 % can be known by memory.", "so at best 80 % can be known by memory.")],
    );
    unread("2g.i", before, &["32 of the 128 positions are useless.", "Half of the 128 heads are in Asia."]);
}

#[test]
fn characters_and_targets_of_span_corruption() {
    twins(
        "2e",
        "Take \"Eva Klee sat in Ulm\".",
        &[
            ("The whole text has 19 characters.", "The whole text has 24 characters."),
            ("Of its 100 characters on average 25 are masked.", "The span always has 25 % of the text."),
            ("x is the string without its last character.", "x is the string without its first character."),
            ("y is everything but the first character.", "y is everything but the last character."),
            ("The longest truncated document has 112 characters.", "The longest truncated document has 120 characters."),
            ("On average a quarter of the document is masked out.", "The document is always cut to the same length."),
        ],
    );
    unread("2e", "Take \"Eva Klee sat in Ulm\".", &["The truncated text has 8 characters.", "The title has 24 characters."]);
}

#[test]
fn sums_of_growth_orders() {
    let whole = |text: &str| {
        let sheet = record("sheet.md", &format!("2g)ii) {text}\n"));
        sheet.findings.iter().map(|f| f.verdict).max_by_key(|v| super::support::gravity(*v))
    };
    let vanilla = "Vanilla, per layer: $O(\\ell^2 d + \\ell d^2)$.";
    assert_eq!(whole(&format!("{vanilla} All layers: $O(L(\\ell^2 d+\\ell d^2))$.")), Some(Verdict::Holds));
    assert_eq!(whole(&format!("{vanilla} So for L layers O(Lℓ²d + Lℓd²).")), Some(Verdict::Holds));
    assert_eq!(whole(&format!("{vanilla} All layers: $O(\\ell d + L d^2)$.")), Some(Verdict::Refuted));
    assert_eq!(whole("The perceiver: O(L m² + ℓ m), so it does not depend on ℓ."), Some(Verdict::Refuted));
    assert_eq!(whole("Numbers (L=4, l=128, m=64): perceiver 2·128·64 + 2·64² = 24576 scores."), Some(Verdict::Holds));
}

#[test]
fn powers_of_ten_are_numbers() {
    for (text, verdict) in [
        ("98/(98 + 2 e^20) = 1.0e-7", Verdict::Holds),
        ("98/(98 + 2 e^20) = 1.0e−7", Verdict::Holds),
        ("98/(98 + 2 e^20) = 1.3e-7", Verdict::Refuted),
        ("$4.85 \\times 10^8 = 485000000$", Verdict::Holds),
        ("4.85e+8 = 485000000", Verdict::Holds),
        ("2E+8 = 200000000", Verdict::Holds),
        ("3e-4 = 0.0003", Verdict::Holds),
        ("3e-4 = 0.003", Verdict::Refuted),
        // Euler's number keeps its place.
        ("e/(2e+8) = 0.2023", Verdict::Holds),
        ("2 e^2 = 14.78", Verdict::Holds),
    ] {
        let sheet = record("sheet.md", &format!("1b)ii) {text}\n"));
        assert_eq!(sheet.findings.iter().map(|f| f.verdict).next(), Some(verdict), "{text}");
    }
}
