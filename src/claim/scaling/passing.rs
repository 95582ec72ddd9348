//! What goes through the layers of a model: "each of the l positions goes through L layers".

use super::super::atoms::{Atom, is, text_at};
use super::super::statement::Body;
use super::{Scaling, View, model_of, words};
use crate::span::Span;

impl View<'_> {
    /// "Each of the l positions passes through all L layers": every layer of the model that the sentence names works on as many.
    pub(super) fn passing(&self, own: &[Atom]) -> Option<(Span, Body)> {
        const VERBS: &[&str] = &["goes", "go", "passes", "pass", "runs", "run", "travels", "travel"];
        let verb = (1..own.len()).find(|i| is(own, *i, VERBS) && is(own, i + 1, &["through"]))?;
        let noun = verb - 1;
        is(own, noun, &["positions", "tokens", "characters", "position", "token", "character", "vectors"]).then_some(())?;
        // "every position" is one of the whole sequence.
        let counted = noun.checked_sub(1).filter(|i| self.growth.variables.contains_key(text_at(own, *i)));
        let variable = match counted {
            Some(i) => text_at(own, i).to_string(),
            None => self.growth.lengthened.clone()?,
        };
        let mut start = counted.unwrap_or(noun);
        while start > 0 && is(own, start - 1, &["each", "every", "all", "of", "the", "single"]) {
            start -= 1;
        }
        (start < noun && own[start..noun].iter().any(|a| matches!(a.text.as_str(), "each" | "every" | "all"))).then_some(())?;
        let mut end = verb + 2;
        while is(own, end, &["all", "the", "of", "every", "each"]) {
            end += 1;
        }
        end += usize::from(self.growth.deepened.as_deref() == Some(text_at(own, end)));
        is(own, end, &["layers", "blocks", "layer", "block"]).then_some(())?;
        let after = text_at(own, end + 1);
        matches!(after, "" | "," | "." | ";" | ":" | ")" | "and" | "so" | "while" | "but").then_some(())?;
        let model = model_of(self.growth, &words(&own[..=end]))?;
        let every = |model: &str| {
            let layers = ["every", "layer"].map(String::from);
            let subject = super::part_of(self.growth, &layers, Some(model))?;
            (self.growth.subjects[subject].model.as_deref() == Some(model)).then_some(subject)
        };
        let subject = every(&model)?;
        Some((own[start].span.to(own[end].span), Body::Scaling(Scaling::Positions { subject, variable })))
    }
}
