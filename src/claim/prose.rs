//! Words: propositions by their cues, and suppositions that were not understood.

use super::condition::{AHEAD, LASTING, LEADS, SUPPOSE};
use super::cues::Cue;
use super::guards;
use super::phrases::boundary;
use crate::claim::negations::contracted;
use crate::language::{Index, Relation, Style, Symbol, Tok, Token, print};
use crate::span::Span;
use crate::world::World;

/// A word of a clause with its place.
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) span: Span,
}

/// Words at which a clause ends.
pub(super) const CLAUSE_ENDS: &[&str] = &[
    "because",
    "since",
    "so",
    "but",
    "hence",
    "therefore",
    "thus",
    "while",
    "whereas",
    "although",
    "though",
    "which",
    "however",
];

/// The propositions that a sentence's clauses match: where, and which.
pub fn propositions(world: &World, tokens: &[Token], range: std::ops::Range<usize>, _text: &str) -> Vec<(Span, usize)> {
    let mut found: Vec<(Span, usize)> = Vec::new();
    let whole: Vec<Piece> = clauses(&tokens[range.clone()]).into_iter().flatten().collect();
    let pieces = clauses(&tokens[range]).into_iter().map(|c| (c, false)).chain([(whole, true)]);
    for (clause, is_sentence) in pieces {
        let words: Vec<String> = clause.iter().map(|p| p.text.clone()).collect();
        for (index, proposition) in world.propositions.iter().enumerate().filter(|(_, p)| p.entry.sentence == is_sentence) {
            let Some((hit, by)) = proposition.entry.cues.iter().find_map(|c| Some((Cue::new(c).find(&words)?, c))) else {
                continue;
            };
            let supposed = !is_sentence && supposed(&words, &hit);
            let first = hit.start;
            let (start, end) = around(&words, hit);
            let part = &words[start..end];
            let denied = proposition.entry.unless.iter().any(|u| {
                let cue = Cue::new(u);
                cue.find(part).is_some() || part.iter().any(|w| u == "n't" && contracted(w))
            });
            let id = &proposition.entry.id;
            let span = clause[first].span.to(clause[end - 1].span);
            let again =
                found.iter().any(|(s, i)| world.propositions[*i].entry.id == *id && s.start < span.end && span.start < s.end);
            // "It isn't a continuous density": a denial that no cue is made of turns what is said round.
            let turned = part.iter().any(|w| denies(w)) && !by.split([' ', '|']).any(denies);
            let denied = denied || turned;
            let narrowed = guards::narrowed(&words[start..]) && !proposition.entry.cues.iter().any(|c| c.contains("only"));
            if !denied && !again && !narrowed && !supposed {
                found.push((span, index));
            }
        }
    }
    found
}

/// "For n = 3 the average is exact": whether the clause has a condition in mathematics that the match leaves out, or is all of one
/// ("if q is longer, then …").
fn supposed(words: &[String], hit: &std::ops::Range<usize>) -> bool {
    const MORE: &[&str] = &["where", "unless", "from"];
    const SIGNS: &[Relation] =
        &[Relation::Equal, Relation::NotEqual, Relation::Less, Relation::LessEqual, Relation::Greater, Relation::GreaterEqual];
    let sign = |w: &String| SIGNS.iter().any(|r| r.plain() == w);
    let bound = |at: usize| {
        let signed = (at + 2..=at + 3).find(|i| words.get(*i).is_some_and(sign) && !hit.contains(i));
        // "for every β > 0" leaves nothing out.
        signed.is_some_and(|i| words[i] != Relation::Greater.plain() || words.get(i + 1).is_none_or(|w| w != "0"))
    };
    let leads = |at: &usize| [LEADS, MORE].iter().any(|l| l.contains(&words[*at].as_str())) && !hit.contains(at);
    let conditional = words.first().is_some_and(|w| matches!(w.as_str(), "if" | "when" | "whenever" | "once"));
    let premise = conditional && words.get(hit.end..).is_some_and(|rest| rest.iter().any(|w| w == "then"));
    premise || (0..words.len()).filter(leads).any(bound)
}

fn denies(word: &str) -> bool {
    matches!(word, "not" | "never" | "cannot" | "wrong" | "incorrect") || contracted(word)
}

/// A match without what `and` joins to it on either side.
fn around(words: &[String], hit: std::ops::Range<usize>) -> (usize, usize) {
    let start = words[..hit.start].iter().rposition(|w| w == "and").map_or(0, |i| i + 1);
    let end = words[hit.end..].iter().position(|w| w == "and").map_or(words.len(), |i| hit.end + i);
    (start, end)
}

fn clauses(tokens: &[Token]) -> Vec<Vec<Piece>> {
    let mut out = Vec::new();
    let mut clause: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (piece, next) = piece(tokens, at);
        let breaks = match &tokens[at].kind {
            Tok::Comma | Tok::Semicolon | Tok::Stop | Tok::Colon | Tok::Implies | Tok::Gap => true,
            Tok::Word(w) => CLAUSE_ENDS.contains(&w.to_lowercase().as_str()),
            _ => false,
        };
        if breaks {
            if !clause.is_empty() {
                out.push(std::mem::take(&mut clause));
            }
        } else {
            clause.push(piece);
        }
        at = next;
    }
    if !clause.is_empty() {
        out.push(clause);
    }
    out
}

/// One word, number, sign or symbol with its index (`v_a`) from the tokens at `at`.
pub(super) fn piece(tokens: &[Token], at: usize) -> (Piece, usize) {
    let token = &tokens[at];
    let one = |text: String| (Piece { text, span: token.span }, at + 1);
    match &token.kind {
        Tok::Word(w) => one(w.to_lowercase()),
        Tok::Number(n) => one(n.clone()),
        Tok::Name(n) => {
            let index = |i: usize| match tokens.get(i).map(|t| &t.kind) {
                Some(Tok::Name(l)) => Some(Index::Letter(l.clone())),
                Some(Tok::Number(d)) => d.parse().ok().map(Index::Number),
                _ => None,
            };
            let sub = tokens.get(at + 1).is_some_and(|t| t.kind == Tok::Sub);
            let braced = sub && matches!(tokens.get(at + 2).map(|t| &t.kind), Some(Tok::Open(_)));
            let glued = !sub
                && tokens.get(at + 1).is_some_and(|t| !t.spaced && !t.math && matches!(t.kind, Tok::Name(_) | Tok::Number(_)));
            let (place, end) = match (sub, braced, glued) {
                (true, false, _) => (at + 2, at + 3),
                (true, true, _) => (at + 3, at + 5),
                (_, _, true) => (at + 1, at + 2),
                _ => (usize::MAX, at + 1),
            };
            let indices: Vec<Index> = index(place).into_iter().collect();
            let end = if indices.is_empty() { at + 1 } else { end.min(tokens.len()) };
            let symbol = Symbol { name: n.clone(), indices };
            let text = print(&crate::language::Expr::Symbol(symbol), Style::Plain);
            (Piece { text, span: token.span.to(tokens[end - 1].span) }, end)
        }
        Tok::Percent => one("%".into()),
        Tok::Infinity => one("∞".into()),
        Tok::Rel(r) => one(r.plain().into()),
        Tok::Function(f) => one((*f).to_string()),
        other => one(format!("{other:?}").to_lowercase()),
    }
}

/// A supposition in words that no relation spells out.
pub struct Worded {
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Whether it lasts to the end of the part.
    pub lasts: bool,
    /// Which of the world's suppositions says the same, and the first number of its words.
    pub known: Option<(usize, Option<String>)>,
}

/// Suppositions in words.
pub fn suppositions(world: &World, tokens: &[Token], text: &str) -> Vec<Worded> {
    let words: Vec<Option<String>> = tokens.iter().map(Token::word).collect();
    let example = words.iter().flatten().any(|w| matches!(w.as_str(), "example" | "e.g" | "eg" | "instance" | "imagine"));
    let mut out = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let Some(word) = word else { continue };
        let compared = i > 0 && words[i - 1].as_deref() == Some("than");
        let counted = !compared
            && matches!(word.as_str(), "with" | "for")
            && tokens.get(i + 1).is_some_and(|t| {
                matches!(t.kind, Tok::Number(_))
                    || t.word().is_some_and(|w| matches!(w.as_str(), "two" | "three" | "four" | "five" | "ten" | "only" | "one"))
            });
        // "N(1, 0.5) with 0.5 the variance": how the notation is meant.
        let notation = counted && moment_behind(&words[i + 1..]);
        // "each with 50 percent": a share, no count.
        let percent = tokens.get(i + 2).is_some_and(|t| t.kind == Tok::Percent || t.word().is_some_and(|w| w == "percent"));
        let counted = counted && !notation && !percent;
        // "with orthonormal keys": a supposition only where the world knows it as one.
        let perhaps = matches!(word.as_str(), "with" | "for" | "under" | "given" | "having" | "as" | "since" | "because");
        // "Say that key j …", not "one can say that".
        let sure = SUPPOSE.contains(&word.as_str()) && (word != "say" || opens(&words, i)) || counted || word == "example";
        // "In the second row …": a case that stands elsewhere.
        let sure = sure || word == "in" && elsewhere(&words[i + 1..]) || conceded(&words[i..]);
        if !(sure || perhaps) {
            continue;
        }
        // "one may raise β without limit": how, not what is supposed.
        let endless = word == "without"
            && words
                .get(i + 1)
                .and_then(|w| w.as_deref())
                .is_some_and(|w| matches!(w, "limit" | "bound" | "bounds" | "end" | "doubt"));
        if endless {
            continue;
        }
        // "when sampling k_i": a circumstance, no supposition.
        let circumstance = word == "when" && words.get(i + 1).and_then(|w| w.as_ref()).is_some_and(|w| w.ends_with("ing"));
        let spelled = circumstance || spelled_out(&tokens[i + 1..]);
        // "If we leave out the draws with X < 0": the relation is read as what is left out.
        let to_sign = tokens[i..].iter().take_while(|t| !matches!(t.kind, Tok::Rel(_) | Tok::Comma | Tok::Stop));
        let left_out = to_sign.clone().filter_map(Token::word).any(|w| {
            matches!(
                w.as_str(),
                "ignore" | "ignoring" | "exclude" | "excluding" | "discard" | "drop" | "omit" | "neglect" | "disregard"
            )
        }) || words[i..]
            .windows(2)
            .take(4)
            .any(|w| matches!((w[0].as_deref(), w[1].as_deref()), (Some("leave"), Some("out" | "aside"))));
        let signed = tokens.get(i + to_sign.count()).is_some_and(|t| matches!(t.kind, Tok::Rel(_)));
        // "Suppose q = k_j and the keys are orthonormal": the relation is read as one, and the words may be known.
        let read = (spelled || left_out && signed || i == 0 && spelled_ahead(word, &tokens[1..])) && sure;
        let end = tokens[i..]
            .iter()
            .position(|t| {
                matches!(t.kind, Tok::Comma | Tok::Stop | Tok::Implies | Tok::Semicolon) || t.word().is_some_and(|w| w == "then")
            })
            .map_or(tokens.len(), |n| i + n);
        // "In the second row it …": the place alone is the supposition.
        let end = if word == "in" { end.min(i + 4) } else { end };
        let span = tokens[i].span.to(tokens[end.max(i + 1) - 1].span);
        let lasts = example
            || words.first().and_then(|w| w.as_deref()).is_some_and(|w| LASTING.contains(&w))
            || matches!(
                word.as_str(),
                "suppose" | "assume" | "assuming" | "imagine" | "consider" | "choose" | "pick" | "example" | "say"
            );
        let said: Vec<String> = clauses(&tokens[i..end.max(i + 1)]).into_iter().flatten().map(|p| p.text).collect();
        // "only if the keys are normalised": what else it would not be is said, not that they are.
        let only = i > 0 && words[i - 1].as_deref() == Some("only");
        let known = known_supposition(world, &said, false).filter(|_| !only);
        if (!sure || read) && known.is_none() {
            continue;
        }
        out.push(Worded { text: span.of(text).to_string(), span, lasts, known });
    }
    for clause in clauses(tokens) {
        let said: Vec<String> = clause.iter().map(|p| p.text.clone()).collect();
        let (Some(known), [first, .., last]) = (known_supposition(world, &said, true), clause.as_slice()) else { continue };
        let span = first.span.to(last.span);
        // What else the clause may suppose is kept as what it is, not understood.
        const PHRASE_WORDS: usize = 4;
        let alone = clause.len() <= PHRASE_WORDS;
        out.retain(|w: &Worded| w.known.is_some() || !alone || !(w.span.start < span.end && span.start < w.span.end));
        out.push(Worded { text: span.of(text).to_string(), span, lasts: true, known: Some(known) });
    }
    out
}

/// "one gap may stay small as long as the others are large": a case that is allowed for.
fn conceded(words: &[Option<String>]) -> bool {
    const REACH: usize = 8;
    let word = |i: usize| words.get(i).and_then(|w| w.as_deref()).unwrap_or_default();
    matches!(word(0), "may" | "can" | "could")
        && (1..REACH).any(|i| word(i) == "as" && word(i + 1) == "long" && word(i + 2) == "as")
}

/// "the variance", "being the standard deviation" behind a number.
fn moment_behind(words: &[Option<String>]) -> bool {
    let behind: Vec<&str> = words.iter().skip(1).take(4).map_while(|w| w.as_deref()).collect();
    let noun = |w: &&str| matches!(*w, "variance" | "deviation" | "std" | "sd");
    behind
        .iter()
        .position(noun)
        .is_some_and(|at| behind[..at].iter().all(|w| matches!(*w, "the" | "as" | "being" | "is" | "its" | "standard" | "a")))
}

/// Whether the word stands first in its sentence.
fn opens(words: &[Option<String>], at: usize) -> bool {
    words[..at].iter().all(Option::is_none) && words.get(at + 1).is_some_and(|w| w.as_deref() == Some("that"))
}

/// "the first row", "the last case": words that point to a case of a table or a list.
fn elsewhere(words: &[Option<String>]) -> bool {
    let word = |i: usize| words.get(i).and_then(|w| w.as_deref()).unwrap_or_default();
    let ordinal = matches!(word(1), "first" | "second" | "third" | "fourth" | "last" | "other" | "former" | "latter");
    word(0) == "the" && ordinal && matches!(word(2), "row" | "line" | "column" | "case" | "example" | "setting" | "situation")
}

/// The world's supposition that a clause's words make, with the first number among them.
fn known_supposition(world: &World, said: &[String], bare: bool) -> Option<(usize, Option<String>)> {
    let matches = |list: &[String]| list.iter().any(|c| Cue::new(c).find(said).is_some());
    let at = world.suppositions.iter().position(|s| s.bare == bare && matches(&s.cues) && !matches(&s.unless))?;
    const WORDS: &[&str] = &["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let number = said.iter().find_map(|w| {
        let digits = w.parse::<f64>().is_ok().then(|| w.clone());
        digits.or_else(|| WORDS.iter().position(|x| x == w).map(|n| n.to_string()))
    });
    Some((at, number))
}

/// "Suppose the factors differ a bit: q = …": whether words lead to a relation behind a colon, which is the supposition.
fn spelled_ahead(word: &str, tokens: &[Token]) -> bool {
    let words = tokens.iter().take_while(|t| t.word().is_some()).count();
    let begins = |t: &Token| matches!(t.kind, Tok::Name(_));
    AHEAD.contains(&word)
        && tokens.get(words).is_some_and(|t| t.kind == Tok::Colon)
        && tokens.get(words + 1).is_some_and(begins)
        && tokens[words + 2..].iter().find(|t| boundary(t)).is_some_and(|t| t.kind == Tok::Rel(Relation::Equal))
}

/// Whether a relation follows before the clause ends: then it is the supposition.
fn spelled_out(tokens: &[Token]) -> bool {
    let mut words = 0;
    let tokens = if tokens.first().is_some_and(|t| t.kind == Tok::Colon) { &tokens[1..] } else { tokens };
    let mut measured = false;
    for token in tokens {
        let last = std::mem::replace(&mut measured, token.word().is_some_and(|w| w == "as"));
        match &token.kind {
            Tok::Rel(_) | Tok::Function(_) => return words <= 3,
            Tok::Word(w) if matches!(w.to_lowercase().as_str(), "then" | "we" | "large" | "big" | "high") => {
                // "just as big as" measures by something else.
                return !last && (w.eq_ignore_ascii_case("large") || w.eq_ignore_ascii_case("big"));
            }
            Tok::Word(_) => words += 1,
            Tok::Comma | Tok::Stop | Tok::Implies | Tok::Colon => return false,
            _ => {}
        }
    }
    false
}
