//! Sides that stay apart: how near is near enough.

use super::describe::{show_limit_values, show_number};
use super::follow::{both_vanish, limit_words};
use super::numbers;
use super::ruling::Ruling;
use super::scene::Scene;
use crate::claim::Link;
use crate::language::{Expr, Relation};
use crate::numeric::Limit;
use crate::record::{Tier, Verdict};
use crate::tolerance;

/// Whether a number is another as far as people round, or clearly not; `None` between both.
pub fn same_factor(x: f64, said: f64, near: f64, other: f64) -> Option<bool> {
    let off = (x / said - 1.0).abs();
    if off <= near { Some(true) } else { (off > other).then_some(false) }
}

/// `≈` where the conditions fix every parameter: what counts is how close the sides are there.
pub fn close_at_given_values(link: &Link, witness: &str, largest: f64) -> Ruling {
    let share = show_number(largest);
    if largest <= tolerance::APPROX_CLOSE {
        return Ruling::new(
            Verdict::HoldsInLimit,
            Some(Tier::Sampled),
            format!("at the values given the sides differ by {share} of their size"),
        );
    }
    if largest <= tolerance::APPROX_FAR && !numbers::wrong_share(link, largest) {
        return Ruling::undecided(format!("at the values given the sides differ by {share} of their size"));
    }
    Ruling::contradicted(format!("at the values given the sides differ by {share} of their size"), witness)
}

/// `Var(α_a) → 0`: a limit is what it is; only a number with digits may be rounded.
fn tends_to_a_plain_value(link: &Link) -> bool {
    let digits = |e: &Expr| matches!(e, Expr::Number(n) if n.decimals.is_some_and(|d| d > 0));
    let mut rounded = false;
    link.right.walk(&mut |e| rounded |= digits(e));
    link.relation == Relation::Tends && !rounded
}

/// `P(…) ≈ 68 %`: a share of the draws against a percentage of two digits or more, which nobody rounds further than that.
fn counted_in_digits(link: &Link) -> bool {
    let share = |e: &Expr| matches!(e, Expr::Probability(_));
    let digits = |e: &Expr| match e {
        Expr::Div(over, under) => matches!((&**over, &**under), (Expr::Number(n), Expr::Number(m))
            if m.value == 100.0 && n.value >= 10.0 && (n.value % 10.0 != 0.0 || n.decimals.is_some())),
        _ => false,
    };
    share(&link.left) && digits(&link.right)
}

/// Sides that differ at an instance, and what they do in the limit.
pub fn refuted_equality(scene: &Scene, link: &Link, others_only: bool, witness: String, limit: &Limit) -> Ruling {
    let approximate = matches!(link.relation, Relation::Approx | Relation::Tends | Relation::Proportional);
    if approximate {
        if let Limit::Stays(share) = limit
            && *share <= tolerance::APPROX_FAR
            && !(*share > tolerance::APPROX_DIGITS && (counted_in_digits(link) || tends_to_a_plain_value(link)))
        {
            return Ruling::undecided(format!(
                "the sides stay apart by {} of their size: close, but no limit brings them together",
                show_number(*share)
            ));
        }
        if both_vanish(scene, link, others_only) {
            return Ruling::undecided("both sides vanish, at different rates");
        }
    }
    let mut ruling = Ruling::contradicted("the two sides differ", witness);
    if !scene.open_limits().is_empty() {
        ruling.message = format!("the two sides differ, also {}{}", limit_words(scene), show_limit_values(scene, link));
    }
    ruling
}
