//! Scores of 128 draws side by side, from the full keys or from the reduced form.

use nalgebra::DMatrix;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::model::{Direction, Model, dot};
use super::normal::{LANES, ROWS, Row, normals};
use super::reduced::{Reduced, Scores};
use super::stream::{BLOCKS, Group, Stream, WORDS};

/// How a draw is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Every coordinate of every key.
    Full {
        /// Seed of the rotation that places the orthonormal means; `None` puts them on the axes.
        rotation: Option<u64>,
    },
    /// Only the scores.
    Reduced,
}

/// Draws scores of a model.
#[derive(Debug, Clone)]
pub struct Sampler {
    model: Model,
    reduced: Reduced,
    /// For the full form, by key: what its coordinates are multiplied with.
    full: Option<Vec<FullKey>>,
}

/// A key in its `d` coordinates: each score (and condition) is an inner product with a dense vector.
#[derive(Debug, Clone)]
struct FullKey {
    /// `sqrt(α) x`, one dense vector of length `d` for every score or condition `x`.
    isotropic: Vec<Vec<f64>>,
    /// For every score or condition `x`: `u_s^T x`, by spike.
    spikes: Vec<Vec<f64>>,
    spike_count: usize,
}

impl Sampler {
    /// A sampler of `model` in the given form.
    pub fn new(model: &Model, form: Form) -> Sampler {
        let full = match form {
            Form::Reduced => None,
            Form::Full { rotation } => Some(full_keys(model, rotation)),
        };
        Sampler { model: model.clone(), reduced: Reduced::of(model), full }
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The reduced form, also where the full keys are drawn.
    pub fn reduced(&self) -> &Reduced {
        &self.reduced
    }

    /// Number of heads.
    pub fn heads(&self) -> usize {
        self.model.queries().len()
    }

    /// Number of keys.
    pub fn keys(&self) -> usize {
        self.model.keys().len()
    }

    /// Normals that one draw costs in this sampler's form.
    pub fn normals(&self) -> usize {
        if self.full.is_some() { self.reduced.normals_full } else { self.reduced.normals }
    }

    /// Scores (not yet times `β`) of the next 128 draws: row `h n + i` is head `h`, key `i`.
    /// `accepted[l]` says whether draw `l` meets every condition.
    #[inline(always)]
    pub(super) fn draw(&self, source: &mut impl Normals, scores: &mut [Row], scratch: &mut [Row], accepted: &mut [bool; LANES]) {
        *accepted = [true; LANES];
        let (heads, n) = (self.heads(), self.keys());
        for (i, key) in self.reduced.keys.iter().enumerate() {
            let inner = &mut scratch[..key.mean.len()];
            match &self.full {
                Some(full) => full_inner(&full[i], &key.mean, source, inner),
                None => reduced_inner(key, source, inner),
            }
            for (h, row) in inner[..heads].iter().enumerate() {
                scores[h * n + i] = *row;
            }
            for (row, bound) in inner[heads..].iter().zip(&key.bounds) {
                for (keep, x) in accepted.iter_mut().zip(&row.0) {
                    *keep &= x >= bound;
                }
            }
        }
    }

    /// Largest number of scores and conditions of one key.
    pub(super) fn scratch_rows(&self) -> usize {
        self.reduced.keys.iter().map(|k| k.mean.len()).max().unwrap_or(0)
    }
}

#[inline(always)]
fn reduced_inner(key: &Scores, source: &mut impl Normals, inner: &mut [Row]) {
    for (row, mean) in inner.iter_mut().zip(&key.mean) {
        *row = Row::splat(*mean);
    }
    for column in 0..key.rank {
        let z = source.next();
        for (row, factor) in inner.iter_mut().zip(&key.factor) {
            add(row, factor[column], z);
        }
    }
}

#[inline(always)]
fn full_inner(key: &FullKey, mean: &[f64], source: &mut impl Normals, inner: &mut [Row]) {
    for row in inner.iter_mut() {
        *row = Row::splat(0.0);
    }
    let dimension = key.isotropic.first().map_or(0, Vec::len);
    for coordinate in 0..dimension {
        let z = source.next();
        for (row, x) in inner.iter_mut().zip(&key.isotropic) {
            add(row, x[coordinate], z);
        }
    }
    for spike in 0..key.spike_count {
        let z = source.next();
        for (row, x) in inner.iter_mut().zip(&key.spikes) {
            add(row, x[spike], z);
        }
    }
    for (row, m) in inner.iter_mut().zip(mean) {
        for x in &mut row.0 {
            *x += m;
        }
    }
}

#[inline(always)]
fn add(row: &mut Row, factor: f64, z: &Row) {
    for (x, z) in row.0.iter_mut().zip(&z.0) {
        *x += factor * z;
    }
}

/// Where normals come from, one row for each that a draw costs. Implementations are `#[inline(always)]`.
pub(super) trait Normals {
    /// The next row.
    fn next(&mut self) -> &Row;
}

/// Rows of normals in order: row `r` of a stream is the same wherever reading starts.
pub(super) struct Source<'a> {
    stream: &'a Stream,
    next: u64,
    rows: [Row; ROWS],
}

impl<'a> Source<'a> {
    #[inline(always)]
    pub(super) fn at(stream: &'a Stream, row: u64) -> Source<'a> {
        let mut source = Source { stream, next: row, rows: [Row::splat(0.0); ROWS] };
        if !row.is_multiple_of(ROWS as u64) {
            source.fill();
        }
        source
    }

    /// The words live here and not in `self`: only then does the compiler see that words and rows do
    /// not overlap, and vectorises (measured: 3 times faster).
    #[inline(always)]
    fn fill(&mut self) {
        let mut words: Group = [[0; BLOCKS]; WORDS];
        let mut rows = [Row::splat(0.0); ROWS];
        normals(self.stream, self.next / ROWS as u64, &mut words, &mut rows);
        self.rows = rows;
    }
}

impl Normals for Source<'_> {
    #[inline(always)]
    fn next(&mut self) -> &Row {
        let place = (self.next % ROWS as u64) as usize;
        if place == 0 {
            self.fill();
        }
        self.next += 1;
        &self.rows[place]
    }
}

fn full_keys(model: &Model, rotation: Option<u64>) -> Vec<FullKey> {
    let d = model.dimension();
    let means = means(d, model.keys().len(), rotation);
    let dense = |direction: &Direction, scale: f64| -> Vec<f64> {
        let mut x = vec![0.0; d];
        for (at, coordinate) in direction {
            for (entry, m) in x.iter_mut().zip(means.column(*at).iter()) {
                *entry += scale * coordinate * m;
            }
        }
        x
    };
    let keys = model.keys().iter().enumerate();
    keys.map(|(i, law)| {
        let conditions = model.conditions().iter().filter(|g| g.key == i).map(|g| &g.direction);
        let directions: Vec<&Direction> = model.queries().iter().chain(conditions).collect();
        FullKey {
            isotropic: directions.iter().map(|x| dense(x, law.isotropic.sqrt())).collect(),
            spikes: directions.iter().map(|x| law.spikes.iter().map(|u| dot(u, x)).collect()).collect(),
            spike_count: law.spikes.len(),
        }
    })
    .collect()
}

/// Orthonormal means as columns: axes, or the first columns of a random rotation.
fn means(d: usize, n: usize, rotation: Option<u64>) -> DMatrix<f64> {
    let Some(seed) = rotation else { return DMatrix::identity(d, n) };
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let drawn = DMatrix::from_fn(d, n, |_, _| StandardNormal.sample(&mut rng));
    let mut q = drawn.qr().q();
    // A random sign for every column makes the frame's law invariant under reflections too.
    for mut column in q.column_iter_mut() {
        if rng.random::<bool>() {
            column.neg_mut();
        }
    }
    q
}
