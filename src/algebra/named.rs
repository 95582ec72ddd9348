//! Values that are named: `x = 5` beside `5`, `x_1 = 2, x_2 = 3` beside `2, 3`, `x = 1, y = 2` beside `(x, y) = (1, 2)`.

use std::collections::BTreeMap;

use super::answer::{all, compare, refuted};
use super::decide::{Decision, Outcome};
use super::given::Given;
use super::lists;
use super::meaning;
use super::reals::{self, RealSet};
use super::surface::Answer;
use super::term::Term;
use crate::language::Relation;

/// `x = 5` beside `5`, and `x ∈ [1, 2]` beside `[1, 2]`.
pub(super) fn named(sides: &[Answer], relations: &[Relation], other: &Answer, given: &Given) -> Decision {
    if matches!(other, Answer::Relation(..)) {
        return Decision::not_checked("values of different names");
    }
    let inequality = RealSet::of_relation(sides, relations);
    if matches!(other, Answer::All(_) | Answer::Either(_))
        && let (Some(a), Some(b)) = (&inequality, RealSet::of(other))
    {
        return reals::sets(a, &b, &given.hypotheses);
    }
    match (sides, relations) {
        ([Answer::Value(Term::Var(s)), value], [Relation::Equal | Relation::In]) if s.indices.is_empty() => {
            compare(value, other, given)
        }
        // `x ≈ 11` beside 11; what differs may be what was rounded.
        ([Answer::Value(Term::Var(s)), value], [Relation::Approx]) if s.indices.is_empty() => {
            match compare(value, other, given) {
                d if d.outcome == Outcome::Holds => d,
                _ if meaning::apart_beyond_rounding(other, value) => refuted("the decimals are those of another number"),
                _ => Decision::not_checked("an approximation beside another value"),
            }
        }
        ([Answer::Tuple(names), value], [Relation::Equal]) if names.iter().all(is_letter) => compare(value, other, given),
        ([name, value], [Relation::Equal]) if meaning::is_name(name) && names_other(name, other) => compare(value, other, given),
        _ => match (inequality, RealSet::of(&as_points(other))) {
            (Some(a), Some(b)) if !matches!(other, Answer::Value(_)) => reals::sets(&a, &b, &given.hypotheses),
            _ => Decision::not_checked("a relation beside something that is none"),
        },
    }
}

/// Numbers side by side as the set of them.
fn as_points(a: &Answer) -> Answer {
    match a {
        Answer::Several(list) if list.iter().all(|x| matches!(x, Answer::Value(t) if t.is_closed())) => Answer::Set(list.clone()),
        a => a.clone(),
    }
}

/// Whether a quantity may be named beside an answer, which does not speak of it.
fn names_other(name: &Answer, other: &Answer) -> bool {
    let symbols = |a: &Answer| match a {
        Answer::Value(t) => t.symbols(),
        Answer::Ratio(v) => v.iter().flat_map(Term::symbols).collect(),
        _ => Default::default(),
    };
    let named = symbols(name);
    matches!(other, Answer::Value(_) | Answer::Ratio(_) | Answer::Unit(..) | Answer::Matrix(_))
        && symbols(other).iter().all(|s| !named.contains(s))
}

/// `x_1 = 2, x_2 = 3` beside the same values in any order, or beside `x = 2, x = 3`.
pub(super) fn numbered(a: &Answer, b: &Answer, given: &Given) -> Decision {
    let values = |x: &Answer| match (meaning::numbered(x), x) {
        (Some((_, values)), _) => Some(values),
        (None, Answer::Several(list) | Answer::Set(list)) => {
            let value = |r: &Answer| match r {
                Answer::Relation(sides, relations) => match (&sides[..], &relations[..]) {
                    ([x, value], [Relation::Equal]) if is_letter(x) => Some(value.clone()),
                    _ => None,
                },
                Answer::Value(_) => Some(r.clone()),
                _ => None,
            };
            list.iter().map(value).collect()
        }
        _ => None,
    };
    let numbers = |x: &Answer| {
        let Answer::Several(list) = x else { return Vec::new() };
        let of = |r: &Answer| match r {
            Answer::Relation(sides, _) => match &sides[0] {
                Answer::Value(Term::Var(s)) => Some(s.indices.clone()),
                _ => None,
            },
            _ => None,
        };
        let mut all: Vec<_> = list.iter().filter_map(of).collect();
        all.sort();
        all
    };
    if meaning::numbered(a).is_some() && meaning::numbered(b).is_some() && numbers(a) != numbers(b) {
        return Decision::not_checked("values with other numbers");
    }
    match (values(a), values(b)) {
        (Some(x), Some(y)) => lists::in_any_order(&x, &y, given),
        _ => Decision::not_checked("numbered values beside something else"),
    }
}

pub(super) fn is_letter(a: &Answer) -> bool {
    matches!(a, Answer::Value(Term::Var(s)) if s.indices.is_empty())
}

/// Values by letters: `x = 1, y = 2` and `(x, y) = (1, 2)`; `None` for anything else.
pub(super) fn assignments(a: &Answer) -> Option<BTreeMap<&str, &Answer>> {
    let name = |a: &'_ Answer| matches!(a, Answer::Value(Term::Var(s)) if s.indices.is_empty());
    let pairs: Vec<(&Answer, &Answer)> = match a {
        Answer::Several(list) => list
            .iter()
            .map(|r| match r {
                Answer::Relation(sides, relations) => match (&sides[..], &relations[..]) {
                    ([x, value], [Relation::Equal]) if name(x) => Some((x, value)),
                    _ => None,
                },
                _ => None,
            })
            .collect::<Option<Vec<_>>>()?,
        Answer::Relation(sides, relations) => match (&sides[..], &relations[..]) {
            ([Answer::Tuple(names), Answer::Tuple(values)], [Relation::Equal]) if names.len() == values.len() => {
                names.iter().zip(values).collect()
            }
            _ => return None,
        },
        _ => return None,
    };
    let mut out = BTreeMap::new();
    for (x, value) in pairs {
        let Answer::Value(Term::Var(s)) = x else { return None };
        if !s.indices.is_empty() || out.insert(s.name.as_str(), value).is_some() {
            return None;
        }
    }
    Some(out)
}

/// `x = 2, y = 3` beside `(2, 3)`: the letters in the order of the alphabet, as they were written; this confirms only.
pub(super) fn in_alphabet(a: &Answer, list: &[Answer], given: &Given) -> Option<Decision> {
    let Answer::Several(written) = a else { return None };
    let by_letter = assignments(a)?;
    let names = written.iter().filter_map(|r| match r {
        Answer::Relation(sides, _) => match &sides[0] {
            Answer::Value(Term::Var(s)) => Some(s.name.as_str()),
            _ => None,
        },
        _ => None,
    });
    if !names.eq(by_letter.keys().copied()) || by_letter.len() != list.len() {
        return None;
    }
    let d = all(by_letter.values().zip(list).map(|(x, y)| compare(x, y, given)));
    (d.outcome == Outcome::Holds).then_some(d)
}

pub(super) fn assigned(a: &Answer, b: &Answer, given: &Given) -> Decision {
    let (Some(a), Some(b)) = (assignments(a), assignments(b)) else { return Decision::not_checked("no values by letters") };
    if !a.keys().eq(b.keys()) {
        return Decision::not_checked("values of different letters");
    }
    match (resolved(&a), resolved(&b)) {
        (Some(x), Some(y)) => all(x.iter().zip(&y).map(|(x, y)| compare(x, y, given))),
        _ => Decision::undecided("values that speak of each other"),
    }
}

/// The values with those of other letters put in: `x = 2 + y, y = 1`; `None` where they go round.
fn resolved(by_letter: &BTreeMap<&str, &Answer>) -> Option<Vec<Answer>> {
    let mut values: Vec<Answer> = by_letter.values().map(|v| (*v).clone()).collect();
    let speaks = |v: &Answer| matches!(v, Answer::Value(t) if by_letter.keys().any(|k| t.mentions(k)));
    for _ in 0..=by_letter.len() {
        if !values.iter().any(speaks) {
            return Some(values);
        }
        let put = |t: &Term| {
            by_letter.iter().fold(t.clone(), |t, (k, v)| match v {
                Answer::Value(v) => t.substitute(k, v),
                _ => t,
            })
        };
        values = values.iter().map(|v| if let Answer::Value(t) = v { Answer::Value(put(t)) } else { v.clone() }).collect();
    }
    None
}
