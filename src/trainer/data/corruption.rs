//! Span corruption (ASSIGNMENT 2e): a document's beginning, a span cut out of it, and the span last.

use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

use super::vocabulary::MASK;
use crate::trainer::batch::Example;

/// How documents are cut.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Corruption {
    /// Shortest beginning kept, in characters.
    pub shortest: usize,
    /// Longest beginning kept: 7/8 of the block.
    pub longest: usize,
}

impl Default for Corruption {
    fn default() -> Self {
        Corruption { shortest: 4, longest: 112 }
    }
}

/// Keeps a beginning of uniform length `n` in `shortest..=longest` (or the whole document), cuts a
/// span of uniform length with mean `n / 4` anywhere in it, and emits
/// `prefix ⁇ suffix ⁇ span`; every character predicts the next.
pub fn corrupt(document: &[u32], settings: &Corruption, rng: &mut impl Rng) -> Example {
    let n = rng.random_range(settings.shortest..=settings.longest.max(settings.shortest)).min(document.len());
    let kept = &document[..n];
    let length = span_length(n, rng).min(n);
    let start = rng.random_range(0..=n - length);
    let mut s = arranged(kept, start, length);
    let targets = s[1..].to_vec();
    s.pop();
    Example { tokens: s, targets }
}

/// The pieces of what was kept in their new order: `prefix ⁇ suffix ⁇ span`.
pub fn arranged(kept: &[u32], start: usize, length: usize) -> Vec<u32> {
    let mut s = Vec::with_capacity(kept.len() + 2);
    s.extend_from_slice(&kept[..start]);
    s.push(MASK);
    s.extend_from_slice(&kept[start + length..]);
    s.push(MASK);
    s.extend_from_slice(&kept[start..start + length]);
    s
}

/// Uniform on `1..=n/2 - 1`, whose mean is `n/4`; for odd `n` the upper end is one of the two whole
/// numbers beside `n/2 - 1`, each half of the time, so that the mean stays.
fn span_length(n: usize, rng: &mut impl Rng) -> usize {
    let half = if n % 2 == 1 && rng.random::<bool>() { n.div_ceil(2) } else { n / 2 };
    rng.random_range(1..=half.saturating_sub(1).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn spans_average_a_quarter_and_every_length_is_reached() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        for n in [4usize, 7, 10, 33, 112] {
            let draws = 40_000;
            let lengths: Vec<usize> = (0..draws).map(|_| span_length(n, &mut rng)).collect();
            let longest = n.div_ceil(2).max(2) - 1;
            assert!((1..=longest).all(|l| lengths.contains(&l)), "{n}");
            assert!(lengths.iter().all(|l| *l <= longest));
            let mean = lengths.iter().sum::<usize>() as f64 / draws as f64;
            // The deviation of a uniform on 1..=n/2 is below n / (4 sqrt 3) + 1; five standard errors.
            let error = 5.0 * (n as f64 / 6.9 + 1.0) / (draws as f64).sqrt();
            assert!((mean - n as f64 / 4.0).abs() < error, "{n}: {mean}");
        }
    }

    #[test]
    fn the_beginning_has_every_length_and_nothing_is_lost() {
        let mut rng = ChaCha8Rng::seed_from_u64(2);
        let document: Vec<u32> = (10..200).collect();
        let mut seen = std::collections::HashSet::new();
        for _ in 0..5_000 {
            let e = corrupt(&document, &Corruption::default(), &mut rng);
            let mut whole = e.tokens.clone();
            whole.push(*e.targets.last().expect("a target"));
            assert_eq!(whole[1..], e.targets);
            let masks: Vec<usize> = (0..whole.len()).filter(|i| whole[*i] == MASK).collect();
            assert_eq!(masks.len(), 2);
            let rebuilt = [&whole[..masks[0]], &whole[masks[1] + 1..], &whole[masks[0] + 1..masks[1]]].concat();
            let n = rebuilt.len();
            assert_eq!(rebuilt, document[..n]);
            seen.insert(n);
        }
        assert_eq!(seen, (4..=112).collect());
    }

    #[test]
    fn a_short_document_is_kept_whole() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        for n in 1..8 {
            let document: Vec<u32> = (10..10 + n).collect();
            let e = corrupt(&document, &Corruption { shortest: 8, longest: 9 }, &mut rng);
            assert_eq!(e.len(), n as usize + 1);
        }
    }
}
