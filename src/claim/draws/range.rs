//! Where a number or a key stays: "k_a always lies between 0.5 μ_a and 1.5 μ_a", "γ stays within [0.5, 1.5]", "its length never
//! leaves the interval from 0.5 to 1.5"; and on which line the output lies: "c stays on the segment between v_a and v_b".

use super::said::{Clause, Said, plain};
use crate::claim::phrases::made;
use crate::language::{Bracket, Relation, Tok, Token};
use crate::span::Span;

/// Reads a clause that says where something stays.
pub fn read(c: &Clause) -> Option<Vec<Said>> {
    stays(c).or_else(|| on_the_segment(c))
}

/// Words that claim it of every draw.
const ALWAYS: &[&str] = &["always", "certainly", "surely", "necessarily", "permanently"];

/// Adverbs that change nothing.
const ADVERBS: &[&str] = &["then", "also", "therefore", "thus", "hence", "now", "still", "somewhere", "only", "just"];

/// "X stays between 0.5 and 1.5", of every draw.
fn stays(c: &Clause) -> Option<Vec<Said>> {
    let (start, quantity) = c.quantity(c.skip(0, &["the", "key", "vector"]))?;
    let named = quantity.iter().any(|t| matches!(t.kind, Tok::Name(_)));
    let (start, always) = adverbs(c, start);
    if let Some(end) = c.phrase(start, "never|cannot leaves|leave") {
        let (end, low, high) = bounds(c, c.skip(end, &["the", "interval", "range", "segment", "line", "band", "strip"]))?;
        return (named && c.over(end)).then(|| vec![within(quantity, &low, &high)]);
    }
    let verbs = "stays|remains|stay|remain|keeps|is|are|lies|lie|ranges|range|runs|varies|moves|falls|has|must|will|can";
    let verb = c.phrase(start, verbs)?;
    let firm = always || c.is(start, &["stays", "remains", "stay", "remain", "ranges", "range", "runs", "keeps"]);
    let (at, more) = adverbs(c, c.skip(verb, &["be", "lie", "stay", "confined", "restricted", "limited", "bounded", "to"]));
    let (end, low, high) = bounds(c, at)?;
    let (end, behind) = adverbs(c, end);
    let every = ["in every draw", "in all draws", "in each draw", "for every draw", "in every sample", "for all draws"];
    let whole = c.longest_phrase(end, &every);
    let certain = firm || more || behind || whole.is_some();
    (named && certain && c.over(whole.unwrap_or(end))).then(|| vec![within(quantity, &low, &high)])
}

/// After adverbs, and whether one of them means every draw.
fn adverbs(c: &Clause, at: usize) -> (usize, bool) {
    let end = c.skip(at, &[ALWAYS, ADVERBS].concat());
    (end, (at..end).any(|i| c.is(i, ALWAYS)))
}

/// "between 0.5 and 1.5", "within [0.5, 1.5]", "from 0.5 μ_a to 1.5 μ_a": where the words end, and both bounds.
fn bounds(c: &Clause, at: usize) -> Option<(usize, Vec<Token>, Vec<Token>)> {
    let spans = [("between", "and"), ("from", "to"), ("in between", "and"), ("inside", "and")];
    for (opens, joins) in spans {
        if let Some((middle, low)) = c.phrase(at, opens).and_then(|e| c.operand(e))
            && let Some((end, high)) = c.phrase(middle, joins).and_then(|e| c.operand(e))
        {
            return Some((end, low, high));
        }
    }
    let start = c.phrase(at, "within|in|inside").map(|e| c.skip(e, &["the", "interval", "range", "segment"]))?;
    if let Some(found) = bounds_of(c, start, "between", "and").or_else(|| bounds_of(c, start, "from", "to")) {
        return Some(found);
    }
    let (end, text) = c.operand(start)?;
    let [open, inner @ .., close] = text.as_slice() else { return None };
    let brackets = matches!((&open.kind, &close.kind), (Tok::Open(_), Tok::Close(_)));
    let comma = inner.iter().position(|t| t.kind == Tok::Comma).filter(|_| brackets)?;
    Some((end, inner[..comma].to_vec(), inner[comma + 1..].to_vec()))
}

fn bounds_of(c: &Clause, at: usize, opens: &str, joins: &str) -> Option<(usize, Vec<Token>, Vec<Token>)> {
    let (middle, low) = c.operand(c.phrase(at, opens)?)?;
    let (end, high) = c.operand(c.phrase(middle, joins)?)?;
    Some((end, low, high))
}

/// `x ∈ [low, high]`.
fn within(quantity: Vec<Token>, low: &[Token], high: &[Token]) -> Said {
    let sign = |kind| made(kind, Span::default());
    let mut interval = vec![sign(Tok::Open(Bracket::Square))];
    interval.extend_from_slice(low);
    interval.push(sign(Tok::Comma));
    interval.extend_from_slice(high);
    interval.push(sign(Tok::Close(Bracket::Square)));
    Said { quantity: Some(quantity.clone()), ..Said::of(quantity, Relation::In, interval, true) }
}

/// "c lies on the segment between v_a and v_b", "c is a mixture of v_a and v_b only": nothing of the other values.
fn on_the_segment(c: &Clause) -> Option<Vec<Said>> {
    let [a, b] = c.world.letters.as_slice() else { return None };
    let start = c.skip(0, &["the", "output", "vector", "result"]);
    let end = match c.output_sign(start) {
        Some((end, text)) if text.len() == 1 => end,
        None if start > 0 => start,
        _ => return None,
    };
    let end = c.phrase(c.skip(end, ADVERBS), "lies|is|stays|remains|moves|runs|always|ends")?;
    let end = c.skip(
        end,
        &["always", "nearly", "almost", "practically", "essentially", "about", "then", "up", "roughly", "close", "to"],
    );
    let lines = [
        "on the segment between",
        "on the line between",
        "on the line segment between",
        "on the line segment from",
        "on the segment from",
        "on the straight line between",
        "on the segment joining",
        "on the segment connecting",
        "on the line joining",
        "on the line connecting",
        "along the segment between",
        "along the line between",
        "a convex combination of",
        "a convex combination of only",
        "a convex combination of just",
        "a weighted average of only",
        "a mixture of only",
        "a mixture of just",
        "a mix of only",
        "on the connecting line of",
        "on the segment",
    ];
    let at = c.longest_phrase(end, &lines)?;
    let (middle, one) = c.value_of(at)?;
    let joint = c.phrase(middle, "and|to").or_else(|| (c.tokens.get(middle)?.kind == Tok::Comma).then_some(middle + 1))?;
    let (end, other) = c.value_of(joint)?;
    let letter = |t: &[Token]| super::said::said_index(t).filter(|_| t.first().is_some_and(|t| t.is_name("v")));
    let both = [letter(&one)?, letter(&other)?];
    let own = both.contains(a) && both.contains(b);
    let tail = c.longest_phrase(end, &["only", "in every draw", "in each draw", "in all draws", "alone"]).unwrap_or(end);
    let sum = plain(&format!("alpha_{a} + alpha_{b}"), c.world);
    (own && c.over(tail)).then(|| vec![Said::of(sum, Relation::Approx, plain("1", c.world), true)])
}
