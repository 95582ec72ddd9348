//! Pronouns for a number: "α_a is like a coin: its variance …", "βε, whose standard deviation is …", "the length is normal. In half of the
//! draws it is above 1". What stands for the pronoun is put in its place; such a reading may be confirmed and is never refuted.

use super::phrases::{boundary, word, words_are};
use super::verbs::operand_start;
use crate::language::{Relation, Tok, Token};
use crate::span::Span;
use crate::world::World;

/// Nouns of which "its" speaks.
const MOMENTS: &[&[&str]] =
    &[&["standard", "deviation"], &["variance"], &["std"], &["sd"], &["stdev"], &["expected", "value"], &["expectation"]];

/// Most tokens that a pronoun may stand for.
const TOKENS_MAX: usize = 16;

/// Puts what they stand for in the place of "its", "whose" and "it", where it is a number that varies over the draws.
pub fn anaphora(tokens: Vec<Token>, world: &World, loose: &mut Vec<Span>) -> Vec<Token> {
    let length = length(world);
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        if let Some((end, subject)) = of_moment(&tokens, at, &out) {
            let span = tokens[at].span.to(tokens[end - 1].span);
            let place = Span::new(span.end, span.end);
            loose.push(span);
            let the = Token { kind: Tok::Word("the".into()), ..tokens[at].clone() };
            let of = Token { kind: Tok::Word("of".into()), span: place, spaced: true, math: false };
            out.push(the);
            out.extend_from_slice(&tokens[at + 1..end]);
            out.push(of);
            out.extend(subject.into_iter().map(|t| Token { span: place, ..t }));
            at = end;
            continue;
        }
        if let Some((end, compared)) = elliptic(&tokens, at, &out) {
            let span = tokens[at].span.to(tokens[end - 1].span);
            loose.push(span);
            let close = Span::new(span.end, span.end);
            out.extend(
                compared.into_iter().map(|t| Token { span: if matches!(t.kind, Tok::Rel(_)) { span } else { close }, ..t }),
            );
            at = end;
            continue;
        }
        if let Some(name) = &length
            && of_length(&tokens, at, world, name)
        {
            loose.push(tokens[at].span);
            out.push(Token { kind: Tok::Name(name.clone()), math: true, ..tokens[at].clone() });
            at += 1;
            continue;
        }
        if let Some(name) = &length
            && let Some((end, relation)) = compared(&tokens, at, &out)
        {
            out.truncate(out.len() - 3);
            let span = tokens[at - 3].span.to(tokens[end - 1].span);
            let place = Span::new(span.end, span.end);
            if relation == Relation::Less {
                // A key that is shorter still points its own way.
                let start = Span::new(span.start, span.start);
                out.push(Token { kind: Tok::Number("0".into()), span: start, spaced: true, math: true });
                out.push(Token { kind: Tok::Rel(relation), span: start, spaced: true, math: true });
            }
            out.push(Token { kind: Tok::Name(name.clone()), ..tokens[at - 3].clone() });
            out.push(Token { kind: Tok::Rel(relation), span: tokens[at].span, spaced: true, math: true });
            out.push(Token { kind: Tok::Number("1".into()), span: place, spaced: true, math: true });
            at = end;
            continue;
        }
        out.push(tokens[at].clone());
        at += 1;
    }
    out
}

/// "X is clearly above 1 …; if it is clearly below": the letter and the number of the comparison before, turned round or again. Where the
/// words end, and the comparison.
fn elliptic(tokens: &[Token], at: usize, out: &[Token]) -> Option<(usize, Vec<Token>)> {
    const ADVERBS: &[&str] = &["clearly", "well", "noticeably", "even", "far", "slightly", "much", "instead"];
    if word(tokens, at).as_deref() != Some("it") || !words_are(tokens, at + 1, &["is"]) {
        return None;
    }
    let announced = out.last().and_then(Token::word).is_some_and(|w| matches!(w.as_str(), "if" | "when" | "whenever" | "once"));
    let how = (at + 2..tokens.len()).find(|i| !word(tokens, *i).is_some_and(|w| ADVERBS.contains(&w.as_str())))?;
    let relation = match word(tokens, how)?.as_str() {
        "below" | "smaller" | "less" | "under" | "lower" => Relation::Less,
        "above" | "larger" | "bigger" | "greater" | "over" | "more" => Relation::Greater,
        _ => return None,
    };
    let ends = tokens.get(how + 1).is_none_or(|t| {
        matches!(t.kind, Tok::Comma | Tok::Stop | Tok::Colon) || t.word().is_some_and(|w| matches!(w.as_str(), "then" | "we"))
    });
    let from = out.iter().rposition(|t| t.kind == Tok::Stop).map_or(0, |i| i + 1);
    let compares = |i: &usize| {
        matches!(out[*i].kind, Tok::Rel(Relation::Less | Relation::Greater))
            || out[*i].word().is_some_and(|w| matches!(w.as_str(), "above" | "below" | "than"))
    };
    let place = (from..out.len()).rev().find(compares)?;
    let number = out.get(place + 1).filter(|t| matches!(t.kind, Tok::Number(_)))?;
    let letter = out[from..place].iter().rev().find(|t| matches!(t.kind, Tok::Name(_)))?;
    let sign = Token { kind: Tok::Rel(relation), spaced: true, math: true, ..letter.clone() };
    (announced && ends).then(|| (how + 1, vec![letter.clone(), sign, number.clone()]))
}

/// "whenever k_a comes out longer than its mean", behind the key: where the words end, and how its length compares with 1.
fn compared(tokens: &[Token], at: usize, out: &[Token]) -> Option<(usize, Relation)> {
    const ANNOUNCE: &[&str] = &["if", "when", "whenever", "once", "where", "which", "that", "with"];
    let [before @ .., k, sub, index] = out else { return None };
    let key =
        matches!(&k.kind, Tok::Name(n) if n == "k") && sub.kind == Tok::Sub && matches!(&index.kind, Tok::Name(n) if n == "a");
    let announced = before.last().and_then(Token::word).is_some_and(|w| ANNOUNCE.contains(&w.as_str()));
    let verbs: &[&[&str]] = &[&["is"], &["gets"], &["comes", "out"], &["turns", "out"], &["happens", "to", "be"], &["becomes"]];
    let verb = verbs.iter().find(|v| words_are(tokens, at, v))?;
    const BIT: &[&str] =
        &["a", "bit", "little", "slightly", "somewhat", "clearly", "much", "noticeably", "too", "very", "rather", "just", "even"];
    let from = at + verb.len();
    let how = (from..tokens.len()).find(|i| !word(tokens, *i).is_some_and(|w| BIT.contains(&w.as_str())))?;
    let relation = match word(tokens, how)?.as_str() {
        "longer" | "long" => Relation::Greater,
        "shorter" | "short" => Relation::Less,
        _ => return None,
    };
    let than = how + 1;
    if !key || !announced {
        return None;
    }
    if !words_are(tokens, than, &["than"]) {
        // "comes out long, …": longer than it is on average; "gets longer" compares it with itself.
        let bare = tokens.get(than).is_some_and(|t| t.kind == Tok::Comma || t.word().is_some_and(|w| w == "then"));
        let compares = verb.len() > 1 || words_are(tokens, how - 1, &["too"]);
        return (bare && compares).then_some((than, relation));
    }
    // "slightly longer than 1" narrows it, and what is said may need that.
    if how > from && words_are(tokens, how - 1, &["just"]) {
        return None;
    }
    if matches!(tokens.get(than + 1).map(|t| &t.kind), Some(Tok::Number(n)) if n == "1")
        && tokens.get(than + 2).is_none_or(|t| matches!(t.kind, Tok::Comma | Tok::Stop | Tok::Word(_)))
    {
        return Some((than + 2, relation));
    }
    let usual: &[&[&str]] =
        &[&["its", "mean"], &["the", "mean"], &["average"], &["usual"], &["expected"], &["on", "average"], &["normal"]];
    if let Some(words) = usual.iter().find(|u| words_are(tokens, than + 1, u)) {
        return Some((than + 1 + words.len(), relation));
    }
    match tokens.get(than + 1..than + 4)? {
        [mu, below, i] if matches!(&mu.kind, Tok::Name(n) if n == "mu") && below.kind == Tok::Sub && i.kind == index.kind => {
            Some((than + 4, relation))
        }
        _ => None,
    }
}

/// "its variance", "whose standard deviation": where the noun ends, and of what.
fn of_moment(tokens: &[Token], at: usize, out: &[Token]) -> Option<(usize, Vec<Token>)> {
    let pronoun = word(tokens, at)?;
    if !matches!(pronoun.as_str(), "its" | "whose") {
        return None;
    }
    let noun = MOMENTS.iter().find(|m| words_are(tokens, at + 1, m))?;
    let end = at + 1 + noun.len();
    // "its variance of …" speaks of something else.
    if words_are(tokens, end, &["of"]) {
        return None;
    }
    let subject = if pronoun == "whose" { before_comma(out) } else { subject(out) }?;
    Some((end, subject))
}

/// What stands before the comma of "…, whose": the right side of a relation, or an operand.
fn before_comma(out: &[Token]) -> Option<Vec<Token>> {
    let end = out.iter().rposition(|t| t.kind != Tok::Comma).map_or(0, |i| i + 1);
    let start = out[..end].iter().rposition(boundary).map_or(0, |i| i + 1);
    operand(&out[start..end])
}

/// The symbol with which a clause of this sentence, or of the one before, begins: "α_a is …: its", "c jumps and its".
fn subject(out: &[Token]) -> Option<Vec<Token>> {
    let stop = |t: &Token| t.kind == Tok::Stop;
    let here = out.iter().rposition(stop).map_or(0, |i| i + 1);
    let before = here.checked_sub(1).map_or(0, |end| out[..end].iter().rposition(stop).map_or(0, |i| i + 1));
    let of = |clause: &[Token]| {
        let clauses = clause.split(|t| matches!(t.kind, Tok::Comma | Tok::Colon | Tok::Semicolon | Tok::Gap));
        clauses.rev().find_map(|c| {
            let lead = c.iter().take_while(|t| t.word().is_some_and(|w| LEADS.contains(&w.as_str()))).count();
            let rest = &c[lead..];
            let end = rest.iter().position(boundary)?;
            let verb = matches!(rest[end].kind, Tok::Word(_) | Tok::Rel(_)) && !gives_value(&rest[end..]);
            (verb && rest[end].word().is_none_or(|w| w != "and")).then(|| operand(&rest[..end])).flatten()
        })
    };
    of(&out[here..]).or_else(|| of(out.get(before..here)?))
}

/// `= 8`, from the sign on: a value is given, and nothing is spoken of.
fn gives_value(rest: &[Token]) -> bool {
    matches!(rest[0].kind, Tok::Rel(Relation::Equal)) && !rest.iter().any(|t| matches!(t.kind, Tok::Name(_)))
}

/// Words before a subject.
const LEADS: &[&str] = &["so", "then", "hence", "thus", "therefore", "now", "here", "but", "the", "output", "weight", "query"];

fn operand(tokens: &[Token]) -> Option<Vec<Token>> {
    let named = tokens.iter().any(|t| matches!(t.kind, Tok::Name(_)));
    (named && tokens.len() <= TOKENS_MAX && operand_start(&tokens[0])).then(|| tokens.to_vec())
}

/// The world's plain number that varies with one random vector, as the length of a key along its mean.
fn length(world: &World) -> Option<String> {
    let plain = world.definitions.iter().filter(|d| d.parameters.is_empty());
    let mut found = plain.filter(|d| d.body.symbols().len() == 2 && d.body.symbols().iter().any(|s| world.is_drawn(&s.name)));
    found.next().map(|d| d.name.clone())
}

/// "it is between …", "it comes out as …": whether the length was spoken of last.
fn of_length(tokens: &[Token], at: usize, world: &World, length: &str) -> bool {
    let verb = || {
        word(tokens, at + 1)
            .is_some_and(|w| matches!(w.as_str(), "is" | "was" | "lies" | "exceeds" | "falls" | "comes" | "becomes"))
    };
    let named = words_are(tokens, at, &["length"]) || stretch(tokens, at);
    let pronoun = word(tokens, at).as_deref() == Some("it") || named && before_verb(tokens, at);
    if !pronoun || !verb() || !measured(tokens, at + 2) {
        return false;
    }
    word(tokens, at).as_deref() != Some("it") || spoken_last(&tokens[..at], world, length)
}

/// "the factor", "the multiple", where the part spoke of a random one before.
fn stretch(tokens: &[Token], at: usize) -> bool {
    const NOUNS: &[&str] = &["factor", "multiple", "multiplier", "stretch"];
    let noun = |i: usize| word(tokens, i).is_some_and(|w| NOUNS.contains(&w.as_str()));
    let random =
        |i: usize| word(tokens, i).is_some_and(|w| matches!(w.as_str(), "random" | "varying" | "stochastic" | "gaussian"));
    noun(at) && (1..tokens.len()).any(|i| i != at && noun(i) && (random(i - 1) || i > 1 && random(i - 2)))
}

/// "the length is": no other word between the article and the verb.
fn before_verb(tokens: &[Token], at: usize) -> bool {
    at > 0 && tokens[at - 1].word().is_some_and(|w| matches!(w.as_str(), "the" | "this" | "that" | "its"))
}

/// Whether what follows the verb is what a length may be: between two numbers, negative, above one.
fn measured(tokens: &[Token], at: usize) -> bool {
    const ADVERBS: &[&str] = &[
        "practically",
        "almost",
        "never",
        "hardly",
        "rarely",
        "often",
        "ever",
        "always",
        "sometimes",
        "only",
        "out",
        "clearly",
        "even",
    ];
    let end = (at..tokens.len()).find(|i| !word(tokens, *i).is_some_and(|w| ADVERBS.contains(&w.as_str())));
    end.and_then(|i| word(tokens, i)).is_some_and(|w| {
        matches!(
            w.as_str(),
            "between"
                | "negative"
                | "positive"
                | "below"
                | "above"
                | "under"
                | "over"
                | "as"
                | "at"
                | "less"
                | "more"
                | "normal"
                | "normally"
                | "distributed"
                | "gaussian"
                | "bigger"
                | "larger"
                | "greater"
                | "smaller"
                | "longer"
                | "shorter"
        )
    })
}

/// Whether the noun that was named last, looking back over two sentences, is the length.
fn spoken_last(before: &[Token], world: &World, length: &str) -> bool {
    const OTHERS: &[&str] = &["score", "scores", "weight", "weights", "output", "head", "query", "value", "probability"];
    let mut stops = 0;
    for (i, token) in before.iter().enumerate().rev() {
        match &token.kind {
            Tok::Stop => stops += 1,
            Tok::Name(n) if n == length || world.synonyms.get(n).is_some_and(|s| s == length) => return true,
            Tok::Name(n) if matches!(n.as_str(), "c" | "alpha" | "q") && !size_of_noise(before, i) => return false,
            Tok::Word(w) if w.eq_ignore_ascii_case("length") || stretch(before, i) => return true,
            Tok::Word(w) if OTHERS.contains(&w.to_lowercase().as_str()) => return false,
            _ => {}
        }
        if stops > 1 {
            return false;
        }
    }
    false
}

/// `α` alone is the size of the noise and no weight.
fn size_of_noise(tokens: &[Token], at: usize) -> bool {
    matches!(&tokens[at].kind, Tok::Name(n) if n == "alpha") && tokens.get(at + 1).is_none_or(|t| t.kind != Tok::Sub)
}
