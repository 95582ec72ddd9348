//! Sentences of which a reader may have taken a part only: what they except, several changes at once, another goal than the question's,
//! a limit where something other than a factor of the question falls. Of such a sentence the statements that the words turn are not read.
//!
//! Readers take a clause where they know its words; each guard here names the words that turn what was read, and which kinds of
//! statements do not see them.

use std::ops::Range;

use super::circumstance::range_of;
use super::statement::{Body, Statement};
use crate::language::{Expr, Index, Relation, Tok, Token};
use crate::span::Span;
use crate::world::World;

/// Takes back of the statements of a sentence what its words turn.
pub fn reserve<'s>(sentence: &[Token], world: &World, out: impl Iterator<Item = &'s mut Statement>) {
    let words: Vec<String> = sentence.iter().map(|t| t.word().unwrap_or_default()).collect();
    let sentence = Sentence { tokens: sentence, words, world };
    let falls = sentence.something_falls();
    for statement in out {
        let judged = !matches!(statement.body, Body::Supposition { .. } | Body::Prose | Body::Unread { .. });
        let reason = if !judged {
            None
        } else if falls && !matches!(statement.body, Body::Proposition { .. }) {
            Some("where something other than a factor goes to minus infinity is not read")
        } else {
            sentence.turned(statement)
        };
        if let Some(reason) = reason {
            statement.body = Body::Unread { stopped: reason.into() };
        }
    }
}

/// Takes back counts of which the sentence excepts something, wherever they were read.
pub fn reserve_counts(sentence: &[Token], world: &World, out: &mut [Statement]) {
    let (Some(first), Some(last)) = (sentence.first(), sentence.last()) else { return };
    let place = first.span.to(last.span);
    let inside =
        |s: &&mut Statement| place.start <= s.span.start && s.span.end <= place.end && matches!(s.body, Body::Counted(_));
    reserve(sentence, world, out.iter_mut().filter(inside));
}

struct Sentence<'a> {
    tokens: &'a [Token],
    words: Vec<String>,
    world: &'a World,
}

impl Sentence<'_> {
    /// "For small β": whether words beside a clause make small what the question's limit makes large.
    fn small_beside(&self, place: Span) -> bool {
        let grows = |t: &Token| self.world.limits.iter().any(|l| t.is_name(l)) && !t.is_name("alpha");
        let small = |i: usize| matches!(self.words[i].as_str(), "small" | "tiny" | "moderate") && grows(&self.tokens[i + 1]);
        let beside = |t: &Token| t.span.end <= place.start || place.end <= t.span.start;
        (0..self.tokens.len().saturating_sub(1)).any(|i| small(i) && beside(&self.tokens[i]))
    }

    /// Why a statement does not say what was read of it.
    fn turned(&self, statement: &Statement) -> Option<&'static str> {
        const EXCEPTED: &str = "what is excepted was not read";
        let place = statement.span;
        match &statement.body {
            Body::Relation { .. } if self.cut_from_exception(place) => Some(EXCEPTED),
            Body::Counted(_) if self.of_a_difference(place) => Some("said of the difference, not of an accuracy"),
            Body::Counted(_) | Body::Holding(_) | Body::Intervention(_) | Body::Change { .. } if self.excepts() => Some(EXCEPTED),
            Body::Proposition { .. } if self.within(place, &["but", "one"]) || self.within(place, &["but", "two"]) => {
                Some(EXCEPTED)
            }
            Body::Relation { link, .. }
                if link.relation == Relation::Approx && link.right.is_zero() && self.small_beside(place) =>
            {
                Some("of a small factor nothing was read")
            }
            Body::Proposition { .. } if self.small_beside(place) => Some("of a small factor nothing was read"),
            Body::Overall { .. } if self.world.letters.len() == 2 && self.within(place, &["both"]) => {
                Some("said of the two keys that the question names")
            }
            Body::Holding(_) if self.within(place, &["together"]) => Some("what several hold together is not read"),
            Body::Intervention(_) | Body::Change { .. } | Body::Proposition { .. } if self.several_changes(place) => {
                Some("of several changes at once nothing was read")
            }
            Body::Intervention(_) | Body::Change { .. } if self.hedged_behind(place) || self.begins_inside(place) => {
                Some("more is said of the change than was read")
            }
            Body::Scaling(_) | Body::Growth { .. } if self.of_an_inside() => Some("of a part of the model that has no name here"),
            Body::Serving(_) | Body::Filling { .. } | Body::Relation { .. }
                if self.fills(&statement.body) && self.other_goal(place) =>
            {
                Some("said of another goal than the question's")
            }
            _ => None,
        }
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }

    /// The tokens of a place.
    fn range(&self, place: Span) -> Range<usize> {
        range_of(self.tokens, place).unwrap_or(self.tokens.len()..self.tokens.len())
    }

    /// Whether the words stand in a row in a place.
    fn within(&self, place: Span, words: &[&str]) -> bool {
        self.words[self.range(place)].windows(words.len()).any(|w| w == words)
    }

    /// "every key but", "all but", "apart from", "except for", "other than": where what is excepted stands.
    fn exceptions(&self) -> impl Iterator<Item = usize> + '_ {
        let all = |w: &String| matches!(w.as_str(), "all" | "every" | "each" | "any" | "none" | "no" | "everything" | "nothing");
        (0..self.words.len()).filter_map(move |i| match (self.word(i), self.word(i + 1)) {
            ("apart" | "aside", "from") | ("except", "for") | ("other", "than") => Some(i + 2),
            ("except" | "excepting" | "excluding" | "besides", _) => Some(i + 1),
            ("but", _) => self.words[i.saturating_sub(3)..i].iter().any(all).then_some(i + 1),
            _ => None,
        })
    }

    fn excepts(&self) -> bool {
        self.exceptions().next().is_some()
    }

    /// "loses 15.4 points, that is about 65 % of the vanilla accuracy".
    fn of_a_difference(&self, place: Span) -> bool {
        const REACH: usize = 4;
        let start = self.range(place).start;
        let again = matches!(self.word(start), "that" | "which" | "this");
        again && (start.saturating_sub(REACH)..start).any(|i| matches!(self.word(i), "points" | "point"))
    }

    /// "Every key but k_a has …": what was read begins with what is excepted.
    fn cut_from_exception(&self, place: Span) -> bool {
        let start = self.range(place).start;
        self.exceptions().any(|at| at == start)
    }

    /// "As the gap goes to −∞", "k_j^T q → −∞": of the question's factors alone such a limit is taken.
    fn something_falls(&self) -> bool {
        let infinity = |i: usize| self.tokens.get(i).is_some_and(|t| t.kind == Tok::Infinity) || self.word(i) == "infinity";
        let tends = |i: usize| self.tokens[i].kind == Tok::Rel(Relation::Tends);
        let factor = |i: usize| matches!(&self.tokens[i].kind, Tok::Name(n) if self.world.limits.contains(n));
        (1..self.tokens.len()).any(|i| {
            let minus = self.tokens[i].kind == Tok::Minus || self.word(i) == "minus";
            let led = tends(i - 1) || matches!(self.word(i - 1), "to" | "towards");
            minus && infinity(i + 1) && led && !(tends(i - 1) && i >= 2 && factor(i - 2))
        })
    }

    /// "Doubling q and halving all keys", "permuting the keys together with the values", "multiplying every score by 1".
    fn several_changes(&self, place: Span) -> bool {
        const CHANGING: &[&str] = &[
            "doubling",
            "halving",
            "tripling",
            "multiplying",
            "scaling",
            "adding",
            "subtracting",
            "permuting",
            "swapping",
            "shifting",
            "negating",
            "dividing",
            "replacing",
        ];
        let changing = |i: usize| CHANGING.contains(&self.word(i));
        let end = self.range(place).end;
        let Some(first) = (0..end).find(|i| changing(*i)) else { return false };
        let joined = (first + 1..end).any(|i| changing(i) && self.word(i - 1) == "and" && self.one_clause(first, i));
        let with = self.words[first..end].windows(2).any(|w| w == ["together", "with"]);
        let one = |t: &Token| matches!(&t.kind, Tok::Number(n) if n == "1");
        let neutral = (first + 1..end).any(|i| self.word(i - 1) == "by" && one(&self.tokens[i]));
        joined || with || neutral
    }

    /// Whether nothing is said of the first change before the second one.
    fn one_clause(&self, first: usize, second: usize) -> bool {
        const VERBS: &[&str] =
            &["changes", "leaves", "does", "doesn't", "keeps", "has", "makes", "doubles", "is", "gives", "moves"];
        !self.words[first..second].iter().any(|w| VERBS.contains(&w.as_str()))
    }

    /// "…, approximately".
    fn hedged_behind(&self, place: Span) -> bool {
        let end = self.range(place).end;
        let at = end + usize::from(self.tokens.get(end).is_some_and(|t| t.kind == Tok::Comma));
        matches!(self.word(at), "approximately" | "roughly" | "nearly" | "almost" | "about")
    }

    /// "with the values does not change c": what was read begins behind a word that leads into it.
    fn begins_inside(&self, place: Span) -> bool {
        let start = self.range(place).start;
        let Some(before) = start.checked_sub(1) else { return false };
        let article = matches!(self.word(before), "a" | "an" | "the");
        let lead = if article { before.checked_sub(1) } else { Some(before) };
        let leads = lead.is_some_and(|i| matches!(self.word(i), "with" | "of" | "to" | "from" | "between"));
        leads || matches!(self.word(before), "a" | "an")
    }

    /// "The middle of the perceiver", "the inside of the stack": neither the whole nor a block of it.
    fn of_an_inside(&self) -> bool {
        self.words.windows(2).any(|w| {
            matches!(w[0].as_str(), "middle" | "inside" | "interior" | "core" | "heart" | "bulk" | "inner" | "rest")
                && w[1] == "of"
        })
    }

    /// Whether a statement gives what the question asks for.
    fn fills(&self, body: &Body) -> bool {
        match body {
            Body::Relation { link, .. } => matches!(&link.left, Expr::Symbol(s) if self.world.slot(s).is_some()),
            _ => true,
        }
    }

    /// "To get ⅓, ⅔ one takes q = …": a number behind what is to be reached, of a sentence that begins with it.
    fn of_other_shares(&self, place: Span) -> bool {
        const REACHED: &[&str] = &["get", "obtain", "reach", "achieve", "have"];
        let before = self.range(place).start;
        let number = |i: usize| matches!(self.tokens.get(i).map(|t| &t.kind), Some(Tok::Number(_) | Tok::Frac));
        (1..before).any(|i| REACHED.contains(&self.word(i)) && self.word(i - 1) == "to" && number(i + 1))
    }

    /// "To recover v_b, M = …", where the question asks for v_a.
    fn other_goal(&self, place: Span) -> bool {
        const TOWARDS: &[&str] =
            &["recover", "extract", "get", "obtain", "want", "wanted", "isolate", "for", "recovers", "project", "find"];
        let goal = self.world.slots.iter().find_map(|s| match &s.requirement.operands.last()?.expr {
            Expr::Symbol(goal) if goal.indices.len() == 1 => Some(goal),
            _ => None,
        });
        if self.of_other_shares(place) {
            return true;
        }
        let Some(goal) = goal else { return false };
        let name = |i: usize| match &self.tokens[i].kind {
            Tok::Name(n) => n.as_str(),
            _ => "",
        };
        let own = |i: usize| matches!(&goal.indices[0], Index::Letter(l) if l == name(i));
        (0..self.range(place).start.saturating_sub(3)).any(|i| {
            TOWARDS.contains(&self.word(i))
                && name(i + 1) == goal.name
                && self.tokens[i + 2].kind == Tok::Sub
                && !name(i + 3).is_empty()
                && !own(i + 3)
        })
    }
}
