//! Heads of attention: how their symbols are written (`α^{(1)}_a`, `c^{(2)}`), and which of them a clause speaks of.

use super::phrases::replaced;
use super::statement::Link;
use crate::language::{Bracket, Chain, Expr, Index, Symbol, Tok, Token};
use crate::world::World;

/// The numbers of the question's heads, as its queries bear them; none where it has one query only.
pub fn numbers(world: &World) -> Vec<u32> {
    let number = |i: &Index| if let Index::Number(n) = i { Some(*n) } else { None };
    world.slots.iter().filter_map(|s| s.symbol.indices.first()).filter_map(number).collect()
}

/// Where tokens speak of a head, and of which: "head 1", "the second head".
pub fn mentioned(numbers: &[u32], tokens: &[Token]) -> Vec<(usize, u32)> {
    let named = |t: &Token| match &t.kind {
        Tok::Number(n) => n.parse().ok(),
        _ => match t.word()?.as_str() {
            "first" | "one" | "1" => Some(1),
            "second" | "two" | "2" => Some(2),
            _ => None,
        },
    };
    let head = |i: &usize| tokens[*i].word().is_some_and(|w| w == "head");
    let number = |i: usize| {
        let beside = [i.checked_sub(1), Some(i + 1)].into_iter().flatten();
        let head = beside.filter_map(|k| named(tokens.get(k)?)).next();
        head.map(|h| (i, h))
    };
    (0..tokens.len()).filter(head).filter_map(number).filter(|(_, h)| numbers.contains(h)).collect()
}

/// `α^{(1)}_a` and `c^{(1)}` with the head among the indices: `α_{1,a}`, `c_1`.
pub fn superscripts(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let numbers = numbers(world);
    if numbers.is_empty() {
        return tokens;
    }
    replaced(&tokens, |tokens, at| headed(tokens, at, world, &numbers))
}

/// A symbol with its head in a superscript, with an index below before or behind it, as tokens that have both below.
fn headed(tokens: &[Token], at: usize, world: &World, numbers: &[u32]) -> Option<(usize, Vec<Token>)> {
    let Tok::Name(name) = &tokens[at].kind else { return None };
    world.lexicon.resolve(name)?;
    let before = below(tokens, at + 1);
    let (head, mut end) = above(tokens, before.as_ref().map_or(at + 1, |b| b.1), numbers)?;
    let index = before.or_else(|| below(tokens, end).inspect(|b| end = b.1)).map(|b| b.0);
    let like = |kind| Token { kind, spaced: false, ..tokens[at].clone() };
    let mut symbol = vec![tokens[at].clone(), like(Tok::Sub), like(Tok::Open(Bracket::Brace)), head];
    if let Some(index) = index {
        symbol.push(like(Tok::Comma));
        symbol.extend(index);
    }
    let close = Token { kind: Tok::Close(Bracket::Brace), spaced: false, ..tokens[end - 1].clone() };
    symbol.push(close);
    Some((end, symbol))
}

/// `c_h ≈ ½ (v_a + v_b)` with a letter for a head: said of the head with each number.
pub fn for_each_head(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    const LETTERS: &[&str] = &["h", "r", "s", "t", "l", "i", "j", "m"];
    let numbers = numbers(world);
    if numbers.is_empty() {
        return tokens;
    }
    let per_head = |name: &str, head: Index| world.knows(&Symbol { name: name.into(), indices: vec![head] }, &[]);
    let letter = |i: usize| {
        let Tok::Name(name) = &tokens.get(i)?.kind else { return None };
        let name = world.lexicon.resolve(name).map_or_else(|| name.clone(), String::from);
        let (below, end) = below(&tokens, i + 1)?;
        let [Token { kind: Tok::Name(head), .. }] = below.as_slice() else { return None };
        let own = LETTERS.contains(&head.as_str()) && !world.letters.contains(head);
        let known = per_head(&name, Index::Number(numbers[0])) && !per_head(&name, Index::Letter(head.clone()));
        (own && known).then(|| (head.clone(), end))
    };
    let ends = |t: &Token| matches!(t.kind, Tok::Word(_) | Tok::Comma | Tok::Stop | Tok::Semicolon | Tok::Colon | Tok::Gap);
    replaced(&tokens, |tokens, at| {
        let (head, behind) = letter(at)?;
        matches!(tokens.get(behind)?.kind, Tok::Rel(_)).then_some(())?;
        let end = tokens[at..].iter().position(ends).map_or(tokens.len(), |i| at + i);
        let of_head = |number: u32| {
            let put = |(i, t): (usize, &Token)| {
                let index = t.is_name(&head) && i > 0 && matches!(tokens[at + i - 1].kind, Tok::Sub | Tok::Open(Bracket::Brace));
                if index { Token { kind: Tok::Number(number.to_string()), ..t.clone() } } else { t.clone() }
            };
            tokens[at..end].iter().enumerate().map(put).collect::<Vec<Token>>()
        };
        let and = Token { kind: Tok::Word("and".into()), spaced: true, math: false, ..tokens[end - 1].clone() };
        let each = numbers.iter().map(|n| of_head(*n)).collect::<Vec<_>>();
        Some((end, each.join(&and)))
    })
}

/// `_a`, `_{a}`: what stands below, and where it ends.
fn below(tokens: &[Token], at: usize) -> Option<(Vec<Token>, usize)> {
    tokens.get(at).filter(|t| t.kind == Tok::Sub)?;
    match &tokens[at + 1..] {
        [open, index, close, ..] if open.kind == Tok::Open(Bracket::Brace) && close.kind == Tok::Close(Bracket::Brace) => {
            Some((vec![index.clone()], at + 4))
        }
        [index, ..] if matches!(index.kind, Tok::Name(_) | Tok::Number(_)) => Some((vec![index.clone()], at + 2)),
        _ => None,
    }
}

/// `^{(1)}`, `^(1)`: the head, and where it ends. A bare `^1` may be a power.
fn above(tokens: &[Token], at: usize, numbers: &[u32]) -> Option<(Token, usize)> {
    tokens.get(at).filter(|t| t.kind == Tok::Sup)?;
    let braced = tokens.get(at + 1).is_some_and(|t| t.kind == Tok::Open(Bracket::Brace));
    let start = at + 1 + usize::from(braced);
    let [open, head, close, ..] = tokens.get(start..)? else { return None };
    let round = open.kind == Tok::Open(Bracket::Round) && close.kind == Tok::Close(Bracket::Round);
    let known = matches!(&head.kind, Tok::Number(n) if n.parse().is_ok_and(|n: u32| numbers.contains(&n)));
    let closed = !braced || tokens.get(start + 3).is_some_and(|t| t.kind == Tok::Close(Bracket::Brace));
    (round && known && closed).then(|| (head.clone(), start + 3 + usize::from(braced)))
}

/// Whether a weight without a head occurs.
pub fn any_weight(chain: &Chain) -> bool {
    let weight = |s: &Symbol| s.name == "alpha" && s.indices.len() == 1;
    chain.operands.iter().any(|o| o.expr.symbols().iter().any(weight))
}

/// A relation with the weights of the head that its clause speaks of in the place of those of both heads, and with a head
/// that was written last put first (`α_{a,1}`).
pub fn of_head(link: Link, world: &World, head: Option<u32>) -> Link {
    let per_head = |name: &str| world.definitions.iter().any(|d| d.name == name && d.parameters.len() == 2);
    // `w_a` of a writer who calls the weights w.
    let known = |name: &String| if per_head(name) { name.clone() } else { world.synonyms.get(name).unwrap_or(name).clone() };
    let change = |s: &Symbol| {
        let indices = match (s.indices.as_slice(), head) {
            ([other, number @ Index::Number(_)], _) if !matches!(other, Index::Number(_)) => vec![number.clone(), other.clone()],
            ([one], Some(head)) => vec![Index::Number(head), one.clone()],
            _ => return None,
        };
        let name = known(&s.name);
        per_head(&name).then_some(Expr::Symbol(Symbol { name, indices }))
    };
    Link { left: link.left.substitute(&change), relation: link.relation, right: link.right.substitute(&change) }
}
