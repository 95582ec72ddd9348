//! Clauses about configurations as they are read.

use super::*;
use crate::language::lex;
use crate::world::Library;

fn said(text: &str) -> Option<Configured> {
    let library = Library::embedded().unwrap();
    let world = library.get("1a.iii").unwrap();
    let tokens = lex(text, 0, false, &world.lexicon);
    find(world, &tokens).pop().map(|(_, said)| said)
}

#[test]
fn a_configuration_and_what_is_found_there() {
    let uniform = Configured { cases: vec![Case::KeysAlike], finding: Finding::Uniform, mode: Mode::Always };
    assert_eq!(said("If all keys are identical, the weights are uniform"), Some(uniform.clone()));
    assert_eq!(said("The weights are uniform if all the keys coincide"), Some(uniform));
    let zero = said("The zero query gives every key the same weight").unwrap();
    assert_eq!((zero.cases, zero.finding), (vec![Case::ZeroQuery], Finding::Uniform));
}

#[test]
fn what_goes_on_is_left_alone() {
    assert_eq!(said("If most keys are identical, the weights are uniform"), None);
    assert_eq!(said("If all keys are identical, the weights are uniform unless q is large"), None);
    assert_eq!(said("The weights are uniform"), None);
}
