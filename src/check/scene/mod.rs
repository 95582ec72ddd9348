//! A statement's surroundings: its world, the writer's definitions, its conditions.

mod bounds;
mod limits;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::draw::{self, Settings, draw, impose, position};
use super::memory::{Memory, Observed};
use super::observe::observe;
use super::solve::{self, Supposed};
use crate::claim::{Condition, LimitSense, Link};
use crate::language::{Expr, Index, Number, Relation, Symbol};
use crate::numeric::{Definition, Definitions, Evaluator, Instance, Parameter, SIZE, Steps};
use crate::tolerance;
use crate::world::{LimitPoint, World};

/// Everything that a relation is judged in.
#[derive(Debug, Clone)]
pub struct Scene<'w> {
    /// The question's world.
    pub world: &'w World,
    /// The writer's definitions, the later ones win.
    definitions: Vec<Definition>,
    /// Values that conditions fix.
    pub settings: Settings,
    /// Scalars that conditions fix through a random vector.
    imposed: Vec<(Symbol, f64)>,
    /// Relations that instances must satisfy.
    required: Vec<Link>,
    /// Equalities that instances are moved to satisfy.
    supposed: Vec<Supposed>,
    /// Bounds that the draws meet over which moments are taken.
    given: Vec<Link>,
    /// Index letters that are equal.
    same: Vec<(Index, Index)>,
    /// Index letters that differ.
    differ: Vec<(Index, Index)>,
    /// Index letters that are one of a set.
    among: Vec<(Index, Vec<Index>)>,
    /// Scalars whose limit a condition names.
    limits_named: Vec<String>,
    /// Scalars that a condition holds at one value while others go to their limits.
    held: Vec<String>,
    /// Where conditions send scalars that the question sends elsewhere.
    elsewhere: BTreeMap<String, LimitPoint>,
    /// Dimensions that grow without bound.
    growing: Vec<String>,
    /// The work that may be done.
    steps: Steps,
    /// The world's definitions, and all of them, as instances have them.
    found: OnceCell<(Arc<Definitions>, Arc<Definitions>)>,
    /// What was drawn and observed in it.
    memory: Memory,
}

impl<'w> Scene<'w> {
    /// A scene without conditions.
    pub fn new(world: &'w World, definitions: Vec<Definition>) -> Self {
        Scene {
            world,
            definitions,
            settings: Settings::default(),
            imposed: vec![],
            required: vec![],
            supposed: vec![],
            given: vec![],
            same: vec![],
            differ: vec![],
            among: vec![],
            limits_named: vec![],
            held: vec![],
            elsewhere: BTreeMap::new(),
            growing: vec![],
            steps: Steps::up_to(tolerance::STEPS_MAX, tolerance::STEPS_EACH_MAX),
            found: OnceCell::new(),
            memory: Memory::default(),
        }
    }

    /// The scene before anything was drawn in it: what it was made of is about to change.
    fn afresh(self) -> Self {
        Scene { found: OnceCell::new(), memory: Memory::default(), ..self }
    }

    /// The scene with its work counted together with that of others.
    pub fn counted(self, steps: &Steps) -> Self {
        Scene { steps: steps.clone(), ..self.afresh() }
    }

    /// The work that is done in the scene.
    pub fn steps(&self) -> &Steps {
        &self.steps
    }

    /// The writer's definitions, the later ones win.
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// The scene with one more definition.
    pub fn defining(self, more: impl IntoIterator<Item = Definition>) -> Self {
        let mut scene = self.afresh();
        scene.definitions.extend(more);
        scene
    }

    /// The scene under conditions; an error says which condition cannot be imposed.
    pub fn under(self, conditions: &[Condition]) -> Result<Self, String> {
        let mut scene = self.afresh();
        for condition in conditions {
            match condition {
                Condition::Value(symbol, expr) => scene.fix(symbol, expr)?,
                Condition::Holds(link) => scene.required.push(scene.in_own_names(link)),
                Condition::Same(a, b) => scene.same.push((a.clone(), b.clone())),
                Condition::Differ(a, b) => scene.differ.push((a.clone(), b.clone())),
                Condition::Among(letter, set) => scene.among.push((letter.clone(), set.clone())),
                Condition::Define(symbol, body) if body.is_zero() && scene.world.gives(symbol) => {
                    scene.settings.zero.insert(symbol.name.clone());
                }
                Condition::Define(symbol, body) => scene.choose(symbol, body),
                Condition::Limit(symbol, sense) => {
                    scene.take_limit(symbol, *sense)?;
                    if let Some(body) = alias(scene.world, symbol, *sense) {
                        scene.definitions.push(definition(symbol, &body));
                    }
                }
            }
        }
        scene.settings.ranges = bounds::ranges(scene.world, &scene.required);
        scene.hold_what_is_bounded();
        scene.hold_gaps_of_chosen();
        scene.one_order()?;
        Ok(scene)
    }

    /// Takes a formula for what the question leaves free; a scalar is not sent to its limit then.
    fn choose(&mut self, symbol: &Symbol, body: &Expr) {
        if self.world.scalars.contains_key(&symbol.name) {
            self.held.push(symbol.name.clone());
        }
        self.definitions.push(definition(symbol, body));
    }

    /// The scene in which equalities are supposed that no condition can impose by its form.
    pub fn supposing(self, links: &[Supposed]) -> Self {
        let supposed = links.iter().map(|s| Supposed { link: self.in_own_names(&s.link), others: s.others }).collect();
        Scene { supposed, ..self.afresh() }
    }

    /// The relative difference below which sides count as equal: more than rounding where an equality was
    /// imposed in numbers.
    pub fn slack(&self) -> f64 {
        if self.supposed.is_empty() { 0.0 } else { tolerance::SOLVED_SLACK }
    }

    fn fix(&mut self, symbol: &Symbol, expr: &Expr) -> Result<(), String> {
        let instance = Instance { steps: self.steps.clone(), ..Instance::default() };
        let value = Evaluator::new(&instance).eval(expr, &BTreeMap::new()).map_err(|e| e.to_string())?;
        let value = value.value.scalar().ok_or("a condition gives no number")?;
        // The writer's own letter for a scalar of the world: `t` where `q = t (k_a + k_b)`.
        let own = self.own_meaning(symbol);
        let (alias, value) = match own {
            Some(Expr::Symbol(s)) => (Some(s.name.clone()), value),
            // A temperature, `q = (k_a + k_b) / T`.
            Some(Expr::Div(one, scale)) => match (&**one, &**scale) {
                (Expr::Number(n), Expr::Symbol(s)) if n.value == 1.0 && value != 0.0 => (Some(s.name.clone()), 1.0 / value),
                _ => (None, value),
            },
            // A standard deviation `τ` where `τ² = α`.
            Some(Expr::Call("sqrt", of)) => match of.as_slice() {
                [Expr::Symbol(s)] => (Some(s.name.clone()), value * value),
                _ => (None, value),
            },
            _ => (None, value),
        };
        let name = alias.as_ref().or_else(|| self.world.synonyms.get(&symbol.name)).unwrap_or(&symbol.name);
        if self.world.dimensions.contains_key(name) {
            if value.fract() != 0.0 || !(1.0..=tolerance::DIMENSION_MAX as f64).contains(&value) {
                return Err(format!("{name} = {value} is no size between 1 and {}", tolerance::DIMENSION_MAX));
            }
            self.settings.dimensions.insert(name.clone(), value as usize);
        } else if self.world.scalars.contains_key(name) {
            self.settings.scalars.insert(name.clone(), value);
        } else if !self.world.knows(symbol, &self.definitions) && !self.world.synonyms.contains_key(&symbol.name) {
            self.definitions.push(definition(symbol, expr));
        } else {
            self.imposed.push((Symbol { name: name.clone(), indices: symbol.indices.clone() }, value));
        }
        Ok(())
    }

    /// An expression with the values that are given to draws in the place of their symbols, also where the writer's definitions name them.
    pub fn with_given_values(&self, e: &Expr) -> Expr {
        if self.imposed.is_empty() {
            return e.clone();
        }
        let given =
            |s: &Symbol| self.imposed.iter().find(|(symbol, _)| symbol == s).map(|(_, x)| Expr::Number(Number::computed(*x)));
        let defined = |s: &Symbol| self.own_meaning(s).filter(|_| s.indices.is_empty()).map(|body| body.substitute(&given));
        e.substitute(&|s| given(s).or_else(|| defined(s)))
    }

    /// Whether relations bind the draws.
    pub fn required(&self) -> bool {
        !self.required.is_empty() || !self.imposed.is_empty() || !self.supposed.is_empty()
    }

    /// Whether equalities are supposed where the one limit is the size of what the question is after: that of the gap by which
    /// a score exceeds the others.
    pub fn supposes_another_condition(&self) -> bool {
        let separates = |name: &str| {
            self.world.vectors.values().any(|v| matches!(&v.law, crate::world::VectorLaw::Separates { gap, .. } if gap == name))
        };
        let open = self.open_limits();
        !self.supposed.is_empty() && !open.is_empty() && open.iter().all(|(name, _)| separates(name))
    }

    /// An instance with everything finite; `None` where the conditions cannot be met.
    pub fn finite(&self, seed: u64) -> Option<Rc<Instance>> {
        self.instance(seed, &self.settings)
    }

    /// An instance in which one scalar has a value and the others are finite.
    pub fn with_scalar(&self, seed: u64, name: &str, value: f64) -> Option<Rc<Instance>> {
        let mut settings = self.settings.clone();
        settings.scalars.insert(name.to_string(), value);
        self.instance(seed, &settings)
    }

    /// An instance of another size, with everything else finite; `None` where a condition gives the size.
    pub fn with_size(&self, seed: u64, name: &str, size: usize) -> Option<Rc<Instance>> {
        let mut settings = self.settings.clone();
        (settings.dimensions.insert(name.to_string(), size).is_none()).then_some(())?;
        self.instance(seed, &settings)
    }

    fn instance(&self, seed: u64, settings: &Settings) -> Option<Rc<Instance>> {
        self.memory.instance(seed, settings, || self.drawn(seed, settings))
    }

    /// Both sides of a relation at an instance of the scene.
    pub fn observed(&self, instance: &Rc<Instance>, link: &Link, others_only: bool) -> Observed {
        self.memory.observed(instance, link, others_only, || observe(self, instance, link, others_only))
    }

    fn drawn(&self, seed: u64, settings: &Settings) -> Option<Instance> {
        let (of_world, all) = self.found.get_or_init(|| {
            let of_world = draw::definitions(self.world);
            (Arc::new(of_world.iter().cloned().collect()), Arc::new(of_world.iter().chain(&self.definitions).cloned().collect()))
        });
        let mut refusals = 0;
        for attempt in 0..tolerance::REJECTIONS_MAX {
            let mut instance = draw(self.world, of_world, seed + attempt * 7919, settings).ok()?;
            instance.definitions = all.clone();
            instance.steps = self.steps.clone();
            instance.given = Arc::new(self.given.iter().map(Link::chain).collect());
            for (symbol, value) in &self.imposed {
                impose(&mut instance, symbol, *value).ok()?;
            }
            if !self.supposed.is_empty() && solve::solve(self, &mut instance, &self.supposed).is_none() {
                refusals += 1;
                if refusals >= tolerance::SOLVE_REFUSALS {
                    return None;
                }
                continue;
            }
            if self.required.iter().all(|link| satisfied(&instance, link)) {
                return Some(instance);
            }
        }
        None
    }

    /// Whether an assignment of index letters meets the conditions on them.
    pub fn admits(&self, instance: &Instance, bound: &BTreeMap<String, usize>) -> bool {
        let at = |i: &Index| match i {
            Index::Letter(l) => bound.get(l).copied().or_else(|| position(instance, i)),
            Index::Number(_) => position(instance, i),
        };
        let known = |a: &Index, b: &Index| Some((at(a)?, at(b)?));
        self.same.iter().all(|(a, b)| known(a, b).is_none_or(|(x, y)| x == y))
            && self.differ.iter().all(|(a, b)| known(a, b).is_none_or(|(x, y)| x != y))
            && self.among.iter().all(|(l, set)| at(l).is_none_or(|x| set.iter().any(|m| at(m) == Some(x))))
    }

    /// Letters that the conditions mention.
    pub fn letters(&self) -> Vec<String> {
        let all = self.same.iter().chain(&self.differ).flat_map(|(a, b)| [a, b]);
        let all = all.chain(self.among.iter().map(|(l, _)| l));
        all.filter_map(|i| if let Index::Letter(l) = i { Some(l.clone()) } else { None }).collect()
    }

    /// The scene in which letters that no condition mentions stand for different indices, as readers take
    /// `a_i^T a_j = 0`; and those letters in words.
    pub fn with_distinct(&self, letters: &[String]) -> Option<(Self, String)> {
        let conditioned = self.letters();
        let loose: Vec<&String> = letters.iter().filter(|l| !conditioned.contains(l)).collect();
        if loose.len() < 2 {
            return None;
        }
        let mut scene = Scene { memory: self.memory.of_instances(), ..self.clone() };
        for (at, first) in loose.iter().enumerate() {
            for second in &loose[at + 1..] {
                scene.differ.push((Index::Letter((*first).clone()), Index::Letter((*second).clone())));
            }
        }
        let names: Vec<&str> = loose.iter().map(|l| l.as_str()).collect();
        Some((scene, names.join(", ")))
    }

    /// The scene in which moments are over the draws that meet bounds.
    pub fn of_draws(&self, bounds: &[Link]) -> Self {
        let mut scene = self.clone().afresh();
        scene.given = bounds.iter().map(|link| scene.in_own_names(link)).collect();
        scene
    }

    /// Whether moments are over some of the draws.
    pub fn keeps_draws(&self) -> bool {
        !self.given.is_empty()
    }

    /// A relation with the writer's other names of symbols resolved.
    fn in_own_names(&self, link: &Link) -> Link {
        let known = |s: &Symbol| self.world.knows(s, &self.definitions);
        let all = [link.left.symbols(), link.right.symbols()].concat();
        // `m + p < d` is of sizes, whatever else a letter names.
        let of_sizes = all.len() > 1 && all.iter().all(|s| s.indices.is_empty() && self.world.dimensions.contains_key(&s.name));
        let size = |s: &Symbol| Expr::Symbol(Symbol::plain(&format!("{SIZE}{}", s.name)));
        let meaning = |s: &Symbol| match () {
            () if of_sizes => Some(size(s)),
            () if known(s) => None,
            () => self.meaning(s),
        };
        Link { left: link.left.substitute(&meaning), relation: link.relation, right: link.right.substitute(&meaning) }
    }

    /// What the writer defined a symbol as, the last time.
    pub fn own_meaning(&self, symbol: &Symbol) -> Option<&Expr> {
        self.definitions.iter().rev().find(|d| d.matches(&symbol.name, &symbol.indices)).map(|d| &d.body)
    }

    /// What an unknown symbol stands for here: another name of a known one.
    pub fn meaning(&self, symbol: &Symbol) -> Option<Expr> {
        self.world.own_name(symbol)
    }
}

/// A writer's definition of a symbol.
pub fn definition(symbol: &Symbol, body: &Expr) -> Definition {
    Definition {
        name: symbol.name.clone(),
        parameters: symbol.indices.iter().map(|i| Parameter::Literal(i.clone())).collect(),
        body: body.clone(),
    }
}

/// A scalar of the writer's own that is sent to a limit is the world's scalar with that limit.
pub fn alias(world: &World, symbol: &Symbol, sense: LimitSense) -> Option<Expr> {
    if world.knows(symbol, &[]) || sense == LimitSense::Fixed {
        return None;
    }
    let limited = || Some(world.scalars.iter().find(|(_, s)| s.limit.is_some())?.0);
    let name = world.factor().or_else(limited)?;
    let known = Expr::Symbol(Symbol::plain(name));
    Some(if world.grows(name) == (sense == LimitSense::Large) {
        known
    } else {
        Expr::Div(Box::new(Expr::int(1)), Box::new(known))
    })
}

fn satisfied(instance: &Instance, link: &Link) -> bool {
    let evaluator = Evaluator::new(instance);
    let none = BTreeMap::new();
    let (Ok(l), Ok(r)) = (evaluator.eval(&link.left, &none), evaluator.eval(&link.right, &none)) else {
        return false;
    };
    let (Some(l), Some(r)) = (l.value.scalar(), r.value.scalar()) else {
        return false;
    };
    match link.relation {
        Relation::Less | Relation::MuchLess => l < r,
        Relation::LessEqual => l <= r,
        Relation::Greater | Relation::MuchGreater => l > r,
        Relation::GreaterEqual => l >= r,
        Relation::NotEqual => l != r,
        Relation::Equal => l == r,
        _ => false,
    }
}
