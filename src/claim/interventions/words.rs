//! The words of a sentence as its clauses about changes are read.

use super::kinds::Thing;
use crate::claim::negations::contracted;
use crate::claim::prose::{CLAUSE_ENDS, Piece, piece};
use crate::language::Token;
use crate::span::Span;

/// Words that may stand beside a verb or an outcome and say nothing of their own.
pub(super) const FILLERS: &[&str] = &[
    "then",
    "also",
    "too",
    "again",
    "still",
    "exactly",
    "just",
    "simply",
    "therefore",
    "thus",
    "either",
    "even",
    "actually",
    "really",
    "hence",
    "so",
    "completely",
    "entirely",
    "always",
    "already",
    "both",
    "precisely",
    "well",
    "overall",
    "clearly",
    "obviously",
    "of",
    "course",
    "itself",
    "themselves",
    "whatsoever",
    "instead",
    "now",
    "all",
    "automatically",
    "nevertheless",
    "totally",
    "you",
    "we",
    "whatever",
    "certainly",
];

/// Words with which a clause begins and says nothing of its own.
pub(in crate::claim) const OPENERS: &[&str] = &[
    "and",
    "so",
    "but",
    "hence",
    "thus",
    "therefore",
    "that",
    "also",
    "then",
    "moreover",
    "furthermore",
    "clearly",
    "indeed",
    "note",
    "notice",
    "remark",
    "now",
    "again",
    "however",
    "because",
    "since",
    "while",
    "finally",
    "similarly",
    "likewise",
    "conversely",
    "obviously",
    "consequently",
    "yes",
    "third",
    "second",
    "first",
    "further",
    "another",
    "consequence",
    ":",
    "in",
    "particular",
    "contrast",
    "by",
    "way",
    "of",
    "course",
    "whereas",
    "in",
    "fact",
    "for",
    "example",
    "instance",
    "even",
    "though",
    "although",
    "the",
    "other",
    "hand",
    "on",
    "which",
    "means",
    "this",
    "see",
    "we",
    "easy",
    "to",
    "it",
    "is",
];

/// Words at which a clause is over, beside those that end every clause.
const ENDERS: &[&str] = &["as", "for", "and", "i.e"];

/// A row of words, each with its place.
pub(in crate::claim) struct Words {
    pieces: Vec<Piece>,
    /// What "them" means.
    pub(super) antecedent: Option<Thing>,
}

impl Words {
    /// The words of some tokens.
    pub(in crate::claim) fn of(tokens: &[Token]) -> Words {
        let mut pieces = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let (mut own, next) = piece(tokens, at);
            // Signs of mathematics and of emphasis around words are none of theirs.
            own.text = own.text.replace('’', "'").replace('α', "alpha");
            pieces.push(own);
            at = next;
        }
        Words { pieces, antecedent: None }
    }

    /// The same where "them" means something.
    pub(super) fn speaking_of(self, antecedent: Option<Thing>) -> Words {
        Words { antecedent, ..self }
    }

    /// How many there are.
    pub(in crate::claim) fn len(&self) -> usize {
        self.pieces.len()
    }

    /// The word at a place, nothing behind the last.
    pub(in crate::claim) fn at(&self, i: usize) -> &str {
        self.pieces.get(i).map_or("", |p| p.text.as_str())
    }

    /// Where the words between two places stand.
    pub(in crate::claim) fn span(&self, from: usize, to: usize) -> Span {
        self.pieces[from].span.to(self.pieces[to.max(from + 1) - 1].span)
    }

    /// Whether one of some words stands at a place.
    pub(in crate::claim) fn is(&self, i: usize, all: &[&str]) -> bool {
        i < self.len() && all.contains(&self.at(i))
    }

    /// Whether a row of words stands at a place.
    pub(in crate::claim) fn are(&self, i: usize, row: &[&str]) -> bool {
        row.iter().enumerate().all(|(k, w)| self.at(i + k) == *w)
    }

    /// The length of the first of some rows, each words parted by blanks, that stands at a place.
    pub(in crate::claim) fn row(&self, i: usize, rows: &[&str]) -> Option<usize> {
        let whole = |row: &&str| {
            let words: Vec<&str> = row.split(' ').collect();
            self.are(i, &words).then_some(i + words.len())
        };
        rows.iter().find_map(whole)
    }

    /// Behind the longest of some rows that stands at a place.
    pub(in crate::claim) fn longest(&self, i: usize, rows: &[&str]) -> Option<usize> {
        rows.iter().filter_map(|row| self.row(i, &[row])).max()
    }

    /// Behind all of some rows that stand at a place, one behind the other.
    pub(in crate::claim) fn past(&self, i: usize, rows: &[&str]) -> usize {
        let mut end = i;
        while let Some(next) = self.row(end, rows) {
            end = next;
        }
        end
    }

    /// The first place that holds none of some words.
    pub(in crate::claim) fn skip(&self, i: usize, all: &[&str]) -> usize {
        (i..self.len()).find(|k| !all.contains(&self.at(*k))).unwrap_or(self.len().max(i))
    }

    /// Whether the word parts clauses by its sign.
    pub(in crate::claim) fn parts(&self, i: usize) -> bool {
        matches!(self.at(i), "comma" | "semicolon" | "stop" | "colon" | "gap" | "implies") || self.at(i).starts_with("open(")
    }

    /// Whether a clause may be over at a place.
    pub(in crate::claim) fn ends(&self, i: usize) -> bool {
        i >= self.len() || self.parts(i) || self.is(i, CLAUSE_ENDS) || self.is(i, ENDERS) || self.at(i).starts_with("close(")
    }

    /// Behind a denial: "does not", "doesn't", "never", "cannot".
    pub(in crate::claim) fn denial(&self, i: usize) -> Option<usize> {
        const HELPERS: &[&str] = &["does", "do", "did", "will", "can", "could", "would", "is", "are", "has", "have", "wo", "ca"];
        if self.is(i, &["never", "cannot", "not"]) || contracted(self.at(i)) {
            return Some(i + 1);
        }
        let next = self.is(i, HELPERS).then_some(i + 1)?;
        (self.is(next, &["not", "never", "n't", "no longer"]) || contracted(self.at(next))).then_some(next + 1)
    }

    /// The letter of an indexed symbol of a name: `j` in `v_j`.
    pub(in crate::claim) fn letter(&self, i: usize, names: &[&str]) -> Option<String> {
        let (name, letter) = self.at(i).split_once('_')?;
        (names.contains(&name) && !letter.is_empty()).then(|| letter.to_string())
    }

    /// `k_j^T q`: its end and its letter.
    pub(in crate::claim) fn product(&self, i: usize) -> Option<(usize, String)> {
        let letter = self.letter(i, &["k"])?;
        let end = self.skip(i + 1, &["transpose", "sup", "times", "t"]);
        (end > i + 1 && self.at(end) == "q").then_some((end + 1, letter))
    }

    /// A number in figures or in words.
    pub(in crate::claim) fn number(&self, i: usize) -> Option<(usize, f64)> {
        let (sign, at) = if self.is(i, &["minus"]) { (-1.0, i + 1) } else { (1.0, i) };
        // "ln 10"
        if self.is(at, &["ln", "log"]) {
            let bare = self.skip(at + 1, &["open(round)"]);
            let (end, x) = self.number(bare)?;
            let close = bare > at + 1;
            let closed = !close || self.is(end, &["close(round)"]);
            return (closed && x > 0.0).then(|| (end + usize::from(close), sign * x.ln()));
        }
        let word = match self.at(at) {
            "two" => Some(2.0),
            "three" => Some(3.0),
            "four" => Some(4.0),
            "five" => Some(5.0),
            "ten" => Some(10.0),
            "e" => Some(std::f64::consts::E),
            w => w.parse::<f64>().ok(),
        }?;
        let below = self.is(at + 1, &["slash"]).then(|| self.at(at + 2).parse::<f64>().ok()).flatten();
        match below {
            Some(below) if below != 0.0 => Some((at + 3, sign * word / below)),
            _ => Some((at + 1, sign * word)),
        }
    }
}
