//! `P(α_i > t)` and `P(α_i < t)` for softmax weights with independent Gaussian scores.
//!
//! `α_i > t` says `L_i > W + ln(t / (1 - t))` with `W = ln Σ_{j≠i} e^{L_j}`. Constants among the rivals
//! make `e^C`; the random ones have a log-sum `V` whose density is computed ([`super::logsum`]), so
//! `P(α_i > t) = ∫ f_V(v) P(L_i > ln(e^v + e^C) + ln(t / (1 - t))) dv`. One rival that is far wider than
//! the others, or cut off by a condition, is integrated over outside of that.
//!
//! Error bound: the difference between rules of 16 and 12 nodes a panel, plus how far `f_V` is from
//! mass 1, plus the interpolation's share, plus the rounding of scores in units of the narrowest law.

use super::argmax::marks;
use super::estimate::Estimate;
use super::logsum::{Density, log_add, log_sub};
use super::moments::Group;
use super::rule::{Rule, breaks};
use super::score::Score;
use crate::tolerance::LOG_SUM_ERROR;

/// A rival this many times wider than every other is integrated over on its own.
const WIDE: f64 = 4.0;

/// Which side of the threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// `P(α > t)`.
    Above,
    /// `P(α < t)`.
    Below,
}

/// `P(α > t)` or `P(α < t)` for a member of group `g`, `0 < t < 1`, scores already times `β`. `None`
/// where two rivals are cut off by conditions.
pub fn tail(groups: &[Group], g: usize, threshold: f64, side: Side) -> Option<Estimate> {
    let race = Race::of(groups, g, threshold, side)?;
    let (fine, coarse) = (race.probability(&Rule::new(16)), race.probability(&Rule::new(12)));
    Some(Estimate::new(fine, (fine - coarse).abs() + race.defect))
}

/// A key against its rivals.
struct Race {
    own: Score,
    logit: f64,
    side: Side,
    /// `ln` of the sum of the constant rivals' exponentials.
    constant: f64,
    /// A rival that is integrated over on its own.
    outer: Option<Score>,
    /// The other random rivals together.
    inner: Option<Density>,
    /// Error of `inner` and of the scores' rounding.
    defect: f64,
}

impl Race {
    fn of(groups: &[Group], g: usize, threshold: f64, side: Side) -> Option<Race> {
        let rivals =
            groups.iter().enumerate().map(|(f, group)| (group.score, if f == g { group.count - 1 } else { group.count }));
        let rivals: Vec<(Score, usize)> = rivals.filter(|(_, count)| *count > 0).collect();
        let constants = rivals.iter().filter(|(s, _)| s.constant());
        let constant = constants.fold(f64::NEG_INFINITY, |sum, (s, count)| log_add(sum, s.mean + (*count as f64).ln()));
        let mut random: Vec<(Score, usize)> = rivals.into_iter().filter(|(s, _)| !s.constant()).collect();
        let outer = outer(&random).map(|at| random.remove(at).0);
        if random.iter().any(|(s, _)| s.at_least.is_some()) {
            return None;
        }
        let parts = random.iter().map(|(s, count)| Density::of(s).repeated(*count));
        let inner = parts.reduce(|a, b| a.plus(&b));
        let all = random.iter().map(|(s, _)| s).chain(outer.iter()).chain([&groups[g].score]);
        let rounding = all.filter(|s| !s.constant()).map(|s| s.mean.abs() / s.deviation).fold(1.0, f64::max);
        let sums: usize = random.iter().map(|(_, count)| 1 + 2 * count.ilog2() as usize).sum();
        let mass = inner.as_ref().map_or(0.0, |v| (v.mass() - 1.0).abs());
        let logit = (threshold / (1.0 - threshold)).ln();
        Some(Race {
            own: groups[g].score,
            logit,
            side,
            constant,
            outer,
            inner,
            defect: mass + sums as f64 * LOG_SUM_ERROR + 4.0 * f64::EPSILON * rounding,
        })
    }

    fn probability(&self, rule: &Rule) -> f64 {
        let Some(outer) = &self.outer else { return self.given(self.constant, rule) };
        let (low, high) = outer.reach();
        let (centre, spread) = self.inner.as_ref().map_or((self.constant, 0.0), |v| {
            let (low, high) = v.reach();
            (log_add(0.5 * (low + high), self.constant), v.deviation())
        });
        // Where this rival's score decides, and where it begins to matter beside the others.
        let width = (self.own.deviation.powi(2) + spread.powi(2)).sqrt();
        let deciding = (-14..=14).map(|k| log_sub(self.own.mean - self.logit + f64::from(k) * width, centre));
        let own = marks(&self.own).map(|m| log_sub(m - self.logit, self.constant));
        let beside = (-48..=48).map(|k| centre + f64::from(k));
        let points = marks(outer).chain(deciding).chain(own).chain(beside).filter(|x| x.is_finite());
        rule.integrate(&breaks(low, high, points), |x| outer.density(x) * self.given(log_add(self.constant, x), rule))
    }

    /// The probability given that the rivals outside `inner` add up to `e^constant`.
    fn given(&self, constant: f64, rule: &Rule) -> f64 {
        let Some(inner) = &self.inner else { return self.own_side(constant + self.logit) };
        let (low, high) = inner.reach();
        let panels = inner.panels();
        let own = marks(&self.own).map(|m| log_sub(m - self.logit, constant)).filter(|x| x.is_finite());
        rule.integrate(&breaks(low, high, panels.chain(own)), |v| inner.at(v) * self.own_side(log_add(v, constant) + self.logit))
    }

    fn own_side(&self, x: f64) -> f64 {
        match self.side {
            Side::Above => self.own.survival(x),
            Side::Below if self.own.constant() => f64::from(u8::from(self.own.mean < x)),
            Side::Below => self.own.cumulative(x),
        }
    }
}

/// The rival to integrate over on its own: one that is cut off, the only one, or one far wider than the rest.
fn outer(random: &[(Score, usize)]) -> Option<usize> {
    let single = |at: &usize| random[*at].1 == 1;
    if let Some(cut) = (0..random.len()).find(|at| random[*at].0.at_least.is_some()) {
        return Some(cut).filter(single);
    }
    if random.len() == 1 {
        return Some(0).filter(single);
    }
    let widest = (0..random.len()).max_by(|a, b| random[*a].0.deviation.total_cmp(&random[*b].0.deviation))?;
    let next = (0..random.len()).filter(|at| *at != widest).map(|at| random[at].0.deviation).fold(0.0, f64::max);
    Some(widest).filter(single).filter(|at| random[*at].0.deviation > WIDE * next)
}

#[cfg(test)]
mod tests {
    use super::super::normal::survival;
    use super::*;

    fn group(mean: f64, deviation: f64, count: usize) -> Group {
        Group { score: Score::normal(mean, deviation), count }
    }

    #[test]
    fn two_keys_have_a_closed_form() {
        // α_1 > t says L_1 - L_2 > logit t.
        for (s1, s2) in [(0.7, 0.001), (0.001, 0.7), (3.0, 3.0), (100.0, 0.5), (0.0, 2.0), (2.0, 0.0)] {
            for t in [0.01, 0.5, 0.99_f64] {
                let groups = [group(1.0, s1, 1), group(0.5, s2, 1)];
                let exact = survival(((t / (1.0 - t)).ln() - 0.5) / (s1 * s1 + s2 * s2).sqrt());
                let above = tail(&groups, 0, t, Side::Above).unwrap();
                let below = tail(&groups, 0, t, Side::Below).unwrap();
                assert!((above.value - exact).abs() < 1e-12 && above.error < 1e-11, "{s1} {s2} {t}: {above:?} {exact}");
                assert!((below.value + above.value - 1.0).abs() < 1e-12, "{s1} {s2} {t}: {below:?}");
            }
        }
    }

    #[test]
    fn the_order_in_which_rivals_are_added_does_not_matter() {
        // Four equal rivals at once, or three and one: the second is put together differently.
        let at_once = tail(&[group(2.0, 1.0, 1), group(0.0, 0.8, 4)], 0, 0.6, Side::Above).unwrap();
        let apart = tail(&[group(2.0, 1.0, 1), group(0.0, 0.8, 3), group(0.0, 0.8, 1)], 0, 0.6, Side::Above).unwrap();
        assert!((at_once.value - apart.value).abs() < 1e-11, "{at_once:?} {apart:?}");
    }
}
