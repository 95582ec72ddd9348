//! Kinds of matrices, and their ranks, traces, entries and shapes in words.

use super::{Reader, applied, equal, identity, of};
use crate::claim::phrases::{ByWords, word};
use crate::claim::statement::Link;
use crate::language::{Expr, Relation, Tok};

impl Reader<'_> {
    /// "symmetric", "not invertible", "a projector".
    pub(super) fn property(&self, at: usize, x: &Expr) -> Option<(usize, Vec<Link>)> {
        let denied = self.is(at, &["not"]);
        let at = self.skip(at + usize::from(denied), &["a", "an", "the"]);
        let mut end = at + 1;
        let mut links = match word(self.tokens, at)?.as_str() {
            "symmetric" => vec![equal(Expr::Transpose(Box::new(x.clone())), x.clone())],
            "idempotent" => vec![equal(applied(x, x), x.clone())],
            "orthogonal" if self.is(at + 1, &["projector", "projection"]) => {
                end = self.skip(at + 2, &["matrix"]);
                vec![equal(applied(x, x), x.clone()), equal(Expr::Transpose(Box::new(x.clone())), x.clone())]
            }
            "projector" | "projection" => {
                end = self.skip(at + 1, &["matrix"]);
                let mut links = vec![equal(applied(x, x), x.clone())];
                if let Some(line) = self.onto_a_line(end) {
                    end = line;
                    links.push(equal(of("rank", x), Expr::int(1)));
                }
                links
            }
            "invertible" | "regular" | "nonsingular" | "non-singular" => vec![equal(of("rank", x), of("size", x))],
            "singular" => vec![Link { left: of("rank", x), relation: Relation::Less, right: of("size", x) }],
            "square" => vec![equal(of("rows", x), of("columns", x))],
            // "a vector with d entries", "an array of length m"
            "vector" | "array" => {
                let with = self.skip(at + 1, &["again", "with", "of", "length", "size", "only", "just"]);
                self.tokens.get(with).filter(|t| matches!(&t.kind, Tok::Name(n) if self.world.dimensions.contains_key(n)))?;
                let (after, rows) = (with + 1, self.expression(with, with + 1)?);
                end = self.skip(after, &["entries", "components", "coordinates", "numbers", "elements"]);
                vec![equal(of("rows", x), rows)]
            }
            "antisymmetric" | "skew-symmetric" | "skew" => {
                vec![equal(Expr::Transpose(Box::new(x.clone())), applied(&Expr::int(-1), x))]
            }
            // "v_a and v_b are orthogonal": of vectors it is said of both together.
            "orthogonal" if self.is(at + 1, &["matrix"]) || !self.world.is_vector(x) => {
                let turned = Expr::Transpose(Box::new(x.clone()));
                vec![equal(applied(&turned, x), identity()), equal(applied(x, &turned), identity())]
            }
            "scalar" | "number" => vec![equal(of("rows", x), Expr::int(1)), equal(of("columns", x), Expr::int(1))],
            "zero" => {
                end = self.skip(at + 1, &["matrix"]);
                vec![equal(x.clone(), Expr::int(0))]
            }
            "identity" => {
                end = self.skip(at + 1, &["matrix"]);
                vec![equal(x.clone(), identity())]
            }
            _ => return None,
        };
        end = self.skip(end, &["matrix", "too", "itself", "again"]);
        if let Some((after, sizes)) = self.of_size(end, x).filter(|_| !denied) {
            end = after;
            links.extend(sizes);
        }
        if denied {
            let [link] = links.as_mut_slice() else { return None };
            link.relation = if link.relation == Relation::Less { Relation::Equal } else { Relation::NotEqual };
        }
        Some((end, links))
    }

    /// "onto one line", "onto a single direction"
    fn onto_a_line(&self, at: usize) -> Option<usize> {
        let start = self.is(at, &["onto", "on"]).then(|| self.skip(at + 1, &["a", "one", "single", "the", "its", "own"]))?;
        self.is(start, &["line", "direction", "axis"]).then_some(start + 1)
    }

    /// A size: `m`, "one", `d − m`.
    pub(super) fn amount(&self, at: usize) -> Option<(usize, Expr)> {
        if self.is(at, &["one", "two", "three"]) {
            let n = ["one", "two", "three"].iter().position(|w| self.is(at, &[w]))? as i64 + 1;
            return Some((at + 1, Expr::int(n)));
        }
        self.operand(at)
    }

    /// "(a d × d matrix) of rank one", "(a d × d matrix) of zeros".
    fn of_rank(&self, at: usize, x: &Expr) -> Option<(usize, Link)> {
        let next = self.is(at, &["of", "with"]).then_some(at + 1)?;
        if self.is(next, &["rank"]) {
            let (end, value) = self.amount(next + 1)?;
            return Some((end, equal(of("rank", x), value)));
        }
        let zeros = self.is(next, &["zeros", "zeroes"]).then_some(next + 1);
        zeros.map(|end| (self.skip(end, &["only"]), equal(x.clone(), Expr::int(0))))
    }

    /// "rank m", "m rows and d columns".
    pub(super) fn having(&self, at: usize, x: &Expr) -> Option<(usize, Vec<Link>)> {
        for (noun, f) in [("rank", "rank"), ("trace", "tr")] {
            if self.is(at, &[noun]) {
                let (end, value) = self.amount(at + 1)?;
                return Some((end, vec![equal(of(f, x), value)]));
            }
        }
        // A vector's entries; a matrix has more than rows.
        if let Some((after, rows)) = self.operand(at)
            && self.is(after, &["entries", "components", "coordinates", "elements"])
            && self.applied_to_a_vector(x)
        {
            return Some((after + 1, vec![equal(of("rows", x), rows)]));
        }
        let count = |at: usize| {
            let (after, value) = self.operand(at)?;
            let f = if self.is(after, &["rows", "row"]) {
                "rows"
            } else if self.is(after, &["columns", "column"]) {
                "columns"
            } else {
                return None;
            };
            Some((after + 1, equal(of(f, x), value)))
        };
        let (mut end, first) = count(at)?;
        let mut links = vec![first];
        if let Some((after, second)) = count(end + 1).filter(|_| self.is(end, &["and"])) {
            links.push(second);
            end = after;
        }
        Some((end, links))
    }

    /// "m × d", "an m × d matrix" after "is".
    pub(super) fn shape(&self, at: usize, x: &Expr) -> Option<(usize, Vec<Link>)> {
        let size = |at: usize| match &self.tokens.get(at)?.kind {
            Tok::Name(n) if self.world.dimensions.contains_key(n) => self.expression(at, at + 1),
            Tok::Number(_) => self.expression(at, at + 1),
            _ => None,
        };
        let rows = size(at)?;
        let by = self.tokens.get(at + 1).is_some_and(|t| t.kind == Tok::Times || t.is_name("x")) || self.is(at + 1, &["x", "by"]);
        let columns = size(at + 2).filter(|_| by)?;
        let mut links = vec![equal(of("rows", x), rows), equal(of("columns", x), columns)];
        let mut end = at + 3;
        if self.is(end, &["identity"]) {
            links.push(equal(x.clone(), identity()));
            end += 1;
        }
        end = self.skip(end, &["matrix"]);
        if let Some((after, link)) = self.of_rank(end, x) {
            links.push(link);
            end = after;
        }
        Some((end, links))
    }

    /// Whether an expression is a product whose last factor is a vector of the question.
    fn applied_to_a_vector(&self, x: &Expr) -> bool {
        match x {
            Expr::Mul(factors) => factors.last().is_some_and(|v| self.world.is_vector(v)),
            _ => self.world.is_vector(x),
        }
    }
}
