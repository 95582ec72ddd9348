//! Limits under their sign: `\lim_{β→∞} α_a = 1/2` is "for β → ∞: α_a → 1/2".

use std::ops::Range;

use super::phrases::replaced;
use super::segment::closes_at;
use crate::language::{Bracket, Relation, Tok, Token};
use crate::span::Span;
use crate::world::World;

/// The tokens with what stands below a limit sign as a condition before the relation, which then speaks of the limit.
///
/// Of two limits the inner one is taken first; where the question takes them in another order, the signs stay and nothing is read.
pub fn limits(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let tokens = falling(tokens, world);
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let (below, body) = signs(&tokens, at);
        let end = run_end(&tokens, body);
        let opens = out.last().is_none_or(parts);
        let read = opens && !below.is_empty() && in_order(&tokens, &below, world);
        let Some(said) = read.then(|| said(&tokens, body..end, &below)).flatten() else {
            out.push(tokens[at].clone());
            at += 1;
            continue;
        };
        for range in &below {
            out.extend(tokens[range.clone()].iter().cloned());
            let place = Span::new(tokens[range.end].span.start, tokens[range.end].span.start);
            out.push(Token { kind: Tok::Gap, span: place, spaced: true, math: true });
        }
        out.extend(said);
        at = end;
    }
    out
}

/// "β tends to −∞", "letting β go to minus infinity": with an arrow, since a sign behind a verb is read as no number.
fn falling(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    const GOES: &[&str] = &["tends", "tend", "goes", "go", "going", "tending", "falls", "approaches"];
    replaced(&tokens, |tokens, at| {
        let word = |i: usize| tokens.get(i).and_then(Token::word).unwrap_or_default();
        let verb = at + 1;
        let to = verb + 1 + usize::from(matches!(word(verb + 1).as_str(), "to" | "towards"));
        let scalar = matches!(&tokens[at].kind, Tok::Name(n) if world.limits.contains(n));
        let minus = tokens.get(to).is_some_and(|t| t.kind == Tok::Minus) || word(to) == "minus";
        let infinite = tokens.get(to + 1).is_some_and(|t| t.kind == Tok::Infinity) || word(to + 1) == "infinity";
        (scalar && GOES.contains(&word(verb).as_str()) && minus && infinite).then(|| {
            let like = |kind, i: usize| Token { kind, ..tokens[i].clone() };
            let arrow = like(Tok::Rel(Relation::Tends), verb);
            (to + 2, vec![tokens[at].clone(), arrow, like(Tok::Minus, to), like(Tok::Infinity, to + 1)])
        })
    })
}

/// What stands below each of the limit signs from a place on, and where they end.
fn signs(tokens: &[Token], start: usize) -> (Vec<Range<usize>>, usize) {
    let mut below = Vec::new();
    let mut at = start;
    while let Some((range, next)) = sign(tokens, at) {
        below.push(range);
        at = next;
    }
    (below, at)
}

/// `lim _ { β → ∞ }` or `lim β → ∞`: what stands below, and where it ends.
fn sign(tokens: &[Token], at: usize) -> Option<(Range<usize>, usize)> {
    (tokens.get(at)?.kind == Tok::Function("lim")).then_some(())?;
    let braced = tokens.get(at + 1)?.kind == Tok::Sub && matches!(tokens.get(at + 2)?.kind, Tok::Open(Bracket::Brace));
    let start = if braced { at + 3 } else { at + 1 };
    let arrow = matches!(tokens.get(start)?.kind, Tok::Name(_)) && tokens.get(start + 1)?.kind == Tok::Rel(Relation::Tends);
    arrow.then_some(())?;
    let minus = matches!(tokens.get(start + 2)?.kind, Tok::Minus | Tok::Plus);
    let goal = start + 2 + usize::from(minus);
    let point = matches!(&tokens.get(goal)?.kind, Tok::Infinity) || matches!(&tokens.get(goal)?.kind, Tok::Number(n) if n == "0");
    point.then_some(())?;
    // `{β → 0^+}`: to its closing brace.
    let end = if braced { closes_at(tokens, at + 2..tokens.len())? + 1 } else { goal + 1 };
    Some((start..goal + 1, end))
}

/// Whether what stands before a limit sign ends there.
fn parts(token: &Token) -> bool {
    matches!(token.kind, Tok::Word(_) | Tok::Comma | Tok::Stop | Tok::Colon | Tok::Gap | Tok::Implies | Tok::Semicolon)
}

/// Where the mathematics from a place on ends.
fn run_end(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0usize;
    let mut at = start;
    while let Some(token) = tokens.get(at) {
        match token.kind {
            Tok::Open(_) => depth += 1,
            Tok::Close(_) if depth == 0 => break,
            Tok::Close(_) => depth -= 1,
            _ if depth == 0 && parts(token) => break,
            _ => {}
        }
        at += 1;
    }
    at
}

/// Whether limits are taken in the question's order: the inner one stands last.
fn in_order(tokens: &[Token], below: &[Range<usize>], world: &World) -> bool {
    let place = |range: &Range<usize>| match &tokens[range.start].kind {
        Tok::Name(n) => world.limits.iter().position(|l| l == n),
        _ => None,
    };
    let places: Vec<Option<usize>> = below.iter().rev().map(place).collect();
    places.len() == 1 || places.iter().all(Option::is_some) && places.is_sorted()
}

/// What is said under the sign: equalities, as of a limit, and without the same sign again.
fn said(tokens: &[Token], body: Range<usize>, below: &[Range<usize>]) -> Option<Vec<Token>> {
    let mut out = Vec::new();
    let mut at = body.start;
    let same = |range: &Range<usize>| {
        below.iter().any(|b| tokens[b.clone()].iter().map(|t| &t.kind).eq(tokens[range.clone()].iter().map(|t| &t.kind)))
    };
    while at < body.end {
        if let Some((range, next)) = sign(tokens, at)
            && same(&range)
        {
            at = next;
            continue;
        }
        let mut token = tokens[at].clone();
        match token.kind {
            Tok::Rel(Relation::Equal | Relation::Approx) => token.kind = Tok::Rel(Relation::Tends),
            Tok::Rel(_) => return None,
            _ => {}
        }
        out.push(token);
        at += 1;
    }
    out.iter().any(|t| t.kind == Tok::Rel(Relation::Tends)).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::lex;
    use crate::world::Library;

    fn read(text: &str) -> String {
        let library = Library::embedded().unwrap();
        let world = library.get("1c.ii").unwrap();
        let tokens = limits(lex(text, 0, true, &world.lexicon), world);
        let lims = tokens.iter().filter(|t| t.kind == Tok::Function("lim")).count();
        let arrows = tokens.iter().filter(|t| t.kind == Tok::Rel(Relation::Tends)).count();
        format!("{lims} signs, {arrows} arrows")
    }

    #[test]
    fn a_sign_becomes_a_condition() {
        assert_eq!(read(r"\lim_{\beta\to\infty} c = v_a"), "0 signs, 2 arrows");
        assert_eq!(read(r"\lim_{\beta\to\infty} c = \lim_{\beta\to\infty} v_a = v_b"), "0 signs, 3 arrows");
    }

    #[test]
    fn limits_in_another_order_and_inequalities_stay() {
        assert_eq!(read(r"\lim_{\beta\to\infty}\lim_{\alpha\to0} \alpha_a = 1"), "0 signs, 3 arrows");
        assert_eq!(read(r"\lim_{\alpha\to0}\lim_{\beta\to\infty} \alpha_a = 1"), "2 signs, 2 arrows");
        assert_eq!(read(r"\lim_{\beta\to\infty} \alpha_a < 1"), "1 signs, 1 arrows");
        assert_eq!(read(r"\lim_{\beta\to"), "1 signs, 1 arrows");
    }
}
