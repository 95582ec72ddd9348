//! Words by which a statement claims more than its relation says: "no matter how small m is", "whatever the keys are",
//! "q = k_j is sufficient". What such a sentence says in a limit is then not what its relation says there.

use super::phrases::{word, words_are};
use crate::language::{Relation, Tok, Token};

/// Words that claim more than a limit gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sweeping {
    /// The words.
    pub words: String,
    /// The letter of which they speak: "for all n" claims no more than a limit in β that is named.
    pub letter: Option<String>,
    /// Whether they speak of all draws.
    pub over_draws: bool,
}

impl Sweeping {
    /// Words without a letter that are not about draws.
    pub fn plain(words: &str) -> Self {
        Sweeping { words: words.into(), letter: None, over_draws: false }
    }
}

/// The sweeping words around a run of mathematics, in its own sentence.
pub fn around(tokens: &[Token], run: &std::ops::Range<usize>) -> Option<Sweeping> {
    let ends = |t: &Token| matches!(t.kind, Tok::Stop | Tok::Semicolon);
    let start = tokens[..run.start].iter().rposition(ends).map_or(0, |i| i + 1);
    let end = tokens[run.end..].iter().position(ends).map_or(tokens.len(), |i| run.end + i);
    let outside = (start..run.start).chain(run.end..end);
    // "c_1 ≈ v_a, and always c_2 ≈ v_b": the word opens the clause of what stands behind it.
    let opens_next = |at: usize| {
        at > run.end
            && words_are(tokens, at, &["always"])
            && (tokens[at - 1].kind == Tok::Comma || words_are(tokens, at - 1, &["and"]))
    };
    outside.into_iter().filter(|at| !opens_next(*at)).find_map(|at| phrase(tokens, at))
}

/// "nearly always", "almost all draws": what is seldom is left out.
fn nearly(tokens: &[Token], at: usize) -> bool {
    let led = at.checked_sub(1).and_then(|before| word(tokens, before));
    led.is_some_and(|w| matches!(w.as_str(), "nearly" | "almost" | "practically" | "virtually"))
        && word(tokens, at).is_some_and(|w| matches!(w.as_str(), "always" | "every" | "each" | "all"))
}

/// A letter for a number of the question: Greek, or a dimension; `i` and `j` are indices.
fn quantity(token: Option<&Token>) -> bool {
    matches!(token.map(|t| &t.kind), Some(Tok::Name(n)) if n.len() > 1 || matches!(n.as_str(), "n" | "d" | "m" | "p"))
}

fn phrase(tokens: &[Token], at: usize) -> Option<Sweeping> {
    let here = word(tokens, at)?;
    if nearly(tokens, at) {
        return None;
    }
    let known = match here.as_str() {
        "no" => words_are(tokens, at + 1, &["matter"]),
        "whatever" | "regardless" | "irrespective" | "always" | "invariably" => true,
        // "for every β", "for all n": of a quantity of the question, not of an index.
        "every" | "all" | "any" | "each" => {
            let led = at > 0 && tokens[at - 1].word().is_some_and(|w| matches!(w.as_str(), "for" | "with" | "at" | "in"));
            let values = words_are(tokens, at + 1, &["values", "of"]) && quantity(tokens.get(at + 3));
            led && (quantity(tokens.get(at + 1)) || values || drawn(tokens, at))
        }
        "for" => words_are(tokens, at + 1, &["sure"]),
        "with" | "without" | "deterministically" => certain(tokens, at),
        "even" => ["for", "with", "if", "at", "when"].iter().any(|w| words_are(tokens, at + 1, &[w, "small"])),
        "independent" | "independently" => words_are(tokens, at + 1, &["of"]) && quantity(tokens.get(at + 2)),
        "soon" => at > 0 && words_are(tokens, at - 1, &["as"]) && words_are(tokens, at + 1, &["as"]),
        // "once α_j > 1/2": a bound on a weight, which is said to be enough.
        // "whenever s_j is the maximum": a lead, however small.
        "once" | "whenever" => bounds_weight(tokens, at + 1) || barely_leads(tokens, at + 1),
        "if" | "when" => barely_leads(tokens, at + 1),
        // "is sufficient", "is already enough"; "large enough" measures, and a condition that is not enough claims less.
        "sufficient" | "enough" | "suffices" => {
            let said = at == 0
                || tokens[at - 1].word().is_none_or(|w| matches!(w.as_str(), "is" | "are" | "already" | "be" | "key" | "alone"));
            let leads =
                tokens.get(at + 1).and_then(Token::word).is_some_and(|w| matches!(w.as_str(), "that" | "to" | "for" | "if"));
            said && !leads
        }
        "only" => words_are(tokens, at + 1, &["solution"]) || words_are(tokens, at + 1, &["choice"]),
        _ => false,
    };
    let of = (1..=3).map(|k| tokens.get(at + k)).find(|t| quantity(*t)).flatten().filter(|_| here != "even" && here != "no");
    let letter = of.and_then(|t| if let Tok::Name(n) = &t.kind { Some(n.clone()) } else { None });
    let over_draws = matches!(here.as_str(), "every" | "each" | "all" | "always") && drawn(tokens, at) || certain(tokens, at);
    known.then_some(Sweeping { words: here, letter, over_draws })
}

/// Whether a clause says that a score is the largest, and not by how much.
fn barely_leads(tokens: &[Token], at: usize) -> bool {
    const TOP: &[&str] = &["maximum", "maximal", "largest", "biggest", "highest", "greatest"];
    const BY_FAR: &[&str] = &["far", "much", "gap", "margin", "lead", "clearly", "clear", "distinctly", "large", "≫"];
    let ends = |t: &&Token| !matches!(t.kind, Tok::Comma | Tok::Stop | Tok::Semicolon | Tok::Colon);
    let clause: Vec<String> = tokens.get(at..).into_iter().flatten().take_while(ends).filter_map(Token::word).collect();
    let has = |list: &[&str]| clause.iter().any(|w| list.contains(&w.as_str()));
    has(TOP) && !has(BY_FAR)
}

/// Whether a lower bound of a weight stands at a place: `α_j > 1/2`.
fn bounds_weight(tokens: &[Token], at: usize) -> bool {
    const WEIGHT_MAX: usize = 5;
    let weight = matches!(tokens.get(at).map(|t| &t.kind), Some(Tok::Name(n)) if n == "alpha");
    let sign = tokens[at..].iter().take(WEIGHT_MAX).find(|t| matches!(t.kind, Tok::Rel(_)));
    weight && sign.is_some_and(|t| matches!(t.kind, Tok::Rel(Relation::Greater | Relation::GreaterEqual)))
}

/// "with certainty", "with probability one", "without exception".
fn certain(tokens: &[Token], at: usize) -> bool {
    let one = matches!(tokens.get(at + 2).map(|t| &t.kind), Some(Tok::Number(n)) if n == "1");
    words_are(tokens, at, &["with", "certainty"])
        || words_are(tokens, at, &["with", "probability", "one"])
        || words_are(tokens, at, &["with", "probability"]) && one
        || words_are(tokens, at, &["without", "exception"])
        || words_are(tokens, at, &["deterministically"])
}

/// "in every draw", "in all samples", "always".
fn drawn(tokens: &[Token], at: usize) -> bool {
    let draws = |i: usize| {
        word(tokens, i).is_some_and(|w| {
            matches!(w.as_str(), "draw" | "draws" | "sample" | "samples" | "realisation" | "realization" | "realisations")
        })
    };
    // "in all the draws that are kept": of some draws.
    let some = |i: usize| {
        word(tokens, i + 1).is_some_and(|w| {
            matches!(w.as_str(), "that" | "which" | "where" | "with" | "for" | "in" | "left" | "kept" | "considered")
        })
    };
    // "for all other draws": those that were not named.
    let rest = (1..=3).any(|k| word(tokens, at + k).is_some_and(|w| matches!(w.as_str(), "other" | "remaining" | "others")));
    word(tokens, at).is_some_and(|w| w == "always") || !rest && (1..=3).any(|k| draws(at + k) && !some(at + k))
}

/// "where γ is a small positive number", "for any real β", "s negative": the letter of an answer's size is not said to be
/// large, and the words allow that it is not.
pub fn sized_otherwise(tokens: &[Token], from: usize, letters: &[&str]) -> Option<Sweeping> {
    const OTHERWISE: &[&str] =
        &["small", "tiny", "little", "negative", "any", "arbitrary", "close", "some", "moderate", "constant", "real", "positive"];
    const LARGE: &[&str] = &[
        "large",
        "big",
        "huge",
        "great",
        "infinity",
        "grows",
        "growing",
        "sufficiently",
        "enough",
        "high",
        "much",
        "increasing",
        "tends",
        "grow",
        "increases",
        "larger",
        "limit",
    ];
    let sentence = tokens[from..].iter().position(|t| t.kind == Tok::Stop).map_or(tokens.len(), |n| from + n);
    let about = |at: &usize| matches!(&tokens[*at].kind, Tok::Name(n) if letters.contains(&n.as_str()));
    let grows = |t: &Token| matches!(t.kind, Tok::Rel(Relation::MuchGreater | Relation::Tends) | Tok::Infinity);
    let large = |t: &Token| grows(t) || t.word().is_some_and(|w| LARGE.contains(&w.as_str()));
    if tokens[from..sentence].iter().any(large) {
        return None;
    }
    let pause = |t: &Token| matches!(t.kind, Tok::Comma | Tok::Semicolon | Tok::Colon);
    let place = (from..sentence).find(about)?;
    let start = tokens[from..place].iter().rposition(pause).map_or(from, |i| from + i + 1);
    let end = tokens[place..sentence].iter().position(pause).map_or(sentence, |i| place + i);
    let word = tokens[start..end].iter().filter_map(Token::word).find(|w| OTHERWISE.contains(&w.as_str()))?;
    Some(Sweeping::plain(&word))
}
