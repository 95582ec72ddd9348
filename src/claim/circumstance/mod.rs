//! Circumstances in words that were not understood: "with the keys exactly at their means, …", "c = v_a after the second draw",
//! "Typical draw: …". What is said under them may be confirmed, and is not refuted: it may hold there.

mod words;

use crate::claim::phrases::ROMAN;
use crate::language::{Tok, Token};
use crate::span::Span;
use words::{HEADS, KNOWN, OPENERS};

/// The circumstance in words under which some tokens stand, as it is written.
pub fn around(tokens: &[Token], range: &std::ops::Range<usize>, text: &str) -> Option<String> {
    before(tokens, range.start).or_else(|| behind(tokens, range.end)).map(|span| span.of(text).to_string())
}

/// The same of what stands at a place of the text.
pub fn around_place(tokens: &[Token], place: Span, text: &str) -> Option<String> {
    around(tokens, &range_of(tokens, place)?, text)
}

/// The tokens that stand at a place of the text.
pub(super) fn range_of(tokens: &[Token], place: Span) -> Option<std::ops::Range<usize>> {
    let start = tokens.iter().position(|t| t.span.start >= place.start)?;
    let end = tokens.iter().position(|t| t.span.start >= place.end).unwrap_or(tokens.len());
    Some(start..end.max(start))
}

fn ends(token: &Token) -> bool {
    matches!(token.kind, Tok::Stop | Tok::Semicolon | Tok::Implies)
}

/// Whether a clause ends at a sign.
pub(super) fn pause(token: &Token) -> bool {
    ends(token) || matches!(token.kind, Tok::Comma | Tok::Colon)
}

/// In the sentence before the run: clauses that begin with such a word, and a short heading.
fn before(tokens: &[Token], at: usize) -> Option<Span> {
    // "…, although c = v_a": what stands before such a word does not limit what follows it.
    let turns = |t: &Token| {
        ends(t) || t.word().is_some_and(|w| matches!(w.as_str(), "although" | "though" | "but" | "however" | "whereas" | "while"))
    };
    // "All keys equal; α_i = 1/n": words without a relation go on over a semicolon.
    let worded = |i: usize| {
        let from = tokens[..i].iter().rposition(ends).map_or(0, |k| k + 1);
        tokens[i].kind == Tok::Semicolon && !tokens[from..i].iter().any(|t| matches!(t.kind, Tok::Rel(_)))
    };
    let start = (0..at).rev().find(|i| turns(&tokens[*i]) && !worded(*i)).map_or(0, |i| i + 1);
    let mut from = start;
    while from < at {
        let to = tokens[from..at].iter().position(pause).map_or(at, |i| from + i);
        let clause = &tokens[from..to];
        let headed = tokens.get(to).is_some_and(|t| t.kind == Tok::Colon) && to < at;
        let odd = degenerate(clause)
            || beyond_a_place(clause)
            || of_another_part(clause)
            || headed && (sized(clause) || compared(clause) || part_label(clause))
            || to == at && premised(clause)
            || !(to < at && !headed && states(clause))
                && opened(clause).is_some_and(|words| words.iter().any(|w| hypothetical(w) || !known(w)))
            || headed && odd_head(clause);
        if odd {
            return Some(clause[0].span.to(clause[clause.len() - 1].span));
        }
        from = to + 1;
    }
    None
}

/// Directly behind the run, to the end of its clause.
fn behind(tokens: &[Token], at: usize) -> Option<Span> {
    let to = tokens[at.min(tokens.len())..].iter().position(pause).map_or(tokens.len(), |i| at + i);
    let clause = tokens.get(at..to).filter(|c| !c.is_empty())?;
    // "is about 1.1 % to 3.6 %" gives a range.
    let ranged = clause.first().and_then(Token::word).is_some_and(|w| w == "to")
        && clause.get(1).is_some_and(|t| matches!(t.kind, Tok::Number(_)));
    let odd = ranged || !every_draw(clause) && opened(clause).is_some_and(|words| words.iter().any(|w| !known(w)));
    odd.then(|| clause[0].span.to(clause[clause.len() - 1].span))
}

/// The words of a clause that begins with one that may begin a circumstance ("so with …" too), where no relation spells it out.
fn opened(clause: &[Token]) -> Option<Vec<String>> {
    let words: Vec<String> = clause.iter().filter_map(Token::word).collect();
    let lead = clause
        .iter()
        .take_while(|t| {
            t.word().is_some_and(|w| matches!(w.as_str(), "and" | "so" | "but" | "then" | "now" | "even" | "e.g" | "also"))
        })
        .count();
    let opens = clause.get(lead).and_then(Token::word).is_some_and(|w| OPENERS.contains(&w.as_str()));
    let spelled = clause.iter().any(|t| matches!(t.kind, Tok::Rel(_)));
    (opens && !spelled && !reasons(&clause[lead..])).then_some(words)
}

/// "for v_a is already inside the subspace": with a subject and its verb the word gives a reason and no case.
fn reasons(clause: &[Token]) -> bool {
    const VERBS: &[&str] = &["is", "are", "lies", "lie", "belongs", "belong"];
    let symbol = |t: &&Token| matches!(t.kind, Tok::Name(_) | Tok::Sub | Tok::Number(_) | Tok::Transpose | Tok::Sup);
    let [first, rest @ ..] = clause else { return false };
    let subject = rest.iter().take_while(symbol).count();
    let verb = rest.get(subject).and_then(Token::word);
    first.word().is_some_and(|w| w == "for") && subject > 0 && verb.is_some_and(|w| VERBS.contains(&w.as_str()))
}

/// "Score of a above β: …": a comparison that heads what follows, without a verb.
fn compared(clause: &[Token]) -> bool {
    let any = |all: &[&str]| clause.iter().filter_map(Token::word).any(|w| all.contains(&w.as_str()));
    any(&["above", "below", "beyond", "over", "under", "larger", "smaller", "greater", "less", "negative"])
        && !any(&["is", "are", "lies", "stays", "has", "have"])
        && !clause.iter().any(|t| matches!(t.kind, Tok::Rel(_)))
}

/// "In head 2 b has a score of about −β, …": a sentence of its own in which no case is made.
fn states(clause: &[Token]) -> bool {
    const FINITE: &[&str] = &[
        "is",
        "are",
        "has",
        "have",
        "gets",
        "get",
        "sees",
        "see",
        "cancels",
        "cancel",
        "vanishes",
        "vanish",
        "stays",
        "wins",
        "falls",
        "scores",
        "drops",
        "points",
        "dominates",
        "receives",
        "takes",
    ];
    const CASES: &[&str] = &[
        "that",
        "which",
        "who",
        "whose",
        "where",
        "case",
        "cases",
        "draws",
        "samples",
        "limit",
        "example",
        "this",
        "such",
        "part",
        "row",
        "all",
        "every",
        "no",
        "equal",
        "same",
        "identical",
        "only",
        "with",
        "for",
    ];
    let words: Vec<String> = clause.iter().filter_map(Token::word).collect();
    let place = words.iter().find(|w| !matches!(w.as_str(), "and" | "so" | "but" | "then" | "now" | "also"));
    place.is_some_and(|w| w == "in")
        && words.iter().any(|w| FINITE.contains(&w.as_str()))
        && !words.iter().any(|w| CASES.contains(&w.as_str()) || hypothetical(w))
}

/// "in every draw": of all of them, so no case.
fn every_draw(clause: &[Token]) -> bool {
    let words: Vec<String> = clause.iter().filter_map(Token::word).collect();
    let words: Vec<&str> =
        words.iter().map(String::as_str).filter(|w| !matches!(*w, "single" | "almost" | "the" | "possible")).collect();
    matches!(words.as_slice(), ["in" | "for", "every" | "each" | "all", "draw" | "draws" | "sample" | "samples"])
}

/// The words that may say of how many draws, keys or heads something is true: without those that say of all of them ("in all the
/// samples", "no matter how many keys") and, of the whole output, without the heads that give it.
pub(super) fn limiting(words: &[String], whole: bool) -> Vec<String> {
    const ALL: &[&str] = &["all", "every", "each"];
    const BOTH: &[&str] = &["two", "both", "the", "our", "my"];
    let is = |i: usize, of: &[&str]| words.get(i).is_some_and(|w| of.contains(&w.as_str()));
    let of_all = |i: usize| {
        let first = i - (0..2).take_while(|k| i > *k && is(i - 1 - k, &["the", "single", "possible"])).count();
        is(i, &["draw", "draws", "sample", "samples", "cases"]) && first > 0 && is(first - 1, ALL)
    };
    let counted = |i: usize| is(i, &["many"]) && i > 0 && is(i - 1, &["how"]);
    let of_heads = |i: usize| whole && is(i, &["heads"]) && i > 0 && is(i - 1, BOTH);
    (0..words.len()).filter(|i| !of_all(*i) && !counted(*i) && !of_heads(*i)).map(|i| words[i].clone()).collect()
}

/// "without the second head c = v_a", "if all keys …": a case of its own, however well its words are known.
fn hypothetical(word: &str) -> bool {
    matches!(word, "without" | "if" | "unless" | "except" | "when" | "whenever" | "despite" | "once")
}

/// "Above the step c ≈ v_a, below it c ≈ v_b": a place that was not read.
fn beyond_a_place(clause: &[Token]) -> bool {
    let opens = clause.first().and_then(Token::word).is_some_and(|w| matches!(w.as_str(), "above" | "below" | "beyond"));
    opens && clause.len() > 1 && !clause.iter().any(|t| matches!(t.kind, Tok::Rel(_)))
}

/// "In i), k_a ≈ μ_a", "Before, Var(k_a^T q) = …": of a part of the answer that is over.
fn of_another_part(clause: &[Token]) -> bool {
    const FORMER: &[&str] = &["before", "previously", "earlier", "formerly", "originally"];
    let label = |t: &Token| matches!(&t.kind, Tok::Name(n) if n == "i") || t.word().is_some_and(|w| ROMAN.contains(&w.as_str()));
    let labelled = matches!(clause, [first, rest @ ..] if first.word().is_some_and(|w| w == "in")
        && rest.iter().take(2).any(label)
        && rest.iter().any(|t| matches!(t.kind, Tok::Close(_))));
    let former = clause.first().and_then(Token::word).is_some_and(|w| FORMER.contains(&w.as_str()));
    labelled || former
}

/// "part i: std(α_a) ≈ …": of the part with that label.
fn part_label(clause: &[Token]) -> bool {
    matches!(clause, [part, label, ..] if part.word().is_some_and(|w| w == "part")
        && (matches!(label.kind, Tok::Name(_)) || label.word().is_some_and(|w| ROMAN.contains(&w.as_str()))))
}

/// "k_a = γ μ_a, γ large: c ≈ v_a": a size in words that was not read.
fn sized(clause: &[Token]) -> bool {
    const SIZES: &[&str] = &["large", "small", "big", "huge", "tiny", "positive", "negative", "short", "long", "high", "low"];
    let named = matches!(clause.first().map(|t| &t.kind), Some(Tok::Name(_)));
    let spelled = clause.iter().any(|t| matches!(t.kind, Tok::Rel(_)));
    named && !spelled && clause.last().and_then(Token::word).is_some_and(|w| SIZES.contains(&w.as_str()))
}

/// "All scores the same: α_i = 1/n": words of a case in which things coincide or vanish.
fn degenerate(clause: &[Token]) -> bool {
    const WORDS: &[&str] = &["equal", "identical", "same", "zero", "uniform", "uniformly", "coincide", "nothing", "everything"];
    const ARGUMENTS: &[&str] =
        &["argument", "arguments", "reason", "reasons", "reasoning", "logic", "computation", "calculation"];
    let case = |w: String| WORDS.contains(&w.as_str());
    let words: Vec<String> = clause.iter().filter_map(Token::word).collect();
    // "By the same argument": a reason, no case.
    if words.windows(2).any(|w| w[0] == "same" && ARGUMENTS.contains(&w[1].as_str())) {
        return false;
    }
    // "denominators all equal": so they are.
    if words.iter().any(|w| w.starts_with("denominator")) {
        return false;
    }
    let at = |wanted: &str| words.iter().position(|w| w == wanted);
    let as_another = at("same").zip(at("as")).is_some_and(|(same, other)| same < other);
    let compares = as_another || words.windows(2).any(|w| w[0] == "equal" && w[1] == "to");
    let to_all = words.windows(3).any(|w| {
        matches!(w[0].as_str(), "orthogonal" | "perpendicular")
            && w[1] == "to"
            && matches!(w[2].as_str(), "all" | "every" | "each")
    });
    to_all || words.into_iter().any(case) && !compares
}

/// "All keys equal means α_i = 1/n": what stands before such a verb is supposed, unless it points back or names what the question
/// supposes.
fn premised(clause: &[Token]) -> bool {
    const VERBS: &[&str] = &[
        "means", "mean", "implies", "imply", "entails", "entail", "gives", "give", "yields", "yield", "makes", "make",
        "produces", "produce", "to",
    ];
    const SUPPOSED: &[&str] = &[
        "this",
        "that",
        "which",
        "it",
        "these",
        "so",
        "and",
        "but",
        "then",
        "also",
        "what",
        "the",
        "of",
        "a",
        "an",
        "orthonormality",
        "orthogonality",
        "orthonormal",
        "orthogonal",
        "definition",
        "symmetry",
        "normalization",
        "normalisation",
        "softmax",
        "by",
        "columns",
        "equation",
        "condition",
        "fact",
        "hence",
        "thus",
        "therefore",
        "here",
        "being",
    ];
    let words: Vec<String> = clause.iter().filter_map(Token::word).collect();
    let Some((last, others)) = words.split_last() else { return false };
    let leads = last != "to" || others.last().is_some_and(|w| matches!(w.as_str(), "leads" | "lead" | "due" | "amounts"));
    let plain = |w: &String| SUPPOSED.contains(&w.as_str()) || known(w) || matches!(w.as_str(), "leads" | "lead" | "amounts");
    VERBS.contains(&last.as_str()) && leads && !others.iter().all(plain)
}

/// A heading of a few words, one of them of no kind that is known.
fn odd_head(clause: &[Token]) -> bool {
    const WORDS_MAX: usize = 3;
    let words: Vec<String> = clause.iter().filter_map(Token::word).collect();
    let spelled = clause.iter().any(|t| matches!(t.kind, Tok::Rel(_)));
    (1..=WORDS_MAX).contains(&words.len()) && !spelled && words.iter().any(|w| !known(w) && !HEADS.contains(&w.as_str()))
}

fn known(word: &str) -> bool {
    KNOWN.contains(&word) || OPENERS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::super::segment::{Run, runs};
    use super::*;
    use crate::language::lex;
    use crate::world::Library;

    /// The circumstances of the runs with a relation in a sentence.
    fn found(text: &str) -> Vec<Option<String>> {
        let library = Library::embedded().expect("the worlds");
        let world = library.get("1c.i").expect("the question");
        let tokens = lex(text, 0, false, &world.lexicon);
        let all: Vec<Run> = runs(&tokens, 0..tokens.len());
        let related = all.iter().filter(|r| tokens[r.range.clone()].iter().any(|t| matches!(t.kind, Tok::Rel(_))));
        related.map(|r| around(&tokens, &r.range, text)).collect()
    }

    fn some(text: &str) -> Vec<Option<String>> {
        vec![Some(text.to_string())]
    }

    #[test]
    fn circumstances_that_are_not_understood_are_named() {
        assert_eq!(found("with the keys exactly at their centres, c = v_a"), some("with the keys exactly at their centres"));
        assert_eq!(found("so in a bad batch we get c = v_b"), some("so in a bad batch we get"));
        assert_eq!(found("Typical draw: c = v_a"), some("Typical draw"));
        assert_eq!(found("c = v_a after the shuffle"), some("after the shuffle"));
        assert_eq!(found("In the draws that are long, c = v_a"), some("In the draws that are long"));
        assert_eq!(found("All keys equal means c = v_a"), some("All keys equal means"));
        assert_eq!(found("Equal keys: c = v_a"), some("Equal keys"));
        assert_eq!(found("Without the second head c = v_a"), some("Without the second head"));
        assert_eq!(found("In part (c) c = v_a"), some("In part"));
    }

    #[test]
    fn others_change_nothing() {
        assert_eq!(found("with this query we get c = v_b"), [None]);
        assert_eq!(found("In total c = v_a"), [None]);
        assert_eq!(found("This means c = v_a"), [None]);
        assert_eq!(found("Result: c = v_a, for every key"), [None]);
        assert_eq!(found("The bold student writes c = v_a"), [None], "no circumstance");
        assert_eq!(found("with large β, c = v_a"), [None]);
        assert_eq!(found("In the first head b has a lower score, so c = v_a"), [None], "a sentence of its own");
        assert_eq!(found("c = v_a in every single draw"), [None]);
    }
}
