//! Numbers of scores set against each other at the sizes in force: "the cross attentions are three quarters of the perceiver's
//! scores", "the whole thing gets 16 times cheaper", "doubling l multiplies the perceiver's count by 1.89", "ten more layers cost
//! another 10 m^2 scores".
//!
//! Each clause is a noun phrase, a verb and an amount, every word known, or it is left alone.

mod changes;
mod deeper;
mod evaluated;
mod nouns;
mod shapes;
mod symbols;
mod values;
mod wholes;

use std::collections::BTreeMap;

use super::atoms::{Atom, is, text_at};
use super::scaling::View;
use super::sizes;
use crate::language::Expr;
use crate::span::Span;
use nouns::Counted;
pub use values::Much;
use values::{factor, share};

/// A quotient of two numbers of scores and what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Portion {
    /// The two numbers, in the world's letters; one of the pairs is meant.
    pub pairs: Vec<(Expr, Expr)>,
    /// Sizes at which they count.
    pub sizes: BTreeMap<String, f64>,
    /// Other sizes that the part gives: where one of them is given twice, another may be meant.
    pub others: Vec<(String, f64)>,
    /// How large the first is over the second.
    pub much: Much,
    /// Expressions that are said to be the same number.
    pub also: Vec<Expr>,
    /// Whether scores are what is counted, and each once.
    pub certain: bool,
}

/// Pairs of numbers of which one is meant, how large the quotient is, and expressions that are said to be the same number.
type Compared = (Vec<(Expr, Expr)>, Much, Vec<Expr>);

/// The quotient itself is said, exactly.
fn exactly(value: f64) -> Much {
    Much { low: value, high: value, slack: 0.0, loose: false, strict: false }
}

/// Words that open a clause and say nothing.
const LEADS: &[&[&str]] = &[
    &["at", "these", "sizes"],
    &["at", "this", "size"],
    &["for", "these", "sizes"],
    &["for", "these", "numbers"],
    &["with", "these", "numbers"],
    &["with", "these", "sizes"],
    &["in", "this", "example"],
    &["in", "this", "case"],
    &["in", "the", "example"],
    &["in", "our", "example"],
    &["in", "fact"],
    &["in", "other", "words"],
    &["this", "means", "that"],
    &["this", "means"],
    &["that", "means"],
    &["which", "means"],
    &["so"],
    &["thus"],
    &["then"],
    &["here"],
    &["hence"],
    &["now"],
    &["therefore"],
    &["and"],
    &["that"],
    &["actually"],
    &["altogether"],
    &["overall"],
    &["consequently"],
    &["accordingly"],
];
const ENDS: &[&str] =
    &["well", "as", "here", "then", "now", "already", "overall", "altogether", "too", "again", "there", "i", "e"];
const IS: &[&str] = &["is", "are", "was", "were", "be"];
const HAS: &[&str] = &[
    "has", "have", "needs", "need", "takes", "take", "computes", "requires", "require", "forms", "gets", "get", "becomes",
    "become",
];
const MAKES: &[&str] = &[
    "make",
    "makes",
    "account",
    "accounts",
    "form",
    "constitute",
    "constitutes",
    "contribute",
    "contributes",
    "cause",
    "causes",
];
const FEWER: &[&str] = &["fewer", "less", "cheaper", "smaller", "lower"];
const UPWARD: &[&str] = &["dearer", "larger", "bigger", "higher"];

/// A clause without words at its ends that say nothing.
fn trimmed(mut list: &[Atom]) -> &[Atom] {
    while let Some(lead) = LEADS.iter().find(|l| (0..l.len()).all(|i| text_at(list, i) == l[i])) {
        list = &list[lead.len()..];
    }
    while let Some((last, rest)) = list.split_last() {
        if !ENDS.contains(&last.text.as_str()) {
            break;
        }
        list = rest;
    }
    list
}

impl View<'_> {
    /// What a sentence, in the world's letters, says of numbers of scores.
    pub(in super::super) fn portions(&self, own: &[Atom]) -> Vec<(Span, Portion)> {
        const DENIED: &[&str] =
            &["not", "never", "no", "cannot", "neither", "would", "could", "might", "parameters", "memory", "accuracy"];
        if self.growth.portions.is_empty() || own.iter().any(|a| DENIED.contains(&a.text.as_str())) {
            return vec![];
        }
        let mut out = self.deeper(own);
        out.extend(self.balanced(own));
        out.extend(self.altered(own));
        let mut subject = self.subject_before(own);
        for clause in clauses(own) {
            let full = self.with_subject(clause, &mut subject);
            let halves: Vec<&[Atom]> = full.split(|a| a.text == "and").collect();
            let whole: Vec<_> = self.portion(&full).map(|p| (&full[..], p)).into_iter().collect();
            let found = if whole.is_empty() && halves.len() > 1 {
                halves.into_iter().filter_map(|h| Some((h, self.portion(h)?))).collect()
            } else {
                whole
            };
            let (Some(first), Some(end)) = (clause.first(), clause.last()) else { continue };
            for (list, (pairs, much, also)) in found {
                // What a pronoun stands for lies before the clause.
                let inside: Vec<&Atom> =
                    list.iter().filter(|a| a.span.start >= first.span.start && a.span.end <= end.span.end).collect();
                let Some(span) = inside.first().zip(inside.last()).map(|(a, b)| a.span.to(b.span)) else { continue };
                if out.iter().all(|(s, _)| s.end <= span.start || span.end <= s.start) {
                    out.push((span, self.in_force(span.end, pairs, much, also)));
                }
            }
        }
        out
    }

    /// The part up to a place without what only follows from other sizes: "they are equal when …, which means L = 34".
    fn given_before(&self, end: usize) -> Vec<Atom> {
        let all: Vec<Atom> = self.renamed_part().into_iter().filter(|a| a.span.end <= end).collect();
        let follows = |a: &Atom| matches!(a.text.as_str(), "means" | "equal" | "balance" | "coincide" | "until" | "unless");
        // The full stops stay: "2. l = 1024" is no product.
        all.split_inclusive(|a| a.text == ".").filter(|s| !s.iter().any(follows)).flatten().cloned().collect()
    }

    /// The subject of the sentence before, where that is a part that is counted.
    fn subject_before(&self, own: &[Atom]) -> Vec<Atom> {
        let start = own.first().map_or(0, |a| a.span.start);
        let before: Vec<Atom> = self.renamed_part().into_iter().filter(|a| a.span.end <= start).collect();
        let Some(last) = before.split(|a| a.text == ".").rfind(|s| !s.is_empty()) else { return vec![] };
        let mut subject = Vec::new();
        for clause in clauses(last) {
            self.with_subject(clause, &mut subject);
        }
        subject
    }

    /// A clause with the subject of the one before in a pronoun's place; `subject` becomes the clause's own.
    fn with_subject(&self, clause: &[Atom], subject: &mut Vec<Atom>) -> Vec<Atom> {
        let list = trimmed(clause);
        let Some(verb) = (1..list.len()).find(|i| [IS, HAS, MAKES].iter().any(|w| is(list, *i, w))) else {
            return clause.to_vec();
        };
        let head = &list[..verb];
        if let ([one], false) = (head, subject.is_empty())
            && matches!(one.text.as_str(), "it" | "this" | "that" | "they" | "these" | "which")
        {
            return subject.iter().chain(&list[verb..]).cloned().collect();
        }
        if self.counted(head).is_some_and(|c| c.named) {
            *subject = head.to_vec();
        }
        clause.to_vec()
    }

    /// A quotient with the sizes in force at a place.
    fn in_force(&self, end: usize, pairs: Vec<(Expr, Expr)>, much: Much, also: Vec<Expr>) -> Portion {
        let before = self.given_before(end);
        let certain = super::tally::counts_scores(self.growth, &self.part);
        let sizes = sizes::in_force(self.growth, &before);
        let others = sizes::all(self.growth, &before).into_iter().filter(|(v, n)| sizes.get(v) != Some(n)).collect();
        Portion { pairs, sizes, others, much, also, certain }
    }

    fn portion(&self, clause: &[Atom]) -> Option<Compared> {
        let clause = trimmed(clause);
        let plain = |(pairs, much)| (pairs, much, vec![]);
        self.part_of_whole(clause)
            .or_else(|| self.whole_from_part(clause))
            .or_else(|| self.prevails(clause))
            .map(plain)
            .or_else(|| self.multiple(self.behind_sizes(clause)))
    }

    /// "The cross attentions are 76 % of the perceiver's scores."
    fn part_of_whole(&self, c: &[Atom]) -> Option<(Vec<(Expr, Expr)>, Much)> {
        let verb = (1..c.len()).find(|i| is(c, *i, IS) || is(c, *i, HAS) || is(c, *i, MAKES))?;
        let part = self.counted(&c[..verb])?;
        let after = verb + 1 + usize::from(is(c, verb + 1, &["up", "for"]) && is(c, verb, MAKES));
        let (much, end) = share(c, after)?;
        if is(c, end, FEWER) || is(c, end, &["as"]) || text_at(c, end) != "of" && !(end == c.len() && is(c, verb, MAKES)) {
            return None;
        }
        let rest = c.get(end + 1..).unwrap_or_default();
        let of = match self.says_nothing(rest) {
            true if part.whole => self.other_whole(&part)?,
            true => self.whole_scores(&part.model)?,
            false => self.counted(rest)?,
        };
        (of.whole && part != of).then(|| (pairs(&part, &of), much))
    }

    /// "76 % of the perceiver's scores come from the cross attentions."
    fn whole_from_part(&self, c: &[Atom]) -> Option<(Vec<(Expr, Expr)>, Much)> {
        const FROM: &[&[&str]] = &[
            &["come", "from"],
            &["comes", "from"],
            &["stem", "from"],
            &["stems", "from"],
            &["are", "in"],
            &["is", "in"],
            &["lie", "in"],
            &["lies", "in"],
            &["belong", "to"],
            &["belongs", "to"],
            &["sit", "in"],
            &["sits", "in"],
            &["fall", "on"],
            &["falls", "on"],
            &["are", "due", "to"],
            &["is", "due", "to"],
            &["is", "spent", "in"],
            &["are", "spent", "in"],
            &["go", "into"],
            &["goes", "into"],
        ];
        let (much, end) = share(c, 0)?;
        (text_at(c, end) == "of").then_some(())?;
        let fits = |i: usize| FROM.iter().find(|w| (0..w.len()).all(|k| text_at(c, i + k) == w[k]));
        let (at, words) = (end + 1..c.len()).find_map(|i| Some((i, fits(i)?)))?;
        let part = self.counted(&c[at + words.len()..])?;
        let rest = &c[end + 1..at];
        let of = if self.says_nothing(rest) { self.whole_scores(&part.model)? } else { self.counted(rest)? };
        (of.whole && !part.whole && of.model == part.model).then(|| (pairs(&part, &of), much))
    }

    /// "The term that dominates in the perceiver is the one with m^2", "the cross attention is the cheap part".
    fn prevails(&self, c: &[Atom]) -> Option<(Vec<(Expr, Expr)>, Much)> {
        let more = Much { low: 0.5, high: f64::INFINITY, slack: 0.0, loose: false, strict: false };
        let less = Much { low: 0.0, high: 0.5, slack: 0.0, loose: false, strict: false };
        const LARGE: &[&str] = &[
            "dominant",
            "dominating",
            "larger",
            "largest",
            "leading",
            "main",
            "expensive",
            "bigger",
            "biggest",
            "dear",
            "costly",
        ];
        const SMALL: &[&str] = &["cheap", "cheaper", "smaller", "smallest", "cheapest", "minor", "negligible"];
        const PLAIN: &[&str] = &[
            "the",
            "a",
            "more",
            "most",
            "by",
            "far",
            "clearly",
            "part",
            "term",
            "one",
            "summand",
            "of",
            "two",
            "in",
            "contribution",
        ];
        let share_of = |part: Counted, much: Much| {
            let whole = self.whole_scores(&part.model).filter(|_| !part.whole)?;
            Some((pairs(&part, &whole), much))
        };
        let plain = |list: &[Atom]| {
            list.iter()
                .all(|a| PLAIN.contains(&a.text.as_str()) || self.says_nothing(std::slice::from_ref(a)) || self.names_model(a))
        };
        let verb = (1..c.len()).find(|i| is(c, *i, IS) || is(c, *i, &["dominates", "dominate", "prevails", "prevail"]));
        let verb = verb.filter(|v| !(is(c, v.saturating_sub(1), &["that", "which"])));
        if let Some(verb) = verb.filter(|v| !is(c, *v, IS)) {
            return plain(&c[verb + 1..]).then(|| share_of(self.counted(&c[..verb])?, more))?;
        }
        let verb = (1..c.len()).find(|i| is(c, *i, IS))?;
        let (head, tail) = (&c[..verb], &c[verb + 1..]);
        // "The dominant term of the perceiver is 2 l m."
        let said = |list: &[Atom]| {
            let large =
                list.iter().any(|a| LARGE.contains(&a.text.as_str()) || matches!(a.text.as_str(), "dominates" | "prevails"));
            let small = list.iter().any(|a| SMALL.contains(&a.text.as_str()));
            let noun = list.iter().any(|a| matches!(a.text.as_str(), "term" | "part" | "summand" | "contribution" | "one"));
            let rest = list.iter().all(|a| {
                let w = a.text.as_str();
                LARGE.contains(&w)
                    || SMALL.contains(&w)
                    || matches!(w, "dominates" | "prevails" | "that" | "which")
                    || plain(std::slice::from_ref(a))
            });
            (rest && noun && large != small).then_some(large)
        };
        let (large, part) = match (said(head), said(tail)) {
            (Some(large), None) => (large, self.counted(tail)?),
            (None, Some(large)) => (large, self.counted(head)?),
            _ => return None,
        };
        share_of(part, if large { more } else { less })
    }

    fn names_model(&self, a: &Atom) -> bool {
        super::scaling::model_of(self.growth, std::slice::from_ref(&a.text)).is_some()
    }

    /// "The whole thing gets l/m = 16 times cheaper", "an inner block has 64 times fewer scores than a vanilla layer".
    fn multiple(&self, c: &[Atom]) -> Option<Compared> {
        // "That makes the perceiver 16 times cheaper".
        let makes = (0..2).find(|i| is(c, *i, &["makes", "make"]));
        let (head, from) = match makes {
            Some(at) => {
                let from = (at + 1..c.len()).find(|i| factor(c, *i).is_some())?;
                (&c[at + 1..from], from)
            }
            None => {
                let verb = (1..c.len()).find(|i| is(c, *i, IS) || is(c, *i, HAS))?;
                (&c[..verb], verb + 1)
            }
        };
        let (start, also) = self.chain(c, from);
        let as_many = is(c, start, &["as"]) && is(c, start + 1, &["many", "much"]);
        let (much, end) = match as_many {
            true => (exactly(1.0), start),
            false => factor(c, start).or_else(|| share(c, start).filter(|(_, end)| is(c, *end, &["as"]) || lacking(c, *end)))?,
        };
        // "62.5 % fewer": what is missing to all.
        let missing = !as_many && factor(c, start).is_none() && lacking(c, end);
        let much = if missing { Much { low: 1.0 - much.high, high: 1.0 - much.low, ..much } } else { much };
        let (inverse, end) = match (text_at(c, end), text_at(c, end + 1)) {
            (w, _) if FEWER.contains(&w) => (!missing, end + 1),
            (w, _) if UPWARD.contains(&w) => (false, end + 1),
            ("as", "many" | "much" | "large" | "big" | "expensive" | "high") => (false, end + 2),
            _ => return None,
        };
        let unit = end + usize::from(self.growth.units.contains(&text_at(c, end).to_string()));
        let unit = if text_at(c, unit) == "in" && c[unit..].iter().any(|a| self.growth.units.contains(&a.text)) {
            c.len()
        } else {
            unit
        };
        let first = self.counted(head)?;
        // "The whole thing gets cheaper": the model with the bottleneck.
        let first = if first.named || !(inverse || missing) { first } else { self.bottlenecked()? };
        let second = match text_at(c, unit) {
            "" if first.whole => self.other_whole(&first)?,
            "" => self.other_block(&first)?,
            "than" | "as" => self.counted(&in_full(&c[unit + 1..]))?,
            _ => return None,
        };
        let (much, pairs) = if inverse { (much, pairs(&second, &first)) } else { (much, pairs(&first, &second)) };
        (first != second).then_some((pairs, much, also))
    }

    /// "l/m = 16": expressions that are said to be the number behind them.
    fn chain(&self, c: &[Atom], at: usize) -> (usize, Vec<Expr>) {
        let arithmetic = |a: &Atom| {
            self.growth.variables.contains_key(&a.text)
                || a.text.starts_with(|c: char| c.is_ascii_digit())
                || matches!(a.text.as_str(), "^" | "*" | "/" | "(" | ")" | "=")
        };
        let start = (at..c.len()).find(|i| !is(c, *i, &["only", "just", "exactly", "about", "roughly"])).unwrap_or(at);
        let n = c[start..].iter().take_while(|a| arithmetic(a)).count();
        let run = &c[start..start + n];
        let Some(last) = run.iter().rposition(|a| a.text == "=") else { return (at, vec![]) };
        let pieces = run[..last].split(|a| a.text == "=");
        let spelled = |p: &[Atom]| p.iter().map(|a| a.text.as_str()).collect::<Vec<_>>().join(" ");
        let all: Option<Vec<Expr>> = pieces.map(|p| self.expression(&spelled(p))).collect();
        all.map_or((at, vec![]), |all| (start + last + 1, all))
    }

    /// The whole of the model that has the smaller variable of the regime.
    fn bottlenecked(&self) -> Option<Counted> {
        let variable = self.growth.regimes.first()?.split_once("<=")?.0.trim();
        self.growth.models.keys().find_map(|m| self.whole_scores(m).filter(|c| c.any.iter().any(|e| e.mentions(variable))))
    }

    /// "With l = 128 and m = 64 the …": a clause behind the sizes that it gives.
    fn behind_sizes<'a>(&self, list: &'a [Atom]) -> &'a [Atom] {
        let mut at = 0;
        while is(list, at, &["with", "for", "at", "and"])
            && self.growth.variables.contains_key(text_at(list, at + 1))
            && text_at(list, at + 2) == "="
            && sizes::number(list, at + 3).is_some()
        {
            at += 4;
        }
        // "m = 2 l": no size.
        let goes_on = self.growth.variables.contains_key(text_at(list, at)) || is(list, at, &["*", "/", "^", "+", "-"]);
        if goes_on { list } else { &list[at..] }
    }

    /// What one block is compared with where nothing is named: one of the other model, or a block of any other kind.
    fn other_block(&self, of: &Counted) -> Option<Counted> {
        let deep = self.growth.deepened.as_deref()?;
        let once = |e: &Expr| !e.mentions(deep) && !matches!(e, Expr::Mul(f) if matches!(f.first(), Some(Expr::Number(_))));
        let (others, own): (Vec<_>, Vec<_>) = self.growth.portions.iter().partition(|p| p.model != of.model);
        let scores = others.into_iter().chain(own).flat_map(|p| &p.scores);
        let counts = scores.filter_map(|s| self.expression(s)).filter(once);
        let mut any: Vec<Expr> = counts.filter(|e| !of.any.contains(e)).collect();
        any.dedup();
        let model = self.growth.models.keys().find(|m| **m != of.model)?.clone();
        of.any.iter().any(once).then_some(Counted { any, model, whole: false, named: false })
    }

    /// The whole of the other model.
    fn other_whole(&self, of: &Counted) -> Option<Counted> {
        let mut others = self.growth.models.keys().filter(|m| **m != of.model);
        let other = others.next().filter(|_| others.next().is_none() && of.whole)?;
        self.whole_scores(other)
    }
}

/// Whether a percentage ends at a place and is said to be fewer.
fn lacking(c: &[Atom], end: usize) -> bool {
    is(c, end, FEWER) && end > 0 && is(c, end - 1, &["%", "percent"])
}

/// "an outer one": a block.
fn in_full(list: &[Atom]) -> Vec<Atom> {
    let mut list = list.to_vec();
    let noun = list.iter().any(|a| matches!(a.text.as_str(), "block" | "layer"));
    if let Some(last) = list.last_mut().filter(|a| a.text == "one" && !noun) {
        last.text = "block".into();
    }
    list
}

/// Each meaning of the one over each of the other.
fn pairs(over: &Counted, under: &Counted) -> Vec<(Expr, Expr)> {
    over.any.iter().flat_map(|a| under.any.iter().map(|b| (a.clone(), b.clone()))).collect()
}

/// The clauses of a sentence.
fn clauses(own: &[Atom]) -> Vec<&[Atom]> {
    let stop = |a: &Atom| matches!(a.text.as_str(), "," | ";" | ":" | "." | "but" | "while" | "whereas" | "since" | "because");
    own.split(stop).filter(|c| !c.is_empty()).collect()
}
