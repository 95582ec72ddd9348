//! Wrong versions of the claims that the worlds list: each is refuted, and its right original holds.

use attest::check::judge;
use attest::check::limit_claim::judge_in_limit;
use attest::language::{Chain, Style, print_chain};
use attest::numeric::Definition;
use attest::record::Verdict;
use attest::world::{Law, Library, Mutants, World};
use rayon::prelude::*;

use super::support::library;

/// What the program says of a claim: its check at instances and along the limits, and sampling in the limit.
fn said(world: &World, given: &[Definition], claim: &Chain) -> (Verdict, Option<Verdict>, String) {
    let ruling = judge(world, given, claim);
    let sampled = judge_in_limit(world, given, claim, 1, 1e-8, 1 << 17).unwrap();
    let words =
        format!("{} `{}`: {:?}, {}; {sampled:?}", world.id, print_chain(claim, Style::Plain), ruling.verdict, ruling.message);
    (ruling.verdict, sampled.map(|s| s.verdict), words)
}

fn confirmed(check: Verdict, sampled: Option<Verdict>) -> bool {
    matches!(check, Verdict::Holds | Verdict::HoldsInLimit) && matches!(sampled, None | Some(Verdict::Holds))
}

/// Refuted in one way, confirmed in none.
fn refuted(check: Verdict, sampled: Option<Verdict>) -> bool {
    match sampled {
        None => check == Verdict::Refuted,
        Some(Verdict::Refuted) => check == Verdict::Refuted,
        Some(sampled) => check == Verdict::Refuted && sampled == Verdict::Undecided,
    }
}

/// Mutants that survive and originals that do not hold.
fn failures(world: &World, mutants: &[Mutants]) -> Vec<String> {
    let judged = mutants.par_iter().flat_map(|m| {
        let (check, sampled, words) = said(world, &m.given, &m.claim);
        let original = (!confirmed(check, sampled)).then_some(words);
        let wrong = m.wrong.iter().filter_map(|wrong| {
            let (check, sampled, words) = said(world, &m.given, wrong);
            (!refuted(check, sampled)).then_some(words)
        });
        original.into_iter().chain(wrong).collect::<Vec<_>>()
    });
    judged.collect()
}

#[test]
fn every_mutant_is_refuted_and_its_original_holds() {
    let library = library();
    let all: Vec<String> = library.iter().flat_map(|w| failures(w, &w.mutants)).collect();
    assert!(all.is_empty(), "{all:#?}");
    let count: usize = library.iter().flat_map(|w| &w.mutants).map(|m| m.wrong.len()).sum();
    assert!(count >= 30, "{count}");
}

#[test]
fn every_question_about_draws_lists_mutants() {
    let library = library();
    let about_draws = library.iter().filter(|w| w.families.values().any(|f| matches!(f.law, Law::Gaussian { .. })));
    let ids: Vec<&str> = about_draws.inspect(|w| assert!(!w.mutants.is_empty(), "{}", w.id)).map(|w| w.id.as_str()).collect();
    assert_eq!(ids, ["1c.i", "1c.ii", "1d.i", "1d.ii"]);
}

#[test]
fn a_mutant_that_is_true_would_be_noticed() {
    // The negative control: a world whose "wrong" version is right.
    let text = include_str!("../../experiments/1c.ii.toml").replace("Var[alpha_a] ≈ 0.2\"", "Var[alpha_a] ≈ 0.25\"");
    let base = include_str!("../../experiments/1c.i.toml").to_string();
    let library = Library::from_sources(vec![("1c.i.toml".into(), base), ("1c.ii.toml".into(), text)]).unwrap();
    let world = library.get("1c.ii").unwrap();
    let about_variance: Vec<Mutants> =
        world.mutants.iter().filter(|m| print_chain(&m.claim, Style::Plain).starts_with("Var[α_a]")).cloned().collect();
    let found = failures(world, &about_variance);
    assert!(matches!(found.as_slice(), [one] if one.contains("0.25")), "{found:?}");
}

#[test]
fn a_claim_without_a_wrong_version_is_an_error_that_names_it() {
    let text = include_str!("../../experiments/1c.i.toml").to_string() + "\n[[mutants]]\nclaim = \"c ≈ v_a\"\nwrong = []\n";
    let said = Library::from_sources(vec![("w.toml".into(), text)]).unwrap_err();
    assert!(format!("{said:?} {said}").contains("c ≈ v_a"), "{said:?}");
}
