//! Verbs with their adverbs between two expressions, as the signs that they stand for; pronouns before them.

use super::phrases::{ROMAN, boundary, clean_after, made, word, words_are};
use crate::language::{Bracket, Relation, Tok, Token};
use crate::span::Span;

/// Adverbs that make a statement approximate.
pub const APPROXIMATE: &[&str] = &["approximately", "about", "roughly", "nearly", "almost", "around", "practically", "near"];

/// Adverbs that leave a statement what it is.
const NEUTRAL: &[&str] = &[
    "only",
    "just",
    "already",
    "exactly",
    "then",
    "also",
    "still",
    "now",
    "always",
    "even",
    "again",
    "therefore",
    "thus",
    "hence",
    "clearly",
    "noticeably",
    "strictly",
    "well",
    "far",
];

/// The end of a row of adverbs, and whether one of them is approximate; `None` at a negation.
pub fn adverbs(tokens: &[Token], start: usize) -> Option<(usize, bool)> {
    let mut at = start;
    let mut approximate = false;
    loop {
        if let Some(end) = same_thing(tokens, at) {
            at = end;
            continue;
        }
        match word(tokens, at).as_deref() {
            Some("close") if words_are(tokens, at + 1, &["to"]) => {
                approximate = true;
                at += 2;
            }
            Some("equal" | "identical") if words_are(tokens, at + 1, &["to"]) => at += 2,
            Some("the") if words_are(tokens, at + 1, &["same", "as"]) => at += 3,
            Some("(") => return None,
            Some(w) if APPROXIMATE.contains(&w) => {
                approximate = true;
                at += 1;
            }
            Some(w) if NEUTRAL.contains(&w) => at += 1,
            Some("not" | "never") => return None,
            _ => return Some((at, approximate)),
        }
    }
}

/// "the same matrix as", "the same 4x4 matrix as", "the vector" before its symbol: where the words end that add nothing to equality.
fn same_thing(tokens: &[Token], at: usize) -> Option<usize> {
    const THINGS: &[&str] = &["matrix", "vector", "query", "number", "value", "expression", "map", "projector", "thing"];
    let thing = |i: usize| word(tokens, i).is_some_and(|w| THINGS.contains(&w.as_str()));
    words_are(tokens, at, &["the"]).then_some(())?;
    if words_are(tokens, at + 1, &["same"]) {
        const SIZE_MAX: usize = 3;
        let size = tokens[at + 2..].iter().take(SIZE_MAX).take_while(|t| t.word().is_none()).count();
        let noun = at + 2 + size;
        return (thing(noun) && words_are(tokens, noun + 1, &["as"])).then_some(noun + 2);
    }
    let symbol = matches!(tokens.get(at + 2).map(|t| &t.kind), Some(Tok::Name(_)));
    let called = [["vector"], ["matrix"]].iter().any(|noun| words_are(tokens, at + 1, noun));
    (symbol && called).then_some(at + 2)
}

const COMPARISONS: &[(&[&str], Relation)] = &[
    (&["at", "least"], Relation::GreaterEqual),
    (&["at", "most"], Relation::LessEqual),
    (&["less", "than"], Relation::Less),
    (&["smaller", "than"], Relation::Less),
    (&["lower", "than"], Relation::Less),
    (&["below"], Relation::Less),
    (&["more", "than"], Relation::Greater),
    (&["greater", "than"], Relation::Greater),
    (&["larger", "than"], Relation::Greater),
    (&["bigger", "than"], Relation::Greater),
    (&["higher", "than"], Relation::Greater),
    (&["above"], Relation::Greater),
    (&["over"], Relation::Greater),
    (&["under"], Relation::Less),
];

/// "(i)", "(ii)", "i)": a part of the question, and no set.
fn names_a_part(tokens: &[Token], at: usize) -> bool {
    let kind = |i: usize| tokens.get(i).map(|t| &t.kind);
    let opened = usize::from(matches!(kind(at), Some(Tok::Open(_))));
    let letters = (at + opened..tokens.len()).take_while(|i| matches!(kind(*i), Some(Tok::Name(n)) if n == "i")).count();
    letters > 0 && matches!(kind(at + opened + letters), Some(Tok::Close(_)))
        || opened == 1 && word(tokens, at + 1).is_some_and(|w| ROMAN.contains(&w.as_str()))
}

/// The relation that words between two operands express: where they end, the sign, and a number
/// that is itself a word ("positive", "zero", "half").
pub fn relation(tokens: &[Token], at: usize) -> Option<(usize, Relation, Option<&'static str>)> {
    let verb = word(tokens, at)?;
    // "α_a at β = 5 is 0.487": the value of a condition is no subject.
    let valued = at >= 3
        && matches!(tokens[at - 1].kind, Tok::Number(_))
        && matches!(tokens[at - 2].kind, Tok::Rel(Relation::Equal))
        && matches!(tokens[at - 3].kind, Tok::Name(_));
    if valued && matches!(verb.as_str(), "is" | "are" | "was" | "equals" | "becomes") {
        return None;
    }
    let (mut end, mut relation) = match verb.as_str() {
        "is" | "are" | "was" | "were" | "becomes" | "become" | "stays" | "remains" => (at + 1, Relation::Equal),
        "equals" | "equal" => (at + 1, Relation::Equal),
        "coincides" | "coincide" | "agrees" | "agree" if words_are(tokens, at + 1, &["with"]) => (at + 2, Relation::Equal),
        "exceeds" | "exceed" => (at + 1, Relation::Greater),
        "approaches" | "approach" => (at + 1, Relation::Tends),
        "tends" | "tend" | "goes" | "go" | "converges" | "converge" if words_are(tokens, at + 1, &["to"]) => {
            (at + 2, Relation::Tends)
        }
        "in" if !names_a_part(tokens, at + 1) => (at + 1, Relation::In),
        _ => return None,
    };
    if relation == Relation::Equal {
        let (after, approximate) = adverbs(tokens, end)?;
        end = after;
        if approximate {
            relation = Relation::Approx;
        }
        if let Some((words, sign)) = COMPARISONS.iter().find(|(words, _)| words_are(tokens, end, words)) {
            end += words.len();
            relation = *sign;
        }
    }
    if tokens.get(end).is_some_and(operand_start) {
        // "A^T is m × d" says its size.
        return (!size(tokens, end)).then_some((end, relation, None));
    }
    if relation == Relation::In {
        return None;
    }
    let (number, sign, words) = number_word(tokens, end)?;
    clean_after(tokens.get(end + words)).then_some((end + words, sign.unwrap_or(relation), Some(number)))
}

/// Whether the size of a matrix stands at a place: `m × d`, and nothing more.
fn size(tokens: &[Token], at: usize) -> bool {
    let side = |t: &Token| match &t.kind {
        Tok::Name(n) => matches!(n.as_str(), "m" | "d" | "n" | "p" | "x"),
        Tok::Number(_) => true,
        _ => false,
    };
    let Some([a, by, b]) = tokens.get(at..at + 3) else { return false };
    let ends = tokens.get(at + 3).is_none_or(|t| boundary(t) || matches!(t.kind, Tok::Word(_) | Tok::Close(_) | Tok::Gap));
    side(a) && by.kind == Tok::Times && side(b) && ends && matches!((&a.kind, &b.kind), (Tok::Name(_), _) | (_, Tok::Name(_)))
}

/// A number that is written as a word: its digits, the relation that it brings along, its words.
fn number_word(tokens: &[Token], at: usize) -> Option<(&'static str, Option<Relation>, usize)> {
    let one = |number, relation| Some((number, relation, 1));
    match word(tokens, at)?.as_str() {
        "zero" => one("0", None),
        "positive" => one("0", Some(Relation::Greater)),
        "negative" => one("0", Some(Relation::Less)),
        "half" => one("0.5", None),
        "one" | "a" if words_are(tokens, at + 1, &["half"]) => Some(("0.5", None, 2)),
        "one" | "a" if words_are(tokens, at + 1, &["quarter"]) => Some(("0.25", None, 2)),
        "one" => one("1", None),
        _ => None,
    }
}

fn operand_end(t: &Token) -> bool {
    matches!(
        t.kind,
        Tok::Name(_) | Tok::Number(_) | Tok::Close(_) | Tok::Transpose | Tok::Percent | Tok::Infinity | Tok::DoubleBar | Tok::Bar
    )
}

pub fn operand_start(t: &Token) -> bool {
    matches!(
        t.kind,
        Tok::Name(_)
            | Tok::Number(_)
            | Tok::Open(Bracket::Round | Bracket::Brace)
            | Tok::Frac
            | Tok::Sum
            | Tok::Function(_)
            | Tok::Sqrt
            | Tok::Infinity
            | Tok::DoubleBar
    )
}

/// "γ is negative but above −1": the second bound of a letter with its letter. Where the bound's number begins.
fn other_bound(tokens: &[Token], at: usize, out: &mut Vec<Token>) -> Option<usize> {
    let [.., letter, relation, Token { kind: Tok::Number(_), .. }] = out.as_slice() else { return None };
    let (Tok::Name(_), Tok::Rel(first)) = (&letter.kind, &relation.kind) else { return None };
    if !first.is_order() || !word(tokens, at).is_some_and(|w| matches!(w.as_str(), "and" | "but" | "yet")) {
        return None;
    }
    let start = at + 1 + usize::from(word(tokens, at + 1).is_some_and(|w| matches!(w.as_str(), "still" | "also" | "yet")));
    let (words, sign) = COMPARISONS.iter().find(|(words, _)| words_are(tokens, start, words))?;
    let end = start + words.len();
    let number = tokens.get(end + usize::from(tokens.get(end).is_some_and(|t| t.kind == Tok::Minus)));
    if !sign.is_order() || !number.is_some_and(|t| matches!(t.kind, Tok::Number(_))) {
        return None;
    }
    let letter = letter.clone();
    let span = tokens[start].span.to(tokens[end - 1].span);
    out.push(tokens[at].clone());
    out.push(Token { span: Span::new(span.start, span.start), ..letter });
    out.push(Token { kind: Tok::Rel(*sign), span, spaced: true, math: false });
    Some(end)
}

/// `X is 1.5`, `c tends to v_a`: words between two expressions that say what a sign would.
pub fn verbs(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let applies = out.last().is_some_and(operand_end) && !part_of_phrase(&out);
        match applies.then(|| relation(&tokens, at)).flatten() {
            Some((end, sign, number)) => {
                let span = tokens[at].span.to(tokens[end - 1].span);
                out.push(Token { kind: Tok::Rel(sign), span, spaced: true, math: false });
                if let Some(number) = number {
                    out.push(made(Tok::Number(number.into()), Span::new(span.end, span.end)));
                }
                at = end;
                if let Some(after) = other_bound(&tokens, at, &mut out) {
                    at = after;
                }
            }
            None => {
                out.push(tokens[at].clone());
                at += 1;
            }
        }
    }
    out
}

/// "…, which goes to 1", "it is already 0.9996": the pronoun stands for what was said something of last.
/// Such a reading may be confirmed and is never refuted.
pub fn pronouns(tokens: Vec<Token>, loose: &mut Vec<Span>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let pronoun = token.word().is_some_and(|w| matches!(w.as_str(), "which" | "it")) && relation(&tokens, at + 1).is_some();
        match pronoun.then(|| subject(&out)).flatten() {
            Some(subject) => {
                loose.push(token.span);
                out.push(Token {
                    kind: Tok::Comma,
                    span: Span::new(token.span.start, token.span.start),
                    spaced: true,
                    math: false,
                });
                out.extend(subject.into_iter().map(|t| Token { span: token.span, ..t }));
            }
            None => out.push(token.clone()),
        }
    }
    out
}

/// The left side of the last relation that gives no mere value (`n = 10` supposes, it says nothing).
fn subject(out: &[Token]) -> Option<Vec<Token>> {
    const TOKENS_MAX: usize = 12;
    let said = |at: usize| {
        let right = out[at + 1..].iter().take_while(|t| !boundary(t));
        matches!(out[at].kind, Tok::Rel(Relation::Equal | Relation::Approx | Relation::Tends))
            && right.clone().any(|t| matches!(t.kind, Tok::Name(_) | Tok::Function(_)))
    };
    let at = (0..out.len()).rev().find(|at| said(*at))?;
    let start = out[..at].iter().rposition(boundary).map_or(0, |i| i + 1);
    let side = &out[start..at];
    (!side.is_empty() && side.len() <= TOKENS_MAX && operand_start(&side[0])).then(|| side.to_vec())
}

/// "the variance of c goes to": the symbol is not what the sentence speaks of.
fn part_of_phrase(out: &[Token]) -> bool {
    let words_before =
        out.iter().rposition(|t| matches!(t.kind, Tok::Word(_) | Tok::Comma | Tok::Stop | Tok::Rel(_) | Tok::Gap | Tok::Implies));
    let before = words_before.and_then(|i| out[i].word());
    before.is_some_and(|w| {
        matches!(
            w.as_str(),
            "of" | "between"
                | "from"
                | "by"
                | "over"
                | "than"
                | "and"
                | "along"
                | "in"
                | "to"
                | "on"
                | "about"
                | "toward"
                | "towards"
        )
    })
}
