//! Heads that are said to be right or wrong in a case, "head 2 goes wrong only if X < -1", as a limit of the weight of the key that
//! the head's own query picks.

use super::heads;
use super::phrases::{replaced, words_are};
use crate::language::{Bracket, Relation, Tok, Token};
use crate::world::World;

/// What a head does that picks another key.
const WRONG: &[&str] = &[
    "fails",
    "errs",
    "is wrong",
    "goes wrong",
    "goes astray",
    "makes a mistake",
    "picks the wrong key",
    "picks the wrong value",
    "picks the wrong one",
    "takes the wrong key",
    "takes the wrong value",
    "chooses the wrong key",
    "chooses the wrong value",
    "selects the wrong key",
    "selects the wrong value",
    "attends to the wrong key",
    "gives the wrong value",
    "misses its key",
    "misses its value",
];

/// What a head does that picks its own.
const RIGHT: &[&str] = &[
    "is right",
    "is correct",
    "works",
    "succeeds",
    "picks the right key",
    "picks the right value",
    "takes the right key",
    "takes the right value",
    "chooses the right key",
    "selects the right key",
    "gives the right value",
    "attends to the right key",
];

/// Words with which the case begins.
const CASE: &[&str] = &["if", "when", "whenever", "for", "once"];

/// The tokens with such clauses as `α_{h,a} → 0` and `→ 1`. A head whose query the part does not give, or whose query adds keys up,
/// is left alone: which key it is to pick is not known.
pub fn failing(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    let numbers = heads::numbers(world);
    if numbers.is_empty() || world.letters.len() != 2 {
        return tokens;
    }
    let targets: Vec<(u32, String)> = numbers.iter().filter_map(|h| Some((*h, target(&tokens, *h, world, true)?))).collect();
    replaced(&tokens, |tokens, at| clause(tokens, at, &targets))
}

/// A clause about one head: where its words end, and what they say.
fn clause(tokens: &[Token], at: usize, targets: &[(u32, String)]) -> Option<(usize, Vec<Token>)> {
    let known: Vec<u32> = targets.iter().map(|(h, _)| *h).collect();
    let (_, head) = *heads::mentioned(&known, tokens.get(at..at + 2)?).first()?;
    let letter = &targets.iter().find(|(h, _)| *h == head)?.1;
    let after = |list: &[&str]| {
        let ends = list.iter().filter_map(|phrase| {
            let words: Vec<&str> = phrase.split(' ').collect();
            words_are(tokens, at + 2, &words).then_some(at + 2 + words.len())
        });
        ends.max()
    };
    let (end, weight) = after(WRONG).map(|end| (end, "0")).or_else(|| after(RIGHT).map(|end| (end, "1")))?;
    let case = end + usize::from(words_are(tokens, end, &["only"]) || words_are(tokens, end, &["exactly"]));
    let begins = tokens.get(case).and_then(Token::word).is_some_and(|w| CASE.contains(&w.as_str()));
    begins.then_some(())?;
    let whole = tokens[at].span.to(tokens[end - 1].span);
    let like = |kind| Token { kind, span: whole, spaced: false, math: true };
    let symbol = [
        Tok::Name("alpha".into()),
        Tok::Sub,
        Tok::Open(Bracket::Brace),
        Tok::Number(head.to_string()),
        Tok::Comma,
        Tok::Name(letter.clone()),
        Tok::Close(Bracket::Brace),
        Tok::Rel(Relation::Tends),
        Tok::Number(weight.into()),
    ];
    Some((end, symbol.into_iter().map(like).collect()))
}

/// The key that the query of a head picks: the one whose mean it has without a minus, or the other one's where it is the other query
/// turned around.
fn target(tokens: &[Token], head: u32, world: &World, turned: bool) -> Option<String> {
    let numeral = head.to_string();
    let query = |i: usize| {
        let braced = usize::from(tokens.get(i + 2).is_some_and(|t| t.kind == Tok::Open(Bracket::Brace)));
        let named = tokens[i].is_name("q") && tokens.get(i + 1).is_some_and(|t| t.kind == Tok::Sub);
        let own = matches!(tokens.get(i + 2 + braced).map(|t| &t.kind), Some(Tok::Number(n)) if *n == numeral);
        let end = i + 3 + 2 * braced;
        (named && own && tokens.get(end).is_some_and(|t| t.kind == Tok::Rel(Relation::Equal))).then_some(end + 1)
    };
    let start = (0..tokens.len()).find_map(query)?;
    let ends = |t: &Token| matches!(t.kind, Tok::Word(_) | Tok::Comma | Tok::Stop | Tok::Semicolon | Tok::Rel(_) | Tok::Gap);
    let end = tokens[start..].iter().position(ends).map_or(tokens.len(), |i| start + i);
    let body = &tokens[start..end];
    let other = |letter: &String| world.letters.iter().find(|l| *l != letter).cloned();
    if turned && body.first().is_some_and(|t| t.kind == Tok::Minus) && body.get(1).is_some_and(|t| t.is_name("q")) {
        let opposite = heads::numbers(world).into_iter().find(|h| *h != head)?;
        return target(tokens, opposite, world, false).as_ref().and_then(other);
    }
    let letter = |i: usize| match (&body.get(i)?.kind, &body.get(i + 1)?.kind) {
        (Tok::Sub, Tok::Name(n)) if world.letters.contains(n) => Some(n.clone()),
        (Tok::Sub, Tok::Open(Bracket::Brace)) => match &body.get(i + 2)?.kind {
            Tok::Name(n) if world.letters.contains(n) => Some(n.clone()),
            _ => None,
        },
        _ => None,
    };
    let signs: Vec<&Tok> = body.iter().map(|t| &t.kind).filter(|k| matches!(k, Tok::Plus | Tok::Minus)).collect();
    let letters: Vec<String> = (0..body.len()).filter_map(letter).collect();
    let first = body.first()?;
    match (letters.as_slice(), signs.as_slice()) {
        ([one], []) => Some(one.clone()),
        ([one, two], [Tok::Minus]) if one != two && first.kind != Tok::Minus => Some(one.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::lex;
    use crate::world::Library;

    fn read(text: &str) -> String {
        let library = Library::embedded().expect("the worlds");
        let world = library.get("1d.ii").expect("the question");
        let show = |t: &Token| match &t.kind {
            Tok::Name(n) | Tok::Word(n) | Tok::Number(n) => n.clone(),
            Tok::Rel(r) => r.plain().to_string(),
            _ => String::new(),
        };
        failing(lex(text, 0, false, &world.lexicon), world)
            .iter()
            .map(show)
            .filter(|w| !w.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn the_weight_of_the_key_that_a_query_picks() {
        assert!(read("q_1 = β μ_a, q_2 = β μ_b. Head 2 fails for X < 0").ends_with("alpha 2 b → 0 for X < 0"));
        assert!(read("q_1 = β(μ_a − μ_b), q_2 = −q_1. The second head goes wrong only if").ends_with("alpha 2 b → 0 only if"));
        assert!(read("q_1 = β μ_b, q_2 = β μ_a. Head 1 is right when").ends_with("alpha 1 b → 1 when"));
    }

    #[test]
    fn no_key_is_picked_or_no_case_given() {
        for text in [
            "q_1 = β(μ_a + μ_b), q_2 = q_1. Head 2 fails for X < 0",
            "Head 2 fails for X < 0",
            "q_1 = β μ_a, q_2 = β μ_b. Head 2 fails, and then",
        ] {
            assert!(!read(text).contains("alpha"), "{text}");
        }
    }
}
