//! Scores of parts at given sizes, and their quotients, from the world's counts.

use std::collections::BTreeMap;

use super::ruling::Ruling;
use super::sizes::{Values, near, ratio, value, wrong};
use crate::claim::{How, Size, Tally, Told};
use crate::language::{Expr, Lexicon, parse_text};
use crate::record::{Tier, Verdict};
use crate::world::GrowthFile;

/// Judges what is said of the scores of parts.
pub fn judge(growth: &GrowthFile, tally: &Tally) -> Ruling {
    let scores = |i: usize| growth.tallies.get(i).and_then(|t| parse_text(&t.scores, &Lexicon::default()).ok());
    let says = |i: usize| growth.tallies.get(i).map_or("", |t| t.says.as_str());
    let ruling = match &tally.said {
        Told::Number { part, many, values } => {
            let Some(count) = scores(*part) else { return Ruling::not_checked("the world does not count this part") };
            number(&count, *many, values, &tally.sizes, says(*part))
        }
        Told::Quotient { part, of, how, value } => {
            let Some((a, b)) = scores(*part).zip(scores(*of)) else {
                return Ruling::not_checked("the world does not count these parts");
            };
            let what = format!("of the scores of {} over those of {}", says(*part), says(*of));
            quotient(&a, &b, *how, *value, &tally.sizes, &what)
        }
        Told::Change { part, before, how, value } => {
            let Some(count) = scores(*part) else { return Ruling::not_checked("the world does not count this part") };
            change(&count, *how, *value, before, &tally.sizes, says(*part))
        }
    };
    if ruling.verdict == Verdict::Refuted && !tally.certain {
        return Ruling::not_checked(format!("it may count something else; of the scores: {}", ruling.message));
    }
    ruling
}

/// Sizes as numbers; `free` for variables that have none.
fn values(sizes: &BTreeMap<String, Size>, free: &Values) -> Values {
    let mut all = free.clone();
    all.extend(sizes.iter().filter_map(|(k, s)| if let Size::Is(n) = s { Some((k.clone(), *n)) } else { None }));
    for (name, size) in sizes {
        if let Size::Of(factor, other) = size
            && let Some(n) = all.get(other)
        {
            let n = factor * n;
            all.insert(name.clone(), n);
        }
    }
    all
}

/// Sizes that nobody gave: what is said has to hold whatever they are.
const FREE: [[f64; 3]; 2] = [[840.0, 240.0, 5.0], [2520.0, 360.0, 11.0]];

/// The letters of expressions with values that nobody gave.
fn free(of: &[&Expr], numbers: &[f64; 3]) -> Values {
    let mut symbols: Vec<String> = of.iter().flat_map(|e| e.symbols()).map(|s| s.name).collect();
    symbols.sort();
    symbols.dedup();
    symbols.into_iter().zip(numbers.iter().copied()).collect()
}

/// A part's scores at the sizes in force over those at the ones before.
fn change(
    count: &Expr,
    how: How,
    said: (f64, f64),
    before: &BTreeMap<String, Size>,
    now: &BTreeMap<String, Size>,
    says: &str,
) -> Ruling {
    let real = |numbers: &[f64; 3]| {
        let free = free(&[count], numbers);
        let q = value(count, &values(now, &free))? / value(count, &values(before, &free))?;
        (q.is_finite() && q > 0.0).then_some(if how == How::Fewer { 1.0 / q } else { q })
    };
    match (real(&FREE[0]), real(&FREE[1])) {
        (Some(a), Some(b)) if near(a, b, 0.0) => {
            ratio(said.0, said.1, a, &format!("of the scores of {says} over those at the sizes before"))
        }
        _ => Ruling::not_checked("it depends on sizes that are not given"),
    }
}

/// A number of scores in letters: the world's own, whatever the sizes are.
fn in_letters(count: &Expr, many: f64, said: &[Expr], says: &str) -> Ruling {
    let agree = |times: f64| {
        FREE.iter().all(|numbers| {
            let all: Vec<&Expr> = said.iter().chain([count]).collect();
            let at = free(&all, numbers);
            let real = value(count, &at).map(|c| times * c);
            said.iter().all(|e| value(e, &at).zip(real).is_some_and(|(x, y)| near(x, y, 0.0)))
        })
    };
    let text = format!("the number of scores of {says}");
    if agree(1.0) || agree(many) { Ruling::new(Verdict::Holds, Some(Tier::Exact), text) } else { wrong(text) }
}

fn number(count: &Expr, many: f64, said: &[Expr], sizes: &BTreeMap<String, Size>, says: &str) -> Ruling {
    if said.iter().all(|e| !e.symbols().is_empty()) {
        return in_letters(count, many, said, says);
    }
    let at = values(sizes, &Values::new());
    let told: Option<Vec<f64>> = said.iter().map(|e| value(e, &at)).collect();
    let (Some(real), Some(told)) = (value(count, &at), told) else { return Ruling::not_checked("not all sizes are given") };
    let is = |truth: f64| told.iter().all(|x| near(*x, truth, 0.0));
    let text = format!("{says} has {real} scores");
    if is(real) || is(many * real) {
        return Ruling::new(Verdict::Holds, Some(Tier::Exact), text);
    }
    wrong(text)
}

fn quotient(a: &Expr, b: &Expr, how: How, said: (f64, f64), sizes: &BTreeMap<String, Size>, what: &str) -> Ruling {
    let real = |free: &[f64; 3]| {
        let at = values(sizes, &self::free(&[a, b], free));
        let q = value(a, &at)? / value(b, &at)?;
        (q.is_finite() && q > 0.0).then_some(match how {
            How::Part => q,
            How::Percent => 100.0 * q,
            How::Missing => 1.0 - q,
            How::Saved => 100.0 * (1.0 - q),
            How::Fewer => 1.0 / q,
            How::Factor => q.max(1.0 / q),
            How::Ratio if said.0 < 1.0 => q.min(1.0 / q),
            How::Ratio => q.max(1.0 / q),
        })
    };
    let (Some(first), Some(second)) = (real(&FREE[0]), real(&FREE[1])) else {
        return Ruling::not_checked("not all sizes are given");
    };
    if !near(first, second, 0.0) {
        return Ruling::not_checked("it depends on sizes that are not given");
    }
    ratio(said.0, said.1, first, what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Library;

    fn verdict(sizes: &[(&str, Size)], said: Told) -> Verdict {
        let library = Library::embedded().expect("the worlds load");
        let growth = library.iter().find_map(|w| w.growth.clone()).expect("a world of growth orders");
        let sizes = sizes.iter().map(|(k, s)| ((*k).to_string(), s.clone())).collect();
        judge(&growth, &Tally { sizes, said, certain: true }).verdict
    }

    #[test]
    fn numbers_and_quotients_at_sizes() {
        let sizes = [("l", Size::Is(128.0)), ("m", Size::Is(64.0)), ("L", Size::Is(4.0))];
        let count = |part, n: &str| {
            verdict(&sizes, Told::Number { part, many: 1.0, values: vec![parse_text(n, &Lexicon::default()).expect(n)] })
        };
        assert_eq!((count(0, "64^2"), count(0, "2048"), count(1, "64*128")), (Verdict::Holds, Verdict::Refuted, Verdict::Holds));
        let part = |how, n| verdict(&sizes, Told::Quotient { part: 4, of: 5, how, value: (n, 0.05) });
        assert_eq!((part(How::Percent, 37.5), part(How::Percent, 62.5)), (Verdict::Holds, Verdict::Refuted));
        assert_eq!((part(How::Saved, 62.5), part(How::Fewer, 2.7)), (Verdict::Holds, Verdict::Holds));
        let half = [("m", Size::Of(0.5, "l".into()))];
        let middle = |n| verdict(&half, Told::Quotient { part: 0, of: 3, how: How::Part, value: (n, 0.0) });
        assert_eq!((middle(0.25), middle(0.5)), (Verdict::Holds, Verdict::Refuted));
        let unknown = verdict(&half, Told::Quotient { part: 4, of: 5, how: How::Part, value: (0.5, 0.0) });
        assert_eq!(unknown, Verdict::NotChecked);
    }
}
