//! Which accuracy is higher, and by how much where one noun says it: `beats the constant answer`, `a plus of 21.8
//! points`, `a factor of 13`; and how sure an accuracy is: `± 1.9 %`.

use crate::claim::negations::contracted;
use std::ops::Range;

use super::figures::{Memory, Who, named};
use super::fractions::clause;
use super::gains::{differences, factor, gain};
use super::shares::{percent, unsure};
use super::words::Word;
use super::{Amount, Bound, Counted};

/// Words of a sentence that orders two accuracies.
pub const PLAIN: &[&str] = &[
    "the",
    "our",
    "we",
    "it",
    "this",
    "that",
    "is",
    "are",
    "was",
    "be",
    "model",
    "network",
    "accuracy",
    "result",
    "score",
    "so",
    "thus",
    "hence",
    "and",
    "still",
    "even",
    "clearly",
    "far",
    "much",
    "slightly",
    "just",
    "also",
    "a",
    "an",
    "of",
    "in",
    "part",
    "always",
    "answering",
    "saying",
    "london",
    "constant",
    "answer",
    "baseline",
    "guess",
    "strategy",
    "majority",
    "with",
    "without",
    "pretraining",
    "pretrained",
    "unpretrained",
    "finetuned",
    "vanilla",
    "perceiver",
    "variant",
    "one",
    "its",
    "does",
    "do",
    "did",
    "only",
    "than",
    "therefore",
    "no",
    "now",
    "trivial",
    "simply",
    "everybody",
    "everyone",
    "predicting",
    "guessing",
    "which",
    "well",
    "way",
    "performs",
    "perform",
    "scores",
    "lies",
    "stays",
    "remains",
    "course",
    "course's",
    "transformer",
    "by",
    "to",
    "against",
    "on",
    "dev",
    "set",
    "frequent",
    "most",
    "city",
    "place",
    "that's",
    "here",
    "some",
    "us",
    "everywhere",
    "any",
    "all",
    "each",
    "every",
    "time",
    "net",
];
/// Things with costs and sizes of their own.
const OTHER: &[&str] = &[
    "parameters",
    "steps",
    "epochs",
    "layers",
    "heads",
    "memory",
    "time",
    "hours",
    "minutes",
    "operations",
    "faster",
    "slower",
    "cheaper",
    "loss",
    "speed",
    "cost",
    "costs",
    "scores",
    "entries",
    "wrong",
    "errors",
    "mistakes",
    "training",
    "train",
    "test",
];

/// Orders, differences and factors in a sentence.
pub fn find(s: &[Word], memory: &Memory) -> Vec<(Range<usize>, Counted)> {
    let mut found: Vec<(Range<usize>, Counted)> = order(s, memory).into_iter().collect();
    // "A loss of 15 points" is none of training.
    let points = s.iter().any(|w| w.is(&["points", "point", "pp"]));
    if !unsure(s) && !s.iter().any(|w| w.is(OTHER) && !(points && w.is(&["loss", "cost", "costs"]))) {
        for at in 0..s.len() {
            if found.last().is_none_or(|(r, _)| at >= r.end) {
                found.extend(gain(s, at, memory).or_else(|| factor(s, at, memory)));
            }
        }
    }
    found.extend(error(s));
    found
}

/// Which way a sentence orders, and the end of its words.
pub fn way(s: &[Word], at: usize) -> Option<(Bound, usize)> {
    let word = |i: usize, list: &[&str]| s.get(i).is_some_and(|w| w.is(list));
    let not = at > 0 && s[at - 1].is(&["no", "not"]);
    let turned = |up: bool| match (up, not) {
        (true, false) => Bound::Above,
        (true, true) => Bound::AtMost,
        (false, false) => Bound::Below,
        (false, true) => Bound::AtLeast,
    };
    let accurate = usize::from(word(at, &["more", "less"]) && word(at + 1, &["accurate"]));
    match () {
        () if word(
            at,
            &["beats", "beat", "outperforms", "outperform", "surpasses", "surpass", "exceeds", "exceed", "defeats", "tops"],
        ) =>
        {
            Some((Bound::Above, at + 1))
        }
        () if word(at, &["underperforms", "underperform"]) => Some((Bound::Below, at + 1)),
        () if word(at, &["loses", "lose"]) && word(at + 1, &["to", "against"]) => Some((Bound::Below, at + 2)),
        () if word(at, &["better", "higher"]) && word(at + 1, &["than"]) => Some((turned(true), at + 2)),
        () if word(at, &["worse", "lower"]) && word(at + 1, &["than"]) => Some((turned(false), at + 2)),
        () if accurate == 1 && word(at + 2, &["than"]) => Some((turned(s[at].is(&["more"])), at + 3)),
        () if word(at, &["above", "below"]) => Some((turned(s[at].is(&["above"])), at + 1)),
        () if word(at, &["behind"]) => Some((Bound::Below, at + 1)),
        () => None,
    }
}

/// `our network beats the constant answer`: every word of the clause is known.
fn order(s: &[Word], memory: &Memory) -> Option<(Range<usize>, Counted)> {
    let (at, (bound, end)) = (0..s.len()).find_map(|i| Some((i, way(s, i)?)))?;
    let clause = clause(s, &(at..end));
    // A "not" right before the word is in its bound.
    let own = at.checked_sub(1).filter(|i| s[*i].is(&["not"]) && matches!(bound, Bound::AtMost | Bound::AtLeast));
    let denied: Vec<usize> = (clause.start..at).filter(|i| denies(&s[*i]) && Some(*i) != own).collect();
    let bound = match (bound, denied.as_slice()) {
        (b, []) => b,
        (Bound::Above, [_]) => Bound::AtMost,
        (Bound::Below, [_]) => Bound::AtLeast,
        _ => return None,
    };
    let rest = s[clause.start..at].iter().chain(&s[end..clause.end]);
    let supposed =
        s.iter().any(|w| w.is(&["if", "should", "would", "could", "might", "may", "expected", "expect", "hope", "want", "must"]));
    if supposed || !rest.clone().all(|w| w.is(PLAIN) || w.comments() || denies(w)) {
        return None;
    }
    let (subject, object) = match named(&s[end..clause.end]) {
        Some(object) => (named(&s[clause.start..at]).or(memory.own).filter(|w| *w != object)?, object),
        None => parties(&s[..at], clause.start, &s[end..clause.end], memory)?,
    };
    let of = differences(memory, subject, object);
    let range =
        s[clause.clone()].iter().position(|w| !w.is(&["so", "and", "thus", "hence", "therefore"])).map(|i| clause.start + i)?;
    (!of.is_empty()).then(|| {
        let what = "percentage points between the two".into();
        (range..clause.end, Counted { value: 0.0, slack: 0.0, bound, of, certain: true, what })
    })
}

/// Whether a word denies.
pub fn denies(w: &Word) -> bool {
    w.is(&["not", "cannot", "never"]) || contracted(&w.text)
}

/// Who is compared with whom by the words around a verb: names, "we" and "us", and a pronoun for the only other one.
pub fn parties(head: &[Word], clause: usize, after: &[Word], memory: &Memory) -> Option<(Who, Who)> {
    let ours = |w: &[Word]| w.iter().any(|w| w.is(&["we", "us", "our", "ours", "my", "i"]));
    let pronoun = |w: &[Word]| w.iter().any(|w| w.is(&["it", "this", "that", "them", "which"]));
    let own = memory.own?;
    let before = &head[clause..];
    let subject = named(before).or_else(|| ours(before).then_some(own));
    let object = named(after).or_else(|| ours(after).then_some(own));
    let other = |than: Who| if than == own { memory.other(own) } else { Some(own) };
    let found = match (subject, object) {
        (Some(a), Some(b)) => (a, b),
        (Some(a), None) if pronoun(after) => (a, other(a)?),
        (None, Some(b)) if pronoun(before) || before.iter().any(|w| w.is(&["model", "network", "accuracy"])) => (other(b)?, b),
        _ => return None,
    };
    (found.0 != found.1).then_some(found)
}

/// `23.6 % ± 1.9 %`: a standard error or a part of an interval of the accuracy before it.
fn error(s: &[Word]) -> Option<(Range<usize>, Counted)> {
    let at = s.iter().position(|w| w.is(&["±", "pm"]))?;
    let place = at + 1;
    let (value, _) = s.get(place)?.value.filter(|_| percent(s, place))?;
    let back = at.checked_sub(1)?;
    let number = if s[back].is(&["%", "percent"]) { back.checked_sub(1)? } else { back };
    let share = s[number].value.filter(|v| v.0 <= 100.0)?.0;
    let amount = Amount::Deviation(Box::new(Amount::Is(share / 100.0, s[number].slack() / 100.0)));
    let times = |z: f64| Amount::Times(100.0 * z, Box::new(amount.clone()));
    // Quantiles of the normal law for 95, 90 and 99 %, and the handy 2.
    const WIDE: [f64; 2] = [1.96, 2.0];
    const OTHER_WIDTHS: [f64; 3] = [1.0, 1.645, 2.576];
    let single = s.windows(2).any(|w| w[0].is(&["standard", "std"]) && w[1].is(&["error", "err", "deviation"]));
    let ninety_five = s.iter().any(|w| w.value.is_some_and(|v| (v.0 - 95.0).abs() < 1e-9));
    let (of, certain) = match (single, ninety_five) {
        (true, false) => (vec![times(1.0)], true),
        (false, true) => (WIDE.map(times).to_vec(), false),
        _ => (WIDE.into_iter().chain(OTHER_WIDTHS).map(times).collect(), false),
    };
    let what = "standard errors of an accuracy on the dev set, in percent".into();
    Some((number..place + 2, Counted { value, slack: s[place].slack(), bound: Bound::Exactly, of, certain, what }))
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::words_of;
    use super::*;

    fn said(text: &str, own: Who) -> Vec<Counted> {
        let words = words_of(text);
        let memory = Memory::read(&words, Some(own));
        super::super::words::sentences(&words).flat_map(|s| find(s, &memory)).map(|(_, c)| c).collect()
    }

    #[test]
    fn the_order_of_two_accuracies_is_read_with_its_negation() {
        let bound = |text: &str| said(&format!("We get 9/500 = 1.8 %. {text}"), Who::Alone).first().map(|c| c.bound);
        assert_eq!(bound("So our network beats the constant answer."), Some(Bound::Above));
        assert_eq!(bound("This is worse than always answering London."), Some(Bound::Below));
        assert_eq!(bound("Our model doesn't beat the London baseline."), Some(Bound::AtMost));
        assert_eq!(bound("It stays below the baseline."), Some(Bound::Below));
        assert_eq!(bound("With more data it beats the constant answer."), None);
        assert_eq!(bound("It should beat the baseline."), None);
    }

    #[test]
    fn gains_and_factors_are_of_the_two_figures_of_the_part() {
        let text =
            "118/500 = 23.6 %. Compared with the 1.8 % from (d) it is a plus of 21.8 percentage points, roughly a factor of 13.";
        let found = said(text, Who::Pretrained);
        assert_eq!(found.iter().map(|c| (c.value, c.certain)).collect::<Vec<_>>(), [(21.8, true), (13.0, true)]);
        assert!(said("23.6 % and 1.8 %, with a factor of 3 fewer parameters", Who::Pretrained).is_empty());
    }

    #[test]
    fn an_error_is_of_the_accuracy_before_it() {
        let found = said("We get 23.6 % ± 1.9 % (standard error).", Who::Pretrained);
        assert!(found.len() == 1 && found[0].certain, "{found:?}");
        assert!(!said("We get 23.6 % ± 3.7 %.", Who::Pretrained)[0].certain);
    }
}
