//! Readable points at which two terms are compared: small numbers that meet the hypotheses.

use std::cell::RefCell;
use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::hypotheses::{Hypotheses, WHOLE_LETTERS};
use super::print::show_symbol;
use super::term::{Func, Term, show_rational};
use crate::language::{Index, Symbol};

/// Values for the symbols of a term.
#[derive(Debug, Clone)]
pub struct Point {
    /// Values of symbols, in order of name.
    pub values: BTreeMap<Symbol, BigRational>,
    /// Places of the free index letters, counted from 1 and distinct.
    pub letters: BTreeMap<String, u32>,
    /// How many members a family has whose end is not written.
    pub family: u32,
    round: usize,
    members: RefCell<BTreeMap<Symbol, BigRational>>,
}

impl Point {
    /// The value of a symbol, its index letters already numbers.
    pub fn value(&self, s: &Symbol, hypotheses: &Hypotheses) -> BigRational {
        if let Some(v) = self.values.get(s) {
            return v.clone();
        }
        let mut members = self.members.borrow_mut();
        if let Some(v) = members.get(s) {
            return v.clone();
        }
        let place: usize = s.indices.iter().map(|i| if let Index::Number(n) = i { *n as usize } else { 0 }).sum();
        let name: usize = s.name.bytes().map(usize::from).sum();
        let v = choose(&hypotheses.range(&Symbol::plain(&s.name)), hypotheses.is_whole(s), self.round, place + name);
        members.insert(s.clone(), v.clone());
        v
    }

    /// The point as it is shown: `n = 3, β = 1`.
    pub fn show(&self) -> String {
        let members = self.members.borrow();
        let values = self.values.iter().chain(members.iter());
        let mut parts: Vec<String> = values.map(|(s, v)| format!("{} = {}", show_symbol(s), show_rational(v))).collect();
        parts.extend(self.letters.iter().map(|(l, n)| format!("{l} = {n}")));
        parts.dedup();
        parts.join(", ")
    }

    /// The term with every symbol replaced by its value.
    pub fn applied(&self, t: &Term) -> Term {
        self.values
            .iter()
            .fold(t.clone(), |t, (s, v)| if s.indices.is_empty() { t.substitute(&s.name, &Term::Num(v.clone())) } else { t })
    }
}

/// Points that are tried, the most readable first.
pub const POINTS: usize = 24;

/// Points for the terms, in an order that does not depend on the terms' order.
///
/// They are made one at a time: most comparisons need the first few.
pub fn points<'h>(terms: &[&Term], hypotheses: &'h Hypotheses) -> impl Iterator<Item = Point> + use<'h> {
    let mut symbols: Vec<Symbol> = terms.iter().flat_map(|t| t.symbols()).collect();
    for (l, _, r) in &hypotheses.facts {
        symbols.extend(l.symbols().into_iter().chain(r.symbols()));
    }
    let mut letters: Vec<String> = terms.iter().flat_map(|t| t.free_letters()).collect();
    letters.sort();
    letters.dedup();
    symbols.retain(|s| s.indices.is_empty());
    symbols.sort();
    symbols.dedup();
    let whole = whole_symbols(terms, hypotheses, &symbols);
    let rounds = if symbols.is_empty() && letters.is_empty() { 1 } else { POINTS };
    (0..rounds).map(move |round| point(round, &symbols, &letters, &whole, hypotheses))
}

/// The point of one round.
fn point(round: usize, symbols: &[Symbol], letters: &[String], whole: &[Symbol], hypotheses: &Hypotheses) -> Point {
    let family = letters.len().max(2) as u32 + 1 + (round % 3) as u32;
    // The letters move through the family: `(n-1) a_n` is not judged at `n = 1` alone.
    let shift = round as u32 % (family - letters.len() as u32 + 1);
    let place: BTreeMap<String, u32> = letters.iter().zip(1 + shift..).map(|(l, at)| (l.clone(), at)).collect();
    let mut values = BTreeMap::new();
    let mut met = [0usize; 2];
    for s in symbols {
        let is_whole = whole.contains(s);
        let k = met[usize::from(is_whole)];
        met[usize::from(is_whole)] += 1;
        let value = match place.get(&s.name) {
            Some(n) => BigRational::from_integer(BigInt::from(*n)),
            None => {
                let least = BigRational::from_integer(BigInt::from(if is_whole { letters.len() } else { 0 }));
                let range = hypotheses.range(s);
                let value = choose(&range, is_whole, round, k);
                if is_whole && value < least && range.high.is_none() { value + least } else { value }
            }
        };
        values.insert(s.clone(), value);
    }
    Point { values, letters: place, family, round, members: RefCell::default() }
}

/// Symbols that a counterexample gives whole values from 1 on: ends of sums, arguments of
/// factorials, and letters that stand for whole numbers by custom.
pub(super) fn whole_symbols(terms: &[&Term], hypotheses: &Hypotheses, symbols: &[Symbol]) -> Vec<Symbol> {
    let mut whole: Vec<Symbol> =
        symbols.iter().filter(|s| hypotheses.is_whole(s) || WHOLE_LETTERS.contains(&s.name.as_str())).cloned().collect();
    for t in terms {
        t.walk(&mut |t| match t {
            Term::Sum(s) => whole.extend([&s.from].into_iter().chain(&s.to).flat_map(Term::symbols)),
            Term::Call(Func::Factorial | Func::Binomial, v) => whole.extend(v.iter().flat_map(Term::symbols)),
            _ => {}
        });
    }
    whole
}

/// Values of a symbol over the rounds; the `k`-th symbol starts further along.
fn choose(range: &super::hypotheses::Range, whole: bool, round: usize, k: usize) -> BigRational {
    const WHOLE: [i64; 7] = [3, 4, 5, 2, 6, 1, 7];
    const REAL: [[(i64, i64); 4]; 12] = [
        [(1, 1), (2, 1), (3, 1), (5, 1)],
        [(2, 1), (3, 1), (5, 1), (7, 1)],
        [(1, 2), (1, 3), (3, 4), (2, 5)],
        [(3, 1), (1, 1), (2, 1), (1, 2)],
        [(-1, 1), (-2, 1), (-3, 1), (-5, 1)],
        [(-2, 1), (1, 1), (3, 1), (-1, 1)],
        [(1, 1), (-3, 1), (2, 1), (1, 2)],
        [(1, 10), (3, 10), (7, 10), (9, 10)],
        [(10, 1), (7, 1), (4, 1), (3, 1)],
        [(0, 1), (1, 1), (2, 1), (3, 1)],
        [(-1, 2), (-1, 3), (2, 3), (-2, 5)],
        [(7, 3), (5, 2), (11, 5), (13, 7)],
    ];
    let ratio = |(n, d): (i64, i64)| BigRational::new(n.into(), d.into());
    let inside = |x: &BigRational| range.contains(x) && (!whole || x.is_integer() && !x.is_negative());
    let start = if whole {
        // Rounds move each symbol at its own pace, so that differences of two vary too.
        let at = round * (1 + k % 3) + k;
        let mut candidates = (0..WHOLE.len()).map(|j| BigRational::from_integer(WHOLE[(at + j) % WHOLE.len()].into()));
        if let Some(x) = candidates.find(inside) {
            return x;
        }
        BigRational::zero()
    } else {
        let row = REAL[round % REAL.len()];
        let mut start = ratio(row[k % 4]) + BigRational::from_integer(((k / 4) as i64).into());
        if round >= REAL.len() {
            start += ratio((1, 1 + (k + round) as i64));
        }
        if let Some(x) = std::iter::once(start.clone()).chain(row.map(ratio)).find(inside) {
            return x;
        }
        start
    };
    let step =
        if whole { BigRational::from_integer((1 + (round + k) as i64 % 5).into()) } else { start.abs() + ratio((k as i64, 3)) };
    let x = match (&range.low, &range.high) {
        (Some(l), Some(h)) => {
            let share = ratio((1 + ((round * 3 + k) % 7) as i64, 8));
            let x = l + (h - l) * share;
            if whole { x.floor() } else { x }
        }
        (Some(l), None) => (if whole { l.ceil() } else { l.clone() }) + step,
        (None, Some(h)) => (if whole { h.floor() } else { h.clone() }) - step,
        (None, None) => BigRational::one(),
    };
    if inside(&x) { x } else { range.low.clone().or(range.high.clone()).unwrap_or_else(BigRational::one) }
}
