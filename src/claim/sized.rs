//! "provided T is big but T √α is small", "once β gets large", "ε negative: …": what is said to be large, small, positive or
//! negative in a condition becomes the sign that says the same.

use super::phrases::{boundary, word, words_are};
use crate::language::{Relation, Tok, Token};
use crate::span::Span;

/// Words after which a condition stands.
const ANNOUNCE: &[&str] =
    &["if", "when", "whenever", "provided", "once", "while", "where", "assuming", "that", "as", "long", "given"];

/// Words that may follow a condition.
const AFTER: &[&str] = &["and", "but", "then", "while", "so", "the", "this", "head", "each", "both", "we", "it"];

/// Verbs of a condition.
const VERBS: &[&str] = &["is", "are", "be", "becomes", "become", "gets", "get", "stays", "stay", "remains", "remain"];

/// How much.
const DEGREES: &[&str] =
    &["very", "so", "sufficiently", "rather", "quite", "still", "really", "extremely", "also", "reasonably", "both"];

/// Replaces such words between a condition's beginning and its end.
pub fn sized(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        if let Some((end, relation)) = before_symbol(&tokens, at).or_else(|| vanishing(&tokens, at)) {
            let span = tokens[at].span.to(tokens[end - 1].span);
            let end_of = Span::new(span.end, span.end);
            out.push(tokens[at + 1].clone());
            out.push(Token { kind: Tok::Rel(relation), span: tokens[at].span, spaced: true, math: true });
            out.push(Token { kind: Tok::Number("1".into()), span: end_of, spaced: true, math: true });
            out.push(Token { kind: Tok::Gap, span: end_of, spaced: true, math: false });
            at = end;
            continue;
        }
        let large = || sign(&tokens, at).filter(|_| supposed(&out)).map(|(end, relation)| (end, relation, "1"));
        match large().or_else(|| case(&tokens, at, &out)) {
            Some((end, relation, number)) => {
                let span = tokens[at].span.to(tokens[end - 1].span);
                out.push(Token { kind: Tok::Rel(relation), span, spaced: true, math: true });
                let end_of = Span::new(span.end, span.end);
                out.push(Token { kind: Tok::Number(number.into()), span: end_of, spaced: true, math: true });
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

/// "for X > 0 and big β c_1 ≈ v_a": a letter with its size before it, and the symbol of which something is said behind it. Where the
/// letter ends, and the sign.
fn before_symbol(tokens: &[Token], at: usize) -> Option<(usize, Relation)> {
    const SYMBOL_MAX: usize = 6;
    let relation = match word(tokens, at)?.as_str() {
        "large" | "big" | "huge" => Relation::MuchGreater,
        "small" | "tiny" | "vanishing" => Relation::MuchLess,
        _ => return None,
    };
    let [letter, next, ..] = tokens.get(at + 1..)? else { return None };
    let names = |t: &Token| matches!(t.kind, Tok::Name(_));
    let apart = names(letter) && names(next) && next.spaced && letter.math == next.math;
    let end = tokens[at + 2..].iter().position(boundary)?;
    let says = end <= SYMBOL_MAX && matches!(tokens[at + 2 + end].kind, Tok::Rel(_));
    // "for β = 0, …; for large β, …": beside another case of the same letter it is a case of its own.
    let again = || {
        let start = tokens[..at].iter().rposition(|t| t.kind == Tok::Stop).map_or(0, |i| i + 1);
        tokens[start..at].windows(2).any(|w| w[0].kind == letter.kind && matches!(w[1].kind, Tok::Rel(Relation::Equal)))
    };
    if names(letter) && next.kind == Tok::Comma && again() {
        return Some((at + 2, relation));
    }
    // "large β k_a^T q" may be one product; `c_1` and `α_a` are what something is said of.
    let subject = matches!(&next.kind, Tok::Name(n) if matches!(n.as_str(), "c" | "alpha" | "α"));
    (apart && says && subject).then_some((at + 2, relation))
}

/// "for small β Var α_a ≈ β²/32", "… for small β.": a letter that the question does not let vanish anyway.
fn vanishing(tokens: &[Token], at: usize) -> Option<(usize, Relation)> {
    let small = |at: usize| word(tokens, at).is_some_and(|w| matches!(w.as_str(), "small" | "tiny"));
    if !(small(at) || word(tokens, at).is_some_and(|w| matches!(w.as_str(), "large" | "big" | "huge"))) {
        return None;
    }
    // In a sentence of words alone it is one of the words.
    let stop = |t: &Token| t.kind == Tok::Stop;
    let start = tokens[..at].iter().rposition(stop).map_or(0, |i| i + 1);
    let end = tokens[at..].iter().position(stop).map_or(tokens.len(), |i| at + i);
    if !tokens[start..end].iter().any(|t| matches!(t.kind, Tok::Rel(_))) {
        return None;
    }
    let relation = match word(tokens, at)?.as_str() {
        _ if small(at) => Relation::MuchLess,
        // Beside the other case of the same letter, "for large β …, for small β …".
        "large" | "big" | "huge" => {
            let other = |i: usize| small(i) && tokens.get(i + 1).map(|t| &t.kind) == tokens.get(at + 1).map(|t| &t.kind);
            (start..end).any(other).then_some(Relation::MuchGreater)?
        }
        _ => return None,
    };
    let degree = at.checked_sub(1).is_some_and(|i| word(tokens, i).is_some_and(|w| DEGREES.contains(&w.as_str())));
    let led = at.checked_sub(1 + usize::from(degree)).and_then(|i| word(tokens, i));
    let letter = tokens.get(at + 1).filter(|t| matches!(&t.kind, Tok::Name(n) if n == "beta"));
    let next = tokens.get(at + 2);
    let over = next.is_none_or(|t| match &t.kind {
        Tok::Word(w) => AFTER.contains(&w.to_lowercase().as_str()),
        kind => {
            matches!(kind, Tok::Comma | Tok::Stop | Tok::Close(_) | Tok::Semicolon | Tok::Colon | Tok::Gap | Tok::Function(_))
        }
    });
    let led = led.is_some_and(|w| matches!(w.as_str(), "for" | "with" | "at"));
    (led && letter.is_some() && over).then_some((at + 2, relation))
}

/// "ε positive: c ≈ v_a", "for x clearly negative …", "for β large …": a letter with its size in words, before what is said of the
/// case. Where the words end, the sign, and the number.
fn case(tokens: &[Token], at: usize, out: &[Token]) -> Option<(usize, Relation, &'static str)> {
    let start =
        (at..at + 2).find(|i| !word(tokens, *i).is_some_and(|w| matches!(w.as_str(), "clearly" | "very" | "strictly")))?;
    let (relation, number) = match word(tokens, start)?.as_str() {
        "positive" => (Relation::Greater, "0"),
        "negative" => (Relation::Less, "0"),
        "large" | "big" | "huge" => (Relation::MuchGreater, "1"),
        "small" | "tiny" => (Relation::MuchLess, "1"),
        _ => return None,
    };
    let end = start + 1 + usize::from(words_are(tokens, start + 1, &["enough"]));
    let [before @ .., Token { kind: Tok::Name(_), .. }] = out else { return None };
    let announced = before.last().and_then(Token::word).is_some_and(|w| matches!(w.as_str(), "for" | "with" | "at"));
    let opens = before.last().is_none_or(|t| {
        matches!(t.kind, Tok::Stop | Tok::Semicolon | Tok::Comma | Tok::Gap)
            || t.word().is_some_and(|w| ANNOUNCE.contains(&w.as_str()) || w == "and")
    });
    let next = tokens.get(end);
    let heads = next.is_some_and(|t| matches!(t.kind, Tok::Colon | Tok::Implies | Tok::Rel(Relation::Tends)));
    let goes_on = next.is_some_and(|t| match &t.kind {
        Tok::Word(w) => AFTER.contains(&w.to_lowercase().as_str()),
        _ => matches!(t.kind, Tok::Comma | Tok::Stop | Tok::Name(_) | Tok::Close(_)),
    });
    let sized = matches!(number, "0");
    (heads && opens && sized || announced && (goes_on || heads)).then_some((end, relation, number))
}

/// "is very large", "gets small enough": where it ends, and the sign.
fn sign(tokens: &[Token], at: usize) -> Option<(usize, Relation)> {
    let moves = match word(tokens, at)?.as_str() {
        "grows" | "increases" | "explodes" | "diverges" => Some(Relation::MuchGreater),
        "shrinks" | "vanishes" | "decreases" | "disappears" => Some(Relation::MuchLess),
        _ => None,
    };
    if let Some(relation) = moves {
        let clean = tokens.get(at + 1).is_none_or(|t| boundary(t) && t.word().is_none_or(|w| AFTER.contains(&w.as_str())));
        return clean.then_some((at + 1, relation));
    }
    if !VERBS.contains(&word(tokens, at)?.as_str()) {
        return None;
    }
    let mut end = at + 1;
    while word(tokens, end).is_some_and(|w| DEGREES.contains(&w.as_str())) {
        end += 1;
    }
    let relation = match word(tokens, end)?.as_str() {
        "large" | "big" | "huge" | "great" => Relation::MuchGreater,
        "small" | "tiny" | "negligible" => Relation::MuchLess,
        _ => return None,
    };
    end += 1;
    if words_are(tokens, end, &["enough"]) {
        end += 1;
    }
    // "is large compared with …" says something else.
    let clean = tokens.get(end).is_none_or(|t| match t.word() {
        Some(w) => AFTER.contains(&w.as_str()),
        None => boundary(t) || matches!(t.kind, Tok::Close(_)),
    });
    clean.then_some((end, relation))
}

/// Whether what was read last is the left side of a condition: mathematics behind a word that announces one, or behind
/// "and" or "but" after another such side.
fn supposed(out: &[Token]) -> bool {
    let start = out.iter().rposition(boundary).map_or(0, |i| i + 1);
    if start == out.len() {
        return false;
    }
    let Some(before) = start.checked_sub(1).and_then(|i| out[i].word()) else { return false };
    if ANNOUNCE.contains(&before.as_str()) {
        return true;
    }
    matches!(before.as_str(), "and" | "but")
        && start >= 3
        && matches!(&out[start - 2].kind, Tok::Number(n) if n == "1")
        && matches!(out[start - 3].kind, Tok::Rel(Relation::MuchGreater | Relation::MuchLess))
}

#[cfg(test)]
mod tests {
    use super::sized;
    use crate::language::{Relation, Tok, lex};
    use crate::world::Library;

    fn signs(text: &str) -> Vec<Relation> {
        let library = Library::embedded().expect("the worlds");
        let world = library.get("1c.i").expect("the question");
        let tokens = sized(lex(text, 0, false, &world.lexicon));
        tokens.iter().filter_map(|t| if let Tok::Rel(r) = t.kind { Some(r) } else { None }).collect()
    }

    #[test]
    fn a_sign_in_words_heads_a_case() {
        assert_eq!(signs("β positive: c is large. β negative: it is small"), [Relation::Greater, Relation::Less]);
        assert_eq!(signs("for β large c is close, for β very small it is not"), [Relation::MuchGreater, Relation::MuchLess]);
        assert_eq!(signs("for X > 0 and big β c_1 is v_a"), [Relation::Greater]);
        assert_eq!(signs("for X > 0 and big β c_1 ≈ v_a"), [Relation::Greater, Relation::MuchGreater, Relation::Approx]);
        assert_eq!(signs("c is near when β grows"), [Relation::MuchGreater]);
        assert_eq!(signs("for β large numbers are needed"), [], "the numbers are large");
        assert_eq!(signs("β positive numbers: two"), []);
        assert_eq!(signs("the score of β negative: two"), [], "of something else");
    }

    #[test]
    fn large_and_small_are_signs_in_conditions_only() {
        assert_eq!(signs("provided β is big but β √α is small"), [Relation::MuchGreater, Relation::MuchLess]);
        assert_eq!(signs("once β gets very large the output is near"), [Relation::MuchGreater]);
        assert_eq!(signs("here β is large"), [], "said, not supposed");
        assert_eq!(signs("if β is large compared with 1"), [], "compared with something");
    }
}
