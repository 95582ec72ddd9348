//! Streams of examples: the example at a place of an epoch is a function of (seed, epoch, place), so
//! that a resumed run sees what an uninterrupted one would.

use rand::{RngExt, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::corruption::{Corruption, corrupt};
use crate::trainer::{batch::Example, layer::mix64};

/// Something to train on, epoch after epoch.
pub trait Source: Sync {
    /// Examples of an epoch.
    fn len(&self) -> usize;

    /// True without examples.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Example `index` of an epoch.
    fn example(&self, epoch: u64, index: usize) -> Example;
}

/// A generator of its own for (seed, purpose, a, b).
pub fn stream(seed: u64, purpose: u64, a: u64, b: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(mix64(mix64(mix64(seed ^ mix64(purpose)).wrapping_add(a)).wrapping_add(b)))
}

/// The order of an epoch.
pub fn shuffled(n: usize, seed: u64, epoch: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    order.shuffle(&mut stream(seed, 1, epoch, 0));
    order
}

/// Question and answer pairs, the same every epoch.
#[derive(Debug, Clone)]
pub struct Pairs {
    /// One example a pair.
    pub examples: Vec<Example>,
}

impl Source for Pairs {
    fn len(&self) -> usize {
        self.examples.len()
    }
    fn example(&self, _epoch: u64, index: usize) -> Example {
        self.examples[index].clone()
    }
}

/// Documents, corrupted anew every epoch.
#[derive(Debug, Clone)]
pub struct Documents {
    /// Token ids of each document.
    pub documents: Vec<Vec<u32>>,
    /// How they are cut.
    pub corruption: Corruption,
    /// Seed of the cuts.
    pub seed: u64,
}

impl Source for Documents {
    fn len(&self) -> usize {
        self.documents.len()
    }
    fn example(&self, epoch: u64, index: usize) -> Example {
        corrupt(&self.documents[index], &self.corruption, &mut stream(self.seed, 2, epoch, index as u64))
    }
}

/// Documents with pairs among them: each epoch holds all documents and a fresh sample of pairs.
#[derive(Debug, Clone)]
pub struct Mixed {
    /// The documents.
    pub documents: Documents,
    /// The pairs.
    pub pairs: Pairs,
    /// Pairs an epoch, drawn with replacement.
    pub drawn: usize,
}

impl Source for Mixed {
    fn len(&self) -> usize {
        self.documents.len() + if self.pairs.is_empty() { 0 } else { self.drawn }
    }
    fn example(&self, epoch: u64, index: usize) -> Example {
        match index.checked_sub(self.documents.len()) {
            None => self.documents.example(epoch, index),
            Some(i) => {
                let chosen = stream(self.documents.seed, 3, epoch, i as u64).random_range(0..self.pairs.len());
                self.pairs.example(epoch, chosen)
            }
        }
    }
}
