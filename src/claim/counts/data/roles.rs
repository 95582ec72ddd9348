//! A clause as roles: each word with its part in a count, or one that adds nothing.

use std::ops::Range;

use super::super::Bound;
use super::super::fractions::fraction;
use super::super::shares::{bound, percent};
use super::super::words::Word;
use super::context::{Context, Set, set};
use super::vocabulary::{ANSWERS, FOUND, FREQUENT, IS, LINES, NEUTRAL, PEOPLE, ROWS, TIMES};

/// The part of a word in a count.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    /// A count with its bound.
    Number(f64, Bound),
    /// A percentage, with half a unit of its last digit.
    Share(f64, f64, Bound),
    /// The size of what is counted in: "of the 500".
    Total(f64),
    /// Every one.
    All,
    /// More than half of them.
    Most,
    /// Not one.
    None,
    /// A file.
    Set(Set),
    /// What was named before: "there", "these".
    There,
    /// A name with a capital that is no other word.
    Place(String),
    /// What is answered: places.
    Answers,
    /// Who is asked about: names.
    People,
    /// Rows, questions, times.
    Rows,
    /// Lines, documents.
    Lines,
    /// Characters.
    Characters,
    /// Running words.
    Words,
    /// "on average", "per".
    Mean,
    /// The set of different characters.
    Vocabulary,
    /// Counted once each.
    Different,
    /// "most": a superlative of what follows.
    Superlative(f64),
    /// "frequent".
    Frequent,
    /// "more often than".
    More,
    /// "rarer than".
    Fewer,
    /// Occurs, stands, is contained.
    Found,
    /// In both.
    Shared,
    /// Has nothing in common.
    Apart,
    /// A negation, or "missing".
    Not,
    /// At one place only.
    Once,
    /// Side by side.
    Together,
    /// Right, correct.
    Right,
    /// "after London": all but the places that lead.
    After,
    /// A constant answer.
    Always,
    /// Answering.
    Answering,
    /// "would".
    Would,
    /// "first" as the beginning, "begins".
    Starts,
    /// Longest or shortest.
    Length(bool),
    /// "with".
    With,
    /// "in", "among", "for".
    In,
    /// "is", "has", "are".
    Is,
}

/// A clause whose every word is known.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its words.
    pub range: Range<usize>,
    /// Roles with their words.
    pub roles: Vec<(usize, Role)>,
}

impl Clause {
    /// Reads a clause; none where a word of it is not known.
    pub fn read(s: &[Word], range: Range<usize>, context: &Context) -> Option<Clause> {
        let mut roles: Vec<(usize, Role)> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            if sized(s, at, &range) {
                at += 1;
                continue;
            }
            let used = match set(s, at, range.end) {
                Some((set, used)) => {
                    roles.push((at, Role::Set(set)));
                    used
                }
                None => {
                    let (role, used) = role(s, at, &range)?;
                    roles.extend(role.map(|r| (at, r)));
                    used
                }
            };
            at += used;
        }
        let clause = Clause { range, roles };
        (clause.has(&Role::There) <= !context.there().is_empty()).then_some(clause)
    }

    /// Whether a role occurs.
    pub fn has(&self, role: &Role) -> bool {
        self.roles.iter().any(|(_, r)| r == role)
    }

    /// Whether only these kinds of roles occur, besides those that any clause may have.
    pub fn only(&self, kinds: &[Role]) -> bool {
        let free = |r: &Role| matches!(r, Role::Is | Role::In | Role::Set(_) | Role::There);
        let kind = |a: &Role, b: &Role| std::mem::discriminant(a) == std::mem::discriminant(b);
        self.roles.iter().all(|(_, r)| free(r) || kinds.iter().any(|k| kind(k, r)))
    }
}

/// `the 2,000 training pairs` beside another number: the size that a file has says nothing more of it.
fn sized(s: &[Word], at: usize, range: &Range<usize>) -> bool {
    let Some(n) = s[at].count().filter(|_| at > range.start && s[at - 1].is(&["the", "these", "our", "those", "its"])) else {
        return false;
    };
    let next = (at + 1..range.end.min(at + 3)).find_map(|i| set(s, i, range.end).map(|f| f.0));
    let pairs = || s.get(at + 1).is_some_and(|w| w.is(&["pairs", "finetuning", "question-answer"]));
    let size = match next {
        Some(Set::Train) => 2000.0,
        Some(Set::Dev) => 500.0,
        Some(Set::Test) => 437.0,
        None if pairs() => 2000.0,
        _ => return false,
    };
    let much = |i: usize| {
        i != at && (s[i].value.is_some() || s[i].is(&["all", "every", "each", "none", "no", "most", "any", "majority"]))
    };
    // "46 of the 500": a total.
    let back = at >= range.start + 2 && s[at - 2].is(&["of", "all"]);
    let opens = at == range.start + 2 && s[at - 2].is(&["of", "all", "among"]);
    let total = opens || back && s[range.start..at - 2].iter().any(|w| w.value.is_some());
    (n - size).abs() < 0.5 && !total && range.clone().any(much)
}

/// A role, or none for what adds nothing, and how many words it takes.
type Step = (Option<Role>, usize);

/// The role of the word at a place and how many words it takes; no role where it adds nothing.
fn role(s: &[Word], at: usize, range: &Range<usize>) -> Option<Step> {
    phrase(s, at, range).or_else(|| quantity(s, at, range)).or_else(|| context_word(s, at, range)).or_else(|| word(&s[at]))
}

/// Roles that several words make together.
fn phrase(s: &[Word], at: usize, range: &Range<usize>) -> Option<Step> {
    let w = &s[at];
    let next = |n: usize, words: &[&str]| at + n < range.end && s[at + n].is(words);
    let back = |n: usize, words: &[&str]| at >= range.start + n && s[at - n].is(words);
    let step = |r: Role, n: usize| Some((Some(r), n));
    let line = || next(1, &["line", "biography", "entry"]) && next(2, &["for", "per"]) && next(3, &["each", "every"]);
    match () {
        () if w.is(&["one", "ones"])
            && back(1, &["frequent", "common", "the", "this", "that", "popular", "every", "each", "which"]) =>
        {
            Some((None, 1))
        }
        () if w.is(&["every", "each", "all"]) && next(1, &["time"]) => step(Role::Always, 2),
        () if w.is(&["every", "each", "all"]) && next(1, &["the"]) && next(2, &["time"]) => step(Role::Always, 3),
        // "a program which says Paris each time".
        () if w.is(&["which", "that", "who"]) && next(1, &["says", "answers", "guesses", "outputs"]) => step(Role::Answering, 2),
        () if w.is(&["model", "network", "system", "machine", "strategy"])
            && next(1, &["that", "which"])
            && next(2, &["always", "constantly", "only", "says", "answers"]) =>
        {
            Some((None, 1))
        }
        () if w.is(&["after", "behind", "besides"]) && at + 1 < range.end && s[at + 1].capital => step(Role::After, 1),
        // "stands in one line with the name".
        () if w.is(&["one", "single"]) && back(1, &["in", "on"]) && next(1, LINES) => step(Role::Together, 1),
        // "wiki.txt has all 500 dev names in it".
        () if w.is(&["in", "inside"]) && next(1, &["it"]) && (range.start..at).any(|i| s[i].is(&["has", "contains", "have"])) => {
            step(Role::Found, 2)
        }
        // "With London for everyone one gets 5 %": somebody.
        () if w.is(&["one"])
            && (next(1, &["gets", "obtains", "reaches", "scores", "says", "expects"])
                || next(1, &["would", "could", "can"]) && next(2, &["get", "have", "reach", "score", "obtain"])) =>
        {
            Some((None, 1))
        }
        // "one of every dev person": as many as there are.
        () if w.is(&["one"])
            && next(1, &["of", "for", "about"])
            && next(2, &["every", "each"])
            && at + 3 < range.end
            && s[at + 3].value.is_none() =>
        {
            Some((None, 2))
        }
        // "one line for each of 2937 people".
        () if w.is(&["one"]) && line() && next(4, &["of"]) => Some((None, 5)),
        () if w.is(&["per"]) && next(1, &["cent"]) => Some((None, 2)),
        () => None,
    }
}

/// Numbers, shares and ranks.
fn quantity(s: &[Word], at: usize, range: &Range<usize>) -> Option<Step> {
    let w = &s[at];
    let next = |n: usize, words: &[&str]| at + n < range.end && s[at + n].is(words);
    let step = |r: Role, n: usize| Some((Some(r), n));
    // "one dev person in twenty": the share stands apart from its total.
    if let Some(k) = w.is(&["one"]).then(|| one_in(s, at, range.end)).flatten() {
        return step(Role::Share(100.0 / s[k].count()?, 0.0, Bound::About), 1);
    }
    if w.value.is_some() && (range.start..at).rev().take(5).any(|i| s[i].is(&["one"]) && one_in(s, i, range.end) == Some(at)) {
        return Some((None, 1));
    }
    // "25/500, every 25th question" says the share again, which is read elsewhere.
    let numbered = at + 1 < range.end && w.is(&["every", "each"]) && s[at + 1].text.starts_with(|c: char| c.is_ascii_digit());
    if let Some((value, bound, words)) = fraction(s, at).filter(|f| f.2.end <= range.end && !numbered) {
        return step(Role::Share(100.0 * value, 0.0, bound), words.len());
    }
    if w.is(&["every", "each", "all"]) {
        return step(Role::All, 1 + usize::from(next(1, &["one", "single"])));
    }
    if w.is(&["not"]) && next(1, &["one", "a", "any"]) {
        return step(Role::None, 2 + usize::from(next(2, &["single"])));
    }
    if w.is(&["a", "one"]) && next(1, &["single"]) {
        return step(Role::Number(1.0, Bound::Exactly), 2);
    }
    // "4.2 million characters": rounded.
    let power = [("thousand", 1e3), ("million", 1e6)].into_iter().find(|(n, _)| next(1, &[n])).map(|(_, k)| k);
    if let Some((power, (value, _))) = power.zip(w.value) {
        return step(Role::Number(power * value, Bound::About), 2);
    }
    if let Some((value, _)) = w.value {
        return step(number(s, at, range, value)?, 1 + usize::from(percent(s, at)));
    }
    if w.is(&["most"]) && next(1, &["frequent", "common", "popular", "often", "frequently"]) {
        return step(Role::Superlative(1.0), 2);
    }
    let rank = ordinal(w)?;
    // "the second best constant answer"
    if next(1, &["best"]) && next(2, &["constant", "single", "fixed"]) {
        return step(Role::Superlative(rank), 2);
    }
    let both = next(1, &["most"]);
    step(Role::Superlative(rank), 1 + usize::from(both) + usize::from(both && next(2, FREQUENT)))
}

/// Words whose role depends on those around them.
fn context_word(s: &[Word], at: usize, range: &Range<usize>) -> Option<Step> {
    let w = &s[at];
    let next = |n: usize, words: &[&str]| at + n < range.end && s[at + n].is(words);
    let back = |n: usize, words: &[&str]| at >= range.start + n && s[at - n].is(words);
    let step = |r: Role, n: usize| Some((Some(r), n));
    let always = back(1, &["always", "constantly"]);
    let numbered = || s.get(at + 2).is_some_and(|n| n.value.is_some() || n.is(&["a", "half"]));
    match () {
        () if w.is(&["most", "majority"]) && !back(1, &["at"]) => step(Role::Most, 1),
        // "who answers Paris everywhere".
        () if w.is(&["everywhere"])
            && s[range.start..at]
                .iter()
                .any(|w| w.is(&["says", "answers", "say", "answering", "saying", "guesses", "outputs"])) =>
        {
            step(Role::Always, 1)
        }
        // "almost none": a few.
        () if w.is(&["none", "no", "zero"]) && back(1, &["almost", "nearly", "hardly", "practically"]) => {
            step(Role::Share(FEW, 0.0, Bound::Below), 1)
        }
        // "in these 2000 pairs": the file itself is named.
        () if w.is(&["these", "those", "this"])
            && (1..=2)
                .any(|n| at + n < range.end && set(s, at + n, range.end).is_some() && (n == 1 || sized(s, at + 1, range))) =>
        {
            Some((None, 1))
        }
        () if w.is(&["hardly", "scarcely", "barely"]) && next(1, &["any"]) => step(Role::Share(FEW, 0.0, Bound::Below), 2),
        () if w.is(&["best"]) && next(1, &["constant"]) => step(Role::Superlative(1.0), 1),
        () if w.is(&["where"]) && at == range.start => step(Role::There, 1),
        () if w.is(&["there"]) && next(1, &["are", "is", "were"]) && opens(s, at, range) => step(Role::Is, 2),
        () if w.is(&["says", "answers", "predicts", "outputs", "guesses", "replies"]) && always => step(Role::Answering, 1),
        // "more than 91", "fewer than one in ten": a bound.
        () if w.is(&["more", "fewer", "less"]) && next(1, &["than"]) && numbered() => Some((None, 2)),
        () => None,
    }
}

/// Roles of single words, the first that has it.
const ROLES: &[(&[&str], Role)] = &[
    (&["commonest", "top", "leader"], Role::Superlative(1.0)),
    (&["none", "no", "zero"], Role::None),
    (&["not", "never", "missing", "absent", "unseen", "unknown", "lacks", "lack", "new"], Role::Not),
    (&["per", "average", "mean", "averages", "typically"], Role::Mean),
    (&["there", "these", "those", "it", "they", "them", "which", "this"], Role::There),
    (ROWS, Role::Rows),
    (TIMES, Role::Rows),
    (&["×"], Role::Rows),
    (PEOPLE, Role::People),
    (ANSWERS, Role::Answers),
    (LINES, Role::Lines),
    (&["characters", "chars", "character", "letters", "symbols"], Role::Characters),
    (&["words"], Role::Words),
    (&["vocabulary", "vocab", "alphabet"], Role::Vocabulary),
    (&["different", "distinct", "unique"], Role::Different),
    (FREQUENT, Role::Frequent),
    (&["more", "oftener"], Role::More),
    (&["fewer", "less", "rarer"], Role::Fewer),
    (FOUND, Role::Found),
    (&["share", "shared", "common", "overlap", "overlaps", "both", "overlapping"], Role::Shared),
    (&["disjoint"], Role::Apart),
    (&["once", "single", "singletons"], Role::Once),
    (&["together", "beside", "same", "next", "alongside"], Role::Together),
    (&["right", "correct", "true", "rightly", "correctly"], Role::Right),
    (&["always", "everybody", "everyone", "constant", "constantly"], Role::Always),
    (&["answering", "saying", "guessing", "predicting", "say", "baseline"], Role::Answering),
    (&["would", "will"], Role::Would),
    (&["start", "starts", "begin", "begins", "beginning"], Role::Starts),
    (&["longest"], Role::Length(true)),
    (&["shortest"], Role::Length(false)),
    (&["with", "and"], Role::With),
    (&["in", "among", "amongst", "for", "inside", "within"], Role::In),
    (IS, Role::Is),
];

/// The role of a word by itself.
fn word(w: &Word) -> Option<Step> {
    if let Some((_, role)) = ROLES.iter().find(|(words, _)| w.is(words)) {
        return Some((Some(role.clone()), 1));
    }
    let place = w.capital && w.text.chars().count() > 2 && w.text.chars().all(char::is_alphabetic);
    match () {
        () if w.is(&[",", "(", ")"]) || w.is(NEUTRAL) => Some((None, 1)),
        () if place => Some((Some(Role::Place(w.text.clone())), 1)),
        () => None,
    }
}

/// "one dev person in twenty": where the total of such a share stands.
fn one_in(s: &[Word], at: usize, end: usize) -> Option<usize> {
    let noun = |w: &Word| w.is(PEOPLE) || w.is(ROWS) || w.is(ANSWERS);
    let within = (at + 2..(at + 5).min(end.saturating_sub(1))).find(|i| s[*i].is(&["in"]) && noun(&s[*i - 1]))?;
    let plain = s[at + 1..within].iter().all(|w| w.value.is_none() && !w.is(&["in", "of"]));
    s[within + 1].count().filter(|n| plain && *n >= 2.0).map(|_| within + 1)
}

/// Whether "there is" says that something exists: it opens the clause, or follows a file that does.
fn opens(s: &[Word], at: usize, range: &Range<usize>) -> bool {
    at == range.start
        || at == range.start + 1 && s[at - 1].is(&["and", "so"])
        || (range.start..at).any(|i| set(s, i, at).is_some())
}

/// Percent that "almost none" stays below.
const FEW: f64 = 5.0;

fn ordinal(w: &Word) -> Option<f64> {
    let all = [("first", 1.0), ("second", 2.0), ("third", 3.0), ("fourth", 4.0), ("fifth", 5.0), ("runner-up", 2.0)];
    all.iter().find(|(n, _)| w.is(&[n])).map(|(_, v)| *v)
}

/// A count, a share, or the total that another count is of.
fn number(s: &[Word], at: usize, range: &Range<usize>, value: f64) -> Option<Role> {
    if percent(s, at) {
        return Some(Role::Share(value, s[at].slack(), bound(s, at)));
    }
    let value = s[at].count()?;
    let back = |n: usize, words: &[&str]| at >= range.start + n && s[at - n].is(words);
    let article = 1 + usize::from(back(1, &["the", "our", "all", "these", "its"]));
    let counted_before =
        s[range.start..at].iter().any(|w| w.value.is_some() || w.is(&["all", "none", "every", "each", "no", "most"]));
    // "Of the 500 dev names only one …".
    let opens = range.start + article == at && back(article, &["of", "among"]);
    let of = opens || back(article, &["of", "among", "amongst", "in", "for", "/", "from"]) || back(1, &["all"]);
    if of && (counted_before || opens) && value >= 20.0 || back(1, &["all"]) || back(2, &["all"]) && back(1, &["the"]) {
        return Some(Role::Total(value));
    }
    Some(Role::Number(value, bound(s, at)))
}
