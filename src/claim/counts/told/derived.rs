//! Numbers that follow from two accuracies, or from one and the size of a set: `a relative improvement of 68 %`, `so the
//! factor is more than 13`, `the same rate would mean 106 hits on the 437 test names`.

use std::ops::Range;

use super::super::amounts::{less, one, over};
use super::super::figures::{Memory, named};
use super::super::shares::percent;
use super::super::words::Word;
use super::super::wrong::is_wrong;
use super::super::{Amount, Bound, Counted};
use super::clause::{Clause, bounded, is_right};

/// What a clause says of that kind.
pub fn find(clause: &Clause, range: &Range<usize>, memory: &Memory) -> Option<Counted> {
    let doubted =
        !as_well(clause) && clause.own.iter().any(|i| clause.s[*i].is(&["not", "no", "never", "if", "almost", "never"]));
    if doubted || clause.own.iter().any(|i| is_wrong(&clause.s[*i])) {
        return None;
    }
    relative(clause, range, memory)
        .or_else(|| changed(clause, memory))
        .or_else(|| quotient(clause, range, memory))
        .or_else(|| elsewhere(clause, memory))
}

/// Whether all that a clause supposes is that the model does as well elsewhere: "if it does as well there".
fn as_well(clause: &Clause) -> bool {
    const SAME: &[&str] = &[
        "if", "it", "the", "model", "does", "performs", "is", "as", "well", "good", "there", "here", "equally", "same", "rate",
        "accuracy", "holds", "stays", "also",
    ];
    let from = clause.own.iter().position(|i| clause.s[*i].is(&["if"]));
    let denied = clause.own.iter().any(|i| clause.s[*i].is(&["not", "no", "never", "almost"]));
    !denied && from.is_some_and(|at| clause.own[at..].iter().all(|i| clause.s[*i].is(SAME)))
}

/// The one number of a clause.
fn number(clause: &Clause) -> Option<usize> {
    let mut all = clause.own.iter().copied().filter(|i| clause.s[*i].value.is_some() && !clause.s[*i].is(&["one"]));
    all.next().filter(|_| all.next().is_none())
}

/// The question's own accuracy and the one that it is compared with: who is named last before the clause, or the only other.
fn pair(clause: &Clause, range: &Range<usize>, memory: &Memory) -> Option<(Amount, Amount)> {
    let own = memory.own?;
    let spoken = named(&clause.s[..range.end]).filter(|w| *w != own);
    let other = spoken.or_else(|| memory.other(own))?;
    Some((memory.single(own)?, memory.single(other)?))
}

/// `a relative improvement of 68 %`.
fn relative(clause: &Clause, range: &Range<usize>, memory: &Memory) -> Option<Counted> {
    let s = clause.s;
    // "Against the 1.8 % without pretraining this is a relative gain of 1200 %".
    let against = clause.own.iter().copied().find(|i| {
        percent(s, *i)
            && s[i.saturating_sub(3)..*i].iter().any(|w| w.is(&["against", "compared", "versus", "over", "to", "with"]))
    });
    let rest: Vec<usize> =
        clause.own.iter().copied().filter(|i| against != Some(*i) && s[*i].value.is_some() && !s[*i].is(&["one"])).collect();
    let [at] = rest[..] else { return None };
    let gain = ["improvement", "gain", "increase", "plus", "advantage", "rise"];
    let called = clause.own.windows(2).any(|w| s[w[0]].is(&["relative", "relatively"]) && s[w[1]].is(&gain));
    let terms = clause.own.windows(2).any(|w| s[w[0]].is(&["relative"]) && s[w[1]].is(&["terms"]));
    let called = called || terms && clause.own.iter().any(|i| s[*i].is(&gain));
    let known = [&gain[..], &["terms", "relative", "%", "percent", "corresponds", "makes", "over", "amounts", "better"]].concat();
    let known = [&known[..], &["against", "compared", "versus"]].concat();
    let taken: Vec<usize> = std::iter::once(at).chain(against).collect();
    if !called || !percent(s, at) || !clause.whole(&taken, &known) {
        return None;
    }
    let (a, b) = match against {
        Some(i) => (memory.single(memory.own?)?, memory.exact(Amount::Is(s[i].value?.0 / 100.0, s[i].slack() / 100.0))),
        None => pair(clause, range, memory)?,
    };
    let of = vec![Amount::Times(100.0, Box::new(less(over(a, b), one())))];
    let what = "the gain relative to the other accuracy, in percent".to_string();
    // Rounded shares give few digits.
    let slack = s[at].slack().max(0.5);
    Some(Counted { value: s[at].value?.0, slack, bound: bounded(s, at), of, certain: true, what })
}

/// `Relative to London the model loses 64 %`.
fn changed(clause: &Clause, memory: &Memory) -> Option<Counted> {
    let (s, at) = (clause.s, number(clause)?);
    let first = *clause.own.first()?;
    let compares = ["relative", "compared", "against", "relatively"];
    let opens = clause.own.iter().take(2).any(|i| s[*i].is(&compares));
    let (down, up) = (["loses", "lose", "lost", "sacrifices"], ["gains", "gained", "gain", "wins"]);
    let verb = clause.own.iter().copied().find(|i| s[*i].is(&down) || s[*i].is(&up)).filter(|v| *v < at)?;
    let known =
        [&compares[..], &down, &up, &["%", "percent", "right", "correct", "answers", "hits", "has", "have", "model"]].concat();
    // "loses 64 % of the hits": the tail says of what.
    // "… 65 % of the right answers": of the other's.
    let tail = clause
        .own
        .iter()
        .any(|i| *i > at + 1 && !s[*i].is(&["of", "the", "its", "right", "correct", "answers", "hits", "accuracy"]));
    if !opens || !percent(s, at) || tail || !clause.whole(&[at], &known) {
        return None;
    }
    let other = named(&s[first..verb])?;
    // "Relative to the vanilla model it has lost": the question's own model, or the one that was reported last.
    let start = s.first()?.span.start;
    let last = || memory.said.iter().rev().find(|(place, ..)| *place < start).and_then(|(_, f, _)| f.who);
    let own = memory.own.filter(|w| *w != other).or_else(|| last().filter(|w| *w != other))?;
    let quotient = over(memory.single(own)?, memory.single(other)?);
    let change = if s[verb].is(&down) { less(one(), quotient) } else { less(quotient, one()) };
    let of = vec![Amount::Times(100.0, Box::new(change))];
    let what = "the change relative to the other accuracy, in percent".to_string();
    Some(Counted { value: s[at].value?.0, slack: s[at].slack().max(0.5), bound: bounded(s, at), of, certain: true, what })
}

/// `so the factor is more than 13`.
fn quotient(clause: &Clause, range: &Range<usize>, memory: &Memory) -> Option<Counted> {
    let (s, at) = (clause.s, number(clause)?);
    let noun = clause.own.iter().any(|i| s[*i].is(&["factor", "ratio", "quotient"]));
    let known = ["factor", "ratio", "quotient", "between", "two", "roughly", "corresponds", "amounts", "makes"];
    // Of accuracies, where the sentence speaks of them.
    let alone = range.len() == s.len() && memory.figures.len() == 2;
    let spoken = alone || (0..s.len()).any(|i| percent(s, i)) || named(&s[..range.end]).is_some();
    if !noun || !spoken || percent(s, at) || !clause.whole(&[at], &known) {
        return None;
    }
    let (a, b) = pair(clause, range, memory)?;
    let (value, decimals) = s[at].value?;
    let bound = match bounded(s, at) {
        Bound::Exactly if decimals == 0 => Bound::About,
        b => b,
    };
    let of = [over(a.clone(), b.clone()), over(b, a)];
    // A bound must not be met by the quotient turned round.
    let of = if value > 1.0 { of[..1].to_vec() } else { of[1..].to_vec() };
    let what = "the quotient of the two".to_string();
    Some(Counted { value, slack: s[at].slack(), bound, of, certain: true, what })
}

/// `On the 437 test names the same rate would mean about 106 hits`.
fn elsewhere(clause: &Clause, memory: &Memory) -> Option<Counted> {
    let s = clause.s;
    let own = memory.own?;
    let test = clause.own.iter().copied().find(|i| s[*i].is(&["test"]))?;
    let numbers: Vec<usize> =
        clause.own.iter().copied().filter(|i| s[*i].value.is_some() && !s[*i].is(&["one"]) && !percent(s, *i)).collect();
    // The size of the set stands before its name.
    let sized = |i: usize| i + 1 == test || i + 2 == test;
    let at = match numbers.as_slice() {
        [at] if !sized(*at) => *at,
        [size, at] if sized(*size) => *at,
        [at, size] if sized(*size) => *at,
        _ => return None,
    };
    let would = clause.own.iter().any(|i| s[*i].is(&["would", "expect", "expected", "estimate", "extrapolated"]));
    let hits = |w: &Word| is_right(w) || w.is(&["hits", "hit"]);
    let counted = s.get(at + 1).is_some_and(hits) || s.get(at + 2).is_some_and(hits);
    let known = [
        "test",
        "would",
        "mean",
        "give",
        "make",
        "yield",
        "be",
        "expect",
        "expected",
        "rate",
        "share",
        "same",
        "lead",
        "estimate",
        "extrapolated",
        "percentage",
        "i",
        "leaderboard",
        "if",
        "does",
        "performs",
        "well",
        "there",
        "equally",
        "good",
        "holds",
    ];
    if !would || !counted || percent(s, at) || !clause.whole(&[&numbers[..], &[at]].concat(), &known) {
        return None;
    }
    let size = Amount::Fact("size test".into());
    let of = vec![over(memory.single(own)?, over(one(), size))];
    let bound = bounded(s, at);
    let what = "that share of the test names".to_string();
    Some(Counted { value: s[at].count()?, slack: 0.6, bound, of, certain: true, what })
}

#[cfg(test)]
mod tests {
    use super::super::super::figures::Who;
    use super::super::super::tests_support::words_of;
    use super::*;

    fn said(text: &str, own: Who) -> Vec<(f64, bool)> {
        let words = words_of(text);
        let memory = Memory::read(&words, Some(own));
        let all = super::super::super::words::sentences(&words).flat_map(|s| {
            let ranges = super::super::clauses(s);
            let read: Vec<Counted> = ranges.iter().filter_map(|r| find(&Clause::read(s, r), r, &memory)).collect();
            read
        });
        all.map(|c| (c.value, c.certain)).collect()
    }

    #[test]
    fn what_follows_from_accuracies() {
        let text = "40 / 500 = 8.0 % on dev. Compared to always London it is 3 points more, a relative improvement of 60 %.";
        assert_eq!(said(text, Who::Perceiver), [(60.0, true)]);
        let text = "120 of 500, i.e. 24 %. In (d) we had 10 (2 %), so the factor is more than 11.";
        assert_eq!(said(text, Who::Pretrained), [(11.0, true)]);
        for text in [
            "120 of 500. On the 437 test names the same rate would mean about 105 hits.",
            "120 of 500. The same accuracy would give 105 right answers on the test names.",
        ] {
            assert_eq!(said(text, Who::Pretrained), [(105.0, true)], "{text}");
        }
    }

    #[test]
    fn of_something_else_it_is_not_read() {
        for text in [
            "120 of 500. A relative improvement of 60 % in speed.",
            "120 of 500. On the test names it printed 105 lines.",
            "120 of 500. The clipping factor is 1.",
            "120 of 500. The loss is 10 % above the target by 14 points.",
        ] {
            assert!(said(text, Who::Pretrained).is_empty(), "{text}: {:?}", said(text, Who::Pretrained));
        }
    }
}
