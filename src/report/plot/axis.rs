//! Axes: from data to pixels, and where the ticks stand.

use super::PlotError;
use crate::record::{Axis, Scale};
use crate::report::text::short;

/// A tick: where (as a share of the axis) and its label; unlabelled ones are minor.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    pub share: f64,
    pub label: Option<String>,
}

/// An axis that can be drawn: finite ends in increasing order, positive ones on a log scale.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ruler {
    low: f64,
    high: f64,
    scale: Scale,
}

impl Ruler {
    /// Checks an axis. One whose ends coincide is widened: a constant is data too.
    ///
    /// # Errors
    /// [`PlotError::Axis`] where an end is not finite, the ends are in falling order, or a log
    /// axis reaches zero or below.
    pub(super) fn of(axis: &Axis) -> Result<Ruler, PlotError> {
        let Axis { label, low, high, scale } = axis;
        let log = *scale == Scale::Log;
        if !(low.is_finite() && high.is_finite() && low <= high && (!log || *low > 0.0)) {
            return Err(PlotError::Axis { label: label.clone(), low: *low, high: *high });
        }
        let map = |x: f64| if log { x.log10() } else { x };
        let (mut low, mut high) = (map(*low), map(*high));
        if low == high {
            let room = if low == 0.0 || log { 0.5 } else { low.abs() / 2.0 };
            (low, high) = (low - room, high + room);
        }
        Ok(Ruler { low, high, scale: *scale })
    }

    /// Where a value stands: 0 at the lower end, 1 at the upper; `None` where it has no place.
    pub(super) fn share(&self, value: f64) -> Option<f64> {
        let mapped = if self.scale == Scale::Log { value.log10() } else { value };
        let share = (mapped - self.low) / (self.high - self.low);
        share.is_finite().then_some(share)
    }

    /// Where bars begin: at zero where the axis shows it, else at its nearer end.
    pub(super) fn base(&self) -> f64 {
        if self.scale == Scale::Log { 0.0 } else { self.share(0.0).unwrap_or(0.0).clamp(0.0, 1.0) }
    }

    /// The ticks, lowest first.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        match self.scale {
            Scale::Linear => self.even(),
            Scale::Log => self.powers(),
        }
    }

    fn even(&self) -> Vec<Tick> {
        let step = step(self.high - self.low, 6.0);
        let slack = step * 1e-6;
        let first = ((self.low - slack) / step).ceil() as i64;
        let last = ((self.high + slack) / step).floor() as i64;
        let values: Vec<f64> = (first..=last).map(|i| i as f64 * step).collect();
        let largest = values.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
        // Beyond five digits a common power of ten is clearer than zeros.
        let tens = if largest >= 1e5 || (largest > 0.0 && largest < 1e-3) { largest.log10().floor() as i32 } else { 0 };
        let label = |v: f64| match (v == 0.0, tens) {
            (true, _) => "0".to_string(),
            (_, 0) => minus(short(v, 6)),
            (_, tens) => minus(format!("{}·10^{{{tens}}}", short(v / 10f64.powi(tens), 4))),
        };
        values.iter().filter_map(|v| Some(Tick { share: self.share(*v)?.clamp(0.0, 1.0), label: Some(label(*v)) })).collect()
    }

    fn powers(&self) -> Vec<Tick> {
        let slack = 1e-9;
        let (first, last) = (((self.low - slack).ceil()) as i32, ((self.high + slack).floor()) as i32);
        let every = ((last - first) / 7 + 1).max(1);
        let span = self.high - self.low;
        let at = |log: f64| (log - self.low) / (self.high - self.low);
        // 0.01 to 1000 reads better plain; one style for all ticks of an axis.
        let plain = first >= -2 && last <= 3;
        let mut ticks = Vec::new();
        for decade in first - 1..=last {
            for digit in 1..=9_i32 {
                let log = f64::from(decade) + f64::from(digit).log10();
                if log < self.low - slack || log > self.high + slack {
                    continue;
                }
                let labelled = match digit {
                    1 => (decade - first).rem_euclid(every) == 0,
                    // Less than a decade and a half has too few powers to be read.
                    2 | 5 => span < 1.6,
                    3 | 7 => span < 0.8,
                    _ => false,
                };
                let label = labelled.then(|| match (plain || span < 1.6, digit) {
                    (true, _) => short(f64::from(digit) * 10f64.powi(decade), 2),
                    (false, _) => format!("10^{{{decade}}}"),
                });
                if label.is_some() || (span <= 7.0 && every == 1) || digit == 1 {
                    ticks.push(Tick { share: at(log).clamp(0.0, 1.0), label });
                }
            }
        }
        ticks
    }
}

/// A step of 1, 2 or 5 times a power of ten that cuts `span` into about `parts`.
fn step(span: f64, parts: f64) -> f64 {
    let rough = span / parts;
    let power = 10f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|f| f * power >= rough * 0.999).unwrap_or(10.0);
    factor * power
}

/// A number with the sign that is set in print.
fn minus(number: String) -> String {
    number.replace('-', "−")
}

/// The part of the segment `a` to `b` that lies in the unit square, if any.
///
/// Source: Y.-D. Liang, B. A. Barsky, "A New Concept and Method for Line Clipping", 1984.
pub(super) fn clip(a: (f64, f64), b: (f64, f64)) -> Option<((f64, f64), (f64, f64))> {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (direction, distance) in [(-dx, a.0), (dx, 1.0 - a.0), (-dy, a.1), (dy, 1.0 - a.1)] {
        if direction == 0.0 {
            if distance < 0.0 {
                return None;
            }
            continue;
        }
        let at = distance / direction;
        if direction < 0.0 { enter = enter.max(at) } else { leave = leave.min(at) }
    }
    let along = |t: f64| (a.0 + dx * t, a.1 + dy * t);
    (enter <= leave).then(|| (along(enter), along(leave)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(low: f64, high: f64, scale: Scale) -> Axis {
        Axis { label: "x".into(), low, high, scale }
    }

    fn labels(low: f64, high: f64, scale: Scale) -> Vec<String> {
        Ruler::of(&axis(low, high, scale)).expect("a sound axis").ticks().into_iter().filter_map(|t| t.label).collect()
    }

    #[test]
    fn ticks_stand_at_round_numbers() {
        assert_eq!(labels(0.0, 1.0, Scale::Linear), ["0", "0.2", "0.4", "0.6", "0.8", "1"]);
        assert_eq!(labels(-1.0, 1.0, Scale::Linear), ["−1", "−0.5", "0", "0.5", "1"]);
        assert_eq!(labels(0.0, 2.0e6, Scale::Linear)[1], "0.5·10^{6}");
        assert_eq!(labels(1.0, 100.0, Scale::Log), ["1", "10", "100"]);
        assert_eq!(labels(1e-6, 1.0, Scale::Log), ["10^{-6}", "10^{-5}", "10^{-4}", "10^{-3}", "10^{-2}", "10^{-1}", "10^{0}"]);
        assert_eq!(labels(1.0, 9.0, Scale::Log), ["1", "2", "5"]);
        assert!(labels(1e-30, 1.0, Scale::Log).len() <= 8, "thirty decades keep readable labels");
    }

    #[test]
    fn axes_that_mean_nothing_are_refused_and_constants_widened() {
        for (low, high, scale) in [
            (f64::NAN, 1.0, Scale::Linear),
            (0.0, f64::INFINITY, Scale::Linear),
            (2.0, 1.0, Scale::Linear),
            (0.0, 1.0, Scale::Log),
            (-1.0, 1.0, Scale::Log),
        ] {
            assert!(matches!(Ruler::of(&axis(low, high, scale)), Err(PlotError::Axis { .. })), "{low}..{high}");
        }
        let constant = Ruler::of(&axis(3.0, 3.0, Scale::Linear)).expect("a constant is data");
        assert_eq!(constant.share(3.0), Some(0.5));
        assert_eq!(Ruler::of(&axis(1.0, 10.0, Scale::Log)).expect("sound").share(0.0), None, "zero has no place on a log axis");
    }

    #[test]
    fn segments_are_cut_at_the_frame() {
        assert_eq!(clip((-1.0, 0.5), (2.0, 0.5)), Some(((0.0, 0.5), (1.0, 0.5))));
        assert_eq!(clip((0.2, 0.2), (0.4, 0.4)), Some(((0.2, 0.2), (0.4, 0.4))));
        assert_eq!(clip((-1.0, 2.0), (2.0, 2.0)), None);
        assert_eq!(clip((1.5, 0.0), (1.5, 1.0)), None);
    }
}
