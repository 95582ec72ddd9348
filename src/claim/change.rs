//! What a change of one thing does to another: "adding 5 to all scores leaves the weights as they are", "the weights
//! do not depend on the values", "doubling the query cancels".
//!
//! A sentence is read where it names one change, the weights or the output, and whether they change. Words that
//! hedge ("hardly", "only", "except") leave it alone.

use super::cues::Cue;
use super::prose::{Piece, piece};
use super::statement::Body;
use crate::claim::negations::contracted;
use crate::language::{Tok, Token};
use crate::span::Span;

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// One number is added to every score.
    ScoresShifted,
    /// Every score is multiplied by one number, as by a longer query.
    ScoresScaled,
    /// One vector is added to every key.
    KeysShifted,
    /// The values are others.
    Values,
    /// The value of one key is another one.
    OneValue,
    /// A key is another one, and the weight of one that stays is looked at.
    OtherKeys,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// The attention weights.
    Weights,
    /// The output.
    Output,
}

/// Changes with the words that name them; the first that matches is meant.
const CHANGES: &[(&str, Change)] = &[
    (
        "replac*|chang*|swap*|exchang*|alter*|modif*|mov* one|another|other|v_i|any of|value|values|by|other|the another|value|values|v_i|vector",
        Change::OneValue,
    ),
    ("= replac*|chang*|swap*|exchang*|alter*|modif* v_i", Change::OneValue),
    ("add*|adding|subtract*|shift* same|constant|common|fixed vector to|from|by all|every|each|the key*", Change::KeysShifted),
    ("same|constant|common vector added|subtracted to|from all|every|each|the key*", Change::KeysShifted),
    ("add*|subtract*|shift*|raise*|raising|lower* all|every|each|both score*|logit*|product*", Change::ScoresShifted),
    ("add*|subtract*|shift* same|constant|common score*|logit*|product*", Change::ScoresShifted),
    ("all|every|each score*|logit*|product* shifted|raised|lowered|increased by", Change::ScoresShifted),
    ("add*|adding|subtract* number|constant|offset|shift to|from all|every|each score*|logit*|product*", Change::ScoresShifted),
    ("common|constant|same shift|offset of|in|to the|all score*|logit*|product*", Change::ScoresShifted),
    ("doubl*|scal*|rescal*|tripl*|halv*|multipl*|lengthen*|stretch* query|q", Change::ScoresScaled),
    ("query|q is|are|gets|get doubled|scaled|rescaled|tripled|halved|multiplied", Change::ScoresScaled),
    ("doubl*|scal*|rescal*|tripl*|halv*|multipl* all|every|each|the score*|logit*|product*", Change::ScoresScaled),
    (
        "all|every|each|the score*|logit*|product* are|is|get|gets doubled|scaled|rescaled|tripled|halved|multiplied",
        Change::ScoresScaled,
    ),
];

/// Things that something may depend on.
const CAUSES: &[(&str, Change)] = &[
    ("value*|v_i|v_1|v_n", Change::Values),
    ("length|norm|magnitude|size of q", Change::ScoresScaled),
    ("length|norm|magnitude|size of the query", Change::ScoresScaled),
    ("other|remaining|others key*|score*|logit*|ones|product*", Change::OtherKeys),
];

/// Words for the weights, and for the output.
const WEIGHTS: &str = "weight|weights|softmax|distribution|alpha|alphas|alpha_i|alpha_j|α|α_i|α_j|alpha_a|α_a|probabilities";
const OUTPUT: &str = "c|output|result";

/// Outcomes after a change that leave things as they are, with `@` for what is looked at.
const UNCHANGED: &[&str] = &[
    "leave*|leaving|keep*|keeping @ as they|it are|is|were|was",
    "leave*|leaving|keep*|keeping @ unchanged|alone|untouched|unaltered|invariant|identical|fixed|same",
    "leave*|leaving|keep*|keeping unchanged|unaltered|untouched @",
    "not|doesn't|n't|never|without change|changes|changing|alter|alters|altering|affect|affecting|influence|influencing|touch @",
    "@ stay*|remain*|is|are|keep* same|unchanged|unaffected|unaltered|identical|invariant",
    "@ stay*|remain* as they|it are|is|were|was",
    "@ not|doesn't|don't|n't change|changes|changed|affected|altered",
    "no effect|influence|impact on|for @",
    "invariant|insensitive|unaffected @",
    "@ invariant|insensitive",
];

/// Outcomes that name nothing: everything stays, or a factor cancels.
const UNCHANGED_ALONE: &[&str] =
    &["changes|change nothing", "makes|make no difference", "has|have no effect", "cancels", "cancel", "cancelled", "canceled"];

/// Outcomes by which it changes.
const CHANGED: &[&str] = &[
    "change*|alter*|affect*|influence*|sharpen*|shift* @",
    "@ change*|becomes|become|get|gets different|sharper|flatter|others|peaked",
    "@ change|changes",
];

/// Outcomes that say how it changes: wrong where nothing changes, and no more than a change is known of them elsewhere.
const CHANGED_SOMEHOW: &[&str] = &[
    "multiplies|multiply|scales|scale|raises|increases|enlarges|lowers|decreases|reduces|doubles|doubling each|every|all|the @",
];

/// Words with which such a sentence says something less simple.
const HEDGES: &[&str] = &[
    "only",
    "unless",
    "except",
    "hardly",
    "almost",
    "nearly",
    "little",
    "much",
    "may",
    "could",
    "might",
    "approximately",
    "about",
    "practically",
    "order",
    "ratio",
    "ratios",
    "quotient",
    "odds",
    "relative",
    "sum",
    "sums",
    "total",
    "equal",
    "uniform",
    "argmax",
    "maximum",
    "numerator",
    "then",
    "differences",
    "ranking",
    "largest",
    "sometimes",
    "necessarily",
    "large",
    "limit",
    "noise",
    "draws",
    "head",
    "heads",
    "denominator",
    "if",
    "whether",
    "question",
    "why",
    "far",
];

/// The changes that a sentence speaks of: where, and what it says.
pub fn find(tokens: &[Token]) -> Vec<(Span, Body)> {
    let mut found = Vec::new();
    for clause in stretches(tokens) {
        let words: Vec<String> = clause.iter().map(|p| p.text.clone()).collect();
        let said = transformed(&words).or_else(|| depends(&words)).or_else(|| indifferent(&words));
        for (range, change, effect, stays) in of_calls(&words).into_iter().chain(said) {
            let span = clause[range.start].span.to(clause[range.end - 1].span);
            found.push((span, Body::Change { change, effect, stays }));
        }
    }
    found
}

/// `softmax(s + 5)` is the same w, `softmax(2*s) = softmax(s)`: a function of other scores set equal to that of the scores.
fn of_calls(words: &[String]) -> Vec<Said> {
    const BETWEEN: &[&str] = &[
        "too",
        "also",
        "is",
        "are",
        "gives",
        "yields",
        "the",
        "again",
        "still",
        "exactly",
        "to",
        "as",
        "weights",
        "distribution",
        "vector",
    ];
    let t = |i: usize| words.get(i).map_or("", |w| w.as_str());
    let number = |i: usize| t(i).parse::<f64>().is_ok_and(|n| n != 0.0);
    let mut found = Vec::new();
    for at in (0..words.len()).filter(|i| t(*i) == "softmax" && t(i + 1).starts_with("open(")) {
        let close = (at + 2..words.len()).find(|i| t(*i).starts_with("close(")).unwrap_or(at);
        let change = match (at + 2..close).map(t).collect::<Vec<_>>().as_slice() {
            ["s", "plus" | "minus" | "+" | "-", n] if n.parse::<f64>().is_ok_and(|n| n != 0.0) => Change::ScoresShifted,
            [_, "s"] | [_, "times", "s"] if number(at + 2) && t(at + 2) != "1" => Change::ScoresScaled,
            ["s", "times" | "slash", _] if number(at + 4) && t(at + 4) != "1" => Change::ScoresScaled,
            _ => continue,
        };
        let mut end = close + 1;
        let (mut same, mut denied) = (false, false);
        loop {
            match t(end) {
                "same" | "identical" | "=" | "equal" | "equals" => same = true,
                "not" | "n't" | "isn't" => denied = true,
                "different" | "≠" | "other" | "another" => (same, denied) = (true, true),
                w if BETWEEN.contains(&w) && !w.is_empty() => {}
                _ => break,
            }
            end += 1;
        }
        let call =
            t(end) == "softmax" && t(end + 1).starts_with("open(") && t(end + 2) == "s" && t(end + 3).starts_with("close(");
        let named = matches!(t(end), "w" | "α" | "alpha" | "p");
        let plain = matches!(t(end.wrapping_sub(1)), "weights" | "distribution" | "vector") && end == words.len();
        let end = if call { end + 4 } else { end + usize::from(named) };
        if same && (call || named || plain) {
            found.push((at..end.min(words.len()), change, Effect::Weights, !denied));
        }
    }
    found
}

type Said = (std::ops::Range<usize>, Change, Effect, bool);

/// The words of a sentence between joints that turn to something else; "so" and "therefore" conclude and stay inside.
fn stretches(tokens: &[Token]) -> Vec<Vec<Piece>> {
    const TURNS: &[&str] = &["because", "since", "but", "while", "whereas", "although", "though", "however"];
    let mut out = vec![Vec::new()];
    let mut at = 0;
    while at < tokens.len() {
        let (piece, next) = piece(tokens, at);
        let turns =
            matches!(tokens[at].kind, Tok::Semicolon | Tok::Stop | Tok::Gap | Tok::Colon) || TURNS.contains(&piece.text.as_str());
        if turns {
            out.push(Vec::new());
        } else if let Some(last) = out.last_mut() {
            last.push(piece);
        }
        at = next;
    }
    out.retain(|s| !s.is_empty());
    out
}

/// "adding 5 to every score" with what comes of it: the first change whose outcome is read.
fn transformed(words: &[String]) -> Option<Said> {
    let own: Vec<String> = words.iter().filter(|w| *w != "if").cloned().collect();
    if hedged(&own) {
        return None;
    }
    CHANGES.iter().find_map(|(cue, change)| consequence(words, Cue::new(cue).find(words)?, *change))
}

/// What comes of a change that some words name.
fn consequence(words: &[String], hit: std::ops::Range<usize>, change: Change) -> Option<Said> {
    let after = &words[hit.end..];
    if words[..hit.start].iter().rev().take(2).any(|w| w == "not" || w == "no" || w == "without") {
        return None;
    }
    let nothing_moves = matches!(change, Change::ScoresShifted | Change::KeysShifted);
    let somehow = || {
        let cue = |c: &&str| Cue::new(&c.replace('@', WEIGHTS)).find(after).map(|r| (r.end, Effect::Weights, false));
        CHANGED_SOMEHOW.iter().find_map(cue).filter(|_| nothing_moves && !after.iter().any(|w| negation(w)))
    };
    // "the same number can be added to all scores without changing the weights": what comes of it stands behind.
    let (end, effect, stays) = outcome(after).or_else(somehow)?;
    // "moves c by the full change": more is said than that it moves.
    let moved = after.iter().any(|w| matches!(w.as_str(), "moves" | "move" | "changes" | "change" | "shifts" | "shift"));
    if moved && after.iter().any(|w| w == "by") {
        return None;
    }
    Some((hit.start..hit.end + end, change, effect, stays))
}

/// The first outcome in a row of words: where it ends, of what, and whether that stays.
fn outcome(words: &[String]) -> Option<(usize, Effect, bool)> {
    let negations = words.iter().filter(|w| negation(w)).count();
    // A cue that brings its own negation is the only place for one.
    let clear = move |cue: &str| {
        negations == 0 && (!cue.contains("not|") || words.iter().any(|w| w == "without"))
            || negations == 1 && (cue.contains("not|") || cue.starts_with("no "))
    };
    let of = |cues: &[&str], stays: bool| {
        let each = [(WEIGHTS, Effect::Weights), (OUTPUT, Effect::Output)].into_iter().flat_map(move |(noun, effect)| {
            cues.iter()
                .filter(move |c| clear(c))
                .filter_map(move |c| Some((Cue::new(&c.replace('@', noun)).find(words)?.end, effect, stays)))
                .collect::<Vec<_>>()
        });
        each.min_by_key(|(end, ..)| *end)
    };
    if let Some(found) = of(UNCHANGED, true) {
        return Some(found);
    }
    if let Some(end) = UNCHANGED_ALONE.iter().find_map(|c| Cue::new(c).find(words).map(|r| r.end))
        && !words.iter().any(|w| negation(w))
    {
        return Some((end, Effect::Weights, true));
    }
    of(CHANGED, false).filter(|_| !words.iter().any(|w| negation(w) || w == "without" || w == "nothing"))
}

/// "the weights do not depend on the values", "the values have no influence on c".
fn depends(words: &[String]) -> Option<Said> {
    if hedged(words) {
        return None;
    }
    let negations = words.iter().filter(|w| negation(w) || *w == "independent").count();
    // Where one weight takes all, the output does not see the values of the others.
    let of_others = words.iter().any(|w| matches!(w.as_str(), "other" | "others" | "remaining" | "rest"));
    for (cause, change) in CAUSES.iter().filter(|(_, c)| !(of_others && *c == Change::Values)) {
        for (noun, effect) in [(WEIGHTS, Effect::Weights), (OUTPUT, Effect::Output)] {
            let plain = [
                format!("= {noun} depend|depends on {cause}"),
                format!("{noun} depend|depends on {cause}"),
                format!("{cause} influence|influences|affect|affects|change|changes {noun}"),
                format!("{cause} has|have influence|effect|impact on {noun}"),
                format!("{noun} independent of {cause}"),
                format!("{cause} do|does|don't|doesn't|not play|enter|matter in|for {noun}"),
            ];
            // "The weights of the values": a possessive is no cause.
            let possessive = format!("= {noun} of|on the|all {cause}");
            if Cue::new(&possessive).find(words).is_some() {
                continue;
            }
            if let Some(hit) = plain.iter().find_map(|c| Cue::new(c).find(words)).filter(|_| negations <= 1) {
                return Some((hit, *change, effect, negations == 1));
            }
        }
    }
    None
}

/// "the length of q does not matter", "a factor in front of q makes no difference", "only the direction of the query counts".
fn indifferent(words: &[String]) -> Option<Said> {
    const SIZE: &str = "length|norm|magnitude|size|scale|scaling|factor";
    const OF: &str = "of|for|before|front|on";
    let cues = [
        format!("{SIZE} {OF} q|query not|n't|doesn't|does matter|count|matters"),
        format!("{SIZE} {OF} q|query no difference|role|effect|influence"),
        format!("{SIZE} {OF} q|query is|are irrelevant|unimportant|immaterial"),
    ];
    let direction =
        ["= only the direction of q|query|the counts|matters|is", "= only the direction of the query counts|matters|is"];
    if let Some(hit) = direction.iter().find_map(|c| Cue::new(c).find(words)) {
        let relevant =
            !words[hit.end - 1].eq("is") || words.get(hit.end).is_some_and(|w| matches!(w.as_str(), "relevant" | "important"));
        let others = words.iter().filter(|w| *w != "only");
        let plain = !others.clone().any(|w| HEDGES.contains(&w.as_str()) || negation(w));
        return (relevant && plain).then_some((hit, Change::ScoresScaled, Effect::Weights, true));
    }
    let negations = words.iter().filter(|w| negation(w)).count();
    let hit = cues.iter().find_map(|c| Cue::new(c).find(words)).filter(|_| !hedged(words))?;
    let denied = negations == 1
        || negations == 0 && words[hit.clone()].iter().any(|w| matches!(w.as_str(), "irrelevant" | "unimportant" | "immaterial"));
    denied.then_some((hit, Change::ScoresScaled, Effect::Weights, true))
}

fn negation(word: &str) -> bool {
    matches!(word, "not" | "no" | "never" | "nor" | "neither" | "cannot" | "none") || contracted(word)
}

fn hedged(words: &[String]) -> bool {
    words.iter().any(|w| HEDGES.contains(&w.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Lexicon, lex};

    fn said(text: &str) -> Option<(Change, Effect, bool)> {
        let tokens = lex(text, 0, false, &Lexicon::default());
        find(&tokens).into_iter().find_map(|(_, body)| match body {
            Body::Change { change, effect, stays } => Some((change, effect, stays)),
            _ => None,
        })
    }

    #[test]
    fn a_change_and_what_comes_of_it() {
        let shift = |stays| Some((Change::ScoresShifted, Effect::Weights, stays));
        assert_eq!(said("Adding 5 to all three scores leaves the weights as they are"), shift(true));
        assert_eq!(said("If we add the same constant to every score, the weights do not change"), shift(true));
        assert_eq!(said("Subtracting 7 from all logits leaves the softmax unchanged"), shift(true));
        assert_eq!(said("Adding a constant to all scores changes the weights"), shift(false));
        assert_eq!(said("adding one number to all the scores multiplies each weight by a factor"), shift(false));
        assert_eq!(said("doubling all the scores multiplies each weight by two"), None);
        assert_eq!(said("Doubling the query leaves the weights the same"), Some((Change::ScoresScaled, Effect::Weights, true)));
        assert_eq!(said("If the query is doubled the factor 2 cancels"), Some((Change::ScoresScaled, Effect::Weights, true)));
        assert_eq!(said("Doubling the query changes the weights"), Some((Change::ScoresScaled, Effect::Weights, false)));
    }

    #[test]
    fn dependence_in_either_direction() {
        let values = |effect, stays| Some((Change::Values, effect, stays));
        assert_eq!(said("the weights do not depend on the values"), values(Effect::Weights, true));
        assert_eq!(said("the values have no influence on the weights"), values(Effect::Weights, true));
        assert_eq!(said("the output does not depend on the values"), values(Effect::Output, true));
        assert_eq!(said("the weights depend on the values"), values(Effect::Weights, false));
        assert_eq!(said("the weights are independent of the values"), values(Effect::Weights, true));
    }

    #[test]
    fn what_is_said_not_to_matter() {
        let scaled = Some((Change::ScoresScaled, Effect::Weights, true));
        assert_eq!(said("the length of the query does not matter"), scaled);
        assert_eq!(said("a scale factor in front of q would make no difference"), scaled);
        assert_eq!(said("only the direction of the query counts"), scaled);
        assert_eq!(said("the norm of q is irrelevant"), scaled);
        assert_eq!(said("the length of q matters"), None);
        assert_eq!(said("the length of q does not matter for the largest score"), None, "for something else");
        assert_eq!(said("the length of the value does not matter"), None);
    }

    #[test]
    fn what_is_hedged_or_says_something_else_is_left_alone() {
        assert_eq!(said("the weights depend only on the scores"), None);
        assert_eq!(said("doubling the query hardly changes the weights"), None);
        assert_eq!(said("the weights of the values sum to one"), None);
        assert_eq!(said("adding more heads to the model changes little"), None);
    }
}
