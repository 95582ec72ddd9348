//! Growth orders against the operation counts of the world.

use super::ruling::Ruling;
use crate::algebra::{Monomial, dominated, half_powers, monomials};
use crate::claim::{Around, Held, Whose};
use crate::language::{Expr, Lexicon, Order, Style, Symbol, parse_text, print};
use crate::record::{Fix, Tier, Verdict};
use crate::world::{GrowthFile, SubjectFile};

/// Judges a growth order of what it is said of.
pub fn judge(growth: &GrowthFile, around: &Around, order: Order, bound: &Expr) -> Ruling {
    let ruling = multiplied(growth, around, bound)
        .unwrap_or_else(|| of_whose(growth, &around.whose, &|s| one(growth, s, around, order, bound)));
    if !around.certain && matches!(ruling.verdict, Verdict::Refuted | Verdict::HoldsIfRead) {
        return Ruling::not_checked(format!("it is not certain what is meant; {}", ruling.message));
    }
    ruling
}

/// "h heads make this O(h l^2 d)": a cost that is multiplied by the number of things that share it.
fn multiplied(growth: &GrowthFile, around: &Around, bound: &Expr) -> Option<Ruling> {
    let letter = around.held.shared.iter().find(|l| bound.mentions(l))?;
    let list = monomials(bound)?;
    // Without the width it may count the entries of all of them.
    let whole = |m: &Monomial| m.get(letter) == Some(&1) && growth.constant.iter().all(|c| m.contains_key(c));
    let others =
        |s: &Expr| s.symbols().iter().all(|s| s.name == *letter || s.name == "ell" || growth.variables.contains_key(&s.name));
    let apart: Vec<Monomial> = without(&list, &[letter]).into_iter().map(with_length).collect();
    let regimes = regimes_of(growth);
    let same = |t: &Vec<Monomial>| dominated(t, &apart, &regimes).is_none() && dominated(&apart, t, &regimes).is_none();
    let counts = |i: &usize| growth.subjects.get(*i).is_some_and(|s| truths_of(s).iter().any(same));
    if !list.iter().all(whole) || !others(bound) || !(0..growth.subjects.len()).any(|i| counts(&i)) {
        return None;
    }
    let message = format!("`{letter}` of them share the width: the cost of all together is that of one over all of it");
    let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Exact), message);
    ruling.witness = Some(format!("{letter} * d/{letter} = d"));
    Some(ruling)
}

/// A monomial with the length under its plain letter.
fn with_length(mut m: Monomial) -> Monomial {
    if let Some(power) = m.remove("ell") {
        *m.entry("l".into()).or_default() += power;
    }
    m
}

/// Judges something of the parts that it is said of: of every one, or of one of several that may be meant.
pub fn of_whose(growth: &GrowthFile, whose: &Whose, judge: &dyn Fn(&SubjectFile) -> Ruling) -> Ruling {
    let unknown = || Ruling::not_checked("the sentence does not say what the order is of");
    let (list, every) = match whose {
        Whose::Unknown => return unknown(),
        Whose::Any(list) => (list, false),
        Whose::Every(list) => (list, true),
    };
    let rulings: Vec<Ruling> = list.iter().filter_map(|i| growth.subjects.get(*i)).map(judge).collect();
    let first = |wanted: &dyn Fn(&Ruling) -> bool| rulings.iter().find(|r| wanted(r)).cloned();
    let refuted = |r: &Ruling| r.verdict == Verdict::Refuted;
    let found = if every {
        first(&refuted).or_else(|| first(&|r| !r.is_true()))
    } else {
        first(&Ruling::is_true).or_else(|| first(&|r| !refuted(r)))
    };
    found.or_else(|| first(&|_| true)).unwrap_or_else(unknown)
}

/// Judges an order of one subject, with what is held constant or equal.
fn one(growth: &GrowthFile, subject: &SubjectFile, around: &Around, order: Order, bound: &Expr) -> Ruling {
    let held = &around.held;
    let bound = bound.substitute(&|s| (s.name == "ell").then(|| Expr::Symbol(Symbol::plain("l"))));
    if let Some(stranger) = bound.symbols().into_iter().find(|s| !growth.variables.contains_key(&s.name)) {
        return Ruling::not_checked(format!("`{}` is no variable of this question", stranger.name));
    }
    // Roots double every exponent, of both sides alike.
    let (unit, claimed) = match (monomials(&bound), half_powers(&bound)) {
        (Some(whole), _) if held.put.is_empty() => (1, whole),
        (_, Some(halves)) => (2, halves),
        _ => return Ruling::not_checked("only sums of products of powers are compared"),
    };
    // What is said not to matter is no constant that was only left out.
    let said = |c: &&String| !bound.mentions(c) && !held.absent.contains(*c);
    let silent: Vec<&String> = growth.constant.iter().chain(&held.constant).filter(said).collect();
    let truths: Option<Vec<Vec<Monomial>>> =
        truths_of(subject).iter().map(|t| replaced(scaled(equalled(without(t, &silent), held), unit), held)).collect();
    let (Some(truths), Some(claimed)) = (truths, replaced(equalled(claimed, held), held)) else {
        return Ruling::not_checked("only products of whole and half powers are put in a variable's place");
    };
    let claim = Claim { order, bound: &bound, monomials: &claimed, loose: around.loose, unit };
    // Among counts that leave a variable out, one that has it tells whether it matters.
    let whole = |v: &String| truths.iter().any(|t| t.iter().any(|m| m.contains_key(v)));
    let lacks = |t: &Vec<Monomial>| held.absent.iter().any(|v| whole(v) && !t.iter().any(|m| m.contains_key(v)));
    let counts: Vec<Vec<Monomial>> = truths.iter().filter(|t| !lacks(t)).cloned().collect();
    decide(subject, &claim, &counts, &regimes_of(growth))
}

/// Monomials with every exponent multiplied.
pub fn scaled(list: Vec<Monomial>, by: u32) -> Vec<Monomial> {
    list.into_iter().map(|m| m.into_iter().map(|(n, p)| (n, by * p)).collect()).collect()
}

/// Monomials with variables that are held equal as one.
pub fn equalled(list: Vec<Monomial>, held: &Held) -> Vec<Monomial> {
    held.equal.iter().fold(list, merged)
}

/// Monomials, exponents doubled, with products in the places of variables.
pub fn replaced(list: Vec<Monomial>, held: &Held) -> Option<Vec<Monomial>> {
    let mut list = list;
    for (name, product) in &held.put {
        for m in &mut list {
            let Some(power) = m.remove(name) else { continue };
            for (factor, doubled) in product {
                let raised = power * doubled;
                *m.entry(factor.clone()).or_default() += raised.is_multiple_of(2).then_some(raised / 2)?;
            }
        }
    }
    Some(list)
}

/// An order that is said of something.
struct Claim<'a> {
    order: Order,
    bound: &'a Expr,
    /// Its monomials, exponents multiplied by `unit`.
    monomials: &'a [Monomial],
    /// Whether it is called a bound that need not be tight.
    loose: bool,
    unit: u32,
}

/// Monomials with one variable in another's place.
pub fn merged(list: Vec<Monomial>, equal: &(String, String)) -> Vec<Monomial> {
    let merge = |m: Monomial| {
        let mut out = Monomial::new();
        for (name, power) in m {
            let name = if name == equal.0 { equal.1.clone() } else { name };
            *out.entry(name).or_default() += power;
        }
        out
    };
    list.into_iter().map(merge).collect()
}

/// The regimes of a world as pairs of the smaller and the larger variable.
pub fn regimes_of(growth: &GrowthFile) -> Vec<(String, String)> {
    let pairs = growth.regimes.iter().filter_map(|r| r.split_once("<="));
    pairs.map(|(a, b)| (a.trim().to_string(), b.trim().to_string())).collect()
}

/// The operation counts that a subject may mean.
pub fn truths_of(subject: &SubjectFile) -> Vec<Vec<Monomial>> {
    subject.truths.iter().filter_map(|t| monomials(&parse_text(t.get_ref(), &Lexicon::default()).ok()?)).collect()
}

fn decide(subject: &SubjectFile, claim: &Claim, truths: &[Vec<Monomial>], regimes: &[(String, String)]) -> Ruling {
    let Claim { order, bound, monomials: claimed, loose, unit } = *claim;
    let above = |truth: &Vec<Monomial>| dominated(truth, claimed, regimes).is_none();
    let below = |truth: &Vec<Monomial>| dominated(claimed, truth, regimes).is_none();
    let said = format!("read as the cost of {}", subject.says);
    let first_truth = subject.truths.first().map_or("", |t| t.get_ref());
    let ok = match order {
        Order::Big | Order::Theta => truths.iter().any(|t| above(t) && below(t)),
        Order::Omega => truths.iter().any(below),
        Order::Little => truths.iter().any(|t| above(t) && !below(t)),
    };
    if ok {
        return Ruling::new(
            Verdict::Holds,
            Some(Tier::Exact),
            format!("{said}: it grows like {first_truth} (d a constant where the order leaves it out)"),
        );
    }
    if order == Order::Big && loose && truths.iter().any(above) {
        let message = format!("{said}: true as an upper bound; it grows like {first_truth}");
        return Ruling::new(Verdict::Holds, Some(Tier::Exact), message);
    }
    if order == Order::Big && truths.iter().any(above) {
        return Ruling::undecided(format!("{said}: true as an upper bound, but not tight; it grows like {first_truth}"));
    }
    let layers = ["L".to_string()];
    let layers: Vec<&String> = layers.iter().collect();
    if !bound.mentions("L")
        && truths.iter().any(|t| {
            let one = without(t, &layers);
            above(&one) && below(&one)
        })
    {
        let mut ruling =
            Ruling::new(Verdict::HoldsIfRead, Some(Tier::Exact), format!("{said}: true of one layer; the whole has L of them"));
        ruling.fix = Some(Fix { change: "a factor L for the layers".into(), becomes: format!("O({first_truth})") });
        return ruling;
    }
    let mut ruling = Ruling::new(Verdict::Refuted, Some(Tier::Exact), format!("{said}: it grows like {first_truth}"));
    let gap = truths
        .iter()
        .find_map(|t| dominated(t, claimed, regimes))
        .or_else(|| truths.iter().find_map(|t| dominated(claimed, t, regimes)));
    if let Some((monomial, direction)) = gap {
        let powers: Vec<String> = direction.iter().filter(|(_, y)| **y > 0).map(|(n, y)| format!("{n} = t^{y}")).collect();
        ruling.witness = Some(format!("{} is not bounded for {} as t grows", show(&monomial, unit), powers.join(", ")));
    }
    ruling.correction = Some(format!("O({first_truth}) instead of O({})", print(bound, Style::Plain)));
    ruling
}

/// The monomials with some variables held constant.
fn without(list: &[Monomial], constant: &[&String]) -> Vec<Monomial> {
    list.iter().map(|m| m.iter().filter(|(n, _)| !constant.contains(n)).map(|(n, p)| (n.clone(), *p)).collect()).collect()
}

fn show(m: &Monomial, unit: u32) -> String {
    let power = |p: u32| if p.is_multiple_of(unit) { (p / unit).to_string() } else { format!("({p}/{unit})") };
    let parts: Vec<String> = m.iter().map(|(n, p)| if *p == unit { n.clone() } else { format!("{n}^{}", power(*p)) }).collect();
    if parts.is_empty() { "1".into() } else { parts.join(" ") }
}
