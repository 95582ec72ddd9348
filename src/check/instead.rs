//! What comes out with another answer in the place of the one that a question asks for: it is put there, and what was said is judged.

use super::describe::show_limit_values;
use super::relation;
use super::ruling::Ruling;
use super::scene::{Scene, definition};
use super::slot::{gravest, in_known_terms, requirement, same_as_other};
use crate::claim::Link;
use crate::claim::instead::{Instead, Outcome};
use crate::language::{Chain, Expr, Relation, Style, Symbol, print_chain};
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
    // Where the question's own answer does not do what it is asked for, as with another covariance, nothing can be compared with it.
    let compared = !said.answers.is_empty() && !matches!(said.outcome, Outcome::Relations(_));
    let own = || scene.clone().defining(slots.iter().map(|s| definition(&s.symbol, &s.reference)));
    if compared && !required(&own(), slots).is_true() {
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
        Outcome::Same => required(&filled, slots),
        Outcome::Serves => {
            let ruling = required(&filled, slots);
            let twice = || slots.iter().find_map(|s| same_as_other(&filled, s));
            match ruling.is_true().then(twice).flatten() {
                Some(_) => Ruling::new(Verdict::Refuted, Some(Tier::Exact), "the question asks for different expressions"),
                None => ruling,
            }
        }
    }
}

/// What the slots are required to do, each requirement once, with what comes out instead where one is not met.
fn required(filled: &Scene, slots: &[Slot]) -> Ruling {
    let mut distinct: Vec<&Chain> = slots.iter().map(|s| &s.requirement).collect();
    distinct.dedup();
    all_of(distinct.into_iter().map(|chain| {
        let ruling = requirement(filled, chain);
        if ruling.verdict != Verdict::Refuted || ruling.tier == Some(Tier::Exact) {
            return ruling;
        }
        let shown = show_limit_values(filled, &Link::at(chain, 0));
        Ruling { message: format!("`{}` fails with it{shown}", print_chain(chain, Style::Plain)), ..ruling }
    }))
}

fn all_of(all: impl Iterator<Item = Ruling>) -> Ruling {
    gravest(all).unwrap_or_else(|| Ruling::not_checked("nothing is asked for here"))
}
