//! Growth orders in several variables under regimes, decided exactly.
//!
//! Along a path `x_i = e^{y_i t} t^{w_i}` with `t` to infinity a size `prod x_i^{a_i} (ln x_i)^{c_i}`
//! grows like `e^{(a·y) t} t^{a·w + sum of c_i over y_i > 0}`. `f` is `O(g)` unless along some
//! path that the regimes allow a term of `f` outgrows every term of `g`; with `y` and `w` compared
//! one after the other that is a linear programme for each set of variables that grow
//! exponentially and each set of ties, solved exactly.

use std::collections::{BTreeMap, BTreeSet};

use num_rational::BigRational;
use num_traits::{One, Zero};

use super::cone::{Inequality, solve};
use super::print::show;
use super::size::{Size, sizes};
use super::term::{Term, show_rational};
use crate::language::{Order, Relation};

/// Relations between the variables' growth.
#[derive(Debug, Clone, Default)]
pub struct Regimes {
    /// `left <= right` up to a constant factor; strict where the quotient grows without bound.
    relations: Vec<(Size, Size, bool)>,
    /// Variables that do not grow.
    constant: BTreeSet<String>,
}

impl Regimes {
    /// Adds `m <= l`, `l >> d`, or `h = 8` (a constant).
    ///
    /// # Errors
    ///
    /// A side that is no single product.
    pub fn suppose(&mut self, left: &Term, relation: Relation, right: &Term) -> Result<(), String> {
        let single = |t: &Term| {
            let (list, _) = sizes(t)?;
            match &list[..] {
                [one] => Ok(one.clone()),
                _ => Err(format!("{} is no single product", show(t))),
            }
        };
        let (l, r) = (single(left)?, single(right)?);
        match relation {
            Relation::LessEqual | Relation::Less => self.relations.push((l, r, false)),
            Relation::GreaterEqual | Relation::Greater => self.relations.push((r, l, false)),
            Relation::MuchLess => self.relations.push((l, r, true)),
            Relation::MuchGreater => self.relations.push((r, l, true)),
            Relation::Equal if r == Size::default() => self.constant.extend(l.powers.into_keys()),
            Relation::Equal => {
                self.relations.push((l.clone(), r.clone(), false));
                self.relations.push((r, l, false));
            }
            _ => return Err("a regime is given by <=, <<, >=, >> or =".into()),
        }
        Ok(())
    }
}

/// A path along which a size outgrows others.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// The size that outgrows.
    pub size: Size,
    /// Rates `y` of the exponentials and `w` of the powers of `t`, by variable.
    pub rates: BTreeMap<String, (BigRational, BigRational)>,
}

impl Path {
    /// The path in words: `l = t^2, m = t`, or with logarithms of `t`.
    pub fn show(&self) -> String {
        let power =
            |base: &str, e: &BigRational| if e.is_one() { base.to_string() } else { format!("{base}^{}", show_rational(e)) };
        let parts: Vec<String> = self
            .rates
            .iter()
            .map(|(n, (y, w))| match (y.is_zero(), w.is_zero()) {
                (true, true) => format!("{n} fixed"),
                (false, true) => format!("{n} = {}", power("t", y)),
                (true, false) => format!("{n} = {}", power("log(t)", w)),
                (false, false) => format!("{n} = {} {}", power("t", y), power("log(t)", w)),
            })
            .collect();
        parts.join(", ")
    }
}

/// Most cases (sets of growing variables and ties) that are solved.
const CASES_MAX: usize = 1 << 15;

/// A path allowed by the regimes along which some size of `f` outgrows every size of `g`
/// (`strict`), or keeps up with them all (not `strict`, with some variable growing).
///
/// # Errors
///
/// Where there are too many cases.
pub fn outgrown(f: &[Size], g: &[Size], regimes: &Regimes, strict: bool) -> Result<Option<Path>, String> {
    let mut names: BTreeSet<&String> = f.iter().chain(g).flat_map(|s| s.powers.keys().chain(s.logs.keys())).collect();
    names.extend(regimes.relations.iter().flat_map(|(l, r, _)| l.powers.keys().chain(r.powers.keys())));
    let names: Vec<&String> = names.into_iter().collect();
    if names.len() > 8 || g.len() + regimes.relations.len() > 12 {
        return Err("too many variables or terms".into());
    }
    let g = &maximal(g);
    let cases = (1usize << names.len()) << (g.len() + regimes.relations.len());
    if cases > CASES_MAX {
        return Err("too many variables or terms".into());
    }
    for a in f {
        for growing in (0..1usize << names.len()).rev() {
            for ties in 0..1usize << (g.len() + regimes.relations.len()) {
                let case = Case { a, g, regimes, names: &names, growing, ties, strict };
                if let Some(rates) = case.solve()? {
                    let rates = names.iter().zip(rates).map(|(n, r)| ((*n).clone(), r)).collect();
                    return Ok(Some(Path { size: a.clone(), rates }));
                }
            }
        }
    }
    Ok(None)
}

/// Sizes without those that divide another and so never exceed it.
fn maximal(list: &[Size]) -> Vec<Size> {
    let divides = |a: &Size, b: &Size| {
        let below = |x: &BTreeMap<String, BigRational>, y: &BTreeMap<String, BigRational>| {
            let zero = BigRational::zero();
            x.keys().chain(y.keys()).all(|n| x.get(n).unwrap_or(&zero) <= y.get(n).unwrap_or(&zero))
        };
        a != b && below(&a.powers, &b.powers) && below(&a.logs, &b.logs)
    };
    list.iter().filter(|a| !list.iter().any(|b| divides(a, b))).cloned().collect()
}

struct Case<'a> {
    a: &'a Size,
    g: &'a [Size],
    regimes: &'a Regimes,
    names: &'a [&'a String],
    /// Variables with `y > 0`, as bits.
    growing: usize,
    /// Sizes and regimes that tie in `y`, as bits.
    ties: usize,
    strict: bool,
}

impl Case<'_> {
    fn powers(&self, high: &Size, low: &Size) -> Vec<BigRational> {
        let zero = BigRational::zero();
        self.names.iter().map(|n| high.powers.get(*n).unwrap_or(&zero) - low.powers.get(*n).unwrap_or(&zero)).collect()
    }

    /// Difference of the powers of logarithms of growing variables.
    fn logs(&self, high: &Size, low: &Size) -> BigRational {
        let zero = BigRational::zero();
        let each = self.names.iter().enumerate().filter(|(i, _)| self.growing >> i & 1 == 1);
        each.map(|(_, n)| high.logs.get(*n).unwrap_or(&zero) - low.logs.get(*n).unwrap_or(&zero)).sum()
    }

    fn tied(&self, k: usize) -> bool {
        self.ties >> k & 1 == 1
    }

    /// Rates `(y, w)` of a path in this case.
    fn solve(&self) -> Result<Option<Vec<(BigRational, BigRational)>>, String> {
        let Some(y) = solve(&self.first(), self.names.len())? else { return Ok(None) };
        let Some(w) = solve(&self.second(), self.names.len())? else { return Ok(None) };
        if !self.strict && self.growing == 0 {
            return Ok(None);
        }
        Ok(Some(y.into_iter().zip(w).collect()))
    }

    fn unit(&self, i: usize) -> Vec<BigRational> {
        (0..self.names.len()).map(|j| if i == j { BigRational::one() } else { BigRational::zero() }).collect()
    }

    fn equal(row: Vec<BigRational>) -> [Inequality; 2] {
        let minus = row.iter().map(|c| -c).collect();
        [Inequality::at_least(row, BigRational::zero()), Inequality::at_least(minus, BigRational::zero())]
    }

    fn above(row: Vec<BigRational>) -> Inequality {
        Inequality { strict: true, ..Inequality::at_least(row, BigRational::zero()) }
    }

    /// Conditions on the rates of the exponentials.
    fn first(&self) -> Vec<Inequality> {
        let mut system = Vec::new();
        for i in 0..self.names.len() {
            if self.growing >> i & 1 == 1 {
                system.push(Inequality::at_least(self.unit(i), -BigRational::one()));
            } else {
                system.extend(Self::equal(self.unit(i)));
            }
            if self.regimes.constant.contains(self.names[i]) {
                system.extend(Self::equal(self.unit(i)));
            }
        }
        for (k, b) in self.g.iter().enumerate() {
            let row = self.powers(self.a, b);
            if self.tied(k) { system.extend(Self::equal(row)) } else { system.push(Self::above(row)) }
        }
        for (k, (low, high, _)) in self.regimes.relations.iter().enumerate() {
            let row = self.powers(high, low);
            if self.tied(self.g.len() + k) { system.extend(Self::equal(row)) } else { system.push(Self::above(row)) }
        }
        system
    }

    /// Conditions on the rates of the powers of `t`, for what ties.
    fn second(&self) -> Vec<Inequality> {
        let mut system = Vec::new();
        for i in 0..self.names.len() {
            if self.regimes.constant.contains(self.names[i]) {
                system.extend(Self::equal(self.unit(i)));
            } else if self.growing >> i & 1 == 0 {
                system.push(Inequality::at_least(self.unit(i), BigRational::zero()));
            }
        }
        for (k, b) in self.g.iter().enumerate() {
            if self.tied(k) {
                let constant = self.logs(self.a, b);
                system.push(Inequality { strict: self.strict, ..Inequality::at_least(self.powers(self.a, b), constant) });
            }
        }
        for (k, (low, high, much)) in self.regimes.relations.iter().enumerate() {
            if self.tied(self.g.len() + k) {
                let constant = self.logs(high, low);
                system.push(Inequality { strict: *much, ..Inequality::at_least(self.powers(high, low), constant) });
            }
        }
        system
    }
}

/// How a claimed order compares with a truth.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Whether the claim is true.
    pub holds: bool,
    /// A path along which the truth outgrows the claim.
    pub exceeds: Option<Path>,
    /// A path along which the claim outgrows the truth: the claim is not tight there.
    pub loose: Option<Path>,
    /// Terms of the claim that others of it always outgrow.
    pub lower_order: Vec<String>,
    /// Whether constant factors were written.
    pub constants: bool,
    /// Variables of the truth's exceeding term that the claim does not have to that power.
    pub missing: Vec<String>,
}

impl Comparison {
    /// 1 for a tight claim; 0.75 with lower-order terms or constant factors; 0.5 where true but
    /// loose; 0 where false.
    pub fn score(&self) -> f64 {
        match (self.holds, self.loose.is_some(), self.constants || !self.lower_order.is_empty()) {
            (false, ..) => 0.0,
            (true, true, _) => 0.5,
            (true, false, true) => 0.75,
            (true, false, false) => 1.0,
        }
    }
}

/// Compares `order(claim)` with a quantity of the size `truth`.
///
/// # Errors
///
/// A part that is no size, or too many cases.
pub fn compare(order: Order, claim: &Term, truth: &Term, regimes: &Regimes) -> Result<Comparison, String> {
    let ((g, constants), (f, _)) = (sizes(claim)?, sizes(truth)?);
    let exceeds = outgrown(&f, &g, regimes, true)?;
    let below = outgrown(&g, &f, regimes, true)?;
    let holds = match order {
        Order::Big => exceeds.is_none(),
        Order::Theta => exceeds.is_none() && below.is_none(),
        Order::Omega => below.is_none(),
        Order::Little => exceeds.is_none() && outgrown(&f, &g, regimes, false)?.is_none(),
    };
    let mut lower_order = Vec::new();
    for (k, s) in g.iter().enumerate() {
        let others: Vec<Size> = g.iter().enumerate().filter(|(j, _)| *j != k).map(|(_, s)| s.clone()).collect();
        if !others.is_empty() && outgrown(std::slice::from_ref(s), &others, regimes, true)?.is_none() {
            lower_order.push(s.show());
        }
    }
    let zero = BigRational::zero();
    let missing = exceeds.as_ref().map_or_else(Vec::new, |p| {
        let lacks = |n: &&String| g.iter().all(|s| s.powers.get(*n).unwrap_or(&zero) < p.size.powers.get(*n).unwrap_or(&zero));
        p.size.powers.keys().filter(lacks).cloned().collect()
    });
    let loose = match order {
        Order::Big | Order::Theta => below,
        Order::Omega => exceeds.clone(),
        Order::Little => None,
    };
    Ok(Comparison { holds, exceeds, loose, lower_order, constants, missing })
}

#[cfg(test)]
mod tests {
    use super::super::surface::{Answer, parse_answer, parse_relations, parse_term};
    use super::*;

    fn judge(claim: &str, truth: &str, given: &str) -> Comparison {
        let mut regimes = Regimes::default();
        for (l, r, m) in parse_relations(given).expect(given) {
            regimes.suppose(&l, r, &m).expect(given);
        }
        let Answer::Order(order, g) = parse_answer(claim).expect(claim).answer else { panic!("{claim}") };
        compare(order, &g, &parse_term(truth).expect(truth), &regimes).expect(claim)
    }

    #[test]
    fn orders_hold_or_not_under_their_regimes() {
        for (claim, truth, given, holds) in [
            ("O(d m + L m^2)", "l m + L m^2", "m <= l", false),
            ("O(l m + L m^2)", "l m + L m^2", "m <= l", true),
            ("O(l m)", "m^2", "m <= l", true),
            ("O(l m)", "m^2", "", false),
            ("O(n \\log n)", "n", "", true),
            ("O(n)", "n \\log n", "", false),
            ("O(n^{1.01})", "n \\log(n)^5", "", true),
            ("o(n^2)", "n \\log n", "", true),
            ("o(n)", "n", "", false),
            ("o(l d)", "d^2", "l >> d", true),
            ("o(l d)", "d^2", "l >= d", false),
            ("\\Theta(l^2 d + l d^2)", "24 l d^2 + 4 l^2 d", "", true),
            ("\\Theta(l^2 d)", "24 l d^2 + 4 l^2 d", "l >= d", true),
            ("\\Theta(l^2 d)", "24 l d^2 + 4 l^2 d", "", false),
            ("\\Omega(l)", "l m", "", true),
            ("\\Omega(l^2)", "l m", "", false),
            ("O(l)", "l h", "h = 8", true),
            ("O(\\sqrt{n m})", "n + m", "", false),
            ("O(n+m)", "\\sqrt{n m}", "", true),
            ("O(m \\log l)", "m \\log m", "m <= l", true),
            ("O(n^2 - n)", "n^2", "", true),
        ] {
            let found = judge(claim, truth, given);
            assert_eq!(found.holds, holds, "{claim} of {truth} with {given}: {found:?}");
        }
    }

    #[test]
    fn what_is_loose_or_superfluous_or_missing_is_named() {
        let c = judge("O(l^2)", "l", "");
        assert!(c.holds && c.loose.is_some() && c.score() == 0.5);
        let c = judge("O(3 n^2 + n)", "n^2", "");
        assert_eq!((c.lower_order, c.constants), (vec!["n".to_string()], true));
        let c = judge("O(d m)", "l m d + l d^2", "");
        assert_eq!(c.missing, ["l"]);
        assert!(c.exceeds.is_some_and(|p| p.show().contains("l = t")));
    }
}
