//! By how much what is asked for is passed or missed, and how many right answers it takes: `the required 10 % are passed by 14.2
//! points`, `the threshold of 6 % is missed by 4 names`, `for the expected 10 % at least 50 right answers are needed`.

use std::ops::Range;

use super::super::amounts::{less, over, question};
use super::super::figures::{Memory, goal};
use super::super::shares::{bound, percent};
use super::super::words::{Word, parts_clause};
use super::super::wrong::is_wrong;
use super::super::{Amount, Bound, Counted};
use super::clause::{BOUNDS, Clause, bounded, is_right};

/// Words of what is asked for.
const GOALS: &[&str] = &[
    "required",
    "expected",
    "needed",
    "demanded",
    "wanted",
    "asked",
    "goal",
    "target",
    "threshold",
    "bar",
    "mark",
    "requirement",
    "minimum",
    "limit",
    "line",
];
/// Words of who asks for it, and how.
const ASKS: &[&str] = &[
    "handout",
    "assignment",
    "sheet",
    "exercise",
    "task",
    "course",
    "expects",
    "expect",
    "requires",
    "require",
    "demands",
    "asks",
    "wants",
    "which",
    "for",
];
const UP: &[&str] = &[
    "passed",
    "passes",
    "pass",
    "exceeded",
    "exceeds",
    "exceed",
    "beaten",
    "beats",
    "beat",
    "cleared",
    "clears",
    "surpassed",
    "surpasses",
    "topped",
    "above",
    "over",
];
const DOWN: &[&str] = &["missed", "misses", "miss", "below", "under", "short"];
/// Those that say what happened to the goal.
const PASSIVE: &[&str] = &["passed", "exceeded", "beaten", "cleared", "surpassed", "topped", "missed"];
/// What is counted where a distance is no points.
const HITS: &[&str] = &["names", "name", "hits", "hit", "answers", "answer", "people", "questions", "persons"];

/// What a distance is measured in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Points,
    Answers,
}

/// The unit behind a number.
fn unit(s: &[Word], at: usize) -> Option<Unit> {
    let near = |list: &[&str]| (at + 1..=at + 3).any(|k| s.get(k).is_some_and(|w| w.is(list)));
    if near(&["points", "point", "pp"]) {
        return Some(Unit::Points);
    }
    let noun = at + 1 + usize::from(s.get(at + 1).is_some_and(|w| is_right(w) || w.is(&["dev"])));
    (!percent(s, at) && s[at].count().is_some() && s.get(noun).is_some_and(|w| w.is(HITS))).then_some(Unit::Answers)
}

/// `The required 10 % are passed by 14.2 percentage points`, `we are 4 hits above the required 6 %`.
pub fn passed(clause: &Clause, memory: &Memory) -> Option<Counted> {
    const DENIES: &[&str] = &["not", "no", "never", "if", "almost", "would", "could", "should"];
    let s = clause.s;
    let numbers: Vec<usize> = clause.own.iter().copied().filter(|i| s[*i].value.is_some() && !s[*i].is(&["one"])).collect();
    let [x, y] = numbers[..] else { return None };
    let asked = |i: usize| {
        percent(s, i) && unit(s, i) != Some(Unit::Points) && (goal(s, i) || s[i.saturating_sub(3)..i].iter().any(|w| w.is(GOALS)))
    };
    let (aim, at) = if asked(x) { (x, y) } else { (y, x) };
    let measured = unit(s, at).filter(|_| asked(aim))?;
    if measured == Unit::Answers && !distance(s, at) {
        return None;
    }
    // "The required 10 % is above our result by 2 points": the goal is ahead.
    let verb = clause.own.iter().copied().find(|i| s[*i].is(UP) || s[*i].is(DOWN))?;
    if aim < verb && !s[verb].is(PASSIVE) {
        return None;
    }
    let up = clause.own.iter().any(|i| s[*i].is(UP));
    let low = clause.own.iter().any(|i| s[*i].is(DOWN));
    let known =
        [UP, DOWN, GOALS, ASKS, HITS, &["percentage", "points", "point", "pp", "%", "percent", "that", "clearly", "even"]];
    let doubted = clause.own.iter().any(|i| s[*i].is(DENIES) || is_wrong(&s[*i]));
    if up == low || doubted || !clause.whole(&numbers, &known.concat()) {
        return None;
    }
    let own = memory.single(memory.own?)?;
    let aim = Amount::Is(s[aim].value?.0 / 100.0, 0.0);
    let distance = if up { less(own, aim) } else { less(aim, own) };
    let (of, slack, what) = match measured {
        Unit::Points => {
            (Amount::Times(100.0, Box::new(distance)), s[at].slack(), "the accuracy against what is asked for, in points")
        }
        Unit::Answers => (over(distance, question()), 0.5, "right answers between the accuracy and what is asked for"),
    };
    Some(Counted { value: s[at].value?.0, slack, bound: bounded(s, at), of: vec![of], certain: true, what: what.into() })
}

/// Whether a number of answers is how far it is: "by 4 names", "are 4 hits above", and not "115 right answers are above".
fn distance(s: &[Word], at: usize) -> bool {
    let Some(before) = (0..at).rev().find(|k| !s[*k].is(BOUNDS)) else { return false };
    let way = (at + 1..s.len()).find(|i| !s[*i].is(HITS) && !is_right(&s[*i]) && !s[*i].is(&["dev"]));
    let stands = s[before].is(&["are", "is", "lie", "lies", "were", "was", "stay", "end"]);
    s[before].is(&["by"]) || stands && way.is_some_and(|i| s[i].is(UP) || s[i].is(DOWN))
}

/// `For the expected 10 % at least 50 right answers are needed`, the two numbers in either order.
pub fn needed(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    const VERBS: &[&str] =
        &["are", "is", "would", "be", "were", "one", "we", "you", "needs", "need", "takes", "it", "have", "has"];
    const NEEDED: &[&str] = &["needed", "necessary", "required", "needs", "need", "takes"];
    let aim = (0..s.len()).find(|i| percent(s, *i) && (goal(s, *i) || asked_before(s, *i)))?;
    let start = s[..aim].iter().rposition(parts_clause).map_or(0, |i| i + 1);
    let end = (aim..s.len()).find(|i| parts_clause(&s[*i])).unwrap_or(s.len());
    let at = (start..end).find(|i| *i != aim && s[*i].count().is_some() && !s[*i].is(&["one"]) && unit(s, *i).is_some())?;
    let known = |i: usize| {
        i == aim
            || i == aim + 1
            || i == at
            || is_right(&s[i])
            || [VERBS, NEEDED, GOALS, ASKS, HITS, BOUNDS].iter().any(|l| s[i].is(l))
            || s[i].is(&["to", "reach", "pass", "get", "for", "the", "of", "at", "right", "that", "so", "dev", "a"])
    };
    // "For the 10 %" opens the clause or follows what it takes.
    let purpose = (start..aim).any(|i| s[i].is(&["for", "reach", "pass", "get"]));
    let further = (start..end).any(|i| s[i].is(&["more", "fewer", "less"]) && !s.get(i + 1).is_some_and(|w| w.is(&["than"])));
    let verb = (start..end).any(|i| i + 1 != aim && s[i].is(NEEDED));
    if !purpose || !verb || further || unit(s, at) != Some(Unit::Answers) || !(start..end).all(known) {
        return None;
    }
    let of = over(Amount::Is(s[aim].value?.0 / 100.0, 0.0), question());
    let bound = match bound(s, at) {
        // "At least 50" are needed: that many and no fewer.
        Bound::AtLeast => Bound::Exactly,
        b => b,
    };
    let what = "that share of the dev questions".to_string();
    Some((start..end, Counted { value: s[at].count()?, slack: 0.5, bound, of: vec![of], certain: true, what }))
}

/// Whether a word of what is asked for stands close before a share.
fn asked_before(s: &[Word], at: usize) -> bool {
    s[at.saturating_sub(2)..at].iter().any(|w| w.is(GOALS))
}

#[cfg(test)]
mod tests {
    use super::super::super::figures::Who;
    use super::super::super::tests_support::words_of;
    use super::*;

    fn said(text: &str, own: Who) -> Vec<f64> {
        let words = words_of(text);
        let memory = Memory::read(&words, Some(own));
        let all = super::super::super::words::sentences(&words).flat_map(|s| {
            let ranges = super::super::clauses(s);
            let read: Vec<Counted> = ranges.iter().filter_map(|r| passed(&Clause::read(s, r), &memory)).collect();
            read.into_iter().chain(needed(s).map(|(_, c)| c))
        });
        all.map(|c| c.value).collect()
    }

    #[test]
    fn goals_are_passed_and_missed_by_points_and_answers() {
        let all = [
            ("120 of 500. The required 10 % are passed by 14 percentage points.", 14.0),
            ("120 of 500. We exceed the expected 10 % by 13 points.", 13.0),
            ("120 of 500. The 8 % that the sheet asks for is surpassed by 16 points.", 16.0),
            ("20 of 500. The threshold of 6 % is missed by 10 names.", 10.0),
            ("120 of 500. For the expected 8 % at least 40 right answers are needed.", 40.0),
        ];
        for (text, value) in all {
            assert_eq!(said(text, Who::Pretrained), [value], "{text}");
        }
    }

    #[test]
    fn of_something_else_they_are_not_read() {
        for text in [
            "120 of 500. The loss is 10 % above the target by 14 points.",
            "120 of 500. The threshold of 6 % is not passed by 4 names.",
            "120 of 500. For the expected 8 % at least 40 epochs are needed.",
        ] {
            assert!(said(text, Who::Pretrained).is_empty(), "{text}: {:?}", said(text, Who::Pretrained));
        }
    }
}
