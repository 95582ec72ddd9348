//! Another query with the same weights: "these are the same weights as for β(k_a + k_b)", "q′ = γ(k_a + k_b) has
//! precisely the same α". It becomes a relation between the weights of the two.

use super::phrases::word;
use super::statement::{Body, Link};
use crate::language::{Expr, Index, Options, Relation, Symbol, Tok, Token, parse_chain};
use crate::span::Span;
use crate::world::World;

/// Words with which such a sentence says less, or supposes.
const HEDGES: &[&str] = &[
    "not",
    "never",
    "almost",
    "nearly",
    "about",
    "approximately",
    "practically",
    "if",
    "unless",
    "would",
    "limit",
    "order",
    "ratio",
    "only",
    "half",
    "twice",
    "double",
    "times",
    "other",
];

/// Where a sentence says that another query has the same weights, and what it says.
pub fn find(world: &World, tokens: &[Token], text: &str) -> Option<(Span, Body)> {
    let weights = world.definitions.iter().find(|d| d.name == "alpha" && d.parameters.len() == 1)?;
    let letter = weights.body.free_indices().into_iter().next()?;
    let hedged = tokens.iter().filter_map(Token::word).any(|w| HEDGES.contains(&w.as_str()) || w.ends_with("n't"));
    let same = (0..tokens.len()).find(|i| word(tokens, *i).as_deref() == Some("same")).filter(|_| !hedged)?;
    let noun = tokens.get(same + 1)?;
    let known = noun.is_name("alpha")
        || noun.word().is_some_and(|w| matches!(w.as_str(), "weights" | "alphas" | "alpha" | "distribution" | "softmax"));
    if !known {
        return None;
    }
    let (from, to, end) = behind(tokens, same + 2).or_else(|| before(tokens, same).map(|(f, t)| (f, t, same + 2)))?;
    let chain = parse_chain(tokens.get(from..to)?, text, &world.lexicon, Options::default()).ok()?;
    let other = chain.operands.last()?.expr.clone();
    let names_it = chain.operands.len() == 1 || chain.operands.len() == 2 && chain.relations == [Relation::Equal];
    let query = Symbol::plain("q");
    // "a and b have the same weights": two keys, no query.
    let vector = other.symbols().iter().any(|s| world.is_matrix(s));
    if !names_it
        || !vector
        || other.symbols().contains(&query)
        || !world.is_matrix(&query) && !world.is_slot(&Expr::Symbol(query.clone()))
    {
        return None;
    }
    let right = weights.body.substitute(&|s| (*s == query).then(|| other.clone()));
    let left = Expr::Symbol(Symbol { name: "alpha".into(), indices: vec![Index::Letter(letter.clone())] });
    let start = from.min(same);
    let span = tokens[start].span.to(tokens[end.max(to).min(tokens.len()) - 1].span);
    Some((span, Body::Relation { link: Link { left, relation: Relation::Equal, right }, alternatives: vec![] }))
}

/// "as for β(k_a + k_b)" after the noun: where the expression begins and ends.
fn behind(tokens: &[Token], at: usize) -> Option<(usize, usize, usize)> {
    let mut from = at;
    if word(tokens, from).as_deref() != Some("as") {
        return None;
    }
    while word(tokens, from)
        .is_some_and(|w| matches!(w.as_str(), "as" | "for" | "with" | "under" | "from" | "those" | "of" | "the" | "query"))
    {
        from += 1;
    }
    let to = run_end(tokens, from);
    (to > from && stops(tokens.get(to))).then_some((from, to, to))
}

/// "q′ = γ(k_a + k_b) has precisely" before "the same".
fn before(tokens: &[Token], same: usize) -> Option<(usize, usize)> {
    let mut to = same;
    while to > 0
        && word(tokens, to - 1)
            .is_some_and(|w| matches!(w.as_str(), "the" | "exactly" | "precisely" | "then" | "also" | "just" | "very" | "to"))
    {
        to -= 1;
    }
    let verb = to.checked_sub(1)?;
    let gives = word(tokens, verb).is_some_and(|w| {
        matches!(w.as_str(), "has" | "gives" | "yields" | "produces" | "leads" | "have" | "give" | "yield" | "lead" | "results")
    });
    let mut from = verb;
    while from > 0
        && !matches!(
            tokens[from - 1].kind,
            Tok::Word(_) | Tok::Comma | Tok::Stop | Tok::Semicolon | Tok::Colon | Tok::Implies | Tok::Gap
        )
    {
        from -= 1;
    }
    (gives && from < verb && stops(tokens.get(same + 2))).then_some((from, verb))
}

fn run_end(tokens: &[Token], at: usize) -> usize {
    let stop = |t: &Token| {
        matches!(t.kind, Tok::Word(_) | Tok::Comma | Tok::Stop | Tok::Semicolon | Tok::Colon | Tok::Implies | Tok::Gap)
    };
    tokens[at.min(tokens.len())..].iter().position(stop).map_or(tokens.len(), |n| at + n)
}

/// Whether nothing follows that says for which keys or when.
fn stops(token: Option<&Token>) -> bool {
    token.is_none_or(|t| match t.word() {
        Some(w) => matches!(w.as_str(), "because" | "since" | "so" | "and" | "but" | "as"),
        None => matches!(
            t.kind,
            Tok::Comma | Tok::Stop | Tok::Semicolon | Tok::Colon | Tok::Implies | Tok::Gap | Tok::Open(_) | Tok::Close(_)
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Lexicon, lex};
    use crate::world::Library;

    fn said(text: &str) -> bool {
        let library = Library::embedded().unwrap();
        let world = library.get("1b.ii").unwrap();
        find(world, &lex(text, 0, false, &world.lexicon), text).is_some()
    }

    #[test]
    fn another_query_with_the_same_weights() {
        assert!(said("These are the same weights as for β(k_a + k_b)"));
        assert!(said("q = β(k_a + k_b) gives exactly the same weights"));
        assert!(!said("the weights are not the same as for β(k_a + k_b)"));
        assert!(!said("β(k_a + k_b) has the same weights on a and b"));
        assert!(!said("a and b have the same weights"));
        assert!(!lex("x", 0, false, &Lexicon::default()).is_empty());
    }
}
