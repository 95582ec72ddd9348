//! Growth orders in a sentence, each with the thing whose cost it bounds.

use std::collections::BTreeMap;

use super::atoms::{Atom, atoms};
use super::cues::Cue;
use super::letters::{defined, renamed};
use super::mentioned;
use super::scaling::{model_of, part_of};
use super::statement::Body;
use super::whose::Around;
use crate::language::{Chain, Expr, Options, Order, Tok, Token, lex, parse_chain};
use crate::span::Span;
use crate::world::{GrowthFile, World};

/// The growth orders of a sentence: where, and what they say.
pub fn find(world: &World, tokens: &[Token], range: std::ops::Range<usize>, text: &str) -> Vec<(Span, Body)> {
    let Some(growth) = &world.growth else {
        return vec![];
    };
    let orders: Vec<_> = orders(tokens, range.clone()).into_iter().filter(|o| !of_variable(growth, tokens, o, text)).collect();
    let whole = match (orders.first(), tokens.first(), tokens.last()) {
        (Some(_), Some(a), Some(b)) => atoms(text, a.span.to(b.span)),
        _ => return vec![],
    };
    let letters = defined(growth, &whole);
    let mut found = Vec::new();
    for (i, order) in orders.iter().enumerate() {
        if mentioned::denied(tokens, order) || mentioned::hedged(tokens, order) || orders.len() > 1 && replaced(tokens, &range) {
            continue;
        }
        let own = &tokens[order.clone()];
        let read = parse_chain(own, text, &world.lexicon, Options::default()).ok();
        let Some(chain) = read.or_else(|| spelled_apart(world, growth, own, text, &letters)) else { continue };
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
        let parts = [near(start..order.start, true), &tokens[start..order.start], near(order.end..end, false)].map(counted);
        // "… for the first blocks plus O(m^2 d) per block in between": what is added is said of what stands behind it.
        let behind = parts[2].first().and_then(Token::word).is_some_and(|w| matches!(w.as_str(), "per" | "for" | "in"));
        let added = i > 0
            && order.start > 0
            && behind
            && (tokens[order.start - 1].kind == Tok::Plus || tokens[order.start - 1].word().is_some_and(|w| w == "plus"));
        let after = if behind { own_part(growth, parts[2], &whole, text) } else { None };
        if added && after.is_none() {
            continue;
        }
        // "…, in all O(…)": the label right before it says more than the parts that were named on the way.
        let total = total_of(growth, &tokens[start..order.start], text);
        let own = after.or(total).or_else(|| parts.iter().find_map(|p| own_part(growth, p, &whole, text)));
        let places = [
            near(start..order.start, true),
            near(order.end..end, false),
            &tokens[start..order.start],
            &tokens[range.start..order.start],
        ]
        .map(counted);
        // Words before the first order may name its subject from afar; a later order's own words do.
        let places = if i == 0 { &places[..] } else { &places[..3] };
        let span = tokens[order.start].span.to(tokens[order.end - 1].span);
        let subject = own.or_else(|| {
            places.iter().find_map(|p| {
                let words: Vec<String> = p.iter().filter_map(Token::word).collect();
                subject_of(growth, &words)
            })
        });
        found.push((span, Body::Growth { around: Around::of(subject), order: *kind, bound: renamed(bound, &letters) }));
    }
    found
}

/// "m = Θ(√l)": how large a variable is, and no cost.
fn of_variable(growth: &GrowthFile, tokens: &[Token], order: &std::ops::Range<usize>, text: &str) -> bool {
    let before = |n: usize| order.start.checked_sub(n).and_then(|i| tokens.get(i));
    let variable = |t: &Token| matches!(&t.kind, Tok::Name(n) if growth.variables.contains_key(n) || n == "ell" && growth.variables.contains_key("l"));
    // "it becomes O(…)" has the sign in a word.
    let written = |t: &Token| !t.span.of(text).starts_with(char::is_alphabetic);
    let sign = |t: &Token| matches!(t.kind, Tok::Rel(_)) && written(t);
    before(1).is_some_and(sign) && before(2).is_some_and(variable) && before(3).is_none_or(|t| t.kind != Tok::Sub)
}

/// Words before an order without those of what is left out of it: "ignoring the MLPs, O(…)".
fn counted(piece: &[Token]) -> &[Token] {
    const LEFT_OUT: &[&str] = &[
        "ignoring",
        "neglecting",
        "disregarding",
        "omitting",
        "excluding",
        "without",
        "apart",
        "except",
        "besides",
        "aside",
        "ignore",
        "neglect",
        "forget",
        "forgetting",
        "dropping",
        "drop",
    ];
    let leaves = |t: &Token| t.word().is_some_and(|w| LEFT_OUT.contains(&w.as_str()));
    let Some(at) = piece.iter().position(leaves) else { return piece };
    let comma = piece[at..].iter().position(|t| matches!(t.kind, Tok::Comma | Tok::Colon | Tok::Semicolon));
    match comma {
        Some(c) if at + c + 1 < piece.len() => &piece[at + c + 1..],
        _ => &piece[..at],
    }
}

/// "O(ℓ²) becomes O(m²)", "it replaces O(ℓ²) by O(m²)": the one is of one model and the other of the other.
fn replaced(tokens: &[Token], sentence: &std::ops::Range<usize>) -> bool {
    let words: Vec<String> = tokens[sentence.clone()].iter().filter_map(Token::word).collect();
    words.iter().any(|w| w == "becomes" || w == "become" || w.starts_with("replac") || w.starts_with("turn"))
}

/// `O(ℓmd)` in running text: letters of variables that stand beside each other are a product.
fn spelled_apart(
    world: &World,
    growth: &GrowthFile,
    own: &[Token],
    text: &str,
    letters: &BTreeMap<String, String>,
) -> Option<Chain> {
    let source = own.first()?.span.to(own.last()?.span).of(text);
    let variable = |c: char| {
        let name = if c == 'ℓ' { "l".to_string() } else { c.to_string() };
        growth.variables.contains_key(&name) || letters.contains_key(&name) || matches!(c, 'O' | 'Θ' | 'Ω' | 'o')
    };
    if source.contains('\\') || !source.chars().filter(|c| c.is_alphabetic()).all(variable) {
        return None;
    }
    let apart: String = source.chars().flat_map(|c| if c.is_alphabetic() { vec![' ', c] } else { vec![c] }).collect();
    let apart = apart.trim_start().to_string();
    let tokens = lex(&apart, 0, true, &world.lexicon);
    parse_chain(&tokens, &apart, &world.lexicon, Options::default()).ok().filter(|c| c.operands.len() == 1)
}

/// A part of one model, which the model mentioned last may have to tell from another's.
fn own_part(growth: &GrowthFile, place: &[Token], whole: &[Atom], text: &str) -> Option<usize> {
    let (first, last) = (place.first()?, place.last()?);
    let words = |list: &[Atom]| list.iter().map(|a| a.text.clone()).collect::<Vec<String>>();
    let before: Vec<Atom> = whole.iter().filter(|a| a.span.end <= last.span.end).cloned().collect();
    let inside = words(&atoms(text, first.span.to(last.span)));
    let model = model_of(growth, &inside).or_else(|| model_of(growth, &words(&before)));
    part_of(growth, &inside, model.as_deref()).filter(|i| {
        let s = &growth.subjects[*i];
        s.model.is_some() && !s.truths.is_empty()
    })
}

/// "one more block of order ℓm": an order without its sign.
pub fn worded(world: &World, tokens: &[Token], range: std::ops::Range<usize>, text: &str) -> Vec<(Span, Body)> {
    let Some(growth) = &world.growth else { return vec![] };
    let mut found = Vec::new();
    for at in range.clone().filter(|i| tokens[*i].word().is_some_and(|w| w == "order")) {
        let mathematics = |t: &&Token| {
            matches!(t.kind, Tok::Name(_) | Tok::Number(_) | Tok::Sup | Tok::Times | Tok::Plus | Tok::Open(_) | Tok::Close(_))
        };
        let n = tokens[at + 1..range.end].iter().take_while(mathematics).count();
        let run = &tokens[at + 1..at + 1 + n];
        let order = run.iter().any(|t| matches!(&t.kind, Tok::Name(n) if matches!(n.as_str(), "O" | "Theta" | "Omega" | "o")));
        let (Some(first), Some(last), false) = (run.first(), run.last(), order) else { continue };
        let Ok(mut chain) = parse_chain(run, text, &world.lexicon, Options::default()) else { continue };
        let whole = atoms(text, tokens[0].span.to(last.span));
        let clause = tokens[range.start..at].iter().rposition(|t| matches!(t.kind, Tok::Comma | Tok::Semicolon | Tok::Colon));
        let subject = own_part(growth, &tokens[clause.map_or(range.start, |c| range.start + c + 1)..at], &whole, text);
        if subject.is_some() && chain.relations.is_empty() && chain.operands.len() == 1 {
            let bound = renamed(&chain.operands.remove(0).expr, &defined(growth, &whole));
            found.push((first.span.to(last.span), Body::Growth { around: Around::of(subject), order: Order::Theta, bound }));
        }
    }
    found
}

/// "total: O(…)": the whole of the one model that has been spoken of.
fn total_of(growth: &GrowthFile, before: &[Token], text: &str) -> Option<usize> {
    let last = before.last()?.span;
    let label: Vec<String> = before.iter().rev().filter_map(Token::word).take(3).collect();
    let word = |i: usize, list: &[&str]| label.get(i).is_some_and(|w| list.contains(&w.as_str()));
    let sums = label.iter().take(2).any(|w| matches!(w.as_str(), "total" | "overall" | "altogether" | "sum"));
    // "All layers:", "all together", "summed over all layers", "together with all blocks": the last words say it.
    let all = word(1, &["in"]) && word(0, &["all"])
        || word(1, &["all", "summed", "added"]) && word(0, &["together", "layers", "blocks", "up"])
        || word(0, &["together", "summed"])
        || word(0, &["model"]) && word(1, &["whole", "entire", "full"]);
    // "so for L layers": each of them, with their number.
    let numbered = word(0, &["layers", "blocks"])
        && before
            .iter()
            .rev()
            .skip_while(|t| t.word().is_none_or(|w| !matches!(w.as_str(), "layers" | "blocks")))
            .nth(1)
            .is_some_and(|t| matches!(&t.kind, Tok::Name(n) if growth.deepened.as_deref() == Some(n.as_str())));
    (sums || all || numbered).then_some(())?;
    let words: Vec<String> = atoms(text, Span::new(0, last.end)).into_iter().map(|a| a.text).collect();
    let named = |cues: &Vec<String>| cues.iter().any(|c| Cue::new(c).find(&words).is_some());
    let mut models = growth.models.iter().filter(|(_, cues)| named(cues)).map(|(m, _)| m.clone());
    let only = models.next().filter(|_| models.next().is_none());
    // Of two models the one is meant that the sentence, or the one before it, speaks of alone.
    let near = || {
        let mut sentences = words.rsplit(|w| w == ".");
        let own: Vec<&[String]> = vec![sentences.next()?, sentences.next()?];
        let spoken = own.into_iter().find(|s| model_of(growth, s).is_some())?;
        let all = growth.models.values().filter(|cues| cues.iter().any(|c| Cue::new(c).find(spoken).is_some())).count();
        model_of(growth, spoken).filter(|_| all == 1)
    };
    let model = only.or_else(near)?;
    growth.subjects.iter().position(|s| s.id == model)
}

fn subject_of(growth: &GrowthFile, words: &[String]) -> Option<usize> {
    growth.subjects.iter().position(|s| {
        s.model.is_none()
            && s.cues.iter().any(|c| Cue::new(c).find(words).is_some())
            && !s.unless.iter().any(|u| Cue::new(u).find(words).is_some())
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
