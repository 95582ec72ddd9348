//! Between which values scalars and dimensions are drawn: a world's ranges, narrowed or moved by what conditions bound.

use std::collections::BTreeMap;

use crate::algebra::mirrored;
use crate::claim::Link;
use crate::language::{Expr, Relation};
use crate::numeric::{Evaluator, Instance};
use crate::world::World;

/// Ranges of the scalars and dimensions that bounds by numbers name: `β < 0`, `n ≥ 10`, `5 < β`.
///
/// What is left of the world's own range serves; where nothing is left, a range as wide just beyond the bound.
pub fn ranges(world: &World, required: &[Link]) -> BTreeMap<String, (f64, f64)> {
    let mut bounds: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for (name, relation, value) in required.iter().filter_map(bound) {
        let strict = if world.dimensions.contains_key(&name) { 1.0 } else { 0.0 };
        let (low, high) = bounds.entry(name).or_insert((f64::NEG_INFINITY, f64::INFINITY));
        match relation {
            Relation::Less => *high = high.min(value - strict),
            Relation::LessEqual => *high = high.min(value),
            Relation::Greater => *low = low.max(value + strict),
            Relation::GreaterEqual => *low = low.max(value),
            _ => {}
        }
    }
    let within = |(name, (low, high)): (String, (f64, f64))| {
        let scalar = world.scalars.get(&name).map(|s| s.range);
        let size = world.dimensions.get(&name).map(|(low, high)| (*low as f64, *high as f64));
        let size_bounds = (low.ceil().max(1.0), high.floor());
        let range = match (scalar, size) {
            (Some(range), _) => within(range, low, high),
            (_, Some(range)) => within(range, size_bounds.0, size_bounds.1),
            _ => None,
        };
        Some((name, range?))
    };
    bounds.into_iter().filter_map(within).collect()
}

/// The part of a range between bounds, or a range as wide beyond it; `None` where the bounds leave nothing.
fn within(range: (f64, f64), low: f64, high: f64) -> Option<(f64, f64)> {
    let width = range.1 - range.0;
    let found = match (range.0.max(low), range.1.min(high)) {
        (from, to) if from <= to => (from, to),
        _ if low > high => return None,
        _ if low.is_finite() && high.is_finite() => (low, high),
        _ if high.is_finite() => (high - width, high),
        _ => (low, low + width),
    };
    Some(found)
}

/// A symbol without indices, how it is bound, and the number that bounds it.
fn bound(link: &Link) -> Option<(String, Relation, f64)> {
    let (symbol, relation, value) = match (&link.left, &link.right) {
        (Expr::Symbol(s), value) if value.is_closed() => (s, link.relation, value),
        (value, Expr::Symbol(s)) if value.is_closed() => (s, mirrored(link.relation), value),
        _ => return None,
    };
    let number = Evaluator::new(&Instance::default()).eval(value, &BTreeMap::new()).ok()?.value.scalar()?;
    (symbol.indices.is_empty() && relation.is_order() && number.is_finite()).then(|| (symbol.name.clone(), relation, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_narrowed_or_moved() {
        let all = (f64::NEG_INFINITY, f64::INFINITY);
        assert_eq!(within((0.5, 2.5), 1.0, all.1), Some((1.0, 2.5)));
        assert_eq!(within((0.5, 2.5), all.0, 0.0), Some((-2.0, 0.0)));
        assert_eq!(within((0.5, 2.5), 5.0, all.1), Some((5.0, 7.0)));
        assert_eq!(within((0.5, 2.5), 8.0, 9.0), Some((8.0, 9.0)));
        assert_eq!(within((0.5, 2.5), 9.0, 8.0), None);
    }
}
