//! A share that is only set beside another way of saying it: `41/500 = 8.2 %, roughly one name in twelve`, `in every
//! twentieth case (25 of 500)`, `6 % would be 30 names`.

use std::ops::Range;

use super::amounts::{in_percent, over, question};
use super::figures::{Memory, QUESTIONS, goal};
use super::fractions::{fraction, said};
use super::shares::{bound, percent, total};
use super::words::{Word, is};
use super::wrong::is_wrong;
use super::{Amount, Bound, Counted};

/// What the dev questions are called.
const ITEM: &[&str] = &["names", "people", "persons", "questions", "answers", "hits", "dev", "right", "correct", "predictions"];

/// Words beside a fraction that is set beside a share.
const BESIDE: &[&str] = &[
    "so", "i.e", "or", "thus", "that", "is", "this", "that's", "about", "roughly", "nearly", "almost", "around", "only", "just",
    "in", "for",
];

/// Words behind a fraction that say what it is of.
const OF: &[&str] = &[
    "of",
    "the",
    "our",
    "all",
    "dev",
    "names",
    "questions",
    "answers",
    "people",
    "cases",
    "them",
    "case",
    "in",
    "question",
    "name",
    "answer",
    "person",
];

/// Shares set beside each other in a sentence.
pub fn find(s: &[Word], _memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    (0..s.len())
        .filter_map(|at| {
            behind(s, at)
                .or_else(|| before(s, at))
                .or_else(|| counted(s, at))
                .or_else(|| in_points(s, at))
                .or_else(|| to_reach(s, at))
                .or_else(|| bracketed(s, at))
        })
        .collect()
}

/// `10 % = 50 hits`: a share and the count that it is of the dev questions, no equality of numbers.
pub fn equated(s: &[Word]) -> Vec<(Range<usize>, Counted)> {
    (0..s.len()).filter(|at| is(s, at + 2, &["="])).filter_map(|at| counted(s, at)).collect()
}

/// Words for what is asked for, and how far before the share they may stand.
const ASKED: &[&str] = &["required", "expected", "needed", "demanded", "wanted", "asked", "goal", "target", "threshold"];
const GOAL_REACH: usize = 4;

/// The share that ends at a place: `8.2 %`, `41 of 500`.
fn ends_with_share(s: &[Word], end: usize) -> Option<Amount> {
    if end >= 2 && percent(s, end - 2) && !is(s, end.wrapping_sub(3), &["than", "least", "most", "by"]) {
        return Some(Amount::Is(s[end - 2].value?.0 / 100.0, s[end - 2].slack() / 100.0));
    }
    // "25 of the 500 dev names, so …".
    let nouns = s[..end].iter().rev().take_while(|w| w.is(ITEM)).count();
    let total = (end - nouns).checked_sub(1).filter(|i| s[*i].value.is_some())?;
    let count = (total.saturating_sub(4)..total).rev().find(|i| s[*i].value.is_some())?;
    share_of(s, count).filter(|(_, e)| *e == total + 1).map(|(a, _)| a)
}

/// `41 of 500`, `41/500`: the share and its end.
fn share_of(s: &[Word], at: usize) -> Option<(Amount, usize)> {
    let (end, of) = total(s, at).filter(|(_, t)| *t >= 20.0)?;
    let n = s[at].count().filter(|n| *n <= of)?;
    Some((Amount::Is(n / of, 0.0), end + 1))
}

/// `8.2 %, roughly one name in eight`.
fn behind(s: &[Word], comma: usize) -> Option<(Range<usize>, Counted)> {
    let bracket = is(s, comma, &["("]);
    if !(bracket || is(s, comma, &[","])) {
        return None;
    }
    let share = ends_with_share(s, comma)?;
    let at = (comma + 1..s.len()).find(|i| !s[*i].is(BESIDE))?;
    let (value, about, words) = fraction(s, at).filter(|f| f.2.start == at)?;
    let end = (words.end..s.len()).find(|i| !s[*i].is(OF)).unwrap_or(s.len());
    let closes = if bracket { is(s, end, &[")"]) } else { end == s.len() || is(s, end, &[",", ";", ":", "("]) };
    let what = "the same share".to_string();
    (closes && !s.iter().any(is_wrong)).then(|| (comma + 1..end, said(value, about, vec![share], what)))
}

/// `in every tenth case (25 of 500)`.
fn before(s: &[Word], at: usize) -> Option<(Range<usize>, Counted)> {
    let (value, about, words) = fraction(s, at).filter(|f| f.2.start == at)?;
    let open = (words.end..s.len()).find(|i| !s[*i].is(OF)).filter(|i| s[*i].is(&["("]))?;
    let (share, end) = share_of(s, open + 1)?;
    let what = "the share in brackets".to_string();
    (is(s, end, &[")"]) && !s.iter().any(is_wrong)).then(|| (at..end, said(value, about, vec![share], what)))
}

/// `6 % would be 30 names`.
fn counted(s: &[Word], at: usize) -> Option<(Range<usize>, Counted)> {
    if !percent(s, at) || is(s, at.wrapping_sub(1), &["than", "least", "most", "by", "and", "plus"]) {
        return None;
    }
    const LINK: &[&str] = &[
        "would",
        "have",
        "been",
        "be",
        "are",
        "is",
        "means",
        "mean",
        "equals",
        "makes",
        "corresponds",
        "to",
        "=",
        "of",
        "500",
        "the",
        "dev",
    ];
    // "Required were 6 %, which would be 30 names", "the expected 6 %, i.e. 30 people".
    let asked = goal(s, at) || s[at.saturating_sub(GOAL_REACH)..at].iter().any(|w| w.is(ASKED));
    let aside = |i: usize| asked && s[i].is(&[",", "which", "that", "these", "this", "i.e", "or", "so", "("]);
    let number = (at + 2..s.len()).find(|i| !s[*i].is(LINK) && !bounds(&s[*i]) && !aside(*i))?;
    let linked = s[at + 2..number].iter().any(|w| {
        w.is(&["be", "been", "are", "is", "means", "mean", "equals", "makes", "corresponds", "="])
            || asked && w.is(&["i.e", "or", "("])
    });
    let value = s[number].count().filter(|_| linked && !percent(s, number))?;
    // "36 of the 500", "30 of the dev names"
    let dev = |i: usize| s[i].is(&["of", "the", "our", "500"]) && s[number + 1..].iter().any(|w| w.is(&["500", "dev"]));
    let nouns = (number + 1..s.len()).find(|i| !s[*i].is(ITEM) && !dev(*i)).unwrap_or(s.len());
    let ends = nouns == s.len()
        || s[nouns].is(&[",", ";", ")", "("])
        || is(s, at + 2, &["="]) && s[nouns].is(&["is", "are", "and", "we"]);
    let of = over(Amount::Is(s[at].value?.0 / 100.0, s[at].slack() / 100.0), question());
    let bound = match bound(s, number) {
        Bound::Exactly if s[at].value?.1 > 0 => Bound::About,
        b => b,
    };
    let what = "that share of the dev questions".to_string();
    (nouns > number + 1 && ends && !s.iter().any(is_wrong))
        .then(|| (at..nouns, Counted { value, slack: 0.5, bound, of: vec![of], certain: true, what }))
}

/// `93 hits more, that is 18.6 percentage points`: a number of answers in points.
fn in_points(s: &[Word], at: usize) -> Option<(Range<usize>, Counted)> {
    const FURTHER: &[&str] = &["more", "fewer", "less", "better", "worse", "above", "below", "than", "london", "of", "the"];
    const SAYS: &[&str] = &[
        "=",
        "i.e",
        "that",
        "or",
        "which",
        "these",
        "so",
        "this",
        "that's",
        "makes",
        "means",
        "corresponds",
        "(",
        "equals",
        "→",
    ];
    const BESIDE_THEM: &[&str] = &[",", "is", "are", "to", "a", "difference", "gain", "gap", "in"];
    let count = s[at].count().filter(|n| *n >= 1.0 && *n <= QUESTIONS && !percent(s, at))?;
    let noun = (at + 1..s.len()).find(|i| !s[*i].is(ITEM) && !s[*i].is(FURTHER)).filter(|i| *i > at + 1)?;
    let named = s[at + 1..noun].iter().any(|w| w.is(ITEM));
    let place = (noun..s.len()).find(|i| !s[*i].is(SAYS) && !s[*i].is(BESIDE_THEM) && !bounds(&s[*i])).filter(|i| *i > noun)?;
    let (value, _) = s[place].value?;
    let sign = place + 1 + usize::from(is(s, place + 1, &["%", "percent", "percentage"]));
    let links = s[noun..place].iter().any(|w| w.is(SAYS));
    let elsewhere = s.iter().any(|w| w.is(&["test", "train", "training", "not", "if"]) || is_wrong(w));
    // "200 of 2000 names": of another set.
    let total = at > 0 && is(s, at - 1, &["of", "/", "the"]);
    if !named || !links || !is(s, sign, &["points", "point", "pp"]) || elsewhere || total {
        return None;
    }
    let of = vec![Amount::Times(100.0 * count, Box::new(question()))];
    let what = "that number of dev questions, in percentage points".to_string();
    let said = Counted { value, slack: s[place].slack(), bound: bound(s, place), of, certain: true, what };
    Some((noun..sign + 1, said))
}

/// `50 hits (10 %)`: a number of right answers with its share.
fn bracketed(s: &[Word], at: usize) -> Option<(Range<usize>, Counted)> {
    const OTHER: &[&str] = &[
        "fewer",
        "less",
        "more",
        "lose",
        "loses",
        "lost",
        "gain",
        "gains",
        "gained",
        "behind",
        "ahead",
        "drop",
        "drops",
        "than",
        "difference",
        "test",
        "train",
        "training",
        "not",
        "if",
        "of",
        "relative",
        "missing",
        "by",
        "better",
        "worse",
        "plus",
        "minus",
        "-",
        "−",
        "+",
        "–",
    ];
    let count = s[at]
        .count()
        .filter(|n| *n >= 2.0 && *n <= QUESTIONS && !percent(s, at) && s[at].text.starts_with(|c: char| c.is_ascii_digit()))?;
    let open = (at + 1..s.len()).find(|i| !s[*i].is(ITEM)).filter(|i| *i > at + 1 && s[*i].is(&["("]))?;
    let place = (open + 1..s.len()).find(|i| !bounds(&s[*i]) && !s[*i].is(&["=", "i.e", "or"]))?;
    let hits = s[at + 1..open].iter().any(|w| w.is(&["hits", "answers", "right", "correct", "names", "people", "questions"]));
    let (value, _) = s[place].value.filter(|_| percent(s, place) && is(s, place + 2, &[")"]))?;
    if !hits || s.iter().any(|w| w.is(OTHER) || is_wrong(w)) {
        return None;
    }
    let of = vec![in_percent(count)];
    let what = "that number of dev questions, in percent".to_string();
    Some((at..place + 3, Counted { value, slack: s[place].slack(), bound: bound(s, place), of, certain: true, what }))
}

/// `to reach the bar of 10 % one needs 50`: how many right answers a share takes.
fn to_reach(s: &[Word], at: usize) -> Option<(Range<usize>, Counted)> {
    const BEFORE: &[&str] = &[
        "to", "reach", "pass", "get", "for", "the", "bar", "goal", "required", "expected", "of", "at", "mark", "a", "least",
        "score", "target",
    ];
    const AFTER: &[&str] = &[
        "one", "we", "you", "it", "model", "the", "needs", "need", "takes", "requires", "require", "would", "are", "needed",
        "at", "least", "about", "have", "has", "a", "be", "to",
    ];
    if !percent(s, at) {
        return None;
    }
    let start = (0..at).rev().take_while(|i| s[*i].is(BEFORE)).last()?;
    let place = (at + 2..s.len()).find(|i| !s[*i].is(AFTER))?;
    let needs = s[at + 2..place].iter().any(|w| w.text.starts_with("need") || w.text.starts_with("requir") || w.is(&["takes"]));
    let opens = s[start..at].iter().any(|w| w.is(&["to", "for"]))
        && s[start..at].iter().any(|w| w.is(&["reach", "pass", "get", "for", "score"]));
    let value = s[place].count().filter(|n| *n >= 2.0 && !percent(s, place))?;
    let nouns = (place + 1..s.len()).find(|i| !s[*i].is(ITEM)).unwrap_or(s.len());
    let ends = nouns == s.len() || s[nouns].is(&[",", ";", ")", "("]);
    let elsewhere = s.iter().any(|w| w.is(&["test", "train", "training", "more", "epochs", "steps", "not"]));
    if !needs || !opens || !ends || elsewhere {
        return None;
    }
    let of = over(Amount::Is(s[at].value?.0 / 100.0, 0.0), question());
    let what = "that share of the dev questions".to_string();
    Some((start..nouns, Counted { value, slack: 0.5, bound: bound(s, place), of: vec![of], certain: true, what }))
}

fn bounds(w: &Word) -> bool {
    w.is(&["about", "around", "roughly", "nearly", "almost", "only", "exactly", "just", "≈", "~"])
}

#[cfg(test)]
mod tests {
    use super::super::figures::Who;
    use super::super::tests_support::words_of;
    use super::*;

    fn said(text: &str) -> Vec<Counted> {
        let words = words_of(text);
        let memory = Memory::read(&words, Some(Who::Perceiver));
        super::super::words::sentences(&words).flat_map(|s| find(s, &memory)).map(|(_, c)| c).collect()
    }

    #[test]
    fn a_share_and_the_same_one_in_other_words() {
        for (text, value) in [
            ("Perceiver: 41/500 = 8.2 %, roughly one name in twelve.", 1.0 / 12.0),
            ("We got 24 %, i.e. about one in four of the dev names, after pretraining.", 0.25),
            ("On dev this would be right in every tenth case (25 of 500).", 0.1),
            ("6 % would be 30 names, so we are above.", 30.0),
            ("10 % would have been 25 answers.", 25.0),
            ("5 % of 500 are 25 people.", 25.0),
        ] {
            let found = said(text);
            assert!(found.len() == 1 && found[0].certain && (found[0].value - value).abs() < 1e-9, "{text}: {found:?}");
        }
    }

    #[test]
    fn of_something_else_it_is_not_read() {
        for text in [
            "We got 24 %, one in four of the layers is a bottleneck.",
            "We got 24 %, so one in four answers is wrong.",
            "12 % more than 30 names.",
            "6 % would be 30 epochs.",
            "At least 6 % would be 30 names or so much better.",
        ] {
            assert!(said(text).is_empty(), "{text}: {:?}", said(text));
        }
    }
}
