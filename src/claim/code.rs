//! Mathematics as people type it into an editor: `mu_a @ q == 0`, `A.T @ A == eye(m)`, `alpha[a]`, `min(alpha) > 0`,
//! `k[i] = mu[i] + sqrt(alpha) * randn(d)`, `i not in (a, b)`.
//!
//! Each becomes the tokens of the same thing in ordinary notation, at the same place. What is not of these forms is
//! left as it stands, so that it stops the reader later.

use super::phrases::{made, replaced, word};
use crate::language::{Bracket, Relation, Tok, Token, lex};
use crate::span::Span;
use crate::world::World;

/// Names of libraries before a function.
const LIBRARIES: &[&str] = &["np", "numpy", "torch", "jnp", "math", "random", "linalg", "nn", "functional"];

/// Replaces what is written as code.
pub fn code(mut tokens: Vec<Token>, world: &World) -> Vec<Token> {
    for token in &mut tokens {
        match &token.kind {
            Tok::Unknown(s) if s == "@" => token.kind = Tok::Times,
            Tok::Unknown(s) if s == "#" && !token.math => token.kind = Tok::Comma,
            _ => {}
        }
    }
    let steps: [&Step; 7] = [
        &library,
        &transposed,
        &|t, at| subscript(t, at, world),
        &|t, at| constant(t, at, world),
        &|t, at| whole_family(t, at, world),
        &not_in,
        &|t, at| softmax_of_all(t, at, world),
    ];
    for step in steps {
        tokens = replaced(&tokens, step);
    }
    sampled(tokens)
}

/// Reads what begins at a place: where it ends, and what stands for it in ordinary notation.
type Step<'a> = dyn Fn(&[Token], usize) -> Option<(usize, Vec<Token>)> + 'a;

fn name(tokens: &[Token], at: usize) -> Option<&str> {
    match &tokens.get(at)?.kind {
        Tok::Name(n) => Some(n),
        _ => None,
    }
}

fn is(tokens: &[Token], at: usize, kind: &Tok) -> bool {
    tokens.get(at).is_some_and(|t| t.kind == *kind)
}

/// Whether a token stands directly behind the one before it.
fn glued(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| !t.spaced)
}

/// Whether a name is the weights' own, or another letter for them: `w = softmax(K @ q)`.
fn is_weights(name: &str, world: &World) -> bool {
    let meant = world.synonyms.get(name).map_or(name, String::as_str);
    meant == "alpha" && world.lexicon.is_family("alpha")
}

/// Where the bracket that opens at `at` closes, and the tokens inside.
fn bracketed(tokens: &[Token], at: usize) -> Option<(usize, std::ops::Range<usize>)> {
    const INSIDE_MAX: usize = 24;
    is(tokens, at, &Tok::Open(Bracket::Round)).then_some(())?;
    let mut depth = 0usize;
    for (i, token) in tokens.iter().enumerate().skip(at).take(INSIDE_MAX) {
        match token.kind {
            Tok::Open(_) => depth += 1,
            Tok::Close(_) => depth -= 1,
            Tok::Stop => return None,
            _ => {}
        }
        if depth == 0 {
            return Some((i + 1, at + 1..i));
        }
    }
    None
}

/// The tokens of an expression in ordinary notation, all at one place.
fn written(text: &str, tokens: &[Token], range: std::ops::Range<usize>, world: &World) -> Vec<Token> {
    let span = tokens[range.start].span.to(tokens[range.end - 1].span);
    lex(text, 0, true, &world.lexicon).into_iter().map(|t| Token { span, ..t }).collect()
}

/// `np.exp(`, `torch.softmax(`: the library says nothing.
fn library(tokens: &[Token], at: usize) -> Option<(usize, Vec<Token>)> {
    let named = LIBRARIES.contains(&word(tokens, at)?.as_str());
    let follows = tokens.get(at + 2).is_some_and(|t| matches!(t.kind, Tok::Function(_) | Tok::Word(_)));
    (named && is(tokens, at + 1, &Tok::Stop) && glued(tokens, at + 1) && glued(tokens, at + 2) && follows)
        .then(|| (at + 2, vec![]))
}

/// `A.T`
fn transposed(tokens: &[Token], at: usize) -> Option<(usize, Vec<Token>)> {
    let dot = is(tokens, at, &Tok::Stop) && glued(tokens, at) && at > 0;
    let after_operand = dot && matches!(tokens[at - 1].kind, Tok::Name(_) | Tok::Close(_));
    let letter = name(tokens, at + 1) == Some("T") && glued(tokens, at + 1);
    let alone = !tokens.get(at + 2).is_some_and(|t| matches!(t.kind, Tok::Name(_) | Tok::Sub) && !t.spaced);
    (after_operand && letter && alone).then(|| (at + 2, vec![made(Tok::Transpose, tokens[at].span.to(tokens[at + 1].span))]))
}

/// `alpha[a]`, `mu[i]`: a letter in square brackets behind a family.
fn subscript(tokens: &[Token], at: usize, world: &World) -> Option<(usize, Vec<Token>)> {
    let own = name(tokens, at)?;
    let family = world.lexicon.is_family(own) || is_weights(own, world);
    let open = is(tokens, at + 1, &Tok::Open(Bracket::Square)) && glued(tokens, at + 1);
    let index = match &tokens.get(at + 2)?.kind {
        Tok::Name(l) | Tok::Word(l) if world.lexicon.is_index(l) => l.clone(),
        _ => return None,
    };
    (family && open && is(tokens, at + 3, &Tok::Close(Bracket::Square))).then(|| {
        let sub = Token { spaced: false, ..made(Tok::Sub, tokens[at + 1].span) };
        let letter = Token { spaced: false, ..made(Tok::Name(index), tokens[at + 2].span.to(tokens[at + 3].span)) };
        (at + 4, vec![tokens[at].clone(), sub, letter])
    })
}

/// `eye(d)`, `zeros((m, p))`
fn constant(tokens: &[Token], at: usize, world: &World) -> Option<(usize, Vec<Token>)> {
    let text = match word(tokens, at)?.as_str() {
        "eye" | "identity" => "I",
        "zeros" => "0",
        _ => return None,
    };
    let (end, _) = bracketed(tokens, at + 1).filter(|_| glued(tokens, at + 1))?;
    Some((end, written(text, tokens, at..end, world)))
}

/// The weights as one vector: `sum(alpha)`, `alpha.sum()`, `min(alpha) > 0`, `all(alpha > 0)`.
fn whole_family(tokens: &[Token], at: usize, world: &World) -> Option<(usize, Vec<Token>)> {
    let weights = |i: usize| {
        let plain = !tokens.get(i + 1).is_some_and(|t| matches!(t.kind, Tok::Sub | Tok::Open(Bracket::Square)));
        plain && name(tokens, i).is_some_and(|n| is_weights(n, world))
    };
    let said = |text: &str, end: usize| Some((end, written(text, tokens, at..end, world)));
    if weights(at) {
        let method = is(tokens, at + 1, &Tok::Stop) && glued(tokens, at + 1) && glued(tokens, at + 2);
        if method && let Some((end, inside)) = bracketed(tokens, at + 3).filter(|(_, r)| r.is_empty()) {
            debug_assert!(inside.is_empty());
            return reduced(tokens, at + 2, end).and_then(|text| said(text, end));
        }
        let values = name(tokens, at + 2).is_some_and(|n| n == "V");
        if is(tokens, at + 1, &Tok::Times) && values {
            return said("(sum_i alpha_i v_i)", at + 3);
        }
        return None;
    }
    let (end, inside) = bracketed(tokens, at + 1).filter(|_| glued(tokens, at + 1))?;
    if inside.len() == 1 && weights(inside.start) {
        return reduced(tokens, at, end).and_then(|text| said(text, end));
    }
    let compared = inside.len() == 3 && weights(inside.start) && matches!(tokens[inside.start + 1].kind, Tok::Rel(_));
    if compared && word(tokens, at).as_deref() == Some("all") {
        let mut out = written("alpha_i", tokens, inside.start..inside.start + 1, world);
        out.extend_from_slice(&tokens[inside.start + 1..inside.end]);
        return Some((end, out));
    }
    None
}

/// What a function of all weights is, where the relation after it lets it be said of each one.
fn reduced(tokens: &[Token], function: usize, end: usize) -> Option<&'static str> {
    let relation = match tokens.get(end)?.kind {
        Tok::Rel(r) => Some(r),
        _ => None,
    };
    let named = match &tokens.get(function)?.kind {
        Tok::Function(f) => (*f).to_string(),
        _ => word(tokens, function)?,
    };
    match (named.as_str(), relation) {
        ("sum", _) => Some("sum_i alpha_i"),
        ("min", Some(Relation::Greater | Relation::GreaterEqual)) => Some("alpha_i"),
        ("max", Some(Relation::Less | Relation::LessEqual)) => Some("alpha_i"),
        _ => None,
    }
}

/// `i not in (a, b)` as `i ≠ a, b`.
fn not_in(tokens: &[Token], at: usize) -> Option<(usize, Vec<Token>)> {
    let letter = |i: usize| match &tokens.get(i)?.kind {
        Tok::Name(l) | Tok::Word(l) if l.chars().count() == 1 => Some(l.clone()),
        _ => None,
    };
    let index = letter(at)?;
    let outside = word(tokens, at + 1).as_deref() == Some("not")
        && (word(tokens, at + 2).as_deref() == Some("in") || is(tokens, at + 2, &Tok::Rel(Relation::In)));
    let open = tokens.get(at + 3).is_some_and(|t| matches!(t.kind, Tok::Open(_)));
    let (first, second) = (letter(at + 4)?, letter(at + 6)?);
    let list = is(tokens, at + 5, &Tok::Comma) && tokens.get(at + 7).is_some_and(|t| matches!(t.kind, Tok::Close(_)));
    (outside && open && list).then(|| {
        let place = |i: usize, kind: Tok| made(kind, tokens[i].span);
        let out = vec![
            place(at, Tok::Name(index)),
            made(Tok::Rel(Relation::NotEqual), tokens[at + 1].span.to(tokens[at + 2].span)),
            place(at + 4, Tok::Name(first)),
            place(at + 5, Tok::Comma),
            place(at + 6, Tok::Name(second)),
        ];
        (at + 8, out)
    })
}

/// `alpha = softmax(K @ q)`, all weights at once.
fn softmax_of_all(tokens: &[Token], at: usize, world: &World) -> Option<(usize, Vec<Token>)> {
    let vector = name(tokens, at).is_some_and(|n| is_weights(n, world)) && is(tokens, at + 1, &Tok::Rel(Relation::Equal));
    let call = is(tokens, at + 2, &Tok::Function("softmax"));
    let (end, inside) = bracketed(tokens, at + 3)?;
    let scores = inside.len() == 3
        && name(tokens, inside.start) == Some("K")
        && is(tokens, inside.start + 1, &Tok::Times)
        && name(tokens, inside.start + 2) == Some("q");
    let text = "alpha_i = exp(k_i^T q)/(sum_j exp(k_j^T q))";
    (vector && call && scores && world.lexicon.is_family("alpha")).then(|| (end, written(text, tokens, at..end, world)))
}

/// `k_i = mu_i + s * randn(d)`: a Gaussian with mean `mu_i` and covariance `s^2 I`.
fn sampled(tokens: Vec<Token>) -> Vec<Token> {
    let Some(at) = (0..tokens.len()).find(|i| word(&tokens, *i).is_some_and(|w| matches!(w.as_str(), "randn" | "normal"))) else {
        return tokens;
    };
    let Some((end, _)) = bracketed(&tokens, at + 1).filter(|_| glued(&tokens, at + 1)) else { return tokens };
    let Some(sign) = tokens[..at].iter().rposition(|t| t.kind == Tok::Rel(Relation::Equal)) else { return tokens };
    let whole = tokens[sign..at].iter().all(|t| !matches!(t.kind, Tok::Word(_) | Tok::Stop | Tok::Comma | Tok::Gap));
    let Some(plus) = tokens[sign..at].iter().rposition(|t| t.kind == Tok::Plus).map(|i| sign + i) else { return tokens };
    let starred = tokens[at - 1].kind == Tok::Times && plus + 1 < at - 1;
    if !whole || !(starred || plus + 1 == at) {
        return tokens;
    }
    let last = tokens[end - 1].span;
    let here = |kind: Tok, span: Span| Token { spaced: false, ..made(kind, span) };
    let mut out = tokens[..sign].to_vec();
    out.push(made(Tok::Rel(Relation::Tilde), tokens[sign].span));
    out.push(made(Tok::Name("Normal".into()), tokens[sign + 1].span));
    out.push(here(Tok::Open(Bracket::Round), tokens[sign + 1].span));
    out.extend_from_slice(&tokens[sign + 1..plus]);
    out.push(here(Tok::Comma, tokens[plus].span));
    if starred {
        out.push(made(Tok::Open(Bracket::Round), tokens[plus].span));
        out.extend_from_slice(&tokens[plus + 1..at - 1]);
        out.push(here(Tok::Close(Bracket::Round), tokens[at - 1].span));
        out.push(here(Tok::Sup, tokens[at - 1].span));
        out.push(here(Tok::Number("2".into()), tokens[at - 1].span));
    }
    out.push(made(Tok::Name("I".into()), last));
    out.push(here(Tok::Close(Bracket::Round), last));
    out.extend_from_slice(&tokens[end..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Options, Style, parse_chain, print_chain};
    use crate::world::Library;

    fn read(question: &str, text: &str) -> String {
        let library = Library::embedded().unwrap();
        let world = library.get(question).unwrap();
        let tokens = code(lex(text, 0, true, &world.lexicon), world);
        match parse_chain(&tokens, text, &world.lexicon, Options::default()) {
            Ok(chain) => print_chain(&chain, Style::Plain).replace(' ', ""),
            Err(error) => format!("? {error}"),
        }
    }

    #[test]
    fn subscripts_transposes_and_constants() {
        assert_eq!(read("1b.ii", "alpha[a] == alpha[b]"), "α_a=α_b");
        assert_eq!(read("1b.i", "A.T @ B == zeros((m, p))"), "A^TB=0");
        assert_eq!(read("1b.i", "A @ A.T == np.eye(d)"), "AA^T=I");
    }

    #[test]
    fn all_weights_at_once() {
        assert_eq!(read("1a.i", "min(alpha) > 0"), "α_i>0");
        assert_eq!(read("1a.i", "alpha.sum() == 1"), read("1a.i", "sum_i alpha_i = 1"));
        assert_eq!(read("1a.i", "np.sum(alpha) == 1"), read("1a.i", "sum_i alpha_i = 1"));
        assert_eq!(read("1a.i", "all(alpha >= 0)"), "α_i≥0");
        // The largest weight is not every weight.
        assert!(!read("1a.i", "max(alpha) > 1/2").contains("α_i"));
    }

    #[test]
    fn draws() {
        assert_eq!(read("1c.i", "k[i] = mu[i] + sqrt(alpha) * randn(d)"), read("1c.i", "k_i ~ N(mu_i, (sqrt(alpha))^2 I)"));
        assert_eq!(read("1c.i", "k[i] = mu[i] + alpha * randn(d)"), read("1c.i", "k_i ~ N(mu_i, (alpha)^2 I)"));
    }
}
