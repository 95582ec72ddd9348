//! Numbers of scores with a symbol of their own: "N_V = L l^2", "N_P = 75776", "N_V / N_P ≈ 166".

use super::super::atoms::{Atom, is, text_at};
use super::super::scaling::View;
use super::values::number;
use super::{Much, Portion, exactly};
use crate::language::Expr;
use crate::span::Span;

/// Letters of a number of scores, and such as may be a time too.
const COUNTS: &[&str] = &["N", "n", "S", "s", "A", "E", "#"];
const TIMES: &[&str] = &["T", "C", "c", "K", "Z"];
const SIGNS: &[&str] = &["=", "≈", "~"];

/// One side of an equation: what it is, and whether a symbol stands in it.
struct Side {
    value: Expr,
    /// Half a unit of its last digit, where it is a number.
    slack: f64,
    symbols: usize,
    /// Whether all its symbols are numbers of scores by their letter.
    counts: bool,
}

impl View<'_> {
    /// Equations of a sentence, in the world's letters, with such symbols.
    pub(in super::super) fn symbols(&self, own: &[Atom]) -> Vec<(Span, Portion)> {
        const DENIED: &[&str] = &["not", "never", "would", "if", "could", "parameters", "flops", "memory"];
        if own.iter().any(|a| DENIED.contains(&a.text.as_str())) {
            return vec![];
        }
        let own = &self.spelled_apart(own);
        let mut out = Vec::new();
        let mut at = 0;
        while at < own.len() {
            let end = at + self.run(&own[at..]);
            if end == at {
                at += 1;
                continue;
            }
            let run = &own[at..end];
            at = end;
            let sides: Vec<&[Atom]> = run.split(|a| SIGNS.contains(&a.text.as_str())).collect();
            for pair in sides.windows(2) {
                out.extend(self.equated(pair[0], pair[1]));
            }
        }
        out
    }

    /// Atoms with products of letters that are written as one word apart: `Lm`.
    fn spelled_apart(&self, own: &[Atom]) -> Vec<Atom> {
        const LONGEST: usize = 4;
        let apart = |a: &Atom| -> Vec<Atom> {
            let source = a.span.of(self.text);
            let letters: Vec<String> = source.chars().map(|c| if c == 'ℓ' { "l".into() } else { c.to_string() }).collect();
            let product = (2..=LONGEST).contains(&letters.len()) && letters.iter().all(|l| self.growth.variables.contains_key(l));
            let letter = |l: String| Atom { text: l, span: a.span };
            if product && a.text.chars().count() > 1 { letters.into_iter().map(letter).collect() } else { vec![a.clone()] }
        };
        own.iter().flat_map(apart).collect()
    }

    /// How many atoms of a run belong to an equation: letters of sizes, symbols with subscripts, numbers and signs.
    fn run(&self, list: &[Atom]) -> usize {
        let mut n = 0;
        while n < list.len() {
            let t = text_at(list, n);
            let digit = t.starts_with(|c: char| c.is_ascii_digit());
            let sign = matches!(t, "^" | "*" | "/" | "+" | "-" | "(" | ")") || SIGNS.contains(&t);
            n += match self.symbol_at(list, n) {
                Some((_, _, end)) => end - n,
                None if digit || sign || self.growth.variables.contains_key(t) => 1,
                None => break,
            };
        }
        n
    }

    /// The model whose number a symbol at a place is, whether its letter is one of a number, and where it ends.
    fn symbol_at(&self, list: &[Atom], at: usize) -> Option<(String, bool, usize)> {
        let letter = is(list, at, COUNTS) || is(list, at, TIMES);
        (letter && is(list, at + 1, &["_"])).then_some(())?;
        let name = text_at(list, at + 2).to_lowercase();
        let mut of = self.growth.models.iter().filter(|(model, cues)| {
            let fits = |c: &str| !name.is_empty() && c.trim_end_matches('*').starts_with(&name);
            fits(model) || name.chars().count() > 2 && cues.iter().any(|c| fits(c))
        });
        let model = of.next().filter(|_| of.next().is_none())?.0.clone();
        // Letters of a subscript in mathematics stand alone: `N_{van}`.
        let mut end = at + 3;
        let rest: Vec<char> = model.chars().skip(1).collect();
        if name.chars().count() == 1 {
            let follows = |k: usize| rest.get(k).is_some_and(|c| text_at(list, end + k) == c.to_string());
            let n = (0..rest.len()).take_while(|k| follows(*k)).count();
            end += if n > 1 { n } else { 0 };
        }
        Some((model, is(list, at, COUNTS), end))
    }

    /// A side as an expression in the sizes, each symbol as the number of scores of its model.
    fn side(&self, list: &[Atom]) -> Option<Side> {
        let (mut spelled, mut symbols, mut counts, mut at) = (Vec::new(), 0, true, 0);
        while at < list.len() {
            match self.symbol_at(list, at) {
                Some((model, count, end)) => {
                    let scores = self.growth.subjects.iter().find(|s| s.id == model)?.scores.clone()?;
                    spelled.push(format!("({scores})"));
                    (symbols, counts, at) = (symbols + 1, counts && count, end);
                }
                None => {
                    spelled.push(text_at(list, at).to_string());
                    at += 1;
                }
            }
        }
        let slack = match list {
            [_] => number(list, 0).map_or(0.0, |n| n.1),
            _ => 0.0,
        };
        Some(Side { value: self.expression(&spelled.join(" "))?, slack, symbols, counts })
    }

    fn equated(&self, left: &[Atom], right: &[Atom]) -> Option<(Span, Portion)> {
        let (a, b) = (self.side(left)?, self.side(right)?);
        // A cost with the width counts something else.
        let wide = |e: &Expr| self.growth.constant.iter().any(|c| e.mentions(c));
        if a.symbols + b.symbols == 0 || wide(&a.value) || wide(&b.value) {
            return None;
        }
        let span = left.first()?.span.to(right.last()?.span);
        let one = self.expression("1")?;
        let rounded = a.slack.max(b.slack);
        let (pair, much) = match number(right, 0).filter(|_| right.len() == 1) {
            // A quotient in digits, a number of scores in full.
            Some((n, slack)) if left.iter().any(|x| x.text == "/") => {
                ((a.value, one), Much { slack: slack.max(rounded), loose: false, strict: false, ..exactly(n) })
            }
            Some((n, _)) => ((a.value, one), Much { strict: true, ..exactly(n) }),
            None => ((a.value, b.value), Much { strict: true, ..exactly(1.0) }),
        };
        let mut said = self.in_force(span.end, vec![pair], much, vec![]);
        // Numbers need their sizes; times are scores up to what one takes.
        let given = |e: &Expr| e.symbols().iter().all(|s| said.sizes.contains_key(&s.name));
        let number = said.pairs.iter().all(|(_, b)| b.symbols().is_empty());
        let plain = right.iter().all(|x| x.text.starts_with(|c: char| c.is_ascii_digit()));
        if number && plain && !said.pairs.iter().all(|(a, b)| given(a) && given(b)) {
            return None;
        }
        said.certain &= a.counts && b.counts;
        Some((span, said))
    }
}
