//! Clauses about quantities: what is read, with the relation that it becomes, and what has to stay unread.

use super::{Before, find};
use crate::language::{Expr, Style, Symbol, lex, print};
use crate::world::Library;

fn said(question: &str, text: &str) -> Vec<String> {
    let library = Library::embedded().unwrap();
    let world = library.get(question).unwrap();
    let tokens = lex(text, 0, false, &world.lexicon);
    let shown = |e: &Expr| print(e, Style::Plain);
    let spoken = Symbol::plain("q");
    let found = find(world, &tokens, text, Before { spoken: Some(&spoken), measured: None, head: None });
    let links = found.iter().flat_map(|s| &s.links);
    links.map(|(l, _)| format!("{} {} {}", shown(&l.left), l.relation.plain(), shown(&l.right))).collect()
}

#[test]
fn what_keys_have() {
    assert_eq!(said("1b.ii", "the score of a is β"), ["k_a^T q = β"]);
    assert_eq!(said("1b.ii", "a's score is β"), ["k_a^T q = β"]);
    assert_eq!(said("1b.ii", "a and b have weight 1/2"), ["α_a = 1/2", "α_b = 1/2"]);
    assert_eq!(said("1b.ii", "In total a and b get 1"), ["α_a + α_b = 1"]);
    assert_eq!(said("1b.ii", "the rest has total weight 1/n"), ["1 - α_a - α_b = 1/n"]);
    assert_eq!(said("1b.ii", "all other weights vanish"), ["α_i → 0"]);
    assert_eq!(said("1b.ii", "the weight of a is e^β times that of b"), ["α_a = exp(β) α_b"]);
    assert_eq!(said("1d.i", "in head 2 key b has the score β"), ["k_b^T q_2 = β"]);
    assert_eq!(said("1d.i", "the score of b is β"), Vec::<String>::new(), "of which head?");
}

#[test]
fn lengths_products_and_sizes() {
    assert_eq!(said("1b.ii", "q has length √2 β"), ["‖q‖ = sqrt(2) β"]);
    assert_eq!(said("1b.ii", "its length is √2 β"), ["‖q‖ = sqrt(2) β"]);
    assert_eq!(said("1b.ii", "k_a and k_b are orthogonal"), ["k_a^T k_b = 0"]);
    assert_eq!(said("1b.i", "c has the same length as v_a"), ["‖c‖ = ‖v_a‖"]);
    assert_eq!(said("1b.i", "A has size d × m"), ["A ∈ ℝ^{d×m}"]);
    assert_eq!(said("1b.i", "the transpose of A has rank m"), ["rank(A^T) = m"]);
}

#[test]
fn moments_and_laws() {
    assert_eq!(said("1c.i", "key b scores β on average"), ["E[k_b^T q] = β"]);
    assert_eq!(said("1c.i", "the score of b is N(β, α)"), ["k_b^T q ~ N(β, α)"]);
    assert_eq!(said("1c.i", "the difference of the two scores has variance α"), ["Var[k_a^T q - k_b^T q] = α"]);
    assert_eq!(said("1c.i", "the mean squared distance of k_a from μ_a is α d"), ["E[‖k_a - μ_a‖^{2}] = α d"]);
    assert_eq!(said("1c.ii", "k_b fluctuates just as much as k_a"), ["Var[k_b] = Var[k_a]"]);
    assert_eq!(said("1c.ii", "X is normal with mean 1 and variance 1/2"), ["X ~ N(1, 1/2)"]);
}

#[test]
fn what_is_not_understood_whole_stays_unread() {
    for text in [
        "the score of a on Mondays is β",
        "the gradient of the score of a is β",
        "the score of a and the mood of b are β",
        "the length of the proof is 2 β",
        "neither the score of a is β",
        "the weight of a is 0.62",
        "we want that the score of a is β",
        "the key b ≈ −β",
    ] {
        assert_eq!(said("1b.ii", text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_is_supposed_is_not_claimed_outright() {
    let library = Library::embedded().unwrap();
    let world = library.get("1b.ii").unwrap();
    for (text, tentative) in [
        ("the score of a is β", false),
        ("we want, the score of a is β", true),
        ("the score of a is β if the keys are long", true),
        ("the score of a is β for large β", false),
    ] {
        let tokens = lex(text, 0, false, &world.lexicon);
        let found = find(world, &tokens, text, Before::default());
        assert_eq!(found.iter().map(|s| s.tentative).collect::<Vec<_>>(), [tentative], "{text}");
    }
}
