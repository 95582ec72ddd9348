//! Quantities in words: "the length of q is √2 β", "key b scores β on average", "the weights of the other keys go to 0", "A has
//! size d × m", "the ratio of the weights of a and b is 1".
//!
//! A clause is a noun phrase and what is said of it. It is read where every one of its words is understood, and becomes relations
//! between expressions; any other clause is left alone.

mod apportioned;
mod bounds;
mod directions;
mod having;
mod keys;
mod listed;
mod measures;
mod noun;
mod predicate;
mod response;
mod supposing;
#[cfg(test)]
mod tests;
mod trend;
mod value;
mod words;

use super::circumstance;
use super::claims::says_exactly;
use super::condition::LEADS;
use super::example::items::{ByItems, Item, Kind, items};
use super::guards;
use super::phrases::{all_from, inside};
use super::read::Reader as PartReader;
use super::statement::{Body, Condition, Link, Scope, Statement};
use super::sweeping::{self, Sweeping};
use crate::language::{Expr, Index, Moment, Relation, Symbol, Token};
use crate::span::Span;
use crate::world::World;
use response::Responses;
pub use response::{By, Outcome, Response};
use supposing::{grown, supposes};
use value::Links;
use words::{CASES, ENDERS, FACTIVE, GIVING, OPENERS};

/// What a clause says.
#[derive(Debug)]
pub struct Said {
    /// Where.
    pub span: Span,
    /// The relations, each with the keys that it leaves out.
    pub links: Links,
    /// What changes do, each with the keys that it leaves out.
    pub responses: Responses,
    /// Whether it may only be confirmed.
    pub tentative: bool,
    /// The value, where a chain goes on behind it: "is √(αd) = 0.01".
    pub value: Option<Span>,
}

/// What was spoken of before a sentence.
#[derive(Debug, Clone, Default)]
pub struct Before<'a> {
    /// The symbol, for pronouns.
    pub spoken: Option<&'a Symbol>,
    /// A number of unnamed keys whose moment was spoken of, with the keys that it leaves out.
    pub measured: Option<(Expr, Vec<Condition>)>,
    /// The head.
    pub head: Option<Head>,
}

/// What the clauses of a sentence say of quantities.
pub fn find(world: &World, tokens: &[Token], text: &str, before: Before) -> Vec<Said> {
    let items = items(world, tokens, text);
    let supposing = (0..items.len()).any(|at| supposes(&items, at));
    let heads = heads(world, &items);
    let Before { spoken, head: former, measured } = before;
    let reader = |at| Reader { world, text, items: &items, spoken, measured: &measured, heads: &heads, former, at };
    all_from(items.len(), |at| {
        let start = reader(at).begins(at).then(|| reader(at).skip(at, OPENERS))?;
        let reader = reader(start);
        let (end, said) = reader.changing(start).or_else(|| reader.in_a_row(start)).or_else(|| reader.clause(start))?;
        // "because then a and b get …": under what was spoken of.
        let then = (at..start).any(|i| reader.is(i, &["then"]));
        Some((end, Said { tentative: said.tentative || supposing || then, ..said }))
    })
}

impl PartReader<'_> {
    /// What the clauses of a sentence say of quantities, in the place of what was read of pieces of them: where.
    pub(super) fn of_quantities(&mut self, range: &std::ops::Range<usize>, first: usize, forward: &Scope) -> Vec<Span> {
        let place = self.span(range);
        let plain = inside(self.plain, place);
        let mut places = Vec::new();
        let spoken = self.spoken_of(first);
        let numbers = super::heads::numbers(self.world);
        let named = (!numbers.is_empty()).then(|| super::heads::mentioned(&numbers, &self.tokens[..range.start]));
        let measured = self.measured(first);
        let before = Before { spoken: spoken.as_ref(), measured, head: named.and_then(|all| all.last().map(|(_, h)| *h)) };
        for said in find(self.world, &plain, self.text, before) {
            if self.denied(said.span) || !self.takes_place(&said, first) {
                continue;
            }
            let within = |s: &Statement| said.span.start <= s.span.start && s.span.end <= said.span.end;
            let open = |b: &Body| matches!(b, Body::Relation { .. } | Body::Unread { .. } | Body::Prose);
            let mut scope = self.in_force(forward, place, said.span);
            let later = self.out.split_off(first);
            for statement in later {
                if within(&statement) && open(&statement.body) {
                    scope = statement.scope;
                } else {
                    self.out.push(statement);
                }
            }
            scope.tentative = said.tentative;
            scope.exact |= says_exactly(said.span.of(self.text));
            scope.circumstance = circumstance::around_place(self.tokens, said.span, self.text);
            scope.sweeping = circumstance::range_of(self.tokens, said.span).and_then(|r| sweeping::around(self.tokens, &r));
            // "c always has the same length as v_j": more than a limit gives.
            let always = said.links.iter().all(|(l, _)| l.relation == Relation::Equal) && !self.world.draws();
            if always && said.span.of(self.text).split_whitespace().any(|w| w == "always") {
                scope.sweeping = scope.sweeping.or(Some(Sweeping::plain("always")));
            }
            places.push(said.span);
            for (response, out) in said.responses {
                let mut scope = scope.clone();
                scope.conditions.extend(out);
                self.push(said.span, Body::Response(response), scope);
            }
            for (mut link, out) in said.links {
                // "vanish exactly": no limit is meant.
                if scope.exact && link.relation == Relation::Tends {
                    link.relation = Relation::Equal;
                }
                let mut scope = scope.clone();
                scope.conditions.extend(out);
                if guards::outright(&link, &scope, self.part().of(self.text)) {
                    scope.sweeping = Some(Sweeping::plain(guards::PLAIN));
                }
                // A denominator is written out, not followed to where it has no bound.
                let denominator = link.relation == Relation::Equal && matches!(link.left, Expr::Sum(..));
                scope.exact |= denominator && !self.world.draws();
                let alternatives = of_all_the_others(&link, &scope.conditions, said.span.of(self.text));
                self.push(said.span, Body::Relation { link, alternatives }, scope);
            }
        }
        places
    }

    /// Whether a clause says more than what was read of it: no relation that goes beyond it, and none that is the same.
    fn takes_place(&self, said: &Said, first: usize) -> bool {
        let related = |s: &&Statement| matches!(s.body, Body::Relation { .. });
        let meets = |s: &&Statement| s.span.start < said.span.end && said.span.start < s.span.end;
        let behind = |s: &Statement| said.value.is_some_and(|value| value.start <= s.span.start);
        let beyond = |s: &Statement| s.span.start < said.span.start || said.span.end < s.span.end && !behind(s);
        let same = |s: &Statement| match (&s.body, said.links.as_slice()) {
            (Body::Relation { link, .. }, [(own, _)]) => link == own,
            _ => false,
        };
        !self.out[first..].iter().filter(related).filter(meets).any(|s| beyond(s) || same(s))
    }

    /// The number of whose mean or variance the statement before a sentence spoke, of unnamed keys: "the score of any other key".
    fn measured(&self, first: usize) -> Option<(Expr, Vec<Condition>)> {
        let last = self.out[..first].last()?;
        let Body::Relation { link, .. } = &last.body else { return None };
        let Expr::Moment(_, inner) = &link.left else { return None };
        let out: Vec<Condition> = last.scope.conditions.iter().filter(|c| matches!(c, Condition::Differ(..))).cloned().collect();
        (!out.is_empty() && self.world.is_number(inner)).then(|| ((**inner).clone(), out))
    }

    /// What the sum of the statement before a sentence ran over, "each term" of what follows.
    pub(super) fn summed(&self, first: usize) -> Option<Expr> {
        let sum = |e: &Expr| match e {
            Expr::Sum(_, body) => Some((**body).clone()),
            _ => None,
        };
        match &self.out[..first].last()?.body {
            Body::Relation { link, .. } => sum(&link.right).or_else(|| sum(&link.left)),
            Body::Filling { expr, .. } => sum(expr),
            _ => None,
        }
    }

    /// The symbol of which the statement before a sentence spoke.
    pub(super) fn spoken_of(&self, first: usize) -> Option<Symbol> {
        self.out[..first].iter().rev().find_map(|s| match &s.body {
            Body::Relation { link: Link { left: Expr::Symbol(symbol), .. }, .. } => Some(symbol.clone()),
            Body::Filling { slot, .. } => Some(slot.clone()),
            _ => None,
        })
    }
}

/// A number for the heads of a question.
pub type Head = u32;

/// Where which head is named.
fn heads(world: &World, items: &[Item]) -> Vec<(usize, Head)> {
    let numbers = super::heads::numbers(world);
    let named = |i: usize| match &items.get(i)?.kind {
        Kind::Word(w) => match w.as_str() {
            "first" | "one" => Some(1),
            "second" | "two" => Some(2),
            _ => None,
        },
        Kind::Math(Expr::Number(n)) if n.value == 1.0 => Some(1),
        Kind::Math(Expr::Number(n)) if n.value == 2.0 => Some(2),
        _ => None,
    };
    let head = |i: &usize| matches!(&items[*i].kind, Kind::Word(w) if w == "head");
    let beside = |i: usize| i.checked_sub(1).and_then(named).or_else(|| named(i + 1)).map(|h| (i, h));
    // "under q_1"
    let query = |i: usize| match &items[i].kind {
        Kind::Math(Expr::Symbol(s)) if s.name == "q" && world.slot(s).is_some() => match s.indices.as_slice() {
            [Index::Number(h)] => Some((i, *h)),
            _ => None,
        },
        _ => None,
    };
    let under = |i: usize| matches!(&items[i].kind, Kind::Word(w) if matches!(w.as_str(), "under" | "with" | "for" | "against" | "query"));
    let placed = |i: usize| if head(&i) { beside(i) } else { query(i).filter(|_| i > 0 && under(i - 1)) };
    (0..items.len()).filter_map(placed).filter(|(_, h)| numbers.contains(h)).collect()
}

struct Reader<'a> {
    world: &'a World,
    text: &'a str,
    items: &'a [Item],
    /// The symbol that was spoken of last.
    spoken: Option<&'a Symbol>,
    /// The number whose moment was spoken of last, with the keys that it leaves out.
    measured: &'a Option<(Expr, Vec<Condition>)>,
    /// Where which head is named.
    heads: &'a [(usize, Head)],
    /// The head that was named last before the sentence.
    former: Option<Head>,
    /// Where the clause begins.
    at: usize,
}

impl ByItems for Reader<'_> {
    fn items(&self) -> &[Item] {
        self.items
    }
}

impl Reader<'_> {
    /// Whether a clause may begin there.
    fn begins(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        match &self.items[before].kind {
            // "a key i ≠ a, b has …": the comma of a list.
            Kind::Comma => {
                let sign = before.checked_sub(2).and_then(|i| self.relation(i));
                !matches!(sign, Some(Relation::NotEqual | Relation::In))
            }
            Kind::Colon | Kind::End => true,
            // What "and" joins is a clause of its own if one stands before it.
            Kind::Word(w) if w == "and" => (0..before)
                .rev()
                .take_while(|i| !self.parts(*i))
                .any(|i| self.relation(i).is_some() || self.is(i, predicate::VERBS)),
            // "For q = 0 all weights are 1/n."
            Kind::Math(_) => {
                self.condition_before(at) || self.is(at, GIVING) && before > 0 && self.relation(before - 1).is_some()
            }
            // "Note that …", not "It is enough that …".
            Kind::Word(w) if w == "that" => before.checked_sub(1).is_some_and(|i| self.is(i, FACTIVE)),
            Kind::Word(w) => matches!(
                w.as_str(),
                "so" | "because" | "since" | "while" | "whereas" | "but" | "hence" | "thus" | "therefore" | "then"
            ),
            _ => false,
        }
    }

    /// Whether "for β = 0", "for large β" stands before a place.
    fn condition_before(&self, at: usize) -> bool {
        let sized = |start: usize| self.limits(start) && self.math(start + 2).is_some();
        (at.checked_sub(3).is_some_and(sized) || self.behind_given(at)) && (self.word(at).is_some() || self.math(at).is_some())
    }

    /// Whether values stand before a place, "for β = 10, d = 50 and α = 10⁻⁴".
    fn behind_given(&self, at: usize) -> bool {
        let mut end = at;
        loop {
            let Some(start) = end.checked_sub(3) else { return false };
            let given = self.math(start).is_some() && self.relation(start + 1).is_some() && self.math(start + 2).is_some();
            let Some(before) = start.checked_sub(1).filter(|_| given) else { return false };
            end = match () {
                () if self.is(before, LEADS) => return true,
                () if self.is(before, &["and"]) && before > 0 => before - usize::from(self.comma(before - 1)),
                () if self.comma(before) => before,
                () => return false,
            };
        }
    }

    /// Whether a clause may end there.
    fn ends(&self, at: usize) -> bool {
        at >= self.items.len() || self.parts(at) || self.is(at, ENDERS)
    }

    /// A clause that says what a change does.
    fn changing(&self, at: usize) -> Option<(usize, Said)> {
        let (end, responses) = self.responses(at)?;
        let span = self.items[at].span.to(self.items[end - 1].span);
        let cases = self.is(end, CASES) && !self.limits(end);
        Some((end, Said { span, links: vec![], responses, tentative: cases, value: None }))
    }

    /// A row of scores or weights, what a query gives to keys, how keys spread, and what is said key by key.
    fn in_a_row(&self, at: usize) -> Option<(usize, Said)> {
        let found = self
            .row(at)
            .or_else(|| self.paired(at))
            .or_else(|| self.giving(at))
            .or_else(|| self.head_giving(at))
            .or_else(|| self.spread(at))
            .or_else(|| self.far_from_mean(at))
            .or_else(|| self.spread_given(at))
            .or_else(|| self.apportioned(at));
        let (end, links) = found.filter(|(end, _)| self.ends(*end))?;
        let span = self.items[at].span.to(self.items[end - 1].span);
        let cases = self.is(end, CASES) && !self.limits(end);
        Some((end, Said { span, links, responses: vec![], tentative: cases, value: None }))
    }

    /// A clause: context, a noun phrase, what is said of it, context.
    fn clause(&self, at: usize) -> Option<(usize, Said)> {
        if self.behind_directions(at) {
            return None;
        }
        let mut context = Context::default();
        let start = self.context(at, &mut context);
        let (next, noun) = self.noun_phrase(start)?;
        let next = self.context(next, &mut context);
        let (next, mut links) = self.predicate(next, &noun, &mut context)?;
        let end = self.context(next, &mut context);
        let goes_on = matches!(self.relation(end), Some(Relation::Equal | Relation::Approx))
            && self.math(end - 1).is_some_and(|e| !matches!(e, Expr::Symbol(_)));
        if !(self.ends(end) || goes_on) || self.listed(end) {
            return None;
        }
        let value = goes_on.then(|| self.items[end - 1].span);
        // "All weights together add up to one": no sum over a running letter.
        let runs = |(link, out): &(Link, Vec<Condition>)| {
            out.is_empty() && link.left.free_indices().iter().any(|l| !self.world.letters.contains(l))
        };
        if context.together && links.iter().any(runs) {
            return None;
        }
        // "The weight of the others" may be a sum already.
        if context.together && (links.len() > 1 || links.iter().any(|(_, out)| !out.is_empty())) {
            links = together(links)?;
        }
        if context.average {
            links.iter_mut().for_each(|(link, _)| average(link));
        }
        let span = self.items[start].span.to(self.items[end - 1].span);
        let cases = self.is(end, CASES) && !self.limits(end);
        let recalled = self.heads.is_empty() && self.former.is_some() && links.iter().any(|(link, _)| self.of_a_head(link));
        let uncertain = recalled || noun.tentative && !context.together && !links.iter().all(|(link, _)| link.right.is_zero());
        Some((end, Said { span, links, responses: vec![], tentative: uncertain || cases, value }))
    }

    /// "the scores are 0, 0 and −β": another value follows in a list.
    fn listed(&self, at: usize) -> bool {
        let comma = self.comma(at);
        comma
            && self.math(at + 1).is_some()
            && !matches!(self.items.get(at + 2).map(|i| &i.kind), Some(Kind::Rel(_) | Kind::Word(_)))
    }

    /// "for large β", "as β → ∞": what the relation is followed along anyway.
    fn limits(&self, at: usize) -> bool {
        const SIZED: &[&str] = &["large", "big", "huge", "growing", "increasing", "small", "vanishing"];
        let sized = self.is(at, &["for", "with", "at"]) && self.is(self.skip(at + 1, &["very", "a"]), SIZED);
        let tends = |i: usize| self.relation(i) == Some(Relation::Tends);
        let opens = self.is(at, &["for", "when", "if", "as", "once"]);
        // "if β is large (enough)", of the factor that the question sends there
        let factor = matches!(self.math(at + 1), Some(Expr::Symbol(s)) if self.world.grows(&s.name));
        sized || opens && (tends(at + 2) || tends(at + 3) || factor && grown(self.items, at + 1).is_some())
    }

    /// "on average", "in head 1", "in total": words that may stand at three places of a clause; where they end.
    fn context(&self, at: usize, found: &mut Context) -> usize {
        const AVERAGE: &[&[&str]] = &[
            &["on", "average"],
            &["in", "expectation"],
            &["in", "the", "mean"],
            &["over", "many", "draws"],
            &["averaged", "over", "many", "draws"],
            &["averaged", "over", "all", "draws"],
            &["averaged", "over", "the", "draws"],
            &["averaged", "over", "draws"],
            &["over", "all", "draws"],
        ];
        const TOGETHER: &[&[&str]] =
            &[&["in", "total"], &["in", "sum"], &["taken", "together"], &["together"], &["altogether"], &["combined"]];
        let mut at = at;
        loop {
            let among = |all: &[&[&str]]| all.iter().find(|words| self.are(at, words)).map(|words| words.len());
            if let Some(length) = among(AVERAGE) {
                found.average = true;
                at += length;
            } else if let Some(length) = among(TOGETHER) {
                found.together = true;
                at += length;
            } else if let Some(end) = self.in_head(at) {
                at = end;
            } else if let Some(end) = self.under_query(at) {
                at = end;
            } else if self.is(at, &["exactly", "again", "therefore", "then", "still", "too"]) && at > self.at {
                at += 1;
            } else {
                return at;
            }
        }
    }

    /// After "in head 1", "of the first head".
    fn in_head(&self, at: usize) -> Option<usize> {
        let start = self.is(at, &["in", "of", "for", "at"]).then(|| self.skip(at + 1, &["the"]))?;
        let place = [start, start + 1].into_iter().find(|i| self.is(*i, &["head"]))?;
        self.heads.iter().any(|(i, _)| *i == place).then_some(start + 2)
    }

    /// After "under q_1", "with the query q_1".
    fn under_query(&self, at: usize) -> Option<usize> {
        let start = self.is(at, &["under", "with", "for", "against", "in"]).then(|| self.skip(at + 1, &["the", "query"]))?;
        self.heads.iter().any(|(i, _)| *i == start && self.math(start).is_some()).then_some(start + 1)
    }

    /// The query that a clause's scores belong to: the only one, or that of the head named in the clause or before it.
    fn query(&self) -> Option<(Symbol, Option<Head>)> {
        let [slot] = self.world.slots.as_slice() else {
            if self.world.slots.is_empty() {
                let query = Symbol::plain("q");
                return self.world.knows(&query, &[]).then_some((query, None));
            }
            let head = self.head()?;
            let query = self.world.slots.iter().find(|s| s.symbol.indices == [Index::Number(head)])?;
            return Some((query.symbol.clone(), Some(head)));
        };
        let vector = slot.symbol.name == "q";
        vector.then(|| (slot.symbol.clone(), None))
    }

    /// Whether a relation speaks of one head's scores, weights or output.
    fn of_a_head(&self, link: &Link) -> bool {
        link.left.symbols().iter().any(|s| matches!(s.indices.first(), Some(Index::Number(_))))
    }

    fn head(&self) -> Option<Head> {
        let clause_end = (self.at..self.items.len()).find(|i| self.parts(*i)).unwrap_or(self.items.len());
        let within: Vec<Head> = self.heads.iter().filter(|(i, _)| (self.at..clause_end).contains(i)).map(|(_, h)| *h).collect();
        let before = self.heads.iter().rev().find(|(i, _)| *i < self.at).map(|(_, h)| *h);
        match within.as_slice() {
            [] => before.or(self.former),
            [first, rest @ ..] => rest.iter().all(|h| h == first).then_some(*first),
        }
    }
}

/// "The others get (n - 2)/(n - 2 + 2 e^β)": what they have together may be meant, where "each" does not say otherwise.
fn of_all_the_others(link: &Link, out: &[Condition], text: &str) -> Vec<Link> {
    const EACH: &[&str] = &["each", "every", "any", "single", "individual", "a", "another"];
    let several = text.split_whitespace().any(|w| matches!(w.to_lowercase().as_str(), "others" | "rest" | "ones"));
    let each = text.split_whitespace().any(|w| EACH.contains(&w.to_lowercase().trim_end_matches([',', '.', ';'])));
    let equal = matches!(link.relation, Relation::Equal | Relation::Approx);
    let out: Vec<Condition> = out.iter().filter(|c| matches!(c, Condition::Differ(..))).cloned().collect();
    if each || !several || !equal || out.is_empty() {
        return vec![];
    }
    let whole = total(&[(link.left.clone(), out)]).map(|left| Link { left, ..link.clone() });
    whole.into_iter().collect()
}

/// What words beside a clause say of all of it.
#[derive(Debug, Default)]
struct Context {
    /// "on average"
    average: bool,
    /// "together"
    together: bool,
}

/// "… on average": said of the mean.
fn average(link: &mut Link) {
    if !matches!(link.left, Expr::Moment(..)) {
        link.left = Expr::Moment(Moment::Mean, Box::new(link.left.clone()));
    }
}

/// "a and b together have …", "the rest has … in total": said of the sum.
fn together(links: Links) -> Option<Links> {
    let (first, _) = links.first()?.clone();
    let things: Vec<(Expr, Vec<Condition>)> = links.into_iter().map(|(link, out)| (link.left, out)).collect();
    Some(vec![(Link { left: total(&things)?, ..first }, vec![])])
}

/// The sum of what several keys have: of those that have letters term by term, of the weights of all others what the letters leave.
fn total(things: &[(Expr, Vec<Condition>)]) -> Option<Expr> {
    let (first, out) = things.first()?;
    match out.as_slice() {
        [] if things.len() > 1 => Some(Expr::Add(things.iter().map(|(e, _)| e.clone()).collect())),
        out if things.len() == 1 && !out.is_empty() => {
            let Expr::Symbol(weight) = first else { return None };
            (weight.name == "alpha" && !weight.indices.is_empty()).then_some(())?;
            let taken = out.iter().filter_map(|c| match c {
                Condition::Differ(_, letter) => {
                    let mut symbol = weight.clone();
                    *symbol.indices.last_mut()? = letter.clone();
                    Some(Expr::Neg(Box::new(Expr::Symbol(symbol))))
                }
                _ => None,
            });
            Some(Expr::Add(std::iter::once(Expr::int(1)).chain(taken).collect()))
        }
        _ => None,
    }
}
