//! The law of `V = ln Σ_j e^{L_j}` for independent Gaussian scores, as a density on a grid.
//!
//! Two at a time: for independent `X`, `Y`, and `U = ln(e^X + e^Y)`, `v = Y - X`,
//! `f_U(u) = ∫ f_X(u - ln(1 + e^v)) f_Y(u - ln(1 + e^{-v})) dv` (the map `(x, y) → (u, v)` has
//! determinant 1). The trapezoid rule in `v` converges exponentially (singularities at `±iπ`); off the
//! grid, densities are read by Lagrange interpolation through 12 points. Equal scores are added by
//! doubling, so that a hundred of them cost ten steps.

use super::score::{REACH, Score};

/// Points of the interpolation.
const POINTS: usize = 12;

/// Grid steps in a deviation: 12-point interpolation of a Gaussian then errs below 1e-12.
const STEPS_A_DEVIATION: f64 = 14.0;

/// Largest grid step: `ln(1 + e^v)` is analytic up to a distance of π, so that 12-point interpolation
/// errs by about `(0.5 · 1.5 ⋯ 5.5)^2 (step/π)^12`, 2e-15 here.
const STEP_MAX: f64 = 0.075;

/// Beyond this difference the smaller of two scores adds nothing to the larger.
const FAR: f64 = 40.0;

/// Values below this share of the largest are cut off at the ends.
const NEGLIGIBLE: f64 = 1e-30;

/// A density on equal steps; 0 outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Density {
    start: f64,
    step: f64,
    values: Vec<f64>,
    /// Smallest deviation that a part of it had: how sharply it can bend.
    sharpness: f64,
}

impl Density {
    /// The density of one score (Gaussian, without condition, not constant).
    pub fn of(score: &Score) -> Density {
        let step = (score.deviation / STEPS_A_DEVIATION).min(STEP_MAX);
        let half = (REACH * score.deviation / step).ceil();
        let start = score.mean - half * step;
        let values = (0..=2 * half as usize).map(|k| score.density(start + k as f64 * step)).collect();
        Density { start, step, values, sharpness: score.deviation }
    }

    /// The density of the log-sum of `count >= 1` independent variables of this law.
    pub fn repeated(&self, count: usize) -> Density {
        let mut power = self.clone();
        let mut left = count;
        let mut result: Option<Density> = None;
        loop {
            if left & 1 == 1 {
                result = Some(match result {
                    Some(sum) => sum.plus(&power),
                    None => power.clone(),
                });
            }
            left >>= 1;
            match (left, result) {
                (0, Some(sum)) => return sum,
                (0, None) => return power,
                (_, kept) => result = kept,
            }
            power = power.plus(&power);
        }
    }

    /// The density of `ln(e^X + e^Y)`.
    pub fn plus(&self, other: &Density) -> Density {
        let sharpness = self.sharpness.min(other.sharpness);
        let step = (sharpness / std::f64::consts::SQRT_2 / STEPS_A_DEVIATION).min(STEP_MAX);
        let (x, y) = (self.resampled(step), other.resampled(step));
        let start = log_add(x.start, y.start);
        let count = ((log_add(x.end(), y.end()) - start) / step).ceil() as usize + 1;
        let mut values = vec![0.0; count];
        // A whole number of grid steps, so that far from v = 0 running sums do.
        let stride = ((0.4 * sharpness.min(1.0) / step) as usize).max(1);
        let h = stride as f64 * step;
        let far = (FAR / h).ceil() as i64;
        let first = ((y.start - x.end()) / h).floor() as i64;
        let last = ((y.end() - x.start) / h).ceil() as i64;
        for k in first.max(-far)..=last.min(far) {
            // Offsets of u from x's and y's grids are the same for every u at a given v.
            let v = k as f64 * h;
            let (from_x, from_y) = (x.reader(start - softplus(v)), y.reader(start - softplus(-v)));
            for (u, value) in values.iter_mut().enumerate() {
                let a = from_x.at(u);
                if a != 0.0 {
                    *value += h * a * from_y.at(u);
                }
            }
        }
        // Beyond, ln(1 + e^v) is v and ln(1 + e^{-v}) is 0: one density times the other's running sum.
        if last > far {
            x.far_below(start, far as usize, stride, &y, &mut values);
        }
        if first < -far {
            y.far_below(start, far as usize, stride, &x, &mut values);
        }
        let mut sum = Density { start, step, values, sharpness };
        sum.trim();
        sum.sharpness = sum.deviation().min(sharpness).max(sharpness / std::f64::consts::SQRT_2);
        sum
    }

    /// Adds `h f_other(u) Σ_{k > far} f(u - k h)` at every `u = start + m step`, `h = stride step`.
    fn far_below(&self, start: f64, far: usize, stride: usize, other: &Density, values: &mut [f64]) {
        let lead = ((start - self.start) / self.step).ceil().max(0.0) as usize;
        let reader = self.reader(start - lead as f64 * self.step);
        let mut running: Vec<f64> = (0..lead + values.len()).map(|k| reader.at(k)).collect();
        for k in stride..running.len() {
            running[k] += running[k - stride];
        }
        let from_other = other.reader(start);
        let back = (far + 1) * stride;
        for (u, value) in values.iter_mut().enumerate() {
            if let Some(at) = (lead + u).checked_sub(back) {
                *value += stride as f64 * self.step * running[at] * from_other.at(u);
            }
        }
    }

    /// Ends of the grid.
    pub fn reach(&self) -> (f64, f64) {
        (self.start, self.end())
    }

    /// Left ends of panels on which the density is smooth: as wide as 14 steps of the grid.
    pub fn panels(&self) -> impl Iterator<Item = f64> + '_ {
        let width = STEPS_A_DEVIATION as usize;
        (0..=self.values.len() / width).map(move |k| self.start + (k * width) as f64 * self.step)
    }

    /// Standard deviation.
    pub fn deviation(&self) -> f64 {
        let mass: f64 = self.values.iter().sum();
        let mean = self.values.iter().enumerate().map(|(k, f)| k as f64 * f).sum::<f64>() / mass;
        let square = self.values.iter().enumerate().map(|(k, f)| (k as f64 - mean).powi(2) * f).sum::<f64>() / mass;
        square.sqrt() * self.step
    }

    /// `∫ f`, 1 up to the error of the method.
    pub fn mass(&self) -> f64 {
        self.values.iter().sum::<f64>() * self.step
    }

    /// The density at `x`.
    pub fn at(&self, x: f64) -> f64 {
        self.reader(x).at(0)
    }

    fn end(&self) -> f64 {
        self.start + (self.values.len() - 1) as f64 * self.step
    }

    /// Reads at `x`, `x + step`, `x + 2 step`, …
    fn reader(&self, x: f64) -> Reader<'_> {
        let place = (x - self.start) / self.step;
        let cell = place.floor();
        Reader { values: &self.values, first: cell as i64 - (POINTS as i64 / 2 - 1), weights: lagrange(place - cell) }
    }

    fn resampled(&self, step: f64) -> Density {
        if step == self.step {
            return self.clone();
        }
        let count = ((self.end() - self.start) / step).ceil() as usize + 1;
        let values = (0..count).map(|k| self.at(self.start + k as f64 * step).max(0.0)).collect();
        Density { start: self.start, step, values, sharpness: self.sharpness }
    }

    fn trim(&mut self) {
        let floor = self.values.iter().fold(0.0_f64, |m, f| m.max(*f)) * NEGLIGIBLE;
        let first = self.values.iter().position(|f| *f > floor).unwrap_or(0);
        let last = self.values.iter().rposition(|f| *f > floor).unwrap_or(0);
        self.values = self.values[first..=last.max(first)].to_vec();
        self.start += first as f64 * self.step;
    }
}

struct Reader<'a> {
    values: &'a [f64],
    first: i64,
    weights: [f64; POINTS],
}

impl Reader<'_> {
    #[inline]
    fn at(&self, offset: usize) -> f64 {
        let first = self.first + offset as i64;
        if first >= 0 && first as usize + POINTS <= self.values.len() {
            let window = &self.values[first as usize..first as usize + POINTS];
            return window.iter().zip(&self.weights).map(|(f, w)| f * w).sum();
        }
        let inside = |i: usize| usize::try_from(first + i as i64).ok().and_then(|k| self.values.get(k));
        self.weights.iter().enumerate().filter_map(|(i, w)| inside(i).map(|f| f * w)).sum()
    }
}

/// Weights of the 12 points `-5 … 6` for the value at `t` in `[0, 1]`.
fn lagrange(t: f64) -> [f64; POINTS] {
    let mut weights = [1.0; POINTS];
    for (i, weight) in weights.iter_mut().enumerate() {
        for j in (0..POINTS).filter(|j| *j != i) {
            *weight *= (t - (j as f64 - 5.0)) / (i as f64 - j as f64);
        }
    }
    weights
}

/// `ln(1 + e^v)` without overflow.
pub fn softplus(v: f64) -> f64 {
    v.max(0.0) + (-v.abs()).exp().ln_1p()
}

/// `ln(e^x + e^y)`; either may be `-∞`.
pub fn log_add(x: f64, y: f64) -> f64 {
    let (low, high) = (x.min(y), x.max(y));
    if low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}

/// `ln(e^x - e^y)`: `x` where `y` is `-∞`, `-∞` where `x <= y`.
pub fn log_sub(x: f64, y: f64) -> f64 {
    if y == f64::NEG_INFINITY {
        x
    } else if x <= y {
        f64::NEG_INFINITY
    } else {
        x + (-(y - x).exp_m1()).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quadrature::rule::Rule;

    /// `E e^U` and `E e^{2U}` of a log-sum are those of a sum of lognormals.
    #[test]
    fn sums_of_lognormals_have_the_mean_and_variance_of_their_parts() {
        for (s, count) in [(0.001, 98), (0.2, 1), (0.5, 5), (0.9, 98), (1.3, 9)] {
            let density = Density::of(&Score::normal(0.0, s)).repeated(count);
            let n = count as f64;
            let (m1, m2) = ((0.5 * s * s).exp(), (2.0 * s * s).exp());
            let exact = [n * m1, n * m2 + n * (n - 1.0) * m1 * m1];
            for (power, exact) in [(1.0, exact[0]), (2.0, exact[1])] {
                let found: f64 = density
                    .values
                    .iter()
                    .enumerate()
                    .map(|(k, f)| f * density.step * (power * (density.start + k as f64 * density.step)).exp())
                    .sum();
                assert!((found / exact - 1.0).abs() < 1e-10, "s {s}, {count}: {found} {exact}");
            }
            assert!((density.mass() - 1.0).abs() < 1e-11, "s {s}, {count}: {}", density.mass() - 1.0);
        }
    }

    #[test]
    fn two_wide_scores_sum_to_nearly_their_maximum() {
        let density = Density::of(&Score::normal(0.0, 100.0)).repeated(2);
        let (low, high) = density.reach();
        let below = Rule::new(16)
            .integrate(&crate::quadrature::rule::breaks(low, 0.0, (0..3000).map(|k| low + f64::from(k))), |x| density.at(x));
        // P(max <= 0) = 1/4, lowered a little by the part the smaller score adds.
        assert!(below < 0.25 && below > 0.24, "{below} {high}");
        assert!((density.mass() - 1.0).abs() < 1e-11);
    }

    #[test]
    fn log_differences_undo_log_sums() {
        assert!((log_sub(log_add(3.0, 1.0), 1.0) - 3.0).abs() < 1e-14);
        assert_eq!(log_add(f64::NEG_INFINITY, 2.0), 2.0);
        assert_eq!(log_sub(1.0, 2.0), f64::NEG_INFINITY);
    }
}
