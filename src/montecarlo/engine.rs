//! Many draws on many threads, merged in a fixed order.
//!
//! The work is cut into chunks of [`CHUNK`] batches of 128 draws. A chunk's draws depend on the stream
//! and the chunk's number alone, and results are merged in the order of the numbers: the same bits on
//! one thread, on eight, and on four machines that each do a part.

use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;

use super::normal::{LANES, Row};
use super::sampler::{Sampler, Source};
use super::stream::Stream;
use super::weights::{Accepted, Weights};

/// Batches of 128 draws in a chunk.
pub const CHUNK: u64 = 128;

/// Draws in a chunk, before conditions reject any.
pub const CHUNK_DRAWS: u64 = CHUNK * LANES as u64;

/// Something that is gathered over draws and merged over chunks.
pub trait Gather: Send + Sized {
    /// Takes in 128 draws. Implementations are `#[inline(always)]`, so that their loops are compiled
    /// for the vector unit of the machine they run on.
    fn take(&mut self, weights: &Weights);

    /// Adds what a later chunk gathered.
    fn merge(&mut self, later: Self);
}

/// What a run gathered, and how many draws it took.
#[derive(Debug, Clone, PartialEq)]
pub struct Gathered<G> {
    /// What was gathered.
    pub result: G,
    /// Draws that met the conditions and were taken in.
    pub draws: u64,
    /// Draws made.
    pub proposed: u64,
}

/// Gathers over chunks `first .. first + count` of a stream, on rayon's threads.
pub fn gather<G: Gather>(sampler: &Sampler, stream: &Stream, first: u64, count: u64, make: impl Fn() -> G + Sync) -> Gathered<G> {
    let arch = Arch::new();
    let parts: Vec<Gathered<G>> = (first..first + count).into_par_iter().map(|c| chunk(arch, sampler, stream, c, make())).collect();
    let mut all = Gathered { result: make(), draws: 0, proposed: 0 };
    for part in parts {
        all.result.merge(part.result);
        all.draws += part.draws;
        all.proposed += part.proposed;
    }
    all
}

/// One chunk as the machine's vector unit does it (`Arch::Scalar` is the plain twin).
fn chunk<G: Gather>(arch: Arch, sampler: &Sampler, stream: &Stream, number: u64, into: G) -> Gathered<G> {
    arch.dispatch(ChunkWork { sampler, stream, number, into })
}

/// The work on a chunk. A struct, not a closure: `pulp` compiles `with_simd` once for every vector
/// unit, and inlines into it only what is marked so.
struct ChunkWork<'a, G> {
    sampler: &'a Sampler,
    stream: &'a Stream,
    number: u64,
    into: G,
}

impl<G: Gather> WithSimd for ChunkWork<'_, G> {
    type Output = Gathered<G>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Gathered<G> {
        let ChunkWork { sampler, stream, number, mut into } = self;
        let beta = sampler.model().beta();
        let rows = sampler.heads() * sampler.keys();
        let conditional = !sampler.model().conditions().is_empty();
        let mut source = Source::at(stream, number * CHUNK * sampler.normals() as u64);
        let mut scores = vec![Row::splat(0.0); rows];
        let mut scratch = vec![Row::splat(0.0); sampler.scratch_rows()];
        let mut weights = Weights::new(sampler.heads(), sampler.keys());
        let mut accepted = [true; LANES];
        let mut line = Accepted::new(if conditional { rows } else { 0 });
        let mut draws = 0;
        for _ in 0..CHUNK {
            sampler.draw(&mut source, &mut scores, &mut scratch, &mut accepted);
            // An incomplete batch at a chunk's end is left out: which draws that hits depends on how
            // many were accepted, not on what they were.
            let mut full = |scores: &[Row]| {
                weights.from_scores(scores, beta);
                into.take(&weights);
                draws += LANES as u64;
            };
            if conditional {
                line.take(&scores, &accepted, full);
            } else {
                full(&scores);
            }
        }
        Gathered { result: into, draws, proposed: CHUNK_DRAWS }
    }
}
