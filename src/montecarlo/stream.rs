//! Counter-based random words: ChaCha with 8 rounds, sixty-four blocks at a time.
//!
//! Word `w` of block `b` of experiment `e` is a pure function of `(seed, e, b, w)`, so that any
//! thread or machine computes any part of a stream alone. The stream is bit for bit that of
//! `rand_chacha::ChaCha8Rng` with the same key and stream number; tests compare the two. It is
//! written again here because blocks side by side are what a vector unit wants (one lane a block, no
//! shuffles), with the draws already laid out lane by lane.
//!
//! Source: D. J. Bernstein, *ChaCha, a variant of Salsa20* (2008); 8 rounds pass every published
//! statistical test, and no attack on 8 rounds is known, let alone one that a sample mean would
//! notice.

#![allow(clippy::needless_range_loop, reason = "lanes of several rows are walked together")]

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// Blocks computed side by side: enough that the compiler keeps the loops over them and vectorises.
pub const BLOCKS: usize = 64;

/// 32-bit words in a block.
pub const WORDS: usize = 16;

/// Sixty-four blocks: `words[w][b]` is word `w` of block `b`.
pub type Group = [[u32; BLOCKS]; WORDS];

/// "expand 32-byte k", the constants of ChaCha.
const CONSTANTS: [u32; 4] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];

/// The random words of one experiment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    key: [u32; 8],
    experiment: u64,
}

impl Stream {
    /// The stream of experiment `experiment` under `seed`.
    pub fn new(seed: u64, experiment: u64) -> Stream {
        // The same key expansion as everywhere in the `rand` world.
        let bytes = ChaCha8Rng::seed_from_u64(seed).get_seed();
        let mut key = [0; 8];
        for (word, four) in key.iter_mut().zip(bytes.chunks_exact(4)) {
            *word = u32::from_le_bytes([four[0], four[1], four[2], four[3]]);
        }
        Stream { key, experiment }
    }

    /// The same words from `rand_chacha`, positioned at the start of a block: the readable twin.
    pub fn reference(&self, block: u64) -> ChaCha8Rng {
        let mut seed = [0; 32];
        for (four, word) in seed.chunks_exact_mut(4).zip(self.key) {
            four.copy_from_slice(&word.to_le_bytes());
        }
        let mut rng = ChaCha8Rng::from_seed(seed);
        rng.set_stream(self.experiment);
        rng.set_word_pos(u128::from(block) * WORDS as u128);
        rng
    }

    /// Blocks `64 group .. 64 group + 64`.
    #[inline(always)]
    pub fn group(&self, group: u64, x: &mut Group) {
        self.start(group, x);
        for _ in 0..4 {
            quarter(x, 0, 4, 8, 12);
            quarter(x, 1, 5, 9, 13);
            quarter(x, 2, 6, 10, 14);
            quarter(x, 3, 7, 11, 15);
            quarter(x, 0, 5, 10, 15);
            quarter(x, 1, 6, 11, 12);
            quarter(x, 2, 7, 8, 13);
            quarter(x, 3, 4, 9, 14);
        }
        self.add_start(group, x);
    }

    /// Words of the starting state that are the same in every block; the counter's two are 0.
    #[inline(always)]
    fn shared(&self) -> [u32; WORDS] {
        let mut words = [0; WORDS];
        words[..4].copy_from_slice(&CONSTANTS);
        words[4..12].copy_from_slice(&self.key);
        words[14] = self.experiment as u32;
        words[15] = (self.experiment >> 32) as u32;
        words
    }

    #[inline(always)]
    fn start(&self, group: u64, x: &mut Group) {
        for (row, word) in x.iter_mut().zip(self.shared()) {
            *row = [word; BLOCKS];
        }
        let first = group.wrapping_mul(BLOCKS as u64);
        for lane in 0..BLOCKS {
            // The lowest six bits of `first` are 0: no carry into the upper word.
            x[12][lane] = first as u32 + lane as u32;
            x[13][lane] = (first >> 32) as u32;
        }
    }

    #[inline(always)]
    fn add_start(&self, group: u64, x: &mut Group) {
        let mut shared = self.shared();
        let first = group.wrapping_mul(BLOCKS as u64);
        (shared[12], shared[13]) = (first as u32, (first >> 32) as u32);
        for (row, word) in x.iter_mut().zip(shared) {
            for lane in row.iter_mut() {
                *lane = lane.wrapping_add(word);
            }
        }
        for lane in 0..BLOCKS {
            x[12][lane] = x[12][lane].wrapping_add(lane as u32);
        }
    }
}

/// A quarter round in every lane.
#[inline(always)]
fn quarter(x: &mut Group, a: usize, b: usize, c: usize, d: usize) {
    for lane in 0..BLOCKS {
        let (mut xa, mut xb, mut xc, mut xd) = (x[a][lane], x[b][lane], x[c][lane], x[d][lane]);
        xa = xa.wrapping_add(xb);
        xd = (xd ^ xa).rotate_left(16);
        xc = xc.wrapping_add(xd);
        xb = (xb ^ xc).rotate_left(12);
        xa = xa.wrapping_add(xb);
        xd = (xd ^ xa).rotate_left(8);
        xc = xc.wrapping_add(xd);
        xb = (xb ^ xc).rotate_left(7);
        (x[a][lane], x[b][lane], x[c][lane], x[d][lane]) = (xa, xb, xc, xd);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    #[test]
    fn blocks_side_by_side_are_those_of_rand_chacha() {
        for (seed, experiment, group) in [(0, 0, 0), (7, 3, 12), (u64::MAX, u64::MAX, 1 << 40), (1, 1 << 33, (1 << 28) - 1)] {
            let stream = Stream::new(seed, experiment);
            let mut words = [[0; BLOCKS]; WORDS];
            stream.group(group, &mut words);
            let mut rng = stream.reference(group * BLOCKS as u64);
            for block in 0..BLOCKS {
                for (w, row) in words.iter().enumerate() {
                    assert_eq!(row[block], rng.next_u32(), "seed {seed}, experiment {experiment}, block {block}, word {w}");
                }
            }
        }
    }

    #[test]
    fn another_experiment_seed_or_block_gives_other_words() {
        let words = |seed, experiment, group| {
            let mut words = [[0; BLOCKS]; WORDS];
            Stream::new(seed, experiment).group(group, &mut words);
            words
        };
        assert_ne!(words(1, 1, 0), words(1, 2, 0));
        assert_ne!(words(1, 1, 0), words(2, 1, 0));
        assert_ne!(words(1, 1, 0), words(1, 1, 1));
    }
}
