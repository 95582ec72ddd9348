//! From a world, queries as typed and settings to a model that can be sampled.

use std::collections::BTreeMap;

use miette::Diagnostic;
use thiserror::Error;

use crate::language::{Expr, Index, Relation, Symbol, parse_statement, parse_text};
use crate::montecarlo::{Direction, Given, KeyLaw, Model};
use crate::world::{Law, World};

/// What the words on the command line cannot mean.
#[derive(Debug, Error, Diagnostic)]
#[error("{0}")]
#[diagnostic(code(attest::design))]
pub struct DesignError(String);

fn fail<T>(reason: impl Into<String>) -> Result<T, DesignError> {
    Err(DesignError(reason.into()))
}

/// Numbers for a world's scalars and dimensions.
pub type Settings = BTreeMap<String, f64>;

/// Reads `beta=10,n=10,alpha=1e-4` over the given defaults; `inf` is infinity.
pub fn settings(text: &str, mut defaults: Settings) -> Result<Settings, DesignError> {
    for part in text.split(',').map(str::trim).filter(|p| !p.is_empty()) {
        let Some((name, value)) = part.split_once('=') else { return fail(format!("`{part}` is not name=value")) };
        let name = match name.trim() {
            "β" => "beta",
            "α" => "alpha",
            other => other,
        };
        let value = match value.trim() {
            "inf" | "infinity" | "∞" => f64::INFINITY,
            text => text.parse::<f64>().map_err(|_| DesignError(format!("`{text}` is not a number")))?,
        };
        if value.is_nan() {
            return fail(format!("{name} is not a number"));
        }
        defaults.insert(name.to_string(), value);
    }
    Ok(defaults)
}

/// A value of an expression over the means, with `β` replaced by a number.
#[derive(Debug, Clone)]
enum Value {
    Scalar(f64),
    Vector(Direction),
    /// A transposed vector.
    Row(Direction),
    /// `isotropic I + Σ coefficient u u^T`.
    Quadratic(f64, Vec<(f64, Direction)>),
}

/// A world with numbers in place of its scalars.
pub struct Design<'a> {
    world: &'a World,
    settings: Settings,
    /// Name of the random family, its mean family, and how many members there are.
    keys: String,
    means: String,
    count: usize,
    dimension: usize,
    /// Fillings of the slots, in the order of the heads.
    queries: Vec<(Symbol, Expr)>,
}

impl<'a> Design<'a> {
    /// Reads the queries (`β(μ_a + μ_b)`); without any, the world's own references are taken.
    pub fn new(world: &'a World, settings: Settings, queries: &[String]) -> Result<Design<'a>, DesignError> {
        let random = world
            .families
            .iter()
            .find_map(|(name, f)| if let Law::Gaussian { mean, .. } = &f.law { Some((name, f, mean)) } else { None });
        let Some((keys, family, mean)) = random else {
            return fail(format!("question {} has no random keys to sample", world.id));
        };
        let Expr::Symbol(Symbol { name: means, .. }) = mean.as_ref() else {
            return fail("the keys' means are no family of vectors");
        };
        let size = |name: &String| match settings.get(name) {
            Some(x) if *x >= 1.0 && *x <= 1e6 && x.fract() == 0.0 => Ok(*x as usize),
            Some(x) => fail(format!("{name} = {x} is not a whole number from 1 to a million")),
            None => fail(format!("{name} is not set")),
        };
        let (count, dimension) = (size(&family.count)?, size(&family.dimension)?);
        if count < world.letters.len() {
            return fail(format!("{} = {count} leaves no room for {}", family.count, world.letters.join(", ")));
        }
        let queries = if queries.is_empty() {
            Ok(world.slots.iter().map(|s| (s.symbol.clone(), s.reference.clone())).collect())
        } else {
            read(world, queries)
        }?;
        if queries.is_empty() {
            return fail(format!("question {} names no query: give one with --query", world.id));
        }
        Ok(Design { world, settings, keys: keys.clone(), means: means.clone(), count, dimension, queries })
    }

    /// Number of heads.
    pub fn heads(&self) -> usize {
        self.queries.len()
    }

    /// The model, under conditions like `k_a^T q_1 >= 0`.
    pub fn model(&self, given: &[String]) -> Result<Model, DesignError> {
        let beta = self.settings.get("beta").copied().unwrap_or(1.0);
        let scaled: Vec<(Direction, bool)> = self.queries.iter().map(|(_, e)| self.direction(e)).collect::<Result<_, _>>()?;
        // Where every query is a multiple of β, β stays apart, so that it may be infinite.
        let apart = scaled.iter().all(|(_, multiple)| *multiple);
        if !apart && beta.is_infinite() {
            return fail("at beta = inf every query must be a multiple of beta");
        }
        let at = |(direction, multiple): (Direction, bool)| if multiple && !apart { scale(&direction, beta) } else { direction };
        let queries = scaled.into_iter().map(at).collect();
        let keys = (0..self.count).map(|i| self.key(i)).collect::<Result<_, _>>()?;
        let mut model =
            Model::new(self.dimension, keys, queries, if apart { beta } else { 1.0 }).map_err(|e| DesignError(e.to_string()))?;
        for text in given {
            model = model.given(self.condition(text, beta)?).map_err(|e| DesignError(e.to_string()))?;
        }
        Ok(model)
    }

    fn key(&self, i: usize) -> Result<KeyLaw, DesignError> {
        let Some(Law::Gaussian { covariance, .. }) = self.world.families.get(&self.keys).map(|f| &f.law) else {
            return fail("no random keys");
        };
        let expr = self.world.letters.get(i).and_then(|l| covariance.except.get(l)).unwrap_or(&covariance.general);
        let beta = self.settings.get("beta").copied().filter(|b| b.is_finite()).unwrap_or(1.0);
        let (isotropic, parts) = match self.eval(expr, beta, Some(i))? {
            Value::Quadratic(isotropic, parts) => (isotropic, parts),
            Value::Scalar(0.0) => (0.0, vec![]),
            _ => return fail("a covariance is not a multiple of I plus multiples of u u^T"),
        };
        if parts.iter().any(|(c, _)| *c < 0.0) {
            return fail("a covariance has a negative part");
        }
        Ok(KeyLaw { isotropic, spikes: parts.into_iter().filter(|(c, _)| *c > 0.0).map(|(c, u)| scale(&u, c.sqrt())).collect() })
    }

    /// A vector over the means: itself, or per unit of `β` where it is a multiple of `β` (then `true`).
    fn direction(&self, expr: &Expr) -> Result<(Direction, bool), DesignError> {
        let at = |beta| match self.eval(expr, beta, None)? {
            Value::Vector(v) => Ok(v),
            _ => fail("a query is not a sum of multiples of the means"),
        };
        let (one, two) = (at(1.0)?, at(2.0)?);
        if one.len() == two.len() && one.iter().zip(&two).all(|((i, x), (j, y))| i == j && *y == 2.0 * x) {
            return Ok((one, true));
        }
        if one == two {
            return Ok((one, false));
        }
        let beta = self.settings.get("beta").copied().unwrap_or(1.0);
        if beta.is_infinite() { fail("at beta = inf every query must be a multiple of beta") } else { Ok((at(beta)?, false)) }
    }

    /// `k_a^T q_1 >= 0`, its sides in either order.
    fn condition(&self, text: &str, beta: f64) -> Result<Given, DesignError> {
        let shape = || DesignError(format!("`{text}` is not like `{}_a^T q >= 0`", self.keys));
        let chain = parse_statement(text, &self.world.lexicon).map_err(|e| DesignError(e.to_string()))?;
        let ([left, right], [relation]) = (chain.operands.as_slice(), chain.relations.as_slice()) else { return Err(shape()) };
        let (product, bound, sign) = match (relation, self.mentions_key(&left.expr)) {
            (Relation::GreaterEqual | Relation::Greater, true) => (&left.expr, &right.expr, 1.0),
            (Relation::LessEqual | Relation::Less, true) => (&left.expr, &right.expr, -1.0),
            (Relation::LessEqual | Relation::Less, false) => (&right.expr, &left.expr, 1.0),
            (Relation::GreaterEqual | Relation::Greater, false) => (&right.expr, &left.expr, -1.0),
            _ => return Err(shape()),
        };
        let Expr::Mul(factors) = product else { return Err(shape()) };
        let plain = |e: &Expr| if let Expr::Transpose(inner) = e { (**inner).clone() } else { e.clone() };
        let [first, second] = factors.as_slice() else { return Err(shape()) };
        let (key, other) = if self.mentions_key(first) { (plain(first), plain(second)) } else { (plain(second), plain(first)) };
        let Expr::Symbol(symbol) = &key else { return Err(shape()) };
        let finite = if beta.is_finite() { beta } else { 1.0 };
        let Value::Scalar(bound) = self.eval(bound, finite, None)? else { return Err(shape()) };
        let (direction, multiple) = self.direction(&other)?;
        if multiple && beta == 0.0 {
            let met = if sign * bound <= 0.0 { "always" } else { "never" };
            return fail(format!("at beta = 0 every score is 0: `{text}` is {met} met"));
        }
        let at_least = if multiple { bound / beta } else { bound };
        Ok(Given { key: self.index(symbol, None)?, direction: scale(&direction, sign), at_least: sign * at_least })
    }

    fn mentions_key(&self, expr: &Expr) -> bool {
        expr.mentions(&self.keys)
    }

    /// The member that a symbol's index names.
    fn index(&self, symbol: &Symbol, running: Option<usize>) -> Result<usize, DesignError> {
        let [index] = symbol.indices.as_slice() else { return fail(format!("`{}` needs one index", symbol.name)) };
        let found = match index {
            Index::Letter(l) => self.world.letters.iter().position(|x| x == l).or(if l == "i" { running } else { None }),
            Index::Number(k) => (*k as usize).checked_sub(1),
        };
        match found {
            Some(i) if i < self.count => Ok(i),
            _ => fail(format!("`{}` has no member of this index among {}", symbol.name, self.count)),
        }
    }

    fn eval(&self, expr: &Expr, beta: f64, running: Option<usize>) -> Result<Value, DesignError> {
        let eval = |e: &Expr| self.eval(e, beta, running);
        match expr {
            Expr::Number(number) => Ok(Value::Scalar(number.value)),
            Expr::Symbol(symbol) => self.symbol(symbol, beta, running),
            Expr::Neg(inner) => times(Value::Scalar(-1.0), eval(inner)?),
            Expr::Add(terms) => terms.iter().map(eval).reduce(|a, b| plus(a?, b?)).unwrap_or(Ok(Value::Scalar(0.0))),
            Expr::Mul(factors) => factors.iter().map(eval).reduce(|a, b| times(a?, b?)).unwrap_or(Ok(Value::Scalar(1.0))),
            Expr::Div(top, bottom) => match eval(bottom)? {
                Value::Scalar(x) => times(Value::Scalar(1.0 / x), eval(top)?),
                _ => fail("division by something that is not a number"),
            },
            Expr::Pow(base, power) => match (eval(base)?, eval(power)?) {
                (Value::Scalar(x), Value::Scalar(y)) => Ok(Value::Scalar(x.powf(y))),
                _ => fail("a power of something that is not a number"),
            },
            Expr::Transpose(inner) => match eval(inner)? {
                Value::Vector(v) => Ok(Value::Row(v)),
                Value::Row(v) => Ok(Value::Vector(v)),
                other => Ok(other),
            },
            Expr::Call("sqrt", arguments) => match arguments.iter().map(eval).collect::<Result<Vec<_>, _>>()?.as_slice() {
                [Value::Scalar(x)] => Ok(Value::Scalar(x.sqrt())),
                _ => fail("a root of something that is not a number"),
            },
            _ => fail("only sums and products of numbers and means are read here"),
        }
    }

    fn symbol(&self, symbol: &Symbol, beta: f64, running: Option<usize>) -> Result<Value, DesignError> {
        if let Some((_, filling)) = self.queries.iter().find(|(s, _)| s == symbol) {
            return self.eval(filling, beta, running);
        }
        if symbol.name == self.means {
            return Ok(Value::Vector(vec![(self.index(symbol, running)?, 1.0)]));
        }
        match symbol.name.as_str() {
            "beta" => Ok(Value::Scalar(beta)),
            "I" => Ok(Value::Quadratic(1.0, vec![])),
            name => match self.settings.get(name) {
                Some(x) if symbol.indices.is_empty() => Ok(Value::Scalar(*x)),
                _ => fail(format!(
                    "`{name}` is not known here: use {}_a, {}_b, …, numbers, and what --set names",
                    self.means, self.means
                )),
            },
        }
    }
}

fn read(world: &World, queries: &[String]) -> Result<Vec<(Symbol, Expr)>, DesignError> {
    let many = queries.len() > 1;
    let entries = queries.iter().enumerate().map(|(h, text)| {
        let expr = parse_text(text, &world.lexicon).map_err(|e| DesignError(format!("`{text}`: {e}")))?;
        let indices = if many { vec![Index::Number(h as u32 + 1)] } else { vec![] };
        Ok((Symbol { name: "q".into(), indices }, expr))
    });
    entries.collect()
}

fn scale(direction: &Direction, by: f64) -> Direction {
    direction.iter().map(|(i, x)| (*i, by * x)).collect()
}

fn sum(x: &Direction, y: &Direction) -> Direction {
    let mut all: BTreeMap<usize, f64> = x.iter().copied().collect();
    for (i, v) in y {
        *all.entry(*i).or_default() += v;
    }
    all.into_iter().collect()
}

fn plus(a: Value, b: Value) -> Result<Value, DesignError> {
    match (a, b) {
        (Value::Scalar(x), Value::Scalar(y)) => Ok(Value::Scalar(x + y)),
        (Value::Vector(x), Value::Vector(y)) => Ok(Value::Vector(sum(&x, &y))),
        (Value::Quadratic(s, mut parts), Value::Quadratic(t, more)) => {
            parts.extend(more);
            Ok(Value::Quadratic(s + t, parts))
        }
        _ => fail("a sum of things of different shapes"),
    }
}

fn times(a: Value, b: Value) -> Result<Value, DesignError> {
    match (a, b) {
        (Value::Scalar(x), Value::Scalar(y)) => Ok(Value::Scalar(x * y)),
        (Value::Scalar(s), Value::Vector(v)) | (Value::Vector(v), Value::Scalar(s)) => Ok(Value::Vector(scale(&v, s))),
        (Value::Scalar(s), Value::Row(v)) | (Value::Row(v), Value::Scalar(s)) => Ok(Value::Row(scale(&v, s))),
        (Value::Scalar(s), Value::Quadratic(t, parts)) | (Value::Quadratic(t, parts), Value::Scalar(s)) => {
            Ok(Value::Quadratic(s * t, parts.into_iter().map(|(c, u)| (s * c, u)).collect()))
        }
        (Value::Row(x), Value::Vector(y)) => Ok(Value::Scalar(crate::montecarlo::model::dot(&x, &y))),
        (Value::Vector(x), Value::Row(y)) => outer(&x, &y),
        _ => fail("a product of things that do not fit"),
    }
}

/// `x y^T` for parallel `x` and `y`.
fn outer(x: &Direction, y: &Direction) -> Result<Value, DesignError> {
    let ratio = x.iter().zip(y).find(|((_, a), _)| *a != 0.0).map_or(0.0, |((_, a), (_, b))| b / a);
    if x.len() == y.len() && scale(x, ratio) == *y {
        Ok(Value::Quadratic(0.0, vec![(ratio, x.clone())]))
    } else {
        fail("u v^T with different u and v is no covariance")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Library;

    fn model(world: &str, queries: &[&str], given: &[&str], set: &str) -> Result<Model, DesignError> {
        let library = Library::embedded().unwrap();
        let defaults = settings("beta=10,n=10,d=64,alpha=1e-4", Settings::new())?;
        let owned = |list: &[&str]| list.iter().map(|t| (*t).to_string()).collect::<Vec<_>>();
        Design::new(library.get(world).unwrap(), settings(set, defaults)?, &owned(queries))?.model(&owned(given))
    }

    #[test]
    fn queries_and_covariances_are_read_exactly() {
        let found = model("1c.ii", &["β(μ_a + μ_b)"], &["k_a^T q >= 0"], "alpha=1e-300,beta=inf").unwrap();
        assert_eq!(found.queries(), [vec![(0, 1.0), (1, 1.0)]]);
        assert_eq!((found.beta(), found.keys()[1].isotropic, found.keys()[0].isotropic), (f64::INFINITY, 1e-300, 1e-300));
        assert_eq!(found.keys()[0].spikes, [vec![(0, 0.5_f64.sqrt())]]);
        assert_eq!(found.conditions()[0].direction, vec![(0, 1.0), (1, 1.0)]);
    }

    #[test]
    fn two_heads_mixed_scales_and_turned_conditions_are_read() {
        let found = model("1d.ii", &["beta mu_a", "3 mu_b - mu_3"], &["0 >= q_2^T k_b", "k_a^T q_1 >= 5"], "beta=2").unwrap();
        assert_eq!(found.queries(), [vec![(0, 2.0)], vec![(1, 3.0), (2, -1.0)]]);
        assert_eq!(found.beta(), 1.0);
        assert_eq!((found.conditions()[0].key, found.conditions()[0].direction.clone()), (1, vec![(1, -3.0), (2, 1.0)]));
        assert_eq!(found.conditions()[1].at_least, 2.5);
    }

    #[test]
    fn what_cannot_be_meant_is_said() {
        for (queries, given, set) in [
            (["beta k_a"], [].as_slice(), ""),
            (["mu_a"], &[], "beta=inf"),
            (["beta mu_99"], &[], ""),
            (["beta (mu_a"], &[], ""),
            (["beta mu_a"], &["mu_a^T q >= 0"], ""),
            (["beta mu_a"], &[], "n=1"),
            (["beta mu_a"], &[], "n=ten"),
            (["beta mu_a"], &[], "alpha=-1"),
            (["beta mu_a"], &[], "d=3"),
        ] {
            assert!(model("1c.ii", &queries, given, set).is_err(), "{queries:?} {given:?} {set}");
        }
        assert!(model("1a.i", &["beta mu_a"], &[], "").is_err());
    }
}
