//! What the roles of a clause say together, for any order of them.

use std::ops::Range;

use super::super::{Amount, Bound, Counted};
use super::context::{Context, Set};
use super::places::{answered, oftener, places_counted, ranked, unmatched};
use super::roles::{Clause, Role};
use super::sizes::{mean, sizes};

/// Places in the text and what is counted there.
pub type Said = Vec<(Range<usize>, Counted)>;

/// What a clause states, by the first frame that all of its roles fit.
pub fn said(clause: &Clause, context: &Context) -> Said {
    let frames: [fn(&Clause, &Context) -> Option<Said>; 10] =
        [ranked, oftener, unmatched, places_counted, overlap, together, inside, once, different, mean];
    frames.iter().find_map(|frame| frame(clause, context)).or_else(|| sizes(clause, context)).unwrap_or_default()
}

/// Any count.
pub const FREE_NUMBER: Role = Role::Number(0.0, Bound::Exactly);
/// Any such.
pub const FREE_SHARE: Role = Role::Share(0.0, 0.0, Bound::Exactly);
/// Any such.
pub const FREE_TOTAL: Role = Role::Total(0.0);

/// A count of the data by its key.
pub fn fact(key: String) -> Amount {
    Amount::Fact(key)
}

/// A difference.
pub fn less(a: Amount, b: Amount) -> Amount {
    Amount::Less(Box::new(a), Box::new(b))
}

/// The files that a clause names.
pub fn sets(clause: &Clause) -> Vec<(usize, Set)> {
    clause.roles.iter().filter_map(|(i, r)| if let Role::Set(s) = r { Some((*i, *s)) } else { None }).collect()
}

/// How many are said to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Many {
    /// A number.
    Count(f64, Bound),
    /// A share in percent.
    Share(f64, f64, Bound),
    /// Every one.
    All,
    /// Not one.
    None,
    /// More than half.
    Most,
}

/// The one quantity of a clause, and its place; none where there are two or none.
pub fn quantity(clause: &Clause) -> Option<(usize, Many)> {
    let many = |r: &Role| match r {
        Role::Number(n, b) => Some(Many::Count(*n, *b)),
        Role::Share(n, s, b) => Some(Many::Share(*n, *s, *b)),
        Role::All => Some(Many::All),
        Role::None => Some(Many::None),
        Role::Most => Some(Many::Most),
        _ => None,
    };
    let mut all = clause.roles.iter().filter_map(|(i, r)| Some((*i, many(r)?)));
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// What a quantity says of a count out of a total; `not` turns it round.
pub fn counted(many: Many, not: bool, part: Amount, size: Amount, what: &str) -> Counted {
    let rest = less(size.clone(), part.clone());
    let (part, rest) = if not { (rest, part) } else { (part, rest) };
    let make = |value, slack, bound, of| Counted { value, slack, bound, of: vec![of], certain: true, what: what.into() };
    let over = |a: Amount| Amount::Times(100.0, Box::new(Amount::Over(Box::new(a), Box::new(size.clone()))));
    match many {
        Many::Count(n, bound) => make(n, 0.0, bound, part),
        Many::Share(n, slack, bound) => make(n, slack, bound, over(part)),
        // All of them: none is missing.
        Many::All => make(0.0, 0.0, Bound::Exactly, rest),
        Many::None => make(0.0, 0.0, Bound::Exactly, part),
        Many::Most => make(50.0, 0.0, Bound::Above, over(part)),
    }
}

/// An amount that is known only where the total that the clause names is the real one.
pub fn with_total(clause: &Clause, totals: &[Amount], amount: Amount) -> Amount {
    let total = clause.roles.iter().find_map(|(_, r)| if let Role::Total(t) = r { Some(*t) } else { None });
    match total {
        Some(t) => Amount::Given(t, totals.to_vec(), Box::new(amount)),
        None => amount,
    }
}

/// How many rows a file has.
pub fn size(set: Set) -> Amount {
    fact(format!("size {}", set.key()))
}

/// Files that a clause is about: those it names, and the one that "there" stands for.
fn two_files(clause: &Clause, context: &Context) -> Option<(Set, Set)> {
    let named = sets(clause);
    match named.as_slice() {
        [(_, a), (_, b)] if a != b => Some((*a, *b)),
        [(_, a)] if clause.has(&Role::There) => {
            let others: Vec<Set> = context.there().iter().copied().filter(|s| s != a).collect();
            let [other] = others.as_slice() else { return None };
            Some((*a, *other))
        }
        _ => None,
    }
}

/// `dev and train share one name`, `no place is common to both`, `the names are disjoint`.
fn overlap(clause: &Clause, context: &Context) -> Option<Said> {
    let kinds = [
        FREE_NUMBER,
        FREE_SHARE,
        Role::None,
        Role::People,
        Role::Answers,
        Role::Shared,
        Role::Apart,
        Role::With,
        Role::Found,
        Role::Different,
        Role::Rows,
    ];
    let (a, b) = two_files(clause, context)?;
    let apart = clause.has(&Role::Apart);
    if !(clause.only(&kinds) && (apart || clause.has(&Role::Shared))) || a == Set::Wiki || b == Set::Wiki {
        return None;
    }
    let (people, answers) = (clause.has(&Role::People), clause.has(&Role::Answers));
    let tested = a == Set::Test || b == Set::Test;
    if people == answers || answers && tested {
        return None;
    }
    let of = if answers { fact("shared places".into()) } else { fact(format!("names {} {}", a.key(), b.key())) };
    let what = "in both, counted in the data";
    let said = match quantity(clause) {
        _ if apart => counted(Many::None, false, of, size(a), what),
        Some((_, many @ (Many::Count(..) | Many::None | Many::Share(.., Bound::Below)))) => {
            counted(many, false, of, size(a), what)
        }
        _ => return None,
    };
    Some(vec![(clause.range.clone(), said)])
}

/// `479 of the 500 dev people have a line there with their name and the right place`.
fn together(clause: &Clause, context: &Context) -> Option<Said> {
    let kinds = [
        FREE_NUMBER,
        FREE_SHARE,
        FREE_TOTAL,
        Role::All,
        Role::None,
        Role::Most,
        Role::People,
        Role::Answers,
        Role::Found,
        Role::Lines,
        Role::Together,
        Role::Shared,
        Role::With,
        Role::Right,
        Role::Rows,
        Role::Not,
    ];
    let (_, many) = quantity(clause)?;
    let named: Vec<Set> = sets(clause).iter().map(|(_, s)| *s).collect();
    // "For 479 of them …": of those that were spoken of before.
    let asked = |s: &Set| matches!(s, Set::Dev | Set::Train);
    let spoken: Vec<Set> = context.there().iter().copied().filter(asked).collect();
    let them = clause.has(&Role::There) && matches!(many, Many::Count(..) | Many::Share(..) | Many::Most);
    let pronoun = spoken.first().copied().filter(|_| them && spoken.len() == 1 && named.iter().all(|s| *s == Set::Wiki));
    let who = named.iter().copied().find(asked).or(pronoun)?;
    let elsewhere = named.iter().any(|s| *s != who && *s != Set::Wiki);
    // A line is one of the documents; without it they have to be named.
    let there = named.contains(&Set::Wiki)
        || clause.has(&Role::Lines)
        || clause.has(&Role::There) && context.there().contains(&Set::Wiki);
    let joined = clause.has(&Role::Lines) || clause.has(&Role::Together) || clause.has(&Role::With);
    let people = clause.has(&Role::People) || clause.has(&Role::Rows) || pronoun.is_some();
    let both = clause.has(&Role::Answers) && people && joined;
    if elsewhere || !there || !both || !clause.has(&Role::Lines) || !clause.only(&kinds) {
        return None;
    }
    // In the whole line, or in what pretraining sees of it.
    let of = |key: &str| with_total(clause, &[size(who)], fact(format!("{key} {} wiki", who.key())));
    let what = "in one line with the right place, counted in the data";
    let said = |key: &str| counted(many, clause.has(&Role::Not), of(key), size(who), what);
    let mut said = Counted { of: [said("together").of, said("read").of].concat(), ..said("together") };
    // "All of them": it takes the whole line.
    said.of.truncate(if matches!(many, Many::Count(..) | Many::Share(..)) { 2 } else { 1 });
    Some(vec![(clause.range.clone(), said)])
}

/// `no name of birth_dev.tsv occurs among these`, `every dev place is also an answer in the training pairs`.
fn inside(clause: &Clause, context: &Context) -> Option<Said> {
    let kinds = [
        FREE_NUMBER,
        FREE_SHARE,
        FREE_TOTAL,
        Role::All,
        Role::None,
        Role::Most,
        Role::People,
        Role::Answers,
        Role::Found,
        Role::Not,
        Role::Rows,
        Role::Starts,
        Role::Lines,
        Role::Different,
    ];
    let (at, many) = quantity(clause)?;
    let named = sets(clause);
    // "Of the 500 dev names only one …": who it is stands before how many.
    let opened = matches!(clause.roles.first(), Some((_, Role::Total(_))));
    let from = if opened { clause.range.start } else { at };
    let (who_at, who) = *named.iter().find(|(i, _)| *i > from)?;
    let (a, b) = two_files(clause, context)?;
    let container = if a == who { b } else { a };
    let related = clause.has(&Role::Found)
        || clause.has(&Role::Not)
        || clause.has(&Role::Starts)
        || clause.has(&Role::There)
        || lies(clause, who_at);
    if who == Set::Wiki || !related || !clause.only(&kinds) {
        return None;
    }
    // The noun beside the quantity and the file says what is counted; another may say as what it is found.
    let noun = clause.roles.iter().filter(|(i, _)| *i > from).find_map(|(i, r)| match r {
        Role::People if *i < who_at + 4 => Some(true),
        Role::Answers if *i < who_at + 4 => Some(false),
        _ => None,
    })?;
    let starts = clause.has(&Role::Starts);
    if clause.has(&Role::Lines) != starts && clause.has(&Role::Lines) {
        return None;
    }
    let (who_key, in_key) = (who.key(), container.key());
    if !noun && (who == Set::Test || container == Set::Test || starts) {
        return None;
    }
    // "not all", "not every": fewer than all.
    let not = clause.roles.iter().filter(|(_, r)| *r == Role::Not).count();
    if not > 1 || not == 1 && matches!(many, Many::All) && clause.roles.iter().any(|(i, r)| *r == Role::Not && *i < at) {
        return None;
    }
    let what = "found there, counted in the data";
    let mut out: Option<Counted> = None;
    let readings = if noun {
        vec![(fact(format!("{} {who_key} {in_key}", if starts { "starting" } else { "names" })), size(who))]
    } else {
        let rows = (fact(format!("answers {who_key} {in_key}")), size(who));
        let shared = if container == Set::Wiki { None } else { Some(fact("shared places".into())) };
        std::iter::once(rows).chain(shared.map(|s| (s, fact(format!("distinct places {who_key}"))))).collect()
    };
    for (part, whole) in readings {
        let amount = with_total(clause, std::slice::from_ref(&whole), part);
        let one = counted(many, not == 1, amount, whole, what);
        match &mut out {
            Some(said) => said.of.extend(one.of),
            None => out = Some(one),
        }
    }
    let mut said = out?;
    // "10 dev names occur in …": more may, unless it is said of how many.
    if let Many::Count(n, _) = many {
        said.certain =
            n == 0.0 || clause.roles.iter().any(|(_, r)| matches!(r, Role::Total(_))) || matches!(said.bound, Bound::About);
    }
    if let (Many::Count(..), Some(first)) = (many, clause.roles.first()) {
        said.certain |= first.0 == at && noun && container != Set::Wiki;
    }
    Some(vec![(clause.range.clone(), said)])
}

/// "are in wiki.txt": a form of "be" before the second file.
fn lies(clause: &Clause, who_at: usize) -> bool {
    let is = clause.roles.iter().position(|(i, r)| *r == Role::Is && *i > who_at);
    is.is_some_and(|n| clause.roles.get(n + 1).is_some_and(|(_, r)| matches!(r, Role::In | Role::Set(_))))
}

/// `149 places are the answer of one dev person only`.
fn once(clause: &Clause, context: &Context) -> Option<Said> {
    let kinds = [FREE_NUMBER, FREE_TOTAL, Role::Answers, Role::Found, Role::Once, Role::Rows, Role::Different];
    let (_, Many::Count(n, bound)) = quantity(clause)? else { return None };
    if !(clause.only(&kinds) && clause.has(&Role::Once) && clause.has(&Role::Answers)) {
        return None;
    }
    let (files, certain) = answered(clause, context)?;
    let of = files
        .iter()
        .map(|s| {
            let total = fact(format!("distinct places {}", s.key()));
            with_total(clause, &[total], fact(format!("once places {}", s.key())))
        })
        .collect();
    let what = "places that are the answer once, counted in the data".into();
    Some(vec![(clause.range.clone(), Counted { value: n, slack: 0.0, bound, of, certain, what })])
}

/// `The dev file has 247 different places as answers`.
fn different(clause: &Clause, context: &Context) -> Option<Said> {
    let kinds = [
        FREE_NUMBER,
        FREE_TOTAL,
        Role::Answers,
        Role::People,
        Role::Found,
        Role::Different,
        Role::Rows,
        Role::Characters,
        Role::Lines,
    ];
    let (_, Many::Count(n, bound)) = quantity(clause)? else { return None };
    if !(clause.only(&kinds) && clause.has(&Role::Different)) {
        return None;
    }
    let what = "different ones, counted in the data".to_string();
    let wiki = sets(clause).iter().any(|(_, s)| *s == Set::Wiki);
    let make = |of, certain| {
        Some(vec![(clause.range.clone(), Counted { value: n, slack: 0.0, bound, of, certain, what: what.clone() })])
    };
    match (clause.has(&Role::Answers), clause.has(&Role::People), clause.has(&Role::Characters), clause.has(&Role::Lines)) {
        (false, false, true, false) if wiki => make(vec![fact("different characters wiki".into())], true),
        (false, false, false, true) if wiki => make(vec![fact("different lines wiki".into())], true),
        (answers, people, false, false) if answers || people => {
            let (files, certain) = answered(clause, context)?;
            // "dev people with 247 different places": the places differ.
            let noun = if answers { "places" } else { "names" };
            let of =
                files.iter().map(|s| with_total(clause, &[size(*s)], fact(format!("distinct {noun} {}", s.key())))).collect();
            make(of, certain)
        }
        _ => None,
    }
}
