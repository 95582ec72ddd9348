//! Draws that a clause leaves out ("ignoring the draws with X < 0"), and draws that were named before and are spoken of
//! again ("there c ≈ v_b", "if these draws are left out", "in the remaining draws").

use super::condition::{as_condition, otherwise};
use super::links::{about_one_draw, negated};
use super::phrases::words_are;
use super::read::Reader;
use super::segment::{Before, Run};
use super::statement::{Body, Condition, LimitSense, Link, Statement};
use crate::language::{Chain, Expr, Relation, Symbol, Tok, Token};
use crate::span::Span;
use crate::world::World;

/// Verbs with which draws are left out.
const LEAVES_OUT: &[&str] = &[
    "ignoring",
    "ignore",
    "ignores",
    "neglecting",
    "neglect",
    "neglects",
    "excluding",
    "exclude",
    "discarding",
    "discard",
    "dropping",
    "drop",
    "omitting",
    "omit",
    "disregarding",
    "disregard",
    "skipping",
    "skip",
    "except",
    "without",
    "excepting",
];

/// What is done with draws that are left out.
const LEFT_OUT: &[&str] =
    &["ignored", "neglected", "excluded", "discarded", "dropped", "omitted", "disregarded", "removed", "skipped"];

/// Words between such a verb and the relation that says which draws.
const NAMING: &[&str] = &[
    "the",
    "all",
    "those",
    "these",
    "any",
    "rare",
    "few",
    "draws",
    "draw",
    "cases",
    "case",
    "samples",
    "sample",
    "keys",
    "key",
    "situations",
    "events",
    "event",
    "realisations",
    "realizations",
    "with",
    "where",
    "in",
    "which",
    "for",
    "of",
    "that",
    "have",
    "has",
    "having",
    "when",
    "out",
    "such",
    "from",
    "aside",
    "possibility",
    "part",
    "region",
];

/// Nouns for draws.
const DRAWS: &[&str] = &["draws", "draw", "cases", "case", "samples", "sample", "realisations", "realizations", "situations"];

impl Reader<'_> {
    /// Whether the draws in which a relation holds are left out: "ignoring the draws with X < 0", "with X < 0 left out".
    pub(super) fn excluded(&self, run: &Run) -> bool {
        let before: &[String] = if let Before::Words(words) = &run.before { words } else { &[] };
        let naming = before.iter().rev().take_while(|w| NAMING.contains(&w.as_str())).count();
        let rest = &before[..before.len() - naming];
        let leaving = before[before.len() - naming..].iter().any(|w| w == "out" || w == "aside" || w == "from");
        let verb = rest.last().is_some_and(|w| {
            LEAVES_OUT.contains(&w.as_str()) || leaving && matches!(w.as_str(), "leaving" | "leave" | "apart" | "set" | "setting")
        });
        let denied =
            rest.iter().rev().take(4).any(|w| matches!(w.as_str(), "not" | "never" | "no" | "cannot") || w.ends_with("n't"));
        verb && !denied || self.left_out_after(run.range.end)
    }

    /// "… (is) left out", "… may be ignored" from a token on.
    fn left_out_after(&self, at: usize) -> bool {
        let words: Vec<String> = self.tokens[at..].iter().take(6).map_while(Token::word).collect();
        let auxiliary =
            ["is", "are", "being", "may", "can", "be", "once", "draws", "cases", "were", "was", "all", "now", "again"];
        let skipped = words.iter().take_while(|w| auxiliary.contains(&w.as_str())).count();
        let rest: Vec<&str> = words[skipped..].iter().map(String::as_str).collect();
        match rest.as_slice() {
            ["left", "out" | "aside", ..] | ["set" | "put", "aside", ..] | ["thrown", "away", ..] => true,
            [word, ..] => LEFT_OUT.contains(word),
            [] => false,
        }
    }

    /// The draws that the words before a run speak of again; `Err` where they were not understood.
    pub(super) fn spoken_again(&self, run: &Run) -> Result<Vec<Condition>, ()> {
        let start = self.sentence_start(run.range.start);
        if let Some(found) = self.then(run, start) {
            return found.map(|event| event.into_iter().collect());
        }
        let Some((at, complement)) = (start..run.range.start).rev().find_map(|i| Some((i, again(self.tokens, i)?))) else {
            return Ok(vec![]);
        };
        let place = self.tokens[at].span.start;
        if !complement {
            return self.event_before(place).map(|event| vec![event]).ok_or(());
        }
        // "Head 2 fails if X < -1. Head 1 fails if X < 0. In all other draws …": in none of those that were named.
        let named = self.events_near(place);
        let rest: Option<Vec<Vec<Condition>>> = named.iter().map(|c| otherwise(std::slice::from_ref(c))).collect();
        rest.map(|all| all.concat()).filter(|r| !r.is_empty()).ok_or(())
    }

    /// "X < 0 in 8 % of the draws, then c ≈ v_b": the draws whose share the clause before gave; `Err` where that clause was not understood.
    fn then(&self, run: &Run, start: usize) -> Option<Result<Option<Condition>, ()>> {
        let words: &[String] = if let Before::Words(words) = &run.before { words } else { &[] };
        let joints = ["then", "there", "so", "and", "thus", "hence", "therefore"];
        let joined = words.iter().all(|w| joints.contains(&w.as_str())) && words.iter().any(|w| w == "then");
        // "c ≈ v_a then."
        let behind = self.tokens.get(run.range.end).and_then(Token::word).is_some_and(|w| w == "then")
            && self.tokens.get(run.range.end + 1).is_none_or(|t| matches!(t.kind, Tok::Stop | Tok::Comma | Tok::Semicolon));
        let joined = joined
            || behind
            || self.clause_of(run).is_some_and(|at| at > 0 && self.tokens[at].word().is_some_and(|w| w == "then"));
        // "X is negative in 8 % of the draws. Then …": the sentence before is the one that gave the share.
        let opens = start > 0 && (behind || self.tokens[start].word().is_some_and(|w| w == "then"));
        let start = if opens { self.sentence_start(start - 1) } else { start };
        let spoken = &self.tokens[start..run.range.start];
        // "Case 1: X > 1. Then …": a heading gives no share.
        let counted = |t: &Token| {
            let share = |w: String| w == "probability" || w == "chance" || !opens && DRAWS.contains(&w.as_str());
            t.kind == Tok::Percent || t.word().is_some_and(share)
        };
        let place = spoken.first()?.span.start;
        let share = |s: &&Statement| {
            let law = |e: &Expr| matches!(e, Expr::Probability(_));
            s.span.start >= place && matches!(&s.body, Body::Relation { link, .. } if law(&link.left) || law(&link.right))
        };
        let last = self.out.iter().rev().find(share).map(|s| events_of(s, self.world));
        if !joined || !spoken.iter().any(counted) && last.is_none() {
            return None;
        }
        // What a sentence supposes besides is known to its other readers.
        let supposes = |t: &Token| t.word().is_some_and(|w| matches!(w.as_str(), "if" | "when" | "whenever" | "for"));
        match last.as_deref() {
            Some([one]) => Some(Ok(Some(one.clone()))),
            _ if spoken.iter().any(supposes) => None,
            _ => Some(Err(())),
        }
    }

    /// Where the clause of a run begins.
    fn clause_of(&self, run: &Run) -> Option<usize> {
        let ends = |t: &Token| matches!(t.kind, Tok::Stop | Tok::Semicolon | Tok::Comma | Tok::Colon);
        self.tokens[..run.range.start].iter().rposition(ends).map(|i| i + 1).filter(|i| *i < run.range.start)
    }

    /// The draws that are kept where a supposition leaves out those that were named before.
    pub(super) fn kept_draws(&self, supposition: Span) -> Option<Condition> {
        match leaves_them_out(self.tokens, supposition).then(|| self.event_before(supposition.start)).flatten()? {
            Condition::Holds(event) => negated(event).map(Condition::Holds),
            _ => None,
        }
    }

    /// "for every fixed α > 0": the scalar stays at one value while others go to their limits.
    pub(super) fn held_fixed(&self, run: &Run, link: &Link) -> Option<Condition> {
        let Expr::Symbol(symbol) = &link.left else { return None };
        let positive = matches!(link.relation, Relation::Greater | Relation::NotEqual) && link.right.is_zero();
        (positive && self.fixed(run, symbol)).then(|| Condition::Limit(symbol.clone(), LimitSense::Fixed))
    }

    /// Whether the words beside a run hold a scalar fixed that the question takes to a limit.
    pub(super) fn fixed(&self, run: &Run, symbol: &Symbol) -> bool {
        let limited = self.world.scalars.get(&symbol.name).is_some_and(|s| s.limit.is_some());
        let before = matches!(&run.before, Before::Words(w) if w.last().is_some_and(|w| w == "fixed" || w == "constant"));
        let after =
            ["fixed", "held fixed", "kept fixed", "held constant", "kept constant", "is fixed", "is held fixed", "is kept fixed"];
        let after = after.iter().any(|w| {
            let words: Vec<&str> = w.split(' ').collect();
            words_are(self.tokens, run.range.end, &words)
        });
        limited && (before || after)
    }

    /// The only event of single draws that the sentence before a place, or the one before it, has named.
    fn event_before(&self, place: usize) -> Option<Condition> {
        let own = self.events_within(self.stop_before(place, 1), place);
        let near = || self.events_within(self.stop_before(place, 2), self.stop_before(place, 1));
        let list = [own, near(), self.events_within(0, place)].into_iter().find(|l| !l.is_empty())?;
        let [one] = list.as_slice() else { return None };
        Some(one.clone())
    }

    /// The events of single draws that a sentence and the two before it have named, else all.
    fn events_near(&self, place: usize) -> Vec<Condition> {
        let near = self.events_within(self.stop_before(place, 3), place);
        if near.is_empty() { self.events_within(0, place) } else { near }
    }

    /// Where the sentence before a place ended, or one further back.
    fn stop_before(&self, place: usize, back: usize) -> usize {
        let stops: Vec<usize> =
            self.tokens.iter().filter(|t| t.kind == Tok::Stop && t.span.start < place).map(|t| t.span.start).collect();
        stops.len().checked_sub(back).and_then(|i| stops.get(i)).copied().unwrap_or(0)
    }

    /// The events of single draws that are named between two places.
    fn events_within(&self, low: usize, high: usize) -> Vec<Condition> {
        let there = |at: usize| (low..high).contains(&at);
        let stated = self.out.iter().filter(|s| there(s.span.start)).flat_map(|s| events_of(s, self.world));
        let bound = self.events.iter().filter(|(at, _)| there(*at)).map(|(_, event)| event.clone());
        let mut events: Vec<Condition> = Vec::new();
        for event in stated.chain(bound) {
            if !events.contains(&event) {
                events.push(event);
            }
        }
        events
    }
}

/// Verbs after a "there" that names no place.
const EXISTS: &[&str] = &[
    "is", "are", "exists", "exist", "must", "will", "can", "may", "remains", "remain", "was", "were", "has", "have", "should",
    "cannot",
];

/// Whether a token speaks of draws again, and of those that are left rather than of those that were named.
fn again(tokens: &[Token], at: usize) -> Option<bool> {
    let draws = |i: usize| tokens.get(i).and_then(Token::word).is_some_and(|w| DRAWS.contains(&w.as_str()));
    let begins = at == 0
        || !matches!(tokens[at - 1].kind, Tok::Word(_))
        || tokens[at - 1]
            .word()
            .is_some_and(|w| matches!(w.as_str(), "and" | "but" | "so" | "then" | "because" | "since" | "while"));
    match tokens[at].word()?.as_str() {
        "there" if begins && !tokens.get(at + 1).and_then(Token::word).is_some_and(|w| EXISTS.contains(&w.as_str())) => {
            Some(false)
        }
        "in" | "for" | "on" => {
            let next = at + 1 + usize::from(words_are(tokens, at + 1, &["all"]));
            let which = tokens.get(next).and_then(Token::word)?;
            let which = if which == "the" { tokens.get(next + 1).and_then(Token::word)? } else { which };
            let place = (next..next + 3).find(|i| draws(*i))?;
            let named = place - next <= 2;
            match which.as_str() {
                "these" | "those" | "such" | "this" if named => Some(false),
                "remaining" | "other" | "others" | "rest" | "kept" if named => Some(true),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Events of single draws in a statement: those whose probability it gives, and those under which it is made.
fn events_of(statement: &Statement, world: &World) -> Vec<Condition> {
    let single = |c: &Condition| about_one_draw(c, world) || matches!(c, Condition::Holds(l) if scored(l));
    let mut found: Vec<Condition> = Vec::new();
    if let Body::Relation { link, .. } = &statement.body {
        for side in [&link.left, &link.right] {
            if let Expr::Probability(chain) = side
                && let Some(event) = one_link(chain)
            {
                found.extend(as_condition(&event, world).filter(single));
            }
        }
    }
    found.extend(statement.scope.conditions.iter().filter(|c| single(c)).cloned());
    found
}

/// `k_a^T q < 0`: an event of a score.
fn scored(link: &Link) -> bool {
    link.left.symbols().iter().any(|s| s.name == "k") && link.right.is_closed()
}

fn one_link(chain: &Chain) -> Option<Link> {
    let ([left, right], [relation]) = (chain.operands.as_slice(), chain.relations.as_slice()) else { return None };
    let order = relation.is_order();
    order.then(|| Link { left: left.expr.clone(), relation: *relation, right: right.expr.clone() })
}

/// "If these draws are left out", "without these", "ignoring them": a supposition that names draws again to leave them out.
fn leaves_them_out(tokens: &[Token], span: Span) -> bool {
    let words: Vec<String> =
        tokens.iter().filter(|t| span.start <= t.span.start && t.span.end <= span.end).map_while(Token::word).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let draws = |w: &str| DRAWS.contains(&w);
    match words.as_slice() {
        ["if" | "when" | "once", "we", verb, "these" | "those" | "them" | "such", rest @ ..] => {
            LEAVES_OUT.contains(verb) && rest.iter().all(|w| draws(w)) || *verb == "leave" && rest.last() == Some(&"out")
        }
        ["if" | "when" | "once", "these" | "those" | "such" | "they", rest @ ..] => {
            let rest = if rest.first().is_some_and(|w| draws(w)) { &rest[1..] } else { rest };
            matches!(rest, ["are" | "were", "left", "out" | "aside"] | ["are" | "were", "thrown", "away"])
                || matches!(rest, ["are" | "were", w] if LEFT_OUT.contains(w))
        }
        ["without", "these" | "those" | "them" | "such", rest @ ..] => rest.iter().all(|w| draws(w)),
        _ => false,
    }
}
