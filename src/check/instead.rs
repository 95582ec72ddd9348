//! What comes out with another answer in the place of the one that a question asks for: it is put there, and what was said is judged.

use super::describe::show_limit_values;
use super::relation;
use super::ruling::Ruling;
use super::scene::{Scene, definition};
use super::slot::{in_known_terms, requirement, same_as_other};
use crate::claim::Link;
use crate::claim::instead::{Instead, Outcome};
use crate::language::{Expr, Relation, Style, Symbol, print_chain};
use crate::record::{Tier, Verdict};
use crate::world::Slot;

/// Judges what is said of another answer.
pub fn judge(scene: &Scene, said: &Instead) -> Ruling {
    let ruling = come_out(scene, said);
    match ruling.verdict {
        _ if said.so => ruling,
        Verdict::Holds | Verdict::HoldsInLimit => {
            let mut found = Ruling::new(Verdict::Refuted, ruling.tier, format!("it does come out so: {}", ruling.message));
            found.witness = ruling.witness;
            found
        }
        Verdict::Refuted => Ruling::new(Verdict::Holds, ruling.tier, ruling.message),
        _ => ruling,
    }
}

fn come_out(scene: &Scene, said: &Instead) -> Ruling {
    let slots = &scene.world.slots;
    let given: Vec<(Symbol, Expr)> = match said.answers.as_slice() {
        [] => slots.iter().map(|s| (s.symbol.clone(), s.reference.clone())).collect(),
        all => all.iter().map(|(s, e)| (s.clone(), in_known_terms(scene.world, e, scene.definitions()))).collect(),
    };
    let own = || slots.iter().map(|s| definition(&s.symbol, &s.reference));
    // Where the question's own answer does not do what it is asked for, as with another covariance, nothing can be compared with it.
    let asked = |s: &Slot| said.answers.is_empty() || requirement(&scene.clone().defining(own()), &s.requirement).is_true();
    if !matches!(said.outcome, Outcome::Relations(_)) && !slots.iter().all(asked) {
        return Ruling::not_checked("the question asks for no such output here");
    }
    for (symbol, expr) in &given {
        let named = Link { left: Expr::Symbol(symbol.clone()), relation: Relation::Equal, right: expr.clone() };
        if relation::unknown_symbol(scene, &named).is_some() {
            return Ruling::not_checked("a letter of it is not defined in this question");
        }
        let reason = match scene.world.shape_of(expr, scene.definitions()) {
            Ok(shape) => {
                let asked = scene.world.shape(symbol, &[]);
                asked
                    .filter(|own| !own.fits(&shape))
                    .map(|own| format!("it lies in {}, what is asked for in {}", shape.space(), own.space()))
            }
            Err(reason) => Some(reason),
        };
        if let Some(reason) = reason {
            return Ruling::new(Verdict::Refuted, Some(Tier::Exact), reason);
        }
    }
    let filled = scene.clone().defining(given.iter().map(|(s, e)| definition(s, e)));
    match &said.outcome {
        Outcome::Relations(links) => all_of(links.iter().map(|link| relation::judge(&filled, link))),
        Outcome::Same => all_of(slots.iter().map(|s| required(&filled, s))),
        Outcome::Serves => {
            let ruling = all_of(slots.iter().map(|s| required(&filled, s)));
            let twice = || slots.iter().find_map(|s| same_as_other(&filled, s));
            match ruling.is_true().then(twice).flatten() {
                Some(_) => Ruling::new(Verdict::Refuted, Some(Tier::Exact), "the question asks for different expressions"),
                None => ruling,
            }
        }
    }
}

/// A slot's requirement, with what comes out instead where it is not met.
fn required(filled: &Scene, slot: &Slot) -> Ruling {
    let ruling = requirement(filled, &slot.requirement);
    if ruling.verdict != Verdict::Refuted || ruling.tier == Some(Tier::Exact) {
        return ruling;
    }
    let shown = show_limit_values(filled, &Link::at(&slot.requirement, 0));
    Ruling { message: format!("`{}` fails with it{shown}", print_chain(&slot.requirement, Style::Plain)), ..ruling }
}

/// All of some rulings: refuted where one is, true where all are.
fn all_of(all: impl Iterator<Item = Ruling>) -> Ruling {
    let gravity = |r: &Ruling| match r.verdict {
        Verdict::Refuted => 0,
        Verdict::NotChecked => 1,
        Verdict::Undecided => 2,
        Verdict::HoldsIfRead => 3,
        Verdict::HoldsInLimit => 4,
        Verdict::Holds => 5,
    };
    all.min_by_key(gravity).unwrap_or_else(|| Ruling::not_checked("nothing is asked for here"))
}
