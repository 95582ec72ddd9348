//! Sampling until claims are decided, or until the draws run out.

use super::accumulate::MomentGather;
use super::engine::{CHUNK_DRAWS, Gather, gather};
use super::quantity::{Quantities, Quantity};
use super::sampler::Sampler;
use super::sequence::{BinarySequence, BoundedSequence, Interval};
use super::stream::Stream;
use super::weights::Weights;

/// A quantity as sampling knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sampled {
    /// The quantity.
    pub quantity: Quantity,
    /// Its estimate; `None` where no draw met the conditions.
    pub estimate: Option<f64>,
    /// Its confidence sequence: covers the truth at all times together, but for `error`.
    pub interval: Interval,
    /// Error probability of the interval.
    pub error: f64,
    /// Standard error of the estimate, for judging by eye; `None` below two observations.
    pub standard_error: Option<f64>,
}

/// Sampling of several quantities with the same draws.
#[derive(Debug)]
pub struct Run<'a> {
    sampler: &'a Sampler,
    stream: &'a Stream,
    entries: Vec<Entry>,
    chunks: u64,
    /// Draws taken in so far.
    pub draws: u64,
    /// Draws that met the conditions.
    pub accepted: u64,
    /// Draws made.
    pub proposed: u64,
}

#[derive(Debug)]
struct Entry {
    quantity: Quantity,
    error: f64,
    sequence: Sequence,
    count: f64,
    mean: f64,
    squares: f64,
}

#[derive(Debug)]
enum Sequence {
    Bounded(BoundedSequence),
    Binary(BinarySequence),
}

/// Moments of single draws and of pairs of draws, in one pass.
struct Both {
    single: MomentGather<Quantities>,
    paired: MomentGather<Quantities>,
}

impl Gather for Both {
    #[inline(always)]
    fn take(&mut self, weights: &Weights) {
        self.single.take(weights);
        self.paired.take(weights);
    }

    fn merge(&mut self, later: Both) {
        self.single.merge(later.single);
        self.paired.merge(later.paired);
    }
}

impl<'a> Run<'a> {
    /// Nothing sampled yet. Each quantity comes with the error probability of its interval.
    pub fn new(sampler: &'a Sampler, stream: &'a Stream, quantities: &[(Quantity, f64)]) -> Run<'a> {
        let entries = quantities.iter().map(|(quantity, error)| {
            let (low, high) = quantity.range();
            let sequence = if quantity.binary() {
                Sequence::Binary(BinarySequence::new(*error))
            } else {
                Sequence::Bounded(BoundedSequence::new(low, high, *error))
            };
            Entry { quantity: *quantity, error: *error, sequence, count: 0.0, mean: 0.0, squares: 0.0 }
        });
        Run { sampler, stream, entries: entries.collect(), chunks: 0, draws: 0, accepted: 0, proposed: 0 }
    }

    /// Samples the next chunks of the stream: as many as so far (at least one), at most `limit` draws
    /// in all. `false` when the limit leaves no room.
    pub fn advance(&mut self, limit: u64) -> bool {
        let room = (limit / CHUNK_DRAWS).saturating_sub(self.chunks);
        let count = self.chunks.max(1).min(room);
        if count == 0 {
            return false;
        }
        let list: Vec<Quantity> = self.entries.iter().map(|e| e.quantity).collect();
        let (single, paired) = (Quantities::of(&list, false), Quantities::of(&list, true));
        let make =
            || Both { single: MomentGather::new(single.clone(), vec![]), paired: MomentGather::new(paired.clone(), vec![]) };
        let made = gather(self.sampler, self.stream, self.chunks, count, make);
        self.chunks += count;
        self.draws += made.draws;
        self.accepted += made.accepted;
        self.proposed += made.proposed;
        let (single, paired) = (made.result.single.into_moments(), made.result.paired.into_moments());
        let (mut s, mut p) = (0, 0);
        for entry in &mut self.entries {
            let (moments, at) = if entry.quantity.paired() { (&paired, &mut p) } else { (&single, &mut s) };
            entry.update(moments.count, moments.means[*at], moments.squares[*at]);
            *at += 1;
        }
        true
    }

    /// What is known now.
    pub fn results(&self) -> Vec<Sampled> {
        self.entries.iter().map(Entry::sampled).collect()
    }
}

impl Entry {
    fn update(&mut self, count: u64, mean: f64, squares: f64) {
        if count == 0 {
            return;
        }
        match &mut self.sequence {
            Sequence::Bounded(sequence) => sequence.update(count, mean, squares),
            Sequence::Binary(sequence) => {
                let successes = (mean * count as f64).round() as u64;
                sequence.update(successes, count - successes);
            }
        }
        let n = count as f64;
        let total = self.count + n;
        self.squares += squares + (mean - self.mean).powi(2) * self.count * n / total;
        self.mean += (mean - self.mean) * n / total;
        self.count = total;
    }

    fn sampled(&self) -> Sampled {
        let Interval { low, high } = match &self.sequence {
            Sequence::Bounded(sequence) => sequence.interval(),
            Sequence::Binary(sequence) => sequence.interval(),
        };
        let transform = |x: f64| self.quantity.from_mean(x);
        let error = (self.count > 1.0).then(|| (self.squares / (self.count - 1.0) / self.count).sqrt());
        // The slope of a square root, where the quantity is one.
        let slope = if transform(4.0) == 2.0 { 0.5 / transform(self.mean).max(f64::MIN_POSITIVE) } else { 1.0 };
        Sampled {
            quantity: self.quantity,
            estimate: (self.count > 0.0).then(|| transform(self.mean)),
            interval: Interval { low: transform(low), high: transform(high) },
            error: self.error,
            standard_error: error.map(|e| e * slope),
        }
    }
}

/// A claim on a quantity: it lies in an interval. Equality is an interval as wide as the margin that the
/// question's limit allows (two one-sided tests at once); one-sided claims have an infinite end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Claim {
    /// What the claim is about.
    pub quantity: Quantity,
    /// Where it is said to lie.
    pub within: Interval,
}

/// What sampling says of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The confidence sequence lies inside the claimed interval.
    Holds,
    /// The confidence sequence lies outside it.
    Refuted,
    /// The draws ran out.
    Undecided {
        /// How many draws had been allowed.
        budget: u64,
    },
}

/// A decided claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// The claim.
    pub claim: Claim,
    /// What sampling says.
    pub decision: Decision,
    /// The quantity as sampled.
    pub sampled: Sampled,
    /// Draws after which it was decided.
    pub draws: u64,
    /// The smallest deviation that is told apart with these draws: the interval's width.
    pub detects: f64,
}

/// Samples until every claim is decided, or until `budget` draws are made. `error` is the error
/// probability of all claims together, split equally.
pub fn decide(sampler: &Sampler, stream: &Stream, claims: &[Claim], error: f64, budget: u64) -> Vec<Decided> {
    let share = error / claims.len().max(1) as f64;
    let quantities: Vec<(Quantity, f64)> = claims.iter().map(|c| (c.quantity, share)).collect();
    let mut run = Run::new(sampler, stream, &quantities);
    let mut decided: Vec<Option<Decided>> = vec![None; claims.len()];
    loop {
        let more = run.advance(budget);
        for ((slot, claim), sampled) in decided.iter_mut().zip(claims).zip(run.results()) {
            let decision = judge(claim, &sampled.interval).or_else(|| (!more).then_some(Decision::Undecided { budget }));
            if let (None, Some(decision)) = (&slot, decision) {
                *slot = Some(Decided { claim: *claim, decision, detects: sampled.interval.width(), sampled, draws: run.draws });
            }
        }
        if !more || decided.iter().all(Option::is_some) {
            return decided.into_iter().flatten().collect();
        }
    }
}

fn judge(claim: &Claim, known: &Interval) -> Option<Decision> {
    if known.low >= claim.within.low && known.high <= claim.within.high {
        Some(Decision::Holds)
    } else if known.low > claim.within.high || known.high < claim.within.low {
        Some(Decision::Refuted)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::{KeyLaw, Model};
    use super::super::sampler::Form;
    use super::*;

    /// The single head of uncertain key length at `β = 100`, `n = 2`, without other noise.
    fn sampler() -> Sampler {
        let mut keys = vec![KeyLaw { isotropic: 0.0, spikes: vec![] }; 2];
        keys[0].spikes.push(vec![(0, 0.5_f64.sqrt())]);
        Sampler::new(&Model::new(2, keys, vec![vec![(0, 1.0), (1, 1.0)]], 100.0).unwrap(), Form::Reduced)
    }

    fn claim(quantity: Quantity, low: f64, high: f64) -> Claim {
        Claim { quantity, within: Interval { low, high } }
    }

    #[test]
    fn right_claims_hold_wrong_ones_are_refuted_and_too_fine_ones_stay_open() {
        let (mean, variance) = (Quantity::Mean { head: 0, key: 0 }, Quantity::Variance { head: 0, key: 0 });
        let claims = [
            claim(mean, 0.49, 0.51),
            claim(mean, 0.39, 0.41),
            claim(variance, 0.23, 0.26),
            claim(variance, 0.45, 0.55),
            claim(mean, 0.5 - 1e-9, 0.5 + 1e-9),
            claim(Quantity::OutputVariance, 0.4, f64::INFINITY),
        ];
        let decided = decide(&sampler(), &Stream::new(1, 1), &claims, 1e-6, 1 << 22);
        let decisions: Vec<Decision> = decided.iter().map(|d| d.decision).collect();
        let open = Decision::Undecided { budget: 1 << 22 };
        assert_eq!(decisions, [Decision::Holds, Decision::Refuted, Decision::Holds, Decision::Refuted, open, Decision::Holds]);
        // What is far off is decided sooner.
        assert!(decided[1].draws < decided[0].draws && decided[4].detects < 0.005, "{decided:?}");
    }
}
