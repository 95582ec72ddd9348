//! What is said of weights and output in a configuration, over heads of it: scores of several sizes, few keys and many, and among them
//! those in which the output vanishes or all weights are the same.

use nalgebra::{DMatrix, DVector};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::intervention::head::Head;
use super::ruling::Ruling;
use crate::claim::configured::{Bound, Case, Configured, Finding, Mode, On, Reacts, Whose};
use crate::language::Relation;
use crate::tolerance;

/// A head with the keys that are spoken of: the first, and those that are tied with it.
struct Drawn {
    head: Head,
    spoken: Vec<usize>,
}

/// Judges what is said of a configuration.
pub fn judge(said: &Configured) -> Ruling {
    let all = heads(&said.cases);
    let found: Vec<bool> = all.iter().filter_map(|drawn| holds(said, drawn)).collect();
    if found.len() < all.len().div_ceil(2) || all.is_empty() {
        return Ruling::not_checked("no head shows clearly whether it is so");
    }
    let (some, every) = (found.contains(&true), found.iter().all(|f| *f));
    match said.mode {
        Mode::Always if every => held(found.len()),
        Mode::Always if some && matches!(said.finding, Finding::Depends(..)) => held(found.len()),
        // "If q = k_j then α_j ≈ 1": what the keys are besides may stand elsewhere.
        Mode::Always if said.cases.contains(&Case::QueryIsKey) => {
            Ruling::not_checked("it depends on the lengths of the keys and the angles between them")
        }
        Mode::Always => refuted("a head of this configuration shows it otherwise"),
        Mode::Possible if some => held(found.len()),
        Mode::Possible => refuted("no head of this configuration shows it"),
        Mode::Never if !some => held(found.len()),
        Mode::Never => refuted("a head of this configuration shows it"),
        Mode::Only | Mode::Exactly => otherwise(said, every),
    }
}

fn held(times: usize) -> Ruling {
    Ruling::held_everywhere(format!("so at each of {times} heads of this configuration"))
}

fn refuted(message: &str) -> Ruling {
    Ruling::contradicted(message, message)
}

/// "Only if": whether what is found there is found in other configurations, too.
fn otherwise(said: &Configured, every: bool) -> Ruling {
    const OTHERS: &[Case] = &[
        Case::KeysAlike,
        Case::ValuesAlike,
        Case::ZeroQuery,
        Case::Perpendicular,
        Case::PerpendicularToDifferences,
        Case::Twin,
        Case::TiedTop(2),
    ];
    let general = Configured { cases: vec![], ..said.clone() };
    let elsewhere = OTHERS.iter().flat_map(|case| heads(&[*case])).chain(heads(&[]));
    let other = elsewhere.into_iter().any(|drawn| {
        let is_case = said.cases.iter().all(|case| of_case(*case, &drawn.head).unwrap_or(true));
        !is_case && holds(&general, &drawn) == Some(true)
    });
    match () {
        () if other => refuted("another configuration shows it, too"),
        () if every || said.mode == Mode::Only => held(1),
        () => refuted("a head of this configuration shows it otherwise"),
    }
}

/// Whether a head is of a configuration that can be told.
fn of_case(case: Case, head: &Head) -> Option<bool> {
    let small = |x: f64| x.abs() <= tolerance::ROUNDING;
    let alike = |m: &DMatrix<f64>| m.column_iter().all(|c| small((c - m.column(0)).amax()));
    let spread = head.scores.max() - head.scores.min();
    match case {
        Case::KeysAlike => Some(alike(&head.keys)),
        Case::ValuesAlike => Some(alike(&head.values)),
        Case::ZeroQuery => Some(small(head.query.amax())),
        Case::Perpendicular => Some(small(head.scores.amax())),
        Case::PerpendicularToDifferences | Case::ScoresAlike => Some(small(spread)),
        Case::Keys(n) => Some(head.keys() == n),
        _ => None,
    }
}

/// Heads of configurations.
fn heads(cases: &[Case]) -> Vec<Drawn> {
    const SIZES: &[usize] = &[2, 3, 5, 8];
    const SCALES: &[f64] = &[0.3, 1.0, 4.0];
    let counted = cases.iter().find_map(|c| match c {
        Case::Keys(n) => Some(vec![*n]),
        Case::TiedTop(m) => Some(SIZES.iter().copied().filter(|n| n > m).collect()),
        _ => None,
    });
    let sizes = counted.unwrap_or_else(|| SIZES.to_vec());
    let mut out = Vec::new();
    for (seed, (n, scale)) in sizes.iter().flat_map(|n| SCALES.iter().map(move |s| (*n, *s))).enumerate() {
        let mut rng = ChaCha8Rng::seed_from_u64(seed as u64);
        let mut normal = |rows: usize, columns: usize, by: f64| {
            DMatrix::from_fn(rows, columns, |_, _| {
                let x: f64 = StandardNormal.sample(&mut rng);
                by * x
            })
        };
        // More dimensions than keys, so that a query may be perpendicular to all of them.
        let (keys, values, query) = (normal(n + 2, n, 1.0), normal(3, n, 1.0), normal(n + 2, 1, scale).column(0).into_owned());
        let mut drawn = Drawn { head: Head::new(keys, values, query), spoken: vec![0] };
        cases.iter().for_each(|case| arrange(*case, &mut drawn, scale));
        out.extend(variants(drawn, cases));
    }
    out
}

/// A head, and where nothing forbids it the ones with an output of zero and without any preference.
fn variants(drawn: Drawn, cases: &[Case]) -> Vec<Drawn> {
    let mut out = Vec::new();
    let weights = drawn.head.weights();
    if !cases.iter().any(|c| matches!(c, Case::ValuesAlike | Case::ValuesOfLength(_))) && drawn.head.keys() > 1 {
        let mut other = drawn.head.clone();
        let last = other.values.ncols() - 1;
        let rest = other.output() - other.values.column(last) * weights[last];
        other.values.set_column(last, &(-rest / weights[last]));
        out.push(Drawn { head: other, spoken: drawn.spoken.clone() });
    }
    out.push(drawn);
    out
}

/// Makes a head one of a configuration.
fn arrange(case: Case, drawn: &mut Drawn, scale: f64) {
    let Drawn { head, spoken } = drawn;
    let n = head.keys();
    match case {
        Case::KeysAlike => (1..n).for_each(|i| head.keys.set_column(i, &head.keys.column(0).into_owned())),
        Case::ValuesAlike => (1..n).for_each(|i| head.values.set_column(i, &head.values.column(0).into_owned())),
        Case::ZeroQuery => head.query.fill(0.0),
        Case::Perpendicular => (0..n).for_each(|i| set_score(head, i, 0.0)),
        Case::PerpendicularToDifferences | Case::ScoresAlike => (0..n).for_each(|i| set_score(head, i, scale)),
        Case::Twin => {
            raise(head, 0, scale);
            if n > 1 {
                head.keys.set_column(1, &head.keys.column(0).into_owned());
                *spoken = vec![0, 1];
            }
        }
        Case::NearTwin => {
            raise(head, 0, scale);
            if n > 1 {
                let score = head.scores[0];
                set_score(head, 1, score - 0.01 * scale);
            }
        }
        Case::TiedTop(m) => {
            let top = head.scores.max() + scale;
            (0..m.min(n)).for_each(|i| set_score(head, i, top));
            *spoken = (0..m.min(n)).collect();
        }
        Case::QueryIsKey => head.query = head.keys.column(0).into_owned(),
        Case::ValuesOfLength(length) => head.values.column_iter_mut().for_each(|mut v| {
            let norm = v.norm();
            v *= length / norm;
        }),
        Case::Keys(_) => {}
    }
    head.rescore();
}

/// Lifts one score above the others.
fn raise(head: &mut Head, at: usize, by: f64) {
    let top = head.scores.max() + by;
    set_score(head, at, top);
}

/// Moves a key along the query to a score.
fn set_score(head: &mut Head, at: usize, score: f64) {
    let step = (score - head.scores[at]) / head.query.norm_squared();
    let moved = head.keys.column(at) + &head.query * step;
    head.keys.set_column(at, &moved);
    head.scores[at] = score;
}

/// Whether a finding is so at a head; `None` where it cannot be told.
fn holds(said: &Configured, drawn: &Drawn) -> Option<bool> {
    let head = &drawn.head;
    let (weights, output) = (head.weights(), head.output());
    let n = head.keys() as f64;
    let zero =
        |x: f64| if x.abs() <= tolerance::ROUNDING { Some(true) } else { (x.abs() > tolerance::COUNTEREXAMPLE).then_some(false) };
    let lengths: Vec<f64> = head.values.column_iter().map(|v| v.norm()).collect();
    let (longest, shortest) = lengths.iter().fold((0.0_f64, f64::INFINITY), |(l, s), x| (l.max(*x), s.min(*x)));
    match said.finding {
        Finding::Uniform => zero(weights.add_scalar(-1.0 / n).amax()),
        Finding::Alone => Some(weights.max() > ALMOST && n > 1.0),
        Finding::Weight(whose, relation, bound) => {
            let bound = match bound {
                Bound::Number(x) => x,
                Bound::OverKeys => 1.0 / n,
                _ => return None,
            };
            let every: Vec<usize> = match whose {
                Whose::Every => (0..head.keys()).collect(),
                Whose::Spoken => drawn.spoken.clone(),
            };
            let each: Option<Vec<bool>> = every.into_iter().map(|i| stands(weights[i], relation, bound)).collect();
            let each = each?;
            let some = matches!(said.mode, Mode::Never | Mode::Possible);
            Some(if some { each.contains(&true) } else { each.iter().all(|x| *x) })
        }
        Finding::PlainMean => zero((output - head.values.column_mean()).amax()),
        Finding::Common => zero((output - head.values.column(0)).amax()),
        Finding::Depends(what, on) => Some(reacts(head, what, on)),
        Finding::Length(relation, bound) => {
            let bound = match bound {
                Bound::Number(x) => x,
                Bound::Longest => longest,
                Bound::Shortest => shortest,
                Bound::Spoken => lengths[0],
                Bound::OverKeys => return None,
            };
            stands(output.norm(), relation, bound)
        }
        // What a mean with positive weights of sum 1 always is.
        Finding::Among => Some(true),
        Finding::Coordinates => {
            let inside = |(i, x): (usize, &f64)| {
                let row = head.values.row(i);
                *x >= row.min() - tolerance::ROUNDING && *x <= row.max() + tolerance::ROUNDING
            };
            Some(output.iter().enumerate().all(inside))
        }
        Finding::ZeroOutput => zero(output.amax()),
    }
}

/// How much weight is nearly all.
const ALMOST: f64 = 1.0 - tolerance::APPROX_CLOSE;

/// Whether a number stands so to another.
fn stands(x: f64, relation: Relation, bound: f64) -> Option<bool> {
    let gap = x - bound;
    let close = gap.abs() <= tolerance::ROUNDING;
    let clear = gap.abs() > tolerance::COUNTEREXAMPLE;
    if !close && !clear && relation != Relation::Approx {
        return None;
    }
    match relation {
        Relation::Equal => Some(close),
        Relation::LessEqual => Some(close || gap < 0.0),
        Relation::GreaterEqual => Some(close || gap > 0.0),
        Relation::Less => Some(!close && gap < 0.0),
        Relation::Greater => Some(!close && gap > 0.0),
        Relation::Approx => Some(gap.abs() <= tolerance::APPROX_CLOSE),
        _ => None,
    }
}

/// Whether something changes where query or keys do within the configuration that the head's own values and keys make.
fn reacts(head: &Head, what: Reacts, on: On) -> bool {
    let look = |head: &Head| match what {
        Reacts::Output => head.output(),
        Reacts::Weights => head.weights(),
    };
    let before = look(head);
    let turned = |by: f64| {
        let mut other = head.clone();
        match on {
            On::Query | On::Weights => {
                let step = DVector::from_fn(other.query.len(), |i, _| by * (1.0 + i as f64));
                other.query += step;
            }
            On::Keys => {
                let first = other.keys.column(0) * by + DVector::from_element(other.keys.nrows(), by);
                let alike = of_case(Case::KeysAlike, head) == Some(true);
                let columns = if alike { other.keys.ncols() } else { 1 };
                (0..columns).for_each(|i| other.keys.set_column(i, &first));
            }
        }
        other.rescore();
        (look(&other) - &before).amax() > tolerance::COUNTEREXAMPLE
    };
    turned(0.4) || turned(-1.3)
}
