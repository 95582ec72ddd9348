//! Counted things: whether a number agrees with what it may be of.

use super::ruling::Ruling;
use crate::claim::{Amount, Bound, Counted};
use crate::record::{Tier, Verdict};
use crate::runs::Facts;
use crate::tolerance;

/// Judges a number: it holds where one of its amounts bears it out, and is refuted where it must be one of them
/// and none is near.
pub fn judge(said: &Counted, facts: &Facts) -> Ruling {
    let values: Vec<(f64, f64)> = said.of.iter().filter_map(|a| interval(a, facts)).collect();
    let tier = if said.of.iter().any(from_data) { Tier::Measured } else { Tier::Exact };
    // A bound is met by something easily: it has to be by all that may be meant.
    let bounded = !matches!(said.bound, Bound::Exactly | Bound::About);
    let all = !bounded || values.iter().all(|v| fits(said, *v));
    if let Some(value) = values.iter().find(|v| all && fits(said, **v)) {
        return Ruling::new(Verdict::Holds, Some(tier), format!("{}: {}", said.what, shown(*value)));
    }
    let whole = values.len() == said.of.len() && !values.is_empty();
    let mixed = values.iter().any(|v| fits(said, *v));
    // Near an approximate number is not certainly wrong.
    let near = said.bound == Bound::About && {
        let wider = Counted { slack: (tolerance::COMPARISON_ABOUT + tolerance::COUNTED_UNCLEAR) * said.value, ..said.clone() };
        values.iter().any(|v| fits(&wider, *v))
    };
    let Some(nearest) = values.first().filter(|_| said.certain && whole && !mixed && !near) else {
        return Ruling::not_checked("a number that does not follow from what is known here; it may be of something else");
    };
    let correct = shown(*nearest);
    let mut ruling = Ruling::new(Verdict::Refuted, Some(tier), format!("{}: {correct}, not {}", said.what, said.value));
    ruling.witness = Some(format!("{}: {correct}", said.what));
    ruling.correction = Some(correct);
    ruling
}

fn from_data(amount: &Amount) -> bool {
    match amount {
        Amount::Is(..) => false,
        Amount::Fact(key) => !key.starts_with("size"),
        Amount::Less(a, b) | Amount::Over(a, b) => from_data(a) || from_data(b),
        Amount::Times(_, a) | Amount::Given(_, _, a) | Amount::Deviation(a) => from_data(a),
        Amount::Sum(all) => all.iter().any(from_data),
        Amount::Rank(..) => true,
    }
}

/// The least and the most that an amount may be; amounts are not negative where they divide.
fn interval(amount: &Amount, facts: &Facts) -> Option<(f64, f64)> {
    Some(match amount {
        Amount::Is(value, slack) => (value - slack, value + slack),
        Amount::Fact(key) => {
            let count = facts.get(key)? as f64;
            (count, count)
        }
        Amount::Less(a, b) => {
            let (a, b) = (interval(a, facts)?, interval(b, facts)?);
            (a.0 - b.1, a.1 - b.0)
        }
        Amount::Over(a, b) => {
            let (a, b) = (interval(a, facts)?, interval(b, facts)?);
            if b.0 <= 0.0 {
                return None;
            }
            let low = if a.0 < 0.0 { a.0 / b.0 } else { a.0 / b.1 };
            (low, if a.1 < 0.0 { a.1 / b.1 } else { a.1 / b.0 })
        }
        Amount::Times(factor, a) => {
            let a = interval(a, facts)?;
            (factor * a.0, factor * a.1)
        }
        Amount::Sum(all) => all.iter().try_fold((0.0, 0.0), |sum, a| {
            let a = interval(a, facts)?;
            Some((sum.0 + a.0, sum.1 + a.1))
        })?,
        Amount::Given(number, ones, amount) => {
            let real = |a: &Amount| interval(a, facts).is_some_and(|(low, high)| low <= *number && *number <= high);
            return ones.iter().any(real).then(|| interval(amount, facts))?;
        }
        Amount::Rank(set, place) => {
            let (first, last) = facts.rank(set, place)?;
            (first as f64, last as f64)
        }
        Amount::Deviation(share) => {
            let (low, high) = interval(share, facts)?;
            let items = facts.get("size dev")? as f64;
            let of = |p: f64| (p.clamp(0.0, 1.0) * (1.0 - p.clamp(0.0, 1.0)) / items).sqrt();
            (of(low).min(of(high)), of(low).max(of(high)))
        }
    })
}

/// Whether a value may be what is said, within the rounding of both.
fn fits(said: &Counted, (low, high): (f64, f64)) -> bool {
    let tiny = tolerance::COUNTED_ROUNDING * said.value.abs().max(1.0);
    let about = if said.bound == Bound::About { tolerance::COMPARISON_ABOUT * said.value } else { 0.0 };
    let slack = said.slack.max(about) + tiny;
    match said.bound {
        Bound::Exactly | Bound::About => high >= said.value - slack && low <= said.value + slack,
        Bound::Above => high > said.value + tiny,
        Bound::AtLeast => high >= said.value - tiny,
        Bound::Below => low < said.value - tiny,
        Bound::AtMost => low <= said.value + tiny,
    }
}

fn shown((low, high): (f64, f64)) -> String {
    let middle = f64::midpoint(low, high);
    let text = format!("{middle:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(value: f64, bound: Bound, certain: bool) -> Verdict {
        let share = Amount::Over(Box::new(Amount::Is(37.0, 0.0)), Box::new(Amount::Fact("size dev".into())));
        let of = vec![Amount::Times(100.0, Box::new(share))];
        judge(&Counted { value, slack: 0.05, bound, of, certain, what: "share".into() }, &Facts::embedded()).verdict
    }

    #[test]
    fn a_number_is_what_it_is_said_to_be_of_or_is_refuted() {
        assert_eq!(verdict(7.4, Bound::Exactly, true), Verdict::Holds);
        assert_eq!(verdict(7.0, Bound::Exactly, true), Verdict::Refuted);
        assert_eq!(verdict(7.0, Bound::Exactly, false), Verdict::NotChecked);
        assert_eq!(verdict(7.0, Bound::About, true), Verdict::Holds);
        assert_eq!(verdict(7.4, Bound::Above, true), Verdict::Refuted);
        assert_eq!(verdict(7.4, Bound::AtLeast, true), Verdict::Holds);
    }

    #[test]
    fn what_the_data_does_not_tell_is_not_judged() {
        let of = vec![Amount::Fact("place dev nowhere".into())];
        let said = Counted { value: 3.0, slack: 0.0, bound: Bound::Exactly, of, certain: true, what: "rows".into() };
        assert_eq!(judge(&said, &Facts::embedded()).verdict, Verdict::NotChecked);
        assert_eq!(judge(&said, &Facts::default()).verdict, Verdict::NotChecked);
    }
}
