//! Which scores a noun phrase counts: "the two cross attentions", "the perceiver's scores", "the term with m^2".

use super::super::atoms::Atom;
use super::super::scaling::{View, model_of};
use crate::language::Expr;

/// Words of such a phrase that tell nothing of which scores they are.
const PLAIN: &[&str] = &[
    "the",
    "a",
    "an",
    "of",
    "'",
    "’",
    "s",
    "its",
    "number",
    "numbers",
    "count",
    "counts",
    "total",
    "whole",
    "together",
    "model",
    "variant",
    "transformer",
    "network",
    "attention",
    "all",
    "in",
    "for",
    "part",
    "term",
    "that",
    "those",
    "with",
    "figure",
    "one",
    "cost",
    "costs",
    "work",
    "matrix",
    "matrices",
    "and",
    "self",
    "-",
    "entries",
    "overall",
    "entire",
    "altogether",
    "computations",
    "computation",
    "comparisons",
    "pairs",
    "two",
    "both",
    "three",
    "four",
    "alone",
    "score",
    "itself",
    "then",
    "now",
    "also",
    "thus",
    "therefore",
    "hence",
];
/// Words that stand for the model spoken of last.
const PRONOUNS: &[&str] = &["it", "this", "thing", "everything", "model", "total", "whole", "number", "count", "figure"];

/// What a phrase counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// Numbers of scores, one of which is meant.
    pub any: Vec<Expr>,
    /// The model that they are of.
    pub model: String,
    /// Whether it is the whole of its model.
    pub whole: bool,
    /// Whether the words name the model or its part.
    pub named: bool,
}

impl View<'_> {
    /// What a phrase counts, each of its words known.
    pub(in super::super) fn counted(&self, list: &[Atom]) -> Option<Counted> {
        self.term(list).or_else(|| self.group(list))
    }

    /// Whether the words of a phrase name nothing.
    pub(super) fn says_nothing(&self, list: &[Atom]) -> bool {
        list.iter().all(|a| PLAIN.contains(&a.text.as_str()) || self.growth.units.contains(&a.text))
    }

    /// A group of blocks, or a model, by its words.
    fn group(&self, list: &[Atom]) -> Option<Counted> {
        let text: Vec<String> = list.iter().map(|a| a.text.clone()).collect();
        let has = |w: &str| text.iter().any(|x| x == w);
        let listed = |m: &String, w: &str| m.split('|').any(|x| x == w);
        let named = |w: &String| {
            self.growth.portions.iter().any(|p| p.marks.iter().chain(&p.unless).any(|m| listed(m, w)))
                || model_of(self.growth, std::slice::from_ref(w)).is_some()
        };
        let known = |w: &String| {
            PLAIN.contains(&w.as_str()) || self.growth.units.contains(w) || named(w) || PRONOUNS.contains(&w.as_str())
        };
        if list.is_empty() || !text.iter().all(known) {
            return None;
        }
        let at = list.first()?.span.start;
        let before: Vec<String> = self.part.iter().filter(|a| a.span.end <= at).map(|a| a.text.clone()).collect();
        let said = model_of(self.growth, &text);
        let model = said.clone().or_else(|| model_of(self.growth, &before));
        let found = self.growth.portions.iter().find(|p| {
            p.marks.iter().all(|m| m.split('|').any(has))
                && !p.unless.iter().any(|u| has(u))
                && (said.is_none() || said.as_ref() == Some(&p.model))
                && (!p.mentioned || model.as_ref() == Some(&p.model))
        });
        if let Some(p) = found {
            let any: Option<Vec<Expr>> = p.scores.iter().map(|s| self.expression(s)).collect();
            return Some(Counted { any: any?, model: p.model.clone(), whole: false, named: true });
        }
        // Words of parts that fit no group.
        let marks = |w: &String| self.growth.portions.iter().any(|p| p.marks.iter().any(|m| listed(m, w)));
        if text
            .iter()
            .any(|w| marks(w) && !PLAIN.contains(&w.as_str()) && model_of(self.growth, std::slice::from_ref(w)).is_none())
        {
            return None;
        }
        let pronoun = text.iter().any(|w| PRONOUNS.contains(&w.as_str()));
        let named = said.is_some();
        self.whole_scores(&said.or(model.filter(|_| pronoun))?).map(|c| Counted { named, ..c })
    }

    /// All scores of a model.
    pub(super) fn whole_scores(&self, model: &str) -> Option<Counted> {
        let subject = self.growth.subjects.iter().find(|s| s.id == model)?;
        let count = self.expression(subject.scores.as_ref()?)?;
        Some(Counted { any: vec![count], model: model.to_string(), whole: true, named: true })
    }

    /// One of the two terms of a model's scores, by its letters: "the m^2 term", "2 l m", "the one with l m".
    fn term(&self, list: &[Atom]) -> Option<Counted> {
        let variable = |a: &Atom| self.growth.variables.contains_key(&a.text);
        let arithmetic = |a: &Atom| {
            variable(a)
                || a.text.starts_with(|c: char| c.is_ascii_digit())
                || matches!(a.text.as_str(), "^" | "*" | "+" | "-" | "(" | ")")
        };
        let from = list.iter().position(|a| variable(a) || a.text == "(" || a.text.starts_with(|c: char| c.is_ascii_digit()))?;
        let end = from + list[from..].iter().take_while(|a| arithmetic(a)).count();
        let hyphen = end > from && list[end - 1].text == "-";
        let end = end - usize::from(hyphen);
        let rest = list[..from].iter().chain(&list[end..]);
        let model_word = |a: &Atom| model_of(self.growth, std::slice::from_ref(&a.text)).is_some();
        if !list[from..end].iter().any(variable) || !rest.clone().all(|a| PLAIN.contains(&a.text.as_str()) || model_word(a)) {
            return None;
        }
        let spelled: Vec<&str> = list[from..end].iter().map(|a| a.text.as_str()).collect();
        let said = self.expression(&spelled.join(" "))?;
        self.term_of(&said)
    }

    /// The term of a model's scores with the same letters, up to the number of layers and numbers.
    pub(super) fn term_of(&self, said: &Expr) -> Option<Counted> {
        let shape = |e: &Expr| self.growth.term_shape(e);
        let wanted = shape(said)?;
        let mut found = self.growth.portions.iter().filter_map(|p| {
            let term = p.term.then(|| self.expression(p.scores.first()?)).flatten()?;
            (shape(&term)? == wanted).then(|| Counted { any: vec![term], model: p.model.clone(), whole: false, named: true })
        });
        found.next()
    }
}
