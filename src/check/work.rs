//! Tests of how much work a statement takes: counted in steps, compared at two sizes, never timed.

use super::relation;
use super::ruling::Ruling;
use super::scene::{Scene, definition};
use crate::claim::Link;
use crate::language::{Chain, Expr, Symbol, parse_statement};
use crate::numeric::{Definition, Steps};
use crate::record::Verdict;
use crate::tolerance;
use crate::world::{Library, World};

fn library() -> Library {
    Library::embedded().unwrap()
}

fn link(world: &World, text: &str) -> Link {
    let Chain { operands, relations } = parse_statement(text, &world.lexicon).expect("it parses");
    Link { left: operands[0].expr.clone(), relation: relations[0], right: operands[1].expr.clone() }
}

/// The ruling of a relation and the steps that it took.
fn judged(world: &World, definitions: Vec<Definition>, text: &str) -> (Ruling, u64) {
    let steps = Steps::up_to(tolerance::STEPS_MAX, tolerance::STEPS_EACH_MAX);
    let scene = Scene::new(world, definitions).counted(&steps);
    (relation::judge(&scene, &link(world, text)), steps.taken())
}

#[test]
fn work_grows_with_the_terms_of_a_sum_and_no_faster() {
    let library = library();
    let world = library.get("1c.i").unwrap();
    let sum = |terms: usize| format!("{} = c", vec!["v_a"; terms].join(" + "));
    let ((small, few), (large, many)) = (judged(world, vec![], &sum(200)), judged(world, vec![], &sum(800)));
    assert_eq!((small.verdict, large.verdict), (Verdict::Refuted, Verdict::Refuted));
    assert!(many < 5 * few, "{many} steps for four times the terms of {few}");
}

#[test]
fn sums_that_are_repeated_cost_no_more_than_in_proportion() {
    let library = library();
    let world = library.get("1c.i").unwrap();
    let repeated = |terms: usize| format!("{} = {terms}", vec!["\\sum_i \\alpha_i"; terms].join(" + "));
    let ((_, one), (ruling, thirty)) = (judged(world, vec![], &repeated(2)), judged(world, vec![], &repeated(60)));
    assert_eq!(ruling.verdict, Verdict::Holds);
    assert!(thirty < 30 * one, "{thirty} steps for thirty times the terms of {one}");
}

#[test]
fn endless_sums_stay_undecided() {
    let library = library();
    let world = library.get("1c.i").unwrap();
    for text in [
        "\\sum_{i=1}^{10000} \\sum_{j=1}^{10000} \\sum_{k=1}^{10000} i j k = 1",
        "\\sum_{i=1}^{10000} \\sum_{j=1}^{10000} \\alpha_a = 1",
        "\\alpha_a < \\sum_{i=1}^{10000} \\sum_{j=1}^{10000} i j",
        "\\alpha_a \\gg \\sum_{i=1}^{10000} \\sum_{j=1}^{10000} i j",
    ] {
        let (ruling, taken) = judged(world, vec![], text);
        assert!(matches!(ruling.verdict, Verdict::Undecided | Verdict::NotChecked), "{text}: {ruling:?}");
        assert!(taken <= tolerance::STEPS_MAX, "{text}: {taken} steps");
    }
    // A sum of a hundred thousand terms is none of them.
    let (ruling, _) = judged(world, vec![], "\\sum_{i=1}^{300} \\sum_{j=1}^{300} 1 = 90000");
    assert_eq!(ruling.verdict, Verdict::Holds);
}

#[test]
fn definitions_that_double_at_every_step_are_looked_into_once() {
    let library = library();
    let world = library.get("1c.i").unwrap();
    let name = |at: usize| Expr::Symbol(Symbol::plain(&format!("doubled {at}")));
    let mut definitions = vec![definition(&Symbol::plain("doubled 0"), &link(world, "\\alpha_a = 0").left)];
    for at in 1..12 {
        definitions.push(definition(&Symbol::plain(&format!("doubled {at}")), &Expr::Add(vec![name(at - 1); 30])));
    }
    let last = Link { left: name(11), relation: crate::language::Relation::Equal, right: Expr::int(1) };
    let steps = Steps::up_to(tolerance::STEPS_MAX, tolerance::STEPS_EACH_MAX);
    let scene = Scene::new(world, definitions).counted(&steps);
    assert_eq!(relation::judge(&scene, &last).verdict, Verdict::Refuted);
    assert!(steps.taken() < 100_000, "{} steps", steps.taken());
}

#[test]
fn covariances_at_an_instance_share_their_draws() {
    let library = library();
    let world = library.get("1d.ii").unwrap();
    let queries = ["q_1 = \\beta \\mu_a", "q_2 = \\beta \\mu_b"].map(|text| {
        let Link { left, right, .. } = link(world, text);
        let Expr::Symbol(symbol) = left else { panic!("{text}") };
        definition(&symbol, &right)
    });
    let (_, one) = judged(world, queries.to_vec(), "Cov(c) = Cov(c)");
    let (_, four) = judged(world, queries.to_vec(), "Cov(c) + Cov(c) + Cov(c) = Cov(c) + Cov(c) + Cov(c)");
    assert!(four < 3 * one, "{four} steps for three times the moments of {one}");
}
