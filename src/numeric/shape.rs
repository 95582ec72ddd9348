//! Symbolic shapes: what can be added and multiplied, before any number is drawn.

use crate::language::{Expr, Style, Symbol, print};

/// A symbolic shape. Dimensions are names (`d`, `m`) or numbers; a vector has one column, `1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A number.
    Scalar,
    /// A matrix with rows and columns.
    Matrix(String, String),
    /// A multiple of the identity.
    Identity,
    /// Not known; fits everything.
    Any,
}

impl Shape {
    /// A column vector of length `dim`.
    pub fn vector(dim: &str) -> Shape {
        Shape::Matrix(dim.to_string(), "1".to_string())
    }

    /// The space the shape lies in, for messages: `R^m`, `R^{d x m}`.
    pub fn space(&self) -> String {
        match self {
            Shape::Scalar => "R".into(),
            Shape::Matrix(r, c) if c == "1" => format!("R^{r}"),
            Shape::Matrix(r, c) if r == "1" => format!("rows of R^{c}"),
            Shape::Matrix(r, c) => format!("R^{{{r} x {c}}}"),
            Shape::Identity => "multiples of I".into(),
            Shape::Any => "an unknown space".into(),
        }
    }

    /// Whether two values of these shapes can be equal.
    pub fn fits(&self, other: &Shape) -> bool {
        match (self, other) {
            (Shape::Any, _) | (_, Shape::Any) => true,
            (Shape::Identity, Shape::Matrix(r, c)) | (Shape::Matrix(r, c), Shape::Identity) => r == c,
            (a, b) => a == b,
        }
    }
}

/// A shape error, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct ShapeError(pub String);

/// Where symbols get their shapes from.
pub trait Shapes {
    /// The symbol's shape; `None` where the symbol is not known.
    fn shape(&self, symbol: &Symbol) -> Option<Shape>;
}

/// The shape of an expression, or why it has none. Unknown symbols have shape [`Shape::Any`].
pub fn shape_of(expr: &Expr, shapes: &dyn Shapes) -> Result<Shape, ShapeError> {
    let of = |e: &Expr| shape_of(e, shapes);
    match expr {
        Expr::Number(_) | Expr::Infinity => Ok(Shape::Scalar),
        Expr::Symbol(s) => Ok(shapes.shape(s).unwrap_or(Shape::Any)),
        Expr::Neg(a) => of(a),
        Expr::Add(terms) => add(terms, shapes),
        // `A 0 d`: the 0 is a block of any size.
        Expr::Mul(factors) if factors.len() > 1 && factors.iter().any(|f| f.is_zero()) => Ok(Shape::Any),
        Expr::Mul(factors) => {
            let mut shape = of(&factors[0])?;
            for (i, factor) in factors.iter().enumerate().skip(1) {
                let next = of(factor)?;
                shape = product(&shape, &next).ok_or_else(|| {
                    let left = print(&Expr::Mul(factors[..i].to_vec()), Style::Plain);
                    let left = if i == 1 { print(&factors[0], Style::Plain) } else { left };
                    ShapeError(format!(
                        "`{left}` lies in {}, `{}` in {}: they have no product",
                        shape.space(),
                        print(factor, Style::Plain),
                        next.space()
                    ))
                })?;
            }
            Ok(shape)
        }
        Expr::Div(a, b) => match of(b)? {
            Shape::Scalar | Shape::Any => of(a),
            other => Err(ShapeError(format!("divides by `{}`, which lies in {}", print(b, Style::Plain), other.space()))),
        },
        Expr::Pow(a, _) => match of(a)? {
            Shape::Matrix(r, c) if r != c => {
                let what = if c == "1" { "a vector has no power" } else { "only a square matrix has a power or an inverse" };
                Err(ShapeError(format!("`{}` lies in {}: {what}", print(a, Style::Plain), Shape::Matrix(r, c).space())))
            }
            other => Ok(other),
        },
        Expr::Transpose(a) | Expr::PseudoInverse(a) => Ok(match of(a)? {
            Shape::Matrix(r, c) => Shape::Matrix(c, r),
            other => other,
        }),
        Expr::Norm(a) | Expr::Abs(a) => of(a).map(|_| Shape::Scalar),
        Expr::Sum(_, body) => of(body),
        Expr::Call("Cov", pair) if pair.len() == 2 && pair.iter().all(|e| of(e) == Ok(Shape::Scalar)) => Ok(Shape::Scalar),
        Expr::Call("diag" | "Cov", _) => Ok(Shape::Any),
        Expr::Call(f, args) => {
            for a in args {
                let inner = of(a)?;
                if matches!(inner, Shape::Matrix(..))
                    && !matches!(*f, "tr" | "softmax" | "max" | "min" | "span" | "rank" | "det" | "size" | "rows" | "columns")
                {
                    return Err(ShapeError(format!("{f} of `{}`, which lies in {}", print(a, Style::Plain), inner.space())));
                }
            }
            Ok(if *f == "softmax" { Shape::Any } else { Shape::Scalar })
        }
        Expr::Moment(crate::language::Moment::Mean, a) => of(a),
        Expr::Moment(_, a) => of(a).map(|_| Shape::Scalar),
        Expr::Probability(_) => Ok(Shape::Scalar),
        Expr::Normal(..) | Expr::Interval(..) | Expr::Tuple(_) | Expr::Space(_) | Expr::Order(..) => Ok(Shape::Any),
    }
}

fn add(terms: &[Expr], shapes: &dyn Shapes) -> Result<Shape, ShapeError> {
    let mut shape = shape_of(&terms[0], shapes)?;
    let mut first = &terms[0];
    for term in &terms[1..] {
        let next = shape_of(term, shapes)?;
        let zero = |e: &Expr| e.is_zero();
        if shape == Shape::Any || zero(first) || shape == Shape::Identity && matches!(next, Shape::Matrix(..)) {
            shape = next;
            first = term;
        } else if !(zero(term) || shape.fits(&next)) {
            return Err(ShapeError(format!(
                "`{}` lies in {}, `{}` in {}: they have no sum",
                print(first, Style::Plain),
                shape.space(),
                print(term, Style::Plain),
                next.space()
            )));
        }
    }
    Ok(shape)
}

fn product(a: &Shape, b: &Shape) -> Option<Shape> {
    Some(match (a, b) {
        (Shape::Any, _) | (_, Shape::Any) => Shape::Any,
        (Shape::Scalar, s) | (s, Shape::Scalar) => s.clone(),
        (Shape::Identity, s) | (s, Shape::Identity) => s.clone(),
        (Shape::Matrix(r, inner), Shape::Matrix(rows, c)) if inner == rows => {
            if r == "1" && c == "1" {
                Shape::Scalar
            } else {
                Shape::Matrix(r.clone(), c.clone())
            }
        }
        _ => return None,
    })
}
