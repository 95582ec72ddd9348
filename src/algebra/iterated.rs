//! Limits in several variables, one after the other, and whether their order matters.

use super::decide::{Ground, Outcome, decide};
use super::hypotheses::Hypotheses;
use super::limit::{Limit, Toward, Value, limit};
use super::term::Term;

/// Limits taken one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Iterated {
    /// What is left after the last one; sampled if one of them was.
    pub limit: Limit,
    /// Each limit with its variable, in the order taken.
    pub steps: Vec<(String, Limit)>,
    /// An order of the variables that gives another limit, with that limit.
    pub other: Option<(Vec<String>, Limit)>,
    /// Orders in which no limit was found, or none that could be compared.
    pub open: Vec<Vec<String>>,
}

/// Most variables whose every order is tried.
const ORDERS_MAX: usize = 4;

/// The limit as each variable goes to its place, the first one first.
///
/// # Errors
///
/// Why there is no limit, or none was found, in words that name the variable.
pub fn limits(t: &Term, steps: &[(String, Toward)], h: &Hypotheses) -> Result<Iterated, String> {
    let taken = in_turn(t, steps, h)?;
    let Some((_, last)) = taken.last() else { return Err("no variable was named".into()) };
    let mut result = Iterated { limit: weakest(last, &taken), steps: taken.clone(), other: None, open: vec![] };
    if steps.len() > ORDERS_MAX {
        return Ok(result);
    }
    let mut orders = Vec::new();
    permutations(steps.to_vec(), 0, &mut orders);
    for order in orders.iter().filter(|o| o.as_slice() != steps) {
        let names: Vec<String> = order.iter().map(|s| s.0.clone()).collect();
        let other = in_turn(t, order, h).ok().and_then(|v| v.last().map(|l| weakest(&l.1, &v)));
        let compared = other.as_ref().and_then(|o| same(&o.value, &result.limit.value, h));
        match (other, compared) {
            (Some(other), Some(false)) if result.other.is_none() => result.other = Some((names, other)),
            (_, None) => result.open.push(names),
            _ => {}
        }
    }
    Ok(result)
}

/// Each limit of the one before; what is infinite stays so.
fn in_turn(t: &Term, steps: &[(String, Toward)], h: &Hypotheses) -> Result<Vec<(String, Limit)>, String> {
    let mut taken: Vec<(String, Limit)> = Vec::new();
    let mut at = t.clone();
    for (name, place) in steps {
        let found = match taken.last().map(|l| &l.1) {
            Some(before) if !matches!(before.value, Value::Finite(_)) => Limit { leading: None, ..before.clone() },
            _ if !at.mentions(name) => Limit { value: Value::Finite(at.clone()), leading: None, ground: Ground::Exact },
            _ => limit(&at, name, place, h).map_err(|e| format!("as {name} moves: {e}"))?,
        };
        if let Value::Finite(value) = &found.value {
            at = value.clone();
        }
        taken.push((name.clone(), found));
    }
    Ok(taken)
}

fn weakest(last: &Limit, all: &[(String, Limit)]) -> Limit {
    let sampled = all.iter().any(|l| l.1.ground == Ground::Sampled);
    let leading = last.leading.clone().or_else(|| all.iter().rev().find_map(|l| l.1.leading.clone()));
    Limit { leading, ground: if sampled { Ground::Sampled } else { last.ground }, ..last.clone() }
}

/// Whether two limits are the same; `None` where that is not certain.
fn same(a: &Value, b: &Value, h: &Hypotheses) -> Option<bool> {
    match (a, b) {
        (Value::Finite(a), Value::Finite(b)) => match decide(a, b, h).outcome {
            Outcome::Holds => Some(true),
            Outcome::Refuted => Some(false),
            _ => None,
        },
        _ => Some(a == b),
    }
}

fn permutations(mut list: Vec<(String, Toward)>, from: usize, out: &mut Vec<Vec<(String, Toward)>>) {
    if from == list.len() {
        out.push(list);
        return;
    }
    for k in from..list.len() {
        list.swap(from, k);
        permutations(list.clone(), from + 1, out);
        list.swap(from, k);
    }
}

#[cfg(test)]
mod tests {
    use super::super::limit::suppose_toward;
    use super::super::simplify::simplify;
    use super::super::surface::{parse_relations, parse_term};
    use super::*;

    fn found(expression: &str, steps: &[(&str, Toward)], given: &str) -> Result<Iterated, String> {
        let mut h = Hypotheses::default();
        for (l, r, m) in parse_relations(given).expect(given) {
            h.suppose(l, r, m);
        }
        let steps: Vec<(String, Toward)> = steps.iter().map(|(n, t)| ((*n).to_string(), t.clone())).collect();
        steps.iter().for_each(|(n, t)| suppose_toward(&mut h, n, t));
        limits(&parse_term(expression).expect(expression), &steps, &h)
    }

    fn small() -> Toward {
        Toward::Above(Term::int(0))
    }

    #[test]
    fn the_order_matters_where_another_order_gives_another_limit() {
        for expression in ["exp(-β sqrt(α))", "exp(-α β)", "1/(1+α β)", "α/(α+1/β)", "tanh(β sqrt(α))"] {
            let first = found(expression, &[("alpha", small()), ("beta", Toward::Infinity)], "").expect(expression);
            let back = found(expression, &[("beta", Toward::Infinity), ("alpha", small())], "").expect(expression);
            assert!(first.other.is_some() && back.other.is_some(), "{expression}: {first:?}");
            assert_eq!(first.other.map(|o| o.1.value), Some(back.limit.value), "{expression}");
        }
    }

    #[test]
    fn the_order_does_not_matter_where_every_order_agrees() {
        for (expression, value) in [("exp(-β)/(1+α)", "0"), ("(1+α)/(2+exp(-β))", "1/2"), ("α exp(-β)", "0"), ("1/β + α", "0")]
        {
            let l = found(expression, &[("alpha", small()), ("beta", Toward::Infinity)], "").expect(expression);
            let Value::Finite(limit) = &l.limit.value else { panic!("{expression}: {l:?}") };
            assert_eq!(limit.rational(), simplify(&parse_term(value).expect(value)).rational(), "{expression}");
            assert!(l.other.is_none() && l.open.is_empty(), "{expression}: {l:?}");
        }
    }

    #[test]
    fn the_leading_term_is_that_of_the_last_limit_that_moves() {
        let l = found("exp(β)/(n-2+2exp(β)) + α", &[("alpha", small()), ("beta", Toward::Infinity)], "n > 2").expect("a limit");
        assert_eq!(l.limit.text(), "1/2; the difference from it ~ -(n - 2)·exp(-β)/4");
        assert_eq!(l.steps.len(), 2);
    }

    #[test]
    fn three_variables_are_taken_in_turn() {
        let steps = [("x", Toward::Infinity), ("y", Toward::Infinity), ("z", Toward::Infinity)];
        let l = found("x/(x+y+z)", &steps, "").expect("a limit");
        assert_eq!(l.limit.value, Value::Finite(Term::int(1)));
        assert_eq!(l.other.map(|o| o.1.value), Some(Value::Finite(Term::int(0))));
    }
}
