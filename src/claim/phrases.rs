//! Quantities and comparisons that are spelled out in words, turned into the tokens of mathematics.
//!
//! "The variance of X is about 1/2", "the weight of v_a is only 0.62", "X > 1 with probability
//! 1/2", "48 % of the samples have α_a > 0.99": a small grammar of noun phrases (the world's named
//! quantities and the moments), verbs with their adverbs, and shares. Words that the grammar does
//! not know stay words. A phrase whose clause begins with words that were not understood is
//! reported as loose: what it seems to say may be confirmed and is never refuted.

use super::condition::{behind_given, part_from_value};
use super::moments::{moment_noun, moments};
use super::prose::piece;
use super::verbs::{APPROXIMATE, adverbs, operand_start, pronouns, relation, verbs};
use crate::language::{Bracket, Relation, Tok, Token, lex};
use crate::span::Span;
use crate::world::{Quantity, World};

/// Tokens with every understood phrase replaced.
pub struct Phrases {
    /// The tokens.
    pub tokens: Vec<Token>,
    /// Places of phrases that stand among words which were not understood.
    pub loose: Vec<Span>,
}

/// Replaces the phrases of a part's tokens.
pub fn phrases(tokens: Vec<Token>, world: &World) -> Phrases {
    let mut loose = Vec::new();
    let tokens = super::laws::laws(super::anaphora::anaphora(tokens, world, &mut loose));
    let tokens = super::draws::draws(super::sized::sized(tokens), world, &mut loose);
    let tokens = super::nouns::nouns(super::pairs::pairs(tokens), world, &mut loose);
    let tokens = quantities(tokens, world, &mut loose);
    let tokens = moments(tokens, &mut loose);
    let tokens = having(tokens, &mut loose);
    let tokens = shares(tokens, &mut loose);
    let tokens = pronouns(tokens, &mut loose);
    Phrases { tokens: verbs(tokens), loose }
}

/// Words that may stand before a phrase without changing what it says.
const DETERMINERS: &[&str] = &["the", "a", "its", "their", "this", "each", "every", "then", "also", "now", "only", "both"];

/// Words after which a new clause begins.
pub const JOINTS: &[&str] = &[
    "so",
    "and",
    "then",
    "thus",
    "hence",
    "that",
    "therefore",
    "because",
    "since",
    "but",
    "while",
    "whereas",
    "where",
    "means",
    "as",
    "for",
    "when",
    "if",
    "which",
    "at",
    "in",
    "with",
    "or",
];

pub fn word(tokens: &[Token], at: usize) -> Option<String> {
    tokens.get(at).and_then(Token::word)
}

/// Whether one of these words stands there.
pub fn is_word(tokens: &[Token], at: usize, words: &[&str]) -> bool {
    word(tokens, at).is_some_and(|w| words.contains(&w.as_str()))
}

pub fn words_are(tokens: &[Token], at: usize, words: &[&str]) -> bool {
    words.iter().enumerate().all(|(k, w)| word(tokens, at + k).as_deref() == Some(w))
}

/// A reader that goes through a row of tokens word by word.
pub trait ByWords {
    /// The row.
    fn tokens(&self) -> &[Token];

    /// Whether one of these words stands there.
    fn is(&self, at: usize, words: &[&str]) -> bool {
        is_word(self.tokens(), at, words)
    }

    /// The place after any of these words.
    fn skip(&self, mut at: usize, words: &[&str]) -> usize {
        while self.is(at, words) {
            at += 1;
        }
        at
    }
}

/// Whole numbers in words, each at its place.
pub const NUMERALS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// Roman numerals by which parts of a question are called.
pub const ROMAN: [&str; 4] = ["i", "ii", "iii", "iv"];

/// The tokens that stand inside a place of the text.
pub fn inside(tokens: &[Token], place: Span) -> Vec<Token> {
    tokens.iter().filter(|t| place.start <= t.span.start && t.span.end <= place.end).cloned().collect()
}

/// What begins at the places of a row, one behind the other; `read` says where each ends.
pub fn all_from<T>(count: usize, read: impl Fn(usize) -> Option<(usize, T)>) -> Vec<T> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < count {
        match read(at) {
            Some((end, found)) => {
                out.push(found);
                at = end;
            }
            None => at += 1,
        }
    }
    out
}

/// The tokens with what `step` reads at a place replaced: it says where that ends, and what stands for it.
pub fn replaced(tokens: &[Token], step: impl Fn(&[Token], usize) -> Option<(usize, Vec<Token>)>) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        match step(tokens, at) {
            Some((end, instead)) => {
                out.extend(instead);
                at = end;
            }
            None => {
                out.push(tokens[at].clone());
                at += 1;
            }
        }
    }
    out
}

/// Whether a token ends an operand and begins something else.
pub fn boundary(token: &Token) -> bool {
    matches!(
        token.kind,
        Tok::Word(_)
            | Tok::Comma
            | Tok::Stop
            | Tok::Colon
            | Tok::Semicolon
            | Tok::Gap
            | Tok::Implies
            | Tok::Rel(_)
            | Tok::ForAll
            | Tok::Unknown(_)
    )
}

/// Whether nothing but a joint and determiners stands between a clause's beginning and its end here.
pub(super) fn clean_before(out: &[Token]) -> bool {
    let last = out.iter().rposition(|t| !t.word().is_some_and(|w| DETERMINERS.contains(&w.as_str())));
    let Some(last) = last else { return true };
    match out[last].word() {
        Some(w) => JOINTS.contains(&w.as_str()),
        None => boundary(&out[last]) || behind_given(&out[..=last]),
    }
}

/// Whether a clause ends at a token: what follows does not change what was said.
pub fn clean_after(token: Option<&Token>) -> bool {
    let Some(token) = token else { return true };
    match token.word() {
        Some(w) => JOINTS.contains(&w.as_str()),
        None => boundary(token) || matches!(token.kind, Tok::Close(_)),
    }
}

pub fn made(kind: Tok, span: Span) -> Token {
    Token { kind, span, spaced: true, math: true }
}

/// A word of nobody's text, at a place of it.
pub fn worded(word: &str, span: Span) -> Token {
    Token { kind: Tok::Word(word.into()), span, spaced: true, math: false }
}

/// What a pass makes of a text in a question, token by token.
#[cfg(test)]
pub fn shown(question: &str, text: &str, pass: impl Fn(Vec<Token>, &World) -> Vec<Token>) -> String {
    let library = crate::world::Library::embedded().expect("the worlds");
    let world = library.get(question).expect("the question");
    let show = |t: &Token| match &t.kind {
        Tok::Name(n) | Tok::Word(n) | Tok::Number(n) => n.clone(),
        Tok::Rel(r) => r.plain().to_string(),
        Tok::DoubleBar => "‖".into(),
        other => format!("{other:?}"),
    };
    pass(crate::language::lex(text, 0, false, &world.lexicon), world).iter().map(show).collect::<Vec<_>>().join(" ")
}

/// The world's named quantities, where a verb follows.
fn quantities(tokens: Vec<Token>, world: &World, loose: &mut Vec<Span>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let best = world.quantities.iter().filter_map(|q| named(q, &tokens, at, world)).max_by_key(|(end, _)| *end);
        match best {
            Some((end, expression)) => {
                if !clean_before(&out) {
                    loose.push(tokens[at].span.to(tokens[end - 1].span));
                }
                part_from_value(&mut out, &tokens[at..], true);
                out.extend(expression);
                at = end;
            }
            None => {
                part_from_value(&mut out, &tokens[at..], false);
                out.push(tokens[at].clone());
                at += 1;
            }
        }
    }
    out
}

/// The tokens that a quantity's words stand for, if they stand here and a verb follows.
fn named(quantity: &Quantity, tokens: &[Token], start: usize, world: &World) -> Option<(usize, Vec<Token>)> {
    let (at, mut text) = quantity_words(quantity, tokens, start, world)?;
    // Of two heads' queries none is plainly q.
    let plainly = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '_') == "q";
    if world.slots.len() == 2 && text.split_whitespace().any(plainly) {
        return None;
    }
    // "a has score ≈ β"
    if text.trim_end().ends_with('=') && tokens.get(at).is_some_and(|t| matches!(t.kind, Tok::Rel(_))) {
        text.truncate(text.trim_end().len() - 1);
    }
    let span = tokens[start].span.to(tokens[at - 1].span);
    let verb = text.trim_end().ends_with('=') && tokens.get(at).is_some_and(operand_start);
    // "has the scores 0, 0, −β": of several keys.
    let end = tokens[at.min(tokens.len())..].iter().position(boundary).map_or(tokens.len(), |n| at + n);
    let listed = tokens.get(end).is_some_and(|t| t.kind == Tok::Comma)
        && tokens.get(end + 1).is_some_and(|t| matches!(t.kind, Tok::Number(_) | Tok::Minus | Tok::Dots));
    if verb && listed {
        return None;
    }
    let law = tokens.get(at).is_some_and(|t| matches!(t.kind, Tok::Rel(_)));
    let follows = verb || law || relation(tokens, at).is_some() || word(tokens, at).is_some_and(|w| w == "has" || w == "have");
    follows.then(|| (at, lex(&text, 0, true, &world.lexicon).into_iter().map(|t| Token { span, ..t }).collect()))
}

/// A quantity's words at `start`: where they end, and its expression.
pub fn quantity_words(quantity: &Quantity, tokens: &[Token], start: usize, world: &World) -> Option<(usize, String)> {
    let mut at = start;
    let mut letter: Option<String> = None;
    for step in quantity.words.split_whitespace() {
        let optional = step.starts_with('(') && step.ends_with(')');
        let step = step.trim_start_matches('(').trim_end_matches(')');
        let fits_at = |at: usize| {
            (at < tokens.len()).then(|| piece(tokens, at)).and_then(|(p, next)| {
                let index = step.split('|').find_map(|s| match s.split_once('?') {
                    Some((head, "")) => {
                        p.text.strip_prefix(head).filter(|l| world.letters.iter().any(|w| w == l)).map(|l| Some(l.to_string()))
                    }
                    _ => (p.text == s).then_some(None),
                });
                index.map(|i| (i, next))
            })
        };
        // An article may be one of the words itself: "of each|every|a score".
        let mut fits = fits_at(at);
        while fits.is_none() && at > start && word(tokens, at).is_some_and(|w| matches!(w.as_str(), "the" | "a" | "its")) {
            at += 1;
            fits = fits_at(at);
        }
        match fits {
            Some((index, next)) => {
                letter = index.or(letter);
                at = next;
            }
            None if optional => {}
            None => return None,
        }
    }
    let text = match &letter {
        Some(letter) => quantity.expression.replace('?', letter),
        None => quantity.expression.clone(),
    };
    Some((at, text))
}

/// "X has standard deviation 0.7" as `Std(X) = 0.7`, "k_i has norm 1" as `‖k_i‖ = 1`.
fn having(tokens: Vec<Token>, loose: &mut Vec<Span>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((end, f, relation)) = has_noun(&tokens, at) else {
            out.push(tokens[at].clone());
            at += 1;
            continue;
        };
        let start = out.iter().rposition(boundary).map_or(0, |i| i + 1);
        // "Its score under q = β k_a has variance …": what stands behind a relation is no subject.
        let of_relation = start.checked_sub(1).is_some_and(|i| matches!(out[i].kind, Tok::Rel(_)));
        if start == out.len() || of_relation || !operand_start(&out[start]) {
            out.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let span = out[start].span.to(tokens[end - 1].span);
        if !clean_before(&out[..start]) {
            loose.push(span);
        }
        let before = Span::new(out[start].span.start, out[start].span.start);
        let after = out.last().map_or(span, |t| Span::new(t.span.end, t.span.end));
        match f {
            "norm" => {
                out.insert(start, made(Tok::DoubleBar, before));
                out.push(made(Tok::DoubleBar, after));
            }
            f => {
                out.insert(start, made(Tok::Open(Bracket::Round), before));
                out.insert(start, made(Tok::Function(f), before));
                out.push(made(Tok::Close(Bracket::Round), after));
            }
        }
        out.push(made(Tok::Rel(relation), tokens[at].span.to(tokens[end - 1].span)));
        at = end;
    }
    out
}

/// "has (a) variance (of) (about)" before a value.
fn has_noun(tokens: &[Token], at: usize) -> Option<(usize, &'static str, Relation)> {
    if !matches!(word(tokens, at)?.as_str(), "has" | "have") {
        return None;
    }
    let mut next = at + 1;
    while word(tokens, next).is_some_and(|w| matches!(w.as_str(), "a" | "an" | "the")) {
        next += 1;
    }
    let (end, f) = moment_noun(tokens, next)
        .or_else(|| match tokens.get(next)?.kind {
            Tok::Function(f @ ("Std" | "Var")) => Some((next + 1, f)),
            _ => None,
        })
        .or_else(|| words_are(tokens, next, &["norm"]).then_some((next + 1, "norm")))
        .or_else(|| words_are(tokens, next, &["mean"]).then_some((next + 1, "E")))?;
    let mut end = end;
    if word(tokens, end).as_deref() == Some("of") {
        end += 1;
    }
    let (end, approximate) = adverbs(tokens, end)?;
    let relation = if approximate { Relation::Approx } else { Relation::Equal };
    tokens.get(end).is_some_and(operand_start).then_some((end, f, relation))
}

/// "48 % of the samples … (0.01 < α_a < 0.99)" and "X > 1 with probability 1/2".
fn shares(tokens: Vec<Token>, loose: &mut Vec<Span>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some((relation, end, event)) = share_of_samples(&tokens, at) {
            out.push(made(Tok::Rel(relation), tokens[end].span.to(tokens[event.start - 1].span)));
            surround(&mut out, tokens[event.clone()].to_vec());
            at = event.end;
            continue;
        }
        if words_are(&tokens, at, &["with", "probability"])
            && let Some((end, approximate)) = adverbs(&tokens, at + 2)
            && tokens.get(end).is_some_and(operand_start)
            && probability(&mut out, approximate, tokens[at].span.to(tokens[end - 1].span), loose)
        {
            at = end;
            continue;
        }
        if let Some((start, end, approximate)) = in_a_share(&tokens, at)
            && probability(&mut out, approximate, tokens[at].span, loose)
        {
            out.extend_from_slice(&tokens[start..start + 2]);
            at = end;
            continue;
        }
        out.push(tokens[at].clone());
        at += 1;
    }
    out
}

/// Makes the event that stands last ("X < 0", "X < 0 happens") its probability, and a relation after it.
fn probability(out: &mut Vec<Token>, approximate: bool, place: Span, loose: &mut Vec<Span>) -> bool {
    let verb = out.last().and_then(Token::word).is_some_and(|w| matches!(w.as_str(), "happens" | "occurs" | "appears"));
    let verb = if verb { out.pop() } else { None };
    let start = out.iter().rposition(|t| boundary(t) && !matches!(t.kind, Tok::Rel(_))).map_or(0, |i| i + 1);
    let event = out.split_off(start);
    let compares = event.iter().any(|t| matches!(t.kind, Tok::Rel(r) if r != Relation::Tends && r != Relation::Approx));
    if !compares {
        out.extend(event);
        out.extend(verb);
        return false;
    }
    if !clean_before(out) {
        loose.push(event[0].span);
    }
    surround(out, event);
    let relation = if approximate { Relation::Approx } else { Relation::Equal };
    out.push(made(Tok::Rel(relation), place));
    true
}

/// "in about 2.3 % of the draws": where the share stands (a number and its sign), where the words end, whether it is
/// approximate.
fn in_a_share(tokens: &[Token], at: usize) -> Option<(usize, usize, bool)> {
    if word(tokens, at)? != "in" {
        return None;
    }
    let (start, approximate) = adverbs(tokens, at + 1)?;
    let share = matches!(tokens.get(start)?.kind, Tok::Number(_)) && tokens.get(start + 1)?.kind == Tok::Percent;
    let mut end = start + 2;
    if !share || word(tokens, end)? != "of" {
        return None;
    }
    end += 1;
    while word(tokens, end).is_some_and(|w| matches!(w.as_str(), "the" | "all" | "our")) {
        end += 1;
    }
    let draws =
        word(tokens, end).is_some_and(|w| matches!(w.as_str(), "samples" | "draws" | "cases" | "realisations" | "realizations"));
    draws.then_some((start, end + 1, approximate))
}

/// `P( event )`.
fn surround(out: &mut Vec<Token>, event: Vec<Token>) {
    let (Some(first), Some(last)) = (event.first().map(|t| t.span.start), event.last().map(|t| t.span.end)) else { return };
    out.push(made(Tok::Function("P"), Span::new(first, first)));
    out.push(made(Tok::Open(Bracket::Round), Span::new(first, first)));
    out.extend(event);
    out.push(made(Tok::Close(Bracket::Round), Span::new(last, last)));
}

/// At "of the samples", after a share: the relation, where the words begin, and the event's tokens.
fn share_of_samples(tokens: &[Token], at: usize) -> Option<(Relation, usize, std::ops::Range<usize>)> {
    const WORDS_MAX: usize = 8;
    let value = at.checked_sub(1).is_some_and(|b| matches!(tokens[b].kind, Tok::Percent | Tok::Number(_)));
    if !value || word(tokens, at).as_deref() != Some("of") {
        return None;
    }
    let mut next = at + 1;
    while word(tokens, next).is_some_and(|w| matches!(w.as_str(), "the" | "all")) {
        next += 1;
    }
    if !word(tokens, next)
        .is_some_and(|w| matches!(w.as_str(), "samples" | "draws" | "cases" | "realisations" | "realizations" | "keys"))
    {
        return None;
    }
    let first = (next + 1..tokens.len().min(next + 2 + WORDS_MAX)).find(|i| !matches!(tokens[*i].kind, Tok::Word(_)))?;
    let bracketed = matches!(tokens[first].kind, Tok::Open(_));
    let start = first + usize::from(bracketed);
    let mut depth = 0usize;
    let end = (start..tokens.len()).find(|i| match tokens[*i].kind {
        Tok::Open(_) => {
            depth += 1;
            false
        }
        Tok::Close(_) if depth > 0 => {
            depth -= 1;
            false
        }
        Tok::Close(_) => true,
        Tok::Word(_) | Tok::Comma | Tok::Stop | Tok::Gap | Tok::Semicolon => true,
        _ => false,
    });
    let end = end.unwrap_or(tokens.len());
    let compares = tokens.get(start..end)?.iter().any(|t| matches!(t.kind, Tok::Rel(_)));
    let about = (0..at).rev().find_map(|i| word(tokens, i)).is_some_and(|w| APPROXIMATE.contains(&w.as_str()));
    compares.then_some((if about { Relation::Approx } else { Relation::Equal }, at, start..end))
}
