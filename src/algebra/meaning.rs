//! What an answer says beside another: names of quantities, chains of equalities, roots that are numbered.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;

use super::decide::Outcome;
use super::given::Given;
use super::reals::order;
use super::surface::Answer;
use super::term::{Func, Term};
use crate::language::Relation;

/// A chain as its first and last side where all that stands between is equal; `x = 1/3 ≈ 0.33` without its decimals.
pub(super) fn settled(answer: &Answer, given: &Given) -> Answer {
    let Answer::Relation(sides, relations) = answer else { return answer.clone() };
    if sides.len() > SIDES_MAX {
        return answer.clone();
    }
    let exact = relations.iter().position(|r| *r == Relation::Approx).unwrap_or(relations.len());
    let named = sides.first().is_some_and(|s| !is_closed(s));
    if exact == 0 && (named || relations.len() > 1) || relations[..exact].iter().any(|r| *r != Relation::Equal) {
        return answer.clone();
    }
    // Decimals behind `≈` that are not those of the value say something else.
    let rounded = sides.get(exact + 1..).unwrap_or_default();
    if rounded.iter().any(|d| apart_beyond_rounding(&sides[exact], d)) {
        return answer.clone();
    }
    if exact == 0 {
        return sides[0].clone();
    }
    let values = &sides[1..=exact];
    let Some(last) = values.last().filter(|_| values.iter().all(is_closed)) else { return answer.clone() };
    let same = |a: &Answer, b: &Answer| match (a, b) {
        (Answer::Value(a), Answer::Value(b)) => super::answer::terms(a, b, given).outcome == Outcome::Holds,
        _ => false,
    };
    if !values.windows(2).all(|w| same(&w[0], &w[1])) {
        return answer.clone();
    }
    Answer::Relation(vec![sides[0].clone(), last.clone()], vec![Relation::Equal])
}

/// One unit of the last decimal that a number needs; 1 for a whole one.
fn unit(n: &BigRational) -> BigRational {
    let ten = BigRational::from_integer(BigInt::from(10));
    let mut unit = BigRational::one();
    for _ in 0..DECIMALS_MAX {
        if (n / &unit).is_integer() {
            return unit;
        }
        unit /= &ten;
    }
    unit
}

/// Most decimals of a number that was rounded.
const DECIMALS_MAX: usize = 30;

/// Whether a decimal number is further from a value than its last decimal allows.
pub(super) fn apart_beyond_rounding(value: &Answer, decimal: &Answer) -> bool {
    let (Answer::Value(value), Answer::Value(decimal)) = (value, decimal) else { return false };
    let Some(d) = decimal.rational() else { return false };
    if !value.is_closed() || value.mentions("i") {
        return false;
    }
    let unit = Term::Num(unit(&d));
    let (low, high) = (decimal.clone().minus(unit.clone()), Term::add(vec![decimal.clone(), unit]));
    order(value, &low) == Some(Ordering::Less) || order(value, &high) == Some(Ordering::Greater)
}

/// Whether a relation between numbers is true; `None` where another kind of relation stands, or nothing is certain.
pub(super) fn truth(sides: &[Answer], relations: &[Relation], given: &Given) -> Option<bool> {
    if relations.iter().any(|r| *r != Relation::Equal) || !sides.iter().all(is_closed) {
        return None;
    }
    let mut all = true;
    for pair in sides.windows(2) {
        let [Answer::Value(a), Answer::Value(b)] = pair else { return None };
        match super::answer::terms(a, b, given).outcome {
            Outcome::Holds => {}
            Outcome::Refuted => all = false,
            _ => return None,
        }
    }
    Some(all)
}

/// Whether equalities between numbers, sets and matrices are true as far as their figures go; `None` where one cannot be told.
pub(super) fn roughly_true(sides: &[Answer], relations: &[Relation], given: &Given) -> Option<bool> {
    if relations.iter().any(|r| !matches!(r, Relation::Equal | Relation::Approx)) || !sides.iter().all(is_closed_answer) {
        return None;
    }
    let mut all = true;
    for pair in sides.windows(2) {
        match super::answer::compare(&pair[0], &pair[1], given).outcome {
            Outcome::Holds => {}
            Outcome::Refuted => all &= rounds_to(&pair[0], &pair[1]),
            _ => return None,
        }
    }
    Some(all)
}

/// Whether a decimal number is a value, rounded to its figures; a fraction is not meant to be rounded to a whole number.
fn rounds_to(value: &Answer, decimal: &Answer) -> bool {
    let (Answer::Value(v), Answer::Value(d)) = (value, decimal) else { return false };
    let Some(n) = d.rational() else { return false };
    !(apart_beyond_rounding(value, decimal) || v.rational().is_some() && n.is_integer())
}

/// Whether two numbers, sets or quantities of one unit are further apart somewhere than their last decimals allow.
pub(super) fn figures_apart(a: &Answer, b: &Answer) -> bool {
    let ends = |x: &Term, y: &Term| figures_apart(&Answer::Value(x.clone()), &Answer::Value(y.clone()));
    match (a, b) {
        (Answer::Value(_), Answer::Value(_)) => apart_beyond_rounding(a, b) && apart_beyond_rounding(b, a),
        (Answer::Unit(x, u), Answer::Unit(y, v)) => u == v && figures_apart(x, y),
        (Answer::Interval(x, _, y, _), Answer::Interval(s, _, t, _)) => ends(x, s) || ends(y, t),
        (Answer::Tuple(x) | Answer::Union(x), Answer::Tuple(y) | Answer::Union(y)) => {
            x.len() == y.len() && x.iter().zip(y).any(|(x, y)| figures_apart(x, y))
        }
        _ => false,
    }
}

/// Whether an answer has no letters in it.
pub(super) fn is_closed_answer(a: &Answer) -> bool {
    match a {
        Answer::Value(t) => t.is_closed(),
        Answer::Matrix(rows) => rows.iter().flatten().all(Term::is_closed),
        Answer::Tuple(v) | Answer::List(v) | Answer::Set(v) | Answer::Union(v) => v.iter().all(is_closed_answer),
        Answer::Interval(x, _, y, _) => [x, y].iter().all(|t| t.is_closed() || super::reals::infinite(t) != 0),
        _ => false,
    }
}

/// Whether a side is an expression with a letter in it.
pub(super) fn has_letter(a: &Answer) -> bool {
    matches!(a, Answer::Value(t) if !t.is_closed())
}

/// Longest chain whose values are compared.
const SIDES_MAX: usize = 16;

/// `5 + 5 = 10` beside a value is 10.
pub(super) fn computed(answer: &Answer, given: &Given) -> Option<Answer> {
    let Answer::Relation(sides, relations) = answer else { return None };
    match (&sides[..], &relations[..]) {
        ([Answer::Value(a), Answer::Value(b)], [Relation::Equal]) if a.is_closed() && b.is_closed() => {
            let rounded = a.rational().is_none() && rounds_to(&sides[0], &sides[1]);
            (rounded || super::answer::terms(a, b, given).outcome == Outcome::Holds).then(|| Answer::Value(b.clone()))
        }
        // `(x - 2)^2 = x^2 - 4x + 4`: an identity, of which the last side is the answer.
        ([Answer::Value(a), Answer::Value(b)], [Relation::Equal]) if !matches!(a, Term::Var(_)) && !b.is_closed() => {
            (super::answer::terms(a, b, given).outcome == Outcome::Holds).then(|| Answer::Value(b.clone()))
        }
        _ => None,
    }
}

fn is_closed(a: &Answer) -> bool {
    matches!(a, Answer::Value(t) if t.is_closed())
}

/// Whether a side names a quantity whose value the other side says: `x_1`, `AB`, `|AB|`, `P(A)`, `AB/CD`, `AB : CD`.
pub(super) fn is_name(a: &Answer) -> bool {
    match a {
        Answer::Value(Term::Var(_)) => true,
        Answer::Value(t) => segment(t) || quotient(t) || inverse(t),
        Answer::Ratio(parts) => parts.iter().all(|t| matches!(t, Term::Var(_)) || segment(t)),
        _ => false,
    }
}

/// The inverse or transpose of a matrix by its letter.
fn inverse(t: &Term) -> bool {
    let letter = |t: &Term| matches!(t, Term::Var(s) if s.name.starts_with(|c: char| c.is_ascii_uppercase()));
    match t {
        Term::Pow(b, e) => e.is_int(-1) && letter(b),
        Term::Transpose(b) => letter(b),
        _ => false,
    }
}

/// A product of capital letters, or the length of one.
fn segment(t: &Term) -> bool {
    let capital = |t: &Term| matches!(t, Term::Var(s) if s.indices.is_empty() && s.name.len() == 1 && s.name.starts_with(|c: char| c.is_ascii_uppercase()));
    match t {
        Term::Call(Func::Abs, v) => matches!(&v[..], [inner] if segment(inner)),
        Term::Mul(v) => v.iter().all(capital),
        _ => false,
    }
}

/// A segment over a segment.
fn quotient(t: &Term) -> bool {
    let Term::Mul(v) = t else { return false };
    let inverse =
        |t: &Term| matches!(t, Term::Pow(b, e) if e.is_int(-1) && (segment(b) || segment(&Term::Mul(vec![(**b).clone()]))));
    let over = Term::Mul(v.iter().filter(|t| !inverse(t)).cloned().collect());
    v.iter().any(inverse) && segment(&over)
}

/// `x_1 = 2, x_2 = 3`: the values of one letter that is numbered, and the letter.
pub(super) fn numbered(a: &Answer) -> Option<(String, Vec<Answer>)> {
    let Answer::Several(list) = a else { return None };
    let mut letter: Option<String> = None;
    let mut values = Vec::new();
    for entry in list {
        let Answer::Relation(sides, relations) = entry else { return None };
        let ([Answer::Value(Term::Var(s)), value], [Relation::Equal]) = (&sides[..], &relations[..]) else { return None };
        if s.indices.len() != 1 || letter.as_ref().is_some_and(|l| *l != s.name) {
            return None;
        }
        letter = Some(s.name.clone());
        values.push(value.clone());
    }
    Some((letter?, values))
}

/// The values of functions nobody defined, `f(2)`, other than those that an equation defines.
pub(super) fn unknown_values(a: &Answer) -> Vec<String> {
    let of = |t: &Term| t.symbols().into_iter().map(|s| s.name).filter(|n| n.ends_with(')')).collect::<Vec<_>>();
    match a {
        Answer::Value(t) => of(t),
        Answer::Relation(sides, _) => {
            let defined = matches!(sides.first(), Some(Answer::Value(Term::Var(_)))) && sides.len() == 2;
            sides.iter().skip(usize::from(defined)).flat_map(unknown_values).collect()
        }
        Answer::Tuple(v) | Answer::List(v) | Answer::Set(v) | Answer::Several(v) | Answer::Union(v) => {
            v.iter().flat_map(unknown_values).collect()
        }
        Answer::All(v) | Answer::Either(v) => v.iter().flat_map(unknown_values).collect(),
        Answer::Interval(x, _, y, _) => [of(x), of(y)].concat(),
        Answer::Matrix(rows) => rows.iter().flatten().flat_map(of).collect(),
        Answer::Unit(inner, _) => unknown_values(inner),
        Answer::Ratio(v) => v.iter().flat_map(of).collect(),
        _ => Vec::new(),
    }
}

/// Words for an equation or system without solutions.
pub(super) fn says_no_solution(words: &str) -> bool {
    matches!(
        words,
        "no real roots"
            | "none exist"
            | "no solution exists"
            | "no solutions exist"
            | "no solution"
            | "no solutions"
            | "no real solution"
            | "no real solutions"
            | "empty set"
            | "the empty set"
    )
}
