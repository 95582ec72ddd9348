//! How many keys can hold how much weight, over weights of many kinds: scores drawn at several scales, equal ones, some that stand out
//! together, and few keys as well as many.

use nalgebra::DVector;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::change::softmax;
use super::describe::show_number;
use super::ruling::Ruling;
use crate::claim::holders::{Count, Holding, Modal, Share};
use crate::language::Relation;
use crate::record::{Tier, Verdict};
use crate::tolerance;
use crate::world::World;

/// Judges how many keys are said to hold how much.
pub fn judge(world: &World, said: &Holding) -> Ruling {
    if !world.attends() {
        return Ruling::not_checked("this question is not about attention weights");
    }
    let (mut so, mut not) = (None, None);
    for scores in cases(said.keys) {
        let Some(held) = in_case(said, &scores) else { continue };
        let example = if held { &mut so } else { &mut not };
        example.get_or_insert(scores);
    }
    decide(world, said, so.as_ref(), not.as_ref())
}

fn decide(world: &World, said: &Holding, so: Option<&DVector<f64>>, not: Option<&DVector<f64>>) -> Ruling {
    // Of all scores, and not of those that a question or a condition leaves.
    let general = !said.conditional && world.slots.is_empty() && world.limits.is_empty() && !world.draws();
    let (against, in_favour) = match said.modal {
        Modal::Always => (not, so),
        Modal::Never => (so, not),
        Modal::Possible => (not, so),
    };
    match (said.modal, against, in_favour) {
        (_, None, None) => Ruling::not_checked("no case is of that kind"),
        (Modal::Possible, _, Some(scores)) if general => {
            Ruling::new(Verdict::Holds, Some(Tier::Certified), format!("so for {}", shown(scores)))
        }
        (Modal::Possible, _, Some(_)) => Ruling::not_checked("so for some scores, which may not be those of this question"),
        (Modal::Possible, Some(_), None) => refuted("it is so for no scores that were looked at", None),
        (_, None, Some(_)) => Ruling::held_everywhere("so for all scores that were looked at"),
        (_, Some(scores), None) => refuted("it is never so", Some(scores)),
        (_, Some(scores), Some(_)) if general => refuted("not for all scores", Some(scores)),
        (_, Some(_), Some(_)) => Ruling::not_checked("so for some scores and not for others"),
    }
}

fn refuted(message: &str, scores: Option<&DVector<f64>>) -> Ruling {
    let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Certified), message.to_string());
    ruling.witness = scores.map(shown);
    ruling
}

fn shown(scores: &DVector<f64>) -> String {
    const SHOWN: usize = 6;
    let row = |all: &DVector<f64>| all.iter().take(SHOWN).map(|x| show_number(*x)).collect::<Vec<_>>().join(", ");
    let more = if scores.len() > SHOWN { ", …" } else { "" };
    format!("scores ({}{more}) with weights ({}{more})", row(scores), row(&softmax(scores)))
}

/// Whether so many keys hold so much at some scores; nothing where no key is of the kind.
fn in_case(said: &Holding, scores: &DVector<f64>) -> Option<bool> {
    let weights = softmax(scores);
    let n = scores.len();
    let of_kind = |i: &usize| said.scored.is_none_or(|relation| compare(scores[*i], relation, 0.0));
    let value = |share: Share| match share {
        Share::Number(x) => x,
        Share::OverKeys(x) => x / n as f64,
    };
    let kind: Vec<usize> = (0..n).filter(of_kind).collect();
    let holds = |i: &&usize| said.bounds.iter().all(|(relation, share)| compare(weights[**i], *relation, value(*share)));
    let holders = kind.iter().filter(holds).count();
    let held = match said.count {
        Count::All => holders == kind.len(),
        Count::None => holders == 0,
        Count::AtLeast(k) => holders >= k,
        Count::AtMost(k) => holders <= k,
    };
    (!kind.is_empty()).then_some(held)
}

/// Numbers compared but for rounding.
fn compare(x: f64, relation: Relation, y: f64) -> bool {
    let gap = x - y;
    // A weight near 0 is told from 0, one near 1 only as far as rounding lets it.
    let same = gap.abs() <= tolerance::ROUNDING * y.abs();
    match relation {
        Relation::Less => gap < 0.0 && !same,
        Relation::LessEqual => gap < 0.0 || same,
        Relation::Greater => gap > 0.0 && !same,
        Relation::GreaterEqual => gap > 0.0 || same,
        Relation::Equal => same,
        Relation::NotEqual => !same,
        _ => false,
    }
}

/// Scores of every kind, of a number of keys or of several.
fn cases(keys: Option<usize>) -> Vec<DVector<f64>> {
    const FEW: std::ops::RangeInclusive<usize> = 2..=8;
    const MANY: &[usize] = &[12, 30, 100];
    const SCALES: &[f64] = &[0.1, 1.0, 4.0];
    const STEP: f64 = 8.0;
    let sizes: Vec<usize> = keys.map_or_else(|| FEW.chain(MANY.iter().copied()).collect(), |n| vec![n]);
    let mut rng = ChaCha8Rng::seed_from_u64(0);
    let mut out = Vec::new();
    for n in sizes {
        for ahead in 1..=n {
            out.push(DVector::from_fn(n, |i, _| if i < ahead { STEP } else { 0.0 }));
            out.push(DVector::from_fn(n, |i, _| if i < ahead { 0.0 } else { -STEP }));
        }
        for scale in SCALES {
            for shift in [-STEP, 0.0, STEP] {
                out.push(DVector::from_fn(n, |_, _| {
                    let z: f64 = StandardNormal.sample(&mut rng);
                    z * scale + shift
                }));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Library;

    fn verdict(count: Count, relation: Relation, share: Share, modal: Modal) -> Verdict {
        let library = Library::embedded().unwrap();
        let holding = Holding { count, scored: None, bounds: vec![(relation, share)], modal, keys: None, conditional: false };
        judge(library.get("1a.i").unwrap(), &holding).verdict
    }

    #[test]
    fn shares_of_keys() {
        let half = Share::Number(0.5);
        assert_eq!(verdict(Count::AtLeast(2), Relation::Greater, half, Modal::Never), Verdict::Holds);
        assert_eq!(verdict(Count::AtLeast(2), Relation::GreaterEqual, half, Modal::Never), Verdict::Refuted);
        assert_eq!(verdict(Count::AtLeast(2), Relation::Greater, Share::Number(0.4), Modal::Never), Verdict::Refuted);
        assert_eq!(verdict(Count::AtLeast(1), Relation::GreaterEqual, Share::OverKeys(1.0), Modal::Always), Verdict::Holds);
        assert_eq!(verdict(Count::AtLeast(1), Relation::Greater, half, Modal::Always), Verdict::Refuted);
        assert_eq!(verdict(Count::AtMost(9), Relation::Greater, Share::Number(0.1), Modal::Always), Verdict::Holds);
        assert_eq!(verdict(Count::AtMost(8), Relation::Greater, Share::Number(0.1), Modal::Always), Verdict::Refuted);
    }
}
