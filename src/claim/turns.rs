//! Turns of phrase that become signs before anything is read: keys that are left out, kinds of a distance in brackets, the head
//! behind a symbol, letters in a list, what is enough for something, and a dot product with a full stop.

use super::phrases::{replaced, words_are};
use super::{failing, heads};
use crate::language::{Bracket, Relation, Tok, Token};
use crate::world::World;

/// Words that leave something out.
const LEAVING: &[&str] =
    &["forgetting", "ignoring", "neglecting", "disregarding", "dropping", "omitting", "forget", "ignore", "neglect", "without"];

/// Words for what was left out, behind it.
const LEFT: &[&str] = &["ignored", "neglected", "omitted", "dropped", "forgotten", "disregarded"];

/// The tokens with these turns as signs.
pub fn turns(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let tokens = enough(failing::failing(dotted(tokens, world), world));
    with_heads(distances(two_keys(listed_letters(tokens, world), world)), world)
}

/// `a_j . s = a_j . v_a`: a full stop with white space on both sides between two vectors multiplies them.
fn dotted(mut tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let member = |t: &Token| matches!(&t.kind, Tok::Name(n) if world.lexicon.is_family(n));
    let letter = |t: &Token| matches!(&t.kind, Tok::Name(n) if n.chars().all(char::is_lowercase));
    for at in 1..tokens.len().saturating_sub(1) {
        let apart = tokens[at].kind == Tok::Stop && tokens[at].spaced && tokens[at + 1].spaced;
        // The index of a vector, or a letter of the writer's own beside a vector.
        let start = at.saturating_sub(4);
        let left = letter(&tokens[at - 1]) || matches!(tokens[at - 1].kind, Tok::Close(Bracket::Brace | Bracket::Round));
        let vector = tokens[start..at].iter().any(member) || member(&tokens[at + 1]);
        if apart && left && vector && letter(&tokens[at + 1]) {
            tokens[at].kind = Tok::Times;
        }
    }
    tokens
}

/// "it is enough that X > 0 for c_1 ≈ v_a" and "for c_1 ≈ v_a we only need X > 0" as "if X > 0, c_1 ≈ v_a".
fn enough(tokens: Vec<Token>) -> Vec<Token> {
    const LEADS: &[&[&str]] = &[
        &["it", "is", "enough", "that"],
        &["it", "suffices", "that"],
        &["it", "is", "sufficient", "that"],
        &["it's", "enough", "that"],
    ];
    /// Tokens of a clause, at most.
    const CLAUSE_MAX: usize = 60;
    const NEEDS: &[&[&str]] =
        &[&["we", "only", "need"], &["one", "only", "needs"], &["you", "only", "need"], &["it", "only", "needs"]];
    let related = |list: &[Token]| list.iter().any(|t| matches!(t.kind, Tok::Rel(_)));
    let made = |t: &Token, kind| Token { kind, ..t.clone() };
    let mut out = tokens;
    let stop = |t: &Token| matches!(t.kind, Tok::Stop | Tok::Semicolon);
    let end_of = |list: &[Token], at: usize| {
        list[at..].iter().take(CLAUSE_MAX).position(stop).map_or(list.len().min(at + CLAUSE_MAX), |i| at + i)
    };
    let mut at = 0;
    while at < out.len() {
        if let Some(lead) = LEADS.iter().find(|l| words_are(&out, at, l)) {
            let (start, end) = (at + lead.len(), end_of(&out, at));
            let goal = (start..end).find(|i| words_are(&out, *i, &["for"]) && related(&out[start..*i]));
            // "for all β" says of which, no claim.
            let all = |i: usize| matches!(out.get(i + 1).and_then(Token::word).as_deref(), Some("all" | "every" | "any"));
            if let Some(word) = goal.filter(|i| related(&out[*i..end]) && !all(*i)) {
                out[word] = made(&out[word], Tok::Comma);
                out[at] = made(&out[at], Tok::Word("if".into()));
                out.drain(at + 1..start);
            }
        } else if let Some(lead) = NEEDS.iter().find(|l| words_are(&out, at, l)) {
            let start = out[at.saturating_sub(CLAUSE_MAX)..at]
                .iter()
                .rposition(stop)
                .map_or(0, |i| at.saturating_sub(CLAUSE_MAX) + i + 1);
            let end = end_of(&out, at);
            if words_are(&out, start, &["for"]) && related(&out[start..at]) && related(&out[at..end]) {
                out[at] = made(&out[at], Tok::Word("if".into()));
                out.drain(at + 1..at + lead.len());
                out.remove(start);
            }
        }
        at += 1;
    }
    out
}

/// "for i = a, b", "i = a or i = b" as `i ∈ {a, b}`.
fn listed_letters(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let letter = |t: &Token| matches!(&t.kind, Tok::Name(n) if world.letters.contains(n));
    let index = |t: &Token| matches!(&t.kind, Tok::Name(n) if world.lexicon.is_index(n) && !world.letters.contains(n));
    let equals = |t: &Token| t.kind == Tok::Rel(Relation::Equal);
    replaced(&tokens, |tokens, at| {
        let [i, sign, first, rest @ ..] = tokens.get(at..)? else { return None };
        let inside = at > 0 && matches!(tokens[at - 1].kind, Tok::Sub | Tok::Open(Bracket::Brace | Bracket::Set));
        (index(i) && equals(sign) && letter(first) && !inside).then_some(())?;
        let comma = usize::from(rest.first()?.kind == Tok::Comma);
        let joined = rest.get(comma)?.word().is_some_and(|w| matches!(w.as_str(), "or" | "and"));
        let link = comma + usize::from(joined);
        let again = 2 * usize::from(rest.get(link)?.kind == i.kind && rest.get(link + 1).is_some_and(equals));
        let second = rest.get(link + again).filter(|t| link > 0 && letter(t) && t.kind != first.kind)?;
        let next = rest.get(link + again + 1);
        let ends = |t: &Token| {
            let sign = matches!(t.kind, Tok::Comma | Tok::Stop | Tok::Semicolon | Tok::Colon | Tok::Close(_));
            sign || t.spaced || t.math != second.math
        };
        let over = next.is_none_or(ends);
        let related = next.is_some_and(|t| matches!(t.kind, Tok::Rel(_) | Tok::Sub));
        (over && !related).then_some(())?;
        // Inside of braces an `a` is no article.
        let like = |kind, near: &Token| Token { kind, spaced: false, math: true, ..near.clone() };
        let set = vec![
            i.clone(),
            like(Tok::Rel(Relation::In), sign),
            like(Tok::Open(Bracket::Set), first),
            like(first.kind.clone(), first),
            like(Tok::Comma, first),
            like(second.kind.clone(), second),
            like(Tok::Close(Bracket::Set), second),
        ];
        Some((at + 3 + link + again + 1, set))
    })
}

/// "forgetting the other keys", "(other keys ignored)" as `n = 2`: the keys that the question names are left.
fn two_keys(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    if world.letters.len() != 2 || !world.dimensions.contains_key("n") {
        return tokens;
    }
    replaced(&tokens, |tokens, at| {
        let end = left_out(tokens, at)?;
        let whole = tokens[at].span.to(tokens[end - 1].span);
        let like = |kind| Token { kind, span: whole, spaced: true, math: true };
        Some((end, vec![like(Tok::Name("n".into())), like(Tok::Rel(Relation::Equal)), like(Tok::Number("2".into()))]))
    })
}

/// Where the words end that leave the other keys out.
fn left_out(tokens: &[Token], at: usize) -> Option<usize> {
    let word = |i: usize| tokens.get(i).and_then(Token::word).unwrap_or_default();
    let led = LEAVING.contains(&word(at).as_str());
    let denied = at > 0 && matches!(word(at - 1).as_str(), "not" | "never" | "cannot" | "no" | "n't");
    if denied {
        return None;
    }
    let mut end = at + usize::from(led);
    end += usize::from(led && word(end) == "about");
    end += usize::from(matches!(word(end).as_str(), "the" | "all"));
    end += usize::from(word(end) == "the");
    let other = matches!(word(end).as_str(), "other" | "remaining" | "uninvolved");
    let keys = matches!(word(end + 1).as_str(), "keys" | "tokens" | "key");
    if !other || !keys {
        return None;
    }
    end += 2;
    if led {
        return tokens.get(end).is_none_or(|t| t.word().is_none()).then_some(end);
    }
    end += usize::from(matches!(word(end).as_str(), "are" | "being"));
    let opens = at > 0 && matches!(tokens[at - 1].kind, Tok::Open(_) | Tok::Comma);
    (opens && LEFT.contains(&word(end).as_str())).then_some(end + 1)
}

/// "the typical (root mean square) distance" without the brackets: they say which distance is meant.
fn distances(tokens: Vec<Token>) -> Vec<Token> {
    let word = |i: usize| tokens.get(i).and_then(Token::word).unwrap_or_default();
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let inside = if word(at + 1) == "rms" {
            1
        } else if word(at + 1) == "root" && word(at + 2) == "mean" && matches!(word(at + 3).as_str(), "square" | "squared") {
            3
        } else {
            0
        };
        let closes = tokens.get(at + inside + 1).is_some_and(|t| t.kind == Tok::Close(Bracket::Round));
        if tokens[at].kind == Tok::Open(Bracket::Round) && inside > 0 && closes {
            if out.last().and_then(Token::word).is_some_and(|w| matches!(w.as_str(), "typical" | "usual")) {
                out.pop();
            }
            out.extend(tokens[at + 1..=at + inside].iter().cloned());
            at += inside + 2;
        } else {
            out.push(tokens[at].clone());
            at += 1;
        }
    }
    out
}

/// "p_a in head 1 is …" as `p_{1,a}`: the weights and scores of one head.
fn with_heads(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let numbers = heads::numbers(world);
    if numbers.is_empty() {
        return tokens;
    }
    replaced(&tokens, |tokens, at| headed(tokens, at, world, &numbers))
}

/// A symbol with one index below and its head behind it, before a sign or a verb.
fn headed(tokens: &[Token], at: usize, world: &World, numbers: &[u32]) -> Option<(usize, Vec<Token>)> {
    let [name, sub, index, place, rest @ ..] = tokens.get(at..)? else { return None };
    let Tok::Name(letter) = &name.kind else { return None };
    let own = world.synonyms.get(letter).unwrap_or(letter);
    let of_heads = world.definitions.iter().any(|d| d.name == *own && d.parameters.len() == 2);
    let below = sub.kind == Tok::Sub && matches!(&index.kind, Tok::Name(n) if world.lexicon.is_index(n));
    if !of_heads || !below || place.word().as_deref() != Some("in") {
        return None;
    }
    let article = usize::from(rest.first().and_then(Token::word).is_some_and(|w| w == "the"));
    let (_, head) = *heads::mentioned(numbers, rest.get(article..article + 2)?).first()?;
    let end = at + 4 + article + 2;
    let after = tokens.get(end)?;
    let verb = after.word().is_some_and(|w| matches!(w.as_str(), "is" | "equals" | "tends" | "goes" | "becomes" | "are" | "was"));
    if !verb && !matches!(after.kind, Tok::Rel(_)) {
        return None;
    }
    let like = |kind| Token { kind, spaced: false, ..index.clone() };
    let close = Token { kind: Tok::Close(Bracket::Brace), spaced: false, ..tokens[end - 1].clone() };
    let head = like(Tok::Number(head.to_string()));
    let symbol = vec![name.clone(), sub.clone(), like(Tok::Open(Bracket::Brace)), head, like(Tok::Comma), index.clone(), close];
    Some((end, symbol))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::lex;
    use crate::world::Library;

    fn read(question: &str, text: &str) -> String {
        let library = Library::embedded().expect("the worlds");
        let world = library.get(question).expect("the question");
        let show = |t: &Token| match &t.kind {
            Tok::Name(n) | Tok::Word(n) | Tok::Number(n) => n.clone(),
            Tok::Rel(r) => r.plain().to_string(),
            Tok::Sub => "_".into(),
            Tok::Open(_) => "(".into(),
            Tok::Close(_) => ")".into(),
            Tok::Comma => ",".into(),
            other => format!("{other:?}"),
        };
        turns(lex(text, 0, false, &world.lexicon), world).iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn keys_left_out() {
        assert!(read("1c.ii", "with β = 3, forgetting the other keys:").contains(", n = 2"));
        assert!(read("1c.ii", "β = 3 (other keys ignored)").ends_with("( n = 2 )"));
        assert!(!read("1c.ii", "not ignoring the other keys").contains("n = 2"));
        assert!(!read("1c.ii", "the other keys ignored by the head").contains("n = 2"));
    }

    #[test]
    fn which_distance_and_which_head() {
        assert!(read("1c.i", "the typical (root mean square) distance").ends_with("the root mean square distance"));
        assert!(read("1d.i", "p_a in head 1 is 3").starts_with("p _ ( 1 , a ) is 3"));
        assert!(read("1d.i", "p_a in head 1, however").contains("in head 1"), "no verb");
    }
}
