//! What a token and its position are to the model: columns of two tables, added.

use nalgebra::DMatrix;

use super::Pass;
use crate::trainer::{
    batch::Ragged,
    real::{Real, add_to},
};

/// Where the tables lie among the parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Embedding {
    /// Offset of `tok_emb.weight`, `[vocabulary, width]`.
    pub tokens: usize,
    /// Offset of `pos_emb`, `[1, block, width]`; none with rotary positions.
    pub positions: Option<usize>,
    /// Features.
    pub width: usize,
    /// Where its dropout mask comes from.
    pub site: u64,
}

impl Embedding {
    /// `C x N`: the token's column plus its position's, then dropout.
    pub fn forward<T: Real>(&self, pass: &mut Pass<T>, tokens: &[u32], ragged: &Ragged) -> DMatrix<T> {
        let width = self.width;
        let mut x = pass.pool.take(width, tokens.len());
        for (column, token) in x.as_mut_slice().chunks_exact_mut(width).zip(tokens) {
            column.copy_from_slice(&pass.parameters[self.tokens + *token as usize * width..][..width]);
        }
        if let Some(table) = self.positions {
            for (column, position) in x.as_mut_slice().chunks_exact_mut(width).zip(ragged.positions()) {
                let vector = &pass.parameters[table + position * width..][..width];
                column.iter_mut().zip(vector).for_each(|(x, v)| *x += *v);
            }
        }
        pass.dropout.site(self.site).apply(x.as_mut_slice(), 0);
        x
    }

    /// Adds the gradient of every column to its token's and its position's.
    pub fn backward<T: Real>(
        &self,
        pass: &mut Pass<T>,
        tokens: &[u32],
        ragged: &Ragged,
        mut dx: DMatrix<T>,
        gradients: &mut [T],
    ) {
        let width = self.width;
        pass.dropout.site(self.site).apply(dx.as_mut_slice(), 0);
        for ((column, token), position) in dx.as_slice().chunks_exact(width).zip(tokens).zip(ragged.positions()) {
            add_to(&mut gradients[self.tokens + *token as usize * width..][..width], column);
            if let Some(table) = self.positions {
                add_to(&mut gradients[table + position * width..][..width], column);
            }
        }
        pass.pool.give(dx);
    }
}
