//! Examples by numbers: "take n = 3 and scores (3, 2, 2): α_j = 0.576", "with β = ln 2 the weights of a and b are 2/5
//! each, and the third key has only 1/5".
//!
//! What a part gives by numbers (sizes, letters, queries, scores, gaps) becomes an [`Example`]; what is then said of
//! weights is computed from it, so that a statement is arithmetic, true or false by itself. A clause is read where every
//! one of its words is understood. Where something is supposed that is not, the example is a riddle, and nothing is read.

mod apart;
mod applied;
mod claimed;
mod facts;
mod given;
pub(super) mod items;
mod report;
mod reported;
mod said;
mod scores;
mod spanned;
mod topic;
mod vectors;
mod view;
mod words;
mod worked;

use super::segment::{Stretch, plain_tokens, sentences};
use super::statement::{Body, Condition, Link, Scope, Statement};
use crate::language::{Expr, Relation, Symbol, Tok, Token};
use crate::span::Span;
use crate::world::World;
use apart::{Figure, figures};
use given::Part;
use items::{ByItems, Kind, items};
use said::Said;
use scores::{Example, Keys, Scores};
use topic::{Topic, topics};
use view::View;
use words::{CONCLUDING, CONDITIONAL, DENIED, GENERAL, NEUTRAL, SUPPOSING, among};

/// For how many sentences without a number of its own an example goes on.
const AGE_MAX: usize = 3;

/// Adds what examples by numbers say to the statements of a part.
pub fn read(world: &World, stretches: &[Stretch], text: &str, out: Vec<Statement>) -> Vec<Statement> {
    if !world.attends() {
        return out;
    }
    let tokens = plain_tokens(stretches, text, world);
    let mut reader = Reader {
        world,
        text,
        part: part(world, &tokens),
        example: Example::default(),
        age: AGE_MAX + 1,
        topics: vec![],
        figures: vec![],
        sentence: 0,
        foreign: None,
        fresh: vec![],
        led_from: usize::MAX,
        seen: vec![],
        found: vec![],
        out,
    };
    reader.example.letters = world.letters.clone();
    if world.definitions.iter().any(|d| d.name == "X") {
        reader.example.lengths.push(("a".into(), Expr::Symbol(Symbol::plain("X"))));
    }
    reader.example.assume(world);
    for range in sentences(&tokens) {
        reader.sentence(&tokens[range]);
    }
    reader.merged()
}

pub use vectors::read as with_entries;

/// The pieces of a sentence between colons and semicolons.
fn pieces(tokens: &[Token]) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (i, token) in tokens.iter().enumerate() {
        if matches!(token.kind, Tok::Colon | Tok::Semicolon) && i > start {
            out.push(start..i);
            start = i;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

/// Whether the clause at a place denies or doubts something.
fn denied(piece: &[Token], place: usize) -> bool {
    let comma = |t: &&Token| t.kind == Tok::Comma;
    let start = piece.iter().filter(comma).rfind(|t| t.span.end <= place).map_or(0, |t| t.span.end);
    let end = piece.iter().filter(comma).find(|t| t.span.start >= place).map_or(usize::MAX, |t| t.span.start);
    let within = piece.iter().filter(|t| start <= t.span.start && t.span.end <= end);
    within.filter_map(Token::word).any(|w| among(DENIED, &w) || w.ends_with("n't"))
}

/// What the words of the whole part say.
fn part(world: &World, tokens: &[Token]) -> Part {
    let words: Vec<String> = tokens.iter().filter_map(Token::word).collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    Part {
        orthonormal: world.letters.len() == 2 || has(&["orthonormal"]),
        gaps: has(&["gap", "gaps", "margin", "lead", "min", "minimum", "behind"]),
    }
}

struct Reader<'a> {
    world: &'a World,
    text: &'a str,
    part: Part,
    example: Example,
    /// How many sentences ago the example was given something.
    age: usize,
    /// What was spoken of, in order, and in which sentence the reader is.
    topics: Vec<Topic>,
    figures: Vec<Figure>,
    sentence: usize,
    /// In which sentence another query than the question's own was spoken of last.
    foreign: Option<usize>,
    /// Letters that were given a value in this sentence, and every value that was given to one.
    fresh: Vec<Symbol>,
    seen: Vec<(Symbol, Expr)>,
    /// Where what was given last in this sentence ends.
    led_from: usize,
    found: Vec<Statement>,
    out: Vec<Statement>,
}

/// How far a sentence has been read.
struct Clause {
    /// Whether every word since it began was understood.
    clean: bool,
    /// Whether it supposes something.
    supposes: bool,
    /// Whether something of the sentence was not understood.
    stained: bool,
    /// Whether it is a condition, and an earlier one of the sentence was not understood.
    conditional: bool,
    murky: bool,
    /// Its head of the question.
    head: Option<u32>,
    /// What was said last, where a list may go on.
    last: Option<Said>,
}

impl Reader<'_> {
    fn sentence(&mut self, tokens: &[Token]) {
        let mut all = items(self.world, tokens, self.text);
        // A line that ends with mathematics ends a clause, though not what was supposed.
        for i in 1..all.len() {
            let mark = all[i].kind == Kind::Other && all[i].span.start == all[i].span.end;
            let goes_on = matches!(all.get(i + 1).map(|n| &n.kind), Some(Kind::Rel(_)));
            if mark && !goes_on && matches!(all[i - 1].kind, Kind::Math(_)) {
                all[i].kind = Kind::Comma;
            }
        }
        let parts = pieces(tokens);
        let cut = |i: usize| {
            if tokens[i].word().is_some_and(|w| w == "mean")
                && tokens.get(i + 1).and_then(Token::word).is_some_and(|w| w == "squared")
            {
                return false;
            }
            // "0.62, the bigger part of the weight"
            let part = tokens.get(i + 1).and_then(Token::word).is_some_and(|w| among("part share half portion one of", &w));
            tokens[i].kind == Tok::Infinity || !part && tokens[i].word().is_some_and(|w| among(GENERAL, &w))
        };
        let general = |place: usize| {
            let piece = parts.iter().rev().find(|p| tokens[p.start].span.start <= place);
            piece.is_some_and(|p| p.clone().any(cut) || denied(&tokens[p.clone()], place))
        };
        // Of a number that is reported at values, only what stands before it or in its own clause.
        let earlier = |place: usize| {
            let piece = parts.iter().rev().find(|p| tokens[p.start].span.start <= place);
            let ends = |t: &Token| t.kind == Tok::Comma && t.span.start > place;
            piece.is_some_and(|p| {
                let end = p.clone().find(|i| ends(&tokens[*i])).unwrap_or(p.end);
                (p.start..end).any(cut) || denied(&tokens[p.clone()], place)
            })
        };
        let view = View { world: self.world, items: &all };
        let mut log: Vec<(usize, Example)> = vec![(0, self.example.clone())];
        let mut clause =
            Clause { clean: true, stained: false, supposes: false, conditional: false, murky: false, head: None, last: None };
        self.age += 1;
        self.sentence += 1;
        self.fresh.clear();
        self.led_from = usize::MAX;
        // "for tiny α" is said of one sentence.
        self.example.values.retain(|(s, e)| s.name != "alpha" || *e != Expr::int(0));
        self.topics.extend(topics(&view, self.sentence));
        self.figures.extend(figures(&view, self.sentence));
        if view.of_another_query() {
            self.foreign = Some(self.sentence);
        }
        let mut at = 0;
        while at < all.len() {
            let place = at;
            if let Some(end) = self.notation(&view, at) {
                at = end;
            } else if let Some(end) = self.vanishing(&view, at) {
                at = end;
            } else if let Some(end) = self.by_gap(&view, at, &clause, &|| earlier(all[at].span.start)) {
                at = end;
            } else if let Some(end) = self.given(&view, at, &clause) {
                self.age = 0;
                clause.conditional = false;
                self.note(view.math(at), view.math(at + 2));
                self.led_from = end;
                log.push((all[end - 1].span.end, self.example.clone()));
                at = end;
            } else if let Some(end) = self.in_each_head(&view, at, &clause, &|| general(all[at].span.start)) {
                at = end;
            } else if let Some(end) = self.claimed(&view, at, &mut clause, &|| general(all[at].span.start)) {
                at = end;
            } else if let Some(end) = self.row_said(&view, at, &clause, &|| earlier(all[at].span.start)) {
                at = end;
            } else if let Some(end) = self.reported(&view, at, &clause, &|| earlier(all[at].span.start)) {
                at = end;
            } else if let Some(end) = self.apart(&view, at, &clause, &|| earlier(all[at].span.start)) {
                at = end;
            } else if let Some((head, end)) = view.head(at) {
                clause.head = Some(head);
                at = end;
            } else {
                self.passed(&view, at, &mut clause);
                if clause.murky {
                    log.push((all[at].span.end, Example::default()));
                }
                at += 1;
            }
            if at > place + 1 && view.ends(at) && view.items.get(at).is_some_and(|i| i.kind == Kind::End) {
                clause.clean = true;
            }
        }
        if let (Some(first), Some(last)) = (all.first(), all.last()) {
            self.formulas(first.span.to(last.span), &log, &general);
        }
    }

    /// Takes what is given; words of an unclear clause give nothing.
    fn given(&mut self, view: &View, at: usize, clause: &Clause) -> Option<usize> {
        let equation = view.relation(at + 1) == Some(Relation::Equal);
        let mut next = self.example.clone();
        let end = view.give(at, self.part, &mut next)?;
        if !clause.clean && !equation {
            // "Some other query has scores (30, 20, 20)": of what these are was not understood, and the ones before are not meant.
            self.example.riddle |= next.told.is_some() && next.told != self.example.told;
            return None;
        }
        next.rows += usize::from(next.told != self.example.told || next.queries != self.example.queries);
        self.example = next;
        Some(end)
    }

    /// Pushes arithmetic; a margin bounds a weight from below only.
    fn state(&mut self, span: Span, link: Link, alternatives: Vec<Link>, scores: &Scores, unclear: bool) {
        let bound = matches!(link.relation, Relation::Greater | Relation::GreaterEqual);
        // Of several examples a later sentence may mean any.
        let several = self.example.rows > 1 && self.age > 0;
        let tentative = unclear || several || self.age > AGE_MAX || scores.margin && !bound;
        self.age = self.age.min(1);
        let scope = Scope { tentative, ..Scope::default() };
        self.found.push(Statement { span, body: Body::Relation { link, alternatives }, scope, remarks: vec![] });
    }

    /// `Let Δ = min_i (k_j - k_i)^T q`: the writer's own letter, with no number yet. Where it ends.
    fn notation(&self, view: &View, at: usize) -> Option<usize> {
        let own = matches!(view.math(at)?, Expr::Symbol(s) if matches!(s.name.as_str(), "Delta" | "delta" | "s" | "E" | "Z"));
        if !own || view.relation(at + 1) != Some(Relation::Equal) || view.math(at + 2).is_some_and(Expr::is_closed) {
            return None;
        }
        let ends =
            |i: &usize| matches!(view.items.get(*i).map(|i| &i.kind), None | Some(Kind::Comma | Kind::End | Kind::Word(_)));
        (at + 2..=view.items.len()).find(ends)
    }

    /// What is neither given nor claimed.
    fn passed(&mut self, view: &View, at: usize, clause: &mut Clause) {
        match &view.items[at].kind {
            sign @ (Kind::Comma | Kind::End | Kind::Colon) => {
                clause.clean = true;
                clause.supposes = false;
                clause.conditional = false;
                clause.murky &= *sign != Kind::End;
            }
            Kind::Word(w) => {
                if among(CONCLUDING, w) {
                    clause.clean = true;
                    clause.supposes = false;
                }
                clause.supposes |= among(SUPPOSING, w);
                clause.conditional = among(CONDITIONAL, w) || clause.conditional && !view.ends(at);
                // "plugging in β = 5"; "… and for β = 5 this is": a clause of its own.
                let put = w == "in" && at > 0 && view.is(at - 1, &["plugging", "putting"]);
                clause.clean &= among(NEUTRAL, w) || put;
                clause.clean |=
                    w == "and" && view.is(at + 1, &["for", "with", "at", "if", "when"]) && view.math(at + 2).is_some();
            }
            // "A gap of 1": an article, no matrix.
            Kind::Math(Expr::Symbol(s)) if s.name == "A" && view.clause(at) == at && view.word(at + 1).is_some() => {}
            // "X = 2 -> …", "in c both have …".
            Kind::Rel(Relation::Tends) if self.led_from == at => {}
            Kind::Math(Expr::Symbol(s)) if s.name == "c" && at > 0 && view.is(at - 1, &["in"]) => {}
            _ => clause.clean = false,
        }
        clause.stained |= !clause.clean;
        self.example.riddle |= clause.supposes && !clause.clean;
        clause.murky |= clause.conditional && !clause.clean;
    }

    /// Formulas with weights of the example: they are arithmetic, too.
    fn formulas(&mut self, sentence: Span, log: &[(usize, Example)], general: &dyn Fn(usize) -> bool) {
        let old = self.age > AGE_MAX || self.example.rows > 1 && self.age > 0;
        let mut replaced = Vec::new();
        let mut rows = Vec::new();
        for (i, statement) in self.out.iter().enumerate() {
            let inside = sentence.start <= statement.span.start && statement.span.end <= sentence.end;
            let Body::Relation { link, .. } = &statement.body else { continue };
            let Some((_, known)) = log.iter().rev().find(|(end, _)| *end <= statement.span.start).filter(|_| inside) else {
                continue;
            };
            let mut example = known.clone();
            for condition in &statement.scope.conditions {
                if let Condition::Value(symbol, value) = condition
                    && symbol.indices.is_empty()
                {
                    match symbol.name.as_str() {
                        "n" => example.size = Some(value.clone()),
                        "alpha" => example.noisy |= scores::value(value) != Some(0.0),
                        _ => example.give(symbol, value),
                    }
                }
            }
            // A condition of this sentence that was read as the example's own has been taken.
            let own = self.age == 0 && self.led_from != usize::MAX && !known.riddle;
            let taken = |p: &super::statement::Premise| own && sentence.of(self.text).contains(p.text.trim());
            if !statement.scope.premises.iter().all(taken) {
                continue;
            }
            // What other readers found in words has its own clause.
            let signs = ['=', '≈', '<', '>', '≤', '≥'];
            let written = statement.span.of(self.text);
            if !written.contains(signs) && !["\\approx", "\\le", "\\ge"].iter().any(|s| written.contains(s)) {
                continue;
            }
            let limit = statement.scope.conditions.iter().any(|c| matches!(c, Condition::Limit(..)));
            // A query of an earlier question is known to the judge of relations only.
            let worded = example.worded && self.foreign.is_none_or(|s| s + AGE_MAX < self.sentence);
            let certain = example.told.is_some() || !example.queries.is_empty() && (!example.assumed || worded);
            if limit || general(statement.span.start) || !certain {
                continue;
            }
            if let Some((link, margin)) = self.arithmetic(&example, link) {
                replaced.push((i, link, margin));
            } else if let Some(links) = self.row_of_weights(&example, link) {
                rows.push((i, links));
            }
        }
        for (i, links) in rows {
            for link in links {
                let scope = Scope { tentative: old, ..Scope::default() };
                let body = Body::Relation { link, alternatives: vec![] };
                self.found.push(Statement { span: self.out[i].span, body, scope, remarks: vec![] });
            }
        }
        for (i, link, margin) in replaced {
            let bound = matches!(link.relation, Relation::Greater | Relation::GreaterEqual);
            let tentative = old || margin && !bound;
            self.age = self.age.min(1);
            self.out[i].body = Body::Relation { link, alternatives: vec![] };
            self.out[i].scope = Scope { tentative, ..Scope::default() };
        }
    }

    /// `α = (1/4, 1/4, 1/2)` where each score is given.
    fn row_of_weights(&self, example: &Example, link: &Link) -> Option<Vec<Link>> {
        let (Expr::Symbol(s), Expr::Tuple(list)) = (&link.left, &link.right) else { return None };
        let name = self.world.synonyms.get(&s.name).unwrap_or(&s.name);
        let scores = example.scores(0).filter(|t| t.others.is_none() && t.named.len() == list.len())?;
        if name != "alpha" || !s.indices.is_empty() || !link.right.is_closed() {
            return None;
        }
        let names = scores.named.iter().map(|(n, _)| n.clone()).collect();
        let weights = example.weight(&scores, &Keys::Named(names), false)?;
        let pair = |(left, right): (Expr, &Expr)| Link { left, relation: link.relation, right: right.clone() };
        Some(weights.into_iter().zip(list).map(pair).collect())
    }

    /// A relation with the example's weights in it, where nothing else is left.
    fn arithmetic(&self, example: &Example, link: &Link) -> Option<(Link, bool)> {
        let scores = example.scores(0)?;
        let view = View { world: self.world, items: &[] };
        let weight = |s: &Symbol| {
            let key = view.weight_of(&Expr::Symbol(s.clone()))?;
            let [one] = <[Expr; 1]>::try_from(example.weight(&scores, &Keys::Named(vec![key]), false)?).ok()?;
            Some(one)
        };
        let spoken = [link.left.symbols(), link.right.symbols()].concat();
        let about = spoken.iter().any(|s| weight(s).is_some());
        let size = |s: &Symbol| if s.name == "n" && s.indices.is_empty() { example.size.clone() } else { None };
        let side = |e: &Expr| example.filled(&e.substitute(&weight)).substitute(&size);
        let filled = Link { left: side(&link.left), relation: link.relation, right: side(&link.right) };
        (about && filled.left.is_closed() && filled.right.is_closed()).then_some((filled, scores.margin))
    }

    /// All statements, those of examples in place of what was not read of the same words.
    fn merged(self) -> Vec<Statement> {
        let apart = |a: Span, b: Span| a.end <= b.start || b.end <= a.start;
        let mut out = self.out;
        for new in self.found {
            if out.iter().any(|s| s.body == new.body && !apart(s.span, new.span)) {
                continue;
            }
            let certain = |s: &Statement| {
                matches!(s.body, Body::Relation { .. }) && s.scope.unread.is_empty() && !s.scope.tentative
                    || matches!(s.body, Body::Softmax { .. } | Body::Filling { .. })
            };
            if new.scope.tentative && out.iter().any(|s| certain(s) && !apart(s.span, new.span)) {
                continue;
            }
            let replaced = |s: &Statement| matches!(s.body, Body::Prose | Body::Unread { .. } | Body::Relation { .. });
            out.retain(|s| apart(s.span, new.span) || !replaced(s) || s.span == new.span && s.scope == new.scope);
            out.push(new);
        }
        out
    }
}

#[cfg(test)]
mod tests;
