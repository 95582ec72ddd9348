//! Arrows that lead from one relation to another, and primes that make a new name.
//!
//! `X = 0.9 → α_a = 0.12` gives a value and says what comes out of it; `c_2 ≈ v_b → c ≈ ½ (v_a + v_b)` draws a
//! conclusion. In both the arrow is no limit.

use super::phrases::boundary;
use super::products::vector;
use crate::language::{Bracket, Relation, Symbol, Tok, Token};
use crate::span::Span;
use crate::world::World;

/// Puts a colon behind a value, and a comma behind a relation that is concluded from.
pub fn arrows(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let mut tokens = replacements(tokens, world);
    for at in 0..tokens.len() {
        let kind = match tokens[at].kind {
            Tok::Rel(Relation::Tends) => after_relation(&tokens, at, world),
            Tok::Implies => given_value(&tokens[left_of(&tokens, at)..at], world).then_some(Tok::Colon),
            _ => None,
        };
        if let Some(kind) = kind {
            tokens[at].kind = kind;
        }
    }
    subjects(tokens, world)
}

/// "q → 2q squares every ratio", "replacing q by 2q": a change of the query, and no limit.
fn replacements(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    const LEADS: &[&str] =
        &["replacing", "replace", "rescaling", "rescale", "changing", "scaling", "substituting", "if", "when", "going"];
    // Variables of costs are read where they stand.
    if world.growth.is_some() {
        return tokens;
    }
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let Some((end, verb)) = replacement(&tokens, at) else {
            out.push(tokens[at].clone());
            at += 1;
            continue;
        };
        let led = out.last().and_then(Token::word).is_some_and(|w| LEADS.contains(&w.as_str()));
        let from = if led { out.pop().map_or(tokens[at].span, |t| t.span) } else { tokens[at].span };
        out.push(Token { kind: Tok::Word(verb.into()), span: from.to(tokens[at].span), spaced: true, math: false });
        out.push(Token { span: tokens[at + 1].span.to(tokens[end - 1].span), ..tokens[at].clone() });
        at = end;
    }
    out
}

/// `q → 2q`, `q by 3*q`: where it ends, and the verb for it.
fn replacement(tokens: &[Token], at: usize) -> Option<(usize, &'static str)> {
    let query = |i: usize| matches!(tokens.get(i).map(|t| &t.kind), Some(Tok::Name(n)) if n == "q");
    let joint = tokens.get(at + 1)?;
    let led = at > 0
        && tokens[at - 1].word().is_some_and(|w| w.starts_with("replac") || w.starts_with("chang") || w.starts_with("substitut"));
    let arrow = joint.kind == Tok::Rel(Relation::Tends);
    let by = led && joint.word().is_some_and(|w| matches!(w.as_str(), "by" | "with" | "to"));
    let Tok::Number(factor) = &tokens.get(at + 2)?.kind else { return None };
    let times = usize::from(tokens.get(at + 3).is_some_and(|t| t.kind == Tok::Times));
    let end = at + 4 + times;
    // "q → 2q → 4q", "q → 2q + u": something else.
    let alone =
        tokens.get(end).is_none_or(|t| matches!(t.kind, Tok::Word(_) | Tok::Comma | Tok::Colon | Tok::Stop | Tok::Implies));
    let verb = match factor.as_str() {
        "2" => "doubling",
        "3" => "tripling",
        _ => return None,
    };
    (query(at) && query(end - 1) && alone && (arrow || by)).then_some((end, verb))
}

/// "at β = 25 v_b takes 99 %": behind a value, a subject with its verb begins anew.
fn subjects(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    // `q = 5 k_j` is a vector, whatever word follows.
    let number = |n: &String| !world.is_matrix(&Symbol::plain(n));
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let value = at >= 3
            && matches!(tokens[at - 1].kind, Tok::Number(_))
            && tokens[at - 2].kind == Tok::Rel(Relation::Equal)
            && matches!(&tokens[at - 3].kind, Tok::Name(n) if number(n));
        let subject = token.spaced && matches!(&token.kind, Tok::Name(n) if n == "v" || n == "k");
        let indexed = tokens.get(at + 1).is_some_and(|t| t.kind == Tok::Sub);
        let verb = tokens.get(at + 3).is_some_and(|t| matches!(t.kind, Tok::Word(_)));
        if value && subject && indexed && verb {
            let here = Span::new(token.span.start, token.span.start);
            out.push(Token { kind: Tok::Gap, span: here, spaced: true, math: token.math });
        }
        out.push(token.clone());
    }
    out
}

/// Whether a token ends a run of mathematics.
pub(super) fn ends(token: &Token) -> bool {
    boundary(token) && !matches!(token.kind, Tok::Rel(_))
}

fn left_of(tokens: &[Token], at: usize) -> usize {
    tokens[..at].iter().rposition(ends).map_or(0, |i| i + 1)
}

fn after_relation(tokens: &[Token], at: usize, world: &World) -> Option<Tok> {
    let end = tokens[at + 1..].iter().position(ends).map_or(tokens.len(), |i| at + 1 + i);
    let (left, right) = (&tokens[left_of(tokens, at)..at], &tokens[at + 1..end]);
    // "M v_a = v_a → M is a projection"
    let spoken = tokens
        .get(end)
        .and_then(Token::word)
        .is_some_and(|w| matches!(w.as_str(), "is" | "are" | "has" | "must" | "does" | "becomes"));
    let equated = left.iter().any(|t| matches!(t.kind, Tok::Rel(Relation::Equal | Relation::Less | Relation::Greater)));
    if spoken && equated && right.first().is_some_and(|t| matches!(t.kind, Tok::Name(_))) {
        return Some(Tok::Implies);
    }
    if !right.iter().any(|t| matches!(t.kind, Tok::Rel(_))) {
        return None;
    }
    if given_value(left, world) {
        return Some(Tok::Colon);
    }
    let related = left.iter().any(|t| matches!(t.kind, Tok::Rel(Relation::Equal | Relation::Approx)));
    // `k_a = 2 μ_a → k_a^T q = 2β → c ≈ v_a`: an arrow with a relation on either side concludes.
    let between = right.iter().position(|t| matches!(t.kind, Tok::Rel(_)));
    let concludes = between.is_some_and(|i| i > 0 && !matches!(right[i].kind, Tok::Rel(Relation::Tends)));
    let several = left.iter().filter(|t| matches!(t.kind, Tok::Rel(_))).count() == 1;
    let derives = several && concludes && right.first().is_some_and(|t| matches!(t.kind, Tok::Name(_) | Tok::Function(_)));
    if equated && derives {
        return Some(Tok::Implies);
    }
    let Some(Token { kind: Tok::Name(subject), .. }) = right.first() else { return None };
    let sign = right.iter().position(|t| matches!(t.kind, Tok::Rel(_)))?;
    const SYMBOL_MAX: usize = 5;
    let symbol = sign <= SYMBOL_MAX
        && right[..sign]
            .iter()
            .all(|t| matches!(t.kind, Tok::Name(_) | Tok::Number(_) | Tok::Sub | Tok::Open(_) | Tok::Close(_)));
    let equates = matches!(right[sign].kind, Tok::Rel(Relation::Equal | Relation::Approx));
    let defined = world.lexicon.resolve(subject).is_some_and(|n| world.definitions.iter().any(|d| d.name == n));
    (related && symbol && equates && defined).then_some(Tok::Comma)
}

/// `X = 0.9`, `n = 20`: one letter and a number.
fn given_value(tokens: &[Token], world: &World) -> bool {
    let [Token { kind: Tok::Name(name), .. }, Token { kind: Tok::Rel(Relation::Equal), .. }, value @ ..] = tokens else {
        return false;
    };
    let number = |t: &Token| {
        matches!(
            t.kind,
            Tok::Number(_)
                | Tok::Minus
                | Tok::Plus
                | Tok::Slash
                | Tok::Times
                | Tok::Sup
                | Tok::Sqrt
                | Tok::Frac
                | Tok::Open(_)
                | Tok::Close(_)
                | Tok::Function(_)
        )
    };
    let output = world.lexicon.resolve(name).is_some_and(|n| world.slots.iter().any(|s| s.symbol.name == n));
    !value.is_empty() && value.iter().all(number) && !output
}

/// `q′ = γ (k_a + k_b)`: a primed letter that is given a meaning is a name of its own, wherever it stands; `w′(1)` is a derivative,
/// which is not read.
pub fn primes(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let prime = |i: usize| matches!(tokens.get(i).map(|t| &t.kind), Some(Tok::Unknown(s)) if s == "'");
    let mut names: Vec<String> = Vec::new();
    for at in 0..tokens.len() {
        let Tok::Name(name) = &tokens[at].kind else { continue };
        let starts = at == 0 || boundary(&tokens[at - 1]) && !matches!(tokens[at - 1].kind, Tok::Rel(_));
        let given = matches!(tokens.get(at + 2).map(|t| &t.kind), Some(Tok::Rel(Relation::Equal | Relation::Approx)));
        if starts && prime(at + 1) && given {
            names.push(name.clone());
        }
    }
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at].kind {
            Tok::Name(name) if prime(at + 1) && names.contains(name) => {
                let kind = Tok::Name(format!("{name}′"));
                out.push(Token { kind, span: tokens[at].span.to(tokens[at + 1].span), ..tokens[at].clone() });
                at += 2;
            }
            Tok::Name(name) if prime(at + 1) && argued(&tokens[at + 2..]) && !vector(name, world) => {
                out.push(tokens[at].clone());
                out.push(Token { kind: Tok::Unknown("a derivative".into()), ..tokens[at + 1].clone() });
                at += 2;
            }
            _ => {
                out.push(tokens[at].clone());
                at += 1;
            }
        }
    }
    out
}

/// Whether one number or letter in round brackets follows.
fn argued(tokens: &[Token]) -> bool {
    let [open, inside, close, ..] = tokens else { return false };
    let round = open.kind == Tok::Open(Bracket::Round) && close.kind == Tok::Close(Bracket::Round);
    round && !open.spaced && matches!(inside.kind, Tok::Number(_) | Tok::Name(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::lex;
    use crate::world::Library;

    fn kinds(question: &str, text: &str) -> Vec<Tok> {
        let library = Library::embedded().unwrap();
        let world = library.get(question).unwrap();
        arrows(lex(text, 0, false, &world.lexicon), world).into_iter().map(|t| t.kind).collect()
    }

    #[test]
    fn an_arrow_behind_a_value_heads_what_comes_out() {
        assert!(kinds("1c.ii", "X = 0.9 → α_a = 0.119").contains(&Tok::Colon));
        assert!(kinds("1c.ii", "X = 0.9 ⇒ α_a = 0.119").contains(&Tok::Colon));
        assert!(kinds("1b.ii", "β = 3 → 0.997").contains(&Tok::Rel(Relation::Tends)));
    }

    #[test]
    fn an_arrow_between_relations_concludes() {
        assert!(kinds("1d.ii", "c_2 ≈ v_b → c ≈ v_a").contains(&Tok::Comma));
        // A limit stays one.
        assert!(kinds("1b.ii", "c = α_a v_a + α_b v_b → v_a").contains(&Tok::Rel(Relation::Tends)));
    }

    #[test]
    fn a_primed_letter_with_a_meaning_is_a_name() {
        let library = Library::embedded().unwrap();
        let world = library.get("1b.ii").unwrap();
        let named =
            |text: &str| primes(lex(text, 0, false, &world.lexicon), world).iter().any(|t| t.kind == Tok::Name("q′".into()));
        assert!(named("q′ = γ (k_a + k_b)"));
        assert!(!named("k_a = q′"));
    }
}
