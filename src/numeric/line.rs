//! Expressions that see the noise through one number: the direction in which that number lies.
//!
//! `P(|k_a^T q - β| > 2 β sqrt(α))` and `E[exp(k_a^T q)]` depend on D normal coordinates only
//! through the score, an affine function of them. Along its gradient g they are functions of one standard normal
//! `t`, at the coordinates `t g/|g|`.
//!
//! The gradients also tell independence: two functions of jointly normal numbers whose gradients are all
//! perpendicular see parts of the noise that know nothing of each other.

use super::eval::Evaluator;
use super::instance::Parameter;
use super::many::Kind;
use super::moments::{Bindings, Rule, RuleKey, RuleKind, degree, kept, values};
use super::site::sites;
use crate::language::Expr;
use crate::tolerance;

/// Definitions put into each other at most this deep.
const DEPTH_MAX: usize = 8;

/// The unit vector along which the expressions vary; `None` where there is more than one such direction,
/// or it cannot be told.
pub fn direction(outer: &Evaluator, expressions: &[&Expr], bound: &Bindings) -> Option<Vec<f64>> {
    let rank = outer.instance.random.as_ref().map_or(0, |r| r.rank());
    if rank == 1 {
        return Some(vec![1.0]);
    }
    let mut gradients = Vec::new();
    for e in expressions {
        collect(outer, e, bound, rank, Depth { at: 0, sums: false }, &mut gradients)?;
    }
    let longest = gradients.iter().max_by(|a, b| length(a).total_cmp(&length(b)))?.clone();
    let size = length(&longest);
    if size == 0.0 {
        return None;
    }
    let unit: Vec<f64> = longest.iter().map(|x| x / size).collect();
    let parallel = |g: &Vec<f64>| {
        let along: f64 = g.iter().zip(&unit).map(|(a, b)| a * b).sum();
        let rest: f64 = g.iter().zip(&unit).map(|(a, b)| (a - along * b).powi(2)).sum();
        rest.sqrt() <= tolerance::ROUNDING * size
    };
    gradients.iter().all(parallel).then_some(unit)
}

/// Whether two expressions see parts of the noise that are independent of each other: every affine number of one is uncorrelated with
/// every one of the other; `None` where it cannot be told.
pub fn independent(outer: &Evaluator, first: &Expr, second: &Expr) -> Option<bool> {
    let rank = outer.instance.random.as_ref().map_or(0, |r| r.rank());
    let all = |e: &Expr| {
        let mut gradients = Vec::new();
        collect(outer, e, &Bindings::new(), rank, Depth { at: 0, sums: true }, &mut gradients)?;
        Some(gradients)
    };
    let (first, second) = (all(first)?, all(second)?);
    let uncorrelated = |g: &Vec<f64>, h: &Vec<f64>| {
        let along: f64 = g.iter().zip(h).map(|(a, b)| a * b).sum();
        along.abs() <= tolerance::ROUNDING * length(g) * length(h)
    };
    Some(first.iter().all(|g| second.iter().all(|h| uncorrelated(g, h))))
}

/// How far a search went, and whether it looks into sums.
#[derive(Clone, Copy)]
struct Depth {
    at: usize,
    sums: bool,
}

fn length(g: &[f64]) -> f64 {
    g.iter().map(|x| x * x).sum::<f64>().sqrt()
}

/// Gradients of the largest affine scalar parts.
fn collect(outer: &Evaluator, e: &Expr, bound: &Bindings, rank: usize, depth: Depth, out: &mut Vec<Vec<f64>>) -> Option<()> {
    match degree(outer, e, 0) {
        Some(0) => return Some(()),
        Some(1) => {
            if let Some(gradient) = gradient(outer, e, bound, rank) {
                out.push(gradient);
                return Some(());
            }
        }
        _ => {}
    }
    if depth.at > DEPTH_MAX {
        return None;
    }
    match e {
        Expr::Symbol(s) => {
            let (_, found) = outer.instance.definitions.find(&s.name, &s.indices)?;
            let body = found.parameters.iter().zip(&s.indices).fold(found.body.clone(), |body, (p, i)| match p {
                Parameter::Bind(letter) => body.with_index(letter, i),
                Parameter::Literal(_) => body,
            });
            collect(outer, &body, bound, rank, Depth { at: depth.at + 1, ..depth }, out)
        }
        Expr::Sum(range, body) if depth.sums => {
            let (count, skip) = (outer.count_for(&range.index, body)?, outer.left_out(range, bound).ok()?);
            (0..count).filter(|at| !skip.contains(at)).try_for_each(|at| {
                let mut inner = bound.clone();
                inner.insert(range.index.clone(), at);
                collect(outer, body, &inner, rank, depth, out)
            })
        }
        Expr::Sum(..) | Expr::Moment(..) | Expr::Probability(_) => None,
        _ => e.children().into_iter().try_for_each(|c| collect(outer, c, bound, rank, Depth { at: depth.at + 1, ..depth }, out)),
    }
}

/// Slopes of an affine scalar along every coordinate; `None` where it is no scalar.
fn gradient(outer: &Evaluator, e: &Expr, bound: &Bindings, rank: usize) -> Option<Vec<f64>> {
    let point = |step: usize| (0..rank).map(|i| f64::from(u8::from(i + 1 == step))).collect();
    let rule = kept(outer, RuleKey::Steps, || {
        let points: Vec<Vec<f64>> = (0..=rank).map(point).collect();
        Rule { sites: sites(outer.instance, &points), weights: vec![0.0; rank + 1], kind: RuleKind::Exact }
    });
    let mut found = Vec::with_capacity(rank + 1);
    for (site, values) in rule.sites.iter().zip(values(outer, &rule.sites, e, bound).ok()?) {
        let view = values.view();
        if view.kind != Kind::Scalar {
            return None;
        }
        found.extend((0..site.points).map(|p| view.row(0).at(p)));
    }
    let base = *found.first()?;
    Some(found[1..].iter().map(|x| x - base).collect())
}
