//! What depends on what: keys and query make the scores, scores the weights, weights and values the output.

use crate::check::ruling::Ruling;
use crate::claim::interventions::{Observable, Thing, Who};
use crate::record::{Tier, Verdict};

/// What is made of what.
const MADE: &[(Thing, Thing)] = &[(Thing::Keys, Thing::Scores), (Thing::Query, Thing::Scores), (Thing::Scores, Thing::Weights)];
/// What the output is made of.
const OUTPUT: &[Thing] = &[Thing::Weights, Thing::Values];

/// Judges that something depends on `of` only through `on`, or on nothing but `on`.
pub fn judge(observable: &Observable, on: &[Thing], of: Option<Thing>) -> Ruling {
    let ends: &[Thing] = match observable {
        Observable::Weights(Who::All | Who::Letter(_)) | Observable::Ratios | Observable::Order | Observable::Winner => {
            &[Thing::Weights]
        }
        Observable::Scores(Who::All | Who::Letter(_)) | Observable::Gaps => &[Thing::Scores],
        Observable::Output => OUTPUT,
        _ => return Ruling::not_checked("what depends on it is not known"),
    };
    // Nothing depends on itself only.
    let itself = ends.len() == 1 && on.contains(&ends[0]);
    let reached = |from: Thing, avoiding: &[Thing]| ends.iter().any(|end| leads(from, *end, avoiding));
    let named = of.map_or_else(|| vec![Thing::Keys, Thing::Query, Thing::Values], |thing| vec![thing]);
    let idle = on.iter().any(|thing| !reached(*thing, &[])) || of.is_some_and(|thing| !reached(thing, &[]));
    if itself || idle || of.is_some_and(|thing| on.contains(&thing)) {
        return Ruling::not_checked("it does not depend on all that is named");
    }
    let around = named.into_iter().find(|thing| reached(*thing, on));
    match around {
        None => Ruling::new(Verdict::Holds, Some(Tier::Exact), "there is no other way to it".to_string()),
        Some(thing) => {
            let mut ruling =
                Ruling::new(Verdict::Refuted, Some(Tier::Exact), format!("the {} reach it another way", name(thing)));
            ruling.witness = Some(format!("other {}", name(thing)));
            ruling
        }
    }
}

/// Whether a way leads from one thing to another that passes none of some.
fn leads(from: Thing, to: Thing, avoiding: &[Thing]) -> bool {
    if avoiding.contains(&from) {
        return false;
    }
    from == to || MADE.iter().any(|(a, b)| *a == from && leads(*b, to, avoiding))
}

fn name(thing: Thing) -> &'static str {
    match thing {
        Thing::Scores | Thing::Gap => "scores",
        Thing::Keys => "keys",
        Thing::Query => "query and its like",
        Thing::Values => "values",
        Thing::Pairs => "pairs",
        Thing::Weights => "weights",
    }
}
