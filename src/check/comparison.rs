//! Comparisons of the accuracies that a part reports.

use super::ruling::Ruling;
use crate::claim::{Degree, Figure, Measure};
use crate::record::{Tier, Verdict};
use crate::tolerance;

/// A comparison as it is said.
pub struct Said<'a> {
    /// Its number.
    pub value: f64,
    /// Digits after its point.
    pub decimals: u32,
    /// Whether it is said to be approximate.
    pub about: bool,
    /// What it counts.
    pub measure: Measure,
    /// Which way.
    pub degree: Degree,
    /// Whether it is said of a constant answer.
    pub of_baseline: bool,
    /// Whether a constant answer is what is compared with.
    pub to_baseline: bool,
    /// The part's figures.
    pub figures: &'a [Figure],
}

/// Judges a comparison: it holds where two of the figures bear it out. Only where there are no more than
/// two is it clear which are meant, and a wrong number refuted.
pub fn judge(said: &Said) -> Ruling {
    let pairs = pairs(said);
    let miss = |(s, o): &(&Figure, &Figure)| {
        let (large, small) = ordered(said, s, o);
        (quantity(said.measure, large.value, small.value, said.degree == Degree::Up) - said.value).abs()
    };
    let fitting = pairs.iter().filter(|(s, o)| fits(said, s, o, said_slack(said)));
    if let Some((subject, object)) = fitting.min_by(|a, b| miss(a).total_cmp(&miss(b))) {
        let mut ruling = Ruling::new(
            Verdict::Holds,
            Some(Tier::Exact),
            format!("{} against {}: {}", percent(subject), percent(object), shown(said.measure, subject, object)),
        );
        if said.measure == Measure::Percent {
            ruling.message.push_str(", relative to the second");
        }
        return ruling;
    }
    let [(subject, object)] = pairs.as_slice() else {
        return Ruling::not_checked("it is not clear which of the reported accuracies are compared");
    };
    if said.figures.len() != 2 || fits(said, subject, object, said_slack(said) + tolerance::COMPARISON_UNCLEAR * said.value) {
        return Ruling::not_checked("it does not follow from the reported accuracies, which may not be the ones that are meant");
    }
    // "Vanilla is 3.6 times better": which of two is said to be better may be told by its name only.
    let tagged = said.of_baseline || said.to_baseline;
    if !tagged && fits(said, object, subject, said_slack(said) + tolerance::COMPARISON_UNCLEAR * said.value) {
        return Ruling::not_checked("which of the two accuracies is said to be larger is not clear");
    }
    let measured = shown(said.measure, subject, object);
    let mut ruling = Ruling::new(
        Verdict::Refuted,
        Some(Tier::Exact),
        format!("{} against {} is {measured}", percent(subject), percent(object)),
    );
    ruling.witness = Some(format!("{} against {}", percent(subject), percent(object)));
    ruling.correction = Some(measured);
    ruling
}

/// Which figure may be compared with which.
fn pairs<'a>(said: &Said<'a>) -> Vec<(&'a Figure, &'a Figure)> {
    let mut out = Vec::new();
    for (i, subject) in said.figures.iter().enumerate() {
        for (j, object) in said.figures.iter().enumerate().filter(|(j, _)| *j != i) {
            let tagged = said.of_baseline || said.to_baseline;
            let by_tag = subject.baseline == said.of_baseline && object.baseline == said.to_baseline;
            if if tagged { by_tag } else { i < j } {
                out.push((subject, object));
            }
        }
    }
    out
}

/// By how much the number may miss because of its digits, or because it is only about right.
fn said_slack(said: &Said) -> f64 {
    let digits = 0.5 * 10f64.powi(-(said.decimals as i32));
    if said.about { digits.max(tolerance::COMPARISON_ABOUT * said.value) } else { digits }
}

/// The figure that is said to be larger, and the other.
fn ordered<'a>(said: &Said, subject: &'a Figure, object: &'a Figure) -> (&'a Figure, &'a Figure) {
    if said.degree == Degree::Up { (subject, object) } else { (object, subject) }
}

fn fits(said: &Said, subject: &Figure, object: &Figure, slack: f64) -> bool {
    let up = said.degree == Degree::Up;
    let (large, small) = ordered(said, subject, object);
    if large.value <= small.value {
        return false;
    }
    // The figures are rounded themselves: what they say lies between these.
    let least = quantity(said.measure, large.value - large.slack, small.value + small.slack, up);
    let most = quantity(said.measure, large.value + large.slack, (small.value - small.slack).max(1e-9), up);
    let within = |x: f64| x >= least - slack * (1.0 + 1e-9) && x <= most + slack * (1.0 + 1e-9);
    // "2.5 times better" is said for 2.5 times as good and for 3.5 times.
    within(said.value) || said.measure == Measure::TimesMore && within(said.value + 1.0)
}

fn quantity(measure: Measure, large: f64, small: f64, up: bool) -> f64 {
    match measure {
        Measure::Times | Measure::TimesMore => large / small,
        Measure::Points => 100.0 * (large - small),
        Measure::Percent => 100.0 * (large - small) / if up { small } else { large },
    }
}

fn shown(measure: Measure, subject: &Figure, object: &Figure) -> String {
    let (s, o) = (subject.value, object.value);
    let difference = s - o;
    let way = if difference >= 0.0 { "more" } else { "less" };
    match measure {
        Measure::Times | Measure::TimesMore => format!("{:.2} times as much", s / o),
        Measure::Points => format!("{:.1} percentage points {way}", 100.0 * difference.abs()),
        Measure::Percent => format!("{:.0} % {way}", 100.0 * difference.abs() / o),
    }
}

fn percent(figure: &Figure) -> String {
    let text = format!("{:.2}", 100.0 * figure.value);
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(value: f64, measure: Measure, degree: Degree, to_baseline: bool) -> Verdict {
        let figures = [Figure { value: 0.02, slack: 0.0, baseline: false }, Figure { value: 0.05, slack: 0.0, baseline: true }];
        let said =
            Said { value, decimals: 0, about: false, measure, degree, of_baseline: !to_baseline, to_baseline, figures: &figures };
        judge(&said).verdict
    }

    #[test]
    fn three_points_below_the_baseline_holds_and_three_above_does_not() {
        assert_eq!(judged(3.0, Measure::Points, Degree::Down, true), Verdict::Holds);
        assert_eq!(judged(3.0, Measure::Points, Degree::Up, true), Verdict::Refuted);
        assert_eq!(judged(5.0, Measure::Points, Degree::Down, true), Verdict::Refuted);
    }

    #[test]
    fn a_hundred_and_fifty_percent_better_is_two_and_a_half_times() {
        assert_eq!(judged(150.0, Measure::Percent, Degree::Up, false), Verdict::Holds);
        assert_eq!(judged(250.0, Measure::Percent, Degree::Up, false), Verdict::Refuted);
        assert_eq!(judged(60.0, Measure::Percent, Degree::Down, true), Verdict::Holds);
    }
}
