//! What an example has given so far by entries and numbers, and which quantities follow from it.

use super::vectors::{Given, plain};
use super::worked::Claim;
use crate::claim::statement::Link;
use crate::language::{Expr, Index, Symbol};
use crate::world::World;

/// The letter of a key that an example calls "the other one".
pub const OTHER: &str = "other";

/// What is known at a place: symbols of the question with their entries. `score` stands for the scores.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// In the order in which they were given.
    pub known: Vec<(Symbol, Expr)>,
}

impl Facts {
    /// Takes a value; what was known of the same thing by other means is of an earlier example.
    pub fn give(&mut self, symbol: &Symbol, value: Option<&Expr>) {
        let whole = symbol.indices.is_empty();
        let stale = |s: &Symbol| match symbol.name.as_str() {
            "alpha" => s.name == "score" || s.name == "alpha" && (whole || s.indices.is_empty()),
            "score" => s.name == "alpha" || s.name == "q" || s.name == "score" && (whole || s.indices.is_empty()),
            "k" | "q" => matches!(s.name.as_str(), "score" | "alpha"),
            _ => false,
        };
        self.known.retain(|(s, _)| s != symbol && !stale(s));
        if let Some(value) = value {
            self.known.push((symbol.clone(), value.clone()));
        }
    }

    /// The matrix that a question asks for, from the members of its first space, where the writer has given no other.
    pub fn projector(&mut self, world: &World) {
        let Some((slot, space)) = asked(world) else { return };
        let members = self.known.iter().any(|(s, e)| world.columns.get(&space.name) == Some(&s.name) && !plain(e) && numbered(s));
        if members && !self.has(&slot) {
            self.known.push((slot, outer(&space)));
        }
    }

    /// Entries of a matrix that is known from the members of a space: a claim, and no new matrix.
    pub fn made_of_members(&self, world: &World, given: &Given) -> Option<Claim> {
        let (slot, space) = asked(world)?;
        let own = &self.known.iter().find(|(s, _)| *s == given.symbol)?.1;
        let value =
            given.value.clone().filter(|v| given.symbol == slot && v.is_closed() && !plain(v) && *own == outer(&space))?;
        let link = Link { left: Expr::Symbol(slot), relation: given.relation, right: value };
        self.resolve(&link).then_some(Claim { span: given.span, link, tentative: false })
    }

    /// Whether a symbol has a value of its own.
    pub fn has(&self, symbol: &Symbol) -> bool {
        self.known.iter().any(|(s, _)| s == symbol)
    }

    /// Whether anything is known by entries.
    pub fn entries(&self) -> bool {
        self.known.iter().any(|(_, e)| !plain(e))
    }

    /// The keys that a family of symbols is given for.
    fn labels(&self, family: &str) -> Vec<Index> {
        let mut found = Vec::new();
        for (symbol, value) in self.known.iter().filter(|(s, _)| s.name == family) {
            match (symbol.indices.as_slice(), value) {
                ([one], _) => found.push(one.clone()),
                ([], Expr::Tuple(list)) => found.extend((1..=list.len() as u32).map(Index::Number)),
                _ => {}
            }
        }
        found
    }

    /// The keys whose scores are known, all of them.
    fn scored(&self) -> Vec<Index> {
        let told = self.labels("score");
        if !told.is_empty() {
            return told;
        }
        if self.has(&Symbol::plain("q")) { self.labels("k") } else { vec![] }
    }

    /// The keys whose weights are known.
    pub fn weighed(&self) -> Vec<Index> {
        let told = self.labels("alpha");
        let values = self.labels("v");
        // "α_j = 0.9", and another key that has the rest.
        let rest = !told.is_empty() && told.len() + 1 == values.len() && !self.has(&Symbol::plain("alpha"));
        match () {
            () if rest => values,
            () if told.is_empty() => self.scored(),
            () => told,
        }
    }

    /// Whether a symbol follows from what was given for other things.
    pub fn follows(&self, symbol: &Symbol) -> bool {
        match (symbol.name.as_str(), symbol.indices.as_slice()) {
            ("alpha", []) => self.scored().len() > 1,
            ("alpha", [label]) => self.scored().len() > 1 && self.scored().contains(label),
            ("score", []) => self.labels("score").is_empty() && self.scored().len() > 1,
            ("c", []) => {
                let (weighed, values) = (self.weighed(), self.labels("v"));
                values.len() > 1 && values.iter().all(|v| weighed.contains(v)) && weighed.len() == values.len()
            }
            ("s", []) => ["a", "b"].iter().all(|l| self.has(&Symbol::indexed("v", l))),
            _ => false,
        }
    }

    /// Whether every symbol of a relation has a value, or gets one from those that have.
    pub fn resolve(&self, link: &Link) -> bool {
        let open = [link.left.symbols(), link.right.symbols()].concat();
        let output = open.iter().any(|s| s.name == "c" && s.indices.is_empty());
        open.iter().all(|s| self.resolves(s, output, 0))
    }

    fn resolves(&self, s: &Symbol, output: bool, depth: usize) -> bool {
        const DEPTH_MAX: usize = 4;
        let member = |family: &str| self.known.iter().any(|(k, e)| k.name == family && !plain(e) && numbered(k));
        if depth > DEPTH_MAX {
            return false;
        }
        let valued = |e: &Expr| e.symbols().iter().all(|s| self.resolves(s, false, depth + 1));
        if let Some((_, value)) = self.known.iter().find(|(k, _)| k == s) {
            return valued(value);
        }
        if matches!(s.indices.as_slice(), [Index::Letter(_)]) && member(&s.name) {
            return true;
        }
        let query = self.known.iter().find(|(k, _)| *k == Symbol::plain("q"));
        let scored = !self.labels("score").is_empty() || query.is_none_or(|(_, e)| valued(e));
        let weighed = || if scored { self.weighed() } else { vec![] };
        let unvalued = || self.labels("v").is_empty() && weighed().len() > 1;
        match (s.name.as_str(), s.indices.as_slice()) {
            ("A", []) => member("a"),
            ("B", []) => member("b"),
            ("m" | "p" | "d" | "I", indices) => indices.is_empty(),
            ("v", [label]) if output && unvalued() => weighed().contains(label),
            ("v", _) => self.has(&Symbol::plain("s")) && member("a") && member("b"),
            ("s", _) => self.known.iter().filter(|(k, _)| k.name == "v").count() >= 2,
            // The output in terms of values that nothing is known of.
            ("c", []) => scored && (self.follows(s) || unvalued()),
            ("alpha", [label]) => weighed().contains(label),
            ("alpha" | "score", []) => scored && self.follows(s),
            _ => false,
        }
    }
}

/// The slot of a question that is a matrix, and the matrix of the first space.
fn asked(world: &World) -> Option<(Symbol, Symbol)> {
    let slot = world.slots.iter().map(|s| &s.symbol).find(|s| world.is_matrix(s))?;
    let space = world.columns.keys().next()?;
    Some((slot.clone(), Symbol::plain(space)))
}

/// `A A^T`
fn outer(space: &Symbol) -> Expr {
    let e = Expr::Symbol(space.clone());
    Expr::Mul(vec![e.clone(), Expr::Transpose(Box::new(e))])
}

fn numbered(symbol: &Symbol) -> bool {
    !matches!(symbol.indices.as_slice(), [Index::Letter(_)])
}

/// `[0.6, 0.8]` behind an equals sign is a vector and no interval.
pub fn as_vectors(e: &Expr) -> Expr {
    let inner = e.map_children(&mut |c| as_vectors(c));
    match inner {
        Expr::Interval(a, b) => Expr::Tuple(vec![*a, *b]),
        other => other,
    }
}
