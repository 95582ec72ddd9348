//! Expectations, variances and probabilities over the random family, at one instance.
//!
//! * No noise left: the value itself.
//! * A polynomial of degree at most 2 in the noise (3 with odd symmetry): the cubature with points
//!   `± sqrt(D) e_r`, weights `1/(2D)` (D standard-normal coordinates), which is exact up to degree 3
//!   (Stroud, *Approximate Calculation of Multiple Integrals*, E_n^{r^2} 3-1).
//! * One coordinate of noise, or a function of one affine number of it: the trapezoidal rule, whose error is bounded by
//!   the difference from half its points; events by the ends of their intervals.
//! * Otherwise: plain Monte Carlo, with six standard errors as its error.

use std::collections::BTreeMap;
use std::rc::Rc;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::average::{averaged, squared_deviations, total};
use super::ball::Ball;
use super::eval::{EvalError, Evaluator};
use super::line::direction;
use super::many::{Kind, Many};
use super::site::{Site, sites};
use super::value::Value;
use crate::language::{Chain, Expr, Moment, Relation};
use crate::tolerance;

type Result<T> = std::result::Result<T, EvalError>;
pub(super) type Bindings = BTreeMap<String, usize>;

/// Seed of the plain Monte Carlo below; fixed, so that two sides of a relation see the same draws.
const SEED: u64 = 0x6174_7465_7374;

/// Numbers that a moment's values at all points may come to: 128 MiB.
const NUMBERS_MAX: usize = 1 << 24;

/// Numbers of noise up to which points are kept for the next moment at the same instance: 16 MiB.
const KEPT_MAX: usize = 1 << 21;

/// Points of noise with their weights.
#[derive(Debug)]
pub struct Rule {
    /// The points, block by block.
    pub sites: Vec<Rc<Site>>,
    /// Their weights, in order.
    pub weights: Vec<f64>,
    /// How far they can be trusted.
    pub kind: RuleKind,
}

/// How far a rule can be trusted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RuleKind {
    /// Exact for what it is used for.
    Exact,
    /// Trapezoidal along a line: points with odd numbers can be left out.
    Line,
    /// Random draws.
    Sampled,
}

/// What names the points of a rule at one instance.
#[derive(Debug, Clone, PartialEq)]
pub enum RuleKey {
    /// No noise.
    Centre,
    /// A cubature that is exact up to degree 3.
    Cubature,
    /// Along a direction.
    Line(Vec<f64>),
    /// Random draws.
    Draws,
    /// Those of the draws, or of the points along a direction, at which the instance's events happen.
    Given(Option<Vec<f64>>),
    /// The centre and a step along every coordinate, for slopes.
    Steps,
}

/// A moment of `inner` over the random family's noise.
pub fn moment(outer: &Evaluator, moment: Moment, inner: &Expr, bound: &Bindings) -> Result<Ball> {
    let degree = degree(outer, inner, 0);
    let needed = degree.map(|d| if moment == Moment::Mean { d } else { d.saturating_mul(2) });
    let rule = match needed {
        Some(0) => rule(outer, needed, &[inner], bound),
        _ if !outer.instance.given.is_empty() => given(outer, inner, bound)?,
        _ => rule(outer, needed, &[inner], bound),
    };
    let values = values(outer, &rule.sites, inner, bound)?;
    let mean = averaged(&rule, &values)?;
    if moment == Moment::Mean {
        return Ok(mean);
    }
    let squares = values.iter().map(|block| squared_deviations(block, &mean)).collect::<Result<Vec<Many>>>()?;
    let variance = averaged(&rule, &squares)?;
    Ok(match (moment, variance.value.scalar()) {
        (Moment::Deviation, Some(v)) => variance.raised(v, 0.5, 0.0),
        _ => variance,
    })
}

/// Points of noise at which all of the instance's events happen, for an expression: draws, or points along the one direction that it
/// and the events see.
fn given(outer: &Evaluator, inner: &Expr, bound: &Bindings) -> Result<Rc<Rule>> {
    let events = &outer.instance.given;
    let rank = outer.instance.random.as_ref().map_or(0, |r| r.rank());
    let seen: Vec<&Expr> = events.iter().flat_map(|e| &e.operands).map(|o| &o.expr).chain([inner]).collect();
    let unit = if rank == 0 { None } else { direction(outer, &seen, bound) };
    let key = RuleKey::Given(unit.clone());
    if let Some(rule) = known(outer, &key) {
        return Ok(rule);
    }
    let all = match &unit {
        Some(unit) => along(unit),
        None => draws(outer, tolerance::INSTANCE_DRAWS * tolerance::GIVEN_DRAWS),
    };
    let rule = at_points(outer, &all);
    let mut met = vec![true; all.weights.len()];
    for event in events.iter() {
        for (met, (happens, _)) in met.iter_mut().zip(happens(outer, event, &rule.sites, bound)?) {
            *met &= happens == Some(true);
        }
    }
    let mass: f64 = all.weights.iter().zip(&met).filter(|(_, met)| **met).map(|(w, _)| w).sum();
    if mass < tolerance::GIVEN_MASS {
        return Err(EvalError::Unsupported("a moment over so small a share of the draws".into()));
    }
    let rule = match all.kind {
        RuleKind::Sampled => {
            outer.shared.sampled.set(true);
            let kept = all.points.into_iter().zip(&met).filter(|(_, met)| **met).map(|(point, _)| point).collect();
            at_points(outer, &Points::equal(kept, RuleKind::Sampled))
        }
        _ => {
            let weights = all.weights.iter().zip(&met).map(|(w, met)| if *met { w / mass } else { 0.0 }).collect();
            Rule { weights, ..rule }
        }
    };
    Ok(kept(outer, key, || rule))
}

/// The values of an expression at points of noise, block by block.
pub(super) fn values(outer: &Evaluator, sites: &[Rc<Site>], inner: &Expr, bound: &Bindings) -> Result<Vec<Many>> {
    let mut numbers = 0;
    let mut out = Vec::with_capacity(sites.len());
    for site in sites {
        let value = outer.at(site).many(inner, bound)?;
        numbers += value.size();
        if numbers > NUMBERS_MAX {
            return Err(EvalError::Budget("a moment of so large a matrix is not sampled"));
        }
        out.push(value);
    }
    Ok(out)
}

/// Probability of an event given by a chain of relations.
pub fn probability(outer: &Evaluator, event: &Chain, bound: &Bindings) -> Result<Ball> {
    let sides: Vec<&Expr> = event.operands.iter().map(|o| &o.expr).collect();
    // `k_a^T q > k_b^T q` sees the noise through the difference of its sides.
    let difference = match sides.as_slice() {
        [left, right] => Some(Expr::Add(vec![(*left).clone(), Expr::Neg(Box::new((*right).clone()))])),
        _ => None,
    };
    let rank = outer.instance.random.as_ref().map_or(0, |r| r.rank());
    if rank > 0
        && let Some(unit) = direction(outer, &sides, bound)
            .or_else(|| direction(outer, &[difference.as_ref().filter(|e| degree(outer, e, 0) == Some(1))?], bound))
    {
        return on_line(&|list| {
            let points: Vec<Vec<f64>> = list.iter().map(|t| unit.iter().map(|x| x * t).collect()).collect();
            let states = happens(outer, event, &sites(outer.instance, &points), bound)?;
            Ok(states.into_iter().map(|(happens, _)| happens).collect())
        });
    }
    let rule = rule(outer, None, &sides, bound);
    let states = happens(outer, event, &rule.sites, bound)?;
    let count = rule.weights.len().max(1) as f64;
    let hits = states.iter().filter(|(happens, _)| *happens == Some(true)).count() as f64;
    let tied = states.iter().any(|(happens, ties)| *ties || happens.is_none());
    let share = hits / count;
    let spread = (share * (1.0 - share)).max(1.0 / count);
    let error = match rule.kind {
        RuleKind::Sampled => tolerance::SAMPLED_ERRORS * (spread / count).sqrt(),
        // Without noise an event is certain or impossible; where its sides tie, noise that vanishes would decide.
        _ => f64::from(u8::from(tied)),
    };
    Ok(Ball { value: Value::Scalar(share), error })
}

/// Whether an event happens at points of noise (`None` where its sides overflow), and whether two sides of it
/// tie there.
fn happens(outer: &Evaluator, event: &Chain, sites: &[Rc<Site>], bound: &Bindings) -> Result<Vec<(Option<bool>, bool)>> {
    let mut out = Vec::new();
    for site in sites {
        let there = outer.at(site);
        let mut states = vec![(Some(true), false); site.points];
        for (i, relation) in event.relations.iter().enumerate() {
            let left = there.many(&event.operands[i].expr, bound)?;
            let right = there.many(&event.operands[i + 1].expr, bound)?;
            if left.kind() != Kind::Scalar || right.kind() != Kind::Scalar {
                return Err(EvalError::Shape("an event compares numbers".into()));
            }
            let holds: fn(f64, f64) -> bool = match relation {
                Relation::Less | Relation::LessEqual => |l, r| l < r,
                Relation::Greater | Relation::GreaterEqual => |l, r| l > r,
                Relation::Equal => |l, r| l == r,
                _ => return Err(EvalError::Unsupported("this relation inside a probability".into())),
            };
            let (left, right) = (left.view().row(0), right.view().row(0));
            for (point, (all, tied)) in states.iter_mut().enumerate() {
                let (l, r) = (left.at(point), right.at(point));
                *tied |= (l - r).abs() <= tolerance::ROUNDING * l.abs().max(r.abs());
                *all = if l.is_nan() || r.is_nan() { None } else { all.map(|a| a && holds(l, r)) };
            }
        }
        out.extend(states);
    }
    Ok(out)
}

/// Whether an event happens at every point; `None` where that cannot be told.
type Happens = Vec<Option<bool>>;

/// The probability of an event of one standard normal: its intervals, their ends by bisection. Where the event
/// cannot be told, its probability is error.
fn on_line(event: &dyn Fn(&[f64]) -> Result<Happens>) -> Result<Ball> {
    let node = |i: usize| tolerance::LINE_REACH * (2.0 * i as f64 / tolerance::EVENT_NODES as f64 - 1.0);
    let (mut total, mut unknown) = (0.0, 0.0);
    let mut count = |state: Option<bool>, mass: f64| match state {
        Some(true) => total += mass,
        Some(false) => {}
        None => unknown += mass,
    };
    let states = event(&(0..=tolerance::EVENT_NODES).map(node).collect::<Vec<f64>>())?;
    let (mut state, mut begin) = (states[0], f64::NEG_INFINITY);
    for (i, next) in states.iter().enumerate().skip(1) {
        if *next == state {
            continue;
        }
        let (mut low, mut high) = (node(i - 1), node(i));
        for _ in 0..tolerance::BISECTIONS {
            let middle = 0.5 * (low + high);
            if event(&[middle])?[0] == state { low = middle } else { high = middle }
        }
        count(state, below(high) - below(begin));
        (state, begin) = (*next, high);
    }
    count(state, below(-begin));
    Ok(Ball { value: Value::Scalar(total), error: tolerance::EVENT_ERROR + unknown })
}

/// Standard-normal mass below a number.
fn below(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// Mean and covariance of an affine expression of the noise, if it is affine.
pub fn affine_law(outer: &Evaluator, inner: &Expr, bound: &Bindings) -> Result<Option<(Ball, Ball)>> {
    if !matches!(degree(outer, inner, 0), Some(0 | 1)) {
        return Ok(None);
    }
    let mean = moment(outer, Moment::Mean, inner, bound)?;
    let rule = rule(outer, Some(2), &[inner], bound);
    let centre = Many::Same(mean.scale(-1.0));
    let square = |value: &Many| {
        let centred = value.add(&centre).ok_or_else(|| EvalError::Shape("shapes differ between draws".into()))?;
        centred.mul(&centred.transpose()).ok_or_else(|| EvalError::Shape("no covariance of this shape".into()))
    };
    let squares = values(outer, &rule.sites, inner, bound)?.iter().map(square).collect::<Result<Vec<Many>>>()?;
    let covariance = total(&rule, &squares, &|_| 1.0)?.scale(1.0 / rule.weights.len() as f64);
    Ok(Some((mean, covariance)))
}

/// Points of noise for expressions of a known degree in it, or of none.
fn rule(outer: &Evaluator, degree: Option<u32>, expressions: &[&Expr], bound: &Bindings) -> Rc<Rule> {
    let rank = outer.instance.random.as_ref().map_or(0, |r| r.rank());
    if rank == 0 || degree == Some(0) {
        return kept(outer, RuleKey::Centre, || at_points(outer, &Points::equal(vec![vec![0.0; rank]], RuleKind::Exact)));
    }
    if degree.is_some_and(|d| d <= 3) {
        let point = |i: usize| {
            let mut point = vec![0.0; rank];
            point[i / 2] = if i.is_multiple_of(2) { 1.0 } else { -1.0 } * (rank as f64).sqrt();
            point
        };
        let points = || Points::equal((0..2 * rank).map(point).collect(), RuleKind::Exact);
        return kept(outer, RuleKey::Cubature, || at_points(outer, &points()));
    }
    if let Some(unit) = direction(outer, expressions, bound) {
        return kept(outer, RuleKey::Line(unit.clone()), || at_points(outer, &along(&unit)));
    }
    outer.shared.sampled.set(true);
    kept(outer, RuleKey::Draws, || at_points(outer, &draws(outer, tolerance::INSTANCE_DRAWS)))
}

/// Lists of standard-normal coordinates with weights.
struct Points {
    points: Vec<Vec<f64>>,
    weights: Vec<f64>,
    kind: RuleKind,
}

/// Draws of equal weight, the same ones for all of an instance's moments.
fn draws(outer: &Evaluator, count: usize) -> Points {
    let rank = outer.instance.random.as_ref().map_or(0, |r| r.rank());
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    let points = (0..count).map(|_| (0..rank).map(|_| StandardNormal.sample(&mut rng)).collect()).collect();
    Points::equal(points, RuleKind::Sampled)
}

impl Points {
    /// Points of equal weight.
    fn equal(points: Vec<Vec<f64>>, kind: RuleKind) -> Points {
        let weights = vec![1.0 / points.len() as f64; points.len()];
        Points { points, weights, kind }
    }
}

/// The rule with these points at the instance.
fn at_points(outer: &Evaluator, points: &Points) -> Rule {
    Rule { sites: sites(outer.instance, &points.points), weights: points.weights.clone(), kind: points.kind }
}

/// The rule of that name at this instance: made once, and kept with what was evaluated at its points.
pub(super) fn kept(outer: &Evaluator, key: RuleKey, make: impl FnOnce() -> Rule) -> Rc<Rule> {
    if let Some(rule) = known(outer, &key) {
        return rule;
    }
    let rule = Rc::new(make());
    let numbers = |members: &Vec<Many>| members.iter().map(Many::size).sum::<usize>();
    let noise: usize = rule.sites.iter().flat_map(|s| s.noise.values()).map(numbers).sum();
    if noise <= KEPT_MAX {
        outer.shared.rules.borrow_mut().push((key, rule.clone()));
    }
    rule
}

/// The rule of that name, where it was made before.
fn known(outer: &Evaluator, key: &RuleKey) -> Option<Rc<Rule>> {
    outer.shared.rules.borrow().iter().find(|(k, _)| k == key).map(|(_, rule)| rule.clone())
}

/// Points along a direction with the normal density as weights.
fn along(unit: &[f64]) -> Points {
    // Equidistant in u with t = R sinh(a u)/sinh(a): closer in the middle, where steep weights turn over.
    let (nodes, a) = (tolerance::LINE_NODES, tolerance::LINE_CLUSTER);
    let u = |i: usize| a * (2.0 * i as f64 / nodes as f64 - 1.0);
    let at: Vec<f64> = (0..=nodes).map(|i| tolerance::LINE_REACH * u(i).sinh() / a.sinh()).collect();
    let density: Vec<f64> = at.iter().enumerate().map(|(i, t)| (-0.5 * t * t).exp() * u(i).cosh()).collect();
    let total: f64 = density.iter().sum();
    let points: Vec<Vec<f64>> = at.iter().map(|t| unit.iter().map(|x| x * t).collect()).collect();
    let weights = density.iter().map(|d| d / total).collect();
    Points { points, weights, kind: RuleKind::Line }
}

/// Definitions put into each other at most this deep when a degree is sought.
const DEPTH_MAX: usize = 12;

/// Degree of the expression as a polynomial in the noise, `None` where it is none.
pub fn degree(outer: &Evaluator, e: &Expr, depth: usize) -> Option<u32> {
    let all = |list: &[Expr]| list.iter().map(|x| degree(outer, x, depth)).collect::<Option<Vec<u32>>>();
    match e {
        Expr::Number(_) | Expr::Infinity => Some(0),
        Expr::Symbol(s) => {
            if let Some((number, d)) = outer.instance.definitions.find(&s.name, &s.indices) {
                return of_definition(outer, number, &d.body, depth);
            }
            let random = &outer.instance.random;
            let random = random.as_ref().is_some_and(|r| r.family == s.name || r.noise.as_deref() == Some(&s.name));
            Some(u32::from(random))
        }
        Expr::Add(v) => all(v)?.into_iter().max(),
        Expr::Mul(v) => Some(all(v)?.into_iter().fold(0, u32::saturating_add)),
        Expr::Neg(a) | Expr::Transpose(a) => degree(outer, a, depth),
        Expr::Sum(_, body) => degree(outer, body, depth),
        Expr::Div(a, b) => (degree(outer, b, depth)? == 0).then(|| degree(outer, a, depth)).flatten(),
        Expr::Pow(a, b) => match (&**a, &**b) {
            (Expr::Norm(inner) | Expr::Abs(inner), Expr::Number(n)) if n.value == 2.0 => {
                Some(degree(outer, inner, depth)?.saturating_mul(2))
            }
            (base, Expr::Number(n)) if n.value.fract() == 0.0 && n.value >= 0.0 => {
                Some(degree(outer, base, depth)?.saturating_mul(n.value as u32))
            }
            (base, _) => (degree(outer, base, depth)? == 0).then_some(0),
        },
        Expr::Moment(..) | Expr::Probability(_) => Some(0),
        other => {
            let children: Option<Vec<u32>> = other.children().into_iter().map(|c| degree(outer, c, depth)).collect();
            children?.into_iter().all(|d| d == 0).then_some(0)
        }
    }
}

/// The degree of what a symbol is defined as, sought once.
fn of_definition(outer: &Evaluator, number: usize, body: &Expr, depth: usize) -> Option<u32> {
    if depth > DEPTH_MAX {
        return None;
    }
    if let Some(known) = outer.shared.degrees.borrow().get(&number) {
        return *known;
    }
    // A definition that leads back to itself has no degree.
    outer.shared.degrees.borrow_mut().insert(number, None);
    let found = degree(outer, body, depth + 1);
    outer.shared.degrees.borrow_mut().insert(number, found);
    found
}
