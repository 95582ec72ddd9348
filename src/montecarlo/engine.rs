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
use super::weights::{Accepted, Batches, Weights};

/// Batches of 128 draws in a chunk.
pub const CHUNK: u64 = 32;

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
    /// Draws that were taken in: those that met the conditions, less an incomplete batch a chunk.
    pub draws: u64,
    /// Draws that met the conditions.
    pub accepted: u64,
    /// Draws made.
    pub proposed: u64,
}

/// Gathers over chunks `first .. first + count` of a stream, on rayon's threads.
pub fn gather<G: Gather>(sampler: &Sampler, stream: &Stream, first: u64, count: u64, make: impl Fn() -> G + Sync) -> Gathered<G> {
    let arch = Arch::new();
    let parts: Vec<Gathered<G>> =
        (first..first + count).into_par_iter().map(|c| chunk(arch, sampler, stream, c, make())).collect();
    let mut all = Gathered { result: make(), draws: 0, accepted: 0, proposed: 0 };
    for part in parts {
        all.result.merge(part.result);
        all.draws += part.draws;
        all.accepted += part.accepted;
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
        let ChunkWork { sampler, stream, number, into } = self;
        let rows = sampler.heads() * sampler.keys();
        let conditional = !sampler.model().conditions().is_empty();
        let mut source = Source::at(stream, number * CHUNK * sampler.normals() as u64);
        let mut scores = vec![Row::splat(0.0); rows];
        let mut scratch = vec![Row::splat(0.0); sampler.scratch_rows()];
        let mut sink =
            Sink { weights: Weights::new(sampler.heads(), sampler.keys()), beta: sampler.model().beta(), draws: 0, into };
        let mut accepted = [true; LANES];
        let mut line = Accepted::new(if conditional { rows } else { 0 });
        let mut met = 0;
        for _ in 0..CHUNK {
            sampler.draw(&mut source, &mut scores, &mut scratch, &mut accepted);
            if conditional {
                met += accepted.iter().filter(|keep| **keep).count() as u64;
                line.take(&scores, &accepted, &mut sink);
            } else {
                met += LANES as u64;
                sink.batch(&scores);
            }
        }
        // An incomplete batch is left out: which draws that hits depends on how many were accepted, not
        // on what they were.
        Gathered { result: sink.into, draws: sink.draws, accepted: met, proposed: CHUNK_DRAWS }
    }
}

/// Turns scores into weights and hands them to what is gathered.
struct Sink<G> {
    weights: Weights,
    beta: f64,
    draws: u64,
    into: G,
}

impl<G: Gather> Batches for Sink<G> {
    #[inline(always)]
    fn batch(&mut self, scores: &[Row]) {
        self.weights.fill(scores, self.beta);
        self.into.take(&self.weights);
        self.draws += LANES as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::super::accumulate::{MomentGather, Samples};
    use super::super::model::{Direction, Given, KeyLaw, Model};
    use super::super::quantity::Output;
    use super::super::sampler::Form;
    use super::*;

    fn model(alpha: f64, beta: f64, queries: Vec<Direction>) -> Model {
        let mut keys = vec![KeyLaw { isotropic: alpha, spikes: vec![] }; 5];
        keys[0].spikes.push(vec![(0, 0.5_f64.sqrt())]);
        Model::new(7, keys, queries, beta).unwrap()
    }

    fn output_moments(model: &Model, form: Form, chunks: u64) -> crate::montecarlo::Moments {
        let sampler = Sampler::new(model, form);
        let made = gather(&sampler, &Stream::new(11, 4), 0, chunks, || MomentGather::new(Output::orthonormal(5), vec![(0, 1)]));
        made.result.into_moments()
    }

    #[test]
    fn the_vector_unit_gives_the_bits_of_the_plain_twin() {
        let sampler = Sampler::new(&model(0.01, 3.0, vec![vec![(0, 1.0), (1, 1.0)]]), Form::Reduced);
        let stream = Stream::new(1, 2);
        let run = |arch| chunk(arch, &sampler, &stream, 3, Samples::new(Output::orthonormal(5))).result.values;
        assert_eq!(run(Arch::new()), run(Arch::Scalar));
    }

    #[test]
    fn one_two_and_five_threads_give_the_same_bits() {
        let model = model(0.01, 5.0, vec![vec![(0, 1.0)], vec![(1, 1.0)]]);
        for form in [Form::Reduced, Form::Full { rotation: Some(3) }] {
            let on = |threads| {
                rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| output_moments(&model, form, 7))
            };
            let one = on(1);
            assert_eq!(one, on(2));
            assert_eq!(one, on(5));
        }
    }

    #[test]
    fn chunks_done_apart_are_the_chunks_of_one_run() {
        let sampler = Sampler::new(&model(0.01, 5.0, vec![vec![(0, 1.0)]]), Form::Reduced);
        let stream = Stream::new(1, 2);
        let values =
            |first, count| gather(&sampler, &stream, first, count, || Samples::new(Output::orthonormal(5))).result.values;
        let (whole, head, tail) = (values(0, 3), values(0, 1), values(1, 2));
        let joined: Vec<Vec<f64>> = head.into_iter().zip(tail).map(|(a, b)| [a, b].concat()).collect();
        assert_eq!(whole, joined);
    }

    #[test]
    fn a_draw_is_computed_alone_from_its_address() {
        // Draw 1000 of the stream, by the reference generator and the platform's functions.
        let model = model(0.01, 3.0, vec![vec![(0, 1.0), (1, 1.0)]]);
        let sampler = Sampler::new(&model, Form::Reduced);
        let stream = Stream::new(5, 6);
        let (batch, lane) = (1000 / LANES as u64, 1000 % LANES);
        let scores: Vec<f64> = (0..5)
            .map(|i| {
                let row = batch * 5 + i as u64;
                let mut rng = stream.reference(row / 4 * 64 + (lane % 64) as u64);
                rng.set_word_pos(rng.get_word_pos() + u128::from(row % 4 * 4));
                let (r, t) = (rand::Rng::next_u64(&mut rng), rand::Rng::next_u64(&mut rng));
                let (x, y) = super::super::normal::pair(r, t);
                let scores = &sampler.reduced().keys[i];
                scores.mean[0] + scores.factor[0][0] * if lane < 64 { x } else { y }
            })
            .collect();
        let total: f64 = scores.iter().map(|x| (3.0 * x).exp()).sum();
        let made = gather(&sampler, &stream, 0, 1, || Samples::new(Output::orthonormal(5))).result.values;
        for (i, score) in scores.iter().enumerate() {
            assert!((made[i][1000] - (3.0 * score).exp() / total).abs() < 1e-14);
        }
    }

    #[test]
    fn no_beta_and_no_alpha_gives_nan() {
        for beta in [0.0, 1e-300, 1.0, 1e6, 1e300, f64::INFINITY] {
            for alpha in [0.0, 1e-300, 1e-12, 1.0, 1e300] {
                let made = output_moments(&model(alpha, beta, vec![vec![(0, 1.0), (1, 1.0)], vec![(1, 1.0)]]), Form::Reduced, 1);
                let total: f64 = made.means.iter().sum();
                assert!((total - 1.0).abs() < 1e-12, "beta {beta:e}, alpha {alpha:e}: {:?}", made.means);
                assert!(made.squares.iter().all(|s| s.is_finite()));
            }
        }
    }

    #[test]
    fn without_noise_and_at_infinite_beta_equal_scores_share_the_weight() {
        let keys = vec![KeyLaw { isotropic: 0.0, spikes: vec![] }; 4];
        let model = Model::new(4, keys, vec![vec![(0, 1.0), (2, 1.0)]], f64::INFINITY).unwrap();
        let sampler = Sampler::new(&model, Form::Reduced);
        let made = gather(&sampler, &Stream::new(0, 0), 0, 1, || MomentGather::new(Output::orthonormal(4), vec![]))
            .result
            .into_moments();
        assert_eq!(made.means, [0.5, 0.0, 0.5, 0.0]);
    }

    #[test]
    fn conditions_keep_the_draws_that_meet_them() {
        // At α = 0 the score of key 0 is N(1, 1/2): it is >= 0 with probability Φ(√2) = 0.9213503965.
        let model =
            model(0.0, 1.0, vec![vec![(0, 1.0)]]).given(Given { key: 0, direction: vec![(0, 1.0)], at_least: 0.0 }).unwrap();
        let sampler = Sampler::new(&model, Form::Reduced);
        let made = gather(&sampler, &Stream::new(8, 0), 0, 100, || Samples::new(Output::orthonormal(5)));
        let rate = made.accepted as f64 / made.proposed as f64;
        assert!((rate - 0.921_350_396_5).abs() < 2e-3, "{rate}");
        // The weight of key 0 is at least that of a zero score: 1/5.
        assert!(made.result.values[0].iter().all(|w| *w >= 0.2 - 1e-15));
        assert!(made.result.values[0].iter().any(|w| *w < 0.21));
    }
}
