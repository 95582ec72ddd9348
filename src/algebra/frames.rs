//! Counterexamples to matrix identities: small instances that meet the hypotheses exactly.
//!
//! Shapes are inferred from how letters stand beside each other. Orthonormal columns are columns
//! of a Householder reflection `I - 2vvᵀ/vᵀv` with whole `v`, so that every entry is rational; an
//! instance counts only if it satisfies every hypothesis when evaluated.

use std::collections::BTreeMap;

use num_rational::BigRational;
use num_traits::{One, Zero};

use super::ball::{Ball, Undefined};
use super::decide::decimal;
use super::evaluate::Evaluation;
use super::hypotheses::Hypotheses;
use super::point::{Point, points};
use super::shapes::{Shapes, inferred};
use super::term::{Sum, Term};
use super::words::Kinds;
use crate::language::{Index, Relation, Symbol};
use crate::tolerance::BALL_BITS;

type Result<T> = std::result::Result<T, Undefined>;

/// Rows, columns and entries; one by one is a scalar.
#[derive(Debug, Clone, PartialEq)]
struct Grid {
    rows: usize,
    columns: usize,
    entries: Vec<Ball>,
}

/// Instances that are tried.
const ROUNDS: usize = 6;

/// A point where the sides differ, in words; `None` if none of the instances shows one.
pub fn counterexample(
    left: &Term,
    right: &Term,
    hypotheses: &Hypotheses,
    kinds: &Kinds,
    orthonormal: &[String],
) -> Option<String> {
    let together = inferred(left, right, hypotheses, kinds, true).0;
    if let Some(found) = on_instances(&together, left, right, hypotheses, kinds, orthonormal) {
        return Some(found);
    }
    // Both sides may lie in spaces that other letters make different.
    let (apart, l, r) = inferred(left, right, hypotheses, kinds, false);
    let settled =
        |k: usize| apart.root(k) == 0 || (0..apart.parent.len()).filter(|j| apart.root(*j) == apart.root(k)).count() > 1;
    if ![l.0, l.1, r.0, r.1].into_iter().all(settled) {
        return None;
    }
    on_instances(&apart, left, right, hypotheses, kinds, orthonormal)
}

fn on_instances(
    shapes: &Shapes,
    left: &Term,
    right: &Term,
    hypotheses: &Hypotheses,
    kinds: &Kinds,
    orthonormal: &[String],
) -> Option<String> {
    let mut ranges = hypotheses.clone();
    ranges.facts.clear();
    let scalars: Vec<Point> = points(&[left, right], &ranges).collect();
    (0..ROUNDS).find_map(|round| {
        let point = scalars.get(round % scalars.len())?;
        let instance = Instance::draw(shapes, kinds, hypotheses, orthonormal, round, point.clone());
        instance.admits()?;
        instance.difference(left, right)
    })
}

/// Values for every letter.
struct Instance<'a> {
    point: Point,
    kinds: &'a Kinds,
    hypotheses: &'a Hypotheses,
    orthonormal: &'a [String],
    letters: BTreeMap<(String, usize), Grid>,
    frame: Vec<Vec<BigRational>>,
    members: usize,
    round: usize,
    size: usize,
}

impl<'a> Instance<'a> {
    fn draw(
        shapes: &Shapes,
        kinds: &'a Kinds,
        hypotheses: &'a Hypotheses,
        orthonormal: &'a [String],
        round: usize,
        mut point: Point,
    ) -> Self {
        // The ambient dimension of frames, and that of everything else.
        let (ambient, inner) = [(5, 2), (4, 1), (6, 3), (4, 2), (3, 1), (2, 2)][round % ROUNDS];
        let mut tall: Vec<usize> = Vec::new();
        for (key, (rows, columns)) in &shapes.of {
            if orthonormal.contains(&key.0) || shapes.root(*columns) != 0 && shapes.root(*rows) != shapes.root(*columns) {
                tall.push(shapes.root(*rows));
            }
        }
        let inner_of: Vec<usize> = shapes.of.values().map(|(_, c)| shapes.root(*c)).collect();
        let dimension = |k: usize| match shapes.root(k) {
            0 => 1,
            k if tall.contains(&k) && !inner_of.contains(&k) => ambient,
            _ => inner,
        };
        let frame = reflection(ambient, round);
        let mut letters = BTreeMap::new();
        let mut used = 0;
        for (n, (key, (rows, columns))) in shapes.of.iter().enumerate() {
            if key.1 > 0 {
                continue;
            }
            let (rows, columns) = (dimension(*rows), dimension(*columns));
            let bound = hypotheses.facts.iter().any(|(l, _, _)| l.symbols().iter().any(|s| s.name == key.0));
            let grid = if bound && rows == ambient && used + columns <= ambient {
                used += columns;
                from_columns(&frame[used - columns..used])
            } else if bound && rows == columns {
                from_columns(&reflection(rows, n + round))
            } else {
                whole_entries(rows, columns, n + 2 * round)
            };
            letters.insert(key.clone(), grid);
        }
        let members = 3.min(ambient);
        point.family = members as u32;
        if let Some(n) = point.values.get_mut(&Symbol::plain("n")) {
            *n = BigRational::from_integer(members.into());
        }
        let size = shapes.of.iter().find(|(k, _)| k.1 > 0).map_or(inner, |(_, (r, _))| dimension(*r));
        Instance { point, kinds, hypotheses, orthonormal, letters, frame, members, round, size }
    }

    /// Whether every hypothesis between matrices holds here.
    fn admits(&self) -> Option<()> {
        self.hypotheses
            .facts
            .iter()
            .all(|(l, relation, r)| {
                let delta = r.symbols().iter().any(|s| s.name == "delta" && s.indices.len() == 2);
                if *relation != Relation::Equal || delta {
                    return true;
                }
                match (self.value(l), self.value(r)) {
                    (Ok(a), Ok(b)) => {
                        matching(&a, &b).is_some_and(|(a, b)| !a.entries.iter().zip(&b.entries).any(|(x, y)| x.differs(y)))
                    }
                    _ => false,
                }
            })
            .then_some(())
    }

    fn difference(&self, left: &Term, right: &Term) -> Option<String> {
        let (a, b) = (self.value(left).ok()?, self.value(right).ok()?);
        let Some((a, b)) = matching(&a, &b) else {
            return Some(format!("left is {} x {}, right is {} x {}", a.rows, a.columns, b.rows, b.columns));
        };
        let k = a.entries.iter().zip(&b.entries).position(|(x, y)| x.differs(y))?;
        let (row, column) = (k / a.columns + 1, k % a.columns + 1);
        let place = if a.entries.len() == 1 { String::new() } else { format!("entry ({row}, {column}): ") };
        Some(format!("{}; {place}left {}, right {}", self.show(), decimal(a.entries[k].to_f64()), decimal(b.entries[k].to_f64())))
    }

    fn show(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        for ((name, _), grid) in &self.letters {
            let rows: Vec<String> = (0..grid.rows)
                .map(|r| {
                    (0..grid.columns).map(|c| decimal(grid.entries[r * grid.columns + c].to_f64())).collect::<Vec<_>>().join(" ")
                })
                .collect();
            parts.push(format!("{name} = [{}]", rows.join("; ")));
        }
        for family in self.orthonormal {
            parts.push(format!("{family} orthonormal in dimension {}", self.frame.len()));
        }
        let scalars = self.point.show();
        if !scalars.is_empty() {
            parts.push(scalars);
        }
        parts.join(", ")
    }

    fn letter(&self, s: &Symbol) -> Result<Grid> {
        if s.indices.is_empty() {
            return self.letters.get(&(s.name.clone(), 0)).cloned().ok_or(Undefined::Domain);
        }
        let [Index::Number(n)] = s.indices[..] else { return Err(Undefined::Domain) };
        let n = n as usize;
        if self.orthonormal.contains(&s.name) {
            let column = self.frame.get(n.wrapping_sub(1)).ok_or(Undefined::Domain)?;
            return Ok(from_columns(std::slice::from_ref(column)));
        }
        let seed = s.name.bytes().map(usize::from).sum::<usize>() + 3 * n + self.round;
        Ok(whole_entries(self.size, 1, seed))
    }

    fn value(&self, t: &Term) -> Result<Grid> {
        self.eval(t, &BTreeMap::new())
    }

    fn eval(&self, t: &Term, bound: &BTreeMap<String, u32>) -> Result<Grid> {
        let words = t.symbols().iter().any(|s| self.kinds.is_vector(s) || self.kinds.is_matrix(s));
        if !words {
            let mut closed = t.clone();
            for (letter, n) in bound.iter().chain(&self.point.letters) {
                closed = closed.with_index(letter, &Index::Number(*n));
            }
            let value = Evaluation::new(&self.point, self.hypotheses, 2 * BALL_BITS).value(&closed)?;
            return Ok(Grid { rows: 1, columns: 1, entries: vec![value] });
        }
        match t {
            Term::Var(s) => {
                let place = |i: &Index| match i {
                    Index::Letter(l) => {
                        bound.get(l).or(self.point.letters.get(l)).map_or_else(|| i.clone(), |n| Index::Number(*n))
                    }
                    Index::Number(_) => i.clone(),
                };
                if s.name == "I" && s.indices.is_empty() {
                    return Ok(Grid { rows: 1, columns: 1, entries: vec![Ball::int(1)] });
                }
                self.letter(&Symbol { name: s.name.clone(), indices: s.indices.iter().map(place).collect() })
            }
            Term::Add(v) => {
                let list = v.iter().map(|x| self.eval(x, bound)).collect::<Result<Vec<_>>>()?;
                sum(list)
            }
            Term::Mul(v) => v.iter().try_fold(Grid { rows: 1, columns: 1, entries: vec![Ball::int(1)] }, |acc, x| {
                product(&acc, &self.eval(x, bound)?)
            }),
            Term::Transpose(a) => {
                let a = self.eval(a, bound)?;
                let entries = (0..a.columns)
                    .flat_map(|c| (0..a.rows).map(move |r| (r, c)))
                    .map(|(r, c)| a.entries[r * a.columns + c].clone())
                    .collect();
                Ok(Grid { rows: a.columns, columns: a.rows, entries })
            }
            Term::Pow(b, e) => self.power(&self.eval(b, bound)?, e),
            Term::Call(f, args) => {
                // A function of scalars: evaluated with the scalars in place.
                let mut inner = Vec::new();
                for a in args {
                    let g = self.eval(a, bound)?;
                    let [x] = &g.entries[..] else { return Err(Undefined::Domain) };
                    inner.push(x.clone());
                }
                Evaluation::new(&self.point, self.hypotheses, 2 * BALL_BITS).function(*f, &inner).map(|x| Grid {
                    rows: 1,
                    columns: 1,
                    entries: vec![x],
                })
            }
            Term::Sum(s) => self.sum(s, bound),
            _ => Err(Undefined::Domain),
        }
    }

    fn sum(&self, s: &Sum, bound: &BTreeMap<String, u32>) -> Result<Grid> {
        let end = |t: &Term| {
            let value = self.eval(t, bound)?;
            let whole = value.entries.first().and_then(Ball::whole).and_then(|n| u32::try_from(n).ok());
            whole.ok_or(Undefined::Domain)
        };
        let from = end(&s.from)?;
        let to = s.to.as_ref().map_or(Ok(self.members as u32), end)?;
        if to.saturating_sub(from) > 100 {
            return Err(Undefined::Budget);
        }
        let skip: Vec<Option<u32>> = s
            .except
            .iter()
            .map(|i| match i {
                Index::Number(n) => Some(*n),
                Index::Letter(l) => bound.get(l).or(self.point.letters.get(l)).copied(),
            })
            .collect();
        let mut list = Vec::new();
        for k in (from..=to).filter(|k| !skip.contains(&Some(*k))) {
            let mut inner = bound.clone();
            inner.insert(s.index.clone(), k);
            list.push(self.eval(&s.body, &inner)?);
        }
        sum(list)
    }

    fn power(&self, base: &Grid, e: &Term) -> Result<Grid> {
        let r = e.rational().ok_or(Undefined::Domain)?;
        if let [x] = &base.entries[..] {
            let value = Evaluation::new(&self.point, self.hypotheses, 2 * BALL_BITS).rational_power(x, &r)?;
            return Ok(Grid { rows: 1, columns: 1, entries: vec![value] });
        }
        let n = u32::try_from(r.to_integer()).ok().filter(|n| r.is_integer() && (1..=8).contains(n)).ok_or(Undefined::Domain)?;
        (1..n).try_fold(base.clone(), |acc, _| product(&acc, base))
    }
}

/// Columns of `I - 2vvᵀ/vᵀv`.
fn reflection(d: usize, round: usize) -> Vec<Vec<BigRational>> {
    let whole = |n: usize| BigRational::from_integer(n.into());
    let v: Vec<BigRational> = (0..d).map(|i| whole(1 + (i * (round + 2) + round) % 3)).collect();
    let square: BigRational = v.iter().map(|x| x * x).sum();
    (0..d)
        .map(|c| {
            (0..d)
                .map(|r| (if r == c { BigRational::one() } else { BigRational::zero() }) - whole(2) * &v[r] * &v[c] / &square)
                .collect()
        })
        .collect()
}

fn from_columns(columns: &[Vec<BigRational>]) -> Grid {
    let rows = columns.first().map_or(0, Vec::len);
    let entries = (0..rows)
        .flat_map(|r| columns.iter().map(move |c| &c[r]))
        .map(|x| Ball::rational(x, 2 * BALL_BITS).unwrap_or_else(|_| Ball::int(0)))
        .collect();
    Grid { rows, columns: columns.len(), entries }
}

fn whole_entries(rows: usize, columns: usize, seed: usize) -> Grid {
    let entries = (0..rows * columns).map(|k| Ball::int(((k * 7 + seed * 5 + k * k * seed) % 9) as i64 - 3)).collect();
    Grid { rows, columns, entries }
}

/// Both grids in one shape: a scalar beside a square stands for a multiple of the identity.
fn matching(a: &Grid, b: &Grid) -> Option<(Grid, Grid)> {
    let spread = |g: &Grid, like: &Grid| {
        let zero = g.entries[0].sign() == Some(0);
        let fits = g.entries.len() == 1 && (like.rows == like.columns || zero);
        fits.then(|| {
            let entries = (0..like.rows * like.columns)
                .map(|k| if k / like.columns == k % like.columns { g.entries[0].clone() } else { Ball::int(0) })
                .collect();
            Grid { rows: like.rows, columns: like.columns, entries }
        })
    };
    if (a.rows, a.columns) == (b.rows, b.columns) {
        return Some((a.clone(), b.clone()));
    }
    match (spread(a, b), spread(b, a)) {
        (Some(a), _) => Some((a, b.clone())),
        (_, Some(b)) => Some((a.clone(), b)),
        _ => None,
    }
}

fn sum(list: Vec<Grid>) -> Result<Grid> {
    let mut list = list.into_iter();
    let first = list.next().unwrap_or(Grid { rows: 1, columns: 1, entries: vec![Ball::int(0)] });
    list.try_fold(first, |acc, x| {
        let (a, b) = matching(&acc, &x).ok_or(Undefined::Domain)?;
        let entries = a.entries.iter().zip(&b.entries).map(|(x, y)| x.plus(y, 2 * BALL_BITS)).collect::<Result<Vec<_>>>()?;
        Ok(Grid { entries, ..a })
    })
}

fn product(a: &Grid, b: &Grid) -> Result<Grid> {
    let bits = 2 * BALL_BITS;
    if let Some((scalar, other)) = if a.entries.len() == 1 {
        Some((a, b))
    } else if b.entries.len() == 1 {
        Some((b, a))
    } else {
        None
    } {
        let entries = other.entries.iter().map(|x| x.times(&scalar.entries[0], bits)).collect::<Result<Vec<_>>>()?;
        return Ok(Grid { entries, ..other.clone() });
    }
    if a.columns != b.rows {
        return Err(Undefined::Domain);
    }
    let mut entries = Vec::with_capacity(a.rows * b.columns);
    for r in 0..a.rows {
        for c in 0..b.columns {
            let entry = (0..a.columns).try_fold(Ball::int(0), |acc, k| {
                acc.plus(&a.entries[r * a.columns + k].times(&b.entries[k * b.columns + c], bits)?, bits)
            });
            entries.push(entry?);
        }
    }
    Ok(Grid { rows: a.rows, columns: b.columns, entries })
}
