//! The short audit, run as a person runs it.

use std::process::Command;

use super::support::root;

/// The promises are those of `montecarlo::audit`, each judged by one side of an exact interval at level 1e-10: a
/// promise that is kept, even one whose rate lies exactly at its bound, looks broken with probability at most
/// 5e-11. There are 15 of them, and the sampled claims spend 1e-6 on one seed only: with the seed fixed the
/// outcome is the same on every run, and a new seed would fail falsely with probability at most
/// 15 × 5e-11 = 7.5e-10 < 1e-9 for the rates.
#[test]
fn the_short_audit_keeps_every_promise_and_leaves_its_tables_and_plots() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("audit");
    let ran = Command::new(env!("CARGO_BIN_EXE_attest"))
        .args(["audit", "--short", "--seed", "1", "--out"])
        .arg(&out)
        .current_dir(root())
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    let said = String::from_utf8(ran.stdout).unwrap();
    assert!(said.contains("detects |Δ| >=") && !said.contains("BROKEN"), "{said}");
    let read = |name: &str| std::fs::read(out.join(name)).unwrap();
    let rates = String::from_utf8(read("rates.csv")).unwrap();
    assert_eq!(rates.lines().count(), 16, "{rates}");
    let claims = String::from_utf8(read("claims.csv")).unwrap();
    let header: Vec<&str> = claims.lines().next().unwrap().split(',').collect();
    assert!(header.contains(&"detects") && claims.lines().skip(1).all(|l| l.ends_with(",yes")), "{claims}");
    assert!(claims.contains("mutant") && claims.contains("refuted"));
    for plot in ["rates", "claims"] {
        assert!(read(&format!("{plot}.svg")).starts_with(b"<svg") && read(&format!("{plot}.png")).starts_with(b"\x89PNG"));
    }
}
