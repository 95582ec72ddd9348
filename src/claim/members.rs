//! Index letters that run over a set: "for r ∈ {a, b}", "i ∉ {a, b}".

use super::statement::Condition;
use crate::language::{Bracket, Index, Lexicon, Relation, Tok, Token};

/// The conditions that a run of mathematics sets on an index letter by naming where it runs.
pub fn conditions(tokens: &[Token], lexicon: &Lexicon) -> Option<Vec<Condition>> {
    let [letter, sign, rest @ ..] = tokens else { return None };
    let letter = index(letter, lexicon)?;
    let (inside, rest) = match (&sign.kind, rest) {
        (Tok::Rel(Relation::In), rest) => (true, rest),
        (Tok::Unknown(s), rest) if matches!(s.as_str(), "∉" | "\\notin") => (false, rest),
        _ => return None,
    };
    let [open, list @ .., close] = rest else { return None };
    let set = |b: Bracket| matches!(b, Bracket::Set | Bracket::Brace);
    if !matches!((&open.kind, &close.kind), (Tok::Open(a), Tok::Close(b)) if a == b && set(*a)) {
        return None;
    }
    let mut members = Vec::new();
    for (at, token) in list.iter().enumerate() {
        match (at % 2, &token.kind) {
            (0, _) => members.push(index(token, lexicon)?),
            (_, Tok::Comma) => {}
            _ => return None,
        }
    }
    let set = (!members.is_empty() && list.len() % 2 == 1).then_some(members)?;
    Some(if inside {
        vec![Condition::Among(letter, set)]
    } else {
        set.into_iter().map(|m| Condition::Differ(letter.clone(), m)).collect()
    })
}

fn index(token: &Token, lexicon: &Lexicon) -> Option<Index> {
    match &token.kind {
        Tok::Name(n) if lexicon.is_index(n) => Some(Index::Letter(n.clone())),
        Tok::Number(n) => n.parse().ok().map(Index::Number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::lex;
    use crate::world::Library;

    #[test]
    fn sets_of_letters() {
        let library = Library::embedded().unwrap();
        let lexicon = &library.get("1c.i").unwrap().lexicon;
        let of = |text: &str| conditions(&lex(text, 0, true, lexicon), lexicon);
        assert!(matches!(of(r"r\in\{a,b\}").unwrap().as_slice(), [Condition::Among(_, set)] if set.len() == 2));
        assert_eq!(of(r"i\notin\{a,b\}").unwrap().len(), 2);
        assert!(of(r"x\in\{a,\beta\}").is_none());
        assert!(of(r"r\in\{1,\dots,n\}").is_none());
    }
}
