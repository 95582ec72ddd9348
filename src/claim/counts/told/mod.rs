//! What is said of right and wrong answers in clauses that are read whole: `the share of wrong answers is 76.4 %`,
//! `it is wrong in 77 % of the cases`, `a single answer is more likely wrong than right`, `26 more right answers would
//! make 12.8 %`, `it beats us by 17 people`, `three times our score`, `it clears the 6 % that one expects`.
//!
//! Every word of a clause has a part or is known to add nothing; else the clause is left alone.

mod clause;
mod derived;
mod given;
mod goals;
mod improved;
mod kept;
mod needed;
mod pairs;
mod ratio;
mod restated;
mod supposed;
mod versus;

use std::ops::Range;

use super::amounts::{is_all, items, less, one, over};
use super::figures::{Memory, Who, counted_right, goal, named};
use super::shares::percent;
use super::words::Word;
use super::wrong::is_wrong;
use super::{Amount, Bound, Counted};
use clause::{Clause, bounded, clauses, is_right, share};
use needed::needed;
use pairs::{ahead, cost, multiple};
use supposed::{sum, supposed};

pub use clause::{BOUNDS, plain};
pub use ratio::{Factor, factor};
pub use restated::shares;

/// Those that are certain: other finders see less of a clause.
pub fn sure(s: &[Word], memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    find(s, memory).into_iter().filter(|(_, c)| c.certain).collect()
}

/// Statements of a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    let mut out: Vec<(Range<usize>, Counted)> = sum(s).into_iter().collect();
    for range in clauses(s) {
        let clause = Clause::read(s, &range);
        let said = likelier(&clause, memory)
            .or_else(|| answered(&clause, memory))
            .or_else(|| probability(&clause, memory))
            .or_else(|| threshold(&clause, memory))
            .or_else(|| needed(&clause, &range, memory))
            .or_else(|| ahead(&clause, &range, memory))
            .or_else(|| cost(&clause, &range, memory))
            .or_else(|| multiple(&clause, &range, memory))
            .or_else(|| goals::passed(&clause, memory))
            .or_else(|| derived::find(&clause, &range, memory))
            .or_else(|| oftener(&clause, memory));
        out.extend(said.map(|c| (range.clone(), c)).or_else(|| two_shares(s, &range, memory)));
    }
    out.extend(supposed(s, memory));
    out.extend(given::given(s));
    out.extend(goals::needed(s));
    out.extend(improved::find(s, memory));
    out.extend(supposed::extrapolated(s, memory));
    let apart = |out: &[(Range<usize>, Counted)], r: &Range<usize>| out.iter().all(|(o, _)| o.end <= r.start || r.end <= o.start);
    for said in kept::find(s, memory)
        .into_iter()
        .chain(ratio::find(s, memory))
        .chain(restated::find(s, memory))
        .chain(versus::find(s, memory))
    {
        if apart(&out, &said.0) {
            out.push(said);
        }
    }
    out
}

/// `is wrong in 77 % of the cases`, `372 answers are wrong`, `the error rate is 76.4 %`.
fn answered(clause: &Clause, memory: &Memory) -> Option<Counted> {
    let (s, own) = (clause.s, &clause.own);
    let wrong = own.iter().any(|i| is_wrong(&s[*i]) || s[*i].is(&["error"]));
    let right = own.iter().any(|i| is_right(&s[*i]));
    let totals: Vec<usize> = own.iter().copied().filter(|i| s[*i].count().is_some_and(is_all)).collect();
    let shared = share(s, own);
    let used: Vec<usize> = shared.as_ref().map(|x| x.3.clone()).unwrap_or_default();
    let counts: Vec<usize> = own
        .iter()
        .copied()
        .filter(|i| s[*i].value.is_some() && !used.contains(i) && !totals.contains(i) && !s[*i].is(&["one"]))
        .collect();
    let more = [
        "made",
        "makes",
        "total",
        "altogether",
        "mistakes",
        "errors",
        "model",
        "such",
        "guesser",
        "rule",
        "strategy",
        "guess",
        "share",
        "rate",
        "fraction",
        "percentage",
        "proportion",
        "error",
        "%",
        "percent",
        "majority",
    ];
    let taken = [used.clone(), totals.clone(), counts.clone()].concat();
    if wrong == right || !clause.whole(&taken, &more) || totals.len() > 1 {
        return None;
    }
    let (mut shares, mut certain) = clause.accuracies(memory);
    // "118 answers are right and 382 are wrong": the sentence itself says how many are right.
    let here = (0..s.len()).find(|i| counted_right(s, *i));
    if let Some(i) = here.filter(|_| clause.figure.is_none() && wrong) {
        (shares, certain) = (vec![over(Amount::Is(s[i].count()?, 0.0), items())], true);
    }
    // "The London baseline: 25 right, 475 wrong": of whom the sentence spoke before, or of the question's own model.
    let spoken = named(&s[..own[0]]).filter(|w| clause.figure.is_none() && here.is_none() && memory.own != Some(*w));
    if let Some(who) = spoken.filter(|_| own.iter().all(|i| named(std::slice::from_ref(&s[*i])).is_none())) {
        shares.extend(memory.of(who));
        certain &= shares.len() == 1;
    }
    // "When 9 were right, now 385 are wrong": of another one than was reported.
    certain &= !own.iter().any(|i| s[*i].is(&["now"]));
    let complement = |a: Amount| if wrong { less(one(), a) } else { a };
    let what = if wrong { "the answers that are not right" } else { "the answers that are right" }.to_string();
    let said = match (shared, counts.as_slice()) {
        // "23.6 % are right" is where the accuracy is known from.
        (Some((value, slack, bound, places)), []) if wrong || bound != Bound::Exactly || !percent(s, places[0]) => {
            let of = shares.into_iter().map(|a| Amount::Times(100.0, Box::new(complement(a)))).collect();
            Counted { value, slack, bound, of, certain, what }
        }
        (None, [at]) if wrong => {
            let value = s[*at].count().filter(|n| *n >= 2.0)?;
            let of = shares.into_iter().map(|a| over(complement(a), over(one(), items()))).collect();
            // A count without its total may be of others than the dev questions, unless right ones stand beside it.
            let concluded = clause.s[..own[0]].last().or(clause.s.first()).is_some_and(|w| w.is(&["so", "thus", "hence", "i.e"]));
            let summed = s.iter().any(|w| w.is(&["total", "altogether"])) && own.iter().any(is_mistake(s));
            let beside = summed || !totals.is_empty() || s.iter().any(is_right) || concluded && memory.figures.len() == 1;
            Counted { value, slack: 0.5, bound: bounded(s, *at), of, certain: certain && beside, what }
        }
        _ => return None,
    };
    (!said.of.is_empty()).then_some(said)
}

/// Whether a place of a sentence names mistakes.
fn is_mistake(s: &[Word]) -> impl Fn(&usize) -> bool + '_ {
    |i| s[*i].is(&["mistakes", "errors", "mistake"])
}

/// `With 24 % accuracy an answer is wrong with probability 0.76`.
fn probability(clause: &Clause, memory: &Memory) -> Option<Counted> {
    let (s, own) = (clause.s, &clause.own);
    let wrong = own.iter().any(|i| is_wrong(&s[*i]));
    let right = own.iter().any(|i| is_right(&s[*i]));
    let mut numbers = own.iter().copied().filter(|i| s[*i].value.is_some() && !s[*i].is(&["one"]));
    let at = numbers.next().filter(|_| numbers.next().is_none())?;
    let called = (at.saturating_sub(3)..at).any(|i| s[i].is(&["probability", "chance"]));
    let (value, decimals) = s[at].value?;
    let known = ["probability", "chance", "that", "randomly", "picked", "chosen"];
    if wrong == right || !called || decimals == 0 || !(0.0..1.0).contains(&value) || !clause.whole(&[at], &known) {
        return None;
    }
    let (shares, certain) = clause.accuracies(memory);
    let of: Vec<Amount> = shares.into_iter().map(|a| if wrong { less(one(), a) } else { a }).collect();
    let what = if wrong { "the share of answers that are not right" } else { "the share of answers that are right" }.to_string();
    (!of.is_empty()).then_some(Counted { value, slack: s[at].slack(), bound: bounded(s, at), of, certain, what })
}

/// `more likely right than wrong`, `more wrong than right answers`.
fn likelier(clause: &Clause, memory: &Memory) -> Option<Counted> {
    let (s, own) = (clause.s, &clause.own);
    let than = own.iter().position(|i| s[*i].is(&["than"]))?;
    let (before, after) = (&own[..than], &own[than + 1..]);
    let polar = |list: &[usize]| -> Option<bool> {
        let right = list.iter().any(|i| is_right(&s[*i]));
        let wrong = list.iter().any(|i| is_wrong(&s[*i]));
        (right != wrong).then_some(right)
    };
    let (first, second) = (polar(before)?, polar(after)?);
    let more = before.iter().any(|i| s[*i].is(&["more", "oftener", "likelier"]));
    let fewer = before.iter().any(|i| s[*i].is(&["less", "fewer"]));
    let known = ["likely", "often", "probably", "frequently", "oftener", "likelier", "no"];
    let denied = own.iter().any(|i| s[*i].is(&["no", "not"]));
    let numbers = own.iter().any(|i| s[*i].value.is_some() && !s[*i].is(&["one"]));
    if first == second || more == fewer || denied || numbers || !clause.whole(&[], &known) {
        return None;
    }
    let up = first == more;
    let (shares, certain) = clause.accuracies(memory);
    let of: Vec<Amount> = shares.into_iter().map(|a| Amount::Times(100.0, Box::new(a))).collect();
    let bound = if up { Bound::Above } else { Bound::Below };
    let what = "the share of right answers, in percent".to_string();
    (!of.is_empty()).then_some(Counted { value: 50.0, slack: 0.0, bound, of, certain, what })
}

/// `with 8.2 % it misses the 6 % that one expects`, `it clears the required 10 %`.
fn threshold(clause: &Clause, memory: &Memory) -> Option<Counted> {
    const UP: &[&str] = &[
        "reaches",
        "reach",
        "reached",
        "meets",
        "meet",
        "met",
        "passes",
        "pass",
        "passed",
        "clears",
        "clear",
        "cleared",
        "satisfies",
    ];
    const OVER: &[&str] = &["exceeds", "exceed", "beats", "beat", "surpasses", "surpass", "tops", "above", "over"];
    const DOWN: &[&str] = &["misses", "miss", "missed", "below", "under", "fails"];
    let (s, own) = (clause.s, &clause.own);
    let mut verbs = own.iter().copied().filter(|i| s[*i].is(UP) || s[*i].is(OVER) || s[*i].is(DOWN));
    let verb = verbs.next().filter(|_| verbs.next().is_none())?;
    let mut numbers = own.iter().copied().filter(|i| s[*i].value.is_some() && !s[*i].is(&["one"]));
    let at = numbers.next().filter(|_| numbers.next().is_none())?;
    let not = own.iter().filter(|i| s[**i].is(&["not", "cannot"])).count();
    let more = [
        "expects",
        "expected",
        "required",
        "requires",
        "wanted",
        "asked",
        "demanded",
        "goal",
        "target",
        "bar",
        "threshold",
        "mark",
        "minimum",
        "needed",
        "hoped",
        "handout",
        "sheet",
        "assignment",
        "limit",
        "line",
        "%",
        "percent",
        "lies",
        "stays",
        "clearly",
        "not",
        "well",
        "easily",
        "narrowly",
        "mentioned",
        "dev",
        "should",
        "fails",
        "would",
    ];
    // What a constant answer would reach it reaches.
    let constant = named(&s[own[0]..=own[own.len() - 1]]) == Some(Who::Constant);
    let supposed = s.iter().any(|w| w.is(&["if", "could", "might", "may", "hope"]) || w.is(&["would"]) && !constant);
    let aimed = goal(s, at) || constant && (verb + 1..at).all(|i| s[i].is(&["the", "also", "bar", "of"]));
    let range = [at, at + 1];
    let verb_known: Vec<usize> = range.iter().copied().chain([verb]).collect();
    if at < verb || !percent(s, at) || !aimed || supposed || not > 1 || !clause.whole(&verb_known, &more) {
        return None;
    }
    let up = s[verb].is(UP) || s[verb].is(OVER);
    let bound = match (up, s[verb].is(OVER), not == 1) {
        (true, true, false) => Bound::Above,
        (true, false, false) => Bound::AtLeast,
        (true, true, true) => Bound::AtMost,
        (true, false, true) | (false, _, false) => Bound::Below,
        (false, _, true) => Bound::AtLeast,
    };
    let (shares, certain) = clause.accuracies(memory);
    let of: Vec<Amount> = shares.into_iter().map(|a| Amount::Times(100.0, Box::new(a))).collect();
    let value = s[at].value?.0;
    (!of.is_empty()).then(|| Counted { value, slack: 0.0, bound, of, certain, what: "the accuracy, in percent".into() })
}

/// `wrong more than three times as often as right`.
fn oftener(clause: &Clause, memory: &Memory) -> Option<Counted> {
    let (s, own) = (clause.s, &clause.own);
    let said = own.iter().find_map(|i| factor(s, *i))?;
    let end = said.words.end;
    let word = |i: usize, list: &[&str]| s.get(i).is_some_and(|w| w.is(list));
    let often = word(end, &["as"]) && word(end + 1, &["often", "likely", "frequently", "probable"]) && word(end + 2, &["as"]);
    let polar = |list: &mut dyn Iterator<Item = &usize>| {
        let all: Vec<usize> = list.copied().collect();
        let (right, wrong) = (all.iter().any(|i| is_right(&s[*i])), all.iter().any(|i| is_wrong(&s[*i])));
        (right != wrong).then_some(wrong)
    };
    let before = polar(&mut own.iter().filter(|i| **i < said.words.start))?;
    let after = polar(&mut own.iter().filter(|i| **i > end))?;
    let taken: Vec<usize> = said.words.clone().collect();
    let others = own.iter().any(|i| s[*i].value.is_some() && !taken.contains(i) && !s[*i].is(&["one"]));
    if !often || before == after || others || !clause.whole(&taken, &["often", "likely", "frequently", "probable", "times"]) {
        return None;
    }
    let (shares, certain) = clause.accuracies(memory);
    let of: Vec<Amount> = shares
        .into_iter()
        .map(|a| {
            let rest = less(one(), a.clone());
            if before { over(rest, a) } else { over(a, rest) }
        })
        .collect();
    let what = "the one number of answers over the other".to_string();
    (!of.is_empty()).then_some(Counted { value: said.value, slack: said.slack, bound: said.bound, of, certain, what })
}

/// `8.2 % is more than the 6 % that is asked for`.
fn two_shares(s: &[Word], range: &Range<usize>, memory: &Memory) -> Option<(Range<usize>, Counted)> {
    // "… and 16 names more than London" says something else.
    let end = (range.start + 2..range.end).find(|i| s[*i].is(&["and"])).unwrap_or(range.end);
    let clause = Clause { s, own: (range.start..end).collect(), figure: None };
    let own = &clause.own;
    let numbers: Vec<usize> = own.iter().copied().filter(|i| s[*i].value.is_some() && !s[*i].is(&["one"])).collect();
    let [x, y] = numbers[..] else { return None };
    let way = own.iter().copied().find(|i| s[*i].is(WAYS))?;
    let than = usize::from(s[way].text.ends_with('r') || s[way].is(&["more", "less", "worse"]));
    let article = (way + 1 + than..y).all(|i| {
        s[i].is(&["the", "only", "required", "expected", "demanded", "wanted", "minimum", "target", "of", "bar", "goal"])
    });
    let plain = than == 0 || s.get(way + 1).is_some_and(|w| w.is(&["than"]));
    let between = (x + 2..way)
        .all(|i| s[i].is(&["is", "are", "was", "lies", "clearly", "well", "far", "much", "slightly", "still", "just"]));
    let doubted = s.iter().any(|w| w.is(&["if", "would", "not", "points", "point"]));
    let known = [
        "asked", "expects", "requires", "asks", "wants", "demands", "expected", "required", "demanded", "wanted", "for",
        "needed", "goal", "target", "handout", "sheet", "lies", "clearly", "well", "slightly", "much", "far", "%", "percent",
        "higher", "greater", "larger", "better", "worse", "lower", "smaller", "bar", "one",
    ];
    if x != own[0]
        || !percent(s, x)
        || !percent(s, y)
        || y < way
        || !(article && plain && between)
        || doubted
        || !clause.whole(&[x, y], &known)
    {
        return None;
    }
    let up = s[way].is(&["more", "above", "over", "higher", "greater", "larger", "better"]);
    let bound = if up { Bound::Above } else { Bound::Below };
    let share = memory.exact(Amount::Is(s[x].value?.0 / 100.0, s[x].slack() / 100.0));
    let (of, what) = (vec![Amount::Times(100.0, Box::new(share))], "the share, in percent".into());
    Some((range.start..end, Counted { value: s[y].value?.0, slack: 0.0, bound, of, certain: true, what }))
}

const WAYS: &[&str] =
    &["more", "less", "above", "below", "over", "under", "higher", "lower", "greater", "smaller", "larger", "better", "worse"];

#[cfg(test)]
mod tests {
    use super::super::figures::Who;
    use super::super::tests_support::words_of;
    use super::*;

    fn said(text: &str, own: Option<Who>) -> Vec<(f64, Bound, bool)> {
        let words = words_of(text);
        let memory = Memory::read(&words, own);
        super::super::words::sentences(&words)
            .flat_map(|s| find(s, &memory))
            .map(|(_, c)| ((c.value * 1e4).round() / 1e4, c.bound, c.certain))
            .collect()
    }

    #[test]
    fn wrong_answers_in_any_words() {
        for text in [
            "With 118 of 500 right, the share of wrong answers is 76.4 %",
            "We have 118 of 500, it is wrong in 76.4 % of the cases",
            "118 of 500: the error rate is 76.4 %",
            "A model that has 118 of 500 right is wrong in 76.4 % of the cases",
        ] {
            assert_eq!(said(text, None), [(76.4, Bound::Exactly, true)], "{text}");
        }
        assert_eq!(
            said("118 of 500. So 118 answers are right and 382 are wrong.", Some(Who::Pretrained)),
            [(382.0, Bound::Exactly, true)]
        );
        assert_eq!(said("With 119 of 500 right about three of four answers are wrong.", None), [(75.0, Bound::About, true)]);
        assert_eq!(said("With 22 % accuracy an answer is wrong with probability 0.78", None), [(0.78, Bound::Exactly, true)]);
        assert_eq!(said("118 of 500; a single answer is more likely right than wrong", None), [(50.0, Bound::Above, true)]);
        assert_eq!(said("118 of 500; there are more wrong than right answers", None), [(50.0, Bound::Below, true)]);
        for text in ["118 of 500; 76 % of the layers are wrong", "118 of 500; 20 % of the wrong answers are in Asia"] {
            assert!(said(text, None).is_empty(), "{text}");
        }
    }

    #[test]
    fn distances_multiples_and_thresholds() {
        let alone = Some(Who::Alone);
        let text = "8 of 500. The constant answer London is right in 25 cases, so it beats us by 17 people, roughly three times our score.";
        assert_eq!(said(text, alone), [(17.0, Bound::Exactly, true), (3.0, Bound::About, true)]);
        assert_eq!(said("We have 41 of 500. It is better than always London by 16 questions.", Some(Who::Perceiver)).len(), 1);
        let goal = |text: &str| said(&format!("41 of 500 = 8.2%. {text}"), Some(Who::Perceiver)).first().map(|c| (c.0, c.1));
        assert_eq!(goal("With 8.2% it misses the 6% that one expects."), Some((6.0, Bound::Below)));
        assert_eq!(goal("It clears the required 6 %."), Some((6.0, Bound::AtLeast)));
        assert_eq!(goal("It does not reach the expected 10 %."), Some((10.0, Bound::Below)));
        assert_eq!(goal("It misses 6 % of the tokens."), None);
        let then = |text: &str| said(&format!("38 of 500. {text}"), Some(Who::Perceiver)).first().map(|c| c.0);
        assert_eq!(then("If it had 26 more right answers it would be at 13.2%."), Some(13.2));
        assert_eq!(then("26 more hits would make 12.8 %."), Some(12.8));
        assert_eq!(then("26 more epochs would make 12.8 %."), None);
        assert_eq!(said("It has 2,937 lines = 2,000 + 500 + 437.", None), [(2937.0, Bound::Exactly, true)]);
    }
}
