//! What is missing to another's score: `we'd need 12 more right answers to be as good as the constant one`, `12 answers short
//! of the baseline`. Who needs more has fewer, so the direction comes from who lacks and not from "more".

use std::ops::Range;

use super::super::amounts::{items, less, one, over};
use super::super::figures::{Memory, Who, named};
use super::super::words::Word;
use super::super::{Amount, Bound, Counted};
use super::clause::{Clause, bounded};

/// Words of lacking, beside those that a clause about answers may have.
const KNOWN: &[&str] = &[
    "if",
    "need",
    "needs",
    "needed",
    "would",
    "we'd",
    "we’d",
    "it'd",
    "i'd",
    "lack",
    "lacks",
    "lacked",
    "missing",
    "miss",
    "misses",
    "missed",
    "short",
    "take",
    "takes",
    "require",
    "required",
    "requires",
    "more",
    "additional",
    "further",
    "extra",
    "fewer",
    "reach",
    "match",
    "equal",
    "tie",
    "catch",
    "up",
    "draw",
    "level",
    "good",
    "par",
    "be",
    "become",
    "i",
    "must",
    "still",
    "until",
    "till",
    "gain",
    "find",
    "same",
    "many",
    "high",
    "against",
    "even",
    "come",
    "from",
    "remain",
    "put",
    "bring",
    "lift",
    "make",
    "us",
    "hit",
];

/// Words that ask for more than to be level.
const AHEAD: &[&str] =
    &["beat", "overtake", "pass", "exceed", "surpass", "outperform", "better", "above", "beats", "higher", "ahead"];

fn lacking(w: &Word) -> bool {
    ["need", "lack", "miss", "requir"].iter().any(|stem| w.text.starts_with(stem)) || w.is(&["short", "take", "takes"])
}

/// `We lack 12 answers to match it`.
pub fn needed(clause: &Clause, range: &Range<usize>, memory: &Memory) -> Option<Counted> {
    let (s, own) = (clause.s, &clause.own);
    let word = |list: &[&str]| own.iter().copied().find(|i| s[*i].is(list));
    // "If we had 12 more hits we would be level with it".
    let level = || {
        word(&["level", "good", "par", "tie", "match", "equal", "reach", "draw"])
            .filter(|_| word(&["would", "we'd", "we’d"]).is_some())
    };
    let supposed = || {
        word(&["if", "with", "put", "bring", "lift", "make"])
            .filter(|_| word(&["more", "additional", "further"]).is_some() && level().is_some())
    };
    let verb = own.iter().copied().find(|i| lacking(&s[*i])).or_else(supposed)?;
    let mut numbers = own.iter().copied().filter(|i| s[*i].value.is_some() && !s[*i].is(&["one"]));
    let at = numbers.next().filter(|_| numbers.next().is_none())?;
    let points = s[at..range.end].iter().take(4).any(|w| w.is(&["points", "point"]));
    let noun = |w: &Word| {
        w.is(&[
            "answers",
            "answer",
            "hits",
            "people",
            "names",
            "questions",
            "correct",
            "right",
            "predictions",
            "persons",
            "places",
        ])
    };
    let counted = points || s[at + 1..range.end].iter().take(4).any(noun);
    let ahead = own.iter().any(|i| s[*i].is(AHEAD));
    let more: Vec<&str> = KNOWN.iter().chain(AHEAD).chain(&["points", "point", "percentage", "%", "percent"]).copied().collect();
    if !counted || s.iter().any(|w| w.is(&["not", "epochs", "steps"])) || !clause.whole(&[at], &more) {
        return None;
    }
    let (who, whom) = sides(clause, verb, at, memory)?;
    let (a, b) = (memory.of(who), memory.of(whom));
    let ([x], [y]) = (a.as_slice(), b.as_slice()) else { return None };
    let missing = less(y.clone(), x.clone());
    let scaled = if points { Amount::Times(100.0, Box::new(missing)) } else { over(missing, over(one(), items())) };
    // To be ahead takes one more than to be level, which is not always meant.
    let of = if ahead { vec![Amount::Sum(vec![scaled, one()])] } else { vec![scaled] };
    let value = |who: Who| memory.figures.iter().find(|f| f.who == Some(who)).map(super::super::figures::Figure::value);
    // Where the one that is said to lack has more, the two may be meant the other way round.
    let behind = value(who).zip(value(whom)).is_none_or(|(a, b)| a <= b);
    let slack = if points { s[at].slack() } else { 0.5 };
    let what = if points { "percentage points that are missing" } else { "right answers that are missing" }.into();
    let bound = bounded(s, at);
    let certain = behind && !ahead && matches!(bound, Bound::Exactly | Bound::About);
    Some(Counted { value: s[at].value?.0, slack, bound, of, certain, what })
}

/// Who lacks, and to whose score: the name behind the number or verb is the goal, the question's own model lacks.
fn sides(clause: &Clause, verb: usize, at: usize, memory: &Memory) -> Option<(Who, Who)> {
    let s = clause.s;
    let words = |keep: &dyn Fn(usize) -> bool| -> Vec<Word> {
        clause.own.iter().copied().filter(|i| keep(*i)).map(|i| s[i].clone()).collect()
    };
    let (head, tail) = (words(&|i| i < verb.min(at)), words(&|i| i >= verb.min(at)));
    // "To reach London we need 16 hits more": the goal stands first.
    let aim = head
        .iter()
        .position(|w| w.is(&["reach", "match", "equal", "tie", "catch", "get", "draw", "level", "par", "be"]) || w.is(AHEAD));
    let first = aim.filter(|_| named(&tail).is_none()).and_then(|i| named(&head[i..]));
    if let Some(goal) = first {
        let who = memory.own.filter(|w| *w != goal)?;
        return Some((who, goal));
    }
    let goal = named(&tail);
    let who = named(&head).filter(|w| Some(*w) != goal).or_else(|| memory.own.filter(|w| Some(*w) != goal))?;
    let whom = goal.or_else(|| memory.other(who))?;
    (who != whom).then_some((who, whom))
}
