//! Ranks, traces and coefficients in words: "the rank of M is m", "its trace is m", "the coefficient of v_a on a_j is a_j^T v_a".

use super::{Reader, applied, equal, of};
use crate::claim::phrases::{ByWords, word};
use crate::claim::statement::Link;
use crate::language::{Expr, Index, Relation, Symbol, Tok, Token};

impl Reader<'_> {
    /// "the rank of M is m", "its trace is m": where it ends, what it says, and whether it is not certain of what.
    pub(super) fn measure_of(&self, at: usize) -> Option<(usize, Link, bool)> {
        let f = match word(self.tokens, at)?.as_str() {
            "rank" => "rank",
            "trace" => "tr",
            _ => return None,
        };
        let (after, subject, tentative) = if at > 0 && self.is(at - 1, &["its", "whose"]) {
            let (owner, sure) = self.owner(at - 1)?;
            (at + 1, owner, !sure)
        } else {
            self.measured(at + 1)?
        };
        let sign = matches!(self.tokens.get(after)?.kind, Tok::Rel(Relation::Equal)) || self.is(after, &["is", "equals"]);
        let value = self.skip(after + 1, &["then", "just", "exactly", "also", "only", "clearly", "equal", "to", "therefore"]);
        let (end, value) = self.amount(value).filter(|_| sign)?;
        self.clean(end).then(|| (end, equal(Expr::Call(f, vec![subject]), value), tentative))
    }

    /// "of M", "of our M", "of this matrix": whose rank or trace it is.
    fn measured(&self, at: usize) -> Option<(usize, Expr, bool)> {
        let noun = self.is(at, &["of"]).then(|| self.skip(at + 1, &["this", "that", "our", "the", "such", "a"]))?;
        let next = noun + usize::from(self.is(noun, &["matrix", "projector", "projection"]));
        let alone = self.is(next, &["is", "equals"]) || matches!(self.tokens.get(next)?.kind, Tok::Rel(Relation::Equal));
        if next > noun && alone {
            let (owner, sure) = self.owner(at)?;
            return Some((next, owner, !sure));
        }
        let (after, subject) = self.operand(noun)?;
        Some((after, subject, false))
    }

    /// Whose a "its" is: the matrix that the sentence speaks of before it; where it names none, the one that was spoken of. It is
    /// certain of the asked matrix alone, where nothing else is spoken of than what that is said to be.
    fn owner(&self, at: usize) -> Option<(Expr, bool)> {
        let mut first: Option<&str> = None;
        let (mut any, mut others) = (false, self.is(at, &["whose"]));
        let mut from = 0;
        while from < at {
            let end = self.operand_end(from).min(at);
            let operand = &self.tokens[from..end.max(from)];
            any |= !operand.is_empty();
            let names = operand.iter().filter_map(|t| if let Tok::Name(n) = &t.kind { Some(n.as_str()) } else { None });
            let right = from > 0 && matches!(self.tokens[from - 1].kind, Tok::Rel(_));
            match (operand, first) {
                ([Token { kind: Tok::Name(n), .. }], None) if n.chars().all(|c| c.is_ascii_uppercase()) => first = Some(n),
                ([], _) => {}
                _ => others |= !right && !names.into_iter().all(|n| Some(n) == first),
            }
            from = end.max(from + 1);
        }
        match first {
            Some(letter) => {
                let owner = Expr::Symbol(Symbol::plain(letter));
                let sure = !others && self.world.is_slot(&owner);
                Some((owner, sure))
            }
            None if any => None,
            None => self.spoken.map(|s| (Expr::Symbol(s.symbol.clone()), s.last && !others)),
        }
    }

    /// "the coefficient of v_a on a_j is a_j^T v_a": what a vector has of a unit vector of the question's bases.
    pub(super) fn coefficient(&self, at: usize) -> Option<(usize, Link, bool)> {
        const ALONG: &[&str] =
            &["on", "along", "at", "in", "for", "to", "with", "respect", "the", "direction", "of", "basis", "vector", "front"];
        if !(self.is(at, &["coefficient", "coordinate", "component"]) && self.opens(at) && self.is(at + 1, &["of"])) {
            return None;
        }
        let (after, first) = self.operand(at + 2)?;
        let (after, second) = self.operand(self.skip(after, ALONG)).filter(|(end, _)| *end > after + 1)?;
        let (unit, of) = if self.unit(&second) { (second, first) } else { (first, second) };
        if !self.unit(&unit) || self.unit(&of) || !self.world.is_vector(&of) {
            return None;
        }
        let sign = matches!(self.tokens.get(after)?.kind, Tok::Rel(Relation::Equal)) || self.is(after, &["is", "equals"]);
        let (end, value) = self.operand(self.skip(after + 1, &["just", "exactly", "simply"])).filter(|_| sign)?;
        // A component may be the vector along the other one.
        let tentative = self.is(at, &["component"]);
        let turned = Expr::Transpose(Box::new(unit));
        self.clean(end).then(|| (end, equal(applied(&turned, &of), value), tentative))
    }

    /// Whether an expression is a vector of one of the question's bases.
    fn unit(&self, e: &Expr) -> bool {
        matches!(e, Expr::Symbol(s) if !s.indices.is_empty() && self.world.columns.values().any(|family| *family == s.name))
    }

    /// "of size m", "of size m x m" behind a square matrix: how many rows it has.
    pub(super) fn of_size(&self, at: usize, x: &Expr) -> Option<(usize, Vec<Link>)> {
        let size = (self.is(at, &["of"]) && self.is(at + 1, &["size", "order", "dimension", "shape"])).then_some(at + 2)?;
        if let Some(found) = self.shape(size, x) {
            return Some(found);
        }
        let Tok::Name(n) = &self.tokens.get(size)?.kind else { return None };
        let rows = self.world.dimensions.contains_key(n).then(|| self.expression(size, size + 1))??;
        Some((size + 1, vec![equal(of("rows", x), rows)]))
    }

    /// "entry i of A^T v_a is the coefficient of a_i in v_a": all the entries are the coordinates.
    pub(super) fn entry(&self, at: usize) -> Option<(usize, Link)> {
        let name = |at: usize| match &self.tokens.get(at)?.kind {
            Tok::Name(n) => Some(n.clone()),
            _ => None,
        };
        let indexed = |at: usize| {
            let sub = usize::from(self.tokens.get(at + 1)?.kind == Tok::Sub);
            Some((at + 2 + sub, name(at)?, name(at + 1 + sub)?))
        };
        if !self.is(at, &["entry", "component", "coordinate", "element"]) {
            return None;
        }
        let place = self.skip(at + 1, &["number"]);
        let letter = name(place)?;
        let (after, x) = self.operand(place + 2).filter(|_| self.is(place + 1, &["of"]))?;
        let noun = self.skip(after, &["is", "the", "just", "exactly"]);
        let weight = self.is(noun, &["weight", "coefficient", "coordinate", "component", "share"]) && self.is(noun + 1, &["of"]);
        let (of, family, index) = indexed(noun + 2).filter(|_| weight && noun > after)?;
        let (end, v, owner) = indexed(of + 1).filter(|_| self.is(of, &["in"]))?;
        let matrix = self.world.columns.iter().find(|(_, f)| **f == family).map(|(m, _)| m.clone())?;
        let symbol = Symbol { name: v, indices: vec![Index::Letter(owner)] };
        let turned = Expr::Transpose(Box::new(Expr::Symbol(Symbol::plain(&matrix))));
        (index == letter && self.clean(end)).then(|| (end, equal(x, applied(&turned, &Expr::Symbol(symbol)))))
    }
}
