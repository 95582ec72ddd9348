//! The shapes of a world's symbols.

use super::model::{Law, Slot, World};
use crate::language::{Expr, Index, Symbol};
use crate::numeric::{Definition, SIZE, Shape, Shapes, shape_of};

impl World {
    /// The shape of a symbol here, with further definitions that win over the world's.
    pub fn shape(&self, symbol: &Symbol, more: &[Definition]) -> Option<Shape> {
        WithDefinitions { world: self, more, depth: 0 }.shape(symbol)
    }

    /// The shape of an expression here, or the reason why it has none.
    pub fn shape_of(&self, expr: &Expr, more: &[Definition]) -> Result<Shape, String> {
        shape_of(expr, &WithDefinitions { world: self, more, depth: 0 }).map_err(|e| e.0)
    }
}

struct WithDefinitions<'a> {
    world: &'a World,
    more: &'a [Definition],
    depth: usize,
}

impl Shapes for WithDefinitions<'_> {
    fn shape(&self, symbol: &Symbol) -> Option<Shape> {
        if self.depth > 12 {
            return Some(Shape::Any);
        }
        let (name, indices) = (symbol.name.as_str(), symbol.indices.as_slice());
        let defined = self.more.iter().rev().chain(self.world.definitions.iter().rev()).find(|d| d.matches(name, indices));
        if let Some(definition) = defined {
            let inner = WithDefinitions { world: self.world, more: self.more, depth: self.depth + 1 };
            return Some(shape_of(&definition.body, &inner).unwrap_or(Shape::Any));
        }
        let world = self.world;
        if let Some(slot) = world.slot(symbol) {
            let inner = WithDefinitions { world, more: self.more, depth: self.depth + 1 };
            return Some(shape_of(&slot.reference, &inner).unwrap_or(Shape::Any));
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

    /// Whether the symbol is a vector or matrix here.
    pub fn is_matrix(&self, symbol: &Symbol) -> bool {
        matches!(self.shape(symbol, &[]), Some(Shape::Matrix(..)))
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
