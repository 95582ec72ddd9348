//! Shares and counts of something else than the answers to the dev questions: of training pairs, positions, lines, differences.

use super::amounts::is_all;
use super::figures::RIGHT;
use super::shares;
use super::words::Word;

/// `91 times in 2000, so 4.55 %`: a share of the training pairs is no accuracy.
pub fn of_training(s: &[Word], at: usize) -> bool {
    let large = |w: &Word| w.count().is_some_and(|n| n >= 1000.0);
    // "… would score 9.1 % on the training set".
    let behind = s[at + 1..].iter().take(6).take_while(|w| !super::words::parts_clause(w)).collect::<Vec<_>>();
    let on = behind.windows(3).any(|p| {
        p[0].is(&["on", "of", "in"]) && (p[1].is(&["training", "train"]) || p[1].is(&["the"]) && p[2].is(&["training", "train"]))
    });
    on || shares::total(s, at).is_some_and(|(_, t)| t >= 1000.0) || s[at.saturating_sub(5)..at].iter().any(large)
}

/// `The bottleneck halves the positions (64 of 128)`: a share of something else than the answers.
pub fn of_positions(s: &[Word], at: usize) -> bool {
    const THINGS: &[&str] = &[
        "positions",
        "position",
        "latents",
        "tokens",
        "slots",
        "vectors",
        "layers",
        "heads",
        "length",
        "characters",
        "blocks",
        "weights",
    ];
    let total = shares::total(s, at).map(|(_, t)| t);
    let of_answers = total.is_none_or(is_all);
    let near = &s[at.saturating_sub(6)..(at + 6).min(s.len())];
    // "For 462 of the 500 the place stands in wiki.txt": so many could be known.
    let written = total.is_some()
        && s[at..].iter().any(|w| w.text.starts_with("wiki") || w.is(&["line", "text"]))
        && s[at..]
            .iter()
            .any(|w| w.is(&["stands", "stand", "written", "appears", "appear", "occurs", "occur", "contained", "mentioned"]));
    // "The file has the place for 462 of the 500 people", "64 % worse".
    let right = s.iter().any(|w| w.is(RIGHT));
    let held = total.is_some()
        && !right
        && s[..at].iter().any(|w| w.text.starts_with("wiki") || w.is(&["file", "text", "line", "documents"]))
        && s.iter().any(|w| w.is(&["place", "places"]));
    let compares =
        shares::percent(s, at) && s.get(at + 2).is_some_and(|w| w.is(&["worse", "better", "fewer", "lower", "higher"]));
    // "77 right answers fewer": a difference.
    let near_words = s[at + 1..].iter().take(4).take_while(|w| !super::words::parts_clause(w));
    let differs = total.is_none() && near_words.into_iter().any(|w| w.is(&["fewer", "less"]));
    written || held || compares || differs || !of_answers && near.iter().any(|w| w.is(THINGS))
}
