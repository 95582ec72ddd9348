//! How large the files are, and what a line of them has on average.

use super::super::{Amount, Bound, Counted};
use super::context::{Context, Set};
use super::frames::{FREE_NUMBER, Many, Said, fact, quantity, sets, size};
use super::roles::{Clause, Role};

/// `142 characters per line`, `a biography has 142 characters on average`, `418352 characters (about 142 per person)`.
pub fn mean(clause: &Clause, context: &Context) -> Option<Said> {
    let kinds = [FREE_NUMBER, Role::Lines, Role::Characters, Role::People, Role::Mean, Role::All];
    let numbers: Vec<(usize, f64, Bound)> =
        clause.roles.iter().filter_map(|(i, r)| if let Role::Number(n, b) = r { Some((*i, *n, *b)) } else { None }).collect();
    let [(at, n, bound)] = numbers.as_slice() else { return None };
    let named: Vec<Set> = sets(clause).iter().map(|(_, s)| *s).collect();
    let wiki = match named.as_slice() {
        [] => context.there() == [Set::Wiki] || clause.has(&Role::Lines) && context.there().contains(&Set::Wiki),
        list => list.iter().all(|s| *s == Set::Wiki),
    };
    // Characters are named here, or are what was counted last.
    let characters = clause.has(&Role::Characters) || context.characters;
    let each = clause.has(&Role::Lines) || clause.has(&Role::People);
    if !(clause.has(&Role::Mean) && clause.only(&kinds) && wiki && characters && each) {
        return None;
    }
    let of = vec![Amount::Over(Box::new(fact("characters wiki".into())), Box::new(fact("lines wiki".into())))];
    let what = "characters of a line on average, counted in the data".into();
    let slack = if n.fract() == 0.0 { 0.5 } else { 0.05 };
    let start = clause.range.start.min(*at);
    Some(vec![(start..clause.range.end, Counted { value: *n, slack, bound: *bound, of, certain: true, what })])
}

/// `wiki.txt has 2937 lines`, `the longest line of wiki.txt has 516 characters`, `the vocabulary has 256 characters`.
pub fn sizes(clause: &Clause, context: &Context) -> Option<Said> {
    let kinds = [
        FREE_NUMBER,
        Role::Lines,
        Role::Characters,
        Role::Words,
        Role::Rows,
        Role::People,
        Role::Length(true),
        Role::Vocabulary,
        Role::Found,
    ];
    let (at, Many::Count(n, bound)) = quantity(clause)? else { return None };
    if !clause.only(&kinds) {
        return None;
    }
    let has = clause.has(&Role::Is) || clause.has(&Role::Found);
    let named: Vec<Set> = sets(clause).iter().map(|(_, s)| *s).collect();
    let set = match (named.as_slice(), clause.has(&Role::There)) {
        ([s], _) => Some(*s),
        ([], true) => context.there().last().copied().filter(|_| context.there().len() == 1),
        ([], false) => context.headed.or(documents(clause, context)),
        _ => None,
    };
    let listed = named.is_empty() && context.headed.is_some() && clause.roles.len() == 2;
    let mut certain = has || listed || named.is_empty() && documents(clause, context).is_some() && context.read;
    let (lines, chars) = (clause.has(&Role::Lines), clause.has(&Role::Characters));
    let plus = |n: f64| Amount::Sum(vec![fact("different characters wiki".into()), Amount::Is(n, 0.0)]);
    let unit = clause.roles.iter().find(|(i, r)| *i > at && !matches!(r, Role::Set(_))).map(|(_, r)| r.clone());
    let of = if clause.has(&Role::Vocabulary) {
        // With the pad and the mask, or without.
        if lines { return None } else { vec![plus(2.0), plus(0.0)] }
    } else {
        match (set?, unit?) {
            (Set::Wiki, Role::Characters) if lines => {
                let long = clause.has(&Role::Length(true));
                if !long && !clause.has(&Role::Length(false)) {
                    return None;
                }
                vec![fact(format!("{} line wiki", if long { "longest" } else { "shortest" }))]
            }
            // Each line is about one person.
            (Set::Wiki, Role::Lines | Role::People) if !chars => vec![fact("lines wiki".into())],
            (Set::Wiki, Role::Characters) => vec![fact("characters wiki".into())],
            (Set::Wiki, Role::Words) => {
                certain = false;
                vec![fact("words wiki".into())]
            }
            (s, Role::Rows | Role::People | Role::Lines) if s != Set::Wiki && !chars => vec![size(s)],
            _ => return None,
        }
    };
    let what = "counted in the data".into();
    Some(vec![(clause.range.clone(), Counted { value: n, slack: 0.0, bound, of, certain, what })])
}

/// `It has read wiki.txt before: 2937 mini biographies`: what was named last, said again by how many there are.
fn documents(clause: &Clause, context: &Context) -> Option<Set> {
    let plain = clause.roles.iter().all(|(_, r)| matches!(r, Role::Number(_, Bound::Exactly) | Role::Lines | Role::People));
    let first = matches!(clause.roles.first(), Some((_, Role::Number(..))));
    (plain && first && clause.has(&Role::Lines) && context.here == [Set::Wiki]).then_some(Set::Wiki)
}
