//! What an answer has to do, in words: "M must kill v_b and keep v_a", "we need a matrix that keeps v_a and removes v_b".

use super::{Reader, Said};
use crate::claim::phrases::{ByWords, word};
use crate::language::{Expr, Tok};

/// Words of a sentence that says what is wanted; with any other that supposes something it is left alone.
pub const WISHING: &[&str] = &["must", "should", "want", "need", "needs"];

/// What a matrix does to a vector, bare and behind its subject.
const VERBS: &[(&str, &str)] = &[
    ("kill", "kills"),
    ("annihilate", "annihilates"),
    ("remove", "removes"),
    ("delete", "deletes"),
    ("erase", "erases"),
    ("eliminate", "eliminates"),
    ("destroy", "destroys"),
    ("cancel", "cancels"),
    ("keep", "keeps"),
    ("leave", "leaves"),
    ("preserve", "preserves"),
    ("fix", "fixes"),
];

impl Reader<'_> {
    /// A sentence that says of the asked matrix, or of one that is looked for, what it has to do.
    pub(super) fn wish(&self, at: usize) -> Option<(usize, Said)> {
        let (start, subject) = self.asked(at).or_else(|| self.looked_for(at))?;
        let (mut end, mut links) = self.deed(start, &subject)?;
        loop {
            let comma = usize::from(self.tokens.get(end).is_some_and(|t| t.kind == Tok::Comma));
            let next = self.skip(end + comma, &["and", "but", "also", "to", "that", "which"]);
            let Some((after, more)) = self.deed(next, &subject).filter(|_| next > end) else { break };
            end = after;
            links.extend(more);
        }
        end = self.skip(end, &["together", "simultaneously", "as", "well", "too"]);
        let said = Said { span: self.span(at, end), links, tentative: false, required: true };
        self.clean(end).then_some((end, said))
    }

    /// "M must", "M has to", "M needs to": the matrix that the question asks for.
    fn asked(&self, at: usize) -> Option<(usize, Expr)> {
        let end = self.operand_end(at);
        let subject = (self.opens(at) && end == at + 1).then(|| self.expression(at, end))??;
        let modal = if self.is(end, &["must", "should"]) {
            end + 1
        } else {
            (self.is(end, &["has", "needs", "ought"]) && self.is(end + 1, &["to"])).then_some(end + 2)?
        };
        self.world.is_slot(&subject).then(|| (self.skip(modal, &["both", "only", "just"]), subject))
    }

    /// "we need a matrix that", "we want an M which": the same by what it is wanted for.
    fn looked_for(&self, at: usize) -> Option<(usize, Expr)> {
        let verb = self.is(at, &["we", "i"]).then(|| self.skip(at + 1, &["now", "only", "just"]))?;
        let noun = self.is(verb, &["need", "want"]).then(|| self.skip(verb + 1, &["a", "an", "some", "the"]))?;
        let [slot] = self.world.slots.as_slice() else { return None };
        let subject = Expr::Symbol(slot.symbol.clone());
        let letter = |i: usize| self.expression(i, i + 1).is_some_and(|e| e == subject);
        let mut after = self.skip(noun, &["matrix", "map", "operator", "projector", "projection"]);
        after += usize::from(letter(after));
        (after > noun && self.is(after, &["that", "which"])).then(|| (self.skip(after + 1, &["both"]), subject))
    }

    fn deed(&self, at: usize, subject: &Expr) -> Option<(usize, Vec<crate::claim::statement::Link>)> {
        let said = word(self.tokens, at)?;
        let (_, verb) = VERBS.iter().find(|(bare, full)| said == *bare || said == *full)?;
        self.does(verb, at + 1, subject, true)
    }
}
