//! Products of the variables as numbers: "l^2 d = 4194304", at the sizes in force.

use super::super::atoms::{Atom, is, text_at};
use super::super::scaling::View;
use super::values::number;
use super::{Much, Portion, exactly};
use crate::language::Expr;
use crate::span::Span;

impl View<'_> {
    /// Equations of a sentence between an expression in the variables and numbers.
    pub(in super::super) fn evaluated(&self, own: &[Atom]) -> Vec<(Span, Portion)> {
        let variable = |a: &Atom| self.growth.variables.contains_key(&a.text);
        let digit = |a: &Atom| a.text.starts_with(|c: char| c.is_ascii_digit());
        let part = |a: &Atom| variable(a) || digit(a) || matches!(a.text.as_str(), "^" | "*" | "/" | "+" | "-" | "(" | ")" | "=");
        let mut out = Vec::new();
        let mut at = 0;
        while at < own.len() {
            let n = own[at..].iter().take_while(|a| part(a)).count();
            let (from, end) = (at, at + n);
            at = end + 1;
            let from =
                from + usize::from(is(own, from, &["="])) + usize::from(is(own, from, &["("]) && unclosed(&own[from..end]));
            let Some(run) = own.get(from..end).filter(|r| !r.is_empty()) else { continue };
            let run = match run.iter().rposition(|a| a.text != ")") {
                Some(last) if unopened(run) => &run[..=last],
                _ => run,
            };
            if !self.stands_alone(own, from, end) {
                continue;
            }
            let sides: Vec<&[Atom]> = run.split(|a| a.text == "=").collect();
            for pair in sides.windows(2) {
                out.extend(self.equation(pair[0], pair[1], own.last().map_or(0, |a| a.span.end)));
            }
        }
        out
    }

    /// Whether a run of arithmetic is neither a piece of something longer nor a condition.
    fn stands_alone(&self, own: &[Atom], from: usize, end: usize) -> bool {
        const CONDITIONS: &[&str] = &[
            "when", "if", "where", "until", "unless", "for", "with", "at", "once", "while", "set", "setting", "let", "choose",
            "say", "take",
        ];
        let before = from.checked_sub(1).map_or("", |i| text_at(own, i));
        let letter = |w: &str| w.chars().count() == 1 && w.chars().all(char::is_alphabetic) && !matches!(w, "a" | "A" | "I");
        let sign = |w: &str| matches!(w, "_" | "<" | ">" | "≤" | "≥" | "≪" | "≫" | "√" | "±" | "^" | "≈" | "O" | "[" | "|" | "%");
        !CONDITIONS.contains(&before)
            && !letter(before)
            && !sign(before)
            && !letter(text_at(own, end))
            && !sign(text_at(own, end))
    }

    fn equation(&self, left: &[Atom], right: &[Atom], end: usize) -> Option<(Span, Portion)> {
        let spelled = |p: &[Atom]| self.expression(&p.iter().map(|a| a.text.as_str()).collect::<Vec<_>>().join(" "));
        let (a, b) = (spelled(left)?, spelled(right)?);
        if left.len() < 2 || a.symbols().is_empty() || !b.symbols().is_empty() {
            return None;
        }
        let span = left.first()?.span.to(right.last()?.span);
        let one: Expr = self.expression("1")?;
        let (pair, much) = match (right, number(right, 0)) {
            ([_], Some((n, slack))) if slack < 0.5 => ((a, one), Much { slack, ..exactly(n) }),
            ([_], Some((n, _))) => ((a, one), Much { strict: true, ..exactly(n) }),
            _ => ((a, b), Much { strict: true, ..exactly(1.0) }),
        };
        let mut said = self.in_force(end, vec![pair], much, vec![]);
        let given = |e: &Expr| e.symbols().iter().all(|s| said.sizes.contains_key(&s.name));
        if !said.pairs.iter().all(|(a, b)| given(a) && given(b)) {
            return None;
        }
        said.certain = true;
        Some((span, said))
    }
}

fn unclosed(run: &[Atom]) -> bool {
    let count = |w: &str| run.iter().filter(|a| a.text == w).count();
    count("(") > count(")")
}

fn unopened(run: &[Atom]) -> bool {
    let count = |w: &str| run.iter().filter(|a| a.text == w).count();
    count(")") > count("(")
}
