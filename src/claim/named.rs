//! Whether a relation is claimed, or the sentence only names it: a step, a supposition before its consequence, a denial, a question, a
//! wish, or an answer that is not given.

use super::circumstance;
use super::condition::as_condition;
use super::links::{denied, first_link};
use super::mentioned::{self, Mention};
use super::read::{Flow, Reader};
use super::segment::{Before, Run};
use super::statement::{Body, Condition, Link, Scope};
use crate::language::{Chain, Expr, Symbol, Tok, Token};
use crate::span::Span;

impl Reader<'_> {
    /// A claim, unless the sentence only names the relation.
    pub(super) fn perhaps_claim(&mut self, run: &Run, chain: &Chain, flow: &mut Flow) {
        let answers: Vec<Link> =
            (0..chain.relations.len()).map(|i| self.same_filling(chain, i)).filter(|l| self.fills_slot(l)).collect();
        if answers.is_empty() { self.perhaps_relation(run, chain, flow) } else { self.perhaps_answer(run, chain, answers, flow) }
    }

    /// A relation that fills no slot.
    fn perhaps_relation(&mut self, run: &Run, chain: &Chain, flow: &mut Flow) {
        let unread = |reader: &mut Self, flow: &mut Flow, stopped: &str| {
            flow.recent.clear();
            reader.push(reader.span(&run.range), Body::Unread { stopped: stopped.into() }, Scope::default());
        };
        if self.asked(run) {
            // "Is β = ln n enough? Then …": what is said next may be said of it.
            let choice = Some(chain).filter(|c| c.relations.len() == 1).and_then(|c| as_condition(&first_link(c), self.world));
            if let Some(choice @ (Condition::Define(..) | Condition::Value(..))) = choice {
                self.choices.push((self.span(&run.range).of(self.text).to_string(), choice));
            }
            unread(self, flow, "a question");
        } else if mentioned::softly(self.tokens, &run.range) {
            self.softly(run, chain, flow);
        } else if chain.relations.len() > 1 {
            self.claim(run, chain, flow);
        } else if mentioned::denied(self.tokens, &run.range) {
            self.denial(run, chain, flow);
        } else if run.before == Before::Comma && mentioned::imagined(self.tokens, &run.range) {
            // "Means of different length, ‖μ_a‖ ≠ ‖μ_b‖, would …"
            unread(self, flow, "what it would do is said, not that it is so");
        } else if mentioned::condition_for_something(self.tokens, &run.range) {
            unread(self, flow, "what the sentence says of it was not understood");
        } else if self.supposes_a_draw(run, chain) {
            self.condition(run, chain, flow);
        } else if self.supposes(run, chain) {
            self.open_premise(self.span(&run.range), chain, false, flow);
        } else {
            self.claim(run, chain, flow);
        }
    }

    /// A relation that fills slots.
    fn perhaps_answer(&mut self, run: &Run, chain: &Chain, answers: Vec<Link>, flow: &mut Flow) {
        let fills = |left: &Expr| answers.iter().any(|a| a.left == *left);
        let answered = self.out.iter().any(|s| matches!(&s.body, Body::Relation { link, .. } if fills(&link.left)));
        match mentioned::answer(self.tokens, &run.range) {
            _ if self.asked(run) || mentioned::imagined(self.tokens, &run.range) => {
                self.named_answer(run, answers, answered, flow);
            }
            Some(Mention::Spoken) if !answered => self.softly(run, chain, flow),
            Some(_) => self.named_answer(run, answers, answered, flow),
            None => {
                let own = |c: &Condition| matches!(c, Condition::Define(s, _) if fills(&Expr::Symbol(s.clone())));
                flow.forward.conditions.retain(|c| !own(c));
                flow.forward.unread.retain(|u| self.rejected.as_ref() != Some(u));
                self.rejected = None;
                self.claim(run, chain, flow);
            }
        }
    }

    /// "k_i^T q = k_j^T q ⟹ α_i = α_j", "β = ln(n − 2) gives α_a = 1/3": before a consequence, a relation between what the question
    /// leaves free is supposed.
    fn supposes(&self, run: &Run, chain: &Chain) -> bool {
        let link = first_link(chain);
        let free = |s: &Symbol| {
            let parameter =
                s.indices.is_empty() && (self.world.dimensions.contains_key(&s.name) || self.world.scalars.contains_key(&s.name));
            let drawn = self.world.families.contains_key(&s.name) || self.world.vectors.contains_key(&s.name);
            // `s_j > s_i gives …`: a name of a product of what is drawn.
            let named = !s.indices.is_empty() && link.relation.is_order() && s.name == "s";
            parameter || (drawn || named) && self.world.slots.is_empty()
        };
        let symbols = [link.left.symbols(), link.right.symbols()].concat();
        // "Case 1 m = d: …"
        let headed = matches!(&run.before, Before::Words(w) if w.iter().any(|w| w == "case"))
            && self.tokens.get(run.range.end).is_some_and(|t| t.kind == Tok::Colon);
        // A step of a derivation follows from what stands before it.
        run.before != Before::Implies
            && !symbols.is_empty()
            && symbols.iter().all(free)
            && (headed || mentioned::has_consequence(self.tokens, &run.range))
    }

    /// Whether the words around a place deny what is said there, or only consider it.
    pub(super) fn denied(&self, place: Span) -> bool {
        circumstance::range_of(self.tokens, place)
            .is_some_and(|range| mentioned::denied(self.tokens, &range) || mentioned::considered(self.tokens, &range))
    }

    /// A claim that may be confirmed only.
    fn softly(&mut self, run: &Run, chain: &Chain, flow: &mut Flow) {
        let first = self.out.len();
        self.claim(run, chain, flow);
        for statement in &mut self.out[first..] {
            statement.scope.tentative = true;
        }
    }

    /// Whether the sentence that a run ends in is a question.
    fn asked(&self, run: &Run) -> bool {
        let end = self.tokens[run.range.end..].iter().find(|t| matches!(t.kind, Tok::Stop | Tok::Colon));
        end.is_some_and(|t| t.span.of(self.text) == "?")
    }

    /// "X > 1 ⟹ c ≈ v_a", "k_a = 2 μ_a gives …": a draw before what comes out of it.
    fn supposes_a_draw(&self, run: &Run, chain: &Chain) -> bool {
        let link = first_link(chain);
        let drawn = |s: &Symbol| {
            self.world.families.contains_key(&s.name)
                || self.world.definitions.iter().any(|d| d.name == s.name && d.parameters.is_empty())
        };
        let symbols = link.left.symbols();
        // "ε > 0 gives c ≈ v_a", of a letter of the writer's.
        let own = matches!(&link.left, Expr::Symbol(s) if !self.world.knows(s, &[])) && link.relation.is_order();
        if own && run.before != Before::Implies && mentioned::has_consequence(self.tokens, &run.range) {
            return true;
        }
        run.before != Before::Implies
            && symbols.len() == 1
            && symbols.iter().all(drawn)
            && as_condition(&link, self.world).is_some()
            && mentioned::has_consequence(self.tokens, &run.range)
    }

    /// An answer that is named and not given: what the sentence goes on to say is said under it.
    fn named_answer(&mut self, run: &Run, answers: Vec<Link>, answered: bool, flow: &mut Flow) {
        let span = self.span(&run.range);
        if !answered {
            self.rejected = Some(span.of(self.text).to_string());
        }
        flow.recent.clear();
        let slots = answers.into_iter().filter_map(|l| if let Expr::Symbol(s) = l.left { Some((s, l.right)) } else { None });
        flow.forward.conditions.extend(slots.map(|(slot, filling)| Condition::Define(slot, filling)));
        self.push(span, Body::Supposition { understood: true }, Scope::default());
    }

    /// "It is not the case that A Aᵀ = I": the negation, which may be confirmed; other relations are left.
    pub(super) fn denial(&mut self, run: &Run, chain: &Chain, flow: &mut Flow) {
        let span = self.span(&run.range);
        let link = first_link(chain);
        flow.recent.clear();
        // "It would be wrong to say that q = k_j is enough": what is said of the relation is denied, not the relation.
        let subject = self.tokens.get(run.range.end).and_then(Token::word).is_some_and(|w| {
            matches!(w.as_str(), "is" | "does" | "would" | "suffices" | "works" | "gives" | "means" | "implies" | "will")
        });
        let Some(turned) = denied(link).filter(|_| !subject) else {
            return self.push(span, Body::Unread { stopped: "the sentence denies it".into() }, Scope::default());
        };
        let scope = Scope { tentative: true, ..flow.forward.clone() };
        self.push(span, Body::Relation { link: turned, alternatives: vec![] }, scope);
    }
}
