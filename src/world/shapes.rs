//! The shapes of a world's symbols.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::model::{Law, LimitPoint, Slot, World};
use crate::language::{Expr, Index, Symbol};
use crate::numeric::{Definition, SIZE, Shape, Shapes, shape_of};

/// Definitions put into each other deeper than this have any shape.
const DEPTH_MAX: usize = 12;

impl World {
    /// The shape of a symbol here, with further definitions that win over the world's.
    pub fn shape(&self, symbol: &Symbol, more: &[Definition]) -> Option<Shape> {
        WithDefinitions::new(self, more).shape(symbol)
    }

    /// The shape of an expression here, or the reason why it has none.
    pub fn shape_of(&self, expr: &Expr, more: &[Definition]) -> Result<Shape, String> {
        shape_of(expr, &WithDefinitions::new(self, more)).map_err(|e| e.0)
    }
}

/// Shapes where further definitions win over the world's. What a symbol is defined as is looked into once.
struct WithDefinitions<'a> {
    world: &'a World,
    more: &'a [Definition],
    depth: Cell<usize>,
    known: RefCell<HashMap<Symbol, Shape>>,
}

impl<'a> WithDefinitions<'a> {
    fn new(world: &'a World, more: &'a [Definition]) -> Self {
        WithDefinitions { world, more, depth: Cell::new(0), known: RefCell::default() }
    }

    /// The shape of what a symbol stands for.
    fn of_body(&self, symbol: &Symbol, body: &Expr) -> Shape {
        if let Some(known) = self.known.borrow().get(symbol) {
            return known.clone();
        }
        self.depth.set(self.depth.get() + 1);
        let shape = shape_of(body, self).unwrap_or(Shape::Any);
        self.depth.set(self.depth.get() - 1);
        self.known.borrow_mut().insert(symbol.clone(), shape.clone());
        shape
    }
}

impl Shapes for WithDefinitions<'_> {
    fn shape(&self, symbol: &Symbol) -> Option<Shape> {
        if self.depth.get() > DEPTH_MAX {
            return Some(Shape::Any);
        }
        let (name, indices) = (symbol.name.as_str(), symbol.indices.as_slice());
        let defined = self.more.iter().rev().chain(self.world.definitions.iter().rev()).find(|d| d.matches(name, indices));
        if let Some(definition) = defined {
            return Some(self.of_body(symbol, &definition.body));
        }
        let world = self.world;
        if let Some(slot) = world.slot(symbol) {
            return Some(self.of_body(symbol, &slot.reference));
        }
        match indices {
            [] => {
                if let Some(v) = world.vectors.get(name) {
                    return Some(Shape::Matrix(v.shape.0.clone(), v.shape.1.clone()));
                }
                if let Some(family) = world.columns.get(name).and_then(|f| world.families.get(f)) {
                    return Some(Shape::Matrix(family.dimension.clone(), family.count.clone()));
                }
                let sized = |n: &str| world.dimensions.contains_key(n);
                let number = world.scalars.contains_key(name) || sized(name) || name.strip_prefix(SIZE).is_some_and(sized);
                (number || name == "I").then_some(if number { Shape::Scalar } else { Shape::Identity })
            }
            // "A^T A = I_d" names the size, in a question about matrices of several sizes.
            [Index::Letter(l)] if name == "I" && !world.columns.is_empty() && world.dimensions.contains_key(l) => {
                Some(Shape::Matrix(l.clone(), l.clone()))
            }
            [_] if name == "I" => Some(Shape::Identity),
            [_] => {
                if let Some(family) = world.families.get(name) {
                    return Some(Shape::vector(&family.dimension));
                }
                if let Some(family) =
                    world.families.values().find(|f| matches!(&f.law, Law::Gaussian { noise: Some(z), .. } if z == name))
                {
                    return Some(Shape::vector(&family.dimension));
                }
                // A letter that names one fixed member of a family (`a` in `v_a`) counts no coordinates.
                let counts = !matches!(&indices[0], Index::Letter(l) if world.letters.contains(l));
                world.vectors.get(name).filter(|v| v.shape.1 == "1" && counts).map(|_| Shape::Scalar)
            }
            _ => None,
        }
    }
}

impl World {
    /// An expression with letters that name a vector and a size read as sizes: `d` in `m < d`, where the coordinates of
    /// a value are called `d` too.
    pub fn sized(&self, expr: &Expr) -> Expr {
        expr.substitute(&|s| {
            let both = s.indices.is_empty() && self.dimensions.contains_key(&s.name) && self.vectors.contains_key(&s.name);
            both.then(|| Expr::Symbol(Symbol::plain(&format!("{SIZE}{}", s.name))))
        })
    }

    /// Whether the members of a family are drawn from Gaussians.
    pub fn is_drawn(&self, family: &str) -> bool {
        self.families.get(family).is_some_and(|f| matches!(f.law, Law::Gaussian { .. }))
    }

    /// Whether any family is drawn.
    pub fn has_draws(&self) -> bool {
        self.families.keys().any(|name| self.is_drawn(name))
    }

    /// Whether the symbol is a vector or matrix here.
    pub fn is_matrix(&self, symbol: &Symbol) -> bool {
        matches!(self.shape(symbol, &[]), Some(Shape::Matrix(..)))
    }

    /// Whether the question has weights.
    pub fn attends(&self) -> bool {
        self.definitions.iter().any(|d| d.name == "alpha")
    }

    /// Whether anything is drawn here.
    pub fn draws(&self) -> bool {
        self.families.keys().any(|f| self.is_drawn(f))
    }

    /// Whether an expression is a number here.
    pub fn is_number(&self, e: &Expr) -> bool {
        match self.shape_of(e, &[]) {
            Ok(Shape::Scalar) => true,
            Ok(Shape::Matrix(rows, columns)) => rows == "1" && columns == "1",
            _ => false,
        }
    }

    /// Whether a scalar is one that the question lets grow without bound.
    pub fn grows(&self, name: &str) -> bool {
        self.scalars.get(name).is_some_and(|s| s.limit == Some(LimitPoint::Infinity))
    }

    /// The scalar that the question lets grow without bound.
    pub fn factor(&self) -> Option<&String> {
        self.scalars.keys().find(|name| self.grows(name))
    }

    /// Whether a letter is the world's own name of something, or another one for it.
    pub fn calls(&self, letter: &str, name: &str) -> bool {
        letter == name || self.synonyms.get(letter).is_some_and(|own| own == name)
    }

    /// Whether an expression is a vector or a matrix here.
    pub fn is_array(&self, e: &Expr) -> bool {
        matches!(self.shape_of(e, &[]), Ok(Shape::Matrix(..) | Shape::Identity))
    }

    /// Whether an expression is a column vector here.
    pub fn is_vector(&self, e: &Expr) -> bool {
        matches!(self.shape_of(e, &[]), Ok(Shape::Matrix(rows, columns)) if columns == "1" && rows != "1")
    }

    /// Whether the world defines the symbol as a difference of vectors, one of them random: the noise of a
    /// key, which writers scale at will (`k_i = mu_i + sqrt(alpha) epsilon_i`).
    pub fn is_noise(&self, symbol: &Symbol) -> bool {
        let defined = self.definitions.iter().find(|d| d.matches(&symbol.name, &symbol.indices));
        defined.is_some_and(|d| matches!(&d.body, Expr::Add(terms) if terms.len() == 2) && !d.parameters.is_empty())
    }

    /// The slot of a symbol.
    pub fn slot(&self, symbol: &Symbol) -> Option<&Slot> {
        self.slots.iter().find(|s| s.symbol == *symbol)
    }

    /// The world's own symbol for one under another name, `X` for `x`.
    pub fn own_name(&self, symbol: &Symbol) -> Option<Expr> {
        let name = self.synonyms.get(&symbol.name)?;
        Some(Expr::Symbol(Symbol { name: name.clone(), indices: symbol.indices.clone() }))
    }

    /// Whether a symbol is a vector that the question gives, not one that it asks for.
    pub fn gives(&self, symbol: &Symbol) -> bool {
        symbol.indices.is_empty() && self.vectors.contains_key(&symbol.name) && self.slot(symbol).is_none()
    }

    /// Whether an expression is the bare symbol of a slot.
    pub fn is_slot(&self, e: &Expr) -> bool {
        matches!(e, Expr::Symbol(s) if self.slot(s).is_some())
    }

    /// Whether the symbol means something here.
    pub fn knows(&self, symbol: &Symbol, more: &[Definition]) -> bool {
        let number = symbol.indices.iter().all(|i| matches!(i, Index::Number(_) | Index::Letter(_)));
        number && self.shape(symbol, more).is_some()
    }
}
