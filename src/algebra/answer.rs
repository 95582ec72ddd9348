//! Whether two answers of any kind are equal.

use num_traits::ToPrimitive;

use super::aligned::aligned;
use super::decide::{Decision, Ground, Outcome, decide};
use super::dotted;
use super::families;
use super::frames::counterexample;
use super::given::Given;
use super::lists;
use super::meaning;
use super::moments::has_moments;
use super::named::{assigned, assignments, in_alphabet, named, numbered};
use super::order::{self, Regimes};
use super::readings;
use super::reals::{self, RealSet};
use super::relations::{by_form, relations};
use super::rewrite::{Rewriting, prove};
use super::shapes::inferred;
use super::surface::units::Unit;
use super::surface::{Answer, Reading, TEXT_MAX, parse_answer_with, parse_quantity};
use super::term::Term;
use super::words::Kinds;
use crate::language::{Order, Relation};

/// Reads both texts and compares them; symmetric in its two texts.
///
/// Where a notation has two readings (`a/b c`, `log` without a base) the verdict stands only if
/// both give it; a degree or percent sign on one side alone refutes nothing.
pub fn equal(left: &str, right: &str, given: &Given) -> Decision {
    if left.len().max(right.len()) > TEXT_MAX {
        return Decision::not_checked(format!("expected at most {TEXT_MAX} bytes a side"));
    }
    let (left, right) = (&readings::spelled_out(left)[..], &readings::spelled_out(right)[..]);
    let decision = by_custom(read_and_compare(left, right, given, false), left, right, given);
    if decision.outcome == Outcome::NotChecked && same_text(left, right) {
        return Decision::new(Outcome::Holds, Some(Ground::Exact), "the same text, though it was not read");
    }
    let logarithm = |t: &str| t.contains("log") || t.contains("lg");
    if (logarithm(left) || logarithm(right)) && read_and_compare(left, right, given, true).outcome != decision.outcome {
        return Decision::undecided("`log` without a base has two readings, and they differ; `ln` or `log_{10}` would tell");
    }
    if decision.outcome != Outcome::Refuted {
        let open = matches!(decision.outcome, Outcome::NotChecked | Outcome::Undecided);
        return open.then(|| aligned(left, right, given)).flatten().unwrap_or(decision);
    }
    for marks in [&["^{\\circ}", "^\\circ", "\\degree", "°"][..], &["\\%", "%"][..]] {
        let bare = |t: &str| marks.iter().fold(t.to_string(), |t, m| t.replace(m, ""));
        let one_sided = (bare(left) == left) != (bare(right) == right);
        if one_sided && read_and_compare(&bare(left), &bare(right), given, false).outcome == Outcome::Holds {
            return Decision::undecided("a degree or percent sign stands on one side alone");
        }
    }
    let (point_left, point_right) = (decimal_comma(left), decimal_comma(right));
    if (point_left.is_some() || point_right.is_some())
        && read_and_compare(point_left.as_deref().unwrap_or(left), point_right.as_deref().unwrap_or(right), given, false).outcome
            == Outcome::Holds
    {
        return Decision::undecided("the comma may stand before decimals or between two numbers");
    }
    decision
}

/// The decision with what custom adds to it: counted choices beside powers of letters.
fn by_custom(decision: Decision, left: &str, right: &str, given: &Given) -> Decision {
    let (l, r) = (readings::counted(left), readings::counted(right));
    if l.is_some() || r.is_some() {
        let other = read_and_compare(l.as_deref().unwrap_or(left), r.as_deref().unwrap_or(right), given, false);
        return readings::settled(decision, other, l.is_some() != r.is_some());
    }
    let unclear = readings::divides_twice(left) || readings::divides_twice(right);
    if matches!(decision.outcome, Outcome::Refuted | Outcome::Holds) && unclear && !same_text(left, right) {
        return Decision::undecided("which of two signs of division binds closer is not agreed upon");
    }
    decision
}

/// `0.5` for `0,5`, where the whole text is one such number.
fn decimal_comma(text: &str) -> Option<String> {
    let bare = text.trim().trim_matches('$').trim();
    let (whole, decimals) = bare.split_once(',')?;
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    (digits(whole.trim_start_matches('-')) && digits(decimals)).then(|| format!("{whole}.{decimals}"))
}

/// Longest text that is the same as another without being read, in bytes.
const SAME_TEXT_MAX: usize = 400;

/// Whether two texts differ in nothing but how they are set.
fn same_text(left: &str, right: &str) -> bool {
    let plain = |text: &str| {
        let bare = ["\\left", "\\right", "\\,", "\\;", "\\!", "\\ ", "\\displaystyle", "$", "\\quad", "~"]
            .iter()
            .fold(text.to_string(), |t, m| t.replace(m, " "));
        let bare = bare.replace("\\dfrac", "\\frac").replace("\\tfrac", "\\frac");
        bare.trim().trim_end_matches('.').chars().filter(|c| !c.is_whitespace()).collect::<String>()
    };
    let closed = |t: &str| [('(', ')'), ('{', '}')].iter().all(|(a, b)| t.matches(*a).count() == t.matches(*b).count());
    let (l, r) = (plain(left), plain(right));
    // One sign, or an operator with nothing behind it, is no answer.
    let ends = !l.ends_with(['+', '-', '*', '/', '^', '_', '=', '<', '>', '\\']);
    left.len().max(right.len()) <= SAME_TEXT_MAX && l == r && l.chars().count() > 1 && closed(&l) && ends
}

/// The words of a text without what sets them.
fn bare_words(text: &str) -> String {
    let plain = ["\\text", "\\textbf", "\\mathrm", "\\textit", "\\boxed"]
        .iter()
        .fold(text.to_string(), |t, m| t.replace(&format!("{m}{{"), ""));
    plain.to_lowercase().replace(['{', '}', '$', '.', '*', '~'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A value whose sign of dollars was passed.
fn in_dollars(value: Reading) -> Reading {
    Reading { answer: Answer::Unit(Box::new(value.answer), "dollars".into()), greedy: None }
}

fn read_and_compare(left: &str, right: &str, given: &Given, decimal: bool) -> Decision {
    let (l, r) = match (parse_answer_with(left, decimal), parse_answer_with(right, decimal)) {
        (Ok(l), Ok(r)) => (l, r),
        (Err(e), _) => return Decision::not_checked(format!("the left side was not read {e}")),
        (_, Err(e)) => return Decision::not_checked(format!("the right side was not read {e}")),
    };
    // A unit on one side: the other may write its own as `m/s^2`.
    let (l, r) = match (&l.answer, &r.answer) {
        (Answer::Unit(..), Answer::Value(_)) => (l, parse_quantity(right).unwrap_or(r)),
        (Answer::Value(_), Answer::Unit(..)) => (parse_quantity(left).unwrap_or(l), r),
        _ => (l, r),
    };
    let (l, r) = match (&l.answer, &r.answer) {
        (Answer::Unit(..), Answer::Value(_)) if readings::in_dollars(right) => (l, in_dollars(r)),
        (Answer::Value(_), Answer::Unit(..)) if readings::in_dollars(left) => (in_dollars(l), r),
        (Answer::Text(_), _) | (_, Answer::Text(_)) if bare_words(left) == bare_words(right) => {
            return Decision::new(Outcome::Holds, Some(Ground::Exact), "the same words");
        }
        _ => (l, r),
    };
    let decision = constants(compare(&l.answer, &r.answer, given), &l.answer, &r.answer, given);
    let signs = |t: &str| t.contains('±') || t.contains("\\pm");
    let decision = match (two_branches(&l.answer), two_branches(&r.answer)) {
        (Some(x), Some(y)) if decision.outcome == Outcome::Undecided && signs(left) && signs(right) => compare(&x, &y, given),
        _ => decision,
    };
    let primed = |a: &Answer| matches!(a, Answer::Value(Term::Transpose(t)) if matches!(**t, Term::Var(_)));
    if decision.outcome == Outcome::Refuted && primed(&l.answer) != primed(&r.answer) && given.kinds.is_scalar() {
        return Decision::not_checked("a letter with a prime may be a derivative");
    }
    if decision.outcome == Outcome::Refuted {
        let unknown = |a: &Answer| meaning::unknown_values(a).into_iter().collect::<std::collections::BTreeSet<_>>();
        if unknown(&l.answer) != unknown(&r.answer) {
            return Decision::not_checked("values of functions that nobody defined");
        }
    }
    // Both sides are read by one convention.
    let greedy = |r: Reading| r.greedy.unwrap_or(r.answer);
    if l.greedy.is_some() || r.greedy.is_some() {
        let other = compare(&greedy(l), &greedy(r), given);
        if other.outcome != decision.outcome {
            return Decision::undecided("`a/b c` has two readings, and they differ; brackets would tell");
        }
    }
    decision
}

/// `y = 1 ± x` as one equation: the product of both branches is zero.
fn two_branches(a: &Answer) -> Option<Answer> {
    let Answer::Several(list) = a else { return None };
    let branch = |r: &Answer| match r {
        Answer::Relation(sides, relations) if relations[..] == [Relation::Equal] => match &sides[..] {
            [Answer::Value(l), Answer::Value(r)] => Some((l.clone(), r.clone())),
            _ => None,
        },
        _ => None,
    };
    let [(l, x), (m, y)] = [branch(list.first()?)?, branch(list.get(1)?)?];
    let product = Term::mul(vec![l.clone().minus(x), m.clone().minus(y)]);
    let zero = Answer::Value(Term::int(0));
    (list.len() == 2 && l == m).then(|| Answer::Relation(vec![Answer::Value(product), zero], vec![Relation::Equal]))
}

/// Letters of arbitrary constants, as in `x^2 + C`.
const CONSTANTS: &[&str] = &["C", "K", "c", "k"];

/// Nothing is refuted by the name of a constant that may be any number.
fn constants(decision: Decision, left: &Answer, right: &Answer, given: &Given) -> Decision {
    let (Answer::Value(l), Answer::Value(r)) = (left, right) else { return decision };
    let own =
        |a: &Term, b: &Term| a.symbols().into_iter().find(|s| CONSTANTS.contains(&s.name.as_str()) && !b.symbols().contains(s));
    let (Some(a), Some(b)) = (own(l, r), own(r, l)) else { return decision };
    let plain = a.indices.is_empty() && b.indices.is_empty() && decision.outcome == Outcome::Refuted;
    if plain && l.symbols().len() > 1 && terms(&l.substitute(&a.name, &Term::Var(b.clone())), r, given).outcome == Outcome::Holds
    {
        return Decision::undecided(format!("{} and {} may both be arbitrary constants", a.name, b.name));
    }
    decision
}

/// Compares two answers.
pub fn compare(left: &Answer, right: &Answer, given: &Given) -> Decision {
    if let Some(d) = by_form(left, right, given).or_else(|| families::compare(left, right)) {
        return d;
    }
    let (settled_left, settled_right) = (meaning::settled(left, given), meaning::settled(right, given));
    let (left, right) = (&settled_left, &settled_right);
    match (left, right) {
        (Answer::Text(w), Answer::Set(v)) | (Answer::Set(v), Answer::Text(w)) if v.is_empty() && meaning::says_no_solution(w) => {
            Decision::new(Outcome::Holds, Some(Ground::Exact), "both are empty")
        }
        (Answer::Ratio(v), Answer::Value(t)) | (Answer::Value(t), Answer::Ratio(v)) if v.len() == 2 => {
            match terms(&v[0].clone().over(v[1].clone()), t, given) {
                d if d.outcome == Outcome::Holds => d,
                _ => Decision::not_checked("a proportion beside a number"),
            }
        }
        (Answer::Relation(..), Answer::Value(_)) if meaning::computed(left, given).is_some() => {
            meaning::computed(left, given).map_or_else(|| Decision::not_checked(""), |l| compare(&l, right, given))
        }
        (Answer::Value(_), Answer::Relation(..)) if meaning::computed(right, given).is_some() => {
            meaning::computed(right, given).map_or_else(|| Decision::not_checked(""), |r| compare(left, &r, given))
        }
        (Answer::Value(a), Answer::Value(b)) => terms(a, b, given),
        (Answer::Unit(a, u), Answer::Unit(b, v)) => quantities((a, u), (b, v), given),
        (Answer::Unit(..), _) | (_, Answer::Unit(..)) => Decision::not_checked("a unit stands on one side alone"),
        (Answer::Text(a), Answer::Text(b)) => words(a, b),
        (Answer::Ratio(a), Answer::Ratio(b)) => ratios(a, b, given),
        (Answer::Cases(a), Answer::Cases(b)) => super::cases::compare(a, b, given),
        (Answer::Cases(a), Answer::Value(b)) => super::cases::compare(a, &[(b.clone(), None)], given),
        (Answer::Value(a), Answer::Cases(b)) => super::cases::compare(&[(a.clone(), None)], b, given),
        (Answer::Relation(a, r), Answer::Relation(b, s)) if assignments(left).is_none() && assignments(right).is_none() => {
            relations((a, r), (b, s), given)
        }
        (a, b) if assignments(a).is_some() && assignments(b).is_some() => assigned(a, b, given),
        (a, b) if meaning::numbered(a).is_some() || meaning::numbered(b).is_some() => numbered(a, b, given),
        (Answer::Relation(sides, r), other) | (other, Answer::Relation(sides, r)) => named(sides, r, other, given),
        (Answer::Matrix(a), Answer::Matrix(b)) => matrices(a, b, given),
        (a @ Answer::Several(_), b @ Answer::Tuple(list)) | (b @ Answer::Tuple(list), a @ Answer::Several(_))
            if assignments(a).is_some() =>
        {
            in_alphabet(a, list, given).unwrap_or_else(|| different_kinds(a, b))
        }
        (Answer::Tuple(list) | Answer::List(list), Answer::Value(t))
        | (Answer::Value(t), Answer::Tuple(list) | Answer::List(list))
            if lists::components(t, list.len()).is_some() =>
        {
            let parts: Vec<Answer> =
                lists::components(t, list.len()).unwrap_or_default().into_iter().map(Answer::Value).collect();
            lists::in_order(&parts, list, given)
        }
        (Answer::Matrix(rows), Answer::Tuple(list)) | (Answer::Tuple(list), Answer::Matrix(rows)) => column(rows, list, given),
        (Answer::Order(k, a), Answer::Order(l, b)) => orders(*k, a, *l, b),
        (Answer::Tuple(a), Answer::Tuple(b)) | (Answer::List(a), Answer::List(b)) => lists::in_order(a, b, given),
        (Answer::Set(a) | Answer::Several(a), Answer::Set(b) | Answer::Several(b)) => {
            let counted = matches!((left, right), (Answer::Several(_), Answer::Several(_)));
            lists::alternatives(a, b, counted, given)
        }
        (Answer::Set(a) | Answer::Several(a), b @ Answer::Value(_))
        | (b @ Answer::Value(_), Answer::Set(a) | Answer::Several(a)) => lists::in_any_order(a, std::slice::from_ref(b), given),
        (a, b) => match (RealSet::of(a), RealSet::of(b)) {
            (Some(a), Some(b)) => reals::sets(&a, &b, &given.hypotheses),
            (Some(proper), None) => reals::beside_reversed(&proper, b, given).unwrap_or_else(|| different_kinds(a, b)),
            (None, Some(proper)) => reals::beside_reversed(&proper, a, given).unwrap_or_else(|| different_kinds(a, b)),
            _ => different_kinds(a, b),
        },
    }
}

/// Two expressions: matrices by rewriting, everything else as scalars.
pub fn terms(left: &Term, right: &Term, given: &Given) -> Decision {
    if has_moments(left) || has_moments(right) {
        return match (given.laws.settled(left), given.laws.settled(right)) {
            (Ok(l), Ok(r)) => decide(&l, &r, &given.hypotheses),
            (Err(e), _) | (_, Err(e)) => Decision::undecided(e),
        };
    }
    if dotted::goes_on(left) || dotted::goes_on(right) {
        return dotted::compare(left, right, given);
    }
    let kinds = given.kinds_for(&[left, right]);
    if left == right && !kinds.is_scalar() {
        return Decision::new(Outcome::Holds, Some(Ground::Exact), "the same expression");
    }
    let decision = with_kinds(left, right, given, kinds.clone());
    let Some(other) = kinds.cautious() else { return decision };
    if with_kinds(left, right, given, other).outcome == decision.outcome {
        return decision;
    }
    let names: Vec<&str> = kinds.assumed.iter().map(|k| k.0.as_str()).filter(|n| *n != "I").collect();
    Decision::undecided(format!(
        "{} may be a scalar, a vector or a matrix; say which, as in `X in R^{{d x m}}`",
        names.join(", ")
    ))
}

fn with_kinds(left: &Term, right: &Term, given: &Given, kinds: Kinds) -> Decision {
    if kinds.is_scalar() {
        let d = decide(left, right, &given.hypotheses);
        let series = || dotted::power_series(left, right);
        return if d.outcome == Outcome::Undecided { series().unwrap_or(d) } else { d };
    }
    if let Some(misfit) = inferred(left, right, &given.hypotheses, &kinds, true).0.misfit {
        return misfitting(left, right, given, &kinds, &misfit);
    }
    match prove(left, right, &given.hypotheses, &kinds, &given.orthonormal) {
        Ok(Rewriting::Proved(proof)) => {
            let mut d = Decision::new(
                Outcome::Holds,
                Some(Ground::Exact),
                format!("proved by {} rewritings, for every dimension", proof.main.steps.len()),
            );
            d.proof = proof.lines();
            if super::replay::replay(&proof, &given.hypotheses).is_err() {
                return Decision::undecided("the proof did not replay");
            }
            d
        }
        Ok(Rewriting::Open(why)) => match counterexample(left, right, &given.hypotheses, &kinds, &given.orthonormal) {
            Some(witness) => {
                let mut d =
                    Decision::new(Outcome::Refuted, Some(Ground::Certified), "the sides differ at an instance of the hypotheses");
                d.witness = Some(witness);
                d
            }
            None => Decision::undecided(why),
        },
        Err(why) => Decision::undecided(why),
    }
}

/// Sides whose shapes do not fit: refuted where each fits by itself and they lie in different spaces.
fn misfitting(left: &Term, right: &Term, given: &Given, kinds: &Kinds, misfit: &str) -> Decision {
    if inferred(left, right, &given.hypotheses, kinds, false).0.misfit.is_some() {
        return Decision::undecided(format!("the shapes do not fit: {misfit}"));
    }
    match counterexample(left, right, &given.hypotheses, kinds, &given.orthonormal) {
        Some(witness) => {
            let mut d = refuted("the sides lie in different spaces");
            d.witness = Some(witness);
            d
        }
        None => Decision::undecided(format!("the shapes do not fit: {misfit}")),
    }
}

/// The verdict on several pairs that must all be equal.
pub(super) fn all(parts: impl Iterator<Item = Decision>) -> Decision {
    let mut ground = Ground::Exact;
    let mut log2_error: Option<f64> = None;
    let mut open: Option<Decision> = None;
    let mut count = 0;
    for (k, d) in parts.enumerate() {
        count = k + 1;
        match d.outcome {
            Outcome::Refuted => return Decision { reason: format!("part {}: {}", k + 1, d.reason), ..d },
            Outcome::Holds => {
                if d.ground == Some(Ground::Sampled) {
                    ground = Ground::Sampled;
                }
                log2_error = log2_error.into_iter().chain(d.log2_error).reduce(f64::max);
            }
            _ => open = open.or(Some(d)),
        }
    }
    open.unwrap_or_else(|| Decision {
        log2_error,
        ..Decision::new(Outcome::Holds, Some(ground), format!("equal in each of {count} parts"))
    })
}

/// Values with units: the same words, or known units of the same kind.
fn quantities((a, u): (&Answer, &str), (b, v): (&Answer, &str), given: &Given) -> Decision {
    let plain = |t: &str| t.trim().to_lowercase();
    if plain(u) == plain(v) && (u == v || Unit::parse(u) == Unit::parse(v)) {
        return compare(a, b, given);
    }
    let (Some(from), Some(to)) = (Unit::parse(u), Unit::parse(v)) else {
        return Decision::not_checked(format!("`{u}` and `{v}` are not both known units"));
    };
    let unit_inside = |a: &Answer| matches!(a, Answer::Value(t) if t.symbols().iter().any(|s| Unit::parse(&s.name).is_some()));
    if from.powers != to.powers && (unit_inside(a) || unit_inside(b)) {
        return Decision::not_checked("units in the middle of a product");
    }
    if from.powers != to.powers {
        return refuted(format!("{u} and {v} measure different things"));
    }
    let (Answer::Value(x), Answer::Value(y)) = (a, b) else { return Decision::not_checked("different units") };
    let scaled = |t: &Term, unit: &Unit| Term::mul(vec![Term::Num(unit.factor.clone()), t.clone()]);
    terms(&scaled(x, &from), &scaled(y, &to), given)
}

/// Answers of which one alone is true.
const OPPOSITES: &[(&str, &str)] =
    &[("yes", "no"), ("true", "false"), ("even", "odd"), ("increasing", "decreasing"), ("always", "never")];

/// Names of which an answer is one.
const EXCLUSIVE: &[&[&str]] = &[
    &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    &["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"],
    &["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"],
];

fn words(a: &str, b: &str) -> Decision {
    if a == b {
        return Decision::new(Outcome::Holds, Some(Ground::Exact), "the same words");
    }
    if meaning::says_no_solution(a) && meaning::says_no_solution(b) {
        return Decision::new(Outcome::Holds, Some(Ground::Exact), "neither has a solution");
    }
    if EXCLUSIVE.iter().any(|names| names.contains(&a) && names.contains(&b)) {
        return refuted("different names of one list");
    }
    if OPPOSITES.iter().any(|p| *p == (a, b) || *p == (b, a)) {
        return refuted("the words exclude each other");
    }
    Decision::not_checked("different words")
}

/// Proportions; what could be two times of day is not taken for one.
fn ratios(a: &[Term], b: &[Term], given: &Given) -> Decision {
    if a.len() != b.len() {
        return refuted("proportions of different lengths");
    }
    let plain = all(a.iter().zip(b).map(|(x, y)| terms(x, y, given)));
    // With a zero it is no proportion but a time of day.
    if plain.outcome == Outcome::Holds || a.iter().chain(b).any(|t| t.is_int(0)) {
        return plain;
    }
    let whole = |t: &Term| t.rational().and_then(|n| n.to_i64());
    let clock = |v: &[Term]| matches!(v, [h, m] if whole(h).is_some_and(|h| (0..=24).contains(&h)) && whole(m).is_some_and(|m| (10..60).contains(&m)));
    let (Some(x), Some(y)) = (a.first(), b.first()) else { return plain };
    let product = |s: &Term, t: &Term| Term::mul(vec![s.clone(), t.clone()]);
    let d = all(a.iter().zip(b).map(|(s, t)| terms(&product(s, y), &product(t, x), given)));
    if d.outcome == Outcome::Holds && clock(a) && clock(b) {
        return Decision::undecided("proportions or times of day");
    }
    d
}

pub(super) fn refuted(reason: impl Into<String>) -> Decision {
    Decision::new(Outcome::Refuted, Some(Ground::Exact), reason)
}

fn matrices(a: &[Vec<Term>], b: &[Vec<Term>], given: &Given) -> Decision {
    let shape = |m: &[Vec<Term>]| (m.len(), m.first().map_or(0, Vec::len));
    if shape(a) != shape(b) {
        return refuted("matrices of different shapes");
    }
    all(a.iter().flatten().zip(b.iter().flatten()).map(|(x, y)| terms(x, y, given)))
}

/// A row or column beside a tuple.
fn column(rows: &[Vec<Term>], list: &[Answer], given: &Given) -> Decision {
    let flat: Vec<Answer> = rows.iter().flatten().cloned().map(Answer::Value).collect();
    if rows.len() != 1 && rows.iter().any(|r| r.len() != 1) {
        return Decision::not_checked("a matrix beside a tuple");
    }
    lists::in_order(&flat, list, given)
}

fn orders(k: Order, a: &Term, l: Order, b: &Term) -> Decision {
    if k != l {
        return Decision::not_checked("orders of different kinds");
    }
    let name = |t: &Term| super::print::show(t);
    match order::compare(Order::Theta, a, b, &Regimes::default()) {
        Ok(c) if c.holds => Decision::new(Outcome::Holds, Some(Ground::Exact), "the same order of growth"),
        Ok(c) => {
            let mut d = refuted("different orders of growth");
            let path = c.exceeds.map(|p| (p, a)).or(c.loose.map(|p| (p, b)));
            d.witness = path.map(|(p, less)| format!("along {}, {} outgrows {}", p.show(), p.size.show(), name(less)));
            d
        }
        Err(e) => Decision::undecided(e),
    }
}

fn different_kinds(a: &Answer, b: &Answer) -> Decision {
    let number = |x: &Answer| matches!(x, Answer::Value(t) if t.symbols().is_empty());
    let many = |x: &Answer| {
        matches!(
            x,
            Answer::Interval(..) | Answer::Union(_) | Answer::Reals | Answer::Matrix(_) | Answer::Tuple(_) | Answer::List(_)
        )
    };
    if number(a) && many(b) || number(b) && many(a) {
        return refuted("a number beside something that is none");
    }
    let numbers = |x: &Answer| matches!(x, Answer::Value(Term::Var(s)) if ["ℕ", "ℤ", "ℚ", "ℂ"].contains(&s.name.as_str()));
    if numbers(a) && *b == Answer::Reals || numbers(b) && *a == Answer::Reals {
        return refuted("different sets of numbers");
    }
    Decision::not_checked("answers of different kinds")
}
