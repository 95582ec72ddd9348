//! One query's attention in numbers, and the changes that can be done to it.

use nalgebra::{DMatrix, DVector};
use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use crate::check::change::softmax;
use crate::claim::interventions::{Amount, Operation, Sign, Thing};

/// Keys and values as columns, the query, and the scores as they come out or were changed.
#[derive(Debug, Clone)]
pub struct Head {
    /// Keys as columns.
    pub keys: DMatrix<f64>,
    /// Values as columns.
    pub values: DMatrix<f64>,
    /// The query.
    pub query: DVector<f64>,
    /// The scores.
    pub scores: DVector<f64>,
}

/// A change with everything that was left open drawn.
#[derive(Debug, Clone)]
pub struct Done {
    /// The attention after it.
    pub after: Head,
    /// The keys that were changed.
    pub changed: Vec<usize>,
    /// What was added, or put in the place of something.
    pub vector: Option<DVector<f64>>,
    /// The number that was added.
    pub number: Option<f64>,
    /// By what was multiplied.
    pub factor: Option<f64>,
}

impl Head {
    /// The head of keys, values and a query.
    pub fn new(keys: DMatrix<f64>, values: DMatrix<f64>, query: DVector<f64>) -> Head {
        let scores = keys.transpose() * &query;
        Head { keys, values, query, scores }
    }

    /// Takes the scores from keys and query again.
    pub fn rescore(&mut self) {
        self.scores = self.keys.transpose() * &self.query;
    }

    /// How many keys there are.
    pub fn keys(&self) -> usize {
        self.scores.len()
    }

    /// The weights.
    pub fn weights(&self) -> DVector<f64> {
        softmax(&self.scores)
    }

    /// The output.
    pub fn output(&self) -> DVector<f64> {
        &self.values * self.weights()
    }

    /// The key with the largest score, where it is one alone.
    pub fn winner(&self) -> Option<usize> {
        let best = self.scores.imax();
        let ties = self.scores.iter().filter(|s| **s >= self.scores[best] - crate::tolerance::COUNTEREXAMPLE).count();
        (ties == 1).then_some(best)
    }

    /// The head after an operation on some of its things; `None` where it cannot be done.
    pub fn after(&self, operation: &Operation, thing: Thing, set: &[usize], factor: f64, rng: &mut ChaCha8Rng) -> Option<Done> {
        let mut done = Done { after: self.clone(), changed: set.to_vec(), vector: None, number: None, factor: None };
        match operation {
            Operation::Shift(amount) => self.shift(amount, thing, &mut done, rng)?,
            Operation::Scale(_) => {
                done.factor = Some(factor);
                done.after.scale(thing, set, factor)?;
            }
            Operation::Replace(_) => self.replace(thing, &mut done, rng)?,
            Operation::Swap => {
                let [i, k] = set else { return None };
                done.after.exchange(thing, &|at| {
                    if at == *i {
                        *k
                    } else if at == *k {
                        *i
                    } else {
                        at
                    }
                })?;
            }
            Operation::Permute => {
                let (n, by) = (self.keys(), 1 + rng.random_range(0..self.keys().max(2) - 1));
                done.after.exchange(thing, &|at| (at + by) % n)?;
            }
        }
        if matches!(thing, Thing::Keys | Thing::Query | Thing::Pairs) {
            done.after.rescore();
        }
        Some(done)
    }

    /// The same where the score of the winner, or of a key, is far above the others.
    pub fn lifted(&self, key: usize) -> Head {
        let mut far = self.clone();
        let rest = (0..self.keys()).filter(|i| *i != key).map(|i| self.scores[i]).fold(f64::NEG_INFINITY, f64::max);
        far.scores[key] = rest + crate::tolerance::FAR_GAP;
        far
    }

    fn columns(&mut self, thing: Thing) -> Option<&mut DMatrix<f64>> {
        match thing {
            Thing::Keys => Some(&mut self.keys),
            Thing::Values => Some(&mut self.values),
            _ => None,
        }
    }

    fn shift(&self, amount: &Amount, thing: Thing, done: &mut Done, rng: &mut ChaCha8Rng) -> Option<()> {
        if matches!(thing, Thing::Scores | Thing::Gap) {
            let t = amount.number.unwrap_or_else(|| number(amount.sign, rng));
            done.number = Some(t);
            done.changed.iter().for_each(|i| done.after.scores[*i] += t);
            return Some(());
        }
        let rows = if thing == Thing::Values { self.values.nrows() } else { self.keys.nrows() };
        let free = normal(rows, rng);
        let mut u = amount.number.map_or(free, |t| DVector::from_element(rows, t));
        if amount.perpendicular {
            u = self.without_keys(&u)?;
        }
        match thing {
            Thing::Query => done.after.query += &u,
            _ => {
                let changed = done.changed.clone();
                let columns = done.after.columns(thing)?;
                changed.iter().for_each(|i| columns.column_mut(*i).axpy(1.0, &u, 1.0));
            }
        }
        done.vector = Some(u);
        Some(())
    }

    /// The part of a vector that is perpendicular to every key; `None` where nothing is left of it.
    fn without_keys(&self, u: &DVector<f64>) -> Option<DVector<f64>> {
        let basis = self.keys.clone().svd(true, false);
        let left = basis.u?;
        let mut rest = u.clone();
        for (i, size) in basis.singular_values.iter().enumerate() {
            if *size > crate::tolerance::ROUNDING {
                let along = left.column(i).dot(&rest);
                rest.axpy(-along, &left.column(i), 1.0);
            }
        }
        (rest.norm() > crate::tolerance::COUNTEREXAMPLE).then_some(rest)
    }

    fn scale(&mut self, thing: Thing, set: &[usize], factor: f64) -> Option<()> {
        match thing {
            Thing::Scores => set.iter().for_each(|i| self.scores[*i] *= factor),
            // Every gap to the others.
            Thing::Gap => self.scores *= factor,
            Thing::Query => self.query *= factor,
            _ => {
                let columns = self.columns(thing)?;
                set.iter().for_each(|i| columns.column_mut(*i).scale_mut(factor));
            }
        }
        Some(())
    }

    fn replace(&self, thing: Thing, done: &mut Done, rng: &mut ChaCha8Rng) -> Option<()> {
        let changed = done.changed.clone();
        match thing {
            Thing::Weights | Thing::Gap => return None,
            Thing::Scores => changed.iter().for_each(|i| done.after.scores[*i] = StandardNormal.sample(&mut *rng)),
            Thing::Query => done.after.query = normal(self.query.len(), rng),
            _ => {
                for thing in if thing == Thing::Pairs { vec![Thing::Keys, Thing::Values] } else { vec![thing] } {
                    let columns = done.after.columns(thing)?;
                    for i in &changed {
                        let u = normal(columns.nrows(), rng);
                        columns.set_column(*i, &u);
                        done.vector = Some(u);
                    }
                }
            }
        }
        Some(())
    }

    /// Puts at each place what stood at another.
    fn exchange(&mut self, thing: Thing, from: &dyn Fn(usize) -> usize) -> Option<()> {
        let old = self.clone();
        let n = self.keys();
        match thing {
            Thing::Scores => (0..n).for_each(|i| self.scores[i] = old.scores[from(i)]),
            Thing::Keys | Thing::Values | Thing::Pairs => {
                if thing != Thing::Values {
                    (0..n).for_each(|i| self.keys.set_column(i, &old.keys.column(from(i))));
                }
                if thing != Thing::Keys {
                    (0..n).for_each(|i| self.values.set_column(i, &old.values.column(from(i))));
                }
            }
            _ => return None,
        }
        Some(())
    }
}

fn normal(rows: usize, rng: &mut ChaCha8Rng) -> DVector<f64> {
    DVector::from_fn(rows, |_, _| StandardNormal.sample(&mut *rng))
}

/// A number that is not small, of a sign where one is given.
fn number(sign: Option<Sign>, rng: &mut impl Rng) -> f64 {
    let size: f64 = rng.random_range(0.5..2.5);
    let up = match sign {
        Some(Sign::Positive) => true,
        Some(Sign::Negative) => false,
        None => rng.random_range(0.0..1.0) < 0.5,
    };
    if up { size } else { -size }
}
