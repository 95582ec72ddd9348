//! What is given to keys in words, and what is left alone.

use super::*;
use crate::language::{Style, lex, print};
use crate::world::Library;

fn said(question: &str, text: &str) -> Vec<String> {
    let library = Library::embedded().unwrap();
    let world = library.get(question).unwrap();
    let tokens = lex(text, 0, false, &world.lexicon);
    let shown = |e: &Expr| print(e, Style::Plain).replace(' ', "");
    find(world, &tokens, text)
        .iter()
        .map(|a| format!("{}{}{}", shown(&a.link.left), a.link.relation.plain(), shown(&a.link.right)))
        .collect()
}

#[test]
fn scores_and_weights_of_keys() {
    assert_eq!(said("1b.ii", "The scores of a and b are β and those of the others are 0").len(), 3);
    assert_eq!(said("1b.ii", "Scores: a has t, b has 2t, all others have 0").len(), 3);
    assert_eq!(said("1b.ii", "both get the weight 0.5").len(), 2);
    assert_eq!(said("1b.ii", "both get half of the weight").len(), 2);
    assert_eq!(said("1b.ii", "The other eight tokens get 0.595 together"), ["1-α_a-α_b=0.595"]);
    assert_eq!(said("1b.ii", "the dot products are 1 with k_a, 1 with k_b and 0 with the rest").len(), 3);
    assert_eq!(said("1d.i", "the weight of v_a in the first head is 0.997").len(), 1);
    assert_eq!(said("1d.ii", "In the first head the scores of a and b are β and 0 respectively").len(), 2);
    assert_eq!(said("1d.ii", "In the first head the scores of a and b are β and 0"), Vec::<String>::new());
}

#[test]
fn lists_without_verbs_of_their_own() {
    assert_eq!(said("1d.i", "Scores of head 1: 3β for a, -β for b, 0 for the rest").len(), 3);
    assert_eq!(said("1d.i", "head 2: a and b both score about -β, all others about 0").len(), 3);
    assert_eq!(said("1d.i", "In the first head a has score 2β and b only β").len(), 2);
    assert_eq!(said("1d.ii", "Scores in first head : a has βX , b has −β , others 0").len(), 3);
    let two = said("1d.ii", "scores head 1: a: βX, b: −β, rest: 0; scores head 2: a: −βX, b: β, rest: 0");
    assert_eq!(two.len(), 6);
    assert!(two[0].contains("q_1") && two[5].contains("q_2"));
    assert_eq!(said("1b.ii", "the scores are then β/√2 and 0").len(), 3);
    assert_eq!(said("1b.ii", "the other 18 keys share about 0.022"), ["1-α_a-α_b≈0.022"]);
    assert_eq!(said("1b.ii", "the two other weights are 0.0237 each").len(), 1);
    assert_eq!(said("1b.ii", "the remaining scores are all 0"), ["k_i^Tq=0"]);
    assert_eq!(said("1b.ii", "every other weight is 1/n"), ["α_i=1/n"]);
}

#[test]
fn lists_that_stay_unread() {
    // Which head is not said, and a difference is no list.
    assert!(said("1d.i", "a has score 2β and b only β").is_empty());
    assert!(said("1b.ii", "the scores are a b and 0 of them large").is_empty());
    assert!(said("1b.ii", "only a gets the weight 0.5").is_empty());
}

#[test]
fn what_is_supposed_or_unclear_is_left_alone() {
    assert!(said("1b.ii", "suppose both get the weight 0.5").is_empty());
    assert!(said("1b.ii", "both get 0.5 times more than the rest").is_empty());
    assert!(said("1b.ii", "the two keys a and b get large scores").is_empty());
    assert!(said("1b.i", "both get the weight 0.5").is_empty());
    assert!(said("1d.ii", "both get the weight 0.5").is_empty());
}
