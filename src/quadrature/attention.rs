//! The numbers of a whole attention model, without sampling.
//!
//! Every head alone is a race of independent Gaussian scores. Heads that ask the same, and heads whose
//! scores are independent for every key, are combined exactly:
//! `w_i = (1/H) Σ_h α_{hi}`, `E w_i w_j = (1/H^2) Σ_{gh} E α_{gi} α_{hj}`. Heads that depend on each other
//! in another way are [`Unsupported`] (sampling still has their numbers).

use thiserror::Error;

use super::argmax::greatest;
use super::estimate::Estimate;
use super::moments::{Group, WeightMoments, moments};
use super::score::Score;
use super::tail::{Side, tail};
use crate::montecarlo::model::{Direction, Given, Model, dot};
use crate::montecarlo::quantity::Quantity;
use crate::tolerance::NEGLIGIBLE_NOISE;

/// Why there is no number without sampling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unsupported {
    /// Two heads share noise without being equal.
    #[error("two heads depend on each other without being equal")]
    DependentHeads,
    /// A condition that is neither on one head's score nor independent of it.
    #[error("a condition is neither on a head's own score nor independent of every head")]
    Condition,
    /// The conditions contradict a constant score.
    #[error("a condition cannot be met")]
    Impossible,
    /// A condition that is met with a probability below what double precision can tell from 0.
    #[error("a condition is met with a probability below 1e-290")]
    Improbable,
    /// Scores whose squares overflow.
    #[error("scores exceed the range of double precision")]
    Range,
    /// Two rivals of the key are cut off by conditions.
    #[error("two rivals are under conditions")]
    TwoConditions,
}

/// One head: its groups of equal laws, and which group each key is in.
#[derive(Debug, Clone)]
struct Head {
    groups: Vec<Group>,
    of_key: Vec<usize>,
    moments: WeightMoments,
    /// Heads of one class are equal in every draw.
    class: usize,
}

impl Head {
    /// The group of a key that holds more than half of the weight on average.
    fn dominant(&self) -> Option<usize> {
        (0..self.groups.len()).find(|g| self.groups[*g].count == 1 && self.moments.means[*g] > 0.5)
    }

    /// Covariance of the weights of a member of group `a` and one of group `b` (the same member?).
    fn raw(&self, a: usize, b: usize, same: bool) -> f64 {
        let product = if same { self.moments.squares[a] } else { self.moments.products[a][b] };
        product - self.moments.means[a] * self.moments.means[b]
    }

    /// `Cov(Σ_k α_k, α_j)` over all keys but the dominant one, `j` a member of group `b`.
    fn rest_with(&self, dominant: usize, b: usize) -> f64 {
        let groups = self.groups.iter().enumerate().filter(|(k, _)| *k != dominant);
        groups
            .map(|(k, group)| {
                if k == b {
                    self.raw(b, b, true) + (group.count - 1) as f64 * self.raw(b, b, false)
                } else {
                    group.count as f64 * self.raw(k, b, false)
                }
            })
            .sum()
    }
}

/// An attention model, integrated.
#[derive(Debug, Clone)]
pub struct Attention {
    heads: Vec<Head>,
    keys: usize,
    beta: f64,
    /// Why the heads' joint law is not known, where it is not.
    joint: Option<Unsupported>,
}

impl Attention {
    /// Integrates every head of a model.
    ///
    /// # Errors
    /// [`Unsupported`] where a condition ties a head's scores to something else, or cannot be met.
    pub fn of(model: &Model) -> Result<Attention, Unsupported> {
        let queries = model.queries();
        let mut heads: Vec<Head> = Vec::with_capacity(queries.len());
        for (h, query) in queries.iter().enumerate() {
            if let Some(same) = (0..h).find(|g| equal(&queries[*g], query)) {
                let twin = Head { class: heads[same].class, ..heads[same].clone() };
                heads.push(twin);
                continue;
            }
            let (groups, of_key) = groups(model, query)?;
            let moments = weight_moments(&groups, model.beta());
            heads.push(Head { groups, of_key, moments, class: h });
        }
        Ok(Attention { joint: joint(model, &heads), heads, keys: model.keys().len(), beta: model.beta() })
    }

    /// A quantity's value with a bound on its error.
    ///
    /// # Errors
    /// [`Unsupported`] where it is not an integral that this engine has.
    pub fn quantity(&self, quantity: &Quantity) -> Result<Estimate, Unsupported> {
        match *quantity {
            Quantity::Mean { head, key } => Ok(self.mean(head, key)),
            Quantity::Variance { head, key } => Ok(self.covariance(head, head, key, key)),
            Quantity::Covariance { head, keys: (i, j) } => Ok(self.covariance(head, head, i, j)),
            Quantity::Above { head, key, threshold } => self.tail(head, key, threshold, Side::Above),
            Quantity::Below { head, key, threshold } => self.tail(head, key, threshold, Side::Below),
            Quantity::OutputVariance => self.output_variance(),
            Quantity::OutputError { keys } => self.output_error(keys),
        }
    }

    /// `E w_i`, the mean share of key `i`'s value in the output.
    pub fn output_mean(&self, key: usize) -> Estimate {
        let all = (0..self.heads.len()).map(|h| self.mean(h, key));
        let share = 1.0 / self.heads.len() as f64;
        all.fold(Estimate::new(0.0, 0.0), |sum, e| Estimate::new(sum.value + share * e.value, sum.error + share * e.error))
    }

    /// `E w_i - aim`, without cancellation where heads put nearly all their weight on one key.
    pub fn output_gap(&self, key: usize, aim: f64) -> Estimate {
        let share = 1.0 / self.heads.len() as f64;
        let (mut whole, mut rest) = (0, Estimate::new(0.0, 0.0));
        for (h, head) in self.heads.iter().enumerate() {
            let dominant = head.dominant() == Some(head.of_key[key]);
            let part = if dominant { self.miss(h, key) } else { self.mean(h, key) };
            whole += usize::from(dominant);
            rest = Estimate::new(rest.value + if dominant { -part.value } else { part.value }, rest.error + part.error);
        }
        Estimate::new((whole as f64 * share - aim) + share * rest.value, share * rest.error + f64::EPSILON * aim.abs())
    }

    /// `Cov(w_i, w_j)`.
    ///
    /// # Errors
    /// [`Unsupported::DependentHeads`].
    pub fn output_covariance(&self, i: usize, j: usize) -> Result<Estimate, Unsupported> {
        if let Some(reason) = self.joint {
            return Err(reason);
        }
        let count = self.heads.len();
        let share = 1.0 / (count * count) as f64;
        let mut sum = Estimate::new(0.0, 0.0);
        for g in 0..count {
            for h in (0..count).filter(|h| self.heads[g].class == self.heads[*h].class) {
                let part = self.covariance(g, h, i, j);
                sum = Estimate::new(sum.value + share * part.value, sum.error + share * part.error);
            }
        }
        Ok(sum)
    }

    /// `1 - E α_{hi}` as the sum of the other weights: exact also where it is 1e-12.
    pub fn miss(&self, head: usize, key: usize) -> Estimate {
        let others = (0..self.keys).filter(|i| *i != key).map(|i| self.mean(head, i));
        others.fold(Estimate::new(0.0, 0.0), |sum, e| Estimate::new(sum.value + e.value, sum.error.max(e.error)))
    }

    fn mean(&self, head: usize, key: usize) -> Estimate {
        let head = &self.heads[head];
        Estimate::new(head.moments.means[head.of_key[key]], head.moments.error)
    }

    /// `Cov(α_{gi}, α_{hj})` of two heads of one class.
    fn covariance(&self, g: usize, h: usize, i: usize, j: usize) -> Estimate {
        debug_assert_eq!(self.heads[g].class, self.heads[h].class);
        let head = &self.heads[g];
        let (a, b) = (head.of_key[i], head.of_key[j]);
        let moments = &head.moments;
        let error = moments.error * (1.0 + moments.means[a] + moments.means[b]) + f64::EPSILON;
        // The weight of a dominant key is 1 less the others', whose covariances lose no digits.
        let value = match (head.dominant() == Some(a), head.dominant() == Some(b)) {
            (false, false) => head.raw(a, b, i == j),
            (true, false) => -head.rest_with(a, b),
            (false, true) => -head.rest_with(b, a),
            (true, true) => head
                .groups
                .iter()
                .enumerate()
                .filter(|(k, _)| *k != a)
                .map(|(k, group)| group.count as f64 * head.rest_with(a, k))
                .sum(),
        };
        Estimate::new(value, error)
    }

    fn tail(&self, head: usize, key: usize, threshold: f64, side: Side) -> Result<Estimate, Unsupported> {
        let head = &self.heads[head];
        let group = head.of_key[key];
        // A weight lies in [0, 1].
        if !(threshold > 0.0 && threshold < 1.0) {
            let above = threshold < 0.0 || (threshold == 0.0 && self.beta.is_finite());
            let certain = if side == Side::Above {
                above
            } else {
                threshold > 1.0 || (threshold == 1.0 && self.keys > 1 && self.beta.is_finite())
            };
            return Ok(Estimate::new(f64::from(u8::from(certain)), 0.0));
        }
        if self.beta.is_infinite() {
            return Ok(limit_tail(head, group, threshold, side));
        }
        if head.groups.iter().any(|g| g.score.deviation > TAIL_DEVIATION_MAX) {
            let limit = Head { moments: greatest(&head.groups), ..head.clone() };
            let found = limit_tail(&limit, group, threshold, side);
            return Ok(Estimate::new(found.value, (found.error + tail_distance(&head.groups, group, threshold)).min(1.0)));
        }
        tail(&head.groups, group, threshold, side).ok_or(Unsupported::TwoConditions)
    }

    fn output_variance(&self) -> Result<Estimate, Unsupported> {
        let mut sum = Estimate::new(0.0, 0.0);
        for i in 0..self.keys {
            let part = self.output_covariance(i, i)?;
            sum = Estimate::new(sum.value + part.value, sum.error + part.error);
        }
        Ok(sum)
    }

    fn output_error(&self, (i, j): (usize, usize)) -> Result<Estimate, Unsupported> {
        let mut square = self.output_variance()?;
        for key in 0..self.keys {
            let gap = self.output_gap(key, if key == i || key == j { 0.5 } else { 0.0 });
            square = Estimate::new(square.value + gap.value * gap.value, square.error + 2.0 * gap.value.abs() * gap.error);
        }
        let root = square.value.max(0.0).sqrt();
        // |sqrt x - sqrt y| is at most |x - y| / sqrt x and at most sqrt |x - y|.
        Ok(Estimate::new(root, (square.error / root.max(f64::MIN_POSITIVE)).min(square.error.sqrt())))
    }
}

/// Scores of a greater deviation are taken to the limit: the grid of a density grows with the deviation, and
/// takes ten seconds here.
const TAIL_DEVIATION_MAX: f64 = 1000.0;

/// Bound on the difference between a tail probability and its limit: `α_i > t` and "i has the greatest score"
/// differ only where some rival is within `|ln(t / (1 - t))| + ln n` of key `i`, a Gaussian difference of
/// deviation `s` with probability at most twice that times its greatest density.
fn tail_distance(groups: &[Group], own: usize, threshold: f64) -> f64 {
    let count: usize = groups.iter().map(|g| g.count).sum();
    let reach = (threshold / (1.0 - threshold)).ln().abs() + (count as f64).ln();
    let near = |(at, rival): (usize, &Group)| {
        let (a, b) = (&groups[own].score, &rival.score);
        let spread = a.deviation.hypot(b.deviation);
        let rivals = (if at == own { rival.count - 1 } else { rival.count }) as f64;
        if spread > 0.0 {
            rivals * 2.0 * reach / (spread * (2.0 * std::f64::consts::PI).sqrt() * mass(a) * mass(b))
        } else {
            rivals * f64::from(u8::from((a.mean - b.mean).abs() <= reach))
        }
    };
    groups.iter().enumerate().map(near).sum()
}

/// What a condition leaves of a score's law.
fn mass(score: &Score) -> f64 {
    let whole = Score { at_least: None, ..*score };
    score.at_least.map_or(1.0, |bound| whole.survival(bound).max(f64::MIN_POSITIVE))
}

/// At infinite `β` a weight is 0, 1, or a share of constants that tie.
fn limit_tail(head: &Head, group: usize, threshold: f64, side: Side) -> Estimate {
    let (mean, square) = (head.moments.means[group], head.moments.squares[group]);
    // A weight that is `share` with probability p and else 0 has mean p share and square p share^2.
    let share = if mean > 0.0 { square / mean } else { 1.0 };
    let reaches = if mean > 0.0 { mean / share } else { 0.0 };
    let value = match side {
        Side::Above if share > threshold => reaches,
        Side::Above => 0.0,
        Side::Below if share < threshold => 1.0,
        Side::Below => 1.0 - reaches,
    };
    Estimate::new(value, 4.0 * head.moments.error)
}

fn weight_moments(groups: &[Group], beta: f64) -> WeightMoments {
    if beta.is_infinite() {
        return greatest(groups);
    }
    moments(groups).unwrap_or_else(|| {
        let limit = greatest(groups);
        let error = limit.error + limit_distance(groups);
        WeightMoments { error, ..limit }
    })
}

/// Bound on `|E f(softmax) - E f(greatest)|` for the moments: `Σ_{i<j} E e^{-|L_i - L_j|}`, where a
/// Gaussian difference of deviation `s` contributes at most twice its greatest density.
fn limit_distance(groups: &[Group]) -> f64 {
    let mut sum = 0.0;
    for (g, a) in groups.iter().enumerate() {
        for (f, b) in groups.iter().enumerate().take(g + 1) {
            let pairs = if f == g { a.count * (a.count - 1) / 2 } else { a.count * b.count } as f64;
            let spread = a.score.deviation.hypot(b.score.deviation);
            let gap = (a.score.mean - b.score.mean).abs();
            let cut = mass(&a.score) * mass(&b.score);
            // Two constants that tie share exactly.
            let each = if spread > 0.0 {
                (2.0 / (spread * (2.0 * std::f64::consts::PI).sqrt() * cut)).min(1.0)
            } else if gap == 0.0 {
                0.0
            } else {
                (-gap).exp()
            };
            sum += pairs * each;
        }
    }
    sum.min(1.0)
}

/// Scores up to this size have squares that do not overflow.
const SCORE_MAX: f64 = 1e150;

/// Conditions less probable than this are left to sampling: ratios of such probabilities lose their digits.
const PROBABILITY_MIN: f64 = 1e-290;

/// Groups of equal laws of one head's scores (times `β` where it is finite).
fn groups(model: &Model, query: &Direction) -> Result<(Vec<Group>, Vec<usize>), Unsupported> {
    let scale = if model.beta().is_finite() { model.beta() } else { 1.0 };
    // Weights do not see a shift, and noise of 1e-150 around 0 survives where around 1 it would not.
    let top = (0..model.keys().len()).map(|key| model.mean(key, query)).fold(f64::NEG_INFINITY, f64::max);
    let mut groups: Vec<Group> = Vec::new();
    let mut of_key = Vec::with_capacity(model.keys().len());
    for key in 0..model.keys().len() {
        let deviation = model.covariance(key, query, query).sqrt() * scale;
        let negligible = model.beta().is_finite() && deviation < NEGLIGIBLE_NOISE;
        let mut score = Score::normal((model.mean(key, query) - top) * scale, if negligible { 0.0 } else { deviation });
        for given in model.conditions().iter().filter(|g| g.key == key) {
            if let Some(bound) = bound(model, given, query)? {
                let bound = (bound - top) * scale;
                score.at_least = Some(score.at_least.map_or(bound, |b| b.max(bound)));
            }
        }
        if score.constant() {
            // What little noise there is leaves the score at its bound.
            score = Score::normal(score.at_least.map_or(score.mean, |bound| score.mean.max(bound)), 0.0);
        }
        if !(score.mean.abs() <= SCORE_MAX && score.deviation <= SCORE_MAX) {
            return Err(Unsupported::Range);
        }
        if !score.constant() && mass(&score) < PROBABILITY_MIN {
            return Err(Unsupported::Improbable);
        }
        let found = groups.iter().position(|g| g.score == score);
        let at = found.unwrap_or_else(|| {
            groups.push(Group { score, count: 0 });
            groups.len() - 1
        });
        groups[at].count += 1;
        of_key.push(at);
    }
    Ok((groups, of_key))
}

/// What a condition says of a head's score: a bound, or nothing where it is independent.
fn bound(model: &Model, given: &Given, query: &Direction) -> Result<Option<f64>, Unsupported> {
    let own = model.covariance(given.key, &given.direction, &given.direction);
    if own == 0.0 {
        let met = model.mean(given.key, &given.direction) >= given.at_least;
        return if met { Ok(None) } else { Err(Unsupported::Impossible) };
    }
    if model.covariance(given.key, &given.direction, query) == 0.0 {
        return Ok(None);
    }
    // direction = r query with r > 0: k^T query >= at_least / r.
    let ratio = dot(&given.direction, query) / dot(query, query);
    let stretched: Direction = query.iter().map(|(i, x)| (*i, ratio * x)).collect();
    if ratio > 0.0 && equal(&stretched, &given.direction) {
        Ok(Some(given.at_least / ratio))
    } else {
        Err(Unsupported::Condition)
    }
}

/// Why the heads' joint law is not a product, where it is not.
fn joint(model: &Model, heads: &[Head]) -> Option<Unsupported> {
    let queries = model.queries();
    let dependent =
        |g: usize, h: usize| (0..model.keys().len()).any(|key| model.covariance(key, &queries[g], &queries[h]) != 0.0);
    let classes = |g: &usize, h: &usize| heads[*g].class != heads[*h].class;
    if (0..heads.len()).any(|g| (0..g).filter(|h| classes(&g, h)).any(|h| dependent(g, h))) {
        return Some(Unsupported::DependentHeads);
    }
    // A condition that speaks of two heads at once ties them together, and so do two conditions on a
    // key that depend on each other.
    for (at, given) in model.conditions().iter().enumerate() {
        let touched: Vec<usize> = (0..heads.len())
            .filter(|h| heads[*h].class == *h && model.covariance(given.key, &given.direction, &queries[*h]) != 0.0)
            .collect();
        let tied = model.conditions()[..at].iter().any(|g| {
            g.key == given.key
                && !equal(&g.direction, &given.direction)
                && model.covariance(g.key, &g.direction, &given.direction) != 0.0
        });
        if touched.len() > 1 || tied {
            return Some(Unsupported::Condition);
        }
    }
    None
}

/// Whether two directions are the same vector, up to a rounding of every coordinate.
fn equal(x: &Direction, y: &Direction) -> bool {
    let at = |d: &Direction, i: usize| d.iter().find(|(k, _)| *k == i).map_or(0.0, |(_, v)| *v);
    let same = |i: usize| (at(x, i) - at(y, i)).abs() <= 2.0 * f64::EPSILON * at(x, i).abs();
    x.iter().chain(y).all(|(i, _)| same(*i))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::montecarlo::KeyLaw;

    fn model(alpha: f64, beta: f64) -> Model {
        Model::new(4, vec![KeyLaw { isotropic: alpha, spikes: vec![] }; 4], vec![vec![(0, 1.0), (1, 1.0)]], beta).unwrap()
    }

    #[test]
    fn wide_scores_are_taken_to_the_limit_with_a_bound_that_holds() {
        let asked = Quantity::Above { head: 0, key: 0, threshold: 0.99 };
        let at = |beta| Attention::of(&model(1.0, beta)).unwrap().quantity(&asked).unwrap();
        // Deviations just below the bound are integrated; the limit's bound must cover the way from there.
        let (near, far, limit) = (at(700.0), at(710.0), at(f64::INFINITY));
        assert!(near.error < 1e-10 && far.error > 1e-4, "{near:?} {far:?}");
        assert_eq!(far.value, limit.value);
        assert!((near.value - far.value).abs() < far.error && (near.value - far.value).abs() > near.error);
    }

    #[test]
    fn what_double_precision_cannot_tell_is_said_and_never_nan() {
        assert_eq!(Attention::of(&model(1e300, 1e300)).unwrap_err(), Unsupported::Range);
        let cut = |at_least| model(0.5, 1.0).given(Given { key: 0, direction: vec![(0, 1.0), (1, 1.0)], at_least }).unwrap();
        assert_eq!(Attention::of(&cut(50.0)).unwrap_err(), Unsupported::Improbable);
        let rare = Attention::of(&cut(30.0)).unwrap().quantity(&Quantity::Mean { head: 0, key: 0 }).unwrap();
        assert!(rare.value > 0.999 && rare.value <= 1.0 && rare.error < 1e-9, "{rare:?}");
    }
}
