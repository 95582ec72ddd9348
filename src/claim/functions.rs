//! Functions of the writer's own: `T(·) = tr Cov(·)`, `f(x) = 1/(1 + e^{-βx})`, and a weight whose formula in a scalar was
//! given, at another value of it: `p_a(1 + t)`. Where they are applied, the formula stands instead.

use super::phrases::replaced;
use crate::language::{Bracket, Relation, Tok, Token};
use crate::span::Span;
use crate::world::World;

/// The most tokens a formula may have.
const LONGEST: usize = 60;

/// A function that a part gives by a formula.
struct Function {
    /// Its name, with an index below where it is a weight.
    name: Vec<Tok>,
    /// What stands for the argument in the formula; a dot is a place without a name.
    argument: Tok,
    /// The formula.
    body: Vec<Token>,
    /// Where it is given.
    given: std::ops::Range<usize>,
    /// Whether any argument will do; a weight takes numbers only, since a bracket behind it is a factor otherwise.
    named: bool,
}

/// The tokens with the formula in the place of each function of the writer's own that is applied.
pub fn applied(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let functions: Vec<Function> = (0..tokens.len()).filter_map(|at| given(&tokens, at, world)).collect();
    if functions.is_empty() {
        return tokens;
    }
    replaced(&tokens, |tokens, at| {
        functions.iter().rev().filter(|f| !f.given.contains(&at)).find_map(|f| put_in(f, tokens, at, world))
    })
}

/// The function that is given at a place: a name with its argument in brackets or a weight, an equals sign and a formula.
fn given(tokens: &[Token], at: usize, world: &World) -> Option<Function> {
    let Tok::Name(name) = &tokens[at].kind else { return None };
    if at > 0 && matches!(tokens[at - 1].kind, Tok::Sub | Tok::Sup) {
        return None;
    }
    let weight = world.calls(name, "alpha");
    let head = if weight { 3 } else { 1 };
    let index = |t: &Token| matches!(t.kind, Tok::Name(_));
    if weight && !(tokens.get(at + 1)?.kind == Tok::Sub && index(tokens.get(at + 2)?)) {
        return None;
    }
    if !weight && (world.lexicon.knows(name) || RESERVED.contains(&name.as_str())) {
        return None;
    }
    let argument = match tokens.get(at + head..at + head + 3)? {
        [open, own, close]
            if open.kind == Tok::Open(Bracket::Round) && !open.spaced && close.kind == Tok::Close(Bracket::Round) =>
        {
            Some(own.kind.clone()).filter(|k| matches!(k, Tok::Name(_) | Tok::Times))
        }
        _ => None,
    };
    let sign = at + head + if argument.is_some() { 3 } else { 0 };
    let equal =
        matches!(tokens.get(sign)?.kind, Tok::Rel(Relation::Equal)) || weight && tokens[sign].kind == Tok::Rel(Relation::Approx);
    let end = formula_end(tokens, sign + 1);
    if !equal || end == sign + 1 || end - sign > LONGEST {
        return None;
    }
    let body = tokens[sign + 1..end].to_vec();
    let argument = match (argument, weight) {
        (Some(argument), _) => argument,
        (None, true) => body.iter().map(|t| &t.kind).find(|k| is_scalar(k, world))?.clone(),
        (None, false) => return None,
    };
    (0..body.len()).any(|i| stands(&argument, &body, i)).then(|| Function {
        name: tokens[at..at + head].iter().map(|t| t.kind.clone()).collect(),
        argument,
        body,
        given: at..end,
        named: !weight,
    })
}

/// Letters that are functions, laws or orders without being defined.
const RESERVED: &[&str] = &["sigma", "Phi", "E", "P", "N", "O", "Theta", "Omega", "R", "e", "exp", "I"];

/// Whether a token is a scalar that the question defines, or another letter for it.
fn is_scalar(kind: &Tok, world: &World) -> bool {
    let Tok::Name(name) = kind else { return false };
    let own = world.synonyms.get(name).unwrap_or(name);
    world.definitions.iter().any(|d| d.name == *own && d.parameters.is_empty()) && own.chars().all(char::is_uppercase)
}

/// Where a formula ends: at a relation, a mark or a word, brackets closed.
fn formula_end(tokens: &[Token], from: usize) -> usize {
    let mut depth = 0usize;
    for (i, token) in tokens.iter().enumerate().skip(from) {
        match &token.kind {
            Tok::Open(_) => depth += 1,
            Tok::Close(_) if depth == 0 => return i,
            Tok::Close(_) => depth -= 1,
            Tok::Word(w) if matches!(w.to_lowercase().as_str(), "tr" | "trace") => {}
            Tok::Word(_) | Tok::Stop | Tok::Semicolon | Tok::Rel(_) | Tok::Implies | Tok::ForAll | Tok::Unknown(_) => return i,
            Tok::Comma | Tok::Gap | Tok::Colon if depth == 0 => return i,
            _ => {}
        }
    }
    tokens.len()
}

/// Whether the argument stands at a place of a formula; a dot does in brackets of its own, and is a factor elsewhere.
fn stands(argument: &Tok, body: &[Token], at: usize) -> bool {
    body[at].kind == *argument && (*argument != Tok::Times || dotted(body, at))
}

/// Whether what stands at a place stands alone in brackets.
fn dotted(body: &[Token], at: usize) -> bool {
    let kind = |i: usize| body.get(i).map(|t| &t.kind);
    at > 0 && matches!(kind(at - 1), Some(Tok::Open(_))) && matches!(kind(at + 1), Some(Tok::Close(_)))
}

/// Where the application at a place ends, and the formula with its argument in it.
fn put_in(function: &Function, tokens: &[Token], at: usize, world: &World) -> Option<(usize, Vec<Token>)> {
    let open = at + function.name.len();
    let same = tokens.get(at..open)?.iter().map(|t| &t.kind).eq(&function.name);
    let below = at > 0 && matches!(tokens[at - 1].kind, Tok::Sub | Tok::Sup);
    let opens = tokens.get(open).is_some_and(|t| t.kind == Tok::Open(Bracket::Round) && !t.spaced);
    if !same || below || !opens {
        return None;
    }
    let end = open + 1 + closing(&tokens[open + 1..])?;
    let inside = &tokens[open + 1..end];
    let plain = inside.iter().all(|t| match &t.kind {
        Tok::Number(_) | Tok::Plus | Tok::Minus | Tok::Slash | Tok::Times => true,
        Tok::Name(n) => is_scalar(&t.kind, world) || !world.lexicon.knows(n),
        _ => false,
    });
    let itself = inside.len() == 1 && inside[0].kind == function.argument;
    if inside.is_empty() || !function.named && (!plain || itself) {
        return None;
    }
    let here = Span::new(tokens[at].span.start, tokens[end].span.end);
    let first = Span::new(here.start, here.start);
    let mark = |kind: Tok, span: Span| Token { kind, span, spaced: false, math: tokens[at].math };
    let mut out = vec![Token { spaced: tokens[at].spaced, ..mark(Tok::Open(Bracket::Round), tokens[at].span) }];
    for (i, token) in function.body.iter().enumerate() {
        let standing = stands(&function.argument, &function.body, i);
        if standing && dotted(&function.body, i) {
            out.extend(inside.iter().map(|t| Token { span: first, ..t.clone() }));
        } else if standing {
            out.push(mark(Tok::Open(Bracket::Round), first));
            out.extend(inside.iter().map(|t| Token { span: first, ..t.clone() }));
            out.push(mark(Tok::Close(Bracket::Round), first));
        } else {
            out.push(Token { span: first, ..token.clone() });
        }
    }
    out.push(mark(Tok::Close(Bracket::Round), tokens[end].span));
    Some((end + 1, out))
}

/// Where the bracket closes that was opened before.
fn closing(tokens: &[Token]) -> Option<usize> {
    let mut depth = 0usize;
    for (i, token) in tokens.iter().enumerate().take(LONGEST) {
        match token.kind {
            Tok::Open(_) => depth += 1,
            Tok::Close(_) if depth == 0 => return Some(i),
            Tok::Close(_) => depth -= 1,
            Tok::Stop | Tok::Word(_) | Tok::Rel(_) => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::lex;
    use crate::world::Library;

    fn read(text: &str) -> String {
        let library = Library::embedded().expect("the worlds");
        let world = library.get("1c.ii").expect("the question");
        let show = |t: &Token| match &t.kind {
            Tok::Name(n) | Tok::Word(n) | Tok::Number(n) => n.clone(),
            Tok::Function(f) => (*f).to_string(),
            Tok::Open(_) => "(".into(),
            Tok::Close(_) => ")".into(),
            Tok::Rel(r) => r.plain().to_string(),
            Tok::Plus => "+".into(),
            Tok::Minus => "-".into(),
            Tok::Sub => "_".into(),
            Tok::Stop => ".".into(),
            other => format!("{other:?}"),
        };
        applied(lex(text, 0, false, &world.lexicon), world).iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn formulas_in_the_place_of_functions() {
        assert!(read("f(u) = u + 1. f(2) = 3").ends_with(". ( ( 2 ) + 1 ) = 3"));
        assert!(read("T(·) = tr Cov(·). T(c) = 0").contains("Cov ( c ) ) = 0"));
        assert!(read("α_a ≈ X - 1. α_a(1 - t) = 0").ends_with(". ( ( 1 - t ) - 1 ) = 0"));
    }

    #[test]
    fn factors_stay() {
        assert!(read("α_a ≈ X - 1. α_a(v_a - v_b) = 0").contains("alpha _ a ( v _ a"), "a vector is no argument");
        assert!(read("α_a ≈ β - 1. α_a(1 - t) = 0").contains("alpha _ a ( 1 - t )"), "no formula in a scalar");
        assert!(read("f(u) = 3. f(2) = 3").ends_with("f ( 2 ) = 3"), "the formula does not use its argument");
    }
}
