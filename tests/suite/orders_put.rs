//! Costs with a symbol of their own, products in the place of a variable, and bounds that are called loose: each with its
//! wrong twin and what only looks like it.

use attest::record::Verdict;

use super::support::{finding, record};

/// The verdict of the order `order` in a sheet.
fn of(text: &str, order: &str) -> Verdict {
    finding(&record("sheet.md", &format!("2g)ii) {text}\n")), order).verdict
}

const PERCEIVER: &str = "Perceiver: $O(\\ell m+Lm^2)$.";

#[test]
fn a_symbol_tells_whose_cost_it_is() {
    for symbol in ["T_{\\rm van}", "T_{\\text{vanilla}}", "C_{\\mathrm{van}}", "T_{\\text{baseline}}"] {
        assert_eq!(of(&format!("${symbol}=\\mathcal O(L\\ell^2)$."), "O(L\\ell^2)"), Verdict::Holds, "{symbol}");
        assert_eq!(of(&format!("${symbol}=\\mathcal O(L\\ell)$."), "O(L\\ell)"), Verdict::Refuted, "{symbol}");
    }
    assert_eq!(of("cost_perceiver = O(l m + L m^2)", "O(l m + L m^2)"), Verdict::Holds);
    assert_eq!(of("T_perc = O(L m^2)", "O(L m^2)"), Verdict::Refuted);
    // One letter may stand for anything, and memory is no time.
    assert_eq!(of("C_P = O(L m^2)", "O(L m^2)"), Verdict::NotChecked);
    assert_eq!(of("M_perc = O(L m^2)", "O(L m^2)"), Verdict::NotChecked);
}

#[test]
fn a_product_in_the_place_of_a_variable() {
    for words in [
        "If we choose $m=\\sqrt\\ell$ it becomes",
        "With $m=\\Theta(\\sqrt\\ell)$ we get",
        "Setting $m=\\sqrt\\ell$ the perceiver costs",
        "For $m = \\ell^{1/2}$ this is",
        "If $m$ grows like $\\sqrt\\ell$, the perceiver needs",
        "Special case: $m=\\sqrt\\ell$ gives",
    ] {
        let right = "$O(\\ell^{3/2}+L\\ell)$.";
        assert_eq!(of(&format!("{PERCEIVER} {words} {right}"), "O(\\ell^{3/2}+L\\ell)"), Verdict::Holds, "{words}");
        assert_eq!(of(&format!("{PERCEIVER} {words} $O(\\ell+L\\ell)$."), "O(\\ell+L\\ell)"), Verdict::Refuted, "{words}");
    }
    let cases = "Special cases: $m=\\ell$ gives back $O(L\\ell^2)$; $m=\\sqrt\\ell$ gives $O(\\ell\\sqrt\\ell+L\\ell)$.";
    assert_eq!(of(&format!("{PERCEIVER} {cases}"), "O(L\\ell^2)"), Verdict::Holds);
    assert_eq!(of(&format!("{PERCEIVER} {cases}"), "O(\\ell\\sqrt\\ell+L\\ell)"), Verdict::Holds);
    // A power is that of what was put in.
    let then = |words: &str| of(&format!("{PERCEIVER} With $m=\\sqrt\\ell$ it is {words} in $\\ell$."), words);
    assert_eq!(then("linear"), Verdict::Refuted);
    // Two terms in the place of a variable are not followed.
    let sum = format!("{PERCEIVER} With $m=\\sqrt\\ell+L$ it becomes $O(\\ell)$.");
    assert_ne!(of(&sum, "O(\\ell)"), Verdict::Holds);
}

#[test]
fn a_bound_that_need_not_be_tight() {
    for words in [
        "Because $m\\le\\ell$ one can also write the coarser bound BOUND.",
        "The bound BOUND for the perceiver is not wrong either, only loose.",
        "A looser bound for the perceiver is BOUND.",
        "For the perceiver BOUND is an upper bound, too.",
    ] {
        let with = |bound: &str| format!("{PERCEIVER} {}", words.replace("BOUND", &format!("${bound}$")));
        assert_eq!(of(&with("O(L\\ell m)"), "O(L\\ell m)"), Verdict::Holds, "{words}");
        assert_eq!(of(&with("O(Lm^2)"), "O(Lm^2)"), Verdict::Refuted, "{words}");
    }
    let tight = format!("{PERCEIVER} The tight bound for the perceiver is $O(L\\ell m)$.");
    assert_ne!(of(&tight, "O(L\\ell m)"), Verdict::Holds);
}

#[test]
fn outer_and_inner_blocks() {
    let text = "Perceiver: the two outer blocks $O(\\ell md+\\ell d^2)$, each of the inner ones $O(m^2d+md^2)$.";
    assert_eq!(of(text, "O(\\ell md+\\ell d^2)"), Verdict::Holds);
    assert_eq!(of(text, "O(m^2d+md^2)"), Verdict::Holds);
    let wrong = "Perceiver: the two outer blocks $O(m^2d+md^2)$, each of the inner ones $O(\\ell^2d)$.";
    assert_eq!(of(wrong, "O(m^2d+md^2)"), Verdict::Refuted);
}

#[test]
fn what_drops_out_and_what_is_at_most() {
    let said = |text: &str, part: &str| finding(&record("sheet.md", &format!("2g)ii) {text}\n")), part).verdict;
    for text in [
        "Perceiver: O(L m^2), because after the first layer everything has length m, so ℓ does not appear any more.",
        "Perceiver: O(L m^2), since after the compression to m vectors the input length ℓ plays no role any more.",
    ] {
        assert_eq!(said(text, "any more"), Verdict::Refuted, "{text}");
    }
    assert_eq!(said("So for long inputs the perceiver has a constant cost.", "constant cost"), Verdict::Refuted);
    let doubled = |effect: &str| said(&format!("When ℓ doubles and m stays, the perceiver costs {effect}."), effect);
    assert_eq!(doubled("at most 2 times as much"), Verdict::Holds);
    let vanilla = |effect: &str| said(&format!("When ℓ doubles, the vanilla attention costs {effect}."), effect);
    assert_eq!(vanilla("at most 2 times as much"), Verdict::Refuted);
    assert_eq!(vanilla("at least 3 times as much"), Verdict::Holds);
}
