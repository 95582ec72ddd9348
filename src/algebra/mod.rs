//! Exact algebra.
//!
//! A leaf engine over expressions of the language; it knows no question.

pub mod answer;
mod ball;
mod cases;
mod complex;
mod cone;
mod decide;
mod derivative;
mod elementary;
mod evaluate;
mod field;
mod frames;
mod from_expr;
pub mod given;
mod growth;
mod hypotheses;
pub mod iterated;
pub mod laws;
pub mod limit;
mod meaning;
mod modular;
pub mod moments;
pub mod order;
mod point;
mod poly;
mod print;
mod reals;
pub mod recheck;
mod relations;
pub mod replay;
mod residue;
pub mod rewrite;
mod roots;
pub mod saturate;
mod series;
mod shapes;
mod simplify;
mod solve;
mod sums;
pub mod surface;
mod term;
mod transcendental;
pub mod tree;
mod unfold;
pub mod words;

pub use decide::{Decision, Ground, Outcome, decide};
pub use from_expr::{decide_expressions, from_expr};
pub use growth::{Monomial, dominated, monomials};
pub use hypotheses::{Hypotheses, Range, Sign};
pub use modular::{Identity, OutOfFragment, identical};
pub use print::show;
pub use simplify::simplify;
pub use term::{Func, Sum, Term};
