//! What weights and output are in a configuration of keys, values and query that words name: "if all keys are identical, α is uniform",
//! "the zero query gives every key the same weight", "c can be shorter than the shortest value".
//!
//! A clause is a configuration (`case`), or none, and what is found there (`finding`), each of its words understood. It is judged over
//! heads of the configuration (`check::configured`).

mod case;
mod finding;
mod output;
#[cfg(test)]
mod tests;

use super::circumstance;
use super::interventions::words::{OPENERS, Words};
use super::phrases::{all_from, inside};
use super::read::Reader;
use super::statement::{Body, Scope, Statement};
use crate::language::{Relation, Token};
use crate::span::Span;
use crate::world::World;

/// What a clause says.
#[derive(Debug, Clone, PartialEq)]
pub struct Configured {
    /// What is supposed; nothing means every head.
    pub cases: Vec<Case>,
    /// What is found there.
    pub finding: Finding,
    /// In which of these heads.
    pub mode: Mode,
}

/// A configuration of keys, values and query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Case {
    /// All keys are the same vector.
    KeysAlike,
    /// All values are the same vector.
    ValuesAlike,
    /// The query is the zero vector.
    ZeroQuery,
    /// The query is perpendicular to every key.
    Perpendicular,
    /// The query is perpendicular to every difference of keys.
    PerpendicularToDifferences,
    /// All scores are the same number.
    ScoresAlike,
    /// The key that is spoken of stands there twice.
    Twin,
    /// Another score is nearly that of the key that is spoken of.
    NearTwin,
    /// So many scores share the top.
    TiedTop(usize),
    /// The query is the key that is spoken of.
    QueryIsKey,
    /// All values have this length.
    ValuesOfLength(f64),
    /// There are so many keys.
    Keys(usize),
}

/// In which heads of a configuration something is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// In each.
    Always,
    /// In some.
    Possible,
    /// In none.
    Never,
    /// In no other head.
    Only,
    /// In each of them and in no other.
    Exactly,
}

/// Whose weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// That of every key.
    Every,
    /// That of the key that is spoken of, or of each of those that are tied.
    Spoken,
}

/// A length or a weight that another is held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// A number.
    Number(f64),
    /// One over the number of keys.
    OverKeys,
    /// The length of the longest value.
    Longest,
    /// The length of the shortest value.
    Shortest,
    /// The length of the value that is spoken of.
    Spoken,
}

/// What comes out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Finding {
    /// All weights are the same.
    Uniform,
    /// One weight is all, or nearly.
    Alone,
    /// Weights held against a bound.
    Weight(Whose, Relation, Bound),
    /// The output is the plain mean of the values.
    PlainMean,
    /// The output is the value that is the same for all.
    Common,
    /// The output or the weights react to a change of query or keys.
    Depends(Reacts, On),
    /// The output's length held against a bound.
    Length(Relation, Bound),
    /// The output lies among the values: in their hull, or on the line between two.
    Among,
    /// The output is the zero vector.
    ZeroOutput,
    /// Each coordinate of the output lies between the least and the greatest of the values.
    Coordinates,
}

/// What may react.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reacts {
    /// The output.
    Output,
    /// The weights.
    Weights,
}

/// What it may react to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// The query.
    Query,
    /// The keys.
    Keys,
    /// The weights.
    Weights,
}

/// What the clauses of a sentence say of configurations.
pub fn find(world: &World, sentence: &[Token]) -> Vec<(Span, Configured)> {
    // Of a question that fixes its query, or draws its keys, the general head is none.
    if !world.attends() || world.draws() || !world.slots.is_empty() {
        return vec![];
    }
    let words = Words::of(sentence);
    let begins = |at: usize| at == 0 || words.parts(at - 1) || words.is(at - 1, JOINTS);
    all_from(words.len(), |at| {
        let (start, end, said) = begins(at).then(|| words.configured(at))??;
        Some((end, (words.span(start, end), said)))
    })
}

/// Words behind which a clause of its own begins.
const JOINTS: &[&str] = &["and", "so", "but", "because", "since", "while", "whereas", "hence", "thus", "therefore", "that"];

/// Words that lead a configuration in.
const LEADS: &[&str] =
    &["if", "when", "whenever", "once", "for", "with", "in case", "in the case of", "in the case that", "should"];

/// What leads in a configuration that is the only one, or exactly the one.
const CONVERSES: &[(&[&str], Mode)] = &[
    (&["if and only if", "iff", "exactly if", "exactly when", "precisely if", "precisely when", "just when"], Mode::Exactly),
    (&["only if", "only when", "only for", "only with", "only in case"], Mode::Only),
];

impl Words {
    /// A clause with its configuration before or behind it: where it begins and ends.
    fn configured(&self, at: usize) -> Option<(usize, usize, Configured)> {
        let last = self.skip(at, OPENERS);
        (at..=last).rev().find_map(|start| {
            let (end, said) = self.case_first(start).or_else(|| self.case_gives(start)).or_else(|| self.finding_first(start))?;
            let end = self.whatever(end);
            self.closes(end).then_some((start, end, said))
        })
    }

    /// Whether nothing that could limit the clause follows.
    fn closes(&self, at: usize) -> bool {
        let behind = if self.is(at, &["comma"]) { at + 1 } else { at };
        let limits = self.is(behind, LEADS) || self.is(behind, &["unless", "only", "provided", "except", "as", "at", "until"]);
        self.ends(at) && !limits
    }

    /// "for every query", "whatever q is", "as well": what makes nothing narrower.
    fn whatever(&self, at: usize) -> usize {
        const WIDE: &[&str] = &[
            "for every query",
            "for all queries",
            "for any query",
            "for any q",
            "for every q",
            "whatever q is",
            "whatever the query is",
            "no matter what q is",
            "no matter what the query is",
            "no matter which query is used",
            "regardless of q",
            "regardless of the query",
            "independently of q",
            "independently of the query",
            "whatever the weights are",
            "whatever the values are",
            "no matter what the weights are",
            "regardless of the weights",
            "for all weights",
            "for any weights",
            "for any other scores",
            "whatever the other scores are",
            "for every choice of values",
            "as well",
            "too",
            "then",
            "either",
            "anyway",
            "in any case",
        ];
        let mut at = at;
        while let Some(end) = self.row(self.skip(at, &["comma"]), WIDE) {
            at = end;
        }
        at
    }

    /// "if all keys are identical, α is uniform"
    fn case_first(&self, at: usize) -> Option<(usize, Configured)> {
        let even = self.skip(at, &["even"]);
        let led = self.row(even, LEADS)?;
        let (next, case) = self.case(led).or_else(|| self.case_noun(led))?;
        let (next, cases) = self.more_cases(next, vec![case]);
        let start = self.skip(next, &["comma", "then", "we", "have", "that"]);
        let (end, finding, mode) = self.finding(start, &cases)?;
        (start > next || even > at || !self.is(next, &["of"])).then_some((end, Configured { cases, finding, mode }))
    }

    /// "and q is zero"
    fn more_cases(&self, at: usize, mut cases: Vec<Case>) -> (usize, Vec<Case>) {
        if self.is(at, &["and"])
            && let Some((end, case)) = self.case(at + 1)
        {
            cases.push(case);
            return (end, cases);
        }
        (at, cases)
    }

    /// "the zero query gives every key the same weight", "identical keys make α uniform"
    fn case_gives(&self, at: usize) -> Option<(usize, Configured)> {
        let (next, case) = self.case_noun(at)?;
        let next = self.skip(next, &["always", "also", "still", "would", "will", "then"]);
        let cases = vec![case];
        let start = self.row(
            next,
            &["give", "gives", "yield", "yields", "lead to", "leads to", "result in", "results in", "make", "makes", "assigns"],
        )?;
        let made = self.is(start - 1, &["make", "makes"]);
        let (end, finding) = if made { self.makes_so(start)? } else { self.given(start)? };
        Some((end, Configured { cases, finding, mode: Mode::Always }))
    }

    /// "α is uniform if all keys are identical", "c lies in the convex hull of the values"
    fn finding_first(&self, at: usize) -> Option<(usize, Configured)> {
        let (next, finding, mode) = self.finding(at, &[])?;
        let next = self.whatever(next);
        let converse = CONVERSES.iter().find_map(|(rows, mode)| Some((self.row(next, rows)?, *mode)));
        let (led, mode) = match converse {
            Some((led, converse)) => (led, (mode == Mode::Always).then_some(converse)?),
            None => match self.row(self.skip(next, &["comma", "even"]), LEADS) {
                Some(led) => (led, mode),
                None => return general(finding).then_some((next, Configured { cases: vec![], finding, mode })),
            },
        };
        let (end, case) = self.case(led).or_else(|| self.case_noun(led))?;
        let (end, cases) = self.more_cases(end, vec![case]);
        // "the values" of the finding may be of the case: "c is this value if all values are equal".
        Some((end, Configured { cases, finding, mode }))
    }
}

/// Whether something is said of every head where no configuration is named.
fn general(finding: Finding) -> bool {
    match finding {
        Finding::Among | Finding::Coordinates | Finding::ZeroOutput => true,
        Finding::Length(_, bound) => matches!(bound, Bound::Longest | Bound::Shortest),
        _ => false,
    }
}

impl Reader<'_> {
    /// What the sentence says of configurations, in the place of what was read of pieces of it.
    pub(super) fn of_configurations(&mut self, range: &std::ops::Range<usize>, first: usize) {
        let place = self.span(range);
        let sentence = inside(self.plain, place);
        for (span, said) in find(self.world, &sentence) {
            if self.denied(span) {
                continue;
            }
            let inside = |s: &Statement| span.start <= s.span.start && s.span.end <= span.end;
            self.keep_from(first, |s| !inside(s));
            let mut scope = Scope::default();
            let open = |w: &String| !w.split_whitespace().all(|w| OPENERS.contains(&w.to_lowercase().as_str()));
            scope.circumstance = circumstance::around_place(self.tokens, span, self.text).filter(open);
            self.push(span, Body::Configured(said), scope);
        }
    }
}
