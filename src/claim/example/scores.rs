//! The scores that an example gives its keys, and the weights that follow.

use std::collections::BTreeMap;

use crate::language::{Expr, Index, Symbol};
use crate::world::World;

/// Some of an example's keys.
#[derive(Debug, Clone, PartialEq)]
pub enum Keys {
    /// Keys with names.
    Named(Vec<String>),
    /// Every key without one.
    Others,
}

/// The scores of one softmax, as expressions in the example's letters.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scores {
    /// Keys with names, `a` or `1`.
    pub named: Vec<(String, Expr)>,
    /// Each of the other keys.
    pub others: Option<Expr>,
    /// Whether the others lie that low at least: a margin, not a score.
    pub margin: bool,
}

/// What an example gives to letters, and the scores.
#[derive(Debug, Clone, Default)]
pub struct Example {
    /// Numbers of letters, the later ones win.
    pub values: Vec<(Symbol, Expr)>,
    /// How many keys there are.
    pub size: Option<Expr>,
    /// Scores that the text gives itself.
    pub told: Option<Scores>,
    /// Factors of the keys in a query, by its head (0 where there is one query).
    pub queries: BTreeMap<u32, Vec<(String, Expr)>>,
    /// By how much a key is longer than its mean.
    pub lengths: Vec<(String, Expr)>,
    /// Letters of the question's own keys: one that a query leaves out has the score 0.
    pub letters: Vec<String>,
    /// Letters of the writer's that stand for the question's own.
    pub same: Vec<(Symbol, Symbol)>,
    /// How often scores were given anew.
    pub rows: usize,
    /// Whether the query is the question's own: the part names none.
    pub assumed: bool,
    /// Whether the number of keys was said in words: no condition of a relation tells it.
    pub worded: bool,
    /// Whether the noise of the keys is switched on.
    pub noisy: bool,
    /// Whether something of the example was not understood.
    pub riddle: bool,
}

impl Example {
    /// Gives a letter a number.
    pub fn give(&mut self, symbol: &Symbol, value: &Expr) {
        self.values.retain(|(s, _)| s != symbol);
        self.values.push((symbol.clone(), value.clone()));
    }

    /// Takes the question's own queries, where the part names none.
    pub fn assume(&mut self, world: &World) {
        for slot in world.slots.iter().filter(|s| s.symbol.name == "q") {
            let head = match slot.symbol.indices.as_slice() {
                [] => 0,
                [Index::Number(n)] => *n,
                _ => continue,
            };
            if let Some(query) = factors(&slot.reference, &world.letters) {
                self.queries.insert(head, query);
                self.assumed = true;
            }
        }
    }

    /// An expression with the example's numbers in place of its letters.
    pub fn filled(&self, e: &Expr) -> Expr {
        let lookup = |s: &Symbol| self.values.iter().find(|(n, _)| n == s).map(|(_, v)| v.clone());
        // A value may be given in another letter.
        e.substitute(&lookup).substitute(&lookup)
    }

    /// The scores in a head.
    pub fn scores(&self, head: u32) -> Option<Scores> {
        if self.riddle || self.noisy {
            return None;
        }
        if let Some(told) = &self.told {
            return (head == 0).then(|| told.clone());
        }
        let query = self.queries.get(&head)?;
        let long = |key: &String| self.lengths.iter().rev().find(|(k, _)| k == key).map(|(_, e)| e.clone());
        let named = query.iter().map(|(key, factor)| {
            let score = match long(key) {
                Some(length) => Expr::Mul(vec![factor.clone(), length]),
                None => factor.clone(),
            };
            (key.clone(), score)
        });
        let out = self.letters.iter().filter(|l| !query.iter().any(|(k, _)| k == *l)).map(|l| (l.clone(), Expr::int(0)));
        Some(Scores { named: named.chain(out).collect(), others: Some(Expr::int(0)), margin: false })
    }

    /// How many keys have no name.
    pub fn nameless(&self, scores: &Scores) -> Option<Expr> {
        // Scores of a and b alone, told one by one: whether there are other keys is not said.
        let some = scores.named.iter().any(|(n, _)| self.letters.contains(n));
        if scores.others.is_none() {
            let count = self.size.as_ref().and_then(|s| value(&self.filled(s)));
            let whole = count.map_or(!some, |n| n == scores.named.len() as f64);
            return whole.then(|| Expr::int(0));
        }
        let size = self.filled(self.size.as_ref()?);
        let rest = value(&size)? - scores.named.len() as f64;
        (rest >= 0.0 && rest.fract() == 0.0).then(|| Expr::int(rest as i64))
    }

    /// The weight of each of some keys, or of all of them together.
    pub fn weight(&self, scores: &Scores, keys: &Keys, together: bool) -> Option<Vec<Expr>> {
        let one = |score: &Expr| self.share(scores, score);
        match keys {
            Keys::Named(names) => {
                let each: Option<Vec<Expr>> = names.iter().map(|n| one(&score_of(scores, n)?)).collect();
                let each = each?;
                if each.len() < 2 || !together { Some(each) } else { Some(vec![Expr::Add(each)]) }
            }
            Keys::Others => {
                let count = self.nameless(scores)?;
                let rest = value(&count)?;
                if rest < 1.0 {
                    return None;
                }
                let each = one(scores.others.as_ref()?)?;
                Some(vec![if together && rest > 1.0 { Expr::Mul(vec![count, each]) } else { each }])
            }
        }
    }

    /// `1 / ∑ m exp(t - s)` for a key with the score `s`, over all scores `t` with how often they occur.
    fn share(&self, scores: &Scores, own: &Expr) -> Option<Expr> {
        let own = self.filled(own);
        let power = |e: &Expr| {
            let difference = Expr::Add(vec![self.filled(e), Expr::Neg(Box::new(own.clone()))]);
            Expr::Call("exp", vec![difference])
        };
        let mut terms: Vec<Expr> = scores.named.iter().map(|(_, e)| power(e)).collect();
        let rest = self.nameless(scores)?;
        if let Some(others) = &scores.others
            && value(&rest)? > 0.0
        {
            terms.push(Expr::Mul(vec![rest, power(others)]));
        }
        let below = if terms.len() == 1 { terms.remove(0) } else { Expr::Add(terms) };
        let share = Expr::Div(Box::new(Expr::int(1)), Box::new(below));
        (share.is_closed() && value(&share)?.is_finite()).then_some(share)
    }
}

/// The score of a key by its name. `j` is the key that stands out.
pub fn score_of(scores: &Scores, name: &str) -> Option<Expr> {
    let known = scores.named.iter().find(|(n, _)| n == name);
    if let Some((_, score)) = known {
        return Some(score.clone());
    }
    let numbered = scores.named.iter().all(|(n, _)| n.chars().all(|c| c.is_ascii_digit()));
    if name == "j" && numbered && scores.others.is_none() {
        let mut by_size: Vec<(f64, &Expr)> = Vec::new();
        for (_, score) in &scores.named {
            by_size.push((value(score)?, score));
        }
        by_size.sort_by(|a, b| b.0.total_cmp(&a.0));
        let alone = by_size.len() < 2 || by_size[0].0 > by_size[1].0;
        return by_size.first().filter(|_| alone).map(|(_, s)| (*s).clone());
    }
    // "the third key" of three where two have letters.
    let place = name.parse::<usize>().ok()?;
    (place > scores.named.len() && !numbered).then(|| scores.others.clone())?
}

/// The key that a symbol with an index names, `k_a`, `v_1`.
pub fn key_of(symbol: &Symbol, letters: &[String]) -> Option<String> {
    let named = matches!(symbol.name.as_str(), "k" | "v" | "mu");
    match symbol.indices.as_slice() {
        [Index::Letter(l)] if named && (letters.contains(l)) => Some(l.clone()),
        [Index::Number(n)] if named => Some(n.to_string()),
        _ => None,
    }
}

/// The factors of the keys in a query; `None` where it is no combination of keys.
pub fn factors(e: &Expr, letters: &[String]) -> Option<Vec<(String, Expr)>> {
    let mut found: Vec<(String, Expr)> = Vec::new();
    gather(e, &Expr::int(1), letters, &mut found).then_some(found)
}

fn gather(e: &Expr, scale: &Expr, letters: &[String], found: &mut Vec<(String, Expr)>) -> bool {
    let vector = |e: &Expr| e.symbols().iter().any(|s| key_of(s, letters).is_some());
    match e {
        Expr::Symbol(s) => match key_of(s, letters) {
            Some(key) if !found.iter().any(|(k, _)| *k == key) && s.name != "v" => {
                found.push((key, scale.clone()));
                true
            }
            _ => false,
        },
        Expr::Add(terms) => terms.iter().all(|t| gather(t, scale, letters, found)),
        Expr::Neg(inner) => gather(inner, &Expr::Neg(Box::new(scale.clone())), letters, found),
        Expr::Div(above, below) => {
            !vector(below) && gather(above, &Expr::Div(Box::new(scale.clone()), below.clone()), letters, found)
        }
        Expr::Mul(parts) => {
            let (keys, scalars): (Vec<&Expr>, Vec<&Expr>) = parts.iter().partition(|p| vector(p));
            let [key] = keys.as_slice() else { return false };
            let plain = *scale == Expr::int(1);
            let mut all: Vec<Expr> = if plain { Vec::new() } else { vec![scale.clone()] };
            all.extend(scalars.into_iter().cloned());
            let scale = match all.len() {
                0 => Expr::int(1),
                1 => all.remove(0),
                _ => Expr::Mul(all),
            };
            gather(key, &scale, letters, found)
        }
        _ => false,
    }
}

/// The value of a closed scalar expression.
pub fn value(e: &Expr) -> Option<f64> {
    let v = match e {
        Expr::Number(n) => n.value,
        Expr::Neg(a) => -value(a)?,
        Expr::Add(v) => v.iter().try_fold(0.0, |s, e| Some(s + value(e)?))?,
        Expr::Mul(v) => v.iter().try_fold(1.0, |s, e| Some(s * value(e)?))?,
        Expr::Div(a, b) => value(a)? / value(b)?,
        Expr::Pow(a, b) => value(a)?.powf(value(b)?),
        Expr::Call("exp", v) if v.len() == 1 => value(&v[0])?.exp(),
        Expr::Call("ln" | "log", v) if v.len() == 1 => value(&v[0])?.ln(),
        Expr::Call("sqrt", v) if v.len() == 1 => value(&v[0])?.sqrt(),
        _ => return None,
    };
    Some(v).filter(|v| !v.is_nan())
}
