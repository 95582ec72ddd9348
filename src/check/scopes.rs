//! Under which definitions a statement is judged: those before it, those after it, and the answers given before.

use super::ruling::Ruling;
use super::scene::{Scene, definition};
use super::slot;
use super::solve::Supposed;
use super::statement::Context;
use crate::claim::Statement;
use crate::language::Expr;
use crate::numeric::Definition;
use crate::record::Verdict;
use crate::world::Slot;

/// The other slots of the same answer where they stand after this one. A slot that is filled anew begins another design, unless
/// another slot has begun it.
pub fn other_slots(context: &Context, slot: &Slot) -> Vec<Definition> {
    let fills = |d: &Definition, s: &Slot| d.matches(&s.symbol.name, &s.symbol.indices);
    let last = |s: &Slot| context.before.iter().rposition(|d| fills(d, s));
    let before = if last(slot).is_some() { &[] } else { context.before };
    // "q_1 = …, q_2 = -q_1" behind another pair: the new q_1 belongs to it.
    let place = |s: &Slot| context.world.slots.iter().position(|other| other.symbol == s.symbol);
    let begun = |d: &Definition| {
        context.world.slots.iter().any(|s| fills(d, s) && last(s) > last(slot) && last(slot).is_some() && place(s) < place(slot))
    };
    let others = nearest_after(before, context.after).filter(|d| d.name == slot.symbol.name && !fills(d, slot));
    others.filter(|d| !begun(d)).cloned().collect()
}

/// What is defined only after the statement, each symbol by the nearest: a later one belongs to another design.
fn nearest_after<'a>(before: &'a [Definition], after: &'a [Definition]) -> impl Iterator<Item = &'a Definition> {
    let same = |a: &Definition, b: &Definition| a.name == b.name && a.parameters == b.parameters;
    let new = move |(i, d): &(usize, &Definition)| !before.iter().chain(&after[..*i]).any(|other| same(other, d));
    after.iter().enumerate().filter(new).map(|(_, d)| d)
}

/// Judges in the scene of what was defined before, then, if that refutes, of what comes after:
/// a statement that either makes true is not refuted.
pub fn in_scopes(context: &Context, statement: &Statement, judge: &dyn Fn(&Scene) -> Ruling) -> Ruling {
    supposing(context, statement, &[], judge)
}

fn decided(ruling: &Ruling) -> bool {
    ruling.is_true() || ruling.verdict == Verdict::Refuted
}

/// What was defined before without the last answer, where that is wrong and the one before it was right: "Equivalently, M = Aᵀ A" may
/// be a slip, and what follows may be said of either.
fn without_wrong_answer(context: &Context) -> Option<Vec<Definition>> {
    let serves = |slot: &Slot, at: usize| {
        let scene = Scene::new(context.asked_in, context.before[..at].to_vec());
        slot::judge(&scene, slot, &context.before[at].body).is_true()
    };
    let [slot] = context.world.slots.as_slice() else { return None };
    let fills = |i: &usize| context.before[*i].matches(&slot.symbol.name, &slot.symbol.indices);
    let mut answers = (0..context.before.len()).rev().filter(fills);
    let (last, former) = (answers.next()?, answers.next()?);
    let wrong = context.before[last].body != context.before[former].body && serves(slot, former) && !serves(slot, last);
    wrong.then(|| context.before.iter().enumerate().filter(|(i, _)| *i != last).map(|(_, d)| d.clone()).collect())
}

/// The same where equalities are supposed besides.
pub fn supposing(context: &Context, statement: &Statement, supposed: &[Supposed], judge: &dyn Fn(&Scene) -> Ruling) -> Ruling {
    let scene = |definitions: Vec<Definition>| {
        Scene::new(context.world, definitions)
            .counted(context.steps)
            .under(&statement.scope.conditions)
            .map(|s| s.supposing(supposed))
    };
    let first = match scene(context.before.to_vec()) {
        Ok(scene) => judge(&scene),
        Err(reason) => return Ruling::not_checked(reason),
    };
    if decided(&first)
        && let Some(former) = without_wrong_answer(context)
        && let Ok(other) = scene(former).map(|s| judge(&s))
        && decided(&other)
        && first.is_true() != other.is_true()
    {
        return Ruling::not_checked("it depends on which of the answers given before is meant");
    }
    let later: Vec<Definition> = nearest_after(context.before, context.after).cloned().collect();
    let second = if first.is_true() || later.is_empty() { None } else { scene([context.before.to_vec(), later].concat()).ok() };
    match second.map(|s| judge(&s)) {
        Some(second) if second.is_true() => second,
        _ => unless_answers_are_open(context, statement, first, &|definitions| Some(judge(&scene(definitions).ok()?))),
    }
}

/// Whether a sentence says that the queries are one: "my two queries were both …", "with the same query in both heads".
fn says_one_query(context: &Context, statement: &Statement) -> bool {
    /// Bytes before a statement in which its queries are spoken of.
    const BEFORE: usize = 1000;
    let start = statement.span.start;
    let from = (start.saturating_sub(BEFORE)..=start).find(|i| context.text.is_char_boundary(*i)).unwrap_or(start);
    let before = context.text.get(from..start).unwrap_or_default();
    const ONE: &[&str] = &["both", "same", "identical", "equal"];
    before.split(['.', '\n', ';']).any(|sentence| {
        let mut words = sentence.split_whitespace().map(|w| w.trim_matches([',', ':', '(', ')']).to_lowercase());
        sentence.to_lowercase().contains("quer") && words.any(|w| ONE.contains(&w.as_str()))
    })
}

/// What is refuted with the reference's answers, where the sheet gives none of its own and one answer for all the slots would make it
/// true ("my queries were both …, so c_1 = c_2"): it depends on which they were.
fn unless_answers_are_open(
    context: &Context,
    statement: &Statement,
    ruling: Ruling,
    judged: &dyn Fn(Vec<Definition>) -> Option<Ruling>,
) -> Ruling {
    let slots = &context.world.slots;
    let filled = |d: &Definition| slots.iter().any(|s| d.matches(&s.symbol.name, &s.symbol.indices));
    if ruling.verdict != Verdict::Refuted
        || slots.len() < 2
        || context.before.iter().chain(context.after).any(filled)
        || !says_one_query(context, statement)
    {
        return ruling;
    }
    let all = Expr::Add(slots.iter().map(|s| s.reference.clone()).collect());
    let same = slots.iter().map(|s| definition(&s.symbol, &all));
    let one_for_all = context.before.iter().cloned().chain(same).collect();
    match judged(one_for_all) {
        Some(other) if other.is_true() => {
            Ruling::not_checked("it depends on the writer's own answers, which the sheet does not give")
        }
        _ => ruling,
    }
}
