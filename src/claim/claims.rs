//! What a chain of mathematics claims: its links with their scopes, as far as the words around leave them claims.

use super::circumstance;
use super::condition::{as_condition, chosen, otherwise};
use super::heads;
use super::links::{about_all_draws, about_one_draw, both_happen, closed, first_link, keeps_most, link_at};
use super::phrases::{clean_after, words_are};
use super::read::{Flow, Reader};
use super::segment::{Before, Run};
use super::statement::{Body, Condition, LimitSense, Link, Premise, Scope, Statement};
use super::sweeping::{self, Sweeping};
use crate::language::{Bracket, Chain, Ends, Expr, Options, Relation, Style, Symbol, Tok, Token, parse_chain, print};
use crate::span::Span;

/// Of which draws a clause speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Partly {
    All,
    /// Words that may limit it.
    Perhaps,
    /// Some of them only.
    Some,
}

impl Reader<'_> {
    /// `v_a = 3`, `a_1 = (1, 0)`: a vector of the question gets an example's value.
    fn example_value(&self, chain: &Chain) -> bool {
        let [left, right] = chain.operands.as_slice() else { return false };
        let concrete = match &right.expr {
            Expr::Tuple(_) => true,
            Expr::Transpose(t) => matches!(**t, Expr::Tuple(_)),
            e => e.is_closed() && !e.is_zero(),
        };
        let vector = matches!(&left.expr, Expr::Symbol(s) if self.world.is_matrix(s));
        chain.relations[0] == Relation::Equal && concrete && vector
    }

    /// `q = k_j`, `q = 2 k_j`, where the question leaves q free: what follows is said of this query, which nothing makes
    /// long enough for a limit; `β = ln(n - 2)`, which nobody claims.
    fn short_choice(&self, chain: &Chain) -> bool {
        let [left, right] = chain.operands.as_slice() else { return false };
        let tied = |s: &Symbol| self.world.scalars.contains_key(&s.name) && chosen(s, &right.expr, self.world);
        if chain.relations[0] == Relation::Equal && matches!(&left.expr, Expr::Symbol(s) if tied(s)) {
            return true;
        }
        let free = matches!(&left.expr, Expr::Symbol(s) if self.world.vectors.contains_key(&s.name));
        let scaled = right.expr.symbols().iter().any(|s| s.indices.is_empty());
        chain.relations[0] == Relation::Equal && free && !right.expr.is_closed() && !scaled
    }

    /// "1 - α_a - α_b = … for q = β (k_a + k_b)": what stands before is said of the answer behind it.
    fn said_of_answer(&mut self, run: &Run, chain: &Chain, flow: &Flow) {
        let link = link_at(chain, 0);
        let behind = matches!(&run.before, Before::Words(w) if matches!(w.as_slice(), [one] if one == "for" || one == "with"));
        let Expr::Symbol(slot) = &link.left else { return };
        if !(behind && chain.relations.len() == 1 && self.fills_slot(&link)) {
            return;
        }
        for i in &flow.recent {
            self.out[*i].scope.conditions.push(Condition::Define(slot.clone(), link.right.clone()));
        }
    }

    /// `α_b(z) = α_a(2 - z)`: a weight as a function of a letter; `α_a(1 - α_a)` is a product.
    fn applies_weight(&self, tokens: &[Token]) -> bool {
        let weight = |t: &Token| matches!(&t.kind, Tok::Name(n) if self.world.calls(n, "alpha"));
        let own = |t: &Token| matches!(&t.kind, Tok::Name(n) if !self.world.knows(&Symbol::plain(n), &[]) && self.world.lexicon.resolve(n).is_none());
        let opens = |i: usize| tokens[i].kind == Tok::Open(Bracket::Round) && !tokens[i].spaced;
        let applied = |i: usize| {
            let inside: Vec<&Token> = tokens[i + 1..].iter().take_while(|t| t.kind != Tok::Close(Bracket::Round)).collect();
            // The name stands before its index.
            let name = i.checked_sub(1).is_some_and(|k| weight(&tokens[k]))
                || i >= 3 && matches!(tokens[i - 2].kind, Tok::Sub) && weight(&tokens[i - 3]);
            let scalar = |t: &Token| matches!(&t.kind, Tok::Name(n) if self.world.synonyms.get(n).is_some_and(|s| s != "alpha"));
            let letter =
                inside.iter().any(|t| own(t) || scalar(t)) || inside.len() == 1 && matches!(inside[0].kind, Tok::Name(_));
            name && letter && !inside.iter().any(|t| weight(t))
        };
        (0..tokens.len()).filter(|i| opens(*i)).any(applied)
    }

    pub(super) fn claim(&mut self, run: &Run, chain: &Chain, flow: &mut Flow) {
        if self.example_value(chain) {
            let span = self.span(&run.range);
            let text = span.of(self.text).to_string();
            flow.forward.unread.push(text.clone());
            self.lasting.unread.push(text);
            return self.push(span, Body::Supposition { understood: false }, Scope::default());
        }
        if self.short_choice(chain) {
            let span = self.span(&run.range);
            if let Some(chosen) = as_condition(&first_link(chain), self.world) {
                self.push(span, Body::Supposition { understood: true }, Scope::default());
                self.chooses(std::slice::from_ref(&chosen), span, false, flow);
                self.bind(vec![chosen], false, true, flow);
                return;
            }
            let text = span.of(self.text).to_string();
            self.lasting.unread.push(text.clone());
            flow.forward.unread.push(text);
        }
        flow.in_conditions = false;
        let mut scope = flow.forward.clone();
        scope.conditions.retain(|c| !matches!(c, Condition::Limit(s, LimitSense::Fixed) if self.released(run, s)));
        scope.required |= self.required(run);
        if self.in_the_limit(run) {
            // "In the limit c ≈ v_a when γ > 1", after an example with β = 10.
            scope
                .conditions
                .retain(|c| !matches!(c, Condition::Value(s, e) if self.world.limits.contains(&s.name) && e.is_closed()));
        }
        if self.followed_by_otherwise(run) {
            match flow.recent.first().and_then(|i| otherwise(&self.out[*i].scope.conditions)) {
                Some(negated) => scope.conditions.extend(negated),
                None => scope.tentative = true,
            }
        }
        if self.opens_with_otherwise(run) {
            let last: Vec<Condition> = flow.recent.first().map(|i| self.out[*i].scope.conditions.clone()).unwrap_or_default();
            let stated: Vec<Condition> = last.iter().filter(|c| !self.lasting.conditions.contains(c)).cloned().collect();
            scope.conditions.retain(|c| !stated.contains(c));
            match otherwise(&stated) {
                Some(negated) => scope.conditions.extend(negated),
                None => scope.tentative = true,
            }
        }
        let concluded = self.announcer(run).filter(|w| matches!(w.as_str(), "means" | "implies" | "mean" | "imply"));
        if let (Some(word), Some(premise)) = (concluded, flow.recent.first()) {
            scope.unread.push(format!("{} {word}", self.out[*premise].span.of(self.text)));
        } else if let Some(premise) = self.concluded_from(run, flow) {
            scope.premises.push(premise);
        }
        match self.spoken_again(run) {
            // "If we ignore X < 0, c_1 ≈ v_a in all other draws": those that are kept already.
            Ok(mut again) => {
                let negated = |c: &Condition| otherwise(std::slice::from_ref(c));
                let against = |c: &Condition| negated(c).is_some_and(|n| n.iter().all(|c| scope.conditions.contains(c)));
                again.retain(|c| !against(c));
                scope.conditions.extend(again);
            }
            // True of every draw is true of those.
            Err(()) => scope.tentative = true,
        }
        let circumstance = circumstance::around(self.tokens, &run.range, self.text);
        let sweeping = sweeping::around(self.tokens, &run.range);
        self.said_of_answer(run, chain, flow);
        flow.recent.clear();
        let tokens = &self.tokens[run.range.clone()];
        scope.tentative |= self.applies_weight(tokens);
        let place = self.span(&run.range);
        let worded =
            tokens.iter().any(|t| matches!(t.kind, Tok::Rel(_)) && !t.math && t.span.of(self.text).contains(char::is_alphabetic));
        let loose = self.loose.iter().any(|s| s.start < place.end && place.start < s.end);
        let head = self.head_spoken_of(run);
        // "the share of v_a = …": not of the vector itself.
        let part_of = matches!(chain.operands[0].expr, Expr::Symbol(_)) && self.names_a_measure(run);
        // "v_a = sum c_i a_i": a sum of which the run is only what is summed.
        let summed = self.announcer(run).is_some_and(|w| w == "sum");
        scope.tentative |= part_of || summed || self.cut_off(run);
        scope.tentative |= head.is_err() && heads::any_weight(chain);
        // "Two heads give c = …": of the whole output.
        let whole = matches!(&chain.operands[0].expr, Expr::Symbol(s) if s.indices.is_empty() && s.name == "c");
        let partly = self.partly(run, matches!(head, Ok(Some(_))), whole);
        if partly == Partly::Some {
            scope.unread.push("said of some draws only".into());
        }
        scope.tentative |=
            loose || partly != Partly::All || self.severed(run, chain) || worded && !clean_after(self.tokens.get(run.range.end));
        let head = head.unwrap_or_default();
        let remarks = self.lost_subscripts(tokens);
        let others = self.other_readings(tokens, chain);
        for i in 0..chain.relations.len() {
            let link = heads::of_head(self.restated(self.same_filling(chain, i), tokens), self.world, head);
            let last = i + 1 == chain.relations.len();
            let start = if i > 0 && self.new_row(chain, i) {
                self.sign_after(&chain.operands[i].span)
            } else {
                chain.operands[i].span.start
            };
            let end = if last || self.new_row(chain, i + 1) {
                chain.operands[i + 1].span.end
            } else {
                self.relation_end(&chain.operands[i].span, &chain.operands[i + 1].span)
            };
            let mut alternatives: Vec<Link> =
                others.iter().map(|c| heads::of_head(link_at(c, i), self.world, head)).filter(|l| *l != link).collect();
            alternatives.dedup();
            flow.recent.push(self.out.len());
            let remarks = remarks.iter().filter(|(s, _)| s.start >= start && s.end <= end).map(|(_, r)| r.clone()).collect();
            let own = match &link.left {
                Expr::Symbol(s) if link.relation == Relation::Equal => {
                    scope.conditions.contains(&Condition::Value(s.clone(), link.right.clone()))
                }
                _ => false,
            };
            let body = Body::Relation { link, alternatives };
            let mut scope = scope.clone();
            if own {
                // "X is exactly 1 with probability 0.3": true under itself, which says nothing.
                scope.unread.push("its own condition".into());
            }
            if let Body::Relation { link, .. } = &body
                && about_all_draws(link)
                && scope.conditions.iter().any(|c| about_one_draw(c, self.world))
            {
                // "Only where X < -1 …, and this has probability 0.2 %": not a probability given the draw.
                let kept = scope.conditions.iter().all(|c| !about_one_draw(c, self.world) || keeps_most(c));
                let (over, rest) = std::mem::take(&mut scope.conditions).into_iter().partition(|c| about_one_draw(c, self.world));
                (scope.over, scope.conditions) = (over, rest);
                if both_happen(link) && kept {
                    // What happens in no noticeable share of the draws does not happen in most of them.
                    scope.sweeping = Some(Sweeping::plain("a choice of draws"));
                } else {
                    scope.tentative = true;
                }
            }
            if self.introduces(chain) {
                // "For r = 0 we get c ≈ v_b (k_a = r μ_a)": what r is holds of every r.
                let own = |c: &Condition| matches!(c, Condition::Value(s, _) if !self.world.knows(s, &[]) && chain.operands[1].expr.symbols().contains(s));
                scope.conditions.retain(|c| !own(c));
            }
            // Nothing imposes on instances that "for orthonormal values" supposes: a number under it may be right.
            let of_values = || {
                let symbols = chain.operands[i].expr.symbols();
                !symbols.is_empty() && symbols.iter().all(|s| s.name == "v")
            };
            scope.tentative |= chain.operands[i + 1].expr.is_closed()
                && (about_all_draws(&link_at(chain, i)) || of_values())
                && self.orthonormal_values();
            // "c = 1·v_j = v_j exactly": of the whole chain of equations.
            let equations = chain.relations[i..].iter().all(|r| *r == Relation::Equal);
            scope.exact |= says_exactly(Span::new(start, end).of(self.text)) || equations && self.exactly_after(run);
            scope.sweeping = scope.sweeping.or_else(|| sweeping.clone());
            if let Body::Relation { link, .. } = &body
                && self.fills_slot(link)
            {
                let symbols = link.right.symbols();
                let sizes: Vec<&str> = symbols
                    .iter()
                    .filter(|s| s.indices.is_empty() && !self.world.is_matrix(s))
                    .map(|s| s.name.as_str())
                    .collect();
                scope.sweeping = scope.sweeping.or_else(|| sweeping::sized_otherwise(self.tokens, run.range.end, &sizes));
            }
            scope.circumstance.clone_from(&circumstance);
            // "With the keys exactly at their means α_b = 0": exact terms, in which a weight of 0 is no limit.
            let noiseless =
                |c: &Condition| matches!(c, Condition::Value(s, Expr::Number(n)) if s.name == "alpha" && n.value == 0.0);
            if let Body::Relation { link, .. } = &body
                && link.relation == Relation::Equal
                && link.right.is_zero()
                && matches!(&link.left, Expr::Symbol(s) if s.name == "alpha" && !s.indices.is_empty())
                && scope.conditions.iter().any(noiseless)
                && !scope.conditions.iter().any(|c| matches!(c, Condition::Limit(..)))
            {
                scope.sweeping = scope.sweeping.or_else(|| Some(Sweeping::plain("a plain 0")));
            }
            self.out.push(Statement { span: Span::new(start, end), body, scope, remarks });
        }
    }

    /// "α → 0 at fixed β, and for large β then …": scalars that were held fixed before, and grow in the words before a run.
    fn released(&self, run: &Run, symbol: &Symbol) -> bool {
        let start = self.sentence_start(run.range.start);
        let large = |at: usize| self.tokens[at].word().is_some_and(|w| matches!(w.as_str(), "large" | "big" | "growing"));
        let named = |at: usize| matches!(self.tokens.get(at + 1).map(|t| &t.kind), Some(Tok::Name(n)) if *n == symbol.name);
        (start..run.range.start).any(|at| large(at) && named(at))
    }

    /// Whether a sentence says before a run that it speaks of the limit.
    fn in_the_limit(&self, run: &Run) -> bool {
        let start = self.sentence_start(run.range.start);
        (start..run.range.start.saturating_sub(2)).any(|i| words_are(self.tokens, i, &["in", "the", "limit"]))
    }

    /// Whether the part speaks of orthonormal values.
    fn orthonormal_values(&self) -> bool {
        let words: Vec<String> = self.tokens.iter().filter_map(Token::word).collect();
        let value = |w: &String| w.starts_with("value");
        words.iter().enumerate().any(|(i, w)| {
            w == "orthonormal" && (words.get(i + 1).is_some_and(value) || words[i.saturating_sub(3)..i].iter().any(value))
        })
    }

    /// "q = 0 gives α_i = 1/n": the relation before such a verb is supposed, unless it is the answer itself.
    fn concluded_from(&self, run: &Run, flow: &Flow) -> Option<Premise> {
        const VERBS: &[&str] = &["gives", "yields", "give", "yield", "makes", "make"];
        self.announcer(run).filter(|w| VERBS.contains(&w.as_str()))?;
        let before = &self.out[*flow.recent.last()?];
        match &before.body {
            Body::Relation { link, .. } if !self.fills_slot(link) => {
                let text = before.span.of(self.text).to_string();
                Some(Premise { text, links: vec![link.clone()], others: false })
            }
            _ => None,
        }
    }

    /// The head that the sentence spoke of before a relation; `Err` where it spoke of more than one.
    fn head_spoken_of(&self, run: &Run) -> Result<Option<u32>, ()> {
        let numbers = heads::numbers(self.world);
        let start = self.tokens[..run.range.start].iter().rposition(|t| matches!(t.kind, Tok::Stop | Tok::Semicolon));
        let spoken = heads::mentioned(&numbers, &self.tokens[start.map_or(0, |i| i + 1)..run.range.start]);
        match spoken.as_slice() {
            [] => Ok(self.head_behind(run, &numbers)),
            [(_, head), rest @ ..] if rest.iter().all(|(_, other)| other == head) => Ok(Some(*head)),
            _ => Err(()),
        }
    }

    /// "Var s_a = … in head 1": the head that is named right behind a relation.
    fn head_behind(&self, run: &Run, numbers: &[u32]) -> Option<u32> {
        let behind = self.tokens.get(run.range.end..)?;
        behind.first()?.word().filter(|w| matches!(w.as_str(), "in" | "for"))?;
        let end =
            behind.iter().take(5).position(|t| !matches!(t.kind, Tok::Word(_) | Tok::Number(_))).unwrap_or(behind.len().min(5));
        match heads::mentioned(numbers, &behind[..end]).as_slice() {
            [(_, head)] => Some(*head),
            _ => None,
        }
    }

    /// "M coincides with AAᵀ" compares, it does not choose: the slot stands last.
    fn restated(&self, link: Link, tokens: &[Token]) -> Link {
        let compared = |t: &Token| {
            let text = t.span.of(self.text).to_lowercase();
            matches!(t.kind, Tok::Rel(_)) && ["coincid", "agree", "same", "identical"].iter().any(|w| text.contains(w))
        };
        if link.relation == Relation::Equal && tokens.iter().any(compared) && !self.world.is_slot(&link.right) {
            return Link { left: link.right, relation: link.relation, right: link.left };
        }
        link
    }

    /// The link at `i`; in `q_1 = q_2 = β (μ_a + μ_b)` each slot gets what stands last.
    pub(super) fn same_filling(&self, chain: &Chain, i: usize) -> Link {
        let slot = |e: &Expr| self.world.is_slot(e);
        let mut link = link_at(chain, i);
        let rest = &chain.relations[i..];
        if slot(&link.left)
            && slot(&link.right)
            && rest.iter().all(|r| *r == Relation::Equal)
            && let Some(filling) = chain.operands[i + 1..].iter().find(|o| !slot(&o.expr))
        {
            link.right = filling.expr.clone();
        }
        link
    }

    /// Indices that stand beside their letter, as a scan leaves them (`α i`, `va`): where, and as what they are read.
    fn lost_subscripts(&self, tokens: &[Token]) -> Vec<(Span, String)> {
        let mut found: Vec<(Span, String)> = Vec::new();
        for pair in tokens.windows(2) {
            let [Token { kind: Tok::Name(name), .. }, Token { kind: Tok::Name(index), .. }] = pair else { continue };
            if self.world.lexicon.is_family(name) && self.world.lexicon.is_index(index) {
                let symbol = print(&Expr::Symbol(Symbol::indexed(name, index)), Style::Plain);
                let span = pair[0].span.to(pair[1].span);
                if span.of(self.text).is_empty() {
                    continue;
                }
                found.push((span, format!("`{}` read as {symbol}", span.of(self.text))));
            }
        }
        found.dedup_by(|a, b| a.1 == b.1);
        found
    }

    /// "c ≈ v_a in half of the draws", "either c ≈ v_a or c ≈ v_b": words in the clause that say it is not
    /// meant of every draw.
    fn partly(&self, run: &Run, one_head: bool, whole: bool) -> Partly {
        // Said of some draws only: true of all of them would be something else.
        const SOME: &[&str] =
            &["half", "some", "sometimes", "occasionally", "either", "rarely", "fraction", "never", "seldom", "third", "quarter"];
        const PARTLY: &[&str] = &[
            "extreme",
            "extremes",
            "outcomes",
            "possible",
            "most",
            "mostly",
            "often",
            "usually",
            "many",
            "or",
            "probability",
            "chance",
            "percent",
            "times",
            "cases",
            "draws",
            "samples",
            "head",
            "heads",
            "example",
            "e.g",
        ];
        let ends = |t: &Token| matches!(t.kind, Tok::Comma | Tok::Stop | Tok::Semicolon | Tok::Colon | Tok::Implies);
        let start = self.tokens[..run.range.start].iter().rposition(ends).map_or(0, |i| i + 1);
        let end = self.tokens[run.range.end..].iter().position(ends).map_or(self.tokens.len(), |i| run.range.end + i);
        let around = self.tokens[start..run.range.start].iter().chain(&self.tokens[run.range.end.min(end)..end]);
        let words: Vec<String> = around.clone().filter_map(Token::word).collect();
        let words = circumstance::limiting(&words, whole);
        // "X > 1 in five of ten, the others have c ≈ v_b": of draws or keys that were named only before.
        let rest = words.windows(2).any(|w| {
            matches!(w[0].as_str(), "others" | "rest" | "remaining")
                && matches!(w[1].as_str(), "have" | "has" | "had" | "give" | "gives" | "end" | "ends" | "get" | "gets")
        });
        // "c ≈ v_a in half of the draws, c ≈ v_b in the other"
        let rest = rest
            || words.windows(3).any(|w| w[0] == "in" && w[1] == "the" && matches!(w[2].as_str(), "other" | "others" | "rest"));
        let some = words.iter().any(|w| SOME.contains(&w.as_str()));
        let draws =
            words.iter().any(|w| matches!(w.as_str(), "draw" | "draws" | "sample" | "samples" | "cases" | "time" | "times"));
        if some && draws {
            Partly::Some
        } else if some
            || rest
            || around.into_iter().any(|t| t.kind == Tok::Percent)
            || words.iter().any(|w| PARTLY.contains(&w.as_str()) && !(one_head && w == "head"))
        {
            Partly::Perhaps
        } else {
            Partly::All
        }
    }

    /// `½ erfc(1)`, `A ∩ B = {0}`: a name before a bracket or a sign that was not read stands beside the run.
    fn cut_off(&self, run: &Run) -> bool {
        let called = match self.tokens.get(run.range.end..).unwrap_or_default() {
            [word, open, ..] => matches!((&word.kind, &open.kind), (Tok::Word(_), Tok::Open(_))) && !open.spaced,
            _ => false,
        };
        // Operators of mathematics beyond those that are read.
        const OPERATORS: std::ops::RangeInclusive<char> = '\u{2200}'..='\u{22ff}';
        let sign =
            |t: &Token| matches!(&t.kind, Tok::Unknown(u) if u.starts_with('\\') || u.chars().any(|c| OPERATORS.contains(&c)));
        let next = self.tokens.get(run.range.end);
        let behind = next.is_some_and(|t| {
            matches!(t.kind, Tok::Open(_)) && !t.spaced || sign(t) || matches!(&t.kind, Tok::Unknown(u) if u == "±")
        });
        // "M v_a = A A^T Ac": letters that stand right behind an operand and are no word.
        const SMALL: &[&str] = &[
            "in", "is", "as", "at", "by", "of", "on", "or", "so", "to", "if", "we", "it", "be", "an", "no", "do", "vs", "up",
            "ie", "eg", "q.e.d", "qed",
        ];
        let letters = next.is_some_and(|t| {
            matches!(&t.kind, Tok::Word(w) if w.chars().count() == 2 && w.chars().all(|c| c.is_ascii_alphabetic()))
                && t.word().is_some_and(|w| !SMALL.contains(&w.as_str()))
        });
        called || behind || letters || run.range.start.checked_sub(1).is_some_and(|i| sign(&self.tokens[i]))
    }

    /// "9 correct of 500 = 1.8 %": arithmetic whose left part is words.
    fn severed(&self, run: &Run, chain: &Chain) -> bool {
        const JOINS: &[&str] = &["of", "from", "by", "per", "plus", "minus", "times", "over", "than", "to"];
        closed(&link_at(chain, 0)) && self.announcer(run).is_some_and(|w| JOINS.contains(&w.as_str()))
    }

    /// "c = v_j holds exactly".
    fn exactly_after(&self, run: &Run) -> bool {
        let after = self.text.get(self.span(&run.range).end..).unwrap_or_default();
        let after = after.trim_start_matches([',', ' ']);
        let first = after.split(['.', ',', ';', '\n']).next().unwrap_or_default();
        first.split_whitespace().take(3).any(|w| matches!(w, "exactly" | "precisely"))
    }

    /// Where the relation sign after an operand begins.
    fn sign_after(&self, operand: &Span) -> usize {
        let mut signs = self.tokens.iter().filter(|t| t.span.start >= operand.end && matches!(t.kind, Tok::Rel(_)));
        signs.next().map_or(operand.end, |t| t.span.start)
    }

    /// Whether the relation after operand `i` stands in a row of its own: the operand then belongs to the row before.
    fn new_row(&self, chain: &Chain, i: usize) -> bool {
        let (Some(left), Some(right)) = (chain.operands.get(i), chain.operands.get(i + 1)) else { return false };
        let between = self.text.get(left.span.end..right.span.start).unwrap_or_default();
        let before_sign = between.split(['=', '≈']).next().unwrap_or_default();
        before_sign.contains('\n') || before_sign.contains("\\\\")
    }

    /// Where the relation sign between two operands ends: the shared operand belongs to the next link.
    fn relation_end(&self, left: &Span, right: &Span) -> usize {
        let between =
            self.tokens.iter().filter(|t| t.span.start >= left.end && t.span.end <= right.start && matches!(t.kind, Tok::Rel(_)));
        between.map(|t| t.span.end).max().unwrap_or(left.end)
    }

    fn other_readings(&self, tokens: &[Token], chain: &Chain) -> Vec<Chain> {
        let plain = Options::default();
        let options = [
            Options { greedy_denominators: true, ..plain },
            Options { applications: true, ..plain },
            Options { ends: Ends::Last, ..plain },
        ];
        let parsed = options.into_iter().filter_map(|o| parse_chain(tokens, self.text, &self.world.lexicon, o).ok());
        parsed.filter(|c| c != chain && c.relations.len() == chain.relations.len()).collect()
    }

    /// "If γ > 1, c ≈ v_a, otherwise c ≈ v_b."
    /// "The weights have to satisfy α_a ≈ ½ and Σ α_i ≈ 0": what any answer has to do.
    fn required(&self, run: &Run) -> bool {
        let before = self.sentence_before(run);
        let satisfy = before
            .iter()
            .rposition(|t| t.word().is_some_and(|w| matches!(w.as_str(), "satisfy" | "fulfil" | "fulfill" | "obey")));
        let word = |i: usize| before.get(i).and_then(Token::word).unwrap_or_default();
        satisfy.is_some_and(|at| match at.checked_sub(1).map(word).as_deref() {
            Some("must" | "should") => true,
            Some("to") => at >= 2 && matches!(word(at - 2).as_str(), "have" | "has" | "need" | "needs"),
            _ => false,
        })
    }

    /// "the share of v_a", "the determinant of our M": what stands before a symbol names something that belongs to it.
    fn names_a_measure(&self, run: &Run) -> bool {
        const DETERMINERS: &[&str] = &["our", "this", "that", "such", "the", "a", "an", "my", "your", "every", "each", "any"];
        let Before::Words(words) = &run.before else { return false };
        let noun = words.iter().rev().find(|w| !DETERMINERS.contains(&w.as_str()));
        noun.is_some_and(|w| matches!(w.as_str(), "of" | "tr" | "det" | "rank" | "trace" | "dim"))
    }

    fn opens_with_otherwise(&self, run: &Run) -> bool {
        let other = |w: &str| matches!(w, "otherwise" | "else" | "elsewhere");
        // "Otherwise, c ≈ v_b."
        let comma = run.range.start.checked_sub(2).filter(|i| self.tokens[i + 1].kind == Tok::Comma);
        comma.and_then(|i| self.tokens[i].word()).is_some_and(|w| other(&w))
            || matches!(&run.before, Before::Words(w) if w.iter().any(|w| other(w)))
    }

    pub(super) fn followed_by_otherwise(&self, run: &Run) -> bool {
        self.tokens
            .get(run.range.end)
            .and_then(Token::word)
            .is_some_and(|w| matches!(w.as_str(), "otherwise" | "else" | "elsewhere"))
    }
}

/// "α_a is exactly ½": no limit is meant.
pub(super) fn says_exactly(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|w| matches!(w.to_lowercase().as_str(), "exactly" | "precisely" | "identically"))
}
