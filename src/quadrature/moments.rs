//! `E α_i`, `E α_i^2` and `E α_i α_j` of softmax weights with independent Gaussian scores.
//!
//! With scores `L_j` and `S = Σ_j e^{L_j}`, `1 / S^k = ∫_0^∞ t^{k-1} e^{-tS} dt / Γ(k)`; put `t = e^{-x}`:
//!
//! * `E α_i = ∫ B_i(x) Π_{j≠i} A_j(x) dx`
//! * `E α_i^2 = ∫ C_i(x) Π_{j≠i} A_j(x) dx`
//! * `E α_i α_k = ∫ B_i(x) B_k(x) Π_{j≠i,k} A_j(x) dx`
//!
//! where `A_j = E exp(-e^y)`, `B_j = E e^y exp(-e^y)`, `C_j = E e^{2y} exp(-e^y)`, `y = L_j - x`. One
//! dimension for any number of keys. The integrands are analytic in `|Im x| < π/2` and vanish at both
//! ends, so the trapezoid rule with step `h` errs by about `e^{-π^2/h}` (Trefethen and Weideman, *The
//! exponentially convergent trapezoidal rule*, 2014): 5e-35 at `h = 1/8`, 7e-18 at `2h`. The inner
//! expectations are Gauss-Legendre sums over panels of the score's law.
//!
//! Error bound: the difference between the results with `h` and `2h` (far above the error at `h`), plus
//! the defects of `Σ_i E α_i = 1` and `Σ_{ij} E α_i α_j = 1`, plus the roundings.

use super::rule::{Rule, Sum};
use super::score::{Panels, Score};

/// Steps of the trapezoid rule in a unit of score.
const STEPS: usize = 8;

/// Below this argument `exp(-e^y)` is 1 and `e^y` is 0 to double precision.
const LEFT: f64 = -40.0;

/// Above this argument `exp(-e^y)` is below 1e-23, and stays negligible times `e^{2y}`.
const RIGHT: f64 = 4.5;

/// Most steps of a grid; more (scores with deviations above 10,000) are left to the limit.
pub const GRID_MAX: usize = 2_000_000;

/// Scores of equal law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// The law of each.
    pub score: Score,
    /// How many keys have it.
    pub count: usize,
}

/// Moments of the weights, by group.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightMoments {
    /// `E α_i` for a member of each group.
    pub means: Vec<f64>,
    /// `E α_i^2`.
    pub squares: Vec<f64>,
    /// `E α_i α_k` for different members, `products[g][f]` of groups `g` and `f`; 0 where a group has
    /// one member only.
    pub products: Vec<Vec<f64>>,
    /// Bound on the absolute error of every number above.
    pub error: f64,
}

/// Moments of the weights at finite inverse temperature (scores already times `β`). `None` when the
/// grid would be too long.
pub fn moments(groups: &[Group]) -> Option<WeightMoments> {
    if groups.iter().all(|g| g.score.constant()) {
        return Some(softmax(groups));
    }
    let reach = groups.iter().map(|g| g.score.reach());
    // Below the first x one factor vanishes; beyond the last, e^{L-x} does.
    let low = reach.clone().map(|r| r.0).fold(f64::NEG_INFINITY, f64::max) - 6.0;
    let high = reach.map(|r| r.1).fold(f64::NEG_INFINITY, f64::max) + 42.0;
    let span = (high - low) * STEPS as f64;
    if !span.is_finite() || span > GRID_MAX as f64 {
        return None;
    }
    // The grid starts at `low` itself: only differences to scores enter.
    let grid = Grid { low, points: span.ceil() as usize + 1 };
    let profiles: Vec<Profile> = groups.iter().map(|g| grid.profile(&g.score)).collect();
    let fine = grid.integrate(groups, &profiles, 1);
    let coarse = grid.integrate(groups, &profiles, 2);
    let mut result = fine;
    result.error =
        result.gap(&coarse) + result.defect(groups) + 1e-15 * (groups.iter().map(|g| g.count).sum::<usize>() as f64).sqrt();
    Some(result)
}

/// The softmax of constants: products are those of the means, so that variances are 0.
fn softmax(groups: &[Group]) -> WeightMoments {
    let top = groups.iter().map(|g| g.score.mean).fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = groups.iter().map(|g| g.count as f64 * (g.score.mean - top).exp()).sum();
    let means: Vec<f64> = groups.iter().map(|g| (g.score.mean - top).exp() / total).collect();
    let products = means.iter().map(|x| means.iter().map(|y| x * y).collect()).collect();
    WeightMoments { squares: means.iter().map(|x| x * x).collect(), means, products, error: 4.0 * f64::EPSILON }
}

impl WeightMoments {
    fn zero(groups: usize) -> WeightMoments {
        WeightMoments {
            means: vec![0.0; groups],
            squares: vec![0.0; groups],
            products: vec![vec![0.0; groups]; groups],
            error: 0.0,
        }
    }

    fn numbers(&self) -> impl Iterator<Item = f64> + '_ {
        self.means.iter().chain(&self.squares).chain(self.products.iter().flatten()).copied()
    }

    fn gap(&self, other: &WeightMoments) -> f64 {
        self.numbers().zip(other.numbers()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }

    /// How far the weights are from summing to 1, and their products too.
    pub fn defect(&self, groups: &[Group]) -> f64 {
        let (mut first, mut second) = (Sum::default(), Sum::default());
        for (g, group) in groups.iter().enumerate() {
            let m = group.count as f64;
            first.add(m * self.means[g]);
            second.add(m * self.squares[g] + m * (m - 1.0) * self.products[g][g]);
            for (f, other) in groups.iter().enumerate().filter(|(f, _)| *f != g) {
                second.add(m * other.count as f64 * self.products[g][f]);
            }
        }
        (first.value() - 1.0).abs().max((second.value() - 1.0).abs())
    }
}

/// `A`, `B` and `C` of one law on the grid.
struct Profile {
    a: Vec<f64>,
    b: Vec<f64>,
    c: Vec<f64>,
}

/// `x_k = low + k h`.
struct Grid {
    low: f64,
    points: usize,
}

impl Grid {
    fn x(&self, k: usize) -> f64 {
        self.low + k as f64 / STEPS as f64
    }

    /// First grid point at or above `x`.
    fn place(&self, x: f64) -> usize {
        (((x - self.low) * STEPS as f64).ceil().max(0.0) as usize).min(self.points)
    }

    fn profile(&self, score: &Score) -> Profile {
        let mut profile = Profile { a: vec![0.0; self.points], b: vec![0.0; self.points], c: vec![0.0; self.points] };
        if score.constant() {
            self.near(&mut profile, score.reach(), &[(score.mean, 1.0)]);
        } else if score.deviation < 1.0 {
            // Panels of two deviations: both the density and the kernel are smooth on them.
            let nodes: Vec<(f64, f64)> = score.panels(&Rule::new(16), 2.0 * score.deviation).nodes().collect();
            self.near(&mut profile, score.reach(), &nodes);
        } else {
            self.far(&mut profile, &score.panels(&Rule::new(10), 1.0));
        }
        profile
    }

    /// Few nodes close together: each kernel is computed where it is neither 0 nor 1.
    fn near(&self, profile: &mut Profile, (low, high): (f64, f64), nodes: &[(f64, f64)]) {
        let (first, last) = (self.place(low - RIGHT), self.place(high - LEFT));
        for k in first..last {
            let x = self.x(k);
            for (l, w) in nodes {
                let e = (l - x).exp();
                let a = w * (-e).exp();
                profile.a[k] += a;
                profile.b[k] += a * e;
                profile.c[k] += a * e * e;
            }
        }
        profile.a[last..].fill(1.0);
    }

    /// Many unit panels: panels and grid are commensurate, so the kernels come from one table.
    fn far(&self, profile: &mut Profile, panels: &Panels) {
        let size = panels.offsets.len();
        let count = panels.weights.len() / size;
        let origin = panels.start - self.low;
        // Argument of the kernel: y = origin + p + offset - k h = offset + (8 p - k) h + origin.
        let least = ((LEFT - origin) * STEPS as f64).floor() as i64 - STEPS as i64;
        let most = ((RIGHT - origin) * STEPS as f64).ceil() as i64;
        let table: Vec<[Vec<f64>; 3]> = (least..=most).map(|r| kernels(panels, origin + r as f64 / STEPS as f64)).collect();
        let mut below = vec![0.0; count + 1];
        for p in 0..count {
            below[p + 1] = below[p] + panels.weights[p * size..(p + 1) * size].iter().sum::<f64>();
        }
        for k in 0..self.points {
            let panel = |r: i64| (r + k as i64).div_euclid(STEPS as i64).clamp(0, count as i64) as usize;
            // Panels wholly below the table are 1 in A, those above 0 everywhere.
            let (first, last) = (panel(least + STEPS as i64 - 1), panel(most + STEPS as i64));
            let (mut a, mut b, mut c) = (below[first], 0.0, 0.0);
            for p in first..last {
                let row = (p * STEPS) as i64 - k as i64 - least;
                let Some([ka, kb, kc]) = usize::try_from(row).ok().and_then(|row| table.get(row)) else { continue };
                for (i, w) in panels.weights[p * size..(p + 1) * size].iter().enumerate() {
                    a += w * ka[i];
                    b += w * kb[i];
                    c += w * kc[i];
                }
            }
            (profile.a[k], profile.b[k], profile.c[k]) = (a, b, c);
        }
    }

    fn integrate(&self, groups: &[Group], profiles: &[Profile], stride: usize) -> WeightMoments {
        let size = groups.len();
        let mut sums = vec![Sum::default(); size * (size + 2)];
        for k in (0..self.points).step_by(stride) {
            let all: f64 = groups.iter().zip(profiles).map(|(g, p)| p.a[k].powi(g.count as i32)).product();
            if all == 0.0 {
                continue;
            }
            for (g, p) in profiles.iter().enumerate() {
                let first = p.b[k] / p.a[k];
                sums[g * (size + 2)].add(all * first);
                sums[g * (size + 2) + 1].add(all * p.c[k] / p.a[k]);
                for (f, other) in profiles.iter().enumerate() {
                    sums[g * (size + 2) + 2 + f].add(all * first * other.b[k] / other.a[k]);
                }
            }
        }
        let h = stride as f64 / STEPS as f64;
        let mut result = WeightMoments::zero(size);
        for g in 0..size {
            let row = &sums[g * (size + 2)..(g + 1) * (size + 2)];
            (result.means[g], result.squares[g]) = (h * row[0].value(), h * row[1].value());
            for (f, product) in result.products[g].iter_mut().enumerate() {
                *product = if f == g && groups[g].count < 2 { 0.0 } else { h * row[2 + f].value() };
            }
        }
        result
    }
}

/// The three kernels at every node of a panel whose left end has argument `y`.
fn kernels(panels: &Panels, y: f64) -> [Vec<f64>; 3] {
    let e: Vec<f64> = panels.offsets.iter().map(|o| (y + o).exp()).collect();
    let a: Vec<f64> = e.iter().map(|e| (-e).exp()).collect();
    let b = a.iter().zip(&e).map(|(a, e)| a * e).collect();
    let c = a.iter().zip(&e).map(|(a, e)| a * e * e).collect();
    [a, b, c]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(mean: f64, deviation: f64, count: usize) -> Group {
        Group { score: Score::normal(mean, deviation), count }
    }

    #[test]
    fn constant_scores_give_the_softmax_itself() {
        let found = moments(&[group(2.0, 0.0, 1), group(0.5, 0.0, 3)]).unwrap();
        let total = 2.0_f64.exp() + 3.0 * 0.5_f64.exp();
        assert!((found.means[0] - 2.0_f64.exp() / total).abs() < 1e-15);
        assert!((found.products[0][1] - 2.5_f64.exp() / (total * total)).abs() < 1e-15);
        assert!(found.error < 1e-13);
    }

    #[test]
    fn two_equal_keys_share_and_their_variance_is_that_of_a_logistic_of_a_gaussian() {
        // Deviations on both sides of the switch between the two ways to integrate a law.
        for s in [0.001, 0.3, 0.999, 1.001, 5.0, 300.0] {
            let found = moments(&[group(1.0, s, 1), group(1.0, s, 1)]).unwrap();
            let difference = Score::normal(0.0, s * std::f64::consts::SQRT_2);
            let width = difference.deviation.min(0.25);
            let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
            let square: f64 = difference.panels(&Rule::new(16), width).nodes().map(|(x, w)| w * logistic(x).powi(2)).sum();
            assert!((found.means[0] - 0.5).abs() < 1e-13, "s {s}: {}", found.means[0]);
            assert!((found.squares[0] - square).abs() < 1e-13, "s {s}: {} {square}", found.squares[0]);
            assert!(found.error < 1e-12, "s {s}: {}", found.error);
        }
    }
}
