//! What was drawn and observed in a scene, so that nothing is drawn or sampled twice.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::draw::Settings;
use super::observe::Observation;
use crate::claim::Link;
use crate::numeric::{EvalError, Instance};

/// Both sides of a relation at every admissible assignment of its letters.
pub type Observed = Result<Rc<Vec<Observation>>, EvalError>;

/// A seed and the values that were set, with the instance that they gave.
type Drawn = (u64, Settings, Option<Rc<Instance>>);

/// What was observed of a relation, with or without the indices that the world names.
type Seen = (Link, bool, Observed);

/// Instances and observations; copies share them. Whatever changes them begins a new memory.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    instances: Rc<RefCell<HashMap<u64, Vec<Drawn>>>>,
    /// By the instance's place in memory: instances live as long as this.
    observations: Rc<RefCell<HashMap<usize, Vec<Seen>>>>,
}

impl Memory {
    /// The same instances, on which other letters are admitted.
    pub fn of_instances(&self) -> Memory {
        Memory { instances: self.instances.clone(), observations: Rc::default() }
    }

    /// The instance of a seed and settings, drawn where it is not known.
    pub fn instance(&self, seed: u64, settings: &Settings, draw: impl FnOnce() -> Option<Instance>) -> Option<Rc<Instance>> {
        let known = |(s, of, found): &Drawn| (*s == seed && of == settings).then(|| found.clone());
        if let Some(found) = self.instances.borrow().get(&seed).and_then(|list| list.iter().find_map(known)) {
            return found;
        }
        let found = draw().map(Rc::new);
        self.instances.borrow_mut().entry(seed).or_default().push((seed, settings.clone(), found.clone()));
        found
    }

    /// What was observed of a relation at an instance of this memory, observed where it is not known.
    pub fn observed(
        &self,
        instance: &Rc<Instance>,
        link: &Link,
        others_only: bool,
        observe: impl FnOnce() -> Result<Vec<Observation>, EvalError>,
    ) -> Observed {
        let place = Rc::as_ptr(instance) as usize;
        let known = |(l, others, found): &Seen| (l == link && *others == others_only).then(|| found.clone());
        if let Some(found) = self.observations.borrow().get(&place).and_then(|list| list.iter().find_map(known)) {
            return found;
        }
        let found = observe().map(Rc::new);
        self.observations.borrow_mut().entry(place).or_default().push((link.clone(), others_only, found.clone()));
        found
    }
}
