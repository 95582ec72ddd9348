//! Sequences packed end to end: no column of a matrix is padding.

/// Target of a position that the loss ignores.
pub const IGNORED: u32 = u32::MAX;

/// A training example: characters, and what each position must predict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Token ids, one a position.
    pub tokens: Vec<u32>,
    /// Target ids, one a position; [`IGNORED`] where nothing is asked.
    pub targets: Vec<u32>,
}

impl Example {
    /// Number of positions.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// True without positions.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }
}

/// Which columns belong to which sequence, and how many positions came before them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ragged {
    /// First column of each sequence.
    pub starts: Vec<usize>,
    /// Columns of each sequence.
    pub lengths: Vec<usize>,
    /// Positions of each sequence that earlier calls have read (0 in training).
    pub past: Vec<usize>,
}

impl Ragged {
    /// Sequences end to end.
    pub fn new(lengths: Vec<usize>, past: Vec<usize>) -> Ragged {
        let starts = lengths
            .iter()
            .scan(0, |next, n| {
                *next += n;
                Some(*next - n)
            })
            .collect();
        Ragged { starts, lengths, past }
    }

    /// Columns in all.
    pub fn total(&self) -> usize {
        self.lengths.iter().sum()
    }

    /// Number of sequences.
    pub fn sequences(&self) -> usize {
        self.lengths.len()
    }

    /// `(column, position)` of every column, in order.
    pub fn positions(&self) -> impl Iterator<Item = usize> + '_ {
        self.lengths.iter().zip(&self.past).flat_map(|(n, past)| *past..past + n)
    }

    /// The latents that a perceiver with `m` of them computes for these sequences.
    ///
    /// Latent `i` reads positions up to `i` and is read by positions from `i` on, so a sequence of
    /// `t` positions needs `min(t, m)` of them and the rest cannot reach its outputs.
    pub fn latents(&self, m: usize) -> Ragged {
        let past: Vec<usize> = self.past.iter().map(|p| (*p).min(m)).collect();
        let lengths = self.lengths.iter().zip(&self.past).zip(&past).map(|((n, p), q)| (n + p).min(m) - q).collect();
        Ragged::new(lengths, past)
    }
}

/// Packed examples that one thread takes forward and backward at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Strip {
    /// Token ids, sequence after sequence.
    pub tokens: Vec<u32>,
    /// Target ids or [`IGNORED`].
    pub targets: Vec<u32>,
    /// The sequences.
    pub ragged: Ragged,
}

impl Strip {
    /// Packs examples.
    pub fn pack<'a>(examples: impl IntoIterator<Item = &'a Example>) -> Strip {
        let (mut tokens, mut targets, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
        for e in examples {
            tokens.extend_from_slice(&e.tokens);
            targets.extend_from_slice(&e.targets);
            lengths.push(e.len());
        }
        let past = vec![0; lengths.len()];
        Strip { tokens, targets, ragged: Ragged::new(lengths, past) }
    }

    /// Positions that the loss counts.
    pub fn targets_counted(&self) -> usize {
        self.targets.iter().filter(|t| **t != IGNORED).count()
    }
}

/// Real tokens of a strip: its activations stay near the processor, its products stay long.
pub const STRIP_TOKENS: usize = 512;

/// Most lanes of a batch, and so the most threads that share one.
pub const LANES_MAX: usize = 8;

/// Cuts a batch into lanes of strips of nearly equal length.
///
/// The cut depends on the batch alone, never on the number of threads: gradients are summed along
/// each lane and then over the lanes in order, so every thread count gives the same bits.
pub fn lanes(examples: &[Example]) -> Vec<Vec<Strip>> {
    let total: usize = examples.iter().map(Example::len).sum();
    let lanes = (total / (STRIP_TOKENS / 2)).clamp(1, LANES_MAX);
    let strips_a_lane = (total as f64 / (lanes * STRIP_TOKENS) as f64).round().max(1.0) as usize;
    let mut order: Vec<usize> = (0..examples.len()).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(examples[*i].len()), *i));
    let mut bins: Vec<(usize, Vec<usize>)> = vec![(0, Vec::new()); lanes * strips_a_lane];
    for i in order {
        // The least loaded bin takes the longest example left.
        if let Some(bin) = bins.iter_mut().min_by_key(|b| b.0) {
            bin.0 += examples[i].len();
            bin.1.push(i);
        }
    }
    let strips: Vec<Strip> = bins.iter().map(|b| Strip::pack(b.1.iter().map(|i| &examples[*i]))).collect();
    strips.chunks(strips_a_lane).map(<[Strip]>::to_vec).collect()
}
