//! What a clause says of weights: how it is said, and the comparison with a number.

use super::super::phrases::{ByWords, word, words_are};
use super::super::statement::Link;
use super::super::verbs::{APPROXIMATE, operand_start};
use super::subject::Subject;
use super::{Mode, Reader};
use crate::language::{Bracket, Expr, Options, Relation, Tok, Token, parse_chain};

/// Where a predicate ends, what it says, how, and whether a limit will not do.
pub(super) type Predicate = (usize, Vec<Link>, Mode, bool);

impl Reader<'_> {
    pub(super) fn predicate(&self, at: usize, subject: &Subject) -> Option<Predicate> {
        let mut exact = false;
        let mut at = self.adverbs(at, &mut exact);
        let mut mode = Mode::Always;
        if self.is(at, &["can", "could", "may", "might"]) {
            mode = Mode::Possible;
            at = self.adverbs(at + 1, &mut exact);
            if self.is(at, &["not", "never"]) {
                mode = Mode::Never;
                at += 1;
            }
        } else if self.is(at, &["cannot", "can't", "never"]) || words_are(self.tokens, at, &["can", "not"]) {
            mode = Mode::Never;
            at += if self.is(at, &["can"]) { 2 } else { 1 };
        }
        let at = self.adverbs(at, &mut exact);
        if subject.all && self.is(at, &["sum", "sums", "add", "adds", "total"]) {
            let (end, value) = self.value(self.skip(at + 1, &["up", "to", "over", "all", "keys", "exactly"]))?;
            let sum = self.parsed("\\sum_{i=1}^{n} \\alpha_i")?;
            return Some((end, vec![link(sum, Relation::Equal, value)], mode, true));
        }
        let (end, links, more) = self.property(at, &subject.expr, &mut exact)?;
        // "is always at least", which another reader has made one sign.
        let sign = self.tokens[at].span.of(self.text);
        exact |=
            matches!(self.tokens[at].kind, Tok::Rel(_)) && ["always", "exactly", "necessarily"].iter().any(|w| sign.contains(w));
        let (mode, end) = match (mode, more) {
            (mode, false) => (mode, end),
            (Mode::Always, true) => (Mode::Never, end),
            (_, true) => return None,
        };
        Some((end, links, mode, exact || mode != Mode::Always))
    }

    pub(super) fn adverbs(&self, mut at: usize, exact: &mut bool) -> usize {
        loop {
            match word(self.tokens, at).as_deref() {
                Some("always" | "necessarily" | "automatically") => *exact = true,
                Some("also" | "then" | "all" | "both" | "therefore" | "indeed" | "clearly" | "still" | "even") => {}
                _ => return at,
            }
            at += 1;
        }
    }

    /// "is positive", "lies strictly between 0 and 1", "be exactly 1": what is said, and whether it is denied.
    fn property(&self, at: usize, x: &Expr, exact: &mut bool) -> Option<(usize, Vec<Link>, bool)> {
        let zero = || Expr::int(0);
        let sign = self.tokens.get(at)?;
        if let Tok::Rel(relation) = &sign.kind {
            // "is at least 1/2", which another reader has made a sign.
            let (end, value) = self.value(at + 1).filter(|_| !sign.math)?;
            return Some((end, vec![link(x.clone(), *relation, value)], false));
        }
        let verb = word(self.tokens, at)?;
        match verb.as_str() {
            "vanish" | "vanishes" => return Some((at + 1, vec![link(x.clone(), Relation::Equal, zero())], false)),
            "exceed" | "exceeds" => {
                let (end, value) = self.value(at + 1)?;
                return Some((end, vec![link(x.clone(), Relation::Greater, value)], false));
            }
            "reach" | "reaches" | "equal" | "equals" => {
                let (end, value) = self.value(self.adverbs(self.skip(at + 1, &["exactly", "to"]), exact))?;
                return Some((end, vec![link(x.clone(), Relation::Equal, value)], false));
            }
            "is" | "are" | "be" | "become" | "becomes" | "get" | "gets" | "lie" | "lies" | "stay" | "stays" | "remain"
            | "remains" => {}
            _ => return None,
        }
        let at = self.adverbs(at + 1, exact);
        *exact |= self.is(at, &["exactly"]);
        let denied = self.is(at, &["not", "never"]);
        let at = self.skip(at + usize::from(denied), &["all", "always", "exactly", "strictly", "equal", "to", "a"]);
        let (end, links) = self.compared(at, x)?;
        Some((end, links, denied))
    }

    pub(super) fn compared(&self, at: usize, x: &Expr) -> Option<(usize, Vec<Link>)> {
        let zero = || Expr::int(0);
        let one = |relation, value| vec![link(x.clone(), relation, value)];
        let adjective = match word(self.tokens, at).as_deref() {
            Some("positive") => Some(one(Relation::Greater, zero())),
            Some("negative") => Some(one(Relation::Less, zero())),
            Some("nonnegative" | "non-negative") => Some(one(Relation::GreaterEqual, zero())),
            Some("zero") => Some(one(Relation::Equal, zero())),
            _ => None,
        };
        if let Some(links) = adjective {
            return Some((at + 1, links));
        }
        let compares: &[(&[&str], Relation)] = &[
            (&["at", "least"], Relation::GreaterEqual),
            (&["at", "most"], Relation::LessEqual),
            (&["above"], Relation::Greater),
            (&["over"], Relation::Greater),
            (&["below"], Relation::Less),
            (&["under"], Relation::Less),
            (&["larger", "than"], Relation::Greater),
            (&["bigger", "than"], Relation::Greater),
            (&["greater", "than"], Relation::Greater),
            (&["more", "than"], Relation::Greater),
            (&["less", "than"], Relation::Less),
            (&["smaller", "than"], Relation::Less),
        ];
        if let Some((words, relation)) = compares.iter().find(|(words, _)| words_are(self.tokens, at, words)) {
            let (end, value) = self.value(at + words.len())?;
            return Some((end, one(*relation, value)));
        }
        if self.is(at, &["between"]) {
            let (and, low) = self.value(at + 1)?;
            let (end, high) = self.value(and + 1).filter(|_| self.is(and, &["and"]))?;
            return Some((end, vec![link(x.clone(), Relation::Greater, low), link(x.clone(), Relation::Less, high)]));
        }
        if self.is(at, &["in"]) {
            return self.interval(at + 1, x);
        }
        let (end, value) = self.value(at)?;
        Some((end, one(Relation::Equal, value)))
    }

    /// `(0, 1)`, `[0, 1]` after "lies in".
    fn interval(&self, at: usize, x: &Expr) -> Option<(usize, Vec<Link>)> {
        let [open, low, comma, high, close, ..] = self.tokens.get(at..)? else { return None };
        let (low_relation, high_relation) = match (&open.kind, &close.kind) {
            (Tok::Open(Bracket::Round), Tok::Close(Bracket::Round)) => (Relation::Greater, Relation::Less),
            (Tok::Open(Bracket::Square), Tok::Close(Bracket::Square)) => (Relation::GreaterEqual, Relation::LessEqual),
            _ => return None,
        };
        let unit = matches!((&low.kind, &high.kind), (Tok::Number(a), Tok::Number(b)) if a == "0" && b == "1");
        let bounds = vec![link(x.clone(), low_relation, Expr::int(0)), link(x.clone(), high_relation, Expr::int(1))];
        (unit && comma.kind == Tok::Comma).then_some((at + 5, bounds))
    }

    /// A number: `1/n`, `0`, "one", "one half".
    fn value(&self, at: usize) -> Option<(usize, Expr)> {
        if APPROXIMATE.iter().any(|w| self.is(at, &[w])) {
            return None;
        }
        if words_are(self.tokens, at, &["one", "half"]) {
            return Some((at + 2, self.parsed("1/2")?));
        }
        match word(self.tokens, at).as_deref() {
            Some("zero") => return Some((at + 1, Expr::int(0))),
            Some("one") => return Some((at + 1, Expr::int(1))),
            Some("half") => return Some((at + 1, self.parsed("1/2")?)),
            _ => {}
        }
        if !self.tokens.get(at).is_some_and(operand_start) {
            return None;
        }
        let ends = |t: &Token| {
            matches!(
                t.kind,
                Tok::Word(_) | Tok::Comma | Tok::Stop | Tok::Colon | Tok::Semicolon | Tok::Gap | Tok::Implies | Tok::Rel(_)
            )
        };
        let end = self.tokens[at..].iter().position(ends).map_or(self.tokens.len(), |n| at + n);
        let chain = parse_chain(&self.tokens[at..end], self.text, &self.world.lexicon, Options::default()).ok()?;
        let [operand] = chain.operands.as_slice() else { return None };
        let sizes = operand.expr.symbols().iter().all(|s| s.indices.is_empty() && self.world.dimensions.contains_key(&s.name));
        sizes.then(|| (end, operand.expr.clone()))
    }
}

fn link(left: Expr, relation: Relation, right: Expr) -> Link {
    Link { left, relation, right }
}
