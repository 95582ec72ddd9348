//! Shapes of vectors and matrices, inferred from how letters stand beside each other.

use std::collections::BTreeMap;

use super::hypotheses::Hypotheses;
use super::term::Term;
use super::words::Kinds;
use crate::language::{Relation, Symbol};

type Key = (String, usize);

/// Classes of rows and columns.
pub(super) type Shape = (usize, usize);

/// Classes of dimensions; class 0 is the dimension 1.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    /// The class that each class was joined to.
    pub parent: Vec<usize>,
    /// Rows and columns of letters.
    pub of: BTreeMap<Key, Shape>,
    /// Names of dimensions that were declared.
    names: BTreeMap<usize, String>,
    /// The first place where two things do not fit.
    pub misfit: Option<String>,
}

impl Shapes {
    fn fresh(&mut self) -> usize {
        self.parent.push(self.parent.len());
        self.parent.len() - 1
    }

    pub fn root(&self, mut k: usize) -> usize {
        while self.parent[k] != k {
            k = self.parent[k];
        }
        k
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let (low, high) = (a.min(b), a.max(b));
        match (self.names.get(&low).cloned(), self.names.remove(&high)) {
            (Some(x), Some(y)) => self.complain(format!("dimensions {x} and {y} meet")),
            (None, Some(y)) if low != 0 => {
                self.names.insert(low, y);
            }
            _ => {}
        }
        if low == 0 {
            self.complain("a column stands where a matrix or a longer vector does".into());
        }
        self.parent[high] = low;
    }

    fn complain(&mut self, what: String) {
        self.misfit.get_or_insert(what);
    }

    /// The class of a declared dimension.
    fn declared(&mut self, name: &str) -> usize {
        if name == "1" {
            return 0;
        }
        let known = self.names.iter().find(|(_, n)| *n == name).map(|(k, _)| *k);
        known.unwrap_or_else(|| {
            let k = self.fresh();
            self.names.insert(k, name.to_string());
            k
        })
    }

    fn letter(&mut self, s: &Symbol, kinds: &Kinds) -> (usize, usize) {
        let key = (s.name.clone(), s.indices.len());
        if !kinds.is_vector(s) && !kinds.is_matrix(s) {
            return (0, 0);
        }
        if s.name == "I" {
            let k = self.fresh();
            return (k, k);
        }
        if let Some(shape) = self.of.get(&key) {
            return *shape;
        }
        let (rows, columns) = match kinds.dimensions.get(&key) {
            Some((r, c)) => (self.declared(r), self.declared(c)),
            None => (self.fresh(), if kinds.is_vector(s) { 0 } else { self.fresh() }),
        };
        self.of.insert(key, (rows, columns));
        (rows, columns)
    }

    pub fn scalar(&self, shape: (usize, usize)) -> bool {
        self.root(shape.0) == 0 && self.root(shape.1) == 0
    }

    pub fn infer(&mut self, t: &Term, kinds: &Kinds) -> (usize, usize) {
        match t {
            Term::Var(s) => self.letter(s, kinds),
            Term::Add(v) => {
                let shapes: Vec<_> = v.iter().map(|x| self.infer(x, kinds)).collect();
                let full: Vec<_> = shapes.into_iter().filter(|s| !self.scalar(*s)).collect();
                full.windows(2).for_each(|w| {
                    self.join(w[0].0, w[1].0);
                    self.join(w[0].1, w[1].1);
                });
                full.first().copied().unwrap_or((0, 0))
            }
            Term::Mul(v) => {
                let mut so_far: Option<(usize, usize)> = None;
                for x in v {
                    let next = self.infer(x, kinds);
                    so_far = match so_far {
                        _ if self.scalar(next) => so_far,
                        None => Some(next),
                        Some(s) if self.scalar(s) => Some(next),
                        Some(s) => {
                            self.join(s.1, next.0);
                            Some((s.0, next.1))
                        }
                    };
                }
                so_far.unwrap_or((0, 0))
            }
            Term::Transpose(a) => {
                let (r, c) = self.infer(a, kinds);
                (c, r)
            }
            Term::Pow(b, _) => {
                let (r, c) = self.infer(b, kinds);
                self.join(r, c);
                (r, c)
            }
            Term::Sum(s) => self.infer(&s.body, kinds),
            other => {
                for c in other.children() {
                    self.infer(c, kinds);
                }
                (0, 0)
            }
        }
    }
}

/// Shapes of the letters, and of both sides; `together` if the sides are to have one shape.
pub(super) fn inferred(
    left: &Term,
    right: &Term,
    hypotheses: &Hypotheses,
    kinds: &Kinds,
    together: bool,
) -> (Shapes, Shape, Shape) {
    let mut shapes = Shapes { parent: vec![0], ..Shapes::default() };
    let (l, r) = (shapes.infer(left, kinds), shapes.infer(right, kinds));
    if together && !shapes.scalar(l) && !shapes.scalar(r) {
        shapes.join(l.0, r.0);
        shapes.join(l.1, r.1);
    }
    for (a, relation, b) in &hypotheses.facts {
        let (x, y) = (shapes.infer(a, kinds), shapes.infer(b, kinds));
        if *relation == Relation::Equal && !shapes.scalar(x) && !shapes.scalar(y) {
            shapes.join(x.0, y.0);
            shapes.join(x.1, y.1);
        }
    }
    (shapes, l, r)
}
