//! Which limits a scene takes, and instances on the way there.

use std::rc::Rc;

use super::Scene;
use crate::claim::LimitSense;
use crate::language::{Expr, Symbol};
use crate::numeric::Instance;
use crate::tolerance;
use crate::world::{LimitPoint, VectorLaw};

impl<'w> Scene<'w> {
    /// Takes note of a limit that a condition names; an error where nobody takes the scalar there.
    pub(super) fn take_limit(&mut self, symbol: &Symbol, sense: LimitSense) -> Result<(), String> {
        // The writer's own letter: a temperature T = 1/β grows where β vanishes.
        let own = self.own_meaning(symbol).cloned();
        if let Some(Expr::Div(_, below)) = &own
            && let (Expr::Symbol(scalar), LimitSense::Large | LimitSense::Small) = (&**below, sense)
        {
            let turned = if sense == LimitSense::Large { LimitSense::Small } else { LimitSense::Large };
            return self.take_limit(&scalar.clone(), turned);
        }
        if sense == LimitSense::Large && symbol.indices.is_empty() && self.world.dimensions.contains_key(&symbol.name) {
            self.growing.push(symbol.name.clone());
            return Ok(());
        }
        let Some(limit) = self.world.scalars.get(&symbol.name).and_then(|s| s.limit) else { return Ok(()) };
        let point = match sense {
            LimitSense::Fixed => {
                self.held.push(symbol.name.clone());
                return Ok(());
            }
            LimitSense::Large => LimitPoint::Infinity,
            LimitSense::Small => LimitPoint::Zero,
            LimitSense::Negative => LimitPoint::MinusInfinity,
        };
        let other = self.elsewhere.get(&symbol.name).is_some_and(|p| *p != point);
        if other || point != limit && self.names_limit(&symbol.name) {
            return Err(format!("{} is sent to two places", symbol.name));
        }
        if point == limit {
            self.limits_named.push(symbol.name.clone());
        } else if limit == LimitPoint::Zero {
            // Noise that grows beyond everything: no sentence of this subject means it.
            return Err(format!("{} is not taken there in this question", symbol.name));
        } else {
            self.elsewhere.insert(symbol.name.clone(), point);
        }
        Ok(())
    }

    /// Whether a condition names the limit of a scalar.
    pub fn names_limit(&self, name: &str) -> bool {
        self.limits_named.iter().any(|l| l == name)
    }

    /// The scalars whose limits are still open, in the order in which they are taken; a size that grows comes last, and what
    /// else would grow is held then.
    pub fn open_limits(&self) -> Vec<(&'w str, LimitPoint)> {
        let world = self.world;
        let open = world.limits.iter().filter(|l| !self.settings.scalars.contains_key(*l) && !self.held.contains(l));
        let scalars = open.filter_map(|l| Some((l.as_str(), self.elsewhere.get(l).copied().or(world.scalars[l].limit)?)));
        let scalars = scalars.filter(|(_, point)| self.growing.is_empty() || *point == LimitPoint::Zero);
        let sizes = self.growing.iter().filter(|n| !self.settings.dimensions.contains_key(*n));
        let sizes = sizes.filter_map(|n| Some((world.dimensions.get_key_value(n)?.0.as_str(), LimitPoint::Infinity)));
        scalars.chain(sizes).collect()
    }

    /// Whether conditions take limits that the question does not take, or hold what it sends to one.
    pub fn takes_other_limits(&self) -> bool {
        !self.elsewhere.is_empty() || !self.growing.is_empty() || !self.held.is_empty()
    }

    /// A scalar that a bound keeps from its limit is held: `β < 0`.
    pub(super) fn hold_what_is_bounded(&mut self) {
        let kept = |(name, (low, high)): (&String, &(f64, f64))| {
            let scalar = self.world.scalars.get(name)?;
            let away = match scalar.limit? {
                LimitPoint::Infinity => *high <= scalar.range.0,
                LimitPoint::Zero | LimitPoint::MinusInfinity => *low >= scalar.range.1,
            };
            away.then(|| name.clone())
        };
        let kept: Vec<String> = self.settings.ranges.iter().filter_map(kept).collect();
        self.held.extend(kept);
    }

    /// The gap by which a query of the question is set apart is held where the writer chooses another query: it says nothing of that one.
    pub(super) fn hold_gaps_of_chosen(&mut self) {
        let chosen = |name: &String| self.definitions.iter().any(|d| d.name == *name && d.parameters.is_empty());
        let gaps = self.world.vectors.iter().filter(|(name, _)| chosen(name)).filter_map(|(_, v)| match &v.law {
            VectorLaw::Separates { gap, .. } => Some(gap.clone()),
            VectorLaw::Generic => None,
        });
        let named = |gap: &String| self.definitions.iter().any(|d| d.body.symbols().iter().any(|s| s.name == *gap));
        let held: Vec<String> = gaps.filter(|gap| !named(gap)).collect();
        self.held.extend(held);
    }

    /// An error where two limits are named whose order would matter.
    pub(super) fn one_order(&self) -> Result<(), String> {
        match (self.growing.first(), self.limits_named.iter().find(|name| self.world.grows(name))) {
            (Some(size), Some(scalar)) => Err(format!("whether {size} or {scalar} grows first is not said")),
            _ => Ok(()),
        }
    }

    /// An instance with every scalar that vanishes in its limit set to 0, the others finite.
    pub fn vanished(&self, seed: u64) -> Option<Rc<Instance>> {
        let mut settings = self.settings.clone();
        for (name, point) in self.open_limits() {
            if point == LimitPoint::Zero {
                settings.scalars.insert(name.to_string(), 0.0);
            }
        }
        self.instance(seed, &settings)
    }

    /// An instance on the way to the limit: the limits taken first are taken whole, the last one
    /// has come to `t`; where it vanishes to `t`⁻², as the noise of a score goes with the root.
    pub fn on_path(&self, seed: u64, t: f64) -> Option<Rc<Instance>> {
        let mut settings = self.settings.clone();
        for (i, (name, point)) in self.open_limits().iter().rev().enumerate() {
            if self.world.dimensions.contains_key(*name) {
                settings.dimensions.insert((*name).to_string(), (t * tolerance::SIZE_ON_PATH) as usize);
                continue;
            }
            let value = match (point, i) {
                (LimitPoint::Infinity, _) => t,
                (LimitPoint::MinusInfinity, _) => -t,
                (LimitPoint::Zero, 0) => 1.0 / (t * t * self.fixed_size()),
                (LimitPoint::Zero, _) => 0.0,
            };
            settings.scalars.insert((*name).to_string(), value);
        }
        self.instance(seed, &settings)
    }

    /// What a vanishing scalar has to be small against: the squares of large ones that conditions fix
    /// (`β = 100`: the noise β √α of a score vanishes only where α ≪ β⁻²).
    fn fixed_size(&self) -> f64 {
        let large = self.world.scalars.keys().filter(|name| self.world.grows(name));
        large.filter_map(|name| self.settings.scalars.get(name)).map(|v| (v * v).max(1.0)).product()
    }
}
