//! Quotients of numbers of scores at the sizes in force.

use super::ruling::Ruling;
use super::sizes::{Values, near, value, wrong};
use crate::claim::Portion;
use crate::language::{Expr, Style, print};
use crate::record::{Tier, Verdict};
use crate::tolerance;
use crate::world::GrowthFile;

/// Sizes that nobody gave, the smaller variable of a regime below the larger: what is said has to hold at all of them.
const FREE: [[f64; 4]; 3] = [[840.0, 24.0, 5.0, 64.0], [2520.0, 1260.0, 11.0, 96.0], [96.0, 80.0, 40.0, 32.0]];

/// What comes out of one meaning.
#[derive(Clone, Copy, PartialEq)]
enum Came {
    True,
    Unclear,
    False,
}

/// Judges a quotient of two numbers of scores.
pub fn judge(growth: &GrowthFile, said: &Portion) -> Ruling {
    let points = points(growth, said);
    let one = |(over, under): &(Expr, Expr)| -> Option<(Came, f64)> {
        let quotients: Option<Vec<f64>> = points.iter().map(|at| quotient(over, under, at)).collect();
        let quotients = quotients?;
        let first = *quotients.first()?;
        let came: Vec<Came> = quotients.iter().zip(&points).map(|(q, at)| came(said, *q, at)).collect();
        let all = |c: Came| came.iter().all(|x| *x == c);
        // Where sizes are missing, a number that depends on them may be right at the ones that are meant.
        let symbols = || over.symbols().into_iter().chain(under.symbols());
        let given = symbols().all(|s| said.sizes.contains_key(&s.name));
        let identity = said.much.strict && !over.symbols().is_empty();
        let constant = quotients.iter().all(|q| near(*q, first, 0.0));
        if !given && !identity && !constant && !all(Came::True) {
            // What no size makes of it is wrong at all of them.
            let never = all(Came::False) && beyond(growth, said, over, under);
            return Some((if never { Came::False } else { Came::Unclear }, first));
        }
        Some((
            if all(Came::True) {
                Came::True
            } else if all(Came::False) {
                Came::False
            } else {
                Came::Unclear
            },
            first,
        ))
    };
    let all: Option<Vec<(Came, f64)>> = said.pairs.iter().map(one).collect();
    let (Some(all), Some((over, under))) = (all, said.pairs.first()) else {
        return Ruling::not_checked("not all sizes are given");
    };
    let what = format!("{} over {}", print(over, Style::Plain), print(under, Style::Plain));
    if all.first().is_some_and(|(c, _)| *c == Came::True) {
        return Ruling::new(Verdict::Holds, Some(Tier::Exact), format!("the quotient of the scores: {what}"));
    }
    let real = all.first().map_or(0.0, |(_, q)| *q);
    if all.is_empty() || all.iter().any(|(c, _)| *c != Came::False) {
        return Ruling::not_checked(format!("{what}: it depends on sizes that are not given, or may be rounded"));
    }
    if !said.certain {
        return Ruling::not_checked(format!("it may count something else; of the scores: {what} is {real:.4}"));
    }
    let elsewhere = said.others.iter().any(|(name, size)| {
        let sizes = said.sizes.iter().map(|(k, v)| (k.clone(), if k == name { *size } else { *v })).collect();
        let other = Portion { sizes, others: vec![], ..said.clone() };
        judge(growth, &other).verdict != Verdict::Refuted
    });
    if elsewhere {
        return Ruling::not_checked(format!("{what} is {real:.4} at the sizes given last; others may be meant"));
    }
    wrong(format!("{what} is {real:.4}"))
}

/// The points at which it is judged: the sizes in force, others free.
fn points(growth: &GrowthFile, said: &Portion) -> Vec<Values> {
    let ordered = ["l", "m", "L", "d"];
    let free = FREE.iter().map(|numbers| {
        let mut at: Values = ordered.iter().zip(numbers).map(|(k, v)| ((*k).to_string(), *v)).collect();
        at.retain(|k, _| growth.variables.contains_key(k));
        at.extend(said.sizes.clone());
        at
    });
    free.collect()
}

/// Whether a number is far from the quotient at all sizes that a wide grid has, on the same side.
fn beyond(growth: &GrowthFile, said: &Portion, over: &Expr, under: &Expr) -> bool {
    const SIZES: [[f64; 3]; 5] =
        [[64.0, 64.0, 3.0], [128.0, 64.0, 2.0], [4096.0, 64.0, 4.0], [1e6, 8.0, 24.0], [512.0, 500.0, 1000.0]];
    let at = |numbers: &[f64; 3]| {
        let mut at: Values = ["l", "m", "L"].iter().zip(numbers).map(|(k, v)| ((*k).to_string(), *v)).collect();
        at.extend(growth.constant.iter().map(|c| (c.clone(), 64.0)));
        at.extend(said.sizes.clone());
        at
    };
    let all: Option<Vec<f64>> = SIZES.iter().map(|n| quotient(over, under, &at(n))).collect();
    let above = |q: &f64| *q > said.much.high * tolerance::PORTION_BEYOND;
    let below = |q: &f64| *q * tolerance::PORTION_BEYOND < said.much.low;
    all.is_some_and(|all| all.iter().all(above) || all.iter().all(below))
}

fn quotient(over: &Expr, under: &Expr, at: &Values) -> Option<f64> {
    let q = value(over, at)? / value(under, at)?;
    (q.is_finite() && q > 0.0).then_some(q)
}

fn came(said: &Portion, q: f64, at: &Values) -> Came {
    let much = &said.much;
    let same = said.also.iter().all(|e| value(e, at).is_some_and(|v| near(v, much.low, much.slack)));
    let within = |share: f64, slack: f64| q >= much.low * (1.0 - share) - slack && q <= much.high * (1.0 + share) + slack;
    let bound = much.low == 0.0 || much.high.is_infinite();
    // "2 times" is rounded too far to be true, "43 times" is not; a word like "half" is not rounded by digits.
    let whole = much.slack >= 0.5 && much.low < tolerance::COUNTED_WHOLE;
    let exact = within(tolerance::COUNTED_ROUNDING, if whole { 0.0 } else { much.slack });
    let (holds, open) = match () {
        () if much.strict || bound => (exact, exact),
        () if much.loose => {
            (within(tolerance::COMPARISON_ABOUT / 2.0, much.slack), within(2.0 * tolerance::COMPARISON_ABOUT, much.slack))
        }
        () if much.slack > 0.0 && !whole => (exact, exact),
        () => (exact, within(tolerance::COMPARISON_UNCLEAR, much.slack)),
    };
    match (holds && same, open && same) {
        (true, _) => Came::True,
        (_, true) => Came::Unclear,
        _ => Came::False,
    }
}
