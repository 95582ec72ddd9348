//! Worlds are files: new questions need nothing else, and malformed files are errors with a place.

use attest::record::Verdict;
use attest::world::Library;

use super::support::{finding, record_in};

const AVERAGE_OF_THREE: &str = r#"
schema = 1
id = "7a"
title = "An average of three values"
asks = "Orthonormal keys. Give q with c close to the average of v_a, v_b and v_e."
points = 2
letters = ["a", "b", "e"]
limits = ["beta"]

[dimensions]
n = [4, 6]
d = [7, 9]

[scalars.beta]
range = [0.5, 2.5]
limit = "infinity"

[families.k]
count = "n"
dimension = "d"
law = "orthonormal"

[families.v]
count = "n"
dimension = "d"
law = "generic"

[definitions]
alpha_i = "exp(k_i^T q) / sum_{r=1}^{n} exp(k_r^T q)"
c = "sum_{i=1}^{n} alpha_i v_i"

[[slots]]
symbol = "q"
requirement = "c ≈ 1/3 (v_a + v_b + v_e)"
reference = "beta (k_a + k_b + k_e)"
correct = "q = β (k_a + k_b + k_e)"
"#;

const ALONG_ANOTHER: &str = r#"
schema = 1
id = "7b"
title = "A key that leans towards another"
asks = "Sigma_a = alpha I + mu_b mu_b^T. What is the law of k_a^T q for q = beta mu_b?"
points = 1
letters = ["a", "b"]
limits = ["alpha"]

[dimensions]
n = [3, 5]
d = [6, 8]

[scalars.beta]
range = [0.5, 2.5]

[scalars.alpha]
range = [0.02, 0.3]
limit = "0"

[families.mu]
count = "n"
dimension = "d"
law = "orthonormal"

[families.k]
count = "n"
dimension = "d"
law = "gaussian"
mean = "mu_i"
covariance = "alpha I"
noise = "z"
covariance_name = "Sigma"
[families.k.except]
a = "alpha I + mu_b mu_b^T"
"#;

fn added() -> Library {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("7a.toml"), AVERAGE_OF_THREE).unwrap();
    std::fs::write(folder.path().join("7b.toml"), ALONG_ANOTHER).unwrap();
    Library::with_folder(folder.path()).unwrap()
}

#[test]
fn an_average_of_three_values_needs_a_file_only() {
    let library = added();
    let judge = |q: &str| {
        let sheet = record_in(&library, "sheet.md", &format!("7a) $q = {q}$ for $\\beta \\gg 0$.\n"));
        finding(&sheet, "q =").verdict
    };
    assert_eq!(judge("\\beta (k_a + k_b + k_e)"), Verdict::HoldsInLimit);
    assert_eq!(judge("2 \\beta (k_e + k_a + k_b)"), Verdict::HoldsInLimit);
    assert_eq!(judge("\\beta (k_a + k_b)"), Verdict::Refuted);
    assert_eq!(judge("\\beta (k_a + k_b + 2 k_e)"), Verdict::Refuted);
}

#[test]
fn a_key_with_covariance_along_another_needs_a_file_only() {
    let library = added();
    let judge = |statement: &str| {
        let sheet = record_in(&library, "sheet.md", &format!("7b) {statement}.\n"));
        finding(&sheet, "k_a").verdict
    };
    assert_eq!(judge("$\\mathrm{Var}(k_a^\\top \\mu_b) = 1 + \\alpha$"), Verdict::Holds);
    assert_eq!(judge("$\\mathrm{Var}(k_a^\\top \\mu_a) = \\alpha$"), Verdict::Holds);
    assert_eq!(judge("$\\mathrm{Var}(k_a^\\top \\mu_b) = \\alpha$"), Verdict::Refuted);
    assert_eq!(judge("$\\beta k_a^\\top \\mu_b \\sim N(0, \\beta^2 (1 + \\alpha))$"), Verdict::Holds);
    assert_eq!(judge("$\\beta k_a^\\top \\mu_b \\sim N(0, 2 \\beta^2 (1 + \\alpha))$"), Verdict::Refuted);
}

#[test]
fn a_malformed_world_is_an_error_with_line_and_key() {
    let broken = [
        ("law = \"generic\"", "law = \"generous\"", "law"),
        ("requirement = \"c ≈ 1/3 (v_a + v_b + v_e)\"", "requirement = \"c ≈ 1/3 (v_a + \"", "requirement"),
        ("points = 2", "points = \"two\"", "points"),
        ("limits = [\"beta\"]", "limits = [\"gamma\"]", "limits"),
        ("schema = 1", "schema = 99", "schema"),
        ("title =", "titel =", "titel"),
    ];
    for (right, wrong, key) in broken {
        let line = AVERAGE_OF_THREE[..AVERAGE_OF_THREE.find(right).unwrap()].matches('\n').count() + 1;
        let text = AVERAGE_OF_THREE.replacen(right, wrong, 1);
        let error = Library::from_sources(vec![("mine.toml".into(), text)]).err().unwrap_or_else(|| panic!("{key}: no error"));
        let said = error.to_string();
        assert!(said.contains("mine.toml") && said.contains(key), "{key}: {said}");
        assert!(said.contains(&format!("line {line}")), "{key}: no line {line} in {said}");
    }
}

#[test]
fn a_plot_entry_that_is_not_understood_is_an_error_that_names_it() {
    let text = format!("{AVERAGE_OF_THREE}\n[[plots]]\nid = \"mine\"\nkind = \"pie\"\n");
    let library = Library::from_sources(vec![("mine.toml".into(), text)]).unwrap();
    let said = attest::experiment::run(&library, 0, &|_, _| {}).unwrap_err().to_string();
    assert!(said.contains("7a") && said.contains("mine") && said.contains("pie"), "{said}");
}

#[test]
fn the_embedded_worlds_cover_every_question_of_the_assignment() {
    let ids: Vec<String> = Library::embedded().unwrap().iter().map(|w| w.id.clone()).collect();
    let asked = [
        "1a.i", "1a.ii", "1a.iii", "1a.iv", "1b.i", "1b.ii", "1c.i", "1c.ii", "1d.i", "1d.ii", "2d", "2e", "2f", "2g.i", "2g.ii",
        "3a", "3b", "3c",
    ];
    assert_eq!(ids, asked);
}
