//! One thing against another, in words: "b gets a larger weight than the others", "the weight of a is e^β times that of b",
//! "head 2 gives a vector twice as long as head 1", "both heads prefer v_a to v_b in the same draws", "a draw with bigger γ has
//! less weight on v_a".

use super::outcome;
use super::said::{Clause, Said, applied, plain};
use crate::language::{Relation, Tok, Token};

/// Reads a clause that compares keys, weights or outputs.
pub fn read(c: &Clause) -> Option<Vec<Said>> {
    beats(c).or_else(|| times(c)).or_else(|| longer(c)).or_else(|| same_draws(c)).or_else(|| moves_with(c))
}

/// "(in head 1,) …": the head that a clause begins with, and what comes behind it.
fn in_head(c: &Clause) -> (usize, Option<String>) {
    let place = c.phrase(0, "in|of").map(|e| c.skip(e, &["the"])).and_then(|e| outcome::head(c, e));
    match place {
        Some((end, head)) => (end + usize::from(c.tokens.get(end).is_some_and(|t| t.kind == Tok::Comma)), Some(head)),
        None => (0, None),
    }
}

/// The query of the head that a clause names at either end.
fn query(c: &Clause, first: Option<String>, at: usize) -> Option<(usize, String)> {
    match first {
        Some(head) => Some((at, format!("q_{head}"))),
        None => c.query_named(at),
    }
}

/// "key b gets a larger weight than the keys that are neither a nor b", "k_a beats the others in head 1".
fn beats(c: &Clause) -> Option<Vec<Said>> {
    let (start, head) = in_head(c);
    let (middle, one) = c.letter(c.skip(start, &["even", "then", "the", "a", "shrunken", "short", "also", "now"]))?;
    let larger = [
        "beats",
        "outscores",
        "overtakes",
        "wins against",
        "wins over",
        "has a larger score than",
        "has a higher score than",
        "has a larger weight than",
        "gets a larger weight than",
        "has more weight than",
        "gets more weight than",
        "is above",
        "gets a higher weight than",
        "has a higher weight than",
        "scores higher than",
    ];
    let smaller = [
        "loses against",
        "loses to",
        "has a smaller score than",
        "has a lower score than",
        "has a smaller weight than",
        "gets a smaller weight than",
        "has less weight than",
        "gets less weight than",
        "is below",
        "scores lower than",
        "gets a lower weight than",
        "has a lower weight than",
    ];
    let found = |list: &[&str], r| list.iter().filter_map(|w| c.phrase(middle, w)).max().map(|e| (e, r));
    let (start, relation) = found(&larger, Relation::Greater).or_else(|| found(&smaller, Relation::Less))?;
    let others = [
        "the others",
        "all others",
        "all the others",
        "the other keys",
        "all other keys",
        "the rest",
        "every other key",
        "the other ones",
        "the remaining keys",
        "any other key",
        "the keys with score 0",
        "all the other keys",
        "the unrelated keys",
    ];
    let neither = c.phrase(start, "the keys|ones").and_then(|e| c.phrase(e, "that|which are neither")).and_then(|e| {
        let (e, _) = c.letter(e)?;
        c.letter(c.phrase(e, "nor")?).map(|(e, _)| e)
    });
    let (end, other, named) = match others.iter().filter_map(|w| c.phrase(start, w)).max().or(neither) {
        Some(end) => (end, "i".to_string(), false),
        None => c.letter(c.skip(start, &["that", "of"])).map(|(e, l)| (e, l, true))?,
    };
    let (end, query) = query(c, head, end)?;
    let score = |letter: &str| plain(&format!("k_{letter}^T {query}"), c.world);
    // Which of two wins may be meant of the draw that was spoken of.
    c.over(c.tail(end).0).then(|| vec![Said::of(score(&one), relation, score(&other), !named)])
}

/// "the weight of a is e^β times the weight of b".
fn times(c: &Clause) -> Option<Vec<Said>> {
    let (start, head) = in_head(c);
    let start = c.phrase(c.skip(start, &["the"]), "weight of|on|for")?;
    let (middle, one) = c.letter(start)?;
    let (head, middle) = match c.phrase(middle, "in").and_then(|e| outcome::head(c, c.skip(e, &["the"]))) {
        Some((end, named)) => (Some(named), end),
        None => (head, middle),
    };
    let (value_at, about) = c.about(c.phrase(middle, "is|becomes|equals")?);
    let (end, factor) = c.operand(value_at)?;
    let end = c.phrase(end, "times")?;
    let end = ["the weight of", "that of", "the one of", "the weight on"].iter().filter_map(|w| c.phrase(end, w)).max()?;
    let (end, other) = c.letter(end)?;
    let (end, query) = query(c, head, end)?;
    let ratio = plain(&format!("exp(k_{one}^T {query} - k_{other}^T {query})"), c.world);
    let relation = if about { Relation::Approx } else { Relation::Equal };
    c.over(end).then(|| vec![Said::of(ratio, relation, factor, true)])
}

/// "head 2 outputs a vector that is two times as long as that of head 1".
fn longer(c: &Clause) -> Option<Vec<Said>> {
    let (end, one) = outcome::output(c, 0)?;
    let start = [
        "outputs a vector that is",
        "returns a vector that is",
        "gives a vector that is",
        "outputs a vector",
        "returns a vector",
        "gives a vector",
        "has an output",
        "is",
        "produces a vector that is",
        "outputs something",
    ]
    .iter()
    .filter_map(|w| c.phrase(end, w))
    .max()?;
    let factors = [("twice", "2"), ("two times", "2"), ("three times", "3"), ("half", "1/2"), ("four times", "4")];
    let (end, factor) = factors.iter().filter_map(|(w, f)| Some((c.phrase(start, w)?, *f))).max_by_key(|(e, _)| *e)?;
    let end = c.phrase(end, "as long|large|big as")?;
    let end = c.phrase(end, "that of").unwrap_or(end);
    let (end, other) = outcome::output(c, end)?;
    let norm = |text: &[Token]| {
        let bar = super::super::phrases::made(Tok::DoubleBar, crate::span::Span::default());
        [vec![bar.clone()], text.to_vec(), vec![bar]].concat()
    };
    let right = [plain(factor, c.world), norm(&other)].concat();
    c.over(end).then(|| vec![Said::of(norm(&one), Relation::Approx, right, true)])
}

/// "both heads prefer v_a to v_b in exactly the same draws": the signs of the two differences agree.
fn same_draws(c: &Clause) -> Option<Vec<Said>> {
    if c.world.slots.len() != 2 {
        return None;
    }
    let start = ["both heads", "the two heads", "the heads"].iter().filter_map(|w| c.phrase(0, w)).max()?;
    let (middle, one) = c.letter(c.phrase(start, "prefer|favour|favor|choose")?)?;
    let (end, other) = c.letter(c.phrase(middle, "to|over")?)?;
    let end = [
        "in exactly the same draws",
        "in the same draws",
        "in the very same draws",
        "in exactly the same samples",
        "in the same samples",
        "at the same time",
        "in the same cases",
    ]
    .iter()
    .filter_map(|w| c.phrase(end, w))
    .max()?;
    let gap = |q: &str| format!("(k_{one}^T {q} - k_{other}^T {q})");
    let product = plain(&format!("{} {}", gap("q_1"), gap("q_2")), c.world);
    c.over(end).then(|| vec![Said::of(product, Relation::Greater, plain("0", c.world), true)])
}

/// "a draw with bigger γ has less weight on v_a": which way they go together.
fn moves_with(c: &Clause) -> Option<Vec<Said>> {
    if c.world.slots.len() != 1 {
        return None;
    }
    let start = ["a draw with", "draws with", "a key with", "a sample with", "samples with"]
        .iter()
        .filter_map(|w| c.phrase(0, w))
        .max()?;
    let start = c.skip(start, &["a", "an"]);
    let up = ["bigger", "larger", "higher", "greater", "growing", "more"];
    let down = ["smaller", "lower"];
    let grows = if c.is(start, &up) { true } else { c.is(start, &down).then_some(false)? };
    let (end, number) = c.operand(start + 1)?;
    let [Token { kind: Tok::Name(name), .. }] = number.as_slice() else { return None };
    let known = c.world.synonyms.get(name).unwrap_or(name);
    if !c.world.definitions.iter().any(|d| d.name == *known && d.parameters.is_empty()) || known == "c" {
        return None;
    }
    let end = c.skip(end, &["thus", "then", "therefore", "also", "hence"]);
    let end = c.phrase(end, "has|have|gets|get|puts|put|gives|give")?;
    let more = if c.is(end, &up) { true } else { c.is(end, &["less", "smaller", "lower"]).then_some(false)? };
    let (end, letter) = c.letter(c.phrase(end + 1, "weight on|for|to")?)?;
    let covariance = applied("Cov", &[number, plain(",", c.world), plain(&format!("alpha_{letter}"), c.world)].concat());
    let relation = if more == grows { Relation::Greater } else { Relation::Less };
    c.over(end).then(|| vec![Said::of(covariance, relation, plain("0", c.world), true)])
}
