//! Inputs made to hurt: each ends in an honest answer after a bounded number of steps.

use attest::algebra::Outcome;
use attest::algebra::answer::equal;
use attest::algebra::given::Given;

fn judge(left: &str, right: &str) -> Outcome {
    let given = Given::default();
    let (there, back) = (equal(left, right, &given), equal(right, left, &given));
    assert_eq!(there.outcome, back.outcome, "{} and {}", &left[..left.len().min(40)], &right[..right.len().min(40)]);
    there.outcome
}

#[test]
fn what_is_too_large_is_not_decided() {
    let nested = format!("{}1{}", "(".repeat(10_000), ")".repeat(10_000));
    let fractions = format!("{}1{}", "\\frac{1}{".repeat(5_000), "}".repeat(5_000));
    let long = format!("{}x", "x+".repeat(500_000));
    for (l, r) in [
        ("9^{9^{9^9}}", "1"),
        ("9^{9^{9^9}}", "9^{9^{9^9}}+1"),
        ("1000000!", "1"),
        (nested.as_str(), "1"),
        (fractions.as_str(), "1"),
        (long.as_str(), "500001x"),
        ("10^{10^{10}}-10^{10^{10}}", "1"),
        ("10^{-10^{10^{10}}}", "0"),
        ("\\sum_{k=1}^{10^{18}} \\frac{1}{k}", "42"),
        ("\\binom{1000000}{500000}", "1"),
        ("e^{e^{e^{e^e}}}", "1"),
        ("\\sin(10^{10^{5}})", "0"),
        ("2^{2^{2^{2^{2^2}}}}", "3"),
    ] {
        let outcome = judge(l, r);
        assert!(matches!(outcome, Outcome::Undecided | Outcome::NotChecked), "{}: {outcome:?}", &l[..l.len().min(40)]);
    }
}

#[test]
fn what_is_undefined_is_equal_to_nothing() {
    for (l, r) in [("1/0", "1/0"), ("0^{-1}", "0"), ("\\ln 0", "0"), ("1/(x-x)", "1"), ("\\sqrt{-x^2-1}", "x"), ("0^0", "5/0")] {
        assert!(!matches!(judge(l, r), Outcome::Holds), "{l} = {r}");
    }
    // Whether 0^0 is 1 is a matter of convention.
    assert!(!matches!(judge("0^0", "1"), Outcome::Refuted));
    assert!(!matches!(judge("0^0", "0"), Outcome::Holds));
}

#[test]
fn equality_is_where_both_sides_are_defined() {
    for (l, r) in [
        ("x/x", "1"),
        ("\\frac{x^2-1}{x-1}", "x+1"),
        ("\\sqrt{x}\\sqrt{x}", "x"),
        ("e^{\\ln x}", "x"),
        ("\\ln(x y)", "\\ln x+\\ln y"),
        ("\\frac{1}{1/x}", "x"),
        ("\\sqrt{x^2}", "|x|"),
        ("\\ln(x^2)", "2\\ln|x|"),
    ] {
        assert_eq!(judge(l, r), Outcome::Holds, "{l} = {r}");
    }
    for (l, r) in [("\\sqrt{x^2}", "x"), ("(x^2)^{1/2}", "x"), ("\\arcsin(\\sin x)", "x"), ("\\sqrt{(x-1)^2}", "x-1")] {
        assert_eq!(judge(l, r), Outcome::Refuted, "{l} = {r}");
    }
}
