//! Terms in plain notation, which [`super::surface`] reads back.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed};

use super::term::{Func, Sum, Term, show_rational};
use crate::language::{Style, Symbol, print_name};

/// How tightly a text binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Sum,
    Product,
    Power,
    Atom,
}

/// The term in plain notation; a long one is cut.
pub fn show(t: &Term) -> String {
    let text = text(t).0;
    if text.chars().count() <= SHOWN_MAX {
        return text;
    }
    let mut cut: String = text.chars().take(SHOWN_MAX).collect();
    cut.push('…');
    cut
}

/// Longest text that is shown whole, in characters.
const SHOWN_MAX: usize = 400;

/// A symbol in plain notation: `α_i`.
pub fn show_symbol(s: &Symbol) -> String {
    crate::language::print(&crate::language::Expr::Symbol(s.clone()), Style::Plain)
}

fn text(t: &Term) -> (String, Level) {
    match t {
        Term::Num(n) => {
            let level = if n.is_negative() {
                Level::Sum
            } else if n.is_integer() {
                Level::Atom
            } else {
                Level::Product
            };
            (show_rational(n), level)
        }
        Term::Pi => ("π".into(), Level::Atom),
        Term::Infinity => ("∞".into(), Level::Atom),
        Term::Var(s) => (show_symbol(s), Level::Atom),
        Term::Add(v) => (sum_text(v), Level::Sum),
        Term::Mul(v) => product_text(v),
        Term::Pow(b, e) => power_text(b, e),
        Term::Call(f, v) => {
            let list: Vec<String> = v.iter().map(|a| text(a).0).collect();
            match f {
                Func::Factorial => (format!("{}!", within(&v[0], Level::Atom)), Level::Atom),
                Func::Abs => (format!("|{}|", list.join(", ")), Level::Atom),
                _ => (format!("{}({})", f.name(), list.join(", ")), Level::Atom),
            }
        }
        Term::Transpose(a) => (format!("{}ᵀ", within(a, Level::Atom)), Level::Power),
        Term::Sum(s) => (range_text(s), Level::Product),
    }
}

fn within(t: &Term, least: Level) -> String {
    let (inner, level) = text(t);
    if level >= least { inner } else { format!("({inner})") }
}

fn sum_text(v: &[Term]) -> String {
    let mut out = String::new();
    for (i, t) in v.iter().enumerate() {
        let part = within(t, if i == 0 { Level::Sum } else { Level::Product });
        let negative = match t {
            Term::Num(n) if n.is_negative() => Some(show_rational(&-n)),
            Term::Mul(_) => text(t).0.strip_prefix('-').map(str::to_string),
            _ => None,
        };
        match negative {
            Some(size) if i > 0 => out.push_str(&format!(" - {size}")),
            _ if i > 0 => out.push_str(&format!(" + {part}")),
            _ => out.push_str(&part),
        }
    }
    out
}

fn product_text(v: &[Term]) -> (String, Level) {
    let mut number = BigRational::one();
    let (mut over, mut under) = (Vec::new(), Vec::new());
    for f in v {
        match f {
            Term::Num(n) => number *= n,
            Term::Pow(b, e) => match e.rational() {
                Some(e) if e.is_negative() => {
                    let e = -e;
                    under.push(if e.is_one() { (**b).clone() } else { (**b).clone().pow(Term::Num(e)) });
                }
                _ => over.push(f.clone()),
            },
            f => over.push(f.clone()),
        }
    }
    let sign = if number.is_negative() { "-" } else { "" };
    let number = number.abs();
    let mut front: Vec<String> = Vec::new();
    if !number.numer().is_one() || over.is_empty() {
        front.push(number.numer().to_string());
    }
    front.extend(over.iter().map(|f| within(f, Level::Power)));
    let mut below: Vec<String> = Vec::new();
    if *number.denom() != BigInt::one() {
        below.push(number.denom().to_string());
    }
    below.extend(under.iter().map(|f| within(f, Level::Power)));
    let over = front.join("·");
    let text = match below.len() {
        0 => format!("{sign}{over}"),
        1 => format!("{sign}{over}/{}", below[0]),
        _ => format!("{sign}{over}/({})", below.join("·")),
    };
    (text, if sign.is_empty() { Level::Product } else { Level::Sum })
}

fn power_text(b: &Term, e: &Term) -> (String, Level) {
    match e.rational() {
        Some(r) if r == BigRational::new(BigInt::one(), BigInt::from(2)) => (format!("sqrt({})", text(b).0), Level::Atom),
        Some(r) if r.is_negative() => product_text(&[b.clone().pow(e.clone())]),
        _ => {
            let (exponent, level) = text(e);
            let exponent = if level == Level::Atom { exponent } else { format!("({exponent})") };
            (format!("{}^{exponent}", within(b, Level::Atom)), Level::Power)
        }
    }
}

fn range_text(s: &Sum) -> String {
    let name = print_name(&s.index, Style::Plain);
    let except: String = s
        .except
        .iter()
        .map(|i| {
            let i = match i {
                crate::language::Index::Letter(l) => print_name(l, Style::Plain),
                crate::language::Index::Number(n) => n.to_string(),
            };
            format!(", {name}≠{i}")
        })
        .collect();
    let to = s.to.as_ref().map_or(String::new(), |t| format!("^{{{}}}", text(t).0));
    format!("∑_{{{name}={}{except}}}{to} {}", text(&s.from).0, within(&s.body, Level::Product))
}
