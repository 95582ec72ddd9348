//! How a key spreads across its mean and in every direction.

use super::compared::BE;
use super::said::{Clause, Said, applied, plain, said_index};
use crate::language::{Relation, Tok, Token};

/// "perpendicular to μ_a the variance of k_a stays α per direction".
pub(super) fn across(c: &Clause) -> Option<Vec<Said>> {
    let key = c.odd_key()?;
    let toward = c.other_letter(&key)?;
    let start = c.skip(0, &["in", "all", "the", "each", "every", "direction", "directions"]);
    let across = c.phrase(start, "perpendicular|orthogonal|normal to").or_else(|| c.phrase(start, "across"))?;
    let (end, mean) = c.operand(c.skip(across, &["the", "mean"]))?;
    let named =
        |text: &[Token], name: &str| text.first().is_some_and(|t| t.is_name(name)) && said_index(text).is_some_and(|l| l == key);
    if !named(&mean, "mu") {
        return None;
    }
    let end = if c.tokens.get(end).is_some_and(|t| t.kind == Tok::Comma) { end + 1 } else { end };
    let (end, f) = c.noun(c.skip(end, &["the"])).filter(|(_, f)| *f != "E")?;
    let (end, text) = c.operand(c.skip(c.phrase(end, "of")?, &["the", "key"]))?;
    if !named(&text, "k") {
        return None;
    }
    let (end, value) = c.operand(c.about(c.skip(end, BE)).0)?;
    let tails = ["per direction", "in each direction", "in every direction", "in each of them", "each"];
    let end = tails.iter().filter_map(|w| c.phrase(end, w)).max().unwrap_or(end);
    let left = applied(f, &plain(&format!("mu_{toward}^T k_{key}"), c.world));
    c.over(end).then(|| vec![Said::of(left, Relation::Equal, value, true)])
}

/// "the key is now noisy by ½ in all directions", "k_a has variance ½ in every direction".
pub(super) fn every_direction(c: &Clause) -> Option<Vec<Said>> {
    let key = c.odd_key()?;
    let toward = c.other_letter(&key)?;
    let start = c.skip(0, &["the", "key"]);
    let end = match c.operand(start) {
        Some((end, text)) => {
            let own = text.first().is_some_and(|t| t.is_name("k")) && said_index(&text).is_some_and(|l| l == key);
            own.then_some(end)?
        }
        None if start > 0 => start,
        None => return None,
    };
    let end = c.skip(end, &["is", "has", "now", "then", "also", "a", "the"]);
    let noisy = ["noisy by", "noisy with", "noise", "noise of", "variance", "variance of", "a variance of", "noise of variance"];
    let end = noisy.iter().filter_map(|w| c.phrase(end, w)).max()?;
    let (end, value) = c.operand(end)?;
    let everywhere = [
        "in all directions",
        "in every direction",
        "in each direction",
        "along all directions",
        "along every direction",
        "in any direction",
    ];
    let end = everywhere.iter().filter_map(|w| c.phrase(end, w)).max()?;
    let along = |letter: &str| applied("Var", &plain(&format!("mu_{letter}^T k_{key}"), c.world));
    c.over(end).then(|| {
        let third = Some((Relation::Equal, along(&key)));
        vec![Said { third, ..Said::of(along(&toward), Relation::Equal, value, true) }]
    })
}
