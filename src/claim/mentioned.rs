//! Relations that a sentence names without claiming them: denied ones ("it is not the case that A Aᵀ = I"), and answers that are
//! rejected ("q = k_a + k_b is too short") or spoken of ("with q = β k_a only v_a survives").

use super::circumstance::pause;
use super::negations::{FAILING, GOES_ON, PREDICATE, SERVES, TEMPTING, contracted};
use crate::language::{Relation, Tok, Token};

/// How a sentence names an answer that it may not propose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mention {
    /// It says that the answer does not serve.
    Rejected,
    /// It says something about it that was not understood: the answer may be confirmed, and is not refuted.
    Spoken,
}

fn denies(word: &str) -> bool {
    matches!(word, "not" | "nor" | "never" | "cannot") || contracted(word)
}

/// The words of the clause before a run.
fn before(tokens: &[Token], at: usize) -> Vec<String> {
    let start = tokens[..at].iter().rposition(pause).map_or(0, |i| i + 1);
    // "A is not square so M = …": what stands before such a word is a clause of its own.
    let turns = |t: &Token| {
        t.word()
            .is_some_and(|w| matches!(w.as_str(), "so" | "but" | "hence" | "thus" | "therefore" | "then" | "because" | "since"))
    };
    let start =
        tokens[start..at].iter().rposition(|t| turns(t) || matches!(t.kind, Tok::Rel(_))).map_or(start, |i| start + i + 1);
    // "but not A Aᵀ = I" begins with the denial.
    tokens[start..at].iter().filter_map(Token::word).collect()
}

/// The words behind a run, to the next pause, reason or relation.
fn behind(tokens: &[Token], at: usize) -> Vec<String> {
    let rest = outside_brackets(tokens, at);
    let reason = |t: &Token| {
        t.word()
            .is_some_and(|w| matches!(w.as_str(), "because" | "since" | "as" | "so" | "and" | "but" | "if" | "when" | "unless"))
    };
    rest.into_iter().take_while(|t| !pause(t) && !reason(t) && !matches!(t.kind, Tok::Rel(_))).filter_map(Token::word).collect()
}

/// The tokens from a place on, without what stands in round brackets.
fn outside_brackets(tokens: &[Token], at: usize) -> Vec<&Token> {
    let mut depth = 0usize;
    let outside = |t: &&Token| {
        match t.kind {
            Tok::Open(_) => depth += 1,
            Tok::Close(_) => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    tokens.get(at..).unwrap_or_default().iter().filter(outside).collect()
}

/// Whether the words around a relation deny it: "it's not true that …", "but not …", "… does not hold", "… is wrong".
pub fn denied(tokens: &[Token], range: &std::ops::Range<usize>) -> bool {
    let plain = |w: &String| PREDICATE.contains(&w.as_str());
    let words = before(tokens, range.start);
    let lead = (0..words.len()).rev().find(|i| {
        denies(&words[*i])
            || matches!(words[*i].as_str(), "wrong" | "false" | "incorrect" | "untrue" | "mistake" | "no") && !counts(&words, *i)
    });
    // "We cannot conclude c = v_a": nothing but such words between the denial and the relation.
    let led = lead.is_some_and(|at| words[at + 1..].iter().all(plain));
    let words = behind(tokens, range.end);
    let no_longer = words.first().is_some_and(|w| w == "no") && words.get(1).is_some_and(|w| w == "longer");
    let verb =
        no_longer || words.first().is_some_and(|w| GOES_ON.contains(&w.as_str()) || FAILING.contains(&w.as_str()) || denies(w));
    let denial = |w: &String| denies(w) || FAILING.contains(&w.as_str()) || w == "no";
    let followed = verb && words.iter().any(denial) && words.iter().all(|w| denial(w) || plain(w));
    led || followed
        || headed_by(tokens, range.start, &["wrong", "false", "incorrect", "untrue", "mistake", "forbidden", "disallowed"])
        || headed_by(tokens, range.start, &["allowed"]) && heading_denies(tokens, range.start)
}

/// "Not allowed: …".
fn heading_denies(tokens: &[Token], at: usize) -> bool {
    let start = tokens[..at].iter().rposition(|t| matches!(t.kind, Tok::Stop | Tok::Semicolon)).map_or(0, |i| i + 1);
    tokens[start..at].iter().filter_map(Token::word).any(|w| w == "not")
}

/// Whether a heading of a few words with one of these stands before a relation: "Wrong: M = I.", "First try: q = k_a".
fn headed_by(tokens: &[Token], at: usize, heads: &[&str]) -> bool {
    const WORDS_MAX: usize = 4;
    let Some(colon) = at.checked_sub(1).filter(|i| tokens[*i].kind == Tok::Colon) else { return false };
    let start = tokens[..colon].iter().rposition(|t| matches!(t.kind, Tok::Stop | Tok::Semicolon)).map_or(0, |i| i + 1);
    let words: Vec<String> = tokens[start..colon].iter().filter_map(Token::word).collect();
    let latest =
        |w: &String| matches!(w.as_str(), "second" | "third" | "last" | "final" | "next" | "better" | "good" | "main" | "not");
    let latest = |w: &String| latest(w) && !(w == "not" && heads.contains(&"allowed"));
    let heads = |i: usize| heads.contains(&words[i].as_str()) && !counts(&words, i);
    words.len() <= WORDS_MAX && !words.iter().any(latest) && (0..words.len()).any(heads)
}

/// Whether a word of falsehood is of answers that are counted and of no claim: "wrong answers: …", "the number wrong is …".
fn counts(words: &[String], at: usize) -> bool {
    const COUNTED: &[&str] =
        &["answers", "predictions", "names", "ones", "cases", "people", "places", "outputs", "guesses", "questions", "in", "on"];
    const COUNTS: &[&str] = &["number", "count", "share", "fraction", "rate", "many", "total"];
    let is = |i: usize, list: &[&str]| words.get(i).is_some_and(|w| list.contains(&w.as_str()));
    is(at + 1, COUNTED) || (at.saturating_sub(2)..at).any(|i| is(i, COUNTS))
}

/// Whether the words around a relation make it a wish, an expectation, or what something else would take: it is not refuted.
pub fn softly(tokens: &[Token], range: &std::ops::Range<usize>) -> bool {
    let words = before(tokens, range.start);
    let wish = |w: &String| {
        matches!(
            w.as_str(),
            "like"
                | "want"
                | "wants"
                | "wanted"
                | "hope"
                | "hoped"
                | "wish"
                | "expect"
                | "expected"
                | "seems"
                | "seem"
                | "would"
                | "we'd"
                | "we’d"
                | "it'd"
                | "i'd"
                | "hypothetically"
                | "weren't"
                | "weren’t"
                | "instead"
                | "rather"
                | "might"
                | "could"
                | "supposedly"
                | "ideally"
                | "desire"
                | "looks"
        )
    };
    let words_behind = behind(tokens, range.end);
    let takes = words_behind.first().is_some_and(|w| matches!(w.as_str(), "would" | "needs" | "requires" | "could" | "might"));
    let partly = words_behind.iter().take(3).any(|w| w == "only");
    words.iter().any(wish) || takes || partly
}

/// Whether the sentence says of a relation that it suffices or is needed: "k_j^T q > k_i^T q is enough".
pub fn condition_for_something(tokens: &[Token], range: &std::ops::Range<usize>) -> bool {
    let words = behind(tokens, past_letters(tokens, range.end));
    let verb = |w: &String| matches!(w.as_str(), "is" | "are" | "suffices" | "suffice" | "would" | "alone" | "isn't" | "already");
    let needed = |w: &String| {
        matches!(
            w.as_str(),
            "enough" | "sufficient" | "suffices" | "suffice" | "necessary" | "needed" | "required" | "insufficient"
        )
    };
    let at = words.iter().position(verb).filter(|at| *at == 0 || words[0] == "for");
    at.is_some_and(|at| words[at..].iter().take(4).any(needed))
}

/// Behind "for all i ≠ j", "for every i ≠ a, b".
fn past_letters(tokens: &[Token], at: usize) -> usize {
    let word = |i: usize, all: &[&str]| tokens.get(i).and_then(Token::word).is_some_and(|w| all.contains(&w.as_str()));
    if !(word(at, &["for"]) && word(at + 1, &["all", "every", "each", "any"])) {
        return at;
    }
    let letter = |t: &Token| matches!(t.kind, Tok::Name(_) | Tok::Comma | Tok::Rel(Relation::NotEqual));
    (at + 2..tokens.len()).find(|i| !letter(&tokens[*i])).unwrap_or(at)
}

/// Whether a consequence follows the relation directly: "k_i^T q = k_j^T q means …", "m + p = d gives …", "… ⟹ …".
pub fn has_consequence(tokens: &[Token], range: &std::ops::Range<usize>) -> bool {
    let verb = |w: String| {
        matches!(w.as_str(), "means" | "gives" | "yields" | "implies" | "entails" | "makes" | "leads" | "produces" | "guarantees")
    };
    let rest = tokens.get(range.end..).unwrap_or_default();
    let end = rest.iter().position(pause).unwrap_or(rest.len());
    // "… for n = 2 means …"
    rest[..end].iter().any(|t| t.word().is_some_and(verb)) || rest.get(end).is_some_and(|t| t.kind == Tok::Implies)
}

/// Whether the words before say what one might say, and do not say it.
pub fn hedged(tokens: &[Token], range: &std::ops::Range<usize>) -> bool {
    let words = before(tokens, range.start);
    words.windows(2).any(|w| {
        matches!(w[0].as_str(), "might" | "may" | "could" | "would")
            && matches!(w[1].as_str(), "say" | "think" | "expect" | "guess" | "believe" | "write")
    })
}

/// Whether the words before say what somebody might say, or deny that it is so: "one might think that …", "it's not as if …".
pub fn considered(tokens: &[Token], range: &std::ops::Range<usize>) -> bool {
    let words = before(tokens, range.start);
    let w = |i: usize| words.get(i).map_or("", String::as_str);
    (0..words.len()).any(|i| {
        let someone = matches!(w(i), "one" | "someone" | "somebody" | "you" | "people" | "some" | "reader" | "it");
        let might = matches!(w(i + 1), "might" | "may" | "could");
        let says =
            matches!(w(i + 2), "think" | "object" | "believe" | "suspect" | "argue" | "guess" | "suppose" | "imagine" | "seem");
        someone && might && says || w(i) == "not" && w(i + 1) == "as" && matches!(w(i + 2), "if" | "though")
    })
}

/// How the sentence names an answer; `None` where it proposes it.
pub fn answer(tokens: &[Token], range: &std::ops::Range<usize>) -> Option<Mention> {
    let given_up = headed_by(tokens, range.start, &["try", "attempt", "naive", "idea", "draft", "guess", "bad", "rejected"]);
    if given_up || denied(tokens, range) || failing(tokens, range) {
        return Some(Mention::Rejected);
    }
    let words = before(tokens, range.start);
    let at = |w: &str| words.iter().position(|x| x == w);
    let first = at("first").or(at("initial")).is_some_and(|i| {
        words.get(i + 1).is_some_and(|w| matches!(w.as_str(), "idea" | "try" | "attempt" | "guess" | "thought"))
    });
    let tried = words.iter().any(|w| matches!(w.as_str(), "tried" | "trying" | "attempted" | "guessed"));
    if first || tried || words.iter().any(|w| TEMPTING.contains(&w.as_str()) || denies(w)) {
        return Some(Mention::Rejected);
    }
    let words_behind = behind(tokens, range.end);
    let goes_on = words_behind.first().is_some_and(|w| GOES_ON.contains(&w.as_str()) || denies(w));
    let serves = words_behind.iter().all(|w| SERVES.contains(&w.as_str()));
    let perhaps =
        words.iter().any(|w| matches!(w.as_str(), "could" | "might" | "may" | "would" | "merely" | "seems" | "seem" | "suppose"));
    // "For q = k_a + k_b: α_a = …": a case that is looked at.
    let looked_at = words.last().is_some_and(|w| w == "for") && tokens.get(range.end).is_some_and(|t| t.kind == Tok::Colon);
    let supposed = words.last().is_some_and(|w| matches!(w.as_str(), "with" | "for" | "choosing" | "using" | "taking"))
        && words_behind.iter().any(|w| matches!(w.as_str(), "would" | "only" | "no"))
        || words_behind.last().is_some_and(|w| w == "first") && words_behind.len() == 1;
    (goes_on && !serves || perhaps || supposed || looked_at || lacking(tokens, range.start)).then_some(Mention::Spoken)
}

/// "q = 2β (μ_a + μ_b) should halve the variance": what an answer would do is said of it, and it is not given.
pub fn imagined(tokens: &[Token], range: &std::ops::Range<usize>) -> bool {
    let rest = &tokens[range.end..];
    // "q_1 = … and q_2 = … would give …": said of both.
    let joint = |t: &Token| t.kind == Tok::Comma || t.word().is_some_and(|w| w == "and");
    let plain = |t: &Token| joint(t) || !matches!(t.kind, Tok::Word(_) | Tok::Stop | Tok::Semicolon | Tok::Colon);
    let at = rest.iter().take_while(|t| plain(t)).count();
    let modal = rest.get(at).and_then(Token::word).is_some_and(|w| matches!(w.as_str(), "should" | "would" | "could" | "might"));
    let words = behind(tokens, range.end + at);
    modal && !words.iter().skip(1).all(|w| SERVES.contains(&w.as_str()))
}

/// "Without β, i.e. q = k_a + k_b": the sentence begins with what the answer lacks.
fn lacking(tokens: &[Token], at: usize) -> bool {
    let start = tokens[..at].iter().rposition(|t| matches!(t.kind, Tok::Stop | Tok::Semicolon)).map_or(0, |i| i + 1);
    tokens[start..at].first().and_then(Token::word).is_some_and(|w| w == "without")
}

/// Whether the sentence goes on to say that what it named is too much of something, or fails: "…, but its scores are too small".
fn failing(tokens: &[Token], range: &std::ops::Range<usize>) -> bool {
    let slot = tokens.get(range.start).map(|t| &t.kind);
    let ends = |t: &Token| {
        matches!(t.kind, Tok::Stop | Tok::Semicolon | Tok::Implies | Tok::Colon)
            || t.word().is_some_and(|w| matches!(w.as_str(), "otherwise" | "else" | "unless" | "if" | "so" | "because" | "since"))
    };
    let rest = outside_brackets(tokens, range.end);
    // The next answer for the same slot has a predicate of its own.
    let next = rest.windows(2).position(|w| Some(&w[0].kind) == slot && matches!(w[1].kind, Tok::Rel(_))).unwrap_or(rest.len());
    let words: Vec<String> = rest[..next].iter().take_while(|t| !ends(t)).filter_map(|t| t.word()).collect();
    let said = |i: usize| {
        let free = !words[..i].iter().rev().take(2).any(|w| denies(w) || w == "no" || w == "nothing");
        let next = words.get(i + 1).map_or("", String::as_str);
        let lacking = matches!(next, "enough" | "sufficient" | "suffice" | "work" | "do" | "serve" | "good");
        match words[i].as_str() {
            // "too small to matter" is said of what else there is.
            "too" => !matches!(next, "" | "is" | "and") && words.get(i + 2).is_none_or(|w| w != "to") && free,
            "not" => lacking,
            "no" => next == "good" || next == "use",
            "start" => words[i + 1..].iter().any(|w| w == "but"),
            w => contracted(w) && lacking || FAILING.contains(&w) && free,
        }
    };
    (0..words.len()).any(said)
}

#[cfg(test)]
mod tests {
    use super::super::segment::{Run, runs};
    use super::*;
    use crate::language::lex;
    use crate::world::Library;

    /// What is said of the first run with a relation.
    fn first<T>(text: &str, read: impl Fn(&[Token], &std::ops::Range<usize>) -> T) -> T {
        let library = Library::embedded().expect("the worlds");
        let tokens = lex(text, 0, false, &library.get("1b.ii").expect("the question").lexicon);
        let all: Vec<Run> = runs(&tokens, 0..tokens.len());
        let related = |r: &&Run| tokens[r.range.clone()].iter().any(|t| matches!(t.kind, Tok::Rel(_)));
        read(&tokens, &all.iter().find(related).expect("a relation").range)
    }

    #[test]
    fn denied_relations() {
        for text in [
            "It's not the case that c = v_a",
            "We cannot conclude c = v_a",
            "c = v_a does not hold in general",
            "c = v_a is wrong",
            "It would be false to say that c = v_a",
            "but not c = v_a",
        ] {
            assert!(first(text, denied), "{text}");
        }
        for text in [
            "The keys are not equal so c = v_a",
            "c = v_a is right",
            "c = v_a, which does not depend on n",
            "c = v_a does not depend on the others",
            "It isn't the length of the key but the angle, hence c = v_a",
        ] {
            assert!(!first(text, denied), "{text}");
        }
    }

    #[test]
    fn rejected_answers() {
        for text in [
            "q = k_a + k_b alone is too short",
            "q = (k_a + k_b)/2 is not enough because the scores are small",
            "It is tempting to take q = k_a + k_b, but its scores are too small",
            "A common mistake is q = k_a",
            "Not q = k_a + k_b, but something longer",
            "My first idea was q = k_a",
            "q = k_a is of course no good",
        ] {
            assert_eq!(first(text, answer), Some(Mention::Rejected), "{text}");
        }
    }

    #[test]
    fn answers_that_are_spoken_of() {
        for text in ["With q = k_a only v_a survives", "q = k_a gives the first value", "One could use q = k_a"] {
            assert_eq!(first(text, answer), Some(Mention::Spoken), "{text}");
        }
    }

    #[test]
    fn answers_that_are_proposed() {
        for text in [
            "Choose q = k_a + k_b",
            "q = k_a + k_b is enough",
            "q = k_a + k_b works",
            "Take q = k_a + k_b, not too short",
            "q = k_a + k_b so that no other key is too near",
            "We can use q = k_a + k_b",
        ] {
            assert_eq!(first(text, answer), None, "{text}");
        }
    }
}
