//! Variances and covariances of sums whose parts are independent.
//!
//! `Var(Σ_j w_j x_j) = Σ_j w_j² Var(x_j)` and `Cov` likewise, where the parts `x_j` see parts of the noise that know nothing of each
//! other at every instance: the heads of two queries whose scores are uncorrelated. Sampling never tells an equality
//! of two such moments; after the sums are taken apart it is one of coefficients.

use std::collections::BTreeMap;

use super::exact;
use super::scene::Scene;
use crate::claim::Link;
use crate::language::{Expr, Moment, Style, Symbol, print};
use crate::numeric::{Evaluator, independent};
use crate::tolerance;

/// The moments met, under names of their own, and how many sums were taken apart.
#[derive(Default)]
struct Met {
    names: BTreeMap<String, Symbol>,
    sums: usize,
}

/// A part of a sum and the number in front of it.
type Part = (Expr, Expr);

/// Whether both sides are equal once the moments in them are taken apart; false where nothing was, or it cannot be told.
pub fn proved(scene: &Scene, link: &Link) -> bool {
    let mut met = Met::default();
    let (Some(left), Some(right)) = (apart(scene, &link.left, &mut met), apart(scene, &link.right, &mut met)) else {
        return false;
    };
    met.sums > 0 && exact::equal_scalars(scene, &left, &right)
}

/// The expression with every moment of a sum as the sum of its parts' moments, each under a name of its own.
fn apart(scene: &Scene, e: &Expr, met: &mut Met) -> Option<Expr> {
    let with_itself = |inner: &Expr| parts(scene, inner).map(|p| (p.clone(), p));
    let pairs = match e {
        Expr::Moment(Moment::Variance, inner) => with_itself(inner)?,
        Expr::Call("Cov", arguments) => match arguments.as_slice() {
            [x] => with_itself(x)?,
            [x, y] => (parts(scene, x)?, parts(scene, y)?),
            _ => return None,
        },
        Expr::Moment(..) | Expr::Probability(_) => return None,
        _ => {
            let mut whole = true;
            let out = e.map_children(&mut |c| {
                apart(scene, c, met).unwrap_or_else(|| {
                    whole = false;
                    c.clone()
                })
            });
            return whole.then_some(out);
        }
    };
    let kind = if matches!(e, Expr::Moment(..)) { "Var" } else { "Cov" };
    let mut terms = vec![Expr::int(0)];
    met.sums += 1;
    for (weight, x) in &pairs.0 {
        for (other, y) in &pairs.1 {
            if x == y {
                let next = met.names.len();
                let key = format!("{kind} {}", print(x, Style::Plain));
                let name = met.names.entry(key).or_insert_with(|| Symbol::plain(&format!("{kind}·{next}")));
                terms.push(Expr::Mul(vec![weight.clone(), other.clone(), Expr::Symbol(name.clone())]));
            } else if !separate(scene, x, y) {
                return None;
            }
        }
    }
    Some(Expr::Add(terms))
}

/// Whether two parts are independent at the instances looked at.
fn separate(scene: &Scene, x: &Expr, y: &Expr) -> bool {
    let mut seen = 0;
    for seed in 0..tolerance::SAMPLED_INSTANCES {
        let Some(instance) = scene.finite(seed) else { continue };
        if independent(&Evaluator::new(&instance), x, y) != Some(true) {
            return false;
        }
        seen += 1;
    }
    seen > 0
}

/// The parts of a sum with numbers in front, definitions put in; the same part is there once.
fn parts(scene: &Scene, e: &Expr) -> Option<Vec<Part>> {
    let mut found: Vec<Part> = Vec::new();
    for (weight, part) in addends(&exact::written_out(scene, e)?) {
        match found.iter_mut().find(|(_, p)| *p == part) {
            Some((known, _)) => *known = Expr::Add(vec![known.clone(), weight]),
            None => found.push((weight, part)),
        }
    }
    Some(found)
}

fn addends(e: &Expr) -> Vec<Part> {
    let scaled = |by: Expr, of: &Expr| -> Vec<Part> {
        addends(of).into_iter().map(|(w, p)| (Expr::Mul(vec![by.clone(), w]), p)).collect()
    };
    match e {
        Expr::Add(v) => v.iter().flat_map(addends).collect(),
        Expr::Neg(a) => scaled(Expr::int(-1), a),
        Expr::Div(a, b) if b.is_closed() => scaled(Expr::Div(Box::new(Expr::int(1)), b.clone()), a),
        Expr::Div(a, b) => addends(a).into_iter().map(|(w, p)| (w, Expr::Div(Box::new(p), b.clone()))).collect(),
        Expr::Mul(v) => match v.as_slice() {
            [by, of] if by.is_closed() => scaled(by.clone(), of),
            [by, rest @ ..] if by.is_closed() && !rest.is_empty() => scaled(by.clone(), &Expr::Mul(rest.to_vec())),
            _ => vec![(Expr::int(1), e.clone())],
        },
        _ => vec![(Expr::int(1), e.clone())],
    }
}
