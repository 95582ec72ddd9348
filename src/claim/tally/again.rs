//! Two numbers of scores side by side ("65536 against 10240", "4096 instead of 16384 scores"), and what other sizes make of
//! a number ("with m = 64 it exactly doubles", "with m = 32 it is a quarter of that").

use super::items::{digit, is, number};
use super::{FEWER, How, SAVES, State, Told, compares, counted, known, named, names, part_of, smaller};
use crate::claim::atoms::Atom;
use crate::language::Expr;
use crate::span::Span;
use crate::world::GrowthFile;

/// Verbs that multiply.
const MULTIPLY: &[(&str, f64)] = &[
    ("doubles", 2.0),
    ("doubled", 2.0),
    ("double", 2.0),
    ("triples", 3.0),
    ("quadruples", 4.0),
    ("quadrupled", 4.0),
    ("halves", 0.5),
    ("halved", 0.5),
];

/// What the sizes of an item make of the part that was counted last, or that it names.
pub fn changed(growth: &GrowthFile, item: &[Atom], state: &State) -> Option<Told> {
    let before = state.before.clone()?;
    let plain = |a: &Atom| known(growth, a) && !digit(a);
    let verb = item.iter().position(|a| MULTIPLY.iter().any(|(v, _)| a.text == *v));
    if let Some(at) = verb {
        let rest: Vec<&Atom> = item.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, a)| a).collect();
        let pronoun = rest.iter().any(|a| matches!(a.text.as_str(), "it" | "this" | "that" | "number"));
        let part = named(growth, &rest, state)?.or(state.last.filter(|_| pronoun))?;
        let whole = rest.iter().all(|a| plain(a)) && !rest.iter().any(|a| is(Some(a), FEWER) || is(Some(a), SAVES));
        let value = MULTIPLY.iter().find(|(v, _)| item[at].text == *v)?.1;
        return whole.then_some(Told::Change { part, before, how: How::Part, value: (value, 0.0) });
    }
    let (at, (how, value, used)) = (0..item.len()).find_map(|i| Some((i, compares(item, i, false)?)))?;
    let (first, second): (Vec<&Atom>, Vec<&Atom>) = (item[..at].iter().collect(), item[at + used..].iter().collect());
    let pronoun = |list: &[&Atom]| list.iter().any(|a| matches!(a.text.as_str(), "that" | "this" | "it" | "these" | "those"));
    let clear = first.iter().chain(&second).all(|a| plain(a)) && !second.iter().any(|a| names(growth, a));
    let part = named(growth, &first, state)?.or(state.last.filter(|_| pronoun(&first) || first.is_empty()))?;
    let fits = matches!(how, How::Part | How::Fewer) && pronoun(&second);
    (clear && fits).then_some(Told::Change { part, before, how, value })
}

/// "…, a quarter", "…, half of them": behind two numbers side by side.
pub fn share(item: &[Atom], pair: Option<(usize, usize)>) -> Option<Told> {
    let (part, of) = pair?;
    let parts =
        [("half", 0.5), ("third", 1.0 / 3.0), ("quarter", 0.25), ("fourth", 0.25), ("sixth", 1.0 / 6.0), ("eighth", 0.125)];
    if let Some(told) = percentage(item, part, of) {
        return Some(told);
    }
    let value = parts.iter().find(|(name, _)| item.iter().any(|a| a.text == *name))?.1;
    let plain = ["a", "one", "of", "them", "that", "only", "just", "exactly", "i", "e", "is", "the", "so", "number"];
    let whole = item.iter().all(|a| parts.iter().any(|(name, _)| a.text == *name) || is(Some(a), &plain));
    whole.then_some(Told::Quotient { part, of, how: How::Ratio, value: (value, 0.0) })
}

/// "i.e. only 37.5 %" behind two numbers: the one in percent of the other.
fn percentage(item: &[Atom], part: usize, of: usize) -> Option<Told> {
    const PLAIN: &[&str] =
        &["only", "just", "exactly", "is", "that", "which", "this", "so", "the", "or", "thus", "hence", "a", "mere"];
    let at = item.iter().position(digit)?;
    let (value, slack) = number(item.get(at)).filter(|_| is(item.get(at + 1), &["%", "percent"]))?;
    let rest = item.iter().enumerate().filter(|(i, _)| *i != at && *i != at + 1);
    let whole = rest.into_iter().all(|(_, a)| is(Some(a), PLAIN));
    whole.then_some(Told::Quotient { part, of, how: How::Ratio, value: (value / 100.0, slack / 100.0) })
}

/// "in total 10240" behind the blocks of a model: all its scores. It may be the sum of those that were listed.
pub fn total(growth: &GrowthFile, item: &[Atom], state: &State, expression: &dyn Fn(&str) -> Option<Expr>) -> Option<Told> {
    const TOTAL: &[&str] =
        &["in", "total", "altogether", "together", "sum", "all", "overall", "so", "makes", "this", "that", "gives"];
    let last = state.last.filter(|p| !growth.tallies[*p].whole)?;
    let summed = item.iter().any(|a| is(Some(a), &["total", "altogether", "together", "sum", "overall"]));
    let [value] = item.iter().filter(|a| digit(a)).collect::<Vec<_>>()[..] else { return None };
    let units = |a: &Atom| growth.units.contains(&a.text);
    let plain = item.iter().all(|a| digit(a) || is(Some(a), TOTAL) || units(a));
    let part = growth.tallies.iter().position(|t| t.whole && t.model == growth.tallies[last].model)?;
    (summed && plain).then_some(Told::Number { part, many: 1.0, values: vec![expression(&value.text)?] })
}

/// Two numbers of scores, of one part and of the same part of the other model.
pub fn two(growth: &GrowthFile, item: &[Atom], state: &State, expression: &dyn Fn(&str) -> Option<Expr>) -> Vec<(Span, Told)> {
    let against = (0..item.len()).find(|i| {
        let two = is(item.get(*i), &["instead", "rather"]) && is(item.get(i + 1), &["of", "than"]);
        two || is(item.get(*i), &["against", "versus", "vs"])
    });
    let read = || {
        let at = against.filter(|_| !state.sizes.is_empty())?;
        let after = at + if is(item.get(at), &["instead", "rather"]) { 2 } else { 1 };
        let second = item.get(after).filter(|a| number(Some(a)).is_some())?;
        let value = expression(&second.text)?;
        let rest: Vec<Atom> = item[..at].iter().chain(&item[after + 1..]).cloned().collect();
        let other = |part: usize| {
            let own = &growth.tallies[part];
            growth.tallies.iter().position(|t| t.whole == own.whole && t.model != own.model)
        };
        let spans = (item[0].span.to(item[at].span), item[at].span.to(second.span));
        let of = |part, value| Told::Number { part, many: 1.0, values: vec![value] };
        let words: Vec<&Atom> = rest.iter().filter(|a| !digit(a)).collect();
        if part_of(growth, &words, state).is_some() {
            let first = counted(growth, &rest, state, expression)?;
            let Told::Number { part, .. } = &first else { return None };
            let other = other(*part)?;
            return Some(vec![(spans.0, first), (spans.1, of(other, value))]);
        }
        // Of the two models, in either order: the larger number is of the one without the smaller variable.
        let numbers: Vec<&Atom> = rest.iter().filter(|a| digit(a)).collect();
        let ([one], true) = (numbers.as_slice(), state.model.is_some()) else { return None };
        let plain = rest.iter().all(|a| digit(a) || known(growth, a)) && !words.iter().any(|a| names(growth, a));
        let small = smaller(growth)?;
        let (a, b) = (number(Some(one))?.0, number(Some(second))?.0);
        let (of_first, of_second) = if a > b { (other(small)?, small) } else { (small, other(small)?) };
        const FEWEST: f64 = 50.0;
        let scores = a >= FEWEST && b >= FEWEST;
        let first = expression(&one.text)?;
        (plain && scores).then(|| vec![(spans.0, of(of_first, first)), (spans.1, of(of_second, value))])
    };
    read().unwrap_or_default()
}
