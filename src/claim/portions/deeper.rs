//! What further layers cost ("ten more layers cost another 10 m^2 scores in the perceiver"), and where the two terms of a cost are
//! equal ("they balance when (L-2) m = 2 l, which means L = 34").

use super::super::atoms::{Atom, is, text_at};
use super::super::scaling::View;
use super::nouns::Counted;
use super::values::number;
use super::{Much, Portion, exactly};
use crate::language::Expr;
use crate::span::Span;

impl View<'_> {
    /// "Ten more layers cost another 10·l·m scores in the perceiver and another 10·l^2 in the vanilla model."
    pub(super) fn deeper(&self, own: &[Atom]) -> Vec<(Span, Portion)> {
        const MORE: &[&str] = &["more", "further", "additional", "extra", "another"];
        let Some(at) = (0..own.len()).find(|i| is(own, *i, &["layer", "layers", "block", "blocks"])) else { return vec![] };
        let Some(more) = at.checked_sub(1).filter(|i| is(own, *i, MORE)) else { return vec![] };
        let before = more.checked_sub(1);
        let many = match before {
            Some(i) if is(own, i, &["each", "every", "a", "an", "any"]) => 1.0,
            Some(i) => match number(own, i) {
                Some((n, _)) => n,
                None => return vec![],
            },
            None => return vec![],
        };
        const COSTS: &[&str] = &[
            "cost", "costs", "add", "adds", "bring", "brings", "need", "needs", "give", "gives", "mean", "means", "require",
            "requires",
        ];
        let Some(verb) = (at + 1..own.len()).find(|i| is(own, *i, COSTS)) else { return vec![] };
        // "ten more layers in the perceiver cost …"
        let named = own[at + 1..verb]
            .iter()
            .rev()
            .find_map(|a| super::super::scaling::model_of(self.growth, std::slice::from_ref(&a.text)));
        let plain = own[at + 1..verb]
            .iter()
            .all(|a| matches!(a.text.as_str(), "in" | "of" | "the" | "model" | "would" | "only" | "for") || self.names_model(a));
        if !plain {
            return vec![];
        }
        let mut out = Vec::new();
        for piece in own[verb + 1..].split(|a| matches!(a.text.as_str(), "and" | "," | ";" | "." | "but" | "while")) {
            let Some((span, chain, model)) = self.amount(piece, !out.is_empty()) else { continue };
            let Some(model) = model.or(named.clone()) else { continue };
            let own_scores = self
                .growth
                .subjects
                .iter()
                .find(|s| s.id == if model == "vanilla" { "one-more-layer" } else { "one-more-block" });
            let own_scores = own_scores.filter(|s| s.model.as_ref() == Some(&model)).and_then(|s| s.scores.as_ref());
            let Some(one) = own_scores.and_then(|s| self.expression(&format!("{many} * ({s})"))) else { continue };
            let much = Much { strict: true, ..exactly(1.0) };
            for said in chain {
                out.push((span, self.in_force(span.end, vec![(said, one.clone())], much.clone(), vec![])));
            }
        }
        if let (Some((span, _)), Some(first)) = (out.first_mut(), own.get(before.unwrap_or(0))) {
            *span = first.span.to(*span);
        }
        out
    }

    /// "another 10·l·m = 81920 scores in the perceiver": the number, as often as it is given, and the model where it is named.
    fn amount(&self, piece: &[Atom], counted: bool) -> Option<(Span, Vec<Expr>, Option<String>)> {
        let begins = (0..piece.len())
            .find(|i| !is(piece, *i, &["only", "just", "another", "about", "further", "additional", "exactly"]))?;
        let arithmetic = |a: &Atom| {
            self.growth.variables.contains_key(&a.text)
                || a.text.starts_with(|c: char| c.is_ascii_digit())
                || matches!(a.text.as_str(), "^" | "*" | "+" | "-" | "(" | ")" | "times" | "=")
        };
        let n = piece[begins..].iter().take_while(|a| arithmetic(a)).count();
        let run = &piece[begins..begins + n];
        let spelled =
            |p: &[Atom]| p.iter().map(|a| if a.text == "times" { "*" } else { a.text.as_str() }).collect::<Vec<_>>().join(" ");
        let said: Vec<Expr> = run.split(|a| a.text == "=").map(|p| self.expression(&spelled(p))).collect::<Option<_>>()?;
        let rest = &piece[begins + n..];
        let model = rest.iter().rev().find_map(|a| super::super::scaling::model_of(self.growth, std::slice::from_ref(&a.text)));
        const PLAIN: &[&str] =
            &["in", "for", "the", "model", "each", "more", "additional", "further", "of", "to", "one", "vanilla", "transformer"];
        let plain =
            rest.iter().all(|a| PLAIN.contains(&a.text.as_str()) || self.growth.units.contains(&a.text) || self.names_model(a));
        let counts =
            counted || rest.iter().any(|a| self.growth.units.contains(&a.text)) || said.iter().any(|e| !e.symbols().is_empty());
        (plain && counts && !run.is_empty()).then(|| Some((piece.first()?.span.to(piece.last()?.span), said, model)))?
    }

    /// "The two terms only become equal when (L-2) m = 2 l, which here means L = 34."
    pub(super) fn balanced(&self, own: &[Atom]) -> Vec<(Span, Portion)> {
        const EQUAL: &[&[&str]] = &[
            &["are", "equal"],
            &["become", "equal"],
            &["are", "equally", "large"],
            &["become", "equally", "large"],
            &["are", "the", "same"],
            &["balance"],
            &["are", "in", "balance"],
            &["coincide"],
            &["agree"],
            &["are", "of", "the", "same", "size"],
        ];
        let fits = |i: usize| EQUAL.iter().find(|w| (0..w.len()).all(|k| text_at(own, i + k) == w[k]));
        let Some((at, words)) = (0..own.len()).find_map(|i| Some((i, fits(i)?))) else { return vec![] };
        let Some([one, other]) = self.both_terms(&own[..at]) else { return vec![] };
        let from = at + words.len();
        let Some(opens) = (from..own.len().min(from + 4)).find(|i| is(own, *i, &["when", "if", "for", "at", "where", "once"]))
        else {
            return vec![];
        };
        let stop = |a: &Atom| matches!(a.text.as_str(), "," | ";" | "." | "which" | "i" | ":");
        let end = opens + 1 + own[opens + 1..].iter().position(stop).unwrap_or(own.len() - opens - 1);
        let mut out = Vec::new();
        let condition = &own[opens + 1..end];
        // "…, which here means L = 34"; or the condition itself gives a size.
        let last = own.iter().rposition(|a| a.text == "=").filter(|i| *i > end);
        for (range, at_place) in [(condition, end), (last.map_or(&[][..], |i| &own[i - 1..own.len().min(i + 2)]), own.len())] {
            let sized = match range {
                [v, e, n] if e.text == "=" && self.growth.variables.contains_key(&v.text) => {
                    n.text.parse::<f64>().ok().map(|n| (v.text.clone(), n))
                }
                _ => None,
            };
            let Some(span) = range.first().zip(range.last()).map(|(a, b)| a.span.to(b.span)) else { continue };
            if let Some((variable, n)) = sized {
                let mut said =
                    self.in_force(own[at_place - 1].span.end, vec![(one.clone(), other.clone())], exactly(1.0), vec![]);
                said.sizes.insert(variable, n);
                out.push((span, said));
            } else if let Some((left, right)) = self.sides(range) {
                // The terms are to each other as the sides are, or the other way round.
                let product = |a: &Expr, b: &Expr| Expr::Mul(vec![a.clone(), b.clone()]);
                let pairs =
                    vec![(product(&one, &right), product(&other, &left)), (product(&one, &left), product(&other, &right))];
                let identity = Much { strict: true, ..exactly(1.0) };
                let mut said = self.in_force(own[at_place - 1].span.end, pairs, identity, vec![]);
                said.sizes.clear();
                let span = own[0].span.to(span);
                out.push((span, said));
            }
        }
        out
    }

    /// The two sides of an equation.
    fn sides(&self, list: &[Atom]) -> Option<(Expr, Expr)> {
        let mut sides = list.split(|a| a.text == "=");
        let spelled = |p: &[Atom]| p.iter().map(|a| a.text.as_str()).collect::<Vec<_>>().join(" ");
        let (left, right) = (self.expression(&spelled(sides.next()?))?, self.expression(&spelled(sides.next()?))?);
        sides.next().is_none().then_some((left, right))
    }

    /// "the two terms", "the cross attentions and the inner blocks", "2 l m and (L-2) m^2".
    fn both_terms(&self, list: &[Atom]) -> Option<[Expr; 2]> {
        const PLAIN: &[&str] = &[
            "the",
            "two",
            "both",
            "terms",
            "parts",
            "summands",
            "of",
            "perceiver",
            "'",
            "s",
            "only",
            "its",
            "these",
            "in",
            "so",
            "they",
            "cost",
        ];
        let single = |c: Counted| <[Expr; 1]>::try_from(c.any).ok().map(|[one]| one);
        let halves: Vec<&[Atom]> = list.split(|a| a.text == "and").collect();
        let cut = |h: &[Atom]| {
            h.iter()
                .position(|a| !matches!(a.text.as_str(), "the" | "two" | "both" | "terms" | "parts" | "only"))
                .map_or(0, |i| i)
        };
        if let [a, b] = halves.as_slice() {
            let end = b.iter().rposition(|a| a.text != "only").map_or(0, |i| i + 1);
            return Some([single(self.counted(&a[cut(a)..])?)?, single(self.counted(&b[..end])?)?]);
        }
        let terms: Vec<Expr> =
            self.growth.portions.iter().filter(|p| p.term).filter_map(|p| self.expression(p.scores.first()?)).collect();
        let noun = list.iter().any(|a| matches!(a.text.as_str(), "terms" | "parts" | "summands"));
        (noun && list.iter().all(|a| PLAIN.contains(&a.text.as_str()))).then(|| <[Expr; 2]>::try_from(terms).ok())?
    }
}
