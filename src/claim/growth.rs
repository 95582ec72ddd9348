//! Growth orders in a sentence, each with the thing whose cost it bounds.

use super::cues::Cue;
use super::statement::Body;
use crate::language::{Expr, Options, Tok, Token, parse_chain};
use crate::span::Span;
use crate::world::World;

/// The growth orders of a sentence: where, and what they say.
pub fn find(world: &World, tokens: &[Token], range: std::ops::Range<usize>, text: &str) -> Vec<(Span, Body)> {
    let Some(growth) = &world.growth else {
        return vec![];
    };
    let orders = orders(tokens, range.clone());
    let mut found = Vec::new();
    for (i, order) in orders.iter().enumerate() {
        let Ok(chain) = parse_chain(&tokens[order.clone()], text, &world.lexicon, Options::default()) else {
            continue;
        };
        let Expr::Order(kind, bound) = &chain.operands[0].expr else {
            continue;
        };
        let start = if i == 0 { range.start } else { orders[i - 1].end };
        let end = orders.get(i + 1).map_or(range.end, |o| o.start);
        let near = |r: std::ops::Range<usize>, last: bool| {
            let comma = |t: &Token| matches!(t.kind, Tok::Comma | Tok::Semicolon);
            let piece = &tokens[r];
            if last {
                piece.iter().rposition(comma).map_or(piece, |c| &piece[c + 1..])
            } else {
                piece.iter().position(comma).map_or(piece, |c| &piece[..c])
            }
        };
        let places = [
            near(start..order.start, true),
            near(order.end..end, false),
            &tokens[start..order.start],
            &tokens[range.start..order.start],
        ];
        // Words before the first order may name its subject from afar; a later order's own words do.
        let places = if i == 0 { &places[..] } else { &places[..3] };
        let subject = places.iter().find_map(|p| {
            let words: Vec<String> = p.iter().filter_map(Token::word).collect();
            subject_of(growth, &words)
        });
        let span = tokens[order.start].span.to(tokens[order.end - 1].span);
        found.push((span, Body::Growth { subject, order: *kind, bound: (**bound).clone() }));
    }
    found
}

fn subject_of(growth: &crate::world::GrowthFile, words: &[String]) -> Option<usize> {
    growth.subjects.iter().position(|s| {
        s.cues.iter().any(|c| Cue::new(c).find(words).is_some()) && !s.unless.iter().any(|u| Cue::new(u).find(words).is_some())
    })
}

/// Ranges of tokens of the form `O( … )`.
fn orders(tokens: &[Token], range: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let symbol = matches!(&tokens[at].kind, Tok::Name(n) if matches!(n.as_str(), "O" | "Theta" | "Omega" | "o"));
        let opens = tokens.get(at + 1).is_some_and(|t| matches!(t.kind, Tok::Open(_)));
        if symbol && opens {
            let mut depth = 0usize;
            let mut end = at + 1;
            while end < range.end {
                match tokens[end].kind {
                    Tok::Open(_) => depth += 1,
                    Tok::Close(_) => depth = depth.saturating_sub(1),
                    _ => {}
                }
                end += 1;
                if depth == 0 {
                    break;
                }
            }
            out.push(at..end);
            at = end;
        } else {
            at += 1;
        }
    }
    out
}
