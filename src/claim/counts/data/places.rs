//! How often places are the answer, and which is the most frequent.

use super::super::{Amount, Bound, Counted};
use super::context::{Context, Set};
use super::frames::{FREE_NUMBER, FREE_SHARE, FREE_TOTAL, Many, Said, counted, fact, less, quantity, sets, size, with_total};
use super::roles::{Clause, Role};

fn a_place() -> Role {
    Role::Place(String::new())
}

/// Places, in their order.
fn places(clause: &Clause) -> Vec<(usize, &str)> {
    let place = |(i, r): &'_ (usize, Role)| matches!(r, Role::Place(_)).then_some(*i);
    clause
        .roles
        .iter()
        .filter_map(|x| Some((place(x)?, if let Role::Place(p) = &x.1 { p.as_str() } else { return None })))
        .collect()
}

/// Where answers are counted: the file of the clause, or those that may be meant; and whether it is certain.
pub fn answered(clause: &Clause, context: &Context) -> Option<(Vec<Set>, bool)> {
    let both = || vec![Set::Dev, Set::Train];
    let named = sets(clause);
    if named.iter().any(|(_, s)| matches!(s, Set::Wiki | Set::Test)) {
        return None;
    }
    match named.as_slice() {
        [(_, s)] => return Some((vec![*s], true)),
        [] => {}
        _ => return None,
    }
    let before: Vec<Set> = context.there().iter().copied().filter(|s| matches!(s, Set::Dev | Set::Train)).collect();
    if clause.has(&Role::There) {
        return match before.as_slice() {
            [s] => Some((vec![*s], true)),
            _ => Some((both(), false)),
        };
    }
    if clause.has(&Role::Always) || clause.has(&Role::Answering) {
        return Some((vec![Set::Dev], true));
    }
    if let Some(s) = context.settled.filter(|s| matches!(s, Set::Dev | Set::Train)) {
        return Some((vec![s], true));
    }
    // The one file spoken of is the likely one; the other must not confirm what is wrong of it.
    match before.as_slice() {
        [s] => Some((vec![*s], false)),
        _ => Some((both(), false)),
    }
}

/// `London is the answer of 91 pairs`, `London, Paris and Chicago … 200 of the 2000`, `London 91, Paris 74`.
pub fn places_counted(clause: &Clause, context: &Context) -> Option<Said> {
    let list = places(clause);
    let kinds = [
        a_place(),
        FREE_NUMBER,
        FREE_SHARE,
        FREE_TOTAL,
        Role::Rows,
        Role::People,
        Role::Answers,
        Role::Found,
        Role::Always,
        Role::Answering,
        Role::Would,
        Role::Right,
        Role::With,
        Role::Together,
    ];
    // What is counted has to be said: rows, people, answers, or a constant answer.
    let said = [Role::Rows, Role::People, Role::Answers, Role::Always, Role::Answering, Role::Found, Role::There];
    let counted = said.iter().any(|r| clause.has(r));
    let numbers: Vec<(usize, Many)> = clause
        .roles
        .iter()
        .filter_map(|(i, r)| match r {
            Role::Number(n, b) => Some((*i, Many::Count(*n, *b))),
            Role::Share(n, s, b) => Some((*i, Many::Share(*n, *s, *b))),
            _ => None,
        })
        .collect();
    if list.is_empty() || numbers.is_empty() || !clause.only(&kinds) || !counted && sets(clause).is_empty() {
        return None;
    }
    if clause.has(&Role::Would) && !clause.has(&Role::Always) && !clause.has(&Role::Answering) {
        return None;
    }
    if of_another(clause, &list) {
        return None;
    }
    let (files, certain) = answered(clause, context)?;
    let certain = certain && (counted || clause.roles.len() > 3);
    let of = |names: &[&str], many: Many| rows_of(clause, &files, names, many, certain);
    let names: Vec<&str> = list.iter().map(|(_, p)| *p).collect();
    if numbers.len() == 1 {
        return Some(vec![(clause.range.clone(), of(&names, numbers[0].1)?)]);
    }
    // A count and its share, of all the places together.
    let [(at, Many::Count(..)), (next, Many::Share(..))] = numbers.as_slice() else {
        return listed(&list, &numbers, &of);
    };
    let share = of(&names, numbers[1].1)?;
    let count = of(&names, numbers[0].1)?;
    let cut = (*at + 1).max(list.iter().map(|(i, _)| i + 1).filter(|i| i <= next).max()?);
    Some(vec![(clause.range.start..cut, count), (*next..clause.range.end, share)])
}

/// "That is 40 % of the London baseline": a part of another's accuracy, no share of rows.
fn of_another(clause: &Clause, list: &[(usize, &str)]) -> bool {
    let Some((place, _)) = list.first() else { return false };
    let constant = clause.has(&Role::Always) || clause.has(&Role::Answering);
    let behind = clause.roles.iter().rev().filter(|(i, _)| i < place).find(|(_, r)| !matches!(r, Role::Always | Role::Answering));
    constant && behind.is_some_and(|(_, r)| matches!(r, Role::Share(..)))
}

/// Rows with one of some places as their answer, in the files that may be meant.
fn rows_of(clause: &Clause, files: &[Set], names: &[&str], many: Many, certain: bool) -> Option<Counted> {
    let sum = |s: Set| Amount::Sum(names.iter().map(|p| fact(format!("place {} {p}", s.key()))).collect());
    let mut all = files.iter().map(|s| {
        let amount = with_total(clause, &[size(*s)], sum(*s));
        counted(many, false, amount, size(*s), "rows with that answer, counted in the data")
    });
    let mut first = all.next()?;
    first.of.extend(all.flat_map(|c| c.of));
    first.certain = certain;
    Some(first)
}

/// Each place with a number of its own, all in one order.
fn listed(list: &[(usize, &str)], numbers: &[(usize, Many)], of: &dyn Fn(&[&str], Many) -> Option<Counted>) -> Option<Said> {
    if numbers.len() != list.len() {
        return None;
    }
    let after = list.iter().zip(numbers).all(|((p, _), (n, _))| p < n);
    let apart = list.iter().skip(1).zip(numbers).all(|((p, _), (n, _))| n < p);
    let lists = list.last()?.0 < numbers[0].0;
    if !(after && (apart || lists)) {
        return None;
    }
    let each = list.iter().zip(numbers).map(|((p, name), (n, many))| {
        let range = if lists { *n..*n + 1 } else { *p..*n + 1 };
        Some((range, of(&[name], *many)?))
    });
    each.collect()
}

/// `The second most frequent one there is Paris`, `London comes first`.
pub fn ranked(clause: &Clause, context: &Context) -> Option<Said> {
    let list = places(clause);
    let (at, rank) = clause.roles.iter().find_map(|(i, r)| if let Role::Superlative(k) = r { Some((*i, *k)) } else { None })?;
    let kinds = [
        a_place(),
        Role::Superlative(0.0),
        Role::Frequent,
        Role::Answers,
        Role::Found,
        Role::Rows,
        Role::People,
        FREE_NUMBER,
        FREE_TOTAL,
        Role::Right,
        Role::With,
        Role::Always,
    ];
    if let Some(said) = after(clause, context, &list, rank, &kinds) {
        return Some(said);
    }
    if list.len() > 1 {
        return leading(clause, context, &list, &kinds);
    }
    let [(_, place)] = list.as_slice() else { return None };
    let supers = clause.roles.iter().filter(|(_, r)| matches!(r, Role::Superlative(_))).count();
    if supers != 1 || !clause.only(&kinds) {
        return None;
    }
    let (files, certain) = answered(clause, context)?;
    let of = files.iter().map(|s| Amount::Rank(s.key().into(), (*place).into())).collect();
    let what = "its rank among the answers, counted in the data".to_string();
    let mut out = vec![];
    let number = clause.roles.iter().find_map(|(i, r)| if let Role::Number(n, b) = r { Some((*i, *n, *b)) } else { None });
    // "the first three", "one of the three most frequent": other statements.
    let end = match number {
        // "the three most frequent", "the top three": other statements.
        Some((i, ..)) if i < at || i <= at + 2 => return None,
        Some((i, n, bound)) => {
            let of: Vec<Amount> =
                files.iter().map(|s| with_total(clause, &[size(*s)], fact(format!("place {} {place}", s.key())))).collect();
            let what = "rows with that answer, counted in the data".into();
            out.push((i..(i + 2).min(clause.range.end), Counted { value: n, slack: 0.0, bound, of, certain, what }));
            i
        }
        None => clause.range.end,
    };
    out.push((clause.range.start..end, Counted { value: rank, slack: 0.0, bound: Bound::Exactly, of, certain, what }));
    Some(out)
}

/// `After London, Paris is the most frequent place of the dev file`: the next one behind those that lead.
fn after(clause: &Clause, context: &Context, list: &[(usize, &str)], rank: f64, kinds: &[Role]) -> Option<Said> {
    let at = clause.roles.iter().find_map(|(i, r)| (*r == Role::After).then_some(*i))?;
    let [first, second] = list else { return None };
    let (leader, next) = if first.0 == at + 1 { (first, second) } else { (second, first) };
    let kinds = [kinds, &[Role::After]].concat();
    if leader.0 != at + 1
        || (rank - 1.0).abs() > 0.0
        || clause.roles.iter().any(|(_, r)| matches!(r, Role::Number(..)))
        || !clause.only(&kinds)
    {
        return None;
    }
    let (files, certain) = answered(clause, context)?;
    let of = files.iter().map(|s| Amount::Rank(s.key().into(), next.1.into())).collect();
    let what = "its rank among the answers, counted in the data".to_string();
    Some(vec![(clause.range.clone(), Counted { value: 2.0, slack: 0.0, bound: Bound::Exactly, of, certain, what })])
}

/// `The three most frequent answers are London, Paris and Chicago`: each has such a rank.
fn leading(clause: &Clause, context: &Context, list: &[(usize, &str)], kinds: &[Role]) -> Option<Said> {
    let (_, Many::Count(n, Bound::Exactly)) = quantity(clause)? else { return None };
    let first = clause.roles.iter().all(|(_, r)| !matches!(r, Role::Superlative(k) if *k > 1.0));
    if !(clause.only(kinds) && first && n == list.len() as f64) {
        return None;
    }
    let (files, certain) = answered(clause, context)?;
    let each = list.iter().enumerate().map(|(i, (at, place))| {
        let of = files.iter().map(|s| Amount::Rank(s.key().into(), (*place).into())).collect();
        let what = "its rank among the answers, counted in the data".to_string();
        let start = if i == 0 && list[0].0 > clause.range.start { clause.range.start } else { *at };
        (start..*at + 1, Counted { value: n, slack: 0.0, bound: Bound::AtMost, of, certain, what })
    });
    Some(each.collect())
}

/// `London is more frequent than Paris`.
pub fn oftener(clause: &Clause, context: &Context) -> Option<Said> {
    let kinds = [a_place(), Role::More, Role::Fewer, Role::Frequent, Role::Answers, Role::Found, Role::Rows, Role::People];
    let list = places(clause);
    let [(first, a), (second, b)] = list.as_slice() else { return None };
    let (at, up) = clause.roles.iter().find_map(|(i, r)| match r {
        Role::More => Some((*i, true)),
        Role::Fewer => Some((*i, false)),
        _ => None,
    })?;
    // "More dev people come from Paris than from Chicago"
    let noun = clause.has(&Role::People) || clause.has(&Role::Answers) || clause.has(&Role::Rows);
    let between = *first < at && at < *second;
    if !(clause.only(&kinds) && (between || at < *first && noun && !clause.has(&Role::Frequent))) {
        return None;
    }
    let (files, certain) = answered(clause, context)?;
    let count = |s: &Set, p: &str| fact(format!("place {} {p}", s.key()));
    let (a, b) = if up { (a, b) } else { (b, a) };
    let of = files.iter().map(|s| less(count(s, a), count(s, b))).collect();
    let what = "rows that the one has more than the other".into();
    Some(vec![(clause.range.clone(), Counted { value: 0.0, slack: 0.0, bound: Bound::Above, of, certain, what })])
}

/// `No place is more frequent in the training data than London`.
pub fn unmatched(clause: &Clause, context: &Context) -> Option<Said> {
    let kinds = [
        a_place(),
        Role::None,
        Role::More,
        Role::Frequent,
        Role::Answers,
        Role::Found,
        Role::Rows,
        Role::People,
        Role::Different,
    ];
    let list = places(clause);
    let [(at, place)] = list.as_slice() else { return None };
    let none = clause.roles.iter().find(|(_, r)| *r == Role::None)?.0;
    let more = clause.roles.iter().find(|(_, r)| *r == Role::More)?.0;
    if !(clause.only(&kinds) && clause.has(&Role::Answers) && none < more && more < *at) {
        return None;
    }
    let (files, certain) = answered(clause, context)?;
    let of = files.iter().map(|s| Amount::Rank(s.key().into(), (*place).into())).collect();
    let what = "its rank among the answers, counted in the data".into();
    Some(vec![(clause.range.clone(), Counted { value: 1.0, slack: 0.0, bound: Bound::Exactly, of, certain, what })])
}
