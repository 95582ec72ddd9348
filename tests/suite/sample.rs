//! `attest sample` at the ends of what numbers can be: never a NaN, never a panic, and a reason where a number is missing.

use std::process::Command;

use super::support::root;

fn sample(arguments: &[&str]) -> (Option<i32>, String, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_attest")).arg("sample").args(arguments).current_dir(root()).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (ran.status.code(), text(&ran.stdout), text(&ran.stderr))
}

/// Queries and conditions: two correlated heads under conditions on both, rare tails, quasi-random points.
const ASKED: &[&[&str]] = &[
    &["1c.ii", "--given", "k_a^T q >= 0"],
    &["1d.ii", "--query", "beta (mu_a + mu_b)", "--query", "beta mu_a", "--given", "k_a^T q_1 >= 0", "--given", "k_b^T q_2 <= 1"],
    &["1d.ii", "--given", "k_a^T q_1 >= 1e9"],
    &["1c.i", "--quasi"],
];

const SETTINGS: &[&str] = &["beta=1e6,alpha=1e-300", "beta=inf,alpha=0", "beta=1e300,alpha=1e300", "beta=1e6,alpha=1"];

#[test]
fn no_beta_no_alpha_and_no_condition_gives_nan_on_the_screen_or_in_json() {
    for asked in ASKED {
        for settings in SETTINGS {
            let set = format!("{settings},n=4,d=5");
            let all = |format| [*asked, &["--set", &set, "--draws", "8192", "--format", format]].concat();
            let (code, text, error) = sample(&all("text"));
            assert!(code == Some(0) && !text.contains("NaN"), "{asked:?} {set}: {text}{error}");
            let (code, json, error) = sample(&all("json"));
            assert_eq!(code, Some(0), "{asked:?} {set}: {error}");
            let value: serde_json::Value = serde_json::from_str(&json).unwrap();
            for quantity in value["quantities"].as_array().unwrap() {
                let (number, reason) = (&quantity["quadrature"], &quantity["quadrature_missing"]);
                assert!(number.is_f64() != reason.is_string(), "{asked:?} {set}: {quantity}");
                let none_met = value["draws_accepted"].as_u64().unwrap() < 128;
                assert!(quantity["estimate"].is_f64() || none_met, "{asked:?} {set}: {quantity}");
            }
        }
    }
}

#[test]
fn quasi_random_points_say_what_their_error_is_and_what_they_do_not_serve() {
    let (code, text, _) = sample(&["1c.ii", "--quasi", "--draws", "100000"]);
    assert!(code == Some(0) && text.contains("16 independent randomisations") && text.contains("standard error"), "{text}");
    assert!(!text.contains("confidence sequence"), "{text}");
    let (code, json, _) = sample(&["1c.ii", "--quasi", "--draws", "100000", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((code, value["replicates"].as_u64(), value["points_a_replicate"].as_u64()), (Some(0), Some(16), Some(4096)));
    assert!(value["quantities"][0]["low"].is_null() && value["quantities"][0]["standard_error"].as_f64().unwrap() < 1e-4);
    for refused in [["1c.ii", "--given", "k_a^T q >= 0", "--quasi"].as_slice(), &["1c.ii", "--quasi", "--set", "n=200,d=200"]] {
        assert_eq!(sample(refused).0, Some(2), "{refused:?}");
    }
}

#[test]
fn a_condition_on_scores_that_are_all_zero_is_named() {
    let (code, _, error) = sample(&["1c.ii", "--set", "beta=0", "--given", "k_a^T q >= 6"]);
    assert!(code == Some(2) && error.contains("never met"), "{error}");
}
