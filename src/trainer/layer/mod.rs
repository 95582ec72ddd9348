//! The layers, one file each, backward under forward.
//!
//! Axis letters: `C` width, `H` heads, `D` features of a head, `N` columns of a strip (all real
//! tokens), `V` vocabulary. A matrix `C x N` has features as rows and tokens as columns: a token is
//! one contiguous column.

mod attention;
mod block;
mod cross;
mod dropout;
mod embedding;
mod linear;
mod loss;
mod mlp;
mod norm;
mod rotary;
mod tile;

pub use attention::{Attention, Place, Rows, Span};
pub use block::{Block, BlockTrace, KeyValues};
pub use cross::{Between, Cross, CrossTrace, Down, Up};
pub(crate) use dropout::mix64;
pub use dropout::{Dropout, Mask};
pub use embedding::Embedding;
pub use linear::Linear;
pub use loss::{Scored, cross_entropy, log_softmax_at};
pub use mlp::{Mlp, MlpTrace};
pub use norm::Norm;
pub use rotary::Rotary;

use nalgebra::DMatrix;

use super::{pool::Pool, product::Products, real::Real};

/// What the layers of one pass share.
pub struct Pass<'a, T: Real> {
    /// Every parameter, in the layout's order.
    pub parameters: &'a [T],
    /// How products are made.
    pub products: &'a dyn Products<T>,
    /// What is dropped; nothing outside training.
    pub dropout: Dropout,
    /// Turns queries and keys, where positions are rotary.
    pub rotary: Option<&'a Rotary<T>>,
    /// Buffers.
    pub pool: &'a mut Pool<T>,
}

impl<T: Real> Pass<'_, T> {
    /// `a += b`, element by element; `b` goes back to the pool.
    pub fn add(&mut self, a: &mut DMatrix<T>, b: DMatrix<T>) {
        super::real::add_to(a.as_mut_slice(), b.as_slice());
        self.pool.give(b);
    }
}
