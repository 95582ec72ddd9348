//! One clause about another answer: which, and what is said to come out.

use super::comes::{AVERAGE, FAILS, GIVES, IS, OF_ALL, OF_TWO, SAME, SERVES, UNCHANGED};
use super::words::{
    BEFORE_NOUN, BEHIND, BESIDE, BOTH_WEIGHTS, DENIED, EXCHANGED, HELPING, IN_PLACE, LIMITED, MARKS, MAY, NOUNS, ONE, OTHER,
    SHARING, SUBJECTS, SUPPOSED, TAILS, TRIED, USE,
};
use super::{Instead, Outcome, Said, opening};
use crate::claim::interventions::words::Words;
use crate::claim::links::chain_inside;
use crate::claim::phrases::all_from;
use crate::claim::statement::{Condition, LimitSense, Link};
use crate::language::{Chain, Expr, Relation, Style, Symbol, Tok, Token, parse_statement, print};
use crate::span::Span;
use crate::world::World;

/// The words of a sentence in which such clauses are looked for.
pub(super) struct Clause<'a> {
    pub(super) world: &'a World,
    pub(super) tokens: &'a [Token],
    pub(super) text: &'a str,
    pub(super) words: Words,
}

type Answers = Vec<(Symbol, Expr)>;

impl Clause<'_> {
    /// All clauses of the sentence.
    pub(super) fn all(&self) -> Vec<(Span, Said)> {
        let words = &self.words;
        let begins = |at: usize| {
            at == 0 || words.parts(at - 1) || words.is(at - 1, &["and", "so", "but", "because", "since", "that", "hence"])
        };
        all_from(words.len(), |at| {
            let (end, said) = begins(at).then(|| self.read(at))??;
            Some((end, (words.span(at, end), said)))
        })
    }

    fn read(&self, at: usize) -> Option<(usize, Said)> {
        // Openers may belong to the clause: "for", "the", "another".
        (at..=opening(&self.words, at)).rev().find_map(|start| self.whole(start, at))
    }

    fn whole(&self, at: usize, from: usize) -> Option<(usize, Said)> {
        let found = self
            .tried(at)
            .or_else(|| self.of_both(at))
            .or_else(|| self.named(at))
            .or_else(|| self.possible(at))
            .or_else(|| self.negative(at));
        let (end, instead, conditions) = found?;
        let words = &self.words;
        let end = words.past(end, TAILS);
        let over = words.ends(end) && !words.is(end, LIMITED);
        let marked = !conditions.is_empty() || (from..end).any(|i| words.is(i, MARKS));
        over.then_some((end, Said { instead, conditions, marked }))
    }

    /// "With q = …, we would get …", "if we took q = … instead, the output would be …".
    fn tried(&self, at: usize) -> Option<(usize, Instead, Vec<Condition>)> {
        let words = &self.words;
        let supposed = || {
            let start = words.is(at, &["if"]).then(|| words.skip(at + 1, ONE)).filter(|i| *i > at + 1)?;
            words.longest(words.past(start, BESIDE), SUPPOSED)
        };
        let start = words.longest(at, TRIED).or_else(supposed)?;
        let start = self.factor_put_in(start).unwrap_or(start);
        let (end, answers) = self.named_answers(start)?;
        self.comes_out(end, answers)
    }

    /// What comes out behind answers that are tried: "…, we would get …", "… leads to …".
    fn comes_out(&self, at: usize, answers: Answers) -> Option<(usize, Instead, Vec<Condition>)> {
        let end = self.words.skip(self.behind(at), &["comma", "then"]);
        let (end, outcome, so) = self.with_subject(end).or_else(|| self.core(end))?;
        Some((end, Instead { answers, outcome, so }, vec![]))
    }

    /// Answers behind their noun: "the alternative choice of q = …".
    fn named_answers(&self, at: usize) -> Option<(usize, Answers)> {
        self.answers(self.words.past(at, &[NOUNS, BEFORE_NOUN, OTHER, &["of"]].concat()))
    }

    /// "(putting) the factor ½ into the query," before the query is written out.
    fn factor_put_in(&self, at: usize) -> Option<usize> {
        let words = &self.words;
        let end = self.mathematics(words.skip(at, &["the", "a", "factor", "of"]));
        let end = words.row(end, &["into the query", "in the query", "into q", "in front of the query"])?;
        words.is(end, &["comma"]).then_some(end + 1)
    }

    /// "If both heads used βμ_a, …", "exchanging the two queries …".
    fn of_both(&self, at: usize) -> Option<(usize, Instead, Vec<Condition>)> {
        let words = &self.words;
        let [first, second] = self.world.slots.as_slice() else { return None };
        let exchanged = || {
            let end = words.longest(at, EXCHANGED)?;
            Some((end, vec![(first.symbol.clone(), second.reference.clone()), (second.symbol.clone(), first.reference.clone())]))
        };
        let shared = || {
            let start = words.longest(words.longest(at, &["if both heads", "with both heads"])?, SHARING)?;
            let end = self.mathematics(start);
            let chain = self.chain(start, end)?;
            let [operand] = chain.operands.as_slice() else { return None };
            let all = [first, second].map(|s| (s.symbol.clone(), operand.expr.clone()));
            self.could_fill(&operand.expr).then(|| (end, all.to_vec()))
        };
        let (end, answers) = exchanged().or_else(shared)?;
        self.comes_out(end, answers)
    }

    /// "The choice q = … would give …".
    fn named(&self, at: usize) -> Option<(usize, Instead, Vec<Condition>)> {
        let (end, answers) = self.named_answers(at)?;
        let (end, outcome, so) = self.core(self.behind(end))?;
        Some((end, Instead { answers, outcome, so }, vec![]))
    }

    /// "One could also use q = …", "another choice is q = …", "instead of … we could have used …".
    fn possible(&self, at: usize) -> Option<(usize, Instead, Vec<Condition>)> {
        let words = &self.words;
        let place = words.row(at, IN_PLACE).map(|i| words.skip(self.mathematics(words.skip(i, BEFORE_NOUN)), &["comma"]));
        let start = place.unwrap_or(at);
        let may = || {
            let start = words.skip(start, ONE);
            let start = words.longest(words.past(start, BESIDE), MAY).filter(|_| start > at)?;
            words.longest(words.past(start, BESIDE), USE)
        };
        // "it would also be possible to use q = …"
        let possible = || {
            let verb =
                words.past(words.is(start, &["it"]).then_some(start + 1)?, &[HELPING, BESIDE, &["be", "is", "was"]].concat());
            let end = words.is(verb, &["possible", "fine", "allowed", "enough", "sufficient"]).then_some(verb + 1)?;
            words.longest(words.is(end, &["to"]).then_some(end + 1)?, USE)
        };
        let other = || {
            let noun =
                words.is(start, &["another", "other", "alternative"]).then(|| words.past(start, &[NOUNS, OTHER].concat()))?;
            let noun = words.row(noun, &["that works", "which works", "that does the job", "with this property"]).unwrap_or(noun);
            words.row(noun, &["is", "would be", "are", "colon"]).filter(|_| noun > start + 1)
        };
        let from = may().or_else(possible).or_else(other)?;
        let (end, answers) = self.named_answers(from)?;
        let nothing = words
            .row(self.behind(end), &["and nothing would change", "without changing anything", "without changing the output"]);
        let outcome = if nothing.is_some() { Outcome::Same } else { Outcome::Serves };
        Some((nothing.unwrap_or(self.behind(end)), Instead { answers, outcome, so: true }, vec![]))
    }

    /// "A large negative β does the job too", "if β is negative, the same query works as well".
    fn negative(&self, at: usize) -> Option<(usize, Instead, Vec<Condition>)> {
        let words = &self.words;
        let name = self.world.factor()?;
        let shown = print(&Expr::Symbol(Symbol::plain(name)), Style::Plain);
        let named = |i: usize| (words.at(i) == shown).then_some(i + 1);
        let low = |i: usize| words.is(i, &["negative"]).then_some(i + 1);
        let size: &[&str] = &["large", "very", "strongly", "big", "a", "any", "and"];
        let attribute = || named(low(words.skip(at, size))?).filter(|_| words.is(at, size) || words.is(at, &["negative"]));
        let clause = || {
            let is = named(words.row(at, &["if", "when", "for", "with"])?)?;
            let below = || low(words.skip(words.row(is, &["is", "were"])?, size));
            let end = words.row(is, &["< 0", "<< 0"]).or_else(below)?;
            let end = words.skip(end, &["comma", "then"]);
            Some(self.subject_of_answer(end).unwrap_or(end))
        };
        let number = || {
            let end = named(words.skip(at, &["with", "for"])).filter(|i| words.is(*i, &["="]) && words.is(i + 1, &["minus"]))?;
            words
                .number(end + 1)
                .filter(|(_, value)| *value < 0.0)
                .map(|(end, _)| self.subject_of_answer(words.skip(end, &["comma"])).unwrap_or(end))
        };
        let end = attribute().or_else(clause).or_else(number)?;
        let (mut end, outcome, so) = self.core(end).or_else(|| self.with_subject(end))?;
        // "β = −100 is as good as β = 100"
        if words.is(end, &["as"]) && named(end + 1).is_some_and(|i| words.is(i, &["="])) {
            end = words.number(end + 3)?.0;
        }
        let limit = Condition::Limit(Symbol::plain(name), LimitSense::Negative);
        matches!(outcome, Outcome::Serves).then(|| (end, Instead { answers: vec![], outcome, so }, vec![limit]))
    }

    /// "the same query (works too)"
    fn subject_of_answer(&self, at: usize) -> Option<usize> {
        self.words.row(at, &["the same query", "this query", "the query", "the same choice", "the same q", "q", "it", "this"])
    }

    /// The outcome behind who gets it: "we would get …", "the output would be …", "nothing would change", "both weights would be ¼".
    fn with_subject(&self, at: usize) -> Option<(usize, Outcome, bool)> {
        let words = &self.words;
        if let Some(end) = words.row(at, &["nothing would change", "nothing changes", "nothing would be different"]) {
            return Some((end, Outcome::Same, true));
        }
        if let Some(found) = self.both_weights(at) {
            return Some(found);
        }
        let start = words.longest(at, SUBJECTS)?;
        // "c ≈ ⅓ v_a + ⅔ v_b"
        if words.at(at) == "c" {
            let end = self.mathematics(at);
            if let Some(links) = self.links(at, end).filter(|_| end > at + 1) {
                return Some((end, Outcome::Relations(links), true));
            }
        }
        let (verb, so) = self.helped(start);
        let object = words.longest(verb, IS).or_else(|| words.longest(verb, GIVES))?;
        let (end, outcome) = self.object(object)?;
        Some((end, outcome, so))
    }

    /// A verb with its outcome: "would give …", "works", "changes nothing".
    fn core(&self, at: usize) -> Option<(usize, Outcome, bool)> {
        let words = &self.words;
        let bare = words.past(at, HELPING);
        if let Some(end) = words.row(bare, UNCHANGED) {
            return Some((end, Outcome::Same, true));
        }
        let (verb, so) = self.helped(at);
        if let Some(end) = words.longest(verb, FAILS) {
            return Some((end, Outcome::Serves, !so));
        }
        let gives = words.longest(verb, GIVES);
        if let Some((end, outcome)) = gives.and_then(|i| self.object(i)) {
            return Some((end, outcome, so));
        }
        Some((words.longest(verb, SERVES)?, Outcome::Serves, so))
    }

    /// Behind helping verbs, adverbs and a denial, and whether there was none.
    fn helped(&self, at: usize) -> (usize, bool) {
        let words = &self.words;
        let mut end = at;
        let mut so = true;
        loop {
            if let Some(next) =
                words.row(end, BESIDE).or_else(|| words.row(end, HELPING).filter(|i| words.len() > *i && !words.ends(*i)))
            {
                // "would do": the verb itself
                if words.is(end, &["do", "does"]) && !words.is(next, DENIED) {
                    return (end, so);
                }
                end = next;
            } else if let Some(next) = words.row(end, DENIED) {
                (end, so) = (next, !so);
            } else {
                return (end, so);
            }
        }
    }

    /// What comes out: the same, the average, an expression, weights.
    fn object(&self, at: usize) -> Option<(usize, Outcome)> {
        let words = &self.words;
        let start = words
            .past(at, &["the", "a", "an", "again", "only", "also", "just", "about", "roughly", "approximately", "still", "us"]);
        if let Some(end) = words.longest(start, SAME) {
            return Some((end, Outcome::Same));
        }
        if let Some(end) = words.longest(start, OF_ALL) {
            return Some((end, Outcome::Relations(vec![self.mean_of_all()?])));
        }
        if let Some(end) = words.longest(start, AVERAGE).filter(|_| self.asks_for_a_mean()) {
            let end = words.row(end, OF_TWO).unwrap_or(end);
            return (!words.is(end, &["of", "over"])).then_some((end, Outcome::Same));
        }
        if let Some(found) = self.weights(start) {
            return Some(found);
        }
        let end = self.mathematics(start);
        let links = self.links(start, end)?;
        let alone = words.row(end, &["alone", "only"]).unwrap_or(end);
        Some((alone, Outcome::Relations(links)))
    }

    /// "both weights would be about ½"
    fn both_weights(&self, at: usize) -> Option<(usize, Outcome, bool)> {
        let words = &self.words;
        let start = words.longest(at, BOTH_WEIGHTS)?;
        let (verb, so) = self.helped(start);
        let from = words.past(words.longest(verb, IS)?, &["about", "roughly", "only", "close to"]);
        let end = self.mathematics(from);
        Some((words.skip(end, &["each"]), self.weighing(from, end)?, so))
    }

    /// "weights of ¼ each"
    fn weights(&self, at: usize) -> Option<(usize, Outcome)> {
        let words = &self.words;
        let start = words.row(at, &["weights of", "weights of about", "weight of", "weights"])?;
        let end = self.mathematics(words.skip(start, &["about", "only"]));
        let outcome = self.weighing(words.skip(start, &["about", "only"]), end)?;
        Some((words.row(end, &["each", "for each", "for both", "for each of them"])?, outcome))
    }

    /// Weights of the keys that the question names, each a number.
    fn weighing(&self, from: usize, to: usize) -> Option<Outcome> {
        let [operand] = &self.chain(from, to)?.operands[..] else { return None };
        if !operand.expr.is_closed() || !self.world.attends() || self.world.letters.is_empty() {
            return None;
        }
        let link = |letter: &String| Link {
            left: Expr::Symbol(Symbol::indexed("alpha", letter)),
            relation: Relation::Approx,
            right: operand.expr.clone(),
        };
        Some(Outcome::Relations(self.world.letters.iter().map(link).collect()))
    }

    /// An expression as the output, or relations of the output that are written out.
    fn links(&self, from: usize, to: usize) -> Option<Vec<Link>> {
        let chain = self.chain(from, to)?;
        let left = self.world.slots.first()?.requirement.operands.first()?.expr.clone();
        if let [operand] = &chain.operands[..] {
            let fits = self.world.is_array(&operand.expr);
            return fits.then(|| vec![Link { left, relation: Relation::Approx, right: operand.expr.clone() }]);
        }
        let about = |e: &Expr| *e == left || matches!(e, Expr::Symbol(s) if s.name == "alpha" && !s.indices.is_empty());
        about(&chain.operands[0].expr).then(|| (0..chain.relations.len()).map(|i| Link::at(&chain, i)).collect())
    }

    fn mean_of_all(&self) -> Option<Link> {
        let chain = parse_statement("c = 1/n sum_{i=1}^{n} v_i", &self.world.lexicon).ok()?;
        let known = chain.operands.iter().all(|o| self.world.shape_of(&o.expr, &[]).is_ok());
        (known && self.world.families.contains_key("v")).then(|| Link { relation: Relation::Approx, ..Link::at(&chain, 0) })
    }

    /// Whether the question asks for a sum of values, not for one.
    fn asks_for_a_mean(&self) -> bool {
        let right = |s: &crate::world::Slot| s.requirement.operands.last().is_some_and(|o| o.expr.symbols().len() > 1);
        self.world.slots.iter().all(right)
    }

    /// What stands in the slots' places: `q = …`, `q_1 = … and q_2 = …`, `q_1 = q_2 = …`, a bare expression where there is one slot.
    fn answers(&self, at: usize) -> Option<(usize, Answers)> {
        let words = &self.words;
        let mut out: Answers = Vec::new();
        let mut from = at;
        loop {
            let end = self.mathematics(from);
            let chain = self.chain(from, end)?;
            if chain.relations.iter().any(|r| *r != Relation::Equal) {
                return None;
            }
            let (last, slots) = chain.operands.split_last()?;
            let slots: Vec<Symbol> = match (slots, self.world.slots.as_slice()) {
                ([], [only]) => vec![only.symbol.clone()],
                ([], _) => return None,
                (named, _) => named.iter().map(|o| self.slot_of(&o.expr)).collect::<Option<_>>()?,
            };
            if self.world.is_slot(&last.expr) || chain.relations.is_empty() && !self.could_fill(&last.expr) {
                return None;
            }
            out.extend(slots.into_iter().map(|s| (s, last.expr.clone())));
            let next = words.skip(end, &["and", "comma"]);
            if out.len() == self.world.slots.len() {
                return Some((end, out));
            }
            if next == end {
                return None;
            }
            from = next;
        }
    }

    fn slot_of(&self, expr: &Expr) -> Option<Symbol> {
        match expr {
            Expr::Symbol(s) => self.world.slot(s).map(|slot| slot.symbol.clone()),
            _ => None,
        }
    }

    /// Whether a bare expression may be meant as an answer: a vector or matrix of more than one symbol, of the question's.
    fn could_fill(&self, expr: &Expr) -> bool {
        let known = expr.symbols().iter().all(|s| self.world.knows(s, &[]) || s.indices.is_empty());
        known && matches!(expr, Expr::Mul(_) | Expr::Add(_)) && self.world.is_array(expr)
    }

    /// Behind "instead", "alone", "in place of …".
    fn behind(&self, at: usize) -> usize {
        let words = &self.words;
        match words.row(at, IN_PLACE) {
            Some(next) => self.mathematics(words.skip(next, BEFORE_NOUN)),
            None => words.skip(at, BEHIND),
        }
    }

    /// Where the mathematics at a place ends.
    fn mathematics(&self, at: usize) -> usize {
        let words = &self.words;
        let kind = |i: usize| {
            let place = words.span(i, i + 1);
            self.tokens.iter().find(|t| t.span.start >= place.start).map(|t| &t.kind)
        };
        let sign = |i: usize| words.parts(i) && !words.at(i).starts_with("open(");
        (at..words.len()).find(|i| sign(*i) || matches!(kind(*i), Some(Tok::Word(_)) | None)).unwrap_or(words.len())
    }

    fn chain(&self, from: usize, to: usize) -> Option<Chain> {
        (to > from).then(|| chain_inside(self.world, self.tokens, self.text, self.words.span(from, to)))?
    }
}
