//! What a change of scores, keys, queries or values does: it is done at the world's own instances, and what came out is held against what
//! was said. What depends on what is read off the way from them to the output (`ways`).

pub(super) mod head;
mod outcome;
mod ways;

use nalgebra::{DMatrix, DVector};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::observe::Bindings;
use super::ruling::Ruling;
use super::scene::Scene;
use crate::claim::interventions::{Claim, Factor, Intervention, Observable, Operation, Outcome, Thing, Who};
use crate::language::{Expr, Symbol};
use crate::numeric::{Evaluator, Instance};
use crate::record::Verdict;
use crate::tolerance;
use head::{Done, Head};
use outcome::{Found, Places, Seen};

/// Judges what is said of a change.
pub fn judge(scene: &Scene, claim: &Claim) -> Ruling {
    match claim {
        Claim::Only { observable, on, of } => ways::judge(observable, on, *of),
        Claim::Does { change, observable, outcome } => by_doing(scene, change, observable, outcome),
    }
}

fn by_doing(scene: &Scene, change: &Intervention, observable: &Observable, outcome: &Outcome) -> Ruling {
    let mut all = Vec::new();
    // What is said of a small leak, or of one weight that takes nearly all, is said of a large gap.
    let far = matches!((observable, outcome), (Observable::Leak, Outcome::Times(_)))
        || matches!(outcome, Outcome::Hardly | Outcome::NearlyTheAmount);
    for seed in 0..tolerance::IDENTITY_INSTANCES {
        let Some(instance) = scene.finite(seed) else { continue };
        let Some(head) = head_of(&instance) else {
            return Ruling::not_checked("this question has no query, keys and values of one head");
        };
        let head = if far { lifted(&instance, &head) } else { Some(head) };
        let Some(head) = head else { continue };
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        for (set, places) in chosen(&instance, &head, &change.who) {
            for factor in factors(&change.operation, outcome) {
                let Some(done) = head.after(&change.operation, change.thing, &set, factor, &mut rng) else { continue };
                let moved = match outcome {
                    Outcome::MovesBy(by) => added(&instance, change, &done, &places, by),
                    _ => None,
                };
                all.push(Seen { before: &head, done: &done, places: &places, moved }.compare(observable, outcome));
            }
        }
    }
    // What depends on something changes with it now and then.
    let discrete =
        matches!(observable, Observable::Winner | Observable::Order) && matches!(change.operation, Operation::Replace(_));
    match outcome {
        Outcome::Same if discrete && all.contains(&Found::Differs) => decide(&[Found::Differs]),
        Outcome::Changes if discrete && all.contains(&Found::Agrees) => decide(&[Found::Agrees]),
        _ if far => in_the_limit(decide(&all)),
        _ => decide(&all),
    }
}

/// A head whose winner, or the one key that the question names, is far ahead.
fn lifted(instance: &Instance, head: &Head) -> Option<Head> {
    let mut named = instance.letters.values();
    match (named.next(), named.next()) {
        (Some(one), None) => Some(head.lifted(*one)),
        (None, _) => head.winner().map(|at| head.lifted(at)),
        _ => None,
    }
}

/// What holds where a gap is large.
fn in_the_limit(mut ruling: Ruling) -> Ruling {
    if ruling.verdict == Verdict::Holds {
        ruling.verdict = Verdict::HoldsInLimit;
        ruling.message.push_str(", where the gap to the other scores is large");
    }
    ruling
}

fn decide(all: &[Found]) -> Ruling {
    let times = all.len();
    match () {
        () if all.is_empty() => Ruling::not_checked("the change cannot be done here"),
        () if all.iter().all(|f| *f == Found::Agrees) => {
            Ruling::held_everywhere(format!("the change was made {times} times, and it came out so each time"))
        }
        () if all.iter().all(|f| *f == Found::Differs) => {
            Ruling::contradicted(format!("the change was made {times} times, and it never came out so"), "every instance drawn")
        }
        () => Ruling::undecided("the change comes out so at some instances and not at others"),
    }
}

/// The attention of an instance with one query.
fn head_of(instance: &Instance) -> Option<Head> {
    let columns = |name: &str| {
        let all: Vec<DVector<f64>> = instance.families.get(name)?.iter().map(|m| m.column(0).into_owned()).collect();
        (!all.is_empty()).then(|| DMatrix::from_columns(&all))
    };
    let (keys, values) = (columns("k")?, columns("v")?);
    let query = Evaluator::new(instance).eval(&Expr::Symbol(Symbol::plain("q")), &Bindings::new()).ok()?;
    let crate::numeric::Value::Matrix(query) = query.value else { return None };
    let fits = query.shape() == (keys.nrows(), 1) && keys.ncols() == values.ncols();
    fits.then(|| Head::new(keys, values, query.column(0).into_owned()))
}

/// The keys that a change may be of, each with where the letters are.
fn chosen(instance: &Instance, head: &Head, who: &Who) -> Vec<(Vec<usize>, Places)> {
    let letters: Vec<(String, usize)> = instance.letters.iter().map(|(l, at)| (l.clone(), *at)).collect();
    let places = Places { fixed: letters.iter().map(|(_, at)| *at).collect(), letters };
    let n = head.keys();
    let with = |letter: &str, at: usize| {
        let mut own = places.clone();
        own.letters.push((letter.to_string(), at));
        own
    };
    let free = |i: &usize| !places.fixed.contains(i);
    let plain = |set: Vec<usize>| (set, places.clone());
    match who {
        Who::All => vec![plain((0..n).collect())],
        Who::Letter(letter) => match places.of(letter) {
            Some(at) => vec![plain(vec![at])],
            None => (0..n).map(|at| (vec![at], with(letter, at))).collect(),
        },
        Who::One => (0..n).map(|at| plain(vec![at])).collect(),
        // "some other value v_i": `i` is its letter.
        Who::OneOther => (0..n).filter(free).map(|at| (vec![at], with("i", at))).collect(),
        Who::Others => vec![plain((0..n).filter(free).collect())],
        Who::Winner => head.winner().map(|at| plain(vec![at])).into_iter().collect(),
        Who::Two => (0..n).flat_map(|i| (i + 1..n).map(move |k| vec![i, k])).map(plain).collect(),
        Who::Both(a, b) => {
            let at = |letter: &str, i: usize| places.of(letter).is_none_or(|at| at == i);
            let both = (0..n).flat_map(|i| (0..n).map(move |k| (i, k))).filter(|(i, k)| i != k && at(a, *i) && at(b, *k));
            both.map(|(i, k)| {
                let mut own = with(a, i);
                own.letters.push((b.clone(), k));
                (vec![i, k], own)
            })
            .collect()
        }
        Who::Changed | Who::Unchanged | Who::TheTwo => vec![],
    }
}

/// The factors at which a change is looked at.
fn factors(operation: &Operation, outcome: &Outcome) -> Vec<f64> {
    const UP: f64 = 2.5;
    const DOWN: f64 = 0.4;
    match operation {
        Operation::Scale(Factor::Number(n)) => vec![*n],
        Operation::Scale(Factor::Plain) if matches!(outcome, Outcome::Larger | Outcome::Smaller) => vec![UP],
        Operation::Scale(Factor::Plain | Factor::Positive) => vec![UP, DOWN],
        Operation::Scale(Factor::Up) => vec![UP],
        Operation::Scale(Factor::Down) => vec![DOWN],
        Operation::Scale(Factor::Negative) => vec![-UP, -DOWN],
        Operation::Scale(Factor::Any) => vec![UP, DOWN, -UP],
        _ => vec![1.0],
    }
}

/// What an expression with the name of what was added comes to.
fn added(instance: &Instance, change: &Intervention, done: &Done, places: &Places, by: &Expr) -> Option<DVector<f64>> {
    let name = match &change.operation {
        Operation::Shift(amount) => amount.name.clone(),
        Operation::Replace(name) => name.clone(),
        _ => None,
    };
    let mut own = instance.clone();
    let names = name.as_deref().map(spellings).unwrap_or_default();
    let vector = done.vector.as_ref().filter(|_| change.thing != Thing::Scores);
    for name in names {
        own.matrices.insert(name, DMatrix::from_columns(std::slice::from_ref(vector?)));
    }
    let bound: Bindings = places.letters.iter().cloned().collect();
    match Evaluator::new(&own).eval(by, &bound).ok()?.value {
        crate::numeric::Value::Matrix(m) if m.ncols() == 1 => Some(m.column(0).into_owned()),
        _ => None,
    }
}

/// A Greek letter by its sign and by its name.
fn spellings(name: &str) -> Vec<String> {
    const GREEK: &[(&str, &str)] = &[("δ", "delta"), ("ε", "epsilon"), ("γ", "gamma"), ("λ", "lambda")];
    let other = GREEK.iter().find_map(|(a, b)| match name {
        n if n == *a => Some(*b),
        n if n == *b => Some(*a),
        _ => None,
    });
    std::iter::once(name).chain(other).map(str::to_string).collect()
}
