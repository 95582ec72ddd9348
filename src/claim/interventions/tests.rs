//! Clauses on changes that are read, and what stays unread.

use super::*;
use crate::language::lex;
use crate::world::Library;

fn said(text: &str) -> Vec<Claim> {
    let library = Library::embedded().unwrap();
    let world = library.get("1a.iv").unwrap();
    let tokens = lex(text, 0, false, &world.lexicon);
    find(world, &[], &tokens, text).into_iter().map(|s| s.claim).collect()
}

fn does(text: &str) -> Option<(Thing, Observable, Outcome)> {
    match said(text).pop()? {
        Claim::Does { change, observable, outcome } => Some((change.thing, observable, outcome)),
        Claim::Only { .. } => None,
    }
}

#[test]
fn a_change_and_what_comes_of_it_in_either_order() {
    let same = Some((Thing::Scores, Observable::Weights(Who::All), Outcome::Same));
    assert_eq!(does("Adding 5 to every score changes no weight."), same);
    assert_eq!(does("If the same constant is added to all scores, the weights stay as they are."), same);
    assert_eq!(does("No weight changes if we subtract 2 from every score."), same);
    let lost = Some((Thing::Query, Observable::Copy, Outcome::Same));
    assert_eq!(does("Flipping the sign of the query doesn't break it either."), lost);
}

#[test]
fn what_is_not_understood_whole_is_left_alone() {
    assert_eq!(said("Adding 5 to every score hardly changes the weights."), vec![]);
    assert_eq!(said("Adding 5 to every score of the first head on Mondays changes no weight."), vec![]);
    assert_eq!(said("The values are vectors."), vec![]);
}
