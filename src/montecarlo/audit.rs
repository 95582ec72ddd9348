//! Every statistical promise of this room, put to the test many times over.
//!
//! A promise is about rates: "a true value is ever excluded in at most `ε` of the runs", "a value off by
//! `Δ` is told apart in most runs". Each is run on independent streams; the rate comes with an exact
//! binomial interval (Clopper and Pearson, 1934), and a promise counts as broken only when the interval
//! at a far stricter level contradicts it, so that the audit itself does not cry wolf.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;
use statrs::function::beta::beta_reg;

use super::decide::{Claim, Decision, decide};
use super::model::{KeyLaw, Model};
use super::quantity::Quantity;
use super::sampler::{Form, Sampler};
use super::sequence::{BinarySequence, BoundedSequence, Evidence, Interval, VarianceSequence, band, distance};
use super::stream::Stream;
use crate::tolerance::{AUDIT_BROKEN, AUDIT_ERROR};

/// Level of the intervals that are shown.
const SHOWN: f64 = 0.05;

/// What a rate must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Promise {
    /// At most this (false alarms, misses of coverage).
    AtMost(f64),
    /// At least this (power).
    AtLeast(f64),
}

/// A measured rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The test.
    pub test: &'static str,
    /// What was true in the runs.
    pub truth: &'static str,
    /// What was counted.
    pub event: &'static str,
    /// What the rate must be.
    pub promise: Promise,
    /// Independent runs.
    pub runs: u64,
    /// Runs in which the event happened.
    pub events: u64,
}

impl Measured {
    /// `events / runs`.
    pub fn rate(&self) -> f64 {
        self.events as f64 / self.runs as f64
    }

    /// Exact 95 % interval of the rate.
    pub fn interval(&self) -> Interval {
        clopper_pearson(self.events, self.runs, SHOWN)
    }

    /// Whether the runs contradict the promise.
    pub fn broken(&self) -> bool {
        let sure = clopper_pearson(self.events, self.runs, AUDIT_BROKEN);
        match self.promise {
            Promise::AtMost(x) => sure.low > x,
            Promise::AtLeast(x) => sure.high < x,
        }
    }
}

/// Interval that covers a binomial's success probability with probability at least `1 - error`: ends
/// where `P(X >= events) = error/2` and `P(X <= events) = error/2`.
pub fn clopper_pearson(events: u64, runs: u64, error: f64) -> Interval {
    let (k, n) = (events as f64, runs as f64);
    // P(X >= k) = I_p(k, n - k + 1).
    let solve = |a: f64, b: f64, target: f64| {
        let (mut low, mut high) = (0.0_f64, 1.0_f64);
        for _ in 0..100 {
            let middle = 0.5 * (low + high);
            if beta_reg(a, b, middle) < target { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    };
    let low = if events == 0 { 0.0 } else { solve(k, n - k + 1.0, 0.5 * error) };
    let high = if events >= runs { 1.0 } else { solve(k + 1.0, n - k, 1.0 - 0.5 * error) };
    Interval { low, high }
}

/// Runs every test `runs` times on streams of `seed`.
pub fn audit(seed: u64, runs: u64) -> Vec<Measured> {
    let all = AUDITS.iter().enumerate();
    all.map(|(at, a)| {
        let one = |run: u64| u64::from((a.run)(&mut Stream::new(seed, (at as u64) << 40 | run).reference(0)));
        let events = (0..runs).into_par_iter().map(one).sum();
        Measured { test: a.test, truth: a.truth, event: a.event, promise: a.promise, runs, events }
    })
    .collect()
}

struct Audit {
    test: &'static str,
    truth: &'static str,
    event: &'static str,
    promise: Promise,
    run: fn(&mut ChaCha8Rng) -> bool,
}

const ALARM: Promise = Promise::AtMost(AUDIT_ERROR);
const POWER: Promise = Promise::AtLeast(0.5);

/// Looks at a sequence in one run, and observations before the first; the count doubles at every look.
const LOOKS: u32 = 9;
const FIRST: u64 = 20;

const AUDITS: &[Audit] = &[
    Audit {
        test: "bounded mean",
        truth: "uniform",
        event: "truth excluded",
        promise: ALARM,
        run: |r| bounded(r, 0.5, |r| r.random()),
    },
    Audit {
        test: "bounded mean",
        truth: "fair coin",
        event: "truth excluded",
        promise: ALARM,
        run: |r| bounded(r, 0.5, |r| coin(r, 0.5)),
    },
    Audit {
        test: "bounded mean",
        truth: "1 in 100",
        event: "truth excluded",
        promise: ALARM,
        run: |r| bounded(r, 0.01, |r| coin(r, 0.01)),
    },
    Audit {
        test: "bounded mean",
        truth: "mean 0.50 said to be 0.42",
        event: "told apart",
        promise: POWER,
        run: |r| bounded(r, 0.42, |r| coin(r, 0.5)),
    },
    Audit { test: "success probability", truth: "1/2", event: "truth excluded", promise: ALARM, run: |r| binary(r, 0.5, 0.5) },
    Audit {
        test: "success probability",
        truth: "1/1000",
        event: "truth excluded",
        promise: ALARM,
        run: |r| binary(r, 0.001, 0.001),
    },
    Audit {
        test: "success probability",
        truth: "0.50 said to be 0.42",
        event: "told apart",
        promise: POWER,
        run: |r| binary(r, 0.5, 0.42),
    },
    Audit { test: "Gaussian variance", truth: "1", event: "truth excluded", promise: ALARM, run: |r| variance(r, 1.0) },
    Audit {
        test: "Gaussian variance",
        truth: "1 said to be 1.2",
        event: "told apart",
        promise: POWER,
        run: |r| variance(r, 1.2),
    },
    Audit { test: "comparison of means", truth: "equal", event: "false alarm", promise: ALARM, run: |r| comparison(r, 0.0) },
    Audit {
        test: "comparison of means",
        truth: "larger by 0.05",
        event: "told apart",
        promise: POWER,
        run: |r| comparison(r, 0.05),
    },
    Audit { test: "equality in distribution", truth: "equal", event: "false alarm", promise: ALARM, run: |r| equality(r, 0.0) },
    Audit {
        test: "equality in distribution",
        truth: "shifted by 0.2",
        event: "told apart",
        promise: POWER,
        run: |r| equality(r, 0.2),
    },
    Audit { test: "claims on weights", truth: "true values", event: "refuted", promise: ALARM, run: |r| claims(r, 0.0) },
    Audit { test: "claims on weights", truth: "values off by 0.05", event: "refuted", promise: POWER, run: |r| claims(r, 0.05) },
];

fn coin(rng: &mut ChaCha8Rng, p: f64) -> f64 {
    f64::from(u8::from(rng.random::<f64>() < p))
}

/// Blocks whose total doubles: their sizes are fixed beforehand.
fn blocks() -> impl Iterator<Item = u64> {
    (0..LOOKS).map(|k| if k == 0 { FIRST } else { FIRST << (k - 1) })
}

/// Mean and sum of squares about it.
fn moments(values: &[f64]) -> (f64, f64) {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    (mean, values.iter().map(|x| (x - mean).powi(2)).sum())
}

fn draw(rng: &mut ChaCha8Rng, count: u64, mut one: impl FnMut(&mut ChaCha8Rng) -> f64) -> Vec<f64> {
    (0..count).map(|_| one(rng)).collect()
}

/// Whether the sequence ever excludes `said`.
fn bounded(rng: &mut ChaCha8Rng, said: f64, one: fn(&mut ChaCha8Rng) -> f64) -> bool {
    let mut sequence = BoundedSequence::new(0.0, 1.0, AUDIT_ERROR);
    blocks().any(|count| {
        let (mean, squares) = moments(&draw(rng, count, one));
        sequence.update(count, mean, squares);
        !sequence.interval().contains(said)
    })
}

fn binary(rng: &mut ChaCha8Rng, truth: f64, said: f64) -> bool {
    let mut sequence = BinarySequence::new(AUDIT_ERROR);
    blocks().any(|count| {
        let successes = draw(rng, count, |r| coin(r, truth)).iter().sum::<f64>() as u64;
        sequence.update(successes, count - successes);
        !sequence.interval().contains(said)
    })
}

fn variance(rng: &mut ChaCha8Rng, said: f64) -> bool {
    let mut sequence = VarianceSequence::new(1.0, AUDIT_ERROR);
    blocks().any(|count| {
        let squares = draw(rng, count, |r| StandardNormal.sample(r)).iter().map(|z| z * z).sum();
        sequence.update(count, squares);
        !sequence.interval().contains(said)
    })
}

/// Evidence that one mean exceeds another, on paired observations that differ by `more` on average.
fn comparison(rng: &mut ChaCha8Rng, more: f64) -> bool {
    let mut evidence = Evidence::new(-1.0, 1.0, 0.0);
    blocks().any(|count| {
        let values = draw(rng, count, |r| {
            let (x, y): (f64, f64) = (r.random(), r.random());
            (1.0 - more) * (x - y) * 0.5 + more
        });
        let (mean, squares) = moments(&values);
        evidence.update(count, mean, squares);
        evidence.rejects(AUDIT_ERROR)
    })
}

/// Two samples' distribution functions further apart than both their bands allow.
fn equality(rng: &mut ChaCha8Rng, shift: f64) -> bool {
    let (mut x, mut y): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    blocks().zip(1..).any(|(count, look)| {
        x.extend(draw(rng, count, |r| StandardNormal.sample(r)));
        y.extend(draw(rng, count, |r| {
            let z: f64 = StandardNormal.sample(r);
            z + shift
        }));
        distance(&x, &y) > 2.0 * band(x.len(), look, 0.5 * AUDIT_ERROR)
    })
}

/// The decisions themselves, on the head of uncertain key length in its limit: mean 1/2, variance 1/4.
fn claims(rng: &mut ChaCha8Rng, off: f64) -> bool {
    let mut keys = vec![KeyLaw { isotropic: 0.0, spikes: vec![] }; 3];
    keys[0].spikes.push(vec![(0, 0.5_f64.sqrt())]);
    let Ok(model) = Model::new(3, keys, vec![vec![(0, 1.0), (1, 1.0)]], f64::INFINITY) else { return false };
    let said = |quantity, value: f64| Claim { quantity, within: Interval { low: value - 0.01, high: value + 0.01 } };
    let list = [said(Quantity::Mean { head: 0, key: 0 }, 0.5 - off), said(Quantity::Variance { head: 0, key: 0 }, 0.25 - off)];
    let sampler = Sampler::new(&model, Form::Reduced);
    decide(&sampler, &Stream::new(rng.random(), 0), &list, AUDIT_ERROR, 1 << 15).iter().any(|d| d.decision == Decision::Refuted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_binomial_intervals_are_those_of_the_tables() {
        // 10, 25 and 43 of 500.
        for (k, low, high) in [(10, 0.009_631, 0.036_472), (25, 0.032_615, 0.072_928), (43, 0.062_937, 0.114_094)] {
            let found = clopper_pearson(k, 500, 0.05);
            assert!((found.low - low).abs() < 1e-6 && (found.high - high).abs() < 1e-6, "{k}: {found:?}");
        }
        assert_eq!(clopper_pearson(0, 10, 0.05).low, 0.0);
        assert_eq!(clopper_pearson(10, 10, 0.05).high, 1.0);
    }

    #[test]
    fn a_short_audit_finds_every_promise_kept() {
        for measured in audit(1, 200) {
            assert!(!measured.broken(), "{measured:?}");
        }
    }

    #[test]
    fn a_test_that_alarms_too_often_is_caught() {
        // The negative control: fixed-time intervals looked at repeatedly exclude the truth in about a
        // third of the runs, and the audit would say so.
        let peeking = |run: u64| {
            let mut rng = Stream::new(9, run).reference(0);
            let (mut count, mut sum) = (0.0, 0.0);
            u64::from((0..400).any(|_| {
                count += 10.0;
                sum += (0..10).map(|_| coin(&mut rng, 0.5)).sum::<f64>();
                let share: f64 = sum / count;
                (share - 0.5).abs() > 1.96 * (0.25_f64 / count).sqrt()
            }))
        };
        let events = (0..200).map(peeking).sum();
        let measured = Measured { test: "peeking", truth: "1/2", event: "truth excluded", promise: ALARM, runs: 200, events };
        assert!(measured.broken(), "{measured:?}");
    }
}
