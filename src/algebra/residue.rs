//! One point of one prime field: the residues of terms there.

use std::collections::{BTreeSet, HashMap};

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive};

use super::field::{Field, Stream, factor};
use super::hypotheses::{Hypotheses, Sign};
use super::modular::{Stop, out};
use super::modulus::Modulus;
use super::poly::Poly;
use super::print::show;
use super::term::{Func, Term};
use crate::language::Symbol;

pub(super) type Result<T> = std::result::Result<T, Stop>;

/// What both sides need of a field, found before any is drawn.
#[derive(Debug)]
pub struct Plan {
    /// Common denominator of all numbers that occur, times 12: exponents become whole.
    pub denominator: u64,
    /// Roots of unity of this order exist.
    pub order: u64,
    /// Its prime factors.
    pub order_primes: Vec<u64>,
    /// Symbols become powers with this exponent, so that their roots of these orders exist.
    pub root: u64,
    /// Symbols whose even root or logarithm is taken: at least zero wherever the sides are defined.
    pub positive: BTreeSet<Symbol>,
    /// Whether the sign of the other symbols matters.
    pub signs: bool,
}

/// Largest common denominator: an exponent times it stays small beside the prime.
const DENOMINATOR_MAX: u64 = 1 << 26;

impl Plan {
    /// Looks through the terms. `Err` says what is too large.
    pub fn new(terms: &[&Term], hypotheses: &Hypotheses) -> std::result::Result<Plan, String> {
        let mut denominator = BigInt::from(12);
        let mut root = BigInt::one();
        let mut positive = BTreeSet::new();
        let mut signs = false;
        let mut nodes = 0usize;
        let mut visit = |t: &Term| {
            nodes += 1;
            match t {
                Term::Num(n) => denominator = denominator.lcm(n.denom()),
                Term::Pow(base, e) => {
                    let e = e.rational();
                    if let Some(d) = e.as_ref().map(BigRational::denom) {
                        root = root.lcm(d);
                    }
                    let even = e.as_ref().is_none_or(|e| e.denom().is_even());
                    if even && let Term::Var(s) = &**base {
                        positive.insert(s.clone());
                    }
                    signs |= even;
                }
                Term::Call(Func::Ln, v) => {
                    if let [Term::Var(s)] = &v[..] {
                        positive.insert(s.clone());
                    }
                    signs = true;
                }
                Term::Call(Func::Abs | Func::Max | Func::Min, _) => signs = true,
                _ => {}
            }
        };
        terms.iter().for_each(|t| t.walk(&mut visit));
        if nodes > NODES_MAX {
            return Err(format!("more than {NODES_MAX} parts"));
        }
        let small =
            |n: &BigInt, what: &str| n.to_u64().filter(|n| *n <= DENOMINATOR_MAX).ok_or(format!("the {what} {n} is too large"));
        let root = small(&root, "common order of the roots")?;
        let denominator = small(&denominator, "common denominator").unwrap_or(12).lcm(&root).min(DENOMINATOR_MAX);
        for s in terms.iter().flat_map(|t| t.symbols()) {
            if hypotheses.sign(&Term::Var(s.clone())).at_least_zero() {
                positive.insert(s);
            }
        }
        let order = 240u64.lcm(&(2 * denominator)).lcm(&root);
        let order_primes =
            factor(order).ok_or("the order of the roots of unity is too large")?.into_iter().map(|(q, _)| q).collect();
        Ok(Plan { denominator, order, order_primes, root, positive, signs })
    }
}

/// Largest number of parts of the two terms together.
const NODES_MAX: usize = 20_000;

/// Steps of one evaluation.
const STEPS_MAX: usize = 200_000;

/// A residue with a bound on the degree of the rational function it is a value of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Residue {
    /// The residue.
    pub residue: u64,
    /// Bound on the degree of numerator and denominator in the random choices.
    pub degree: f64,
}

/// What a random residue stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Symbol(Symbol),
    Exponential(Vec<(u32, i64)>),
    Circular(Vec<(u32, i64)>),
    Atom(&'static str, Vec<u64>),
}

/// What a sign or root that has to be chosen belongs to.
pub(super) type BranchKey = (&'static str, Vec<u64>);

/// A generator of the polynomials in exponents.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Generator {
    /// A term that is no sum or product.
    Plain(Term),
    /// `ln` of the term, which is positive.
    Ln(Term),
}

/// One random point: every evaluation there is consistent with every other.
pub struct Sample<'a> {
    pub(super) field: Field,
    pub(super) stream: Stream,
    pub(super) hypotheses: &'a Hypotheses,
    pub(super) plan: &'a Plan,
    pub(super) zeta: u64,
    pub(super) values: HashMap<Key, u64>,
    pub(super) generators: Vec<(Generator, u64)>,
    pub(super) branch_keys: Vec<BranchKey>,
    /// How many choices each branch has, in the order met.
    pub branches: Vec<u32>,
    /// Which choice is taken at each.
    pub choices: Vec<u32>,
    steps: usize,
    pub(super) depth: usize,
}

impl<'a> Sample<'a> {
    /// A point of a field, with the first branches chosen.
    pub fn new(modulus: Modulus, hypotheses: &'a Hypotheses, plan: &'a Plan, choices: Vec<u32>) -> Self {
        Sample {
            field: modulus.field,
            stream: Stream(modulus.seed),
            hypotheses,
            plan,
            zeta: modulus.zeta,
            values: HashMap::new(),
            generators: Vec::new(),
            branch_keys: Vec::new(),
            branches: Vec::new(),
            choices,
            steps: 0,
            depth: 0,
        }
    }

    /// What the choices of roots and signs multiply the degree by (the norm over all of them).
    pub fn degree_factor(&self) -> f64 {
        self.branches.iter().map(|b| f64::from(*b)).product()
    }

    /// The residue of a term.
    pub fn value(&mut self, t: &Term) -> Result<Residue> {
        self.steps += 1;
        if self.steps > STEPS_MAX {
            return out("the budget of steps is spent");
        }
        match t {
            Term::Num(n) => self.number(n),
            Term::Pi => Ok(self.random(Key::Atom("π", vec![]))),
            Term::Infinity => out("∞ is no number"),
            Term::Var(s) => self.symbol(s),
            Term::Add(v) => self.fold(v, 0, Field::add),
            Term::Mul(v) => self.fold(v, 1, Field::mul),
            Term::Pow(base, e) => self.power(base, e),
            Term::Call(f, args) => self.call(*f, args),
            Term::Transpose(a) => self.value(a),
            Term::Sum(s) => self.sum(s),
        }
    }

    fn fold(&mut self, list: &[Term], start: u64, join: fn(Field, u64, u64) -> u64) -> Result<Residue> {
        let mut out = Residue { residue: start, degree: 0.0 };
        for t in list {
            let next = self.value(t)?;
            out = Residue { residue: join(self.field, out.residue, next.residue), degree: out.degree + next.degree };
        }
        Ok(out)
    }

    pub(super) fn number(&mut self, n: &BigRational) -> Result<Residue> {
        let p = BigInt::from(self.field.p);
        let residue = |x: &BigInt| x.mod_floor(&p).to_u64().unwrap_or(0);
        let under = self.field.inv(residue(n.denom())).ok_or(Stop::Redraw)?;
        Ok(Residue { residue: self.field.mul(residue(n.numer()), under), degree: 0.0 })
    }

    /// A random residue for the key, the same every time.
    pub(super) fn random(&mut self, key: Key) -> Residue {
        let (stream, p) = (&mut self.stream, self.field.p);
        let residue = *self.values.entry(key).or_insert_with(|| stream.unit(p));
        Residue { residue, degree: 1.0 }
    }

    /// Which of `size` choices is taken for the key.
    pub(super) fn branch(&mut self, key: BranchKey, size: u32) -> u32 {
        let at = self.branch_keys.iter().position(|k| *k == key).unwrap_or_else(|| {
            self.branch_keys.push(key);
            self.branches.push(size);
            self.branch_keys.len() - 1
        });
        if self.choices.len() <= at {
            self.choices.resize(at + 1, 0);
        }
        self.choices[at]
    }

    /// A symbol is the power `s^r` of a random `s`, so that its roots exist; where its sign
    /// matters and is not known, both signs are tried.
    fn symbol(&mut self, s: &Symbol) -> Result<Residue> {
        let size = self.symbol_root(s, 1)?;
        if self.plan.positive.contains(s) || !self.plan.signs {
            return Ok(size);
        }
        Ok(if self.symbol_sign(s) == 1 { Residue { residue: self.field.neg(size.residue), ..size } } else { size })
    }

    /// 1 where the symbol is taken to be negative.
    pub(super) fn symbol_sign(&mut self, s: &Symbol) -> u32 {
        if self.plan.positive.contains(s) {
            return 0;
        }
        let id = self.random(Key::Symbol(s.clone())).residue;
        self.branch(("sign", vec![id]), 2)
    }

    /// The root of order `b` of the symbol's absolute value.
    pub(super) fn symbol_root(&mut self, s: &Symbol, b: u64) -> Result<Residue> {
        if !self.plan.root.is_multiple_of(b) {
            return out(format!("a root of order {b}"));
        }
        let base = self.random(Key::Symbol(s.clone()));
        let e = self.plan.root / b;
        Ok(Residue { residue: self.field.pow(base.residue, e), degree: e as f64 })
    }

    pub(super) fn sign(&self, t: &Term) -> Sign {
        if let Term::Var(s) = t
            && self.plan.positive.contains(s)
        {
            return Sign::NonNegative;
        }
        let known = self.hypotheses.sign(t);
        match t {
            Term::Mul(v) if known == Sign::Unknown && v.iter().all(|f| self.sign(f).at_least_zero()) => Sign::NonNegative,
            Term::Add(v) if known == Sign::Unknown && v.iter().all(|f| self.sign(f).at_least_zero()) => Sign::NonNegative,
            Term::Pow(b, e) if known == Sign::Unknown && self.sign(b).at_least_zero() && e.rational().is_some() => {
                Sign::NonNegative
            }
            _ => known,
        }
    }

    /// `x^e` for a whole `e`.
    pub(super) fn whole_power(&mut self, x: Residue, e: &BigInt) -> Result<Residue> {
        let Some(e) = e.to_i64().filter(|e| e.unsigned_abs() <= 1 << 40) else {
            return out("an exponent is too large");
        };
        if x.residue == 0 && e <= 0 {
            return Err(Stop::Zero);
        }
        let residue = self.field.pow_signed(x.residue, e).ok_or(Stop::Zero)?;
        Ok(Residue { residue, degree: x.degree * e.unsigned_abs() as f64 })
    }

    fn power(&mut self, base: &Term, exponent: &Term) -> Result<Residue> {
        if let Some(e) = exponent.rational().or_else(|| self.constant(exponent)) {
            if e.is_integer() {
                let x = self.value(base)?;
                return self.whole_power(x, e.numer());
            }
            let root = self.root(base, e.denom().to_u64().unwrap_or(u64::MAX))?;
            return self.whole_power(root, e.numer());
        }
        if let Term::Num(n) = base
            && n.is_negative()
        {
            let size = Term::Num(n.abs()).pow(exponent.clone());
            let (sign, size) = (self.parity(exponent)?, self.value(&size)?);
            let residue = if sign == 1 { self.field.neg(size.residue) } else { size.residue };
            return Ok(Residue { residue, degree: size.degree + 1.0 });
        }
        // `(a^b)^c` is `a^{bc}` where `a` is at least zero, or `c` whole.
        let whole = matches!(exponent, Term::Var(s) if self.hypotheses.is_whole(s));
        if let Term::Pow(inner, e) = base
            && !whole
            && e.rational().is_none()
            && !self.hypotheses.sign(inner).at_least_zero()
        {
            return out("the sign under a power of a power");
        }
        let logarithm = self.logarithm(base)?;
        let exponent = self.poly(exponent)?;
        let product = exponent.times(&logarithm).ok_or(Stop::Out("an exponent has too many terms".into()))?;
        self.exponential(&product)
    }

    /// The value of an exponent that turns out to be a number, such as `n - n + 2`.
    fn constant(&mut self, t: &Term) -> Option<BigRational> {
        self.poly(t).ok()?.as_constant()
    }

    /// 1 where the whole number `t` is taken to be odd.
    pub(super) fn parity(&mut self, t: &Term) -> Result<u32> {
        let p = self.poly(t)?;
        let mut odd = 0;
        for (m, c) in &p.terms {
            let whole = |g: &u32| match &self.generators[*g as usize].0 {
                Generator::Plain(Term::Var(s)) => self.hypotheses.is_whole(s),
                _ => false,
            };
            if !c.is_integer() || !m.iter().all(|(g, k)| *k > 0 && whole(g)) {
                return out(format!("whether {} is even", show(t)));
            }
            if c.numer().is_even() {
                continue;
            }
            // Powers of a whole number have its parity; a product is odd where all factors are.
            let mut product = 1;
            for (g, _) in m {
                product &= self.branch(("parity", vec![u64::from(*g)]), 2);
            }
            odd ^= product;
        }
        Ok(odd)
    }

    fn call(&mut self, f: Func, args: &[Term]) -> Result<Residue> {
        match (f, args) {
            (Func::Exp, [x]) => {
                let p = self.poly(x)?;
                self.exponential(&p)
            }
            (Func::Ln, [x]) => {
                let p = self.logarithm(x)?;
                self.poly_value(&p)
            }
            (Func::Sin | Func::Cos | Func::Tan, [x]) => self.circular(f, x),
            (Func::Sinh | Func::Cosh | Func::Tanh, [x]) => self.hyperbolic(f, x),
            (Func::Asin | Func::Acos | Func::Atan, [x]) => self.inverse_circular(f, x),
            (Func::Erf, [x]) => {
                let argument = self.value(x)?;
                Ok(self.odd_atom(f.name(), argument))
            }
            (Func::Abs, [x]) => self.absolute(x),
            (Func::Max | Func::Min, [first, rest @ ..]) => self.extreme(f, first, rest),
            (Func::Factorial, [x]) => self.factorial(x),
            (Func::Binomial, [n, k]) => self.binomial(n, k),
            (Func::Floor | Func::Ceil, [x]) => match x.rational() {
                Some(r) => self.number(&if f == Func::Floor { r.floor() } else { r.ceil() }),
                None => self.atom(f.name(), args),
            },
            _ => out(format!("{} of {} arguments", f.name(), args.len())),
        }
    }

    /// A random residue for a function of these arguments: the same for equal arguments.
    pub(super) fn atom(&mut self, name: &'static str, args: &[Term]) -> Result<Residue> {
        let mut key = Vec::with_capacity(args.len());
        let mut degree = 1.0;
        for a in args {
            let v = self.value(a)?;
            key.push(v.residue);
            degree += v.degree;
        }
        let value = self.random(Key::Atom(name, key));
        Ok(Residue { degree, ..value })
    }

    /// A term as a polynomial in generators.
    pub(super) fn poly(&mut self, t: &Term) -> Result<Poly> {
        let expanded = match t {
            Term::Num(n) => Some(Poly::constant(n.clone())),
            Term::Add(v) => {
                let mut sum = Poly::default();
                for x in v {
                    let p = self.poly(x)?;
                    sum = sum.plus(&p);
                }
                Some(sum)
            }
            Term::Mul(v) => {
                let mut product = Some(Poly::constant(BigRational::one()));
                for x in v {
                    let p = self.poly(x)?;
                    product = product.and_then(|acc| acc.times(&p));
                }
                product
            }
            Term::Pow(b, e) => match e.rational().filter(BigRational::is_integer).and_then(|e| e.to_i64()) {
                Some(e) => self.poly(b)?.power(e),
                None => None,
            },
            Term::Call(Func::Ln, v) if v.len() == 1 => Some(self.logarithm(&v[0])?),
            _ => None,
        };
        match expanded {
            Some(p) => Ok(p),
            None => {
                let residue = self.value(t)?.residue;
                Ok(Poly::generator(self.generator(Generator::Plain(t.clone()), residue)))
            }
        }
    }

    /// The number of a generator; two are the same where kind and residue are.
    pub(super) fn generator(&mut self, g: Generator, residue: u64) -> u32 {
        let ln = |g: &Generator| matches!(g, Generator::Ln(_));
        let at = self.generators.iter().position(|(h, r)| *r == residue && ln(h) == ln(&g));
        at.unwrap_or_else(|| {
            self.generators.push((g, residue));
            self.generators.len() - 1
        }) as u32
    }

    fn poly_value(&mut self, p: &Poly) -> Result<Residue> {
        let mut sum = Residue { residue: 0, degree: 1.0 };
        for (m, c) in &p.terms {
            let mut term = self.number(c)?.residue;
            for (g, k) in m {
                let (kind, residue) = self.generators[*g as usize].clone();
                let value = match kind {
                    Generator::Plain(_) => residue,
                    Generator::Ln(_) => self.random(Key::Atom("ln", vec![residue])).residue,
                };
                let power = self.field.pow_signed(value, *k).ok_or(Stop::Zero)?;
                term = self.field.mul(term, power);
                sum.degree += k.unsigned_abs() as f64;
            }
            sum.residue = self.field.add(sum.residue, term);
        }
        Ok(sum)
    }

    /// `1/2`
    pub(super) fn half(&self) -> u64 {
        self.field.p.div_ceil(2)
    }

    pub(super) fn zero(&self) -> Residue {
        Residue { residue: 0, degree: 0.0 }
    }
}
