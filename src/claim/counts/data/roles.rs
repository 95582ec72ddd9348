//! A clause as roles: each word with its part in a count, or one that adds nothing.

use std::ops::Range;

use super::super::Bound;
use super::super::fractions::fraction;
use super::super::shares::{bound, percent};
use super::super::words::Word;
use super::context::{Context, Set, set};
use super::vocabulary::{ANSWERS, FOUND, FREQUENT, IS, NEUTRAL, PEOPLE, ROWS, TIMES};

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

/// The role of the word at a place and how many words it takes; no role where it adds nothing.
fn role(s: &[Word], at: usize, range: &Range<usize>) -> Option<(Option<Role>, usize)> {
    let w = &s[at];
    let word = |n: usize, words: &[&str]| at + n < range.end && s[at + n].is(words);
    let back = |n: usize, words: &[&str]| at >= range.start + n && s[at - n].is(words);
    let give = |r: Role| Some((Some(r), 1));
    if w.is(&["one", "ones"]) && (back(1, &["frequent", "common", "the", "this", "that", "popular", "every", "each", "which"])) {
        return Some((None, 1));
    }
    if w.is(&["every", "each", "all"]) && (word(1, &["time"]) || word(1, &["the"]) && word(2, &["time"])) {
        return Some((Some(Role::Always), 2 + usize::from(word(1, &["the"]))));
    }
    // "a program which says Paris each time".
    if w.is(&["which", "that", "who"]) && word(1, &["says", "answers", "guesses", "outputs"]) {
        return Some((Some(Role::Answering), 2));
    }
    if w.is(&["after", "behind", "besides"]) && at + 1 < range.end && s[at + 1].capital {
        return give(Role::After);
    }
    // "one line for each of 2937 people".
    let line = |n: usize| word(n, &["line", "biography", "entry"]);
    if w.is(&["one"]) && line(1) && word(2, &["for", "per"]) && word(3, &["each", "every"]) && word(4, &["of"]) {
        return Some((None, 5));
    }
    // "one dev person in twenty": the share stands apart from its total.
    if w.is(&["one"])
        && let Some(k) = one_in(s, at, range.end)
    {
        return Some((Some(Role::Share(100.0 / s[k].count()?, 0.0, Bound::About)), 1));
    }
    if w.value.is_some() && (range.start..at).rev().take(5).any(|i| s[i].is(&["one"]) && one_in(s, i, range.end) == Some(at)) {
        return Some((None, 1));
    }
    if let Some((value, bound, words)) = fraction(s, at).filter(|f| f.2.end <= range.end) {
        return Some((Some(Role::Share(100.0 * value, 0.0, bound)), words.len()));
    }
    if w.is(&["every", "each", "all"]) {
        return Some((Some(Role::All), 1 + usize::from(word(1, &["one", "single"]))));
    }
    if w.is(&["not"]) && word(1, &["one", "a", "any"]) {
        return Some((Some(Role::None), 2 + usize::from(word(2, &["single"]))));
    }
    if let Some((value, _)) = w.value {
        return Some((Some(number(s, at, range, value)?), 1 + usize::from(percent(s, at))));
    }
    if w.is(&["most"]) && word(1, &["frequent", "common", "popular", "often", "frequently"]) {
        return Some((Some(Role::Superlative(1.0)), 2));
    }
    if let Some(rank) = ordinal(w) {
        let both = word(1, &["most"]);
        return Some((Some(Role::Superlative(rank)), 1 + usize::from(both) + usize::from(both && word(2, FREQUENT))));
    }
    let places = |w: &Word| w.capital && w.text.chars().count() > 2 && w.text.chars().all(char::is_alphabetic);
    match () {
        () if w.is(&["commonest", "top", "leader"]) => give(Role::Superlative(1.0)),
        () if w.is(&["most", "majority"]) && !back(1, &["at"]) => give(Role::Most),
        // "almost none": a few.
        () if w.is(&["none", "no", "zero"]) && back(1, &["almost", "nearly", "hardly", "practically"]) => {
            give(Role::Share(FEW, 0.0, Bound::Below))
        }
        () if w.is(&["none", "no", "zero"]) => give(Role::None),
        () if w.is(&["where"]) && at == range.start => give(Role::There),
        () if w.is(&["not", "never", "missing", "absent", "unseen", "unknown", "lacks", "lack", "new"]) => give(Role::Not),
        () if w.is(&["there"]) && word(1, &["are", "is", "were"]) && opens(s, at, range) => Some((Some(Role::Is), 2)),
        () if w.is(&["per"]) => {
            if word(1, &["cent"]) {
                Some((None, 2))
            } else {
                give(Role::Mean)
            }
        }
        () if w.is(&["average", "mean", "averages", "typically"]) => give(Role::Mean),
        () if w.is(&["there", "these", "those", "it", "they", "them", "which", "this"]) => give(Role::There),
        () if w.is(ROWS) || w.is(TIMES) || w.is(&["×"]) => give(Role::Rows),
        () if w.is(PEOPLE) => give(Role::People),
        () if w.is(ANSWERS) && !(w.is(&["answers"]) && back(1, &["always", "constantly"])) => give(Role::Answers),
        () if w.is(&[
            "line",
            "lines",
            "biography",
            "biographies",
            "document",
            "documents",
            "paragraph",
            "paragraphs",
            "article",
        ]) =>
        {
            give(Role::Lines)
        }
        () if w.is(&["characters", "chars", "character", "letters", "symbols"]) => give(Role::Characters),
        () if w.is(&["words"]) => give(Role::Words),
        () if w.is(&["vocabulary", "vocab", "alphabet"]) => give(Role::Vocabulary),
        () if w.is(&["different", "distinct", "unique"]) => give(Role::Different),
        () if w.is(FREQUENT) => give(Role::Frequent),
        // "more than 91", "fewer than one in ten": a bound.
        () if w.is(&["more", "fewer", "less"])
            && word(1, &["than"])
            && s.get(at + 2).is_some_and(|n| n.value.is_some() || n.is(&["a", "half"])) =>
        {
            Some((None, 2))
        }
        () if w.is(&["more", "oftener"]) => give(Role::More),
        () if w.is(&["fewer", "less", "rarer"]) => give(Role::Fewer),
        () if w.is(FOUND) => give(Role::Found),
        () if w.is(&["share", "shared", "common", "overlap", "overlaps", "both", "overlapping"]) => give(Role::Shared),
        () if w.is(&["disjoint"]) => give(Role::Apart),
        () if w.is(&["once", "single", "singletons", "unique"]) => give(Role::Once),
        () if w.is(&["together", "beside", "same", "next", "alongside"]) => give(Role::Together),
        () if w.is(&["right", "correct", "true", "rightly", "correctly"]) => give(Role::Right),
        () if w.is(&["always", "everybody", "everyone", "constant", "constantly"]) => give(Role::Always),
        () if w.is(&["answering", "saying", "guessing", "predicting", "say", "baseline"]) => give(Role::Answering),
        () if w.is(&["says", "answers", "predicts", "outputs", "guesses", "replies"]) && back(1, &["always", "constantly"]) => {
            give(Role::Answering)
        }
        () if w.is(&["model", "network", "system", "machine", "strategy"])
            && word(1, &["that", "which"])
            && word(2, &["always", "constantly", "only", "says", "answers"]) =>
        {
            Some((None, 1))
        }
        () if w.is(&["would", "will"]) => give(Role::Would),
        () if w.is(&["start", "starts", "begin", "begins", "beginning"]) => give(Role::Starts),
        () if w.is(&["longest"]) => give(Role::Length(true)),
        () if w.is(&["shortest"]) => give(Role::Length(false)),
        () if w.is(&["with", "and"]) => give(Role::With),
        () if w.is(&[",", "(", ")"]) => Some((None, 1)),
        () if w.is(&["in", "among", "amongst", "for", "inside", "within"]) => give(Role::In),
        () if w.is(IS) => give(Role::Is),
        () if w.is(NEUTRAL) => Some((None, 1)),
        () if places(w) => give(Role::Place(w.text.clone())),
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
