//! Other wordings of what the readers know: "what comes out" for the output, "nearly every" for almost every, "gets more attention" for
//! more weight. Each says the same, whatever stands beside it.

use super::heads;
use super::phrases::{is_word, made, replaced, worded, words_are};
use crate::language::{Bracket, Relation, Tok, Token};
use crate::world::World;

/// Wordings, and the words that the readers know for them. `a|b` is either word, `word?` may be missing, `@` is any name, `#` any number,
/// and a number in what stands for it repeats what matched there.
const WORDINGS: &[(&str, &str)] = &[
    ("( almost|approximately|approx|roughly|nearly|basically|practically )", "almost"),
    ("nearly|virtually|practically every", "almost every"),
    ("nearly|virtually|practically all", "almost all"),
    ("what comes|gets out", "the output"),
    ("what we get out", "the output"),
    ("what the attention|softmax|layer returns|outputs", "the output"),
    ("gets|get|receives|receive|has|have|draws|attracts|takes|take more|less|most|all|no|any attention", "1 2 weight"),
    ("all|most|none of the attention", "1 of the weight"),
    ("one|we|you has|have|gets|get only|just", "1 2"),
    ("what is|remains|gets left over? for the other #", "the other 8"),
    ("nothing changes in|for|about the", "nothing changes in the"),
    ("then|now|thus|therefore has|have a? variance|standard|mean|std", "2 3 4"),
    (", that tends|goes|converges|approaches", "1 which 3"),
    ("half|most of the draws|samples|cases give|yield|return almost? @", "in 1 2 3 4 the output is 6 7"),
    ("@ there is", "1 is"),
    ("@ there has", "1 has"),
    ("e.g|say|i.e standard deviation", "and its standard deviation is"),
    ("has|have a? much|far larger|higher|bigger|greater dot|inner product with the query|q", "1 2 3 4 score"),
    (
        "key @ has|have a? much|far larger|higher|bigger|greater score than any|every|all|each other|others key?|keys?|one?|ones?",
        "the score of key 2 is 5 larger than all other scores",
    ),
    (
        "the? score of key? @ ≫ all|every|each|any other|others score?|scores?|key?|keys?",
        "the score of key 5 is much larger than all other scores",
    ),
    ("= # is never|not reached|attained|achieved|possible", "1 2 never happens"),
    ("= # is impossible|unreachable|unattainable", "1 2 never happens"),
    ("= # cannot|can't happen|occur|be reached?|attained?|achieved?", "1 2 never happens"),
];

/// The tokens with the words that the readers know.
pub fn paraphrased(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    // "a dot product with the query" is a score, which may stand in a wording of its own.
    const TIMES: usize = 2;
    let tokens = behind_events((0..TIMES).fold(tokens, |tokens, _| reworded(&tokens)));
    let tokens = none_left(mean_of_heads(tokens, world));
    replaced(&tokens, chance_of)
}

fn reworded(tokens: &[Token]) -> Vec<Token> {
    replaced(tokens, |tokens, at| {
        // Most words begin no wording.
        let begins =
            matches!(tokens[at].kind, Tok::Word(_) | Tok::Name(_) | Tok::Rel(_) | Tok::Comma | Tok::Open(Bracket::Round));
        begins.then_some(())?;
        WORDINGS.iter().find_map(|(wording, instead)| {
            let (end, places) = matched(tokens, at, wording)?;
            Some((end, written(tokens, at, end, &places, instead)))
        })
    })
}

/// "the mean of both is …" of a question with heads: their mean is the output.
fn mean_of_heads(tokens: Vec<Token>, world: &World) -> Vec<Token> {
    if heads::numbers(world).len() < 2 {
        return tokens;
    }
    replaced(&tokens, |tokens, at| {
        let noun = at + usize::from(is_word(tokens, at, &["the", "their"]));
        is_word(tokens, noun, &["mean", "average"]).then_some(())?;
        let theirs = noun > at && is_word(tokens, at, &["their"]);
        let of = noun + 1;
        let both = is_word(tokens, of, &["of"]) && is_word(tokens, of + 1, &["both", "them"]);
        let two = words_are(tokens, of, &["of", "the", "two"]) || words_are(tokens, of, &["of", "the", "heads"]);
        let end = match () {
            () if both => of + 2 + usize::from(is_word(tokens, of + 2, &["heads", "outputs"])),
            () if two => of + 3 + usize::from(is_word(tokens, of + 3, &["heads", "outputs"])),
            () if theirs => of,
            () => return None,
        };
        let said = tokens.get(end).is_some_and(|t| matches!(t.kind, Tok::Rel(Relation::Equal | Relation::Approx)))
            || is_word(tokens, end, &["is", "equals"]);
        let place = tokens[at].span.to(tokens[end - 1].span);
        said.then(|| (end, vec![made(Tok::Name("c".into()), place)]))
    })
}

/// "Every other key has score 0 and therefore weight 0": of the same keys.
fn none_left(tokens: Vec<Token>) -> Vec<Token> {
    replaced(&tokens, |tokens, at| {
        is_word(tokens, at, &["and", "so"]).then_some(())?;
        let noun = at + 1 + usize::from(is_word(tokens, at + 1, &["therefore", "thus", "hence", "so", "also"]));
        (is_word(tokens, noun, &["weight"]) && matches!(&tokens.get(noun + 1)?.kind, Tok::Number(n) if n == "0")).then_some(())?;
        // A full stop between two vectors is a product, and ends nothing.
        let ends = |i: &usize| match tokens[*i].kind {
            Tok::Stop => tokens[*i + 1].spaced,
            _ => matches!(tokens[*i].kind, Tok::Comma | Tok::Semicolon),
        };
        let before = &tokens[(0..at).rev().find(ends).map_or(0, |i| i + 1)..at];
        let others = before.iter().any(|t| t.word().is_some_and(|w| matches!(w.as_str(), "other" | "others")));
        let place = tokens[at].span;
        let word = |w: &str| worded(w, place);
        let comma = Token { kind: Tok::Comma, span: place, spaced: false, math: false };
        let mut out = vec![comma, word("so"), word("the"), word("others"), word("have")];
        out.extend(tokens[noun..=noun + 1].iter().cloned());
        others.then_some((noun + 2, out))
    })
}

/// Where a wording ends, and where each of its words stands.
fn matched(tokens: &[Token], at: usize, wording: &str) -> Option<(usize, Vec<Option<usize>>)> {
    let mut end = at;
    let mut places = Vec::new();
    for words in wording.split(' ') {
        let optional = words.contains('?');
        if tokens.get(end).is_some_and(|t| is_one_of(t, words)) {
            places.push(Some(end));
            end += 1;
        } else if optional {
            places.push(None);
        } else {
            return None;
        }
    }
    Some((end, places))
}

fn is_one_of(token: &Token, words: &str) -> bool {
    let mut all = words.split('|').map(|w| w.trim_end_matches('?'));
    match &token.kind {
        Tok::Word(w) => all.any(|word| w.eq_ignore_ascii_case(word)),
        Tok::Name(n) => all.any(|word| word == "@" || n == word),
        Tok::Open(Bracket::Round) => all.any(|word| word == "("),
        Tok::Close(Bracket::Round) => all.any(|word| word == ")"),
        Tok::Comma => all.any(|word| word == ","),
        Tok::Number(_) => all.any(|word| word == "#"),
        Tok::Rel(Relation::MuchGreater) => all.any(|word| word == "≫"),
        Tok::Rel(Relation::Equal) => all.any(|word| word == "="),
        _ => false,
    }
}

/// What stands for a wording: the last word ends where the wording does.
fn written(tokens: &[Token], at: usize, end: usize, places: &[Option<usize>], instead: &str) -> Vec<Token> {
    let whole = tokens[at].span.to(tokens[end - 1].span);
    instead
        .split(' ')
        .filter_map(|word| match word.parse::<usize>() {
            Ok(n) => places[n - 1].map(|i| tokens[i].clone()),
            Err(_) => Some(worded(word, whole)),
        })
        .collect()
}

/// "X < 0 (probability 7.9 %)": what the bracket gives is the probability of the event before it.
fn behind_events(tokens: Vec<Token>) -> Vec<Token> {
    replaced(&tokens, |tokens, at| {
        let open = &tokens[at];
        (open.kind == Tok::Open(Bracket::Round)).then_some(())?;
        tokens.get(at + 1)?.word().filter(|w| matches!(w.as_str(), "probability" | "prob" | "chance"))?;
        let event = event_before(&tokens[..at])?;
        let plain = |t: &Token| {
            matches!(t.kind, Tok::Stop | Tok::Rel(Relation::Equal | Relation::Approx | Relation::Tilde))
                || t.word()
                    .is_some_and(|w| matches!(w.as_str(), "about" | "approx" | "roughly" | "is" | "of" | "almost" | "around"))
        };
        let number = at + 2 + tokens[at + 2..].iter().take_while(|t| plain(t)).count();
        matches!(tokens.get(number)?.kind, Tok::Number(_)).then_some(())?;
        let percent = usize::from(tokens.get(number + 1)?.kind == Tok::Percent);
        let close = number + 1 + percent;
        (tokens.get(close)?.kind == Tok::Close(Bracket::Round)).then_some(())?;
        let place = tokens[at + 1].span;
        let sign = |kind| Token { kind, span: place, spaced: false, math: true };
        let mut out = vec![open.clone(), sign(Tok::Name("P".into())), sign(Tok::Open(Bracket::Round))];
        out.extend(event.iter().map(|t| Token { span: place, ..t.clone() }));
        out.extend([sign(Tok::Close(Bracket::Round)), sign(Tok::Rel(Relation::Approx))]);
        out.extend(tokens[number..=close].iter().cloned());
        Some((close + 1, out))
    })
}

/// A letter, an order and a number, right before a place.
fn event_before(tokens: &[Token]) -> Option<&[Token]> {
    let order = |t: &Token| matches!(&t.kind, Tok::Rel(r) if r.is_order());
    let event = match tokens {
        [.., name, sign, minus, number] if minus.kind == Tok::Minus && order(sign) => [name, number],
        [.., name, sign, number] if order(sign) => [name, number],
        _ => return None,
    };
    let length = if matches!(tokens[tokens.len() - 2].kind, Tok::Minus) { 4 } else { 3 };
    let read = matches!(event[0].kind, Tok::Name(_)) && matches!(event[1].kind, Tok::Number(_));
    let below = tokens.len() > length && tokens[tokens.len() - length - 1].kind == Tok::Sub;
    (read && !below).then(|| &tokens[tokens.len() - length..])
}

/// "Chance of X < 0: 7.9 %": the colon says "is".
fn chance_of(tokens: &[Token], at: usize) -> Option<(usize, Vec<Token>)> {
    /// Tokens of an event, at most.
    const EVENT_MAX: usize = 12;
    tokens[at].word().filter(|w| matches!(w.as_str(), "chance" | "probability" | "prob"))?;
    tokens.get(at + 1)?.word().filter(|w| matches!(w.as_str(), "of" | "for" | "that"))?;
    let ends =
        |t: &Token| matches!(t.kind, Tok::Colon | Tok::Stop | Tok::Comma | Tok::Semicolon | Tok::Gap) || t.word().is_some();
    let colon = at + 2 + tokens[at + 2..].iter().take(EVENT_MAX).position(ends)?;
    let event = &tokens[at + 2..colon];
    let given = matches!(tokens.get(colon + 1)?.kind, Tok::Number(_));
    let says = tokens[colon].kind == Tok::Colon && given && event.iter().any(|t| matches!(t.kind, Tok::Rel(_)));
    let begins = at == 0 || tokens[at - 1].word().is_some_and(|w| w == "the") || !matches!(tokens[at - 1].kind, Tok::Word(_));
    (says && begins).then(|| {
        let is = Token { kind: Tok::Word("is".into()), ..tokens[colon].clone() };
        let the = Token { kind: Tok::Word("the".into()), ..tokens[at].clone() };
        (colon + 1, [vec![the], tokens[at..colon].to_vec(), vec![is]].concat())
    })
}

#[cfg(test)]
mod tests {
    use super::super::phrases::shown;
    use super::*;

    fn read(question: &str, text: &str) -> String {
        shown(question, text, paraphrased)
    }

    #[test]
    fn other_wordings() {
        assert_eq!(read("1c.ii", "in virtually every draw"), "in almost every draw");
        assert_eq!(read("1c.ii", "a gets more attention than b"), "a gets more weight than b");
        assert_eq!(read("1c.ii", "a gets an attention weight"), "a gets an attention weight", "a noun of its own");
        assert_eq!(read("1a.iv", "what comes out is v"), "the output is v");
        assert_eq!(read("1a.ii", "x = 1 is impossible"), "x = 1 never happens");
        assert_eq!(read("1a.ii", "this is impossible"), "this is impossible");
        assert_eq!(
            read("1a.ii", "key j has a much larger inner product with the query than any other key"),
            "the score of key j is much larger than all other scores"
        );
    }

    #[test]
    fn chances_of_events() {
        assert_eq!(read("1c.ii", "Chance of X < 0: 8 %"), "the Chance of X < 0 is 8 Percent");
        assert_eq!(read("1c.ii", "Chance of rain: 8 %"), "Chance of rain Colon 8 Percent");
        assert_eq!(
            read("1c.ii", "X < 0 (prob. 8 %)"),
            "X < 0 Open(Round) P Open(Round) X < 0 Close(Round) ≈ 8 Percent Close(Round)"
        );
        assert_eq!(read("1c.ii", "c ≈ v (prob. 8 %)").matches('P').count(), 1, "no event before it");
    }

    #[test]
    fn means_of_heads() {
        assert_eq!(read("1d.i", "mean of both = v"), "c = v");
        assert_eq!(read("1d.i", "the average of the two heads is v"), "c is v");
        assert_eq!(read("1d.i", "the average of the two variances is 2"), "the average of the two variances is 2");
        assert_eq!(read("1c.i", "mean of both = v"), "mean of both = v", "no heads");
    }

    #[test]
    fn weights_of_the_same_keys() {
        assert!(read("1b.ii", "Every other key has score 0 and therefore weight 0").ends_with("so the others have weight 0"));
        assert!(read("1b.ii", "Key a has score 0 and therefore weight 0").ends_with("and therefore weight 0"));
    }
}
