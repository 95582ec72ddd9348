//! What fills a slot is judged by what it must do, whatever expression it is.

use super::describe::show_limit_values;
use super::relation::{self, unknown_symbol};
use super::ruling::Ruling;
use super::scene::{Scene, alias, definition};
use super::stranger::taken_as_numbers;
use crate::claim::{LimitSense, Link};
use crate::language::{Chain, Expr, Relation, Style, Symbol, print};
use crate::numeric::Definition;
use crate::record::{Fix, Tier, Verdict};
use crate::world::{Law, Slot, World};

/// The filling with scalars of the writer's own put in terms of the world's.
///
/// "q = λ (k_a + k_b), λ large": the one scalar that is unknown stands for the one that the world
/// sends to its limit, if the world's own does not occur. `β_1` and `β_2` are both `β`.
pub fn in_known_terms(world: &World, expr: &Expr, definitions: &[Definition]) -> Expr {
    let expr = unindexed(world, expr);
    match own_scalar(world, &expr, definitions) {
        Some((stranger, scalar)) => expr.substitute(&|s| (*s == stranger).then(|| scalar.clone())),
        None => expr,
    }
}

/// `β_1` and `β_2` as `β`.
fn unindexed(world: &World, expr: &Expr) -> Expr {
    expr.substitute(&|s| (world.grows(&s.name) && !s.indices.is_empty()).then(|| Expr::Symbol(Symbol::plain(&s.name))))
}

/// The one unknown scalar of an expression and the world's scalar that it stands for.
pub fn own_scalar(world: &World, expr: &Expr, definitions: &[Definition]) -> Option<(Symbol, Expr)> {
    let limits: Vec<&String> = world.scalars.keys().filter(|name| world.grows(name)).collect();
    let unknown: Vec<Symbol> = expr.symbols().into_iter().filter(|s| !world.knows(s, definitions)).collect();
    let [limit] = limits.as_slice() else { return None };
    let [stranger] = unknown.as_slice() else { return None };
    if expr.mentions(limit)
        || world.lexicon.is_family(&stranger.name)
        || world.families.contains_key(&stranger.name)
        || world.vectors.contains_key(&stranger.name)
    {
        return None;
    }
    // A temperature: `q = (k_a + k_b) / T` grows as T vanishes.
    let sense = if divides(expr, stranger) { LimitSense::Small } else { LimitSense::Large };
    Some((stranger.clone(), alias(world, stranger, sense)?))
}

/// Whether a symbol stands below a fraction bar, and nowhere else.
fn divides(expr: &Expr, symbol: &Symbol) -> bool {
    let inside = |e: &Expr| e.symbols().contains(symbol);
    match expr {
        Expr::Div(above, below) => inside(below) && !inside(above) || !inside(below) && divides(above, symbol),
        other => {
            let with: Vec<&Expr> = other.children().into_iter().filter(|e| inside(e)).collect();
            !with.is_empty() && with.iter().all(|e| divides(e, symbol))
        }
    }
}

/// Judges a filling of a slot.
pub fn judge(scene: &Scene, slot: &Slot, filling: &Expr) -> Ruling {
    let expr = in_known_terms(scene.world, filling, scene.definitions());
    let own = Link { left: Expr::Symbol(slot.symbol.clone()), relation: Relation::Equal, right: expr.clone() };
    if let Some(unknown) = unknown_symbol(scene, &own) {
        return Ruling::not_checked(format!("`{}` is not defined in this question", print(&Expr::Symbol(unknown), Style::Plain)));
    }
    if expr.mentions(&slot.symbol.name) && expr.symbols().contains(&slot.symbol) {
        return Ruling::not_checked("the slot is defined by itself");
    }
    if let Some(found) = of_means(scene, slot, &expr) {
        return found;
    }
    let filled = scene.clone().defining([definition(&slot.symbol, &expr)]);
    if let Err(reason) = scene.world.shape_of(&expr, scene.definitions()) {
        if let Some(found) = own_factor(scene, slot, &expr) {
            return found;
        }
        if let [letter, ..] = taken_as_numbers(scene.world, &expr, scene.definitions()).as_slice() {
            let letter = print(&Expr::Symbol(letter.clone()), Style::Plain);
            return Ruling::not_checked(format!(
                "`{letter}` is a vector in this question, and a number of the writer's own here"
            ));
        }
        return refuted(slot, Some(Tier::Exact), reason.clone(), Some(reason));
    }
    let ruling = requirement(&filled, &slot.requirement);
    if ruling.is_true() {
        return accepted(&filled, slot, filling, ruling);
    }
    if matches!(ruling.verdict, Verdict::Undecided | Verdict::NotChecked) {
        return ruling;
    }
    for reading in &slot.readings {
        if requirement(&filled, &reading.requirement).is_true() {
            let mut found =
                Ruling::new(Verdict::HoldsIfRead, ruling.tier, format!("{}; literally: {}", reading.change, ruling.message));
            found.fix = Some(Fix { change: reading.change.clone(), becomes: reading.becomes.clone() });
            found.correction = Some(slot.correct.clone());
            found.witness = ruling.witness;
            return found;
        }
    }
    let link = Link::at(&slot.requirement, 0);
    let shown = show_limit_values(&filled, &link);
    let message = if ruling.tier == Some(Tier::Exact) {
        ruling.message.clone()
    } else {
        format!("`{}` fails{shown}", crate::language::print_chain(&slot.requirement, Style::Plain))
    };
    refuted(slot, ruling.tier, message, ruling.witness)
}

/// `q = c (k_a + k_b)` with a letter of the world's in the place of a number: the writer's own factor, where
/// the filling serves with one.
fn own_factor(scene: &Scene, slot: &Slot, expr: &Expr) -> Option<Ruling> {
    let limit = scene.world.factor()?;
    let names = expr.symbols().into_iter().filter(|s| s.indices.is_empty() && s.name != *limit);
    names
        .filter_map(|name| {
            let other = expr.substitute(&|s| (*s == name).then(|| Expr::Symbol(Symbol::plain(limit))));
            let sound = scene.world.shape_of(&other, scene.definitions()).is_ok();
            let ruling = if sound { judge(scene, slot, &other) } else { return None };
            let shown = print(&Expr::Symbol(name), Style::Plain);
            ruling.is_true().then(|| Ruling {
                message: format!("{}; `{shown}` read as a large factor of the writer's own", ruling.message),
                ..ruling
            })
        })
        .next()
}

/// `q = β (k_a + k_b)` where the keys are drawn: who chooses the query knows their means.
fn of_means(scene: &Scene, slot: &Slot, expr: &Expr) -> Option<Ruling> {
    let mean = |s: &Symbol| {
        let family = scene.world.families.get(&s.name)?;
        let Law::Gaussian { mean, .. } = &family.law else { return None };
        let Expr::Symbol(mean) = &**mean else { return None };
        Some(Expr::Symbol(Symbol { name: mean.name.clone(), indices: s.indices.clone() }))
    };
    let other = expr.substitute(&mean);
    if other == *expr {
        return None;
    }
    let ruling = judge(scene, slot, &other);
    if !ruling.is_true() {
        return Some(Ruling::not_checked("the keys that it is made of are drawn, and not known to who chooses it"));
    }
    let mut found = Ruling::new(
        Verdict::HoldsIfRead,
        ruling.tier,
        "the keys are drawn, and not known to who chooses the query: true of their means",
    );
    found.fix = Some(Fix { change: "the means of the keys for the keys".into(), becomes: print(&other, Style::Plain) });
    found.correction = Some(slot.correct.clone());
    Some(found)
}

fn accepted(filled: &Scene, slot: &Slot, filling: &Expr, mut ruling: Ruling) -> Ruling {
    let own_letter = filling.symbols().iter().any(|s| !filled.world.knows(s, &[]));
    if let Some(other) = same_as_other(filled, slot) {
        if own_letter {
            // `q_1 = β (…)`, `q_2 = γ (…)`: expressions that differ, whatever the letters stand for.
            return Ruling::not_checked("the same as the other one, unless its letter stands for another number");
        }
        let name = print(&Expr::Symbol(other), Style::Plain);
        let message =
            format!("`{}` is the same expression as {name}; the question asks for different ones", print(filling, Style::Plain));
        let own = print(&Expr::Symbol(slot.symbol.clone()), Style::Plain);
        return refuted(slot, Some(Tier::Exact), message, Some(format!("{name} and {own} agree at every instance")));
    }
    if !slot.because.is_empty() {
        ruling.message = slot.because.clone();
    }
    ruling
}

/// The symbol from which the filling of a slot must differ, and with which it agrees at every instance.
pub fn same_as_other(filled: &Scene, slot: &Slot) -> Option<Symbol> {
    let own = Expr::Symbol(slot.symbol.clone());
    let same = |other: &&Symbol| {
        let given = filled.definitions().iter().any(|d| d.matches(&other.name, &other.indices));
        let link = Link { left: own.clone(), relation: Relation::Equal, right: Expr::Symbol((*other).clone()) };
        given && relation::judge(filled, &link).verdict == Verdict::Holds
    };
    slot.differs_from.iter().find(same).cloned()
}

fn refuted(slot: &Slot, tier: Option<Tier>, message: String, witness: Option<String>) -> Ruling {
    let mut ruling = Ruling::new(Verdict::Refuted, tier, message);
    ruling.witness = witness;
    ruling.correction = Some(slot.correct.clone());
    ruling
}

/// All relations of a requirement; the gravest ruling counts.
pub fn requirement(scene: &Scene, chain: &Chain) -> Ruling {
    let all = (0..chain.relations.len()).map(|i| relation::judge(scene, &Link::at(chain, i)));
    gravest(all).unwrap_or_else(|| Ruling::not_checked("the requirement has no relation"))
}

/// The first of the gravest of some rulings.
pub fn gravest(all: impl Iterator<Item = Ruling>) -> Option<Ruling> {
    all.reduce(|worst, next| if gravity(&next) > gravity(&worst) { next } else { worst })
}

fn gravity(r: &Ruling) -> u8 {
    match r.verdict {
        Verdict::Holds => 0,
        Verdict::HoldsInLimit => 1,
        Verdict::HoldsIfRead => 2,
        Verdict::NotChecked => 3,
        Verdict::Undecided => 4,
        Verdict::Refuted => 5,
    }
}
