//! Means by symmetry: `E[α_a] = ½` of two keys, `E[c] = ½ (v_a + v_b)`. Noise and its opposite are equally likely.

use super::observe::free_letters;
use super::scene::Scene;
use crate::claim::Link;
use crate::language::{Expr, Moment};
use crate::numeric::{Evaluator, mirrored};
use crate::tolerance;

/// Whether a mean is what it is said to be because the noise is symmetric, at every instance drawn; false where it cannot be told.
pub fn proved(scene: &Scene, link: &Link) -> bool {
    let (inner, value) = match (&link.left, &link.right) {
        (Expr::Moment(Moment::Mean, inner), value) | (value, Expr::Moment(Moment::Mean, inner)) => (inner, value),
        _ => return false,
    };
    if !free_letters(scene, link).is_empty() {
        return false;
    }
    let mut seen = 0;
    for seed in 0..tolerance::IDENTITY_INSTANCES {
        let Some(instance) = scene.finite(seed) else { continue };
        if !mirrored(&Evaluator::new(&instance), inner, value, &Default::default()) {
            return false;
        }
        seen += 1;
    }
    seen > 0
}
