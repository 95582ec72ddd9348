//! Products as people type them: `<k_i, q>` and `k_a.q`, and `αb²` with a factor b of the writer's own.

use crate::language::{Bracket, Index, Relation, Symbol, Tok, Token};
use crate::span::Span;
use crate::world::World;

/// Tokens between the angle signs at most: two short vectors.
const INSIDE_MAX: usize = 16;

/// Reads angle signs around two vectors as brackets and a full stop between two vectors as a product.
pub fn inner_products(tokens: &mut [Token], world: &World) {
    for at in 0..tokens.len() {
        match tokens[at].kind {
            Tok::Rel(Relation::Less) => {
                if let Some(end) = angle(&tokens[at..]) {
                    tokens[at].kind = Tok::Open(Bracket::Angle);
                    tokens[at + end].kind = Tok::Close(Bracket::Angle);
                }
            }
            Tok::Stop if dot(tokens, at, world) => tokens[at].kind = Tok::Times,
            _ => {}
        }
    }
}

/// A letter that is an index of the question and that the part uses as a factor (`q = b (μ_a + μ_b)`, `b → ∞`) is a factor too
/// where it stands beside a number of the question, with no subscript sign: `2αb²`.
pub fn own_factors(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let lexicon = &world.lexicon;
    let name = |t: &Token| if let Tok::Name(n) = &t.kind { Some(n.clone()) } else { None };
    // Only beside letters that stand alone as well as with an index.
    let both = |n: &str| lexicon.resolve(n).is_some_and(|n| lexicon.families.contains(n) && world.scalars.contains_key(n));
    let factors: Vec<String> = (0..tokens.len())
        .filter(|at| scales(&tokens, *at))
        .filter_map(|at| name(&tokens[at]).filter(|n| lexicon.is_index(n) && !lexicon.plain.contains(n)))
        .collect();
    if factors.is_empty() {
        return tokens;
    }
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let beside = out.last().and_then(name).is_some_and(|n| both(&n));
        if beside && name(&token).is_some_and(|n| factors.contains(&n)) {
            let span = Span::new(token.span.start, token.span.start);
            out.push(Token { kind: Tok::Times, span, spaced: token.spaced, math: token.math });
        }
        out.push(token);
    }
    out
}

/// Whether a letter is a factor where it stands: before a product sign or a bracket behind `=`, or before `→`, `≫`.
fn scales(tokens: &[Token], at: usize) -> bool {
    let kind = |i: usize| tokens.get(i).map(|t| &t.kind);
    let alone = !matches!(at.checked_sub(1).and_then(kind), Some(Tok::Sub | Tok::Name(_)));
    let assigned = matches!(at.checked_sub(1).and_then(kind), Some(Tok::Rel(Relation::Equal) | Tok::Number(_)));
    let factor = match kind(at + 1) {
        Some(Tok::Times | Tok::Rel(Relation::Tends | Relation::MuchGreater)) => true,
        Some(Tok::Open(Bracket::Round)) => assigned,
        _ => false,
    };
    alone && factor
}

/// Where the pair of angle signs that begins here ends: one comma between, no other relation and no word.
fn angle(tokens: &[Token]) -> Option<usize> {
    let inside = tokens[1..].iter().take(INSIDE_MAX);
    let end = 1 + inside.clone().position(|t| matches!(t.kind, Tok::Rel(_) | Tok::Word(_) | Tok::Stop | Tok::Semicolon))?;
    let depth = |t: &&Token| match t.kind {
        Tok::Open(_) => 1i32,
        Tok::Close(_) => -1,
        _ => 0,
    };
    let balanced = tokens[1..end].iter().map(|t| depth(&t)).sum::<i32>() == 0;
    let commas = tokens[1..end].iter().filter(|t| t.kind == Tok::Comma).count();
    let filled = tokens[1].kind != Tok::Comma && tokens[end - 1].kind != Tok::Comma;
    (tokens[end].kind == Tok::Rel(Relation::Greater) && balanced && commas == 1 && filled).then_some(end)
}

/// `k_a.q`, `mu_b.mu_a`, `k_i . q`: a full stop between two vectors of the world, with space on neither or both sides.
fn dot(tokens: &[Token], at: usize, world: &World) -> bool {
    let Some(next) = tokens.get(at + 1) else { return false };
    // A sentence that ends before mathematics has white space there, which the token of another stretch doesn't know; the end
    // of a block has no sign at all.
    if at == 0 || tokens[at].span.is_empty() {
        return false;
    }
    let glued = !(tokens[at].spaced || next.spaced || next.span.start > tokens[at].span.end);
    // `k_i . q`: no sentence ends after white space.
    let amid = tokens[at].spaced && next.spaced && tokens[at - 1].math == tokens[at].math && next.math == tokens[at].math;
    if !(glued || amid) {
        return false;
    }
    let after = matches!(&next.kind, Tok::Name(n) if vector(n, world));
    let before =
        match (&tokens[at - 1].kind, at.checked_sub(2).map(|i| &tokens[i].kind), at.checked_sub(3).map(|i| &tokens[i].kind)) {
            (Tok::Name(_) | Tok::Number(_), Some(Tok::Sub), Some(Tok::Name(n))) => vector(n, world),
            (Tok::Name(_) | Tok::Number(_), Some(Tok::Name(n)), _) if !tokens[at - 1].spaced && vector(n, world) => true,
            (Tok::Name(n), ..) => vector(n, world),
            _ => false,
        };
    before && after
}

/// Whether a name stands for vectors or a matrix.
pub(super) fn vector(name: &str, world: &World) -> bool {
    let Some(name) = world.lexicon.resolve(name) else { return false };
    let indexed = |i: Index| Symbol { name: name.to_string(), indices: vec![i] };
    world.is_matrix(&Symbol::plain(name))
        || world.is_matrix(&indexed(Index::Letter("i".into())))
        || world.is_matrix(&indexed(Index::Number(1)))
}
