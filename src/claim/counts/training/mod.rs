//! Arithmetic of a training run: `1000 pairs with batch size 64 are 16 steps per epoch, so 30 epochs are 480 steps`.
//!
//! A clause is a row of numbers with their units, in which every other word is known to add nothing. What can be computed
//! from sizes that the part has given is a claim; what cannot is given by it. Pretraining and finetuning have sizes of
//! their own.

mod units;

use std::collections::HashMap;
use std::ops::Range;

use super::words::{Word, sentences};
use super::{Amount, Bound, Counted};
use units::{Mention, Unit, mentions, plain};

/// One stage of training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Stage {
    /// No stage is named.
    Only,
    Pretraining,
    Finetuning,
}

/// A number of a stage, and whether it follows from the others where it could be computed.
#[derive(Debug, Clone, Copy)]
struct Known {
    value: f64,
    sound: bool,
}

/// What is known of each stage.
#[derive(Default)]
struct State {
    all: HashMap<(Stage, Unit), Known>,
}

impl State {
    fn get(&self, stage: Stage, unit: Unit) -> Option<Known> {
        self.all.get(&(stage, unit)).copied()
    }

    /// A size that was given before with another value may not be the one that is meant.
    fn set(&mut self, stage: Stage, unit: Unit, value: f64, sound: bool) {
        let size = matches!(unit, Unit::Data | Unit::Batch | Unit::Epochs);
        let sound = sound && !(size && self.get(stage, unit).is_some_and(|k| !k.sound || (k.value - value).abs() > 0.0));
        self.all.insert((stage, unit), Known { value, sound });
    }

    /// Whether each size that is known has one value only.
    fn sound(&self, stage: Stage) -> bool {
        [Unit::Data, Unit::Batch, Unit::Epochs].iter().all(|u| self.get(stage, *u).is_none_or(|k| k.sound))
    }

    /// Steps of an epoch: the last batch is a smaller one.
    fn per_epoch(&self, stage: Stage) -> Option<(f64, f64)> {
        let (data, batch) = (self.get(stage, Unit::Data)?.value, self.get(stage, Unit::Batch)?.value);
        (batch >= 1.0).then(|| ((data / batch).ceil(), data / batch))
    }
}

/// What a part says of its training, with the words that say it.
pub fn find(words: &[Word]) -> Vec<(Range<usize>, Counted)> {
    let mut out = Vec::new();
    let (mut state, mut stage) = (State::default(), Stage::Only);
    let mut start = 0;
    for sentence in sentences(words) {
        // Sentences are slices of the words: where they begin.
        start += words[start..].iter().position(|w| w.span == sentence[0].span).unwrap_or(0);
        let supposed = sentence.iter().any(|w| w.is(&["if", "would", "could", "should", "instead", "suppose", "imagine"]));
        // "Each epoch has 16 steps (1000/64)": sizes of the sentence may stand behind what follows from them.
        if !supposed && !state.all.keys().any(|(_, u)| matches!(u, Unit::Data | Unit::Batch)) {
            let all = mentions(sentence);
            let one = |unit: Unit| all.iter().filter(|m| m.unit == unit).count() == 1;
            if one(Unit::Data) && one(Unit::Batch) && stage_of(sentence).is_none() {
                let sizes = all.iter().filter(|m| matches!(m.unit, Unit::Data | Unit::Batch));
                sizes.for_each(|m| state.set(stage, m.unit, m.value, true));
            }
        }
        for clause in clauses(sentence) {
            let s = &sentence[clause.clone()];
            if let Some(said) = compared(s, &state, stage).filter(|_| !supposed) {
                out.push((trimmed(s, start + clause.start), said));
                continue;
            }
            stage = stage_of(s).unwrap_or(stage);
            // Questions that are only answered are no examples of the training.
            let evaluated = s.iter().any(|w| {
                w.is(&[
                    "dev",
                    "development",
                    "test",
                    "validation",
                    "evaluation",
                    "evaluated",
                    "evaluating",
                    "wrong",
                    "correct",
                    "hits",
                ])
            });
            if supposed || evaluated {
                continue;
            }
            let list = if list_is_sum(s) { sum_of_steps(s, &sentence[..clause.start]) } else { mentions(s) };
            let lead = clause.start.checked_sub(1).map(|i| &sentence[i]);
            out.extend(claims(s, lead, &list, &mut state, stage).into_iter().map(|c| (trimmed(s, start + clause.start), c)));
        }
        start += sentence.len();
    }
    out
}

/// Whether a clause is a bare sum: "600 in total over 75 epochs".
fn list_is_sum(s: &[Word]) -> bool {
    let words = |i: usize, list: &[&str]| s.get(i).is_some_and(|w| w.is(list));
    s.first().is_some_and(|w| w.value.is_some())
        && (words(1, &["altogether", "overall"]) || words(1, &["in"]) && words(2, &["total", "all"]))
}

/// A bare sum behind steps: it counts them.
fn sum_of_steps(s: &[Word], before: &[Word]) -> Vec<Mention> {
    let mut list = mentions(s);
    let steps = mentions(before).iter().any(|m| matches!(m.unit, Unit::Steps | Unit::PerEpoch));
    let end = if s.get(1).is_some_and(|w| w.is(&["in"])) { 3 } else { 2 };
    if let Some((value, _)) = s[0].value.filter(|_| steps && list.iter().all(|m| m.words.start > 0)) {
        list.insert(0, Mention { value, slack: 0.0, bound: Bound::Exactly, unit: Unit::Steps, words: 0..end });
    }
    list
}

/// Clauses: between commas, colons and brackets, and at an `and` or `so` between numbers of their own.
fn clauses(s: &[Word]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    for i in 0..=s.len() {
        let hard = |w: &Word| {
            w.is(&[",", ";", ":", "(", ")", "|", "so", "thus", "hence", "therefore", "which", "while", "whereas", "but"])
        };
        let units = |list: &[Word]| mentions(list).iter().any(|m| matches!(m.unit, Unit::Steps | Unit::PerEpoch));
        // "8 steps per epoch and 600 in total".
        let summed = |i: usize| {
            s.get(i + 1).is_some_and(|w| w.value.is_some())
                && (s.get(i + 2).is_some_and(|w| w.is(&["altogether", "overall"]))
                    || s.get(i + 2).is_some_and(|w| w.is(&["in"])) && s.get(i + 3).is_some_and(|w| w.is(&["total", "all"])))
        };
        let and = |i: usize| s[i].is(&["and"]) && units(&s[from..i]) && (units(&s[i + 1..]) || summed(i));
        // "100 epochs (24 batches each) = 2400 steps": an aside with a number of its own.
        let aside = |open: usize, close: usize| {
            let inside = &s[open + 1..close];
            let list = mentions(inside);
            let each = inside.iter().any(|w| w.is(&["each", "epoch"]));
            each && list.len() == 1 && (0..inside.len()).all(|k| list[0].words.contains(&k) || plain(&inside[k]))
        };
        let bracket = i < s.len()
            && match s[i].text.as_str() {
                "(" => (i + 1..s.len()).find(|k| s[*k].is(&[")"])).is_some_and(|k| aside(i, k)),
                ")" => s[..i].iter().rposition(|w| w.is(&["("])).is_some_and(|k| aside(k, i)),
                _ => false,
            };
        if bracket {
            continue;
        }
        if i == s.len() || hard(&s[i]) || and(i) {
            if from < i {
                out.push(from..i);
            }
            // "which is more than …" keeps its pronoun.
            from = if i < s.len() && s[i].is(&["which"]) { i } else { i + 1 };
        }
    }
    out
}

/// The words of a clause without those that lead into it.
fn trimmed(s: &[Word], offset: usize) -> Range<usize> {
    let leads = |w: &Word| w.is(&["so", "and", "thus", "hence", "then", "therefore", "i.e", "that", "is"]);
    let first = s.iter().position(|w| !leads(w)).unwrap_or(0);
    offset + first..offset + s.len()
}

fn stage_of(s: &[Word]) -> Option<Stage> {
    s.iter().rev().find_map(|w| match w.text.replace('-', "").as_str() {
        t if t.starts_with("pretrain") => Some(Stage::Pretraining),
        t if t.starts_with("finetun") => Some(Stage::Finetuning),
        _ => None,
    })
}

/// Words that draw a conclusion.
const LINKS: &[&str] = &[
    "=",
    "i.e",
    "so",
    "total",
    "altogether",
    "are",
    "is",
    "makes",
    "make",
    "gives",
    "give",
    "means",
    "hence",
    "thus",
    "has",
    "therefore",
    "which",
    "takes",
    "take",
    "needs",
    "need",
    "only",
    ">",
    "→",
    "overall",
    "consists",
    "amounts",
    "equals",
    "have",
    "made",
    "did",
    "perform",
    "performs",
    "contains",
    "corresponds",
    ":",
];

/// "After 40 steps" is a place in the training.
fn place(s: &[Word], m: &Mention) -> bool {
    const AT: &[&str] = &["after", "at", "every", "first", "last", "until", "within", "before", "over", "for", "in", "another"];
    m.words.start.checked_sub(1).is_some_and(|i| s[i].is(AT))
}

/// Takes a clause into the state, and gives what it claims.
fn claims(s: &[Word], lead: Option<&Word>, list: &[Mention], state: &mut State, stage: Stage) -> Vec<Counted> {
    let whole = (0..s.len()).all(|i| list.iter().any(|m| m.words.contains(&i)) || plain(&s[i]));
    let stages = s.iter().filter(|w| w.text.starts_with("pretrain") || w.text.starts_with("finetun")).count();
    let concludes = s.iter().chain(lead).any(|w| w.is(LINKS));
    let seen = seen(list, state, stage);
    if let Some((m, seen)) = seen.filter(|_| whole) {
        return vec![counted(m, vec![seen], "examples that were seen", concludes && state.sound(stage))];
    }
    // What was seen altogether is no size of the set.
    let sizes: Vec<Mention> = list.iter().filter(|m| seen.is_none_or(|(s, _)| s.words != m.words)).cloned().collect();
    take_sizes(s, &sizes, state, stage);
    let mut out = Vec::new();
    for m in list.iter().filter(|m| m.unit == Unit::PerEpoch && !place(s, m)) {
        let real = state.per_epoch(stage);
        let sound = real.is_none_or(|r| (r.0 - m.value).abs() < 0.5);
        state.set(stage, Unit::PerEpoch, m.value, sound);
        if let Some((up, exact)) = real.filter(|_| whole && stages <= 1) {
            // Without the smaller batch at the end there is one less.
            let floor = (m.value - exact.floor()).abs() < 0.5;
            out.push(counted(m, vec![up, exact], "steps of an epoch", !floor && state.sound(stage)));
        }
    }
    for m in list.iter().filter(|m| m.unit == Unit::Steps && !place(s, m)) {
        out.extend(steps(m, list, state, stage, whole && stages <= 1, concludes));
    }
    // Two claims in one clause share its words; the last one is what it says.
    out.split_off(out.len().saturating_sub(1))
}

/// Takes the sizes that a clause gives into the state.
fn take_sizes(s: &[Word], list: &[Mention], state: &mut State, stage: Stage) {
    // "Batch size 128 and 256": which of them is meant later is not clear.
    let listed = s.windows(3).any(|w| w[0].value.is_some() && w[1].is(&["and", "or"]) && w[2].value.is_some());
    for m in list.iter().filter(|m| matches!(m.unit, Unit::Data | Unit::Batch | Unit::Epochs)) {
        state.set(stage, m.unit, m.value, !listed);
        // New sizes make what followed from the old ones out of date.
        if m.unit != Unit::Epochs {
            state.all.remove(&(stage, Unit::PerEpoch));
        }
        state.all.remove(&(stage, Unit::Steps));
    }
}

/// What a number of steps follows from, and the number into the state.
fn steps(m: &Mention, list: &[Mention], state: &mut State, stage: Stage, whole: bool, concludes: bool) -> Option<Counted> {
    let has = |unit: Unit| list.iter().any(|m| m.unit == unit);
    let per = state.get(stage, Unit::PerEpoch);
    let sizes = state.per_epoch(stage);
    let epochs = state.get(stage, Unit::Epochs).map(|k| k.value);
    let mut of = Vec::new();
    if let Some(n) = epochs {
        of.extend(per.map(|p| n * p.value));
        of.extend(sizes.iter().flat_map(|(up, exact)| [n * up, n * exact]));
    }
    // "1000 pairs in batches of 64 are 16 steps": of one epoch.
    let one = sizes.filter(|_| !has(Unit::Epochs) && has(Unit::Data) && has(Unit::Batch));
    of.extend(one.iter().flat_map(|(up, exact)| [*up, *exact]));
    let sound = per.is_none_or(|p| p.sound);
    let mut said = None;
    if !of.is_empty() && whole {
        // From a wrong number of steps an epoch something else follows than from the right one.
        let of = if sound { of } else { of.split_off(usize::from(per.is_some())) };
        if !of.is_empty() {
            let floor = sizes.zip(epochs).is_some_and(|(s, n)| (m.value - n * s.1.floor()).abs() < 0.5);
            let rounded = of.iter().any(|v| v.fract() != 0.0 && (v - m.value).abs() < 1.0);
            said = Some(counted(m, of, "steps", sound && state.sound(stage) && concludes && !floor && !rounded));
        }
    }
    if one.is_none() {
        state.set(stage, Unit::Steps, m.value, sound);
    }
    said
}

/// `30 epochs * 1000 pairs = 30,000 examples`: more than there are, so each epoch's are counted.
fn seen<'a>(list: &'a [Mention], state: &State, stage: Stage) -> Option<(&'a Mention, f64)> {
    let last = list.last().filter(|m| m.unit == Unit::Data)?;
    let of = |unit: Unit| {
        list.iter().rev().skip(1).find(|m| m.unit == unit).map(|m| m.value).or(state.get(stage, unit).map(|k| k.value))
    };
    let (data, epochs) = (of(Unit::Data)?, of(Unit::Epochs)?);
    (last.value > 2.0 * data && epochs >= 2.0).then_some((last, data * epochs))
}

fn counted(m: &Mention, of: Vec<f64>, what: &str, certain: bool) -> Counted {
    // A mean that is no whole number is only meant where digits or a bound say so.
    let meant = |v: &f64| v.fract() == 0.0 || m.slack > 0.0 || m.bound != Bound::Exactly;
    let of = of.into_iter().filter(meant).map(|v| Amount::Is(v, 0.0)).collect();
    Counted { value: m.value, slack: m.slack, bound: m.bound, of, certain, what: what.into() }
}

/// `this is less than in pretraining`, `far less than the 2400 updates of pretraining`.
fn compared(s: &[Word], state: &State, stage: Stage) -> Option<Counted> {
    let than = s.iter().position(|w| w.is(&["than"]))?;
    let up = match s.get(than.checked_sub(1)?)? {
        w if w.is(&["more", "longer"]) => true,
        w if w.is(&["less", "fewer", "shorter"]) => false,
        _ => return None,
    };
    let pronoun = s[..than].iter().any(|w| w.is(&["that", "this", "which", "it", "these", "those"]));
    let other = stage_of(&s[than..])?;
    let list = mentions(s);
    let known =
        |w: &Word| w.is(&["far", "much", "many", "even", "still", "more", "less", "fewer", "than", "longer", "shorter", "those"]);
    let whole = (0..s.len()).all(|i| list.iter().any(|m| m.words.contains(&i)) || plain(&s[i]) || known(&s[i]));
    let steps = |list: &[Mention]| match list {
        [] => Some(None),
        [m] if m.unit == Unit::Steps => Some(Some(m.value)),
        _ => None,
    };
    let total = |stage: Stage| state.get(stage, Unit::Steps).map(|k| k.value);
    let mine = total(stage).filter(|_| pronoun && stage != other && stage_of(&s[..than]).is_none_or(|st| st == stage))?;
    let theirs = match steps(&list)? {
        Some(value) => value,
        None => total(other).or_else(|| total(Stage::Only))?,
    };
    let of = vec![Amount::Less(Box::new(Amount::Is(mine, 0.0)), Box::new(Amount::Is(theirs, 0.0)))];
    let bound = if up { Bound::Above } else { Bound::Below };
    whole.then(|| Counted { value: 0.0, slack: 0.0, bound, of, certain: true, what: "steps that the one has more".into() })
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::words_of;
    use super::*;

    fn said(text: &str) -> Vec<(f64, Vec<Amount>, bool)> {
        find(&words_of(text)).into_iter().map(|(_, c)| (c.value, c.of, c.certain)).collect()
    }

    fn right(text: &str) -> Vec<bool> {
        let near = |v: f64, a: &Amount| matches!(a, Amount::Is(x, _) if (x - v).abs() < 0.5);
        said(text).iter().map(|(v, of, _)| of.iter().any(|a| near(*v, a))).collect()
    }

    #[test]
    fn steps_follow_from_sizes_and_epochs() {
        for text in [
            "1000 pairs with batch size 64: 16 steps per epoch",
            "The batch size is 64 and there are 1000 pairs, so one epoch has 16 batches",
            "With 1000 pairs in batches of 64 an epoch takes 16 updates",
            "We train for 30 epochs on 1000 pairs with a batch size of 64, i.e. 480 updates in total",
            "30 epochs of 16 steps each are 480 steps",
            "30 epochs x 16 steps = 480 steps",
            "One epoch over the 3000 documents with batch size 128 is 24 updates",
            "Finetuning: 20 epochs of 1000/64 need 320 updates",
        ] {
            assert_eq!(right(text), [true], "{text}: {:?}", said(text));
        }
        for text in [
            "1000 pairs with batch size 64: 18 steps per epoch",
            "30 epochs of 16 steps each are 490 steps",
            "One epoch over the 3000 documents with batch size 128 is 42 updates",
        ] {
            assert_eq!(right(text), [false], "{text}: {:?}", said(text));
            assert!(said(text)[0].2, "{text}");
        }
    }

    #[test]
    fn what_is_given_or_not_understood_is_no_claim() {
        for text in [
            "We train for 30 epochs with 16 steps per epoch",
            "The learning rate decays over 480 steps",
            "1000 pairs with batch size 64: after 300 steps the loss is flat",
            "If the batch size were 128, 1000 pairs would give 8 steps per epoch",
        ] {
            assert!(said(text).is_empty(), "{text}: {:?}", said(text));
        }
        // Of several sizes it is not clear which is meant, and what is only evaluated trains nothing.
        for text in [
            "batch size 128 and 64, 3000 and 1000 examples: 24 steps per epoch",
            "1000 pairs and 400 questions, batch size 64, 30 epochs, thus 480 steps",
        ] {
            assert!(said(text).iter().all(|(_, _, certain)| !certain), "{text}: {:?}", said(text));
        }
        assert_eq!(right("1000 pairs, batch size 64. The dev set has 400 questions. 30 epochs are 480 steps"), [true]);
    }

    #[test]
    fn stages_have_sizes_of_their_own() {
        let text = "Pretraining: 100 epochs of 24 steps = 2400 updates. Finetuning: 20 epochs of 16 steps = 320 updates, that is more than in pretraining.";
        let found = find(&words_of(text));
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[2].1.bound == Bound::Above && found[2].1.certain);
    }
}
