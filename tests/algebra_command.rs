//! The rooms `equal`, `limit` and `growth` of the command line, from arguments to output.

use attest::command::{equal, growth, limit};
use clap::{Args, Command, FromArgMatches};

fn written<A: Args + FromArgMatches>(args: &[&str], run: impl Fn(&A, &mut dyn std::io::Write) -> miette::Result<()>) -> String {
    let matches = A::augment_args(Command::new("test")).no_binary_name(true).get_matches_from(args);
    let args = A::from_arg_matches(&matches).expect("arguments");
    let mut out = Vec::new();
    run(&args, &mut out).expect("a run");
    String::from_utf8(out).expect("text")
}

#[test]
fn equal_writes_verdict_tier_and_witness_for_people_and_machines() {
    let text = written(&[r"\frac{1}{3}", "0.333"], equal::run);
    assert_eq!(text, "refuted (certified): the sides differ at a point\n  left 1/3 = 0.333333, right 333/1000 = 0.333\n");
    let text = written(&["exp(b(1-X))", "exp(b)/exp(b X)", "--format", "json"], equal::run);
    let value: serde_json::Value = serde_json::from_str(&text).expect("json");
    assert_eq!((value["verdict"].as_str(), value["tier"].as_str()), (Some("holds"), Some("exact")));
    assert!(value["log2_error"].as_f64().is_some_and(|e| e < -100.0));
}

#[test]
fn equal_shows_the_rewritings_of_a_matrix_identity_and_the_laws_of_a_scalar_one() {
    let text = written(&["A'(A c + B d)", "c", "--where", "A'A = I, A'B = 0, c in R^m, d in R^p"], equal::run);
    assert!(text.starts_with("holds (exact)") && text.contains("by AᵀA = I") && text.contains("by AᵀB = 0"), "{text}");
    let text = written(&["exp(a+b)", "exp(b) exp(a)", "--proof"], equal::run);
    assert!(text.contains("by exp-sum"), "{text}");
}

#[test]
fn limit_writes_the_leading_term() {
    let text = written(&["exp(β)/(n-2+2exp(β))", "β", "inf", "--where", "n > 2"], limit::run);
    assert_eq!(text, "1/2; the difference from it ~ -(n - 2)·exp(-β)/4 (exact)\n");
    let text = written(&["1/x", "x", "0"], limit::run);
    assert!(text.starts_with("no limit was found"), "{text}");
}

#[test]
fn growth_says_what_a_claim_lacks() {
    let text = written(&["O(d m + L m^2)", "l m + L m^2", "--where", "m <= l, d = 1"], growth::run);
    assert!(text.starts_with("refuted (exact), score 0") && text.contains("missing in the claim: l"), "{text}");
    let text = written(&["O(n^2)", "n log n"], growth::run);
    assert!(text.contains("score 0.5") && text.contains("not tight"), "{text}");
}
