//! Letters of the writer's own for those of the question: "I write ε for the handout's α", "ε := the question's α".

use crate::language::{Relation, Tok, Token};
use crate::world::World;

/// Whose a letter of the question may be called.
const OWNERS: &[&str] = &["handout", "question", "assignment", "exercise", "task", "sheet", "text", "problem"];

/// The tokens with "the handout's α" read as `α`, and "write ε for α" as `ε = α`.
pub fn renamed(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    given_names(without_owners(tokens), world)
}

/// Without "(the) handout's" before a letter.
fn without_owners(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let owner = owner(&tokens[at..]);
        let letter = |n: &usize| matches!(tokens.get(at + n).map(|t| &t.kind), Some(Tok::Name(_)));
        match owner.filter(letter) {
            Some(length) => {
                if out.last().and_then(Token::word).is_some_and(|w| w == "the") {
                    out.pop();
                }
                at += length;
            }
            None => {
                out.push(tokens[at].clone());
                at += 1;
            }
        }
    }
    out
}

/// How many tokens "handout's" takes.
fn owner(tokens: &[Token]) -> Option<usize> {
    let word = tokens.first()?.word()?;
    let ends = |w: &str| w.strip_suffix("'s").or_else(|| w.strip_suffix("’s")).is_some_and(|w| OWNERS.contains(&w));
    if ends(&word) {
        return Some(1);
    }
    let s = |t: &Token| t.word().is_some_and(|w| w == "s") || t.is_name("s");
    let apostrophe =
        |t: &Token| matches!(&t.kind, Tok::Unknown(u) if matches!(u.as_str(), "'" | "’")) || t.kind == Tok::Transpose;
    match tokens {
        [_, mark, letter, ..] if OWNERS.contains(&word.as_str()) && apostrophe(mark) && s(letter) => Some(3),
        [_, suffix, ..]
            if OWNERS.contains(&word.as_str()) && suffix.word().is_some_and(|w| matches!(w.as_str(), "'s" | "’s")) =>
        {
            Some(2)
        }
        _ => None,
    }
}

/// "I write ε for α", "τ² for the α": a letter that the world does not know, for one that it does.
fn given_names(mut tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let name = |t: Option<&Token>| match t.map(|t| &t.kind) {
        Some(Tok::Name(n)) => Some(n.clone()),
        _ => None,
    };
    let mut at = 0;
    while at < tokens.len() {
        let writes = tokens[at].word().is_some_and(|w| matches!(w.as_str(), "write" | "writing" | "use" | "using"));
        let own = name(tokens.get(at + 1)).filter(|n| !world.lexicon.plain.contains(n));
        let two = |i: usize| tokens.get(i).is_some_and(|t| t.kind == Tok::Number("2".into()));
        let raised = tokens.get(at + 2).is_some_and(|t| t.kind == Tok::Sup);
        let stands = match () {
            () if raised && two(at + 3) => at + 4,
            () if raised && two(at + 4) => at + 6,
            () => at + 2,
        };
        let called = |i: usize, word: &str| tokens.get(i).and_then(Token::word).is_some_and(|w| w == word);
        let of = stands + 1 + usize::from(called(stands + 1, "the"));
        let known = name(tokens.get(of)).is_some_and(|n| world.lexicon.knows(&n));
        let alone = tokens.get(of + 1).is_none_or(|t| !matches!(t.kind, Tok::Sub | Tok::Name(_) | Tok::Number(_)));
        if writes && own.is_some() && called(stands, "for") && known && alone {
            tokens[stands].kind = Tok::Rel(Relation::Equal);
            if of > stands + 1 {
                tokens.remove(stands + 1);
            }
        }
        at += 1;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::lex;
    use crate::world::Library;

    fn read(text: &str) -> String {
        let library = Library::embedded().expect("the worlds");
        let world = library.get("1c.i").expect("the question");
        let show = |t: &Token| match &t.kind {
            Tok::Name(n) => n.clone(),
            Tok::Word(w) => w.clone(),
            Tok::Rel(r) => r.plain().to_string(),
            other => format!("{other:?}"),
        };
        renamed(lex(text, 0, false, &world.lexicon), world).iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn letters_for_letters() {
        assert_eq!(read("I write ε for the handout's α"), "I write epsilon = alpha");
        assert_eq!(read("ε := the question’s α"), "epsilon = alpha");
        assert_eq!(read("use β for α"), "use beta for alpha", "a letter that stands for something else");
        assert_eq!(read("the handout's hint"), read("the handout's hint"));
        assert!(read("the handout's hint").contains("handout"));
    }
}
