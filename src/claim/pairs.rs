//! "α_a and α_b are nearly equal": two operands, a joint between them and a word for equality behind, as a relation.

use super::phrases::{boundary, made, word, words_are};
use super::verbs::adverbs;
use crate::language::{Relation, Tok, Token};

/// Words behind which the clause is over: "are equal", but not "are equal in length".
const ENDS: &[&str] = &[
    "and",
    "so",
    "but",
    "then",
    "since",
    "because",
    "while",
    "whereas",
    "hence",
    "thus",
    "therefore",
    "as",
    "when",
    "if",
    "for",
];

/// Words before which two operands are not themselves compared: "the lengths of x and y are equal".
const INSIDE: &[&str] = &["of", "between", "from", "in", "with", "by", "neither", "both", "either", "not", "to"];

/// Replaces such phrases by relations.
pub fn pairs(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        if let Some((end, relation)) = equal(&tokens, at)
            && let Some(joint) = joint(&out)
        {
            out[joint] = made(Tok::Rel(relation), out[joint].span);
            at = end;
            continue;
        }
        out.push(tokens[at].clone());
        at += 1;
    }
    out
}

/// "are (nearly) equal" at the end of a clause: where it ends, and the relation.
fn equal(tokens: &[Token], at: usize) -> Option<(usize, Relation)> {
    if !matches!(word(tokens, at)?.as_str(), "are" | "were" | "become" | "stay" | "remain") {
        return None;
    }
    let (mut end, approximate) = adverbs(tokens, at + 1)?;
    end += match word(tokens, end)?.as_str() {
        "equal" | "identical" => 1,
        "the" if words_are(tokens, end, &["the", "same"]) => 2,
        _ => return None,
    };
    let over = match tokens.get(end) {
        None => true,
        Some(next) => {
            next.word().map_or_else(|| boundary(next) && !matches!(next.kind, Tok::Rel(_)), |w| ENDS.contains(&w.as_str()))
        }
    };
    over.then_some((end, if approximate { Relation::Approx } else { Relation::Equal }))
}

/// The "and" between two operands that end the tokens.
fn joint(tokens: &[Token]) -> Option<usize> {
    let joint = tokens.iter().rposition(boundary)?;
    let before = &tokens[..joint];
    let start = before.iter().rposition(boundary).map_or(0, |i| i + 1);
    let named = |range: &[Token]| range.iter().any(|t| matches!(t.kind, Tok::Name(_)));
    let opens = match start.checked_sub(1).map(|i| &tokens[i]) {
        None => true,
        Some(t) => t.word().map_or_else(|| !matches!(t.kind, Tok::Comma | Tok::Rel(_)), |w| !INSIDE.contains(&w.as_str())),
    };
    let and = tokens[joint].word().is_some_and(|w| w == "and");
    (and && opens && named(&before[start..]) && named(&tokens[joint + 1..])).then_some(joint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Lexicon, lex};

    fn relations(text: &str) -> Vec<Relation> {
        let lexicon = Lexicon { families: ["k".into(), "alpha".into()].into(), ..Lexicon::default() };
        let found = pairs(lex(text, 0, false, &lexicon));
        found.iter().filter_map(|t| if let Tok::Rel(r) = t.kind { Some(r) } else { None }).collect()
    }

    #[test]
    fn two_operands_that_are_said_to_be_equal() {
        assert_eq!(relations("the weights α_1 and α_2 are equal."), [Relation::Equal]);
        assert_eq!(relations("so α_1 and α_2 are nearly the same, as they should"), [Relation::Approx]);
        assert_eq!(relations("if k_1 and k_2 are identical then"), [Relation::Equal]);
    }

    #[test]
    fn what_compares_something_else_is_left_alone() {
        for text in [
            "the lengths of k_1 and k_2 are equal",
            "k_1 and k_2 are equal in length",
            "k_1, k_2 and k_3 are equal",
            "the keys and the values are equal",
            "α_1 and α_2 are not equal",
            "α_1 and α_2 are equal to 1",
        ] {
            assert_eq!(relations(text), [], "{text}");
        }
    }
}
