//! Values that something is said to have, and the relations that they make.

use super::Reader;
use super::noun::Noun;
use crate::claim::example::items::{ByItems, Kind};
use crate::claim::statement::{Condition, Link};
use crate::language::{Expr, Moment, Relation};

/// Numbers up to this one stand in formulas without an example.
const SMALL_COEFFICIENT: f64 = 4.0;

/// Relations with the keys that each leaves out.
pub(super) type Links = Vec<(Link, Vec<Condition>)>;

/// Words for "about".
pub(super) const ABOUT: &[&str] = &[
    "about",
    "approximately",
    "roughly",
    "nearly",
    "almost",
    "around",
    "practically",
    "essentially",
    "ca",
    "close",
    "near",
    "virtually",
    "basically",
    "approx",
];

/// Words before a value that change nothing.
pub(super) const PLAIN: &[&str] = &[
    "only",
    "just",
    "exactly",
    "also",
    "both",
    "each",
    "simply",
    "precisely",
    "all",
    "still",
    "now",
    "then",
    "thus",
    "again",
    "of",
    "the",
    "a",
    "therefore",
    "always",
    "itself",
    "themselves",
    "value",
    "values",
    "here",
    "hence",
    "given",
    "by",
    "an",
    "indeed",
];

/// A value: where it ends, what it is, whether it is approximate.
pub(super) struct Value {
    pub(super) end: usize,
    pub(super) expr: Expr,
    pub(super) about: bool,
}

impl Value {
    /// A value that is meant as it is.
    pub(super) fn exactly(end: usize, expr: Expr) -> Value {
        Value { end, expr, about: false }
    }

    /// The sign between something and its value.
    pub(super) fn relation(&self) -> Relation {
        if self.about { Relation::Approx } else { Relation::Equal }
    }

    /// The same where a law may stand in a value's place.
    pub(super) fn relation_or_law(&self) -> Relation {
        if matches!(self.expr, Expr::Normal(..)) { Relation::Tilde } else { self.relation() }
    }
}

/// Whether an expression is a spread of scores: a number for it is held against the values that are given.
fn spread(e: &Expr) -> bool {
    let plain = |e: &Expr| e.symbols().iter().all(|s| s.name != "alpha" && s.name != "c");
    matches!(e, Expr::Moment(Moment::Deviation | Moment::Variance, inner) if plain(inner))
}

impl Reader<'_> {
    /// What is said of a noun phrase by one value; where it ends.
    pub(super) fn say(&self, noun: &Noun, relation: Relation, value: &Value) -> Option<(usize, Links)> {
        self.links(noun, relation, value).map(|links| (value.end, links))
    }

    /// Relations of everything that a noun phrase names with one value.
    pub(super) fn links(&self, noun: &Noun, relation: Relation, value: &Value) -> Option<Links> {
        // Two values in a list would be one each; a number of an example needs the example.
        let example = relation != Relation::Tends
            && matches!(value.expr, Expr::Number(_) | Expr::Div(..) | Expr::Neg(_))
            && value.expr.is_closed()
            && !plain_number(&value.expr)
            && noun.things.iter().any(|(e, _)| !matches!(e, Expr::Div(..)) && !spread(e) && self.of_a_query(e));
        // "e^(20 X)": what a value of the example has been put into.
        let mut filled = false;
        value.expr.walk(&mut |e| filled |= matches!(e, Expr::Number(n) if n.value > SMALL_COEFFICIENT));
        filled &= noun.things.iter().any(|(e, _)| self.of_a_query(e));
        if example || filled { None } else { self.bare_links(noun, relation, value) }
    }

    /// The same where a number is a bound of every case, and of no example.
    pub(super) fn bare_links(&self, noun: &Noun, relation: Relation, value: &Value) -> Option<Links> {
        // "key b ≈ −β" leaves out what of the key it is.
        let other_kind = !value.expr.is_zero() && self.world.is_number(&value.expr) && !self.scalar(noun);
        if other_kind || noun.things.is_empty() {
            return None;
        }
        let link = |left: &Expr| Link { left: left.clone(), relation, right: value.expr.clone() };
        Some(noun.things.iter().map(|(left, out)| (link(left), out.clone())).collect())
    }

    pub(super) fn of_a_query(&self, e: &Expr) -> bool {
        e.symbols().iter().any(|s| s.name == "alpha" || s.name == "q" || s.name == "c")
    }

    /// Whether everything that is named is a number.
    pub(super) fn scalar(&self, noun: &Noun) -> bool {
        noun.things.iter().all(|(e, _)| self.world.is_number(e))
    }

    pub(super) fn value(&self, at: usize) -> Option<Value> {
        let mut about = false;
        let mut start = at;
        loop {
            if self.is(start, ABOUT) || self.relation(start) == Some(Relation::Approx) {
                about = true;
                start = self.skip(start + 1, &["to"]);
            } else if self.is(start, PLAIN) {
                start += 1;
            } else {
                break;
            }
        }
        let (end, expr) = match (self.math(start), self.word(start)) {
            (Some(e), _) => (start + 1, e.clone()),
            (_, Some("zero" | "nothing")) => (start + 1, Expr::int(0)),
            (_, Some("one")) if self.is(start + 1, &["half"]) => (start + 2, Expr::half()),
            (_, Some("one")) => (start + 1, Expr::int(1)),
            (_, Some("half")) => (start + 1, Expr::half()),
            _ => return None,
        };
        let percent = matches!(self.items.get(end).map(|i| &i.kind), Some(Kind::Percent));
        (!percent).then(|| Value { end: self.skip(end, &["each"]), expr, about })
    }

    /// Relations of everything that a noun phrase names with one thing that another names.
    pub(super) fn against(&self, noun: &Noun, relation: Relation, other: &Noun, f: &dyn Fn(&Expr) -> Expr) -> Option<Links> {
        let [(right, out)] = other.things.as_slice() else { return None };
        let link = |(left, own): &(Expr, Vec<Condition>)| {
            let link = Link { left: left.clone(), relation, right: f(right) };
            (link, own.iter().chain(out).cloned().collect())
        };
        let whole = noun.keys.is_none() && other.keys.is_none() && !noun.things.is_empty();
        whole.then(|| noun.things.iter().map(link).collect())
    }

    /// "k_a and k_b are equal": the two things that a noun phrase names, as one relation.
    pub(super) fn each_other(&self, noun: &Noun) -> Option<Links> {
        let [(a, own), (b, out)] = noun.things.as_slice() else { return None };
        let link = Link { left: a.clone(), relation: Relation::Equal, right: b.clone() };
        Some(vec![(link, own.iter().chain(out).cloned().collect())])
    }

    /// Another noun phrase, in which "that" may stand for the noun.
    pub(super) fn other(&self, at: usize, noun: &Noun) -> Option<(usize, Noun)> {
        noun.of_keys.and_then(|of| self.that_of(at, of)).or_else(|| self.noun_phrase(at)).filter(|(_, n)| n.keys.is_none())
    }
}

/// Numbers that a limit or a symmetry gives, which need no example.
fn plain_number(e: &Expr) -> bool {
    let value = match e {
        Expr::Number(n) => n.value,
        Expr::Div(a, b) => match (&**a, &**b) {
            (Expr::Number(a), Expr::Number(b)) => a.value / b.value,
            _ => return false,
        },
        _ => return false,
    };
    [0.0, 0.5, 1.0].contains(&value)
}
