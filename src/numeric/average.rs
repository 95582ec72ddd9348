//! Weighted means of values at points of noise, with the error of the points themselves.

use super::ball::{Ball, EPSILON, finite};
use super::eval::EvalError;
use super::many::{Kind, Many};
use super::moments::{Rule, RuleKind};
use super::value::Value;
use crate::tolerance;

type Result<T> = std::result::Result<T, EvalError>;

/// A sum of values, entry by entry.
struct Total {
    kind: Option<Kind>,
    entries: Vec<f64>,
    error: f64,
}

impl Total {
    /// Adds the values of one block of points with their weights, the first of which is that of point `from`.
    fn add(&mut self, values: &Many, points: usize, weight: &dyn Fn(usize) -> f64) -> Result<()> {
        let view = values.view();
        if *self.kind.get_or_insert(view.kind) != view.kind {
            return Err(EvalError::Shape("shapes differ between draws".into()));
        }
        self.entries.resize(view.kind.entries(), 0.0);
        for point in 0..points {
            let weight = weight(point);
            // Left out, not added with weight 0: it may be infinite.
            if weight <= 0.0 {
                continue;
            }
            let mut largest = 0.0f64;
            for (entry, sum) in self.entries.iter_mut().enumerate() {
                *sum += view.row(entry).at(point) * weight;
                largest = if sum.is_nan() { f64::NAN } else { largest.max(sum.abs()) };
            }
            self.error += view.errors.at(point) * weight * (1.0 + EPSILON) + finite(largest) * EPSILON;
        }
        Ok(())
    }

    fn ball(self) -> Ball {
        let value = match self.kind {
            None | Some(Kind::Scalar) => Value::Scalar(self.entries.first().copied().unwrap_or(0.0)),
            Some(Kind::Identity) => Value::Identity(self.entries[0]),
            Some(Kind::Matrix(rows, columns)) => Value::Matrix(nalgebra::DMatrix::from_vec(rows, columns, self.entries)),
        };
        Ball { value, error: self.error }
    }
}

/// The sum of values at a rule's points, block by block, with weights above 0.
pub fn total(rule: &Rule, values: &[Many], weight: &dyn Fn(usize) -> f64) -> Result<Ball> {
    let mut total = Total { kind: None, entries: Vec::new(), error: 0.0 };
    let mut from = 0;
    for (site, values) in rule.sites.iter().zip(values) {
        total.add(values, site.points, &|p| weight(from + p))?;
        from += site.points;
    }
    Ok(total.ball())
}

/// The largest entry of every value's difference from one value, point by point; `None` where they have none.
fn deviations(rule: &Rule, values: &[Many], centre: &Ball) -> Vec<Option<f64>> {
    let each = |(points, values): (usize, &Many)| -> Vec<Option<f64>> {
        let away = values.add(&Many::Same(centre.scale(-1.0)));
        let Some(away) = away else { return vec![None; points] };
        let sizes = magnitudes(&away, points);
        (0..points).map(|p| Some(if together(values, p, centre) { 0.0 } else { sizes[p] })).collect()
    };
    rule.sites.iter().map(|s| s.points).zip(values).flat_map(each).collect()
}

/// Whether a value and the centre are the same infinity.
fn together(values: &Many, point: usize, centre: &Ball) -> bool {
    let view = values.view();
    matches!(centre.value, Value::Scalar(c) if c.is_infinite() && view.kind == Kind::Scalar && view.row(0).at(point) == c)
}

/// The largest absolute entry at every point, as [`Value::magnitude`] has it.
fn magnitudes(values: &Many, points: usize) -> Vec<f64> {
    let view = values.view();
    let largest = |sum: f64, x: f64| if x.is_nan() { f64::NAN } else { sum.max(x.abs()) };
    (0..points).map(|p| (0..view.kind.entries()).fold(0.0, |sum, e| largest(sum, view.row(e).at(p)))).collect()
}

/// The weighted mean of values at a rule's points, with the rule's own error. Values along a line that overflowed,
/// where scores are greatest, are left out, and may be as large as any that is kept.
pub fn averaged(rule: &Rule, values: &[Many]) -> Result<Ball> {
    match rule.kind {
        RuleKind::Exact => total(rule, values, &|i| rule.weights[i]),
        RuleKind::Line => along_line(rule, values),
        RuleKind::Sampled => {
            let mut mean = total(rule, values, &|i| rule.weights[i])?;
            let count = rule.weights.len() as f64;
            let spread = deviations(rule, values, &mean).into_iter().flatten().map(|gap| gap * gap).sum::<f64>() / count;
            mean.error += tolerance::SAMPLED_ERRORS * (spread / count).sqrt();
            Ok(mean)
        }
    }
}

fn along_line(rule: &Rule, values: &[Many]) -> Result<Ball> {
    let sizes: Vec<f64> = rule.sites.iter().zip(values).flat_map(|(s, v)| magnitudes(v, s.points)).collect();
    let error = |(site, values): (&std::rc::Rc<super::site::Site>, &Many)| -> Vec<f64> {
        (0..site.points).map(|p| values.view().errors.at(p)).collect()
    };
    let errors: Vec<f64> = rule.sites.iter().zip(values).flat_map(error).collect();
    let kept = |i: usize| sizes[i].is_finite() && errors[i].is_finite();
    let mut mean = total(rule, values, &|i| if kept(i) { rule.weights[i] } else { 0.0 })?;
    let coarse = total(rule, values, &|i| if i % 2 == 0 && kept(i) { 2.0 * rule.weights[i] } else { 0.0 })?;
    mean.error += mean.gap(&coarse).map_or(f64::INFINITY, |(gap, _)| gap);
    let missing: f64 = (0..sizes.len()).filter(|i| !kept(*i)).map(|i| rule.weights[i]).sum();
    let largest = (0..sizes.len()).filter(|i| kept(*i)).map(|i| sizes[i]).fold(0.0, f64::max);
    mean.error += if missing < 0.5 { missing * largest } else { f64::INFINITY };
    Ok(mean)
}

/// The squared distance of every value from the mean, all entries together.
pub fn squared_deviations(values: &Many, mean: &Ball) -> Result<Many> {
    let centre = Ball { value: mean.value.clone(), error: mean.value.magnitude() * EPSILON };
    let deviation =
        values.add(&Many::Same(centre.scale(-1.0))).ok_or_else(|| EvalError::Shape("shapes differ between draws".into()))?;
    // The error of a deviation counts by its size.
    Ok(deviation.of_squares(|of| (of.sum, 2.0 * of.entries * of.largest * of.error + of.sum * EPSILON * of.entries)))
}
