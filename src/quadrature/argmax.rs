//! The limit of infinite inverse temperature: the greatest score takes all the weight, ties share it.
//!
//! For a key `i` with a density `p_i`: `P(i wins) = ∫ p_i(l) Π_{j≠i} P(L_j < l) dl`. Constant scores
//! enter through the greatest of them, `M`, held by `r` keys: they share the weight where every other
//! score stays below `M`. Gauss-Legendre on panels one deviation wide around every law, so that narrow
//! laws beside wide ones are resolved; the error bound compares 16 with 12 nodes a panel.

use super::moments::{Group, WeightMoments};
use super::rule::{Rule, breaks};
use super::score::Score;

/// Moments of the weights when the greatest score takes all (scores in any common unit).
pub fn greatest(groups: &[Group]) -> WeightMoments {
    let (fine, coarse) = (with_rule(groups, &Rule::new(16)), with_rule(groups, &Rule::new(12)));
    let gap = fine.means.iter().zip(&coarse.means).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    let error = gap + fine.defect(groups) + 1e-15;
    WeightMoments { error, ..fine }
}

fn with_rule(groups: &[Group], rule: &Rule) -> WeightMoments {
    let size = groups.len();
    let (top, ties) = top(groups);
    let mut result =
        WeightMoments { means: vec![0.0; size], squares: vec![0.0; size], products: vec![vec![0.0; size]; size], error: 0.0 };
    let below: f64 = random(groups).map(|(_, g)| g.score.cumulative(top).powi(g.count as i32)).product();
    for (g, group) in groups.iter().enumerate() {
        if group.score.constant() {
            if group.score.mean == top {
                let share = 1.0 / ties as f64;
                (result.means[g], result.squares[g]) = (below * share, below * share * share);
            }
        } else {
            result.means[g] = wins(groups, g, top, rule);
            result.squares[g] = result.means[g];
        }
    }
    for g in 0..size {
        for f in 0..size {
            let tied = |k: usize| groups[k].score.constant() && groups[k].score.mean == top;
            if tied(g) && tied(f) && (g != f || groups[g].count > 1) {
                result.products[g][f] = below / (ties * ties) as f64;
            }
        }
    }
    result
}

/// The greatest constant score and how many keys have it; `-∞` and 1 where none is constant.
fn top(groups: &[Group]) -> (f64, usize) {
    let constants = || groups.iter().filter(|g| g.score.constant());
    let top = constants().map(|g| g.score.mean).fold(f64::NEG_INFINITY, f64::max);
    (top, constants().filter(|g| g.score.mean == top).map(|g| g.count).sum::<usize>().max(1))
}

fn random(groups: &[Group]) -> impl Iterator<Item = (usize, &Group)> {
    groups.iter().enumerate().filter(|(_, g)| !g.score.constant())
}

/// Probability that a given member of group `g` has the greatest score.
fn wins(groups: &[Group], g: usize, top: f64, rule: &Rule) -> f64 {
    let (low, high) = groups[g].score.reach();
    let low = low.max(top);
    if low >= high {
        return 0.0;
    }
    let marks = random(groups).flat_map(|(_, other)| marks(&other.score));
    rule.integrate(&breaks(low, high, marks), |l| {
        let others = random(groups).map(|(f, other)| {
            let rivals = if f == g { other.count - 1 } else { other.count };
            other.score.cumulative(l).powi(rivals as i32)
        });
        groups[g].score.density(l) * others.product::<f64>()
    })
}

/// Where panels end for a law: every deviation, and the condition.
pub fn marks(score: &Score) -> impl Iterator<Item = f64> + use<> {
    let score = *score;
    let steps = (-14..=14).map(move |k| score.mean + f64::from(k) * score.deviation);
    let beyond = score.at_least.into_iter().flat_map(move |b| (0..=14).map(move |k| b + f64::from(k) * score.deviation));
    steps.chain(beyond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_laws_win_equally_often_and_constants_share() {
        let noisy = greatest(&[Group { score: Score::normal(0.0, 0.3), count: 7 }]);
        assert!((noisy.means[0] - 1.0 / 7.0).abs() < 1e-14 && noisy.error < 1e-13);
        let still =
            greatest(&[Group { score: Score::normal(1.0, 0.0), count: 2 }, Group { score: Score::normal(0.0, 0.0), count: 5 }]);
        assert_eq!((still.means[0], still.squares[0], still.products[0][0], still.means[1]), (0.5, 0.25, 0.25, 0.0));
    }

    #[test]
    fn one_key_of_uncertain_length_beats_a_constant_with_its_survival_probability() {
        let score = Score::normal(1.0, 0.5_f64.sqrt());
        let found = greatest(&[Group { score, count: 1 }, Group { score: Score::normal(0.0, 0.0), count: 9 }]);
        assert!((found.means[0] - 0.921_350_396_474_857_4).abs() < 1e-14, "{}", found.means[0]);
        assert!((found.means[1] - (1.0 - found.means[0]) / 9.0).abs() < 1e-15);
    }

    #[test]
    fn a_narrow_rival_beside_a_wide_law_is_resolved() {
        // P(N(1, 1/2) > N(1, s^2)) = 1/2, to the rounding of a score near 1 in units of s.
        for s in [1e-2, 1e-4, 1e-6] {
            let found = greatest(&[
                Group { score: Score::normal(1.0, 0.5_f64.sqrt()), count: 1 },
                Group { score: Score::normal(1.0, s), count: 1 },
            ]);
            let allowed = f64::EPSILON * (8.0 + 1.0 / s);
            assert!((found.means[0] - 0.5).abs() < allowed && (found.means[1] - 0.5).abs() < allowed, "{s}: {:?}", found.means);
        }
    }
}
