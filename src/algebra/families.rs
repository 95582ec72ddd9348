//! Values with a whole number in them, `π/6 + 2kπ`: compared as the sets of all their members.

use num_integer::Integer;

use super::decide::{Decision, Ground, Outcome, decide};
use super::evaluate::Evaluation;
use super::hypotheses::Hypotheses;
use super::point::points;
use super::surface::Answer;
use super::term::Term;
use crate::language::{Relation, Symbol};
use crate::tolerance::{BALL_BITS, PERIODS_WHOLE};

/// Most members within the common period.
const MEMBERS_MAX: i64 = 120;

/// Largest number by which one period is another.
const TIMES_MAX: i64 = 24;

/// Letters that stand for whole numbers where nobody says so.
const COUNTERS: &[&str] = &["k", "n", "m", "l"];

/// Arithmetic progressions in both directions, by an offset and a period each, for one letter or none.
struct Families {
    name: Option<Symbol>,
    all: Vec<(Term, Term)>,
    /// Whether the text says that the number is whole.
    declared: bool,
}

/// The verdict on two answers of which each is such a set; `None` where one is none.
pub(super) fn compare(left: &Answer, right: &Answer) -> Option<Decision> {
    let (l, r) = (Families::of(left)?, Families::of(right)?);
    if l.name.is_some() && r.name.is_some() && l.name != r.name {
        return None;
    }
    let periods: Vec<Term> = l.all.iter().chain(&r.all).map(|f| f.1.clone()).collect();
    let base = periods.first()?.clone();
    let times: Vec<(i64, i64)> = periods.iter().map(|p| quotient(p, &base)).collect::<Option<_>>()?;
    // All periods are whole parts of `common` times the base, over one denominator.
    let below = times.iter().fold(1, |d, t| d.lcm(&t.1));
    let common = times.iter().fold(1, |c: i64, (n, d)| c.lcm(&(n.abs() * (below / d))));
    let whole = Term::mul(vec![Term::ratio(common, below), base]);
    let members = |f: &Families, times: &[(i64, i64)]| {
        let mut out = Vec::new();
        for ((offset, period), (n, d)) in f.all.iter().zip(times) {
            let count = common / (n.abs() * (below / d));
            if count > MEMBERS_MAX {
                return None;
            }
            out.extend((0..count).map(|j| Term::add(vec![offset.clone(), Term::mul(vec![Term::int(j), period.clone()])])));
        }
        Some(out)
    };
    let (a, b) = (members(&l, &times[..l.all.len()])?, members(&r, &times[l.all.len()..])?);
    let within = |x: &[Term], y: &[Term]| -> Option<Option<Term>> {
        for t in x {
            let mut met = false;
            for u in y {
                met |= whole_times(&t.clone().minus(u.clone()), &whole)?;
            }
            if !met {
                return Some(Some(t.clone()));
            }
        }
        Some(None)
    };
    let outside = within(&a, &b)?.or(within(&b, &a)?);
    Some(match outside {
        None if l.declared || r.declared || same_counters(left, right) => {
            Decision::new(Outcome::Holds, Some(Ground::Exact), "the same members for whole numbers")
        }
        None => Decision::undecided("the same members, if the letter stands for whole numbers"),
        Some(t) => {
            let mut d = Decision::new(Outcome::Refuted, Some(Ground::Certified), "one side alone has a member");
            d.witness = Some(super::print::show(&super::simplify::simplify(&t)));
            d
        }
    })
}

/// Whether both sides write one letter only, which may be renamed.
fn same_counters(left: &Answer, right: &Answer) -> bool {
    let zero_at = |a: &Answer| terms(a).map(|v| v.iter().map(|t| of_counter(t).map(|f| (f.0, f.1))).collect::<Option<Vec<_>>>());
    matches!((zero_at(left), zero_at(right)), (Some(Some(a)), Some(Some(b))) if a == b)
}

/// The values of an answer that is one or several.
fn terms(a: &Answer) -> Option<Vec<Term>> {
    let one = |a: &Answer| match a {
        Answer::Value(t) => Some(t.clone()),
        Answer::Relation(sides, relations) if relations[..] == [Relation::Equal] => match &sides[..] {
            [Answer::Value(Term::Var(_)), Answer::Value(t)] => Some(t.clone()),
            _ => None,
        },
        _ => None,
    };
    match a {
        Answer::Several(v) | Answer::Set(v) | Answer::All(v) => v.iter().map(one).collect(),
        a => Some(vec![one(a)?]),
    }
}

impl Families {
    fn of(a: &Answer) -> Option<Families> {
        let entries: Vec<Answer> = match a {
            Answer::Several(v) | Answer::Set(v) | Answer::All(v) => v.clone(),
            a => vec![a.clone()],
        };
        let integers = |a: &Answer| matches!(a, Answer::Value(Term::Var(z)) if z.name == "ℤ");
        let mut said: Option<Symbol> = None;
        let mut out = Families { name: None, all: vec![], declared: false };
        let mut values = Vec::new();
        for entry in &entries {
            match entry {
                Answer::Relation(sides, relations) => match (&sides[..], &relations[..]) {
                    ([Answer::Value(Term::Var(k)), z], [Relation::In]) if integers(z) => said = Some(k.clone()),
                    ([Answer::Value(Term::Var(x)), Answer::Value(t)], [Relation::Equal]) => {
                        if out.name.as_ref().is_some_and(|n| n != x) {
                            return None;
                        }
                        out.name = Some(x.clone());
                        values.push(t.clone());
                    }
                    _ => return None,
                },
                Answer::Value(t) => values.push(t.clone()),
                _ => return None,
            }
        }
        for t in &values {
            // Looked at first, since it costs nothing: without a word about the letter, π tells that it counts.
            let counts = |k: &Symbol| said.as_ref().map_or_else(|| COUNTERS.contains(&k.name.as_str()), |said| said == k);
            if said.is_none() && !mentions_pi(t) || !t.symbols().iter().any(counts) {
                return None;
            }
            let (offset, period, counter) = of_counter(t)?;
            if !counts(&counter) || said.is_none() && !mentions_pi(&period) {
                return None;
            }
            out.all.push((offset, period));
        }
        out.declared = said.is_some();
        (!out.all.is_empty()).then_some(out)
    }
}

fn mentions_pi(t: &Term) -> bool {
    let mut found = false;
    t.walk(&mut |t| found |= *t == Term::Pi);
    found
}

/// Offset, period and letter of a term that is linear in its one letter.
fn of_counter(t: &Term) -> Option<(Term, Term, Symbol)> {
    let symbols: Vec<Symbol> = t.symbols().into_iter().collect();
    let [k] = &symbols[..] else { return None };
    if !k.indices.is_empty() || k.name == "i" {
        return None;
    }
    let at = |j: i64| super::simplify::simplify(&t.substitute(&k.name, &Term::int(j)));
    let (zero, one, two) = (at(0), at(1), at(2));
    let period = super::simplify::simplify(&one.clone().minus(zero.clone()));
    let again = two.minus(one);
    let h = Hypotheses::default();
    let linear = decide(&period, &again, &h).outcome == Outcome::Holds;
    let third = Term::add(vec![zero.clone(), Term::mul(vec![Term::int(5), period.clone()])]);
    let moves = decide(&period, &Term::int(0), &h).outcome == Outcome::Refuted;
    (linear && moves && decide(&at(5), &third, &h).outcome == Outcome::Holds).then(|| (zero, period, k.clone()))
}

fn number(t: &Term) -> Option<f64> {
    let h = Hypotheses::default();
    let at = points(&[t], &h).next()?;
    Some(Evaluation::new(&at, &h, BALL_BITS).value(t).ok()?.to_f64())
}

/// The fraction of small numbers that one term is of another.
fn quotient(a: &Term, b: &Term) -> Option<(i64, i64)> {
    let q = number(a)? / number(b)?;
    (1..=TIMES_MAX).find_map(|d| {
        let n = (q * d as f64).round();
        let near = (q * d as f64 - n).abs() < PERIODS_WHOLE && n != 0.0 && n.abs() <= TIMES_MAX as f64;
        let exact = || {
            let (x, y) = (Term::mul(vec![Term::int(d), a.clone()]), Term::mul(vec![Term::int(n as i64), b.clone()]));
            decide(&x, &y, &Hypotheses::default()).outcome == Outcome::Holds
        };
        (near && exact()).then_some((n as i64 / (n as i64).gcd(&d), d / (n as i64).gcd(&d)))
    })
}

/// Whether a term is a whole number of periods; `None` where that is not certain.
fn whole_times(t: &Term, period: &Term) -> Option<bool> {
    let q = number(t)? / number(period)?;
    if (q - q.round()).abs() >= PERIODS_WHOLE {
        return Some(false);
    }
    let multiple = Term::mul(vec![Term::int(q.round() as i64), period.clone()]);
    match decide(t, &multiple, &Hypotheses::default()).outcome {
        Outcome::Holds => Some(true),
        Outcome::Refuted => Some(false),
        _ => None,
    }
}
