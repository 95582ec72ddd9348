//! Answers that are several: lists in order, sets and alternatives in any order.

use num_rational::BigRational;
use num_traits::Zero;

use super::answer::{all, compare, refuted};
use super::decide::{Decision, Outcome, admits};
use super::evaluate::Evaluation;
use super::given::Given;
use super::hypotheses::Hypotheses;
use super::meaning;
use super::modular::{Identity, identical};
use super::named::is_letter;
use super::point::points;
use super::reals::{self, RealSet};
use super::surface::Answer;
use super::term::Term;
use crate::language::{Relation, Symbol};
use crate::tolerance::BALL_BITS;

/// The components of a sum over the unit vectors `i`, `j` and `k`, of which more than `i` is met; `None` for anything else.
pub(super) fn components(t: &Term, dimension: usize) -> Option<Vec<Term>> {
    let units: Vec<String> = ["i", "j", "k"].iter().take(dimension).map(|u| (*u).to_string()).collect();
    let named = |u: &str| [u.to_string(), format!("{u}\u{302}")].into_iter().find(|n| t.mentions(n));
    let marked = ["i\u{302}", "j", "j\u{302}", "k\u{302}"].iter().any(|n| t.mentions(n));
    if !(2..=3).contains(&dimension) || !marked {
        return None;
    }
    let letters: Vec<Option<String>> = units.iter().map(|u| named(u)).collect();
    let at = |one: Option<usize>, by: i64| {
        let put = |(k, n): (usize, &Option<String>)| n.clone().map(|n| (n, if one == Some(k) { by } else { 0 }));
        letters.iter().enumerate().filter_map(put).fold(t.clone(), |t, (n, v)| t.substitute(&n, &Term::int(v)))
    };
    let parts: Vec<Term> = (0..dimension).map(|k| if letters[k].is_some() { at(Some(k), 1) } else { Term::int(0) }).collect();
    let terms = parts.iter().zip(&letters).filter_map(|(p, n)| Some(Term::mul(vec![p.clone(), Term::var(n.as_ref()?)])));
    let again = Term::add(terms.collect());
    let linear = matches!(identical(t, &again, &Hypotheses::default()), Ok(Identity::Same { .. }));
    (linear && parts.iter().all(|p| !units.iter().any(|u| p.mentions(u)))).then_some(parts)
}

/// Members in order.
pub(super) fn in_order(a: &[Answer], b: &[Answer], given: &Given) -> Decision {
    if a.len() != b.len() {
        return refuted(format!("{} members and {}", a.len().min(b.len()), a.len().max(b.len())));
    }
    all(a.iter().zip(b).map(|(a, b)| compare(a, b, given)))
}

/// Most members of a set.
const MEMBERS_MAX: usize = 64;

/// Members in no order, where `counted` each as often as it is written; equations among them are compared by what solves any of them.
pub(super) fn alternatives(a: &[Answer], b: &[Answer], counted: bool, given: &Given) -> Decision {
    if !a.iter().chain(b).any(is_equation) {
        return match in_any_order(a, b, given) {
            // `1, 1, 2` beside `1, 2, 2`: roots may be meant with how often they count.
            d if counted && d.outcome == Outcome::Holds && repeated_differently(a, b, given) => {
                Decision::undecided("the same members, not each as often")
            }
            d => d,
        };
    }
    let true_of = |list: &[Answer]| {
        let one = |a: &Answer| if let Answer::Relation(s, r) = a { meaning::truth(s, r, given) } else { None };
        list.iter().map(one).collect::<Option<Vec<bool>>>().map(|v| v.into_iter().all(|t| t))
    };
    if let (Some(x), Some(y)) = (true_of(a), true_of(b))
        && x != y
    {
        return refuted("the equations of one side alone are true");
    }
    if let (Some(x), Some(y)) = (RealSet::listed(a), RealSet::listed(b)) {
        return reals::sets(&x, &y, &given.hypotheses);
    }
    if let Some(d) = solved_system(a, b, given).or_else(|| solved_system(b, a, given)) {
        return d;
    }
    match in_any_order(a, b, given) {
        d if d.outcome == Outcome::Refuted => {
            Decision::undecided("equations that are written differently may have the same solutions")
        }
        d => d,
    }
}

/// Equations beside values for their letters: refuted where the values do not solve them; holding where they do, and
/// the equations are linear with one solution.
fn solved_system(equations: &[Answer], values: &[Answer], given: &Given) -> Option<Decision> {
    let mut at: Vec<(String, Term)> = Vec::new();
    for v in values {
        match v {
            Answer::Relation(sides, relations) => match (&sides[..], &relations[..]) {
                ([Answer::Value(Term::Var(s)), Answer::Value(t)], [Relation::Equal]) if s.indices.is_empty() && t.is_closed() => {
                    at.push((s.name.clone(), t.clone()));
                }
                _ => return None,
            },
            _ => return None,
        }
    }
    let mut forms = Vec::new();
    for e in equations {
        let Answer::Relation(sides, relations) = e else { return None };
        let ([Answer::Value(l), Answer::Value(r)], [Relation::Equal]) = (&sides[..], &relations[..]) else { return None };
        forms.push(l.clone().minus(r.clone()));
    }
    let mut names: Vec<&str> = at.iter().map(|v| v.0.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let speaks_of = |f: &Term| f.symbols().iter().all(|s| s.indices.is_empty() && names.contains(&s.name.as_str()));
    if names.len() != at.len() || names.len() < 2 || !forms.iter().all(speaks_of) {
        return None;
    }
    let there = |f: &Term| at.iter().fold(f.clone(), |f, (n, v)| f.substitute(n, v));
    let met = all(forms.iter().map(|f| super::answer::terms(&there(f), &Term::int(0), given)));
    match met.outcome {
        Outcome::Refuted => Some(refuted("the values do not solve the equations")),
        Outcome::Holds if one_solution(&forms, &names) => Some(Decision { reason: "the only solution".into(), ..met }),
        _ => None,
    }
}

/// Whether the forms are linear in the letters, with rational coefficients, and independent.
fn one_solution(forms: &[Term], names: &[&str]) -> bool {
    let at = |f: &Term, one: Option<&str>| {
        let value = |n: &str| Term::int(i64::from(one == Some(n)));
        names.iter().fold(f.clone(), |f, n| f.substitute(n, &value(n))).rational()
    };
    let row = |f: &Term| -> Option<Vec<BigRational>> {
        let start = at(f, None)?;
        let row = names.iter().map(|n| Some(at(f, Some(n))? - &start)).collect::<Option<Vec<_>>>()?;
        let line = names.iter().zip(&row).map(|(n, c)| Term::mul(vec![Term::Num(c.clone()), Term::var(n)]));
        let line = Term::add(line.chain([Term::Num(start)]).collect());
        matches!(identical(f, &line, &Hypotheses::default()), Ok(Identity::Same { .. })).then_some(row)
    };
    let Some(mut rows) = forms.iter().map(row).collect::<Option<Vec<_>>>() else { return false };
    for k in 0..names.len() {
        let Some(pivot) = (k..rows.len()).find(|i| !rows[*i][k].is_zero()) else { return false };
        rows.swap(k, pivot);
        for i in k + 1..rows.len() {
            let factor = &rows[i][k] / &rows[k][k];
            let taken: Vec<BigRational> = rows[k].iter().map(|c| c * &factor).collect();
            rows[i].iter_mut().zip(taken).for_each(|(c, t)| *c -= t);
        }
    }
    true
}

/// Whether a relation says more than the value of a letter.
fn is_equation(a: &Answer) -> bool {
    match a {
        // A rounded value of a letter.
        Answer::Relation(sides, relations) if relations[..] == [Relation::Approx] && is_letter(&sides[0]) => false,
        Answer::Relation(sides, relations) => {
            let named = is_letter(&sides[0]) || meaning::is_name(&sides[0]) || matches!(sides[0], Answer::Tuple(_));
            !(relations[..] == [Relation::Equal] && named && !matches!(sides.last(), Some(Answer::Value(t)) if !t.is_closed()))
        }
        _ => false,
    }
}

/// Every member of one side is a member of the other.
pub(super) fn in_any_order(a: &[Answer], b: &[Answer], given: &Given) -> Decision {
    if a.len().max(b.len()) > MEMBERS_MAX {
        return Decision::undecided("more than 64 members");
    }
    let mut met = vec![false; b.len()];
    let mut parts = Vec::new();
    for (k, x) in a.iter().enumerate() {
        let (at, d) = member(x, b, k, &met, given);
        if let Some(at) = at {
            met[at] = true;
        }
        parts.push(d);
    }
    for (k, y) in b.iter().enumerate().filter(|(k, _)| !met[*k]) {
        parts.push(member(y, a, k, &[], given).1);
    }
    all(parts.into_iter())
}

/// Whether as many members are written on both sides, but not each as often.
fn repeated_differently(a: &[Answer], b: &[Answer], given: &Given) -> bool {
    let mut met = vec![false; b.len()];
    a.len() == b.len()
        && a.iter().enumerate().any(|(k, x)| match member(x, b, k, &met, given).0 {
            Some(at) => std::mem::replace(&mut met[at], true),
            None => false,
        })
}

/// Where a member stands in the list, the place `near` tried first and those that are met last; whether it is there at all.
fn member(x: &Answer, list: &[Answer], near: usize, met: &[bool], given: &Given) -> (Option<usize>, Decision) {
    let mut open = None;
    let last = |k: &usize| met.get(*k).copied().unwrap_or(false);
    let mut order: Vec<usize> = (0..list.len()).collect();
    order.sort_by_key(|k| (last(k), *k != near));
    for k in order {
        if apart(x, &list[k], given) {
            continue;
        }
        let d = compare(x, &list[k], given);
        match d.outcome {
            Outcome::Holds => return (Some(k), d),
            Outcome::Refuted => {}
            _ => open = open.or(Some(d)),
        }
    }
    (None, open.unwrap_or_else(|| refuted("a member of one side is none of the other")))
}

/// Whether enclosures at one or two points tell two values apart at once.
fn apart(a: &Answer, b: &Answer, given: &Given) -> bool {
    match (a, b) {
        (Answer::Value(x), Answer::Value(y)) => {
            let h = &given.hypotheses;
            let imaginary = [x, y].iter().any(|t| t.symbols().contains(&Symbol::plain("i")));
            if imaginary || !given.kinds_for(&[x, y]).is_scalar() {
                return false;
            }
            points(&[x, y], h).filter(|p| admits(p, h)).take(2).any(|p| {
                let mut evaluation = Evaluation::new(&p, h, BALL_BITS);
                matches!((evaluation.value(x), evaluation.value(y)), (Ok(x), Ok(y)) if x.differs(&y))
            })
        }
        (Answer::Tuple(x), Answer::Tuple(y)) if x.len() == y.len() => x.iter().zip(y).any(|(x, y)| apart(x, y, given)),
        (Answer::Relation(x, r), Answer::Relation(y, s))
            if r == s && r[..] == [Relation::Equal] && x[0] == y[0] && is_letter(&x[0]) =>
        {
            apart(&x[1], &y[1], given)
        }
        _ => false,
    }
}
